# %% setup
import numpy as np
a = np.array([1, 2, 3, 4])
b = np.array([4.0, 3.0, 2.0, 1.0])
m = np.array([[1, 2], [3, 4]])
n = np.array([[5, 6], [7, 8]])
z = np.array([1 + 2j, 3 - 4j])
p = np.array([0.5, 1.0, 2.5])

# %%% operators
a + b
a - b
a * b
a / b
a // 2
a % 3
a ** 2
-a
+a
abs(-a)
a @ b
m @ n
m * n
m + 10
10 - m
2 * m
1 / m
m / 2
m // 2
m ** 2
2 ** m
m % 2
10 % m
a == b
a != b
a < b
a <= 2
a > [0, 5, 1, 9]
3 >= a
a & 1
a | 8
a ^ 3
~a
a << 2
a >> 1
[1, 2, 3, 4] + a
a + [1, 2, 3, 4]
(1, 2, 3, 4) * a
a - (1, 1, 1, 1)
divmod(a, 2)
pow(a, 2)
z * z
z + 1
z / (1 + 1j)
z ** 2
z == z.conj()
abs(z)
z.real
z.imag
a + 'x'
a + None
'x' * a
a == None
a == 'x'
a != 'x'
a < 'x'
a + {}
[1, 2] @ m
m @ [1, 2]
m @ 2
m @ np.ones(3)
a @ np.ones(3)
a + np.ones(3)
np.array([True, False]) & np.array([True, True])
np.array([True, False]) | True
~np.array([True, False])
np.array([True, False]) ^ np.array([True, True])
not np.array([1])
bool(np.array([0]))
bool(np.array([]))
bool(a)
a and b
a == a.tolist()
a in [1]
3 in a
9 in a
hash(a)
a if a.any() else 0
float(np.array([2.5]))
float(np.array(2.5))
int(np.array(3))
float(a)
int(a)
complex(np.array(1 + 1j))
np.array(2) + 1
[10, 20, 30][np.array(1)]
range(5)[np.array(2)]
round(np.float64(2.345), 1)
sum(a)
max(a)
min(a)
sum(m)
sorted(b)
list(m)
tuple(a)
list(map(float, a))
[x ** 2 for x in a]
len(m)
any(a > 3)
all(a > 0)
list(zip(a, b))
reversed(a).__class__.__name__ != ''
list(reversed(a))
enumerate(a).__next__()
dict(zip(['x', 'y'], a))
set(a.tolist())
np.array(3) == 3
np.array([1, 2]) is np.array([1, 2])

