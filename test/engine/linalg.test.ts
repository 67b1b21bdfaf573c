import { describe, expect, test } from 'vitest';
import type { DType } from '#shared/dtype.ts';
import { astype } from '#engine/cast.ts';
import { array, empty, eye, zeros } from '#engine/create.ts';
import { eig, eigh, eigvals, eigvalsh } from '#engine/linalg/eigenvalues.ts';
import { lstsq, pinv } from '#engine/linalg/least-squares.ts';
import { cond, matrix_rank, norm } from '#engine/linalg/norms.ts';
import { qr } from '#engine/linalg/orthogonal.ts';
import { dot, inner, matmul, matrix_power, multi_dot, outer, trace, vdot } from '#engine/linalg/products.ts';
import { cholesky, det, inv, slogdet, solve } from '#engine/linalg/systems.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { complexRandom, fromFunction, gallery, random } from './linalg-cases.ts';

interface Complex {
  re: number;
  im: number;
}

const at = (a: NDArray, ...index: number[]): Complex => {
  const x = a.get(index);
  return typeof x === 'object' ? x : { re: Number(x), im: 0 };
};

/** Largest magnitude of x − y. */
const distance = (x: NDArray, y: NDArray): number => {
  expect(x.shape).toEqual(y.shape);
  let most = 0;
  const walk = (index: number[]): void => {
    if (index.length === x.ndim) {
      const [p, q] = [at(x, ...index), at(y, ...index)];
      most = Math.max(most, Math.hypot(p.re - q.re, p.im - q.im));
      return;
    }
    for (let i = 0; i < x.shape[index.length]; i++) walk([...index, i]);
  };
  walk([]);
  return most;
};

const conjugateTranspose = (a: NDArray): NDArray => {
  const out = zeros([a.shape[1], a.shape[0]], a.dtype);
  for (let i = 0; i < a.shape[0]; i++) {
    for (let j = 0; j < a.shape[1]; j++) {
      const { re, im } = at(a, i, j);
      out.set([j, i], a.entries === 2 ? { re, im: -im } : re);
    }
  }
  return out;
};

const dtypes: DType[] = ['float32', 'float64', 'complex64', 'complex128'];
const epsOf = (dtype: DType): number => (dtype === 'float32' || dtype === 'complex64' ? 2 ** -24 : 2 ** -53);
const make = (dtype: DType, m: number, n: number, seed = m * 31 + n): NDArray =>
  astype(dtype.startsWith('complex') ? complexRandom(m, n, seed) : random(m, n, seed), dtype);
const spread = (a: NDArray): number => Math.max(Number(norm(a, { ord: 1 }).item()), 1e-300);

/** A Hermitian positive definite matrix. */
const definite = (dtype: DType, n: number): NDArray => {
  const x = make(dtype, n, n);
  const a = matmul(x, conjugateTranspose(x));
  for (let i = 0; i < n; i++) a.set([i, i], { re: at(a, i, i).re + n, im: 0 });
  return a;
};

