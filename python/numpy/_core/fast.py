"""Gives the operators and the commonest calls their quickest form; what these do not know goes the way defined in Python."""

from . import creation, derived, differences, dtypes, elementwise, foreign, functional, functions, generalized, grids, histograms, joining, link, nan_reductions, ordering, products, reductions, shaping, swapped, taking, ufuncs
from .array import ndarray
from .creation import zeros
from .link import engine
from .generic import False_, True_, generic
from .scalars import float64, int32, int64

_operators = {
    'add': 'add', 'sub': 'subtract', 'mul': 'multiply', 'truediv': 'divide', 'floordiv': 'floor_divide', 'mod': 'remainder', 'pow': 'power',
    'and': 'bitwise_and', 'or': 'bitwise_or', 'xor': 'bitwise_xor', 'lshift': 'left_shift', 'rshift': 'right_shift',
}
_comparisons = {'eq': 'equal', 'ne': 'not_equal', 'lt': 'less', 'le': 'less_equal', 'gt': 'greater', 'ge': 'greater_equal'}


_module = 'numpy'
_functions = (
    (reductions, 'sum prod mean max min any all std var cumsum median percentile quantile average cov corrcoef count_nonzero cumprod ptp'),
    (elementwise, 'where clip round isclose allclose array_equal nonzero flatnonzero argwhere select fix real imag angle isreal iscomplex iscomplexobj isrealobj nan_to_num '
                  'isposinf isneginf array_equiv'),
    (differences, 'interp diff gradient trapezoid convolve correlate ediff1d'),
    (histograms, 'histogram bincount histogram_bin_edges'),
    (nan_reductions, 'nansum nanmean nanstd nanmax nanmin nanmedian nanvar nanprod nanpercentile nanquantile nancumsum nancumprod'),
    (taking, 'take diagonal take_along_axis put_along_axis put place putmask copyto compress extract fill_diagonal choose unravel_index ravel_multi_index'),
    (ordering, 'argmax argmin sort argsort searchsorted unique digitize isin union1d intersect1d setdiff1d setxor1d lexsort partition argpartition nanargmax nanargmin'),
    (creation, 'zeros ones empty full zeros_like ones_like empty_like full_like eye arange linspace diag meshgrid tril triu copy ascontiguousarray asfortranarray identity tri '
               'indices diagflat vander diag_indices tril_indices triu_indices'),
    (products, 'dot inner outer trace vdot tensordot cross kron einsum'),
    (joining, 'concatenate stack vstack hstack column_stack dstack tile append repeat roll insert delete split array_split hsplit vsplit dsplit pad resize'),
    (shaping, 'reshape ravel transpose expand_dims flip squeeze swapaxes moveaxis rollaxis fliplr flipud rot90 broadcast_to atleast_1d atleast_2d atleast_3d matrix_transpose '
              'broadcast_arrays'),
    (grids, 'ix_'),
)
_aliases = ((reductions, {'amax': 'max', 'amin': 'min'}), (elementwise, {'around': 'round'}), (joining, {'concat': 'concatenate'}),
            (shaping, {'permute_dims': 'transpose'}))
_of_scalars = 'sum prod mean std var max min any all argmax argmin clip round astype'.split()
# Attributes of arrays that functions give.
_attributes = {'T': 'transpose', 'mT': 'ndarray.mT', 'real': 'ndarray.real'}
_methods = ('sum prod mean max min any all std var cumsum cumprod argmax argmin argsort clip round dot trace ravel flatten copy astype reshape sort swapaxes diagonal repeat take '
            'nonzero put choose searchsorted squeeze transpose view').split()
# Methods that are called otherwise than the functions of their names.
_own = {'reshape', 'sort', 'clip', 'copy', 'transpose', 'view'}


