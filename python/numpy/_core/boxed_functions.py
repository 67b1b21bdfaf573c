"""What functions of NumPy do with arrays of strings and of objects: the engine moves their elements, Python's operators compute with them."""

import builtins
import functools
import math
import operator

from . import link
from .array import ndarray
from .boxed import _codes_of, _common, _object, array_of, array_repr, box, boxed, filled, from_flat, text
from .dtypes import _find
from .guest import shapes
from .link import call, call_array

_joins = set('concatenate stack vstack hstack dstack column_stack block broadcast_arrays meshgrid'.split())


def run(name, args, kwargs):
    """A function of the engine that was given arrays of strings or objects."""
    args = [args_ if not isinstance(args_, tuple) else list(args_) for args_ in args]
    if name in shapes:
        a = args[1] if name == 'compress' else args[0]
        if name == 'compress':
            return _boxed_again(call_array(name, args[0], a._codes, *args[2:], **kwargs), a._pool, a._type)
        return _boxed_again(call_array(name, a._codes, *args[1:], **kwargs), a._pool, a._type)
    if name in _joins:
        listed = isinstance(args[0], list)
        parts = args[0] if listed else args
        if listed and any(isinstance(p, list) for p in parts):
            raise TypeError('np.block takes numbers only here')
        codes, pool, dtype = _common(parts)
        made = call_array(name, codes, *args[1:], **kwargs) if listed else call_array(name, *codes, **kwargs)
        return _boxed_again(made, pool, dtype)
    if name == 'where':
        codes, pool, dtype = _common([array_of(x) for x in args[1:]])
        return _boxed_again(call_array('where', args[0], *codes), pool, dtype)
    if name == 'select':
        parts = [*args[1], array_of(args[2]) if args[2] != 0 else array_of('0' if args[1][0].dtype is not _object else [0])]
        codes, pool, dtype = _common(parts)
        return _boxed_again(call_array('select', args[0], codes[:-1], codes[-1]), pool, dtype)
    if name == 'insert':
        codes, pool, dtype = _common([args[0], args[2]])
        return _boxed_again(call_array('insert', codes[0], args[1], codes[1], *args[3:], **kwargs), pool, dtype)
    if name in _own:
        return _own[name](*args, **kwargs)
    if name in _folds:
        return _fold(name, *args, **kwargs)
    if name in binary or name in unary:
        return ufunc(name, args, kwargs)
    a = next(x for x in args if isinstance(x, boxed))
    if a._type is not _object:
        raise TypeError(f"np.{name} takes numbers; this array holds strings ({a._type!r})")
    return call(name, *(_as_numbers(x) for x in args), **kwargs)


def _as_numbers(x):
    if not isinstance(x, boxed):
        return x
    from .creation import asanyarray as asarray

    made = asarray(x.tolist())
    if isinstance(made, boxed):
        raise TypeError('Cannot cast array data from dtype(\'O\') to dtype(\'float64\') according to the rule \'safe\'')
    return made


def _boxed_again(made, pool, dtype):
    if isinstance(made, (list, tuple)):
        return [_boxed_again(part, pool, dtype) for part in made]
    return box(made, pool, dtype)


def _ranks(a):
    """For each element the number of smaller ones: numbers sort as the elements do. Also what stands at each rank."""
    used, inverse = call('unique', a._codes, False, True)
    places = used.tolist()
    values = a._pool.values
    order = builtins.sorted(range(len(places)), key=lambda k: values[places[k]])
    rank, at = [0] * len(places), []
    last = -1
    for n, k in enumerate(order):
        if not at or values[places[k]] != values[places[order[n - 1]]]:
            last += 1
            at.append(places[k])
        rank[k] = last
    if not places:
        return a._codes, a._codes
    return _codes_of(rank, (len(rank),))[inverse.reshape(a.shape)], _codes_of(at, (len(at),))


def _sort(a, axis=-1, *rest):
    ranks, at = _ranks(a)
    return box(at[call_array('sort', ranks, axis)] if a.size else a._codes, a._pool, a._type)


def _argsort(a, axis=-1, *rest):
    return call_array('argsort', _ranks(a)[0], axis)


def _unique(a, return_index=False, return_inverse=False, return_counts=False, axis=None):
    ranks, at = _ranks(a)
    made = call('unique', ranks, return_index, return_inverse, return_counts)
    if return_index or return_inverse or return_counts:
        return [box(at[made[0]] if a.size else a._codes, a._pool, a._type), *made[1:]]
    return box(at[made] if a.size else a._codes.ravel(), a._pool, a._type)


