"""Bars, histograms, boxes and pies."""

import math

from . import colors
from .artists import BarContainer
from .reading import Options, px, unheard
from .values import columns, flat, shape


class Bars:
    """What draws shares and distributions."""

    def bar(self, x, height, width=0.8, bottom=None, *, align='center', **kwargs):
        return self._bars('v', x, height, width, bottom, align, kwargs)

    def barh(self, y, width, height=0.8, left=None, *, align='center', **kwargs):
        return self._bars('h', y, width, height, left, align, kwargs)

    def _bars(self, orientation, places, lengths, thickness, base, align, kwargs):
        take = Options(kwargs)
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
            trace['marker']['line'] = {'color': colors.color(edge), 'width': float(1 if thick is None else thick) * px}
        for name, axis in (('yerr', 'error_y'), ('xerr', 'error_x')):
            error = take(name)
            if error is not None:
                sizes = flat(error)
                caps = take('capsize')
                trace[axis] = {'type': 'data', 'visible': True, 'array': sizes * len(places) if len(sizes) == 1 else sizes,
                               'color': colors.color(take('ecolor') or 'k'), 'thickness': 1.5 * px, 'width': float(caps or 0) * px}
        labels = take('tick_label')
        if labels is not None:
            self._ticks('x' if orientation == 'v' else 'y', places, labels)
        return BarContainer(self, self._add(trace, take('label')))

    def bar_label(self, container, labels=None, fmt='%g', **_options):
        unheard('bar_label', _options)
        lengths = container.lengths
        texts = labels if labels is not None else [fmt % v if '%' in fmt else fmt.format(v) for v in lengths]
        container.trace |= {'text': [str(text) for text in texts], 'textposition': 'outside'}
        return list(texts)

    def hist(self, x, bins=10, range=None, density=False, weights=None, cumulative=False, histtype='bar',
             orientation='vertical', **kwargs):  # fmt: skip
        import numpy as np

        several = isinstance(x, (list, tuple)) and len(x) > 0 and hasattr(x[0], '__len__')
        sets = list(x) if several else columns(x) if len(shape(x)) == 2 else [x]
        take = Options(kwargs)
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
                trace['marker']['line'] = {'color': colors.color(edge), 'width': 1 * px}
            label = labels[at] if several and isinstance(labels, (list, tuple)) else labels
            patches.append(BarContainer(self, self._add(trace, label)))
        return (counts, edges, patches) if several else (counts[0], edges, patches[0])

    def boxplot(self, x, labels=None, tick_labels=None, vert=True, showfliers=True, notch=False, positions=None, **_options):
        unheard('boxplot', _options)
        several = isinstance(x, (list, tuple)) and len(x) > 0 and hasattr(x[0], '__len__')
        sets = [flat(one) for one in x] if several else columns(x)
        names = labels if labels is not None else tick_labels
        places = flat(positions) if positions is not None else range(1, len(sets) + 1)
        for at, (place, one) in enumerate(zip(places, sets), 1):
            trace = {'type': 'box', 'y' if vert else 'x': one, 'name': str(names[at - 1]) if names is not None else f'{place:g}',
                     **({} if showfliers else {'boxpoints': False}), **({'notched': True} if notch else {}),
                     'marker': {'color': colors.cycle[0]}, 'showlegend': False}
            self.traces.append(trace)
        self.figure._sca(self)

    def pie(self, x, explode=None, labels=None, colors=None, autopct=None, *, startangle=0, counterclock=True, **_options):
        """Shares of a circle, from `startangle` degrees on; `autopct` writes them, a format or a function."""
        unheard('pie', _options)
        from . import colors as names

        values = flat(x)
        shares = [100 * value / (sum(values) or 1) for value in values]
        # Plotly lays the first share with the clock whichever way the others go.
        turned = 3.6 * shares[0] if counterclock and shares else 0
        trace = {'type': 'pie', 'values': values, 'sort': False, 'direction': 'counterclockwise' if counterclock else 'clockwise',
                 'rotation': (90 - float(startangle) - turned + 180) % 360 - 180,
                 'texttemplate': '%{label}', 'showlegend': False, 'domain': {'x': list(self.domain[0]), 'y': list(self.domain[1])}}
        if autopct is not None:
            trace['text'] = [autopct(share) if callable(autopct) else autopct % share for share in shares]
            trace['texttemplate'] = '%{label}<br>%{text}' if labels is not None else '%{text}'
        elif labels is None:
            trace['textinfo'] = 'none'
        if explode is not None:
            trace['pull'] = flat(explode)
        trace['labels'] = flat(labels) if labels is not None else [f' {at}' for at, _ in enumerate(trace['values'])]
        wanted = list(colors) if colors is not None else names.cycle
        trace['marker'] = {'colors': [names.color(wanted[at % len(wanted)]) for at, _ in enumerate(trace['values'])]}
        self.traces.append(trace)
        self.axis('off')
        self.figure._sca(self)

    def violinplot(self, dataset, positions=None, *, vert=True, orientation=None, widths=0.5, showmeans=False, showmedians=False, showextrema=True, **_options):
        """For each set the density of its values, mirrored: a Gaussian kernel of Scott's width."""
        unheard('violinplot', _options)
        several = isinstance(dataset, (list, tuple)) and len(dataset) > 0 and hasattr(dataset[0], '__len__')
        sets = [flat(one) for one in dataset] if several else columns(dataset)
        places = flat(positions) if positions is not None else list(range(1, len(sets) + 1))
        upright = vert and orientation != 'horizontal'
        css = colors.color(self._color(), 0.4)
        for place, values in zip(places, sets):
            n = len(values)
            middle = sum(values) / n
            spread = math.sqrt(sum((v - middle) ** 2 for v in values) / max(1, n - 1)) or 1.0
            width = spread * n ** -0.2
            low, high = min(values), max(values)
            heights = [low + (high - low) * k / 99 for k in range(100)]
            density = [sum(math.exp(-0.5 * ((h - v) / width) ** 2) for v in values) for h in heights]
            factor = widths / 2 / (max(density) or 1)
            outline = [place + d * factor for d in density] + [place - d * factor for d in reversed(density)]
            along = heights + heights[::-1]
            x, y = (outline, along) if upright else (along, outline)
            self._add({'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'fill': 'toself', 'fillcolor': css, 'line': {'width': 0}, 'hoverinfo': 'skip'})
            marks = [low, high] if showextrema else []
            marks += [middle] if showmeans else []
            if showmedians:
                ordered = sorted(values)
                marks.append((ordered[(n - 1) // 2] + ordered[n // 2]) / 2)
            across, level = [], []
            for mark in marks:
                across += [place - widths / 4, place + widths / 4, None]
                level += [mark, mark, None]
            if showextrema:
                across += [place, place]
                level += [low, high]
            x, y = (across, level) if upright else (level, across)
            self._add({'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'line': {'color': colors.color('C0'), 'width': 1.5 * px}, 'hoverinfo': 'skip'})

    def hist2d(self, x, y, bins=10, range=None, density=False, cmap=None, **kwargs):
        """How often pairs fall into the cells of a grid, as colours."""
        import numpy as np

        counts, x_edges, y_edges = np.histogram2d(flat(x), flat(y), bins=bins, range=range, density=density)
        made = self.imshow(counts.T, origin='lower', aspect='auto', cmap=cmap, extent=(x_edges[0].item(), x_edges[-1].item(), y_edges[0].item(), y_edges[-1].item()),
                           vmin=kwargs.get('vmin'), vmax=kwargs.get('vmax'))
        return counts, x_edges, y_edges, made