# %%% functions
np.add(a, 1)
np.subtract(a, b)
np.multiply(m, n)
np.divide(a, 2)
np.true_divide(a, 2)
np.floor_divide(7, 2)
np.mod(-7, 3)
np.remainder(7.5, 2)
np.fmod(-7, 3)
np.power(a, 3)
np.power(2.0, a)
np.float_power(a, 2)
np.negative(a)
np.positive(a)
np.absolute([-1.5, 2])
np.abs(-3)
np.fabs([-1, 2])
np.square([2, 3])
np.sqrt([1, 4, 9])
np.sqrt(2)
np.sqrt(-1)
np.sqrt(np.array([-1, 4]))
np.sqrt(-1 + 0j)
np.cbrt([8, 27])
np.reciprocal([2.0, 4.0])
np.sign([-2, 0, 3])
np.sign(-2.5)
np.exp([0, 1])
np.exp(1)
np.exp(1000)
np.exp(-1000)
np.exp2([1, 3])
np.expm1(1e-10)
np.log([1, np.e])
np.log(0)
np.log(-1)
np.log([1, 0])
np.log2([1, 8])
np.log10([1, 1000])
np.log1p(1e-10)
np.sin([0, np.pi / 2])
np.cos(0)
np.tan(np.pi / 4)
np.arcsin([0, 1])
np.arcsin(2)
np.arccos(1)
np.arctan([0, 1])
np.arctan2(1, -1)
np.sinh(1)
np.cosh(1)
np.tanh([0, 0.5])
np.arcsinh(1)
np.arccosh(2)
np.arctanh(0.5)
np.deg2rad(180)
np.rad2deg(np.pi)
np.radians([0, 90])
np.degrees(np.pi / 2)
np.hypot(3, 4)
np.floor([1.7, -1.7])
np.ceil([1.2, -1.2])
np.trunc([1.7, -1.7])
np.rint([0.5, 1.5, 2.5])
np.round([1.25, 2.675], 1)
np.round(3.14159, 2)
np.round(1234, -2)
np.round([1, 2])
np.around([0.5, 1.5])
np.fix([2.7, -2.7])
p.round()
p.round(1)
np.maximum([1, 5], [3, 2])
np.minimum([1, 5], 3)
np.maximum(1, np.nan)
np.fmax(1, np.nan)
np.fmin([1, np.nan], [np.nan, 2])
np.clip([1, 5, 9], 2, 8)
np.clip(p, 1, None)
np.clip(p, None, 2)
np.clip(p, min=1, max=2)
a.clip(2, 3)
a.clip(min=2)
np.isnan([1, np.nan])
np.isinf([np.inf, 1])
np.isfinite([np.inf, np.nan, 1])
np.isposinf([np.inf, -np.inf])
np.signbit([-1.0, 1])
np.copysign([1, 2], -1)
np.heaviside([-1, 0, 1], 0.5)
np.nextafter(1, 2)
np.spacing(1.0)
np.logical_and([True, False], True)
np.logical_or([0, 1], [0, 0])
np.logical_xor(1, [0, 1])
np.logical_not([0, 1])
np.bitwise_and(12, 10)
np.bitwise_or([1, 2], 4)
np.invert([0, 1])
np.left_shift(1, [1, 2, 3])
np.gcd(12, 18)
np.lcm([2, 3], 4)
np.gcd.reduce([12, 18, 24])
np.equal([1, 2], [1, 3])
np.greater(a, 2)
np.logaddexp(1, 2)
np.conj(z)
np.angle(1j)
np.angle([1, 1j], deg=True)
np.real(z)
np.imag(z)
np.real(3)
np.isreal(z)
np.iscomplex([1, 1j])
np.iscomplexobj(z)
np.real_if_close([1 + 1e-16j])
np.modf([1.5, -2.25])
np.divmod([7, 8], 3)
np.frexp(8.0)
np.ldexp(0.5, 4)
np.sinc([0, 0.5])
np.unwrap([0, 3.5, 7])
np.interp(2.5, [1, 2, 3], [3, 2, 0])
np.interp([0, 1.5, 5], [1, 2, 3], [3, 2, 0])
np.nan_to_num([np.nan, np.inf, -np.inf, 1])
np.nan_to_num([np.nan, 1], nan=9)
np.isclose([1, 2], [1, 2.1])
np.isclose(1, 1 + 1e-9)
np.allclose(a, a + 1e-9)
np.allclose([1, np.nan], [1, np.nan])
np.allclose([1, np.nan], [1, np.nan], equal_nan=True)
np.array_equal(a, [1, 2, 3, 4])
np.array_equal(a, b)
np.array_equiv([1, 2], [[1, 2], [1, 2]])
np.add('a', 1)
np.sqrt('a')
np.sqrt(None)
np.add(1)
np.add(1, 2, 3, 4)
np.sin()

