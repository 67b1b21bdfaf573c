"""NumPy's and pyplot's names in one module, as older scripts import them."""

from matplotlib.pylab import *  # noqa: F403
