/**
 * What one call from Python costs beside the engine's own time: elements and small arrays one by one, and a large
 * product. Python, the engine and the clock are in one process here, and take turns.
 */
import { loadPyodide } from 'pyodide';
import { join } from 'node:path';
import { matmul } from '#engine/linalg/products.ts';
import { default_rng } from '#engine/random/generator.ts';
import { createBridge, putArray } from '#worker/python/bridge.ts';
import type { PythonApi } from '#worker/python/python-api.ts';
import { setUp, statements } from './python-statements.ts';
import type { Figure } from './report.ts';
import { median } from './report.ts';

/** Microseconds by which one element access or one operation on a small array may exceed the engine's own. */
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
    exec('def run(np, a, b, m, n, s, mask, i, x, rounds):\\n    for _ in range(rounds):\\n        ' + statement, space)
    given = (np, a.copy(), b, m.copy(), n, s, mask, i, x)
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

/** What each statement costs beyond the engine's work: the quickest of seven turns of each, after as many to warm up. */
function smallCalls(here: Python): Figure[] {
  const clocked = here.globals.get('clocked') as (statement: string) => (rounds: number) => number;
  return Object.entries(statements).map(([statement, work]) => {
    const once = clocked(statement);
    let [called, own] = [Infinity, Infinity];
    for (let turn = 0; turn < 14; turn++) {
      const [outer, inner] = [once(rounds), bare(work)];
      if (turn < 7) continue;
      called = Math.min(called, outer);
      own = Math.min(own, inner);
    }
    return {
      part: 'python',
      name: `\`${statement}\``,
      value: Math.max(0, called - own),
      unit: 'µs',
      target: { at: 'most', value: most },
      note: `${called.toFixed(2)} µs, of them ${own.toFixed(2)} in the engine`,
    };
  });
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

/** The calls, and the product. */
export async function callFigures(root: string): Promise<Figure[]> {
  const here = await python(root);
  return [largeProduct(here), ...smallCalls(here)];
}
