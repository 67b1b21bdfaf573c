/** scipy.linalg's systems whose matrix is constant along its diagonals: Toeplitz and circulant ones, over stacks. */
import { AppError } from '#shared/errors.ts';
import { astype, copy } from '../cast.ts';
import { asarray, empty, unset } from '../create.ts';
import { real, where } from '../elementwise.ts';
import { fft, ifft } from '../fourier.ts';
import { toeplitz } from '../gallery.ts';
import { asType, mostSmall, requireFinite } from '../linalg/matrices.ts';
import { matmul } from '../linalg/products.ts';
import { solve } from '../linalg/systems.ts';
import { shapeText } from '../memory.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { any, max } from '../reductions.ts';
import { PyFloat } from '../scalar.ts';
import { atleast_1d, expand_dims, moveaxis } from '../shape.ts';
import { absolute, conj, divide, multiply } from '../ufuncs/arithmetic.ts';
import { less_equal } from '../ufuncs/comparison.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { overBatch } from './batches.ts';

/** A first column, or a first column and a first row. */
export type ColumnAndRow = Operand | readonly [Operand, Operand];

/** First column and first row; the latter is the conjugate of the former where it is not given. */
function parts(given: ColumnAndRow): [NDArray, NDArray] {
  const pair = Array.isArray(given) && given.length === 2 && given.every((x) => typeof x === 'object');
  const [c, r] = (pair ? given : [given, undefined]) as [Operand, Operand | undefined];
  const column = asarray(c);
  return [column, r !== undefined ? asarray(r) : column.entries === 2 ? conj(column) : column];
}

/** One problem in double precision, looked through as SciPy does: numbers, then lengths. */
function one(c: NDArray, r: NDArray, b: NDArray, check_finite: boolean, square: boolean): [NDArray, NDArray] {
  if (check_finite)
    for (const [argument, a] of Object.entries({ c_or_cr: c, r, b })) requireFinite(a, argument, 'value');
  for (const [argument, a] of Object.entries({ c_or_cr: r, b })) {
    if (a.ndim === 0)
      throw new AppError('index', 'tuple index out of range', { argument, hint: 'A number has no length.' });
  }
  if ((square && r.size !== c.size) || b.shape[0] !== r.size) {
    throw new AppError('value', 'Incompatible dimensions.', {
      argument: 'b',
      hint: `The matrix is ${c.size} × ${r.size}, the right-hand side has the shape ${shapeText(b.shape)}.`,
    });
  }
  const dtype = [c, r, b].some((a) => a.entries === 2) ? 'complex128' : 'float64';
  return [toeplitz(astype(c, dtype), astype(r, dtype)), astype(b, dtype)];
}

/**
 * Solves `toeplitz(c, r) · x = b`.
 *
 * c (…, n), r (…, n), conj(c) when left out; b (…, n) or (…, n, k) → x of b's shape, float64 or complex128. By LU of the
 * whole matrix (LAPACK gesv), which singular leading minors do not stop.
 * @throws AppError 'value' "Incompatible dimensions.", and for NaN and infinity, naming the first such cell; 'index'
 * "tuple index out of range" for numbers; 'linalg' "Singular principal minor".
 * @example solve_toeplitz(array([2, 1]), array([3, 3])).tolist().map(Math.round) // [1, 1]
 */
export function solve_toeplitz(c_or_cr: ColumnAndRow, b: Operand, check_finite = true): NDArray {
  const [column, row] = parts(c_or_cr);
  return overBatch([column, row, asarray(b)], [1, 1, '1|2'], (c, r, right) => {
    const small = smallToeplitz(c as NDArray, r as NDArray, right as NDArray);
    if (small !== null) return small;
    const [matrix, target] = one(c as NDArray, r as NDArray, right as NDArray, check_finite, true);
    if (target.size === 0) return target;
    try {
      return solve(matrix, target);
    } catch (error) {
      if (!(error instanceof AppError) || error.message !== 'Singular matrix') throw error;
      throw new AppError('linalg', 'Singular principal minor', { argument: 'c_or_cr', cause: error });
    }
  }) as NDArray;
}

