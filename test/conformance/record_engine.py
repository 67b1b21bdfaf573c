"""What NumPy answers to calls by name, over arrays of every dtype and awkward layouts."""

import base64
import itertools
import warnings

import numpy as np

warnings.simplefilter("ignore")
rng = np.random.default_rng(20)

DTYPES = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 complex64 complex128".split()


def sample(dtype, shape, low=-4, high=5):
    d = np.dtype(dtype)
    a = rng.integers(0 if d.kind in "bu" else low, high, shape)
    if d.kind in "fc":
        a = a + rng.integers(0, 4, shape) / 4
    if d.kind == "c":
        a = a + 1j * rng.integers(-3, 4, shape)
    return a.astype(d)


FIX = {}
for t in DTYPES:
    FIX[f"{t}_23"] = sample(t, (2, 3))
    FIX[f"{t}_3"] = sample(t, (3,))
FIX.update(
    m45=rng.standard_normal((4, 5)),
    m54=rng.standard_normal((5, 4)),
    t234=rng.standard_normal((2, 3, 4)),
    i234=rng.integers(-9, 9, (2, 3, 4)),
    v5=rng.standard_normal(5),
    v300=rng.standard_normal(300) * 10.0 ** rng.integers(-6, 6, 300),
    m2040=rng.standard_normal((20, 40)),
    f300=rng.standard_normal(300).astype("float32"),
    c300=rng.standard_normal(300) + 1j * rng.standard_normal(300),
    nan5=np.array([1.0, np.nan, -2.0, np.inf, 0.0]),
    nan23=np.array([[1.0, np.nan, 3.0], [4.0, 5.0, -np.inf]]),
    zero=np.array([0.0, -0.0, 1.0, -1.0]),
    empty0=np.zeros((0,)),
    empty03=np.zeros((0, 3)),
    i6=np.array([3, 1, 2, 3, 0, 1]),
    b23=np.array([[True, False, True], [False, False, True]]),
    b3=np.array([True, False, True]),
    big=np.array([2**62, -(2**62), 2**53 + 1]),
    ubig=np.array([2**64 - 1, 1], "uint64"),
    s1=np.array(2.5),
    words=np.array([[1, 1, 2], [1, 1, 2], [0, 5, 5]]),
    idx=np.array([[0, 2], [1, 0]]),
    neg=np.array([-1, 0, 1]),
    pos=np.array([0.5, 1.0, 2.0, 9.0]),
    tiny=np.array([1e-300, 1e300, 5e-324]),
    halves=np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49999999999999994]),
    z4=np.array([1 + 2j, -1.5 - 0.5j, 3j, -2 + 0j]),
)


class Ref:
    """An array of FIX, possibly seen through a view: steps of indices and 'T'."""

    def __init__(self, name, *view):
        self.name, self.view = name, view

    def value(self):
        a = FIX[self.name]
        for step in self.view:
            a = a.T if step == "T" else a[tuple(slice(*s) if isinstance(s, list) else s for s in step)]
        return a

    def plain(self):
        return {"ref": self.name, "view": [s if s == "T" else list(s) for s in self.view]}


def encode(x):
    if isinstance(x, Ref):
        return x.plain()
    if isinstance(x, (list, tuple)):
        return {"list": [encode(y) for y in x]}
    if isinstance(x, bool) or x is None or isinstance(x, str):
        return x
    if isinstance(x, slice):
        return {"slice": [x.start, x.stop, x.step]}
    if x is Ellipsis:
        return {"ellipsis": True}
    if isinstance(x, int):
        return {"int": str(x)} if abs(x) > 2**53 else x
    if isinstance(x, float):
        return {"float": repr(x)}
    if isinstance(x, complex):
        return {"complex": [x.real, x.imag]}
    return {"array": saved(np.asarray(x))}


def resolve(x):
    if isinstance(x, Ref):
        return x.value()
    if isinstance(x, list):
        return [resolve(y) for y in x]
    if isinstance(x, tuple):
        return tuple(resolve(y) for y in x)
    return x


