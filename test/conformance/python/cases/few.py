# %% setup
import numpy as np
a, b, w = np.array([1., 2., 3.]), np.array([4., 5., 6.5]), np.array([.2, .3, .5])
k, l, u = np.array([1, 2, 3]), np.array([4, 5, 7]), np.array([200, 3, 255], dtype=np.uint8)
f, z, v = np.array([1, 2.5, 3], dtype=np.float32), np.array([1 + 2j, 3, 4j]), np.array([True, False, True])
m, n = np.arange(9.).reshape(3, 3), np.array([[4., 2., 1.], [2., 5., 3.], [1., 3., 6.]])
g, o = np.array([1., np.nan, 3., 7.]), np.zeros(3)
x, q = a[1], k[2]

# %%% numbers beside arrays
v | True
v & False
k + True
u + 3
u + 300
u * np.int64(2)
u < 300
u < -1
z * 1j
f * 2j
k * 1j
x * k
x - a
q * a
q - k
x / z
x < a
q == k
np.float64(2) ** k
True + a
np.int8(3) + np.array([100, 3], dtype=np.int8)

# %%% ufuncs of numbers, and into out
np.sin(2)
np.sqrt(4)
np.sqrt(-1)
np.log(0)
np.negative(np.int64(3))
np.absolute(-3)
np.exp(q)
np.add(a, b, out=o)
np.add(a, k, out=o) is o
np.add(a, b, out=a)
np.add(a[1:], a[:-1], out=a[1:])
np.divide(a, 0, out=o)
np.multiply(a, 2, out=np.zeros(3, int))
np.sqrt(b, out=o)
np.add(a, b, out=np.zeros(2))
np.add(m, a, out=np.zeros((3, 3), order='F'))

# %%% where and clip
np.where(m > 3, 1, 0)
np.where(m > 3, 1.5, 0)
np.where(v, 1, 2j)
np.where(v, k, 0.5)
np.where(m > 3)
np.where(a, True, False)
np.where(v, 1)
np.clip(k, 0, 2)
np.clip(k, None, 2)
np.clip(a, 1.5, None)
np.clip(u, -5, 260)
np.clip(2.5, 0, 1)
np.clip(3, 0, 1.5)
np.clip(g, 2, 4)
np.clip(z, 0, 1)
np.clip(v, 0, 1)
np.clip(f, 1, 2.7)

# %%% round and closeness
np.round(2.567, 2)
np.round(k)
np.round(k, -1)
np.round(f, 1)
np.isclose(x, 2.0)
np.isclose(1.0, 2)
np.isclose(k, a)
np.isclose(np.inf, np.inf)
np.isclose(np.nan, np.nan)
np.allclose(k, a)
np.allclose(1, 1 + 1e-9)

# %%% means and quantiles
np.std(k)
np.var(u)
np.std(v)
np.mean(v)
np.std(m.astype(int), axis=0)
np.average(a, weights=w)
np.average(k, weights=[1, 2, 3])
np.average(a, weights=[1, -1, 0])
np.average(g, weights=[1, 2, 3, 4])
np.average(m, axis=1, weights=w)
np.nanmean(g)
np.nanstd(g)
np.nanvar(g, ddof=1)
np.nanmean(np.array([[1., np.nan], [np.nan, np.nan]]), axis=1)
np.nanstd(np.array([[1., np.nan], [5., 4.]]), axis=0)
np.percentile(a, [25, 50, 75])
np.percentile(k, 30)
np.percentile(f, 30)
np.percentile(f, [30, 60])
np.percentile(g, 50)
np.percentile(m, 50, axis=0)
np.percentile(a, 101)
np.quantile(k, 1)
np.quantile(k, 1.0)
np.quantile(k, [0.2, 0.7])
np.median(np.array([-0.0, 0.0, 2.0]))
np.median(m, keepdims=True)
np.median(u)

