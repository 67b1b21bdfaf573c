"""Polynomials `c[0] + c[1] x + c[2] x² …`: functions of coefficients, and the class Polynomial."""

import operator as _operator

from .._core import link as _link
from .._core.creation import array as _array
from .._core.creation import asarray as _asarray
from .._core.creation import linspace as _linspace
from .._core.creation import zeros as _zeros
from .._core.reductions import convolve as _convolve

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
    power = _operator.index(pow)
    if power < 0:
        raise ValueError('Power must be a non-negative integer.')
    if maxpower is not None and power > maxpower:
        raise ValueError('Power is too large')
    made = _array([1.0])
    for _ in range(power):
        made = _convolve(made, _series(c))
    return made


def polyder(c, m=1, scl=1, axis=0):
    """The m-th derivative."""
    c = _series(c)
    for _ in range(m):
        c = c[1:] * _asarray(range(1, c.size)) * scl if c.size > 1 else c[:1] * 0
    return c


def polyint(c, m=1, k=(), lbnd=0, scl=1, axis=0):
    """The m-th integral; `k` are the values at `lbnd`."""
    c = _series(c)
    constants = list(k) if hasattr(k, '__iter__') else [k]
    for step in range(m):
        made = _zeros(c.size + 1, c.dtype)
        made[1:] = c * scl / _asarray(range(1, c.size + 1))
        made[0] += (constants[step] if step < len(constants) else 0) - polyval(lbnd, made)
        c = made
    return c


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
    made = 1.0
    for root in _asarray(r).tolist():
        made = made * (x - root)
    return made


def polyvander(x, deg):
    """The matrix of powers of x: columns 1, x, x² …"""
    x = _asarray(x) * 1.0
    made = _zeros((*x.shape, deg + 1), x.dtype)
    made[..., 0] = 1
    for k in range(1, deg + 1):
        made[..., k] = made[..., k - 1] * x
    return made


def polyfit(x, y, deg, rcond=None, full=False, w=None):
    """Least-squares fit of a polynomial of degree `deg`."""
    from .. import linalg
    from .._core.dtypes import finfo

    x, y = _asarray(x) * 1.0, _asarray(y) * 1.0
    degrees = [deg] if isinstance(deg, int) else sorted(_asarray(deg).tolist())
    if min(degrees) < 0:
        raise ValueError('expected deg >= 0')
    if x.ndim != 1:
        raise TypeError('expected 1D vector for x')
    if x.size == 0:
        raise TypeError('expected non-empty vector for x')
    if len(x) != len(y):
        raise TypeError('expected x and y to have same length')
    highest = max(degrees)
    van = polyvander(x, highest)
    if not isinstance(deg, int):
        van = van[:, degrees]
    if w is not None:
        w = _asarray(w) * 1.0
        van, y = van * w[:, None], y * (w if y.ndim == 1 else w[:, None])
    scale = (van * van).sum(axis=0) ** 0.5
    scale[scale == 0] = 1
    rcond = len(x) * float(finfo(x.dtype).eps) if rcond is None else rcond
    c, residuals, rank, s = linalg.lstsq(van / scale, y, rcond)
    c = (c.T / scale).T
    if not isinstance(deg, int):
        whole = _zeros((highest + 1, *c.shape[1:]), c.dtype)
        whole[degrees] = c
        c = whole
    if rank != van.shape[1] and not full:
        _link.warn('The fit may be poorly conditioned', _link.ComplexWarning.__mro__[1] if False else RuntimeWarning)
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


_above = str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹')
_below = str.maketrans('0123456789', '₀₁₂₃₄₅₆₇₈₉')


