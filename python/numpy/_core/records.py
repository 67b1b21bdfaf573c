"""Structured arrays: every field is an array of its own, and what is done to the whole is done to each."""

import builtins

from . import link
from .array import ndarray
from .boxed import array_of, boxed, filled
from .creation import arange
from .dtypes import _find
from .fields import as_bytes, packed, view_as
from .guest import guest, shapes
from .link import call, call_array
from .flexible import void

_new = object.__new__


class record(guest):
    """An array of records; `a['name']` is the array of one field, and writing into it writes into the records."""

    __slots__ = ('_fields', '_type')
    _opening = 'array('
    __module__ = 'numpy'
    _place = ('numpy._core.records', 3)

    dtype = property(lambda self: self._type, doc="Data-type of the array's elements.")
    itemsize = property(lambda self: self._type.itemsize, doc='Length of one record in bytes.')

    # What one of its elements is.
    _single = void

    def _each(self, function):
        return structured({name: function(field) for name, field in self._fields.items()}, self._type, type(self))

    def _at(self, key):
        """What an index finds, in fields that have axes of their own behind those of the array, too."""
        if all(part._sub is None for _, part, _ in self._type._parts):
            return self._each(lambda field: field[key])
        parts = key if isinstance(key, tuple) else (key,)
        if any(part is Ellipsis for part in parts):
            k = next(k for k, part in enumerate(parts) if part is Ellipsis)
            used = sum(1 if not isinstance(p, ndarray) or p.dtype.kind != 'b' else p.ndim for p in parts if p is not None and p is not Ellipsis)
            parts = (*parts[:k], *[slice(None)] * (self.ndim - used), *parts[k + 1:])
        shape = self._codes[key if isinstance(key, ndarray) else tuple(parts)]
        return structured({name: field[tuple(parts)] if parts else field[...] for name, field in self._fields.items()}, self._type, type(self),
                          shape=shape.shape if isinstance(shape, ndarray) else ())

    def _whole(self):
        """The array whose last axis goes through the fields, where these are of one dtype in one piece of memory; else None."""
        from ..lib.stride_tricks import as_strided

        first = next(iter(self._fields.values()))
        if type(first) is not ndarray or not packed(self._type) or self._type._aligned or self._type._parts[0][1]._sub is not None:
            return None
        for k, field in enumerate(self._fields.values()):
            if type(field) is not ndarray or field.dtype is not first.dtype or field.strides != first.strides or field.shape != first.shape:
                return None
            if k and not (link.engine.shares(field._h, first._h) and link.engine.offset(field._h) == link.engine.offset(first._h) + k * first.itemsize):
                return None
        return as_strided(first, (*first.shape, len(self._fields)), (*first.strides, first.itemsize))

    def _field(self, name):
        if name not in self._fields:
            raise ValueError(f'no field of name {name}')
        return self._fields[name]

    def __getitem__(self, key):
        if isinstance(key, str):
            return self._field(key)
        if isinstance(key, list) and key and all(isinstance(k, str) for k in key):
            for k in key:
                self._field(k)
            kept = self._type[key]
            return structured({k: self._fields[k] for k in key}, kept, type(self), shape=self.shape)
        if isinstance(key, record):
            raise IndexError('only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices')
        parts = key if isinstance(key, tuple) else (key,)
        if all(hasattr(p, '__index__') and not isinstance(p, (builtins.bool, ndarray)) for p in parts) and len(parts) == self.ndim:
            # A view without axes: writing into the record writes here.
            return self._single._of(structured({name: field[(*parts, ...)] for name, field in self._fields.items()}, self._type, type(self), shape=()))
        if key == () and self.ndim == 0 if isinstance(key, tuple) else False:
            return self._single._of(self)
        return self._at(key)

    def __setitem__(self, key, value):
        if isinstance(key, str):
            self._field(key)[...] = value
            return
        if isinstance(value, void):
            value = value.item()
        if isinstance(value, tuple):
            if len(value) != len(self._fields):
                raise ValueError(f'could not assign tuple of length {len(value)} to structure with {len(self._fields)} fields.')
            for field, part in zip(self._fields.values(), value):
                field[key] = part
        elif isinstance(value, record):
            for field, part in zip(self._fields.values(), value._fields.values()):
                field[key] = part
        elif isinstance(value, list):
            self[key] = record_array(value, self._type)
        else:
            for field in self._fields.values():
                field[key] = value

    def item(self, *args):
        """One record as a tuple."""
        return (self.reshape(-1)[args[0] if args else 0] if len(args) < 2 else self[args]).item()

    def tolist(self):
        """The records as nested lists of tuples."""
        if self.ndim == 0:
            return void._of(self).item()

        def rows(parts, depth):
            if depth == 0:
                return list(zip(*parts))
            return [rows(row, depth - 1) for row in zip(*parts)]

        # What is an array in each record stays one.
        return rows([field.tolist() if part._sub is None else field for (_, part, _), field in zip(self._type._parts, self._fields.values())], self.ndim - 1)

    def copy(self, order='C'):
        """Return a copy of the array."""
        return self._each(lambda field: field.copy())

    def flatten(self, order='C'):
        """Return a copy of the array collapsed into one dimension."""
        return call_array('ravel', self.copy(), order)

    def tobytes(self, order='C'):
        """The records as bytes, with what lies between their fields."""
        return as_bytes(self.T if order == 'F' else self)

    def byteswap(self, inplace=False):
        """The bytes of each number the other way round."""
        made = self._each(lambda field: field.byteswap())
        if inplace:
            self[...] = made
            return self
        return made

    @property
    def strides(self):
        """Steps in bytes."""
        return tuple(s * self._type.itemsize for s in self._codes.strides)

    def astype(self, dtype, order='K', casting='unsafe', subok=True, copy=True):
        """Copy of the array, cast to another record type, field by field."""
        want = _find(dtype)
        if want.names is None or len(want.names) != len(self._fields):
            raise TypeError(f'Cannot cast array data from {self._type!r} to {want!r}.')
        return structured({name: field.astype(part.base) for (name, part, _), field in zip(want._parts, self._fields.values())}, want, shape=self.shape)

    def view(self, dtype=None, type=None):
        """New view of array with the same data."""
        kind = type if type is not None else dtype if isinstance(dtype, builtins.type) and issubclass(dtype, ndarray) else None
        if kind is None and dtype is not None and _find(dtype) is not self._type:
            return view_as(self, _find(dtype))
        cls = self.__class__ if kind is None else kind if issubclass(kind, record) else record
        return structured({name: field[...] for name, field in self._fields.items()}, self._type, cls, shape=self.shape)

    def sort(self, axis=-1, kind=None, order=None, *, stable=None):
        """Sort the records in-place, by the fields named in `order` or by all."""
        self[...] = sort(self, order)

    def argsort(self, axis=-1, kind=None, order=None, *, stable=None):
        """The indices that would sort the records."""
        return argsort(self, order)

    def _compare(self, other, wanted):
        if isinstance(other, record):
            made = None
            for a, b in zip(self._fields.values(), other._fields.values()):
                same = a == b
                if same.ndim > self.ndim:
                    same = same.reshape(*self.shape, -1).all(-1)
                made = same if made is None else made & same
            return made if wanted else ~made
        if isinstance(other, void):
            made = None
            for name, field in self._fields.items():
                same = field == other[name]
                made = same if made is None else made & same
            return made if wanted else ~made
        return NotImplemented

    def __eq__(self, other):
        return self._compare(other, True)

    def __ne__(self, other):
        return self._compare(other, False)

    __hash__ = guest.__hash__

    def _no(self, *others):
        raise link._UFuncNoLoopError('structured arrays have no arithmetic; take a field: a[\'name\']')

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __matmul__ = __neg__ = __abs__ = _no
    __iadd__ = __isub__ = __imul__ = __itruediv__ = __pow__ = __mod__ = __floordiv__ = __invert__ = __and__ = __or__ = __xor__ = _no
    __lt__ = __le__ = __gt__ = __ge__ = _no

    def __reduce__(self):
        return (record_array, (self.tolist(), self._type))


