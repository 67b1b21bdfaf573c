"""Sparse matrices of SciPy: handles to matrices that the engine keeps compressed."""

from operator import index as _index

from numpy._core import link as _link
from numpy._core.creation import _shape
from numpy._core.creation import asarray as _asarray
from numpy._core.dtypes import _find, as_dtype
from numpy._core.dtypes import can_cast as _can_cast
from numpy._core.dtypes import all_dtypes as _all_dtypes
from numpy._core.dtypes import result_type as _result_type
from numpy._core.matrices import _of as _of_dense

_engine = _link.engine
_ndarray = _link.ndarray


class SparseWarning(Warning):
    """The base of warnings about sparse matrices."""


class SparseEfficiencyWarning(SparseWarning):
    """The operation is slow in this format."""


def save_npz(file, matrix, compressed=True):
    """Save a sparse matrix or array to a file using .npz format."""
    import numpy

    given = {'format': numpy.array(matrix.format.encode('ascii')), 'shape': numpy.array(matrix.shape), 'data': matrix.data}
    if type(matrix).__name__.endswith('array'):
        given['_is_array'] = numpy.array(True)
    if matrix.format not in _stored:
        raise NotImplementedError(f'Save is not implemented for sparse matrix of format {matrix.format}.')
    for part in _stored[matrix.format]:
        given[part] = getattr(matrix, part)
    (numpy.savez_compressed if compressed else numpy.savez)(file, **given)


def load_npz(file):
    """Load a sparse array or matrix from a file in .npz format."""
    import numpy

    with numpy.load(file) as held:
        if 'format' not in held:
            raise ValueError(f'The file {file} does not contain a sparse array or matrix.')
        format = held['format'].item()
        format = format.decode('ascii') if isinstance(format, bytes) else format
        name = f"{format}_{'array' if '_is_array' in held else 'matrix'}"
        cls = _classes.get(name) or __getattr__(name)
        shape = tuple(held['shape'].tolist())
        if format in ('csr', 'csc', 'bsr'):
            return cls((held['data'], held['indices'], held['indptr']), shape=shape)
        if format == 'coo':
            return cls((held['data'], (held['row'], held['col'])), shape=shape)
        return cls((held['data'], held['offsets']), shape=shape)


def _operand(x):
    """What the engine takes: a sparse matrix as its handle, lists as arrays."""
    if isinstance(x, sparray_base):
        return x._o
    if hasattr(type(x), 'todok'):
        return x.tocsr()._o
    if isinstance(x, (list, range)):
        return _asarray(x)
    return x


def _call(name, *args, **kwargs):
    return _given(_link.call(f'scipy.sparse.{name}', *(_operand(x) for x in args), **{k: _operand(v) for k, v in kwargs.items()}))


def _given(made):
    """Results with the engine's sparse matrices as Python's."""
    if isinstance(made, _link.Handle):
        kind = _engine.sparseKind(made._h)
        return made if not kind else _classes[kind]._of(made)
    if isinstance(made, list):
        return tuple(_given(x) for x in made)
    return made


