"""Series of the probabilists' Hermite polynomials."""

import math as _math

from .._core.creation import arange as _arange
from .._core.creation import array as _array
from .._core.creation import zeros as _zeros
from .._core.link import call as _call
from . import _basis
from .hermite import _points
from ._polybase import ABCPolyBase  # noqa: F401


def _derivative(c):
    return _arange(1, c.size) * c[1:]


def _integral(c):
    made = _zeros(c.size + 1, c.dtype)
    made[1:] = c / _arange(1, c.size + 1)
    return made


def _companion(c, n):
    scale = _call('cumprod', _array([1.0] + [1.0 / _math.sqrt(k) for k in range(n - 1, 0, -1)]))[::-1]
    return _basis.scaled_companion(c, n, _arange(1, n) ** 0.5, None, scale * c[:-1] / c[-1])


_family = _basis.Basis('herme', lambda n: 1, lambda n: 0, lambda n: n, _derivative, _integral, _companion)
_basis.family(globals(), _family, 'herme', 'HermiteE', 'He', [-1.0, 1.0], "A series of the probabilists' Hermite polynomials.", lambda n: _points(_family, n, 2),
              lambda x: _call('exp', -0.5 * x ** 2), 'exp(-x**2 / 2)')
