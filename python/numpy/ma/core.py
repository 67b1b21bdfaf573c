"""Arrays of which some elements are masked: not there, or not to be trusted. The data and the mask are arrays by themselves."""

import builtins

import numpy as np

from .._core import link
from .._core.guest import guest, shapes

_new = object.__new__
nomask = np.False_
_fills = {'b': True, 'c': 1e20 + 0j, 'f': 1e20, 'i': 999999, 'u': 999999, 'O': '?', 'S': b'N/A', 'U': 'N/A'}


class MaskError(Exception):
    """A mask that does not fit its data."""


class MAError(Exception):
    """Any error of masked arrays."""


class _Printed:
    """What stands for a masked element."""

    _text = '--'

    def __str__(self):
        return self._text

    __repr__ = __str__

    def display(self):
        """The text."""
        return self._text

    def set_display(self, text):
        """Sets the text."""
        self._text = text


masked_print_option = _Printed()


class MaskedArray(guest):
    """
    MaskedArray(data, mask=nomask, dtype=None, copy=False, fill_value=None, keep_mask=True, hard_mask=None)

    An array with possibly masked values: where the mask is True, an element takes part in nothing.
    """

    __slots__ = ('_data', '_fill', '_hard', '_mask')
    __module__ = 'numpy.ma'
    __array_priority__ = 15
    _place = ('numpy.ma.core', 4)

    def __new__(cls, data=None, mask=nomask, dtype=None, copy=False, subok=True, ndmin=0, fill_value=None, keep_mask=True, hard_mask=None, shrink=True, order=None):
        if data is masked_singleton():
            return data
        inner = getattr(data, '_mask', nomask)
        if isinstance(data, (list, tuple)) and any(isinstance(x, MaskedArray) for x in data):
            inner = np.array([getmaskarray(x) for x in data])
            data = [getdata(x) for x in data]
        found = np.array(getdata(data), dtype=dtype, copy=True if copy else None, order=order or 'K', ndmin=ndmin)
        made = _of(found if copy or not isinstance(data, np.ndarray) else found[...], nomask)
        if mask is nomask:
            made._mask = nomask if inner is nomask else np.array(inner, copy=copy or None).reshape(found.shape)
        else:
            given = np.zeros(found.shape, bool) if mask is False else np.ones(found.shape, bool) if mask is True else np.array(mask, bool)
            if given.shape != found.shape:
                if given.size == 1:
                    given = np.full(found.shape, builtins.bool(given.ravel()[0]))
                elif given.size == found.size:
                    given = given.reshape(found.shape)
                else:
                    raise MaskError(f'Mask and data not compatible: data size is {found.size}, mask size is {given.size}.')
            made._mask = given | inner if keep_mask and inner is not nomask else given
        if fill_value is None:
            fill_value = getattr(data, '_fill', None)
        made._fill = None if fill_value is None else _checked_fill(fill_value, made.dtype)
        made._hard = builtins.bool(getattr(data, '_hard', False) if hard_mask is None else hard_mask)
        return made

    def __getattr__(self, name):
        raise AttributeError(f"'MaskedArray' object has no attribute {name!r}")

    # What the array is ------------------------------------------------------------

    dtype = property(lambda self: self._data.dtype, doc="Data-type of the array's elements.")
    itemsize = property(lambda self: self._data.itemsize, doc='Length of one array element in bytes.')
    strides = property(lambda self: self._data.strides, doc='Steps in bytes.')
    data = property(lambda self: self._data, doc='The data, masked elements too.')
    baseclass = property(lambda self: np.ndarray, doc='The class of the data.')
    hardmask = property(lambda self: self._hard, doc='Whether values can be set where the mask is True.')
    sharedmask = property(lambda self: False, doc='Whether the mask is shared.')
    recordmask = property(lambda self: self._mask, doc='The mask.')
    real = property(lambda self: self._like(self._data.real, self._mask), doc='The real part.')
    imag = property(lambda self: self._like(self._data.imag, self._mask), doc='The imaginary part.')
    T = property(lambda self: self.transpose(), doc='The transposed array.')
    flat = property(lambda self: iter(self.ravel()), doc='An iterator over the elements.')

    @property
    def mask(self):
        """True where an element is masked."""
        return self._mask if self._mask is nomask else self._mask[...]

    @mask.setter
    def mask(self, value):
        if self._mask is nomask:
            if value is nomask:
                return
            self._mask = np.zeros(self.shape, bool)
        given = True if value is masked else value
        given = np.asarray(given, bool)
        if given.ndim and given.size == self.size:
            given = given.reshape(self.shape)
        if self._hard:
            self._mask |= given
        else:
            self._mask[...] = given

    @property
    def fill_value(self):
        """What `filled` puts where an element is masked."""
        if self._fill is None:
            self._fill = _checked_fill(None, self.dtype)
        return self._fill

    @fill_value.setter
    def fill_value(self, value):
        self._fill = _checked_fill(value, self.dtype)

    def get_fill_value(self):
        """The fill value."""
        return self.fill_value

    def set_fill_value(self, value=None):
        """Sets the fill value."""
        self.fill_value = value

    def harden_mask(self):
        """Masked elements stay masked whatever is assigned."""
        self._hard = True
        return self

    def soften_mask(self):
        """Assigning unmasks."""
        self._hard = False
        return self

    def unshare_mask(self):
        """Gives the array a mask of its own."""
        if self._mask is not nomask:
            self._mask = self._mask.copy()
        return self

    def shrink_mask(self):
        """A mask without a True becomes none."""
        if self._mask is not nomask and not self._mask.any():
            self._mask = nomask
        return self

    def _like(self, data, mask=None):
        """Another array under the same fill value."""
        made = _of(data, nomask if mask is None else mask)
        made._fill, made._hard = None if self._fill is None else _checked_fill(self._fill, made.dtype), self._hard
        return made

    def _become(self, other):
        self._data = other._data
        self._mask = other._mask
        self._lean(getattr(other._data, '_codes', other._data))

    def _as_numbers(self, dtype):
        return self._data.astype(dtype)

    # Elements ------------------------------------------------------------------------

    def __getitem__(self, key):
        if isinstance(key, tuple):
            key = tuple(getdata(k) if isinstance(k, MaskedArray) else k for k in key)
        elif isinstance(key, MaskedArray):
            key = key._data
        found = self._data[key]
        mask = nomask if self._mask is nomask else self._mask[key]
        if not isinstance(found, np.ndarray):
            return masked if mask else found
        made = self._like(found, mask)
        return self._view_of(made) if getattr(found, 'base', None) is not None else made

    def __setitem__(self, key, value):
        if isinstance(key, tuple):
            key = tuple(getdata(k) if isinstance(k, MaskedArray) else k for k in key)
        elif isinstance(key, MaskedArray):
            key = key._data
        if value is masked:
            if self._mask is nomask:
                self._mask = np.zeros(self.shape, bool)
            self._mask[key] = True
            return
        mask = getmask(value)
        if isinstance(value, (list, tuple)) and any(x is masked for x in value):
            mask = np.array([x is masked for x in value])
            value = [0 if x is masked else x for x in value]
        data = getdata(value) if isinstance(value, np.ndarray) else value
        if self._mask is nomask:
            self._data[key] = data
            if mask is not nomask:
                self._mask = np.zeros(self.shape, bool)
                self._mask[key] = mask
        elif not self._hard:
            self._data[key] = data
            self._mask[key] = mask
        else:
            open_ = ~self._mask[key]
            if isinstance(open_, np.ndarray):
                part = self._data[key]
                part[open_] = np.broadcast_to(np.asarray(data), part.shape)[open_]
                self._data[key] = part
                self._mask[key] = self._mask[key] | mask
            elif open_:
                self._data[key] = data

    def __len__(self):
        return len(self._data)

    def __contains__(self, value):
        return builtins.bool((self == value).any() is not masked and (self == value).any())

    def item(self, *args):
        """Copy an element to a standard Python scalar."""
        return self._data.item(*args)

    def tolist(self, fill_value=None):
        """The elements as nested lists; masked ones are None, or what is given."""
        if self._mask is nomask:
            return self._data.tolist()
        if fill_value is not None:
            return self.filled(fill_value).tolist()

        def rows(data, mask):
            return [rows(x, m) for x, m in zip(data, mask)] if isinstance(data, list) else None if mask else data

        return rows(self._data.tolist(), self._mask.tolist())

    def filled(self, fill_value=None):
        """The data with masked elements replaced by the fill value."""
        if self._mask is nomask:
            return self._data
        fill = self.fill_value if fill_value is None else _checked_fill(fill_value, self.dtype)
        if not self.ndim:
            return np.asarray(fill, self.dtype) if self._mask else self._data
        made = self._data.copy()
        made[self._mask] = np.asarray(fill).astype(self.dtype) if self.dtype.kind in 'biufc' else fill
        return made

    def compressed(self):
        """The elements that are not masked, in one dimension."""
        flat = self._data.ravel()
        return flat if self._mask is nomask else flat[~self._mask.ravel()]

    def compress(self, condition, axis=None, out=None):
        """The elements where a condition is True."""
        return _again('compress', (condition, self, axis), {})

    def count(self, axis=None, keepdims=False):
        """How many elements are not masked."""
        made = (~getmaskarray(self)).sum(axis=axis, keepdims=keepdims)
        return made

    def copy(self, order='C'):
        """Return a copy of data and mask."""
        return self._like(self._data.copy(), nomask if self._mask is nomask else self._mask.copy())

    def astype(self, dtype, order='K', casting='unsafe', subok=True, copy=True):
        """Copy of the array, cast to a specified type."""
        return self._like(self._data.astype(dtype), nomask if self._mask is nomask else self._mask.copy())

    def view(self, dtype=None, type=None, fill_value=None):
        """New view of array with the same data."""
        if dtype is np.ndarray or type is np.ndarray:
            return self._data[...]
        return self._view_of(self._like(self._data[...] if dtype is None or dtype is MaskedArray else self._data.view(dtype), self._mask))

    def ravel(self, order='C'):
        """A 1-d view of the array."""
        return _again('ravel', (self, order), {})

    def flatten(self, order='C'):
        """A 1-d copy of the array."""
        return self.copy().ravel(order)

    def reshape(self, *shape, order='C', copy=None):
        """The same elements in a new shape."""
        return _again('reshape', (self, shape[0] if len(shape) == 1 else shape, order), {})

    def transpose(self, *axes):
        """The array with axes transposed."""
        axes = axes[0] if len(axes) == 1 and isinstance(axes[0], (tuple, list, type(None))) else axes or None
        return _again('transpose', (self, axes), {})

    def swapaxes(self, axis1, axis2):
        """Two axes interchanged."""
        return _again('swapaxes', (self, axis1, axis2), {})

    def diagonal(self, offset=0, axis1=0, axis2=1):
        """The diagonals."""
        return _again('diagonal', (self, offset, axis1, axis2), {})

    def squeeze(self, axis=None):
        """Axes of length one removed."""
        return _again('squeeze', (self, axis), {})

    def repeat(self, repeats, axis=None):
        """Repeats elements."""
        return _again('repeat', (self, repeats, axis), {})

    def take(self, indices, axis=None, out=None, mode='raise'):
        """Elements at indices."""
        return _again('take', (self, indices, axis), {})

    # Python ------------------------------------------------------------------------------

    def _shown(self):
        if self._mask is nomask:
            return self._data
        if not self.ndim:
            return masked_print_option if self._mask else self._data
        made = self._data.astype(object)
        made[self._mask] = masked_print_option
        return made

    def __str__(self):
        return str(self._shown())

    def __repr__(self):
        implied = self.dtype.name in ('int64', 'float64', 'complex128', 'bool')
        keys = ['data', 'mask', 'fill_value']
        if not implied or self.size == 0 or builtins.bool(np.all(self._mask)):
            keys.append('dtype')
        start = 'masked_array('
        if builtins.all(n == 1 for n in self.shape[:-1]):
            indents = {'data': start, **{k: ' ' * builtins.max(2, len(start) + 4 - len(k)) for k in keys[1:]}}
            start = ''
        else:
            indents = dict.fromkeys(keys, '  ')
            start += '\n'
        fill = self.fill_value
        told = {
            'data': np.array2string(self._shown(), separator=', ', prefix=indents['data'] + 'data=', suffix=',') if self.ndim else str(self._shown()),
            'mask': np.array2string(np.asarray(self._mask), separator=', ', prefix=indents['mask'] + 'mask=', suffix=','),
            'fill_value': repr(fill.item()) if self.dtype.kind in 'US' else str(fill) if getattr(fill, 'dtype', None) == self.dtype else repr(fill),
            'dtype': self.dtype.name if self.dtype.kind in 'biufc' else repr(self.dtype.str),
        }
        return start + ',\n'.join(f'{indents[k]}{k}={told[k]}' for k in keys) + ')'

    def __format__(self, spec):
        return format(str(self), spec) if spec == '' or self.ndim else format(self[()], spec)

    def _only(self):
        if self.size > 1:
            raise TypeError('Only length-1 arrays can be converted to Python scalars')
        return np.nan if getmaskarray(self).any() else self._data.item()

    def __float__(self):
        if self.size == 1 and getmaskarray(self).any():
            link.warn('Warning: converting a masked element to nan.', UserWarning)
            return float('nan')
        return float(self._only())

    def __int__(self):
        if self.size == 1 and getmaskarray(self).any():
            raise MaskError('Cannot convert masked element to a Python int.')
        return int(self._only())

    def __bool__(self):
        if self.size != 1:
            return np.ndarray.__bool__(self._data)
        return not getmaskarray(self).any() and builtins.bool(self._data)

    def __reduce__(self):
        return (_rebuild, (self._data, self._mask, self._fill))

    def __array__(self, dtype=None, copy=None):
        return self._data if dtype is None else self._data.astype(dtype)

    # In place: masked elements keep their data ----------------------------------------------

    def _inplace(self, name, other, neutral):
        mask = getmask(other)
        data = getdata(other) if isinstance(other, np.ndarray) else np.asarray(other)
        if name in domains and name not in ('sqrt',):
            mask = mask_or(mask, domains[name](self._data, data))
        if mask is not nomask and np.any(mask):
            self._mask = mask_or(getmaskarray(self), np.broadcast_to(mask, self.shape))
        if self._mask is not nomask:
            data = np.where(self._mask, data.dtype.type(neutral), data)
        step = getattr(np, name)
        step(self._data, data, out=self._data, casting='same_kind') if not self._data._boxed else self._data.__setitem__(..., step(self._data, data))
        return self

    def __iadd__(self, other):
        return self._inplace('add', other, 0)

    def __isub__(self, other):
        return self._inplace('subtract', other, 0)

    def __imul__(self, other):
        return self._inplace('multiply', other, 1)

    def __itruediv__(self, other):
        return self._inplace('divide', other, 1)

    def __ifloordiv__(self, other):
        return self._inplace('floor_divide', other, 1)

    def __ipow__(self, other):
        return self._inplace('power', other, 1)


