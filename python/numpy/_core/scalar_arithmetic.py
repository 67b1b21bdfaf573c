"""The operators of scalars, quick where the result is an ordinary number; warnings, errors and rare kinds go the slow way."""

import cmath
import math

from . import link
from .dtypes import _promoted, all_dtypes
from .generic import generic, integer

_new = object.__new__
_inf = float('inf')
# Doubles are rounded to single precision by being put there.
_single = link.memory('f', [0.0])
_pair = link.memory('f', [0.0, 0.0, 0.0, 0.0])
_fields = {'add': '+', 'sub': '-', 'mul': '*', 'truediv': '/', 'floordiv': '//', 'mod': '%', 'pow': '**', 'and': '&', 'or': '|', 'xor': '^',
           'lshift': '<<', 'rshift': '>>'}  # fmt: skip
_bit_fields = ('and', 'or', 'xor', 'lshift', 'rshift')
_exact = 1 << 53


def _never(a, b):
    return None


def _leave(a, b):
    """An array knows best what it makes of a scalar."""
    return NotImplemented


class _Ways(dict):
    """How an operator of a scalar's class works for each class of the other operand: made when it is first met."""

    def __init__(self, cls, field, reflected):
        super().__init__()
        self.cls, self.field, self.reflected = cls, field, reflected

    def __missing__(self, other):
        if other is link.ndarray:
            return _leave
        if other not in _others:
            return _never
        mine, theirs = (self.cls._code, 'a'), (_others[other], 'b')
        way = self[other] = _way(self.field, *((theirs, mine) if self.reflected else (mine, theirs)), other in _weak)
        return way


# Classes that may stand on the other side, with their codes; those of Python adapt to the scalar's.
_weak = {int: 4, float: 10, complex: 12}
_others = dict(_weak)


def _way(field, first, second, weak):
    """A function of both operands that gives the result, or None where the slow way must be gone."""
    (one, x), (two, y) = first, second
    mine, theirs = (one, two) if x == 'a' else (two, one)
    code = _common(mine, theirs) if weak else _promoted(one, two)
    kind = all_dtypes[code].kind
    if field in _bit_fields and kind not in 'iu':
        return _never
    # The scalar is `a`, whatever side it stands on.
    texts = {'a': _plain(mine, 'a'), 'b': 'b' if weak else _plain(theirs, 'b')}
    if kind == 'c':
        texts = {name: f'complex({text})' if (mine if name == 'a' else theirs) < 11 else text for name, text in texts.items()}
    elif code == 10:
        texts = {name: f'float({text})' if (mine if name == 'a' else theirs) < 9 else text for name, text in texts.items()}
    left, right = texts[x], texts[y]
    sign = _fields[field]
    space = {'new': _new, 'inf': _inf, 'single': _single, 'pair': _pair, 'cls': link.scalar_types[code], 'float64': link.scalar_types[10],
             'make': link.scalar_makers[code], 'fmod': math.fmod, 'floor': math.floor, 'copysign': math.copysign, 'isfinite': cmath.isfinite,
             'quotient': _quotient, 'rounded': _rounded, 'real': float.__pos__, 'whole': complex.__pos__, 'divide_single': _divide_single}  # fmt: skip
    body = _bodies[kind](field, sign, left, right, code, texts['b'] if weak else None)
    if body is None:
        return _never
    exec('def way(a, b):\n' + body, space)
    return space['way']


def _plain(code, name):
    """How a scalar's value is had as a number of Python, whose operators are not ours."""
    return f'real({name})' if code == 10 else f'whole({name})' if code == 12 else f'{name}._v'


def _common(mine, theirs):
    """The result's dtype where the other operand is a number of Python, which has a kind but no size."""
    kind = all_dtypes[mine].kind
    if theirs == 4:
        return 4 if kind == 'b' else mine
    if theirs == 10:
        return 10 if kind in 'biu' else mine
    return 12 if kind in 'biu' or mine in (10, 12) else 11