class Polynomial:
    """A power series with its domain, its window and the name of its variable."""

    __module__ = 'numpy.polynomial.polynomial'
    __array_ufunc__ = None
    _style = 'unicode'
    domain = polydomain
    window = polydomain
    basis_name = None

    def __init__(self, coef, domain=None, window=None, symbol='x'):
        self.coef = _series(coef)
        self.domain = polydomain if domain is None else _asarray(domain) * 1.0
        self.window = polydomain if window is None else _asarray(window) * 1.0
        self._symbol = symbol

    symbol = property(lambda self: self._symbol)

    def mapparms(self):
        """Offset and scale of the map from domain to window."""
        (a, b), (c, d) = self.domain.tolist(), self.window.tolist()
        length = b - a
        return (b * c - a * d) / length, (d - c) / length

    def __call__(self, x):
        off, scl = self.mapparms()
        x = _asarray(x) if isinstance(x, (list, tuple)) else x
        return polyval(off + scl * x, self.coef)

    def degree(self):
        """The degree: one less than the number of coefficients."""
        return len(self.coef) - 1

    def _like(self, coef):
        return Polynomial(coef, self.domain, self.window, self._symbol)

    def _other(self, other):
        if isinstance(other, Polynomial):
            if other.domain.tolist() != self.domain.tolist():
                raise TypeError('Domains differ')
            if other.window.tolist() != self.window.tolist():
                raise TypeError('Windows differ')
            return other.coef
        return other if isinstance(other, (_ndarray, list, tuple)) else [other]

    def __add__(self, other):
        return self._like(polyadd(self.coef, self._other(other)))

    __radd__ = __add__

    def __sub__(self, other):
        return self._like(polysub(self.coef, self._other(other)))

    def __rsub__(self, other):
        return self._like(polysub(self._other(other), self.coef))

    def __mul__(self, other):
        return self._like(polymul(self.coef, self._other(other)))

    __rmul__ = __mul__

    def __neg__(self):
        return self._like(-self.coef)

    def __pos__(self):
        return self

    def __truediv__(self, other):
        if isinstance(other, Polynomial):
            raise TypeError(f"unsupported types for true division: '{type(self)}', '{type(other)}'")
        return self._like(self.coef / other)

    def __divmod__(self, other):
        quotient, rest = polydiv(self.coef, self._other(other))
        return self._like(quotient), self._like(rest)

    def __floordiv__(self, other):
        return divmod(self, other)[0]

    def __mod__(self, other):
        return divmod(self, other)[1]

    def __pow__(self, power):
        return self._like(polypow(self.coef, power))

    def __eq__(self, other):
        return isinstance(other, Polynomial) and self.coef.tolist() == other.coef.tolist() and self.domain.tolist() == other.domain.tolist()

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        raise TypeError("unhashable type: 'Polynomial'")

    def __len__(self):
        return len(self.coef)

    def __iter__(self):
        return iter(self.coef)

    def copy(self):
        """A copy."""
        return self._like(self.coef.copy())

    def deriv(self, m=1):
        """The m-th derivative."""
        return self._like(polyder(self.coef, m, self.mapparms()[1]))

    def integ(self, m=1, k=(), lbnd=None):
        """The m-th integral."""
        off, scl = self.mapparms()
        return self._like(polyint(self.coef, m, k, 0 if lbnd is None else off + scl * lbnd, 1.0 / scl))

    def roots(self):
        """The roots, in the domain."""
        found = polyroots(self.coef)
        (a, b), (c, d) = self.window.tolist(), self.domain.tolist()
        return (b * c - a * d) / (b - a) + (d - c) / (b - a) * found

    def trim(self, tol=0):
        """Leading coefficients that are as good as zero taken away."""
        return self._like(polytrim(self.coef, tol))

    def truncate(self, size):
        """The first coefficients only."""
        return self._like(self.coef[:size])

    def cutdeg(self, deg):
        """The terms up to a degree."""
        return self.truncate(deg + 1)

    def linspace(self, n=100, domain=None):
        """Points of the domain and the values there."""
        x = _linspace(*(self.domain if domain is None else _asarray(domain)).tolist(), n)
        return x, self(x)

    def convert(self, domain=None, kind=None, window=None):
        """The same polynomial over another domain."""
        target = Polynomial([0.0, 1.0], domain, window, self._symbol)
        off, scl = self.mapparms()
        made = Polynomial([0.0])
        toff, tscl = target.mapparms()
        # In the variable of the target's window: x = (u - toff) / tscl.
        inner = polyadd([off], _asarray([-toff / tscl, 1 / tscl]) * scl)
        total = _array([0.0])
        for c in self.coef[::-1]:
            total = polyadd(polymul(total, inner), [c])
        made = Polynomial(total, target.domain, target.window, self._symbol)
        return made

    @classmethod
    def fit(cls, x, y, deg, domain=None, rcond=None, full=False, w=None, window=None, symbol='x'):
        """Least-squares fit, computed where x is mapped to the window."""
        x = _asarray(x) * 1.0
        if domain is None:
            domain = [float(x.min()), float(x.max())]
            if domain[0] == domain[1]:
                domain = [domain[0] - 1, domain[1] + 1]
        made = cls([0.0], domain, window, symbol)
        off, scl = made.mapparms()
        found = polyfit(off + scl * x, y, deg, rcond, full, w)
        if full:
            return cls(found[0], domain, window, symbol), found[1]
        return cls(found, domain, window, symbol)

    @classmethod
    def fromroots(cls, roots, domain=(), window=None, symbol='x'):
        """The polynomial with these roots."""
        roots = _asarray(roots) * 1.0
        if domain == ():
            domain = None
        made = cls([0.0], domain, window, symbol)
        off, scl = made.mapparms()
        found = off + scl * roots
        return cls(polyfromroots(found) / scl ** len(roots), domain, window, symbol)

    @classmethod
    def identity(cls, domain=None, window=None, symbol='x'):
        """The polynomial p(x) = x."""
        return cls([0, 1], domain, window, symbol).convert() if domain is not None else cls([0, 1], symbol=symbol)

    @classmethod
    def basis(cls, deg, domain=None, window=None, symbol='x'):
        """The polynomial x**deg."""
        return cls([0] * deg + [1], domain, window, symbol)

    def __repr__(self):
        def plain(a):
            return repr(a)[6:-1]

        return f"Polynomial({plain(self.coef)}, domain={plain(self.domain)}, window={plain(self.window)}, symbol='{self._symbol}')"

    def _term(self, power, variable):
        if power == 0:
            return ''
        if self._style == 'ascii':
            return f' {variable}' if power == 1 else f' {variable}**{power}'
        return f'·{variable}' if power == 1 else f'·{variable}{str(power).translate(_above)}'

    def __str__(self):
        off, scl = self.mapparms()
        variable = self._symbol
        if (off, scl) != (0, 1):
            variable = f'({off} + {scl}{variable})' if scl != 1 and off else f'({scl}{variable})' if not off else f'({off} + {variable})'
        out = str(self.coef[0])
        for power, c in enumerate(self.coef[1:], 1):
            negative = c < 0 if c.dtype.kind != 'c' else False
            out += f" {'-' if negative else '+'} {str(-c if negative else c)}{self._term(power, variable)}"
        return out

    def __format__(self, spec):
        if spec == '':
            return str(self)
        before, Polynomial._style = Polynomial._style, spec
        try:
            return str(self)
        finally:
            Polynomial._style = before
