"""Masked arrays of other shapes and in parts: what moves elements moves their masks."""

import builtins

import numpy as np

from .core import MaskedArray, getdata, getmask, getmaskarray, make_mask, masked, nomask
from .extras import asanyarray, asarray, concatenate, diff, filled


def _moved(name):
    work = getattr(np, name)

    def function(x, *args, **kwargs):
        data, mask = work(getdata(x), *args, **kwargs), getmask(x)
        if isinstance(data, (list, tuple)):
            masks = [nomask] * len(data) if mask is nomask else work(mask, *args, **kwargs)
            return [MaskedArray(part, mask=hidden) for part, hidden in zip(data, masks)]
        return MaskedArray(data, mask=nomask if mask is nomask else work(mask, *args, **kwargs))

    function.__name__, function.__doc__ = name, f'`np.{name}` of a masked array: its mask is moved, too.'
    return function


atleast_1d, atleast_2d, atleast_3d, expand_dims, diagflat, hsplit, resize = map(
    _moved, 'atleast_1d atleast_2d atleast_3d expand_dims diagflat hsplit resize'.split())


def diag(v, k=0):
    """The diagonal of a matrix, or the matrix of a diagonal."""
    made = np.diag(getdata(v), k).copy()
    return MaskedArray(made, mask=nomask if getmask(v) is nomask else np.diag(getmaskarray(v), k).copy())


def ndim(obj):
    """The number of axes."""
    return np.ndim(getdata(obj))


def shape(obj):
    """The shape."""
    return np.shape(getdata(obj))


def size(obj, axis=None):
    """The number of elements, or the length of an axis."""
    return np.size(getdata(obj), axis)


def ndenumerate(a, compressed=True):
    """Pairs of coordinates and values; masked ones are left out, or given as `masked`."""
    for (place, value), hidden in zip(np.ndenumerate(getdata(a)), getmaskarray(a).ravel().tolist()):
        if not hidden:
            yield place, value
        elif not compressed:
            yield place, masked


def compress_nd(x, axis=None):
    """Leaves out the parts along axes that hold masked elements."""
    data, mask = getdata(x), getmaskarray(x)
    axes = builtins.range(data.ndim) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    if not mask.any():
        return data
    if mask.all():
        return np.array([])
    for k in axes:
        k %= data.ndim
        others = tuple(n for n in builtins.range(data.ndim) if n != k)
        data = data[(slice(None),) * k + (~mask.any(axis=others),)]
    return data


def flatten_mask(mask):
    """A mask as one axis of booleans."""
    return np.asarray(mask, dtype=bool).ravel() if not isinstance(mask, tuple) else np.array([*map(builtins.bool, mask)])


# ---------------------------------------------------------------- putting and choosing


def put(a, indices, values, mode='raise'):
    """Sets elements of the flat array, their masks too."""
    np.put(a._data if isinstance(a, MaskedArray) else a, indices, getdata(values), mode=mode)
    if isinstance(a, MaskedArray) and (a._mask is not nomask or getmask(values) is not nomask):
        if a._mask is nomask:
            a._mask = np.zeros(a.shape, bool)
        np.put(a._mask, indices, getmaskarray(values), mode=mode)


def putmask(a, mask, values):
    """Sets the elements where a mask is True, their masks too."""
    if not isinstance(a, MaskedArray):
        np.putmask(a, mask, getdata(values))
        return
    if a._mask is not nomask or getmask(values) is not nomask:
        if a._mask is nomask:
            a._mask = np.zeros(a.shape, bool)
        np.putmask(a._mask, mask, getmaskarray(values))
    np.putmask(a._data, mask, getdata(values))


def choose(indices, choices, out=None, mode='raise'):
    """Elements picked from a list of arrays by indices; where the index is masked so is the element."""
    places = filled(indices, 0)
    data = np.choose(places, [np.ones(()) if x is masked else getdata(x) for x in choices], mode=mode)
    hidden = np.choose(places, [np.True_ if x is masked else getmaskarray(x) for x in choices], mode=mode) | getmaskarray(indices)
    made = MaskedArray(data, mask=make_mask(hidden))
    if out is None:
        return made
    out[...] = made
    return out


