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
from ._core.bit_generators import BitGenerator, MT19937, PCG64, PCG64DXSM, Philox, SFC64, SeedSequence
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


def _plain(made, size=None):
    """Draws of one real number are Python floats, unless the shape of a 0-d array was asked for."""
    return made if not isinstance(made, _generic) else made.item() if size is None else _asarray(made)


def _shaped(made, size):
    """A draw of one number is an array only where the shape of a 0-d array was asked for."""
    return _asarray(made) if size == () and isinstance(made, _generic) else made


def _real_type(dtype, name):
    found = _find(dtype)
    if found.name not in ('float64', 'float32'):
        raise TypeError(f'Unsupported dtype {found!r} for {name}')
    return found.name


def _integer(x):
    """One bound of whole numbers: fractions are cut off."""
    return int(x) if isinstance(x, float) else x


def _population(a):
    if isinstance(a, (int, float)) or isinstance(a, _generic):
        return int(a) if hasattr(a, '__index__') else a
    return _asarray(a)


def _sample_of(a, legacy):
    a = _population(a)
    if isinstance(a, (float, complex)):
        raise ValueError('a must be 1-dimensional or an integer' if legacy else f'a must be a sequence or an integer, not {type(a)}')
    return a


def _bounds(low, high):
    """Bounds of which at least one is an array."""
    return tuple(x if x is None or isinstance(x, int) else _asarray(x) for x in (low, high))


def _wide_bounds(low, high, dtype, endpoint):
    """Bounds that do not fit in their dtype, as 2**64 that is left out, by the last number that is drawn."""
    from ._core.dtypes import iinfo

    low, high = (_asarray(x, object) for x in ((0, low) if high is None else (low, high)))
    if not endpoint:
        high = _asarray(high - 1, object)
    for name, x in (('low', low), ('high', high)):
        if any(not iinfo(dtype).min <= n <= iinfo(dtype).max for n in x.ravel().tolist()):
            raise ValueError(f'{name} is out of bounds for {dtype}')
    return low.astype(dtype), high.astype(dtype), True


