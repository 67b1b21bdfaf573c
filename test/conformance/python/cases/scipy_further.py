# %% setup
import numpy as np

# %% solvers by quasi-minimal residuals
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
for solve, short in ((sl.lgmres, {'inner_m': 3}), (sl.gcrotmk, {'m': 3})):
    print(solve.__name__, good(A, b, solve(A, b)), good(C, b, solve(C, b)), good(A, b * 1j, solve(A, b * 1j)), good(A, b, solve(A, b, rtol=1e-10, **short), 1e-10))
    print(good(A, b, solve(A, b, x0=np.ones(n), **short)), solve(A, b, maxiter=1, **short)[1], solve(A, np.zeros(n)), good(A, b, solve(A, b, M=M, **short)), solve(A.astype('f'), b.astype('f'))[0].dtype)
    print(tell(solve, A, np.ones(3)), tell(solve, A, b * np.nan), good(A, b, solve(sl.aslinearoperator(A), b)))
    sizes = []
    x, info = solve(A, b, callback=lambda xk: sizes.append(np.linalg.norm(A @ xk - b)), **short)
    print(info, len(sizes), np.round(sizes, 4))
print(tell(sl.gcrotmk, A, b, truncate='x'), good(A, b, sl.gcrotmk(A, b, m=2, k=3, truncate='smallest', rtol=1e-8), 1e-8))

# %% directions for the next system
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

# %% what blocks are made of
import io
import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as sl
D = np.kron([[0, 1.0, 0], [2, 0, 3]], np.ones((2, 2)))
D[0, 2] = 5
A = sp.bsr_array(D)
S = sp.bsr_array(np.kron([[0, 1], [2, 0]], [[1.0, 2], [0, 4]]), blocksize=(2, 2))

def tell(f, *args, **kw):
    try:
        return f(*args, **kw)
    except Exception as e:
        return type(e).__name__, str(e)

def short(m):
    return repr(m).replace('\n\t', ' ') if not isinstance(m, np.ndarray) else m.tolist()
print(A, A.blocksize, A.data.shape, A.indices, A.indptr, A.nnz, A.dtype, A.shape, A.format, A.ndim)
print(short(sp.bsr_matrix(D)), short(sp.bsr_array((4, 6), blocksize=(2, 3))), sp.bsr_array((4, 4), dtype='f').dtype, sp.bsr_array(np.eye(3)).blocksize)
B = sp.bsr_array((np.arange(12.0).reshape(3, 2, 2), np.array([0, 2, 1], 'int32'), np.array([0, 2, 3], 'int32')), shape=(4, 6))
print(short(B), B.toarray().tolist(), B.tocsr().nnz, B.tocoo().row.tolist(), B.tocoo().col.tolist(), B.indices.dtype)
print(sp.bsr_array((np.ones((2, 2, 2)), [1, 0], [0, 1, 2])).shape, short(sp.bsr_array(([1.0, 2], ([0, 3], [1, 2])), shape=(4, 4), blocksize=(2, 2))))
print(sp.csr_array(D).tobsr().blocksize, sp.csr_array(D).tobsr((1, 3)).blocksize, sp.coo_matrix(D).tobsr().blocksize, A.tobsr((1, 1)).blocksize, sp.csr_array(np.ones((12, 12))).tobsr().blocksize, sp.csr_array(np.ones((8, 8))).tobsr().blocksize, sp.csr_array(np.ones((9, 9))).tobsr().blocksize)
late = sp.csr_array(np.array([[0, 0, 1.0, 0], [1, 0, 0, 0]])).tobsr((2, 2))
print(late.indices, late.has_sorted_indices, late.has_canonical_format)
late.sort_indices()
print(late.indices, late.data.tolist(), late.has_sorted_indices)
for make in (lambda: sp.csr_array(D).tobsr((3, 2)), lambda: sp.bsr_array(np.eye(3), blocksize=(2, 2)), lambda: sp.bsr_array((3, 4), blocksize=(2, 2)), lambda: sp.bsr_array((np.ones(3), [0], [0, 1])), lambda: sp.bsr_array((np.ones((1, 2, 2)), [0], [0, 1]), blocksize=(1, 1)), lambda: sp.bsr_array(np.ones(3)), lambda: A[0], lambda: A[0, 1], lambda: A.frobnicate):
    print(tell(make))

# %% what is worked with blocks
import io
import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as sl
D = np.kron([[0, 1.0, 0], [2, 0, 3]], np.ones((2, 2)))
D[0, 2] = 5
A = sp.bsr_array(D)
S = sp.bsr_array(np.kron([[0, 1], [2, 0]], [[1.0, 2], [0, 4]]), blocksize=(2, 2))

def tell(f, *args, **kw):
    try:
        return f(*args, **kw)
    except Exception as e:
        return type(e).__name__, str(e)

def short(m):
    return repr(m).replace('\n\t', ' ') if not isinstance(m, np.ndarray) else m.tolist()
