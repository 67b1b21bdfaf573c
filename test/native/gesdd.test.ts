import { afterAll, describe, expect, test } from 'vitest';
import type { DType } from '#shared/dtype.ts';
import { astype } from '#engine/cast.ts';
import { zeros } from '#engine/create.ts';
import { svdCertificate } from '#engine/linalg/certificate.ts';
import { svd, svdvals } from '#engine/linalg/svd.ts';
import { native } from '#engine/native.ts';
import type { NDArray } from '#engine/ndarray.ts';

/** Our own gesdd (threads that reduce to bidiagonal form) against LAPACK's gesvd and its test ratios. */
const make = (m: number, n: number, f: (i: number, j: number) => number): NDArray => {
  const a = zeros([m, n]);
  const data = new Float64Array(a.buffer, a.offset, m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) data[i * n + j] = f(i, j);
  return a;
};
let state = 1;
const noise = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2147483648 - 1;

const cases: [string, NDArray][] = [
  ['square', make(160, 160, noise)],
  ['of odd sizes', make(203, 171, noise)],
  ['wide', make(150, 211, noise)],
  ['tall', make(500, 140, noise)],
  ['very wide', make(131, 600, noise)],
  ['of rank 3', make(180, 170, (i, j) => Math.sin(i) * j + Math.cos(i * 2) * j * j + (i % 7))],
  ['graded', make(150, 150, (i) => noise() * 10 ** (-i / 5))],
  ['with empty columns and rows', make(150, 140, (i, j) => (i % 3 === 0 || j % 4 === 1 ? 0 : noise()))],
  ['the identity', make(140, 140, (i, j) => Number(i === j))],
  ['bidiagonal already', make(140, 140, (i, j) => (i === j ? i + 1 : j === i + 1 ? 1 : 0))],
  ['all ones', make(150, 140, () => 1)],
  ['zero', make(140, 140, () => 0)],
  ['tiny', make(140, 140, () => 1e-95 * noise())],
  ['out of the range of squares', make(140, 140, () => 1e-200 * noise())],
  ['huge', make(140, 140, () => 1e99 * noise())],
  ['hilbert', make(150, 150, (i, j) => 1 / (i + j + 1))],
];

const wideRange = new Set(['tiny', 'out of the range of squares', 'huge']);

const threadsBefore = native().blas().threads;
afterAll(() => native().setThreads(threadsBefore));

// On a busy machine BLAS's own threads crawl: several threads are given the cases in which they meet differently.
const shared = cases.filter(([name]) => ['square', 'of odd sizes', 'tall', 'of rank 3'].includes(name));

describe.each([1, 2, 3])('on %i threads', (threads) => {
  test.each(threads === 1 ? cases : shared)('a matrix that is %s', (name, a) => {
    // Single precision has not the range of every case.
    for (const dtype of (wideRange.has(name) ? ['float64'] : ['float64', 'float32']) as DType[]) {
      const x = astype(a, dtype);
      const [m, n] = x.shape;
      const eps = dtype === 'float32' ? 2 ** -24 : 2 ** -53;
      native().setThreads(threads);
      const found = svd(x, { full_matrices: false });
      native().setThreads(1);
      const s = found.S.tolist() as number[];
      const { residual, orthogonality_u, orthogonality_v } = svdCertificate(x, found);
      expect(found.notes).toEqual([]);
      expect(residual / (Math.max(m, n) * eps)).toBeLessThan(50);
      expect(orthogonality_u / (m * eps)).toBeLessThan(50);
      expect(orthogonality_v / (n * eps)).toBeLessThan(50);
      expect(s).toEqual([...s].sort((p, q) => q - p));
      const alone = svdvals(x).tolist() as number[];
      const reference = byIteration(x);
      for (let i = 0; i < s.length; i++) {
        expect(Math.abs(s[i] - reference[i])).toBeLessThanOrEqual(50 * Math.max(m, n) * eps * s[0]);
        expect(Math.abs(alone[i] - s[i])).toBeLessThanOrEqual(50 * Math.max(m, n) * eps * s[0]);
      }
    }
  });
});

function byIteration(a: NDArray): Float32Array | Float64Array {
  const [m, n] = a.shape;
  const Kind = a.dtype === 'float32' ? Float32Array : Float64Array;
  const copy = a.dtype === 'float32' ? new Float32Array(m * n) : new Float64Array(m * n);
  copy.set((a.data as Float64Array).subarray(a.start, a.start + m * n));
  const s = new Kind(Math.min(m, n));
  const none = new Kind(0);
  expect(native().gesvd(a.dtype === 'float32' ? 's' : 'd', 'N', 'N', n, m, copy, n, s, none, 1, none, 1)).toBe(0);
  return s;
}

test('ends early, on every step, when the watched cell asks for it', () => {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  native().watchStop(flag);
  try {
    expect(svdvals(cases[0][1]).size).toBe(160);
    flag[0] = 1;
    for (const [, a] of shared) {
      expect(() => svd(a, { full_matrices: false })).toThrow('asked to stop');
      expect(() => svdvals(a)).toThrow('asked to stop');
    }
  } finally {
    native().watchStop(null);
  }
  expect(svdvals(cases[0][1]).size).toBe(160);
});
