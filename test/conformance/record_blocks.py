"""Further methods of scipy.sparse.linalg: LSMR, LOBPCG, exponentials of matrices of any norm, the estimated 1-norm."""

import warnings

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as sl

import record_engine as engine

warnings.simplefilter("ignore")


def least_squares(rng):
    tall = rng.standard_normal((30, 8))
    deficient = tall.copy()
    deficient[:, 7] = deficient[:, 0] + deficient[:, 1]
    turned = tall + 1j * rng.standard_normal((30, 8))
    right = rng.standard_normal(30)
    tight = {"atol": 1e-12, "btol": 1e-12}
    for a in (tall, tall.T.copy(), deficient, turned):
        b = right[: a.shape[0]].astype(a.dtype)
        for options in (tight, {**tight, "damp": 0.5}, {"maxiter": 3}, {}, {"conlim": 2.0, **tight}):
            f = sl.lsmr(a, b, **options)
            yield {"a": engine.saved(a), "b": engine.saved(b), "options": options, "x": engine.saved(f[0]), "istop": int(f[1]), "itn": int(f[2]), "numbers": [float(v) for v in f[3:]]}
    x0 = np.ones(8)
    f = sl.lsmr(tall, right, x0=x0, **tight)
    yield {"a": engine.saved(tall), "b": engine.saved(right), "options": {**tight, "x0": x0.tolist()}, "x": engine.saved(f[0]), "istop": int(f[1]), "itn": int(f[2]), "numbers": [float(v) for v in f[3:]]}


def within(a, y):
    """The largest eigenvalues among the vectors orthogonal to y."""
    basis = np.linalg.qr(np.hstack([y, np.eye(len(a))]))[0][:, y.shape[1] :]
    return np.linalg.eigvalsh(basis.conj().T @ a @ basis)[::-1][:3], None


def eigenvalues(rng):
    n = 32
    a = sp.diags_array([-np.ones(n - 1), 2 + np.arange(n) / n, -np.ones(n - 1)], offsets=[-1, 0, 1]).tocsr()
    c = a + 1j * sp.diags_array([np.full(n - 1, 0.3), np.full(n - 1, -0.3)], offsets=[1, -1])
    m = sp.diags_array([np.linspace(1, 2, n)], offsets=[0]).tocsr()
    x = rng.standard_normal((n, 3))
    y = np.linalg.qr(rng.standard_normal((n, 2)))[0]
    for name, A in (("real", a), ("complex", c.tocsr())):
        for options, B, Y in (({"largest": True}, None, None), ({"largest": False}, None, None), ({"largest": False}, m, None), ({"largest": True}, None, y)):
            # SciPy's residual keeps what the constraints do not allow to change: it never gets small.
            w, v = sl.lobpcg(A, x, B=B, Y=Y, tol=1e-9, maxiter=400, **options) if Y is None else within(A.toarray(), Y)
            yield {"a": engine.saved(A.toarray()), "x": engine.saved(x), "b": None if B is None else engine.saved(B.toarray()), "y": None if Y is None else engine.saved(Y), "options": options, "w": engine.saved(w)}
    small = a[:8, :8]
    w, v = sl.lobpcg(small, x[:8], largest=False)
    yield {"a": engine.saved(small.toarray()), "x": engine.saved(x[:8]), "b": None, "y": None, "options": {"largest": False}, "w": engine.saved(w)}


def exponentials(rng):
    n = 24
    a = sp.diags_array([-np.ones(n - 1), 2 + np.arange(n) / n, -np.ones(n - 1)], offsets=[-1, 0, 1]).tocsr()
    shear = sp.diags_array([np.linspace(1, 30, n - 1)], offsets=[1], shape=(n, n)).tocsr()
    turned = (a + 2j * sp.eye_array(n)).tocsr()
    b = rng.standard_normal((n, 3))
    for A in (a, -20 * a, 0.01 * a, 0 * a, shear, turned, a.astype("float32")):
        for x in (b, b[:, 0]):
            yield {"a": engine.saved(A.toarray()), "b": engine.saved(x), "want": engine.saved(sl.expm_multiply(A, x))}


def whole():
    n = 12
    a = sp.diags_array([-np.ones(n - 1), 2 + np.arange(n) / n, -np.ones(n - 1)], offsets=[-1, 0, 1]).tocsc()
    for factor in (0.001, 0.04, 0.2, 0.5, 1.0, 30.0, 0.0):
        yield {"a": engine.saved((-factor * a).toarray()), "want": engine.saved(sl.expm(-factor * a).toarray())}
    z = a + 0.5j * sp.eye_array(n, k=1)
    yield {"a": engine.saved(z.toarray()), "want": engine.saved(sl.expm(z.tocsc()).toarray())}


def norms(rng):
    for a in (rng.random((20, 20)), rng.standard_normal((3, 3)), np.diag(np.arange(1.0, 9)), rng.random((6, 6)) + 1j * rng.random((6, 6))):
        yield {"a": engine.saved(a), "est": float(sl.onenormest(a, t=min(6, len(a)))), "norm": float(np.abs(a).sum(axis=0).max())}


def singular(rng):
    a = np.where(rng.random((9, 6)) < 0.6, rng.standard_normal((9, 6)), 0)
    for solver in ("arpack", "lobpcg", "propack", "PROPACK", "other"):
        for k, options in ((2, {}), (6, {}), (7, {}), (2, {"ncv": 99}), (2, {"v0": [1.0] * 6}), (2, {"v0": [1.0] * 9}), (3, {"return_singular_vectors": False}), (1, {"return_singular_vectors": "x"})):
            case = {"a": engine.saved(a), "k": k, "solver": solver, "options": options}
            try:
                made = sl.svds(sp.csr_array(a), k, solver=solver, **{**options, **({"v0": np.array(options["v0"])} if "v0" in options else {})})
                yield {**case, "s": engine.saved(made if isinstance(made, np.ndarray) else made[1])}
            except ValueError as error:
                yield {**case, "error": str(error)}


def structures():
    dense = [np.eye(3), np.triu(np.ones((4, 4))), np.tril(np.ones((4, 4)), 1), np.ones((2, 5)), np.diag([1.0, 2, 3], -2)]
    return [{"a": engine.saved(a), "bandwidth": [int(x) for x in sl.spbandwidth(sp.csr_array(a))], "triangular": [bool(x) for x in sl.is_sptriangular(sp.csr_array(a))]} for a in dense]


def cases():
    rng = np.random.default_rng(21)
    return {
        "lsmr": list(least_squares(rng)),
        "lobpcg": list(eigenvalues(rng)),
        "expm_multiply": list(exponentials(rng)),
        "expm": list(whole()),
        "onenormest": list(norms(rng)),
        "structure": structures(),
        "svds": list(singular(rng)),
    }
