"""Functions of strings, element by element."""

from .char import *  # noqa: F403
from .char import add, capitalize, center, count, find, lower, multiply, replace, str_len, strip, title, upper, zfill  # noqa: F401
