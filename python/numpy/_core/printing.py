"""Arrays as text, as NumPy writes them."""

import contextlib
import re
import warnings

from . import link
from .creation import asanyarray as asarray
from .link import call, engine
from .generic import generic

ndarray = link.ndarray
_formatter = None
_legacy = False
# The versions whose printing can be asked for; true where scalars are written plainly.
_versions = {'1.13': True, '1.21': True, '1.25': True, '2.1': False, '2.2': False}


def array2string(a, max_line_width=None, precision=None, suppress_small=None, separator=' ', prefix='', *, formatter=None,
                 threshold=None, edgeitems=None, sign=None, floatmode=None, suffix='', legacy=None):
    """Return a string representation of an array."""
    a = asarray(a)
    if a._boxed:
        more = {'precision': precision, 'suppress_small': suppress_small, 'sign': sign, 'floatmode': floatmode} if a.dtype.num == 23 else {}
        return call('array2string', a, **more, max_line_width=max_line_width, separator=separator, prefix=prefix, suffix=suffix, threshold=threshold, edgeitems=edgeitems)
    if formatter or _formatter:
        return _formatted(a, formatter or _formatter, separator, prefix, suffix, max_line_width, threshold, edgeitems)
    return call('array2string', a, max_line_width=max_line_width, precision=precision, suppress_small=suppress_small, separator=separator,
                prefix=prefix, threshold=threshold, edgeitems=edgeitems, sign=sign, floatmode=floatmode, suffix=suffix)


def _function(formatter, kind):
    groups = {'b': ('bool',), 'i': ('int', 'int_kind'), 'u': ('int', 'int_kind'), 'f': ('float', 'float_kind'), 'c': ('complexfloat', 'complex_kind')}
    for key in groups[kind]:
        if key in formatter:
            return formatter[key]
    if kind == 'c' and 'float_kind' in formatter:
        return None
    return formatter.get('all')


def _formatted(a, formatter, separator, prefix, suffix, width, threshold, edge):
    """Arrays under a function of the caller's own for each element."""
    function = _function(formatter, a.dtype.kind)
    options = get_printoptions()
    width = options['linewidth'] if width is None else width
    if function is None:
        return call('array2string', a, separator=separator, prefix=prefix, suffix=suffix)
    if a.ndim == 0:
        return function(a[()])
    if a.size == 0:
        return '[]'
    return layout(a, function, separator, prefix, suffix, width, options['threshold'] if threshold is None else threshold,
                  options['edgeitems'] if edge is None else edge)


def layout(a, function, separator, prefix, suffix, width, threshold, edge):
    """Words for elements set between brackets, in lines of at most `width`."""
    if a.size == 0:
        return '[]'
    width -= len(suffix)
    short = a.size > threshold

    def rows(part, indent, room):
        n = len(part)
        keep = [*range(edge), None, *range(n - edge, n)] if short and n > 2 * edge else list(range(n))
        if part.ndim == 1:
            words = ['...' if i is None else function(part[i]) for i in keep]
            lines, line = [], ''
            for k, word in enumerate(words):
                last = k == len(words) - 1
                piece = word if last else word + separator
                if line and len(indent) + len(line) + len(piece.rstrip()) + (room if last else 0) > width:
                    lines.append(line.rstrip())
                    line = ''
                line += piece
            lines.append(line)
            return '[' + f'\n{indent}'.join(lines) + ']'
        pieces = ['...' if i is None else rows(part[i], indent + ' ', room + 1) for i in keep]
        gap = separator.rstrip() + '\n' * (part.ndim - 1) + indent
        return '[' + gap.join(pieces) + ']'

    return rows(a, ' ' * (len(prefix) + 1), 1)


def array_repr(arr, max_line_width=None, precision=None, suppress_small=None):
    """Return the string representation of an array."""
    if arr._boxed:
        if type(arr).__name__ == 'MaskedArray':
            return f"MaskedArray({array2string(arr, max_line_width, precision, suppress_small, ', ', 'MaskedArray(', suffix=')')})"
        return call('array_repr', arr)
    if not arr.dtype.isnative:
        from .guest import with_dtype

        return with_dtype(arr, array2string(arr, max_line_width, precision, suppress_small, ', ', 'array(', suffix=')'), f"dtype='{arr.dtype.str}'")
    if type(arr) is not ndarray:
        return _named_repr(arr, max_line_width, precision, suppress_small)
    if _formatter:
        body = array2string(arr, max_line_width, precision, suppress_small, ', ', 'array(', suffix=')')
        implied = arr.dtype.name in ('int64', 'float64', 'complex128', 'bool')
        return f'array({body})' if implied else f'array({body}, dtype={arr.dtype.name})'
    if max_line_width is not None or precision is not None or suppress_small is not None:
        with printoptions(**{k: v for k, v in (('linewidth', max_line_width), ('precision', precision), ('suppress', suppress_small)) if v is not None}):
            return call('array_repr', arr)
    return call('array_repr', arr)


def _named_repr(arr, *options):
    """`array_repr` of a class of somebody's own, which stands in front."""
    from .derived import plain

    name = type(arr).__name__
    written = array_repr(plain(arr), *options)
    body = array2string(plain(arr), *options, ', ', f'{name}(', suffix=')')
    told = re.search(r",\s+dtype=[\w']+\)$", written)
    return f'{name}({body}{told.group().replace(chr(10) + " " * 6, chr(10) + " " * (len(name) + 1)) if told else ")"}'


def array_str(a, max_line_width=None, precision=None, suppress_small=None):
    """Return a string representation of the data in an array."""
    if a.ndim == 0:
        return str(a[()])
    if a._boxed:
        return call('array_str', a)
    if _formatter or max_line_width is not None or precision is not None or suppress_small is not None:
        return array2string(a, max_line_width, precision, suppress_small)
    return call('array_str', a)


