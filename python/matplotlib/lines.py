"""Lines by themselves: entries of legends, and what is added to axes."""

from . import colors, rcParams
from .artists import Line2D as _Drawn
from .reading import Options, px
from .values import flat

_markers = colors.markers


class Line2D(_Drawn):
    """A line or markers through points, not yet in any axes."""

    def __init__(self, xdata, ydata, **kwargs):
        take = Options(kwargs)
        line = take('linestyle', 'ls')
        marker = take('marker')
        css = colors.color(take('color', 'c') or 'C0', take('alpha'))
        width, size = take('linewidth', 'lw'), take('markersize', 'ms')
        drawn = line is None or not colors.is_none(line)
        mode = '+'.join(name for name, wanted in (('lines', drawn), ('markers', marker is not None)) if wanted) or 'none'
        label = take('label')
        trace = {'type': 'scatter', 'mode': mode, 'x': flat(xdata), 'y': flat(ydata), 'showlegend': False,
                 'line': {'color': css, 'width': float(rcParams['lines.linewidth'] if width is None else width) * px, 'dash': colors.dashes.get(line or '-', 'solid')},
                 'name': '' if label is None else str(label), '_label': label is not None}
        if marker is not None:
            symbol, factor = _markers.get(marker, ('circle', 1))
            face = take('markerfacecolor', 'mfc')
            trace['marker'] = {'symbol': symbol, 'size': float(rcParams['lines.markersize'] if size is None else size) * factor * px,
                               'color': css if face is None else colors.color(face)}
        super().__init__(None, trace)
