"""What drawing gives back: handles by which a drawn thing is changed or named."""
from .reading import unheard


_short = {'lw': 'linewidth', 'ls': 'linestyle', 'c': 'color', 'ms': 'markersize', 'ec': 'edgecolor', 'fc': 'facecolor', 'mec': 'markeredgecolor', 'mfc': 'markerfacecolor',
          'size': 'fontsize', 'weight': 'fontweight', 'ha': 'horizontalalignment', 'va': 'verticalalignment'}  # fmt: skip


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

    def set_markerfacecolor(self, color):
        from .colors import color as css

        self.trace.setdefault('marker', {})['color'] = css(color)

    def set_markeredgecolor(self, color):
        from .colors import color as css

        self.trace.setdefault('marker', {}).setdefault('line', {'width': 96 / 72})['color'] = css(color)

    def set_dashes(self, seq):
        """Strokes and gaps in points."""
        self.trace.setdefault('line', {})['dash'] = ','.join(f'{float(part) * 96 / 72:g}px' for part in seq)

    def set_zorder(self, level):
        """Lines lie on each other as they were drawn."""

    def get_xydata(self):
        import numpy

        return numpy.column_stack([self.get_xdata(), self.get_ydata()])

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


class Area:
    """A filled outline: a box, a violin, a share of a pie, a shape of `patches`."""

    def __init__(self, axes, trace):
        self.axes = axes
        self.trace = trace

    def set(self, **properties):
        """Changes several properties: `area.set(facecolor='r', lw=2)`."""
        change(self, properties)

    def set_facecolor(self, color):
        """The colour inside, as opaque as it was."""
        from . import colors

        before = colors.rgba(self.trace['fillcolor'])[3] if 'fillcolor' in self.trace else 1.0
        css = colors.color(color)
        self.trace |= {'fill': 'toself', 'fillcolor': colors.color(css, before) if before < 1 and colors.rgba(css)[3] == 1 else css}

    def set_edgecolor(self, color):
        """The colour of the outline."""
        from .colors import color as css

        line = self.trace.setdefault('line', {})
        line |= {'color': css(color), 'width': line.get('width') or 96 / 72}

    def set_color(self, color):
        """Both."""
        self.set_facecolor(color)
        self.set_edgecolor(color)

    def set_linewidth(self, width):
        self.trace.setdefault('line', {})['width'] = float(width) * 96 / 72

    def set_linestyle(self, style):
        from .colors import dashes

        self.trace.setdefault('line', {})['dash'] = dashes.get(style, 'solid')

    def set_alpha(self, alpha):
        """How opaque it is, inside and outline."""
        from . import colors

        for part in ([self.trace] if 'fillcolor' in self.trace else []) + ([self.trace['line']] if 'color' in self.trace.get('line', {}) else []):
            key = 'fillcolor' if part is self.trace else 'color'
            part[key] = colors.color('rgb({}, {}, {})'.format(*colors.rgba(part[key])[:3]), 1.0 if alpha is None else alpha)

    def set_hatch(self, hatch):
        """Lines or dots over it: '/', 'x', '..' and the like."""
        from .hatches import pattern

        drawn = pattern(hatch)
        self.trace.pop('fillpattern', None)
        if drawn is not None:
            self.trace['fillpattern'] = drawn

    def set_visible(self, visible):
        self.trace['visible'] = bool(visible)

    def get_facecolor(self):
        """Red, green, blue and opacity of 0…1."""
        from .colors import to_rgba

        return to_rgba(self.trace.get('fillcolor'))

    def get_label(self):
        """The text of its entry in a legend."""
        return self.trace['name']

    def set_label(self, label):
        self.trace |= {'name': str(label), '_label': True}


