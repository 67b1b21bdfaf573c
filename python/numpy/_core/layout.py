"""How an array lies in memory, and a flat look at it."""

import builtins

from . import link


class flagsobj:
    """Information about the memory layout of an array."""

    def __init__(self, array):
        _, _, bits = array._layout()
        self._array = array
        self.c_contiguous = self.contiguous = builtins.bool(bits & 1)
        self.f_contiguous = builtins.bool(bits & 2)
        self._writeable = builtins.bool(bits & 4)
        self.owndata = builtins.bool(bits & 8)
        self.aligned = True
        self.writebackifcopy = False

    @property
    def writeable(self):
        return self._writeable

    @writeable.setter
    def writeable(self, value):
        self._array.setflags(write=value)
        self._writeable = builtins.bool(value)

    fnc = property(lambda self: self.f_contiguous and not self.c_contiguous)
    forc = property(lambda self: self.f_contiguous or self.c_contiguous)
    behaved = property(lambda self: self.aligned and self.writeable)
    carray = property(lambda self: self.behaved and self.c_contiguous)
    farray = property(lambda self: self.behaved and self.f_contiguous and not self.c_contiguous)

    _short = {'C': 'c_contiguous', 'F': 'f_contiguous', 'O': 'owndata', 'W': 'writeable', 'A': 'aligned', 'X': 'writebackifcopy',
              'CA': 'carray', 'FA': 'farray', 'B': 'behaved'}

    def __getitem__(self, key):
        name = self._short.get(key, str(key).lower())
        if name.startswith('_') or not hasattr(self, name):
            raise KeyError('Unknown flag')
        return getattr(self, name)

    def __setitem__(self, key, value):
        if key not in ('WRITEABLE', 'W'):
            raise KeyError('Unknown flag')
        self.writeable = value

    def __repr__(self):
        names = ('C_CONTIGUOUS', 'F_CONTIGUOUS', 'OWNDATA', 'WRITEABLE', 'ALIGNED', 'WRITEBACKIFCOPY')
        return ''.join(f'  {name} : {self[name]}\n' for name in names)

    def __eq__(self, other):
        return isinstance(other, flagsobj) and repr(self) == repr(other)


class flatiter:
    """A flat look at an array: `a.flat[3]`, `for x in a.flat`, `a.flat = 0`."""

    __module__ = 'numpy'

    def __init__(self, array):
        self.base = array
        self.index = 0
        self._row = None

    def __iter__(self):
        # All elements in a row; of an array whose elements do not lie so it would be a copy, which is made anew for each of them.
        if type(self.base) is link.ndarray:
            flat = self.base.ravel()
            self._row = flat if flat is self.base or getattr(flat, '_base', None) is not None else None
        return self

    @property
    def coords(self):
        """The place of the next element, an index for each axis."""
        found, rest = [], self.index
        for n in self.base.shape[::-1]:
            found.append(rest % n if len(found) < self.base.ndim - 1 else rest)
            rest //= n
        return tuple(found[::-1])

    def __next__(self):
        k = self.index
        row = self._row
        if row is None:
            row = self.base.ravel()
        if k >= row.size:
            raise StopIteration
        self.index = k + 1
        return row[k]

    def __len__(self):
        return self.base.size

    def __getitem__(self, index):
        found = self.base.ravel()[index]
        return found.copy() if isinstance(found, link.ndarray) else found

    def __setitem__(self, index, value):
        base = self.base
        if base.flags.c_contiguous:
            base.reshape(-1)[index] = value
            return
        from . import functions

        places = functions.arange(base.size)[index]
        base[functions.unravel_index(places, base.shape)] = value

    def copy(self):
        """The elements as a 1-d array."""
        return self.base.flatten()

    def __array__(self, dtype=None, copy=None):
        return self.base.flatten()

    def __eq__(self, other):
        return self.base.ravel() == other
