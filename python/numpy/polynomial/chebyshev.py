"""Series of Chebyshev polynomials of the first kind, T[n](cos t) = cos n t."""

import math as _math

from .._core.creation import arange as _arange
from .._core.creation import array as _array
from .._core.creation import asarray as _asarray
from .._core.creation import linspace as _linspace
from .._core.creation import ones as _ones
from .._core.creation import zeros as _zeros
from .._core.link import call as _call
from . import _basis
from ._polybase import ABCPolyBase  # noqa: F401


def _derivative(c):
    n = c.size - 1
    made = _zeros(n, c.dtype)
    for j in range(n, 2, -1):
        made[j - 1] = 2 * j * c[j]
        c[j - 2] += j * c[j] / (j - 2)
    if n > 1:
        made[1] = 4 * c[2]
    made[0] = c[1]
    return made


def _integral(c):
    n = c.size
    made = _zeros(n + 1, c.dtype)
    made[1] = c[0]
    if n > 1:
        made[2] = c[1] / 4
    for j in range(2, n):
        made[j + 1] = c[j] / (2 * (j + 1))
        made[j - 1] -= c[j] / (2 * (j - 1))
    return made


def _companion(c, n):
    scale = _array([1.0] + [_math.sqrt(0.5)] * (n - 1))
    top = _array([_math.sqrt(0.5)] + [0.5] * (n - 2))
    return _basis.scaled_companion(c, n, top, None, (c[:-1] / c[-1]) * (scale / scale[-1]) * 0.5)


def _gauss(n):
    x = _call('cos', _math.pi * _arange(1, 2 * n, 2) / (2.0 * n))
    return x, _ones(n) * (_math.pi / n)


def _weight(x):
    return 1.0 / ((1.0 + x) ** 0.5 * (1.0 - x) ** 0.5)


_family = _basis.Basis('cheb', lambda n: 2 if n else 1, lambda n: 0, lambda n: 1, _derivative, _integral, _companion)
_basis.family(globals(), _family, 'cheb', 'Chebyshev', 'T', [-1.0, 1.0], 'A series of Chebyshev polynomials.', _gauss, _weight, '1 / sqrt(1 - x**2)')


def chebpts1(npts):
    """Chebyshev points of the first kind, ascending."""
    n = int(npts)
    if n != npts:
        raise ValueError('npts must be integer')
    if n < 1:
        raise ValueError('npts must be >= 1')
    return _call('sin', 0.5 * _math.pi / n * _arange(-n + 1, n + 1, 2))


def chebpts2(npts):
    """Chebyshev points of the second kind, ascending, with both ends."""
    n = int(npts)
    if n != npts:
        raise ValueError('npts must be integer')
    if n < 2:
        raise ValueError('npts must be >= 2')
    return _call('cos', _linspace(-_math.pi, 0, n))


def chebinterpolate(func, deg, args=()):
    """The series that interpolates a function at the Chebyshev points of the first kind."""
    if not isinstance(deg, int) and not hasattr(deg, '__index__'):
        raise TypeError('deg must be an int')
    if deg < 0:
        raise ValueError('expected deg >= 0')
    order = deg + 1
    points = chebpts1(order)
    values = _asarray(func(points, *args))
    c = _family.vander(points, deg).T @ values
    c[0] /= order
    c[1:] /= 0.5 * order
    return c


def _interpolate(cls, func, deg, domain=None, args=()):
    """The series that interpolates a function at the Chebyshev points of a domain."""
    domain = cls.domain if domain is None else domain
    low, high = _asarray(domain).tolist()
    (a, b) = cls.window.tolist()
    off, scl = (b * low - a * high) / (b - a), (high - low) / (b - a)
    return cls(chebinterpolate(lambda x: func(off + scl * x, *args), deg), domain=domain)


Chebyshev.interpolate = classmethod(_interpolate)  # noqa: F821 made above
