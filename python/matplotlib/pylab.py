"""NumPy's and pyplot's names in one module, as older scripts import them."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.pyplot import *  # noqa: F403
from numpy import *  # noqa: F403
from numpy.fft import *  # noqa: F403
from numpy.linalg import *  # noqa: F403
from numpy.random import *  # noqa: F403
from numpy import bytes_ as bytes_, random as random  # noqa: E402

# Python's own stay what they are.
from builtins import abs, all, any, bool, bytes, complex, float, int, max, min, pow, round, sum  # noqa: A004, E402
