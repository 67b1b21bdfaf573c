"""The few commands of IPython that tutorials use, in lines that are no Python."""

import ast
import re
import time

_line = re.compile(r'^(\s*)([%!])(.*)$')
_ignored = ('matplotlib', 'config', 'load_ext', 'autoreload', 'precision', 'pylab')


def translate(code):
    """Code whose lines of IPython became calls; code that is Python stays as it is."""
    if '%' not in code and '!' not in code:
        return code
    try:
        ast.parse(code)
        return code
    except (SyntaxError, ValueError):
        pass
    lines = code.split('\n')
    if lines[0].startswith(('%%time', '%%timeit')):
        command, body = lines[0][2:].strip(), '\n'.join(lines[1:])
        return f"__import__('eigenscope.magic').magic.whole_cell({command!r}, {body!r})"
    changed = []
    for line in lines:
        found = _line.match(line)
        if found is None:
            changed.append(line)
        else:
            indent, mark, rest = found.groups()
            changed.append(f"{indent}__import__('eigenscope.magic').magic.{_call(mark, rest.strip())}")
    return '\n'.join(changed)


def _call(mark, text):
    return f'shell({text!r})' if mark == '!' else f'line({text!r})'


def line(text):
    """A line that began with %."""
    from .cell import main

    name, _, rest = text.partition(' ')
    if name in _ignored:
        return None
    if name == 'timeit':
        return timed(rest, main.__dict__)
    if name == 'time':
        return once(rest, main.__dict__)
    raise SyntaxError(f'%{name} is a command of IPython that Eigenscope does not have; it has %time and %timeit')


def shell(text):
    """A line that began with !."""
    if re.match(r'(pip|conda|python -m pip)\b', text):
        raise SyntaxError(f'!{text}: packages cannot be installed here; numpy, scipy and matplotlib.pyplot are built in')
    raise SyntaxError(f'!{text}: there is no shell here')


def whole_cell(command, body):
    from .cell import main

    name, _, rest = command.partition(' ')
    return timed(body, main.__dict__) if name == 'timeit' else once(body, main.__dict__)


def once(code, space):
    began = time.perf_counter()
    try:
        value = eval(compile(code.strip(), '<time>', 'eval'), space)
    except SyntaxError:
        value = exec(compile(code, '<time>', 'exec'), space)
    print(f'Wall time: {_words(time.perf_counter() - began)}')
    return value


def timed(code, space):
    import timeit

    timer = timeit.Timer(code.strip(), globals=space)
    number, _ = timer.autorange()
    runs = [taken / number for taken in timer.repeat(5, max(1, number // 2))]
    mean = sum(runs) / len(runs)
    print(f'{_words(mean)} per loop (best of {len(runs)} runs: {_words(min(runs))})')


def _words(seconds):
    for unit, size in (('s', 1), ('ms', 1e-3), ('µs', 1e-6), ('ns', 1e-9)):
        if seconds >= size or unit == 'ns':
            return f'{seconds / size:.3g} {unit}'
