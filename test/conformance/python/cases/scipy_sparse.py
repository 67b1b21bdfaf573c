# %% setup
import numpy as np
from scipy import sparse
from scipy.sparse import csr_matrix, csc_matrix, coo_matrix, dia_matrix, csr_array
import scipy.sparse.linalg as spla
row, col, data = [0, 0, 1, 2, 2, 2], [0, 2, 2, 0, 1, 2], [1, 2, 3, 4, 5, 6]
A = csr_matrix((data, (row, col)), shape=(3, 3))
D = np.array([[1.0, 0, 2], [0, 0, 3], [4, 5, 6]])
S = sparse.diags([[-1.0] * 4, [2.0] * 5, [-1.0] * 4], [-1, 0, 1], format='csr')
b = np.ones(5)

# %%% matrices
A.toarray()
A.nnz
A.shape
A.dtype
A.format
A.ndim
A.data
A.indices
A.indptr
A
print(A)
A.T.toarray()
A.T.format
csr_matrix(D).toarray()
csr_matrix((2, 3)).toarray()
csc_matrix(D).indices
csc_matrix(A).format
coo_matrix(D).row
coo_matrix(D).col
coo_matrix((data, (row, col)), shape=(3, 3)).tocsr().toarray()
dia_matrix(np.eye(3)).offsets
csr_matrix((np.array([1, 2]), np.array([0, 1]), np.array([0, 1, 2]))).toarray()
A + A
(A + A).toarray()
(A - A).nnz
(2 * A).toarray()
(A * 2).toarray()
(A / 2).toarray()
(A @ A).toarray()
(A * A).toarray()
A @ np.array([1, 2, 3])
A @ D
D @ A
A.dot([1, 2, 3])
A.multiply(A).toarray()
(-A).toarray()
abs(-A).toarray()
A.power(2).toarray()
(A ** 2).toarray()
A[0, 2]
A[2, 1]
A[1].toarray()
A[:, 0].toarray()
A[0:2].toarray()
A[[0, 2]].toarray()
A.sum()
A.mean()
A.max()
A.min()
A.diagonal()
A.trace()
A.count_nonzero()
A.getrow(2).toarray()
A.tocsc().indptr
A.tocoo().data
A.astype(float).dtype
A.copy() is A
(A != A).nnz
sparse.issparse(A)
sparse.issparse(D)
sparse.eye(3).toarray()
sparse.eye(3).format
sparse.identity(2, format='csr').toarray()
sparse.diags([1, 2, 3]).toarray()
S.toarray()
sparse.kron(sparse.eye(2), D[:2, :2]).toarray()
sparse.vstack([A, A]).shape
sparse.hstack([A, A]).toarray()
sparse.block_diag([D, [[7]]]).toarray()
sparse.bmat([[A, None], [None, A]]).toarray()
sparse.tril(A).toarray()
sparse.triu(A).toarray()
sparse.find(A)
sparse.random(4, 4, density=0.25, random_state=42).nnz
sparse.random(100, 100, density=0.1, format='csr').nnz
A.shape[0] * A.shape[1]
f'{A.nnz / 9:.2%}'
len(A)
bool(A)
A @ np.ones(4)
A + np.ones((3, 3))
A + 1
csr_matrix([[1, 0], [0, 2]]) * np.array([3, 4])
csr_array(D) * csr_array(D)
(csr_array(D) * csr_array(D)).toarray()
csr_array(D) @ np.ones(3)
isinstance(A, csr_matrix)
np.asarray(A.toarray())
A.data.nbytes

# %%% solvers
spla.spsolve(S.tocsc(), b)
spla.splu(S.tocsc()).solve(b)
spla.cg(S, b)[0].round(4)
spla.cg(S, b)[1]
spla.gmres(S, b)[0].round(4)
spla.bicgstab(S, b)[1]
spla.norm(A)
spla.eigsh(S, k=2, return_eigenvectors=False).round(6)
spla.eigsh(S, k=2)[0].round(6)
np.sort(spla.svds(S, k=2, return_singular_vectors=False)).round(6)
spla.inv(S.tocsc()).toarray().round(4)
spla.spsolve(csr_matrix((2, 2)), np.ones(2)).shape

# %% building and changing
B = csr_matrix(np.zeros((3, 3)))
B[0, 1] = 5
B[2] = [1, 0, 2]
print(B.toarray(), B.nnz)
B.setdiag([7, 8, 9])
print(B.toarray())
B.eliminate_zeros()
print(B.nnz)

# %% memory
I = sparse.identity(1000, format='csr')
print(I.data.nbytes + I.indices.nbytes + I.indptr.nbytes, np.eye(1000).nbytes)

# %% Poisson
n = 20
T = sparse.diags([-1, 2, -1], [-1, 0, 1], shape=(n, n), format='csr')
P = sparse.kron(sparse.identity(n), T) + sparse.kron(T, sparse.identity(n))
f = np.ones(n * n)
u = spla.spsolve(P.tocsc(), f)
v, info = spla.cg(P, f, rtol=1e-10)
print(P.shape, P.nnz, u.max().round(4), info, np.allclose(u, v, atol=1e-6))

# %% what is stored is set, and shapes change in place
for kind in (csr_matrix, sparse.csc_array, sparse.coo_array, dia_matrix):
    A = kind(np.array([[1.0, 0, 2], [0, 3, 0]]))
    A.data *= 2
    print(A.toarray().tolist(), end=' ')
    A.data = A.data.astype(np.float32)
    print(A.dtype, end=' ')
    A.resize(3, 2)
    print(A.shape, A.toarray().tolist())
A = csr_matrix(np.eye(3))
A.indices = np.array([1, 2, 0], dtype=np.int32)
A.shape = (1, 9)
print(A.toarray(), sparse.eye(2, format='lil').format, sparse.hstack([sparse.eye(2)] * 2, 'dok').format, sparse.eye(2).asformat('dok').nnz)

# %% values drawn by a function, diagonals of integers
import warnings
print(sparse.random(4, 5, 0.25, rng=np.random.default_rng(3), data_rvs=np.random.default_rng(4).standard_normal).toarray())
print(sparse.random_array((4, 5), density=0.25, rng=3, data_sampler=lambda size: np.arange(1, size + 1)).toarray())
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    print([sparse.diags([1, 2, 3], dtype=d).dtype for d in (None, int, float)], sparse.diags([1, 2]).dtype, sparse.diags([1, 2.5], dtype=None).dtype)

# %% a dictionary of keys is one, operators are multiplied from the left
d = sparse.dok_matrix((3, 3))
d[0, 1], d[1, 1] = 2, 3
print(d.pop((0, 1)), d.setdefault((2, 2), 4.0), len(d), list(d.keys()), d.get((0, 0)), (1, 1) in d)
del d[1, 1]
d |= {(0, 0): 5.0}
print(d.toarray().tolist())
d.clear()
for bad in (lambda: d.get((5, 5)), lambda: d[5, 5], lambda: sparse.save_npz('d.npz', d)):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
M = spla.aslinearoperator(np.array([[1.0, 2], [3, 4]]))
print(np.array([1.0, 2]) @ M, np.eye(2) @ M, np.array([1.0, 2]) * M, M**3 @ np.array([1.0, 2]), M / 2 @ np.array([1.0, 2]))
