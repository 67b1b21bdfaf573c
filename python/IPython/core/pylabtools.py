"""The size of figures, by IPython's name."""

from matplotlib import rcParams

__all__ = ['figsize']


def figsize(sizex, sizey):
    """The size of figures from now on, in inches."""
    rcParams['figure.figsize'] = [sizex, sizey]
