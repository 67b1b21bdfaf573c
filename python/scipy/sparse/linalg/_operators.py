"""Matrices that are known by what they do to vectors, and the solvers that need no more than that."""

import numpy as np

from .. import sparray_base


class LinearOperator:
    """
    LinearOperator(shape, matvec, rmatvec=None, matmat=None, dtype=None)

    Common interface for performing matrix vector products. A class may also inherit from it and define `_matvec`.
    """

    __array_ufunc__ = None
    ndim = 2

    def __init__(self, *args, **kwargs):
        if type(self) is LinearOperator:
            self._take(*args, **kwargs)
            return
        # A class of somebody's own says LinearOperator.__init__(dtype, shape).
        names = dict(zip(('dtype', 'shape'), args), **kwargs)
        self.dtype = None if names.get('dtype') is None else np.dtype(names['dtype'])
        self.shape = tuple(names['shape'])

    def _take(self, shape, matvec, rmatvec=None, matmat=None, dtype=None, rmatmat=None):
        self.shape = tuple(int(n) for n in shape)
        if len(self.shape) != 2:
            raise ValueError(f'invalid shape {self.shape!r} (must be 2-d)')
        self._functions = matvec, rmatvec, matmat, rmatmat
        if dtype is None:
            try:
                dtype = np.asarray(matvec(np.zeros(self.shape[1], np.int8))).dtype
            except OverflowError:
                dtype = np.asarray(matvec(np.zeros(self.shape[1], int))).dtype
        self.dtype = np.dtype(dtype)

    def _matvec(self, x):
        if hasattr(self, '_functions'):
            return self._functions[0](x)
        return self.matmat(x.reshape(-1, 1))

    def _matmat(self, X):
        if hasattr(self, '_functions') and self._functions[2] is not None:
            return self._functions[2](X)
        return np.hstack([np.asarray(self.matvec(column)).reshape(-1, 1) for column in X.T])

    def _rmatvec(self, x):
        if not hasattr(self, '_functions') or self._functions[1] is None:
            raise NotImplementedError('rmatvec is not defined')
        return self._functions[1](x)

    def _rmatmat(self, X):
        return np.hstack([np.asarray(self.rmatvec(column)).reshape(-1, 1) for column in X.T])

    def matvec(self, x):
        """Matrix-vector multiplication."""
        x = np.asanyarray(x)
        m, n = self.shape
        if x.shape not in ((n,), (n, 1)):
            raise ValueError('dimension mismatch')
        made = np.asarray(self._matvec(x))
        return made.reshape(m) if x.ndim == 1 else made.reshape(m, 1)

    def rmatvec(self, x):
        """Multiplication of a vector by the adjoint."""
        x = np.asanyarray(x)
        if x.shape not in ((self.shape[0],), (self.shape[0], 1)):
            raise ValueError('dimension mismatch')
        return np.asarray(self._rmatvec(x)).reshape(self.shape[1], *x.shape[1:])

    def matmat(self, X):
        """Matrix-matrix multiplication."""
        if X.ndim != 2:
            raise ValueError(f'expected 2-d ndarray or matrix, not {X.ndim}-d')
        if X.shape[0] != self.shape[1]:
            raise ValueError(f'dimension mismatch: {self.shape}, {X.shape}')
        return np.asarray(self._matmat(X))

    def rmatmat(self, X):
        """Multiplication of a matrix by the adjoint."""
        return np.asarray(self._rmatmat(X))

    def dot(self, x):
        """Matrix-vector or matrix-matrix multiplication."""
        if isinstance(x, LinearOperator):
            return _made(self, (self.shape[0], x.shape[1]), lambda v: self.matvec(x.matvec(v)), lambda v: x.rmatvec(self.rmatvec(v)))
        if np.isscalar(x):
            return self * x
        x = np.asarray(x)
        if x.ndim == 1 or (x.ndim == 2 and x.shape[1] == 1):
            return self.matvec(x)
        if x.ndim == 2:
            return self.matmat(x)
        raise ValueError(f'expected 1-d or 2-d array or matrix, got {x!r}')

    def __matmul__(self, other):
        if np.isscalar(other):
            raise ValueError('Scalar operands are not allowed, use \'*\' instead')
        return self.dot(other)

    def __call__(self, x):
        return self.dot(x)

    def __mul__(self, x):
        if np.isscalar(x):
            return _made(self, self.shape, lambda v: x * self.matvec(v), lambda v: np.conj(x) * self.rmatvec(v))
        return self.dot(x)

    def __rmul__(self, x):
        return self * x if np.isscalar(x) else self._from_left(x)

    def __rmatmul__(self, other):
        if np.isscalar(other):
            raise ValueError('Scalar operands are not allowed, use \'*\' instead')
        return self._from_left(other)

    def _from_left(self, x):
        x = np.asarray(x)
        if x.ndim not in (1, 2):
            raise ValueError(f'expected 1-d or 2-d array or matrix, got {x!r}')
        return self.T.dot(x.T).T

    def __truediv__(self, x):
        if not np.isscalar(x):
            raise ValueError('Can only divide a linear operator by a scalar.')
        return self * (1.0 / x)

    def __pow__(self, p):
        if self.shape[0] != self.shape[1]:
            raise ValueError(f'square LinearOperator expected, got {self!r}')
        if not isinstance(p, (int, np.integer)) or p < 0:
            raise ValueError('non-negative integer expected as p')

        def again(times):
            def function(v):
                v = np.array(v)
                for _ in range(p):
                    v = times(v)
                return v

            return function

        return _made(self, self.shape, again(self.matvec), again(self.rmatvec))

    def __add__(self, other):
        other = aslinearoperator(other)
        return _made(self, self.shape, lambda v: self.matvec(v) + other.matvec(v), lambda v: self.rmatvec(v) + other.rmatvec(v))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -aslinearoperator(other)

    def adjoint(self):
        """Hermitian adjoint."""
        return _made(self, self.shape[::-1], self.rmatvec, self.matvec)

    H = property(adjoint, doc='Hermitian adjoint.')

    def transpose(self):
        """Transpose this linear operator."""
        return _made(self, self.shape[::-1], lambda v: np.conj(self.rmatvec(np.conj(v))), lambda v: np.conj(self.matvec(np.conj(v))))

    T = property(transpose, doc='Transpose this linear operator.')

    def __repr__(self):
        kind = 'unspecified dtype' if self.dtype is None else f'dtype={self.dtype}'
        name = '_CustomLinearOperator' if type(self) is LinearOperator else type(self).__name__
        return f'<{self.shape[0]}x{self.shape[1]} {name} with {kind}>'


