"""Lines across, spans, text and arrows with text."""

from . import colors
from .artists import Text
from .reading import font, Options, px, unheard, written
from .values import plain


class Notes:
    """What is written into the axes."""

    def axhline(self, y=0, xmin=0, xmax=1, **kwargs):
        return self._across('y', y, xmin, xmax, kwargs)

    def axvline(self, x=0, ymin=0, ymax=1, **kwargs):
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
        return self._span('y', ymin, ymax, xmin, xmax, kwargs)

    def axvspan(self, xmin, xmax, ymin=0, ymax=1, **kwargs):
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

    def text(self, x, y, s, fontsize=None, color=None, ha='left', va='baseline', rotation=None, transform=None, **kwargs):
        take = Options(kwargs)
        ha = take('horizontalalignment') or ha
        va = take('verticalalignment') or va
        size = fontsize if fontsize is not None else take('size')
        made = {'x': plain(x), 'y': plain(y), 'text': written(s), 'showarrow': False,
                'xanchor': ha, 'yanchor': {'center': 'middle', 'top': 'top'}.get(va, 'bottom'), 'font': font(size, color)}
        if transform is not None:
            made['_domain'] = True
        if rotation:
            made['textangle'] = -90 if rotation == 'vertical' else -float(rotation)
        self.annotations.append(made)
        self.figure._sca(self)
        return Text(made)

    @property
    def transAxes(self):
        return 'axes'

    def annotate(self, text, xy, xytext=None, arrowprops=None, fontsize=None, color=None, ha='center', va='center',
                 textcoords=None, xycoords=None, **_options):  # fmt: skip
        """A text that points at `xy`."""
        unheard('annotate', _options)
        made = {'x': plain(xy[0]), 'y': plain(xy[1]), 'text': written(text), 'showarrow': arrowprops is not None,
                'font': font(fontsize, color)}
        if xytext is not None and textcoords in ('offset points', 'offset pixels'):
            made |= {'ax': float(xytext[0]) * px, 'ay': -float(xytext[1]) * px}
            if arrowprops is None:
                made |= {'xshift': made.pop('ax'), 'yshift': -made.pop('ay')}
        elif xytext is not None and arrowprops is not None:
            made |= {'ax': plain(xytext[0]), 'ay': plain(xytext[1]), '_arrow': True}
        elif xytext is not None:
            made |= {'x': plain(xytext[0]), 'y': plain(xytext[1])}
        if arrowprops is not None:
            made |= {'arrowhead': 2, 'arrowwidth': 1.3,
                     'arrowcolor': colors.color(arrowprops.get('color') or arrowprops.get('facecolor') or 'k')}
        self.annotations.append(made)
        self.figure._sca(self)
        return Text(made)
