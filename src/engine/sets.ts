import { AppError } from '#shared/errors.ts';
import { ascontiguousarray, astype, copy } from './cast.ts';
import { asarray, empty } from './create.ts';
import { compress, take } from './taking.ts';
import { concatenate } from './joining.ts';
import { native } from './native.ts';
import type { NDArray } from './ndarray.ts';
import { result_type } from './promotion.ts';
import { normalizeAxis, ravel, reshape } from './shape.ts';
import { argsort, bytesOf, compareComplex, compareNumbers, indicesOf, lexsort, sort } from './sorting.ts';
import { subtract } from './ufuncs/arithmetic.ts';
import type { Operand } from './ufuncs/ufunc.ts';
import { slice, sliced } from './slicing.ts';
import { moveaxis } from './shape.ts';

export interface UniqueResult {
  values: NDArray;
  /** Where each value first occurs. */
  index: NDArray;
  /** Which value each element is; the shape of the input. */
  inverse: NDArray;
  /** How often each value occurs. */
  counts: NDArray;
}

/** Whether two elements are the same value; all NaN count as one. */
function same(a: NDArray, i: number, j: number): boolean {
  const [p, q] = [a.start + i * a.entries, a.start + j * a.entries];
  if (a.entries === 2) {
    const d = a.data as Float64Array;
    const nan = (k: number): boolean => d[k] !== d[k] || d[k + 1] !== d[k + 1];
    return (nan(p) && nan(q)) || compareComplex(d[p], d[p + 1], d[q], d[q + 1]) === 0;
  }
  return compareNumbers(a.data[p], a.data[q]) === 0;
}

/** The different values in order, with where they first occur, which each element is, and how often they occur. */
export function uniqueAll(a: Operand): UniqueResult {
  const source = asarray(a);
  const flat = ascontiguousarray(ravel(source));
  const order = argsort(flat);
  const sorted = take(flat, order);
  const starts = runStarts(sorted);
  const inverse = empty(source.shape, 'int64');
  native().runOfEach(indicesOf(order), indicesOf(starts), starts.size, indicesOf(inverse));
  const ends = concatenate([sliced(starts, slice(1)), asarray([flat.size].slice(starts.size === 0 ? 1 : 0), 'int64')]);
  const counts = subtract(ends, starts);
  return { values: take(sorted, starts), index: take(order, starts), inverse, counts };
}

/** Where each value of a sorted list first stands. */
function runStarts(sorted: NDArray): NDArray {
  const starts = empty(sorted.size, 'int64');
  const count = native().runs(sorted.dtype, bytesOf(sorted), 0, sorted.size, indicesOf(starts));
  return sliced(starts, slice(0, count));
}

/**
 * The different values, sorted; along an axis the different slices.
 *
 * @example unique(array([3, 1, 3])).tolist() // [1n, 3n]
 */
export function unique(a: Operand, axis: number | null = null): NDArray {
  if (axis === null) {
    const sorted = sort(ravel(asarray(a)));
    if (sorted.size <= few && sorted.entries === 1) return distinctOfFew(sorted);
    return take(sorted, runStarts(sorted));
  }
  const source = asarray(a);
  const along = normalizeAxis(axis, source.ndim);
  const rows = moveaxis(source, along, 0);
  const n = rows.shape[0];
  const flat = reshape(rows, [n, n === 0 ? 0 : -1]);
  const keys = Array.from({ length: flat.shape[1] }, (_, k) => copy(sliced(flat, slice(), flat.shape[1] - 1 - k)));
  const order = keys.length === 0 ? argsort(empty(n)) : lexsort(keys);
  const sorted = take(rows, order, 0);
  const flags = empty(n, 'bool');
  for (let i = 0; i < n; i++) {
    const fresh = i === 0 || keys.some((key) => !same(take(key, order), i - 1, i));
    (flags.data as Uint8Array)[flags.start + i] = fresh ? 1 : 0;
  }
  return moveaxis(compress(flags, sorted, 0), 0, along);
}

