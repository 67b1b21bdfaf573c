"""Products of vectors and matrices."""

import operator

from . import link
from .creation import asanyarray as asarray
from .creation import ascontiguousarray, asfortranarray
from .dtypes import _find, can_cast
from .link import call, call_array

ndarray = link.ndarray


def _product(name, a, b, out=None, **options):
    made = call(name, asarray(a), asarray(b), **options)
    if out is None:
        return made
    if out.shape != asarray(made).shape:
        raise ValueError('output array is not acceptable (must have the right datatype, number of dimensions, and be a C-Array)')
    out[...] = made
    return out


def dot(a, b, out=None):
    """
    dot(a, b, out=None)

    Dot product of two arrays: inner product of vectors, matrix product of matrices.

    Examples
    --------
    >>> np.dot([1, 2, 3], [4, 5, 6])
    np.int64(32)
    """
    return _product('dot', a, b, out=out)


def vdot(a, b, /):
    """Return the dot product of two vectors; the first is conjugated, both are flattened."""
    return call('vdot', asarray(a), asarray(b))


def inner(a, b, /):
    """Inner product of two arrays: sum over their last axes."""
    return call('inner', asarray(a), asarray(b))


def outer(a, b, out=None):
    """Compute the outer product of two vectors."""
    return _product('outer', a, b, out=out)


def tensordot(a, b, axes=2):
    """Compute tensor dot product along specified axes."""
    if not isinstance(axes, int):
        axes = [list(x) if hasattr(x, '__iter__') else x for x in axes]
    return call_array('tensordot', asarray(a), asarray(b), axes)


def kron(a, b):
    """Kronecker product of two arrays."""
    return call('kron', asarray(a), asarray(b))


def cross(a, b, axisa=-1, axisb=-1, axisc=-1, axis=None):
    """Return the cross product of two (arrays of) vectors."""
    from .shaping import moveaxis

    a, b = asarray(a), asarray(b)
    if axis is not None:
        axisa = axisb = axisc = axis
    if a.ndim == 0 or b.ndim == 0:
        raise ValueError('At least one array has zero dimension')
    a, b = moveaxis(a, axisa, -1), moveaxis(b, axisb, -1)
    if 2 in (a.shape[-1], b.shape[-1]):
        link.warn('Arrays of 2-dimensional vectors are deprecated. Use arrays of 3-dimensional vectors instead. (deprecated in NumPy 2.0)', DeprecationWarning)
    made = call_array('cross', a, b)
    return moveaxis(made, -1, axisc) if made.ndim == max(a.ndim, b.ndim) else made


def trace(a, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    """Return the sum along diagonals of the array."""
    a = asarray(a)
    if dtype is not None:
        return a.diagonal(offset, axis1, axis2).sum(-1, dtype, out)
    made = call('trace', a, operator.index(offset), axis1, axis2)
    if out is not None:
        out[...] = made
        return out
    return made


def einsum(*operands, out=None, dtype=None, order='K', casting='safe', optimize=False):
    """
    einsum(subscripts, *operands, out=None, dtype=None, order='K', casting='safe', optimize=False)

    Evaluates the Einstein summation convention on the operands.

    Examples
    --------
    >>> np.einsum('ij,jk->ik', np.eye(2), np.ones((2, 2)))
    array([[1., 1.],
           [1., 1.]])
    """
    subscripts, *arrays = operands
    if not isinstance(subscripts, str):
        subscripts, arrays = _from_lists(operands)
    if order not in ('K', 'A', 'C', 'F', 'k', 'a', 'c', 'f'):
        raise ValueError(f"order must be one of 'C', 'F', 'A', or 'K' (got {order!r})")
    link.require_casting(casting)
    arrays = [asarray(a) for a in arrays]
    if dtype is not None:
        arrays = [_cast(a, dtype, casting, k) for k, a in enumerate(arrays)]
    made = call('einsum', subscripts, *arrays)
    if out is not None:
        out[...] = made
        return out
    if order in 'Ff' or order in 'Aa' and all(a.flags.f_contiguous and not a.flags.c_contiguous for a in arrays):
        return asfortranarray(made) if made.ndim else made
    return ascontiguousarray(made) if order in 'CcAa' and made.ndim else made


def _cast(a, dtype, casting, k):
    dtype = _find(dtype)
    if not can_cast(a.dtype, dtype, casting):
        raise TypeError(f"Iterator operand {k} dtype could not be cast from {a.dtype!r} to {dtype!r} according to the rule '{casting}'")
    return a.astype(dtype)


def _from_lists(operands):
    letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

    def letter(i):
        if i is Ellipsis:
            return '...'
        try:
            i = i.__index__()
        except AttributeError:
            raise TypeError('each subscript must be either an integer or an ellipsis') from None
        if not 0 <= i < len(letters):
            raise ValueError('subscript is not within the valid range [0, 52)')
        return letters[i]

    def text(indices):
        try:
            return ''.join(letter(i) for i in indices)
        except TypeError as error:
            if 'not iterable' not in str(error):
                raise
            raise TypeError('the subscripts for each operand must be a list or a tuple') from None

    arrays, parts, k = [], [], 0
    while k + 1 < len(operands):
        arrays.append(operands[k])
        parts.append(text(operands[k + 1]))
        k += 2
    subscripts = ','.join(parts)
    return (f'{subscripts}->{text(operands[k])}' if k < len(operands) else subscripts), arrays


def einsum_path(*operands, optimize='greedy', einsum_call=False):
    """Evaluates the lowest cost contraction order for an einsum expression."""
    subscripts, *arrays = operands
    if not isinstance(subscripts, str):
        subscripts, arrays = _from_lists(operands)
    way = optimize[0] if isinstance(optimize, (list, tuple)) and len(optimize) == 2 else optimize
    if isinstance(way, str) and way not in ('greedy', 'optimal', 'einsum_path'):
        raise KeyError('Path name %s not found', way)
    path, table = call('einsum_path', subscripts, *(asarray(a) for a in arrays), optimize=optimize or False)
    return ['einsum_path', *(tuple(step) for step in path[1:])], table
