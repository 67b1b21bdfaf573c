import { describe, expect, test } from 'vitest';
import { astype } from '#engine/cast.ts';
import { array, eye, zeros } from '#engine/create.ts';
import * as gallery from '#engine/gallery.ts';
import { certificate, type Certified } from '#engine/linalg/certify.ts';
import { eig, eigh } from '#engine/linalg/eigenvalues.ts';
import { lstsq, pinv } from '#engine/linalg/least-squares.ts';
import { qr } from '#engine/linalg/orthogonal.ts';
import { matmul } from '#engine/linalg/products.ts';
import { svdCertificate } from '#engine/linalg/certificate.ts';
import { svd, svdvals } from '#engine/linalg/svd.ts';
import { cond, norm } from '#engine/linalg/norms.ts';
import { cholesky, det, inv, slogdet, solve } from '#engine/linalg/systems.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { PyFloat } from '#engine/scalar.ts';
import { cho_factor, cho_solve, lu, lu_factor, lu_solve, solve_triangular } from '#engine/scipy/factors.ts';
import { eigh_generalised } from '#engine/scipy/eigenproblems.ts';
import { hessenberg, ldl, qr_pivoted, schur } from '#engine/scipy/forms.ts';
import { expm, polar } from '#engine/scipy/matrix-functions.ts';
import { logm, sqrtm } from '#engine/scipy/roots.ts';
import { tril, triu } from '#engine/building.ts';
import { add, conj, multiply, subtract } from '#engine/ufuncs/arithmetic.ts';
import { complexRandom, random } from './linalg-cases.ts';

/** LAPACK's test thresholds for residuals in units of n · eps: linear, SVD, nonsymmetric, symmetric. */
const most = { linear: 30, svd: 50, nonsymmetric: 20, symmetric: 60 } as const;

const dtypes = ['float32', 'float64', 'complex64', 'complex128'] as const;
type Type = (typeof dtypes)[number];
const scaled = (a: NDArray, by: number): NDArray => multiply(a, new PyFloat(by));
const draw = (dtype: Type, m: number, n: number): NDArray =>
  astype(dtype.startsWith('complex') ? complexRandom(m, n, m * 7 + n) : random(m, n, m * 7 + n), dtype);
const lowRank = (dtype: Type, m: number, n: number, r: number): NDArray => matmul(draw(dtype, m, r), draw(dtype, r, n));
const adjoint = (a: NDArray): NDArray => (a.entries === 2 ? conj(a.T) : a.T);

const shapes: Record<string, (dtype: Type) => NDArray> = {
  '0 × 0': (t) => zeros([0, 0], t),
  '0 × 3': (t) => zeros([0, 3], t),
  '3 × 0': (t) => zeros([3, 0], t),
  '1 × 1': (t) => draw(t, 1, 1),
  'one row': (t) => draw(t, 1, 9),
  'one column': (t) => draw(t, 9, 1),
  small: (t) => draw(t, 3, 3),
  'square 40': (t) => draw(t, 40, 40),
  'square 210, where threads begin': (t) => draw(t, 210, 210),
  'square 97, past a block': (t) => draw(t, 97, 97),
  tall: (t) => draw(t, 60, 7),
  wide: (t) => draw(t, 7, 60),
  'rank-deficient': (t) => lowRank(t, 30, 30, 9),
  zero: (t) => zeros([12, 12], t),
  huge: (t) => scaled(draw(t, 20, 20), t === 'float32' || t === 'complex64' ? 1e15 : 1e120),
  tiny: (t) => scaled(draw(t, 20, 20), t === 'float32' || t === 'complex64' ? 1e-15 : 1e-120),
  'transposed view': (t) => draw(t, 25, 33).T,
  hilbert: (t) => astype(gallery.hilbert(12), t),
  frank: (t) => astype(gallery.frank(14), t),
  kahan: (t) => astype(gallery.kahan(24), t),
  wilkinson: (t) => astype(gallery.wilkinson(21), t),
  rosser: (t) => astype(gallery.rosser(), t),
  grcar: (t) => astype(gallery.grcar(24), t),
};

const isSquare = (a: NDArray): boolean => a.shape[0] === a.shape[1];

