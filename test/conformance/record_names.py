"""NumPy's and SciPy's answers for the arguments and names that the other recordings do not ask for."""

import warnings

import numpy as np
import scipy.linalg

import record_engine as engine
from record_engine import Ref as R

warnings.simplefilter("ignore")
rng = np.random.default_rng(77)
FIX = {
    "a": rng.standard_normal((3, 4)),
    "sq": rng.standard_normal((2, 4, 4)),
    "csq": rng.standard_normal((2, 3, 3)) + 1j * rng.standard_normal((2, 3, 3)),
    "tall": rng.standard_normal((2, 5, 3)),
    "b2": rng.standard_normal((2, 4, 2)),
    "b": rng.standard_normal(4),
    "v": rng.standard_normal(9),
    "x": np.sort(rng.random(7)),
    "y": rng.standard_normal(7),
    "w": np.array([1.0, 2, 0.5, 3, 1, 1, 2]),
    "i": rng.integers(-5, 6, (3, 5)),
    "j": rng.integers(0, 4, 12),
    "c": rng.standard_normal(6) + 1j * rng.standard_normal(6),
    "c2": rng.standard_normal((3, 4)) + 1j * rng.standard_normal((3, 4)),
    "f": rng.standard_normal(8).astype("float32"),
    "t": rng.standard_normal((2, 3, 4)),
    "nan": np.array([[1.0, np.nan, 3, 2], [np.nan, 5, 0, 1]]),
    "nans": np.array([2.0, np.nan, 1.0, np.nan, 2.0]),
    "mask": rng.random((3, 4)) > 0.5,
    "long": rng.standard_normal(97),
    "mixed": rng.standard_normal(60),
    "bool": np.array([True, False, True, True]),
}
FIX["spd"] = FIX["sq"] @ FIX["sq"].transpose(0, 2, 1) + 4 * np.eye(4)
FIX["her"] = FIX["csq"] @ FIX["csq"].conj().transpose(0, 2, 1) + 4 * np.eye(3)
FIX["low"] = np.tril(FIX["sq"]) + 2 * np.eye(4)
engine.FIX.update({f"n_{k}": v for k, v in FIX.items()})


def call(name, *args, shapes=False, **kwargs):
    place, _, plain = name.rpartition(".")
    module = {"": np, "linalg": np.linalg, "fft": np.fft, "scipy.linalg": scipy.linalg}[place]
    try:
        got = getattr(module, plain)(*[engine.resolve(a) for a in args], **{k: engine.resolve(v) for k, v in kwargs.items()})
        if isinstance(got, tuple) and not hasattr(got, "dtype"):
            got = tuple(np.int64(p) if isinstance(p, int) and not isinstance(p, bool) else p for p in got)
        want = engine.outcome(got)
        if shapes:
            parts = got if isinstance(got, (tuple, list)) else (got,)
            want = {"shapes": [[str(np.asarray(p).dtype), list(np.shape(p))] for p in parts]}
    except Exception as error:  # noqa: BLE001
        want = {"error": type(error).__name__, "message": str(error)}
    return {"call": name, "args": [engine.encode(a) for a in args], "kwargs": {k: engine.encode(v) for k, v in kwargs.items()}, "want": want}


r = lambda name, *view: R(f"n_{name}", *view)  # noqa: E731


