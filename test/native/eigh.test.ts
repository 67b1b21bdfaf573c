import { afterAll, describe, expect, test } from 'vitest';
import type { DType } from '#shared/dtype.ts';
import { astype } from '#engine/cast.ts';
import { certificate } from '#engine/linalg/certify.ts';
import { eigh, eigvalsh } from '#engine/linalg/eigenvalues.ts';
import { native } from '#engine/native.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { fromFunction } from '../engine/linalg-cases.ts';

/** Our own steps of syevd against LAPACK's eigenvalues (no vectors) and its test ratios. */
let state = 1;
const noise = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2147483648 - 1;

/** One triangle, and what must not be read in the other. */
const lower = (n: number, f: (i: number, j: number) => number): NDArray =>
  fromFunction(n, n, (i, j) => (j <= i ? f(i, j) : 777));
const mirrored = (a: NDArray): NDArray => {
  const at = (i: number, j: number): number => Number(a.get([i, j]));
  return fromFunction(a.shape[0], a.shape[0], (i, j) => (j <= i ? at(i, j) : at(j, i)));
};
const band = (n: number, diagonal: (i: number) => number, beside: (i: number) => number): NDArray =>
  lower(n, (i, j) => (i === j ? diagonal(i) : i === j + 1 ? beside(i) : 0));

const cases: [string, NDArray][] = [
  ['random', lower(210, noise)],
  ['of an odd order', lower(333, noise)],
  ['just large enough', lower(128, noise)],
  ['zero', lower(140, () => 0)],
  ['the identity', lower(140, (i, j) => Number(i === j))],
  ['diagonal with equal entries', lower(205, (i, j) => (i === j ? (i * 7) % 13 : 0))],
  ['all ones', lower(210, () => 1)],
  ['of rank 1', lower(210, (i, j) => Math.sin(i) * Math.sin(j))],
  ["Wilkinson's", band(201, (i) => Math.abs(i - 100), () => 1)],
  ["glued of Wilkinson's", band(210, (i) => Math.abs((i % 21) - 10), (i) => (i % 21 === 0 ? 1e-8 : 1))],
  ["glued closely of Wilkinson's", band(210, (i) => Math.abs((i % 21) - 10), (i) => (i % 21 === 0 ? 1e-14 : 1))],
  ['of differences', band(222, () => 2, () => -1)],
  ['graded', lower(150, (i, j) => noise() * 10 ** (-(i + j) / 8))],
  ['graded upwards', lower(150, (i, j) => noise() * 10 ** ((i + j) / 8 - 30))],
  ['a cluster', lower(210, (i, j) => Number(i === j) + 1e-12 * noise())],
  ['three clusters', lower(210, (i, j) => (i === j ? i % 3 : 0) + 1e-8 * noise())],
  ["Hilbert's", lower(210, (i, j) => 1 / (i + j + 1))],
  ['with empty columns', lower(210, (i, j) => (i % 3 === 0 || j % 4 === 1 ? 0 : noise()))],
  ['tiny', lower(210, () => 1e-200 * noise())],
  ['huge', lower(210, () => 1e200 * noise())],
  ['small but for one entry', lower(210, (i, j) => (i + j === 0 ? 1 : i * j === 0 ? 0 : 1e-165 * noise()))],
];
/** What single precision has no range for. */
const wide = /tiny|huge|graded|small/;
// On a busy machine threads that wait for one another crawl: several are given the cases in which they meet differently.
const shared = [/./, /^random|three clusters/, /^random/];

const threadsBefore = native().blas().threads;
afterAll(() => native().setThreads(threadsBefore));

describe.each([1, 2, 3])('on %i threads', (threads) => {
  const chosen = cases.filter(([name]) => shared[threads - 1].test(name));
  test.each(chosen)('a symmetric matrix that is %s', (name, triangle) => {
    for (const dtype of (wide.test(name) ? ['float64'] : ['float64', 'float32']) as DType[]) {
      const half = astype(triangle, dtype);
      const a = mirrored(half);
      const n = a.shape[0];
      const eps = dtype === 'float32' ? 2 ** -24 : 2 ** -53;
      native().setThreads(threads);
      const found = threads > 2 ? [eigh(half, 'L')] : [eigh(half, 'L'), eigh(half.T, 'U')];
      native().setThreads(1);
      const expected = eigvalsh(half, 'L').tolist() as number[];
      const norm = Math.max(...expected.map(Math.abs));
      for (const one of found) {
        const w = one.eigenvalues.tolist() as number[];
        expect(w).toEqual(w.toSorted((x, y) => x - y));
        for (const [i, x] of w.entries()) expect(Math.abs(x - expected[i])).toBeLessThanOrEqual(10 * n * eps * norm);
        const proof = certificate(astype(a, dtype), { of: 'eigh', ...one });
        if (norm > 0) expect(proof.backward_error).toBeLessThan(30);
        expect((proof.orthogonality as number) / (n * eps)).toBeLessThan(30);
      }
    }
  });
});

test('NaN and infinity never reach it', () => {
  const a = lower(210, noise);
  for (const bad of [NaN, Infinity]) {
    a.set([150, 20], bad);
    expect(() => eigh(a)).toThrow('infs or NaNs');
  }
});

test('it ends when it is asked to', () => {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  native().watchStop(flag);
  try {
    flag[0] = 1;
    expect(() => eigh(lower(300, noise))).toThrow('asked to stop');
    flag[0] = 0;
    expect(eigh(lower(300, noise)).eigenvalues.shape).toEqual([300]);
  } finally {
    native().watchStop(null);
  }
});
