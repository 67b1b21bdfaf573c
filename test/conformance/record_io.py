"""Records .npz archives and Matrix Market files as NumPy and SciPy write them, with what they hold.

python3 test/conformance/record_io.py > test/conformance/io.json
"""

import base64
import io
import json

import numpy as np
import scipy
import scipy.io
import scipy.sparse


def plain(a):
    a = np.asarray(a)
    flat = a.reshape(-1)
    if np.iscomplexobj(a):
        values = [[repr(float(z.real)), repr(float(z.imag))] for z in flat]
    elif a.dtype.kind == "f":
        values = [repr(float(x)) for x in flat]
    else:
        values = [str(int(x)) for x in flat]
    return {"dtype": a.dtype.newbyteorder("=").name, "shape": list(a.shape), "values": values}


def npz(save, **arrays):
    file = io.BytesIO()
    save(file, **arrays)
    return base64.b64encode(file.getvalue()).decode()


arrays = {
    "x": np.arange(6.0).reshape(2, 3),
    "columns": np.asfortranarray(np.arange(12, dtype=np.int32).reshape(3, 4)),
    "big_endian": np.array([1.5, -2.25], ">f8"),
    "z": np.array([[1 + 2j, -0.5j]]),
    "flags": np.array([True, False]),
    "none": np.zeros((0, 3)),
}
archives = []
for name, save in [("savez", np.savez), ("savez_compressed", np.savez_compressed)]:
    archives.append({"name": name, "bytes": npz(save, **arrays), "arrays": {k: plain(v) for k, v in arrays.items()}, "refused": []})
archives.append({
    "name": "objects and text",
    "bytes": npz(np.savez, good=np.ones(2), bad=np.array([{}, None], dtype=object), words=np.array(["a", "b"])),
    "arrays": {"good": plain(np.ones(2))},
    "refused": ["bad", "words"],
})

rng = np.random.default_rng(3)
a = rng.integers(-9, 9, (4, 4)).astype(float)
c = a + 1j * rng.integers(-9, 9, (4, 4))
matrices = {
    "array real general": (a[:, :3] / 7, {}),
    "array integer general": (a.astype(int), {}),
    "array complex general": (c / 3, {}),
    "array real symmetric": (a + a.T, {"symmetry": "symmetric"}),
    "array real skew-symmetric": (a - a.T, {"symmetry": "skew-symmetric"}),
    "array complex hermitian": (c + c.conj().T, {"symmetry": "hermitian"}),
    "coordinate real general": (scipy.sparse.coo_array(np.where(abs(a) > 4, a / 7, 0)), {}),
    "coordinate complex general": (scipy.sparse.coo_array(np.where(abs(a) > 4, c, 0)), {}),
    "coordinate real symmetric": (scipy.sparse.coo_array(a + a.T), {"symmetry": "symmetric"}),
    "coordinate real skew-symmetric": (scipy.sparse.coo_array(a - a.T), {"symmetry": "skew-symmetric"}),
    "coordinate complex hermitian": (scipy.sparse.coo_array(c + c.conj().T), {"symmetry": "hermitian"}),
    "coordinate pattern general": (scipy.sparse.coo_array(np.where(abs(a) > 4, 1.0, 0)), {"field": "pattern"}),
}
markets = []
for name, (matrix, options) in matrices.items():
    file = io.BytesIO()
    scipy.io.mmwrite(file, matrix, comment="made by SciPy", **options)
    back = scipy.io.mmread(io.BytesIO(file.getvalue()))
    dense = back.toarray() if scipy.sparse.issparse(back) else back
    markets.append({"name": name, "text": file.getvalue().decode(), "dense": plain(dense)})

sparse = []
pattern = np.where(abs(a) > 4, a / 7, 0)
for kind in ("matrix", "array"):
    for form in ("csr", "csc", "coo", "dia"):
        made = getattr(scipy.sparse, f"{form}_{kind}")(pattern)
        for compressed in (True, False):
            file = io.BytesIO()
            scipy.sparse.save_npz(file, made, compressed=compressed)
            sparse.append({"kind": kind, "format": form, "bytes": base64.b64encode(file.getvalue()).decode(), "dense": plain(pattern)})

text = "# a header\n1.5, 2 ,-3e2\nnan,inf,4\n"
tables = [{"text": text, "delimiter": ",", "values": plain(np.loadtxt(io.StringIO(text), delimiter=","))}]
file = io.StringIO()
np.savetxt(file, np.array([[1.5, -2e-300], [np.nan, 1e22]]))
saved = file.getvalue()
json.dump({"numpy": np.__version__, "scipy": scipy.__version__, "npz": archives, "mtx": markets, "sparse": sparse, "tables": tables, "savetxt": saved}, __import__("sys").stdout, indent=1)
print()
