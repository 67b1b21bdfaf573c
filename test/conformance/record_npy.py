"""Files as numpy.save writes them, in base64, with their values as text."""

import base64
import io

import numpy as np
from numpy.lib import format as npy_format


def saved(array, version=None):
    stream = io.BytesIO()
    if version is None:
        np.save(stream, array)
    else:
        npy_format.write_array(stream, array, version=version)
    return base64.b64encode(stream.getvalue()).decode()


def case(array, same=True, version=None):
    flat = np.asarray(array)
    if flat.dtype.kind == "c":
        values = [[repr(float(x.real)), repr(float(x.imag))] for x in flat.ravel()]
    else:
        values = [repr(x.item()) for x in flat.ravel()]
    return {
        "dtype": str(flat.dtype.newbyteorder("=")),
        "shape": list(flat.shape),
        "values": values,
        "file": saved(array, version),
        "same": same,
    }


def cases():
    result = []
    names = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float32 float64 complex64 complex128"
    for name in names.split():
        dtype = np.dtype(name)
        a = (np.arange(6).reshape(2, 3) * 37 % 101).astype(dtype)
        if dtype.kind == "c":
            a = (a + 1j * a[::-1]).astype(dtype)
        if dtype.kind in "fc":
            a.flat[0] = np.nan
            a.flat[1] = -np.inf
        result.append(case(a))
        result.append(case(np.asfortranarray(a)))
        if dtype.itemsize > 1:
            result.append(case(a.astype(dtype.newbyteorder(">")), same=False))
        result.append(case(a[0, 0]))
        result.append(case(a[:0]))
    result.append(case(np.array([0.1, -2, 65504, 6e-8, np.inf, np.nan], dtype="float16"), same=False))
    result.append(case(np.arange(3.0), same=False, version=(2, 0)))
    result.append(case(np.arange(3.0), same=False, version=(3, 0)))
    return result
