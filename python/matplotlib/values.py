"""Whatever is plotted as plain lists that JSON takes; very many numbers stay an array until somebody asks for them."""

import base64
import math
import struct
from collections.abc import Sequence

# From here on numbers are kept, sent and saved as bytes.
many = 2000


class Series(Sequence):
    """Numbers of an array as a list of them, made when it is looked into; gaps where a number is not finite."""

    def __init__(self, array):
        # Whoever changes the array later has drawn what it was.
        self.array = array.copy()
        self._list = None
        # 0, 1, 2 …, which Plotly counts by itself.
        self.counts = False

    def tolist(self):
        if self._list is None:
            values = self.array.tolist()
            self._list = values if all(map(math.isfinite, values)) else [v if math.isfinite(v) else None for v in values]
        return self._list

    def __len__(self):
        return self.array.size

    def __iter__(self):
        return iter(self.tolist())

    def __getitem__(self, index):
        if isinstance(index, slice):
            return Series(self.array[index]).tolist() if self._list is None else self._list[index]
        return plain(self.array[index])

    def __array__(self, dtype=None, copy=None):
        return self.array if dtype is None else self.array.astype(dtype)

    def finite(self):
        """The array without its gaps."""
        import numpy as np

        known = np.isfinite(self.array)
        return self.array if known.all() else self.array[known]


def series(values):
    """As `flat`; of very many numbers a Series."""
    kind = getattr(getattr(values, 'dtype', None), 'kind', '')
    return Series(values.ravel()) if kind in ('i', 'u', 'f') and values.size >= many else flat(values)


def counted(count):
    """0, 1, 2 …"""
    if count < many:
        return list(range(count))
    import numpy as np

    made = Series(np.arange(count))
    made.counts = True
    return made


def within(values):
    """Values that reach from the least to the greatest of those given; of few ones, all."""
    if not isinstance(values, Series):
        return values
    known = values.finite()
    return [plain(known.min()), plain(known.max())] if known.size else []


def reached(trace, letter):
    """How far a trace reaches along an axis, with its bars of errors."""
    values = trace.get(letter) or ()
    error = trace.get(f'error_{letter}')
    if error is None:
        return within(values)
    up = error['array']
    return [v + e for v, e in zip(values, up) if None not in (v, e)] + [v - e for v, e in zip(values, error.get('arrayminus', up)) if None not in (v, e)]


def positive(values):
    """Of numbers above zero all, or the ends."""
    if isinstance(values, Series):
        known = values.array[values.array > 0]
        return [plain(known.min()), plain(known.max())] if known.size else []
    return [value for value in finite(values) if value > 0]


def packed(trace):
    """A trace with very many numbers as bytes, as Plotly reads them."""
    made = {}
    for key, value in trace.items():
        if key in ('marker', 'line') and isinstance(value, dict):
            made[key] = packed(value)
        elif key in ('x', 'y', 'z', 'color', 'size') and isinstance(value, (list, Series)) and len(value) >= many:
            counts = key == 'x' and isinstance(value, Series) and value.counts
            made |= {'x0': 0, 'dx': 1} if counts else {key: _bytes(value)}
        else:
            made[key] = value
    return made


def _bytes(values):
    if isinstance(values, Series):
        array = values.array
        code = 'f4' if array.dtype == 'float32' else 'f8'
        if array.dtype.kind in 'iu' and -(2**31) <= int(array.min()) and int(array.max()) < 2**31:
            code = 'i4'
        raw = array.astype(f'<{code}').tobytes()
    elif set(map(type, values)) <= {int, float, type(None)}:
        code = 'f8'
        raw = struct.pack(f'<{len(values)}d', *(math.nan if value is None else value for value in values))
    else:
        return values
    return {'dtype': code, 'bdata': base64.b64encode(raw).decode('ascii')}


def flat(values):
    """A list of numbers, texts or dates; gaps where a number is not finite."""
    if values is None:
        return None
    if hasattr(values, 'ravel'):
        values = values.ravel()
    if hasattr(values, 'tolist'):
        values = values.tolist()
    if isinstance(values, (str, bytes)) or not hasattr(values, '__iter__'):
        values = [values]
    return [plain(value) for value in values]


def plain(value):
    if hasattr(value, 'item') and not isinstance(value, (int, float, complex)):
        value = value.item()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, complex):
        value = value.real
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if hasattr(value, 'isoformat'):
        return value.isoformat()
    return None if value is None else str(value)


def rows(values):
    """A list of lists of numbers."""
    if hasattr(values, 'tolist'):
        values = values.tolist()
    return [[plain(value) if not hasattr(value, '__len__') else flat(value) for value in row] for row in values]


def shape(values):
    found = getattr(values, 'shape', None)
    if found is not None:
        return tuple(found)
    if hasattr(values, '__len__') and not isinstance(values, str):
        return (len(values), *shape(values[0])) if len(values) else (0,)
    return ()


def columns(values):
    """The columns of a matrix, or the one list that there is."""
    extent = shape(values)
    if len(extent) < 2:
        return [series(values)]
    if len(extent) > 2:
        raise ValueError(f'x and y can be no greater than 2D, but have shapes {extent}')
    if hasattr(values, 'ravel') and extent[0] >= many:
        return [series(values[:, at]) for at in range(extent[1])]
    return [list(column) for column in zip(*rows(values))]


def thinned(values, most):
    """Rows and columns of a matrix, every k-th of them when there are more than `most`; and the steps."""
    height, width = shape(values)[:2]
    step_y, step_x = -(-height // most), -(-width // most)
    if step_y > 1 or step_x > 1:
        values = values[::step_y, ::step_x] if hasattr(values, 'shape') else [row[::step_x] for row in values[::step_y]]
    return rows(values), step_y, step_x


def finite(values):
    if isinstance(values, Series):
        return values.finite().tolist()
    return [value for value in values if isinstance(value, (int, float))]
