"""Elementwise functions that are no ufuncs, choices and comparisons of whole arrays."""

import builtins
import math

from . import link, ufuncs
from .creation import asanyarray as asarray, zeros
from .dtypes import _half, as_dtype, finfo, result_type
from .generic import generic
from .link import call, call_array
from .reductions import _into
from .ufuncs import _no_value, _unsupported, absolute

ndarray = link.ndarray


# ---------------------------------------------------------------- elementwise


def round(a, decimals=0, out=None):
    """Evenly round to the given number of decimals."""
    if not isinstance(a, (ndarray, generic)):
        a = asarray(a)
    made = call('round', a, decimals.__index__())
    if a.dtype.kind == 'b':
        made = made.astype(_half)
    return _into(made, out)


around = round


def clip(a, a_min=_no_value, a_max=_no_value, out=None, *, min=_no_value, max=_no_value, **kwargs):
    """Clip (limit) the values in an array."""
    if not (a_min is _no_value and a_max is _no_value) and not (min is _no_value and max is _no_value):
        raise ValueError('Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden.')
    if a_min is _no_value and a_max is _no_value:
        a_min = None if min is _no_value else min
        a_max = None if max is _no_value else max
    elif a_min is _no_value:
        raise TypeError("clip() missing 1 required positional argument: 'a_min'")
    elif a_max is _no_value:
        raise TypeError("clip() missing 1 required positional argument: 'a_max'")
    if not kwargs.keys() <= {'where', 'casting', 'dtype', 'order', 'subok'}:
        raise TypeError(f"clip() got an unexpected keyword argument {next(iter(kwargs.keys() - {'where', 'casting', 'dtype', 'order', 'subok'}))!r}")
    bounds = [b if b is None or isinstance(b, (int, float, complex, generic, ndarray)) else asarray(b) for b in (a_min, a_max)]
    if bounds == [None, None] if not builtins.any(isinstance(b, ndarray) for b in bounds) else False:
        return ufuncs.positive(a, out=out, **kwargs)
    casting = kwargs.get('casting')
    if casting not in (None, 'no', 'equiv', 'safe', 'same_kind', 'unsafe'):
        raise ValueError(f"casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got {casting!r})")
    options = {'casting': casting, 'dtype': as_dtype(kwargs.get('dtype'))}
    if kwargs.get('where', True) is not True:
        options['where'] = asarray(kwargs['where'])
    made = call('clip', asarray(a), *bounds, out=out, **{word: value for word, value in options.items() if value is not None})
    return made if out is None else out


def where(condition, x=_no_value, y=_no_value, /):
    """
    where(condition, [x, y], /)

    Return elements chosen from `x` or `y` depending on `condition`; with the condition alone, its indices.
    """
    if x is _no_value and y is _no_value:
        return nonzero(condition)
    if x is _no_value or y is _no_value:
        raise ValueError('either both or neither of x and y should be given')
    parts = [v if isinstance(v, (int, float, complex, generic, ndarray)) else asarray(v) for v in (x, y)]
    if builtins.all(isinstance(v, (int, float, complex)) and not isinstance(v, generic) for v in parts):
        t = result_type(*parts)
        parts = [asarray(v, t) for v in parts]
    return call_array('where', asarray(condition), *parts)


def nonzero(a):
    """Return the indices of the elements that are non-zero."""
    return tuple(call('nonzero', asarray(a)))


def flatnonzero(a):
    """Return indices that are non-zero in the flattened version of a."""
    return call_array('flatnonzero', asarray(a))


def argwhere(a):
    """Find the indices of array elements that are non-zero, grouped by element."""
    return call_array('argwhere', asarray(a))


def select(condlist, choicelist, default=0):
    """Return an array drawn from elements in choicelist, depending on conditions."""
    if len(condlist) != len(choicelist):
        raise ValueError('list of cases must be same length as list of conditions')
    if len(condlist) == 0:
        raise ValueError('select with an empty condition list is not possible')
    for k, c in enumerate(condlist):
        if asarray(c).dtype.kind != 'b':
            raise TypeError(f'invalid entry {k} in condlist: should be boolean ndarray')
    return call_array('select', [asarray(c) for c in condlist], [asarray(c) for c in choicelist], default if isinstance(default, (int, float, complex, generic)) else asarray(default))


def piecewise(x, condlist, funclist, *args, **kw):
    """Evaluate a piecewise-defined function."""
    x = asarray(x)
    if isinstance(condlist, ndarray) or not isinstance(condlist, (list, tuple)) or (x.ndim and not isinstance(condlist[0], (list, ndarray))):
        condlist = [condlist]
    conditions = [asarray(c).astype(bool) for c in condlist]
    n, n2 = len(conditions), len(funclist)
    if n == n2 - 1:
        covered = conditions[0]
        for c in conditions[1:]:
            covered = covered | c
        conditions.append(~covered)
    elif n != n2:
        raise ValueError(f'with {n} condition(s), either {n} or {n + 1} functions are expected')
    made = zeros(x.shape, x.dtype)
    for c, f in zip(conditions, funclist):
        if callable(f):
            values = x[c]
            if values.size:
                made[c] = f(values, *args, **kw)
        else:
            made[c] = f
    return made


