"""Series of the physicists' Hermite polynomials."""

import math as _math

from .._core.creation import arange as _arange
from .._core.creation import array as _array
from .._core.creation import ones as _ones
from .._core.creation import zeros as _zeros
from .._core.link import call as _call
from . import _basis
from ._polybase import ABCPolyBase  # noqa: F401


def _parts(slope):
    """Derivative, integral and companion matrix of the family of which H[n]' = slope n H[n-1]."""

    def derivative(c):
        return slope * _arange(1, c.size) * c[1:]

    def integral(c):
        made = _zeros(c.size + 1, c.dtype)
        made[1:] = c / (slope * _arange(1, c.size + 1))
        return made

    def companion(c, n):
        scale = _call('cumprod', _array([1.0] + [1.0 / _math.sqrt(slope * k) for k in range(n - 1, 0, -1)]))[::-1]
        return _basis.scaled_companion(c, n, (_arange(1, n) / slope) ** 0.5, None, scale * c[:-1] / (slope * c[-1]))

    return derivative, integral, companion


def _normed(x, n, step):
    """The n-th function scaled to length 1 under its weight, without the weight."""
    if n == 0:
        return _ones(x.shape) / _math.sqrt(_math.sqrt(step * _math.pi))
    first, second = 0.0, 1.0 / _math.sqrt(_math.sqrt(step * _math.pi))
    order = float(n)
    for _ in range(n - 1):
        first, second = -second * _math.sqrt((order - 1.0) / order), first + second * x * _math.sqrt((2.0 / step) / order)
        order -= 1.0
    return first + second * x * _math.sqrt(2.0 / step)


def _points(family, n, step):
    from .. import linalg

    x = linalg.eigvalsh(family.companion_of([0.0] * n + [1.0]))
    x -= _normed(x, n, step) / (_normed(x, n - 1, step) * _math.sqrt(2 * n / step))
    fm = _normed(x, n - 1, step)
    fm /= abs(fm).max()
    w = 1 / (fm * fm)
    w = (w + w[::-1]) / 2
    x = (x - x[::-1]) / 2
    w *= _math.sqrt(step * _math.pi) / w.sum()
    return x, w


_family = _basis.Basis('herm', lambda n: 2, lambda n: 0, lambda n: 2 * n, *_parts(2.0))
_basis.family(globals(), _family, 'herm', 'Hermite', 'H', [-1.0, 1.0], 'A series of Hermite polynomials.', lambda n: _points(_family, n, 1), lambda x: _call('exp', -x ** 2),
              'exp(-x**2)')
