"""Arrays of what lies in Python's own memory, in files and in text: always a copy, since arrays lie outside of it."""

import contextlib

from . import link
from .creation import array, empty
from .dtypes import _find, _half
from .fields import from_bytes
from .link import engine, invoke
from .swapped import turn

# What the letters of the module `struct` mean as dtypes here, where a C long has 32 bits.
_letters = {'?': 'bool', 'b': 'int8', 'B': 'uint8', 'c': 'S1', 'h': 'int16', 'H': 'uint16', 'i': 'int32', 'I': 'uint32', 'l': 'int32', 'L': 'uint32', 'q': 'int64', 'Q': 'uint64',
            'n': 'int32', 'N': 'uint32', 'e': 'float16', 'f': 'float32', 'd': 'float64'}


def of_buffer(x, want=None):
    """An array of a memoryview, bytearray or `array.array`, with the dtype of its elements unless another is asked for."""
    view = memoryview(x)
    letter = view.format.lstrip('@=<')
    if letter not in _letters:
        raise TypeError(f"cannot use a str to initialize an array with typecode '{letter}'" if letter in 'uw' else f'{view.format} is no format that arrays have')
    t = _find(_letters[letter])
    made = of_bytes(view if view.c_contiguous else view.tobytes(), t).reshape(view.shape) if t.kind != 'S' else array(view.tolist(), t)
    return made if want is None else made.astype(want, copy=False)


def frombuffer(buffer, dtype=float, count=-1, offset=0, *, like=None):
    """Interpret a buffer as a 1-dimensional array. Of an array it is a view; other bytes are copied."""
    if isinstance(buffer, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    if isinstance(buffer, link.ndarray) and not buffer._boxed and buffer.flags.c_contiguous and dtype is not None and link.dtype(dtype).isnative and _find(dtype).kind in 'biufc':
        return _within(buffer, _find(dtype), count, offset)
    view = memoryview(buffer).cast('B')
    if not 0 <= offset <= len(view):
        raise ValueError(f'offset must be non-negative and no greater than buffer length ({len(view)})')
    made = of_bytes(view[offset:], dtype, count)
    if view.readonly and not isinstance(buffer, link.ndarray):
        made.flags.writeable = False
    return made


def _within(array, t, count, offset):
    """The memory of an array under another dtype: a view of it."""
    raw = array.reshape(-1).view('uint8')
    if not 0 <= offset <= raw.size:
        raise ValueError(f'offset must be non-negative and no greater than buffer length ({raw.size})')
    size = raw.size - offset
    if count < 0:
        if size % t.itemsize:
            raise ValueError('buffer size must be a multiple of element size')
        count = size // t.itemsize
    if size < count * t.itemsize:
        raise ValueError('buffer is smaller than requested size')
    return raw[offset:offset + count * t.itemsize].view(t)


def of_bytes(raw, dtype=float, count=-1):
    """A 1-dimensional array of a copy of bytes, which are brought into the machine's own order."""
    t = link.dtype(dtype)
    if not t.isnative:
        return turn(of_bytes(raw, t.newbyteorder('<'), count).byteswap(), t)
    t = _find(t)
    if t.itemsize == 0:
        raise ValueError('itemsize cannot be zero in type')
    raw = memoryview(raw).cast('B') if len(raw) else memoryview(b'')
    if count >= 0:
        if len(raw) < count * t.itemsize:
            raise ValueError('buffer is smaller than requested size')
        raw = raw[:count * t.itemsize]
    if len(raw) % t.itemsize:
        raise ValueError('buffer size must be a multiple of element size')
    if t is _half:
        from .boxed import array_of

        return array_of(of_bytes(raw, 'uint16').view(t), t).copy()
    if t._code > 12:
        return from_bytes(raw, t, (len(raw) // t.itemsize,))
    made = empty(len(raw) // t.itemsize, t)
    engine.fillFrom(made._h, 0, id(raw))
    return made


# Files are read and written in parts of so many bytes: whole, they would not fit into Python's memory.
part = 1 << 24


def of_file(file, t, count):
    """The next `count` elements of a binary file; fewer where it ends before, which drops the bytes of a broken element."""
    if t._code > 12 or not t.isnative:
        raw = file.read(count * t.itemsize)
        return of_bytes(raw[:len(raw) // t.itemsize * t.itemsize], t)
    made = empty(count, t)
    at = 0
    while at < made.nbytes:
        raw = file.read(min(part, made.nbytes - at))
        if not raw:
            return made[:at // t.itemsize].copy()
        engine.fillFrom(made._h, at, id(raw))
        at += len(raw)
    return made


def parts(a):
    """The bytes of an array in C order, a part at a time."""
    flat = a.reshape(-1)
    step = max(1, part // max(1, a.itemsize))
    for k in range(0, a.size, step):
        yield flat[k:k + step].tobytes()


def fromstring(string, dtype=float, count=-1, *, sep, like=None):
    """A new 1-D array initialized from text data in a string."""
    parts = string.split() if sep.strip() == '' else [p for p in string.split(sep) if p.strip()]
    t = _find(dtype)
    values = [int(p) if t.kind in 'iu' else complex(p) if t.kind == 'c' else float(p) for p in parts]
    return array(values if count < 0 else values[:count], t)


def fromfile(file, dtype=float, count=-1, sep='', offset=0, *, like=None):
    """Construct an array from data in a text or binary file."""
    if sep:
        with open(file) as source:
            return fromstring(source.read(), dtype, count, sep=sep)
    t = link.dtype(dtype)
    with contextlib.nullcontext(file) if hasattr(file, 'read') else open(file, 'rb') as source:
        here = source.seek(offset, 1)
        there = max(0, source.seek(0, 2) - here) // t.itemsize
        source.seek(here)
        count = there if count < 0 else min(count, there)
        return of_file(source, t, count)
