"""Bits of integers, and small things that NumPy keeps for older programs."""

from . import link
from .creation import array, asarray
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
    made = []
    n = a.shape[-1]
    rows = a.reshape(-1, n).tolist() if n else [[] for _ in range(a.size)]
    for row in rows:
        for k in range(0, n, 8):
            bits = row[k:k + 8] + [False] * (8 - len(row[k:k + 8]))
            if bitorder == 'big':
                bits.reverse()
            made.append(sum(bit << place for place, bit in enumerate(bits)))
    packed = array(made, 'uint8').reshape(*a.shape[:-1], -(-n // 8))
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


def bitwise_count(x, /, out=None, **options):
    """Computes the number of 1-bits in the absolute value of `x`."""
    x = asarray(x)
    if x.dtype.kind not in 'ui':
        raise TypeError("ufunc 'bitwise_count' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule "
                        "''safe''")
    made = array([abs(v).bit_count() for v in x.ravel().tolist()], 'uint8').reshape(x.shape)
    if out is not None:
        out[...] = made
        return out
    return made if x.ndim else made[()]


def getbufsize():
    """Return the size of the buffer used in ufuncs."""
    return _buffer


def setbufsize(size):
    """Set the size of the buffer used in ufuncs; here it changes nothing but what `getbufsize` says."""
    global _buffer
    before, _buffer = _buffer, int(size)
    return before


def row_stack(tup, *, dtype=None, casting='same_kind'):
    """Another name of `vstack`, which NumPy takes back."""
    link.warn('`row_stack` alias is deprecated. Use `np.vstack` directly.', DeprecationWarning)
    return vstack(tup, dtype=dtype, casting=casting)