def _of(data, mask):
    """The masked array of data and a mask of its shape."""
    made = _new(MaskedArray)
    made._data = data
    made._codes = getattr(data, '_codes', data)
    made._h = data._h
    made._mask = mask
    made._fill = None
    made._hard = False
    return made


def _rebuild(data, mask, fill):
    return MaskedArray(data, mask, fill_value=fill)


def _checked_fill(value, dtype):
    if value is None:
        # As NumPy leaves it: of its own dtype, not the array's.
        return np.uint64(999999) if dtype.kind == 'u' else np.asarray(default_fill_value(dtype))[()]
    if dtype.kind in 'USO':
        return np.array(value, dtype)[()] if dtype.kind in 'US' and len(value) * (4 if dtype.kind == 'U' else 1) <= dtype.itemsize else np.str_(value) if dtype.kind == 'U' else value
    try:
        return np.asarray(getdata(value)).astype(dtype)[()]
    except (ValueError, TypeError):
        raise TypeError(f'Cannot set fill value of string with array of kind {dtype.kind!r}' if isinstance(value, str) else f'Cannot convert fill_value {value} to dtype {dtype}') from None


class MaskedConstant(MaskedArray):
    """The one element that is masked."""

    __slots__ = ()
    __module__ = 'numpy.ma'

    def __new__(cls, *args, **kwargs):
        return masked

    def __str__(self):
        return str(masked_print_option)

    def __repr__(self):
        return 'masked'

    def __format__(self, spec):
        try:
            return format(str(self), spec)
        except ValueError:
            return str(self)

    def __reduce__(self):
        return 'masked'

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def copy(self, order='C'):
        """The constant itself."""
        return self

    def __setattr__(self, name, value):
        if masked_singleton() is self and not name.startswith('_'):
            raise AttributeError(f'attributes of {self!r} are not writeable')
        object.__setattr__(self, name, value)

    def __hash__(self):
        return id(self)


