"""A figure: its coordinate systems, and the whole as Plotly's JSON."""

import json
import math
import os

from . import rcParams
from .reading import font, unheard, written
from .symlog import axis as symlog_axis, warp
from .limits import bars_by_powers, emptiest, with_margins
from .rooms import make_margins, make_room
from .notes import bent
from .projections import axes_of
from .rulers import colorbar
from .space import Axes3D
from .spines import lines_of, side_of
from .values import finite, packed, within

_dpi = 100


class Figure:
    """What `plt.figure` makes."""

    def __init__(self, figsize=None, number=None, **_options):
        self.number = number
        self.axes = []
        self._size = tuple(rcParams['figure.figsize'] if figsize is None else map(float, figsize))
        self._title = None
        self._title_font = {}
        self._active = None
        self._texts = []

    # ------------------------------------------------------------ parts

    def _sca(self, axes):
        self._active = axes

    def _append(self, axes):
        self.axes.append(axes)
        self._active = axes
        return axes

    def gca(self, **kind):
        """The axes drawn in last, or the first of their own; of a kind (`projection='3d'`) as older Matplotlib had it."""
        return self.add_subplot(**kind) if kind else self._active or self.add_subplot()

    def add_axes(self, rect, projection=None, polar=False, **_options):
        """Axes at `rect`: left, bottom, width and height in shares of the figure."""
        unheard('add_axes', _options)
        left, bottom, width, height = (float(part) for part in rect)
        kind = axes_of('polar' if polar else projection)
        return self._append(kind(self, ((left, left + width), (bottom, bottom + height))))

    def add_subplot(self, *args, sharex=None, sharey=None, projection=None, polar=False, **_options):
        """Axes at a place of a grid: rows, columns and the place, counted from 1 row after row, as three numbers, one number 211, or a cell of a grid."""
        unheard('add_subplot', _options)
        kind = axes_of('polar' if polar else projection)
        if len(args) == 1 and isinstance(args[0], Cell):
            return self._append(kind(self, args[0].domain, sharex, sharey))
        if len(args) == 1:
            args = tuple(int(digit) for digit in str(args[0]))
        rows, columns, index = args or (1, 1, 1)
        first, last = (index if isinstance(index, tuple) else (index, index))
        if not 1 <= first <= last <= rows * columns:
            raise ValueError(f'num must be an integer with 1 <= num <= {rows * columns}, not {index!r}')
        domain = _domain(rows, columns, (first - 1) // columns, (first - 1) % columns,
                         (last - 1) // columns, (last - 1) % columns)
        for axes in self.axes:
            if axes.domain == domain and axes._twin is None and (type(axes) is kind or projection is None):
                self._active = axes
                return axes
        return self._append(kind(self, domain, sharex, sharey))

    def add_gridspec(self, nrows=1, ncols=1, width_ratios=None, height_ratios=None, **_options):
        """A grid for axes of the figure."""
        unheard('add_gridspec', {key: value for key, value in _options.items() if key not in ('hspace', 'wspace', 'left', 'right', 'top', 'bottom')})
        return GridSpec(nrows, ncols, width_ratios=width_ratios, height_ratios=height_ratios)

    def subplots(self, nrows=1, ncols=1, *, sharex=False, sharey=False, squeeze=True, gridspec_kw=None, subplot_kw=None, **_options):
        """A grid of axes."""
        unheard('subplots', _options)
        spec = gridspec_kw or {}
        kind = axes_of('polar' if (subplot_kw or {}).get('polar') else (subplot_kw or {}).get('projection'))
        made = []
        for row in range(nrows):
            made.append([])
            for column in range(ncols):
                domain = _domain(nrows, ncols, row, column, row, column,
                                 spec.get('width_ratios'), spec.get('height_ratios'))
                first = made[0][0] if made[0] else None
                along = {True: first, 'all': first, 'col': made[0][column] if row else None,
                         'row': made[row][0] if column else None}
                made[row].append(self._append(kind(self, domain, along.get(sharex), along.get(sharey))))
        self._active = made[0][0]
        grid = AxesGrid([axes for row in made for axes in row], (nrows, ncols))
        if not squeeze:
            return grid
        if nrows == ncols == 1:
            return made[0][0]
        return grid if nrows > 1 and ncols > 1 else AxesGrid(list(grid.flat), (nrows * ncols,))

    def suptitle(self, t, fontsize=None, color=None, *, size=None, fontweight=None, weight=None, x=None, y=None, ha=None, va=None, **_options):
        """What stands above all axes."""
        unheard('suptitle', _options)
        self._title = written(t)
        bold = fontweight or weight
        self._title_font = font(fontsize if size is None else size, color) | ({} if bold is None else {'weight': bold})

    def colorbar(self, mappable, cax=None, ax=None, label=None, ticks=None, orientation=None, location=None, shrink=1.0, **_options):
        """The scale of what is coloured by values, at the right of its axes or below them."""
        unheard('colorbar', _options)
        return colorbar(self, mappable, cax, ax, label, ticks, orientation, location, float(shrink))

    def legend(self, *args, **kwargs):
        """The legend of the current axes."""
        return self.gca().legend(*args, **kwargs)

    def text(self, x, y, s, ha='left', va='baseline', fontsize=None, color=None, **_options):
        """A text at shares of the figure."""
        unheard('text', _options)
        self._texts.append({'text': written(s), 'x': float(x), 'y': float(y), 'xref': 'paper', 'yref': 'paper', 'showarrow': False,
                            'xanchor': ha, 'yanchor': {'center': 'middle', 'top': 'top'}.get(va, 'bottom'), 'font': font(fontsize, color)})

    def supxlabel(self, t, **_options):
        """One label below all axes."""
        unheard('supxlabel', _options)
        self.text(0.5, -0.08, t, ha='center', va='top')

    def supylabel(self, t, **_options):
        """One label left of all axes."""
        unheard('supylabel', _options)
        self.text(-0.08, 0.5, t, ha='center', va='center')
        self._texts[-1]['textangle'] = -90

    @property
    def patch(self):
        """The ground of the figure, which is the page's."""
        return self

    def set_size_inches(self, w, h=None, **_options):
        """Sets width and height in inches."""
        unheard('set_size_inches', _options)
        self._size = tuple(w) if h is None else (w, h)

    def get_size_inches(self):
        """Width and height in inches."""
        return self._size

    def tight_layout(self, *_args, **_options):
        """The page lays figures out."""

    subplots_adjust = set_tight_layout = autofmt_xdate = set_facecolor = align_labels = align_xlabels = align_ylabels = align_titles = set_dpi = tight_layout

    @property
    def transFigure(self):
        return 'figure'

    def get_axes(self):
        """Its coordinate systems."""
        return list(self.axes)

    def set_figwidth(self, val):
        """Sets the width in inches."""
        self._size = float(val), self._size[1]

    def set_figheight(self, val):
        """Sets the height in inches."""
        self._size = self._size[0], float(val)

    def subplot_mosaic(self, mosaic, *, width_ratios=None, height_ratios=None, empty_sentinel='.', gridspec_kw=None, subplot_kw=None, per_subplot_kw=None, sharex=False, sharey=False, **options):
        """Axes named by letters or words: 'AB;CC', [['A', 'B'], ['C', 'C']]."""
        unheard('subplot_mosaic', options)
        spec = {'width_ratios': width_ratios, 'height_ratios': height_ratios} | (gridspec_kw or {})
        rows = [list(row.strip() if isinstance(row, str) else row) for row in (mosaic.strip().replace('\n', ';').split(';') if isinstance(mosaic, str) else mosaic)]
        found = {}
        grid = self.add_gridspec(len(rows), len(rows[0]), **spec)
        for name in dict.fromkeys(name for row in rows for name in row if name != empty_sentinel):
            places = [(r, c) for r, row in enumerate(rows) for c, other in enumerate(row) if other == name]
            (top, left), (bottom, right) = places[0], places[-1]
            first = next(iter(found.values()), None)
            kind = (subplot_kw or {}) | next((own for names, own in (per_subplot_kw or {}).items() if name in (names if isinstance(names, tuple) else (names,))), {})
            found[name] = self.add_subplot(grid[top:bottom + 1, left:right + 1], sharex=first if sharex else None, sharey=first if sharey else None, **kind)
        return found

    @property
    def canvas(self):
        """What a figure is drawn on: the page, by itself."""
        return _Canvas()

    def delaxes(self, ax):
        """Takes axes out of the figure."""
        self.axes.remove(ax)

    def clf(self):
        """Takes all axes and the title out of the figure."""
        self.axes.clear()
        self._active = None
        self._title = None

    clear = clf

    # ------------------------------------------------------------ out

    def _repr_plotly_(self):
        figure = self.plotly(turns=True)
        return figure | {'data': [packed(trace) for trace in figure['data']]}

    def _repr_svg_(self):
        # For readers that draw nothing in space, and pages without WebGL.
        if not any(isinstance(axes, Axes3D) for axes in self.axes):
            return None
        from .svg import draw

        return draw(self.plotly())

    def __repr__(self):
        width, height = (round(part * _dpi) for part in self._size)
        count = len(self.axes)
        return f'<Figure size {width}x{height} with {count} Axes>'

    def plotly(self, turns=False):
        """The figure as Plotly's `data` and `layout`; with `turns`, axes of space are such, and not drawn flat."""
        # Plotly's part that draws in space has no flat kinds but lines and points.
        spaces = [axes for axes in self.axes if isinstance(axes, Axes3D)]
        turns = turns and all(axes in spaces or all(trace['type'] == 'scatter' for trace in axes.traces) for axes in self.axes)
        data = []
        width, height = (float(part) * _dpi for part in self._size)
        titled = any(axes._title for axes in self.axes)
        # Numbers at the right need room.
        beside = any(axes._twin is not None and axes._twin_of == 'x' for axes in self.axes)
        layout = {'width': width, 'height': height, 'margin': {'l': 60, 'r': 70 if beside else 20, 'b': 50,
                  't': 60 if self._title else 40 if titled else 20}, 'shapes': [], 'annotations': [],
                  'showlegend': False, 'barmode': 'overlay', 'bargap': 0}
        make_margins(self.axes, layout['margin'])
        if spaces and not turns:
            layout['meta'] = {'drawn': 'flat'}
        if self._title:
            layout['title'] = {'text': self._title, 'x': 0.5, **({'font': self._title_font} if self._title_font else {})}
        names = {}
        for number, axes in enumerate(self.axes, 1):
            names[axes] = '' if number == 1 else str(number)
        domains = [axes.domain for axes in self.axes]
        plane = width - layout['margin']['l'] - layout['margin']['r'], height - layout['margin']['t'] - layout['margin']['b']
        for axes in self.axes:
            for table in axes._tables:
                left, below, above = table.room()
                (x0, x1), (y0, y1) = axes.domain
                axes.domain = (x0 + min(left / plane[0], 0.4 * (x1 - x0)), x1), (y0 + min(below / plane[1], 0.6 * (y1 - y0)), y1 - min(above / plane[1], 0.6 * (y1 - y0)))
        make_room(self.axes, plane[1])
        try:
            for axes in self.axes:
                if turns and isinstance(axes, Axes3D):
                    self._draw_space(axes, names[axes], data, layout)
                else:
                    self._draw(axes, names, data, layout)
        finally:
            for axes, domain in zip(self.axes, domains):
                axes.domain = domain
        layout['annotations'] += self._texts
        return {'data': data, 'layout': layout}

    def _draw(self, axes, names, data, layout):
        own = names[axes]
        twin = axes._twin
        x_name = names[twin] if twin is not None and axes._twin_of == 'x' else own
        y_name = names[twin] if twin is not None and axes._twin_of == 'y' else own
        if axes._ground is not None:
            across, up = axes.domain
            layout['shapes'].insert(0, {'type': 'rect', 'xref': 'paper', 'yref': 'paper', 'x0': across[0], 'x1': across[1], 'y0': up[0], 'y1': up[1],
                                        'fillcolor': axes._ground, 'line': {'width': 0}, 'layer': 'below'})
        traces, notes, shapes = axes._prepare()
        warped = [(letter, axes._settings[letter]['_scale']) for letter in 'xy' if '_scale' in axes._settings[letter]]
        for trace in traces:
            drawn = {key: value for key, value in trace.items() if not key.startswith('_')}
            for letter, ruler in warped:
                drawn = warp(drawn, letter, ruler)
            if trace['type'] != 'pie':
                drawn |= {'xaxis': f'x{x_name}', 'yaxis': f'y{y_name}'}
            if axes._legend is not None and trace.get('_label'):
                drawn |= {'showlegend': True, 'legend': f'legend{own}'}
            data.append(drawn)
        if not any(trace['type'] != 'pie' for trace in axes.traces):
            # Plotly draws no axes without a trace on them.
            if not axes.traces:
                data.append({'type': 'scatter', 'x': [None], 'y': [None], 'xaxis': f'x{x_name}', 'yaxis': f'y{y_name}',
                             'showlegend': False})
        for letter in 'xy':
            if letter == axes._twin_of and twin is not None:
                continue
            layout[f'{letter}axis{own}'] = self._axis(axes, letter, names, twin)
        for table in axes._tables:
            lines, words = table.drawn(*self._pixels(axes, layout))
            shapes, notes = [*shapes, *lines], [*notes, *words]
        for shape in [*axes._sheet, *shapes, *axes.shapes, *lines_of(axes)]:
            drawn = {key: value for key, value in shape.items() if not key.startswith('_')}
            for letter, ruler in warped:
                if letter not in (shape['_domain'] or ''):
                    drawn |= {end: ruler.place(drawn[end]) for end in (f'{letter}0', f'{letter}1')}
            for letter, name in (('x', x_name), ('y', y_name)):
                drawn[f'{letter}ref'] = f'{letter}{name}' + (' domain' if letter in (shape['_domain'] or '') else '')
            layout['shapes'].append(drawn)
        for note in self._bent([*notes, *axes.annotations], axes, x_name, y_name, data, layout):
            drawn = {key: value for key, value in note.items() if not key.startswith('_')}
            suffix = ' domain' if note.get('_domain') else ''
            drawn |= {'xref': f'x{x_name}{suffix}', 'yref': f'y{y_name}{suffix}'}
            for letter, name in (('x', x_name), ('y', y_name)):
                ruler = axes._settings[letter].get('_scale')
                ends = (letter, *([f'a{letter}'] if note.get('_arrow') else []))
                if ruler is not None and not suffix:
                    drawn |= {end: ruler.place(drawn[end]) for end in ends}
                # On an axis of logarithms Plotly places notes by their exponents.
                if axes._settings[letter].get('type') == 'log' and not suffix:
                    drawn |= {end: _exponent(drawn[end]) for end in ends}
                if note.get('_arrow'):
                    drawn[f'a{letter}ref'] = f'{letter}{name}'
            layout['annotations'].append(drawn)
        self._title_of(axes, layout)
        if axes._legend is not None:
            self._legend(axes, own, layout)

    @staticmethod
    def _pixels(axes, layout):
        """How wide and tall axes are drawn."""
        margin = layout['margin']
        sides = layout['width'] - margin['l'] - margin['r'], layout['height'] - margin['t'] - margin['b']
        return tuple(side * (high - low) for side, (low, high) in zip(sides, axes.domain))

    @staticmethod
    def _bent(notes, axes, x_name, y_name, data, layout):
        """Notes; of arrows that are bent the line is drawn, and their head and text are notes of their own."""
        units, reach = [], {}
        for letter, side, domain in (('x', layout['width'] - layout['margin']['l'] - layout['margin']['r'], axes.domain[0]),
                                     ('y', layout['height'] - layout['margin']['t'] - layout['margin']['b'], axes.domain[1])):
            low, high = reach[letter] = axes._settings[letter].get('range') or with_margins(axes, letter) or axes._limits_now(letter)
            units.append(side * (domain[1] - domain[0]) / ((high - low) or 1))
        straight = any(axes._settings[letter].get('type') for letter in 'xy')
        for note in notes:
            if note.get('_shares'):
                # Where the text stands was said as a share of the axes.
                note = {**note, **{f'a{letter}': _between(*reach[letter], note[f'a{letter}'], axes._settings[letter].get('type') == 'log') for letter in 'xy'}}
            if straight or not note.get('_bend') or 'ax' not in note:
                yield note
                continue
            points, parts = bent(note, *units)
            data.append({'type': 'scatter', 'mode': 'lines', 'x': [x for x, _ in points], 'y': [y for _, y in points], 'hoverinfo': 'skip', 'showlegend': False,
                         'line': {'color': note['arrowcolor'], 'width': note['arrowwidth']}, 'xaxis': f'x{x_name}', 'yaxis': f'y{y_name}'})
            yield from parts

    def _draw_space(self, axes, own, data, layout):
        traces, scene = axes._spatial()
        for trace in traces:
            drawn = {key: value for key, value in trace.items() if not key.startswith('_')}
            drawn['scene'] = f'scene{own}'
            if axes._legend is not None and trace.get('_label'):
                drawn |= {'showlegend': True, 'legend': f'legend{own}'}
            data.append(drawn)
        if not traces:
            data.append({'type': 'scatter3d', 'x': [None], 'y': [None], 'z': [None], 'scene': f'scene{own}', 'showlegend': False})
        # Nothing stands around a box in space: it may reach into the room between plots.
        beside = any(trace.get('marker', {}).get('showscale') or trace.get('showscale') for trace in traces)
        across, up = ((max(0.0, low - 0.05), min(1.0, high + (0 if beside and k == 0 else 0.05))) for k, (low, high) in enumerate(axes.domain))
        layout[f'scene{own}'] = {**scene, 'domain': {'x': list(across), 'y': list(up)}}
        self._title_of(axes, layout)
        if axes._legend is not None:
            self._legend(axes, own, layout)

    @staticmethod
    def _title_of(axes, layout):
        above = [other for other in axes.figure.axes if other._twin is axes and other._twin_of == 'y' and other._settings['x'].get('side') == 'top']
        if axes._title:
            layout['annotations'].append({
                'text': axes._title, 'x': sum(axes.domain[0]) / 2, 'y': axes.domain[1][1], 'xref': 'paper',
                'yref': 'paper', 'xanchor': 'center', 'yanchor': 'bottom', 'showarrow': False, 'font': {'size': 15} | axes._title_font,
                'yshift': 4 + (18 if above or axes._settings['x'].get('side') == 'top' else 0) + (30 if any('title' in other._settings['x'] for other in above) else 0)} | _beside(axes))

    @staticmethod
    def _legend(axes, own, layout):
        legend = axes._legend
        across, up = legend.place or (emptiest(axes) if legend.anchor is None else (1, 1))
        (left, right), (low, high) = axes.domain
        inside = (0.02 + 0.96 * across, 0.02 + 0.96 * up)
        x, y = inside if legend.anchor is None else legend.anchor[:2]
        if legend.anchor is not None and len(legend.anchor) == 4:
            x, y = x + across * legend.anchor[2], y + up * legend.anchor[3]
        layout['showlegend'] = True
        entries = sum(1 for trace in axes.traces if trace.get('_label'))
        across_all = legend.columns >= max(2, entries)
        size = {'xx-small': 6, 'x-small': 7, 'small': 8.3, 'medium': 10, 'large': 12, 'x-large': 14, 'xx-large': 17}.get(legend.fontsize, legend.fontsize)
        look = font(size, None)
        layout[f'legend{own}'] = {
            'x': left + (right - left) * x, 'y': low + (high - low) * y,
            **({'orientation': 'h'} if across_all else {}),
            'xanchor': ('left', 'center', 'right')[round(2 * min(1, max(0, across)))],
            'yanchor': ('bottom', 'middle', 'top')[round(2 * min(1, max(0, up)))], 'borderwidth': 1 if legend.framed else 0,
            **({'font': look} if look else {}),
            **({'title': {'text': written(legend.title), 'side': 'top center' if across_all else 'top'}} if legend.title else {})}

    @staticmethod
    def _axis(axes, letter, names, twin):
        settings = {key: value for key, value in axes._settings[letter].items() if not key.startswith('_')}
        if 'range' not in settings and settings.get('type') in (None, 'log'):
            limits = with_margins(axes, letter)
            limits = limits or (bars_by_powers(axes, letter) if settings.get('type') == 'log' else None)
            settings |= {} if limits is None else {'range': limits}
        made = {'showgrid': False, 'zeroline': False, 'showline': True, 'mirror': True, 'ticks': 'outside',
                'exponentformat': 'power', 'minexponent': 6,
                'domain': list(axes.domain['xy'.index(letter)]), 'anchor': f'{"y" if letter == "x" else "x"}{names[axes]}',
                **settings, **side_of(axes, letter)}
        # Round numbers of its own, not those beside the other's.
        made |= {'tickmode': 'auto'} if twin is not None and 'tickmode' not in made else {}
        made |= {'ticklabeloverflow': 'allow'} if made.get('tickangle') else {}
        if letter == 'y' and twin is not None:
            made |= {'overlaying': f'y{names[twin]}', 'side': settings.get('side', 'right'), 'anchor': f'x{names[twin]}'}
        if letter == 'x' and twin is not None:
            made |= {'overlaying': f'x{names[twin]}', 'side': settings.get('side', 'top'), 'anchor': f'y{names[twin]}'}
        other = axes._settings[letter].get('_other')
        if other is not None and twin is not None:
            made |= _in_other_units(twin, letter, names, *other)
        write = axes._settings[letter].get('_format')
        if write is not None and 'ticktext' not in made:
            places = made.get('tickvals') or _round_numbers(*axes._limits_now(letter), made.get('dtick'))
            made |= {'tickmode': 'array', 'tickvals': places, 'ticktext': [str(write(v, k)) for k, v in enumerate(places)]}
        ruler = axes._settings[letter].get('_scale')
        if ruler is not None:
            made = symlog_axis(made, settings.get('range') or _symlog_limits(axes, letter, ruler), ruler)
        if made.get('side') == 'top' and made['showline']:
            made['mirror'] = True
        made |= _marks_of_base(axes, letter, made)
        if 'range' in made and made.get('type') == 'log':
            made['range'] = [_exponent(end) for end in made['range']]
        shared = axes._shared[letter]
        if shared is not None and shared in names and twin is None:
            made['matches'] = f'{letter}{names[shared]}'
        leads = any(other._shared[letter] is axes and other._twin is None for other in axes.figure.axes)
        if (leads or 'matches' in made) and twin is None:
            # Of a shared grid only the axes at the edge tell their numbers.
            inner = axes.domain[1][0] > 0.001 if letter == 'x' else axes.domain[0][0] > 0.001
            if inner and 'showticklabels' not in settings:
                made['showticklabels'] = False
        ratio = axes._settings[letter].get('_equal')
        # An axis that follows another one's limits cannot hold on to a third one: then its partner does.
        follows = axes._shared['y'] is not None and axes._shared['x'] is None and twin is None
        if letter == 'y' and ratio:
            made |= {'constrain': 'domain'} if follows else {'scaleanchor': f'x{names[axes]}', 'scaleratio': ratio, 'constrain': 'domain'}
        upright = axes._settings['y'].get('_equal')
        if letter == 'x' and upright:
            made['constrain'] = 'domain'
            if follows:
                made |= {'scaleanchor': f'y{names[axes]}', 'scaleratio': 1 / upright}
        return made

    def savefig(self, fname, *, format=None, dpi='figure', **_options):
        """
        Writes the figure: .svg a drawing, .png, .jpg and .pdf a picture of it at `dpi`, .json Plotly's own form, .html a
        page with the drawing in it.
        """
        unheard('savefig', _options)
        path = os.fspath(fname) if not hasattr(fname, 'write') else None
        chosen = (format or (os.path.splitext(path)[1][1:] if path else '') or 'png').lower()
        if path and not os.path.splitext(path)[1] and format is None:
            path += '.png'
        if chosen == 'json':
            from eigenscope.show import plain

            content = json.dumps(self.plotly(turns=True), default=plain).encode()
        elif chosen in ('svg', 'html', 'png', 'jpg', 'jpeg', 'pdf'):
            from .svg import draw

            text = draw(self.plotly())
            if chosen == 'svg':
                content = text.encode()
            elif chosen == 'html':
                content = f'<!doctype html>\n<meta charset="utf-8">\n<title>Figure</title>\n{text}\n'.encode()
            else:
                from .pictures import picture

                content = picture(text, chosen, None if dpi == 'figure' else float(dpi), self._size)
        else:
            raise ValueError(f"Format '{chosen}' is not supported (supported formats: html, jpeg, jpg, json, pdf, png, svg)")
        if path is None:
            try:
                fname.write(content)
            except TypeError:
                fname.write(content.decode('utf-8'))
            return
        with open(path, 'wb') as file:
            file.write(content)

    def show(self, **_options):
        """Shows the figure below the cell."""
        unheard('show', _options)
        from eigenscope.show import display

        display(self)


class _Canvas:
    def draw(self):
        """Figures are drawn when they are shown."""

    draw_idle = flush_events = draw


class AxesGrid:
    """The axes that `subplots` makes, as an array of them."""

    def __init__(self, axes, shape):
        self._axes = list(axes)
        self.shape = tuple(shape)
        self.size = len(self._axes)
        self.ndim = len(self.shape)

    def ravel(self, *_args):
        return AxesGrid(self._axes, (self.size,))

    flatten = ravel
    flat = property(ravel)

    def reshape(self, *shape):
        """The same axes in other rows; -1 stands for what is left."""
        wanted = list(shape[0] if isinstance(shape[0], (tuple, list)) else shape)
        if -1 in wanted:
            wanted[wanted.index(-1)] = self.size // abs(math.prod(wanted))
        return AxesGrid(self._axes, wanted)

    def tolist(self):
        return self._axes if self.ndim == 1 else [list(row) for row in self]

    @property
    def T(self):
        if self.ndim == 1:
            return self
        rows, columns = self.shape
        return AxesGrid([self[row, column] for column in range(columns) for row in range(rows)], (columns, rows))

    def __len__(self):
        return self.shape[0]

    def __iter__(self):
        return (self[at] for at in range(len(self)))

    def __getitem__(self, index):
        if self.ndim == 1:
            found = self._axes[index[0] if isinstance(index, tuple) else index]
            return AxesGrid(found, (len(found),)) if isinstance(found, list) else found
        rows, columns = self.shape
        row, column = index if isinstance(index, tuple) else (index, slice(None))
        picked_rows = range(rows)[row]
        picked_columns = range(columns)[column]
        if isinstance(picked_rows, int) and isinstance(picked_columns, int):
            return self._axes[picked_rows * columns + picked_columns]
        down = [picked_rows] if isinstance(picked_rows, int) else picked_rows
        along = [picked_columns] if isinstance(picked_columns, int) else picked_columns
        found = [self._axes[r * columns + c] for r in down for c in along]
        flat = isinstance(picked_rows, int) or isinstance(picked_columns, int)
        return AxesGrid(found, (len(found),) if flat else (len(down), len(along)))


class GridSpec:
    """Places of a grid, for axes that span several of them."""

    def __init__(self, nrows, ncols, figure=None, width_ratios=None, height_ratios=None, **_options):
        self._shape = nrows, ncols
        self._ratios = width_ratios, height_ratios

    def __getitem__(self, index):
        rows, columns = self._shape
        row, column = index if isinstance(index, tuple) else divmod(index, columns)
        down = range(rows)[row if isinstance(row, slice) else slice(row, row + 1 or None)]
        along = range(columns)[column if isinstance(column, slice) else slice(column, column + 1 or None)]
        return Cell(_domain(rows, columns, down[0], along[0], down[-1], along[-1], *self._ratios))


class Cell:
    def __init__(self, domain):
        self.domain = domain


def _beside(axes):
    """Where a title stands that is not in the middle."""
    left, right = axes.domain[0]
    return {} if axes._title_side == 'center' else {'x': left if axes._title_side == 'left' else right, 'xanchor': axes._title_side}


def _in_other_units(base, letter, names, there, back):
    """Round numbers of other units at their places of an axis."""
    low, high = base._shown(letter)
    ends = [float(there(low)), float(there(high))]
    marks = [value for value in _round_numbers(*ends) if math.isfinite(value)]
    made = {'matches': f'{letter}{names[base]}', 'range': [low, high], 'tickmode': 'array', 'tickvals': [float(back(value)) for value in marks],
            'ticktext': [f'{value:g}'.replace('-', '−') for value in marks]}  # fmt: skip
    return made | ({'type': 'log'} if base._settings[letter].get('type') == 'log' else {})


def _marks_of_base(axes, letter, made):
    """Ticks at powers of another base than ten."""
    base = axes._settings[letter].get('_base')
    if base is None or 'tickvals' in made or made.get('type') != 'log':
        return {}
    low, high = (math.log(end, base) for end in (made.get('range') or axes._limits_now(letter)) if end > 0)
    step = max(1, math.ceil((high - low) / 8))
    powers = [k for k in range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1) if k % step == 0]
    return {'tickmode': 'array', 'tickvals': [base**k for k in powers], 'ticktext': [f'{base:g}<sup>{k}</sup>'.replace('-', '−') for k in powers]}


