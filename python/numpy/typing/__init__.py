"""Names for type hints."""

import types as _types
from typing import Any, Union

from .._core.dtypes import dtype as _dtype
from .._core import link as _link

ArrayLike = Any
DTypeLike = Union[_dtype, type, str, None]
NBitBase = Any

__all__ = ['ArrayLike', 'DTypeLike', 'NDArray', 'NBitBase']


class _Dtype(_types.GenericAlias):
    """`numpy.dtype[numpy.float64]`, as NumPy writes it."""

    def __repr__(self):
        (item,) = self.__args__
        return f'numpy.dtype[{_shown(item)}]'


def _shown(item):
    return f'{item.__module__}.{item.__qualname__}' if isinstance(item, type) and item.__module__ != 'builtins' else getattr(item, '__name__', repr(item))


class NDArray:
    """`NDArray[np.float64]`: an array of any shape with elements of a type."""

    def __class_getitem__(cls, item):
        return _types.GenericAlias(_link.ndarray, (tuple[Any, ...], _Dtype(_dtype, (item,))))
