"""Joining and splitting arrays, putting elements in and taking them out."""

import builtins
import itertools
import math
import operator

from . import link
from .creation import _shape, arange, asanyarray as asarray, asfortranarray, empty, zeros
from .link import call, call_array
from .shaping import _axis, _int_list, broadcast_to, moveaxis, ravel

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
    link.require_casting(casting)
    if out is not None:
        if dtype is not None:
            raise TypeError('concatenate() only takes `out` or `dtype` as an argument, but both were provided.')
        if out.shape != made.shape:
            raise ValueError('Output array is the wrong shape')
        made = made.astype(out.dtype, casting=casting, copy=False)
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

    leaves = []

    def converted(x, place=()):
        where = 'arrays' + ''.join(f'[{k}]' for k in place)
        if isinstance(x, tuple):
            raise TypeError(f'{where} is a tuple. Only lists can be used to arrange blocks, and np.block does not allow implicit conversion from tuple to ndarray.')
        if not isinstance(x, list):
            leaves.append((asarray(x), place))
            return leaves[-1][0]
        if not x:
            raise ValueError(f'List at {where} cannot be empty')
        return [converted(y, (*place, k)) for k, y in enumerate(x)]

    nested = converted(arrays)
    depth = len(leaves[0][1])
    for _, place in leaves:
        if len(place) != depth:
            where = ''.join(f'[{k}]' for k in place)
            raise ValueError(f'List depths are mismatched. First element was at depth {depth}, but there is an element at depth {len(place)} (arrays{where})')
    made = call_array('block', nested)
    return asfortranarray(made) if builtins.all(a.flags.f_contiguous and not a.flags.c_contiguous for a, _ in leaves) else made


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
    if isinstance(indices_or_sections, int) and indices_or_sections == 0:
        raise ZeroDivisionError('integer modulo by zero')
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
    if isinstance(obj, int) and not isinstance(obj, bool):
        return call_array('delete', arr, obj, axis)
    n = _length(arr, axis)
    if not isinstance(obj, slice) and (given := asarray(obj)).dtype.kind == 'b' and given.shape != (n,):
        raise ValueError(f'boolean array argument obj to delete must be one dimensional and match the axis length of {n}')
    return call_array('delete', arr, _places(obj, n), axis)


def _length(a, axis):
    return a.size if axis is None else a.shape[_axis(axis, a.ndim)]


def _places(obj, n):
    if isinstance(obj, slice):
        return list(builtins.range(*obj.indices(n)))
    made = _int_list(obj)
    if made.dtype.kind not in 'biu':
        raise IndexError('arrays used as indices must be of integer (or boolean) type')
    if made.dtype.kind == 'b':
        return made.nonzero()[0].tolist()
    return made.ravel().tolist()


def insert(arr, obj, values, axis=None):
    """Insert values along the given axis before the given indices."""
    arr = asarray(arr)
    if not isinstance(obj, int):
        return _insert_many(arr, obj, asarray(values), axis)
    return call_array('insert', arr, obj, asarray(values), axis)


def _insert_many(arr, obj, values, axis):
    """One value (or sub-array) before each of several indices, counted in the array as it was."""
    if axis is None:
        arr, axis = arr.ravel(), 0
    axis = _axis(axis, arr.ndim)
    n = arr.shape[axis]
    if not isinstance(obj, slice) and asarray(obj).dtype.kind == 'f' and asarray(obj).size == 1:
        raise TypeError('slice indices must be integers or None or have an __index__ method')
    places = [p + n if p < 0 else p for p in _places(obj, n)]
    if len(places) == 1 and not isinstance(obj, slice) and values.ndim and arr.ndim > 1:
        # Several values may stand before one place.
        if values.ndim < arr.ndim:
            values = values.reshape((1,) * (arr.ndim - values.ndim) + values.shape)
        places = places * values.shape[axis]
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
    a = asarray(a)
    if isinstance(shift, ndarray):
        shift = shift.tolist()
    # More than once around is less than once; fractions of a step are not made.
    around = (a.size if axis is None else math.lcm(*a.shape)) or 1
    turns = [int(by) % around for by in shift] if isinstance(shift, (list, tuple)) else int(shift) % around
    return call_array('roll', a, turns, axis)


def trim_zeros(filt, trim='fb', axis=None):
    """Trim the zeros at the edges of an array along the given axes (all of them by default); a list stays a list."""
    a = asarray(filt)
    made = call_array('trim_zeros', a, trim, axis)
    if isinstance(filt, ndarray):
        return a._perhaps_view_of(made)
    return type(filt)(made.tolist()) if isinstance(filt, (list, tuple)) else made


def pad(array, pad_width, mode='constant', **kwargs):
    """
    Pad an array.

    Modes: 'constant' (constant_values=), 'edge', 'reflect' and 'symmetric' (reflect_type=), 'wrap', 'linear_ramp'
    (end_values=), 'maximum', 'minimum', 'mean' and 'median' (stat_length=), 'empty', or a function of
    (row, width, axis, kwargs) that fills the ends of each row in place.
    """
    a = asarray(array)
    if isinstance(pad_width, dict):
        named = {axis % a.ndim: width for axis, width in pad_width.items()}
        pad_width = [[named.get(axis, 0)] * 2 if isinstance(named.get(axis, 0), int) else list(named[axis]) for axis in builtins.range(a.ndim)]
    width = asarray(pad_width)
    if callable(mode):
        return _padded_by(mode, a, width, kwargs)
    if a._boxed and a.dtype.kind in 'OUS':
        return _padded_places(a, width, mode, kwargs)
    made = call_array('pad', a, width.tolist(), mode, **{key: value if isinstance(value, (int, float, str)) else asarray(value) for key, value in kwargs.items() if value is not None})
    return made


def _padded_by(function, a, width, kwargs):
    made = call_array('pad', a, width.tolist())
    widths = broadcast_to(width, (a.ndim, 2))
    for axis in builtins.range(a.ndim):
        rows = moveaxis(made, axis, -1)
        for place in itertools.product(*map(builtins.range, rows.shape[:-1])):
            function(rows[(*place, ...)], tuple(widths[axis].tolist()), axis, kwargs)
    return made


def _padded_places(a, width, mode, kwargs):
    """Strings and objects: each new element stands somewhere in the array, or is a value that is given."""
    places = call_array('pad', arange(a.size).reshape(a.shape), width.tolist(), mode, **({'constant_values': -1} if mode == 'constant' else {}))
    made = a.ravel()[places]
    if mode == 'constant':
        made[places < 0] = kwargs.get('constant_values', 0 if a.dtype.kind == 'O' else '')
    return made
