"""
Asks real NumPy for the answers to the cases beside this file: python3 record_python.py [file...]

An answer that agrees with the one on file within the tolerance of the tests stays as it is. With --check nothing is
written: the cases whose answers do not agree are listed. Under another OPENBLAS_CORETYPE (Haswell, SkylakeX, Zen,
Prescott) these print rounding noise, which no other processor repeats.
"""

import json
import os
import pathlib
import sys

os.environ.setdefault('OPENBLAS_NUM_THREADS', '1')
here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here))

import case_runner  # noqa: E402
import numpy  # noqa: E402


def main():
    chosen = [word for word in sys.argv[1:] if word != '--check']
    checks = '--check' in sys.argv
    for path in sorted((here / 'cases').glob('*.py')):
        if chosen and path.stem not in chosen:
            continue
        file = here / 'answers' / f'{path.stem}.json'
        known = {a['case']: a for a in json.loads(file.read_text())['cases']} if file.exists() else {}
        now = case_runner.run_file(path.read_text())
        answers = [known[a['case']] if a['case'] in known and case_runner.agree(known[a['case']], a) else a for a in now]
        if checks:
            for answer in answers:
                if known.get(answer['case']) is not answer:
                    print(f"{path.stem} / {answer['case']}\n  on file: {known.get(answer['case'])}\n  now:     {answer}")
            continue
        titles = [a['case'] for a in answers]
        twice = {t for t in titles if titles.count(t) > 1}
        if twice:
            print(f'{path.name}: titles used twice: {sorted(twice)[:3]}')
        lines = ',\n'.join(json.dumps(a, ensure_ascii=False) for a in answers)
        head = json.dumps({'numpy': numpy.__version__})[1:-1]
        file.write_text(f'{{{head}, "cases": [\n{lines}\n]}}\n')
        print(f'{path.stem}: {len(answers)} cases')


main()
