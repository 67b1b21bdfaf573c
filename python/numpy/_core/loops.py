"""What elementwise functions say of themselves: which dtypes they compute in, and what they give (`np.add.types`, `resolve_dtypes`)."""

from .dtypes import _find, can_cast, promote_types, result_type

_integers = 'bBhHiIlLqQ'
_numbers = f'?{_integers}efdFDO'
# The letters of the operands, and who takes them.
_given = {
    _numbers: 'add multiply maximum minimum fmax fmin absolute equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor logical_not matmul '
              'vecdot matvec vecmat',
    _numbers[1:]: 'subtract power negative positive square reciprocal conjugate sign',
    'efdFDO': 'divide sqrt exp log rint exp2 expm1 log2 log10 log1p tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh sin cos',
    f'{_integers}efdO': 'floor_divide remainder fmod',
    'dD': 'float_power',
    f'{_integers}O': 'gcd lcm left_shift right_shift bitwise_count',
    'efdO': 'arctan2 hypot fabs deg2rad rad2deg radians degrees cbrt',
    'efd': 'logaddexp logaddexp2 copysign heaviside nextafter signbit modf frexp spacing',
    f'?{_integers}O': 'bitwise_and bitwise_or bitwise_xor invert',
    f'?{_integers}efdO': 'floor ceil trunc',
    f'?{_integers}efdFD': 'isnan isinf isfinite',
    f'{_integers}efd': 'divmod',
}
_letters = {name: letters for letters, names in _given.items() for name in names.split()}
_truth = set('equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor logical_not isnan isinf isfinite signbit'.split())
# What is given where it is not what was taken.
_other = {'absolute': {'F': 'f', 'D': 'd'}, 'bitwise_count': dict.fromkeys(_integers, 'B')}


def loops(name, nin, nout):
    """The loops of a function as NumPy writes them: 'dd->d'."""
    if name == 'ldexp':
        return ['ei->e', 'fi->f', 'el->e', 'fl->f', 'di->d', 'dl->d']
    made = []
    for letter in _letters.get(name, ''):
        if name in _truth:
            if letter == 'O':
                made += [] if name.startswith('logical') else ['OO->?']
            gives = letter if letter == 'O' else '?'
            if letter == 'Q' and nin == 2 and not name.startswith('logical'):
                made += ['QQ->?', 'qQ->?', 'Qq->?']
                continue
        elif name == 'frexp':
            gives = f'{letter}i'
        else:
            gives = _other.get(name, {}).get(letter, letter) * nout
        made.append(f'{letter * nin}->{gives}')
    return made


_python = (int, float, complex)


def resolve(function, dtypes, casting='same_kind', reduction=False):
    """The dtypes that a function takes and gives for operands of these, or None; int, float and complex stand for numbers of Python's own."""
    nin = function.nin
    if not isinstance(dtypes, tuple) or len(dtypes) != function.nargs:
        raise ValueError(f'resolve_dtypes: must provide exactly {function.nargs} tuple items')
    given = [*dtypes[:nin]]
    if reduction and nin == 2 and given[0] is None:
        given[0] = given[1]
    if any(t is None for t in given):
        raise TypeError('resolve_dtypes: input dtypes must be given')
    # A dtype is equal to the type of Python that it is made of, but is not it.
    strong = [_find(t) for t in given if not any(t is own for own in _python)]
    weak = [t(1) for t in given if any(t is own for own in _python)]
    common = result_type(*strong, *weak) if strong else result_type(*weak)
    given = [common if any(t is own for own in _python) else _find(t) for t in given]
    for loop in function.types:
        takes, _, gives = loop.partition('->')
        if all(can_cast(t, letter) for t, letter in zip(given, takes)):
            if promote_types(common, takes[0]).kind == 'O' and common.kind != 'O':
                break
            outs = [*map(_find, gives)]
            for told, made in zip(dtypes[nin:], outs):
                if told is not None and not can_cast(made, told, casting):
                    raise TypeError(f"Cannot cast ufunc '{function.__name__}' output from {made!r} to {_find(told)!r} with casting rule '{casting}'")
            return (*map(_find, takes), *(made if told is None else _find(told) for told, made in zip(dtypes[nin:], outs)))
    return None
