#!/usr/bin/env python3
"""Records correctly rounded values of elementary functions, from NumPy's extended precision: kernels.json.

python3 test/conformance/record_kernels.py
"""
import json
import pathlib

import numpy as np

rng = np.random.default_rng(3)
edges = [0.0, -0.0, np.inf, -np.inf, np.nan, 5e-324, -5e-324, 2.2250738585072014e-308, 1e-300, 1e-17, 1, -1, 2, 0.5]
limits = {
    "exp": [709.782712893384, 709.7827128933841, -745.1332191019411, -745.1332191019412, -708.4, -0.994267228],
    "exp2": [1023.9999999999999, 1024, -1074, -1075, -1075.1, -1022.5],
    "expm1": [709.782712893384, 709.79, -37.5, -50, 0.3466, 0.3867155224601586],
    "log": [1.7976931348623157e308, 1 - 2**-53, 1 + 2**-52, 0.7037947443978084],
    "log2": [1.7976931348623157e308, 1 - 2**-53, 1 + 2**-52, 8, 2.0**-1074],
    "log10": [1.7976931348623157e308, 1 - 2**-53, 1 + 2**-52, 1000, 1e-5],
    "log1p": [1.7976931348623157e308, -1 + 2**-53, 2**-52, -2],
    "sinh": [710.4758600739439, 710.476, 711, -711, 22, -0.1215771],
    "cosh": [710.4758600739439, 710.476, 711, -711, 22, 7.339],
    "tanh": [19.06, 22, 23, -1000, 0.2072, 0.0607],
    "sin": [1e9, 1.0000001e9, 1e22, 1.7976931348623157e308, np.pi, 2 * np.pi, 276400.4632554836, 1e5 * np.pi],
    "cos": [1e9, 1.0000001e9, 1e22, 1.7976931348623157e308, np.pi / 2, 3 * np.pi / 2, 229174.47169039503],
    "tan": [1e9, 1.0000001e9, 1e22, np.pi / 2, np.pi / 4, -7.068583992067525, 229174.47169039503],
    "sqrt": [1.7976931348623157e308, 2, 3],
    "arctan": [0.4375, 0.43749999999999994, 2.2857142857142856, 1.7976931348623157e308, 0.422331942158412, 1e-9],
    "arcsin": [1 - 2**-53, 0.49999999999999994, 1.0000000000000002, -1e-9, -0.5075882171289883],
    "arccos": [1 - 2**-53, 0.49999999999999994, -0.5, 1.0000000000000002, 1e-9, 0.5451703793330296],
    "arcsinh": [1.7976931348623157e308, 2.0**60, 2.0**61, -1e-9, -0.5190862668445579],
    "arccosh": [1.7976931348623157e308, 2.0**60, 2.0**61, 1 + 2**-52, 1 - 2**-53, -3, 1.02611971542311],
    "arctanh": [1 - 2**-53, 1.0000000000000002, -1e-9, 0.2377644948256304],
    "cbrt": [1.7976931348623157e308, 8, 27, 1e-310, -3],
}
spans = {
    "exp": (-745, 709), "exp2": (-1074, 1023), "expm1": (-40, 40), "log": None, "log2": None, "log10": None, "log1p": None,
    "sinh": (-30, 30), "cosh": (-30, 30), "tanh": (-10, 10), "sin": (-1e6, 1e6), "cos": (-1e6, 1e6), "tan": (-1e3, 1e3),
    "sqrt": None, "arctan": (-100, 100), "arcsin": (-1, 1), "arccos": (-1, 1), "arcsinh": (-100, 100),
    "arccosh": (1, 100), "arctanh": (-1, 1), "cbrt": None,
}  # fmt: skip
pairs = {
    "power": ([10, 0.41, -613877942449438.9, -2, -2, 2, 1 + 2**-52, 1 - 2**-53], [-300, -746, -20, 3, 0.5, 0.5, 1e17, 1e18]),
    "arctan2": ([np.inf, -np.inf, 1e308, 1e-310, -1.4825168259820596], [-np.inf, np.inf, -1e308, -1e-310, 2.9808625271739757]),
}
result = {}
with np.errstate(all="ignore"):
    for name, span in spans.items():
        far = 10.0 ** rng.uniform(-320, 308, 60) if span is None else rng.uniform(*span, 60)
        x = np.array(edges + limits[name] + list(far) + list(rng.uniform(-2, 2, 40)))
        # A root is correctly rounded as it is; rounded twice it would not be.
        wide = x if name == "sqrt" else x.astype(np.longdouble)
        y = getattr(np, name)(wide).astype(np.float64)
        result[name] = {"x": [str(v) for v in x.view(np.int64)], "y": [str(v) for v in y.view(np.int64)]}
    for name, (firsts, seconds) in pairs.items():
        first, second = (v.ravel() for v in np.meshgrid(edges, edges))
        low = 0.1 if name == "power" else -3
        first = np.concatenate([first, firsts, rng.uniform(low, 3, 80), rng.uniform(0.9, 1.1, 40)])
        second = np.concatenate([second, seconds, rng.uniform(-300, 300, 80), rng.uniform(-5000, 5000, 40)])
        y = getattr(np, name)(first.astype(np.longdouble), second.astype(np.longdouble)).astype(np.float64)
        bits = [[str(v) for v in part.view(np.int64)] for part in (first, second, y)]
        result[name] = dict(zip(("x", "second", "y"), bits))
target = pathlib.Path(__file__).with_name("kernels.json")
target.write_text(json.dumps(result, separators=(",", ":")) + "\n")
