/** The worked examples of a linear-algebra course, with the answers that stand in its books. */
import { describe, expect, test } from 'vitest';
import { diag } from '#engine/building.ts';
import { array } from '#engine/create.ts';
import { where } from '#engine/elementwise.ts';
import { einsum } from '#engine/einsum.ts';
import { split } from '#engine/joining.ts';
import { eig, eigh } from '#engine/linalg/eigenvalues.ts';
import { lstsq, pinv } from '#engine/linalg/least-squares.ts';
import { cond, matrix_rank, norm } from '#engine/linalg/norms.ts';
import { qr } from '#engine/linalg/orthogonal.ts';
import { dot, matmul, outer, trace } from '#engine/linalg/products.ts';
import { svd } from '#engine/linalg/svd.ts';
import { cholesky, det, inv, solve } from '#engine/linalg/systems.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { array_str } from '#engine/printing.ts';
import { cross } from '#engine/products.ts';
import { arange, linspace } from '#engine/ranges.ts';
import { default_rng } from '#engine/random/generator.ts';
import { RandomState } from '#engine/random/random-state.ts';
import { max, sum } from '#engine/reductions.ts';
import { argmax } from '#engine/searching.ts';
import { reshape } from '#engine/shape.ts';
import { newaxis, slice, sliced } from '#engine/slicing.ts';
import { cov } from '#engine/correlation.ts';
import { mean } from '#engine/statistics.ts';
import { add, divide, multiply, subtract } from '#engine/ufuncs/arithmetic.ts';
import { exp, sqrt } from '#engine/ufuncs/mathematics.ts';
import { maximum } from '#engine/ufuncs/arithmetic.ts';

const n = (a: NDArray): number => Number(a.item());
const flat = (a: NDArray): number[] => (reshape(a, [-1]).tolist() as (number | bigint)[]).map(Number);
const near = (a: NDArray, want: number[], digits = 4): void => {
  const got = flat(a);
  expect(got.length).toBe(want.length);
  got.forEach((x, i) => {
    expect(x).toBeCloseTo(want[i], digits);
  });
};

const A = reshape(arange(1, 10), [3, 3]);
const ten = array([
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 10],
]);

describe('vectors and products', () => {
  test('sum, difference, dot, outer, cross', () => {
    const [x, y] = [array([1, 2, 3]), array([4, 5, 6])];
    expect(array_str(add(x, y))).toBe('[5 7 9]');
    expect(array_str(subtract(y, x))).toBe('[3 3 3]');
    expect(n(dot(x, y))).toBe(32);
    expect(array_str(outer(x, y))).toBe('[[ 4  5  6]\n [ 8 10 12]\n [12 15 18]]');
    expect(array_str(cross(x, y))).toBe('[-3  6 -3]');
    expect(n(norm(x))).toBe(3.7416573867739413);
  });

  test('matrix products do not commute', () => {
    const B = reshape(arange(11, 20), [3, 3]);
    expect(flat(matmul(A, B))).toEqual([90, 96, 102, 216, 231, 246, 342, 366, 390]);
    expect(flat(matmul(B, A))).toEqual([150, 186, 222, 186, 231, 276, 222, 276, 330]);
    expect(n(matrix_rank(A))).toBe(2);
    expect(matmul(default_rng(1).random([10, 3, 4]), default_rng(1).random([10, 4, 5])).shape).toEqual([10, 3, 5]);
  });
});

describe('systems', () => {
  test('inverse and pseudo-inverse', () => {
    near(
      inv(
        array([
          [4, 7],
          [2, 6],
        ]),
      ),
      [0.6, -0.7, -0.2, 0.4],
      12,
    );
    expect(() =>
      inv(
        array([
          [1, 2],
          [2, 4],
        ]),
      ),
    ).toThrow('Singular matrix');
    near(
      pinv(
        array([
          [1, 2],
          [2, 4],
        ]),
      ),
      [0.04, 0.08, 0.08, 0.16],
      12,
    );
    near(inv(diag(array([4, 8, 9]))), [0.25, 0, 0, 0, 0.125, 0, 0, 0, 1 / 9], 12);
    expect(n(cond(A))).toBeGreaterThan(1e16);
  });

  test('determinant, norms, trace, condition', () => {
    expect(
      n(
        det(
          array([
            [3, 1],
            [2, 4],
          ]),
        ),
      ),
    ).toBeCloseTo(10, 12);
    expect(n(det(ten))).toBeCloseTo(-3, 10);
    expect(n(trace(ten))).toBe(16);
    const norms = (['fro', 2, 1, Infinity, 'nuc'] as const).map((ord) => n(norm(ten, { ord })));
    [17.4356, 17.4125, 19, 25, 18.4845].forEach((want, k) => {
      expect(norms[k]).toBeCloseTo(want, 4);
    });
    expect(n(cond(ten))).toBeCloseTo(88.4483, 4);
  });

  test('solve and least squares', () => {
    near(
      solve(
        array([
          [3, 2],
          [1, 4],
        ]),
        array([
          [7, 10],
          [9, 18],
        ]),
      ),
      [1, 0.4, 2, 4.4],
      12,
    );
    const x = array([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
    ]);
    const fit = lstsq(x, array([2.1, 3.9, 6.2, 7.8]));
    near(fit.x, [1.94, 0.15], 10);
    near(fit.residuals, [0.082], 10);
    const { Q, R } = qr(
      array(
        [
          [1, 1],
          [2, 1],
          [3, 1],
        ],
        'float64',
      ),
    );
    near(solve(R, matmul(Q.T, array([2, 4, 5.5]))), [1.75, 0.3333]);
  });

  test('Cholesky', () => {
    const c = array([
      [4, 2, 1],
      [2, 5, 2],
      [1, 2, 6],
    ]);
    near(cholesky(c), [2, 0, 0, 1, 2, 0, 0.5, 0.75, 2.2776]);
    near(solve(c, array([1, 2, 3])), [0.0361, 0.2169, 0.4217]);
  });
});

