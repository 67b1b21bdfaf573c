"""Sums, extremes, statistics, and elementwise functions that are no ufuncs."""

import builtins

from . import link
from .creation import asanyarray as asarray, empty, zeros
from .dtypes import _find, all_dtypes, as_dtype, result_type
from .link import call, call_array, engine, invoke
from .scalars import False_, True_, float64, generic
from .ufuncs import _no_value, absolute, logical_and, logical_or  # noqa: F401

ndarray = link.ndarray


def _axes(axis):
    if axis is None or type(axis) is int:
        return axis
    if isinstance(axis, (tuple, list)):
        return tuple(k.__index__() for k in axis)
    if hasattr(axis, '__index__'):
        return axis.__index__()
    raise TypeError(f"'{type(axis).__name__}' object cannot be interpreted as an integer")


def _reduce(name, a, axis=None, dtype=None, out=None, keepdims=False, **more):
    if type(a) is not ndarray:
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
        options[key] = asarray(value) if key == 'where' else value.item() if isinstance(value, generic) else value
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


def _cumulative(function, x, axis, dtype, include_initial, first):
    x = asarray(x)
    if axis is None:
        if x.ndim > 1:
            raise ValueError('For arrays which have more than one dimension ``axis`` argument is required.')
        axis = 0
    made = function(x, axis, dtype)
    if include_initial:
        from .shaping import concatenate

        shape = list(made.shape)
        shape[axis] = 1
        made = concatenate((zeros(shape, made.dtype) + first, made), axis).astype(made.dtype)
    return made


def cumulative_sum(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """Return the cumulative sum of the elements along a given axis."""
    return _cumulative(cumsum, x, axis, dtype, include_initial, 0)


def cumulative_prod(x, /, *, axis=None, dtype=None, out=None, include_initial=False):
    """Return the cumulative product of elements along a given axis."""
    return _cumulative(cumprod, x, axis, dtype, include_initial, 1)


def nancumsum(a, axis=None, dtype=None, out=None):
    """Return the cumulative sum treating Not a Numbers as zero."""
    return cumsum(_without_nan(a, 0), axis, dtype, out)


def nancumprod(a, axis=None, dtype=None, out=None):
    """Return the cumulative product treating Not a Numbers as one."""
    return cumprod(_without_nan(a, 1), axis, dtype, out)


def _without_nan(a, value):
    a = asarray(a)
    if a.dtype.kind not in 'fc':
        return a
    made = a.copy()
    made[call('isnan', a)] = value
    return made


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


def _spread(name, a, axis, dtype, out, ddof, keepdims, where, correction):
    a = asarray(a)
    if correction is not _no_value and correction is not None:
        ddof = correction
    made = _reduce(name, a, axis, dtype, out, keepdims, ddof=ddof, where=where)
    if where is True:
        n = a.size
        if axis is not None:
            n = 1
            for k in axis if isinstance(axis, (tuple, list)) else (axis,):
                n *= a.shape[k] if -a.ndim <= k < a.ndim else 1
        if n <= ddof:
            link.warn('Degrees of freedom <= 0 for slice')
            if n == 0:
                link.float_error(8, 'divide')
            if n - ddof <= 0 and (not isinstance(made, ndarray) or made.size):
                link.float_error(8, 'scalar divide' if isinstance(made, generic) else 'divide')
    return made


def std(a, axis=None, dtype=None, out=None, ddof=0, keepdims=_no_value, *, where=True, mean=_no_value, correction=_no_value):
    """Compute the standard deviation along the specified axis; the divisor is N - ddof."""
    return _spread('std', a, axis, dtype, out, ddof, keepdims, where, correction)


def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=_no_value, *, where=True, mean=_no_value, correction=_no_value):
    """Compute the variance along the specified axis; the divisor is N - ddof."""
    return _spread('var', a, axis, dtype, out, ddof, keepdims, where, correction)


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """Compute the median along the specified axis."""
    a = asarray(a)
    if a.size == 0:
        link.warn('Mean of empty slice')
        link.float_error(8, 'scalar divide')
        return float64('nan')
    if a.dtype.kind == 'c' and axis is None:
        flat = call_array('sort', a.ravel())
        n = flat.size
        return _into(flat[n // 2] if n % 2 else (flat[n // 2 - 1:n // 2 + 1]).mean(), out)
    return _into(_reduce('median', a, axis, None, None, keepdims), out)


def _into(made, out):
    if out is None:
        return made
    out[...] = made
    return out


def _quantile(name, a, q, axis, out, method, keepdims):
    a = asarray(a)
    if not isinstance(q, (int, float)) or isinstance(q, generic):
        q = asarray(q)
        if a.dtype.name in ('float16', 'float32') and q.dtype.itemsize == 8:
            a = a.astype(float)
    options = {'axis': _axes(axis), 'keepdims': keepdims or None}
    if method != 'linear':
        options['method'] = method
    return _into(call(name, a, q, **options), out)


def percentile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None):
    """Compute the q-th percentile of the data along the specified axis."""
    return _quantile('percentile', a, q, axis, out, method, keepdims)


def quantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=False, *, weights=None):
    """Compute the q-th quantile of the data along the specified axis."""
    return _quantile('quantile', a, q, axis, out, method, keepdims)


