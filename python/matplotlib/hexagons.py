"""`hexbin`: counts of points in six-sided cells."""

import math

from .artists import Mappable
from .cm import get_cmap
from .reading import unheard
from .values import flat


class Hexagons:
    """What counts points in cells."""

    def hexbin(self, x, y, C=None, gridsize=100, *, bins=None, cmap=None, vmin=None, vmax=None, mincnt=None, reduce_C_function=None, alpha=None, extent=None, **_options):
        """Points counted in six-sided cells and coloured by how many there are, or by the mean of `C`."""
        unheard('hexbin', _options)
        x, y = flat(x), flat(y)
        nx = gridsize[0] if isinstance(gridsize, (tuple, list)) else gridsize
        ny = gridsize[1] if isinstance(gridsize, (tuple, list)) else int(nx / math.sqrt(3))
        x0, x1, y0, y1 = extent or (min(x), max(x), min(y), max(y))
        wide, tall = (x1 - x0) / nx or 1.0, (y1 - y0) / max(ny, 1) or 1.0
        found = {}
        weights = [1] * len(x) if C is None else flat(C)
        for px, py, weight in zip(x, y, weights):
            u, v = (px - x0) / wide, (py - y0) / tall
            # Two grids of rectangles, half a step apart; the nearer middle has the point.
            near = [(round(u), round(v), 0.0), (math.floor(u), math.floor(v), 0.5)]
            i, j, half = min(near, key=lambda c: (u - c[0] - c[2]) ** 2 + 3 * (v - c[1] - c[2]) ** 2)
            found.setdefault((i + half, j + half), []).append(weight)
        if C is None:
            cells = {place: float(len(values)) for place, values in found.items()}
            if mincnt is None or mincnt < 1:
                for i in range(nx + 1):
                    for j in range(ny + 1):
                        cells.setdefault((float(i), float(j)), 0.0)
                        if i < nx and j < ny:
                            cells.setdefault((i + 0.5, j + 0.5), 0.0)
        else:
            function = reduce_C_function or (lambda values: sum(values) / len(values))
            cells = {place: float(function(values)) for place, values in found.items()}
        if mincnt is not None and mincnt >= 1:
            cells = {place: value for place, value in cells.items() if len(found.get(place, ())) >= mincnt}
        if bins == 'log':
            cells = {place: math.log10(value) for place, value in cells.items() if value > 0}
        values = list(cells.values())
        low = min(values, default=0.0) if vmin is None else float(vmin)
        high = max(values, default=1.0) if vmax is None else float(vmax)
        chosen = get_cmap(cmap)
        corners = [(0.0, -1 / 3), (0.5, -1 / 6), (0.5, 1 / 6), (0.0, 1 / 3), (-0.5, 1 / 6), (-0.5, -1 / 6)]
        for (i, j), value in cells.items():
            r, g, b = chosen.rgb((value - low) / (high - low) if high > low else 0.0)[:3]
            css = f'rgba({round(r)},{round(g)},{round(b)},{1 if alpha is None else alpha:g})'
            points = [(x0 + (i + a) * wide, y0 + (j + b) * tall) for a, b in corners]
            path = 'M ' + ' L '.join(f'{a:.6g},{b:.6g}' for a, b in points) + ' Z'
            self.shapes.append({'type': 'path', 'path': path, 'fillcolor': css, 'line': {'color': css, 'width': 0.5}, 'layer': 'below', '_domain': None})
        carrier = {'type': 'scatter', 'x': [x0, x1], 'y': [y0, y1], 'mode': 'markers', 'showlegend': False, 'hoverinfo': 'skip', 'name': '',
                   'marker': {'color': [low, high], 'size': 0.01, 'opacity': 0, 'symbol': 'circle', 'cmin': low, 'cmax': high, 'colorscale': chosen.scale()}}
        self.traces.append(carrier)
        self.figure._sca(self)
        made = Mappable(self, carrier, 'color', cmap, low, high)
        made.scaled = carrier['marker']
        made.get_array = lambda: values
        self._current = made
        return made
