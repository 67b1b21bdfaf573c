"""Titles, limits, ticks, scales and legends."""

from . import colors
from .artists import Legend, Text
from .reading import font, Options, px, scale, unheard, written
from .symlog import Symlog
from .values import finite, flat, plain, reached, within

_places = {
    'upper right': (1, 1), 'upper left': (0, 1), 'lower left': (0, 0), 'lower right': (1, 0),
    'right': (1, 0.5), 'center left': (0, 0.5), 'center right': (1, 0.5), 'lower center': (0.5, 0),
    'upper center': (0.5, 1), 'center': (0.5, 0.5), 'best': None,
}  # fmt: skip
_title_look = ('fontsize', 'size', 'fontweight', 'weight', 'pad', 'y', 'va', 'verticalalignment', 'ha', 'style')
_ticks_look = ('rotation', 'fontsize', 'size', 'color', 'ha', 'va', 'horizontalalignment', 'verticalalignment', 'rotation_mode')
_place_numbers = ('best', 'upper right', 'upper left', 'lower left', 'lower right', 'right', 'center left',
                  'center right', 'lower center', 'upper center', 'center')  # fmt: skip


class Scales:
    """What says how the axes are read."""

    def set_title(self, label, fontdict=None, loc='center', *, color=None, **options):
        """What stands above the axes: `loc` is 'left', 'center' or 'right'."""
        take = Options({**(fontdict or {}), **options})
        unheard('set_title', {key: value for key, value in options.items() if key not in _title_look})
        if loc not in ('left', 'center', 'right'):
            raise ValueError(f"{loc!r} is not a valid value for loc; supported values are 'left', 'center', 'right'")
        self._title = written(label)
        self._title_side = loc
        size = take('fontsize', 'size')
        # A little larger than in print, as the usual one is.
        self._title_font = font(float(size) * 0.94 if isinstance(size, (int, float)) else {'small': 9, 'large': 12.5, 'x-large': 15}.get(size), color or take('color'))
        if take('fontweight', 'weight') is not None:
            self._title_font['weight'] = take('fontweight', 'weight')
        return Text({'text': self._title})

    def get_title(self):
        """The title, as text."""
        return self._title

    def set_xlabel(self, xlabel, fontsize=None, color=None, **_options):
        """Writes below the axes what lies from left to right."""
        unheard('set_xlabel', _options)
        self._settings['x']['title'] = {'text': written(xlabel), 'font': font(fontsize, color)}

    def set_ylabel(self, ylabel, fontsize=None, color=None, **_options):
        """Writes beside the axes what lies upwards."""
        unheard('set_ylabel', _options)
        self._settings['y']['title'] = {'text': written(ylabel), 'font': font(fontsize, color)}

    def get_xlabel(self):
        """What `set_xlabel` wrote, as text."""
        return self._settings['x'].get('title', {}).get('text', '')

    def get_ylabel(self):
        """What `set_ylabel` wrote, as text."""
        return self._settings['y'].get('title', {}).get('text', '')

    def set_xlim(self, left=None, right=None, **kwargs):
        """Sets where the axes begin and end from left to right, and returns both; a pair may be given as one."""
        return self._limits('x', left, right, kwargs.get('xmin'), kwargs.get('xmax'))

    def set_ylim(self, bottom=None, top=None, **kwargs):
        """Sets where the axes begin and end upwards, and returns both; a pair may be given as one."""
        return self._limits('y', bottom, top, kwargs.get('ymin'), kwargs.get('ymax'))

    def _limits(self, letter, low, high, other_low, other_high):
        if high is None and low is not None and hasattr(low, '__len__'):
            low, high = low
        low = other_low if low is None else low
        high = other_high if high is None else high
        now = self._limits_now(letter)
        pair = [plain(now[0] if low is None else low), plain(now[1] if high is None else high)]
        self._settings[letter]['range'] = pair
        return tuple(pair)

    def get_xlim(self):
        """Where the axes begin and end from left to right."""
        return tuple(self._limits_now('x'))

    def get_ylim(self):
        """Where the axes begin and end upwards."""
        return tuple(self._limits_now('y'))

    def _limits_now(self, letter):
        if 'range' in self._settings[letter]:
            return self._settings[letter]['range']
        names = {v for trace in self.traces for v in within(trace.get(letter) or ()) if isinstance(v, str)}
        if names:
            return [-0.5, len(names) - 0.5]
        values = []
        for trace in self.traces:
            values += finite(reached(trace, letter))
            if trace['type'] == 'bar' and (letter == 'y') == (trace.get('orientation', 'v') == 'v'):
                values += [0, *(base + length for base, length in zip(trace.get('base') or (), trace[letter]) if None not in (base, length))]
        if not values:
            return [0.0, 1.0]
        low, high = min(values), max(values)
        margin = (high - low or 1) * 0.05
        return [low - margin, high + margin]

    def set_xscale(self, value, **_options):
        """Sets the scale from left to right: 'linear', 'log', …"""
        self._scale('x', value, _options)

    def set_yscale(self, value, **_options):
        """Sets the scale upwards: 'linear', 'log', …"""
        self._scale('y', value, _options)

    def _scale(self, letter, value, options):
        settings = self._settings[letter]
        if value == 'symlog':
            settings |= {'type': 'symlog', '_scale': Symlog(**{key: options[key] for key in ('base', 'linthresh', 'linscale', 'subs') if key in options})}
            return
        settings.pop('_scale', None)
        settings.pop('_base', None)
        base = options.get('base')
        if value == 'log' and base not in (None, 10):
            settings['_base'] = float(base)
        unheard(f'set_{letter}scale', {key: given for key, given in options.items() if key not in ('base', 'nonpositive', 'subs')})
        settings['type'] = scale(value)

    def set_xticks(self, ticks, labels=None, **look):
        """Where ticks stand, what stands at them, and how that is written."""
        self._ticks('x', ticks, labels)
        self._tick_look('x', 'set_xticks', look)

    def set_yticks(self, ticks, labels=None, **look):
        """Where ticks stand, what stands at them, and how that is written."""
        self._ticks('y', ticks, labels)
        self._tick_look('y', 'set_yticks', look)

    def set_xticklabels(self, labels, **look):
        """What stands at the ticks, and how it is written."""
        settings = self._settings['x']
        settings |= {'tickmode': 'array', 'ticktext': [written(label) for label in labels]}
        settings.setdefault('tickvals', list(range(len(labels))))
        self._tick_look('x', 'set_xticklabels', look)

    def set_yticklabels(self, labels, **look):
        """What stands at the ticks, and how it is written."""
        settings = self._settings['y']
        settings |= {'tickmode': 'array', 'ticktext': [written(label) for label in labels]}
        settings.setdefault('tickvals', list(range(len(labels))))
        self._tick_look('y', 'set_yticklabels', look)

    def _tick_look(self, letter, name, look):
        """The angle, size and colour of what stands at ticks; its ends are the page's to put at them."""
        take = Options(look)
        unheard(name, {key: value for key, value in look.items() if key not in _ticks_look})
        settings = self._settings[letter]
        rotation, size, color = take('rotation'), take('fontsize', 'size'), take('color')
        if rotation:
            settings['tickangle'] = -90 if rotation == 'vertical' else -float(rotation)
        if size is not None or color is not None:
            settings['tickfont'] = settings.get('tickfont', {}) | font(size, color)

    def _ticks(self, letter, ticks, labels=None):
        self._settings[letter] |= {'tickmode': 'array', 'tickvals': flat(ticks)}
        if labels is not None:
            self._settings[letter]['ticktext'] = [written(label) for label in flat(labels)]

    def tick_params(self, axis='both', labelbottom=None, labelleft=None, labelrotation=None, labelcolor=None, labelsize=None, colors=None, rotation=None, direction=None, length=None,
                    width=None, color=None, bottom=None, left=None, top=None, right=None, which='major', **_options):  # fmt: skip
        """How ticks look, what stands at them, and at which sides they are."""
        unheard('tick_params', {**_options, 'top': top or None, 'right': right or None})
        marks = {'ticks': {None: None, 'in': 'inside', 'out': 'outside', 'inout': 'outside'}[direction], 'ticklen': None if length is None else float(length) * px,
                 'tickwidth': None if width is None else float(width) * px}  # fmt: skip
        for letter in ('xy' if axis == 'both' else axis) if which != 'minor' else '':
            self._settings[letter] |= {key: value for key, value in marks.items() if value is not None}
            shown = bottom if letter == 'x' else left
            if shown is not None:
                self._settings[letter]['ticks'] = 'outside' if shown else ''
        labelrotation = rotation if labelrotation is None else labelrotation
        look = font(labelsize, labelcolor or colors)
        if look:
            for letter in 'xy' if axis == 'both' else axis:
                self._settings[letter]['tickfont'] = self._settings[letter].get('tickfont', {}) | look
        if labelbottom is not None:
            self._settings['x']['showticklabels'] = bool(labelbottom)
        if labelleft is not None:
            self._settings['y']['showticklabels'] = bool(labelleft)
        if labelrotation is not None:
            for letter in 'xy' if axis == 'both' else axis:
                self._settings[letter]['tickangle'] = -float(labelrotation)

    def grid(self, visible=None, which='major', axis='both', *, color=None, c=None, alpha=None, linestyle=None, ls=None, linewidth=None, lw=None, **_options):
        """Lines at the ticks: `which` is 'major', 'minor' or 'both'."""
        unheard('grid', _options)
        css = colors.color(color or c or ('#b0b0b0' if alpha is not None else None), alpha)
        dash, width = linestyle or ls, linewidth if linewidth is not None else lw
        look = {key: value for key, value in (('gridcolor', css), ('griddash', colors.dashes.get(dash, 'solid') if dash else None), ('gridwidth', width and float(width) * px)) if value}
        for letter in 'xy' if axis == 'both' else axis:
            if which in ('major', 'both'):
                before = self._settings[letter].get('showgrid', False)
                shown = not before if visible is None and before and not look else visible is not False
                self._settings[letter] |= {'showgrid': shown, **look}
            if which in ('minor', 'both') and 'minor' in self._settings[letter]:
                self._settings[letter]['minor'] |= {'showgrid': visible is not False, **look}

    def invert_yaxis(self):
        """Turns the axis upside down."""
        self._settings['y']['range'] = self._limits_now('y')[::-1]

    def invert_xaxis(self):
        """Lets the axis run from right to left."""
        self._settings['x']['range'] = self._limits_now('x')[::-1]

    def set_aspect(self, aspect, **_options):
        """How long a unit upwards is beside one from left to right: 'auto', 'equal' or a number."""
        unheard('set_aspect', _options)
        if aspect == 'auto':
            self._settings['y'].pop('_equal', None)
        else:
            self._settings['y']['_equal'] = 1 if aspect == 'equal' else float(aspect)

    def axis(self, arg=None, **limits):
        """Switches the axes 'on' or 'off', makes units 'equal', or sets the limits (xmin, xmax, ymin, ymax), which it returns."""
        if isinstance(arg, str):
            if arg == 'off':
                self.set_axis_off()
            elif arg == 'on':
                self._settings['x']['visible'] = self._settings['y']['visible'] = True
            elif arg in ('equal', 'scaled', 'image', 'square'):
                self.set_aspect('equal')
        elif arg is not None:
            self.set_xlim(arg[0], arg[1])
            self.set_ylim(arg[2], arg[3])
        if limits:
            self.set_xlim(limits.get('xmin'), limits.get('xmax'))
            self.set_ylim(limits.get('ymin'), limits.get('ymax'))
        return (*self.get_xlim(), *self.get_ylim())

    def set_axis_off(self):
        """Draws neither lines, ticks nor labels of the axes."""
        self._settings['x']['visible'] = self._settings['y']['visible'] = False

    def locator_params(self, axis='both', nbins=None, **_options):
        """About how many ticks."""
        unheard('locator_params', _options)
        for letter in 'xy' if axis == 'both' else axis:
            if nbins is not None:
                self._settings[letter]['nticks'] = int(nbins) + 1

    def minorticks_on(self):
        """Small ticks between the others."""
        for letter in 'xy':
            self._settings[letter]['minor'] = {'ticks': 'outside', 'ticklen': 3}

    def minorticks_off(self):
        """No small ticks."""
        for letter in 'xy':
            self._settings[letter].pop('minor', None)

    def margins(self, *_args, **_options):
        """Margins are the page's."""

    def autoscale(self, *_args, **_options):
        """Forgets the limits that were set: the data give them."""
        for letter in 'xy':
            self._settings[letter].pop('range', None)

    relim = autoscale_view = margins

    def set(self, **settings):
        """Sets several properties at once: `set(xlabel=…)` calls `set_xlabel`."""
        for name, value in settings.items():
            getattr(self, f'set_{name}')(value)

    def legend(self, *args, loc='best', title=None, bbox_to_anchor=None, ncol=None, ncols=None, frameon=True, fontsize=None, **kwargs):
        """Shows what the lines mean: those with labels, or the handles and labels that are given."""
        if len(args) == 2:
            handles, labels = args
        else:
            handles, labels = kwargs.get('handles'), args[0] if args else kwargs.get('labels')
        if labels is not None and handles is None:
            targets = [trace for trace in self.traces if trace.get('hoverinfo') != 'skip' and trace['type'] != 'heatmap']
        elif handles is not None:
            targets = [getattr(handle, 'trace', handle) for handle in handles]
            for trace in self.traces:
                trace['_label'] = False
            labels = labels if labels is not None else [trace['name'] for trace in targets]
        else:
            targets, labels = (), ()
        for at, trace in enumerate(targets):
            if not any(trace is other for other in self.traces):
                # An entry for a shape that is nowhere drawn, or for a line of other axes, which stays there.
                targets[at] = {**trace, 'x': [None], 'y': [None]}
                self.traces.append(targets[at])
        for trace, label in zip(targets, labels):
            trace |= {"name": written(label), "_label": True}
        place = _place_numbers[loc] if isinstance(loc, int) else loc
        anchor = None if bbox_to_anchor is None else tuple(float(v) for v in bbox_to_anchor)
        self._legend = Legend(_places.get(place) if isinstance(place, str) else tuple(place), title, anchor, ncols or ncol or 1, frameon, fontsize)
        return self._legend

    def get_legend(self):
        """The legend, or None."""
        return self._legend

    def get_legend_handles_labels(self):
        """What stands in the legend: handles and labels."""
        kept = [trace for trace in self.traces if trace.get('_label')]
        return kept, [trace['name'] for trace in kept]