def _require_writeable(x):
    if not x.flags.writeable:
        raise ValueError('array is read-only')


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
        if name not in ('shuffle', 'permutation') and not (name == 'permuted' and args[0].ndim == 1):
            raise TypeError(f'{name} takes numbers that fit in 64 bits')
        a = args[0]
        order = _asarray(range(len(a)))
        self._draw('shuffle', order)
        if name == 'shuffle':
            a[...] = a[order]
            return None
        return a[order]

    def _shuffle_list(self, x):
        from collections.abc import Sequence

        if not isinstance(x, Sequence) and hasattr(x, '__len__'):
            _link.warn(f"you are shuffling a '{type(x).__name__}' object which is not a subclass of 'Sequence'; `shuffle` is not guaranteed "
                       'to behave correctly. E.g., non-numpy array/tensor objects with view semantics may contain duplicates after shuffling.', UserWarning)
        order = _asarray(range(len(x)))
        self._draw('shuffle', order)
        held = [x[i] for i in order.tolist()]
        for place, value in enumerate(held):
            x[place] = value

    def multivariate_normal(self, mean, cov, size=None, check_valid='warn', tol=1e-8, *, method='svd'):
        """Draw random samples from a multivariate normal distribution."""
        from . import linalg
        from ._core.elementwise import allclose
        from ._core.ufuncs import sqrt

        mean, cov = _asarray(mean), _asarray(cov)
        if 'c' in (mean.dtype.kind, cov.dtype.kind) and isinstance(self, Generator):
            raise TypeError('mean and cov must not be complex')
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
        if isinstance(seed, type) and issubclass(seed, BitGenerator):
            raise ValueError('Invalid bit generator. The bit generator must be instantized.')
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
        return _plain(self._draw('random_sample', _size(size)), size)

    random = random_sample

    def standard_normal(self, size=None):
        """Draw samples from a standard Normal distribution (mean=0, stdev=1)."""
        return _plain(self._draw('standard_normal', _size(size)), size)

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Draw random samples from a normal (Gaussian) distribution."""
        return _plain(self._draw('normal', _parameter(loc), _parameter(scale), _size(size)), size)

    def uniform(self, low=0.0, high=1.0, size=None):
        """Draw samples from a uniform distribution."""
        return _plain(self._draw('uniform', _parameter(low), _parameter(high), _size(size)), size)

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
        made = self._draw('randint', _integer(low), _integer(high), _size(size), _find(dtype).name)
        return made.item() if isinstance(made, _generic) and size is None and dtype in (int, bool) else _shaped(made, size)

    def random_integers(self, low, high=None, size=None):
        """Random integers between `low` and `high`, inclusive (deprecated: use randint)."""
        if high is None:
            low, high = 1, low
        import warnings

        warnings.warn(f'This function is deprecated. Please call randint({low}, {high} + 1) instead', DeprecationWarning, stacklevel=2)
        return self.randint(low, int(high) + 1, size, 'int64')

    def choice(self, a, size=None, replace=True, p=None):
        """Generates a random sample from a given 1-D array."""
        a = _sample_of(a, True)
        if isinstance(a, _ndarray) and a._boxed:
            return a[self.choice(len(a), size, replace, p)]
        made = self._draw('choice', a, _size(size), replace, *(() if p is None else (_asarray(p),)))
        return made.item() if isinstance(made, _generic) and isinstance(a, int) and size is None else _shaped(made, size)

    def permutation(self, x):
        """Randomly permute a sequence, or return a permuted range."""
        x = _population(x)
        if not isinstance(x, int) and getattr(x, 'ndim', 0) < 1:
            raise IndexError('x must be an integer or at least 1-dimensional')
        return self._draw('permutation', x)

    def shuffle(self, x):
        """Modify a sequence in-place by shuffling its contents."""
        if isinstance(x, _ndarray):
            _require_writeable(x)
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
            return name, key, pos, has_gauss, float(gauss)
        return {'bit_generator': name, 'state': {'key': key, 'pos': pos}, 'has_gauss': has_gauss, 'gauss': float(gauss)}

    def set_state(self, state):
        """Puts the stream where it stood."""
        if isinstance(state, dict):
            if 'bit_generator' not in state or 'state' not in state:
                raise ValueError('state dictionary is not valid.')
            state = (state['bit_generator'], state['state']['key'], state['state']['pos'], state.get('has_gauss', 0), state.get('gauss', 0.0))
        if not isinstance(state, (tuple, list)):
            raise TypeError('state must be a dict or a tuple.')
        if state[0] != 'MT19937':
            raise ValueError('set_state can only be used with legacy MT19937 state instances.')
        if len(state) not in (3, 5):
            raise ValueError('state must have 3 or 5 parts')
        name, key, pos, *rest = state
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
        seed = _asarray(seed)
        if seed.ndim > 1:
            raise ValueError('Seed array must be 1-d')
        if seed.size and seed.dtype.kind not in 'iub':
            raise TypeError(f"Cannot cast array data from {seed.dtype!r} to dtype('int64') according to the rule 'safe'")
    if isinstance(seed, _ndarray):
        if seed.ndim > 1:
            raise ValueError('Seed array must be 1-d')
        return seed.tolist()
    if isinstance(seed, SeedSequence):
        return seed.entropy
    return seed


class Generator(_Stream):
    """Container for the BitGenerators: what `default_rng` gives."""

    __module__ = 'numpy.random._generator'

    def __init__(self, bit_generator):
        if isinstance(bit_generator, type) and issubclass(bit_generator, BitGenerator):
            raise ValueError('Invalid bit generator. The bit generator must be instantiated.')
        if not isinstance(bit_generator, BitGenerator):
            raise AttributeError(f"'{type(bit_generator).__name__}' object has no attribute 'capsule'")
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
        return self._filled(out, size, 'random', _size(size), _real_type(dtype, 'random'), out)

    def standard_normal(self, size=None, dtype=_float64, out=None):
        """Draw samples from a standard Normal distribution (mean=0, stdev=1)."""
        return self._filled(out, size, 'standard_normal', _size(size), _real_type(dtype, 'standard_normal'), out)

    def standard_exponential(self, size=None, dtype=_float64, method='zig', out=None):
        """Draw samples from the standard exponential distribution."""
        return self._filled(out, size, 'standard_exponential', _size(size), _real_type(dtype, 'standard_exponential'), method, out)

    def standard_gamma(self, shape, size=None, dtype=_float64, out=None):
        """Draw samples from a standard Gamma distribution."""
        return self._filled(out, size, 'standard_gamma', _parameter(shape), _size(size), _real_type(dtype, 'standard_gamma'), out)

    def _filled(self, out, size, name, *args):
        made = self._keyword(name, *args)
        return _plain(made, size) if out is None else out

    def multivariate_hypergeometric(self, colors, nsample, size=None, method='marginals'):
        """Generate variates from a multivariate hypergeometric distribution."""
        try:
            nsample = _operator.index(nsample)
        except TypeError:
            raise ValueError('nsample must be an integer') from None
        return self._keyword('multivariate_hypergeometric', _asarray(colors), nsample, _size(size), method)

    def normal(self, loc=0.0, scale=1.0, size=None):
        """Draw random samples from a normal (Gaussian) distribution."""
        return _plain(self._keyword('normal', _parameter(loc), _parameter(scale), _size(size)), size)

    def uniform(self, low=0.0, high=1.0, size=None):
        """Draw samples from a uniform distribution."""
        return _plain(self._keyword('uniform', _parameter(low), _parameter(high), _size(size)), size)

    def integers(self, low, high=None, size=None, dtype=_int64, endpoint=False):
        """Return random integers from `low` (inclusive) to `high` (exclusive), or if endpoint=True, `high` (inclusive)."""
        low, high = (x.item() if isinstance(x, _generic) else x for x in (low, high))
        if isinstance(low, (list, tuple, _ndarray)) or isinstance(high, (list, tuple, _ndarray)):
            low, high = _bounds(low, high)
            if any(isinstance(x, _ndarray) and x.dtype.kind == 'O' for x in (low, high)):
                low, high, endpoint = _wide_bounds(low, high, _find(dtype).name, endpoint)
            return self._keyword('integers', low, high, _size(size), _find(dtype).name, endpoint)
        made = self._keyword('integers', _integer(low), _integer(high), _size(size), _find(dtype).name, endpoint)
        return made.item() if isinstance(made, _generic) and size is None and dtype in (int, bool) else _shaped(made, size)

    def choice(self, a, size=None, replace=True, p=None, axis=0, shuffle=True):
        """Generates a random sample from a given array."""
        a = _sample_of(a, False)
        if isinstance(a, _ndarray) and a._boxed:
            return a[self.choice(a.shape[axis], size, replace, p, 0, shuffle)] if axis == 0 else a.swapaxes(0, axis)[self.choice(a.shape[axis], size, replace, p, 0, shuffle)].swapaxes(0, axis)
        made = _method(self._o, 'choice', a, _size(size), replace=replace, p=None if p is None else _asarray(p), axis=axis, shuffle=shuffle)
        return made.item() if isinstance(made, _generic) and isinstance(a, int) and size is None else _shaped(made, size)

    def permutation(self, x, axis=0):
        """Randomly permute a sequence, or return a permuted range."""
        x = _population(x)
        if not isinstance(x, int) and getattr(x, 'ndim', 0) < 1:
            from .exceptions import AxisError

            raise AxisError(axis, 0)
        return self._keyword('permutation', x, axis)

    def permuted(self, x, *, axis=None, out=None):
        """Randomly permute `x` along an axis; each slice on its own."""
        x = _asarray(x)
        if out is not None:
            if not isinstance(out, _ndarray):
                raise TypeError('out must be a numpy array')
            if out.shape != x.shape:
                raise ValueError('out must have the same shape as x')
            if not out.flags.writeable:
                raise ValueError('out is read-only')
        if axis is None:
            made = x.flatten()
            self.shuffle(made)
            made = made.reshape(x.shape)
        else:
            made = self._keyword('permuted', x, axis)
        if out is None:
            return made
        out[...] = made
        return out

    def shuffle(self, x, axis=0):
        """Modify an array or sequence in-place by shuffling its contents."""
        if isinstance(x, _ndarray):
            _require_writeable(x)
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

_ = _Handle
