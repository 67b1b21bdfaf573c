"""Sparse matrices to be filled element by element: `lil` and `dok`. Their values lie in a dictionary until they are worked with."""

import numpy as np

from . import _classes, coo_array, coo_matrix, sparray_base


class _Editable:
    """A sparse matrix of pairs (row, column) and values; what it cannot do, it does as a CSR matrix."""

    __array_priority__ = 10.1
    __array_ufunc__ = None
    __hash__ = None
    _format = ''
    _coo = coo_matrix

    def __init__(self, arg1, shape=None, dtype=None, copy=False):
        self._values = {}
        if isinstance(arg1, tuple) and len(arg1) == 2 and all(hasattr(n, '__index__') and not isinstance(n, np.ndarray) for n in arg1):
            self.shape = tuple(int(n) for n in arg1)
            self.dtype = np.dtype('d' if dtype is None else dtype)
            return
        source = arg1.tocoo() if isinstance(arg1, (sparray_base, _Editable)) else self._coo(arg1, shape=shape)
        self.shape = tuple(source.shape)
        self.dtype = source.dtype if dtype is None else np.dtype(dtype)
        self._keep(source)

    def _keep(self, source):
        for i, j, value in zip(source.row.tolist(), source.col.tolist(), source.data):
            value = self.dtype.type(value)
            if (i, j) in self._values:
                value = self._values[i, j] + value
            if value != 0:
                self._values[i, j] = value

    # What it holds -------------------------------------------------------------------

    format = property(lambda self: self._format, doc='Format string.')
    nnz = property(lambda self: len(self._values), doc='Number of stored values.')
    size = property(lambda self: len(self._values), doc='Number of stored values.')
    ndim = property(lambda self: 2, doc='Number of dimensions.')
    T = property(lambda self: self.transpose(), doc='Transpose.')

    def getnnz(self, axis=None):
        """Number of stored values, including explicit zeros."""
        return self.nnz if axis is None else self.tocsr().getnnz(axis)

    def getformat(self):
        """Format of the matrix as a string."""
        return self._format

    def _ordered(self):
        return sorted(self._values) if self._format == 'lil' else list(self._values)

    def tocoo(self, copy=True):
        """Convert this matrix to COOrdinate format."""
        keys = self._ordered()
        rows = np.array([i for i, _ in keys], dtype='int32')
        columns = np.array([j for _, j in keys], dtype='int32')
        return self._coo((np.array([self._values[k] for k in keys], dtype=self.dtype), (rows, columns)), shape=self.shape)

    def tocsr(self, copy=False):
        """Convert this matrix to Compressed Sparse Row format."""
        return self.tocoo().tocsr()

    def tocsc(self, copy=False):
        """Convert this matrix to Compressed Sparse Column format."""
        return self.tocoo().tocsc()

    def tolil(self, copy=False):
        """Convert this matrix to List of Lists format."""
        return self if self._format == 'lil' and not copy else _partner(self, 'lil')(self)

    def todok(self, copy=False):
        """Convert this matrix to Dictionary Of Keys format."""
        return self if self._format == 'dok' and not copy else _partner(self, 'dok')(self)

    def asformat(self, format, copy=False):
        """Return this matrix in the passed format."""
        return self if format in (None, self._format) else getattr(self, f'to{format}')(copy=copy)

    def toarray(self, order=None, out=None):
        """Return a dense ndarray representation of this sparse matrix."""
        made = np.zeros(self.shape, self.dtype, order or 'C')
        for key, value in self._values.items():
            made[key] = value
        return made

    def todense(self, order=None, out=None):
        """Return a dense representation of this sparse matrix."""
        return self.tocoo().todense(order, out)

    def __array__(self, dtype=None, copy=None):
        return self.toarray() if dtype is None else self.toarray().astype(dtype)

    def copy(self):
        """Returns a copy of this matrix."""
        return type(self)(self)

    def astype(self, dtype, casting='unsafe', copy=True):
        """Cast the matrix elements to a specified type."""
        return type(self)(self, dtype=dtype)

    def transpose(self, axes=None, copy=False):
        """Reverses the dimensions of the sparse matrix."""
        made = type(self)(self.shape[::-1], dtype=self.dtype)
        made._values = {(j, i): value for (i, j), value in self._values.items()}
        return made

    # Elements -------------------------------------------------------------------------

    def _place(self, key):
        """Row and column when the key means one element, else None."""
        if isinstance(key, tuple) and len(key) == 2 and all(hasattr(k, '__index__') and not isinstance(k, np.ndarray) for k in key):
            place = []
            for axis, k, n in zip(('row', 'column'), key, self.shape):
                k = k.__index__()
                if not -n <= k < n:
                    raise IndexError(f'index ({k}) out of range' if self._format == 'dok' else f'{axis} index ({k}) out of bounds')
                place.append(k % n)
            return tuple(place)
        return None

    def __getitem__(self, key):
        place = self._place(key)
        if place is not None:
            return self._values.get(place, self.dtype.type(0))
        found = self.tocsr()[key]
        return type(self)(found) if isinstance(found, sparray_base) else found

    def __setitem__(self, key, value):
        place = self._place(key)
        if place is not None:
            self._put(place, value)
            return
        places = np.arange(self.shape[0] * self.shape[1]).reshape(self.shape)[key]
        if isinstance(value, (sparray_base, _Editable)):
            value = value.toarray()
        value = np.asarray(value)
        if value.ndim == 2 and places.ndim == 1:
            value = value.ravel() if value.size == places.size else value
        values = np.broadcast_to(value, places.shape)
        for at, x in zip(places.ravel().tolist(), values.ravel()):
            self._put(divmod(at, self.shape[1]), x)

    def _put(self, place, value):
        value = self.dtype.type(value)
        if value != 0:
            self._values[place] = value
        else:
            self._values.pop(place, None)

    def setdiag(self, values, k=0):
        """Set diagonal or off-diagonal elements."""
        rows, columns = self.shape
        n = min(rows + min(k, 0), columns - max(k, 0))
        values = np.asarray(values)
        n = n if values.ndim == 0 else min(n, len(values))
        for i in range(n):
            self._put((i - min(k, 0), i + max(k, 0)), values if values.ndim == 0 else values[i])

    def __iter__(self):
        return (self[i] for i in range(self.shape[0]))

    def __len__(self):
        if self._format == 'dok':
            return self.nnz
        raise TypeError('sparse array length is ambiguous; use getnnz() or shape[0]')

    def __bool__(self):
        return bool(self.tocsr())

    # What CSR does ------------------------------------------------------------------------

    def __getattr__(self, name):
        if name.startswith('_') or not hasattr(sparray_base, name):
            raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}')
        return getattr(self.tocsr(), name)

    def _words(self):
        return 'List of Lists' if self._format == 'lil' else 'Dictionary Of Keys'

    def __repr__(self):
        kind = 'array' if type(self).__name__.endswith('array') else 'matrix'
        return f"<{self._words()} sparse {kind} of dtype '{self.dtype}'\n\twith {self.nnz} stored elements and shape {self.shape}>"

    def __str__(self):
        body = str(self.tocoo()).split('\n')[2:]
        return '\n'.join([repr(self), *body])


