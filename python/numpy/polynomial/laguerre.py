"""Series of Laguerre polynomials."""

from .._core.creation import arange as _arange
from .._core.creation import zeros as _zeros
from .._core.link import call as _call
from . import _basis
from ._polybase import ABCPolyBase  # noqa: F401


def _derivative(c):
    n = c.size - 1
    made = _zeros(n, c.dtype)
    for j in range(n, 1, -1):
        made[j - 1] = -c[j]
        c[j - 1] += c[j]
    made[0] = -c[1]
    return made


def _integral(c):
    made = _zeros(c.size + 1, c.dtype)
    made[:-1] = c
    made[1:] -= c
    return made


def _companion(c, n):
    return _basis.scaled_companion(c, n, -1.0 * _arange(1, n), 2.0 * _arange(n) + 1.0, -(c[:-1] / c[-1]) * n)


_family = _basis.Basis('lag', lambda n: -1 / (n + 1), lambda n: (2 * n + 1) / (n + 1), lambda n: n / (n + 1), _derivative, _integral, _companion)
_basis.family(globals(), _family, 'lag', 'Laguerre', 'L', [0.0, 1.0], 'A series of Laguerre polynomials.', lambda n: _basis.newton_gauss(_family, n, 1.0, False),
              lambda x: _call('exp', -x), 'exp(-x)')
