"""Series in families of orthogonal polynomials, which a recurrence describes: P[n+1] = (A[n] x + B[n]) P[n] - C[n] P[n-1]."""

import operator

from .._core import link
from .._core.creation import array, asarray, zeros
from .._core.shaping import moveaxis
from ..exceptions import AxisError
from . import _polybase

ndarray = link.ndarray


def series(c):
    """Coefficients as a 1-d array of floats or complex numbers."""
    from .polynomial import _series

    return _series(c)


def _whole(x, words):
    try:
        return operator.index(x)
    except TypeError:
        raise TypeError(f'{words} must be an integer, received {x}') from None


def along(function, c, m, axis, words):
    """What `function` makes of the m-th derivatives or integrals of series that lie along an axis."""
    times, axis = _whole(m, f'the order of {words}'), _whole(axis, 'the axis')
    if times < 0:
        raise ValueError(f'The order of {words} must be non-negative')
    c = array(c, ndmin=1)
    if not -c.ndim <= axis < c.ndim:
        raise AxisError(axis, c.ndim)
    rows = moveaxis(c, axis, -1)
    if rows.ndim == 1:
        return function(rows, times)
    made = [function(row, times) for row in rows.reshape(-1, rows.shape[-1])]
    longest = max(map(len, made))
    whole = zeros((len(made), longest), made[0].dtype)
    for row, part in zip(whole, made):
        row[:len(part)] = part
    return moveaxis(whole.reshape(*rows.shape[:-1], longest), -1, axis)


def constants(k, times, lbnd, scl):
    """The constants of integration, zero where none is given."""
    given = list(k) if hasattr(k, '__iter__') else [k]
    if len(given) > times:
        raise ValueError('Too many integration constants')
    for name, x in (('lbnd', lbnd), ('scl', scl)):
        if asarray(x).ndim:
            raise ValueError(f'{name} must be a scalar.')
    return given + [0] * (times - len(given))


def grids(space, prefix, val, vander):
    """The functions of two and three variables of a family."""

    def evaluated(c, args):
        shapes = {asarray(x).shape for x in args}
        if len(shapes) > 1:
            raise ValueError('x, y, z are incompatible' if len(args) == 3 else 'x, y are incompatible')
        args = [asarray(x) if isinstance(x, (list, tuple)) else x for x in args]
        made = val(args[0], c)
        for x in args[1:]:
            made = val(x, made, tensor=False)
        return made

    def over_grid(c, args):
        for x in args:
            c = val(asarray(x) if isinstance(x, (list, tuple)) else x, c)
        return c

    def columns(args, degrees):
        degrees = [operator.index(d) for d in degrees]
        parts = [vander(x, d) for x, d in zip(args, degrees)]
        made = parts[0]
        for part in parts[1:]:
            made = made[..., None] * part.reshape(part.shape[:-1] + (1,) * (made.ndim - part.ndim + 1) + part.shape[-1:])
        return made.reshape((*parts[0].shape[:-1], -1))

    def val2d(x, y, c):
        return evaluated(c, (x, y))

    def val3d(x, y, z, c):
        return evaluated(c, (x, y, z))

    def grid2d(x, y, c):
        return over_grid(c, (x, y))

    def grid3d(x, y, z, c):
        return over_grid(c, (x, y, z))

    def vander2d(x, y, deg):
        return columns((x, y), deg)

    def vander3d(x, y, z, deg):
        return columns((x, y, z), deg)

    for function, words in ((val2d, 'The series of two variables at points (x, y).'), (val3d, 'The series of three variables at points (x, y, z).'),
                            (grid2d, 'The series of two variables on the grid of x and y.'), (grid3d, 'The series of three variables on a grid.'),
                            (vander2d, 'The matrix of products of basis functions of two variables.'), (vander3d, 'The matrix of products of basis functions of three variables.')):
        name = f'{prefix}{function.__name__}'
        function.__name__ = function.__qualname__ = name
        function.__doc__ = words
        space[name] = function


