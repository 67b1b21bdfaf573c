"""Discrete Fourier transforms."""

import operator as _operator

from ._core import foreign as _foreign
from ._core.creation import asarray as _asarray
from ._core.link import call as _call
from ._core.link import call_array as _call_array

__all__ = ['fft', 'ifft', 'rfft', 'irfft', 'hfft', 'ihfft', 'rfftn', 'irfftn', 'rfft2', 'irfft2', 'fft2', 'ifft2', 'fftn', 'ifftn', 'fftshift',
           'ifftshift', 'fftfreq', 'rfftfreq']


def _into(made, out):
    if out is None:
        return made
    out[...] = made
    return out


def _check(norm):
    if norm not in (None, 'backward', 'ortho', 'forward'):
        raise ValueError(f'Invalid norm value {norm}; should be "backward","ortho" or "forward".')


def _lengths(x):
    return None if x is None else [_operator.index(n) for n in x] if hasattr(x, '__iter__') else [_operator.index(x)]


def _one(name, doc):
    def function(a, n=None, axis=-1, norm=None, out=None):
        a = _asarray(a)
        points = a.shape[axis] if n is None else _operator.index(n)
        _check(norm)
        if name in ('rfft', 'ihfft') and a.dtype.kind == 'c':
            raise TypeError(f"ufunc 'rfft_n_{'odd' if points % 2 else 'even'}' not supported for the input types, and the inputs could not be safely coerced to "
                            "any supported types according to the casting rule ''safe''")
        return _into(_call_array(f'fft.{name}', a, None if n is None else points, _operator.index(axis), norm), out)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    globals()[name] = function


def _several(name, doc, first):
    def function(a, s=None, axes=first, norm=None, out=None):
        _check(norm)
        return _into(_call_array(f'fft.{name}', _asarray(a), _lengths(s), _lengths(axes), norm), out)

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
    return _call('fft.fftfreq', _operator.index(n), float(d))


def rfftfreq(n, d=1.0, device=None):
    """The sample frequencies of `rfft`."""
    if not isinstance(n, int) and not hasattr(n, '__index__'):
        raise ValueError('n should be an integer')
    return _call('fft.rfftfreq', _operator.index(n), float(d))


def fftshift(x, axes=None):
    """Shift the zero-frequency component to the center of the spectrum."""
    return _call_array('fft.fftshift', _asarray(x), axes if axes is None or isinstance(axes, int) else list(axes))


def ifftshift(x, axes=None):
    """The inverse of `fftshift`."""
    return _call_array('fft.ifftshift', _asarray(x), axes if axes is None or isinstance(axes, int) else list(axes))


_foreign.install(globals(), 'numpy.fft.')
