import { describe, expect, test } from 'vitest';
import type { DType } from '#shared/dtype.ts';
import { array } from '#engine/create.ts';
import { around, imag, real } from '#engine/elementwise.ts';
import { matmul } from '#engine/linalg/products.ts';
import { norm } from '#engine/linalg/norms.ts';
import { NDArray } from '#engine/ndarray.ts';
import { default_rng } from '#engine/random/generator.ts';
import { isComplex } from '#engine/scalar.ts';
import { ravel } from '#engine/shape.ts';
import { sort } from '#engine/sorting.ts';
import { csr_array } from '#engine/sparse/construct.ts';
import { eigs, eigsh } from '#engine/sparse/linalg/eigen.ts';
import { expm_multiply } from '#engine/sparse/linalg/exponential.ts';
import { bicg, cgs, lsqr } from '#engine/sparse/linalg/krylov.ts';
import { LinearOperator } from '#engine/sparse/linalg/operators.ts';
import { absolute, add, multiply, subtract } from '#engine/ufuncs/arithmetic.ts';
import recorded from '../conformance/pencils.json' with { type: 'json' };

type Stored = [string, number[], string];
const stored = ([dtype, shape, bytes]: Stored): NDArray => {
  const raw = Buffer.from(bytes, 'base64');
  const buffer = new SharedArrayBuffer(Math.max(16, Math.ceil(raw.length / 16) * 16));
  new Uint8Array(buffer).set(raw);
  return new NDArray({ dtype: dtype as DType, shape, buffer });
};
const all = recorded.cases as unknown as {
  matrices: Record<string, [Stored, Stored]>;
  eigsh: { matrices: string; options: object; w: Stored }[];
  eigs: { matrices: string; options: object; w: Stored }[];
  expm_multiply: { b: Stored; options: object; want: Stored; scale?: number }[];
  lsqr: {
    a: Stored;
    b: Stored;
    calls: { options: object; x: Stored; istop: number; itn: number; numbers: number[]; var: Stored }[];
  };
};

const flat = (a: NDArray): number[] =>
  (ravel(a).tolist() as unknown[]).flatMap((x) => (isComplex(x) ? [x.re, x.im] : [Number(x)]));
const near = (got: NDArray, want: NDArray, tolerance: number): void => {
  expect([got.dtype, got.shape]).toEqual([want.dtype, want.shape]);
  const [p, q] = [flat(got), flat(want)];
  const size = Math.max(1, ...q.map(Math.abs));
  p.forEach((x, k) => {
    expect(Math.abs(x - q[k]), `[${k}] ${x} for ${q[k]}`).toBeLessThanOrEqual(tolerance * size);
  });
};
const length = (a: NDArray): number => Number(norm(a).item());

