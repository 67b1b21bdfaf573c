"""Tables of numbers as text: what loadtxt, genfromtxt and savetxt read and write."""

import io
import warnings

import numpy as np

import record_engine as engine

warnings.simplefilter("ignore")


def loaded(name, text, **kwargs):
    try:
        want = engine.outcome(getattr(np, name)(io.StringIO(text), **kwargs))
    except Exception as error:  # noqa: BLE001
        want = {"error": type(error).__name__, "message": str(error)}
    kwargs = {k: (np.dtype(v).name if k == "dtype" else {"columns": {str(i): x for i, x in v.items()}} if isinstance(v, dict) else v) for k, v in kwargs.items()}
    return {"call": name, "text": text, "options": kwargs, "want": want}


def saved(a, **kwargs):
    file = io.StringIO()
    try:
        np.savetxt(file, a, **kwargs)
        want = {"text": file.getvalue()}
    except Exception as error:  # noqa: BLE001
        want = {"error": type(error).__name__, "message": str(error)}
    return {"call": "savetxt", "array": engine.saved(np.asarray(a)), "options": kwargs, "want": want}


def every():
    table = "# head\n1 2 3\n4 5 6 # end\n\n7 8 9\n"
    commas = "a,b,c\n1.5, 2 ,-3e2\nnan,inf,4\n"
    L, G = "loadtxt", "genfromtxt"
    yield loaded(L, table)
    yield loaded(L, table, skiprows=2)
    yield loaded(L, table, usecols=1)
    yield loaded(L, table, usecols=(2, 0))
    yield loaded(L, table, usecols=-1)
    yield loaded(L, table, usecols=7)
    yield loaded(L, table, unpack=True)
    yield loaded(L, table, max_rows=1)
    yield loaded(L, table, max_rows=2, dtype="int32")
    for ndmin in (0, 1, 2):
        yield loaded(L, "1 2 3\n", ndmin=ndmin)
        yield loaded(L, "1\n2\n3\n", ndmin=ndmin)
        yield loaded(L, "5\n", ndmin=ndmin)
        yield loaded(L, "", ndmin=ndmin)
    yield loaded(L, commas, delimiter=",", skiprows=1)
    yield loaded(L, commas, delimiter=",")
    yield loaded(L, "1;2\n3;4", delimiter=";", dtype="int64")
    yield loaded(L, "1 2\n3\n")
    yield loaded(L, "1 2\n3 4 5\n", usecols=(0, 1))
    yield loaded(L, "1.5 2\n", dtype="int64")
    yield loaded(L, "1 0\n2 0\n", dtype="bool")
    yield loaded(L, "1+2j 3\n(4-1j) -2j\n", dtype="complex128")
    yield loaded(L, "% x\n1 2 // y\n", comments=["%", "//"])
    yield loaded(L, "1 2\n# 3\n", comments=None)
    yield loaded(L, '"1";"2"\n"3";"4"\n', delimiter=";", quotechar='"')
    yield loaded(L, "1\t2\r\n3\t4\r\n", delimiter="\t")
    yield loaded(L, "1,,2\n", delimiter=",")
    yield loaded(L, "300\n", dtype="uint16")
    yield loaded(L, "1e400 -1e400 5e-324\n")
    yield loaded(G, table)
    yield loaded(G, commas, delimiter=",")
    yield loaded(G, commas, delimiter=",", skip_header=1)
    yield loaded(G, "1,,3\n4,5,x\n", delimiter=",")
    yield loaded(G, "1,,3\n4,5,x\n", delimiter=",", filling_values=-9)
    yield loaded(G, "1,,3\n4,5,N/A\n", delimiter=",", missing_values="N/A", filling_values=[0, 7, 8])
    yield loaded(G, "1,,3\n4,5,x\n", delimiter=",", filling_values={1: 5.5, 2: 6.5})
    yield loaded(G, "1,,3\n4,5,6\n", delimiter=",", dtype="int64")
    yield loaded(G, "1 2\n3\n4 5\n")
    yield loaded(G, "1 2\n3\n4 5\n", invalid_raise=False)
    yield loaded(G, "1 2 3\n4 5 6\ntotal 0 0\n", skip_footer=1)
    yield loaded(G, "1 2 3\n4 5 6\n", usecols=(0, 2))
    yield loaded(G, "1 2 3\n4 5 6\n", unpack=True, max_rows=1)
    yield loaded(G, "1 2 3\n4 5 6\n", unpack=True)
    yield loaded(G, " 12 34\n567890\n", delimiter=3)
    yield loaded(G, "1234\n5678\n", delimiter=[1, 3])
    yield loaded(G, "5\n")
    yield loaded(G, "1\n2\n")
    yield loaded(G, "1 2\n", ndmin=2)
    a = np.array([[1.5, -2e-300], [np.nan, 1e22]])
    yield saved(a)
    yield saved(a, fmt="%.3f", delimiter=", ", header="one\ntwo", footer="end", comments="% ")
    yield saved(a, fmt=["%10.4e", "%g"])
    yield saved(a, fmt="%d %s", newline="\r\n")
    yield saved(np.array([[1.5, 2.0]]), fmt="%+08.2f")
    yield saved(np.array([[1.5, -2.0]]), fmt="%-9.1G|")
    yield saved(np.arange(6).reshape(2, 3), fmt="%5d")
    yield saved(np.arange(6).reshape(2, 3))
    yield saved(np.arange(3, dtype="int8"), fmt="%i", delimiter=";")
    yield saved(np.array([1 + 2j, -1.5 - 0.25j]))
    yield saved(np.array([[1 + 2j, -1.5 - 0.25j]]), fmt="%.2f")
    yield saved(np.array([True, False]), fmt="%d")
    yield saved(np.array([1.5, 123456789.0, 1e-7, 0.0, 100000, 1e6]), fmt="%g")
    yield saved(np.array([0.1, 1 / 3], dtype="float32"))
    yield saved(np.zeros((2, 2, 2)))
    yield saved(np.array(3.0))
    yield saved(a, fmt="%d %d %d")
    yield saved(a, fmt=["%d"])


def cases():
    return list(every())
