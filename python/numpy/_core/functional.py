"""Python functions over arrays."""

import builtins
import functools
import inspect
import re

from . import link
from .creation import array, asanyarray as asarray, empty
from .dtypes import as_dtype
from .generic import generic
from .joining import stack
from .scalars import typecodes
from .shaping import broadcast_arrays, moveaxis
from .taking import ndindex

ndarray = link.ndarray
_core = r'\((?:\w+(?:,\w+)*)?\)'
_signature = re.compile(rf'^\s*{_core}(?:,{_core})*->{_core}(?:,{_core})*\s*$')


def apply_along_axis(func1d, axis, arr, *args, **kwargs):
    """Apply a function to 1-D slices along the given axis."""
    arr = asarray(arr)
    rows = moveaxis(arr, axis, -1)
    shape = rows.shape[:-1]
    if len(shape) == 1 and shape[0] and type(rows) is ndarray:
        made = _alike([func1d(row, *args, **kwargs) for row in rows])
        return made if made.ndim == 1 or axis % 2 else moveaxis(made, 0, -1).copy()
    made = None
    single = False
    for place in ndindex(shape):
        value = asarray(func1d(rows[place], *args, **kwargs))
        if made is None:
            single = value.ndim == 0
            made = empty(shape + value.shape, value.dtype)
        made[place if place else ...] = value
    if made is None:
        raise ValueError('Cannot apply_along_axis when any iteration dimensions are 0')
    if single:
        return made
    extra = made.ndim - len(shape)
    axis %= arr.ndim
    order = [*range(axis), *range(len(shape), len(shape) + extra), *range(axis, len(shape))]
    return made.transpose(order).copy()


def _alike(values):
    """What a function gave for each of several rows as an array of the dtype and shape of the first."""
    first = values[0]
    if isinstance(first, generic) and all(type(v) is type(first) for v in values):
        return array(values)
    parts = [asarray(v) for v in values]
    first = parts[0]
    if all(p.dtype is first.dtype and p.shape == first.shape for p in parts):
        return stack(parts)
    made = empty((len(parts), *first.shape), first.dtype)
    for k, part in enumerate(parts):
        made[k] = part
    return made


def apply_over_axes(func, a, axes):
    """Apply a function repeatedly over multiple axes."""
    made = asarray(a)
    n = made.ndim
    for axis in [axes] if isinstance(axes, int) else axes:
        value = asarray(func(made, axis))
        if value.ndim != n:
            value = value.reshape([*value.shape[:axis % n], 1, *value.shape[axis % n:]])
        made = value
    return made


