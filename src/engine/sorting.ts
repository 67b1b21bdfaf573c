import { AppError } from '#shared/errors.ts';
import { sameShape } from './broadcast.ts';
import { astype, copy, copyInto, emptyLike } from './cast.ts';
import { asarray, empty, unset } from './create.ts';
import { native } from './native.ts';
import { NDArray } from './ndarray.ts';
import { isInteger } from './promotion.ts';
import { normalizeAxis, ravel } from './shape.ts';
import { take_along_axis } from './taking.ts';
import type { Operand } from './ufuncs/definition.ts';

/** Algorithms by NumPy's names. All of them sort alike here: fast, and equal elements of `argsort` keep their order. */
export type SortKind = 'quicksort' | 'heapsort' | 'mergesort' | 'stable' | null;

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

/** The bytes of an array whose elements lie together, for the addon. */
export function bytesOf(a: NDArray): Uint8Array {
  return new Uint8Array(a.buffer, a.offset, a.nbytes);
}

/** The elements of a gapless int64 array. */
export function indicesOf(a: NDArray): BigInt64Array {
  return new BigInt64Array(a.buffer, a.offset, a.size);
}

/**
 * A sorted copy along an axis (the last by default; null flattens). NaN comes last; complex numbers are ordered by
 * their real, then their imaginary part. A vectorised quicksort with sorting networks, long lists on several threads;
 * the stable kinds keep zeros of both signs in their order, by way of `argsort`.
 *
 * a (…) → (…), (n,) without an axis; of a's dtype.
 *
 * @throws AppError 'value' for a `kind` that NumPy does not know, 'index' for an axis that is not there.
 * @example sort(array([3, 1, 2])).tolist() // [1n, 2n, 3n]
 */
export function sort(a: Operand, axis: number | null = -1, kind: SortKind = null): NDArray {
  requireKind(kind);
  const given = asarray(a);
  const source = axis === null ? ravel(given) : given;
  const along = normalizeAxis(axis ?? -1, source.ndim);
  const made = emptyLike(source, source.dtype, 'K', source.shape, 'any');
  sortInto(source, made, along, kind);
  return made;
}

/**
 * Sorts an array itself along an axis, as its method `sort` does. a (…), of any dtype.
 * @throws AppError 'value' "sort array is read-only".
 * @example const a = array([3, 1, 2]); sortInPlace(a); a.tolist() // [1n, 2n, 3n]
 */
export function sortInPlace(a: NDArray, axis = -1, kind: SortKind = null): void {
  requireKind(kind);
  const along = normalizeAxis(axis, a.ndim);
  if (!a.writeable) throw new AppError('value', 'sort array is read-only');
  sortInto(a, a, along, kind);
}

function sortInto(source: NDArray, target: NDArray, along: number, kind: SortKind): void {
  if (source.size === 0) return;
  if (/^[ms]/i.test(kind ?? '') && /^(float|complex)/.test(source.dtype)) {
    // Zeros of both signs are equal, and a stable sort leaves them as they stand.
    copyInto(target, take_along_axis(source, argsort(source, along), along));
    return;
  }
  if (source.size <= few && source.ndim === 1 && source.entries === 1 && target.cContiguous) {
    const order = orderOfFew(source);
    const step = source.strides[0] / source.data.BYTES_PER_ELEMENT;
    const values = order.map((k) => source.data[source.start + k * step]);
    for (let k = 0; k < values.length; k++) target.data[target.start + k] = values[k];
    return;
  }
  const call = (from: NDArray, to: NDArray, axis: number): void => {
    native().sortAxis(source.dtype, bytesOf(from), 0, bytesOf(to), 0, ...aroundAxis(from.shape, axis));
  };
  if (source.cContiguous && target.cContiguous) call(source, target, along);
  else if (source.fContiguous && target.fContiguous) call(source.T, target.T, source.ndim - 1 - along);
  else {
    const packed = copy(source, 'C');
    call(packed, packed, along);
    copyInto(target, packed);
  }
}

/** Lists up to this length are sorted by insertion: the way to native code takes longer. */
export const few = 24;

