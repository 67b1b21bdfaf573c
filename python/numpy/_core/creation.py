"""Making arrays: from lists, by rule, from bytes."""

import builtins
import operator
from itertools import chain

from . import link
from .dtypes import _find, _half, all_dtypes, iinfo, promote_types, result_type
from .foreign import _CopyMode, as_array, no_copy
from .link import call, call_array, engine, invoke
from .generic import bool as bool_
from .generic import generic
from .scalars import complex128, float64, int64

ndarray = link.ndarray
_numbers = {list, tuple, int, float, builtins.bool, complex}
_infinity = float('inf')
_plain = {builtins.bool: 0, bool_: 0, int: 4, int64: 4, float: 10, float64: 10, complex: 12, complex128: 12}


def _shape(shape):
    if type(shape) is int:
        return (shape,)
    try:
        if isinstance(shape, (tuple, list, ndarray, range)):
            return tuple(map(operator.index, shape))
        return (operator.index(shape),)
    except TypeError:
        if not isinstance(shape, (tuple, list, str)):
            raise TypeError(f"expected a sequence of integers or a single integer, got '{shape}'") from None
        wrong = next((n for n in shape if not hasattr(n, '__index__')), shape)
        raise TypeError(f"'{type(wrong).__name__}' object cannot be interpreted as an integer") from None


def _name(dtype):
    want = _find(dtype)
    return want if want is _half else want.name


def _keep(x):
    """A 0-d array of one scalar."""
    if isinstance(x, generic):
        return x._whole()
    if type(x) is complex:
        return link.wrap(engine.keepComplex(12, x.real, x.imag))
    if isinstance(x, int) and not isinstance(x, builtins.bool) and not -(1 << 63) <= x < 1 << 63:
        if not 0 <= x < 1 << 64:
            return _boxed().from_flat([x], (), None)
        return link.wrap(engine.keepScalar(8, x))
    kind = next(t for t in type(x).__mro__ if t in _plain)
    return link.wrap(engine.keepComplex(12, x.real, x.imag) if kind is complex else engine.keepScalar(_plain[kind], kind(x)))


def _boxed():
    from . import boxed

    return boxed


def _uneven(shape):
    return ValueError(f'setting an array element with a sequence. The requested array has an inhomogeneous shape after {len(shape)} '
                      f'dimensions. The detected shape was {tuple(shape)} + inhomogeneous part.')


_lists = (list, tuple, range)


def slow_convert(x, want=None):
    """An array of what is none: a list, a number, or what says that it is one."""
    return _convert(x, want)


# Filled by `fast`; until then the slow way.
quick_convert = slow_convert


def _from_list(obj, want):
    """An array of nested lists; `want` is a dtype or None."""
    shape = [len(obj)]
    flat = list(obj) if type(obj) is not list else obj
    while flat:
        types = set(map(type, flat))
        if types <= _plain.keys():
            break
        nested = [t for t in types if issubclass(t, _lists) or issubclass(t, ndarray) or (hasattr(t, '__array__') and not issubclass(t, generic))
                  or t.__name__ in ('array', 'memoryview', 'bytearray', 'dict_values', 'dict_keys', 'deque')]
        if not nested:
            break
        if any(issubclass(t, ndarray) or hasattr(t, '__array__') for t in nested):
            if len(nested) == 1 and issubclass(nested[0], ndarray) and all(not (isinstance(x, ndarray) and x.ndim) for x in flat):
                flat = [x[()] if isinstance(x, ndarray) else x for x in flat]
                continue
            parts = [asarray(x) for x in flat]
            first = parts[0].shape
            if builtins.any(p.shape != first for p in parts):
                common = 0
                for n in builtins.range(builtins.min(p.ndim for p in parts)):
                    if builtins.any(p.shape[n] != first[n] for p in parts):
                        break
                    common += 1
                raise _uneven((*shape, *first[:common]))
            made = call_array('stack', parts)
            if len(shape) > 1:
                made = made.reshape((*shape, *first))
            return made if want is None else made.astype(want)
        if len(shape) >= 64:
            raise ValueError('setting an array element with a sequence. The requested array would exceed the maximum number of dimension of 64.')
        if len(nested) < len(types):
            raise _uneven(shape)
        n = len(flat[0])
        if builtins.any(len(x) != n for x in flat):
            raise _uneven(shape)
        shape.append(n)
        flat = list(chain.from_iterable(flat))
    if not flat:
        return empty(shape, want)
    return _from_flat(flat, types, shape, want)


