"""Windows of signals, and histograms of many columns."""

from .creation import asanyarray as asarray
from .link import call, call_array


def _points(M):
    return int(M) if M == int(M) else float(M)


def _window(name, doc):
    def window(M):
        return call_array(name, _points(M))

    window.__name__ = window.__qualname__ = name
    window.__doc__ = doc
    globals()[name] = window


_window('bartlett', 'Return the Bartlett window: a triangle that begins and ends with 0.')
_window('blackman', 'Return the Blackman window.')
_window('hamming', 'Return the Hamming window.')
_window('hanning', 'Return the Hanning window.')


def kaiser(M, beta):
    """Return the Kaiser window."""
    return call_array('kaiser', _points(M), float(beta))


def histogramdd(sample, bins=10, range=None, density=None, weights=None):
    """Compute the multidimensional histogram of some data: counts, and the list of edges."""
    rows = sample if hasattr(sample, 'ndim') else asarray(sample).T
    if not isinstance(bins, int):
        bins = [b if isinstance(b, int) else asarray(b) for b in bins]
    made = call('histogramdd', asarray(rows), bins, range, density or None, None if weights is None else asarray(weights))
    counts, edges = made[0], made[1:]
    return counts, list(edges[0]) if isinstance(edges[0], list) else list(edges)
