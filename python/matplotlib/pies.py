"""Pies and rings: shares of a circle."""

import math

from . import colors as names
from .artists import Area
from .notes import Text
from .reading import Options, px, unheard
from .values import flat


class Wedge(Area):
    """One share of a pie."""

    def __init__(self, axes, trace, centre, radius, theta1, theta2):
        super().__init__(axes, trace)
        self.center, self.r, self.theta1, self.theta2 = centre, radius, theta1, theta2


class Pies:
    """What draws shares of a circle."""

    def pie(self, x, explode=None, labels=None, colors=None, autopct=None, pctdistance=0.6, shadow=False, labeldistance=1.1, startangle=0, radius=1, counterclock=True,
            wedgeprops=None, textprops=None, center=(0, 0), frame=False, rotatelabels=False, normalize=True, **options):  # fmt: skip
        """
        Shares of a circle, from `startangle` degrees on; `autopct` writes them, a format or a function; `wedgeprops` with a
        `width` makes a ring. Returns the wedges, the labels, and with `autopct` what it wrote.
        """
        unheard('pie', options)
        values = [float(value or 0) for value in flat(x)]
        if any(value < 0 for value in values):
            raise ValueError("Wedge sizes 'x' must be non negative values")
        whole = sum(values) if normalize else 1.0
        if whole == 0:
            raise ValueError('All wedge sizes are zero')
        if labels is not None and len(labels) != len(values):
            raise ValueError(f"'labels' must be of length 'x', not {len(labels)}")
        wanted = list(colors) if colors is not None else names.cycle
        take = Options(wedgeprops or {})
        cx, cy = (float(part) for part in center)
        angle = float(startangle)
        wedges, texts, shares = [], [], []
        for k, value in enumerate(values):
            turn = (360 if counterclock else -360) * value / whole
            middle = math.radians(angle + turn / 2)
            away = float(explode[k]) * radius if explode is not None else 0.0
            centre = cx + away * math.cos(middle), cy + away * math.sin(middle)
            ring = _ring(centre, radius, take('width'), angle, angle + turn)
            if shadow:
                shade = [(a - 0.02 * radius, b - 0.02 * radius) for a, b in ring]
                self._wedge(shade, 'rgba(60, 60, 60, 0.5)', Options({}), None, '')
            label = '' if labels is None else str(labels[k])
            css = names.color(wanted[k % len(wanted)], take('alpha'))
            trace = self._wedge(ring, css, take, label or None, f'{label + ": " if label else ""}{value:g} ({100 * value / whole:.3g} %)')
            wedges.append(Wedge(self, trace, centre, radius, *sorted((angle, angle + turn))))
            if label and labeldistance is not None:
                side = math.cos(middle)
                turned = {'rotation': math.degrees(middle) + (0 if side > 0 else 180)} if rotatelabels else {}
                texts.append(self._share_text(centre, labeldistance * radius, middle, label, 'left' if side > 0.02 else 'right' if side < -0.02 else 'center', textprops, turned))
            if autopct is not None:
                share = 100 * value / whole
                told = autopct(share) if callable(autopct) else autopct % share
                shares.append(self._share_text(centre, pctdistance * radius, middle, told, 'center', textprops, {}))
            angle += turn
        self.set_aspect('equal')
        if not frame:
            self.set_axis_off()
            for letter, at in (('x', cx), ('y', cy)):
                self._settings[letter]['range'] = [at - 1.25, at + 1.25]
        self.figure._sca(self)
        return (wedges, texts, shares) if autopct is not None else (wedges, texts)

    def _wedge(self, points, css, take, label, told):
        width = take('linewidth', 'lw')
        edge = take('edgecolor', 'ec')
        return self._add({'type': 'scatter', 'mode': 'lines', 'x': [a for a, _ in points], 'y': [b for _, b in points], 'fill': 'toself', 'fillcolor': css,
                          'line': {'color': css if edge is None else names.color(edge), 'width': float((0.5 if edge is None else 1) if width is None else width) * px},
                          **({'hoveron': 'fills', 'hoverinfo': 'text', 'text': told} if told else {'hoverinfo': 'skip'})}, label)  # fmt: skip

    def _share_text(self, centre, distance, middle, words, side, props, more) -> Text:
        return self.text(centre[0] + distance * math.cos(middle), centre[1] + distance * math.sin(middle), words, **({'ha': side, 'va': 'center'} | more | dict(props or {})))


def _ring(centre, radius, width, start, stop):
    """The outline of a share: an arc and the middle, or the arc within."""
    steps = max(2, round(abs(stop - start) / 2))

    def arc(r):
        turns = [math.radians(start + (stop - start) * k / steps) for k in range(steps + 1)]
        return [(centre[0] + r * math.cos(t), centre[1] + r * math.sin(t)) for t in turns]

    inner = arc(radius - float(width))[::-1] if width is not None else [centre] if abs(stop - start) < 360 else []
    around = arc(radius) + inner
    return around + around[:1]
