"""`genfromtxt` and `fromregex`: text in which values may be missing, and columns of different kinds."""

import builtins
import os
import re

from . import link
from .columns import table, valid_names
from .creation import array
from .dtypes import _find
from .fields import record_dtype
from .files import _lines, _number


class ConversionWarning(UserWarning):
    """Lines of a text that could not be read."""


def _cut(line, delimiter):
    """The parts of a line between delimiters, or of the widths given."""
    if isinstance(delimiter, int):
        return [line[i:i + delimiter] for i in range(0, len(line), delimiter)]
    if not isinstance(delimiter, (list, tuple)):
        return line.split(delimiter)
    parts, at = [], 0
    for width in delimiter:
        parts.append(line[at:at + width])
        at += width
    return parts


def _by_column(given, count, names, each):
    """What is given for all columns, for the first ones, or by number or name, as a list; `each` reads one."""
    made = [None] * count
    if given is None:
        return made
    if isinstance(given, dict):
        for key, value in given.items():
            place = names.index(key) if isinstance(key, str) and names and key in names else key
            if isinstance(place, int) and place < count:
                made[place] = each(value)
        return made
    if isinstance(given, (list, tuple)):
        for k, value in enumerate(given[:count]):
            made[k] = each(value)
        return made
    return [each(given)] * count


def _texts(value):
    return {value} if isinstance(value, str) else {value.decode('latin1')} if isinstance(value, bytes) else {*map(str, value)} if isinstance(value, (list, tuple)) else {str(value)}


def _default(t):
    return {'b': False, 'i': -1, 'u': -1, 'f': float('nan'), 'c': complex('nan')}.get(t.kind, '???')


def _truth(text):
    if text.lower() in ('true', 'false'):
        return text.lower() == 'true'
    return builtins.bool(int(text))


def genfromtxt(fname, dtype=float, comments='#', delimiter=None, skip_header=0, skip_footer=0, converters=None, missing_values=None,
               filling_values=None, usecols=None, names=None, excludelist=None, deletechars=None, replace_space='_', autostrip=False,
               case_sensitive=True, defaultfmt='f%i', unpack=None, usemask=False, loose=True, invalid_raise=True, max_rows=None,
               encoding=None, *, ndmin=0, like=None):
    """Load data from a text file, with missing values handled as specified (NaN unless `filling_values` says otherwise)."""
    if max_rows is not None:
        if skip_footer:
            raise ValueError("The keywords 'skip_footer' and 'max_rows' can not be specified at the same time.")
        if max_rows < 1:
            raise ValueError("'max_rows' must be at least 1.")
    if ndmin not in (0, 1, 2):
        raise ValueError(f'Illegal value of ndmin keyword: {ndmin}')
    if isinstance(dtype, (tuple, list)) and dtype and not (len(dtype) == 2 and isinstance(dtype[1], (int, tuple))) and not builtins.any(isinstance(part, tuple) for part in dtype):
        # One type for each column.
        dtype = record_dtype([(f'f{k}', _find(part)) for k, part in enumerate(dtype)])
    t = _find(float if dtype is None else dtype)
    comments = comments.decode('latin1') if isinstance(comments, bytes) else comments
    delimiter = delimiter.decode('latin1') if isinstance(delimiter, bytes) else delimiter
    if not isinstance(fname, (str, os.PathLike)) and not hasattr(fname, '__iter__'):
        raise TypeError('fname must be a string, a filehandle, a sequence of strings,\n'
                        f'or an iterator of strings. Got {type(fname)} instead.')
    source = _lines([fname] if isinstance(fname, bytes) else fname, encoding)
    for _ in range(skip_header):
        next(source, None)
    lines = []
    if max_rows is None:
        lines = list(source)
    else:
        # What is not asked for stays in an open file.
        found, wanted = 0, max_rows + (names is True)
        for line in source:
            lines.append(line)
            found += builtins.bool((line.partition(comments)[0] if comments and (found or names is not True) else line).strip())
            if found == wanted:
                break
    if names is True and comments:
        # Names may stand in a comment.
        lines = [line.lstrip(comments + ' ') if k == 0 else line for k, line in enumerate(line for line in lines if line.strip())]
    numbered = [(k + skip_header + 1, line.partition(comments)[0] if comments else line) for k, line in enumerate(lines)]
    numbered = [(k, line) for k, line in numbered if line.strip()]
    if names is True:
        names = [name.strip() for name in _cut(numbered.pop(0)[1].strip(), delimiter)] if numbered else []
    elif isinstance(names, str):
        names = [name.strip() for name in names.split(',')]
    given = None if names in (None, False) else [*names]
    if skip_footer:
        numbered = numbered[:-skip_footer]
    usecols = [usecols] if isinstance(usecols, int) else [part.strip() for part in usecols.split(',')] if isinstance(usecols, str) else usecols
    # Blanks about a line are no part of it, those about a value are, unless it is of a certain width or `autostrip` says otherwise.
    by_width = isinstance(delimiter, (int, list, tuple))
    cuts = [(k, _cut(line.rstrip('\r\n') if by_width else line.strip(' \r\n'), delimiter)) for k, line in numbered]
    if autostrip:
        cuts = [(k, [part.strip() for part in parts]) for k, parts in cuts]
    if not cuts:
        link.warn(f'genfromtxt: Empty input file: "{fname}"', UserWarning)
        return array([], t)
    width = len(cuts[0][1])
    wrong = [(k, len(parts)) for k, parts in cuts if len(parts) != width]
    if wrong:
        text = 'Some errors were detected !\n' + '\n'.join(f'    Line #{k} (got {m} columns instead of {width})' for k, m in wrong)
        if invalid_raise:
            raise ValueError(text)
        link.warn(text, ConversionWarning)
        cuts = [(k, parts) for k, parts in cuts if len(parts) == width]
    cuts = cuts[:max_rows]
    chosen = [*range(width)] if usecols is None else [given.index(c) if isinstance(c, str) and not c.lstrip('-').isdigit() else int(c) % width for c in usecols]
    count = len(chosen)
    titles = None
    if given is not None:
        titles = [given[c] for c in chosen] if usecols is not None and len(given) > count else given[:count]
        titles = valid_names([*titles, *[''] * (count - len(titles))], excludelist, deletechars, replace_space, case_sensitive, defaultfmt)
    missing = [{''} | (found or set()) for found in _by_column(missing_values.split(',') if isinstance(missing_values, str) and ',' in missing_values else missing_values,
                                                              count, titles, _texts)]
    fills = _by_column(filling_values, count, titles, lambda x: x)
    working = {}
    for key, function in (converters or {}).items():
        place = titles.index(key) if isinstance(key, str) and titles else chosen.index(key) if key in chosen else key
        working[place] = function
    rows = [[parts[c] for c in chosen] for _, parts in cuts]
    hidden = [[text.strip() in lost for text, lost in zip(row, missing)] for row in rows]
    plain = titles is None and dtype is not None and t.names is None and (t.kind not in 'USO' or t.kind in 'US' and t.itemsize > 0)
    if plain:
        made = array([[_converted(text, t, lost, fill, working.get(k), loose) for k, (text, lost, fill) in enumerate(zip(row, missing, fills))] for row in rows], t)
        mask = array(hidden)
    else:
        made = table(rows, titles, None if dtype is None else t, missing, fills, defaultfmt, working)
        mask = array([tuple(row) for row in hidden], record_dtype([(name, _find(bool)) for name in made.dtype.names])) if made.dtype.names else array(hidden)
    if made.dtype.names is None:
        made, mask = (_squeezed(x, ndmin) for x in (made, mask if mask.shape == made.shape else mask.reshape(made.shape)))
    elif made.shape == (1,) and ndmin == 0:
        made, mask = made.reshape(()), mask.reshape(())
    if usemask and made.dtype.names is None:
        from ..ma import MaskedArray

        made = MaskedArray(made, mask=mask)
    if not unpack:
        return made
    return [made[name] for name in made.dtype.names] if made.dtype.names else made.T if made.ndim > 1 else made


