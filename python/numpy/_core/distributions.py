"""The distributions that both kinds of streams of random numbers have, under NumPy's names and parameters."""

import inspect

_empty = inspect.Parameter.empty
_all = {
    'standard_exponential': ('', 'Draw samples from the standard exponential distribution.'),
    'exponential': ('scale=1.0', 'Draw samples from an exponential distribution.'),
    'standard_gamma': ('shape', 'Draw samples from a standard Gamma distribution.'),
    'gamma': ('shape scale=1.0', 'Draw samples from a Gamma distribution.'),
    'beta': ('a b', 'Draw samples from a Beta distribution.'),
    'chisquare': ('df', 'Draw samples from a chi-square distribution.'),
    'noncentral_chisquare': ('df nonc', 'Draw samples from a noncentral chi-square distribution.'),
    'f': ('dfnum dfden', 'Draw samples from an F distribution.'),
    'noncentral_f': ('dfnum dfden nonc', 'Draw samples from the noncentral F distribution.'),
    'standard_cauchy': ('', 'Draw samples from a standard Cauchy distribution.'),
    'standard_t': ('df', "Draw samples from a standard Student's t distribution."),
    'vonmises': ('mu kappa', 'Draw samples from a von Mises distribution.'),
    'pareto': ('a', 'Draw samples from a Pareto II (Lomax) distribution.'),
    'weibull': ('a', 'Draw samples from a Weibull distribution.'),
    'power': ('a', 'Draws samples in [0, 1] from a power distribution.'),
    'laplace': ('loc=0.0 scale=1.0', 'Draw samples from the Laplace distribution.'),
    'gumbel': ('loc=0.0 scale=1.0', 'Draw samples from a Gumbel distribution.'),
    'logistic': ('loc=0.0 scale=1.0', 'Draw samples from a logistic distribution.'),
    'lognormal': ('mean=0.0 sigma=1.0', 'Draw samples from a log-normal distribution.'),
    'rayleigh': ('scale=1.0', 'Draw samples from a Rayleigh distribution.'),
    'wald': ('mean scale', 'Draw samples from a Wald (inverse Gaussian) distribution.'),
    'triangular': ('left mode right', 'Draw samples from the triangular distribution.'),
    'binomial': ('n p', 'Draw samples from a binomial distribution.'),
    'negative_binomial': ('n p', 'Draw samples from a negative binomial distribution.'),
    'poisson': ('lam=1.0', 'Draw samples from a Poisson distribution.'),
    'zipf': ('a', 'Draw samples from a Zipf distribution.'),
    'geometric': ('p', 'Draw samples from the geometric distribution.'),
    'logseries': ('p', 'Draw samples from a logarithmic series distribution.'),
    'hypergeometric': ('ngood nbad nsample', 'Draw samples from a hypergeometric distribution.'),
    'multinomial': ('n pvals', 'Draw samples from a multinomial distribution.'),
    'dirichlet': ('alpha', 'Draw samples from the Dirichlet distribution.'),
}


def add(stream, parameter, size_of, plain):
    """Gives a class of streams a method for each distribution."""

    def define(name, words, doc):
        parts = [word.partition('=') for word in words.split()]
        names = [part[0] for part in parts] + ['size']
        defaults = [float(part[2]) if part[2] else _empty for part in parts] + [None]

        def method(self, *args, **kwargs):
            if len(args) > len(names):
                raise TypeError(f'{name}() takes at most {len(names)} positional arguments ({len(args)} given)')
            values = [*args, *defaults[len(args):]]
            for key, value in kwargs.items():
                if key not in names:
                    raise TypeError(f"{name}() got an unexpected keyword argument '{key}'")
                if names.index(key) < len(args):
                    raise TypeError(f"{name}() got multiple values for keyword argument '{key}'")
                values[names.index(key)] = value
            lacking = [n for n, value in zip(names, values) if value is _empty]
            if lacking:
                raise TypeError(f'{name}() takes at least {sum(d is _empty for d in defaults)} positional arguments ({len(args)} given)')
            *given, size = values
            return plain(self._draw(name, *map(parameter, given), size_of(size)), size)

        method.__name__ = name
        method.__qualname__ = f'{stream.__name__}.{name}'
        method.__doc__ = doc
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        method.__signature__ = inspect.Signature(
            [inspect.Parameter('self', kind), *(inspect.Parameter(n, kind, default=d) for n, d in zip(names, defaults))])
        setattr(stream, name, method)

    for name, (words, doc) in _all.items():
        if name not in vars(stream):
            define(name, words, doc)


names = list(_all)
