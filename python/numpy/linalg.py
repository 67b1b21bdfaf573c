"""Linear algebra: `numpy.linalg` over the engine's LAPACK."""

from typing import NamedTuple

from ._core import link as _link
from ._core.creation import asanyarray as asarray
from ._core.fast import quicken as _quicken
from ._core.link import call as _call
from ._core.products import cross as _cross
from ._core.scalars import int32 as _int32
from .exceptions import LinAlgError

__all__ = ['matrix_power', 'solve', 'tensorsolve', 'tensorinv', 'inv', 'cholesky', 'eigvals', 'eigvalsh', 'pinv', 'slogdet', 'det', 'svd', 'svdvals',
           'eig', 'eigh', 'lstsq', 'norm', 'qr', 'cond', 'matrix_rank', 'LinAlgError', 'multi_dot', 'trace', 'diagonal', 'cross', 'outer', 'tensordot',
           'matmul', 'matrix_transpose', 'matrix_norm', 'vector_norm', 'vecdot']

ndarray = _link.ndarray


class EigResult(NamedTuple):
    eigenvalues: ndarray
    eigenvectors: ndarray


class EighResult(NamedTuple):
    eigenvalues: ndarray
    eigenvectors: ndarray


class QRResult(NamedTuple):
    Q: ndarray
    R: ndarray


class SlogdetResult(NamedTuple):
    sign: ndarray
    logabsdet: ndarray


class SVDResult(NamedTuple):
    U: ndarray
    S: ndarray
    Vh: ndarray


def svd(a, full_matrices=True, compute_uv=True, hermitian=False):
    """
    Singular Value Decomposition: ``a = U @ np.diag(S) @ Vh``.

    Parameters
    ----------
    a : (..., M, N) array_like
        A real or complex array with ``a.ndim >= 2``.
    full_matrices : bool, optional
        If True (default), U and Vh have the shapes (..., M, M) and (..., N, N). Otherwise (..., M, K) and (..., K, N)
        with ``K = min(M, N)``.
    compute_uv : bool, optional
        Whether or not to compute U and Vh in addition to S.
    hermitian : bool, optional
        If True, `a` is assumed to be Hermitian.

    Returns
    -------
    U, S, Vh : SVDResult
        S is in descending order.

    Raises
    ------
    LinAlgError
        If SVD computation does not converge.

    Examples
    --------
    >>> U, S, Vh = np.linalg.svd(np.array([[3., 0.], [0., 4.]]))
    >>> S
    array([4., 3.])
    """
    a = asarray(a)
    made = _call('linalg.svd', a, full_matrices=bool(full_matrices), compute_uv=bool(compute_uv), hermitian=True if hermitian else None)
    return SVDResult(*made) if compute_uv else made


def svdvals(x, /):
    """
    Returns the singular values of a matrix (or a stack of matrices) in descending order.

    x (..., m, n) -> (..., min(m, n)), float32 of float32 and complex64, else float64.
    """
    return _call('linalg.svdvals', asarray(x))


def eig(a):
    """
    Compute the eigenvalues and right eigenvectors of a square array.

    Returns
    -------
    EigResult with `eigenvalues` (..., M), not ordered, and `eigenvectors` (..., M, M): column ``[:, i]`` belongs to
    ``eigenvalues[i]`` and has length 1. Both are complex when some eigenvalue is.
    """
    return EigResult(*_call('linalg.eig', asarray(a)))


def eigh(a, UPLO='L'):
    """
    Return the eigenvalues (ascending) and eigenvectors of a complex Hermitian or a real symmetric matrix.

    Only the triangle that `UPLO` names is read.
    """
    UPLO = UPLO.upper()
    if UPLO not in ('L', 'U'):
        raise ValueError("UPLO argument must be 'L' or 'U'")
    return EighResult(*_call('linalg.eigh', asarray(a), UPLO))


def eigvals(a):
    """
    Compute the eigenvalues of a general matrix.

    a (..., n, n) -> (..., n), complex where one of them is: float32 and complex64 stay single, integers and bool become
    float64.
    """
    return _call('linalg.eigvals', asarray(a))


def eigvalsh(a, UPLO='L'):
    """
    Compute the eigenvalues of a complex Hermitian or real symmetric matrix, in ascending order.

    a (..., n, n) -> (..., n), float32 of float32 and complex64, else float64.
    """
    return _call('linalg.eigvalsh', asarray(a), UPLO.upper())


def qr(a, mode='reduced'):
    """
    Compute the qr factorization of a matrix: ``a = Q @ R`` with orthonormal Q and upper triangular R.

    `mode` is 'reduced' (default), 'complete', 'r' (R only) or 'raw'.
    """
    if mode == 'raw':
        h, tau = _call('linalg.qr', asarray(a), 'raw')
        return h, tau
    if mode not in ('reduced', 'complete', 'r'):
        raise ValueError(f"Unrecognized mode '{mode}'")
    made = _call('linalg.qr', asarray(a), mode)
    return made if mode == 'r' else QRResult(*made)


