"""Differences, integrals and interpolation along an axis, and convolution."""

import builtins
import operator

from .creation import asanyarray as asarray
from .link import AxisError, call, call_array
from .ufuncs import _no_value


# ---------------------------------------------------------------- differences, sums along curves


def diff(a, n=1, axis=-1, prepend=_no_value, append=_no_value):
    """Calculate the n-th discrete difference along the given axis."""
    if n == 0:
        return a
    a = asarray(a)
    if n < 0:
        raise ValueError(f'order must be non-negative but got {n!r}')
    if a.ndim == 0:
        raise ValueError('diff requires input that is at least one dimensional')
    if prepend is not _no_value or append is not _no_value:
        a = _between(a, axis, prepend, append)
    return call_array('diff', a, n, axis)


def _between(a, axis, prepend, append):
    """The array with what stands before and behind it along an axis; a single number stands in every row."""
    from .joining import concatenate
    from .shaping import broadcast_to

    if not -a.ndim <= axis < a.ndim:
        raise AxisError(axis, a.ndim)

    def widened(x):
        x = asarray(x)
        if x.ndim == 0:
            shape = list(a.shape)
            shape[axis] = 1
            x = broadcast_to(x, shape)
        return x

    before = [] if prepend is _no_value else [widened(prepend)]
    behind = [] if append is _no_value else [widened(append)]
    return concatenate([*before, a, *behind], axis)


def ediff1d(ary, to_end=None, to_begin=None):
    """The differences between consecutive elements of an array."""
    from .joining import concatenate

    made = diff(asarray(ary).ravel())
    parts = [asarray(to_begin).ravel()] if to_begin is not None else []
    parts.append(made)
    if to_end is not None:
        parts.append(asarray(to_end).ravel())
    return concatenate(parts).astype(made.dtype) if len(parts) > 1 else made


def gradient(f, *varargs, axis=None, edge_order=1):
    """Return the gradient of an N-dimensional array, with second order differences inside and first (or second) order at the ends."""
    made = call_array('gradient', asarray(f), *varargs, axis=tuple(axis) if isinstance(axis, list) else axis, edge_order=edge_order)
    return tuple(made) if isinstance(made, list) else made


def trapezoid(y, x=None, dx=1.0, axis=-1):
    """Integrate along the given axis using the composite trapezoidal rule."""
    y = asarray(y)
    if x is None:
        d = dx
    else:
        x = asarray(x)
        d = diff(x, axis=axis if x.ndim > 1 else -1)
        if x.ndim == 1 and y.ndim > 1:
            shape = [1] * y.ndim
            shape[axis] = -1
            d = d.reshape(shape)
    after, before = [slice(None)] * y.ndim, [slice(None)] * y.ndim
    after[axis], before[axis] = slice(1, None), slice(None, -1)
    return (d * (y[tuple(after)] + y[tuple(before)]) / 2.0).sum(axis)


_modes = ('valid', 'same', 'full')


def _mode(mode):
    """How much of a convolution is meant, by its word or its number; the engine refuses other words."""
    if isinstance(mode, str):
        return mode
    if isinstance(mode, bool) or not hasattr(mode, '__index__'):
        raise TypeError('convolve/correlate mode not understood')
    if not 0 <= operator.index(mode) <= 2:
        raise ValueError('integer convolve/correlate mode must be 0, 1, or 2')
    return _modes[mode]


def convolve(a, v, mode='full'):
    """Returns the discrete, linear convolution of two one-dimensional sequences."""
    return call_array('convolve', asarray(a), asarray(v), _mode(mode))


def correlate(a, v, mode='valid'):
    """Cross-correlation of two 1-dimensional sequences."""
    return call_array('correlate', asarray(a), asarray(v), _mode(mode))


def interp(x, xp, fp, left=None, right=None, period=None):
    """One-dimensional linear interpolation for monotonically increasing sample points."""
    xs, xp, fp = asarray(x), asarray(xp, float), asarray(fp)
    if xp.size == 0:
        raise ValueError('array of sample points is empty')
    if xp.size != fp.size:
        raise ValueError('fp and xp are not of the same length.')
    return call('interp', xs, xp, fp, left, right, None if period is None else builtins.abs(period))


def unwrap(p, discont=None, axis=-1, *, period=6.283185307179586):
    """Unwrap by taking the complement of large deltas with respect to the period; whole numbers with a whole period stay whole."""
    return call_array('unwrap', asarray(p), discont, axis, period)
