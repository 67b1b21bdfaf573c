"""Tables of text whose columns are of different kinds: as structured arrays, or as strings."""

from .creation import array
from .dtypes import _find, string_dtype
from .fields import record_dtype

_not_names = str.maketrans({c: None for c in '~!@#$%^&*()-=+~\\|]}[{\';: /?.>,<'})


def _clean(names):
    """Names as Python could write them: blanks become underscores, repeated ones get a number."""
    made, seen = [], {}
    for k, name in enumerate(names):
        name = name.strip().replace(' ', '_').translate(_not_names) or f'f{k}'
        n = seen.get(name, 0)
        seen[name] = n + 1
        made.append(f'{name}_{n}' if n else name)
    return made


def _kind(texts, missing):
    """The smallest dtype that takes all texts of a column."""
    given = [t for t in texts if t not in missing]
    if given and all(t.lower() in ('true', 'false') for t in given):
        return _find(bool)
    for kind, convert in ((int, int), (float, float), (complex, complex)):
        try:
            for t in given:
                convert(t)
        except ValueError:
            continue
        # A column with nothing in it is of truth values, as NumPy has it.
        return _find(bool) if not given else _find(kind)
    return string_dtype('U', max(map(len, texts)))


def _value(text, kind, missing, fill):
    if text in missing:
        if fill is not None:
            return fill
        return {'b': False, 'i': -1, 'u': 0, 'f': float('nan'), 'c': complex('nan'), 'U': '', 'S': ''}[kind.kind]
    if kind.kind == 'b':
        return text.lower() == 'true' if text.lower() in ('true', 'false') else bool(int(text))
    if kind.kind in 'iu':
        return int(text)
    if kind.kind == 'f':
        return float(text)
    return complex(text) if kind.kind == 'c' else text


def table(rows, names, dtype, missing=('',), fill=None):
    """Rows of texts as an array: of records when there are names or several kinds, else of one dtype."""
    columns = list(zip(*rows))
    if dtype is not None and dtype.names is not None:
        kinds = [dtype[k] for k in range(len(dtype))]
        if names is not None and list(names) != list(dtype.names):
            dtype = None
        else:
            names = list(dtype.names)
    elif dtype is not None and names is not None:
        kinds = [dtype if dtype.kind not in 'US' or dtype.itemsize else _kind_of_text(c) for c in columns]
    else:
        kinds = [_kind(c, missing) for c in columns]
    if dtype is None and names is None:
        if len({k.kind for k in kinds}) == 1 and kinds[0].kind not in 'US':
            flat = [[_value(t, k, missing, fill) for t, k in zip(row, kinds)] for row in rows]
            return array(flat, kinds[0])
        if len(kinds) == 1:
            return array([row[0] for row in rows])
        if all(k.kind == 'U' for k in kinds):
            return array([list(row) for row in rows])
        names = [f'f{k}' for k in range(len(kinds))]
    names = _clean(names) if names is not None else [f'f{k}' for k in range(len(kinds))]
    record = dtype if dtype is not None and dtype.names is not None else record_dtype(list(zip(names, kinds)))
    tuples = [tuple(_value(t, k, missing, fill) for t, k in zip(row, kinds)) for row in rows]
    return array(tuples, record)


def _kind_of_text(column):
    return string_dtype('U', max(map(len, column)))
