"""Places of a grid of axes."""

from .figure import GridSpec

__all__ = ['GridSpec']
