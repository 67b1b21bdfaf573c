"""Functions of matrices beside the exponential, the logarithm and the root."""

import numpy as np
from numpy._core import link as _link

from . import linalg as _linalg


def _square(a):
    a = np.asarray(a)
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        raise ValueError('expected a square matrix')
    return a


def _of_engine(name, doc):
    def function(A):
        return _link.call(f'scipy.linalg.{name}', np.asarray(A))

    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    return function


cosm = _of_engine('cosm', 'Compute the matrix cosine.')
sinm = _of_engine('sinm', 'Compute the matrix sine.')
tanm = _of_engine('tanm', 'Compute the matrix tangent.')
coshm = _of_engine('coshm', 'Compute the hyperbolic matrix cosine.')
sinhm = _of_engine('sinhm', 'Compute the hyperbolic matrix sine.')
tanhm = _of_engine('tanhm', 'Compute the hyperbolic matrix tangent.')


def funm(A, func, disp=True):
    """Evaluate a function of a matrix, given for arrays of numbers (Schur and Parlett)."""
    A = _square(A)
    T, Z = _linalg.schur(A, output='complex')
    n = len(T)
    F = np.diag(func(np.diag(T))).astype(complex)
    smallest = abs(T[0, 0])
    for p in range(1, n):
        for i in range(n - p):
            j = i + p
            s = T[i, j] * (F[j, j] - F[i, i]) + T[i, i + 1:j] @ F[i + 1:j, j] - F[i, i + 1:j] @ T[i + 1:j, j]
            gap = T[j, j] - T[i, i]
            F[i, j] = s / gap if gap != 0 else s
            smallest = min(smallest, abs(gap))
    F = Z @ F @ Z.conj().T
    eps = np.finfo(float).eps
    if A.dtype.kind != 'c' and np.allclose(F.imag, 0.0, atol=1000 * eps * max(1.0, np.linalg.norm(F, 1))):
        F = F.real
    smallest = smallest or eps
    error = min(1, max(eps, eps / smallest * np.linalg.norm(np.triu(T, 1), 1)))
    if not np.isfinite(F).all():
        error = np.inf
    if disp:
        if error > 1000 * eps:
            print('funm result may be inaccurate, approximate err =', error)
        return F
    return F, error


def signm(A, disp=None):
    """
    Matrix sign function: the extension of the sign of numbers to matrices.

    A (n, n) -> (n, n); float32 and complex64 stay single, integers become floats.
    """
    _linalg._outdated(('disp', disp),)
    return _link.call('scipy.linalg.signm', np.asarray(A))


def fractional_matrix_power(A, t):
    """Compute the fractional power of a matrix."""
    return _link.call('scipy.linalg.fractional_matrix_power', np.asarray(A), t)


names = 'cosm sinm tanm coshm sinhm tanhm funm signm fractional_matrix_power'.split()

_linalg._quick(globals())
