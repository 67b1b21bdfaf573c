"""scipy.linalg and the rest of numpy.linalg by name: numbers where they are unique, shapes and dtypes elsewhere."""

import warnings

import numpy as np
import scipy.linalg

import record_engine as engine
from record_engine import Ref as R

warnings.simplefilter("ignore")
rng = np.random.default_rng(5)
A = rng.standard_normal((4, 4))
C = rng.standard_normal((4, 4)) + 1j * rng.standard_normal((4, 4))
FIX = {
    "a": A,
    "f": A.astype("float32"),
    "c": C,
    "int": np.array([[1, 2, 3], [4, 5, 6], [7, 8, 10]]),
    "spd": A @ A.T + 4 * np.eye(4),
    "her": C @ C.conj().T + 4 * np.eye(4),
    "sym": A + A.T,
    "tall": rng.standard_normal((5, 3)),
    "wide": rng.standard_normal((3, 5)),
    "rhs": rng.standard_normal(4),
    "rhs2": rng.standard_normal((4, 2)),
    "rhs3": rng.standard_normal(3),
    "rhs5": rng.standard_normal(5),
    "diag": np.diag([1.0, 2, 3, 4]),
    "upper": np.triu(A) + 2 * np.eye(4),
    "tri": np.diag([4.0, 5, 6, 7, 8]) + np.diag([1.0] * 4, 1) + np.diag([2.0] * 4, -1),
    "low": np.array([[1.0, 2], [2, 4]]),
    "vector": np.array([3.0, 4, 5]),
    "cubes": rng.standard_normal((2, 3, 6)),
    "square4": rng.standard_normal((2, 2, 2, 2)),
    "two": rng.standard_normal((2, 2)),
    "v": np.array([1, 2, 3]),
    "w": np.array([0.5, 0.25]),
    "stack": rng.standard_normal((2, 3, 3)),
    "stack1": rng.standard_normal((2, 1, 1)),
    "rows": np.array([[4.0, 1, 0.5], [5.0, 0, 1]]),
    "nilpotent": np.array([[0.0, 1], [0, 0]]),
    "turn": np.array([[0.0, -1], [1, 0]]),
    "odd": np.array([[2, -3, 1], [1, 4, -5], [-2, 0, 3]]),
    "small": np.array([[4, 1, 2], [0, 3, 1], [1, 0, 2]], "uint8"),
    "mask": np.array([[True, False, True], [False, True, False], [True, True, True]]),
    "none": np.zeros((0, 0)),
    "none2": np.zeros((2, 0, 0)),
    "no": np.zeros((0, 3, 3)),
    "empty": np.zeros((0, 2), "int32"),
}
engine.FIX.update({f"sl_{k}": v for k, v in FIX.items()})


def call(module, name, *args, shapes=False, exact=True, **kwargs):
    function = getattr(scipy.linalg if module == "scipy.linalg" else np.linalg, name)
    try:
        got = function(*[engine.resolve(a) for a in args], **{k: engine.resolve(v) for k, v in kwargs.items()})
        if isinstance(got, tuple):
            got = tuple(np.int64(p) if isinstance(p, (int, np.integer)) else p for p in got)
        want = engine.outcome(got)
        if shapes:
            parts = got if isinstance(got, (tuple, list)) else (got,)
            want = {"shapes": [[str(np.asarray(p).dtype), list(np.shape(p))] for p in parts]}
    except Exception as error:  # noqa: BLE001
        want = {"error": type(error).__name__, "message": str(error)}
    prefix = "scipy.linalg" if module == "scipy.linalg" else "linalg"
    return {"call": f"{prefix}.{name}", "args": [engine.encode(a) for a in args], "kwargs": {k: engine.encode(v) for k, v in kwargs.items()}, "want": want}


