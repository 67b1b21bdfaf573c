# %% setup
import numpy as np
np.random.seed(42)
rng = np.random.default_rng(42)

# %%% legacy
np.random.rand()
np.random.rand(3)
np.random.rand(2, 2)
np.random.randn()
np.random.randn(3, 3)
np.random.randint(10)
np.random.randint(0, 10, 5)
np.random.randint(1, 7, size=(2, 3))
np.random.randint(0, 2, 5, dtype=bool)
np.random.randint(0, 255, 4, dtype=np.uint8)
np.random.randint([1, 2], [5, 9])
np.random.random()
np.random.random(3)
np.random.random((2, 2))
np.random.random_sample(2)
np.random.normal()
np.random.normal(5, 2, 3)
np.random.normal(loc=10, scale=0.5, size=(2, 2))
np.random.normal([0, 100], [1, 10])
np.random.standard_normal(3)
np.random.uniform()
np.random.uniform(-1, 1, 4)
np.random.uniform(low=5, high=10, size=2)
np.random.choice(5)
np.random.choice(5, 3)
np.random.choice([10, 20, 30])
np.random.choice([10, 20, 30], size=5)
np.random.choice(5, 3, replace=False)
np.random.choice([1, 2, 3], p=[0.1, 0.2, 0.7], size=4)
np.random.choice(3, p=[0.5, 0.5])
np.random.choice(3, 5, replace=False)
np.random.permutation(5)
np.random.permutation([1, 2, 3])
np.random.permutation(np.arange(6).reshape(3, 2))
np.random.exponential(2.0, 3)
np.random.exponential()
np.random.multivariate_normal([0, 0], [[1, 0], [0, 1]], 2).shape
np.random.lognormal(0, 1, 2)
np.random.logistic(0, 1, 2)
np.random.rayleigh(1, 2)
np.random.seed(-1)
np.random.seed('a')
np.random.seed(1.5)
np.random.randint(5, 5)
np.random.randint(0, 300, dtype=np.uint8)
np.random.normal(0, -1)
np.random.bytes(4)
type(np.random.rand())
type(np.random.randint(5))
type(np.random.choice([1.5, 2.5]))
type(np.random.choice(5))
np.random.RandomState(0).rand(2)
np.random.RandomState(7).randint(0, 100, 3)
np.random.RandomState(1).permutation(4)

# %%% generator
rng.random()
rng.random(3)
rng.random((2, 2))
rng.random(2, dtype=np.float32)
rng.standard_normal()
rng.standard_normal(3)
rng.normal(10, 2, 3)
rng.normal(size=(2, 2))
rng.uniform(0, 5, 3)
rng.uniform()
rng.integers(10)
rng.integers(0, 10, 5)
rng.integers(1, 6, endpoint=True, size=4)
rng.integers(0, 2, size=4, dtype=bool)
rng.integers(0, 255, 3, dtype=np.uint8)
rng.integers(5, 2)
rng.choice(5)
rng.choice(5, 3)
rng.choice([1, 2, 3], size=2, replace=False)
rng.choice(np.arange(6).reshape(3, 2), 2)
rng.choice([10, 20], p=[0.9, 0.1], size=3)
rng.permutation(5)
rng.permutation([3, 1, 2])
rng.permutation(np.eye(2, dtype=int))
type(rng.random())
type(rng.integers(5))
type(rng)
np.random.default_rng(0).random(2)
np.random.default_rng(seed=123).integers(0, 100, 5)
np.random.default_rng([1, 2]).random()
np.random.default_rng(-1)
np.random.default_rng(1.5)
np.random.default_rng(rng) is rng
str(rng)
np.random.SeedSequence(5).generate_state(3)
np.random.SeedSequence(5).entropy
np.random.SeedSequence(12345).generate_state(2, np.uint64)
np.random.default_rng(np.random.SeedSequence(9)).random(2)
[np.random.default_rng(s).random() for s in np.random.SeedSequence(7).spawn(2)]
np.random.Generator(np.random.PCG64(3)).random(2)
rng.multivariate_normal([1, 2], [[2, 0], [0, 3]], 3).shape

