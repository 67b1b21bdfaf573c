"""What the axes show when nobody says it, and where they are emptiest."""

import math

from .values import finite, positive, reached


def with_margins(axes, letter):
    """
    A twentieth more at both ends of lines and points, which Plotly draws up to the frame; 0 to 1 where nothing is drawn.
    None where other things are drawn, too, or other than numbers.
    """
    root = axes._shared[letter] or axes
    together = [each for each in axes.figure.axes if each is root or each._shared[letter] is root]
    traces = [trace for each in together for trace in each.traces]
    kinds = {each._settings[letter].get('type') for each in together}
    if not traces:
        return [0.0, 1.0] if kinds == {None} else None
    drawn = [trace for trace in traces if trace['type'] == 'scatter' and trace.get(letter)]
    if len(drawn) < len([trace for trace in traces if trace.get('x') or trace['type'] != 'scatter']):
        return None
    if any('range' in each._settings[letter] for each in together) or kinds not in ({None}, {'log'}):
        return None
    values = [value for trace in drawn for value in reached(trace, letter) if value is not None]
    if not values or len(finite(values)) < len(values):
        return None
    if kinds == {'log'}:
        powers = [math.log10(value) for trace in drawn for value in positive(reached(trace, letter) if f'error_{letter}' in trace else trace[letter])]
        if not powers:
            return None
        margin = 0.05 * (max(powers) - min(powers)) or 0.05
        return [10 ** (min(powers) - margin), 10 ** (max(powers) + margin)]
    low, high = min(values), max(values)
    margin = 0.05 * (high - low) or 0.05 * abs(high) or 0.05
    return [low - margin, high + margin]


def bars_by_powers(axes, letter):
    """Limits of an axis of logarithms along bars, which have no foot there."""
    lengths = [value for trace in axes.traces if trace['type'] == 'bar' and (letter == 'y') == (trace.get('orientation', 'v') == 'v') for value in positive(trace[letter])]
    return [0.6 * min(lengths), 1.4 * max(lengths)] if lengths else None


# As matplotlib tries them: corners first, then the middles of the sides, and the middle.
_places = (1, 1), (0, 1), (0, 0), (1, 0), (1, 0.5), (0, 0.5), (0.5, 0), (0.5, 1), (0.5, 0.5)


def emptiest(axes):
    """Where a legend hides least of what is drawn; as shares of the axes."""
    across, up = _share(axes, 'x'), _share(axes, 'y')
    points = [(across(x), up(y)) for x, y in _points(axes)]

    labels = [len(trace['name']) for trace in axes.traces if trace.get('_label')]
    # About as large as it will be, in axes of the usual size.
    wide, tall = min(0.9, 0.11 + 0.013 * max(labels, default=0)), min(0.95, 0.05 + 0.055 * len(labels))

    def hidden(place):
        left, bottom = place[0] * (1 - wide), place[1] * (1 - tall)
        return sum(1 for x, y in points if left <= x <= left + wide and bottom <= y <= bottom + tall)

    return min(_places, key=hidden)


def _share(axes, letter):
    """From values to shares of an axis."""
    low, high = with_margins(axes, letter) or axes._limits_now(letter)
    if axes._settings[letter].get('type') == 'log':
        known = [value for trace in axes.traces for value in positive(trace.get(letter) or ()) if value]
        low = low if low > 0 else min(known, default=1)
        first, span = math.log10(low), math.log10(high / low) if high > low else 1
        return lambda value: (math.log10(value) - first) / span if value > 0 else 0
    span = (high - low) or 1
    return lambda value: (value - low) / span


def _points(axes):
    """Places that are drawn at, a few thousand at most: points, the middles between them, and bars from their feet on."""
    for trace in axes.traces:
        xs, ys = trace.get('x') or (), trace.get('y') or ()
        step = max(1, len(xs) // 1000)
        if trace['type'] == 'bar':
            upright = trace.get('orientation', 'v') == 'v'
            names = {name: k for k, name in enumerate(dict.fromkeys(xs if upright else ys)) if isinstance(name, str)}
            bases = trace.get('base') or [0] * len(xs)
            thick = trace['width'] if isinstance(trace['width'], list) else [trace['width']] * len(xs)
            for place, length, base, width in zip(*((xs, ys) if upright else (ys, xs)), bases, thick):
                place = names.get(place, place)
                if len(finite((place, length, base))) < 3:
                    continue
                for side in (-0.5, 0, 0.5):
                    for share in (0, 0.25, 0.5, 0.75, 1):
                        pair = place + side * width, base + length * share
                        yield pair if upright else pair[::-1]
            continue
        before = None
        for pair in zip(xs[::step], ys[::step]):
            if len(finite(pair)) < 2:
                before = None
                continue
            yield pair
            if before is not None and 'lines' in trace.get('mode', ''):
                yield (pair[0] + before[0]) / 2, (pair[1] + before[1]) / 2
            before = pair

