"""Functions that go over to complex numbers where real ones have no result, as `numpy.emath`."""

from .._core.emath import *  # noqa: F403
from .._core.emath import __all__  # noqa: F401
