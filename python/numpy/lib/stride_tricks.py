"""Views with strides of one's own."""

from .._core import link as _link
from .._core.creation import _shape, asarray
from .._core.link import engine as _engine
from .._core.shaping import broadcast_arrays, broadcast_to  # noqa: F401

__all__ = ['as_strided', 'broadcast_arrays', 'broadcast_to', 'sliding_window_view']


def as_strided(x, shape=None, strides=None, subok=False, writeable=True):
    """Create a view into the array with the given shape and strides, which must stay inside its memory."""
    x = asarray(x)
    shape = x.shape if shape is None else _shape(shape)
    strides = x.strides if strides is None else tuple(strides)
    kinds, values = _link.encode((shape, strides), {})
    made = _link.wrap(_link.invoke(_engine.strided, x._h, kinds, *values))
    made = x._view_of(made)
    if not writeable:
        made.flags.writeable = False
    return made


def sliding_window_view(x, window_shape, axis=None, *, subok=False, writeable=False):
    """Create a sliding window view into the array with the given window shape."""
    x = asarray(x)
    window = _shape(window_shape)
    axes = tuple(range(x.ndim)) if axis is None else (axis,) if isinstance(axis, int) else tuple(axis)
    if len(window) != len(axes):
        raise ValueError(f'Must provide window_shape for all dimensions of `x`; got {len(window)} window_shape elements and `x.ndim` is {x.ndim}.'
                         if axis is None else f'Must provide matching length window_shape and axis; got {len(window)} window_shape elements and {len(axes)} axes elements.')
    shape, extra = list(x.shape), []
    for k, n in zip(axes, window):
        if shape[k] < n:
            raise ValueError('window shape cannot be larger than input array shape')
        shape[k] -= n - 1
        extra.append(x.strides[k])
    made = as_strided(x, (*shape, *window), (*x.strides, *extra))
    if not writeable:
        made.setflags(write=False)
    return made
