"""Polynomials by their coefficients, highest power first."""

from . import link
from .creation import array, asanyarray as asarray, diag, ones, vander, zeros
from .joining import concatenate, trim_zeros
from .shaping import atleast_1d
from .fast import quicken
from ..exceptions import RankWarning

ndarray = link.ndarray


def _linalg():
    from .. import linalg

    return linalg


def poly(seq_of_zeros):
    """Find the coefficients of a polynomial with the given sequence of roots, or the characteristic polynomial of a matrix."""
    from .differences import convolve

    seq = atleast_1d(asarray(seq_of_zeros))
    if seq.ndim == 2 and seq.shape[0] == seq.shape[1] and seq.shape[0] != 0:
        seq = _linalg().eigvals(seq)
    elif seq.ndim == 1:
        if seq.dtype.kind in 'biu':
            seq = seq.astype(float)
    else:
        raise ValueError('input must be 1d or non-empty square 2d array.')
    if len(seq) == 0:
        return 1.0
    a = ones((1,), dtype=seq.dtype)
    for zero in seq:
        a = convolve(a, array([1, -zero], dtype=seq.dtype), mode='full')
    if a.dtype.kind == 'c':
        z = seq.astype(complex)
        from .ordering import sort

        if bool((sort(z) == sort(z.conj())).all()):
            a = a.real.copy()
    return a


def roots(p):
    """Return the roots of a polynomial with coefficients given in p."""
    p = atleast_1d(asarray(p))
    if p.ndim != 1:
        raise ValueError('Input must be a rank-1 array.')
    places = p.ravel().nonzero()[0]
    if len(places) == 0:
        return zeros(0)
    trailing = len(p) - int(places[-1]) - 1
    p = p[int(places[0]):int(places[-1]) + 1]
    if p.dtype.kind in 'biu':
        p = p.astype(float)
    n = len(p)
    if n > 1:
        A = diag(ones((n - 2,), p.dtype), -1).copy()
        A[0, :] = -p[1:] / p[0]
        found = _linalg().eigvals(A)
    else:
        found = zeros(0)
    if trailing:
        found = concatenate((found, zeros(trailing, found.dtype)))
    return found


def polyfit(x, y, deg, rcond=None, full=False, w=None, cov=False):
    """
    Least squares polynomial fit.

    Examples
    --------
    >>> np.polyfit([0, 1, 2], [1, 3, 5], 1).round(6)
    array([2., 1.])
    """
    order = int(deg) + 1
    x = asarray(x) + 0.0
    y = asarray(y) + 0.0
    if deg < 0:
        raise ValueError('expected deg >= 0')
    if x.ndim != 1:
        raise TypeError('expected 1D vector for x')
    if x.size == 0:
        raise TypeError('expected non-empty vector for x')
    if y.ndim < 1 or y.ndim > 2:
        raise TypeError('expected 1D or 2D array for y')
    if x.shape[0] != y.shape[0]:
        raise TypeError('expected x and y to have same length')
    if rcond is None:
        rcond = len(x) * 2.220446049250313e-16
    lhs = vander(x, order)
    rhs = y
    if w is not None:
        w = asarray(w) + 0.0
        if w.ndim != 1:
            raise TypeError('expected a 1-d array for weights')
        if w.shape[0] != y.shape[0]:
            raise TypeError('expected w and y to have the same length')
        lhs = lhs * w[:, None]
        rhs = rhs * w[:, None] if rhs.ndim == 2 else rhs * w
    from .ufuncs import sqrt

    scale = sqrt((lhs * lhs).sum(axis=0))
    lhs = lhs / scale
    c, resids, rank, s = _linalg().lstsq(lhs, rhs, rcond)
    c = (c.T / scale).T
    if rank != order and not full:
        link.warn('Polyfit may be poorly conditioned', RankWarning)
    if full:
        return c, resids, rank, s, rcond
    if cov:
        base = _linalg().inv(lhs.T @ lhs)
        base = base / (scale[:, None] * scale)
        if cov == 'unscaled':
            factor = 1
        else:
            if len(x) <= order:
                raise ValueError('the number of data points must exceed order to scale the covariance matrix')
            factor = resids / (len(x) - order)
        return (c, base * factor) if y.ndim == 1 else (c, base[:, :, None] * factor)
    return c


