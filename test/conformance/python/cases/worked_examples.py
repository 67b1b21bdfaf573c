# %% setup
import numpy as np
def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

# %% vectors
a, b = np.array([1, 2, 3]), np.array([4, 5, 6])
print(a + b, b - a, a @ b, np.outer(a, b), np.cross(a, b), sep='\n')
print(np.linalg.norm(a), np.sqrt(a @ a), np.linalg.norm(a, 1))
u, v = np.array([2, -1, 4]), np.array([1, 3, 2])
print(u @ v, np.linalg.norm(u), np.abs(u).sum(), (u @ v / np.linalg.norm(u) / np.linalg.norm(v)).round(4))
w = np.array([3, 4])
print(np.linalg.norm(w, 1), np.linalg.norm(w), np.linalg.norm(w, np.inf))

# %% products
A, B = np.arange(1, 10).reshape(3, 3), np.arange(11, 20).reshape(3, 3)
print(A @ B, B @ A, np.linalg.matrix_rank(A), np.array_equal(A @ B, B @ A), sep='\n')
print(np.array([[1, 2], [3, 4]]) * np.array([[5, 6], [7, 8]]), np.array([[1, 2], [3, 4]]) @ np.array([[5, 6], [7, 8]]), sep='\n')
print(np.arange(1, 7).reshape(2, 3) @ np.arange(7, 13).reshape(3, 2), (np.ones((10, 3, 4)) @ np.ones((10, 4, 5))).shape)

# %% inverses
print(np.linalg.inv(np.array([[4, 7], [2, 6]])))
try:
    np.linalg.inv(np.array([[1, 2], [2, 4]]))
except np.linalg.LinAlgError as e:
    print(type(e).__name__, e)
print(np.linalg.pinv(np.array([[1, 2], [2, 4]])).round(10))
print(np.linalg.inv(np.diag([4, 8, 9])).round(4))
A = np.arange(1, 10).reshape(3, 3)
print(np.linalg.matrix_rank(A), np.linalg.cond(A) > 1e16)

# %% determinants and norms
print(round(np.linalg.det(np.array([[3, 1], [2, 4]])), 10))
M = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 10]])
print(np.linalg.det(M).round(10), np.linalg.matrix_rank(M), np.trace(M))
for order in ('fro', 2, 1, np.inf, 'nuc'):
    print(order, f'{np.linalg.norm(M, order):.4f}')
print(f'{np.linalg.cond(M):.4f}', np.abs(np.diag(np.linalg.qr(M)[1])).round(4))

# %% systems and least squares
A = np.array([[3, 2], [1, 4]])
print(np.linalg.solve(A, np.array([7, 9])), np.linalg.solve(A, np.array([[7, 14], [9, 18]])))
x, y = np.array([1, 2, 3, 4]), np.array([2.1, 3.9, 6.2, 7.8])
X = np.column_stack([x, np.ones(4)])
coef, res, rank, s = np.linalg.lstsq(X, y, rcond=None)
print(coef, res, rank)
Q, R = np.linalg.qr(np.array([[1, 1], [2, 1], [3, 1]]))
print(np.linalg.solve(R, Q.T @ np.array([2, 4, 5.5])).round(4))

# %% eigenvalues
vals, V = np.linalg.eig(np.array([[5, 1], [3, 3]]))
print(vals, np.allclose(V @ np.diag(vals) @ np.linalg.inv(V), [[5, 1], [3, 3]]))
print(np.linalg.eigvalsh(np.array([[4, 2], [2, 3]])).round(4), np.linalg.eigh(np.array([[4, 2, 1], [2, 5, 3], [1, 3, 6]]))[0].round(4))

# %% singular values
A = np.arange(1, 13).reshape(4, 3)
print([p.shape for p in np.linalg.svd(A)], [p.shape for p in np.linalg.svd(A, full_matrices=False)], np.linalg.svd(A, compute_uv=False)[:2].round(4))
R = np.array([[5, 4, 0, 0], [4, 5, 0, 0], [0, 0, 4, 5], [0, 0, 5, 4]], dtype=float)
U, s, Vt = np.linalg.svd(R)
R2 = (U[:, :2] * s[:2]) @ Vt[:2]
print(s.round(6), R2.round(6) + 0.0, round(np.linalg.norm(R - R2), 4), f'{(s[:2]**2).sum() / (s**2).sum():.1%}')
print([f'{k * (100 + 100 + 1) / 1e4:.2%}' for k in (5, 10, 20, 50)])

