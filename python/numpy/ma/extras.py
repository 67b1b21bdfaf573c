"""The functions of `numpy.ma`: making masked arrays, and what is done with them."""

import builtins

import numpy as np

from .core import (MaskedArray, default_fill_value, getdata, getmask, getmaskarray, make_mask, make_mask_none, mask_or, masked, nomask, ufunc)

array = masked_array = MaskedArray


def asarray(a, dtype=None, order=None):
    """Anything as a masked array."""
    return MaskedArray(a, dtype=dtype, copy=False, keep_mask=True)


def asanyarray(a, dtype=None):
    """Anything as a masked array; one is returned as it is."""
    return a if isinstance(a, MaskedArray) and (dtype is None or dtype == a.dtype) else asarray(a, dtype)


def _made(name):
    def function(*args, fill_value=None, **kwargs):
        return MaskedArray(getattr(np, name)(*args, **kwargs), fill_value=fill_value)

    function.__name__, function.__doc__ = name, f'`np.{name}` as a masked array.'
    return function


zeros, ones, empty, arange, identity, indices, fromfunction, frombuffer = map(_made, 'zeros ones empty arange identity indices fromfunction frombuffer'.split())


def _made_like(name):
    def function(a, *args, **kwargs):
        made = MaskedArray(getattr(np, name)(getdata(a), *args, **kwargs))
        if made.shape == np.shape(getdata(a)) and getmask(a) is not nomask:
            made._mask = getmask(a).copy()
        return made

    function.__name__, function.__doc__ = name, f'`np.{name}` as a masked array with the mask of the other.'
    return function


zeros_like, ones_like, empty_like = map(_made_like, 'zeros_like ones_like empty_like'.split())


def masked_all(shape, dtype=float):
    """An array of which everything is masked."""
    return MaskedArray(np.empty(shape, dtype), mask=np.ones(shape, bool))


def masked_all_like(arr):
    """As `masked_all`, in the shape and dtype of another array."""
    return masked_all(np.shape(arr), getdata(arr).dtype)


# ---------------------------------------------------------------- masking by a condition


def masked_where(condition, a, copy=True):
    """An array masked where a condition is True."""
    data = np.array(getdata(a), copy=True if copy else None)
    cond = make_mask(condition, shrink=False)
    if np.shape(cond) and np.shape(cond) != data.shape:
        raise IndexError(f'Inconsistent shape between the condition and the input (got {np.shape(cond)} and {data.shape})')
    made = MaskedArray(data, copy=False)
    given = mask_or(cond, getmask(a), shrink=False)
    made._mask = nomask if given is nomask or not np.any(given) and not np.shape(cond) else np.broadcast_to(given, data.shape).copy() if np.shape(given) != data.shape else given
    if isinstance(a, MaskedArray):
        made._fill = a._fill
    if not copy and isinstance(a, MaskedArray) and a._mask is nomask:
        a._mask = made._mask
    return made


def _masked_by(name, function):
    def masking(x, value, copy=True):
        return masked_where(function(getdata(x), value), x, copy=copy)

    masking.__name__, masking.__doc__ = name, f'Masks where an element is {name[7:].replace("_", " ")} a value.'
    return masking


masked_not_equal, masked_greater, masked_greater_equal, masked_less, masked_less_equal = (
    _masked_by(f'masked_{name}', getattr(np, name)) for name in 'not_equal greater greater_equal less less_equal'.split())


def masked_equal(x, value, copy=True):
    """Masks where an element is equal to a value, which becomes the fill value."""
    made = masked_where(np.equal(getdata(x), value), x, copy=copy)
    made.fill_value = value
    return made


def masked_inside(x, v1, v2, copy=True):
    """Masks what lies between two values."""
    low, high = builtins.min(v1, v2), builtins.max(v1, v2)
    x = getdata(x) if not isinstance(x, MaskedArray) else x
    return masked_where((getdata(x) >= low) & (getdata(x) <= high), x, copy=copy)


