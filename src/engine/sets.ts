import { AppError } from '#shared/errors.ts';
import { ascontiguousarray, astype, copy } from './cast.ts';
import { asarray, empty, full, unset, zeros } from './create.ts';
import { compress, take } from './taking.ts';
import { wrongDepth } from './depth.ts';
import { concatenate } from './joining.ts';
import { requireMemory } from './memory.ts';
import { native } from './native.ts';
import type { NDArray } from './ndarray.ts';
import { kindCode, result_type } from './promotion.ts';
import { max, min } from './reductions.ts';
import { searchsorted } from './searching.ts';
import { normalizeAxis, ravel, reshape } from './shape.ts';
import {
  argsort,
  bytesOf,
  compareComplex,
  compareNumbers,
  few,
  indicesOf,
  lexsort,
  orderOfFew,
  sort,
} from './sorting.ts';
import { subtract } from './ufuncs/arithmetic.ts';
import { equal, not_equal } from './ufuncs/comparison.ts';
import type { Operand } from './ufuncs/definition.ts';
import { commonType } from './ufuncs/resolution.ts';
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

/**
 * The different values in order, with where they first occur, which each element is, and how often they occur; NaN
 * counts as one value unless `equal_nan` is false.
 *
 * a (…) → values (k,) of a's dtype; the places of first (k,), counts (k,) and the inverse (…) int64.
 *
 * @example uniqueAll(array([3, 1, 3])).counts.tolist() // [1n, 2n]
 */
export function uniqueAll(a: Operand, equal_nan = true): UniqueResult {
  const source = asarray(a);
  const flat = ascontiguousarray(ravel(source));
  if (flat.size <= few && flat.entries === 1) return allOfFew(flat, source.shape, equal_nan);
  const order = argsort(flat);
  return grouped(flat, order, runStarts(take(flat, order), equal_nan), source.shape);
}

/** As `uniqueAll`, of a short gapless list of real numbers. */
function allOfFew(flat: NDArray, shape: readonly number[], equal_nan: boolean): UniqueResult {
  const { data, start, size } = flat;
  const order = orderOfFew(flat);
  const begins: number[] = [];
  const inverse = unset(shape, 'int64');
  for (let i = 0; i < size; i++) {
    const value = data[start + order[i]];
    const again = i > 0 && compareNumbers(data[start + order[i - 1]], value) === 0;
    if (!again || (!equal_nan && value !== value)) begins.push(i);
    inverse.data[inverse.start + order[i]] = BigInt(begins.length - 1);
  }
  const values = unset([begins.length], flat.dtype);
  const index = unset([begins.length], 'int64');
  const counts = unset([begins.length], 'int64');
  begins.forEach((at, k) => {
    values.data[values.start + k] = data[start + order[at]];
    index.data[index.start + k] = BigInt(order[at]);
    counts.data[counts.start + k] = BigInt((k + 1 < begins.length ? begins[k + 1] : size) - at);
  });
  return { values, index, inverse, counts };
}

/** The runs of a list in an order that brings equals together. */
function grouped(flat: NDArray, order: NDArray, starts: NDArray, shape: readonly number[]): UniqueResult {
  const inverse = empty(shape, 'int64');
  native().runOfEach(indicesOf(order), indicesOf(starts), starts.size, indicesOf(inverse));
  const count = order.size;
  const ends = concatenate([sliced(starts, slice(1)), asarray([count].slice(starts.size === 0 ? 1 : 0), 'int64')]);
  const index = take(order, starts);
  return { values: take(flat, index, 0), index, inverse, counts: subtract(ends, starts) };
}

/** Where each value of a sorted list first stands. */
function runStarts(sorted: NDArray, equal_nan = true): NDArray {
  const starts = empty(sorted.size, 'int64');
  const count = native().runs(sorted.dtype, bytesOf(sorted), 0, sorted.size, indicesOf(starts));
  const found = sliced(starts, slice(0, count));
  if (equal_nan || count === 0) return found;
  // All NaN are one run, the last: each becomes a run of its own.
  const last = Number(found.item(count - 1));
  if (!isNaNAt(sorted, last)) return found;
  const more = Array.from({ length: sorted.size - last - 1 }, (_, k) => last + 1 + k);
  return more.length === 0 ? found : concatenate([found, asarray(more, 'int64')]);
}

function isNaNAt(a: NDArray, k: number): boolean {
  const at = a.start + k * a.entries;
  return a.data[at] !== a.data[at] || (a.entries === 2 && a.data[at + 1] !== a.data[at + 1]);
}

/**
 * The different values, sorted; along an axis the different slices.
 *
 * a (…) → (k,), or along axis 0 (m, n) → (k, n); of a's dtype.
 *
 * @example unique(array([3, 1, 3])).tolist() // [1n, 3n]
 */
export function unique(a: Operand, axis: number | null = null, equal_nan = true): NDArray {
  if (axis === null) {
    const sorted = sort(ravel(asarray(a)));
    if (equal_nan && sorted.size <= few && sorted.entries === 1) return distinctOfFew(sorted);
    return take(sorted, runStarts(sorted, equal_nan));
  }
  return uniqueAlong(a, axis).values;
}