# %%% covariance, slopes, products, fits
np.cov(m)
np.cov(m, rowvar=False)
np.cov(a)
np.cov(m, ddof=0)
np.cov(m, bias=True)
np.cov(a, b)
np.corrcoef(m)
np.corrcoef(n)
np.corrcoef(n, rowvar=False)
np.corrcoef(np.ones((2, 3)))
np.corrcoef(a)
np.gradient(a)
np.gradient(b, 0.5)
np.gradient(a ** 2, b)
np.gradient(b, edge_order=2)
np.gradient(m ** 2)
np.gradient(m ** 2, axis=1, edge_order=2)
np.gradient(np.array([1., 4., 9., 25.]), np.array([0., 1., 3., 4.]), edge_order=2)
np.gradient(np.ones(1))
np.cross(a, b)
np.cross(k, l)
np.cross(n, m)
np.cross(np.array([1 << 62, 3, 5]), np.array([8, 1 << 61, 7]))
np.kron(k, n)
np.convolve(a, b)
np.convolve(a, [1., -1.], 'same')
np.convolve(g, [1., 2.])
np.correlate(a, b, 'full')
np.polyfit(a, b, 1).round(12)
np.polyfit(k, l, 2).round(10)
np.polyfit([1., 1., 1.], b, 1)
np.polyfit(a, [1., np.nan, 2.], 1)

# %%% least squares and eigenvalues
[np.round(p, 12) for p in np.linalg.lstsq(n, a, rcond=None)]
[np.round(p, 12) for p in np.linalg.lstsq(np.vander(a, 2), np.stack([b, a], 1), rcond=None)]
[np.round(p, 12) for p in np.linalg.lstsq(np.ones((3, 2)), b, rcond=None)[0:3]]
[np.round(p, 12) for p in np.linalg.lstsq(np.vander(a, 2).T, b[:2], rcond=None)]
[np.round(p, 12) for p in np.linalg.lstsq(n * (1 + 1j), a, rcond=None)]
np.linalg.eigvals(np.array([[0., 1.], [-1., 0.]])).round(12)
np.abs(np.linalg.eig(np.array([[0., -2., 0.], [2., 0., 0.], [0., 0., 5.]]))[1]).round(12)
np.linalg.eig(np.array([[2, 0], [0, 3]]))
np.linalg.eigvals(np.array([[2, 0], [0, 3]], dtype=np.float32))
np.linalg.eig(np.array([[1., np.inf], [0., 1.]]))
np.linalg.eigvals(np.array([[1j, 0], [0, 2]]))
np.linalg.pinv(np.arange(6).reshape(2, 3)).round(12)
np.linalg.pinv(np.arange(6.).reshape(3, 2) * 1j).round(12)
np.linalg.pinv(np.zeros((2, 3)))
np.linalg.solve(k.reshape(1, 3).T @ [[1, 2, 3]] + np.eye(3, dtype=int), k).round(12)

# %%% indices
m[m > 3]
m[m > 30]
k[k > 1]
m[[0, 1], [1, -1]]
m[[0, 1], [1, 3]]
z[v]
m.T[m.T > 3]

# %% assignment through indices
m[m > 6] = 0
a[[0, -1]] = 7
m[[0, 1]] = 1.5
z[v] = 2
u[u > 100] = 5
k[v] = 9.7
print(m, a, z, u, k)
try:
    u[v] = 300
except OverflowError as error:
    print(error)
try:
    a[[0, 5]] = 1
except IndexError as error:
    print(error)
try:
    k[v] = np.nan
except ValueError as error:
    print(error)
print(u, a, k)

# %%% made like others
np.full_like(a, 2)
np.full_like(k, 2.7)
np.full_like(k, np.nan)
np.full_like(u, 300)
np.full_like(a, 2, dtype=np.complex64)
np.full_like(v, 2)
np.arange(5, dtype=float)
np.arange(2, 5, dtype=np.int64)
np.arange(5, dtype=np.float32)
np.arange(1, 2, 0.5, dtype=int)
a.astype('int32')
a.astype('float32')
np.array([1e10, 3]).astype('int32')
u.astype('int8')
f.astype('float64')

# %%% sets of few
w = np.array([3., np.nan, -0., 3., 0., np.nan])
np.unique(w, return_index=True, return_inverse=True, return_counts=True)
np.unique(w, return_counts=True, equal_nan=False)
np.unique(np.array([[2, 1], [2, 3]]), return_inverse=True)
np.unique(np.array([True, False, True]), return_counts=True)
np.unique(np.array([], dtype=np.int32), return_index=True, return_counts=True)
np.unique(k, return_index=True, return_counts=True)
np.isin(w, [np.nan, 0])
np.isin([[1, 2], [3, 4]], [4, 1], invert=True)
np.isin(np.array([1, 2], dtype=np.uint8), [1.0, 2.5])
np.isin(k, [])
np.searchsorted([1, 2, 2, 3], [2, 0, 9])
np.searchsorted([1, 2, 2, 3], [2, 0, 9], side='right')
np.searchsorted([1., 2., np.nan], [np.nan, 2.5, np.inf], side='right')
np.searchsorted(k, 2.5)