def _from_flat(flat, types, shape, want):
    codes = {_plain.get(t) for t in types}
    if None in codes:
        if want is None and any(t.__name__ in ('void', 'record') or not issubclass(t, (generic, int, float, complex)) and not hasattr(t, '__array__') or issubclass(t, (str, bytes)) for t in types):
            return _boxed().from_flat(flat, tuple(shape), None)
        converted = []
        for x in flat:
            if isinstance(x, (generic, int, float, complex)):
                converted.append(x)
            elif want is not None and isinstance(x, str):
                converted.append(complex(x) if want.kind == 'c' else float(x) if want.kind == 'f' else int(x))
            elif want is not None and x is None and want.kind == 'f':
                converted.append(float('nan'))
            elif hasattr(x, '__array__'):
                converted.append(as_array(x)[()])
            elif want is not None and hasattr(x, '__float__'):
                converted.append(float(x))
            else:
                raise TypeError(f"arrays of objects ('{type(x).__name__}') are not available here: arrays hold numbers only (bool, integers, floats, complex)")
        flat = converted
        kind = None
        for t in set(map(type, flat)):
            d = all_dtypes[_plain[t]] if t in _plain else _find(t) if issubclass(t, generic) else _find(t.__mro__[-2])
            kind = d if kind is None else promote_types(kind, d)
        if kind is _half:
            return array(list(map(float, flat)), _half).reshape(shape)
        code = kind._code
    else:
        code = builtins.max(codes)
    if want is None:
        target = code
    else:
        target = want._code
        if target < 9 and target:
            _check_integers(flat, code, want)
        elif target <= 10 < code and target:
            raise TypeError("float() argument must be a string or a real number, not 'complex'")
    if code > 10:
        source, memory = 12, link.memory('d', chain.from_iterable((z.real, z.imag) for z in map(complex, flat)))
    elif code >= 9:
        source, memory = 10, link.memory('d', flat if None not in codes else map(float, flat))
    elif code == 0:
        source, memory = 0, link.memory('B', map(builtins.bool, flat))
    else:
        try:
            source, memory = 4, link.memory('q', flat if code == 4 and None not in codes else map(int, flat))
        except OverflowError:
            if target >= 9:
                source, memory = 10, link.memory('d', map(float, flat))
            else:
                try:
                    source, memory = 8, link.memory('Q', map(int, flat))
                except OverflowError:
                    if builtins.min(flat) < 0 and builtins.max(flat) < 1 << 64:
                        source, memory, target = 10, link.memory('d', map(float, flat)), 10
                    else:
                        if want is not None:
                            raise OverflowError('Python int too large to convert to C long') from None
                        return _boxed().from_flat(flat, tuple(shape), None)
                if want is None and source == 8:
                    target = 8
    return link.wrap(invoke(engine.fromMemory, memory.buffer_info()[0], source, target, *shape))


def _check_integers(flat, code, want):
    if code >= 9:
        for x in flat:
            if isinstance(x, complex):
                raise TypeError("int() argument must be a string, a bytes-like object or a real number, not 'complex'")
            if x != x:
                raise ValueError('cannot convert float NaN to integer')
            if x in (float('inf'), float('-inf')):
                raise OverflowError('cannot convert float infinity to integer')
            if not -9.3e18 < x < 1.9e19:
                raise OverflowError('Python int too large to convert to C long')
        return
    info = iinfo(want)
    low, high = builtins.min(flat), builtins.max(flat)
    if low < info.min or high > info.max:
        if want.name == 'int64':
            raise OverflowError('Python int too large to convert to C long')
        raise OverflowError(f'Python integer {low if low < info.min else high} out of bounds for {want.name}')


