"""NumPy's names over Eigenscope's engine: arrays are handles, the work is done by OpenBLAS and the engine's kernels."""

from . import exceptions  # noqa: F401
from ._core import link as _link
from ._core import dtypes as _dtypes  # noqa: F401
from ._core.generic import *  # noqa: F403
from ._core.flexible import *  # noqa: F403
from ._core.scalars import *  # noqa: F403
from ._core.generic import bool, bool_, False_, True_  # noqa: F401, A004
from ._core.scalars import sctypeDict, typecodes  # noqa: F401, A004
from ._core.array import flatiter, ndarray  # noqa: F401
from ._core import fast as _fast  # noqa: F401
from ._core import foreign as _foreign
from ._core.dtypes import (can_cast, common_type, dtype, finfo, iinfo, isdtype, issubdtype, min_scalar_type, mintypecode, promote_types,  # noqa: F401
                           result_type, typename)
from ._core.buffers import frombuffer, fromfile, fromstring  # noqa: F401
from ._core.creation import (arange, array, asanyarray, asarray, asarray_chkfinite, ascontiguousarray, asfortranarray, copy, diag, diag_indices,  # noqa: F401
                             diag_indices_from, diagflat, empty, empty_like, eye, fromfunction, fromiter, full,
                             full_like, geomspace, identity, indices, linspace, logspace, meshgrid, ones, ones_like, require, tri, tril,
                             tril_indices, tril_indices_from, triu, triu_indices, triu_indices_from, vander, zeros, zeros_like)
from ._core.foreign import _CopyMode  # noqa: F401
from ._core import ufuncs as _ufuncs
from ._core.joining import (append, array_split, block, column_stack, concat, concatenate, delete, dsplit, dstack, hsplit, hstack, insert,  # noqa: F401
                            pad, repeat, resize, roll, split, stack, tile, trim_zeros, unstack, vsplit, vstack)
from ._core.shaping import (astype, atleast_1d, atleast_2d, atleast_3d, broadcast, broadcast_arrays, broadcast_shapes, broadcast_to,  # noqa: F401
                            expand_dims, flip, fliplr, flipud, isfortran, isscalar, iterable, matrix_transpose, may_share_memory, moveaxis,
                            ndim, permute_dims, ravel, reshape, rollaxis, rot90, shape, shares_memory, size, squeeze, swapaxes, transpose)
from ._core.taking import (choose, compress, copyto, diagonal, extract, fill_diagonal, ndenumerate, ndindex, place, put, put_along_axis,  # noqa: F401
                           putmask, ravel_multi_index, take, take_along_axis, unravel_index)
from ._core.differences import convolve, correlate, diff, ediff1d, gradient, interp, trapezoid, unwrap  # noqa: A004, F401
from ._core.elementwise import (allclose, angle, argwhere, around, array_equal, array_equiv, clip, fix, flatnonzero, i0, imag,  # noqa: A004, F401
                                isclose, iscomplex, iscomplexobj, isneginf, isposinf, isreal, isrealobj, nan_to_num, nonzero,
                                piecewise, real, real_if_close, round, select, sinc, where)
from ._core.composed import bitwise_count, divmod, frexp, ldexp, modf, spacing  # noqa: A004, F401
from ._core.histograms import bincount, histogram, histogram2d, histogram_bin_edges  # noqa: A004, F401
from ._core.nan_reductions import (nancumprod, nancumsum, nanmax, nanmean, nanmedian, nanmin, nanpercentile, nanprod, nanquantile, nanstd,  # noqa: A004, F401
                                   nansum, nanvar)
from ._core.reductions import (all, amax, amin, any, average, corrcoef, count_nonzero, cov, cumprod, cumsum, cumulative_prod, cumulative_sum,  # noqa: A004, F401
                               max, mean, median, min, percentile, prod, ptp, quantile, std, sum, var)
from ._core.ordering import (argmax, argmin, argpartition, argsort, digitize, intersect1d, isin, lexsort, nanargmax, nanargmin, partition,  # noqa: F401
                             searchsorted, setdiff1d, setxor1d, sort, sort_complex, union1d, unique, unique_all, unique_counts, unique_inverse,
                             unique_values)
from ._core.generalized import matmul, matvec, vecdot, vecmat  # noqa: F401
from ._core.products import cross, dot, einsum, einsum_path, inner, kron, outer, tensordot, trace, vdot  # noqa: F401
from ._core.printing import (array2string, array_repr, array_str, base_repr, binary_repr, format_float_positional, format_float_scientific,  # noqa: F401
                             get_printoptions, printoptions, set_printoptions)