def calls():
    s = "scipy.linalg"
    r = lambda name: R(f"sl_{name}")
    for a in ("a", "f", "c", "int", "sym", "tall"):
        for output in ("real", "complex"):
            yield call(s, "schur", r(a), output=output, shapes=True)
        yield call(s, "hessenberg", r(a), shapes=True)
        yield call(s, "hessenberg", r(a), calc_q=True, shapes=True)
        yield call(s, "eig", r(a), shapes=True)
        yield call(s, "eig", r(a), left=True, shapes=True)
        yield call(s, "eigvals", r(a), shapes=True)
        for mode in ("full", "economic", "r"):
            yield call(s, "qr", r(a), mode=mode, shapes=True)
            yield call(s, "qr", r(a), mode=mode, pivoting=True, shapes=True)
    yield call(s, "qr", r("wide"), mode="economic", pivoting=True, shapes=True)
    for a in ("spd", "her", "sym", "f"):
        yield call(s, "ldl", r(a))
        yield call(s, "ldl", r(a), lower=False)
        yield call(s, "eigvalsh", r(a))
        yield call(s, "eigvalsh", r(a), lower=False)
        yield call(s, "eigh", r(a), shapes=True)
        yield call(s, "eigh", r(a), subset_by_index=[1, 2], shapes=True)
        yield call(s, "pinvh", r(a))
        yield call(s, "cholesky", r(a))
        yield call(s, "cholesky", r(a), lower=True)
    yield call(s, "eigvalsh", r("sym"), r("spd"))
    yield call(s, "eigvalsh", r("sym"), r("spd"), type=2)
    yield call(s, "eigvalsh", r("her"), r("spd"), type=3)
    yield call(s, "eigvalsh", r("sym"), r("sym"))
    yield call(s, "eigh", r("sym"), r("spd"), shapes=True)
    yield call(s, "eigvals", r("a"), r("spd"), shapes=True)
    yield call(s, "eig", r("a"), r("c"), shapes=True)
    yield call(s, "pinv", r("tall"))
    yield call(s, "pinv", r("low"), return_rank=True)
    yield call(s, "pinv", r("c"))
    for a in ("a", "spd", "her", "diag", "upper", "low", "f", "int"):
        yield call(s, "solve", r(a), r("rhs"))
        yield call(s, "solve", r(a), r("rhs2"))
    yield call(s, "solve", r("tri"), r("rhs5"))
    yield call(s, "solve", r("spd"), r("rhs"), assume_a="pos")
    yield call(s, "solve", r("spd"), r("rhs"), assume_a="pos", lower=True)
    yield call(s, "solve", r("sym"), r("rhs"), assume_a="sym")
    yield call(s, "solve", r("her"), r("rhs2"), assume_a="her")
    yield call(s, "solve", r("a"), r("rhs"), transposed=True)
    yield call(s, "solve", r("a"), r("rhs"), assume_a="odd")
    yield call(s, "solve", r("tall"), r("rhs"))
    yield call(s, "lstsq", r("tall"), r("rhs5"))
    for a in ("spd", "her", "int", "diag"):
        yield call(s, "sqrtm", r(a))
        yield call(s, "logm", r(a))
    for n in (1, 2, 3, 5):
        yield call(s, "invpascal", n)
        yield call(s, "helmert", n)
        yield call(s, "helmert", n, full=True)
        yield call(s, "dft", n)
        yield call(s, "dft", n, scale="sqrtn")
    yield call(s, "invpascal", 4, kind="lower")
    yield call(s, "invpascal", 4, kind="upper")
    yield call(s, "leslie", r("vector"), r("w"))
    for mode in ("full", "same", "valid"):
        yield call(s, "convolution_matrix", r("v"), 5, mode=mode)
    n = "numpy.linalg"
    yield call(n, "tensorsolve", r("square4"), r("two"))
    yield call(n, "tensorsolve", r("a"), r("vector"))
    yield call(n, "tensorinv", r("square4"))
    yield call(n, "tensorinv", r("a"), ind=1)
    yield call(n, "tensorinv", r("a"), ind=0)
    yield call(n, "tensorinv", r("cubes"), ind=2)
    yield call(n, "vecdot", r("a"), r("rhs"))
    yield call(n, "vecdot", r("c"), r("rhs"))
    yield call(n, "cross", r("vector"), r("rhs3"))
    yield call(n, "matrix_transpose", r("square4"))
    yield call(n, "matrix_transpose", r("vector"))
    yield call(n, "outer", r("vector"), r("rhs3"))
    yield call(n, "svdvals", r("c"))
    ab = np.array([[0.0, 1, 1, 2], [4, 5, 6, 7]])
    yield call(s, "fiedler_companion", np.array([1.0, -16, 86, -176, 105]))
    yield call(s, "matrix_balance", r("a"))
    yield call(s, "rsf2csf", np.array([[1.0, 2, 3], [-2, 1, 4], [0, 0, 5]]), np.eye(3), shapes=True)
    yield call(s, "cdf2rdf", np.array([1, 2 + 1j, 2 - 1j]), np.eye(3))
    yield call(s, "expm_frechet", r("a"), r("spd"))
    yield call(s, "expm_cond", r("two"))
    yield call(s, "qr_multiply", r("a"), r("rhs"), shapes=True)
    yield call(s, "cholesky_banded", ab)
    yield call(s, "cho_solve_banded", (ab, False), r("rhs"))
    yield call(s, "solveh_banded", ab, r("rhs"))
    yield call(s, "eig_banded", ab, shapes=True)
    yield call(s, "eigvals_banded", ab)
    yield call(s, "eigh_tridiagonal", np.array([4.0, 5, 6, 7]), np.array([1.0, 1, 2]), shapes=True)
    yield call(s, "eigvalsh_tridiagonal", np.array([4.0, 5, 6, 7]), np.array([1.0, 1, 2]))
    for name in ("solve_continuous_are", "solve_discrete_are"):
        yield call(s, name, r("a"), np.eye(4), r("spd"), np.eye(4))
    yield call(s, "qz", r("a"), r("spd"), shapes=True)
    yield call(s, "ordqz", r("a"), r("spd"), shapes=True)
    hb = np.array([[0, 1j, 2 - 1j, 1], [5, 6, 7, 8]])
    for a in (np.array([2, 3, 4]), np.array([2, 3j, 4])):
        yield call(s, "fiedler_companion", a)
    for a in (np.array([[1, 1e6], [1e-6, 1]]), r("c")):
        yield call(s, "matrix_balance", a)
    for b in (r("her"), np.diag([1.0, 2, 3, 4])):
        yield call(s, "expm_frechet", np.diag([1.0, 2, 3, 4]), b)
    for a in (np.eye(3), np.array([[0.0, 1], [0, 0]])):
        yield call(s, "expm_cond", a)
    for t in (np.triu(np.arange(1.0, 10).reshape(3, 3)), np.array([[1.0, 2], [-2, 1]])):
        yield call(s, "rsf2csf", t, np.eye(len(t)), shapes=True)
    for w in (np.array([1.0, 2]), np.array([3 + 1j, 3 - 1j])):
        yield call(s, "cdf2rdf", w, np.eye(2))
    yield call(s, "qr_multiply", r("a"), r("rhs2"), mode="left", shapes=True)
    yield call(s, "qr_multiply", r("tall"), r("rhs5"), shapes=True)
    yield call(s, "cholesky_banded", hb)
    yield call(s, "cholesky_banded", np.array([[4.0, 5, 6, 7], [1, 1, 2, 0]]), lower=True)
    yield call(s, "cho_solve_banded", (ab, False), r("rhs2"))
    yield call(s, "cho_solve_banded", (np.array([[4.0, 5, 6, 7], [1, 1, 2, 0]]), True), r("rhs"))
    yield call(s, "solveh_banded", hb, r("rhs2"))
    yield call(s, "solveh_banded", np.array([[4.0, 5, 6, 7], [1, 1, 2, 0]]), r("rhs"), lower=True)
    for name in ("eig_banded", "eigvals_banded"):
        yield call(s, name, hb, shapes=name == "eig_banded")
        yield call(s, name, ab, select="i", select_range=[0, 1], shapes=name == "eig_banded")
    for name in ("eigh_tridiagonal", "eigvalsh_tridiagonal"):
        yield call(s, name, np.array([4.0, 5]), np.array([1.0]), shapes=name == "eigh_tridiagonal")
        yield call(s, name, np.array([4.0, 5, 6]), np.array([1.0, 2]), select="i", select_range=[1, 2], shapes=name == "eigh_tridiagonal")
    for name in ("solve_continuous_are", "solve_discrete_are"):
        yield call(s, name, np.array([[0.0, 1], [0, -1]]), np.array([[0.0], [1]]), np.eye(2), np.array([[1.0]]))
        yield call(s, name, np.array([[0.9, 0.2], [0, 0.8]]), np.eye(2), np.eye(2), 2 * np.eye(2))
    for name in ("qz", "ordqz"):
        yield call(s, name, r("c"), r("her"), shapes=True)
        yield call(s, name, r("two"), np.eye(2), output="complex", shapes=True)
    yield from odd()