def _made(like, shape, matvec, rmatvec):
    return LinearOperator(shape, matvec, rmatvec, dtype=like.dtype)


class MatrixLinearOperator(LinearOperator):
    """A matrix as an operator."""

    def __init__(self, A):
        self.A = A
        LinearOperator.__init__(self, A.dtype, A.shape)

    def _matvec(self, x):
        return self.A @ x

    def _matmat(self, X):
        return self.A @ X

    def _rmatvec(self, x):
        return self.A.conj().T @ x


def aslinearoperator(A):
    """Return A as a LinearOperator."""
    if isinstance(A, LinearOperator):
        return A
    if isinstance(A, sparray_base) or hasattr(A, 'tocsr'):
        return MatrixLinearOperator(A)
    if isinstance(A, (np.ndarray, list)):
        A = np.atleast_2d(np.asarray(A))
        if A.ndim > 2:
            raise ValueError('array must have ndim <= 2')
        return MatrixLinearOperator(A)
    if hasattr(A, 'shape') and hasattr(A, 'matvec'):
        return LinearOperator(A.shape, A.matvec, getattr(A, 'rmatvec', None), dtype=getattr(A, 'dtype', None))
    raise TypeError('type not understood')


def dense(A):
    """The matrix of an operator: what it does to the unit vectors."""
    return A.matmat(np.eye(A.shape[1])) if isinstance(A, LinearOperator) else A


