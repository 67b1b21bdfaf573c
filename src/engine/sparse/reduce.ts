/** Sums, means, extremes and counts over a sparse matrix or along one of its axes. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype as castArray } from '../cast.ts';
import { array, empty, zeros } from '../create.ts';
import { getitem } from '../indexing.ts';
import type { NDArray } from '../ndarray.ts';
import { kindCode } from '../promotion.ts';
import * as reductions from '../reductions.ts';
import { PyFloat } from '../scalar.ts';
import { argmax as argmaxArray, argmin as argminArray } from '../searching.ts';
import { reshape as reshapeArray } from '../shape.ts';
import * as ufunc from '../ufuncs/arithmetic.ts';
import { scale, storedValues } from './arithmetic.ts';
import { sum_duplicates } from './canonical.ts';
import { astype, tocoo, tocsc, tocsr } from './convert.ts';
import { newFrom, newInts, pickInts } from './index-lists.ts';
import { Compressed, Coordinates, Diagonals, type Sparse } from './sparse-array.ts';
import { notImplemented, SparseError } from './sparse-error.ts';
import { entries, head, nonzeroPlaces, pick } from './values.ts';

/**
 * The axis counted from 0, null for all of them. a (m, n), of any dtype.
 * @throws AppError 'value' "axis out of range for ndim".
 * @throws AppError 'dtype' "axis must be an integer. (given …)".
 * @example axisOf(csr_matrix([[1, 2]]), -1) // 1
 */
export function axisOf(a: Sparse, axis: number | null | undefined): number | null {
  if (axis === null || axis === undefined) return null;
  if (!Number.isInteger(axis))
    throw new AppError('dtype', `axis must be an integer. (given ${axis})`, { argument: 'axis' });
  const counted = axis < 0 ? axis + a.ndim : axis;
  if (counted < 0 || counted >= a.ndim) throw new AppError('value', 'axis out of range for ndim', { argument: 'axis' });
  return a.ndim === 1 ? null : counted;
}

const sumType = (dtype: DType): DType =>
  kindCode(dtype) === 'u' ? 'uint64' : 'bi'.includes(kindCode(dtype)) ? 'int64' : dtype;

/** The shape of a result along an axis: 2-d for matrices, 1-d for arrays. */
function shaped(a: Sparse, axis: number, values: NDArray): NDArray {
  if (a.kind === 'array') return values;
  return reshapeArray(values, axis === 0 ? [1, values.size] : [values.size, 1]);
}

/** For every row (axis 1) or column (axis 0): the sum of its values, as this dtype. */
function lineSums(a: Sparse, axis: number, dtype: DType): NDArray {
  const coo = tocoo(a);
  const made = zeros(a.shape2d[1 - axis], dtype);
  const at = axis === 0 ? coo.cols : coo.rows;
  const [source, target] = [entries(castArray(coo.data, dtype)), entries(made)];
  if (made.entries === 1) for (let p = 0; p < at.length; p++) target[at[p]] += source[p];
  else {
    for (let p = 0; p < at.length; p++) {
      target[2 * at[p]] += source[2 * p];
      target[2 * at[p] + 1] += source[2 * p + 1];
    }
  }
  return made;
}

/**
 * The sum of all elements, or along an axis; integers sum as 64 bits.
 *
 * → a number (0-d), (n,) for arrays, (1, n) or (m, 1) for matrices. Of a (m, n): bool and small integers in int64,
 * unsigned ones in uint64, other dtypes as they are.
 *
 * @throws AppError 'value' "axis out of range for ndim".
 * @example sum(csr_array([[1, 2], [3, 0]]), 0).tolist() // [4n, 2n]
 */
export function sum(a: Sparse, axis: number | null = null, dtype?: DType): NDArray {
  const along = axisOf(a, axis);
  const result =
    along === null
      ? reductions.sum(castArray(a instanceof Diagonals ? tocoo(a).data : storedValues(a), sumType(a.dtype)))
      : shaped(a, along, lineSums(a, along, sumType(a.dtype)));
  return dtype === undefined ? result : castArray(result, dtype);
}

/**
 * The mean of all elements, zeros included, or along an axis.
 *
 * a (m, n) → (), (n,) or (m,) for arrays, (1, n) or (m, 1) for matrices; float32 and complex64 stay single, integers
 * and bool become float64.
 *
 * @throws SparseError ZeroDivisionError "float division by zero".
 * @example mean(csr_array([[1, 2], [3, 0]]), 1).tolist() // [1.5, 1.5]
 */
export function mean(a: Sparse, axis: number | null = null, dtype?: DType): NDArray {
  const along = axisOf(a, axis);
  const [m, n] = a.shape2d;
  const count = along === null ? m * n : a.shape2d[along];
  if (count === 0) throw new SparseError('ZeroDivisionError', 'float division by zero');
  const inexact = 'fc'.includes(kindCode(a.dtype)) ? a.dtype : 'float64';
  const result = sum(scale(astype(a, inexact, { copy: false }), new PyFloat(1 / count)), along);
  return dtype === undefined ? result : castArray(result, dtype);
}

