"""Sparse matrices of dense blocks of one size (`bsr`). Blocks lie in one array of three axes; what they cannot do, CSR does."""

import numpy as np

from . import SparseEfficiencyWarning as _  # noqa: F401
from . import coo_array, coo_matrix, csr_array, csr_matrix, sparray_base
from ._editable import _Editable


def _is_shape(x):
    return isinstance(x, (tuple, list)) and len(x) == 2 and all(hasattr(n, '__index__') and not isinstance(n, np.ndarray) for n in x)


def _blocks_in(rows, R, C):
    """The places of the blocks that hold something, and of every entry its block: in the order of rows, then of finding."""
    entries = rows.tocoo()
    across = rows.shape[1] // C
    keys = entries.row.astype('int64') // R * across + entries.col // C
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(order.size)
    return entries, keys[first[order]], place[inverse]


def _filled(rows, R, C):
    return rows.nnz / (R * C * len(_blocks_in(rows, R, C)[1]))


def _size_for(rows, efficiency=0.7):
    """The size of blocks that are well filled (SciPy's choice among 2, 3, 4 and 6)."""
    if rows.nnz == 0:
        return 1, 1

    def share(n):
        return _filled(rows, n, n) if rows.shape[0] % n == 0 and rows.shape[1] % n == 0 else 0.0

    two, three = share(2), share(3)
    high = (1 + efficiency) / 2
    if two > high and three > high:
        n = 6 if share(6) > efficiency else 3
    else:
        n = 4 if share(4) > efficiency else 3 if three > efficiency else 2 if two > efficiency else 1
    return n, n