describe.each(dtypes)('linear algebra in %s', (dtype) => {
  const eps = epsOf(dtype);

  test.each([1, 2, 5, 30])('solve and inv of order %i', (n) => {
    const a = make(dtype, n, n);
    const b = make(dtype, n, 3, 5);
    const x = solve(a, b);
    expect(x.dtype).toBe(dtype);
    const scale = spread(a) * spread(x) * n * eps;
    expect(distance(matmul(a, x), b) / scale).toBeLessThan(30);
    const one = astype(eye(n), dtype);
    const inverse = inv(a);
    expect(distance(matmul(a, inverse), one) / (spread(a) * spread(inverse) * n * eps)).toBeLessThan(30);
    expect(distance(solve(a.T, b), solve(astype(a.T, dtype, { order: 'C' }), b))).toBe(0);
  });

  test.each([
    [1, 1],
    [6, 4],
    [4, 6],
    [40, 40],
    [0, 3],
    [3, 0],
  ])('qr of (%i, %i)', (m, n) => {
    const a = make(dtype, m, n);
    const k = Math.min(m, n);
    const { Q, R } = qr(a);
    expect([Q.shape, R.shape, Q.dtype]).toEqual([[m, k], [k, n], dtype]);
    const scale = Math.max(m, n, 1) * eps;
    expect(distance(matmul(Q, R), a) / ((k === 0 ? 1 : spread(a)) * scale)).toBeLessThan(30);
    expect(distance(matmul(conjugateTranspose(Q), Q), astype(eye(k), dtype)) / scale).toBeLessThan(30);
    const complete = qr(a, 'complete');
    expect([complete.Q.shape, complete.R.shape]).toEqual([
      [m, m],
      [m, n],
    ]);
    expect(distance(matmul(complete.Q, complete.R), a) / ((k === 0 ? 1 : spread(a)) * scale)).toBeLessThan(30);
    expect(distance(qr(a, 'r'), R)).toBe(0);
    expect([qr(a, 'raw').h.shape, qr(a, 'raw').tau.shape]).toEqual([[n, m], [k]]);
  });

  test.each([1, 3, 25])('cholesky of order %i', (n) => {
    const a = definite(dtype, n);
    const L = cholesky(a);
    expect(distance(matmul(L, conjugateTranspose(L)), a) / (spread(a) * n * eps)).toBeLessThan(30);
    const U = cholesky(a, { upper: true });
    expect(distance(matmul(conjugateTranspose(U), U), a) / (spread(a) * n * eps)).toBeLessThan(30);
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) expect(at(L, i, j)).toEqual({ re: 0, im: 0 });
  });

  test.each([1, 2, 20])('eigh of order %i', (n) => {
    const x = make(dtype, n, n);
    const a = zeros([n, n], dtype);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const { re, im } = at(x, i, j);
        a.set([i, j], { re, im: i === j ? 0 : im });
        a.set([j, i], { re, im: i === j ? 0 : -im });
      }
    }
    const { eigenvalues, eigenvectors } = eigh(a);
    const scaled = zeros([n, n], dtype);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const w = Number(eigenvalues.get([j]));
        scaled.set([i, j], { re: at(eigenvectors, i, j).re * w, im: at(eigenvectors, i, j).im * w });
      }
    }
    expect(distance(matmul(a, eigenvectors), scaled) / (spread(a) * n * eps)).toBeLessThan(60);
    const gram = matmul(conjugateTranspose(eigenvectors), eigenvectors);
    expect(distance(gram, astype(eye(n), dtype)) / (n * eps)).toBeLessThan(60);
    expect(distance(eigvalsh(a), eigenvalues) / (spread(a) * n * eps)).toBeLessThan(60);
    // Only the triangle that is named is read.
    if (n > 1) a.set([0, n - 1], 77);
    expect(distance(eigvalsh(a, 'L'), eigenvalues) / (spread(a) * n * eps)).toBeLessThan(60);
  });

  test.each([1, 2, 20])('eig of order %i', (n) => {
    const a = make(dtype, n, n);
    const { eigenvalues, eigenvectors } = eig(a);
    const left = matmul(astype(a, eigenvectors.dtype), eigenvectors);
    let most = 0;
    for (let j = 0; j < n; j++) {
      const w = at(eigenvalues, j);
      for (let i = 0; i < n; i++) {
        const v = at(eigenvectors, i, j);
        const y = at(left, i, j);
        most = Math.max(most, Math.hypot(y.re - (w.re * v.re - w.im * v.im), y.im - (w.re * v.im + w.im * v.re)));
      }
    }
    expect(most / (spread(a) * n * eps)).toBeLessThan(20);
    expect(
      distance(astype(eigvals(a), 'complex128'), astype(eigenvalues, 'complex128')) / (spread(a) * n * eps),
    ).toBeLessThan(200);
  });

  test('pinv and lstsq', () => {
    const a = make(dtype, 9, 4);
    const p = pinv(a);
    expect(distance(matmul(p, a), astype(eye(4), dtype))).toBeLessThan(200 * eps);
    const b = make(dtype, 9, 2, 3);
    const { x, residuals, rank, s } = lstsq(a, b);
    expect(distance(x, matmul(p, b))).toBeLessThan(200 * eps);
    expect([rank, residuals.shape, s.shape]).toEqual([4, [2], [4]]);
    expect(lstsq(a.T, make(dtype, 4, 1, 3)).residuals.shape).toEqual([0]);
  });

  test('determinants agree with the product of the eigenvalues', () => {
    const a = make(dtype, 6, 6);
    let product = { re: 1, im: 0 };
    const w = eigvals(a);
    for (let i = 0; i < 6; i++) {
      const { re, im } = at(w, i);
      product = { re: product.re * re - product.im * im, im: product.re * im + product.im * re };
    }
    const found = at(det(a));
    expect(Math.hypot(found.re - product.re, found.im - product.im)).toBeLessThan(
      1e4 * eps * Math.hypot(found.re, found.im) + eps,
    );
  });

  test('products do not mind strides', () => {
    const a = make(dtype, 14, 11);
    const b = make(dtype, 11, 8);
    const expected = zeros([14, 8], dtype);
    for (let i = 0; i < 14; i++) {
      for (let j = 0; j < 8; j++) {
        let sum = { re: 0, im: 0 };
        for (let k = 0; k < 11; k++) {
          const [x, y] = [at(a, i, k), at(b, k, j)];
          sum = { re: sum.re + x.re * y.re - x.im * y.im, im: sum.im + x.re * y.im + x.im * y.re };
        }
        expected.set([i, j], sum);
      }
    }
    const turned = (x: NDArray): NDArray => astype(x.T, dtype, { order: 'C' }).T;
    for (const x of [a, turned(a)]) {
      for (const y of [b, turned(b)]) expect(distance(matmul(x, y), expected)).toBeLessThan(11 * 20 * eps);
    }
    const every = a.view([7, 11], [2 * a.strides[0], a.strides[1]]);
    const backwards = a.view([14, 11], [-a.strides[0], a.strides[1]], a.offset + 13 * a.strides[0]);
    expect(
      distance(
        matmul(every, b).view([7, 8], [8 * a.itemsize, a.itemsize]),
        expected.view([7, 8], [2 * expected.strides[0], expected.strides[1]]),
      ),
    ).toBeLessThan(11 * 20 * eps);
    expect(at(matmul(backwards, b), 0, 0).re).toBeCloseTo(at(expected, 13, 0).re, 4);
  });
});

