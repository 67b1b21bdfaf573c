"""Random numbers: NumPy's streams bit for bit, the legacy ones (`seed`, `rand`, `randn`) and `default_rng`."""

import operator as _operator

from ._core import link as _link
from ._core.creation import asarray as _asarray
from ._core.dtypes import _find
from ._core.scalars import float64 as _float64, int64 as _int64
from ._core.link import Handle as _Handle
from ._core.link import call as _call
from ._core.link import Parts as _Parts
from ._core.link import method as _method
from ._core import distributions as _distributions
from ._core.generic import generic as _generic

_ndarray = _link.ndarray
_quick_method = _link.quick['method']
_nothing = {}


def _size(size):
    if size is None or isinstance(size, int):
        return size
    if isinstance(size, (tuple, list, _ndarray)):
        return tuple(_operator.index(n) for n in size)
    return _operator.index(size)


def _parameter(x):
    if type(x) is float or type(x) is int:
        return x
    return x if isinstance(x, (int, float, _ndarray)) and not isinstance(x, _generic) else x.item() if isinstance(x, _generic) else _asarray(x)


def _plain(made):
    """Draws of one real number are Python floats."""
    return made.item() if isinstance(made, _generic) else made


def _population(a):
    return int(a) if isinstance(a, _generic) and a.dtype.kind in 'iu' else a if isinstance(a, int) else _asarray(a)


def _bounds(low, high):
    """Bounds of which at least one is an array."""
    return tuple(x if x is None or isinstance(x, int) else _asarray(x) for x in (low, high))


def _check_covariance(check_valid, is_valid):
    """Says that a matrix is no covariance, in the way that was asked for."""
    if check_valid == 'ignore':
        return
    if check_valid not in ('warn', 'raise'):
        raise ValueError("check_valid must equal 'warn', 'raise', or 'ignore'")
    if not is_valid():
        words = 'covariance is not symmetric positive-semidefinite.'
        if check_valid == 'raise':
            raise ValueError(words)
        import warnings

        warnings.warn(words, RuntimeWarning, stacklevel=3)


class _Stream:
    def _draw(self, name, *args):
        try:
            return _quick_method(self._o._h, name, args, _nothing)
        except _link.Boxed:
            return self._of_places(name, *args)
        except ValueError as error:
            if 'when replace is False' in str(error) and isinstance(self, RandomState):
                raise ValueError("Cannot take a larger sample than population when 'replace=False'") from None
            raise

    def _of_places(self, name, *args):
        """A draw from strings, objects or records: places are drawn, in the same way."""
        a = args[0]
        order = _asarray(range(len(a)))
        self._draw('shuffle', order)
        if name == 'shuffle':
            a[...] = a[order]
            return None
        return a[order]

    def _shuffle_list(self, x):
        order = _asarray(range(len(x)))
        self._draw('shuffle', order)
        x[:] = [x[i] for i in order.tolist()]

    def multivariate_normal(self, mean, cov, size=None, check_valid='warn', tol=1e-8, *, method='svd'):
        """Draw random samples from a multivariate normal distribution."""
        from . import linalg
        from ._core.elementwise import allclose
        from ._core.ufuncs import sqrt

        mean, cov = _asarray(mean), _asarray(cov)
        if mean.ndim != 1:
            raise ValueError('mean must be 1 dimensional')
        if cov.ndim != 2 or cov.shape[0] != cov.shape[1]:
            raise ValueError('cov must be 2 dimensional and square')
        if mean.shape[0] != cov.shape[0]:
            raise ValueError('mean and cov must have same length')
        shape = () if size is None else (size,) if isinstance(size, int) else tuple(size)
        if method not in ('eigh', 'svd', 'cholesky'):
            raise ValueError("method must be one of {'eigh', 'svd', 'cholesky'}")
        x = self.standard_normal((*shape, mean.shape[0])).reshape(-1, mean.shape[0])
        cov = cov.astype(float)
        if method == 'cholesky':
            factor = linalg.cholesky(cov)
        elif method == 'svd':
            u, s, v = linalg.svd(cov)
            factor = u * sqrt(s)
            _check_covariance(check_valid, lambda: allclose((v.T * s) @ v, cov, tol, tol))
        else:
            s, u = linalg.eigh(cov)
            factor = u * sqrt(abs(s))
            _check_covariance(check_valid, lambda: not (s < -tol).any())
        # The legacy streams go by the other factor of the same product.
        x = x @ (sqrt(s)[:, None] * v) if isinstance(self, RandomState) else x @ factor.T
        return (x + mean).reshape((*shape, mean.shape[0]))


