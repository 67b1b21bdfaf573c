"""Sums, extremes and statistics."""

import builtins
import operator

from . import link, ufuncs
from .creation import asanyarray as asarray, zeros
from .derived import handlers
from .dtypes import _find, promote_types
from .generic import generic
from .link import call, call_array
from .scalars import float64
from .ufuncs import _no_value

ndarray = link.ndarray


def _axes(axis):
    if axis is None or type(axis) is int:
        return axis
    if isinstance(axis, tuple):
        return tuple(map(operator.index, axis))
    if hasattr(axis, '__index__'):
        return axis.__index__()
    raise TypeError(f"'{type(axis).__name__}' object cannot be interpreted as an integer")


_folds = {'sum': 'add', 'prod': 'multiply', 'max': 'maximum', 'min': 'minimum', 'any': 'logical_or', 'all': 'logical_and'}


def _reduce(name, a, axis=None, dtype=None, out=None, keepdims=False, **more):
    if type(a) is not ndarray:
        if name in _folds and handlers((a,)):
            return getattr(ufuncs, _folds[name]).reduce(a, axis=axis, dtype=dtype)
        a = asarray(a)
    options = {}
    if axis is not None:
        options['axis'] = _axes(axis)
    if dtype is not None:
        options['dtype'] = _find(dtype)
    if out is not None:
        options['out'] = out
    if keepdims and keepdims is not _no_value:
        options['keepdims'] = True
    for key, value in more.items():
        if value is None or value is _no_value or (key == 'where' and value is True):
            continue
        options[key] = asarray(value) if key in ('where', 'mean') else value.item() if isinstance(value, generic) else value
    if a._h & 0x3F0 == 0 and axis is not None and options['axis'] in (0, -1):
        del options['axis']
    made = call(name, a, **options)
    return made if out is None else out


def sum(a, axis=None, dtype=None, out=None, keepdims=_no_value, initial=_no_value, where=True):
    """
    Sum of array elements over a given axis.

    Examples
    --------
    >>> np.sum([[0, 1], [0, 5]], axis=1)
    array([1, 5])
    """
    if hasattr(a, '__next__'):
        raise TypeError('Calling np.sum(generator) is deprecated.Use np.sum(np.fromiter(generator)) or the python sum builtin instead.')
    return _reduce('sum', a, axis, dtype, out, keepdims, initial=initial, where=where)


def prod(a, axis=None, dtype=None, out=None, keepdims=_no_value, initial=_no_value, where=True):
    """Return the product of array elements over a given axis."""
    return _reduce('prod', a, axis, dtype, out, keepdims, initial=initial, where=where)


def max(a, axis=None, out=None, keepdims=_no_value, initial=_no_value, where=True):
    """Return the maximum of an array or maximum along an axis."""
    return _reduce('max', a, axis, None, out, keepdims, initial=initial, where=where)


def min(a, axis=None, out=None, keepdims=_no_value, initial=_no_value, where=True):
    """Return the minimum of an array or minimum along an axis."""
    return _reduce('min', a, axis, None, out, keepdims, initial=initial, where=where)


amax, amin = max, min


def ptp(a, axis=None, out=None, keepdims=_no_value):
    """Range of values (maximum - minimum) along an axis."""
    return _reduce('ptp', a, axis, None, out, keepdims)


def any(a, axis=None, out=None, keepdims=_no_value, *, where=True):
    """Test whether any array element along a given axis evaluates to True."""
    return _reduce('any', a, axis, None, out, keepdims, where=where)


def all(a, axis=None, out=None, keepdims=_no_value, *, where=True):
    """Test whether all array elements along a given axis evaluate to True."""
    return _reduce('all', a, axis, None, out, keepdims, where=where)


def count_nonzero(a, axis=None, *, keepdims=False):
    """Counts the number of non-zero values in the array."""
    made = _reduce('count_nonzero', a, axis, None, None, keepdims)
    return made


def cumsum(a, axis=None, dtype=None, out=None):
    """Return the cumulative sum of the elements along a given axis."""
    return _reduce('cumsum', a, axis, dtype, out)


def cumprod(a, axis=None, dtype=None, out=None):
    """Return the cumulative product of elements along a given axis."""
    return _reduce('cumprod', a, axis, dtype, out)