def of_function(f, X):
    """The matrix of a function of columns, of as many rows as X has; what is no function stays."""
    return f(np.eye(X.shape[0])) if callable(f) and not isinstance(f, LinearOperator) else f


def _start(A, b, x0, M, rtol, atol, maxiter):
    A = aslinearoperator(A)
    b = np.asarray(b).ravel() * 1.0
    if A.shape[0] != A.shape[1]:
        raise ValueError(f'expected square matrix, but got shape={A.shape}')
    if b.shape[0] != A.shape[0]:
        raise ValueError(f'shapes of A {A.shape} and b {b.shape} are incompatible')
    x = np.zeros_like(b) if x0 is None else np.array(x0, dtype=b.dtype).ravel()
    precondition = (lambda v: v) if M is None else aslinearoperator(M).matvec
    return A.matvec, b, x, precondition, max(atol, rtol * np.linalg.norm(b)), maxiter or 10 * len(b)


def cg(A, b, x0=None, *, rtol=1e-5, atol=0.0, maxiter=None, M=None, callback=None):
    """Conjugate gradients (Hestenes and Stiefel, 1952) with nothing but products."""
    times, b, x, precondition, limit, maxiter = _start(A, b, x0, M, rtol, atol, maxiter)
    r = b - times(x) if x.any() else b.copy()
    before = None
    for _ in range(maxiter):
        if np.linalg.norm(r) < limit or not r.any():
            return x, 0
        z = precondition(r)
        rho = np.dot(r.conj(), z)
        p = z.copy() if before is None else z + rho / before * p
        q = times(p)
        alpha = rho / np.dot(p.conj(), q)
        x += alpha * p
        r -= alpha * q
        before = rho
        if callback:
            callback(x)
    return x, 0 if np.linalg.norm(r) < limit else maxiter


def bicgstab(A, b, x0=None, *, rtol=1e-5, atol=0.0, maxiter=None, M=None, callback=None):
    """Stabilised biconjugate gradients (van der Vorst, 1992) with nothing but products."""
    times, b, x, precondition, limit, maxiter = _start(A, b, x0, M, rtol, atol, maxiter)
    r = b - times(x) if x.any() else b.copy()
    shadow = r.copy()
    before = alpha = omega = p = v = None
    for _ in range(maxiter):
        if np.linalg.norm(r) < limit or not r.any():
            return x, 0
        rho = np.vdot(shadow, r)
        if rho == 0:
            return x, -10
        p = r.copy() if p is None else r + rho / before * alpha / omega * (p - omega * v)
        ph = precondition(p)
        v = times(ph)
        alpha = rho / np.vdot(shadow, v)
        s = r - alpha * v
        if np.linalg.norm(s) < limit:
            x += alpha * ph
            return x, 0
        sh = precondition(s)
        t = times(sh)
        omega = np.vdot(t, s) / np.vdot(t, t)
        x += alpha * ph + omega * sh
        r = s - omega * t
        before = rho
        if callback:
            callback(x)
    return x, 0 if np.linalg.norm(r) < limit else maxiter


