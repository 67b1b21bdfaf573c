"""Records what real NumPy and SciPy answer, for tests that then run without Python.

Usage: python3 test/conformance/record.py [name ...]      (all when none is named)

Each `record_<name>.py` beside this file has a function `cases()` that gives plain data; it is written to
`<name>.json` with the versions that answered.
"""

import importlib
import json
import pathlib
import sys

import numpy as np

here = pathlib.Path(__file__).parent
sys.path.insert(0, str(here))


def main(names):
    found = sorted(p.stem.removeprefix("record_") for p in here.glob("record_*.py"))
    for name in names or found:
        cases = importlib.import_module(f"record_{name}").cases()
        text = json.dumps({"numpy": np.__version__, "cases": cases}, ensure_ascii=True, separators=(",", ":"))
        (here / f"{name}.json").write_text(text + "\n")
        print(f"{name}: {len(cases)} cases, {len(text) / 1000:.0f} kB")


main(sys.argv[1:])
