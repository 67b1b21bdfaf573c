"""Solvers and eigenvalues of sparse matrices: `scipy.sparse.linalg`."""

from numpy._core import link as _link
from numpy._core.creation import asarray as _asarray
from numpy.exceptions import LinAlgError

from .. import _given, _operand, sparray_base
from . import _operators
from ._operators import LinearOperator, aslinearoperator  # noqa: F401


class ArpackError(RuntimeError):
    """The eigenvalue iteration failed."""


class ArpackNoConvergence(ArpackError):
    """The eigenvalue iteration did not converge."""


class MatrixRankWarning(UserWarning):
    """The matrix is singular."""


def _dense(x):
    return x._o if isinstance(x, sparray_base) else _asarray(x)


def _matrix(A):
    if isinstance(A, LinearOperator):
        return _operators.dense(A)
    A = A.tocsr() if hasattr(type(A), 'todok') and not isinstance(A, sparray_base) else A
    return A._o if isinstance(A, sparray_base) else A if isinstance(A, _link.Handle) else _asarray(A)


def _call(name, *args, **kwargs):
    return _given(_link.call(f'scipy.sparse.linalg.{name}', *args, **{k: v for k, v in kwargs.items() if v is not None}))


def spsolve(A, b, permc_spec=None, use_umfpack=True):
    """Solve the sparse linear system Ax=b, where b may be a vector or a matrix."""
    made = _call('spsolve', _matrix(A), _dense(b))
    if isinstance(made, _link.ndarray) and made.size and bool((made != made).all()):
        _link.warn('Matrix is exactly singular', MatrixRankWarning)
    return made


def spsolve_triangular(A, b, lower=True, overwrite_A=False, overwrite_b=False, unit_diagonal=False):
    """Solve the equation ``A x = b`` for `x`, assuming A is a triangular matrix."""
    return _call('spsolve_triangular', _matrix(A), _dense(b), lower=lower, unit_diagonal=unit_diagonal or None)


class SuperLU:
    """LU decomposition of a sparse matrix: `solve`, `L`, `U`, `perm_r`, `perm_c`."""

    def __init__(self, handle):
        self._o = handle

    def solve(self, rhs, trans='N'):
        """Solves linear system of equations with one or several right-hand sides."""
        return _link.method(self._o, 'solve', _asarray(rhs), trans)

    def _get(self, name):
        return _given(_link.result(_link.invoke(_link.engine.attribute, self._o._h, name)))

    L = property(lambda self: self._get('L'), doc='Lower triangular factor.')
    U = property(lambda self: self._get('U'), doc='Upper triangular factor.')
    perm_r = property(lambda self: self._get('perm_r'), doc='Row permutations.')
    perm_c = property(lambda self: self._get('perm_c'), doc='Column permutations.')
    shape = property(lambda self: tuple(self._get('shape')), doc='Shape of the original matrix.')
    nnz = property(lambda self: self._get('nnz'), doc='Number of nonzero elements in the factors.')


def splu(A, permc_spec=None, diag_pivot_thresh=None, relax=None, panel_size=None, options=None):
    """Compute the LU decomposition of a sparse, square matrix."""
    return SuperLU(_call('splu', _matrix(A), permc_spec=permc_spec, diag_pivot_thresh=diag_pivot_thresh))


def spilu(A, drop_tol=None, fill_factor=None, drop_rule=None, permc_spec=None, diag_pivot_thresh=None, relax=None, panel_size=None, options=None):
    """Compute an incomplete LU decomposition for a sparse, square matrix."""
    return SuperLU(_call('spilu', _matrix(A), drop_tol=drop_tol, fill_factor=fill_factor))


def factorized(A):
    """Return a function for solving a sparse linear system, with A pre-factorized."""
    return splu(A).solve


def inv(A):
    """Compute the inverse of a sparse matrix."""
    return _call('inv', _matrix(A))


def norm(x, ord=None, axis=None):
    """Norm of a sparse matrix."""
    return _call('norm', _matrix(x), ord, axis)


def matrix_power(A, power):
    """Raise a square matrix to the integer power, `power`."""
    return _call('matrix_power', _matrix(A), power)


