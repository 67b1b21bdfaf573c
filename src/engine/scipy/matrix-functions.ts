/** scipy.linalg's functions of a matrix: exponential, polar factors, bases of its column and null space. */
import { AppError } from '#shared/errors.ts';
import { astype, copy } from '../cast.ts';
import { asarray, eye, unset } from '../create.ts';
import {
  asType,
  commonType,
  entriesOf,
  epsOf,
  isSmall,
  isSmallReal,
  letterOf,
  realLetter,
  requireFinite,
} from '../linalg/matrices.ts';
import { norm } from '../linalg/norms.ts';
import { matmul } from '../linalg/products.ts';
import { svd } from '../linalg/svd.ts';
import { solve } from '../linalg/systems.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { slice, sliced } from '../slicing.ts';
import { PyFloat } from '../scalar.ts';
import { add, conj, multiply, subtract } from '../ufuncs/arithmetic.ts';
import type { Operand } from '../ufuncs/definition.ts';

/** Largest 1-norms for which a Padé approximant of the degree is exact to double precision (Higham, 2005). */
const thresholds = [
  [3, 1.495585217958292e-2],
  [5, 2.53939833006323e-1],
  [7, 9.504178996162932e-1],
  [9, 2.097847961257068],
] as const;
const largest = 5.371920351148152;

/**
 * The matrix exponential by scaling and squaring with Padé approximants (Higham, 2005).
 *
 * a (n, n) → (n, n). float32 and complex64 stay single, integers and bool become float64.
 *
 * @throws AppError 'value' "expected a square matrix", and for NaN and infinity, naming the first such cell.
 * @example expm(array([[0, 1], [0, 0]])).tolist() // [[1, 1], [0, 1]]
 */
export function expm(a: Operand): NDArray {
  const given = asarray(a);
  if (given.ndim !== 2 || given.shape[0] !== given.shape[1]) {
    throw new AppError('value', 'expected a square matrix', { argument: 'a' });
  }
  const n = given.shape[0];
  if (isSmall(given)) {
    const found = smallExponential(given);
    if (found !== null) return found;
  }
  requireFinite(given, 'a', 'value');
  const matrix = astype(given, commonType(given));
  if (n === 0) return matrix;
  const size = Number(norm(matrix, { ord: 1 }).item());
  for (const [degree, bound] of thresholds) if (size <= bound) return quotient(pade(matrix, degree));
  // The norm of finite numbers can be past the largest of them.
  const squarings = Math.min(1100, Math.max(0, Math.ceil(Math.log2(size / largest))));
  let result = quotient(pade13(multiply(matrix, new PyFloat(2 ** -squarings))));
  for (let k = 0; k < squarings; k++) result = matmul(result, result);
  return result;
}

/** The same in one call of the addon; null for what is not finite, and where the denominator is singular. */
function smallExponential(a: NDArray): NDArray | null {
  const dtype = commonType(a);
  const { data, start, strides, shape } = asType(a, dtype);
  const made = unset(shape, dtype);
  const [row, col] = strides.map((step) => step / data.BYTES_PER_ELEMENT);
  return native().smallExpm(letterOf(dtype), shape[0], data, start, row, col, made.data, made.start) === 0
    ? made
    : null;
}

/** (V − U)⁻¹ (V + U) */
function quotient([odd, even]: [NDArray, NDArray]): NDArray {
  return solve(subtract(even, odd), add(even, odd));
}

/**
 * Coefficients of the diagonal Padé approximant of eˣ: of the numerator, in ascending order, the first 1.
 * @example coefficients(1) // [1, 0.5]
 */
export function coefficients(degree: number): number[] {
  const list = [1];
  for (let k = 1; k <= degree; k++) list.push((list[k - 1] * (degree - k + 1)) / ((2 * degree - k + 1) * k));
  return list;
}

function scaled(a: NDArray, factor: number): NDArray {
  return multiply(a, new PyFloat(factor));
}

function pade(a: NDArray, degree: number): [NDArray, NDArray] {
  const b = coefficients(degree);
  const one = eye(a.shape[0], a.shape[0], 0, a.dtype);
  const square = matmul(a, a);
  let power = one;
  let even = scaled(one, b[0]);
  let odd = scaled(one, b[1]);
  for (let k = 2; k < degree; k += 2) {
    power = matmul(power, square);
    even = add(even, scaled(power, b[k]));
    odd = add(odd, scaled(power, b[k + 1]));
  }
  return [matmul(a, odd), even];
}

