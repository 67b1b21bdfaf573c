"""Names for type hints."""

import types as _types
from typing import Any, Union

from .._core.dtypes import dtype as _dtype
from .._core import link as _link

ArrayLike = Any
DTypeLike = Union[_dtype, type, str, None]
NDArray = _types.GenericAlias(_link.ndarray, (Any,))
NBitBase = Any

__all__ = ['ArrayLike', 'DTypeLike', 'NDArray', 'NBitBase']


class _NDArray:
    def __class_getitem__(cls, item):
        return _types.GenericAlias(_link.ndarray, (Any, item))


NDArray = _NDArray
