# %% setup
import numpy as np
a, k, i32 = np.arange(24).reshape(2, 3, 4), np.arange(6).reshape(2, 3), np.arange(5, dtype=np.int32)
m, n, v = np.arange(6.).reshape(2, 3), np.arange(12.).reshape(3, 4), np.array([1., 2., 3.])
pairs = np.array([[1, 1], [2, 2], [3, 3]])
samples = np.array([[0, 1, 2.], [2, 1, 0]])
data = np.arange(12.).reshape(2, 2, 3)

# %%% products are objects
np.matmul, np.vecdot, np.matvec, np.vecmat
isinstance(np.matmul, np.ufunc), type(np.matmul).__name__, type(np.divmod).__name__
np.matmul.nin, np.matmul.nout, np.matmul.nargs, np.matmul.identity, np.matmul.signature
np.vecdot.signature, np.matvec.signature, np.vecmat.signature
np.matmul.resolve_dtypes((np.dtype(int), np.dtype(float), None))
np.add.resolve_dtypes((np.dtype(np.int8), int, None))
np.matmul.reduce(np.eye(3))
np.matmul.outer(m, n)
np.matmul.at(m, 0, n)
np.matmul(m)
np.matmul(m, n, 1, 2)
np.matmul(m, n, bad=1)
np.matmul(m, n, out=np.zeros((2, 4)))
np.matmul(m, n, np.zeros((2, 3)))
np.matmul(m, n, out=np.zeros((2, 4), int))
np.matmul(m, n, out=3)
np.matmul(m, n, dtype=int)
np.matmul(m, n, dtype=np.float32)
np.matmul(m, n, casting='Z')
np.matmul(m, n, order='F').flags.f_contiguous
np.matmul(m, n, signature='ff->f').dtype
np.matmul(np.ones((2, 3, 4)), np.ones((4, 5, 2)), axes=[(1, 2), (0, 1), (0, 2)]).shape
np.matmul(np.ones((2, 3, 4)), np.ones(4), axes=[(1, 2), 0, 0]).shape
np.matmul(m, n, axes=[0, 1, 1])
np.matmul(m, n, axes=5)
np.matmul(m, n, axis=0)
np.matmul(m, n, keepdims=True)
np.matmul(np.eye(3, dtype=object), [1, 2, 3])
np.vecdot(m, m, axis=0)
np.vecdot(m, m, axis=0, keepdims=True)
np.vecdot(m, m, axes=[0, 0])
np.vecdot([1j, 2], [1, 1])
np.matvec(np.ones((3, 2)), np.ones((5, 3)), axes=[(1, 0), 1, 1]).shape
np.vecmat([1j, 2], np.eye(2))
np.vecmat(np.ones((2, 2), bool), np.ones((2, 2), bool))

# %%% clip
np.clip(i32, 1.5, 3.5, out=i32.copy(), casting='unsafe')
np.clip(i32, 1, 3, dtype=np.float32)
i32.clip(1, 3, dtype=np.float32)
np.clip(i32, 1, 3, where=[True, False, True, False, True], out=i32 * 0)
np.clip(i32, 1, 3, casting='garbage')
np.clip(1, 2, 3, min=2)
np.clip(1)

# %%% isclose
np.isclose([1, 2], [1, 2.1], rtol=[.1, .01])
np.isclose([1, 2], [1, 2.1], atol=np.array([.1, .01]))
np.allclose([1, 2], [1, 2.1], rtol=[.1, .01])
np.isclose(np.float32(1), 1 - 1e-9, atol=0, rtol=0)
np.isclose(np.float32(1), np.float64(1) - 1e-9, atol=0, rtol=0)
np.isclose([1.], [1.], rtol=np.nan)
np.allclose([1.], [1.], atol=np.inf)

# %%% spread by either name
np.std([1, 2, 3], correction=1)
np.std([1, 2, 3], correction=1, ddof=1)
np.nanstd([1, 2], correction=1, ddof=1)
np.nanvar([1, 2, np.nan, 4], where=[True, False, True, True])
np.nanstd(np.array([1, 2.5], np.float64), dtype=np.float32)

# %%% modes of sliding sums
np.correlate([1, 2], [1, 2], mode=2)
np.convolve([1, 2], [1, 2], mode=0)
np.convolve([1, 2], [1, 2], mode=-1)
np.convolve([1, 2], [1, 2], mode=None)
np.convolve([1, 2], [1, 2], 'v')
np.convolve([1, 2], [1, 2], 'z')
np.correlate([1, 2], [])

# %%% turned and rolled
np.roll(np.arange(5), 2**100)
np.roll(np.arange(5), np.uint8(2))
np.roll(np.arange(5), 1.5)
np.roll(k, (1, 2**70), (0, 1))
np.rollaxis(a, 0, -5)
np.rollaxis(a, 0, 5)
np.rollaxis(a, 2).shape
np.rot90(np.ones((2, 2, 2)), axes=(0, 1, 2))

