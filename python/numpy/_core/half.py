"""
Arrays of float16. A float32 array of the engine holds the elements, which are all numbers of 16 bits: functions are
computed in single precision, as NumPy does, and the results rounded.
"""

import builtins

from . import link
from .array import ndarray
from .dtypes import _find, _half, all_dtypes, promote_types
from .guest import guest, shapes, with_dtype
from .link import call, call_array, engine, invoke
from .generic import generic
from .scalars import float16

_new = object.__new__
_single = all_dtypes[9]
# Kinds that come to float16 when they meet it.
_narrow = {'float16', 'bool', 'int8', 'uint8'}


class half(guest):
    """An array of float16."""

    __slots__ = ()
    __module__ = 'numpy'
    _place = ('numpy._core.half', 1)

    dtype = property(lambda self: _half, doc="Data-type of the array's elements.")
    itemsize = property(lambda self: 2, doc='Length of one array element in bytes.')
    strides = property(lambda self: tuple(s // 2 for s in self._codes.strides), doc='Steps in bytes.')
    real = property(lambda self: self, doc='The array itself.')
    imag = property(lambda self: _of(self._codes * 0), doc='The imaginary parts: zeros.')
    T = property(lambda self: self._view_of(_of(self._codes.T)), doc='View of the transposed array.')
    data = property(lambda self: memoryview(self.tobytes()), doc='The bytes of the array, copied.')
    __array_interface__ = property(lambda self: {'shape': self.shape, 'typestr': '<f2', 'version': 3})

    def __getitem__(self, key):
        found = self._codes[key]
        if not isinstance(found, ndarray):
            return float16._of(float(found))
        return self._view_of(_of(found)) if found.base is not None else _of(found)

    def __setitem__(self, key, value):
        if isinstance(value, (int, float)) and not isinstance(value, generic):
            value = float16(value)
        self._codes[key] = value._v if isinstance(value, float16) else rounded(value)._codes

    def item(self, *args):
        """Copy an element of the array to a standard Python scalar."""
        return self._codes.item(*args)

    def tolist(self):
        """The array as nested Python lists of scalars."""
        return self._codes.tolist()

    def _bits(self):
        return link.wrap(engine.halfBits(self._h))

    def tobytes(self, order='C'):
        """The elements as bytes."""
        return (self.T if order == 'F' else self)._bits().tobytes()

    def copy(self, order='C'):
        """Return a copy of the array."""
        return _of(self._codes.copy(order))

    def flatten(self, order='C'):
        """Return a copy of the array collapsed into one dimension."""
        return _of(self._codes.flatten(order))

    def astype(self, dtype, order='K', casting='unsafe', subok=True, copy=True):
        """Copy of the array, cast to a specified type."""
        want = _find(dtype)
        if want is _half:
            return self.copy(order) if copy else self
        if casting != 'unsafe':
            from .dtypes import can_cast

            if not can_cast(_half, want, casting):
                raise TypeError(f"Cannot cast array data from {_half!r} to {want!r} according to the rule '{casting}'")
        if want.num >= 17:
            from .boxed import from_flat, string_dtype

            flat = self._codes.ravel().tolist()
            if want.kind in 'US' and not want.itemsize:
                want = string_dtype(want.kind, 32)
            return from_flat(flat if want.kind == 'O' else [str(float16._of(x)) for x in flat], self.shape, want)
        return self._codes.astype(want, order)

    def view(self, dtype=None, type=None):
        """New view of array with the same data; as another dtype it is a copy that cannot be written to."""
        if dtype is None or dtype is ndarray or _find(dtype) is _half:
            return self._view_of(_of(self._codes[...]))
        made = self._bits().view(dtype)
        made.setflags(write=False)
        return made

    def fill(self, value):
        """Fill the array with a scalar value."""
        self[...] = value

    def sort(self, axis=-1, kind=None, order=None, *, stable=None):
        """Sort an array in-place."""
        self._codes.sort(axis)

    def __contains__(self, value):
        return builtins.bool((self == value).any())

    def __reduce__(self):
        return (_rebuild, (self.tobytes(), self.shape))

    def __bool__(self):
        return builtins.bool(self._codes)

    def __int__(self):
        return int(self._codes)

    def __float__(self):
        return float(self._codes)

    def __complex__(self):
        return complex(self._codes)


half.__name__ = half.__qualname__ = 'ndarray'


def _of(codes):
    """The array of float16 that a float32 array of rounded elements holds."""
    made = _new(half)
    made._codes = codes
    made._h = codes._h
    return made


def _rounded(codes, word='cast'):
    """An array of the engine as float16; `word` is what overflowed."""
    given = invoke(engine.halfRound, codes._h)
    made = _new(ndarray)
    made._h = -1 - given if given < 0 else given
    if given < 0:
        link.float_error(2, word)
    return _of(made)


def rounded(x, want=None):
    """Whatever is given as an array of float16."""
    from .creation import asanyarray as asarray

    if isinstance(x, half):
        return x
    if isinstance(x, float16):
        return _rounded(asarray(x._v))
    a = x if isinstance(x, ndarray) else asarray(x, float)
    if a._boxed:
        a = a.astype(float)
    if a.dtype.kind == 'c':
        link.warn('Casting complex values to real discards the imaginary part', link.ComplexWarning)
        a = a.real
    return _rounded(a)


def of_bits(a):
    """The float16 whose 16 bits an array of uint16 holds."""
    made = _of(link.wrap(engine.halfOfBits(a._h)))
    made.setflags(write=False)
    return made


def _rebuild(raw, shape):
    from .buffers import of_bytes

    return of_bits(of_bytes(raw, 'uint16')).copy().reshape(shape)


def filled(function, shape, fill=None):
    """`zeros`, `ones`, `empty` and `full` of float16."""
    from . import creation

    if function == 'full':
        return rounded(creation.full(shape, fill if isinstance(fill, ndarray) else float(fill)))
    return _of(getattr(creation, function)(shape, 'float32'))


# ---------------------------------------------------------------- functions of the engine


def _each(x, found):
    """Walks through arguments and tells `found` of what has a dtype."""
    if isinstance(x, (ndarray, generic)):
        found.append(x)
    elif isinstance(x, (list, tuple)):
        for part in x:
            _each(part, found)


def _stays(values):
    """True when what these come to is float16."""
    return all(x.dtype.name in _narrow for x in values)


def _lowered(x, weak):
    """An argument as the engine takes it; `weak` rounds Python's own numbers, which become float16 when they meet one."""
    if isinstance(x, half):
        return x._codes
    if isinstance(x, float16):
        return link.scalar_makers[9](x._v)
    if isinstance(x, (list, tuple)):
        return type(x)(_lowered(part, weak) for part in x)
    if weak and type(x) in (int, float):
        return float(engine.halfNumber(float(x))) if x else float(x)
    if x is _half:
        return _single
    return x


def _moved(made):
    """What the engine gave where elements were only moved."""
    if isinstance(made, (list, tuple)):
        return type(made)(_moved(part) for part in made)
    return _of(made) if made.dtype is _single else made


def _again(made, word):
    """What the engine gave in single precision as float16."""
    if isinstance(made, (list, tuple)):
        return type(made)(_again(part, word) for part in made)
    if isinstance(made, ndarray):
        return _rounded(made, word) if made.dtype is _single else made
    if isinstance(made, link.scalar_types[9]):
        return _scalar(made._v, word)
    return made


def _scalar(value, word):
    made = engine.halfNumber(value)
    if made - made != 0 and value - value == 0:
        link.float_error(2, word)
    return float16._of(float(made))


def ufunc(name, args, options):
    """An elementwise function where float16 takes part."""
    from . import ufuncs
    from .creation import asanyarray as asarray

    args = [asarray(x) if isinstance(x, (list, tuple)) else x for x in args]
    found = []
    _each(args, found)
    want = options.get('dtype')
    stays = _stays(found) if want is None else want is _half
    options = {key: value for key, value in options.items() if value is not None}
    out = options.pop('out', None)
    if want is not None:
        options['dtype'] = _single if want is _half else want
    plain = [_lowered(x, stays) for x in args]
    scalars = builtins.any(isinstance(x, generic) for x in args) and not builtins.any(isinstance(x, ndarray) for x in args)
    if scalars and not options:
        kinds, values = link.encode(plain, {})
        v = invoke(engine.ufunc, name, kinds, *values)
        if v < 0:
            link.float_error(engine.flags(), f'scalar {name}')
            v = -1 - v
        made = link.wrap(v)
    else:
        made = getattr(ufuncs, name)(*plain, **options)
    if stays:
        word = {'true_divide': 'divide', 'mod': 'remainder', 'abs': 'absolute'}.get(name, name)
        made = _again(made, f'scalar {word}' if scalars and len(args) > 1 else word)
    if out is None:
        return made
    out[...] = made
    return out


def run(name, args, kwargs):
    """A function of the engine that was given float16."""
    if name in shapes:
        return _moved(call_array(name, *(_lowered(x, False) for x in args), **kwargs))
    if name == 'pad':
        # Widths are whole numbers of any dtype.
        return _again(call_array(name, *(_lowered(x, False) for x in args), **{key: _lowered(x, False) for key, x in kwargs.items()}), 'cast')
    own = _own.get(name)
    if own is not None:
        return own(*args, **kwargs)
    if name.startswith('linalg.') and name not in ('linalg.norm', 'linalg.matrix_power', 'linalg.multi_dot', 'linalg.matrix_norm', 'linalg.vector_norm'):
        raise TypeError('array type float16 is unsupported in linalg')
    found = []
    _each(args, found)
    want = kwargs.get('dtype')
    stays = _stays(found) if want is None else want is _half
    out = kwargs.pop('out', None)
    made = call(name, *(_lowered(x, stays and name in _weak) for x in args), **{key: _lowered(x, False) for key, x in kwargs.items()})
    if stays:
        made = _again(made, 'cast')
    if out is None:
        return made
    out[...] = made
    return out


_weak = {'where', 'clip', 'full_like', 'maximum', 'minimum', 'isclose', 'allclose'}


def _fold(name, a, axis, keepdims):
    """A reduction, rounded after each step but along the last axis, where NumPy sums up in single precision."""
    axes = builtins.sorted(k % a.ndim if -a.ndim <= k < a.ndim else k for k in (range(a.ndim) if axis is None else axis if isinstance(axis, (tuple, list)) else (axis,)))
    if not axes:
        return a
    word = {'prod': 'reduce', 'sum': 'reduce'}[name]
    inner = []
    while axes and (axes[-1] == a.ndim - 1 - len(inner) or builtins.all(n == 1 for k, n in enumerate(a.shape) if k not in axes)):
        inner.append(axes.pop())
    made = _rounded(call(f'{name}', a._codes, axis=tuple(inner), keepdims=True), word) if inner else a
    step = {'sum': 'add', 'prod': 'multiply'}[name]
    for axis_ in axes:
        moved = call('moveaxis', made._codes, axis_, 0)
        total = _of(moved[0].copy() if moved.shape[0] else call('full_like', moved.sum(0), 0 if name == 'sum' else 1))
        for k in range(1, moved.shape[0]):
            total = _rounded(call(step, total._codes, moved[k]), word)
        made = _of(call('expand_dims', total._codes, axis_))
    if not keepdims:
        made = made.reshape(tuple(n for k, n in enumerate(a.shape) if k not in inner and k not in axes))
    return made


def _shape_kept(a, axis):
    return axis if axis is None or isinstance(axis, (tuple, list)) else (axis,)


def _total(name):
    def function(a, axis=None, dtype=None, keepdims=None, out=None, initial=None, where=None):
        if not isinstance(a, half):
            made = call(name, a, axis=axis, dtype=_single, keepdims=keepdims, initial=initial, where=where)
            made = _again(made, 'reduce')
        elif dtype is not None and dtype is not _half:
            made = call(name, a._codes, axis=axis, dtype=dtype, keepdims=keepdims, initial=initial, where=where)
        elif where is not None or not a.ndim or not a.size:
            made = _again(call(name, a._codes, axis=axis, keepdims=keepdims, initial=initial, where=where), 'reduce')
        else:
            made = _fold(name, a, _shape_kept(a, axis), keepdims)
            if initial is not None:
                made = made + initial if name == 'sum' else made * initial
        if isinstance(made, ndarray) and made.ndim == 0:
            made = made[()]
        return made if out is None else _into(made, out)

    return function


def _into(made, out):
    out[...] = made
    return out


def _mean(a, axis=None, dtype=None, keepdims=None, out=None, where=None):
    if not isinstance(a, half):
        made = _again(call('mean', a, axis=axis, dtype=_single, keepdims=keepdims, where=where), 'cast')
    else:
        made = call('mean', a._codes, axis=axis, dtype=None if dtype is _half else dtype, keepdims=keepdims, where=where)
        made = _again(made, 'cast') if dtype is None or dtype is _half else made
    return made if out is None else _into(made, out)


def _spread(root):
    def function(a, axis=None, dtype=None, ddof=0, keepdims=None, out=None, where=None):
        if dtype is not None and dtype is not _half:
            return call('std' if root else 'var', a._codes, axis=axis, dtype=dtype, ddof=ddof, keepdims=keepdims)
        n = a.size
        if axis is not None:
            n = 1
            for k in axis if isinstance(axis, (tuple, list)) else (axis,):
                n *= a.shape[k]
        apart = a - _total('sum')(a, axis, keepdims=True) / n
        made = _total('sum')(ufunc('square', (apart,), {}), axis, keepdims=keepdims) / builtins.max(n - ddof, 0)
        if root:
            made = ufunc('sqrt', (made,), {})
        return made if out is None else _into(made, out)

    return function


def _running(step):
    def function(a, axis=None, dtype=None, out=None):
        if dtype is not None and dtype is not _half:
            return call('cumsum' if step == 'add' else 'cumprod', a._codes, axis=axis, dtype=dtype)
        made = accumulate(step, a.ravel() if axis is None else a, 0 if axis is None else axis)
        return made if out is None else _into(made, out)

    return function


def accumulate(name, a, axis=0, dtype=None):
    """Running results, rounded after each step."""
    moved = call('moveaxis', a._codes, axis, 0).copy()
    last = None
    for k in range(moved.shape[0]):
        last = moved[k] if last is None else _rounded(call_array(name, last, moved[k]), 'accumulate')._codes
        moved[k] = last
    return _of(call('moveaxis', moved, 0, axis).copy())


def reduce(name, a, axis=0, dtype=None, keepdims=False, initial=None, where=None):
    """`np.add.reduce` and its kin."""
    if name in ('add', 'multiply'):
        return _total('sum' if name == 'add' else 'prod')(a, axis, dtype, keepdims or None, None, initial, where)
    from . import ufuncs

    return _again(getattr(ufuncs, name).reduce(a._codes, axis, keepdims=keepdims), 'reduce')


def _full_like(a, fill, dtype=None, order='K'):
    want = a.dtype if dtype is None else dtype
    if want is _half:
        return filled('full', a.shape, fill.item() if isinstance(fill, ndarray) and not fill.ndim else fill)
    return call('full_like', a._codes, _lowered(fill, False), want)


def _like(name):
    def function(a, dtype=None, order='K'):
        want = _half if dtype is None else dtype
        return filled(name, a.shape) if want is _half else call(name + '_like', a._codes, want)

    return function


def _text(a, **options):
    if a.ndim == 0:
        return str(a[()])
    options = {'precision' if k == 'precision' else {'suppress_small': 'suppress', 'max_line_width': 'linewidth'}.get(k, k): v for k, v in options.items() if v is not None}
    kinds, values = link.encode((), options)
    return invoke(engine.halfText, a._h, kinds, *values)


def _repr(a):
    body = str(a[()]) if a.ndim == 0 else '[]' if a.shape == (0,) else _text(a, separator=', ', prefix='array(', suffix=')')
    return with_dtype(a, body, 'dtype=float16')


def _joined(name):
    def function(parts, *rest, **options):
        found = []
        _each(parts, found)
        kind = found[0].dtype
        for x in found[1:]:
            kind = promote_types(kind, x.dtype)
        made = call(name, [_lowered(x, False) for x in parts], *rest, **options)
        return _again(made, 'cast') if kind is _half else made.astype(kind, copy=False)

    return function


_own = {
    'sum': _total('sum'), 'prod': _total('prod'), 'mean': _mean, 'var': _spread(False), 'std': _spread(True),
    'cumsum': _running('add'), 'cumprod': _running('multiply'), 'full_like': _full_like,
    'zeros_like': _like('zeros'), 'ones_like': _like('ones'), 'empty_like': _like('empty'),
    'array2string': _text, 'array_str': _text, 'array_repr': _repr,
    **{name: _joined(name) for name in ('concatenate', 'stack', 'vstack', 'hstack', 'dstack', 'column_stack')},
}
