"""Matrix Market files of SciPy: `scipy.io.mmread`, `mmwrite` and `mminfo`."""

import os as _os

import numpy as _np
from scipy import sparse as _sparse

_FIELDS = {'real': float, 'double': float, 'integer': int, 'unsigned-integer': int, 'complex': complex, 'pattern': None}
_SYMMETRIES = ('general', 'symmetric', 'skew-symmetric', 'hermitian')


def _text(source):
    if hasattr(source, 'read'):
        read = source.read()
        return read.decode('latin-1') if isinstance(read, bytes) else read
    path = _os.fspath(source)
    if not _os.path.exists(path) and _os.path.exists(f'{path}.mtx'):
        path = f'{path}.mtx'
    with open(path, encoding='latin-1') as file:
        return file.read()


def _parsed(source):
    lines = _text(source).splitlines()
    head = lines[0].lower().split() if lines else []
    if len(head) != 5 or head[0] != '%%matrixmarket':
        raise ValueError('Line 1: Not a Matrix Market file. Missing banner.')
    _, kind, layout, field, symmetry = head
    if kind != 'matrix' or layout not in ('array', 'coordinate') or field not in _FIELDS or symmetry not in _SYMMETRIES:
        raise ValueError(f'Line 1: Invalid MatrixMarket header: {lines[0]}')
    rest = (line for line in lines[1:] if line.strip() and not line.lstrip().startswith('%'))
    size = [int(word) for word in next(rest, '').split()]
    if len(size) != (2 if layout == 'array' else 3):
        raise ValueError('Invalid MatrixMarket header: the line of sizes is missing')
    rows, cols = size[:2]
    entries = size[2] if layout == 'coordinate' else rows * cols
    return rows, cols, entries, layout, 'real' if field == 'double' else field, symmetry, rest


def mminfo(source):
    """Return the rows, columns, entries, format, field and symmetry of a Matrix Market file."""
    return _parsed(source)[:6]


def _number(words, make):
    if make is None:
        return 1.0
    return complex(float(words[0]), float(words[1])) if make is complex else make(words[0])


def _mirrored(value, symmetry):
    if symmetry == 'skew-symmetric':
        return -value
    return value.conjugate() if symmetry == 'hermitian' else value


def mmread(source, *, spmatrix=True):
    """Read a Matrix Market file: coordinates as a sparse matrix in COO format, a full array as an ndarray."""
    rows, cols, entries, layout, field, symmetry, lines = _parsed(source)
    make = _FIELDS[field]
    lines = [line.split() for line in lines]
    # Half of an array with symmetry is in the file.
    told = entries
    if layout == 'array' and symmetry != 'general':
        told = rows * (rows + (-1 if symmetry == 'skew-symmetric' else 1)) // 2
    if len(lines) != told:
        raise ValueError(f'Expected {told} entries but the file has {len(lines)}')
    dtype = _np.int64 if make is int else _np.complex128 if make is complex else _np.float64
    if layout == 'array':
        made = _np.zeros((rows, cols), dtype=dtype)
        values = iter(lines)
        for j in range(cols):
            first = 0 if symmetry == 'general' else j + (symmetry == 'skew-symmetric')
            for i in range(first, rows):
                value = _number(next(values), make)
                made[i, j] = value
                if symmetry != 'general' and i != j:
                    made[j, i] = _mirrored(value, symmetry)
        return made
    at_rows, at_cols, data = [], [], []
    for i, j, *words in lines:
        i, j, value = int(i) - 1, int(j) - 1, _number(words, make)
        at_rows.append(i)
        at_cols.append(j)
        data.append(value)
        if symmetry != 'general' and i != j:
            at_rows.append(j)
            at_cols.append(i)
            data.append(_mirrored(value, symmetry))
    made = _sparse.coo_matrix if spmatrix else _sparse.coo_array
    where = (_np.array(at_rows, dtype=_np.int32), _np.array(at_cols, dtype=_np.int32))
    return made((_np.array(data, dtype=dtype), where), shape=(rows, cols))


def mmwrite(target, a, comment=None):
    """Write a matrix, sparse or full, as a Matrix Market file; every digit is kept."""
    full = not _sparse.issparse(a)
    coo = None if full else a.tocoo()
    array = _np.atleast_2d(_np.asarray(a)) if full else coo.data
    rows, cols = array.shape if full else coo.shape
    kind = array.dtype.kind
    field = {'c': 'complex', 'f': 'real', 'i': 'integer', 'u': 'integer', 'b': 'integer'}.get(kind)
    if field is None:
        raise TypeError(f'unexpected dtype kind {kind}')
    lines = [f'%%MatrixMarket matrix {"array" if full else "coordinate"} {field} general']
    lines += [f'%{line}' for line in (comment or '').split('\n')]
    flat = (array.T.ravel() if full else array).tolist()
    words = [f'{x.real!r} {x.imag!r}' if field == 'complex' else repr(int(x) if field == 'integer' else x) for x in flat]
    lines.append(f'{rows} {cols}' if full else f'{rows} {cols} {len(words)}')
    if full:
        lines += words
    else:
        lines += [f'{i + 1} {j + 1} {word}' for i, j, word in zip(coo.row.tolist(), coo.col.tolist(), words)]
    text = '\n'.join(lines) + '\n'
    if hasattr(target, 'write'):
        target.write(text.encode('latin-1'))
        return
    path = _os.fspath(target)
    with open(path if path.endswith('.mtx') else f'{path}.mtx', 'w', encoding='latin-1') as file:
        file.write(text)