def _integers(field, sign, left, right, code, adapting):
    t = all_dtypes[code]
    bits = t.itemsize * 8
    low = 0 if t.kind == 'u' else -(1 << bits - 1)
    high = low + (1 << bits) - 1
    lines = [f'x = {left}', f'y = {right}']
    if adapting is not None:
        lines.append(f'if not {low} <= {adapting} <= {high}: return None')
    if field == 'truediv':
        # Of larger ones Python's quotient is rounded once, NumPy's of two rounded numbers.
        lines += [f'if y and -{_exact} <= x <= {_exact} and -{_exact} <= y <= {_exact}: return float64(x / y)']
    elif field in ('floordiv', 'mod'):
        lines += [f'if y:', f' r = x {sign} y', f' if {low} <= r <= {high}:', '  made = new(cls)', '  made._v = r', '  return made']
    else:
        if field == 'pow':
            lines.append('if not 0 <= y < 64: return None')
        elif field in ('lshift', 'rshift'):
            lines.append(f'if not 0 <= y < {bits}: return None')
        lines += [f'r = x {sign} y', f'if {low} <= r <= {high}:', ' made = new(cls)', ' made._v = r', ' return made']
    return _text(lines)


def _doubles(field, sign, left, right, code, adapting):
    lines = [f'x = {left}', f'y = {right}']
    if field in ('truediv', 'floordiv', 'mod'):
        lines += ['if not y: return None']
    if field == 'pow':
        lines += ['try: r = x ** y', 'except (ZeroDivisionError, OverflowError): return None', 'if type(r) is float and -inf < r < inf: return make(r)']
    else:
        lines += [f'r = x {sign} y', 'if -inf < r < inf: return make(r)']
    return _text(lines, adapting)


def _singles(field, sign, left, right, code, adapting):
    # Of sums, products and quotients of singles a double holds enough for the second rounding to change nothing.
    lines = [f'x = {left}', f'y = {right}']
    if adapting is not None and field != 'pow':
        name = 'x' if adapting == left else 'y'
        lines += [f'single[0] = {name}', f'{name} = single[0]']
    if field == 'pow':
        lines += ['if type(y) is not int or y != 2: return None', 'single[0] = x * x', 'r = single[0]']
    elif field in ('floordiv', 'mod'):
        lines += ['if not y or not -inf < y < inf or not -inf < x < inf: return None', f'r = divide_single(x, y)[{int(field == "mod")}]']
    else:
        if field == 'truediv':
            lines.append('if not y: return None')
        lines += [f'single[0] = x {sign} y', 'r = single[0]']
    return _text([*lines, 'if -inf < r < inf:', ' made = new(cls)', ' made._v = r', ' return made'], adapting)


def _complexes(field, sign, left, right, code, adapting):
    lines = [f'x = {left}', f'y = {right}']
    if code == 11 and adapting is not None:
        name = 'x' if adapting == left else 'y'
        lines += [f'pair[0] = {name}.real', f'pair[1] = {name}.imag', f'{name} = complex(pair[0], pair[1])']
    if field == 'pow':
        if adapting is None or adapting != right:
            return None
        lines += ['if type(b) is not int or b != 2: return None', 'y = x']
        sign, field = '*', 'mul'
    if field == 'truediv':
        lines += ['if not y or y != y: return None', 'r = quotient(x, y)' if code == 12 else 'r = quotient(x, y, rounded)']
    elif field not in ('add', 'sub', 'mul'):
        return None
    elif code == 12:
        lines.append(f'r = x {sign} y')
    elif field == 'mul':
        lines += ['pair[0] = x.real * y.real', 'pair[1] = x.imag * y.imag', 'pair[2] = x.real * y.imag', 'pair[3] = x.imag * y.real',
                  'pair[0] = pair[0] - pair[1]', 'pair[1] = pair[2] + pair[3]', 'r = complex(pair[0], pair[1])']  # fmt: skip
    else:
        lines += [f'pair[0] = x.real {sign} y.real', f'pair[1] = x.imag {sign} y.imag', 'r = complex(pair[0], pair[1])']
    return _text([*lines, 'if isfinite(r): return make(r)'], adapting)


def _text(lines, adapting=None):
    """The lines of a function's body; a number of Python may be too large for a double."""
    if adapting is None:
        return ''.join(f' {line}\n' for line in lines)
    return ' try:\n' + ''.join(f'  {line}\n' for line in lines) + ' except OverflowError: return None\n'


def _same(x):
    return x


def _rounded(x):
    _single[0] = x
    return _single[0]