class sparray_base:
    """What all sparse matrices and arrays share."""

    __slots__ = ('_o', '__weakref__')
    __array_priority__ = 10.1
    __array_ufunc__ = None
    __hash__ = None
    _name = None

    def __new__(cls, arg1, shape=None, dtype=None, copy=False, **more):
        if cls._name is None:
            raise TypeError('the base class cannot be made')
        if isinstance(arg1, sparray_base):
            given = arg1._o
        elif hasattr(type(arg1), 'todok'):
            given = arg1.tocoo()._o
        elif isinstance(arg1, tuple):
            given, shape = _parts(cls._name[:3], arg1, shape)
        else:
            given = _asarray(arg1)
        made = _link.call(f'scipy.sparse.{cls._name}', given, shape=None if shape is None else _shape(shape), dtype=as_dtype(dtype), copy=copy or None)
        return cls._of(made)

    @classmethod
    def _of(cls, handle):
        made = object.__new__(cls)
        made._o = handle
        return made

    def _method(self, name, *args, **kwargs):
        return _given(_link.method(self._o, name, *(_operand(x) for x in args), **{k: _operand(v) for k, v in kwargs.items() if v is not None}))

    def _get(self, name):
        return _link.result(_link.invoke(_engine.attribute, self._o._h, name))

    format = property(lambda self: self._get('format'), doc='Format string.')
    shape = property(lambda self: tuple(self._get('shape')), doc='Shape of the matrix.')
    dtype = property(lambda self: _find(self._get('dtype')), doc='Data type of the entries.')
    ndim = property(lambda self: len(self.shape), doc='Number of dimensions.')
    nnz = property(lambda self: self._get('nnz'), doc='Number of stored values, including explicit zeros.')
    size = property(lambda self: self._get('nnz'), doc='Number of stored values.')
    data = property(lambda self: self._get('data'), lambda self, value: self._put('data', value), doc='Stored values.')
    T = property(lambda self: self.transpose(), doc='Transpose.')

    def _become(self, other):
        """Takes over what another matrix of the same format holds."""
        self._o = other.asformat(self.format)._o

    def _put(self, name, value):
        """Other values, or places, than those that are stored."""
        held, value = self._get(name), _asarray(value)
        if value.shape == held.shape and value.dtype == held.dtype:
            held[...] = value
            return
        parts = [value if part == name else self._get(part) for part in ('data', *_stored[self.format])]
        self._become(type(self)((parts[0], tuple(parts[1:])) if self.format == 'coo' else tuple(parts), shape=self.shape))

    def resize(self, *shape):
        """Gives the matrix another shape in place: what lies outside of it is dropped, what is new is zero."""
        rows, columns = _shape(shape[0] if len(shape) == 1 else shape)
        entries = self.tocoo()
        kept = (entries.row < rows) & (entries.col < columns)
        self._become(type(entries)((entries.data[kept], (entries.row[kept], entries.col[kept])), shape=(rows, columns)))

    def toarray(self, order=None, out=None):
        """Return a dense ndarray representation of this sparse matrix."""
        made = self._method('toarray', order)
        if out is not None:
            out[...] = made
            return out
        return made

    def todense(self, order=None, out=None):
        """Return a dense representation: of a sparse matrix a `numpy.matrix`, of a sparse array an array."""
        return self._full(self.toarray(order, out))

    def _full(self, made):
        """A dense result of a sparse matrix is a `numpy.matrix`, of a sparse array an array."""
        return _of_dense(made) if isinstance(self, spmatrix) and isinstance(made, _ndarray) and made.ndim == 2 else made

    def __array__(self, dtype=None, copy=None):
        made = self.toarray()
        return made if dtype is None else made.astype(dtype)

    def asformat(self, format, copy=False):
        """Return this matrix in the passed format."""
        if format in ('lil', 'dok'):
            return _to_fill(format, self)
        if format == 'bsr':
            return self.tobsr()
        return self if format is None else self._method('asformat', format, copy)

    def tocsr(self, copy=False):
        """Convert this matrix to Compressed Sparse Row format."""
        return self._method('tocsr', copy)

    def tocsc(self, copy=False):
        """Convert this matrix to Compressed Sparse Column format."""
        return self._method('tocsc', copy)

    def tocoo(self, copy=True):
        """Convert this matrix to COOrdinate format."""
        return self._method('tocoo', copy)

    def todia(self, copy=False):
        """Convert this matrix to sparse DIAgonal format."""
        return self._method('todia', copy)

    def astype(self, dtype, casting='unsafe', copy=True):
        """Cast the matrix elements to a specified type."""
        want = _find(dtype)
        if casting != 'unsafe' and not _can_cast(self.dtype, want, casting):
            raise TypeError(f"Cannot cast array data from {self.dtype!r} to {want!r} according to the rule '{casting}'")
        return self if want == self.dtype and not copy else self._method('astype', want)

    def transpose(self, axes=None, copy=False):
        """Reverses the dimensions of the sparse matrix."""
        if axes is not None and tuple(axes) not in ((1, 0), (-1, -2)):
            raise ValueError("Sparse arrays/matrices do not support an 'axes' parameter because swapping dimensions is the only logical permutation.")
        made = self._method('transpose')
        return made.copy() if copy else made

    def reshape(self, *shape, order='C', copy=False):
        """Gives a new shape to a sparse matrix without changing its data."""
        return self._method('reshape', shape[0] if len(shape) == 1 else shape, order)

    def diagonal(self, k=0):
        """Returns the kth diagonal of the matrix."""
        return self._method('diagonal', k)

    def setdiag(self, values, k=0):
        """Set diagonal or off-diagonal elements of the matrix."""
        self._method('setdiag', values if not isinstance(values, (list, tuple)) else _asarray(values), k)

    def trace(self, offset=0):
        """Returns the sum along diagonals of the sparse matrix."""
        return self._method('trace', offset)

    def sum(self, axis=None, dtype=None, out=None):
        """Sum the matrix elements over a given axis."""
        return self._full(self._method('sum', _one_axis(axis), *(() if dtype is None else (_find(dtype),))))

    def mean(self, axis=None, dtype=None, out=None):
        """Compute the arithmetic mean along the specified axis."""
        return self._full(self._method('mean', _one_axis(axis), *(() if dtype is None else (_find(dtype),))))

    def max(self, axis=None, out=None, *, explicit=False):
        """Return the maximum of the matrix or maximum along an axis."""
        return self._method('max', axis, explicit)

    def min(self, axis=None, out=None, *, explicit=False):
        """Return the minimum of the matrix or minimum along an axis."""
        return self._method('min', axis, explicit)

    def argmax(self, axis=None, out=None, *, explicit=False):
        """Return indices of maximum elements along an axis."""
        return self._full(self._method('argmax', axis, explicit))

    def argmin(self, axis=None, out=None, *, explicit=False):
        """Return indices of minimum elements along an axis."""
        return self._full(self._method('argmin', axis, explicit))

    def count_nonzero(self, axis=None):
        """Number of non-zero entries."""
        made = self._method('count_nonzero', axis)
        return _all_dtypes[4].type(made) if isinstance(made, int) else made

    def getnnz(self, axis=None):
        """Number of stored values, including explicit zeros."""
        return self._method('getnnz', axis)

    def nonzero(self):
        """Nonzero indices of the matrix."""
        return self._method('nonzero')

    def multiply(self, other):
        """Element-wise multiplication by another matrix, vector or scalar."""
        return self._method('multiply', other)

    def maximum(self, other):
        """Element-wise maximum between this and another matrix."""
        return self._method('maximum', other)

    def minimum(self, other):
        """Element-wise minimum between this and another matrix."""
        return self._method('minimum', other)

    def power(self, n, dtype=None):
        """Element-wise power."""
        return (self if dtype is None else self.astype(dtype))._method('power', n)

    def dot(self, other):
        """Ordinary dot product."""
        return self._method('dot', other)

    def conj(self, copy=True):
        """Element-wise complex conjugation."""
        return self if not copy and self.dtype.kind != 'c' else self._method('conj')

    conjugate = conj

    def copy(self):
        """Returns a copy of this matrix."""
        return self._method('copy')

    __copy__ = copy

    def __deepcopy__(self, memo):
        return self.copy()

    def getrow(self, i):
        """Returns a copy of row i of the matrix, as a (1 x n) sparse matrix."""
        return self._method('getrow', i)

    def getcol(self, j):
        """Returns a copy of column j of the matrix, as an (m x 1) sparse matrix."""
        return self._method('getcol', j)

    def sum_duplicates(self):
        """Eliminate duplicate entries by adding them together."""
        self._method('sum_duplicates')

    def eliminate_zeros(self):
        """Remove zero entries from the matrix, in place."""
        self._method('eliminate_zeros')

    def sort_indices(self):
        """Sort the indices of this matrix in place."""
        self._method('sort_indices')

    def getformat(self):
        """Format of the matrix as a string."""
        return self.format

    def get_shape(self):
        """Shape of the matrix."""
        return self.shape

    def getH(self):
        """The conjugate transpose."""
        return self.T.conj()

    def tolil(self, copy=False):
        """Convert this matrix to List of Lists format, to be filled."""
        return _to_fill('lil', self)

    def todok(self, copy=False):
        """Convert this matrix to Dictionary Of Keys format, to be filled."""
        return _to_fill('dok', self)

    def tobsr(self, blocksize=None, copy=False):
        """Convert this matrix to Block Sparse Row format, with blocks of a size that fits if none is given."""
        from . import _blocked as place

        return getattr(place, f"bsr_{'array' if isinstance(self, sparray) else 'matrix'}")(self, blocksize=blocksize)

    def nanmax(self, axis=None, out=None, *, explicit=False):
        """The maximum, ignoring NaNs."""
        return self._method('nanmax', axis, explicit)

    def nanmin(self, axis=None, out=None, *, explicit=False):
        """The minimum, ignoring NaNs."""
        return self._method('nanmin', axis, explicit)

    real = property(lambda self: self._each(lambda x: x.real), doc='The real parts.')
    imag = property(lambda self: self._each(lambda x: x.imag), doc='The imaginary parts.')

    def _each(self, function):
        """A function of the stored values that keeps zero."""
        made = self.tocsr(copy=True) if self.format == 'dia' else self.copy()
        values = function(made.data)
        if values.dtype != made.dtype:
            made = made.astype(values.dtype)
        made.data[...] = values
        return made

    def __len__(self):
        raise TypeError('sparse array length is ambiguous; use getnnz() or shape[0]')

    def __bool__(self):
        if self.shape == (1, 1):
            return self.nnz != 0
        raise ValueError('The truth value of an array with more than one element is ambiguous. Use a.any() or a.all().')

    def __iter__(self):
        for r in range(self.shape[0]):
            yield self[r]

    def __getitem__(self, key):
        return _given(_link.method(self._o, '__getitem__', [_key(part) for part in key] if isinstance(key, tuple) else [_key(key)]))

    def __setitem__(self, key, value):
        if isinstance(value, (list, tuple)):
            value = _asarray(value)
        before = self.nnz
        _link.method(self._o, '__setitem__', [_key(part) for part in key] if isinstance(key, tuple) else [_key(key)], _operand(value))
        if self.nnz != before and self._name[:3] in ('csr', 'csc'):
            _link.warn(f'Changing the sparsity structure of a {self._name} is expensive. lil and dok are more efficient.', SparseEfficiencyWarning)

    def __repr__(self):
        return self._method('__repr__')

    def __str__(self):
        return self._method('__str__')

    def __round__(self, ndigits=0):
        made = self.copy()
        made.data[...] = made.data.round(ndigits)
        return made


