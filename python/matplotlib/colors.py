"""Colours by matplotlib's names, and the short codes of `plot`'s format strings."""

cycle = ('#1f77b4', '#ff7f0e', '#2ca02c', '#d62728', '#9467bd', '#8c564b', '#e377c2', '#7f7f7f', '#bcbd22', '#17becf')
_letters = {
    'b': '#0000ff',
    'g': '#008000',
    'r': '#ff0000',
    'c': '#00bfbf',
    'm': '#bf00bf',
    'y': '#bfbf00',
    'k': '#000000',
    'w': '#ffffff',
}
_tableau = dict(zip(('blue', 'orange', 'green', 'red', 'purple', 'brown', 'pink', 'gray', 'olive', 'cyan'), cycle))

markers = {
    '.': ('circle', 0.5),
    ',': ('circle', 0.2),
    'o': ('circle', 1),
    'v': ('triangle-down', 1),
    '^': ('triangle-up', 1),
    '<': ('triangle-left', 1),
    '>': ('triangle-right', 1),
    '1': ('y-down-open', 1),
    '2': ('y-up-open', 1),
    '3': ('y-left-open', 1),
    '4': ('y-right-open', 1),
    '8': ('octagon', 1),
    's': ('square', 1),
    'p': ('pentagon', 1),
    '*': ('star', 1.3),
    'h': ('hexagon', 1),
    'H': ('hexagon2', 1),
    '+': ('cross-thin-open', 1),
    'x': ('x-thin-open', 1),
    'P': ('cross', 1),
    'X': ('x', 1),
    'D': ('diamond', 1),
    'd': ('diamond-tall', 1),
    '|': ('line-ns-open', 1),
    '_': ('line-ew-open', 1),
}
dashes = {
    '-': 'solid',
    'solid': 'solid',
    '--': 'dash',
    'dashed': 'dash',
    '-.': 'dashdot',
    'dashdot': 'dashdot',
    ':': 'dot',
    'dotted': 'dot',
}
_none = ('', ' ', 'none', 'None', None)


def color(value, alpha=None):
    """A colour as CSS takes it: a name, a letter, 'C0', a grey '0.5', hex, or a tuple of 0…1."""
    if value is None:
        return None
    css = _css(value)
    if alpha is None:
        return css
    r, g, b, a = rgba(css)
    return f'rgba({r}, {g}, {b}, {a * float(alpha):.4g})'


def _css(value):
    if isinstance(value, str):
        if value in _none:
            return 'rgba(0, 0, 0, 0)'
        if value in _letters:
            return _letters[value]
        if len(value) > 1 and value[0] == 'C' and value[1:].isdigit():
            return cycle[int(value[1:]) % len(cycle)]
        if value.startswith('tab:') and value[4:] in _tableau:
            return _tableau[value[4:]]
        if value.startswith('xkcd:'):
            return value[5:].replace(' ', '')
        try:
            grey = round(255 * min(1.0, max(0.0, float(value))))
        except ValueError:
            return value
        return f'rgb({grey}, {grey}, {grey})'
    parts = [float(part) for part in value]
    if len(parts) not in (3, 4):
        raise ValueError(f'{value!r} is not a valid value for color')
    red, green, blue = (round(255 * part) for part in parts[:3])
    return f'rgb({red}, {green}, {blue})' if len(parts) == 3 else f'rgba({red}, {green}, {blue}, {parts[3]:.4g})'


def to_rgba(c, alpha=None):
    """Red, green, blue and opacity of 0…1."""
    r, g, b, a = rgba(color(c))
    return (r / 255, g / 255, b / 255, a if alpha is None else float(alpha))


def to_rgb(c):
    """Red, green and blue of 0…1."""
    return to_rgba(c)[:3]


def to_hex(c, keep_alpha=False):
    """'#rrggbb'"""
    r, g, b, a = rgba(color(c))
    return f'#{r:02x}{g:02x}{b:02x}' + (f'{round(255 * a):02x}' if keep_alpha else '')


class Normalize:
    """Values brought to 0…1 between two limits."""

    log = False

    def __init__(self, vmin=None, vmax=None, clip=False):
        self.vmin, self.vmax = vmin, vmax

    def __call__(self, value):
        low, high = self.vmin, self.vmax
        values = value if hasattr(value, '__len__') else [value]
        low = min(values) if low is None else low
        high = max(values) if high is None else high
        if hasattr(value, '__truediv__'):
            return (value - low) / ((high - low) or 1)
        return [(v - low) / ((high - low) or 1) for v in value]


class LogNorm(Normalize):
    """Values brought to 0…1 by their logarithms."""

    log = True

    def __call__(self, value):
        import math

        low, high = math.log10(self.vmin), math.log10(self.vmax)
        return (math.log10(value) - low) / ((high - low) or 1)


class TwoSlopeNorm(Normalize):
    """Values brought to 0…1 with `vcenter` at one half."""

    def __init__(self, vcenter, vmin=None, vmax=None):
        super().__init__(vmin, vmax)
        self.vcenter = vcenter

    def limits(self, low, high):
        """Limits around the centre, as far on one side as on the other: colours are drawn in equal steps."""
        reach = max(abs(float(high) - self.vcenter), abs(self.vcenter - float(low)))
        return self.vcenter - reach, self.vcenter + reach


class CenteredNorm(TwoSlopeNorm):
    """Values brought to 0…1 with `vcenter` at one half, `halfrange` on both sides."""

    def __init__(self, vcenter=0, halfrange=None, clip=False):
        super().__init__(vcenter, *((None, None) if halfrange is None else (vcenter - halfrange, vcenter + halfrange)))


