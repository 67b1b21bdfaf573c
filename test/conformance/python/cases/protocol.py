# %% setup
import copy
import pickle
import numpy as np
a = np.array([1.0, 2.0, 3.0])
m = np.arange(6).reshape(2, 3)

# %%% of Python
isinstance(a, np.ndarray)
type(a)
type(a).__name__
callable(a)
hasattr(a, 'shape')
a.foo
a.shape.foo
np.foo
np.float
np.int
np.bool
np.float_
np.NaN
np.product
np.linalg.foo
np.random.foo
np.__version__[:2]
np.ndarray
np.ufunc
copy.copy(a)
copy.deepcopy(m)
copy.deepcopy({'x': a})['x']
pickle.loads(pickle.dumps(a))
pickle.loads(pickle.dumps(m)).dtype
pickle.loads(pickle.dumps(np.float64(1.5)))
pickle.loads(pickle.dumps(np.int32(3)))
pickle.loads(pickle.dumps(np.dtype('f4')))
a.__array__() is a
a.__len__()
a.__class__.__name__
a.tolist()
m.tolist()
np.array(3).tolist()
np.array([[True]]).tolist()
np.array([1 + 1j]).tolist()
list(a)
tuple(m[0])
[float(x) for x in a]
sum(a) / len(a)
max(a), min(a)
all(x > 0 for x in a)
sorted(a, reverse=True)
sorted(m.ravel(), key=lambda x: -x)
dict(enumerate(a))
{int(k): v for k, v in zip(m[0], a)}
a[0] in a
5 in m
np.array([1, 2]) in [[1, 2]] if False else None
list(map(np.sqrt, [1.0, 4.0]))
list(filter(lambda x: x > 1, a))
[i for i, x in enumerate(a) if x > 1]
any(a > 2)
zip(a, m).__class__.__name__
iter(a).__next__()
next(iter(m))
str(a) + '!'
bytes(np.array([1, 2], np.uint8))
memoryview(np.arange(3, dtype=np.uint8).data).tolist()
a.size and a.ndim
a is a.view()
(a == a).all()
a.copy() is a
id(a) == id(a)
len([])
np.array([a, a]).shape
np.array({'a': 1}.get('a'))
a.astype(int).tolist()
np.vectorize(lambda x: x + 1)([1, 2, 3])
np.vectorize(lambda x, y: x if x > y else y)([1, 5], [3, 2])
np.vectorize(lambda x: x / 2, otypes=[float])([1, 2])
np.vectorize(lambda x: 'odd' if x % 2 else 'even')([1]) if False else None
np.vectorize(lambda x: (x, x * 2))([1, 2])
np.vectorize(len, signature='(n)->()')([[1, 2], [3, 4]])
np.apply_along_axis(np.sum, 0, m)
np.apply_along_axis(lambda r: r[::-1], 1, m)
np.apply_along_axis(lambda r: r.max() - r.min(), 1, m)
np.apply_over_axes(np.sum, m, [0, 1])
np.frompyfunc(lambda x: x * 2, 1, 1)(3)
np.iterable(a)
np.ndim(3)
np.shape(a)
np.size(m)
np.show_config is not None
np.isscalar('a')
np.ndenumerate(a).__next__()
np.broadcast(a, a).size
np.lib.stride_tricks is not None
np.dtype(a.dtype) is a.dtype
a.__array_priority__
np.asarray(a.__array_interface__['shape'])
a.setflags(write=False)
np.require(a, requirements='C') is a
np.nonzero(a)[0].tolist()
eval(repr(m), {'array': np.array}).shape
eval(repr(a), {'array': np.array}) is not a
from numpy import *
from numpy.linalg import inv, det
from numpy.random import default_rng
import numpy.linalg as la
import numpy.foo

# %% read only
a.setflags(write=False)
print(a.flags.writeable)
for f in ('a[0] = 1', 'a += 1', 'a.sort()', 'np.add(a, 1, out=a)', 'a.fill(0)'):
    try:
        exec(f)
    except ValueError as e:
        print(f, '->', e)
