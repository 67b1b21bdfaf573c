"""Elements by their places: taken, put, chosen, and places as numbers."""

import builtins
import operator

from . import link
from .creation import _shape, asanyarray as asarray, empty
from .dtypes import can_cast
from .generic import generic
from .joining import resize
from .link import call, call_array, engine
from .scalars import int64
from .shaping import _int_list, broadcast_to, ravel

ndarray = link.ndarray


def diagonal(a, offset=0, axis1=0, axis2=1):
    """Return specified diagonals: a read-only view."""
    a = asarray(a)
    made = a._view_of(call_array('diagonal', a, offset, axis1, axis2))
    owner = made._base
    made._become(link.wrap(engine.writeable(made._h, False)))
    made._base = owner
    return made


def take(a, indices, axis=None, out=None, mode='raise'):
    """Take elements from an array along an axis."""
    scalar = isinstance(indices, (int, generic))
    made = call_array('take', asarray(a), indices if isinstance(indices, int) else _int_list(indices), axis, mode=mode)
    if out is not None:
        out[...] = made
        return out
    return made[()] if made.ndim == 0 and scalar else made[()] if made.ndim == 0 else made


def take_along_axis(arr, indices, axis=-1):
    """Take values from the input array by matching 1d index and data slices."""
    return call_array('take_along_axis', asarray(arr), asarray(indices), axis)


def put_along_axis(arr, indices, values, axis):
    """Put values into the destination array by matching 1d index and data slices."""
    call('put_along_axis', arr, asarray(indices), asarray(values), axis)


def put(a, ind, v, mode='raise'):
    """Replaces specified elements of an array with given values."""
    n = a.size
    values = asarray(v).ravel().tolist()
    places = asarray(ind).ravel().tolist()
    if not values:
        return
    for k, i in enumerate(places):
        if mode == 'wrap':
            i %= n
        elif mode == 'clip':
            i = builtins.min(builtins.max(i, 0), n - 1)
        elif not -n <= i < n:
            raise IndexError(f'index {i} is out of bounds for axis 0 with size {n}')
        a[unravel_index(i % n, a.shape)] = values[k % len(values)]


def place(arr, mask, vals):
    """Change elements of an array based on conditional and input values."""
    mask = asarray(mask).astype(bool)
    n = int(mask.sum())
    vals = asarray(vals).ravel()
    if n:
        if vals.size == 0:
            raise ValueError('Cannot insert from an empty array!')
        arr[mask] = resize(vals, n)


def putmask(a, mask, values):
    """Changes elements of an array based on conditional and input values."""
    mask = asarray(mask).astype(bool)
    values = asarray(values)
    if values.shape != a.shape:
        values = resize(values, a.shape)
    a[mask] = values[mask]


def copyto(dst, src, casting='same_kind', where=True):
    """Copies values from one array to another, broadcasting as necessary."""
    src = asarray(src)

    if not can_cast(src.dtype, dst.dtype, casting):
        raise TypeError(f"Cannot cast array data from {src.dtype!r} to {dst.dtype!r} according to the rule '{casting}'")
    if where is True:
        dst[...] = src
    else:
        mask = broadcast_to(asarray(where), dst.shape)
        dst[mask] = broadcast_to(src, dst.shape)[mask]


def compress(condition, a, axis=None, out=None):
    """Return selected slices of an array along given axis."""
    made = call_array('compress', asarray(condition), asarray(a), axis)
    if out is not None:
        out[...] = made
        return out
    return made


def extract(condition, arr):
    """Return the elements of an array that satisfy some condition."""
    return ravel(arr)[ravel(asarray(condition).astype(bool))]


def fill_diagonal(a, val, wrap=False):
    """Fill the main diagonal of the given array of any dimensionality, in place."""
    call('fill_diagonal', a, val if isinstance(val, (int, float, complex, generic)) else asarray(val), wrap)


def choose(a, choices, out=None, mode='raise'):
    """Construct an array from an index array and a list of arrays to choose from."""
    made = call_array('choose', asarray(a), [asarray(c) for c in choices], mode=mode)
    if out is None:
        return made[()] if made.ndim == 0 else made
    if out.shape != made.shape:
        raise TypeError('choose: invalid shape for output array.')
    copyto(out, made, 'unsafe')
    return out


def unravel_index(indices, shape, order='C'):
    """Converts a flat index or array of flat indices into a tuple of coordinate arrays."""
    if not isinstance(indices, (int, generic)):
        indices = asarray(indices)
    if not isinstance(indices, int) and indices.dtype.kind not in 'iub':
        if not indices.size:
            raise TypeError("indices must be integral: the provided empty sequence was inferred as float. Wrap it with 'np.array(indices, dtype=np.intp)'")
        raise TypeError('only int indices permitted')
    shape = _shape(shape)
    size = 1
    for n in shape:
        size *= n
    if isinstance(indices, (int, generic)):
        i = operator.index(indices)
        if not 0 <= i < size:
            raise ValueError(f'index {i} is out of bounds for array with size {size}')
        made = []
        for n in shape[::-1] if order == 'C' else shape:
            made.append(int64(i % n))
            i //= n
        return tuple(made[::-1] if order == 'C' else made)
    a = asarray(indices)
    if a.size and (int(a.min()) < 0 or int(a.max()) >= size):
        bad = int(a.max()) if int(a.max()) >= size else int(a.min())
        raise ValueError(f'index {bad} is out of bounds for array with size {size}')
    made = []
    for n in shape[::-1] if order == 'C' else shape:
        made.append(a % n)
        a = a // n
    return tuple(made[::-1] if order == 'C' else made)


def ravel_multi_index(multi_index, dims, mode='raise', order='C'):
    """Converts a tuple of index arrays into an array of flat indices."""
    return call('ravel_multi_index', [asarray(part) for part in multi_index], _shape(dims), mode if isinstance(mode, str) else list(mode), order)


class ndenumerate:
    """Multidimensional index iterator: pairs of coordinates and values."""

    __module__ = 'numpy'

    def __init__(self, arr):
        self._array = asarray(arr)
        self._steps = self._walk()

    def _walk(self):
        from itertools import product

        yield from zip(product(*map(builtins.range, self._array.shape)), self._array.ravel())

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._steps)


class ndindex:
    """An N-dimensional iterator object to index arrays."""

    __module__ = 'numpy'

    def __init__(self, *shape):
        from itertools import product

        if len(shape) == 1 and isinstance(shape[0], tuple):
            shape = shape[0]
        if builtins.any(operator.index(n) < 0 for n in shape):
            raise ValueError('negative dimensions are not allowed')
        self._steps = product(*map(builtins.range, shape))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._steps)
