"""The commands of IPython that tutorials use, in lines that are no Python."""

import ast
import inspect
import os
import re
import shlex
import sys
import time

_line = re.compile(r'^(\s*)(?:([\w.\[\], ]+?)\s*=\s*)?([%!])(?!=)(.*)$')
_help = re.compile(r'^(\s*)(?:\?{1,2}\s*([\w.]+)|([\w.]+)\s*\?{1,2})\s*;?$')
_ignored = ('matplotlib', 'config', 'load_ext', 'reload_ext', 'autoreload', 'gui', 'colors')
# What an installation of them would bring is here.
_built_in = {'numpy', 'scipy', 'matplotlib', 'threadpoolctl', 'cycler', 'ipython', 'ipykernel', 'jupyter', 'notebook', 'jupyterlab', 'pip'}


def translate(code):
    """Code whose lines of IPython became calls; code that is Python stays as it is."""
    if not any(mark in code for mark in '%!?'):
        return code
    try:
        ast.parse(code)
        return code
    except (SyntaxError, ValueError):
        pass
    lines = code.split('\n')
    first = next((k for k, line in enumerate(lines) if line.strip() and not line.lstrip().startswith('#')), 0)
    if lines[first].startswith('%%'):
        command, body = lines[first][2:].strip(), '\n'.join(lines[first + 1 :])
        return '\n' * first + f"__import__('eigenscope.magic').magic.whole_cell({command!r}, {body!r})"
    return '\n'.join(_translated(line) for line in lines)


def _translated(line):
    if found := _help.match(line):
        indent, before, after = found.groups()
        return f"{indent}__import__('eigenscope.magic').magic.tell({before or after!r})"
    if (found := _line.match(line)) is None:
        return line
    indent, target, mark, rest = found.groups()
    call = f'shell({rest.strip()!r})' if mark == '!' else f'line({rest.strip()!r})'
    return f"{indent}{target + ' = ' if target else ''}__import__('eigenscope.magic').magic.{call}"


def line(text):
    """A line that began with %. Errors: SyntaxError for a command that is not here."""
    from .cell import main

    name, _, rest = text.partition(' ')
    rest = rest.strip()
    if name in _ignored:
        return None
    if (command := _commands.get(name)) is None:
        raise SyntaxError(f'%{name} is a command of IPython that Eigenscope does not have; it has {_listed(_commands, "%")}')
    return command(rest, main.__dict__)


def whole_cell(command, body):
    """A cell whose first line began with %%. Errors: SyntaxError for a command that is not here."""
    from .cell import main

    name, _, rest = command.partition(' ')
    if (run := _of_cells.get(name)) is None:
        raise SyntaxError(f'%%{name} is a command of IPython that Eigenscope does not have; it has {_listed(_of_cells, "%%")}')
    return run(rest.strip(), body, main.__dict__)


def _listed(commands, mark):
    return ', '.join(mark + name for name in sorted(commands))


def shell(text):
    """A line that began with !. Errors: SyntaxError, for there is no shell."""
    if found := re.match(r'(?:sys\.executable|\{sys\.executable\}|python3?)?\s*(?:-m\s+)?(?:pip3?|conda|mamba)\s+(.*)', text):
        return install(found[1])
    raise SyntaxError(f'!{text}: there is no shell here')


def install(text, _space=None):
    """`pip install`: nothing to do for what is built in. Errors: SyntaxError for all else."""
    words = shlex.split(text)
    names = [re.split(r'[=<>!~\[]', word)[0].lower() for word in words[1:] if not word.startswith('-')]
    missing = [name for name in names if name not in _built_in]
    if words[:1] == ['install'] and names and not missing:
        print(f'{", ".join(names)}: built in')
        return None
    raise SyntaxError(
        f'pip {text}: packages cannot be installed here; numpy, scipy (linalg, sparse) and matplotlib.pyplot are built in, '
        'and modules in plain Python that lie in the working folder can be imported'
    )