def statistics():
    for method in ("inverted_cdf averaged_inverted_cdf closest_observation interpolated_inverted_cdf hazen weibull linear "
                   "median_unbiased normal_unbiased lower higher midpoint nearest").split():
        yield call("quantile", r("v"), [0, 0.1, 0.25, 0.5, 0.9, 1], method=method)
        yield call("percentile", r("i"), [10, 50, 77], axis=1, method=method)
    yield call("quantile", r("v"), 0.5, method="odd")
    yield call("quantile", r("v"), 1.5)
    yield call("quantile", r("y"), [0.2, 0.5, 0.9], weights=r("w"), method="inverted_cdf")
    yield call("quantile", r("y"), 0.5, weights=r("w"))
    yield call("quantile", r("a"), 0.3, weights=[1.0, 2, 3, 4], axis=1, method="inverted_cdf")
    for name in ("nanquantile", "nanpercentile"):
        yield call(name, r("nan"), 0.4, axis=0)
        yield call(name, r("nan"), [0.1, 0.7], axis=1, keepdims=True)
    yield call("nanmedian", r("nan"), axis=1)
    for name in ("nanmean", "nanvar", "nanstd"):
        yield call(name, r("nan"), axis=1)
        yield call(name, r("nan"), dtype="float32")
        yield call(name, r("nan"), where=[[True, True, False, True]])
    yield call("nanvar", r("nan"), axis=1, ddof=3)
    yield call("nanvar", r("nan"), correction=1)
    yield call("nanargmax", r("nan"), axis=1)
    yield call("nanargmin", r("nan"))
    yield call("nanargmin", [[np.nan, np.nan]], axis=1)
    yield call("nancumsum", r("nan"), axis=1)
    yield call("nancumprod", r("nan"))
    yield call("var", r("a"), axis=0, correction=1)
    yield call("std", r("a"), ddof=1, correction=1)
    yield call("var", r("a"), axis=1, mean=[[0.0], [1.0], [2.0]])
    yield call("average", r("a"), axis=1, weights=[1.0, 2, 3, 4], returned=True)
    yield call("average", r("t"), axis=(0, 2), weights=[[1.0, 2, 3, 4], [1, 1, 1, 1]])
    yield call("average", r("i"), returned=True)
    yield call("average", r("a"), weights=[1.0, 2])
    yield call("cov", r("a"), fweights=[1, 2, 0, 3])
    yield call("cov", r("a"), aweights=[1.0, 0.5, 2, 1])
    yield call("cov", r("a"), fweights=[1, 2, 0, 3], aweights=[1.0, 0.5, 2, 1], ddof=0)
    yield call("cov", r("a"), aweights=[1.0, -1, 2, 1])
    yield call("cov", r("a"), dtype="float32")
    yield call("cov", r("c2"))
    yield call("cov", r("a"), r("a"), rowvar=False)
    yield call("corrcoef", r("c2"))
    yield call("corrcoef", r("a"), dtype="float32")
    for bins in ("auto", "fd", "doane", "scott", "stone", "rice", "sturges", "sqrt"):
        yield call("histogram", r("mixed"), bins=bins)
        yield call("histogram_bin_edges", r("j"), bins=bins)
    yield call("histogram", r("mixed"), bins="odd")
    yield call("histogram_bin_edges", r("mixed"), bins=4, range=(-1, 1))
    yield call("histogram2d", r("x"), r("y"), bins=3)
    yield call("histogram2d", r("x"), r("y"), bins=[2, [-3.0, 0, 3]], density=True, weights=r("w"))
    yield call("histogram2d", r("x"), [1.0, 2])
    yield call("cumulative_sum", r("v"), include_initial=True)
    yield call("cumulative_prod", r("a"), axis=1)
    yield call("cumulative_sum", r("a"))
    yield call("ptp", r("a"), axis=1, keepdims=True)


