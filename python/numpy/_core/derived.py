"""
Classes that a person derives from `ndarray`. Whoever inherits from it inherits from `derived` instead, whose methods give
arrays of the class of their array, made known to it by `__array_finalize__`, `__array_wrap__` and `__array_ufunc__`.
"""

import builtins
import functools

from . import link
from .array import ndarray
from .link import engine, invoke
from .generic import generic

_new = object.__new__
_plain_types = (ndarray, builtins.bool, int, float, complex, list, tuple, type(None))


def dress(cls, made, parent):
    """A new plain array as one of `cls`; the class hears of it."""
    if cls is ndarray or made._boxed:
        return made
    dressed = _new(cls)
    dressed._h = made._h
    try:
        dressed._base = made._base
    except AttributeError:
        pass
    del made._h
    finalize = cls.__array_finalize__
    if finalize is not None and finalize is not ndarray.__array_finalize__:
        dressed.__array_finalize__(parent)
    return dressed


def plain(a):
    """The array without its class: a view of the same elements."""
    if type(a) is ndarray or not isinstance(a, derived) or a._boxed:
        return a
    made = link.wrap(invoke(engine.viewAs, a._h, ndarray.dtype.fget(a).name))
    return ndarray._view_of(a, made)


def view(a, cls):
    """The array as one of a class."""
    if cls.__module__.startswith('numpy') and not cls._derived:
        return _known(a, cls)
    made = link.wrap(invoke(engine.viewAs, a._h, ndarray.dtype.fget(a).name))
    return dress(cls, ndarray._view_of(a, made), a)


def _known(a, cls):
    """The array as one of NumPy's own classes."""
    import numpy

    if cls is numpy.matrix:
        return numpy.asmatrix(a)
    if cls is numpy.ma.MaskedArray:
        return numpy.ma.asarray(a)
    if cls is numpy.memmap:
        return a
    raise TypeError(f'an array of {a.dtype} cannot be viewed as {cls.__name__} here')


class derived(ndarray):
    """The ways of `ndarray` for arrays of a class of somebody's own."""

    __slots__ = ()
    __module__ = 'numpy'
    _derived = True

    def __array_wrap__(self, array, context=None, return_scalar=False):
        """What a function computed, as an array of this class."""
        return dress(type(self), plain(array) if type(array) is not ndarray else ndarray.view(array), self)

    def __getitem__(self, key):
        found = ndarray.__getitem__(self, key)
        return dress(type(self), found, self) if type(found) is ndarray else found

    def __iter__(self):
        if self.ndim == 0:
            raise TypeError('iteration over a 0-d array')
        return (self[i] for i in builtins.range(len(self)))

    def view(self, dtype=None, type=None):
        """New view of array with the same data."""
        return ndarray.view(self, self.__class__ if dtype is None and type is None else dtype, type)

    def __array__(self, dtype=None, copy=None):
        return plain(self).__array__(dtype, copy)

    def __reduce__(self):
        function, given, state = ndarray.__reduce__(self)
        return function, (type(self), *given[1:]), state

    def __deepcopy__(self, memo):
        return self.copy()

    def resize(self, *new_shape, refcheck=True):
        """Change shape and size of array in-place."""
        ndarray.resize(self, *new_shape, refcheck=refcheck)


def _same_class(name):
    method = getattr(ndarray, name)

    @functools.wraps(method)
    def call(self, *args, **kwargs):
        made = getattr(plain(self), name)(*args, **kwargs)
        return dress(type(self), made, self) if type(made) is ndarray and kwargs.get('out') is None else made

    return call


def _reduction(name, ufunc):
    method = getattr(ndarray, name)

    @functools.wraps(method)
    def call(self, axis=None, *args, **kwargs):
        from . import ufuncs

        if type(self).__array_ufunc__ is not ndarray.__array_ufunc__ and ufunc:
            return getattr(ufuncs, ufunc).reduce(self, axis, *args, **kwargs)
        made = getattr(plain(self), name)(axis, *args, **kwargs)
        return made if kwargs.get('out') is not None else wrapped((self,), made, None)

    return call


def _operator(ufunc, reflected):
    def call(self, other):
        from . import operators, ufuncs

        if operators._yields(self, other, reflected) or isinstance(other, str):
            return NotImplemented
        if operators._convert(other) is None and not hasattr(type(other), '__array_ufunc__'):
            return NotImplemented
        function = getattr(ufuncs, ufunc)
        return function(other, self) if reflected == '' else function(self, other)

    return call


def _inplace(ufunc):
    def call(self, other):
        from . import ufuncs

        getattr(ufuncs, ufunc)(self, other, out=(self,))
        return self

    return call


def _attribute(name):
    def get(self):
        made = getattr(ndarray, name).fget(self)
        return dress(type(self), made, self) if type(made) is ndarray else made

    return property(get, getattr(ndarray, name).fset, doc=getattr(ndarray, name).__doc__)


