"""Sorting, searching and sets."""

import builtins
import operator
from collections import namedtuple

from . import link
from .creation import asanyarray as asarray
from .link import call, call_array
from .generic import generic

ndarray = link.ndarray


def sort(a, axis=-1, kind=None, order=None, *, stable=None):
    """Return a sorted copy of an array."""
    a = asarray(a)
    _check_kind(kind, stable)
    if order is not None:
        return _by_fields('sort', a, order)
    return call_array('sort', a, axis if axis is None else operator.index(axis))


_kinds = ('quicksort', 'heapsort', 'mergesort', 'stable')


def _check_kind(kind, stable=None):
    if kind is None:
        return
    if stable is not None:
        raise ValueError("`kind` and `stable` parameters can't be provided at the same time. Use only one of them.")
    if not isinstance(kind, str):
        raise TypeError(f'sort kind must be str, not {type(kind).__name__}')
    if kind not in _kinds and kind[:1] not in ('q', 'h', 'm', 's'):
        raise ValueError(f"sort kind must be one of 'quick', 'heap', or 'stable' (got {kind!r})")


def _by_fields(name, a, order):
    from . import records

    if not isinstance(a, records.record):
        raise ValueError('Cannot specify order when the array has no fields.')
    return getattr(records, name)(a, order)


def argsort(a, axis=-1, kind=None, order=None, *, stable=None):
    """Returns the indices that would sort an array."""
    _check_kind(kind, stable)
    if order is not None:
        return _by_fields('argsort', asarray(a), order)
    return call_array('argsort', asarray(a), axis if axis is None else operator.index(axis))


def lexsort(keys, axis=-1):
    """Perform an indirect stable sort using a sequence of keys, the last being the primary one."""
    keys = [asarray(k) for k in keys]
    if keys and all(k.ndim == 0 for k in keys):
        from .scalars import int64

        return int64(0)
    axis = operator.index(axis)
    if keys and not -keys[0].ndim <= axis < builtins.max(keys[0].ndim, 1):
        raise link.AxisError(axis, keys[0].ndim)
    if keys and axis % builtins.max(keys[0].ndim, 1) != keys[0].ndim - 1 and keys[0].ndim > 1:
        from .shaping import moveaxis

        return moveaxis(call_array('lexsort', [moveaxis(k, axis, -1) for k in keys]), -1, axis)
    return call_array('lexsort', keys)


def _check_selection(kind):
    if not isinstance(kind, str):
        raise TypeError(f'select kind must be str, not {type(kind).__name__}')


def partition(a, kth, axis=-1, kind='introselect', order=None):
    """Return a partitioned copy of an array."""
    _check_selection(kind)
    return call_array('partition', asarray(a), kth, axis, kind, order)


def argpartition(a, kth, axis=-1, kind='introselect', order=None):
    """The indices that would partition an array."""
    _check_selection(kind)
    return call_array('argpartition', asarray(a), kth, axis, kind, order)


def sort_complex(a):
    """Sort a complex array using the real part first, then the imaginary part."""
    a = asarray(a)
    made = sort(a)
    return made if made.dtype.kind == 'c' else made.astype('complex64' if made.dtype.char in 'bhBH' else 'complex128')


def _extreme(name, a, axis, out, keepdims):
    a = asarray(a)
    if a.ndim == 0 and axis in (0, -1):
        axis = None
    made = call(name, a, axis=axis if axis is None else operator.index(axis), keepdims=True if keepdims else None)
    if out is not None:
        out[...] = made
        return out
    return made


def argmax(a, axis=None, out=None, *, keepdims=False):
    """Returns the indices of the maximum values along an axis."""
    return _extreme('argmax', a, axis, out, keepdims)


def argmin(a, axis=None, out=None, *, keepdims=False):
    """Returns the indices of the minimum values along an axis."""
    return _extreme('argmin', a, axis, out, keepdims)


def _nan_extreme(name, a, axis, fill, out, keepdims):
    a = asarray(a)
    if a.dtype.kind == 'f':
        mask = call_array('isnan', a)
        if builtins.bool(asarray(mask.all(axis)).any()):
            raise ValueError('All-NaN slice encountered')
        a = a.copy()
        a[mask] = fill
    return _extreme(name, a, axis, out, keepdims)


def nanargmax(a, axis=None, out=None, *, keepdims=False):
    """Return the indices of the maximum values in the specified axis ignoring NaNs."""
    return _nan_extreme('argmax', a, axis, float('-inf'), out, keepdims)


