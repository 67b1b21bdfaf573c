"""What NumPy answers to calls drawn at random: dtypes, empty and 0-d shapes, views that are reversed, transposed or
strided, axes, options and misuse, all mixed. One seed for each family; the same calls at every recording."""

import json
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


def index_of(shape):
    parts = []
    used = 0
    for _ in range(int(rng.integers(0, len(shape) + 2))):
        n = shape[used] if used < len(shape) else 1
        draw = rng.random()
        if draw < 0.25:
            parts.append(int(rng.integers(-n - 1, n + 1)) if rng.random() < 0.2 or n == 0 else int(rng.integers(-n, n)))
            used += 1
        elif draw < 0.5:
            ends = [None if rng.random() < 0.4 else int(rng.integers(-n - 2, n + 3)) for _ in range(2)]
            parts.append(slice(*ends, None if rng.random() < 0.4 else py.choice([-2, -1, 1, 2, 3])))
            used += 1
        elif draw < 0.6:
            parts.append(None)
        elif draw < 0.66:
            parts.append(Ellipsis)
        elif draw < 0.85:
            size = py.choice([(2,), (3,), (1,), (2, 2), (2, 1), (0,), ()])
            high = n if rng.random() < 0.9 else n + 2
            list_ = rng.integers(-n, max(high, 1), size) if high > 0 else np.zeros(size, int)
            kept = size == () or rng.random() < 0.5
            parts.append(fix(np.asarray(list_).astype(py.choice(["int64", "int32", "int8"]))) if kept else np.asarray(list_).tolist())
            used += 1
        elif draw < 0.95:
            axes = int(rng.integers(1, 3))
            size = tuple(k + (rng.random() < 0.05) for k in shape[used : used + axes])
            mask = np.asarray(rng.random(size) < 0.5)
            parts.append(fix(mask) if rng.random() < 0.7 else mask.tolist())
            used += max(len(size), 1)
        elif draw < 0.98:
            parts.append(py.choice([True, False]))
        else:
            parts.append(fix(values("float64", (2,))))
    return parts or [Ellipsis]


def indexing(count):
    while count > 0:
        shape = shape_of(4, 0.05)
        a = viewed(py.choice(DTYPES), shape)
        index = index_of(shape)
        got = answer("getitem", [a, *index], {})
        if rng.random() < 0.5:
            count -= 1
            yield call("getitem", a, *index)
            continue
        # Of two mistakes in one assignment, either may be told.
        if "error" in got:
            continue
        into = tuple(got["array"][1])
        if rng.random() < 0.25:
            value = py.choice([7, 2.5, True, 300, 1 + 2j, -1, float("nan"), 2**40])
        else:
            size = tuple(1 if rng.random() < 0.2 else n for n in into)
            size = size[1:] if rng.random() < 0.2 else size
            size = (1,) + size if rng.random() < 0.1 else size
            size = size + (2,) if rng.random() < 0.1 else size
            value = viewed(py.choice(DTYPES), size)
        count -= 1
        yield call("setitem", a, value, *index)


FAMILIES = {"indexing": (indexing, 1200)}


def cases():
    calls = []
    for seed, (family, count) in enumerate(FAMILIES.values(), 1):
        globals()["rng"] = np.random.default_rng(seed)
        py.seed(seed)
        calls.extend(family(count))
    text = json.dumps(calls)
    arrays = {name: engine.saved(a) for name, a in FIX.items() if f'"{name}"' in text}
    return {"arrays": arrays, "calls": calls}
