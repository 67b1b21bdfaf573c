"""Properties of lines that change from one to the next: the `cycler` that Matplotlib's style cycles are made of."""

from functools import reduce
from itertools import cycle, product

__all__ = ['Cycler', 'concat', 'cycler']


class Cycler:
    """A list of sets of properties that is gone through again and again."""

    def __init__(self, entries):
        self._entries = [dict(entry) for entry in entries]

    @property
    def keys(self):
        """The names of the properties."""
        return set(self._entries[0]) if self._entries else set()

    def by_key(self):
        """The values of each property, in order."""
        return {key: [entry[key] for entry in self._entries] for key in (self._entries[0] if self._entries else ())}

    def __iter__(self):
        return iter([dict(entry) for entry in self._entries])

    def __call__(self):
        return cycle(self._entries)

    def __len__(self):
        return len(self._entries)

    def __getitem__(self, part):
        if not isinstance(part, slice):
            raise ValueError('Can only use slices with Cycler.__getitem__')
        return Cycler(self._entries[part])

    def __add__(self, other):
        """Both together, entry by entry."""
        if len(self) != len(other):
            raise ValueError(f'Can only add equal length cycles, not {len(self)} and {len(other)}')
        self._part(other)
        return Cycler(a | b for a, b in zip(self, other))

    def __mul__(self, other):
        """Every entry with every entry of the other, or the entries a number of times."""
        if isinstance(other, int):
            return Cycler(self._entries * other)
        self._part(other)
        return Cycler(a | b for a, b in product(self, other))

    __rmul__ = __mul__

    def _part(self, other):
        if self.keys & other.keys:
            raise ValueError(f'Cannot compose cycles with overlapping keys: {sorted(self.keys & other.keys)}')

    def __eq__(self, other):
        return isinstance(other, Cycler) and self._entries == other._entries

    __hash__ = None

    def __repr__(self):
        return ' + '.join(f'cycler({key!r}, {values!r})' for key, values in self.by_key().items())


_long = {'c': 'color', 'ls': 'linestyle', 'lw': 'linewidth'}


def cycler(*args, **kwargs):
    """A cycle of one property (`cycler('color', 'rgb')`) or of several side by side (`cycler(color=…, linestyle=…)`)."""
    if len(args) == 1 and not kwargs:
        if not isinstance(args[0], Cycler):
            raise TypeError('If only one positional argument given, it must be a Cycler instance.')
        return Cycler(args[0])
    if len(args) == 2 and not kwargs:
        kwargs = {args[0]: args[1]}
    elif args or not kwargs:
        raise TypeError('cycler takes a Cycler, a name and its values, or values by names')
    return reduce(Cycler.__add__, (Cycler({_long.get(key, key): value} for value in values) for key, values in kwargs.items()))


def concat(left, right):
    """One cycle behind the other."""
    if left.keys != right.keys:
        raise ValueError(f'Keys do not match: {sorted(left.keys ^ right.keys)}')
    return Cycler([*left, *right])