def array(object, dtype=None, *, copy=True, order='K', subok=False, ndmin=0, ndmax=0, like=None):
    """
    Create an array.

    Parameters
    ----------
    object : array_like
        An array, nested lists of numbers, a number, or an object with `__array__`.
    dtype : data-type, optional
        The desired data-type; without it, the smallest that holds all the elements.
    copy : bool, optional
        If True (default) the data is copied; False raises an error when a copy is needed, None copies only if needed.
    order : {'K', 'A', 'C', 'F'}, optional
        Memory layout.
    ndmin : int, optional
        The minimum number of dimensions; ones are prepended to the shape.
    ndmax : int, optional
        How deep lists are looked into (0: as deep as they are); what lies deeper is an object.

    Returns
    -------
    out : ndarray

    Raises
    ------
    ValueError
        For lists of unequal lengths.

    Examples
    --------
    >>> np.array([[1, 2], [3, 4]])
    array([[1, 2],
           [3, 4]])
    """
    if dtype is None and type(object) is list and copy and order == 'K' and ndmin < 2 and not ndmax:
        return quick_convert(object)
    want = None if dtype is None else _find(dtype)
    if order != 'K':
        order = link.order_of(order)
    if isinstance(copy, _CopyMode):
        copy = None if copy is _CopyMode.IF_NEEDED else copy.value
    if ndmin > 64:
        raise ValueError('ndmin must be <= ndmax (64)')
    if ndmax and not isinstance(object, ndarray):
        return _of_depth(object, want, order, ndmin, ndmax)
    if want is not None and want._code > 12:
        made = _boxed().array_of(object, want)
        if made is object and copy is True:
            made = made.copy()
        return made.reshape((1,) * (ndmin - made.ndim) + made.shape) if ndmin > made.ndim else made
    if isinstance(object, ndarray):
        if object._derived:
            return _of_class(object, want, copy, order, subok, ndmin)
        if not subok:
            object = getattr(object, '_data', object)
        if want is not None and want is not object.dtype:
            if copy is False:
                raise ValueError(no_copy)
            made = object.astype(want)
        else:
            made = object if copy is not True else object.copy() if object._boxed else call_array('copy', object, order) if type(object) is ndarray else object.copy(order)
    elif copy is not False and (type(object) in _numbers or isinstance(object, generic)):
        made = quick_convert(object, want)
    else:
        made = _convert(object, want, copy)
    if order == 'F' and not made.flags.f_contiguous:
        made = call_array('copy', made, 'F')
    elif order == 'C' and not made.flags.c_contiguous:
        made = call_array('copy', made, 'C')
    if ndmin > made.ndim:
        made = made.reshape((1,) * (ndmin - made.ndim) + made.shape)
    return made


def _of_depth(object, want, order, ndmin, ndmax):
    if ndmin > ndmax:
        raise ValueError(f'ndmin must be <= ndmax ({ndmax})')
    flat, shape = [object], []
    while len(shape) < ndmax and flat and builtins.all(isinstance(x, _lists) for x in flat) and len({*map(len, flat)}) == 1:
        shape.append(len(flat[0]))
        flat = [y for x in flat for y in x]
    if builtins.any(isinstance(x, _lists) for x in flat):
        if want is None or want.kind != 'O':
            raise ValueError(f'setting an array element with a sequence. The requested array would exceed the maximum number of dimension of {ndmax}.')
        made = _boxed().from_flat(flat, tuple(shape), want)
        return made.reshape((1,) * (ndmin - made.ndim) + made.shape) if ndmin > made.ndim else made
    return array(object, want, order=order, ndmin=ndmin)


def _of_class(a, want, copy, order, subok, ndmin):
    """`array` for arrays of a class of somebody's own."""
    from .derived import dress, plain

    if subok and not copy and (want is None or want == a.dtype) and order == 'K' and ndmin <= a.ndim:
        return a
    made = array(plain(a), want, copy=copy, order=order, ndmin=ndmin)
    return dress(type(a), made, a) if subok else made


def _convert(x, want, copy=None):
    t = type(x)
    if copy is False and not hasattr(t, '__array__'):
        raise ValueError(no_copy)
    if t is list or t is tuple or t is range:
        return _from_list(x, want)
    if want is None and isinstance(x, (bytes, str)):
        return _boxed().from_flat([x], (), None)
    if isinstance(x, (generic, builtins.bool, int, float, complex)):
        if want is None:
            return _keep(x)
        return _from_flat([x], {t}, (), want)
    if hasattr(t, '__array__'):
        return as_array(x, want, copy)
    if isinstance(x, (list, tuple, range)):
        return _from_list(list(x), want)
    if isinstance(x, str) and want is not None:
        return _from_flat([x], {t}, (), want)
    if t.__name__ in ('array', 'memoryview', 'bytearray'):
        from .buffers import of_buffer

        return of_buffer(x, want)
    if hasattr(x, 'base') and t.__name__ == 'flatiter':
        return x.copy()
    if hasattr(t, '__len__') and hasattr(t, '__getitem__') and not hasattr(t, 'keys'):
        return _from_list([x[i] for i in builtins.range(len(x))], want)
    if want is not None:
        if not hasattr(t, '__float__'):
            raise TypeError(f"{'int' if want.kind in 'iu' else 'float'}() argument must be a string or a real number, not '{t.__name__}'")
        return _from_flat([x], {t}, (), want)
    return _boxed().from_flat([x], (), None)


