"""Names by which pickles of NumPy call what makes arrays and scalars."""

from .array import _reconstruct  # noqa: F401
from .dtypes import _find


def scalar(dtype, raw):
    """A scalar of its bytes."""
    from .buffers import frombuffer

    return frombuffer(raw, _find(dtype))[0]
