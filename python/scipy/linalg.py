"""Linear algebra of SciPy: `scipy.linalg` over the engine's LAPACK."""

from numpy._core import link as _link
from numpy._core.creation import asarray as _asarray
from numpy._core.creation import asarray_chkfinite as _finite
from numpy._core.fast import quicken as _quicken
from numpy._core.link import call as _call
from numpy._core.link import call_array as _call_array
from numpy._core.link import engine as _engine
from numpy.exceptions import LinAlgError


class LinAlgWarning(RuntimeWarning):
    """Something about the matrix makes the result doubtful."""


def _doubt(words):
    """Told by the engine of a result that is given all the same."""
    _link.warn(words, LinAlgWarning)


_engine.fastAttach(f'doubt {id(_doubt)}')


def _checked(a, check_finite):
    return _finite(a) if check_finite else _asarray(a)


def _tuple(made):
    return tuple(made) if isinstance(made, list) else made


def inv(a, overwrite_a=False, check_finite=True, *, assume_a=None, lower=False):
    """
    Compute the inverse of a matrix. Raises LinAlgError if it is singular.

    a (..., n, n) -> (..., n, n); float32 and complex64 stay single, integers become floats.
    """
    try:
        return _call('scipy.linalg.inv', _checked(a, check_finite), assume_a=assume_a, lower=bool(lower) or None)
    except ValueError as error:
        if str(error).endswith('is not a recognized matrix structure'):
            raise KeyError(assume_a) from None
        raise


def det(a, overwrite_a=False, check_finite=True):
    """
    Compute the determinant of a matrix.

    a (..., n, n) -> (...), float64 also of float32, complex128 of complex dtypes.
    """
    return _call('scipy.linalg.det', _checked(a, check_finite))


def solve(a, b, lower=False, overwrite_a=False, overwrite_b=False, check_finite=True, assume_a=None, transposed=False):
    """
    Solve the equation ``a @ x = b`` for `x`, where `a` is a square matrix.

    a (..., n, n), b (n,) or (..., n, k) -> x of b's shape; float32 and complex64 stay single, integers become floats.
    """
    a, b = _checked(a, check_finite), _checked(b, check_finite)
    if transposed and 'c' in (a.dtype.kind, b.dtype.kind):
        raise NotImplementedError('scipy.linalg.solve can currently not solve a^T x = b or a^H x = b for complex matrices.')
    return _call('scipy.linalg.solve', a, b, lower=bool(lower), assume_a=assume_a, transposed=bool(transposed))


def lstsq(a, b, cond=None, overwrite_a=False, overwrite_b=False, check_finite=True, lapack_driver=None):
    """
    Compute least-squares solution to the equation ``a @ x = b``: x, residues, rank, s.

    a (..., m, n), b (m,) or (..., m, k) -> x (n,) or (..., n, k), residues (..., k), rank, s (..., min(m, n)); float32
    and complex64 stay single, integers become floats.
    """
    return _tuple(_call('scipy.linalg.lstsq', _checked(a, check_finite), _checked(b, check_finite), cond, lapack_driver=lapack_driver))


def pinv(a, *, atol=None, rtol=None, return_rank=False, check_finite=True):
    """
    Compute the (Moore-Penrose) pseudo-inverse of a matrix.

    a (..., m, n) -> (..., n, m); float32 and complex64 stay single, integers become floats.
    """
    return _tuple(_call('scipy.linalg.pinv', _checked(a, check_finite), atol=atol, rtol=rtol, return_rank=return_rank or None))


def pinvh(a, atol=None, rtol=None, lower=True, return_rank=False, check_finite=True):
    """
    Compute the pseudo-inverse of a Hermitian matrix.

    a (..., n, n) -> (..., n, n); float32 and complex64 stay single, integers become floats.
    """
    return _tuple(_call('scipy.linalg.pinvh', _checked(a, check_finite), atol=atol, rtol=rtol, lower=lower, return_rank=return_rank or None))


