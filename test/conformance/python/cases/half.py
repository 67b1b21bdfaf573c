# %% setup
import numpy as np
a = np.array([0.1, 1, 2.5, 1000, 65504], np.float16)
m = np.linspace(0, 1, 12).reshape(3, 4).astype('f2')
h = np.float16

# %%% printing
a
print(a)
np.array([1e-7, 6e-8, 1], h)
np.array([12345, 20000], h)
np.array([1000.5, 2000], h)
np.array([[0.1, 22.5], [np.nan, np.inf]], h)
np.zeros(0, h)
np.array(3.3, h)
[h(v) for v in (0.1, 1e-5, 1 / 3, 999, 1000, 1234.5, 65504, 9.9e-5, 506.25)]
[str(h(v)) for v in (0.1, 2048, -0.0, np.inf)]
f'{h(0.1):.4f} {h(0.1)}'
np.arange(2000, dtype=h)
np.array2string(a, precision=2, separator=', ')
np.finfo(h)
print(np.finfo(h))
print(np.finfo(np.float32))
print(np.finfo(float))

# %%% the dtype
np.dtype('f2'), np.dtype('e').char, np.dtype('half').num, np.dtype(h).str, np.dtype(h).itemsize
np.half is np.float16
a.dtype, a.itemsize, a.nbytes, a.strides, m.T.strides
np.promote_types('f2', 'i1'), np.promote_types('f2', 'u2'), np.promote_types('f2', 'i4'), np.promote_types('f2', 'F')
np.result_type(h, 1.5), np.result_type(h, 1j), np.result_type(np.int8, h, True)
np.can_cast('f2', 'f4'), np.can_cast('i2', 'f2'), np.can_cast('f8', 'f2', 'same_kind'), np.can_cast('u1', 'f2')
np.issubdtype(h, np.floating), isinstance(h(1), np.floating), isinstance(h(1), float)
np.min_scalar_type(1.0), np.min_scalar_type(1e6), np.min_scalar_type(1e60)
np.finfo(h).max, np.finfo(h).eps, np.finfo(h).tiny, np.finfo(h).smallest_subnormal
np.spacing(h(1)), np.spacing(np.float32(1)), np.spacing(1.0), np.spacing(0.0), np.spacing(-2.0), np.spacing(np.inf)

# %%% arithmetic
a * 2
a + a
h(0.1) + h(0.2)
h(60000) * 2
h(1) / 3
h(3) + 1, h(3) + 1.5, h(3) + np.float32(1), h(3) + np.float64(1), h(3) + np.int8(1), h(3) + np.int64(1)
(m + np.ones(4, 'i2')).dtype, (m + np.ones(4, 'i1')).dtype, (m + np.ones(4)).dtype, (m * 1j).dtype
h(1) < 0.1, h(0.1) == 0.1, h(2049), h(70000)
np.array([1.5, -22.5], h) ** 2
np.array([1.5, -22.5], h) // 1, np.array([1.5, -22.5], h) % 1
-a, abs(-a), np.sign(-a)
divmod(h(5), 2)
h(2) ** 10, h(5) // 2, h(5) % 3
np.array([1, 2, 3], h) == np.array([1, 2, 4])
np.array([1, 2], h) / np.array([3, 0], h)
a > 2
np.sqrt(np.array([1, 2], 'u1')), np.exp(np.int8(1)), np.sqrt(True), np.sin(np.array([True, False]))
np.add(a, a, dtype=np.float32)
np.hypot(h(3), h(4)), np.arctan2(h(1), h(1)), np.power(h(2), h(0.5))
np.maximum(m, 0.5)
np.exp(a)

# %%% reductions
a.sum()
a[:4].sum(), a[:4].mean(), a[:4].std(), a[:4].var(ddof=1)
a.mean()
a.std()
m.sum(axis=0)
m.sum(axis=1)
m.sum(0, dtype=np.float32)
m.mean(0), m.mean(1), m.mean(dtype=float)
m.var(1)
m.std()
m.prod(axis=1), m.prod()
m.cumsum()
m.cumsum(0)
m.max(), m.min(axis=1), m.argmax(), m.argsort(axis=0)[0]
np.median(m), np.percentile(m, 50), np.quantile(m, [0.25, 0.5])
np.add.reduce(np.full(10, 0.1, h)), np.add.accumulate(np.full(4, 0.1, h)), np.multiply.reduce(np.full(4, 0.1, h))
np.average(m), np.ptp(m), np.any(m), np.all(m), np.count_nonzero(m)
np.full(5000, 1, h).sum(), np.full((5000, 2), 1, h).sum(0)
np.diff(m[0]), np.cov(m).dtype, np.histogram(m)[0]

