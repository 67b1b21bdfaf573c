"""Objects of other classes among arguments: what they say they are (`__array__`), and what they do themselves (`__array_function__`)."""

import enum
import functools
import types

from . import link
from .generic import generic

_without_copy = ("__array__ implementation doesn't accept a copy keyword, so passing copy=False failed. __array__ must implement 'dtype' and 'copy' keyword arguments. "
                 'To learn more, see the migration guide https://numpy.org/devdocs/numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword')
no_copy = ('Unable to avoid copy while creating an array as requested.\nIf using `np.array(obj, copy=False)` replace it with `np.asarray(obj)` to allow a copy '
           'when needed (no behavior change in NumPy 1.x).\nFor more details, see '
           'https://numpy.org/devdocs/numpy_2_0_migration_guide.html#adapting-to-changes-in-the-copy-keyword.')


class _CopyMode(enum.Enum):
    """Whether `array` copies: always, when it must, or never."""

    ALWAYS = True
    NEVER = False
    IF_NEEDED = 2

    def __bool__(self):
        if self is _CopyMode.IF_NEEDED:
            raise ValueError(f'{self} is neither True nor False.')
        return self.value


def as_array(x, want=None, copy=None):
    """The array that an object says it is; `want` is a dtype or None, `copy` as in `np.array`."""
    given = () if want is None else (want,)
    if copy is None:
        made = x.__array__(*given)
    else:
        try:
            made = x.__array__(*given, copy=copy)
        except TypeError as error:
            if "unexpected keyword argument 'copy'" not in str(error):
                raise
            link.warn(_without_copy, DeprecationWarning)
            if not copy:
                raise ValueError(no_copy) from None
            made = x.__array__(*given)
            made = made.copy() if isinstance(made, link.ndarray) else made
    if not isinstance(made, link.ndarray):
        raise ValueError('object __array__ method not producing an array')
    return made if want is None else made.astype(want, copy=False)


# ---------------------------------------------------------------- functions

_plain = {int, float, complex, bool, str, bytes, type(None), slice, type(Ellipsis), type, types.FunctionType, types.BuiltinFunctionType}
_containers = (list, tuple)
# Functions whose arrays stand in lists.
_of_lists = set('concatenate concat stack vstack hstack dstack column_stack block select choose multi_dot lexsort piecewise bmat einsum'.split())
# What makes arrays of shapes, numbers, files and anything else asks nobody.
_asks_nobody = set('array asarray asanyarray ascontiguousarray asfortranarray zeros ones empty full eye identity tri arange fromiter frombuffer fromstring fromfunction fromfile '
                   'loadtxt genfromtxt load isscalar set_printoptions get_printoptions printoptions seterr geterr seterrcall geterrcall show_config dtype indices '
                   'frompyfunc vectorize promote_types broadcast_shapes base_repr binary_repr issubdtype format_float_positional format_float_scientific shares_memory '
                   'typename iterable isdtype mintypecode diag_indices mask_indices tril_indices triu_indices asmatrix array_repr'.split())
_behind = {}


def implementation(function):
    """A function of NumPy without the question to other classes."""
    return _behind.get(id(function), function)


def _asking(args, kwargs, deep):
    """The arguments whose class has `__array_function__`: one of each class, a class before those it inherits from."""
    ndarray = link.ndarray
    found = []
    foreign = False

    def look(x):
        nonlocal foreign
        t = type(x)
        if t in _plain or isinstance(x, generic) or not hasattr(t, '__array_function__'):
            return
        if not issubclass(t, ndarray) or t.__array_function__ is not ndarray.__array_function__:
            foreign = True
        if any(type(y) is t for y in found):
            return
        at = next((k for k, y in enumerate(found) if issubclass(t, type(y))), len(found))
        found.insert(at, x)

    for x in (*args, *kwargs.values()):
        if deep and type(x) in _containers:
            for y in x:
                look(y)
        else:
            look(x)
    return found if foreign else ()


def asked(title, public, behind, own_name):
    """A function of NumPy that leaves its work to the classes of its arguments when they want to do it; `public` gives what a person calls."""
    deep = own_name in _of_lists
    plain = _plain | {link.ndarray}

    @functools.wraps(behind)
    def call(*args, **kwargs):
        for x in args:
            t = type(x)
            if t not in plain and (t not in _containers or deep):
                break
        else:
            for x in kwargs.values():
                if type(x) not in plain and (deep or type(x) not in _containers):
                    break
            else:
                return behind(*args, **kwargs)
        found = _asking(args, kwargs, deep)
        if not found:
            return behind(*args, **kwargs)
        kinds = tuple(type(x) for x in found)
        function = public()
        for x in found:
            made = x.__array_function__(function, kinds, args, kwargs)
            if made is not NotImplemented:
                return made
        raise TypeError(f"no implementation found for '{title}' on types that implement __array_function__: {list(kinds)}")

    return call


def default(function, kinds, args, kwargs):
    """What arrays do when they are asked: the work, if all who are asked are arrays."""
    if not all(issubclass(t, link.ndarray) for t in kinds):
        return NotImplemented
    return implementation(function)(*args, **kwargs)


def install(space, prefix):
    """Lets every public function of a module ask, but those that were taught before."""
    for name, function in list(space.items()):
        if name.startswith('_') or name in _asks_nobody or type(function) is not types.FunctionType or not function.__module__.startswith('numpy'):
            continue
        made = space[name] = asked(f'{prefix}{name}', functools.partial(space.get, name), function, name)
        _behind[id(made)] = function