/**
 * The different slices along an axis in order, with where they first occur, which each is, and how often they occur.
 *
 * a (m, n) along axis 0 → (k, n) of a's dtype; the places of first, counts (k,) and inverse (m,) int64.
 *
 * @example uniqueAlong(array([[1, 2], [1, 2], [0, 5]]), 0).values.tolist() // [[0n, 5n], [1n, 2n]]
 */
export function uniqueAlong(a: Operand, axis: number): UniqueResult {
  const source = asarray(a);
  const along = normalizeAxis(axis, source.ndim);
  const rows = moveaxis(source, along, 0);
  const n = rows.shape[0];
  const flat = reshape(rows, [n, n === 0 ? 0 : -1]);
  const keys = Array.from({ length: flat.shape[1] }, (_, k) => copy(sliced(flat, slice(), flat.shape[1] - 1 - k)));
  const order = keys.length === 0 ? argsort(empty(n)) : lexsort(keys);
  const ordered = keys.map((key) => take(key, order));
  const starts = Array.from({ length: n }, (_, i) => i).filter(
    (i) => i === 0 || ordered.some((key) => !same(key, i - 1, i)),
  );
  const places = starts.length === 0 ? empty(0, 'int64') : asarray(starts, 'int64');
  const found = grouped(rows, order, places, [n]);
  return { ...found, values: moveaxis(found.values, 0, along) };
}

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

/** The values as a set, unless the caller promises that they are one. */
const asSet = (a: Operand, assume_unique: boolean): NDArray => (assume_unique ? ravel(asarray(a)) : unique(a));

/**
 * The sorted values that are in both. Any shapes (…) → (k,), of the dtype both promote to.
 * @example intersect1d(array([1, 2]), array([2, 3])).tolist() // [2n]
 */
export function intersect1d(a: Operand, b: Operand, assume_unique = false): NDArray {
  return intersection(a, b, assume_unique).values;
}

/**
 * The sorted values that are in both, and where each first stands in the one and the other. Any shapes (…) → values
 * (k,), of the dtype both promote to; the places (k,), int64.
 *
 * @example intersection(array([5, 7]), array([7, 9])).first.tolist() // [1n]
 */
export function intersection(
  a: Operand,
  b: Operand,
  assume_unique = false,
): { values: NDArray; first: NDArray; second: NDArray } {
  const sides = [a, b].map((side) => {
    if (!assume_unique) return uniqueAll(side);
    const values = ravel(asarray(side));
    return { values, index: argsort(argsort(values)) };
  });
  const both = concatenate([sides[0].values, sides[1].values]);
  const order = argsort(both);
  const sorted = take(both, order);
  const twins = flagged(sorted, (i) => i + 1 < sorted.size && same(sorted, i, i + 1) && !isNaNAt(sorted, i));
  const nextToTwins = flagged(sorted, (i) => i > 0 && same(sorted, i - 1, i) && !isNaNAt(sorted, i));
  const place = (flags: NDArray, side: number): NDArray => {
    const at = subtract(compress(flags, order), asarray(side === 0 ? 0 : sides[0].values.size, 'int64'));
    return assume_unique ? at : take(sides[side].index, at);
  };
  return { values: compress(twins, sorted), first: place(twins, 0), second: place(nextToTwins, 1) };
}

/**
 * The sorted values that are in either. Any shapes (…) → (k,), of the dtype both promote to.
 * @example union1d(array([1, 3]), array([2])).tolist() // [1n, 2n, 3n]
 */
export function union1d(a: Operand, b: Operand): NDArray {
  const dtype = commonType([a, b]);
  return unique(concatenate([a, b].map((side) => ravel(astype(asarray(side), dtype)))));
}

/**
 * The sorted values of the first that are not in the second. Any shapes (…) → (k,), of the first's dtype.
 * @example setdiff1d(array([1, 2]), array([2])).tolist() // [1n]
 */
export function setdiff1d(a: Operand, b: Operand, assume_unique = false): NDArray {
  const x = asSet(a, assume_unique);
  return compress(isin(x, b, true), x);
}

/**
 * The sorted values that are in exactly one. Any shapes (…) → (k,), of the dtype both promote to.
 * @example setxor1d(array([1, 2]), array([2, 3])).tolist() // [1n, 3n]
 */
export function setxor1d(a: Operand, b: Operand, assume_unique = false): NDArray {
  const both = concatenate([asSet(a, assume_unique), asSet(b, assume_unique)]);
  const sorted = take(both, argsort(both));
  const twin = (i: number, j: number): boolean =>
    j >= 0 && j < sorted.size && same(sorted, i, j) && !isNaNAt(sorted, i);
  return compress(
    flagged(sorted, (i) => !twin(i, i - 1) && !twin(i, i + 1)),
    sorted,
  );
}