# %% stream goes on
print(np.random.rand(2), np.random.randn(2), np.random.randint(0, 9, 3), np.random.rand())
print(rng.random(2), rng.standard_normal(2), rng.integers(0, 9, 3), rng.random())
np.random.seed(42)
print(np.random.rand(2))

# %% shuffles
x = np.arange(8)
np.random.shuffle(x)
print(x)
y = list(range(6))
np.random.shuffle(y)
print(y)
m = np.arange(6).reshape(3, 2)
rng.shuffle(m)
print(m)
z = ['a', 'b', 'c', 'd']
rng.shuffle(z)
print(z)
rng.shuffle(x)
print(x)

# %% simulated data
X = np.random.randn(100, 3)
print(X.mean(axis=0), X.std(axis=0), X[:2])
noise = np.random.normal(0, 0.1, size=X.shape[0])
y = X @ np.array([1.0, -2.0, 0.5]) + noise
print(y[:3], y.sum())
index = np.random.permutation(100)
train, test = index[:80], index[80:]
print(X[train].shape, X[test].shape, train[:5])

# %% random walk
steps = np.random.choice([-1, 1], size=20)
print(steps.cumsum())

# %% dice
rolls = rng.integers(1, 7, size=1000)
print(np.bincount(rolls, minlength=7), rolls.mean())

# %% monte carlo pi
p = rng.random((10000, 2))
print(4 * (np.sum(p ** 2, axis=1) <= 1).mean())

# %% what is no covariance
bad = [[1.0, 2.0], [2.0, 1.0]]
good = [[2.0, 0.5], [0.5, 1.0]]
for method in ('svd', 'eigh', 'cholesky', 'lu'):
    for check in ('warn', 'raise', 'ignore', 'never'):
        for cov in (good, bad):
            try:
                draw = np.random.default_rng(3).multivariate_normal([0, 1], cov, 2, check_valid=check, method=method)
                print(method, check, draw.shape, draw.mean().round(6) if cov is good else '')
            except (ValueError, np.linalg.LinAlgError) as error:
                print(method, check, type(error).__name__, error)
for check in ('warn', 'raise', 'never'):
    try:
        print(np.random.RandomState(3).multivariate_normal([0, 1], bad, 2, check_valid=check).shape)
    except ValueError as error:
        print(check, error)

# %% sources of bits
print(np.random.RandomState(np.random.MT19937(4)).rand(2), np.random.Generator(np.random.MT19937(4)).random(2))
for seed in ('a', 1.5):
    try:
        np.random.default_rng(seed)
    except TypeError as error:
        print(error)
for child in np.random.SeedSequence(5).spawn(2):
    print(np.random.default_rng(child).random(2), child.spawn_key)

# %% whole numbers between arrays of bounds
for dtype in (int, 'u1', 'i2', 'u4', 'i8', 'u8', bool):
    np.random.seed(5)
    g = np.random.default_rng(5)
    print(np.random.randint([0, 1, 0, 1], [2, 2, 2, 2], dtype=dtype).tolist(), g.integers([0, 1, 0, 1], [2, 2, 2, 2], dtype=dtype).tolist())
    if dtype is not bool:
        print(np.random.randint([1, 3, 5, 7], [[100], [120]], (3, 2, 4), dtype=dtype).tolist(), g.integers([1, 3, 5, 7], [[100], [120]], dtype=dtype).tolist())
    print(np.random.rand(), g.random(), g.integers([0, 0], [1, 1], endpoint=True, dtype=dtype).tolist())

# %% bounds that cross
for bounds in (([3, 4], [2, 9]), ([-1, 1], [3, 4], None, 'u1'), ([1.5, 2], [4.9, 7]), ([0, 0],), ([1, 2], [3, 400], None, 'u1')):
    try:
        print(np.random.randint(*bounds))
    except ValueError as e:
        print(e)

# %% permutations of what has no order
for f in (np.random.permutation, np.random.default_rng(1).permutation):
    for x in ('abc', 3.5, np.float64(4)):
        try:
            print(f(x))
        except IndexError as e:
            print(type(e).__name__, e)

