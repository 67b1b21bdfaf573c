import { describe, expect, test } from 'vitest';
import { astype } from '#engine/cast.ts';
import { array, eye } from '#engine/create.ts';
import { eigh } from '#engine/linalg/eigenvalues.ts';
import { norm } from '#engine/linalg/norms.ts';
import { qr } from '#engine/linalg/orthogonal.ts';
import { matmul } from '#engine/linalg/products.ts';
import { randomizedEigh } from '#engine/linalg/randomized-eigh.ts';
import { randomizedSvd } from '#engine/linalg/randomized-svd.ts';
import { svd } from '#engine/linalg/svd.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { default_rng } from '#engine/random/generator.ts';
import { add, conj, multiply, subtract } from '#engine/ufuncs/arithmetic.ts';

const size = (a: NDArray): number => Number(norm(a).item());
const adjoint = (a: NDArray): NDArray => conj(a.T);

/** Orthonormal columns of random numbers. */
const columns = (n: number, k: number, complex: boolean, seed: number): NDArray => {
  const rng = default_rng(seed);
  const x = rng.standard_normal([n, k]);
  return qr(complex ? add(x, multiply(rng.standard_normal([n, k]), { re: 0, im: 1 })) : x).Q;
};

const falling = (k: number): NDArray => array(Array.from({ length: k }, (_, i) => 100 * 0.6 ** i));

describe.each(['float64', 'float32', 'complex128', 'complex64'] as const)('of %s', (dtype) => {
  const complex = dtype.startsWith('complex');
  const single = dtype === 'float32' || dtype === 'complex64';
  const tolerance = single ? 1e-4 : 1e-10;
  const [U, V] = [columns(180, 40, complex, 1), columns(120, 40, complex, 2)];
  const a = astype(matmul(multiply(U, falling(40)), adjoint(V)), dtype);

  test('the leading singular triplets are those of the exact SVD', () => {
    const found = randomizedSvd(a, 8, { seed: 3 });
    expect([found.U.dtype, found.U.shape, found.Vh.dtype, found.Vh.shape]).toEqual([dtype, [180, 8], dtype, [8, 120]]);
    const exact = svd(a, { full_matrices: false });
    const values = found.S.tolist() as number[];
    (exact.S.tolist() as number[]).slice(0, 8).forEach((s, i) => {
      expect(Math.abs(values[i] - s)).toBeLessThan(Math.max(tolerance * 100, 1e-3 * s * 1e-3));
    });
    const rest = size(subtract(a, matmul(multiply(found.U, found.S), found.Vh)));
    const best = Math.hypot(...(exact.S.tolist() as number[]).slice(8));
    expect(rest).toBeLessThan(best * (1.001 + found.excess_error));
    expect(size(subtract(matmul(adjoint(found.U), found.U), eye(8)))).toBeLessThan(
      1e3 * (single ? 2 ** -23 : 2 ** -52),
    );
    expect(size(subtract(matmul(found.Vh, adjoint(found.Vh)), eye(8)))).toBeLessThan(
      1e3 * (single ? 2 ** -23 : 2 ** -52),
    );
    expect(found.excess_error).toBeLessThan(0.01);
  });

  test('the leading eigenpairs are those of the exact decomposition', () => {
    const Q = columns(150, 40, complex, 4);
    const signs = array(Array.from({ length: 40 }, (_, i) => (i % 3 === 0 ? -1 : 1)));
    const h = astype(matmul(multiply(Q, multiply(falling(40), signs)), adjoint(Q)), dtype);
    const found = randomizedEigh(h, 6, { seed: 5 });
    const exact = eigh(h).eigenvalues.tolist() as number[];
    const want = exact
      .sort((x, y) => Math.abs(y) - Math.abs(x))
      .slice(0, 6)
      .sort((x, y) => x - y);
    (found.eigenvalues.tolist() as number[]).forEach((w, i) => {
      expect(Math.abs(w - want[i])).toBeLessThan(100 * tolerance);
    });
    const v = found.eigenvectors;
    expect(size(subtract(matmul(h, v), multiply(v, found.eigenvalues)))).toBeLessThan(Math.max(100 * tolerance, 1e-4));
    const left = size(subtract(h, matmul(multiply(v, found.eigenvalues), adjoint(v)))) / size(h);
    expect(Math.abs(left - found.residual)).toBeLessThan(Math.max(tolerance, 1e-6));
    // In single precision the energies that it is made of are rounded.
    expect(found.excess_error).toBeLessThan(single ? 0.1 : 0.01);
  });
});

test('what decays slowly says that there is more to gain', () => {
  const noise = default_rng(9).standard_normal([300, 200]);
  const found = randomizedSvd(noise, 10, { seed: 1 });
  expect(found.excess_error).toBeGreaterThan(0);
  const exact = (svd(noise, { full_matrices: false }).S.tolist() as number[]).slice(10);
  const rest = size(subtract(noise, matmul(multiply(found.U, found.S), found.Vh)));
  expect(rest / Math.hypot(...exact) - 1).toBeLessThan(0.05);
});

test('refusals', () => {
  expect(() => randomizedEigh(array([[1, 2]]), 1)).toThrow('expected square matrix');
  expect(() => randomizedEigh(eye(3), 4)).toThrow('Expected an integer between 1 and 3 for k but received 4');
  expect(() =>
    randomizedEigh(
      array([
        [1, NaN],
        [NaN, 1],
      ]),
      1,
    ),
  ).toThrow('infs or NaNs');
  expect(() => randomizedSvd(multiply(eye(2), { re: 0, im: 1 }), 1, { dtype: 'float64' })).toThrow('complex numbers');
});