type Extreme = 'max' | 'min' | 'nanmax' | 'nanmin';
const pairwise = { max: ufunc.maximum, min: ufunc.minimum, nanmax: ufunc.fmax, nanmin: ufunc.fmin };

function extreme(name: Extreme): (a: Sparse, axis?: number | null, explicit?: boolean) => NDArray | Coordinates {
  return (a, axis = null, explicit = false) => {
    const along = axisOf(a, axis);
    const op = pairwise[name];
    const [m, n] = a.shape2d;
    if (along === null ? m * n === 0 : a.shape2d[along] === 0)
      throw new AppError('value', 'zero-size array to reduction operation');
    if (along === null) {
      const zero = zeros([], a.dtype);
      if (a.nnz === 0) return zero;
      sum_duplicates(a);
      const values = a instanceof Diagonals ? reshapeArray(a.data, [a.data.size]) : storedValues(a);
      const found = reductions[name](values);
      return a.nnz !== m * n && !explicit ? op(zero, found) : found;
    }
    const lines = along === 0 ? tocsc(a) : tocsr(a);
    sum_duplicates(lines);
    const full: number[] = [];
    const places: number[] = [];
    for (let i = 0; i + 1 < lines.pointers.length; i++) {
      if (lines.pointers[i] === lines.pointers[i + 1]) continue;
      full.push(lines.pointers[i + 1] - lines.pointers[i]);
      places.push(i);
    }
    const values = empty(places.length, a.dtype);
    const data = head(lines.data, lines.nnz);
    places.forEach((line, k) => {
      const [from, to] = [lines.pointers[line], lines.pointers[line + 1]];
      let found = reductions[name](data.view([to - from], [data.itemsize], data.offset + from * data.itemsize));
      if (!explicit && full[k] < a.shape2d[along]) found = op(found, zeros([], a.dtype));
      values.write(values.start + k * values.entries, found.item());
    });
    const kept = nonzeroPlaces(values);
    const at = pickInts(newFrom(Float64Array.from(places), lines.minor instanceof Float64Array), kept);
    const other = a.shape2d[1 - along];
    const kind = a.kind;
    if (kind === 'array') return new Coordinates(kind, [other], [at], pick(values, kept), true);
    const none = newInts(kept.length, lines.minor instanceof Float64Array);
    return along === 0
      ? new Coordinates(kind, [1, other], [none, at], pick(values, kept), true)
      : new Coordinates(kind, [other, 1], [at, none], pick(values, kept), true);
  };
}

/**
 * The largest element, zeros included unless `explicit`; along an axis a sparse result.
 *
 * a (m, n) → (), (1, n) or (m, 1), (n,) or (m,) for arrays; of a's dtype.
 *
 * @example max(csr_matrix([[-1, 0], [-3, -2]])).item() // 0n
 */
export const max = extreme('max');
/**
 * The smallest element, zeros included unless `explicit`; along an axis a sparse result.
 *
 * a (m, n) → (), (1, n) or (m, 1), (n,) or (m,) for arrays; of a's dtype.
 *
 * @example min(csr_matrix([[1, 0], [-3, 2]])).item() // -3n
 */
export const min = extreme('min');
/**
 * The largest element, NaN left out.
 *
 * a (m, n) → (), (1, n) or (m, 1), (n,) or (m,) for arrays; of a's dtype.
 *
 * @example nanmax(csr_matrix([[NaN, 5]])).item() // 5
 */
export const nanmax = extreme('nanmax');
/**
 * The smallest element, NaN left out.
 *
 * a (m, n) → (), (1, n) or (m, 1), (n,) or (m,) for arrays; of a's dtype.
 *
 * @example nanmin(csr_matrix([[NaN, 5]])).item() // 5
 */
export const nanmin = extreme('nanmin');