def asarray(a, dtype=None, order=None, *, device=None, copy=None, like=None):
    """Convert the input to an array; an array of the right dtype is returned as it is."""
    if type(a) is ndarray and dtype is None and order is None and not copy:
        return a
    return array(a._bare() if isinstance(a, ndarray) else a, dtype, copy=copy, order=order or 'K')


def asanyarray(a, dtype=None, order=None, *, device=None, copy=None, like=None):
    """Convert the input to an array; one of a class of its own stays so."""
    if type(a) is ndarray and dtype is None and order is None and not copy:
        return a
    return array(a, dtype, copy=copy, order=order or 'K', subok=True)


def ascontiguousarray(a, dtype=None, *, like=None):
    """Return a contiguous array (ndim >= 1) in memory (C order)."""
    a = asarray(a)
    made = call_array('ascontiguousarray', a, None if dtype is None else _find(dtype))
    return a if a.ndim and a.flags.c_contiguous and a.dtype == made.dtype else made


def asfortranarray(a, dtype=None, *, like=None):
    """Return an array (ndim >= 1) laid out in Fortran order in memory."""
    a = asarray(a)
    made = call_array('asfortranarray', a, None if dtype is None else _find(dtype))
    return a if a.ndim and a.flags.f_contiguous and a.dtype == made.dtype else made


def asarray_chkfinite(a, dtype=None, order=None):
    """Convert the input to an array, checking for NaNs or Infs."""
    a = asarray(a, dtype, order)
    if a.dtype.kind in 'fc' and not engine.allFinite(a._h):
        raise ValueError('array must not contain infs or NaNs')
    return a


_requirements = {
    'C': 'C', 'C_CONTIGUOUS': 'C', 'CONTIGUOUS': 'C', 'F': 'F', 'F_CONTIGUOUS': 'F', 'FORTRAN': 'F', 'A': 'A', 'ALIGNED': 'A', 'W': 'W', 'WRITEABLE': 'W',
    'O': 'O', 'OWNDATA': 'O', 'E': 'E', 'ENSUREARRAY': 'E',
}


def require(a, dtype=None, requirements=None):
    """An array that satisfies requirements: 'C', 'F', 'W', 'O'."""
    a = asanyarray(a, dtype)
    wanted = {_requirements[r.upper()] for r in requirements or ()}
    if 'E' in wanted:
        a = asarray(a)
    if 'C' in wanted and 'F' in wanted:
        raise ValueError('Cannot specify both "C" and "F" order')
    if 'F' in wanted:
        a = asfortranarray(a)
    elif 'C' in wanted:
        a = ascontiguousarray(a)
    if ('W' in wanted and not a.flags.writeable) or ('O' in wanted and not a.flags.owndata):
        a = a.copy()
    return a


def copy(a, order='K', subok=False):
    """Return an array copy of the given object."""
    return call_array('copy', asarray(a), link.order_of(order))


def _filled(function, shape, dtype, order):
    want = _find(dtype)
    if want._sub is not None:
        return _filled(function, (*_shape(shape), *want.shape), want.base, order)
    if want._code > 12:
        return _boxed().filled(function, _shape(shape), want)
    return call_array(function, _shape(shape), want.name, link.order_of(order, 'C'))


def empty(shape, dtype=float, order='C', *, device=None, like=None):
    """Return a new array of given shape and type, without initializing entries."""
    return _filled('empty', shape, dtype, order)


def zeros(shape, dtype=float, order='C', *, device=None, like=None):
    """
    Return a new array of given shape and type, filled with zeros.

    Examples
    --------
    >>> np.zeros((2, 1))
    array([[0.],
           [0.]])
    """
    return _filled('zeros', shape, dtype, order)


