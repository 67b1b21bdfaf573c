"""Sums, extremes and statistics of the elements that are not NaN."""

from . import link
from .creation import asanyarray as asarray
from .link import call
from .reductions import _freedom, _into, _quantile, _reduce, bool_of, cumprod, cumsum
from .ufuncs import _no_value

ndarray = link.ndarray


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


def nanmax(a, axis=None, out=None, keepdims=_no_value, initial=_no_value, where=True):
    """Return the maximum of an array or maximum along an axis, ignoring any NaNs."""
    return _all_nan('nanmax', a, axis, out, keepdims, initial=initial, where=where)


def nanmin(a, axis=None, out=None, keepdims=_no_value, initial=_no_value, where=True):
    """Return minimum of an array or minimum along an axis, ignoring any NaNs."""
    return _all_nan('nanmin', a, axis, out, keepdims, initial=initial, where=where)


def nanmean(a, axis=None, dtype=None, out=None, keepdims=_no_value, *, where=True):
    """Compute the arithmetic mean along the specified axis, ignoring NaNs."""
    made = _reduce('nanmean', a, axis, dtype, None, keepdims, where=where)
    if _too_few(a, axis, made, where):
        link.warn('Mean of empty slice')
    return _into(made, out)


def _too_few(a, axis, made, where=True, ddof=0):
    """Whether a slice has no more numbers than `ddof`; none has where the result is no NaN."""
    if not bool_of(call('isnan', asarray(made)).any()):
        return False
    counts = _reduce('sum', call('logical_not', call('isnan', asarray(a))), axis, where=where)
    return bool_of((asarray(counts) <= ddof).any())


def _spread(name, a, axis, dtype, out, ddof, keepdims, where, mean, correction):
    ddof = _freedom(ddof, correction)
    made = _reduce(name, a, axis, dtype, None, keepdims, ddof=ddof, where=where, mean=mean)
    if _too_few(a, axis, made, where, ddof):
        link.warn('Degrees of freedom <= 0 for slice.')
    return _into(made, out)


def nanstd(a, axis=None, dtype=None, out=None, ddof=0, keepdims=_no_value, *, where=True, mean=_no_value, correction=_no_value):
    """Compute the standard deviation along the specified axis, while ignoring NaNs."""
    return _spread('nanstd', a, axis, dtype, out, ddof, keepdims, where, mean, correction)


def nanvar(a, axis=None, dtype=None, out=None, ddof=0, keepdims=_no_value, *, where=True, mean=_no_value, correction=_no_value):
    """Compute the variance along the specified axis, while ignoring NaNs."""
    return _spread('nanvar', a, axis, dtype, out, ddof, keepdims, where, mean, correction)


def nanmedian(a, axis=None, out=None, overwrite_input=False, keepdims=_no_value):
    """Compute the median along the specified axis, while ignoring NaNs."""
    made = _reduce('nanmedian', a, axis, None, None, keepdims)
    if _too_few(a, axis, made):
        link.warn('All-NaN slice encountered')
    return _into(made, out)


def nanpercentile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=_no_value, *, weights=None):
    """Compute the qth percentile along the specified axis, while ignoring nan values."""
    return _nan_quantile('nanpercentile', a, q, axis, out, method, keepdims, weights)


def nanquantile(a, q, axis=None, out=None, overwrite_input=False, method='linear', keepdims=_no_value, *, weights=None):
    """Compute the qth quantile along the specified axis, while ignoring nan values."""
    return _nan_quantile('nanquantile', a, q, axis, out, method, keepdims, weights)


def _nan_quantile(name, a, q, axis, out, method, keepdims, weights):
    made = _quantile(name, a, q, axis, out, method, False if keepdims is _no_value else keepdims, weights)
    if bool_of(call('isnan', asarray(made)).any()):
        link.warn('All-NaN slice encountered')
    return made