def masked_outside(x, v1, v2, copy=True):
    """Masks what lies outside of two values."""
    low, high = builtins.min(v1, v2), builtins.max(v1, v2)
    x = getdata(x) if not isinstance(x, MaskedArray) else x
    return masked_where((getdata(x) < low) | (getdata(x) > high), x, copy=copy)


def masked_invalid(a, copy=True):
    """Masks nan and infinities."""
    data = np.array(getdata(a), copy=True if copy else None)
    made = masked_where(~np.isfinite(data), a, copy=copy)
    if made._mask is nomask:
        made._mask = make_mask_none(made.shape)
    return made


def masked_values(x, value, rtol=1e-5, atol=1e-8, copy=True, shrink=True):
    """Masks what is close to a floating-point value, which becomes the fill value."""
    data = getdata(x)
    same = np.isclose(data, value, rtol=rtol, atol=atol) if data.dtype.kind in 'fc' else np.equal(data, value)
    made = MaskedArray(data, mask=same, copy=copy, fill_value=value)
    return made.shrink_mask() if shrink else made


def masked_object(x, value, copy=True, shrink=True):
    """Masks what is equal to an object."""
    made = MaskedArray(getdata(x), mask=mask_or(np.equal(getdata(x), value), getmask(x), shrink=shrink), fill_value=value)
    return made


def fix_invalid(a, mask=nomask, copy=True, fill_value=None):
    """Masks nan and infinities and puts the fill value in their place."""
    made = MaskedArray(a, mask=mask, copy=copy)
    wrong = ~np.isfinite(made._data)
    if wrong.any():
        made._mask = mask_or(made._mask, wrong)
        made._data[wrong] = made.fill_value if fill_value is None else fill_value
    return made


# ---------------------------------------------------------------- questions


def isMaskedArray(x):
    """True for a masked array."""
    return isinstance(x, MaskedArray)


isarray = isMA = isMaskedArray


def is_mask(m):
    """True for an array of bools."""
    return getattr(m, 'dtype', None) == bool


def is_masked(x):
    """True when anything is masked."""
    mask = getmask(x)
    return mask is not nomask and builtins.bool(np.any(mask))


def count_masked(arr, axis=None):
    """How many elements are masked along an axis."""
    return getmaskarray(arr).sum(axis)


def filled(a, fill_value=None):
    """The data with masked elements replaced."""
    return a.filled(fill_value) if hasattr(a, 'filled') else np.asarray(a)


def compressed(x):
    """The elements that are not masked."""
    return asanyarray(x).compressed()


def allequal(a, b, fill_value=True):
    """True when all elements are equal; masked ones count as equal, or not."""
    mask = mask_or(getmask(a), getmask(b))
    same = np.equal(getdata(a), getdata(b))
    return np.all(same) if mask is nomask else np.all(np.where(mask, True, same)) if fill_value else False


def allclose(a, b, masked_equal=True, rtol=1e-5, atol=1e-8):
    """True when all elements that are not masked are close."""
    mask = mask_or(getmaskarray(a), getmaskarray(b), shrink=False)
    return np.all(np.where(mask, masked_equal, np.isclose(getdata(a), getdata(b), rtol=rtol, atol=atol)))


def set_fill_value(a, fill_value):
    """Sets the fill value of a masked array."""
    if isinstance(a, MaskedArray):
        a.fill_value = fill_value


def common_fill_value(a, b):
    """The fill value of two arrays if it is the same."""
    one, two = (x.fill_value if isinstance(x, MaskedArray) else None for x in (a, b))
    return one if one == two else None


def maximum_fill_value(obj):
    """The least value of a dtype."""
    from .folds import _limit

    return _limit(np.dtype(getattr(obj, 'dtype', obj)), False)


def minimum_fill_value(obj):
    """The greatest value of a dtype."""
    from .folds import _limit

    return _limit(np.dtype(getattr(obj, 'dtype', obj)), True)


# ---------------------------------------------------------------- joining and choosing


