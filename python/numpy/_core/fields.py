"""Data types that are made of others: records, sub-arrays, bytes without meaning, and types with something besides."""

import math
import re

from . import link

_units = {}
_records = {}


def void_dtype(size):
    """The dtype of `size` bytes without meaning."""
    from .dtypes import _make_other

    if ('V', size) not in _units:
        _units['V', size] = _make_other(14, 20, f'void{8 * size or ""}', 'V', size, f'|V{size}')
    return _units['V', size]


def sub_dtype(base, shape):
    """The dtype of elements that are arrays of a shape; such arrays have these axes behind their own."""
    from .dtypes import _find, _make_other

    shape = tuple(map(link.as_index, shape)) if isinstance(shape, (tuple, list)) else (link.as_index(shape),)
    if any(n < 0 for n in shape):
        raise ValueError('invalid shape in fixed-type tuple: dimension smaller then zero.')
    if not shape:
        return base
    if base._sub is not None:
        base, shape = base._sub[0], shape + base._sub[1]
    key = (id(base), shape)
    if key not in _units:
        size = base.itemsize * math.prod(shape)
        made = _make_other(15, 20, f'void{8 * size}', 'V', size, f'|V{size}')
        made._sub = (_find(base), shape)
        _units[key] = made
    return _units[key]


