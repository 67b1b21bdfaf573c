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
