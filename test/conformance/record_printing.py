"""How NumPy prints arrays and scalars. Arrays travel as .npy in base64."""

import base64
import io

import numpy as np


def saved(array):
    stream = io.BytesIO()
    np.save(stream, array)
    return base64.b64encode(stream.getvalue()).decode()


def arrays():
    rng = np.random.default_rng(7)
    f = "float64"
    yield np.array([1.0, 2.5, -3.125])
    yield np.array([0.1, 0.12345678901234])
    yield np.array([1e-5, 1])
    yield np.array([1e8, 1])
    yield np.array([99999999.0, 1000000.5])
    yield np.array([1.0, 1000.0]), np.array([1.0, 1000.5]), np.array([1.0, 1001.0])
    yield np.array([1e-300, 1e300, -1e10])
    yield np.array([0.0, -0.0])
    yield np.array([np.nan, 1.0, np.inf]), np.array([np.nan, -np.inf]), np.array([np.nan]), np.array([1e10, np.nan, -np.inf])
    yield np.array([0.5, 1.5, 2.5, 0.125, 0.375])
    yield np.array([2.0**-20, 1 / 3, 2 / 3])
    yield np.array([9.999999999, 0.99999999999])
    yield np.array([1.0000000049, 1.000000005, 1.0000000051])
    yield np.array([123456.123456789, 0.001])
    yield np.array([5e-324, 1.7976931348623157e308])
    yield np.array([[1.5, -2], [3, 4.25]])
    yield np.array([[0.6, -0.7], [-0.2, 0.4]])
    yield rng.standard_normal((3, 3)), rng.standard_normal((4, 7)) * 1000, rng.random((2, 2, 3)), rng.standard_normal(30)
    yield rng.standard_normal((20, 3)) * 10.0 ** rng.integers(-5, 5, (20, 3))
    yield np.linspace(0, 1, 11), np.logspace(-3, 3, 7), np.geomspace(1, 256, 9)
    yield np.arange(2000.0), rng.standard_normal((50, 50)), rng.integers(0, 9, (11, 10, 10)), np.arange(1001), np.arange(1000)
    yield np.zeros((0,)), np.zeros((0, 3)), np.zeros((2, 0, 3)), np.zeros(0, "int32")
    yield np.array(5), np.array(1.5), np.array(True), np.array(1 + 2j), np.array(1e20), np.array(0.1, "float32")
    yield np.eye(3), np.ones((2, 2)), np.zeros(3), np.full((2, 2), 1e-17)
    for dtype in ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"):
        info = np.iinfo(dtype)
        yield np.array([0, 1, info.max, info.min], dtype)
    yield np.arange(100).reshape(10, 10), np.array([-1, 10, 100]), np.arange(30) * 10**9
    yield np.array([True, False, True]), np.array([[True], [False]])
    for dtype in ("float32",):
        yield np.array([0.1, 1 / 3, 1e6], dtype), np.array([1234567, 0.5], dtype), np.array([1e-4, 1], dtype)
        yield np.array([16777216.0, 3.4e38, 1e-45], dtype), rng.standard_normal((3, 4)).astype(dtype)
        yield np.array([999999.0, 1], dtype), np.array([1e-4, 0.0999], dtype), np.array([1, 1000.0001], dtype)
    # Two shortest texts are as near: the even digit.
    yield np.array([-136995.625, 1.5], "float32"), np.array([-2441478.25, 5242.8516], "float32")
    yield np.array([1 + 2j, -3.5 - 0.25j]), np.array([1j, 2]), np.array([complex(np.nan, np.inf), 1 - 1j])
    yield np.array([1e10 + 1j, 1]), np.array([0.1 + 1e-9j]), rng.standard_normal(6).view(complex)
    yield (rng.standard_normal(8).view(complex)).astype("complex64").reshape(2, 2), np.array([complex(0, -0.0), complex(-0.0, 0)])
    yield np.array([1e5, 123456.789]), np.array([1e-3, 1e-4]), np.array([100.0] * 30), np.array([[1e-10, 1], [2, 3]])
    yield np.arange(12.0).reshape(3, 4).T, np.arange(24).reshape(2, 3, 4)[:, ::-1, 1]
    yield np.array([0.3, 0.1 + 0.2]), np.array([1e15, 1e16]), np.array([123456789.0]), np.array([12345678.9])


OPTIONS = [
    {"precision": 3},
    {"precision": 0},
    {"precision": 17},
    {"suppress": True},
    {"suppress": True, "precision": 2},
    {"floatmode": "fixed", "precision": 4},
    {"floatmode": "unique"},
    {"floatmode": "maxprec_equal"},
    {"sign": "+"},
    {"sign": " "},
    {"linewidth": 40},
    {"threshold": 5, "edgeitems": 1},
    {"threshold": 10, "edgeitems": 2, "linewidth": 30},
    {"nanstr": "missing", "infstr": "∞"},
    {"floatmode": "fixed", "precision": 2, "suppress": True, "sign": " "},
]


def cases():
    flat = []
    for item in arrays():
        flat += item if isinstance(item, tuple) else [item]
    result = []
    for a in flat:
        result.append({"file": saved(a), "str": str(a), "repr": repr(a), "options": {}})
    for options in OPTIONS:
        for a in flat:
            if a.size > 300:
                continue
            with np.printoptions(**options):
                text = [str(a), repr(a)]
            if text != [str(a), repr(a)]:
                result.append({"file": saved(a), "str": text[0], "repr": text[1], "options": options})
    for a in flat:
        if 0 < a.size < 12:
            for x in a.ravel():
                result.append({"file": saved(np.array(x)), "scalar": [str(x), repr(x)]})
    return result
