"""Whatever is plotted as plain lists that JSON takes."""

import math


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
        return [flat(values)]
    if len(extent) > 2:
        raise ValueError(f'x and y can be no greater than 2D, but have shapes {extent}')
    return [list(column) for column in zip(*rows(values))]


def thinned(values, most):
    """Rows and columns of a matrix, every k-th of them when there are more than `most`; and the steps."""
    height, width = shape(values)[:2]
    step_y, step_x = -(-height // most), -(-width // most)
    if step_y > 1 or step_x > 1:
        values = values[::step_y, ::step_x] if hasattr(values, 'shape') else [row[::step_x] for row in values[::step_y]]
    return rows(values), step_y, step_x


def finite(values):
    return [value for value in values if isinstance(value, (int, float))]
