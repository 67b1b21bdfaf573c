"""Runs scripts as `python FILE` does, and the entries of a terminal's prompt."""

import atexit
import builtins
import importlib
import itertools
import json
import os
import sys

from . import errors, numbers, streams, waiting
from .cell import main


_hook = None


def begin(environment, isatty):
    """The world of a script: its environment, and streams that show text as it comes."""
    os.environ.clear()
    os.environ.update(json.loads(environment))
    sys.dont_write_bytecode = True
    global _hook
    _hook = sys.excepthook
    sys.modules['__main__'] = main
    at_once = bool(os.environ.get('PYTHONUNBUFFERED'))
    for stream in (sys.stdout, sys.stderr):
        # As CPython: by the line for people, in blocks for programs, and errors at once.
        by_line = at_once or stream is sys.stderr or stream.isatty()
        stream.reconfigure(
            encoding='utf-8', errors='surrogateescape', line_buffering=by_line, write_through=at_once
        )
    sys.stdin.reconfigure(encoding='utf-8', errors='surrogateescape')
    streams.install_sleep()
    streams.limit_recursion()
    numbers.install()
    waiting.install()
    importlib.invalidate_caches()


def run_file(path, folder, arguments):
    """Runs the script at `path`; its exit status."""
    sys.argv = [path, *json.loads(arguments)]
    sys.path[0:0] = [folder]
    # As CPython: the arguments have the name as it was given, the module and its tracebacks the whole of it.
    whole = path if os.path.isabs(path) else f'{os.getcwd()}/{path}'
    _become(__file__=whole, __cached__=None)

    def work():
        with open(path, 'rb') as file:
            source = file.read()
        exec(_compiled(source, whole), main.__dict__)

    return _finish(work)


def run_code(code, arguments):
    """Runs the text after `-c`; its exit status."""
    sys.argv = ['-c', *json.loads(arguments)]
    sys.path[0:0] = ['']
    _become()
    return _finish(lambda: exec(_compiled(code, '<string>'), main.__dict__))


def run_module(name, arguments):
    """Runs a module as `python -m name` does; its exit status."""
    import runpy

    sys.argv = ['-m', *json.loads(arguments)]
    sys.path[0:0] = [os.getcwd()]
    _become()
    return _finish(lambda: runpy._run_module_as_main(name))


def run_input(arguments):
    """Runs the script that standard input holds; its exit status."""
    sys.argv = ['-', *json.loads(arguments)]
    sys.path[0:0] = ['']
    _become()
    return _finish(lambda: exec(_compiled(sys.stdin.buffer.read(), '<stdin>'), main.__dict__))


def begin_prompt():
    sys.argv = ['']
    sys.path[0:0] = ['']
    _become()


_entries = itertools.count()


def enter(code):
    """Runs one entry of the prompt; -1, or the status with which it wants to end the program."""
    from .magic import translate

    try:
        sys.last_exc = None
        code = translate(code)
        import ast
        import linecache

        # Each entry has a name of its own, as CPython's: a function's lines are found after other entries.
        name = f'<python-input-{next(_entries)}>'
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        tree = _tree(code, name)
        for node in tree.body:
            exec(compile(ast.Interactive([node]), name, 'single'), main.__dict__)
    except SystemExit as ended:
        return end(_status(ended))
    except BaseException as error:
        _flush()
        sys.stderr.write(errors.text(error))
        sys.last_exc = error.with_traceback(None)
    _flush()
    return -1


def end(status=0):
    """What is to be done at the end of the program."""
    try:
        atexit._run_exitfuncs()
    finally:
        _flush()
    return status


def _become(**names):
    main.__dict__.clear()
    main.__dict__.update(
        {'__name__': '__main__', '__doc__': None, '__package__': None, '__loader__': None, '__spec__': None,
         '__builtins__': builtins, **names}
    )


def _tree(code, name):
    import ast

    try:
        return compile(code, name, 'exec', ast.PyCF_ONLY_AST)
    except SyntaxError as error:
        raise error.with_traceback(None) from None


def _compiled(source, path):
    try:
        return compile(source, path, 'exec')
    except SyntaxError as error:
        if error.filename is None:
            # Text with zero bytes has no lines for the compiler.
            text = source if isinstance(source, bytes) else source.encode()
            error.filename, error.lineno = path, text[: text.find(0)].count(b'\n') + 1
        raise error.with_traceback(None) from None


def _finish(work):
    try:
        work()
        status = 0
    except SystemExit as ended:
        status = _status(ended)
    except BaseException as error:
        _flush()
        if sys.excepthook is not _hook:
            sys.excepthook(type(error), error, error.__traceback__)
        else:
            sys.stderr.write(errors.text(error))
        status = 130 if isinstance(error, KeyboardInterrupt) else 1
    return end(status)


def _status(ended):
    code = ended.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    _flush()
    sys.stderr.write(f'{code}\n')
    return 1


def _flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (ValueError, OSError):
            pass


