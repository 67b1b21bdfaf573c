"""The operators of arrays for operands that are not plain: what they convert, refuse, and leave to the other operand."""

from . import link
from .array import ndarray
from .derived import handlers
from . import functions
from .dtypes import can_cast
from .guest import apply, place_of
from .link import call, engine, invoke
from .generic import generic


def _convert(other):
    """An operand as something the engine takes, or None for what is none."""
    if isinstance(other, (ndarray, generic, int, float, complex)):
        return other
    if getattr(type(other), '__array_ufunc__', False) is None:
        return None
    if isinstance(other, (list, tuple, range)) or hasattr(type(other), '__array__'):
        return functions.asarray(other)
    return None


def _yields(self, other, reflected):
    """True when the other operand wants to do the operation itself."""
    t = type(other)
    if getattr(t, '__array_ufunc__', False) is None:
        return True
    priority = getattr(other, '__array_priority__', None)
    return priority is not None and not isinstance(other, (ndarray, generic)) and priority > 0 and hasattr(t, reflected)


def _operator(name, symbol):
    """The operator and its reflection for operands that are not plain."""
    reflected = f'__r{symbol}__'

    def slow(self, a, b, other):
        if _yields(self, other, reflected):
            return NotImplemented
        if not isinstance(other, (ndarray, generic)) and hasattr(type(other), '__array_ufunc__'):
            return getattr(functions, name)(a, b)
        converted = _convert(other)
        if converted is None:
            # Python's own operator, element by element.
            return functions.boxed_ufunc(name, (a, b))
        if place_of((converted,)) is not None:
            return apply(name, (a, converted) if a is self else (converted, b), {})
        kinds, values = link.encode((a, converted) if a is self else (converted, b), {})
        return link.wrap(invoke(engine.ufunc, name, kinds, *values))

    def forward(self, other):
        return slow(self, self, other, other)

    def backward(self, other):
        return slow(self, other, self, other)

    return forward, backward



def _inplace(name):
    def method(self, other):
        if handlers((other,)):
            return getattr(functions, name)(self, other, out=(self,))
        converted = _convert(other)
        if converted is None:
            return NotImplemented
        if place_of((converted,)) is not None:
            made = apply(name, (self, converted), {})
            if not can_cast(made.dtype, self.dtype, 'same_kind'):
                raise link._UFuncOutputCastingError(f"Cannot cast ufunc '{name}' output from {made.dtype!r} to {self.dtype!r} with casting rule 'same_kind'")
            self[...] = made
            return self
        kinds, values = link.encode((self, converted), {'out': self})
        link.settle(invoke(engine.ufunc, name, kinds, *values))
        return self

    return method


def _comparison(name):
    different = name == 'not_equal'

    def method(self, other):
        if _yields(self, other, '__eq__'):
            return NotImplemented
        if handlers((other,)):
            return getattr(functions, name)(self, other)
        converted = _convert(other)
        if converted is not None and place_of((converted,)) is not None:
            return apply(name, (self, converted), {})
        if converted is None:
            if not isinstance(other, str):
                return functions.boxed_ufunc(name, (self, other))
            if name in ('equal', 'not_equal'):
                return functions.full(self.shape, different)
            mine = self.dtype.name.capitalize().replace('Uint', 'UInt')
            raise link._UFuncNoLoopError(f"ufunc '{name}' did not contain a loop with signature matching types (<class 'numpy.dtypes.{mine}DType'>, "
                                         "<class 'numpy.dtypes.StrDType'>) -> None")
        return call(name, self, converted)

    return method


for _symbol, _name in (('add', 'add'), ('sub', 'subtract'), ('mul', 'multiply'), ('truediv', 'divide'), ('floordiv', 'floor_divide'),
                       ('mod', 'remainder'), ('pow', 'power'), ('and', 'bitwise_and'), ('or', 'bitwise_or'), ('xor', 'bitwise_xor'),
                       ('lshift', 'left_shift'), ('rshift', 'right_shift')):
    _forward, _backward = _operator(_name, _symbol)
    setattr(ndarray, f'__{_symbol}__', _forward)
    setattr(ndarray, f'__r{_symbol}__', _backward)
    setattr(ndarray, f'__i{_symbol}__', _inplace(_name))

for _symbol, _name in (('eq', 'equal'), ('ne', 'not_equal'), ('lt', 'less'), ('le', 'less_equal'), ('gt', 'greater'), ('ge', 'greater_equal')):
    setattr(ndarray, f'__{_symbol}__', _comparison(_name))
