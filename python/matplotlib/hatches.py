"""Hatches: lines and dots over an area, by Matplotlib's letters."""

import math
from html import escape

from . import colors

# Which of Plotly's patterns stands for the letters of a hatch, several before one.
_patterns = [('/\\', 'x'), ('-|', '+'), ('+', '+'), ('x', 'x'), ('/', '/'), ('\\', '\\'), ('-', '-'), ('|', '|'), ('.', '.'), ('o', '.'), ('O', '.'), ('*', '.')]

_strokes = {'/': 'M0,{s}L{s},0', '\\': 'M0,0L{s},{s}', 'x': 'M0,{s}L{s},0M0,0L{s},{s}', '-': 'M0,{h}L{s},{h}', '|': 'M{h},0L{h},{s}', '+': 'M0,{h}L{s},{h}M{h},0L{h},{s}'}


def pattern(hatch, ink=None):
    """
    How Plotly draws a hatch, in the colour `ink` (black where it is None); None without a hatch.
    Repeated letters lie closer together.

    Raises ValueError: a letter that is no hatch.
    """
    if not hatch:
        return None
    strange = sorted(set(hatch) - set('/\\|-+xoO.*'))
    if strange:
        raise ValueError(f"Unknown hatch symbol(s): {', '.join(strange)}. Hatch must consist of a string of '/', '\\', '|', '-', '+', 'x', 'o', 'O', '.', '*'")
    shape = next(shape for letters, shape in _patterns if set(letters) <= set(hatch))
    size = max(4, 12 - 2 * max(hatch.count(letter) for letter in set(hatch)))
    return {'shape': shape, 'fgcolor': colors.color('k' if ink is None else ink), 'fillmode': 'overlay', 'size': size,
            'solidity': {'o': 0.4, 'O': 0.6}.get(hatch[0], 0.15)}  # fmt: skip


def several(hatches, ink=None):
    """As `pattern`, one for each of several bars."""
    made = [pattern(hatch, ink) for hatch in hatches]
    first = next((one for one in made if one is not None), None)
    if first is None:
        return None
    return first | {'shape': ['' if one is None else one['shape'] for one in made], 'size': [8 if one is None else one['size'] for one in made]}


def over(outline, number, drawn, at=0):
    """The hatch of the bar `at` as SVG over an element without its fill, `<rect x="1" …`; `number` tells patterns apart."""
    shape, size = (value[at] if isinstance(value, list) else value for value in (drawn['shape'], drawn['size']))
    if not shape:
        return []
    ink = escape(drawn['fgcolor'])
    inside = (f'<circle cx="{size / 2:g}" cy="{size / 2:g}" r="{size * math.sqrt(drawn["solidity"] / math.pi):.2f}" fill="{ink}"/>' if shape == '.' else
              f'<path d="{_strokes[shape].format(s=size, h=size / 2)}" stroke="{ink}" stroke-linecap="square" fill="none"/>')  # fmt: skip
    return [f'<defs><pattern id="hatch{number}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">{inside}</pattern></defs>',
            f'{outline} fill="url(#hatch{number})"/>']  # fmt: skip
