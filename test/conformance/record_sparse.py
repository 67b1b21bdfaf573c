"""scipy.sparse: constructors, methods, operators, indexing and builders, entry by entry; scipy.sparse.linalg by value."""

import base64
import operator
import warnings

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as sl

warnings.simplefilter("ignore")
rng = np.random.default_rng(5)


def stored(a):
    a = np.asarray(a)
    return [str(a.dtype), list(a.shape), base64.b64encode(np.ascontiguousarray(a).tobytes()).decode()]


def kind(m):
    return "array" if isinstance(m, sp.sparray) else "matrix"


def parts(m):
    made = {"format": m.format, "kind": kind(m), "shape": list(m.shape), "data": stored(m.data)}
    if m.format in ("csr", "csc"):
        made |= {"indices": stored(m.indices), "indptr": stored(m.indptr)}
    elif m.format == "coo":
        made |= {"coords": [stored(c) for c in m.coords]}
    else:
        made |= {"offsets": stored(m.offsets)}
    return made


def grid(n):
    t = sp.diags([-np.ones(n - 1), 2 * np.ones(n), -np.ones(n - 1)], [-1, 0, 1])
    return sp.kronsum(t, t, format="csr")


def noncanonical(cls=sp.csr_matrix):
    return cls(
        (np.array([1.0, 2, 3, 4, 0, -4, 5]), np.array([2, 0, 2, 3, 1, 3, 0]), np.array([0, 3, 6, 7])), shape=(3, 4)
    )


dense = np.array([[0, 1.5, 0, 2], [0, 0, 0, 0], [-3, 0, 0.25, 0]])
whole = np.array([[1, 0, -2], [0, 0, 3], [4, 5, 0]])
M = {
    "a": sp.csr_matrix(dense),
    "b": sp.csr_matrix(np.array([[1.0, -1.5, 0, 0], [0, 0, 7, 0], [-3, 0, 2, 1]])),
    "aa": sp.csr_array(dense),
    "ba": sp.csr_array(np.array([[1.0, -1.5, 0, 0], [0, 0, 7, 0], [-3, 0, 2, 1]])),
    "c": sp.csc_matrix(dense),
    "ca": sp.csc_array(dense),
    "k": sp.coo_matrix(([1.0, 2, 3, -3, 0], ([2, 0, 1, 1, 0], [3, 1, 2, 2, 0])), shape=(3, 4)),
    "ka": sp.coo_array(([1.0, 2, 3, -3, 0], ([2, 0, 1, 1, 0], [3, 1, 2, 2, 0])), shape=(3, 4)),
    "d": sp.dia_matrix((np.array([[1.0, 2, 3, 4], [5, 6, 7, 8]]), [0, 2]), shape=(3, 4)),
    "da": sp.dia_array((np.array([[1.0, 2, 3, 4], [5, 6, 7, 8]]), [-1, 1]), shape=(3, 4)),
    "n": noncanonical(),
    "na": noncanonical(sp.csr_array),
    "i": sp.csr_matrix(whole),
    "ia": sp.csr_array(whole),
    "ic": sp.csc_matrix(whole),
    "i8": sp.csr_matrix(whole.astype("int8")),
    "u8": sp.csr_array(abs(whole).astype("uint8")),
    "l": sp.csr_matrix(whole != 0),
    "la": sp.csr_array(whole > 0),
    "f": sp.csr_matrix(whole.astype("float32")),
    "z": sp.csr_matrix(whole + 1j * whole.T),
    "zf": sp.csr_array((whole - 2j * whole.T).astype("complex64")),
    "s": sp.csr_matrix(np.array([[4.0, 1, 0], [1, 3, 0], [0, 2, 5]])),
    "e03": sp.csr_matrix((0, 3)),
    "e30": sp.csr_matrix((3, 0)),
    "none": sp.csr_matrix((3, 4)),
    "one": sp.csr_matrix([[2.5]]),
    "row": sp.csr_matrix([[0, 1.0, 2, 0]]),
    "col": sp.csr_matrix([[1.0], [0], [3]]),
    "v1": sp.csr_array([0, 3.0, 0, 4]),
    "nan": sp.csr_matrix(np.array([[np.nan, 0, 1], [0, np.inf, 0], [2, 0, 0]])),
    "long": sp.csr_matrix(np.arange(1.0, 73).reshape(8, 9)),
    "e": sp.eye(4),
    "tri": sp.csr_matrix(np.array([[2.0, 0, 0], [1, 4, 0], [0, 3, 5]])),
}
CALLS = []