b = a.copy()
b[0] = 9
print(b)
a.flags.writeable = True
a[0] = 5
print(a)

# %% arrays in functions
def normalize(x):
    x = np.asarray(x, dtype=float)
    return (x - x.mean()) / x.std()
print(normalize([1, 2, 3]).round(4), normalize(a))
def scale(x, factor=2):
    x *= factor
scale(a)
print(a)
def relu(x):
    return np.maximum(0, x)
print(relu(np.array([-1.0, 2.0])), relu(-3), relu([1, -1]))
def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
print(softmax(np.array([1.0, 2.0, 3.0])), softmax(m).sum(axis=1))

# %% class with arrays
from dataclasses import dataclass, field
@dataclass
class Layer:
    W: np.ndarray
    b: np.ndarray = field(default_factory=lambda: np.zeros(2))
    def __call__(self, x):
        return x @ self.W + self.b
layer = Layer(np.ones((3, 2)))
print(layer(a))
print(layer)

# %% names and doc
import inspect
print(np.linalg.svd.__name__, np.sum.__name__, np.ndarray.__name__)
print(list(inspect.signature(np.linalg.svd).parameters))
print(list(inspect.signature(np.linspace).parameters)[:5])
print(bool(np.linalg.svd.__doc__), bool(np.ndarray.sum.__doc__), bool(np.add.__doc__))

# %% type hints
from numpy.typing import ArrayLike, NDArray
def f(x: NDArray[np.float64], y: ArrayLike) -> NDArray:
    return x + np.asarray(y)
print(f(a, [1, 1, 1]))

# %% subclass of float works in math
import math
print(math.sqrt(a[1]), math.floor(a[2]), math.isclose(a[0], 1), round(a[2]), int(a[1]), a[1].is_integer())
print(math.fsum(a), math.prod(m[1].tolist()), max(a.tolist()))
import statistics
print(statistics.mean(a.tolist()), statistics.stdev(a))
import json
print(json.dumps({'x': a.tolist(), 'mean': a.mean()}))
from fractions import Fraction
print(Fraction(a[0]))

# %% comparison chains
x = a[1]
print(1 < x < 3, x == 2, x != 2, x >= 2.0, not x)
if x:
    print('true')
print(x and 'yes', x or 'no')
print(a.any() and a.all())

# %% exceptions are what NumPy raises
for code in ('np.zeros((2,2)) @ np.zeros((3,3))', 'np.arange(3) + np.arange(4)', 'a.reshape(2,2)', 'np.array([1,2])[5]', 'a.transpose(1,0)',
             'np.concatenate([a, m])', 'np.stack([a, m])', 'np.sum(a, axis=1)', 'np.linalg.inv(m)', 'np.ones(3, dtype="xyz")', 'a.foo()',
             'np.array([[1,2],[3]])', 'np.split(a, 2)', 'np.linalg.solve(np.eye(2), a)', 'a["x"]', 'np.dot(m, m)', 'np.einsum("ij,jk", m, m)',
             'np.zeros(1e10)', 'np.expand_dims(a, 3)', 'np.squeeze(m, 0)', 'np.moveaxis(m, 0, 5)', 'np.swapaxes(m, 0, 3)', 'm.sum(axis=(0,0))'):
    try:
        eval(code)
        print(code, 'passed')
    except Exception as e:
        print(code, '->', type(e).__name__, e)

# %% too large
try:
    np.zeros((10**6, 10**6))
except MemoryError as e:
    print(type(e).__name__, str(e)[:80])

# %% other classes do the work of functions
class Doer:
    def __array_function__(self, func, types, args, kwargs):
        return func.__name__, [t.__name__ for t in types], len(args), sorted(kwargs)
class Heir(Doer):
    pass
class Refuser:
    def __array_function__(self, func, types, args, kwargs):
        return NotImplemented
class Elementwise:
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return ufunc.__name__, method, len(inputs), sorted(kwargs)
class Counter(np.ndarray):
    def __array_function__(self, func, types, args, kwargs):
        print('asked', func.__name__)
        return super().__array_function__(func, types, args, kwargs)
