"""The classes of NumPy's dtypes: `type(np.dtype('int8'))` is `numpy.dtypes.Int8DType`."""

from ._core.dtypes import classes, string_dtype as _string
from ._core.fields import void_dtype as _void

_string('U', 0), _string('S', 0), _void(0)
_words_of_c = {'Byte': 'Int8', 'UByte': 'UInt8', 'Short': 'Int16', 'UShort': 'UInt16', 'Int': 'Int32', 'UInt': 'UInt32', 'Long': 'Int64', 'ULong': 'UInt64',
               'LongLong': 'Int64', 'ULongLong': 'UInt64'}
globals().update({name: found for name, (found, _) in classes.items()})
globals().update({f'{name}DType': classes[f'{same}DType'][0] for name, same in _words_of_c.items()})
__all__ = [name for name in globals() if name.endswith('DType')]