# %%% shapes and elements
m.T.shape, m[1], m[m > 0.5]
m[1:3].base is m, m.T.base is m, m.reshape(-1).base is m
m.reshape(2, 6)
[float(x) for x in m[0]], [type(x).__name__ for x in m[0]]
m.tolist()[0]
m.item(3), float(h(0.1)), int(h(7.9)), h(0.5).item(), '%.3f' % h(0.1)
np.concatenate([m, m]).dtype, np.concatenate([m, np.ones((1, 4))]).dtype, np.vstack([m[0], m[0]])
np.where(m > 0.5, m, 0), np.clip(m, 0.2, 0.7), np.sort(m, axis=None)[:3], np.unique(np.array([1, 1, 2], h))
np.zeros_like(m).dtype, np.full_like(m, 2)[0], np.ones((2, 2), h), np.eye(2, dtype=h), np.full(2, 7, h), np.empty(2, h).dtype
np.arange(3, dtype=h), np.arange(0, 1, 0.25, dtype=h), np.linspace(0, 1, 5, dtype=h)
np.array([h(1), h(2)]), np.array([h(1), 2.5]), np.array([h(1), np.float32(2)]).dtype
np.array([1, 2, 3], h).view('u2'), np.array([15360, 0xfc00], 'u2').view(h), a.tobytes(), np.frombuffer(a.tobytes(), h)
np.array([1e6]).astype(h)
m.astype(int)[2], m.astype('f4').dtype, m.astype(str)[0], np.ones(3).astype(h).astype(float), np.float32(m)[0], np.float16([1, 2])
np.round(m, 1)[0], np.isnan(m).any(), np.isclose(h(1), 1), np.allclose(m, m), np.array_equal(m, m)
np.pad(m[0], 1), np.tile(m[0], 2), np.repeat(m[0], 2), np.roll(m[0], 1), np.flip(m[0]), np.nan_to_num(np.array([np.nan, 1], h))
h(1).astype(float), h([1, 2]), h('1.5'), hash(h(0.5)) == hash(0.5)

# %%% products
np.dot(m, m.T)
m @ m[0]
np.outer(m[0], m[0]).dtype, np.einsum('ij,kj->ik', m, m), np.inner(m[0], m[1]), np.vdot(m[0], m[1]), np.kron(m[0], m[0]).dtype
np.linalg.norm(np.array([3, 4], h))
np.linalg.inv(np.eye(2, dtype=h))
np.linalg.solve(m[:2, :2], m[0, :2])
(np.eye(2, dtype=h) @ np.ones(2)).dtype

# %% changed in place
m[0] = 3.14159
m[1, 1] = 2
m += 1
m *= np.float32(2)
print(m, m.dtype)
b = m[1:3]
b[0, 0] = 9
print(m[1, 0])
m.reshape(-1)[0] = 77
print(m[0, 0])
m.sort()
print(m)
f = np.arange(3.0)
f += h(0.5)
print(f)
i = np.arange(3)
try:
    i += h(1)
except TypeError as error:
    print(error)

# %% where the step is one
x = h(1)
while x + h(1) != x:
    x = h(x * 2)
print(x)
s = h(0)
for _ in range(1000):
    s += h(0.1)
print(s)

# %% softmax and its overflow
def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
print(softmax(np.array([[1, 2, 3], [1, 2, 1000]], dtype=h)))
print(np.exp(np.array([5, 12], dtype=h)))

# %% precisions compared
for t in (np.float16, np.float32, np.float64):
    x = np.arange(1, 101, dtype=t)
    print(t.__name__, x.nbytes, (1 / x).sum(), np.sqrt(x)[:3], x.dtype)

# %% in files
import io, pickle, copy
f = io.BytesIO()
np.save(f, m)
f.seek(0)
b = np.load(f)
print(b.dtype, (b == m).all(), pickle.loads(pickle.dumps(m)).dtype, pickle.loads(pickle.dumps(h(2))), copy.deepcopy(m)[2])
