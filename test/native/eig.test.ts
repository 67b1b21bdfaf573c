import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tril } from '#engine/building.ts';
import { astype } from '#engine/cast.ts';
import { eye } from '#engine/create.ts';
import { certificate } from '#engine/linalg/certify.ts';
import { eig, eigvals } from '#engine/linalg/eigenvalues.ts';
import { matmul } from '#engine/linalg/products.ts';
import { native } from '#engine/native.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { hessenberg, schur } from '#engine/scipy/forms.ts';
import { subtract } from '#engine/ufuncs/arithmetic.ts';
import type { DType } from '#shared/dtype.ts';
import { fromFunction, random } from '../engine/linalg-cases.ts';

/** Our own steps of geev, gees and gehrd, which matrices from order 200 on take, against LAPACK's test ratios. */
let state = 1;
const noise = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2147483648 - 1;
const square = (n: number, f: (i: number, j: number) => number): NDArray => fromFunction(n, n, f);

const cases: [string, NDArray][] = [
  ['random', square(320, noise)],
  ['of an odd order', square(233, noise)],
  ['just large enough', square(200, noise)],
  ['of zeros and ones', square(210, () => Number(noise() > 0))],
  ['a companion', square(220, (i, j) => (i === 0 ? noise() : Number(i === j + 1)))],
  ["Grcar's", square(210, (i, j) => (j === i - 1 ? -1 : j >= i && j <= i + 3 ? 1 : 0))],
  ["Frank's", square(210, (i, j) => (j < i - 1 ? 0 : j === i - 1 ? 210 - i : 210 - Math.max(i, j)))],
  ['a cyclic permutation', square(204, (i, j) => Number(i === (j + 1) % 204))],
  ['all ones', square(210, () => 1)],
  ['of rank 1', square(210, (i, j) => Math.sin(i + 1) * Math.cos(j))],
  ['skew', square(210, (i, j) => Math.sign(i - j) * Math.sin(1 + Math.min(i, j) * Math.max(i, j)))],
  ['symmetric', square(210, (i, j) => Math.sin(1 + i * j))],
  ['graded', square(210, (i, j) => noise() * 10 ** (-(i + j) / 20))],
  ['graded upwards', square(210, (i, j) => noise() * 10 ** ((i + j) / 20 - 10))],
  ['nearly triangular', square(210, (i, j) => (i <= j ? noise() : 1e-12 * noise()))],
  ['a cluster', square(210, (i, j) => Number(i === j) + 1e-9 * noise())],
  ['defective but for roundings', square(210, (i, j) => (i === j ? 2 : j === i + 1 ? 1 : i === 209 && j === 0 ? 1e-15 : 0))],
  ['badly scaled', square(210, (i, j) => noise() * 10 ** ((i % 7) - (j % 7)))],
  ['sparse', square(210, () => (noise() > 0.97 ? noise() : 0))],
  ['triangular, which LAPACK splits', square(210, (i, j) => (i <= j ? 1 + i : 0))],
  ['tiny, which LAPACK scales', square(205, () => 1e-200 * noise())],
  ['huge, which LAPACK scales', square(205, () => 1e200 * noise())],
];
/** What single precision has no range for. */
const wide = /tiny|huge|graded|defective/;
// On a busy machine threads that wait for one another crawl: several are given the cases in which they meet differently.
const shared = [/./, /^random|cyclic/, /^random/];

const largest = (a: NDArray): number => {
  let most = 0;
  for (let i = 0; i < a.size; i++) most = Math.max(most, Math.abs(Number(a.data[a.start + i])));
  return most;
};
/** In the units of LAPACK's test ratios, with the largest entry for a norm. */
const ratio = (difference: NDArray, a: NDArray, eps: number): number =>
  largest(difference) / (largest(a) * a.shape[0] * eps);

const threadsBefore = native().blas().threads;
afterAll(() => native().setThreads(threadsBefore));

