"""Lines across, spans, text and arrows with text."""

from . import colors
from .artists import Text
from .reading import font, Options, px, unheard, written
from .values import plain


class Notes:
    """What is written into the axes."""

    def axhline(self, y=0, xmin=0, xmax=1, **kwargs):
        """A level line across the axes at `y`, from `xmin` to `xmax` in shares of their width."""
        return self._across('y', y, xmin, xmax, kwargs)

    def axvline(self, x=0, ymin=0, ymax=1, **kwargs):
        """An upright line across the axes at `x`, from `ymin` to `ymax` in shares of their height."""
        return self._across('x', x, ymin, ymax, kwargs)

    def _across(self, letter, at, start, stop, kwargs):
        take = Options(kwargs)
        other = 'x' if letter == 'y' else 'y'
        width = take('linewidth', 'lw')
        css = colors.color(take('color', 'c') or 'C0', take('alpha'))
        line = {'color': css, 'width': float(1.5 if width is None else width) * px,
                'dash': colors.dashes.get(take('linestyle', 'ls') or '-', 'solid')}
        at = plain(at)
        made = {'type': 'line', f'{letter}0': at, f'{letter}1': at, f'{other}0': start, f'{other}1': stop,
                '_domain': other, 'line': line}
        self.shapes.append(made)
        label = take('label')
        if label is not None:
            # A shape has no entry in the legend; an empty line has.
            self._add({'type': 'scatter', 'mode': 'lines', 'x': [None], 'y': [None], 'line': line}, label)
        self._reach(letter, at)
        self.figure._sca(self)
        return made

    def _reach(self, letter, at):
        """An invisible point, so that the axis reaches a line across."""
        if isinstance(at, (int, float)):
            point = {'x': [at], 'y': [None]} if letter == 'x' else {'x': [None], 'y': [at]}
            self.traces.append({'type': 'scatter', 'mode': 'markers', 'showlegend': False, 'hoverinfo': 'skip', **point})

    def axhspan(self, ymin, ymax, xmin=0, xmax=1, **kwargs):
        """A level band across the axes from `ymin` to `ymax`."""
        return self._span('y', ymin, ymax, xmin, xmax, kwargs)

    def axvspan(self, xmin, xmax, ymin=0, ymax=1, **kwargs):
        """An upright band across the axes from `xmin` to `xmax`."""
        return self._span('x', xmin, xmax, ymin, ymax, kwargs)

    def _span(self, letter, low, high, start, stop, kwargs):
        take = Options(kwargs)
        other = 'x' if letter == 'y' else 'y'
        css = colors.color(take('color', 'facecolor', 'fc') or 'C0', take('alpha'))
        made = {'type': 'rect', f'{letter}0': plain(low), f'{letter}1': plain(high), f'{other}0': start,
                f'{other}1': stop, '_domain': other, 'fillcolor': css, 'line': {'width': 0}, 'layer': 'below'}
        self.shapes.append(made)
        self.figure._sca(self)
        return made

    def text(self, x, y, s, fontsize=None, color=None, ha='left', va='baseline', rotation=None, transform=None, bbox=None, **kwargs):
        """A text at (x, y)."""
        if transform == 'figure':
            return self.figure.text(x, y, s, ha, va, fontsize, color)
        take = Options(kwargs)
        ha = take('horizontalalignment') or ha
        va = take('verticalalignment') or va
        size = fontsize if fontsize is not None else take('size')
        made = {'x': plain(x), 'y': plain(y), 'text': written(s), 'showarrow': False,
                'xanchor': ha, 'yanchor': {'center': 'middle', 'top': 'top'}.get(va, 'bottom'), 'font': font(size, color)}
        if transform is not None and transform != 'data':
            made['_domain'] = True
        if rotation:
            made['textangle'] = -90 if rotation == 'vertical' else -float(rotation)
        self._frame(made, bbox, take('weight', 'fontweight'))
        self.annotations.append(made)
        self.figure._sca(self)
        return Text(made)

    @staticmethod
    def _frame(made, bbox, weight=None):
        """The box around a text, and how bold it is."""
        if weight is not None:
            made['font']['weight'] = weight
        if bbox is None:
            return
        take = Options(bbox)
        face = take('facecolor', 'fc', 'color')
        edge = take('edgecolor', 'ec', 'color')
        made |= {'bgcolor': colors.color('C0' if face is None else face, 1.0 if take('alpha') is None else take('alpha')), 'bordercolor': colors.color('k' if edge is None else edge, take('alpha')), 'borderwidth': float(take('linewidth', 'lw') or 1), 'borderpad': 4}
        # What is written on a colour of its own is black on every page.
        made['font'].setdefault('color', 'black')

    @property
    def transAxes(self):
        return 'axes'

    @property
    def transData(self):
        return 'data'

    def annotate(self, text, xy, xytext=None, arrowprops=None, fontsize=None, color=None, ha='left', va='baseline',
                 textcoords=None, xycoords=None, bbox=None, horizontalalignment=None, verticalalignment=None, rotation=None, weight=None, **_options):  # fmt: skip
        """A text that points at `xy`."""
        unheard('annotate', _options)
        ha, va = horizontalalignment or ha, verticalalignment or va
        made = {'x': plain(xy[0]), 'y': plain(xy[1]), 'text': written(text), 'showarrow': arrowprops is not None,
                'font': font(fontsize, color)}
        if xytext is not None and textcoords in ('offset points', 'offset pixels'):
            made |= {'ax': float(xytext[0]) * px, 'ay': -float(xytext[1]) * px}
            if arrowprops is None:
                made |= {'xshift': made.pop('ax'), 'yshift': -made.pop('ay')}
        elif xytext is not None and arrowprops is not None:
            made |= {'ax': plain(xytext[0]), 'ay': plain(xytext[1]), '_arrow': True, '_shares': textcoords in _shares}
        elif xytext is not None:
            made |= {'x': plain(xytext[0]), 'y': plain(xytext[1])}
        if (textcoords or xycoords if xytext is not None and arrowprops is None else xycoords) in _shares:
            made['_domain'] = True
        if arrowprops is None:
            made |= {'xanchor': ha, 'yanchor': {'center': 'middle', 'top': 'top'}.get(va, 'bottom')}
        if rotation:
            made['textangle'] = -90 if rotation == 'vertical' else -float(rotation)
        self._frame(made, bbox, weight)
        if arrowprops is not None:
            made['_bend'] = bend(arrowprops.get('connectionstyle'))
            made |= {'arrowhead': 2, 'arrowwidth': 1.3,
                     'arrowcolor': colors.color(arrowprops.get('color') or arrowprops.get('facecolor') or 'k')}
        self.annotations.append(made)
        self.figure._sca(self)
        return Text(made)


