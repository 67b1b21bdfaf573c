"""What NumPy answers to calls drawn at random: dtypes, empty and 0-d shapes, views that are reversed, transposed or
strided, axes, options and misuse, all mixed. One seed for each family; the same calls at every recording."""

import json

import numpy as np

import drawn
import record_engine as engine
from drawn import DTYPES, FIX, answer, call, fix, py, shape_of, values, viewed
from record_engine import Ref as R

BINARY = """add subtract multiply divide floor_divide remainder power float_power maximum minimum fmax fmin equal not_equal less
less_equal greater greater_equal logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor arctan2 hypot
copysign fmod left_shift right_shift gcd lcm heaviside nextafter logaddexp logaddexp2""".split()
UNARY = """negative absolute fabs square sqrt exp log log2 log10 sin cos tan tanh sinh cosh arcsin arccos arctan arcsinh
arccosh arctanh sign floor ceil trunc rint isnan isinf isfinite conjugate reciprocal exp2 expm1 log1p cbrt logical_not
invert signbit positive degrees radians deg2rad rad2deg spacing""".split()
REDUCTIONS = """sum prod max min mean std var_ any all argmax argmin cumsum cumprod ptp median count_nonzero nansum nanprod nanmax
nanmin nanmean nanstd nanvar nanmedian nanargmax nanargmin nancumsum nancumprod average cumulative_sum
cumulative_prod""".split()
SCALARS = [0, 1, -1, 2, 3, 300, -300, 2**31, 2**40, 2**63, 2**64, -(2**63) - 1, 2.5, -0.5, 1e40, float("nan"), True, False, 1 + 2j, 10**30]


def draw():
    return drawn.rng.random()


def whole(low, high):
    return int(drawn.rng.integers(low, high))


def index_of(shape):
    parts = []
    used = 0
    for _ in range(int(drawn.rng.integers(0, len(shape) + 2))):
        n = shape[used] if used < len(shape) else 1
        draw = drawn.rng.random()
        if draw < 0.25:
            parts.append(int(drawn.rng.integers(-n - 1, n + 1)) if drawn.rng.random() < 0.2 or n == 0 else int(drawn.rng.integers(-n, n)))
            used += 1
        elif draw < 0.5:
            ends = [None if drawn.rng.random() < 0.4 else int(drawn.rng.integers(-n - 2, n + 3)) for _ in range(2)]
            parts.append(slice(*ends, None if drawn.rng.random() < 0.4 else py.choice([-2, -1, 1, 2, 3])))
            used += 1
        elif draw < 0.6:
            parts.append(None)
        elif draw < 0.66:
            parts.append(Ellipsis)
        elif draw < 0.85:
            size = py.choice([(2,), (3,), (1,), (2, 2), (2, 1), (0,), ()])
            high = n if drawn.rng.random() < 0.9 else n + 2
            list_ = drawn.rng.integers(-n, max(high, 1), size) if high > 0 else np.zeros(size, int)
            kept = size == () or drawn.rng.random() < 0.5
            parts.append(fix(np.asarray(list_).astype(py.choice(["int64", "int32", "int8"]))) if kept else np.asarray(list_).tolist())
            used += 1
        elif draw < 0.95:
            axes = int(drawn.rng.integers(1, 3))
            size = tuple(k + (drawn.rng.random() < 0.05) for k in shape[used : used + axes])
            mask = np.asarray(drawn.rng.random(size) < 0.5)
            parts.append(fix(mask) if drawn.rng.random() < 0.7 else mask.tolist())
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
        if drawn.rng.random() < 0.5:
            count -= 1
            yield call("getitem", a, *index)
            continue
        # Of two mistakes in one assignment, either may be told.
        if "error" in got:
            continue
        into = tuple(got["array"][1])
        if drawn.rng.random() < 0.25:
            value = py.choice([7, 2.5, True, 300, 1 + 2j, -1, float("nan"), 2**40])
        else:
            size = tuple(1 if drawn.rng.random() < 0.2 else n for n in into)
            size = size[1:] if drawn.rng.random() < 0.2 else size
            size = (1,) + size if drawn.rng.random() < 0.1 else size
            size = size + (2,) if drawn.rng.random() < 0.1 else size
            value = viewed(py.choice(DTYPES), size)
        count -= 1
        yield call("setitem", a, value, *index)


def stretched(shape):
    """A shape that broadcasts with this one, mostly."""
    made = [1 if draw() < 0.25 else n for n in shape]
    made = made[1:] if made and draw() < 0.2 else made
    if made and draw() < 0.05:
        made[-1] += 1
    return tuple(made)


