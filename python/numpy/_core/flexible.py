"""Scalars that are no numbers: text, bytes, objects and records."""

from . import link
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
    __new__ = str.__new__
    __str__ = str.__str__
    __hash__ = str.__hash__
    __eq__, __ne__, __lt__, __le__, __gt__, __ge__ = str.__eq__, str.__ne__, str.__lt__, str.__le__, str.__gt__, str.__ge__
    __getitem__, __iter__, __add__, __mul__, __rmul__, __mod__, __format__ = str.__getitem__, str.__iter__, str.__add__, str.__mul__, str.__rmul__, str.__mod__, str.__format__


class bytes_(_written, bytes, character):
    """A byte string."""

    __slots__ = ()
    __module__ = 'numpy'
    _python = bytes
    __new__ = bytes.__new__
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

    def __new__(cls, *args):
        raise TypeError('records are made as elements of structured arrays here')

    @classmethod
    def _of(cls, array):
        made = _new(cls)
        object.__setattr__(made, '_array', array)
        return made

    dtype = property(lambda self: self._array.dtype, doc='The dtype of the record.')
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
        return len(self.dtype.names)

    def __iter__(self):
        return iter([self[name] for name in self.dtype.names])

    def item(self, *args):
        """The record as a tuple of Python's own values."""
        return tuple(x.item() if isinstance(x, generic) else x for x in self)

    tolist = item

    def __str__(self):
        return str(self.item())

    def __repr__(self):
        return f'np.void({self.item()}, dtype={self.dtype.descr})'

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
        return void._of(self._array.copy())


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

    def __repr__(self):
        return f'np.record({self.item()}, dtype={self.dtype.descr})'

    def pprint(self):
        """The fields, one a line."""
        width = max(map(len, self.dtype.names))
        return '\n'.join(f'{name:>{width}}: {self[name]}' for name in self.dtype.names)


_other_types.update(U=str_, S=bytes_, O=object_, V=void)
_object.type = object_