def ones(shape, dtype=None, order='C', *, device=None, like=None):
    """Return a new array of given shape and type, filled with ones."""
    return _filled('ones', shape, dtype, order)


def full(shape, fill_value, dtype=None, order='C', *, device=None, like=None):
    """Return a new array of given shape and type, filled with `fill_value`."""
    if isinstance(fill_value, (list, tuple)):
        fill_value = asarray(fill_value)
    if isinstance(fill_value, str) or fill_value is None or (dtype is not None and _find(dtype)._code > 12):
        want = asarray(fill_value).dtype if dtype is None else _find(dtype)
        return _boxed().filled('full', _shape(shape), want, fill_value)
    if dtype is not None and not isinstance(fill_value, ndarray):
        fill_value = asarray(fill_value) if isinstance(fill_value, float) else array(fill_value, dtype)
    made = call_array('full', _shape(shape), fill_value, None if dtype is None else _find(dtype), link.order_of(order, 'C'))
    return made


def _like(function, a, dtype, order, shape, *fill):
    a = asarray(a)
    want = a.dtype if dtype is None else _find(dtype)
    if shape is not None:
        if order in ('K', 'k', 'A', 'a'):
            # The layout of another shape is kept as one of the two orders.
            alike = order in ('A', 'a') or a.ndim == len(_shape(shape))
            order = 'F' if alike and a.flags.fnc else 'C'
        return {'empty_like': empty, 'zeros_like': zeros, 'ones_like': ones}[function](shape, want, order) if not fill else full(shape, fill[0], want, order)
    if want._code > 12:
        return call_array(function, a, *fill, want, order) if getattr(a, '_boxed', False) else {'empty_like': empty, 'zeros_like': zeros, 'ones_like': ones}[function](a.shape, want) if not fill else full(a.shape, fill[0], want)
    return call_array(function, a, *fill, want, order)


def empty_like(prototype, dtype=None, order='K', subok=True, shape=None, *, device=None):
    """Return a new array with the same shape and type as a given array."""
    return _like('empty_like', prototype, dtype, order, shape)


def zeros_like(a, dtype=None, order='K', subok=True, shape=None, *, device=None):
    """Return an array of zeros with the same shape and type as a given array."""
    return _like('zeros_like', a, dtype, order, shape)


def ones_like(a, dtype=None, order='K', subok=True, shape=None, *, device=None):
    """Return an array of ones with the same shape and type as a given array."""
    return _like('ones_like', a, dtype, order, shape)


def full_like(a, fill_value, dtype=None, order='K', subok=True, shape=None, *, device=None):
    """Return a full array with the same shape and type as a given array."""
    if isinstance(fill_value, (list, tuple)):
        fill_value = asarray(fill_value)
    elif not isinstance(fill_value, ndarray):
        a = asarray(a)
        want = a.dtype if dtype is None else _find(dtype)
        fill_value = array(fill_value).astype(want) if isinstance(fill_value, float) else array(fill_value, want)
    return _like('full_like', a, dtype, order, shape, fill_value)


def eye(N, M=None, k=0, dtype=float, order='C', *, device=None, like=None):
    """
    Return a 2-D array with ones on the diagonal and zeros elsewhere.

    Examples
    --------
    >>> np.eye(2, dtype=int)
    array([[1, 0],
           [0, 1]])
    """
    if order not in ('C', 'F', None):
        raise ValueError("only 'C' or 'F' order is permitted")
    want = _find(dtype)
    if want._code > 12:
        made = zeros((operator.index(N), operator.index(N if M is None else M)), want, order)
        for i in builtins.range(builtins.max(0, -k), builtins.min(made.shape[0], made.shape[1] - k)):
            made[i, i + k] = 1
        return made
    made = call_array('eye', operator.index(N), None if M is None else operator.index(M), operator.index(k), _name(dtype))
    return made if order == 'C' else call_array('copy', made, order)


def identity(n, dtype=None, *, like=None):
    """Return the identity array: a square array with ones on the main diagonal."""
    return eye(n, dtype=dtype)


