"""Arrays in files: .npy, .npz and text."""

import ast
import collections.abc
import io
import os
import pickle
import struct

from . import link
from .buffers import of_file, parts
from .creation import array, asanyarray as asarray
from .dtypes import _find
from .swapped import turn

ndarray = link.ndarray
_magic = b'\x93NUMPY'


def _write_npy(file, a, allow_pickle=True):
    if a.dtype.hasobject and not allow_pickle:
        raise ValueError('Object arrays cannot be saved when allow_pickle=False')
    fortran = not a._boxed and a.flags.fnc
    header = f"{{'descr': {(a.dtype.str if a.dtype.names is None else a.dtype.descr)!r}, 'fortran_order': {fortran}, 'shape': {a.shape}, }}"
    wide = len(header) > 65000
    length = len(_magic) + (6 if wide else 4) + len(header) + 1
    header += ' ' * (-length % 64) + '\n'
    if wide:
        link.warn('Stored array in format 2.0. It can only beread by NumPy >= 1.9', UserWarning)
    file.write(_magic + (b'\x02\x00' if wide else b'\x01\x00') + struct.pack('<I' if wide else '<H', len(header)) + header.encode('latin1'))
    if a.dtype.hasobject:
        pickle.dump(a, file, protocol=4)
        return
    for part in parts(a.T if fortran else a):
        file.write(part)


def _read_header(file, allow_pickle=False):
    """What a .npy file says of its array; the file then stands where the elements begin."""
    start = file.read(8)
    if start[:6] != _magic:
        raise ValueError('This file contains pickled (object) data. If you trust the file you can load it unsafely using the `allow_pickle=` keyword argument or `pickle.load()`.')
    size = '<H' if start[6] == 1 else '<I'
    length = struct.unpack(size, file.read(struct.calcsize(size)))[0]
    header = ast.literal_eval(file.read(length).decode('latin1'))
    descr = header['descr']
    if not allow_pickle and (descr == '|O' or "'|O'" in str(descr)):
        raise ValueError('Object arrays cannot be loaded when allow_pickle=False')
    return header


def _fields(descr):
    """A list of fields as a file has it: what lies between them has no name."""
    if isinstance(descr, str):
        return descr
    at, fields = 0, {'names': [], 'formats': [], 'offsets': []}
    for name, kind, *shape in descr:
        part = _find((_fields(kind), *shape) if shape else _fields(kind))
        if name:
            for key, value in zip(fields, (name, part, at)):
                fields[key].append(value)
        at += part.itemsize
    return {**fields, 'itemsize': at}


def _read_npy(file, allow_pickle=False):
    header = _read_header(file, allow_pickle)
    descr, shape = header['descr'], header['shape']
    if descr == '|O' or "'|O'" in str(descr):
        return pickle.load(file)
    swap = isinstance(descr, str) and descr[:1] == '>'
    t = _find(descr[1:] if isinstance(descr, str) and descr[:1] in '<>|=' else _fields(descr))
    count = 1
    for n in shape:
        count *= n
    if t.kind in 'US':
        n = t.itemsize
        raw = file.read(count * n)
        texts = [raw[k:k + n] for k in range(0, len(raw), n)] if n else [b''] * count
        a = array([p.decode('utf-32-be' if swap else 'utf-32-le').rstrip('\0') if t.kind == 'U' else p.rstrip(b'\0') for p in texts], t)
    else:
        a = of_file(file, t, count)
    if a.size < count:
        raise ValueError(f'Failed to read all data for array. Expected {shape} = {count} elements, could only read {a.size} elements. (file seems not fully written?)')
    if swap and t.kind not in 'US':
        a = turn(a.byteswap(), _find(descr)) if t._code < 13 and t.itemsize > 1 else a.byteswap()
    return a.reshape(shape[::-1]).T if header['fortran_order'] else a.reshape(shape)


def save(file, arr, allow_pickle=True):
    """Save an array to a binary file in NumPy .npy format."""
    a = asarray(arr)
    if hasattr(file, 'write'):
        _write_npy(file, a, allow_pickle)
        return
    path = os.fspath(file)
    with open(path if path.endswith('.npy') else path + '.npy', 'wb') as out:
        _write_npy(out, a, allow_pickle)