def saved(a):
    """dtype, shape and the bytes in C order."""
    a = np.asarray(a)
    return [str(a.dtype), list(a.shape), base64.b64encode(a.tobytes()).decode()]


def outcome(x):
    if isinstance(x, (tuple, list)):
        return {"many": [outcome(y) for y in x]}
    if isinstance(x, str):
        return {"text": x}
    a = np.asarray(x)
    if a.dtype == np.float16:
        return {"array": saved(a.astype("float32")), "half": True}
    return {"array": saved(a)}


SPECIAL = {
    "var_": np.var,
    "getitem": lambda a, *index: np.array(a[index if len(index) != 1 else index[0]]),
    "astype": lambda a, dtype: a.astype(dtype),
    "flatten": lambda a: a.flatten(),
    "delete_": np.delete,
    "variance": np.var,
}


def setitem(a, value, *index):
    b = a.copy()
    b[index if len(index) != 1 else index[0]] = value
    return b


SPECIAL["setitem"] = setitem


def call(name, *args, **kwargs):
    exact = kwargs.pop("_exact", None)
    function = SPECIAL.get(name) or getattr(np, name)
    try:
        want = outcome(function(*[resolve(a) for a in args], **{k: resolve(v) for k, v in kwargs.items()}))
    except Exception as error:  # noqa: BLE001
        want = {"error": type(error).__name__, "message": str(error)}
    case = {"call": name, "args": [encode(a) for a in args], "kwargs": {k: encode(v) for k, v in kwargs.items()}, "want": want}
    if exact:
        case["exact"] = True
    return case


R = Ref


def views(name):
    yield R(name)
    yield R(name, "T")
    yield R(name, [[None, None, -1]])
    yield R(name, [[None, None, 2], [1, None, None]])


def ufuncs():
    binary = "add subtract multiply divide floor_divide remainder power maximum minimum fmax fmin equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor arctan2 hypot copysign fmod".split()
    pairs = [("bool", "bool"), ("int8", "uint8"), ("int32", "int64"), ("uint64", "int64"), ("float32", "int32"), ("float32", "int8"), ("float64", "float32"), ("complex64", "float64"), ("complex128", "complex128"), ("uint32", "int32"), ("float32", "float32")]
    for name in binary:
        for p, q in pairs:
            yield call(name, R(f"{p}_23"), R(f"{q}_3"))
        for scalar in (2, 2.5, True, 1 - 2j, -1):
            for t in ("bool", "uint8", "int64", "float32", "complex64"):
                yield call(name, R(f"{t}_23"), scalar)
        yield call(name, R("nan5"), R("nan5", [[None, None, -1]]))
        yield call(name, R("uint8_3"), 300)
        yield call(name, R("float64_23", "T"), R("float64_3"))
    unary = "negative absolute square sqrt exp log log2 log10 sin cos tan tanh sinh cosh arcsin arccos arctan arcsinh arccosh arctanh sign floor ceil trunc rint isnan isinf isfinite conjugate reciprocal exp2 expm1 log1p cbrt logical_not invert signbit deg2rad rad2deg positive".split()
    for name in unary:
        for t in DTYPES:
            yield call(name, R(f"{t}_3"))
        for f in ("nan5", "zero", "pos", "z4", "halves"):
            yield call(name, R(f))
    yield call("add", R("m45"), R("m54"))
    yield call("add", R("v5"), R("m54"))
    yield call("subtract", R("m54", "T"), R("m45"))
    yield call("multiply", R("m45", [[None, None, -1], [None, None, 2]]), 3)
    for name in ("gcd", "lcm"):
        yield call(name, R("i6"), 6)
    yield call("left_shift", R("i6"), 2)
    yield call("right_shift", R("neg"), 1)
    yield call("power", R("int64_3"), R("int64_3"))
    yield call("power", R("float64_3"), -1)
    yield call("greater", R("ubig"), R("big", [[None, 2]]))
    yield call("equal", R("ubig"), -1)
    for t in DTYPES:
        yield call("clip", R(f"{t}_23"), 1, 3)
        yield call("round", R(f"{t}_23"), 1)
        yield call("where", R("b23"), R(f"{t}_23"), 0)
    yield call("clip", R("nan5"), -1, 1)
    yield call("clip", R("v5"), None, 0.5)
    for d in (-1, 0, 1, 2):
        yield call("round", R("halves"), d)
        yield call("round", R("i234"), d)
        yield call("round", R("v300"), d)
    yield call("where", R("b3"), R("v5"), 1)
    yield call("where", R("b23"))
    yield call("isclose", R("nan5"), R("nan5"))
    yield call("isclose", R("nan5"), R("nan5"), equal_nan=True)
    yield call("allclose", R("v5"), R("v5"))
    yield call("array_equal", R("m45"), R("m54", "T"))
    yield call("nan_to_num", R("nan5"))
    yield call("angle", R("z4"))
    yield call("modf", R("halves"))
    yield call("divmod", R("i6"), -2)