def _joined(name):
    def function(arrays, *args, **kwargs):
        work = getattr(np, name)
        data = work([getdata(x) for x in arrays], *args, **kwargs)
        masks = [getmaskarray(x) for x in arrays]
        return MaskedArray(data, mask=work(masks, *args, **kwargs) if any(getmask(x) is not nomask for x in arrays) else nomask)

    function.__name__, function.__doc__ = name, f'`np.{name}` of masked arrays: masks are joined, too.'
    return function


concatenate, stack, vstack, hstack, dstack, column_stack = map(_joined, 'concatenate stack vstack hstack dstack column_stack'.split())
row_stack = vstack


def append(a, b, axis=None):
    """Values at the end of an array."""
    return concatenate([asanyarray(a).ravel(), asanyarray(b).ravel()] if axis is None else [asanyarray(a), asanyarray(b)], 0 if axis is None else axis)


def where(condition, x=None, y=None):
    """Elements of x or y by a masked condition."""
    if x is None:
        return filled(condition, False).nonzero()
    cond = filled(condition, False)
    data = np.where(cond, getdata(x), getdata(y))
    mask = np.where(cond, np.ones(()) * True if x is masked else getmaskarray(x), np.ones(()) * True if y is masked else getmaskarray(y)).astype(bool)
    mask = np.where(getmaskarray(condition), True, mask)
    return MaskedArray(data, mask=mask if mask.any() else nomask)


def dot(a, b, strict=False, out=None):
    """The product of two arrays, masked elements as zeros."""
    made = np.dot(filled(a, 0), filled(b, 0))
    seen = np.dot((~getmaskarray(a)).astype(int), (~getmaskarray(b)).astype(int))
    return MaskedArray(np.asarray(made), mask=np.asarray(seen == 0))


def outer(a, b):
    """The outer product."""
    made = np.outer(filled(a, 0), filled(b, 0))
    mask = 1 - np.outer(1 - getmaskarray(a).astype(int), 1 - getmaskarray(b).astype(int))
    return MaskedArray(made, mask=nomask if getmask(a) is nomask and getmask(b) is nomask else mask)


def sort(a, axis=-1, kind=None, order=None, endwith=True, fill_value=None, *, stable=None):
    """A sorted copy; masked elements come last."""
    made = MaskedArray(a, copy=True)
    made.sort(axis, endwith=endwith, fill_value=fill_value)
    return made


def unique(ar1, return_index=False, return_inverse=False):
    """The elements that differ; all masked ones are one."""
    a = asanyarray(ar1)
    found = np.unique(a.compressed())
    if not is_masked(a):
        return MaskedArray(found)
    return concatenate([MaskedArray(found), MaskedArray(np.zeros(1, found.dtype), mask=[True])])


def diff(a, n=1, axis=-1):
    """Differences of neighbours."""
    a = asanyarray(a)
    for _ in range(n):
        first = [slice(None)] * a.ndim
        last = [slice(None)] * a.ndim
        first[axis], last[axis] = slice(1, None), slice(None, -1)
        a = a[tuple(first)] - a[tuple(last)]
    return a


# ---------------------------------------------------------------- statistics


def average(a, axis=None, weights=None, returned=False, *, keepdims=False):
    """The weighted average of the elements that are not masked."""
    a = asanyarray(a)
    if weights is None:
        made, total = a.mean(axis, keepdims=keepdims), a.count(axis, keepdims=keepdims)
    else:
        w = np.asarray(weights)
        if w.shape != a.shape and w.ndim == 1:
            w = np.moveaxis(np.broadcast_to(w, (a.ndim - 1) * (1,) + w.shape), -1, axis)
        w = MaskedArray(np.broadcast_to(w, a.shape), mask=a._mask)
        total = w.sum(axis, keepdims=keepdims)
        made = (a * w).sum(axis, keepdims=keepdims) / total
    return (made, total) if returned else made