def load(file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding='ASCII', *, max_header_size=10000):
    """Load arrays from .npy or .npz files."""
    if hasattr(file, 'read'):
        start = file.read(6)
        file.seek(-len(start), 1)
        if start[:2] == b'PK':
            return NpzFile(file, allow_pickle=allow_pickle)
        if not start:
            raise EOFError('No data left in file')
        return _read_npy(file, allow_pickle)
    with open(os.fspath(file), 'rb') as source:
        start = source.read(6)
        source.seek(0)
        if start[:2] == b'PK':
            return NpzFile(open(os.fspath(file), 'rb'), own_fid=True, allow_pickle=allow_pickle)
        if not start:
            raise EOFError('No data left in file')
        if mmap_mode is not None:
            from .mapped import memmap

            header = _read_header(source)
            return memmap(file, header['descr'], mmap_mode, source.tell(), header['shape'], 'F' if header['fortran_order'] else 'C')
        return _read_npy(source, allow_pickle)


class NpzFile(collections.abc.Mapping):
    """The arrays of a .npz file by name; each is read when it is asked for."""

    zip = fid = None

    def __init__(self, fid, own_fid=False, allow_pickle=False):
        import zipfile

        self.allow_pickle = allow_pickle

        self.zip = zipfile.ZipFile(fid)
        self._files = self.zip.namelist()
        self.files = [name.removesuffix('.npy') for name in self._files]
        self.f = _Attributes(self)
        if own_fid:
            self.fid = fid
        self._name = str(getattr(fid, 'name', 'object'))

    def __repr__(self):
        shown = ', '.join(self.files[:5]) + ('...' if len(self.files) > 5 else '')
        return f'NpzFile {self._name!r} with keys: {shown}'

    def __getitem__(self, key):
        name = key if key in self._files else f'{key}.npy'
        if name not in self._files:
            raise KeyError(f'{key} is not a file in the archive')
        if self.zip is None:
            raise AttributeError("'NoneType' object has no attribute 'open'")
        with self.zip.open(name) as part:
            start = part.read(len(_magic))
        if start != _magic:
            return self.zip.read(name)
        with self.zip.open(name) as part:
            return _read_npy(part, self.allow_pickle)

    def __iter__(self):
        return iter(self.files)

    def __len__(self):
        return len(self.files)

    def __contains__(self, key):
        return key in self._files or key in self.files

    def close(self):
        """Close the file."""
        if self.zip is not None:
            self.zip.close()
            self.zip = None
        if self.fid is not None:
            self.fid.close()
            self.fid = None
        self.f = None

    def __del__(self):
        self.close()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()


class _Attributes:
    """The arrays of a .npz file as attributes."""

    def __init__(self, archive):
        import weakref

        self._archive = weakref.proxy(archive)

    def __getattribute__(self, name):
        try:
            return object.__getattribute__(self, '_archive')[name]
        except KeyError:
            raise AttributeError(name) from None

    def __dir__(self):
        return list(object.__getattribute__(self, '_archive').keys())


def _savez(file, args, kwds, compress, allow_pickle):
    import zipfile

    named = dict(kwds)
    for k, a in enumerate(args):
        name = f'arr_{k}'
        if name in named:
            raise ValueError(f'Cannot use un-named variables and keyword {name}')
        named[name] = a
    if not hasattr(file, 'write'):
        file = os.fspath(file)
        file = file if file.endswith('.npz') else file + '.npz'
    with zipfile.ZipFile(file, 'w', zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED) as out:
        for name, a in named.items():
            with out.open(f'{name}.npy', 'w', force_zip64=True) as part:
                _write_npy(part, asarray(a), allow_pickle)


def savez(file, *args, allow_pickle=True, **kwds):
    """Save several arrays into a single file in uncompressed .npz format."""
    _savez(file, args, kwds, False, allow_pickle)


def savez_compressed(file, *args, allow_pickle=True, **kwds):
    """Save several arrays into a single file in compressed .npz format."""
    _savez(file, args, kwds, True, allow_pickle)


_packed = {'.gz': 'gzip', '.bz2': 'bz2', '.xz': 'lzma'}


