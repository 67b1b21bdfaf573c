"""The part of IPython that notebooks use."""

import builtins

from . import display

__all__ = ['display', 'get_ipython', 'version_info']

version_info = (9, 0, 0, '')
__version__ = '9.0.0'


def get_ipython():
    """The notebook as IPython's shell; None in a script, which has none."""
    made = getattr(builtins, 'get_ipython', None)
    return None if made is None else made()
