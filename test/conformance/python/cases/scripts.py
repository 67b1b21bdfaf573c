# %% setup

# %% structured arrays of people
import numpy as np
people = np.array([('Ada', 36, 165.5), ('Bob', 25, 180.2), ('Cyd', 41, 172.0), ('Dan', 25, 169.9)],
                  dtype=[('name', 'U10'), ('age', 'i4'), ('height', 'f8')])
print(people)
print(people.dtype)
print(repr(people))
print(people['name'], people['age'].mean(), people['height'].max())
print(people[people['age'] > 30])
print(np.sort(people, order='age'))
print(np.sort(people, order=['age', 'height'])['name'])
print(np.argsort(people, order=('age', 'name')))
people['age'] += 1
print(people[0], people[0]['name'], type(people[0]))
people[1] = ('Bea', 30, 150.0)
print(people[1])
print(people.dtype.names, people.dtype.fields['age'], people.dtype.itemsize, people.itemsize)
d = np.dtype([('pos', [('x', 'f4'), ('y', 'f4')]), ('mass', 'f8')])
q = np.zeros(2, d)
q['pos']['x'] = [1, 2]
print(q, d)
for row in people:
    name, age, height = row
    print(f'{name:>5} {age:3d} {height:7.2f}')
print(people[['name', 'age']])
print(people.tolist())
t = np.rec.array([(1, 2.5), (3, 4.5)], dtype=[('a', int), ('b', float)]) if hasattr(np, 'rec') else None
from numpy.lib import recfunctions as rfn
print(rfn.structured_to_unstructured(people[['age', 'height']]))
w = rfn.append_fields(people, 'w', [1., 2., 3., 4.], usemask=False)
print(w.dtype.names, w['w'])
try:
    people['weight']
except ValueError as e:
    print('ValueError', e)
print(people == people[0])
print(np.unique(people['age'], return_counts=True))

# %% functions of strings
import numpy as np
s = np.array(['apple', 'Banana', 'cherry pie', ''])
print(np.char.upper(s), np.char.capitalize(s), np.char.title(s))
print(np.char.add(s, '!'), np.char.multiply(s, 2))
print(np.char.str_len(s), np.char.find(s, 'an'), np.char.count(s, 'p'))
print(np.char.replace(s, 'p', 'P'), np.char.split(s))
print(np.char.center(s, 12, fillchar='*'))
print(np.char.ljust(s, 8), np.char.rjust(s, 8), np.char.zfill(np.array(['1', '-22']), 5))
print(np.char.startswith(s, 'a'), np.char.endswith(s, 'e'))
print(np.char.strip(np.array(['  a ', 'b  '])), np.char.join('-', s[:2]))
print(np.char.isalpha(s), np.char.isdigit(np.array(['1', 'a'])), np.char.lower(s))
print(np.char.encode(s, 'utf-8'), np.char.decode(np.array([b'ab', b'c'])))
print(np.char.equal(s, 'apple'), np.char.not_equal(s, 'apple'), np.char.greater(s, 'b'))
print(np.strings.slice(s, 2), np.strings.upper(s))
print(np.char.partition(np.array(['a-b', 'c']), '-'))
print(np.char.splitlines(np.array(['a\nb', 'c'])))
a = np.array(['1.5', '2', '3e2'])
print(a.astype(float), a.astype(float).astype(str), a.dtype, np.array([1.5, 22.0]).astype('U5'), np.array([1, 200]).astype('S'))
try:
    np.array(['x1']).astype(float)
except ValueError as e:
    print(e)
print(s == 'apple', s < 'b', np.sort(s), np.unique(np.array(list('mississippi')), return_counts=True))
print(s.dtype, s.itemsize, s.nbytes, np.array(['a', 'bcd'], dtype=object))
print(np.char.swapcase(s), np.char.mod('%05.1f', np.array([1.25, 3])), np.char.index(np.array(['xay', 'a']), 'a'))
try:
    np.char.index(s, 'zz')
except ValueError as e:
    print(e)
c = np.char.array(['ab ', 'cd'])
print(c.upper(), c + 'x', type(c).__name__)
print(np.where(np.char.find(s, 'e') >= 0, 'has e', 'no e'))
print(np.strings.translate(s, str.maketrans('a', 'o')) , np.char.expandtabs(np.array(['a\tb']), 4))
print(''.join(np.array(list('abc'))), '-'.join(s.tolist()))

# %% sorting, ranking and sets
import numpy as np
rng = np.random.default_rng(3)
a = rng.integers(0, 20, 12)
print(a, np.sort(a), a[::-1][:3])
idx = np.argsort(a, kind='stable')
print(idx, a[idx])
first = ['Lee', 'Ann', 'Bob', 'Ann']
last = ['Ray', 'Kim', 'Kim', 'Fox']
order = np.lexsort((first, last))
print(order, [f'{last[i]} {first[i]}' for i in order])
p = np.argpartition(a, 3)
print(sorted(a[p[:3]].tolist()))
print(np.partition(a, 4)[4], np.partition(a, (2, 8))[[2, 8]])
m = rng.integers(0, 10, (4, 5))
print(m, np.sort(m, axis=0), np.sort(m, axis=None), sep='\n')
print(m[np.arange(4)[:, None], np.argsort(m, axis=1)])
print(np.take_along_axis(m, np.argsort(-m, axis=1), axis=1))
u, ind, inv, cnt = np.unique(a, return_index=True, return_inverse=True, return_counts=True)
print(u, ind, inv, cnt, sep='\n')
print(np.array_equal(u[inv], a))
rows, inv = np.unique(np.array([[1, 2], [3, 4], [1, 2]]), axis=0, return_inverse=True)
print(rows, inv, inv.shape)
print(np.unique(np.array([[1, 2], [2, 1]]), return_inverse=True))
print(np.unique([1.0, np.nan, np.nan, 2]), np.unique([1.0, np.nan, np.nan], equal_nan=False))
print(np.searchsorted([1, 2, 4, 4, 8], [0, 4, 9]), np.searchsorted([1, 2, 4, 4, 8], 4, side='right'))
print(np.digitize([0.2, 6.4, 3.0, 1.6], [0.0, 1.0, 2.5, 4.0, 10.0]))
print(np.intersect1d([1, 3, 4, 3], [3, 1, 2, 1], return_indices=True), np.setdiff1d([1, 2, 3], [2]), np.union1d([3, 1], [2]), np.setxor1d([1, 2], [2, 3]))
print(np.isin([1, 2, 5], [5, 1]), np.isin([1, 2, 5], [5, 1], invert=True))
s = m.copy()
s.sort(axis=1)
print(s)
s[:, ::-1].sort(axis=1)
print(s)
print(np.sort(np.array([3 + 1j, 1 - 1j, 3 - 2j])), np.sort_complex([2, 1 + 1j]))
print(np.sort(np.array([2.0, np.nan, 1.0, -np.inf])), np.argsort([2.0, np.nan, 1.0]), np.argmax([1, np.nan, 3]), np.nanargmax([1, np.nan, 3]))
try:
    np.sort(a, kind='bogo')
except ValueError as e:
    print(e)
try:
    np.partition(a, 99)
except ValueError as e:
    print(e)
print(np.flip(np.sort(a)), np.median(a), np.percentile(a, [25, 50, 75]), np.quantile(a, 0.3, method='nearest'))
print(np.unique_counts(np.array([1, 1, 2])), np.unique_inverse(np.array([3, 1, 3])), np.unique_values(np.array([2, 2])))
print(sorted(a, reverse=True)[:3], max(a), min(a), sum(a), a.max().item())

# %% classes of one's own over ndarray
import numpy as np

class InfoArray(np.ndarray):
    """An array with units."""
    def __new__(cls, input_array, unit=None):
        obj = np.asarray(input_array).view(cls)
        obj.unit = unit
        return obj

    def __array_finalize__(self, obj):
        if obj is None:
            return
        self.unit = getattr(obj, 'unit', None)

    def __repr__(self):
        return f'InfoArray({np.asarray(self).tolist()}, unit={self.unit!r})'

a = InfoArray([1.0, 2.0, 3.0], unit='m')
print(a, a.unit, type(a))
b = a * 2
print(repr(b), b.unit, type(b).__name__)
c = a[1:]
print(repr(c), isinstance(c, np.ndarray), isinstance(c, InfoArray))
print(type(a.sum()), a.sum(), type(a[0]), a.mean(), type(np.sqrt(a)).__name__, np.sqrt(a).unit)
print(repr(a.reshape(3, 1)), repr(a + np.ones(3)), repr(np.ones(3) + a))
print(type(np.asarray(a)).__name__, type(np.array(a)).__name__, type(np.array(a, subok=True)).__name__, type(np.asanyarray(a)).__name__)
print(type(a.T).__name__, type(a.copy()).__name__, type(a.view(np.ndarray)).__name__, type(a.astype(int)).__name__)
d = np.ones((2, 2)).view(InfoArray)
print(d.unit, type(d).__name__, type(d @ d).__name__, type(d.sum(axis=0)).__name__)
print(type(np.concatenate([a, a])).__name__, type(np.vstack([a, a])).__name__, type(np.zeros_like(a)).__name__)

class Loud(np.ndarray):
    def __new__(cls, values):
        return np.asarray(values, dtype=float).view(cls)
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        print('ufunc', ufunc.__name__, method)
        inputs = [np.asarray(x) if isinstance(x, Loud) else x for x in inputs]
        return getattr(ufunc, method)(*inputs, **kwargs)

x = Loud([1, 2, 3])
print(x + 1)
print(np.add.reduce(x))
print(np.multiply.outer(x, [1, 2]))
print(np.sin(x).round(3))

class Half:
    """Not an array, speaks the protocol."""
    def __init__(self, v):
        self.v = v
    def __array__(self, dtype=None, copy=None):
        return np.array([self.v / 2], dtype=dtype)

print(np.array(Half(3)), np.add(Half(4), 1), np.asarray(Half(5), dtype=int))
class Reflect:
    __array_priority__ = 100
    def __add__(self, other): return 'add'
    def __radd__(self, other): return 'radd'
    def __rmul__(self, other): return 'rmul'
print(np.arange(3) + Reflect(), Reflect() + np.arange(3), np.float64(2) * Reflect())
class NoUfunc:
    __array_ufunc__ = None
    def __rsub__(self, other): return f'rsub {other}'
print(np.arange(2) - NoUfunc())

# %% printing options, formats and scalars
import numpy as np
a = np.array([1.23456789, 1e-10, 12345.678])
print(a)
np.set_printoptions(precision=3)
print(a)
np.set_printoptions(suppress=True)
print(a, repr(a))
np.set_printoptions(precision=4, suppress=True, linewidth=40)
print(np.arange(20) / 3)
np.set_printoptions(threshold=5, edgeitems=2)
print(np.arange(30).reshape(5, 6))
print(repr(np.arange(100)))
np.set_printoptions(formatter={'float': '{: 0.2f}'.format, 'int': lambda x: f'<{x}>'})
print(np.array([1.5, -2]), np.arange(3))
np.set_printoptions(formatter=None, threshold=1000, linewidth=75, edgeitems=3, precision=8, suppress=False)
np.set_printoptions(floatmode='fixed', precision=2)
print(np.array([1, 2.5, 3.14159]))
np.set_printoptions(floatmode='unique')
print(np.array([1, 2.5, 3.14159]))
np.set_printoptions(floatmode='maxprec_equal', precision=3, sign='+')
print(np.array([1, -2.5, 3.14159]))
np.set_printoptions(sign=' ')
print(np.array([1, -2.5]), np.array([1 + 2j, -3.5j]))
np.set_printoptions(sign='-', floatmode='maxprec', precision=8, nanstr='NA', infstr='oo')
print(np.array([np.nan, np.inf, -np.inf, 1]))
np.set_printoptions(nanstr='nan', infstr='inf')
with np.printoptions(precision=2):
    print(np.pi * np.eye(2))
print(np.array2string(np.eye(3), separator=', ', prefix='A = '))
print(np.array2string(np.arange(5) / 3, precision=2, separator=';', floatmode='fixed', suppress_small=True))
print(np.array2string(np.array([1, 2]), formatter={'int': hex}))
print(np.array_repr(np.float32([1, 2])), np.array_str(np.eye(2)))
print(np.format_float_positional(np.float64(1e-5) / 3, precision=8), np.format_float_scientific(1234.5, precision=2), np.format_float_positional(3.0, trim='-'))
x = np.float64(2) / 3
print(x, repr(x), f'{x}', f'{x:.3f}', f'{x!r}', f'{x:10.2e}|', '%.4f' % x, '{:>12}'.format(x), str(x), format(x, '.2%'))
i = np.int64(7)
print(i, repr(i), f'{i:05d}', f'{i:b}', f'{i:x}', '%d' % i, f'{i:,}', f'{i!r:>15}')
print([x, i], (x,), {'k': x}, {i: 1})
b = np.bool_(True)
print(b, repr(b), [b], f'{b}', f'{b!r}')
c = np.complex128(1 + 2j)
print(c, repr(c), f'{c:.2f}', np.complex64(1j), repr(np.complex64(1j)))
print(f'{np.array([1.5, 2])}', f'{np.array([1])!r}', f'{np.array(3.5):.2f}', f'{np.array(3):d}')
try:
    f'{np.array([1.5]):.2f}'
