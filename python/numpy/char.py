"""Functions of strings, element by element."""

from ._core import link as _link
from ._core.boxed import array_of as _array_of
from ._core.boxed import boxed as _boxed
from ._core.boxed import from_flat as _from_flat
from ._core.boxed_functions import ufunc as _ufunc
from ._core.creation import array as _array

__all__ = []
_ndarray = _link.ndarray


def _strings(x):
    a = x if isinstance(x, _ndarray) else _array_of(x)
    if not isinstance(a, _boxed) or a.dtype.kind not in 'US':
        raise TypeError('string operation on non-string array')
    return a


def _given(made, scalar):
    return made[()] if scalar else made


def _each(function, a, *others):
    """A function of the elements and of further arguments, which are broadcast."""
    arrays = [_strings(a)]
    plain = []
    for x in others:
        if isinstance(x, (list, tuple, _ndarray)):
            arrays.append(x if isinstance(x, _ndarray) else _array_of(x))
            plain.append(None)
        else:
            plain.append(x.item() if hasattr(x, 'item') else x)
    from ._core.shaping import broadcast_shapes, broadcast_to

    if len(arrays) > 1:
        # One by one: strings and numbers must stay what they are.
        shape = broadcast_shapes(*(p.shape for p in arrays))
        arrays = [p if p.shape == shape else broadcast_to(p, shape) for p in arrays]
    flats = [p._flat() if isinstance(p, _boxed) else p.ravel().tolist() for p in arrays]
    rest = iter(flats[1:])
    columns = [next(rest) if x is None and isinstance(given, (list, tuple, _ndarray)) else None for x, given in zip(plain, others)]
    made = []
    for k, text in enumerate(flats[0]):
        made.append(function(text, *(column[k] if column is not None else x for column, x in zip(columns, plain))))
    shape = arrays[0].shape
    if made and isinstance(made[0], bool):
        return _given(_array(made).reshape(shape), not shape)
    if made and isinstance(made[0], int):
        return _given(_array(made).reshape(shape), not shape)
    kind = None if made and isinstance(made[0], (str, bytes)) else arrays[0].dtype if not made else object
    from ._core.dtypes import _find

    return _given(_from_flat(made, shape, kind if kind is None else _find(kind)), not shape)


# The parameters of NumPy's functions, where Python's methods take them by position only.
_parameters = {
    'center': ('width', 'fillchar'), 'ljust': ('width', 'fillchar'), 'rjust': ('width', 'fillchar'), 'zfill': ('width',), 'strip': ('chars',), 'lstrip': ('chars',),
    'rstrip': ('chars',), 'split': ('sep', 'maxsplit'), 'rsplit': ('sep', 'maxsplit'), 'splitlines': ('keepends',), 'replace': ('old', 'new', 'count'),
    'find': ('sub', 'start', 'end'), 'rfind': ('sub', 'start', 'end'), 'index': ('sub', 'start', 'end'), 'rindex': ('sub', 'start', 'end'), 'count': ('sub', 'start', 'end'),
    'startswith': ('prefix', 'start', 'end'), 'endswith': ('suffix', 'start', 'end'), 'expandtabs': ('tabsize',), 'encode': ('encoding', 'errors'),
    'decode': ('encoding', 'errors'), 'translate': ('table', 'deletechars'),
}
_standing = {'start': 0, 'end': None, 'sep': None, 'fillchar': ' ', 'tabsize': 8, 'encoding': 'utf-8', 'errors': 'strict', 'count': -1}


def _method(name, doc):
    parameters = _parameters.get(name, ())

    def function(a, *args, **kwargs):
        given = [*args]
        for word in parameters[len(args):]:
            if word not in kwargs and not kwargs:
                break
            given.append(kwargs.pop(word, _standing.get(word)))
        if kwargs:
            raise TypeError(f"{name}() got an unexpected keyword argument '{next(iter(kwargs))}'")
        if name == 'translate':
            return _each(lambda text: text.translate(*given), a)
        return _each(lambda text, *rest: getattr(text, name)(*rest), a, *given)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = doc
    globals()[name] = function
    __all__.append(name)


for _name, _doc in {
    'upper': 'Each element in upper case.', 'lower': 'Each element in lower case.', 'title': 'Each word begins with a capital.',
    'capitalize': 'Only the first character is a capital.', 'swapcase': 'Upper and lower case exchanged.', 'isalpha': 'Whether all characters are letters.',
    'isdigit': 'Whether all characters are digits.', 'isalnum': 'Whether all characters are letters or digits.', 'isspace': 'Whether all characters are blanks.',
    'islower': 'Whether all letters are lower case.', 'isupper': 'Whether all letters are upper case.', 'istitle': 'Whether words begin with capitals.',
    'isnumeric': 'Whether all characters are numeric.', 'isdecimal': 'Whether all characters are decimal digits.', 'strip': 'Blanks at both ends taken away.',
    'lstrip': 'Blanks at the beginning taken away.', 'rstrip': 'Blanks at the end taken away.', 'split': 'Lists of the words.', 'rsplit': 'Lists of the words, from the right.',
    'splitlines': 'Lists of the lines.', 'replace': 'Occurrences of a text replaced by another.', 'find': 'Where a text first stands, or -1.', 'rfind': 'Where a text last stands, or -1.',
    'index': 'Where a text first stands.', 'rindex': 'Where a text last stands.', 'count': 'How often a text occurs.', 'startswith': 'Whether elements begin with a text.',
    'endswith': 'Whether elements end with a text.', 'center': 'Elements centred in a width.', 'ljust': 'Elements at the left of a width.', 'rjust': 'Elements at the right of a width.',
    'zfill': 'Numbers filled up with zeros.', 'expandtabs': 'Tabs as blanks.', 'encode': 'Elements as bytes.', 'decode': 'Bytes as text.', 'translate': 'Characters replaced by a table.',
}.items():
    _method(_name, _doc)


