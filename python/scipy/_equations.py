"""Equations of banded, Toeplitz and circulant matrices, and equations in matrices (Sylvester, Lyapunov, Riccati)."""

import numpy as np
from numpy.exceptions import LinAlgError

from . import linalg as _linalg


def _checked(a, check_finite):
    return np.asarray_chkfinite(a) if check_finite else np.asarray(a)


def _square(name, a):
    if a.ndim != 2 or a.shape[0] != a.shape[1]:
        raise ValueError(f'Matrix {name} should be square.')


def solve_banded(l_and_u, ab, b, overwrite_ab=False, overwrite_b=False, check_finite=True):
    """Solve ``a @ x = b`` for x, where `a` is banded and given by its diagonals: ``ab[u + i - j, j] == a[i, j]``."""
    from . import sparse
    from .sparse import linalg as solvers

    ab, b = _checked(ab, check_finite), _checked(b, check_finite)
    if ab.shape[-1] != b.shape[0]:
        raise ValueError('shapes of ab and b are not compatible.')
    below, above = l_and_u
    if below + above + 1 != ab.shape[0]:
        raise ValueError(f'invalid values for the number of lower and upper diagonals: l+u+1 ({below + above + 1}) does not equal ab.shape[0] ({ab.shape[0]})')
    n = ab.shape[1]
    a = sparse.spdiags(ab * 1.0, list(range(above, -below - 1, -1)), n, n).tocsc()
    try:
        return solvers.splu(a).solve(b * 1.0)
    except RuntimeError:
        raise LinAlgError('singular matrix') from None


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
    c, r = c_or_cr if isinstance(c_or_cr, tuple) else (c_or_cr, None)
    c = np.asarray(c).ravel()
    return c, c.conj() if r is None else np.asarray(r).ravel()


def solve_toeplitz(c_or_cr, b, check_finite=True):
    """Solve ``T @ x = b`` for x, where T is a Toeplitz matrix given by its first column (and row)."""
    return _linalg.solve(_linalg.toeplitz(*_columns(c_or_cr)), _checked(b, check_finite))


def matmul_toeplitz(c_or_cr, x, check_finite=False, workers=None):
    """The product of a Toeplitz matrix and an array, by Fourier transforms."""
    c, r = _columns(c_or_cr)
    x = _checked(x, check_finite)
    columns = x.reshape(len(x), -1)
    n = len(c) + len(r) - 1
    embedded = np.concatenate((c, r[-1:0:-1]))
    if any(a.dtype.kind == 'c' for a in (embedded, x)):
        made = np.fft.ifft(np.fft.fft(embedded)[:, None] * np.fft.fft(columns, n, axis=0), axis=0)
    else:
        made = np.fft.irfft(np.fft.rfft(embedded)[:, None] * np.fft.rfft(columns, n, axis=0), n, axis=0)
    return made[:len(c)].reshape((len(c), *x.shape[1:]))


def solve_circulant(c, b, singular='raise', tol=None, caxis=-1, baxis=0, outaxis=0):
    """Solve ``C @ x = b`` for x, where C is a circulant matrix given by its first column."""
    c, b = np.asarray(c), np.asarray(b)
    spectrum = np.fft.fft(c)
    largest = np.abs(spectrum).max()
    tol = largest * len(c) * np.finfo(float).eps if tol is None else tol
    near = np.abs(spectrum) <= tol
    if near.any():
        if singular == 'raise':
            raise LinAlgError('near singular circulant matrix.')
        spectrum = np.where(near, 1, spectrum)
    shaped = (slice(None), *[None] * (b.ndim - 1))
    q = np.fft.fft(b, axis=0) / spectrum[shaped]
    if near.any():
        q[near] = 0
    x = np.fft.ifft(q, axis=0)
    return x.real if c.dtype.kind != 'c' and b.dtype.kind != 'c' else x


def solve_sylvester(a, b, q):
    """Computes a solution X to the Sylvester equation ``a @ X + X @ b = q`` (Bartels and Stewart, 1972)."""
    a, b, q = (np.asarray(m) for m in (a, b, q))
    r, u = _linalg.schur(a, output='complex')
    s, v = _linalg.schur(b.conj().T, output='complex')
    f = u.conj().T @ q @ v
    y = np.zeros(f.shape, complex)
    one = np.eye(len(r))
    for k in range(len(s) - 1, -1, -1):
        right = f[:, k] - y[:, k + 1:] @ s[k, k + 1:].conj()
        shifted = r + np.conj(s[k, k]) * one
        if np.abs(np.diag(shifted)).min() == 0:
            raise LinAlgError('Input "a" and "-b" have eigenvalues in common')
        y[:, k] = _linalg.solve_triangular(shifted, right)
    x = u @ y @ v.conj().T
    return x if any(m.dtype.kind == 'c' for m in (a, b, q)) else x.real


def solve_continuous_lyapunov(a, q):
    """Solves the continuous Lyapunov equation ``a @ X + X @ a.conj().T = q``."""
    a, q = np.atleast_2d(a), np.atleast_2d(q)
    _square('a', a)
    _square('q', q)
    if a.shape != q.shape:
        raise ValueError('Matrix a and q should have the same shape.')
    return solve_sylvester(a, a.conj().T, q)


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
    """The orthogonal matrix R for which ``A @ R`` comes nearest to B, and the sum of the singular values."""
    A, B = _checked(A, check_finite), _checked(B, check_finite)
    if A.ndim != 2:
        raise ValueError(f'expected ndim to be 2, but observed {A.ndim}')
    if A.shape != B.shape:
        raise ValueError(f'the shapes of A and B differ ({A.shape} vs {B.shape})')
    u, w, vt = _linalg.svd((B.T @ np.conjugate(A)).T)
    return u @ vt, w.sum()


def eigh_tridiagonal(d, e, eigvals_only=False, select='a', select_range=None, check_finite=True, tol=0.0, lapack_driver='auto'):
    """Solve the eigenvalue problem of a real symmetric tridiagonal matrix, given by its diagonals."""
    d, e = _checked(d, check_finite), _checked(e, check_finite)
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
    """Compute the decomposition ``a = R @ Q``, R upper triangular and Q unitary."""
    if mode not in ('full', 'r', 'economic'):
        raise ValueError("Mode argument should be one of ['full', 'r', 'economic']")
    a = _checked(a, check_finite)
    if a.ndim != 2:
        raise ValueError('expected matrix')
    m, n = a.shape
    # The rows from below are the columns of a QR decomposition.
    q, r = _linalg.qr(a[::-1, ::-1].conj().T, mode='economic' if mode == 'economic' else 'full')
    r = r.conj().T[::-1, ::-1]
    return r if mode == 'r' else (r, q.conj().T[::-1, ::-1])


names = ('solve_banded solveh_banded solve_toeplitz matmul_toeplitz solve_circulant solve_sylvester solve_continuous_lyapunov solve_lyapunov solve_discrete_lyapunov '
         'solve_continuous_are solve_discrete_are orthogonal_procrustes eigh_tridiagonal eigvalsh_tridiagonal rq').split()
