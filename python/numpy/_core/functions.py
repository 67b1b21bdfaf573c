"""Every function of `numpy` in one place, for those who look them up by name."""

from .creation import *  # noqa: F403
from .creation import _shape  # noqa: F401
from .functional import *  # noqa: F403
from .ordering import *  # noqa: F403
from .products import *  # noqa: F403
from .reductions import *  # noqa: F403
from .shaping import *  # noqa: F403
from .ufuncs import *  # noqa: F403
from .reductions import all, any, max, min, round, sum, where  # noqa: A004, F401
from .creation import array, asarray, copy  # noqa: F401