except TypeError as e:
    print(e)
print(np.array([[1, 2], [3, 4]]), np.array([[[1]]]), np.array([]), np.array([[]]), repr(np.array([])), repr(np.zeros((0, 3))), repr(np.array([], dtype=int)))
print(np.array([True, False]), repr(np.array([True])), np.array(['a', "b'c"]), repr(np.array(['a', 'bc'])), np.array([None, 1, 'x']), repr(np.array([None, 1.5])))
print(np.array([1e20, 1]), np.array([1e16, 1]), np.array([1e-5, 1]), np.array([1e-4, 1]), np.array([123456789.123]), np.array([0.1 + 0.2]), np.array([1e100]), np.array([1., 2., 3.]))
print(np.float32(0.1), np.float32([0.1, 0.2]), np.float32(1e10), repr(np.float32(1) / 3), np.array([1, 2], dtype=np.float32) / 3)
print(np.array([1 + 1e-10j, 2]), np.array([1e10 + 1j]), np.array([[1 + 2j, 3], [0.5j, -1]]))
print(np.array([10 ** 18, 1]), np.array([2 ** 63], dtype=np.uint64), np.array([-5, 100], dtype=np.int8), repr(np.array([1], dtype=np.uint8)))
print(np.arange(1001), np.zeros((40, 40)), sep='\n')
print(np.random.default_rng(0).random((3, 30)))
import pprint
pprint.pprint({'a': np.arange(3), 'b': [np.eye(2)]})
print('a = ', np.eye(2), '\nb =', np.ones(2), sep='')
print(*np.arange(4), sep=', ')
print(np.array([b'ab', b'c']), repr(np.array(b'x')), repr(np.array('x')), repr(np.array(1.5)), repr(np.array(None)))

# %% walking over arrays
import numpy as np
a = np.arange(6).reshape(2, 3)
for x in np.nditer(a):
    print(x, end=' ')
print()
for x in np.nditer(a, order='F'):
    print(x, end=' ')
print()
for x in np.nditer(a.T, order='C'):
    print(x, end=' ')
print()
it = np.nditer(a, flags=['multi_index'])
for x in it:
    print(f'{x} <{it.multi_index}>', end=' ')
print()
it = np.nditer(a, flags=['f_index'])
while not it.finished:
    print(f'{it[0]} <{it.index}>', end=' ')
    it.iternext()
print()
b = a.copy()
with np.nditer(b, op_flags=['readwrite']) as it:
    for x in it:
        x[...] = 2 * x
print(b)
for x, y in np.nditer([np.arange(3), np.arange(6).reshape(2, 3)]):
    print(f'{x}:{y}', end=' ')
print()
for x in np.nditer(a, flags=['external_loop'], order='F'):
    print(x, end=' ')
print()
def square(x, out=None):
    it = np.nditer([x, out], flags=['external_loop', 'buffered'], op_flags=[['readonly'], ['writeonly', 'allocate', 'no_broadcast']])
    with it:
        for p, q in it:
            np.multiply(p, p, out=q)
        return it.operands[1]
print(square([1, 2, 3]), square(np.arange(4.0)))
for (i, j), v in np.ndenumerate(a):
    print(i, j, v, end='; ')
print()
print(list(np.ndindex(2, 2)), [ix for ix in np.ndindex((1, 3))])
print(a.flat[3], a.flat[[1, 4]], list(a.flat)[:2], a.flat.index, type(a.flat).__name__)
a.flat = 7
print(a)
a.flat[[0, -1]] = 1
print(a)
bc = np.broadcast([[1], [2]], [3, 4, 5])
print(bc.shape, bc.nd, bc.size, list(bc))
for row, col in zip(a, a.T):
    print(row, col)
print([r.sum() for r in a], [int(v) for v in a.ravel()], list(map(str, a[0])), list(enumerate(a[:, 0])))
for x in np.nditer(np.arange(3), flags=['buffered'], op_dtypes=['float64']):
    print(x, end=' ')
print()
try:
    for x in np.nditer(np.arange(3), op_dtypes=['float64']):
        print(x)
except TypeError as e:
    print(e)
it = iter(np.arange(2))
print(next(it), next(it), next(it, 'end'))
print(np.apply_along_axis(lambda r: r.max() - r.min(), 1, np.array([[1, 5], [2, 9]])), np.apply_over_axes(np.sum, np.ones((2, 3, 4)), [0, 2]))
f = np.frompyfunc(lambda x, y: x + y, 2, 1)
print(f([1, 2], 3), f([1, 2], 3).dtype, f.reduce([1, 2, 3]))

# %% memory, strides and views
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view, as_strided
a = np.arange(12).reshape(3, 4)
print(a.flags)
print(a.T.flags)
print(a.strides, a.T.strides, a[::2, ::-1].strides, np.asfortranarray(a).strides)
print(a.flags['C_CONTIGUOUS'], a.flags.f_contiguous, a.flags.writeable, a[:, 1].flags.contiguous, a.flags.owndata, a[1:].flags.owndata)
print(sliding_window_view(np.arange(6), 3))
print(sliding_window_view(a, (2, 2)).shape, sliding_window_view(a, (2, 2))[0, 1], sliding_window_view(a, 2, axis=1).sum(-1))
print(as_strided(np.arange(5), shape=(3, 3), strides=(8, 8)))
a.flags.writeable = False
try:
    a[0, 0] = 1
except ValueError as e:
    print(e)
a.setflags(write=True)
a[0, 0] = 5
print(a[0])
v = np.broadcast_to([1, 2, 3], (2, 3))
try:
    v[0, 0] = 9
except ValueError as e:
    print(e)
w = sliding_window_view(np.arange(5), 2)
print(w.flags.writeable)
print(sorted(a.__array_interface__), a.__array_interface__['typestr'], a.__array_interface__['shape'], a.__array_interface__['version'])
print(np.shares_memory(a, a[1:]), np.may_share_memory(a, a.copy()), a.base is None, a[1:].base is a, a.reshape(-1).base is a)
print(a.data, a.nbytes, a.itemsize, memoryview(a).shape, memoryview(a).format, bytes(np.arange(2, dtype=np.uint8)), a[0].tobytes()[:16]) if False else print(a.nbytes, memoryview(a).shape, bytes(np.arange(2, dtype=np.uint8)))
f = np.array([[1, 2], [3, 4]], order='F')
print(f.ravel(), f.ravel(order='K'), f.ravel('F'), f.flatten('F'), f.reshape(4, order='F'), f.T.flags.c_contiguous)
print(f.copy().flags.f_contiguous, f.copy('K').flags.f_contiguous, np.copy(f).flags.f_contiguous, np.array(f).flags.f_contiguous, (f + 1).flags.f_contiguous)
x = np.arange(4, dtype=np.int32)
print(x.view(np.int16), x.view(np.uint8).reshape(4, 4), x.byteswap(), x.view(np.float32).dtype)
y = np.array([1.0]).view(np.int64)
print(hex(y[0]), np.dtype('<f8') == np.float64)
print(np.frombuffer(b'\x01\x00\x02\x00', dtype=np.int16))
r = np.require(f, requirements=['C', 'O'])
print(r.flags.c_contiguous, r.flags.aligned)
z = np.lib.stride_tricks.as_strided(np.arange(3), (2, 3), (0, 8))
print(z)
print(np.swapaxes(a, 0, 1).flags.c_contiguous, np.moveaxis(np.zeros((2, 3, 4)), 0, -1).shape, np.rollaxis(np.zeros((2, 3, 4)), 2).shape)
a.shape = (2, 6)
print(a)
try:
    a.T.shape = (12,)
except AttributeError as e:
    print(e)
print(a)
print(a.ctypes.shape[:] if False else a.size, a.T.base is not None)
del a
import sys
print(sys.getsizeof(np.zeros(100)) >= 800)

# %% pickles, copies, hashes and JSON
import numpy as np, copy, pickle, io, json
a = np.arange(6).reshape(2, 3) / 2
b = pickle.loads(pickle.dumps(a))
print(b, b.dtype, np.array_equal(a, b))
f = pickle.loads(pickle.dumps(np.asfortranarray(a)))
print(f.flags.f_contiguous, f)
print(pickle.loads(pickle.dumps(np.float64(1.5))), repr(pickle.loads(pickle.dumps(np.int32(3)))), pickle.loads(pickle.dumps(np.dtype('f4'))))
d = pickle.loads(pickle.dumps({'w': [np.eye(2), np.ones(1)], 'r': np.random.default_rng(3)}))
print(d['w'], d['r'].random())
c = copy.copy(a); c[0, 0] = 99
e = copy.deepcopy({'a': a})
e['a'][0, 1] = -1
print(a, c, e['a'], sep='\n')
print(hash(np.float64(1.5)) == hash(1.5), hash(np.int64(3)) == hash(3), np.float64(2) == 2)
print({1.0: 'a'}[np.float64(1)], {np.int64(1), 1, 1.0}, len({np.float32(0.1), 0.1}))
print(a == a, (a == a).all(), a != 1, np.array([1]) == None, np.array([1, 2]) == 'x', np.array(['a']) == 'a')
print(np.array([1, 2]) == [1, 2, 3] if False else 'skip')
try:
    print(np.array([1, 2]) == np.array([1, 2, 3]))
except ValueError as err:
    print(err)
try:
    if a == a:
        print('?')
except ValueError as err:
    print(err)
try:
    a in [np.ones(2), a]
except ValueError as err:
    print(err)