masked = None


def masked_singleton():
    """`masked`, or None while it is being made."""
    return masked


def _make_masked():
    global masked
    made = _new(MaskedConstant)
    made._data = made._codes = np.array(0.0)
    made._h = made._data._h
    made._mask = np.array(True)
    made._fill, made._hard = np.float64(1e20), False
    masked = made


_make_masked()


def default_fill_value(obj):
    """The fill value of a dtype, of an array's or of a scalar's."""
    dtype = obj if isinstance(obj, np.dtype) else np.asarray(getdata(obj)).dtype if not isinstance(obj, type) else np.dtype(obj)
    return _fills[dtype.kind]


# ---------------------------------------------------------------- data and masks


def getdata(a, subok=True):
    """The data of an array, masked or not."""
    return a._data if isinstance(a, MaskedArray) else np.asarray(a)


def getmask(a):
    """The mask of an array, or nomask."""
    return a._mask if isinstance(a, MaskedArray) else nomask


get_mask = getmask


def getmaskarray(arr):
    """The mask of an array, always in full."""
    mask = getmask(arr)
    return np.zeros(np.shape(arr), bool) if mask is nomask else mask


def mask_or(m1, m2, copy=False, shrink=True):
    """Two masks together."""
    if m1 is nomask or m1 is False:
        return make_mask(m2, copy=copy, shrink=shrink) if m2 is not nomask else nomask
    if m2 is nomask or m2 is False:
        return make_mask(m1, copy=copy, shrink=shrink)
    return make_mask(np.logical_or(m1, m2), shrink=shrink)


