# %% setup
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

# %% what blocks are made of
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
C = sp.csr_array(np.arange(6.0).reshape(2, 3))
print(short(sp.swapaxes(C, 0, 1)), sp.swapaxes(C, 0, -1).toarray().tolist(), short(sp.permute_dims(C)), short(sp.permute_dims(C, (0, 1))), sp.permute_dims(C, (1, 0)).toarray().tolist())
print(tell(sp.swapaxes, C, 0, 2), tell(sp.permute_dims, C, (0, 0)), tell(sp.permute_dims, C, (0,)))
wide, thin = np.array([1, 2], 'int64'), np.array([1, 2], 'int32')
print([sp.get_index_dtype(*a, **k).__name__ for a, k in (((), {}), ((wide,), {}), (((wide, thin),), {}), ((wide,), {'check_contents': True}), ((wide * 2**40,), {'check_contents': True}), ((thin,), {'maxval': 2**31 - 1}), ((thin,), {'maxval': 2**31}), (((),), {}), ((np.array([], 'int64'),), {'check_contents': True}))])
print([[a.dtype.name for a in sp.safely_cast_index_arrays(m, t)] for m in (C, C.tocsc(), C.tocoo(), S) for t in (np.int32, np.int64)], sp.safely_cast_index_arrays(C.todia(), np.int64).dtype)
far = sp.csr_array(([1.0], ([1], [299])), shape=(2, 300))
print(tell(sp.safely_cast_index_arrays, far, np.int8), tell(sp.safely_cast_index_arrays, far.tocoo(), np.int8, 'of places'), tell(sp.safely_cast_index_arrays, C.tolil()), tell(sp.safely_cast_index_arrays, sp.csr_array(np.ones((2, 300))), np.int8))
