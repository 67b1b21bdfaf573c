"""Shapes that are added to axes, and entries of legends."""

import math

from . import colors
from .artists import Area
from .hatches import pattern
from .notes import bend
from .reading import Options, px, unheard


class Patch(Area):
    """A filled outline; alone it is an entry for a legend."""

    axes = None

    def __init__(self, **kwargs):
        take = Options(kwargs)
        alpha = take('alpha')
        both = take('color')
        face = take('facecolor', 'fc') or both
        edge = take('edgecolor', 'ec') or both
        filled = kwargs.get('fill', True)
        css = colors.color(face if face is not None else 'C0', alpha)
        width = take('linewidth', 'lw')
        x, y = self._outline()
        self.trace = {'type': 'scatter', 'mode': 'lines', 'x': x, 'y': y, 'fill': 'toself', 'hoverinfo': 'skip', 'showlegend': False,
                      'fillcolor': css if filled else 'rgba(0, 0, 0, 0)',
                      'line': {'color': colors.color(edge if edge is not None else 'k' if not filled else css, alpha),
                               'width': float(1 if width is None else width) * px, 'dash': colors.dashes.get(take('linestyle', 'ls') or '-', 'solid')}}
        drawn = pattern(take('hatch'), edge)
        if drawn is not None:
            self.trace['fillpattern'] = drawn
        label = take('label')
        self.trace |= {'name': '' if label is None else str(label), '_label': label is not None}

    def _outline(self):
        return [None], [None]


def _round(centre, wide, tall, angle=0.0, start=0.0, stop=360.0):
    turn = math.radians(angle)
    x, y = [], []
    for k in range(65):
        t = math.radians(start + (stop - start) * k / 64)
        a, b = wide * math.cos(t), tall * math.sin(t)
        x.append(centre[0] + a * math.cos(turn) - b * math.sin(turn))
        y.append(centre[1] + a * math.sin(turn) + b * math.cos(turn))
    return x, y


class Circle(Patch):
    """A circle about a point."""

    def __init__(self, xy, radius=5, **kwargs):
        self._at = xy, radius
        super().__init__(**kwargs)

    def _outline(self):
        (x, y), r = self._at
        return _round((float(x), float(y)), float(r), float(r))


class Ellipse(Patch):
    """An ellipse of a width and height, turned by degrees."""

    def __init__(self, xy, width, height, *, angle=0, **kwargs):
        self._at = xy, width, height, angle
        super().__init__(**kwargs)

    def _outline(self):
        (x, y), wide, tall, angle = self._at
        return _round((float(x), float(y)), float(wide) / 2, float(tall) / 2, float(angle))


class Arc(Ellipse):
    """A part of an ellipse's line."""

    def __init__(self, xy, width, height, *, angle=0, theta1=0, theta2=360, **kwargs):
        self._ends = theta1, theta2
        super().__init__(xy, width, height, angle=angle, **(kwargs | {'fill': False}))

    def _outline(self):
        (x, y), wide, tall, angle = self._at
        return _round((float(x), float(y)), float(wide) / 2, float(tall) / 2, float(angle), *map(float, self._ends))


class Wedge(Patch):
    """A slice of a disc between two angles."""

    def __init__(self, center, r, theta1, theta2, **kwargs):
        self._at = center, r, theta1, theta2
        super().__init__(**kwargs)

    def _outline(self):
        (x, y), r, start, stop = self._at
        xs, ys = _round((float(x), float(y)), float(r), float(r), 0, float(start), float(stop))
        return [float(x), *xs, float(x)], [float(y), *ys, float(y)]


class Rectangle(Patch):
    """A rectangle from its lower left corner, turned by degrees about it."""

    def __init__(self, xy, width, height, *, angle=0, **kwargs):
        self._at = xy, width, height, angle
        super().__init__(**kwargs)

    def _outline(self):
        (x, y), wide, tall, angle = self._at
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        corners = [(0, 0), (float(wide), 0), (float(wide), float(tall)), (0, float(tall)), (0, 0)]
        return [float(x) + a * c - b * s for a, b in corners], [float(y) + a * s + b * c for a, b in corners]


class Polygon(Patch):
    """A closed line through points."""

    def __init__(self, xy, *, closed=True, **kwargs):
        self._points = [(float(a), float(b)) for a, b in xy]
        self._closed = closed
        super().__init__(**kwargs)

    def _outline(self):
        points = self._points + (self._points[:1] if self._closed else [])
        return [a for a, _ in points], [b for _, b in points]


class FancyArrow(Polygon):
    """An arrow from a point by a vector."""

    def __init__(self, x, y, dx, dy, width=0.001, length_includes_head=False, head_width=None, head_length=None, **kwargs):
        wide = 3 * width if head_width is None else head_width
        long = 1.5 * wide if head_length is None else head_length
        length = math.hypot(dx, dy) or 1
        u, v = dx / length, dy / length
        body = length - long if length_includes_head else length
        side = [(0, -width / 2), (body, -width / 2), (body, -wide / 2), (body + long, 0), (body, wide / 2), (body, width / 2), (0, width / 2)]
        super().__init__([(x + a * u - b * v, y + a * v + b * u) for a, b in side], **kwargs)



_heads = {'-': '', '->': 'end', '-|>': 'end', '<-': 'start', '<|-': 'start', '<->': 'end+start', '<|-|>': 'end+start', 'simple': 'end', 'fancy': 'end'}


class FancyArrowPatch:
    """An arrow between two points of the data, bent by connectionstyle 'arc3,rad=0.2'."""

    def __init__(self, posA=None, posB=None, *, arrowstyle='simple', connectionstyle=None, mutation_scale=1, shrinkA=None, shrinkB=None, **kwargs):
        take = Options(kwargs)
        style = str(arrowstyle).split(',')[0]
        if style not in _heads:
            raise NotImplementedError(f'arrowstyle {style!r} is not drawn here: one of {", ".join(map(repr, _heads))}')
        idle = set(kwargs) - {'color', 'facecolor', 'fc', 'edgecolor', 'ec', 'linewidth', 'lw', 'alpha', 'zorder', 'label'}
        unheard('FancyArrowPatch', {key: kwargs[key] for key in idle})
        width = take('linewidth', 'lw')
        self._ends = posA, posB
        self._look = {'_bend': bend(connectionstyle), 'arrowhead': 2 if _heads[style] else 0, 'arrowside': _heads[style] or 'none', 'arrowwidth': float(1 if width is None else width) * px,
                      'arrowcolor': colors.color(take('color', 'edgecolor', 'ec', 'facecolor', 'fc') or 'k', take('alpha'))}

    def _points_at(self, axes):
        """Draws itself as what a note points with, and lets the axes reach to its ends."""
        start, end = self._ends
        axes.annotate('', end, start, arrowprops={})
        axes.annotations[-1] |= self._look
        axes.traces.append({'type': 'scatter', 'mode': 'none', 'x': [float(start[0]), float(end[0])], 'y': [float(start[1]), float(end[1])],
                            'hoverinfo': 'skip', 'showlegend': False, 'name': '', '_label': False})


Arrow = FancyArrow