print(1.5 in a, 77 in a, [1, 2] in np.array([[1, 2], [3, 4]]))
print(bool(np.array([0])), bool(np.array([[3]])), not np.array(0), bool(np.float64(0)), any(a[0] > 0), all(a[0] > 0))
print(isinstance(np.float64(1), float), isinstance(np.int64(1), int), isinstance(np.bool_(1), bool), isinstance(np.int32(1), np.integer), isinstance(np.float32(1), np.floating), isinstance(a, (list, np.ndarray)))
print(type(np.float64(1) + 1), type(1 + np.float32(1)), type(np.int8(1) + 1), type(np.float32(1) + np.float64(1)), type(np.int64(1) / 2), type(np.bool_(1) + 1), type(True + np.int8(1)))
print(np.float64(3.7).is_integer(), int(np.float64(3.7)), round(np.float64(3.75), 1), round(np.float64(2.5)), type(round(np.float64(2.5))), np.float64(0.5).as_integer_ratio(), divmod(np.int64(7), 3), np.int64(7) // 2, -np.int64(7) // 2, np.int64(2) ** 10, abs(np.int8(-3)))
print(json.dumps(a.tolist()), json.dumps({'m': float(a.mean())}))
try:
    json.dumps(a)
except TypeError as err:
    print(err)
try:
    json.dumps({'x': np.int64(1)})
except TypeError as err:
    print(err)
print(json.dumps({'x': np.float64(1.5)}))
class Enc(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, np.ndarray): return o.tolist()
        if isinstance(o, np.generic): return o.item()
        return super().default(o)
print(json.dumps({'a': a, 'n': np.int32(4), 'b': np.bool_(True)}, cls=Enc))
buf = io.BytesIO()
np.save(buf, a); buf.seek(0)
print(np.load(buf), len(buf.getvalue()), buf.getvalue()[:6])
buf = io.BytesIO()
np.savez(buf, x=a, y=np.arange(3)); buf.seek(0)
z = np.load(buf)
print(z.files, z['y'], 'x' in z, z)
print(np.array(np.float64(3)).item(), np.arange(3).tolist(), np.array([[1, 2]]).item(1), np.float64(2).item(), np.arange(3)[1].tolist())

# %% PCA as a dataclass
import numpy as np
from dataclasses import dataclass, field

@dataclass
class PCA:
    n_components: int
    mean_: np.ndarray = field(default=None, repr=False)
    components_: np.ndarray = field(default=None, repr=False)
    explained_variance_ratio_: np.ndarray = field(default=None, repr=False)

    def fit(self, X):
        self.mean_ = X.mean(axis=0)
        U, S, Vt = np.linalg.svd(X - self.mean_, full_matrices=False)
        signs = np.sign(Vt[np.arange(len(Vt)), np.argmax(np.abs(Vt), axis=1)])
        self.components_ = (Vt * signs[:, np.newaxis])[:self.n_components]
        var = S**2 / (len(X) - 1)
        self.explained_variance_ratio_ = (var / var.sum())[:self.n_components]
        return self

    def transform(self, X):
        return (X - self.mean_) @ self.components_.T

    def inverse_transform(self, Z):
        return Z @ self.components_ + self.mean_

np.random.seed(0)
X = np.random.multivariate_normal([1, 2, 3], [[4, 2, 1], [2, 3, 1], [1, 1, 2]], size=200)
print(X[:2])
p = PCA(2).fit(X)
print(p)
print(p.components_.round(4))
print(f'explained: {p.explained_variance_ratio_.round(4)}, total {p.explained_variance_ratio_.sum():.2%}')
Z = p.transform(X)
print(Z.shape, np.cov(Z, rowvar=False).round(6))
R = p.inverse_transform(Z)
print('reconstruction error', np.linalg.norm(X - R) / np.linalg.norm(X))
evals, evecs = np.linalg.eigh(np.cov(X.T))
order = evals.argsort()[::-1]
print(evals[order], np.abs(evecs[:, order].T @ p.components_.T).round(3))
print(PCA(1) == PCA(1))
W = (X - X.mean(0)) / X.std(0, ddof=1)
print(np.corrcoef(X, rowvar=False), (W.T @ W / 199).round(8), sep='\n')

# %% Poisson by finite differences, sparse formats
import numpy as np
from scipy import sparse
from scipy.sparse import linalg as spla
n = 50
h = 1 / (n + 1)
x = np.linspace(h, 1 - h, n)
A = sparse.diags([1.0, -2.0, 1.0], [-1, 0, 1], shape=(n, n), format='csr') / h**2
f = -np.pi**2 * np.sin(np.pi * x)
u = spla.spsolve(A.tocsc(), f)
print(A.shape, A.nnz, A.format, type(A).__name__)
print(repr(A))
print('max error', f'{np.abs(u - np.sin(np.pi * x)).max():.3e}')
I = sparse.identity(5)
T = sparse.diags([-1.0, 2.0, -1.0], [-1, 0, 1], shape=(5, 5))
L = sparse.kron(I, T) + sparse.kron(T, I)
print(L.shape)
print(L.toarray()[:6, :6])
b = np.ones(25)
sol = spla.spsolve(L.tocsr(), b)
print(sol.reshape(5, 5).round(4))
y, info = spla.cg(L.tocsr(), b, rtol=1e-10)
print(info, np.allclose(y, sol))
vals = spla.eigsh(L.tocsc(), k=3, sigma=0, return_eigenvectors=False)
print(np.sort(vals))
exact = sorted(4 * (np.sin(i * np.pi / 12)**2 + np.sin(j * np.pi / 12)**2) for i in range(1, 6) for j in range(1, 6))[:3]
print(np.array(exact))
lu = spla.splu(L.tocsc())
print(np.allclose(lu.solve(b), sol), lu.shape, lu.nnz >= L.nnz)
print(sparse.issparse(L), sparse.isspmatrix_csr(L.tocsr()))
C = sparse.lil_matrix((4, 4))
C[0, :2] = [1, 2]
C[3, 3] = 5
C.setdiag(7)
print(C.toarray(), C.tocsr().indices, C.nnz, sep='\n')
D = sparse.dok_matrix((3, 3))
D[1, 2] = 4.5
print(dict(D.items()) if hasattr(D, 'items') else D, D.toarray())
M = sparse.csr_matrix([[0, 1, 0], [2, 0, 3]])
print(M)
print(M.sum(), M.sum(axis=0), M.sum(axis=1), M.max(), M.mean(), M.T.toarray(), M.nonzero(), sep='\n')
print(M.getrow(1).toarray(), M[1, 2], M[:, 1].toarray().ravel(), M.multiply(M).toarray(), (M @ M.T).toarray(), M.dot(np.ones(3)), sep='\n')
print(sparse.hstack([M, M]).toarray(), sparse.vstack([M, M]).shape, sparse.block_diag([M, [[9]]]).toarray(), sparse.eye(3, k=1).toarray(), sep='\n')
print(sparse.find(M), M.count_nonzero(), M.astype(float).dtype, M.copy().data, M.has_sorted_indices)

# %% Kalman filter
import numpy as np
rng = np.random.default_rng(42)
dt = 0.1
F = np.array([[1, dt], [0, 1]])
H = np.array([[1.0, 0.0]])
Q = 0.01 * np.array([[dt**4 / 4, dt**3 / 2], [dt**3 / 2, dt**2]])
R = np.array([[0.25]])
x_true = np.array([0.0, 1.0])
x, P = np.zeros(2), np.eye(2)
hist = []
for k in range(50):
    x_true = F @ x_true + rng.multivariate_normal(np.zeros(2), Q)
    z = H @ x_true + rng.normal(0, np.sqrt(R[0, 0]), 1)
    x = F @ x
    P = F @ P @ F.T + Q
    S = H @ P @ H.T + R
    K = P @ H.T @ np.linalg.inv(S)
    y = z - H @ x
    x = x + K @ y
    P = (np.eye(2) - K @ H) @ P
    hist.append((x_true.copy(), x.copy(), np.trace(P)))
truth, est, tr = (np.array(v) for v in zip(*hist))
print(truth.shape, est.shape, tr.shape)
print('rmse', np.sqrt(((truth - est)**2).mean(axis=0)))
print(tr[:3], tr[-1])
print(K, P, sep='\n')
print(np.linalg.eigvalsh(P))

# %% Runge-Kutta, Lorenz and pendulum
import numpy as np
def rk4(f, y0, t, *args):
    y = np.zeros((len(t), len(y0)))
    y[0] = y0
    for i in range(len(t) - 1):
        h = t[i + 1] - t[i]
        k1 = f(y[i], t[i], *args)
        k2 = f(y[i] + k1 * h / 2, t[i] + h / 2, *args)
        k3 = f(y[i] + k2 * h / 2, t[i] + h / 2, *args)
        k4 = f(y[i] + k3 * h, t[i] + h, *args)
        y[i + 1] = y[i] + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return y
def lorenz(y, t, s=10.0, r=28.0, b=8 / 3):
    X, Y, Z = y
    return np.array([s * (Y - X), X * (r - Z) - Y, X * Y - b * Z])
t = np.linspace(0, 1, 201)
sol = rk4(lorenz, [1, 1, 1], t)
print(sol[::50])
def pend(y, t, g=9.81, L=1.0):
    return np.array([y[1], -g / L * np.sin(y[0])])
s = rk4(pend, np.array([np.pi / 4, 0]), np.linspace(0, 2, 401))
E = 0.5 * s[:, 1]**2 + 9.81 * (1 - np.cos(s[:, 0]))
print(f'drift {np.ptp(E) / E[0]:.2e}')
A = np.array([[0, 1], [-2, -3]])
from scipy.linalg import expm
for tt in (0.0, 0.5, 1.0):
    print(tt, expm(A * tt) @ [1, 0])
w, V = np.linalg.eig(A)
print(w, (V * np.exp(w)) @ np.linalg.inv(V) @ [1, 0])
for n in (10, 20, 40):
    tt = np.linspace(0, 1, n + 1)
    e = rk4(lambda y, t: -y, np.array([1.0]), tt)[-1, 0] - np.exp(-1)
    print(f'{n:4d} {e: .3e}')
zero = np.nonzero(np.diff(np.sign(s[:, 0])))[0]
print(zero, 2 * np.diff(np.linspace(0, 2, 401)[zero]))

# %% filtering by Fourier transforms
import numpy as np
fs = 100
t = np.arange(0, 1, 1 / fs)
sig = np.sin(2 * np.pi * 5 * t) + 0.5 * np.sin(2 * np.pi * 20 * t)
rng = np.random.default_rng(0)
noisy = sig + 0.2 * rng.standard_normal(t.size)
F = np.fft.rfft(noisy)
freq = np.fft.rfftfreq(t.size, 1 / fs)
print(freq[:5], F.shape, F.dtype)
top = np.argsort(np.abs(F))[::-1][:2]
print(sorted(freq[top]))
F[freq > 10] = 0
clean = np.fft.irfft(F, n=t.size)
print(f'{np.corrcoef(clean, np.sin(2 * np.pi * 5 * t))[0, 1]:.4f}')
print(np.fft.fft([1, 2, 3, 4]), np.fft.ifft([10, -2 + 2j, -2, -2 - 2j]))
print(np.fft.fftfreq(5, 0.1), np.fft.fftshift(np.fft.fftfreq(4)), np.fft.ifftshift([2, 3, 0, 1]))
img = np.zeros((4, 4)); img[1, 2] = 1
print(np.fft.fft2(img).round(3))
print(np.allclose(np.fft.ifft2(np.fft.fft2(img)).real, img))
a, b = np.array([1, 2, 3]), np.array([0, 1, 0.5])
n = len(a) + len(b) - 1
print(np.convolve(a, b), np.fft.irfft(np.fft.rfft(a, n) * np.fft.rfft(b, n), n).round(10))
print(np.sum(np.abs(noisy)**2) - np.sum(np.abs(np.fft.fft(noisy))**2) / t.size < 1e-9)
C = np.array([np.roll([1, 2, 3, 4], k) for k in range(4)]).T
print(C, np.linalg.eigvals(C).round(6), np.fft.fft([1, 2, 3, 4]), sep='\n')
print(np.fft.fft(np.eye(2), axis=0), np.fft.fft([1, 2], 4), np.fft.fft([1, 2], norm='ortho'), np.fft.hfft([1, 2, 1]), np.fft.rfft2(img).shape, np.fft.fftn(img).shape)
print(np.fft.fft(np.array([1, 2], dtype=np.float32)).dtype)
print(np.hanning(5), np.hamming(5), np.blackman(5).round(8), np.kaiser(5, 14))

# %% polynomials, old and new
import numpy as np
from numpy.polynomial import Polynomial, Chebyshev, Legendre
x = np.linspace(0, 5, 11)
y = 2 * x**2 - 3 * x + 1 + 0.1 * np.cos(7 * x)
c = np.polyfit(x, y, 2)
print(c, np.polyval(c, 2.0))
p = np.poly1d(c)
print(p)
print(repr(np.poly1d([1, -3, 2])), np.poly1d([1, -3, 2]).r, np.poly1d([1, -3, 2])(4), p.order, np.poly1d([1, 2]).c)
q = np.poly1d([1, -3, 2])
print(q.deriv(), q.integ(), q * q, q + 1, q ** 2, q / np.poly1d([1, -1]), sep='\n')
print(np.roots([1, -6, 11, -6]), np.poly([1, 2, 3]), np.polyder([3, 2, 1]), np.polyint([2, 1]), np.polymul([1, 1], [1, -1]), np.polydiv([1, 0, -1], [1, 1]), np.polyadd([1], [1, 2]))
coef, res, rank, sv, rcond = np.polyfit(x, y, 1, full=True)
print(coef, res, rank, sv, rcond)
coef, cov = np.polyfit(x, y, 2, cov=True)
print(coef, cov)
P = Polynomial.fit(x, y, 2)
print(P, P.convert(), P.convert().coef, P.domain, P.window, sep='\n')
print(repr(Polynomial([1, 2, 3])), Polynomial([1, 2, 3])(2), Polynomial([1, 2, 3]).roots(), Polynomial([1, 2, 3]).deriv(), Polynomial([1, 2]) * Polynomial([1, -2]), Polynomial([1, 2, 3]).integ(), Polynomial([1, 2, 3]).degree())
print(Polynomial.fromroots([1, 2]), Polynomial([6, -5, 1]) // Polynomial([-2, 1]), Polynomial([6, -5, 1]) % Polynomial([-2, 1]), divmod(Polynomial([6, -5, 1]), Polynomial([-1, 1])))
print(Chebyshev([1, 2, 3]), Chebyshev([1, 2, 3])(0.5), Chebyshev([1, 2, 3]).convert(kind=Polynomial), Legendre([0, 0, 1])(0.3), Legendre.basis(3).roots() if hasattr(Legendre, 'basis') else '')
print(np.polynomial.polynomial.polyval(2, [1, 2, 3]), np.polynomial.polynomial.polyfit([0, 1, 2], [1, 3, 7], 2), np.polynomial.chebyshev.chebval(0.5, [1, 2, 3]), np.polynomial.legendre.leggauss(3), np.polynomial.polynomial.polyroots([6, -5, 1]), np.polynomial.hermite.hermval(1.0, [0, 1, 1]))
xs, ws = np.polynomial.legendre.leggauss(5)
print(ws @ np.exp(xs), np.e - 1 / np.e)
print(np.vander([1, 2, 3], 3), np.vander([1, 2, 3], increasing=True), sep='\n')
print(np.polyfit([0, 1, 2], [[1, 2], [3, 4], [5, 7]], 1))
print(np.polyfit([1, 1, 1], [1, 2, 3], 1))
np.polynomial.set_default_printstyle('ascii')
print(Polynomial([1, 2, 3]))
for n in (4, 8, 16):
    nodes = np.linspace(-1, 1, n + 1)
    ch = np.cos((2 * np.arange(n + 1) + 1) * np.pi / (2 * n + 2))
    f = lambda t: 1 / (1 + 25 * t**2)
    g = np.linspace(-1, 1, 401)
    e1 = np.abs(np.polyval(np.polyfit(nodes, f(nodes), n), g) - f(g)).max()
    e2 = np.abs(np.polyval(np.polyfit(ch, f(ch), n), g) - f(g)).max()
    print(f'{n:3d} {e1:.4f} {e2:.4f}')
print(Chebyshev.interpolate(np.exp, 4), Chebyshev.fit([0, 1, 2], [1, 2, 5], 2).coef)

# %% Monte Carlo with both kinds of streams
import numpy as np
rng = np.random.default_rng(12345)
n = 10_000
pts = rng.uniform(-1, 1, size=(n, 2))
inside = (pts**2).sum(axis=1) <= 1
print(f'pi ~ {4 * inside.mean():.4f} +- {4 * inside.std() / np.sqrt(n):.4f}')
print(rng.integers(1, 7, size=10), rng.integers(1, 6, 5, endpoint=True), rng.choice(['H', 'T'], 8), rng.choice(5, 3, replace=False), rng.choice(4, 6, p=[0.1, 0.2, 0.3, 0.4]))
print(rng.exponential(2.0, 3), rng.poisson(3, 5), rng.binomial(10, 0.3, 5), rng.gamma(2, 1, 2), rng.beta(1, 2, 2), rng.lognormal(0, 1, 2), rng.triangular(0, 1, 3, 2), rng.weibull(2, 2), rng.standard_t(3, 2), rng.chisquare(2, 2), rng.geometric(0.3, 4), rng.dirichlet([1, 2, 3]), rng.multinomial(10, [0.2, 0.3, 0.5]))
x = np.arange(10); rng.shuffle(x); print(x, rng.permutation(5), rng.permuted(np.arange(6).reshape(2, 3), axis=1))
print(rng.random(), rng.random(2), rng.standard_normal((2, 2)), rng.normal(5, 2, 3), rng.bytes(3), rng.logistic(), rng.laplace(size=2), rng.vonmises(0, 1), rng.multivariate_normal([0, 0], [[1, .5], [.5, 1]], 2))
np.random.seed(7)
print(np.random.rand(2, 2), np.random.randn(3), np.random.randint(0, 10, 5), np.random.choice([1, 2, 3], 4), np.random.uniform(0, 1, 2), np.random.normal(size=2), np.random.permutation(4), np.random.random_sample(2), np.random.exponential(size=2), np.random.binomial(5, .5, 3), np.random.random(), np.random.poisson(4, 3), np.random.beta(2, 3), np.random.standard_normal(2), np.random.choice(5, 3, replace=False), np.random.choice(3, 5, p=[.2, .3, .5]))
a = np.arange(5); np.random.shuffle(a); print(a)
r = np.random.RandomState(3); print(r.rand(2), r.randint(5, size=(2, 2)), r)
walk = np.cumsum(np.where(np.random.default_rng(5).random((3, 8)) < 0.5, -1, 1), axis=1)
print(walk, walk.max(axis=1), np.argmax(np.abs(walk) >= 2, axis=1))
h, e = np.histogram(np.random.default_rng(8).normal(size=1000), bins=5)
print(h, e, h.sum())
print(np.histogram([1, 2, 1], bins=[0, 1, 2, 3]), np.histogram([1, 2, 3, 4], bins='auto', density=True))
g1, g2 = np.random.default_rng(9).spawn(2)
print(g1.random(), g2.random(), np.random.default_rng([1, 2]).random(), np.random.Generator(np.random.MT19937(4)).random(), np.random.Generator(np.random.PCG64(4)).random(), np.random.default_rng(np.random.SeedSequence(5)).integers(100))
st = rng.bit_generator.state; u = rng.random(2); rng.bit_generator.state = st; print(np.array_equal(u, rng.random(2)), st['bit_generator'], sorted(st))
boot = np.array([np.random.default_rng(k).choice([1., 2., 5., 9.], 4).mean() for k in range(200)])
print(np.percentile(boot, [2.5, 97.5]), boot.std())
print(np.random.get_state()[0], rng)

# %% orthogonal families of polynomials
import numpy as np
from numpy.polynomial import Chebyshev as T, Legendre as P, Hermite as H, HermiteE as E, Laguerre as L, Polynomial as Q
for cls in (T, P, H, E, L, Q):
    c = cls([1, 2, 3])
    print(c, repr(c), c.degree())
    print(c(0.5), c([0, 1, 2]), c.deriv(), c.integ(), c.roots(), sep=' | ')
    print(c * c, c + c, c - 1, 2 * c, c ** 2, -c, c // cls([1, 2]), c % cls([1, 2]), sep=' | ')
    print(c.convert(kind=Q), Q([1, 2, 3]).convert(kind=cls), cls.basis(4), cls.identity(), cls.fromroots([1, 2, 3]), sep=' | ')
    print(cls.fit([0, 1, 2, 3], [1, 2, 5, 10], 2), f'{c:ascii}', cls([1, 2], domain=[0, 4]), len(c), list(c), sep=' | ')
from numpy.polynomial import chebyshev as C, legendre as lg, hermite as hm, hermite_e as he, laguerre as lag
for mod, n in ((C, 'cheb'), (lg, 'leg'), (hm, 'herm'), (he, 'herme'), (lag, 'lag')):
    f = lambda s: getattr(mod, n + s)
    print(f('val')(0.3, [1, 2, 3, 4]), f('vander')([0, .5, 1], 3), f('mul')([1, 2, 3], [1, 1]), f('mulx')([1, 2, 3]), f('div')([1, 2, 3, 4], [1, 2]), f('der')([1, 2, 3, 4, 5]), f('int')([1, 2, 3]), f('roots')([1, 2, 3, 4]), f('companion')([1, 2, 3, 4]), f('gauss')(4), f('weight')(.5), f('2poly' if 0 else 'line')(1, 2), getattr(mod, n + '2poly')([1, 2, 3, 4]), getattr(mod, 'poly2' + n)([1, 2, 3, 4]), f('fromroots')([1, 2]), f('fit')([0, 1, 2, 3], [1, 3, 2, 5], 2), f('val2d')([1, 2], [3, 4], [[1, 2], [3, 4]]), f('grid2d')([1, 2], [3, 4], [[1, 2], [3, 4]]), f('pow')([1, 2], 3), f('x'), f('domain'), sep='\n')
print(C.chebpts1(4), C.chebpts2(4), C.chebinterpolate(np.cos, 4), T.interpolate(np.exp, 3, domain=[0, 1]))
for e in ("T([1]) + Q([1])", "T([])", "T([1, 2], domain=[1])", "T([1]) / T([1])", "T.basis(-1)", "C.chebval([[1]], [1])", "lg.leggauss(0)", "T([1, 2]) ** -1", "T([1, 2]) == T([1, 2])", "T([1, 2]) != Q([1, 2])", "f'{T([1]):x}'"):
    try:
        print(e, eval(e))
    except Exception as x:
        print(e, type(x).__name__, x)
print(T([1, 2, 3])._repr_latex_(), Q([1, 0, -3], domain=[0, 2])._repr_latex_())
x = np.linspace(0, 3, 9); y = np.sin(x)
for d in (1, 3, 5):
    print(d, abs(T.fit(x, y, d)(x) - y).max(), abs(P.fit(x, y, d)(x) - y).max())
c, (resid, rank, sv, rcond) = T.fit(x, y, 2, full=True)
print(c.coef, resid, rank, sv, rcond)
print(Q([1, 2, 3], symbol='t'), Q(np.arange(12) / 7), sep='\n')

# %% Gram-Schmidt, Householder and Givens
import numpy as np
np.set_printoptions(precision=4, suppress=True)
def gram_schmidt(A):
    m, n = A.shape
    Q, R = np.zeros((m, n)), np.zeros((n, n))
    for j in range(n):
        v = A[:, j].astype(float)
        for i in range(j):
            R[i, j] = Q[:, i] @ A[:, j]
            v -= R[i, j] * Q[:, i]
        R[j, j] = np.linalg.norm(v)
        Q[:, j] = v / R[j, j]
    return Q, R
def householder(A):
    m, n = A.shape
    R = A.astype(float).copy()
    Q = np.eye(m)
    for k in range(min(m - 1, n)):
        x = R[k:, k].copy()
        x[0] += np.copysign(np.linalg.norm(x), x[0])
        v = (x / np.linalg.norm(x))[:, None]
        R[k:, k:] -= 2 * v @ (v.T @ R[k:, k:])
        Q[:, k:] -= 2 * (Q[:, k:] @ v) @ v.T
    return Q, R
def givens(A):
    R, Q = A.astype(float), np.eye(len(A))
    for j in range(R.shape[1]):
        for i in range(R.shape[0] - 1, j, -1):
            a, b = R[i - 1, j], R[i, j]
            r = np.hypot(a, b)
            c, s = a / r, -b / r
            G = np.array([[c, -s], [s, c]])
            R[[i - 1, i]] = G @ R[[i - 1, i]]
            Q[:, [i - 1, i]] = Q[:, [i - 1, i]] @ G.T
    return Q, R
A = np.array([[1, 2, 3], [4, 5, 6], [7, 8, 10], [2, 1, 1]])
for f in (gram_schmidt, householder, givens):
    Q, R = f(A)
    print(f.__name__, Q.shape, R.shape, np.allclose(Q @ R, A), np.allclose(Q.T @ Q, np.eye(Q.shape[1])))
    print(R.round(4) + 0)
Q, R = np.linalg.qr(A, mode='complete')
print(Q.shape, abs(R[:3]))
for n in (4, 8, 12):
    H = 1.0 / (np.arange(n)[:, None] + np.arange(n) + 1)
    Q1, _ = gram_schmidt(H); Q2, _ = np.linalg.qr(H)
    c = np.linalg.cond(H)
    print(n, np.linalg.norm(Q1.T @ Q1 - np.eye(n)) > 1e-12, np.linalg.norm(Q2.T @ Q2 - np.eye(n)) < 1e-13,
          f'{c:.2e}' if c < 1 / np.finfo(float).eps else 'beyond double precision')
print(np.linalg.qr(A)._fields, np.linalg.qr(A).R.shape, type(np.linalg.qr(A)).__name__)

# %% LU by hand with swaps in place, and SciPy's
import numpy as np
def lu(A, verbose=False):
    A = np.array(A, dtype=float)
    n = len(A)
    piv = np.arange(n)
    for k in range(n - 1):
        p = k + np.argmax(np.abs(A[k:, k]))
        if A[p, k] == 0:
            raise np.linalg.LinAlgError('Matrix is singular.')
        if p != k:
            A[[k, p]] = A[[p, k]]
            piv[[k, p]] = piv[[p, k]]
            if verbose:
                print(f'swap rows {k} and {p}')
        A[k + 1:, k] /= A[k, k]
        A[k + 1:, k + 1:] -= np.outer(A[k + 1:, k], A[k, k + 1:])
    return A, piv
def solve(LU, piv, b):
    b = np.asarray(b, float)[piv]
    n = len(b)
    for i in range(n):
        b[i] -= LU[i, :i] @ b[:i]
    for i in reversed(range(n)):
        b[i] = (b[i] - LU[i, i + 1:] @ b[i + 1:]) / LU[i, i]
    return b
A = np.array([[2, 1, 1, 0], [4, 3, 3, 1], [8, 7, 9, 5], [6, 7, 9, 8]])
LU, piv = lu(A, verbose=True)
print(LU, piv)
L = np.tril(LU, -1) + np.eye(4); U = np.triu(LU)
print(np.allclose(L @ U, A[piv]), np.eye(4)[piv])
x = solve(LU, piv, [1, 2, 3, 4])
print(x, A @ x, np.prod(np.diag(U)), np.linalg.det(A))
try:
    lu(np.zeros((2, 2)))
except np.linalg.LinAlgError as e:
    print('LinAlgError:', e)
import scipy.linalg as sla
P, L2, U2 = sla.lu(A)
print(P, L2, U2, sep='\n')
lu_, p_ = sla.lu_factor(A)
print(p_, sla.lu_solve((lu_, p_), [1, 2, 3, 4]))
c, low = sla.cho_factor(A @ A.T)
print(low, sla.cho_solve((c, low), np.ones(4)))
print(sla.solve_triangular(U, [1, 2, 3, 4]), sla.solve_triangular(L, [1, 2, 3, 4], lower=True, unit_diagonal=True))
print(sla.solve_banded((1, 1), np.array([[0, -1, -1.], [2, 2, 2], [-1, -1, 0]]), [1, 2, 3]), sla.solve_toeplitz([2, 1, 0], [1., 2, 3]))
A[0] = A[1]
print(np.linalg.matrix_rank(A), np.linalg.det(A))

# %% networks, PageRank and collections
import numpy as np
from collections import defaultdict, Counter, OrderedDict, namedtuple, deque
links = {'A': ['B', 'C'], 'B': ['C'], 'C': ['A'], 'D': ['C', 'A']}
pages = sorted(links)
index = {p: i for i, p in enumerate(pages)}
n = len(pages)
M = np.zeros((n, n))
for src, outs in links.items():
    for dst in outs:
        M[index[dst], index[src]] = 1 / len(outs)
print(M, M.sum(axis=0))
def pagerank(M, d=0.85, tol=1e-10):
    n = M.shape[1]
    v = np.full(n, 1 / n)
    G = d * M + (1 - d) / n
    for it in range(1000):
        w = G @ v
        if np.abs(w - v).sum() < tol:
            return w, it
        v = w
    raise RuntimeError('no convergence')
r, it = pagerank(M)
print(it, r)
for p, s in sorted(zip(pages, r), key=lambda t: -t[1]):
    print(f'{p}: {s:.4f}')
print(dict(zip(pages, r.round(2))))
w, V = np.linalg.eig(0.85 * M + 0.15 / n)
k = np.argmax(w.real)
v = np.real(V[:, k]); print((v / v.sum()).round(6), np.sort(np.abs(w))[::-1].round(4))
deg = Counter(d for o in links.values() for d in o)
print(deg.most_common(), deg)
Node = namedtuple('Node', 'name rank')
nodes = [Node(p, x) for p, x in zip(pages, r)]
print(nodes[0], nodes[-1].rank > 0.03, max(nodes, key=lambda t: t.rank).name)
adj = defaultdict(list)
A = np.array([[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0]])
for i, j in np.argwhere(A):
    adj[i].append(j)
print(dict(adj))
for i, j in zip(*np.nonzero(A)):
    adj[int(i)].append(int(j))
print(dict(adj), list(adj)[:2])
L = np.diag(A.sum(1)) - A
print(L, np.linalg.eigvalsh(L).round(10), np.linalg.matrix_power(A, 3), sep='\n')
q = deque([0]); seen = {0}; order = []
while q:
    u = q.popleft(); order.append(u)
    for v in np.flatnonzero(A[u]):
        if v not in seen:
            seen.add(v); q.append(v)
print(order, seen)

# %% k-means as a class with types
from __future__ import annotations
from typing import Optional, Tuple
import numpy as np
import numpy.typing as npt
class KMeans:
    def __init__(self, k: int = 3, max_iter: int = 100, seed: Optional[int] = None) -> None:
        self.k, self.max_iter = k, max_iter
        self.rng = np.random.default_rng(seed)
        self.centers: Optional[npt.NDArray[np.float64]] = None
        self.inertia_: float = np.inf
    def _dist(self, X: np.ndarray) -> np.ndarray:
        return np.linalg.norm(X[:, None, :] - self.centers[None], axis=2)
    def fit(self, X: npt.ArrayLike) -> KMeans:
        X = np.asarray(X)
        self.centers = X[self.rng.choice(len(X), self.k, replace=False)].copy()
        for self.n_iter_ in range(1, self.max_iter + 1):
            labels = self._dist(X).argmin(axis=1)
            new = np.array([X[labels == j].mean(axis=0) if np.any(labels == j) else self.centers[j] for j in range(self.k)])
            if np.allclose(new, self.centers):
                break
            self.centers = new
        self.labels_ = labels
        self.inertia_ = float((self._dist(X).min(axis=1)**2).sum())
        return self
    def predict(self, X) -> np.ndarray:
        return self._dist(np.atleast_2d(X)).argmin(1)
    def __repr__(self):
        return f'{type(self).__name__}(k={self.k}, inertia={self.inertia_:.3f})'
rng = np.random.default_rng(10)
true = np.array([[0, 0], [5, 5], [0, 6]])
X = np.vstack([c + rng.normal(scale=0.7, size=(50, 2)) for c in true])
y = np.repeat(np.arange(3), 50)
print(X.shape, X[:3], y[::30])
km = KMeans(3, seed=1).fit(X)
print(km, km.n_iter_, np.bincount(km.labels_))
print(km.centers[np.lexsort(km.centers.T[::-1])].round(3))
print(km.predict([[0, 0], [5, 5]]) == km.predict([0.1, 0.1]))
table = np.zeros((3, 3), dtype=int)
np.add.at(table, (y, km.labels_), 1)
print(table, table.max(axis=1).sum() / len(y))
for k in range(1, 6):
    print(k, round(KMeans(k, seed=0).fit(X).inertia_, 2))
D = ((X[:, None] - X[None])**2).sum(-1)**0.5
print(D.shape, D[0, :3], np.allclose(D, D.T), D[np.triu_indices(150, 1)].mean())
s = []
for i in range(150):
    same = km.labels_ == km.labels_[i]
    a = D[i, same].sum() / (same.sum() - 1)
    b = min(D[i, km.labels_ == j].mean() for j in range(3) if j != km.labels_[i])
    s.append((b - a) / max(a, b))
print(f'silhouette {np.mean(s):.4f}')

# %% a network of layers
import numpy as np
rng = np.random.default_rng(0)
class Layer:
    def __init__(self, n_in, n_out, act='relu'):
        self.W = rng.standard_normal((n_in, n_out)) * np.sqrt(2 / n_in)
        self.b = np.zeros((1, n_out))
        self.act = act
    def forward(self, x):
        self.x = x
        self.z = x @ self.W + self.b
        if self.act == 'relu':
            return np.maximum(self.z, 0)
        if self.act == 'softmax':
            e = np.exp(self.z - self.z.max(axis=1, keepdims=True))
            return e / e.sum(axis=1, keepdims=True)
        return np.tanh(self.z)
    def backward(self, g, lr):
        if self.act == 'relu':
            g = g * (self.z > 0)
        elif self.act == 'tanh':
            g = g * (1 - np.tanh(self.z)**2)
        dx = g @ self.W.T
        self.W -= lr * self.x.T @ g
        self.b -= lr * g.sum(axis=0, keepdims=True)
        return dx
theta = rng.uniform(0, 2 * np.pi, 150)
y = rng.integers(0, 3, 150)
X = np.c_[(y + 1) * np.cos(theta), (y + 1) * np.sin(theta)] + 0.1 * rng.standard_normal((150, 2))
Y = np.eye(3)[y]
net = [Layer(2, 16), Layer(16, 16, 'tanh'), Layer(16, 3, 'softmax')]
for epoch in range(201):
    out = X
    for layer in net:
        out = layer.forward(out)
    loss = -np.mean(np.log(out[np.arange(len(y)), y] + 1e-12))
    g = (out - Y) / len(y)
    for layer in reversed(net):
        g = layer.backward(g, 0.5)
    if epoch % 50 == 0:
        acc = (out.argmax(1) == y).mean()
        print(f'epoch {epoch:3d} loss {loss:.4f} acc {acc:.3f}')
print(sum(l.W.size + l.b.size for l in net), [l.W.shape for l in net])
cm = np.zeros((3, 3), int)
for t, p in zip(y, out.argmax(1)):
    cm[t, p] += 1
print(cm)
with np.printoptions(precision=3, suppress=True):
    print(out[:5], net[-1].b, sep='\n')
def sigmoid(x):
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))
print(sigmoid(np.array([-1000, -1, 0, 1, 1000])))
idx = rng.permutation(150)
train, test = idx[:120], idx[120:]
print(train.shape, test[:5], [b.shape for b in np.array_split(train, 7)][:3])

# %% logistic regression by Newton's method
import numpy as np
np.random.seed(1)
n, d = 200, 3
X = np.hstack([np.ones((n, 1)), np.random.randn(n, d)])
w_true = np.array([0.5, 2.0, -1.0, 0.0])
p = 1 / (1 + np.exp(-X @ w_true))
y = (np.random.rand(n) < p).astype(int)
print(y[:10], y.mean(), X[:2])
w = np.zeros(d + 1)
for it in range(20):
    mu = 1 / (1 + np.exp(-X @ w))
    grad = X.T @ (mu - y)
    H = X.T @ (X * (mu * (1 - mu))[:, None])
    step = np.linalg.solve(H, grad)
    w -= step
    ll = np.sum(y * np.log(mu) + (1 - y) * np.log1p(-mu))
    print(f'{it:2d} {ll:10.5f} {np.linalg.norm(step):.3e}')
    if np.linalg.norm(step) < 1e-8:
        break
se = np.sqrt(np.diag(np.linalg.inv(H)))
print('coef', w, 'se', se, 'z', w / se, sep='\n')
pred = (X @ w > 0).astype(int)
tp, fp, fn, tn = [int(((pred == a) & (y == b)).sum()) for a, b in ((1, 1), (1, 0), (0, 1), (0, 0))]
print(tp, fp, fn, tn, f'precision {tp / (tp + fp):.3f} recall {tp / (tp + fn):.3f}')
order = np.argsort(-(X @ w), kind='stable')
tpr = np.cumsum(y[order]) / y.sum(); fpr = np.cumsum(1 - y[order]) / (1 - y).sum()
print('auc', np.trapezoid(tpr, fpr), tpr[[0, 50, -1]], fpr[::60])
folds = np.array_split(np.random.permutation(n), 5)
for i, test in enumerate(folds):
    train = np.setdiff1d(np.arange(n), test)
    ww = np.zeros(d + 1)
    for _ in range(300):
        ww -= 0.5 / len(train) * X[train].T @ (1 / (1 + np.exp(-X[train] @ ww)) - y[train])
    print(i, ((X[test] @ ww > 0) == y[test]).mean(), ww.round(2))
for lam in (0.01, 1, 100):
    A = X.T @ X + lam * np.eye(d + 1)
    print(lam, np.linalg.solve(A, X.T @ y).round(4), f'{np.linalg.cond(A):.3f}')

# %% heat and waves
import numpy as np
nx, alpha, L = 21, 0.01, 1.0
x, dx = np.linspace(0, L, nx, retstep=True)
dt = 0.4 * dx**2 / alpha
u = np.sin(np.pi * x); u[[0, -1]] = 0
print(f'dx={dx:.3f} dt={dt:.4f} r={alpha * dt / dx**2}')
for step in range(1, 101):
    u[1:-1] += alpha * dt / dx**2 * (u[2:] - 2 * u[1:-1] + u[:-2])
    if step % 25 == 0:
        print(step, u.max(), f'{np.abs(u - np.exp(-alpha * np.pi**2 * step * dt) * np.sin(np.pi * x)).max():.2e}')
main, off = np.full(nx - 2, 2.0), np.full(nx - 3, -1.0)
A = np.diag(main) + np.diag(off, 1) + np.diag(off, -1)
r = alpha * dt / dx**2
B = np.eye(nx - 2) + r / 2 * A; C = np.eye(nx - 2) - r / 2 * A
v = np.sin(np.pi * x[1:-1])
for _ in range(100):
    v = np.linalg.solve(B, C @ v)
print('Crank-Nicolson', v.max(), np.linalg.eigvalsh(A)[[0, -1]], np.abs(np.linalg.eigvals(np.linalg.inv(B) @ C)).max())
X, Y = np.meshgrid(np.linspace(0, 1, 12), np.linspace(0, 1, 12), indexing='ij')
T = np.zeros_like(X); T[0, :] = 100.0; T[:, -1] = 50
for k in range(500):
    old = T.copy()
    T[1:-1, 1:-1] = 0.25 * (T[2:, 1:-1] + T[:-2, 1:-1] + T[1:-1, 2:] + T[1:-1, :-2])
    if np.abs(T - old).max() < 1e-4:
        break
print(k, T[5].round(2), T.mean())
print(np.array2string(T[::4, ::4], precision=1, suppress_small=True))
dTx, dTy = np.gradient(T, 1 / 11)
print(dTx.shape, dTx[5, 5], dTy[5, 5], np.hypot(dTx, dTy).argmax(), np.unravel_index(np.hypot(dTx, dTy).argmax(), T.shape))
print(np.gradient([1, 4, 9, 16.]), np.gradient([1, 4, 9, 16.], 2), np.gradient(np.array([1., 4, 9]), np.array([0, 1, 3.])), np.diff([1, 4, 9, 16], n=2), np.diff(np.eye(3), axis=0))
c, n = 1.0, 50
y0 = np.exp(-100 * (np.linspace(0, 1, n) - 0.5)**2); y1 = y0.copy()
for _ in range(40):
    y2 = 2 * y1 - y0 + 0.81 * (np.roll(y1, 1) - 2 * y1 + np.roll(y1, -1))
    y0, y1 = y1, y2
print(y1.round(3)[:8], y1.sum(), f'{np.trapezoid(y1**2, dx=1 / n):.6f}')

# %% iterative methods and Krylov spaces
import numpy as np
def cg(A, b, x0=None, tol=1e-10, callback=None):
    x = np.zeros_like(b) if x0 is None else x0.copy()
    r = b - A @ x
    p = r.copy()
    rs = r @ r
    for k in range(10 * len(b)):
        Ap = A @ p
        alpha = rs / (p @ Ap)
        x += alpha * p
        r -= alpha * Ap
        rs_new = r @ r
        if callback:
            callback(k, np.sqrt(rs_new))
        if np.sqrt(rs_new) < tol:
            break
        p = r + rs_new / rs * p
        rs = rs_new
    return x, k + 1
rng = np.random.default_rng(5)
n = 30
Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
A = Q @ np.diag(np.linspace(1, 50, n)) @ Q.T
A = (A + A.T) / 2
b = rng.normal(size=n)
hist = []
x, k = cg(A, b, callback=lambda k, r: hist.append(r))
print(k <= n + 2, np.allclose(A @ x, b), len(hist), f'{hist[0]:.4f}')
def jacobi(A, b, it=200):
    D = np.diag(A); R = A - np.diagflat(D); x = np.zeros_like(b)
    for i in range(it):
        x = (b - R @ x) / D
    return x
B = np.array([[10., -1, 2, 0], [-1, 11, -1, 3], [2, -1, 10, -1], [0, 3, -1, 8]]); c = np.array([6., 25, -11, 15])
print(jacobi(B, c))
x = np.zeros(4)
for it in range(25):
    xo = x.copy()
    for i in range(4):
        s = sum(B[i, j] * x[j] for j in range(4) if j != i)
        x[i] = (c[i] - s) / B[i, i]
    if np.linalg.norm(x - xo, np.inf) < 1e-10:
        print('converged', it, x); break
try:
    b_int = np.array([1, 2]); cg(np.array([[4, 1], [1, 3]]), b_int)
except Exception as e:
    print(type(e).__name__, e)
def power(A, it=100):
    v = np.ones(A.shape[0]); v /= np.linalg.norm(v); lam = 0
    for i in range(it):
        w = A @ v; lam_new = v @ w; v = w / np.linalg.norm(w)
        if abs(lam_new - lam) < 1e-12: break
        lam = lam_new
    return lam_new, v, i
lam, v, i = power(B); print(lam, v, i)
sigma = 7.0
v = np.ones(4)
for _ in range(30):
    v = np.linalg.solve(B - sigma * np.eye(4), v); v /= np.linalg.norm(v)
print('nearest to 7:', v @ B @ v)
Ak = B.copy()
for _ in range(200):
    q, r = np.linalg.qr(Ak); Ak = r @ q
print(np.sort(np.diag(Ak)), np.linalg.eigvalsh(B))
def arnoldi(A, b, m):
    n = len(b); Qm = np.zeros((n, m + 1)); H = np.zeros((m + 1, m)); Qm[:, 0] = b / np.linalg.norm(b)
    for k in range(m):
        w = A @ Qm[:, k]
        for j in range(k + 1):
            H[j, k] = Qm[:, j] @ w; w = w - H[j, k] * Qm[:, j]
        H[k + 1, k] = np.linalg.norm(w); Qm[:, k + 1] = w / H[k + 1, k]
    return Qm, H
Qm, H = arnoldi(A, b, 6)
print(np.allclose(A @ Qm[:, :6], Qm @ H), np.triu(H[:6], 2).max() < 1e-8, np.linalg.eigvals(H[:6]).real.max().round(4))
from scipy.sparse.linalg import gmres, LinearOperator, minres, bicgstab
x, info = gmres(B, c, rtol=1e-10); print(info, x)
op = LinearOperator((4, 4), matvec=lambda v: B @ v)
print(op.shape, op @ np.ones(4), bicgstab(B, c, rtol=1e-10)[0], minres(B, c, rtol=1e-10)[1])

# %% a picture and its singular values
import numpy as np
h, w = 64, 48
yy, xx = np.mgrid[0:h, 0:w]
img = (128 + 60 * np.sin(xx / 5) + 40 * np.cos(yy / 7) + 20 * ((xx - 24)**2 + (yy - 32)**2 < 200)).clip(0, 255).astype(np.uint8)
print(img.shape, img.dtype, img.min(), img.max(), img[:2, :5])
U, s, Vt = np.linalg.svd(img.astype(float), full_matrices=False)
print(s[:5].round(2), s.size)
energy = np.cumsum(s**2) / np.sum(s**2)
for k in (1, 2, 5, 10, 20):
    Ak = (U[:, :k] * s[:k]) @ Vt[:k]
    mse = np.mean((img - Ak)**2)
    psnr = 10 * np.log10(255**2 / mse)
    print(f'k={k:2d} err={np.linalg.norm(img - Ak) / np.linalg.norm(img.astype(float)):.4f} psnr={psnr:5.1f}dB size={100 * k * (h + w + 1) / (h * w):5.1f}% energy={energy[k - 1]:.5f}')
print(np.searchsorted(energy, [0.9, 0.99, 0.999]) + 1)
print(np.allclose(np.sqrt((s[5:]**2).sum()), np.linalg.norm(img - (U[:, :5] * s[:5]) @ Vt[:5])))
rgb = np.stack([img, img[::-1], 255 - img], axis=-1)
print(rgb.shape, rgb.mean(axis=(0, 1)), (rgb @ np.array([0.299, 0.587, 0.114])).round(1)[0, :4], rgb.reshape(-1, 3).shape)
q = (img // 64) * 64
print(np.unique(q, return_counts=True), np.histogram(img, bins=4, range=(0, 256)))
blocks = img.reshape(8, 8, 6, 8).swapaxes(1, 2)
print(blocks.shape, blocks.mean(axis=(2, 3)).round(1)[:2])
flip = np.flip(img, axis=(0, 1)); rot = np.rot90(img); pad = np.pad(img, 1, mode='edge')
print(flip[0, 0] == img[-1, -1], rot.shape, pad.shape, pad[0, :3], np.pad([1, 2], (1, 2), constant_values=9), np.pad([[1, 2], [3, 4]], 1, mode='reflect'))
k3 = np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
win = np.lib.stride_tricks.sliding_window_view(img, (3, 3))
out = np.einsum('ijkl,kl->ij', win, k3).clip(0, 255).astype(np.uint8)
print(out.shape, out.dtype, out[10, 10:15])
print((img.astype(np.int16) - 100)[0, :3], img[0, :3] - 200, img.astype(float).std(), np.invert(img)[0, 0], img[0, 0] >> 2, img & 1 if False else (img & 1).sum())
mask = (xx - 24)**2 + (yy - 32)**2 < 100
img2 = img.copy(); img2[~mask] = 0
print(mask.sum(), img2.sum(), np.count_nonzero(img2), img[mask].mean(), np.bincount(img.ravel(), minlength=256)[100:105])
print(img2[32, 20:28], img[::16, ::16], sep='\n')

# %% banded, Toeplitz and matrix equations, operators
import os, tempfile
before = os.getcwd()
os.chdir(tempfile.mkdtemp())
import numpy as np
from scipy import linalg, sparse
import scipy.sparse.linalg as spla
A = np.array([[4., 1, 0], [1, 3, 1], [0, 1, 2]]); b = np.array([1., 2, 3])
ab = np.array([[0, 1., 1], [4, 3, 2], [1, 1, 0]])
print(linalg.solve_banded((1, 1), ab, b), linalg.solveh_banded(ab[:2], b), linalg.solve(A, b))
print(linalg.solve_toeplitz(([1., 2, 3], [1., 4, 5]), b), linalg.solve_circulant([3., 1, 0], b), linalg.matmul_toeplitz([1., 2, 3], b))
for f in (linalg.cosm, linalg.sinm, linalg.tanm, linalg.coshm, linalg.sinhm, linalg.tanhm):
    print(f.__name__, f(A / 4).round(10))
print(linalg.fractional_matrix_power(A, 0.3).round(10), linalg.fractional_matrix_power(A, -1.5).round(10), linalg.funm(A, lambda x: x * x).round(8), sep='\n')
print(linalg.solve_sylvester(A, np.array([[1., 2], [0, 3]]), np.ones((3, 2))).round(10), linalg.solve_continuous_lyapunov(-A, np.eye(3)).round(10), linalg.solve_discrete_lyapunov(A / 10, np.eye(3)).round(10), sep='\n')
a = np.array([[4., 3], [-4.5, -3.5]]); bb = np.array([[1.], [-1]]); q = np.array([[9., 6], [6, 4]])
print(linalg.solve_continuous_are(a, bb, q, np.array([[1.]])).round(8), linalg.solve_discrete_are(a, bb, q, np.array([[1.]])).round(8))
print(linalg.orthogonal_procrustes(A, A[::-1]), linalg.eigh_tridiagonal([1., 2, 3], [1., 1])[0], linalg.eigvalsh_tridiagonal([1., 2, 3], [1., 1], select='i', select_range=(0, 1)))
R, Q = linalg.rq(A); print(R.round(8), Q.round(8), np.allclose(R @ Q, A))
L = sparse.lil_matrix((3, 4))
L[0, 1] = 2; L[1] = [1, 0, 3, 0]; L[:, 3] = 7; L[2, [0, 2]] = [5, 6]
print(L.toarray(), L.nnz, repr(L), L.rows, L[1, 2], L[1].toarray(), L.tocsr().indices, sep='\n')
print(L)
D = sparse.dok_matrix((2, 2), dtype=np.float32); D[0, 1] = 3; D[1, 0] += 2; print(dict(D), D, repr(D), D.T.toarray(), (D @ D).toarray(), D + D.T if False else '', sep='\n')
for k, v in D.items():
    print(k, v)
S = sparse.random(5, 5, 0.4, random_state=1, format='csr')
print(S.sqrt().sum().round(8), S.sin().nnz, S.getformat(), S.getH().shape, S.tolil().tocsr().nnz == S.nnz, S.todok().nnz, sparse.issparse(L), sparse.isspmatrix_lil(L))
op = spla.LinearOperator((3, 3), matvec=lambda v: A @ v)
print(op, op @ b, (2 * op) @ b, op.dtype)
its = []
x, info = spla.cg(op, b, rtol=1e-12, callback=lambda xk: its.append(1)); print(x, info, len(its))
print(spla.gmres(op, b, rtol=1e-12)[0], spla.bicgstab(op, b, rtol=1e-12)[0], spla.eigsh(op, k=1)[0])
M = spla.LinearOperator((3, 3), matvec=lambda v: v / np.diag(A)); print(spla.cg(sparse.csr_matrix(A), b, M=M, rtol=1e-12))
print(spla.expm_multiply(sparse.csc_matrix(A), b).round(8), spla.lsqr(sparse.csr_matrix(A), b)[0].round(5), spla.expm(sparse.csc_matrix(A)).toarray().round(6), spla.cgs(A, b, rtol=1e-10)[0])
class Lap(spla.LinearOperator):
    def __init__(self, n):
        super().__init__(dtype=float, shape=(n, n))
    def _matvec(self, v):
        w = 2 * v; w[1:] -= v[:-1]; w[:-1] -= v[1:]; return w
P = Lap(6); print(P, P.matvec(np.ones(6)), spla.cg(P, np.ones(6))[0].round(6), P.matmat(np.eye(6))[:2])
sparse.save_npz('s.npz', S); print((sparse.load_npz('s.npz') != S).nnz)
for e in ("open('nofile.txt')", "np.load('no.npy')", "np.loadtxt('no.txt')", "__import__('os').listdir('nodir')", "__import__('os').mkdir('/proc/x/y/z')", "__import__('pathlib').Path('no').read_text()", "__import__('os').remove('no')", "open('/')", "__import__('os').rmdir('no')"):
    try:
        eval(e)
    except OSError as x:
        import errno
        print(type(x).__name__, x, x.filename if 'lib' not in e else '', x.errno == errno.ENOENT)
os.chdir(before)

# %% first steps
import os, tempfile
before = os.getcwd()
os.chdir(tempfile.mkdtemp())
import numpy as np
a = np.array([1, 2, 3, 4, 5, 6])
print("Array:", a, "| shape", a.shape, "| dims", a.ndim, "| size", a.size, "| bytes", a.nbytes)
a2 = a[np.newaxis, :]; a3 = np.expand_dims(a, axis=1)
print(a2.shape, a3.shape, a3.T)
print(np.concatenate(([1, 2], [3, 4])), np.sort([2, 1, 5, 3]))
data = np.array([[1, 2], [5, 3], [4, 6]])
print(data.max(axis=0), data.max(axis=1), data.min(), data.sum(), data[0:2, 0], data[data > 3], data[(data > 2) & (data < 6)])
print(np.nonzero(data < 4), list(zip(*np.nonzero(data < 4))))
x = np.arange(1, 25).reshape(2, 12); print(np.hsplit(x, 3), np.hsplit(x, (3, 4))[1])
b1 = x[0, :]; b1[0] = 99; print(x[0, 0], x.copy()[0, :2])
ones = np.ones(2, dtype=int); print(data[:2, 0] + ones, data * 1.6, data @ data.T, np.linspace(0, 10, num=5))
unique_values, occurrence = np.unique([11, 11, 12, 13, 11], return_counts=True); print(unique_values, occurrence)
print(np.flip(data, axis=1), np.flip(data)[::1], data[::-1], data.flatten(), data.ravel().base is data)
predictions, labels = np.array([1., 1, 1]), np.array([1., 2, 3]); n = 3
print((1 / n) * np.sum(np.square(predictions - labels)))
print(np.empty(3).shape, np.zeros((2, 2)), np.full((2, 3), 7), np.eye(2, 3), np.arange(2, 9, 2), np.ones((4, 2)).dtype)
print(np.random.default_rng(0).integers(5, size=(2, 4)), a.reshape(3, 2), np.reshape(a, shape=(1, 6), order='C'), a.reshape(2, -1))
np.savetxt('new.csv', a); print(np.loadtxt('new.csv')); np.save('filename', a); print(np.load('filename.npy'))
help_text = np.max.__doc__; print(isinstance(help_text, str), np.max.__name__)
print(np.array([[1, 2], [3, 4]]).sum(axis=0), np.array([[0.45, 0.17], [0.54, 0.05]]).min(axis=0), np.mean(a), np.std(a), a.prod(), a.cumsum())
print(type(a), a.dtype, a[-1], a[1:], a[-2:], a[::2], a.tolist(), len(a), 3 in a, str(a), repr(a))
os.chdir(before)

# %% broadcasting, outer products and choosing
import numpy as np
a = np.array([[0.0], [10.0], [20.0], [30.0]]); b = np.array([1.0, 2.0, 3.0])
print(a + b, (a + b).shape, np.broadcast_shapes((8, 1, 6, 1), (7, 1, 5)))
for s, t in (((5, 4), (1,)), ((5, 4), (4,)), ((15, 3, 5), (15, 1, 5)), ((3,), (4,)), ((2, 1), (8, 4, 3))):
    try:
        print(s, t, np.broadcast(np.empty(s), np.empty(t)).shape)
    except ValueError as e:
        print(s, t, 'ValueError:', e)
codes = np.array([[102., 203], [132, 193], [45, 155], [57, 173]]); obs = np.array([111., 188])
print(codes[np.sqrt(((codes - obs)**2).sum(-1)).argmin()])
x, y = np.ogrid[:3, :4]; print(x.shape, y.shape, x * 10 + y)
X, Y = np.meshgrid([1, 2, 3], [4, 5], indexing='ij'); print(X, Y, X.shape)
m = np.arange(12.).reshape(3, 4)
print(m - m.mean(axis=0), (m - m.mean(1, keepdims=True)).sum(axis=1), m / m.sum(axis=1)[:, None], (m - m.min()) / np.ptp(m), sep='\n')
print(np.add.outer([1, 2], [10, 20]), np.multiply.outer([1, 2], [[1], [2]]).shape, np.subtract.outer(b, b), np.maximum.outer([1, 5], [2, 3]))
print(np.add.reduce(m), np.add.accumulate(m, axis=1), np.multiply.reduce([1, 2, 3, 4]), np.add.reduceat(np.arange(8), [0, 4, 1, 5]), np.logical_or.reduce([False, True]))
z = np.zeros(5); np.add.at(z, [0, 0, 3], 1); print(z); z[[0, 0, 3]] += 1; print(z)
i, j = np.indices((2, 3)); print(i, j, np.ix_([0, 2], [1, 3]), m[np.ix_([0, 2], [1, 3])], m[[0, 2]][:, [1, 3]], sep='\n')
print(np.where(m > 5, m, -m), np.select([m < 3, m > 8], [0, 1], 9), np.clip(m, 2, 7), np.piecewise(b, [b < 2, b >= 2], [lambda t: -t, lambda t: t**2]), np.choose([0, 1, 0], [[1, 2, 3], [10, 20, 30]]), sep='\n')
m[m > 9] = np.nan; print(np.isnan(m).sum(), np.nansum(m), np.nanmean(m, axis=0), m.sum(), np.nan_to_num(m, nan=-1)[2])
print(np.r_[1:4, 0, [7, 8]], np.c_[[1, 2], [3, 4]], np.r_['0,2', [1, 2], [3, 4]], np.s_[1:3, ...], np.mgrid[0:1:3j], np.tri(3), np.fromfunction(lambda i, j: i + j, (2, 2)))
np.put(z, [1, 2], [8, 9]); np.place(z, z > 8, [0]); np.putmask(z, z == 0, 5); print(z, np.take(z, [0, -1]), np.compress([1, 0, 1], z[:3]), np.extract(z > 5, z))
print(np.einsum('i,j->ij', [1, 2], [3, 4]), np.einsum('ii', np.eye(3)), np.einsum('ij->ji', [[1, 2], [3, 4]]), np.einsum('bij,bjk->bik', np.ones((2, 2, 3)), np.ones((2, 3, 2))), np.tensordot(np.ones((2, 3)), np.ones((3, 2)), 1))

# %% statistics with the standard library
import numpy as np, statistics, math, random, itertools, functools, operator, datetime, decimal, fractions
data = np.array([2.5, 3.7, 1.1, 4.4, 2.2, 9.9])
print(statistics.mean(data.tolist()), statistics.median(data), round(statistics.stdev(data.tolist()), 6), np.std(data, ddof=1).round(6))
print(math.sqrt(data[0]), math.fsum(data), math.isclose(data.sum(), 23.8), math.hypot(*data[:2]), math.floor(data[1]), math.log(data[0]), math.pi * np.float64(2))
random.seed(1); print(random.random(), random.sample(range(10), 3), random.choice(data.tolist()))
print(list(itertools.combinations(data[:3], 2)), list(itertools.accumulate(data[:3])), list(itertools.chain(data[:1], [1])), functools.reduce(operator.add, data), functools.reduce(np.dot, [np.eye(2)] * 3), sum(data > 2), max(data, key=lambda v: -v))
print(sorted(zip(data, 'abcdef'))[:2], dict(enumerate(data[:2])), {float(v): i for i, v in enumerate(data)}, [*map(float, data[:2])], any(data > 9), all(data > 1), list(filter(lambda v: v > 3, data)), list(reversed(data))[:2], list(zip(*np.eye(2))))
print(decimal.Decimal(str(data[0])) * 2, fractions.Fraction(3, 4) + fractions.Fraction(float(np.float64(.5))), np.float64(0.75).as_integer_ratio(), datetime.date(2024, 1, 31) + datetime.timedelta(days=int(np.int64(1))), int('0x1f', 16), complex(np.float64(1), 2))
q1, q2, q3 = np.percentile(data, [25, 50, 75]); iqr = q3 - q1
print(q1, q2, q3, iqr, data[(data < q1 - 1.5 * iqr) | (data > q3 + 1.5 * iqr)], np.quantile(data, [.1, .9]), np.median(data), np.average(data, weights=np.arange(1, 7)), np.ptp(data))
z = (data - data.mean()) / data.std(); print(z.round(3), np.corrcoef(data, data**2)[0, 1].round(6), np.cov(data, data**2), np.histogram(data, 3), np.bincount([1, 1, 3], weights=[.5, .5, 2]))
x = np.arange(6); A = np.vstack([x, np.ones(6)]).T; (m, c), res, rk, sv = np.linalg.lstsq(A, data, rcond=None); print(m, c, res, rk, sv)
r = data - (m * x + c); print(1 - (r @ r) / ((data - data.mean())**2).sum(), np.polyfit(x, data, 1), np.interp(2.5, x, data), np.convolve(data, np.ones(3) / 3, 'valid'), np.convolve(data, [1, 2], 'same'), np.correlate(data[:3], [0, 1, .5], 'full'))
def ema(v, a=0.5):
    out = [v[0]]
    for t in v[1:]:
        out.append(a * t + (1 - a) * out[-1])
    return np.array(out)
print(ema(data), np.cumsum(data) / np.arange(1, 7), np.diff(data), np.maximum.accumulate(data), np.trapezoid(data, x), np.sign(np.diff(data)))
counts, edges = np.histogram(data, bins=np.arange(0, 12, 2)); print(counts, edges, edges[:-1] + np.diff(edges) / 2, np.digitize(data, edges), np.searchsorted(np.sort(data), 3))
print(f'{data.mean():.2f} ± {data.std(ddof=1) / np.sqrt(len(data)):.2f}', '%s' % data[:2], '%r' % data[0], '%5.1f|%-8s|%+d' % (data[0], data[1], np.int64(3)), '{0:>8.3f}{1:^7}'.format(data[0], data[1]), f'{np.int64(255):#x} {np.int64(5):08b} {1e6:,.0f} {np.float32(0.1):.3g}')
print(*(f'{a:4d}{b:8.3f}' for a, b in zip(x, data)), sep='\n')
print(np.array2string(data, formatter={'float_kind': lambda v: f'{v:.1f}'}), np.array_str(data, precision=1), np.round(data, 1).tolist(), data.astype(int), data.astype('float32'), data.astype(str), data.astype(complex)[:1], data.astype(bool))

# %% classes of vectors and matrices
import numpy as np
import functools
@functools.total_ordering
class Vector:
    __slots__ = ('_v',)
    def __init__(self, *c): self._v = np.array(c, dtype=float)
    def __repr__(self): return f"Vector({', '.join(f'{c:g}' for c in self._v)})"
    def __add__(self, o): return Vector(*(self._v + o._v)) if isinstance(o, Vector) else NotImplemented
    def __sub__(self, o): return self + -o
    def __neg__(self): return Vector(*-self._v)
    def __mul__(self, k): return Vector(*(self._v * k)) if np.isscalar(k) else float(self._v @ k._v)
    __rmul__ = __mul__
    def __matmul__(self, o): return float(self._v @ o._v)
    def __abs__(self): return float(np.linalg.norm(self._v))
    def __eq__(self, o): return bool(np.allclose(self._v, o._v))
    def __lt__(self, o): return abs(self) < abs(o)
    def __hash__(self): return hash(self._v.tobytes())
    def __len__(self): return len(self._v)
    def __getitem__(self, i): return self._v[i]
    def __iter__(self): return iter(self._v)
    def __array__(self, dtype=None, copy=None): return np.array(self._v, dtype=dtype)
    def __bool__(self): return bool(self._v.any())
a, b = Vector(1, 2, 3), Vector(4, 5, 6)
print(a + b, a - b, 2 * a, a * b, a @ b, abs(a), a == Vector(1, 2, 3), a < b, a >= b, len(a), a[0], list(a), {a: 1}[Vector(1., 2., 3.)], bool(Vector(0, 0)))
print(np.add(a, 1), np.array(a), np.linalg.norm(a), np.dot(a, b), np.sum(a), np.asarray([a, b]), np.mean(a), np.array([1, 2, 3]) @ np.asarray(b), np.stack([a, b]).shape)
try:
    a + 1
except TypeError as e:
    print(e)
try:
    'x' * a
except Exception as e:
    print(type(e).__name__)
print(a * np.float32(2))
class Matrix:
    def __init__(self, rows): self.data = np.asarray(rows, float)
    def __matmul__(self, other): return Matrix(self.data @ getattr(other, 'data', other))
    def __rmatmul__(self, other): return Matrix(other @ self.data)
    def __pow__(self, n): return Matrix(np.linalg.matrix_power(self.data, n))
    def __str__(self): return '\n'.join(' '.join(f'{x:6.2f}' for x in r) for r in self.data)
    @property
    def T(self): return Matrix(self.data.T)
    @classmethod
    def rotation(cls, deg):
        t = np.deg2rad(deg); return cls([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])
    @staticmethod
    def identity(n): return Matrix(np.eye(n))
R = Matrix.rotation(30)
print(R, R ** 3, R @ R.T, (R @ [1, 0]).data, Matrix.identity(2), sep='\n--\n')
print(type(np.eye(2) @ R).__name__ if False else (R.data.round(2)).tolist())
import abc, enum, contextlib, copy
class Norm(enum.Enum):
    L1 = 1; L2 = 2; MAX = np.inf
    def __call__(self, v): return np.linalg.norm(v, self.value)
for n in Norm:
    print(n, n.name, n([3, -4]))
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
class Poly(Shape):
    def __init__(self, pts): self.p = np.array(pts, float)
    def area(self):
        x, y = self.p.T; return 0.5 * abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
print(Poly([(0, 0), (4, 0), (4, 3)]).area())
try:
    Shape()
except TypeError as e:
    print(str(e).split(' with')[0])
@contextlib.contextmanager
def digits(n):
    with np.printoptions(precision=n):
        yield
with digits(2):
    print(np.array([np.pi, np.e]))
print(copy.deepcopy(a) == a, copy.copy(R).data is R.data)
match np.array([1, 2]).tolist():
    case [x, y]: print('pair', x, y)
def f(*args, axis: int = 0, **kw) -> np.ndarray:
    return np.concatenate(args, axis=axis, **kw)
print(f([1], [2]), f.__annotations__['return'], f(*np.eye(2)), (lambda *v: sum(v))(*np.arange(4)), [*np.arange(2), *range(2)], {**{'a': np.int8(1)}}, (y := np.arange(3)).sum(), first if (first := y[0]) else 'zero')

# %% spectral clustering and walks on graphs
import numpy as np
rng = np.random.default_rng(2)
t = np.sort(rng.uniform(0, 2 * np.pi, 60))
inner = np.c_[np.cos(t), np.sin(t)] + 0.05 * rng.normal(size=(60, 2)); outer = 3 * np.c_[np.cos(t), np.sin(t)] + 0.05 * rng.normal(size=(60, 2))
X = np.vstack([inner, outer])
D2 = np.sum(X**2, 1)[:, None] - 2 * X @ X.T + np.sum(X**2, 1)
W = np.exp(-D2.clip(0) / (2 * 0.3**2)); np.fill_diagonal(W, 0)
d = W.sum(1); L = np.eye(120) - W / np.sqrt(np.outer(d, d))
w, V = np.linalg.eigh(L)
print(np.abs(w[:2]).round(6), w[2] > 0.001, w.max() <= 2)
lab = (V[:, 1] / np.sqrt(d) > np.median(V[:, 1] / np.sqrt(d))).astype(int)
print(sorted([lab[:60].sum(), lab[60:].sum()]))
A = np.zeros((7, 7), int)
for i, j in [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (4, 6)]:
    A[i, j] = A[j, i] = 1
deg = A.sum(0); Lg = np.diag(deg) - A
ev, U = np.linalg.eigh(Lg); f = U[:, 1] * np.sign(U[0, 1])
print(deg, ev.round(6), (f > 1e-9).astype(int), np.linalg.matrix_rank(Lg), round(np.prod(ev[1:]) / 7), np.round(np.linalg.det(Lg[1:, 1:])))
print(np.linalg.matrix_power(A, 2).diagonal(), np.trace(np.linalg.matrix_power(A, 3)) // 6, np.argsort(-deg, kind='stable')[:3])
dist = np.where(A, 1, np.inf); np.fill_diagonal(dist, 0)
for k in range(7):
    dist = np.minimum(dist, dist[:, k, None] + dist[None, k])
print(dist, dist.max(), dist.mean().round(4))
P = A / deg[:, None]; pi = np.full(7, 1 / 7)
for _ in range(500): pi = pi @ P
print(pi, deg / deg.sum(), np.allclose(pi, deg / deg.sum(), atol=1e-6))
Q = np.array([[0.5, 0.3, 0.2], [0.2, 0.6, 0.2], [0, 0, 1]]); N = np.linalg.inv(np.eye(2) - Q[:2, :2]); print(N, N.sum(1), N @ Q[:2, 2:], np.linalg.matrix_power(Q, 50).round(4), sep='\n')
lam, S = np.linalg.eig(Q.T); print(np.sort(lam.real).round(6))
adj = {n: [int(m) for m in np.flatnonzero(A[n])] for n in range(7)}; print(adj)
from scipy.sparse import csr_matrix
G = csr_matrix(A); print(G.sum(axis=1).ravel(), G.getnnz(axis=1), G.indptr, (G @ G).diagonal(), G[2].indices, G.max(), repr(G))

# %% constants, dtypes and names that are gone
import numpy as np, sys, inspect
print(np.__version__.startswith('2.'), np.pi, np.e, np.euler_gamma, np.inf, -np.inf, np.nan, np.newaxis)
print(np.finfo(float).eps, np.finfo(np.float32).max, np.finfo(float).tiny, np.iinfo(np.int16), np.iinfo(np.uint8).max, np.finfo(np.float32).bits)
print(repr(np.finfo(np.float64)))
print(np.dtype(float), np.dtype('i4').itemsize, np.dtype(bool).kind, np.dtype('f4').name, np.dtype(int).str, np.dtype('c16').type, np.result_type(np.int8, np.float32), np.promote_types('i4', 'f4'), np.can_cast(float, int), np.issubdtype(np.int32, np.integer), np.isdtype(np.dtype('f8'), 'real floating'), np.min_scalar_type(300), np.common_type(np.ones(1, 'f4'), np.ones(1)))
print([t.__name__ for t in np.float64.__mro__], np.sctypeDict['float'] is np.float64, np.int_ is np.int64, np.intp().dtype, np.typename('d'))
print(np.base_repr(10, 3), np.binary_repr(5, 8), np.isscalar(3.0), np.ndim([[1]]), np.shape([[1, 2]]), np.size([1, 2]), np.iterable(3), np.deg2rad(180), np.rad2deg(np.pi), np.gcd(12, 18), np.lcm(4, 6), np.sinc(0.5), np.heaviside(-1, .5), np.cbrt(27), np.exp2(3), np.expm1(1e-10), np.hypot(3, 4), np.arctan2(1, 1), np.fmod(-7, 3), np.mod(-7, 3), np.remainder(7, -3), np.floor_divide(-7, 2), np.divmod(7, 3), np.modf(2.5), np.frexp(8.0), np.ldexp(.5, 4), np.copysign(1, -2), np.nextafter(1, 2), np.spacing(1.0), np.trunc(-1.7), np.rint(2.5), np.fix(-1.7), np.sign(-3), np.reciprocal(4.0), np.positive(-1), np.signbit(-0.0), np.logaddexp(1, 2), np.i0(1.0), np.real_if_close(1 + 1e-20j), np.angle(1j), np.conj(1 + 2j), np.real(1 + 2j), np.bitwise_and(6, 3), np.invert(5), np.left_shift(1, 4), np.isneginf(-np.inf), np.isclose(1, 1 + 1e-9), np.array_equiv([1, 2], [[1, 2], [1, 2]]), sep=' | ')
print(np.add, np.sin, np.add.nin, np.add.identity, np.add.ntypes > 0, np.add.__name__, type(np.add), 1, np.add.nargs)
print(inspect.signature(np.linalg.svd), inspect.signature(np.linspace), inspect.signature(np.concatenate) if False else '')
print(np.dot.__doc__.strip().splitlines()[0][:20], len(dir(np)) > 400, 'linalg' in dir(np), hasattr(np, 'float'), callable(np.dot), np.linalg.__name__, np.random.__name__)
for name in ('float', 'int', 'bool8', 'mat', 'product', 'cumproduct', 'sometrue', 'alltrue', 'in1d', 'trapz', 'asfarray', 'NaN', 'Inf', 'string_', 'unicode_', 'round_', 'msort', 'obj2sctype'):
    try:
        print(name, getattr(np, name))
    except AttributeError as e:
        print(name, 'AttributeError', str(e).splitlines()[0])
print(np.array([1, 2, 3]).__class__, np.ndarray.__module__, np.float64.__module__, np.linalg.LinAlgError.__module__, np.exceptions.AxisError.__name__, np.random.Generator.__module__)
print(np.geterr(), np.get_printoptions()['precision'], np.getbufsize() if hasattr(np, 'getbufsize') else '')
print(np.shares_memory(np.arange(3), np.arange(3)), np.bitwise_count(7) if hasattr(np, 'bitwise_count') else '', np.packbits([1, 0, 1, 0, 0, 0, 0, 1]) if hasattr(np, 'packbits') else '', np.unpackbits(np.array([5], np.uint8)) if hasattr(np, 'unpackbits') else '', np.emath.sqrt(-4) if hasattr(np, 'emath') else '')
def vec_fun(x, y):
    "doc"
    return x + y if x > y else x - y
v = np.vectorize(vec_fun, otypes=[float]); print(v([1, 5], [2, 3]), v.__doc__, np.vectorize(lambda s: len(s))(['a', 'bcd']), np.vectorize(np.linalg.norm, signature='(n)->()')(np.eye(2)))

# %% exceptions, warnings and logs
import numpy as np, traceback, warnings, sys, logging
def risky(kind):
    a = np.arange(6).reshape(2, 3)
    return {'index': lambda: a[5, 0], 'shape': lambda: a @ a, 'cast': lambda: a.__iadd__(0.5), 'key': lambda: {'x': 1}[a.shape], 'type': lambda: a + None, 'attr': lambda: a.no, 'value': lambda: a.reshape(4, 4), 'sing': lambda: np.linalg.inv(np.zeros((2, 2))), 'axis': lambda: a.sum(axis=7), 'truth': lambda: bool(a), 'len': lambda: len(np.float64(1)) if False else len(5), 'str': lambda: np.array(['a']) + np.array([1]), 'unpack': lambda: (lambda x, y, z: 0)(*a), 'mem': lambda: np.zeros((10**6, 10**7)), 'float': lambda: float(a), 'iter': lambda: iter(np.array(3)), 'over': lambda: np.int8(200), 'open': lambda: open('nope.txt')}[kind]()
for kind in ('index', 'shape', 'cast', 'key', 'type', 'attr', 'value', 'sing', 'axis', 'truth', 'len', 'str', 'unpack', 'mem', 'float', 'iter', 'over', 'open'):
    try:
        print(kind, risky(kind))
    except Exception as e:
        print(f'{kind:7s} {type(e).__name__}: {e} | {[c.__name__ for c in type(e).__mro__[1:3]]}')
try:
    try:
        np.linalg.cholesky(np.diag([1., -1]))
    except np.linalg.LinAlgError as e:
        raise RuntimeError('not SPD') from e
except RuntimeError as e:
    print(repr(e), repr(e.__cause__), e.args)
with warnings.catch_warnings():
    warnings.simplefilter('error', RuntimeWarning)
    for f in (lambda: np.array([1.]) / 0, lambda: np.sqrt(np.array([-1.])), lambda: np.exp(np.float64(1000)), lambda: np.float64(0) / 0, lambda: np.log(np.zeros(1)), lambda: np.arcsin(2.), lambda: np.int32(2**31 - 1) + np.int32(1), lambda: np.mean([]), lambda: np.array([1e308]) * 10, lambda: np.power(0., -1), lambda: np.float64(1e200)**2):
        try:
            print(f())
        except RuntimeWarning as w:
            print('RuntimeWarning', w)
with np.errstate(over='ignore', divide='raise'):
    print(np.exp(np.array([1e4])))
    try:
        np.ones(1) / 0
    except FloatingPointError as e:
        print(e)
old = np.seterr(invalid='ignore'); print(old, np.sqrt(-1.0)); np.seterr(**old)
class Log:
    def write(self, m): print('LOG', m.strip())
np.seterrcall(Log()); np.seterr(divide='log'); np.ones(2) / 0; np.seterr(divide='call'); np.seterrcall(lambda k, f: print('call', k, f)); np.ones(2) / 0; np.seterr(divide='warn')
logging.basicConfig(format='%(levelname)s %(message)s', stream=sys.stdout, level=logging.INFO); logging.info('shape %s', np.ones((2, 3)).shape)
assert np.allclose(np.eye(2), 1) is False
try:
    assert np.array_equal([1], [2]), f'differs: {np.array([1]) - 2}'
except AssertionError as e:
    print('AssertionError', e)
try:
    eval('np.arange(3')
except SyntaxError as e:
    print(e.msg)
try:
    np.testing.assert_array_equal([1, 2], [1, 3])
except AssertionError as e:
    print(str(e))
def gen():
    try:
        for k in np.arange(3): yield k
    finally:
        print('closed')
for k in gen():
    if k == 1: break
raise SystemExit(int(np.int64(4)))

# %% circulant and Toeplitz matrices
import numpy as np
from scipy.linalg import circulant, toeplitz, hankel, dft
c = np.array([4., 1, 0, 1]); C = circulant(c)
print(C, np.fft.fft(c).real, np.linalg.eigvalsh(C), sep='\n')
F = dft(4, scale='sqrtn'); print(np.allclose(F @ F.conj().T, np.eye(4)), np.allclose(F @ C @ F.conj().T, np.diag(np.fft.fft(c))))
x = np.array([1., 2, 3, 4]); print(np.allclose(C @ x, np.fft.ifft(np.fft.fft(c) * np.fft.fft(x)).real), np.fft.ifft(np.fft.fft(x) / np.fft.fft(c)).real, np.linalg.solve(C, x))
print(np.fft.fft(x), np.fft.ifft(np.fft.fft(x)), np.fft.rfft(x), np.fft.irfft(np.fft.rfft(x)), np.fft.fftshift(np.fft.fft(x)), np.fft.fftfreq(4, 0.5), np.abs(np.fft.fft(x))**2, np.angle(np.fft.fft(x)), sep='\n')
for n in (8, 12):
    k = np.arange(n); s = np.cos(2 * np.pi * 2 * k / n)
    S = np.fft.fft(s); print(n, np.round(np.abs(S), 10), np.argmax(np.abs(S[:n // 2])), np.round(S, 6))
print(np.fft.fft2(np.eye(3)).round(10), np.fft.ifft2(np.fft.fft2(np.arange(6).reshape(2, 3))).real.round(10), np.fft.fftn(np.ones((2, 2, 2)))[0, 0], sep='\n')
def dft_naive(x):
    n = len(x); k = np.arange(n); return np.exp(-2j * np.pi * np.outer(k, k) / n) @ x
def fft_rec(x):
    n = len(x)
    if n == 1: return np.asarray(x, complex)
    e, o = fft_rec(x[::2]), fft_rec(x[1::2]); t = np.exp(-2j * np.pi * np.arange(n // 2) / n) * o
    return np.concatenate([e + t, e - t])
y = np.random.default_rng(1).normal(size=16); print(np.allclose(dft_naive(y), np.fft.fft(y)), np.allclose(fft_rec(y), np.fft.fft(y)), np.allclose(np.sum(y**2), np.sum(np.abs(np.fft.fft(y))**2) / 16))
T = toeplitz([2., -1, 0, 0]); print(T, np.linalg.eigvalsh(T), 2 - 2 * np.cos(np.arange(1, 5) * np.pi / 5), np.linalg.inv(T), np.linalg.det(T), np.linalg.cond(T), np.linalg.cholesky(T), sep='\n')
print(hankel([1, 2, 3], [3, 4, 5]), np.linalg.matrix_rank(hankel([1, 2, 3], [3, 4, 5])), np.convolve([1, 2, 3], [1, 1]), np.polymul([1, 2, 3], [1, 1]), toeplitz([1, 2, 3, 0], [1, 0]) @ [1, 1])
w = np.hanning(8); print(w.round(4), np.fft.rfft(w).real.round(4), (np.fft.rfftfreq(8, d=1 / 8)))
