"""One coordinate system of a figure, and all that is drawn in it."""

import math

from . import colors, rcParams
from .artists import BarContainer, Legend, Line2D, Mappable, Text
from .cm import get_cmap
from .values import columns, finite, flat, plain, rows, shape, thinned

# A point of print in pixels of a screen.
_px = 96 / 72
_most_pixels = 400

_places = {
    'upper right': (1, 1), 'upper left': (0, 1), 'lower left': (0, 0), 'lower right': (1, 0),
    'right': (1, 0.5), 'center left': (0, 0.5), 'center right': (1, 0.5), 'lower center': (0.5, 0),
    'upper center': (0.5, 1), 'center': (0.5, 0.5), 'best': (1, 1),
}  # fmt: skip
_place_numbers = ('best', 'upper right', 'upper left', 'lower left', 'lower right', 'right', 'center left',
                  'center right', 'lower center', 'upper center', 'center')  # fmt: skip


class Axis:
    """What `ax.xaxis` and `ax.yaxis` are asked for."""

    def __init__(self, axes, letter):
        self._axes = axes
        self._letter = letter

    def grid(self, visible=True, **_options):
        self._axes.grid(visible, axis=self._letter)

    def set_visible(self, visible):
        self._axes._settings[self._letter]['visible'] = bool(visible)

    def set_ticks_position(self, position):
        self.tick_top() if position == 'top' else self._settings.pop('side', None)

    def tick_top(self):
        self._settings['side'] = 'top'

    def set_label_text(self, text):
        (self._axes.set_xlabel if self._letter == 'x' else self._axes.set_ylabel)(text)

    def set_ticks(self, ticks, labels=None):
        self._axes._ticks(self._letter, ticks, labels)

    @property
    def _settings(self):
        return self._axes._settings[self._letter]


