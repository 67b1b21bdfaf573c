# %% setup
import numpy as np
from decimal import Decimal
from fractions import Fraction


class Worth:
    def __init__(self, x):
        self.x = x

    def __rmul__(self, other):
        return Worth(self.x * other)

    def __repr__(self):
        return f'Worth({self.x})'


class Length(float):
    pass


class Stack(np.ndarray):
    pass


# %% arrays of the other byte order
a = np.array([1, 2, 300], '>i4')
print(repr(a), a[1:].dtype, a.copy().dtype, a.T.dtype, (a + 1).dtype, a.sum(), repr(a[2]))
print(a.tobytes(), a.tolist(), a.view('<i4'), a.byteswap(), a.astype('f4').dtype)
a += 1
a[0] = 77
print(a, a[a > 3], a[1:].base is a, np.array(a).dtype)
# %% bytes of the other order, read and written
print(np.frombuffer(b'\0\0\1\2', '>i4').dtype, np.frombuffer(b'\0\0\1\2', '>i4') + 1)
print(np.arange(3.0).astype('>f4').tobytes(), np.arange(3, dtype='i2').view('>i2'))
r = np.frombuffer(b'\0\0\0\1\0\0\0\2' * 2, dtype=[('a', '>i4'), ('b', '<i4')])
print(r, r['a'], r.dtype)
z = np.zeros(2, dtype=[('a', '>i4'), ('b', '<i4')])
z['a'] = [1, 2]
print(z.tobytes(), z['a'].dtype)
# %%% types of the other byte order
np.dtype('>i4') == np.dtype('i4'), np.dtype('>i4').newbyteorder() == 'i4', np.promote_types('>i4', '>i2'), np.can_cast('>i4', 'i4', 'no'), np.can_cast('>i4', 'i4', 'equiv')
np.ones(2, '>f8'), np.full(2, 3, '>i2').dtype, np.empty(2, '>c16').dtype
# %%% types of classes
np.dtype(Decimal), np.dtype(list)
np.dtype(np.floating)
np.dtype(np.integer)
np.finfo('f4') is np.finfo(np.float32), np.finfo(np.float32(1)) == np.finfo('f4')
np.iinfo(10.0)
np.finfo(5)
np.number[int], np.bool[int]
np.float64[int]
# %%% objects beside numbers
np.array([1, 2]) * Decimal('0.5')
Decimal('0.5') + np.array([1, 2])
np.array([1, 2]) + Fraction(1, 3)
np.array([1, 2]) * Worth(3)
np.array([1, 2]) == None
np.array([1.5, 2]) < Fraction(7, 4)
np.array([1, 2]) + None
np.array([1, 2]) < None
np.floor(np.array([Fraction(-3, 2)], object)), np.gcd(np.array([12, 18], object), 8), np.lcm(np.array([4], object), 6)
np.isnan(np.array([1.0], object))
np.arange(3, dtype=object), np.arange(2, 8, 2, dtype=object)
np.array(Length(1.5)), np.array([Length(1.5), 2])
# %%% axes
np.sum(np.ones((2, 2)), axis=[0])
np.ones((2, 2)).max(axis=[0])
np.argmax([[1]], axis=[0])
np.median(np.ones((2, 2)), axis=[0])
np.min(np.ones((2, 2)), axis=(0.5, 1))
np.lexsort((np.arange(1),), axis=2)
np.lexsort((np.array([[3, 1], [2, 2]]),), axis=0)
np.ones((2, 3, 4)).transpose(np.array([2, 0, 1])).shape
np.reshape(np.ones(4), (2.0, 2))
np.ones(4)[(0,) * 65]
np.array([1], ndmin=65)
np.arange(2)[np.array([True, False]).view(Stack)], np.arange(5)[np.array([1, 2]).view(Stack)]
# %%% functions with two results, and bits
np.modf([1.5, -2.25]), np.modf(3.5)
np.divmod([7, -7], 3), np.frexp([8.0, 0.1]), np.ldexp([1.0, 2], [3, 4])
np.modf, isinstance(np.divmod, np.ufunc), np.frexp.nout, np.ldexp.nargs
np.modf([1.5, 2.5], np.zeros(2), np.zeros(2))
np.divmod([7, 8], [2, 3], out=(np.zeros(2, int), None))
np.modf([1.5, 2.5], out=np.zeros(2))
np.modf([1.5], out=(np.zeros(1, int), None))
np.frexp([1j])
np.bitwise_count(np.array([1, -3, 7, 2**62, -(2**63)])), np.bitwise_count(np.uint8(255))
np.bitwise_count([1.0])
np.packbits([1, 0, 1, 1, 0, 0, 0, 0, 1]), np.packbits(np.ones((3, 3), int), axis=0), np.packbits([1, 1], bitorder='little')
np.setbufsize(-1)
# %%% loops asked for by their types
np.add([1, 2], [3, 4], sig='dd->d'), np.add(1, 2, signature=('f4', 'f4', 'f4')), np.less([1], [2], sig='dd->?'), np.sqrt(4, sig='f->f')
np.add(1, 2, sig='ii->i', signature='ii->i')
np.add([1.5], 2, sig='ll->l')
np.add.reduceat([1, 2, 3], [])
np.frompyfunc(lambda a, b: a * b, 2, 1, identity=1).reduce(np.ones((2, 2)), axis=(0, 1))
np.frompyfunc(lambda a, b: a * b, 2, 1).reduce(np.ones((2, 2)), axis=None)
# %% NaN: complex order and signs
n = np.array([complex(0, np.nan), complex(np.nan, 0), 1, complex(1, np.nan)])
with np.errstate(invalid='ignore'):
    print(np.less(n, 1), np.greater(n, 1), np.less_equal(n, n), np.less(np.tile(n, 20), 1).any())
c = np.copysign([np.nan, 1.0], -1)
print(np.signbit(c), np.signbit(np.copysign(np.full(3, np.nan, 'f4'), [-1, 1, -1])), np.signbit([-0.0, 0.0]))
z = np.array([complex(0, np.inf), complex(1, np.inf)])
print(z**1)
# %%% corners
np.arange(0, 1, np.inf), np.arange(0, -1, np.inf)
np.geomspace(-1, 1, 3, dtype=complex).round(12)
str(np.float16(-0.0)), np.array('a\0\0').item(), np.array(['X'], 'c')
np.format_float_positional(1e20, precision=40, unique=False), np.format_float_positional(0.1, precision=60, unique=False)
np.array([1], copy=np._CopyMode.ALWAYS), bool(np._CopyMode.NEVER)
np.int8(3).device, np.float64(1).to_device('cpu')
np.ones(2).to_device('gpu')
# %% records side by side
a = np.array([(1, 2.0)], dtype=[('a', 'i4'), ('b', 'f8')])
np.testing.assert_array_equal(a, a.copy())
print(np.broadcast_arrays(a, a)[0], np.split(np.tile(a, 2), 2))
