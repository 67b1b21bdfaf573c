# %% setup
import numpy as np
import warnings
M = np.array([[10.0, 7, 4], [3, 2, np.nan]])
Z = np.array([[0, 0, 2, 3, 0, 0], [0, 1, 0, 3, 0, 0], [0, 0, 0, 0, 0, 0]])

# %%% samples between and outside
np.interp(3.5, [1, 2, 3], [3, 2, 0], right=-99.0)
np.interp([0, 9], [1, 2, 3], [3, 2, 0], -1.0, 7)
np.interp([0, 9], [1, 2, 3], [3, 2j, 0], left=-1, right=7.0)
np.gradient([1.0, 2, 4, 7, 12], 2.0, edge_order=2)
np.gradient([0.0, 1, 4, 9], [0.0, 1, 1.5, 3.5], edge_order=2)
np.gradient(np.array([[1, 2, 6], [3, 4, 5]]), [1.0, 2.0], 2)
np.gradient([1, 2, 3], 1, 2)
np.unwrap([0, 1, 2, -1, 0], period=4), np.unwrap([0, 1, 2, -1, 0], period=4.0)
np.unwrap([[0, 3.5, 7.0], [1, 2, 8]], axis=0, discont=4)
np.geomspace(1j, 1000j, num=4), np.geomspace(-1, -1000, 4), np.geomspace([1, 2], [10, 20], 3, axis=1)
np.logspace(2.0, 3.0, num=4, base=[2.0, 3.0], axis=-1), np.logspace(0, 3, 4, base=2, dtype=int)

# %%% values put in place of others
np.nan_to_num([np.inf, -np.inf, np.nan, 8], nan=np.array([1, 2, 3, 4]), posinf=[5, 6, 7, 8], neginf=-9)
np.nan_to_num(np.array([complex(np.inf, np.nan), np.nan]), nan=np.array([1, 2]), posinf=[3, 4])
np.nan_to_num(np.float32([np.inf, np.nan, 1]), nan=5)
np.isreal(np.array(['1', '2j'])), np.isreal(np.array([1, '2', 3j], dtype=object)), np.iscomplex(['a'])
np.ldexp(5, np.arange(3)), np.ldexp(np.arange(3), 2), np.ldexp(np.int16(3), 2), np.ldexp(np.float32(1.5), [1, 2])
np.ldexp(1, 2.0)
np.i0(0.0), np.i0([0, 1, 10])
np.isin([[1, 2], [3, 4]], {1, 2}), np.isin([1, None], [None])

# %%% quantiles
np.nanpercentile(M, 50, axis=1, keepdims=True), np.nanquantile(M, [0.5, 0.25], axis=0)
np.nanquantile(M, 0.5, axis=(0, 1), keepdims=True), np.nanpercentile(M, 30, method='lower')
np.nanpercentile([np.nan, np.nan], 50)
np.quantile([[1.0, 2, 3, 4]], 0.5, axis=1, weights=[1, 1, 1, 5], method='inverted_cdf')

# %%% edges
np.trim_zeros([0, 0, 1, 2, 0]), np.trim_zeros((0, 1, 0), 'b'), np.trim_zeros(Z), np.trim_zeros(Z, axis=-1)
np.trim_zeros([0, 1], 'x')
np.pad([1, 2, 3, 4, 9], 2, 'median'), np.pad([1, 2, 4], 3, 'reflect', reflect_type='odd'), np.pad([1, 2, 4], 2, 'symmetric', reflect_type='odd')
np.pad([[1, 2]], {-1: (1, 2)}), np.pad([[1, 2]], {0: 1}, mode='edge'), np.pad([1, 2, 3, 9], 2, 'mean', stat_length=2)
np.pad(np.array(['a', 'b']), 1, 'edge'), np.pad(np.array(['a', 'b']), 1, constant_values='x')
np.pad([1, 2], 1, mode='edge', constant_values=3)
np.pad([1, 2], 1.5)

# %% padding by a function
def frame(row, width, axis, options):
    row[:width[0]] = options.get('ink', 7) + axis
    row[len(row) - width[1]:] = -1
print(np.pad(np.arange(6).reshape(2, 3), ((1, 1), (2, 1)), frame, ink=20))

# %%% places
np.ravel_multi_index([[3, 6, 6], [4, 5, 1]], (4, 4), mode=('clip', 'wrap')), np.ravel_multi_index((3, 1, 4), (6, 7, 8))
np.size(Z, axis=(0, 1)), np.size(Z, (1,))
np.size(Z, axis=(0, 0))
np.isscalar(__import__('fractions').Fraction(1, 2)), np.isscalar(__import__('decimal').Decimal(1)), np.isscalar([1])

