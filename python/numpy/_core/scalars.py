"""Scalar types: what an element of an array is in Python."""

import builtins
import numbers
import operator

from . import link
from .dtypes import _by_type, _half, _object, _other_types, all_dtypes, register

_float_new = float.__new__
_inf = float('inf')
_complex_new = complex.__new__
_new = object.__new__


def _as_array(x):
    return x._whole()


class generic:
    """Base class for the types of NumPy scalars."""

    __slots__ = ()
    __module__ = 'numpy'
    __array_priority__ = -1000000.0
    _code = None

    def __new__(cls, *args):
        raise TypeError(f"cannot create 'numpy.{cls.__name__}' instances")

    # Values -----------------------------------------------------------------

    def item(self, *args):
        """The value as a Python scalar."""
        return self._v

    def tolist(self):
        """The value as a Python scalar."""
        return self._v

    def _put(self, kinds, values):
        kinds.append('n')
        values.append(self._code)
        values.append(self._v)

    def _keep(self):
        return link.engine.keepScalar(self._code, self._v)

    def _whole(self):
        """The scalar as an array without axes."""
        return link.wrap(self._keep())

    dtype = property(lambda self: all_dtypes[self._code], doc='The dtype of the scalar.')
    shape = property(lambda self: (), doc='()')
    strides = property(lambda self: (), doc='()')
    ndim = property(lambda self: 0, doc='0')
    size = property(lambda self: 1, doc='1')
    itemsize = property(lambda self: all_dtypes[self._code].itemsize, doc='Bytes.')
    nbytes = property(lambda self: all_dtypes[self._code].itemsize, doc='Bytes.')
    base = property(lambda self: None, doc='None')
    T = property(lambda self: self, doc='The scalar itself.')
    real = property(lambda self: self, doc='The real part.')
    imag = property(lambda self: type(self)(0), doc='The imaginary part.')
    flat = property(lambda self: _as_array(self).flat, doc='A 1-d view of the scalar.')
    flags = property(lambda self: _as_array(self).flags, doc='Information on memory layout.')
    data = property(lambda self: memoryview(self.tobytes()), doc='The bytes of the scalar.')

    def astype(self, dtype, order='K', casting='unsafe', subok=True, copy=True):
        """The scalar as another dtype."""
        return _as_array(self).astype(dtype, casting=casting)[()]

    def view(self, dtype=None, type=None):
        """The same bytes as another dtype."""
        return self if dtype is None else _as_array(self).view(dtype)[()]

    def conjugate(self):
        """The complex conjugate."""
        return self

    conj = conjugate

    def copy(self, order='C'):
        """The scalar itself."""
        return self

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def squeeze(self, axis=None):
        """The scalar itself."""
        return self

    def transpose(self, *axes):
        """The scalar itself."""
        return self

    def round(self, decimals=0, out=None):
        """The scalar rounded to a number of decimals."""
        return link.call('round', self, decimals)

    def __array__(self, dtype=None, copy=None):
        a = _as_array(self)
        return a if dtype is None else a.astype(dtype)

    def __array_wrap__(self, array, context=None, return_scalar=True):
        return array

    def __getitem__(self, index):
        if index is Ellipsis or index is None or isinstance(index, tuple):
            return _as_array(self)[index]
        raise IndexError('invalid index to scalar variable.')

    def __iter__(self):
        raise TypeError(f"'numpy.{type(self).__name__}' object is not iterable")

    def __reduce__(self):
        return (_restore, (self.dtype.name, self.item()))

    # Python ---------------------------------------------------------------------

    def __bool__(self):
        return builtins.bool(self._v)

    def __int__(self):
        return int(self._v)

    def __float__(self):
        return float(self._v)

    def __complex__(self):
        return complex(self._v)

    def __hash__(self):
        return hash(self._v)

    def __str__(self):
        return str(self._v)

    def __repr__(self):
        return f'np.{type(self).__name__}({self!s})'

    def __format__(self, spec):
        return format(self._v, spec)

    def __neg__(self):
        return link.call('negative', self)

    def __pos__(self):
        return self

    def __abs__(self):
        return link.call('absolute', self)

    def __round__(self, ndigits=None):
        if ndigits is None:
            return round(self.item())
        return self.round(ndigits)

    def __divmod__(self, other):
        return (self // other, self % other)

    def __rdivmod__(self, other):
        return (other // self, other % self)


def _restore(name, value):
    return all_dtypes_by_name[name].type(value)


all_dtypes_by_name = {t.name: t for t in (*all_dtypes, _half)}


def _delegate(name):
    def method(self, *args, **kwargs):
        return getattr(_as_array(self), name)(*args, **kwargs)

    method.__name__ = name
    method.__qualname__ = f'generic.{name}'
    method.__doc__ = f'As the method `{name}` of a 0-d array.'
    return method


for _name in ('sum prod mean std var max min argmax argmin any all cumsum cumprod ptp clip reshape ravel flatten repeat take dot trace '
              'searchsorted nonzero sort argsort tobytes fill byteswap diagonal swapaxes compress choose put resize').split():
    setattr(generic, _name, _delegate(_name))

_weak = (builtins.bool, int, float, complex)
_symbols = {
    'add': 'add', 'subtract': 'sub', 'multiply': 'mul', 'divide': 'truediv', 'floor_divide': 'floordiv', 'remainder': 'mod', 'power': 'pow',
    'bitwise_and': 'and', 'bitwise_or': 'or', 'bitwise_xor': 'xor', 'left_shift': 'lshift', 'right_shift': 'rshift',
}
_wrapping = {'add': operator.add, 'subtract': operator.sub, 'multiply': operator.mul}


def _value(x):
    return x._v if isinstance(x, generic) else x


def scalar_operation(name, a, b):
    """An operation of two scalars of which one is NumPy's: its dtype as for arrays, its warnings as for scalars."""
    if type(a) is float16 or type(b) is float16:
        from .half import ufunc

        return ufunc(name, (a, b), {})
    if name in _wrapping:
        from .dtypes import result_type

        t = result_type(a, b)
        if t.kind in 'iu':
            for x in (a, b):
                if not isinstance(x, generic):
                    t.type(x)
            r = _wrapping[name](int(_value(a)), int(_value(b)))
            bits = t.itemsize * 8
            low = 0 if t.kind == 'u' else -(1 << (bits - 1))
            if not low <= r < low + (1 << bits):
                link.float_error(2, f'scalar {name}')
                r = (r - low) % (1 << bits) + low
            return link.scalar_makers[t._code](r)
    kinds, values = link.encode((a, b), {})
    v = link.invoke(link.engine.ufunc, name, kinds, *values)
    if v < 0:
        link.float_error(link.engine.flags(), f'scalar {name}')
        v = -1 - v
    return link.wrap(v)


def _operate(name, a, b, other):
    """The slow way of an operator; `other` is the operand that is not ours."""
    if isinstance(other, (generic, *_weak)):
        return scalar_operation(name, a, b)
    if isinstance(other, (list, tuple)):
        if name == 'multiply':
            ours = b if other is a else a
            if isinstance(ours, integer):
                return other * ours._v
            raise TypeError(f"can't multiply sequence by non-int of type 'numpy.{type(ours).__name__}'")
        from .creation import asanyarray as asarray

        return getattr(operator, _python_name[name])(asarray(a), asarray(b))
    if isinstance(other, str) and name == 'multiply' and isinstance(b if other is a else a, integer):
        return other * (b if other is a else a)._v
    return NotImplemented


_python_name = {name: {'and': 'and_', 'or': 'or_'}.get(symbol, symbol) for name, symbol in _symbols.items()}


def _define(name, symbol):
    def forward(self, other):
        return _operate(name, self, other, other)

    def backward(self, other):
        return _operate(name, other, self, other)

    setattr(generic, f'__{symbol}__', forward)
    setattr(generic, f'__r{symbol}__', backward)


for _name, _symbol in _symbols.items():
    _define(_name, _symbol)


def _compare(symbol, function):
    def method(self, other):
        if isinstance(other, generic):
            return True_ if function(self._v, other._v) else False_
        if isinstance(other, _weak):
            if self._code == 9 and type(other) is float:
                other = link.memory('f', [other])[0]
            elif self._code == 16:
                other = link.engine.halfNumber(float(other))
            return True_ if function(self._v, other) else False_
        if isinstance(other, str) and symbol in ('eq', 'ne'):
            return True_ if symbol == 'ne' else False_
        if isinstance(other, (list, tuple)):
            from .creation import asanyarray as asarray

            return function(asarray(self), asarray(other))
        return NotImplemented

    setattr(generic, f'__{symbol}__', method)


for _symbol in ('eq', 'ne', 'lt', 'le', 'gt', 'ge'):
    _compare(_symbol, getattr(operator, _symbol))


class number(generic):
    """Any number."""

    __slots__ = ()
    __module__ = 'numpy'

    def __class_getitem__(cls, item):
        return cls


class integer(number):
    """Any integer."""

    __slots__ = ()
    __module__ = 'numpy'

    def __index__(self):
        return self._v

    def __neg__(self):
        made = link.call('negative', self)
        if made._v != -self._v:
            link.float_error(2, 'scalar negative')
        return made

    def __invert__(self):
        return link.call('invert', self)

    def is_integer(self):
        """True."""
        return True

    def bit_count(self):
        """How many bits of the absolute value are 1."""
        return self._v.bit_count()

    numerator = property(lambda self: self)
    denominator = property(lambda self: 1)


class signedinteger(integer):
    """Any signed integer."""

    __slots__ = ()
    __module__ = 'numpy'


class unsignedinteger(integer):
    """Any unsigned integer."""

    __slots__ = ()
    __module__ = 'numpy'


class inexact(number):
    """Any number that is not exact."""

    __slots__ = ()
    __module__ = 'numpy'


class floating(inexact):
    """Any floating-point number."""

    __slots__ = ()
    __module__ = 'numpy'


class complexfloating(inexact):
    """Any complex number."""

    __slots__ = ()
    __module__ = 'numpy'


class flexible(generic):
    """Data of variable size: text, bytes and records."""

    __slots__ = ()
    __module__ = 'numpy'


class character(flexible):
    """Text and bytes."""

    __slots__ = ()
    __module__ = 'numpy'


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
        return f'np.{type(self).__name__}({self._python.__repr__(self)})'

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


# ---------------------------------------------------------------- bool


class bool(generic):  # noqa: A001 the name is NumPy's
    """Boolean type: True or False, stored as a byte."""

    __slots__ = ('_v',)
    __module__ = 'numpy'
    _code = 0

    def __new__(cls, value=False, /):
        if isinstance(value, (list, tuple, link.ndarray)):
            from .creation import asanyarray as asarray

            made = asarray(value).astype('bool')
            return made if made.ndim else made[()]
        return True_ if value else False_

    def __repr__(self):
        return 'np.True_' if self._v else 'np.False_'

    def __format__(self, spec):
        return format(str(self._v), spec) if spec == '' else format(self._v, spec)

    def __invert__(self):
        return False_ if self._v else True_

    def __neg__(self):
        raise TypeError('The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.')

    def __and__(self, other):
        t = type(other)
        if t is bool or t is builtins.bool:
            return True_ if self._v and other else False_
        return _operate('bitwise_and', self, other, other)

    def __or__(self, other):
        t = type(other)
        if t is bool or t is builtins.bool:
            return True_ if self._v or other else False_
        return _operate('bitwise_or', self, other, other)

    def __index__(self):
        raise TypeError("'numpy.bool' object cannot be interpreted as an integer")


True_ = _new(bool)
True_._v = True
False_ = _new(bool)
False_._v = False
bool_ = bool
register(bool, 0)
link.scalar_types[0] = bool
link.scalar_makers[0] = lambda v: True_ if v else False_


# ---------------------------------------------------------------- integers


def _integer_type(name, code, base, bits):
    low = -(1 << (bits - 1)) if base is signedinteger else 0
    high = low + (1 << bits)

    def make(v):
        made = _new(cls)
        # The bridge gives integers past 2**53 as a type of their own.
        made._v = v if type(v) is int else int(v)
        return made

    def __new__(cls, value=0, /):
        if type(value) is not int:
            if isinstance(value, (list, tuple, link.ndarray)):
                from .creation import asanyarray as asarray

                made = asarray(value).astype(name)
                return made if made.ndim else made[()]
            if isinstance(value, generic):
                if value._code == code:
                    return value
                return value.astype(name)
            if value is None:
                raise TypeError(f"int() argument must be a string, a bytes-like object or a real number, not 'NoneType'")
            value = int(value)
        if not low <= value < high:
            if bits == 64 and not -(1 << 63) <= value < 1 << 64:
                raise OverflowError('Python int too large to convert to C long')
            if name == 'int64':
                raise OverflowError('Python int too large to convert to C long')
            raise OverflowError(f'Python integer {value} out of bounds for {name}')
        return make(value)

    cls = type(name, (base,), {'__slots__': ('_v',), '__module__': 'numpy', '_code': code, '__new__': __new__,
                               '__doc__': f"{'Signed' if base is signedinteger else 'Unsigned'} integer of {bits} bits."})
    register(cls, code)
    link.scalar_types[code] = cls
    link.scalar_makers[code] = make
    numbers.Integral.register(cls)
    return cls


int8 = _integer_type('int8', 1, signedinteger, 8)
int16 = _integer_type('int16', 2, signedinteger, 16)
int32 = _integer_type('int32', 3, signedinteger, 32)
int64 = _integer_type('int64', 4, signedinteger, 64)
uint8 = _integer_type('uint8', 5, unsignedinteger, 8)
uint16 = _integer_type('uint16', 6, unsignedinteger, 16)
uint32 = _integer_type('uint32', 7, unsignedinteger, 32)
uint64 = _integer_type('uint64', 8, unsignedinteger, 64)

_make_int64 = link.scalar_makers[4]


def _quick_int(symbol, name, function):
    slow = getattr(generic, f'__{symbol}__')
    slow_back = getattr(generic, f'__r{symbol}__')

    def forward(self, other):
        t = type(other)
        if t is int64:
            r = function(self._v, other._v)
        elif t is int:
            r = function(self._v, other)
        else:
            return slow(self, other)
        if -9223372036854775808 <= r < 9223372036854775808:
            made = _new(int64)
            made._v = r
            return made
        return slow(self, other)

    def backward(self, other):
        if type(other) is int:
            r = function(other, self._v)
            if -9223372036854775808 <= r < 9223372036854775808:
                made = _new(int64)
                made._v = r
                return made
        return slow_back(self, other)

    setattr(int64, f'__{symbol}__', forward)
    setattr(int64, f'__r{symbol}__', backward)


_quick_int('add', 'add', operator.add)
_quick_int('sub', 'subtract', operator.sub)
_quick_int('mul', 'multiply', operator.mul)


# ---------------------------------------------------------------- floats


def _from_sequence(value, name):
    from .creation import asanyarray as asarray

    made = asarray(value).astype(name)
    return made if made.ndim else made[()]


class float16(floating):
    """Floating-point number of 16 bits."""

    __slots__ = ('_v',)
    __module__ = 'numpy'
    _code = 16
    _place = ('numpy._core.half', 1)

    def __new__(cls, value=0.0, /):
        if isinstance(value, (list, tuple, link.ndarray)):
            return _from_sequence(value, 'float16')
        wide = float('nan') if value is None else float(value.real if isinstance(value, complexfloating) else value)
        made = float(link.engine.halfNumber(wide))
        if made in (_inf, -_inf) and wide not in (_inf, -_inf):
            link.float_error(2, 'cast')
        return float16._of(made)

    @staticmethod
    def _of(value):
        made = _new(float16)
        made._v = value
        return made

    dtype = property(lambda self: _half, doc='The dtype of the scalar.')
    itemsize = nbytes = property(lambda self: 2, doc='Bytes.')

    def _put(self, kinds, values):
        raise link.Boxed

    def _whole(self):
        from .half import rounded

        return rounded(self)

    def __str__(self):
        v = self._v
        short = float(link.engine.halfShortest(v))
        if v == 0 or 1e-4 <= abs(v) < 1000 or v != v or v in (_inf, -_inf):
            return repr(short)
        digits, _, power = f'{short:.4e}'.partition('e')
        return f"{digits.rstrip('0').rstrip('.')}e{power}"

    def is_integer(self):
        """True when the value has no fraction."""
        return self._v.is_integer()

    def as_integer_ratio(self):
        """Two integers whose quotient is the value."""
        return self._v.as_integer_ratio()


_by_type[float16] = _half
_half.type = float16


class float32(floating):
    """Floating-point number of 32 bits."""

    __slots__ = ('_v',)
    __module__ = 'numpy'
    _code = 9

    def __new__(cls, value=0.0, /):
        if isinstance(value, (list, tuple, link.ndarray)):
            return _from_sequence(value, 'float32')
        if value is None:
            value = float('nan')
        wide = float(value.real if isinstance(value, complexfloating) else value)
        made = link.memory('f', [wide])[0]
        if made in (_inf, -_inf) and wide not in (_inf, -_inf):
            link.float_error(2, 'cast')
        return _make_float32(made)

    def __str__(self):
        return link.engine.scalarText(9, self._v)

    def is_integer(self):
        """True when the value has no fraction."""
        return self._v.is_integer()

    def as_integer_ratio(self):
        """Two integers whose quotient is the value."""
        return self._v.as_integer_ratio()


def _make_float32(v):
    made = _new(float32)
    made._v = v
    return made


class float64(floating, float):
    """Floating-point number of 64 bits; a Python float."""

    __slots__ = ()
    __module__ = 'numpy'
    _code = 10

    def __new__(cls, value=0.0, /):
        t = type(value)
        if t is float or t is int:
            return _float_new(cls, value)
        if t is link.ndarray or t is list or t is tuple:
            return _from_sequence(value, 'float64')
        if value is None:
            return _float_new(cls, 'nan')
        if isinstance(value, complexfloating):
            value = value.real
        return _float_new(cls, value)

    _v = property(float.__pos__)

    def item(self, *args):
        """The value as a Python float."""
        return float.__pos__(self)

    tolist = item

    def _put(self, kinds, values):
        kinds.append('n')
        values.append(10)
        values.append(self)

    def _keep(self):
        return link.engine.keepScalar(10, self)

    real = property(lambda self: self, doc='The real part.')
    imag = property(lambda self: _float_new(float64, 0.0), doc='The imaginary part.')
    __bool__ = float.__bool__
    __int__ = float.__int__
    __float__ = float.__float__
    __hash__ = float.__hash__
    __str__ = float.__repr__

    def __complex__(self):
        return complex(float.__pos__(self))

    def __repr__(self):
        return f'np.float64({float.__repr__(self)})'

    def __format__(self, spec):
        return float.__repr__(self) if spec == '' else float.__format__(self, spec)

    def __neg__(self):
        return _float_new(float64, float.__neg__(self))

    def __abs__(self):
        return _float_new(float64, float.__abs__(self))

    def __reduce__(self):
        return (float64, (float.__pos__(self),))


def _quick_float(symbol, guard):
    function = getattr(float, f'__{symbol}__')
    function_back = getattr(float, f'__r{symbol}__')
    slow = getattr(generic, f'__{symbol}__')
    slow_back = getattr(generic, f'__r{symbol}__')

    def forward(self, other):
        t = type(other)
        if t is float64 or t is float or t is int:
            try:
                r = function(self, other)
            except (ZeroDivisionError, OverflowError):
                return slow(self, other)
            if type(r) is float and -_inf < r < _inf:
                return _float_new(float64, r)
        return slow(self, other)

    def backward(self, other):
        t = type(other)
        if t is float or t is int:
            try:
                r = function_back(self, other)
            except (ZeroDivisionError, OverflowError):
                return slow_back(self, other)
            if type(r) is float and -_inf < r < _inf:
                return _float_new(float64, r)
        return slow_back(self, other)

    setattr(float64, f'__{symbol}__', forward)
    setattr(float64, f'__r{symbol}__', backward)


for _symbol in ('add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow'):
    _quick_float(_symbol, None)


def _quick_comparison(symbol):
    function = getattr(float, f'__{symbol}__')
    slow = getattr(generic, f'__{symbol}__')

    def method(self, other):
        t = type(other)
        if t is float64 or t is float or t is int:
            return True_ if function(self, other) else False_
        return slow(self, other)

    setattr(float64, f'__{symbol}__', method)


for _symbol in ('eq', 'ne', 'lt', 'le', 'gt', 'ge'):
    _quick_comparison(_symbol)


# ---------------------------------------------------------------- complex


class _complex_methods:
    __slots__ = ()

    def _put(self, kinds, values):
        v = self._v
        kinds.append('z')
        values += (self._code, v.real, v.imag)

    def _keep(self):
        v = self._v
        return link.engine.keepComplex(self._code, v.real, v.imag)

    def __str__(self):
        v = self._v
        return link.engine.complexText(self._code, v.real, v.imag)

    def __repr__(self):
        text = str(self)
        return f'np.{type(self).__name__}({text[1:-1] if text[0] == "(" else text})'

    def conjugate(self):
        """The complex conjugate."""
        return link.scalar_makers[self._code](self._v.conjugate())

    conj = conjugate

    def __int__(self):
        from ..exceptions import ComplexWarning

        link.warn('Casting complex values to real discards the imaginary part', ComplexWarning)
        return int(self._v.real)

    def __float__(self):
        from ..exceptions import ComplexWarning

        link.warn('Casting complex values to real discards the imaginary part', ComplexWarning)
        return float(self._v.real)

    def __neg__(self):
        return link.scalar_makers[self._code](-self._v)

    def __abs__(self):
        return link.scalar_types[self._code - 2](abs(self._v))


class complex64(_complex_methods, complexfloating):
    """Complex number of two 32-bit floats."""

    __slots__ = ('_v',)
    __module__ = 'numpy'
    _code = 11

    def __new__(cls, real=0, imag=0, /):
        if isinstance(real, (list, tuple, link.ndarray)):
            return _from_sequence(real, 'complex64')
        z = complex(real) if isinstance(real, str) else complex(real) + 1j * imag if imag else complex(real)
        pair = link.memory('f', [z.real, z.imag])
        return _make_complex64(complex(*pair))

    real = property(lambda self: _make_float32(self._v.real), doc='The real part.')
    imag = property(lambda self: _make_float32(self._v.imag), doc='The imaginary part.')


def _make_complex64(v):
    made = _new(complex64)
    made._v = v
    return made


class complex128(_complex_methods, complexfloating, complex):
    """Complex number of two 64-bit floats; a Python complex."""

    __slots__ = ()
    __module__ = 'numpy'
    _code = 12

    def __new__(cls, real=0, imag=0, /):
        if isinstance(real, (list, tuple, link.ndarray)):
            return _from_sequence(real, 'complex128')
        return _complex_new(cls, real) if not imag else _complex_new(cls, real, imag)

    _v = property(lambda self: complex.__pos__(self))
    real = property(lambda self: _float_new(float64, complex.__pos__(self).real), doc='The real part.')
    imag = property(lambda self: _float_new(float64, complex.__pos__(self).imag), doc='The imaginary part.')
    __bool__ = complex.__bool__
    __hash__ = complex.__hash__

    def __complex__(self):
        return complex.__pos__(self)


def _make_complex128(v):
    return _complex_new(complex128, v)


for _class, _code, _make in ((float32, 9, _make_float32), (float64, 10, lambda v: _float_new(float64, v)),
                             (complex64, 11, _make_complex64), (complex128, 12, _make_complex128)):
    register(_class, _code)
    link.scalar_types[_code] = _class
    link.scalar_makers[_code] = _make

numbers.Real.register(floating)
numbers.Complex.register(complexfloating)
link.generic = generic

byte, short, intc, long, longlong, int_, intp = int8, int16, int32, int64, int64, int64, int64
ubyte, ushort, uintc, ulong, ulonglong, uint, uintp = uint8, uint16, uint32, uint64, uint64, uint64, uint64
half, single, double, csingle, cdouble = float16, float32, float64, complex64, complex128
ScalarType = (int, float, complex, builtins.bool, bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float16, float32, float64, complex64, complex128)
sctypeDict = {t.name: t.type for t in (*all_dtypes, _half)}
sctypeDict |= {'bool_': bool, 'byte': int8, 'ubyte': uint8, 'short': int16, 'ushort': uint16, 'intc': int32, 'uintc': uint32, 'long': int64, 'ulong': uint64, 'longlong': int64,
               'ulonglong': uint64, 'intp': int64, 'uintp': uint64, 'int_': int64, 'uint': uint64, 'int': int64, 'half': float16, 'single': float32, 'double': float64,
               'float': float64, 'csingle': complex64, 'cdouble': complex128, 'complex': complex128, 'str': str_, 'str_': str_, 'unicode': str_, 'bytes': bytes_, 'bytes_': bytes_, 'a': bytes_,
               'void': void, 'object': object_, 'object_': object_}
