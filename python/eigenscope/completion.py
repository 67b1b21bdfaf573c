"""What may stand at the cursor, and what stands there: from the names as they are, without running code."""

import builtins
import importlib
import inspect
import json
import keyword
import os
import pkgutil
import re
import sys
import types

from .cell import at_hand, main

_dotted = re.compile(r'[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*$')
_word = re.compile(r'[^\W\d]\w*$')
_import = re.compile(r'^\s*(?:from\s+([\w.]*)$|import\s+(?:[\w. ]+,\s*)*([\w.]*)$)')
_import_from = re.compile(r'^\s*from\s+([\w.]+)\s+import\s+(?:\(?\s*(?:\w+(?:\s+as\s+\w+)?\s*,\s*)*)(\w*)$')
_assigned = re.compile(r'^\s*(?:(?:def|class)\s+(\w+)|import\s+[\w.]+\s+as\s+(\w+)|for\s+(\w+)\s+in\b|(\w+)\s*=(?!=))', re.M)
_most = 400


def complete(code, after):
    """Matches for the word that ends `code`, as JSON: its length, and text, kind and detail of each."""
    line = code.rsplit('\n', 1)[-1]
    place = scan(code)
    if place.string is not None:
        prefix, matches = _files(place.string)
    elif found := _import_from.match(line):
        prefix = found[2]
        matches = _members(_module(found[1]), prefix) + _submodules(found[1], prefix)
    elif found := _import.match(line):
        prefix, matches = _modules(found[1] if found[1] is not None else found[2])
    elif place.comment:
        prefix, matches = '', []
    else:
        prefix, matches = _names(code, after, place)
    seen = {}
    for match in matches:
        seen.setdefault(match[0], match)
    ordered = sorted(seen.values(), key=lambda match: (match[0].startswith('_'), match[1] == 'keyword', match[0].lower()))
    return json.dumps({'length': len(prefix.encode('utf-16-le')) // 2, 'matches': ordered[:_most]})


def _names(code, after, place):
    word = _word.search(code)
    prefix = word[0] if word else ''
    before = code[: len(code) - len(prefix)].rstrip()
    if before.endswith('.'):
        path = _dotted.search(before[:-1])
        # `f(x).` has no value to look at without running it.
        if path is None or before[: path.start()].rstrip().endswith(('.', ')', ']')):
            return prefix, []
        owner = resolve(path[0])
        return prefix, [] if owner is _nothing else _members(owner, prefix)
    if not prefix and not place.calls:
        return prefix, []
    matches = []
    if place.calls:
        target = resolve(place.calls[-1].name)
        if target is not _nothing:
            _, parameters = signature_of(target, '')
            matches += [(f'{name}=', 'argument', '') for name in parameters if name.startswith(prefix)]
    if not prefix:
        return prefix, matches
    for name, value in main.__dict__.items():
        if type(name) is str and name.startswith(prefix) and (not name.startswith('__') or prefix.startswith('__')):
            matches.append((name, _kind(value), _detail(value)))
    for groups in _assigned.findall(code[: len(code) - len(prefix)] + '\n' + after):
        for name in groups:
            if name and name.startswith(prefix):
                matches.append((name, 'variable', ''))
    for name in keyword.kwlist + keyword.softkwlist:
        if name.startswith(prefix) and name != '_':
            matches.append((name, 'keyword', ''))
    for name in dir(builtins):
        if name.startswith(prefix) and not name.startswith('_'):
            value = getattr(builtins, name)
            matches.append((name, _kind(value), _detail(value)))
    return prefix, matches


def _members(owner, prefix):
    matches = []
    own = isinstance(owner, types.ModuleType) and not hasattr(owner, '__dir__')
    public = getattr(owner, '__all__', None) if own else None
    try:
        names = dir(owner)
    except Exception:
        return matches
    for name in names:
        if type(name) is not str or not name.startswith(prefix) or (name.startswith('_') and not prefix.startswith('_')):
            continue
        try:
            # What a class computes is not computed for a list of names.
            static = inspect.getattr_static(owner, name)
            value = getattr(owner, name) if not isinstance(static, property) else _nothing
        except Exception:
            value = _nothing
        # What a module imported for itself is not its own to offer.
        if public is not None and name not in public and not isinstance(value, types.ModuleType):
            continue
        matches.append((name, 'attribute' if value is _nothing else _kind(value, True), _detail(value)))
    return matches


_nothing = object()


def resolve(path):
    """The value of a dotted name as it is now, or `_nothing`."""
    parts = re.split(r'\s*\.\s*', path.strip())
    first = parts[0]
    if first in main.__dict__:
        value = main.__dict__[first]
    elif hasattr(builtins, first):
        value = getattr(builtins, first)
    elif first in at_hand:
        value = importlib.import_module(at_hand[first])
    else:
        return _nothing
    for part in parts[1:]:
        try:
            value = getattr(value, part)
        except Exception:
            return _nothing
    return value


def _is_array(value):
    array = getattr(sys.modules.get('numpy'), 'ndarray', None)
    return array is not None and isinstance(value, array)


def _kind(value, member=False):
    if isinstance(value, types.ModuleType):
        return 'module'
    if isinstance(value, type):
        return 'class'
    if _is_array(value):
        return 'array'
    if callable(value):
        return 'function'
    return 'attribute' if member else 'variable'


def _detail(value):
    if value is _nothing or isinstance(value, types.ModuleType):
        return ''
    if callable(value):
        return signature_of(value, '')[0] or ''
    return brief(value)


def brief(value):
    """Type and value in a few words."""
    try:
        if _is_array(value):
            return f'{value.dtype} {value.shape}'
        kind = type(value).__name__
        if isinstance(value, (bool, int, float, complex, str)) or value is None:
            text = repr(value)
            return f'{kind} {text if len(text) <= 60 else text[:57] + "..."}'
        if isinstance(value, (list, tuple, dict, set, frozenset)):
            return f'{kind} of {len(value)}'
        return kind
    except Exception:
        return ''


def signature_of(value, name):
    """`(text, parameters)`; None and nothing when it cannot be known."""
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        first = (inspect.getdoc(value) or '').split('\n', 1)[0] if callable(value) else ''
        found = re.match(r'[\w.]+(\(.*\))', first)
        return (name + found[1] if found else None), []
    except Exception:
        return None, []
    variable = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD, inspect.Parameter.POSITIONAL_ONLY)
    parameters = [p.name for p in signature.parameters.values() if p.kind not in variable]
    return name + str(signature), parameters


def _files(text):
    folder, _, prefix = text.rpartition('/')
    try:
        names = os.listdir(folder or '.')
    except OSError:
        return prefix, []
    matches = []
    for name in names:
        if name.startswith(prefix) and not name.startswith('.'):
            is_folder = os.path.isdir(os.path.join(folder, name))
            matches.append((name + '/' if is_folder else name, 'file', 'folder' if is_folder else ''))
    return prefix, matches


_top = None


def _modules(path):
    global _top
    package, _, prefix = path.rpartition('.')
    if package:
        return prefix, _submodules(package, prefix)
    if _top is None:
        _top = set(sys.builtin_module_names) | set(sys.stdlib_module_names)
        _top |= {'numpy', 'scipy', 'matplotlib'}
    names = _top | {found.name for found in pkgutil.iter_modules(['.'])}
    return prefix, [(name, 'module', '') for name in names if name.startswith(prefix) and not name.startswith('_')]


def _submodules(package, prefix):
    module = _module(package)
    matches = []
    for found in pkgutil.iter_modules(getattr(module, '__path__', None) or []):
        if found.name.startswith(prefix) and (not found.name.startswith('_') or prefix.startswith('_')):
            matches.append((found.name, 'module', ''))
    return matches


def _module(name):
    # Importing what belongs to Python or to us changes nothing; a person's own module might.
    if name not in sys.modules and name.split('.')[0] in (sys.stdlib_module_names | {'numpy', 'scipy', 'matplotlib'}):
        try:
            __import__(name)
        except Exception:
            return None
    return sys.modules.get(name)


class Call:
    """A call that the cursor stands in."""

    def __init__(self, name):
        self.name = name
        self.at = 0
        self.keyword = None


class Place:
    def __init__(self):
        self.calls = []
        self.string = None
        self.comment = False


def scan(code):
    """Where the end of `code` lies: in which calls, in a string, in a comment."""
    place = Place()
    stack = []
    i = 0
    begin = 0
    while i < len(code):
        c = code[i]
        if c == '#':
            end = code.find('\n', i)
            if end < 0:
                place.comment = True
                break
            i = end
        elif c in '\'"':
            quote = c * 3 if code.startswith(c * 3, i) else c
            end = i + len(quote)
            while end < len(code) and not code.startswith(quote, end):
                if len(quote) == 1 and code[end] == '\n':
                    break
                end += 2 if code[end] == '\\' else 1
            if end >= len(code):
                place.string = code[i + len(quote) :]
                break
            i = end + len(quote) - 1
        elif c in '([{':
            name = _dotted.search(code[begin:i]) if c == '(' else None
            defined = name and re.search(r'\b(def|class)\s+$', code[begin : begin + name.start()])
            stack.append(Call(name[0]) if name and not defined and not keyword.iskeyword(name[0]) else None)
        elif c in ')]}':
            if stack:
                stack.pop()
        elif c == ',' and stack and stack[-1]:
            stack[-1].at += 1
            stack[-1].keyword = None
        elif c == '=' and stack and stack[-1] and code[i + 1 : i + 2] != '=' and code[i - 1] not in '=!<>':
            word = _word.search(code[begin:i].rstrip())
            stack[-1].keyword = word[0] if word else None
        i += 1
    place.calls = [call for call in stack if call]

    return place


def look(before, after):
    """The name at the cursor, or the call it stands in, explained; JSON."""
    rest = re.match(r'\w*', after)[0]
    path = _dotted.search(before + rest) if (before + rest) and re.search(r'\w$', before + rest) else None
    place = scan(before)
    value = resolve(path[0]) if path and place.string is None else _nothing
    name = path[0] if path else ''
    active = None
    call = place.calls[-1] if place.calls else None
    if call and (value is _nothing or not rest and not callable(value)):
        target = resolve(call.name)
        if target is not _nothing:
            name, value = call.name, target
    name = re.sub(r'\s', '', name)
    if value is _nothing:
        return json.dumps({'found': False, 'name': name, 'signature': None, 'parameters': [], 'active': None,
                           'docstring': '', 'value': ''})
    signature, parameters = None, []
    if callable(value):
        signature, _ = signature_of(value, name.rsplit('.', 1)[-1])
        try:
            parameters = [str(p).split(':')[0].split('=')[0] for p in inspect.signature(value).parameters.values()]
        except Exception:
            parameters = []
        if call and resolve(call.name) is value:
            active = _active(parameters, call)
    try:
        docstring = inspect.getdoc(value) if callable(value) or isinstance(value, types.ModuleType) else ''
    except Exception:
        docstring = ''
    return json.dumps({
        'found': True,
        'name': name,
        'signature': signature,
        'parameters': parameters,
        'active': active,
        'docstring': (docstring or '')[:20000],
        'value': brief(value) if not callable(value) else '',
    })


def _active(parameters, call):
    if call.keyword is not None:
        return parameters.index(call.keyword) if call.keyword in parameters else None
    for at, name in enumerate(parameters[: call.at + 1]):
        # Further positional arguments belong to *args.
        if name.startswith('*'):
            return None if name.startswith('**') else at
    return call.at if call.at < len(parameters) else None
