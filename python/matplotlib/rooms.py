"""Room for words: between axes, and around all of them."""

import math


def make_room(all_axes, height):
    """Draws axes that stand above each other apart where numbers, a label and a title would not fit between them."""
    raised, lowered = {}, {}
    for above in all_axes:
        (left, right), (bottom, _) = above.domain
        under = [other for other in all_axes if other.domain[1][1] < bottom
                 and other.domain[0][0] < right and other.domain[0][1] > left]
        if not under:
            continue
        nearest = max(other.domain[1][1] for other in under)
        titled = any(other._title for other in under if other.domain[1][1] == nearest)
        labelled = 'title' in above._settings['x']
        missing = (24 + 36 * labelled + 26 * titled) / height - (bottom - nearest)
        if not 0 < missing < 0.5 * (above.domain[1][1] - bottom):
            continue
        # All of a row alike.
        for other in all_axes:
            if other.domain[1][0] == bottom:
                raised[other] = max(raised.get(other, 0), missing / 2)
            if other.domain[1][1] == nearest:
                lowered[other] = max(lowered.get(other, 0), missing / 2)
    for axes in {**raised, **lowered}:
        across, (low, high) = axes.domain
        axes.domain = across, (round(low + raised.get(axes, 0), 6), round(high - lowered.get(axes, 0), 6))


def make_margins(all_axes, margin):
    """Widens the margins of a figure for what stands beyond its outermost axes: long names, turned ones, legends, axes in other units."""
    for axes in all_axes:
        (left, right), (bottom, top) = axes.domain
        x, y = axes._settings['x'], axes._settings['y']
        if left < 0.01 and y.get('visible', True) and y.get('showticklabels', True):
            margin['l'] = max(margin['l'], min(240, 20 + 6.8 * _longest(axes, 'y') + (22 if 'title' in y else 0)))
        if bottom < 0.01 and x.get('tickangle') and x.get('showticklabels', True):
            down = 6.8 * _longest(axes, 'x') * abs(math.sin(math.radians(x['tickangle'])))
            margin['b'] = max(margin['b'], min(240, 24 + down + (24 if 'title' in x else 0)))
        if top > 0.99 and axes._twin is not None and axes._twin_of == 'y' and x.get('side') == 'top':
            margin['t'] = max(margin['t'], 36 + (30 if 'title' in x else 0) + (26 if axes._twin._title else 0))
        legend = axes._legend
        if legend is not None and legend.anchor is not None:
            names = [trace['name'] for trace in axes.traces if trace.get('_label')]
            across, up = legend.place or (1, 1)
            if right > 0.8 and legend.anchor[0] >= 1 and across == 0:
                margin['r'] = max(margin['r'], min(320, 56 + 6.8 * max(map(len, names), default=0)))
            if bottom < 0.01 and legend.anchor[1] < 0 and up == 1:
                rows = 1 if legend.columns >= max(2, len(names)) else len(names)
                margin['b'] = max(margin['b'], 60 + 19 * rows + (20 if legend.title else 0))


def _longest(axes, letter):
    """Letters of the longest name at an axis; of numbers, none."""
    names = [*(axes._settings[letter].get('ticktext') or ()), *(value for trace in axes.traces if trace['type'] == 'bar' for value in trace.get(letter) or () if isinstance(value, str))]
    return max((len(name.split('<', 1)[0]) for name in map(str, names)), default=0)