# %% random integers, which are deprecated
import warnings
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter('always')
    np.random.seed(1)
    print(repr(np.random.random_integers(5)), np.random.random_integers(2, 9, 3))
    print([str(w.message) for w in said])

# %% a Generator over the Twister
g = np.random.Generator(np.random.MT19937(1234567890))
print(g.random(2), g.standard_normal(3), g.integers(0, 100, 4), g.standard_gamma(3, 2), g.exponential(2.0, 2), g.normal(1, 2, 2))
print(g.standard_normal(2, dtype=np.float32), g.permutation(6), g.binomial(20, 0.3, 3), g.poisson(4, 3), g.bit_generator.state['state']['pos'])

# %% largest integers, and dtypes that are classes
r = np.random.RandomState(0)
print(r.tomaxint(3), r.tomaxint(), r.tomaxint((2, 1)), r.rand())
import inspect
print([str(inspect.signature(getattr(np.random.Generator, n))) for n in ('random', 'standard_normal', 'standard_exponential', 'standard_gamma')])

# %% the other sources of bits, where they stand, and leaps
import pickle
for name in ('PCG64DXSM', 'SFC64', 'Philox', 'PCG64', 'MT19937'):
    bits = getattr(np.random, name)(42)
    g = np.random.Generator(bits)
    print(name, g.random(2), g.integers(0, 100, 3), g.integers(2**40), g.standard_normal(2), g.poisson(4, 2), g.random(dtype=np.float32))
    state = bits.state
    print(state['state'] if name != 'MT19937' else state['state']['pos'], bits.random_raw(2), bits.random_raw(output=False))
    bits.state = state
    print(pickle.loads(pickle.dumps(g)).random() == g.random(), [np.random.Generator(b).integers(1000) for b in type(bits)(7).spawn(2)])
    if name != 'SFC64':
        print(np.random.Generator(bits.jumped()).random(2), np.random.Generator(bits.jumped(2)).random())
    if hasattr(bits, 'advance'):
        print(np.random.Generator(bits.advance(10)).random())
print(np.random.Philox(key=2**100, counter=[1, 2, 3, 4]).random_raw(5))

# %% seeds that are refused, and sequences
for seed in (-1, [1, -2], -0.5, 'a', [1.5]):
    try:
        np.random.MT19937(seed)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
for seed in ([-0.5], [[1, 2]], []):
    try:
        np.random.RandomState(seed)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
s = np.random.SeedSequence([1, 2, 3], spawn_key=(4,), pool_size=8)
print(s, s.spawn(2)[1].spawn_key, s.state, s.pool, s.generate_state(2, np.uint64))

# %% ranges, empty populations, arrays of one number and of no axes
r, g = np.random.RandomState(3), np.random.default_rng(3)
for draw in (lambda: r.uniform(0, np.inf), lambda: g.uniform([0], [np.inf]), lambda: g.uniform(2, 1), lambda: r.choice(3.0, 3), lambda: r.choice(-1, 3),
             lambda: g.choice([1, 2], 3, p=[0.4, 0.4, 0.2]), lambda: g.random(dtype=np.float16), lambda: r.randint(5, dtype=float),
             lambda: r.set_state({}), lambda: g.permutation(np.arange(3), axis=1), lambda: g.permuted([1, 2], out=np.zeros(3, int)),
             lambda: np.random.Generator(np.random.PCG64), lambda: g.multivariate_normal([0j, 0], np.eye(2))):
    try:
        print(draw())
    except Exception as e:
        print(type(e).__name__, e)
print(repr(r.choice(0, 0)), repr(g.choice([], 0)), repr(g.random(())), repr(r.randint(5, size=())), repr(g.integers(5, dtype=int)), repr(r.permutation(-1)))
print(r.randint(1.5), g.integers([0], [2**64], dtype='uint64'), repr(r.get_state()[4]))
out = np.zeros(3, int)
print(g.permuted([1, 2, 3], out=out) is out, out)
import warnings
with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter('always')
    held = {0: 0, 1: 1, 2: 2}
    g.shuffle(held)
    print(held, said[0].category.__name__, str(said[0].message)[:70])