def nanargmin(a, axis=None, out=None, *, keepdims=False):
    """Return the indices of the minimum values in the specified axis ignoring NaNs."""
    return _nan_extreme('argmin', a, axis, float('inf'), out, keepdims)


def searchsorted(a, v, side='left', sorter=None):
    """Find indices where elements should be inserted to maintain order."""
    return call('searchsorted', asarray(a), v if isinstance(v, (generic, int, float)) else asarray(v), side, None if sorter is None else asarray(sorter))


def digitize(x, bins, right=False):
    """Return the indices of the bins to which each value in input array belongs."""
    return call('digitize', asarray(x), asarray(bins), right)


_All = namedtuple('UniqueAllResult', ['values', 'indices', 'inverse_indices', 'counts'])
_Counts = namedtuple('UniqueCountsResult', ['values', 'counts'])
_Inverse = namedtuple('UniqueInverseResult', ['values', 'inverse_indices'])


def unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True, sorted=True):
    """
    Find the unique elements of an array.

    Examples
    --------
    >>> np.unique([1, 1, 2, 2, 3, 3])
    array([1, 2, 3])
    """
    ar = asarray(ar)
    extras = return_index or return_inverse or return_counts
    if axis is None:
        made = call('unique', ar, return_index, return_inverse, return_counts, None, equal_nan) if not equal_nan else call('unique', ar, return_index, return_inverse, return_counts)
        if not extras:
            return made
        made = list(made)
        if return_inverse:
            k = 1 + builtins.bool(return_index)
            made[k] = made[k].reshape(ar.shape)
        return tuple(made)
    if not extras:
        return call_array('unique', ar, axis=axis)
    from .shaping import moveaxis
    from .taking import take

    rows = moveaxis(ar, axis, 0)
    keys = [str(r.tolist()) if r.ndim else r for r in rows]
    plain = [tuple(_flat(r.tolist())) if isinstance(r, ndarray) else (r,) for r in rows]
    order = builtins.sorted(builtins.range(len(plain)), key=lambda i: plain[i])
    first, inverse, counts = [], [0] * len(plain), []
    for i in order:
        if not first or plain[first[-1]] != plain[i]:
            first.append(i)
            counts.append(0)
        inverse[i] = len(first) - 1
        counts[-1] += 1
    made = [take(ar, first, axis)]
    if return_index:
        made.append(asarray(first))
    if return_inverse:
        made.append(asarray(inverse))
    if return_counts:
        made.append(asarray(counts))
    del keys
    return tuple(made)


def _flat(x):
    if isinstance(x, list):
        for y in x:
            yield from _flat(y)
    else:
        yield x


def unique_all(x):
    """Find the unique elements of an array, and counts, inverse, and indices."""
    values, index, inverse, counts = unique(x, True, True, True)
    return _All(values, index, asarray(inverse), counts)


def unique_counts(x):
    """Find the unique elements and counts of an input array."""
    return _Counts(*unique(x, return_counts=True))


def unique_inverse(x):
    """Find the unique elements of `x` and indices to reconstruct `x`."""
    values, inverse = unique(x, return_inverse=True)
    return _Inverse(values, asarray(inverse))


def unique_values(x):
    """Returns the unique elements of an input array."""
    return unique(x)


def intersect1d(ar1, ar2, assume_unique=False, return_indices=False):
    """Find the intersection of two arrays."""
    made = call('intersect1d', asarray(ar1), asarray(ar2), builtins.bool(assume_unique), builtins.bool(return_indices))
    return tuple(made) if return_indices else made


def union1d(ar1, ar2):
    """Find the union of two arrays."""
    return call_array('union1d', asarray(ar1), asarray(ar2))


def setdiff1d(ar1, ar2, assume_unique=False):
    """Find the set difference of two arrays."""
    return call_array('setdiff1d', asarray(ar1), asarray(ar2), builtins.bool(assume_unique))


def setxor1d(ar1, ar2, assume_unique=False):
    """Find the set exclusive-or of two arrays."""
    return call_array('setxor1d', asarray(ar1), asarray(ar2), builtins.bool(assume_unique))


def isin(element, test_elements, assume_unique=False, invert=False, *, kind=None):
    """Calculates ``element in test_elements``, broadcasting over `element` only."""
    return call_array('isin', asarray(element), asarray(test_elements), invert=invert, kind=kind)
