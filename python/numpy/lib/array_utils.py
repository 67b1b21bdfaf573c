"""What others who write functions of arrays need: axes counted from the beginning, and where an array lies."""

from .._core import link
from ..exceptions import AxisError

__all__ = ['byte_bounds', 'normalize_axis_index', 'normalize_axis_tuple']


def normalize_axis_index(axis, ndim, msg_prefix=None):
    """
    The axis counted from 0.

    Raises
    ------
    AxisError
        Where there is no such axis.
    """
    axis = link.as_index(axis)
    if not -ndim <= axis < ndim:
        raise AxisError(axis, ndim, msg_prefix)
    return axis + ndim if axis < 0 else axis


def normalize_axis_tuple(axis, ndim, argname=None, allow_duplicate=False):
    """One axis or several as a tuple, counted from 0; none may stand twice unless that is allowed."""
    axes = axis if isinstance(axis, (tuple, list)) else (axis,)
    axes = tuple(normalize_axis_index(k, ndim, argname) for k in axes)
    if not allow_duplicate and len({*axes}) < len(axes):
        raise ValueError(f'repeated axis in `{argname}` argument' if argname else 'repeated axis')
    return axes


def byte_bounds(a):
    """The first byte of an array and the byte behind its last, in the memory it lies in."""
    low = high = link.engine.offset(a._h)
    for n, step in zip(a.shape, a.strides):
        if step < 0:
            low += (n - 1) * step
        else:
            high += (n - 1) * step
    return low, high + a.itemsize
