import { describe, expect, test } from 'vitest';
import type { DType } from '#shared/dtype.ts';
import { asarray, eye } from '#engine/create.ts';
import { matmul } from '#engine/linalg/products.ts';
import { NDArray } from '#engine/ndarray.ts';
import { isComplex } from '#engine/scalar.ts';
import { ravel } from '#engine/shape.ts';
import { csr_array } from '#engine/sparse/construct.ts';
import { toarray } from '#engine/sparse/convert.ts';
import { expm_multiply } from '#engine/sparse/linalg/exponential.ts';
import { lobpcg } from '#engine/sparse/linalg/lobpcg.ts';
import { lsmr } from '#engine/sparse/linalg/lsmr.ts';
import { expm } from '#engine/sparse/linalg/matrix-exponential.ts';
import { onenormest } from '#engine/sparse/linalg/one-norm.ts';
import { adjointTimes, LinearOperator, times } from '#engine/sparse/linalg/operators.ts';
import { svds } from '#engine/sparse/linalg/svds.ts';
import { is_sptriangular, spbandwidth } from '#engine/sparse/linalg/structure.ts';
import type { Sparse } from '#engine/sparse/sparse-array.ts';
import { conj, multiply, subtract } from '#engine/ufuncs/arithmetic.ts';
import recorded from '../conformance/blocks.json' with { type: 'json' };

type Stored = [string, number[], string];
const stored = ([dtype, shape, bytes]: Stored): NDArray => {
  const raw = Buffer.from(bytes, 'base64');
  const buffer = new SharedArrayBuffer(Math.max(16, Math.ceil(raw.length / 16) * 16));
  new Uint8Array(buffer).set(raw);
  return new NDArray({ dtype: dtype as DType, shape, buffer });
};
const all = recorded.cases as unknown as {
  lsmr: { a: Stored; b: Stored; options: object; x: Stored; istop: number; itn: number; numbers: number[] }[];
  lobpcg: { a: Stored; x: Stored; b: Stored | null; y: Stored | null; options: { largest: boolean }; w: Stored }[];
  expm_multiply: { a: Stored; b: Stored; want: Stored }[];
  expm: { a: Stored; want: Stored }[];
  onenormest: { a: Stored; est: number; norm: number }[];
  svds: { a: Stored; k: number; solver: string; options: object; s?: Stored; error?: string }[];
  structure: { a: Stored; bandwidth: number[]; triangular: boolean[] }[];
};

const flat = (a: NDArray): number[] =>
  (ravel(a).tolist() as unknown[]).flatMap((x) => (isComplex(x) ? [x.re, x.im] : [Number(x)]));
const near = (got: NDArray, want: NDArray, tolerance: number): void => {
  expect([got.dtype, got.shape]).toEqual([want.dtype, want.shape]);
  const [p, q] = [flat(got), flat(want)];
  const size = Math.max(Number.MIN_VALUE, ...q.map(Math.abs));
  p.forEach((x, k) => {
    expect(Math.abs(x - q[k]), `[${k}] ${x} for ${q[k]}`).toBeLessThanOrEqual(tolerance * size);
  });
};
const numbered = <T>(list: readonly T[]): (readonly [number, T])[] => list.map((c, k) => [k, c] as const);

test.each(numbered(all.lsmr))('lsmr %i', (_, c) => {
  const [a, b] = [stored(c.a), stored(c.b)];
  for (const A of [a, csr_array(a)]) {
    const f = lsmr(A, b, c.options);
    near(f.x, stored(c.x), 1e-6);
    expect(f.istop).toBe(c.istop);
    expect(Math.abs(f.itn - c.itn)).toBeLessThanOrEqual(1);
    if (f.itn !== c.itn) continue;
    const ours = [f.normr, f.normar, f.norma, f.conda, f.normx];
    // What is left of Aᴴr at the end is rounding; the condition of a rank-deficient matrix as well.
    ours.forEach((x, k) => {
      if (k === 1 || c.numbers[k] < 1e-6) expect(x).toBeLessThan(2 * c.numbers[k] + 1e-9);
      else if (k !== 3 || c.numbers[k] < 1e6) expect(x / c.numbers[k]).toBeCloseTo(1, 5);
    });
  }
});