def _preconditioner(M):
    return M if M is None or isinstance(M, LinearOperator) else _matrix(M)


def _solver(name, A, b, x0, callback, **options):
    if name in _operators.solvers and (callback is not None or isinstance(A, LinearOperator) or isinstance(options.get('M'), LinearOperator)):
        given = {key: value for key, value in options.items() if value is not None}
        return _operators.solvers[name](A, b, x0, callback=callback, **given)
    if callback is not None:
        x, info = _stepwise(name, A, b, x0, callback, options)
        return x, info
    made = _call(name, _matrix(A), _dense(b), x0=None if x0 is None else _asarray(x0), **options)
    return tuple(made)


def _stepwise(name, A, b, x0, callback, options):
    """A solver that tells of every step: the iteration is begun again with one step more each time."""
    limit = options.pop('maxiter', None) or 10 * _asarray(b).size
    x = x0
    for k in range(1, limit + 1):
        x, info = _call(name, _matrix(A), _dense(b), x0=None if x0 is None else _asarray(x0), **options, maxiter=k)
        # QMR finds that the step before was the last one.
        if name != 'qmr' or info != 0:
            callback(x)
        if info <= 0:
            return x, info
    return x, limit


def cg(A, b, x0=None, *, rtol=1e-05, atol=0.0, maxiter=None, M=None, callback=None):
    """Solve ``Ax = b`` with the Conjugate Gradient method, for a symmetric, positive-definite `A`: x, info (0 when it converged)."""
    return _solver('cg', A, b, x0, callback, rtol=rtol, atol=atol, maxiter=maxiter, M=_preconditioner(M))


def bicgstab(A, b, x0=None, *, rtol=1e-05, atol=0.0, maxiter=None, M=None, callback=None):
    """Solve ``Ax = b`` with the BIConjugate Gradient STABilized method."""
    return _solver('bicgstab', A, b, x0, callback, rtol=rtol, atol=atol, maxiter=maxiter, M=_preconditioner(M))


def gmres(A, b, x0=None, *, rtol=1e-05, atol=0.0, restart=None, maxiter=None, M=None, callback=None, callback_type=None):
    """Solve ``Ax = b`` with the Generalized Minimal RESidual method."""
    if callback_type not in (None, 'x', 'pr_norm', 'legacy'):
        raise ValueError(f'Unknown callback_type: {callback_type!r}')
    if callback is not None and callback_type is None:
        _link.warn('scipy.sparse.linalg.gmres called without specifying `callback_type`. The default value will be changed in a future release. For compatibility, specify a value for '
                   "`callback_type` explicitly, e.g., ``gmres(..., callback_type='pr_norm')``, or to retain the old behavior ``gmres(..., callback_type='legacy')``", DeprecationWarning)
    return _solver('gmres', A, b, x0, callback, rtol=rtol, atol=atol, restart=restart, maxiter=maxiter, M=_preconditioner(M), **({} if callback is None else {'callback_type': callback_type}))


def minres(A, b, x0=None, *, rtol=1e-05, shift=0.0, maxiter=None, M=None, callback=None, show=False, check=False):
    """Solve ``Ax = b`` with the MINimum RESidual method, for a symmetric `A`."""
    return _solver('minres', A, b, x0, callback, rtol=rtol, shift=shift, maxiter=maxiter, M=None if M is None else _matrix(M))


def _partial(name, A, k, options):
    return _call(name, _matrix(A), k, **options)


def eigsh(A, k=6, M=None, sigma=None, which='LM', v0=None, ncv=None, maxiter=None, tol=0, return_eigenvectors=True, Minv=None, OPinv=None, mode='normal', rng=None):
    """Find k eigenvalues and eigenvectors of the real symmetric square matrix A: those of largest magnitude unless `which` says otherwise."""
    return _partial('eigsh', A, k, {'M': None if M is None else _matrix(M), 'sigma': sigma, 'which': which, 'v0': None if v0 is None else _asarray(v0), 'ncv': ncv, 'maxiter': maxiter, 'tol': tol or None,
                                    'return_eigenvectors': return_eigenvectors})


