"""Asks real NumPy for the answers to the cases beside this file: python3 record_python.py [file...]"""

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
    chosen = sys.argv[1:]
    for path in sorted((here / 'cases').glob('*.py')):
        if chosen and path.stem not in chosen:
            continue
        answers = case_runner.run_file(path.read_text())
        titles = [a['case'] for a in answers]
        twice = {t for t in titles if titles.count(t) > 1}
        if twice:
            print(f'{path.name}: titles used twice: {sorted(twice)[:3]}')
        lines = ',\n'.join(json.dumps(a, ensure_ascii=False) for a in answers)
        head = json.dumps({'numpy': numpy.__version__})[1:-1]
        (here / 'answers').mkdir(exist_ok=True)
        (here / 'answers' / f'{path.stem}.json').write_text(f'{{{head}, "cases": [\n{lines}\n]}}\n')
        print(f'{path.stem}: {len(answers)} cases')


main()
