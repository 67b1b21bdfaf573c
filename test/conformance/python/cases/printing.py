# %% setup
import numpy as np
a = np.array([1.0, 2.5, 3.123456789])
m = np.array([[1.0, 200.5], [0.001, -3]])
k = np.arange(12).reshape(3, 4)

# %%% str and repr
str(a)
repr(a)
str(m)
repr(m)
str(k)
repr(k)
str(np.array([]))
repr(np.array([]))
repr(np.zeros((0, 3)))
repr(np.array([], dtype=int))
str(np.array(5.0))
repr(np.array(5.0))
repr(np.array(5))
repr(np.array([1e10, 1]))
repr(np.array([1e-10, 1]))
repr(np.array([1e16, 1]))
repr(np.array([1e8, 1.5]))
repr(np.array([0.1 + 0.2]))
repr(np.array([1 / 3, 2 / 3]))
repr(np.array([np.nan, np.inf, -np.inf, 1]))
repr(np.array([True, False]))
repr(np.array([1 + 2j, 3.5 - 1j]))
repr(np.array([1e-20 + 1j]))
repr(np.array([-0.0, 0.0]))
repr(np.array([1.0, 2.0]))
repr(np.array([100000.0, 0.00001]))
repr(np.array([123456789.123]))
repr(np.float32([0.1, 0.2]))
repr(np.array([1, 2], dtype=np.int8))
repr(np.array([1, 2], dtype=np.uint64))
repr(np.arange(30))
repr(np.arange(30) * 1.5)
repr(np.linspace(0, 1, 11))
repr(np.arange(27).reshape(3, 3, 3))
repr(np.ones((2, 2, 2)))
str(np.ones((2, 2, 2)))
repr(np.arange(2000))
str(np.arange(2000))
repr(np.eye(50))
repr(np.arange(1200.0).reshape(30, 40))
repr(np.zeros((3, 1)))
str(np.array([[1, 10, 100], [1000, 10000, 100000]]))
str(np.array([-1, 10]))
str(np.array([[0.5, -0.25], [1e3, 2]]))
str(np.array([1e-5, 1e5]))
str(np.array([1.5e-8, 2]))
str([np.float64(1), np.int64(2)])
str((np.float64(1), 2))
str({'a': np.array([1, 2])})
str([np.array([1, 2]), np.array([3])])
f'{a}'
f'{a!r}'
f'{k.sum()}'
f'{a.mean():.3f}'
f'{a.max():>10.2f}|'
f'{np.array(3.14159):.2f}'
f'{a:.2f}'
'%s' % a
'%.2f' % a[0]
'{} {}'.format(a, k[0])
'{:.1f}'.format(a.sum())
np.array2string(a, precision=2)
np.array2string(a, separator=', ')
np.array2string(a, precision=1, suppress_small=True)
np.array2string(k, separator=',', prefix='k = ')
np.array2string(a, formatter={'float_kind': lambda x: '%.1f' % x})
np.array2string(np.arange(2000), threshold=5)
np.array2string(np.arange(20), max_line_width=30)
np.array2string(a, sign='+')
np.array2string(a, floatmode='fixed', precision=4)
np.array_repr(a, precision=2)
np.array_str(a, precision=1)
np.format_float_positional(1234.5678, precision=2)
np.format_float_positional(0.1)
np.format_float_positional(1e10)
np.format_float_scientific(1234.5678, precision=2)
np.format_float_scientific(0.1)
np.binary_repr(5)
np.binary_repr(-3, width=5)
np.base_repr(10, 3)
np.get_printoptions()['precision']
sorted(np.get_printoptions())

# %% options | o=precision=3,suppress=True,threshold=5,edgeitems=1,linewidth=40,sign='+',floatmode='fixed',nanstr='NA',infstr='oo'
np.set_printoptions($o)
print(a)
print(m)
print(np.arange(20) / 7)
print(np.array([np.nan, np.inf, 1e-9]))
print(repr(np.arange(8)))

# %% precision and suppress
np.set_printoptions(precision=3, suppress=True)
print(np.array([1e-10, 1.23456, 1000.5]))
print(np.linalg.inv(np.array([[1.0, 2], [3, 4]])))
print(repr(np.float64(1.23456789)), np.float64(1.23456789))

# %% context
with np.printoptions(precision=2):
    print(a)
print(a)

# %% formatter
np.set_printoptions(formatter={'float': '{:0.3f}'.format})
print(a)
print(m)
print(k)
np.set_printoptions(formatter=None)
print(a)

# %% printing in loops
for i, row in enumerate(m):
    print(f'row {i}: {row}, sum {row.sum():.4f}, max {row.max()}')
print('shape:', m.shape, 'dtype:', m.dtype)
print('mean', m.mean(), 'std', m.std())
print(*a)
print(a, m, sep='\n')
print(a.tolist(), k[0].tolist(), a.dtype, type(a))

# %% tables
names = ['alpha', 'beta', 'gamma']
for name, x in zip(names, a):
    print(f'{name:<10}{x:8.3f}{x ** 2:10.2e}')

# %% scalars as before NumPy 2
with np.printoptions(legacy='1.25'):
    print([np.float64(1.5), np.int8(2), np.complex64(1 + 2j), np.True_, np.str_('a'), np.float32(0.1)], np.get_printoptions()['legacy'])
print([np.float64(1.5), np.True_], np.get_printoptions()['legacy'])
np.set_printoptions(legacy='1.25')
print({np.int64(3): (np.float64(2),)}, np.unique([3, 1]).tolist())
np.set_printoptions(legacy=False)

# %% records beside their dtype
print(repr(np.zeros(2, dtype=[('a', 'i4'), ('b', 'U5')])), repr(np.zeros(5, dtype=[('a', 'i4'), ('b', 'U5')])), repr(np.zeros(2, dtype=[('a', 'i4')])))
print(np.frompyfunc(max, 2, 1).accumulate([1, 5, 2]), repr(np.frompyfunc(max, 2, 1).accumulate([1, 5, 2])), np.typecodes['AllInteger'])
