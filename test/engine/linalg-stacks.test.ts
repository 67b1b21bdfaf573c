/** Stacks are worked on in one call of the addon: each matrix as good as alone, in LAPACK's test ratios. */
import { describe, expect, test } from 'vitest';
import { astype } from '#engine/cast.ts';
import { array, eye, full, zeros } from '#engine/create.ts';
import { stack } from '#engine/joining.ts';
import { eigh } from '#engine/linalg/eigenvalues.ts';
import { epsOf, matricesOf } from '#engine/linalg/matrices.ts';
import { norm } from '#engine/linalg/norms.ts';
import { qr } from '#engine/linalg/orthogonal.ts';
import { matmul } from '#engine/linalg/products.ts';
import { svd, svdvals } from '#engine/linalg/svd.ts';
import { cholesky, det, inv, slogdet, solve } from '#engine/linalg/systems.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { isComplex, PyFloat, type Scalar } from '#engine/scalar.ts';
import { add, conj, multiply, subtract } from '#engine/ufuncs/arithmetic.ts';
import { complexRandom, random } from './linalg-cases.ts';

const dtypes = ['float32', 'float64', 'complex64', 'complex128'] as const;
type Type = (typeof dtypes)[number];
/** Below, at and above what lies in one vector, in the kernel's reach, and past it. */
const orders = [1, 2, 3, 8, 9, 17, 32, 33, 60];
const count = 7;

const one = (dtype: Type, m: number, n: number, seed: number): NDArray =>
  astype(dtype.startsWith('complex') ? complexRandom(m, n, seed) : random(m, n, seed), dtype);
const many = (dtype: Type, m: number, n: number, seed = 1): NDArray =>
  stack(Array.from({ length: count }, (_, k) => one(dtype, m, n, seed + k)));
const adjoint = (a: NDArray): NDArray => {
  const axes = [...a.shape.keys()];
  const [i, j] = axes.slice(-2);
  const turned = a.view(
    [...a.shape.slice(0, -2), a.shape[j], a.shape[i]],
    [...a.strides.slice(0, -2), a.strides[j], a.strides[i]],
  );
  return a.entries === 2 ? conj(turned) : turned;
};
const size = (a: NDArray): number => Number(norm(a.view([a.size], [a.itemsize])).item());

/** ‖difference‖ / (‖scale‖ · n · eps) for every matrix of a stack. */
function ratios(difference: NDArray, scales: number[], n: number, dtype: Type): number[] {
  return [...matricesOf(astype(difference, dtype, { order: 'C' }))].map(
    (d, i) => size(astype(d, dtype, { order: 'C', copy: true })) / (Math.max(scales[i], 1e-300) * n * epsOf(dtype)),
  );
}
const sizes = (a: NDArray): number[] =>
  [...matricesOf(a)].map((x) => size(astype(x, x.dtype, { order: 'C', copy: true })));
const most = (values: number[]): number => Math.max(...values.map((x) => (Number.isNaN(x) ? Infinity : x)));

