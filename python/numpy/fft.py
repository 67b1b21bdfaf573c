"""Discrete Fourier transforms."""

import operator as _operator

from ._core import foreign as _foreign
from ._core.creation import asarray as _asarray
from ._core.fast import quicken as _quicken
from ._core.link import call as _call
from ._core.link import call_array as _call_array
from ._core.link import ndarray as _ndarray
from ._core.link import warn as _warn
from .exceptions import _UFuncOutputCastingError

__all__ = ['fft', 'ifft', 'rfft', 'irfft', 'hfft', 'ihfft', 'rfftn', 'irfftn', 'rfft2', 'irfft2', 'fft2', 'ifft2', 'fftn', 'ifftn', 'fftshift',
           'ifftshift', 'fftfreq', 'rfftfreq']


def _into(made, out, name):
    if out is None:
        return made
    if not isinstance(out, _ndarray):
        raise TypeError('return arrays must be of ArrayType')
    if out.shape != made.shape:
        raise ValueError('output array has wrong shape.')
    if made.dtype.kind == 'c' and out.dtype.kind != 'c':
        raise _UFuncOutputCastingError(f"Cannot cast ufunc '{name}' output from {made.dtype!r} to {out.dtype!r} with casting rule 'same_kind'")
    out[...] = made
    return out


def _axes_of(s, axes):
    """Lengths and axes of a transform along several axes, of which some lengths may be left open."""
    s, axes = _lengths(s), _lengths(axes)
    if s is None:
        return s, axes
    if axes is None:
        _warn('`axes` should not be `None` if `s` is not `None` (Deprecated in NumPy 2.0). In a future version of NumPy, this will raise an error and `s[i]` will '
              'correspond to the size along the transformed axis specified by `axes[i]`. To retain current behaviour, pass a sequence [0, ..., k-1] to `axes` '
              'for an array of dimension k.', DeprecationWarning)
    if None in s:
        _warn('Passing an array containing `None` values to `s` is deprecated in NumPy 2.0 and will raise an error in a future version of NumPy. To use the '
              'default behaviour of the corresponding 1-D transform, pass the value matching the default for its `n` parameter. To use the default behaviour '
              'for every axis, the `s` argument can be omitted.', DeprecationWarning)
        s = [-1 if n is None else n for n in s]
    return s, axes


def _check(norm, name):
    if norm not in (None, 'backward', 'ortho', 'forward'):
        # NumPy says it in two ways, of which one is for the transforms that turn the direction round.
        gap = ' ' if name[0] == 'i' or name == 'hfft' else ''
        raise ValueError(f'Invalid norm value {norm}; should be "backward",{gap}"ortho" or "forward".')


def _lengths(x):
    return None if x is None else [n if n is None else _operator.index(n) for n in x] if hasattr(x, '__iter__') else [_operator.index(x)]


def _one(name, doc):
    def function(a, n=None, axis=-1, norm=None, out=None):
        a = _asarray(a)
        points = a.shape[axis] if n is None else _operator.index(n)
        _check(norm, name)
        if name in ('rfft', 'ihfft') and a.dtype.kind == 'c':
            raise TypeError(f"ufunc 'rfft_n_{'odd' if points % 2 else 'even'}' not supported for the input types, and the inputs could not be safely coerced to "
                            "any supported types according to the casting rule ''safe''")
        return _into(_call_array(f'fft.{name}', a, None if n is None else points, _operator.index(axis), norm), out, name)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    globals()[name] = function


def _several(name, doc, first):
    def function(a, s=None, axes=first, norm=None, out=None):
        _check(norm, name)
        a = _asarray(a)
        return _into(_call_array(f'fft.{name}', a, *_axes_of(s, axes), norm), out, name)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    globals()[name] = function


for _name, _doc in {
    'fft': 'Compute the one-dimensional discrete Fourier transform.', 'ifft': 'Compute the one-dimensional inverse discrete Fourier transform.',
    'rfft': 'Compute the one-dimensional discrete Fourier transform of real input: the half that is not mirrored.',
    'irfft': 'Computes the inverse of `rfft`.', 'hfft': 'Compute the transform of a signal with Hermitian symmetry: a real spectrum.',
    'ihfft': 'Compute the inverse of `hfft`.',
}.items():
    _one(_name, _doc)
for _name, _doc in {
    'fft2': 'Compute the 2-dimensional discrete Fourier transform.', 'ifft2': 'Compute the 2-dimensional inverse discrete Fourier transform.',
    'rfft2': 'Compute the 2-dimensional transform of a real array.', 'irfft2': 'Computes the inverse of `rfft2`.',
}.items():
    _several(_name, _doc, (-2, -1))
for _name, _doc in {
    'fftn': 'Compute the N-dimensional discrete Fourier transform.', 'ifftn': 'Compute the N-dimensional inverse discrete Fourier transform.',
    'rfftn': 'Compute the N-dimensional transform of a real array.', 'irfftn': 'Computes the inverse of `rfftn`.',
}.items():
    _several(_name, _doc, None)
del _name, _doc


def fftfreq(n, d=1.0, device=None):
    """The sample frequencies of `fft`: cycles per unit of the sample spacing `d`."""
    if not isinstance(n, int) and not hasattr(n, '__index__'):
        raise ValueError('n should be an integer')
    if n == 0:
        raise ZeroDivisionError('float division by zero')
    return _call('fft.fftfreq', _operator.index(n), float(d))


def rfftfreq(n, d=1.0, device=None):
    """The sample frequencies of `rfft`."""
    if not isinstance(n, int) and not hasattr(n, '__index__'):
        raise ValueError('n should be an integer')
    if n == 0:
        raise ZeroDivisionError('float division by zero')
    return _call('fft.rfftfreq', _operator.index(n), float(d))


def fftshift(x, axes=None):
    """Shift the zero-frequency component to the center of the spectrum."""
    return _call_array('fft.fftshift', _asarray(x), axes if axes is None or isinstance(axes, int) else list(axes))


def ifftshift(x, axes=None):
    """The inverse of `fftshift`."""
    return _call_array('fft.ifftshift', _asarray(x), axes if axes is None or isinstance(axes, int) else list(axes))


for _name in 'fft ifft rfft irfft fft2 ifft2 fftn ifftn fftfreq rfftfreq fftshift ifftshift'.split():
    _quicken(globals(), _name, 'fft.', __name__)
del _name
_foreign.install(globals(), 'numpy.fft.')
