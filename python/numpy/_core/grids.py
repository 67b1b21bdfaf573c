"""Objects that make arrays out of slices: `np.s_`, `np.r_`, `np.c_`, `np.mgrid`, `np.ogrid`, `np.ix_`."""

import math

from . import link
from .creation import arange, array, asanyarray as asarray, indices, linspace
from .dtypes import _find, result_type
from .joining import concatenate
from .shaping import atleast_1d

ndarray = link.ndarray
_double = _find(float)


class IndexExpression:
    """A nicer way to build up index tuples for arrays: `np.s_[2::2]`."""

    def __init__(self, maketuple):
        self.maketuple = maketuple

    def __getitem__(self, item):
        return (item,) if self.maketuple and not isinstance(item, tuple) else item


s_ = IndexExpression(False)
index_exp = IndexExpression(True)


def _span(part):
    start, stop, step = 0 if part.start is None else part.start, part.stop, part.step
    if isinstance(step, complex):
        return linspace(start, stop, int(abs(step)))
    return arange(start, stop, 1 if step is None else step)


def _lengths(key):
    """The lengths of slices that begin at 0 and step by 1; None for others."""
    lengths = []
    for part in key:
        if type(part.stop) is not int or part.step is not None or not (part.start is None or (type(part.start) is int and part.start == 0)):
            return None
        lengths.append(part.stop)
    return lengths


class nd_grid:
    """A grid of points: full (`mgrid`) or open (`ogrid`); a step of `5j` means five points."""

    def __init__(self, sparse=False):
        self.sparse = sparse

    def __getitem__(self, key):
        if not isinstance(key, tuple):
            return _span(key)
        if not self.sparse and (lengths := _lengths(key)) is not None:
            return indices(tuple(lengths))
        spans = [_span(part) for part in key]
        if any(isinstance(part.step, (complex, float)) or isinstance(part.start, float) or isinstance(part.stop, float) for part in key):
            t = result_type(*spans)
            spans = [s.astype(t) for s in spans]
        n = len(spans)
        opened = [s.reshape((1,) * k + (-1,) + (1,) * (n - k - 1)) for k, s in enumerate(spans)]
        if self.sparse:
            return tuple(opened)
        from .joining import stack
        from .shaping import broadcast_arrays

        return stack(broadcast_arrays(*opened))


mgrid = nd_grid()
ogrid = nd_grid(True)


class AxisConcatenator:
    """Translates slice objects to concatenation along an axis."""

    def __init__(self, axis=0, ndmin=1, trans1d=-1):
        self.axis, self.ndmin, self.trans1d = axis, ndmin, trans1d

    def __getitem__(self, key):
        axis, ndmin, trans1d = self.axis, self.ndmin, self.trans1d
        parts = []
        scalars = []
        turned = ''
        for k, part in enumerate(key if isinstance(key, tuple) else (key,)):
            if isinstance(part, str):
                if k:
                    raise ValueError('special directives must be the first entry.')
                if part in ('r', 'c'):
                    turned = part
                    continue
                words = [int(x) for x in part.split(',')]
                axis = words[0]
                ndmin = words[1] if len(words) > 1 else ndmin
                trans1d = words[2] if len(words) > 2 else trans1d
                continue
            if isinstance(part, slice):
                made = _span(part)
            elif isinstance(part, (int, float, complex)) and not hasattr(part, 'dtype'):
                scalars.append((len(parts), part))
                made = asarray(part)
            else:
                made = asarray(part)
            old = made.ndim
            if old < ndmin:
                made = _widened(made, old, ndmin, trans1d)
            parts.append(made)
        if scalars and len(scalars) < len(parts):
            weak = dict(scalars)
            strong = [p for k, p in enumerate(parts) if k not in weak]
            if any(p.dtype is not _double for p in strong) or any(type(v) is complex for v in weak.values()):
                t = result_type(*strong, *weak.values())
                parts = [array(weak[k], t).reshape(p.shape) if k in weak else p.astype(t) for k, p in enumerate(parts)]
        made = concatenate(parts, axis)
        if not turned:
            return made
        from .matrices import matrix

        return matrix(made).T if turned == 'c' and made.ndim == 1 else matrix(made)

    def __len__(self):
        return 0


def _widened(made, old, ndmin, trans1d):
    """An array with axes of length one, so that there are `ndmin`; its own stand from `trans1d` on, or last."""
    ones = ndmin - old
    if trans1d == -1 or not old:
        return made.reshape((1,) * ones + made.shape)
    place = trans1d if trans1d >= 0 else trans1d + ones + 1
    return made.reshape((1,) * place + made.shape + (1,) * (ones - place))


class RClass(AxisConcatenator):
    """Translates slice objects to concatenation along the first axis."""


class CClass(AxisConcatenator):
    """Translates slice objects to concatenation along the second axis."""


r_ = RClass()
c_ = CClass(-1, 2, 0)


def ix_(*args):
    """Construct an open mesh from multiple sequences."""
    n = len(args)
    made = []
    for k, part in enumerate(args):
        part = asarray(part)
        if part.size == 0:
            part = part.astype(int)
        if part.ndim != 1:
            raise ValueError('Cross index must be 1 dimensional')
        if part.dtype.kind == 'b':
            part = part.nonzero()[0]
        made.append(part.reshape((1,) * k + (part.size,) + (1,) * (n - k - 1)))
    return tuple(made)


def mask_indices(n, mask_func, k=0):
    """Return the indices to access (n, n) arrays, given a masking function."""
    from .creation import ones

    return mask_func(ones((n, n), int), k).astype(bool).nonzero()


_ = (atleast_1d, indices, math)
