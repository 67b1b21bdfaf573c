"""Axes of space, by the name under which older scripts import them."""

from matplotlib.space import Axes3D

__all__ = ['Axes3D']
