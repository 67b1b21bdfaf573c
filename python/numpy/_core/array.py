"""`ndarray`: an array of the engine, held by its handle. No element lies in Python."""

import builtins
import contextlib
import math
import os
import pickle

from pyodide.ffi import JsException

from . import link
from .dtypes import all_dtypes
from .layout import flagsobj, flatiter
from .foreign import default, no_copy
from .link import engine, invoke, translate

_new = object.__new__
_slice = engine.slice


def _within(shape, dtype, buffer, offset, strides, order):
    """An array over given memory, or over new one with the steps that are asked for."""
    t = link.dtype(dtype)
    size = math.prod(shape)
    if strides is None:
        reach = size * t.itemsize
    else:
        strides = functions._shape(strides)
        if len(strides) != len(shape):
            raise ValueError('strides, if given, must be the same length as shape')
        reach = sum((n - 1) * step for n, step in zip(shape, strides)) + t.itemsize if size else 0
    if buffer is None:
        if reach > size * t.itemsize:
            raise ValueError('strides is incompatible with shape of requested array and size of buffer')
        flat = functions.empty(size, t)
    else:
        held = functions.frombuffer(buffer, 'uint8')
        if held.size - offset < reach:
            raise TypeError('buffer is too small for requested array') if strides is None else ValueError('strides is incompatible with shape of requested array and size of buffer')
        flat = functions.frombuffer(buffer, t, -(-reach // t.itemsize), offset)
    if strides is None:
        return flat.reshape(shape, order=order or 'C')
    from ..lib.stride_tricks import as_strided

    return as_strided(flat, shape, strides)


class ndarray:
    """
    ndarray(shape, dtype=float, buffer=None, offset=0, strides=None, order=None)

    An array object represents a multidimensional, homogeneous array of fixed-size items. Arrays are made by `array`,
    `zeros`, `empty` and their kin; `ndarray` itself gives one whose values nobody has set.
    """

    __slots__ = ('_h', '_shape', '_strides', '_base', '__weakref__')
    __module__ = 'numpy'
    __array_priority__ = 0.0
    # True in the classes of strings, objects and records, whose elements the engine does not know.
    _boxed = False
    # True in the classes of others.
    _derived = False

    def __hash__(self):
        raise TypeError("unhashable type: 'numpy.ndarray'")

    def __new__(cls, shape, dtype=float, buffer=None, offset=0, strides=None, order=None):
        shape = functions._shape(shape)
        if strides is not None and any(stride < 0 for stride in strides):
            raise ValueError('strides is incompatible with shape of requested array and size of buffer')
        if buffer is None and strides is None:
            made = functions.empty(shape, dtype, order or 'C')
        else:
            made = _within(shape, dtype, buffer, offset, strides, order)
        return made if cls is ndarray else dress(cls, made, None)

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if not cls.__module__.startswith('numpy') and ndarray in cls.__bases__:
            cls.__bases__ = tuple(derived if base is ndarray else base for base in cls.__bases__)

    @staticmethod
    def _of(handle):
        made = _new(ndarray)
        made._h = handle
        return made

    def __getattr__(self, name):
        raise AttributeError(f"'numpy.ndarray' object has no attribute {name!r}")

    def __del__(self):
        try:
            link.drop(self._h)
        except AttributeError:
            pass

    def __class_getitem__(cls, item):
        import types

        return types.GenericAlias(cls, item)

    # Attributes --------------------------------------------------------------

    def _layout(self):
        shape, strides, flags = engine.layout(self._h).split('|')
        self._shape = tuple(map(int, shape.split()))
        self._strides = tuple(map(int, strides.split()))
        return self._shape, self._strides, int(flags)

    @property
    def shape(self):
        """Tuple of array dimensions."""
        try:
            return self._shape
        except AttributeError:
            return self._layout()[0]

    @shape.setter
    def shape(self, shape):
        made = self.reshape(shape)
        if made._shares_nothing(self):
            raise AttributeError('Incompatible shape for in-place modification. Use `.reshape()` to make a copy with the desired shape.')
        self._become(made)

    def _shares_nothing(self, other):
        return other.size > 0 and not functions.may_share_memory(self, other)

    def _become(self, other):
        link.drop(self._h)
        self._h, other._h = other._h, 0
        del other._h
        for name in ('_shape', '_strides'):
            try:
                delattr(self, name)
            except AttributeError:
                pass

    @property
    def strides(self):
        """Tuple of bytes to step in each dimension when traversing an array."""
        try:
            return self._strides
        except AttributeError:
            return self._layout()[1]

    @property
    def dtype(self):
        """Data-type of the array's elements."""
        return all_dtypes[self._h & 15]

    @dtype.setter
    def dtype(self, value):
        self._become(self.view(value))

    @property
    def ndim(self):
        """Number of array dimensions."""
        return self._h >> 4 & 63

    @property
    def size(self):
        """Number of elements in the array."""
        return engine.size(self._h)

    @property
    def itemsize(self):
        """Length of one array element in bytes."""
        return all_dtypes[self._h & 15].itemsize

    @property
    def nbytes(self):
        """Total bytes consumed by the elements of the array."""
        return engine.size(self._h) * all_dtypes[self._h & 15].itemsize

    @property
    def T(self):
        """View of the transposed array."""
        return self._view_of(call_array('transpose', self))

    @property
    def mT(self):
        """View of the matrix transposed array: the last two axes are exchanged."""
        if self.ndim < 2:
            raise ValueError('matrix transpose with ndim < 2 is undefined')
        return self.swapaxes(-1, -2)

    @property
    def base(self):
        """The array whose memory this one shows, or None."""
        try:
            return self._base
        except AttributeError:
            pass
        handle = engine.base(self._h)
        self._base = ndarray._of(handle) if handle else None
        return self._base

    def _bare(self):
        """The array as one of NumPy's plain class, where its own is another of NumPy's."""
        return getattr(self, '_data', self)

    def _view_of(self, made):
        """Says whose memory a new array shows, if it does."""
        owner = self.base
        if owner is None:
            owner = self
        if made is not self:
            made._base = owner
        return made

    def _perhaps_view_of(self, made):
        if made is self or not isinstance(made, ndarray):
            return made
        return self._view_of(made) if engine.shares(made._h, self._h) else made

    @property
    def flags(self):
        """Information about the memory layout of the array."""
        return flagsobj(self)

    @property
    def flat(self):
        """A 1-D iterator over the array."""
        return flatiter(self)

    @flat.setter
    def flat(self, value):
        value = functions.asarray(value).ravel()
        n = self.size
        self[...] = functions.resize(value, n).reshape(self.shape) if value.size != n else value.reshape(self.shape)

    @property
    def real(self):
        """The real part of the array."""
        return self._view_of(call_array('real', self)) if self._h & 15 > 10 else self

    @real.setter
    def real(self, value):
        self.real[...] = value

    @property
    def imag(self):
        """The imaginary part of the array."""
        made = call_array('imag', self)
        if self._h & 15 > 10:
            return self._view_of(made)
        made.setflags(write=False)
        return made

    @imag.setter
    def imag(self, value):
        if self._h & 15 <= 10:
            raise TypeError('array does not have imaginary part to set')
        self.imag[...] = value

    @property
    def data(self):
        """The bytes of the array, copied."""
        return memoryview(self)

    @property
    def __array_interface__(self):
        kind = self.dtype
        return {'data': (self._h, not self.flags.writeable), 'strides': None if self.flags.c_contiguous else self.strides, 'descr': kind.descr, 'typestr': kind.str,
                'shape': self.shape, 'version': 3}

    def __buffer__(self, flags, /):
        """The elements for Python's buffers: a copy, which cannot be written to."""
        if flags & 1:
            raise BufferError('the elements lie outside Python: its buffers can read them, not write them')
        view = memoryview(self.tobytes())
        form = _formats.get(self._h & 15)
        if form is None or not self.size:
            return view
        return view.cast(form, self.shape) if self.ndim else view.cast(form)

    @property
    def device(self):
        """'cpu'"""
        return 'cpu'

    # Elements ------------------------------------------------------------------

    def __len__(self):
        h = self._h
        if h & 0x3F0 == 0:
            raise TypeError('len() of unsized object')
        return engine.length(h)

    def __getitem__(self, key):
        """The ways of an index that are not the quickest."""
        h = self._h
        t = type(key)
        try:
            if t is slice and h & 0x3F0:
                start, stop, step = key.start, key.stop, key.step
                if start is not None and type(start) is not int:
                    start = link.as_index(start)
                if stop is not None and type(stop) is not int:
                    stop = link.as_index(stop)
                if step is not None and type(step) is not int:
                    step = link.as_index(step)
                made = _new(ndarray)
                made._h = _slice(h, start, stop, step)
                made._base = self._owner()
                return made
            return indexing.read(self, key if t is tuple else (key,))
        except JsException as error:
            raise translate(error) from None

    def _owner(self):
        try:
            base = self._base
        except AttributeError:
            base = self.base
        return self if base is None else base

    def __setitem__(self, key, value):
        indexing.write(self, key, value)

    def __delitem__(self, key):
        raise ValueError('cannot delete array elements')

    def __contains__(self, value):
        return builtins.bool((self == value).any())

    def __iter__(self):
        h = self._h
        if h & 0x3F0 == 0:
            raise TypeError('iteration over a 0-d array')
        return self._rows()

    def _rows(self):
        for i in range(len(self)):
            yield self[i]

    def __reversed__(self):
        for i in range(len(self) - 1, -1, -1):
            yield self[i]

    def item(self, *args):
        """Copy an element of the array to a standard Python scalar: `a.item()`, `a.item(3)`, `a.item(0, 1)`."""
        if not args:
            return link.wrap(invoke(engine.item, self._h)).item()
        if len(args) == 1:
            key = args[0]
            if isinstance(key, tuple):
                return self.item(*key)
            n = self.size
            key = link.as_index(key)
            if not -n <= key < n:
                raise IndexError(f'index {key} is out of bounds for size {n}')
            return self.ravel()[key].item()
        if len(args) != self.ndim:
            raise ValueError('incorrect number of indices for array')
        return self[args].item()

    def tolist(self):
        """The array as nested Python lists of scalars."""
        code = self._h & 15
        shape = self.shape
        if not shape:
            return self.item()
        n = self.size
        wide = code > 10
        kind = 'd' if code >= 9 else 'Q' if code == 8 else 'q'
        flat = link.memory(kind, bytes(8 * n * (2 if wide else 1)))
        if n:
            invoke(engine.toMemory, self._h, flat.buffer_info()[0], 12 if wide else 10 if code >= 9 else 8 if code == 8 else 4)
        flat = flat.tolist()
        if wide:
            flat = list(map(complex, flat[::2], flat[1::2]))
        elif code == 0:
            flat = list(map(builtins.bool, flat))
        for n in shape[:0:-1]:
            flat = [flat[i:i + n] for i in range(0, len(flat), n)] if n else [[] for _ in range(_product(shape[:-1]))]
        return flat

    def tobytes(self, order='C'):
        """The elements as bytes."""
        order = link.order_of(order, 'C')
        source = self.T if order == 'F' or (order in 'A' and self.flags.fnc) else self
        made = bytearray(self.nbytes)
        if made:
            keep = link.memory('B', made)
            invoke(engine.toMemory, source._h, keep.buffer_info()[0], self._h & 15)
            return keep.tobytes()
        return b''

    def tofile(self, fid, sep='', format='%s'):
        """Write the elements to a file, as bytes or as text parted by `sep`."""
        if sep:
            text = sep.join(format % x for x in self.ravel().tolist())
            if hasattr(fid, 'write'):
                fid.write(text)
            else:
                with open(fid, 'w') as file:
                    file.write(text)
        else:
            from .buffers import parts

            with contextlib.nullcontext(fid) if hasattr(fid, 'write') else open(fid, 'wb') as file:
                for part in parts(self):
                    file.write(part)

    # Python ------------------------------------------------------------------------

    def __bool__(self):
        n = self.size
        if n == 1:
            return builtins.bool(self.item())
        if n == 0:
            raise ValueError('The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.')
        raise ValueError('The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()')

    def _only(self):
        if self.size != 1:
            raise TypeError('only 0-dimensional arrays can be converted to Python scalars')
        if self.ndim:
            raise TypeError('only 0-dimensional arrays can be converted to Python scalars')
        return link.wrap(invoke(engine.item, self._h))

    def __int__(self):
        return int(self._only())

    def __float__(self):
        return float(self._only())

    def __complex__(self):
        return complex(self._only())

    def __index__(self):
        if self.ndim == 0 and self.dtype.kind in 'iu':
            return self.item()
        raise TypeError('only integer scalar arrays can be converted to a scalar index')

    def __repr__(self):
        return printing.array_repr(self)

    def __str__(self):
        return printing.array_str(self)

    def __format__(self, spec):
        if self.ndim == 0:
            return format(self[()], spec)
        if spec == '':
            return str(self)
        raise TypeError('unsupported format string passed to numpy.ndarray.__format__')

    def __reduce__(self):
        fortran = self.flags.fnc
        return _reconstruct, (ndarray, (0,), b'b'), (1, self.shape, self.dtype, fortran, self.tobytes('F' if fortran else 'C'))

    def __setstate__(self, state, /):
        """Puts shape, dtype and elements as a pickle holds them."""
        _, shape, dtype, fortran, raw = state[-5:]
        made = functions.of_bytes(raw, dtype).reshape(shape, order='F' if fortran else 'C')
        self._become(made.copy('F' if fortran else 'C'))

    def __copy__(self):
        return self.copy('K')

    def __deepcopy__(self, memo):
        return self.copy('K')

    def __sizeof__(self):
        return 112 + 16 * self.ndim + (self.nbytes if self.base is None else 0)

    def __array__(self, dtype=None, copy=None):
        """The array itself; `copy` as in `np.array`."""
        if dtype is not None and dtype != self.dtype:
            if copy is False:
                raise ValueError(no_copy)
            return self.astype(dtype)
        return self.copy() if copy else self

    def __array_function__(self, func, types, args, kwargs):
        """Does the work of a function of NumPy, unless an argument of another class takes part."""
        return default(func, types, args, kwargs)

    def dumps(self):
        """The pickle of the array as a bytes object."""
        return pickle.dumps(self)

    def dump(self, file):
        """Writes a pickle of the array to a file."""
        with open(file, 'wb') if isinstance(file, (str, os.PathLike)) else contextlib.nullcontext(file) as target:
            pickle.dump(self, target)

    def __array_wrap__(self, array, context=None, return_scalar=False):
        return array[()] if return_scalar else array

    def __array_finalize__(self, obj, /):
        """Called when an array of a class of somebody's own is made from `obj`, or from nothing (None)."""

    def __array_ufunc__(self, ufunc, method, /, *inputs, **kwargs):
        """Computes an elementwise function of NumPy, unless the class of another operand has its own way."""
        out = kwargs.get('out') or ()
        for x in (*inputs, *(out if isinstance(out, tuple) else (out,))):
            own = getattr(type(x), '__array_ufunc__', ndarray.__array_ufunc__)
            if own is not ndarray.__array_ufunc__:
                return NotImplemented
        return getattr(ufunc, method)(*inputs, **kwargs)

    def to_device(self, device, /, *, stream=None):
        """The array itself: all lie at the processor."""
        if stream is not None:
            raise ValueError('The stream argument in to_device() is not supported')
        if device != 'cpu':
            raise ValueError(f"Unsupported device: {device}. Only 'cpu' is accepted.")
        return self

    def __array_namespace__(self, /, *, api_version=None):
        import numpy

        if api_version is not None and not isinstance(api_version, str):
            raise ValueError(f'Only None and strings are allowed as the Array API version, but received: {api_version!r}.')
        if api_version not in (None, '2021.12', '2022.12', '2023.12', '2024.12'):
            raise ValueError(f'Version "{api_version}" of the Array API Standard is not supported.')

        return numpy

    # Operators ---------------------------------------------------------------------------------

    def __neg__(self):
        return functions.negative(self)

    def __pos__(self):
        return functions.positive(self)

    def __abs__(self):
        return functions.absolute(self)

    def __invert__(self):
        return functions.invert(self)

    def __round__(self, ndigits=None):
        raise TypeError("type numpy.ndarray doesn't define __round__ method")

    def __divmod__(self, other):
        return (self // other, self % other)

    def __rdivmod__(self, other):
        return (other // self, other % self)

    def __matmul__(self, other):
        if _yields(self, other, '__rmatmul__'):
            return NotImplemented
        converted = other if handlers((other,)) else _convert(other)
        if converted is None:
            return NotImplemented
        return functions.matmul(self, converted)

    def __rmatmul__(self, other):
        converted = _convert(other)
        if converted is None:
            return NotImplemented
        return functions.matmul(converted, self)

    def __imatmul__(self, other):
        self[...] = functions.matmul(self, other)
        return self


def _product(lengths):
    n = 1
    for length in lengths:
        n *= length
    return n


# As the module struct names them; complex numbers have no letter there.
_formats = {0: '?', 1: 'b', 2: 'h', 3: 'i', 4: 'q', 5: 'B', 6: 'H', 7: 'I', 8: 'Q', 9: 'f', 10: 'd'}


def _reconstruct(cls, shape, kind):
    """An empty array of a class, for a pickle to fill."""
    return ndarray.__new__(cls, shape, 'int8')


_reconstruct.__module__ = 'numpy._core.multiarray'


def adopt(methods):
    """Gives arrays the methods of a class."""
    for name, function in list(vars(methods).items()):
        if callable(function):
            function.__qualname__ = f'ndarray.{name}'
            setattr(ndarray, name, function)


link.ndarray = ndarray

from . import functions, indexing, printing  # noqa: E402 they need the class above
from .link import call_array  # noqa: E402
from .operators import _convert, _yields  # noqa: E402
from . import methods, views  # noqa: E402, F401
from .derived import derived, dress, handlers  # noqa: E402