from ._core.walking import nditer, nested_iters  # noqa: F401
from ._core.grids import c_, index_exp, ix_, mask_indices, mgrid, ogrid, r_, s_  # noqa: F401
from ._core.functional import apply_along_axis, apply_over_axes, frompyfunc, vectorize  # noqa: F401
from ._core.errors import errstate, geterr, geterrcall, seterr, seterrcall  # noqa: F401
from . import linalg  # noqa: F401

for _name in _ufuncs.names:
    globals()[_name] = getattr(_ufuncs, _name)
del _name
_foreign.install(globals(), 'numpy.')
_foreign.install(linalg.__dict__, 'numpy.linalg.')

__version__ = '2.4.6'
newaxis = None
pi = 3.141592653589793
e = 2.718281828459045
euler_gamma = 0.5772156649015329
inf = float('inf')
nan = float('nan')
little_endian = True

_later = {
    'random': 'numpy.random', 'testing': 'numpy.testing', 'typing': 'numpy.typing', 'version': 'numpy.version', 'fft': 'numpy.fft', 'lib': 'numpy.lib', 'char': 'numpy.char', 'ma': 'numpy.ma', 'rec': 'numpy.rec', 'strings': 'numpy.strings', 'polynomial': 'numpy.polynomial', 'dtypes': 'numpy.dtypes',
    **dict.fromkeys(('poly', 'poly1d', 'polyadd', 'polyder', 'polydiv', 'polyfit', 'polyint', 'polymul', 'polysub', 'polyval', 'roots'), ('numpy._core.polynomials',)),
    **dict.fromkeys(('fromregex', 'genfromtxt'), ('numpy._core.tables',)),
    **dict.fromkeys(('load', 'loadtxt', 'save', 'savetxt', 'savez', 'savez_compressed'), ('numpy._core.files',)),
    **dict.fromkeys(('bartlett', 'blackman', 'hamming', 'hanning', 'histogramdd', 'kaiser'), ('numpy._core.windows',)),
    **dict.fromkeys(('matrix', 'asmatrix', 'bmat'), ('numpy._core.matrices',)), 'memmap': ('numpy._core.mapped',), 'recarray': ('numpy.rec',), 'record': ('numpy._core.flexible',),
    **dict.fromkeys(('packbits', 'unpackbits', 'getbufsize', 'setbufsize', 'row_stack'), ('numpy._core.bits',)), 'emath': 'numpy._core.emath',
    'show_config': ('numpy._core.environment',), 'show_runtime': ('numpy._core.environment',), 'get_include': ('numpy._core.environment',), 'info': ('numpy._core.environment',),
}
_gone = {
    'float': 'float', 'int': 'int', 'complex': 'complex', 'object': 'object', 'str': 'str', 'long': 'int', 'unicode': 'str',
}
_specific = 'If you specifically wanted the numpy scalar type, use `np.{}` here.'
_more = {
    'float': _specific.format('float64'), 'complex': _specific.format('complex128'), 'object': '', 'str': _specific.format('str_'), 'unicode': '', 'long': '',
    'int': 'When replacing `np.int`, you may wish to use e.g. `np.int64` or `np.int32` to specify the precision. If you wish to review your current use, check the release note link for additional information.',
}
_gone_in_2 = {
    'geterrobj': 'Use the np.errstate context manager instead.',
    'seterrobj': 'Use the np.errstate context manager instead.',
    'cast': 'Use `np.asarray(arr, dtype=dtype)` instead.',
    'source': 'Use `inspect.getsource` instead.',
    'lookfor': "Search NumPy's documentation directly.",
    'who': 'Use an IDE variable explorer or `locals()` instead.',
    'fastCopyAndTranspose': 'Use `arr.T.copy()` instead.',
    'set_numeric_ops': 'For the general case, use `PyUFunc_ReplaceLoopBySignature`. For ndarray subclasses, define the ``__array_ufunc__`` method and override the relevant ufunc.',
    'NINF': 'Use `-np.inf` instead.',
    'PINF': 'Use `np.inf` instead.',
    'NZERO': 'Use `-0.0` instead.',
    'PZERO': 'Use `0.0` instead.',
    'add_newdoc': "It's still available as `np.lib.add_newdoc`.",
    'add_docstring': "It's still available as `np.lib.add_docstring`.",
    'add_newdoc_ufunc': "It's an internal function and doesn't have a replacement.",
    'safe_eval': 'Use `ast.literal_eval` instead.',
    'float_': 'Use `np.float64` instead.',
    'complex_': 'Use `np.complex128` instead.',
    'longfloat': 'Use `np.longdouble` instead.',
    'singlecomplex': 'Use `np.complex64` instead.',
    'cfloat': 'Use `np.complex128` instead.',
    'longcomplex': 'Use `np.clongdouble` instead.',
    'clongfloat': 'Use `np.clongdouble` instead.',
    'string_': 'Use `np.bytes_` instead.',
    'unicode_': 'Use `np.str_` instead.',
    'Inf': 'Use `np.inf` instead.',
    'Infinity': 'Use `np.inf` instead.',
    'NaN': 'Use `np.nan` instead.',
    'infty': 'Use `np.inf` instead.',
    'issctype': 'Use `issubclass(rep, np.generic)` instead.',
    'maximum_sctype': 'Use a specific dtype instead. You should avoid relying on any implicit mechanism and select the largest dtype of a kind explicitly in the code.',
    'obj2sctype': 'Use `np.dtype(obj).type` instead.',
    'sctype2char': 'Use `np.dtype(obj).char` instead.',
    'sctypes': 'Access dtypes explicitly instead.',
    'issubsctype': 'Use `np.issubdtype` instead.',
    'set_string_function': 'Use `np.set_printoptions` instead with a formatter for custom printing of NumPy objects.',
    'asfarray': 'Use `np.asarray` with a proper dtype instead.',
    'issubclass_': 'Use `issubclass` builtin instead.',
    'tracemalloc_domain': "It's now available from `np.lib`.",
    'mat': 'Use `np.asmatrix` instead.',
    'recfromcsv': 'Use `np.genfromtxt` with comma delimiter instead.',
    'recfromtxt': 'Use `np.genfromtxt` instead.',
    'deprecate': 'Emit `DeprecationWarning` with `warnings.warn` directly, or use `typing.deprecated`.',
    'deprecate_with_doc': 'Emit `DeprecationWarning` with `warnings.warn` directly, or use `typing.deprecated`.',
    'find_common_type': 'Use `numpy.promote_types` or `numpy.result_type` instead. To achieve semantics for the `scalar_types` argument, use `numpy.result_type` and pass the Python values `0`, `0.0`, or `0j`.',
    'round_': 'Use `np.round` instead.',
    'get_array_wrap': '',
    'DataSource': "It's still available as `np.lib.npyio.DataSource`.",
    'nbytes': 'Use `np.dtype(<dtype>).itemsize` instead.',
    'byte_bounds': "Now it's available under `np.lib.array_utils.byte_bounds`",
    'alltrue': 'Use `np.all` instead.',
    'sometrue': 'Use `np.any` instead.',
}
_not_here = {'datetime64', 'timedelta64', 'longdouble', 'clongdouble', 'float128', 'complex256', 'einsum_call', 'busday_count', 'busdaycalendar', 'is_busday',
             'datetime_as_string', 'datetime_data', 'from_dlpack', 'ctypeslib', 'f2py', 'core', 'isnat', }