def samples():
    yield call("diff", r("i"), prepend=0, append=r("i", [[None], [None, 1]]))
    yield call("diff", r("bool"))
    yield call("diff", r("v"), n=0)
    yield call("diff", r("v"), n=-1)
    yield call("ediff1d", r("i"), to_begin=-9, to_end=[7, 8])
    yield call("ediff1d", r("i"), to_end=0.5)
    yield call("gradient", r("a"))
    yield call("gradient", r("a"), 0.5, axis=1)
    yield call("gradient", r("y"), r("x"))
    yield call("gradient", r("y"), r("x"), edge_order=2)
    yield call("gradient", r("a"), 2.0, [0.0, 1, 3, 4], edge_order=2)
    yield call("gradient", r("c"), edge_order=2)
    yield call("gradient", r("y"), edge_order=3)
    yield call("gradient", r("a"), 1.0, 2.0, 3.0)
    yield call("trapezoid", r("y"), r("x"))
    yield call("trapezoid", r("a"), dx=0.5, axis=0)
    yield call("trapezoid", r("i"))
    yield call("unwrap", [0.0, 1, 4, 7.5, -1])
    yield call("unwrap", [0, 1, 5, 1, 9], period=6)
    yield call("interp", [-1.0, 0.3, 0.5, 0.99, 5], r("x"), r("y"))
    yield call("interp", [-1.0, 0.3, 5, np.nan], r("x"), r("y"), left=-7.0, right=7.0)
    yield call("interp", [-1.0, 0.3, 5], r("x"), r("y"), period=0.8)
    yield call("interp", 0.4, r("x", [[None, 6]]), r("c"))
    yield call("interp", [1.0], [0.0, 1], [0.0])
    yield call("interp", [1.0], [], [])
    for mode in ("full", "same", "valid"):
        for p, q in (("v", "y"), ("y", "v"), ("c", "f"), ("i", "j"), ("f", "f")):
            p, q = (r(n, [0]) if n == "i" else r(n) for n in (p, q))
            yield call("convolve", p, q, mode)
            yield call("correlate", p, q, mode)
    yield call("convolve", r("bool"), r("bool"))
    yield call("convolve", [], r("v"))
    yield call("convolve", r("v"), r("v"), "odd")
    for name in ("bartlett", "blackman", "hamming", "hanning"):
        for m in (0, 1, 2, 7, 8):
            yield call(name, m)
    for beta in (0, 5.0, 14):
        yield call("kaiser", 9, beta)
    yield call("i0", [0.0, 1, -3, 8, 20, 300])
    yield call("sinc", r("v"))
    yield call("sinc", [0, 1])
    yield call("frexp", r("v"))
    yield call("frexp", [0.0, np.inf, 5e-324, 1.0])
    yield call("ldexp", r("y"), [1, -1, 3, 0, 900, -1000, 2])
    yield call("spacing", [1.0, -3, 1e300, 0.5])
    yield call("real_if_close", [1 + 1e-16j, 2])
    yield call("real_if_close", r("c"))
    yield call("isposinf", [np.inf, -np.inf, np.nan, 1])
    yield call("isneginf", [np.inf, -np.inf, np.nan, 1])


def polynomials():
    for p in ([1, -6, 11, -6], [1.0, 0, 0], [0, 0, 2, 4], [3], [0, 0], [1, 0, 1]):
        yield call("roots", p)
        yield call("polyval", p, r("v"))
        yield call("polyder", p)
        yield call("polyint", p)
    yield call("polyder", [1, 2, 3, 4], 2)
    yield call("polyint", [1, 2, 3], 2, k=[1.0, 2])
    yield call("polyint", [1, 2, 3], -1)
    yield call("polyder", [1, 2, 3], -1)
    yield call("poly", [1, 2, 3])
    yield call("poly", [1j, -1j])
    yield call("poly", r("sq", [0]))
    yield call("poly", [[1, 2, 3]])
    yield call("polyadd", [1, 2], [3, 4, 5])
    yield call("polysub", [1, 2], [3.5, 4, 5])
    yield call("polymul", [1, 2], [3, 4, 5])
    yield call("polydiv", [3, 5, 2], [2, 1])
    yield call("polydiv", [1.0], [2, 1])
    yield call("polyfit", r("x"), r("y"), 2)
    yield call("polyfit", r("x"), r("y"), 1, full=True)
    yield call("polyfit", r("x"), r("y"), 1, cov=True)
    yield call("polyfit", r("x"), r("y"), 1, w=r("w"), cov="unscaled")
    yield call("polyfit", r("x"), r("y"), -1)
    yield call("polyfit", r("x"), [1.0, 2], 1)
    yield call("polyfit", [0, 1, 2, 3], [[1, 2], [3, 4], [5, 6], [7, 9]], 1)