class Axes:
    """A coordinate system; `domain` is its rectangle in shares of the figure."""

    def __init__(self, figure, domain, sharex=None, sharey=None):
        self.figure = figure
        self.xaxis = Axis(self, 'x')
        self.yaxis = Axis(self, 'y')
        self.domain = domain
        self._shared = {'x': sharex, 'y': sharey}
        self._twin = None
        self.spines = _Spines()
        self.cla()

    def cla(self):
        """Takes everything out again."""
        self.traces = []
        self.lines = []
        self.shapes = []
        self.annotations = []
        self._settings = {'x': {}, 'y': {}}
        self._title = ''
        self._legend = None
        self._count = 0
        self._colorbar = None
        self._current = None

    clear = cla

    # ------------------------------------------------------------ lines and points

    def _color(self):
        color = colors.cycle[self._count % len(colors.cycle)]
        self._count += 1
        return color

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
        x_columns = [list(range(len(y_columns[0])))] if x is None else columns(x)
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
        take = _Options(kwargs)
        color = take('color', 'c') or read['color']
        marker = take('marker')
        marker = read['marker'] if marker is None else marker
        line = take('linestyle', 'ls')
        if line is None:
            line = read['linestyle'] or ('none' if read['marker'] else '-')
        alpha = take('alpha')
        css = colors.color(color if color is not None else self._color(), alpha)
        drawn = not colors.is_none(line)
        marked = marker is not None and not colors.is_none(marker)
        mode = '+'.join(name for name, wanted in (('lines', drawn), ('markers', marked)) if wanted) or 'none'
        trace = {'type': 'scatter', 'x': x, 'y': y, 'mode': mode}
        width = take('linewidth', 'lw')
        if drawn:
            dash = line if isinstance(line, str) else 'dash'
            trace['line'] = {
                'color': css,
                'width': float(rcParams['lines.linewidth'] if width is None else width) * _px,
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
            if edge is not None or trace['marker']['symbol'].endswith('-open'):
                thick = take('markeredgewidth', 'mew')
                edge_css = colors.color(edge, alpha) if edge is not None else css
                trace['marker']['line'] = {'color': edge_css, 'width': float(1 if thick is None else thick) * _px}
                if trace['marker']['symbol'].endswith('-open'):
                    trace['marker']['color'] = edge_css
        return self._add(trace, take('label'), css)

    @staticmethod
    def _marker(marker, size):
        symbol, factor = colors.markers.get(marker, ('circle', 1))
        return {'symbol': symbol, 'size': float(size) * factor * _px}

    def _add(self, trace, label=None, css=None):
        label = None if label is None else _text(label)
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
        take = _Options(kwargs)
        x, y = flat(x), flat(y)
        if len(x) != len(y):
            raise ValueError('x and y must be the same size')
        made = self._marker(marker, 1)
        factor = made['size'] / _px
        sizes = flat(s)
        side = lambda area: math.sqrt(max(0.0, float(area))) * _px * factor  # noqa: E731
        default = rcParams['lines.markersize'] ** 2
        made['size'] = side(default) if sizes is None else side(sizes[0]) if len(sizes) == 1 else [side(a) for a in sizes]
        c = take('color', 'facecolor', 'facecolors') if c is None else c
        mapped = None
        if c is None:
            made['color'] = self._color()
        elif isinstance(c, str):
            made['color'] = colors.color(c)
        elif _numbers(c, len(x)):
            mapped = Mappable(self, made, 'color', cmap, vmin, vmax)
            made['color'] = flat(c)
            made['colorscale'] = get_cmap(cmap or rcParams['image.cmap']).scale()
            values = finite(made['color'])
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
            made['line'] = {'color': colors.color(edge), 'width': float(1 if width is None else width) * _px}
        elif made['symbol'].endswith('-open'):
            made['line'] = {'width': 1.5 * _px}
        trace = self._add({'type': 'scatter', 'mode': 'markers', 'x': x, 'y': y, 'marker': made}, take('label'))
        result = mapped or Mappable(self, made, 'color', cmap, vmin, vmax)
        result.trace = trace
        self._current = result if mapped else self._current
        return result

    def semilogx(self, *args, **kwargs):
        self.set_xscale('log')
        return self.plot(*args, **kwargs)

    def semilogy(self, *args, **kwargs):
        self.set_yscale('log')
        return self.plot(*args, **kwargs)

    def loglog(self, *args, **kwargs):
        self.set_xscale('log')
        self.set_yscale('log')
        return self.plot(*args, **kwargs)

    def step(self, x, y, *args, where='pre', **kwargs):
        made = self.plot(x, y, *args, **kwargs)
        for line in made:
            line.trace['line']['shape'] = {'pre': 'vh', 'post': 'hv', 'mid': 'hvh'}[where]
        return made

    def errorbar(self, x, y, yerr=None, xerr=None, fmt='', capsize=None, ecolor=None, **kwargs):
        made = self.plot(x, y, fmt, **kwargs)
        for name, error in (('error_y', yerr), ('error_x', xerr)):
            if error is None:
                continue
            bars = {'type': 'data', 'visible': True, 'thickness': 1.5, 'width': float(capsize or 0) * _px}
            if len(shape(error)) == 2:
                low, high = (flat(part) for part in error)
                bars |= {'symmetric': False, 'array': high, 'arrayminus': low}
            else:
                sizes = flat(error)
                bars['array'] = sizes * len(flat(y)) if len(sizes) == 1 else sizes
            bars['color'] = colors.color(ecolor) if ecolor else made[0].get_color()
            made[0].trace[name] = bars
        return made

    def stem(self, *args, linefmt='-', markerfmt='o', basefmt='-', bottom=0, label=None, **_options):
        x, y = (list(range(len(flat(args[0])))), flat(args[0])) if len(args) == 1 else (flat(args[0]), flat(args[1]))
        css = self._color()
        stems_x, stems_y = [], []
        for a, b in zip(x, y):
            stems_x += [a, a, None]
            stems_y += [bottom, b, None]
        self._add({'type': 'scatter', 'mode': 'lines', 'x': stems_x, 'y': stems_y, 'hoverinfo': 'skip',
                   'line': {'color': css, 'width': 1.5 * _px}})
        marker = self._marker('o', rcParams['lines.markersize']) | {'color': css}
        return self._add({'type': 'scatter', 'mode': 'markers', 'x': x, 'y': y, 'marker': marker}, label)

    def fill_between(self, x, y1, y2=0, where=None, alpha=None, color=None, label=None, **kwargs):
        """The area between two curves."""
        take = _Options(kwargs)
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
        return self._add({'type': 'scatter', 'mode': 'lines', 'x': outline_x, 'y': outline_y, 'fill': 'toself',
                          'fillcolor': colors.color(chosen, alpha), 'line': {'width': 0}, 'hoverinfo': 'skip'}, label)

    def fill(self, x, y, color=None, alpha=None, label=None, **_options):
        css = colors.color(color or self._color(), alpha)
        return self._add({'type': 'scatter', 'mode': 'lines', 'x': flat(x), 'y': flat(y), 'fill': 'toself',
                          'fillcolor': css, 'line': {'width': 1, 'color': css}}, label)

    def hlines(self, y, xmin, xmax, colors='C0', linestyles='solid', label='', **kwargs):
        return self._segments([(xmin, xmax)], flat(y), True, colors, linestyles, label, kwargs)

    def vlines(self, x, ymin, ymax, colors='C0', linestyles='solid', label='', **kwargs):
        return self._segments([(ymin, ymax)], flat(x), False, colors, linestyles, label, kwargs)

    def _segments(self, reach, places, level, color, style, label, kwargs):
        along, across = [], []
        lows, highs = flat(reach[0][0]), flat(reach[0][1])
        for number, place in enumerate(places):
            along += [lows[number % len(lows)], highs[number % len(highs)], None]
            across += [place, place, None]
        x, y = (along, across) if level else (across, along)
        take = _Options(kwargs)
        width = take('linewidth', 'lw', 'linewidths')
        css = colors.color(take('color') or color, take('alpha'))
        line = {'color': css, 'dash': colors.dashes.get(style, 'solid'), 'width': float(width or 1.5) * _px}
        return self._add({'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'line': line}, label or None)

    def quiver(self, *args, angles='uv', scale=None, scale_units=None, color='k', width=None, label=None, **_options):
        """Arrows: `quiver(U, V)` or `quiver(X, Y, U, V)`; their length is data's with scale_units='xy', else fitted."""
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
            tip_x, tip_y = a + du, b + dv
            shafts_x += [a, tip_x, None, tip_x - 0.28 * du - 0.12 * dv, tip_x, tip_x - 0.28 * du + 0.12 * dv, None]
            shafts_y += [b, tip_y, None, tip_y - 0.28 * dv + 0.12 * du, tip_y, tip_y - 0.28 * dv - 0.12 * du, None]
        several = not isinstance(color, str) and len(color) == len(x) and len(x) != len(shape(color))
        if several and not isinstance(color[0], (int, float)):
            made = None
            for at, one in enumerate(color):
                part = slice(7 * at, 7 * at + 7)
                made = self._arrows(shafts_x[part], shafts_y[part], one, label if at == 0 else None)
            return made
        return self._arrows(shafts_x, shafts_y, color, label)

    def _arrows(self, x, y, color, label):
        line = {'color': colors.color(color), 'width': 2}
        return self._add({'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'line': line}, label)

    def arrow(self, x, y, dx, dy, color=None, **kwargs):
        take = _Options(kwargs)
        css = color or take('fc', 'facecolor', 'ec', 'edgecolor') or self._color()
        return self.quiver([x], [y], [dx], [dy], scale_units='xy', scale=1, color=css)

    # ------------------------------------------------------------ bars

    def bar(self, x, height, width=0.8, bottom=None, *, align='center', **kwargs):
        return self._bars('v', x, height, width, bottom, align, kwargs)

    def barh(self, y, width, height=0.8, left=None, *, align='center', **kwargs):
        return self._bars('h', y, width, height, left, align, kwargs)

    def _bars(self, orientation, places, lengths, thickness, base, align, kwargs):
        take = _Options(kwargs)
        places, lengths = flat(places), flat(lengths)
        lengths = lengths * len(places) if len(lengths) == 1 else lengths
        places = places * len(lengths) if len(places) == 1 else places
        if len(places) != len(lengths):
            raise ValueError(f'shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between '
                             f'arg 0 with shape ({len(places)},) and arg 1 with shape ({len(lengths)},).')
        thick = flat(thickness)
        trace = {'type': 'bar', 'orientation': orientation,
                 'x' if orientation == 'v' else 'y': places, 'y' if orientation == 'v' else 'x': lengths,
                 'width': thick[0] if len(thick) == 1 else thick}
        if align == 'edge':
            trace['offset'] = 0
        if base is not None:
            bases = flat(base)
            trace['base'] = bases * len(places) if len(bases) == 1 else bases
        color = take('color', 'facecolor')
        alpha = take('alpha')
        if color is None:
            color = self._color()
        single = isinstance(color, str) or len(color) in (3, 4) and isinstance(color[0], (int, float))
        trace['marker'] = {'color': colors.color(color, alpha) if single else [colors.color(c, alpha) for c in color]}
        edge = take('edgecolor', 'ec')
        if edge is not None:
            thick = take('linewidth', 'lw')
            trace['marker']['line'] = {'color': colors.color(edge), 'width': float(1 if thick is None else thick) * _px}
        for name, axis in (('yerr', 'error_y'), ('xerr', 'error_x')):
            error = take(name)
            if error is not None:
                sizes = flat(error)
                trace[axis] = {'type': 'data', 'visible': True,
                               'array': sizes * len(places) if len(sizes) == 1 else sizes}
        labels = take('tick_label')
        if labels is not None:
            self._ticks('x' if orientation == 'v' else 'y', places, labels)
        return BarContainer(self, self._add(trace, take('label')))

    def bar_label(self, container, labels=None, fmt='%g', **_options):
        lengths = container.lengths
        texts = labels if labels is not None else [fmt % v if '%' in fmt else fmt.format(v) for v in lengths]
        container.trace |= {'text': [str(text) for text in texts], 'textposition': 'outside'}
        return list(texts)

    def hist(self, x, bins=10, range=None, density=False, weights=None, cumulative=False, histtype='bar',
             orientation='vertical', **kwargs):  # fmt: skip
        import numpy as np

        several = isinstance(x, (list, tuple)) and len(x) > 0 and hasattr(x[0], '__len__')
        sets = list(x) if several else columns(x) if len(shape(x)) == 2 else [x]
        take = _Options(kwargs)
        labels, chosen, alpha = take('label'), take('color'), take('alpha')
        edge = take('edgecolor', 'ec')
        everything = np.concatenate([np.ravel(np.asarray(one, dtype=float)) for one in sets])
        edges = np.histogram_bin_edges(everything, bins, range) if hasattr(np, 'histogram_bin_edges') else (
            np.histogram(everything, bins=bins, **({} if range is None else {'range': range}))[1])
        counts, patches = [], []
        for at, one in enumerate(sets):
            options = {} if weights is None else {'weights': weights[at] if several else weights}
            count, _ = np.histogram(np.ravel(np.asarray(one, dtype=float)), bins=edges, density=density, **options)
            if cumulative:
                count = np.cumsum(count * np.diff(edges) if density else count)
            counts.append(count)
            color = chosen[at] if several and chosen is not None and not isinstance(chosen, str) else chosen
            css = colors.color(color if color is not None else self._color(), alpha)
            middles = flat((edges[1:] + edges[:-1]) / 2)
            trace = {'type': 'bar', 'width': flat(np.diff(edges)), 'marker': {'color': css}}
            upright = orientation == 'vertical'
            trace |= {'x': middles, 'y': flat(count)} if upright else {'y': middles, 'x': flat(count), 'orientation': 'h'}
            if histtype.startswith('step'):
                trace['marker'] = {'color': css if histtype == 'stepfilled' else 'rgba(0, 0, 0, 0)',
                                   'line': {'color': css, 'width': 1.5}}
            elif edge is not None:
                trace['marker']['line'] = {'color': colors.color(edge), 'width': 1 * _px}
            label = labels[at] if several and isinstance(labels, (list, tuple)) else labels
            patches.append(BarContainer(self, self._add(trace, label)))
        return (counts, edges, patches) if several else (counts[0], edges, patches[0])

    def boxplot(self, x, labels=None, tick_labels=None, vert=True, **_options):
        several = isinstance(x, (list, tuple)) and len(x) > 0 and hasattr(x[0], '__len__')
        sets = [flat(one) for one in x] if several else columns(x)
        names = labels if labels is not None else tick_labels
        for at, one in enumerate(sets, 1):
            trace = {'type': 'box', 'y' if vert else 'x': one, 'name': str(names[at - 1]) if names is not None else str(at),
                     'marker': {'color': colors.cycle[0]}, 'showlegend': False}
            self.traces.append(trace)
        self.figure._sca(self)

    def pie(self, x, labels=None, colors=None, autopct=None, startangle=0, **_options):
        from . import colors as names

        trace = {'type': 'pie', 'values': flat(x), 'sort': False, 'direction': 'counterclockwise',
                 'rotation': 90 - float(startangle), 'textinfo': 'label+percent' if autopct else 'label',
                 'showlegend': False, 'domain': {'x': list(self.domain[0]), 'y': list(self.domain[1])}}
        trace['labels'] = flat(labels) if labels is not None else [f' {at}' for at, _ in enumerate(trace['values'])]
        wanted = list(colors) if colors is not None else names.cycle
        trace['marker'] = {'colors': [names.color(wanted[at % len(wanted)]) for at, _ in enumerate(trace['values'])]}
        self.traces.append(trace)
        self.axis('off')
        self.figure._sca(self)

    # ------------------------------------------------------------ matrices

    def imshow(self, X, cmap=None, vmin=None, vmax=None, origin='upper', aspect='equal', extent=None, alpha=None,
               norm=None, **_options):  # fmt: skip
        """A matrix as colours, or a picture (rows × columns × 3 or 4); more than 400 rows or columns are thinned out."""
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
            known = finite([value for row in values for value in row])
            trace |= {'type': 'heatmap', 'z': values, 'showscale': False,
                      'colorscale': get_cmap(cmap or rcParams['image.cmap']).scale(),
                      'zmin': plain(vmin if vmin is not None else min(known, default=0)),
                      'zmax': plain(vmax if vmax is not None else max(known, default=1))}
            made = Mappable(self, trace, 'z', cmap, vmin, vmax)
            self._current = made
        if alpha is not None:
            trace['opacity'] = float(alpha)
        self._add(trace)
        self._settings['x'] |= {'range': [left, right]}
        self._settings['y'] |= {'range': [low, high]}
        if aspect == 'equal':
            self.set_aspect('equal')
        return made

    def matshow(self, Z, **kwargs):
        made = self.imshow(Z, **kwargs)
        self.xaxis.tick_top()
        return made

    def spy(self, Z, precision=0, **_options):
        values = rows(Z)
        made = self.imshow([[int(abs(value or 0) > precision) for value in row] for row in values], cmap='binary')
        self.xaxis.tick_top()
        return made

    def pcolormesh(self, *args, cmap=None, vmin=None, vmax=None, **_options):
        Z = args[-1]
        made = self.imshow(Z, cmap=cmap, vmin=vmin, vmax=vmax, origin='lower', aspect='auto')
        if len(args) == 3:
            x, y = _grid_lines(args[0], args[1])
            for key in ('x0', 'dx', 'y0', 'dy'):
                made.trace.pop(key)
            made.trace |= {'x': x, 'y': y}
            self._settings['x']['range'] = [min(x), max(x)]
            self._settings['y']['range'] = [min(y), max(y)]
        return made

    pcolor = pcolormesh

    def contour(self, *args, **kwargs):
        return self._contour(False, args, kwargs)

    def contourf(self, *args, **kwargs):
        return self._contour(True, args, kwargs)

    def _contour(self, filled, args, kwargs):
        take = _Options(kwargs)
        levels = take('levels')
        if len(args) in (2, 4):
            levels = args[-1]
            args = args[:-1]
        Z = rows(args[-1])
        trace = {'type': 'contour', 'z': Z, 'showscale': False, 'hoverinfo': 'x+y+z'}
        if len(args) == 3:
            trace['x'], trace['y'] = _grid_lines(args[0], args[1])
        known = finite([value for row in Z for value in row])
        low, high = min(known, default=0), max(known, default=1)
        if levels is None or isinstance(levels, int):
            trace['ncontours'] = int(levels or 8)
        else:
            chosen = flat(levels)
            step = (chosen[-1] - chosen[0]) / max(1, len(chosen) - 1)
            trace['contours'] = {'start': chosen[0], 'end': chosen[-1], 'size': step or 1}
            trace['autocontour'] = False
            low, high = (chosen[0], chosen[-1]) if len(chosen) > 1 else (low, high)
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
            trace['line'] = {'width': 0 if filled else float(take('linewidths') or 1.5) * _px}
        alpha = take('alpha')
        if alpha is not None:
            trace['opacity'] = float(alpha)
        made = Mappable(self, trace, 'z', cmap, vmin, vmax)
        self._add(trace)
        self._current = made
        return made

    def clabel(self, made, *_levels, **_options):
        made.trace['contours']['showlabels'] = True

    # ------------------------------------------------------------ lines across, text

    def axhline(self, y=0, xmin=0, xmax=1, **kwargs):
        return self._across('y', y, xmin, xmax, kwargs)

    def axvline(self, x=0, ymin=0, ymax=1, **kwargs):
        return self._across('x', x, ymin, ymax, kwargs)

    def _across(self, letter, at, start, stop, kwargs):
        take = _Options(kwargs)
        other = 'x' if letter == 'y' else 'y'
        width = take('linewidth', 'lw')
        css = colors.color(take('color', 'c') or 'C0', take('alpha'))
        line = {'color': css, 'width': float(1.5 if width is None else width) * _px,
                'dash': colors.dashes.get(take('linestyle', 'ls') or '-', 'solid')}
        at = plain(at)
        made = {'type': 'line', f'{letter}0': at, f'{letter}1': at, f'{other}0': start, f'{other}1': stop,
                '_domain': other, 'line': line}
        self.shapes.append(made)
        label = take('label')
        if label is not None:
            # A shape has no entry in the legend; an empty line has.
            self._add({'type': 'scatter', 'mode': 'lines', 'x': [None], 'y': [None], 'line': line}, label)
        self._reach(letter, at)
        self.figure._sca(self)
        return made

    def _reach(self, letter, at):
        """An invisible point, so that the axis reaches a line across."""
        if isinstance(at, (int, float)):
            point = {'x': [at], 'y': [None]} if letter == 'x' else {'x': [None], 'y': [at]}
            self.traces.append({'type': 'scatter', 'mode': 'markers', 'showlegend': False, 'hoverinfo': 'skip', **point})

    def axhspan(self, ymin, ymax, xmin=0, xmax=1, **kwargs):
        return self._span('y', ymin, ymax, xmin, xmax, kwargs)

    def axvspan(self, xmin, xmax, ymin=0, ymax=1, **kwargs):
        return self._span('x', xmin, xmax, ymin, ymax, kwargs)

    def _span(self, letter, low, high, start, stop, kwargs):
        take = _Options(kwargs)
        other = 'x' if letter == 'y' else 'y'
        css = colors.color(take('color', 'facecolor', 'fc') or 'C0', take('alpha'))
        made = {'type': 'rect', f'{letter}0': plain(low), f'{letter}1': plain(high), f'{other}0': start,
                f'{other}1': stop, '_domain': other, 'fillcolor': css, 'line': {'width': 0}, 'layer': 'below'}
        self.shapes.append(made)
        self.figure._sca(self)
        return made

    def text(self, x, y, s, fontsize=None, color=None, ha='left', va='baseline', rotation=None, transform=None, **kwargs):
        take = _Options(kwargs)
        ha = take('horizontalalignment') or ha
        va = take('verticalalignment') or va
        size = fontsize if fontsize is not None else take('size')
        made = {'x': plain(x), 'y': plain(y), 'text': _text(s), 'showarrow': False,
                'xanchor': ha, 'yanchor': {'center': 'middle', 'top': 'top'}.get(va, 'bottom'), 'font': _font(size, color)}
        if transform is not None:
            made['_domain'] = True
        if rotation:
            made['textangle'] = -90 if rotation == 'vertical' else -float(rotation)
        self.annotations.append(made)
        self.figure._sca(self)
        return Text(made)

    @property
    def transAxes(self):
        return 'axes'

    def annotate(self, text, xy, xytext=None, arrowprops=None, fontsize=None, color=None, ha='center', va='center',
                 textcoords=None, xycoords=None, **_options):  # fmt: skip
        """A text that points at `xy`."""
        made = {'x': plain(xy[0]), 'y': plain(xy[1]), 'text': _text(text), 'showarrow': arrowprops is not None,
                'font': _font(fontsize, color)}
        if xytext is not None and textcoords in ('offset points', 'offset pixels'):
            made |= {'ax': float(xytext[0]) * _px, 'ay': -float(xytext[1]) * _px}
            if arrowprops is None:
                made |= {'xshift': made.pop('ax'), 'yshift': -made.pop('ay')}
        elif xytext is not None and arrowprops is not None:
            made |= {'ax': plain(xytext[0]), 'ay': plain(xytext[1]), '_arrow': True}
        elif xytext is not None:
            made |= {'x': plain(xytext[0]), 'y': plain(xytext[1])}
        if arrowprops is not None:
            made |= {'arrowhead': 2, 'arrowwidth': 1.3,
                     'arrowcolor': colors.color(arrowprops.get('color') or arrowprops.get('facecolor') or 'k')}
        self.annotations.append(made)
        self.figure._sca(self)
        return Text(made)

    # ------------------------------------------------------------ axes

    def set_title(self, label, fontsize=None, **_options):
        self._title = _text(label)
        self._title_size = fontsize
        return Text({'text': self._title})

    def get_title(self):
        return self._title

    def set_xlabel(self, xlabel, **_options):
        self._settings['x']['title'] = {'text': _text(xlabel)}

    def set_ylabel(self, ylabel, **_options):
        self._settings['y']['title'] = {'text': _text(ylabel)}

    def get_xlabel(self):
        return self._settings['x'].get('title', {}).get('text', '')

    def get_ylabel(self):
        return self._settings['y'].get('title', {}).get('text', '')

    def set_xlim(self, left=None, right=None, **kwargs):
        return self._limits('x', left, right, kwargs.get('xmin'), kwargs.get('xmax'))

    def set_ylim(self, bottom=None, top=None, **kwargs):
        return self._limits('y', bottom, top, kwargs.get('ymin'), kwargs.get('ymax'))

    def _limits(self, letter, low, high, other_low, other_high):
        if high is None and low is not None and hasattr(low, '__len__'):
            low, high = low
        low = other_low if low is None else low
        high = other_high if high is None else high
        now = self._limits_now(letter)
        pair = [plain(now[0] if low is None else low), plain(now[1] if high is None else high)]
        self._settings[letter]['range'] = pair
        return tuple(pair)

    def get_xlim(self):
        return tuple(self._limits_now('x'))

    def get_ylim(self):
        return tuple(self._limits_now('y'))

    def _limits_now(self, letter):
        if 'range' in self._settings[letter]:
            return self._settings[letter]['range']
        values = []
        for trace in self.traces:
            values += finite(trace.get(letter) or ())
            if trace['type'] == 'bar' and (letter == 'y') == (trace.get('orientation', 'v') == 'v'):
                values.append(0)
        if not values:
            return [0.0, 1.0]
        low, high = min(values), max(values)
        margin = (high - low or 1) * 0.05
        return [low - margin, high + margin]

    def set_xscale(self, value, **_options):
        self._settings['x']['type'] = _scale(value)

    def set_yscale(self, value, **_options):
        self._settings['y']['type'] = _scale(value)

    def set_xticks(self, ticks, labels=None, **_options):
        self._ticks('x', ticks, labels)

    def set_yticks(self, ticks, labels=None, **_options):
        self._ticks('y', ticks, labels)

    def set_xticklabels(self, labels, rotation=None, **_options):
        self._tick_labels('x', labels, rotation)

    def set_yticklabels(self, labels, rotation=None, **_options):
        self._tick_labels('y', labels, rotation)

    def _tick_labels(self, letter, labels, rotation):
        settings = self._settings[letter]
        settings |= {'tickmode': 'array', 'ticktext': [_text(label) for label in labels]}
        settings.setdefault('tickvals', list(range(len(labels))))
        if rotation:
            settings['tickangle'] = -90 if rotation == 'vertical' else -float(rotation)

    def _ticks(self, letter, ticks, labels=None):
        self._settings[letter] |= {'tickmode': 'array', 'tickvals': flat(ticks)}
        if labels is not None:
            self._settings[letter]['ticktext'] = [_text(label) for label in flat(labels)]

    def tick_params(self, axis='both', labelbottom=None, labelleft=None, labelrotation=None, **_options):
        if labelbottom is not None:
            self._settings['x']['showticklabels'] = bool(labelbottom)
        if labelleft is not None:
            self._settings['y']['showticklabels'] = bool(labelleft)
        if labelrotation is not None:
            for letter in 'xy' if axis == 'both' else axis:
                self._settings[letter]['tickangle'] = -float(labelrotation)

    def grid(self, visible=None, which='major', axis='both', **_options):
        for letter in 'xy' if axis == 'both' else axis:
            before = self._settings[letter].get('showgrid', False)
            self._settings[letter]['showgrid'] = not before if visible is None and before else visible is not False

    def invert_yaxis(self):
        self._settings['y']['range'] = self._limits_now('y')[::-1]

    def invert_xaxis(self):
        self._settings['x']['range'] = self._limits_now('x')[::-1]

    def set_aspect(self, aspect, **_options):
        if aspect == 'auto':
            self._settings['y'].pop('_equal', None)
        else:
            self._settings['y']['_equal'] = 1 if aspect == 'equal' else float(aspect)

    def axis(self, arg=None, **limits):
        if isinstance(arg, str):
            if arg == 'off':
                self.set_axis_off()
            elif arg == 'on':
                self._settings['x']['visible'] = self._settings['y']['visible'] = True
            elif arg in ('equal', 'scaled', 'image', 'square'):
                self.set_aspect('equal')
        elif arg is not None:
            self.set_xlim(arg[0], arg[1])
            self.set_ylim(arg[2], arg[3])
        if limits:
            self.set_xlim(limits.get('xmin'), limits.get('xmax'))
            self.set_ylim(limits.get('ymin'), limits.get('ymax'))
        return (*self.get_xlim(), *self.get_ylim())

    def set_axis_off(self):
        self._settings['x']['visible'] = self._settings['y']['visible'] = False

    def margins(self, *_args, **_options):
        """Margins are the page's."""

    def autoscale(self, *_args, **_options):
        for letter in 'xy':
            self._settings[letter].pop('range', None)

    relim = autoscale_view = margins

    def set(self, **settings):
        for name, value in settings.items():
            getattr(self, f'set_{name}')(value)

    def legend(self, *args, loc='best', title=None, **kwargs):
        if len(args) == 2:
            handles, labels = args
        else:
            handles, labels = kwargs.get('handles'), args[0] if args else kwargs.get('labels')
        if labels is not None and handles is None:
            targets = [trace for trace in self.traces if trace.get('hoverinfo') != 'skip' and trace['type'] != 'heatmap']
        elif handles is not None:
            targets = [getattr(handle, 'trace', handle) for handle in handles]
            for trace in self.traces:
                trace['_label'] = False
            labels = labels if labels is not None else [trace['name'] for trace in targets]
        else:
            targets, labels = (), ()
        for trace, label in zip(targets, labels):
            trace |= {"name": _text(label), "_label": True}
        place = _place_numbers[loc] if isinstance(loc, int) else loc
        self._legend = Legend(_places.get(place, (1, 1)) if isinstance(place, str) else tuple(place), title)
        return self._legend

    def get_legend(self):
        return self._legend

    def get_legend_handles_labels(self):
        kept = [trace for trace in self.traces if trace.get('_label')]
        return kept, [trace['name'] for trace in kept]

    def twinx(self):
        twin = Axes(self.figure, self.domain, sharex=self)
        twin._twin = self
        twin._count = self._count
        self.figure._append(twin)
        return twin

    def get_figure(self):
        return self.figure

    def remove(self):
        self.figure.axes.remove(self)


class _Spines(dict):
    """The frame around the axes; it can be asked for, and is the page's to draw."""

    def __missing__(self, name):
        return self

    def set_visible(self, visible):
        """The frame stays."""

    set_color = set_linewidth = set_position = set_visible


class _Options:
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


def _numbers(values, count):
    values = flat(values) if len(shape(values)) == 1 else ()
    return len(values) == count and all(value is None or isinstance(value, (int, float)) for value in values)


def _grid_lines(x, y):
    """The coordinates of columns and rows, of vectors or of what meshgrid made of them."""
    across = rows(x)[0] if len(shape(x)) == 2 else flat(x)
    down = [row[0] for row in rows(y)] if len(shape(y)) == 2 else flat(y)
    return across, down


def _scale(value):
    return 'log' if value in ('log', 'symlog') else 'linear'


def _font(size, color):
    font = {}
    if isinstance(size, (int, float)):
        font['size'] = float(size) * _px
    if color is not None:
        font['color'] = colors.color(color)
    return font


_greek = dict(zip(
    'alpha beta gamma delta epsilon theta kappa lambda mu nu pi rho sigma tau phi chi psi omega Sigma Delta Omega Gamma Lambda'.split(),
    'αβγδεθκλμνπρστφχψωΣΔΩΓΛ'))  # fmt: skip


def _text(text):
    """Text with the commonest of TeX between dollar signs: Greek letters, indices, exponents."""
    import re

    text = str(text)
    if '$' not in text:
        return text.replace('\n', '<br>')

    def formula(found):
        inner = found[1]
        for name, letter in sorted(_greek.items(), key=lambda item: -len(item[0])):
            inner = inner.replace('\\' + name, letter)
        inner = inner.replace('\\cdot', '·').replace('\\times', '×').replace('\\leq', '≤').replace('\\|', '‖')
        inner = re.sub(r'\\(?:mathrm|mathbf|mathit|text|operatorname)\{([^}]*)\}', r'\1', inner)
        inner = re.sub(r'\^\{([^}]*)\}|\^(.)', lambda m: f'<sup>{m[1] or m[2]}</sup>', inner)
        inner = re.sub(r'_\{([^}]*)\}|_(.)', lambda m: f'<sub>{m[1] or m[2]}</sub>', inner)
        return inner.replace('\\', '')

    return re.sub(r'\$([^$]*)\$', formula, text).replace('\n', '<br>')