def _two_ranks(a, b):
    codes, pool, dtype = _common([array_of(a), array_of(b)])
    flat = box(call_array('concatenate', [c.ravel() for c in codes], 0), pool, dtype)
    ranks, at = _ranks(flat)
    n = codes[0].size
    return ranks[:n].reshape(codes[0].shape), ranks[n:].reshape(codes[1].shape), at, pool, dtype


def _isin(a, tests, invert=False):
    if _object in (a.dtype, tests.dtype):
        # Objects need not have an order.
        known = tests._flat() if isinstance(tests, boxed) else tests.ravel().tolist()
        flat = a._flat() if isinstance(a, boxed) else a.ravel().tolist()
        return _find_truth([builtins.any(x is y or x == y for y in known) != invert for x in flat], a.shape)
    x, y, *_ = _two_ranks(a, tests)
    return call_array('isin', x, y, invert)


def _set(name):
    def function(a, b, assume_unique=False, return_indices=False):
        x, y, at, pool, dtype = _two_ranks(a, b)
        if name == 'intersect1d' and return_indices:
            made, first, second = call(name, x, y, assume_unique, True)
            return box(at[made], pool, dtype), first, second
        return box(at[call_array(name, x, y, *(() if name == 'union1d' else (assume_unique,)))], pool, dtype)

    return function


def _searchsorted(a, v, side='left', sorter=None):
    x, y, *_ = _two_ranks(a, v)
    return call('searchsorted', x, y, side, sorter)


def _array_equal(a, b, equal_nan=False):
    a, b = array_of(a), array_of(b)
    if a.shape != b.shape:
        return False
    return builtins.bool(call('all', ufunc('equal', (a, b), {})))


def _lexsort(keys):
    return call_array('lexsort', [_ranks(k)[0] if isinstance(k, boxed) else k for k in keys])


def _full_like(a, fill, dtype=None, order='K'):
    return filled('full', a.shape, dtype or a.dtype, fill.item() if isinstance(fill, ndarray) else fill)


def _like(name):
    def function(a, dtype=None, order='K'):
        want = _find(dtype) if dtype is not None else a.dtype
        return filled(name, a.shape, want)

    return function


def _truth(a):
    return _find_truth([builtins.bool(x) for x in a._flat()], a.shape)


def _find_truth(flat, shape):
    from .creation import array

    return array(flat, builtins.bool).reshape(shape)


def _places(name):
    def function(a, axis=None, keepdims=None):
        return call(name, _ranks(a)[0], axis=axis, keepdims=keepdims)

    return function


_own = {
    'sort': _sort, 'argsort': _argsort, 'unique': _unique, 'isin': _isin, 'searchsorted': _searchsorted, 'array_equal': _array_equal, 'array_equiv': _array_equal,
    'lexsort': _lexsort, 'full_like': _full_like, 'zeros_like': _like('zeros'), 'ones_like': _like('ones'), 'empty_like': _like('empty'),
    'intersect1d': _set('intersect1d'), 'union1d': _set('union1d'), 'setdiff1d': _set('setdiff1d'), 'setxor1d': _set('setxor1d'),
    'nonzero': lambda a: call('nonzero', _truth(a)), 'flatnonzero': lambda a: call_array('flatnonzero', _truth(a)),
    'argwhere': lambda a: call_array('argwhere', _truth(a)), 'count_nonzero': lambda a, **options: call('count_nonzero', _truth(a), **options),
    'argmax': _places('argmax'), 'argmin': _places('argmin'),
    'dot': lambda a, b: _product(array_of(a), array_of(b)), 'matmul': lambda a, b: _product(array_of(a), array_of(b)), 'inner': lambda a, b: _product(array_of(a), array_of(b)),
    'array2string': lambda a, **options: text(a, **options), 'array_repr': lambda a: array_repr(a), 'array_str': lambda a: text(a),
    'tensordot': lambda *args: _tensordot(*args),
    'outer': lambda a, b: ufunc('multiply', (array_of(a).ravel()[:, None], array_of(b).ravel()), {}),
}
_folds = {'sum': operator.add, 'prod': operator.mul, 'max': lambda a, b: b if b > a else a, 'min': lambda a, b: b if b < a else a,
          'amax': lambda a, b: b if b > a else a, 'amin': lambda a, b: b if b < a else a,
          'any': lambda a, b: a or b, 'all': lambda a, b: a and b, 'mean': operator.add, 'cumsum': operator.add, 'cumprod': operator.mul}