describe('eigenvalues and singular values', () => {
  test('eig and eigh', () => {
    expect(
      flat(
        eig(
          array([
            [5, 1],
            [3, 3],
          ]),
        ).eigenvalues,
      ).sort(),
    ).toEqual([expect.closeTo(2, 10), expect.closeTo(6, 10)]);
    near(
      eigh(
        array([
          [4, 2],
          [2, 3],
        ]),
      ).eigenvalues,
      [1.4384, 5.5616],
    );
    near(
      eigh(
        array([
          [4, 2, 1],
          [2, 5, 3],
          [1, 3, 6],
        ]),
      ).eigenvalues,
      [1.9213, 3.7302, 9.3485],
    );
  });

  test('svd of 1 … 12 and of the ratings', () => {
    const s = svd(reshape(arange(1, 13), [4, 3]));
    expect([s.U.shape, s.S.shape, s.Vh.shape]).toEqual([[4, 4], [3], [3, 3]]);
    near(s.S, [25.4624, 1.2907, 0]);
    const ratings = array([
      [5, 4, 0, 0],
      [4, 5, 0, 0],
      [0, 0, 4, 5],
      [0, 0, 5, 4],
    ]);
    const r = svd(ratings, { full_matrices: false });
    near(r.S, [9, 9, 1, 1], 10);
    const two = matmul(
      multiply(sliced(r.U, slice(), slice(0, 2)), sliced(r.S, slice(0, 2))),
      sliced(r.Vh, slice(0, 2)),
    );
    near(two, [4.5, 4.5, 0, 0, 4.5, 4.5, 0, 0, 0, 0, 4.5, 4.5, 0, 0, 4.5, 4.5], 10);
    expect(n(norm(subtract(ratings, two)))).toBeCloseTo(Math.SQRT2, 10);
  });
});

describe('learning', () => {
  test('principal components of random data', () => {
    const x = new RandomState(42).randn(100, 10);
    const values = flat(eigh(cov(subtract(x, mean(x, { axis: 0 })), { rowvar: false })).eigenvalues).reverse();
    const total = values.reduce((p, v) => p + v, 0);
    [0.1633, 0.1408, 0.1155].forEach((want, k) => {
      expect(values[k] / total).toBeCloseTo(want, 4);
    });
  });

  test('a network of 4, 8 and 3 units', () => {
    const rng = new RandomState(42);
    const w1 = multiply(rng.randn(4, 8), 0.1);
    const w2 = multiply(rng.randn(8, 3), 0.1);
    const x = rng.randn(5, 4);
    const hidden = maximum(matmul(x, w1), 0);
    const z = matmul(hidden, w2);
    const e = exp(subtract(z, max(z, { axis: 1, keepdims: true })));
    const p = divide(e, sum(e, { axis: 1, keepdims: true }));
    near(sum(p, { axis: 1 }), [1, 1, 1, 1, 1], 12);
    expect(argmax(p, { axis: 1 }).shape).toEqual([5]);
  });

  test('pairwise distances by broadcasting and by einsum agree', () => {
    const x = default_rng(3).standard_normal([50, 10]);
    const d = subtract(sliced(x, slice(), newaxis), sliced(x, newaxis));
    const one = sqrt(sum(multiply(d, d), { axis: -1 }));
    const two = sqrt(einsum('ijk,ijk->ij', d, d));
    expect(n(max(subtract(one, two)))).toBeLessThan(1e-14);
  });

  test('streams begin as every course shows them', () => {
    near(new RandomState(42).randn(3), [0.49671415, -0.1382643, 0.64768854], 8);
    near(default_rng(42).standard_normal(3), [0.30471708, -1.03998411, 0.7504512], 8);
  });
});

describe('misuse', () => {
  test('three columns into two', () => {
    expect(() => split(ten, 2, 1)).toThrow('array split does not result in an equal division');
  });

  test('where and linspace', () => {
    expect(flat(where(array([true, false, true]), array([1, 2, 3]), 0))).toEqual([1, 0, 3]);
    expect(flat(linspace(0, 1, 3))).toEqual([0, 0.5, 1]);
  });
});
