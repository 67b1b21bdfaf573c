"""Reductions of masked arrays: masked elements take no part, and what all of an axis masks is masked."""

import builtins

import numpy as np

from .core import MaskedArray, _of, getmaskarray, masked, mask_or, nomask


def _all_masked(a, axis, keepdims):
    if a._mask is nomask:
        return nomask
    return np.all(a._mask, axis=axis, keepdims=keepdims)


def _given(a, made, mask, out=None):
    """The result with its mask; what has no axes is a scalar or `masked`."""
    if not isinstance(made, np.ndarray) or made.ndim == 0:
        made = masked if mask is not nomask and np.all(mask) else made
    else:
        made = _of(made, mask)
    if out is None:
        return made
    out[...] = made
    return out


def _fold(name, neutral):
    def method(self, axis=None, dtype=None, out=None, keepdims=False):
        made = getattr(self.filled(neutral), name)(axis=axis, dtype=dtype, keepdims=keepdims)
        return _given(self, made, _all_masked(self, axis, keepdims), out)

    return method


def _running(name, neutral):
    def method(self, axis=None, dtype=None, out=None):
        made = getattr(self.filled(neutral), name)(axis=axis, dtype=dtype)
        mask = self._mask if self._mask is nomask or axis is not None else self._mask.ravel()
        return _of(made, mask)

    return method


def _limit(dtype, highest):
    """The fill that never wins."""
    if dtype.kind == 'b':
        return highest
    if dtype.kind in 'iu':
        info = np.iinfo(dtype)
        return info.max if highest else info.min
    return np.inf if highest else -np.inf


def _extreme(name):
    def method(self, axis=None, out=None, fill_value=None, keepdims=False):
        fill = _limit(self.dtype, name == 'min') if fill_value is None else fill_value
        made = getattr(self.filled(fill), name)(axis=axis, keepdims=keepdims)
        mask = _all_masked(self, axis, keepdims)
        given = _given(self, made, mask, out)
        if isinstance(given, MaskedArray) and given is not masked and mask is not nomask:
            given._data[mask] = given.fill_value
        return given

    return method


def _place(name):
    def method(self, axis=None, fill_value=None, out=None, *, keepdims=False):
        fill = _limit(self.dtype, name == 'argmin') if fill_value is None else fill_value
        return getattr(self.filled(fill), name)(axis=axis, keepdims=keepdims)

    return method


def _truth(name, neutral):
    def method(self, axis=None, out=None, keepdims=False):
        made = getattr(np.where(getmaskarray(self), neutral, self._data.astype(bool)), name)(axis=axis, keepdims=keepdims)
        return _given(self, made, _all_masked(self, axis, keepdims), out)

    return method


def mean(self, axis=None, dtype=None, out=None, keepdims=False):
    """The mean of the elements that are not masked."""
    if self._mask is nomask:
        return _given(self, self._data.mean(axis=axis, dtype=dtype, keepdims=keepdims), nomask, out)
    count = self.count(axis=axis, keepdims=keepdims)
    if not isinstance(count, np.ndarray) and not count:
        return masked
    total = self.sum(axis=axis, dtype=dtype, keepdims=keepdims)
    made = total * 1.0 / count
    if out is None:
        return made
    out[...] = made
    return out


def var(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, mean=None):
    """The variance of the elements that are not masked."""
    if self._mask is nomask:
        return _given(self, self._data.var(axis=axis, dtype=dtype, ddof=ddof, keepdims=keepdims), nomask, out)
    count = self.count(axis=axis, keepdims=keepdims) - ddof
    apart = self - self.mean(axis=axis, dtype=dtype, keepdims=True)
    apart = np.abs(apart) ** 2 if self.dtype.kind == 'c' else apart * apart
    total = apart.sum(axis=axis, keepdims=keepdims)
    if total is masked or (not isinstance(count, np.ndarray) and count <= 0):
        return masked
    made = total / count
    if isinstance(made, MaskedArray):
        made._mask = mask_or(_all_masked(self, axis, keepdims), count <= 0, shrink=False)
        made._fill = self._fill
    if out is None:
        return made
    out[...] = made
    return out


def std(self, axis=None, dtype=None, out=None, ddof=0, keepdims=False, mean=None):
    """The standard deviation of the elements that are not masked."""
    made = self.var(axis, dtype, out, ddof, keepdims)
    return made if made is masked else np.sqrt(made)


def ptp(self, axis=None, out=None, fill_value=None, keepdims=False):
    """The range of the elements that are not masked."""
    return self.max(axis=axis, keepdims=keepdims) - self.min(axis=axis, keepdims=keepdims)


def anom(self, axis=None, dtype=None):
    """What the elements differ from their mean."""
    return self - (self.mean(axis, dtype, keepdims=True) if axis is not None else self.mean(dtype=dtype))


def round_(self, decimals=0, out=None):
    """Each element rounded."""
    return self._like(self._data.round(decimals), self._mask)


def clip(self, min=None, max=None, out=None):
    """Each element limited."""
    return self._like(self._data.clip(min, max), self._mask)


def trace(self, offset=0, axis1=0, axis2=1, dtype=None, out=None):
    """The sum of a diagonal."""
    return self.diagonal(offset, axis1, axis2).filled(0).sum(-1, dtype=dtype)


def nonzero(self):
    """Where elements are neither zero nor masked."""
    return self.filled(0).nonzero()


def argsort(self, axis=-1, kind=None, order=None, endwith=True, fill_value=None, *, stable=False):
    """The indices that would sort the array; masked elements come last."""
    fill = _limit(self.dtype, endwith) if fill_value is None else fill_value
    return self.filled(fill).argsort(axis)


def sort(self, axis=-1, kind=None, order=None, endwith=True, fill_value=None, *, stable=False):
    """Sorts in place; masked elements come last."""
    order = argsort(self, axis, endwith=endwith, fill_value=fill_value)
    self._data[...] = np.take_along_axis(self._data, order, axis)
    if self._mask is not nomask:
        self._mask[...] = np.take_along_axis(self._mask, order, axis)


def ids(self):
    """Numbers of the memory of data and mask."""
    return (id(self._data), id(self._mask))


for _name, _neutral in (('sum', 0), ('prod', 1)):
    setattr(MaskedArray, _name, _fold(_name, _neutral))
for _name, _neutral in (('cumsum', 0), ('cumprod', 1)):
    setattr(MaskedArray, _name, _running(_name, _neutral))
for _name in ('min', 'max'):
    setattr(MaskedArray, _name, _extreme(_name))
for _name in ('argmin', 'argmax'):
    setattr(MaskedArray, _name, _place(_name))
for _name, _neutral in (('any', False), ('all', True)):
    setattr(MaskedArray, _name, _truth(_name, _neutral))
for _function in (mean, var, std, ptp, anom, clip, trace, nonzero, argsort, sort, ids):
    setattr(MaskedArray, _function.__name__, _function)
MaskedArray.product = MaskedArray.prod
MaskedArray.round = round_
_ = builtins