def plain(x):
    if isinstance(x, str) and x in M:
        return {"m": x}
    if isinstance(x, np.ndarray):
        return {"a": stored(x)}
    if isinstance(x, slice):
        return {"slice": [x.start, x.stop, x.step]}
    if x is Ellipsis:
        return {"ellipsis": True}
    if isinstance(x, (list, tuple)):
        return {"list": [plain(y) for y in x]}
    if isinstance(x, complex):
        return {"complex": [x.real, x.imag]}
    if isinstance(x, float):
        return {"float": str(x)}
    if isinstance(x, (np.bool_, np.integer)):
        return x.item()
    return x


def value(x):
    if isinstance(x, str) and x in M:
        return M[x].copy()
    if isinstance(x, list):
        return [value(y) for y in x]
    return x


def outcome(x):
    if sp.issparse(x):
        return {"sparse": parts(x)}
    if isinstance(x, tuple):
        return {"many": [outcome(y) for y in x]}
    if isinstance(x, str):
        return {"text": x}
    if x is None or isinstance(x, (bool, np.bool_)):
        return {"plain": None if x is None else bool(x)}
    return {"array": stored(x)}


def case(do, f, *args, **kwargs):
    try:
        want = outcome(f(*[value(a) for a in args], **kwargs))
    except Exception as error:  # noqa: BLE001
        want = {"error": type(error).__name__, "message": str(error)}
    CALLS.append(
        {"do": do, "args": [plain(a) for a in args], "kwargs": {k: plain(v) for k, v in kwargs.items()}, "want": want}
    )


def method(name, *args, **kwargs):
    case(name, lambda m, *a, **k: getattr(m, name)(*a, **k), *args, **kwargs)


def changed(name, m, *args):
    def run(x, *a):
        getattr(x, name)(*a)
        return x.toarray() if m in ("n", "na") and name == "setdiag" else x

    case(f"{name}!", run, m, *args)


def record_methods():
    for m in M:
        for name in "toarray tocsr tocsc tocoo todia transpose conj copy sum mean __repr__ __str__ __abs__".split():
            method(name, m)
        method("getnnz" if kind(M[m]) == "matrix" else "_getnnz", m)
        if M[m].ndim == 1:
            continue
        for axis in (0, 1, -1, 2):
            method("sum", m, axis)
            method("mean", m, axis)
        for axis in (None, 0, 1):
            method("count_nonzero", m, axis)
            if M[m].format != "dia":
                for name in ("max", "min"):
                    method(name, m, axis)
                if M[m].dtype.kind != "c" and m != "nan":
                    method("argmax", m, axis)
                    method("argmin", m, axis)
        for k in (-1, 0, 1, 9):
            method("diagonal", m, k)
        method("__neg__", m)
        method("power", m, 2)
        method("power", m, 0)
        for dtype in ("float32", "complex128", "int64", "bool"):
            if not (M[m].dtype.kind == "c" and dtype != "complex128") and m != "nan":
                method("astype", m, dtype)
        method("nonzero", m)
        if M[m].format != "dia":
            changed("sum_duplicates", m)
        if M[m].format in ("csr", "csc", "coo"):
            changed("eliminate_zeros", m)
        if M[m].format in ("csr", "csc"):
            changed("sort_indices", m)
        changed("setdiag", m, 9)
        if M[m].dtype.itemsize > 4 and M[m].dtype != "complex64":
            changed("setdiag", m, [7, 8], 1)
        changed("setdiag", m, 1, -2)
        case("find", sp.find, m)
        case("tril", sp.tril, m)
        case("triu", sp.triu, m, 1)
        case("tril", lambda A, k, format: sp.tril(A, k, format), m, -1, "csc")


BINARY = {
    "__add__": operator.add,
    "__sub__": operator.sub,
    "__mul__": operator.mul,
    "__matmul__": operator.matmul,
    "__truediv__": operator.truediv,
    "__eq__": operator.eq,
    "__ne__": operator.ne,
    "__lt__": operator.lt,
    "__gt__": operator.gt,
    "__le__": operator.le,
    "__ge__": operator.ge,
}