def __getattr__(name):
    import importlib

    place = _later.get(name)
    if type(place) is str:
        made = importlib.import_module(place)
        globals()[name] = made
        return made
    if place is not None:
        made = getattr(importlib.import_module(place[0]), name)
        globals()[name] = made
        return made
    if name in _gone:
        raise AttributeError(
            f"module 'numpy' has no attribute '{name}'.\n`np.{name}` was a deprecated alias for the builtin `{_gone[name]}`. To avoid this error in existing code, "
            f'use `{_gone[name]}` by itself. Doing this will not modify any behavior and is safe. {_more[name]}\n'
            'The aliases was originally deprecated in NumPy 1.20; for more details and guidance see the original release note at:\n'
            '    https://numpy.org/devdocs/release/1.20.0-notes.html#deprecations')
    if name in _gone_in_2:
        raise AttributeError(f'`np.{name}` was removed in the NumPy 2.0 release. {_gone_in_2[name]}')
    if name in ('datetime64', 'timedelta64', 'busday_count', 'busdaycalendar', 'is_busday', 'datetime_as_string', 'datetime_data', 'isnat'):
        raise AttributeError(f"module 'numpy' has no attribute '{name}' here: arrays hold no dates; Python's datetime module has dates, and arrays of numbers of days or seconds do the same")
    if name in _not_here:
        raise AttributeError(f"module 'numpy' has no attribute '{name}' here: NumPy has it, Eigenscope's numpy does not")
    raise AttributeError(f"module 'numpy' has no attribute '{name}'")


def __dir__():
    return sorted({*(n for n in globals() if not n.startswith('_')), *_later, '__version__'})


# `from numpy import *` brings NumPy's sum, max, all and their like in the place of Python's, as NumPy does. What only modules
# of ours need is not among it.
__all__ = [n for n in __dir__() if n not in ('float', 'int', 'complex', 'version', 'lib', 'typing', 'testing', 'all_dtypes', 'all_dtypes_by_name', 'builtins', 'fields',
                                             'link', 'numbers', 'operator', 'register', 'scalar_arithmetic', 'scalar_operation')]  # fmt: skip
