"""`np.matrix`: an array that always has two axes and whose `*` is the product of matrices. NumPy advises against it."""

import builtins
import sys

from . import link
from .array import ndarray
from .creation import array as _array
from .guest import guest
from .link import call

_new = object.__new__


class matrix(guest):
    """
    matrix(data, dtype=None, copy=True)

    A matrix from an array, nested lists, or a string: `np.matrix('1 2; 3 4')`. `*` is the matrix product, `**` the matrix power.
    """

    __slots__ = ('_data',)
    __module__ = 'numpy'
    __array_priority__ = 10.0
    _place = ('numpy._core.matrices', 5)

    def __new__(cls, data, dtype=None, copy=True):
        link.warn('the matrix subclass is not the recommended way to represent matrices or deal with linear algebra (see '
                  'https://docs.scipy.org/doc/numpy/user/numpy-for-matlab-users.html). Please adjust your code to use regular ndarray.', PendingDeprecationWarning)
        if isinstance(data, matrix):
            data = data._data
        if isinstance(data, str):
            data = _parsed(data)
        found = _array(data, dtype, copy=True if copy else None)
        if found.ndim > 2:
            raise ValueError('matrix must be 2-dimensional')
        return _of(found.reshape((1, -1)) if found.ndim < 2 else found)

    dtype = property(lambda self: self._data.dtype, doc="Data-type of the array's elements.")
    itemsize = property(lambda self: self._data.itemsize, doc='Length of one array element in bytes.')
    strides = property(lambda self: self._data.strides, doc='Steps in bytes.')
    real = property(lambda self: _of(self._data.real), doc='The real part.')
    imag = property(lambda self: _of(self._data.imag), doc='The imaginary part.')
    flat = property(lambda self: self._data.flat, doc='A 1-D iterator over the elements.')
    A = property(lambda self: self._data, doc='The matrix as an array.')
    A1 = property(lambda self: self._data.ravel(), doc='The elements as an array of one axis.')
    T = property(lambda self: _of(self._data.T), doc='The transpose.')
    H = property(lambda self: _of(call('conjugate', self._data.T) if self._data.dtype.kind == 'c' else self._data.T), doc='The conjugate transpose.')

    @property
    def I(self):  # noqa: E743 the name is NumPy's
        """The inverse; of a matrix that is not square the pseudo-inverse."""
        from ..linalg import inv, pinv

        return _of((inv if self.shape[0] == self.shape[1] else pinv)(self._data))

    def getA(self):
        """The matrix as an array."""
        return self._data

    def getI(self):
        """The inverse."""
        return self.I

    def getT(self):
        """The transpose."""
        return self.T

    def getH(self):
        """The conjugate transpose."""
        return self.H

    def _become(self, other):
        self._data = other._data
        self._lean(other._data)

    def _as_numbers(self, dtype):
        return self._data.astype(dtype)

    def __getitem__(self, key):
        found = self._data[_plain(key)]
        if not isinstance(found, ndarray):
            return found
        if found.ndim == 1:
            column = isinstance(key, tuple) and len(key) > 1 and (hasattr(key[1], '__index__') and not isinstance(key[1], ndarray))
            found = found.reshape((-1, 1) if column else (1, -1))
        return self._view_of(_of(found)) if found.ndim == 2 else found

    def __setitem__(self, key, value):
        value = _plain(value)
        key = _plain(key)
        part = self._data[key]
        if isinstance(value, ndarray) and isinstance(part, ndarray) and part.ndim < value.ndim:
            value = value.reshape(part.shape)
        self._data[key] = value

    def item(self, *args):
        """Copy an element to a standard Python scalar."""
        return self._data.item(*args)

    def tolist(self):
        """The matrix as nested lists."""
        return self._data.tolist()

    def tobytes(self, order='C'):
        """The elements as bytes."""
        return self._data.tobytes(order)

    def copy(self, order='C'):
        """Return a copy of the matrix."""
        return _of(self._data.copy(order))

    def astype(self, dtype, order='K', casting='unsafe', subok=True, copy=True):
        """Copy of the matrix, cast to a specified type."""
        return _of(self._data.astype(dtype, order, casting))

    def view(self, dtype=None, type=None):
        """New view with the same data, as a matrix or as an array."""
        if dtype is ndarray or type is ndarray:
            return self._data[...]
        return _of(self._data[...] if dtype is None or dtype is matrix else self._data.view(dtype))

    def ravel(self, order='C'):
        """The elements in one row."""
        return _of(self._data.ravel(order).reshape((1, -1)))

    def flatten(self, order='C'):
        """A copy of the elements in one row."""
        return _of(self._data.flatten(order).reshape((1, -1)))

    def squeeze(self, axis=None):
        """The matrix; a column becomes a row."""
        return self.T if self.shape[1] == 1 and self.shape[0] != 1 and axis in (None, 1) else self

    def __mul__(self, other):
        if isinstance(other, (ndarray, list, tuple)):
            return _again(call('dot', self._data, asmatrix(other)._data))
        return _again(self._data * other)

    def __rmul__(self, other):
        return _again(other * self._data) if not isinstance(other, (ndarray, list, tuple)) else _again(call('dot', asmatrix(other)._data, self._data))

    def __imul__(self, other):
        self[...] = self * other
        return self

    def __pow__(self, other):
        from ..linalg import matrix_power

        return _of(matrix_power(self._data, other))

    def __ipow__(self, other):
        self[...] = self ** other
        return self

    def __rpow__(self, other):
        return NotImplemented

    def __bool__(self):
        return builtins.bool(self._data)

    def __repr__(self):
        from .printing import array2string

        told = '' if self.dtype.name in ('int64', 'float64', 'complex128', 'bool') and self.size else f', dtype={self.dtype.name}'
        return f"matrix({array2string(self._data, separator=', ', prefix='matrix(', suffix=')')}{told})"

    def __str__(self):
        return str(self._data)

    def __array__(self, dtype=None, copy=None):
        return self._data if dtype is None else self._data.astype(dtype)

    def __reduce__(self):
        return (_restored, (self._data,))


