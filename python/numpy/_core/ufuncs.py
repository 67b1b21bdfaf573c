"""Elementwise functions as objects: `np.add`, `np.sqrt` and their kin."""

import builtins
import functools

from . import link
from .creation import asanyarray as asarray, empty
from .derived import handlers, overridden, wrapped
from .dtypes import _half, as_dtype, can_cast
from .guest import place_of
from .link import call, engine, invoke
from .loops import _letters, loops, resolve
from .generic import generic

ndarray = link.ndarray
_python = (builtins.bool, int, float, complex)
_narrow = {'bool', 'int8', 'uint8', 'float16'}
_simple = {ndarray, *_python, list, tuple, type(None)}


class _NoValue:
    def __repr__(self):
        return '<no value>'


_no_value = _NoValue()


def _asks(method):
    """A method of functions that asks the classes of its arguments first."""
    name = method.__name__

    @functools.wraps(method)
    def call(self, *args, **kwargs):
        if all(type(x) in _simple for x in args) and kwargs.get('out') is None:
            return method(self, *args, **kwargs)
        made = overridden(self, name, args, kwargs)
        if made is not NotImplemented:
            return made
        made = method(self, *args, **kwargs)
        return wrapped(args[:2], made, (self, args, 0)) if name != 'at' and kwargs.get('out') is None else made

    return call