def make_mask(m, copy=False, shrink=True, dtype=bool):
    """A mask from anything that is true or false."""
    if m is nomask:
        return nomask
    made = np.array(getdata(m) if isinstance(m, MaskedArray) else m, bool, copy=copy or None)
    return nomask if shrink and not made.any() else made


def make_mask_none(newshape, dtype=None):
    """A mask of a shape that masks nothing."""
    return np.zeros(newshape, bool)


# ---------------------------------------------------------------- element by element

_tiny = np.finfo(float).tiny
domains = {
    'sqrt': lambda x: np.less(x, 0.0), 'log': lambda x: np.less_equal(x, 0.0), 'log2': lambda x: np.less_equal(x, 0.0), 'log10': lambda x: np.less_equal(x, 0.0),
    'tan': lambda x: np.less(np.absolute(np.cos(x)), 1e-35), 'arcsin': lambda x: np.logical_or(np.less(x, -1), np.greater(x, 1)),
    'arccos': lambda x: np.logical_or(np.less(x, -1), np.greater(x, 1)), 'arccosh': lambda x: np.less(x, 1.0),
    'arctanh': lambda x: np.logical_or(np.less(x, -1 + 1e-15), np.greater(x, 1 - 1e-15)),
    **dict.fromkeys(('divide', 'true_divide', 'floor_divide', 'remainder', 'mod', 'fmod'), lambda a, b: np.absolute(a) * _tiny >= np.absolute(b)),
}
_comparisons = {'equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal'}