def reductions():
    names = "sum prod max min mean std var_ any all argmax argmin cumsum cumprod ptp median count_nonzero".split()
    for name in names:
        for t in DTYPES:
            if t.startswith("complex") and name in ("median", "ptp"):
                continue
            yield call(name, R(f"{t}_23"))
            yield call(name, R(f"{t}_23"), axis=0)
            yield call(name, R(f"{t}_23"), axis=1)
        for f in ("m2040", "t234", "i234"):
            for view in views(f):
                if len(view.value().shape) < 2:
                    continue
                yield call(name, view, _exact=True)
                yield call(name, view, axis=-1, _exact=True)
                yield call(name, view, axis=0, _exact=True)
        for f in ("v300", "nan5", "empty0", "f300", "s1"):
            yield call(name, R(f), _exact=True)
        yield call(name, R("empty03"), axis=0)
        yield call(name, R("empty03"), axis=1)
        yield call(name, R("m45"), axis=2)
        if name not in ("cumsum", "cumprod"):
            yield call(name, R("m45"), axis=1, keepdims=True)
        if name in ("sum", "prod", "max", "min", "mean", "std", "var_", "any", "all", "ptp", "median"):
            yield call(name, R("t234"), axis=(0, 2))
            yield call(name, R("t234"), axis=(2, 0), keepdims=True)
            yield call(name, R("t234"), axis=(0, 0))
    for f in ("sum", "mean"):
        yield call(f, R("c300"), _exact=True)
        yield call(f, R("float32_23"), dtype="float64")
    for name in ("sum", "prod", "mean", "any", "all", "std", "var_"):
        yield call(name, R("float64_23"), where=R("b23"))
        yield call(name, R("float64_23"), axis=0, where=R("b3"))
    yield call("max", R("float64_23"), where=R("b23"))
    yield call("max", R("float64_23"), where=R("b23"), initial=-9.0)
    yield call("sum", R("i6"), initial=10)
    for ddof in (0, 1, 2):
        yield call("std", R("m45"), ddof=ddof)
        yield call("var_", R("m45"), axis=0, ddof=ddof)
    for name in ("nansum", "nanmean", "nanmax", "nanmin", "nanstd", "nanvar", "nanmedian", "nanprod"):
        yield call(name, R("nan23"), axis=0)
        yield call(name, R("nan5", [[None, 3]]))
    for q in (0, 25, 50, 99.5, 100, -1):
        yield call("percentile", R("v300"), q)
        yield call("percentile", R("m45"), q, axis=1)
        yield call("percentile", R("i6"), q)
    yield call("percentile", R("m45"), [10, 50, 90], axis=0)
    for method in ("linear", "lower", "higher", "nearest", "midpoint"):
        yield call("quantile", R("i6"), [0.1, 0.5, 0.77], method=method)
    yield call("average", R("i6"), weights=[1, 2, 3, 4, 5, 6])
    yield call("average", R("m45"), axis=0, weights=[1, 2, 3, 4])
    yield call("average", R("i6"), weights=[0, 0, 0, 0, 0, 0])
    yield call("cov", R("m45"))
    yield call("cov", R("m45"), rowvar=False)
    yield call("cov", R("v5"))
    yield call("cov", R("m45"), bias=True)
    yield call("cov", R("v5"), y=R("nan5", [[None, None, -1]]))
    yield call("corrcoef", R("m45"))
    yield call("corrcoef", R("v5"))
    yield call("diff", R("i6"))
    yield call("diff", R("m45"), n=2, axis=0)
    yield call("gradient", R("v5"))


