"""Equations of banded, Toeplitz and circulant matrices, and equations in matrices (Sylvester, Lyapunov, Riccati)."""

import numpy as np
from numpy._core.link import call as _call
from numpy.exceptions import LinAlgError

from . import linalg as _linalg


def _checked(a, check_finite):
    return np.asarray_chkfinite(a) if check_finite else np.asarray(a)


def _square(name, a):
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        raise ValueError(f'Matrix {name} should be square.')


def solve_banded(l_and_u, ab, b, overwrite_ab=False, overwrite_b=False, check_finite=True):
    """
    Solve ``a @ x = b`` for x, where `a` is banded and given by its diagonals: ``ab[u + i - j, j] == a[i, j]``.

    ab (l + u + 1, n), b (n,) or (n, k) -> x of b's shape; float32 and complex64 stay single, integers become floats.
    """
    return _call('scipy.linalg.solve_banded', l_and_u, _checked(ab, check_finite), _checked(b, check_finite))


def solveh_banded(ab, b, overwrite_ab=False, overwrite_b=False, lower=False, check_finite=True):
    """Solve ``a @ x = b`` for x, where `a` is Hermitian, positive definite and banded, given by one half of its diagonals."""
    ab, b = _checked(ab, check_finite), _checked(b, check_finite)
    width, n = ab.shape
    whole = np.zeros((2 * width - 1, n), ab.dtype)
    for k in range(width):
        row = ab[k] if lower else ab[width - 1 - k]
        # Diagonal k below the main one begins at column 0, above it at column k.
        part = row[:n - k] if lower else row[k:]
        whole[width - 1 + k, :n - k] = part if lower else np.conj(part)
        whole[width - 1 - k, k:] = np.conj(part) if lower else part
    if width == 1 and (whole.real <= 0).any():
        raise LinAlgError('1th leading minor not positive definite')
    return solve_banded((width - 1, width - 1), whole, b)


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


def _weighted(a, b, q, r):
    a, b, q, r = (np.atleast_2d(m) * 1.0 for m in (a, b, q, r))
    _square('a', a)
    for name, m in (('q', q), ('r', r)):
        _square(name, m)
        if np.linalg.norm(m - m.conj().T, 1) > 100 * np.spacing(np.linalg.norm(m, 1)):
            raise ValueError(f'Matrix {name} should be symmetric/hermitian.')
    return a, b, q, r


def _from_subspace(values, vectors, inside, n, real):
    chosen = vectors[:, inside(values)]
    if chosen.shape[1] != n:
        raise LinAlgError('Failed to find a finite solution.')
    x = _linalg.solve(chosen[:n].T, chosen[n:].T).T
    x = (x + x.conj().T) / 2
    return x.real if real else x


def solve_continuous_are(a, b, q, r, e=None, s=None, balanced=True):
    """Solves the continuous-time algebraic Riccati equation ``X a + a^H X - X b r^-1 b^H X + q = 0``."""
    if e is not None or s is not None:
        raise NotImplementedError('the matrices e and s of Riccati equations are not available here')
    a, b, q, r = _weighted(a, b, q, r)
    block = np.block([[a, -b @ _linalg.solve(r, b.conj().T)], [-q, -a.conj().T]])
    values, vectors = _linalg.eig(block)
    return _from_subspace(values, vectors, lambda w: w.real < 0, len(a), block.dtype.kind != 'c')


def solve_discrete_are(a, b, q, r, e=None, s=None, balanced=True):
    """Solves the discrete-time algebraic Riccati equation ``a^H X a - X - (a^H X b)(r + b^H X b)^-1 (b^H X a) + q = 0``."""
    if e is not None or s is not None:
        raise NotImplementedError('the matrices e and s of Riccati equations are not available here')
    a, b, q, r = _weighted(a, b, q, r)
    n = len(a)
    one, none = np.eye(n), np.zeros((n, n))
    left = np.block([[a, none], [-q, one]])
    right = np.block([[one, b @ _linalg.solve(r, b.conj().T)], [none, a.conj().T]])
    values, vectors = _linalg.eig(left, right)
    return _from_subspace(values, vectors, lambda w: np.abs(w) < 1, n, left.dtype.kind != 'c')


def orthogonal_procrustes(A, B, check_finite=True):
    """
    The orthogonal matrix R for which ``A @ R`` comes nearest to B, and the sum of the singular values.

    A (m, n), B (m, n) -> R (n, n), and a number.
    """
    return tuple(_call('scipy.linalg.orthogonal_procrustes', _checked(A, check_finite), _checked(B, check_finite)))


def eigh_tridiagonal(d, e, eigvals_only=False, select='a', select_range=None, check_finite=True, tol=0.0, lapack_driver='auto'):
    """Solve the eigenvalue problem of a real symmetric tridiagonal matrix, given by its diagonals."""
    d, e = _checked(d, check_finite), _checked(e, check_finite)
    if 'c' in (d.dtype.kind, e.dtype.kind):
        raise TypeError('Only real arrays currently supported')
    for name, x in (('d', d), ('e', e)):
        if x.ndim != 1:
            raise ValueError('expected a 1-D array')
    if d.size != e.size + 1:
        raise ValueError(f'd ({d.size}) must have one more element than e ({e.size})')
    if select not in ('a', 'i', 'v', 'all', 'index', 'value'):
        raise ValueError("invalid argument for select")
    w, v = _linalg.eigh(np.diag(d * 1.0) + np.diag(e, 1) + np.diag(e, -1))
    if select[0] == 'i':
        kept = slice(select_range[0], select_range[1] + 1)
    elif select[0] == 'v':
        kept = (w > select_range[0]) & (w <= select_range[1])
    else:
        kept = slice(None)
    return w[kept] if eigvals_only else (w[kept], v[:, kept])


def eigvalsh_tridiagonal(d, e, select='a', select_range=None, check_finite=True, tol=0.0, lapack_driver='auto'):
    """The eigenvalues of a real symmetric tridiagonal matrix."""
    return eigh_tridiagonal(d, e, True, select, select_range, check_finite)


def rq(a, overwrite_a=False, lwork=None, mode='full', check_finite=True):
    """
    Compute the decomposition ``a = R @ Q``, R upper triangular and Q unitary.

    a (m, n) -> R (m, n), Q (n, n), 'economic' R (m, k), Q (k, n), k = min(m, n); float32 and complex64 stay single,
    integers become floats.
    """
    made = _call('scipy.linalg.rq', _checked(a, check_finite), mode=mode)
    return tuple(made) if isinstance(made, list) else made


names = ('solve_banded solveh_banded solve_toeplitz matmul_toeplitz solve_circulant solve_sylvester solve_continuous_lyapunov solve_lyapunov solve_discrete_lyapunov '
         'solve_continuous_are solve_discrete_are orthogonal_procrustes eigh_tridiagonal eigvalsh_tridiagonal rq').split()

_linalg._quick(globals())
