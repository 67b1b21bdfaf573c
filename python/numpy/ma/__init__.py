"""Masked arrays: `numpy.ma`."""

from .core import (MAError, MaskedArray, MaskError, MaskedConstant, default_fill_value, get_mask, getdata, getmask, getmaskarray,  # noqa: F401
                   make_mask, make_mask_none, mask_or, masked, masked_print_option, nomask)
from . import core, extras, sets, shapes  # noqa: F401
from .extras import *  # noqa: F403
from .sets import in1d, intersect1d, isin, setdiff1d, setxor1d, union1d  # noqa: F401
from .shapes import *  # noqa: F403
from .extras import abs, all, any, max, min, round, sum  # noqa: A004, F401

MaskType = bool_ = type(nomask)
masked_singleton = masked

__all__ = [name for name in dir() if not name.startswith('_') and name not in ('core', 'extras', 'folds', 'sets', 'shapes')]