def tell(name):
    """`name?`: how it is called, and its documentation."""
    from .cell import main
    from .completion import signature_of

    try:
        value = eval(name, main.__dict__)
    except (NameError, AttributeError):
        print(f'Object `{name}` not found.')
        return
    signature = signature_of(value, name)[0] if callable(value) else None
    print(f'String form: {value!s:.200}' if signature is None else f'Signature: {signature}')
    print(f'Type: {type(value).__name__}\nDocstring:\n{inspect.getdoc(value) or "<no docstring>"}')


def once(code, space):
    """%time: runs code once and prints how long it took. Returns its value."""
    began = time.perf_counter()
    try:
        value = eval(compile(code.strip(), '<time>', 'eval'), space)
    except SyntaxError:
        value = exec(compile(code, '<time>', 'exec'), space)
    print(f'Wall time: {_words(time.perf_counter() - began)}')
    return value


class TimeitResult:
    """What %timeit -o gives: seconds per loop."""

    def __init__(self, loops, repeat, timings):
        self.loops, self.repeat, self.timings = loops, repeat, timings
        self.all_runs = [taken * loops for taken in timings]
        self.best, self.worst = min(timings), max(timings)
        self.average = sum(timings) / len(timings)
        self.stdev = (sum((taken - self.average) ** 2 for taken in timings) / len(timings)) ** 0.5

    def __str__(self):
        loops = 'loop' if self.loops == 1 else 'loops'
        runs = 'run' if self.repeat == 1 else 'runs'
        return (
            f'{_words(self.average)} ± {_words(self.stdev)} per loop '
            f'(mean ± std. dev. of {self.repeat} {runs}, {self.loops:,} {loops} each)'
        )

    def __repr__(self):
        return f'<TimeitResult : {self}>'


def timed(code, space, setup='pass'):
    """%timeit [-n loops] [-r runs] [-o] [-q] code: prints the time of a loop, and gives the figures with -o."""
    import timeit

    loops, repeat, give, quiet = 0, 7, False, False
    while found := re.match(r'\s*-(?:([nrp])\s*(\d+)|([oqtc]+))(?:\s+|$)', code):
        option, number, flags = found.groups()
        if option == 'n':
            loops = int(number)
        elif option == 'r':
            repeat = max(1, int(number))
        give = give or 'o' in (flags or '')
        quiet = quiet or 'q' in (flags or '')
        code = code[found.end() :]
    timer = timeit.Timer(code.strip(), setup, globals=space)
    if loops == 0:
        loops = _loops(timer)
    result = TimeitResult(loops, repeat, [taken / loops for taken in timer.repeat(repeat, loops)])
    if not quiet:
        print(result)
    return result if give else None


def _loops(timer):
    """How many loops take a fifth of a second, a power of ten."""
    loops = 1
    while timer.timeit(loops) < 0.2 and loops < 10**9:
        loops *= 10
    return loops


def _words(seconds):
    for unit, size in (('s', 1), ('ms', 1e-3), ('µs', 1e-6), ('ns', 1e-9)):
        if seconds >= size or unit == 'ns':
            return f'{seconds / size:.3g} {unit}'


def _names(space):
    """The person's own names, without modules and what every notebook has."""
    return sorted(
        name for name, value in space.items()
        if not name.startswith('_') and name != 'display' and not inspect.ismodule(value)
    )  # fmt: skip


def _who(rest, space):
    print('   '.join(_names(space)) or 'Interactive namespace is empty.')


def _whos(rest, space):
    names = _names(space)
    if not names:
        print('Interactive namespace is empty.')
        return
    rows = [(name, type(space[name]).__name__, _summary(space[name])) for name in names]
    wide = [max(len(row[k]) for row in [*rows, ('Variable', 'Type', '')]) for k in range(2)]
    print(f'{"Variable":<{wide[0]}}   {"Type":<{wide[1]}}   Data/Info')
    print('-' * (wide[0] + wide[1] + 15))
    for name, kind, summary in rows:
        print(f'{name:<{wide[0]}}   {kind:<{wide[1]}}   {summary}')