def _about(function):
    """Signature and documentation as CPython keeps them for its own functions."""
    while hasattr(function, '__wrapped__'):
        function = function.__wrapped__
    code = function.__code__
    names = code.co_varnames[:code.co_argcount + code.co_kwonlyargcount]
    defaults = dict(zip(names[code.co_argcount - len(function.__defaults__ or ()):code.co_argcount], function.__defaults__ or ()))
    defaults.update(function.__kwdefaults__ or {})
    rest = iter(code.co_varnames[len(names):])

    def written(name):
        value = defaults.get(name, _attach)
        if value is _attach:
            return name
        # CPython reads constants alone: a dtype is None, what cannot be written down is False where NumPy says <no value>.
        return f'{name}={"None" if isinstance(value, type) else repr(value) if type(value) in (bool, int, float, str) or value is None else "False"}'

    parts = [written(name) for name in names[:code.co_argcount]]
    if code.co_posonlyargcount:
        parts.insert(code.co_posonlyargcount, '/')
    several = code.co_flags & 4
    if several or code.co_kwonlyargcount:
        parts.append(f'*{next(rest) if several else ""}')
    parts += [written(name) for name in names[code.co_argcount:]]
    if code.co_flags & 8:
        parts.append(f'**{next(rest)}')
    return f"{function.__name__}({', '.join(parts)})\n--\n\n{function.__doc__ or ''}"


# What quick methods are bound to: CPython shows them by the name of its class.
_owner = type('numpy.ndarray', (), {'__slots__': (), '__qualname__': 'ndarray'})


def _attach():
    objects = {
        'ndarray': ndarray, 'int': int, 'float': float, 'bool': bool, 'str': str, 'complex': complex, 'tuple': tuple, 'list': list, 'none': None, 'true': True,
        'false': False, 'notImplemented': NotImplemented, 'slice': slice, 'ellipsis': Ellipsis, 'float64': float64, 'int64': int64,
        'owner': _owner, 'finish': link.rare, 'fail': link.fail, 'indexError': IndexError, 'noItems': (),
    }
    engine.fastAttach(' '.join(f'{name} {id(value)}' for name, value in objects.items()))
    codes = [(t, code) for code, t in enumerate(dtypes.all_dtypes)] + [(t.type, code) for code, t in enumerate(dtypes.all_dtypes)]
    codes += [(bool, 0), (int, 4), (float, 10), (complex, 12)]
    engine.fastDtypes(' '.join(f'{id(value)} {code}' for value, code in codes))
    sample = zeros(2)
    sample._base = marker = object()
    whole, half = int64(1 << 40), int32(1 << 30)
    found = (engine.fastSlot('handle', id(sample), id(sample._h)) and engine.fastSlot('base', id(sample), id(marker))
             and engine.fastSlot('value', id(half), id(half._v)) and engine.fastSlot('value', id(whole), id(whole._v)))
    engine.fastScalars(' '.join(str(id(value)) for value in (*link.scalar_types, True_, False_)))
    if not found:
        raise SystemError('the objects of this Python lie otherwise than numpy expects')


