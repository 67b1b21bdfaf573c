import { afterAll, describe, expect, test } from 'vitest';
import type { DType } from '#shared/dtype.ts';
import { astype } from '#engine/cast.ts';
import { certificate } from '#engine/linalg/certify.ts';
import { lstsq, pinv } from '#engine/linalg/least-squares.ts';
import { matmul } from '#engine/linalg/products.ts';
import { svdvals } from '#engine/linalg/svd.ts';
import { native } from '#engine/native.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { subtract } from '#engine/ufuncs/arithmetic.ts';
import { fromFunction, random } from '../engine/linalg-cases.ts';

/** gelsd in our own steps (QR on threads, x from R where the rank is full) against the SVD's answers. */
const numbers = (a: NDArray): number[] => a.tolist() as number[];
const flat = (a: NDArray): number[] => (a.tolist() as number[][]).flat();

const cases: [string, NDArray, number][] = [
  ['tall', random(500, 140, 1), 1],
  ['square', random(160, 160, 2), 3],
  ['barely tall', random(201, 200, 3), 2],
  ['with many right sides', random(300, 150, 4), 210],
  ['of rank 40', matmul(random(400, 40, 5), random(40, 150, 6)), 2],
  ['zero', fromFunction(300, 130, () => 0), 2],
  ['with equal columns', fromFunction(400, 130, (i, j) => Math.sin(i * (1 + (j % 65)))), 2],
  ['graded', fromFunction(300, 140, (i, j) => Math.sin(i * 7 + j * j) * 10 ** (-j / 20)), 1],
  ['tiny', fromFunction(300, 130, (i, j) => 1e-90 * Math.sin(i * 7 + j * j)), 1],
  ['huge', fromFunction(300, 130, (i, j) => 1e90 * Math.sin(i * 7 + j * j)), 1],
  ['past the range of squares', fromFunction(300, 130, (i, j) => 1e200 * Math.sin(i * 7 + j * j)), 1],
];
const wide = /tiny|huge|squares|graded/;

const threadsBefore = native().blas().threads;
afterAll(() => native().setThreads(threadsBefore));

describe.each([1, 2])('on %i threads', (threads) => {
  const chosen = threads === 1 ? cases : cases.filter(([name]) => /^tall|many|rank/.test(name));
  test.each(chosen)('least squares with a matrix that is %s', (name, matrix, sides) => {
    for (const dtype of (wide.test(name) ? ['float64'] : ['float64', 'float32']) as DType[]) {
      const a = astype(matrix, dtype);
      const [m, n] = a.shape;
      const b = astype(random(m, sides, 9), dtype);
      const eps = dtype === 'float32' ? 2 ** -24 : 2 ** -53;
      native().setThreads(threads);
      const found = lstsq(a, b);
      native().setThreads(1);
      const s = numbers(svdvals(a));
      for (const [i, x] of numbers(found.s).entries()) expect(Math.abs(x - s[i])).toBeLessThanOrEqual(10 * m * eps * s[0]);
      const least = 2 * eps * m * s[0];
      const rank = s.filter((x) => x > least).length;
      expect(found.rank).toBe(rank);
      if (name !== 'zero') expect(certificate(a, { of: 'lstsq', x: found.x, b }).backward_error).toBeLessThan(30);
      if (rank === n && m > n) {
        const rest = flat(subtract(b, matmul(a, found.x)));
        const sums = Array.from({ length: sides }, (_, j) =>
          rest.reduce((sum, x, i) => (i % sides === j ? sum + x * x : sum), 0),
        );
        for (const [j, x] of numbers(found.residuals).entries()) expect(x / sums[j]).toBeCloseTo(1, dtype === 'float32' ? 3 : 9);
      } else {
        expect(found.residuals.shape).toEqual([0]);
        if (rank === n) continue;
        // Of all that fit, the shortest.
        const shortest = flat(matmul(pinv(a, { rcond: 2 * eps * m }), b));
        const length = Math.hypot(...shortest);
        for (const [i, x] of flat(found.x).entries()) {
          expect(Math.abs(x - shortest[i])).toBeLessThanOrEqual(1e4 * m * eps * length);
        }
      }
    }
  });
});

test('a singular value that rcond cuts off counts as zero', () => {
  const a = fromFunction(300, 140, (i, j) => (i === j ? (j < 100 ? 1 : 1e-6) : 0));
  const b = fromFunction(300, 1, () => 1);
  expect(lstsq(a, b).rank).toBe(140);
  const cut = lstsq(a, b, 1e-4);
  expect(cut.rank).toBe(100);
  expect(flat(cut.x).map((x) => Math.round(x * 1e9) / 1e9)).toEqual(Array.from({ length: 140 }, (_, j) => Number(j < 100)));
});

test('it ends when it is asked to', () => {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  native().watchStop(flag);
  try {
    flag[0] = 1;
    expect(() => lstsq(random(400, 200, 1), random(400, 1, 2))).toThrow('asked to stop');
  } finally {
    native().watchStop(null);
  }
});
