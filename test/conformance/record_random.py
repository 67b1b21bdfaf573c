"""Random streams to the last bit: float64 as hex, integers as text."""

import numpy as np


def values(a):
    a = np.asarray(a)
    if a.dtype.kind == "f":
        return {"dtype": str(a.dtype), "shape": list(a.shape), "values": [float(x).hex() for x in a.ravel()]}
    return {"dtype": str(a.dtype), "shape": list(a.shape), "values": [str(int(x)) for x in a.ravel()]}


def digest(a):
    """A large draw, shrunk to a checksum over its bits."""
    bits = np.ascontiguousarray(a).view("<u8").ravel()
    total = 0
    for x in bits.tolist():
        total = (total * 1099511628211 + x) % 2**64
    return str(total)


P = [0.1, 0.2, 0.05, 0.4, 0.25]


def distributions(case):
    """The distributions that both kinds of streams have, through every branch of their algorithms."""
    yield case("standard_exponential", 40)
    yield case("exponential", 2.5, 5)
    yield case("exponential", [0.5, 1.0, 2.0], [4, 3])
    for shape in (0.0, 0.3, 1.0, 2.5, 40.0):
        yield case("standard_gamma", shape, 12)
        yield case("gamma", shape, 3.0, 4)
    for a, b in ((0.5, 0.5), (1e-4, 2e-4), (1.0, 1.0), (2.0, 3.0), (0.2, 5.0)):
        yield case("beta", a, b, 8)
    yield case("chisquare", 3.0, 6)
    for df, nonc in ((3.0, 2.0), (0.5, 2.0), (2.0, 0.0)):
        yield case("noncentral_chisquare", df, nonc, 6)
        yield case("noncentral_f", df, 4.0, nonc, 4)
    yield case("f", 3.0, 7.0, 6)
    yield case("standard_cauchy", 6)
    yield case("standard_t", 4.0, 6)
    for kappa in (0.0, 1e-6, 0.5, 4.0, 50.0):
        yield case("vonmises", 0.7, kappa, 6)
    for name in ("pareto", "weibull", "power"):
        yield case(name, 0.8, 6)
        yield case(name, 3.0, 6)
    for name in ("laplace", "gumbel", "logistic", "lognormal"):
        yield case(name, 1.5, 0.5, 6)
    yield case("rayleigh", 2.0, 6)
    yield case("wald", 1.0, 3.0, 8)
    yield case("triangular", -1.0, 0.5, 2.0, 8)
    for n, p in ((10, 0.5), (100, 0.1), (1000, 0.3), (100000, 0.02), (5000, 0.9), (20, 0.97), (0, 0.5), (7, 0.0), (7, 1.0)):
        yield case("binomial", n, p, 40)
    yield case("binomial", [10, 500, 3], 0.4, [5, 3])
    for n, p in ((5, 0.5), (0.7, 0.1), (100, 0.9)):
        yield case("negative_binomial", n, p, 8)
    for lam in (0.0, 0.5, 9.9, 10.0, 150.0, 1e6):
        yield case("poisson", lam, 30)
    yield case("poisson", [1.0, 20.0], [3, 2])
    for a in (1.5, 2.0, 6.0):
        yield case("zipf", a, 12)
    for p in (0.9, 0.34, 0.2, 0.001, 1.0):
        yield case("geometric", p, 12)
    for p in (0.1, 0.7, 0.99):
        yield case("logseries", p, 12)
    for good, bad, sample in ((10, 5, 3), (15, 20, 12), (200, 900, 300), (50, 50, 90), (5, 3, 8), (100000, 50, 40000)):
        yield case("hypergeometric", good, bad, sample, 12)
    yield case("multinomial", 20, [0.2, 0.3, 0.5], 4)
    yield case("multinomial", 500, [0.1, 0.0, 0.4, 0.5], 3)
    yield case("dirichlet", [1.0, 2.0, 0.5], 3)
    yield case("dirichlet", [0.01, 0.05, 0.02], 3)


