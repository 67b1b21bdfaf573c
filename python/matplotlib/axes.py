"""One coordinate system of a figure, and all that is drawn in it."""

from cycler import cycler

from . import rcParams
from .artists import change, Mappable, Text
from .reading import absent, font, unheard
from .bars import Bars
from .boxes import Boxes
from .curves import Lines
from .hexagons import Hexagons
from .limits import with_margins
from .matrices import Matrices
from .notes import Notes
from .pies import Pies
from .scales import Scales
from .spines import Spines
from .tables import Tables
from .tri import Triangles


class Axis:
    """What `ax.xaxis` and `ax.yaxis` are asked for."""

    def __init__(self, axes, letter):
        self._axes = axes
        self._letter = letter

    def grid(self, visible=True, **_options):
        unheard('grid', _options)
        self._axes.grid(visible, axis=self._letter)

    def set_visible(self, visible):
        self._axes._settings[self._letter]['visible'] = bool(visible)

    def set_ticks_position(self, position):
        self.tick_top() if position == 'top' else self._settings.pop('side', None)

    def tick_top(self):
        self._settings['side'] = 'top'

    def tick_right(self):
        self._settings['side'] = 'right'

    def tick_bottom(self):
        self._settings.pop('side', None)

    tick_left = tick_bottom

    def set_ticklabels(self, labels, **options):
        (self._axes.set_xticklabels if self._letter == 'x' else self._axes.set_yticklabels)(labels, **options)

    def get_ticklabels(self):
        """What stands at the ticks: one for each where they are given, else one for all of them."""
        texts = self._settings.get('ticktext') or ['']
        return [TickLabel(self._settings, text) for text in texts]

    def get_ticklocs(self):
        """Where ticks are set."""
        import numpy

        return numpy.array(self._settings.get('tickvals', []), dtype=float)

    def set_tick_params(self, **options):
        self._axes.tick_params(axis=self._letter, **options)

    def get_major_locator(self):
        """Where ticks stand: what was set, or what the page finds."""
        from .ticker import AutoLocator

        return self._settings.get('_locator') or AutoLocator()

    def get_major_formatter(self):
        """How numbers are written: what was set, or as they are."""
        from .ticker import ScalarFormatter

        return self._settings.get('_format') or ScalarFormatter()

    def set_label_position(self, position):
        """The label stands where the numbers do."""
        (self.tick_top if position == 'top' else self.tick_right if position == 'right' else self.tick_bottom)()

    def set_label_coords(self, x, y):
        """The label stands where the page puts it."""

    @property
    def label(self):
        """The label, whose text, size and colour can be set."""
        return Text(self._settings.setdefault('title', {'text': '', 'font': {}}))

    def set_label_text(self, text):
        (self._axes.set_xlabel if self._letter == 'x' else self._axes.set_ylabel)(text)

    def set_major_locator(self, locator):
        """Where ticks stand: see `matplotlib.ticker`."""
        self._settings.update(locator.settings)
        self._settings['_locator'] = locator

    def set_major_formatter(self, formatter):
        """How numbers are written: see `matplotlib.ticker`; a text is a format of `x`."""
        from .ticker import FuncFormatter, StrMethodFormatter

        if isinstance(formatter, str):
            formatter = StrMethodFormatter(formatter)
        elif callable(formatter) and not isinstance(formatter, FuncFormatter):
            formatter = FuncFormatter(formatter)
        self._settings['_format'] = formatter if callable(formatter) else None

    def get_major_ticks(self):
        return []

    set_minor_locator = set_minor_formatter = lambda self, *args: None

    def set_ticks(self, ticks, labels=None):
        self._axes._ticks(self._letter, ticks, labels)

    @property
    def _settings(self):
        return self._axes._settings[self._letter]


class Place:
    """A rectangle in shares of a figure."""

    def __init__(self, across, up):
        (self.x0, self.x1), (self.y0, self.y1) = across, up
        self.width, self.height = self.x1 - self.x0, self.y1 - self.y0
        self.bounds = self.x0, self.y0, self.width, self.height
        self.xmin, self.xmax, self.ymin, self.ymax = self.x0, self.x1, self.y0, self.y1