def _key(part):
    if isinstance(part, (list, tuple, range)):
        return _asarray(part)
    if isinstance(part, sparray_base):
        return part._o
    return part


def _one_axis(axis):
    """Axes of a matrix as the engine takes them: one, or all."""
    if not isinstance(axis, tuple):
        return axis
    if len(axis) > 2 or len({_index(k) % 2 for k in axis}) < len(axis):
        raise ValueError("duplicate value in 'axis'")
    return axis[0] if len(axis) == 1 else None


def _operator(name, two=True):
    def with_other(self, other):
        if not isinstance(other, (sparray_base, _ndarray, _link.generic, int, float, complex, list)) and not hasattr(type(other), 'todok'):
            if name in ('__eq__', '__ne__'):
                return name == '__ne__'
            return NotImplemented
        made = self._method(name, other)
        return self._full(made) if sums else made

    sums = name in ('__add__', '__radd__', '__sub__', '__rsub__')

    def alone(self):
        return self._method(name)

    return with_other if two else alone


for _name in ('add', 'radd', 'sub', 'rsub', 'mul', 'rmul', 'matmul', 'rmatmul', 'truediv', 'rtruediv', 'pow', 'eq', 'ne', 'lt', 'le', 'gt', 'ge'):
    setattr(sparray_base, f'__{_name}__', _operator(f'__{_name}__'))
