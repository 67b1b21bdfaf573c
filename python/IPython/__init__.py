"""The part of IPython that notebooks use to show things."""

from . import display

__all__ = ['display', 'get_ipython']


def get_ipython():
    """None: there is no IPython shell here."""
    return None
