"""Joining and splitting arrays, putting elements in and taking them out."""

import builtins
import operator

from . import link
from .creation import _shape, array, asanyarray as asarray, empty, zeros
from .link import call, call_array
from .shaping import _int_list, broadcast_to, moveaxis, ravel

ndarray = link.ndarray


def _arrays(arrays, what='need at least one array to concatenate'):
    if isinstance(arrays, ndarray):
        if arrays.ndim == 0:
            raise TypeError('iteration over a 0-d array')
        arrays = list(arrays)
    elif not isinstance(arrays, (list, tuple)):
        if hasattr(arrays, '__next__'):
            raise TypeError('arrays to stack must be passed as a "sequence" type such as list or tuple.')
        arrays = list(arrays)
    made = [asarray(a) for a in arrays]
    if not made:
        raise ValueError(what)
    return made


def _joined(made, dtype, out, casting):
    if dtype is not None:
        made = made.astype(dtype, casting=casting)
    if out is not None:
        out[...] = made
        return out
    return made


def concatenate(arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind'):
    """
    Join a sequence of arrays along an existing axis.

    Examples
    --------
    >>> np.concatenate(([[1, 2]], [[5, 6]]), axis=0)
    array([[1, 2],
           [5, 6]])
    """
    return _joined(call_array('concatenate', _arrays(arrays), axis), dtype, out, casting)


concat = concatenate


def stack(arrays, axis=0, out=None, *, dtype=None, casting='same_kind'):
    """Join a sequence of arrays along a new axis."""
    return _joined(call_array('stack', _arrays(arrays, 'need at least one array to stack'), axis), dtype, out, casting)


def unstack(x, /, *, axis=0):
    """Split an array into a sequence of arrays along the given axis."""
    x = asarray(x)
    if x.ndim == 0:
        raise ValueError('Input array must be at least 1-d.')
    return tuple(moveaxis(x, axis, 0))


def vstack(tup, *, dtype=None, casting='same_kind'):
    """Stack arrays in sequence vertically (row wise)."""
    return _joined(call_array('vstack', _arrays(tup)), dtype, None, casting)


def hstack(tup, *, dtype=None, casting='same_kind'):
    """Stack arrays in sequence horizontally (column wise)."""
    return _joined(call_array('hstack', _arrays(tup)), dtype, None, casting)


def dstack(tup):
    """Stack arrays in sequence depth wise (along third axis)."""
    return call_array('dstack', _arrays(tup))


def column_stack(tup):
    """Stack 1-D arrays as columns into a 2-D array."""
    return call_array('column_stack', _arrays(tup))


def block(arrays):
    """Assemble an nd-array from nested lists of blocks."""

    def converted(x):
        return [converted(y) for y in x] if isinstance(x, list) else asarray(x)

    if isinstance(arrays, tuple):
        raise TypeError('arrays is a tuple. Only lists can be used to arrange blocks, and np.block does not allow implicit conversion from tuple to ndarray.')
    return call_array('block', converted(arrays))


def append(arr, values, axis=None):
    """Append values to the end of an array."""
    arr, values = asarray(arr), asarray(values)
    return concatenate((arr.ravel(), values.ravel())) if axis is None else concatenate((arr, values), axis)


def _split(name, ary, sections, *axis):
    if isinstance(sections, (list, tuple, ndarray)):
        sections = [operator.index(s) for s in sections]
    return [ary._view_of(part) for part in call(name, ary, sections, *axis)]


def split(ary, indices_or_sections, axis=0):
    """Split an array into multiple sub-arrays as views into `ary`."""
    return _split('split', asarray(ary), indices_or_sections, axis)


def array_split(ary, indices_or_sections, axis=0):
    """Split an array into multiple sub-arrays, of unequal lengths where they do not divide evenly."""
    return _split('array_split', asarray(ary), indices_or_sections, axis)


def hsplit(ary, indices_or_sections):
    """Split an array into multiple sub-arrays horizontally (column-wise)."""
    return _split('hsplit', asarray(ary), indices_or_sections)


def vsplit(ary, indices_or_sections):
    """Split an array into multiple sub-arrays vertically (row-wise)."""
    return _split('vsplit', asarray(ary), indices_or_sections)


def dsplit(ary, indices_or_sections):
    """Split array into multiple sub-arrays along the 3rd axis (depth)."""
    return _split('dsplit', asarray(ary), indices_or_sections)


def tile(A, reps):
    """Construct an array by repeating A the number of times given by reps."""
    return call_array('tile', asarray(A), _shape(reps))


def repeat(a, repeats, axis=None):
    """Repeat each element of an array after themselves."""
    return call_array('repeat', asarray(a), repeats if isinstance(repeats, int) else asarray(repeats).ravel().tolist(), axis)


def delete(arr, obj, axis=None):
    """Return a new array with sub-arrays along an axis deleted."""
    arr = asarray(arr)
    return call_array('delete', arr, obj if isinstance(obj, int) else _places(obj, arr.size if axis is None else arr.shape[axis]), axis)


def _places(obj, n):
    if isinstance(obj, slice):
        return list(builtins.range(*obj.indices(n)))
    made = _int_list(obj)
    if made.dtype.kind == 'b':
        return made.nonzero()[0].tolist()
    return made.tolist()


def insert(arr, obj, values, axis=None):
    """Insert values along the given axis before the given indices."""
    arr = asarray(arr)
    if not isinstance(obj, int):
        return _insert_many(arr, obj, asarray(values), axis)
    return call_array('insert', arr, obj if isinstance(obj, int) else _places(obj, arr.size if axis is None else arr.shape[axis]), asarray(values), axis)


def _insert_many(arr, obj, values, axis):
    """One value (or sub-array) before each of several indices, counted in the array as it was."""
    if axis is None:
        arr, axis = arr.ravel(), 0
    n = arr.shape[axis]
    places = [p + n if p < 0 else p for p in _places(obj, n)]
    for p in places:
        if not 0 <= p <= n:
            raise IndexError(f'index {p} is out of bounds for axis {axis} with size {n}')
    rows = moveaxis(arr, axis, 0)
    if values.ndim == 0 or values.ndim < arr.ndim and arr.ndim > 1:
        added = broadcast_to(values, (len(places), *rows.shape[1:]))
    else:
        added = broadcast_to(moveaxis(values, axis, 0) if values.ndim == arr.ndim else values, (len(places), *rows.shape[1:]))
    order = sorted(builtins.range(len(places)), key=lambda k: places[k])
    made = empty((n + len(places), *rows.shape[1:]), arr.dtype)
    mask = [True] * (n + len(places))
    for rank, k in enumerate(order):
        at = places[k] + rank
        made[at] = added[k]
        mask[at] = False
    made[asarray(mask)] = rows
    return moveaxis(made, 0, axis)


def resize(a, new_shape):
    """Return a new array with the specified shape, filled with repeated copies of `a`."""
    new_shape = _shape(new_shape)
    a = ravel(a)
    size = 1
    for n in new_shape:
        if n < 0:
            raise ValueError('all elements of `new_shape` must be non-negative')
        size *= n
    if a.size == 0 or size == 0:
        return zeros(new_shape, a.dtype)
    repeats = -(-size // a.size)
    return concatenate((a,) * repeats)[:size].reshape(new_shape)


def roll(a, shift, axis=None):
    """Roll array elements along a given axis."""
    return call_array('roll', asarray(a), shift if isinstance(shift, (int, tuple)) else operator.index(shift), axis)


def trim_zeros(filt, trim='fb', axis=None):
    """Trim the leading and/or trailing zeros from a 1-D array or sequence."""
    a = asarray(filt)
    places = [i for i, x in enumerate(a.tolist()) if x != 0]
    if not places:
        return filt[:0]
    first = places[0] if 'f' in trim.lower() else 0
    last = places[-1] + 1 if 'b' in trim.lower() else len(filt)
    return filt[first:last]


def pad(array, pad_width, mode='constant', **kwargs):
    """
    Pad an array.

    Modes: 'constant' (constant_values=), 'edge', 'reflect', 'symmetric', 'wrap', 'linear_ramp' (end_values=), 'maximum',
    'minimum', 'mean', 'empty'.
    """
    a = asarray(array)
    widths = broadcast_to(asarray(pad_width), (a.ndim, 2)).tolist()
    for pair in widths:
        if pair[0] < 0 or pair[1] < 0:
            raise ValueError("index can't contain negative values")
    known = {'constant': {'constant_values'}, 'linear_ramp': {'end_values'}, 'maximum': {'stat_length'}, 'mean': {'stat_length'},
             'minimum': {'stat_length'}, 'edge': set(), 'empty': set(), 'wrap': set(), 'reflect': {'reflect_type'}, 'symmetric': {'reflect_type'}}
    if mode not in known:
        raise ValueError(f"mode '{mode}' is not supported")
    unknown = set(kwargs) - known[mode]
    if unknown:
        raise ValueError(f"unsupported keyword arguments for mode '{mode}': {unknown}")
    if mode in ('constant', 'linear_ramp', 'empty'):
        ends = broadcast_to(asarray(kwargs.get('constant_values', kwargs.get('end_values', 0))), (a.ndim, 2))
        for axis, (before, after) in enumerate(widths):
            shape = list(a.shape)
            shape[axis] = before + after + a.shape[axis]
            made = zeros(shape, a.dtype)
            at = [slice(None)] * a.ndim
            low, high = ends[axis].tolist()
            n = a.shape[axis]
            at[axis] = slice(before, before + n)
            made[tuple(at)] = a
            if mode == 'constant':
                at[axis] = slice(0, before)
                made[tuple(at)] = low
                at[axis] = slice(before + n, None)
                made[tuple(at)] = high
            elif mode == 'linear_ramp':
                for count, value, edge, place in ((before, low, 0, lambda k: k), (after, high, n - 1, lambda k: before + n + after - 1 - k)):
                    at[axis] = edge
                    wall = a[tuple(at)] if n else value
                    for k in builtins.range(count):
                        at[axis] = place(k)
                        ramp = value + (wall - value) * (k / count)
                        made[tuple(at)] = ramp
            a = made
        return a
    for axis, (before, after) in enumerate(widths):
        n = a.shape[axis]
        if n == 0 and (before or after):
            raise ValueError(f"can't extend empty axis {axis} using modes other than 'constant' or 'empty'")
        if mode in ('maximum', 'minimum', 'mean'):
            from . import reductions

            stat = getattr(reductions, {'maximum': 'max', 'minimum': 'min', 'mean': 'mean'}[mode])(a, axis, keepdims=True)
            if mode == 'mean' and a.dtype.kind in 'iu':
                from .ufuncs import rint

                stat = rint(stat).astype(a.dtype)
            a = concatenate((repeat(stat, before, axis), a, repeat(stat, after, axis)), axis)
            continue
        places = []
        for k in builtins.range(-before, n + after):
            if mode == 'edge':
                places.append(builtins.min(builtins.max(k, 0), n - 1))
            elif mode == 'wrap':
                places.append(k % n)
            elif mode == 'symmetric':
                m = k % (2 * n)
                places.append(m if m < n else 2 * n - 1 - m)
            elif n == 1:
                places.append(0)
            else:
                m = k % (2 * n - 2)
                places.append(m if m < n else 2 * n - 2 - m)
        a = call_array('take', a, places, axis)
    return a