def _opened(path, mode, encoding):
    """A text file, unpacked where its name says that it is packed."""
    import importlib

    module = _packed.get(os.path.splitext(path)[1])
    return open(path, mode, encoding=encoding) if module is None else importlib.import_module(module).open(path, f'{mode}t', encoding=encoding)


def _text_writer(fname, encoding):
    if hasattr(fname, 'write'):
        return fname, False
    return _opened(os.fspath(fname), 'w', encoding), True


def savetxt(fname, X, fmt='%.18e', delimiter=' ', newline='\n', header='', footer='', comments='# ', encoding=None):
    """Save an array to a text file."""
    X = asarray(X)
    if X.ndim == 0 or X.ndim > 2:
        raise ValueError(f'Expected 1D or 2D array, got {X.ndim}D array instead')
    records = X.dtype.names is not None
    if X.ndim == 1 and not records:
        X = X.reshape(-1, 1)
    n = len(X.dtype.names) if records else X.shape[1]
    if isinstance(fmt, (list, tuple)):
        if len(fmt) != n:
            raise AttributeError(f'fmt has wrong shape.  {fmt!s}')
        line = delimiter.join(fmt)
    elif not isinstance(fmt, str):
        raise ValueError(f'invalid fmt: {fmt!r}')
    elif fmt.count('%') == 1:
        line = delimiter.join([f' ({fmt}+{fmt}j)' if X.dtype.kind == 'c' else fmt] * n)
    elif fmt.count('%') == n * (2 if X.dtype.kind == 'c' else 1):
        line = fmt
    else:
        raise ValueError(f'fmt has wrong number of % formats:  {fmt}')
    out, mine = _text_writer(fname, encoding or 'utf-8')

    def write(text):
        try:
            out.write(text)
        except TypeError:
            out.write(text.encode(encoding or 'latin1'))

    try:
        if header:
            write(comments + header.replace('\n', '\n' + comments) + newline)
        for row in X.tolist():
            if X.dtype.kind == 'c':
                row = [part for z in row for part in (z.real, z.imag)]
                write((line % tuple(row) + newline).replace('+-', '-'))
            else:
                try:
                    write(line % tuple(row) + newline)
                except TypeError as error:
                    raise TypeError(f"Mismatch between array dtype ('{X.dtype}') and format specifier ('{line}')") from error
        if footer:
            write(comments + footer.replace('\n', '\n' + comments) + newline)
    finally:
        if mine:
            out.close()


def _lines(fname, encoding):
    """The lines of a file or of anything that gives lines, one after the other: what is not read stays in an open file."""
    if encoding == 'bytes':
        encoding = None
    if isinstance(fname, (str, os.PathLike)):
        path = os.fspath(fname)
        try:
            source = _opened(path, 'r', encoding or 'utf-8')
        except FileNotFoundError:
            raise FileNotFoundError(f'{path} not found.') from None
        with source:
            yield from source.read().splitlines()
        return
    for line in fname:
        yield line.decode(encoding or 'latin1') if isinstance(line, bytes) else line


def _quoted(line, delimiter, quote, marks):
    """The parts of a line in which some stand between quotes: there delimiters and marks of comments are text, and two quotes are one."""
    parts, part, inside, begun, k = [], '', False, False, 0
    while k < len(line):
        if inside:
            if line[k] == quote and line[k + 1:k + 2] == quote:
                part += quote
                k += 1
            elif line[k] == quote:
                inside = False
            else:
                part += line[k]
        elif line[k] == quote and not part.strip():
            part, inside, begun = '', True, True
        elif any(mark and line.startswith(mark, k) for mark in marks):
            break
        elif delimiter is None and line[k].isspace():
            if begun or part:
                parts.append(part)
            part, begun = '', False
        elif delimiter is not None and line.startswith(delimiter, k):
            parts.append(part)
            part, begun = '', False
            k += len(delimiter) - 1
        else:
            part += line[k]
        k += 1
    return [*parts, part] if begun or part or (parts and delimiter is not None) else parts