def transforms():
    for name in ("fft", "ifft"):
        for x in ("v", "c", "f", "long"):
            yield call(f"fft.{name}", r(x))
        for n in (1, 2, 3, 5, 12, 31, 64, 67):
            yield call(f"fft.{name}", r("c"), n)
        for norm in ("ortho", "forward", "backward"):
            yield call(f"fft.{name}", r("a"), axis=0, norm=norm)
    yield call("fft.fft", r("v"), 0)
    yield call("fft.fft", r("v"), norm="odd")
    yield call("fft.fft", r("i"))
    for name in ("rfft", "ihfft"):
        for n in (None, 4, 9, 14):
            yield call(f"fft.{name}", r("v"), n)
        yield call(f"fft.{name}", r("f"), norm="ortho")
    for name in ("irfft", "hfft"):
        for n in (None, 4, 9, 14):
            yield call(f"fft.{name}", r("c"), n)
        yield call(f"fft.{name}", r("c2"), axis=0, norm="forward")
    for name in ("fft2", "ifft2", "fftn", "ifftn", "rfft2", "rfftn", "irfft2", "irfftn"):
        x = r("t") if name.startswith("r") else r("c2")
        yield call(f"fft.{name}", x)
        yield call(f"fft.{name}", x, s=(2, 5), axes=(-2, -1), norm="ortho")
    for n in (1, 4, 5):
        yield call("fft.fftfreq", n, 0.5)
        yield call("fft.rfftfreq", n)
    yield call("fft.fftshift", r("i"))
    yield call("fft.ifftshift", r("i"), axes=1)
    yield call("fft.fftshift", r("v"))


