/** Reading and writing diagonals. */
import { AppError } from '#shared/errors.ts';
import { copy as copyArray, copyInto } from '../cast.ts';
import { type ArrayLike, asarray, empty, zeros } from '../create.ts';
import { concatenate } from '../joining.ts';
import type { NDArray } from '../ndarray.ts';
import { slice, sliced } from '../slicing.ts';
import { sum as sumArray } from '../reductions.ts';
import { tocoo } from './convert.ts';
import { newFrom, newInts, range } from './index-lists.ts';
import { setEntries } from './assignment.ts';
import { type Compressed, Coordinates, Diagonals, type Sparse } from './sparse-array.ts';
import { entries, pick } from './values.ts';

function length(a: Sparse, k: number): number {
  const [m, n] = a.shape2d;
  return Math.min(m + Math.min(k, 0), n - Math.max(k, 0));
}

/**
 * The k-th diagonal as a dense vector. a (m, n) → (min(m, n),) for k = 0, of a's dtype.
 * @throws AppError 'value' "diagonal requires two dimensions".
 * @example diagonal(csr_matrix([[1, 2], [0, 3]])).tolist() // [1n, 3n]
 */
export function diagonal(a: Sparse, k = 0): NDArray {
  if (a.ndim !== 2) throw new AppError('value', 'diagonal requires two dimensions');
  const [m, n] = a.shape2d;
  if (k <= -m || k >= n) return empty(0, a.dtype);
  const made = zeros(length(a, k), a.dtype);
  const coo = tocoo(a);
  const { rows, cols } = coo;
  const [source, target, parts] = [entries(coo.data), entries(made), made.entries];
  const first = Math.min(k, 0);
  for (let p = 0; p < coo.nnz; p++) {
    if (rows[p] + k !== cols[p]) continue;
    const to = (rows[p] + first) * parts;
    if (a.dtype === 'bool') target[to] |= source[p];
    else for (let e = 0; e < parts; e++) target[to + e] += source[p * parts + e];
  }
  return made;
}

/**
 * The sum along a diagonal.
 *
 * a (m, n) → (); small integers and bool in int64, unsigned ones in uint64, else a's dtype.
 *
 * @example trace(csr_matrix([[1, 2], [0, 3]])).item() // 4n
 */
export function trace(a: Sparse, offset = 0): NDArray {
  return sumArray(diagonal(a, offset));
}

/**
 * Writes the k-th diagonal in place: one value for all of it, or as many as are given.
 *
 * a (m, n), to whose dtype the values are cast; one or (p,).
 *
 * @throws AppError 'value' "k exceeds array dimensions".
 * @example const a = eye(2, null, 0, { format: 'csr' }); setdiag(a, [5, 6]); diagonal(a).tolist() // [5, 6]
 */
export function setdiag(a: Sparse, values: ArrayLike, k = 0): void {
  const [m, n] = a.shape2d;
  if ((k > 0 && k >= n) || (k < 0 && -k >= m)) throw new AppError('value', 'k exceeds array dimensions');
  const given = asarray(values);
  const count = Math.max(0, given.ndim === 0 ? length(a, k) : Math.min(length(a, k), given.shape[0]));
  if (count === 0) return;
  const list = given.ndim === 0 ? given.view([count], [0], given.offset, false) : sliced(given, slice(0, count));
  const cast = zeros(count, a.dtype);
  copyInto(cast, list);
  if (a instanceof Diagonals) setInDiagonals(a, cast, k);
  else if (a instanceof Coordinates) setInCoordinates(a, cast, k);
  else {
    const [rows, cols] = [range(count), range(count)];
    for (let i = 0; i < count; i++) {
      rows[i] += Math.max(0, -k);
      cols[i] += Math.max(0, k);
    }
    setEntries(a as Compressed, rows, cols, cast);
  }
}

function setInCoordinates(a: Coordinates, values: NDArray, k: number): void {
  const { rows, cols } = a;
  const kept: number[] = [];
  for (let p = 0; p < a.nnz; p++) {
    if (cols[p] - rows[p] !== k || Math.min(rows[p], cols[p]) >= values.size) kept.push(p);
  }
  const wide = cols instanceof Float64Array;
  const lists = [rows, cols].map((list, axis) => {
    const made = newInts(kept.length + values.size, wide);
    kept.forEach((p, at) => (made[at] = list[p]));
    for (let i = 0; i < values.size; i++) made[kept.length + i] = i + Math.max(0, axis === 0 ? -k : k);
    return made;
  });
  a.data = concatenate([pick(a.data, Float64Array.from(kept)), values]);
  a.coords = lists;
  a.canonical = false;
}

function setInDiagonals(a: Diagonals, values: NDArray, k: number): void {
  const first = Math.max(0, k);
  const [count, width] = a.data.shape;
  let d = a.diagonals.indexOf(k);
  const fresh = zeros([d < 0 ? count + 1 : count, Math.max(width, first + values.size)], a.dtype);
  if (a.data.size > 0) copyInto(sliced(fresh, slice(0, count), slice(0, width)), copyArray(a.data));
  if (d < 0) {
    const diagonals = newInts(count + 1, a.diagonals instanceof Float64Array);
    diagonals.set(newFrom(a.diagonals));
    diagonals[count] = k;
    a.diagonals = diagonals;
    d = count;
  }
  copyInto(sliced(fresh, d, slice(first, first + values.size)), values);
  a.data = fresh;
}
