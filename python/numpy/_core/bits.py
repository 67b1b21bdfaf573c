"""Bits of integers, and small things that NumPy keeps for older programs."""

from . import link
from .creation import array, asarray, zeros
from .joining import vstack
from .shaping import moveaxis

_buffer = 8192


def packbits(a, /, axis=None, bitorder='big'):
    """Packs the elements of a binary-valued array into bits in a uint8 array."""
    a = asarray(a)
    if a.dtype.kind not in 'bui':
        raise TypeError('Expected an input array of integer or boolean data type')
    if bitorder not in ('big', 'little'):
        raise ValueError("'order' must be either 'little' or 'big'")
    a = (a != 0).ravel() if axis is None else moveaxis(a != 0, axis, -1)
    n = a.shape[-1]
    padded = zeros((*a.shape[:-1], -(-n // 8) * 8), 'uint8')
    padded[..., :n] = a
    weights = array([1 << k for k in (range(7, -1, -1) if bitorder == 'big' else range(8))], 'uint8')
    packed = (padded.reshape(*a.shape[:-1], -(-n // 8), 8) * weights).sum(-1, dtype='uint8')
    return packed if axis is None else moveaxis(packed, -1, axis)


def unpackbits(a, /, axis=None, count=None, bitorder='big'):
    """Unpacks elements of a uint8 array into a binary-valued output array."""
    a = asarray(a)
    if a.dtype != 'uint8':
        raise TypeError('Expected an input array of unsigned byte data type')
    a = a.ravel() if axis is None else moveaxis(a, axis, -1)
    places = range(7, -1, -1) if bitorder == 'big' else range(8)
    made = (a[..., None] >> array(list(places), 'uint8') & array(1, 'uint8')).reshape(*a.shape[:-1], 8 * a.shape[-1])
    if count is not None:
        made = made[..., :count]
    return made if axis is None else moveaxis(made, -1, axis)


def getbufsize():
    """Return the size of the buffer used in ufuncs."""
    return _buffer


def setbufsize(size):
    """Set the size of the buffer used in ufuncs; here it changes nothing but what `getbufsize` says."""
    global _buffer
    if size < 0:
        raise ValueError('buffer size must be non-negative')
    if size % 16:
        raise ValueError(f'Buffer size, {size}, is not a multiple of 16')
    before, _buffer = _buffer, int(size)
    return before


def row_stack(tup, *, dtype=None, casting='same_kind'):
    """Another name of `vstack`, which NumPy takes back."""
    link.warn('`row_stack` alias is deprecated. Use `np.vstack` directly.', DeprecationWarning)
    return vstack(tup, dtype=dtype, casting=casting)
