# %% setup
import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as sl
n = 30
A = sp.diags_array([np.linspace(4, 6, n), -np.ones(n - 1), -1.5 * np.ones(n - 1)], offsets=[0, 1, -1]).tocsr()
b = np.sin(np.arange(n))
C = (A + 1j * sp.eye_array(n)).tocsr()
M = sp.diags_array(1 / np.linspace(4, 6, n)).tocsr()

def tell(f, *args, **kw):
    try:
        return f(*args, **kw)
    except Exception as e:
        return type(e).__name__, str(e)

def good(A, b, made, rtol=1e-5):
    x, info = made
    return x.dtype, x.shape, info, bool(np.linalg.norm(A @ x - b) <= 1.01 * rtol * np.linalg.norm(b))

# %% solvers by quasi-minimal residuals
for solve in (sl.qmr, sl.tfqmr):
    print(solve.__name__, good(A, b, solve(A, b)), good(C, b, solve(C, b)), good(A, b * 1j, solve(A, b * 1j)), good(A, b, solve(A, b, rtol=1e-10), 1e-10))
    print(good(A, b, solve(A, b, x0=np.ones(n))), solve(A, b, maxiter=3)[1], solve(A, np.zeros(n)), good(A, b, solve(A.toarray(), b[:, None])), solve(A.astype('f'), b.astype('f'))[0].dtype)
    print(tell(solve, A, np.ones(3)), tell(solve, sp.csr_array((2, 3)), np.ones(2)), solve(A, b, x0=np.linalg.solve(A.toarray(), b), atol=1.0)[1])
print(good(A, b, sl.qmr(A, b, M1=sl.aslinearoperator(M), M2=sl.aslinearoperator(sp.eye_array(n)))), good(A, b, sl.tfqmr(A, b, M=M), 1e-4))
sizes = []
x, info = sl.qmr(A, b, callback=lambda xk: sizes.append(np.linalg.norm(A @ xk - b)))
print(info, len(sizes), np.round(sizes[:3], 5))
sizes = []
x, info = sl.tfqmr(A, b, callback=lambda xk: sizes.append(np.linalg.norm(A @ xk - b)), show=True)
print(info, len(sizes), np.round(sizes[:3], 5))
print(sl.tfqmr(A, b, show=True, maxiter=4)[1], good(A, b, sl.qmr(sl.aslinearoperator(A), b)))
print(sl.qmr(sp.csr_array([[0.0, 1], [-1, 0]]), [1.0, 0])[1], sl.tfqmr(sp.csr_array([[0.0, 1], [-1, 0]]), np.array([1.0, 0]))[1])

# %% solvers that keep directions
for solve, short in ((sl.lgmres, {'inner_m': 3}), (sl.gcrotmk, {'m': 3})):
    print(solve.__name__, good(A, b, solve(A, b)), good(C, b, solve(C, b)), good(A, b * 1j, solve(A, b * 1j)), good(A, b, solve(A, b, rtol=1e-10, **short), 1e-10))
    print(good(A, b, solve(A, b, x0=np.ones(n), **short)), solve(A, b, maxiter=1, **short)[1], solve(A, np.zeros(n)), good(A, b, solve(A, b, M=M, **short)), solve(A.astype('f'), b.astype('f'))[0].dtype)
    print(tell(solve, A, np.ones(3)), tell(solve, A, b * np.nan), good(A, b, solve(sl.aslinearoperator(A), b)))
    sizes = []
    x, info = solve(A, b, callback=lambda xk: sizes.append(np.linalg.norm(A @ xk - b)), **short)
    print(info, len(sizes), np.round(sizes, 4))
print(tell(sl.gcrotmk, A, b, truncate='x'), good(A, b, sl.gcrotmk(A, b, m=2, k=3, truncate='smallest', rtol=1e-8), 1e-8))

# %% directions for the next system
for store in (True, False):
    outer = []
    x, info = sl.lgmres(A, b, inner_m=4, outer_k=2, outer_v=outer, store_outer_Av=store)
    print(info, len(outer), [(bool(np.isclose(np.linalg.norm(v), 1)), w is not None and bool(np.allclose(A @ v, w))) for v, w in outer])
    sizes = []
    x, info = sl.lgmres(A, b, inner_m=4, outer_k=2, outer_v=outer, prepend_outer_v=store, callback=lambda xk: sizes.append(0))
    print(info, len(sizes), len(outer))
for truncate in ('oldest', 'smallest'):
    CU = []
    x, info = sl.gcrotmk(A, b, m=3, k=4, CU=CU, truncate=truncate)
    print(info, len(CU), [c is None or bool(np.allclose(A @ u, c)) for c, u in CU], bool(np.allclose(CU[-1][1], x)))
    sizes = []
    y, info = sl.gcrotmk(A, b, m=3, k=4, CU=CU, callback=lambda xk: sizes.append(0))
    print(info, len(sizes), bool(np.allclose(A @ y, b, atol=1e-4)), len(CU))
    y, info = sl.gcrotmk(C, b, m=3, k=4, CU=CU, discard_C=True)
    print(info, len(CU), [c is None for c, u in CU], bool(np.allclose(C @ y, b, atol=1e-4)))
sl.use_solver(useUmfpack=False)
