"""Structured arrays: their fields as columns, and fields added, taken away and renamed."""

from .._core import records as _records
from .._core.creation import asarray as _asarray
from .._core.creation import zeros as _zeros
from .._core.dtypes import _find, result_type
from .._core.fields import record_dtype

__all__ = ['append_fields', 'drop_fields', 'get_names', 'merge_arrays', 'rename_fields', 'repack_fields', 'stack_arrays', 'structured_to_unstructured', 'unstructured_to_structured']


def _made(pairs):
    fields = dict(pairs)
    return _records.structured(fields, record_dtype([(name, field.dtype) for name, field in fields.items()]))


def _pairs(a):
    return [(name, a[name]) for name in a.dtype.names]


def get_names(adtype):
    """Returns the field names of the input datatype as a tuple."""
    return adtype.names


def structured_to_unstructured(arr, dtype=None, copy=False, casting='unsafe'):
    """The fields as a new last axis."""
    fields = [field for _, field in _pairs(arr)]
    kind = _find(dtype) if dtype is not None else result_type(*(f.dtype for f in fields))
    made = _zeros((*arr.shape, len(fields)), kind)
    for k, field in enumerate(fields):
        made[..., k] = field
    return made


def unstructured_to_structured(arr, dtype=None, names=None, align=False, copy=False, casting='unsafe'):
    """The last axis as fields."""
    arr = _asarray(arr)
    n = arr.shape[-1]
    want = _find(dtype) if dtype is not None else record_dtype([(name, arr.dtype) for name in names or [f'f{k}' for k in range(n)]])
    if n != len(want.names):
        raise ValueError('The length of the last dimension of arr must be equal to the number of fields in dtype')
    return _records.structured({name: arr[..., k].astype(part) for k, (name, part, _) in enumerate(want._parts)}, want)


def append_fields(base, names, data, dtypes=None, fill_value=-1, usemask=True, asrecarray=False):
    """Add new fields to an existing array."""
    if usemask:
        raise NotImplementedError('append_fields gives masked arrays by default: say usemask=False here')
    listed = [names] if isinstance(names, str) else list(names)
    columns = [data] if isinstance(names, str) else list(data)
    kinds = [None] * len(listed) if dtypes is None else [dtypes] * len(listed) if not isinstance(dtypes, (list, tuple)) else list(dtypes)
    return _made([*_pairs(base), *((name, _asarray(column, kind)) for name, column, kind in zip(listed, columns, kinds))])


def drop_fields(base, drop_names, usemask=True, asrecarray=False):
    """Return a new array with fields taken away."""
    gone = {drop_names} if isinstance(drop_names, str) else set(drop_names)
    return _made([(name, field) for name, field in _pairs(base) if name not in gone])


def rename_fields(base, namemapper):
    """Rename the fields of a structured array."""
    return _made([(namemapper.get(name, name), field) for name, field in _pairs(base)])


def repack_fields(a, align=False, recurse=False):
    """Fields lie one behind the other here in any case."""
    return a


def merge_arrays(seqarrays, fill_value=-1, flatten=False, usemask=False, asrecarray=False):
    """Merge arrays field by field."""
    pairs = []
    for k, a in enumerate(seqarrays):
        pairs += _pairs(a) if getattr(a.dtype, 'names', None) else [(f'f{k}', a)]
    return _made(pairs)


def stack_arrays(arrays, defaults=None, usemask=True, asrecarray=False, autoconvert=False):
    """Arrays of the same fields one behind the other."""
    from .._core.joining import concatenate

    return concatenate(list(arrays))