def ufunc(name, args, options):
    """An elementwise function where a masked array takes part: what one operand masks the result masks, and what has no value too."""
    if any(x is masked for x in args):
        shape = np.broadcast_shapes(*(np.shape(x) for x in args))
        if not shape:
            return masked
    first = next((x for x in args if isinstance(x, MaskedArray) and x is not masked), masked)
    plain = [x._data if isinstance(x, MaskedArray) else x for x in args]
    out = options.get('out')
    options = {key: value for key, value in options.items() if key != 'out'}
    with np.errstate(divide='ignore', invalid='ignore', **({} if name in ('add', 'subtract', 'multiply', 'power') else {'over': 'ignore'})):
        made = getattr(np, name)(*plain, **options)
    mask = nomask
    for x in args:
        m = getmask(x)
        if m is not nomask:
            m = m if m.shape == np.shape(made) else np.broadcast_to(m, np.shape(made))
            mask = m if mask is nomask else mask | m
    if name in domains:
        with np.errstate(divide='ignore', invalid='ignore'):
            mask = ~np.isfinite(made) | domains[name](*plain) | mask
    elif name == 'power':
        wrong = ~np.isfinite(made)
        if np.any(wrong):
            mask = mask | wrong
    if not isinstance(made, np.ndarray):
        return masked if np.any(mask) else made
    if mask is not nomask:
        if name in _comparisons:
            if name in ('equal', 'not_equal'):
                made = np.where(mask, getattr(np, name)(*(np.broadcast_to(getmaskarray(x), made.shape) for x in args)), made)
        elif isinstance(plain[0], np.ndarray) and np.can_cast(plain[0].dtype, made.dtype, 'same_kind'):
            made[mask] = np.broadcast_to(plain[0], made.shape)[mask].astype(made.dtype)
    result = _of(made, mask)
    result._fill = None if first._fill is None else _checked_fill(first._fill, made.dtype) if name in _comparisons else first._fill
    if out is None:
        return result
    out[...] = result
    return out


