"""Polynomials with their lowest coefficient first."""

from . import polynomial
from .polynomial import Polynomial

__all__ = ['Polynomial', 'polynomial', 'set_default_printstyle']


def set_default_printstyle(style):
    """How polynomials are written: 'unicode' (x²) or 'ascii' (x**2)."""
    if style not in ('unicode', 'ascii'):
        raise ValueError(f'Unsupported format string {style!r}. Valid options are ascii and unicode')
    Polynomial._style = style


def __getattr__(name):
    if name in ('Chebyshev', 'Legendre', 'Laguerre', 'Hermite', 'HermiteE', 'chebyshev', 'legendre', 'laguerre', 'hermite', 'hermite_e', 'polyutils'):
        raise AttributeError(f"module 'numpy.polynomial' has no attribute '{name}' here: NumPy has it, Eigenscope has Polynomial and the functions of numpy.polynomial.polynomial")
    raise AttributeError(f"module 'numpy.polynomial' has no attribute '{name}'")