def nansum(a, axis=None, dtype=None, out=None, keepdims=_no_value, initial=_no_value, where=True):
    """Return the sum of array elements over a given axis treating NaNs as zero."""
    return _reduce('nansum', a, axis, dtype, out, keepdims, initial=initial, where=where)


def nanprod(a, axis=None, dtype=None, out=None, keepdims=_no_value, initial=_no_value, where=True):
    """Return the product of array elements over a given axis treating NaNs as ones."""
    return _reduce('nanprod', a, axis, dtype, out, keepdims, initial=initial, where=where)


def _all_nan(name, a, axis, out, keepdims, **more):
    words = 'slice' if isinstance(a, ndarray) else 'axis'
    a = asarray(a)
    made = _reduce(name, a, axis, None, out, keepdims, **more)
    if a.dtype.kind in 'fc' and not bool_of(call('isfinite', asarray(made)).all()) and bool_of(call('isnan', asarray(made)).any()):
        link.warn(f'All-NaN {words} encountered')
    return made


def bool_of(x):
    return builtins.bool(x)


def nanmax(a, axis=None, out=None, keepdims=_no_value, initial=_no_value, where=True):
    """Return the maximum of an array or maximum along an axis, ignoring any NaNs."""
    return _all_nan('nanmax', a, axis, out, keepdims, initial=initial, where=where)


def nanmin(a, axis=None, out=None, keepdims=_no_value, initial=_no_value, where=True):
    """Return minimum of an array or minimum along an axis, ignoring any NaNs."""
    return _all_nan('nanmin', a, axis, out, keepdims, initial=initial, where=where)


def nanmean(a, axis=None, dtype=None, out=None, keepdims=_no_value, *, where=True):
    """Compute the arithmetic mean along the specified axis, ignoring NaNs."""
    made = _reduce('nanmean', a, axis, None, None, keepdims)
    if bool_of(call('isnan', asarray(made)).any()):
        link.warn('Mean of empty slice')
    return _into(made, out)


def nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=_no_value, *, where=True, mean=_no_value, correction=_no_value):
    """Compute the standard deviation along the specified axis, while ignoring NaNs."""
    return _into(_reduce('nanstd', a, axis, None, None, keepdims, ddof=ddof), out)


def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=_no_value, *, where=True, mean=_no_value, correction=_no_value):
    """Compute the variance along the specified axis, while ignoring NaNs."""
    return _into(_reduce('nanvar', a, axis, None, None, keepdims, ddof=ddof), out)


def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=_no_value):
    """Compute the median along the specified axis, while ignoring NaNs."""
    return _into(_reduce('nanmedian', a, axis, None, None, keepdims), out)


