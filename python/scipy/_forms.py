"""Forms of matrices and of pairs of them, balancing, and the derivative of the exponential."""

import numpy as np
from numpy._core.link import call as _call

from . import linalg as _linalg


def _checked(a, check_finite):
    return np.asarray_chkfinite(a) if check_finite else np.asarray(a)


def _result(made):
    return tuple(made) if isinstance(made, list) else made


def fiedler_companion(a):
    """Returns a Fiedler companion matrix: of five diagonals, its eigenvalues the roots of the polynomial."""
    return _call('scipy.linalg.fiedler_companion', np.asarray(a))


def matrix_balance(A, permute=True, scale=True, separate=False, overwrite_a=False):
    """Compute a diagonal similarity transformation for row/column balancing: ``B = inv(T) @ A @ T``."""
    B, how = _call('scipy.linalg.matrix_balance', np.asarray(A), bool(permute), bool(scale), bool(separate))
    return B, _result(how)


def rsf2csf(T, Z, check_finite=True):
    """Convert real Schur form to complex Schur form."""
    return tuple(_call('scipy.linalg.rsf2csf', _checked(T, check_finite), _checked(Z, check_finite)))


def cdf2rdf(w, v):
    """Converts complex eigenvalues ``w`` and eigenvectors ``v`` to real eigenvalues in a block diagonal form."""
    return tuple(_call('scipy.linalg.cdf2rdf', np.asarray(w), np.asarray(v)))


def expm_frechet(A, E, method=None, compute_expm=True, check_finite=True):
    """Frechet derivative of the matrix exponential of A in the direction E."""
    return _result(_call('scipy.linalg.expm_frechet', _checked(A, check_finite), _checked(E, check_finite), method, bool(compute_expm)))


def expm_cond(A, check_finite=True):
    """Relative condition number of the matrix exponential in the Frobenius norm."""
    return _call('scipy.linalg.expm_cond', _checked(A, check_finite))


def qr_multiply(a, c, mode='right', pivoting=False, conjugate=False, overwrite_a=False, overwrite_c=False):
    """Calculate the QR decomposition and multiply Q with a matrix."""
    return tuple(_call('scipy.linalg.qr_multiply', np.asarray(a), np.asarray_chkfinite(c), mode=mode, pivoting=bool(pivoting), conjugate=bool(conjugate),
                       overwrite_c=bool(overwrite_c)))


def qz(A, B, output='real', lwork=None, sort=None, overwrite_a=False, overwrite_b=False, check_finite=True):
    """QZ decomposition for generalized eigenvalues of a pair of matrices: ``A = Q @ AA @ Z^H``, ``B = Q @ BB @ Z^H``."""
    return tuple(_call('scipy.linalg.qz', _checked(A, check_finite), _checked(B, check_finite), output, sort=None if sort is None else True))


def ordqz(A, B, sort='lhp', output='real', overwrite_a=False, overwrite_b=False, check_finite=True):
    """
    QZ decomposition for a pair of matrices with reordering: AA, BB, alpha, beta, Q, Z.

    `sort` chooses the eigenvalues that stand first: 'lhp', 'rhp', 'iuc', 'ouc', or a function of alpha and beta.
    """
    A, B = _checked(A, check_finite), _checked(B, check_finite)
    if callable(sort):
        # Nothing chosen is the order that the eigenvalues have by themselves.
        _, _, alpha, beta, _, _ = _call('scipy.linalg.ordqz', A, B, np.zeros(len(A), bool), output)
        sort = np.asarray(sort(alpha, beta), bool)
    return tuple(_call('scipy.linalg.ordqz', A, B, sort, output))


names = 'fiedler_companion matrix_balance rsf2csf cdf2rdf expm_frechet expm_cond qr_multiply qz ordqz'.split()

_linalg._quick(globals())
