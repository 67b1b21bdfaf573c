"""
Arrays of strings and of objects. Their elements lie in a pool in Python; an int64 array of the engine says which element
stands where. So views, shapes, masks and joins are the engine's own, and only what looks into elements is done here.
"""

import builtins

from . import fields, link, swapped
from .array import ndarray
from .guest import guest, with_dtype
from .dtypes import _find, string_dtype
from .link import call, call_array
from .flexible import bytes_, str_, void
from .generic import generic

_new = object.__new__
_object = _find(object)


class Pool:
    """The elements of a family of arrays; equal strings have one place."""

    __slots__ = ('places', 'values')

    def __init__(self):
        self.values = []
        self.places = {}

    def put(self, value):
        """The place of an element."""
        if type(value) is str or type(value) is bytes:
            place = self.places.get(value)
            if place is None:
                place = self.places[value] = len(self.values)
                self.values.append(value)
            return place
        self.values.append(value)
        return len(self.values) - 1


class boxed(guest):
    """An array whose elements are Python's."""

    __slots__ = ('_pool', '_type')
    __module__ = 'numpy'
    _place = ('numpy._core.boxed_functions', 2)

    # What the array is ------------------------------------------------------------

    dtype = property(lambda self: self._type, doc="Data-type of the array's elements.")
    itemsize = property(lambda self: self._type.itemsize, doc='Length of one array element in bytes.')
    strides = property(lambda self: tuple(s // 8 * self._type.itemsize for s in self._codes.strides), doc='Steps in bytes.')
    real = property(lambda self: self, doc='The array itself.')
    imag = property(lambda self: filled('zeros', self.shape, self._type), doc='Zeros, or empty strings.')
    __array_interface__ = property(lambda self: {'shape': self.shape, 'typestr': self._type.str, 'version': 3})

    def _pick(self, function):
        """A function of each element, as an array of objects."""
        pool = Pool()
        places = [pool.put(function(x)) for x in self._flat()]
        return box(_codes_of(places, self.shape), pool, _object)

    def _flat(self):
        values = self._pool.values
        return [values[k] for k in self._codes.ravel().tolist()]

    def _scalar(self, code):
        value = self._pool.values[code]
        if self._type is _object:
            return value
        return str_(value) if type(value) is str else void._of(value) if self._type.kind == 'V' else bytes_(value)

    # Elements ------------------------------------------------------------------------

    def __getitem__(self, key):
        found = self._codes[key]
        if not isinstance(found, ndarray):
            return self._scalar(int(found))
        made = box(found, self._pool, self._type)
        return self._view_of(made) if found.base is not None else made

    def __setitem__(self, key, value):
        codes, pool = self._codes, self._pool
        if isinstance(value, (list, tuple, ndarray)) and not (self._type is _object and _is_single(key, codes.ndim)):
            given = array_of(value, self._type) if not (isinstance(value, boxed) and value._type is self._type) else value
            codes[key] = _moved(given, pool)
        else:
            codes[key] = pool.put(_fitting(value, self._type))

    def __contains__(self, value):
        return builtins.bool((self == value).any())

    def item(self, *args):
        """Copy an element of the array to a standard Python object."""
        if not args and self.size != 1:
            raise ValueError('can only convert an array of size 1 to a Python scalar')
        return self._pool.values[self._codes.item(*args)]

    def tolist(self):
        """The array as nested Python lists of its elements."""
        values = self._pool.values

        def named(x):
            return [named(y) for y in x] if type(x) is list else values[x]

        return named(self._codes.tolist())

    def tobytes(self, order='C'):
        """The elements as bytes; objects have none."""
        if self._type is _object:
            raise TypeError('objects have no bytes here')
        n = self._type.itemsize
        return b''.join((x if type(x) is bytes else x.encode('utf-32-le')).ljust(n, b'\0') for x in (self.T if order == 'F' else self)._flat())

    def flatten(self, order='C'):
        """Return a copy of the array collapsed into one dimension."""
        return box(self._codes.flatten(order), self._pool, self._type)

    def copy(self, order='C'):
        """Return a copy of the array."""
        return box(self._codes.copy(order), self._pool, self._type)

    def astype(self, dtype, order='K', casting='unsafe', subok=True, copy=True):
        """Copy of the array, cast to a specified type."""
        want = _find(dtype)
        if want.num >= 17:
            return array_of(self.tolist() if self.ndim else self.item(), want, self.shape)
        flat = self._flat()
        made = _numbers(flat, want)
        return made.reshape(self.shape)

    def view(self, dtype=None, type=None):
        """New view of array with the same data."""
        if dtype is not None and dtype is not ndarray and _find(dtype) != self._type:
            if self._type is _object:
                raise TypeError('Cannot change data-type for array of references.')
            return fields.view_as(self, _find(dtype))
        return self._view_of(box(self._codes[...], self._pool, self._type))

    def byteswap(self, inplace=False):
        """The array: single bytes have no order."""
        if self._type.kind == 'U' and self.size:
            raise TypeError('text has no other order of bytes here')
        return self if inplace else self.copy()

    def fill(self, value):
        """Fill the array with an element; in an array of objects that may be a list or an array."""
        if self._type is _object:
            self._codes[...] = self._pool.put(value)
            return
        self._codes[...] = self._pool.put(_fitting(value, self._type))

    def sort(self, axis=-1, kind=None, order=None, *, stable=None):
        """Sort an array in-place."""
        self._codes[...] = call_array('sort', self, axis)._codes

    def __reduce__(self):
        return (_rebuild, (self._type.str, self.shape, self._flat()))

    def __deepcopy__(self, memo):
        import copy

        return self._pick(lambda x: copy.deepcopy(x, memo)) if self._type is _object else self.copy()

    def __bool__(self):
        if self.size != 1:
            return ndarray.__bool__(self)
        return builtins.bool(self.item())

    def __int__(self):
        return int(self.item())

    def __float__(self):
        return float(self.item())


boxed.__name__ = boxed.__qualname__ = 'ndarray'


# ---------------------------------------------------------------- making


def box(codes, pool, dtype):
    """The array of the elements that stand at these places of a pool."""
    if not isinstance(codes, ndarray):
        codes = _codes_of([int(codes)], ())
    made = _new(boxed)
    made._codes = codes
    made._h = codes._h
    made._pool = pool
    made._type = dtype
    return made


def _codes_of(places, shape):
    from .creation import array

    return array(places, 'int64').reshape(shape)


def _is_single(key, ndim):
    parts = key if isinstance(key, tuple) else (key,)
    return len(parts) == ndim and all(hasattr(part, '__index__') for part in parts)


def _text(x):
    return x if type(x) is str else str.__str__(x) if isinstance(x, str) else x.decode('ascii') if isinstance(x, bytes) else str(x)


def _fitting(value, dtype):
    """A value as an element of a dtype."""
    if dtype is _object:
        return value.item() if isinstance(value, ndarray) and value.ndim == 0 else value
    if isinstance(value, ndarray):
        value = value.item()
    if dtype.kind == 'V':
        raw = value.tobytes() if isinstance(value, generic) else bytes(value)
        return raw.ljust(dtype.itemsize, b'\0')[:dtype.itemsize]
    if dtype.kind == 'S':
        value = bytes(value) if isinstance(value, (bytes, bytearray)) else _text(value).encode('ascii')
        return value[:dtype.itemsize]
    return _text(value)[:dtype.itemsize // 4].rstrip('\0')


_widths = {builtins.bool: 5, int: 21, float: 32, complex: 64}


def _width(x):
    if isinstance(x, (str, bytes)):
        return len(x)
    if isinstance(x, generic):
        return {'b': 5, 'i': (4, 6, 11, 21)[x.itemsize.bit_length() - 1], 'u': (3, 5, 10, 20)[x.itemsize.bit_length() - 1], 'f': 32, 'c': 64}[x.dtype.kind] if x.dtype.kind in 'biufc' else len(str(x))
    return _widths.get(type(x), len(str(x)))


def kind_of(flat):
    """The dtype of a list of elements that are not all numbers."""
    text = raw = False
    for x in flat:
        if isinstance(x, str):
            text = True
        elif isinstance(x, bytes):
            raw = True
        elif not isinstance(x, (builtins.bool, int, float, complex, generic)) or isinstance(x, void):
            return _object
    if not text and not raw:
        return _object
    return string_dtype('U' if text else 'S', builtins.max(1, *map(_width, flat), 1))


def from_flat(flat, shape, want):
    """An array of elements in order; `want` is a dtype or None."""
    dtype = kind_of(flat) if want is None else want
    if dtype.kind in 'US' and dtype.itemsize == 0:
        dtype = string_dtype(dtype.kind, builtins.max(1, *(len(_text(x)) for x in flat), 1))
    pool = Pool()
    return box(_codes_of([pool.put(_fitting(x, dtype)) for x in flat], shape), pool, dtype)


_lists = (list, tuple, range)


def array_of(x, want=None, shape=None):
    """An array of strings or objects of whatever is given; numbers without a dtype stay numbers."""
    if want is not None and want.num == 23:
        from .half import rounded

        return rounded(x)
    if want is not None and want._code == 20:
        return swapped.array_of(x, want)
    if isinstance(x, ndarray):
        if want is None or x.dtype is want:
            return x
        if want.names is not None:
            from .records import record_array

            return record_array(x.tolist(), want)
        return from_flat([x.item() if want is _object else x[()]] if x.ndim == 0 else _elements(x, want), x.shape, want)
    if want is None:
        from .creation import asanyarray as asarray

        return asarray(x)
    if want.names is not None:
        from .records import record_array

        return record_array(x, want)
    if want._sub is not None:
        from .creation import array, full

        made = array(x, want.base)
        return full((*made.shape, *want.shape), 0, want.base) + made.reshape(made.shape + (1,) * want.ndim)
    if shape is not None and not shape:
        return from_flat([x], (), want)
    flat, made = [x], []
    while flat and all(isinstance(y, _lists) or (isinstance(y, ndarray) and y.ndim) for y in flat):
        n = len(flat[0])
        if any(len(y) != n for y in flat):
            if want is _object:
                break
            raise ValueError(f'setting an array element with a sequence. The requested array has an inhomogeneous shape after {len(made)} '
                             f'dimensions. The detected shape was {tuple(made)} + inhomogeneous part.')
        made.append(n)
        flat = [z for y in flat for z in (y.tolist() if isinstance(y, ndarray) else y)]
    return from_flat(flat, tuple(made), want)


def _elements(a, want):
    flat = a._flat() if isinstance(a, boxed) else a.ravel().tolist()
    if want is not _object and not isinstance(a, boxed) and want.itemsize == 0 and a.dtype.kind in 'iufcb':
        return list(a.ravel())
    return flat


def number_as_text(a, want):
    """An array of numbers as strings: `a.astype(str)`."""
    if want.kind in 'US' and want.itemsize == 0:
        kind, size = a.dtype.kind, a.itemsize.bit_length() - 1
        width = {'b': 5, 'i': (4, 6, 11, 21), 'u': (3, 5, 10, 20), 'f': 32, 'c': 64}[kind]
        want = string_dtype(want.kind, width[size] if isinstance(width, tuple) else width)
    flat = a.ravel().tolist() if want is _object or a.dtype.kind in 'biu' or a.dtype.name in ('float64', 'complex128') else list(map(str, a.ravel()))
    return from_flat(flat, a.shape, want)


def _numbers(flat, want):
    from .creation import array

    kind = want.kind
    if kind == 'b':
        return array([builtins.bool(x) for x in flat], want)
    convert = int if kind in 'iu' else float if kind == 'f' else complex
    made = []
    for x in flat:
        try:
            made.append(convert(x.decode() if isinstance(x, bytes) else x))
        except ValueError:
            if convert is float:
                raise ValueError(f'could not convert string to float: {str_(x)!r}') from None
            if convert is complex:
                raise ValueError('complex() arg is a malformed string') from None
            raise ValueError(f'invalid literal for int() with base 10: {str_(x)!r}') from None
    return array(made, want)


def filled(function, shape, dtype, fill=None):
    """`zeros`, `ones`, `empty` and `full` of strings or objects."""
    if dtype.num == 23:
        from .half import filled

        return filled(function, shape, fill)
    if dtype._code == 20:
        from . import creation

        return swapped.turn(getattr(creation, function)(shape, *(() if fill is None else (fill,)), dtype._plain), dtype)
    if dtype.names is not None:
        from .records import filled_record

        return filled_record(function, shape, dtype)
    if function == 'full':
        value = fill
        if dtype.kind in 'US' and dtype.itemsize == 0:
            dtype = string_dtype(dtype.kind, builtins.max(1, _width(value)))
    elif dtype is _object:
        value = {'zeros': 0, 'ones': 1, 'empty': None}[function]
    else:
        value = ('1' if function == 'ones' else '') if dtype.kind != 'V' else b''
        if dtype.itemsize == 0:
            dtype = string_dtype(dtype.kind, 1)
    pool = Pool()
    from .creation import full

    return box(full(shape, pool.put(_fitting(value, dtype)), 'int64'), pool, dtype)


def _rebuild(kind, shape, flat):
    return from_flat(flat, shape, _find(kind))


def _moved(a, pool):
    """The places of an array's elements in another pool."""
    if a._pool is pool:
        return a._codes
    used, inverse = call('unique', a._codes, False, True)
    values = a._pool.values
    places = [pool.put(values[k]) for k in used.tolist()]
    return _codes_of(places, (len(places),))[inverse.reshape(a.shape)] if places else a._codes


def _common(arrays):
    """Arrays as boxed ones of one pool and dtype."""
    if any(a.dtype is _object for a in arrays):
        dtype = _object
    else:
        widths = [a.dtype.itemsize // 4 if a.dtype.kind == 'U' else a.dtype.itemsize if a.dtype.kind == 'S' else number_as_text(a[:0] if a.ndim else a, string_dtype('U', 0)).dtype.itemsize // 4
                  for a in arrays]
        kind = 'S' if all(a.dtype.kind == 'S' for a in arrays) else 'U'
        dtype = string_dtype(kind, builtins.max(widths))
    made = [a if isinstance(a, boxed) and (dtype is not _object or a.dtype is _object) else number_as_text(a, dtype) if not isinstance(a, boxed) else a.astype(dtype) for a in arrays]
    pool = made[0]._pool
    return [_moved(a, pool) for a in made], pool, dtype


# ---------------------------------------------------------------- printing


def _shown(x):
    if type(x) is list:
        return f'list({x!r})'
    return repr(x)


def text(a, max_line_width=None, separator=' ', prefix='', suffix='', threshold=None, edgeitems=None, word=None, **options):
    """The array between brackets, as NumPy lays words out."""
    from .printing import get_printoptions, layout

    known = get_printoptions()
    if a.ndim == 0:
        return str(a[()]) if word is None else word(a[()])
    shown = word or (void._raw if a.dtype.kind == 'V' else lambda x: _shown(x.item() if isinstance(x, (str_, bytes_)) else x))
    return layout(a, shown, separator, prefix, suffix, known['linewidth'] if max_line_width is None else max_line_width,
                  known['threshold'] if threshold is None else threshold, known['edgeitems'] if edgeitems is None else edgeitems)


def array_repr(a, word=None, opening='array('):
    """`array(['a', 'b'], dtype='<U1')`"""
    kind = a.dtype
    if a.ndim == 0:
        x = a.item()
        body = repr(x) if word is None else word(a[()])
    else:
        body = text(a, separator=', ', prefix=opening, suffix=')', word=word)
    if a.size == 0 and a.ndim == 1:
        body = '[]'
    told = f'dtype={kind.name}' if kind is _object else f'dtype={kind.str!r}' if kind.names is None else f'dtype={fields.written(kind)}'
    return with_dtype(a, body, told, opening)