def generator(seed):
    def case(name, *args, **kwargs):
        rng = np.random.default_rng(seed)
        return [name, list(args), kwargs, values(getattr(rng, name)(*args, **kwargs))]

    yield case("random", 5)
    yield case("random", 5, dtype="float32")
    yield case("standard_normal", [2, 3])
    yield case("normal", 10, 0.5, 4)
    yield case("uniform", -2, 3, 4)
    for low, high in ((0, 10), (-5, 6), (0, 1), (0, 2**32), (0, 2**32 - 1), (0, 2**33), (-(2**63), 2**63 - 1), (0, 3 * 2**61)):
        yield case("integers", low, high, 7)
    yield case("integers", 7, None, 5)
    yield case("integers", 0, 10, 5, endpoint=True)
    for dtype, high in (("int8", 100), ("uint8", 256), ("int16", 1000), ("uint16", 65536), ("int32", 10**6), ("uint32", 2**32), ("uint64", 2**64), ("bool", 2)):
        yield case("integers", 0, high, 9, dtype=dtype)
    yield case("choice", 10, 5)
    yield case("choice", 10, 5, replace=False)
    yield case("choice", 10, 5, replace=False, shuffle=False)
    yield case("choice", 20000, 6, replace=False)
    yield case("choice", 11000, 600, replace=False)
    yield case("choice", 5, 8, p=P)
    yield case("choice", 5, 4, replace=False, p=P)
    yield case("choice", [10, 20, 30], [2, 2])
    yield case("permutation", 10)
    yield case("permutation", [[1, 2], [3, 4], [5, 6]])
    yield from distributions(case)
    yield case("multinomial", [3, 40], [[0.5, 0.5], [0.1, 0.9]])
    yield case("permuted", [[1, 2, 3, 4], [5, 6, 7, 8]])
    yield case("permuted", [[1, 2, 3, 4], [5, 6, 7, 8]], axis=1)
    yield case("permuted", [[1, 2, 3, 4], [5, 6, 7, 8]], axis=0)
    yield case("vonmises", 3.0, 1e7, 6)
    yield case("zipf", 2000.0, 3)
    yield case("standard_exponential", 5, method="inv")
    yield case("standard_normal", 3000, dtype="float32")
    yield case("standard_exponential", 2000, dtype="float32")
    yield case("standard_exponential", 7, dtype="float32", method="inv")
    for shape in (0.0, 0.3, 1.0, 2.5, 40.0):
        yield case("standard_gamma", shape, 100, dtype="float32")
    yield case("standard_gamma", [0.5, 1.0, 3.0], [2, 3], dtype="float32")
    for colors, sample in (([16, 8, 4], 6), ([16, 8, 4], 20), ([3, 0, 2], 5), ([100, 2000, 5, 300], 900), ([5], 2), ([1, 2], 0)):
        for method in ("marginals", "count"):
            yield case("multivariate_hypergeometric", colors, sample, [3], method=method)
    yield case("multivariate_hypergeometric", [4, 4], 3)
    yield case("beta", 1e-110, 1e-110, 5)
    yield [*case("random", 3)[:2], {"after": "bytes"}, after_bytes(np.random.default_rng(seed))]


def after_bytes(rng):
    return values(np.concatenate([np.frombuffer(rng.bytes(7), "uint8").astype("int64"), rng.integers(0, 9, 3)]))


def legacy(seed):
    def case(name, *args, **kwargs):
        rng = np.random.RandomState(seed)
        return [name, list(args), kwargs, values(getattr(rng, name)(*args, **kwargs))]

    yield case("rand", 2, 3)
    yield case("randn", 3, 3)
    yield case("standard_normal", 5)
    yield case("random_sample", 4)
    yield case("normal", 10, 0.5, 4)
    yield case("uniform", -2, 3, 4)
    for low, high in ((0, 10), (-5, 6), (0, 1), (0, 2**32), (0, 2**32 - 1), (0, 2**33), (-(2**63), 2**63 - 1), (0, 3 * 2**61)):
        yield case("randint", low, high, 7)
    yield case("randint", 7, None, 5)
    for dtype, high in (("int8", 100), ("uint8", 256), ("int16", 1000), ("uint16", 65536), ("int32", 10**6), ("uint32", 2**32), ("uint64", 2**64), ("bool", 2)):
        yield case("randint", 0, high, 9, dtype=dtype)
    yield case("choice", 10, 5)
    yield case("choice", 10, 5, replace=False)
    yield case("choice", 5, 8, p=P)
    yield case("choice", 5, 4, replace=False, p=P)
    yield case("choice", [10, 20, 30], [2, 2])
    yield case("permutation", 10)
    yield case("permutation", [[1, 2], [3, 4], [5, 6]])
    yield from distributions(case)
    yield case("random_integers", 2, 7, 5)
    yield [*case("random_sample", 3)[:2], {"after": "bytes"}, after_bytes_legacy(np.random.RandomState(seed))]


def after_bytes_legacy(rng):
    return values(np.concatenate([np.frombuffer(rng.bytes(7), "uint8").astype("int64"), rng.randint(0, 9, 3)]))


def refusal(kind, name, *args):
    rng = np.random.default_rng(1) if kind == "generator" else np.random.RandomState(1)
    try:
        getattr(rng, name)(*args)
    except Exception as error:  # noqa: BLE001
        return ["refusal", kind, name, list(args), type(error).__name__, str(error)]
    return ["refusal", kind, name, list(args), "", ""]


