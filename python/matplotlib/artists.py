"""What drawing gives back: handles by which a drawn thing is changed or named."""
from .reading import unheard


_short = {'lw': 'linewidth', 'ls': 'linestyle', 'c': 'color', 'ms': 'markersize'}


def change(drawn, properties):
    """Sets properties of a drawn thing by their long or short names."""
    for name, value in properties.items():
        setter = getattr(drawn, f'set_{_short.get(name, name)}', None)
        if setter is None:
            raise AttributeError(f'{type(drawn).__name__}.set() got an unexpected keyword argument {name!r}')
        setter(value)


class Line2D:
    """A drawn line."""

    def __init__(self, axes, trace):
        self.axes = axes
        self.trace = trace

    def get_color(self):
        return self.trace.get('line', self.trace.get('marker', {})).get('color')

    def set(self, **properties):
        """Changes several properties: `line.set(lw=2, color='r')`."""
        change(self, properties)

    def remove(self):
        """Takes the line out of its axes."""
        if self.axes is not None:
            self.axes.traces[:] = [one for one in self.axes.traces if one is not self.trace]
            self.axes.lines[:] = [one for one in self.axes.lines if one is not self]

    def set_visible(self, visible):
        self.trace['visible'] = bool(visible)

    def set_alpha(self, alpha):
        self.trace['opacity'] = 1.0 if alpha is None else float(alpha)

    def set_linestyle(self, style):
        from . import colors

        if colors.is_none(style):
            self.trace['mode'] = self.trace['mode'].replace('lines+', '').replace('lines', 'none')
        else:
            self.trace.setdefault('line', {})['dash'] = colors.dashes.get(style, 'solid')
            if 'lines' not in self.trace['mode']:
                self.trace['mode'] = 'lines' if self.trace['mode'] == 'none' else f'lines+{self.trace["mode"]}'

    def set_marker(self, marker):
        from . import colors

        self.trace.setdefault('marker', {})['symbol'] = colors.markers.get(marker, ('circle', 1))[0]
        if 'markers' not in self.trace['mode']:
            self.trace['mode'] = 'markers' if self.trace['mode'] == 'none' else f'{self.trace["mode"]}+markers'

    def set_markersize(self, size):
        self.trace.setdefault('marker', {})['size'] = float(size) * 96 / 72

    def get_linewidth(self):
        return self.trace.get('line', {}).get('width', 2) * 72 / 96

    def get_data(self):
        return self.get_xdata(), self.get_ydata()

    def get_label(self):
        return self.trace['name']

    def set_label(self, label):
        self.trace |= {'name': str(label), '_label': True}

    def set_color(self, color):
        from .colors import color as css

        for part in ('line', 'marker'):
            if part in self.trace:
                self.trace[part]['color'] = css(color)

    def set_linewidth(self, width):
        self.trace.setdefault('line', {})['width'] = float(width) * 96 / 72

    def set_data(self, x, y=None):
        from .values import series

        x, y = x if y is None else (x, y)
        self.trace |= {'x': series(x), 'y': series(y)}

    def set_xdata(self, x):
        from .values import series

        self.trace['x'] = series(x)

    def set_ydata(self, y):
        from .values import series

        self.trace['y'] = series(y)

    def get_xdata(self):
        import numpy

        return numpy.array(self.trace['x'])

    def get_ydata(self):
        import numpy

        return numpy.array(self.trace['y'])


class Mappable:
    """What is coloured by values; `colorbar` takes it."""

    def __init__(self, axes, trace, kind, cmap, vmin, vmax):
        self.axes = axes
        self.trace = trace
        # The marker of a scatter plot, or the trace of a heat map.
        self.scaled = trace
        self.kind = kind

    def set_clim(self, vmin=None, vmax=None):
        low, high = ('cmin', 'cmax') if self.kind == 'color' else ('zmin', 'zmax')
        if vmin is not None:
            self.scaled[low] = float(vmin)
        if vmax is not None:
            self.scaled[high] = float(vmax)

    def set_cmap(self, cmap):
        from .cm import get_cmap

        self.scaled['colorscale'] = get_cmap(cmap).scale()


class BarContainer(list):
    """Drawn bars."""

    def __init__(self, axes, trace):
        self.axes = axes
        self.trace = trace
        upright = trace.get('orientation', 'v') == 'v'
        self.lengths = trace['y' if upright else 'x']
        super().__init__(Bar(trace, k, place, length, upright) for k, (place, length) in enumerate(zip(trace['x' if upright else 'y'], self.lengths)))


class Bar:
    """One bar of several."""

    def __init__(self, trace, index, place, length, upright):
        self._trace = trace
        self._index = index
        self._place = place
        self._length = length
        self._upright = upright

    def set_color(self, color):
        """The colour of this bar alone."""
        from .colors import color as css

        marker = self._trace.setdefault('marker', {})
        now = marker.get('color')
        count = len(self._trace['x'])
        marker['color'] = list(now) if isinstance(now, list) else [now] * count
        marker['color'][self._index] = css(color)

    set_facecolor = set_color

    def set_height(self, height):
        """How long the bar is."""
        self._length = float(height)
        lengths = self._trace['y' if self._upright else 'x']
        lengths[self._index] = self._length

    def set(self, **properties):
        """Changes several properties."""
        change(self, properties)

    def get_height(self):
        return self._length if self._upright else 0.8

    def get_width(self):
        return 0.8 if self._upright else self._length

    def get_x(self):
        return self._place - 0.4 if self._upright else 0

    def get_y(self):
        return 0 if self._upright else self._place - 0.4


class Text:
    """A drawn text."""

    def __init__(self, made):
        self.made = made

    def get_text(self):
        return self.made['text']

    def set_text(self, text):
        self.made['text'] = str(text)

    def get_position(self):
        return self.made['x'], self.made['y']

    def set_position(self, xy):
        self.made['x'], self.made['y'] = (float(part) for part in xy)

    def set_visible(self, visible):
        self.made['visible'] = bool(visible)


class Legend:
    def __init__(self, place, title, anchor=None, columns=1):
        # Shares of the axes, None where least is drawn; `anchor` is a point outside of them it is put against.
        self.place = place
        self.title = title
        self.anchor = anchor
        self.columns = columns

    def set_title(self, title):
        self.title = title


class Colorbar:
    """The scale beside what is coloured by values."""

    def __init__(self, bar):
        self._bar = bar

    def set_label(self, label, **_options):
        unheard('set_label', _options)
        self._bar['title'] = {'text': str(label), 'side': 'right'}

    def set_ticks(self, ticks, labels=None):
        from .values import flat

        self._bar |= {'tickvals': flat(ticks)}
        if labels is not None:
            self._bar['ticktext'] = [str(label) for label in labels]

    @property
    def ax(self):
        return self

    set_ylabel = set_title = set_label
