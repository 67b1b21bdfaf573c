"""A figure as a drawing in SVG, from the same description that the page draws with Plotly."""

import base64
import html
import math
import re
import struct
import zlib
from xml.sax.saxutils import escape

from . import colors, hatches, levels, marks
from .values import Series, within

_font = 'font-family="Helvetica, Arial, sans-serif"'
_dashes = {'dash': '9,4', 'dot': '2,3', 'dashdot': '9,3,2,3'}


def draw(figure):
    """The text of an SVG document."""
    layout = figure['layout']
    width, height = layout['width'], layout['height']
    margin = layout['margin']
    plane = (margin['l'], margin['t'], width - margin['l'] - margin['r'], height - margin['t'] - margin['b'])
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">',
        f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>',
    ]
    groups = {}
    for trace in figure['data']:
        groups.setdefault((trace.get('xaxis', 'x'), trace.get('yaxis', 'y')), []).append(trace)
    for shape in layout['shapes']:
        if shape['xref'] == 'paper':
            x0, x1 = (plane[0] + shape[k] * plane[2] for k in ('x0', 'x1'))
            y0, y1 = (plane[1] + (1 - shape[k]) * plane[3] for k in ('y1', 'y0'))
            out.append(f'<rect x="{x0:.2f}" y="{y0:.2f}" width="{x1 - x0:.2f}" height="{y1 - y0:.2f}" fill="{escape(shape["fillcolor"])}"/>')
    for number, ((x_name, y_name), traces) in enumerate(groups.items()):
        _Plot(layout, plane, x_name, y_name, traces, out, number).draw()
    if 'title' in layout:
        _text(out, width / 2, 22, layout['title']['text'], 16, 'middle')
    for note in layout['annotations']:
        if note['xref'] == 'paper':
            x = plane[0] + note['x'] * plane[2]
            y = plane[1] + (1 - note['y']) * plane[3] - note.get('yshift', 0)
            anchor = {'left': 'start', 'right': 'end'}.get(note.get('xanchor'), 'middle')
            turned = f'rotate({note["textangle"]} {x:.1f} {y:.1f})' if 'textangle' in note else None
            _text(out, x, y, note['text'], note['font'].get('size', 12), anchor, turned)
    out.append('</svg>')
    return '\n'.join(out)


class _Scale:
    """From values of an axis to pixels."""

    def __init__(self, settings, values, start, length, padded):
        self.log = settings.get('type') == 'log'
        self.names = None
        texts = [value for value in values if isinstance(value, str)]
        if texts:
            self.names = list(dict.fromkeys(texts))
            values = list(range(len(self.names)))
            padded = True
        numbers = [math.log10(v) if self.log else v for v in values if isinstance(v, (int, float)) and (not self.log or v > 0)]
        low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
        if 'range' in settings:
            low, high = settings['range']
        elif low == high:
            low, high = low - 0.5, high + 0.5
        elif padded:
            gap = (high - low) * 0.05 if self.names is None else 0.5
            low, high = low - gap, high + gap
        self.low, self.high = low, high
        self.start, self.length = start, length
        self.given = settings.get('tickvals'), settings.get('ticktext')

    def __call__(self, value):
        if isinstance(value, str):
            value = self.names.index(value) if self.names and value in self.names else 0
        if value is None or self.log and value <= 0:
            return None
        value = math.log10(value) if self.log else value
        return self.start + (value - self.low) / (self.high - self.low) * self.length

    def places(self, values):
        """As a call for each value of an array; NaN where there is none."""
        import numpy as np

        if self.log:
            values = np.log10(np.where(values > 0, values, np.nan))
        return self.start + (values - self.low) * (self.length / (self.high - self.low))

    def ticks(self):
        values, texts = self.given
        low, high = sorted((self.low, self.high))
        if values is not None:
            texts = texts or [_number(value) for value in values]
            return list(zip(values, texts))
        if self.names is not None:
            return list(zip(self.names, self.names))
        if self.log:
            step = max(1, math.ceil((high - low) / 7))
            powers = range(math.ceil(low - 1e-9), math.floor(high + 1e-9) + 1, step)
            return [(10.0**power, f'10<sup>{power}</sup>') for power in powers]
        rough = (high - low) / 6 or 1
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(nice * power for nice in (1, 2, 5, 10) if nice * power >= rough)
        first = math.ceil(low / step - 1e-9)
        return [(at * step, _number(at * step)) for at in range(first, math.floor(high / step + 1e-9) + 1)]