def polyval(p, x):
    """Evaluate a polynomial at specific values."""
    p = asarray(p)
    if not isinstance(x, poly1d):
        return link.call('polyval', p, asarray(x))
    made = 0
    for c in p:
        made = made * x + c
    return made


def _coefficients(a):
    return a.coeffs if isinstance(a, poly1d) else atleast_1d(asarray(a))


def _same_kind(made, *parts):
    return poly1d(made) if any(isinstance(p, poly1d) for p in parts) else made


def _aligned(a, b):
    a, b = _coefficients(a), _coefficients(b)
    n = len(a) - len(b)
    if n > 0:
        b = concatenate((zeros(n, b.dtype), b))
    elif n < 0:
        a = concatenate((zeros(-n, a.dtype), a))
    return a, b


def polyadd(a1, a2):
    """Find the sum of two polynomials."""
    a, b = _aligned(a1, a2)
    return _same_kind(a + b, a1, a2)


def polysub(a1, a2):
    """Difference (subtraction) of two polynomials."""
    a, b = _aligned(a1, a2)
    return _same_kind(a - b, a1, a2)


def polymul(a1, a2):
    """Find the product of two polynomials."""
    from .differences import convolve

    return _same_kind(convolve(_coefficients(a1), _coefficients(a2)), a1, a2)


def polydiv(u, v):
    """Returns the quotient and remainder of polynomial division."""
    a, b = _coefficients(u) + 0.0, _coefficients(v) + 0.0
    m, n = len(a) - 1, len(b) - 1
    scale = 1.0 / b[0]
    q = zeros((max(m - n + 1, 1),), (a[:1] + b[:1]).dtype)
    r = a.astype(q.dtype)
    for k in range(0, m - n + 1):
        d = scale * r[k]
        q[k] = d
        r[k:k + n + 1] -= d * b
    while bool(abs(r[0]) <= 1e-8) and r.shape[-1] > 1:
        r = r[1:]
    return _same_kind(q, u, v), _same_kind(r.copy(), u, v)


def polyder(p, m=1):
    """Return the derivative of the specified order of a polynomial."""
    c = _coefficients(p)
    if m < 0:
        raise ValueError('Order of derivative must be positive (see polyint)')
    from .creation import arange

    for _ in range(m):
        c = c[:-1] * arange(len(c) - 1, 0, -1)
    return _same_kind(c, p)


def polyint(p, m=1, k=None):
    """Return an antiderivative (indefinite integral) of a polynomial."""
    from .creation import arange

    m = int(m)
    if m < 0:
        raise ValueError('Order of integral must be positive (see polyder)')
    constants = [0] * m if k is None else list(atleast_1d(asarray(k)).tolist())
    if len(constants) == 1 and m > 1:
        constants = constants * m
    if len(constants) < m:
        raise ValueError('k must be a scalar or a rank-1 array of length 1 or >m.')
    c = _coefficients(p)
    for step in range(m):
        c = concatenate((c / arange(len(c), 0, -1), [constants[step]]))
    return _same_kind(c, p)


