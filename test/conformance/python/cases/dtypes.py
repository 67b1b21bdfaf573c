# %% setup
import numpy as np
a = np.arange(6.0).reshape(2, 3)

# %%% dtype objects
np.dtype('float64')
np.dtype(float)
np.dtype(int)
np.dtype(bool)
np.dtype(complex)
np.dtype('f4')
np.dtype('<i8')
np.dtype('i2')
np.dtype('u1')
np.dtype('c16')
np.dtype('d')
np.dtype(np.float32)
np.dtype('float64') == np.float64
np.dtype('float64') == 'float64'
np.dtype('float64') == float
np.dtype('float64') != np.float32
np.dtype('int64') == int
np.dtype(np.int32).name
np.dtype(np.int32).kind
np.dtype(np.int32).itemsize
np.dtype(np.int32).char
np.dtype(np.int32).str
np.dtype(np.int32).num
np.dtype(np.int32).byteorder
np.dtype('?').name
np.dtype(np.float64).type
str(np.dtype(np.float32))
hash(np.dtype('f8')) == hash(np.dtype(float))
a.dtype == np.float64
a.dtype is np.dtype(float)
a.dtype.type is np.float64
{np.dtype('int8'): 1}[np.dtype('int8')]
np.dtype('foo')
np.dtype(np.float64).itemsize * 10
a.dtype.name
np.issubdtype(np.float32, np.floating)
np.issubdtype(np.int32, np.integer)
np.issubdtype(a.dtype, np.number)
np.issubdtype(np.float64, np.integer)
np.issubdtype(int, np.signedinteger)
np.issubdtype('complex64', np.complexfloating)
np.issubdtype(np.uint8, np.unsignedinteger)
np.issubdtype(bool, np.number)
np.isdtype(np.float32, 'real floating')
np.isdtype(np.int8, ('integral', 'bool'))
np.promote_types(np.int8, np.uint8)
np.promote_types('i4', 'f4')
np.promote_types(np.float32, np.complex64)
np.result_type(np.float32, 1.0)
np.result_type(np.int8, 3)
np.result_type(np.int8, 3.0)
np.result_type(1, 2.0)
np.result_type(a, 1j)
np.can_cast(np.int32, np.float64)
np.can_cast('float64', 'float32')
np.can_cast('float64', 'float32', 'same_kind')
np.can_cast(np.int64, np.int32, casting='same_kind')
np.can_cast(1, np.int8)
np.min_scalar_type(10)
np.min_scalar_type(-300)
np.common_type(np.ones(2, np.float32), np.ones(2))
np.finfo(np.float64).eps
np.finfo(np.float32).eps
np.finfo(float).max
np.finfo(float).min
np.finfo(float).tiny
np.finfo(np.float32).max
np.finfo(np.float64).bits
np.finfo(np.float64)
np.finfo(np.float32).resolution
np.finfo(int)
np.iinfo(np.int8)
np.iinfo(np.int32).max
np.iinfo(np.int64).min
np.iinfo('uint8').max
np.iinfo(float)
np.iinfo(np.uint16).bits

# %%% memory
a.nbytes
a.itemsize
a.strides
a.T.strides
a[:, ::2].strides
a.flags['C_CONTIGUOUS']
a.flags.f_contiguous
a.T.flags['F_CONTIGUOUS']
a.flags.owndata
a[0].flags.owndata
a.flags.writeable
a.flags
a.base is None
a[0].base is a
a.T.base is a
a.reshape(3, 2).base is a
a.copy().base is None
a.size
a.ndim
len(a)
np.shares_memory(a, a[0])
np.shares_memory(a, a.copy())
np.may_share_memory(a[0], a[1])
np.shares_memory(a[0], a[1])
a.view(np.int64)
np.array([1.0]).view(np.uint8)
np.array([1, 2], np.int32).view(np.int16)
np.float32(1).view(np.int32)
a.tobytes()[:16]
a.data.nbytes
a.device
np.ones((1000, 1000)).nbytes / 1e6
np.ones((100, 100), np.float32).nbytes

