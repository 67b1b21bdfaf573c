"""Sparse matrices of random values at random places."""

from numpy._core import link as _link
from numpy._core.dtypes import as_dtype

from . import _call, _classes


def _stream(rng):
    import numpy.random as random

    if rng is None:
        return None
    if isinstance(rng, (random.RandomState, random.Generator)):
        return rng._o
    return rng


def _sampled(shape, density, dtype, rng, random_state, sampler):
    """Coordinates and values where somebody's own function draws the values."""
    import numpy

    if density < 0 or density > 1:
        raise ValueError('density expected to be 0 <= density <= 1')
    if isinstance(random_state, (int, _link.generic)):
        random_state = numpy.random.RandomState(random_state)
    elif random_state is None:
        random_state = numpy.random.default_rng(rng) if not isinstance(rng, numpy.random.RandomState) else rng
    places = shape[0] * shape[1]
    count = round(density * places)
    found = random_state.choice(places, size=count, replace=False)
    where = tuple(numpy.asarray(part, 'int32') for part in numpy.unravel_index(found, shape, order='F'))
    return numpy.asarray(sampler(size=count)).astype(dtype if dtype is not None else float), where


def random(m, n, density=0.01, format='coo', dtype=None, rng=None, data_rvs=None, *, random_state=None):
    """Generate a sparse matrix of the given shape and density with randomly distributed values."""
    if data_rvs is not None:
        return _classes['coo_matrix'](_sampled((m, n), density, dtype, rng, random_state, lambda size: data_rvs(size)), shape=(m, n)).asformat(format)
    return _call('random', m, n, density=density, format=format, dtype=as_dtype(dtype), rng=_stream(rng), random_state=_stream(random_state))


def rand(m, n, density=0.01, format='coo', dtype=None, rng=None, *, random_state=None):
    """Generate a sparse matrix of the given shape and density with uniformly distributed values."""
    return _call('rand', m, n, density=density, format=format, dtype=as_dtype(dtype), rng=_stream(rng), random_state=_stream(random_state))


def random_array(shape, *, density=0.01, format='coo', dtype=None, rng=None, data_sampler=None, random_state=None):
    """Return a sparse array of uniformly random numbers in [0, 1)."""
    if data_sampler is not None:
        return _classes['coo_array'](_sampled(tuple(shape), density, dtype, rng, random_state, data_sampler), shape=tuple(shape)).asformat(format)
    return _call('random_array', tuple(shape), density=density, format=format, dtype=as_dtype(dtype), rng=_stream(rng), random_state=_stream(random_state))
