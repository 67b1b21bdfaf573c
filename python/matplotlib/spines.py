"""The four sides of the frame around axes: hidden, coloured, or moved into the picture."""

from . import colors
from .reading import px, unheard

_sides = ('left', 'right', 'bottom', 'top')


class Spine:
    """One side of the frame."""

    def __init__(self):
        self.visible, self.color, self.width = True, None, None
        # ('axes', share), ('data', value) or ('outward', points); None where it usually is.
        self.position = None
        self.ends = None

    def set_visible(self, visible):
        self.visible = bool(visible)

    def get_visible(self):
        return self.visible

    def set_color(self, color):
        self.color = None if color is None else colors.color(color)
        if colors.is_none(color):
            self.visible = False

    set_edgecolor = set_color

    def set_linewidth(self, width):
        self.width = float(width) * px

    set_lw = set_linewidth

    def set_position(self, position):
        """'center', 'zero', or ('axes', share), ('data', value), ('outward', points)."""
        known = {'center': ('axes', 0.5), 'zero': ('data', 0.0)}
        self.position = known[position] if isinstance(position, str) else (position[0], float(position[1]))

    def set_bounds(self, low=None, high=None):
        """Values between which it is drawn."""
        self.ends = tuple(low) if high is None and low is not None else (low, high)

    def set_linestyle(self, style):
        """Frames are solid lines."""
        unheard('set_linestyle', {'it': style})

    def set_alpha(self, alpha):
        if alpha is not None:
            self.color = colors.color(self.color or '#333333', alpha)

    @property
    def changed(self):
        return not self.visible or any(part is not None for part in (self.color, self.width, self.position, self.ends))


class Several:
    """Sides that are changed together."""

    def __init__(self, chosen):
        self._chosen = list(chosen)

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)

        def change(*args, **kwargs):
            for spine in self._chosen:
                getattr(spine, name)(*args, **kwargs)

        return change


class Spines(dict):
    """The sides by their names; several of them together by a list of names, all of them by `[:]`."""

    def __init__(self):
        super().__init__({side: Spine() for side in _sides})

    def __getattr__(self, name):
        if name not in self:
            raise AttributeError(f"'Spines' object does not contain a '{name}' spine")
        return self[name]

    def __getitem__(self, name):
        if isinstance(name, slice):
            return Several(self.values())
        return Several(self[one] for one in name) if isinstance(name, (list, tuple)) else super().__getitem__(name)

    @property
    def changed(self):
        return any(spine.changed for spine in self.values())


def side_of(axes, letter):
    """How an axis is told when its frame was changed: the line is drawn apart, the ticks stand where their side is."""
    if not axes.spines.changed:
        return {}
    side = ('bottom', 'top') if letter == 'x' else ('left', 'right')
    made = {'showline': False, 'mirror': False}
    spine = axes.spines[side[0]]
    at = _share(axes, letter, spine)
    if at is not None:
        low, high = axes.domain[1 if letter == 'x' else 0]
        made |= {'anchor': 'free', 'position': min(1.0, max(0.0, low + at * (high - low)))}
    return made


def lines_of(axes):
    """The sides that are drawn, as lines over the whole of the axes."""
    if not axes.spines.changed:
        return []
    made = []
    for side, letter, at in (('left', 'y', 0), ('right', 'y', 1), ('bottom', 'x', 0), ('top', 'x', 1)):
        spine = axes.spines[side]
        if not spine.visible or not axes._settings[letter].get('visible', True):
            continue
        across = 'y' if letter == 'x' else 'x'
        share = _share(axes, letter, spine)
        place = at if share is None else share
        ends = [0, 1]
        if spine.ends is not None:
            low, high = axes._shown(letter)
            ends = [k if end is None else (end - low) / ((high - low) or 1) for k, end in enumerate(spine.ends)]
        made.append({'type': 'line', f'{letter}0': ends[0], f'{letter}1': ends[1], f'{across}0': place, f'{across}1': place, '_domain': 'xy',
                     'line': {'color': spine.color or '#333333', 'width': 1 if spine.width is None else spine.width}})  # fmt: skip
    return made


def _share(axes, letter, spine):
    """Where a moved side stands, as a share of the other axis; None where it usually is."""
    if spine.position is None:
        return None
    kind, value = spine.position
    if kind == 'axes':
        return value
    across = 'y' if letter == 'x' else 'x'
    if kind == 'data':
        low, high = axes._shown(across)
        return (value - low) / ((high - low) or 1)
    if kind != 'outward':
        raise ValueError(f"position[0] should be one of 'outward', 'axes', or 'data', not {kind!r}")
    size = 100 * axes.figure._size[1 if letter == 'x' else 0]
    low, high = axes.domain[1 if letter == 'x' else 0]
    return -value * px / (size * (high - low)) if value else None
