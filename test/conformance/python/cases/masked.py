# %% setup
import numpy as np
import numpy.ma as ma
x = ma.array([1, 2, 3, 4, 5], mask=[0, 0, 1, 0, 0])
y = ma.masked_where(np.arange(6).reshape(2, 3) > 3, np.arange(6.0).reshape(2, 3))
z = ma.masked_array(np.arange(12.).reshape(3, 4), mask=np.eye(3, 4))
w = ma.array([1.0, 2.0, 3.0], mask=[0, 0, 1])

# %%% printing
x
print(x)
y
z
print(z)
z.T
ma.array([1, 2, 3], mask=True)
ma.array([1, 2, 3])
ma.array([1, 2], mask=False)
ma.array(['a', 'b'], mask=[0, 1])
ma.array([1.5, 2], mask=[0, 1], dtype=np.float32)
ma.array([1 + 1j, 2], mask=[0, 1])
ma.array(7, mask=True)
ma.array(3.5)
print(ma.masked, repr(ma.masked), repr(ma.nomask))
f'{x.mean():.2f}'

# %%% reductions
x.mean(), x.sum(), x.std(), x.var(), x.var(ddof=1), x.min(), x.max(), x.count(), x.prod(), x.any(), x.all(), x.argmax(), x.argmin(), x.ptp()
y.mean(axis=0)
y.mean(axis=1)
y.sum(axis=1)
y.std(axis=0)
z.cumsum(axis=1)
z.cumsum()
z.max(axis=1)
z.min(axis=0), z.argmax(axis=1), z.argmin(axis=0)
ma.array([1, 2, 3], mask=True).mean()
ma.array([1, 2], mask=[1, 1]).max()
ma.array([[1, 2], [3, 4]], mask=[[1, 0], [1, 0]]).max(axis=0)
ma.array([[1, 2], [3, 4]], mask=[[1, 0], [1, 0]]).sum(axis=0)
ma.array([[1, 2], [3, 4]], mask=[[1, 0], [1, 0]]).mean(axis=0)
ma.median(z), ma.median(z, axis=0)
ma.average(z, axis=1, weights=[1, 2, 3, 4])
np.mean(z), np.sum(z, axis=0), np.std(z), np.max(z)
ma.std([1, 2, 3]), ma.count(z, axis=1), ma.count_masked(x), x.anom()
x.trace() if x.ndim > 1 else z.trace()
x.round(1), x.clip(2, 3), ma.diff(x), z.sum(keepdims=True)
ma.cov(ma.array([[1, 2, 3.], [2, 4, 7]], mask=[[0, 0, 0], [0, 1, 0]]))
ma.corrcoef([[1, 2, 3.], [2, 4, 7]])

# %%% data, masks, filling
x.compressed(), x.filled(), x.filled(0), x.mask, x.data, x.fill_value
y.filled(-1)
y.filled(y.mean())
ma.filled(x, 7), ma.getmask(x), ma.getmask([1, 2]), ma.getmaskarray([1, 2]), ma.getdata(x)
ma.is_masked(x), ma.is_masked([1]), ma.isMaskedArray(x), ma.isMA([1])
ma.default_fill_value(1.0), ma.default_fill_value(1), ma.default_fill_value(True), ma.array([1, 2], dtype='u1').fill_value
np.asarray(x), np.array(x), isinstance(x, np.ndarray), type(x).__name__, x.shape, x.ndim, x.size, x.dtype, len(x)
x.tolist(), x.astype(float), x.copy()[1:], x.view(np.ndarray)
ma.make_mask([0, 0]), ma.make_mask_none(2)