class Basis:
    """The functions of a family; `a`, `b`, `c` are the coefficients of its recurrence."""

    def __init__(self, prefix, a, b, c, derivative, integral, companion):
        self.prefix = prefix
        self.a, self.b, self.c = a, b, c
        self.derivative, self.integral, self.companion = derivative, integral, companion
        # The coefficients of x: P[1] = a0 x + b0.
        self.x = [int(v) if v == int(v) else v for v in (-b(0) / a(0), 1 / a(0))]

    # Algebra of coefficients --------------------------------------------------------

    def trim(self, c, tol=0):
        """Leading coefficients that are as good as zero taken away."""
        from .polynomial import polytrim

        return polytrim(c, tol)

    def line(self, off, scl):
        """The series of `off + scl x`."""
        if scl == 0:
            return array([off])
        return array([off + scl * self.x[0], scl * self.x[1]])

    def add(self, c1, c2):
        """The sum of two series."""
        from .polynomial import polyadd

        return polyadd(c1, c2)

    def sub(self, c1, c2):
        """The difference of two series."""
        from .polynomial import polysub

        return polysub(c1, c2)

    def mulx(self, c):
        """The series times x."""
        c = series(c)
        if c.size == 1 and c[0] == 0:
            return c
        made = zeros(c.size + 1, c.dtype)
        for n in range(c.size):
            made[n + 1] += c[n] / self.a(n)
            made[n] -= c[n] * self.b(n) / self.a(n)
            if n:
                made[n - 1] += c[n] * self.c(n) / self.a(n)
        return made

    def mul(self, c1, c2):
        """The product of two series."""
        c, xs = series(c1), series(c2)
        if c.size > xs.size:
            c, xs = xs, c
        after, later = array([0.0]), array([0.0])
        for n in range(c.size - 1, -1, -1):
            turned = self.add(self.mulx(after) * self.a(n), after * self.b(n))
            after, later = self.add(xs * c[n], self.sub(turned, later * self.c(n + 1))), after
        return self.trim(after)

    def div(self, c1, c2):
        """Quotient and remainder of two series."""
        c1, c2 = self.trim(c1), self.trim(c2)
        if c2[-1] == 0:
            raise ZeroDivisionError('division by zero')
        if c1.size < c2.size:
            return c1[:1] * 0, c1
        if c2.size == 1:
            return c1 / c2[-1], c1[:1] * 0
        quotient = zeros(c1.size - c2.size + 1, c1.dtype)
        rest = c1
        for i in range(c1.size - c2.size, -1, -1):
            p = self.mul([0.0] * i + [1.0], c2)
            q = rest[-1] / p[-1] if rest.size == p.size else 0.0
            if q != 0 or rest.size == p.size:
                rest = rest[:-1] - q * p[:-1]
            quotient[i] = q
        return quotient, self.trim(rest)

    def pow(self, c, pow, maxpower=16):
        """A power of a series."""
        c = self.trim(c)
        power = int(pow)
        if power != pow or power < 0:
            raise ValueError('Power must be a non-negative integer.')
        if maxpower is not None and power > maxpower:
            raise ValueError('Power is too large')
        if power == 0:
            return array([1.0])
        made = c
        for _ in range(2, power + 1):
            made = self.mul(made, c)
        return made

    def der(self, c, m=1, scl=1, axis=0):
        """The m-th derivative of a series."""
        def derived(c, times):
            c = series(c).copy()
            if times >= c.size:
                return c[:1] * 0
            for _ in range(times):
                c = self.derivative(c * scl)
            return c

        return along(derived, c, m, axis, 'derivation')

    def int(self, c, m=1, k=(), lbnd=0, scl=1, axis=0):
        """The m-th integral of a series; `k` are its values at `lbnd`."""
        def integrated(c, times):
            given = constants(k, times, lbnd, scl)
            c = series(c)
            for value in given:
                c = self.integral(c * scl)
                c[0] += value - self.val(lbnd, c)
            return self.trim(c) if c.size > 1 and not c[1:].any() else c

        return along(integrated, c, m, axis, 'integration')

    # Values ---------------------------------------------------------------------------

    def val(self, x, c, tensor=True):
        """The series at points x (Clenshaw's recurrence)."""
        c = array(c, ndmin=1)
        c = c.astype(float) if c.dtype.kind in 'biu' else c
        x = asarray(x) if isinstance(x, (list, tuple)) else x
        if tensor and isinstance(x, ndarray):
            c = c.reshape(c.shape + (1,) * x.ndim)
        if len(c) == 1:
            return c[0] + x * 0
        after, later = c[-1], 0.0
        for n in range(len(c) - 2, 0, -1):
            turned = after * (self.a(n) * x + self.b(n)) if self.b(n) else after * (self.a(n) * x)
            after, later = c[n] + turned - (later * self.c(n + 1) if n < len(c) - 2 else 0.0), after
        first = after * (self.a(0) * x + self.b(0)) if self.b(0) else after * (self.a(0) * x)
        return c[0] + first - later * self.c(1) if len(c) > 2 else c[0] + first

    def vander(self, x, deg):
        """The matrix of basis functions at x: columns P[0], P[1] …"""
        deg = operator.index(deg)
        if deg < 0:
            raise ValueError('deg must be non-negative')
        x = array(x, ndmin=1) * 1.0
        made = zeros((*x.shape, deg + 1), x.dtype)
        made[..., 0] = 1
        for n in range(deg):
            following = (self.a(n) * x + self.b(n)) * made[..., n]
            made[..., n + 1] = following - self.c(n) * made[..., n - 1] if n else following
        return made

    def fit(self, x, y, deg, rcond=None, full=False, w=None):
        """Least-squares fit of a series to data."""
        from .polynomial import _fitted

        return _fitted(self.vander, x, y, deg, rcond, full, w)

    # Roots -----------------------------------------------------------------------------

    def fromroots(self, roots):
        """The series with these roots."""
        made = array([1.0])
        parts = [self.line(-r, 1) for r in sorted(asarray(roots).ravel().tolist(), key=lambda z: (complex(z).real, complex(z).imag))]
        while len(parts) > 1:
            # Halves are multiplied, so that errors stay small.
            half, odd = divmod(len(parts), 2)
            joined = [self.mul(parts[i], parts[i + half]) for i in range(half)]
            if odd:
                joined[0] = self.mul(joined[0], parts[-1])
            parts = joined
        return parts[0] if parts else made

    def companion_of(self, c):
        """The companion matrix, scaled to be symmetric where it can."""
        c = series(c)
        if c.size < 2:
            raise ValueError('Series must have maximum degree of at least 1.')
        if c.size == 2:
            return array([[(self.x[0] - self.x[1] * c[0] / c[1])]])
        return self.companion(c, c.size - 1)

    def roots(self, c):
        """The roots of a series, sorted."""
        from .. import linalg

        c = self.trim(c)
        if c.size < 2:
            return c[:0]
        if c.size == 2:
            return array([self.x[0] - self.x[1] * c[0] / c[1]])
        made = linalg.eigvals(self.companion_of(c)[::-1, ::-1])
        made.sort()
        return made

    # Other bases ------------------------------------------------------------------------

    def topoly(self, c):
        """The coefficients of powers of x."""
        from .polynomial import polyadd, polymulx, polysub

        c = series(c)
        after, later = array([0.0]), array([0.0])
        for n in range(c.size - 1, -1, -1):
            turned = polyadd(polymulx(after) * self.a(n), after * self.b(n))
            after, later = polyadd(c[n:n + 1], polysub(turned, later * self.c(n + 1))), after
        return after if after.size >= c.size else series(after.tolist() + [0.0] * (c.size - after.size))

    def frompoly(self, pol):
        """The series of coefficients of powers of x."""
        made = array([0.0])
        for c in series(pol)[::-1]:
            made = self.add(self.mulx(made), [c])
        return made


