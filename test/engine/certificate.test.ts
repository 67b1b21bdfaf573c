import { describe, expect, test } from 'vitest';
import { astype } from '#engine/cast.ts';
import { array, eye, zeros } from '#engine/create.ts';
import { certificate, type Certified } from '#engine/linalg/certify.ts';
import { eig, eigh } from '#engine/linalg/eigenvalues.ts';
import { lstsq, pinv } from '#engine/linalg/least-squares.ts';
import { qr } from '#engine/linalg/orthogonal.ts';
import { matmul } from '#engine/linalg/products.ts';
import { svd } from '#engine/linalg/svd.ts';
import { cholesky, inv, solve } from '#engine/linalg/systems.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { PyFloat } from '#engine/scalar.ts';
import { lu } from '#engine/scipy/factors.ts';
import { hessenberg, ldl, qr_pivoted, schur } from '#engine/scipy/forms.ts';
import { polar } from '#engine/scipy/matrix-functions.ts';
import { flip } from '#engine/shape.ts';
import { add, conj, multiply, negative } from '#engine/ufuncs/arithmetic.ts';
import { complexRandom, random } from './linalg-cases.ts';

const dtypes = ['float32', 'float64', 'complex64', 'complex128'] as const;
type Type = (typeof dtypes)[number];

const scaled = (a: NDArray, by: number): NDArray => multiply(a, new PyFloat(by));
const adjoint = (a: NDArray): NDArray => (a.entries === 2 ? conj(a.T) : a.T);
const draw = (dtype: Type, m: number, n: number): NDArray =>
  astype(dtype.startsWith('complex') ? complexRandom(m, n, 3 * m + n) : random(m, n, 3 * m + n), dtype);

/** Below some tens, LAPACK's own tests pass. */
const sound = 60;

function proof(a: NDArray, result: Certified): number {
  const { backward_error, orthogonality, digits, condition } = certificate(a, result);
  const n = Math.max(1, ...a.shape);
  const eps = /32|64$/.test(a.dtype) && a.dtype !== 'float64' ? 2 ** -23 : 2 ** -52;
  const worst = Math.max(backward_error, (orthogonality ?? 0) / (n * eps));
  if (worst < sound && condition < 1e3) expect(digits).toBeGreaterThanOrEqual(eps > 1e-10 ? 3 : 12);
  return worst;
}

