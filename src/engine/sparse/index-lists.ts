/** Lists of row and column numbers: 32-bit integers in shared memory, doubles where those do not reach. */
import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { type ArrayLike, asarray, empty } from '../create.ts';
import { NDArray } from '../ndarray.ts';
import { isInteger } from '../promotion.ts';

export type Ints = Int32Array | Float64Array;

export const int32Max = 2 ** 31 - 1;

/** A list of zeros; `wide` for numbers past 2³¹ − 1. */
export function newInts(n: number, wide = false): Ints {
  if (wide) return new Float64Array(n);
  const made = empty(n, 'int32');
  return (made.data as Int32Array).subarray(made.start, made.start + n);
}

/** 0 … n − 1. */
export function range(n: number, wide = false): Ints {
  const list = newInts(n, wide);
  for (let i = 0; i < n; i++) list[i] = i;
  return list;
}

/** The list as an array: int32 over the same memory, or a copy as int64. */
export function arrayOf(list: Ints): NDArray {
  if (list instanceof Int32Array && list.buffer instanceof SharedArrayBuffer) {
    return new NDArray({ dtype: 'int32', shape: [list.length], offset: list.byteOffset, buffer: list.buffer });
  }
  const made = empty(list.length, list instanceof Int32Array ? 'int32' : 'int64');
  for (let i = 0; i < list.length; i++) made.write(made.start + i, list[i]);
  return made;
}

/**
 * Indices as a caller gives them. int32 arrays without gaps are used as they lie, unless `copy`.
 *
 * @throws AppError 'value' when they are not 1-d, 'dtype' when they are no integers.
 */
export function intsOf(values: ArrayLike, { copy = false, wide = false } = {}): Ints {
  const given = asarray(values);
  if (given.ndim !== 1) throw new AppError('value', 'index arrays should be 1-D');
  if (given.size > 0 && !isInteger(given.dtype) && !isWhole(given)) {
    throw new AppError('dtype', `index arrays must hold integers, not ${given.dtype}`);
  }
  if (given.dtype === 'int32' && given.cContiguous && !wide) {
    const view = (given.data as Int32Array).subarray(given.start, given.start + given.size);
    return copy ? newFrom(view, false) : view;
  }
  const numbers = astype(given, 'float64', { order: 'C' });
  const list = (numbers.data as Float64Array).subarray(numbers.start, numbers.start + numbers.size);
  return newFrom(list, wide || list.some((x) => x > int32Max || x < -int32Max - 1));
}

function isWhole(a: NDArray): boolean {
  return (a.dtype === 'float64' || a.dtype === 'float32') && (a.tolist() as number[]).every(Number.isSafeInteger);
}

/** A copy, of the given width. */
export function newFrom(list: Ints, wide = list instanceof Float64Array): Ints {
  const made = newInts(list.length, wide);
  made.set(list);
  return made;
}

/** Row pointers from the number of entries in each row, and the order that gathers the entries row by row. */
export function gatherByMajor(major: Ints, rows: number): { pointers: Ints; order: Ints } {
  const nnz = major.length;
  const wide = nnz > int32Max;
  const pointers = newInts(rows + 1, wide);
  for (let k = 0; k < nnz; k++) pointers[major[k] + 1]++;
  for (let i = 0; i < rows; i++) pointers[i + 1] += pointers[i];
  const next = pointers.slice();
  const order = wide ? new Float64Array(nnz) : new Int32Array(nnz);
  for (let k = 0; k < nnz; k++) order[next[major[k]]++] = k;
  return { pointers, order };
}

/** The row of every entry. */
export function expandPointers(pointers: Ints, wide = false): Ints {
  const rows = pointers.length - 1;
  const list = newInts(pointers[rows], wide);
  for (let i = 0; i < rows; i++) list.fill(i, pointers[i], pointers[i + 1]);
  return list;
}

/** list[at[k]] for every k. */
export function pickInts(list: Ints, at: Ints): Ints {
  const made = newInts(at.length, list instanceof Float64Array);
  for (let k = 0; k < at.length; k++) made[k] = list[at[k]];
  return made;
}

/** Smallest and largest; [0, −1] of an empty list. */
export function extremes(list: Ints): [number, number] {
  if (list.length === 0) return [0, -1];
  let low = list[0];
  let high = list[0];
  for (let k = 1; k < list.length; k++) {
    if (list[k] < low) low = list[k];
    if (list[k] > high) high = list[k];
  }
  return [low, high];
}