def cholesky(a, /, *, upper=False):
    """
    Cholesky decomposition: the lower (or upper) triangular L with ``a = L @ L.conj().T`` of a positive-definite matrix.

    a (..., n, n) -> (..., n, n); float32 and complex64 stay single, integers and bool become float64.
    """
    return _call('linalg.cholesky', asarray(a), upper=bool(upper))


def solve(a, b):
    """
    Solve a linear matrix equation ``a @ x = b``; b has one right-hand side (1-D) or one in each column.

    Raises
    ------
    LinAlgError
        If `a` is singular or not square.

    Examples
    --------
    >>> np.linalg.solve(np.array([[3, 2], [1, 4]]), np.array([7, 9]))
    array([1., 2.])
    """
    return _call('linalg.solve', asarray(a), asarray(b))


def inv(a):
    """
    Compute the inverse of a matrix. Raises LinAlgError("Singular matrix").

    a (..., n, n) -> (..., n, n); float32 and complex64 stay single, integers and bool become float64.
    """
    return _call('linalg.inv', asarray(a))


def pinv(a, rcond=None, hermitian=False, *, rtol=None):
    """
    Compute the (Moore-Penrose) pseudo-inverse of a matrix by its SVD.

    a (..., m, n) -> (..., n, m); float32 and complex64 stay single, integers and bool become float64.
    """
    return _call('linalg.pinv', asarray(a), rcond=_tolerance(rcond), hermitian=hermitian or None, rtol=_tolerance(rtol))


def _tolerance(x):
    return x if x is None or isinstance(x, (int, float)) else asarray(x)


def det(a):
    """
    Compute the determinant of an array.

    a (..., n, n) -> (...); float32 and complex64 stay single, integers and bool become float64.
    """
    return _call('linalg.det', asarray(a))


def slogdet(a):
    """
    Compute the sign and (natural) logarithm of the determinant of an array.

    a (..., n, n) -> two of (...), of which `sign` is complex where a is; float32 and complex64 stay single, integers
    and bool become float64.
    """
    return SlogdetResult(*_call('linalg.slogdet', asarray(a)))


def matrix_rank(A, tol=None, hermitian=False, *, rtol=None):
    """
    Return matrix rank of array using SVD method.

    A (..., m, n), of any dtype -> (...), int64; a vector has rank 1, or 0 where it is zero.
    """
    A = asarray(A)
    if A.ndim < 2:
        return int(bool((A != 0).any()))
    return _call('linalg.matrix_rank', asarray(A), tol=_tolerance(tol), hermitian=hermitian or None, rtol=_tolerance(rtol))


def cond(x, p=None):
    """
    Compute the condition number of a matrix: ``norm(x, p) * norm(inv(x), p)``; for None the quotient of singular values.

    x (..., m, n) -> (...), float32 of float32 and complex64, else float64.
    """
    return _call('linalg.cond', asarray(x), p)


def norm(x, ord=None, axis=None, keepdims=False):
    """
    Matrix or vector norm.

    `ord` for matrices: None or 'fro', 'nuc', inf, -inf, 1, -1, 2, -2; for vectors: inf, -inf, 0 or any p.

    Examples
    --------
    >>> np.linalg.norm([3, 4])
    np.float64(5.0)
    """
    if isinstance(ord, float) and ord == int(ord) if ord not in (None, float('inf'), float('-inf')) and isinstance(ord, float) else False:
        ord = int(ord)
    return _call('linalg.norm', asarray(x), ord=ord, axis=axis, keepdims=bool(keepdims) or None)


def vector_norm(x, /, *, axis=None, keepdims=False, ord=2):
    """
    Computes the vector norm of a vector (or batch of vectors).

    x (..., n) -> () over all elements, or (...) over `axis`; float32 of float32 and complex64, else float64.
    """
    return _call('linalg.vector_norm', asarray(x), axis=axis, keepdims=bool(keepdims) or None, ord=ord)


def matrix_norm(x, /, *, keepdims=False, ord='fro'):
    """
    Computes the matrix norm of a matrix (or a stack of matrices).

    x (..., m, n) -> (...), float32 of float32 and complex64, else float64.
    """
    return _call('linalg.matrix_norm', asarray(x), keepdims=bool(keepdims) or None, ord=ord)


def lstsq(a, b, rcond=None):
    """
    Return the least-squares solution to a linear matrix equation.

    Returns
    -------
    x, residuals, rank, s : the solution, the sums of squared residuals, the rank and the singular values of `a`.
    """
    x, residuals, rank, s = _call('linalg.lstsq', asarray(a), asarray(b), rcond)
    return x, residuals, _int32(rank), s


def matrix_power(a, n):
    """
    Raise a square matrix to the (integer) power `n`.

    a (..., n, n) -> (..., n, n), of a's dtype; of integers to negative powers float64.
    """
    try:
        n = n.__index__()
    except AttributeError:
        raise TypeError('exponent must be an integer') from None
    a = asarray(a)
    if abs(n) < 1 << 53:
        return _call('linalg.matrix_power', a, n)
    # Past the whole numbers that the engine counts with.
    base, n, made = inv(a) if n < 0 else a, abs(n), None
    while n:
        if n & 1:
            made = base if made is None else made @ base
        n >>= 1
        base = base @ base
    return made