for _name in ('add', 'radd', 'sub', 'rsub', 'mul', 'rmul', 'matmul', 'rmatmul', 'truediv', 'rtruediv', 'pow', 'eq', 'ne', 'lt', 'le', 'gt', 'ge'):
    def _forward(self, other, _name=_name):
        return getattr(self.tocsr(), f'__{_name}__')(other.tocsr() if isinstance(other, _Editable) else other)

    setattr(_Editable, f'__{_name}__', _forward)
for _name in ('neg', 'abs'):
    setattr(_Editable, f'__{_name}__', lambda self, _name=_name: getattr(self.tocsr(), f'__{_name}__')())


class _Lists(_Editable):
    _format = 'lil'

    @property
    def rows(self):
        """The columns of the values of each row."""
        return self._lists(lambda place: place[1])

    @property
    def data(self):
        """The values of each row."""
        return self._lists(lambda place: self._values[place].item())

    def _lists(self, of):
        made = np.empty(self.shape[0], dtype=object)
        found = [[] for _ in range(self.shape[0])]
        for place in sorted(self._values):
            found[place[0]].append(of(place))
        for i, row in enumerate(found):
            made[i] = row
        return made


class _Keys(_Editable):
    _format = 'dok'

    def keys(self):
        """The places of the values."""
        return self._values.keys()

    def values(self):
        """The values."""
        return self._values.values()

    def items(self):
        """Places and values."""
        return self._values.items()

    def get(self, key, default=0.0):
        """The value at a place, or another one if there is none."""
        try:
            place = self._place(key)
        except IndexError:
            raise IndexError('Index out of bounds.') from None
        if place is None:
            raise IndexError(f'Index {key} length needs to match self.shape')
        return self._values.get(place, default)

    def setdefault(self, key, default=None):
        """The value at a place, which is set if there is none."""
        return self._values.setdefault(key, default)

    def pop(self, key, *default):
        """Takes a value out."""
        return self._values.pop(key, *default)

    def popitem(self):
        """Takes the last place and value out."""
        return self._values.popitem()

    def clear(self):
        """Takes all values out."""
        self._values.clear()

    def update(self, val):
        """Sets the values of a dictionary."""
        self.__ior__(val)

    @classmethod
    def fromkeys(cls, iterable, value=1, /):
        """A matrix with one value at all places."""
        places = list(dict.fromkeys(iterable))
        made = cls(tuple(max(at) + 1 for at in zip(*places)), dtype=np.asarray(value).dtype)
        for place in places:
            made._put(place, value)
        return made

    def __delitem__(self, key):
        del self._values[key]

    def __or__(self, other):
        return self._values | (other._values if isinstance(other, _Keys) else other)

    def __ror__(self, other):
        return other | self._values

    def __ior__(self, other):
        for key, value in (other._values if isinstance(other, _Keys) else dict(other)).items():
            self[key] = value
        return self

    def __reversed__(self):
        return reversed(self._values)

    def __contains__(self, key):
        return key in self._values


def _class(name, base, coo, words):
    return type(name, (base,), {'__module__': 'scipy.sparse', '__doc__': words, '_coo': coo})


lil_matrix = _class('lil_matrix', _Lists, coo_matrix, 'Row-based LIst of Lists sparse matrix, to be filled.')  # noqa: F821
lil_array = _class('lil_array', _Lists, coo_array, 'Row-based LIst of Lists sparse array, to be filled.')  # noqa: F821
dok_matrix = _class('dok_matrix', _Keys, coo_matrix, 'Dictionary Of Keys sparse matrix, to be filled.')  # noqa: F821
dok_array = _class('dok_array', _Keys, coo_array, 'Dictionary Of Keys sparse array, to be filled.')  # noqa: F821


def _partner(a, format):
    return globals()[f"{format}_{'array' if isinstance(a, (lil_array, dok_array)) or type(a).__name__.endswith('array') else 'matrix'}"]


_ = _classes
