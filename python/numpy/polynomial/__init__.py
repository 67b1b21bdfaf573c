"""Polynomials with their lowest coefficient first, in powers and in orthogonal families."""

from . import chebyshev, hermite, hermite_e, laguerre, legendre, polynomial, polyutils  # noqa: F401
from ._polybase import ABCPolyBase as _ABCPolyBase
from .chebyshev import Chebyshev
from .hermite import Hermite
from .hermite_e import HermiteE
from .laguerre import Laguerre
from .legendre import Legendre
from .polynomial import Polynomial

__all__ = ['set_default_printstyle', 'polynomial', 'Polynomial', 'chebyshev', 'Chebyshev', 'legendre', 'Legendre', 'hermite', 'Hermite', 'hermite_e', 'HermiteE', 'laguerre',
           'Laguerre']


def set_default_printstyle(style):
    """How polynomials are written: 'unicode' (x²) or 'ascii' (x**2)."""
    if style not in ('unicode', 'ascii'):
        raise ValueError(f"Unsupported format string '{style}'. Valid options are 'ascii' and 'unicode'")
    _ABCPolyBase._use_unicode = style == 'unicode'