# %%% astype
a.astype(int)
a.astype(np.float32)
a.astype('complex128')
a.astype(bool)
np.array([1.9, -1.9, 0.5]).astype(int)
np.array([300, -1]).astype(np.uint8)
np.array([1, 0, 2]).astype(bool)
np.array([True, False]).astype(int)
np.array([1 + 2j]).astype(float)
np.array([np.nan, 1]).astype(int)[1]
np.array([1e20, 2.5]).astype(np.int32)[1]
a.astype(float, copy=False) is a
a.astype(float) is a
a.astype(np.int32, casting='safe')
np.astype(a, int)
np.array([1.123456789123]).astype(np.float32)
np.array([1, 2, 3], dtype=np.int64).astype(np.float32).dtype

# %%% promotion
(np.int8(1) + np.int8(2)).dtype
(np.int8(100) + np.int16(100))
np.float32(1) + 1.0
np.float32(1) + np.float64(1)
np.int32(1) + 1.5
np.int8(3) / np.int8(2)
np.uint8(200) + np.uint8(100)
np.int8(127) + np.int8(1)
np.uint8(3) + 300
np.int64(3) + np.float32(1)
np.bool_(True) + np.bool_(True)
np.bool_(True) + 1
True + np.float32(1)
(np.arange(3, dtype=np.float32) + 1.5).dtype
(np.arange(3, dtype=np.float32) + np.float64(1.5)).dtype
(np.arange(3, dtype=np.int8) + 1).dtype
(np.arange(3, dtype=np.int8) * 2.0).dtype
np.arange(3, dtype=np.int8) + 300
np.arange(3, dtype=np.uint8) - 1
(np.arange(3) / 2).dtype
(np.arange(3) // 2).dtype
(np.arange(3, dtype=np.int32) ** 2).dtype
(np.ones(2, np.complex64) * 1j).dtype
(np.ones(2, np.float32) * 1j).dtype
np.array([1, 2]) + np.array([0.5, 0.5], np.float32)
np.array([True, False]) + np.array([True, True])
np.array([True, False]) * 3
-np.array([True])
np.array([True]) - np.array([False])
np.int64(2) ** 62
np.int64(2) ** 63
np.int32(2) ** 31
np.int64(2) ** -1
np.float64(2) ** -1
np.array([2]) ** -1
2 ** np.array([1, 2, 3])
2.0 ** np.array([-1, 2])

# %%% scalars
repr(np.float64(1.5))
str(np.float64(1.5))
repr(np.float32(0.1))
str(np.float32(0.1))
repr(np.int32(7))
str(np.int64(7))
repr(np.bool_(True))
str(np.bool_(False))
repr(np.complex128(1 + 2j))
repr(np.complex64(1.5 - 2j))
str(np.complex128(1j))
f'{np.float64(3.14159):.2f}'
f'{np.float32(3.14159):.3f}'
f'{np.int64(42):5d}'
f'{np.int64(42)}'
f'{np.float64(0.1)}'
f'{np.float64(1e-5):.2e}'
f'{np.float64(1234567.891):,.1f}'
'{:8.3f}'.format(np.float64(2.5))
'%.3f' % np.float64(2.5)
'%d' % np.int32(5)
f'{np.bool_(True)}'
isinstance(np.float64(1), float)
isinstance(np.float32(1), float)
isinstance(np.int64(1), int)
isinstance(np.complex128(1), complex)
isinstance(np.bool_(1), bool)
isinstance(np.float64(1), np.floating)
isinstance(np.int8(1), np.integer)
isinstance(np.int8(1), np.number)
isinstance(np.float32(1), np.generic)
type(np.float64(1) + 1)
type(1 + np.float64(1))
type(np.float64(1) * 2.0)
type(np.int64(1) + 1)
type(np.int64(1) + 1.0)
type(np.float64(3) > 2)
type(np.int64(7) // 2)
type(np.arange(3)[0])
type(np.arange(3.0)[0])
type(np.array([True])[0])
type(np.sum([1, 2]))
type(np.mean([1, 2]))
type(np.array([1.0]).item())
np.float64(7).item()
np.int64(7).item()
np.float64(2.567).round(2)
round(np.float64(2.567), 2)
round(np.float64(2.5))
round(np.int64(25), -1)
int(np.float64(2.9))
float(np.int64(3))
complex(np.float64(1))
abs(np.int64(-3))
abs(np.float64(-3.5))
abs(np.complex128(3 + 4j))
-np.float64(2)
+np.int8(2)
~np.int8(2)
divmod(np.float64(7), 2)
divmod(np.int64(7), 2)
np.float64(7) % 3
np.float64(-7) // 2
np.int64(-7) // 2
np.int64(-7) % 3
np.float64(1) / 0
np.float64(0) / 0
np.int64(1) / 0
np.int64(1) // 0
np.int64(1) % 0
np.float64(1) // 0
np.float64(1e308) * 10
np.int64(2**62) * 4
np.int64(2**63 - 1) + 1
-np.int8(-128)
np.float32(1e38) * 10
np.int64(3) & 1
np.int64(3) | 4
np.int64(3) ^ 1
np.int64(3) << 2
np.int64(3) >> 1
np.int64(3) == 3
np.int64(3) == 3.0
np.float64(3) == np.int8(3)
np.float64(np.nan) == np.float64(np.nan)
np.float64(1) < 2
np.float64(1) == 'a'
np.int64(1) is None
hash(np.int64(5)) == hash(5)
hash(np.float64(2.5)) == hash(2.5)
{np.int64(1): 'a'}[1]
[10, 20, 30][np.int64(1)]
list(range(np.int64(3)))
'ab' * np.int64(2)
np.float64(2) * [1, 2]
[1, 2] * np.int64(2)
np.float64(1.5) + np.array([1, 2])
np.array([1, 2]) + np.float64(1.5)
np.float64(1.5).dtype
np.float64(1.5).shape
np.float64(1.5).ndim
np.float64(1.5).size
np.float64(1.5).itemsize
np.float64(1.5).T
np.float64(1.5).sum()
np.float64(1.5).astype(int)
np.int64(5).astype(np.float32)
np.float64(1.5).real
np.float64(1.5).imag
np.complex128(1 + 2j).real
np.complex128(1 + 2j).imag
np.complex128(1 + 2j).conj()
np.complex128(1 + 2j) * np.complex128(1 - 2j)
np.complex64(1 + 2j) + 1
np.float64(1.5).is_integer()
np.float64(2.0).is_integer()
np.float64(1.5).as_integer_ratio()
np.float64('1.5')
np.float64('nan')
np.float64([1, 2])
np.float64()
np.int64('12')
np.int64(2.9)
np.int64(2**63)
np.int8(300)
np.uint8(-1)
np.float32(1e50)
np.int64(None)
np.float64('abc')
np.float64(3)[()]
np.float64(3)[0]
len(np.float64(3))
list(np.float64(3))
np.float64(1.5).tolist()
np.bool_(True) and 5
not np.bool_(False)
np.bool_(True) & np.bool_(False)
np.bool_(True) | False
~np.bool_(True)
np.True_
np.bool_(True) == True
np.bool_(True) is np.True_
np.float64(5).max()
np.nan
np.inf
-np.inf
np.pi
np.e
np.newaxis
np.float64(1e16)
np.float64(1e-5)
np.float64(123456789.123)
np.float32(16777216)
np.float32(1e-10)
np.float64(-0.0)
np.float64(2) ** 0.5
np.float64(-8) ** (1 / 3)
2 ** np.float64(3)
10 / np.float64(4)
7 // np.int64(2)
7 - np.int8(2)
np.float32(0.1) + np.float32(0.2)
np.float64(np.float32(0.1))
np.float32(0.1) == 0.1
np.int32(5) / 2
np.int64.__name__
np.float64.__mro__[1].__name__
max(np.float64(1), np.float64(2))
sum([np.float64(1), np.float64(2)])
sorted([np.int64(3), np.int64(1)])
math.sqrt(np.float64(4)) if (math := __import__('math')) else None
__import__('json').dumps(np.float64(1.5))
__import__('json').dumps(np.int64(1))
__import__('math').floor(np.float64(2.5))
__import__('fractions').Fraction(np.float64(0.5))
__import__('decimal').Decimal(np.float64(0.5))