def arrays():
    for mode in "constant edge linear_ramp maximum mean median minimum reflect symmetric wrap".split():
        yield call("pad", r("v"), 3, mode)
        yield call("pad", r("i"), [[1, 2], [0, 12]], mode)
        yield call("pad", r("t"), (1, 0), mode)
    yield call("pad", r("i"), 2, constant_values=[[1, 2], [3, 4]])
    yield call("pad", r("v"), 2, "linear_ramp", end_values=5)
    yield call("pad", r("i"), 2, "mean", stat_length=2)
    yield call("pad", r("i"), (4, 9), "reflect", reflect_type="odd")
    yield call("pad", r("i"), (4, 9), "symmetric", reflect_type="odd")
    yield call("pad", r("i"), -1)
    yield call("pad", r("i"), 1.5)
    yield call("pad", r("i"), 1, "odd")
    yield call("linspace", r("a", [0]), r("a", [1]), 5)
    yield call("linspace", r("a", [0]), 2, 4, axis=1)
    yield call("linspace", 0, 1, 5, retstep=True)
    yield call("linspace", 0, 10, 4, dtype="int64")
    yield call("linspace", 0, 1j, 3)
    yield call("logspace", [0, 1], [1, 3], 4, axis=1)
    yield call("logspace", 0, 2, 3, base=2.0, dtype="int32")
    yield call("geomspace", -1, -1000, 4)
    yield call("geomspace", 1, 1000, 4, dtype="int64")
    yield call("geomspace", 1j, 1000j, 4)
    yield call("geomspace", [1.0, 2], [100, 50], 3, axis=1)
    yield call("geomspace", 0, 5)
    yield call("indices", (2, 3), dtype="float32")
    yield call("indices", (2, 3), sparse=True)
    yield call("meshgrid", r("x"), r("j"), indexing="ij")
    yield call("meshgrid", r("x"), r("j"), sparse=True)
    yield call("meshgrid", r("x"), r("j"), indexing="odd")
    yield call("ix_", [0, 2], r("bool"))
    yield call("ix_", [[0]])
    yield call("diag_indices", 3, 3)
    yield call("diag_indices_from", r("sq", [0]))
    yield call("tril_indices_from", r("a"), 1)
    yield call("triu_indices_from", r("a"))
    yield call("triu_indices", 3, 1, 5)
    yield call("ravel_multi_index", [[1, 2], [3, 0]], (3, 4))
    yield call("ravel_multi_index", [[1, 2], [3, 0]], (3, 4), order="F")
    yield call("ravel_multi_index", [[1, 5], [3, -1]], (3, 4), mode="wrap")
    yield call("ravel_multi_index", [[1, 5], [3, -1]], (3, 4), mode=["clip", "wrap"])
    yield call("ravel_multi_index", [[1, 5], [3, 0]], (3, 4))
    yield call("unravel_index", [3, 11], (3, 4))
    yield call("unravel_index", 7, (3, 4), order="F")
    yield call("unravel_index", 12, (3, 4))
    yield call("array", r("i"), ndmin=4)
    yield call("array", r("i"), dtype="float32", order="F")
    yield call("asarray", r("i"), dtype="float64", copy=False)
    yield call("full_like", r("i"), 7, shape=(2, 2), dtype="float32")
    yield call("zeros_like", r("i"), shape=4)
    yield call("full_like", r("a"), r("b"))
    yield call("zeros", 3, device="gpu")
    yield call("eye", 2, 3, order="F")
    yield call("asarray_chkfinite", r("nan"))
    yield call("asarray_chkfinite", r("i"))
    yield call("concatenate", [r("i"), r("i")], dtype="float32")
    yield call("concatenate", [r("a"), r("a")], dtype="int32")
    yield call("concatenate", [r("a"), r("a")], dtype="int32", casting="unsafe")
    for name in ("stack", "vstack", "hstack"):
        yield call(name, [r("i"), r("i")], dtype="float32")
    yield call("atleast_2d", r("v"), 3, r("t"))
    yield call("unstack", r("i"), axis=1)
    yield call("rollaxis", r("t"), 2)
    yield call("rollaxis", r("t"), 0, 3)
    yield call("rollaxis", r("t"), 0, 5)
    yield call("roll", r("i"), (1, -2), axis=(0, 1))
    yield call("roll", r("i"), 1, axis=(0, 1))
    yield call("insert", r("v"), [0, 3, 3, -1], [10.0, 20, 30, 40])
    yield call("insert", r("i"), [1, 2], [[1], [2], [3]], axis=1)
    yield call("resize", r("i"), (2, 9))
    yield call("resize", r("i"), (2, -1))
    yield call("trim_zeros", np.array([0, 0, 1, 2, 0, 3, 0]))
    yield call("trim_zeros", np.array([0, 0, 1, 2, 0, 3, 0]), "b")
    yield call("trim_zeros", np.array([[0, 0, 0], [0, 4, 0]]))
    yield call("trim_zeros", [1, 2], "x")
    yield call("extract", r("mask"), r("a"))
    yield call("choose", [0, 1, 2, 1], [r("bool"), [1, 2, 3, 4], 9.5])
    yield call("choose", [0, 5], [[1, 2], [3, 4]], mode="clip")
    yield call("choose", [0, 5], [[1, 2], [3, 4]])
    yield call("compress", [True, False, True], r("a"), axis=0)
    yield call("size", r("t"), axis=(0, 2))
    yield call("flipud", r("i"))
    yield call("fliplr", r("v"))
    yield call("nan_to_num", r("nan"), nan=-1.0)
    yield call("select", [r("mask")], [r("a")], 5)
    yield call("clip", r("a"), min=0.0)
    yield call("clip", r("a"), max=r("b"))
    yield call("fix", r("v"))


