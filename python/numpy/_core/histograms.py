"""How often values occur."""

from .creation import asanyarray as asarray, zeros
from .differences import diff
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
    return histogram(a, bins, range)[1]


def histogram2d(x, y, bins=10, range=None, density=None, weights=None):
    """Compute the bi-dimensional histogram of two data samples."""
    x, y = asarray(x), asarray(y)
    pair = bins if isinstance(bins, (list, tuple)) and len(bins) == 2 and not isinstance(bins[0], float) else (bins, bins)
    edges = [histogram(v, b, None if range is None else range[k])[1] for k, (v, b) in enumerate(zip((x, y), pair))]
    made = zeros((edges[0].size - 1, edges[1].size - 1))
    places = []
    for v, e in zip((x, y), edges):
        p = call('searchsorted', e, v, 'right') - 1
        p[v == e[-1]] = e.size - 2
        p[(v < e[0]) | (v > e[-1])] = -1
        places.append(p.tolist())
    w = [1.0] * x.size if weights is None else asarray(weights).tolist()
    for i, j, value in zip(*places, w):
        if i >= 0 and j >= 0:
            made[i, j] += value
    if density:
        made = made / made.sum() / diff(edges[0])[:, None] / diff(edges[1])
    return made, edges[0], edges[1]


def bincount(x, /, weights=None, minlength=0):
    """Count number of occurrences of each value in array of non-negative ints."""
    x = asarray(x)
    if x.size == 0:
        x = x.astype('int64')
    return call_array('bincount', x, None if weights is None else asarray(weights), minlength)
