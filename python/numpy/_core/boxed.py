"""
Arrays of strings and of objects. Their elements lie in a pool in Python; an int64 array of the engine says which element
stands where. So views, shapes, masks and joins are the engine's own, and only what looks into elements is done here.
"""

import builtins
import functools
import math
import operator

from . import fields, link
from .array import ndarray
from .guest import guest, shapes, with_dtype
from .dtypes import _find, all_dtypes, string_dtype
from .link import call, call_array
from .flexible import bytes_, str_, void
from .generic import False_, True_, generic

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
    _place = ('numpy._core.boxed', 2)

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
    return _text(value)[:dtype.itemsize // 4]


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


# ---------------------------------------------------------------- functions of the engine


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


_joins = set('concatenate stack vstack hstack dstack column_stack block broadcast_arrays meshgrid'.split())


def run(name, args, kwargs):
    """A function of the engine that was given arrays of strings or objects."""
    args = [args_ if not isinstance(args_, tuple) else list(args_) for args_ in args]
    if name in shapes:
        a = args[1] if name == 'compress' else args[0]
        if name == 'compress':
            return _boxed_again(call_array(name, args[0], a._codes, *args[2:], **kwargs), a._pool, a._type)
        return _boxed_again(call_array(name, a._codes, *args[1:], **kwargs), a._pool, a._type)
    if name in _joins:
        listed = isinstance(args[0], list)
        parts = args[0] if listed else args
        if listed and any(isinstance(p, list) for p in parts):
            raise TypeError('np.block takes numbers only here')
        codes, pool, dtype = _common(parts)
        made = call_array(name, codes, *args[1:], **kwargs) if listed else call_array(name, *codes, **kwargs)
        return _boxed_again(made, pool, dtype)
    if name == 'where':
        codes, pool, dtype = _common([array_of(x) for x in args[1:]])
        return _boxed_again(call_array('where', args[0], *codes), pool, dtype)
    if name == 'select':
        parts = [*args[1], array_of(args[2]) if args[2] != 0 else array_of('0' if args[1][0].dtype is not _object else [0])]
        codes, pool, dtype = _common(parts)
        return _boxed_again(call_array('select', args[0], codes[:-1], codes[-1]), pool, dtype)
    if name == 'insert':
        codes, pool, dtype = _common([args[0], args[2]])
        return _boxed_again(call_array('insert', codes[0], args[1], codes[1], *args[3:], **kwargs), pool, dtype)
    if name in _own:
        return _own[name](*args, **kwargs)
    if name in _folds:
        return _fold(name, *args, **kwargs)
    if name in binary or name in unary:
        return ufunc(name, args, kwargs)
    a = next(x for x in args if isinstance(x, boxed))
    if a._type is not _object:
        raise TypeError(f"np.{name} takes numbers; this array holds strings ({a._type!r})")
    return call(name, *(_as_numbers(x) for x in args), **kwargs)


def _as_numbers(x):
    if not isinstance(x, boxed):
        return x
    from .creation import asanyarray as asarray

    made = asarray(x.tolist())
    if isinstance(made, boxed):
        raise TypeError('Cannot cast array data from dtype(\'O\') to dtype(\'float64\') according to the rule \'safe\'')
    return made


def _boxed_again(made, pool, dtype):
    if isinstance(made, (list, tuple)):
        return [_boxed_again(part, pool, dtype) for part in made]
    return box(made, pool, dtype)


def _ranks(a):
    """For each element the number of smaller ones: numbers sort as the elements do. Also what stands at each rank."""
    used, inverse = call('unique', a._codes, False, True)
    places = used.tolist()
    values = a._pool.values
    order = builtins.sorted(range(len(places)), key=lambda k: values[places[k]])
    rank, at = [0] * len(places), []
    last = -1
    for n, k in enumerate(order):
        if not at or values[places[k]] != values[places[order[n - 1]]]:
            last += 1
            at.append(places[k])
        rank[k] = last
    if not places:
        return a._codes, a._codes
    return _codes_of(rank, (len(rank),))[inverse.reshape(a.shape)], _codes_of(at, (len(at),))


def _sort(a, axis=-1, *rest):
    ranks, at = _ranks(a)
    return box(at[call_array('sort', ranks, axis)] if a.size else a._codes, a._pool, a._type)


def _argsort(a, axis=-1, *rest):
    return call_array('argsort', _ranks(a)[0], axis)


def _unique(a, return_index=False, return_inverse=False, return_counts=False, axis=None):
    ranks, at = _ranks(a)
    made = call('unique', ranks, return_index, return_inverse, return_counts)
    if return_index or return_inverse or return_counts:
        return [box(at[made[0]] if a.size else a._codes, a._pool, a._type), *made[1:]]
    return box(at[made] if a.size else a._codes.ravel(), a._pool, a._type)


def _two_ranks(a, b):
    codes, pool, dtype = _common([array_of(a), array_of(b)])
    flat = box(call_array('concatenate', [c.ravel() for c in codes], 0), pool, dtype)
    ranks, at = _ranks(flat)
    n = codes[0].size
    return ranks[:n].reshape(codes[0].shape), ranks[n:].reshape(codes[1].shape), at, pool, dtype


def _isin(a, tests, invert=False):
    if _object in (a.dtype, tests.dtype):
        # Objects need not have an order.
        known = tests._flat() if isinstance(tests, boxed) else tests.ravel().tolist()
        flat = a._flat() if isinstance(a, boxed) else a.ravel().tolist()
        return _find_truth([builtins.any(x is y or x == y for y in known) != invert for x in flat], a.shape)
    x, y, *_ = _two_ranks(a, tests)
    return call_array('isin', x, y, invert)


def _set(name):
    def function(a, b):
        x, y, at, pool, dtype = _two_ranks(a, b)
        return box(at[call_array(name, x, y)], pool, dtype)

    return function


def _searchsorted(a, v, side='left', sorter=None):
    x, y, *_ = _two_ranks(a, v)
    return call('searchsorted', x, y, side, sorter)


def _array_equal(a, b, equal_nan=False):
    a, b = array_of(a), array_of(b)
    if a.shape != b.shape:
        return False
    return builtins.bool(call('all', ufunc('equal', (a, b), {})))


def _lexsort(keys):
    return call_array('lexsort', [_ranks(k)[0] if isinstance(k, boxed) else k for k in keys])


def _full_like(a, fill, dtype=None, order='K'):
    return filled('full', a.shape, dtype or a.dtype, fill.item() if isinstance(fill, ndarray) else fill)


def _like(name):
    def function(a, dtype=None, order='K'):
        want = _find(dtype) if dtype is not None else a.dtype
        return filled(name, a.shape, want)

    return function


def _truth(a):
    return _find_truth([builtins.bool(x) for x in a._flat()], a.shape)


def _find_truth(flat, shape):
    from .creation import array

    return array(flat, builtins.bool).reshape(shape)


def _places(name):
    def function(a, axis=None, keepdims=None):
        return call(name, _ranks(a)[0], axis=axis, keepdims=keepdims)

    return function


_own = {
    'sort': _sort, 'argsort': _argsort, 'unique': _unique, 'isin': _isin, 'searchsorted': _searchsorted, 'array_equal': _array_equal, 'array_equiv': _array_equal,
    'lexsort': _lexsort, 'full_like': _full_like, 'zeros_like': _like('zeros'), 'ones_like': _like('ones'), 'empty_like': _like('empty'),
    'intersect1d': _set('intersect1d'), 'union1d': _set('union1d'), 'setdiff1d': _set('setdiff1d'), 'setxor1d': _set('setxor1d'),
    'nonzero': lambda a: call('nonzero', _truth(a)), 'flatnonzero': lambda a: call_array('flatnonzero', _truth(a)),
    'argwhere': lambda a: call_array('argwhere', _truth(a)), 'count_nonzero': lambda a, **options: call('count_nonzero', _truth(a), **options),
    'argmax': _places('argmax'), 'argmin': _places('argmin'),
    'dot': lambda a, b: _product(array_of(a), array_of(b)), 'matmul': lambda a, b: _product(array_of(a), array_of(b)), 'inner': lambda a, b: _product(array_of(a), array_of(b)),
    'array2string': lambda a, **options: text(a, **options), 'array_repr': lambda a: array_repr(a), 'array_str': lambda a: text(a),
    'tensordot': lambda *args: _tensordot(*args),
    'outer': lambda a, b: ufunc('multiply', (array_of(a).ravel()[:, None], array_of(b).ravel()), {}),
}
_folds = {'sum': operator.add, 'prod': operator.mul, 'max': lambda a, b: b if b > a else a, 'min': lambda a, b: b if b < a else a,
          'amax': lambda a, b: b if b > a else a, 'amin': lambda a, b: b if b < a else a,
          'any': lambda a, b: a or b, 'all': lambda a, b: a and b, 'mean': operator.add, 'cumsum': operator.add, 'cumprod': operator.mul}


def _fold(name, a, axis=None, dtype=None, keepdims=None, **options):
    """Reductions by Python's own operators."""
    if a._type is not _object and name not in ('any', 'all'):
        mine = repr(a._type)
        if name in ('sum', 'mean'):
            raise TypeError(f"the resolved dtypes are not compatible with add.reduce. Resolved ({mine}, {mine}, dtype('<U{a._type.itemsize // 2}'))")
        step = {'max': 'maximum', 'min': 'minimum', 'amax': 'maximum', 'amin': 'minimum', 'prod': 'multiply'}.get(name, 'add')
        raise link._UFuncNoLoopError(f"ufunc '{step}' did not contain a loop with signature matching types ({mine}, {mine}) -> None")
    step = _folds[name]
    running = name.startswith('cum')
    if axis is None:
        rows, shape, last = [a._flat()], (1,) * a.ndim if keepdims else (), a.size
    else:
        moved = call_array('moveaxis', a, axis, -1)
        last = moved.shape[-1]
        flat = moved._flat()
        rows = [flat[k:k + last] for k in range(0, len(flat), last)] if last else []
        shape = a.shape[:axis % a.ndim] + ((1,) if keepdims else ()) + a.shape[axis % a.ndim + 1:]
    if running:
        import itertools

        made = [x for row in rows for x in itertools.accumulate(row, step)]
        result = from_flat(made, (a.size,) if axis is None else moved.shape, _object)
        return result if axis is None else call_array('moveaxis', result, -1, axis)
    empty = {'sum': 0, 'prod': 1, 'any': False, 'all': True, 'mean': 0}
    made = [functools.reduce(step, row) if row else empty[name] for row in rows]
    if name == 'mean':
        made = [x / last for x in made]
    if not shape:
        return made[0]
    return from_flat(made, shape, _object)


# ---------------------------------------------------------------- element by element

binary = {
    'add': operator.add, 'subtract': operator.sub, 'multiply': operator.mul, 'divide': operator.truediv, 'true_divide': operator.truediv,
    'floor_divide': operator.floordiv, 'remainder': operator.mod, 'mod': operator.mod, 'power': operator.pow, 'bitwise_and': operator.and_,
    'bitwise_or': operator.or_, 'bitwise_xor': operator.xor, 'left_shift': operator.lshift, 'right_shift': operator.rshift,
    'equal': operator.eq, 'not_equal': operator.ne, 'less': operator.lt, 'less_equal': operator.le, 'greater': operator.gt, 'greater_equal': operator.ge,
    'maximum': lambda a, b: a if a >= b else b, 'minimum': lambda a, b: a if a <= b else b,
    'logical_and': lambda a, b: a and b, 'logical_or': lambda a, b: a or b, 'logical_xor': lambda a, b: builtins.bool(a) != builtins.bool(b),
}
unary = {
    'negative': operator.neg, 'positive': operator.pos, 'absolute': operator.abs, 'abs': operator.abs, 'invert': operator.invert, 'logical_not': operator.not_,
    'square': lambda x: x * x, 'reciprocal': lambda x: 1 / x, 'sign': lambda x: (x > 0) - (x < 0), 'conjugate': lambda x: x.conjugate(),
}
_truths = {'equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal', 'logical_and', 'logical_or', 'logical_xor', 'logical_not'}


def _no_loop(name, arrays):
    types = ', '.join(repr(a.dtype) for a in arrays)
    if len(arrays) == 1:
        return TypeError(f"ufunc '{name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the "
                         "casting rule ''safe''")
    return link._UFuncNoLoopError(f"ufunc '{name}' did not contain a loop with signature matching types ({types}) -> None")


def ufunc(name, args, options):
    """An elementwise function of arrays of strings or objects."""
    out = options.get('out')
    made = _elementwise(name, [x if isinstance(x, ndarray) else array_of(x) for x in args])
    if out is not None:
        out[...] = made
        return out
    if made.ndim == 0:
        return made[()]
    return made


def _elementwise(name, arrays):
    if len(arrays) == 1:
        (a,) = arrays
        if a._type is not _object:
            raise _no_loop(name, arrays)
        function = unary.get(name) or (lambda x: getattr(x, name)())
        try:
            flat = [function(x) for x in a._flat()]
        except AttributeError:
            wrong = next((x for x in a._flat() if not hasattr(x, name)), None)
            raise TypeError(f'loop of ufunc does not support argument 0 of type {type(wrong).__name__} which has no callable {name} method') from None
        return _find_truth(flat, a.shape) if name in _truths else from_flat(flat, a.shape, _object)
    a, b = arrays
    function = binary.get(name)
    objects = a.dtype is _object or b.dtype is _object
    if not objects:
        kinds = a.dtype.kind + b.dtype.kind
        if name in ('equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal'):
            if kinds in ('UU', 'SS'):
                x, y, *_ = _two_ranks(a, b)
                return call_array(name, x, y)
            if name in ('equal', 'not_equal'):
                from .creation import full
                from .shaping import broadcast_shapes

                return full(broadcast_shapes(a.shape, b.shape), name == 'not_equal')
        if name == 'multiply' and ('U' in kinds or 'S' in kinds) and ('i' in kinds or 'u' in kinds):
            raise TypeError("The 'out' kwarg is necessary when using the string multiply ufunc directly. Use numpy.strings.multiply to multiply strings "
                            "without specifying 'out'.")
        if kinds not in ('UU', 'SS') or name != 'add':
            raise _no_loop(name, arrays)
    if function is None:
        raise TypeError(f'np.{name} takes numbers; these arrays hold objects')
    a, b = call('broadcast_arrays', a._codes if isinstance(a, boxed) else a, b._codes if isinstance(b, boxed) else b), arrays
    (a, b), given = a, b
    flats = []
    for part, whole in ((a, given[0]), (b, given[1])):
        flat = part.ravel().tolist()
        flats.append([whole._pool.values[k] for k in flat] if isinstance(whole, boxed) else flat)
    flat = [function(x, y) for x, y in zip(*flats)]
    if name in _truths:
        return _find_truth([builtins.bool(x) for x in flat], a.shape)
    return from_flat(flat, a.shape, _object if objects else None if flat else given[0].dtype)


def _tensordot(a, b, axes=2):
    """Sums of products of objects over axes of both."""
    a, b = array_of(a), array_of(b)
    left, right = (list(range(a.ndim - axes, a.ndim)), list(range(axes))) if isinstance(axes, int) else ([*x] if hasattr(x, '__iter__') else [x] for x in axes)
    left, right = [k % a.ndim for k in left], [k % b.ndim for k in right]
    if [a.shape[k] for k in left] != [b.shape[k] for k in right]:
        raise ValueError('shape-mismatch for sum')
    kept = [[k for k in range(x.ndim) if k not in used] for x, used in ((a, left), (b, right))]
    shape = (*(a.shape[k] for k in kept[0]), *(b.shape[k] for k in kept[1]))
    n = math.prod(a.shape[k] for k in left)
    made = _product(a.transpose(kept[0] + left).reshape(-1, n), b.transpose(right + kept[1]).reshape(n, -1))
    return made.reshape(shape)


def _product(a, b):
    """Matrix products of objects."""
    if a.ndim == 0 or b.ndim == 0:
        return ufunc('multiply', (a, b), {})
    if a.ndim > 2 or b.ndim > 2:
        raise TypeError('products of objects have at most two axes here')
    rows = a.tolist() if a.ndim == 2 else [a.tolist()]
    columns = b.T.tolist() if b.ndim == 2 else [b.tolist()]
    if a.shape[-1] != b.shape[0]:
        raise ValueError(f'matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size {b.shape[0]} is different '
                         f'from {a.shape[-1]})')
    flat = [functools.reduce(operator.add, map(operator.mul, r, c)) for r in rows for c in columns]
    shape = (a.shape[:1] if a.ndim == 2 else ()) + (b.shape[1:] if b.ndim == 2 else ())
    return from_flat(flat, shape, _object) if shape else flat[0]


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


_ = (False_, True_, all_dtypes)
