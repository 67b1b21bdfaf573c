"""Axes of space: what a page can turn, and the same seen from one side, drawn flat."""

import math

from . import colors, rcParams
from .artists import Mappable
from .axes import Axes
from .cm import get_cmap
from .curves import Lines
from .levels import chosen as contour_levels
from .projections import _Flat, _line, _words
from .reading import unheard
from .scenes import areas, points, scene, surface, words
from .tri import cut, Triangulation
from .values import flat, rows, shape


class Axes3D(_Flat):
    """
    Space: lines, points, surfaces, meshes, bars, arrows and texts. A page turns it by the mouse; in a file it is drawn flat, as
    `view_init` looks at it, with surfaces beneath lines and points.
    """

    name = '3d'

    def cla(self):
        super().cla()
        self._things = []
        # Surfaces and blocks as a page draws them; lines and points are told from their flat traces.
        self._solids = []
        self._view = (30.0, -60.0)
        self._given = {'x': [None, None], 'y': [None, None], 'z': [None, None]}
        self._names = {'x': '', 'y': '', 'z': ''}
        self._boxed = True
        self._aspect = (4.0, 4.0, 3.0)
        self._numbers = {'x': None, 'y': None, 'z': None}
        self._labels = {'x': None, 'y': None, 'z': None}

    clear = cla

    def view_init(self, elev=None, azim=None, roll=None, vertical_axis='z', share=False):
        """From where one looks, in degrees above the plane and around the vertical axis."""
        if roll or vertical_axis != 'z':
            raise NotImplementedError('roll and vertical_axis are not drawn here')
        self._view = (30.0 if elev is None else float(elev), -60.0 if azim is None else float(azim))

    def _add_points(self, trace, x, y, z):
        trace['_space'] = (x, y, z)
        self._things.append(trace['_space'])
        return trace

    def plot(self, xs, ys, zs=0, *args, **kwargs):
        """A line through points of space."""
        if isinstance(zs, str):
            args, zs = (zs, *args), 0
        x, y = flat(xs), flat(ys)
        z = flat(zs) if shape(zs) else [zs] * len(x)
        if not len(x) == len(y) == len(z):
            raise ValueError(f'x, y and z must have same first dimension, but have {len(x)}, {len(y)} and {len(z)}')
        made = super().plot(x, y, *args, **kwargs)
        self._add_points(self.traces[-1], list(x), list(y), list(z))
        return made

    plot3D = plot

    def scatter(self, xs, ys, zs=0, zdir='z', s=20, c=None, depthshade=True, **kwargs):
        """Points of space."""
        if zdir != 'z':
            raise NotImplementedError('zdir is not drawn here')
        x, y = flat(xs), flat(ys)
        z = flat(zs) if shape(zs) else [zs] * len(x)
        made = super().scatter(x, y, s, c, **kwargs)
        self._add_points(self.traces[-1], list(x), list(y), list(z))
        return made

    scatter3D = scatter

    def _grid(self, X, Y, Z, most):
        X, Y, Z = rows(X), rows(Y), rows(Z)
        if not len(X) == len(Y) == len(Z):
            raise ValueError('shape mismatch: objects cannot be broadcast to a single shape')
        m, n = len(Z), len(Z[0])
        down = sorted({*range(0, m, max(1, math.ceil(m / most))), m - 1})
        across = sorted({*range(0, n, max(1, math.ceil(n / most))), n - 1})
        grid = [[(X[i][j], Y[i][j], Z[i][j]) for j in across] for i in down]
        return grid

    def plot_surface(self, X, Y, Z, *, cmap=None, color=None, alpha=None, vmin=None, vmax=None, edgecolor=None, edgecolors=None, linewidth=None, linewidths=None, lw=None, ec=None,
                     rcount=None, ccount=None, rstride=None, cstride=None, antialiased=None, shade=True, label=None, norm=None, facecolors=None):
        """A surface over a grid, of at most 40 by 40 faces."""
        if facecolors is not None or norm is not None:
            raise NotImplementedError('facecolors and norm of surfaces are not drawn here')
        grid = self._grid(X, Y, Z, max(2, min(40, rcount or 40, ccount or 40)))
        fine = self._grid(X, Y, Z, max(2, min(120, rcount or 120, ccount or 120)))
        heights = [p[2] for row in grid for p in row if p[2] is not None and p[2] == p[2]]
        low, high = min(heights) if vmin is None else vmin, max(heights) if vmax is None else vmax
        faces = []
        css = None if cmap is not None else colors.color(color if color is not None else self._color(), alpha)
        chosen = get_cmap(cmap) if cmap is not None else None
        for i in range(len(grid) - 1):
            for j in range(len(grid[0]) - 1):
                corners = [grid[i][j], grid[i][j + 1], grid[i + 1][j + 1], grid[i + 1][j]]
                if any(v is None or v != v for p in corners for v in p):
                    continue
                middle = sum(p[2] for p in corners) / 4
                if chosen is not None:
                    r, g, b = chosen.rgb((middle - low) / (high - low) if high > low else 0.5)[:3]
                    fill = f'rgba({round(r)},{round(g)},{round(b)},{1 if alpha is None else alpha:g})'
                else:
                    fill = css
                faces.append((corners, fill))
        edge = next((given for given in (edgecolor, edgecolors, ec) if given is not None), None)
        edge = None if edge is None or colors.is_none(edge) else colors.color('black' if isinstance(edge, str) and edge == 'k' else edge)
        width = next((given for given in (linewidth, linewidths, lw) if given is not None), None)
        self._things.append(('faces', faces, edge, 0.5 if width is None else float(width), shade and chosen is None))
        self.figure._sca(self)
        carrier = {'type': 'scatter', 'x': [None], 'y': [None], 'mode': 'markers', 'showlegend': False, 'hoverinfo': 'skip', 'name': '',
                   'marker': {'color': [low], 'cmin': low, 'cmax': high, 'colorscale': get_cmap(cmap or 'viridis').scale()}}
        self.traces.append(carrier)
        self._solids.append(surface(fine, carrier['marker'], None if chosen is not None else css, alpha, shade and chosen is None))
        made = Mappable(self, carrier, 'color', cmap, low, high)
        made.scaled = carrier['marker']
        self._current = made
        return made

    def plot_wireframe(self, X, Y, Z, *, rcount=None, ccount=None, rstride=None, cstride=None, color=None, **kwargs):
        """The lines of a grid in space."""
        grid = self._grid(X, Y, Z, 200)
        # Every so many lines, or at most so many; none for a step or number of 0.
        if rstride is None and cstride is None:
            steps = [math.ceil(size / (50 if count is None else count)) if count != 0 else 0 for size, count in ((len(grid), rcount), (len(grid[0]), ccount))]
        else:
            steps = [1 if step is None else step for step in (rstride, cstride)]
        down, across = (sorted({*range(0, size, step), size - 1}) if step else [] for size, step in zip((len(grid), len(grid[0])), steps))
        lines = [grid[i] for i in down] + [[row[j] for row in grid] for j in across]
        path = [p for line in lines for p in [*line, (None, None, None)]]
        made = Axes.plot(self, [p[0] for p in path], [p[1] for p in path], color=color, **{'linewidth': 1.0, **kwargs})
        self._add_points(self.traces[-1], *(list(v) for v in zip(*path)))
        return made[0]

    def plot_trisurf(self, *args, color=None, cmap=None, norm=None, vmin=None, vmax=None, alpha=None, edgecolor=None, linewidth=None, shade=True, triangles=None, mask=None, **kwargs):
        """A surface over points that lie anywhere, joined to triangles: `plot_trisurf(x, y, z)` or of a `Triangulation`."""
        unheard('plot_trisurf', kwargs)
        if isinstance(args[0], Triangulation):
            mesh, heights = args[0], flat(args[1] if len(args) > 1 else kwargs['Z'])
        else:
            mesh, heights = Triangulation(args[0], args[1], triangles, mask), flat(args[2])
        if len(heights) != len(mesh.x):
            raise ValueError('x, y and z must have the same length')
        places = list(zip(mesh.x, mesh.y, heights))
        areas_of = [[places[k] for k in corners] for corners in mesh._triangles]
        means = [sum(p[2] for p in corners) / 3 for corners in areas_of]
        low, high = min(means) if vmin is None else vmin, max(means) if vmax is None else vmax
        chosen = get_cmap(cmap) if cmap is not None else None
        css = colors.color(color if color is not None else self._color(), alpha)
        faces = [(corners, css if chosen is None else colors.color('rgb({}, {}, {})'.format(*chosen.rgb((mean - low) / ((high - low) or 1))), alpha)) for corners, mean in zip(areas_of, means)]
        edge = None if edgecolor is None or colors.is_none(edgecolor) else colors.color(edgecolor)
        self._things.append(('faces', [([*corners, corners[2]], fill) for corners, fill in faces], edge, 0.5 if linewidth is None else float(linewidth), shade and chosen is None))
        self._solids.append(areas(faces, shaded=shade and chosen is None))
        if edge is not None:
            self._edges(mesh, places, edge, linewidth)
        return self._ruled(low, high, cmap)

    def _edges(self, mesh, places, edge, width):
        """The sides of triangles, for a page that turns them; in a file their faces have them."""
        sides = {tuple(sorted(side)) for a, b, c in mesh._triangles for side in ((a, b), (b, c), (c, a))}
        path = [p for a, b in sorted(sides) for p in (places[a], places[b], (None, None, None))]
        self._solids.append(lambda: points({'mode': 'lines', 'line': {'color': edge, 'width': 0.5 if width is None else float(width)}, 'showlegend': False, 'name': '',
                                            '_space': tuple(list(part) for part in zip(*path))}))  # fmt: skip

    def quiver(self, X, Y, Z, U, V, W, *, length=1, normalize=False, color=None, **kwargs):
        """Arrows in space, drawn as lines with a point at their end."""
        count = max(len(flat(v)) if shape(v) else 1 for v in (X, Y, Z, U, V, W))
        parts = [flat(v) if shape(v) else [v] * count for v in (X, Y, Z, U, V, W)]
        parts = [list(v) * count if len(v) == 1 else v for v in parts]
        path, tips = [], []
        for x, y, z, u, v, w in zip(*parts):
            size = math.sqrt(u * u + v * v + w * w) if normalize else 1
            end = (x + length * u / size, y + length * v / size, z + length * w / size)
            path += [(x, y, z), end, (None, None, None)]
            tips.append(end)
        css = color if color is not None else self._color()
        made = Axes.plot(self, [p[0] for p in path], [p[1] for p in path], color=css, **kwargs)
        self._add_points(self.traces[-1], *(list(v) for v in zip(*path)))
        Axes.plot(self, [p[0] for p in tips], [p[1] for p in tips], color=css, marker='o', linestyle='none', markersize=3)
        self._add_points(self.traces[-1], *(list(v) for v in zip(*tips)))
        return made[0]

    def bar3d(self, x, y, z, dx, dy, dz, color=None, alpha=None, **kwargs):
        """Blocks."""
        count = max(len(flat(v)) if shape(v) else 1 for v in (x, y, z, dx, dy, dz))
        parts = [list(flat(v)) if shape(v) else [v] * count for v in (x, y, z, dx, dy, dz)]
        css = colors.color(color if color is not None and not isinstance(color, (list, tuple)) else self._color(), alpha)
        faces = []
        for k, (a, b, c, p, q, r) in enumerate(zip(*parts)):
            own = colors.color(color[k], alpha) if isinstance(color, (list, tuple)) and len(color) == count else css
            for corners in (((a, b, c + r), (a + p, b, c + r), (a + p, b + q, c + r), (a, b + q, c + r)), ((a, b, c), (a + p, b, c), (a + p, b, c + r), (a, b, c + r)),
                            ((a, b + q, c), (a + p, b + q, c), (a + p, b + q, c + r), (a, b + q, c + r)), ((a, b, c), (a, b + q, c), (a, b + q, c + r), (a, b, c + r)),
                            ((a + p, b, c), (a + p, b + q, c), (a + p, b + q, c + r), (a + p, b, c + r))):
                faces.append((list(corners), own))
        self._things.append(('faces', faces, 'rgba(0,0,0,0.35)', 0.5, True))
        self._solids.append(areas(faces))
        self.figure._sca(self)

    def contour(self, X, Y, Z, *args, zdir='z', offset=None, levels=None, cmap=None, colors=None, linewidths=None, **kwargs):
        """Lines of equal height, each at its height or all at `offset`; with `zdir` of another coordinate than z."""
        unheard('contour', kwargs)
        cells, at, css, put = self._cells(X, Y, Z, args[0] if args else levels, zdir, offset, cmap, colors, 200)
        made = None
        for k, level in enumerate(at):
            path = []
            for cell in cells:
                cuts = [(a[0] + (b[0] - a[0]) * s, a[1] + (b[1] - a[1]) * s) for a, b in zip(cell, (*cell[1:], cell[0]))
                        if (a[2] >= level) != (b[2] >= level) for s in ((level - a[2]) / (b[2] - a[2]),)]
                for first, second in zip(cuts[::2], cuts[1::2]):
                    path += [put(first, level), put(second, level), (None, None, None)]
            if path:
                made = Lines.plot(self, [p[0] for p in path], [p[1] for p in path], color=css(level, k), linewidth=1.5 if linewidths is None else linewidths)
                self._add_points(self.traces[-1], *(list(v) for v in zip(*path)))
        return self._ruled(at[0], at[-1], cmap) if made else None

    def contourf(self, X, Y, Z, *args, zdir='z', offset=None, levels=None, cmap=None, colors=None, alpha=None, **kwargs):
        """Areas between lines of equal height, each at the middle of its heights or all at `offset`."""
        unheard('contourf', kwargs)
        levels = args[0] if args else levels
        cells, at, css, put = self._cells(X, Y, Z, levels, zdir, offset, cmap, colors, 32, alpha)
        if len(at) > 1 and (levels is None or isinstance(levels, int)):
            at = [2 * at[0] - at[1], *at, 2 * at[-1] - at[-2]]
        faces = []
        for k, (below, above) in enumerate(zip(at, at[1:])):
            fill = css((below + above) / 2, k)
            for cell in cells:
                part = cut(cell, below, above)
                if len(part) > 2:
                    faces.append(([put(p, (below + above) / 2) for p in part], fill))
        self._things.append(('faces', faces, None, 0.5, False))
        self._solids.append(areas(faces, shaded=False))
        return self._ruled(at[0], at[-1], cmap)

    contour3D, contourf3D = contour, contourf

    def _cells(self, X, Y, Z, levels, zdir, offset, cmap, single, most, alpha=None):
        """Cells of a grid with what is cut as their height, the levels and their colours, and where a point of a level stands."""
        order = {'z': (0, 1, 2), 'x': (1, 2, 0), 'y': (2, 0, 1)}
        if zdir not in order:
            raise NotImplementedError(f"zdir {zdir!r} is not drawn here: 'x', 'y' or 'z'")
        if len(shape(X)) == 1:
            across, down = flat(X), flat(Y)
            X, Y = [across] * len(down), [[y] * len(across) for y in down]
        turn = order[zdir]
        grid = [[tuple(p[k] for k in turn) for p in row] for row in self._grid(X, Y, Z, most)]
        cells = [(upper[j], upper[j + 1], lower[j + 1], lower[j]) for upper, lower in zip(grid, grid[1:]) for j in range(len(upper) - 1)]
        cells = [cell for cell in cells if all(v is not None and v == v for p in cell for v in p)]
        known = [p[2] for cell in cells for p in cell]
        low, high = min(known, default=0), max(known, default=1)
        at = flat(levels) if levels is not None and not isinstance(levels, int) else (
            contour_levels({'zmin': low, 'zmax': high, 'ncontours': levels or 8}))
        at = at or [low]
        table = get_cmap(cmap or rcParams['image.cmap'])

        def css(value, k):
            if single is not None:
                return colors.color(single if isinstance(single, str) else single[k % len(single)], alpha)
            return colors.color('rgb({}, {}, {})'.format(*table.rgb((value - at[0]) / ((at[-1] - at[0]) or 1))), alpha)

        def put(point, level):
            inner = (point[0], point[1], level if offset is None else float(offset))
            return tuple(inner[turn.index(k)] for k in range(3))

        return cells, at, css, put

    def _ruled(self, low, high, cmap):
        """What a colour bar is made of."""
        marker = {'color': [low], 'cmin': low, 'cmax': high, 'colorscale': get_cmap(cmap or rcParams['image.cmap']).scale(), 'size': 0.1}
        carrier = {'type': 'scatter', 'x': [None], 'y': [None], 'mode': 'markers', 'showlegend': False, 'hoverinfo': 'skip', 'name': '', 'marker': marker}
        self.traces.insert(0, carrier)
        self._add_points(carrier, [None], [None], [None])
        self.figure._sca(self)
        made = Mappable(self, carrier, 'color', cmap, low, high)
        made.scaled = marker
        self._current = made
        return made

    def text(self, x, y, z, s, zdir=None, **kwargs):
        """A text at a point of space."""
        self._things.append(('text', (float(x), float(y), float(z)), str(s)))

    text3D = text

    for _name in 'bar barh hist imshow pcolormesh fill fill_between boxplot violinplot errorbar stem hexbin hist2d step semilogx semilogy loglog'.split():
        exec(f'def {_name}(self, *args, **kwargs):\n    """Not drawn in space."""\n    self._refuse({_name!r})')
    del _name

    def set_zlabel(self, zlabel, **options):
        """What stands at the upright axis."""
        self._names['z'] = zlabel

    def set_xlabel(self, xlabel, **options):
        self._names['x'] = xlabel

    def set_ylabel(self, ylabel, **options):
        self._names['y'] = ylabel

    def get_zlabel(self):
        """What stands at the upright axis."""
        return self._names['z']

    def _put_limits(self, letter, low, high):
        if high is None and shape(low):
            low, high = flat(low)
        now = self._given[letter]
        self._given[letter] = [now[0] if low is None else float(low), now[1] if high is None else float(high)]
        return tuple(self._given[letter])

    def set_xlim(self, left=None, right=None, **options):
        return self._put_limits('x', left, right)

    def set_ylim(self, bottom=None, top=None, **options):
        return self._put_limits('y', bottom, top)

    def set_zlim(self, bottom=None, top=None, **options):
        """The limits of the upright axis."""
        return self._put_limits('z', bottom, top)

    set_xlim3d, set_ylim3d, set_zlim3d = set_xlim, set_ylim, set_zlim

    def get_xlim(self):
        return tuple(self._reach()['x'])

    def get_ylim(self):
        return tuple(self._reach()['y'])

    def get_zlim(self):
        """The limits of the upright axis."""
        return tuple(self._reach()['z'])

    def _put_ticks(self, letter, ticks, labels, options):
        unheard(f'set_{letter}ticks', options)
        self._numbers[letter] = [float(t) for t in flat(ticks)]
        self._labels[letter] = None
        if labels is not None:
            self._put_labels(letter, labels)

    def _put_labels(self, letter, labels):
        numbers, labels = self._numbers[letter], [str(label) for label in labels]
        if numbers is not None and len(labels) != len(numbers):
            raise ValueError(f'The number of FixedLocator locations ({len(numbers)}), usually from a call to set_ticks, does not match the number of labels ({len(labels)}).')
        self._labels[letter] = labels

    def set_xticklabels(self, labels, **options):
        """What stands at the numbers that `set_xticks` named."""
        self._put_labels('x', labels)

    def set_yticklabels(self, labels, **options):
        """What stands at the numbers that `set_yticks` named."""
        self._put_labels('y', labels)

    def set_zticklabels(self, labels, **options):
        """What stands at the numbers that `set_zticks` named."""
        self._put_labels('z', labels)

    def set_xticks(self, ticks, labels=None, **options):
        self._put_ticks('x', ticks, labels, options)

    def set_yticks(self, ticks, labels=None, **options):
        self._put_ticks('y', ticks, labels, options)

    def set_zticks(self, ticks, labels=None, **options):
        """Where numbers stand at the upright axis."""
        self._put_ticks('z', ticks, labels, options)

    def tick_params(self, axis='both', **options):
        """How ticks look: in space they are drawn in one way."""
        unheard('tick_params', {key: value for key, value in options.items() if key not in ('pad', 'which')})

    def set_box_aspect(self, aspect, zoom=1):
        """The proportions of the box."""
        self._aspect = (4.0, 4.0, 3.0) if aspect is None else tuple(float(a) for a in aspect)

    def set_aspect(self, aspect, **options):
        """'auto', or 'equal': one unit is as long along each axis."""
        self._aspect = 'equal' if aspect == 'equal' else (4.0, 4.0, 3.0)

    def set_axis_off(self):
        """No box."""
        self._boxed = False

    def grid(self, visible=True, **options):
        """The lines on the far sides, or none."""
        self._lined = visible is not False

    _lined = True

    def _reach(self):
        found = {'x': [], 'y': [], 'z': []}
        for thing in self._things:
            if thing[0] == 'faces':
                points = [p for corners, _ in thing[1] for p in corners]
            elif thing[0] == 'text':
                points = [thing[1]]
            else:
                points = zip(*thing)
            for point in points:
                for letter, value in zip('xyz', point):
                    if value is not None and value == value:
                        found[letter].append(float(value))
        reach = {}
        for letter, values in found.items():
            low, high = (min(values), max(values)) if values else (0.0, 1.0)
            gap = (high - low) / 48 or 0.5
            given = self._given[letter]
            reach[letter] = [low - gap if given[0] is None else given[0], high + gap if given[1] is None else given[1]]
        return reach

    def _spatial(self):
        """Traces and the scene for a page that can turn them."""
        texts = [thing for thing in self._things if thing[0] == 'text']
        traces = [solid() for solid in self._solids] + [points(trace) for trace in self.traces if '_space' in trace]
        if texts:
            traces.append(words(texts))
        reach = self._reach()
        spans = [reach[letter][1] - reach[letter][0] for letter in 'xyz']
        aspect = spans if self._aspect == 'equal' else self._aspect
        numbers = {letter: self._numbers[letter] or _inner_numbers(*reach[letter]) for letter in 'xyz'}
        return traces, scene(reach, self._names, numbers, self._labels, aspect, self._view, self._boxed, self._lined)

    def _prepare(self):
        """Traces, notes and faces as they are drawn flat."""
        reach = self._reach()
        elev, azim = (math.radians(v) for v in self._view)
        spans = [reach[letter][1] - reach[letter][0] for letter in 'xyz']
        aspect = spans if self._aspect == 'equal' else self._aspect
        longest = max(aspect)
        toward = (math.cos(elev) * math.cos(azim), math.cos(elev) * math.sin(azim), math.sin(elev))
        right = (-math.sin(azim), math.cos(azim), 0.0)
        up = (-math.sin(elev) * math.cos(azim), -math.sin(elev) * math.sin(azim), math.cos(elev))

        def unit(point):
            return [((v - reach[letter][0]) / span - 0.5) * a / longest for v, letter, span, a in zip(point, 'xyz', spans, aspect)]

        def seen(point):
            """The place on the paper, and how near it is."""
            q = unit(point)
            depth = sum(a * b for a, b in zip(q, toward))
            # A little perspective: the eye is ten lengths away, as far as matplotlib's.
            size = 10 / (10 - depth)
            return sum(a * b for a, b in zip(q, right)) * size, sum(a * b for a, b in zip(q, up)) * size, depth

        guides, notes = self._box(reach, seen, toward) if self._boxed else ([], [])
        drawn = []
        for trace in self.traces:
            trace = dict(trace)
            if '_space' in trace:
                points = [seen(p)[:2] if all(v is not None and v == v for v in p) else (None, None) for p in zip(*trace['_space'])]
                trace['x'], trace['y'] = [p[0] for p in points], [p[1] for p in points]
                trace['hoverinfo'] = 'skip'
            drawn.append(trace)
        faces = []
        for thing in self._things:
            if thing[0] == 'text':
                x, y, _ = seen(thing[1])
                notes.append({**self._word(thing[2], x, y), 'font': {'size': 12}})
            elif thing[0] == 'faces':
                for corners, fill in thing[1]:
                    places = [seen(p) for p in corners]
                    if thing[4]:
                        fill = _shaded(fill, [unit(p) for p in corners])
                    faces.append((sum(p[2] for p in places), places, fill, thing[2], thing[3]))
        shapes = []
        for _, places, fill, edge, width in sorted(faces, key=lambda face: face[0]):
            path = 'M ' + ' L '.join(f'{x:.4f},{y:.4f}' for x, y, _ in places) + ' Z'
            # Without an edge of their own, faces are edged in their colour, so that no gap shows.
            shapes.append({'type': 'path', 'path': path, 'fillcolor': fill, 'line': {'color': edge or fill, 'width': width if edge else 0.6}, 'layer': 'below', '_domain': None})
        for letter in 'xy':
            self._settings[letter]['range'] = [-0.92, 0.92]
        return drawn, notes, guides + shapes

    def _box(self, reach, seen, toward):
        guides, notes, taken = [], [], []
        # Pixels of a unit: numbers that would lie on each other are left out.
        unit = 100 * min(size * (high - low) for size, (low, high) in zip(self.figure._size, self.domain)) / 1.84
        # The far side of each pair of sides is the one that is drawn.
        far = {letter: reach[letter][0 if t > 0 else 1] for letter, t in zip('xyz', toward)}
        near = {letter: reach[letter][1 if t > 0 else 0] for letter, t in zip('xyz', toward)}

        def line(a, b, width=1, color=_line):
            p, q = seen(a), seen(b)
            guides.append({'type': 'line', 'x0': p[0], 'x1': q[0], 'y0': p[1], 'y1': q[1], 'line': {'color': color, 'width': width}, 'layer': 'below', '_domain': None})

        floor = far['z']
        for k, letter in enumerate('xyz'):
            other = [m for m in 'xyz' if m != letter]
            numbers = self._numbers[letter] or _round_numbers(*reach[letter])
            for value in numbers:
                if not self._lined:
                    break
                for fixed, along in (other, other[::-1]):
                    start = {letter: value, fixed: far[fixed], along: reach[along][0]}
                    end = {**start, along: reach[along][1]}
                    line([start[m] for m in 'xyz'], [end[m] for m in 'xyz'], 0.6)
            # Numbers stand at the near edge of the floor, and at the edge of the wall.
            if letter == 'z':
                edge = {'x': near['x'], 'y': far['y']} if toward[0] * toward[1] <= 0 else {'x': far['x'], 'y': near['y']}
            else:
                edge = {'z': floor, other[0]: near[other[0]]} if letter != 'z' else {}
                edge = {'z': floor, ('y' if letter == 'x' else 'x'): near['y' if letter == 'x' else 'x']}
            ends = [[{**edge, letter: reach[letter][e]}[m] for m in 'xyz'] for e in (0, 1)]
            line(*ends, 1.2, _words)
            (ax, ay, _), (bx, by, _) = seen(ends[0]), seen(ends[1])
            middle = seen([sum(reach[m]) / 2 for m in 'xyz'])
            # Away from the box, straight across the edge.
            length = math.hypot(bx - ax, by - ay) or 1
            out = [(ay - by) / length, (bx - ax) / length]
            if out[0] * ((ax + bx) / 2 - middle[0]) + out[1] * ((ay + by) / 2 - middle[1]) < 0:
                out = [-v for v in out]
            widest = 0
            words = self._labels[letter] or []
            for k, value in enumerate(numbers):
                text = words[k] if k < len(words) else f'{value:g}'
                x, y, _ = seen([{**edge, letter: value}[m] for m in 'xyz'])
                # Half of the number's own size is on the near side of its middle.
                wide, tall = 6.5 * len(text) / unit, 13 / unit
                far_out = 6 / unit + (abs(out[0]) * wide + abs(out[1]) * tall) / 2
                x, y = x + far_out * out[0], y + far_out * out[1]
                if any(abs(x - p) < (wide + w) / 2 + 3 / unit and abs(y - q) < tall for p, q, w in taken):
                    continue
                taken.append((x, y, wide))
                widest = max(widest, far_out + (abs(out[0]) * wide + abs(out[1]) * tall) / 2)
                notes.append({**self._word(text, x, y), 'yanchor': 'middle'})
            if self._names[letter]:
                wide, tall = 7.5 * len(self._names[letter]) / unit, 15 / unit
                far_out = widest + 5 / unit + (abs(out[0]) * wide + abs(out[1]) * tall) / 2
                x, y = (ax + bx) / 2 + far_out * out[0], (ay + by) / 2 + far_out * out[1]
                notes.append({**self._word(self._names[letter], x, y), 'yanchor': 'middle', 'font': {'size': 13}})
        return guides, notes


