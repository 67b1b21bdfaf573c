import { describe, expect, test } from 'vitest';
import { array } from '#engine/create.ts';
import { eigh } from '#engine/linalg/eigenvalues.ts';
import { native } from '#engine/native.ts';
import { multiply } from '#engine/ufuncs/arithmetic.ts';
import { eigh_generalised } from '#engine/scipy/eigenproblems.ts';

/** Routines for small matrices that are our own, beside LAPACK's: the same numbers, and vectors of the same signs. */
let state = 7;
const noise = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2147483648 - 1;

/** Row after row, and column after column. */
function matrix(m: number, n: number, entry: (i: number, j: number) => number): [Float64Array, Float64Array] {
  const rows = Float64Array.from({ length: m * n }, (_, at) => entry(Math.floor(at / n), at % n));
  return [rows, Float64Array.from({ length: m * n }, (_, at) => rows[(at % m) * n + Math.floor(at / m)])];
}

const kinds: [string, (i: number, j: number) => number][] = [
  ['random', noise],
  ['triangular', (i, j) => (i <= j ? noise() : 0)],
  ['of small whole numbers', () => Math.round(2 * noise())],
  ['of rank 1', (i, j) => ((i % 2) + 1) * (j + 1)],
  ['graded', (i, j) => noise() * 10 ** (-3 * i - 2 * j)],
  ['the identity', (i, j) => Number(i === j)],
  ['zero', () => 0],
  ['tiny', () => 1e-300 * noise()],
  ['huge', () => 1e300 * noise()],
  ['a Jordan block', (i, j) => (i === j ? 2 : Number(j === i + 1))],
];

const shapes = Array.from({ length: 24 }, (_, k) => [1 + ((k * 7) % 12), 1 + ((k * 5) % 13)] as const);
const eps = 2 ** -52;

/** The largest entry of x · diag(s) · yᵀ − a, for x (m × r) and yᵀ (r × n) row after row, beside the largest of a. */
function residual(a: Float64Array, x: Float64Array, s: Float64Array, yt: Float64Array, cols: number, n: number): number {
  const size = Math.max(...a.map(Math.abs)) || 1;
  const m = a.length / n;
  let most = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < s.length; k++) sum += x[i * cols + k] * (s[k] / size) * yt[k * n + j];
      most = Math.max(most, Math.abs(sum - a[i * n + j] / size));
    }
  }
  return most;
}

describe.each(kinds)('a matrix that is %s', (name, entry) => {
  test.each(['N', 'S', 'A'] as const)('has the singular values of gesdd, job %s', (job) => {
    for (const [m, n] of shapes) {
      const r = Math.min(m, n);
      const most = Math.max(m, n);
      const [a, columns] = matrix(m, n, entry);
      const [uCols, vRows] = job === 'A' ? [m, n] : [r, r];
      const [s, u, vt] = [new Float64Array(r), new Float64Array(m * uCols), new Float64Array(vRows * n)];
      const [S, U, V] = [s.slice(), u.slice(), vt.slice()];
      const [left, right] = job === 'N' ? [null, null] : [u, vt];
      expect(native().smallSvd('d', job, m, n, a, 0, n, 1, s, 0, left, 0, right, 0)).toBe(0);
      native().gesdd('d', job, m, n, columns, m, S, U, m, V, vRows);
      for (let k = 0; k < r; k++) expect(Math.abs(s[k] - S[k])).toBeLessThanOrEqual(30 * most * eps * S[0]);
      if (job === 'N') continue;
      expect(residual(a, u, s, vt, uCols, n)).toBeLessThan(50 * most * eps);
      if (name !== 'random') continue;
      for (let k = 0; k < r; k++) {
        for (let i = 0; i < m; i++) expect(u[i * uCols + k]).toBeCloseTo(U[k * m + i], 6);
      }
    }
  });

  test.each(['L', 'U'] as const)('made symmetric, has the eigenvalues of syevd of triangle %s', (uplo) => {
    for (const [, n] of shapes) {
      const [half] = matrix(n, n, entry);
      const [a, columns] = matrix(n, n, (i, j) => half[Math.min(i, j) * n + Math.max(i, j)]);
      const [w, v, W] = [new Float64Array(n), new Float64Array(n * n), new Float64Array(n)];
      expect(native().smallEigh('d', uplo, n, a, 0, n, 1, w, 0, true, v, 0)).toBe(0);
      native().syevd('d', 'V', uplo, n, columns, n, W);
      const most = Math.max(Math.abs(W[0]), Math.abs(W[n - 1]));
      for (let k = 0; k < n; k++) expect(Math.abs(w[k] - W[k])).toBeLessThanOrEqual(30 * n * eps * most);
      const [vt] = matrix(n, n, (i, j) => v[j * n + i]);
      expect(residual(a, v, w, vt, n, n)).toBeLessThan(60 * n * eps * Math.max(1, n));
      if (name !== 'random') continue;
      for (let i = 0; i < n * n; i++) expect(v[(i % n) * n + Math.floor(i / n)]).toBeCloseTo(columns[i], 6);
    }
  });

  test('has a real Schur form', () => {
    for (const [, n] of shapes) {
      const [a] = matrix(n, n, entry);
      const size = Math.max(...a.map(Math.abs)) || 1;
      const [t, z] = [new Float64Array(n * n), new Float64Array(n * n)];
      expect(native().smallSchur('d', n, a, 0, n, 1, t, 0, z, 0)).toBe(0);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          let [left, right] = [0, 0];
          for (let k = 0; k < n; k++) {
            left += (a[i * n + k] / size) * z[j * n + k];
            right += z[k * n + i] * (t[j * n + k] / size);
          }
          expect(Math.abs(left - right)).toBeLessThan(20 * n * eps);
          if (i > j + 1) expect(t[j * n + i]).toBe(0);
        }
      }
    }
  });
});

test('what does not fit its memory is refused', () => {
  const a = new Float64Array(9);
  expect(() => native().smallDet('d', 3, a, 1, 3, 1)).toThrow(RangeError);
  expect(() => native().smallQr('d', 3, 3, 3, a, 0, 3, 1, true, a, 0, a, 1)).toThrow(RangeError);
  expect(() => native().smallQr('d', 2, 3, 3, a, 0, 3, 1, false, a, 0)).toThrow(/more columns than rows/);
});

test('a pencil whose second matrix is the identity has the eigenvalues of the first', () => {
  const a = array([
    [2, 1, 0.5],
    [1, 3, 0.25],
    [0.5, 0.25, 5],
  ]);
  const one = array([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  for (const lower of [true, false]) {
    const { w, v } = eigh_generalised(a, one, { lower });
    const { eigenvalues, eigenvectors } = eigh(a, lower ? 'L' : 'U');
    expect((w.tolist() as number[]).map((x) => x.toPrecision(12))).toEqual(
      (eigenvalues.tolist() as number[]).map((x) => x.toPrecision(12)),
    );
    for (const i of [0, 1, 2]) expect(v.get([i, 0])).toBeCloseTo(Number(eigenvectors.get([i, 0])), 10);
  }
  expect(() => eigh_generalised(a, multiply(one, -1))).toThrow(
    'The leading minor of order 1 of B is not positive definite',
  );
});