describe.each(dtypes)('stacks of %s', (dtype) => {
  test.each(orders)('of order %i: solve, inv, det', (n) => {
    const a = many(dtype, n, n);
    const b = many(dtype, n, 3, 50);
    const x = solve(a, b);
    const scale = (y: NDArray): number[] => sizes(a).map((s, i) => s * sizes(y)[i]);
    expect(most(ratios(subtract(matmul(a, x), b), scale(x), n, dtype))).toBeLessThan(30);
    const inverse = inv(a);
    expect(most(ratios(subtract(matmul(a, inverse), eye(n, n, 0, dtype)), scale(inverse), n, dtype))).toBeLessThan(30);
    const together = det(a);
    const { sign, logabsdet } = slogdet(a);
    [...matricesOf(a)].forEach((matrix, i) => {
      const alone = slogdet(matrix);
      const far = Math.abs(Number(logabsdet.get([i])) - Number(alone.logabsdet.item()));
      // What the determinant loses is at most the condition of the matrix.
      const limit = 30 * n * epsOf(dtype) * sizes(a)[i] * sizes(inverse)[i];
      expect(far).toBeLessThan(limit);
      const parts = (v: Scalar): number[] => (isComplex(v) ? [v.re, v.im] : [Number(v), 0]);
      const [p, q] = [parts(sign.get([i])), parts(alone.sign.item())];
      expect(Math.hypot(p[0] - q[0], p[1] - q[1])).toBeLessThan(limit);
      const d = parts(together.get([i]));
      const length = Math.exp(Number(logabsdet.get([i])));
      expect(Math.hypot(d[0] - p[0] * length, d[1] - p[1] * length)).toBeLessThanOrEqual(8 * epsOf(dtype) * length);
    });
  });

  test.each(orders)('of order %i: cholesky, eigh', (n) => {
    const half = many(dtype, n, n);
    const a = add(matmul(half, adjoint(half)), multiply(eye(n, n, 0, dtype), new PyFloat(0.5)));
    const lower = cholesky(a);
    expect(most(ratios(subtract(matmul(lower, adjoint(lower)), a), sizes(a), n, dtype))).toBeLessThan(30);
    const upper = cholesky(a, { upper: true });
    expect(most(ratios(subtract(matmul(adjoint(upper), upper), a), sizes(a), n, dtype))).toBeLessThan(30);
    if (n > 1) {
      expect(lower.get([count - 1, 0, n - 1])).toEqual(zeros([], dtype).item());
      expect(upper.get([count - 1, n - 1, 0])).toEqual(zeros([], dtype).item());
    }
    const { eigenvalues, eigenvectors } = eigh(a);
    const w = eigenvalues.view([count, 1, n], [eigenvalues.strides[0], 0, eigenvalues.strides[1]]);
    const made = matmul(multiply(eigenvectors, w), adjoint(eigenvectors));
    expect(most(ratios(subtract(made, a), sizes(a), n, dtype))).toBeLessThan(60);
  });

  test.each([
    [5, 5],
    [9, 4],
    [4, 9],
    [40, 33],
  ])('of shape %i × %i: svd, qr', (m, n) => {
    const a = many(dtype, m, n);
    const r = Math.min(m, n);
    for (const full_matrices of [false, true]) {
      const { U, S, Vh } = svd(a, { full_matrices });
      expect(U.shape).toEqual([count, m, full_matrices ? m : r]);
      expect(Vh.shape).toEqual([count, full_matrices ? n : r, n]);
      const left = U.view([count, m, r], U.strides);
      const right = Vh.view([count, r, n], Vh.strides);
      const s = S.view([count, 1, r], [S.strides[0], 0, S.strides[1]]);
      expect(most(ratios(subtract(matmul(multiply(left, s), right), a), sizes(a), m, dtype))).toBeLessThan(50);
      const whole = matmul(adjoint(U), U);
      expect(
        most(ratios(subtract(whole, eye(U.shape[2], U.shape[2], 0, dtype)), [1, 1, 1, 1, 1, 1, 1], m, dtype)),
      ).toBeLessThan(50);
      expect(
        most(
          ratios(
            subtract(
              S.view([count, 1, r], [S.strides[0], 0, S.strides[1]]),
              svdvals(a).view([count, 1, r], [S.strides[0], 0, S.strides[1]]),
            ),
            sizes(a),
            m,
            S.dtype as Type,
          ),
        ),
      ).toBeLessThan(50);
    }
    for (const mode of ['reduced', 'complete'] as const) {
      const { Q, R } = qr(a, mode);
      expect(Q.shape).toEqual([count, m, mode === 'complete' ? m : r]);
      expect(most(ratios(subtract(matmul(Q, R), a), sizes(a), m, dtype))).toBeLessThan(30);
      expect(R.get([1, r - 1, 0])).toEqual(zeros([], dtype).item());
    }
    expect(qr(a, 'r').tolist()).toEqual(qr(a).R.tolist());
  });

  test('views and one matrix for all are read as they lie', () => {
    const a = many(dtype, 6, 6);
    const b = many(dtype, 6, 2, 9);
    const flipped = a.view(a.shape, [-a.strides[0], a.strides[2], a.strides[1]], a.offset + (count - 1) * a.strides[0]);
    const copied = astype(flipped, dtype, { order: 'C', copy: true });
    expect(solve(flipped, b).tolist()).toEqual(solve(copied, b).tolist());
    expect(inv(flipped).tolist()).toEqual(inv(copied).tolist());
    const [first] = matricesOf(a);
    const each = solve(first, b);
    const third = solve(stack(Array.from({ length: count }, () => first)), b);
    expect(each.tolist()).toEqual(third.tolist());
    const [side] = matricesOf(b);
    expect(solve(a, side).shape).toEqual([count, 6, 2]);
    const grid = solve(a.view([count, 1, 6, 6], [a.strides[0], 0, a.strides[1], a.strides[2]]), b);
    expect(grid.shape).toEqual([count, count, 6, 2]);
    const pair = grid.view([6, 2], grid.strides.slice(2), grid.offset + 2 * grid.strides[0] + 4 * grid.strides[1]);
    const there = solve([...matricesOf(a)][2], [...matricesOf(b)][4]);
    expect(size(subtract(pair, there))).toBeLessThan(1e4 * epsOf(dtype) * (1 + size(there)));
  });

  test.each([3, 40])('one bad matrix of order %i among good ones', (n) => {
    const a = many(dtype, n, n);
    for (let j = 0; j < n; j++) a.set([4, 1, j], a.get([4, 0, j]));
    for (let j = 0; j < n; j++) a.set([4, 2, j], 0);
    expect(() => inv(a)).toThrow('Singular matrix');
    expect(() => solve(a, many(dtype, n, 1))).toThrow('Singular matrix');
    expect(det(a).get([4])).toEqual(zeros([], dtype).item());
    expect(slogdet(a).logabsdet.get([4])).toBe(-Infinity);
    expect(Number.isFinite(Number(slogdet(a).logabsdet.get([3])))).toBe(true);
    const definite = stack(Array.from({ length: count }, (_, k) => multiply(eye(n, n, 0, dtype), k === 5 ? -1 : 2)));
    expect(() => cholesky(definite)).toThrow(
      expect.objectContaining({
        message: 'Matrix is not positive definite',
        hint: 'Its leading 1 × 1 part is not in matrix 5 of the stack.',
      }),
    );
  });

  test('NaN gives NaN, as in NumPy, and only where it is', () => {
    const a = many(dtype, 4, 4);
    a.set([2, 1, 1], NaN);
    const inverse = inv(a);
    expect(Number.isNaN(size(astype([...matricesOf(inverse)][2], dtype, { order: 'C', copy: true })))).toBe(true);
    expect(Number.isNaN(size(astype([...matricesOf(inverse)][3], dtype, { order: 'C', copy: true })))).toBe(false);
    expect(() => eigh(a)).toThrow('infs or NaNs');
    expect(() => svd(a)).toThrow('infs or NaNs');
  });

  test('empty stacks and empty matrices', () => {
    expect(inv(zeros([0, 3, 3], dtype)).shape).toEqual([0, 3, 3]);
    expect(solve(zeros([2, 0, 0], dtype), zeros([2, 0, 1], dtype)).shape).toEqual([2, 0, 1]);
    expect(det(zeros([2, 0, 0], dtype)).tolist()).toEqual(full([2], 1, dtype).tolist());
    expect(svd(zeros([2, 0, 3], dtype)).Vh.tolist()).toEqual(
      stack([eye(3, 3, 0, dtype), eye(3, 3, 0, dtype)]).tolist(),
    );
    expect(qr(zeros([2, 3, 0], dtype), 'complete').Q.shape).toEqual([2, 3, 3]);
  });
});

test('pivots whose reciprocal is infinite', () => {
  const tiny = 5e-324;
  const a = stack([
    array([
      [tiny, 0],
      [0, tiny],
    ]),
    array([
      [3, 1],
      [1, 2],
    ]),
  ]);
  const [first] = matricesOf(solve(a, array([[tiny], [tiny * 4]])));
  expect(first.tolist()).toEqual([[1], [4]]);
  expect(slogdet(a).sign.tolist()).toEqual([1, 1]);
});
