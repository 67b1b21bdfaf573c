/** Products of matrices as they lie: views with any strides, vectors, stacks; against the definition, within rounding. */
import { describe, expect, test } from 'vitest';
import { astype } from '#engine/cast.ts';
import { einsum } from '#engine/einsum.ts';
import { epsOf, matricesOf } from '#engine/linalg/matrices.ts';
import { dot, inner, matmul } from '#engine/linalg/products.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { tensordot } from '#engine/products.ts';
import { isComplex } from '#engine/scalar.ts';
import { slice, sliced } from '#engine/slicing.ts';
import { transpose } from '#engine/shape.ts';
import { complexRandom, random } from './linalg-cases.ts';

const dtypes = ['float32', 'float64', 'complex64', 'complex128'] as const;
type Type = (typeof dtypes)[number];

const make = (dtype: Type, m: number, n: number, seed: number): NDArray =>
  astype(dtype.startsWith('complex') ? complexRandom(m, n, seed) : random(m, n, seed), dtype);

/** Real and imaginary parts of all elements in C order. */
function numbers(a: NDArray): Float64Array {
  const flat = astype(a, a.entries === 2 ? 'complex128' : 'float64', { order: 'C' });
  const out = new Float64Array(2 * a.size);
  const data = flat.data as Float64Array;
  for (let i = 0; i < a.size; i++) {
    out[2 * i] = data[flat.start + i * flat.entries];
    out[2 * i + 1] = flat.entries === 2 ? data[flat.start + 2 * i + 1] : 0;
  }
  return out;
}

/** The largest error of c = a · b in units of its bound, k · eps · |a| · |b|. */
function error(c: NDArray, a: NDArray, b: NDArray, eps: number): number {
  const [m, k] = a.shape;
  const n = b.shape[1];
  expect(c.shape).toEqual([m, n]);
  const [x, y, z] = [numbers(a), numbers(b), numbers(c)];
  let most = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let [re, im, size] = [0, 0, 0];
      for (let p = 0; p < k; p++) {
        const [s, t] = [2 * (i * k + p), 2 * (p * n + j)];
        re += x[s] * y[t] - x[s + 1] * y[t + 1];
        im += x[s] * y[t + 1] + x[s + 1] * y[t];
        size += (Math.abs(x[s]) + Math.abs(x[s + 1])) * (Math.abs(y[t]) + Math.abs(y[t + 1]));
      }
      const off = Math.max(Math.abs(z[2 * (i * n + j)] - re), Math.abs(z[2 * (i * n + j) + 1] - im));
      most = Math.max(most, size === 0 ? off : off / ((k + 2) * eps * size));
    }
  }
  return most;
}

/** One matrix, lying in other ways. */
const layouts: [string, (dtype: Type, m: number, n: number, seed: number) => NDArray][] = [
  ['row after row', make],
  ['column after column', (dtype, m, n, seed) => transpose(make(dtype, n, m, seed))],
  ['a part', (dtype, m, n, seed) => sliced(make(dtype, m + 3, n + 2, seed), slice(1, m + 1), slice(2, n + 2))],
  ['every second row', (dtype, m, n, seed) => sliced(make(dtype, 2 * m, n, seed), slice(null, null, 2))],
  ['every second column', (dtype, m, n, seed) => sliced(make(dtype, m, 2 * n, seed), slice(), slice(null, null, 2))],
  ['upside down', (dtype, m, n, seed) => sliced(make(dtype, m, n, seed), slice(null, null, -1), slice(null, null, -1))],
];

describe.each(dtypes)('%s', (dtype) => {
  const eps = epsOf(dtype);
  describe.each(layouts)('left %s', (_, left) => {
    test.each(layouts)('right %s', (__, right) => {
      for (const [m, k, n] of [
        [1, 1, 1],
        [3, 5, 2],
        [9, 17, 25],
        [48, 31, 40],
        [1, 70, 33],
        [65, 40, 1],
        [90, 85, 95],
      ]) {
        const [a, b] = [left(dtype, m, k, m), right(dtype, k, n, n)];
        expect(error(matmul(a, b), a, b, eps)).toBeLessThanOrEqual(1);
      }
    });
  });

  test.each([3, 30, 150, 400])('with its own transpose a matrix of %i columns gives what is exactly symmetric', (n) => {
    const a = make(dtype, 60, n, 5);
    const gram = matmul(transpose(a), a);
    expect(error(gram, transpose(a), a, eps)).toBeLessThanOrEqual(1);
    expect(numbers(transpose(gram))).toEqual(numbers(gram));
  });

  test.each([2, 8, 13, 24, 33, 64])('a stack of order %i gives what its matrices give alone', (n) => {
    const a = make(dtype, 6 * n, n, 1).view(
      [6, n, n],
      [n * n, n, 1].map((step) => step * make(dtype, 1, 1, 1).itemsize),
    );
    const b = make(dtype, n, n + 1, 2);
    const stack = [...matricesOf(matmul(a, b))];
    [...matricesOf(a)].forEach((x, i) => expect(error(stack[i], x, b, eps)).toBeLessThanOrEqual(1));
  });

  test('dot, inner, einsum and tensordot are the same product', () => {
    const [a, b] = [make(dtype, 40, 50, 1), make(dtype, 50, 30, 2)];
    const product = numbers(matmul(a, b));
    for (const other of [dot(a, b), inner(a, transpose(b)), einsum('ij,jk', a, b), tensordot(a, b, 1)]) {
      const found = numbers(other);
      let off = 0;
      for (let i = 0; i < product.length; i++) off = Math.max(off, Math.abs(found[i] - product[i]));
      expect(off).toBeLessThan(50 * eps * 50);
    }
  });

  test('a matrix with a long vector, and two long vectors', () => {
    const a = make(dtype, 3, 40_000, 1);
    const x = make(dtype, 40_000, 1, 2);
    expect(error(matmul(a, x), a, x, eps)).toBeLessThanOrEqual(1);
    const one = dot(sliced(a, 1), sliced(x, slice(), 0)).item();
    const [re, im] = isComplex(one) ? [one.re, one.im] : [Number(one), 0];
    const found = numbers(matmul(a, x));
    expect(Math.hypot(re - found[2], im - found[3])).toBeLessThan(40_000 * eps * 10);
  });
});
