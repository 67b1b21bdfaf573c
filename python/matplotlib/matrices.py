"""Matrices as pictures, meshes and contours."""

import math

from . import colors, rcParams
from .artists import Mappable
from .cm import get_cmap
from .levels import automatic
from .reading import font, grid_lines, Options, px, unheard
from .tri import Triangulation
from .values import finite, flat, plain, rows, shape, thinned

_most_pixels = 400


def powers_of_ten(low, high):
    """What stands at a scale whose numbers are logarithms."""
    step = max(1, math.ceil((high - low) / 8))
    powers = list(range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1, step))
    return {'_marks': powers, '_words': [f'10<sup>{k}</sup>'.replace('-', '−') for k in powers]} if powers else {}


class Matrices:
    """What draws matrices."""

    def imshow(self, X, cmap=None, vmin=None, vmax=None, origin='upper', aspect='equal', extent=None, alpha=None,
               norm=None, **_options):  # fmt: skip
        """A matrix as colours, or a picture (rows × columns × 3 or 4); more than 400 rows or columns are thinned out."""
        unheard('imshow', _options)
        size = shape(X)
        if len(size) not in (2, 3) or len(size) == 3 and size[2] not in (3, 4):
            raise TypeError(f'Invalid shape {size} for image data')
        values, step_y, step_x = thinned(X, _most_pixels)
        height, width = size[:2]
        left, right, low, high = extent if extent is not None else (
            -0.5, width - 0.5, *((height - 0.5, -0.5) if origin == 'upper' else (-0.5, height - 0.5)))
        first, last = (high, low) if origin == 'upper' else (low, high)
        trace = {'x0': left + (right - left) * step_x / width / 2, 'dx': (right - left) * step_x / width,
                 'y0': first + (last - first) * step_y / height / 2, 'dy': (last - first) * step_y / height}
        if len(size) == 3:
            top = max((part for row in values for pixel in row for part in pixel[:3] if part is not None), default=0)
            whole = all(isinstance(part, int) for part in values[0][0])
            factor = 1 if whole or top > 1 else 255
            trace |= {'type': 'image', 'colormodel': 'rgb',
                      'z': [[[round((part or 0) * factor) for part in pixel[:3]] for pixel in row] for row in values]}
            made = Mappable(self, trace, 'z', cmap, vmin, vmax)
        else:
            if norm is not None:
                vmin, vmax = (norm.vmin if vmin is None else vmin), (norm.vmax if vmax is None else vmax)
                if norm.log:
                    values = [[math.log10(v) if v is not None and v > 0 else None for v in row] for row in values]
                    vmin, vmax = (None if v is None else math.log10(v) for v in (vmin, vmax))
            known = finite([value for row in values for value in row])
            if hasattr(norm, 'limits'):
                vmin, vmax = norm.limits(min(known, default=0) if vmin is None else vmin, max(known, default=1) if vmax is None else vmax)
            trace |= {'type': 'heatmap', 'z': values, 'showscale': False,
                      'colorscale': get_cmap(cmap or rcParams['image.cmap']).scale(),
                      'zmin': plain(vmin if vmin is not None else min(known, default=0)),
                      'zmax': plain(vmax if vmax is not None else max(known, default=1))}
            if trace['zmin'] == trace['zmax']:
                # One value everywhere has the first colour.
                trace['zmax'] += abs(trace['zmax']) * 0.1 or 0.1
            if norm is not None and norm.log:
                trace |= powers_of_ten(trace['zmin'], trace['zmax'])
            if hasattr(norm, 'stepped'):
                trace |= {'colorscale': norm.stepped(get_cmap(cmap or rcParams['image.cmap'])), '_marks': norm.boundaries}
            made = Mappable(self, trace, 'z', cmap, vmin, vmax)
            self._current = made
        if shape(alpha):
            unheard('imshow', {'alpha of each element': True})
        elif alpha is not None:
            trace['opacity'] = float(alpha)
        self._add(trace)
        self._settings['x'] |= {'range': [left, right]}
        self._settings['y'] |= {'range': [low, high]}
        if aspect == 'equal':
            self.set_aspect('equal')
        return made

    def matshow(self, Z, **kwargs):
        """Shows a matrix Z (m, n) by colours, its columns numbered above."""
        made = self.imshow(Z, **kwargs)
        self.xaxis.tick_top()
        return made

    def spy(self, Z, precision=0, **_options):
        """Shows where a matrix Z (m, n) is not zero, or larger than `precision`."""
        unheard('spy', _options)
        values = rows(Z)
        made = self.imshow([[int(abs(value or 0) > precision) for value in row] for row in values], cmap='binary')
        self.xaxis.tick_top()
        return made

    def pcolormesh(self, *args, cmap=None, vmin=None, vmax=None, norm=None, edgecolors=None, linewidths=None, linewidth=None, **_options):
        """A matrix as colours over a grid of its own, upwards; with `edgecolors` its cells stand apart."""
        unheard('pcolormesh', _options)
        Z = args[-1]
        made = self.imshow(Z, cmap=cmap, vmin=vmin, vmax=vmax, norm=norm, origin='lower', aspect='auto')
        if edgecolors not in (None, 'none', 'face'):
            made.trace |= {'xgap': 1, 'ygap': 1}
        if len(args) == 3:
            x, y = grid_lines(args[0], args[1])
            for key in ('x0', 'dx', 'y0', 'dy'):
                made.trace.pop(key)
            made.trace |= {'x': x, 'y': y}
            self._settings['x']['range'] = [min(x), max(x)]
            self._settings['y']['range'] = [min(y), max(y)]
        return made

    pcolor = pcolormesh

    def contour(self, *args, **kwargs):
        """Lines of equal height of Z (m, n), over x (n,) and y (m,) where they are given."""
        return self._contour(False, args, kwargs)

    def contourf(self, *args, **kwargs):
        """Areas between lines of equal height of Z (m, n), over x (n,) and y (m,) where they are given."""
        return self._contour(True, args, kwargs)

    def _contour(self, filled, args, kwargs):
        take = Options(kwargs)
        levels = take('levels')
        if len(args) in (2, 4):
            levels = args[-1]
            args = args[:-1]
        Z = rows(args[-1])
        trace = {'type': 'contour', 'z': Z, 'showscale': False, 'hoverinfo': 'x+y+z'}
        if len(args) == 3:
            trace['x'], trace['y'] = grid_lines(args[0], args[1])
        known = finite([value for row in Z for value in row])
        low, high = min(known, default=0), max(known, default=1)
        if levels is None or isinstance(levels, int):
            chosen = automatic(low, high, 7 if levels is None else levels)
        else:
            chosen = [float(level) for level in flat(levels)]
            steps = [b - a for a, b in zip(chosen, chosen[1:])]
            if any(step <= 0 for step in steps):
                raise ValueError('Contour levels must be increasing')
            if steps and max(steps) - min(steps) > 1e-6 * (chosen[-1] - chosen[0]):
                return self._uneven(filled, trace, Z, chosen, kwargs)
        low, high = (chosen[0], chosen[-1]) if len(chosen) > 1 else (low, high)
        # Below the first and above the last line a page has an area of its own, which is left to be none.
        trace['_levels'] = chosen
        inner = chosen[1:-1] if filled and len(chosen) > 2 else chosen
        trace['contours'] = {'start': inner[0], 'end': inner[-1], 'size': (inner[-1] - inner[0]) / max(1, len(inner) - 1) or 1}
        trace['autocontour'] = False
        shown = trace.setdefault('contours', {})
        shown['coloring'] = 'fill' if filled else 'lines'
        cmap = take('cmap')
        single = take('colors')
        vmin, vmax = take('vmin'), take('vmax')
        trace['zmin'] = plain(low if vmin is None else vmin)
        trace['zmax'] = plain(high if vmax is None else vmax)
        if single is not None:
            css = colors.color(single if isinstance(single, str) else single[0])
            shown['coloring'] = 'none'
            trace['line'] = {'color': css, 'width': float(take('linewidths') or 1.5)}
        else:
            trace['colorscale'] = get_cmap(cmap or rcParams['image.cmap']).scale()
            trace['line'] = {'width': 0 if filled else float(take('linewidths') or 1.5) * px}
        alpha = take('alpha')
        if alpha is not None:
            trace['opacity'] = float(alpha)
        made = Mappable(self, trace, 'z', cmap, vmin, vmax)
        self._add(trace)
        self._current = made
        return made

    def _uneven(self, filled, trace, Z, levels, kwargs):
        """Contours whose levels are in unequal steps, which a page draws over triangles: half a cell of the grid each."""
        step = max(1, math.ceil(max(len(Z), len(Z[0])) / 80))
        down, across = ([*range(0, count - 1, step), count - 1] for count in (len(Z), len(Z[0])))
        x, y = trace.get('x') or list(range(len(Z[0]))), trace.get('y') or list(range(len(Z)))
        n = len(across)
        for letter, places in (('x', x), ('y', y)):
            self._settings[letter].setdefault('range', [min(places), max(places)])
        corners = [(i * n + j, i * n + j + 1, i * n + n + j) for i in range(len(down) - 1) for j in range(n - 1)]
        corners += [(b, b + n, a + n) for a, b, _ in corners]
        mesh = Triangulation([x[j] for _ in down for j in across], [y[i] for i in down for _ in across], corners)
        return self._tricontours(filled, [mesh, [Z[i][j] for i in down for j in across]], {**kwargs, 'levels': levels})

    def clabel(self, made, *_levels, inline=True, fontsize=None, fmt=None, colors=None, inline_spacing=5, **_options):
        """Writes at lines of equal height how high they are."""
        unheard('clabel', _options)
        if 'contours' not in made.trace:
            unheard('clabel', {'levels in unequal steps': True})
            return
        made.trace['contours'] |= {'showlabels': True}
        look = font(fontsize, colors if isinstance(colors, str) else None)
        if look:
            made.trace['contours']['labelfont'] = look
        if isinstance(fmt, str) and fmt.startswith('%'):
            made.trace['contours']['labelformat'] = fmt[1:].replace('%%', '%')
