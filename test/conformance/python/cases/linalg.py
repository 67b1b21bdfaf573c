# %% setup
import numpy as np
from numpy import linalg as LA
A = np.array([[4.0, 7.0], [2.0, 6.0]])
S = np.array([[1.0, 2.0], [2.0, 4.0]])
M = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 10]])
P = np.array([[4.0, 2, 1], [2, 5, 2], [1, 2, 6]])
H = np.array([[2, 1j], [-1j, 2]])
R = np.arange(1.0, 13).reshape(4, 3)
b = np.array([7.0, 9.0])
stack = np.array([[[1.0, 2], [3, 4]], [[2.0, 0], [0, 3]]])

# %%% norms
LA.norm([3, 4])
LA.norm([3, 4], 1)
LA.norm([3, 4], np.inf)
LA.norm([3, 4], -np.inf)
LA.norm([3, 4, 0], 0)
LA.norm([3, 4], 3)
LA.norm([1, 2, 3])
LA.norm(M)
LA.norm(M, 'fro')
LA.norm(M, 'nuc')
LA.norm(M, 1)
LA.norm(M, -1)
LA.norm(M, 2)
LA.norm(M, -2)
LA.norm(M, np.inf)
LA.norm(M, -np.inf)
LA.norm(M, axis=0)
LA.norm(M, axis=1)
LA.norm(M, axis=1, keepdims=True)
LA.norm(M, ord=1, axis=0)
LA.norm(M, axis=(0, 1))
LA.norm(stack, axis=(1, 2))
LA.norm(M, 'foo')
LA.norm(M, 3)
LA.norm([1, 2], 'fro')
LA.norm([])
LA.norm([1 + 1j, 2])
LA.norm(5)
LA.norm(np.array([3, 4], dtype=np.float32))
LA.vector_norm([3, 4])
LA.vector_norm(M, axis=0)
LA.matrix_norm(M)
LA.matrix_norm(M, ord=2)

# %%% scalars of matrices
LA.det([[3, 1], [2, 4]])
LA.det(M)
LA.det(S)
LA.det(stack)
LA.det(np.eye(3))
LA.det(np.ones((2, 3)))
LA.det([1, 2])
LA.slogdet(M)
LA.slogdet(S)
LA.slogdet(stack)
LA.matrix_rank(M)
LA.matrix_rank(S)
LA.matrix_rank(np.arange(1, 10).reshape(3, 3))
LA.matrix_rank(np.eye(4))
LA.matrix_rank(np.zeros((3, 3)))
LA.matrix_rank([1, 2])
LA.matrix_rank(stack)
LA.matrix_rank(M, tol=10)
LA.cond(M)
LA.cond(M, 1)
LA.cond(M, 'fro')
LA.cond(np.eye(3))
LA.cond(S) > 1e15
np.trace(M)
LA.trace(M)
LA.diagonal(M)

# %%% systems
LA.inv(A)
LA.inv(S)
LA.inv(np.ones((2, 3)))
LA.inv(stack)
LA.inv(np.diag([4.0, 8, 9]))
LA.inv([[1, 2], [3, 4]])
LA.inv(np.array([[1, 2], [3, 4]], dtype=np.float32))
LA.inv(H)
LA.inv([1, 2])
LA.inv([[np.nan, 1], [1, 2]])
LA.inv(np.zeros((0, 0)))
A @ LA.inv(A)
LA.pinv(S)
LA.pinv(R).round(6)
LA.pinv([[1, 2, 3]])
LA.solve([[3, 2], [1, 4]], b)
LA.solve([[3, 2], [1, 4]], [[7, 8], [9, 16]])
LA.solve(S, b)
LA.solve(A, [1, 2, 3])
LA.solve(np.ones((2, 3)), b)
LA.solve(stack, np.ones((2, 2, 1)))
LA.solve(H, [1, 1])
LA.solve(P, [1, 2, 3]).round(4)
LA.lstsq(np.array([[1, 1], [2, 1], [3, 1]]), [2, 4, 5.5], rcond=None)
LA.lstsq(np.array([[1, 1], [2, 1], [3, 1]]), [2, 4, 5.5])[0]
LA.lstsq(R, np.ones(4), rcond=None)[2]
LA.lstsq(S, b, rcond=None)[1]
LA.lstsq(np.eye(2), np.ones((2, 2)), rcond=None)[0]
LA.lstsq(np.eye(2), np.ones(3))
LA.cholesky(P)
LA.cholesky(P, upper=True)
LA.cholesky(-P)
LA.cholesky(H)
LA.cholesky(np.ones((2, 3)))
LA.tensorsolve(np.eye(6).reshape(2, 3, 2, 3), np.arange(6.0).reshape(2, 3))
LA.tensorinv(np.eye(4).reshape(2, 2, 2, 2)).shape
LA.multi_dot([A, A, A])
LA.matrix_power(A, 2)
LA.matrix_power(S, -1)
LA.outer([1, 2], [3, 4])
LA.cross([1, 0, 0], [0, 1, 0])
LA.cross([1, 0], [0, 1])
LA.matmul(A, A)
LA.vecdot([1, 2], [3, 4])
LA.tensordot(A, A)
LA.matrix_transpose(A)

