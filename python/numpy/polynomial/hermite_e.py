"""Series of the probabilists' Hermite polynomials."""

from .._core.link import call as _call
from . import _basis
from .hermite import _parts, _points
from ._polybase import ABCPolyBase  # noqa: F401


_family = _basis.Basis('herme', lambda n: 1, lambda n: 0, lambda n: n, *_parts(1.0))
_basis.family(globals(), _family, 'herme', 'HermiteE', 'He', [-1.0, 1.0], "A series of the probabilists' Hermite polynomials.", lambda n: _points(_family, n, 2),
              lambda x: _call('exp', -0.5 * x ** 2), 'exp(-x**2 / 2)')