/** The order of a short list of real numbers; equal ones stay as they stand. */
export function orderOfFew(a: NDArray): number[] {
  const { data, start, size } = a;
  const step = a.strides[0] / data.BYTES_PER_ELEMENT;
  const order: number[] = [];
  for (let i = 0; i < size; i++) {
    const value = data[start + i * step];
    let at = i;
    while (at > 0 && compareNumbers(data[start + order[at - 1] * step], value) > 0) {
      order[at] = order[at - 1];
      at--;
    }
    order[at] = i;
  }
  return order;
}

/** Elements before, along and behind an axis: a gapless array as (outer, n, inner). */
function aroundAxis(shape: readonly number[], axis: number): [number, number, number] {
  const product = (part: readonly number[]): number => part.reduce((all, n) => all * n, 1);
  return [product(shape.slice(0, axis)), shape[axis], product(shape.slice(axis + 1))];
}

/**
 * The indices that sort an array along an axis (the last by default; null flattens).
 *
 * Whatever the `kind`, equal elements keep their order: for `kind='stable'` the result is NumPy's, for its default,
 * which leaves the order of equals open, it is one of the right ones.
 *
 * a (…) of any dtype → (…), (n,) without an axis; int64.
 *
 * @throws AppError 'value' for a `kind` that NumPy does not know, 'index' for an axis that is not there.
 * @example argsort(array([3, 1, 2])).tolist() // [1n, 2n, 0n]
 */
export function argsort(a: Operand, axis: number | null = -1, kind: SortKind = null): NDArray {
  requireKind(kind);
  const given = asarray(a);
  // Of a single number NumPy makes a list.
  const source = axis === null || given.ndim === 0 ? ravel(given) : given;
  const along = normalizeAxis(axis ?? -1, Math.max(1, source.ndim));
  if (source.size === 0) return empty(source.shape, 'int64');
  const made = unset(source.shape, 'int64');
  if (source.size <= few && source.ndim === 1 && source.entries === 1) {
    orderOfFew(source).forEach((k, at) => {
      made.data[made.start + at] = BigInt(k);
    });
    return made;
  }
  const from = source.cContiguous ? source : copy(source, 'C');
  native().argsortAxis(source.dtype, bytesOf(from), 0, ...aroundAxis(from.shape, along), indicesOf(made));
  return made;
}

/**
 * Makes sure that NumPy has a way of sorting.
 * @throws AppError 'value' for a way of sorting that NumPy does not have.
 * @example requireKind('stable') // undefined
 */
export function requireKind(kind: string | null | undefined): void {
  // NumPy looks at the first letter only.
  if (kind === null || kind === undefined || /^[qhms]/i.test(kind)) return;
  throw new AppError('value', `sort kind must be one of 'quick', 'heap', or 'stable' (got '${kind}')`, {
    argument: 'kind',
  });
}

/**
 * The order that sorts by the last key, then the one before it, and so on; along an axis of keys with several. k keys
 * (n,), of any dtypes → (n,), int64.
 *
 * @throws AppError 'dtype' without keys, 'value' for keys of different shapes.
 * @example lexsort([array([1, 0]), array([5, 5])]).tolist() // [1n, 0n]
 */
export function lexsort(keys: readonly Operand[] | NDArray, axis = -1): NDArray {
  const lists = (keys instanceof NDArray ? [...keys] : keys).map((key) => asarray(key));
  if (lists.length === 0)
    throw new AppError('dtype', 'need sequence of keys with len > 0 in lexsort', { argument: 'keys' });
  if (lists.some((list) => !sameShape(list.shape, lists[0].shape)))
    throw new AppError('value', 'all keys need to be the same shape');
  if (lists[0].ndim === 0) {
    normalizeAxis(axis, axis === -1 || axis === 0 ? 1 : 0);
    return empty([], 'int64');
  }
  let order = argsort(lists[0], axis);
  for (const list of lists.slice(1)) {
    const next = argsort(take_along_axis(list, order, axis), axis);
    order = take_along_axis(order, next, axis);
  }
  return order;
}

