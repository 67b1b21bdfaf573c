"""Tables of text whose columns are of different kinds: as structured arrays, or as strings."""

from .creation import array
from .dtypes import _find, string_dtype
from .fields import record_dtype

_not_names = str.maketrans({c: None for c in '~!@#$%^&*()-=+~\\|]}[{\';: /?.>,<'})


def valid_names(names, excluded=None, deleted=None, blank='_', case_sensitive=True, form='f%i'):
    """Names as Python could write them: blanks become underscores, repeated ones get a number, those to be left out an underscore."""
    gone = _not_names if deleted is None else str.maketrans({c: None for c in {*deleted, '"'}})
    avoided = {'return', 'file', 'print', *(excluded or ())}
    turned = {'upper': str.upper, False: str.upper, 'lower': str.lower}.get(case_sensitive, str)
    made, seen, unnamed = [], {}, 0
    for name in names:
        name = turned(name.strip().replace(' ', blank).translate(gone).strip())
        if not name:
            name = form % unnamed
            unnamed += 1
            while name in names:
                name = form % unnamed
                unnamed += 1
        elif name in avoided:
            name += '_'
        n = seen.get(name, 0)
        seen[name] = n + 1
        made.append(f'{name}_{n}' if n else name)
    return made


def _kind(texts, missing):
    """The smallest dtype that takes all texts of a column."""
    given = [t.strip() for t in texts if t.strip() not in missing]
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


def _value(text, kind, missing, fill, function=None):
    if function is not None:
        return function(text)
    if text.strip() in missing:
        if fill is not None:
            return fill
        return {'b': False, 'i': -1, 'u': 0, 'f': float('nan'), 'c': complex('nan')}.get(kind.kind, text if kind.kind == 'U' else text.encode('latin1'))
    if kind.kind == 'b':
        text = text.strip()
        return text.lower() == 'true' if text.lower() in ('true', 'false') else bool(int(text))
    if kind.kind in 'iu':
        try:
            return int(text)
        except ValueError:
            return int(float(text))
    if kind.kind == 'f':
        return float(text)
    return complex(text.strip()) if kind.kind == 'c' else text.encode('latin1') if kind.kind == 'S' else text


def table(rows, names, dtype, missing=None, fills=None, form='f%i', functions=()):
    """
    Rows of texts as an array: of records when there are names or several kinds, else of one dtype. For each column there
    may be texts that stand for a missing value, what is put there, and by its number a function that reads it.
    """
    columns = list(zip(*rows))
    missing = missing or [('',)] * len(columns)
    fills = fills or [None] * len(columns)
    functions = dict(functions)

    def read(row):
        return [_value(text, kind, lost, fill, functions.get(k)) for k, (text, kind, lost, fill) in enumerate(zip(row, kinds, missing, fills))]

    if dtype is not None and dtype.names is not None:
        kinds = [dtype[k] for k in range(len(dtype))]
        if names is not None and list(names) != list(dtype.names):
            dtype = None
        else:
            names = [form % k for k in range(len(kinds))] if form != 'f%i' and dtype.names == tuple(f'f{k}' for k in range(len(kinds))) else list(dtype.names)
            dtype = record_dtype(list(zip(names, kinds))) if names != list(dtype.names) else dtype
    elif dtype is not None and names is not None:
        kinds = [dtype if dtype.kind not in 'US' or dtype.itemsize else _kind_of_text(c) for c in columns]
    else:
        kinds = [array([functions[k](text) for text in c]).dtype if k in functions else _kind(c, lost) for k, (c, lost) in enumerate(zip(columns, missing))]
    if dtype is None and names is None:
        if len({k.kind for k in kinds}) == 1 and kinds[0].kind not in 'US':
            return array([read(row) for row in rows], kinds[0])
        if len(kinds) == 1:
            return array([row[0] for row in rows])
        if all(k.kind == 'U' for k in kinds):
            return array([list(row) for row in rows])
        names = [form % k for k in range(len(kinds))]
    names = list(names) if names is not None else [form % k for k in range(len(kinds))]
    record = dtype if dtype is not None and dtype.names is not None else record_dtype(list(zip(names, kinds)))
    return array([tuple(read(row)) for row in rows], record)


def _kind_of_text(column):
    return string_dtype('U', max(map(len, column)))
