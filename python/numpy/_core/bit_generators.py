"""Sources of random bits: NumPy's BitGenerators and the sequences that seed them."""

import operator as _operator

from . import link as _link
from .creation import asarray as _asarray
from .dtypes import _find
from .generic import generic as _generic
from .link import call as _call
from .link import method as _method

_ndarray = _link.ndarray
_mask = 0xFFFFFFFF


def _words_of(x):
    """Whole numbers as 32-bit words, lowest first; sequences one after the other."""
    if isinstance(x, str):
        x = int(x, 16) if x.startswith('0x') else int(x)
    if isinstance(x, (float, complex)) or isinstance(x, _ndarray) and x.dtype.kind in 'fc':
        raise TypeError('seed must be integer')
    if isinstance(x, _ndarray):
        x = x.tolist()
    if not hasattr(x, '__index__'):
        return [word for part in x for word in _words_of(part)]
    x = _operator.index(x)
    if x < 0:
        raise ValueError('expected non-negative integer')
    made = [x & _mask]
    while x := x >> 32:
        made.append(x & _mask)
    return made


class SeedSequence:
    """SeedSequence mixes sources of entropy in a reproducible way."""

    __module__ = 'numpy.random'

    def __init__(self, entropy=None, *, spawn_key=(), pool_size=4, n_children_spawned=0):
        if pool_size < 4:
            raise ValueError('The size of the entropy pool should be at least 4')
        if entropy is None:
            import secrets

            entropy = secrets.randbits(32 * pool_size)
        elif not isinstance(entropy, (int, _generic, list, tuple, range, _ndarray)):
            raise TypeError(f'SeedSequence expects int or sequence of ints for entropy not {entropy}')
        self.entropy = entropy
        self.spawn_key = tuple(spawn_key)
        self.pool_size = pool_size
        self.n_children_spawned = n_children_spawned
        self._mixed = self._pool()

    pool = property(lambda self: _asarray(self._mixed, 'uint32'), doc='What the state is made of.')

    @property
    def state(self):
        """What the sequence was made of."""
        return {name: getattr(self, name) for name in ('entropy', 'spawn_key', 'pool_size', 'n_children_spawned')}

    def _words(self):
        run = _words_of(self.entropy)
        spawn = _words_of(self.spawn_key)
        if spawn and len(run) < self.pool_size:
            run += [0] * (self.pool_size - len(run))
        return run + spawn

    def _pool(self):
        mask = _mask
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
        mask = _mask
        wide = _find(dtype).name == 'uint64'
        if not wide and _find(dtype).name != 'uint32':
            raise ValueError('only support uint32 or uint64')
        pool = self._mixed
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
        return [type(self)(self.entropy, spawn_key=(*self.spawn_key, k), pool_size=self.pool_size) for k in range(first, first + n_children)]

    def __repr__(self):
        lines = [f'entropy={self.entropy!r}']
        lines += [f'spawn_key={self.spawn_key!r}'] if self.spawn_key else []
        lines += [f'pool_size={self.pool_size!r}'] if self.pool_size != 4 else []
        lines += [f'n_children_spawned={self.n_children_spawned!r}'] if self.n_children_spawned else []
        return 'SeedSequence(\n' + ''.join(f'    {line},\n' for line in lines) + ')'


class _Lock:
    """Streams here belong to one thread."""

    def __enter__(self):
        return True

    def __exit__(self, *error):
        return None

    def acquire(self, *args, **kwargs):
        """There is nothing to wait for."""
        return True

    def release(self):
        """There is nothing to set free."""


class BitGenerator:
    """A source of random bits, from a seed or a SeedSequence. It may stay behind an array's worth of bits."""

    __module__ = 'numpy.random'
    _raw = 'uint64'

    def __init__(self, seed=None):
        if type(self) is BitGenerator:
            raise NotImplementedError('BitGenerator is a base class and cannot be instantized')
        self.seed_seq = seed if hasattr(seed, 'generate_state') else SeedSequence(seed)
        self.lock = _Lock()
        self._o = self._begin()

    def _begin(self):
        seeds = self.seed_seq._words() if isinstance(self.seed_seq, SeedSequence) else self.seed_seq.generate_state(4).tolist()
        return _call('random.Generator', _call(f'random.{type(self)._kind()}', seeds))

    @classmethod
    def _kind(cls):
        return next(base.__name__ for base in cls.__mro__ if BitGenerator in base.__bases__)

    def spawn(self, n_children):
        """New sources that do not overlap with this one or each other."""
        if not hasattr(self.seed_seq, 'spawn'):
            raise TypeError('The underlying SeedSequence does not implement spawning.')
        return [type(self)(seed=s) for s in self.seed_seq.spawn(n_children)]

    def _words(self):
        return _method(self._o, 'words').tolist()

    def _put(self, words):
        _method(self._o, 'set_words', _asarray(words, 'uint32'))

    def _checked_state(self, value):
        if not isinstance(value, dict):
            raise TypeError('state must be a dict')
        kind = type(self)._kind()
        if value.get('bit_generator', '') != kind:
            raise ValueError(f'state must be for a {kind} {"PRNG" if kind in ("MT19937", "Philox") else "RNG"}')
        return value

    def random_raw(self, size=None, output=True):
        """The next numbers as the source gives them."""
        made = _method(self._o, 'integers', 0, (1 << (64 if self._raw == 'uint64' else 32)) - 1, size if size is None or isinstance(size, int) else tuple(size), self._raw, True)
        if not output:
            return None
        return int(made) if size is None else made.astype('uint64')

    def _jumped(self, jumps):
        made = type(self)()
        made.state = self.state
        _method(made._o, 'jump', _operator.index(jumps))
        return made

    def __reduce__(self):
        return _again, (type(self), self.state, self.seed_seq)


