"""Errors of a person's code as CPython prints them, without the frames that are ours."""

import errno
import re
import traceback

from . import numbers

# Where this room lies; tests of the source tree run from elsewhere.
_room = __file__[: __file__.rindex('eigenscope/errors')]
# Errors that come through JavaScript bring its frames along.
_ours = (_room, '/lib/python314.zip/_pyodide/', '/lib/python314.zip/pyodide/', '<exec>', 'file:', 'node:', 'wasm:')

_deep = 1000
# What 32 bits cannot count is a lack of memory there.
_too_large = re.compile(r"cannot fit 'int' into an index-sized integer|are too large to concat|is too long|too many items")
_no_call = errno.ENOSYS

have = (
    "Python's standard library, numpy, scipy (linalg, sparse, sparse.linalg), matplotlib.pyplot and threadpoolctl, "
    'and modules in plain Python that lie in the working folder'
)


def explain(error):
    """Adds what helps here to an error, as a note."""
    if isinstance(error, ModuleNotFoundError) and not getattr(error, '__notes__', None):
        if 'halted; None in sys.modules' in str(error):
            error.msg = f'No module named {error.name!r}'
        error.add_note(f'Eigenscope has {have}.')
    elif isinstance(error, OSError):
        numbers.renumber(error)
    if not getattr(error, '__notes__', None) and (reason := _reason(error)) is not None:
        error.add_note(reason)


def _reason(error):
    """Why what exists elsewhere does not work here, or None."""
    if type(error) is MemoryError and not error.args or isinstance(error, OverflowError) and _too_large.search(str(error)):
        return (
            "Python's own objects (lists, dicts, strings, bytes) have 4 GiB together here; NumPy's arrays lie beside them, "
            'and may take what the machine has.'
        )
    words = str(error) if isinstance(error, (ImportError, OSError, RuntimeError, AttributeError)) else ''
    if isinstance(error, ImportError) and str(error.path).startswith(_room) and not error.name.startswith('eigenscope'):
        return f'Eigenscope has {have}; not all of their parts.'
    if "can't start new thread" in words:
        return "Eigenscope's Python runs on one thread; NumPy's large operations share the processors by themselves."
    if 'does not support processes' in words or (isinstance(error, OSError) and error.errno == _no_call):
        return 'Eigenscope starts no other programs.'
    if isinstance(error, OSError) and ('Network unreachable' in words or 'Name or service' in words):
        return 'Eigenscope has no network.'
    return None


def text(error):
    """The traceback as CPython words it, the person's lines only."""
    explain(error)
    _shorten(error)
    report = traceback.TracebackException.from_exception(error, compact=True)
    _strip(report, set())
    return ''.join(report.format())


def _shorten(error):
    """Takes the middle out of the traceback of a deep recursion, which nobody could read."""
    frames = []
    walked = error.__traceback__
    while walked is not None:
        frames.append(walked)
        walked = walked.tb_next
    if len(frames) > 2 * _deep:
        frames[_deep - 1].tb_next = frames[-_deep]
    for other in (error.__cause__, error.__context__):
        if other is not None and other.__traceback__ is not None and other is not error:
            _shorten(other)


def _strip(report, seen):
    if report is None or id(report) in seen:
        return
    seen.add(id(report))
    frames = [frame for frame in report.stack if not frame.filename.startswith(_ours)]
    # What does not even compile has no calls to show.
    report.stack = traceback.StackSummary.from_list(frames) if frames else None
    _strip(report.__cause__, seen)
    _strip(report.__context__, seen)
    for inner in getattr(report, 'exceptions', None) or ():
        _strip(inner, seen)


def line_in(error, filename):
    """The line of `filename` nearest to where the error was raised, or None."""
    if isinstance(error, SyntaxError) and error.filename == filename:
        return error.lineno
    line = None
    walked = error.__traceback__
    while walked is not None:
        if walked.tb_frame.f_code.co_filename == filename:
            line = walked.tb_lineno
        walked = walked.tb_next
    return line


def message(error):
    explain(error)
    try:
        words = str(error)
    except Exception:
        words = '<exception str() failed>'
    return words


def hint(error):
    """What its notes say, or None."""
    explain(error)
    notes = [str(note).removeprefix('Hint: ') for note in getattr(error, '__notes__', None) or ()]
    return ' '.join(notes) or None