def shapes():
    for f in ("t234", "m45", "i6"):
        for s in ((-1,), (2, -1), (4, 3, 2), (6,), (7,), (-1, -1), (2, 3)):
            yield call("reshape", R(f), s)
        yield call("reshape", R(f, "T"), (-1,))
        yield call("ravel", R(f, "T"))
        yield call("flatten", R(f, "T"))
        for axis in (0, -1, 3):
            yield call("expand_dims", R(f), axis)
            yield call("squeeze", R(f), axis)
            yield call("flip", R(f), axis)
            yield call("roll", R(f), 2, axis=axis)
            yield call("swapaxes", R(f), 0, axis)
    yield call("transpose", R("t234"), (2, 0, 1))
    yield call("transpose", R("t234"), (0, 1))
    yield call("transpose", R("t234"), (0, 0, 1))
    yield call("moveaxis", R("t234"), 0, -1)
    yield call("moveaxis", R("t234"), (0, 1), (-1, 0))
    yield call("rot90", R("m45"))
    yield call("rot90", R("m45"), 3)
    yield call("roll", R("m45"), -3)
    for axis in (0, 1, 2, -1, None):
        yield call("concatenate", [R("int32_23"), R("float32_23")], axis=axis)
        yield call("stack", [R("int32_23"), R("float32_23")], axis=0 if axis is None else axis)
    yield call("concatenate", [R("m45"), R("m54")])
    yield call("concatenate", [R("m45"), R("v5")])
    yield call("concatenate", [])
    yield call("stack", [R("m45"), R("m54")])
    for name in ("hstack", "vstack", "dstack", "column_stack"):
        yield call(name, [R("int64_3"), R("float32_3")])
        yield call(name, [R("int64_23"), R("bool_23")])
        yield call(name, [R("m45"), R("m54")])
    for parts in (2, 5, [1, 3], 0):
        yield call("split", R("m45"), parts, axis=0)
        yield call("split", R("m45"), parts, axis=1)
        yield call("array_split", R("v5"), parts)
    yield call("hsplit", R("m54"), 2)
    yield call("vsplit", R("m45"), 2)
    for reps in (2, (2, 2), (1, 2, 3), 0):
        yield call("tile", R("int64_23"), reps)
    for reps in (2, [1, 0, 2], 0):
        yield call("repeat", R("int64_3"), reps)
        yield call("repeat", R("int64_23"), reps, axis=1)
    yield call("repeat", R("int64_23"), [1, 2], axis=1)
    yield call("append", R("int64_3"), [9, 8])
    yield call("append", R("int64_23"), [[9, 8, 7]], axis=0)
    yield call("delete_", R("m45"), 1, axis=0)
    yield call("delete_", R("m45"), [0, -1], axis=1)
    yield call("delete_", R("v5"), 9)
    yield call("insert", R("v5"), 1, 7)
    yield call("insert", R("m45"), 2, 0, axis=1)
    yield call("insert", R("m45"), 4, [1, 2, 3, 4, 5], axis=0)
    for name in ("atleast_1d", "atleast_2d", "atleast_3d"):
        for f in ("s1", "v5", "m45"):
            yield call(name, R(f))
    for k in (-1, 0, 2):
        for name in ("diag", "tril", "triu", "diagflat"):
            yield call(name, R("m45"), k)
            yield call(name, R("v5"), k)
        yield call("eye", 3, 4, k)
        yield call("tri", 3, 4, k)
    yield call("diagonal", R("t234"), 1, 1, 2)
    yield call("meshgrid", R("v5"), R("i6"))
    yield call("indices", (2, 3))
    yield call("vander", R("i6"), 3)
    yield call("broadcast_to", R("v5"), (2, 5))
    yield call("broadcast_to", R("v5"), (5, 2))
    for args in ((5,), (1, 5), (0, 1, 0.1), (5, 0, -2), (0.5, 3), (1, 2, 0), (3, 1)):
        yield call("arange", *args)
    for args in ((0, 1), (0, 1, 5), (2, -2, 4), (1, 1, 3), (0, 1, 1), (0, 1, 0)):
        yield call("linspace", *args, _exact=True)
        yield call("linspace", *args, endpoint=False, _exact=True)
    yield call("logspace", 0, 3, 4)
    yield call("geomspace", 1, 256, 9)