def _nan_quantile(a, q, axis, keepdims):
    a = asarray(a)
    if axis is None:
        flat = a.ravel()
        return percentile(flat[~call('isnan', flat)], q)
    from .functional import apply_along_axis

    return apply_along_axis(lambda row: percentile(row[~call('isnan', row)], q), axis, a)


def nanpercentile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=_no_value, *, weights=None):
    """Compute the qth percentile along the specified axis, while ignoring nan values."""
    return _into(_nan_quantile(a, q, axis, keepdims), out)


def nanquantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=_no_value, *, weights=None):
    """Compute the qth quantile along the specified axis, while ignoring nan values."""
    return _into(_nan_quantile(a, asarray(q) * 100, axis, keepdims), out)


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
    if fweights is not None or aweights is not None:
        return _weighted_cov(m, y, rowvar, bias, ddof, fweights, aweights)
    n = m.shape[-1] if rowvar or m.ndim < 2 else m.shape[0]
    if n - (ddof if ddof is not None else 0 if bias else 1) <= 0:
        link.warn('Degrees of freedom <= 0 for slice')
    return call_array('cov', m, y=None if y is None else asarray(y), rowvar=rowvar, bias=bias, ddof=ddof)


def _weighted_cov(m, y, rowvar, bias, ddof, fweights, aweights):
    from .shaping import atleast_2d, concatenate

    X = atleast_2d(m)
    if not rowvar and m.ndim == 2:
        X = X.T
    if y is not None:
        Y = atleast_2d(asarray(y))
        X = concatenate((X, Y if rowvar or Y.shape[0] == 1 else Y.T), 0)
    if ddof is None:
        ddof = 0 if bias else 1
    w = None
    for part in (fweights, aweights):
        if part is not None:
            part = asarray(part, float)
            w = part if w is None else w * part
    avg = average(X, axis=1, weights=w)
    total = w.sum()
    if ddof == 0:
        fact = total
    elif aweights is None:
        fact = total - ddof
    else:
        fact = total - ddof * (w * asarray(aweights, float)).sum() / total
    D = X - avg[:, None]
    return (D @ (D * w).T.conj() / fact).squeeze()


def corrcoef(x, y=None, rowvar=True, *, dtype=None):
    """Return Pearson product-moment correlation coefficients."""
    return call('corrcoef', asarray(x), y=None if y is None else asarray(y), rowvar=rowvar)


# ---------------------------------------------------------------- differences, sums along curves


def diff(a, n=1, axis=-1, prepend=_no_value, append=_no_value):
    """Calculate the n-th discrete difference along the given axis."""
    a = asarray(a)
    if n < 0:
        raise ValueError(f'order must be non-negative but got {n!r}')
    if a.ndim == 0:
        raise ValueError('diff requires input that is at least one dimensional')
    from .shaping import broadcast_to, concatenate

    def widened(x):
        x = asarray(x)
        if x.ndim == 0:
            shape = list(a.shape)
            shape[axis] = 1
            x = broadcast_to(x, shape)
        return x

    parts = [widened(prepend)] if prepend is not _no_value else []
    parts.append(a)
    if append is not _no_value:
        parts.append(widened(append))
    if len(parts) > 1:
        a = concatenate(parts, axis)
    return call_array('diff', a, n, axis)


def ediff1d(ary, to_end=None, to_begin=None):
    """The differences between consecutive elements of an array."""
    from .shaping import concatenate

    made = diff(asarray(ary).ravel())
    parts = [asarray(to_begin).ravel()] if to_begin is not None else []
    parts.append(made)
    if to_end is not None:
        parts.append(asarray(to_end).ravel())
    return concatenate(parts).astype(made.dtype) if len(parts) > 1 else made


