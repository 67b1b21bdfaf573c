"""Record arrays: structured arrays whose fields are attributes, too."""

import builtins

from ._core import link
from ._core.array import ndarray
from ._core.creation import array as _array
from ._core.dtypes import _find
from ._core.fields import record_dtype
from ._core.records import record as _structured
from ._core.records import record_array, structured
from ._core.flexible import record

__all__ = ['array', 'find_duplicate', 'format_parser', 'fromarrays', 'fromrecords', 'recarray', 'record']


class recarray(_structured):
    """A structured array whose fields are attributes: `r.x` is `r['x']`."""

    __slots__ = ()
    __module__ = 'numpy.rec'
    _single = record
    _opening = 'rec.array('

    def __new__(cls, shape, dtype=None, buf=None, offset=0, strides=None, formats=None, names=None, titles=None, byteorder=None, aligned=False, order='C'):
        from ._core.records import filled_record

        kind = format_parser(formats, names, titles).dtype if dtype is None else _find(dtype)
        return filled_record('zeros', tuple(shape) if isinstance(shape, (tuple, list)) else (shape,), kind).view(cls)

    def __getattr__(self, name):
        if not name.startswith('_') and name in self._fields:
            return self._fields[name]
        raise AttributeError(f'recarray has no attribute {name}')

    def __setattr__(self, name, value):
        if not name.startswith('_') and name in self._fields:
            self[name] = value
        else:
            object.__setattr__(self, name, value)

    def _bare(self):
        return self.view(ndarray)

    def field(self, attr, val=None):
        """The array of a field by its name or place; with a value, sets it."""
        name = attr if isinstance(attr, str) else self._type.names[attr]
        if val is None:
            return self[name]
        self[name] = val


class format_parser:
    """The dtype of formats and names: `format_parser('f8,i4', 'x,y', '').dtype`."""

    def __init__(self, formats, names, titles, aligned=False, byteorder=None):
        if formats is None:
            raise ValueError('Need formats argument')
        kinds = [part.strip() for part in formats.split(',')] if isinstance(formats, str) else builtins.list(formats)
        self.dtype = record_dtype(builtins.list(zip(_names(names, len(kinds)), map(_find, kinds))))


def _names(names, count):
    given = [n.strip() for n in names.split(',')] if isinstance(names, str) else builtins.list(names or ())
    return given + [f'f{k}' for k in range(len(given), count)]


def fromarrays(arrayList, dtype=None, shape=None, formats=None, names=None, titles=None, aligned=False, byteorder=None):
    """A record array of one array for each field."""
    parts = [_array(x) for x in arrayList]
    if dtype is not None:
        kind = _find(dtype)
    elif formats is not None:
        kind = format_parser(formats, names, titles).dtype
    else:
        kind = record_dtype(builtins.list(zip(_names(names, len(parts)), (p.dtype for p in parts))))
    if len(kind.names) != len(parts):
        raise ValueError('mismatch between the number of fields and the number of arrays')
    for k, part in enumerate(parts):
        if part.shape != parts[0].shape:
            raise ValueError(f'array-shape mismatch in array {k} ("{kind.names[k]}")')
    return structured({name: part.astype(t) for part, (name, t, _) in zip(parts, kind._parts)}, kind, recarray)


def fromrecords(recList, dtype=None, shape=None, formats=None, names=None, titles=None, aligned=False, byteorder=None):
    """A record array of a list of tuples."""
    if dtype is None and formats is None:
        return fromarrays([_array(builtins.list(column)) for column in zip(*recList)], names=names)
    kind = _find(dtype) if dtype is not None else format_parser(formats, names, titles).dtype
    made = record_array([tuple(row) for row in recList], kind).view(recarray)
    return made if shape is None else made.reshape(shape)


def array(obj, dtype=None, shape=None, offset=0, strides=None, formats=None, names=None, titles=None, aligned=False, byteorder=None, copy=True):
    """A record array of records, arrays, or lists of tuples."""
    if isinstance(obj, _structured):
        made = obj if dtype is None else obj.astype(dtype)
        return (made.copy() if copy else made).view(recarray)
    if isinstance(obj, (builtins.list, tuple)) and obj and isinstance(obj[0], (tuple, builtins.list)):
        return fromrecords(obj, dtype, shape, formats, names)
    if isinstance(obj, (builtins.list, tuple)):
        return fromarrays(obj, dtype, shape, formats, names)
    if isinstance(obj, ndarray):
        raise ValueError('a record array is made of records; this is an array of ' + obj.dtype.name)
    raise ValueError('Unknown input type')


def find_duplicate(list):
    """The elements that are there more than once."""
    return [x for k, x in enumerate(list) if list.index(x) < k and list[:k].count(x) == 1]


_ = link