def indexing():
    S = slice
    index = [
        (0,), (-1,), (5,), (S(1, None),), (S(None, None, -1),), (S(None), 1), (Ellipsis, 0), (None, 0), (0, None, Ellipsis),
        (S(None, None, 2), S(-2, None)), ([0, 1],), ([0, -1, 0],), (S(None), [2, 0]), ([0, 1], [1, 2]), ([[0, 1], [1, 0]],),
        ([0], S(None), [1, 2]), (0, S(None), [1, 2]), (S(None), 0, [1, 2]), ([0, 1], [0, 1, 2]), ([9],), ([True, False],),
        ([True, False, True],), (S(None), [True, False, True]), ([],), (1.5,), ([0.5],), (0, 0, 0, 0), (Ellipsis, Ellipsis), (S(None, None, 0),),
        (None, [0, 1], None), ([1, 0], S(None), None, [0, 1]), (S(10, 2),), (S(-100, 100),),
    ]
    for f in ("t234", "i234"):
        for key in index:
            yield call("getitem", R(f), *key)
            yield call("setitem", R(f), 7, *key)
    for key in ((R("b23"),), (R("idx"),), (R("idx"), 0), (R("neg"),)):
        yield call("getitem", R("int64_23"), *key)
    yield call("getitem", R("t234"), R("b23"))
    yield call("getitem", R("t234", "T"), [0, 2], S(None), 1)
    yield call("setitem", R("float64_23"), R("v5", [[None, 3]]), R("b23"))
    yield call("setitem", R("float64_23"), R("v5"), R("b23"))
    yield call("setitem", R("float64_23"), [1, 2], S(None), [0, 2])
    yield call("setitem", R("float64_23"), [[1], [2]], S(None), [0, 2])
    yield call("setitem", R("float64_23"), [1, 2, 3, 4], S(None), [0, 2])
    yield call("setitem", R("float64_23"), R("v5"), 0)
    yield call("setitem", R("int64_23"), 2.9, 0)
    yield call("setitem", R("int64_23"), R("neg"), 1)
    yield call("setitem", R("t234"), R("m45", [[None, 3], [None, 4]]), Ellipsis)
    for mode in ("raise", "wrap", "clip"):
        yield call("take", R("v5"), [0, 7, -1], mode=mode)
    yield call("take", R("m45"), [0, 2], axis=1)
    yield call("take_along_axis", R("m45"), np.argsort(FIX["m45"], axis=1), axis=1)
    yield call("compress", [True, False, True], R("m45"), axis=0)
    yield call("nonzero", R("b23"))
    yield call("argwhere", R("b23"))
    yield call("flatnonzero", R("i6"))
    for t in DTYPES:
        for u in DTYPES:
            if not (t.startswith("complex") and not u.startswith("complex")):
                yield call("astype", R(f"{t}_3"), u)
    for u in DTYPES[:11]:
        if not u.startswith("u"):
            yield call("astype", R("nan5"), u)