def _fold(name, a, axis=None, dtype=None, keepdims=None, **options):
    """Reductions by Python's own operators."""
    if a._type is not _object and name not in ('any', 'all'):
        mine = repr(a._type)
        if name in ('sum', 'mean'):
            raise TypeError(f"the resolved dtypes are not compatible with add.reduce. Resolved ({mine}, {mine}, dtype('<U{a._type.itemsize // 2}'))")
        step = {'max': 'maximum', 'min': 'minimum', 'amax': 'maximum', 'amin': 'minimum', 'prod': 'multiply'}.get(name, 'add')
        raise link._UFuncNoLoopError(f"ufunc '{step}' did not contain a loop with signature matching types ({mine}, {mine}) -> None")
    step = _folds[name]
    running = name.startswith('cum')
    if axis is None:
        rows, shape, last = [a._flat()], (1,) * a.ndim if keepdims else (), a.size
    else:
        moved = call_array('moveaxis', a, axis, -1)
        last = moved.shape[-1]
        flat = moved._flat()
        rows = [flat[k:k + last] for k in range(0, len(flat), last)] if last else []
        shape = a.shape[:axis % a.ndim] + ((1,) if keepdims else ()) + a.shape[axis % a.ndim + 1:]
    if running:
        import itertools

        made = [x for row in rows for x in itertools.accumulate(row, step)]
        result = from_flat(made, (a.size,) if axis is None else moved.shape, _object)
        return result if axis is None else call_array('moveaxis', result, -1, axis)
    empty = {'sum': 0, 'prod': 1, 'any': False, 'all': True, 'mean': 0}
    made = [functools.reduce(step, row) if row else empty[name] for row in rows]
    if name == 'mean':
        made = [x / last for x in made]
    if not shape:
        return made[0]
    return from_flat(made, shape, _object)


# ---------------------------------------------------------------- element by element

