"""Boxes with whiskers, and violins: how the values of several sets are spread."""

import math

from . import colors
from .artists import Area, Line2D
from .reading import px, unheard
from .values import columns, flat

_parts = ('whiskers', 'caps', 'boxes', 'medians', 'fliers', 'means')


class Boxes:
    """What draws spreads."""

    def boxplot(self, x, notch=False, sym=None, vert=True, orientation=None, whis=1.5, positions=None, widths=None, patch_artist=False, meanline=False,
                showmeans=False, showcaps=True, showbox=True, showfliers=True, labels=None, tick_labels=None, manage_ticks=True, capwidths=None, boxprops=None,
                medianprops=None, whiskerprops=None, capprops=None, flierprops=None, meanprops=None, **options):  # fmt: skip
        """
        For each set a box from the first quartile to the third, a line at the median, whiskers to the last values within `whis`
        box lengths (or to two percentiles), and points beyond. Returns lists of what was drawn by name.
        """
        unheard('boxplot', options)
        sets = _sets(x)
        places = flat(positions) if positions is not None else list(range(1, len(sets) + 1))
        wide = min(max(0.15 * (max(places, default=0) - min(places, default=0)), 0.15), 0.5)
        wide = _each(wide if widths is None else widths, len(sets))
        upright = vert and orientation != 'horizontal'
        made = {part: [] for part in _parts}
        for place, values, width, caps in zip(places, sets, wide, _each(capwidths, len(sets))):
            self._box(made, _spread(values, whis), place, width, width / 2 if caps is None else caps, upright, {
                'notch': notch, 'filled': patch_artist, 'sym': sym, 'meanline': meanline, 'means': showmeans, 'caps': showcaps, 'box': showbox, 'fliers': showfliers and sym != '',
                'boxes': boxprops, 'medians': medianprops, 'whiskers': whiskerprops, 'cap': capprops, 'flier': flierprops, 'mean': meanprops})  # fmt: skip
        if manage_ticks and places:
            names = labels if labels is not None else tick_labels
            self._places('x' if upright else 'y', places, [f'{place:g}' for place in places] if names is None else names)
        self.figure._sca(self)
        return made

    def _places(self, letter, places, names):
        """Names at places of an axis, beside those that are there, and room for them."""
        settings = self._settings[letter]
        before = dict(zip(settings.get('tickvals', []), settings.get('ticktext', [])))
        before |= dict(zip(places, map(str, names)))
        self._ticks(letter, list(before), list(before.values()))
        for end in (min(places) - 0.4, max(places) + 0.4):
            self._reach(letter, end)

    def _box(self, made, told, place, width, cap, upright, wanted):
        def put(across, along):
            return (across, along) if upright else (along, across)

        def line(part, across, along, look, given):
            x, y = put(across, along)
            drawn = self._add({'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'line': {'color': '#000000', 'width': px, **look}, 'hoverinfo': 'y' if upright else 'x'})
            made[part].append(Line2D(self, drawn))
            made[part][-1].set(**(given or {}))

        left, right = place - width / 2, place + width / 2
        low, middle, high = told['quartiles']
        outline = [(left, low), (right, low), (right, high), (left, high), (left, low)]
        waist = width / 2
        if wanted['notch']:
            near, far = middle - told['sure'], middle + told['sure']
            waist = width / 4
            outline = [(left, low), (right, low), (right, near), (place + waist, middle), (right, far), (right, high),
                       (left, high), (left, far), (place - waist, middle), (left, near), (left, low)]  # fmt: skip
        for end, edge in zip(told['ends'], (low, high)):
            line('whiskers', [place, place], [edge, end], {}, wanted['whiskers'])
            if wanted['caps']:
                line('caps', [place - cap / 2, place + cap / 2], [end, end], {}, wanted['cap'])
        if wanted['box']:
            x, y = put([a for a, _ in outline], [b for _, b in outline])
            # A box that is filled hides nothing of its whiskers: they end at it.
            drawn = self._add({'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'hoverinfo': 'skip', 'line': {'color': '#000000', 'width': px},
                               **({'fill': 'toself', 'fillcolor': colors.color('C0')} if wanted['filled'] else {})})  # fmt: skip
            made['boxes'].append(Area(self, drawn) if wanted['filled'] else Line2D(self, drawn))
            made['boxes'][-1].set(**(wanted['boxes'] or {}))
        line('medians', [place - waist, place + waist], [middle, middle], {'color': colors.color('C1')}, wanted['medians'])
        if wanted['means'] and wanted['meanline']:
            line('means', [left, right], [told['mean']] * 2, {'color': colors.color('C2'), 'dash': 'dash'}, wanted['mean'])
        elif wanted['means']:
            made['means'].append(self._dots(put([place], [told['mean']]), '^', colors.color('C2'), colors.color('C2'), wanted['mean']))
        if wanted['fliers']:
            read = colors.read_format(wanted['sym'] or 'o')
            edge = colors.color(read['color'] or 'k')
            made['fliers'].append(self._dots(put([place] * len(told['beyond']), told['beyond']), read['marker'] or 'o', 'rgba(0, 0, 0, 0)', edge, wanted['flier']))

    def _dots(self, at, marker, face, edge, given):
        look = self._marker(marker, 6) | {'color': face, 'line': {'color': edge, 'width': px}}
        if look['symbol'].endswith('-open'):
            look['color'] = edge
        drawn = Line2D(self, self._add({'type': 'scatter', 'mode': 'markers', 'x': at[0], 'y': at[1], 'marker': look}))
        drawn.set(**(given or {}))
        return drawn

    def violinplot(self, dataset, positions=None, *, vert=True, orientation=None, widths=0.5, showmeans=False, showmedians=False, showextrema=True,
                   quantiles=None, points=100, bw_method=None, side='both', **options):  # fmt: skip
        """For each set the density of its values, mirrored: a Gaussian kernel of Scott's width unless `bw_method` says another."""
        import numpy as np

        unheard('violinplot', options)
        sets = _sets(dataset)
        places = flat(positions) if positions is not None else list(range(1, len(sets) + 1))
        upright = vert and orientation != 'horizontal'
        css = colors.color(self._color())
        made = {'bodies': []}
        marks = {name: [] for name, wanted in (('cmaxes', showextrema), ('cmins', showextrema), ('cmeans', showmeans), ('cmedians', showmedians),
                                               ('cquantiles', quantiles is not None)) if wanted}  # fmt: skip
        bars = []
        for at, (place, values, width) in enumerate(zip(places, sets, _each(widths, len(sets)))):
            values = np.array(values, dtype=float)
            low, high = float(values.min()), float(values.max())
            heights = np.linspace(low, high, points)
            kernel = (float(values.std(ddof=1)) if len(values) > 1 else 0.0) * _bandwidth(bw_method, len(values)) or 1.0
            density = np.exp(-0.5 * ((heights[:, None] - values) / kernel) ** 2).sum(axis=1)
            share = (density * (width / 2 / (float(density.max()) or 1))).tolist()
            right = [place + (d if side != 'low' else 0) for d in share]
            left = [place - (d if side != 'high' else 0) for d in share]
            across, along = right + left[::-1] + right[:1], flat(heights) + flat(heights)[::-1] + [low]
            x, y = (across, along) if upright else (along, across)
            body = self._add({'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'fill': 'toself', 'fillcolor': colors.color(css, 0.3), 'line': {'width': 0, 'color': colors.color(css, 0.3)}, 'hoverinfo': 'skip'})
            made['bodies'].append(Area(self, body))
            bars.append((place, low, high))
            told = {'cmaxes': [high], 'cmins': [low], 'cmeans': [float(values.mean())], 'cmedians': [float(np.median(values))]}
            if quantiles is not None:
                own = quantiles[at] if len(sets) > 1 or hasattr(quantiles[0], '__len__') else quantiles
                told['cquantiles'] = flat(np.quantile(values, own)) if len(own) else []
            for name, segments in marks.items():
                segments += [(place - width / 4, place + width / 4, value) for value in told[name]]
        lines = {name: ([v for a, b, _ in segments for v in (a, b, None)], [v for _, _, value in segments for v in (value, value, None)]) for name, segments in marks.items()}
        if showextrema:
            lines['cbars'] = [v for place, _, _ in bars for v in (place, place, None)], [v for _, low, high in bars for v in (low, high, None)]
        for name, (across, along) in lines.items():
            x, y = (across, along) if upright else (along, across)
            made[name] = Line2D(self, self._add({'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'line': {'color': css, 'width': 1.5 * px}, 'hoverinfo': 'y' if upright else 'x'}))
        return made


def _sets(given):
    """Lists of numbers without gaps: one for each list or column."""
    several = isinstance(given, (list, tuple)) and len(given) > 0 and hasattr(given[0], '__len__')
    return [[value for value in flat(one) if value is not None] for one in (given if several else columns(given))]


def _each(value, count):
    values = flat(value) if hasattr(value, '__len__') else [value]
    return values * count if len(values) == 1 else values


def _bandwidth(method, count):
    if isinstance(method, (int, float)):
        return float(method)
    if method == 'silverman':
        return (count * 0.75) ** -0.2
    if method not in (None, 'scott'):
        raise ValueError("`bw_method` should be 'scott', 'silverman' or a scalar")
    return count**-0.2


def _spread(values, whis):
    """Quartiles, ends of whiskers, mean and the values beyond the ends."""
    values = sorted(values)
    if not values:
        return {'quartiles': [None] * 3, 'ends': [None, None], 'mean': None, 'beyond': [], 'sure': 0}

    def at(share):
        place = share * (len(values) - 1)
        below = int(place)
        return values[below] + (place - below) * (values[min(below + 1, len(values) - 1)] - values[below])

    low, middle, high = at(0.25), at(0.5), at(0.75)
    first, last = (at(share / 100) for share in whis) if hasattr(whis, '__len__') else (low - whis * (high - low), high + whis * (high - low))
    ends = [min([v for v in values if v >= first] + [low]), max([v for v in values if v <= last] + [high])]
    return {'quartiles': [low, middle, high], 'ends': ends, 'mean': sum(values) / len(values), 'beyond': [v for v in values if v < ends[0] or v > ends[1]],
            'sure': 1.57 * (high - low) / math.sqrt(len(values))}  # fmt: skip