d, e = Doer(), Elementwise()
print(np.sum(d), np.mean(d, axis=0), np.concatenate([a, d]), np.concatenate((d, Heir()), axis=0), np.where(a > 1, d, 0))
print(np.linalg.norm(d), np.linalg.svd(d), np.fft.fft(d), np.einsum('i,i', a, d), np.reshape(d, 3), np.kron(d, a), np.dot(Refuser(), d))
for call in (lambda: np.sum(Refuser()), lambda: np.linalg.norm(Refuser()), lambda: np.dot(Refuser(), a)):
    try:
        call()
    except TypeError as error:
        print(error)
print(np.add(a, e), a + e, e.__array_ufunc__ is None, np.sin(e), a @ e, np.sum(e), a < e, a == e, np.divmod(a, e), np.float64(1) + e, np.add(a, a, out=e))
c = a.view(Counter)
print(np.sum(c), np.linalg.norm(c), type(np.sort(c)).__name__)

# %% what objects say of themselves
class Told:
    def __init__(self):
        self.heard = []
    def __array__(self, dtype=None, copy=None):
        self.heard.append((dtype, copy))
        return np.array([1, 2], dtype)
class Old:
    def __array__(self, dtype=None):
        return np.array([1, 2])
class Wrong:
    def __array__(self, dtype=None, copy=None):
        return [1, 2]
t = Told()
print(np.asarray(t), np.array(t), np.asarray(t, dtype=float), np.array([t, t]), a[:2] + t, np.asarray(t, copy=False), t.heard)
for x, copying in ((Old(), False), (Old(), True), (Wrong(), None), ([1], False)):
    try:
        print(np.asarray(x, copy=copying))
    except ValueError as error:
        print(str(error)[:60])
print(a.__array__() is a, a.__array__(copy=True) is a, np.array(a, copy=False) is a)
for call in (lambda: a.__array__(int, copy=False), lambda: np.reshape(m.T, 6, copy=False)):
    try:
        call()
    except ValueError as error:
        print(str(error)[:50])

# %% bytes of others
import array
from numpy.testing import assert_array_almost_equal_nulp, assert_array_max_ulp
print(repr(np.asarray(memoryview(b'abc'))), repr(np.array(array.array('h', [1, -2]))), repr(np.asarray(bytearray(b'ab'))), repr(np.array(array.array('B', [1]), float)))
print(repr(np.asarray(memoryview(bytes(range(6))).cast('B', (2, 3)))), repr(np.asarray(memoryview(bytes(range(6)))[::2])))
print(np.frombuffer(b'abcd', 'u1').flags.writeable, np.frombuffer(bytearray(b'abcd'), 'u1').flags.writeable, pickle.loads(m.dumps()).tolist())
for call in (lambda: np.frombuffer(b'abc', 'u1', offset=9), lambda: np.frombuffer('abc'), lambda: np.frombuffer(b'abcd', 'u1').__setitem__(0, 1),
             lambda: assert_array_almost_equal_nulp(np.array([1., 2.]), np.array([1., 2.0000001])), lambda: assert_array_max_ulp(np.array([1.]), np.array([1 + 1e-13]), maxulp=10)):
    try:
        print(call())
    except (ValueError, TypeError, AssertionError) as error:
        print(error)

# %% results that are too small
heard = []
before = np.seterrcall(lambda kind, flags: heard.append((kind, flags)))
with np.errstate(under='call'):
    np.exp(np.array([-800.0, 1.0])), a * np.array([1e-320, 0.0, 1.0]), np.array([1e-200, 0.0]) * 1e-200, np.array([0.0]) / 1e200, np.array([1e-300]) / 1e100
    np.square(np.array([1e-200])), np.array([1e-30], np.float32) * np.float32(1e-30), np.array([2.0**-1000]) * 2.0**-50
print(heard)
with np.errstate(under='raise'):
    try:
        np.array([1e-200]) ** 2
    except FloatingPointError as error:
        print(error)
_ = np.seterrcall(before)