def set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None,
                     formatter=None, sign=None, floatmode=None, *, legacy=None, override_repr=None):
    """Set printing options: precision, threshold, edgeitems, linewidth, suppress, nanstr, infstr, sign, formatter, floatmode."""
    global _formatter, _legacy
    if legacy is not None:
        if legacy is not False and legacy not in _versions:
            warnings.warn("legacy printing option can currently only be '1.13', '1.21', '1.25', '2.1', '2.2' or `False`", stacklevel=3)
        elif legacy in ('1.13', '1.21'):
            warnings.warn(f"legacy={legacy!r}: scalars alone are written as then, arrays as now", stacklevel=3)
        _legacy = legacy
        link.plain_scalars = _versions.get(legacy, False)
    given = {'precision': precision, 'threshold': threshold, 'edgeitems': edgeitems, 'linewidth': linewidth, 'suppress': suppress,
             'nanstr': nanstr, 'infstr': infstr, 'sign': sign, 'floatmode': floatmode}
    if threshold is not None and not isinstance(threshold, (int, float)):
        raise TypeError('threshold must be numeric')
    kinds, values = link.encode((), {k: int(v) if k == 'threshold' and v < 1 << 53 and v == int(v) else float(v) if k == 'threshold' else v
                                     for k, v in given.items() if v is not None})
    link.invoke(engine.setPrintoptions, kinds, *values)
    _formatter = formatter


def get_printoptions():
    """Return the current print options."""
    options = dict(link.result(engine.printoptions()))
    options['formatter'] = _formatter
    options['legacy'] = _legacy
    options['override_repr'] = None
    order = ('edgeitems', 'threshold', 'floatmode', 'precision', 'suppress', 'linewidth', 'nanstr', 'infstr', 'sign', 'formatter', 'legacy', 'override_repr')
    return {k: options[k] for k in order}


@contextlib.contextmanager
def printoptions(*args, **kwargs):
    """Context manager for setting print options."""
    before = get_printoptions()
    set_printoptions(*args, **kwargs)
    try:
        yield get_printoptions()
    finally:
        before.pop('override_repr')
        set_printoptions(**before)


def format_float_positional(x, precision=None, unique=True, fractional=True, trim='k', sign=False, pad_left=None, pad_right=None, min_digits=None):
    """Format a floating-point scalar as a decimal string in positional notation."""
    return call_format('positional', x, precision, trim, sign, unique, fractional, pad_left, pad_right, min_digits)


def format_float_scientific(x, precision=None, unique=True, trim='k', sign=False, pad_left=None, exp_digits=None, min_digits=None):
    """Format a floating-point scalar as a decimal string in scientific notation."""
    return call_format('scientific', x, precision, trim, sign, unique, True, pad_left, None, min_digits, exp_digits)


def call_format(style, x, precision, trim, sign, unique, fractional, pad_left, pad_right, min_digits, exp_digits=None):
    from decimal import Decimal, localcontext

    text = str(x) if isinstance(x, generic) else repr(float(x))
    exact = Decimal(text if unique else float(x))
    with localcontext(prec=1200):
        return _written(exact, style, precision, trim, sign, unique, fractional, pad_left, pad_right, min_digits, exp_digits)


def _written(exact, style, precision, trim, sign, unique, fractional, pad_left, pad_right, min_digits, exp_digits):
    if style == 'scientific':
        digits = len(exact.as_tuple().digits) - 1 if precision is None else precision
        if unique and precision is not None:
            digits = min(precision, max(len(exact.normalize().as_tuple().digits) - 1, 0))
        made = format(exact, f'.{digits}e')
        mantissa, _, exponent = made.partition('e')
        power = int(exponent)
        width = 2 if exp_digits is None else exp_digits
        tail = f"e{'-' if power < 0 else '+'}{abs(power):0{width}d}"
    else:
        if precision is None:
            mantissa = format(exact, 'f')
        elif fractional:
            mantissa = format(round(exact, precision), 'f')
        else:
            mantissa = format(+exact.normalize().__round__(precision - exact.adjusted() - 1), 'f')
        tail = ''
    if '.' not in mantissa:
        mantissa += '.'
    whole, _, fraction = mantissa.partition('.')
    if unique or trim != 'k':
        fraction = fraction.rstrip('0')
    if min_digits is not None:
        fraction = fraction.ljust(min_digits, '0')
    if trim == '0' and not fraction:
        fraction = '0'
    if trim == '-' and not fraction:
        made = whole + tail
    else:
        made = f'{whole}.{fraction}{tail}'
    if sign and not made.startswith('-'):
        made = '+' + made
    if pad_left is not None:
        made = ' ' * (pad_left - len(made.partition('.')[0])) + made
    if pad_right is not None:
        made += ' ' * (pad_right - len(made.partition('.')[2]))
    return made


def binary_repr(num, width=None):
    """Return the binary representation of the input number as a string."""
    num = int(num)
    if num >= 0:
        return format(num, 'b').zfill(width or 0)
    if width is None:
        return '-' + format(-num, 'b')
    return format((1 << width) + num, 'b')


def base_repr(number, base=2, padding=0):
    """Return a string representation of a number in the given base system."""
    digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
    if base > len(digits):
        raise ValueError('Bases greater than 36 not handled in base_repr.')
    if base < 2:
        raise ValueError('Bases less than 2 not handled in base_repr.')
    n = abs(int(number))
    made = ''
    while n:
        made = digits[n % base] + made
        n //= base
    made = '0' * padding + (made or ('' if padding else '0'))
    return '-' + made if number < 0 else made