def record_dtype(fields, offsets=None, itemsize=None, align=False):
    """The dtype of records: names and dtypes in order, one behind the other or where `offsets` say."""
    from .dtypes import _make_other

    names = tuple(name for name, _ in fields)
    if len(set(names)) < len(names):
        raise ValueError(f'field {next(n for n in names if names.count(n) > 1)!r} occurs more than once')
    places, end = [], 0
    for k, (name, part) in enumerate(fields):
        at = -(-end // part.alignment) * part.alignment if align else end
        if offsets is not None:
            at = offsets[k]
        places.append((name, part, at))
        end = max(end, at + part.itemsize)
    widest = max((part.alignment for _, part in fields), default=1) if align or offsets is not None and align else 1
    size = -(-end // widest) * widest
    if itemsize is not None:
        if itemsize < end:
            raise ValueError(f'NumPy dtype descriptor requires {end} bytes, cannot override to smaller itemsize of {itemsize}')
        size = itemsize
    key = (tuple((name, id(part), at) for name, part, at in places), size, align)
    found = _records.get(key)
    if found is None:
        found = _make_other(15, 20, f'void{8 * size}', 'V', size, f'|V{size}')
        found.names, found._parts, found._aligned = names, tuple(places), align
        _records[key] = found
    return found


def of_list(x, align=False):
    """The dtype of a list of (name, type) or (name, type, shape), or of a dictionary."""
    from .dtypes import dtype

    if isinstance(x, dict):
        return _of_dict(x, align)
    fields = []
    for k, field in enumerate(x):
        if not isinstance(field, tuple) or len(field) < 2:
            raise TypeError(f'Field elements must be 2- or 3-tuples, got {field!r}' if k or isinstance(field, tuple) else f'Cannot interpret {x!r} as a data type')
        name = field[0][1] if isinstance(field[0], tuple) else field[0]
        fields.append((name or f'f{k}', _plain(dtype(field[1:] if len(field) > 2 else field[1]))))
    return record_dtype(fields, align=align)


def _of_dict(x, align):
    from .dtypes import dtype

    if 'names' not in x or 'formats' not in x:
        ordered = sorted(x.items(), key=lambda field: field[1][1])
        return record_dtype([(name, _plain(dtype(field[0]))) for name, field in ordered], [field[1] for _, field in ordered], align=align)
    if len(x['names']) != len(x['formats']):
        raise ValueError("'names', 'formats', 'offsets', and 'titles' dict entries must have the same length")
    return record_dtype([(name, _plain(dtype(part))) for name, part in zip(x['names'], x['formats'])], x.get('offsets'), x.get('itemsize'), x.get('aligned', align))


def of_pair(x):
    """The dtype of (type, shape), or of a flexible type and a length."""
    from .dtypes import dtype, string_dtype

    base = _plain(dtype(x[0]))
    if isinstance(x[1], (dict, list)):
        raise TypeError(f"Cannot interpret '{x!r}' as a data type: numbers have no fields here")
    if base.kind in 'USV' and base.names is None and base.itemsize == 0 and not isinstance(x[1], (tuple, list)):
        n = link.as_index(x[1])
        return void_dtype(n) if base.kind == 'V' else string_dtype(base.kind, n)
    return sub_dtype(base, x[1])


_counted = re.compile(r'\s*(?:\(([\d\s,]*)\)|(\d+))?\s*([<>=|]?[A-Za-z?][A-Za-z0-9_]*)\s*$')


def of_text(text):
    """The dtype of 'i4, (2,3)f8' or '3f4'; None for other texts."""
    from .dtypes import _find

    words = re.split(r',(?![^(]*\))', text)
    parts = []
    for word in words if words[-1].strip() else words[:-1]:
        found = _counted.match(word)
        if found is None:
            return None
        shape, count, name = found.groups()
        if shape is None and count is None and len(words) == 1:
            return None
        base = _find(name)
        parts.append(sub_dtype(base, tuple(int(n) for n in shape.split(',') if n.strip())) if shape is not None else sub_dtype(base, int(count)) if count not in (None, '1') else base)
    return parts[0] if len(words) == 1 else record_dtype([(f'f{k}', part) for k, part in enumerate(parts)])


def _plain(x):
    from .dtypes import _find

    return _find(x)


# ---------------------------------------------------------------- as text


def told(part):
    """A dtype as it stands in the list of another."""
    if part.names is not None:
        return _dictionary(part) if not packed(part) else [_entry(name, field) for name, field, _ in part._parts]
    if part._sub is not None:
        return told(part._sub[0]), part._sub[1]
    return '?' if part.kind == 'b' else 'O' if part.kind == 'O' else part.str.lstrip('|')


def _entry(name, field):
    return (name, told(field._sub[0]), field._sub[1]) if field._sub is not None else (name, told(field))


def packed(t):
    """Whether the fields lie one behind the other, as far as their alignment lets them."""
    fields = [(name, part) for name, part, _ in t._parts]
    return record_dtype(fields, align=t._aligned) is t


def _dictionary(t):
    made = {'names': list(t.names), 'formats': [told(part) for _, part, _ in t._parts], 'offsets': [at for _, _, at in t._parts], 'itemsize': t.itemsize}
    return {**made, 'aligned': True} if t._aligned else made


def written(t, whole=False):
    """The text of `str`; with `whole`, the one inside of `dtype(…)`."""
    if t.names is not None:
        if not packed(t):
            return str(_dictionary(t))
        if t._aligned:
            return f'{told(t)}, align=True' if whole else str(_dictionary(t))
        return str(told(t))
    if t._sub is not None:
        return str(told(t))
    return t.str if not whole else repr('O' if t.kind == 'O' else t.str.lstrip('|'))


def descr(t):
    """The fields with the bytes between them, as the interface of arrays tells them."""
    if t.names is None:
        return [('', t.str)]
    made, end = [], 0
    for name, part, at in t._parts:
        if at > end:
            made.append(('', f'|V{at - end}'))
        end = at + part.itemsize
        base, *shape = part._sub or (part,)
        made.append((name, base.str if base.names is None else descr(base), *shape))
    return [*made, ('', f'|V{t.itemsize - end}')] if t.itemsize > end else made


# ---------------------------------------------------------------- elements as bytes


def as_bytes(a):
    """The elements of an array one behind the other, fields where their dtype has them."""
    from .buffers import of_bytes
    from .creation import zeros

    t = a.dtype
    if t.names is None:
        return a.tobytes()
    n = math.prod(a.shape)
    rows = zeros((n, t.itemsize), 'uint8')
    for name, part, at in t._parts:
        if n and part.itemsize:
            rows[:, at:at + part.itemsize] = of_bytes(as_bytes(a[name]), 'uint8').reshape(n, part.itemsize)
    return rows.tobytes()


def from_bytes(raw, t, shape):
    """The array whose elements are these bytes."""
    from . import boxed, buffers, creation, records

    if t._sub is not None:
        return from_bytes(raw, t._sub[0], (*shape, *t._sub[1]))
    n, size = math.prod(shape), t.itemsize
    if t.names is not None:
        rows = buffers.of_bytes(raw, 'uint8').reshape(n, size) if n else creation.zeros((0, size), 'uint8')
        return records.structured({name: from_bytes(rows[:, at:at + part.itemsize].tobytes(), part, shape) for name, part, at in t._parts}, t, shape=shape)
    if t.kind == 'O':
        raise ValueError('cannot create an OBJECT array from memory buffer')
    if t.kind in 'USV':
        texts = [bytes(raw[k:k + size]) for k in range(0, n * size, size)]
        if t.kind == 'U':
            texts = [x.decode('utf-32-le').rstrip('\0') for x in texts]
        elif t.kind == 'S':
            texts = [x.rstrip(b'\0') for x in texts]
        return boxed.from_flat(texts, shape, t)
    return buffers.of_bytes(raw, t).reshape(shape)


def view_as(a, t):
    """
    An array with other fields, or none, over the same bytes. Where all fields are of one dtype the memory is shared;
    elsewhere it is a copy that cannot be written to.
    """
    from .array import ndarray

    last = a.shape[-1] if a.ndim else 1
    old, new = a.itemsize, t.itemsize
    if old != new and (not a.ndim or new == 0 or last * old % new):
        raise ValueError('Changing the dtype of a 0d array is only supported if the itemsize is unchanged' if not a.ndim else
                         'When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array.' if new > old else
                         'When changing to a smaller dtype, its size must be a divisor of the size of original dtype')
    shape = (*a.shape[:-1], last * old // new) if a.ndim else ()
    whole = a if a.dtype.names is None else a._whole()
    kinds = {part for _, part, _ in t._parts or ()}
    alike = len(kinds) == 1 and next(iter(kinds))._code <= 12 and packed(t) and not t._aligned
    if type(whole) is ndarray and (t._code <= 12 or alike):
        if t._code <= 12:
            return whole.view(t).reshape(shape)
        from .records import over

        return over(whole.view(next(iter(kinds))).reshape(*shape, len(t.names)), t)
    made = from_bytes(as_bytes(a), t, shape)
    made.setflags(write=False)
    return made
