"""Random streams over many steps: draws of every width after each other, halves of words and normal draws that are kept, shuffles
between them, states that are taken and set again. Each program begins with its seed; every answer to the last bit."""

import random

import numpy as np

import record_engine as engine

py = random.Random(9)
DTYPES = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64".split()
P = [0.1, 0.2, 0.05, 0.4, 0.25]


def bounds(dtype):
    if dtype == "bool":
        return 0, 2
    i = np.iinfo(dtype)
    return py.choice([(0, 7), (0, 100), (i.min, i.max), (0, i.max), (0, 1), (3, 4), (0, 2 ** py.randint(1, 6))])


def size():
    return py.choice([None, 1, 2, 3, 5, 7, [2, 3], [0], 33])


def draws_of_both():
    return py.choice(
        [
            ("standard_normal", [size()]),
            ("standard_normal", [size()]),
            ("uniform", [-2.0, 3.0, size()]),
            ("normal", [1.0, 0.5, size()]),
            ("exponential", [2.0, size()]),
            ("gamma", [py.choice([0.5, 1.0, 2.5]), 1.0, size()]),
            ("standard_gamma", [py.choice([0.3, 3.0]), size()]),
            ("beta", [0.5, 2.0, size()]),
            ("poisson", [py.choice([0.5, 30.0]), size()]),
            ("binomial", [py.choice([10, 500]), 0.3, size()]),
            ("permutation", [py.randint(0, 9)]),
            ("permutation", [list(range(py.randint(1, 6)))]),
            ("shuffle", [list(range(py.randint(1, 12)))]),
            ("bytes", [py.randint(0, 9)]),
            ("choice", [py.randint(1, 20), size()]),
            ("multinomial", [20, [0.2, 0.3, 0.5], 2]),
            ("geometric", [0.3, size()]),
            ("standard_t", [4.0, size()]),
            ("laplace", [0.0, 1.0, size()]),
        ]
    )


def legacy_step():
    kind = py.random()
    if kind < 0.25:
        dtype = py.choice(DTYPES)
        low, high = bounds(dtype)
        return "randint", [low, high, size(), dtype]
    if kind < 0.45:
        return py.choice(
            [
                ("rand", [2]),
                ("randn", [py.choice([1, 2, 3])]),
                ("random_sample", [size()]),
                ("random", [size()]),
                ("ranf", [size()]),
                ("sample", [size()]),
                ("random_integers", [1, 6, 3]),
                ("choice", [5, 3, False]),
                ("choice", [5, 4, True, P]),
                ("choice", [5, 3, False, P]),
            ]
        )
    if kind < 0.55:
        return "get_state", []
    if kind < 0.65:
        return "set_state", []
    if kind < 0.7:
        return "seed", [py.choice([0, 42, 2**32 - 1, [1, 2, 3]])]
    if kind < 0.72:
        return "multivariate_normal", [[1.0, 2.0], [[2.0, 0.5], [0.5, 1.0]], 2]
    return draws_of_both()


def modern_step():
    kind = py.random()
    if kind < 0.3:
        dtype = py.choice(DTYPES)
        low, high = bounds(dtype)
        closed = py.random() < 0.2
        # Closed above, the largest is the highest that there is.
        return "integers", [low, high - 1 if closed else high, size(), dtype, closed]
    if kind < 0.5:
        return py.choice(
            [
                # Without a size NumPy gives Python's float.
                ("random", [size() or 1, "float32"]),
                ("random", [size(), "float64"]),
                ("standard_normal", [size() or 1, "float32"]),
                ("standard_exponential", [size() or 1, "float32"]),
                ("standard_exponential", [size(), "float64", "inv"]),
                ("standard_gamma", [0.7, size() or 1, "float32"]),
            ]
        )
    return draws_of_both()


class Program:
    """A stream, what it has answered, and the state that was taken last."""

    def __init__(self, kind, seed):
        self.kind = kind
        self.stream = np.random.RandomState(seed) if kind == "legacy" else np.random.default_rng(seed)
        self.kept = None

    def step(self, name, args):
        if name == "get_state":
            self.kept = self.stream.get_state(legacy=False)
            state = self.kept["state"]
            return {"state": [int(state["pos"]), self.kept["has_gauss"], float(self.kept["gauss"]).hex(), [str(k) for k in state["key"][:4]]]}
        if name == "set_state":
            if self.kept is not None:
                self.stream.set_state(self.kept)
            return {}
        if name == "seed":
            self.stream.seed(*args)
            return {}
        if name == "shuffle":
            a = np.array(args[0])
            self.stream.shuffle(a)
            return {"array": engine.saved(a)}
        if name == "bytes":
            return {"array": engine.saved(np.frombuffer(self.stream.bytes(*args), "uint8"))}
        name = {"ranf": "random_sample", "sample": "random_sample"}.get(name, name)
        try:
            return {"array": engine.saved(getattr(self.stream, name)(*self.given(name, args)))}
        except Exception as error:  # noqa: BLE001
            return {"error": type(error).__name__, "message": str(error)}

    def given(self, name, args):
        return [tuple(a) if isinstance(a, list) and a and name not in ("permutation", "multinomial", "multivariate_normal", "choice") else a for a in args]


class Modern(Program):
    def step(self, name, args):
        if name == "integers":
            low, high, many, dtype, endpoint = args
            try:
                return {"array": engine.saved(self.stream.integers(low, high, self.given(name, [many])[0], dtype, endpoint))}
            except Exception as error:  # noqa: BLE001
                return {"error": type(error).__name__, "message": str(error)}
        if name == "standard_exponential" and len(args) == 3:
            return {"array": engine.saved(self.stream.standard_exponential(self.given(name, args[:1])[0], args[1], method=args[2]))}
        return super().step(name, args)


def text(x):
    if isinstance(x, list):
        return [text(y) for y in x]
    return {"int": str(x)} if isinstance(x, int) and not isinstance(x, bool) and abs(x) > 2**53 else x


def cases():
    made = []
    for kind, step, count in (("legacy", legacy_step, 60), ("generator", modern_step, 60)):
        for _ in range(count):
            seed = py.choice([0, 7, 42, 123456789, [5, 6]])
            program = (Program if kind == "legacy" else Modern)(kind, seed)
            steps = []
            for _ in range(14):
                name, args = step()
                steps.append([name, text(args), program.step(name, args)])
            made.append({"kind": kind, "seed": seed, "steps": steps})
    return made