class TickLabel:
    """What stands at a tick; how it is turned and written holds for all ticks of its axis."""

    def __init__(self, settings, text):
        self._settings = settings
        self._text = text

    def get_text(self):
        return self._text

    def set_rotation(self, angle):
        self._settings['tickangle'] = -90 if angle == 'vertical' else -float(angle)

    def set_visible(self, visible):
        self._settings['showticklabels'] = bool(visible)

    def set_fontsize(self, size):
        self._settings['tickfont'] = self._settings.get('tickfont', {}) | font(size, None)

    set_size = set_fontsize

    def set_color(self, color):
        self._settings['tickfont'] = self._settings.get('tickfont', {}) | font(None, color)

    def set_ha(self, side):
        """The page puts the labels at their ticks."""

    set_horizontalalignment = set_ha

    def set(self, **properties):
        change(self, properties)


class Axes(Lines, Bars, Boxes, Pies, Tables, Hexagons, Matrices, Triangles, Notes, Scales):
    """A coordinate system; `domain` is its rectangle in shares of the figure."""

    def __init__(self, figure, domain, sharex=None, sharey=None):
        self.figure = figure
        self.xaxis = Axis(self, 'x')
        self.yaxis = Axis(self, 'y')
        self.domain = domain
        self._shared = {'x': sharex, 'y': sharey}
        self._twin = None
        self._twin_of = 'x'
        self.cla()

    def get_xaxis(self):
        """The axis from left to right."""
        return self.xaxis

    def get_yaxis(self):
        """The axis upwards."""
        return self.yaxis

    def get_xticklabels(self):
        """What is written at the ticks from left to right."""
        return self.xaxis.get_ticklabels()

    def get_yticklabels(self):
        """What is written at the ticks upwards."""
        return self.yaxis.get_ticklabels()

    def get_position(self, original=False):
        """Its rectangle in shares of the figure."""
        return Place(*self.domain)

    def set_position(self, pos, which='both'):
        """Puts it at left, bottom, width and height in shares of the figure."""
        left, bottom, width, height = (float(part) for part in getattr(pos, 'bounds', pos))
        self.domain = (left, left + width), (bottom, bottom + height)

    def set_xbound(self, lower=None, upper=None):
        """Sets where the axes begin and end from left to right."""
        self.set_xlim(lower, upper)

    def set_ybound(self, lower=None, upper=None):
        """Sets where the axes begin and end upwards."""
        self.set_ylim(lower, upper)

    def sharex(self, other):
        """Has the limits of other axes from left to right."""
        self._shared['x'] = other

    def sharey(self, other):
        """Has the limits of other axes from below to above."""
        self._shared['y'] = other

    def get_lines(self):
        """The lines that `plot` drew."""
        return list(self.lines)

    @property
    def collections(self):
        """Areas and points: those that drew them hold them."""
        return []

    @property
    def patches(self):
        """Bars in the order they were drawn."""
        return [bar for container in self.containers for bar in container]

    @property
    def texts(self):
        """What was written."""
        return [Text(note) for note in self.annotations]

    @property
    def images(self):
        """Matrices and pictures."""
        return [Mappable(self, trace, 'z', None, None, None) for trace in self.traces if trace['type'] in ('heatmap', 'image')]

    def set_visible(self, visible):
        """Whether anything of the axes is drawn."""
        if not visible and self in self.figure.axes:
            self.figure.axes.remove(self)
        elif visible and self not in self.figure.axes:
            self.figure.axes.append(self)

    def cla(self):
        """Takes everything out again."""
        self.traces = []
        self.lines = []
        self.containers = []
        self.shapes = []
        self.annotations = []
        self._settings = {'x': {}, 'y': {}}
        self._title = ''
        self._title_side = 'center'
        self._title_font = {}
        self._legend = None
        self._count = 0
        self._cycle = list(rcParams['axes.prop_cycle'])
        self._colorbar = None
        self._current = None
        self._ground = rcParams.get('axes.facecolor')
        self._tables = []
        # What hides the axes below small ones.
        self._sheet = []
        self.spines = Spines()
        if rcParams.get('axes.grid'):
            color = rcParams.get('grid.color')
            for settings in self._settings.values():
                settings |= {'showgrid': True, **({'gridcolor': color} if color else {})}
        for side in 'top', 'right', 'bottom', 'left':
            if not rcParams.get(f'axes.spines.{side}', rcParams.get('axes.spines', True)):
                self.spines[side].set_visible(False)

    clear = cla

    def _shown(self, letter):
        """The limits that are drawn."""
        return self._settings[letter].get('range') or with_margins(self, letter) or self._limits_now(letter)

    def _prepare(self):
        """What is drawn: traces, and notes and shapes that are not the person's."""
        return self.traces, [], []

    def twinx(self):
        """Axes over these that share what lies from left to right and have a scale of their own upwards, on the right."""
        twin = Axes(self.figure, self.domain, sharex=self)
        twin._twin = self
        twin._count = self._count
        self.figure._append(twin)
        return twin

    def twiny(self):
        """Axes over these with their own x, whose numbers stand at the top."""
        twin = Axes(self.figure, self.domain, sharey=self)
        twin._twin, twin._twin_of = self, 'y'
        twin._settings['x']['side'] = 'top'
        twin._count = self._count
        self.figure._append(twin)
        return twin

    def secondary_xaxis(self, location, functions=None, **options):
        """The same axis in other units, at 'top' or 'bottom': `functions` lead there and back."""
        unheard('secondary_xaxis', options)
        return self._secondary('x', self.twiny(), location, functions)

    def secondary_yaxis(self, location, functions=None, **options):
        """The same axis in other units, at 'right' or 'left': `functions` lead there and back."""
        unheard('secondary_yaxis', options)
        return self._secondary('y', self.twinx(), location, functions)

    def _secondary(self, letter, made, location, functions):
        made._settings[letter]['_other'] = functions or (lambda v: v, lambda v: v)
        if location in ('bottom', 'left'):
            made._settings[letter]['side'] = location
        self.figure._sca(self)
        return made

    def add_patch(self, patch):
        """Draws a shape of `matplotlib.patches`."""
        if hasattr(patch, '_points_at'):
            patch._points_at(self)
        else:
            self.traces.append(patch.trace)
        self.figure._sca(self)
        return patch

    add_artist = add_patch

    def add_line(self, line):
        """Draws a line of `matplotlib.lines`."""
        self.traces.append(line.trace)
        line.axes = self
        self.lines.append(line)
        return line

    add_collection = add_line

    def set_prop_cycle(self, *args, **kwargs):
        """The properties of lines in turn: a `cycler`, a name and its values, or values by names; None for the usual ones."""
        self._cycle = list(rcParams['axes.prop_cycle'] if args == (None,) else cycler(*args, **kwargs))
        self._count = 0

    def inset_axes(self, bounds, *, transform=None, projection=None, polar=False, **options):
        """Axes within these: `bounds` are left, bottom, width and height in shares of them."""
        unheard('inset_axes', {'transform to data': None if transform in (None, self.transAxes) else transform, **options})
        left, bottom, width, height = (float(part) for part in bounds)
        (x0, x1), (y0, y1) = self.domain
        made = self.figure.add_axes([x0 + left * (x1 - x0), y0 + bottom * (y1 - y0), width * (x1 - x0), height * (y1 - y0)], projection=projection, polar=polar)
        made._sheet = [{'type': 'rect', 'x0': 0, 'x1': 1, 'y0': 0, 'y1': 1, '_domain': 'xy', 'name': 'page', 'fillcolor': '#ffffff', 'line': {'width': 0}, 'layer': 'below'}]
        # They are small: few numbers, and none of them turned.
        for settings in made._settings.values():
            settings |= {'nticks': 4, 'tickangle': 0}
        # What comes next is drawn in these axes as before.
        self.figure._sca(self)
        return made

    def label_outer(self):
        """Numbers and labels only at the outer edge of a grid of axes."""
        if self.domain[1][0] > 0.001:
            self._settings['x']['showticklabels'] = False
            self._settings['x'].pop('title', None)
        if self.domain[0][0] > 0.001:
            self._settings['y']['showticklabels'] = False
            self._settings['y'].pop('title', None)

    def set_frame_on(self, b):
        """Whether the frame is drawn."""
        self.spines[:].set_visible(b)

    def set_facecolor(self, color):
        """The ground of the axes."""
        from . import colors

        self._ground = colors.color(color)

    def set_zorder(self, *args):
        """What lies over what, and how wide the margins are, the page says."""

    set_axisbelow = set_navigate = set_xmargin = set_ymargin = set_zorder

    def ticklabel_format(self, **options):
        """Numbers at the axes are written as the page writes them."""
        unheard('ticklabel_format', options)

    def set_box_aspect(self, aspect=None, **options):
        """The shape of the axes is the figure's."""
        if aspect is not None:
            unheard('set_box_aspect', {'it': aspect, **options})

    def __getattr__(self, name):
        if name.startswith('_'):
            raise AttributeError(name)
        raise AttributeError(absent(f"'{type(self).__name__}' object", name))

    def get_figure(self):
        """The figure that it is in."""
        return self.figure

    def remove(self):
        """Takes it out of its figure."""
        self.figure.axes.remove(self)
