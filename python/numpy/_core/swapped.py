"""
Arrays of the other byte order: `np.array([1, 2], '>i4')`. Their numbers lie in the machine's own order, so that all
functions compute with them as with any others; what is seen of bytes is turned: `tobytes`, `tofile`, `view`, `byteswap`.
"""

import builtins
import functools

from . import link
from .array import ndarray
from .dtypes import _find
from .foreign import default

_new = object.__new__


class swapped(ndarray):
    """An array whose dtype says the other byte order."""

    __slots__ = ('_type',)
    __module__ = 'numpy'

    dtype = property(lambda self: self._type, lambda self, value: ndarray.dtype.fset(self, value), doc="Data-type of the array's elements.")
    __hash__ = ndarray.__hash__

    def _native(self):
        """The same numbers as an array of the machine's own order, in the same memory."""
        made = link.wrap(link.invoke(link.engine.viewAs, self._h, self._type._plain.name))
        return ndarray._view_of(self, made)

    def _turned(self):
        """A copy whose numbers are what the bytes mean in the machine's own order."""
        return self._native().byteswap()

    def __getitem__(self, key):
        found = ndarray.__getitem__(self, key)
        return turn(found, self._type) if type(found) is ndarray else found

    def __iter__(self):
        if not self.ndim:
            raise TypeError('iteration over a 0-d array')
        return (self[i] for i in range(len(self)))

    def tobytes(self, order='C'):
        """The elements as bytes, of the order that the dtype says."""
        return self._turned().tobytes(order)

    def view(self, dtype=None, type=None):
        """New view of array with the same data; as another dtype it is a copy that cannot be written to."""
        if dtype is None or isinstance(dtype, builtins.type) or _find(dtype) is self._type:
            return turn(self._native(), self._type)
        made = self._turned().view(dtype)
        made.setflags(write=False)
        return made

    def byteswap(self, inplace=False):
        """Swap the bytes of the array elements."""
        made = turn(self._turned(), self._type)
        if inplace:
            self[...] = made._native()
            return self
        return made

    def astype(self, dtype, order='K', casting='unsafe', subok=True, copy=True):
        """Copy of the array, cast to a specified type."""
        want = _find(dtype)
        if want is self._type and not copy:
            return self
        return self._native().astype(want, order, casting)

    def __reduce__(self):
        return self._native().__reduce__()

    def __array_function__(self, func, types, args, kwargs):
        """What a function of NumPy makes of the array; those that move elements or make arrays alike keep its byte order."""
        made = default(func, types, args, kwargs)
        if func.__name__ not in _keeping or args[0] is not self or kwargs.get('dtype') is not None or func.__name__.endswith('_like') and len(args) > _dtype_at[func.__name__]:
            return made
        if type(made) is tuple and func.__name__ == 'unique':
            return (turn(made[0], self._type), *made[1:])
        if type(made) in (list, tuple):
            return type(made)(turn(part, self._type) for part in made)
        return turn(made, self._type) if type(made) is ndarray else made


_keeping = set('sort partition take compress zeros_like ones_like empty_like full_like unique unique_values copy ravel reshape transpose swapaxes moveaxis rollaxis squeeze expand_dims '
               'atleast_1d atleast_2d atleast_3d broadcast_to flip fliplr flipud rot90 roll repeat delete diagonal diag extract split array_split hsplit vsplit dsplit pad '
               'take_along_axis trim_zeros tril triu matrix_transpose permute_dims'.split())
_dtype_at = {'zeros_like': 1, 'ones_like': 1, 'empty_like': 1, 'full_like': 2}


swapped.__name__ = swapped.__qualname__ = 'ndarray'


def _kept(name):
    method = getattr(ndarray, name)

    @functools.wraps(method)
    def call(self, *args, **kwargs):
        made = getattr(self._native(), name)(*args, **kwargs)
        return turn(made, self._type) if type(made) is ndarray else made

    return call


def _attribute(name):
    return property(lambda self: turn(getattr(self._native(), name), self._type), getattr(ndarray, name).fset, doc=getattr(ndarray, name).__doc__)


def install():
    """Gives the class the methods whose results keep its byte order."""
    for name in ('copy', 'reshape', 'ravel', 'flatten', 'transpose', 'swapaxes', 'squeeze', 'diagonal', 'repeat', 'take', 'compress', 'round'):
        setattr(swapped, name, _kept(name))
    for name in ('T', 'mT'):
        setattr(swapped, name, _attribute(name))


def turn(native, dtype):
    """An array of the machine's own order as one of the other, over the same memory."""
    made = _new(swapped)
    made._h = native._h
    made._type = dtype
    try:
        made._base = native._base
    except AttributeError:
        pass
    del native._h
    return made


def array_of(x, dtype):
    """An array of the other byte order of whatever is given."""
    from .creation import array

    return turn(array(x, dtype._plain), dtype)
