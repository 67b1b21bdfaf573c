"""Symmetric and Hermitian bands, given by the diagonals of one half, and tridiagonal matrices."""

from numpy import asarray as _asarray
from numpy import asarray_chkfinite as _finite
from numpy._core.link import call as _call

from . import linalg as _linalg


def _checked(a, check_finite):
    return _finite(a) if check_finite else _asarray(a)


def _result(made):
    return tuple(made) if isinstance(made, list) else made


def _selected(select, select_range):
    return {'select': select, 'select_range': None if select_range is None else _asarray(select_range)}


def cholesky_banded(ab, overwrite_ab=False, lower=False, check_finite=True):
    """Cholesky decompose a banded Hermitian positive-definite matrix, in the form of its diagonals."""
    return _call('scipy.linalg.cholesky_banded', _checked(ab, check_finite), lower=bool(lower))


def cho_solve_banded(cb_and_lower, b, overwrite_b=False, check_finite=True):
    """Solve the linear equations ``A x = b``, given the Cholesky factorization of the banded Hermitian ``A``."""
    cb, lower = cb_and_lower
    return _call('scipy.linalg.cho_solve_banded', [_checked(cb, check_finite), bool(lower)], _checked(b, check_finite))


def eig_banded(a_band, lower=False, eigvals_only=False, overwrite_a_band=False, select='a', select_range=None, max_ev=0, check_finite=True):
    """Solve the eigenvalue problem of a real symmetric or complex Hermitian band matrix: w, v with ``a @ v = v * w``."""
    return _result(_call('scipy.linalg.eig_banded', _checked(a_band, check_finite), lower=bool(lower), eigvals_only=bool(eigvals_only),
                         **_selected(select, select_range)))


def eigvals_banded(a_band, lower=False, overwrite_a_band=False, select='a', select_range=None, check_finite=True):
    """The eigenvalues of a real symmetric or complex Hermitian band matrix."""
    return _call('scipy.linalg.eigvals_banded', _checked(a_band, check_finite), lower=bool(lower), **_selected(select, select_range))


def eigh_tridiagonal(d, e, eigvals_only=False, select='a', select_range=None, check_finite=True, tol=0.0, lapack_driver='auto'):
    """Solve the eigenvalue problem of a real symmetric tridiagonal matrix, given by its diagonals."""
    return _result(_call('scipy.linalg.eigh_tridiagonal', _checked(d, check_finite), _checked(e, check_finite), eigvals_only=bool(eigvals_only),
                         tol=float(tol), lapack_driver=lapack_driver, **_selected(select, select_range)))


def eigvalsh_tridiagonal(d, e, select='a', select_range=None, check_finite=True, tol=0.0, lapack_driver='auto'):
    """The eigenvalues of a real symmetric tridiagonal matrix."""
    return _call('scipy.linalg.eigvalsh_tridiagonal', _checked(d, check_finite), _checked(e, check_finite), tol=float(tol), lapack_driver=lapack_driver,
                 **_selected(select, select_range))


names = 'cholesky_banded cho_solve_banded eig_banded eigvals_banded eigh_tridiagonal eigvalsh_tridiagonal'.split()

_linalg._quick(globals())