def family(space, basis, short, name, symbol, domain, words, gauss, weight, weighted):
    """Puts the functions and the class of a family into its module."""
    public = {
        'line': basis.line, 'add': basis.add, 'sub': basis.sub, 'mulx': basis.mulx, 'mul': basis.mul, 'div': basis.div, 'pow': basis.pow, 'val': basis.val,
        'der': basis.der, 'int': basis.int, 'vander': basis.vander, 'fit': basis.fit, 'companion': basis.companion_of, 'roots': basis.roots, 'fromroots': basis.fromroots,
        'trim': basis.trim,
    }
    for suffix, function in public.items():
        space[f'{short}{suffix}'] = _named(function, f'{short}{suffix}')
    space[f'{short}2poly'] = _named(basis.topoly, f'{short}2poly')
    space[f'poly2{short}'] = _named(basis.frompoly, f'poly2{short}')
    space[f'{short}domain'] = array(domain)
    space[f'{short}zero'], space[f'{short}one'] = array([0]), array([1])
    space[f'{short}x'] = array(basis.x)

    def points(deg):
        n = operator.index(deg)
        if n <= 0:
            raise ValueError('deg must be a positive integer')
        return gauss(n)

    def weights(x):
        return weight(asarray(x) if isinstance(x, (list, tuple)) else x)

    points.__doc__ = f'Points and weights of Gauss quadrature for {weighted}.'
    weights.__doc__ = f'The weight function {weighted}.'
    space[f'{short}gauss'] = _named(points, f'{short}gauss')
    space[f'{short}weight'] = _named(weights, f'{short}weight')
    grids(space, short, basis.val, basis.vander)
    wrap = staticmethod
    body = {
        '__doc__': words, '__module__': space['__name__'], 'domain': array(domain), 'window': array(domain), 'basis_name': symbol, '_series': wrap(series),
        **{f'_{key}': wrap(public[key]) for key in ('add', 'sub', 'mul', 'div', 'pow', 'val', 'int', 'der', 'fit', 'line', 'roots', 'fromroots', 'trim')},
    }
    space[name] = type(name, (_polybase.ABCPolyBase,), body)


def _named(function, name):
    import functools

    @functools.wraps(function)
    def call(*args, **kwargs):
        return function(*args, **kwargs)

    call.__name__ = call.__qualname__ = name
    return call


def newton_gauss(basis, n, total, symmetric):
    """Points as roots of the n-th function, one step of Newton's method, and weights that sum to `total`."""
    from .. import linalg

    c = [0.0] * n + [1.0]
    x = linalg.eigvalsh(basis.companion_of(c))
    dy, df = basis.val(x, c), basis.val(x, basis.der(c))
    x -= dy / df
    fm = basis.val(x, c[1:])
    fm /= abs(fm).max()
    df /= abs(df).max()
    w = 1 / (fm * df)
    if symmetric:
        w = (w + w[::-1]) / 2
        x = (x - x[::-1]) / 2
    w *= total / w.sum()
    return x, w


def scaled_companion(c, n, top, middle, last):
    """A companion matrix with these bands, and what its last column is less by."""
    made = zeros((n, n), c.dtype)
    flat = made.reshape(-1)
    if middle is not None:
        flat[0::n + 1] = middle
    flat[1::n + 1] = top
    flat[n::n + 1] = top
    made[:, -1] -= last
    return made

