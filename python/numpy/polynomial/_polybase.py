"""What all classes of polynomials share: a series of coefficients with its domain, its window and the name of its variable."""

import os as _os

from .._core import link as _link
from .._core.creation import asarray as _asarray
from .._core.creation import linspace as _linspace
from .._core.scalars import float64 as _float64

_ndarray = _link.ndarray
_above = str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹')
_below = str.maketrans('0123456789', '₀₁₂₃₄₅₆₇₈₉')


def format_float(x, parens=False):
    """A coefficient as NumPy writes it, by the printing options."""
    from .._core.printing import format_float_positional, format_float_scientific, get_printoptions

    if not isinstance(x, float):
        return str(x)
    known = get_printoptions()
    if x != x:
        return known['nanstr']
    if x in (float('inf'), float('-inf')):
        return known['infstr']
    fixed = known['floatmode'] == 'fixed'
    options = {'precision': known['precision'], 'unique': not fixed, 'trim': 'k' if fixed else '0', 'sign': known['sign'] == '+'}
    if x and (abs(x) >= 1e8 or abs(x) < 10 ** min(0, -(known['precision'] - 1) // 2)):
        written = format_float_scientific(x, **options)
        return f'({written})' if parens else written
    return format_float_positional(x, **options)


class ABCPolyBase:
    """A series in some basis; the functions of the basis stand in the class."""

    __module__ = 'numpy.polynomial._polybase'
    __array_ufunc__ = None
    maxpower = 100
    _use_unicode = _os.name != 'nt'
    basis_name = None

    def __init__(self, coef, domain=None, window=None, symbol='x'):
        self.coef = self._series(coef)
        self.domain = type(self).domain if domain is None else self._pair(domain, 'Domain')
        self.window = type(self).window if window is None else self._pair(window, 'Window')
        if not isinstance(symbol, str):
            raise TypeError('Symbol must be a non-empty string')
        if not symbol.isidentifier():
            raise ValueError('Symbol string must be a valid Python identifier')
        self._symbol = symbol

    @staticmethod
    def _pair(values, name):
        made = _asarray(values) * 1.0
        if made.size != 2:
            raise ValueError(f'{name} has wrong number of elements.')
        return made

    symbol = property(lambda self: self._symbol)

    def has_samecoef(self, other):
        """Whether the coefficients are the same."""
        return self.coef.tolist() == other.coef.tolist()

    def has_samedomain(self, other):
        """Whether the domains are the same."""
        return self.domain.tolist() == other.domain.tolist()

    def has_samewindow(self, other):
        """Whether the windows are the same."""
        return self.window.tolist() == other.window.tolist()

    def has_sametype(self, other):
        """Whether the classes are the same."""
        return isinstance(other, self.__class__)

    def mapparms(self):
        """Offset and scale of the map from domain to window."""
        off, scl = self._map()
        return _float64(off), _float64(scl)

    def _map(self):
        (a, b), (c, d) = self.domain.tolist(), self.window.tolist()
        length = b - a
        return (b * c - a * d) / length, (d - c) / length

    def __call__(self, x):
        off, scl = self._map()
        x = _asarray(x) if isinstance(x, (list, tuple)) else x
        return self._val(off + scl * x, self.coef)

    def degree(self):
        """The degree: one less than the number of coefficients."""
        return len(self.coef) - 1

    def _like(self, coef):
        return self.__class__(coef, self.domain, self.window, self._symbol)

    def _other(self, other):
        if isinstance(other, ABCPolyBase):
            if not self.has_sametype(other):
                raise TypeError('Polynomial types differ')
            if not self.has_samedomain(other):
                raise TypeError('Domains differ')
            if not self.has_samewindow(other):
                raise TypeError('Windows differ')
            if self._symbol != other._symbol:
                raise ValueError('Polynomial symbols differ')
            return other.coef
        return other if isinstance(other, (_ndarray, list, tuple)) else [other]

    def __add__(self, other):
        return self._like(self._add(self.coef, self._other(other)))

    def __radd__(self, other):
        return self._like(self._add(self._other(other), self.coef))

    def __sub__(self, other):
        return self._like(self._sub(self.coef, self._other(other)))

    def __rsub__(self, other):
        return self._like(self._sub(self._other(other), self.coef))

    def __mul__(self, other):
        return self._like(self._mul(self.coef, self._other(other)))

    def __rmul__(self, other):
        return self._like(self._mul(self._other(other), self.coef))

    def __neg__(self):
        return self._like(-self.coef)

    def __pos__(self):
        return self

    def __truediv__(self, other):
        if not isinstance(other, (int, float, complex)) or isinstance(other, bool):
            raise TypeError(f"unsupported types for true division: '{type(self)}', '{type(other)}'")
        return self // other

    def __divmod__(self, other):
        quotient, rest = self._div(self.coef, self._other(other))
        return self._like(quotient), self._like(rest)

    def __rdivmod__(self, other):
        quotient, rest = self._div(self._other(other), self.coef)
        return self._like(quotient), self._like(rest)

    def __floordiv__(self, other):
        return divmod(self, other)[0]

    def __mod__(self, other):
        return divmod(self, other)[1]

    def __rfloordiv__(self, other):
        return self.__rdivmod__(other)[0]

    def __rmod__(self, other):
        return self.__rdivmod__(other)[1]

    def __rtruediv__(self, other):
        # A polynomial is no number to divide by.
        return NotImplemented

    def __pow__(self, power):
        return self._like(self._pow(self.coef, power, self.maxpower))

    def __eq__(self, other):
        return (isinstance(other, self.__class__) and self.has_samedomain(other) and self.has_samewindow(other) and self.has_samecoef(other)
                and self._symbol == other._symbol)

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __len__(self):
        return len(self.coef)

    def __iter__(self):
        return iter(self.coef)

    def copy(self):
        """A copy."""
        return self._like(self.coef.copy())

    def deriv(self, m=1):
        """The m-th derivative."""
        return self._like(self._der(self.coef, m, self._map()[1]))

    def integ(self, m=1, k=(), lbnd=None):
        """The m-th integral."""
        off, scl = self._map()
        return self._like(self._int(self.coef, m, k, 0 if lbnd is None else off + scl * lbnd, 1.0 / scl))

    def roots(self):
        """The roots, in the domain."""
        found = self._roots(self.coef)
        (a, b), (c, d) = self.window.tolist(), self.domain.tolist()
        return (b * c - a * d) / (b - a) + (d - c) / (b - a) * found

    def trim(self, tol=0):
        """Leading coefficients that are as good as zero taken away."""
        return self._like(self._trim(self.coef, tol))

    def truncate(self, size):
        """The first coefficients only."""
        if size != int(size) or size < 1:
            raise ValueError('size must be a positive integer')
        return self._like(self.coef[:int(size)])

    def cutdeg(self, deg):
        """The terms up to a degree."""
        return self.truncate(deg + 1)

    def linspace(self, n=100, domain=None):
        """Points of the domain and the values there."""
        x = _linspace(*(self.domain if domain is None else _asarray(domain)).tolist(), n)
        return x, self(x)

    def convert(self, domain=None, kind=None, window=None):
        """The same polynomial in another basis, domain or window."""
        kind = self.__class__ if kind is None else kind
        return self(kind.identity(kind.domain if domain is None else domain, kind.window if window is None else window, self._symbol))

    @classmethod
    def cast(cls, series, domain=None, window=None):
        """A series of any class as one of this class."""
        return series.convert(domain, cls, window)

    @classmethod
    def fit(cls, x, y, deg, domain=None, rcond=None, full=False, w=None, window=None, symbol='x'):
        """Least-squares fit, computed where x is mapped to the window."""
        x = _asarray(x) * 1.0
        if domain is None:
            domain = [float(x.min()), float(x.max())]
            if domain[0] == domain[1]:
                domain = [domain[0] - 1, domain[1] + 1]
        elif isinstance(domain, list) and not domain:
            domain = cls.domain
        made = cls([0.0], domain, window, symbol)
        off, scl = made._map()
        found = cls._fit(off + scl * x, y, deg, rcond, full, w)
        if full:
            return cls(found[0], domain, window, symbol), found[1]
        return cls(found, domain, window, symbol)

    @classmethod
    def fromroots(cls, roots, domain=(), window=None, symbol='x'):
        """The polynomial with these roots."""
        roots = _asarray(roots) * 1.0
        if domain is None:
            domain = [float(roots.min()), float(roots.max())]
            if domain[0] == domain[1]:
                domain = [domain[0] - 1, domain[1] + 1]
        elif isinstance(domain, (list, tuple)) and not domain:
            domain = None
        made = cls([0.0], domain, window, symbol)
        off, scl = made._map()
        return cls(cls._fromroots(off + scl * roots) / scl ** len(roots), domain, window, symbol)

    @classmethod
    def identity(cls, domain=None, window=None, symbol='x'):
        """The polynomial p(x) = x."""
        made = cls([0.0], domain, window, symbol)
        (a, b), (c, d) = made.window.tolist(), made.domain.tolist()
        return cls(cls._line((b * c - a * d) / (b - a), (d - c) / (b - a)), domain, window, symbol)

    @classmethod
    def basis(cls, deg, domain=None, window=None, symbol='x'):
        """The deg-th polynomial of the basis."""
        if deg != int(deg) or deg < 0:
            raise ValueError('deg must be non-negative integer')
        return cls([0] * int(deg) + [1], domain, window, symbol)

    # Text ---------------------------------------------------------------------------

    def __repr__(self):
        def inner(a):
            return repr(a)[6:-1]

        return f"{type(self).__name__}({inner(self.coef)}, domain={inner(self.domain)}, window={inner(self.window)}, symbol='{self._symbol}')"

    def _variable(self, scalar=format_float):
        off, scl = (_asarray(v)[()] for v in self.mapparms())
        if off == 0 and scl == 1:
            return self._symbol, False
        if scl == 1:
            return f'{scalar(off)} + {self._symbol}', True
        if off == 0:
            return f'{scalar(scl)}{self._symbol}', True
        return f'{scalar(off)} + {scalar(scl)}{self._symbol}', True

    @classmethod
    def _str_term_unicode(cls, i, arg):
        return f'·{cls.basis_name}{i.translate(_below)}({arg})'

    @classmethod
    def _str_term_ascii(cls, i, arg):
        return f' {cls.basis_name}_{i}({arg})'

    def _text(self, term):
        from .._core.printing import get_printoptions

        variable, parens = self._variable()
        if parens:
            variable = f'({variable})'
        width = get_printoptions()['linewidth']
        width = 75 if width < 1 else width
        coef = list(self.coef)
        out = format_float(coef[0])
        for i, c in enumerate(coef[1:], 1):
            out += ' '
            if isinstance(c, complex):
                following = f'+ {c}'
            elif c >= 0:
                following = f'+ {format_float(c, True)}'
            else:
                following = f'- {format_float(-c, True)}'
            following += term(str(i), variable)
            length = len(out.split('\n')[-1]) + len(following) + (2 if i < len(coef) - 1 else 0)
            out += following.replace(' ', '\n', 1) if length >= width else following
        return out

    def __str__(self):
        return self._text(self._str_term_unicode if self._use_unicode else self._str_term_ascii)

    def __format__(self, spec):
        if spec == '':
            return str(self)
        if spec not in ('ascii', 'unicode'):
            raise ValueError(f"Unsupported format string '{spec}' passed to {self.__class__}.__format__. Valid options are 'ascii' and 'unicode'")
        return self._text(self._str_term_ascii if spec == 'ascii' else self._str_term_unicode)

    @classmethod
    def _repr_latex_term(cls, i, arg, needs_parens):
        return f'{{{cls.basis_name}}}_{{{i}}}({arg})'

    def _repr_latex_(self):
        def scalar(x, parens=False):
            return rf'\text{{{format_float(x, parens)}}}'

        variable, parens = self._variable(scalar)
        mute = r'\color{{LightGray}}{{{}}}'.format
        parts = []
        for i, c in enumerate(self.coef):
            if i == 0:
                part = scalar(c)
            elif isinstance(c, complex):
                part = f' + {scalar(c)}'
            else:
                part = f' + {scalar(c, True)}' if c >= 0 else f' - {scalar(-c, True)}'
            basis = self._repr_latex_term(i, variable, parens)
            part = f'{part}{rf"\,{basis}" if basis != "1" else ""}'
            parts.append(mute(part) if c == 0 else part)
        return rf'${self._symbol} \mapsto {"".join(parts) if parts else "0"}$'