class _Blocked:
    __array_priority__ = 10.1
    __array_ufunc__ = None
    __hash__ = None
    _coo, _csr = coo_matrix, csr_matrix

    def __init__(self, arg1, shape=None, dtype=None, copy=False, blocksize=None, *, maxprint=None):
        if isinstance(arg1, _Blocked) and blocksize in (None, arg1.blocksize):
            self._take(arg1.data.copy() if copy else arg1.data, arg1.indices, arg1.indptr, arg1.shape)
        elif isinstance(arg1, tuple) and _is_shape(arg1):
            self._empty(tuple(int(n) for n in arg1), dtype, blocksize)
        elif isinstance(arg1, tuple) and len(arg1) == 3:
            self._given(*arg1, shape, blocksize, copy)
        elif isinstance(arg1, tuple) and len(arg1) != 2:
            raise ValueError('unrecognized bsr_array constructor usage')
        else:
            if not isinstance(arg1, (tuple, sparray_base, _Editable, _Blocked)) and np.ndim(arg1) != 2 and self._array:
                raise ValueError(f"BSR arrays don't support {np.ndim(arg1)}D input. Use 2D")
            rows = arg1.tocsr() if isinstance(arg1, (sparray_base, _Editable, _Blocked)) else self._coo(arg1, shape=shape).tocsr()
            self._divide(rows, blocksize)
        if dtype is not None:
            self.data = self.data.astype(dtype, copy=False)

    def _take(self, data, indices, indptr, shape):
        self.data, self.indices, self.indptr, self.shape = data, indices, indptr, shape

    def _empty(self, shape, dtype, blocksize):
        if blocksize is not None and not _is_shape(blocksize):
            raise ValueError(f'invalid blocksize={blocksize}')
        R, C = (1, 1) if blocksize is None else tuple(blocksize)
        if shape[0] % R or shape[1] % C:
            raise ValueError('shape must be multiple of blocksize')
        self._take(np.zeros((0, R, C), dtype or float), np.zeros(0, 'int32'), np.zeros(shape[0] // R + 1, 'int32'), shape)

    def _given(self, data, indices, indptr, shape, blocksize, copy):
        data = np.array(data) if copy else np.asarray(data)
        if data.ndim != 3:
            raise ValueError(f'BSR data must be 3-dimensional, got shape={data.shape}')
        if blocksize is not None and not _is_shape(blocksize):
            raise ValueError(f'invalid blocksize={blocksize}')
        if blocksize is not None and tuple(blocksize) != data.shape[1:]:
            raise ValueError(f'mismatching blocksize={blocksize} vs {data.shape[1:]}')
        R, C = data.shape[1:]
        # The places of blocks are those of a CSR matrix of numbers, which knows what is wrong with them.
        whole = None if shape is None else (shape[0] // R, shape[1] // C)
        places = self._csr((np.ones(len(data)), indices, indptr), shape=whole)
        rows, columns = places.shape
        self._take(data, places.indices, places.indptr, (rows * R, columns * C) if shape is None else tuple(shape))

    def _divide(self, rows, blocksize):
        R, C = _size_for(rows) if blocksize is None else blocksize
        M, N = rows.shape
        if R < 1 or C < 1 or M % R or N % C:
            raise ValueError(f'invalid blocksize {tuple(blocksize)}')
        entries, keys, place = _blocks_in(rows, R, C)
        data = np.zeros((len(keys), R, C), rows.dtype)
        np.add.at(data, (place, entries.row % R, entries.col % C), entries.data)
        down, across = np.divmod(keys, max(1, N // C))
        counts = np.bincount(down, minlength=M // R)
        self._take(data, across.astype('int32'), np.concatenate(([0], np.cumsum(counts))).astype('int32'), (M, N))

    # What it holds -------------------------------------------------------------------

    format = property(lambda self: 'bsr', doc='Format string.')
    blocksize = property(lambda self: self.data.shape[1:], doc='Block size of the matrix.')
    dtype = property(lambda self: self.data.dtype, doc='Data type of the entries.')
    ndim = property(lambda self: 2, doc='Number of dimensions.')
    nnz = property(lambda self: int(self.indptr[-1]) * self.data.shape[1] * self.data.shape[2], doc='Number of stored values, including explicit zeros.')
    size = property(lambda self: self.nnz, doc='Number of stored values.')
    T = property(lambda self: self.transpose(), doc='Transpose.')
    real = property(lambda self: self._with(self.data.real), doc='The real parts.')
    imag = property(lambda self: self._with(self.data.imag), doc='The imaginary parts.')

    def _with(self, data):
        made = object.__new__(type(self))
        made._take(data, self.indices, self.indptr, self.shape)
        return made

    def _like(self, made, blocksize=None):
        """A sparse result in blocks."""
        return type(self)(made, blocksize=blocksize or self.blocksize) if isinstance(made, sparray_base) else made

    def _places(self):
        """Row and column of every stored value, in the shape of the blocks."""
        R, C = self.blocksize
        down = np.repeat(np.arange(len(self.indptr) - 1), np.diff(self.indptr))
        row = down[:, None, None] * R + np.arange(R)[:, None]
        column = self.indices[:, None, None] * C + np.arange(C)
        return np.broadcast_to(row, self.data.shape), np.broadcast_to(column, self.data.shape)

    def tocoo(self, copy=True):
        """Convert this matrix to COOrdinate format."""
        row, column = self._places()
        return self._coo((self.data.ravel(), (row.ravel().astype('int32'), column.ravel().astype('int32'))), shape=self.shape)

    def tocsr(self, copy=False):
        """Convert this matrix to Compressed Sparse Row format."""
        return self.tocoo().tocsr()

    def tocsc(self, copy=False):
        """Convert this matrix to Compressed Sparse Column format."""
        return self.tocsr().tocsc()

    def tobsr(self, blocksize=None, copy=False):
        """Convert this matrix into Block Sparse Row Format."""
        if blocksize not in (None, self.blocksize):
            return type(self)(self.tocsr(), blocksize=blocksize)
        return self.copy() if copy else self

    def todok(self, copy=False):
        """Convert this matrix to Dictionary Of Keys format."""
        return self.tocsr().todok()

    def asformat(self, format, copy=False):
        """Return this matrix in the passed format."""
        return self if format in (None, 'bsr') else getattr(self, f'to{format}')(copy=copy)

    def __array__(self, dtype=None, copy=None):
        return self.toarray() if dtype is None else self.toarray().astype(dtype)

    def copy(self):
        """Returns a copy of this matrix."""
        return self._with(self.data.copy())

    def astype(self, dtype, casting='unsafe', copy=True):
        """Cast the matrix elements to a specified type."""
        return self._with(self.data.astype(dtype, casting=casting, copy=copy))

    def conj(self, copy=True):
        """Element-wise complex conjugation."""
        return self._with(self.data.conj())

    conjugate = conj

    def power(self, n, dtype=None):
        """Element-wise power."""
        if n == 0:
            raise NotImplementedError('zero power is not supported as it would densify the matrix.\nUse `np.ones(A.shape, dtype=A.dtype)` for this case.')
        return self._with((self.data if dtype is None else self.data.astype(dtype))**n)

    def transpose(self, axes=None, copy=False):
        """Reverses the dimensions of the sparse matrix."""
        if axes not in (None, (1, 0)):
            raise ValueError("Sparse matrices do not support an 'axes' parameter because swapping dimensions is the only logical permutation.")
        R, C = self.blocksize
        down = np.repeat(np.arange(len(self.indptr) - 1), np.diff(self.indptr))
        order = np.argsort(self.indices, kind='stable')
        counts = np.bincount(self.indices, minlength=self.shape[1] // C)
        made = object.__new__(type(self))
        made._take(np.ascontiguousarray(self.data[order].transpose(0, 2, 1)), down[order].astype('int32'), np.concatenate(([0], np.cumsum(counts))).astype('int32'),
                   self.shape[::-1])
        return made

    def eliminate_zeros(self):
        """Remove zero elements in-place: blocks that hold nothing else."""
        kept = self.data.any(axis=(1, 2))
        self.indptr = np.concatenate(([0], np.cumsum(kept)))[self.indptr].astype('int32')
        self.data, self.indices = self.data[kept], self.indices[kept]

    def sort_indices(self):
        """Sort the indices of this matrix *in place*."""
        down = np.repeat(np.arange(len(self.indptr) - 1), np.diff(self.indptr))
        order = np.lexsort((self.indices, down))
        self.data, self.indices = self.data[order], self.indices[order]

    def sum_duplicates(self):
        """Eliminate duplicate entries by adding them together: sorted blocks, each once."""
        if not self.has_canonical_format:
            self._divide(self.tocsr(), self.blocksize)
            self.sort_indices()

    def _steps(self):
        """From block to block of the same row of blocks."""
        down = np.repeat(np.arange(len(self.indptr) - 1), np.diff(self.indptr))
        return np.diff(self.indices)[np.diff(down) == 0]

    has_sorted_indices = property(lambda self: bool((self._steps() >= 0).all()), doc='Whether the indices are sorted.')
    has_canonical_format = property(lambda self: bool((self._steps() > 0).all()), doc='Whether there are no duplicates.')

    # What is worked with them -----------------------------------------------------------

    def __getitem__(self, key):
        raise NotImplementedError

    def __setitem__(self, key, value):
        raise NotImplementedError

    def __iter__(self):
        raise NotImplementedError

    def __len__(self):
        raise TypeError('sparse array length is ambiguous; use getnnz() or shape[0]')

    def __bool__(self):
        return bool(self.tocsr())

    def __neg__(self):
        return self._with(-self.data)

    def __abs__(self):
        return self._with(abs(self.data))

    def multiply(self, other):
        """Element-wise multiplication by another matrix, vector or scalar."""
        if np.isscalar(other):
            return self._with(self.data * other)
        made = self.tocsr().multiply(_rows(other))
        return self._like(made) if isinstance(other, (sparray_base, _Editable, _Blocked)) else made

    def dot(self, other):
        """Ordinary dot product."""
        return self * other if np.isscalar(other) else self @ other

    def __matmul__(self, other):
        made = self.tocsr() @ _rows(other)
        across = other.blocksize[1] if isinstance(other, _Blocked) else 1
        return self._like(made, (self.blocksize[0], across))

    def __rmatmul__(self, other):
        return other @ self.tocsr()

    def __mul__(self, other):
        return self.multiply(other) if self._array or np.isscalar(other) else self @ other

    def __rmul__(self, other):
        return self.multiply(other) if self._array or np.isscalar(other) else other @ self.tocsr()

    def __truediv__(self, other):
        return self._with(self.data / other) if np.isscalar(other) else self.tocsr() / _rows(other)

    def __pow__(self, n):
        return self.power(n) if self._array else self._like(self.tocsr()**n)

    def __getattr__(self, name):
        if name.startswith('_') or not hasattr(sparray_base, name) or self._array and name in ('getnnz', 'getformat', 'getH', 'getrow', 'getcol', 'get_shape'):
            raise AttributeError(f'{type(self).__name__!r} object has no attribute {name!r}')
        if name in _elementwise:
            return lambda: self._with(getattr(np, name)(self.data))
        return getattr(self.tocsr(), name)

    def __repr__(self):
        R, C = self.blocksize
        return (f"<Block Sparse Row sparse {'array' if self._array else 'matrix'} of dtype '{self.dtype}'\n"
                f'\twith {self.nnz} stored elements (blocksize={R}x{C}) and shape {self.shape}>')

    def __str__(self):
        return '\n'.join([repr(self), *str(self.tocoo()).split('\n')[2:]])


_elementwise = 'sin tan arcsin arctan sinh tanh arcsinh arctanh sqrt expm1 log1p sign rint floor ceil trunc deg2rad rad2deg'.split()


def _rows(x):
    return x.tocsr() if isinstance(x, (_Editable, _Blocked)) else x


def _forward(name, in_blocks):
    def method(self, other):
        made = getattr(self.tocsr(), name)(_rows(other))
        return self._like(made) if in_blocks else made

    return method


for _name in ('add', 'radd', 'sub', 'rsub'):
    setattr(_Blocked, f'__{_name}__', _forward(f'__{_name}__', True))
for _name in ('rtruediv', 'eq', 'ne', 'lt', 'le', 'gt', 'ge'):
    setattr(_Blocked, f'__{_name}__', _forward(f'__{_name}__', False))

_about = '(arg1, shape=None, dtype=None, copy=False, blocksize=None, *, maxprint=None)\n\nBlock Sparse Row format sparse '
bsr_matrix = type('bsr_matrix', (_Blocked,), {'__module__': 'scipy.sparse', '__doc__': f'bsr_matrix{_about}matrix.', '_array': False})
bsr_array = type('bsr_array', (_Blocked,), {'__module__': 'scipy.sparse', '__doc__': f'bsr_array{_about}array.', '_array': True, '_coo': coo_array, '_csr': csr_array})
