import { AppError } from '#shared/errors.ts';
import { copy, copyInto } from './cast.ts';
import { asarray, empty } from './create.ts';
import { getitem } from './indexing.ts';
import { take } from './taking.ts';
import type { Data, NDArray } from './ndarray.ts';
import { eachRow } from './reduce.ts';
import { normalizeAxis, ravel } from './shape.ts';
import type { Operand } from './ufuncs/ufunc.ts';

/** Compares entries i and j of an array's data: numbers ascending, NaN last, complex by real then imaginary part. */
function comparison(a: NDArray): (i: number, j: number) => number {
  const { data } = a;
  if (a.entries === 2) {
    const numbers = data as Float64Array;
    return (i, j) => compareComplex(numbers[i], numbers[i + 1], numbers[j], numbers[j + 1]);
  }
  return (i, j) => compareNumbers(data[i], data[j]);
}

/** NumPy's order of complex numbers: any with a NaN comes last, by the part that is not. */
export function compareComplex(ar: number, ai: number, br: number, bi: number): number {
  const rank = (re: number, im: number): number => (re !== re ? 2 : 0) + (im !== im ? 1 : 0);
  const [p, q] = [rank(ar, ai), rank(br, bi)];
  if (p !== q) return p - q;
  if (ar < br || ar > br) return ar < br ? -1 : 1;
  return ai < bi ? -1 : ai > bi ? 1 : 0;
}

/** Ascending, NaN last. */
export function compareNumbers(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (a === b) return 0;
  return Number(a !== a) - Number(b !== b);
}

/**
 * A sorted copy along an axis (the last by default; null flattens). NaN comes last.
 *
 * @example sort(array([3, 1, 2])).tolist() // [1n, 2n, 3n]
 */
export function sort(a: Operand, axis: number | null = -1): NDArray {
  const source = asarray(a);
  const made = axis === null ? copy(ravel(source)) : copy(source, 'K');
  sortInPlace(made, axis ?? -1);
  return made;
}

/** Sorts an array itself along an axis, as its method `sort` does. */
export function sortInPlace(a: NDArray, axis = -1): void {
  const along = normalizeAxis(axis, a.ndim);
  if (!a.writeable) throw new AppError('value', 'sort array is read-only');
  const n = a.shape[along];
  if (a.size === 0 || n < 2) return;
  const { data } = a;
  if (a.entries === 2) {
    const order = argsort(a, along);
    copyInto(a, takeAlong(a, order, along));
    return;
  }
  const row = data.slice(0, n);
  eachRow([a], along, ([start], [step]) => {
    if (step === 1) {
      // Typed arrays sort numerically with NaN last; −0 before 0 does not matter to comparisons.
      data.subarray(start, start + n).sort();
      return;
    }
    for (let i = 0; i < n; i++) row[i] = data[start + i * step];
    row.sort();
    for (let i = 0; i < n; i++) data[start + i * step] = row[i];
  });
}

/**
 * The indices that sort an array along an axis; equal elements keep their order.
 *
 * @example argsort(array([3, 1, 2])).tolist() // [1n, 2n, 0n]
 */
export function argsort(a: Operand, axis: number | null = -1): NDArray {
  const given = asarray(a);
  const source = axis === null ? ravel(given) : given;
  const along = normalizeAxis(axis ?? -1, Math.max(1, source.ndim));
  const made = empty(source.shape, 'int64');
  if (source.size === 0 || source.ndim === 0) return made;
  const n = source.shape[along];
  const out = made.data as BigInt64Array;
  const order = new Uint32Array(n);
  const compare = comparison(source);
  eachRow([source, made], along, ([from, to], [step, outStep]) => {
    const values = source.entries === 1 ? plainRow(source.data, from, step, n) : null;
    for (let i = 0; i < n; i++) order[i] = i;
    if (values !== null) mergeSort(order, values);
    else order.sort((i, j) => compare(from + i * step, from + j * step) || i - j);
    for (let i = 0; i < n; i++) out[to + i * outStep] = BigInt(order[i]);
  });
  return made;
}

/** A row as doubles where they hold every value; 64-bit integers stay what they are. */
function plainRow(data: Data, from: number, step: number, n: number): Float64Array | BigInt64Array | BigUint64Array {
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    const row = data instanceof BigInt64Array ? new BigInt64Array(n) : new BigUint64Array(n);
    let small = true;
    for (let i = 0; i < n; i++) {
      row[i] = data[from + i * step];
      small &&= row[i] < 9007199254740992n && row[i] > -9007199254740992n;
    }
    return small ? Float64Array.from(row, Number) : row;
  }
  const row = new Float64Array(n);
  for (let i = 0; i < n; i++) row[i] = data[from + i * step];
  return row;
}

/** Stable merge sort of an order by values: calls of a comparison function would cost three times as much. */
function mergeSort(order: Uint32Array, values: Float64Array | BigInt64Array | BigUint64Array): void {
  const n = order.length;
  const after = (i: number, j: number): boolean => {
    const [x, y] = [values[i], values[j]];
    return x > y || (x !== x && y === y);
  };
  for (let low = 0; low < n; low += 16) {
    const high = Math.min(n, low + 16);
    for (let i = low + 1; i < high; i++) {
      const moving = order[i];
      let j = i - 1;
      for (; j >= low && after(order[j], moving); j--) order[j + 1] = order[j];
      order[j + 1] = moving;
    }
  }
  let from: Uint32Array = order;
  let to: Uint32Array = new Uint32Array(n);
  for (let width = 16; width < n; width *= 2) {
    for (let low = 0; low < n; low += 2 * width) {
      const middle = Math.min(n, low + width);
      const high = Math.min(n, low + 2 * width);
      let i = low;
      let j = middle;
      for (let k = low; k < high; k++) {
        to[k] = j >= high || (i < middle && !after(from[i], from[j])) ? from[i++] : from[j++];
      }
    }
    [from, to] = [to, from];
  }
  if (from !== order) order.set(from);
}

function takeAlong(a: NDArray, order: NDArray, axis: number): NDArray {
  const index = a.shape.map((n, k) => {
    if (k === axis) return order;
    const made = empty(
      a.shape.map((_, j) => (j === k ? n : 1)),
      'int64',
    );
    for (let i = 0; i < n; i++) (made.data as BigInt64Array)[made.start + i] = BigInt(i);
    return made;
  });
  return getitem(a, index);
}

/** The order that sorts by the last key, then the one before it, and so on. */
export function lexsort(keys: readonly Operand[]): NDArray {
  const lists = keys.map((key) => asarray(key));
  const n = lists[0]?.size ?? 0;
  let order = argsort(lists[0]);
  for (const list of lists.slice(1)) {
    if (list.size !== n) throw new AppError('value', 'all keys need to be the same shape');
    order = take(order, argsort(take(list, order)));
  }
  return order;
}

/** A copy in which element `kth` stands where sorting would put it, smaller ones before it. Here: sorted. */
export function partition(a: Operand, kth: number, axis: number | null = -1): NDArray {
  checkKth(a, kth, axis);
  return sort(a, axis);
}

/** The indices of `partition`. */
export function argpartition(a: Operand, kth: number, axis: number | null = -1): NDArray {
  checkKth(a, kth, axis);
  return argsort(a, axis);
}

function checkKth(a: Operand, kth: number, axis: number | null): void {
  const source = asarray(a);
  const n = axis === null ? source.size : source.shape[normalizeAxis(axis, source.ndim)];
  if (kth >= n || kth < -n) throw new AppError('value', `kth(=${kth}) out of bounds (${n})`, { argument: 'kth' });
}
