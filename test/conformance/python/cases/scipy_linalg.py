# %% setup
import numpy as np
import scipy
import scipy.linalg
from scipy import linalg as sla
A = np.array([[2.0, 1, 1], [4, 3, 3], [8, 7, 9]])
P = np.array([[4.0, 2, 1], [2, 5, 2], [1, 2, 6]])
S = np.array([[1.0, 2], [2, 4]])
b = np.array([1.0, 2, 3])

# %%% scipy.linalg
sla.inv([[4.0, 7], [2, 6]])
sla.inv(S)
sla.det(A)
sla.solve(A, b)
sla.solve(P, b, assume_a='pos')
sla.norm([3, 4])
sla.norm(A, 1)
sla.lu(A)
sla.lu(A)[0]
sla.lu(A, permute_l=True)[1]
sla.lu_factor(A)
sla.lu_solve(sla.lu_factor(A), b)
sla.lu_solve(sla.lu_factor(A), [4, 5, 6])
sla.cho_solve(sla.cho_factor(P), b)
sla.cho_factor(P)[1]
sla.cholesky(P)
sla.cholesky(P, lower=True)
sla.cholesky(-P)
sla.solve_triangular([[2.0, 1], [0, 3]], [1, 2])
sla.solve_triangular([[2.0, 0], [1, 3]], [1, 2], lower=True)
sla.svdvals(A)
sla.svd(A)[1]
sla.svd(A, full_matrices=False)[0].shape
sla.eigvalsh(P)
sla.expm(np.zeros((2, 2)))
sla.expm([[0, 1], [-1, 0]])
sla.expm(A * 0.1)
sla.polar(A)[1]
sla.orth(S).shape
np.abs(sla.null_space(S)).round(6)
sla.null_space(np.eye(2))
sla.hilbert(3)
sla.invhilbert(3)
sla.pascal(4)
sla.pascal(3, kind='lower')
sla.hadamard(4)
sla.toeplitz([1, 2, 3])
sla.toeplitz([1, 2, 3], [1, 4, 5])
sla.hankel([1, 2, 3])
sla.circulant([1, 2, 3])
sla.companion([1, -3, 2])
sla.block_diag([[1, 2]], 3, [[4], [5]])
sla.fiedler([1, 4, 9])
sla.qr(A)[1].shape
sla.qr(A, mode='economic')[0].shape
np.abs(sla.qr(A, mode='r')[0]).round(4)
sla.lstsq(np.array([[1.0, 1], [2, 1], [3, 1]]), [2, 4, 5.5])[0]
sla.pinv(S)
sla.issymmetric(P)
sla.inv([[np.nan, 1], [1, 2]])
sla.LinAlgError is np.linalg.LinAlgError
sla.foo_bar if hasattr(sla, 'foo_bar') else 'none'
scipy.linalg.det(np.eye(2))
sla.diagsvd([1, 2], 2, 3)

# %% factors give the matrix back
Pm, L, U = sla.lu(A)
print(Pm, L.round(4), U.round(4), np.allclose(Pm @ L @ U, A))
c, low = sla.cho_factor(P)
print(sla.cho_solve((c, low), b).round(4))
u, p = sla.polar(A)
print(np.allclose(u @ p, A), np.allclose(u.T @ u, np.eye(3)))

# %% what cannot be trusted is said, and drivers and structures are looked at
import warnings
H = sla.hilbert(14)
for what in (lambda: sla.solve(H, np.ones(14)), lambda: sla.inv(H), lambda: sla.solve(np.eye(2), [1, 2]), lambda: sla.solve(np.diag([1, 1e-20]), [1, 1]),
             lambda: sla.lu_factor(np.array([[1.0, 2], [2, 4]]))):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter('always')
        what()
    print([(w.category.__name__, str(w.message)[:53]) for w in said])
for bad in (lambda: sla.inv(np.eye(2), assume_a='x'), lambda: sla.inv(-np.eye(2), assume_a='pos'), lambda: sla.solve(np.eye(2) * 1j, [1, 2], transposed=True),
            lambda: sla.svd(np.eye(2), lapack_driver='foo'), lambda: sla.svd(np.eye(2), lapack_driver=1.0), lambda: sla.eigvalsh_tridiagonal([1, 1], [1j])):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
print(sla.inv(np.array([[1.0, 2], [5, 4]]), assume_a='upper triangular'))
(h, tau), R = sla.qr(np.arange(6.0).reshape(3, 2), mode='raw')
print(h.shape, tau.shape, R.round(6) + 0.0)

# %% what a matrix is does not hide what cannot be trusted, and members of a stack are named
import warnings, inspect, pickle
def told(what):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter('always')
        try:
            what()
        except Exception as e:
            print(type(e).__name__, e)
    print([str(w.message)[:54] for w in said])
n = 40
D = np.eye(n) * np.arange(1.0, n + 1)
D[7, 7] = 1e-19
Q = np.triu(np.ones((n, n)), 1) + D
G = np.ones((n, n)) + n * np.eye(n)
G[3] = G[:, 3] = 0
G[3, 3] = 1e-18
for M, kinds in ((Q, (None, 'upper triangular', 'general')), (G, (None, 'pos', 'sym', 'general'))):
    for kind in kinds:
        told(lambda: sla.solve(M, np.ones(n), assume_a=kind))
told(lambda: sla.inv(np.array([[[1, 1], [1, 1 + 3e-16]], [[1, 1], [2, 2 + 4e-16]]])))
told(lambda: sla.solve(np.array([np.zeros((2, 2)), np.eye(2)]), np.ones((2, 1))))
told(lambda: sla.solve(np.array([[1.0, 2], [2, 1]]), np.ones(2), assume_a='pos'))
told(lambda: sla.solve(np.array([[1, 2], [1, 3]], 'f'), np.ones(2, 'f')))
try:
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        sla.solve(Q, np.ones(n))
except sla.LinAlgWarning as e:
    print('raised', str(e)[:30])
print(str(inspect.signature(sla.inv)), str(inspect.signature(sla.eigh))[:40], pickle.loads(pickle.dumps(sla.solve)) is sla.solve, sla.solve.__name__, sla.solve.__module__ is not None)
print(sla.solve(np.array([1, 2], 'i1').reshape(2, 1) * np.eye(2, dtype='i1'), np.ones(2, 'f')).dtype, sla.solve([[2, 0], [0, 4]], [1, 1]), sla.toeplitz((1, 2, 3), (1, 5)), sla.solve_toeplitz(([4, 1], [4, 2]), [1, 2]))
print(sla.expm(np.array([[0, 1j], [1j, 0]])).round(6), sla.expm(100 * np.eye(2)).round(-40), sla.expm(np.array([[0.01]], 'f')).dtype)
print(sla.sqrtm(np.array([[2.0, 1], [1, 3]])).round(8), sla.sqrtm(np.array([[-1.0, 0], [0, 4]])).round(8), sla.sqrtm([[1, 2], [3, 4]]).dtype)