def _number(text, t):
    text = text.strip()
    if t.kind in 'iu':
        try:
            return int(text)
        except ValueError:
            if set(text) & set('.eE'):
                raise
            raise
    if t.kind == 'c':
        return complex(text.replace(' ', '').replace('+-', '-'))
    if t.kind == 'b':
        return bool(int(text))
    return float(text)


_uncounted = ('Input line {} contained no data and will not be counted towards `max_rows={}`.  This differs from the behaviour in NumPy <=1.22 which counted lines rather than '
              'rows.  If desired, the previous behaviour can be achieved by using `itertools.islice`.\nPlease see the 1.23 release notes for an example on how to do this.  If you '
              'wish to ignore this warning, use `warnings.filterwarnings`.  This warning is expected to be removed in the future and is given only once per `loadtxt` call.')


def loadtxt(fname, dtype=float, comments='#', delimiter=None, converters=None, skiprows=0, usecols=None, unpack=False, ndmin=0,
            encoding=None, max_rows=None, *, quotechar=None, like=None):
    """Load data from a text file."""
    t = _find(dtype)
    for sign in (delimiter, quotechar):
        if isinstance(sign, str) and len(sign) != 1:
            raise TypeError(f'Text reading control character must be a single unicode character or None; but got: {sign!r}')
    marks = [comments] if isinstance(comments, (str, bytes)) else list(comments or ())
    marks = [mark.decode('latin1') if isinstance(mark, bytes) else mark for mark in marks]
    if usecols is not None:
        usecols = [*usecols] if isinstance(usecols, (list, tuple, ndarray, range, set)) else [usecols]
        if wrong := [c for c in usecols if not hasattr(c, '__index__')]:
            raise TypeError(f"usecols must be an int or a sequence of ints but it contains at least one element of type '{type(wrong[0]).__name__}'")
        usecols = [*map(link.as_index, usecols)]
    rows = []
    warned = max_rows is None
    for k, line in enumerate(_lines(fname, encoding)):
        if k < skiprows:
            continue
        parts = None if quotechar is None else _quoted(line.rstrip('\r\n'), delimiter, quotechar, marks)
        for mark in marks if parts is None else ():
            line = line.partition(mark)[0]
        line = line.strip(' \r\n') if delimiter is None or delimiter.strip() else line.strip('\r\n')
        if not (line.strip() if parts is None else parts):
            if not warned:
                warned = True
                link.warn(_uncounted.format(k + 1, max_rows), UserWarning)
            continue
        parts = line.split(delimiter) if parts is None else parts
        chosen = range(len(parts)) if usecols is None else usecols
        if t.num >= 17 and not converters:
            rows.append([parts[column].strip() if delimiter is None and quotechar is None else parts[column] for column in chosen])
            if max_rows is not None and len(rows) >= max_rows:
                break
            continue
        values = []
        for column in chosen:
            try:
                part = parts[column]
            except IndexError:
                raise ValueError(f'invalid column index {column} at row {len(rows) + 1} with {len(parts)} columns') from None
            try:
                if callable(converters):
                    values.append(converters(part))
                elif converters and column in converters:
                    values.append(converters[column](part))
                else:
                    values.append(_number(part, t))
            except ValueError:
                raise ValueError(f'could not convert string {part.strip()!r} to {t.name} at row {len(rows)}, column {column + 1}.') from None
        if rows and len(values) != len(rows[0]):
            raise ValueError(f'the number of columns changed from {len(rows[0])} to {len(values)} at row {len(rows) + 1}; use `usecols` to select a subset and avoid this error')
        rows.append(values)
        if max_rows is not None and len(rows) >= max_rows:
            break
    if not rows:
        link.warn(f'loadtxt: input contained no data: "{fname}"', UserWarning)
        made = array([], t)
    else:
        if t.names is not None:
            from .columns import table

            made = table(rows, None, t)
            return [made[name] for name in t.names] if unpack else made
        made = array(rows, t)
        if ndmin < 2:
            if made.shape[0] == 1 or made.shape[1] == 1:
                made = made.reshape(-1) if made.size > 1 or ndmin == 1 else made.reshape(())
    if ndmin == 2 and made.ndim < 2:
        made = made.reshape(1, -1) if made.size else made.reshape(0, 1)
    return made.T if unpack and made.ndim > 1 else made