def eigs(A, k=6, M=None, sigma=None, which='LM', v0=None, ncv=None, maxiter=None, tol=0, return_eigenvectors=True, Minv=None, OPinv=None, OPpart=None, rng=None):
    """Find k eigenvalues and eigenvectors of the square matrix A."""
    return _partial('eigs', A, k, {'M': None if M is None else _matrix(M), 'sigma': sigma, 'which': which, 'v0': None if v0 is None else _asarray(v0), 'ncv': ncv, 'maxiter': maxiter, 'tol': tol or None,
                                   'return_eigenvectors': return_eigenvectors})


def svds(A, k=6, ncv=None, tol=0, which='LM', v0=None, maxiter=None, return_singular_vectors=True, solver='arpack', rng=None, options=None, *, random_state=None):
    """Partial singular value decomposition of a sparse matrix: u, s, vt."""
    return _partial('svds', A, k, {'ncv': ncv, 'tol': tol or None, 'which': which, 'v0': None if v0 is None else _asarray(v0), 'maxiter': maxiter, 'return_singular_vectors': return_singular_vectors,
                                   'solver': str(solver)})


_ = (LinAlgError, _operand)


def cgs(A, b, x0=None, *, rtol=1e-05, atol=0.0, maxiter=None, M=None, callback=None):
    """Solve ``Ax = b`` with the Conjugate Gradient Squared method."""
    return _solver('cgs', A, b, x0, callback, rtol=rtol, atol=atol, maxiter=maxiter, M=None if M is None else _matrix(M))


def bicg(A, b, x0=None, *, rtol=1e-05, atol=0.0, maxiter=None, M=None, callback=None):
    """Solve ``Ax = b`` with the BIConjugate Gradient method."""
    return _solver('bicg', A, b, x0, callback, rtol=rtol, atol=atol, maxiter=maxiter, M=None if M is None else _matrix(M))


def expm_multiply(A, B, start=None, stop=None, num=None, endpoint=None, traceA=None):
    """Compute the action of the matrix exponential of A on B."""
    return _call('expm_multiply', _matrix(A), _dense(B), start=start, stop=stop, num=num, endpoint=endpoint, traceA=traceA)


def expm(A):
    """Compute the matrix exponential using Pade approximation: sparse for sparse A."""
    return _call('expm', _matrix(A))


def onenormest(A, t=2, itmax=5, compute_v=False, compute_w=False):
    """Compute a lower bound of the 1-norm of a sparse array."""
    made = _call('onenormest', _matrix(A), t, itmax, compute_v, compute_w)
    from numpy import float64

    return (float64(made[0]), *made[1:]) if compute_v or compute_w else float64(made)


def spbandwidth(A):
    """Return the lower and upper bandwidth of a 2D numeric array."""
    return tuple(_call('spbandwidth', _matrix(A)))


def is_sptriangular(A):
    """Returns 2-tuple indicating lower/upper triangular structure for sparse ``A``."""
    return tuple(_call('is_sptriangular', _matrix(A)))


def lobpcg(A, X, B=None, M=None, Y=None, tol=None, maxiter=None, largest=True, verbosityLevel=0, retLambdaHistory=False, retResidualNormsHistory=False, restartControl=20):
    """Locally Optimal Block Preconditioned Conjugate Gradient Method (LOBPCG): the extreme eigenvalues w and vectors v."""
    X = _asarray(X)
    A, B, M = (_operators.of_function(f, X) for f in (A, B, M))
    return tuple(_call('lobpcg', _matrix(A), X, B=None if B is None else _matrix(B), M=None if M is None else _matrix(M), Y=None if Y is None else _asarray(Y),
                       tol=tol, maxiter=maxiter, largest=largest, retLambdaHistory=retLambdaHistory or None, retResidualNormsHistory=retResidualNormsHistory or None))


def lsmr(A, b, damp=0.0, atol=1e-06, btol=1e-06, conlim=100000000.0, maxiter=None, show=False, x0=None):
    """Iterative solver for least-squares problems: x, istop, itn, normr, normar, norma, conda, normx."""
    return tuple(_call('lsmr', _matrix(A), _dense(b), damp=damp, atol=atol, btol=btol, conlim=conlim, maxiter=maxiter, x0=None if x0 is None else _asarray(x0)))