class _Plot:
    """One pair of axes and its traces."""

    def __init__(self, layout, plane, x_name, y_name, traces, out, number):
        self.layout, self.traces, self.out, self.number = layout, traces, out, number
        self.plane = plane
        self.x_name, self.y_name = x_name, y_name
        self.x_settings = layout.get(f'xaxis{x_name[1:]}', {})
        self.y_settings = layout.get(f'yaxis{y_name[1:]}', {})
        left, top, width, height = plane
        x0, x1 = self.x_settings.get('domain', (0, 1))
        base = self.layout.get(f'yaxis{self.y_settings.get("overlaying", y_name)[1:]}', self.y_settings)
        y0, y1 = base.get('domain', (0, 1))
        self.left, self.width = left + x0 * width, (x1 - x0) * width
        self.top, self.height = top + (1 - y1) * height, (y1 - y0) * height
        xs, ys = self._reach()
        padded = not any(trace['type'] in ('heatmap', 'image', 'contour') for trace in traces)
        if 'scaleanchor' in self.y_settings:
            self._make_equal(xs, ys)
        self.x = _Scale(self.x_settings, xs, self.left, self.width, padded)
        self.y = _Scale(self.y_settings, ys, self.top + self.height, -self.height, padded)

    def _reach(self):
        xs, ys = [], []
        for trace in self.traces:
            xs += within(trace.get('x') or ())
            ys += within(trace.get('y') or ())
            if trace['type'] == 'bar':
                upright = trace.get('orientation', 'v') == 'v'
                along, across = (ys, xs) if upright else (xs, ys)
                along.append(0)
                bases = trace.get('base')
                if bases:
                    along += [a + b for a, b in zip(bases, trace['y' if upright else 'x'])]
                places = trace['x' if upright else 'y']
                thick = trace['width'] if isinstance(trace['width'], list) else [trace['width']] * len(places)
                across += [p + side * t / 2 for p, t in zip(places, thick) if isinstance(p, (int, float)) for side in (-1, 1)]
            if 'z' in trace and trace['type'] != 'contour' or trace['type'] == 'contour' and 'x' not in trace:
                rows, columns = len(trace['z']), len(trace['z'][0])
                if 'x0' in trace:
                    xs += [trace['x0'] - trace['dx'] / 2, trace['x0'] + trace['dx'] * (columns - 0.5)]
                    ys += [trace['y0'] - trace['dy'] / 2, trace['y0'] + trace['dy'] * (rows - 0.5)]
                elif 'x' not in trace:
                    xs += [0, columns - 1]
                    ys += [0, rows - 1]
            for sign in (1, -1):
                errors = trace.get('error_y', {}).get('array') or ()
                ys += [y + sign * e for y, e in zip(trace.get('y') or (), errors) if y is not None and e is not None]
        return xs, ys

    def _make_equal(self, xs, ys):
        def extent(settings, values):
            numbers = [v for v in values if isinstance(v, (int, float))] or [0, 1]
            low, high = settings.get('range') or (min(numbers), max(numbers))
            return abs(high - low) or 1

        wide, tall = extent(self.x_settings, xs), extent(self.y_settings, ys) * self.y_settings.get('scaleratio', 1)
        unit = min(self.width / wide, self.height / tall)
        self.left += (self.width - unit * wide) / 2
        self.top += (self.height - unit * tall) / 2
        self.width, self.height = unit * wide, unit * tall

    def draw(self):
        out = self.out
        clip = f'plot{self.number}'
        box = f'x="{self.left:.2f}" y="{self.top:.2f}" width="{self.width:.2f}" height="{self.height:.2f}"'
        out.append(f'<clipPath id="{clip}"><rect {box}/></clipPath>')
        self._axes(box)
        out.append(f'<g clip-path="url(#{clip})">')
        for shape in self._own('shapes'):
            if shape.get('layer') == 'below':
                self._shape(shape)
        for trace in self.traces:
            getattr(self, f'_{trace["type"]}', self._skip)(trace)
        for shape in self._own('shapes'):
            if shape.get('layer') != 'below' and not _over_all(shape):
                self._shape(shape)
        out.append('</g>')
        for shape in self._own('shapes'):
            if _over_all(shape):
                self._shape(shape)
        for note in self._own('annotations'):
            self._note(note)
        self._legend()

    def _contour(self, trace):
        z = [[None if v is None else float(v) for v in row] for row in trace['z']]
        x = trace.get('x') or list(range(len(z[0])))
        y = trace.get('y') or list(range(len(z)))
        heights = levels.chosen(trace)
        shown = trace['contours'].get('coloring')
        scale = _scale_of(trace) if 'colorscale' in trace else None
        low, span = trace['zmin'], (trace['zmax'] - trace['zmin']) or 1
        if shown == 'fill' and scale is not None:
            middles = [low, *heights, low + span]

            def band(at, count):
                return scale.rgb(((middles[at] + middles[min(at + 1, count + 1)]) / 2 - low) / span)

            pixels = levels.areas(z, x, y, heights, band)
            self._picture({'x': [x[0], x[-1]], 'y': [y[0], y[-1]]}, pixels)
        else:
            for height in heights:
                css = trace['line'].get('color') or 'rgb({}, {}, {})'.format(*scale.rgb((height - low) / span))
                path = ''.join(_path([(self.x(a), self.y(b)), (self.x(c), self.y(d))]) for (a, b), (c, d) in levels.lines(z, x, y, height))
                if path:
                    self.out.append(_stroke(path, trace['line'] | {'color': css}))
        if trace.get('showscale') and scale is not None:
            self._scale_bar(trace, scale)

    def _skip(self, trace):
        raise ValueError(f"A drawing of '{trace['type']}' is not supported in SVG (supported: .json); the notebook shows it")

    def _own(self, kind):
        return [
            part
            for part in self.layout[kind]
            if part['xref'].split()[0] == self.x_name and part['yref'].split()[0] == self.y_name
        ]

    def _axes(self, box):
        out = self.out
        visible = self.x_settings.get('visible', True), self.y_settings.get('visible', True)
        bottom = self.top + self.height
        if visible[0]:
            up = self.x_settings.get('side') == 'top'
            base, sign = (self.top, -1) if up else (bottom, 1)
            if 'position' in self.x_settings:
                base = self.plane[1] + (1 - self.x_settings['position']) * self.plane[3]
            for value, text in self.x.ticks():
                at = self.x(value)
                if at is None or not self.left - 0.5 <= at <= self.left + self.width + 0.5:
                    continue
                if self.x_settings.get('showgrid'):
                    out.append(_line(at, self.top, at, bottom, '#dddddd', 0.8))
                if self.x_settings.get('ticks') != '':
                    out.append(_line(at, base, at, base + (-4 if self.x_settings.get('ticks') == 'inside' else 4) * sign, '#333333', 1))
                if self.x_settings.get('showticklabels', True):
                    self._label(self.x_settings, at, base + (17 if sign > 0 else -7), text, 'middle', sign)
            if 'title' in self.x_settings:
                _text(out, self.left + self.width / 2, self.top - 28 if up else bottom + 36, self.x_settings['title']['text'], 13, 'middle')
        if visible[1]:
            right = self.y_settings.get('side') == 'right'
            base, sign = (self.left + self.width, 1) if right else (self.left, -1)
            if 'position' in self.y_settings:
                base = self.plane[0] + self.y_settings['position'] * self.plane[2]
            for value, text in self.y.ticks():
                at = self.y(value)
                if at is None or not self.top - 0.5 <= at <= bottom + 0.5:
                    continue
                if self.y_settings.get('showgrid'):
                    out.append(_line(self.left, at, self.left + self.width, at, '#dddddd', 0.8))
                if self.y_settings.get('ticks') != '':
                    out.append(_line(base, at, base + (-4 if self.y_settings.get('ticks') == 'inside' else 4) * sign, at, '#333333', 1))
                if self.y_settings.get('showticklabels', True):
                    self._label(self.y_settings, base + 8 * sign, at + 4, text, 'start' if right else 'end', 0)
            if 'title' in self.y_settings:
                x, y = base + 42 * sign, self.top + self.height / 2
                _text(out, x, y, self.y_settings['title']['text'], 13, 'middle', f'rotate(-90 {x:.1f} {y:.1f})')
        if any(visible) and self.x_settings.get('showline', True):
            out.append(f'<rect {box} fill="none" stroke="#333333"/>')

    def _label(self, settings, x, y, text, anchor, down):
        """What stands at a tick, in the size and colour and at the angle that were set."""
        font, angle = settings.get('tickfont', {}), settings.get('tickangle', 0)
        turned = None
        if angle:
            y -= 4 * down
            turned = f'rotate({angle:g} {x:.1f} {y:.1f})'
            if down:
                # Turned to the left it ends at the tick, to the right it begins there; upright it hangs.
                anchor = 'end' if (angle < 0) == (down > 0) else 'start'
        _text(self.out, x, y, text, font.get('size', 12), anchor, turned, font.get('color', '#222222'))

    def _painted(self, trace):
        """Points by the ten thousand, as one picture."""
        import numpy as np

        marker = trace['marker']
        scale = _scale_of(marker) if 'colorscale' in marker else None
        xs, ys = (axis.places(np.asarray(_array(trace[letter]))) for letter, axis in (('x', self.x), ('y', self.y)))
        self.out.append(marks.picture(xs, ys, marker, scale, self.left, self.top, self.width, self.height))
        if marker.get('showscale') and scale is not None:
            self._scale_bar({**marker, 'zmin': marker['cmin'], 'zmax': marker['cmax']}, scale)

    def _scatter(self, trace):
        if trace.get('visible') is False:
            return
        mode = trace.get('mode', '')
        many = 'markers' in mode and 'marker' in trace and len(trace['x']) >= marks.painted and not self.x.names and not self.y.names
        if many and 'lines' not in mode and not trace.get('error_x') and not trace.get('error_y'):
            self._painted(trace)
            return
        points = [(self.x(x), self.y(y)) if x is not None and y is not None else (None, None)
                  for x, y in zip(trace['x'], trace['y'])]  # fmt: skip
        faint = trace.get('opacity', 1)
        if faint != 1:
            self.out.append(f'<g opacity="{faint:g}">')
        if trace.get('fill') == 'toself':
            path = _path(points, True)
            self.out.append(f'<path d="{path}" fill="{escape(trace["fillcolor"])}" stroke="none"/>')
            if 'fillpattern' in trace:
                self._hatch(f'<path d="{path}" stroke="none"', trace['fillpattern'])
        line = trace.get('line', {})
        if 'lines' in mode and line.get('width', 1) > 0:
            if line.get('shape') in ('hv', 'vh', 'hvh'):
                points_drawn = _steps(points, line['shape'])
            else:
                points_drawn = _thinned(points)
            self.out.append(_stroke(_path(points_drawn), line))
        for upright in (True, False):
            error = trace.get('error_y' if upright else 'error_x')
            if not error:
                continue
            pen = {'color': error.get('color', '#333333'), 'width': 1.5}
            cap = error.get('width', 0)
            below = error.get('arrayminus', error['array'])
            for x, y, up, down in zip(trace['x'], trace['y'], error['array'], below):
                if x is None or y is None or up is None:
                    continue
                ends = [(self.x(x), self.y(y - down)), (self.x(x), self.y(y + up))] if upright else [(self.x(x - down), self.y(y)), (self.x(x + up), self.y(y))]
                self.out.append(_stroke(_path(ends), pen))
                if cap:
                    for a, b in ends:
                        self.out.append(_stroke(_path([(a - cap, b), (a + cap, b)] if upright else [(a, b - cap), (a, b + cap)]), pen))
        if many:
            self._painted(trace)
        elif 'markers' in mode and 'marker' in trace:
            self._markers(points, trace['marker'])
        if faint != 1:
            self.out.append('</g>')

    def _markers(self, points, marker):
        scale = _scale_of(marker) if 'colorscale' in marker else None
        if scale is not None:
            span = (marker['cmax'] - marker['cmin']) or 1
        for at, (x, y) in enumerate(points):
            if x is None or y is None:
                continue
            size = _at(marker['size'], at)
            color = _at(marker.get('color', '#1f77b4'), at)
            if scale is not None:
                color = 'rgb({}, {}, {})'.format(*scale.rgb(((color or 0) - marker['cmin']) / span))
            edge = marker.get('line', {})
            self.out.append(marks.element(marker.get('symbol', 'circle'), x, y, size / 2, color, edge, marker.get('opacity', 1)))
        if marker.get('showscale') and scale is not None:
            self._scale_bar({**marker, 'zmin': marker['cmin'], 'zmax': marker['cmax']}, scale)

    def _bar(self, trace):
        upright = trace.get('orientation', 'v') == 'v'
        places, lengths = (trace['x'], trace['y']) if upright else (trace['y'], trace['x'])
        along, across = (self.y, self.x) if upright else (self.x, self.y)
        edge = trace['marker'].get('line', {})
        for at, (place, length) in enumerate(zip(places, lengths)):
            if length is None:
                continue
            base = _at(trace.get('base', 0), at)
            thick = _at(trace['width'], at)
            place = across.names.index(place) if isinstance(place, str) else place
            low = place if 'offset' in trace else place - thick / 2
            a, b = (across.start + (v - across.low) / (across.high - across.low) * across.length for v in (low, low + thick))
            floor = along.start if along.log and base <= 0 else along(base)
            c, d = floor, along(base + length)
            if d is None:
                # Nothing stands on an axis of logarithms where nothing was counted.
                continue
            x0, x1, y0, y1 = (a, b, c, d) if upright else (c, d, a, b)
            stroke = f' stroke="{escape(edge["color"])}" stroke-width="{edge["width"]:.2f}"' if edge else ''
            outline = f'<rect x="{min(x0, x1):.2f}" y="{min(y0, y1):.2f}" width="{abs(x1 - x0):.2f}" height="{abs(y1 - y0):.2f}"'
            self.out.append(f'{outline} fill="{escape(_at(trace["marker"]["color"], at))}"{stroke}/>')
            if 'pattern' in trace['marker']:
                self._hatch(outline, trace['marker']['pattern'], at)
            error = trace.get('error_y' if upright else 'error_x')
            if error:
                middle, e = (a + b) / 2, error['array'][at] or 0
                ends = [along(base + length - e), along(base + length + e)]
                cap = error.get('width', 0)
                for p, q, r, t in [(middle, ends[0], middle, ends[1])] + ([(middle - cap, end, middle + cap, end) for end in ends] if cap else []):
                    if None not in (q, t):
                        self.out.append(_line(*((p, q, r, t) if upright else (q, p, t, r)), error.get('color', '#333333'), error.get('thickness', 1.5)))

    def _hatch(self, outline, drawn, at=0):
        # What stands before it in the document tells one pattern from another.
        self.out += hatches.over(outline, len(self.out), drawn, at)

    def _heatmap(self, trace):
        scale = _scale_of(trace)
        low, span = trace['zmin'], (trace['zmax'] - trace['zmin']) or 1
        pixels = [[(*scale.rgb((v - low) / span), 255) if v is not None else (0, 0, 0, 0) for v in row] for row in trace['z']]
        self._picture(trace, pixels)
        if trace.get('showscale'):
            self._scale_bar(trace, scale)

    def _image(self, trace):
        self._picture(trace, [[(*pixel, 255) for pixel in row] for row in trace['z']])

    def _picture(self, trace, pixels):
        rows, columns = len(pixels), len(pixels[0])
        if 'x0' in trace:
            x0, x1 = trace['x0'] - trace['dx'] / 2, trace['x0'] + trace['dx'] * (columns - 0.5)
            y0, y1 = trace['y0'] - trace['dy'] / 2, trace['y0'] + trace['dy'] * (rows - 0.5)
        else:
            x0, x1, y0, y1 = trace['x'][0], trace['x'][-1], trace['y'][0], trace['y'][-1]
        left, right, first, last = self.x(x0), self.x(x1), self.y(y0), self.y(y1)
        if left > right:
            left, right = right, left
            pixels = [row[::-1] for row in pixels]
        if first > last:
            first, last = last, first
            pixels = pixels[::-1]
        self.out.append(
            f'<image x="{left:.2f}" y="{first:.2f}" width="{right - left:.2f}" height="{last - first:.2f}" '
            f'preserveAspectRatio="none" style="image-rendering:pixelated" href="data:image/png;base64,{_png(pixels)}"/>'
        )

    def _scale_bar(self, trace, scale):
        bar = trace.get('colorbar', {})
        left, top, across, down = self.plane
        level = bar.get('orientation') == 'h'
        length = bar.get('len', 1) * (across if level else down)
        if level:
            x, y = left + bar.get('x', 0.5) * across - length / 2, top + (1 - bar.get('y', 0)) * down
        else:
            x, y = left + bar['x'] * across if 'x' in bar else self.left + self.width + 12, top + (1 - bar.get('y', 0.5)) * down - length / 2
        steps = [(*scale.rgb((at if level else 63 - at) / 63), 255) for at in range(64)]
        wide, tall = (length, 14) if level else (14, length)
        self.out.append('</g><g>')
        self.out.append(
            f'<image x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}" preserveAspectRatio="none" '
            f'href="data:image/png;base64,{_png([steps] if level else [[step] for step in steps])}"/>'
        )
        given = {key: bar[key] for key in ('tickvals', 'ticktext') if key in bar}
        ends = (x, length) if level else (y + length, -length)
        ruler = _Scale({'range': [trace['zmin'], trace['zmax']], **given}, [], *ends, False)
        for value, text in ruler.ticks():
            place = ruler(value)
            if not min(ends[0], ends[0] + ends[1]) - 1 <= place <= max(ends[0], ends[0] + ends[1]) + 1:
                continue
            _text(self.out, *((place, y + 27) if level else (x + 18, place + 4)), text, 11, 'middle' if level else 'start')
        if bar.get('title', {}).get('text'):
            at = (x + length / 2, y + 44) if level else (x + 56, y + length / 2)
            _text(self.out, *at, bar['title']['text'], 12, 'middle', None if level else f'rotate(-90 {at[0]:.1f} {at[1]:.1f})')

    def _shape(self, shape):
        if shape['type'] == 'path':
            points = [tuple(map(float, part.split(','))) for part in re.findall(r'-?[\d.e-]+,-?[\d.e-]+', shape['path'])]
            corners = ' '.join(f'{self.x(x):.2f},{self.y(y):.2f}' for x, y in points)
            line = shape['line']
            self.out.append(f'<polygon points="{corners}" fill="{escape(shape["fillcolor"])}" stroke="{escape(line["color"])}" stroke-width="{line["width"]:g}"/>')
            return
        ends = []
        for letter, scale in (('x', self.x), ('y', self.y)):
            for end in '01':
                value = shape[letter + end]
                share = shape[f'{letter}ref'].endswith('domain')
                ends.append(scale.start + value * scale.length if share else scale(value))
        x0, x1, y0, y1 = ends
        if shape['type'] == 'line':
            self.out.append(_stroke(_path([(x0, y0), (x1, y1)]), shape['line']))
        else:
            line = shape.get('line', {})
            stroke = f' stroke="{escape(line["color"])}" stroke-width="{line["width"]:g}"' if line.get('width') else ''
            self.out.append(
                f'<rect x="{min(x0, x1):.2f}" y="{min(y0, y1):.2f}" width="{abs(x1 - x0):.2f}" '
                f'height="{abs(y1 - y0):.2f}" fill="{escape(shape["fillcolor"])}"{stroke}/>'
            )

    def _note(self, note):
        if note['xref'].endswith('domain'):
            x, y = self.left + note['x'] * self.width, self.top + (1 - note['y']) * self.height
        else:
            x, y = (10 ** note[k] if scale.log else note[k] for k, scale in (('x', self.x), ('y', self.y)))
            x, y = self.x(x), self.y(y)
        if x is None or y is None:
            return
        text_x, text_y = x, y
        if note['showarrow']:
            text_x, text_y = x + note.get('ax', 0), y + note.get('ay', -30)
            if 'axref' in note:
                text_x, text_y = self.x(note['ax']), self.y(note['ay'])
            self.out.append(_line(text_x, text_y, x, y, note['arrowcolor'], note.get('arrowwidth', 1.3)))
            way = math.atan2(y - text_y, x - text_x)
            for side, tip_x, tip_y, back in (('end', x, y, way), ('start', text_x, text_y, way + math.pi)):
                if side in note.get('arrowside', 'end'):
                    sides = [(tip_x - 9 * math.cos(back + turn), tip_y - 9 * math.sin(back + turn)) for turn in (-0.35, 0.35)]
                    self.out.append(f'<path d="{_path([sides[0], (tip_x, tip_y), sides[1]], True)}" fill="{escape(note["arrowcolor"])}"/>')
        text_x, text_y = text_x + note.get('xshift', 0), text_y - note.get('yshift', 0)
        size = note['font'].get('size', 12)
        lines = note['text'].split('<br>')
        wide, tall = 0.56 * size * max(len(_plain(line)) for line in lines), 1.2 * size * len(lines)
        left = text_x - wide * {'left': 0, 'right': 1}.get(note.get('xanchor'), 0.5)
        top = text_y - tall * {'top': 0, 'bottom': 1}.get(note.get('yanchor'), 0.5)
        turned = f'rotate({note["textangle"]:g} {text_x:.1f} {text_y:.1f})' if note.get('textangle') else None
        if 'bgcolor' in note and note.get('borderwidth'):
            pad = note.get('borderpad', 0)
            self.out.append(
                f'<rect x="{left - pad:.1f}" y="{top - pad:.1f}" width="{wide + 2 * pad:.1f}" height="{tall + 2 * pad:.1f}" fill="{escape(note["bgcolor"])}" '
                f'stroke="{escape(note.get("bordercolor", "none"))}" stroke-width="{note["borderwidth"]:g}"{f" transform={chr(34)}{turned}{chr(34)}" if turned else ""}/>'
            )
        anchor = {'left': 'start', 'right': 'end'}.get(note.get('xanchor'), 'middle')
        _text(self.out, text_x, top + size * 0.98, note['text'], size, anchor, turned,
              fill=note['font'].get('color', '#222222'))  # fmt: skip

    def _legend(self):
        shown = [trace for trace in self.traces if trace.get('showlegend')]
        place = self.layout.get(f'legend{self.y_name[1:]}')
        if not shown or place is None:
            return
        size = place.get('font', {}).get('size', 12)
        level, title = place.get('orientation') == 'h', place.get('title', {}).get('text', '')
        widths = [44 + 0.58 * size * len(_plain(trace['name'])) for trace in shown]
        row, head = 1.5 * size, 1.6 * size if title else 0
        width = max(sum(widths) if level else max(widths), 16 + 0.58 * size * len(_plain(title)))
        height = 6 + head + (row if level else row * len(shown))
        left, top, across, down = self.plane
        x = left + place['x'] * across - width * {'left': 0, 'center': 0.5, 'right': 1}[place['xanchor']]
        y = top + (1 - place['y']) * down - height * {'top': 0, 'middle': 0.5, 'bottom': 1}[place['yanchor']]
        x, y = max(2, min(x, self.layout['width'] - width - 2)), max(2, min(y, self.layout['height'] - height - 2))
        if place.get('borderwidth', 1):
            self.out.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="#ffffff" fill-opacity="0.8" stroke="#cccccc" rx="3"/>')
        if title:
            _text(self.out, x + width / 2, y + 1.3 * size, title, size, 'middle')
        corner = x
        for at, trace in enumerate(shown):
            x = corner + (sum(widths[:at]) if level else 0)
            middle = y + 3 + head + row / 2 + (0 if level else row * at)
            mode = trace.get('mode', '')
            if trace['type'] == 'bar' or trace.get('fill'):
                fill = trace.get('fillcolor') or _at(trace['marker']['color'], 0)
                edge = trace.get('marker', {}).get('line', {})
                stroke = f' stroke="{escape(edge["color"])}"' if edge else ''
                outline = f'<rect x="{x + 8:.1f}" y="{middle - 5:.1f}" width="22" height="10"'
                self.out.append(f'{outline} fill="{escape(fill)}"{stroke}/>')
                drawn = trace.get('fillpattern') or trace.get('marker', {}).get('pattern')
                if drawn is not None:
                    self._hatch(outline, drawn)
            if 'lines' in mode and not trace.get('fill'):
                self.out.append(_stroke(_path([(x + 8, middle), (x + 30, middle)]), trace.get('line', {})))
            if 'markers' in mode and 'colorscale' not in trace['marker']:
                self._markers([(x + 19, middle)], trace['marker'] | {'size': _at(trace['marker']['size'], 0)})
            _text(self.out, x + 36, middle + 0.35 * size, trace['name'], size, 'start')