for _name in ('neg', 'abs'):
    setattr(sparray_base, f'__{_name}__', _operator(f'__{_name}__', False))


def _elementwise(name):
    def function(self):
        import numpy

        return self._each(getattr(numpy, name))

    function.__name__ = name
    function.__doc__ = f'Element-wise {name} of the values; zeros stay.'
    return function


for _name in 'sin tan arcsin arctan sinh tanh arcsinh arctanh sqrt expm1 log1p sign rint floor ceil trunc deg2rad rad2deg'.split():
    setattr(sparray_base, _name, _elementwise(_name))


def _to_fill(format, a):
    from . import _editable as place

    return getattr(place, f"{format}_{'array' if isinstance(a, sparray) else 'matrix'}")(a)


class spmatrix(sparray_base):
    """The older interface: `*` is the matrix product."""

    __slots__ = ()

    def set_shape(self, shape):
        """Gives the matrix another shape in place."""
        self._become(self.reshape(shape))

    shape = property(lambda self: tuple(self._get('shape')), set_shape, doc='Shape of the matrix.')


class sparray(sparray_base):
    """The newer interface: `*` is elementwise."""

    __slots__ = ()


# What a matrix of each format holds beside its values.
_stored = {'csr': ('indices', 'indptr'), 'csc': ('indices', 'indptr'), 'coo': ('row', 'col'), 'dia': ('offsets',), 'bsr': ('indices', 'indptr')}


