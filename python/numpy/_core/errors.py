"""How floating-point faults are met: `errstate`, `seterr` and their kin."""

import functools

from . import link

_modes = ('ignore', 'warn', 'raise', 'call', 'print', 'log')


def seterr(all=None, divide=None, over=None, under=None, invalid=None):
    """Set how floating-point errors are handled; the settings before are returned."""
    before = dict(link.errors)
    modes = {}
    for key, mode in (('divide', divide), ('over', over), ('under', under), ('invalid', invalid)):
        mode = all if mode is None else mode
        if mode is None:
            continue
        if mode not in _modes:
            raise ValueError(f"'{mode}' is not a valid error mode: one of {', '.join(_modes)}")
        modes[key] = mode
    link.set_modes(modes)
    return before


def geterr():
    """Get the current way of handling floating-point errors."""
    return dict(link.errors)


def seterrcall(func):
    """Set the floating-point error callback function or log object."""
    return link.set_callback(func)


def geterrcall():
    """Return the current callback function used on floating-point errors."""
    return link.get_callback()


class errstate:
    """
    errstate(*, call=None, all=None, divide=None, over=None, under=None, invalid=None)

    Context manager (or decorator) for floating-point error handling.
    """

    __module__ = 'numpy'

    def __init__(self, *, call=None, **modes):
        self._call, self._modes = call, modes

    def __enter__(self):
        self._before = seterr(**self._modes)
        if self._call is not None:
            self._old = seterrcall(self._call)

    def __exit__(self, *args):
        link.set_modes(self._before)
        if self._call is not None:
            seterrcall(self._old)

    def __call__(self, function):
        @functools.wraps(function)
        def wrapped(*args, **kwargs):
            with errstate(call=self._call, **self._modes):
                return function(*args, **kwargs)

        return wrapped
