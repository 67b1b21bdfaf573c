"""The methods of arrays that give their elements again: as another dtype, of another shape, in another class, in other memory."""

import builtins
import math

from . import errors, functions, link
from .array import adopt, ndarray
from .derived import view as dressed_view
from .dtypes import _find, all_dtypes, can_cast
from .link import call_array, engine, invoke

# What a C compiler calls them.
_words_of_c = dict(zip((t.name for t in all_dtypes), ('bool', 'byte', 'short', 'int', 'long', 'ubyte', 'ushort', 'uint', 'ulong', 'float', 'double', 'cfloat', 'cdouble')))


class _Views:
    def copy(self, order='C'):
        """Return a copy of the array."""
        return call_array('copy', self, link.order_of(order, 'C'))

    def astype(self, dtype, order='K', casting='unsafe', subok=True, copy=True):
        """Copy of the array, cast to a specified type."""
        want = _find(dtype)
        code = want._code
        if order != 'K':
            order = link.order_of(order)
        if code > 12:
            return functions.number_as_text(self, want)
        mine = self._h & 15
        if code == mine and not copy:
            return self
        if casting == 'same_value':
            return self._same(want, order)
        if casting != 'unsafe':
            if not can_cast(self.dtype, all_dtypes[code], casting):
                raise TypeError(f"Cannot cast array data from {self.dtype!r} to {all_dtypes[code]!r} according to the rule '{casting}'")
        if mine > 10 and 0 < code <= 10:
            link.warn('Casting complex values to real discards the imaginary part', link.ComplexWarning)
        return link.wrap(invoke(engine.astype, self._h, code, order))

    def _same(self, want, order):
        """The array as another dtype, if that changes no value."""
        with errors.errstate(all='ignore'):
            made = link.wrap(invoke(engine.astype, self._h, want._code, order))
            back = link.wrap(invoke(engine.astype, made._h, self._h & 15, order))
        if not functions.array_equal(back, self, self.dtype.kind in 'fc'):
            raise ValueError(f"could not cast 'same_value' {_words_of_c[self.dtype.name]} to {_words_of_c[want.name]}")
        return made

    def view(self, dtype=None, type=None):
        """New view of array with the same data, perhaps read as another dtype and as another class."""
        if isinstance(dtype, builtins.type) and issubclass(dtype, ndarray):
            dtype, type = None, dtype
        if type is not None and type is not ndarray:
            if not (isinstance(type, builtins.type) and issubclass(type, ndarray)):
                raise ValueError('Type must be a sub-type of ndarray type')
            return dressed_view(self if dtype is None else ndarray.view(self, dtype), type)
        if dtype is None:
            return self._view_of(link.wrap(invoke(engine.viewAs, self._h, self.dtype.name)))
        want = _find(dtype)
        if want._code > 12:
            if want._code == 20:
                from .swapped import turn

                return turn(self.byteswap().view(want._plain), want)
            if want.num != 23:
                from .fields import view_as

                return view_as(self, want)
            from .half import of_bits

            return of_bits(self.view('uint16'))
        return self._view_of(link.wrap(invoke(engine.viewAs, self._h, want.name)))

    def getfield(self, dtype, offset=0):
        """A part of each element, `offset` bytes behind its beginning, as an array of another dtype."""
        from ..lib.stride_tricks import as_strided

        want = _find(dtype)
        if offset < 0 or offset + want.itemsize > self.itemsize:
            raise ValueError('new type plus offset is larger than original type')
        if self.itemsize % want.itemsize or offset % want.itemsize:
            raise ValueError(f'parts of {want.itemsize} bytes that begin at {offset} cannot be looked at here')
        return self._view_of(as_strided(self, (*self.shape, 1), (*self.strides, self.itemsize)).view(want)[..., offset // want.itemsize])

    def setfield(self, val, dtype, offset=0):
        """Put a value into a part of each element, `offset` bytes behind its beginning."""
        self.getfield(dtype, offset)[...] = val

    def setflags(self, write=None, align=None, uic=None):
        """Set array flags: `write=False` makes the array read-only."""
        if uic:
            raise ValueError('cannot set WRITEBACKIFCOPY flag to True')
        if write is not None:
            if write and self.base is not None and not self.base.flags.writeable:
                raise ValueError('cannot set WRITEABLE flag to True of this array')
            owner = self.base
            self._become(link.wrap(engine.writeable(self._h, builtins.bool(write))))
            self._base = owner

    def fill(self, value):
        """Fill the array with a scalar value."""
        self[...] = value

    def byteswap(self, inplace=False):
        """Swap the bytes of the array elements."""
        n = self.itemsize if self._h & 15 <= 10 else self.itemsize // 2
        made = ndarray.copy(self)
        if self.size and n > 1:
            made = made.reshape(-1).view('uint8').reshape(-1, n)[:, ::-1].flatten().view(self.dtype).reshape(self.shape)
        if inplace:
            self[...] = made
            return self
        return made

    def reshape(self, *shape, order='C', copy=None):
        """Returns an array containing the same data with a new shape."""
        if len(shape) == 1:
            shape = shape[0]
        return functions.reshape(self, shape, order)

    def resize(self, *new_shape, refcheck=True):
        """Change shape and size of array in-place."""
        if len(new_shape) == 1 and not isinstance(new_shape[0], int):
            new_shape = tuple(new_shape[0])
        if not self.flags.owndata:
            raise ValueError('cannot resize this array: it does not own its data')
        order = 'F' if self.flags.fnc else 'C'
        flat = self.ravel(order)
        kept = functions.zeros(math.prod(functions._shape(new_shape)), self.dtype)
        n = min(kept.size, flat.size)
        kept[:n] = flat[:n]
        # The elements stay where they lie in memory.
        self._become(kept.reshape(new_shape, order=order).copy(order))

    def ravel(self, order='C'):
        """Return a flattened array: a view when it can."""
        if order in ('K', 'k') and self.ndim > 1:
            # In the order in which the elements lie in memory.
            steps = self.strides
            return self.transpose(sorted(range(self.ndim), key=lambda k: -abs(steps[k]))).ravel()
        return self._perhaps_view_of(call_array('ravel', self, order))

    def flatten(self, order='C'):
        """Return a copy of the array collapsed into one dimension."""
        return link.wrap(invoke(engine.flatten, self._h, order.upper() if order in ('c', 'f', 'k', 'a') else order))


adopt(_Views)
