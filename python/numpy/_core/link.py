"""The way to the engine: arguments and results as plain numbers and strings, errors as Python's own."""

import json
import os
import sys
import time
import warnings
from array import array as memory

import _eigenscope as engine
from pyodide.ffi import JsException

from ..exceptions import AxisError, ComplexWarning, LinAlgError, _ArrayMemoryError, _UFuncNoLoopError, _UFuncOutputCastingError

# Scalars are handed over in a few doubles of this memory: real part, imaginary part, exact 64-bit integer.
cell = memory('d', [0.0] * 8)
engine.attach(cell.buffer_info()[0])
_signed = memoryview(cell).cast('B').cast('q')
_unsigned = memoryview(cell).cast('B').cast('Q')

_here = os.path.dirname(os.path.dirname(__file__))
# Warnings and tracebacks are the person's line, not ours.
_ours = (_here, os.path.join(os.path.dirname(_here), 'scipy'))

_new = object.__new__

# True where scalars are written as before NumPy 2: `1.5`, not `np.float64(1.5)`.
plain_scalars = False


def translate(error):
    """The Python exception for what the engine threw."""
    thrown = error.js_error
    return exception(getattr(thrown, 'code', None), str(getattr(thrown, 'message', thrown)), getattr(thrown, 'hint', None))


def fail():
    """Raises what the last quick call threw."""
    thrown = json.loads(engine.thrown())
    raise exception(thrown['code'], thrown['message'], thrown.get('hint'))


def exception(code, message, hint):
    """The Python exception of an error of the engine."""
    if code == 'linalg':
        made = LinAlgError(message)
    elif code == 'dtype':
        if message.startswith('Cannot cast ufunc '):
            made = _UFuncOutputCastingError(message)
        else:
            made = TypeError(message)
    elif code == 'index':
        if 'is out of bounds for array of dimension' in message:
            made = AxisError(message)
        else:
            made = IndexError(message + ' ' if message.startswith('shape mismatch: indexing arrays') else message)
    elif code in ('shape', 'value', 'parse'):
        if message.lower().endswith('range exceeds valid bounds'):
            return OverflowError(message)
        if message.startswith('operands could not be broadcast together with shapes'):
            # NumPy's own message ends so.
            message += ' '
        if (message.startswith('Python integer') and 'out of bounds' in message) or message.startswith('Python int too large') or message == 'cannot convert float infinity to integer':
            made = OverflowError(message)
        elif message.startswith(('cannot handle multidimensional ', 'incompatible numbers of samples')):
            made = RuntimeError(message)
        elif 'nonzero scalar' in message and message.endswith('is not supported'):
            made = NotImplementedError(message)
        else:
            made = ValueError(message)
    elif code == 'memory':
        made = _ArrayMemoryError(message)
    elif code == 'cancelled':
        made = KeyboardInterrupt()
        try:
            # The routine heard what Python has still to hear; once is enough.
            time.sleep(0.001)
        except KeyboardInterrupt:
            pass
    elif code == 'io':
        made = OSError(message)
    else:
        made = RuntimeError(message)
    if hint:
        made.add_note(f'Hint: {hint}')
    return made


# ---------------------------------------------------------------- warnings

_kinds = ((1, 'divide', 'divide by zero'), (2, 'over', 'overflow'), (4, 'under', 'underflow'), (8, 'invalid', 'invalid value'))
errors = {'divide': 'warn', 'over': 'warn', 'under': 'ignore', 'invalid': 'warn'}
_callback = None


def set_modes(modes):
    """Sets how faults are met; underflows are looked for only where somebody wants to know."""
    errors.update(modes)
    engine.watchUnderflow(errors['under'] != 'ignore')


def set_callback(function):
    global _callback
    before, _callback = _callback, function
    return before


def get_callback():
    return _callback


def warn(message, category=RuntimeWarning):
    warnings.warn(message, category, stacklevel=2, skip_file_prefixes=_ours)


# The faults of several operations that are told as one, or None.
_gathered = None


def gathered(work):
    """What some work gives, and the floating-point faults that it met, of which nothing has been told yet."""
    global _gathered
    outer, _gathered = _gathered, 0
    try:
        return work(), _gathered
    finally:
        _gathered = outer