def median(a, axis=None, out=None, overwrite_input=False, keepdims=False):
    """The median of the elements that are not masked."""
    a = asanyarray(a)
    if axis is None:
        flat = a.compressed()
        return np.median(flat) if flat.size else masked
    moved = np.moveaxis(a._data, axis, -1)
    masks = np.moveaxis(getmaskarray(a), axis, -1)
    shape = moved.shape[:-1]
    parts = [row[~mask] for row, mask in zip(moved.reshape(-1, moved.shape[-1]), masks.reshape(-1, moved.shape[-1]))]
    data = np.array([np.median(p) if p.size else 0.0 for p in parts]).reshape(shape)
    mask = np.array([p.size == 0 for p in parts]).reshape(shape)
    if keepdims:
        data, mask = np.expand_dims(data, axis), np.expand_dims(mask, axis)
    return MaskedArray(data, mask=mask) if mask.any() or getmask(a) is not nomask else MaskedArray(data)


def _complete(x, y, rowvar):
    x = MaskedArray(x, ndmin=2, dtype=float)
    if not rowvar and x.shape[0] != 1:
        x = x.T
    if y is not None:
        x = concatenate([x, MaskedArray(y, ndmin=2, dtype=float)], 0)
    return x


def cov(x, y=None, rowvar=True, bias=False, allow_masked=True, ddof=None):
    """The covariance matrix of what is not masked, pair by pair."""
    x = _complete(x, y, rowvar)
    seen = (~getmaskarray(x)).astype(float)
    apart = (x - x.mean(axis=1, keepdims=True)).filled(0)
    made = apart @ apart.T / (seen @ seen.T - ((0 if bias else 1) if ddof is None else ddof))
    return MaskedArray(made.squeeze(), mask=np.isnan(made).squeeze())


def corrcoef(x, y=None, rowvar=True, allow_masked=True):
    """The correlation coefficients of what is not masked."""
    made = cov(x, y, rowvar)
    spread = np.sqrt(np.diagonal(made._data))
    return MaskedArray(made._data / np.outer(spread, spread), mask=made._mask)


def _method(name):
    def function(a, *args, **kwargs):
        return getattr(asanyarray(a), name)(*args, **kwargs)

    function.__name__, function.__doc__ = name, f'As the method `{name}` of a masked array.'
    return function


# ---------------------------------------------------------------- rows, columns, runs


def mask_rowcols(a, axis=None):
    """Masks the rows and columns that hold masked elements; axis 0 the rows only, 1 the columns only."""
    made = MaskedArray(a, copy=True)
    mask = getmaskarray(made)
    rows, columns = mask.any(1), mask.any(0)
    whole = mask.copy()
    if axis in (None, 0):
        whole |= rows[:, None]
    if axis in (None, 1, -1):
        whole |= columns
    made._mask = whole
    return made


def mask_rows(a):
    """Masks the rows that hold masked elements."""
    return mask_rowcols(a, 0)


def mask_cols(a):
    """Masks the columns that hold masked elements."""
    return mask_rowcols(a, 1)


def compress_rowcols(x, axis=None):
    """Leaves out the rows and columns that hold masked elements."""
    mask, data = getmaskarray(x), getdata(x)
    if axis in (None, 0):
        data = data[~mask.any(1)]
    if axis in (None, 1, -1):
        data = data[:, ~mask.any(0)]
    return data


def compress_rows(a):
    """Leaves out the rows that hold masked elements."""
    return compress_rowcols(a, 0)


def compress_cols(a):
    """Leaves out the columns that hold masked elements."""
    return compress_rowcols(a, 1)


def _runs(mask):
    mask = mask.ravel()
    marks = [*(np.flatnonzero(mask[1:] ^ mask[:-1]) + 1)]
    if mask.size and mask[0]:
        marks.insert(0, 0)
    if mask.size and mask[-1]:
        marks.append(mask.size)
    return [slice(start, stop) for start, stop in zip(marks[::2], marks[1::2])]


def clump_masked(a):
    """The runs of masked elements of a 1-d array, as slices."""
    return _runs(getmaskarray(a))


