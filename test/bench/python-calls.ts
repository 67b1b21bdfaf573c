/** What one call from Python costs: elements and small arrays one by one, and a large product beside the engine's own. */
import { matmul } from '#engine/linalg/products.ts';
import { default_rng } from '#engine/random/generator.ts';
import type { Figure } from './report.ts';
import { median } from './report.ts';

/** Runs code in Python and gives what it printed. */
export type Printed = (code: string) => Promise<string>;

/** What one element access or one operation on a small array may cost. */
const most = 5;

const statements = [
  'a[1]',
  'a[1] = 2.0',
  'm[1, 2]',
  'm[1]',
  'a[0:2]',
  'm[:, 1]',
  'a[mask]',
  'a[[0, 2]]',
  'a + b',
  'a * 2',
  'a ** 2',
  'a < 2',
  'a += 1.0',
  'm @ a',
  'np.exp(a)',
  'np.sqrt(2.0)',
  'np.maximum(a, 0)',
  'np.zeros(3)',
  'np.arange(3)',
  'np.array([1., 2., 3.])',
  'np.array([a, b])',
  'np.sum(a)',
  'a.sum()',
  'm.sum(axis=0)',
  'a.mean()',
  'np.std(a)',
  'a.max()',
  'np.argmax(a)',
  'np.dot(a, b)',
  'np.linalg.norm(a)',
  'np.linalg.solve(n, a)',
  'np.where(mask, a, 0)',
  'np.clip(a, 0, 1)',
  'np.round(a, 2)',
  'np.allclose(a, b)',
  'np.concatenate([a, b])',
  'a.reshape(3, 1)',
  'a.astype(int)',
  'np.sort(a)',
  'for x in a: pass',
  'np.random.rand()',
];

const clock = `
import json, time
import numpy as np
a, b, m, n = np.array([1., 2., 3.]), np.array([4., 5., 6.]), np.arange(9.).reshape(3, 3), np.eye(3)
mask = a > 1.5
def cost(statement, rounds=3000):
    space = {}
    exec('def run(np, a, b, m, n, mask, rounds):\\n    for _ in range(rounds):\\n        ' + statement, space)
    given = (np, a.copy(), b, m.copy(), n, mask)
    space['run'](*given, 2 * rounds)
    best = 1e9
    for _ in range(5):
        began = time.perf_counter()
        space['run'](*given, rounds)
        best = min(best, time.perf_counter() - began)
    return best / rounds * 1e6
`;

/** Microseconds of each statement, the quickest of five rounds of 3000 after as many to warm up. */
export async function smallCalls(printed: Printed): Promise<Figure[]> {
  await printed(clock);
  const costs = JSON.parse(
    await printed(`print(json.dumps([cost(s) for s in ${JSON.stringify(statements)}]))`),
  ) as number[];
  return statements.map((statement, k) => ({
    part: 'python',
    name: `\`${statement}\``,
    value: costs[k],
    unit: 'µs',
    target: { at: 'most', value: most },
    note: 'three elements, 3 × 3',
  }));
}

/** `A @ B` of 2000 × 2000 in Python beside the same product called in the engine, by turns. */
export async function largeProduct(printed: Printed): Promise<Figure> {
  const n = 2000;
  const stream = default_rng(1);
  const [a, b] = [stream.standard_normal([n, n]), stream.standard_normal([n, n])];
  await printed(`A = np.random.default_rng(1).standard_normal((${n}, ${n})); B = A.T.copy()`);
  const [python, engine]: [number[], number[]] = [[], []];
  for (let round = 0; round < 7; round++) {
    const told = await printed('began = time.perf_counter(); C = A @ B; print(time.perf_counter() - began); del C');
    python.push(Number(told));
    const began = performance.now();
    matmul(a, b);
    engine.push((performance.now() - began) / 1000);
  }
  const ratio = Math.min(...python) / Math.min(...engine);
  return {
    part: 'python',
    name: '`A @ B`, 2000 × 2000, beside the engine’s own time',
    value: ratio,
    unit: '×',
    target: { at: 'most', value: 1.02 },
    note: `quickest of 7 by turns; medians ${(median(python) * 1000).toFixed(0)} and ${(median(engine) * 1000).toFixed(0)} ms`,
  };
}