def arange(start_or_stop=None, /, stop=None, step=1, *, dtype=None, device=None, like=None, start=None):
    """
    arange([start,] stop[, step,], dtype=None)

    Return evenly spaced values within a given interval.

    Examples
    --------
    >>> np.arange(3, 7, 2)
    array([3, 5])
    """
    if dtype is None and start is None and type(start_or_stop) is int and type(step) is int and step and (stop is None or type(stop) is int):
        return call_array('arange', start_or_stop) if stop is None and step == 1 else call_array('arange', *((0, start_or_stop) if stop is None else (start_or_stop, stop)), step)
    if start_or_stop is None:
        if stop is None:
            raise TypeError('arange() requires stop to be specified.')
        first, last = 0 if start is None else start, stop
    elif stop is None:
        first, last = (0, start_or_stop) if start is None else (start, start_or_stop)
    else:
        first, last = start_or_stop, stop
    if step is None:
        step = 1
    first, last, step = (x.item() if isinstance(x, ndarray) and x.ndim == 0 else x for x in (first, last, step))
    for x in (first, last, step):
        if isinstance(x, str):
            raise TypeError('arange() takes numbers')
    if dtype is None:
        t = result_type(*(x if type(x) in (int, float, complex, builtins.bool) else asarray(x) for x in (first, last, step)))
        if t.kind == 'b':
            t = all_dtypes[4]
    else:
        t = _find(dtype)
    if step == 0:
        raise ZeroDivisionError('division by zero')
    if t.kind == 'O':
        values = []
        while first < last if step > 0 else first > last:
            values.append(first)
            first += step
        return array(values, dtype=object)
    plain = [x.item() if isinstance(x, generic) else x for x in (first, last, step)]
    if any(isinstance(x, float) and x != x for x in plain):
        raise ValueError('arange: cannot compute length')
    if t._code > 12:
        return call_array('arange', *plain).astype(t)
    if any(x in (_infinity, -_infinity) for x in plain[2:]) and plain[0] != plain[1] and (plain[1] > plain[0]) == (plain[2] > 0):
        # The second step is past every end.
        return array(plain[:1], t)
    return call_array('arange', *plain, t)


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0, *, device=None):
    """
    Return evenly spaced numbers over a specified interval.

    Examples
    --------
    >>> np.linspace(2.0, 3.0, num=5)
    array([2.  , 2.25, 2.5 , 2.75, 3.  ])
    """
    num = operator.index(num)
    if num < 0:
        raise ValueError(f'Number of samples, {num}, must be non-negative.')
    div = num - 1 if endpoint else num
    if isinstance(start, (list, tuple, ndarray)) or isinstance(stop, (list, tuple, ndarray)) or isinstance(start, complex) or isinstance(stop, complex):
        start, stop = asarray(start) * 1.0, asarray(stop) * 1.0
        delta = stop - start
        steps = arange(num).reshape((-1,) + (1,) * asarray(delta).ndim) * 1.0
        step = delta / div if div > 0 else float64('nan')
        made = steps * step + start if div > 0 else steps * delta + start
        made = asarray(made)
        if endpoint and num > 1:
            made[-1, ...] = stop
        if axis != 0:
            from .shaping import moveaxis

            made = moveaxis(made, 0, axis)
    else:
        start, stop = float(start), float(stop)
        made = call_array('linspace', start=start, stop=stop, num=num, endpoint=endpoint)
        step = float64((stop - start) / div) if div > 0 else float64('nan')
    if dtype is not None:
        want = _find(dtype)
        if want.kind in 'iu':
            from .ufuncs import floor

            made = floor(made)
        made = made.astype(want, copy=False)
    return (made, step) if retstep else made


def logspace(start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0):
    """Return numbers spaced evenly on a log scale."""
    made = call_array('logspace', *_ends(start, stop), operator.index(num), endpoint, *_ends(base), axis=axis)
    return made if dtype is None else made.astype(dtype)


def _ends(*values):
    return [x if isinstance(x, (int, float, complex, generic, ndarray)) else asarray(x) for x in values]


def geomspace(start, stop, num=50, endpoint=True, dtype=None, axis=0):
    """Return numbers spaced evenly on a log scale (a geometric progression)."""
    if dtype is not None and _find(dtype).kind == 'c':
        start, stop = asarray(start).astype(complex), asarray(stop).astype(complex)
    made = call_array('geomspace', *_ends(start, stop), operator.index(num), endpoint, axis=axis)
    return made if dtype is None else made.astype(dtype)


