"""Functions of matrices beside the exponential, the logarithm and the root."""

import numpy as np

from . import linalg as _linalg


def _square(a):
    a = np.asarray(a)
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        raise ValueError('expected a square matrix')
    return a


def cosm(A):
    """Compute the matrix cosine."""
    A = _square(A)
    if A.dtype.kind == 'c':
        return 0.5 * (_linalg.expm(1j * A) + _linalg.expm(-1j * A))
    return _linalg.expm(1j * A).real


def sinm(A):
    """Compute the matrix sine."""
    A = _square(A)
    if A.dtype.kind == 'c':
        return -0.5j * (_linalg.expm(1j * A) - _linalg.expm(-1j * A))
    return _linalg.expm(1j * A).imag


def tanm(A):
    """Compute the matrix tangent."""
    return _linalg.solve(cosm(A), sinm(A))


def coshm(A):
    """Compute the hyperbolic matrix cosine."""
    A = _square(A)
    return 0.5 * (_linalg.expm(A) + _linalg.expm(-A))


def sinhm(A):
    """Compute the hyperbolic matrix sine."""
    A = _square(A)
    return 0.5 * (_linalg.expm(A) - _linalg.expm(-A))


def tanhm(A):
    """Compute the hyperbolic matrix tangent."""
    return _linalg.solve(coshm(A), sinhm(A))


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
    """Matrix sign function: the extension of the sign of numbers to matrices (Newton's iteration)."""
    A = _square(A) * 1.0
    X = A
    for _ in range(100):
        following = 0.5 * (X + _linalg.inv(X))
        change = np.linalg.norm(following - X, 1)
        X = following
        if change <= 1e-15 * np.linalg.norm(X, 1):
            break
    return X


def fractional_matrix_power(A, t):
    """Compute the fractional power of a matrix."""
    A = _square(A)
    if t == int(t):
        return np.linalg.matrix_power(A, int(t))
    whole = int(np.floor(t))
    if t == whole + 0.5:
        made = _linalg.sqrtm(A)
    else:
        made = _linalg.expm((t - whole) * _linalg.logm(A))
    return np.linalg.matrix_power(A, whole) @ made if whole else made


names = 'cosm sinm tanm coshm sinhm tanhm funm signm fractional_matrix_power'.split()
