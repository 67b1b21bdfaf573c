"""`np.memmap`: an array whose elements lie in a file. Here the file is read whole, and written by `flush` and at the end."""

import atexit
import contextlib
import os
import weakref

from .array import ndarray
from .buffers import of_bytes
from .creation import zeros
from .dtypes import _find

_new = object.__new__
_open = {}


class memmap(ndarray):
    """
    memmap(filename, dtype=uint8, mode='r+', offset=0, shape=None, order='C')

    An array kept in a binary file. Modes: 'r' to read, 'r+' to read and write, 'w+' to make the file anew, 'c' to change the
    array but not the file. What was changed is in the file after `flush`, or when the array is gone.
    """

    __slots__ = ('__dict__',)
    __module__ = 'numpy'
    __array_priority__ = -100.0

    def __new__(cls, filename, dtype='uint8', mode='r+', offset=0, shape=None, order='C'):
        mode = {'readonly': 'r', 'copyonwrite': 'c', 'readwrite': 'r+', 'write': 'w+'}.get(mode, mode)
        if mode not in ('r', 'c', 'r+', 'w+'):
            raise ValueError(f"mode must be one of ['r', 'c', 'r+', 'w+', 'readonly', 'copyonwrite', 'readwrite', 'write'] (got {mode!r})")
        if mode == 'w+' and shape is None:
            raise ValueError("shape must be given if mode == 'w+'")
        t = _find(dtype)
        if t._code > 12:
            raise TypeError(f'a memmap of {t} is not available here: numbers of the engine are')
        if hasattr(filename, 'read'):
            if filename.writable():
                filename.flush()
            filename = filename.name
        path = os.fspath(filename)
        if shape is not None:
            shape = (shape,) if hasattr(shape, '__index__') else tuple(shape)
        if mode == 'w+':
            flat = zeros(shape, t).ravel()
        else:
            with open(path, 'rb') as file:
                file.seek(offset)
                raw = file.read()
            if shape is None:
                if len(raw) % t.itemsize:
                    raise ValueError('Size of the available data is not a multiple of the data-type size.')
                count = len(raw) // t.itemsize
                shape = (count,)
            count = 1
            for n in shape:
                count *= n
            if len(raw) < count * t.itemsize and mode == 'r+':
                raw = raw.ljust(count * t.itemsize, b'\0')
            if len(raw) < count * t.itemsize:
                raise ValueError('mmap length is greater than file size')
            flat = of_bytes(raw[:count * t.itemsize], t)
        whole = flat.reshape(shape[::-1]).T if order == 'F' else flat.reshape(shape)
        if mode == 'r':
            whole.setflags(write=False)
        made = _new(cls)
        made._h, whole._h = whole._h, 0
        del whole._h
        made.filename, made.offset, made.mode, made._order = os.path.abspath(path), offset, mode, order
        made._flat = flat
        if mode in ('r+', 'w+'):
            _open[id(made)] = weakref.ref(made)
        if mode == 'w+':
            with open(path, 'wb') as file:
                file.truncate(offset + flat.nbytes)
        return made

    @property
    def base(self):
        """The memory of the file."""
        return self._flat

    def flush(self):
        """Writes what was changed into the file."""
        if self.mode in ('r+', 'w+'):
            with open(self.filename, 'r+b') as file:
                file.seek(self.offset)
                file.write(self._flat.tobytes())

    def __del__(self):
        try:
            self.flush()
        except (AttributeError, OSError):
            pass
        _open.pop(id(self), None)
        ndarray.__del__(self)

    def __repr__(self):
        return 'memmap' + ndarray.__repr__(self[...])[len('array'):].replace('\n      ', '\n       ')


@atexit.register
def _flush_all():
    for reference in list(_open.values()):
        array = reference()
        if array is not None:
            # The file may be gone before the array.
            with contextlib.suppress(FileNotFoundError):
                array.flush()