def gmres(A, b, x0=None, *, rtol=1e-5, atol=0.0, restart=None, maxiter=None, M=None, callback=None, callback_type=None):
    """Generalised minimal residuals (Saad and Schultz, 1986) with nothing but products, preconditioned from the left."""
    times, b, x, precondition, limit, maxiter = _start(A, b, x0, M, rtol, atol, maxiter)
    n = len(b)
    restart = min(restart or 20, n)
    size = np.linalg.norm(b)
    if size == 0:
        return b, 0
    # How small the preconditioned residual is to become before the real one is looked at again.
    factor = 1.0
    enough = np.linalg.norm(precondition(b)) * min(factor, limit / size)
    for _ in range(maxiter):
        residual = b - times(x)
        if np.linalg.norm(residual) <= limit:
            return x, 0
        r = precondition(residual)
        basis = [r / np.linalg.norm(r)]
        H = np.zeros((restart + 1, restart), dtype=r.dtype)
        for k in range(restart):
            w = precondition(times(basis[k]))
            for j in range(k + 1):
                H[j, k] = np.vdot(basis[j], w)
                w = w - H[j, k] * basis[j]
            H[k + 1, k] = np.linalg.norm(w)
            right = np.zeros(k + 2, dtype=r.dtype)
            right[0] = np.linalg.norm(r)
            y = np.linalg.lstsq(H[:k + 2, :k + 1], right)[0]
            left = np.linalg.norm(right - H[:k + 2, :k + 1] @ y)
            if callback and callback_type != 'x':
                callback(left / size)
            if H[k + 1, k] < 1e-14 * np.abs(H).max() or left <= enough:
                break
            basis.append(w / H[k + 1, k])
        x = x + sum(c * v for c, v in zip(y, basis))
        if callback and callback_type == 'x':
            callback(x)
        rest = np.linalg.norm(b - times(x))
        factor = max(np.finfo(float).eps, 0.25 * factor) if left <= enough else min(1.0, 1.5 * factor)
        enough = left * min(factor, limit / rest) if rest else 0.0
    return x, 0 if np.linalg.norm(b - times(x)) <= limit else maxiter


def bicg(A, b, x0=None, *, rtol=1e-5, atol=0.0, maxiter=None, M=None, callback=None):
    """Biconjugate gradients (Fletcher, 1976) with products of the matrix and of its adjoint."""
    times, b, x, precondition, limit, maxiter = _start(A, b, x0, M, rtol, atol, maxiter)
    back, prepare_back = aslinearoperator(A).rmatvec, (lambda v: v) if M is None else aslinearoperator(M).rmatvec
    r = b - times(x) if x.any() else b.copy()
    shadow = r.copy()
    before = None
    for _ in range(maxiter):
        if np.linalg.norm(r) < limit or not r.any():
            return x, 0
        z, zt = precondition(r), prepare_back(shadow)
        rho = np.vdot(shadow, z)
        if rho == 0:
            return x, -10
        p, pt = (z.copy(), zt.copy()) if before is None else (z + rho / before * p, zt + np.conj(rho / before) * pt)
        q, qt = times(p), back(pt)
        across = np.vdot(pt, q)
        if across == 0:
            return x, -11
        alpha = rho / across
        x += alpha * p
        r -= alpha * q
        shadow -= np.conj(alpha) * qt
        before = rho
        if callback:
            callback(x)
    return x, maxiter


def cgs(A, b, x0=None, *, rtol=1e-5, atol=0.0, maxiter=None, M=None, callback=None):
    """Conjugate gradients squared (Sonneveld, 1989) with nothing but products."""
    times, b, x, precondition, limit, maxiter = _start(A, b, x0, M, rtol, atol, maxiter)
    r = b - times(x) if x.any() else b.copy()
    shadow = r.copy()
    before = None
    for _ in range(maxiter):
        if np.linalg.norm(r) < limit or not r.any():
            return x, 0
        rho = np.vdot(shadow, r)
        if rho == 0:
            return x, -10
        if before is None:
            u, p = r.copy(), r.copy()
        else:
            beta = rho / before
            u = r + beta * q
            p = u + beta * (q + beta * p)
        v = times(precondition(p))
        across = np.vdot(shadow, v)
        if across == 0:
            return x, -11
        alpha = rho / across
        q = u - alpha * v
        step = precondition(u + q)
        x += alpha * step
        r -= alpha * times(step)
        before = rho
        if callback:
            callback(x)
    return x, maxiter


solvers = {'cg': cg, 'bicg': bicg, 'bicgstab': bicgstab, 'cgs': cgs, 'gmres': gmres}
