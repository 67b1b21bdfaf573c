"""Points that lie anywhere, joined to triangles: `Triangulation`, and what is drawn on it."""

from . import colors, rcParams
from .artists import Mappable
from .cm import get_cmap
from .levels import chosen
from .reading import Options, px, unheard
from .values import finite, flat, plain

# Triangles are found in Python, each point in the time of all triangles before it.
_most = 2000


class Triangulation:
    """Triangles between points: given by their corners, or Delaunay's (no point lies within the circle of a triangle)."""

    def __init__(self, x, y, triangles=None, mask=None):
        self.x, self.y = flat(x), flat(y)
        if len(self.x) != len(self.y):
            raise ValueError('x and y must be equal-length 1D arrays')
        if triangles is None:
            found = _delaunay(list(zip(self.x, self.y)))
        else:
            found = [tuple(int(k) for k in row) for row in (triangles.tolist() if hasattr(triangles, 'tolist') else triangles)]
        hidden = flat(mask) if mask is not None else [0] * len(found)
        self._triangles = [t for t, gone in zip(found, hidden) if not gone]

    @property
    def triangles(self):
        """The corners of each triangle as an array of rows of three indices."""
        import numpy

        return numpy.array(self._triangles, 'int32').reshape(-1, 3)


def _delaunay(points):
    """Bowyer and Watson: each point in turn takes the place of the triangles whose circles it lies in."""
    if len(points) < 3:
        raise ValueError('x and y arrays must have a length of at least 3')
    if len(points) > _most:
        raise NotImplementedError(f'{len(points)} points are not joined to triangles here: {_most} are the most, or give the triangles')
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    wide = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
    cx, cy = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    n = len(points)
    # Distances as shares of the whole, so that one tolerance fits all.
    places = [((x - cx) / wide, (y - cy) / wide) for x, y in points] + [(-1e4, -1e4), (1e4, -1e4), (0.0, 1e4)]

    def circle(t):
        (ax, ay), (bx, by), (qx, qy) = (places[k] for k in t)
        d = 2 * (ax * (by - qy) + bx * (qy - ay) + qx * (ay - by))
        if d == 0:
            return None
        a, b, c = ax * ax + ay * ay, bx * bx + by * by, qx * qx + qy * qy
        ux, uy = (a * (by - qy) + b * (qy - ay) + c * (ay - by)) / d, (a * (qx - bx) + b * (ax - qx) + c * (bx - ax)) / d
        return ux, uy, (ax - ux) ** 2 + (ay - uy) ** 2

    made = {(n, n + 1, n + 2): circle((n, n + 1, n + 2))}
    seen = set()
    for k in range(n):
        x, y = places[k]
        if (x, y) in seen:
            continue
        seen.add((x, y))
        gone = [t for t, (ux, uy, r) in made.items() if (x - ux) ** 2 + (y - uy) ** 2 < r * (1 - 1e-12)]
        edges = {}
        for t in gone:
            del made[t]
            for a, b in ((t[0], t[1]), (t[1], t[2]), (t[2], t[0])):
                if (b, a) in edges:
                    del edges[b, a]
                else:
                    edges[a, b] = True
        for a, b in edges:
            own = circle((a, b, k))
            if own is not None:
                made[a, b, k] = own
    found = [t for t in made if max(t) < n]
    if not found:
        raise RuntimeError('Error in qhull Delaunay triangulation calculation: the points lie on one line')
    return found


def cut(corners, low, high):
    """The part of a triangle (x, y, z) whose heights lie between two levels."""
    for level, sign in ((low, 1), (high, -1)):
        kept = []
        for (x0, y0, a), (x1, y1, b) in zip(corners, (*corners[1:], *corners[:1])):
            if sign * (a - level) >= 0:
                kept.append((x0, y0, a))
            if (sign * (a - level) >= 0) != (sign * (b - level) >= 0):
                t = (level - a) / (b - a)
                kept.append((x0 + t * (x1 - x0), y0 + t * (y1 - y0), level))
        corners = kept
        if not corners:
            break
    return corners


