"""The names of a session that are arrays, kept the same in the workspace and here."""

import json
import sys

from .cell import main

# What the workspace has under a name: the very object, and the handle it had then.
_bound = {}


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


def arrays():
    """Names of arrays that the workspace gave, for completion."""
    return _bound.keys()