/** Lists up to this length are read here: the way to native code takes longer. */
const few = 24;

/** The different values of a short sorted list of real numbers. */
function distinctOfFew(sorted: NDArray): NDArray {
  const { data, start, size } = sorted;
  let count = 0;
  for (let i = 0; i < size; i++) {
    if (i > 0 && compareNumbers(data[start + i - 1], data[start + i]) === 0) continue;
    count++;
  }
  const made = empty(count, sorted.dtype);
  for (let i = 0, at = made.start; i < size; i++)
    if (i === 0 || compareNumbers(data[start + i - 1], data[start + i]) !== 0) made.data[at++] = data[start + i];
  return made;
}

/** The sorted values that are in both. */
export function intersect1d(a: Operand, b: Operand): NDArray {
  const [x, y] = [unique(a), unique(b)];
  const both = concatenate([x, y]);
  const sorted = take(both, argsort(both));
  return compress(
    flagged(sorted, (i) => i + 1 < sorted.size && same(sorted, i, i + 1)),
    sorted,
  );
}

/** The sorted values that are in either. */
export function union1d(a: Operand, b: Operand): NDArray {
  return unique(concatenate([ravel(asarray(a)), ravel(asarray(b))]));
}

/** The sorted values of the first that are not in the second. */
export function setdiff1d(a: Operand, b: Operand): NDArray {
  const x = unique(a);
  return compress(isin(x, b, true), x);
}

/** The sorted values that are in exactly one. */
export function setxor1d(a: Operand, b: Operand): NDArray {
  const both = concatenate([unique(a), unique(b)]);
  const sorted = take(both, argsort(both));
  const twin = (i: number, j: number): boolean => j >= 0 && j < sorted.size && same(sorted, i, j);
  return compress(
    flagged(sorted, (i) => !twin(i, i - 1) && !twin(i, i + 1)),
    sorted,
  );
}

/** For each element whether it is among the test values. */
export function isin(element: Operand, test: Operand, invert = false): NDArray {
  const source = asarray(element);
  const others = asarray(test);
  const dtype = result_type([source.dtype, others.dtype]);
  const key = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  const known = new Set(
    (ravel(astype(others, dtype)).tolist() as unknown[]).filter((value) => value === value).map(key),
  );
  const flat = ravel(astype(source, dtype)).tolist() as unknown[];
  const made = empty(source.shape, 'bool');
  flat.forEach((value, i) => {
    (made.data as Uint8Array)[made.start + i] = Number(known.has(key(value)) !== invert && (value === value || invert));
  });
  return made;
}

function flagged(a: NDArray, test: (i: number) => boolean): NDArray {
  const flags = empty(a.size, 'bool');
  for (let i = 0; i < a.size; i++) (flags.data as Uint8Array)[flags.start + i] = test(i) ? 1 : 0;
  return flags;
}

/** How often each non-negative integer occurs, with weights if given. */
export function bincount(x: Operand, weights?: Operand, minlength = 0): NDArray {
  const list = asarray(x);
  if (list.ndim !== 1) throw new AppError('value', 'object of too small depth for desired array');
  if (!/int|bool/.test(list.dtype) && list.size > 0) {
    throw new AppError(
      'dtype',
      `Cannot cast array data from dtype('${list.dtype}') to dtype('int64') according to the rule 'safe'`,
    );
  }
  const numbers = (list.tolist() as (number | bigint)[]).map(Number);
  if (numbers.some((k) => k < 0)) throw new AppError('value', "'list' argument must have no negative elements");
  const length = numbers.reduce((most, k) => Math.max(most, k + 1), minlength);
  const scale = weights === undefined ? null : (astype(asarray(weights), 'float64').tolist() as number[]);
  if (scale !== null && scale.length !== numbers.length) {
    throw new AppError('value', "The weights and list don't have the same length.");
  }
  const totals = new Float64Array(length);
  numbers.forEach((k, i) => {
    totals[k] += scale === null ? 1 : scale[i];
  });
  return asarray([...totals], scale === null ? 'int64' : 'float64');
}