def gradient(f, *varargs, axis=None, edge_order=1):
    """Return the gradient of an N-dimensional array, with second order differences inside and first (or second) order at the ends."""
    f = asarray(f)
    axes = tuple(builtins.range(f.ndim)) if axis is None else (axis,) if isinstance(axis, int) else tuple(axis)
    axes = tuple(k % f.ndim for k in axes)
    if len(varargs) == 0:
        steps = [1.0] * len(axes)
    elif len(varargs) == 1 and asarray(varargs[0]).ndim == 0:
        steps = list(varargs) * len(axes)
    elif len(varargs) == len(axes):
        steps = list(varargs)
    else:
        raise TypeError('invalid number of arguments')
    if f.dtype.kind in 'biu':
        f = f.astype(float)
    made = []
    for k, step in zip(axes, steps):
        n = f.shape[k]
        if n < edge_order + 1:
            raise ValueError('Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.')

        def at(part):
            key = [slice(None)] * f.ndim
            key[k] = part
            return tuple(key)

        out = empty(f.shape, f.dtype)
        step = asarray(step)
        h = diff(step) if step.ndim else step
        if step.ndim and bool_of((h == h[0]).all()):
            h = asarray(h[0])
        if h.ndim == 0:
            h = float(h)
            out[at(slice(1, -1))] = (f[at(slice(2, None))] - f[at(slice(None, -2))]) / (2.0 * h)
            first, last = h, h
        else:
            shape = [1] * f.ndim
            shape[k] = -1
            a, b = h[:-1].reshape(shape), h[1:].reshape(shape)
            out[at(slice(1, -1))] = (-b / (a * (a + b)) * f[at(slice(None, -2))] + (b - a) / (a * b) * f[at(slice(1, -1))]
                                     + a / (b * (a + b)) * f[at(slice(2, None))])
            first, last = float(h[0]), float(h[-1])
        if edge_order == 1:
            out[at(0)] = (f[at(1)] - f[at(0)]) / first
            out[at(-1)] = (f[at(-1)] - f[at(-2)]) / last
        else:
            out[at(0)] = (-1.5 * f[at(0)] + 2.0 * f[at(1)] - 0.5 * f[at(2)]) / first
            out[at(-1)] = (1.5 * f[at(-1)] - 2.0 * f[at(-2)] + 0.5 * f[at(-3)]) / last
        made.append(out)
    return made[0] if len(axes) == 1 else tuple(made)


def trapezoid(y, x=None, dx=1.0, axis=-1):
    """Integrate along the given axis using the composite trapezoidal rule."""
    y = asarray(y)
    if x is None:
        d = dx
    else:
        x = asarray(x)
        d = diff(x, axis=axis if x.ndim > 1 else -1)
        if x.ndim == 1 and y.ndim > 1:
            shape = [1] * y.ndim
            shape[axis] = -1
            d = d.reshape(shape)
    after, before = [slice(None)] * y.ndim, [slice(None)] * y.ndim
    after[axis], before[axis] = slice(1, None), slice(None, -1)
    return (d * (y[tuple(after)] + y[tuple(before)]) / 2.0).sum(axis)


def convolve(a, v, mode='full'):
    """Returns the discrete, linear convolution of two one-dimensional sequences."""
    a, v = asarray(a).ravel(), asarray(v).ravel()
    if a.size == 0:
        raise ValueError('a cannot be empty')
    if v.size == 0:
        raise ValueError('v cannot be empty')
    if v.size > a.size:
        a, v = v, a
    n, m = a.size, v.size
    made = zeros(n + m - 1, result_type(a, v))
    for k in builtins.range(m):
        made[k:k + n] += a * v[k]
    if mode in ('full', 'f'):
        return made
    if mode in ('same', 's'):
        start = (m - 1) // 2
        return made[start:start + n].copy()
    if mode in ('valid', 'v'):
        return made[m - 1:n].copy()
    raise ValueError(f"mode must be one of 'valid', 'same', or 'full' (got '{mode}')")


def correlate(a, v, mode='valid'):
    """Cross-correlation of two 1-dimensional sequences."""
    a, v = asarray(a), asarray(v)
    if a.size >= v.size:
        return convolve(a, v[::-1].conj(), mode)
    made = convolve(a, v[::-1].conj(), 'full')
    if mode == 'full':
        return made
    n, m = v.size, a.size
    start = m - 1 - (m - 1) // 2
    return made[start:start + n].copy() if mode == 'same' else made[m - 1:n].copy()


