"""Shapes: views and rearrangements of arrays, joining and splitting them, taking parts."""

import builtins
import operator

from . import link
from .creation import _keep, _shape, arange, array, asanyarray, asanyarray as asarray, empty, zeros  # noqa: F401
from .dtypes import _find, promote_types, result_type
from .link import AxisError, call, call_array, engine, invoke
from .scalars import generic, int64

ndarray = link.ndarray


def _axis(axis, ndim):
    axis = operator.index(axis)
    if not -ndim <= axis < ndim:
        raise AxisError(axis, ndim)
    return axis % ndim


def reshape(a, /, shape, order='C', *, copy=None):
    """
    Gives a new shape to an array without changing its data; one length may be -1.

    Examples
    --------
    >>> np.reshape(np.arange(6), (3, -1))
    array([[0, 1],
           [2, 3],
           [4, 5]])
    """
    a = asarray(a)
    made = call_array('reshape', a, shape if type(shape) in (int, tuple) else _shape(shape), order)
    if copy:
        return made.copy()
    return a._perhaps_view_of(made)


def ravel(a, order='C'):
    """Return a contiguous flattened array."""
    return asarray(a).ravel(order)


def transpose(a, axes=None):
    """Returns an array with axes transposed."""
    return asarray(a).transpose(axes)


permute_dims = transpose


def matrix_transpose(x, /):
    """Transposes a matrix (or a stack of matrices) x."""
    x = asarray(x)
    if x.ndim < 2:
        raise ValueError(f'Input array must be at least 2-dimensional, but it is {x.ndim}')
    return x.swapaxes(-1, -2)


def swapaxes(a, axis1, axis2):
    """Interchange two axes of an array."""
    return asarray(a).swapaxes(axis1, axis2)


def moveaxis(a, source, destination):
    """Move axes of an array to new positions."""
    a = asarray(a)
    return a._view_of(call_array('moveaxis', a, source, destination))


def rollaxis(a, axis, start=0):
    """Roll the specified axis backwards, until it lies in a given position."""
    n = a.ndim
    axis = _axis(axis, n)
    if start < 0:
        start += n
    if axis < start:
        start -= 1
    order = [k for k in builtins.range(n) if k != axis]
    order.insert(start, axis)
    return a.transpose(order)


def squeeze(a, axis=None):
    """Remove axes of length one from an array."""
    a = asarray(a)
    return a._view_of(call_array('squeeze', a, axis))


def expand_dims(a, axis):
    """Expand the shape of an array: insert axes of length one."""
    a = asarray(a)
    return a._view_of(call_array('expand_dims', a, axis))


def _at_least(name, arys):
    made = []
    for a in arys:
        a = asarray(a)
        made.append(a if a.ndim >= int(name[8]) else a._view_of(call_array(name, a)))
    return made[0] if len(made) == 1 else tuple(made)


def atleast_1d(*arys):
    """Convert inputs to arrays with at least one dimension."""
    return _at_least('atleast_1d', arys)


def atleast_2d(*arys):
    """View inputs as arrays with at least two dimensions."""
    return _at_least('atleast_2d', arys)


def atleast_3d(*arys):
    """View inputs as arrays with at least three dimensions."""
    return _at_least('atleast_3d', arys)


def flip(m, axis=None):
    """Reverse the order of elements in an array along the given axis."""
    m = asarray(m)
    return m._view_of(call_array('flip', m, axis))


def flipud(m):
    """Reverse the order of elements along axis 0 (up/down)."""
    m = asarray(m)
    if m.ndim < 1:
        raise ValueError('Input must be >= 1-d.')
    return flip(m, 0)


def fliplr(m):
    """Reverse the order of elements along axis 1 (left/right)."""
    m = asarray(m)
    if m.ndim < 2:
        raise ValueError('Input must be >= 2-d.')
    return flip(m, 1)


def rot90(m, k=1, axes=(0, 1)):
    """Rotate an array by 90 degrees in the plane specified by axes."""
    m = asarray(m)
    return m._perhaps_view_of(call_array('rot90', m, k, tuple(axes)))


def broadcast_to(array, shape, subok=False):
    """Broadcast an array to a new shape: a read-only view."""
    a = asarray(array)
    return a._view_of(call_array('broadcast_to', a, _shape(shape)))


def broadcast_arrays(*args, subok=False):
    """Broadcast any number of arrays against each other."""
    args = [asarray(a) for a in args]
    broadcast_shapes(*(a.shape for a in args))
    return tuple(call('broadcast_arrays', *args))