def norm(a, ord=None, axis=None, keepdims=False, check_finite=True):
    """
    Matrix or vector norm.

    a (n,) or (m, n), or more axes with `axis` -> a number, or one for each place of the other axes; real.
    """
    a = _checked(a, check_finite)
    made = _call('scipy.linalg.norm', a, ord=ord, axis=axis, keepdims=keepdims or None)
    # What BLAS and LAPACK compute there are Python floats.
    plain = a.dtype.kind in 'fc' and axis is None and not keepdims and ord in ((None, 2) if a.ndim == 1 else (1, float('inf')))
    return float(made) if plain else made


def svd(a, full_matrices=True, compute_uv=True, overwrite_a=False, check_finite=True, lapack_driver='gesdd'):
    """
    Singular Value Decomposition: ``a = U @ S @ Vh``.

    a (..., m, n) -> U (..., m, m), s (..., min(m, n)), Vh (..., n, n), or of a shape that fits without `full_matrices`;
    s is real. float32 and complex64 stay single, integers become floats.
    """
    _require_driver(lapack_driver)
    return _tuple(_call('scipy.linalg.svd', _checked(a, check_finite), full_matrices=bool(full_matrices), compute_uv=bool(compute_uv)))


def _require_driver(name):
    if not isinstance(name, str):
        raise TypeError('lapack_driver must be a string')
    if name not in ('gesdd', 'gesvd'):
        raise ValueError(f'lapack_driver must be "gesdd" or "gesvd", not "{name}"')


def svdvals(a, overwrite_a=False, check_finite=True):
    """
    Compute singular values of a matrix.

    a (..., m, n) -> (..., min(m, n)), real and descending.
    """
    return _call('scipy.linalg.svdvals', _checked(a, check_finite))


def diagsvd(s, M, N):
    """
    Construct the sigma matrix in SVD from singular values and size M, N.

    s (min(M, N),) -> (M, N), of s's dtype.
    """
    return _call_array('scipy.linalg.diagsvd', _asarray(s), M, N)


def eig(a, b=None, left=False, right=True, overwrite_a=False, overwrite_b=False, check_finite=True, homogeneous_eigvals=False):
    """
    Solve an ordinary or generalized eigenvalue problem of a square matrix.

    a (..., n, n), b alike -> w (..., n) complex, vectors (..., n, n) in columns.
    """
    return _tuple(_call('scipy.linalg.eig', _checked(a, check_finite), None if b is None else _checked(b, check_finite), bool(left), bool(right), homogeneous_eigvals=bool(homogeneous_eigvals)))


def eigvals(a, b=None, overwrite_a=False, check_finite=True, homogeneous_eigvals=False):
    """
    Compute eigenvalues from an ordinary or generalized eigenvalue problem.

    a (..., n, n), b alike -> (..., n), complex.
    """
    rest = () if b is None else (_checked(b, check_finite),)
    return _call('scipy.linalg.eigvals', _checked(a, check_finite), *rest, homogeneous_eigvals=bool(homogeneous_eigvals))


def eigh(a, b=None, *, lower=True, eigvals_only=False, overwrite_a=False, overwrite_b=False, type=1, check_finite=True,
         subset_by_index=None, subset_by_value=None, driver=None):
    """
    Solve a standard or generalized eigenvalue problem for a complex Hermitian or real symmetric matrix.

    a (..., n, n), b alike -> w (..., n) real and ascending, v (..., n, n) in columns; float32 and complex64 stay
    single, integers become floats.
    """
    options = {'lower': None if lower else False, 'eigvals_only': eigvals_only or None, 'type': None if type == 1 else type,
               'subset_by_index': subset_by_index, 'subset_by_value': subset_by_value, 'driver': driver}
    return _tuple(_call('scipy.linalg.eigh', _checked(a, check_finite), None if b is None else _checked(b, check_finite), **options))


def eigvalsh(a, b=None, *, lower=True, overwrite_a=False, overwrite_b=False, type=1, check_finite=True, subset_by_index=None,
             subset_by_value=None, driver=None):
    """
    Compute eigenvalues of a complex Hermitian or real symmetric matrix.

    a (..., n, n), b alike -> (..., n), real and ascending.
    """
    if b is None and subset_by_index is None and subset_by_value is None and driver is None:
        from numpy.linalg import eigvalsh as plain

        return plain(_checked(a, check_finite), 'L' if lower else 'U')
    return _call('scipy.linalg.eigvalsh', _checked(a, check_finite), None if b is None else _checked(b, check_finite),
                 lower=None if lower else False, type=None if type == 1 else type, driver=driver, subset_by_index=subset_by_index, subset_by_value=subset_by_value)