_shares = ('axes fraction', 'figure fraction', 'axes')


def bend(style):
    """How far an arrow leaves the straight way to its right, as a share of its length: 'arc3,rad=0.2'."""
    name, *options = str(style or 'arc3').split(',')
    given = dict(option.strip().split('=') for option in options)
    if name != 'arc3' or set(given) - {'rad'}:
        raise NotImplementedError(f"connectionstyle {style!r} is not drawn here: 'arc3,rad=0.2' is")
    return float(given.get('rad', 0))


def bent(note, unit_x, unit_y):
    """
    The points of a bent arrow from its text to its tip, and the notes that are its head and its text; units of the axes
    are that many pixels long.
    """
    x1, y1 = note['x'], note['y']
    x0, y0 = (note['ax'], note['ay']) if note.get('_arrow') else (x1 + note['ax'] / unit_x, y1 - note['ay'] / unit_y)
    across, up = (x1 - x0) * unit_x, (y1 - y0) * unit_y
    side_x, side_y = (x0 + x1) / 2 + note['_bend'] * up / unit_x, (y0 + y1) / 2 - note['_bend'] * across / unit_y

    def at(t):
        return tuple(a * (1 - t) ** 2 + 2 * b * t * (1 - t) + c * t * t for a, b, c in ((x0, side_x, x1), (y0, side_y, y1)))

    begin = 0.08 if note['text'] else 0
    points = [at(begin + (0.97 - begin) * k / 24) for k in range(25)]
    back = at(0.95)
    head = {**note, 'text': '', 'ax': back[0], 'ay': back[1], '_arrow': True}
    words = {key: value for key, value in note.items() if not key.startswith(('ax', 'ay', 'arrow', '_'))}
    return points, [head, {**words, 'x': x0, 'y': y0, 'showarrow': False}]