# %%% eigenvalues
LA.eigvals([[5, 1], [3, 3]])
np.sort(LA.eigvals(M))
LA.eigvals([[0, -1], [1, 0]])
LA.eigvals(np.diag([1, 2, 3]))
LA.eigvals(stack)
LA.eigvalsh([[4, 2], [2, 3]])
LA.eigvalsh([[4, 2, 1], [2, 5, 3], [1, 3, 6]])
LA.eigvalsh(H)
LA.eigvalsh(P, UPLO='U')
LA.eigvalsh(P, UPLO='X')
LA.eigh([[4, 2], [2, 3]]).eigenvalues
LA.eigh([[2, 0], [0, 1]])
np.abs(LA.eigh(P)[1]).round(6)
LA.eig([[2, 0], [0, 3]])
LA.eig(np.ones((2, 3)))
LA.eig([1, 2])
LA.eig([[np.inf, 1], [1, 2]])
LA.eigh(np.ones((2, 3)))
LA.eig([[0, -1], [1, 0]]).eigenvalues
type(LA.eig(A)).__name__
type(LA.eigh(P)).__name__
LA.eigvals(np.array([[1, 2], [3, 4]], dtype=np.float32)).dtype
np.roots([1, -3, 2])
np.poly([1, 2])
np.poly(np.array([[1, 2], [3, 4]]))

# %%% decompositions
LA.svd(R, compute_uv=False)
LA.svd(R)[0].shape
LA.svd(R, full_matrices=False)[0].shape
LA.svd(R, full_matrices=False).U.shape
LA.svd(R).S
LA.svd(R).Vh.shape
LA.svdvals(M)
LA.svd(np.eye(2))
LA.svd(stack).S
LA.svd([1, 2, 3])
LA.svd(np.zeros((2, 2)))[1]
type(LA.svd(M)).__name__
LA.svd(M)._fields
np.abs(LA.qr(M)[1]).round(4)
LA.qr(R)[0].shape
LA.qr(R, mode='complete')[0].shape
LA.qr(R, mode='complete').R.shape
LA.qr(R, mode='r').shape
LA.qr(R, 'foo')
type(LA.qr(M)).__name__
LA.qr([1, 2])
LA.LinAlgError('x')
issubclass(LA.LinAlgError, ValueError)
LA.LinAlgError.__module__

# %% svd gives the matrix back
U, s, Vh = LA.svd(R, full_matrices=False)
print(np.allclose(U * s @ Vh, R), np.allclose(U.T @ U, np.eye(3)), s.round(4))
U, s, Vh = LA.svd(R)
Sigma = np.zeros(R.shape)
np.fill_diagonal(Sigma, s)
print(np.allclose(U @ Sigma @ Vh, R), U.shape, s.shape, Vh.shape)
for k in (1, 2, 3):
    Rk = U[:, :k] @ np.diag(s[:k]) @ Vh[:k]
    print(k, round(LA.norm(R - Rk), 6))

# %% eig diagonalises
B = np.array([[5.0, 1.0], [3.0, 3.0]])
w, V = LA.eig(B)
print(w, np.allclose(V @ np.diag(w) @ LA.inv(V), B))
for i in range(2):
    print(np.allclose(B @ V[:, i], w[i] * V[:, i]))
r = LA.eig(B)
print(r.eigenvalues, r.eigenvectors.shape)

# %% eigh is orthogonal
w, Q = LA.eigh(P)
print(w.round(4), np.allclose(Q @ Q.T, np.eye(3)), np.allclose(Q @ np.diag(w) @ Q.T, P))

# %% qr solves least squares
X = np.array([[1.0, 1], [2, 1], [3, 1]])
y = np.array([2, 4, 5.5])
Q, Rr = LA.qr(X)
print(LA.solve(Rr, Q.T @ y).round(4))
print(np.allclose(Q @ Rr, X), np.allclose(np.triu(Rr), Rr))

# %% singular matrices are refused
for f in (LA.inv, lambda a: LA.solve(a, b)):
    try:
        f(S)
    except LA.LinAlgError as e:
        print(type(e).__name__, e)
try:
    LA.cholesky(np.array([[1.0, 2], [2, 1]]))
except np.linalg.LinAlgError as e:
    print(e)

# %% line fit
x = np.array([1, 2, 3, 4])
y = np.array([2.1, 3.9, 6.2, 7.8])
X = np.column_stack([x, np.ones_like(x)])
coef, res, rank, sv = LA.lstsq(X, y, rcond=None)
print(coef.round(4), res.round(4), rank, sv.round(4))

# %% quoted table of norms
for o in ('fro', 2, 1, np.inf, 'nuc'):
    print(o, round(LA.norm(M, o), 4))
print(round(LA.det(M), 4), LA.matrix_rank(M), np.trace(M), round(LA.cond(M), 4))

# %% dtype of results | d=float32,float64,complex64,complex128,int64
a = np.array([[2, 1], [1, 3]], dtype='$d')
print(LA.inv(a).dtype, LA.det(a).dtype, LA.eigvals(a).dtype, LA.svd(a)[1].dtype, LA.norm(a).dtype, LA.qr(a)[0].dtype, LA.cholesky(a).dtype, LA.solve(a, [1, 2]).dtype)

# %% powers past the whole numbers of floats, and nothing to solve for
print(np.linalg.matrix_power(np.array([[0, 1], [-1, 0]]), 2**100 + 2**10 + 1).tolist())
x, residuals, rank, s = np.linalg.lstsq(np.arange(8.0).reshape(4, 2), np.ones((4, 0)))
print(x.shape, residuals.shape, rank, s.shape, np.dtype('n'), np.dtype('N'))
