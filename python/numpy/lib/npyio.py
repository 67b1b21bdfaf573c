"""Archives of arrays."""

from .._core.files import NpzFile  # noqa: F401

__all__ = ['NpzFile']