def multi_dot(arrays, *, out=None):
    """
    Compute the dot product of two or more arrays in the order that needs the fewest multiplications.

    (m, k), (k, l), ..., (p, n) -> (m, n), less the axis that a first or last vector lacks; the dtype all promote to.
    """
    made = _call('linalg.multi_dot', [asarray(a) for a in arrays])
    if out is not None:
        out[...] = made
        return out
    return made


def trace(x, /, *, offset=0, dtype=None):
    """
    Returns the sum along the specified diagonals of a matrix (or a stack of matrices).

    x (..., m, n) -> (...); small integers and bool in int64, else x's dtype.
    """
    x = asarray(x)
    return x.trace(offset, -2, -1, dtype)


def diagonal(x, /, *, offset=0):
    """
    Returns specified diagonals of a matrix (or a stack of matrices).

    x (..., m, n) -> (..., min(m, n)) for `offset` 0, of x's dtype.
    """
    return asarray(x).diagonal(offset, -2, -1)


def outer(x1, x2, /):
    """
    Compute the outer product of two vectors.

    x1 (m,), x2 (n,) -> (m, n), of the dtype both promote to.
    """
    x1, x2 = asarray(x1), asarray(x2)
    if x1.ndim != 1 or x2.ndim != 1:
        raise ValueError(f'Input arrays must be one-dimensional, but they are x1.ndim={x1.ndim} and x2.ndim={x2.ndim}.')
    return _call('outer', x1, x2)


def cross(x1, x2, /, *, axis=-1):
    """
    Returns the cross product of 3-element vectors.

    x1 (..., 3), x2 (..., 3) -> (..., 3), of the dtype both promote to.
    """
    x1, x2 = asarray(x1), asarray(x2)
    if x1.shape[axis] != 3 or x2.shape[axis] != 3:
        raise ValueError(f'Both input arrays must be (arrays of) 3-dimensional vectors, but they are {x1.shape[axis]} and {x2.shape[axis]} dimensional instead.')
    return _cross(x1, x2, axis=axis)


def matmul(x1, x2, /):
    """
    Computes the matrix product.

    x1 (..., m, k), x2 (..., k, n) -> (..., m, n), of the dtype both promote to.
    """
    return _call('matmul', asarray(x1), asarray(x2))


def tensordot(x1, x2, /, *, axes=2):
    """
    Compute tensor dot product along specified axes.

    x1 (l, m, n), x2 (m, n, k) with 2 axes -> (l, k), of the dtype both promote to.
    """
    from ._core.products import tensordot as product

    return product(x1, x2, axes)


def vecdot(x1, x2, /, *, axis=-1):
    """
    Computes the vector dot product.

    x1 (..., n), x2 (..., n) -> (...), of the dtype both promote to.
    """
    return _call('vecdot', asarray(x1), asarray(x2), axis=axis)


def matrix_transpose(x, /):
    """
    Transposes a matrix (or a stack of matrices) x.

    x (..., m, n) -> (..., n, m), a view, of x's dtype.
    """
    from ._core.shaping import matrix_transpose as transposed

    return transposed(x)


def tensorsolve(a, b, axes=None):
    """
    Solve the tensor equation ``a x = b`` for x.

    a of shape b.shape + Q -> x of shape Q; float32 and complex64 stay single, integers and bool become float64.
    """
    a, b = asarray(a), asarray(b)
    if axes is not None:
        order = list(range(a.ndim))
        for k in axes:
            order.remove(k)
            order.insert(a.ndim, k)
        a = a.transpose(order)
    shape = a.shape[-(a.ndim - b.ndim):]
    n = 1
    for k in shape:
        n *= k
    if a.size != n**2:
        raise LinAlgError('Input arrays must satisfy the requirement             prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])')
    return solve(a.reshape(n, n), b.ravel()).reshape(shape)


def tensorinv(a, ind=2):
    """
    Compute the 'inverse' of an N-dimensional array.

    a of shape a.shape[:ind] + a.shape[ind:] -> these in the other order; float32 and complex64 stay single, integers
    and bool become float64.
    """
    a = asarray(a)
    if ind <= 0:
        raise ValueError('Invalid ind argument.')
    shape = a.shape[ind:] + a.shape[:ind]
    n = 1
    for k in a.shape[ind:]:
        n *= k
    return inv(a.reshape(n, -1)).reshape(shape)

for _name in ('norm solve inv pinv det cond matrix_rank matrix_power eigvals eigvalsh cholesky lstsq outer cross trace diagonal matrix_norm vector_norm matrix_transpose '
              'matmul vecdot multi_dot svdvals').split():
    _quicken(globals(), _name, 'linalg.', __name__)
for _name, _record in (('svd', SVDResult), ('eig', EigResult), ('eigh', EighResult), ('qr', QRResult), ('slogdet', SlogdetResult)):
    _quicken(globals(), _name, 'linalg.', __name__, _record)