def ufuncs(count):
    while count > 0:
        two = draw() < 0.65
        name = py.choice(BINARY if two else UNARY)
        shape = shape_of()
        args = [py.choice(SCALARS) if two and draw() < 0.25 else viewed(py.choice(DTYPES), stretched(shape), True) for _ in range(2 if two else 1)]
        if not any(isinstance(a, R) for a in args):
            args[0] = viewed(py.choice(DTYPES), shape, True)
        kwargs = {}
        if draw() < 0.3:
            kwargs["dtype"] = py.choice(DTYPES)
        if draw() < 0.2:
            kwargs["casting"] = py.choice(["no", "equiv", "safe", "same_kind", "unsafe"])
        plain = all(isinstance(a, R) for a in args)
        # A comparison with a Python int and `out` ends NumPy 2.4 with a segmentation fault.
        if draw() < 0.25 and plain:
            try:
                size = np.broadcast_shapes(*[a.value().shape for a in args])
            except ValueError:
                size = ()
            size = size if draw() < 0.9 else (2,) + size if draw() < 0.5 else size + (2,)
            kwargs["out"] = viewed(py.choice(DTYPES), size)
            if draw() < 0.5:
                kwargs["where"] = viewed("bool", stretched(size))
        elif draw() < 0.05:
            kwargs["order"] = py.choice("CFAKX")
        small = any(isinstance(a, R) and a.value().dtype.itemsize < 4 and a.value().dtype.kind in "biu" for a in args)
        case = call(name, *args, **kwargs)
        # What NumPy computes in float16 is float32 here; 1 / 0 in integers is left to the processor.
        if "float16" in str(case["want"]) or (small and "out" in kwargs) or name == "reciprocal":
            continue
        count -= 1
        yield case


def axis_of(ndim):
    kind = draw()
    if kind < 0.15:
        return None
    if kind < 0.6 or ndim == 0:
        return whole(-ndim - 1, ndim + 1)
    axes = [int(k) for k in drawn.rng.permutation(ndim)[: whole(0, ndim + 1)]]
    axes = [k - ndim if draw() < 0.4 else k for k in axes]
    return tuple(axes + axes[:1] if draw() < 0.05 else axes)


def reductions(count):
    while count > 0:
        name = py.choice(REDUCTIONS)
        kind = name.replace("nan", "")
        shape = shape_of()
        a = viewed(py.choice(DTYPES), shape, draw() < 0.3)
        kwargs = {}
        if draw() < 0.75:
            kwargs["axis"] = axis_of(len(shape))
        running = kind.startswith("cum")
        if not running and kind != "average" and draw() < 0.35:
            kwargs["keepdims"] = draw() < 0.8
        if draw() < 0.2 and kind in ("sum", "prod", "mean", "cumsum", "cumprod"):
            kwargs["dtype"] = py.choice(DTYPES)
        if draw() < 0.15 and kind in ("sum", "prod", "max", "min"):
            kwargs["initial"] = py.choice([0, 1, -5, 300, True])
        if draw() < 0.15 and kind in ("sum", "prod", "max", "min", "mean", "std", "var_", "any", "all"):
            kwargs["where"] = viewed("bool", tuple(1 if draw() < 0.3 else n for n in shape))
        if kind in ("std", "var_") and draw() < 0.3:
            kwargs["ddof"] = py.choice([0, 1, 2, 5])
        if name.startswith("cumulative") and draw() < 0.3 and not isinstance(kwargs.get("axis"), tuple):
            kwargs["include_initial"] = True
        if name == "average" and draw() < 0.4:
            kwargs["weights"] = viewed(py.choice(["int64", "float64", "float32", "bool"]), shape)
        if draw() < 0.1 and kind in ("sum", "prod", "max", "min", "any", "all") and "where" not in kwargs:
            got = answer(name, [a], kwargs)
            if "array" in got:
                size = tuple(got["array"][1])
                kwargs["out"] = fix(np.zeros(size if draw() < 0.8 else size + (2,), py.choice(DTYPES)))
        count -= 1
        yield call(name, a, **kwargs)


FAMILIES = {"indexing": (indexing, 1000), "ufuncs": (ufuncs, 900), "reductions": (reductions, 900)}


def cases():
    calls = []
    for number, (family, count) in enumerate(FAMILIES.values(), 1):
        drawn.seed(number)
        calls.extend(family(count))
    text = json.dumps(calls)
    return {"arrays": {name: engine.saved(a) for name, a in FIX.items() if f'"{name}"' in text}, "calls": calls}