def _cumulative(name, x, axis, dtype, out, include_initial):
    x = asarray(x)
    if axis is None and x.ndim > 1:
        raise ValueError('For arrays which have more than one dimension ``axis`` argument is required.')
    made = call_array(name, x, axis=0 if axis is None else operator.index(axis), dtype=None if dtype is None else _find(dtype), include_initial=True if include_initial else None)
    return _into(made, out)


def cumulative_sum(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """Return the cumulative sum of the elements along a given axis."""
    return _cumulative('cumulative_sum', x, axis, dtype, out, include_initial)


def cumulative_prod(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """Return the cumulative product of elements along a given axis."""
    return _cumulative('cumulative_prod', x, axis, dtype, out, include_initial)


def _empty_warning(a, axis, where, words='Mean of empty slice.'):
    n = a.size if axis is None else 1
    if axis is not None:
        axes = axis if isinstance(axis, (tuple, list)) else (axis,)
        for k in axes:
            if -a.ndim <= k < a.ndim:
                n *= a.shape[k]
    return n == 0


def mean(a, axis=None, dtype=None, out=None, keepdims=_no_value, *, where=True):
    """
    Compute the arithmetic mean along the specified axis.

    Examples
    --------
    >>> np.mean(np.array([[1, 2], [3, 4]]), axis=0)
    array([2., 3.])
    """
    if type(a) is not ndarray:
        a = asarray(a)
    if a.size == 0 and _empty_warning(a, axis, where):
        link.warn('Mean of empty slice')
        made = _reduce('mean', a, axis, dtype, out, keepdims, where=where)
        if not isinstance(made, ndarray) or made.size:
            link.float_error(8, 'scalar divide' if isinstance(made, generic) else 'divide')
        return made
    return _reduce('mean', a, axis, dtype, out, keepdims, where=where)


def _freedom(ddof, correction):
    if correction is _no_value or correction is None:
        return ddof
    if ddof != 0:
        raise ValueError('ddof and correction can\'t be provided simultaneously.')
    return correction


def _spread(name, a, axis, dtype, out, ddof, keepdims, where, mean, correction):
    a = asarray(a)
    ddof = _freedom(ddof, correction)
    if where is True:
        n = a.size
        if axis is not None:
            n = 1
            for k in axis if isinstance(axis, (tuple, list)) else (axis,):
                n *= a.shape[k] if -a.ndim <= k < a.ndim else 1
        if n <= ddof:
            return _without_freedom(name, a, axis, dtype, out, keepdims, n)
    return _reduce(name, a, axis, dtype, out, keepdims, ddof=ddof, where=where, mean=mean)


def _without_freedom(name, a, axis, dtype, out, keepdims, n):
    """The spread of so few numbers that their squares are divided by 0."""
    link.warn('Degrees of freedom <= 0 for slice')
    made = _reduce('var', a, axis, dtype, None, keepdims)
    if n == 0:
        link.float_error(8, 'divide')
        if not isinstance(made, ndarray) or made.size:
            link.float_error(8, 'scalar divide' if isinstance(made, generic) else 'divide')
    else:
        made = made * n / 0
    return _into(made if name == 'var' else ufuncs.sqrt(made), out)


def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=_no_value, *, where=True, mean=_no_value, correction=_no_value):
    """Compute the standard deviation along the specified axis; the divisor is N - ddof."""
    return _spread('std', a, axis, dtype, out, ddof, keepdims, where, mean, correction)


def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=_no_value, *, where=True, mean=_no_value, correction=_no_value):
    """Compute the variance along the specified axis; the divisor is N - ddof."""
    return _spread('var', a, axis, dtype, out, ddof, keepdims, where, mean, correction)


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """Compute the median along the specified axis."""
    a = asarray(a)
    if a.size == 0:
        return mean(a, axis, None, out, keepdims)
    if a.dtype.kind == 'c' and axis is None:
        flat = call_array('sort', a.ravel())
        n = flat.size
        return _into(flat[n // 2] if n % 2 else (flat[n // 2 - 1:n // 2 + 1]).mean(), out)
    return _into(_reduce('median', a, tuple(axis) if isinstance(axis, list) else axis, None, None, keepdims), out)


def bool_of(x):
    return builtins.bool(x)


def _into(made, out):
    if out is None:
        return made
    out[...] = made
    return out


def _quantile(name, a, q, axis, out, method, keepdims, weights=None):
    a = asarray(a)
    if not isinstance(q, (int, float)) or isinstance(q, generic):
        q = asarray(q)
        if a.dtype.name in ('float16', 'float32') and q.dtype.itemsize == 8:
            a = a.astype(float)
    options = {'axis': _axes(tuple(axis) if isinstance(axis, list) else axis), 'keepdims': keepdims or None}
    if method != 'linear':
        options['method'] = method
    if weights is not None:
        options['weights'] = asarray(weights)
    made = call(name, a, q, **options)
    if isinstance(q, ndarray) and a.dtype.kind == 'f' and q.dtype.kind == 'f':
        made = made.astype(promote_types(a.dtype, q.dtype), copy=False) if made.dtype.itemsize > q.dtype.itemsize else made
    return _into(made, out)


def percentile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None):
    """Compute the q-th percentile of the data along the specified axis."""
    return _quantile('percentile', a, q, axis, out, method, keepdims, weights)


def quantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None):
    """Compute the q-th quantile of the data along the specified axis."""
    return _quantile('quantile', a, q, axis, out, method, keepdims, weights)


