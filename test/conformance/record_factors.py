"""Factors that are unique up to signs (or phases) and order: raw from NumPy and SciPy, made comparable by the test."""

import base64

import numpy as np
import scipy.linalg as sl

rng = np.random.default_rng(31)


def saved(a):
    a = np.ascontiguousarray(a)
    return [str(a.dtype), list(a.shape), base64.b64encode(a.tobytes()).decode()]


def matrices():
    square = rng.standard_normal((6, 6))
    tall = rng.standard_normal((7, 4))
    full = rng.standard_normal((5, 5)) + 1j * rng.standard_normal((5, 5))
    yield "real", square
    # Complex eigenvalues, so that the real Schur form has blocks of two.
    yield "turning", np.array([[1.0, -3, 2, 0.5], [3, 1, 0, 1], [0.25, 0, -1, 4], [0, 1, -4, -1]])
    yield "symmetric", square + square.T
    yield "tall", tall
    yield "wide", tall.T
    yield "single", square.astype("float32")
    yield "complex", full
    yield "hermitian", full + full.conj().T


def cases():
    made = []
    for name, a in matrices():
        add = lambda what, *parts: made.append({"what": what, "name": name, "a": saved(a), "parts": [saved(p) for p in parts]})
        add("svd", *np.linalg.svd(a, full_matrices=False))
        add("qr", *np.linalg.qr(a))
        add("qr-pivoted", *sl.qr(a, mode="economic", pivoting=True))
        if a.shape[0] != a.shape[1]:
            continue
        add("eig", *np.linalg.eig(a))
        add("schur", *sl.schur(a))
        add("schur-complex", *sl.schur(a, output="complex"))
        add("hessenberg", *sl.hessenberg(a, calc_q=True))
        if name in ("symmetric", "hermitian"):
            add("eigh", *np.linalg.eigh(a))
            add("ldl", *sl.ldl(a)[:2])
    return made