# %%% along axes of few
t = np.array([[[1., -0.], [np.nan, 4.]], [[-5., -0.], [7., -8.]]])
t.sum(axis=0)
t.sum(axis=1)
t.sum(axis=-1, keepdims=True)
t[:, :1].sum(axis=1)
t.max(axis=1)
t.min(axis=2, keepdims=True)
t.prod(axis=0)
t.mean(axis=1)
t.std(axis=0, ddof=1)
np.nanmean(t, axis=1)
t.T.sum(axis=0)
o2 = np.zeros((2, 2))
np.sum(t, axis=0, out=o2), o2
np.sum(t, axis=0, out=o2.T), o2
np.add.reduce(t, axis=1, dtype=float)
np.maximum.reduce(t, axis=2)
np.sum(t, axis=3)

# %%% places of few
np.where(t > 0, t, 0)
np.where(t[0] > 0, 1, t)
np.clip(t, [0, 1], 5)
np.clip(t[0], 0, None)
np.select([t > 1, t < 0], [t, -t], 9)
np.select([t[0] > 1, [True, False]], [k[:2], 0.5])
np.choose([[0, 1], [1, 0]], [t[0], 7])
np.divide(t[0], [[1, 2], [0, 4]], out=np.full((2, 2), 9.0), where=[[True, False], [False, True]])
np.add(t[0], t[1], out=np.zeros((2, 2)), where=np.array([True, False]))

# %%% put together in brackets
x, y = np.array([1, 2]), np.array([3., 4.])
np.r_[x, y]
np.r_[x, 0, y]
np.r_[[1, 2], [3, 4]]
np.r_[[[1, 2], [3, 4]]]
np.r_[1, 2.5, True]
np.r_[x.astype('f4'), 1.5]
np.r_[x.astype('i1'), 300]
np.r_[np.float32(1), x.astype('f4')]
np.r_[t[0], t[1]]
np.r_[x, t[0]]
np.r_[0:3, x]
np.c_[x, y]
np.c_[x, t[0]]
np.c_[x, 1]
np.c_[1, 2]
np.c_[[1, 2], [3, 4]]
np.c_[t, t].shape
np.c_[x, np.array([1, 2, 3])]
np.mgrid[0.0:2, 0:2]
np.mgrid[0:2, 0:3]
np.mgrid[-1:2, 0:2]
np.mgrid[0:2, 0:-1]

# %%% written in place
r = np.arange(6.)
r[1:] += r[:-1]
r
r[r > 3] += 10
r - 2
r[[0, 2]] += [5, 6]
r - 3
r[[1, 1]] = [7, 8]
r - 4
r[::2] = r[1::2]
r[:3] = [1, 2, 3]
r[:3] = (True, 2.5, 3)
r - 5
r[[True, False, True, False, False, False]] = [-1, -2]
r - 6
r[0] = [1.]
r[0] = [1., 2.]
r[:2] = [1., 2., 3.]
r[:2] = [1j, 2]
r[:2] = []
i = np.arange(6).reshape(2, 3)
i[0] = [1, 2, 3]
i[1] = [1.5, 2, 3]
i[0, 1] = [4]
i[[0, 1], [1, 2]] = -1
i[[0, 1], [1, -1]] = [8, 9]
i[[0, 1], [1, 5]] = 0
i[[0, 1]] = i[[1, 0]]
i
i[:, [True, False, True]], i[:, [True, False, True]].flags.f_contiguous
i[[True, False], 1], i[[True, False], 7]
i[[1, 0], :], i[[1, 0], -1]
i[np.array([1, 0]), :, None].shape
i[[1j]]
np.array([1 + 2j, 3, True]), np.array([[1, 2j], [3., 4]])
np.array([1j, np.float32(2)])
i.astype(np.uint8)[0].tolist(), np.array([1, 2, 3], dtype=np.uint8)
u2 = np.array([1, 2, 3], dtype=np.uint8)
u2[:2] = [300, 1]
u2[:2] = [3, 1]
u2
i.flatten('F'), i.T.flatten('F'), i.flatten('K'), np.reshape(i, -1, order='F'), np.reshape(i, (3, 2), 'A')
m2 = np.eye(3)
m2[1:, 1:] -= 1
m2[1, 1:] -= m2[0, 1:] * 0.5
m2[:, 0] = m2[0]
m2[:] = m2.T
m2