def lu(a, permute_l=False, overwrite_a=False, check_finite=True, p_indices=False):
    """
    Compute LU decomposition of a matrix with partial pivoting: ``A = P @ L @ U``.

    Examples
    --------
    >>> P, L, U = scipy.linalg.lu([[2., 1.], [4., 3.]])
    >>> U
    array([[ 4. ,  3. ],
           [ 0. , -0.5]])
    """
    return _tuple(_call('scipy.linalg.lu', _checked(a, check_finite), bool(permute_l), p_indices=bool(p_indices)))


def lu_factor(a, overwrite_a=False, check_finite=True):
    """
    Compute pivoted LU decomposition of a matrix: (lu, piv) for `lu_solve`.

    a (..., m, n) -> lu (..., m, n), piv (..., min(m, n)) int32; float32 and complex64 stay single, integers become
    floats.
    """
    return _tuple(_call('scipy.linalg.lu_factor', _checked(a, check_finite)))


def lu_solve(lu_and_piv, b, trans=0, overwrite_b=False, check_finite=True):
    """
    Solve an equation system, a x = b, given the LU factorization of a.

    lu (..., n, n), piv (..., n), b (n,) or (..., n, k) -> x of b's shape; float32 and complex64 stay single, integers
    become floats.
    """
    lu_, piv = lu_and_piv
    return _call_array('scipy.linalg.lu_solve', [_asarray(lu_), _asarray(piv)], _checked(b, check_finite), trans)


def cholesky(a, lower=False, overwrite_a=False, check_finite=True):
    """
    Compute the Cholesky decomposition of a matrix: upper triangular unless `lower`.

    a (..., n, n) -> (..., n, n); float32 and complex64 stay single, integers become floats.
    """
    from numpy.linalg import cholesky as plain

    a = _checked(a, check_finite)
    if a.ndim == 2 and a.shape[0] != a.shape[1]:
        raise ValueError(f'Input array is expected to be square but has the shape: {a.shape}.')
    try:
        return plain(a, upper=not lower)
    except LinAlgError:
        for k in range(1, a.shape[-1] + 1):
            try:
                plain(a[:k, :k])
            except LinAlgError:
                raise LinAlgError(f'{k}-th leading minor of the array is not positive definite') from None
        raise


def cho_factor(a, lower=False, overwrite_a=False, check_finite=True):
    """
    Compute the Cholesky decomposition of a matrix, to use in `cho_solve`.

    a (..., n, n) -> (c (..., n, n), lower); the other triangle of c means nothing. float32 and complex64 stay single,
    integers become floats.
    """
    return tuple(_call('scipy.linalg.cho_factor', _checked(a, check_finite), bool(lower)))


def cho_solve(c_and_lower, b, overwrite_b=False, check_finite=True):
    """
    Solve the linear equations A x = b, given the Cholesky factorization of A.

    c (..., n, n), b (n,) or (..., n, k) -> x of b's shape; float32 and complex64 stay single, integers become floats.
    """
    c, lower = c_and_lower
    return _call_array('scipy.linalg.cho_solve', [_asarray(c), bool(lower)], _checked(b, check_finite))


def solve_triangular(a, b, trans=0, lower=False, unit_diagonal=False, overwrite_b=False, check_finite=True):
    """
    Solve the equation ``a @ x = b`` for `x`, where a is a triangular matrix.

    a (..., n, n), b (n,) or (..., n, k) -> x of b's shape; float32 and complex64 stay single, integers become floats.
    """
    return _call('scipy.linalg.solve_triangular', _checked(a, check_finite), _checked(b, check_finite), trans=trans or None, lower=bool(lower), unit_diagonal=bool(unit_diagonal))