record.__name__ = record.__qualname__ = 'ndarray'


def structured(fields, dtype, cls=record, shape=None):
    """The array of records with these fields."""
    from .creation import zeros

    made = _new(cls)
    if shape is None:
        first, part = next(iter(fields.values())), dtype._parts[0][1]
        shape = first.shape[:first.ndim - part.ndim]
    made._codes = zeros(shape, 'bool')
    made._h = made._codes._h
    made._fields = fields
    made._type = dtype
    return made


def over(whole, dtype):
    """The records whose fields are what the last axis of an array goes through."""
    return structured({name: whole[..., k] for k, name in enumerate(dtype.names)}, dtype, shape=whole.shape[:-1])


def _together(fields, dtype, shape):
    """New records; fields of one dtype lie in one piece of memory."""
    from .creation import empty

    first = dtype._parts[0][1]
    if first._code > 12 or any(part is not first for _, part, _ in dtype._parts) or not packed(dtype):
        return structured(fields, dtype, shape=shape)
    whole = empty((*shape, len(fields)), first)
    for k, field in enumerate(fields.values()):
        whole[..., k] = field
    return over(whole, dtype)


def record_array(rows, dtype):
    """Records of tuples in nested lists."""
    if isinstance(rows, record):
        return rows.astype(dtype)
    if isinstance(rows, tuple):
        _check(rows, dtype)
        return _together({name: array_of_one(value, part).reshape(part.shape) for value, (name, part, _) in zip(rows, dtype._parts)}, dtype, ())
    if isinstance(rows, void):
        return record_array(rows.item(), dtype)
    if not isinstance(rows, list) and not hasattr(rows, '__iter__') or isinstance(rows, (str, bytes)):
        made = filled_record('zeros', (), dtype)
        made[...] = rows
        return made
    shape, flat = [], rows if isinstance(rows, list) else [*rows]
    shape.append(len(flat))
    while flat and isinstance(flat[0], list):
        shape.append(len(flat[0]))
        flat = [x for row in flat for x in row]
    flat = [row.item() if isinstance(row, void) else row for row in flat]
    for row in flat:
        _check(row, dtype)
    columns = list(zip(*flat)) if flat else [()] * len(dtype.names)
    fields = {name: _column(list(values), part).reshape((*shape, *part.shape)) for values, (name, part, _) in zip(columns, dtype._parts)}
    return _together(fields, dtype, tuple(shape))


