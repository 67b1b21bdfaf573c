"""Parts of `numpy.lib`."""

from . import stride_tricks  # noqa: F401
from .._core.files import NpzFile  # noqa: F401

__all__ = ['stride_tricks']