describe.each(dtypes)('LAPACK test ratios in %s', (dtype) => {
  describe.each(Object.keys(shapes))('%s', (name) => {
    const a = shapes[name](dtype);
    const held = (result: Certified, limit: number): void => {
      const { backward_error, orthogonality } = certificate(a, result);
      expect(backward_error).toBeLessThan(limit);
      const n = Math.max(1, ...a.shape);
      const eps = dtype === 'float32' || dtype === 'complex64' ? 2 ** -23 : 2 ** -52;
      if (orthogonality !== null) expect(orthogonality / (n * eps)).toBeLessThan(limit);
    };

    test('qr, svd, pinv, polar', () => {
      held({ of: 'qr', ...qr(a) }, most.linear);
      held({ of: 'qr', ...qr(a, 'complete') }, most.linear);
      const found = svd(a, { full_matrices: false });
      const proof = svdCertificate(a, found);
      const n = Math.max(1, ...a.shape);
      const eps = dtype === 'float32' || dtype === 'complex64' ? 2 ** -23 : 2 ** -52;
      expect(proof.backward_error).toBeLessThan(most.svd);
      expect(proof.orthogonality_u / (n * eps)).toBeLessThan(most.svd);
      expect(proof.orthogonality_v / (n * eps)).toBeLessThan(most.svd);
      if (a.shape[0] >= a.shape[1]) held({ of: 'polar', ...polar(a) }, most.svd);
      held({ of: 'pinv', inverse: pinv(a) }, most.svd);
      held({ of: 'svd', ...svd(a, { full_matrices: true }) }, most.svd);
      const values = svdvals(a);
      const apart = Number(norm(subtract(values, found.S)).item());
      expect(apart / (n * eps * (Number(norm(a).item()) || 1))).toBeLessThan(most.svd);
      if (a.size > 0) {
        const { Q, R, P } = qr_pivoted(a, 'economic');
        held({ of: 'qr', Q: Q as NDArray, R, P: P as NDArray }, most.linear);
      }
    });

    test('lu, lstsq', () => {
      held({ of: 'lu', ...lu(a) }, most.linear);
      const b = draw(dtype, a.shape[0], 2);
      if (name !== 'zero') held({ of: 'lstsq', x: lstsq(a, b).x, b }, most.linear);
    });

    if (isSquare(shapes[name](dtype))) {
      test('eig, schur, hessenberg', () => {
        held({ of: 'eig', ...eig(a) }, most.nonsymmetric);
        held({ of: 'schur', ...schur(a) }, most.nonsymmetric);
        held({ of: 'schur', ...schur(a, 'complex') }, most.nonsymmetric);
        if (a.size === 0) return;
        const { H, Q } = hessenberg(a, true);
        held({ of: 'hessenberg', H, Q: Q as NDArray }, most.nonsymmetric);
      });

      test('eigh, cholesky, solve, inv', () => {
        const symmetric = add(a, adjoint(a));
        for (const uplo of ['L', 'U'] as const) {
          const proof = certificate(symmetric, { of: 'eigh', ...eigh(symmetric, uplo) });
          expect(proof.backward_error).toBeLessThan(most.symmetric);
        }
        if (a.size > 0) {
          for (const lower of [true, false]) {
            const proof = certificate(symmetric, { of: 'ldl', ...ldl(symmetric, lower), lower });
            expect(proof.backward_error).toBeLessThan(most.linear);
          }
          const mass = add(
            matmul(draw(dtype, a.shape[0], a.shape[0]), adjoint(draw(dtype, a.shape[0], a.shape[0]))),
            eye(a.shape[0], a.shape[0], 0, dtype),
          );
          const { w, v } = eigh_generalised(symmetric, mass);
          const general = certificate(symmetric, { of: 'eigh', eigenvalues: w, eigenvectors: v, b: mass });
          // Vᴴ·B·V = I loses what the condition of B costs.
          const cost = Number(cond(mass).item());
          expect(general.backward_error / cost).toBeLessThan(most.symmetric);
        }
        const b = draw(dtype, a.shape[0], 3);
        let x: NDArray;
        try {
          x = solve(a, b);
        } catch (error) {
          expect(String(error)).toContain('Singular matrix');
          expect(() => inv(a)).toThrow('Singular matrix');
          if (name === 'zero') expect(Number(slogdet(a).logabsdet.item())).toBe(-Infinity);
          return;
        }
        held({ of: 'solve', x, b }, most.linear);
        if (a.size > 0) held({ of: 'solve', x: lu_solve(lu_factor(a), b), b }, most.linear);
        held({ of: 'inv', inverse: inv(a) }, most.linear);
        expect(det(a).size).toBe(1);
      });
    }
  });

  test('cholesky', () => {
    const eps = dtype === 'float32' || dtype === 'complex64' ? 2 ** -23 : 2 ** -52;
    for (const n of [1, 5, 40, 130]) {
      const x = draw(dtype, n, n);
      const a = add(matmul(x, adjoint(x)), astype(scaled(eye(n), n), dtype));
      const proof = certificate(a, { of: 'cholesky', L: cholesky(a) });
      expect(proof.backward_error).toBeLessThan(most.linear);
      expect(
        certificate(a, { of: 'cholesky', L: cholesky(a, { upper: true }), upper: true }).backward_error,
      ).toBeLessThan(most.linear);
      const b = draw(dtype, n, 2);
      for (const lower of [true, false]) {
        const solved = certificate(a, { of: 'solve', x: cho_solve(cho_factor(a, lower), b), b });
        expect(solved.backward_error).toBeLessThan(most.linear);
        const T = lower ? tril(a) : triu(a);
        const x = solve_triangular(T, b, { lower });
        expect(certificate(T, { of: 'solve', x, b }).backward_error).toBeLessThan(most.linear);
      }
      const root = sqrtm(a);
      expect(Number(norm(subtract(matmul(root, root), a)).item()) / Number(norm(a).item())).toBeLessThan(
        most.nonsymmetric * n * eps,
      );
      const back = logm(expm(scaled(a, 1 / (4 * n))));
      expect(Number(norm(subtract(back, scaled(a, 1 / (4 * n)))).item())).toBeLessThan(most.nonsymmetric * n * eps);
    }
  });
});

test('the certificate sees a wrong answer', () => {
  const a = array([
    [1, 2],
    [3, 4],
  ]);
  const { Q, R } = qr(a);
  expect(certificate(a, { of: 'qr', Q, R: scaled(R, 1 + 1e-6) }).backward_error).toBeGreaterThan(1e6);
  expect(certificate(a, { of: 'inv', inverse: scaled(inv(a), 1.001) }).backward_error).toBeGreaterThan(1e6);
  expect(certificate(gallery.hilbert(12), { of: 'inv', inverse: gallery.invhilbert(12) }).digits).toBe(0);
});

test('an exponential past all numbers ends', () => {
  expect(expm(scaled(draw('complex128', 5, 5), 1e308)).shape).toEqual([5, 5]);
});
