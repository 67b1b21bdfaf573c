"""Showing things below a cell, by the name of older notebooks."""

from ..display import *  # noqa: F403
from ..display import __all__ as __all__
