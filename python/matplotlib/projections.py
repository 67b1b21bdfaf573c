"""Axes that are no rectangle: polar ones, drawn flat on plain axes that are hidden, and those of space."""

import math

from . import colors
from .axes import Axes
from .reading import written
from .values import flat, rows, shape

_line = 'rgba(128,128,128,0.45)'
_words = 'rgba(128,128,128,1)'


def axes_of(projection):
    """The class of axes of a projection's name."""
    from .space import Axes3D

    known = {None: Axes, 'rectilinear': Axes, 'polar': PolarAxes, '3d': Axes3D}
    if projection not in known:
        raise ValueError(f"Unknown projection {projection!r}; Eigenscope draws 'rectilinear', 'polar' and '3d'")
    return known[projection]


class _Flat(Axes):
    """Axes whose own lines are hidden, because what is drawn brings its own."""

    def cla(self):
        super().cla()
        self._settings['x']['visible'] = self._settings['y']['visible'] = False
        self._settings['y']['_equal'] = 1

    clear = cla

    def _guide(self, x, y, width=1, color=_line):
        return {'type': 'scatter', 'x': x, 'y': y, 'mode': 'lines', 'line': {'color': color, 'width': width}, 'hoverinfo': 'skip', 'showlegend': False, 'name': ''}

    def _word(self, text, x, y, **more):
        return {'text': written(text), 'x': x, 'y': y, 'showarrow': False, 'font': {'color': _words, 'size': 11}, **more}

    def _refuse(self, name):
        raise NotImplementedError(f"{name} is not drawn on {self.name} axes here")