class vectorize:
    """
    vectorize(pyfunc, otypes=None, doc=None, excluded=None, cache=False, signature=None)

    A function of numbers as a function of arrays: the Python function is called for every element.
    """

    __module__ = 'numpy'

    def __init__(self, pyfunc=None, otypes=None, doc=None, excluded=None, cache=False, signature=None):
        if pyfunc is not None and not callable(pyfunc):
            raise TypeError('When used as a decorator, only accepts keyword arguments.')
        self.pyfunc = pyfunc
        if isinstance(otypes, str):
            for letter in otypes:
                if letter not in typecodes['All']:
                    raise ValueError(f'Invalid otype specified: {letter}')
            otypes = list(otypes)
        elif otypes is not None and not hasattr(otypes, '__iter__'):
            raise ValueError('Invalid otype specification')
        self.otypes = otypes
        if signature is not None and _signature.match(signature.replace(' ', '')) is None:
            raise ValueError(f'not a valid gufunc signature: {signature}')
        self.excluded = builtins.set(excluded or ())
        self.cache = cache
        self.signature = signature
        if pyfunc is not None:
            functools.update_wrapper(self, pyfunc, updated=())
        self.__doc__ = getattr(pyfunc, '__doc__', None) if doc is None else doc

    def __call__(self, *args, **kwargs):
        if self.pyfunc is None:
            self.pyfunc = args[0]
            functools.update_wrapper(self, args[0], updated=())
            return self
        if self.signature is not None:
            return self._with_signature(args, kwargs)
        if len(args) == 1 and not kwargs and not self.excluded:
            a = asarray(args[0])
            if a.size:
                return self._given(list(map(self.pyfunc, a.ravel())), a.shape)
        names = [k for k in kwargs if k not in self.excluded]
        places = [k for k in range(len(args)) if k not in self.excluded]
        arrays = [asarray(args[k]) for k in places] + [asarray(kwargs[k]) for k in names]
        if not arrays:
            return self.pyfunc(*args, **kwargs)
        spread = broadcast_arrays(*arrays)
        shape = spread[0].shape
        columns = [a.ravel() for a in spread]
        values = []
        fixed = list(args)
        for row in zip(*columns):
            for k, value in zip(places, row):
                fixed[k] = value
            values.append(self.pyfunc(*fixed, **{**kwargs, **dict(zip(names, row[len(places):]))}))
        if not values:
            if self.otypes is None:
                raise ValueError('cannot call `vectorize` on size 0 inputs unless `otypes` is set')
            return empty(shape, self.otypes[0])
        return self._given(values, shape)

    def _given(self, values, shape):
        if isinstance(values[0], tuple):
            types = self.otypes or [None] * len(values[0])
            return tuple(self._made(column, shape, t) for column, t in zip(zip(*values), types))
        return self._made(values, shape, self.otypes[0] if self.otypes else None)

    def _made(self, values, shape, otype):
        made = array(list(values))
        if otype is not None or len(set(map(type, values))) > 1:
            want = asarray(values[0]).dtype if otype is None else as_dtype(otype)
            if made.dtype is not want:
                made = made.astype(want)
        return made if made.shape == shape else made.reshape(shape)

    def _with_signature(self, args, kwargs):
        inputs, _, outputs = self.signature.replace(' ', '').partition('->')

        def cores(text):
            return [part.strip('()').split(',') if part.strip('()') else [] for part in text.replace('),(', ')|(').split('|')]

        core = cores(inputs)
        if len(args) != len(core):
            raise TypeError(f'wrong number of positional arguments: expected {len(core)}, got {len(args)}')
        arrays = [asarray(a) for a in args]
        lead = [a[(0,) * 0 + (...,)].shape[:a.ndim - len(c)] for a, c in zip(arrays, core)]
        from .shaping import broadcast_shapes, broadcast_to

        shape = broadcast_shapes(*lead)
        arrays = [broadcast_to(a, shape + a.shape[a.ndim - len(c):]) for a, c in zip(arrays, core)]
        count = len(cores(outputs))
        several = count > 1
        made = None
        for place in ndindex(shape):
            value = self.pyfunc(*(a[place] for a in arrays), **kwargs)
            found = len(value) if isinstance(value, tuple) else 1
            if found != count:
                raise ValueError(f'wrong number of outputs from pyfunc: expected {count}, got {found}')
            parts = value if several else (value,)
            if made is None:
                types = self.otypes or [None] * count
                made = [empty(shape + asarray(p).shape, asarray(p).dtype if t is None else as_dtype(t)) for p, t in zip(parts, types)]
            for m, p in zip(made, parts):
                m[place if place else ...] = p
        return tuple(made) if several else made[0]


class _PythonUfunc:
    """What `frompyfunc` gives: a Python function applied element by element; results are arrays of objects."""

    def __init__(self, func, nin, nout, identity=None):
        self.func, self.nin, self.nout, self.nargs, self.identity = func, nin, nout, nin + nout, identity
        self.__name__ = f"{getattr(func, '__name__', 'function')} (vectorized)"

    def __repr__(self):
        return f"<ufunc '{self.__name__}'>"

    def __call__(self, *args):
        arrays = broadcast_arrays(*args)
        shape = arrays[0].shape
        values = [self.func(*row) for row in zip(*(a.ravel().tolist() for a in arrays))]
        if shape == ():
            return values[0]
        if self.nout == 1:
            return _objects(values, shape)
        return tuple(_objects(list(column), shape) for column in zip(*values))

    def reduce(self, a, axis=0):
        """The function applied from left to right along an axis."""
        if axis is None or isinstance(axis, tuple):
            axes = range(asarray(a).ndim) if axis is None else axis
            if len(axes) > 1 and self.identity is None:
                raise ValueError(f"reduction operation '{self.__name__}' is not reorderable, so at most one axis may be specified")
            for k in sorted((k % asarray(a).ndim for k in axes), reverse=True):
                a = self.reduce(a, k)
            return a
        rows = moveaxis(asarray(a).astype(object), axis, 0)
        made = rows[0]
        for row in list(rows)[1:]:
            made = self(made, row)
        return made

    def accumulate(self, a, axis=0):
        """As `reduce`, keeping every step."""
        rows = list(moveaxis(asarray(a).astype(object), axis, 0))
        made = rows[:1]
        for row in rows[1:]:
            made.append(self(made[-1], row))
        return moveaxis(_objects([x for row in made for x in (row.tolist() if getattr(row, 'ndim', 0) else [row])], (len(made), *getattr(rows[0], 'shape', ()))), 0, axis)

    def outer(self, a, b):
        """The function of all pairs."""
        a, b = asarray(a), asarray(b)
        return self(a.reshape(a.shape + (1,) * b.ndim), b)


def _objects(flat, shape):
    from . import boxed

    return boxed.from_flat(flat, shape, boxed._object)


def frompyfunc(func, /, nin, nout, *, identity=None):
    """Takes an arbitrary Python function and returns a ufunc of it, whose results are arrays of objects."""
    return _PythonUfunc(func, nin, nout, identity)


_ = inspect