class BoundaryNorm(Normalize):
    """Values brought to whole numbers of colours: one colour between each two boundaries."""

    def __init__(self, boundaries, ncolors, clip=False, *, extend='neither'):
        self.boundaries = [float(b) for b in boundaries]
        if len(self.boundaries) < 2:
            raise ValueError(f'You must provide at least 2 boundaries (1 region) but you passed in {boundaries!r}')
        if extend != 'neither':
            raise NotImplementedError("BoundaryNorm: extend other than 'neither' is not drawn here")
        regions = len(self.boundaries) - 1
        if ncolors < regions:
            raise ValueError(f'There are {regions} color bins including extensions, but ncolors = {ncolors}; ncolors must equal or exceed the number of bins')
        super().__init__(self.boundaries[0], self.boundaries[-1])
        self.Ncmap = self.N = ncolors
        self.clip = clip

    def _index(self, value):
        regions = len(self.boundaries) - 1
        region = sum(value >= b for b in self.boundaries) - 1
        if self.clip:
            region = min(max(region, 0), regions - 1)
        if region < 0 or region >= regions:
            return -1 if region < 0 else self.Ncmap
        return region if self.Ncmap == regions else int((self.Ncmap - 1) / max(1, regions - 1) * region)

    def __call__(self, value, clip=None):
        if hasattr(value, 'ravel'):
            import numpy

            return numpy.array([self._index(v) for v in value.ravel().tolist()]).reshape(value.shape)
        return [self._index(v) for v in value] if hasattr(value, '__len__') else self._index(value)

    def stepped(self, cmap):
        """A scale of colours for Plotly that changes at the boundaries and nowhere else."""
        low, high = self.boundaries[0], self.boundaries[-1]
        regions = len(self.boundaries) - 1
        made = []
        for k in range(regions):
            r, g, b = cmap.rgb((k + 0.5) / regions if regions == 1 or self.Ncmap == regions else k / (regions - 1))
            made += [[(end - low) / (high - low), f'rgb({r}, {g}, {b})'] for end in self.boundaries[k:k + 2]]
        return made


def __getattr__(name):
    if name in ('Colormap', 'ListedColormap', 'LinearSegmentedColormap'):
        from . import cm

        return getattr(cm, name)
    if name == 'TABLEAU_COLORS':
        return {f'tab:{key}': value for key, value in _tableau.items()}
    if name == 'CSS4_COLORS':
        return dict(_names)
    raise AttributeError(f"module 'matplotlib.colors' has no attribute '{name}'")


_names = {
    'black': '#000000', 'white': '#ffffff', 'red': '#ff0000', 'green': '#008000', 'blue': '#0000ff',
    'orange': '#ffa500', 'purple': '#800080', 'gray': '#808080', 'grey': '#808080', 'brown': '#a52a2a',
    'pink': '#ffc0cb', 'cyan': '#00ffff', 'magenta': '#ff00ff', 'yellow': '#ffff00', 'navy': '#000080',
    'teal': '#008080', 'olive': '#808000', 'crimson': '#dc143c', 'steelblue': '#4682b4', 'skyblue': '#87ceeb',
    'salmon': '#fa8072', 'gold': '#ffd700', 'lightgray': '#d3d3d3', 'lightgrey': '#d3d3d3', 'darkgray': '#a9a9a9',
    'lightblue': '#add8e6', 'darkblue': '#00008b', 'darkred': '#8b0000', 'darkgreen': '#006400', 'tomato': '#ff6347',
    'coral': '#ff7f50', 'royalblue': '#4169e1', 'firebrick': '#b22222', 'forestgreen': '#228b22', 'indigo': '#4b0082',
    'darkorange': '#ff8c00', 'lightgreen': '#90ee90', 'violet': '#ee82ee', 'turquoise': '#40e0d0', 'maroon': '#800000',
}  # fmt: skip


def rgba(css):
    """Red, green, blue of 0…255 and opacity of a colour; names that are not known here count as black."""
    css = _names.get(css, css)
    if css.startswith('#'):
        digits = css[1:]
        if len(digits) < 6:
            digits = ''.join(digit * 2 for digit in digits)
        values = [int(digits[at : at + 2], 16) for at in range(0, len(digits), 2)]
        return (*values[:3], values[3] / 255 if len(values) > 3 else 1.0)
    if css.startswith('rgb'):
        parts = [float(part) for part in css[css.index('(') + 1 : -1].split(',')]
        return (*(int(part) for part in parts[:3]), parts[3] if len(parts) > 3 else 1.0)
    return 0, 0, 0, 1.0


def read_format(text):
    """The colour, marker and line style of a format string such as 'r--o'."""
    found = {'color': None, 'marker': None, 'linestyle': None}
    if text in _names or text.startswith(('tab:', '#')):
        return {**found, 'color': text}
    rest = text
    while rest:
        for length in (2, 1):
            part = rest[:length]
            if len(part) < length:
                continue
            if part in ('--', '-.', '-', ':') and found['linestyle'] is None:
                found['linestyle'] = part
            elif length == 2 and part[0] == 'C' and part[1].isdigit() and found['color'] is None:
                found['color'] = part
            elif length == 1 and part in _letters and found['color'] is None:
                found['color'] = part
            elif length == 1 and part in markers and found['marker'] is None:
                found['marker'] = part
            else:
                continue
            rest = rest[length:]
            break
        else:
            raise ValueError(f"'{text}' is not a valid format string (unrecognized character '{rest[0]}')")
    return found


def is_none(value):
    return isinstance(value, str) and value in _none