/**
 * For each element whether it is among the test values.
 *
 * element (…) → (…), bool; compared in the dtype both promote to.
 *
 * @throws AppError 'value' "Invalid kind: '…'. Please use None, 'sort' or 'table'.".
 * @example isin(array([1, 2]), [2]).tolist() // [false, true]
 */
export function isin(element: Operand, test: Operand, invert = false, kind: 'sort' | 'table' | null = null): NDArray {
  const source = asarray(element);
  const others = asarray(test);
  if (kind !== null && kind !== 'sort' && kind !== 'table')
    throw new AppError('value', `Invalid kind: '${String(kind)}'. Please use None, 'sort' or 'table'.`, {
      argument: 'kind',
    });
  if (kind === 'table' && ![source, others].every((a) => 'biu'.includes(kindCode(a.dtype))))
    throw new AppError(
      'value',
      "The 'table' method is only supported for boolean or integer arrays. Please select 'sort' or None for kind.",
      { argument: 'kind' },
    );
  const dtype = result_type([source.dtype, others.dtype]);
  if (source.size * others.size <= fewPairs && kindCode(dtype) !== 'c')
    return amongFew(astype(source, dtype, { order: 'C' }), astype(others, dtype, { order: 'C' }), invert);
  const [wanted, values] = [ravel(astype(source, dtype)), unique(ravel(astype(others, dtype)))];
  if (values.size === 0) return full(source.shape, invert, 'bool');
  // Each element beside the first test value that is not below it.
  const beside = take(values, searchsorted(values, wanted), 0, 'clip');
  const found = invert ? not_equal(wanted, beside) : equal(wanted, beside);
  return reshape(found, source.shape);
}

/** Comparisons that are made one by one sooner than the values are sorted. */
const fewPairs = 64;

/** For each element of a gapless array whether it is among a few others of its dtype. */
function amongFew(a: NDArray, others: NDArray, invert: boolean): NDArray {
  const made = unset(a.shape, 'bool');
  for (let i = 0; i < a.size; i++) {
    const value = a.data[a.start + i];
    let found = false;
    for (let k = 0; k < others.size && !found; k++) found = others.data[others.start + k] === value;
    made.data[made.start + i] = found === invert ? 0 : 1;
  }
  return made;
}

function flagged(a: NDArray, test: (i: number) => boolean): NDArray {
  const flags = empty(a.size, 'bool');
  for (let i = 0; i < a.size; i++) (flags.data as Uint8Array)[flags.start + i] = test(i) ? 1 : 0;
  return flags;
}

/**
 * How often each non-negative integer occurs, with weights if given.
 *
 * x (n,) of integers → (k,) for k − 1 the largest, at least `minlength` long; int64, float64 with weights (n,).
 *
 * @throws AppError 'value' "'minlength' must not be negative", "'list' argument must have no negative elements", "The
 * weights and list don't have the same length."; 'dtype' "Cannot cast array data from dtype('…') to dtype('int64')
 * according to the rule 'safe'".
 * @example bincount(array([0, 2, 2])).tolist() // [1n, 0n, 2n]
 */
export function bincount(x: Operand, weights?: Operand, minlength = 0): NDArray {
  const list = asarray(x);
  if (list.ndim !== 1) throw wrongDepth(list, 'x');
  const none: unknown = minlength;
  if (none === null) throw new AppError('dtype', 'use 0 instead of None for minlength', { argument: 'minlength' });
  if (minlength < 0) throw new AppError('value', "'minlength' must not be negative", { argument: 'minlength' });
  if (!/int|bool/.test(list.dtype) && list.size > 0) {
    throw new AppError(
      'dtype',
      `Cannot cast array data from dtype('${list.dtype}') to dtype('int64') according to the rule 'safe'`,
    );
  }
  const wide = list.dtype === 'bool' || list.dtype === 'uint64' || list.size === 0;
  const places = wide ? astype(list, 'int64') : list.cContiguous ? list : copy(list);
  let length = minlength;
  if (places.size > 0) {
    if (Number(min(places).item()) < 0) throw new AppError('value', "'list' argument must have no negative elements");
    length = Math.max(length, Number(max(places).item()) + 1);
  }
  requireMemory(length * 16, () => `${length} bins cannot be counted`);
  const scale = weights === undefined ? null : astype(asarray(weights), 'float64', { order: 'C' });
  // Of nothing nothing is counted, whatever it weighs.
  if (list.size === 0) return zeros([length], 'int64');
  if (scale !== null && scale.size !== places.size) {
    throw new AppError('value', "The weights and list don't have the same length.");
  }
  const totals = empty([length], scale === null ? 'int64' : 'float64');
  const numbers = new Uint8Array(places.buffer, places.offset, places.nbytes);
  if (scale === null) {
    native().countNumbers(places.dtype, numbers, null, new BigInt64Array(totals.buffer, totals.offset, length));
  } else {
    const shares = new Float64Array(scale.buffer, scale.offset, scale.size);
    native().countNumbers(places.dtype, numbers, shares, new Float64Array(totals.buffer, totals.offset, length));
  }
  return totals;
}