class poly1d:
    """
    poly1d(c_or_r, r=False, variable=None)

    A one-dimensional polynomial class: `p = np.poly1d([1, 2, 3])` is x**2 + 2 x + 3.
    """

    __module__ = 'numpy'
    __hash__ = None

    def __init__(self, c_or_r, r=False, variable=None):
        if isinstance(c_or_r, poly1d):
            self.coeffs, self.variable = c_or_r.coeffs, c_or_r.variable
            return
        c = atleast_1d(asarray(poly(c_or_r) if r else c_or_r))
        if c.ndim > 1:
            raise ValueError('Polynomial must be 1d only.')
        c = trim_zeros(c, trim='f')
        self.coeffs = c if len(c) else asarray([0]).astype(c.dtype)
        self.variable = variable or 'x'

    c = coef = coefficients = property(lambda self: self.coeffs)
    order = o = property(lambda self: len(self.coeffs) - 1)
    roots = r = property(lambda self: roots(self.coeffs))

    def __array__(self, dtype=None, copy=None):
        return self.coeffs if dtype is None else self.coeffs.astype(dtype)

    def __len__(self):
        return self.order

    def __repr__(self):
        return f'poly1d({repr(self.coeffs)[6:-1]})'

    def __str__(self):
        words = []
        n = self.order
        coeffs = self.coeffs

        def number(x):
            x = complex(x) if coeffs.dtype.kind == 'c' else float(x)
            text = f'{x:.4g}' if not isinstance(x, complex) else f'({x.real:.4g} + {x.imag:.4g}j)'
            return text[:-5] if text.endswith('.0000') else text

        text = '0'
        for k, x in enumerate(coeffs):
            power = n - k
            s = number(x)
            if power == 0:
                word = s if s != '0' else ('0' if k == 0 else '')
            elif s == '0':
                word = ''
            elif s == 'b':
                word = self.variable
            else:
                word = f'{s} {self.variable}' + (f'**{power}' if power > 1 else '')
            if k > 0:
                if word:
                    words.append(f'- {word[1:]}' if word.startswith('-') else f'+ {word}')
            else:
                words.append(word)
        text = ' '.join(words)
        return _raised(text)

    def __call__(self, val):
        return polyval(self.coeffs, val)

    def __neg__(self):
        return poly1d(-self.coeffs)

    def __pos__(self):
        return self

    def __add__(self, other):
        return poly1d(polyadd(self.coeffs, poly1d(other).coeffs))

    __radd__ = __add__

    def __sub__(self, other):
        return poly1d(polysub(self.coeffs, poly1d(other).coeffs))

    def __rsub__(self, other):
        return poly1d(polysub(poly1d(other).coeffs, self.coeffs))

    def __mul__(self, other):
        if isinstance(other, (int, float, complex)):
            return poly1d(self.coeffs * other)
        return poly1d(polymul(self.coeffs, poly1d(other).coeffs))

    __rmul__ = __mul__

    def __truediv__(self, other):
        if isinstance(other, (int, float, complex)):
            return poly1d(self.coeffs / other)
        return polydiv(self, poly1d(other))

    def __pow__(self, n):
        if int(n) != n or n < 0:
            raise ValueError('Power to non-negative integers only.')
        made = [1]
        for _ in range(n):
            made = polymul(self.coeffs, made)
        return poly1d(made)

    def __eq__(self, other):
        if not isinstance(other, poly1d):
            return NotImplemented
        return self.coeffs.shape == other.coeffs.shape and (self.coeffs == other.coeffs).all()

    def __getitem__(self, power):
        k = self.order - power
        return self.coeffs[k] if 0 <= k and power >= 0 else self.coeffs.dtype.type(0)

    def __setitem__(self, power, value):
        if power < 0:
            raise ValueError('Does not support negative powers.')
        k = self.order - power
        if k < 0:
            self.coeffs = concatenate((zeros(-k, self.coeffs.dtype), self.coeffs))
            k = 0
        self.coeffs[k] = value

    def __iter__(self):
        return iter(self.coeffs)

    def deriv(self, m=1):
        """The derivative of this polynomial."""
        return poly1d(polyder(self.coeffs, m))

    def integ(self, m=1, k=0):
        """An antiderivative of this polynomial."""
        return poly1d(polyint(self.coeffs, m, k))


def _raised(text, wrap=70):
    import re

    line1 = line2 = ''
    output = ' '
    n = 0
    while True:
        found = re.compile(r'\*\*([0-9]*)').search(text, n)
        if found is None:
            break
        start, stop = found.span()
        power = found.groups()[0]
        part = text[n:start]
        n = stop
        add2 = part + ' ' * (len(power) - 1)
        add1 = ' ' * (len(part) - 1) + power
        if len(line2) + len(add2) > wrap or len(line1) + len(add1) > wrap:
            output += f'{line1}\n{line2}\n '
            line1, line2 = add1, add2
        else:
            line2 += add2
            line1 += add1
    output += f'{line1}\n{line2}'
    return output + text[n:]


for _name in 'polyfit polyval polyadd polysub polymul polydiv polyder polyint roots poly'.split():
    quicken(globals(), _name, '', 'numpy')