describe('A · v = w · M · v', () => {
  test.each(all.eigsh.map((c) => [`${c.matrices} ${JSON.stringify(c.options)}`, c] as const))('eigsh %s', (_, c) => {
    const [A, M] = all.matrices[c.matrices].map(stored);
    const want = stored(c.w);
    for (const [a, m] of [
      [A, M],
      [csr_array(A), csr_array(M)],
    ]) {
      const { w, v } = eigsh(a, want.size, { ...c.options, M: m });
      near(sort(w), want, 1e-9);
      const error = subtract(matmul(A, v!), multiply(matmul(M, v!), w));
      expect(length(error)).toBeLessThan(1e-8 * length(A));
    }
  });

  test.each(all.eigs.map((c) => [`${c.matrices} ${JSON.stringify(c.options)}`, c] as const))('eigs %s', (_, c) => {
    const [A, M] = all.matrices[c.matrices].map(stored);
    const want = stored(c.w);
    const { w, v } = eigs(csr_array(A), want.size, { ...c.options, M: csr_array(M) });
    // Of a conjugate pair at the edge either may be among the k.
    const upper = (z: NDArray): NDArray => add(real(z), multiply(absolute(imag(z)), { re: 0, im: 1 }));
    near(sort(around(upper(w), 7)), sort(around(upper(want), 7)), 1e-6);
    expect(length(subtract(matmul(A, v!), multiply(matmul(M, v!), w)))).toBeLessThan(1e-7 * length(A));
  });

  test('the vectors are orthonormal in M; a seed begins elsewhere and ends alike', () => {
    const [A, M] = all.matrices['real'].map(stored);
    const { w, v } = eigsh(csr_array(A), 3, { M: csr_array(M), sigma: 0, rng: 7 });
    const gram = matmul(matmul(v!.T, M), v!).tolist() as number[][];
    gram.forEach((row, i) => {
      row.forEach((x, j) => {
        expect(Math.abs(x - (i === j ? 1 : 0))).toBeLessThan(1e-9);
      });
    });
    near(eigsh(csr_array(A), 3, { M: csr_array(M), sigma: 0, rng: 8 }).w, w, 1e-9);
  });

  test('operators in the place of factors', () => {
    const [A, M] = all.matrices['general'].map(stored);
    const n = A.shape[0];
    const plain = eigs(csr_array(A), 2, { M: csr_array(M), sigma: 0.7 }).w;
    const shift = subtract(A, multiply(M, 0.7));
    const OPinv = new LinearOperator([n, n], { matvec: (x) => cgs(shift, x, { rtol: 1e-13, maxiter: 4000 }).x });
    near(eigs(csr_array(A), 2, { M: csr_array(M), sigma: 0.7, OPinv }).w, plain, 1e-6);
  });

  test('refusals', () => {
    const [A, M] = all.matrices['real'].map(stored);
    expect(() =>
      eigsh(A, 2, {
        M: array([
          [1, 0],
          [0, 1],
        ]),
      }),
    ).toThrow('wrong M dimensions (2, 2), should be (40, 40)');
    expect(() => eigsh(A, 2, { M: multiply(M, -1) })).toThrow('M is not positive definite');
    expect(() => eigsh(csr_array(A), 2, { M: csr_array(multiply(M, -1)) })).toThrow('M is not positive definite');
    expect(() => eigsh(A, 2, { M, mode: 'odd' as 'cayley', sigma: 1 })).toThrow("unrecognized mode 'odd'");
  });
});

test.each(all.expm_multiply.map((c) => [JSON.stringify(c.options), c] as const))('expm_multiply %s', (_, c) => {
  const A = multiply(stored(all.matrices['real'][0]), c.scale ?? 1);
  for (const a of [A, csr_array(A), new LinearOperator(A.shape, { matvec: (x) => matmul(A, x) })])
    near(expm_multiply(a, stored(c.b), c.options), stored(c.want), 1e-12);
});

describe('lsqr', () => {
  const a = stored(all.lsqr.a);
  const b = stored(all.lsqr.b);
  test.each(all.lsqr.calls.map((c) => [JSON.stringify(c.options), c] as const))('%s', (_, c) => {
    const f = lsqr(csr_array(a), b, c.options);
    near(f.x, stored(c.x), 1e-9);
    expect([f.istop, f.itn]).toEqual([c.istop, c.itn]);
    near(array([f.r1norm, f.r2norm, f.anorm, f.acond, f.xnorm]), array([...c.numbers.slice(0, 4), c.numbers[5]]), 1e-9);
    expect(f.arnorm).toBeLessThan(Math.max(1e-9, c.numbers[4] * 1.001));
    near(f.var, stored(c.var), 1e-9);
  });
});

test('cgs and bicg solve what they are given', () => {
  const A = stored(all.matrices['complex'][0]);
  const b = default_rng(1).standard_normal(A.shape[0]);
  for (const method of [cgs, bicg]) {
    const seen: number[] = [];
    const { x, info } = method(csr_array(A), b, { rtol: 1e-10, callback: () => seen.push(1) });
    expect(info).toBe(0);
    expect(seen.length).toBeGreaterThan(3);
    expect(length(subtract(matmul(A, x), b))).toBeLessThan(1e-9 * length(b));
    expect(method(csr_array(A), b, { rtol: 1e-14, maxiter: 2 }).info).toBe(2);
  }
});
