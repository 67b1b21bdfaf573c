"""Expressions that are variables: what they read, and what they give."""

import ast
import builtins
import json
import math

from . import errors
from .cell import main
from .names import arrays


def read(code):
    """Names that an expression reads from outside, and whether they are known without the workspace; JSON."""
    try:
        tree = ast.parse(code.strip(), '<formula>', 'eval')
    except (SyntaxError, ValueError) as error:
        words = error.msg if isinstance(error, SyntaxError) else str(error)
        return json.dumps({'names': [], 'problem': words})
    names = []
    _walk(tree.body, frozenset(), names)
    return json.dumps({'names': [(name, _known(name)) for name in names], 'problem': None})


def _known(name):
    """Whether a name means something without the workspace."""
    if name in ('np', 'numpy', 'scipy', 'math') or hasattr(builtins, name):
        return True
    return name in main.__dict__ and name not in arrays()


def _walk(node, own, names):
    if isinstance(node, ast.Name):
        if node.id not in own and node.id not in names:
            names.append(node.id)
        return
    if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
        for number, part in enumerate(node.generators):
            _walk(part.iter, own, names)
            own = own | {inner.id for inner in ast.walk(part.target) if isinstance(inner, ast.Name)}
            for condition in part.ifs:
                _walk(condition, own, names)
        for field in ('elt', 'key', 'value'):
            if hasattr(node, field):
                _walk(getattr(node, field), own, names)
        return
    if isinstance(node, ast.Lambda):
        parameters = {a.arg for a in ast.walk(node.args) if isinstance(a, ast.arg)}
        for default in [*node.args.defaults, *node.args.kw_defaults]:
            if default is not None:
                _walk(default, own, names)
        _walk(node.body, own | parameters, names)
        return
    for child in ast.iter_child_nodes(node):
        _walk(child, own, names)


def evaluate(code, inputs):
    """The value of an expression over arrays, as JSON: a handle to an array of its own, or an error."""
    import numpy
    from numpy._core import from_handle

    # What a person defined in a cell may be used; np and its like are at hand without an import.
    space = {'np': numpy, 'numpy': numpy, 'math': math, **main.__dict__}
    _scipy(code, space)
    space.update((name, from_handle(handle)) for name, handle in json.loads(inputs))
    global _kept
    try:
        value = eval(compile(code.strip(), '<formula>', 'eval'), space)
        # A scalar is shown as its one cell. The copy lets no formula write into its inputs.
        _kept = numpy.array(numpy.atleast_1d(numpy.asarray(value)))
        if _kept._boxed:
            raise TypeError(f'a variable holds numbers; this is an array of {_kept.dtype}')
        return json.dumps({'handle': _kept._h, 'error': None, 'hint': None})
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        words = f'{type(error).__name__}: {errors.message(error)}'
        return json.dumps({'handle': 0, 'error': words, 'hint': errors.hint(error)})


_kept = None


def _scipy(code, space):
    if 'scipy' in code and 'scipy' not in space:
        import scipy
        import scipy.linalg
        import scipy.sparse

        space['scipy'] = scipy