def average(a, axis=None, weights=None, returned=False, *, keepdims=_no_value):
    """Compute the weighted average along the specified axis."""
    a = asarray(a)
    w = None if weights is None else asarray(weights)
    if w is not None and w.ndim == a.ndim and axis is None and w.shape == a.shape and not builtins.bool(w.sum()):
        raise ZeroDivisionError("Weights sum to zero, can't be normalized")
    made = _reduce('average', a, axis, None, None, keepdims, weights=w)
    if not returned:
        return made
    total = a.size / builtins.max(asarray(made).size, 1) if w is None else w.sum(axis if w.shape == a.shape else None)
    return made, call('full_like', asarray(made), float(total)) if isinstance(made, ndarray) and asarray(total).ndim == 0 else total if isinstance(total, ndarray) else float64(total)


def cov(m, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None):
    """Estimate a covariance matrix, given data and weights."""
    if ddof is not None and ddof != int(ddof):
        raise ValueError('ddof must be integer')
    m = asarray(m)
    if m.ndim > 2:
        raise ValueError('m has more than 2 dimensions')
    if m.ndim == 0:
        m = m.reshape(1)
    weights = {word: w for word, w in (('fweights', fweights), ('aweights', aweights)) if w is not None}
    if weights:
        for word, w in weights.items():
            w = weights[word] = asarray(w)
            if w.ndim > 1:
                raise RuntimeError(f'cannot handle multidimensional {word}')
        # Weights are doubles, and so are then the results, whatever dtype is asked for.
        return call_array('cov', m, y=None if y is None else asarray(y), rowvar=rowvar, bias=bias, ddof=ddof, **weights)
    n = m.shape[-1] if rowvar or m.ndim < 2 else m.shape[0]
    if n - (ddof if ddof is not None else 0 if bias else 1) <= 0:
        link.warn('Degrees of freedom <= 0 for slice')
        link.float_error(1, 'divide')
    made = call_array('cov', m, y=None if y is None else asarray(y), rowvar=rowvar, bias=bias, ddof=ddof)
    if n - (ddof if ddof is not None else 0 if bias else 1) <= 0 and ufuncs.isnan(made).any():
        link.float_error(8, 'multiply')
    return made if dtype is None else made.astype(dtype)


def corrcoef(x, y=None, rowvar=True, *, dtype=None):
    """Return Pearson product-moment correlation coefficients."""
    parts = [asarray(part) for part in (x, y) if part is not None]
    parts = [part if part.ndim else part.reshape(1) for part in parts]
    made = call('corrcoef', parts[0], y=None if y is None else parts[1], rowvar=rowvar)
    if parts[0].size and parts[0].shape[-1 if rowvar or parts[0].ndim < 2 else 0] == 1:
        cov(*parts, rowvar=rowvar)
    elif parts[0].size and not ufuncs.isfinite(made).all() and builtins.all(ufuncs.isfinite(part).all() for part in parts):
        # What does not vary has no correlation.
        link.float_error(8, 'divide')
    return made if dtype is None else made.astype(dtype)