def _check(row, dtype):
    if not isinstance(row, tuple):
        raise TypeError(f'a record is a tuple; this is {row!r}')
    if len(row) != len(dtype.names):
        raise ValueError(f'could not assign tuple of length {len(row)} to structure with {len(dtype.names)} fields.')


def _column(values, part):
    from .creation import array, full

    if part._sub is not None:
        rows = [_column([row], part.base) if not isinstance(row, (list, tuple, ndarray)) else array(row, part.base) for row in values]
        made = full((len(rows), *part.shape), 0, part.base) if part.base._code <= 12 else filled('zeros', (len(rows), *part.shape), part.base)
        for k, row in enumerate(rows):
            made[k] = row
        return made
    if part.names is not None:
        return record_array(values, part)
    return array_of(values, part) if part.num >= 17 else array(values, part)


def array_of_one(value, part):
    return _column([value], part)


def filled_record(function, shape, dtype):
    """`zeros`, `ones` and `empty` of records."""
    from . import creation

    fields = {}
    for name, part, _ in dtype._parts:
        inner, base = (*shape, *part.shape), part.base
        fields[name] = filled(function, inner, base) if base.num >= 17 else getattr(creation, function)(inner, base)
    return _together(fields, dtype, tuple(shape))


def argsort(a, order=None):
    """The order of records by some of their fields."""
    names = list(a._type.names)
    chosen = [] if order is None else [order] if isinstance(order, str) else list(order)
    for name in chosen:
        if name not in names:
            raise ValueError(f'unknown field name: {name}')
    keys = chosen + [n for n in names if n not in chosen]
    return call_array('lexsort', [a._fields[n] for n in reversed(keys)])


def sort(a, order=None):
    """A sorted copy of records."""
    return a[argsort(a, order)]


_joins = {'concatenate', 'stack', 'vstack', 'hstack'}


