"""Functions that go on to complex numbers where real ones end: `np.emath`."""

from . import reductions as _reductions
from . import ufuncs as _ufuncs
from .creation import asarray as _asarray

__all__ = ['sqrt', 'log', 'log2', 'logn', 'log10', 'power', 'arccos', 'arcsin', 'arctanh']


def _complex_if(x, wrong):
    x = _asarray(x)
    if x.dtype.kind != 'c' and bool(_reductions.any(wrong(x))):
        x = x.astype('complex64' if x.dtype == 'float32' else complex)
    return x


def _plain(name, wrong, words):
    def function(x):
        return getattr(_ufuncs, name)(_complex_if(x, wrong))[()]

    function.__name__ = function.__qualname__ = name
    function.__doc__ = words
    globals()[name] = function


_plain('sqrt', lambda x: x < 0, 'Compute the square root of x; of negative numbers an imaginary one.')
_plain('log', lambda x: x < 0, 'Compute the natural logarithm of `x`; of negative numbers a complex one.')
_plain('log2', lambda x: x < 0, 'Compute the logarithm base 2 of `x`; of negative numbers a complex one.')
_plain('log10', lambda x: x < 0, 'Compute the logarithm base 10 of `x`; of negative numbers a complex one.')
_plain('arccos', lambda x: abs(x) > 1, 'Compute the inverse cosine of x; outside [-1, 1] a complex one.')
_plain('arcsin', lambda x: abs(x) > 1, 'Compute the inverse sine of x; outside [-1, 1] a complex one.')
_plain('arctanh', lambda x: abs(x) > 1, 'Compute the inverse hyperbolic tangent of `x`; outside [-1, 1] a complex one.')


def logn(n, x):
    """Take log base n of x."""
    return log(x) / log(n)  # noqa: F821 made above


def power(x, p):
    """Return x to the power p; of negative numbers a complex one."""
    x = _complex_if(x, lambda v: v < 0)
    p = _asarray(p)
    if p.dtype.kind in 'iu' and bool((p < 0).any()):
        p = p.astype(float)
    return _ufuncs.power(x, p)[()]