def _fold(name):
    def method(self, axis=None, dtype=None, out=None, **more):
        options = {key: value for key, value in (('dtype', dtype), *more.items()) if value is not None}
        made = getattr(self._data, name)(axis=axis, **options) if axis is None else getattr(self._data, name)(axis=axis, keepdims=True, **options)
        return _again(made)

    method.__name__, method.__doc__ = name, f'`{name}` of the matrix; along an axis it stays a matrix.'
    return method


for _name in 'sum prod mean std var any all max min argmax argmin'.split():
    setattr(matrix, _name, _fold(_name))


def _of(data):
    made = _new(matrix)
    made._data = made._codes = data
    made._h = data._h
    return made


def _restored(data):
    return _of(data)


def _plain(x):
    if isinstance(x, matrix):
        return x._data
    return type(x)(_plain(part) for part in x) if type(x) in (list, tuple) else x


def _again(made):
    if isinstance(made, (list, tuple)):
        return type(made)(_again(part) for part in made)
    return _of(made) if isinstance(made, ndarray) and made.ndim == 2 and not isinstance(made, guest) else made


def _parsed(text):
    """The numbers of `1 2; 3 4`."""
    rows = [[_number(word) for word in row.replace(',', ' ').split()] for row in text.strip().strip('[]').split(';')]
    if len({len(row) for row in rows}) > 1:
        raise ValueError('Rows not the same size.')
    return rows


def _number(word):
    for kind in (int, float, complex):
        try:
            return kind(word)
        except ValueError:
            continue
    raise ValueError(f'malformed number {word!r} in a matrix')


def ufunc(name, args, options):
    """An elementwise function where a matrix takes part."""
    from . import ufuncs

    out = options.get('out')
    made = getattr(ufuncs, name)(*map(_plain, args), **{key: _plain(value) for key, value in options.items() if value is not None})
    return made if out is not None else _again(made)


_rows = {'ravel', 'flatten', 'diagonal', 'diag'}


def run(name, args, kwargs):
    """A function of the engine that was given a matrix."""
    method = {'amax': 'max', 'amin': 'min'}.get(name, name)
    if method in 'sum prod mean std var any all max min argmax argmin'.split() and isinstance(args[0], matrix):
        return getattr(args[0], method)(*args[1:], **{key: value for key, value in kwargs.items() if key != 'keepdims'})
    if name == 'array_repr':
        return repr(args[0])
    made = call(name, *map(_plain, args), **{key: _plain(value) for key, value in kwargs.items()})
    if name in _rows and isinstance(made, ndarray) and made.ndim == 1:
        made = made.reshape((1, -1))
    return _again(made)


def asmatrix(data, dtype=None):
    """Anything as a matrix; a matrix is returned as it is."""
    if isinstance(data, matrix) and dtype is None:
        return data
    return matrix(data, dtype=dtype, copy=False)


def bmat(obj, ldict=None, gdict=None):
    """A matrix of nested lists of matrices, of a string of their names ('A,B; C,D'), or of an array."""
    from .joining import concatenate

    if isinstance(obj, str):
        frame = sys._getframe(1)
        known = {**frame.f_globals, **frame.f_locals} if gdict is None else {**gdict, **(ldict or {})}
        obj = [[_named(word, known) for word in row.replace(',', ' ').split()] for row in obj.split(';') if row.strip()]
    if isinstance(obj, ndarray):
        return matrix(_plain(obj))
    rows = obj if isinstance(obj[0], (list, tuple)) else [obj]
    return matrix(concatenate([concatenate([_plain(asmatrix(_plain(part))) if not isinstance(part, ndarray) else _plain(part) for part in row], -1) for row in rows], 0))


def _named(word, known):
    try:
        return known[word.strip()]
    except KeyError as e:
        raise NameError(f'name {word!r} is not defined') from e
