"""Bars and histograms."""

from . import colors
from .artists import Area, BarContainer
from .hatches import pattern, several
from .reading import Options, px, unheard
from .values import columns, flat, shape


class Bars:
    """What draws shares and distributions."""

    def bar(self, x, height, width=0.8, bottom=None, *, align='center', **kwargs):
        """Upright bars at x (n,), `height` (n,) high, from `bottom` up."""
        return self._bars('v', x, height, width, bottom, align, kwargs)

    def barh(self, y, width, height=0.8, left=None, *, align='center', **kwargs):
        """Level bars at y (n,), `width` (n,) long, from `left` on."""
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
        self._hatch(trace, take('hatch'), edge, len(places))
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

    def _hatch(self, trace, hatch, edge, count):
        """Lines or dots over bars, the same for all or one of each."""
        if hatch is None:
            return
        hatches = [hatch] * count if isinstance(hatch, str) else [hatch[k % len(hatch)] for k in range(count)]
        drawn = several(hatches, edge)
        if drawn is not None:
            trace['marker']['pattern'] = drawn
            trace['_hatches'] = hatches

    def bar_label(self, container, labels=None, *, fmt='%g', label_type='edge', padding=0, fontsize=None, color=None, rotation=None, **options):
        """What each bar says: its length, or `labels`, at its end or in its middle."""
        unheard('bar_label', options)
        if label_type not in ('edge', 'center'):
            raise ValueError(f"label_type={label_type!r} is not supported: 'edge' or 'center'")
        trace, lengths = container.trace, container.lengths
        upright = trace.get('orientation', 'v') == 'v'
        places, bases = trace['x' if upright else 'y'], trace.get('base') or [0] * len(lengths)
        errors = trace.get('error_y' if upright else 'error_x', {}).get('array') or [0] * len(lengths)
        told = labels if labels is not None else ['' if v is None else fmt(v) if callable(fmt) else fmt % v if '%' in fmt else fmt.format(v) for v in lengths]
        texts = []
        for place, length, base, error, words in zip(places, lengths, bases, errors, told):
            down = (length or 0) < 0
            along = base + (length or 0) / (2 if label_type == 'center' else 1) + (0 if label_type == 'center' else -error if down else error)
            at = 0 if 'offset' not in trace or isinstance(place, str) else trace['width'] / 2
            x, y = (place if isinstance(place, str) else place + at, along) if upright else (along, place if isinstance(place, str) else place + at)
            sides = {} if label_type == 'center' else {'va': 'top' if down else 'bottom'} if upright else {'ha': 'right' if down else 'left'}
            texts.append(self.text(x, y, words, **({'ha': 'center', 'va': 'center', 'fontsize': fontsize, 'color': color, 'rotation': rotation} | sides)))
            away = (float(padding) + (0 if label_type == 'center' else 2)) * px * (-1 if down else 1)
            texts[-1].made |= {('yshift' if upright else 'xshift'): away}
        return texts

    def hist(self, x, bins=None, range=None, density=False, weights=None, cumulative=False, bottom=None, histtype='bar', align='mid', orientation='vertical',
             rwidth=None, log=False, color=None, label=None, stacked=False, **kwargs):  # fmt: skip
        """
        How many values fall between each two edges. Several sets stand side by side, or on each other with `stacked`; a
        `histtype` 'step' or 'stepfilled' draws their outline. Returns counts, edges and what was drawn.
        """
        import numpy as np

        if histtype not in ('bar', 'barstacked', 'step', 'stepfilled'):
            raise ValueError(f"{histtype!r} is not a valid value for histtype; supported values are 'bar', 'barstacked', 'step', 'stepfilled'")
        several = isinstance(x, (list, tuple)) and len(x) > 0 and hasattr(x[0], '__len__') or len(shape(x)) == 2 and shape(x)[1] > 1
        sets = list(x) if isinstance(x, (list, tuple)) and several else columns(x) if len(shape(x)) == 2 else [x]
        sets = [np.ravel(np.asarray(one, dtype=float)) for one in sets]
        sets = [one[~np.isnan(one)] for one in sets]
        stacked = stacked or histtype == 'barstacked'
        edges = np.histogram_bin_edges(np.concatenate(sets), 10 if bins is None else bins, range)
        counts = []
        for at, one in enumerate(sets):
            options = {} if weights is None else {'weights': np.ravel(np.asarray(weights[at] if several else weights, dtype=float))}
            counts.append(np.histogram(one, bins=edges, density=density and not stacked, **options)[0])
        widths = np.diff(edges)
        if stacked:
            counts = list(np.cumsum(np.array(counts, dtype=float), axis=0))
            if density:
                whole = counts[-1].sum() * widths
                counts = [count / whole for count in counts]
        if cumulative:
            way = slice(None, None, -1 if cumulative is not True and cumulative < 0 else 1)
            counts = [np.cumsum((count * widths if density else count)[way])[way] for count in counts]
        if log:
            (self.set_yscale if orientation == 'vertical' else self.set_xscale)('log')
        patches = []
        given = color if several and color is not None and not isinstance(color, str) else [color] * len(sets)
        told = label if isinstance(label, (list, tuple)) else [label] + [None] * (len(sets) - 1)
        base = np.zeros(len(widths)) if bottom is None else np.zeros(len(widths)) + np.asarray(bottom)
        below = base
        thick = (rwidth if rwidth is not None else 0.8 if len(sets) > 1 and not stacked else 1.0) * widths / (1 if stacked else len(sets))
        shift = {'left': -0.5, 'mid': 0.0, 'right': 0.5}[align] * widths
        for at, (count, own, words) in enumerate(zip(counts, given, told)):
            own = self._color() if own is None else own
            if histtype.startswith('step'):
                patches.append(self._outline(edges, count + base, below if stacked and histtype == 'stepfilled' else base, own, words, histtype == 'stepfilled', orientation, log, kwargs))
            else:
                beside = 0 if stacked else (at - (len(sets) - 1) / 2) * thick
                middles = (edges[1:] + edges[:-1]) / 2 + shift + beside
                patches.append(self._bars('v' if orientation == 'vertical' else 'h', middles, count + base - below, thick, below if stacked or bottom is not None else None,
                                          'center', {**kwargs, 'color': own, 'label': words}))  # fmt: skip
            below = count + base if stacked else base
        return (np.array(counts), edges, patches) if several else (counts[0], edges, patches[0])

    def _outline(self, edges, top, floor, color, label, filled, orientation, log, kwargs):
        """The outline of a histogram, down to where it stands."""
        take = Options(kwargs)
        ends, heights, feet = flat(edges), flat(top), flat(floor)
        least = min([v for v in heights if v > 0], default=1) / 10 if log else None
        heights = [max(v, least) for v in heights] if log else heights
        feet = [max(v, least) for v in feet] if log else feet
        along = [ends[0], *(v for k in range(len(heights)) for v in ends[k:k + 2]), ends[-1]]
        across = [feet[0], *(v for height in heights for v in (height, height)), feet[-1]]
        if filled:
            along += [v for k in reversed(range(len(feet))) for v in (ends[k + 1], ends[k])]
            across += [v for foot in reversed(feet) for v in (foot, foot)]
        x, y = (along, across) if orientation == 'vertical' else (across, along)
        css, width, edge = colors.color(color, take('alpha')), take('linewidth', 'lw'), take('edgecolor', 'ec')
        line = {'color': colors.color(edge) if edge is not None else css, 'width': float((1.0 if width is None else width) if not filled or edge is not None else 0) * px,
                'dash': colors.dashes.get(take('linestyle', 'ls') or '-', 'solid')}  # fmt: skip
        trace = {'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'line': line, 'hoverinfo': 'x+y', '_base': True}
        drawn = pattern(take('hatch'), edge) if filled else None
        return [Area(self, self._add(trace | ({'fill': 'toself', 'fillcolor': css} if filled else {}) | ({'fillpattern': drawn} if drawn else {}), label))]

    def hist2d(self, x, y, bins=10, range=None, density=False, cmap=None, **kwargs):
        """How often pairs fall into the cells of a grid, as colours."""
        import numpy as np

        counts, x_edges, y_edges = np.histogram2d(flat(x), flat(y), bins=bins, range=range, density=density)
        made = self.imshow(counts.T, origin='lower', aspect='auto', cmap=cmap, extent=(x_edges[0].item(), x_edges[-1].item(), y_edges[0].item(), y_edges[-1].item()),
                           vmin=kwargs.get('vmin'), vmax=kwargs.get('vmax'))
        return counts, x_edges, y_edges, made