def refusals():
    for kind in ("generator", "legacy"):
        yield refusal(kind, "exponential", -1.0)
        yield refusal(kind, "gamma", -1.0)
        yield refusal(kind, "beta", 0.0, 1.0)
        yield refusal(kind, "binomial", 5, 1.5)
        yield refusal(kind, "binomial", -5, 0.5)
        yield refusal(kind, "binomial", [5, 5], [0.5, 1.5])
        yield refusal(kind, "poisson", -1.0)
        yield refusal(kind, "poisson", 1e30)
        yield refusal(kind, "geometric", 0.0)
        yield refusal(kind, "zipf", 1.0)
        yield refusal(kind, "logseries", 1.0)
        yield refusal(kind, "triangular", 2.0, 1.0, 3.0)
        yield refusal(kind, "triangular", 1.0, 1.0, 1.0)
        yield refusal(kind, "hypergeometric", 3, 4, 8)
        yield refusal(kind, "multinomial", 3, [0.9, 0.9, 0.1])
        yield refusal(kind, "multinomial", -3, [0.5, 0.5])
        yield refusal(kind, "dirichlet", [0.5, -1.0])
        yield refusal(kind, "wald", 0.0, 1.0)
        yield refusal(kind, "vonmises", 0.0, -1.0)
        yield refusal(kind, "normal", 0.0, 1.0, [-1])
        yield refusal(kind, "laplace", [0.0, 1.0], 1.0, 3)
    for args in (([3, -4], 1), ([[3, 4]], 1), ([3.5, 4], 2), ([3, 4], 9), ([3, 4], -1), ([3, 4], 2.5), ([10**9, 5], 2)):
        yield refusal("generator", "multivariate_hypergeometric", *args)
    yield refusal("generator", "multivariate_hypergeometric", [3, 4], 2, 1, "x")
    yield refusal("generator", "standard_normal", 2, "int32")
    yield refusal("generator", "standard_gamma", -1.0, 2, "float32")


def states():
    """Seeds that give birth to others, and streams that go on from a state."""
    sequence = np.random.SeedSequence(7)
    children = sequence.spawn(2) + sequence.spawn(1)
    rng = np.random.default_rng(7)
    rng.integers(0, 5, 3)
    grown = [g.integers(0, 100, 4) for g in rng.spawn(2)]
    state = rng.bit_generator.state
    old = np.random.RandomState(7)
    old.standard_normal(3)
    kept = old.get_state(legacy=False)
    return {
        "generated": [values(s.generate_state(3)) for s in children],
        "wide": values(children[1].generate_state(2, "uint64")),
        "spawned": [values(g) for g in grown],
        "pcg64": {**{k: str(v) for k, v in state["state"].items()}, "has_uint32": state["has_uint32"], "uinteger": state["uinteger"]},
        "twister": {"pos": int(kept["state"]["pos"]), "has_gauss": kept["has_gauss"], "gauss": float(kept["gauss"]).hex(), "key": values(kept["state"]["key"][:5])},
        "next": values(old.standard_normal(3)),
    }


def shuffled(rng, *shape):
    a = np.arange(np.prod(shape)).reshape(shape)
    rng.shuffle(a)
    return values(a)


def cases():
    result = []
    for seed in (0, 42, 12345678901234567890, [1, 2, 3]):
        result += [["generator", str(seed) if isinstance(seed, int) else seed, *c] for c in generator(seed)]
        result.append(["generator-shuffle", str(seed) if isinstance(seed, int) else seed, shuffled(np.random.default_rng(seed), 12), shuffled(np.random.default_rng(seed), 6, 2)])
    for seed in (0, 42, 2**32 - 1, [1, 2, 3]):
        result += [["legacy", str(seed) if isinstance(seed, int) else seed, *c] for c in legacy(seed)]
        result.append(["legacy-shuffle", str(seed) if isinstance(seed, int) else seed, shuffled(np.random.RandomState(seed), 12), shuffled(np.random.RandomState(seed), 6, 2)])
    for seed in (1, 2):
        result.append(["digest", str(seed), "random", digest(np.random.default_rng(seed).random(100000))])
        result.append(["digest", str(seed), "standard_normal", digest(np.random.default_rng(seed).standard_normal(200000))])
        result.append(["digest", str(seed), "rand", digest(np.random.RandomState(seed).rand(100000))])
        result.append(["digest", str(seed), "randn", digest(np.random.RandomState(seed).randn(100001))])
    result += list(refusals())
    result.append(["states", states()])
    # JSON has no integers past 2**53 for every reader: bounds travel as text.
    def text(x):
        if isinstance(x, bool) or x is None:
            return x
        if isinstance(x, int):
            return {"int": str(x)} if abs(x) > 2**53 else x
        if isinstance(x, list):
            return [text(y) for y in x]
        if isinstance(x, dict):
            return {k: text(v) for k, v in x.items()}
        return x

    return [text(c) for c in result]
