"""Functions of strings: those of `numpy.char`, and `slice`."""

from .char import *  # noqa: F403
from .char import __all__ as _names
from .char import _each

__all__ = [name for name in _names if name not in ('array', 'asarray', 'chararray', 'join', 'split', 'rsplit', 'splitlines')] + ['slice']


def slice(a, start=None, stop=None, step=None, /):
    """The characters of each element from `start` to `stop`; with one number, those up to it."""
    import builtins

    if start is not None and stop is None and step is None:
        start, stop = None, start
    return _each(lambda text, i, j, k: text[builtins.slice(i, j, k)], a, start, stop, step)
