"""Runs what a person types, as Jupyter's cells and Python's own prompt do."""

import ast
import builtins
import codeop
import importlib
import json
import linecache
import sys
import types

from . import errors, numbers, show, streams, waiting
from .magic import InteractiveShell, the_shell, translate

main = types.ModuleType('__main__')
# What every formula and the prompt have, and what the first cell of a notebook is about to import under these names.
at_hand = {'np': 'numpy', 'numpy': 'numpy', 'math': 'math', 'scipy': 'scipy', 'plt': 'matplotlib.pyplot'}
_own_modules = set()


def begin():
    """A fresh namespace, and the page in the place of the terminal."""
    streams.install(builtins)
    streams.limit_recursion()
    numbers.install()
    waiting.install()
    sys.modules['__main__'] = main
    main.__dict__.update(__builtins__=builtins, display=show.display)
    _own_modules.update(sys.modules)


def reset():
    """Forgets names and the modules that the person's code brought."""
    main.__dict__.clear()
    main.__dict__.update(
        __name__='__main__', __doc__=None, __package__=None, __loader__=None, __spec__=None, __builtins__=builtins
    )
    main.display = show.display
    folder = 'eigenscope'
    for name, module in list(sys.modules.items()):
        file = getattr(module, '__file__', None) or ''
        if name not in _own_modules and not file.startswith('/lib/') and not name.startswith(folder):
            del sys.modules[name]
    sys.argv = ['']
    close_figures()


def get_shell():
    """The notebook as IPython's shell."""
    return the_shell


def run(code, filename, mode):
    """Runs `code`; its outcome as JSON: status, and the error when there is one."""
    outcome = {'status': 'ok', 'error': None}
    builtins.display = show.display
    builtins.get_ipython = get_shell
    try:
        try:
            _execute(code, filename, mode)
        finally:
            try:
                draw_figures()
            finally:
                show.flush()
    except SystemExit:
        pass
    except BaseException as error:
        try:
            told = _told(error, filename)
        except KeyboardInterrupt:
            # Stop came while a routine was ending over it: the person stopped the cell, whatever the routine made of it.
            told = {'type': 'KeyboardInterrupt', 'message': '', 'traceback': 'KeyboardInterrupt\n', 'line': None}
        outcome = {'status': 'interrupted' if told['type'] == 'KeyboardInterrupt' else 'error', 'error': told}
        # Frames hold every array they used; the traceback has been told.
        error.__traceback__ = None
    return json.dumps(outcome)


def _told(error, filename):
    try:
        return {
            'type': type(error).__name__,
            'message': errors.message(error),
            'traceback': errors.text(error),
            'line': errors.line_in(error, filename),
        }
    except KeyboardInterrupt:
        raise
    except BaseException as second:
        words = f'{type(error).__name__} (its own report failed with {type(second).__name__})\n'
        return {'type': type(error).__name__, 'message': words, 'traceback': words, 'line': None}


def _execute(code, filename, mode):
    code = translate(code)
    linecache.cache[filename] = (len(code), None, code.splitlines(keepends=True), filename)
    tree = parse(code, filename)
    space = main.__dict__
    if mode == 'console':
        _bring(tree, space)
        for node in tree.body:
            _one(node, filename, space, True)
        return
    last = tree.body[-1] if tree.body else None
    # As in Jupyter, a semicolon at the end keeps the value to itself.
    quiet = code.rstrip().endswith(';')
    every = InteractiveShell.ast_node_interactivity
    if every != 'last_expr' and last is not None:
        for node in tree.body:
            # 'none', 'last', or all of them, one after another.
            shown = not quiet if node is last else every == 'all'
            _one(node, filename, space, shown and every != 'none')
    elif isinstance(last, ast.Expr) and not quiet:
        tree.body.pop()
        exec(compile(tree, filename, 'exec'), space)
        _one(last, filename, space, True)
    else:
        exec(compile(tree, filename, 'exec'), space)


def _bring(tree, space):
    """At the prompt numpy and its like are at hand without an import, as they are in a formula."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in at_hand and node.id not in space:
            space[node.id] = importlib.import_module(at_hand[node.id])


def parse(code, filename):
    """The syntax tree; an error of syntax comes without the calls that found it."""
    try:
        return compile(code, filename, 'exec', ast.PyCF_ONLY_AST)
    except SyntaxError as error:
        raise error.with_traceback(None) from None


def _one(node, filename, space, shown):
    if not isinstance(node, ast.Expr):
        exec(compile(ast.Module([node], []), filename, 'exec'), space)
        return
    value = eval(compile(ast.Expression(node.value), filename, 'eval'), space)
    if value is not None and shown:
        space['_'] = value
        show.send('result', value)


def draw_figures():
    """Shows the figures that are still open at a cell's end."""
    pyplot = sys.modules.get('matplotlib.pyplot')
    if pyplot is not None:
        pyplot.show()


def close_figures():
    pyplot = sys.modules.get('matplotlib.pyplot')
    if pyplot is not None:
        pyplot.close('all')


def whole(code):
    """Whether code can stand as it is, as Enter at a prompt asks; JSON with the state and the next line's indent."""
    lines = code.split('\n')
    indent = lines[-1][: len(lines[-1]) - len(lines[-1].lstrip())]
    if lines[-1].rstrip().endswith(':'):
        indent += '    '
    translated = translate(code)
    try:
        made = codeop.compile_command(translated if len(lines) == 1 else translated + '\n', '<console>', 'single')
    except (SyntaxError, ValueError, OverflowError):
        # `single` takes one statement; several are as complete as the last of them.
        try:
            ast.parse(translated)
        except (SyntaxError, ValueError, OverflowError):
            return json.dumps({'state': 'invalid', 'indent': ''})
        return json.dumps({'state': 'complete', 'indent': ''})
    if made is None:
        return json.dumps({'state': 'incomplete', 'indent': indent})
    # A block goes on until an empty line ends it.
    if len(lines) > 1 and indent and lines[-1].strip():
        return json.dumps({'state': 'incomplete', 'indent': indent})
    return json.dumps({'state': 'complete', 'indent': ''})
