"""
What arrays have in common that are no arrays of the engine: of strings, objects, records, float16, and masked ones. Each
leans on arrays of the engine (`_codes` is the one whose shape and layout it has), and says in `_place` which module does
what functions of NumPy are asked to do with it.
"""

import importlib

from . import link
from .array import ndarray

_new = object.__new__


class guest(ndarray):
    """The base of arrays that the engine does not know."""

    __slots__ = ('_codes',)
    __module__ = 'numpy'
    _boxed = True
    # The module, and how strongly it claims a call in which several meet.
    _place = ('', 0)

    def __new__(cls, *args, **kwargs):
        return ndarray(*args, **kwargs)

    def __del__(self):
        pass

    nbytes = property(lambda self: self.size * self.itemsize, doc='Total bytes consumed by the elements.')

    @property
    def base(self):
        """The array whose memory this one shows, or None."""
        try:
            return self._base
        except AttributeError:
            return None

    def _lean(self, codes):
        """Takes its shape and layout from an array of the engine."""
        self._codes = codes
        self._h = codes._h
        for name in ('_shape', '_strides'):
            try:
                delattr(self, name)
            except AttributeError:
                pass

    def _become(self, other):
        self._lean(other._codes)

    def _view_of(self, made):
        owner = self.base
        if made is not self:
            made._base = self if owner is None else owner
        return made

    def __iter__(self):
        if not self.ndim:
            raise TypeError('iteration over a 0-d array')
        return (self[i] for i in range(len(self)))

    def setflags(self, write=None, align=None, uic=None):
        """Set array flags: `write=False` makes the array read-only."""
        self._codes.setflags(write)
        self._h = self._codes._h

    def conj(self):
        """Complex-conjugate all elements."""
        return self

    conjugate = conj

    def _as_numbers(self, dtype):
        """The elements for an array of the engine."""
        return self.astype(dtype)

    def __copy__(self):
        return self.copy()

    def __deepcopy__(self, memo):
        return self.copy()

    def __hash__(self):
        raise TypeError("unhashable type: 'numpy.ndarray'")

    def __abs__(self):
        return apply('absolute', (self,), {})

    def __neg__(self):
        return apply('negative', (self,), {})

    def __pos__(self):
        return apply('positive', (self,), {})

    def __invert__(self):
        return apply('invert', (self,), {})

    def __matmul__(self, other):
        return link.elsewhere('matmul', (self, _operand(other)), {})

    def __rmatmul__(self, other):
        return link.elsewhere('matmul', (_operand(other), self), {})

    def __imatmul__(self, other):
        self[...] = self @ other
        return self

    def dot(self, b, out=None):
        """Dot product of two arrays."""
        return link.elsewhere('dot', (self, _operand(b)), {})


guest.__name__ = guest.__qualname__ = 'ndarray'


def _operand(x):
    from .creation import asanyarray as asarray

    return asarray(x)


# Functions that only move elements.
shapes = set('reshape ravel transpose swapaxes moveaxis squeeze expand_dims atleast_1d atleast_2d atleast_3d flip rot90 broadcast_to tile repeat roll take '
              'take_along_axis compress diag diagonal copy ascontiguousarray asfortranarray delete split array_split hsplit vsplit dsplit tril triu'.split())


def place_of(values):
    """The module of the guest among these that has the strongest claim, or None."""
    best = ('', 0)
    for x in values:
        place = getattr(type(x), '_place', best)
        if place[1] > best[1]:
            best = place
    return importlib.import_module(best[0]) if best[1] else None


def apply(name, args, options):
    """An elementwise function where a guest takes part."""
    place = place_of(args)
    if place is None:
        from . import boxed_functions as place
    return place.ufunc(name, args, options)


_operators = {
    'add': 'add', 'sub': 'subtract', 'mul': 'multiply', 'truediv': 'divide', 'floordiv': 'floor_divide', 'mod': 'remainder', 'pow': 'power',
    'and': 'bitwise_and', 'or': 'bitwise_or', 'xor': 'bitwise_xor', 'lshift': 'left_shift', 'rshift': 'right_shift',
}
_comparisons = {'eq': 'equal', 'ne': 'not_equal', 'lt': 'less', 'le': 'less_equal', 'gt': 'greater', 'ge': 'greater_equal'}


def _define(symbol, name):
    def forward(self, other):
        return apply(name, (self, other), {})

    def backward(self, other):
        return apply(name, (other, self), {})

    def inplace(self, other):
        self[...] = apply(name, (self, other), {})
        return self

    setattr(guest, f'__{symbol}__', forward)
    if symbol in _operators:
        setattr(guest, f'__r{symbol}__', backward)
        setattr(guest, f'__i{symbol}__', inplace)


for _symbol, _name in (_operators | _comparisons).items():
    _define(_symbol, _name)


def with_dtype(a, body, told, opening='array('):
    """`array(body, dtype=…)`, the dtype on a line of its own where the last one has no room."""
    from .printing import get_printoptions

    options = get_printoptions()
    width = options['linewidth']
    if a.size > options['threshold'] or (a.size == 0 and a.shape != (0,)):
        told = f'shape={a.shape}, {told}'
    last = len(body) - (body.rfind('\n') + 1) + (len(opening) if '\n' not in body else 0)
    gap = '\n' + ' ' * len(opening) if last + len(told) + 3 > width else ' '
    return f'{opening}{body},{gap}{told})'