def record_operators():
    same = [("a", "b"), ("b", "a"), ("aa", "ba"), ("c", "b"), ("a", "c"), ("k", "a"), ("a", "k"), ("d", "a"), ("a", "d")]
    same += [("d", "d"), ("n", "a"), ("a", "n"), ("na", "ba"), ("ca", "ba"), ("ka", "ba"), ("da", "ba"), ("none", "a")]
    small = ["i", "ia", "ic", "i8", "u8", "l", "la", "f", "z", "zf", "s"]
    same += [(x, y) for x in small for y in small if x <= y]
    for x, y in same:
        for name, op in BINARY.items():
            complex_order = name[2:4] in ("lt", "gt", "le", "ge") and "c" in (M[x].dtype.kind, M[y].dtype.kind)
            if name == "__truediv__" and ("c" in (M[x].dtype.kind, M[y].dtype.kind) or kind(M[x]) != kind(M[y]) or "b" in (M[x].dtype.kind, M[y].dtype.kind)):
                continue
            if not complex_order:
                case(name, op, x, y)
        method("multiply", x, y)
        if "c" not in (M[x].dtype.kind, M[y].dtype.kind) and M[x].dtype.kind != "b":
            method("maximum", x, y)
            method("minimum", x, y)
    vector, block = np.array([1.0, -2, 3, 0.5]), rng.integers(-3, 4, (4, 2)).astype(float)
    left = rng.integers(-3, 4, (2, 3)).astype(float)
    for m in ("a", "aa", "c", "ca", "k", "d", "da", "n", "none"):
        for x in (vector, block, vector.astype("float32"), vector.astype("complex64"), vector.astype("int32"), block[:, :1]):
            case("__matmul__", operator.matmul, m, x)
        case("__rmatmul__", lambda a, x: x @ a, m, left)
        case("__rmatmul__", lambda a, x: x @ a, m, left[0])
        case("dot", lambda a, x: a.dot(x), m, vector)
        for x in (2, 2.5, 1j, 0, True, float("nan")):
            for name in ("__add__", "__sub__", "__mul__", "__truediv__", "__eq__", "__ne__"):
                if not (x in (0, True) and name == "__truediv__"):
                    case(name, BINARY[name], m, x)
            if not isinstance(x, complex):
                case("__lt__", operator.lt, m, x)
                case("__ge__", operator.ge, m, x)
        for x in (dense, np.ones((1, 4)), np.ones((3, 1)) * 2, np.array([[2.0]]), np.ones(4)):
            method("multiply", m, x)
        for name in ("__add__", "__sub__", "__lt__", "__eq__"):
            case(name, BINARY[name], m, dense)
        case("__rsub__", lambda a, x: x - a, m, dense)
        case("__truediv__", operator.truediv, m, dense + 10)
        case("__rmul__", lambda a, x: x * a, m, 3)
    for m in ("i", "ia", "i8", "u8", "l", "f", "z", "zf"):
        for x in (2, 2.5, -1, 1j):
            case("__mul__", operator.mul, m, x)
            if m != "l":
                case("__truediv__", operator.truediv, m, x)
        for x in (np.array([1, 2, 3]), np.array([1, 2, 3], "int8"), np.array([1.5, 2, 3], "float32"), np.array([True, False, True])):
            case("__matmul__", operator.matmul, m, x)
        case("__matmul__", operator.matmul, m, np.arange(6).reshape(3, 2))
    for m in ("i", "ia", "s", "z"):
        for n in (0, 1, 2, 3, -1):
            case("__pow__", operator.pow, m, n)
        method("power", m, 1.5)
    for x, y in [("a", "row"), ("a", "col"), ("row", "a"), ("col", "a"), ("row", "col"), ("col", "row"), ("a", "one"), ("one", "a"), ("a", "i")]:
        method("multiply", x, y)
        case("__matmul__", operator.matmul, x, y)
        case("__add__", operator.add, x, y)
    case("__matmul__", operator.matmul, "a", 2)
    case("__matmul__", operator.matmul, "a", np.ones(3))
    case("__matmul__", operator.matmul, "a", np.ones((3, 2)))
    case("__matmul__", operator.matmul, "v1", vector)
    case("__mul__", operator.mul, "v1", "v1")
    case("__add__", operator.add, "v1", "v1")