def _elementwise(name, x, *rest):
    made = call(name, asarray(x) if not isinstance(x, (ndarray, generic)) else x, *rest)
    return made


def fix(x, out=None):
    """Round to nearest integer towards zero."""
    return _into(_elementwise('fix', x), out)


def real(val):
    """Return the real part of the complex argument."""
    return val.real if hasattr(val, 'real') else asarray(val).real


def imag(val):
    """Return the imaginary part of the complex argument."""
    return val.imag if hasattr(val, 'imag') else asarray(val).imag


def angle(z, deg=False):
    """Return the angle of the complex argument."""
    return _elementwise('angle', z, deg)


def isreal(x):
    """Returns a bool array, where True if input element is real."""
    return imag(x) == 0


def iscomplex(x):
    """Returns a bool array, where True if input element is complex."""
    x = asarray(x)
    return (x.imag != 0 if x.dtype.kind == 'c' else zeros(x.shape, bool))[()]


def iscomplexobj(x):
    """Check for a complex type or an array of complex numbers."""
    return asarray(x).dtype.kind == 'c'


def isrealobj(x):
    """Return True if x is a not complex type or an array of complex numbers."""
    return not iscomplexobj(x)


def real_if_close(a, tol=100):
    """If input is complex with all imaginary parts close to zero, return real parts."""
    a = asarray(a)
    if a.dtype.kind != 'c':
        return a

    limit = float(finfo(a.dtype).eps) * tol if tol > 1 else tol
    return a.real if builtins.bool((absolute(a.imag) < limit).all()) else a


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    """Replace NaN with zero and infinity with large finite numbers."""
    a = x if isinstance(x, (ndarray, generic)) else asarray(x)
    made = call('nan_to_num', a, **{key: value if value is None or isinstance(value, (int, float)) else asarray(value)
                                    for key, value in (('nan', nan), ('posinf', posinf), ('neginf', neginf))})
    if not copy and isinstance(x, ndarray):
        x[...] = made
        return x
    return made


def sinc(x):
    """Return the normalized sinc function."""
    from .ufuncs import sin

    x = asarray(x)
    y = 3.141592653589793 * x
    # A number that is not 0 in any precision.
    y = where(y == 0, finfo(y.dtype).eps if y.dtype.kind in 'fc' else 1.0e-20, y)
    made = sin(y) / y
    return made[()] if isinstance(made, ndarray) and made.ndim == 0 else made


def i0(x):
    """Modified Bessel function of the first kind, order 0."""
    return call_array('i0', asarray(x))


def _real(x):
    a = asarray(x)
    if a.dtype.kind == 'c':
        raise TypeError(f'This operation is not supported for {a.dtype} values because it would be ambiguous.')
    if a.dtype.kind not in 'biuf':
        raise _unsupported('isinf')
    return a


def isposinf(x, out=None):
    """Test element-wise for positive infinity."""
    return _into(_real(x) == float('inf'), out)


def isneginf(x, out=None):
    """Test element-wise for negative infinity."""
    return _into(_real(x) == float('-inf'), out)


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Returns a boolean array where two arrays are element-wise equal within a tolerance."""
    given = [*(x if isinstance(x, (int, float, complex)) else asarray(x) for x in (a, b))]
    if builtins.all(isinstance(x, (int, float, complex)) for x in given):
        given = [*map(asarray, given)]
    rtol, atol = (x if isinstance(x, (int, float)) else asarray(x) for x in (rtol, atol))
    if not (_finite(rtol) and _finite(atol)):
        link.warn(f'One of rtol or atol is not valid, atol: {atol}, rtol: {rtol}')
    return call('isclose', *given, rtol=rtol, atol=atol, equal_nan=builtins.bool(equal_nan))


def _finite(x):
    return math.isfinite(x) if isinstance(x, (int, float)) else builtins.bool(ufuncs.isfinite(x).all())


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Returns True if two arrays are element-wise equal within a tolerance."""
    return builtins.bool(asarray(isclose(a, b, rtol, atol, equal_nan)).all())


def array_equal(a1, a2, equal_nan=False):
    """True if two arrays have the same shape and elements, False otherwise."""
    try:
        a1, a2 = asarray(a1), asarray(a2)
    except Exception:
        return False
    return call('array_equal', a1, a2, builtins.bool(equal_nan))


def array_equiv(a1, a2):
    """Returns True if input arrays are shape consistent and all elements equal."""
    return call('array_equiv', asarray(a1), asarray(a2))
