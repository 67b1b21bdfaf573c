"""Gives the operators and the commonest calls their quickest form; what these do not know goes the way defined in Python."""

from . import creation, link, ufuncs
from .array import ndarray
from .creation import zeros
from .link import engine
from .scalars import False_, True_, float64, int64

_operators = {
    'add': 'add', 'sub': 'subtract', 'mul': 'multiply', 'truediv': 'divide', 'floordiv': 'floor_divide', 'mod': 'remainder', 'pow': 'power',
    'and': 'bitwise_and', 'or': 'bitwise_or', 'xor': 'bitwise_xor', 'lshift': 'left_shift', 'rshift': 'right_shift',
}
_comparisons = {'eq': 'equal', 'ne': 'not_equal', 'lt': 'less', 'le': 'less_equal', 'gt': 'greater', 'ge': 'greater_equal'}


def _attach():
    objects = {
        'ndarray': ndarray, 'int': int, 'float': float, 'bool': bool, 'str': str, 'tuple': tuple, 'list': list, 'none': None, 'true': True,
        'false': False, 'notImplemented': NotImplemented, 'slice': slice, 'ellipsis': Ellipsis, 'float64': float64, 'int64': int64, 'npTrue': True_, 'npFalse': False_,
        'finish': link.rare, 'fail': link.fail,
    }
    engine.fastAttach(' '.join(f'{name} {id(value)}' for name, value in objects.items()))
    sample = zeros(2)
    sample._base = marker = object()
    whole = int64(1 << 40)
    found = (engine.fastSlot('handle', id(sample), id(sample._h)) and engine.fastSlot('base', id(sample), id(marker))
             and engine.fastSlot('value', id(whole), id(whole._v)))
    if not found:
        raise SystemError('the objects of this Python lie otherwise than numpy expects')


def _install():
    made = {}

    def method(name, kind, operation=''):
        slow = ndarray.__dict__.get(name)
        engine.fastInstall(id(made), name, kind, operation, id(slow) if slow is not None else 0, True)
        # The function behind must live as long as the quick one.
        _behind.append(slow)
        setattr(ndarray, name, made[name])

    for symbol, name in _operators.items():
        method(f'__{symbol}__', 'binary', name)
        method(f'__r{symbol}__', 'reflected', name)
        method(f'__i{symbol}__', 'inplace', name)
    for symbol, name in _comparisons.items():
        method(f'__{symbol}__', 'binary', name)
    method('__getitem__', 'getitem')
    method('__setitem__', 'setitem')
    method('__len__', 'len')
    method('__matmul__', 'matmul')
    method('__neg__', 'unary', 'negative')
    method('__abs__', 'unary', 'absolute')
    for name in ufuncs.primary:
        function = getattr(ufuncs, name)
        behind = function._plain
        _behind.append(behind)
        engine.fastInstall(id(made), name, 'unary' if function.nin == 1 else 'ufunc', name, id(behind), False)
        function._quick = made[name]
    engine.fastInstall(id(made), 'array', 'array', '', id(creation._from_plain_list), False)
    creation.quick_list = made['array']
    for name, kind, behind in (('call', 'call', link.slow_call), ('call_array', 'callKeeping', link.slow_call_array)):
        engine.fastInstall(id(made), name, kind, '', id(behind), False)
        link.quick[name] = made[name]


_behind = []
_attach()
_install()
if zeros(3)[1] != 0.0 or type(zeros(3)[1]) is not float64 or (zeros(2) + 1.5)[1] != 1.5:
    raise SystemError('the objects of this Python lie otherwise than numpy expects')