def _round_numbers(low, high, step=None):
    """Places of ticks between two numbers."""
    low, high = sorted((float(low), float(high)))
    if step is None:
        rough = (high - low) / 6 or 1.0
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(nice * power for nice in (1, 2, 5, 10) if nice * power >= rough)
    return [k * step for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]


def _domain(rows, columns, top, left, bottom, right, width_ratios=None, height_ratios=None):
    """The rectangle of cells from (top, left) to (bottom, right), with room for labels between cells."""
    across = _parts(columns, width_ratios, 0.22)
    down = _parts(rows, height_ratios, 0.34)
    return (across[left][0], across[right][1]), (1 - down[bottom][1], 1 - down[top][0])


def _parts(count, ratios, gap):
    """Where each of `count` cells begins and ends, as shares of the whole."""
    sizes = [float(ratio) for ratio in ratios] if ratios is not None else [1.0] * count
    between = gap * sum(sizes) / count
    whole = sum(sizes) + between * (count - 1)
    places = []
    at = 0.0
    for size in sizes:
        places.append((round(at / whole, 6), round((at + size) / whole, 6)))
        at += size + between
    return places


def _between(low, high, share, by_powers):
    """What lies at a share of the way between two limits."""
    if by_powers and low > 0:
        return low * (high / low) ** share
    return low + share * (high - low)


def _exponent(value):
    return math.log10(value) if isinstance(value, (int, float)) and value > 0 else value


def _symlog_limits(axes, letter, ruler):
    """A twentieth more at both ends, as the scale sees it."""
    values = [v for trace in axes.traces for v in finite(within(trace.get(letter) or ()))]
    values += [0] if any(trace['type'] == 'bar' for trace in axes.traces) else []
    low, high = ruler.place(min(values, default=-1)), ruler.place(max(values, default=1))
    margin = 0.05 * (high - low) or 0.05
    return [ruler.value(low - margin), ruler.value(high + margin)]