def _again(cls, state, seed_seq):
    made = cls(seed_seq)
    made.state = state
    return made


def _joined(words):
    return sum(w << 32 * k for k, w in enumerate(words))


def _parted(number, count):
    return [number >> 32 * k & _mask for k in range(count)]


def _wide(words):
    return _asarray([low | high << 32 for low, high in zip(words[::2], words[1::2])], 'uint64')


def _narrow(numbers):
    return [word for number in _asarray(numbers, 'uint64').ravel().tolist() for word in _parted(number, 2)]


class _Congruence:
    """What the kinds of PCG64 share."""

    # Where the words of the state and the increment begin, and where it stands whether half of a draw is kept.
    _numbers, _half, _empty = 0, 8, 0

    @property
    def state(self):
        """Where the stream stands."""
        words, at = self._words(), self._numbers
        return {'bit_generator': type(self)._kind(), 'state': {'state': _joined(words[at:at + 4]), 'inc': _joined(words[at + 4:at + 8])},
                'has_uint32': words[self._half], 'uinteger': words[self._half + 1]}

    @state.setter
    def state(self, value):
        value = self._checked_state(value)
        numbers = [*_parted(value['state']['state'], 4), *_parted(value['state']['inc'], 4)]
        half = [value['has_uint32'], value['uinteger']]
        self._put([*numbers, *half] if self._numbers == 0 else [*half, *numbers, 0])

    def advance(self, delta):
        """Goes `delta` steps on, as if as many numbers had been drawn."""
        _method(self._o, 'advance', _operator.index(delta))
        return self

    def jumped(self, jumps=1):
        """A new source as far on as `jumps` streams of their own would be long."""
        return self._jumped(jumps)


class PCG64(_Congruence, BitGenerator):
    """BitGenerator for the PCG-64 pseudo-random number generator."""

    __module__ = 'numpy.random'


class PCG64DXSM(_Congruence, BitGenerator):
    """BitGenerator for the PCG-64 DXSM pseudo-random number generator."""

    __module__ = 'numpy.random'
    _numbers, _half = 2, 0


class SFC64(BitGenerator):
    """BitGenerator for Chris Doty-Humphrey's Small Fast Chaotic PRNG."""

    __module__ = 'numpy.random'

    @property
    def state(self):
        """Where the stream stands."""
        words = self._words()
        return {'bit_generator': 'SFC64', 'state': {'state': _wide(words[2:10])}, 'has_uint32': words[0], 'uinteger': words[1]}

    @state.setter
    def state(self, value):
        value = self._checked_state(value)
        self._put([value['has_uint32'], value['uinteger'], *_narrow(value['state']['state']), 0, 0])


class Philox(BitGenerator):
    """BitGenerator for the Philox (4x64) pseudo-random number generator: its numbers are a function of a counter and a key."""

    __module__ = 'numpy.random'

    def __init__(self, seed=None, counter=None, key=None):
        if seed is not None and key is not None:
            raise ValueError('seed and key cannot be both used')
        super().__init__(seed)
        if key is not None:
            self.seed_seq = None
            self._place(10, key, 2, 'key')
        if counter is not None:
            self._place(2, counter, 4, 'counter')

    def _place(self, at, value, count, name):
        if hasattr(value, '__index__') or isinstance(value, float):
            value = int(value)
            if value < 0 or value >> 64 * count:
                raise ValueError(f'{name} must be positive and less than 2**{64 * count}.')
            words = _parted(value, 2 * count)
        else:
            if len(value) != count:
                raise ValueError(f'{name} must have {count} elements when using array form')
            words = _narrow(value)
        held = self._words()
        held[at:at + 2 * count] = words
        self._put(held)

    @property
    def state(self):
        """Where the stream stands."""
        words = self._words()
        return {'bit_generator': 'Philox', 'state': {'counter': _wide(words[2:10]), 'key': _wide(words[10:14])}, 'buffer': _wide(words[14:22]),
                'buffer_pos': words[22], 'has_uint32': words[0], 'uinteger': words[1]}

    @state.setter
    def state(self, value):
        value = self._checked_state(value)
        self._put([value['has_uint32'], value['uinteger'], *_narrow(value['state']['counter']), *_narrow(value['state']['key']),
                   *_narrow(value['buffer']), value['buffer_pos'], 0])

    def advance(self, delta):
        """Goes `delta` steps of the counter on; each of them gives four numbers."""
        _method(self._o, 'advance', _operator.index(delta))
        return self

    def jumped(self, jumps=1):
        """A new source as far on as `jumps` streams of their own would be long."""
        return self._jumped(jumps)


class MT19937(BitGenerator):
    """BitGenerator for the Mersenne Twister."""

    __module__ = 'numpy.random'
    _raw = 'uint32'

    def _begin(self):
        key = _asarray(self.seed_seq.generate_state(624), 'uint32')
        key[0] = 0x80000000
        return _call('random.Generator', key)

    @property
    def state(self):
        """Where the stream stands."""
        words = self._words()
        return {'bit_generator': 'MT19937', 'state': {'key': _asarray(words[:624], 'uint32'), 'pos': words[624]}}

    @state.setter
    def state(self, value):
        if isinstance(value, tuple):
            if value[0] != 'MT19937' or len(value) not in (3, 5):
                raise ValueError('state is not a legacy MT19937 state')
            value = {'bit_generator': 'MT19937', 'state': {'key': value[1], 'pos': value[2]}}
        value = self._checked_state(value)
        self._put([*_asarray(value['state']['key']).tolist(), value['state']['pos'], 0, 0, 0, 0])

    def jumped(self, jumps=1):
        """A new source 2**128 numbers further on, `jumps` times."""
        return self._jumped(jumps)