# %% walking step by step
b = np.broadcast([[1], [2]], [4, 5])
print(next(b), next(b), b.index, b.reset(), b.index, list(b), type(b))
flat = np.arange(6).reshape(2, 3).flat
print(type(flat), flat.coords, next(flat), flat.coords, next(flat), next(flat), next(flat), flat.coords, flat.index, list(flat))

# %% memory in common
x = np.zeros(200000)
print(np.shares_memory(x[::2], x[1::2]), np.shares_memory(x[::2], x[::3]), np.shares_memory(x[::-1], x[:1]), np.may_share_memory(x[::2], x[1::2]))
grid = x.reshape(400, 500)
print(np.shares_memory(grid[:, 3], grid[:, 4]), np.shares_memory(grid[:, 3], grid[7]))
y = np.zeros(90000, dtype=np.int8)
a = np.lib.stride_tricks.as_strided(y, strides=(970, 887, 331), shape=(30, 30, 30))
b = np.lib.stride_tricks.as_strided(y[11:], strides=(1009, 797), shape=(40, 40))
try:
    np.shares_memory(a, b, max_work=3)
except np.exceptions.TooHardError as error:
    print(type(error).__name__, error)
f = np.asfortranarray(np.ones((2, 3)))
print(np.asfortranarray(f) is f)

# %%% types made of others
np.dtype([('a', 'i1'), ('b', '?'), ('c', 'i4', 2), ('d', 'V3'), ('e', 'f8', (2,)), ('f', [('x', 'S4')])]), np.dtype('S10'), np.promote_types('i4', 'S8')
np.dtype((int, 2)), np.dtype('i4, (2,3)f8'), np.dtype('8f'), np.dtype((int, 2)).shape, np.dtype((int, 2)).base, np.dtype((int, 2)).subdtype, np.dtype((int, 2)).itemsize
np.dtype([('a', 'i1'), ('b', 'i4')], align=True), np.dtype({'names': ['a', 'b'], 'formats': ['i1', 'i4'], 'offsets': [1, 4], 'itemsize': 16})
np.dtype({'x': (np.int8, 0), 'y': (np.int8, 1)}), np.dtype([('a', int), ('b', float)])[['b']], np.dtype([('a', 'i1'), ('b', 'i4')], align=True).descr
np.dtype('>i2'), np.dtype('>i2').isnative, np.dtype('>i2') == np.dtype('i2').newbyteorder(), np.promote_types('>i8', '<c8')
dict(np.dtype(float, metadata={'unit': 'm'}).metadata), np.dtype(float, metadata={'unit': 'm'}) == np.dtype(float)
np.zeros(3, (int, 2)), np.zeros(2, [('r', 'f8', (2,)), ('n', 'i4')]), np.zeros(1, 'i4, 2f4')[0], np.zeros(2, 'V3')
np.fromiter(((k, k + 1) for k in range(3)), np.dtype((int, 2)))
np.frombuffer(b'stones', 'S2'), np.frombuffer(b'\1\2\3\4\5\6', [('a', 'u1'), ('b', '<u2')]), np.frombuffer(b'\0\1\0\2', '>i2').tolist()
np.void(3), np.void(b'xyz'), np.void((1.5, b'pq'), dtype='d,S5'), np.void(3, dtype=[('x', np.int8), ('y', np.int8)])
np.str_('abc\0'), np.bytes_(b'abc\0'), np.array([b'stone', b'wood'], 'S5').byteswap(), memoryview(np.str_('ab')).tobytes()
(np.arange(4.0) + 2j).getfield(np.float64, 8), np.array([1, 2]).getfield('i4'), np.array([1.5]).view('S8'), np.array([b'abc']).view('u1')
np.arange(3).getfield('i4', 8)
np.arange(3).setflags(uic=True)

# %% records over one piece of memory
x = np.array([(1, 2), (3, 4)], dtype=[('a', np.int8), ('b', np.int8)])
v = x.view(np.int8).reshape(-1, 2)
v[0, 1] = 20
print(x, v.mean(0), x.view(np.int16), x[['b']])
y = np.arange(6.0).reshape(2, 3)
r = y.view([('p', float), ('q', float), ('r', float)])
r['q'] = 9
print(y, r.shape, r.view(float))
e = np.eye(2)
e.setfield(3, np.int32)
print(e.getfield(np.int32), e)

