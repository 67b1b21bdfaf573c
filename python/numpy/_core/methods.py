"""The methods of arrays that do what functions of NumPy with the same names do."""

from . import functions, link
from .array import adopt
from .link import call_array


class _Methods:
    def transpose(self, *axes):
        """Returns a view of the array with axes transposed."""
        if len(axes) == 1 and (axes[0] is None or hasattr(axes[0], '__len__')):
            axes = axes[0] if axes[0] is None else tuple(map(link.as_index, axes[0]))
        return self._view_of(call_array('transpose', self, axes or None))

    def swapaxes(self, axis1, axis2):
        """Return a view of the array with two axes interchanged."""
        return self._view_of(call_array('swapaxes', self, axis1, axis2))

    def squeeze(self, axis=None):
        """Remove axes of length one."""
        return functions.squeeze(self, axis)

    def diagonal(self, offset=0, axis1=0, axis2=1):
        """Return specified diagonals."""
        return functions.diagonal(self, offset, axis1, axis2)

    def repeat(self, repeats, axis=None):
        """Repeat elements of an array."""
        return functions.repeat(self, repeats, axis)

    def take(self, indices, axis=None, out=None, mode='raise'):
        """An array formed from the elements at the given indices."""
        return functions.take(self, indices, axis, out, mode)

    def put(self, indices, values, mode='raise'):
        """Set `a.flat[n] = values[n]` for all n in indices."""
        functions.put(self, indices, values, mode)

    def choose(self, choices, out=None, mode='raise'):
        """Construct an array by picking from a list of arrays."""
        return functions.choose(self, choices, out, mode)

    def compress(self, condition, axis=None, out=None):
        """Selected slices along an axis."""
        return functions.compress(condition, self, axis, out)

    # Order ---------------------------------------------------------------------------------

    def sort(self, axis=-1, kind=None, order=None, *, stable=None):
        """Sort an array in-place."""
        if not self.flags.writeable:
            raise ValueError('sort array is read-only')
        self[...] = functions.sort(self, axis, kind, order, stable=stable)

    def argsort(self, axis=-1, kind=None, order=None, *, stable=None):
        """The indices that would sort this array."""
        return functions.argsort(self, axis, kind, order, stable=stable)

    def partition(self, kth, axis=-1, kind='introselect', order=None):
        """Rearrange so that the k-th element is where it would be in a sorted array."""
        self[...] = functions.partition(self, kth, axis, kind, order)

    def argpartition(self, kth, axis=-1, kind='introselect', order=None):
        """The indices that would partition this array."""
        return functions.argpartition(self, kth, axis, kind, order)

    def searchsorted(self, v, side='left', sorter=None):
        """Where elements should be inserted to maintain order."""
        return functions.searchsorted(self, v, side, sorter)

    def nonzero(self):
        """The indices of the elements that are not zero."""
        return functions.nonzero(self)

    # Reductions ------------------------------------------------------------------------------

    def sum(self, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True):
        """Sum of the array elements over the given axis."""
        return functions.sum(self, axis, dtype, out, keepdims, initial, where)

    def prod(self, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=True):
        """Product of the array elements over the given axis."""
        return functions.prod(self, axis, dtype, out, keepdims, initial, where)

    def mean(self, axis=None, dtype=None, out=None, keepdims=False, *, where=True):
        """Average of the array elements along given axis."""
        return functions.mean(self, axis, dtype, out, keepdims, where=where)

    def std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None):
        """Standard deviation of the array elements along given axis."""
        return functions.std(self, axis, dtype, out, ddof, keepdims, where=where, mean=mean)

    def var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None):
        """Variance of the array elements along given axis."""
        return functions.var(self, axis, dtype, out, ddof, keepdims, where=where, mean=mean)

    def max(self, axis=None, out=None, keepdims=False, initial=None, where=True):
        """The maximum along a given axis."""
        return functions.max(self, axis, out, keepdims, initial, where)

    def min(self, axis=None, out=None, keepdims=False, initial=None, where=True):
        """The minimum along a given axis."""
        return functions.min(self, axis, out, keepdims, initial, where)

    def argmax(self, axis=None, out=None, *, keepdims=False):
        """Indices of the maximum values along the given axis."""
        return functions.argmax(self, axis, out, keepdims=keepdims)

    def argmin(self, axis=None, out=None, *, keepdims=False):
        """Indices of the minimum values along the given axis."""
        return functions.argmin(self, axis, out, keepdims=keepdims)

    def any(self, axis=None, out=None, keepdims=False, *, where=True):
        """True if any of the elements evaluate to True."""
        return functions.any(self, axis, out, keepdims, where=where)

    def all(self, axis=None, out=None, keepdims=False, *, where=True):
        """True if all elements evaluate to True."""
        return functions.all(self, axis, out, keepdims, where=where)

    def cumsum(self, axis=None, dtype=None, out=None):
        """Cumulative sum of the elements along the given axis."""
        return functions.cumsum(self, axis, dtype, out)

    def cumprod(self, axis=None, dtype=None, out=None):
        """Cumulative product of the elements along the given axis."""
        return functions.cumprod(self, axis, dtype, out)

    def trace(self, offset=0, axis1=0, axis2=1, dtype=None, out=None):
        """Sum along diagonals of the array."""
        return functions.trace(self, offset, axis1, axis2, dtype, out)

    def round(self, decimals=0, out=None):
        """Each element rounded to the given number of decimals."""
        return functions.round(self, decimals, out)

    def clip(self, min=None, max=None, out=None, **kwargs):
        """An array whose values are limited to [min, max]."""
        return functions.clip(self, min, max, out, **kwargs)

    def conj(self):
        """Complex-conjugate all elements."""
        return functions.conjugate(self) if self._h & 15 > 10 else self

    conjugate = conj

    def dot(self, b, out=None):
        """Dot product of two arrays."""
        return functions.dot(self, b, out)


adopt(_Methods)
