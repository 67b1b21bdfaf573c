"""Series of Legendre polynomials."""

from .._core.creation import arange as _arange
from .._core.creation import zeros as _zeros
from . import _basis
from ._polybase import ABCPolyBase  # noqa: F401


def _derivative(c):
    n = c.size - 1
    made = _zeros(n, c.dtype)
    for j in range(n, 2, -1):
        made[j - 1] = (2 * j - 1) * c[j]
        c[j - 2] += c[j]
    if n > 1:
        made[1] = 3 * c[2]
    made[0] = c[1]
    return made


def _integral(c):
    n = c.size
    made = _zeros(n + 1, c.dtype)
    made[1] = c[0]
    if n > 1:
        made[2] = c[1] / 3
    for j in range(2, n):
        t = c[j] / (2 * j + 1)
        made[j + 1] = t
        made[j - 1] -= t
    return made


def _companion(c, n):
    scale = 1.0 / (2 * _arange(n) + 1) ** 0.5
    top = _arange(1, n) * scale[:n - 1] * scale[1:n]
    return _basis.scaled_companion(c, n, top, None, (c[:-1] / c[-1]) * (scale / scale[-1]) * (n / (2 * n - 1)))


_family = _basis.Basis('leg', lambda n: (2 * n + 1) / (n + 1), lambda n: 0, lambda n: n / (n + 1), _derivative, _integral, _companion)
_basis.family(globals(), _family, 'leg', 'Legendre', 'P', [-1.0, 1.0], 'A series of Legendre polynomials.', lambda n: _basis.newton_gauss(_family, n, 2.0, True),
              lambda x: x * 0.0 + 1.0, '1')
