"""
Conformance cases of Python: how they are written, run and compared. Real NumPy and ours run the same code through here.

A file of cases is parted by lines that begin with `# %%`:

    # %% setup                code that runs before each case of the file
    # %% title                a case: a script; what it prints, warns and raises is its answer
    # %%% title               every line below is a case of its own, an expression (its repr counts) or a statement
    # %% title | f=sin,cos    the same for each value of f, written $f; several names are crossed
"""

import contextlib
import io
import itertools
import re
import warnings


def read(text):
    """The cases of a file as (title, code, single) and its setup."""
    setup = ''
    cases = []
    for block in re.split(r'^# %%', text, flags=re.M)[1:]:
        head, _, body = block.partition('\n')
        single = head.startswith('%')
        title, _, choices = head.lstrip('%').strip().partition(' | ')
        if title == 'setup':
            setup = body
            continue
        names = [part.partition('=') for part in choices.split(' ; ')] if choices else []
        for values in itertools.product(*(v.split(',') for _, _, v in names)):
            def filled(code):
                for (name, _, _), value in zip(names, values):
                    code = code.replace(f'${name}', value)
                return code

            label = f"{title} {' '.join(values)}".strip()
            if single:
                for line in body.splitlines():
                    if line.strip() and not line.startswith('#'):
                        cases.append((f'{label}: {filled(line)}', filled(line), True))
            else:
                cases.append((label, filled(body), False))
    return setup, cases


def run(setup, code, single):
    """What a case prints, warns and raises."""
    space = {'__name__': '__main__'}
    out = io.StringIO()
    answer = {}
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings(record=True) as found:
        warnings.simplefilter('always')
        try:
            exec(compile(setup, 'setup', 'exec'), space)
            if single:
                try:
                    compiled = compile(code, 'case', 'eval')
                except SyntaxError:
                    exec(compile(code, 'case', 'exec'), space)
                else:
                    value = eval(compiled, space)
                    if value is not None:
                        print(repr(value))
            else:
                exec(compile(code, 'case', 'exec'), space)
        except BaseException as error:
            answer['error'] = f'{type(error).__name__}: {error}'
        finally:
            np = space.get('np')
            if np is not None:
                np.set_printoptions(edgeitems=3, infstr='inf', linewidth=75, nanstr='nan', precision=8, suppress=False, threshold=1000, formatter=None,
                                    sign='-', floatmode='maxprec')
                np.seterr(divide='warn', over='warn', under='ignore', invalid='warn')
                np.polynomial.set_default_printstyle('unicode')
    answer['out'] = out.getvalue()
    shown = [f'{w.category.__name__}: {w.message}' for w in found]
    if shown:
        answer['warnings'] = list(dict.fromkeys(shown))
    return answer


_number = re.compile(r'(?<![\w.])[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+)')


def agree(want, got):
    """True when two answers say the same; numbers may differ by the rounding of another kernel."""
    if want.get('warnings', []) != got.get('warnings', []):
        return False
    return _alike(want.get('error', ''), got.get('error', '')) and _alike(want['out'], got['out'])


def _alike(a, b):
    if a == b:
        return True
    x, y = _number.findall(a), _number.findall(b)
    if len(x) != len(y) or [*map(_shape, _number.split(a))] != [*map(_shape, _number.split(b))]:
        return False
    return all(p == q or (('.' in p or 'e' in p) and ('.' in q or 'e' in q) and _close(p, q)) for p, q in zip(x, y))


def _shape(text):
    return ' '.join(text.split())


def _close(p, q):
    """Numbers printed in full must agree to ten digits, short ones to the last digit that single precision has."""
    digits = max(len(re.sub(r'e.*|[-+.]', '', t).lstrip('0')) for t in (p, q))
    a, b = float(p), float(q)
    return abs(a - b) <= 1e-13 + (1e-10 if digits > 9 else 3e-7) * max(abs(a), abs(b))


def run_file(text, wanted=None):
    """Every case of a file with its answer; with answers wanted, also whether they agree."""
    setup, cases = read(text)
    answers = []
    for k, (title, code, single) in enumerate(cases):
        got = run(setup, code, single)
        if wanted is None:
            answers.append({'case': title, **got})
        else:
            want = wanted[k] if k < len(wanted) else {'case': '', 'out': ''}
            answers.append({'case': title, 'agrees': want['case'] == title and agree(want, got), 'want': want, 'got': got})
    return answers