def _part(name, words):
    return property(lambda self: self._get(name), lambda self, value: self._put(name, value), doc=words)


def _compressed(cls):
    cls.indices = _part('indices', 'Indices of the stored values.')
    cls.indptr = _part('indptr', 'Where each row (or column) begins.')
    cls.has_sorted_indices = property(lambda self: self._method('has_sorted_indices'), doc='Whether the indices are sorted.')
    cls.has_canonical_format = property(lambda self: self._method('has_canonical_format'), doc='Whether there are no duplicates.')


def _make(format, kind, words):
    base = spmatrix if kind == 'matrix' else sparray
    name = f'{format}_{kind}'
    cls = type(name, (base,), {'__slots__': (), '_name': name, '__module__': 'scipy.sparse', '__doc__': f'{name}(arg1, shape=None, dtype=None, copy=False)\n\n{words}'})
    if format in ('csr', 'csc'):
        _compressed(cls)
    elif format == 'coo':
        cls.row = _part('row', 'Row of each value.')
        cls.col = _part('col', 'Column of each value.')
        cls.coords = property(lambda self: (self.row, self.col), doc='Rows and columns.')
    else:
        cls.offsets = _part('offsets', 'Offsets of the diagonals.')
    return cls


_words = {'csr': 'Compressed Sparse Row matrix.', 'csc': 'Compressed Sparse Column matrix.', 'coo': 'A sparse matrix in COOrdinate format.',
          'dia': 'Sparse matrix with DIAgonal storage.'}
_classes = {f'{f}_{k}': _make(f, k, w) for f, w in _words.items() for k in ('matrix', 'array')}
globals().update(_classes)


def _parts(format, arg, shape):
    """A tuple that a constructor takes, as named parts."""
    if len(arg) == 2 and all(isinstance(n, int) or hasattr(n, '__index__') and not isinstance(n, _ndarray) for n in arg):
        return _link.Parts(shape=list(_shape(arg))), None
    if len(arg) == 2 and format == 'dia':
        return _link.Parts(data=_asarray(arg[0]), offsets=_asarray(arg[1])), shape
    if len(arg) == 2:
        data, (row, col) = arg
        return _link.Parts(data=_asarray(data), row=_asarray(row), col=_asarray(col)), shape
    if len(arg) == 3:
        data, indices, indptr = arg
        return _link.Parts(data=_asarray(data), indices=_asarray(indices), indptr=_asarray(indptr)), shape
    raise ValueError(f'unrecognized form for {format}_matrix constructor')


def issparse(x):
    """Is `x` of a sparse array or sparse matrix type?"""
    return isinstance(x, sparray_base) or hasattr(x, 'todok')


def isspmatrix(x):
    """Is `x` of a sparse matrix type?"""
    return isinstance(x, spmatrix) or isspmatrix_lil(x) or isspmatrix_dok(x) or isspmatrix_bsr(x)


def isspmatrix_csr(x):
    """Is `x` of csr_matrix type?"""
    return isspmatrix(x) and x.format == 'csr'


def isspmatrix_csc(x):
    """Is `x` of csc_matrix type?"""
    return isspmatrix(x) and x.format == 'csc'


def isspmatrix_coo(x):
    """Is `x` of coo_matrix type?"""
    return isspmatrix(x) and x.format == 'coo'


def isspmatrix_lil(x):
    """Is `x` of lil_matrix type?"""
    return type(x).__name__ == 'lil_matrix'


def isspmatrix_dok(x):
    """Is `x` of dok_matrix type?"""
    return type(x).__name__ == 'dok_matrix'