def _inner_numbers(low, high):
    """Round numbers away from the corners, where those of other axes stand."""
    low, high = sorted((low, high))
    inner = [value for value in _round_numbers(low, high) if 0.02 < (value - low) / ((high - low) or 1) < 0.98]
    return inner if len(inner) > 2 else None


def _round_numbers(low, high):
    rough = (high - low) / 5 or 1
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(n * power for n in (1, 2, 2.5, 5, 10) if n * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [round(k * step, 12) for k in range(first, math.floor(high / step + 1e-9) + 1)]


def _shaded(fill, corners):
    """A colour darkened by how far its face is turned from the light."""
    import re

    (a, b, c) = corners[0], corners[1], corners[3]
    p, q = [y - x for x, y in zip(a, b)], [y - x for x, y in zip(a, c)]
    normal = [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]]
    size = math.sqrt(sum(v * v for v in normal)) or 1
    light = abs(sum(n / size * s for n, s in zip(normal, (0.35, -0.35, 0.87))))
    share = 0.55 + 0.45 * light
    found = re.match(r'#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$', fill, re.I)
    if found:
        return f'rgb({",".join(str(round(int(part, 16) * share)) for part in found.groups())})'
    found = re.match(r'(rgba?)\(([^,]+),([^,]+),([^,)]+)(.*)$', fill)
    if found:
        return f'{found[1]}({",".join(str(round(float(part) * share)) for part in found.group(2, 3, 4))}{found[5]}'
    return fill