# %%% ufunc objects
np.add
np.add.reduce([1, 2, 3])
np.add.reduce(m)
np.add.reduce(m, axis=1)
np.add.reduce(m, axis=None)
np.multiply.reduce([1, 2, 3, 4])
np.maximum.reduce([3, 1, 2])
np.minimum.reduce(m, axis=1)
np.logical_and.reduce([True, False])
np.subtract.reduce([10, 2, 3])
np.add.accumulate([1, 2, 3])
np.multiply.accumulate([1, 2, 3, 4])
np.maximum.accumulate([1, 3, 2, 5])
np.add.accumulate(m, axis=1)
np.add.outer([1, 2], [3, 4])
np.multiply.outer([1, 2, 3], [1, 2])
np.subtract.outer([5, 6], [1, 2])
np.add.reduceat([1, 2, 3, 4], [0, 2])
np.add.nin
np.add.nout
np.add.nargs
np.add.identity
np.add.__name__
np.sqrt.nin
np.add.reduce([])
np.maximum.reduce([])
np.add.reduce([1, 2, 3], initial=10)
np.add.reduce(m, keepdims=True)
np.add.reduce([1.5, 2.5, 3], where=[True, False, True])
np.power.outer([1, 2], [1, 2, 3])
isinstance(np.add, np.ufunc)
np.sin.reduce([1, 2])
np.add(a, 1, dtype=float)
np.add(a, b, where=[True, False, True, False], out=np.zeros(4))
np.sqrt(a, dtype=np.float32)
np.multiply(a, 2, out=np.zeros(4, dtype=int))
np.add(a, 0.5, out=np.zeros(4, dtype=int))
np.add(a, b, out=np.zeros(3))
np.negative([1, 2], out=np.zeros(2))

# %% out
out = np.zeros(4)
r = np.add(a, b, out=out)
print(out, r is out)
np.multiply(out, 2, out)
print(out)
np.exp(b, out=out)
print(out.round(3))
np.sqrt(out, out=(out,))
print(out.round(3))

# %% at
c = np.zeros(4)
np.add.at(c, [0, 0, 2], 1)
print(c)
d = np.array([1, 2, 3, 4])
np.negative.at(d, [0, 1])
print(d)
np.multiply.at(d, [2, 2], [10, 10])
print(d)

# %% in place
c = np.arange(4.0)
before = c
c += 1
c *= 2
c -= np.array([1, 1, 1, 1])
c /= 2
c **= 2
c //= 1
c %= 3
print(c, c is before)
k = np.arange(4)
k += 1
k *= 3
k -= 1
k //= 2
k <<= 1
k |= 1
k &= 7
k ^= 2
print(k)
m2 = np.eye(2)
m2 @= np.array([[1, 2], [3, 4]])
print(m2)

# %%% refused in place
a.__itruediv__(2)
a.__iadd__(0.5)
a.__iadd__(np.ones(3))
a.__imul__(1.5)
np.ones((2, 2)).__iadd__(np.ones((3, 2, 2)))
np.arange(3, dtype=np.float32).__iadd__(1)

