# %% setup
import numpy as np
import scipy.linalg as sl
import scipy.sparse as sp
from scipy.sparse.linalg import eigs
A = np.array([[4.0, 1, 2], [0, 3, 1], [1, 0, 2]])

# %% schur
T, Z = sl.schur(A)
print(T.shape, np.allclose(Z @ T @ Z.T, A), np.allclose(Z.T @ Z, np.eye(3)), np.allclose(np.tril(T, -2), 0))

# %% complex schur
T, Z = sl.schur(np.array([[0.0, -1], [1, 0]]), output='complex')
print(T.dtype, np.sort_complex(np.diag(T).round(12)), np.allclose(Z @ T @ Z.conj().T, [[0, -1], [1, 0]]))

# %% schur refuses
for wrong in (np.ones((2, 3)), np.ones(3), np.array([[np.nan, 1], [1, 1]])):
    try:
        sl.schur(wrong)
    except ValueError as e:
        print(e)

# %% hessenberg
H = sl.hessenberg(A)
print(np.allclose(np.tril(H, -2), 0), np.trace(H).round(10))
H, Q = sl.hessenberg(A, calc_q=True)
print(np.allclose(Q @ H @ Q.T, A), np.allclose(Q.T @ Q, np.eye(3)))

# %% formats
row, col, data = [0, 0, 1, 2], [0, 2, 1, 0], [1.0, 2, 3, 4]
for make in (sp.coo_matrix, sp.csc_matrix, sp.csr_matrix):
    S = make((data, (row, col)), shape=(3, 3))
    print(S.format, S.nnz, S.shape, S.dtype, S.toarray().tolist(), (S @ np.ones(3)).tolist(), S.T.toarray().tolist())

# %% diagonals
D = sp.dia_matrix((np.array([[1.0, 2, 3], [4, 5, 6]]), [0, 1]), shape=(3, 3))
print(D.format, D.toarray().tolist(), D.offsets.tolist())

# %% eigs
L = sp.diags_array([np.arange(1.0, 21), np.ones(19)], offsets=[0, 1]).tocsr()
w, v = eigs(L, k=3)
print(w.dtype, v.shape, np.sort(w.real).round(6), np.abs(w.imag).max() < 1e-8)
print(np.allclose(L @ v, v * w))

# %% schur sorted by a function
for made in (sl.schur(A, sort=lambda x, y: x < 3), sl.schur(A, output='complex', sort=lambda w: w.real > 3), sl.schur(A, sort='lhp')):
    T, Z, sdim = made
    print(sdim, np.allclose(Z @ T @ Z.conj().T, A), np.diag(T)[:sdim].real.round(6).tolist())

# %% whole numbers of any size
print(sl.pascal(40)[-1, -1], sl.pascal(40).dtype, sl.pascal(34).dtype, sl.pascal(36, 'lower')[-1, 17], sl.pascal(5, 'upper', exact=False))
print(sl.invpascal(36)[3, 4], sl.invpascal(4, 'lower', exact=False), sl.invhilbert(18, exact=True)[5, 6], sl.invhilbert(3, exact=True))

# %% homogeneous eigenvalues
print(sl.eigvals(np.diag([3.0, 8, 7]), homogeneous_eigvals=True))
w, vr = sl.eig(np.diag([3.0, 8]), np.diag([1.0, 2]), homogeneous_eigvals=True)
print((w[0] / w[1]).real, vr.shape)

# %% determinants by the transpose
for m in ([[1, 2], [3, 4]], [[7.0, 3, 1], [2, 5, 8], [4, 4, 1]], [[1, 2j], [3, 4]], np.array([[[1, 2], [3, 4]], [[2, 0], [1, 5]]])):
    print(repr(sl.det(m)))

# %% solutions of stacks and structures
S = np.array([[[4.0, 1], [1, 3]], [[2, 0], [0, 2]]])
for name in ('pos', 'sym', 'her', 'gen', 'upper triangular', 'lower triangular', 'diagonal', 'banded', None):
    print(name, sl.solve(S, np.ones((2, 2, 1)), assume_a=name).round(12).tolist())

# %% what norms are
for m in (np.arange(4.0), np.arange(4.0).reshape(2, 2), np.ones((2, 2), complex)):
    print([type(sl.norm(m, o)).__name__ for o in (None, 1, np.inf, 2)])
print(sl.hadamard(2, complex), sl.lu(A, p_indices=True)[0].dtype)

# %% incomplete factors exchange rows where they must
from scipy.sparse.linalg import LinearOperator, lobpcg, onenormest, spilu
print(spilu(sp.csc_array([[1.0, 0, 0], [5, 0, 2], [0, -1, 0]])).solve(np.array([1.0, 2, 3])).round(9))
print(LinearOperator((2, 2), matvec=lambda v: np.array([2 * v[0], 3 * v[1]])), type(onenormest(sp.csc_array([[1, 2], [3, 4]]))).__name__)
print(lobpcg(lambda X: np.arange(1.0, 51)[:, None] * X, np.ones((50, 1)), maxiter=80, tol=1e-6)[0].round(4))

# %% functions and equations of the engine's own
print(sl.solve_circulant(np.array([[2.0, 1, 0], [3, 1, 1]]), np.ones((3, 4)), baxis=0, outaxis=-1).shape, sl.solve_circulant([2.0, 1, 0], np.eye(3)).round(9).tolist())
print(sl.solve_toeplitz(np.array([[2.0, 1, 0], [2, 1, 0]]), np.arange(6.0).reshape(2, 3)).round(9).tolist(), sl.matmul_toeplitz(([2.0, 1, 0], [2, 3, 4, 5]), np.ones(4)).round(9).tolist())
print(sl.fractional_matrix_power(np.array([[1.0, 1], [0, 0]]), 0.5).round(9).tolist(), sl.signm(np.zeros((2, 2))).tolist(), sl.tanhm(np.zeros((2, 2))).tolist())
print(sl.issymmetric(A), sl.ishermitian(A + A.T), sl.diagsvd([1.0, 2], 2, 3).tolist(), sl.subspace_angles(np.eye(3)[:, :2], np.ones((3, 1))).round(9).tolist())
print(sl.solve_banded((1, 1), [[0, 1, 2], [4, 5, 6], [1, 1, 0]], [1.0, 2, 3]).round(9).tolist(), sl.solve_continuous_lyapunov([[1.0]], [[4.0]]).tolist())