describe('names, shapes and dtypes are NumPy’s', () => {
  test('det and slogdet', () => {
    expect(
      det(
        array([
          [1, 2],
          [3, 4],
        ]),
      ).item(),
    ).toBe(-2.0000000000000004);
    expect(det(empty([0, 0])).item()).toBe(1);
    expect(det(zeros([3, 2, 2])).tolist()).toEqual([0, 0, 0]);
    expect(slogdet(zeros([2, 2])).logabsdet.item()).toBe(-Infinity);
    const large = fromFunction(400, 400, (i, j) => (i === j ? 10 : 0));
    expect(det(large).item()).toBe(Infinity);
    expect(Number(slogdet(large).logabsdet.item())).toBeCloseTo(400 * Math.log(10), 8);
  });

  test('solve takes vectors, columns and stacks', () => {
    expect(
      solve(
        array([
          [2, 0],
          [0, 4],
        ]),
        array([1, 1]),
      ).tolist(),
    ).toEqual([0.5, 0.25]);
    expect(solve(zeros([0, 0]), zeros([0, 2])).shape).toEqual([0, 2]);
    const stack = zeros([3, 2, 2]);
    for (let i = 0; i < 3; i++) for (let k = 0; k < 2; k++) stack.set([i, k, k], i + 1);
    expect(solve(stack, array([[6], [12]])).shape).toEqual([3, 2, 1]);
    expect(solve(stack, array([6, 12])).tolist()).toEqual([
      [6, 12],
      [3, 6],
      [2, 4],
    ]);
  });

  test('norms of vectors and matrices', () => {
    const v = array([3, -4, 0]);
    expect(norm(v).item()).toBe(5);
    expect(norm(v, { ord: Infinity }).item()).toBe(4);
    expect(norm(v, { ord: -Infinity }).item()).toBe(0);
    expect(norm(v, { ord: 0 }).item()).toBe(2);
    expect(norm(v, { ord: 1 }).item()).toBe(7);
    expect(norm(v, { ord: 3 }).item()).toBeCloseTo(91 ** (1 / 3), 12);
    const a = array([
      [1, -2],
      [3, 4],
    ]);
    expect(norm(a).item()).toBeCloseTo(Math.sqrt(30), 14);
    expect([1, -1, Infinity, -Infinity].map((ord) => norm(a, { ord }).item())).toEqual([6, 4, 7, 3]);
    expect(Number(norm(a, { ord: 'nuc' }).item())).toBeCloseTo(
      Number(norm(a, { ord: 2 }).item()) + Number(norm(a, { ord: -2 }).item()),
      12,
    );
    expect(norm(a, { axis: 0 }).tolist()).toEqual([Math.sqrt(10), Math.sqrt(20)]);
    expect(norm(a, { axis: 1, keepdims: true }).shape).toEqual([2, 1]);
    expect(norm(array([1e200, 1e200])).item()).toBeCloseTo(Math.SQRT2 * 1e200, -186);
    expect(norm(astype(a, 'float32')).dtype).toBe('float32');
    expect(norm(zeros([0])).item()).toBe(0);
    expect(norm(array([1, NaN]), { ord: Infinity }).item()).toBeNaN();
  });

  test('rank and condition', () => {
    expect(
      matrix_rank(
        array([
          [1, 2],
          [2, 4],
        ]),
      ).item(),
    ).toBe(1n);
    expect(matrix_rank(zeros([3, 3])).item()).toBe(0n);
    expect(matrix_rank(array([0, 0, 1])).item()).toBe(1n);
    expect(matrix_rank(zeros([2, 3, 3])).tolist()).toEqual([0n, 0n]);
    expect(
      cond(
        array([
          [1, 0],
          [0, 4],
        ]),
      ).item(),
    ).toBe(4);
    expect(
      cond(
        array([
          [1, 0],
          [0, 0],
        ]),
      ).item(),
    ).toBe(Infinity);
    expect(
      cond(
        array([
          [1, 0],
          [0, 0],
        ]),
        1,
      ).item(),
    ).toBe(Infinity);
    expect(
      cond(
        array([
          [1, 2],
          [3, 4],
        ]),
        1,
      ).item(),
    ).toBeCloseTo(21, 10);
    expect(Number(cond(gallery.hilb).item())).toBeGreaterThan(1e16);
  });

  test('products', () => {
    expect(
      matmul(
        array([
          [1, 2],
          [3, 4],
        ]),
        array([1, 1]),
      ).tolist(),
    ).toEqual([3n, 7n]);
    expect(
      matmul(
        array([1, 1]),
        array([
          [1, 2],
          [3, 4],
        ]),
      ).tolist(),
    ).toEqual([4n, 6n]);
    expect(matmul(array([1, 2]), array([3, 4])).item()).toBe(11n);
    expect(matmul(astype(array([[200]]), 'uint8'), astype(array([[2]]), 'uint8')).item()).toBe(144);
    expect(matmul(array([[true, false]]), array([[true], [true]])).tolist()).toEqual([[true]]);
    expect(matmul(zeros([5, 1, 2, 3]), zeros([4, 3, 2])).shape).toEqual([5, 4, 2, 2]);
    expect(matmul(zeros([2, 0]), zeros([0, 3])).tolist()).toEqual(zeros([2, 3]).tolist());
    expect(dot(zeros([2, 3, 4]), zeros([5, 4, 6])).shape).toEqual([2, 3, 5, 6]);
    expect(dot(array(3), array([1, 2])).tolist()).toEqual([3n, 6n]);
    expect(
      inner(
        array([[1, 2]]),
        array([
          [3, 4],
          [5, 6],
        ]),
      ).tolist(),
    ).toEqual([[11n, 17n]]);
    expect(outer(array([1, 2]), array([3, 4])).tolist()).toEqual([
      [3n, 4n],
      [6n, 8n],
    ]);
    expect(vdot(array([{ re: 0, im: 1 }]), array([{ re: 0, im: 1 }])).item()).toEqual({ re: 1, im: 0 });
    expect(
      trace(
        array([
          [1, 2],
          [3, 4],
        ]),
      ).item(),
    ).toBe(5n);
    expect(trace(zeros([2, 2, 3])).shape).toEqual([3]);
    expect(
      trace(
        array([
          [1, 2],
          [3, 4.5],
        ]),
        1,
      ).item(),
    ).toBe(2);
    expect(
      matrix_power(
        array([
          [1, 1],
          [0, 1],
        ]),
        5,
      ).tolist(),
    ).toEqual([
      [1n, 5n],
      [0n, 1n],
    ]);
    expect(
      matrix_power(
        array([
          [2, 0],
          [0, 4],
        ]),
        -1,
      ).tolist(),
    ).toEqual([
      [0.5, 0],
      [0, 0.25],
    ]);
    const chain = [random(10, 30, 1), random(30, 5, 2), random(5, 60, 3)];
    expect(distance(multi_dot(chain), matmul(matmul(chain[0], chain[1]), chain[2]))).toBeLessThan(1e-13);
  });

  test('eig of a rotation is complex, of a symmetric matrix real', () => {
    expect(
      eigvals(
        array([
          [0, 1],
          [-1, 0],
        ]),
      ).dtype,
    ).toBe('complex128');
    expect(
      eig(
        array([
          [2, 0],
          [0, 1],
        ]),
      ).eigenvectors.dtype,
    ).toBe('float64');
    expect(
      eigvals(
        astype(
          array([
            [0, 1],
            [-1, 0],
          ]),
          'float32',
        ),
      ).dtype,
    ).toBe('complex64');
    expect(eig(zeros([0, 0])).eigenvectors.shape).toEqual([0, 0]);
  });

  test('pinv of a singular matrix, with NumPy’s default cut', () => {
    expect(
      pinv(
        array([
          [2, 0],
          [0, 0],
        ]),
      ).tolist(),
    ).toEqual([
      [0.5, 0],
      [0, 0],
    ]);
    expect(pinv(zeros([0, 3])).shape).toEqual([3, 0]);
    expect(
      distance(
        pinv(
          array([
            [2, 1],
            [1, 3.0],
          ]),
          { hermitian: true },
        ),
        inv(
          array([
            [2, 1],
            [1, 3.0],
          ]),
        ),
      ),
    ).toBeLessThan(1e-15);
  });

  const nan = array([
    [1, NaN],
    [0, 1],
  ]);
  test.each<[string, () => unknown, string]>([
    ['inv of singular', () => inv(zeros([2, 2])), 'linalg: Singular matrix'],
    ['solve singular', () => solve(zeros([2, 2]), zeros([2])), 'linalg: Singular matrix'],
    ['inv of oblong', () => inv(zeros([2, 3])), 'linalg: Last 2 dimensions of the array must be square'],
    [
      'det of vector',
      () => det(zeros([2])),
      'linalg: 1-dimensional array given. Array must be at least two-dimensional',
    ],
    [
      'cholesky',
      () =>
        cholesky(
          array([
            [1, 2],
            [2, 1],
          ]),
        ),
      'linalg: Matrix is not positive definite',
    ],
    ['eigh of NaN', () => eigh(nan), 'linalg: Array must not contain infs or NaNs'],
    ['eig of NaN', () => eig(nan), 'linalg: Array must not contain infs or NaNs'],
    ['lstsq of NaN', () => lstsq(nan, array([1, 2])), 'linalg: Array must not contain infs or NaNs'],
    ['lstsq sizes', () => lstsq(eye(2), array([1, 2, 3])), 'linalg: Incompatible dimensions'],
    ['UPLO', () => eigh(eye(2), 'X' as 'L'), "value: UPLO argument must be 'L' or 'U'"],
    ['cond of nothing', () => cond(zeros([0, 0])), 'linalg: cond is not defined on empty arrays'],
    ['norm order', () => norm(eye(2), { ord: 3 }), 'value: Invalid norm order for matrices.'],
    ['norm axes', () => norm(zeros([2, 2, 2]), { ord: 1 }), 'value: Improper number of dimensions to norm.'],
    [
      'dot',
      () => dot(zeros([2, 3]), zeros([2, 3])),
      'value: shapes (2,3) and (2,3) not aligned: 3 (dim 1) != 2 (dim 0)',
    ],
    [
      'matmul',
      () => matmul(zeros([2, 3]), zeros([2, 3])),
      'value: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 2 is different from 3)',
    ],
    [
      'solve sizes',
      () => solve(eye(2), array([1, 2, 3])),
      'value: solve1: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m)->(m) (size 3 is different from 2)',
    ],
    ['power', () => matrix_power(eye(2), 0.5), 'dtype: exponent must be an integer'],
  ])('%s says so', (_, work, expected) => {
    let said = 'nothing thrown';
    try {
      work();
    } catch (error) {
      said = `${(error as { code?: string }).code}: ${(error as Error).message}`;
    }
    expect(said).toBe(expected);
  });

  test('LAPACK’s integers are refused with the limit, before any memory is taken', () => {
    const huge = zeros([1]).view([40000, 40000], [0, 0]);
    expect(() => eigh(huge)).toThrow(/2,147,483,647|Unable to allocate|need/);
  });
});