class RandomState(_Stream):
    """Container for the slow Mersenne Twister pseudo-random number generator: the legacy streams."""

    __module__ = 'numpy.random'

    def __init__(self, seed=None):
        if not isinstance(seed, BitGenerator):
            self._o = _call('random.RandomState', _seed(seed))
        elif isinstance(seed, MT19937):
            self._o = _call('random.RandomState', 0)
            self.set_state(seed.state)
        else:
            raise TypeError('only MT19937 drives a RandomState here')

    def __repr__(self):
        return f'RandomState(MT19937) at 0x{id(self):X}'

    def __str__(self):
        return 'RandomState(MT19937)'

    def __reduce__(self):
        return _generator_again, (self.get_state(),)

    def seed(self, seed=None):
        """Reseed the stream: the same seed gives the same numbers."""
        self._draw('seed', _seed(seed))

    def rand(self, *args):
        """Random values in a given shape, uniform over [0, 1)."""
        if not args:
            return self.random_sample()
        return self._draw('random_sample', tuple(_operator.index(n) for n in args))

    def randn(self, *args):
        """Return samples from the "standard normal" distribution."""
        if not args:
            return self.standard_normal()
        return self._draw('standard_normal', tuple(_operator.index(n) for n in args))

    def random_sample(self, size=None):
        """Return random floats in the half-open interval [0.0, 1.0)."""
        return _plain(self._draw('random_sample', _size(size)))

    random = random_sample

    def standard_normal(self, size=None):
        """Draw samples from a standard Normal distribution (mean=0, stdev=1)."""
        return _plain(self._draw('standard_normal', _size(size)))

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Draw random samples from a normal (Gaussian) distribution."""
        return _plain(self._draw('normal', _parameter(loc), _parameter(scale), _size(size)))

    def uniform(self, low=0.0, high=1.0, size=None):
        """Draw samples from a uniform distribution."""
        return _plain(self._draw('uniform', _parameter(low), _parameter(high), _size(size)))

    def tomaxint(self, size=None):
        """Random integers from 0 to the largest of int64."""
        shape = () if size is None else _size(size)
        n = 1
        for length in (shape if isinstance(shape, (tuple, list)) else (shape,)):
            n *= length
        raw = self.bytes(8 * n)
        words = [int.from_bytes(raw[at:at + 4], 'little') for at in range(0, len(raw), 4)]
        values = [(high << 32 | low) >> 1 for high, low in zip(words[::2], words[1::2])]
        return values[0] if size is None else _asarray(values, 'int64').reshape(shape)

    def randint(self, low, high=None, size=None, dtype=int):
        """Return random integers from `low` (inclusive) to `high` (exclusive)."""
        low, high = (x.item() if isinstance(x, _generic) else x for x in (low, high))
        if isinstance(low, (list, tuple, _ndarray)) or isinstance(high, (list, tuple, _ndarray)):
            return self._draw('randint', *_bounds(low, high), _size(size), _find(dtype).name)
        low, high = (int(x) if isinstance(x, float) and x == int(x) else x for x in (low, high))
        made = self._draw('randint', low, high, _size(size), _find(dtype).name)
        return made.item() if isinstance(made, _generic) and dtype in (int, bool) else made

    def random_integers(self, low, high=None, size=None):
        """Random integers between `low` and `high`, inclusive (deprecated: use randint)."""
        if high is None:
            low, high = 1, low
        import warnings

        warnings.warn(f'This function is deprecated. Please call randint({low}, {high} + 1) instead', DeprecationWarning, stacklevel=2)
        return self.randint(low, int(high) + 1, size, 'int64')

    def choice(self, a, size=None, replace=True, p=None):
        """Generates a random sample from a given 1-D array."""
        a = _population(a)
        if isinstance(a, _ndarray) and a._boxed:
            return a[self.choice(len(a), size, replace, p)]
        made = self._draw('choice', a, _size(size), replace, *(() if p is None else (_asarray(p),)))
        return made.item() if isinstance(made, _generic) and isinstance(a, int) else made

    def permutation(self, x):
        """Randomly permute a sequence, or return a permuted range."""
        x = _population(x)
        if not isinstance(x, int) and x.ndim < 1:
            raise IndexError('x must be an integer or at least 1-dimensional')
        return self._draw('permutation', x)

    def shuffle(self, x):
        """Modify a sequence in-place by shuffling its contents."""
        if isinstance(x, _ndarray):
            self._draw('shuffle', x)
        else:
            self._shuffle_list(x)

    def bytes(self, length):
        """Return random bytes."""
        return self._draw('randint', 0, 1 << 32, -(-length // 4), 'uint32').tobytes()[:length]

    def get_state(self, legacy=True):
        """Where the stream stands: for `set_state`."""
        made = self._draw('get_state')
        name, key, pos, has_gauss, gauss = (_link.result(_link.engine.attribute(made._h, part)) for part in ('bit_generator', 'key', 'pos', 'has_gauss', 'gauss'))
        if legacy:
            return name, key, pos, has_gauss, gauss
        return {'bit_generator': name, 'state': {'key': key, 'pos': pos}, 'has_gauss': has_gauss, 'gauss': gauss}

    def set_state(self, state):
        """Puts the stream where it stood."""
        if isinstance(state, dict):
            state = (state['bit_generator'], state['state']['key'], state['state']['pos'], state.get('has_gauss', 0), state.get('gauss', 0.0))
        name, key, pos, *rest = state
        if name != 'MT19937':
            raise ValueError("set_state can only be used with legacy MT19937 state instances.")
        has_gauss, gauss = rest if rest else (0, 0.0)
        self._draw('set_state', _Parts(bit_generator=name, key=_asarray(key, 'uint32'), pos=int(pos), has_gauss=int(has_gauss), gauss=float(gauss)))


def _seed(seed):
    if seed is None or isinstance(seed, int):
        return seed
    if isinstance(seed, str):
        raise TypeError(f"Cannot cast scalar from dtype('<U{len(seed)}') to dtype('int64') according to the rule 'safe'")
    if isinstance(seed, float):
        raise TypeError("Cannot cast scalar from dtype('float64') to dtype('int64') according to the rule 'safe'")
    if isinstance(seed, _generic):
        return seed.item()
    if isinstance(seed, (list, tuple)):
        return [int(x) for x in seed]
    if isinstance(seed, _ndarray):
        return seed.ravel().tolist() if seed.ndim else seed.item()
    if isinstance(seed, SeedSequence):
        return seed.entropy
    return seed


class SeedSequence:
    """SeedSequence mixes sources of entropy in a reproducible way."""

    __module__ = 'numpy.random'

    def __init__(self, entropy=None, *, spawn_key=(), pool_size=4, n_children_spawned=0):
        if entropy is None:
            import secrets

            entropy = secrets.randbits(128)
        if isinstance(entropy, (str, float)):
            raise TypeError(f'SeedSequence expects int or sequence of ints for entropy not {entropy}')
        self.entropy = entropy
        self.spawn_key = tuple(spawn_key)
        self.pool_size = pool_size
        self.n_children_spawned = n_children_spawned

    def _words(self):
        def words(x):
            if isinstance(x, (list, tuple, _ndarray)):
                return [w for y in x for w in words(int(y))]
            made = [x & 0xFFFFFFFF]
            while x := x >> 32:
                made.append(x & 0xFFFFFFFF)
            return made

        run = words(self.entropy)
        spawn = words(list(self.spawn_key)) if self.spawn_key else []
        if spawn and len(run) < self.pool_size:
            run += [0] * (self.pool_size - len(run))
        return run + spawn

    def _pool(self):
        mask = 0xFFFFFFFF
        hash_const = 0x43B0D7E5

        def hashmix(value):
            nonlocal hash_const
            value ^= hash_const
            hash_const = hash_const * 0x931E8875 & mask
            value = value * hash_const & mask
            return value ^ value >> 16

        def mix(x, y):
            made = (0xCA01F9DD * x - 0x4973F715 * y) & mask
            return made ^ made >> 16

        words = self._words()
        n = self.pool_size
        pool = [hashmix(words[k] if k < len(words) else 0) for k in range(n)]
        for i in range(n):
            for j in range(n):
                if i != j:
                    pool[j] = mix(pool[j], hashmix(pool[i]))
        for i in range(n, len(words)):
            for j in range(n):
                pool[j] = mix(pool[j], hashmix(words[i]))
        return pool

    def generate_state(self, n_words, dtype='uint32'):
        """Return the requested number of words for PRNG seeding."""
        mask = 0xFFFFFFFF
        wide = _find(dtype).name == 'uint64'
        pool = self._pool()
        hash_const = 0x8B51F9DD
        made = []
        for k in range(n_words * (2 if wide else 1)):
            value = pool[k % self.pool_size] ^ hash_const
            hash_const = hash_const * 0x58F38DED & mask
            value = value * hash_const & mask
            made.append(value ^ value >> 16)
        if wide:
            made = [a | b << 32 for a, b in zip(made[::2], made[1::2])]
        return _asarray(made, dtype)

    def spawn(self, n_children):
        """Spawn a number of child SeedSequences by extending the spawn_key."""
        first = self.n_children_spawned
        self.n_children_spawned += n_children
        return [SeedSequence(self.entropy, spawn_key=(*self.spawn_key, k), pool_size=self.pool_size) for k in range(first, first + n_children)]

    def __repr__(self):
        key = f'    spawn_key={self.spawn_key!r},\n' if self.spawn_key else ''
        return f'SeedSequence(\n    entropy={self.entropy!r},\n{key})'


class BitGenerator:
    """A source of random bits, from a seed or a SeedSequence."""

    __module__ = 'numpy.random'

    def __init__(self, seed=None):
        self._seed = seed if isinstance(seed, SeedSequence) else SeedSequence(seed if isinstance(seed, (str, float)) else _seed(seed))
        self.seed_seq = self._seed
        self._o = self._begin()

    def spawn(self, n_children):
        """New sources that do not overlap with this one or each other."""
        return [type(self)(s) for s in self._seed.spawn(n_children)]

    def _words(self):
        return _method(self._o, 'words').tolist()

    def _put(self, words):
        _method(self._o, 'set_words', _asarray(words, 'uint32'))

    def random_raw(self, size=None, output=True):
        """The next numbers as the source gives them."""
        name = 'uint64' if isinstance(self, PCG64) else 'uint32'
        made = _method(self._o, 'integers', 0, (1 << (64 if name == 'uint64' else 32)) - 1, _size(size), name, True)
        return made if size is not None else int(made)

    def __reduce__(self):
        return _bits_again, (type(self), self.state)


def _bits_again(cls, state):
    made = cls(0)
    made.state = state
    return made


def _joined(words):
    return sum(w << 32 * k for k, w in enumerate(words))


class PCG64(BitGenerator):
    """BitGenerator for the PCG-64 pseudo-random number generator."""

    __module__ = 'numpy.random'

    def _begin(self):
        return _call('random.default_rng', self._seed._words() if self._seed.spawn_key else _seed(self._seed.entropy))

    @property
    def state(self):
        """Where the stream stands."""
        words = self._words()
        return {'bit_generator': 'PCG64', 'state': {'state': _joined(words[:4]), 'inc': _joined(words[4:8])}, 'has_uint32': words[8], 'uinteger': words[9]}

    @state.setter
    def state(self, value):
        if not isinstance(value, dict):
            raise TypeError('state must be a dict')
        if value.get('bit_generator') != 'PCG64':
            raise ValueError('state must be for a PCG64 RNG')
        words = [value['state'][name] >> 32 * k & 0xFFFFFFFF for name in ('state', 'inc') for k in range(4)]
        self._put([*words, value['has_uint32'], value['uinteger']])


class MT19937(BitGenerator):
    """BitGenerator for the Mersenne Twister."""

    __module__ = 'numpy.random'

    def _begin(self):
        key = self._seed.generate_state(624)
        key[0] = 0x80000000
        return _call('random.Generator', key)

    @property
    def state(self):
        """Where the stream stands."""
        words = self._words()
        return {'bit_generator': 'MT19937', 'state': {'key': _asarray(words[:624], 'uint32'), 'pos': words[624]}}

    @state.setter
    def state(self, value):
        if not isinstance(value, dict):
            raise TypeError('state must be a dict')
        if value.get('bit_generator') != 'MT19937':
            raise ValueError('state must be for a MT19937 PRNG')
        self._put([*_asarray(value['state']['key']).tolist(), value['state']['pos'], 0, 0, 0])


class Generator(_Stream):
    """Container for the BitGenerators: what `default_rng` gives."""

    __module__ = 'numpy.random._generator'

    def __init__(self, bit_generator):
        if not isinstance(bit_generator, BitGenerator):
            raise TypeError('only PCG64 and MT19937 drive a Generator here')
        self.bit_generator = bit_generator
        self._o = bit_generator._o

    def __str__(self):
        return f'Generator({type(self.bit_generator).__name__})'

    def __repr__(self):
        return f'{self} at 0x{id(self):X}'

    def __reduce__(self):
        return default_rng, (self.bit_generator,)

    def _keyword(self, name, *args, **kwargs):
        try:
            return _method(self._o, name, *args, **kwargs)
        except _link.Boxed:
            return self._of_places(name, *args)

    def spawn(self, n_children):
        """Create new independent child generators."""
        return [Generator(bits) for bits in self.bit_generator.spawn(n_children)]

    def random(self, size=None, dtype=_float64, out=None):
        """Return random floats in the half-open interval [0.0, 1.0)."""
        return self._filled(out, 'random', _size(size), _find(dtype).name, out)

    def standard_normal(self, size=None, dtype=_float64, out=None):
        """Draw samples from a standard Normal distribution (mean=0, stdev=1)."""
        return self._filled(out, 'standard_normal', _size(size), _find(dtype).name, out)

    def standard_exponential(self, size=None, dtype=_float64, method='zig', out=None):
        """Draw samples from the standard exponential distribution."""
        return self._filled(out, 'standard_exponential', _size(size), _find(dtype).name, method, out)

    def standard_gamma(self, shape, size=None, dtype=_float64, out=None):
        """Draw samples from a standard Gamma distribution."""
        return self._filled(out, 'standard_gamma', _parameter(shape), _size(size), _find(dtype).name, out)

    def _filled(self, out, name, *args):
        made = self._keyword(name, *args)
        return _plain(made) if out is None else out

    def multivariate_hypergeometric(self, colors, nsample, size=None, method='marginals'):
        """Generate variates from a multivariate hypergeometric distribution."""
        try:
            nsample = _operator.index(nsample)
        except TypeError:
            raise ValueError('nsample must be an integer') from None
        return self._keyword('multivariate_hypergeometric', _asarray(colors), nsample, _size(size), method)

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Draw random samples from a normal (Gaussian) distribution."""
        return _plain(self._keyword('normal', _parameter(loc), _parameter(scale), _size(size)))

    def uniform(self, low=0.0, high=1.0, size=None):
        """Draw samples from a uniform distribution."""
        return _plain(self._keyword('uniform', _parameter(low), _parameter(high), _size(size)))

    def integers(self, low, high=None, size=None, dtype=_int64, endpoint=False):
        """Return random integers from `low` (inclusive) to `high` (exclusive), or if endpoint=True, `high` (inclusive)."""
        low, high = (x.item() if isinstance(x, _generic) else x for x in (low, high))
        if isinstance(low, (list, tuple, _ndarray)) or isinstance(high, (list, tuple, _ndarray)):
            return self._keyword('integers', *_bounds(low, high), _size(size), _find(dtype).name, endpoint)
        return self._keyword('integers', low, high, _size(size), _find(dtype).name, endpoint)

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        """Generates a random sample from a given array."""
        a = _population(a)
        if isinstance(a, _ndarray) and a._boxed:
            return a[self.choice(a.shape[axis], size, replace, p, 0, shuffle)] if axis == 0 else a.swapaxes(0, axis)[self.choice(a.shape[axis], size, replace, p, 0, shuffle)].swapaxes(0, axis)
        made = _method(self._o, 'choice', a, _size(size), replace=replace, p=None if p is None else _asarray(p), axis=axis, shuffle=shuffle)
        return made.item() if isinstance(made, _generic) and isinstance(a, int) else made

    def permutation(self, x, axis=0):
        """Randomly permute a sequence, or return a permuted range."""
        x = _population(x)
        if not isinstance(x, int) and x.ndim < 1:
            from .exceptions import AxisError

            raise AxisError(axis, x.ndim)
        return self._keyword('permutation', x, axis)

    def permuted(self, x, *, axis=None, out=None):
        """Randomly permute `x` along an axis; each slice on its own."""
        x = _asarray(x)
        if axis is None:
            flat = x.flatten()
            self.shuffle(flat)
            return flat.reshape(x.shape)
        made = self._keyword('permuted', x, axis)
        if out is None:
            return made
        out[...] = made
        return out

    def shuffle(self, x, axis=0):
        """Modify an array or sequence in-place by shuffling its contents."""
        if isinstance(x, _ndarray):
            self._keyword('shuffle', x, axis)
        else:
            self._shuffle_list(x)

    def bytes(self, length):
        """Return random bytes."""
        return self._keyword('integers', 0, 0xFFFFFFFF, -(-length // 4), 'uint32', True).tobytes()[:length]


def default_rng(seed=None):
    """
    Construct a new Generator with the default BitGenerator (PCG64).

    Examples
    --------
    >>> np.random.default_rng(42).standard_normal(2)
    array([ 0.30471708, -1.03998411])
    """
    if isinstance(seed, Generator):
        return seed
    if isinstance(seed, BitGenerator):
        return Generator(seed)
    if isinstance(seed, int) and seed < 0:
        raise ValueError('expected non-negative integer')
    return Generator(PCG64(seed))


def _generator_again(state):
    made = RandomState(0)
    made.set_state(state)
    return made


for _class in (RandomState, Generator):
    _distributions.add(_class, _parameter, _size, _plain)
del _class
_rand = RandomState()
mtrand = _rand
seed = _rand.seed
rand = _rand.rand
randn = _rand.randn
randint = _rand.randint
random_integers = _rand.random_integers
random_sample = random = ranf = sample = _rand.random_sample
standard_normal = _rand.standard_normal
normal = _rand.normal
uniform = _rand.uniform
choice = _rand.choice
permutation = _rand.permutation
shuffle = _rand.shuffle
get_state = _rand.get_state
set_state = _rand.set_state
multivariate_normal = _rand.multivariate_normal
bytes = _rand.bytes
for _name in _distributions.names:
    globals()[_name] = getattr(_rand, _name)
del _name

_missing = {'PCG64DXSM', 'Philox', 'SFC64', 'get_bit_generator', 'set_bit_generator'}


def __getattr__(name):
    if name in _missing:
        raise AttributeError(f"module 'numpy.random' has no attribute '{name}' here (NumPy has it, Eigenscope does not)")
    raise AttributeError(f"module 'numpy.random' has no attribute '{name}'")


_ = _Handle