def _over_all(shape):
    """Whether a shape lies over the axes as a whole, and may reach out of them."""
    return shape.get('layer') != 'below' and shape['xref'].endswith('domain') and shape['yref'].endswith('domain')


def _array(values):
    if isinstance(values, Series):
        return values.array.astype(float)
    return [math.nan if value is None else float(value) for value in values]


def _scale_of(trace):
    scale = _Stops()
    scale.stops = [(share, colors.rgba(css)[:3]) for share, css in trace['colorscale']]
    return scale


class _Stops:
    """Colours at shares of 0…1, as Plotly has them."""

    def rgb(self, share):
        share = min(1.0, max(0.0, share))
        for (a, low), (b, high) in zip(self.stops, self.stops[1:]):
            if share <= b:
                t = (share - a) / ((b - a) or 1)
                return tuple(round(p + (q - p) * t) for p, q in zip(low, high))
        return self.stops[-1][1]


def _at(value, place):
    return value[place] if isinstance(value, (list, Series)) else value


def _number(value):
    text = f'{value:.6g}'
    return '0' if text == '-0' else text.replace('-', '−')


def _path(points, closed=False):
    parts = []
    begun = False
    for x, y in [*points, (None, None)]:
        if x is None or y is None:
            if begun and closed:
                parts.append('Z')
            begun = False
            continue
        parts.append(f'{"L" if begun else "M"}{x:.2f},{y:.2f}')
        begun = True
    return ''.join(parts)


