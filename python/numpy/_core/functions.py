"""Every function of `numpy` in one place, for those who look them up by name."""

from .creation import *  # noqa: F403
from .buffers import *  # noqa: F403
from .creation import _shape  # noqa: F401
from .functional import *  # noqa: F403
from .composed import bitwise_count, divmod, frexp, ldexp, modf, spacing  # noqa: A004, F401
from .ordering import *  # noqa: F403
from .generalized import matmul, matvec, vecdot, vecmat  # noqa: F401
from .products import *  # noqa: F403
from .differences import *  # noqa: F403
from .elementwise import *  # noqa: F403
from .histograms import *  # noqa: F403
from .nan_reductions import *  # noqa: F403
from .reductions import *  # noqa: F403
from .joining import *  # noqa: F403
from .shaping import *  # noqa: F403
from .taking import *  # noqa: F403
from .ufuncs import *  # noqa: F403
from .elementwise import round, where  # noqa: A004, F401
from .reductions import all, any, max, min, sum  # noqa: A004, F401
from .creation import array, asanyarray as asarray, copy  # noqa: F401


def number_as_text(a, want):
    """An array of numbers as strings or objects."""
    from . import boxed

    if want.num == 23:
        from .half import rounded

        return rounded(a) if not isinstance(a, ndarray) or a.dtype is not want else a.copy()
    if want._code == 20:
        return boxed.array_of(a, want)
    if want.kind == 'V':
        raise TypeError(f'numbers do not become records ({want!r}) here')
    return boxed.number_as_text(a, want)


def boxed_ufunc(name, args):
    """An elementwise function where strings or objects take part."""
    from .guest import apply

    return apply(name, args, {})
