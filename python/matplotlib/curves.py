"""Lines, points, arrows and areas."""

import math
from typing import NamedTuple

from . import colors, rcParams
from .artists import Area, Line2D, Mappable
from .cm import get_cmap
from .hatches import pattern
from .reading import numbers, Options, px, unheard, written
from .values import columns, counted, finite, flat, plain, series, shape, within


class StemContainer(NamedTuple):
    """What `stem` drew."""

    markerline: Line2D
    stemlines: Line2D
    baseline: Line2D


class Lines:
    """What draws lines and points."""

    def _color(self):
        return self._next().get('color', 'k')

    def _next(self):
        """The properties whose turn it is."""
        entry = self._cycle[self._count % len(self._cycle)] if self._cycle else {}
        self._count += 1
        return entry

    def plot(self, *args, data=None, **kwargs):
        """Lines and points: `plot(y)`, `plot(x, y)`, `plot(x, y, 'r--o')`, several of them in one call."""
        made = []
        rest = list(args)
        while rest:
            first = rest.pop(0)
            second = rest.pop(0) if rest and not isinstance(rest[0], str) else None
            style = rest.pop(0) if rest and isinstance(rest[0], str) else ''
            if data is not None:
                first, second = (data[key] if isinstance(key, str) else key for key in (first, second))
            x, y = (first, second) if second is not None else (None, first)
            made += self._lines(x, y, style, kwargs)
        return made

    def _lines(self, x, y, style, kwargs):
        y_columns = columns(y)
        x_columns = [counted(len(y_columns[0]))] if x is None else columns(x)
        if len(x_columns[0]) != len(y_columns[0]):
            raise ValueError(
                f'x and y must have same first dimension, but have shapes {shape(x)} and {shape(y)}'
            )
        many = max(len(x_columns), len(y_columns))
        label = kwargs.get('label')
        made = []
        for number in range(many):
            own = dict(kwargs)
            if many > 1 and isinstance(label, (list, tuple)):
                own['label'] = label[number]
            trace = self._line(
                x_columns[number % len(x_columns)], y_columns[number % len(y_columns)], style, own
            )
            made.append(Line2D(self, trace))
        self.lines += made
        return made

    def _line(self, x, y, style, kwargs):
        read = colors.read_format(style)
        take = Options(kwargs)
        color = take('color', 'c') or read['color']
        turn = self._next() if color is None else {}
        if color is None:
            color = turn.get('color', 'k')
        if any(turn.get(key) is not None for key in turn if key != 'color'):
            take = Options({**{key: value for key, value in turn.items() if key not in read or not read[key]}, **kwargs})
        marker = take('marker')
        marker = read['marker'] if marker is None else marker
        line = take('linestyle', 'ls')
        if line is None:
            line = read['linestyle'] or ('none' if read['marker'] else '-')
        alpha = take('alpha')
        css = colors.color(color, alpha)
        drawn = not colors.is_none(line)
        marked = marker is not None and not colors.is_none(marker)
        mode = '+'.join(name for name, wanted in (('lines', drawn), ('markers', marked)) if wanted) or 'none'
        trace = {'type': 'scatter', 'x': x, 'y': y, 'mode': mode}
        width = take('linewidth', 'lw')
        if drawn:
            dash = line if isinstance(line, str) else 'dash'
            trace['line'] = {
                'color': css,
                'width': float(rcParams['lines.linewidth'] if width is None else width) * px,
                'dash': colors.dashes.get(dash, 'solid'),
            }
            if take.seen('drawstyle') and take('drawstyle').startswith('steps'):
                trace['line']['shape'] = 'hv' if take('drawstyle') == 'steps-post' else 'vh'
        if marked:
            size = take('markersize', 'ms')
            trace['marker'] = self._marker(marker, rcParams['lines.markersize'] if size is None else size)
            face = take('markerfacecolor', 'mfc')
            edge = take('markeredgecolor', 'mec')
            trace['marker']['color'] = css if face is None else colors.color(face, alpha)
            if edge is not None or face is not None or trace['marker']['symbol'].endswith('-open'):
                thick = take('markeredgewidth', 'mew')
                edge_css = colors.color(edge, alpha) if edge is not None else css
                trace['marker']['line'] = {'color': edge_css, 'width': float(1 if thick is None else thick) * px}
                if trace['marker']['symbol'].endswith('-open'):
                    trace['marker']['color'] = edge_css
        return self._add(trace, take('label'), css)

    @staticmethod
    def _marker(marker, size):
        symbol, factor = colors.markers.get(marker, ('circle', 1))
        return {'symbol': symbol, 'size': float(size) * factor * px}

    def _add(self, trace, label=None, css=None):
        label = None if label is None else written(label)
        shown = label is not None and not label.startswith('_')
        trace['name'] = label if shown else ''
        trace['showlegend'] = False
        trace['_label'] = shown
        if trace['type'] == 'scatter' and 'hoverinfo' not in trace:
            trace['hoverinfo'] = 'x+y+name' if shown else 'x+y'
        self.traces.append(trace)
        self.figure._sca(self)
        return trace

    def scatter(self, x, y, s=None, c=None, marker='o', cmap=None, vmin=None, vmax=None, alpha=None, **kwargs):
        """Points, each with its own size (area in square points) and colour if wanted."""
        take = Options(kwargs)
        x, y = series(x), series(y)
        if len(x) != len(y):
            raise ValueError('x and y must be the same size')
        made = self._marker(marker, 1)
        factor = made['size'] / px
        sizes = flat(s)
        side = lambda area: math.sqrt(max(0.0, float(area))) * px * factor  # noqa: E731
        default = rcParams['lines.markersize'] ** 2
        made['size'] = side(default) if sizes is None else side(sizes[0]) if len(sizes) == 1 else [side(a) for a in sizes]
        c = take('color', 'facecolor', 'facecolors') if c is None else c
        mapped = None
        if c is None:
            made['color'] = self._color()
        elif isinstance(c, str):
            made['color'] = colors.color(c)
        elif numbers(c, len(x)):
            mapped = Mappable(self, made, 'color', cmap, vmin, vmax)
            made['color'] = series(c)
            made['colorscale'] = get_cmap(cmap or rcParams['image.cmap']).scale()
            values = finite(within(made['color']))
            made['cmin'] = plain(vmin if vmin is not None else min(values, default=0))
            made['cmax'] = plain(vmax if vmax is not None else max(values, default=1))
        elif len(c) and isinstance(c[0], (int, float)):
            made['color'] = colors.color(c)
        else:
            made['color'] = [colors.color(one) for one in (c.tolist() if hasattr(c, 'tolist') else c)]
        if alpha is not None:
            made['opacity'] = float(alpha)
        edge = take('edgecolor', 'edgecolors', 'ec')
        width = take('linewidths', 'linewidth', 'lw')
        if edge is not None and edge != 'face':
            made['line'] = {'color': colors.color(edge), 'width': float(1 if width is None else width) * px}
        elif made['symbol'].endswith('-open'):
            made['line'] = {'width': 1.5 * px}
        trace = self._add({'type': 'scatter', 'mode': 'markers', 'x': x, 'y': y, 'marker': made}, take('label'))
        result = mapped or Mappable(self, made, 'color', cmap, vmin, vmax)
        result.trace = trace
        self._current = result if mapped else self._current
        return result

    def semilogx(self, *args, **kwargs):
        """Plots with a logarithmic scale from left to right; arguments as `plot`."""
        self.set_xscale('log')
        return self.plot(*args, **kwargs)

    def semilogy(self, *args, **kwargs):
        """Plots with a logarithmic scale upwards; arguments as `plot`."""
        self.set_yscale('log')
        return self.plot(*args, **kwargs)

    def loglog(self, *args, **kwargs):
        """Plots with logarithmic scales on both axes; arguments as `plot`."""
        self.set_xscale('log')
        self.set_yscale('log')
        return self.plot(*args, **kwargs)

    def step(self, x, y, *args, where='pre', **kwargs):
        """A line in steps from x (n,), y (n,): `where` 'pre', 'post' or 'mid' of each step it rises."""
        made = self.plot(x, y, *args, **kwargs)
        for line in made:
            line.trace['line']['shape'] = {'pre': 'vh', 'post': 'hv', 'mid': 'hvh'}[where]
        return made

    def errorbar(self, x, y, yerr=None, xerr=None, fmt='', capsize=None, ecolor=None, **kwargs):
        """A line through x (n,), y (n,) with bars for errors: one number, (n,), or (2, n) for down and up."""
        if colors.is_none(fmt) and fmt:
            fmt, kwargs = '', {**kwargs, 'linestyle': 'none'}
        made = self.plot(x, y, fmt, **kwargs)
        for name, error in (('error_y', yerr), ('error_x', xerr)):
            if error is None:
                continue
            bars = {'type': 'data', 'visible': True, 'thickness': 1.5, 'width': float(capsize or 0) * px}
            if len(shape(error)) == 2:
                low, high = (flat(part) for part in error)
                bars |= {'symmetric': False, 'array': high, 'arrayminus': low}
            else:
                sizes = flat(error)
                bars['array'] = sizes * len(flat(y)) if len(sizes) == 1 else sizes
            bars['color'] = colors.color(ecolor) if ecolor else made[0].get_color()
            made[0].trace[name] = bars
        return made

    def stem(self, *args, linefmt=None, markerfmt=None, basefmt=None, bottom=0, label=None, orientation='vertical', **_options):
        """Lines from a base to points: markers, stems and the base line can be taken apart."""
        unheard('stem', _options)
        x, y = (list(range(len(flat(args[0])))), flat(args[0])) if len(args) == 1 else (flat(args[0]), flat(args[1]))
        line = colors.read_format('C0-' if linefmt is None else linefmt)
        point = colors.read_format('o' if markerfmt is None else markerfmt)
        base = colors.read_format('C3-' if basefmt is None else basefmt)
        css = colors.color(line['color'] or 'C0')
        stems_x, stems_y = [], []
        for a, b in zip(x, y):
            stems_x += [a, a, None]
            stems_y += [bottom, b, None]
        stems = self._add({'type': 'scatter', 'mode': 'lines', 'x': stems_x, 'y': stems_y, 'hoverinfo': 'skip',
                           'line': {'color': css, 'width': 1.5 * px, 'dash': colors.dashes.get(line['linestyle'] or '-', 'solid')}})
        marker = self._marker(point['marker'] or 'o', rcParams['lines.markersize']) | {'color': colors.color(point['color']) if point['color'] else css}
        if marker['symbol'].endswith('-open'):
            marker['line'] = {'color': marker['color'], 'width': 1.5 * px}
        points = self._add({'type': 'scatter', 'mode': 'markers', 'x': x, 'y': y, 'marker': marker}, label)
        known = finite(x)
        level = {'type': 'scatter', 'mode': 'lines', 'x': [min(known, default=0), max(known, default=1)], 'y': [bottom, bottom], 'hoverinfo': 'skip',
                 'line': {'color': colors.color(base['color'] or 'C3'), 'width': 1.5 * px, 'dash': colors.dashes.get(base['linestyle'] or '-', 'solid')}}
        if not str(basefmt).isspace():
            self._add(level)
        if orientation != 'vertical':
            for trace in (points, stems, level):
                trace['x'], trace['y'] = trace['y'], trace['x']
        return StemContainer(*(Line2D(self, trace) for trace in (points, stems, level)))

    def fill_between(self, x, y1, y2=0, where=None, alpha=None, color=None, label=None, **kwargs):
        """The area between two curves."""
        take = Options(kwargs)
        x, top = flat(x), flat(y1)
        bottom = flat(y2)
        top = top * len(x) if len(top) == 1 else top
        bottom = bottom * len(x) if len(bottom) == 1 else bottom
        wanted = flat(where) or [1] * len(x)
        outline_x, outline_y = [], []
        start = 0
        while start < len(x):
            if not wanted[start]:
                start += 1
                continue
            stop = start
            while stop < len(x) and wanted[stop]:
                stop += 1
            part = slice(start, stop)
            if outline_x:
                outline_x.append(None)
                outline_y.append(None)
            outline_x += x[part] + x[part][::-1]
            outline_y += top[part] + bottom[part][::-1]
            start = stop
        chosen = color or take('facecolor', 'fc') or self._color()
        css, edge, width = colors.color(chosen, alpha), take('edgecolor', 'ec'), take('linewidth', 'lw')
        drawn = width or 1 if edge is not None else width or 0
        line = {'width': float(drawn) * px, 'color': css if edge is None else colors.color(edge), 'dash': colors.dashes.get(take('linestyle', 'ls') or '-', 'solid')}
        made = Area(self, self._add({'type': 'scatter', 'mode': 'lines', 'x': outline_x, 'y': outline_y, 'fill': 'toself', 'fillcolor': css, 'line': line, 'hoverinfo': 'skip'}, label))
        drawn = pattern(take('hatch'), edge)
        if drawn is not None:
            made.trace['fillpattern'] = drawn
        return made

    def fill_betweenx(self, y, x1, x2=0, where=None, **kwargs):
        """The area between two curves that go up."""
        made = self.fill_between(y, x1, x2, where, **kwargs)
        trace = self.traces[-1]
        trace['x'], trace['y'] = trace['y'], trace['x']
        return made

    def stairs(self, values, edges=None, *, fill=False, orientation='vertical', baseline=0, color=None, alpha=None, linewidth=None, label=None, **_options):
        """Steps of given heights between edges."""
        unheard('stairs', _options)
        values = flat(values)
        edges = flat(edges) if edges is not None else list(range(len(values) + 1))
        x = [edge for edge in edges for _ in (0, 1)]
        y = [baseline, *(value for value in values for _ in (0, 1)), baseline]
        if orientation == 'horizontal':
            x, y = y, x
        css = colors.color(color or self._color(), alpha)
        return self._add({'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'line': {'color': css, 'width': float((linewidth or rcParams['lines.linewidth']) if not fill else 0) * px},
                          **({'fill': 'toself', 'fillcolor': css} if fill else {})}, label)

    def fill(self, x, y, color=None, alpha=None, label=None, **_options):
        """The polygon with corners x (n,), y (n,), filled."""
        unheard('fill', _options)
        css = colors.color(color or self._color(), alpha)
        return self._add({'type': 'scatter', 'mode': 'lines', 'x': flat(x), 'y': flat(y), 'fill': 'toself',
                          'fillcolor': css, 'line': {'width': 1, 'color': css}}, label)

    def broken_barh(self, xranges, yrange, **kwargs):
        """Bars in one row, each from a place on and as long as its range says."""
        low, tall = (float(part) for part in yrange)
        starts, lengths = zip(*((float(start), float(length)) for start, length in xranges))
        kwargs['color'] = kwargs.pop('facecolors', None) or kwargs.get('color') or kwargs.get('facecolor') or self._color()
        return self.barh([low + tall / 2] * len(starts), list(lengths), tall, list(starts), **kwargs)

    def ecdf(self, x, weights=None, *, complementary=False, **kwargs):
        """Which share of the values is not greater."""
        unheard('ecdf', {'weights': weights})
        values = sorted(value for value in flat(x) if value is not None)
        shares = [k / len(values) for k in range(len(values) + 1)]
        if complementary:
            shares = [1 - share for share in shares]
        return self.step([values[0], *values], shares, where='post', **kwargs)[0]

    def hlines(self, y, xmin, xmax, colors='C0', linestyles='solid', label='', **kwargs):
        """Level lines at y (n,), from `xmin` to `xmax`: a number, or one for each."""
        return self._segments([(xmin, xmax)], flat(y), True, colors, linestyles, label, kwargs)

    def vlines(self, x, ymin, ymax, colors='C0', linestyles='solid', label='', **kwargs):
        """Upright lines at x (n,), from `ymin` to `ymax`: a number, or one for each."""
        return self._segments([(ymin, ymax)], flat(x), False, colors, linestyles, label, kwargs)

    def _segments(self, reach, places, level, color, style, label, kwargs):
        along, across = [], []
        lows, highs = flat(reach[0][0]), flat(reach[0][1])
        for number, place in enumerate(places):
            along += [lows[number % len(lows)], highs[number % len(highs)], None]
            across += [place, place, None]
        x, y = (along, across) if level else (across, along)
        take = Options(kwargs)
        width = take('linewidth', 'lw', 'linewidths')
        css = colors.color(take('color') or color, take('alpha'))
        line = {'color': css, 'dash': colors.dashes.get(style, 'solid'), 'width': float(width or 1.5) * px}
        return self._add({'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'line': line}, label or None)

    def quiver(self, *args, angles='uv', scale=None, scale_units=None, color='k', width=None, pivot='tail', label=None, **_options):
        """Arrows: `quiver(U, V)` or `quiver(X, Y, U, V)`; their length is data's with scale_units='xy', else fitted."""
        unheard('quiver', _options)
        if len(args) in (2, 3):
            height, across = (shape(args[0]) + (1,))[:2]
            x = [float(column) for _ in range(height) for column in range(across)]
            y = [float(row) for row in range(height) for _ in range(across)]
            u, v = flat(args[0]), flat(args[1])
        else:
            x, y, u, v = (flat(part) for part in args[:4])
            if len(x) * len(y) == len(u) and len(x) != len(u):
                x, y = x * len(y), [b for b in y for _ in x]
        if scale_units == 'xy' or angles == 'xy' and scale is not None:
            factor = 1 / float(scale or 1)
        else:
            longest = max((math.hypot(a, b) for a, b in zip(u, v)), default=1) or 1
            span = max(max(x, default=1) - min(x, default=0), max(y, default=1) - min(y, default=0)) or 1
            factor = 0.9 * span / (math.sqrt(len(x)) * longest)
        shafts_x, shafts_y = [], []
        for a, b, du, dv in zip(x, y, u, v):
            du, dv = du * factor, dv * factor
            back = {'tail': 0, 'mid': 0.5, 'middle': 0.5, 'tip': 1}[pivot]
            a, b = a - back * du, b - back * dv
            tip_x, tip_y = a + du, b + dv
            shafts_x += [a, tip_x, None, tip_x - 0.28 * du - 0.12 * dv, tip_x, tip_x - 0.28 * du + 0.12 * dv, None]
            shafts_y += [b, tip_y, None, tip_y - 0.28 * dv + 0.12 * du, tip_y, tip_y - 0.28 * dv - 0.12 * du, None]
        if isinstance(color, (list, tuple)) and len(color) == 1:
            color = color[0]
        several = not isinstance(color, str) and len(color) == len(x) and len(x) != len(shape(color))
        if several and not isinstance(color[0], (int, float)):
            made = None
            for at, one in enumerate(color):
                part = slice(7 * at, 7 * at + 7)
                made = self._arrows(shafts_x[part], shafts_y[part], one, label if at == 0 else None)
            return made
        made = self._arrows(shafts_x, shafts_y, color, label)
        made['_factor'] = factor
        return made

    def quiverkey(self, Q, X, Y, U, label, *, labelpos='N', coordinates='axes', color=None, **options):
        """An arrow as long as `U` is drawn in a field of arrows, with a text: at shares of the axes."""
        unheard('quiverkey', {'coordinates': None if coordinates in ('axes', 'figure') else coordinates, **options})
        low, high = self._shown('x')
        share = float(U) * Q.get('_factor', 1.0) / ((high - low) or 1)
        css = Q['line']['color'] if color is None else colors.color(color)
        head = 0.28 * share
        tip = float(X) + share / 2
        for x0, y0, x1, y1 in ((tip - share, Y, tip, Y), (tip - head, Y - 0.5 * head, tip, Y), (tip - head, Y + 0.5 * head, tip, Y)):
            self.shapes.append({'type': 'line', 'x0': x0, 'x1': x1, 'y0': float(y0), 'y1': float(y1), '_domain': 'xy', 'line': {'color': css, 'width': 2}})
        side = {'N': (0, 0.02, 'center', 'bottom'), 'S': (0, -0.02, 'center', 'top'), 'E': (share / 2 + 0.01, 0, 'left', 'center'), 'W': (-share / 2 - 0.01, 0, 'right', 'center')}[labelpos]
        self.text(float(X) + side[0], float(Y) + side[1], label, ha=side[2], va=side[3], transform=self.transAxes)

    def _arrows(self, x, y, color, label):
        line = {'color': colors.color(color), 'width': 2}
        return self._add({'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'line': line}, label)

    def arrow(self, x, y, dx, dy, color=None, **kwargs):
        """An arrow from (x, y) to (x + dx, y + dy)."""
        take = Options(kwargs)
        css = color or take('fc', 'facecolor', 'ec', 'edgecolor') or self._color()
        return self.quiver([x], [y], [dx], [dy], scale_units='xy', scale=1, color=css)

    def stackplot(self, x, *args, labels=(), colors=None, alpha=None, **_options):
        """Areas one upon the other."""
        unheard('stackplot', _options)
        sets = [flat(one) for part in args for one in (part if len(shape(part)) == 2 else [part])]
        x = flat(x)
        floor = [0.0] * len(x)
        made = []
        for at, values in enumerate(sets):
            top = [a + b for a, b in zip(floor, values)]
            color = colors[at % len(colors)] if colors is not None else None
            made.append(self.fill_between(x, top, floor, color=color, alpha=alpha, label=labels[at] if at < len(labels) else None))
            floor = top
        return made

    def axline(self, xy1, xy2=None, *, slope=None, **kwargs):
        """A line without ends through a point, with a second point or a slope; it is drawn across what the axes show."""
        x0, y0 = (float(v) for v in xy1)
        if (xy2 is None) == (slope is None):
            raise TypeError("Exactly one of 'xy2' and 'slope' must be given")
        if xy2 is not None:
            x1, y1 = (float(v) for v in xy2)
            if x1 == x0:
                return self.axvline(x0, **kwargs)
            slope = (y1 - y0) / (x1 - x0)
        low, high = self.get_xlim()
        span = max(abs(high - x0), abs(low - x0), 1.0)
        x = [min(low, x0 - span), max(high, x0 + span)]
        self._settings['x'].setdefault('range', [low, high])
        return self.plot(x, [y0 + slope * (v - x0) for v in x], **({'color': 'k'} | kwargs))[0]

    def streamplot(self, x, y, u, v, density=1, color=None, linewidth=None, cmap=None, norm=None, **_options):
        """Lines along a field of vectors, with arrow heads: from the points of a grid both ways until they leave."""
        unheard('streamplot', _options)
        xs = flat(x[0]) if len(shape(x)) == 2 else flat(x)
        ys = [row[0] for row in (y.tolist() if hasattr(y, 'tolist') else y)] if len(shape(y)) == 2 else flat(y)
        fields = [f.tolist() if hasattr(f, 'tolist') else f for f in (u, v)]
        wide, tall = xs[-1] - xs[0], ys[-1] - ys[0]

        def between(f, i, j, s, t):
            return (f[i][j] * (1 - s) + f[i][j + 1] * s) * (1 - t) + (f[i + 1][j] * (1 - s) + f[i + 1][j + 1] * s) * t

        def at(a, b):
            p, q = (a - xs[0]) / wide * (len(xs) - 1), (b - ys[0]) / tall * (len(ys) - 1)
            if not (0 <= p <= len(xs) - 1 and 0 <= q <= len(ys) - 1):
                return None
            j, i = min(int(p), len(xs) - 2), min(int(q), len(ys) - 2)
            s, t = p - j, q - i
            value = [between(f, i, j, s, t) for f in fields]
            du, dv = value[0] / wide, value[1] / tall
            length = math.hypot(du, dv)
            return None if length == 0 or length != length else (du / length, dv / length)

        cells = max(4, round(15 * (density if isinstance(density, (int, float)) else density[0])))
        taken, lines, heads = set(), [], []
        step = 0.35 / cells

        def follow(a, b, sign, own):
            points = []
            for _ in range(6 * cells):
                way = at(a, b)
                if way is None:
                    break
                half = at(a + sign * way[0] * step / 2 * wide, b + sign * way[1] * step / 2 * tall) or way
                a, b = a + sign * half[0] * step * wide, b + sign * half[1] * step * tall
                cell = int((a - xs[0]) / wide * cells), int((b - ys[0]) / tall * cells)
                if cell in taken and cell not in own:
                    break
                own.add(cell)
                points.append((a, b))
            return points

        for row in range(cells):
            for column in range(cells):
                if (column, row) in taken:
                    continue
                a, b = xs[0] + (column + 0.5) / cells * wide, ys[0] + (row + 0.5) / cells * tall
                own = {(column, row)}
                points = follow(a, b, -1, own)[::-1] + [(a, b)] + follow(a, b, 1, own)
                if len(points) < 6:
                    continue
                taken |= own
                lines.append(points)
                heads.append(points[len(points) // 2:len(points) // 2 + 2])
        width = float(linewidth if isinstance(linewidth, (int, float)) else 1.2) * px
        if len(shape(color)) != 2:
            css = color if isinstance(color, str) else self._color()
            made = self._arrows(*_joined(lines), css, None)
            made['line']['width'] = width
            return Stream(Line2D(self, made), Line2D(self, self._heads(heads, wide, tall, css)))
        values = color.tolist() if hasattr(color, 'tolist') else color

        def shade(a, b):
            p, q = (a - xs[0]) / wide * (len(xs) - 1), (b - ys[0]) / tall * (len(ys) - 1)
            j, i = min(max(int(p), 0), len(xs) - 2), min(max(int(q), 0), len(ys) - 2)
            share = (between(values, i, j, p - j, q - i) - low) / ((high - low) or 1)
            return min(_shades - 1, max(0, int(share * _shades)))

        known = finite([v for row in values for v in row])
        low, high = min(known, default=0), max(known, default=1)
        if norm is not None:
            low, high = low if norm.vmin is None else norm.vmin, high if norm.vmax is None else norm.vmax
        # Lines of one trace have one colour: what is coloured alike goes together.
        parts, tips = [[] for _ in range(_shades)], [[] for _ in range(_shades)]
        for points in lines:
            piece, own = [points[0]], None
            for a, b in zip(points, points[1:]):
                now = shade((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
                if own is not None and now != own:
                    parts[own].append(piece)
                    piece = [a]
                piece.append(b)
                own = now
            parts[own].append(piece)
        for head in heads:
            tips[shade(*head[0])].append(head)
        table = get_cmap(cmap or rcParams['image.cmap'])
        for k in range(_shades):
            css = 'rgb({}, {}, {})'.format(*table.rgb((k + 0.5) / _shades))
            if parts[k]:
                self._arrows(*_joined(parts[k]), css, None)['line']['width'] = width
            self._heads(tips[k], wide, tall, css)
        marker = {'color': [low, high], 'colorscale': table.scale(), 'cmin': plain(low), 'cmax': plain(high), 'size': 0.1, 'opacity': 0}
        made = Mappable(self, marker, 'color', cmap, low, high)
        made.trace = self._add({'type': 'scatter', 'mode': 'markers', 'x': [xs[0], xs[-1]], 'y': [ys[0], ys[-1]], 'marker': marker, 'hoverinfo': 'skip'})
        made.lines = made.arrows = made
        self._current = made
        return made

    def _heads(self, heads, wide, tall, css):
        """Heads of arrows in the middle of lines."""
        head_x, head_y = [], []
        for (a, b), (c, d) in heads:
            length = math.hypot((c - a) / wide, (d - b) / tall) or 1
            du, dv = (c - a) / wide / length * 0.018, (d - b) / tall / length * 0.018
            head_x += [a - (du + dv * 0.6) * wide, a, a - (du - dv * 0.6) * wide, None]
            head_y += [b - (dv - du * 0.6) * tall, b, b - (dv + du * 0.6) * tall, None]
        return self._arrows(head_x, head_y, css, None) if head_x else {}

    def eventplot(self, positions, lineoffsets=1, linelengths=1, color=None, **_options):
        """Short lines where something happened, a row for each list."""
        unheard('eventplot', _options)
        several = len(positions) > 0 and hasattr(positions[0], '__len__')
        for at, row in enumerate(positions if several else [positions]):
            base = lineoffsets[at] if hasattr(lineoffsets, '__len__') else lineoffsets + at
            self.vlines(row, base - linelengths / 2, base + linelengths / 2, colors=color or f'C{at}')


class Stream:
    """Lines along a field and the heads of their arrows."""

    def __init__(self, lines, arrows):
        self.lines, self.arrows = lines, arrows


# Colours of lines along a field.
_shades = 16


def _joined(lines):
    """The coordinates of several lines as one line with gaps."""
    return [v for points in lines for v in (*(p for p, _ in points), None)], [v for points in lines for v in (*(q for _, q in points), None)]