def record_indexing():
    whole_index = [0, -1, 3, (0, 1), (2, 0), (1, -1), (5, 0), (0, 9), slice(1, 3), slice(None), slice(None, None, 2)]
    whole_index += [slice(None, None, -1), (slice(None), 1), (slice(None), slice(1, 3)), (slice(0, 2), slice(None, None, 2))]
    whole_index += [(1, slice(None)), (0, slice(None, None, -1)), (slice(None), -1), (slice(2, 0, -1), slice(3, None, -2))]
    whole_index += [[0, 2], [2, 2, 0], (slice(None), [3, 0, 3]), ([0, 2], slice(1, 4)), ([0, 2], [1, 2]), ([2, 0, 0], 2)]
    whole_index += [(0, [1, 3]), ([0, 5], 1), np.array([True, False, True]), (slice(None), np.array([True, False, True, False]))]
    whole_index += [(np.array([[0], [2]]), np.array([1, 3])), (np.array([[0, 1], [2, 0]]), np.array([[1, 3], [0, 3]]))]
    whole_index += [np.array([True, False]), Ellipsis, (Ellipsis, 0), (0, Ellipsis), (0, 0, 0), [], (slice(5, 1), 0)]
    for m in ("a", "aa", "c", "ca", "n", "na"):
        for index in whole_index:
            listed = list(index) if isinstance(index, tuple) else [index]
            case("__getitem__", lambda a, i, index=index: a[index], m, listed)
    for m in ("v1",):
        for index in (0, 1, -1, 7, slice(1, 3), slice(None, None, -2), [1, 3], [3, 3, 0]):
            case("__getitem__", lambda a, i, index=index: a[index], m, [index])
    for m in ("a", "c", "k"):
        for i in (0, 2, -1, 5):
            method("getrow", m, i)
            method("getcol", m, i)
    changes = [((0, 0), 5), ((0, 1), 7.5), ((1, slice(None)), 2), ((slice(None), 2), np.array([1.0, 2, 3])), ((slice(0, 2), slice(1, 3)), 4)]
    changes += [(([0, 2], [3, 3]), np.array([8.0, 9])), ((2,), np.arange(4.0)), ((slice(None), slice(None)), dense * 2), ((9, 0), 1)]
    changes += [((0, 0), np.array([1, 2])), ((slice(0, 2), slice(0, 2)), "s2"), ((0, 0), 0)]
    M["s2"] = sp.csr_matrix([[0, 6.0], [7, 0]])
    for m in ("a", "aa", "c", "n"):
        for index, x in changes:

            def run(a, i, v, index=index):
                a[index] = v
                return a if a.has_canonical_format and m != "n" else a.toarray()

            case("__setitem__!", run, m, list(index), x)


def build(name, *args, **kwargs):
    case(name, lambda *a, **k: getattr(sp, name)(*a, **k), *args, **kwargs)