class PolarAxes(_Flat):
    """Angles in radians and distances from the middle."""

    name = 'polar'

    def cla(self):
        super().cla()
        self._r = [0.0, None]
        self._zero, self._turn = 0.0, 1.0
        self._rticks = self._thetagrids = None
        self._rlabel = math.radians(22.5)
        self._gridded = True

    clear = cla

    def _flatten(self, theta, r):
        theta, r = flat(theta), flat(r)
        if len(theta) != len(r):
            raise ValueError(f'x and y must have same first dimension, but have shapes ({len(theta)},) and ({len(r)},)')
        return theta, r

    def _point(self, theta, r):
        at = self._zero + self._turn * theta
        out = r - self._r[0]
        return out * math.cos(at), out * math.sin(at)

    def _keep(self, trace, theta, r):
        trace['_polar'] = (theta, r)
        return trace

    def plot(self, *args, **kwargs):
        """Lines and points of angles and distances."""
        before = len(self.traces)
        made = super().plot(*args, **kwargs)
        for trace in self.traces[before:]:
            self._keep(trace, list(trace['x']), list(trace['y']))
        return made

    def scatter(self, x, y, *args, **kwargs):
        """Points of angles and distances."""
        made = super().scatter(x, y, *args, **kwargs)
        trace = self.traces[-1]
        self._keep(trace, list(trace['x']), list(trace['y']))
        return made

    def fill(self, *args, **kwargs):
        """A closed area of angles and distances."""
        before = len(self.traces)
        made = super().fill(*args, **kwargs)
        for trace in self.traces[before:]:
            self._keep(trace, list(trace['x']), list(trace['y']))
        return made

    def fill_between(self, x, y1, y2=0, **kwargs):
        """The area between two distances."""
        theta, high = flat(x), flat(y1)
        low = flat(y2) if shape(y2) else [y2] * len(theta)
        return self.fill(list(theta) + list(theta)[::-1], list(high) + list(low)[::-1], **kwargs)

    def bar(self, x, height, width=0.8, bottom=0, *, align='center', color=None, alpha=None, edgecolor=None, label=None, **kwargs):
        """Wedges: bars that stand around the middle."""
        theta, high = flat(x), flat(height)
        widths = flat(width) if shape(width) else [width] * len(theta)
        bottoms = flat(bottom) if shape(bottom) else [bottom] * len(theta)
        several = not isinstance(color, str) and color is not None and (len(shape(color)) == 2 or isinstance(color[0], (str, list, tuple)))
        given = [one if isinstance(one, str) else tuple(flat(one)) for one in color] if several else [color] * len(theta)
        own = self._color() if color is None else None
        for k, (t, h, w, b) in enumerate(zip(theta, high, widths, bottoms)):
            start = t - w / 2 if align == 'center' else t
            arc = [start + w * j / 24 for j in range(25)]
            self.fill(arc + arc[::-1], [b + h] * 25 + [b] * 25, color=own if own is not None else given[k], alpha=alpha, label=label if k == 0 else None)
            if edgecolor is not None:
                self.traces[-1]['line'] |= {'color': colors.color(edgecolor), 'width': 1}
        return None

    for _name in 'imshow contour contourf pcolormesh hist boxplot violinplot quiver barh stem errorbar hexbin hist2d'.split():
        exec(f'def {_name}(self, *args, **kwargs):\n    """Not drawn on polar axes."""\n    self._refuse({_name!r})')
    del _name

    # Scales --------------------------------------------------------------------------

    def set_rmax(self, rmax):
        """The outermost distance."""
        self._r[1] = float(rmax)

    def set_rmin(self, rmin):
        """The distance of the middle."""
        self._r[0] = float(rmin)

    def set_rlim(self, bottom=None, top=None):
        """Both."""
        self._r = [self._r[0] if bottom is None else float(bottom), self._r[1] if top is None else float(top)]

    set_ylim = set_rlim

    def get_rmax(self):
        """The outermost distance."""
        return self._outer()

    def set_rticks(self, ticks, labels=None):
        """Where circles stand."""
        self._rticks = [float(t) for t in flat(ticks)], labels

    set_yticks = set_rgrids = set_rticks

    def set_thetagrids(self, angles, labels=None):
        """Where rays stand, in degrees."""
        self._thetagrids = [float(a) for a in flat(angles)], labels

    def set_xticks(self, ticks, labels=None):
        """Where rays stand, in radians."""
        self.set_thetagrids([math.degrees(t) for t in flat(ticks)], labels)

    def set_xticklabels(self, labels):
        """What stands at the rays."""
        self._thetagrids = self._rays()[0], list(labels)

    def set_yticklabels(self, labels):
        """What stands at the circles."""
        self._rticks = self._circles(self._outer()), list(labels)

    def set_theta_zero_location(self, loc, offset=0.0):
        """Where the angle 0 lies: 'N', 'NW', 'W' …"""
        places = {'E': 0, 'NE': 45, 'N': 90, 'NW': 135, 'W': 180, 'SW': 225, 'S': 270, 'SE': 315}
        self._zero = math.radians(places[loc] + offset)

    def set_theta_offset(self, offset):
        """Where the angle 0 lies, in radians."""
        self._zero = float(offset)

    def set_theta_direction(self, direction):
        """1 or 'counterclockwise', -1 or 'clockwise'."""
        self._turn = {'clockwise': -1.0, 'anticlockwise': 1.0, 'counterclockwise': 1.0}.get(direction, direction)

    def set_rlabel_position(self, value):
        """The angle at which distances are written, in degrees."""
        self._rlabel = math.radians(value)

    def grid(self, visible=True, **options):
        """Circles and rays, or none."""
        self._gridded = visible is not False

    def _outer(self):
        if self._r[1] is not None:
            return self._r[1]
        distances = [r for trace in self.traces if '_polar' in trace for r in trace['_polar'][1] if isinstance(r, (int, float)) and r == r]
        return max(distances, default=1.0) * 1.05 or 1.0

    def _circles(self, outer):
        if self._rticks is not None:
            return self._rticks[0]
        span = outer - self._r[0]
        rough = span / 4 or 1
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(n * power for n in (1, 2, 2.5, 5, 10) if n * power >= rough * 0.999)
        first = math.floor(self._r[0] / step) + 1
        return [k * step for k in range(first, first + 12) if k * step <= outer * 1.0001]

    def _rays(self):
        return self._thetagrids or ([45.0 * k for k in range(8)], None)

    def _prepare(self):
        """Traces and notes as they are drawn: circles, rays, their numbers, and what the person drew."""
        outer = self._outer()
        span = outer - self._r[0]
        turns = [2 * math.pi * k / 180 for k in range(181)]
        guides, notes = [], []
        circles = self._circles(outer)
        for r in ([*circles] if self._gridded else []) + [outer]:
            points = [self._point(t, r) for t in turns]
            guides.append(self._guide([p[0] for p in points], [p[1] for p in points], 1 if r != outer else 1.4))
        angles, labels = self._rays()
        for k, angle in enumerate(angles):
            x, y = self._point(math.radians(angle), outer)
            if self._gridded:
                guides.append(self._guide([0, x], [0, y]))
            notes.append(self._word(labels[k] if labels is not None and k < len(labels) else f'{angle:g}°', 1.1 * x, 1.1 * y))
        named = self._rticks[1] if self._rticks is not None else None
        for k, r in enumerate(circles):
            x, y = self._point(self._rlabel * self._turn - 0 * self._zero, r)
            notes.append(self._word(named[k] if named is not None and k < len(named) else f'{r:g}', x, y))
        drawn = []
        for trace in self.traces:
            trace = dict(trace)
            if '_polar' in trace:
                points = [self._point(t, r) for t, r in zip(*trace['_polar'])]
                trace['x'], trace['y'] = [p[0] for p in points], [p[1] for p in points]
                trace['hoverinfo'] = 'skip'
            drawn.append(trace)
        for letter in 'xy':
            self._settings[letter]['range'] = [-1.22 * span, 1.22 * span]
        return guides + drawn, notes, []
