"""Arrays and calls drawn at random, for the recorder of sweeps."""

import random
import warnings

import numpy as np

import record_engine as engine
from record_engine import Ref as R, encode, outcome, resolve

warnings.simplefilter("ignore")
DTYPES = engine.DTYPES
FIX = {}
rng = np.random.default_rng(1)
py = random.Random(1)


def seed(number):
    global rng
    rng = np.random.default_rng(number)
    py.seed(number)


def fix(a, *view):
    name = f"w{len(FIX)}"
    FIX[name] = engine.FIX[name] = np.asarray(a)
    return R(name, *view)


def values(dtype, shape, extremes=False):
    d = np.dtype(dtype)
    if d.kind == "b":
        return np.asarray(rng.random(shape) < 0.5)
    if d.kind in "iu":
        if extremes and rng.random() < 0.3:
            i = np.iinfo(d)
            return np.asarray(rng.choice(np.array([i.min, i.max, 0, 1, i.max - 1, i.min + 1], d), shape))
        return np.asarray(rng.integers(0 if d.kind == "u" else -5, 6, shape)).astype(d)

    def real():
        a = np.round(rng.standard_normal(shape) * 4, int(rng.integers(0, 3)))
        if rng.random() < 0.1:
            a = np.where(rng.random(shape) < 0.3, rng.choice([np.nan, np.inf, -np.inf, 0.0, -0.0], shape), a)
        return np.asarray(a)

    return (real() + 1j * real() if d.kind == "c" else real()).astype(d)


def viewed(dtype, shape, extremes=False):
    """An array of this shape: as it is, or a transposed, reversed, strided or offset view of another."""
    kind = rng.integers(0, 5) if shape else 0
    if kind == 1:
        return fix(values(dtype, shape[::-1], extremes), "T")
    if kind == 2:
        return fix(values(dtype, shape, extremes), [[None, None, -1]] * len(shape))
    if kind == 3:
        return fix(values(dtype, tuple(2 * n for n in shape), extremes), [[None, None, 2]] * len(shape))
    if kind == 4:
        return fix(values(dtype, tuple(n + 1 for n in shape), extremes), [[1, None, None]] * len(shape))
    return fix(values(dtype, shape, extremes))


def shape_of(most=3, empty=0.08):
    return tuple(0 if rng.random() < empty else int(rng.integers(1, 5)) for _ in range(int(rng.integers(0, most + 1))))


def function_of(name):
    if name in engine.SPECIAL:
        return engine.SPECIAL[name]
    found = np
    for part in name.split("."):
        found = getattr(found, part)
    return found


def answer(name, args, kwargs):
    try:
        return outcome(function_of(name)(*[resolve(a) for a in args], **{k: resolve(v) for k, v in kwargs.items()}))
    except Exception as error:  # noqa: BLE001
        return {"error": type(error).__name__, "message": str(error)}


def call(name, *args, **kwargs):
    case = {"call": name, "args": [encode(a) for a in args], "kwargs": {k: encode(v) for k, v in kwargs.items()}}
    return {**case, "want": answer(name, args, kwargs)}