def ordering():
    for f in ("i6", "v300", "nan5", "m45", "z4", "bool_23", "uint8_23", "big"):
        yield call("sort", R(f))
        yield call("argsort", R(f), kind="stable")
        yield call("sort", R(f), axis=0)
        yield call("argsort", R(f), axis=0, kind="stable")
        yield call("sort", R(f), axis=None)
        yield call("unique", R(f))
        yield call("unique", R(f), return_index=True, return_inverse=True, return_counts=True)
    yield call("sort", R("m45", "T"))
    yield call("sort", R("m45"), axis=2)
    yield call("unique", R("words"), axis=0)
    yield call("unique", R("words"), axis=1)
    for side in ("left", "right"):
        yield call("searchsorted", [1, 2, 2, 3], R("i6"), side=side)
    yield call("digitize", R("v5"), [-1.0, 0.0, 1.0])
    yield call("digitize", R("v5"), [1.0, 0.0, -1.0], right=True)
    for name in ("intersect1d", "union1d", "setdiff1d", "setxor1d", "isin"):
        yield call(name, R("i6"), [1, 3, 7])
    yield call("bincount", R("i6"))
    yield call("bincount", R("i6"), minlength=8)
    yield call("bincount", R("i6"), weights=[0.5, 1, 2, 3, 4, 5])
    yield call("bincount", R("neg"))
    for bins in (10, 3, [0, 1, 2, 3], [3, 2]):
        yield call("histogram", R("i6"), bins=bins)
        yield call("histogram", R("v5"), bins=bins, density=True)
    yield call("histogram", R("v5"), bins=4, range=(-1, 1))
    yield call("histogram", R("nan5"))
    yield call("lexsort", [R("i6"), [1, 1, 0, 0, 2, 2]])


def products():
    for s, args in {
        "ij,jk->ik": (R("m45"), R("m54")),
        "ij,jk": (R("m45"), R("m54")),
        "ij->ji": (R("m45"),),
        "ij->": (R("m45"),),
        "ij->i": (R("m45"),),
        "ii->i": (R("words"),),
        "ii": (R("words"),),
        "i,i": (R("v5"), R("v5")),
        "i,j->ij": (R("v5"), R("i6")),
        "ij,ij->ij": (R("m45"), R("m54", "T")),
        "ijk,ikl->ijl": (R("t234"), R("t234", [[None]]) if False else R("t234b")),
        "...ij,...j->...i": (R("t234"), R("t234", [[None], 0])),
        "ij,jk,kl->il": (R("m45"), R("m54"), R("m45")),
        "i...->...": (R("t234"),),
        "ij,kj->ik": (R("i234", [0]), R("i234", [1])),
        "i,i->i": (R("c300"), R("v300")),
        "ij,jk->iz": (R("m45"), R("m54")),
        "ij,ij": (R("m45"), R("m54")),
        "ij": (R("v5"),),
        "i": (R("m45"),),
        "i,j": (R("v5"),),
        "b,b->b": (R("bool_3"), R("bool_3")),
    }.items():
        yield call("einsum", s, *args)
    yield call("tensordot", R("t234"), R("t234"), axes=3)
    yield call("tensordot", R("m45"), R("m54"), axes=1)
    yield call("tensordot", R("t234"), R("t234"), axes=([0, 2], [0, 2]))
    yield call("tensordot", R("m45"), R("m45"), axes=1)
    yield call("tensordot", R("v5"), R("i6"), axes=0)
    yield call("kron", R("int64_23"), R("int64_3"))
    yield call("kron", R("int64_3"), R("float32_23"))
    yield call("cross", R("int64_23"), R("int64_3"))
    yield call("cross", R("v5"), R("v5"))
    for name in ("dot", "matmul", "inner", "outer"):
        if name != "inner":
            yield call(name, R("m45"), R("m54"))
        yield call(name, R("int64_3"), R("float32_3"))
        yield call(name, R("m45"), R("v5"))
        yield call(name, R("bool_3"), R("bool_3"))
        yield call(name, R("z4"), R("z4"))
    yield call("vdot", R("z4"), R("z4"))


FIX["t234b"] = rng.standard_normal((2, 4, 2))


def cases():
    calls = list(itertools.chain(ufuncs(), reductions(), shapes(), indexing(), ordering(), products()))
    return {"arrays": {k: saved(v) for k, v in FIX.items()}, "calls": calls}