def interp(x, xp, fp, left=None, right=None, period=None):
    """One-dimensional linear interpolation for monotonically increasing sample points."""
    xs, xp, fp = asarray(x), asarray(xp, float), asarray(fp)
    if xp.size == 0:
        raise ValueError('array of sample points is empty')
    if xp.size != fp.size:
        raise ValueError('fp and xp are not of the same length.')
    return call('interp', xs, xp, fp, left, right, None if period is None else builtins.abs(period))


# ---------------------------------------------------------------- elementwise


def round(a, decimals=0, out=None):
    """Evenly round to the given number of decimals."""
    if not isinstance(a, (ndarray, generic)):
        a = asarray(a)
    made = call('round', a, decimals.__index__())
    return _into(made, out)


around = round


def clip(a, a_min=_no_value, a_max=_no_value, out=None, *, min=_no_value, max=_no_value, **kwargs):
    """Clip (limit) the values in an array."""
    if a_min is _no_value and a_max is _no_value:
        a_min = None if min is _no_value else min
        a_max = None if max is _no_value else max
    elif a_min is _no_value:
        raise TypeError("clip() missing 1 required positional argument: 'a_min'")
    elif a_max is _no_value:
        raise TypeError("clip() missing 1 required positional argument: 'a_max'")
    bounds = [b if b is None or isinstance(b, (int, float, complex, generic, ndarray)) else asarray(b) for b in (a_min, a_max)]
    if bounds == [None, None] if not builtins.any(isinstance(b, ndarray) for b in bounds) else False:
        return _into(asarray(a).copy(), out)
    made = call('clip', asarray(a), *bounds, out=out)
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
    return _elementwise('isreal', x)


def iscomplex(x):
    """Returns a bool array, where True if input element is complex."""
    return _elementwise('iscomplex', x)


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
    from .dtypes import finfo

    limit = float(finfo(a.dtype).eps) * tol if tol > 1 else tol
    return a.real if builtins.bool((absolute(a.imag) < limit).all()) else a


def nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None):
    """Replace NaN with zero and infinity with large finite numbers."""
    a = x if isinstance(x, (ndarray, generic)) else asarray(x)
    made = call('nan_to_num', a, nan=float(nan), posinf=posinf, neginf=neginf)
    if not copy and isinstance(x, ndarray):
        x[...] = made
        return x
    return made


def sinc(x):
    """Return the normalized sinc function."""
    from .ufuncs import sin

    x = asarray(x)
    y = 3.141592653589793 * where(x == 0, 1.0e-20, x)
    made = sin(y) / y
    return made[()] if isinstance(made, ndarray) and made.ndim == 0 else made


def i0(x):
    """Modified Bessel function of the first kind, order 0."""
    x = asarray(x, float)
    term = x * 0 + 1.0
    total = term
    for k in builtins.range(1, 500):
        term = term * (x / (2.0 * k)) ** 2
        total = total + term
        if builtins.bool((absolute(term) <= absolute(total) * 1e-17).all()):
            break
    return total


def unwrap(p, discont=None, axis=-1, *, period=6.283185307179586):
    """Unwrap by taking the complement of large deltas with respect to the period."""
    p = asarray(p)
    dd = diff(p, axis=axis)
    if discont is None:
        discont = period / 2
    half = period / 2
    ddmod = (dd + half) % period - half
    ddmod = where((ddmod == -half) & (dd > 0), half, ddmod)
    correct = where(absolute(dd) < discont, 0.0, ddmod - dd)
    up = p.astype(float)
    key = [slice(None)] * p.ndim
    key[axis] = slice(1, None)
    up[tuple(key)] = p[tuple(key)] + cumsum(correct, axis)
    return up


def modf(x, out=None):
    """Return the fractional and integral parts of an array, element-wise."""
    return tuple(_elementwise('modf', x))


def divmod(x1, x2):
    """Return element-wise quotient and remainder simultaneously."""
    from .ufuncs import floor_divide, remainder

    return floor_divide(x1, x2), remainder(x1, x2)