def record_builders():
    for name in ("eye", "eye_array"):
        for args in ((3,), (3, 4), (0,)):
            build(name, *args)
        for k in (1, -2):
            build(name, 4, 3, k=k)
        for format in ("csr", "csc", "coo", "dia"):
            build(name, 3, format=format)
        build(name, 2, dtype="int32")
    build("identity", 3)
    build("identity", 3, dtype="complex64", format="csr")
    ones = np.ones(4)
    for name in ("diags", "diags_array"):
        build(name, [ones, 2 * ones[:3], 3 * ones[:2]], offsets=[0, -1, 2])
        build(name, [[1, 2, 3], [4, 5]], offsets=[0, 1])
        build(name, [[1.0], [-2.0], [1.0]], offsets=[-1, 0, 1], shape=[4, 4])
        build(name, ones)
        build(name, ones, offsets=1, format="csr")
        build(name, [ones, ones], offsets=[0])
        build(name, [ones, ones], offsets=[0, 1], shape=[9, 9])
        build(name, [ones], offsets=[0], shape=[3, 5], dtype="float32")
        build(name, [[1, 2]], offsets=[5], shape=[2, 2])
    data = np.array([[1, 2, 3, 4], [5, 6, 7, 8], [9, 8, 7, 6]])
    build("spdiags", data, np.array([0, -1, 2]), 4, 4)
    build("spdiags", data, np.array([0, -1, 2]), 3, 5, "csr")
    for x, y in (("a", "b"), ("i", "ia"), ("s", "e"), ("none", "a"), ("e", "one"), ("ka", "la")):
        case("kron", lambda A, B, format: sp.kron(A, B, format), x, y, "csr")
        case("kron", lambda A, B, format: sp.kron(A, B, format), x, y, "coo")
    build("kronsum", "i", "s")
    build("kronsum", "ia", "u8", "csr")
    build("kronsum", "a", "s")
    for name, xs in (("hstack", ["a", "b"]), ("vstack", ["a", "b"]), ("hstack", ["a", "i"]), ("vstack", ["c", "c"]), ("vstack", ["aa", "ka"])):
        build(name, xs)
    build("hstack", ["c", "c"])
    build("hstack", ["k", "d"], format="csc")
    build("vstack", ["a", "i"])
    build("vstack", ["k", "i"])
    build("hstack", ["k", "row"])
    build("hstack", ["i8", "f"], dtype="float64")
    build("bmat", [["i", None], [None, "s"]])
    build("bmat", [["i", "s"], [None, "f"]], format="csr")
    build("block_array", [["ia", None], [None, "u8"]])
    build("block_diag", ["i", "one", np.array([[1, 0], [2, 3]])])
    build("block_diag", ["ia", "v1"], format="csr")
    for seed in (0, 42):
        for kwargs in ({}, {"dtype": "float32"}, {"dtype": "complex128"}, {"dtype": "int32"}, {"format": "csr"}):
            build("random", 20, 15, density=0.1, random_state=seed, **kwargs)
            build("random", 20, 15, density=0.1, rng=seed, **kwargs)
    build("rand", 30, 4, density=0.25, random_state=3)
    build("random_array", [6, 7], density=0.5, rng=9)
    build("random", 100, 100, density=0.9, rng=1)
    build("random", 5, 5, density=1.5, rng=1)
    build("rand", 5, 6, density=0.5, format="csr", random_state=1)
    build("rand", 5, 5, density=-1, random_state=1)
    build("random_array", [5, 4], density=0.25, rng=2, format="csr")
    build("random_array", [5, 4], density=2, rng=2)
    build("identity", 0)
    build("spdiags", data, np.array([0, 0, 1]), 4, 4)
    build("bmat", [["i", "row"]])
    build("block_array", [["i", None], [None, "s"]], format="coo")
    build("block_array", [["i", "row"]])
    build("block_diag", [])
    for x in ("a", "ka", 3, np.eye(2)):
        build("issparse", x)
        build("isspmatrix", x)
        for format in ("csr", "csc", "coo", "dia"):
            build(f"isspmatrix_{format}", x)


def construct(cls, tag, *args, **kwargs):
    """`tag` names what a tuple means; the parts follow one by one."""
    f = getattr(sp, cls)

    def run(*values, **k):
        if "shape" in k:
            k["shape"] = tuple(k["shape"])
        if tag == "ij":
            return f((values[0], (values[1], values[2])), **k)
        if tag in ("compressed", "offsets"):
            return f(tuple(values), **k)
        if tag == "shape":
            return f(tuple(values[0]), **k)
        return f(values[0], **k)

    before = len(CALLS)
    case(cls, run, *args, **kwargs)
    CALLS[before]["tag"] = tag


def record_constructors():
    for base in ("csr", "csc", "coo", "dia"):
        for cls in (f"{base}_matrix", f"{base}_array"):
            for x in (dense, whole, np.array([[1, 2], [3, 4]], "uint8"), np.zeros((0, 3)), np.zeros((2, 2, 2)), np.arange(3.0)):
                # Arrays of three dimensions are coo_array's alone.
                if not (cls == "coo_array" and x.ndim == 3):
                    construct(cls, "dense", x)
            construct(cls, "dense", whole, dtype="float32")
            construct(cls, "dense", whole, shape=[4, 4])
            for m in ("a", "c", "k", "d", "n", "aa") + (("v1",) if cls.endswith("array") else ()):
                construct(cls, "dense", m)
            construct(cls, "shape", [2, 3])
            construct(cls, "shape", [2, 3], dtype="int8")
            construct(cls, "shape", [-1, 3])
        for cls in (f"{base}_matrix", f"{base}_array") if base != "dia" else ():
            ij = (np.array([1.0, 2, 3, 4]), np.array([0, 2, 0, 0]), np.array([1, 0, 1, 3]))
            construct(cls, "ij", *ij)
            construct(cls, "ij", *ij, shape=[5, 5])
            construct(cls, "ij", *ij, shape=[2, 2])
            construct(cls, "ij", ij[0], ij[1][:3], ij[2])
            construct(cls, "ij", np.array([]), np.array([], int), np.array([], int))
            construct(cls, "ij", ij[0], -ij[1], ij[2])
            construct(cls, "ij", np.array([1, 2]), np.array([0, 1]), np.array([0, 1]), dtype="complex64")
    for cls in ("csr_matrix", "csc_matrix", "csr_array", "csc_array"):
        good = (np.array([1.0, 2, 3]), np.array([2, 0, 1]), np.array([0, 1, 3]))
        construct(cls, "compressed", *good)
        # Indices past the shape are refused here; SciPy takes them on trust.
        construct(cls, "compressed", *good, shape=[3, 3])
        construct(cls, "compressed", good[0], good[1], np.array([1, 2, 3]), shape=[2, 3])
        construct(cls, "compressed", good[0], good[1][:2], good[2])
        construct(cls, "compressed", good[0], good[1], np.array([0, 1, 5]))
    construct("dia_matrix", "offsets", np.array([[1, 2], [3, 4]]), np.array([0, 1]), shape=[2, 2])
    construct("dia_matrix", "offsets", np.array([[1, 2], [3, 4]]), np.array([0, 0]), shape=[2, 2])
    construct("dia_matrix", "offsets", np.array([[1, 2], [3, 4]]), np.array([0]), shape=[2, 2])
    construct("dia_matrix", "offsets", np.array([1, 2]), np.array([1]), shape=[3, 3])


