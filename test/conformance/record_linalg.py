"""numpy.linalg by name: numbers where they are unique, shapes and dtypes everywhere, and every misuse's message."""

import warnings

import numpy as np

import record_engine as engine
from record_engine import Ref as R

warnings.simplefilter("ignore")
rng = np.random.default_rng(3)

FIX = {
    "square": rng.standard_normal((4, 4)),
    "tall": rng.standard_normal((5, 3)),
    "wide": rng.standard_normal((3, 5)),
    "stack": rng.standard_normal((2, 3, 4, 4)),
    "stackb": rng.standard_normal((2, 3, 4, 2)),
    "rhs": rng.standard_normal(4),
    "rhs2": rng.standard_normal((4, 2)),
    "rhs5": rng.standard_normal(5),
    "single": rng.standard_normal((4, 4)).astype("float32"),
    "complex": rng.standard_normal((4, 4)) + 1j * rng.standard_normal((4, 4)),
    "csingle": (rng.standard_normal((3, 3)) + 1j * rng.standard_normal((3, 3))).astype("complex64"),
    "int": np.array([[1, 2, 3], [4, 5, 6], [7, 8, 10]]),
    "nine": np.arange(1, 10).reshape(3, 3),
    "singular": np.array([[1, 2], [2, 4]]),
    "bool": np.eye(3, dtype=bool),
    "one": np.array([[5.0]]),
    "empty": np.zeros((0, 0)),
    "empty03": np.zeros((0, 3)),
    "emptystack": np.zeros((0, 3, 3)),
    "vector": np.array([3.0, -4.0, 0.0]),
    "scalar": np.array(2.0),
    "zero": np.zeros((3, 3)),
    "huge": np.array([[1e200, 2e200], [3e200, 4e200]]),
    "tiny": np.array([[1e-200, 0], [0, 3e-200]]),
    "ratings": np.array([[5, 4, 0, 0], [4, 5, 0, 0], [0, 0, 4, 5], [0, 0, 5, 4]]),
    "rotation": np.array([[0.0, -1.0], [1.0, 0.0]]),
}
spd = FIX["square"] @ FIX["square"].T + 4 * np.eye(4)
FIX["spd"] = spd
FIX["hermitian"] = FIX["complex"] @ FIX["complex"].conj().T + 4 * np.eye(4)
FIX["spdstack"] = np.stack([spd, 2 * spd])
engine.FIX.update({f"la_{k}": v for k, v in FIX.items()})


def call(name, *args, shapes=False, **kwargs):
    function = getattr(np.linalg, name)
    try:
        got = function(*[engine.resolve(a) for a in args], **{k: engine.resolve(v) for k, v in kwargs.items()})
        got = tuple(got) if isinstance(got, tuple) else got
        if name == "lstsq":
            # The rank is LAPACK's integer in NumPy, whose width depends on how it was built.
            got = (got[0], got[1], np.int64(got[2]), got[3])
        want = engine.outcome(got)
        if shapes:
            parts = got if isinstance(got, tuple) else (got,)
            want = {"shapes": [[str(np.asarray(p).dtype), list(np.shape(p))] for p in parts]}
    except Exception as error:  # noqa: BLE001
        want = {"error": type(error).__name__, "message": str(error)}
    return {"call": f"linalg.{name}", "args": [engine.encode(a) for a in args], "kwargs": {k: engine.encode(v) for k, v in kwargs.items()}, "want": want}


def calls():
    everything = [R(f"la_{k}") for k in FIX]
    for a in everything:
        # Not asked: the norm of `tiny`, which underflows to 0 in NumPy and is exact here; cond of an empty stack, which
        # NumPy answers with an empty array; the nuclear cond of zeros, where NumPy reports that the SVD of inf failed.
        for name in ("det", "inv", "slogdet", "norm", "matrix_rank", "cholesky", "eigvalsh", "svdvals", "pinv", "cond"):
            if (name, a.name) not in (("norm", "la_tiny"), ("cond", "la_emptystack")):
                yield call(name, a)
        for name in ("svd", "qr", "eig", "eigh", "eigvals"):
            yield call(name, a, shapes=True)
        yield call("svd", a, full_matrices=False, shapes=True)
        for mode in ("complete", "r", "reduced"):
            yield call("qr", a, mode=mode, shapes=True)
    for a in ("square", "tall", "complex", "vector", "stack", "int", "zero"):
        for order in (1, -1, 2, -2, float("inf"), float("-inf"), "fro", "nuc", 3, "x"):
            yield call("norm", R(f"la_{a}"), order)
        yield call("norm", R(f"la_{a}"), axis=0)
        yield call("norm", R(f"la_{a}"), axis=(0, 1))
        yield call("norm", R(f"la_{a}"), keepdims=True)
        yield call("norm", R(f"la_{a}"), axis=5)
        for p in (1, -1, 2, -2, float("inf"), "fro", "nuc"):
            if (a, p) != ("zero", "nuc"):
                yield call("cond", R(f"la_{a}"), p)
        for n in (-1, 0, 1, 2, 5):
            yield call("matrix_power", R(f"la_{a}"), n)
    for a in ("square", "stack", "single", "complex", "int", "singular", "tall"):
        for b in ("rhs", "rhs2", "rhs5", "stackb", "scalar"):
            yield call("solve", R(f"la_{a}"), R(f"la_{b}"))
    for a, b in (("tall", "rhs5"), ("square", "rhs"), ("square", "rhs2"), ("wide", "vector"), ("nine", "vector"), ("tall", "rhs"), ("stack", "rhs"), ("empty03", "empty03")):
        yield call("lstsq", R(f"la_{a}"), R(f"la_{b}"))
    yield call("matrix_rank", R("la_nine"), tol=1e-3)
    yield call("matrix_rank", R("la_spd"), hermitian=True)
    yield call("pinv", R("la_spd"), hermitian=True)
    yield call("pinv", R("la_nine"), rcond=1e-3)
    yield call("cholesky", R("la_spd"), upper=True)
    yield call("eigvalsh", R("la_square"), UPLO="U")
    yield call("eigvalsh", R("la_square"), UPLO="X")
    yield call("multi_dot", [R("la_square"), R("la_rhs2"), R("la_rhs2", "T")])
    yield call("multi_dot", [R("la_square")])
    yield call("trace", R("la_stack"))
    yield call("diagonal", R("la_stack"))


def cases():
    return {"arrays": {f"la_{k}": engine.saved(v) for k, v in FIX.items()}, "calls": list(calls())}
