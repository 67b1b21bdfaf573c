"""Many lines drawn as one."""

from .artists import Line2D
from . import colors, rcParams
from .reading import Options, px


class LineCollection(Line2D):
    """Lines through lists of points, all of one colour."""

    def __init__(self, segments, linewidths=None, *, colors=None, linestyles='solid', **kwargs):
        super().__init__(None, _trace(segments, linewidths, colors, linestyles, Options(kwargs)))


def _trace(segments, widths, given, style, take):
    x, y = [], []
    for segment in segments:
        points = [(float(point[0]), float(point[1])) for point in segment]
        x += [one for one, _ in points] + [None]
        y += [one for _, one in points] + [None]
    chosen = given if given is not None else take('color', 'edgecolor')
    if isinstance(chosen, (list, tuple)) and chosen and not isinstance(chosen[0], (int, float)):
        chosen = chosen[0]
    width = widths if widths is not None else take('linewidth', 'lw')
    width = width[0] if isinstance(width, (list, tuple)) else width
    label = take('label')
    return {'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'showlegend': False, 'name': '' if label is None else str(label), '_label': label is not None,
            'line': {'color': colors.color('C0' if chosen is None else chosen, take('alpha')), 'dash': colors.dashes.get(style, 'solid'),
                     'width': float(rcParams['lines.linewidth'] if width is None else width) * px}}