def run(name, args, kwargs):
    """A function of the engine that was given structured arrays."""
    if name in _joins:
        parts = args[0]
        first = parts[0]
        return structured({n: call_array(name, [p[n] for p in parts], *args[1:], **kwargs) for n in first._type.names}, first._type)
    a = next(x for x in args if isinstance(x, record))
    if name in shapes and args[0] is a and any(part._sub is not None for _, part, _ in a._type._parts):
        # By the places of the records: fields have axes that are none of the array's.
        places = call_array(name, arange(a.size).reshape(a.shape), *args[1:], **kwargs)
        flat = structured({n: field.reshape(-1, *part.shape) for (n, part, _), field in zip(a._type._parts, a._fields.values())}, a._type, type(a), shape=(a.size,))
        return [flat._at(p) for p in places] if isinstance(places, (list, tuple)) else flat._at(places)
    if name.endswith('_like') and args[0] is a:
        fill = args[1] if name == 'full_like' else None
        want = next((_find(x) for x in args[1 + (fill is not None):] if x is not None and not isinstance(x, str)), a._type)
        made = filled('zeros' if fill is not None else name[:-5], a.shape, want) if want._code > 12 else call_array(name, a._codes, *args[1:])
        if fill is not None and want._code > 12:
            made[...] = fill.item() if isinstance(fill, ndarray) and fill.ndim == 0 else fill
        return made
    if name == 'sort':
        return sort(a)
    if name == 'argsort':
        return argsort(a)
    if name == 'unique':
        ordered = sort(a.reshape(-1))
        keep = [i for i in builtins.range(len(ordered)) if i == 0 or ordered[i].item() != ordered[i - 1].item()]
        return ordered[keep]
    if name in ('array2string', 'array_str'):
        return text(a, **kwargs)
    if name == 'array_repr':
        from . import boxed as boxes

        return boxes.array_repr(a, _words(a), a._opening)
    if name in ('nonzero', 'count_nonzero', 'array_equal', 'where', 'meshgrid'):
        if name == 'array_equal':
            return args[0].shape == args[1].shape and builtins.bool(call('all', args[0] == args[1]))
        raise TypeError(f'np.{name} takes numbers; this is a structured array')
    parts = {n: call_array(name, *(x[n] if isinstance(x, record) else x for x in args), **kwargs) for n in a._type.names}
    first = next(iter(parts.values()))
    if isinstance(first, (list, tuple)):
        return [structured({n: part[k] for n, part in parts.items()}, a._type, type(a)) for k in builtins.range(len(first))]
    return structured(parts, a._type, type(a))


def _words(a):
    """How each record is written: numbers of a field as an array of them would be."""
    columns = {}
    for (name, part, _), field in zip(a._type._parts, a._fields.values()):
        if part._sub is not None:
            columns[name] = _nested(field, part.ndim)
        elif isinstance(field, boxed):
            columns[name] = [repr(x) for x in field._flat()]
        elif isinstance(field, record):
            inner = _words(field)
            columns[name] = [inner(x) for x in field.reshape(-1)]
        else:
            columns[name] = _aligned(field.ravel())
    rows = [f"({', '.join(parts)}{',' if len(parts) == 1 else ''})" for parts in zip(*columns.values())]
    state = iter(rows)
    return lambda x: next(state)


def _nested(field, depth):
    """The words of each element that is an array itself."""
    if isinstance(field, boxed):
        words = [repr(x) for x in field._flat()]
    elif isinstance(field, record):
        inner = _words(field)
        words = [inner(x) for x in field.reshape(-1)]
    else:
        words = _aligned(field.ravel())
    for n in reversed(field.shape[field.ndim - depth:]):
        words = [f"[{', '.join(words[k:k + n])}]" for k in range(0, len(words), n)] if n else []
    return words


def _aligned(flat):
    if flat.size == 0:
        return []
    written = call('array2string', flat, separator=',', max_line_width=1 << 30, threshold=1 << 30)
    return written[1:-1].split(',')


def text(a, **options):
    """The records between brackets."""
    from . import boxed as boxes

    if a.ndim == 0:
        return _words(a)(None)
    # A shortened text leaves records out: every word must be found by its place.
    if a.size > 1000:
        edge = 3
        a = call_array('concatenate', [a[:edge], a[-edge:]]) if a.ndim == 1 else a
    return boxes.text(a, word=_words(a), **{k: v for k, v in options.items() if v is not None})


_ = boxed
