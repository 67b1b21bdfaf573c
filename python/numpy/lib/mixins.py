"""Operators for classes that compute elementwise functions themselves."""

import numpy as _np

__all__ = ['NDArrayOperatorsMixin']


class NDArrayOperatorsMixin:
    """Defines all operators by the elementwise functions of NumPy; the class has `__array_ufunc__`."""

    __slots__ = ()


def _refuses(other):
    return getattr(type(other), '__array_ufunc__', 0) is None


def _define(symbol, name, kinds):
    def forward(self, other):
        return NotImplemented if _refuses(other) else getattr(_np, name)(self, other)

    def backward(self, other):
        return NotImplemented if _refuses(other) else getattr(_np, name)(other, self)

    def inplace(self, other):
        return getattr(_np, name)(self, other, out=(self,))

    for mark, function in zip(('', 'r', 'i'), (forward, backward, inplace)):
        if mark in kinds or not mark:
            setattr(NDArrayOperatorsMixin, f'__{mark}{symbol}__', function)


for _symbol, _name in (('add', 'add'), ('sub', 'subtract'), ('mul', 'multiply'), ('matmul', 'matmul'), ('truediv', 'true_divide'), ('floordiv', 'floor_divide'), ('mod', 'remainder'),
                       ('pow', 'power'), ('lshift', 'left_shift'), ('rshift', 'right_shift'), ('and', 'bitwise_and'), ('xor', 'bitwise_xor'), ('or', 'bitwise_or')):
    _define(_symbol, _name, 'ri')
for _symbol, _name in (('lt', 'less'), ('le', 'less_equal'), ('eq', 'equal'), ('ne', 'not_equal'), ('gt', 'greater'), ('ge', 'greater_equal')):
    _define(_symbol, _name, '')
for _symbol, _name in (('neg', 'negative'), ('pos', 'positive'), ('abs', 'absolute'), ('invert', 'invert')):
    setattr(NDArrayOperatorsMixin, f'__{_symbol}__', lambda self, _name=_name: getattr(_np, _name)(self))