def _quotient(x, y, fl=_same):
    """A quotient of complex numbers by Smith's formula, as NumPy has it; `fl` rounds each step."""
    a, b, c, d = x.real, x.imag, y.real, y.imag
    if abs(c) >= abs(d):
        rate = fl(d / c)
        scale = fl(1.0 / fl(c + fl(d * rate)))
        return complex(fl(fl(a + fl(b * rate)) * scale), fl(fl(b - fl(a * rate)) * scale))
    rate = fl(c / d)
    scale = fl(1.0 / fl(d + fl(c * rate)))
    return complex(fl(fl(fl(a * rate) + b) * scale), fl(fl(fl(b * rate) - a) * scale))


def _divide_single(x, y):
    """Floor and remainder of a quotient in single precision, as NumPy's npy_divmodf."""
    rest = math.fmod(x, y)
    _single[0] = x - rest
    _single[0] = _single[0] / y
    share = _single[0]
    if rest:
        if (y < 0) != (rest < 0):
            _single[0] = rest + y
            rest = _single[0]
            _single[0] = share - 1.0
            share = _single[0]
    else:
        rest = math.copysign(0.0, y)
    if share - share:
        whole = share
    elif share:
        whole = float(math.floor(share))
        if share - whole > 0.5:
            whole += 1.0
    else:
        whole = math.copysign(0.0, x / y)
    return whole, rest


def _floats(field, sign, left, right, code, adapting):
    return (_singles if code == 9 else _doubles)(field, sign, left, right, code, adapting)


_bodies = {'b': lambda *_: None, 'i': _integers, 'u': _integers, 'f': _floats, 'c': _complexes}


def _operators(cls):
    for field in _fields:
        if field in _bit_fields and not issubclass(cls, integer):
            continue
        setattr(cls, f'__{field}__', _forward(_Ways(cls, field, False), getattr(cls, f'__{field}__')))
        setattr(cls, f'__r{field}__', _forward(_Ways(cls, field, True), getattr(cls, f'__r{field}__')))


def _forward(ways, slow):
    def method(self, other):
        made = ways[type(other)](self, other)
        return slow(self, other) if made is None else made

    return method


def _of_integers(cls):
    t = all_dtypes[cls._code]
    low = 0 if t.kind == 'u' else -(1 << t.itemsize * 8 - 1)
    negative, absolute = generic.__dict__['__abs__'], integer.__neg__
    slow_negative, slow_absolute = absolute, negative

    def __neg__(self):
        v = self._v
        if v == low or low == 0 and v:
            return slow_negative(self)
        made = _new(cls)
        made._v = -v
        return made

    def __abs__(self):
        v = self._v
        if v >= 0:
            return self
        if v == low:
            return slow_absolute(self)
        made = _new(cls)
        made._v = -v
        return made

    def __invert__(self):
        made = _new(cls)
        made._v = ~self._v if low else (1 << t.itemsize * 8) - 1 - self._v
        return made

    cls.__neg__, cls.__abs__, cls.__invert__ = __neg__, __abs__, __invert__


def _of_singles(cls, make):
    cls.__neg__ = lambda self: make(-self._v)
    cls.__abs__ = lambda self: make(abs(self._v))


# Added and taken away again, it rounds doubles below 2**51 to whole numbers, halves to even.
_rounder = 6755399441055744.0


def _rounds(cls, fl, make):
    slow = generic.round

    def round(self, decimals=0, out=None):
        """The scalar rounded to a number of decimals."""
        if out is None and type(decimals) is int and 0 <= decimals <= 22:
            x = float.__pos__(self) if cls._code == 10 else self._v
            power = fl(10.0**decimals)
            y = fl(x * power)
            if -2251799813685248.0 < y < 2251799813685248.0:
                return make(math.copysign(fl((y + _rounder - _rounder) / power), x))
        return slow(self, decimals, out)

    cls.round = round


def install(classes):
    """Gives the operators of scalars' classes their quick forms. `classes` by code, without float16."""
    for code, cls in classes.items():
        _others[cls] = code
    for code, cls in classes.items():
        _operators(cls)
        if all_dtypes[code].kind in 'iu':
            _of_integers(cls)
    _of_singles(classes[9], link.scalar_makers[9])
    _rounds(classes[9], _rounded, link.scalar_makers[9])
    _rounds(classes[10], _same, link.scalar_makers[10])