def _thinned(points):
    """A line that looks the same with fewer points: of those in one column the first, the lowest, the highest and the last."""
    if len(points) < 10_000:
        return points
    made, column, run = [], None, []

    def leave():
        ends = {0, len(run) - 1, min(range(len(run)), key=lambda k: run[k][1]), max(range(len(run)), key=lambda k: run[k][1])}
        made.extend(run[k] for k in sorted(ends))

    for point in points:
        now = None if None in point else int(point[0] * 2)
        if now != column and run:
            leave()
            run = []
        column = now
        if now is None:
            made.append(point)
        else:
            run.append(point)
    if run:
        leave()
    return made


def _steps(points, shape):
    made = points[:1]
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        if None in (x0, y0, x1, y1):
            made.append((x1, y1))
        elif shape == 'hv':
            made += [(x1, y0), (x1, y1)]
        elif shape == 'vh':
            made += [(x0, y1), (x1, y1)]
        else:
            made += [((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1), (x1, y1)]
    return made


def _stroke(path, line):
    dash = _dashes.get(line.get('dash'))
    extra = f' stroke-dasharray="{dash}"' if dash else ''
    color = escape(line.get('color', '#1f77b4'))
    return f'<path d="{path}" fill="none" stroke="{color}" stroke-width="{line.get("width", 1.5):.2f}"{extra}/>'


def _line(x0, y0, x1, y1, color, width):
    return _stroke(_path([(x0, y0), (x1, y1)]), {'color': color, 'width': width})


def _plain(text):
    return html.unescape(re.sub(r'</?(?:su[bp]|[bi]|br)>', '', text))


def _text(out, x, y, text, size, anchor, transform=None, fill='#222222'):
    turned = f' transform="{transform}"' if transform else ''
    lines = text.split('<br>')
    for at, line in enumerate(lines):
        inner = ''
        for part in re.split(r'(<su[bp]>.*?</su[bp]>)', line):
            found = re.match(r'<su([bp])>(.*?)</su[bp]>', part)
            if found:
                shift = -0.35 if found[1] == 'p' else 0.25
                inner += f'<tspan dy="{shift}em" font-size="75%">{escape(_plain(found[2]))}</tspan><tspan dy="{-0.75 * shift}em">\u200b</tspan>'
            else:
                inner += escape(_plain(part))
        down = y + at * size * 1.2
        out.append(
            f'<text x="{x:.2f}" y="{down:.2f}" {_font} font-size="{size:g}" text-anchor="{anchor}" '
            f'fill="{escape(fill)}"{turned}>{inner}</text>'
        )


def _png(pixels):
    """A picture of (red, green, blue, opacity) as a PNG in base64."""
    rows = b''.join(b'\0' + bytes(part for pixel in row for part in pixel) for row in pixels)

    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    head = struct.pack('>IIBBBBB', len(pixels[0]), len(pixels), 8, 6, 0, 0, 0)
    whole = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')
    return base64.b64encode(whole).decode('ascii')
