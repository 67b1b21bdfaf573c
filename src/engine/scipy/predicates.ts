/** What scipy.linalg asks of matrices, and matrices put together from parts. */
import { AppError } from '#shared/errors.ts';
import { asarray, zeros } from '../create.ts';
import { allclose, array_equal } from '../elementwise.ts';
import type { NDArray } from '../ndarray.ts';
import { expand_dims, reshape } from '../shape.ts';
import { conj, multiply } from '../ufuncs/arithmetic.ts';
import type { Operand } from '../ufuncs/definition.ts';

/**
 * The m × n matrix of singular values: `diagsvd(s, …U.shape)` stands between U and Vh.
 *
 * s (min(M, N),) → (M, N). Of the dtype of s.
 *
 * @throws AppError 'value' "Length of s must be M or N.", "negative dimensions are not allowed".
 * @example diagsvd(array([1, 2]), 2, 3).tolist() // [[1n, 0n, 0n], [0n, 2n, 0n]]
 */
export function diagsvd(s: Operand, M: number, N: number): NDArray {
  const values = asarray(s);
  if (values.size !== M && values.size !== N)
    throw new AppError('value', 'Length of s must be M or N.', { argument: 's' });
  // As SciPy fills up what is short: the other side must not be shorter than the list.
  if (values.size === M ? N < M : M < N)
    throw new AppError('value', 'negative dimensions are not allowed', { argument: 's' });
  const made = zeros([M, N], values.dtype);
  for (let k = 0; k < Math.min(M, N, values.size); k++) made.set([k, k], values.item(k));
  return made;
}

function requireSquare(a: Operand): NDArray {
  const matrix = asarray(a);
  if (matrix.ndim !== 2) throw new AppError('value', 'Input array must be a 2D NumPy array.', { argument: 'a' });
  return matrix;
}

function equalTo(
  a: NDArray,
  other: NDArray,
  atol: number | null | undefined,
  rtol: number | null | undefined,
): boolean {
  if (!atol && !rtol) return array_equal(a, other);
  return allclose(a, other, rtol ?? 0, atol ?? 0);
}

/** Whether a matrix is compared here sooner than with a transposed copy. */
function areFew(a: NDArray, atol: number | null | undefined, rtol: number | null | undefined): boolean {
  return a.size <= 4096 && !atol && !rtol;
}

/** Whether each entry equals the one across the diagonal, whose imaginary part counts with a sign. NaN equals nothing. */
function mirrored(a: NDArray, sign: 1 | -1): boolean {
  const { data, start, entries } = a;
  const [down, across] = a.strides.map((step) => step / data.BYTES_PER_ELEMENT);
  const n = a.shape[0];
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const [x, y] = [start + i * down + j * across, start + j * down + i * across];
      if (data[x] !== data[y]) return false;
      if (entries === 2 && data[x + 1] !== sign * Number(data[y + 1])) return false;
    }
  }
  return true;
}

/**
 * True when `a = aᵀ`, exactly or within tolerances.
 *
 * a (n, n). Of any dtype; complex matrices are not conjugated.
 *
 * @example issymmetric(array([[1, 2], [2, 1]])) // true
 */
export function issymmetric(a: Operand, atol?: number | null, rtol?: number | null): boolean {
  const matrix = requireSquare(a);
  if (matrix.shape[0] !== matrix.shape[1]) return false;
  return areFew(matrix, atol, rtol) ? mirrored(matrix, 1) : equalTo(matrix, matrix.T, atol, rtol);
}

/**
 * True when `a = aᴴ`, exactly or within tolerances.
 *
 * a (n, n). Of any dtype.
 *
 * @example ishermitian(array([[1, 2], [2, 1]])) // true
 */
export function ishermitian(a: Operand, atol?: number | null, rtol?: number | null): boolean {
  const matrix = requireSquare(a);
  if (matrix.shape[0] !== matrix.shape[1]) return false;
  return areFew(matrix, atol, rtol) ? mirrored(matrix, -1) : equalTo(matrix, conj(matrix.T), atol, rtol);
}

/**
 * How many diagonals below and above the main one hold something.
 *
 * a (m, n) → two counts of diagonals. Of any dtype.
 *
 * @throws AppError 'value' "Input array must be a 2D NumPy array.".
 * @example bandwidth(array([[1, 0], [2, 1]])) // [1, 0]
 */
export function bandwidth(a: Operand): [number, number] {
  const matrix = asarray(a);
  if (matrix.size === 0) return [0, 0];
  if (matrix.ndim !== 2) throw new AppError('value', 'Input array must be a 2D NumPy array.', { argument: 'a' });
  let [lower, upper] = [0, 0];
  for (let i = 0; i < matrix.shape[0]; i++) {
    for (let j = 0; j < matrix.shape[1]; j++) {
      if (i - j <= lower && j - i <= upper) continue;
      const value = matrix.get([i, j]);
      if (typeof value === 'object' ? value.re === 0 && value.im === 0 : Number(value) === 0) continue;
      lower = Math.max(lower, i - j);
      upper = Math.max(upper, j - i);
    }
  }
  return [lower, upper];
}

/**
 * The Khatri-Rao product: column by column the Kronecker product.
 *
 * a (m, n), b (k, n) → (m · k, n). Of the dtype both promote to.
 *
 * @throws AppError 'value' for other shapes.
 * @example khatri_rao(array([[1, 2]]), array([[3, 4]])).tolist() // [[3n, 8n]]
 */
export function khatri_rao(a: Operand, b: Operand): NDArray {
  const [x, y] = [asarray(a), asarray(b)];
  if (x.ndim !== 2 || y.ndim !== 2) throw new AppError('value', 'The both arrays should be 2-dimensional.');
  if (x.shape[1] !== y.shape[1]) throw new AppError('value', 'The number of columns for both arrays should be equal.');
  return reshape(multiply(expand_dims(x, 1), expand_dims(y, 0)), [x.shape[0] * y.shape[0], x.shape[1]]);
}