def install():
    """Gives `derived` its methods, and those who inherit from `ndarray` their base."""
    from . import fast

    for symbol, name in fast._operators.items():
        setattr(derived, f'__{symbol}__', _operator(name, f'__r{symbol}__'))
        setattr(derived, f'__r{symbol}__', _operator(name, ''))
        setattr(derived, f'__i{symbol}__', _inplace(name))
    for symbol, name in fast._comparisons.items():
        setattr(derived, f'__{symbol}__', _operator(name, f'__{symbol}__x'))
    derived.__hash__ = ndarray.__hash__
    for name, ufunc in (('neg', 'negative'), ('pos', 'positive'), ('abs', 'absolute'), ('invert', 'invert')):
        setattr(derived, f'__{name}__', functools.partialmethod(lambda self, which: _ufunc(which)(self), ufunc))
    for name in ('__matmul__', '__rmatmul__', 'dot', 'copy', 'astype', 'reshape', 'ravel', 'flatten', 'transpose', 'swapaxes', 'squeeze', 'diagonal', 'repeat', 'take',
                 'choose', 'compress', 'argsort', 'argmax', 'argmin', 'cumsum', 'cumprod', 'round', 'clip', 'conj', 'conjugate', 'byteswap'):
        setattr(derived, name, _same_class(name))
    for name, ufunc in (('sum', 'add'), ('prod', 'multiply'), ('max', 'maximum'), ('min', 'minimum'), ('any', 'logical_or'), ('all', 'logical_and'), ('mean', ''),
                        ('std', ''), ('var', '')):
        setattr(derived, name, _reduction(name, ufunc))
    for name in ('T', 'mT', 'real', 'imag'):
        setattr(derived, name, _attribute(name))


def _ufunc(name):
    from . import ufuncs

    return getattr(ufuncs, name)


# ---------------------------------------------------------------- what functions ask


def handlers(args):
    """The arguments whose class computes elementwise functions itself, leftmost first."""
    found = []
    for x in args:
        t = type(x)
        if t in _plain_types or isinstance(x, generic):
            continue
        own = getattr(t, '__array_ufunc__', ndarray.__array_ufunc__)
        if own is not ndarray.__array_ufunc__ and all(type(y) is not t for y in found):
            # A class stands before those it inherits from.
            at = next((k for k, y in enumerate(found) if issubclass(t, type(y))), len(found))
            found.insert(at, x)
    return found


def overridden(ufunc, method, args, kwargs):
    """What the class of an argument makes of a call, or NotImplemented if there is none that cares."""
    out = kwargs.get('out')
    outs = out if isinstance(out, tuple) else () if out is None else (out,)
    found = handlers((*args, *outs))
    if not found:
        return NotImplemented
    if outs:
        kwargs = {**kwargs, 'out': outs}
    for x in found:
        if type(x).__array_ufunc__ is None:
            raise TypeError(f"operand '{type(x).__name__}' does not support ufuncs (__array_ufunc__=None)")
        made = x.__array_ufunc__(ufunc, method, *args, **kwargs)
        if made is not NotImplemented:
            return made
    shown = ', '.join(f'{k}={v!r}' for k, v in kwargs.items())
    raise TypeError(f"operand type(s) all returned NotImplemented from __array_ufunc__({ufunc!r}, {method!r}, {', '.join(map(repr, args))}{shown and ', '}{shown}): "
                    + ', '.join(repr(type(x).__name__) for x in (*args, *outs)))


def wrapped(args, made, context):
    """A result as the argument of the highest `__array_priority__` wants it."""
    first = None
    for x in args:
        if type(x) in _plain_types or isinstance(x, generic) or not hasattr(type(x), '__array_wrap__') or type(x) is ndarray or getattr(x, '_boxed', False):
            continue
        if first is None or getattr(x, '__array_priority__', 0) > getattr(first, '__array_priority__', 0):
            first = x
    if first is None:
        return made
    from .creation import asarray

    scalar = not isinstance(made, ndarray)
    given = asarray(made) if scalar else made
    wrap = first.__array_wrap__
    try:
        return wrap(given, context, scalar)
    except TypeError as error:
        if 'positional argument' not in str(error):
            raise
    link.warn('__array_wrap__ must accept context and return_scalar arguments (positionally) in the future. (Deprecated NumPy 2.0)', DeprecationWarning)
    try:
        return wrap(given, context)
    except TypeError:
        return wrap(given)


_methods = 'sum prod mean max min any all std var cumsum argmax argmin argsort clip round reshape ravel transpose dot trace copy'.split()
_same = 'sort zeros_like ones_like expand_dims inner'.split()


def guarded(name, function):
    """A function of NumPy that asks the class of its first argument."""
    if name not in _methods and name not in _same:
        return function

    @functools.wraps(function)
    def call(*args, **kwargs):
        if args and isinstance(args[0], derived):
            first = args[0]
            if name in _methods and name != 'copy':
                return getattr(first, name)(*args[1:], **kwargs)
            made = function(plain(first), *(plain(x) for x in args[1:]), **kwargs)
            return dress(type(first), made, first) if type(made) is ndarray and kwargs.get('subok', True) else made
        if len(args) > 1 and isinstance(args[1], derived) and name in ('dot', 'inner'):
            made = function(args[0], plain(args[1]))
            return dress(type(args[1]), made, args[1]) if type(made) is ndarray else made
        return function(*args, **kwargs)

    return call