function argument(which: 'argmax' | 'argmin'): (a: Sparse, axis?: number | null, explicit?: boolean) => NDArray {
  const find = which === 'argmax' ? argmaxArray : argminArray;
  const beats = (x: NDArray): boolean => {
    const value = x.item();
    const size = typeof value === 'object' ? value.re : Number(value);
    return which === 'argmax' ? size > 0 : size < 0;
  };
  /** Of one line: the place of its extreme among `length`, zeros counted. */
  const inLine = (values: NDArray, places: readonly number[], length: number, explicit: boolean): number => {
    if (values.size === 0) return 0;
    const at = Number(find(values).item());
    const found = getitem(values, [at]);
    if (explicit || beats(found) || places.length === length || Number.isNaN(Number(found.item()))) return places[at];
    let missing = places.findIndex((place, k) => place !== k);
    if (missing < 0) missing = places.length;
    const value = found.item();
    const zero = typeof value === 'object' ? value.re === 0 && value.im === 0 : Number(value) === 0;
    return zero ? Math.min(places[at], missing) : missing;
  };
  return (a, axis = null, explicit = false) => {
    const along = axisOf(a, axis);
    const [m, n] = a.shape2d;
    if (along !== null && a.shape2d[along] === 0)
      throw new AppError('value', `Cannot apply ${which} along a zero-sized dimension.`);
    if (along === null) {
      if (m * n === 0) throw new AppError('value', `Cannot apply ${which} to an empty matrix.`);
      if (a.nnz === 0 && explicit)
        throw new AppError('value', `Cannot apply ${which} to zero matrix when explicit=True.`);
      const coo = new Coordinates(a.kind, a.shape, [...tocoo(a).coords], tocoo(a).data, false);
      sum_duplicates(coo);
      const { rows, cols } = coo;
      const flat = Array.from(rows, (r, p) => r * n + cols[p]);
      return array(inLine(coo.data, flat, m * n, explicit), 'int64');
    }
    const lines = along === 0 ? tocsc(a) : tocsr(a);
    sum_duplicates(lines);
    const made = zeros(a.shape2d[1 - along], 'int64');
    const data = head(lines.data, lines.nnz);
    for (let i = 0; i < made.size; i++) {
      const [from, to] = [lines.pointers[i], lines.pointers[i + 1]];
      if (from === to) continue;
      const values = data.view([to - from], [data.itemsize], data.offset + from * data.itemsize);
      made.write(made.start + i, inLine(values, [...lines.minor.subarray(from, to)], a.shape2d[along], explicit));
    }
    return shaped(a, along, made);
  };
}

/**
 * Where the largest element lies, counted row after row, or in every line along an axis.
 *
 * a (m, n), of any dtype → (), (1, n) or (m, 1), (n,) or (m,) for arrays; int64.
 *
 * @example argmax(csr_matrix([[0, 7], [8, 0]])).item() // 2n
 */
export const argmax = argument('argmax');
/**
 * Where the smallest element lies, counted row after row, or in every line along an axis.
 *
 * a (m, n), of any dtype → (), (1, n) or (m, 1), (n,) or (m,) for arrays; int64.
 *
 * @example argmin(csr_matrix([[1, 7], [0, 8]])).item() // 2n
 */
export const argmin = argument('argmin');

/**
 * For every row (axis 1) or column (axis 0) how many entries it has; without an axis, all.
 *
 * a (m, n), of any dtype → a number, or (n,) or (m,) int32.
 *
 * @example getnnz(csr_matrix([[0, 7], [8, 9]]), 1).tolist() // [1, 2]
 */
export function getnnz(a: Sparse, axis: number | null = null): number | NDArray {
  if (axis === null) return a.nnz;
  if (a instanceof Diagonals) throw notImplemented('_getnnz over an axis is not implemented for DIA format');
  return counts(a, axis, a instanceof Compressed && (axis < 0 ? axis + 2 : axis) === (a.format === 'csr' ? 1 : 0));
}

/**
 * How many elements are not zero, explicit zeros left out.
 *
 * a (m, n), of any dtype → a number, or (n,) or (m,) int32.
 *
 * @example count_nonzero(csr_matrix({ data: [0, 5], row: [0, 0], col: [0, 1] })) // 1
 */
export function count_nonzero(a: Sparse, axis: number | null = null): number | NDArray {
  if (a instanceof Diagonals) {
    if (axis !== null) throw notImplemented('count_nonzero over an axis is not implemented for DIA format');
    return nonzeroPlaces(tocoo(a).data).length;
  }
  sum_duplicates(a);
  if (axis === null) return nonzeroPlaces(storedValues(a)).length;
  const coo = tocoo(a);
  const kept = nonzeroPlaces(coo.data);
  const nonzero = new Coordinates(
    a.kind,
    a.shape,
    coo.coords.map((list) => pickInts(list, kept)),
    pick(coo.data, kept),
  );
  const byPointers =
    kept.length === coo.nnz && a instanceof Compressed && (axis < 0 ? axis + 2 : axis) === (a.format === 'csr' ? 1 : 0);
  return counts(nonzero, axis, byPointers);
}

/** Per line; what SciPy reads off the row pointers has their dtype. */
function counts(a: Sparse, axis: number, pointers: boolean): NDArray | number {
  const along = axis < 0 ? axis + a.ndim : axis;
  if (along < 0 || along >= a.ndim) throw new AppError('value', 'axis out of bounds', { argument: 'axis' });
  if (a.ndim === 1) return a.nnz;
  const coo = tocoo(a);
  const made = zeros(a.shape2d[1 - along], pointers ? 'int32' : 'int64');
  const at = along === 0 ? coo.cols : coo.rows;
  const tally = new Float64Array(made.size);
  for (let p = 0; p < at.length; p++) tally[at[p]]++;
  tally.forEach((count, i) => {
    made.write(made.start + i, count);
  });
  return made;
}