def lsqr(A, b, damp=0.0, atol=1e-06, btol=1e-06, conlim=100000000.0, iter_lim=None, show=False, calc_var=False, x0=None):
    """Find the least-squares solution to a large, sparse, linear system of equations."""
    return tuple(_call('lsqr', _matrix(A), _dense(b), damp=damp, atol=atol, btol=btol, conlim=conlim, iter_lim=iter_lim, calc_var=calc_var or None, x0=None if x0 is None else _asarray(x0)))


def _matrix_or_none(M):
    return None if M is None else _matrix(M)


def qmr(A, b, x0=None, *, rtol=1e-05, atol=0.0, maxiter=None, M1=None, M2=None, callback=None):
    """Solve ``Ax = b`` with the Quasi-Minimal Residual method."""
    return _solver('qmr', A, b, x0, callback, rtol=rtol, atol=atol, maxiter=maxiter, M1=_matrix_or_none(M1), M2=_matrix_or_none(M2))


def tfqmr(A, b, x0=None, *, rtol=1e-05, atol=0.0, maxiter=None, M=None, callback=None, show=False):
    """Solve ``Ax = b`` with the Transpose-Free Quasi-Minimal Residual method."""
    options = {'rtol': rtol, 'atol': atol, 'maxiter': min(10000, 10 * _asarray(b).size) if maxiter is None else maxiter, 'M': _matrix_or_none(M)}
    if not show:
        return _solver('tfqmr', A, b, x0, callback, **options)
    steps = []
    x, info = _stepwise('tfqmr', A, b, x0, lambda xk: (steps.append(xk), callback and callback(xk)), options)
    if info >= 0:
        print(f'TFQMR: Linear solve {"not converged due to reach MAXIT" if info else "converged due to reach TOL"} iterations {len(steps)}')
    return x, info


def _cyclic(name, A, b, x0, callback, maxiter, pairs, options):
    """A method of cycles, with pairs of vectors that it keeps in a list of the caller's; it tells of x before every cycle."""
    def until(cycles):
        given = None if pairs is None else [[None if v is None else _asarray(v) for v in pair] for pair in pairs]
        return _call(name, _matrix(A), _dense(b), x0=None if x0 is None else _asarray(x0), maxiter=cycles,
                     **{{'lgmres': 'outer_v', 'gcrotmk': 'CU'}[name]: given}, **options)

    if callback is not None:
        for cycles in range(maxiter):
            x, info, *_ = until(cycles)
            callback(x)
            if until(cycles + 1)[1] != cycles + 1:
                break
    x, info, *kept = until(maxiter)
    if kept:
        pairs[:] = [tuple(pair) for pair in kept[0]]
    return x, info


def lgmres(A, b, x0=None, *, rtol=1e-05, atol=0.0, maxiter=1000, M=None, callback=None, inner_m=30, outer_k=3, outer_v=None, store_outer_Av=True,
           prepend_outer_v=False):
    """Solve ``Ax = b`` with the LGMRES algorithm, whose restarts keep the directions of the last cycles."""
    return _cyclic('lgmres', A, b, x0, callback, maxiter, outer_v, {'rtol': rtol, 'atol': atol, 'M': _matrix_or_none(M), 'inner_m': inner_m, 'outer_k': outer_k,
                                                                    'store_outer_Av': bool(store_outer_Av), 'prepend_outer_v': bool(prepend_outer_v)})


def gcrotmk(A, b, x0=None, *, rtol=1e-05, atol=0.0, maxiter=1000, M=None, callback=None, m=20, k=None, CU=None, discard_C=False, truncate='oldest'):
    """Solve ``Ax = b`` with the flexible GCROT(m,k) algorithm."""
    return _cyclic('gcrotmk', A, b, x0, callback, maxiter, CU, {'rtol': rtol, 'atol': atol, 'M': _matrix_or_none(M), 'm': m, 'k': k, 'discard_C': bool(discard_C),
                                                                'truncate': truncate})


def use_solver(**kwargs):
    """Select the default sparse direct solver: SuperLU's place is taken by one of the engine's here, and UMFPACK is not there to be chosen."""
