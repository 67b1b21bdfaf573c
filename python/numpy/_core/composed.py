"""Functions that NumPy has as objects like `np.add`, and that are made here of others: two results at once, bits, spacings."""

import builtins
import math

from . import link
from .creation import asanyarray as asarray, empty
from .derived import overridden
from .dtypes import as_dtype, can_cast
from .link import call
from .shaping import broadcast_arrays
from .taking import copyto
from .ufuncs import _simple, _unsupported, floor_divide, remainder, ufunc

ndarray = link.ndarray


class composed(ufunc):
    """A function with `out`, `where` and `dtype` around one that only computes."""

    __module__ = 'numpy'

    def __init__(self, work, nin, nout):
        given = '(x' if nin == 1 else '(x1, x2'
        outs = ', [out, ]' if nout == 1 else '[, out1, out2], / [, out=(None, None)], '
        super().__init__(work.__name__, nin, f"{work.__name__}{given}{outs}*, where=True, casting='same_kind', order='K', dtype=None)\n\n{work.__doc__}", None, nout)
        self._work = work

    def __call__(self, *args, out=None, where=True, casting='same_kind', order='K', dtype=None, subok=True, signature=None, sig=None):
        nin, n = self.nin, len(args)
        if n == nin and out is None and where is True and dtype is None and all(type(x) in _simple for x in args):
            return self._work(*args)
        if not nin <= n <= self.nargs:
            raise TypeError(f"{self.__name__}() takes from {nin} to {self.nargs} positional arguments but {n} {'was' if n == 1 else 'were'} given")
        outs = (*args[nin:], *[None] * (self.nargs - n)) if n > nin else out if isinstance(out, tuple) else (out,) * self.nout if out is None or self.nout == 1 else None
        if n > nin and out is not None:
            raise TypeError("cannot specify 'out' as both a positional and keyword argument")
        if outs is None:
            raise TypeError("'out' must be a tuple of arrays")
        if len(outs) != self.nout:
            raise ValueError("The 'out' tuple must have exactly one entry per ufunc output")
        args = args[:nin]
        options = {} if all(x is None for x in outs) else {'out': outs}
        made = overridden(self, '__call__', args, options if where is True else {**options, 'where': where})
        if made is not NotImplemented:
            return made
        want = as_dtype(dtype)
        if want is not None:
            args = (asarray(args[0]).astype(want), *args[1:]) if self.__name__ == 'ldexp' else tuple(asarray(x).astype(want) for x in args)
        made = self._work(*args)
        parts = tuple(self._put(part, given, where, casting, f' {self.nin + k}' if self.nout > 1 else '') for k, (part, given) in enumerate(zip(made if self.nout > 1 else (made,), outs)))
        return parts if self.nout > 1 else parts[0]

    def _put(self, made, out, where, casting, which):
        """A result, in the array given for it."""
        if out is None and where is True:
            return made
        if out is None:
            out = empty(broadcast_arrays(made, where)[0].shape, made.dtype)
        if not isinstance(out, ndarray):
            raise TypeError('return arrays must be of ArrayType')
        if not can_cast(made.dtype, out.dtype, casting):
            raise link._UFuncOutputCastingError(f"Cannot cast ufunc '{self.__name__}' output{which} from {made.dtype!r} to {out.dtype!r} with casting rule '{casting}'")
        copyto(out, made, casting, where)
        return out


def _modf(x):
    """Return the fractional and integral parts of an array, element-wise."""
    a = asarray(x)
    if a.dtype.kind not in 'biuf':
        raise _unsupported('modf')
    return tuple(call('modf', x if isinstance(x, (ndarray, link.generic)) else a))


def _divmod(x1, x2):
    """Return element-wise quotient and remainder simultaneously."""
    return floor_divide(x1, x2), remainder(x1, x2)


def _frexp(x):
    """Decompose the elements of x into mantissa and twos exponent."""
    a = asarray(x)
    if a.dtype.kind not in 'biuf':
        raise _unsupported('frexp')
    pairs = [math.frexp(v) for v in a.ravel().tolist()]
    kind = a.dtype if a.dtype.kind == 'f' else 'float16' if a.itemsize == 1 else 'float32' if a.itemsize == 2 else float
    m = asarray([p[0] for p in pairs], kind).reshape(a.shape)
    e = asarray([p[1] for p in pairs], 'int32').reshape(a.shape)
    return (m[()], e[()]) if a.ndim == 0 else (m, e)


def _ldexp(x1, x2):
    """Returns x1 * 2**x2, element-wise, in the narrowest floating dtype that holds `x1`."""
    a, exponents = asarray(x1), asarray(x2)
    if exponents.dtype.kind not in 'biu' or a.dtype.kind not in 'biuf':
        raise _unsupported('ldexp')
    narrow = isinstance(x1, (builtins.bool, int)) or a.dtype.kind in 'biu' and a.itemsize == 1
    want = a.dtype if a.dtype.kind == 'f' else 'float16' if narrow else 'float32' if a.itemsize == 2 else 'float64'
    made = asarray(call('ldexp', a.astype(float), exponents)).astype(want)
    return made if made.ndim else made[()]


def _spacing(x):
    """Return the distance between x and the nearest adjacent number."""
    a = asarray(x)
    if a.dtype.kind not in 'biuf':
        raise _unsupported('spacing')
    if a.dtype.name != 'float16' and not (a.dtype.kind in 'biu' and a.itemsize == 1):
        return call('spacing', a)

    def gap(v):
        if not math.isfinite(v):
            return float('nan')
        return math.copysign(math.ldexp(1.0, builtins.max(math.frexp(v)[1] - 11, -24) if v else -24), v)

    made = asarray([gap(v) for v in a.ravel().tolist()], 'float16').reshape(a.shape)
    return made[()] if a.ndim == 0 else made


def _bitwise_count(x):
    """Computes the number of 1-bits in the absolute value of `x`."""
    a = asarray(x)
    if a.dtype.kind == 'O':
        return asarray([v.bit_count() for v in a.ravel().tolist()], object).reshape(a.shape)
    if a.dtype.kind not in 'biu':
        raise _unsupported('bitwise_count')
    flat = a.reshape(-1)
    bits = (call('where', flat < 0, -flat, flat) if a.dtype.kind == 'i' else flat).astype(f'uint{8 * a.itemsize}').astype('uint64')
    # Sums of neighbours: pairs, fours, eights, and all eights at once by a product.
    bits = bits - (bits >> 1 & 0x5555555555555555)
    bits = (bits & 0x3333333333333333) + (bits >> 2 & 0x3333333333333333)
    bits = (bits + (bits >> 4) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101 >> 56
    made = bits.astype('uint8').reshape(a.shape)
    return made if a.ndim else made[()]


composed.__name__ = composed.__qualname__ = 'ufunc'
for _work, _nin, _nout in ((_modf, 1, 2), (_divmod, 2, 2), (_frexp, 1, 2), (_ldexp, 2, 1), (_spacing, 1, 1), (_bitwise_count, 1, 1)):
    _work.__name__ = _work.__name__.lstrip('_')
    globals()[_work.__name__] = composed(_work, _nin, _nout)
