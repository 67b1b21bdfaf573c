# %% setup
import numpy as np
import os, tempfile
r = np.rec.array([(1, 2.5, 'a'), (3, 4.5, 'bc')], dtype=[('n', 'i4'), ('x', 'f8'), ('s', 'U2')])
M = np.matrix([[1, 2], [3, 4]])
v = np.matrix([1, 2])
folder = tempfile.mkdtemp()

# %%% record arrays
r
print(r)
r.n, r.x, r.s
r[0], r[0].n, r[1].x, r['x']
type(r).__name__, type(r[0]).__name__, r.dtype.names, r.shape, len(r)
r[r.n > 1]
r[1:].x
np.rec.fromarrays([np.array([1, 2]), np.array([0.5, 1.5])], names='a,b')
np.rec.fromrecords([(1, 'x'), (2, 'y')], names='k,v')
np.rec.fromrecords([(1, 2.0)], dtype=[('p', int), ('q', float)]).q
np.array([(1, 2.0)], dtype=[('a', int), ('b', float)]).view(np.recarray).b
np.recarray((2,), dtype=[('a', int), ('b', float)]).a.shape
r.y
r.field('n'), r.field(1)
r.view(np.ndarray).dtype.names
isinstance(r, np.ndarray), isinstance(r, np.recarray)
np.rec.array([[1, 2], [3, 4]], names='a,b').a
np.sort(r, order='x')[::-1] if False else r.n.sum()

# %% records changed by attributes
r.x = [1, 2]
r.n[0] = 9
r[1].s = 'zz'
print(r)
for row in r:
    print(row.n, row.x, row.s)

# %%% matrices
M
print(M)
np.matrix('1 2; 3 4'), np.matrix('1.5, 2; 3, 4'), np.asmatrix([1, 2, 3])
M * M, M * v.T, v * M, 2 * M, M / 2, M ** 2, M ** -1
M.I, M.T, M.H, M.A, M.A1
M[0], M[:, 1], M[1, 1], M[0, :], M[M > 2]
M.sum(), M.sum(axis=0), M.sum(axis=1), M.mean(0), M.max(), M.max(1), M.argmax(axis=1)
M + 1, M + M, M - np.ones((2, 2)), M == M, -M
np.multiply(M, M), np.dot(M, M), M @ M
np.linalg.inv(M), np.linalg.det(M), np.linalg.eigvals(M)
np.linalg.solve(M, np.matrix([[5], [6]]))
M.shape, v.shape, v.T.shape, M.dtype, M.ndim, type(M).__name__, type(M.A).__name__, isinstance(M, np.ndarray)
np.asarray(M), np.array(M), M.tolist(), M.ravel(), M.flatten(), M.reshape(4, 1)
np.sqrt(M), np.exp(v), np.abs(-M), np.transpose(M), np.trace(M)
np.bmat([[M, M], [M, M]])
np.vstack([M, v]), np.hstack([M, M]), np.concatenate([M, M])
np.eye(2) * M, np.ones((2, 2)) @ M, [1, 2] * M
np.matrix([[1 + 1j, 2]]).H, np.matrix([[1, 2, 3]]).I
np.matrix('1 2; 3')
float(np.matrix([[5]])), (v * v.T)[0, 0], (v * v.T).item()
M * np.ones(3)
np.linalg.norm(M), np.linalg.matrix_rank(M), np.allclose(M * M.I, np.eye(2))

# %% a matrix changed
M[0, 0] = 10
M[1] = [7, 8]
M *= 2
M += 1
print(M)
for row in M:
    print(row, row.shape)

# %% memory maps
path = os.path.join(folder, 'a.dat')
a = np.arange(12, dtype='float32').reshape(3, 4)
f = np.memmap(path, dtype='float32', mode='w+', shape=(3, 4))
print(f[0], f.shape, f.dtype, type(f).__name__, os.path.getsize(path))
f[:] = a
f.flush()
g = np.memmap(path, dtype='float32', mode='r', shape=(3, 4))
print(g, g.sum(), g.flags.writeable, (g == a).all())
try:
    g[0, 0] = 1
except ValueError as error:
    print(error)
h = np.memmap(path, dtype='float32', mode='r+', shape=(3, 4))
h[1, 2] = 99
h += 1
del h
c = np.memmap(path, dtype='float32', mode='c')
c[0] = -5
c.flush()
print(np.fromfile(path, 'float32'), c[:2], c.shape)
o = np.memmap(path, dtype='float32', mode='r', offset=16, shape=(2, 4))
print(repr(o), o.offset, o.mode, np.mean(o, axis=0), (o * 2)[0], np.dot(o, o.T))
np.save(os.path.join(folder, 'b.npy'), a)
m = np.load(os.path.join(folder, 'b.npy'), mmap_mode='r')
print(type(m).__name__, m[1], m.mean())
w = np.load(os.path.join(folder, 'b.npy'), mmap_mode='r+')
w[0] = 7
w.flush()
print(np.load(os.path.join(folder, 'b.npy')))

# %%% sparse matrices as dense ones
__import__('scipy.sparse').sparse.csr_matrix([[1, 0], [0, 2]]).todense()
__import__('scipy.sparse').sparse.csr_array([[1, 0], [0, 2]]).todense()

# %%% scalars formatted
f'{np.float32(0.1)}', format(np.float32(1e10)), f'{np.complex64(0.1)}', f'{np.int8(3)}', f'{np.float64(0.1)}'