def str_len(a):
    """The length of each element."""
    return _each(len, a)


def compare_chararrays(a1, a2, cmp, rstrip):
    """Comparison of elements by a sign: '<', '<=', '==', '>=', '>', '!='."""
    names = {'<': 'less', '<=': 'less_equal', '==': 'equal', '>=': 'greater_equal', '>': 'greater', '!=': 'not_equal'}
    if cmp not in names:
        raise ValueError("comparison must be '==', '!=', '<', '>', '<=', '>='")
    return globals()[names[cmp]](a1, a2)


def add(x1, x2):
    """Elements joined one to one."""
    return _ufunc('add', (_strings(x1), _strings(x2)), {})


def multiply(a, i):
    """Each element repeated; less than 0 times is none."""
    return _each(lambda text, n: text * max(n, 0), a, i)


def mod(a, values):
    """`a % values`, element by element."""
    return _each(lambda text, value: text % value, a, values)


def join(sep, seq):
    """The characters of each element joined by a text."""
    return _each(lambda text, mark: mark.join(text), seq, sep)


def partition(a, sep):
    """Each element as what stands before, at and behind the first occurrence of a text."""
    a = _strings(a)
    return _array_of([list(text.partition(sep)) for text in a._flat()]).reshape((*a.shape, 3))


def rpartition(a, sep):
    """Each element as what stands before, at and behind the last occurrence of a text."""
    a = _strings(a)
    return _array_of([list(text.rpartition(sep)) for text in a._flat()]).reshape((*a.shape, 3))


class chararray:
    """An array of strings with the methods of strings; blanks at the end of elements do not count."""

    __module__ = 'numpy.char'
    __array_ufunc__ = None

    def __init__(self, a):
        self._a = _strings(a)

    def __array__(self, dtype=None, copy=None):
        return self._a

    def __getattr__(self, name):
        if name in _parameters or name in _plain_methods:
            def method(*args, **kwargs):
                made = globals()[name](self._a, *args, **kwargs)
                return chararray(made) if isinstance(made, _boxed) and made.dtype.kind in 'US' else made

            return method
        return getattr(self._a, name)

    def __getitem__(self, key):
        found = self._a[key]
        return chararray(found) if isinstance(found, _boxed) else type(found)(found.rstrip())

    def __setitem__(self, key, value):
        self._a[key] = value

    def __len__(self):
        return len(self._a)

    def __iter__(self):
        return (self[k] for k in range(len(self)))

    def __add__(self, other):
        return chararray(add(self._a, other))

    def __radd__(self, other):
        return chararray(add(other, self._a))

    def __mul__(self, i):
        return chararray(multiply(self._a, i))

    __rmul__ = __mul__

    def __mod__(self, i):
        return chararray(mod(self._a, i))

    def __eq__(self, other):
        return equal(self._a, other)  # noqa: F821 made below

    def __ne__(self, other):
        return not_equal(self._a, other)  # noqa: F821

    def __lt__(self, other):
        return less(self._a, other)  # noqa: F821

    def __le__(self, other):
        return less_equal(self._a, other)  # noqa: F821

    def __gt__(self, other):
        return greater(self._a, other)  # noqa: F821

    def __ge__(self, other):
        return greater_equal(self._a, other)  # noqa: F821

    __hash__ = None

    def __str__(self):
        return str(_each(lambda text: text.rstrip(), self._a))

    def __repr__(self):
        return repr(_each(lambda text: text.rstrip(), self._a)).replace('array(', 'chararray(', 1).replace(chr(10) + ' ' * 6, chr(10) + ' ' * 10)


_plain_methods = ('upper', 'lower', 'title', 'capitalize', 'swapcase', 'isalpha', 'isdigit', 'isalnum', 'isspace', 'islower', 'isupper', 'istitle', 'isnumeric', 'isdecimal')


def _comparison(name):
    def function(x1, x2):
        x1, x2 = (_each(lambda text: text.rstrip(), x) for x in (x1, x2))
        return _ufunc(name, (x1, x2), {})

    function.__name__ = name
    function.__doc__ = f'Comparison `{name}` of elements; blanks at the end do not count.'
    globals()[name] = function
    __all__.append(name)


for _name in ('equal', 'not_equal', 'less', 'less_equal', 'greater', 'greater_equal'):
    _comparison(_name)


def array(obj, itemsize=None, copy=True, unicode=None, order=None):
    """An array of strings with the methods of strings."""
    return chararray(_strings(obj._a if isinstance(obj, chararray) else _array_of(obj if isinstance(obj, (list, tuple, _ndarray)) else [obj])))


asarray = array
__all__ += ['str_len', 'add', 'multiply', 'mod', 'join', 'partition', 'rpartition', 'chararray', 'array', 'asarray']
del _name, _doc