function pade13(a: NDArray): [NDArray, NDArray] {
  const b = coefficients(13);
  const one = eye(a.shape[0], a.shape[0], 0, a.dtype);
  const a2 = matmul(a, a);
  const a4 = matmul(a2, a2);
  const a6 = matmul(a4, a2);
  const combined = (at: number): NDArray => add(scaled(a6, b[at]), add(scaled(a4, b[at - 2]), scaled(a2, b[at - 4])));
  const odd = add(matmul(a6, combined(13)), add(combined(7), scaled(one, b[1])));
  const even = add(matmul(a6, combined(12)), add(combined(6), scaled(one, b[0])));
  return [matmul(a, odd), even];
}

const adjoint = (a: NDArray): NDArray => (a.entries === 2 ? conj(a.T) : a.T);

/**
 * The polar factors `a = u · p` (`side` 'left': `a = p · u`) with orthonormal u and semi-definite p.
 *
 * a (m, n) → u (m, n), p (n, n) ('left': (m, m)). By the SVD, LAPACK gesdd. float32 and complex64 stay single, integers
 * and bool become float64.
 *
 * @throws AppError 'value' "`side` must be either 'right' or 'left'", "`a` must be a 2-D array.".
 * @example polar(array([[0, -2], [2, 0]])).p.tolist() // [[2, 0], [0, 2]]
 */
export function polar(a: Operand, side: 'right' | 'left' = 'right'): { u: NDArray; p: NDArray } {
  const matrix = asarray(a);
  if (side !== 'right' && side !== 'left')
    throw new AppError('value', "`side` must be either 'right' or 'left'", { argument: 'side' });
  if (matrix.ndim !== 2) throw new AppError('value', '`a` must be a 2-D array.', { argument: 'a' });
  const small = isSmallReal(matrix) ? smallPolar(matrix, side === 'left') : null;
  if (small !== null) return small;
  const { U, S, Vh } = svd(matrix, { full_matrices: false });
  const u = matmul(U, Vh);
  const p = side === 'right' ? matmul(multiply(adjoint(Vh), S), Vh) : matmul(multiply(U, S), adjoint(U));
  return { u, p };
}

/** Null for what is not finite, and where the iteration did not converge. */
function smallPolar(a: NDArray, left: boolean): { u: NDArray; p: NDArray } | null {
  const dtype = commonType(a);
  const { data, start, strides, shape } = asType(a, dtype);
  const [m, n] = shape;
  const unit = data.BYTES_PER_ELEMENT;
  const size = left ? m : n;
  const [u, p] = [unset(shape, dtype), unset([size, size], dtype)];
  const code = native().smallPolar(
    realLetter(dtype),
    left,
    m,
    n,
    data,
    start,
    strides[0] / unit,
    strides[1] / unit,
    u.data,
    u.start,
    p.data,
    p.start,
  );
  return code === 0 ? { u, p } : null;
}

function rankOf(S: NDArray, shape: readonly number[], rcond: number | null): number {
  const values = entriesOf(S, 0, S.size);
  const tolerance = S.size === 0 ? 0 : values[0] * (rcond ?? epsOf(S.dtype as 'float64') * Math.max(...shape));
  // They descend.
  let rank = 0;
  while (rank < values.length && values[rank] > tolerance) rank++;
  return rank;
}

/**
 * An orthonormal basis of the column space, in columns.
 *
 * A (m, n) → (m, r), r the rank. float32 and complex64 stay single, integers and bool become float64.
 *
 * @example orth(array([[2, 0], [0, 0]])).shape // [2, 1]
 */
export function orth(a: Operand, rcond: number | null = null): NDArray {
  const matrix = asarray(a);
  const { U, S } = svd(matrix, { full_matrices: false });
  const rank = rankOf(S, matrix.shape, rcond);
  return rank === U.shape[1] ? U : copy(sliced(U, slice(), slice(0, rank)));
}

/**
 * An orthonormal basis of the null space, in columns.
 *
 * A (m, n) → (n, n − r), r the rank. float32 and complex64 stay single, integers and bool become float64.
 *
 * @example null_space(array([[1, 0], [0, 0]])).shape // [2, 1]
 */
export function null_space(a: Operand, rcond: number | null = null): NDArray {
  const matrix = asarray(a);
  const { S, Vh } = svd(matrix);
  const rank = rankOf(S, matrix.shape, rcond);
  const n = Vh.shape[0];
  return copy(adjoint(Vh.view([n - rank, n], Vh.strides, Vh.offset + rank * Vh.strides[0])));
}