def frexp(x):
    """Decompose the elements of x into mantissa and twos exponent."""
    import math

    a = asarray(x)
    pairs = [math.frexp(v) for v in a.ravel().tolist()]
    m = asarray([p[0] for p in pairs] or zeros(0), a.dtype if a.dtype.kind == 'f' else float).reshape(a.shape)
    e = asarray([p[1] for p in pairs], 'int32').reshape(a.shape)
    return (m[()], e[()]) if a.ndim == 0 else (m, e)


def ldexp(x1, x2):
    """Returns x1 * 2**x2, element-wise."""
    return asarray(x1) * 2.0 ** asarray(x2)


def spacing(x):
    """Return the distance between x and the nearest adjacent number."""
    import math

    a = asarray(x)
    fraction, least = {'float16': (10, -24), 'float32': (23, -149)}.get(a.dtype.name, (52, -1074))

    def gap(v):
        if not math.isfinite(v):
            return float('nan')
        return math.copysign(math.ldexp(1.0, builtins.max(math.frexp(v)[1] - 1 - fraction, least) if v else least), v)

    made = asarray([gap(v) for v in a.ravel().tolist()], a.dtype if a.dtype.kind == 'f' else float).reshape(a.shape)
    return made[()] if a.ndim == 0 else made


def isposinf(x, out=None):
    """Test element-wise for positive infinity."""
    return _into(asarray(x) == float('inf'), out)


def isneginf(x, out=None):
    """Test element-wise for negative infinity."""
    return _into(asarray(x) == float('-inf'), out)


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Returns a boolean array where two arrays are element-wise equal within a tolerance."""
    return call('isclose', asarray(a), asarray(b), rtol=float(rtol), atol=float(atol), equal_nan=builtins.bool(equal_nan))


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    """Returns True if two arrays are element-wise equal within a tolerance."""
    return call('allclose', asarray(a), asarray(b), rtol=float(rtol), atol=float(atol), equal_nan=builtins.bool(equal_nan))


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


def histogram(a, bins=10, range=None, density=None, weights=None):
    """Compute the histogram of a dataset."""
    if isinstance(bins, (list, tuple)):
        bins = asarray(bins)
    made = call('histogram', asarray(a), bins=bins, range=None if range is None else tuple(float(x) for x in range), density=density or None,
                weights=None if weights is None else asarray(weights))
    return tuple(made)


def histogram_bin_edges(a, bins=10, range=None, weights=None):
    """Compute only the edges of the bins used by the histogram function."""
    return histogram(a, bins, range)[1]


def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    """Compute the bi-dimensional histogram of two data samples."""
    x, y = asarray(x), asarray(y)
    pair = bins if isinstance(bins, (list, tuple)) and len(bins) == 2 and not isinstance(bins[0], float) else (bins, bins)
    edges = [histogram(v, b, None if range is None else range[k])[1] for k, (v, b) in enumerate(zip((x, y), pair))]
    made = zeros((edges[0].size - 1, edges[1].size - 1))
    places = []
    for v, e in zip((x, y), edges):
        p = call('searchsorted', e, v, 'right') - 1
        p[v == e[-1]] = e.size - 2
        p[(v < e[0]) | (v > e[-1])] = -1
        places.append(p.tolist())
    w = [1.0] * x.size if weights is None else asarray(weights).tolist()
    for i, j, value in zip(*places, w):
        if i >= 0 and j >= 0:
            made[i, j] += value
    if density:
        made = made / made.sum() / diff(edges[0])[:, None] / diff(edges[1])
    return made, edges[0], edges[1]


def bincount(x, /, weights=None, minlength=0):
    """Count number of occurrences of each value in array of non-negative ints."""
    x = asarray(x)
    if x.size == 0:
        x = x.astype('int64')
    return call_array('bincount', x, None if weights is None else asarray(weights), minlength)


_ = (False_, True_, all_dtypes, as_dtype, engine, invoke)