def float_error(flags, name):
    """What `errstate` asks for when an operation met a floating-point fault."""
    global _gathered
    if _gathered is not None:
        _gathered |= flags
        return
    for bit, kind, words in _kinds:
        if not flags & bit:
            continue
        mode = errors[kind]
        if mode == 'ignore':
            continue
        text = f'{words} encountered in {name}'
        if mode == 'warn':
            warn(text)
        elif mode == 'raise':
            raise FloatingPointError(text)
        elif mode == 'print':
            print(f'Warning: {text}', file=sys.stderr)
        elif mode == 'call' and _callback is not None:
            _callback(words, flags)
        elif mode == 'log' and _callback is not None:
            _callback.write(f'Warning: {text}\n')


# ---------------------------------------------------------------- results

# Filled by the modules that define the classes.
ndarray = None
dtype = None
generic = None
# The dtype float16, which the engine does not have.
half = None
scalar_makers = [None] * 13
scalar_types = [None] * 13


def scalar(code):
    """The scalar that lies in the cell."""
    if code == 10:
        return scalar_makers[10](cell[0])
    if code >= 11:
        return scalar_makers[code](complex(cell[0], cell[1]))
    if code == 4:
        return scalar_makers[4](_signed[2])
    if code == 8:
        return scalar_makers[8](_unsigned[2])
    if code == 9:
        return scalar_makers[9](cell[0])
    return scalar_makers[code](int(cell[0]))


def wrap(v):
    """What a call of the engine gave: an array or a scalar, and perhaps warnings."""
    if v > 15:
        made = _new(ndarray)
        made._h = v
        return made
    return rare(v)


def rare(v):
    if v > 15:
        return wrap(v)
    if v == 15:
        return result(engine.pendingText())
    if v == -16:
        return settle(-1)
    if v < 0:
        v = -1 - v
        made = wrap(v)
        float_error(engine.flags(), _shown.get(name := engine.flagged(), name))
        return made
    return scalar(v)


_shown = {'true_divide': 'divide', 'mod': 'remainder', 'abs': 'absolute'}


def settle(v):
    """The warnings of a call that gives nothing."""
    if v is not None and v < 0:
        float_error(engine.flags(), _shown.get(name := engine.flagged(), name))


def _object(pairs):
    if 'a' in pairs:
        made = wrap(pairs['a'])
        return made if made._h & 0x3F0 else made[()]
    if 'c' in pairs:
        return scalar_makers[12](complex(*pairs['c']))
    if 'f' in pairs:
        return float(pairs['f'])
    return Handle(pairs['o'])


def result(r):
    if type(r) is int:
        return wrap(r)
    if type(r) is str:
        return json.loads(r, object_hook=_object)
    return r


class Handle:
    """An object of the engine that is not an array."""

    __slots__ = ('_h',)

    def __init__(self, handle):
        self._h = handle

    def __del__(self):
        drop(self._h)


_dead = []


def drop(handle):
    _dead.append(handle)
    if handle & 1024 or len(_dead) > 63:
        handles = _dead[:]
        _dead.clear()
        engine.release(*handles)


# ---------------------------------------------------------------- arguments


class Boxed(Exception):
    """An array of strings, objects or records stands among the arguments: the engine does not know it."""


def elsewhere(name, args, kwargs):
    """The work of a function whose arguments hold arrays of strings, objects or records."""
    from .guest import place_of

    flat = [*kwargs.values()]
    for arg in args:
        flat += arg if isinstance(arg, (list, tuple)) else (arg,)
    if any(x is half for x in flat):
        from . import half as place
    else:
        place = place_of(flat) or place_of([y for x in flat if isinstance(x, (list, tuple)) for y in x])
    return place.run(name, args, {key: value for key, value in kwargs.items() if value is not None})


class Parts(dict):
    """Arguments that go to the engine as one object."""


class _Held(int):
    """A handle that keeps its array: one made for a call must live until the call."""


def held(array):
    made = _Held(array._h)
    made.array = array
    return made


def put_array(array, kinds, values):
    kinds.append('a')
    values.append(held(array))


