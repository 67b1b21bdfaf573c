# %% setup
import numpy as np
from numpy.random import default_rng, RandomState

# %% of the legacy stream | call=exponential(2.0),gamma(2.0),beta(1.0*2),chisquare(3),standard_t(4),poisson(3),geometric(0.3),laplace(),gumbel(),logistic(),lognormal(),rayleigh(2.0),weibull(1.5),pareto(2.0),power(3.0),standard_cauchy(),logseries(0.5),zipf(3.0),standard_gamma(0.5)
r = RandomState(7)
name = '$call'.partition('(')[0]
args = eval('[' + '$call'.partition('(')[2][:-1] + ']')
if name == 'beta':
    args = [2.0, 3.0]
print(repr(getattr(r, name)(*args)), getattr(r, name)(*args, size=4), getattr(r, name)(*args, size=(2, 2)), sep='\n')

# %% of a generator | call=exponential(2.0),gamma(2.0),chisquare(3),standard_t(4),poisson(3),geometric(0.3),laplace(),gumbel(),logistic(),lognormal(),rayleigh(2.0),weibull(1.5),pareto(2.0),power(3.0),standard_cauchy(),zipf(3.0),standard_gamma(0.5)
r = default_rng(7)
name = '$call'.partition('(')[0]
args = eval('[' + '$call'.partition('(')[2][:-1] + ']')
print(repr(getattr(r, name)(*args)), getattr(r, name)(*args, size=4), getattr(r, name)(*args, size=(2, 2)), sep='\n')

# %% of several parameters
for r in (RandomState(1), default_rng(1)):
    print(r.binomial(10, 0.5, 5), r.binomial([1, 10, 100], 0.3), r.negative_binomial(5, 0.5, 3), r.hypergeometric(5, 10, 4, size=4))
    print(r.multinomial(20, [0.2, 0.3, 0.5]), r.multinomial(5, [0.5, 0.5], size=2), r.dirichlet([1.0, 2.0, 3.0]), r.f(2, 5, 3), r.wald(1.0, 2.0, 2))
    print(r.triangular(0, 1, 4, 3), r.vonmises(0, 2, 3), r.noncentral_chisquare(3, 1.5, 2), r.poisson(lam=[1, 5, 50]), r.exponential(scale=2, size=2))

# %% state of the legacy stream
np.random.seed(3)
state = np.random.get_state()
a = np.random.randn(3)
np.random.set_state(state)
print(np.array_equal(a, np.random.randn(3)), state[0], state[1].dtype, state[1].shape, state[2:4])
np.random.seed(0)
print(np.random.poisson(4, 6), np.random.exponential(size=2), np.random.binomial(1, 0.5, 8))

# %% permuted along an axis
x = np.arange(12).reshape(3, 4)
print(default_rng(5).permuted(x, axis=1), default_rng(5).permuted(x, axis=0), default_rng(5).permuted(x), sep='\n')

# %%% refused
RandomState(0).binomial(10, 1.5)
RandomState(0).poisson(-1)
default_rng(0).gamma(-1.0)
default_rng(0).exponential(-2.0)
RandomState(0).multinomial(3, [0.7, 0.7])
