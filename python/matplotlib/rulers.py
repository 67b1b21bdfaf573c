"""Where scales of colours stand: beside axes or below them, with room taken from them."""

from .artists import Colorbar, Mappable


def colorbar(figure, mappable, cax=None, ax=None, label=None, ticks=None, orientation=None, location=None, shrink=1.0):
    """The scale of what is coloured by values, at the right of its axes, below them, or in axes of its own."""
    if not isinstance(mappable, Mappable):
        raise RuntimeError('No mappable was found to use for colorbar creation.')
    chosen = [mappable.axes] if ax is None else _all_of(ax)
    upright = (orientation or ('horizontal' if location in ('bottom', 'top') else 'vertical')) == 'vertical'
    if location in ('left', 'top'):
        raise NotImplementedError(f"a colorbar's location {location!r} is not drawn here: 'right' and 'bottom' are")
    if cax is not None:
        across, up = cax.domain
        figure.axes.remove(cax)
    else:
        across, up = _room(figure, chosen, upright, label is not None)
    bar = {'thickness': 14, 'outlinewidth': 0, 'x': across[0], 'xanchor': 'left', 'yanchor': 'middle'}
    if upright:
        bar |= {'len': shrink * (up[1] - up[0]), 'y': sum(up) / 2}
    else:
        bar |= {'orientation': 'h', 'len': shrink * (across[1] - across[0]), 'x': sum(across) / 2, 'xanchor': 'center', 'y': up[1], 'yanchor': 'top', 'ypad': 0}
    mappable.scaled |= {'showscale': True, 'colorbar': bar}
    made = Colorbar(bar)
    if label is not None:
        made.set_label(label)
    marks, words = mappable.scaled.get('_marks'), mappable.scaled.get('_words')
    if ticks is not None or marks is not None:
        made.set_ticks(marks if ticks is None else ticks, words if ticks is None else None)
    return made


def _all_of(ax):
    """Axes of a list, of a grid, of rows of a grid, or one."""
    return [one for each in ax for one in _all_of(each)] if hasattr(ax, '__iter__') else [ax]


def _room(figure, chosen, upright, labelled):
    """Takes room from axes, in equal shares; where the bar stands then."""
    k = 0 if upright else 1
    low, high = min(axes.domain[k][0] for axes in chosen), max(axes.domain[k][1] for axes in chosen)
    if upright:
        # Wide figures have narrow scales.
        part = min(0.22, max((0.12 if labelled else 0.09) * (high - low), (70 if labelled else 48) / (100 * figure._size[0]))) / (high - low)
        bar = (high - 0.67 * part * (high - low), high)
    else:
        # The numbers of the axes stand between them and the bar, its own ones in the margin.
        plane = max(80, 100 * figure._size[1] - 110)
        part = min(0.5, 62 / plane / (high - low))
        bar = (low, low + 14 / plane)
    for axes in chosen:
        first, last = (low + (end - low) * (1 - part) if upright else high - (high - end) * (1 - part) for end in axes.domain[k])
        axes.domain = ((first, last), axes.domain[1]) if upright else (axes.domain[0], (first, last))
    sides = [(min(axes.domain[m][0] for axes in chosen), max(axes.domain[m][1] for axes in chosen)) for m in (0, 1)]
    return (bar, sides[1]) if upright else (sides[0], bar)
