import { describe, expect, test } from 'vitest';
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype } from '#engine/cast.ts';
import { array, empty, eye, zeros } from '#engine/create.ts';
import { svdCertificate } from '#engine/linalg/certificate.ts';
import { randomizedSvd } from '#engine/linalg/randomized-svd.ts';
import { svd, svdvals } from '#engine/linalg/svd.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { complexRandom, gallery, random } from './linalg-cases.ts';

/** LAPACK's test ratios of an SVD: each must stay below 50. */
function ratios(a: NDArray, full: boolean): { reconstruct: number; u: number; v: number } {
  const result = svd(a, { full_matrices: full });
  const certificate = svdCertificate(a, result);
  const [m = 0, n = 0] = a.shape;
  const eps = a.dtype === 'float32' || a.dtype === 'complex64' ? 2 ** -24 : 2 ** -53;
  const u = svdCertificateOfFactor(result.U, 'columns');
  const v = svdCertificateOfFactor(result.Vh, 'rows');
  return {
    reconstruct: certificate.residual / (Math.max(m, n, 1) * eps),
    u: u / (Math.max(m, 1) * eps),
    v: v / (Math.max(n, 1) * eps),
  };
}

/** ‖QᴴQ − I‖ computed the slow way, apart from the certificate. */
function svdCertificateOfFactor(q: NDArray, lying: 'rows' | 'columns'): number {
  const vectors = lying === 'columns' ? q.shape[1] : q.shape[0];
  const length = lying === 'columns' ? q.shape[0] : q.shape[1];
  const parts = Array.from({ length: vectors }, (_, k) => {
    const [re, im] = [new Float64Array(length), new Float64Array(length)];
    for (let i = 0; i < length; i++) {
      const x = q.get(lying === 'columns' ? [i, k] : [k, i]);
      [re[i], im[i]] = typeof x === 'object' ? [x.re, x.im] : [Number(x), 0];
    }
    return { re, im };
  });
  let worst = 0;
  for (let k = 0; k < vectors; k++) {
    for (let j = 0; j <= k; j++) {
      let re = k === j ? -1 : 0;
      let im = 0;
      const [x, y] = [parts[k], parts[j]];
      for (let i = 0; i < length; i++) {
        re += x.re[i] * y.re[i] + x.im[i] * y.im[i];
        im += x.re[i] * y.im[i] - x.im[i] * y.re[i];
      }
      worst = Math.max(worst, Math.hypot(re, im));
    }
  }
  return worst;
}

const shapes: [number, number][] = [
  [1, 1],
  [1, 7],
  [7, 1],
  [3, 3],
  [40, 6],
  [6, 40],
  [33, 32],
  [80, 81],
  [300, 260],
];

describe.each<DType>(['float32', 'float64', 'complex64', 'complex128'])('svd of %s', (dtype) => {
  const make = (m: number, n: number) =>
    dtype.startsWith('complex') ? astype(complexRandom(m, n, m + n), dtype) : astype(random(m, n, m + n), dtype);

  test.each(shapes)('of shape (%i, %i) reconstructs with orthonormal factors', (m, n) => {
    for (const full of [false, true]) {
      const found = ratios(make(m, n), full);
      expect(found.reconstruct).toBeLessThan(50);
      expect(found.u).toBeLessThan(50);
      expect(found.v).toBeLessThan(50);
    }
  });

  test('keeps its precision, descends, and agrees with values alone', () => {
    const a = make(12, 9);
    const { U, S, Vh } = svd(a, { full_matrices: false });
    expect([U.dtype, Vh.dtype]).toEqual([dtype, dtype]);
    expect(S.dtype).toBe(dtype === 'float32' || dtype === 'complex64' ? 'float32' : 'float64');
    expect([U.shape, S.shape, Vh.shape]).toEqual([[12, 9], [9], [9, 9]]);
    const values = S.tolist() as number[];
    expect(values).toEqual([...values].sort((x, y) => y - x));
    const alone = svdvals(a).tolist() as number[];
    alone.forEach((x, i) => expect(Math.abs(x - values[i])).toBeLessThan(1e-5 * values[0]));
  });

  test('of strided views equals that of their copies', () => {
    const a = make(20, 14);
    const views = [a.T, a.view([10, 7], [a.strides[0] * 2, a.strides[1] * 2])];
    const reversed = a.view([20, 14], [-a.strides[0], a.strides[1]], a.offset + 19 * a.strides[0]);
    for (const view of [...views, reversed]) {
      expect(svd(view).S.tolist()).toEqual(svd(astype(view, dtype, { order: 'C' })).S.tolist());
    }
  });
});