# ---------------------------------------------------------------- functions of the engine


def _again(name, args, kwargs):
    """A function that moves elements, done to data and mask."""
    where = 1 if name == 'compress' else 0
    a = args[where]

    def moved(part):
        return link.call_array(name, *args[:where], part, *args[where + 1:], **kwargs)

    data = moved(a._data)
    mask = nomask if a._mask is nomask else moved(a._mask)
    if isinstance(data, (list, tuple)):
        return [a._like(d, nomask if mask is nomask else mask[k]) for k, d in enumerate(data)]
    return a._like(data, mask)


_methods = set('sum prod mean std var min max amin amax argmin argmax any all cumsum cumprod ptp round'.split())


def run(name, args, kwargs):
    """A function of the engine that was given a masked array."""
    if name in shapes:
        return _again(name, args, kwargs)
    if name in _methods and isinstance(args[0], MaskedArray):
        method = getattr(args[0], {'amin': 'min', 'amax': 'max'}.get(name, name))
        return method(*args[1:], **kwargs)
    if name == 'sort':
        from .extras import sort

        return sort(*args, **kwargs)
    if name in ('dot', 'matmul'):
        from .extras import dot

        return dot(*args)
    if name in ('array_repr', 'array_str', 'array2string'):
        return np.array2string(args[0]._shown(), **kwargs) if name == 'array2string' else repr(args[0]) if name == 'array_repr' else str(args[0])

    if name in ('concatenate', 'stack', 'vstack', 'hstack', 'dstack', 'column_stack'):
        # NumPy's own forget the masks; those of numpy.ma do not.
        return MaskedArray(link.call_array(name, [x._data if isinstance(x, MaskedArray) else x for x in args[0]], *args[1:], **kwargs))

    def bare(x):
        return x._data if isinstance(x, MaskedArray) else [bare(y) for y in x] if isinstance(x, (list, tuple)) else x

    return link.call(name, *(bare(x) for x in args), **{k: bare(x) for k, x in kwargs.items()})


def reduce(name, a, axis=0, dtype=None, keepdims=False, initial=None, where=None):
    """`np.add.reduce` and its kin."""
    return getattr(a, {'add': 'sum', 'multiply': 'prod', 'maximum': 'max', 'minimum': 'min', 'logical_and': 'all', 'logical_or': 'any'}[name])(axis=axis)


from . import folds  # noqa: E402, F401 the methods that reduce