for m in (S + S, S - S, S @ S, S * 2, 2 * S, S * S, S.T, S.multiply(S), S + S.tocsr(), S.tocsr() + S, S @ S.tocsr(), S != S, S > S, S / 2, abs(S), -S, S.power(2), S.maximum(S), S.tocoo(), S.tocsc(), S.todia(), S.real, S.conj(), S.astype('f'), S**2, S.sqrt(), S.sin(), S.copy(), S.dot(S), sp.eye_array(4, format='bsr'), sp.csr_array(S), sp.coo_array(S), S.tocsr().multiply(S), sp.hstack([S.tocsr(), S.tocsr()], format='bsr')):
    print(short(m), m.toarray().tolist())
print(S @ np.ones(4), (S @ np.ones((4, 2))).tolist(), (np.ones(4) @ S).tolist(), S.sum(), S.sum(axis=0), S.mean(axis=1), S.max(), S.diagonal(), S.trace(), S.count_nonzero(), [p.tolist() for p in S.nonzero()])
M = sp.bsr_matrix(S)
print(short(M * M), short(M**2), short(M.T), (M * np.ones(4)).tolist(), M.getnnz(), short(M.getrow(0)), type(M.todense()).__name__)
wide = sp.bsr_array(D, blocksize=(2, 3))
print(short(wide.T), wide.T.toarray().tolist(), short(S @ A), short(S @ wide))
Z = sp.bsr_array((np.array([[[0.0, 0]], [[1, 0]]]), [0, 1], [0, 1, 2]), shape=(2, 4))
Z.eliminate_zeros()
print(short(Z), Z.indptr, Z.indices)
twice = sp.bsr_array((np.ones((3, 1, 2)), [1, 0, 1], [0, 3]), shape=(1, 4))
print(twice.has_canonical_format, twice.toarray())
twice.sum_duplicates()
print(short(twice), twice.indices, twice.data.tolist())
file = io.BytesIO()
sp.save_npz(file, S)
file.seek(0)
print(short(sp.load_npz(file)), sp.issparse(S), sp.isspmatrix(S), sp.isspmatrix(M), sp.isspmatrix_bsr(M), sp.isspmatrix_bsr(S))
print(sl.spsolve(sp.csc_array(S), np.ones(4)).round(9), sl.norm(S).round(9), sl.gmres(S, np.ones(4))[1])

# %% axes and types of indices
import io
import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as sl
D = np.kron([[0, 1.0, 0], [2, 0, 3]], np.ones((2, 2)))
D[0, 2] = 5
A = sp.bsr_array(D)
S = sp.bsr_array(np.kron([[0, 1], [2, 0]], [[1.0, 2], [0, 4]]), blocksize=(2, 2))

def tell(f, *args, **kw):
    try:
        return f(*args, **kw)
    except Exception as e:
        return type(e).__name__, str(e)

def short(m):
    return repr(m).replace('\n\t', ' ') if not isinstance(m, np.ndarray) else m.tolist()
C = sp.csr_array(np.arange(6.0).reshape(2, 3))
print(short(sp.swapaxes(C, 0, 1)), sp.swapaxes(C, 0, -1).toarray().tolist(), short(sp.permute_dims(C)), short(sp.permute_dims(C, (0, 1))), sp.permute_dims(C, (1, 0)).toarray().tolist())
print(tell(sp.swapaxes, C, 0, 2), tell(sp.permute_dims, C, (0, 0)), tell(sp.permute_dims, C, (0,)))
wide, thin = np.array([1, 2], 'int64'), np.array([1, 2], 'int32')
print([sp.get_index_dtype(*a, **k).__name__ for a, k in (((), {}), ((wide,), {}), (((wide, thin),), {}), ((wide,), {'check_contents': True}), ((wide * 2**40,), {'check_contents': True}), ((thin,), {'maxval': 2**31 - 1}), ((thin,), {'maxval': 2**31}), (((),), {}), ((np.array([], 'int64'),), {'check_contents': True}))])
print([[a.dtype.name for a in sp.safely_cast_index_arrays(m, t)] for m in (C, C.tocsc(), C.tocoo(), S) for t in (np.int32, np.int64)], sp.safely_cast_index_arrays(C.todia(), np.int64).dtype)
far = sp.csr_array(([1.0], ([1], [299])), shape=(2, 300))
print(tell(sp.safely_cast_index_arrays, far, np.int8), tell(sp.safely_cast_index_arrays, far.tocoo(), np.int8, 'of places'), tell(sp.safely_cast_index_arrays, C.tolil()), tell(sp.safely_cast_index_arrays, sp.csr_array(np.ones((2, 300))), np.int8))

# %% determinants of the smallest numbers
import scipy.linalg
for t in (1e-300, 1e-310, 5e-324):
    for a in (np.full((3, 3), t), np.full((4, 4), t) + np.diag([t, 0, t, 0])):
        print(np.linalg.det(a), scipy.linalg.det(a))
print(np.linalg.slogdet(np.diag([1e-310, 1e-310])), np.linalg.slogdet(np.array([[1e-305, 2e-305], [3e-305, 4e-305]])), np.linalg.det(np.eye(3) * 1e-100))
