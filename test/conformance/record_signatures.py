"""The signatures of NumPy's and SciPy's public functions: each parameter as [name, kind, default].

Kinds: "/" positional only, "" either, "k" keyword only, "*" and "**" all further ones. A default is its repr; null where
there is none. Names without a readable signature are left out.
"""

import inspect
import types

import numpy as np
import scipy.linalg
import scipy.sparse
import scipy.sparse.linalg

KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "/",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "",
    inspect.Parameter.KEYWORD_ONLY: "k",
    inspect.Parameter.VAR_POSITIONAL: "*",
    inspect.Parameter.VAR_KEYWORD: "**",
}


def told(function):
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None
    empty = inspect.Parameter.empty
    return [[p.name, KINDS[p.kind], None if p.default is empty else repr(p.default)] for p in parameters if p.name != "self"]


def public(module):
    for name in sorted(dir(module)):
        value = getattr(module, name)
        if name.startswith("_") or isinstance(value, (types.ModuleType, type(None))) or not callable(value):
            continue
        if isinstance(value, type) and issubclass(value, (Exception, np.generic)):
            continue
        yield name, value


def cases():
    places = {
        "": np,
        "linalg.": np.linalg,
        "fft.": np.fft,
        "random.": np.random,
        "random.Generator.": np.random.Generator,
        "random.RandomState.": np.random.RandomState,
        "scipy.linalg.": scipy.linalg,
        "scipy.sparse.": scipy.sparse,
        "scipy.sparse.linalg.": scipy.sparse.linalg,
        "scipy.sparse.csr_array.": scipy.sparse.csr_array,
    }
    return {prefix + name: told(value) for prefix, module in places.items() for name, value in public(module)}