describe('svd', () => {
  test.each(Object.entries(gallery))('of the gallery matrix %s', (_, a) => {
    const found = ratios(a, false);
    expect(found.reconstruct).toBeLessThan(50);
    expect(found.u).toBeLessThan(50);
    expect(found.v).toBeLessThan(50);
  });

  test('of huge and tiny numbers does not overflow', () => {
    for (const scale of [1e300, 1e-300]) {
      const a = random(9, 5, 3);
      for (let i = 0; i < 9; i++) for (let j = 0; j < 5; j++) a.set([i, j], Number(a.get([i, j])) * scale);
      const found = ratios(a, false);
      expect(found.reconstruct).toBeLessThan(50);
    }
  });

  test('has NumPy’s signs', () => {
    const { U, Vh } = svd(
      array([
        [1, 2],
        [3, 4],
      ]),
    );
    expect((U.tolist() as number[][]).flat().map((x) => Number(x.toFixed(8)))).toEqual([
      -0.40455358, -0.9145143, -0.9145143, 0.40455358,
    ]);
    expect((Vh.tolist() as number[][]).flat().map((x) => Number(x.toFixed(8)))).toEqual([
      -0.57604844, -0.81741556, 0.81741556, -0.57604844,
    ]);
  });

  test('of integers is float64, of bool too', () => {
    expect(
      svd(
        array([
          [3, 0],
          [0, 4],
        ]),
      ).S.tolist(),
    ).toEqual([4, 3]);
    expect(svd(astype(eye(3), 'bool')).S.tolist()).toEqual([1, 1, 1]);
    expect(
      svd(
        astype(
          array([
            [3, 0],
            [0, 4],
          ]),
          'uint8',
        ),
      ).U.dtype,
    ).toBe('float64');
  });

  test('of empty arrays has NumPy’s shapes', () => {
    const wide = svd(empty([0, 3]));
    expect([wide.U.shape, wide.S.shape, wide.Vh.tolist()]).toEqual([[0, 0], [0], eye(3).tolist()]);
    const reduced = svd(empty([4, 0]), { full_matrices: false });
    expect([reduced.U.shape, reduced.S.shape, reduced.Vh.shape]).toEqual([[4, 0], [0], [0, 0]]);
    expect(svd(empty([0, 4, 3])).U.shape).toEqual([0, 4, 4]);
  });

  test('of stacks decomposes each matrix', () => {
    const a = zeros([2, 3, 4, 5]);
    for (let i = 0; i < a.size; i++) a.data[a.start + i] = Math.sin(i * i);
    const { U, S, Vh } = svd(a, { full_matrices: false });
    expect([U.shape, S.shape, Vh.shape]).toEqual([
      [2, 3, 4, 4],
      [2, 3, 4],
      [2, 3, 4, 5],
    ]);
    const one = a.view([4, 5], a.strides.slice(2), a.offset + a.strides[0] + 2 * a.strides[1]);
    const found = S.view([4], [8], S.offset + S.strides[0] + 2 * S.strides[1]).tolist() as number[];
    const alone = svd(one).S.tolist() as number[];
    found.forEach((s, k) => expect(Math.abs(s - alone[k])).toBeLessThan(50 * 5 * 2 ** -53 * alone[0]));
  });

  test('of rank-deficient and zero matrices', () => {
    const { S } = svd(
      array([
        [1, 2],
        [2, 4.0],
        [3, 6],
      ]),
    );
    expect(Number(S.get([1]))).toBeLessThan(1e-15);
    expect(svd(zeros([3, 2])).S.tolist()).toEqual([0, 0]);
  });

  test('refuses NaN and infinity, naming the first cell', () => {
    const a = zeros([3, 3]);
    a.set([2, 0], -Infinity);
    a.set([1, 2], NaN);
    expect(() => svd(a)).toThrow(
      expect.objectContaining({
        code: 'linalg',
        message: 'Array must not contain infs or NaNs',
        hint: 'The first such cell is [1, 2], it holds nan.',
      }),
    );
    expect(() => svd(a.T)).toThrow(expect.objectContaining({ hint: 'The first such cell is [0, 2], it holds -inf.' }));
  });

  test('refuses vectors, sizes past memory and past LAPACK’s integers', () => {
    expect(() => svd(zeros([3]))).toThrow('1-dimensional array given. Array must be at least two-dimensional');
    const huge = zeros([1]).view([1e6, 1e6], [0, 0]);
    expect(() => svd(huge)).toThrow(expect.objectContaining({ code: 'memory' }));
    expect(() => svd(huge)).toThrow(/Unable to allocate .*TiB/);
  });
});

describe('randomizedSvd', () => {
  const lowRank = (m: number, n: number): NDArray => {
    const a = zeros([m, n]);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) a.set([i, j], Math.exp(-0.05 * Math.abs(i - j)) + Math.sin(i) * j);
    return a;
  };

  test.each<DType>(['float32', 'float64'])('finds the leading values of %s', (dtype) => {
    const a = astype(lowRank(150, 120), dtype);
    const exact = svd(a, { full_matrices: false });
    const { U, S, Vh, energy_total, excess_error } = randomizedSvd(a, 20, { seed: 7 });
    expect([U.shape, S.shape, Vh.shape]).toEqual([[150, 20], [20], [20, 120]]);
    for (let i = 0; i < 20; i++) {
      expect(Math.abs(Number(S.get([i])) / Number(exact.S.get([i])) - 1)).toBeLessThan(0.01);
    }
    const values = exact.S.tolist() as number[];
    expect(energy_total / values.reduce((sum, s) => sum + s * s, 0)).toBeCloseTo(1, 5);
    expect(excess_error).toBeGreaterThanOrEqual(0);
    expect(excess_error).toBeLessThan(0.05);
    expect(svdCertificate(a, { U, S, Vh }).orthogonality_u).toBeLessThan(dtype === 'float32' ? 1e-4 : 1e-12);
  });

  test('gives the same answer for the same seed and takes any strides', () => {
    const a = lowRank(60, 40);
    expect(randomizedSvd(a, 5, { seed: 3 }).S.tolist()).toEqual(randomizedSvd(a, 5, { seed: 3 }).S.tolist());
    const ours = randomizedSvd(a.T, 40).S.tolist() as number[];
    (svdvals(a).tolist() as number[]).forEach((x, i) => expect(ours[i]).toBeCloseTo(x, 8));
  });

  test('refuses what it cannot do', () => {
    expect(() => randomizedSvd(zeros([3, 4]), 4)).toThrow(AppError);
    expect(() => randomizedSvd(zeros([3]), 1)).toThrow(/two-dimensional/);
    const a = zeros([3, 3]);
    a.set([0, 1], NaN);
    expect(() => randomizedSvd(a, 1)).toThrow('Array must not contain infs or NaNs');
  });
});
