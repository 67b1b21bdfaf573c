# %% setup
import sys
import numpy as np

n = 1000

def made(k=0.0):
    """An array that nothing else knows of."""
    return np.arange(n) * 1.0 + k

def flood():
    """Takes the place of whatever has been dropped."""
    kept = [np.full(n, -1.5) for _ in range(24)] + [np.full(n, True) for _ in range(8)] + [np.full((n, 2), -1.5) for _ in range(8)]
    for k in range(24):
        made(k) * 2 + 1
    return len(kept)

def holds(a, k=0.0):
    flood()
    return bool((a == np.arange(len(a)) + k).all())

# %% views of views outlive what they are views of
v = made()[10:][::2]
print(holds(v / 2, 5.0), v.base is not None)
w = made().reshape(20, 50).T[3:5].T
flood()
print(w[0], w[-1], w.sum())
t = made().reshape(10, 100)[:, None, :].squeeze().ravel()
print(holds(t))
f = made().flat
flood()
print(f[7], sum(f))
d = np.diagonal(made()[:961].reshape(31, 31))
flood()
print(d[:4], d.sum())
z = (made() + 1j).real
print(holds(z))
b = made().view(np.int64)
flood()
print(b.view(float)[:3])

# %% rows that are walked over outlive the matrix
rows = iter(made().reshape(4, 250))
first = next(rows)
flood()
print(first[:3], [float(r[-1]) for r in rows], holds(first))
def numbers():
    a = made()
    yield a[5:8]
    yield a[-1]
g = numbers()
part = next(g)
flood()
print(part, next(g))
del g
flood()
print(part)
print([float(x) for x in made()[:3]], [holds(r) for r in np.split(made(), 2)][:1])

# %% out of ufuncs is the same array
o = made(5.0)
r = np.add(o, 1.0, out=o)
print(r is o)
del o
print(holds(r, 6.0))
o = made()
r = np.multiply(made(), 1.0, out=o[:])
del o
print(holds(r))
r = np.cumsum(np.ones(n), out=made())
print(holds(r, 1.0))
r = made()
r += 1
s = r
r *= 1.0
del r
print(holds(s, 1.0))

# %% arguments given back are the same memory
for f in (np.asarray, np.asanyarray, np.ascontiguousarray, np.atleast_1d, np.ravel, np.squeeze, np.real, np.positive, lambda a: a.astype(float, copy=False),
          lambda a: a.reshape(-1), lambda a: np.require(a, float, 'C'), lambda a: np.broadcast_to(a, (1, n))[0], lambda a: np.moveaxis(a[None], 0, 1)[:, 0],
          lambda a: np.clip(a, None, np.inf), lambda a: np.where(True, a, 0), lambda a: np.nan_to_num(a, copy=False), lambda a: np.trim_zeros(a + 1) - 1,
          lambda a: np.unique(a), lambda a: np.sort(a), lambda a: np.array_split(a, 1)[0], lambda a: np.broadcast_arrays(a, 1.0)[0], lambda a: np.meshgrid(a, [1], copy=False)[0][0]):
    print(holds(f(made())), end=' ')
print()

# %% several results of one call
a, b = np.meshgrid(made(), made()[:2])
del b
print(holds(a[1]))
q, e = np.histogram(made(), 500)
del q
flood()
print(e[:3])
u, i, c = np.unique(made(), return_index=True, return_counts=True)
del u, c
print(holds(i))
x, y = np.divmod(made(), 1.0)
del y
print(holds(x))
p = np.where(made() > -1)
print(holds(p[0]))
l = np.nonzero(made() >= 0)[0]
print(holds(l))

# %% an exception halfway
def fails(a):
    b = a + 1
    c = b[100:200]
    return c, np.linalg.inv(b)
try:
    fails(made())
except np.linalg.LinAlgError as error:
    flood()
    local = error.__traceback__.tb_next.tb_frame.f_locals
    print(type(error).__name__, holds(local['b'], 1.0), holds(local['c'], 101.0), holds(local['a']))
try:
    made() + np.ones(3)
except ValueError as error:
    flood()
    print(error)
with np.errstate(all='raise'):
    try:
        made() / 0.0
    except FloatingPointError as error:
        print(error, flood())

# %% what is dropped while something runs
class Dropping:
    def __array__(self, dtype=None, copy=None):
        global dropped
        dropped = None
        flood()
        return np.ones(n)
dropped = made()
print((dropped + Dropping() - 1)[:3])
store = [made()]
def key(x):
    store.clear()
    flood()
    return x
a = store[0][5:]
del a
print(np.fromiter((key(v) for v in (1.0, 2.0)), float), len(store))
print(np.vectorize(lambda x: (store.append(x * 2), x + 1)[1])(made())[:3])

# %% resurrected, in cycles, weakly held
import gc
import weakref
class Cycle:
    def __init__(self):
        self.a = made()
        self.part = self.a[5:]
        self.me = self
c = Cycle()
part = c.part
del c
gc.collect()
print(holds(part, 5.0))
class Sub(np.ndarray):
    pass
s = made().view(Sub)
k = s[3:]
del s
print(type(k).__name__, holds(np.asarray(k), 3.0))
m = np.ma.masked_less(made(), 5)
d = m.data
del m
print(holds(d))

# %% buffers and bytes of arrays
raw = made().tobytes()
flood()
print(np.frombuffer(raw)[:3], holds(np.frombuffer(raw)))
lines = made().tolist()
flood()
print(lines[:2], lines[-1])

# %% streams, objects and functions that keep what they are given
r = np.random.default_rng(1)
x = r.random(n)
s = x.sum()
y = r.permutation(made())
y2 = np.sort(y)
del y
print(holds(y2), bool(x.sum() == s))
state = np.random.RandomState(3).get_state()
flood()
again = np.random.RandomState(0)
again.set_state(state)
print(again.rand(2))
from numpy.polynomial import Polynomial
p = Polynomial(made())
flood()
print(holds(p.coef))
table = np.vectorize(made().__getitem__)
flood()
print(table([1, 2, 999]))
it = np.nditer(made()[:3])
flood()
print([float(v) for v in it])
