"""Axes that are linear about zero and logarithmic away from it: their data is drawn at places that are computed here."""

import math

from .values import flat, plain


class Symlog:
    """The scale 'symlog': `linthresh` is where logarithms begin, `linscale` how many decades wide each linear side is."""

    def __init__(self, base=10, linthresh=2, linscale=1, subs=None):
        if base <= 1:
            raise ValueError("'base' must be larger than 1")
        if linthresh <= 0:
            raise ValueError("'linthresh' must be positive")
        if linscale <= 0:
            raise ValueError("'linscale' must be positive")
        self.base, self.linthresh = float(base), float(linthresh)
        self._linear = float(linscale) / (1 - 1 / self.base)

    def place(self, value):
        """Where a value lies on the axis, in decades from zero."""
        if value is None or isinstance(value, str) or value != value:
            return value
        size = abs(value) / self.linthresh
        return math.copysign(size * self._linear if size <= 1 else self._linear + math.log(size) / math.log(self.base), value)

    def value(self, place):
        """The value at a place."""
        size = abs(place)
        far = self.linthresh * (size / self._linear if size <= self._linear else self.base ** (size - self._linear))
        return math.copysign(far, place)

    def ticks(self, low, high):
        """Zero and the powers of the base within the limits, no more than a person reads; and how they are written."""
        first = math.ceil(math.log(self.linthresh) / math.log(self.base) - 1e-9)
        furthest = max(abs(low), abs(high), self.linthresh)
        last = math.floor(math.log(furthest) / math.log(self.base) + 1e-9)
        step = max(1, math.ceil((last - first + 1) / 5))
        # Where some are left out, the first one leaves room for zero, too.
        powers = range(first + step - 1, last + 1, step)
        base = format(self.base, 'g')
        places, texts = [0.0], ['0']
        for sign, mark in ((-1, '−'), (1, '')):
            for k in powers:
                if low <= sign * self.base**k <= high:
                    places.append(sign * self.base**k)
                    texts.append(f'{mark}{base}<sup>{k}</sup>'.replace('<sup>-', '<sup>−'))
        order = sorted(range(len(places)), key=places.__getitem__)
        shown = [k for k in order if low <= places[k] <= high]
        return [places[k] for k in shown], [texts[k] for k in shown]


def warp(drawn, letter, scale):
    """A trace whose coordinates of an axis are places of the scale; the values stand in what is said of a point."""
    if f'{letter}0' in drawn or drawn['type'] in ('heatmap', 'image', 'contour', 'histogram', 'box', 'violin'):
        raise NotImplementedError(f"{drawn['type']} is not drawn on axes of the scale 'symlog' here")
    values = flat(drawn.get(letter))
    if values is None:
        return drawn
    made = dict(drawn)
    bar = drawn['type'] == 'bar' and letter == ('x' if drawn.get('orientation') == 'h' else 'y')
    base = drawn.get('base', 0)
    starts = [0 if b is None else b for b in (flat(base) if hasattr(base, '__len__') else [base] * len(values))]
    if bar and any(starts):
        made['base'] = [scale.place(b) for b in starts]
        made[letter] = [scale.place(b + v) - scale.place(b) for b, v in zip(starts, values)]
    else:
        made[letter] = [scale.place(v) for v in values]
    if drawn.get('hoverinfo') not in ('skip', 'none'):
        made['hovertext'] = [f'{letter} = {v:g}' if isinstance(v, (int, float)) else '' for v in values]
        made['hoverinfo'] = 'text+name' if 'name' in str(drawn.get('hoverinfo')) else 'text'
    return made


def axis(settings, limits, scale):
    """The settings of an axis of this scale for Plotly, to which it is a linear one with chosen numbers."""
    low, high = sorted(limits)
    made = {key: value for key, value in settings.items() if key != 'type'}
    made['range'] = [plain(scale.place(v)) for v in limits]
    if 'tickvals' in settings:
        places = flat(settings['tickvals'])
        texts = settings.get('ticktext') or [format(v, 'g') for v in places]
    else:
        places, texts = scale.ticks(low, high)
    return made | {'tickmode': 'array', 'tickvals': [scale.place(v) for v in places], 'ticktext': texts}