# ---------------------------------------------------------------- products and polynomials


def inner(a, b):
    """The inner product; masked elements count as zero."""
    made = np.inner(np.atleast_1d(filled(a, 0)), np.atleast_1d(filled(b, 0)))
    return MaskedArray(made) if isinstance(made, np.ndarray) and made.ndim else made


innerproduct = inner


def _folded(work, a, v, mode, propagate_mask):
    if propagate_mask:
        mask = work(getmaskarray(a), np.ones(np.shape(v), bool), mode=mode) | work(np.ones(np.shape(a), bool), getmaskarray(v), mode=mode)
        return MaskedArray(work(getdata(a), getdata(v), mode=mode), mask=mask)
    return MaskedArray(work(filled(a, 0), filled(v, 0), mode=mode), mask=~work(~getmaskarray(a), ~getmaskarray(v), mode=mode))


def convolve(a, v, mode='full', propagate_mask=True):
    """The convolution of two sequences; masked elements mask all they take part in, or count as zero."""
    return _folded(np.convolve, a, v, mode, propagate_mask)


def correlate(a, v, mode='valid', propagate_mask=True):
    """The cross-correlation of two sequences."""
    return _folded(np.correlate, a, v, mode, propagate_mask)


def ediff1d(arr, to_end=None, to_begin=None):
    """Differences of neighbours of the flat array, with others before and behind."""
    made = diff(asanyarray(arr).ravel())
    parts = [x for x in (to_begin, made, to_end) if x is not None]
    return made if len(parts) == 1 else concatenate([asarray(x).ravel() for x in parts])


def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    """`np.polyfit` of the points that are not masked."""
    x, y = asarray(x), asarray(y)
    hidden = getmaskarray(x) | (getmaskarray(y).any(1) if y.ndim == 2 else getmaskarray(y))
    if w is not None:
        hidden = hidden | getmaskarray(w)
        w = getdata(w)[~hidden]
    return np.polyfit(x._data[~hidden], y._data[~hidden], deg, rcond, full, w, cov)


def vander(x, n=None):
    """The Vandermonde matrix, masked elements as zeros."""
    made = np.vander(getdata(x), n)
    made[getmaskarray(x)] = 0
    return made


def apply_over_axes(func, a, axes):
    """A function of an array and an axis, for several axes one after the other."""
    made = asarray(a)
    for axis in [axes] if np.ndim(axes) == 0 else axes:
        axis = int(axis) % np.ndim(a)
        reduced = func(made, axis)
        made = reduced if reduced.ndim == made.ndim else expand_dims(reduced, axis)
    return made


def angle(z, deg=False):
    """The angle of complex numbers."""
    return MaskedArray(np.angle(getdata(z), deg), mask=getmask(z))


def left_shift(a, n):
    """The bits moved to the left."""
    return MaskedArray(np.left_shift(filled(a, 0), n), mask=getmask(a))


def right_shift(a, n):
    """The bits moved to the right."""
    return MaskedArray(np.right_shift(filled(a, 0), n), mask=getmask(a))


class _Joiner:
    """`np.ma.mr_[...]`: arrays and ranges joined along the first axis."""

    def __getitem__(self, key):
        parts = [np.r_[part] if isinstance(part, slice) else part for part in (key if isinstance(key, tuple) else (key,))]
        return concatenate([atleast_1d(part) for part in parts])


mr_ = _Joiner()
__all__ = [name for name in dir() if name[0] != '_' and name not in ('np', 'builtins', 'MaskedArray', 'getdata', 'getmask', 'getmaskarray', 'make_mask', 'masked', 'nomask', 'asanyarray', 'asarray',
                                                                   'concatenate', 'diff', 'filled')]
