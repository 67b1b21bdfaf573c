"""What all scalars have in common, their operators, the kinds of numbers, and the truth values that comparisons give."""

import builtins
import operator
import pickle
import types

from . import link
from .dtypes import _half, all_dtypes, register

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
        return link.quick['array'](self)

    dtype = property(lambda self: all_dtypes[self._code], doc='The dtype of the scalar.')
    shape = property(lambda self: (), doc='()')
    strides = property(lambda self: (), doc='()')
    ndim = property(lambda self: 0, doc='0')
    size = property(lambda self: 1, doc='1')
    itemsize = property(lambda self: all_dtypes[self._code].itemsize, doc='Bytes.')
    nbytes = property(lambda self: all_dtypes[self._code].itemsize, doc='Bytes.')
    base = property(lambda self: None, doc='None')
    T = property(lambda self: self, doc='The scalar itself.')
    device = property(lambda self: 'cpu', doc="'cpu'")
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

    def dumps(self):
        """The pickle of the scalar as a bytes object."""
        return pickle.dumps(self)

    def dump(self, file):
        """Writes a pickle of the scalar to a file."""
        return link.ndarray.dump(self, file)

    def setflags(self, write=None, align=None, uic=None):
        """Nothing: a scalar is never written to."""

    def setfield(self, val, dtype, offset=0):
        """Refused: a scalar is never written to."""
        raise TypeError('array-scalars are immutable')

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def squeeze(self, axis=None):
        """The scalar itself."""
        if axis not in (None, 0, -1, ()):
            raise link.AxisError(axis, 0)
        return self

    def transpose(self, *axes):
        """The scalar itself."""
        return self

    def round(self, decimals=0, out=None):
        """The scalar rounded to a number of decimals."""
        made = link.call('round', self, decimals)
        if out is None:
            return made
        out[...] = made
        return out

    def __array__(self, dtype=None, copy=None):
        a = _as_array(self)
        return a if dtype is None else a.astype(dtype)

    def __array_wrap__(self, array, context=None, return_scalar=True):
        return array[()] if return_scalar and array.ndim == 0 else array

    def __array_namespace__(self, /, *, api_version=None):
        return link.ndarray.__array_namespace__(self, api_version=api_version)

    def to_device(self, device, /, *, stream=None):
        """The scalar itself: all lie at the processor."""
        return link.ndarray.to_device(self, device, stream=stream)

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
        return str(self) if link.plain_scalars else f'np.{type(self).__name__}({self!s})'

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
        return _divided(self, other)

    def __rdivmod__(self, other):
        return _divided(other, self)


def _divided(a, b):
    """Floor and remainder of a quotient, which warn together."""
    if not isinstance(_value(a), _weak) or not isinstance(_value(b), _weak):
        return NotImplemented
    if isinstance(_value(a), complex) or isinstance(_value(b), complex):
        raise _unsupported('divmod', 'divmod()', a, b)
    made, flags = link.gathered(lambda: (a // b, a % b))
    if flags:
        link.float_error(flags, 'scalar divmod' if _own(a, b) else 'divmod')
    return made


def _unsupported(name, symbol, a, b):
    if not _own(a, b):
        return TypeError(f"ufunc '{name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''")
    one, two = (f'numpy.{type(x).__name__}' if isinstance(x, generic) else type(x).__name__ for x in (a, b))
    return TypeError(f"unsupported operand type(s) for {symbol}: '{one}' and '{two}'")


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
              'searchsorted nonzero sort argsort tobytes fill byteswap diagonal swapaxes compress choose put resize getfield tofile').split():
    setattr(generic, _name, _delegate(_name))

_weak = (builtins.bool, int, float, complex)
_symbols = {
    'add': 'add', 'subtract': 'sub', 'multiply': 'mul', 'divide': 'truediv', 'floor_divide': 'floordiv', 'remainder': 'mod', 'power': 'pow',
    'bitwise_and': 'and', 'bitwise_or': 'or', 'bitwise_xor': 'xor', 'left_shift': 'lshift', 'right_shift': 'rshift',
}
_of_bits = ('bitwise_and', 'bitwise_or', 'bitwise_xor', 'left_shift', 'right_shift')
_wrapping = {'add': operator.add, 'subtract': operator.sub, 'multiply': operator.mul}


def _value(x):
    return x._v if isinstance(x, generic) else x


def _adapted(name, x, ours):
    """A number of Python beside a scalar: an int past 64 bits is a float where the result is one, what single precision cannot hold infinite."""
    large = type(x) is int and not -1 << 63 <= x < 1 << 63
    if ours._code in (9, 11) and (large or type(x) is float) and name not in _of_bits:
        wide = float(x)
        narrow = link.memory('f', [wide])[0]
        if narrow - narrow and not wide - wide:
            link.float_error(2, 'cast')
        return narrow
    if not large:
        return x
    if name in _of_bits and ours.dtype.kind in 'fc':
        return 1
    if ours.dtype.kind in 'fc' or name == 'divide':
        return float(x)
    if ours._code == 8 and 0 <= x < 1 << 64:
        return x
    raise OverflowError('Python int too large to convert to C long')


def scalar_operation(name, a, b):
    """An operation of two scalars of which one is NumPy's: its dtype as for arrays, its warnings as for scalars."""
    if not isinstance(a, generic):
        a = _adapted(name, a, b)
    elif not isinstance(b, generic):
        b = _adapted(name, b, a)
    if getattr(a, '_code', None) == _half._code or getattr(b, '_code', None) == _half._code:
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
                if type(a) is not bool:
                    link.float_error(2, f'scalar {name}')
                r = (r - low) % (1 << bits) + low
            return link.scalar_makers[t._code](r)
    kinds, values = link.encode((a, b), {})
    v = link.invoke(link.engine.ufunc, name, kinds, *values)
    if v >= 0:
        return link.wrap(v)
    flags = link.engine.flags()
    made = link.wrap(-1 - v)
    link.float_error(flags, f'scalar {name}' if _own(a, b) else name)
    return made


def _own(a, b):
    """NumPy's scalars compute by themselves where both can be of the kind of one of them; else arrays do."""
    from .dtypes import result_type

    return type(a) is not bool and result_type(a, b).type in (type(a), type(b))


def _operate(name, a, b, other):
    """The slow way of an operator; `other` is the operand that is not ours."""
    if isinstance(other, (generic, *_weak)):
        if name in ('floor_divide', 'remainder') and (isinstance(_value(a), complex) or isinstance(_value(b), complex)):
            raise _unsupported(name, '//' if name == 'floor_divide' else '%', a, b)
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
    if getattr(type(other), '__array_ufunc__', None) is not None:
        from . import ufuncs

        return getattr(ufuncs, name)(a, b)
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
        return _alias(cls, item)


def _alias(cls, item):
    """The class for type hints: a complex one takes up to two arguments, others one."""
    count = len(item) if isinstance(item, tuple) else 1
    most = 2 if issubclass(cls, complexfloating) else 1
    if '_code' in vars(cls) and cls is not bool:
        raise TypeError(f'There are no type variables left in numpy.{cls.__name__}')
    if cls is not bool and (count > most or not count):
        raise TypeError(f"Too {'many' if count else 'few'} arguments for numpy.{cls.__name__}")
    return types.GenericAlias(cls, item)


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
        return str(self._v) if link.plain_scalars else 'np.True_' if self._v else 'np.False_'

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

    def __class_getitem__(cls, item):
        return _alias(cls, item)

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