describe('lobpcg', () => {
  test.each(numbered(all.lobpcg))('%i', (_, c) => {
    const [a, x, want] = [stored(c.a), stored(c.x), stored(c.w)];
    const B = c.b === null ? null : csr_array(stored(c.b));
    const Y = c.y === null ? null : stored(c.y);
    const { w, v, residualNormsHistory } = lobpcg(csr_array(a), x, { B, Y, tol: 1e-9, maxiter: 400, ...c.options });
    near(w, want, 1e-10);
    const bv = B === null ? v : times(B, v);
    const residual = flat(subtract(matmul(a, v), multiply(bv, w)));
    if (Y === null) expect(Math.max(...residual.map(Math.abs))).toBeLessThan(1e-7);
    const products = matmul(v.entries === 2 ? conj(v.T) : v.T, bv);
    near(products, eye(3, 3, 0, products.dtype), 1e-9);
    if (residualNormsHistory.length > 0) expect(Math.max(...flat(residualNormsHistory.at(-1)!))).toBeLessThan(1e-9);
  });

  test('a preconditioner saves steps', () => {
    const a = csr_array(stored(all.lobpcg[0].a));
    const x = stored(all.lobpcg[0].x);
    const inverse = stored(all.lobpcg[0].a);
    const n = inverse.shape[0];
    const exact = new LinearOperator([n, n], { matvec: (r) => times(expm(multiply(inverse, -1)), r) });
    const plain = lobpcg(a, x, { largest: false, tol: 1e-6, maxiter: 400 });
    const helped = lobpcg(a, x, { largest: false, tol: 1e-6, maxiter: 400, M: exact });
    near(helped.w, plain.w, 1e-9);
    expect(helped.lambdaHistory.length).toBeLessThan(plain.lambdaHistory.length);
  });

  test('refuses', () => {
    const a = eye(20);
    expect(() => lobpcg(a, asarray([1, 2]))).toThrow('expected rank-2 array for argument X');
    expect(() => lobpcg(a, asarray(Array.from({ length: 20 }, () => [1, 1])))).toThrow(
      'Linearly dependent initial approximations',
    );
  });
});

test.each(numbered(all.expm_multiply))('expm_multiply %i', (_, c) => {
  const [a, b, want] = [stored(c.a), stored(c.b), stored(c.want)];
  const tolerance = a.dtype === 'float32' ? 1e-6 : 1e-11;
  near(expm_multiply(csr_array(a), b), want, tolerance);
  near(expm_multiply(a, b), want, tolerance);
  let products = 0;
  const both = new LinearOperator(a.shape, {
    dtype: a.dtype,
    matvec: (x) => {
      products++;
      return times(a, x);
    },
    rmatvec: (x) => adjointTimes(a, x),
  });
  near(expm_multiply(both, b), want, tolerance);
  near(expm_multiply(new LinearOperator(a.shape, { dtype: a.dtype, matvec: (x) => times(a, x) }), b), want, tolerance);
  expect(products).toBeLessThan(1500);
});

test('a shear of norm 30 takes few products, since its powers vanish', () => {
  const a = asarray([
    [0, 1e6, 0],
    [0, 0, 1],
    [0, 0, 0],
  ]);
  let products = 0;
  const operator = new LinearOperator([3, 3], {
    matvec: (x) => {
      products++;
      return times(a, x);
    },
    rmatvec: (x) => adjointTimes(a, x),
  });
  expect(expm_multiply(operator, asarray([1, 2, 3]), { traceA: 0 }).tolist()).toEqual([1 + 2e6 + 1.5e6, 5, 3]);
  expect(products).toBeLessThan(400);
});

test.each(numbered(all.expm))('expm %i', (_, c) => {
  const [a, want] = [stored(c.a), stored(c.want)];
  const made = expm(csr_array(a)) as Sparse;
  expect([made.format, made.kind]).toEqual(['csr', 'array']);
  near(toarray(made), want, 1e-11);
});

test.each(numbered(all.onenormest))('onenormest %i', (_, { a, est, norm }) => {
  const { est: ours, v, w } = onenormest(csr_array(stored(a)), { t: Math.min(6, stored(a).shape[0]) });
  expect(ours / est).toBeCloseTo(1, 12);
  expect(ours / norm).toBeCloseTo(1, 12);
  near(matmul(stored(a), v), w, 1e-12);
});

test.each(numbered(all.svds))('svds %i', (_, { a, k, solver, options, s, error }) => {
  const matrix = csr_array(stored(a));
  if (s === undefined) {
    // The order of a set of Python is not recorded.
    const sorted = (text: string): string => [...text].sort().join('');
    let message = '';
    try {
      svds(matrix, k, { ...options, solver });
    } catch (thrown) {
      message = (thrown as Error).message;
    }
    expect(sorted(message)).toBe(sorted(error ?? ''));
    return;
  }
  const { u, s: ours, vh } = svds(matrix, k, { ...options, solver });
  near(ours, stored(s), 1e-8);
  if (u === null || vh === null) return;
  near(matmul(multiply(u, ours), matmul(vh, vh.T)), times(matrix, vh.T), 1e-9);
});

test.each(numbered(all.structure))('spbandwidth, is_sptriangular %i', (_, c) => {
  const a = csr_array(stored(c.a));
  expect(spbandwidth(a)).toEqual(c.bandwidth);
  expect(is_sptriangular(a)).toEqual(c.triangular);
});
