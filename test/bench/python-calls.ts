/**
 * What one call from Python costs: elements and small arrays one by one, whole, with the engine's part beside it and
 * NumPy's own time where python3 has it; and a large product beside the engine's own time. Python, the engine and the
 * clock are in one process here, and take turns.
 */
import { loadPyodide } from 'pyodide';
import { join } from 'node:path';
import { matmul } from '#engine/linalg/products.ts';
import { default_rng } from '#engine/random/generator.ts';
import { createBridge, putArray } from '#worker/python/bridge.ts';
import type { PythonApi } from '#worker/python/python-api.ts';
import { startStatements } from './numpy-statements.ts';
import { arrayFigures } from './python-arrays.ts';
import { setUp as ofNumpy, statements as numpyStatements } from './python-statements.ts';
import type { Figure } from './report.ts';
import { median } from './report.ts';
import { scipySetUp, scipyStatements } from './scipy-statements.ts';

const setUp = ofNumpy + scipySetUp;
const statements = { ...numpyStatements, ...scipyStatements };

/** Microseconds that one element access or one operation on a small array may take. */
const most = 5;

const clock = `
import sys
sys.dont_write_bytecode = True
sys.path[:0] = ['/numpy-room']
import time
import numpy as np
${setUp}
def clocked(statement):
    space = {}
    exec('def run(np, la, L, lu, ch, a, b, m, n, s, mask, i, x, k, o, rounds):\\n    for _ in range(rounds):\\n        ' + statement, space)
    given = (np, la, L, lu, ch, a.copy(), b, m.copy(), n, s, mask, i, x, k, o)
    run = space['run']
    def once(rounds):
        began = time.perf_counter()
        run(*given, rounds)
        return (time.perf_counter() - began) / rounds * 1e6
    return once
def large(A, B):
    from numpy._core.link import wrap
    A, B = wrap(A), wrap(B)
    def once():
        began = time.perf_counter()
        C = A @ B
        return time.perf_counter() - began
    return once
`;

interface Python {
  globals: { get: (name: string) => unknown };
  runPython: (code: string) => unknown;
}

async function python(root: string): Promise<Python> {
  const made = await loadPyodide();
  const { _module: api } = made as unknown as { _module: PythonApi };
  made.registerJsModule(
    '_eigenscope',
    createBridge(() => api.HEAPU8, api),
  );
  made.mountNodeFS('/numpy-room', join(root, 'python'));
  made.runPython(clock);
  return made as unknown as Python;
}

const rounds = 1000;

/** Microseconds of one call of the engine. */
function bare(work: () => unknown): number {
  const began = performance.now();
  for (let k = 0; k < rounds; k++) work();
  return ((performance.now() - began) / rounds) * 1000;
}

/** A statement that assigns to a name of the set-up says so. */
function asGlobal(statement: string): string {
  return statement.replace(/^(\w+) \S?= /, 'global $1; $&');
}

/**
 * What each statement takes, what the engine's work in it takes and what NumPy takes for it: the quickest of seven turns
 * of each, after as many to warm up.
 */
async function smallCalls(here: Python): Promise<Figure[]> {
  const clocked = here.globals.get('clocked') as (statement: string) => (rounds: number) => number;
  const numpy = await startStatements();
  const figures: Figure[] = [];
  for (const [statement, work] of Object.entries(statements)) {
    const once = clocked(statement);
    let [called, own] = [Infinity, Infinity];
    for (let turn = 0; turn < 14; turn++) {
      const [outer, inner] = [once(rounds), bare(work)];
      if (turn < 7) continue;
      called = Math.min(called, outer);
      own = Math.min(own, inner);
    }
    let beside = '';
    if (numpy !== null) {
      // What a statement before has written is not there for the next, here as in Python.
      await numpy.setUp(setUp);
      const theirs = 1e6 * Math.min(...(await numpy.side(asGlobal(statement))(9, rounds)).slice(2));
      beside = `; NumPy ${theirs.toFixed(2)} µs, ${(theirs / called).toPrecision(2)} × its speed`;
    }
    figures.push({
      part: 'python',
      name: `\`${statement}\``,
      value: called,
      unit: 'µs',
      target: { at: 'most', value: most },
      note: `${Math.max(0, called - own).toFixed(2)} µs beside ${own.toFixed(2)} in the engine${beside}`,
    });
  }
  numpy?.close();
  return figures;
}

/** `A @ B` of 2000 × 2000 in Python and the same product called in the engine, by turns on the same two arrays. */
function largeProduct(here: Python): Figure {
  const size = 2000;
  const stream = default_rng(1);
  const [a, b] = [stream.standard_normal([size, size]), stream.standard_normal([size, size])];
  const once = (here.globals.get('large') as (a: number, b: number) => () => number)(putArray(a), putArray(b));
  const [inPython, inEngine]: [number[], number[]] = [[], []];
  const engine = (): number => {
    const began = performance.now();
    matmul(a, b);
    return (performance.now() - began) / 1000;
  };
  once();
  engine();
  for (let turn = 0; turn < 21; turn++) {
    // Who comes first changes: what is left in the caches by the one before helps both alike.
    if (turn % 2 === 0) inPython.push(once());
    inEngine.push(engine());
    if (turn % 2 === 1) inPython.push(once());
  }
  const [outer, own] = [median(inPython), median(inEngine)];
  return {
    part: 'python',
    name: '`A @ B`, 2000 × 2000, beside the engine’s own time',
    value: outer / own,
    unit: '×',
    target: { at: 'most', value: 1.02 },
    note: `medians of 21 turns: ${(outer * 1000).toFixed(1)} and ${(own * 1000).toFixed(1)} ms; quickest ${(Math.min(...inPython) * 1000).toFixed(1)} and ${(Math.min(...inEngine) * 1000).toFixed(1)} ms`,
  };
}

/** The calls, the product, and arrays of the commonest sizes. */
export async function callFigures(root: string): Promise<Figure[]> {
  const here = await python(root);
  return [largeProduct(here), ...(await smallCalls(here)), ...(await arrayFigures(here))];
}