def order():
    yield call("sort", r("v"), stable=True)
    yield call("sort", r("v"), kind="quicksort", stable=True)
    yield call("sort", r("v"), order="x")
    yield call("partition", r("v"), 3, kind="odd")
    yield call("sort_complex", r("c"))
    yield call("sort_complex", r("j"))
    yield call("lexsort", r("i"))
    yield call("lexsort", [r("i"), r("i")], axis=0)
    yield call("lexsort", [])
    yield call("unique", r("nans"))
    yield call("unique", r("nans"), equal_nan=False)
    yield call("unique", r("nans"), return_inverse=True, return_counts=True, equal_nan=False)
    yield call("unique", [[1, 2], [0, 5], [1, 2]], axis=0, return_index=True, return_inverse=True, return_counts=True)
    yield call("unique", [[1, 1, 0], [2, 2, 0]], axis=1, return_inverse=True)
    for name in ("unique_values", "unique_counts", "unique_inverse", "unique_all"):
        if name != "unique_values":
            yield call(name, r("j"))
    yield call("intersect1d", [3, 1, 2, 1], [2, 1, 7], return_indices=True)
    yield call("intersect1d", [3, 1, 2], [2, 1, 7], assume_unique=True, return_indices=True)
    yield call("setdiff1d", [5, 3, 1], [3], assume_unique=True)
    yield call("setxor1d", [5, 3, 1], [3, 4], assume_unique=True)
    yield call("isin", r("i"), [1, 2], invert=True)


def products():
    yield call("cross", r("t", [[None], [None], [None, 3]]), [1.0, 2, 3], axisc=0)
    yield call("cross", r("t"), r("t"), axis=1)
    yield call("trace", r("i"), dtype="float32")
    yield call("matmul", r("i"), r("i", "T"), dtype="float64")
    yield call("matvec", r("sq"), r("b"))
    yield call("vecmat", r("c"), [[1j], [2], [3], [4], [5], [6]])
    yield call("matvec", r("b"), r("b"))
    yield call("vecdot", r("c2"), r("c2"), keepdims=True)
    yield call("vecdot", r("c2"), r("c2"), axis=0)
    yield call("einsum", r("a"), [0, 1], r("b"), [1], [0])
    yield call("einsum", "ij,j->i", r("i", [[None], [None, 4]]), r("b"), dtype="float32", casting="unsafe")
    yield call("linalg.svd", r("spd"), hermitian=True, shapes=True)
    yield call("linalg.svd", r("spd"), hermitian=True, compute_uv=False)
    yield call("linalg.trace", r("sq"), dtype="complex64")