def _summary(value):
    if hasattr(value, 'dtype') and hasattr(value, 'shape') and value.shape != ():
        return f'{"x".join(map(str, value.shape))}: {value.size} elems, type `{value.dtype}`, {value.nbytes} bytes'
    if isinstance(value, (list, tuple, set, dict)):
        return f'n={len(value)}'
    text = repr(value).replace('\n', ' ')
    return text if len(text) <= 60 else text[:57] + '...'


def _run(rest, space):
    import runpy

    path, *arguments = shlex.split(rest)
    if not os.path.exists(path) and os.path.exists(path + '.py'):
        path += '.py'
    before = sys.argv
    sys.argv = [path, *arguments]
    try:
        made = runpy.run_path(path, run_name='__main__')
    finally:
        sys.argv = before
    space.update((name, value) for name, value in made.items() if not name.startswith('__'))


def _precision(rest, space):
    import numpy

    numpy.set_printoptions(precision=int(rest) if rest else 8)


def _pylab(rest, space):
    exec('import numpy, matplotlib.pyplot\nnp = numpy\nplt = matplotlib.pyplot\nfrom pylab import *', space)


def _reset(rest, space):
    for name in _names(space):
        del space[name]


def _cd(rest, space):
    os.chdir(os.path.expanduser(rest or '~'))
    print(os.getcwd())


def _write(rest, body, space):
    append, name = rest.startswith('-a '), rest.removeprefix('-a ').strip()
    print(f'{"Appending to" if append else "Overwriting" if os.path.exists(name) else "Writing"} {name}')
    with open(name, 'a' if append else 'w', encoding='utf-8') as file:
        file.write(body if body.endswith('\n') else body + '\n')


def _capture(rest, body, space):
    """%%capture [name]: keeps what the cell prints to itself, or in a name."""
    import contextlib
    import io
    import types

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        exec(compile(translate(body), '<capture>', 'exec'), space)
        from .cell import close_figures

        close_figures()
    if rest and not rest.startswith('-'):
        space[rest.split()[0]] = types.SimpleNamespace(stdout=out.getvalue(), stderr=err.getvalue())


def _shown_as(kind):
    def show_body(rest, body, space):
        from . import show

        show.display(getattr(show, kind)(body))

    return show_body


def _timed_cell(rest, body, space):
    """%%timeit: what stands beside it is options, or is run before and not timed."""
    return timed(f'{rest} {body}', space) if rest.startswith('-') else timed(body, space, rest or 'pass')


_commands = {
    'timeit': timed,
    'time': once,
    'pip': install,
    'conda': install,
    'who': _who,
    'whos': _whos,
    'run': _run,
    'precision': _precision,
    'pylab': _pylab,
    'reset': _reset,
    'pwd': lambda rest, space: os.getcwd(),
    'cd': _cd,
    'ls': lambda rest, space: print('\n'.join(sorted(os.listdir(rest or '.')))),
}
_of_cells = {
    'timeit': _timed_cell,
    'time': lambda rest, body, space: once(body, space),
    'capture': _capture,
    'writefile': _write,
    'html': _shown_as('HTML'),
    'latex': _shown_as('Latex'),
    'markdown': _shown_as('Markdown'),
    'svg': _shown_as('SVG'),
}


class InteractiveShell:
    """The notebook, by the name that IPython gives it."""

    ast_node_interactivity = 'last_expr'

    @property
    def user_ns(self):
        """The names of the notebook."""
        from .cell import main

        return main.__dict__

    def run_line_magic(self, magic_name, line_text='', _stack_depth=1):
        """As `%magic_name line`."""
        return line(f'{magic_name} {line_text}'.strip())

    def magic(self, arg_s):
        """As `%arg_s`."""
        return line(arg_s.strip().removeprefix('%'))

    def run_cell_magic(self, magic_name, line_text, cell):
        """As a cell that begins with `%%magic_name line`."""
        return whole_cell(f'{magic_name} {line_text}'.strip(), cell)

    def run_cell(self, raw_cell, **_options):
        """Runs code as a cell would."""
        exec(compile(translate(raw_cell), '<cell>', 'exec'), self.user_ns)

    def system(self, cmd):
        """As `!cmd`."""
        return shell(cmd)

    getoutput = system


the_shell = InteractiveShell()
