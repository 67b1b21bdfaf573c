"""Plotly's traces and scenes of space."""

import math

from .reading import written

# Colours are what their maps say; a little light from above shows the form.
_mapped = {'ambient': 0.82, 'diffuse': 0.35, 'specular': 0.04, 'roughness': 0.9}
_plain = {'ambient': 0.55, 'diffuse': 0.75, 'specular': 0.08, 'roughness': 0.8}
_even = {'ambient': 1, 'diffuse': 0, 'specular': 0, 'roughness': 1, 'vertexnormalsepsilon': 0}
# How far the eye is from the middle of a box whose longest side is 1.
_away = 2.15


def surface(grid, scaled, css, alpha, shaded):
    """A surface over a grid of points; `scaled` holds its colours, which may be changed until it is drawn."""

    def trace():
        made = {'type': 'surface', **{letter: [[p[k] for p in row] for row in grid] for k, letter in enumerate('xyz')},
                'showscale': False, 'lighting': _plain if shaded else _mapped, 'hovertemplate': _told}  # fmt: skip
        if css is None:
            made |= {key: scaled[key] for key in ('cmin', 'cmax', 'colorscale', 'showscale', 'colorbar') if key in scaled}
        else:
            made['colorscale'] = [[0, css], [1, css]]
        if alpha is not None:
            made['opacity'] = float(alpha)
        return made

    return trace


def areas(faces, shaded=True):
    """Flat areas between corners, each of one colour."""

    def trace():
        corners = [p for around, _ in faces for p in around]
        fans, colours, at = [], [], 0
        for around, css in faces:
            fans += [(at, at + k, at + k + 1) for k in range(1, len(around) - 1)]
            colours += [css] * (len(around) - 2)
            at += len(around)
        return {'type': 'mesh3d', **{letter: [p[k] for p in corners] for k, letter in enumerate('xyz')},
                **{letter: [fan[k] for fan in fans] for k, letter in enumerate('ijk')},
                'facecolor': colours, 'flatshading': shaded, 'lighting': {**(_plain if shaded else _even), 'facenormalsepsilon': 0}, 'hovertemplate': _told}  # fmt: skip

    return trace


_told = 'x %{x:.4g}<br>y %{y:.4g}<br>z %{z:.4g}<extra></extra>'


def points(trace):
    """Lines and points, from the trace that draws them flat."""
    made = {key: value for key, value in trace.items() if not key.startswith('_') and key not in ('fill', 'fillcolor', 'cliponaxis')}
    x, y, z = (list(part) for part in trace['_space'])
    made |= {'type': 'scatter3d', 'x': x, 'y': y, 'z': z, 'hovertemplate': _told}
    made.pop('hoverinfo', None)
    line = dict(made.get('line') or {})
    line.pop('shape', None)
    if line:
        # Lines of space are drawn at half their width.
        made['line'] = {**line, 'width': 2 * float(line.get('width') or 1)}
    marker = dict(made.get('marker') or {})
    if 'size' in marker:
        # Points of space are drawn at more than twice their size.
        size = marker['size']
        made['marker'] = {**marker, 'size': [0.45 * float(s) for s in size] if isinstance(size, list) else 0.45 * float(size)}
    if trace.get('_label'):
        made['_label'] = trace['_label']
    return made


def words(texts):
    """Texts at points."""
    return {'type': 'scatter3d', 'mode': 'text', **{letter: [text[1][k] for text in texts] for k, letter in enumerate('xyz')},
            'text': [written(text[2]) for text in texts], 'hoverinfo': 'skip', 'showlegend': False}  # fmt: skip


def scene(reach, names, numbers, labels, aspect, view, boxed, lined):
    """Axes of space, and from where they are seen; `labels` are what stands at their numbers, None where they are themselves."""
    longest = max(aspect)
    made = {'aspectmode': 'manual', 'aspectratio': {letter: part / longest for letter, part in zip('xyz', aspect)}, 'dragmode': 'orbit'}
    for letter in 'xyz':
        low, high = reach[letter]
        # What lies on a wall is inside.
        hair = 1e-4 * (high - low)
        made[f'{letter}axis'] = {'range': [low - hair, high + hair], 'title': {'text': written(names[letter])}, 'visible': boxed, 'showgrid': lined,
                                 'showbackground': False, 'showspikes': False,
                                 **({'tickvals': numbers[letter]} if numbers[letter] else {'nticks': 7}),
                                 **({'ticktext': labels[letter]} if labels[letter] is not None else {})}  # fmt: skip
    elev, azim = (math.radians(part) for part in view)
    flat = math.cos(elev)
    made['camera'] = {'eye': {'x': _away * flat * math.cos(azim), 'y': _away * flat * math.sin(azim), 'z': _away * math.sin(elev)},
                      'center': {'x': 0, 'y': 0, 'z': -0.06}, 'projection': {'type': 'perspective'}}  # fmt: skip
    return made