# %% factorisations with scipy
from scipy.linalg import cho_factor, cho_solve, lu, lu_factor, lu_solve
A = np.array([[4, 2, 1], [2, 5, 2], [1, 2, 6]])
print(np.linalg.cholesky(A).round(4), cho_solve(cho_factor(A), [1, 2, 3]).round(4))
P, L, U = lu(np.array([[2, 1, 1], [4, 3, 3], [8, 7, 9]]))
print(P, L.round(4), U.round(4), sep='\n')
f = lu_factor(np.array([[2, 1, 1], [4, 3, 3], [8, 7, 9]]))
print(lu_solve(f, [1, 2, 3]).round(6), lu_solve(f, [4, 5, 6]).round(6))

# %% sparse
from scipy.sparse import csr_matrix, identity
S = csr_matrix((np.arange(1, 7), ([0, 0, 1, 2, 2, 2], [0, 2, 2, 0, 1, 2])), shape=(3, 3))
print(S.toarray(), S.nnz, f'{1 - S.nnz / 9:.2%}')
I = identity(1000, format='csr')
print((I.data.nbytes + I.indices.nbytes + I.indptr.nbytes) / 1e6 < 0.02, np.eye(1000).nbytes / 1e6)

# %% memory
for n in (100, 1000):
    print(n, np.zeros((n, n)).nbytes / 1e6, np.zeros((n, n), dtype=np.float32).nbytes / 1e6)

# %% random streams
np.random.seed(42)
print(np.random.randn(3, 3))
print(np.random.default_rng(42).standard_normal(3))

# %% principal components
np.random.seed(42)
X = np.random.randn(100, 10)
Xc = X - X.mean(axis=0)
vals = np.linalg.eigvalsh(np.cov(Xc.T))[::-1]
print((vals / vals.sum())[:3].round(4), f'{(vals / vals.sum())[:3].sum():.2%}')

# %% regression
np.random.seed(42)
X = np.random.randn(100, 3)
y = 5 + X @ np.array([2, 3, -1]) + 0.5 * np.random.randn(100)
w = np.linalg.lstsq(np.c_[np.ones(100), X], y, rcond=None)[0]
print(w.round(4), f'{np.sqrt(np.mean((y - np.c_[np.ones(100), X] @ w)**2)):.4f}')

# %% small network
np.random.seed(42)
W1, b1 = np.random.randn(4, 8) * 0.1, np.zeros(8)
W2, b2 = np.random.randn(8, 3) * 0.1, np.zeros(3)
X = np.random.randn(5, 4)
p = softmax(np.maximum(0, X @ W1 + b1) @ W2 + b2)
print(p, p.sum(axis=1), p.argmax(axis=1))

# %% deep network
np.random.seed(42)
sizes = [784, 128, 64, 10]
layers = [(np.random.randn(m, n) * np.sqrt(2 / m), np.zeros(n)) for m, n in zip(sizes, sizes[1:])]
a = np.random.randn(32, 784)
for W, b in layers[:-1]:
    a = np.maximum(0, a @ W + b)
p = softmax(a @ layers[-1][0] + layers[-1][1])
print(p.shape, np.allclose(p.sum(axis=1), 1), p.argmax(axis=1)[0], p[0].round(6))

# %% pairwise distances
X = np.random.default_rng(0).normal(size=(60, 10))
loop = np.array([[np.sqrt(((a - b)**2).sum()) for b in X] for a in X])
wide = np.sqrt(((X[:, None] - X[None])**2).sum(-1))
sq = np.einsum('ij,ij->i', X, X)
ein = np.sqrt(np.maximum(sq[:, None] + sq - 2 * X @ X.T, 0))
print(np.abs(loop - wide).max() < 1e-14, np.abs(loop - ein).max() < 1e-6)

# %% triple loop
def product(A, B):
    C = np.zeros((len(A), len(B[0])))
    for i in range(len(A)):
        for j in range(len(B[0])):
            for k in range(len(B)):
                C[i, j] += A[i, k] * B[k, j]
    return C
A, B = np.random.default_rng(1).random((12, 12)), np.random.default_rng(2).random((12, 12))
print(np.allclose(product(A, B), A @ B))

# %% largest magnitude
from scipy.sparse import diags
from scipy.sparse.linalg import eigsh
print(np.sort(eigsh(diags([np.array([1.0, -9, 3, 4, -8, 2])], [0], format='csr'), k=2)[0]).round(6))

# %% uneven split
try:
    np.split(np.ones((2, 3)), 2, axis=1)
except ValueError as e:
    print(e)
