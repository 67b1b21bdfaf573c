"""Equations of banded, Toeplitz and circulant matrices, and equations in matrices (Sylvester, Lyapunov, Riccati)."""

import numpy as np
from numpy._core.link import call as _call

from . import linalg as _linalg


def _checked(a, check_finite):
    return np.asarray_chkfinite(a) if check_finite else np.asarray(a)


def solve_banded(l_and_u, ab, b, overwrite_ab=False, overwrite_b=False, check_finite=True):
    """
    Solve ``a @ x = b`` for x, where `a` is banded and given by its diagonals: ``ab[u + i - j, j] == a[i, j]``.

    ab (l + u + 1, n), b (n,) or (n, k) -> x of b's shape; float32 and complex64 stay single, integers become floats.
    """
    return _call('scipy.linalg.solve_banded', l_and_u, _checked(ab, check_finite), _checked(b, check_finite))


def solveh_banded(ab, b, overwrite_ab=False, overwrite_b=False, lower=False, check_finite=True):
    """Solve ``a @ x = b`` for x, where `a` is Hermitian, positive definite and banded, given by one half of its diagonals."""
    return _call('scipy.linalg.solveh_banded', _checked(ab, check_finite), _checked(b, check_finite), lower=bool(lower))


def _columns(c_or_cr):
    return [np.asarray(part) for part in c_or_cr] if isinstance(c_or_cr, tuple) else np.asarray(c_or_cr)


def solve_toeplitz(c_or_cr, b, check_finite=True):
    """
    Solve ``T @ x = b`` for x, where T is a Toeplitz matrix given by its first column (and row).

    c (n,), r (n,), b (n,) or (n, k) -> x of b's shape, in float64 or complex128.
    """
    return _call('scipy.linalg.solve_toeplitz', _columns(c_or_cr), np.asarray(b), check_finite)


def matmul_toeplitz(c_or_cr, x, check_finite=False, workers=None):
    """
    The product of a Toeplitz matrix and an array.

    c (m,), r (n,), x (n,) or (n, k) -> (m,) or (m, k), in float64 or complex128.
    """
    return _call('scipy.linalg.matmul_toeplitz', _columns(c_or_cr), np.asarray(x), check_finite)


def solve_circulant(c, b, singular='raise', tol=None, caxis=-1, baxis=0, outaxis=0):
    """
    Solve ``C @ x = b`` for x, where C is a circulant matrix given by its first column.

    c (..., n), b (n, ...) -> x (n, ...); float32 and complex64 stay single, integers become floats.
    """
    return _call('scipy.linalg.solve_circulant', np.asarray(c), np.asarray(b), singular, tol, caxis, baxis, outaxis)


def solve_sylvester(a, b, q):
    """
    Computes a solution X to the Sylvester equation ``a @ X + X @ b = q`` (Bartels and Stewart, 1972).

    a (m, m), b (n, n), q (m, n) -> (m, n); float32 and complex64 stay single, integers become floats.
    """
    return _call('scipy.linalg.solve_sylvester', np.asarray(a), np.asarray(b), np.asarray(q))


def solve_continuous_lyapunov(a, q):
    """
    Solves the continuous Lyapunov equation ``a @ X + X @ a.conj().T = q``.

    a (n, n), q (n, n) -> (n, n); float32 and complex64 stay single, integers become floats.
    """
    return _call('scipy.linalg.solve_continuous_lyapunov', np.atleast_2d(a), np.atleast_2d(q))


solve_lyapunov = solve_continuous_lyapunov


def solve_discrete_lyapunov(a, q, method=None):
    """Solves the discrete Lyapunov equation ``a @ X @ a.conj().T - X + q = 0``."""
    a, q = np.asarray(a), np.asarray(q)
    if method is None:
        method = 'bilinear' if a.shape[0] >= 10 else 'direct'
    if method == 'direct':
        left = np.kron(a, a.conj())
        return _linalg.solve(np.eye(left.shape[0]) - left, q.flatten()).reshape(q.shape)
    if method != 'bilinear':
        raise ValueError(f'Unknown solver {method}')
    one = np.eye(a.shape[0])
    back = _linalg.inv(a.conj().T + one)
    b = (a.conj().T - one) @ back
    return solve_continuous_lyapunov(b.conj().T, -2 * _linalg.inv(a + one) @ q @ back)


def solve_continuous_are(a, b, q, r, e=None, s=None, balanced=True):
    """Solves the continuous-time algebraic Riccati equation ``a^H X e + e^H X a - (e^H X b + s) r^-1 (b^H X e + s^H) + q = 0``."""
    return _riccati('continuous', a, b, q, r, e, s, balanced)


def solve_discrete_are(a, b, q, r, e=None, s=None, balanced=True):
    """Solves the discrete-time algebraic Riccati equation ``a^H X a - e^H X e - (a^H X b + s) (r + b^H X b)^-1 (b^H X a + s^H) + q = 0``."""
    return _riccati('discrete', a, b, q, r, e, s, balanced)


def _riccati(time, *matrices_and_balanced):
    *matrices, balanced = matrices_and_balanced
    return _call(f'scipy.linalg.solve_{time}_are', *(None if m is None else np.asarray(m) for m in matrices), bool(balanced))


def orthogonal_procrustes(A, B, check_finite=True):
    """
    The orthogonal matrix R for which ``A @ R`` comes nearest to B, and the sum of the singular values.

    A (m, n), B (m, n) -> R (n, n), and a number.
    """
    return tuple(_call('scipy.linalg.orthogonal_procrustes', _checked(A, check_finite), _checked(B, check_finite)))


def rq(a, overwrite_a=False, lwork=None, mode='full', check_finite=True):
    """
    Compute the decomposition ``a = R @ Q``, R upper triangular and Q unitary.

    a (m, n) -> R (m, n), Q (n, n), 'economic' R (m, k), Q (k, n), k = min(m, n); float32 and complex64 stay single,
    integers become floats.
    """
    made = _call('scipy.linalg.rq', _checked(a, check_finite), mode=mode)
    return tuple(made) if isinstance(made, list) else made


names = ('solve_banded solveh_banded solve_toeplitz matmul_toeplitz solve_circulant solve_sylvester solve_continuous_lyapunov solve_lyapunov solve_discrete_lyapunov '
         'solve_continuous_are solve_discrete_are orthogonal_procrustes rq').split()

_linalg._quick(globals())