binary = {
    'add': operator.add, 'subtract': operator.sub, 'multiply': operator.mul, 'divide': operator.truediv, 'true_divide': operator.truediv,
    'floor_divide': operator.floordiv, 'remainder': operator.mod, 'mod': operator.mod, 'power': operator.pow, 'bitwise_and': operator.and_,
    'bitwise_or': operator.or_, 'bitwise_xor': operator.xor, 'left_shift': operator.lshift, 'right_shift': operator.rshift,
    'equal': operator.eq, 'not_equal': operator.ne, 'less': operator.lt, 'less_equal': operator.le, 'greater': operator.gt, 'greater_equal': operator.ge,
    'maximum': lambda a, b: a if a >= b else b, 'minimum': lambda a, b: a if a <= b else b,
    'gcd': lambda a, b: _gcd(a, b), 'lcm': lambda a, b: abs(a // _gcd(a, b) * b) if a and b else a * b,
    'logical_and': lambda a, b: a and b, 'logical_or': lambda a, b: a or b, 'logical_xor': lambda a, b: builtins.bool(a) != builtins.bool(b),
}
unary = {
    'negative': operator.neg, 'positive': operator.pos, 'absolute': operator.abs, 'abs': operator.abs, 'invert': operator.invert, 'logical_not': operator.not_,
    'floor': math.floor, 'ceil': math.ceil, 'trunc': math.trunc, 'square': lambda x: x * x, 'reciprocal': lambda x: 1 / x, 'sign': lambda x: (x > 0) - (x < 0), 'conjugate': lambda x: x.conjugate(),
}
_only_numbers = set('isnan isinf isfinite signbit'.split())
_truths = {'equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal', 'logical_and', 'logical_or', 'logical_xor', 'logical_not'}


def _gcd(a, b):
    if isinstance(a, int) and isinstance(b, int):
        return math.gcd(a, b)
    while b:
        a, b = b, a % b
    return abs(a)


def _no_loop(name, arrays):
    types = ', '.join(repr(a.dtype) for a in arrays)
    if len(arrays) == 1:
        return TypeError(f"ufunc '{name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the "
                         "casting rule ''safe''")
    return link._UFuncNoLoopError(f"ufunc '{name}' did not contain a loop with signature matching types ({types}) -> None")


def ufunc(name, args, options):
    """An elementwise function of arrays of strings or objects."""
    out = options.get('out')
    made = _elementwise(name, [x if isinstance(x, ndarray) else array_of(x) for x in args])
    if out is not None:
        out[...] = made
        return out
    if made.ndim == 0:
        return made[()]
    return made


def _elementwise(name, arrays):
    if len(arrays) == 1:
        (a,) = arrays
        if a._type is not _object or name in _only_numbers:
            raise _no_loop(name, arrays)
        function = unary.get(name) or (lambda x: getattr(x, name)())
        try:
            flat = [function(x) for x in a._flat()]
        except AttributeError:
            wrong = next((x for x in a._flat() if not hasattr(x, name)), None)
            raise TypeError(f'loop of ufunc does not support argument 0 of type {type(wrong).__name__} which has no callable {name} method') from None
        return _find_truth(flat, a.shape) if name in _truths else from_flat(flat, a.shape, _object)
    a, b = arrays
    function = binary.get(name)
    objects = a.dtype is _object or b.dtype is _object
    if not objects:
        kinds = a.dtype.kind + b.dtype.kind
        if name in ('equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal'):
            if kinds in ('UU', 'SS'):
                x, y, *_ = _two_ranks(a, b)
                return call_array(name, x, y)
            if name in ('equal', 'not_equal'):
                from .creation import full
                from .shaping import broadcast_shapes

                return full(broadcast_shapes(a.shape, b.shape), name == 'not_equal')
        if name == 'multiply' and ('U' in kinds or 'S' in kinds) and ('i' in kinds or 'u' in kinds):
            raise TypeError("The 'out' kwarg is necessary when using the string multiply ufunc directly. Use numpy.strings.multiply to multiply strings "
                            "without specifying 'out'.")
        if kinds not in ('UU', 'SS') or name != 'add':
            raise _no_loop(name, arrays)
    if function is None:
        raise TypeError(f'np.{name} takes numbers; these arrays hold objects')
    a, b = call('broadcast_arrays', a._codes if isinstance(a, boxed) else a, b._codes if isinstance(b, boxed) else b), arrays
    (a, b), given = a, b
    flats = []
    for part, whole in ((a, given[0]), (b, given[1])):
        flat = part.ravel().tolist()
        flats.append([whole._pool.values[k] for k in flat] if isinstance(whole, boxed) else flat)
    flat = [function(x, y) for x, y in zip(*flats)]
    if name in _truths:
        return _find_truth([builtins.bool(x) for x in flat], a.shape)
    return from_flat(flat, a.shape, _object if objects else None if flat else given[0].dtype)


def _tensordot(a, b, axes=2):
    """Sums of products of objects over axes of both."""
    a, b = array_of(a), array_of(b)
    left, right = (list(range(a.ndim - axes, a.ndim)), list(range(axes))) if isinstance(axes, int) else ([*x] if hasattr(x, '__iter__') else [x] for x in axes)
    left, right = [k % a.ndim for k in left], [k % b.ndim for k in right]
    if [a.shape[k] for k in left] != [b.shape[k] for k in right]:
        raise ValueError('shape-mismatch for sum')
    kept = [[k for k in range(x.ndim) if k not in used] for x, used in ((a, left), (b, right))]
    shape = (*(a.shape[k] for k in kept[0]), *(b.shape[k] for k in kept[1]))
    n = math.prod(a.shape[k] for k in left)
    made = _product(a.transpose(kept[0] + left).reshape(-1, n), b.transpose(right + kept[1]).reshape(n, -1))
    return made.reshape(shape)


def _product(a, b):
    """Matrix products of objects."""
    if a.ndim == 0 or b.ndim == 0:
        return ufunc('multiply', (a, b), {})
    if a.ndim > 2 or b.ndim > 2:
        raise TypeError('products of objects have at most two axes here')
    rows = a.tolist() if a.ndim == 2 else [a.tolist()]
    columns = b.T.tolist() if b.ndim == 2 else [b.tolist()]
    if a.shape[-1] != b.shape[0]:
        raise ValueError(f'matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size {b.shape[0]} is different '
                         f'from {a.shape[-1]})')
    flat = [functools.reduce(operator.add, map(operator.mul, r, c)) for r in rows for c in columns]
    shape = (a.shape[:1] if a.ndim == 2 else ()) + (b.shape[1:] if b.ndim == 2 else ())
    return from_flat(flat, shape, _object) if shape else flat[0]