# %% warnings
print(np.array([1.0, -1.0, 0.0]) / 0)
print(np.array([0.0]) / 0)
print(np.array([1, 2]) / np.array([0, 1]))
print(np.array([1, 2]) // 0)
print(np.array([1, 2]) % 0)
print(np.log(np.array([0.0, -1.0, 1.0])))
print(np.sqrt(np.array([-1.0, 4.0])))
print(np.exp(np.array([1000.0, 1.0])))
print(np.array([1e200]) * np.array([1e200]))
print(np.arccos(np.array([2.0])))
print(np.float64(0) / 0)
print(np.array([np.inf]) - np.inf)
print(np.array([np.nan]) + 1)
print(np.power(0.0, -1))
print(np.array([0.0]) ** -1)
print(np.reciprocal(np.array([0.0])))

# %% errstate
with np.errstate(divide='ignore', invalid='ignore'):
    print(np.array([1.0, 0.0]) / 0)
with np.errstate(all='raise'):
    try:
        np.array([1.0]) / 0
    except FloatingPointError as e:
        print('caught', e)
    try:
        np.log(np.array([-1.0]))
    except FloatingPointError as e:
        print('caught', e)
print(np.geterr())
old = np.seterr(divide='ignore')
print(old, np.array([1.0]) / 0)
np.seterr(**old)
print(np.array([1.0]) / 0)

# %% custom classes take part
class Weird:
    __array_ufunc__ = None
    def __radd__(self, other):
        return 'radd'
    def __add__(self, other):
        return 'add'
print(a + Weird(), Weird() + a)
class Money:
    def __init__(self, x):
        self.x = x
    def __array__(self, dtype=None, copy=None):
        return np.array(self.x, dtype=dtype)
print(np.asarray(Money([1, 2])), a[:2] + Money([1, 2]), np.sqrt(Money([4.0, 9.0])))

# %% unary on kinds | f=negative,absolute,square,sign,sqrt,exp,floor,conjugate,isnan,sin
for d in ('int8', 'int64', 'uint8', 'float32', 'float64', 'complex128'):
    x = np.array([1, 2], dtype=d)
    try:
        r = np.$f(x)
        print(d, r, r.dtype)
    except TypeError as e:
        print(d, type(e).__name__, str(e)[:60])

# %% binary on kinds | f=add,subtract,multiply,divide,floor_divide,remainder,power,maximum,arctan2,equal,less,logical_and
for d in ('bool', 'int8', 'uint8', 'int64', 'float32', 'complex64'):
    for e in ('int16', 'float64'):
        x, y = np.array([1, 1], dtype=d), np.array([1, 2], dtype=e)
        try:
            r = np.$f(x, y)
            print(d, e, r, r.dtype)
        except TypeError as err:
            print(d, e, 'TypeError')

# %% faults of many elements, in place and into others
import warnings
def told(work):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('always')
        work()
    return [str(w.message) for w in seen]
for size in (5, 600, 20000, 200000):
    big, zero, out = np.full(size, 1e308), np.zeros(size), np.empty(size)
    inf, nan = np.full(size, np.inf), np.full(size, np.nan)
    print(size, told(lambda: big + big), told(lambda: big - -big), told(lambda: big * 10), told(lambda: big ** 2), told(lambda: np.square(big)))
    print(told(lambda: big / zero), told(lambda: zero / zero), told(lambda: inf / zero), told(lambda: inf - inf), told(lambda: inf * zero), told(lambda: nan + inf))
    print(told(lambda: np.sqrt(-big)), told(lambda: np.sqrt(inf)), told(lambda: np.reciprocal(zero)))
    print(told(lambda: np.add(big, big, out=out)), told(lambda: np.divide(big, zero, out=out)), told(lambda: np.sqrt(-big, out=out)), told(lambda: np.negative(inf, out=out)))
    def in_place(by, work):
        a = by.copy()
        work(a)
        return a[:1]
    part = np.zeros(size)
    part[size // 2] = 1
    print(told(lambda: 1 / part), told(lambda: (part - 0.5) ** 0.5), told(lambda: big.reshape(1, -1) + big[:, None][:1]), told(lambda: big[::2] + big[::2]))
    if size == 5:
        continue
    print(told(lambda: in_place(big, lambda a: a.__iadd__(big))), told(lambda: in_place(big, lambda a: a.__imul__(a))), told(lambda: in_place(big, lambda a: a.__itruediv__(0.0))))
    print(told(lambda: in_place(zero, lambda a: a.__itruediv__(a))), told(lambda: np.multiply(big, big, out=big.copy())), told(lambda: in_place(big, lambda a: np.divide(a, zero, out=a))))

# %% into arrays of other shapes and dtypes
a = np.arange(600.0)
for out in (np.empty(600, 'f4'), np.empty((2, 600)), np.empty(600, complex), np.empty(1200)[::2]):
    r = np.add(a, 1, out=out)
    print(r is out, out.dtype, out.ravel()[:2], out.ravel()[-1])
b = np.arange(600.0)
np.add(b[:-1], b[1:], out=b[1:])
print(b[:4], b[-1])
np.multiply(b[::-1], 1.0, out=b)
print(b[:2])
np.sqrt(b[1:], out=b[:-1])
print(b[:2])
for bad in (np.empty(599), np.empty(600, int), np.empty((600, 1))):
    try:
        np.add(a, 1, out=bad)
    except Exception as error:
        print(type(error).__name__, str(error)[:90])
locked = np.empty(600)
locked.flags.writeable = False
try:
    np.sqrt(a, out=locked)
except ValueError as error:
    print(error)
