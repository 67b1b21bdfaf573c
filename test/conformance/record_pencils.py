"""Partial eigenproblems A · v = w · M · v, the action of the exponential, and least squares by LSQR, as SciPy answers."""

import numpy as np
import scipy.sparse as sp
import scipy.sparse.linalg as sl

import record_engine as engine


def cases():
    rng = np.random.default_rng(12)
    n = 40
    a = sp.diags_array([-np.ones(n - 1), 2 + np.arange(n) / n, -np.ones(n - 1)], offsets=[-1, 0, 1]).tocsr()
    m = sp.diags_array([np.full(n - 1, 1 / 6), np.full(n, 2 / 3) + np.linspace(0, 1, n), np.full(n - 1, 1 / 6)], offsets=[-1, 0, 1]).tocsr()
    c = a + 1j * sp.diags_array([np.full(n - 1, 0.3), np.full(n - 1, -0.3)], offsets=[1, -1])
    g = a + sp.diags_array([np.linspace(0, 1, n - 2)], offsets=[2], shape=(n, n))
    pairs = {"real": (a, m), "complex": (c.tocsr(), m), "general": (g.tocsr(), m)}
    matrices = {name: [engine.saved(x.toarray()) for x in pair] for name, pair in pairs.items()}
    eigsh = []
    for name in ("real", "complex"):
        A, M = pairs[name]
        for options in ({"which": "LM"}, {"which": "SA"}, {"sigma": 0.3}, {"sigma": 0.3, "mode": "cayley"}, {"sigma": 1.5, "which": "LA"}):
            if name == "complex" and options.get("mode"):
                continue
            w = sl.eigsh(A, 4, M, **options)[0]
            eigsh.append({"matrices": name, "options": options, "w": engine.saved(np.sort(w))})
    w = sl.eigsh(a, 3, m, sigma=0.4, mode="buckling")[0]
    eigsh.append({"matrices": "real", "options": {"sigma": 0.4, "mode": "buckling"}, "w": engine.saved(np.sort(w))})
    eigs = []
    for options in ({"which": "LM"}, {"sigma": 0.7}, {"which": "LR"}):
        w = sl.eigs(g, 4, m, **options)[0]
        eigs.append({"matrices": "general", "options": options, "w": engine.saved(np.sort_complex(w))})
    b = rng.standard_normal((n, 2))
    exponential = [
        {"b": engine.saved(b), "options": {}, "want": engine.saved(sl.expm_multiply(a, b))},
        {"b": engine.saved(b[:, 0]), "options": {}, "want": engine.saved(sl.expm_multiply(-3 * a, b[:, 0])), "scale": -3},
        {"b": engine.saved(b[:, 0]), "options": {"start": 0.0, "stop": 2.0, "num": 5}, "want": engine.saved(sl.expm_multiply(a, b[:, 0], start=0.0, stop=2.0, num=5))},
        {"b": engine.saved(b[:, 0]), "options": {"start": 0.5, "stop": 2.0, "num": 4, "endpoint": False}, "want": engine.saved(sl.expm_multiply(a, b[:, 0], start=0.5, stop=2.0, num=4, endpoint=False))},
    ]
    tall = rng.standard_normal((30, 8))
    right = rng.standard_normal(30)
    squares = []
    for options in ({"atol": 1e-12, "btol": 1e-12}, {"damp": 0.5, "atol": 1e-12, "btol": 1e-12}, {"iter_lim": 3}, {"calc_var": True, "atol": 1e-12, "btol": 1e-12}):
        f = sl.lsqr(tall, right, **options)
        squares.append({"options": options, "x": engine.saved(f[0]), "istop": int(f[1]), "itn": int(f[2]), "numbers": [float(v) for v in f[3:9]], "var": engine.saved(f[9])})
    return {
        "matrices": matrices, "eigsh": eigsh, "eigs": eigs, "expm_multiply": exponential,
        "lsqr": {"a": engine.saved(tall), "b": engine.saved(right), "calls": squares},
    }