def isspmatrix_bsr(x):
    """Is `x` of a bsr_matrix type?"""
    return type(x).__name__ == 'bsr_matrix'


def isspmatrix_dia(x):
    """Is `x` of dia_matrix type?"""
    return isspmatrix(x) and x.format == 'dia'


def eye(m, n=None, k=0, dtype=float, format=None):
    """Sparse matrix of chosen shape with ones on the kth diagonal and zeros elsewhere."""
    return _call('eye', m, n, k, dtype=_find(dtype), format=format)


def eye_array(m, n=None, *, k=0, dtype=float, format=None):
    """Sparse array of chosen shape with ones on the kth diagonal and zeros elsewhere."""
    return _call('eye_array', m, n, k, dtype=_find(dtype), format=format)


def identity(n, dtype='d', format=None):
    """Identity matrix in sparse format."""
    return _call('identity', n, dtype=_find(dtype), format=format)


def _diagonals(diagonals):
    if isinstance(diagonals, _ndarray):
        return diagonals
    return [_asarray(d) if not isinstance(d, (int, float)) else d for d in diagonals]


# As long as nobody gives a dtype, diagonals of integers become floats; without one (None) they stay.
_still_float = object()


def diags(diagonals, offsets=0, shape=None, format=None, dtype=_still_float):
    """Construct a sparse matrix from diagonals."""
    return _call_list('diags', diagonals, offsets, shape, format, dtype)


def diags_array(diagonals, /, *, offsets=0, shape=None, format=None, dtype=_still_float):
    """Construct a sparse array from diagonals."""
    return _call_list('diags_array', diagonals, offsets, shape, format, dtype)


def _call_list(name, diagonals, offsets, shape, format, dtype):
    parts = _diagonals(diagonals)
    if dtype is None:
        dtype = _result_type(*([parts] if isinstance(parts, _ndarray) else [_asarray(part) for part in parts] or [1.0]))
    elif dtype is _still_float:
        dtype = None
    return _given(_link.call(f'scipy.sparse.{name}', parts, offsets=offsets, shape=None if shape is None else _shape(shape), format=format, dtype=as_dtype(dtype)))


def spdiags(data, diags, m=None, n=None, format=None):
    """Return a sparse matrix from diagonals."""
    return _call('spdiags', _asarray(data), _asarray(diags), m, n, format)


def _blocks(name, blocks, format, dtype):
    def plain(x):
        if isinstance(x, sparray_base):
            return x._o
        return x if x is None else [plain(y) for y in x] if isinstance(x, (list, tuple)) and any(isinstance(y, (sparray_base, _ndarray, list, tuple, type(None))) for y in x) else _asarray(x)

    return _given(_link.call(f'scipy.sparse.{name}', [plain(x) for x in blocks], format=format, dtype=as_dtype(dtype)))


def hstack(blocks, format=None, dtype=None):
    """Stack sparse matrices horizontally (column wise)."""
    return _blocks('hstack', blocks, format, dtype)


def vstack(blocks, format=None, dtype=None):
    """Stack sparse matrices vertically (row wise)."""
    return _blocks('vstack', blocks, format, dtype)


def bmat(blocks, format=None, dtype=None):
    """Build a sparse matrix from sparse sub-blocks."""
    return _blocks('bmat', blocks, format, dtype)


def block_array(blocks, *, format=None, dtype=None):
    """Build a sparse array from sparse sub-blocks."""
    return _blocks('block_array', blocks, format, dtype)


def block_diag(mats, format=None, dtype=None):
    """Build a block diagonal sparse matrix or array from provided matrices."""
    return _blocks('block_diag', mats, format, dtype)


def kron(A, B, format=None):
    """Kronecker product of sparse matrices A and B."""
    return _call('kron', A, B, format=format)


def kronsum(A, B, format=None):
    """Kronecker sum of square sparse matrices A and B."""
    return _call('kronsum', A, B, format=format)


def tril(A, k=0, format=None):
    """Return the lower triangular portion of a sparse matrix."""
    return _call('tril', A, k, format=format)


def triu(A, k=0, format=None):
    """Return the upper triangular portion of a sparse matrix."""
    return _call('triu', A, k, format=format)


def find(A):
    """Return the indices and values of the nonzero elements of a matrix."""
    return tuple(_call('find', A))