def clump_unmasked(a):
    """The runs of elements that are not masked, as slices."""
    return _runs(~getmaskarray(a))


def flatnotmasked_contiguous(a):
    """The runs of elements that are not masked, of the flat array, as slices of Python's own ints."""
    return [slice(int(part.start), int(part.stop), None) for part in _runs(~getmaskarray(a).ravel())]


def notmasked_contiguous(a, axis=None):
    """The runs of elements that are not masked along an axis, as slices."""
    a = asarray(a)
    if axis is None or a.ndim == 1:
        return flatnotmasked_contiguous(a)
    return [flatnotmasked_contiguous(MaskedArray(np.zeros(len(row)), mask=row)) for row in np.moveaxis(getmaskarray(a), axis, -1)]


def notmasked_edges(a, axis=None):
    """The first and last places that are not masked."""
    a = asarray(a)
    if axis is None or a.ndim == 1:
        return flatnotmasked_edges(a)
    places = MaskedArray(np.indices(a.shape), mask=np.array([getmaskarray(a)] * a.ndim))
    return [tuple(places[k].min(axis).compressed() for k in range(a.ndim)), tuple(places[k].max(axis).compressed() for k in range(a.ndim))]




def flatnotmasked_edges(a):
    """The first and last place that is not masked."""
    seen = np.flatnonzero(~getmaskarray(a))
    return None if not seen.size else seen[[0, -1]]


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    """A function of the 1-d slices along an axis."""
    arr = asanyarray(arr)
    rows = [arr[tuple(np.insert(np.array(place, dtype=object), axis, slice(None)))] for place in np.ndindex(tuple(np.delete(arr.shape, axis)))] if arr.ndim > 1 else [arr]
    made = [func1d(row, *args, **kwargs) for row in rows]
    data, mask = np.array([getdata(x) for x in made]), np.array([getmaskarray(x) for x in made])
    shape = tuple(int(n) for n in np.delete(arr.shape, axis))
    return MaskedArray(data.reshape(shape + data.shape[1:]), mask=mask.reshape(shape + data.shape[1:]) if mask.any() else nomask) if arr.ndim > 1 else made[0]


_unary = 'sqrt exp log log2 log10 sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh absolute fabs negative floor ceil conjugate logical_not'.split()
_binary = ('add subtract multiply divide true_divide floor_divide remainder mod fmod power hypot arctan2 equal not_equal less less_equal greater greater_equal '
           'logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor').split()


def _elementwise(name, count):
    def function(*args):
        if len(args) != count:
            raise TypeError(f'{name}() takes {count} arguments')
        made = ufunc(name, [MaskedArray(x) if isinstance(x, (list, tuple)) else x for x in args], {})
        return made

    function.__name__, function.__doc__ = name, f'`np.{name}` of masked arrays; what has no value becomes masked.'
    return function


def maximum(a, b=None):
    """The larger of two elements; of one array its maximum."""
    return asanyarray(a).max() if b is None else where(ufunc('greater_equal', (asanyarray(a), b), {}), a, b)


def minimum(a, b=None):
    """The smaller of two elements; of one array its minimum."""
    return asanyarray(a).min() if b is None else where(ufunc('less_equal', (asanyarray(a), b), {}), a, b)


for _name in _unary:
    globals()[_name] = _elementwise(_name, 1)
for _name in _binary:
    globals()[_name] = _elementwise(_name, 2)
abs = globals()['absolute']
for _name in ('sum prod mean std var min max ptp argmin argmax argsort any all cumsum cumprod count anom round clip ravel reshape transpose swapaxes diagonal '
              'squeeze repeat take trace nonzero copy harden_mask soften_mask ids compress').split():
    globals()[_name] = _method(_name)
amin, amax, alltrue, sometrue, product, anomalies, around, round_ = (globals()[n] for n in ('min', 'max', 'all', 'any', 'prod', 'anom', 'round', 'round'))
outerproduct = outer
__all__ = [n for n in dir() if not n.startswith("_") and n not in ("np", "builtins")]