def qr(a, overwrite_a=False, lwork=None, mode='full', pivoting=False, check_finite=True):
    """
    Compute QR decomposition of a matrix; `mode` is 'full', 'r' or 'economic'.

    a (..., m, n) -> Q (..., m, m), R (..., m, n), 'economic' Q (..., m, k), R (..., k, n), k = min(m, n); P (..., n)
    with `pivoting`. float32 and complex64 stay single, integers become floats.
    """
    a = _checked(a, check_finite)
    if pivoting:
        return _tuple(_call('scipy.linalg.qr', a, mode=mode, pivoting=True))
    from numpy.linalg import qr as plain

    if mode == 'raw':
        from numpy import triu

        h, tau = plain(a, 'raw')
        h = h.swapaxes(-1, -2)
        return (h, tau), triu(h[..., :min(h.shape[-2:]), :] if h.shape[-2] > h.shape[-1] else h)
    modes = {'full': 'complete', 'economic': 'reduced', 'r': 'r'}
    if mode not in modes:
        raise ValueError("Mode argument should be one of ['full', 'r', 'economic', 'raw']")
    if mode == 'r':
        return (plain(a, 'complete').R,)
    return tuple(plain(a, modes[mode]))


def schur(a, output='real', lwork=None, overwrite_a=False, sort=None, check_finite=True):
    """
    Compute Schur decomposition of a matrix: ``A = Z T Z^H``.

    `sort` chooses the eigenvalues that stand first: 'lhp', 'rhp', 'iuc', 'ouc', or a function of an eigenvalue, of its real
    and imaginary part where the result is real.
    """
    a = _checked(a, check_finite)
    if callable(sort):
        values = _schur_eigenvalues(_call('scipy.linalg.schur', a, output)[0])
        real = a.dtype.kind != 'c' and not str(output).startswith('c')
        sort = _asarray([bool(sort(w.real, w.imag) if real else sort(w)) for w in values], bool)
    return _tuple(_call('scipy.linalg.schur', a, output, sort=sort))


def _schur_eigenvalues(t):
    found, n, k = [], len(t), 0
    while k < n:
        if t.dtype.kind != 'c' and k + 1 < n and t[k + 1, k] != 0:
            im = abs(t[k, k + 1])**0.5 * abs(t[k + 1, k])**0.5
            found += [complex(t[k, k], im), complex(t[k + 1, k + 1], -im)]
            k += 2
        else:
            found.append(complex(t[k, k]))
            k += 1
    return found


def hessenberg(a, calc_q=False, overwrite_a=False, check_finite=True):
    """
    Compute Hessenberg form of a matrix: ``A = Q H Q^H``.

    a (..., n, n) -> H (..., n, n), and Q alike with `calc_q`; float32 and complex64 stay single, integers become
    floats.
    """
    return _tuple(_call('scipy.linalg.hessenberg', _checked(a, check_finite), bool(calc_q)))


def ldl(A, lower=True, hermitian=True, overwrite_a=False, check_finite=True):
    """
    Computes the LDLt or Bunch-Kaufman factorization of a symmetric/hermitian matrix.

    A (..., n, n) -> lu (..., n, n), d (..., n, n) block diagonal, perm (..., n); float32 and complex64 stay single,
    integers become floats.
    """
    return _tuple(_call('scipy.linalg.ldl', _checked(A, check_finite), bool(lower), bool(hermitian)))


def polar(a, side='right'):
    """
    Compute the polar decomposition: u is unitary, p is positive semidefinite.

    a (..., m, n) -> u (..., m, n), p (..., n, n), for `side` 'left' (..., m, m); float32 and complex64 stay single,
    integers become floats.
    """
    return tuple(_call('scipy.linalg.polar', _asarray(a), side))


def expm(A):
    """
    Compute the matrix exponential of an array.

    A (..., n, n) -> (..., n, n); float32 and complex64 stay single, integers become floats.
    """
    return _call('scipy.linalg.expm', _asarray(A))


def _outdated(*given):
    for name, value in given:
        if value is not None:
            _link.warn(f'The `{name}` argument is deprecated and will be removed in SciPy 1.18.0.', DeprecationWarning)


def sqrtm(A, disp=None, blocksize=None):
    """Compute, if exists, the matrix square root; with ``disp=False`` also the square of its relative error in Frobenius' norm."""
    A = _asarray(A)
    _outdated(('disp', disp), ('blocksize', blocksize))
    X = _call('scipy.linalg.sqrtm', A)
    return X if disp in (None, True) else (X, norm(X @ X - A, 'fro')**2 / norm(A, 'fro'))