def swapaxes(A, axis1, axis2):
    """Interchange two axes of a sparse array."""
    axes = list(range(A.ndim))
    for axis in (axis1, axis2):
        if not -A.ndim <= axis < A.ndim:
            raise ValueError(f'Invalid axis: {axis} is out of bounds for ndim={A.ndim}')
    axes[axis1], axes[axis2] = axes[axis2], axes[axis1]
    return permute_dims(A, axes, copy=True)


def permute_dims(A, axes=None, copy=False):
    """Permute the axes of the sparse array A to the order `axes`."""
    order = []
    for axis in [*range(A.ndim)][::-1] if axes is None else axes:
        if not -A.ndim <= axis < A.ndim:
            raise ValueError('axis out of range for ndim')
        order.append(axis % A.ndim)
    if len(order) != A.ndim:
        raise ValueError(f'Incorrect number of axes: {A.ndim} instead of {A.ndim}')
    if len(set(order)) != A.ndim:
        raise ValueError('duplicate value in axis')
    if order == [*range(A.ndim)]:
        return A.copy() if copy else A
    return A.tocoo().transpose()


def get_index_dtype(arrays=(), maxval=None, check_contents=False):
    """Based on input (integer) arrays `a`, determine a suitable index data type that can hold the data in the arrays."""
    import numpy

    most = numpy.iinfo('int32').max
    if maxval is not None and int(maxval) > most:
        return numpy.int64
    for one in (arrays,) if isinstance(arrays, _ndarray) else arrays:
        one = numpy.asarray(one)
        if numpy.can_cast(one.dtype, 'int32'):
            continue
        if not (check_contents and one.dtype.kind in 'iu' and (one.size == 0 or -most - 1 <= int(one.min()) and int(one.max()) <= most)):
            return numpy.int64
    return numpy.int32


def safely_cast_index_arrays(A, idx_dtype=_all_dtypes[3].type, msg=''):
    """Safely cast sparse array indices to `idx_dtype`."""
    import numpy

    if A.format not in _stored:
        raise TypeError(f'Format {A.format} is not associated with index arrays. DOK and LIL have dict and list, not array.')
    most = numpy.iinfo(idx_dtype).max
    R, C = A.blocksize if A.format == 'bsr' else (1, 1)
    parts = {name: getattr(A, name) for name in _stored[A.format]}
    for name, part in reversed(parts.items()):
        largest = int(part.max(initial=0)) * (R if name == 'indptr' else C)
        if largest > most:
            what = 'coords' if A.format == 'coo' else name
            raise ValueError(f'{what} values too large for {msg or f"dtype {idx_dtype}"}')
    cast = tuple(part.astype(idx_dtype, copy=False) for part in parts.values())
    return cast[0] if A.format == 'dia' else cast


from ._random import rand, random, random_array  # noqa: E402,F401


def _fillable(function):
    """The function, which gives its result also in the formats that Python keeps."""
    import functools
    import inspect

    names = list(inspect.signature(function).parameters)
    at = names.index('format')

    @functools.wraps(function)
    def wrapped(*args, **kwargs):
        format = args[at] if len(args) > at else kwargs.get('format')
        if format not in ('lil', 'dok', 'bsr'):
            return function(*args, **kwargs)
        if len(args) > at:
            return function(*args[:at], None, *args[at + 1:], **kwargs).asformat(format)
        return function(*args, **{**kwargs, 'format': None}).asformat(format)

    return wrapped


for _name in 'eye eye_array identity diags diags_array spdiags hstack vstack bmat block_array block_diag kron kronsum tril triu random rand random_array'.split():
    globals()[_name] = _fillable(globals()[_name])


def __getattr__(name):
    if name in ('linalg',):
        import importlib

        return importlib.import_module('scipy.sparse.linalg')
    if name in ('lil_matrix', 'lil_array', 'dok_matrix', 'dok_array'):
        from . import _editable as place

        return getattr(place, name)
    if name in ('bsr_matrix', 'bsr_array'):
        from . import _blocked as place

        return getattr(place, name)
    raise AttributeError(f"module 'scipy.sparse' has no attribute '{name}' here: it has csr, csc, coo, dia, bsr, lil and dok matrices and arrays, and what makes them")

