"""The names of a session that are arrays, kept the same in the workspace and here."""

import json
import sys

from .cell import main

# What the workspace has under a name: the very object, and the handle it had then.
_bound = {}
# Arrays that the workspace cannot hold, by name, as they were after the last code; held, so that no new one is taken for them.
_apart = {}
_kinds = {'U': 'text', 'S': 'bytes', 'O': 'objects', 'V': 'records'}


def bind(name, handle):
    """The workspace's array becomes the value of `name`."""
    from numpy._core import from_handle

    value = from_handle(handle)
    main.__dict__[name] = value
    _bound[name] = (value, handle)


def unbind(name):
    """The workspace has no such array any more."""
    value, _ = _bound.pop(name, (None, 0))
    if value is not None and main.__dict__.get(name) is value:
        del main.__dict__[name]


def move(before, after):
    """The workspace calls it otherwise now."""
    value, handle = _bound.pop(before)
    if main.__dict__.get(before) is value:
        del main.__dict__[before]
    main.__dict__[after] = value
    _bound[after] = (value, handle)


def keep(name):
    """The workspace took over what `name` is now."""
    value = main.__dict__[name]
    _bound[name] = (value, value._h)


def drop(name):
    """Undo took back what a cell had made."""
    main.__dict__.pop(name, None)
    _bound.pop(name, None)


def scan():
    """All names that are arrays, as JSON: [name, handle, whether the workspace has just this one]."""
    array = getattr(sys.modules.get('numpy'), 'ndarray', None)
    found = []
    if array is not None:
        for name, value in main.__dict__.items():
            if isinstance(value, array) and not value._boxed and type(name) is str and not name.startswith('_'):
                known, handle = _bound.get(name, (None, 0))
                found.append((name, value._h, value is known and value._h == handle))
    return json.dumps(found)


def apart():
    """Arrays new under their names that the workspace has no place for, as JSON: [name, what keeps it here]."""
    array = getattr(sys.modules.get('numpy'), 'ndarray', None)
    fresh = []
    known = dict(_apart)
    _apart.clear()
    if array is not None:
        for name, value in main.__dict__.items():
            if not isinstance(value, array) or type(name) is not str or name.startswith('_'):
                continue
            known_value, handle = _bound.get(name, (None, 0))
            if value is known_value and value._h == handle:
                continue
            if value._boxed:
                own = type(value).__name__
                kind = value.dtype.kind
                what = own if own in ('matrix', 'MaskedArray') else _kinds.get(kind, str(value.dtype))
            elif not 1 <= value.ndim <= 3:
                what = f'{value.ndim} axes' if value.ndim else 'a single value'
            elif not value.size:
                what = 'empty'
            else:
                continue
            _apart[name] = value
            if known.get(name) is not value:
                fresh.append((name, what))
    return json.dumps(fresh)


def arrays():
    """Names of arrays that the workspace gave, for completion."""
    return _bound.keys()
