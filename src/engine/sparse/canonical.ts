/** Order and duplicates of entries. These change the matrix in place, as SciPy's methods do. */
import { expandPointers, gatherByMajor, type Ints, newInts, pickInts } from './index-lists.ts';
import { head, nonzeroPlaces, pick, runSums } from './values.ts';
import { Compressed, Coordinates, type Sparse } from './sparse-array.ts';

/**
 * Whether the indices of every row ascend. a (m, n) in csr or csc, of any dtype.
 * @example has_sorted_indices(csr_matrix([[1, 2]])) // true
 */
export function has_sorted_indices(a: Compressed): boolean {
  a.sorted ??= ascending(a, false);
  return a.sorted;
}

/**
 * Whether the indices of every row ascend without repetition.
 *
 * a (m, n) in csr or csc, of any dtype.
 *
 * @example has_canonical_format(csr_matrix({ data: [1, 2], indices: [1, 1], indptr: [0, 2] }, { shape: [1, 2] })) // false
 */
export function has_canonical_format(a: Compressed): boolean {
  a.canonical ??= a.sorted !== false && ascending(a, true);
  if (a.canonical) a.sorted = true;
  return a.canonical;
}

function ascending({ pointers, minor }: Compressed, strictly: boolean): boolean {
  for (let i = 0; i + 1 < pointers.length; i++) {
    for (let p = pointers[i] + 1; p < pointers[i + 1]; p++) {
      if (minor[p] < minor[p - 1] || (strictly && minor[p] === minor[p - 1])) return false;
    }
  }
  return true;
}

/** The order that sorts entries by major, then by minor index; entries of one place keep their order. */
export function sortedOrder(major: Ints, minor: Ints, majors: number, minors: number): Ints {
  // A place far beyond the entries would make counting dear: then the numbers themselves are sorted.
  if (minors > 4 * minor.length + 1024 || majors > 4 * minor.length + 1024) {
    const order = Float64Array.from(minor, (_, k) => k);
    return order.sort((p, q) => major[p] - major[q] || minor[p] - minor[q] || p - q);
  }
  const byMinor = gatherByMajor(minor, minors).order;
  const majorThen = gatherByMajor(pickInts(major, byMinor), majors).order;
  return pickInts(byMinor, majorThen);
}

/**
 * Sorts the indices of every row (csc: column) in place. a (m, n), of any dtype.
 * @example const a = csr_matrix({ data: [1, 2], indices: [2, 0], indptr: [0, 2] }, { shape: [1, 3] }); sort_indices(a); a.indices.tolist() // [0, 2]
 */
export function sort_indices(a: Compressed): void {
  if (has_sorted_indices(a)) return;
  const [majors, minors] = a.majorMinor;
  const major = expandPointers(a.pointers);
  const minor = a.minor.subarray(0, a.nnz);
  const order = sortedOrder(major, minor, majors, minors);
  a.minor = pickInts(minor, order);
  a.data = pick(a.data, order);
  a.sorted = true;
}

/**
 * Adds up entries of the same place and sorts, in place.
 *
 * a (m, n), of any dtype; in bool they are or-ed.
 *
 * @example const a = coo_matrix({ data: [1, 2], row: [0, 0], col: [1, 1] }, { shape: [1, 2] }); sum_duplicates(a); a.data.tolist() // [3n]
 */
export function sum_duplicates(a: Sparse): void {
  if (a instanceof Coordinates) sumCoordinates(a);
  else if (a instanceof Compressed) sumCompressed(a);
}

function sumCompressed(a: Compressed): void {
  if (has_canonical_format(a)) return;
  sort_indices(a);
  const { pointers, minor } = a;
  const rows = pointers.length - 1;
  const starts: number[] = [];
  const fresh = newInts(rows + 1, pointers instanceof Float64Array);
  for (let i = 0; i < rows; i++) {
    for (let p = pointers[i]; p < pointers[i + 1]; p++) {
      if (p === pointers[i] || minor[p] !== minor[p - 1]) starts.push(p);
    }
    fresh[i + 1] = starts.length;
  }
  const places = Float64Array.from(starts);
  if (starts.length < a.nnz) {
    a.data = runSums(a.data, places, a.nnz);
    a.minor = pickInts(minor, places);
    a.pointers = fresh;
  }
  a.canonical = true;
}

function sumCoordinates(a: Coordinates): void {
  if (a.canonical) return;
  const { rows, cols } = a;
  const [m, n] = a.shape2d;
  const order = sortedOrder(rows, cols, m, n);
  const [r, c] = [pickInts(rows, order), pickInts(cols, order)];
  const starts: number[] = [];
  for (let k = 0; k < order.length; k++) if (k === 0 || r[k] !== r[k - 1] || c[k] !== c[k - 1]) starts.push(k);
  const places = Float64Array.from(starts);
  a.data = runSums(pick(a.data, order), places);
  a.coords = a.coords.length > 1 ? [pickInts(r, places), pickInts(c, places)] : [pickInts(c, places)];
  a.canonical = true;
}

/**
 * Removes stored zeros, in place. a (m, n), of any dtype.
 * @example const a = csr_matrix({ data: [0, 5], row: [0, 0], col: [0, 1] }, { shape: [1, 2] }); eliminate_zeros(a); a.nnz // 1
 */
export function eliminate_zeros(a: Sparse): void {
  if (a instanceof Coordinates) {
    const kept = nonzeroPlaces(a.data);
    a.coords = a.coords.map((list) => pickInts(list, kept));
    a.data = pick(a.data, kept);
  } else if (a instanceof Compressed) {
    a.data = head(a.data, a.nnz);
    keepPlaces(a, nonzeroPlaces(a.data));
  }
}

/** Keeps the entries at these places, which ascend. */
export function keepPlaces(a: Compressed, kept: Ints): void {
  if (kept.length === a.nnz) return;
  const { pointers } = a;
  const fresh = newInts(pointers.length, pointers instanceof Float64Array);
  let at = 0;
  for (let i = 0; i + 1 < pointers.length; i++) {
    while (at < kept.length && kept[at] < pointers[i + 1]) at++;
    fresh[i + 1] = at;
  }
  a.minor = pickInts(a.minor, kept);
  a.data = pick(a.data, kept);
  a.pointers = fresh;
}