class Mappable:
    """What is coloured by values; `colorbar` takes it."""

    def __init__(self, axes, trace, kind, cmap, vmin, vmax):
        self.axes = axes
        self.trace = trace
        # The marker of a scatter plot, or the trace of a heat map.
        self.scaled = trace
        self.kind = kind
        self.cmap = cmap

    @property
    def collections(self):
        """What is coloured by values is drawn as one."""
        return [self]

    @property
    def levels(self):
        """The heights of lines of equal height."""
        import numpy

        return numpy.array(self.trace.get('_levels', []), dtype=float)

    def set_data(self, A):
        """Other values in the same place."""
        from .values import rows

        self.trace['z'] = rows(A)

    def get_array(self):
        """The values that are coloured."""
        import numpy

        return numpy.array(self.scaled['color' if self.kind == 'color' else 'z'])

    def set_alpha(self, alpha):
        self.trace['opacity'] = 1.0 if alpha is None else float(alpha)

    def set_clim(self, vmin=None, vmax=None):
        low, high = ('cmin', 'cmax') if self.kind == 'color' else ('zmin', 'zmax')
        if vmin is not None:
            self.scaled[low] = float(vmin)
        if vmax is not None:
            self.scaled[high] = float(vmax)

    def legend_elements(self, prop='colors', num='auto', fmt='{x:g}', **options):
        """Entries for a legend, one for each of a few values: `ax.legend(*points.legend_elements())`."""
        from . import colors
        from .cm import get_cmap
        from .reading import written
        from .values import finite

        unheard('legend_elements', {'prop': None if prop == 'colors' else prop, **options})
        marker = self.scaled
        if 'cmin' not in marker:
            return [], []
        low, high = marker['cmin'], marker['cmax']
        values = sorted(set(finite(marker['color'])))
        if num is not None and (num != 'auto' or len(values) > 9):
            from .levels import automatic

            values = [value for value in automatic(low, high, 8 if num == 'auto' else int(num)) if low <= value <= high] if not hasattr(num, '__len__') else list(num)
        table = get_cmap(self.cmap) if self.cmap is not None else get_cmap(None)
        handles = []
        for value in values:
            css = 'rgb({}, {}, {})'.format(*table.rgb((value - low) / ((high - low) or 1)))
            size = marker['size'] if isinstance(marker['size'], (int, float)) else 8
            look = {'symbol': marker.get('symbol', 'circle'), 'size': max(6, size), 'color': colors.color(css), **({'line': marker['line']} if 'line' in marker else {})}
            handles.append(Line2D(None, {'type': 'scatter', 'mode': 'markers', 'x': [None], 'y': [None], 'marker': look, 'name': '', 'hoverinfo': 'skip'}))
        return handles, [written(fmt.format(x=value)) for value in values]

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
        axes.containers.append(self)
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

    def set_alpha(self, alpha):
        """How opaque this bar is."""
        from . import colors

        now = self._trace['marker']['color']
        self.set_color(colors.color('rgb({}, {}, {})'.format(*colors.rgba(now[self._index] if isinstance(now, list) else now)[:3]), alpha))

    def set_edgecolor(self, color):
        """The colour of the outline of all bars that were drawn together."""
        from .colors import color as css

        line = self._trace['marker'].setdefault('line', {'width': 96 / 72})
        line['color'] = css(color)

    def set_hatch(self, hatch):
        """Lines or dots over this bar alone."""
        from .hatches import several

        hatches = self._trace.setdefault('_hatches', [None] * len(self._trace['x']))
        hatches[self._index] = hatch
        self._trace['marker'].pop('pattern', None)
        drawn = several(hatches)
        if drawn is not None:
            self._trace['marker']['pattern'] = drawn

    def set_height(self, height):
        """How long the bar is."""
        self._length = float(height)
        lengths = self._trace['y' if self._upright else 'x']
        lengths[self._index] = self._length

    def set(self, **properties):
        """Changes several properties."""
        change(self, properties)

    def _thick(self):
        width = self._trace['width']
        return width[self._index] if isinstance(width, list) else width

    def _start(self):
        base = self._trace.get('base')
        return base[self._index] if base else 0

    def _side(self):
        place = self._place
        if isinstance(place, str):
            place = list(dict.fromkeys(self._trace['x' if self._upright else 'y'])).index(place)
        return place if 'offset' in self._trace else place - self._thick() / 2

    def get_height(self):
        return self._length if self._upright else self._thick()

    def get_width(self):
        return self._thick() if self._upright else self._length

    def get_x(self):
        return self._side() if self._upright else self._start()

    def get_y(self):
        return self._start() if self._upright else self._side()


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

    def set(self, **properties):
        """Changes several properties."""
        change(self, properties)

    def set_color(self, color):
        from .colors import color as css

        self.made.setdefault('font', {})['color'] = css(color)

    def set_fontsize(self, size):
        if isinstance(size, (int, float)):
            self.made.setdefault('font', {})['size'] = float(size) * 96 / 72

    set_size = set_fontsize

    def set_fontweight(self, weight):
        """'bold', 'normal' or a number up to 900."""
        self.made.setdefault('font', {})['weight'] = weight

    set_weight = set_fontweight

    def set_rotation(self, angle):
        self.made['textangle'] = -90 if angle == 'vertical' else -float(angle or 0)

    def set_horizontalalignment(self, side):
        self.made['xanchor'] = side

    set_ha = set_horizontalalignment

    def set_verticalalignment(self, side):
        self.made['yanchor'] = {'center': 'middle', 'top': 'top'}.get(side, 'bottom')

    set_va = set_verticalalignment


class Legend:
    def __init__(self, place, title, anchor=None, columns=1, framed=True, fontsize=None):
        # Shares of the axes, None where least is drawn; `anchor` is a point outside of them it is put against.
        self.place = place
        self.title = title
        self.anchor = anchor
        self.columns = columns
        self.framed = framed
        self.fontsize = fontsize

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

    def set_ticklabels(self, labels):
        """What stands at the ticks that are set."""
        self._bar['ticktext'] = [str(label) for label in labels]

    def tick_params(self, labelsize=None, **_options):
        """How large the numbers are."""
        from .reading import font

        unheard('tick_params', {key: value for key, value in _options.items() if key not in ('size', 'length', 'direction', 'width')})
        if labelsize is not None:
            self._bar['tickfont'] = font(labelsize, None)

    def minorticks_on(self):
        """Scales of colours have no small ticks."""

    minorticks_off = minorticks_on

    @property
    def ax(self):
        return self

    set_ylabel = set_title = set_label