describe.each(dtypes)('certificates in %s', (dtype) => {
  const n = 9;
  const a = add(draw(dtype, n, n), multiply(eye(n, n, 0, dtype), 3));
  const tall = draw(dtype, 11, 6);
  const hermitian = add(a, adjoint(a));
  const positive = add(matmul(a, adjoint(a)), eye(n, n, 0, dtype));
  const one = eye(n, n, 0, dtype);

  const right: Record<string, () => [NDArray, Certified]> = {
    qr: () => [tall, { of: 'qr', ...qr(tall) }],
    'qr with pivots': () => {
      const { Q, R, P } = qr_pivoted(tall, 'economic');
      return [tall, { of: 'qr', Q: Q as NDArray, R, P: P as NDArray }];
    },
    lu: () => [tall, { of: 'lu', ...lu(tall) }],
    ldl: () => [hermitian, { of: 'ldl', ...ldl(hermitian) }],
    'ldl from above': () => [hermitian, { of: 'ldl', ...ldl(hermitian, false), lower: false }],
    cholesky: () => [positive, { of: 'cholesky', L: cholesky(positive) }],
    svd: () => [tall, { of: 'svd', ...svd(tall, { full_matrices: false }) }],
    eigh: () => [hermitian, { of: 'eigh', ...eigh(hermitian) }],
    eig: () => [a, { of: 'eig', ...eig(a) }],
    schur: () => [a, { of: 'schur', ...schur(a) }],
    hessenberg: () => {
      const { H, Q } = hessenberg(a, true);
      return [a, { of: 'hessenberg', H, Q: Q as NDArray }];
    },
    polar: () => [tall, { of: 'polar', ...polar(tall) }],
    'polar from the left': () => [tall.T, { of: 'polar', ...polar(tall.T, 'left'), side: 'left' }],
    inv: () => [a, { of: 'inv', inverse: inv(a) }],
    pinv: () => [tall, { of: 'pinv', inverse: pinv(tall) }],
    solve: () => {
      const b = draw(dtype, n, 2);
      return [a, { of: 'solve', x: solve(a, b), b }];
    },
    lstsq: () => {
      const b = draw(dtype, 11, 2);
      return [tall, { of: 'lstsq', x: lstsq(tall, b).x, b }];
    },
  };
  test.each(Object.keys(right))('%s: a right result passes', (name) => {
    expect(proof(...right[name]())).toBeLessThan(sound);
  });

  const wrong: Record<string, () => [NDArray, Certified]> = {
    'qr whose R is no triangle': () => [a, { of: 'qr', Q: one, R: a }],
    'qr of another matrix': () => [tall, { of: 'qr', ...qr(draw(dtype, 11, 5 + 1).T.T), R: qr(scaled(tall, 2)).R }],
    'lu whose L is no triangle': () => [a, { of: 'lu', P: one, L: a, U: one }],
    'lu whose P is no permutation': () => [a, { of: 'lu', P: a, L: one, U: one }],
    'lu whose U is no triangle': () => [a, { of: 'lu', P: one, L: one, U: a }],
    'ldl whose d is full': () => [hermitian, { of: 'ldl', lu: one, d: hermitian }],
    'ldl in the wrong order': () => [hermitian, { of: 'ldl', ...ldl(hermitian), perm: flip(ldl(hermitian).perm) }],
    'cholesky with a square root that is no triangle': () => {
      const { eigenvalues, eigenvectors: V } = eigh(positive);
      const root = matmul(
        multiply(V, astype(array((eigenvalues.tolist() as number[]).map(Math.sqrt)), 'float64')),
        adjoint(V),
      );
      return [positive, { of: 'cholesky', L: root }];
    },
    'cholesky of the wrong sign': () => [positive, { of: 'cholesky', L: negative(cholesky(positive)) }],
    'cholesky of the other triangle': () => [positive, { of: 'cholesky', L: cholesky(positive), upper: true }],
    'svd with negative values': () => {
      const { U, S, Vh } = svd(tall, { full_matrices: false });
      return [tall, { of: 'svd', U: negative(U), S: negative(S), Vh }];
    },
    'svd in ascending order': () => {
      const { U, S, Vh } = svd(tall, { full_matrices: false });
      return [tall, { of: 'svd', U: flip(U, 1), S: flip(S), Vh: flip(Vh, 0) }];
    },
    'eigh in descending order': () => {
      const { eigenvalues, eigenvectors } = eigh(hermitian);
      return [hermitian, { of: 'eigh', eigenvalues: flip(eigenvalues), eigenvectors: flip(eigenvectors, 1) }];
    },
    'eig with vectors of zeros': () => [a, { of: 'eig', ...eig(a), eigenvectors: zeros([n, n], dtype) }],
    'schur that did nothing': () => [a, { of: 'schur', T: a, Z: one }],
    'hessenberg that did nothing': () => [a, { of: 'hessenberg', H: a, Q: one }],
    'polar with a negative stretch': () => {
      const { u, p } = polar(a);
      return [a, { of: 'polar', u: negative(u), p: negative(p) }];
    },
    'polar that did nothing': () => [a, { of: 'polar', u: one, p: a }],
    'an inverse that is off': () => [a, { of: 'inv', inverse: scaled(inv(a), 2) }],
    'a pseudo-inverse that is only a right inverse': () => [tall, { of: 'pinv', inverse: scaled(pinv(tall), 2) }],
    'a solution that is off': () => {
      const b = draw(dtype, n, 2);
      return [a, { of: 'solve', x: scaled(solve(a, b), 2), b }];
    },
    NaN: () => [a, { of: 'inv', inverse: scaled(a, NaN) }],
  };
  test.each(Object.keys(wrong))('%s does not pass', (name) => {
    const [of, result] = wrong[name]();
    expect(proof(of, result)).not.toBeLessThan(1e3);
    const { residual, digits } = certificate(of, result);
    if (!(residual < 1e-3)) expect(digits).toBeLessThanOrEqual(3);
  });

  test('generalised eigenvectors', () => {
    const found = eigh(hermitian);
    expect(proof(hermitian, { of: 'eigh', ...found, b: one })).toBeLessThan(sound);
    expect(proof(hermitian, { of: 'eigh', ...found, b: positive })).not.toBeLessThan(1e3);
    expect(proof(a, { of: 'eig', ...eig(a), b: scaled(one, 2) })).not.toBeLessThan(1e3);
  });
});