def logm(A, disp=None):
    """Compute matrix logarithm, the inverse of expm; with ``disp=False`` also its relative error in the norm of columns."""
    A = _asarray(A)
    _outdated(('disp', disp),)
    F = _call('scipy.linalg.logm', A)
    return F if disp in (None, True) else (F, norm(expm(F) - A, 1) / norm(A, 1))


def null_space(A, rcond=None, *, overwrite_a=False, check_finite=True, lapack_driver='gesdd'):
    """
    Construct an orthonormal basis for the null space of A using SVD.

    A (..., m, n) -> (..., n, n - r), r the rank; float32 and complex64 stay single, integers become floats.
    """
    _require_driver(lapack_driver)
    return _call_array('scipy.linalg.null_space', _checked(A, check_finite), rcond)


def orth(A, rcond=None):
    """
    Construct an orthonormal basis for the range of A using SVD.

    A (..., m, n) -> (..., m, r), r the rank; float32 and complex64 stay single, integers become floats.
    """
    return _call_array('scipy.linalg.orth', _asarray(A), rcond)


def hilbert(n):
    """
    Create a Hilbert matrix of order `n`.

    (n, n), float64.
    """
    return _call_array('scipy.linalg.hilbert', n)


def _whole_numbers(rows):
    """A matrix of Python's integers, of any size."""
    from numpy import array

    return array(rows, dtype=object)


def invhilbert(n, exact=False):
    """Compute the inverse of the Hilbert matrix of order `n`: float64, or with `exact` integers of any size."""
    if exact and n > 14:
        from math import comb

        return _whole_numbers([[(-1)**(i + j) * (i + j + 1) * comb(n + i, n - j - 1) * comb(n + j, n - i - 1) * comb(i + j, i)**2
                                for j in range(n)] for i in range(n)])
    return _call_array('scipy.linalg.invhilbert', n, exact=bool(exact))


def pascal(n, kind='symmetric', exact=True):
    """Returns the n x n Pascal matrix: of integers, of any size from n = 35 on, or without `exact` float64."""
    if exact and n >= 35 and kind in ('symmetric', 'lower', 'upper'):
        from math import comb

        of = {'symmetric': lambda i, j: comb(i + j, i), 'lower': comb, 'upper': lambda i, j: comb(j, i)}[kind]
        return _whole_numbers([[of(i, j) for j in range(n)] for i in range(n)])
    return _call_array('scipy.linalg.pascal', n, kind, exact=bool(exact))


def invpascal(n, kind='symmetric', exact=True):
    """Returns the inverse of the n x n Pascal matrix: of integers, of any size from n = 35 on, or without `exact` float64."""
    if exact and n > 34 and kind in ('symmetric', 'lower', 'upper'):
        from math import comb

        of = {'symmetric': lambda i, j: sum(comb(k, i) * comb(k, j) for k in range(max(i, j), n)), 'lower': comb,
              'upper': lambda i, j: comb(j, i)}[kind]
        return _whole_numbers([[(-1)**(i + j) * of(i, j) for j in range(n)] for i in range(n)])
    return _call_array('scipy.linalg.invpascal', n, kind, exact=bool(exact))


def hadamard(n, dtype=int):
    """
    Construct an Hadamard matrix.

    (n, n), of `dtype`.
    """
    made = _call_array('scipy.linalg.hadamard', n)
    if dtype is int:
        return made
    from numpy import ones, where

    one = ones((), dtype)
    return where(made > 0, one, -one)


def toeplitz(c, r=None):
    """
    Construct a Toeplitz matrix.

    c (..., m), r (..., n) -> (..., m, n), of the dtype both promote to.
    """
    return _call_array('scipy.linalg.toeplitz', _asarray(c), *(() if r is None else (_asarray(r),)))


def hankel(c, r=None):
    """
    Construct a Hankel matrix.

    c (..., m), r (..., n) -> (..., m, n), of the dtype both promote to.
    """
    return _call_array('scipy.linalg.hankel', _asarray(c), *(() if r is None else (_asarray(r),)))


