/** `a[index] = x` of sparse matrices in compressed formats. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray, broadcast_to, copy as copyArray } from '../cast.ts';
import { broadcast_shapes } from '../broadcast.ts';
import { type ArrayLike, asarray } from '../create.ts';
import { NDArray } from '../ndarray.ts';
import { concatenate } from '../joining.ts';
import { reshape as reshapeArray } from '../shape.ts';
import { Slice } from '../slicing.ts';
import { sortedOrder, sum_duplicates } from './canonical.ts';
import { toarray } from './convert.ts';
import { expandPointers, type Ints, newInts, pickInts, range } from './index-lists.ts';
import { Compressed, issparse, type Sparse } from './sparse-array.ts';
import { entries, head, pick } from './values.ts';
import { check, type Part, picked, type SparseIndex } from './index-check.ts';
import { same } from './indexing.ts';

/**
 * `a[index] = x` in place, with `x` sparse, dense or a scalar, broadcast.
 *
 * a (m, n), whose dtype stays: values are cast to it.
 *
 * @throws AppError 'index' and 'value' in SciPy's words; 'dtype' "'…_…' object does not support item assignment".
 * @example const a = csr_matrix([[0, 1]]); setitem(a, [0, 0], 5); toarray(a).tolist() // [[5n, 1n]]
 */
export function setitem(a: Sparse, index: readonly SparseIndex[], x: Sparse | ArrayLike): void {
  if (!(a instanceof Compressed))
    throw new AppError('dtype', `'${a.format}_${a.kind}' object does not support item assignment`);
  const { parts } = check(a, index);
  const [row, col] = a.ndim === 1 ? [0, parts[0]] : parts;
  const given = issparse(x) ? toarray(x) : asarray(x);
  if (typeof row === 'number' && typeof col === 'number') {
    if (given.size !== 1) throw new AppError('value', 'Trying to assign a sequence to an item');
    setEntries(a, Float64Array.of(row), Float64Array.of(col), reshapeArray(castArray(given, a.dtype), [1]));
    return;
  }
  const [m, n] = a.shape2d;
  const listOf = (part: Part, length: number): NDArray =>
    part instanceof NDArray ? part : asarray([...(picked(part, length) ?? range(length))], 'float64');
  let [r, c] = [listOf(row, m), listOf(col, n)];
  if (row instanceof Slice) r = reshapeArray(r, [r.size, 1]);
  if (col instanceof Slice) {
    c = reshapeArray(c, [1, c.size]);
    if (r.ndim === 1) r = reshapeArray(r, [r.size, 1]);
  }
  const shape = broadcast_shapes(r.shape, c.shape);
  const [rows, cols] = [r, c].map((list) => picked(copyArray(broadcast_to(list, shape)), 0) as Ints);
  const squeezed = (s: readonly number[]): readonly number[] => s.filter((k) => k !== 1);
  let values = castArray(given, a.dtype);
  if (same(squeezed(values.shape), squeezed(shape))) values = reshapeArray(copyArray(values), [values.size]);
  else {
    try {
      values = reshapeArray(copyArray(broadcast_to(values, shape)), [rows.length]);
    } catch (cause) {
      if (issparse(x)) throw new AppError('value', 'shape mismatch in assignment', { cause });
      throw cause;
    }
  }
  if (values.size === 0) return;
  setEntries(a, rows, cols, values, issparse(x));
}

/** Writes values at places; the last one wins where a place comes twice. New zeros of a sparse value are not stored. */
export function setEntries(a: Compressed, rows: Ints, cols: Ints, values: NDArray, sparse = false): void {
  const [major, minor] = a.format === 'csr' ? [rows, cols] : [cols, rows];
  sum_duplicates(a);
  a.data = head(a.data, a.nnz);
  const [target, source, parts] = [entries(a.data), entries(values), values.entries];
  const fresh = new Map<string, number>();
  for (let k = 0; k < major.length; k++) {
    let [low, high] = [a.pointers[major[k]], a.pointers[major[k] + 1]];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (a.minor[middle] < minor[k]) low = middle + 1;
      else high = middle;
    }
    if (low < a.pointers[major[k] + 1] && a.minor[low] === minor[k]) {
      for (let e = 0; e < parts; e++) target[low * parts + e] = source[k * parts + e];
    } else {
      const zero =
        !source[k * parts] && (parts === 1 || !source[k * parts + 1]) && source[k * parts] === source[k * parts];
      if (sparse && zero) fresh.delete(`${major[k]} ${minor[k]}`);
      else fresh.set(`${major[k]} ${minor[k]}`, k);
    }
  }
  if (fresh.size === 0) return;
  const added = Float64Array.from(fresh.values());
  const [oldMajor, oldMinor] = [expandPointers(a.pointers), a.minor.subarray(0, a.nnz)];
  const wide = a.minor instanceof Float64Array;
  const join = (x: Ints, y: Ints): Ints => {
    const made = newInts(x.length + added.length, wide);
    made.set(x);
    added.forEach((k, i) => (made[x.length + i] = y[k]));
    return made;
  };
  const [allMajor, allMinor] = [join(oldMajor, major), join(oldMinor, minor)];
  const [majors, minors] = a.majorMinor;
  const order = sortedOrder(allMajor, allMinor, majors, minors);
  a.data = pick(concatenate([a.data, pick(values, added)]), order);
  a.minor = pickInts(allMinor, order);
  const pointers = newInts(majors + 1, wide);
  for (const line of allMajor) pointers[line + 1]++;
  for (let i = 0; i < majors; i++) pointers[i + 1] += pointers[i];
  a.pointers = pointers;
  a.canonical = true;
  a.sorted = true;
}
