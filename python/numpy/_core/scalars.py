"""Scalar types of numbers: what an element of an array is in Python."""

import builtins
import numbers
import operator

from . import link, scalar_arithmetic
from .dtypes import _by_type, _half, all_dtypes, register
from .flexible import bytes_, object_, str_, void
from .generic import False_, True_, bool, complexfloating, floating, generic, signedinteger, unsignedinteger  # noqa: A004 the name is NumPy's

_float_new = float.__new__
_complex_new = complex.__new__
_new = object.__new__
_inf = float('inf')

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
        made = float(link.engine.halfNumber(wide)) if wide else wide
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
        short = float(link.engine.halfShortest(v)) if v else v
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
        return float.__repr__(self) if link.plain_scalars else f'np.float64({float.__repr__(self)})'

    def __format__(self, spec):
        return float.__repr__(self) if spec == '' else float.__format__(self, spec)

    def __neg__(self):
        return _float_new(float64, float.__neg__(self))

    def __abs__(self):
        return _float_new(float64, float.__abs__(self))

    def __reduce__(self):
        return (float64, (float.__pos__(self),))


def _quick_comparison(symbol):
    function = getattr(float, f'__{symbol}__')
    slow = getattr(generic, f'__{symbol}__')

    def method(self, other):
        t = type(other)
        if t is float64 or t is float or t is int:
            return True_ if function(self, other) else False_
        if t is link.ndarray:
            return NotImplemented
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
        if link.plain_scalars:
            return text
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

scalar_arithmetic.install({0: bool, **dict(enumerate((int8, int16, int32, int64, uint8, uint16, uint32, uint64, float32, float64, complex64, complex128), 1))})


# The commonest meet no table.
def _quick_int(symbol, function):
    slow = getattr(int64, f'__{symbol}__')
    slow_back = getattr(int64, f'__r{symbol}__')

    def forward(self, other):
        t = type(other)
        if t is int64:
            r = function(self._v, other._v)
        elif t is int and -9223372036854775808 <= other < 9223372036854775808:
            r = function(self._v, other)
        else:
            return slow(self, other)
        if -9223372036854775808 <= r < 9223372036854775808:
            made = _new(int64)
            made._v = r
            return made
        return slow(self, other)

    def backward(self, other):
        if type(other) is int and -9223372036854775808 <= other < 9223372036854775808:
            r = function(other, self._v)
            if -9223372036854775808 <= r < 9223372036854775808:
                made = _new(int64)
                made._v = r
                return made
        return slow_back(self, other)

    setattr(int64, f'__{symbol}__', forward)
    setattr(int64, f'__r{symbol}__', backward)


_quick_int('add', operator.add)
_quick_int('sub', operator.sub)
_quick_int('mul', operator.mul)


def _quick_float(symbol):
    function = getattr(float, f'__{symbol}__')
    function_back = getattr(float, f'__r{symbol}__')
    slow = getattr(float64, f'__{symbol}__')
    slow_back = getattr(float64, f'__r{symbol}__')

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
    _quick_float(_symbol)

numbers.Real.register(floating)
numbers.Complex.register(complexfloating)
link.generic = generic

byte, short, intc, long, longlong, int_, intp = int8, int16, int32, int64, int64, int64, int64
ubyte, ushort, uintc, ulong, ulonglong, uint, uintp = uint8, uint16, uint32, uint64, uint64, uint64, uint64
half, single, double, csingle, cdouble = float16, float32, float64, complex64, complex128
ScalarType = (int, float, complex, builtins.bool, bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float16, float32, float64, complex64, complex128)
typecodes = {'Character': 'c', 'Integer': 'bhilqnp', 'UnsignedInteger': 'BHILQNP', 'Float': 'efdg', 'Complex': 'FDG', 'AllInteger': 'bBhHiIlLqQnNpP', 'AllFloat': 'efdgFDG',
             'Datetime': 'Mm', 'All': '?bhilqnpBHILQNPefdgFDGSUVOMm'}
sctypeDict = {t.name: t.type for t in (*all_dtypes, _half)}
sctypeDict |= {'bool_': bool, 'byte': int8, 'ubyte': uint8, 'short': int16, 'ushort': uint16, 'intc': int32, 'uintc': uint32, 'long': int64, 'ulong': uint64, 'longlong': int64,
               'ulonglong': uint64, 'intp': int64, 'uintp': uint64, 'int_': int64, 'uint': uint64, 'int': int64, 'half': float16, 'single': float32, 'double': float64,
               'float': float64, 'csingle': complex64, 'cdouble': complex128, 'complex': complex128, 'str': str_, 'str_': str_, 'unicode': str_, 'bytes': bytes_, 'bytes_': bytes_, 'a': bytes_,
               'void': void, 'object': object_, 'object_': object_}
