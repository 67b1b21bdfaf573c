"""scipy.linalg: factors, functions of a matrix and special matrices."""

import numpy as np
import scipy.linalg as la

import record_engine as engine

rng = np.random.default_rng(11)
FIX = {
    "a": rng.standard_normal((4, 4)),
    "c": rng.standard_normal((4, 4)) + 1j * rng.standard_normal((4, 4)),
    "f": rng.standard_normal((3, 3)).astype("float32"),
    "tall": rng.standard_normal((5, 3)),
    "wide": rng.standard_normal((3, 5)),
    "lu3": np.array([[2, 1, 1], [4, 3, 3], [8, 7, 9]]),
    "b": rng.standard_normal(4),
    "b2": rng.standard_normal((4, 2)),
    "b3": np.array([1.0, 2, 3]),
    "nil": np.array([[0.0, 1], [0, 0]]),
    "big": 30 * rng.standard_normal((4, 4)),
    "small": 1e-3 * rng.standard_normal((4, 4)),
    "mid": 0.3 * rng.standard_normal((4, 4)),
    "nine": np.arange(1.0, 10).reshape(3, 3),
    "low": np.tril(rng.standard_normal((4, 4))) + 3 * np.eye(4),
    "zerodiag": np.array([[1.0, 2], [0, 0]]),
    "v": np.array([1, 2, 3]),
    "w": np.array([3.0, 5.0]),
}
FIX["spd"] = FIX["a"] @ FIX["a"].T + 4 * np.eye(4)
FIX["herm"] = FIX["c"] @ FIX["c"].conj().T + 4 * np.eye(4)


def case(name, *args, **kwargs):
    function = globals().get(f"do_{name}") or getattr(la, name)
    try:
        want = engine.outcome(function(*[FIX.get(a, a) if isinstance(a, str) else a for a in args], **kwargs))
    except Exception as error:  # noqa: BLE001
        want = {"error": type(error).__name__, "message": str(error)}
    return {"call": name, "args": list(args), "kwargs": kwargs, "want": want}


def do_lu_solve(a, b, trans=0):
    return la.lu_solve(la.lu_factor(a), b, trans=trans)


def do_cho_solve(a, b, lower=False):
    return la.cho_solve(la.cho_factor(a, lower=lower), b)


def do_null_projector(a):
    n = la.null_space(a)
    return n @ n.conj().T


def do_orth_projector(a):
    q = la.orth(a)
    return q @ q.conj().T


def calls():
    for a in ("a", "c", "f", "tall", "wide", "lu3"):
        yield case("lu", a)
    for a in ("a", "c", "lu3"):
        for b in ("b", "b2", "b3"):
            for trans in (0, 1, 2):
                yield case("lu_solve", a, b, trans=trans)
    for a in ("spd", "herm", "a"):
        for lower in (False, True):
            yield case("cho_solve", a, "b2", lower=lower)
    for trans in (0, 1):
        yield case("solve_triangular", "low", "b", lower=True, trans=trans)
        yield case("solve_triangular", "a", "b2", trans=trans)
    yield case("solve_triangular", "low", "b", lower=True, unit_diagonal=True)
    yield case("solve_triangular", "zerodiag", "w")
    for a in ("a", "c", "f", "nil", "big", "small", "mid", "lu3"):
        yield case("expm", a)
    for a in ("a", "c", "tall", "wide"):
        for side in ("right", "left"):
            yield case("polar", a, side=side)
    for a in ("a", "tall", "wide", "nine", "c"):
        yield case("null_projector", a)
        yield case("orth_projector", a)
    for n in (1, 2, 3, 4, 7):
        for name in ("hilbert", "invhilbert", "pascal", "hadamard"):
            yield case(name, n)
    yield case("pascal", 4, kind="lower")
    yield case("pascal", 4, kind="upper")
    yield case("toeplitz", "v")
    yield case("toeplitz", "v", "b")
    yield case("hankel", "v")
    yield case("hankel", "v", "b")
    yield case("circulant", "v")
    yield case("companion", "v")
    yield case("block_diag", "v", "w", "nil")
    yield case("fiedler", "v")


def cases():
    return {"arrays": {k: engine.saved(v) for k, v in FIX.items()}, "calls": list(calls())}
