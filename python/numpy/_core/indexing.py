"""The elements of arrays by an index: reading, and writing."""

from pyodide.ffi import JsException

from . import functions, link
from .dtypes import all_dtypes
from .generic import True_, floating, generic, integer
from .link import engine, translate

ndarray = link.ndarray
_no_complex = ("int() argument must be a string, a bytes-like object or a real number, not 'complex'",
               "float() argument must be a string or a real number, not 'complex'")
_bad_index = 'only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices'


def read(a, key):
    """What stands at an index, given as a tuple of its parts."""
    kinds = []
    values = []
    basic, keep = _index(key, kinds, values)
    if len(key) == 1 and isinstance(key[0], (bool, type(True_))) and a._h & 0x3F0:
        return a[None].copy() if key[0] else functions.empty((0, *a.shape), a.dtype)
    if a._h & 0x3F0 == 0 and not basic and len(key) == 1:
        return a.reshape(1)[functions.atleast_1d(functions.asarray(key[0]))]
    if basic and keep:
        return a._view_of(link.wrap(engine.getview(a._h, ''.join(kinds), *values)))
    made = link.wrap(engine.getitem(a._h, ''.join(kinds), *values))
    return a._view_of(made) if basic and type(made) is ndarray else made


def write(a, key, value):
    """Puts values where an index says."""
    h = a._h
    t = type(key)
    v = type(value)
    if isinstance(value, (floating, integer)) and not 5 <= h & 15 <= 8:
        # Python's own number is what is put there; only numbers without a sign are counted round.
        value = value.item()
        v = type(value)
    try:
        if v is float or v is int:
            pass
        elif v is complex and h & 15 <= 10:
            if h & 15:
                raise TypeError(_no_complex[h & 15 >= 9])
        elif v is not ndarray and not isinstance(value, (generic, bool, complex)):
            if isinstance(value, str) or value is None:
                name = 'float' if h & 15 >= 9 else 'int'
                if value is None and name == 'float':
                    value = float('nan')
                elif isinstance(value, str):
                    value = float(value) if name == 'float' else int(value)
                else:
                    raise TypeError(f"{name}() argument must be a string, a bytes-like object or a real number, not 'NoneType'")
            else:
                if t is int and h & 0x3F0 == 0x10:
                    value = functions.asarray(value)
                    if value.ndim:
                        if 0 < h & 15 < 9:
                            raise TypeError(f"int() argument must be a string, a bytes-like object or a real number, not '{v.__name__}'")
                        raise ValueError('setting an array element with a sequence.')
                value = _held(functions.asarray(value), value, h & 15)
        if getattr(value, '_boxed', False):
            value = value._as_numbers(a.dtype)
        kinds = []
        values = []
        if type(value) is ndarray and value._h & 0x3F0 == 0:
            link.put(value, kinds, values)
        else:
            link.put(value, kinds, values)
        _index(key if t is tuple else (key,), kinds, values)
        if v is float and value != value and h & 15 < 9 and h & 15:
            raise ValueError('cannot convert float NaN to integer')
        if v is float and h & 15 < 9 and h & 15 and value in (float('inf'), float('-inf')):
            raise OverflowError('cannot convert float infinity to integer')
        if type(value) is ndarray and value._h & 15 > 10 >= h & 15 > 0:
            link.warn('Casting complex values to real discards the imaginary part', link.ComplexWarning)
        link.settle(engine.setitem(h, ''.join(kinds), *values))
    except JsException as error:
        raise translate(error) from None


def _held(made, given, code):
    """What a list holds as an array; integers that are too large for the dtype of this code are refused."""
    if made._h & 15 == 4 and 0 < code < 9 and not engine.fits(made._h, code):
        return functions.asarray(given, all_dtypes[code])
    return made


def _index(key, kinds, values):
    """Adds the parts of an index; says whether it is basic, and whether it shows a view even without axes."""
    basic = True
    keep = len(key) == 0 and False
    if len(key) > 64:
        raise IndexError('too many indices for array')
    for part in key:
        t = type(part)
        if t is int:
            kinds.append('i')
            values.append(part)
        elif t is slice or part is None:
            link.put(part, kinds, values)
        elif part is Ellipsis:
            kinds.append('E')
            keep = True
        elif isinstance(part, ndarray):
            if part._boxed:
                raise IndexError('arrays used as indices must be of integer (or boolean) type')
            if part.ndim == 0 and 0 < part._h & 15 < 9:
                kinds.append('i')
                values.append(part.item())
                continue
            basic = False
            kinds.append('a')
            values.append(part._h)
        elif t is bool or t is type(True_):
            basic = False
            link.put_array(functions.asarray(part), kinds, values)
        elif isinstance(part, (list, tuple, range)):
            basic = False
            made = functions.asarray(part)
            if made.size == 0 and made.dtype == 'float64':
                made = made.astype('int64')
            if made.dtype.kind not in 'biu':
                raise IndexError(_bad_index)
            link.put_array(made, kinds, values)
        elif hasattr(t, '__index__') and not isinstance(part, (float, complex)):
            try:
                kinds.append('i')
                values.append(part.__index__())
            except TypeError:
                raise IndexError(_bad_index) from None
        else:
            converted = functions.asarray(part) if hasattr(t, '__array__') and not isinstance(part, generic) else None
            if converted is None:
                raise IndexError(_bad_index)
            basic = False
            link.put_array(converted, kinds, values)
    return basic, keep
