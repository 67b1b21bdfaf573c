"""How arguments of matplotlib are read: options under several names, colours' numbers, fonts."""

import os

from . import colors
from .formulas import written as written
from .values import flat, rows, Series, series, shape

_here = os.path.dirname(__file__)
# A point of print in pixels of a screen.
px = 96 / 72


# Options without which a drawing says the same: how it is laid out on paper, cut, and made smooth.
_quiet = set('antialiased aa bbox_inches clip_on clip_box constrained_layout dpi edgecolor facecolor fontdict gid interpolation label_type layout linespacing metadata origin pad '
             'pad_inches picker rasterized resample shading snap tight_layout transform url useblit which minor emit auto labelpad fontfamily fontname family anchor share loc '
             'headwidth headlength headaxislength minlength minshaft adjustable orientation extend fraction shrink aspect location format use_gridspec num clear FigureClass papertype backend bbox_extra_artists'.split())


def unheard(name, options):
    """Tells of options that are accepted and change nothing."""
    idle = sorted(key for key, value in options.items() if value is not None and key not in _quiet)
    if idle:
        import warnings

        warnings.warn(f'{name}: {", ".join(idle)} {"has" if len(idle) == 1 else "have"} no effect on what Eigenscope draws', stacklevel=2, skip_file_prefixes=(_here,))


def absent(owner, name):
    """What is said of a name that is not here."""
    return f"{owner} has no attribute '{name}' here: Eigenscope draws what completion lists after plt. and ax., not all of Matplotlib"


class Options:
    """Keyword arguments under their long and short names."""

    def __init__(self, given):
        self._given = given

    def __call__(self, *names):
        for name in names:
            if self._given.get(name) is not None:
                return self._given[name]
        return None

    def seen(self, name):
        return self._given.get(name) is not None


def numbers(values, count):
    values = series(values) if len(shape(values)) == 1 else ()
    return len(values) == count and (isinstance(values, Series) or all(value is None or isinstance(value, (int, float)) for value in values))


def grid_lines(x, y):
    """The coordinates of columns and rows, of vectors or of what meshgrid made of them."""
    across = rows(x)[0] if len(shape(x)) == 2 else flat(x)
    down = [row[0] for row in rows(y)] if len(shape(y)) == 2 else flat(y)
    return across, down


def scale(value):
    if value not in ('linear', 'log'):
        import warnings

        drawn = 'log' if value == 'logit' else 'linear'
        warnings.warn(f'the scale {value!r} is drawn as {drawn!r} here', stacklevel=2, skip_file_prefixes=(_here,))
        return drawn
    return value


def font(size, color):
    font = {}
    if isinstance(size, (int, float)):
        font['size'] = float(size) * px
    if color is not None:
        font['color'] = colors.color(color)
    return font