def _converted(text, t, missing, fill, function, loose):
    if function is not None:
        return function(text) if text.strip() not in missing or fill is None else fill
    if text.strip() in missing:
        return fill if fill is not None else '' if t.kind in 'US' else _default(t)
    try:
        return _truth(text) if t.kind == 'b' else text if t.kind in 'US' else _number(text, t)
    except ValueError:
        if not loose:
            raise ValueError(f"Cannot convert string '{text}'") from None
        return _default(t) if fill is None else fill


def _squeezed(made, ndmin):
    """The array without axes of length 1, as far as there are to be no more than `ndmin`."""
    if made.ndim == 2 and ndmin < 2:
        made = made.reshape(made.shape[1]) if made.shape[0] == 1 else made.reshape(-1) if made.shape[1] == 1 else made
    return made.reshape(()) if made.size == 1 and ndmin == 0 else made


def fromregex(file, regexp, dtype, encoding=None):
    """Construct an array from a text file, using regular expression parsing: its groups are the fields of the records."""
    t = _find(dtype)
    if t.names is None:
        raise TypeError('dtype must be a structured datatype')
    if hasattr(file, 'read'):
        text = file.read()
    else:
        with open(file, encoding=encoding or 'latin1') as source:
            text = source.read()
    if isinstance(text, bytes) and isinstance(getattr(regexp, 'pattern', regexp), str):
        text = text.decode(encoding or 'latin1')
    found = re.findall(regexp, text)
    if found and not isinstance(found[0], tuple):
        return array([(_number_of(x, t[0]),) for x in found], t)
    return array([tuple(_number_of(x, t[k]) for k, x in enumerate(row)) for row in found], t)


def _number_of(text, kind):
    text = text.decode('latin1') if isinstance(text, bytes) and kind.kind != 'S' else text
    return text.encode('latin1') if kind.kind == 'S' and isinstance(text, str) else text if kind.kind in 'USO' else _number(text, kind)

