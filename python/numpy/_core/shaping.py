"""Shapes: views and rearrangements of arrays."""

import builtins
import math
import numbers
import operator

from . import link
from ..exceptions import TooHardError
from .creation import _shape, array, asanyarray as asarray
from .generic import generic
from .link import AxisError, call, call_array, engine
from .scalars import int64

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
    made = call_array('reshape', a, shape if type(shape) is int else _shape(shape), order)
    if copy:
        return made.copy()
    if copy is False and a.size and not link.engine.overlap(a._h, made._h):
        raise ValueError('Unable to avoid creating a copy while reshaping.')
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
    if not 0 <= start < n + 1:
        raise AxisError(f"'start' arg requires {-n} <= start < {n + 1}, but {start} was passed in")
    if axis < start:
        start -= 1
    order = [k for k in builtins.range(n) if k != axis]
    order.insert(start, axis)
    return a.transpose(order)


def _int_list(obj):
    made = asarray(obj)
    return made.astype(int64) if made.size == 0 else made


def squeeze(a, axis=None):
    """Remove axes of length one from an array."""
    a = asarray(a)
    return a._view_of(call_array('squeeze', a, axis if axis is None or isinstance(axis, tuple) else operator.index(axis)))


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
    made = m._view_of(call_array('flip', m, axis))
    return made if made.ndim else made[()]


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
    if len(axes) != 2:
        raise ValueError('len(axes) must be 2.')
    return m._perhaps_view_of(call_array('rot90', m, k, tuple(axes)))


def broadcast_to(array, shape, subok=False):
    """Broadcast an array to a new shape: a read-only view."""
    a = asarray(array)
    return a._view_of(call_array('broadcast_to', a, _shape(shape)))


def broadcast_arrays(*args, subok=False):
    """Broadcast any number of arrays against each other."""
    args = [asarray(a) for a in args]
    broadcast_shapes(*(a.shape for a in args))
    return tuple(asarray(a) for a in call('broadcast_arrays', *args))


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

    def __init__(self, *args, **kwargs):
        if kwargs:
            raise ValueError('keyword arguments not accepted.')
        if len(args) > 64:
            raise ValueError('Need at least 0 and at most 64 array objects.')
        parts = [asarray(a) for a in args]
        self.shape = broadcast_shapes(*(a.shape for a in parts))
        self._parts = [broadcast_to(a, self.shape) for a in parts]
        self.ndim = self.nd = len(self.shape)
        self.size = math.prod(self.shape)
        self.numiter = len(args)

        self.reset()

    def __iter__(self):
        return self

    def __next__(self):
        found = next(self._steps)
        self.index += 1
        return found

    def reset(self):
        """Begins again with the first elements."""
        self.index = 0
        self._steps = zip(*(p.ravel() for p in self._parts))

    @property
    def iters(self):
        """A flat look at each of the arrays."""
        return tuple(p.flat for p in self._parts)


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
    if isinstance(axis, (tuple, list)):
        axes = [_axis(k, a.ndim) for k in axis]
        if len(set(axes)) < len(axes):
            raise ValueError('repeated axis')
        return math.prod(a.shape[k] for k in axes)
    return a.shape[_axis(axis, a.ndim)]


def astype(x, dtype, /, *, copy=True, device=None):
    """Copies an array to a specified data type."""
    if not isinstance(x, (ndarray, generic)):
        raise TypeError(f'Input should be a NumPy array or scalar. It is a {type(x)} instead.')
    return x.astype(dtype, copy=copy)


def shares_memory(a, b, /, max_work=None):
    """Determine if two arrays share memory: whether some byte belongs to both. `max_work` limits how many steps the search may take."""
    return may_share_memory(a, b) and (max_work == 0 or _overlap(asarray(a), asarray(b), None if max_work in (None, -1) else max_work))


def _overlap(a, b, most):
    """
    Whether a byte of one is a byte of the other: whether steps of a, less steps of b, can make up the distance between
    them. The longest steps are tried first, as far as the shorter ones can still make up the rest.
    """
    distance = engine.offset(b._h) - engine.offset(a._h)
    terms = []
    for x, sign in ((a, 1), (b, -1)):
        for n, s in [*zip(x.shape, x.strides), (x.itemsize, 1)]:
            s *= sign
            if s < 0:
                # Counted from the other end.
                distance -= s * (n - 1)
                s = -s
            if n > 1 and s:
                terms.append((s, n - 1))
    together = {}
    for s, n in terms:
        together[s] = together.get(s, 0) + n
    terms = sorted(together.items(), reverse=True)
    gcds, sums = [0], [0]
    for s, n in reversed(terms):
        gcds.append(math.gcd(gcds[-1], s))
        sums.append(sums[-1] + s * n)
    gcds.reverse()
    sums.reverse()
    work = 0

    def reachable(k, rest):
        nonlocal work
        work += 1
        if most is not None and work > most:
            raise TooHardError('Exceeded max_work')
        if k == len(terms):
            return rest == 0
        if not 0 <= rest <= sums[k] or rest % gcds[k]:
            return False
        s, n = terms[k]
        low, high = builtins.max(0, -(-(rest - sums[k + 1]) // s)), builtins.min(n, rest // s)
        return builtins.any(reachable(k + 1, rest - s * count) for count in builtins.range(high, low - 1, -1))

    return reachable(0, distance)


def may_share_memory(a, b, /, max_work=None):
    """Determine if two arrays might share memory."""
    a, b = asarray(a), asarray(b)
    if max_work is not None:
        if operator.index(max_work) >= 1 << 63:
            raise OverflowError('Python int too large to convert to C ssize_t')
        if max_work != 0:
            try:
                return shares_memory(a, b, max_work=max_work)
            except TooHardError:
                return True
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
    return isinstance(element, (generic, int, float, complex, str, bytes, memoryview)) or isinstance(element, numbers.Number)


def isfortran(a):
    """Check if the array is Fortran contiguous but not C contiguous."""
    return a.flags.fnc