# %%% made by a condition
ma.masked_where([True, False], [1, 2])
ma.masked_equal([1, 2, 3, 2], 2)
ma.masked_not_equal([1, 2], 2)
ma.masked_greater([1, 2, 3], 2)
ma.masked_less_equal([1, 2, 3], 2)
ma.masked_inside([1, 2, 3, 4], 2, 3)
ma.masked_outside(np.linspace(-3, 3, 7), -2, 2)
ma.masked_values([1.0, 1.1, -999], -999)
ma.masked_invalid([1.0, np.nan, 3.0, np.inf])
ma.fix_invalid([1, np.nan])
ma.zeros(3), ma.ones((2, 2)), ma.arange(3), ma.masked_all(2).mask
ma.array([1, 2], mask=[1, 0, 1])
ma.masked_where([True, False, True], [1, 2])

# %%% arithmetic
x + 1
x * 2.5
x / 0
1 / x
x ** 2
-x
x > 2
x == 3
x != ma.array([1, 2, 3, 4, 6])
x + ma.array([1, 1, 1, 1, 1], mask=[0, 1, 0, 0, 0])
np.array([1, 2, 3, 4, 5]) + x
np.array([1, 2, 3, 4, 5]) > x
[1, 2, 3] * w
w // 2, w % 2, abs(-w), w.dot(w)
ma.sqrt([-1, 4, 9])
ma.log(np.array([0.0, 1.0, np.e]))
np.sqrt(z)
np.exp(z[0]), np.abs(z[1]), np.add(z, 1)[2]
ma.masked + 1, 2 * ma.masked
ma.add(x, 1), ma.maximum(x, 3), ma.max(x), ma.mean(x)
ma.dot(z, z.T)
ma.outer([1, 2], [3, 4])
float(ma.masked)

# %%% elements and shapes
x[2], x[1], x[2] is ma.masked, x[1:4]
z[z > 5]
z[0], z[:, 1], z[1, 2]
z.ravel(), z.reshape(2, 6), z.T.shape, z.flatten().shape, x.squeeze().shape
x.take([0, 1]), x.repeat(2), x.nonzero(), x.argsort()
[v for v in x]
ma.concatenate([x, x]), ma.vstack([z, z]).shape, ma.hstack([x, x])
ma.where(x > 2, x, 0), ma.where(w > 1), np.where(w > 1)
ma.sort(ma.array([3, 1, 2], mask=[0, 1, 0]))
ma.unique(ma.array([1, 2, 2, 3], mask=[0, 0, 1, 0]))
ma.mask_rows(ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]]))
ma.mask_cols(ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]]))
ma.compress_rows(ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]])), ma.compress_cols(ma.array([[1, 2], [3, 4]], mask=[[0, 1], [0, 0]]))
ma.clump_unmasked(x), ma.clump_masked(x), ma.notmasked_contiguous(z), ma.notmasked_edges(x), ma.notmasked_edges(z, axis=0)
ma.allclose(x, x), ma.allequal(x, x), ma.allequal(x, x, fill_value=False)

# %% changed
x[0] = ma.masked
print(x)
x[2] = 9
print(x, x.mask)
x.mask[3] = True
print(x)
x.mask = False
print(x)
x.mask = [1, 0, 1, 0, 1]
print(x, x.fill_value)
x.fill_value = -1
print(x.filled(), repr(x))
v = w[:2]
v[0] = 5
print(w, v.mask)
v[1] = ma.masked
print(w)
h = ma.array([1, 2, 3], mask=[0, 1, 0], hard_mask=True)
h[:] = 9
print(h)

# %% in place
z -= 1
print(z)
z *= 2
print(z)
z /= 4
print(z)
z[0] = 5
print(z, z.mask)

# %% missing measurements
t = np.array([21.5, -999, 22.1, np.nan, 20.9])
m = ma.masked_invalid(ma.masked_equal(t, -999))
print(m, m.mean().round(3), m.filled(m.mean()).round(2))
print(m - m.mean(), (m > 21).sum(), m[~m.mask])
b = np.arange(5)
g = ma.masked_less(b, 2)
print(b[~g.mask], b[g.mask], g.mask.sum(), g[~g.mask].mean())

# %% kept and copied
import pickle, copy
print(pickle.loads(pickle.dumps(w)), copy.deepcopy(w), pickle.loads(pickle.dumps(ma.masked)) is ma.masked)
for row in z:
    print(row)
