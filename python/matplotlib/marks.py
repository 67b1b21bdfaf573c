"""Symbols of points in drawings: each an element, or by the ten thousand one picture."""

import json
import math
from xml.sax.saxutils import escape

from numpy._core.link import engine, invoke

from . import colors
from .values import Series

# From here on points are painted, at this many pixels of the picture for one of the drawing.
painted = 2000
_fineness = 2

_corners = {
    'square': (4, 45), 'diamond': (4, 0), 'diamond-tall': (4, 0), 'triangle-up': (3, 90), 'triangle-down': (3, -90),
    'triangle-left': (3, 180), 'triangle-right': (3, 0), 'pentagon': (5, 90), 'hexagon': (6, 90), 'hexagon2': (6, 0),
    'octagon': (8, 22.5), 'star': (10, 90),
}  # fmt: skip


def outline(symbol):
    """The corners of a symbol of radius 1; none for a disc."""
    if symbol not in _corners:
        return []
    count, turn = _corners[symbol]
    made = []
    for at in range(count):
        r, angle = 0.45 if symbol == 'star' and at % 2 else 1.15, math.radians(turn + 360 * at / count)
        made.append((r * math.cos(angle), -r * math.sin(angle)))
    return made


def strokes(symbol):
    """The lines of a symbol that has no inside, or of a cross; None for others."""
    if not symbol.endswith('-open') and symbol not in ('x', 'cross'):
        return None
    r = 0.75
    return [(-r, 0, r, 0), (0, -r, 0, r)] if 'cross' in symbol else [(0, -r, 0, r)] if 'line-ns' in symbol else [(-r, 0, r, 0)] if 'line-ew' in symbol else [(-r, -r, r, r), (-r, r, r, -r)]


def element(symbol, x, y, radius, color, edge, opacity):
    """One symbol as SVG."""
    stroke = f' stroke="{escape(edge.get("color", color))}" stroke-width="{edge["width"]:.2f}"' if edge.get('width') else ''
    faint = f' fill-opacity="{opacity:g}"' if opacity != 1 else ''
    lines = strokes(symbol)
    if lines is not None:
        path = ''.join(f'M{x + a * radius:.2f},{y + b * radius:.2f}L{x + c * radius:.2f},{y + d * radius:.2f}' for a, b, c, d in lines)
        width = 1.5 if symbol.endswith('-open') else 0.5 * radius
        return f'<path d="{path}" fill="none" stroke="{escape(color)}" stroke-width="{width:.2f}"/>'
    corners = outline(symbol)
    if corners:
        path = 'M' + 'L'.join(f'{x + a * radius:.2f},{y + b * radius:.2f}' for a, b in corners) + 'Z'
        return f'<path d="{path}" fill="{escape(color)}"{faint}{stroke}/>'
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" fill="{escape(color)}"{faint}{stroke}/>'


def picture(xs, ys, marker, scale, left, top, width, height):
    """Very many points as one picture over the axes; `xs` and `ys` are arrays of pixels of the drawing."""
    import numpy as np

    sizes = marker['size']
    radii = np.array([sizes] if isinstance(sizes, (int, float)) else list(sizes), dtype=float) * (_fineness / 2)
    symbol = marker.get('symbol', 'circle')
    lines = strokes(symbol)
    if lines is None:
        corners = outline(symbol)
        outlines = [corners] if corners else []
    else:
        half = 0.75 * _fineness / max(1e-9, float(radii[0]))
        outlines = [_band(line, half) for line in lines]
    edge = marker.get('line', {})
    rim = None
    if edge.get('width') and lines is None:
        r, g, b, a = colors.rgba(edge.get('color', '#000000'))
        rim = {'rgba': [r, g, b, round(255 * a)], 'width': edge['width'] * _fineness}
    look = {'outlines': outlines, 'opacity': float(marker.get('opacity', 1)), 'edge': rim}
    wide, tall = (max(1, round(side * _fineness)) for side in (width, height))
    places = [np.ascontiguousarray((ends - start) * _fineness, dtype='f8') for ends, start in ((xs, left), (ys, top))]
    inks = _bytes(marker, scale)
    data = invoke(engine.paintPoints, wide, tall, places[0]._h, places[1]._h, radii._h, inks._h, json.dumps(look))
    return f'<image x="{left:.2f}" y="{top:.2f}" width="{width:.2f}" height="{height:.2f}" preserveAspectRatio="none" href="data:image/png;base64,{data}"/>'


def _band(line, half):
    a, b, c, d = line
    length = math.hypot(c - a, d - b)
    u, v = (d - b) / length * half, (a - c) / length * half
    return [(a + u, b + v), (c + u, d + v), (c - u, d - v), (a - u, b - v)]


def _bytes(marker, scale):
    """Red, green, blue and opacity of each point, or of all of them."""
    import numpy as np

    color = marker.get('color', '#1f77b4')
    if scale is not None:
        table = np.array([(*scale.rgb(k / 255), 255) for k in range(256)] + [(0, 0, 0, 0)], dtype='u1')
        values = np.array([math.nan if v is None else v for v in color] if not isinstance(color, Series) else color.array, dtype=float)
        span = (marker['cmax'] - marker['cmin']) or 1
        share = np.clip((values - marker['cmin']) * (255 / span), 0, 255)
        places = np.where(np.isnan(share), 256.0, np.rint(np.nan_to_num(share))).astype('i4')
        return np.ascontiguousarray(table[places])
    known = {}
    rows = []
    for css in color if isinstance(color, (list, tuple)) else [color]:
        if css not in known:
            r, g, b, a = colors.rgba(css)
            known[css] = (r, g, b, round(255 * a))
        rows.append(known[css])
    return np.array(rows, dtype='u1')