/** Null for what is large or does not fit, for singular matrices and what is not finite. */
function smallToeplitz(c: NDArray, r: NDArray, b: NDArray): NDArray | null {
  const n = c.size;
  const vector = b.ndim === 1;
  if (c.ndim !== 1 || r.ndim !== 1 || (!vector && b.ndim !== 2) || r.size !== n || b.shape[0] !== n) return null;
  const k = vector ? 1 : b.shape[1];
  if (n === 0 || n > mostSmall || k === 0 || k > mostSmall) return null;
  const dtype = c.entries === 2 || r.entries === 2 || b.entries === 2 ? 'complex128' : 'float64';
  const [column, row, right] = [asType(c, dtype), asType(r, dtype), asType(b, dtype)];
  const x = unset(b.shape, dtype);
  const unit = x.data.BYTES_PER_ELEMENT;
  const code = native().smallToeplitz(
    dtype === 'float64' ? 'd' : 'z',
    n,
    k,
    column.data,
    column.start,
    column.strides[0] / unit,
    0,
    row.data,
    row.start,
    row.strides[0] / unit,
    0,
    right.data,
    right.start,
    right.strides[0] / unit,
    vector ? 0 : right.strides[1] / unit,
    x.data,
    x.start,
  );
  return code === 0 ? x : null;
}

/**
 * `toeplitz(c, r) @ x`.
 *
 * c (…, m), r (…, n), conj(c) when left out; x (…, n) or (…, n, k) → (…, m) or (…, m, k), float64 or complex128.
 * @throws AppError 'value' "Incompatible dimensions.", and with `check_finite` for NaN and infinity; 'index' "tuple index
 * out of range" for numbers.
 * @example matmul_toeplitz(array([2, 1]), array([1, 1])).tolist() // [3, 3]
 */
export function matmul_toeplitz(c_or_cr: ColumnAndRow, x: Operand, check_finite = false): NDArray {
  const [column, row] = parts(c_or_cr);
  return overBatch([row, column, asarray(x)], [1, 1, '1|2'], (r, c, right) => {
    return matmul(...one(c as NDArray, r as NDArray, right as NDArray, check_finite, false));
  }) as NDArray;
}

function lengthAlong(argument: string, a: NDArray, axis: number): number {
  const at = axis < 0 ? axis + a.ndim : axis;
  if (at in a.shape) return a.shape[at];
  throw new AppError('value', `'${argument}axis' entry is out of bounds`, { argument: `${argument}axis` });
}

/**
 * Solves `circulant(c) · x = b` by Fourier transforms; of a singular one, with `singular` 'lstsq', in the least-squares
 * sense.
 *
 * c with a length of n along `caxis`, b along `baxis`; the other axes broadcast, x has n along `outaxis`. FFT of both.
 * float32 and complex64 stay single, integers become float64.
 *
 * @throws AppError 'value' "Shapes of c … and b … are incompatible", "'caxis' entry is out of bounds"; 'linalg' "near
 * singular circulant matrix.".
 * @example solve_circulant(array([2, 0]), array([2, 4])).tolist() // [1, 2]
 */
export function solve_circulant(
  c: Operand,
  b: Operand,
  singular: 'raise' | 'lstsq' = 'raise',
  tol: number | null = null,
  caxis = -1,
  baxis = 0,
  outaxis = 0,
): NDArray {
  const [column, right] = [atleast_1d(asarray(c)), atleast_1d(asarray(b))];
  const n = lengthAlong('c', column, caxis);
  if (n !== lengthAlong('b', right, baxis)) {
    throw new AppError(
      'value',
      `Shapes of c ${shapeText(column.shape)} and b ${shapeText(right.shape)} are incompatible`,
      { argument: 'b' },
    );
  }
  const complex = column.entries === 2 || right.entries === 2;
  if (right.size === 0) return empty(right.shape, complex ? 'complex128' : 'float64');
  const values = fft(moveaxis(column, caxis, -1));
  const sizes = absolute(values);
  const limit: Operand =
    tol === null
      ? multiply(max(sizes, { axis: -1, keepdims: true }), new PyFloat(n * 2 ** -52))
      : expand_dims(asarray(new PyFloat(tol)), 0);
  const lost = less_equal(sizes, limit);
  const near = any(lost).item() === true;
  if (near && singular === 'raise') throw new AppError('linalg', 'near singular circulant matrix.', { argument: 'c' });
  // Where a frequency is lost, the shortest solution has none of it.
  const quotients = divide(fft(moveaxis(right, baxis, -1)), near ? where(lost, 1, values) : values);
  const made = ifft(near ? where(lost, 0, quotients) : quotients);
  const x = complex ? made : copy(real(made));
  return outaxis === -1 ? x : moveaxis(x, -1, outaxis);
}