# %%% like another
np.zeros_like(a, shape=(3, 4), order='F').strides
np.ones_like(a.T, shape=(3, 4, 5)).strides
np.zeros_like(a, dtype='S').dtype
np.astype(np.int64(10), np.float64)
np.astype([1], float)
np.require(a, None, ['Q'])
np.require(a, float, ['C', 'F'])
np.require(a, float, ['F']).flags.f_contiguous
np.broadcast(*[np.ones(2)] * 65)
k.flatten('f')
k.copy('f').strides
np.ravel(k, order='f')

# %%% chosen and put
np.choose([0, 1], [[1, 2], [3, 4]])
np.choose([0, 5], [[1, 2], [3, 4]])
np.choose([0, 5], [[1, 2], [3, 4]], mode='clip')
np.choose([0, -1], [[1, 2], [3, 4.5]], mode='wrap')
np.choose([0, 1], [[1, 2], [3, 4.]], out=np.zeros(2))
np.choose([0, 1], [[1, 2], [3, 4]], out=np.zeros(3))
np.choose([0, 1], [])
np.choose(1, [10, 20])
np.choose([0, 1], [1, 2.5], mode='q')
np.put_along_axis(k.copy(), np.array([[0, 1]]), 5, None)

# %%% weights
np.average(data, axis=(1, 0), weights=[[1, 2], [3, 4.]])
np.average(data, axis=(2, 0), weights=np.arange(6.).reshape(3, 2))
np.cov(samples, fweights=[1, 4.5, 1])
np.cov(samples, fweights=np.ones((2, 3), int))
np.cov(samples, fweights=[1, 2])
np.cov(samples, aweights=[-1, 2, 1.])
np.cov(samples, fweights=[1, 4, 1], aweights=[1.5, 2, 3])

# %%% inserted and deleted
np.insert(pairs, [1], [1, 2, 3], axis=1)
np.insert(pairs, [1], [[1], [2], [3]], axis=1)
np.insert(pairs, 1, [1, 2, 3], axis=1)
np.insert(pairs, [0, 1], [[7, 8]], axis=0)
np.insert(np.array(1), [], 2, axis=0)
np.insert([0, 1, 2], [1.5], [3])
np.delete(np.arange(4), np.array([[0, 1], [2, 1]]))
np.delete([1, 2, 3], [True, False])
np.delete([1, 2, 3], [True, False, False])
np.delete(np.array(1), [], axis=0)

# %%% running sums
np.cumulative_sum(np.arange(4).reshape(2, 2), axis=0, include_initial=True, out=np.zeros((3, 2)))
np.diff([1, 2, 4], prepend=0, axis=3)
np.add.accumulate(m, axis=None)
np.add.accumulate(5)
np.add.accumulate(m, axis=(0,))
np.add.accumulate(m, axis=(0, 1))
np.add.reduceat(np.arange(8), [0, 2], axis=None)

# %%% into themselves
x = np.arange(16); np.add.at(x, x[::2] % 8, x[:8]); x
y = np.arange(10); np.add.at(y, y[::-1], y); y
np.may_share_memory(a, a, max_work=10**100)
np.may_share_memory(a[::2], a[1::2], max_work=1)
np.zeros(28, np.int8)[4:].view(np.float64)

# %%% between, sorted, in windows
np.interp(.5, [np.nan, 1], [0, 10])
np.interp(.5, [np.nan, np.nan], [0, 10])
np.digitize([1], [1j])
np.sort_complex(np.array([3, 1], np.int8)).dtype
np.median(np.ones((0, 3)), axis=0)
np.median(np.ones((3, 0)), axis=1)
np.kaiser(1.0, 0)
np.bartlett(4.5)
np.sinc(np.float16(0))
np.sinc(np.array([0, .5], np.float16))

# %%% blocks
np.block([1, [2]])
np.block([[]])
np.block([(1, 2), (3, 4)])
np.block([np.asfortranarray(m), np.asfortranarray(m)]).flags.f_contiguous
np.concatenate(([1], [2.5]), casting='bad')
np.concatenate(([1], [2]), out=np.zeros(2), dtype=float)
np.concatenate(([1], [2.5]), out=np.zeros(2, int))
np.concatenate(([1], [2.5]), out=np.zeros(3))

# %%% vectorized
np.vectorize(5)
np.vectorize(lambda x: x, otypes='zz')
np.vectorize(lambda x: x, otypes=5)
np.vectorize(lambda x: x, signature='bad')
np.vectorize(lambda x: (x, x), signature='()->()')(1)
np.vectorize(lambda x, y: x, signature='(),()->()')(1)
np.vectorize(lambda x: x, signature='(n)->(n)', otypes=['f8'])([1, 2])