/**
 * A sorted copy as complex numbers, by their real, then their imaginary parts.
 *
 * a (…) → (…): complex64 of integers of 8 and 16 bits and of itself, else complex128.
 *
 * @example sort_complex(array([2, 1])).dtype // 'complex128'
 */
export function sort_complex(a: Operand): NDArray {
  const sorted = sort(a);
  if (sorted.entries === 2) return sorted;
  return astype(
    sorted,
    /^(u?int(8|16)|float32)$/.test(sorted.dtype) && sorted.dtype !== 'float32' ? 'complex64' : 'complex128',
  );
}

/**
 * A copy in which the elements at `kth` (one place or several) stand where sorting would put them, smaller ones before
 * them, larger ones behind. One place in a long row is found by selection; otherwise all of it is sorted, which is one
 * of the orders that NumPy's contract allows.
 *
 * a (…) → (…), (n,) without an axis; of a's dtype.
 *
 * @throws AppError 'value' "kth(=5) out of bounds (3)".
 * @example partition(array([3, 1, 2]), 1).tolist() // [1n, 2n, 3n]
 */
export function partition(a: Operand, kth: number | readonly number[], axis: number | null = -1): NDArray {
  const place = checkKth(a, kth, axis);
  const rows = place === null ? null : longRows(asarray(a), axis);
  if (rows === null || place === null) return sort(a, axis);
  const { source, n } = rows;
  const made = unset(source.shape, source.dtype);
  native().partitionRows(source.dtype, bytesOf(source), 0, bytesOf(made), 0, source.size / n, n, place);
  return made;
}

/**
 * The indices of `partition`. a (…) of any dtype → (…), (n,) without an axis; int64.
 * @example argpartition(array([3, 1, 2]), 1).tolist() // [1n, 2n, 0n]
 */
export function argpartition(given: Operand, kth: number | readonly number[], axis: number | null = -1): NDArray {
  const a = asarray(given).ndim === 0 ? ravel(asarray(given)) : given;
  const place = checkKth(a, kth, axis);
  const rows = place === null ? null : longRows(asarray(a), axis);
  if (rows === null || place === null) return argsort(a, axis);
  const { source, n } = rows;
  const made = unset(source.shape, 'int64');
  native().argpartitionRows(source.dtype, bytesOf(source), 0, source.size / n, n, place, indicesOf(made));
  return made;
}

/** Elements of a row from which selecting gains over sorting. */
const longRow = 1 << 14;

/** The array as gapless rows to select in, or null where sorting is the way. */
export function longRows(given: NDArray, axis: number | null): { source: NDArray; n: number } | null {
  const flat = axis === null ? ravel(given) : given;
  const along = normalizeAxis(axis ?? -1, Math.max(1, flat.ndim));
  const n = flat.shape[along] ?? 1;
  if (along !== flat.ndim - 1 || n < longRow || flat.entries === 2 || flat.itemsize < 4) return null;
  return { source: flat.cContiguous ? flat : copy(flat, 'C'), n };
}

/** Refuses places that are not there; the only place, or null when they are several. */
function checkKth(a: Operand, kth: number | readonly number[], axis: number | null): number | null {
  const source = asarray(a);
  const list = asarray(kth);
  if (list.dtype === 'bool')
    throw new AppError('value', 'Booleans unacceptable as partition index', { argument: 'kth' });
  if (!isInteger(list.dtype)) throw new AppError('dtype', 'Partition index must be integer', { argument: 'kth' });
  const n = axis === null ? source.size : (source.shape[normalizeAxis(axis, source.ndim)] ?? 1);
  let only: number | null = null;
  let count = 0;
  for (const k of (ravel(list).tolist() as unknown[]).map(Number)) {
    const place = k < 0 ? k + n : k;
    if (source.size > 0 && (place >= n || place < 0)) {
      throw new AppError('value', `kth(=${place}) out of bounds (${n})`, { argument: 'kth' });
    }
    only = place;
    count++;
  }
  return count === 1 ? only : null;
}
