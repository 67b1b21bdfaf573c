"""Polynomials `c[0] + c[1] x + c[2] x² …`: functions of coefficients, and the class Polynomial."""

import operator as _operator

from .._core import link as _link
from . import _basis
from ._polybase import ABCPolyBase, _above
from .._core.creation import array as _array
from .._core.creation import asarray as _asarray
from .._core.creation import zeros as _zeros
from .._core.differences import convolve as _convolve

_ndarray = _link.ndarray
polyzero, polyone, polyx, polydomain = _array([0]), _array([1]), _array([0, 1]), _array([-1.0, 1.0])


def _series(c):
    a = _array(c, ndmin=1)
    if a.size == 0:
        raise ValueError('Coefficient array is empty')
    if a.ndim != 1:
        raise ValueError('Coefficient array is not 1-d')
    return a.astype(float) if a.dtype.kind in 'biu' else a


def polytrim(c, tol=0):
    """Leading coefficients that are as good as zero taken away."""
    if tol < 0:
        raise ValueError('tol must be non-negative')
    c = _series(c)
    n = c.size
    while n > 1 and abs(c[n - 1]) <= tol:
        n -= 1
    return c[:1] * 0 if n == 1 and abs(c[0]) <= tol else c[:n].copy()


def polyline(off, scl):
    """`off + scl x`."""
    return _array([off, scl]) if scl != 0 else _array([off])


def polyfromroots(roots):
    """The polynomial with these roots and leading coefficient 1."""
    made = _array([1.0])
    for root in sorted(_asarray(roots).tolist(), key=lambda z: (complex(z).real, complex(z).imag)):
        made = _convolve(made, _asarray([-root, 1.0]))
    return made


def polyadd(c1, c2):
    """The sum of two polynomials."""
    a, b = _series(c1), _series(c2)
    if a.size < b.size:
        a, b = b, a
    made = a + b[0] * 0
    made[:b.size] += b
    return polytrim(made)


def polysub(c1, c2):
    """The difference of two polynomials."""
    return polyadd(c1, -_series(c2))


def polymulx(c):
    """The polynomial times x."""
    c = _series(c)
    made = _zeros(c.size + 1, c.dtype)
    made[1:] = c
    return made


def polymul(c1, c2):
    """The product of two polynomials."""
    return polytrim(_convolve(_series(c1), _series(c2)))


def polydiv(c1, c2):
    """Quotient and remainder."""
    a, b = polytrim(c1), polytrim(c2)
    if b[-1] == 0:
        raise ZeroDivisionError('division by zero')
    if a.size < b.size:
        return a[:1] * 0, a
    rest = a.astype((a[:1] / b[:1] if b[0] else a[:1] * 1.0).dtype)
    steps = a.size - b.size
    quotient = rest[:steps + 1] * 0
    for k in range(steps, -1, -1):
        quotient[k] = rest[k + b.size - 1] / b[-1]
        rest[k:k + b.size] -= quotient[k] * b
    return quotient, polytrim(rest[:b.size - 1] if b.size > 1 else rest[:1] * 0)


def polypow(c, pow, maxpower=None):
    """A power of a polynomial."""
    power = int(pow)
    if power != pow or power < 0:
        raise ValueError('Power must be a non-negative integer.')
    if maxpower is not None and power > maxpower:
        raise ValueError('Power is too large')
    made = _array([1.0])
    for _ in range(power):
        made = _convolve(made, _series(c))
    return made


def polyder(c, m=1, scl=1, axis=0):
    """The m-th derivative."""
    def derived(c, times):
        c = _series(c)
        for _ in range(times):
            c = c[1:] * _asarray(range(1, c.size)) * scl if c.size > 1 else c[:1] * 0
        return c

    return _basis.along(derived, c, m, axis, 'derivation')


def polyint(c, m=1, k=(), lbnd=0, scl=1, axis=0):
    """The m-th integral; `k` are the values at `lbnd`."""
    def integrated(c, times):
        given = _basis.constants(k, times, lbnd, scl)
        c = _series(c)
        for value in given:
            made = _zeros(c.size + 1, c.dtype)
            made[1:] = c * scl / _asarray(range(1, c.size + 1))
            made[0] += value - polyval(lbnd, made)
            c = made
        return c

    return _basis.along(integrated, c, m, axis, 'integration')


def polyval(x, c, tensor=True):
    """The polynomial at x."""
    c = _asarray(c)
    c = c.astype(float) if c.dtype.kind in 'biu' else c
    x = _asarray(x) if isinstance(x, (list, tuple)) else x
    if tensor and isinstance(x, _ndarray) and c.ndim > 1:
        c = c.reshape(c.shape + (1,) * x.ndim)
    made = c[-1] + x * 0
    for k in range(2, len(c) + 1):
        made = c[-k] + made * x
    return made