# %% records with axes in their fields
x = np.array([(1, [1.5, 2.5]), (2, [3.5, 4.25])], [('a', 'i4'), ('b', 'f4', 2)])
print(x, x[1]['b'], x['b'].shape, x[::-1].tolist(), x.reshape(2, 1).shape, x[x['a'] > 1], x == x, np.concatenate([x, x[:1]]))
x['b'][0] = 5, 6
x[1] = (7, [8, 9])
import io
file = io.BytesIO()
np.save(file, x)
file.seek(0)
print(np.load(file), x.tobytes(), np.zeros_like(x), repr(x[0]))
q = np.rec.array([(1, 2.0)], dtype=[('a', 'f4'), ('b', 'i4')])
print(np.asarray(q) is q, type(np.asarray(q)), type(np.asanyarray(q)))

# %%% lists of a depth, objects, casts that keep values
np.array([[1, 2], [3, 4]], dtype=object, ndmax=1), np.array([[1, 2], [3, 4]], dtype=object, ndmax=2), np.array([1, 2], ndmax=3)
np.array([[1, 2], [3, 4]], ndmax=1)
np.tensordot(np.arange(4).reshape(2, 2), np.array([['a', 'b'], ['c', 'd']], dtype=object)), np.tensordot(np.array([1, 2], object), np.array([3, 4], object), 1)
np.array([1.0, 2.0]).astype(int, casting='same_value'), np.array([np.nan]).astype('f4', casting='same_value')
np.array([1.0, 2.5]).astype(int, casting='same_value')
np.arange(6).reshape(2, 3).resize(2, 2)
np.hypot(3e-310, 4e-310), np.hypot(1e300, 1e300), np.hypot(np.inf, np.nan), np.absolute(1.2 + 1j)

# %% arrays filled and resized in place
a = np.array([0, 0], dtype=object)
a.fill([1, 2])
b = np.array([None, None])
b.fill(np.array(3))
c = np.empty(2, object)
c[...] = np.array(3)
d = np.array([[0, 1], [2, 3]], order='F')
d.resize((2, 1))
d.resize((3, 2), refcheck=False)
print(repr([a, b, c, d]))

# %% matrices of blocks
A, B = np.asmatrix('1 1; 1 1'), np.asmatrix('2 2; 2 2')
print(np.bmat('A,B; B,A'), np.bmat([[A, B]]), np.bmat(np.r_[np.c_[A, B]]), np.bmat([A, np.ones((2, 1))]), sep='\n')
print(repr(np.r_['r', [1, 2, 3], [4, 5]]), repr(np.r_['c', [1, 2]]))

# %% ways to sum
chain = [np.ones(s) for s in ((3, 40), (40, 5), (5, 60), (60, 7), (7, 8))]
for way in 'greedy', 'optimal', False, ('greedy', 10):
    path, table = np.einsum_path('ij,jk,kl,lm,mn->in', *chain, optimize=way)
    print(path, table, sep='\n')
print(*np.einsum_path('ea,fb,abc,gc', *[np.ones((6, 6))] * 2, np.ones((6, 6, 6)), np.ones((6, 6))), sep='\n')
print(np.einsum('ij,jk,kl,lm,mn->in', *chain, optimize=np.einsum_path('ij,jk,kl,lm,mn->in', *chain)[0])[0, 0])

# %% text between quotes, columns of widths
import io
label = [('label', 'U12'), ('value', float)]
print(repr(np.loadtxt(io.StringIO('"oak, #4",10.0\n"elm, #6",2.0\n'), dtype=label, delimiter=',', quotechar='"')))
print(repr(np.loadtxt(io.StringIO('"oak, #4"   10.0\n"elm, #6" 2.0\n'), dtype=label, quotechar='"')))
print(repr(np.loadtxt(io.StringIO('"She said ""no""."'), dtype='U', delimiter=',', quotechar='"')))
print(np.loadtxt(io.StringIO('1,"2",3 # x\n4,5,"6"'), delimiter=',', quotechar='"'))
print(repr(np.genfromtxt(io.StringIO('1,1.3,oak'), dtype='i8,f8,S5', names=['whole', 'part', 'name'], delimiter=',')))
print(repr(np.genfromtxt(io.StringIO('11.3maple'), dtype=None, names=['a', 'b', 'c'], delimiter=[1, 3, 5], encoding=None)))

# %% classes of NumPy among its functions
x, y = np.ma.masked_array([1, 2, 3], [0, 1, 0]), np.ma.array([4, 5])
print(repr(np.concatenate([x, y])), repr(np.ma.concatenate([x, y])))
p = np.poly1d([1, 2, 3])
print(repr([np.square(p), np.array([1, 2, 3]) * p, p * np.array([1, 2]), 2 * p, np.add(p, 1)]))
np.info('nosuchname')

# %% flat indices that are none
for wrong in (0.5, [0.5], [], np.float64(1), True, [-1], 6):
    try:
        print(np.unravel_index(wrong, (2, 3)))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
