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