def diag(v, k=0):
    """Extract a diagonal or construct a diagonal array."""
    v = asarray(v)
    made = call_array('diag', v, k)
    if v.ndim == 2:
        made = v._view_of(made)
        made.setflags(write=False)
    return made


def diagflat(v, k=0):
    """Create a two-dimensional array with the flattened input as a diagonal."""
    return call_array('diagflat', asarray(v), k)


def tri(N, M=None, k=0, dtype=float, *, like=None):
    """An array with ones at and below the given diagonal and zeros elsewhere."""
    return call_array('tri', N, M if M is not None else N, k, _name(dtype))


def tril(m, k=0):
    """Lower triangle of an array."""
    return call_array('tril', asarray(m), k)


def triu(m, k=0):
    """Upper triangle of an array."""
    return call_array('triu', asarray(m), k)


def tril_indices(n, k=0, m=None):
    """Return the indices for the lower-triangle of an (n, m) array."""
    return tuple(call('tril_indices', n, k, n if m is None else m))


def triu_indices(n, k=0, m=None):
    """Return the indices for the upper-triangle of an (n, m) array."""
    return tuple(call('triu_indices', n, k, n if m is None else m))


def tril_indices_from(arr, k=0):
    """Return the indices for the lower-triangle of arr."""
    if arr.ndim != 2:
        raise ValueError('input array must be 2-d')
    return tril_indices(arr.shape[-2], k=k, m=arr.shape[-1])


def triu_indices_from(arr, k=0):
    """Return the indices for the upper-triangle of arr."""
    if arr.ndim != 2:
        raise ValueError('input array must be 2-d')
    return triu_indices(arr.shape[-2], k=k, m=arr.shape[-1])


def diag_indices(n, ndim=2):
    """Return the indices to access the main diagonal of an array."""
    return (arange(n),) * ndim


def diag_indices_from(arr):
    """Return the indices to access the main diagonal of an n-dimensional array."""
    if not arr.ndim >= 2:
        raise ValueError('input array must be at least 2-d')
    if not all(n == arr.shape[0] for n in arr.shape):
        raise ValueError('All dimensions of input must be of equal length')
    return diag_indices(arr.shape[0], arr.ndim)


def indices(dimensions, dtype=int, sparse=False):
    """Return an array representing the indices of a grid."""
    dimensions = _shape(tuple(dimensions))
    n = len(dimensions)
    if sparse:
        return tuple(arange(d, dtype=dtype).reshape((1,) * k + (-1,) + (1,) * (n - k - 1)) for k, d in enumerate(dimensions))
    return call_array('indices', dimensions).astype(dtype, copy=False)


def vander(x, N=None, increasing=False):
    """Generate a Vandermonde matrix."""
    x = asarray(x)
    if x.ndim != 1:
        raise ValueError('x must be a one-dimensional array or sequence.')
    return call_array('vander', x, len(x) if N is None else N, increasing)


def meshgrid(*xi, copy=True, sparse=False, indexing='xy'):
    """Return a tuple of coordinate matrices from coordinate vectors."""
    if indexing not in ('xy', 'ij'):
        raise ValueError("Valid values for `indexing` are 'xy' and 'ij'.")
    n = len(xi)
    parts = [asarray(x).reshape((1,) * k + (-1,) + (1,) * (n - k - 1)) for k, x in enumerate(xi)]
    if indexing == 'xy' and n > 1:
        parts[0] = parts[0].reshape((1, -1) + (1,) * (n - 2))
        parts[1] = parts[1].reshape((-1, 1) + (1,) * (n - 2))
    if not sparse:
        parts = call('broadcast_arrays', *parts) if parts else []
    return tuple(part.copy() for part in parts) if copy else tuple(parts)


def fromiter(iter, dtype, count=-1, *, like=None):
    """Create a new 1-dimensional array from an iterable object."""
    from itertools import islice

    values = list(iter if count < 0 else islice(iter, count))
    if len(values) < count:
        raise ValueError(f'iterator too short: Expected {count} but iterator had only {len(values)} items.')
    want = _find(dtype)
    return array(values, want if want._sub is None else want.base)


def fromfunction(function, shape, *, dtype=float, like=None, **kwargs):
    """Construct an array by executing a function over each coordinate."""
    return function(*indices(shape, dtype=dtype), **kwargs)