def broadcast_shapes(*args):
    """Broadcast the input shapes into a single shape."""
    made = []
    owners = []
    for k, shape in enumerate(map(_shape, args)):
        while len(made) < len(shape):
            made.insert(0, 1)
            owners.insert(0, None)
        for axis in builtins.range(1, len(shape) + 1):
            n = shape[-axis]
            if n == 1 or n == made[-axis]:
                continue
            if made[-axis] != 1:
                first = owners[-axis]
                raise ValueError('shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between '
                                 f'arg {first} with shape {_shape(args[first])} and arg {k} with shape {shape}.')
            made[-axis], owners[-axis] = n, k
    return tuple(made)


class broadcast:
    """An object that mimics broadcasting: its shape and iteration over tuples of elements."""

    __module__ = 'numpy'

    def __init__(self, *args):
        self._parts = broadcast_arrays(*args)
        self.shape = self._parts[0].shape
        self.ndim = self.nd = len(self.shape)
        self.size = self._parts[0].size
        self.numiter = len(args)

    def __iter__(self):
        return zip(*(p.ravel() for p in self._parts))


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


def _int_list(obj):
    made = asarray(obj)
    return made.astype(int64) if made.size == 0 else made


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
        a = take(a, places, axis)
    return a


# ---------------------------------------------------------------- taking parts


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
    from .dtypes import can_cast

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
    a = asarray(a)
    parts = [asarray(c) for c in choices]
    index, *parts = broadcast_arrays(a, *parts)
    n = len(parts)
    if mode == 'wrap':
        index = index % n
    elif mode == 'clip':
        from .reductions import clip

        index = clip(index, 0, n - 1)
    elif index.size and (int(index.min()) < 0 or int(index.max()) >= n):
        raise ValueError('invalid entry in choice array')
    made = empty(index.shape, result_type(*parts))
    for k, part in enumerate(parts):
        mask = index == k
        made[mask] = part[mask]
    if out is not None:
        out[...] = made
        return out
    return made


def unravel_index(indices, shape, order='C'):
    """Converts a flat index or array of flat indices into a tuple of coordinate arrays."""
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
    dims = _shape(dims)
    flat = 0
    parts = list(zip(multi_index, dims))
    for i, n in parts if order == 'C' else parts[::-1]:
        i = asarray(i)
        if mode == 'raise' and i.size and (int(i.min()) < 0 or int(i.max()) >= n):
            raise ValueError('invalid entry in coordinates array')
        if mode == 'wrap':
            i = i % n
        elif mode == 'clip':
            from .reductions import clip

            i = clip(i, 0, n - 1)
        flat = flat * n + i
    return flat[()] if isinstance(flat, ndarray) and flat.ndim == 0 else flat


def ndim(a):
    """Return the number of dimensions of an array."""
    return asarray(a).ndim


def shape(a):
    """Return the shape of an array."""
    return asarray(a).shape


def size(a, axis=None):
    """Return the number of elements along a given axis."""
    a = asarray(a)
    if axis is None:
        return a.size
    return a.shape[_axis(axis, a.ndim)]


def astype(x, dtype, /, *, copy=True, device=None):
    """Copies an array to a specified data type."""
    if not isinstance(x, ndarray):
        raise TypeError(f'Input should be a NumPy array. It is of type {type(x)}.')
    return x.astype(dtype, copy=copy)


def shares_memory(a, b, /, max_work=None):
    """Determine if two arrays share memory."""
    return may_share_memory(a, b) and _overlap(asarray(a), asarray(b))


def _overlap(a, b):
    if a.size > 10000 or b.size > 10000:
        return True

    def places(x):
        found = {engine.offset(x._h)}
        for n, s in zip(x.shape, x.strides):
            found = {p + k * s for p in found for k in builtins.range(n)}
        return {p + k for p in found for k in builtins.range(x.itemsize)}

    return a.size > 0 and b.size > 0 and not places(a).isdisjoint(places(b))


def may_share_memory(a, b, /, max_work=None):
    """Determine if two arrays might share memory."""
    a, b = asarray(a), asarray(b)
    return a.size > 0 and b.size > 0 and engine.overlap(a._h, b._h)


def iterable(y):
    """Check whether or not an object can be iterated over."""
    try:
        iter(y)
    except TypeError:
        return False
    return True


def isscalar(element):
    """Returns True if the type of `element` is a scalar type."""
    return isinstance(element, (generic, int, float, complex, str, bytes))


def isfortran(a):
    """Check if the array is Fortran contiguous but not C contiguous."""
    return a.flags.fnc


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
        self._steps = product(*map(builtins.range, shape))

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._steps)


def _promote(*arrays):
    t = arrays[0].dtype
    for a in arrays[1:]:
        t = promote_types(t, a.dtype)
    return t

