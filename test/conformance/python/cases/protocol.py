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
