"""Data types: `dtype` objects, their limits, and how they combine."""

import math
import types

from . import link

_names = link.engine.dtypeNames().split()
_letters = '?bhilBHILfdFD'
_kinds = 'biiiiuuuuffcc'
_sizes = (1, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8, 8, 16)
_aliases = {
    'float': 10, 'double': 10, 'single': 9, 'int': 4, 'uint': 8, 'intp': 4, 'uintp': 8, 'intc': 3, 'uintc': 7,
    'long': 4, 'ulong': 8, 'longlong': 4, 'ulonglong': 8, 'short': 2, 'ushort': 6, 'byte': 1, 'ubyte': 5,
    'complex': 12, 'cdouble': 12, 'csingle': 11, 'bool_': 0, 'f': 9, 'd': 10, 'q': 4, 'Q': 8, 'p': 4, 'P': 8, 'n': 4, 'N': 8,
}
for _code, _name in enumerate(_names):
    _aliases[_name] = _code
    _aliases[_letters[_code]] = _code
    _aliases[f'{_kinds[_code]}{_sizes[_code]}'] = _code
_missing = ('longdouble', 'float128', 'g')


class dtype:
    """
    dtype(dtype, align=False, copy=False)

    The type of the elements of an array. `np.dtype('float64')`, `np.dtype(float)` and `np.dtype('f8')` are one.
    """

    __slots__ = ('num', 'name', 'kind', 'char', 'itemsize', 'str', 'type', '_code', 'names', '_parts', '_sub', '_aligned')
    __module__ = 'numpy'

    def __new__(cls, dtype=None, align=False, copy=False, metadata=None):
        if metadata is not None:
            return _Besides(_find(dtype), dict(metadata))
        if align and isinstance(dtype, (list, dict)):
            return fields.of_list(dtype, True)
        if cls is not _dtype_class and dtype is None:
            return _of_class(cls)
        return dtype if isinstance(dtype, _Besides) else _find(dtype)

    def __repr__(self):
        return f"dtype('{self.name}')" if self._code <= 12 or self.num == 23 else f'dtype({fields.written(self, True)})'

    def __str__(self):
        return self.name if self.kind not in 'USV' else fields.written(self)

    def __hash__(self):
        return hash(self.name)

    def __getitem__(self, key):
        if self.names is None:
            raise KeyError(f'There are no fields in dtype {self}.')
        if isinstance(key, list) and all(isinstance(k, str) for k in key):
            return fields.record_dtype([(k, self[k]) for k in key], [self.fields[k][1] for k in key], self.itemsize)
        if isinstance(key, int):
            return self._parts[key][1]
        for name, part, _ in self._parts:
            if name == key:
                return part
        raise KeyError(f'Field named {key!r} not found.')

    def __eq__(self, other):
        if self is other:
            return True
        if other is None or isinstance(other, _dtype_class):
            return other is None and self.name == 'float64'
        try:
            return _find(other) is self
        except TypeError:
            return False

    def __ne__(self, other):
        return not self == other

    def __lt__(self, other):
        return can_cast(self, _find(other)) and self != other

    def __le__(self, other):
        return can_cast(self, _find(other))

    def __gt__(self, other):
        return _find(other) < self

    def __ge__(self, other):
        return _find(other) <= self

    def __bool__(self):
        return True

    def __len__(self):
        return 0 if self.names is None else len(self.names)

    def __reduce__(self):
        return (_dtype_class, (self.name if self.num < 17 else self.descr if self.names is not None else self.str,))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def __class_getitem__(cls, item):
        if item == ():
            raise TypeError(f'Too few arguments for numpy.{cls.__name__}')
        return types.GenericAlias(cls, item)

    def newbyteorder(self, new_order='S', /):
        """The type with another order of bytes, 'S' for the other one; arrays here hold none but the machine's own."""
        if str(new_order)[:1] not in 'SsBb>':
            return self
        if self.names is not None:
            return self if all(part.newbyteorder('>') is part for _, part, _ in self._parts) else _refuse('>')
        return self if self.itemsize == 1 or self.kind in 'SOVU' or self._code == 0 else _swapped(self)

    byteorder = property(lambda self: '|' if self.itemsize == 1 or self.kind in 'SOV' else '=')
    @property
    def alignment(self):
        """The number of bytes at whose multiples elements stand."""
        if self._sub is not None:
            return self._sub[0].alignment
        if self.names is not None:
            return max((part.alignment for _, part, _ in self._parts), default=1) if self._aligned else 1
        return {'c': self.itemsize // 2, 'U': 4, 'S': 1, 'V': 1}.get(self.kind, self.itemsize)

    isnative = property(lambda self: True)
    isbuiltin = property(lambda self: 1 if self.names is None else 0)
    isalignedstruct = property(lambda self: self._aligned)
    hasobject = property(lambda self: self is _object or any(part.hasobject for _, part, _ in self._parts or ()))
    fields = property(lambda self: None if self.names is None else types.MappingProxyType({name: (part, place) for name, part, place in self._parts}))
    subdtype = property(lambda self: self._sub)
    shape = property(lambda self: () if self._sub is None else self._sub[1])
    ndim = property(lambda self: len(self.shape))
    base = property(lambda self: self if self._sub is None else self._sub[0])
    descr = property(lambda self: fields.descr(self))
    flags = property(lambda self: 63 if self is _object else 0 if self.names is None else 27 if self.hasobject else 16)
    metadata = property(lambda self: None)


_dtype_class = dtype


class _Besides(dtype):
    """A type with metadata, or of the other byte order; arrays are of the plain type, or are refused."""

    __slots__ = ('_plain', '_told')
    __module__ = 'numpy'

    def __new__(cls, plain, told=None):
        made = object.__new__(cls)
        for name in dtype.__slots__:
            setattr(made, name, getattr(plain, name))
        made._plain, made._told = plain, told
        if told is None:
            made.str = f'>{plain.str[1:]}'
            made._code = 20
        return made

    metadata = property(lambda self: None if self._told is None else types.MappingProxyType(self._told))
    byteorder = property(lambda self: '>' if self._told is None else self._plain.byteorder)
    isnative = property(lambda self: self._told is not None)

    def __repr__(self):
        return f"dtype('{self.str}')" if self._told is None else repr(self._plain)

    def __str__(self):
        return self.str if self._told is None else str(self._plain)

    def __eq__(self, other):
        if self._told is not None:
            return self._plain == (other._plain if isinstance(other, _Besides) and other._told is not None else other)
        try:
            other = dtype(other)
        except TypeError:
            return False
        return isinstance(other, _Besides) and other._told is None and other._plain is self._plain

    def __hash__(self):
        return hash(self.str if self._told is None else self.name)

    def __reduce__(self):
        return (_dtype_class, (self.str,)) if self._told is None else (_dtype_class, (self._plain, False, False, self._told))

    def newbyteorder(self, new_order='S', /):
        """The type with another order of bytes."""
        if self._told is not None:
            return self._plain.newbyteorder(new_order)
        return self if str(new_order)[:1] in '>Bb|Ii' else self._plain


_turned = {}


def _swapped(plain):
    """The dtype of the other byte order; there is one for each."""
    if plain.num not in _turned:
        _turned[plain.num] = _Besides(plain)
    return _turned[plain.num]


_Besides.__name__ = _Besides.__qualname__ = 'dtype'


def _refuse(x):
    raise TypeError(f"data type '{x}' has the byte order of other machines, which arrays here do not have")


class _DTypeMeta(type):
    """The class of the classes of dtypes."""

    __module__ = 'numpy'
    type = property(lambda cls: classes[cls.__name__][1](), doc='The type of the scalars.')


# The classes of dtypes by their names, with what gives the one dtype of a class, or the type of its scalars.
classes = {}


def _dtype_subclass(title, scalar_type):
    made = _DTypeMeta(title, (dtype,), {'__slots__': (), '__module__': 'numpy.dtypes', '__doc__': f'The class of dtypes of {title[:-5].lower()} elements.'})
    classes[title] = made, scalar_type
    return made


def _of_class(cls):
    """The one dtype of a class."""
    kind = classes[cls.__name__][1]()
    if kind is _other_types.get('O'):
        return _object
    if _by_type.get(kind) is None:
        raise TypeError(f"Preliminary-API: Flexible/Parametric legacy DType '{cls!r}' can only be instantiated using `np.dtype(...)`")
    return _by_type[kind]


def _make(code):
    title = f"{_names[code].capitalize().replace('Uint', 'UInt')}DType"
    made = object.__new__(_dtype_subclass(title, lambda: all_dtypes[code].type))
    made._code = code
    made.num = (0, 1, 3, 5, 7, 2, 4, 6, 8, 11, 12, 14, 15)[code]
    made.name = _names[code]
    made.kind = _kinds[code]
    made.char = _letters[code]
    made.itemsize = _sizes[code]
    made.str = f"{'|' if _sizes[code] == 1 else '<'}{_kinds[code]}{_sizes[code]}"
    made.type = made.names = made._parts = made._sub = None
    made._aligned = False
    return made


_others = {}


def _make_other(code, num, name, kind, itemsize, text):
    if kind not in _others:
        _others[kind] = _dtype_subclass({'U': 'Str', 'S': 'Bytes', 'V': 'Void', 'O': 'Object', 'f': 'Float16'}[kind] + 'DType', lambda: _half.type if kind == 'f' else _other_types[kind])
    made = object.__new__(_others[kind])
    made._code, made.num, made.name, made.kind, made.char, made.itemsize, made.str = code, num, name, kind, kind, itemsize, text
    made.names = made._parts = made._sub = None
    made._aligned = False
    made.type = _other_types.get(kind)
    return made


_other_types = {}
_texts = {}


def string_dtype(kind, length):
    """The dtype of strings ('U') or bytes ('S') of at most `length`; 0 is what fits."""
    found = _texts.get((kind, length))
    if found is None:
        bits = length * (32 if kind == 'U' else 8)
        found = _make_other(14, 19 if kind == 'U' else 18, f"{'str' if kind == 'U' else 'bytes'}{bits or ''}", kind, bits // 8, f"{'<' if kind == 'U' else '|'}{kind}{length}")
        _texts[kind, length] = found
    return found


from . import fields  # noqa: E402 it needs the class above

_object = _make_other(13, 17, 'object', 'O', 8, '|O')
# Numbers of 16 bits are no dtype of the engine: see half.py.
_half = link.half = _make_other(16, 23, 'float16', 'f', 2, '<f2')
_half.char = 'e'
all_dtypes = [_make(code) for code in range(13)]
_by_type = {bool: all_dtypes[0], int: all_dtypes[4], float: all_dtypes[10], complex: all_dtypes[12], None: all_dtypes[10]}


def register(scalar_type, code):
    """Ties a scalar type to its dtype."""
    all_dtypes[code].type = scalar_type
    _by_type[scalar_type] = all_dtypes[code]


_too_general = {
    **dict.fromkeys(('number', 'inexact', 'floating'), '`np.inexact` or `np.floating` to a dtype not allowed'),
    **dict.fromkeys(('integer', 'signedinteger'), "'np.integer' or 'np.signedinteger' to a dtype is not allowed"),
    **dict.fromkeys(('generic', 'flexible'), '`np.generic` to a dtype is not allowed.'),
    'unsignedinteger': '`np.unsignedinteger` to a dtype is not allowed', 'complexfloating': '`np.complex` to a dtype is not allowed.',
    'character': '`np.character` to a dtype is not allowed',
}


def _find(x):
    if isinstance(x, dtype) and type(x) is not _Besides:
        return x
    try:
        found = _by_type.get(x)
    except TypeError:
        found = None
    if found is not None:
        return found
    if isinstance(x, bytes):
        x = x.decode('ascii')
    if isinstance(x, str):
        text = x[1:] if x[:1] in '<>=|' else x
        code = _aliases.get(text)
        if code is not None:
            return all_dtypes[code] if x[:1] != '>' or _sizes[code] == 1 else _swapped(all_dtypes[code])
        if text in ('float16', 'half', 'e', 'f2'):
            return _half
        if text == 'c':
            return string_dtype('S', 1)
        if text in ('O', 'object', 'object_', 'O8'):
            return _object
        if text in ('str', 'str_', 'bytes', 'bytes_'):
            return string_dtype('U' if text[0] == 's' else 'S', 0)
        if text[:1] in ('U', 'S', 'a') and (len(text) == 1 or text[1:].isdigit()):
            return string_dtype('U' if text[0] == 'U' else 'S', int(text[1:] or 0))
        if text[:1] == 'V' and (len(text) == 1 or text[1:].isdigit()) or text == 'void':
            return fields.void_dtype(int(text[1:] or 0) if text != 'void' else 0)
        if ',' in text or text[:1] in '(0123456789' and text:
            made = fields.of_text(x)
            if made is not None:
                return made
        if text.startswith(('datetime64', 'timedelta64', 'M8', 'm8')):
            raise TypeError(f"data type '{x}' is not available here: arrays hold no dates; lists of datetime.date and datetime.timedelta, and numbers of days or seconds, do the same")
        if text in _missing:
            raise TypeError(f"data type '{x}' is not available here: numbers are bool, int8 … uint64, float16, float32, float64, complex64 or complex128")
        raise TypeError(f'data type {x!r} not understood')
    if isinstance(x, type):
        if issubclass(x, dtype) and x is not dtype:
            return _of_class(x)
        if issubclass(x, link.generic):
            if x.__name__ in _too_general:
                raise TypeError(f'Converting {_too_general[x.__name__]}')
            known = next((_by_type[t] for t in x.__mro__ if t in _by_type), None)
            if known is not None:
                return known
        if x is object or x is _other_types.get('O'):
            return _object
        if x is _other_types.get('V'):
            return fields.void_dtype(0)
        if issubclass(x, str) or issubclass(x, bytes):
            return string_dtype('U' if issubclass(x, str) else 'S', 0)
        return _object
    if isinstance(x, _Besides):
        return x._plain if x._told is not None else x if x._plain._code <= 12 else _refuse(x.str)
    found = None if isinstance(x, type) else getattr(x, 'dtype', None)
    if isinstance(found, dtype):
        return _find(found)
    if isinstance(x, (list, dict, types.MappingProxyType)):
        return fields.of_list(dict(x) if isinstance(x, types.MappingProxyType) else x)
    if isinstance(x, tuple) and len(x) == 2:
        return fields.of_pair(x)
    raise TypeError(f"Cannot interpret '{x!r}' as a data type")


def as_dtype(x):
    """The dtype, or None."""
    return None if x is None else _find(x)


link.dtype = dtype


# ---------------------------------------------------------------- limits


class finfo:
    """
    finfo(dtype)

    Machine limits for floating point types.
    """

    __module__ = 'numpy'

    __class_getitem__ = classmethod(types.GenericAlias)
    _known = {}

    def __new__(cls, dtype):
        t = _find(type(dtype) if isinstance(dtype, (int, float, complex)) and not hasattr(dtype, 'dtype') else dtype)
        if t.kind == 'c':
            t = all_dtypes[t._code - 2]
        if t.kind != 'f':
            raise ValueError(f'data type {t.type!r} not inexact')
        if t.name not in cls._known:
            cls._known[t.name] = object.__new__(cls)
            cls._known[t.name]._fill(t)
        return cls._known[t.name]

    def _fill(self, t):
        make = t.type
        # Bits of the fraction and of the exponent.
        self.nmant, self.nexp, self.precision = {'float16': (10, 5, 3), 'float32': (23, 8, 6), 'float64': (52, 11, 15)}[t.name]
        self.maxexp = 1 << self.nexp - 1
        self.minexp = 2 - self.maxexp
        self.machep, self.negep, self.iexp = -self.nmant, -self.nmant - 1, self.nexp
        self.dtype = t
        self.bits = t.itemsize * 8
        self.eps = make(2.0 ** self.machep)
        self.epsneg = make(2.0 ** self.negep)
        self.max = make((2.0 - 2.0 ** -self.nmant) * 2.0 ** (self.maxexp - 1))
        self.min = -self.max
        self.tiny = self.smallest_normal = make(2.0 ** self.minexp)
        self.smallest_subnormal = make(2.0 ** (self.minexp - self.nmant))
        self.resolution = make(10.0 ** -self.precision)

    def __repr__(self):
        low, high = (f'{x:.5e}' if self.bits == 16 else str(x) for x in (self.min, self.max))
        return f'finfo(resolution={self.resolution!s}, min={low}, max={high}, dtype={self.dtype})'

    def __str__(self):
        rows = [
            (f'precision = {self.precision}', f'resolution = {self.resolution!s}'),
            (f'machep = {self.machep}', f'eps =        {self.eps!s}'),
            (f'negep =  {self.negep}', f'epsneg =     {self.epsneg!s}'),
            (f'minexp = {self.minexp}', f'tiny =       {self.tiny!s}'),
            (f'maxexp = {self.maxexp}', f'max =        {self.max!s}'),
            (f'nexp =   {self.nexp}', 'min =        -max'),
        ]
        lines = [f'Machine parameters for {self.dtype}', '-' * 63]
        lines += [f'{left}   {right}' for left, right in rows]
        lines += [f'smallest_normal = {self.smallest_normal!s}   smallest_subnormal = {self.smallest_subnormal!s}', '-' * 63, '']
        return '\n'.join(lines)


class iinfo:
    """
    iinfo(type)

    Machine limits for integer types.
    """

    __module__ = 'numpy'

    __class_getitem__ = classmethod(types.GenericAlias)

    def __init__(self, int_type):
        t = _find(type(int_type) if isinstance(int_type, (int, float, complex)) and not hasattr(int_type, 'dtype') else int_type)
        if t.kind not in 'iu':
            raise ValueError(f'Invalid integer data type {t.kind!r}.')
        self.dtype = t
        self.kind = t.kind
        self.bits = t.itemsize * 8
        self.key = f'{t.kind}{self.bits}'
        self.min = 0 if t.kind == 'u' else -(2 ** (self.bits - 1))
        self.max = 2**self.bits - 1 if t.kind == 'u' else 2 ** (self.bits - 1) - 1

    def __repr__(self):
        return f'iinfo(min={self.min}, max={self.max}, dtype={self.dtype})'

    def __str__(self):
        line = '-' * 63
        return f'Machine parameters for {self.dtype}\n{line}\nmin = {self.min}\nmax = {self.max}\n{line}\n'


# ---------------------------------------------------------------- promotion


def promote_types(type1, type2):
    """The smallest dtype to which both can be cast safely."""
    # Of the other byte order or not, together they are of the machine's own.
    one, two = (t._plain if isinstance(t, _Besides) else t for t in (dtype(type1), dtype(type2)))
    if one.num < 17 > two.num:
        return all_dtypes[_promoted(one._code, two._code)]
    if 'U' in (one.kind, two.kind) or 'S' in (one.kind, two.kind):
        return _promoted_texts(one, two)
    if one is _half or two is _half:
        other = two if one is _half else one
        if other is _half or other._code in (0, 1, 5):
            return _half
        return promote_types(all_dtypes[9], other)
    return _promoted_texts(one, two)


def _promoted_texts(one, two):
    if one is _object or two is _object:
        return _object
    if one.kind == 'V' or two.kind == 'V':
        if one is two:
            return one
        raise TypeError(f'The DType of {one!r} and {two!r} do not have a common DType.')
    width = max(t.itemsize // (4 if t.kind == 'U' else 1) if t.kind in 'US' else digits(t) for t in (one, two))
    return string_dtype('U' if 'U' in (one.kind, two.kind) else 'S', width)


def digits(t):
    """How long the text of a number of this type can be."""
    wide = {'b': 5, 'f': 32, 'c': 64, 'i': (4, 6, 11, 21), 'u': (3, 5, 10, 20)}[t.kind]
    return wide[t.itemsize.bit_length() - 1] if isinstance(wide, tuple) else wide


_table = {}


def _promoted(a, b):
    found = _table.get((a, b))
    if found is None:
        name = link.call('promote_types', _names[a], _names[b])
        found = _table[a, b] = _names.index(name)
    return found


def can_cast(from_, to, casting='safe'):
    """Whether a cast between dtypes can occur under a casting rule."""
    if isinstance(from_, (int, float, complex)) and not isinstance(from_, link.generic):
        raise TypeError(
            'can_cast() does not support Python ints, floats, and complex because the result used to depend on the value.\n'
            'This change was part of adopting NEP 50, we may explicitly allow them again in the future.')
    source = from_ if isinstance(from_, type) else getattr(from_, 'dtype', from_)
    one, two = _find(source), _find(to)
    if casting == 'no' and one.isnative != two.isnative:
        return False
    one, two = getattr(one, '_plain', one), getattr(two, '_plain', two)
    if one is _half or two is _half:
        if one is two or casting == 'unsafe':
            return True
        if casting in ('no', 'equiv'):
            return False
        if promote_types(one, two) is two:
            return True
        return casting == 'same_kind' and two is _half and one.kind in 'iuf'
    return link.call('can_cast', one.name, two.name, casting)


def result_type(*arrays_and_dtypes):
    """The dtype that results from applying NumPy's type promotion rules to the arguments; Python scalars are weak."""
    if not arrays_and_dtypes:
        raise ValueError('at least one array or dtype is required')
    strong = None
    weak = -1
    for x in arrays_and_dtypes:
        if type(x) in (bool, int, float, complex):
            weak = max(weak, (bool, int, float, complex).index(type(x)))
            continue
        if isinstance(x, (list, tuple)):
            from .creation import asanyarray as asarray

            x = asarray(x)
        t = x.dtype if isinstance(x, (link.ndarray, link.generic)) else _find(x)
        strong = t if strong is None else promote_types(strong, t)
    if strong is None:
        return all_dtypes[(0, 4, 10, 12)[weak]]
    kind = strong.kind
    if weak == 1 and kind == 'b':
        return all_dtypes[4]
    if weak == 2 and kind in 'bui':
        return all_dtypes[10]
    if weak == 3 and kind != 'c':
        return all_dtypes[11 if strong is _half or strong._code == 9 else 12]
    return strong


def common_type(*arrays):
    """A floating dtype common to the arrays."""
    code = 9
    for a in arrays:
        t = a.dtype
        if t.kind == 'b':
            raise TypeError("can't get common type for non-numeric array")
        code = _promoted(code, 10 if t.kind in 'iu' else t._code)
    return all_dtypes[code].type


def min_scalar_type(a, /):
    """The smallest dtype that holds the value of a scalar; of an array its own dtype."""
    if isinstance(a, link.ndarray) and a.ndim:
        return a.dtype
    value = a.item() if hasattr(a, 'item') else a
    if isinstance(value, bool):
        return all_dtypes[0]
    if isinstance(value, int):
        for code in (5, 6, 7, 8) if value >= 0 else (1, 2, 3, 4):
            info = iinfo(all_dtypes[code])
            if info.min <= value <= info.max:
                return all_dtypes[code]
    if isinstance(value, complex):
        return all_dtypes[11]
    return _half if not math.isfinite(value) or abs(value) < 65000 else all_dtypes[9 if abs(value) < 3.4e38 else 10]


def issubdtype(arg1, arg2):
    """True if the first is a dtype lower or equal in the type hierarchy: `np.issubdtype(np.int32, np.integer)`."""

    def as_class(x):
        if isinstance(x, type) and issubclass(x, link.generic):
            return x
        return _find(x).type

    return issubclass(as_class(arg1), as_class(arg2))


def isdtype(dtype, kind):
    """Whether a dtype is of a kind: 'bool', 'signed integer', 'unsigned integer', 'integral', 'real floating', 'complex floating', 'numeric'."""
    t = _find(dtype)
    kinds = kind if isinstance(kind, tuple) else (kind,)
    sets = {'bool': 'b', 'signed integer': 'i', 'unsigned integer': 'u', 'integral': 'iu', 'real floating': 'f', 'complex floating': 'c', 'numeric': 'iufc'}
    for k in kinds:
        if isinstance(k, str):
            if k not in sets:
                raise ValueError(f'kind argument is a string, but {k!r} is not a known kind name.')
            if t.kind in sets[k]:
                return True
        elif t == k:
            return True
    return False


def mintypecode(typechars, typeset='GDFgdf', default='d'):
    """The character of the smallest type to which all the given ones can be cast."""
    chars = [c if isinstance(c, str) else c.dtype.char for c in typechars]
    inside = [c for c in chars if c in typeset]
    if not inside:
        return default
    if 'F' in inside and 'd' in inside:
        return 'D'
    return min(inside, key=typeset.index)


def typename(char):
    """A description of a type character."""
    return {'S1': 'character', 'O': 'object', 'S': 'string', 'U': 'unicode', 'V': 'void', 'l': 'long integer', 'g': 'long precision', 'G': 'complex long double precision',
            '?': 'bool', 'b': 'signed char', 'B': 'unsigned char', 'h': 'short', 'H': 'unsigned short', 'i': 'integer', 'I': 'unsigned integer',
            'l': 'long integer', 'L': 'unsigned long integer', 'q': 'long long integer', 'Q': 'unsigned long long integer', 'f': 'single precision',
            'd': 'double precision', 'F': 'complex single precision', 'D': 'complex double precision'}[char]
