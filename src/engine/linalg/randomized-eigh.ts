/** A few eigenpairs of a large dense symmetric or Hermitian matrix. */
import { AppError } from '#shared/errors.ts';
import { astype, copy } from '../cast.ts';
import { asarray } from '../create.ts';
import { requireMemory, sizeInWords } from '../memory.ts';
import type { NDArray } from '../ndarray.ts';
import { default_rng } from '../random/generator.ts';
import { slice, sliced } from '../slicing.ts';
import { take } from '../taking.ts';
import { add, conj, multiply } from '../ufuncs/arithmetic.ts';
import { eigh } from './eigenvalues.ts';
import { commonType, epsOf, isComplexType, requireFinite } from './matrices.ts';
import { norm } from './norms.ts';
import { qr } from './orthogonal.ts';
import { matmul } from './products.ts';
import { excess } from './randomized-svd.ts';

export interface RandomizedEighResult {
  /** (k,) ascending. */
  eigenvalues: NDArray;
  /** (n, k) */
  eigenvectors: NDArray;
  /** ‖A‖²_F, exact. */
  energy_total: number;
  /** ‖A − V · diag(w) · Vᴴ‖_F / ‖A‖_F: what the k pairs leave. */
  residual: number;
  /** How far the error is estimated to lie above the best that k pairs can do: 0.01 is 1 %. */
  excess_error: number;
}

/**
 * The `k` eigenvalues of largest magnitude of a large symmetric or Hermitian matrix, approximately, with eigenvectors:
 * `a ≈ V · diag(w) · Vᴴ`.
 *
 * a (n, n), both triangles read; w (k,) real, V (n, k). The same seed gives the same answer.
 *
 * Halko, Martinsson, Tropp, "Finding structure with randomness" (SIAM Review 53, 2011), algorithms 4.4 and 5.3: the
 * range of A · Ω for a Gaussian Ω of k + `oversample` columns, sharpened by `iterations` of orthogonalised subspace
 * iteration, and the exact eigenpairs of A inside that range. What is left out is known exactly, by Pythagoras; how
 * much better the best k pairs would be is extrapolated from what the range gained in the last iterations. float32 and
 * complex64 are computed in single precision, integers and bool in float64.
 *
 * @throws AppError 'value' for k outside 1 … n and matrices that are not square, 'linalg' for NaN and infinity,
 * 'memory'.
 * @example randomizedEigh(array([[0, 2], [2, 0]]), 1, { oversample: 1 }).eigenvectors.shape // [2, 1]
 */
export function randomizedEigh(
  a: NDArray,
  k: number,
  { oversample = 10, iterations = 6, seed = 0 }: { oversample?: number; iterations?: number; seed?: number } = {},
): RandomizedEighResult {
  if (a.ndim !== 2 || a.shape[0] !== a.shape[1])
    throw new AppError('value', 'expected square matrix', { argument: 'a' });
  const [n] = a.shape;
  if (!Number.isInteger(k) || k < 1 || k > n) {
    throw new AppError('value', `Expected an integer between 1 and ${n} for k but received ${k}`, { argument: 'k' });
  }
  const dtype = commonType(a);
  const l = Math.min(n, k + Math.max(0, oversample));
  const entry = (epsOf(dtype) === 2 ** -23 ? 4 : 8) * (isComplexType(dtype) ? 2 : 1);
  const bytes = entry * (n * n + 6 * n * l + 6 * l * l);
  requireMemory(bytes, () => `Unable to allocate ${sizeInWords(bytes)} for the randomised eigenpairs`);
  requireFinite(a);
  const matrix = astype(a, dtype, { copy: false });
  const rng = default_rng(seed);
  let sample = astype(rng.standard_normal([n, l]), dtype);
  if (isComplexType(dtype)) sample = add(sample, multiply(rng.standard_normal([n, l]), { re: 0, im: 1 }));
  const energy_total = Number(norm(matrix).item()) ** 2;
  const captured: number[] = [];
  let basis = qr(matmul(matrix, sample)).Q;
  let image = matmul(matrix, basis);
  for (let iteration = 0; iteration < iterations; iteration++) {
    captured.push(Number(norm(image).item()) ** 2);
    basis = qr(image).Q;
    image = matmul(matrix, basis);
  }
  captured.push(Number(norm(image).item()) ** 2);
  const adjoint = isComplexType(dtype) ? conj(basis.T) : basis.T;
  const { eigenvalues, eigenvectors } = eigh(matmul(adjoint, image));
  const values = eigenvalues.tolist() as number[];
  const kept = values
    .map((_, i) => i)
    .sort((i, j) => Math.abs(values[j]) - Math.abs(values[i]))
    .slice(0, k)
    .sort((i, j) => values[i] - values[j]);
  const places = asarray(kept, 'int64');
  const w = take(eigenvalues, places);
  const held = kept.reduce((sum, i) => sum + values[i] ** 2, 0);
  return {
    eigenvalues: w,
    eigenvectors: copy(sliced(matmul(basis, take(eigenvectors, places, 1)), slice(), slice())),
    energy_total,
    residual: energy_total > 0 ? Math.sqrt(Math.max(0, energy_total - held) / energy_total) : 0,
    excess_error: excess(energy_total, captured, epsOf(dtype)),
  };
}