describe.each([1, 2, 3])('on %i threads', (threads) => {
  beforeAll(() => void native().setThreads(threads));
  const chosen = cases.filter(([name]) => shared[threads - 1].test(name));
  test.each(chosen)('a matrix that is %s', (name, of64) => {
    for (const dtype of (threads > 1 || wide.test(name) ? ['float64'] : ['float64', 'float32']) as DType[]) {
      const a = astype(of64, dtype);
      const n = a.shape[0];
      const eps = dtype === 'float32' ? 2 ** -24 : 2 ** -53;
      const pair = eig(a);
      expect(certificate(a, { of: 'eig', ...pair }).backward_error).toBeLessThan(30);
      if (threads > 2) continue;
      // Forms whose orthogonal factor gives the matrix back.
      const { T, Z } = schur(a);
      const { H, Q } = hessenberg(a, true);
      for (const [form, vectors] of [
        [T, Z],
        [H, Q as NDArray],
      ]) {
        expect(ratio(subtract(matmul(matmul(vectors, form), vectors.T), a), a, eps)).toBeLessThan(30);
        expect(ratio(subtract(matmul(vectors.T, vectors), eye(n)), eye(n), eps)).toBeLessThan(30);
        expect(largest(tril(form, -2))).toBe(0);
      }
      standardised(T);
    }
  });
});

/** Blocks of two rows have equal diagonal entries and complex eigenvalues, and no two of them touch. */
function standardised(t: NDArray): void {
  const n = t.shape[0];
  const at = (i: number, j: number): number => Number(t.get([i, j]));
  for (let i = 0; i + 1 < n; i++) {
    if (at(i + 1, i) === 0) continue;
    expect(at(i, i)).toBe(at(i + 1, i + 1));
    expect(Math.sign(at(i + 1, i))).toBe(-Math.sign(at(i, i + 1)));
    if (i + 2 < n) expect(at(i + 2, i + 1)).toBe(0);
  }
}

describe('eigenvalues', () => {
  test('known ones are found: the circulant of a cycle has the roots of unity', () => {
    const n = 256;
    const w = eigvals(fromFunction(n, n, (i, j) => Number(i === (j + 1) % n))).tolist() as { re: number; im: number }[];
    const angles = w.map(({ re, im }) => Math.atan2(im, re) / (2 * Math.PI / n)).map((x) => (Math.round(x) + n) % n);
    expect(angles.toSorted((x, y) => x - y)).toEqual(Array.from({ length: n }, (_, k) => k));
    for (const { re, im } of w) expect(Math.abs(Math.hypot(re, im) - 1)).toBeLessThan(1e-13);
  });

  test('with and without vectors they are the same as sets', () => {
    const a = random(260, 260, 3);
    const key = (w: NDArray): number[] => (w.tolist() as { re: number; im: number }[]).map(({ re, im }) => re + 7 * im);
    const [x, y] = [eigvals(a), eig(a).eigenvalues].map((w) => key(w).toSorted((p, q) => p - q));
    for (const [i, value] of x.entries()) expect(Math.abs(value - y[i])).toBeLessThan(1e-9);
  });

  test('conjugates follow each other, the one with the positive imaginary part first, vectors of length 1', () => {
    const { eigenvalues, eigenvectors } = eig(random(240, 240, 5));
    const w = eigenvalues.tolist() as { re: number; im: number }[];
    for (let i = 0; i < w.length; i++) {
      if (w[i].im === 0) continue;
      expect(w[i].im).toBeGreaterThan(0);
      expect(w[i + 1]).toEqual({ ...w[i], im: -w[i].im });
      i++;
    }
    const lengths = new Float64Array(240);
    const parts = eigenvectors.data as Float64Array;
    for (let k = 0; k < 240 * 240; k++) {
      lengths[k % 240] += parts[eigenvectors.start + 2 * k] ** 2 + parts[eigenvectors.start + 2 * k + 1] ** 2;
    }
    for (const length of lengths) expect(Math.abs(length - 1)).toBeLessThan(1e-13);
  });

  test('the same matrix gives the same bits', () => {
    const a = random(300, 300, 7);
    expect(eig(a).eigenvectors.tolist()).toEqual(eig(a).eigenvectors.tolist());
  });
});
