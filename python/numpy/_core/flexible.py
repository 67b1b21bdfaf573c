"""Scalars that are no numbers: text, bytes, objects and records."""

from . import fields, link
from .dtypes import _object, _other_types
from .generic import character, flexible, generic

_new = object.__new__

class _written:
    """What text and bytes have besides Python's own."""

    __slots__ = ()

    def item(self, *args):
        """The value as Python's own."""
        return self._python(self)

    tolist = item

    def _put(self, kinds, values):
        link.put(self._python(self), kinds, values)

    def _keep(self):
        raise TypeError('text is no number')

    def __repr__(self):
        text = self._python.__repr__(self)
        return text if link.plain_scalars else f'np.{type(self).__name__}({text})'

    def __reduce__(self):
        return (type(self), (self._python(self),))

    _v = property(lambda self: self._python(self))
    size = property(lambda self: 1, doc='1')
    ndim = property(lambda self: 0, doc='0')
    shape = property(lambda self: (), doc='()')

    @property
    def dtype(self):
        """The dtype of the scalar."""
        from .dtypes import string_dtype

        return string_dtype('U' if self._python is str else 'S', len(self))

    def __array__(self, dtype=None, copy=None):
        from .boxed import from_flat

        return from_flat([self._python(self)], (), dtype)

    def astype(self, dtype, order='K', casting='unsafe', subok=True, copy=True):
        """The scalar as another dtype."""
        return self.__array__().astype(dtype)[()]


class str_(_written, str, character):
    """A unicode string."""

    __slots__ = ()
    __module__ = 'numpy'
    _python = str

    def __new__(cls, *args, **kwargs):
        made = str.__new__(cls, *args, **kwargs)
        # What elements of arrays end with is no part of them.
        return made if made[-1:] != '\0' else str.__new__(cls, str.rstrip(made, '\0'))

    def __buffer__(self, flags, /):
        """The code points, four bytes each."""
        return memoryview(self.encode('utf-32-le'))

    __str__ = str.__str__
    __hash__ = str.__hash__
    __eq__, __ne__, __lt__, __le__, __gt__, __ge__ = str.__eq__, str.__ne__, str.__lt__, str.__le__, str.__gt__, str.__ge__
    __getitem__, __iter__, __add__, __mul__, __rmul__, __mod__, __format__ = str.__getitem__, str.__iter__, str.__add__, str.__mul__, str.__rmul__, str.__mod__, str.__format__


class bytes_(_written, bytes, character):
    """A byte string."""

    __slots__ = ()
    __module__ = 'numpy'
    _python = bytes

    def __new__(cls, *args, **kwargs):
        made = bytes.__new__(cls, *args, **kwargs)
        return made if made[-1:] != b'\0' else bytes.__new__(cls, bytes.rstrip(made, b'\0'))

    __str__ = bytes.__str__
    __hash__ = bytes.__hash__
    __eq__, __ne__, __lt__, __le__, __gt__, __ge__ = bytes.__eq__, bytes.__ne__, bytes.__lt__, bytes.__le__, bytes.__gt__, bytes.__ge__
    __getitem__, __iter__, __add__, __mul__, __rmul__, __mod__, __format__ = bytes.__getitem__, bytes.__iter__, bytes.__add__, bytes.__mul__, bytes.__rmul__, bytes.__mod__, bytes.__format__


class object_(generic):
    """Any Python object."""

    __slots__ = ()
    __module__ = 'numpy'

    def __new__(cls, value=None):
        return value


class void(flexible):
    """One record of a structured array: `r['name']`, `r[0]`; assignment writes into the array."""

    __slots__ = ('_array',)
    __module__ = 'numpy'

    def __new__(cls, length_or_data, /, dtype=None):
        from .creation import array, zeros
        from .dtypes import _find

        if dtype is not None:
            want = _find(dtype)
            if want.names is None:
                return cls._of(bytes(length_or_data).ljust(want.itemsize, b'\0')[:want.itemsize or None])
            if isinstance(length_or_data, tuple):
                return array(length_or_data, want)[()]
            made = zeros((), want)
            made[...] = length_or_data
            return made[()]
        if isinstance(length_or_data, void):
            return length_or_data.copy()
        if hasattr(length_or_data, '__index__'):
            return cls._of(bytes(length_or_data.__index__()))
        if not isinstance(length_or_data, (bytes, bytearray, memoryview)):
            raise TypeError(f'must be a byte string or an integer, not {type(length_or_data).__name__}')
        return cls._of(bytes(length_or_data))

    @classmethod
    def _of(cls, array):
        made = _new(cls)
        object.__setattr__(made, '_array', array)
        return made

    dtype = property(lambda self: fields.void_dtype(len(self._array)) if type(self._array) is bytes else self._array.dtype, doc='The dtype of the record.')
    itemsize = property(lambda self: self.dtype.itemsize, doc='Length of the record in bytes.')
    _v = property(lambda self: self.item())

    def _name(self, key):
        if isinstance(key, str):
            return key
        if isinstance(key, int) or hasattr(key, '__index__'):
            names = self.dtype.names
            k = key.__index__()
            if not -len(names) <= k < len(names):
                raise IndexError(f'invalid index ({k})')
            return names[k]
        raise IndexError('invalid index')

    def __getitem__(self, key):
        return self._array[self._name(key)][()]

    def __setitem__(self, key, value):
        self._array[self._name(key)] = value

    def __len__(self):
        return len(self.dtype.names or ())

    def __iter__(self):
        if self.dtype.names is None:
            raise TypeError(f"'{type(self).__name__}' object is not iterable")
        return iter([self[name] for name in self.dtype.names])

    def tobytes(self, order='C'):
        """The record as bytes."""
        return self._array if type(self._array) is bytes else self._array.tobytes()

    def item(self, *args):
        """The record as a tuple of Python's own values; bytes without fields as they are."""
        if self.dtype.names is None:
            return self._array
        return tuple(x.item() if isinstance(x, generic) else x for x in self)

    tolist = item

    def __str__(self):
        if self.dtype.names is None:
            return self._raw()
        return str(tuple(x.tolist() if hasattr(x, 'tolist') else x for x in self))

    def __repr__(self):
        return f'np.{type(self).__name__}({self._raw() if self.dtype.names is None else f"{self!s}, dtype={fields.written(self.dtype)}"})'

    def _raw(self):
        return "b'" + ''.join(f'\\x{byte:02X}' for byte in self._array) + "'"

    def __eq__(self, other):
        return self.item() == (other.item() if isinstance(other, void) else other)

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(self.item())

    def __bool__(self):
        return True

    def copy(self, order='C'):
        """A record of its own."""
        return void._of(self._array if type(self._array) is bytes else self._array.copy())


class record(void):
    """A record whose fields are attributes, too."""

    __slots__ = ()
    __module__ = 'numpy'

    def __getattr__(self, name):
        if name != '_array' and name in (self.dtype.names or ()):
            return self[name]
        raise AttributeError(f"'record' object has no attribute {name!r}")

    def __setattr__(self, name, value):
        if name == '_array':
            object.__setattr__(self, name, value)
        elif name in self.dtype.names:
            self[name] = value
        else:
            raise AttributeError(f"'record' object has no attribute {name!r}")

    def pprint(self):
        """The fields, one a line."""
        width = max(map(len, self.dtype.names))
        return '\n'.join(f'{name:>{width}}: {self[name]}' for name in self.dtype.names)


_other_types.update(U=str_, S=bytes_, O=object_, V=void)
_object.type = object_