def polyvalfromroots(x, r, tensor=True):
    """The polynomial of these roots at x."""
    r = _array(r, ndmin=1) * 1.0
    x = _asarray(x) if isinstance(x, (list, tuple)) else x
    if isinstance(x, _ndarray):
        if tensor:
            r = r.reshape(r.shape + (1,) * x.ndim)
        elif x.ndim >= r.ndim:
            raise ValueError('x.ndim must be < r.ndim when tensor == False')
    return (x - r).prod(axis=0)


def polyvander(x, deg):
    """The matrix of powers of x: columns 1, x, x² …"""
    deg = _operator.index(deg)
    if deg < 0:
        raise ValueError('deg must be non-negative')
    x = _asarray(x) * 1.0
    made = _zeros((*x.shape, deg + 1), x.dtype)
    made[..., 0] = 1
    for k in range(1, deg + 1):
        made[..., k] = made[..., k - 1] * x
    return made


def polyfit(x, y, deg, rcond=None, full=False, w=None):
    """Least-squares fit of a polynomial of degree `deg`."""
    return _fitted(polyvander, x, y, deg, rcond, full, w)


def _fitted(vander, x, y, deg, rcond, full, w):
    """Least-squares fit by the columns of a matrix of basis functions."""
    from .. import linalg
    from .._core.dtypes import finfo

    x, y = _asarray(x) * 1.0, _asarray(y) * 1.0
    wanted = _asarray(deg)
    if wanted.ndim > 1 or wanted.dtype.kind not in 'iu' or wanted.size == 0:
        raise TypeError('deg must be an int or non-empty 1-D array of int')
    degrees = [int(deg)] if wanted.ndim == 0 else sorted(wanted.tolist())
    if min(degrees) < 0:
        raise ValueError('expected deg >= 0')
    if x.ndim != 1:
        raise TypeError('expected 1D vector for x')
    if x.size == 0:
        raise TypeError('expected non-empty vector for x')
    if y.ndim not in (1, 2):
        raise TypeError('expected 1D or 2D array for y')
    if len(x) != len(y):
        raise TypeError('expected x and y to have same length')
    highest = max(degrees)
    van = vander(x, highest)
    if wanted.ndim:
        van = van[:, degrees]
    if w is not None:
        w = _asarray(w) * 1.0
        if w.ndim != 1:
            raise TypeError('expected 1D vector for w')
        if len(x) != len(w):
            raise TypeError('expected x and w to have same length')
        van, y = van * w[:, None], y * (w if y.ndim == 1 else w[:, None])
    scale = (abs(van) ** 2 if van.dtype.kind == 'c' else van * van).sum(axis=0) ** 0.5
    scale[scale == 0] = 1
    rcond = len(x) * float(finfo(x.dtype).eps) if rcond is None else rcond
    c, residuals, rank, s = linalg.lstsq(van / scale, y, rcond)
    c = (c.T / scale).T
    if wanted.ndim:
        whole = _zeros((highest + 1, *c.shape[1:]), c.dtype)
        whole[degrees] = c
        c = whole
    if rank != van.shape[1] and not full:
        from ..exceptions import RankWarning

        _link.warn('The fit may be poorly conditioned', RankWarning)
    return (c, [residuals, rank, s, rcond]) if full else c


def polycompanion(c):
    """The companion matrix."""
    c = _series(c)
    n = c.size - 1
    if n < 1:
        raise ValueError('Series must have maximum degree of at least 1.')
    made = _zeros((n, n), c.dtype)
    for k in range(1, n):
        made[k, k - 1] = 1
    made[:, -1] -= c[:-1] / c[-1]
    return made


def polyroots(c):
    """The roots, sorted."""
    from .. import linalg

    c = polytrim(c)
    if c.size < 2:
        return c[:0]
    if c.size == 2:
        return -c[:1] / c[1]
    made = linalg.eigvals(polycompanion(c)[::-1, ::-1])
    made.sort()
    return made


class Polynomial(ABCPolyBase):
    """A power series: `c[0] + c[1] x + c[2] x² …`"""

    __module__ = 'numpy.polynomial.polynomial'
    domain = polydomain
    window = polydomain
    _series = staticmethod(_series)
    _add, _sub, _mul, _div, _pow = (staticmethod(f) for f in (polyadd, polysub, polymul, polydiv, polypow))
    _val, _int, _der, _fit, _line = (staticmethod(f) for f in (polyval, polyint, polyder, polyfit, polyline))
    _roots, _fromroots, _trim = (staticmethod(f) for f in (polyroots, polyfromroots, polytrim))

    @classmethod
    def _str_term_unicode(cls, i, arg):
        return f'·{arg}' if i == '1' else f'·{arg}{i.translate(_above)}'

    @staticmethod
    def _str_term_ascii(i, arg):
        return f' {arg}' if i == '1' else f' {arg}**{i}'

    @staticmethod
    def _repr_latex_term(i, arg, needs_parens):
        arg = rf'\left({arg}\right)' if needs_parens else arg
        return '1' if i == 0 else arg if i == 1 else f'{arg}^{{{i}}}'


_basis.grids(globals(), 'poly', polyval, polyvander)
