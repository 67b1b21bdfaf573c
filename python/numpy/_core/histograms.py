"""How often values occur."""

from .creation import asanyarray as asarray
from . import link
from .link import call, call_array


def histogram(a, bins=10, range=None, density=None, weights=None):
    """Compute the histogram of a dataset."""
    if isinstance(bins, (list, tuple)):
        bins = asarray(bins)
    made = call('histogram', asarray(a), bins=bins, range=None if range is None else tuple(float(x) for x in range), density=density or None,
                weights=None if weights is None else asarray(weights))
    return tuple(made)


def histogram_bin_edges(a, bins=10, range=None, weights=None):
    """Compute only the edges of the bins used by the histogram function."""
    return histogram(a, bins, range, weights=weights)[1]


def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    """Compute the bi-dimensional histogram of two data samples: counts (nx, ny), and the edges of x and of y."""
    x, y = asarray(x), asarray(y)
    if not isinstance(bins, (int, str)) and len(bins) not in (1, 2):
        bins = [asarray(bins)] * 2
    elif isinstance(bins, (list, tuple)):
        bins = [b if isinstance(b, int) else asarray(b) for b in bins]
    return tuple(call('histogram2d', x, y, bins=bins, range=range, density=density or None, weights=None if weights is None else asarray(weights)))


def bincount(x, /, weights=None, minlength=0):
    """Count number of occurrences of each value in array of non-negative ints."""
    x = asarray(x)
    if x.size == 0:
        x = x.astype('int64')
    if x.dtype.kind in 'fc':
        link.warn('Non-integer input passed to bincount. In a future version of NumPy, this will be an error. (Deprecated NumPy 2.1)', DeprecationWarning)
        x = x.astype('int64')
    return call_array('bincount', x, None if weights is None else asarray(weights), minlength)