def put(x, kinds, values):
    """Adds one argument in the form that the bridge reads."""
    t = type(x)
    if t is ndarray:
        kinds.append('a')
        values.append(x._h)
    elif x is None:
        kinds.append('N')
    elif t is bool:
        kinds.append('T' if x else 'F')
    elif t is int:
        kinds.append('i')
        values.append(x)
    elif t is float:
        kinds.append('f')
        values.append(x)
    elif t is str:
        kinds.append('s')
        values.append(x)
    elif t is tuple or t is list:
        kinds.append('[')
        for item in x:
            put(item, kinds, values)
        kinds.append(']')
    elif isinstance(x, generic):
        x._put(kinds, values)
    elif t is slice:
        kinds.append(':')
        for part in (x.start, x.stop, x.step):
            put(part if part is None else as_index(part), kinds, values)
    elif x is Ellipsis:
        kinds.append('E')
    elif t is complex:
        kinds.append('c')
        values += (x.real, x.imag)
    elif isinstance(x, ndarray):
        if x._boxed:
            raise Boxed
        kinds.append('a')
        values.append(x._h)
    elif isinstance(x, dtype):
        if x is half:
            raise Boxed
        kinds.append('s')
        values.append(x.name)
    elif isinstance(x, type):
        kinds.append('s')
        values.append(dtype(x).name)
    elif isinstance(x, Parts):
        kinds.append('{')
        for key, part in x.items():
            kinds.append('k')
            values.append(key)
            put(part, kinds, values)
        kinds.append('}')
    elif isinstance(x, Handle):
        kinds.append('o')
        values.append(x._h)
    elif isinstance(x, (tuple, list, range)):
        put(list(x), kinds, values)
    elif isinstance(x, int):
        put(int(x), kinds, values)
    elif isinstance(x, float):
        put(float(x), kinds, values)
    elif isinstance(x, complex):
        put(complex(x), kinds, values)
    elif isinstance(x, str):
        put(str.__str__(x), kinds, values)
    elif hasattr(t, '__array__') or hasattr(t, '__len__'):
        from .creation import asanyarray as asarray

        put_array(asarray(x), kinds, values)
    elif hasattr(t, '__index__'):
        put(x.__index__(), kinds, values)
    elif hasattr(t, '__float__'):
        put(float(x), kinds, values)
    elif isinstance(x, property):
        raise TypeError('property objects are no arguments')
    else:
        raise TypeError(f"a value of type '{t.__name__}' cannot go into an array here: arrays hold numbers only")


def as_index(x):
    try:
        return x.__index__()
    except AttributeError:
        raise TypeError('slice indices must be integers or None or have an __index__ method') from None


def encode(args, kwargs):
    kinds = []
    values = []
    for x in args:
        put(x, kinds, values)
    for key, x in kwargs.items():
        if x is not None:
            kinds.append('k')
            values.append(key)
            put(x, kinds, values)
    return ''.join(kinds), values


def slow_call(name, args, kwargs):
    """`call` for arguments that must be encoded first."""
    try:
        kinds, values = encode(args, kwargs)
    except Boxed:
        return elsewhere(name, args, kwargs)
    try:
        r = engine.call(name, kinds, *values)
    except JsException as error:
        raise translate(error) from None
    if type(r) is int and r > 15:
        made = _new(ndarray)
        made._h = r
        return made
    return result(r)


def slow_call_array(name, args, kwargs):
    try:
        kinds, values = encode(args, kwargs)
    except Boxed:
        return elsewhere(name, args, kwargs)
    try:
        return result(engine.callKeeping(name, kinds, *values))
    except JsException as error:
        raise translate(error) from None


def keep(x):
    """A scalar as an array without axes."""
    return wrap(x._keep())


def order_of(order, unsaid='K'):
    """The letter of an order of memory."""
    if order is None:
        return unsaid
    if isinstance(order, str) and order.upper() in ('C', 'F', 'A', 'K'):
        return order.upper()
    if not isinstance(order, str):
        raise TypeError(f'order must be str, not {type(order).__name__}')
    raise ValueError(f"order must be one of 'C', 'F', 'A', or 'K' (got {order!r})")


def require_casting(casting):
    """Refuses a rule of casting that is none."""
    if casting not in ('no', 'equiv', 'safe', 'same_kind', 'unsafe'):
        raise ValueError(f"casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got {casting!r})")


def call(name, *args, **kwargs):
    """A function of the engine by its name; keyword arguments that are None are left out."""
    return quick['call'](name, args, kwargs)


def call_array(name, *args, **kwargs):
    """As `call`, but what has no axes stays an array."""
    return quick['call_array'](name, args, kwargs)


def slow_method(handle, name, args, kwargs):
    kinds, values = encode(args, kwargs)
    try:
        return result(engine.method(handle, name, kinds, *values))
    except JsException as error:
        raise translate(error) from None


def method(handle, name, *args, **kwargs):
    """A method of an object of the engine."""
    return quick['method'](handle._h, name, args, kwargs)


# Filled by `fast`; until then the slow ways.
quick = {'call': slow_call, 'call_array': slow_call_array, 'method': slow_method, 'array': keep}


def invoke(function, *args):
    """A function of the bridge that takes and gives plain values."""
    try:
        return function(*args)
    except JsException as error:
        raise translate(error) from None