def scipys():
    s = "scipy.linalg."
    for name in ("lu", "cholesky", "polar", "inv", "det", "sqrtm", "logm", "svdvals", "pinv", "pinvh"):
        yield call(s + name, r("spd"))
        yield call(s + name, r("her"))
    for name in ("schur", "hessenberg", "qr", "svd", "eig", "eigh", "orth", "ldl", "eigvals", "lu_factor", "cho_factor", "lu", "null_space"):
        yield call(s + name, r("spd"), shapes=True)
        yield call(s + name, r("her", [0]), shapes=True)
    yield call(s + "expm", r("sq"))
    yield call(s + "expm", r("csq"))
    yield call(s + "lu", r("tall"))
    yield call(s + "lu", r("tall"), permute_l=True)
    yield call(s + "lu", r("tall", [0]), p_indices=True)
    yield call(s + "lu_factor", r("tall", [0]), shapes=True)
    yield call(s + "solve", r("sq"), r("b2"))
    yield call(s + "solve", r("sq"), r("b"))
    yield call(s + "solve", r("spd"), r("b2"), assume_a="pos")
    yield call(s + "solve", r("sq"), r("b2"), transposed=True)
    yield call(s + "solve_triangular", r("low"), r("b2"), lower=True)
    yield call(s + "solve_triangular", r("low"), r("b"), lower=True, trans="T")
    yield call(s + "lstsq", r("tall", [0]), [1.0, 2, 3, 4, 5], lapack_driver="odd")
    yield call(s + "lstsq", r("tall", [0]), [1.0, 2, 3, 4, 5], lapack_driver="gelss")
    yield call(s + "svd", r("a"), lapack_driver="gesvd", shapes=True)
    yield call(s + "inv", r("nan"))
    yield call(s + "inv", [[1.0, np.nan], [0, 1]])
    yield call(s + "cholesky", [[1.0, np.inf], [0, 1]])
    # With "diagonal" SciPy leaves the other entries as they were.
    for assume in ("pos", "sym", "her", "upper triangular", "lower triangular", "gen"):
        yield call(s + "inv", r("spd", [0]), assume_a=assume)
        yield call(s + "inv", r("spd", [0]), assume_a=assume, lower=True)
    yield call(s + "eig", r("sq", [0]), homogeneous_eigvals=True, shapes=True)
    yield call(s + "eigvals", r("sq", [0]), r("spd", [0]), homogeneous_eigvals=True, shapes=True)
    yield call(s + "eigvalsh", r("spd", [0]), driver="odd")
    yield call(s + "eigvalsh", r("spd", [0]), driver="ev")
    for name in ("cosm", "sinm", "tanm", "coshm", "sinhm", "tanhm"):
        yield call(s + name, r("sq"))
        yield call(s + name, r("csq", [0]))
    yield call(s + "signm", r("spd", [0]))
    yield call(s + "signm", r("sq", [0]))
    yield call(s + "fractional_matrix_power", r("spd", [0]), 0.3)
    yield call(s + "fractional_matrix_power", r("her", [0]), -1.5)
    yield call(s + "solve_sylvester", r("spd", [0]), r("her", [0]), np.ones((4, 3)))
    yield call(s + "solve_sylvester", r("sq", [0]), r("spd", [1]), r("sq", [1]))
    yield call(s + "solve_continuous_lyapunov", r("spd"), r("sq"))
    yield call(s + "solve_banded", (1, 1), [[0.0, 1, 2, 3], [4, 5, 6, 7], [1, 1, 2, 0]], r("b"))
    yield call(s + "solve_banded", (1, 1), [[0.0, 1, 2, 3], [4, 5, 6, 7]], r("b"))
    yield call(s + "solve_circulant", r("b"), [1.0, 2, 3, 4])
    yield call(s + "solve_circulant", [1.0, 1], [1.0, 2])
    yield call(s + "solve_circulant", [1.0, 1], [1.0, 2], singular="lstsq")
    yield call(s + "solve_circulant", [1.0, 2, 0], [[1.0, 2], [0, 1], [2, 2]])
    yield call(s + "solve_toeplitz", np.array([4.0, 1, 0.5, 0.25]), r("b"))
    yield call(s + "matmul_toeplitz", np.array([4.0, 1, 0.5, 0.25]), r("b"))
    yield call(s + "orthogonal_procrustes", r("sq", [0]), r("sq", [1]))
    yield call(s + "subspace_angles", r("tall", [0]), r("tall", [1]))
    yield call(s + "rq", r("a"), shapes=True)
    yield call(s + "rq", r("tall", [0]), mode="economic", shapes=True)
    yield call(s + "rq", r("csq", [0]), mode="r", shapes=True)
    yield call(s + "norm", r("a"), "fro")
    yield call(s + "norm", r("nan"))
    yield call(s + "toeplitz", r("c"))
    yield call(s + "toeplitz", r("a"))
    yield call(s + "circulant", r("a"))
    yield call(s + "companion", r("a"))
    yield call(s + "fiedler", r("a"))
    yield call(s + "convolution_matrix", r("a"), 5)
    yield call(s + "invhilbert", 4, exact=True)
    yield call(s + "pascal", 4, exact=False)
    yield call(s + "invpascal", 4, exact=False)
    yield call(s + "hadamard", 4, dtype="float32")
    yield call(s + "diagsvd", [1.0, 2], 3, 2)
    yield call(s + "diagsvd", [1.0, 2], 3, 3)
    yield call(s + "issymmetric", r("spd", [0]), atol=1e-9)
    yield call(s + "issymmetric", r("sq", [0]))
    yield call(s + "ishermitian", r("her", [0]), rtol=1e-9)
    yield call(s + "bandwidth", [[1, 0, 2], [3, 1, 0], [0, 0, 1]])
    yield call(s + "khatri_rao", r("i"), r("i"))


def cases():
    groups = (statistics, samples, polynomials, transforms, arrays, order, products, scipys)
    return {"arrays": {f"n_{k}": engine.saved(v) for k, v in FIX.items()}, "calls": [c for group in groups for c in group()]}