class ufunc:
    """Functions that operate element by element on whole arrays."""

    __module__ = 'numpy'

    def __init__(self, name, nin, doc, identity=None, nout=1):
        self.__name__ = self.__qualname__ = name
        self.__doc__ = doc
        self.nin = nin
        self.nout = nout
        self.nargs = nin + nout
        self.identity = identity
        self.signature = None
        self._quick = None

    @property
    def types(self):
        """The loops of the function by the letters of their dtypes: 'dd->d' takes two float64 and gives one."""
        return loops(self.__name__, self.nin, self.nout)

    ntypes = property(lambda self: len(self.types), doc='The number of loops.')

    def resolve_dtypes(self, dtypes, *, signature=None, casting=None, reduction=False):
        """The dtypes that the function computes in and gives for operands of these dtypes; None stands for an output."""
        if signature is not None:
            dtypes = (*(t if s is None else s for t, s in zip(dtypes, signature)),)
        made = resolve(self, dtypes, casting or 'same_kind', reduction)
        if made is None:
            raise _unsupported(self.__name__)
        return made

    def __repr__(self):
        return f"<ufunc '{self.__name__}'>"

    def __reduce__(self):
        return self.__name__

    def __call__(self, *args, out=_no_value, where=True, dtype=None, casting=None, order='K', subok=True, axis=None, signature=None, sig=None):
        if signature is not None or sig is not None:
            if signature is not None and sig is not None:
                raise TypeError("cannot specify both 'sig' and 'signature'")
            if dtype is not None:
                raise TypeError("cannot specify both 'signature' and 'dtype'")
            args = self._signed(args, signature if sig is None else sig, casting or 'same_kind')
        if order != 'K':
            return self._ordered_as(order, args, out, {'where': where, 'dtype': dtype, 'casting': casting})
        if out is Ellipsis:
            return asarray(self(*args, where=where, dtype=dtype, casting=casting))
        nin = self.nin
        n = len(args)
        if n != nin:
            if n < nin or n > nin + 1:
                raise TypeError(f"{self.__name__}() takes from {nin} to {self.nargs} positional arguments but {n} {'was' if n == 1 else 'were'} given")
            if out is not None and out is not _no_value:
                raise TypeError("cannot specify 'out' as both a positional and keyword argument")
            out = args[nin]
            args = args[:nin]
        if out is _no_value:
            out = None
            if where is not True:
                link.warn("'where' used without 'out', expect unitialized memory in output. If this is intentional, use out=None.", UserWarning)
        if out is None and where is True and dtype is None and casting is None:
            return self._quick(*args)
        if isinstance(out, tuple):
            if len(out) != 1:
                raise ValueError("The 'out' tuple must have exactly one entry per ufunc output")
            out = out[0]
        if out is not None and not isinstance(out, ndarray):
            if handlers((out,)):
                return overridden(self, '__call__', args, {'out': (out,)})
            raise TypeError('return arrays must be of ArrayType')
        if casting is None:
            given = {}
            if out is not None:
                given['out'] = out
            if where is not True:
                given['where'] = where
            if dtype is not None:
                given['dtype'] = as_dtype(dtype)
            return self._quick(*args, **given)
        if out is None and where is True and dtype is None and casting in ('safe', 'same_kind', 'unsafe'):
            # Operands go safely to what they are computed in; half precision has its own way there.
            return self._quick(*args)
        options = {'dtype': as_dtype(dtype), 'casting': casting}
        if where is not True:
            options['where'] = _mask(where)
        if out is not None:
            options['out'] = out
        return self._slow(args, options)

    def _ordered_as(self, order, args, out, options):
        """The result in another order of memory than that of the operands."""
        wanted = link.order_of(order)
        made = self(*args, out=out, **options)
        return made if out not in (None, _no_value) or len(args) > self.nin else self._laid(made, wanted, args)

    @staticmethod
    def _laid(made, order, operands):
        """A result in an order of memory, 'A' being that of all operands."""
        if order == 'K' or not isinstance(made, ndarray):
            return made
        if order == 'A':
            arrays = [a.flags for a in operands if isinstance(a, ndarray)]
            order = 'F' if arrays and all(f.f_contiguous for f in arrays) and not all(f.c_contiguous for f in arrays) else 'C'
        fits = made.flags.f_contiguous if order == 'F' else made.flags.c_contiguous
        return made if fits else made.copy(order)

    def _signed(self, args, signature, casting):
        """The operands as a signature like 'dd->d' wants them."""
        if isinstance(signature, str):
            ins, arrow, outs = signature.partition('->')
            kinds = [*ins] if arrow else [*signature] * self.nin
            if arrow and (len(ins) != self.nin or len(outs) != self.nout) or len(kinds) != self.nin:
                raise ValueError(f"a type-string for {self.__name__}, {self.nargs} typecode(s) before and after the -> sign")
        else:
            if len(signature) not in (1, self.nargs):
                raise ValueError(f"the signature must be a tuple of length 1 or {self.nargs} for ufunc '{self.__name__}'")
            kinds = list(signature[:self.nin]) if len(signature) == self.nargs else list(signature) * self.nin
        made = []
        for k, (x, kind) in enumerate(zip(args, kinds)):
            a = asarray(x)
            want = a.dtype if kind is None else as_dtype(kind)
            if not isinstance(x, _python) and not can_cast(a.dtype, want, casting):
                raise link._UFuncOutputCastingError(f"Cannot cast ufunc '{self.__name__}' input {k} from {a.dtype!r} to {want!r} with casting rule '{casting}'")
            made.append(a.astype(want))
        return (*made, *args[self.nin:])

    def _operand(self, x):
        if isinstance(x, (ndarray, generic, *_python)):
            return x
        if isinstance(x, str):
            raise _unsupported(self.__name__)
        if x is None:
            if 'O' not in _letters.get(self.__name__, ''):
                raise _unsupported(self.__name__)
            raise TypeError(f'loop of ufunc does not support argument 0 of type NoneType which has no callable {self.__name__} method')
        return asarray(x)

    def _plain(self, *args, **options):
        """The call when an operand is not plain."""
        if 'where' in options:
            options['where'] = _mask(options['where'])
        return self._slow(args, options)

    def _slow(self, args, options):
        given = args
        made = overridden(self, '__call__', args, {k: v for k, v in options.items() if v is not None})
        if made is not NotImplemented:
            return made
        out = options.get('out')
        args = [asarray(x) if isinstance(x, str) and self.nin == 2 else self._operand(x) for x in args]
        if len(args) == 1 and isinstance(args[0], _python):
            args = [asarray(args[0])]
        place = place_of(args)
        if place is not None or options.get('dtype') is _half or getattr(options.get('out'), '_boxed', False):
            if place is None:
                from . import half as place
            made = place.ufunc(self.__name__, args, options)
            return made if out is None else out
        if len(args) == 2 and all(isinstance(x, _python) for x in args):
            args = [asarray(x) if type(x) is not int or -(1 << 63) <= x < 1 << 63 else x for x in args]
        kinds, values = link.encode(args, options)
        v = invoke(engine.ufunc, self.__name__, kinds, *values)
        if out is not None:
            link.settle(v)
            return out
        made = link.wrap(v)
        if made.dtype.num == 11 and 'dtype' not in options and all(getattr(x, 'dtype', _half).name in _narrow for x in args):
            # What NumPy makes of numbers of 8 bits.
            from .half import _again

            return _again(made, self.__name__)
        return wrapped(given, made, (self, given, 0))

    def _needs_two(self, method):
        if self.nin != 2:
            raise ValueError(f'{method} only supported for binary functions')

    @_asks
    def reduce(self, array, axis=0, dtype=None, out=None, keepdims=False, initial=_no_value, where=True):
        """Reduces the array's dimension by one, by applying the ufunc along one axis (0 unless told; None for all)."""
        self._needs_two('reduce')
        a = asarray(array)
        if axis is not None and a.ndim == 0:
            if axis in (0, -1):
                return a[()]
        options = {'dtype': as_dtype(dtype), 'out': _single(out), 'keepdims': keepdims or None}
        if axis is not None:
            options['axis'] = axis
        if where is not True:
            options['where'] = asarray(where)
        if initial is not _no_value and initial is not None:
            options['initial'] = initial
        if self.identity is None and self.__name__ in ('subtract', 'divide', 'power', 'floor_divide', 'remainder', 'true_divide') and a.size == 0:
            raise ValueError(f'zero-size array to reduction operation {self.__name__} which has no identity')
        place = place_of((a,))
        if place is not None and hasattr(place, 'reduce'):
            made = place.reduce(self.__name__, a, axis, options['dtype'], keepdims, options.get('initial'), options.get('where'))
            if out is None:
                return made
            _single(out)[...] = made
            return _single(out)
        if self.__name__ in _ordered and where is True and a.ndim:
            made = self._fold(a, axis, as_dtype(dtype), keepdims, initial)
            if out is None:
                return made
            _single(out)[...] = made
            return _single(out)
        kinds, values = link.encode((a,), options)
        made = link.wrap(invoke(engine.reduce, self.__name__, kinds, *values))
        return made if out is None else _single(out)

    def _fold(self, a, axis, dtype, keepdims, initial):
        """A reduction whose order of operands matters."""
        axes = tuple(range(a.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
        if len(axes) > 1:
            raise ValueError(f"reduction operation '{self.__name__}' is not reorderable, so at most one axis may be specified")
        steps = self.accumulate(a, axes[0], dtype)
        key = [slice(None)] * a.ndim
        key[axes[0]] = slice(-1, None) if keepdims else -1
        made = steps[tuple(key)]
        return made if initial in (None, _no_value) else self(initial, made)

    def _one_axis(self, method, a, axis):
        axes = tuple(range(a.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
        if len(axes) != 1:
            raise ValueError(f'{method} does not allow multiple axes')
        if not -a.ndim <= axes[0] < a.ndim:
            raise link.AxisError(axes[0], a.ndim)
        return axes[0]

    @_asks
    def accumulate(self, array, axis=0, dtype=None, out=None):
        """Accumulate the result of applying the operator to all elements."""
        self._needs_two('accumulate')
        place = place_of((array,))
        if place is not None and hasattr(place, 'accumulate'):
            return place.accumulate(self.__name__, array, axis, as_dtype(dtype))
        # The array must live until the engine was called.
        a = asarray(array)
        if a.ndim == 0:
            raise TypeError('cannot accumulate on a scalar')
        axis = self._one_axis('accumulate', a, axis)
        kinds, values = link.encode((a,), {'axis': axis, 'dtype': as_dtype(dtype), 'out': _single(out)})
        made = link.wrap(invoke(engine.accumulate, self.__name__, kinds, *values))
        return made if out is None else _single(out)

    @_asks
    def reduceat(self, array, indices, axis=0, dtype=None, out=None):
        """Performs a (local) reduce with specified slices over a single axis."""
        self._needs_two('reduceat')
        a = asarray(array)
        if a.ndim == 0:
            raise TypeError('cannot reduceat on a scalar')
        axis = self._one_axis('reduceat', a, axis)
        n = a.shape[axis]
        marks = [int(i) for i in asarray(indices)]
        if not marks:
            shape = [*a.shape]
            shape[axis] = 0
            return empty(shape, as_dtype(dtype) or self.reduce(a, axis).dtype)
        parts = []
        for k, i in enumerate(marks):
            if not 0 <= i < n:
                raise IndexError(f'index {i} out-of-bounds in {self.__name__}.reduceat [0, {n})')
            stop = marks[k + 1] if k + 1 < len(marks) else n
            piece = call('take', a, asarray(range(i, stop) if stop > i else [i]), axis)
            parts.append(self.reduce(piece, axis, dtype))
        made = call('stack', [asarray(p) for p in parts], axis)
        if out is not None:
            _single(out)[...] = made
            return _single(out)
        return made

    @_asks
    def outer(self, A, B, /, **kwargs):
        """Apply the ufunc to all pairs (a, b) with a in A and b in B."""
        self._needs_two('outer')
        A, B = asarray(A), asarray(B)
        return self(A.reshape(A.shape + (1,) * B.ndim), B, **kwargs)

    @_asks
    def at(self, a, indices, b=_no_value, /):
        """Performs unbuffered in place operation on operand 'a' for elements specified by 'indices'."""
        if not isinstance(a, ndarray):
            raise TypeError('first operand must be array')
        if self.nin == 2 and b is _no_value:
            raise ValueError('second operand needed for ufunc')
        if self.nin == 1 and b is not _no_value:
            raise ValueError('second operand provided when ufunc is unary')
        from .creation import arange
        from .shaping import broadcast_to

        places = asarray(arange(a.size).reshape(a.shape)[indices])
        values = None if self.nin == 1 else broadcast_to(asarray(b), places.shape).flatten()
        flat = a.flat
        for k, place in enumerate(places.ravel().tolist()):
            made = self(flat[place]) if values is None else self(flat[place], values[k])
            flat[place] = made.astype(a.dtype) if isinstance(made, generic) else made


def _unsupported(name):
    return TypeError(f"ufunc '{name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''")


def _mask(where):
    """A mask as an array: lists are made of truths, arrays must have them."""
    return asarray(where, builtins.bool) if isinstance(where, (list, tuple)) else asarray(where)


def _single(out):
    return out[0] if isinstance(out, tuple) else out


_ordered = {'subtract', 'divide', 'floor_divide', 'remainder', 'fmod', 'power', 'float_power', 'arctan2', 'left_shift', 'right_shift', 'copysign'}
_binary = {
    'add': ('Add arguments element-wise.', 0),
    'subtract': ('Subtract arguments, element-wise.', None),
    'multiply': ('Multiply arguments element-wise.', 1),
    'divide': ('Divide arguments element-wise.', None),
    'floor_divide': ('Return the largest integer smaller or equal to the division of the inputs.', None),
    'remainder': ('Returns the element-wise remainder of division; it has the sign of the divisor.', None),
    'fmod': ('Returns the element-wise remainder of division; it has the sign of the dividend.', None),
    'power': ('First array elements raised to powers from second array, element-wise.', None),
    'float_power': ('First array elements raised to powers from second array, in floating point.', None),
    'maximum': ('Element-wise maximum of array elements; NaN wins.', None),
    'minimum': ('Element-wise minimum of array elements; NaN wins.', None),
    'fmax': ('Element-wise maximum of array elements; NaN loses.', None),
    'fmin': ('Element-wise minimum of array elements; NaN loses.', None),
    'gcd': ('Returns the greatest common divisor.', 0),
    'lcm': ('Returns the lowest common multiple.', None),
    'arctan2': ('Element-wise arc tangent of x1/x2 choosing the quadrant correctly.', None),
    'hypot': ('Given the "legs" of a right triangle, return its hypotenuse.', 0),
    'logaddexp': ('Logarithm of the sum of exponentiations of the inputs.', float('-inf')),
    'logaddexp2': ('Logarithm of the sum of exponentiations of the inputs in base-2.', float('-inf')),
    'copysign': ('Change the sign of x1 to that of x2, element-wise.', None),
    'heaviside': ('Compute the Heaviside step function.', None),
    'nextafter': ('Return the next floating-point value after x1 towards x2, element-wise.', None),
    'equal': ('Return (x1 == x2) element-wise.', None),
    'not_equal': ('Return (x1 != x2) element-wise.', None),
    'less': ('Return the truth value of (x1 < x2) element-wise.', None),
    'less_equal': ('Return the truth value of (x1 <= x2) element-wise.', None),
    'greater': ('Return the truth value of (x1 > x2) element-wise.', None),
    'greater_equal': ('Return the truth value of (x1 >= x2) element-wise.', None),
    'logical_and': ('Compute the truth value of x1 AND x2 element-wise.', True),
    'logical_or': ('Compute the truth value of x1 OR x2 element-wise.', False),
    'logical_xor': ('Compute the truth value of x1 XOR x2, element-wise.', False),
    'bitwise_and': ('Compute the bit-wise AND of two arrays element-wise.', -1),
    'bitwise_or': ('Compute the bit-wise OR of two arrays element-wise.', 0),
    'bitwise_xor': ('Compute the bit-wise XOR of two arrays element-wise.', 0),
    'left_shift': ('Shift the bits of an integer to the left.', None),
    'right_shift': ('Shift the bits of an integer to the right.', None),
}
_unary = {
    'negative': 'Numerical negative, element-wise.',
    'positive': 'Numerical positive, element-wise.',
    'absolute': 'Calculate the absolute value element-wise.',
    'fabs': 'Compute the absolute values element-wise, in floating point.',
    'square': 'Return the element-wise square of the input.',
    'reciprocal': 'Return the reciprocal of the argument, element-wise.',
    'sign': 'Returns an element-wise indication of the sign of a number.',
    'conjugate': 'Return the complex conjugate, element-wise.',
    'sqrt': 'Return the non-negative square-root of an array, element-wise.',
    'cbrt': 'Return the cube-root of an array, element-wise.',
    'exp': 'Calculate the exponential of all elements in the input array.',
    'exp2': 'Calculate 2**p for all p in the input array.',
    'expm1': 'Calculate exp(x) - 1 for all elements in the array.',
    'log': 'Natural logarithm, element-wise.',
    'log2': 'Base-2 logarithm of x.',
    'log10': 'Return the base 10 logarithm of the input array, element-wise.',
    'log1p': 'Return the natural logarithm of one plus the input array, element-wise.',
    'sin': 'Trigonometric sine, element-wise.',
    'cos': 'Cosine element-wise.',
    'tan': 'Compute tangent element-wise.',
    'arcsin': 'Inverse sine, element-wise.',
    'arccos': 'Trigonometric inverse cosine, element-wise.',
    'arctan': 'Trigonometric inverse tangent, element-wise.',
    'sinh': 'Hyperbolic sine, element-wise.',
    'cosh': 'Hyperbolic cosine, element-wise.',
    'tanh': 'Compute hyperbolic tangent element-wise.',
    'arcsinh': 'Inverse hyperbolic sine element-wise.',
    'arccosh': 'Inverse hyperbolic cosine, element-wise.',
    'arctanh': 'Inverse hyperbolic tangent element-wise.',
    'deg2rad': 'Convert angles from degrees to radians.',
    'rad2deg': 'Convert angles from radians to degrees.',
    'radians': 'Convert angles from degrees to radians.',
    'degrees': 'Convert angles from radians to degrees.',
    'floor': 'Return the floor of the input, element-wise.',
    'ceil': 'Return the ceiling of the input, element-wise.',
    'trunc': 'Return the truncated value of the input, element-wise.',
    'rint': 'Round elements of the array to the nearest integer.',
    'isnan': 'Test element-wise for NaN and return result as a boolean array.',
    'isinf': 'Test element-wise for positive or negative infinity.',
    'isfinite': 'Test element-wise for finiteness (not infinity and not Not a Number).',
    'signbit': 'Returns element-wise True where signbit is set (less than zero).',
    'logical_not': 'Compute the truth value of NOT x element-wise.',
    'invert': 'Compute bit-wise inversion, or bit-wise NOT, element-wise.',
}
_keywords = '/, out=None, *, where=True, casting=\'same_kind\', order=\'K\', dtype=None'

for _name, (_doc, _identity) in _binary.items():
    globals()[_name] = ufunc(_name, 2, f'{_name}(x1, x2, {_keywords})\n\n{_doc}', _identity)
for _name, _doc in _unary.items():
    globals()[_name] = ufunc(_name, 1, f'{_name}(x, {_keywords})\n\n{_doc}')

true_divide = divide  # noqa: F821 made above
mod = remainder  # noqa: F821
abs = absolute  # noqa: A001, F821
conj = conjugate  # noqa: F821
bitwise_not = bitwise_invert = invert  # noqa: F821
bitwise_left_shift = left_shift  # noqa: F821
bitwise_right_shift = right_shift  # noqa: F821
pow = power  # noqa: A001, F821
acos, asin, atan = arccos, arcsin, arctan  # noqa: F821
acosh, asinh, atanh, atan2 = arccosh, arcsinh, arctanh, arctan2  # noqa: F821

primary = [*_binary, *_unary]
names = [*_binary, *_unary, 'true_divide', 'mod', 'abs', 'conj', 'bitwise_not', 'bitwise_invert', 'bitwise_left_shift', 'bitwise_right_shift',
         'pow', 'acos', 'asin', 'atan', 'acosh', 'asinh', 'atanh', 'atan2', 'ufunc']
