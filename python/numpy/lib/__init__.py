"""Parts of `numpy.lib`."""

from . import array_utils, mixins, npyio, scimath, stride_tricks  # noqa: F401
from .._core.files import NpzFile  # noqa: F401

__all__ = ['array_utils', 'mixins', 'npyio', 'scimath', 'stride_tricks']