def circulant(c):
    """
    Construct a circulant matrix.

    c (..., n) -> (..., n, n), of c's dtype.
    """
    return _call_array('scipy.linalg.circulant', _asarray(c))


def companion(a):
    """
    Create a companion matrix.

    a (..., n + 1), the highest power first -> (..., n, n); float32 and complex64 stay single, integers become float64.
    """
    return _call_array('scipy.linalg.companion', _asarray(a))


def block_diag(*arrs):
    """
    Create a block diagonal array from provided arrays.

    (k, l) and (m, n) -> (k + m, l + n); the dtype all promote to.
    """
    return _call_array('scipy.linalg.block_diag', *(_asarray(a) for a in arrs))


def fiedler(a):
    """
    Returns a symmetric Fiedler matrix.

    a (..., n) -> (..., n, n): the differences |a[i] - a[j]|.
    """
    return _call_array('scipy.linalg.fiedler', _asarray(a))


def helmert(n, full=False):
    """
    Create an Helmert matrix of order `n`.

    (n - 1, n), or (n, n) with `full`; float64.
    """
    return _call_array('scipy.linalg.helmert', n, bool(full))


def dft(n, scale=None):
    """
    Discrete Fourier transform matrix.

    (n, n), complex128.
    """
    return _call_array('scipy.linalg.dft', n, scale)


def leslie(f, s):
    """
    Create a Leslie matrix.

    f (..., n), s (..., n - 1) -> (..., n, n), of the dtype both promote to.
    """
    return _call_array('scipy.linalg.leslie', _asarray(f), _asarray(s))


def convolution_matrix(a, n, mode='full'):
    """
    Construct a convolution matrix.

    a (..., m) -> (..., m + n - 1, n) for 'full'; of a's dtype.
    """
    return _call_array('scipy.linalg.convolution_matrix', _asarray(a), n, mode)


def issymmetric(a, atol=None, rtol=None):
    """
    Check if a square 2D array is symmetric.

    a (n, n), of any dtype -> bool; exactly, or within the tolerances.
    """
    return bool(_call('scipy.linalg.issymmetric', _asarray(a), atol, rtol))


def ishermitian(a, atol=None, rtol=None):
    """
    Check if a square 2D array is Hermitian.

    a (n, n), of any dtype -> bool; exactly, or within the tolerances.
    """
    return bool(_call('scipy.linalg.ishermitian', _asarray(a), atol, rtol))


def subspace_angles(A, B):
    """
    Compute the subspace angles between two matrices, in descending order.

    A (n, k), B (n, l) -> (min(k, l),), in radians; float32 of float32 and complex64, else float64.
    """
    return _call_array('scipy.linalg.subspace_angles', _asarray(A), _asarray(B))


_more = ('_equations', '_functions', '_bands', '_forms')


def __getattr__(name):
    import importlib

    if not name.startswith('_'):
        for place in _more:
            module = importlib.import_module(f'scipy.{place}')
            if name in module.names:
                globals()[name] = getattr(module, name)
                return globals()[name]
    raise AttributeError(f"module 'scipy.linalg' has no attribute '{name}' here: it has " + ', '.join(__dir__()))


def __dir__():
    import importlib

    named = [name for place in _more for name in importlib.import_module(f'scipy.{place}').names]
    return sorted({*(n for n in globals() if not n.startswith('_')), *named})


_ = _link


def bandwidth(a):
    """
    Lower and upper bandwidth of a matrix: how many diagonals below and above the main one are not zero.

    a (m, n), of any dtype -> (lower, upper).
    """
    return tuple(_call('scipy.linalg.bandwidth', _asarray(a)))


def khatri_rao(a, b):
    """
    Khatri-Rao product: the Kronecker products of corresponding columns.

    a (m, n), b (k, n) -> (m k, n), of the dtype both promote to.
    """
    return _call_array('scipy.linalg.khatri_rao', _asarray(a), _asarray(b))


def _quick(space):
    """Gives the functions of a module that the engine knows by their names their quickest form."""
    for name in _engine.names().split():
        own = name.removeprefix('scipy.linalg.')
        if own != name and own in space:
            _quicken(space, own, 'scipy.linalg.', __name__)


_quick(globals())
