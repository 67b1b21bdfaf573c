import { describe, expect, test } from 'vitest';
import { diag, triu } from '#engine/building.ts';
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
import { cho_factor, cho_solve, lu, lu_factor, lu_solve, solve_triangular } from '#engine/scipy/factors.ts';
import { hessenberg, ldl, qr_pivoted, schur } from '#engine/scipy/forms.ts';
import { polar } from '#engine/scipy/matrix-functions.ts';
import { eigh_generalised } from '#engine/scipy/eigenproblems.ts';
import { solve_banded } from '#engine/scipy/further.ts';
import { flip, reshape } from '#engine/shape.ts';
import { slice, sliced } from '#engine/slicing.ts';
import { csc_array, csr_array } from '#engine/sparse/construct.ts';
import { sparseCertificate, type SparseCertified } from '#engine/sparse/linalg/certificate.ts';
import { eigs, eigsh } from '#engine/sparse/linalg/eigen.ts';
import { splu, spsolve } from '#engine/sparse/linalg/factors.ts';
import { svds } from '#engine/sparse/linalg/svds.ts';
import type { Sparse } from '#engine/sparse/sparse-array.ts';
import { add, conj, multiply, negative } from '#engine/ufuncs/arithmetic.ts';
import { complexRandom, fromFunction, random } from './linalg-cases.ts';

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
  // A pencil of which the factors are known: a = Q · AA · Zᴴ, b = Q · BB · Zᴴ.
  const pencil = { AA: triu(a), BB: triu(hermitian), Q: qr(a).Q, Z: qr(positive).Q };
  const between = (x: NDArray): NDArray => matmul(matmul(pencil.Q, x), adjoint(pencil.Z));
  const [pa, pb] = [between(pencil.AA), between(pencil.BB)];
  const band = draw(dtype, 3, n);
  const spd = { of: 'eigh' as const, ...eigh_generalised(hermitian, positive) };
  Object.assign(right, {
    qz: () => [pa, { of: 'qz', ...pencil, b: pb }],
    'generalised eigh': () => [hermitian, { of: 'eigh', eigenvalues: spd.w, eigenvectors: spd.v, b: positive }],
    'solve with a triangle': () => {
      const b = draw(dtype, n, 2);
      return [a, { of: 'solve_triangular', x: solve_triangular(a, b, { lower: true }), b, lower: true }];
    },
    'solve with a triangle of unit diagonal, transposed': () => {
      const b = draw(dtype, n, 2);
      const how = { lower: false, unit_diagonal: true, trans: 2 as const };
      return [a, { of: 'solve_triangular', x: solve_triangular(a, b, how), b, ...how }];
    },
    'solve with factors of lu': () => {
      const b = draw(dtype, n, 2);
      return [a, { of: 'solve', x: lu_solve(lu_factor(a), b), b }];
    },
    'solve with factors of cholesky': () => {
      const b = draw(dtype, n, 2);
      return [positive, { of: 'solve', x: cho_solve(cho_factor(positive), b), b }];
    },
    'solve with a band': () => {
      const b = draw(dtype, n, 2);
      const ab = add(band, astype(array([[0], [4], [0]]), dtype));
      return [
        astype(ab, dtype),
        { of: 'solve_banded', x: solve_banded([1, 1], astype(ab, dtype), b), b, l_and_u: [1, 1] },
      ];
    },
    'leading triplets': () => {
      const { U, S, Vh } = svd(tall, { full_matrices: false });
      const first = slice(0, 3);
      return [tall, { of: 'svds', U: sliced(U, slice(), first), S: sliced(S, first), Vh: sliced(Vh, first) }];
    },
    'ldl without its order': () => {
      const { lu: l, d } = ldl(hermitian);
      return [hermitian, { of: 'ldl', lu: l, d }];
    },
  } satisfies typeof right);
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
    'qz that did nothing': () => [pa, { of: 'qz', AA: pa, BB: pb, Q: one, Z: one, b: pb }],
    'qz of the pencil turned round': () => [pa, { of: 'qz', ...pencil, AA: pencil.BB, BB: pencil.AA, b: pb }],
    'qz with its unitary factors exchanged': () => [pa, { of: 'qz', ...pencil, Q: pencil.Z, Z: pencil.Q, b: pb }],
    'qz whose BB is off': () => [pa, { of: 'qz', ...pencil, BB: scaled(pencil.BB, 1.01), b: pb }],
    'qz whose Z is not unitary': () => [
      pa,
      { of: 'qz', ...pencil, Q: scaled(pencil.Q, 0.5), Z: scaled(pencil.Z, 2), b: pb },
    ],
    'qz with a full BB': () => [
      pa,
      { of: 'qz', ...pencil, BB: matmul(adjoint(pencil.Q), pb), AA: matmul(adjoint(pencil.Q), pa), Z: one, b: pb },
    ],
    'generalised eigh with another b': () => [
      hermitian,
      { of: 'eigh', eigenvalues: spd.w, eigenvectors: spd.v, b: scaled(positive, 1.01) },
    ],
    'generalised vectors that are not normalised': () => [
      hermitian,
      { of: 'eigh', eigenvalues: spd.w, eigenvectors: scaled(spd.v, 2), b: positive },
    ],
    'a solution with the other triangle': () => {
      const b = draw(dtype, n, 2);
      return [a, { of: 'solve_triangular', x: solve_triangular(a, b, { lower: true }), b }];
    },
    'a solution with a triangle whose diagonal is not one': () => {
      const b = draw(dtype, n, 2);
      return [a, { of: 'solve_triangular', x: solve_triangular(a, b), b, unit_diagonal: true }];
    },
    'a solution of nothing': () => {
      const b = draw(dtype, n, 2);
      return [a, { of: 'solve', x: zeros([n, 2], dtype), b }];
    },
    'a solution with a band upside down': () => {
      const b = draw(dtype, n, 2);
      const ab = add(band, astype(array([[0], [4], [0]]), dtype));
      return [
        astype(flip(ab, 0), dtype),
        { of: 'solve_banded', x: solve_banded([1, 1], astype(ab, dtype), b), b, l_and_u: [1, 1] },
      ];
    },
    'least squares that did nothing': () => {
      const b = draw(dtype, 11, 2);
      return [tall, { of: 'lstsq', x: zeros([6, 2], dtype), b }];
    },
    'qr with the wrong pivots': () => {
      const { Q, R, P } = qr_pivoted(tall, 'economic');
      return [tall, { of: 'qr', Q: Q as NDArray, R, P: flip(P as NDArray) }];
    },
    'triplets in ascending order': () => {
      const { U, S, Vh } = svd(tall, { full_matrices: false });
      return [tall, { of: 'svds', U: flip(U, 1), S: flip(S), Vh: flip(Vh, 0) }];
    },
    'triplets exchanged': () => {
      const { U, S, Vh } = svd(tall, { full_matrices: false });
      return [tall, { of: 'svds', U, S, Vh: flip(Vh, 0) }];
    },
    'triplets with a factor moved over': () => {
      const { U, S, Vh } = svd(tall, { full_matrices: false });
      return [tall, { of: 'svds', U: scaled(U, 2), S, Vh: scaled(Vh, 2) }];
    },
    'ldl with a root that is no triangle': () => {
      const { eigenvalues, eigenvectors } = eigh(hermitian);
      return [hermitian, { of: 'ldl', lu: eigenvectors, d: astype(diag(eigenvalues), dtype) }];
    },
    'polar with its factors exchanged': () => {
      const { u, p } = polar(a);
      return [a, { of: 'polar', u: p, p: u }];
    },
    'hessenberg of the transpose': () => {
      const { H, Q } = hessenberg(a.T, true);
      return [a, { of: 'hessenberg', H, Q: Q as NDArray }];
    },
    'schur with Z turned': () => {
      const { T, Z } = schur(a);
      return [a, { of: 'schur', T, Z: adjoint(Z) }];
    },
    NaN: () => [a, { of: 'inv', inverse: scaled(a, NaN) }],
  };
  test.each(Object.keys(wrong))('%s does not pass', (name) => {
    const [of, result] = wrong[name]();
    expect(proof(of, result)).not.toBeLessThan(1e3);
    const { residual, digits } = certificate(of, result);
    if (!(residual < 1e-3)) expect(digits).toBeLessThanOrEqual(3);
  });

  describe('of sparse matrices', () => {
    const n = 14;
    const dense = astype(
      fromFunction(n, n, (i, j) => (i === j ? 4 + i / 7 : (i + 2 * j) % 7 === 0 ? 1 - (i - j) / 9 : 0)),
      dtype,
    );
    const sparse = csr_array(dense);
    const mirrored = csr_array(add(dense, adjoint(dense)));
    const b = draw(dtype, n, 1);
    const x = spsolve(sparse, b) as NDArray;
    const vector = reshape(b, [n]);
    const pairs = eigsh(mirrored, 3);
    const some = eigs(sparse, 3);
    const triplets = svds(sparse, 3);
    const found = { U: flip(triplets.u as NDArray, 1), S: flip(triplets.s), Vh: flip(triplets.vh as NDArray, 0) };
    const eps = /32|x64/.test(dtype) ? 2 ** -23 : 2 ** -52;
    const worst = (of: Sparse, result: SparseCertified): number => {
      const { backward_error, orthogonality, digits, condition } = sparseCertificate(of, result);
      expect(condition).toBeGreaterThan(0.99);
      const most = Math.max(backward_error, (orthogonality ?? 0) / (n * eps));
      expect(digits).toBe(most < 100 ? digits : Math.min(digits, 6));
      return most;
    };
    const factored = splu(csc_array(dense));
    test('right ones pass', () => {
      expect(worst(sparse, { of: 'solve', x, b: vector })).toBeLessThan(sound);
      expect(worst(mirrored, { of: 'eigh', eigenvalues: pairs.w, eigenvectors: pairs.v as NDArray })).toBeLessThan(
        sound,
      );
      expect(worst(sparse, { of: 'eig', eigenvalues: some.w, eigenvectors: some.v as NDArray })).toBeLessThan(sound);
      expect(worst(sparse, { of: 'svds', ...found })).toBeLessThan(sound);
      expect(worst(sparse, { of: 'splu', lu: factored })).toBeLessThan(sound);
    });
    test('wrong ones do not', () => {
      const wrong: [Sparse, SparseCertified][] = [
        [sparse, { of: 'solve', x: scaled(x, 1.01), b: vector }],
        [sparse, { of: 'solve', x: zeros(n, dtype), b: vector }],
        [mirrored, { of: 'eigh', eigenvalues: flip(pairs.w), eigenvectors: pairs.v as NDArray }],
        [mirrored, { of: 'eigh', eigenvalues: scaled(pairs.w, 1.01), eigenvectors: pairs.v as NDArray }],
        [mirrored, { of: 'eigh', eigenvalues: pairs.w, eigenvectors: scaled(pairs.v as NDArray, 2) }],
        [mirrored, { of: 'eigh', eigenvalues: pairs.w, eigenvectors: pairs.v as NDArray, b: mirrored }],
        [sparse, { of: 'eig', eigenvalues: some.w, eigenvectors: zeros([n, 3], dtype) }],
        [sparse, { of: 'svds', U: found.U, S: scaled(found.S, 1.01), Vh: found.Vh }],
        [sparse, { of: 'svds', U: found.U, S: found.S, Vh: flip(found.Vh, 0) }],
        [mirrored, { of: 'splu', lu: factored }],
        [csr_array(scaled(dense, 1.001)), { of: 'splu', lu: factored }],
      ];
      for (const [of, result] of wrong) expect(worst(of, result)).not.toBeLessThan(100);
    });
    test('the condition of a singular one is infinite', () => {
      const lost = csr_array(zeros([n, n], dtype));
      expect(sparseCertificate(lost, { of: 'solve', x, b: vector })).toMatchObject({ condition: Infinity, digits: 0 });
    });
  });

  test('generalised eigenvectors', () => {
    const found = eigh(hermitian);
    expect(proof(hermitian, { of: 'eigh', ...found, b: one })).toBeLessThan(sound);
    expect(proof(hermitian, { of: 'eigh', ...found, b: positive })).not.toBeLessThan(1e3);
    expect(proof(a, { of: 'eig', ...eig(a), b: scaled(one, 2) })).not.toBeLessThan(1e3);
  });
});