def _install():
    made, public = {}, {}

    def method(name, kind, operation=''):
        slow = ndarray.__dict__.get(name)
        about = '' if slow is None or name.startswith('_') else _about(slow)
        engine.fastInstall(id(made), name, kind, operation, id(slow) if slow is not None else 0, True, 0, about)
        # The function behind must live as long as the quick one.
        _behind.append(slow)
        setattr(ndarray, name, made[name])

    def function(place, name, prefix='', module=_module, record=None):
        own = place[name] if prefix else derived.guarded(name, place[name])
        # What a person calls is there only when the function behind it is. SciPy's functions ask nobody.
        behind = own if name in foreign._asks_nobody or prefix.startswith('scipy') else foreign.asked(f'numpy.{prefix}{name}', lambda: public[prefix + name], own, name)
        _behind.append(behind)
        engine.fastInstall(id(made), name, 'function', prefix + name, id(behind), False, id(module), _about(behind), 0 if record is None else id(record))
        public[prefix + name] = made[name]
        foreign._behind[id(made[name])] = own
        for space in (place, functions.__dict__) if not prefix else (place,):
            space[name] = made[name]

    global quicken
    quicken = function
    for symbol, name in _operators.items():
        method(f'__{symbol}__', 'binary', name)
        method(f'__r{symbol}__', 'reflected', name)
        method(f'__i{symbol}__', 'inplace', name)
    for symbol, name in _comparisons.items():
        method(f'__{symbol}__', 'binary', name)
    method('__getitem__', 'getitem')
    method('__setitem__', 'setitem')
    method('__len__', 'len')
    method('__iter__', 'iter')
    method('tolist', 'tolist')
    method('__del__', 'drop')
    method('__matmul__', 'matmul')
    method('__neg__', 'unary', 'negative')
    method('__abs__', 'unary', 'absolute')
    for name in ufuncs.primary:
        target = getattr(ufuncs, name)
        behind = target._plain
        _behind.append(behind)
        engine.fastInstall(id(made), name, 'unary' if target.nin == 1 else 'ufunc', name, id(behind), False)
        target._quick = made[name]
    for name in ('matmul', 'vecdot', 'matvec', 'vecmat'):
        target = getattr(generalized, name)
        behind = target._plain
        _behind.append(behind)
        engine.fastInstall(id(made), name, 'function', name, id(behind), False)
        target._quick = made[name]
    engine.fastUfuncs(' '.join(f'{id(getattr(ufuncs, name))} {name}' for name in ufuncs._binary))
    for name in ('reduce', 'accumulate', 'outer', 'reduceat', 'at'):
        behind = ufuncs.ufunc.__dict__[name]
        _behind.append(behind)
        engine.fastInstall(id(made), name, 'ufuncMethod', name, id(behind), True, 0, _about(behind))
        setattr(ufuncs.ufunc, name, made[name])
    for module, names in _functions:
        for name in names.split():
            function(module.__dict__, name)
    for module in (functional, grids):
        for name, value in list(vars(module).items()):
            if name in public and value is foreign.implementation(public[name]):
                setattr(module, name, public[name])
    for module, aliases in _aliases:
        for alias, name in aliases.items():
            module.__dict__[alias] = functions.__dict__[alias] = made[name]
    for name in _of_scalars:
        behind = generic.__dict__[name]
        _behind.append(behind)
        engine.fastInstall(id(made), name, 'function', {'astype': 'generic.astype', 'clip': 'ndarray.clip'}.get(name, name), id(behind), True, id(_module), _about(ndarray.__dict__[name]))
        setattr(generic, name, made[name])
    for name in _methods:
        behind = ndarray.__dict__[name]
        _behind.append(behind)
        engine.fastInstall(id(made), name, 'function', f'ndarray.{name}' if name in _own else name, id(behind), True, id(_module), _about(behind))
        setattr(ndarray, name, made[name])
    for name, behind in (('convert', creation.slow_convert), ('whole', link.keep)):
        _behind.append(behind)
        engine.fastInstall(id(made), name, 'array', '', id(behind), False)
    creation.quick_convert = made['convert']
    link.quick['array'] = made['whole']
    for name in ('array', 'asarray', 'asanyarray'):
        own = getattr(creation, name)
        engine.fastInstall(id(made), name, 'array', 'copy' if name == 'array' else '', id(own), False, id(_module), _about(own))
        _behind.append(own)
        foreign._behind[id(made[name])] = own
        public[name] = creation.__dict__[name] = made[name]
    functions.array, functions.asarray = made['array'], made['asanyarray']
    for name in ('shape', 'strides', 'size', 'nbytes'):
        own = ndarray.__dict__[name]
        _behind.append(own)
        engine.fastInstall(id(made), name, 'attribute', name, id(own.fget), False)
        setattr(ndarray, name, property(made[name], own.fset, doc=own.__doc__))
    for name, operation in _attributes.items():
        own = ndarray.__dict__[name]
        _behind.append(own)
        engine.fastInstall(id(made), name, 'function', operation, id(own.fget), False)
        setattr(ndarray, name, property(made[name], own.fset, doc=own.__doc__))
    for cls, name in ((grids.RClass, 'r_'), (grids.CClass, 'c_')):
        behind = grids.AxisConcatenator.__getitem__
        engine.fastInstall(id(made), name, 'function', name, id(behind), True)
        cls.__getitem__ = made[name]
    method('item', 'item')
    method('fill', 'fill')
    for name, kind, behind in (('call', 'call', link.slow_call), ('call_array', 'callKeeping', link.slow_call_array), ('method', 'method', link.slow_method)):
        engine.fastInstall(id(made), name, kind, '', id(behind), False)
        link.quick[name] = made[name]


_behind = []
quicken = None
_attach()
_install()
derived.install()
swapped.install()
if zeros(3)[1] != 0.0 or type(zeros(3)[1]) is not float64 or (zeros(2) + 1.5)[1] != 1.5:
    raise SystemError('the objects of this Python lie otherwise than numpy expects')