class Triangles:
    """What draws on triangles."""

    @staticmethod
    def _triangulation(args, kwargs):
        """The triangles of the first arguments, and the arguments behind them."""
        if isinstance(args[0], Triangulation):
            return args[0], list(args[1:])
        return Triangulation(args[0], args[1], kwargs.pop('triangles', None), kwargs.pop('mask', None)), list(args[2:])

    def triplot(self, *args, **kwargs):
        """The edges of triangles: `triplot(x, y)` or `triplot(triangulation)`, with a format as `plot` has it."""
        mesh, rest = self._triangulation(args, kwargs)
        x, y = [], []
        edges = {tuple(sorted(edge)) for t in mesh._triangles for edge in ((t[0], t[1]), (t[1], t[2]), (t[2], t[0]))}
        for a, b in sorted(edges):
            x += [mesh.x[a], mesh.x[b], None]
            y += [mesh.y[a], mesh.y[b], None]
        return self.plot(x, y, *rest, **kwargs)

    def tripcolor(self, *args, cmap=None, vmin=None, vmax=None, alpha=None, edgecolors=None, shading='flat', facecolors=None, **kwargs):
        """Triangles coloured by their values, or by the means of those at their corners."""
        if shading != 'flat':
            raise NotImplementedError("tripcolor: shading other than 'flat' is not drawn here")
        mesh, rest = self._triangulation(args, kwargs)
        unheard('tripcolor', kwargs)
        values = flat(facecolors if facecolors is not None else rest[0])
        if len(values) != len(mesh._triangles) or facecolors is None and len(values) == len(mesh.x):
            values = [sum(values[k] for k in t) / 3 for t in mesh._triangles]
        known = finite(values)
        low, high = min(known, default=0) if vmin is None else vmin, max(known, default=1) if vmax is None else vmax
        table = get_cmap(cmap or rcParams['image.cmap'])
        parts = {}
        for t, value in zip(mesh._triangles, values):
            if value is not None:
                css = colors.color('rgb({}, {}, {})'.format(*table.rgb((value - low) / ((high - low) or 1))), alpha)
                parts.setdefault(css, []).append([(mesh.x[k], mesh.y[k]) for k in t])
        edge = None if edgecolors in (None, 'none', 'face') else colors.color(edgecolors)
        for css, areas in parts.items():
            self._areas(areas, css, edge)
        return self._ruler(mesh, table, cmap, low, high)

    def tricontour(self, *args, **kwargs):
        """Lines of equal height over triangles."""
        return self._tricontours(False, args, kwargs)

    def tricontourf(self, *args, **kwargs):
        """Areas between lines of equal height over triangles."""
        return self._tricontours(True, args, kwargs)

    def _tricontours(self, filled, args, kwargs):
        mesh, rest = self._triangulation(args, kwargs)
        take = Options(kwargs)
        z = flat(rest[0])
        if len(z) != len(mesh.x):
            raise ValueError('z array must have same length as triangulation x and y arrays')
        levels = rest[1] if len(rest) > 1 else take('levels')
        idle = {key: value for key, value in kwargs.items() if key not in ('levels', 'cmap', 'colors', 'linewidths', 'linestyles', 'alpha', 'vmin', 'vmax')}
        unheard('tricontourf' if filled else 'tricontour', idle)
        known = finite(z)
        low, high = min(known, default=0), max(known, default=1)
        at = flat(levels) if levels is not None and not isinstance(levels, int) else chosen({'zmin': low, 'zmax': high, 'ncontours': levels or 8})
        if filled and (levels is None or isinstance(levels, int)):
            step = at[1] - at[0] if len(at) > 1 else high - low or 1
            at = [*([at[0] - step] if at[0] > low else []), *at, *([at[-1] + step] if at[-1] < high else [])]
        first, last = take('vmin'), take('vmax')
        first, last = at[0] if first is None else first, at[-1] if last is None else last
        table = get_cmap(take('cmap') or rcParams['image.cmap'])
        single = take('colors')

        def css(value, k):
            if single is not None:
                return colors.color(single if isinstance(single, str) else single[k % len(single)], take('alpha'))
            return colors.color('rgb({}, {}, {})'.format(*table.rgb((value - first) / ((last - first) or 1))), take('alpha'))

        corners = [[(mesh.x[k], mesh.y[k], z[k]) for k in t] for t in mesh._triangles if all(z[k] is not None for k in t)]
        if filled:
            for k, (below, above) in enumerate(zip(at, at[1:])):
                areas = [[(x, y) for x, y, _ in part] for part in (cut(t, below, above) for t in corners) if len(part) > 2]
                self._areas(areas, css((below + above) / 2, k), None)
        else:
            for k, level in enumerate(at):
                x, y = [], []
                for t in corners:
                    ends = [(a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s) for a, b in zip(t, (*t[1:], t[0]))
                            if (a[2] >= level) != (b[2] >= level) for s in ((level - a[2]) / (b[2] - a[2]),)]
                    x += [p for p, _ in ends] + [None] if ends else []
                    y += [q for _, q in ends] + [None] if ends else []
                if x:
                    width = take('linewidths')
                    self._add({'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'hoverinfo': 'skip',
                               'line': {'color': css(level, k), 'width': float(1.5 if width is None else width) * px,
                                        'dash': colors.dashes.get(take('linestyles') or '-', 'solid')}})
        return self._ruler(mesh, table, take('cmap'), first, last)

    def _areas(self, areas, css, edge):
        """Polygons of one colour."""
        if not areas:
            return
        x = [v for area in areas for v in (*(p for p, _ in area), area[0][0], None)]
        y = [v for area in areas for v in (*(q for _, q in area), area[0][1], None)]
        # Without a thin line of its own colour the ground shines through between neighbours.
        self._add({'type': 'scatter', 'mode': 'lines', 'x': x[:-1], 'y': y[:-1], 'fill': 'toself', 'fillcolor': css, 'hoverinfo': 'skip',
                   'line': {'color': edge or css, 'width': 1 if edge else 0.6}})

    def _ruler(self, mesh, table, cmap, low, high):
        """What a colour bar is made of."""
        marker = {'color': [low, high], 'colorscale': table.scale(), 'cmin': plain(low), 'cmax': plain(high), 'size': 0.1, 'opacity': 0}
        made = Mappable(self, marker, 'color', cmap, low, high)
        ends = [(min(mesh.x), min(mesh.y)), (max(mesh.x), max(mesh.y))]
        made.trace = self._add({'type': 'scatter', 'mode': 'markers', 'x': [p for p, _ in ends], 'y': [q for _, q in ends], 'marker': marker, 'hoverinfo': 'skip'})
        self._current = made
        return made