def record_linalg():
    g = grid(9)
    M["g"] = g
    M["gc"] = g.tocsc()
    M["h"] = sp.csr_matrix(g + sp.diags([0.5j * np.ones(80), -0.5j * np.ones(80)], [1, -1]))
    M["skew"] = sp.csr_matrix(g + 2 * sp.diags([np.ones(80), -np.ones(80)], [1, -1]))
    M["rect"] = sp.random(25, 17, density=0.3, rng=2, format="csr")
    M["sing"] = sp.csc_matrix([[1.0, 2], [2, 4]])
    M["zc"] = sp.csc_matrix(M["z"] + 5 * sp.eye(3))
    one, ramp = np.ones(81), np.arange(81.0)

    def la(name, *args, **kwargs):
        case(f"linalg.{name}", lambda *a, **k: getattr(sl, name)(*a, **k), *args, **kwargs)

    for m in ("s", "tri", "zc"):
        la("spsolve", m, np.array([1.0, 2, 3]))
        la("spsolve", m, np.array([1, 2, 3]))
        la("spsolve", m, np.arange(6.0).reshape(3, 2))
        la("spsolve", m, np.array([[1.0], [2], [3]]))
        la("spsolve", m, "col")
        la("inv", m)
        case("splu.solve", lambda A, b: sl.splu(sp.csc_matrix(A)).solve(b), m, np.array([1.0, 2, 3]))
        for trans in ("N", "T", "H"):
            case("splu.solve", lambda A, b, t: sl.splu(sp.csc_matrix(A)).solve(b, t), m, np.arange(6.0).reshape(3, 2), trans)
    for b in (np.ones(3), np.ones((2, 2, 2)), np.ones(2) * 1j):
        case("splu.solve", lambda A, b: sl.splu(A.tocsc()).solve(b), "sing" if b.size == 9 else "s2", b)
    la("spsolve", "g", one)
    la("spsolve", "f", np.array([1, 2, 3], "float32"))
    la("spsolve", "sing", np.array([1.0, 2]))
    la("spsolve", "nan", np.array([1.0, 2, 3]))
    la("spsolve", "a", np.ones(3))
    la("spsolve", "s", np.ones(4))
    for name in ("splu", "spilu", "factorized", "inv"):
        if name != "spilu":
            la(name, "sing")
        la(name, "a")
    la("inv", "one")
    la("inv", np.eye(2))
    la("spsolve_triangular", "tri", np.array([2.0, 5, 11]))
    la("spsolve_triangular", "tri", np.arange(6).reshape(3, 2))
    la("spsolve_triangular", "i", np.ones(3))
    la("spsolve_triangular", "tri", np.ones(2))
    for m in ("a", "i", "z", "n", "nan", "f"):
        la("norm", m)
        for order in (1, -1, float("inf"), float("-inf"), "fro", 3, 0):
            la("norm", m, order)
        for axis in (0, 1, -1, 5):
            for order in (None, 1, 2, float("inf"), float("-inf"), 3, 0):
                la("norm", m, order, axis)
    la("norm", "g", 2)
    la("norm", np.eye(2))
    for name in ("cg", "bicgstab", "gmres", "minres"):
        for kwargs in ({}, {"rtol": 1e-10}, {"maxiter": 3}, {"x0": ramp}, {"rtol": 1e-8, "M": "pre"}):
            M["pre"] = sp.diags(1 / (g.diagonal() + np.arange(81)), format="csr")
            values = {k: value(v) for k, v in kwargs.items()}
            try:
                want = outcome(getattr(sl, name)(g, ramp + 1, **values))
            except Exception as error:  # noqa: BLE001
                want = {"error": type(error).__name__, "message": str(error)}
            CALLS.append({"do": f"linalg.{name}", "args": [{"m": "g"}, plain(ramp + 1)], "kwargs": {k: plain(v) for k, v in kwargs.items()}, "want": want})
        la(name, "g", np.zeros(81))
        la(name, "g", np.ones(80))
        la(name, "a", np.ones(3))
        la(name, "s", np.ones(3, "float32"), x0=np.ones(2))
    for name in ("bicg", "cgs"):
        case(f"linalg.{name}", lambda A, b, f=getattr(sl, name): f(A, b, rtol=1e-10), "skew", one)
        CALLS[-1]["kwargs"] = {"rtol": plain(1e-10)}
        la(name, "g", np.zeros(81))
        la(name, "g", np.ones(80))
        la(name, "a", np.ones(3))
    la("lsqr", "rect", np.ones(24))
    for power in (0, 1, 3):
        la("matrix_power", "s", power)
    la("matrix_power", "s", -1)
    la("matrix_power", "a", 2)
    for m in ("s", "tri"):
        case("factorized.solve", lambda A, b: sl.factorized(sp.csc_matrix(A))(b), m, np.array([1.0, 2, 3]))
    la("spilu", "rect")
    la("spilu", "row")
    la("bicgstab", "skew", one)
    la("gmres", "skew", one, restart=5)
    la("gmres", "h", one)
    la("cg", "h", one)
    la("gmres", "g", one, callback_type="other")
    la("cg", "g", one, atol=-1.0)

    def sized(f):
        def run(*args, **kwargs):
            return f(*args, **kwargs)

        return run

    for which in ("LM", "SM", "LA", "SA", "BE"):
        case("eigsh.w", sized(lambda A, k, which: sl.eigsh(A, k, which=which)[0]), "g", 3, which)
        case("eigsh.values", sized(lambda A, k, which: sl.eigsh(A, k, which=which, return_eigenvectors=False)), "g", 3, which)
    for sigma in (0.0, 3.3):
        case("eigsh.sigma", lambda A, k, s: sl.eigsh(A, k, sigma=s)[0], "g", 3, sigma)
    case("eigsh.w", lambda A, k, which: np.sort(sl.eigsh(A, k, which=which)[0]), "h", 4, "LM")
    case("eigsh.w", lambda A, k, which: np.sort(sl.eigsh(A, k, which=which)[0]), "h", 2, "SA")
    case("eigsh.w", lambda A, k, which: sl.eigsh(A, k, which=which)[0], g.toarray(), 3, "LM")
    # The fifth and sixth largest imaginary part are equal, and either may come.
    for which, k in (("LM", 5), ("LR", 5), ("SR", 5), ("LI", 4)):
        case("eigs.w", lambda A, k, which: np.sort_complex(np.round(sl.eigs(A, k, which=which)[0], 8)), "skew", k, which)
    case("eigs.w", lambda A, k, which: np.sort_complex(np.round(sl.eigs(A, k, which=which)[0], 8)), "h", 4, "LM")
    for which in ("LM", "SM"):
        case("svds.s", lambda A, k, which: sl.svds(A, k, which=which)[1], "rect", 4, which)
    for k in (0, 3, -1):
        la("eigsh", "s", k)
        la("eigs", "s", k)
        la("svds", "s", k)
    la("eigsh", "a", 1)
    la("eigsh", "g", 3, which="XX")
    la("eigs", "g", 3, which="LA")
    la("eigsh", "g", 3, ncv=2)
    la("eigsh", "nan", 1)
    la("eigsh", "h", 3, which="BE")
    la("svds", "rect", 3, which="LA")


def cases():
    record_constructors()
    record_methods()
    record_operators()
    record_indexing()
    record_builders()
    record_linalg()
    return {"matrices": {k: parts(m) for k, m in M.items()}, "calls": CALLS}
