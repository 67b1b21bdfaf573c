"""What is common to the modules of polynomials."""

from .._core.creation import array as _array
from .._core.creation import asarray as _asarray
from ._polybase import format_float  # noqa: F401
from .polynomial import _series
from .polynomial import polytrim as trimcoef  # noqa: F401


def as_series(alist, trim=True):
    """The arguments as 1-d arrays of one type."""
    return [trimcoef(_series(a)) if trim else _series(a) for a in alist]


def trimseq(seq):
    """A sequence without the zeros at its end."""
    n = len(seq)
    while n > 1 and seq[n - 1] == 0:
        n -= 1
    return seq[:n]


def getdomain(x):
    """The interval in which points lie."""
    x = _series(x)
    if x.dtype.kind == 'c':
        return _array([complex(x.real.min(), x.imag.min()), complex(x.real.max(), x.imag.max())])
    return _array([x.min(), x.max()])


def mapparms(old, new):
    """Offset and scale of the map of one interval onto another."""
    (a, b), (c, d) = old, new
    length = b - a
    return (b * c - a * d) / length, (d - c) / length


def mapdomain(x, old, new):
    """Points mapped from one interval to another."""
    off, scl = mapparms(old, new)
    return off + scl * (_asarray(x) if isinstance(x, (list, tuple)) else x)