def odd():
    """Stacks, empty and singular matrices, small dtypes, and misuse."""
    s, n = "scipy.linalg", "numpy.linalg"
    r = lambda name: R(f"sl_{name}")
    for name in ("solve_toeplitz", "matmul_toeplitz"):
        yield call(s, name, r("rows"), r("stack"))
        yield call(s, name, r("v"), r("v"))
        yield call(s, name, r("v"), r("rhs"))
        yield call(s, name, 2.5, r("v"))
    yield call(s, "solve_circulant", r("rows"), r("vector"))
    yield call(s, "solve_circulant", r("rows"), r("stack"), baxis=1, outaxis=-1)
    yield call(s, "solve_circulant", r("stack1"), r("two"))
    yield call(s, "solve_circulant", np.ones(3), r("vector"))
    yield call(s, "solve_circulant", np.ones(3), r("vector"), caxis=2)
    for t in (0, 2, -1, 0.5, 1.5):
        yield call(s, "fractional_matrix_power", r("int"), t)
    for t in (0.5, 1.5, -0.5):
        yield call(s, "fractional_matrix_power", np.diag([4.0, 0, 9]), t)
    for a in ("turn", "odd", "small"):
        yield call(s, "logm", r(a))
        yield call(s, "sqrtm", r(a))
    yield call(s, "logm", np.array([[2, 1], [1, 3]], "float32"), shapes=True)
    yield call(s, "signm", r("turn"))
    for a in ("none", "no", "none2"):
        for name in ("sqrtm", "qr", "schur", "tanhm"):
            yield call(s, name, r(a), shapes=True)
    for a in ("small", "mask", "odd"):
        for name in ("hessenberg", "qr", "rq", "lu", "ldl", "det"):
            yield call(s, name, r(a), shapes=True)
    yield call(s, "hessenberg", r("turn").value().astype("int16"))
    yield call(s, "qr", r("empty"), pivoting=True)
    yield call(s, "qr", r("stack"), mode="r", shapes=True)
    yield call(s, "lu", np.array([[3]]), p_indices=True)
    yield call(s, "fiedler", r("rows"))
    yield call(s, "fiedler", r("none2"))
    yield call(s, "companion", r("rows"))
    yield call(s, "companion", np.zeros((2, 3)))
    yield call(s, "convolution_matrix", r("rows"), 2)
    yield call(s, "convolution_matrix", r("v"), -1)
    yield call(s, "invhilbert", -1)
    yield call(s, "hankel", 5)
    yield call(s, "diagsvd", r("vector"), 3, 2)
    yield call(s, "solve", r("stack"), r("none"))
    yield call(s, "solve", np.array([[4.0]]), r("v"))
    yield call(s, "solve", r("none2"), r("none2"))
    yield call(s, "solve", r("small"), np.array([1, 2, 3], "uint8"))
    yield call(s, "solve", r("small"), np.array([1, 2, 3], "float32"))
    yield call(s, "cho_solve", (r("mask"), True), np.array([True, False, True]), shapes=True)
    yield call(s, "solve_continuous_lyapunov", np.array([[2, 1], [0, 1]], "float32"), np.eye(2, dtype=bool), shapes=True)
    yield call(s, "solve_sylvester", r("none"), r("none"), r("none"))
    yield call(s, "solve_banded", -1, r("v"), r("v"))
    yield call(s, "solve_banded", [1, 2, 3], r("v"), r("v"))
    yield call(s, "solve_triangular", r("upper"), 2.0)
    yield call(s, "eig", r("int"), r("spd"))
    yield call(s, "eigh", r("sym"), r("spd"), subset_by_index=[0, 9])
    yield call(s, "eigh", r("sym"), r("int"), subset_by_index=[0, 9])
    yield call(s, "eigvalsh", r("sym"), type=4)
    yield call(s, "eigvalsh", r("sym"), subset_by_index=[0, 1], subset_by_value=[0, 1])
    yield call(s, "svd", r("a"), lapack_driver=None)
    yield call(s, "issymmetric", 3)
    yield call(s, "khatri_rao", "x", r("a"))
    yield call(s, "tanm", "x")
    yield call(n, "cond", "x")
    yield call(n, "cond", r("a"), r("v"))
    yield call(n, "tensorinv", r("square4"), ind=r("v"))
    yield call(n, "tensorsolve", r("a"), r("cubes"))
    yield call(n, "tensorsolve", r("a"), r("rhs"), axes=0)
    yield call(n, "tensordot", r("a"), r("a"), axes=[0])
    yield call(n, "solve", r("stack"), r("no"))
    yield call(n, "vecdot", r("stack"), r("no"))
    yield call(n, "qr", r("a"), mode="full", shapes=True)


def cases():
    return {"arrays": {f"sl_{k}": engine.saved(v) for k, v in FIX.items()}, "calls": list(calls())}
