/** `a[index]` of sparse matrices in compressed formats; coordinates too. */
import { AppError } from '#shared/errors.ts';
import { broadcast_to, copy as copyArray } from '../cast.ts';
import { broadcast_shapes } from '../broadcast.ts';
import { NDArray } from '../ndarray.ts';
import { shapeText } from '../memory.ts';
import { reshape as reshapeArray } from '../shape.ts';
import { Slice } from '../slicing.ts';
import { eliminate_zeros, has_canonical_format } from './canonical.ts';
import { makeSparse } from './construct.ts';
import { asformat, canonicalOf, copy, emptySparse, reshape, tocoo } from './convert.ts';
import { arrayOf, type Ints, newFrom, newInts, pickInts, range } from './index-lists.ts';
import { Compressed, Coordinates, Diagonals, type Sparse } from './sparse-array.ts';
import { nonzeroPlaces, pick, runSums } from './values.ts';
import { check, outOfRange, type Part, picked, type SparseIndex } from './index-check.ts';

/**
 * `a[index]`: a scalar (0-d) for two integers; a dense vector (matrices: 1 × k) for two 1-d arrays; else sparse. Parts
 * of arrays (`csr_array`) drop the axes that integers pick, parts of matrices stay 2-d.
 *
 * a (m, n), of whose dtype the result is.
 *
 * @throws AppError 'index' "index (5) out of range"; 'dtype' "'dia_…' object is not subscriptable", "'coo_matrix'
 * object is not subscriptable".
 * @example toarray(getitem(csr_matrix([[1, 2], [3, 4]]), [slice(1)])).tolist() // [[3n, 4n]]
 */
export function getitem(a: Sparse, index: readonly SparseIndex[]): Sparse | NDArray {
  if (a instanceof Diagonals) throw new AppError('dtype', `'dia_${a.kind}' object is not subscriptable`);
  const { parts, shape } = check(a, index);
  if (shape.length > 2) {
    throw new AppError(
      'index',
      `Indexing that leads to >2D is not supported by ${a.format} format. Try converting to COO format`,
    );
  }
  if (a instanceof Coordinates && a.kind === 'matrix')
    throw new AppError('dtype', "'coo_matrix' object is not subscriptable");
  const c = asformat(a, a instanceof Compressed ? a.format : 'csr') as Compressed;
  const [row, col] = c.ndim === 1 ? [0, parts[0]] : parts;
  if (typeof row === 'number' && typeof col === 'number') return single(c, row, col, shape);
  const found = row instanceof NDArray && col instanceof NDArray ? pairs(c, row, col) : block(c, row, col);
  if (found instanceof NDArray) return c.kind === 'matrix' ? found : reshapeArray(found, shape);
  if (c.kind === 'matrix')
    return shape.length === 2 &&
      !same(shape, found.shape) &&
      product(shape) === product(found.shape) &&
      index.includes(null)
      ? reshape(found, shape)
      : found;
  const shaped = same(shape, found.shape) ? found : reshape(found, shape);
  if (c.ndim === 2) return shaped;
  return shape.length === 1 && found instanceof Compressed
    ? new Compressed('csr', c.kind, shape, found.pointers, found.minor, found.data)
    : asformat(shaped, 'csr');
}

export const same = (a: readonly number[], b: readonly number[]): boolean => shapeText(a) === shapeText(b);
const product = (shape: readonly number[]): number => shape.reduce((x, y) => x * y, 1);

function single(a: Compressed, row: number, col: number, shape: readonly number[]): Sparse | NDArray {
  const value = sample(a, Float64Array.of(row), Float64Array.of(col));
  if (shape.length === 0) return reshapeArray(value, []);
  return makeSparse(
    a.format === 'csc' && shape.length === 1 ? 'csr' : a.format,
    a.kind,
    reshapeArray(value, a.kind === 'matrix' ? [1, 1] : shape),
  );
}

/** The values at places given one by one; duplicates are added up. */
function sample(a: Compressed, rows: Ints, cols: Ints): NDArray {
  const [major, minor] = a.format === 'csr' ? [rows, cols] : [cols, rows];
  const starts: number[] = [];
  const found: number[] = [];
  const canonical = has_canonical_format(a);
  for (let k = 0; k < major.length; k++) {
    starts.push(found.length);
    let [low, high] = [a.pointers[major[k]], a.pointers[major[k] + 1]];
    if (canonical) {
      while (high - low > 8) {
        const middle = Math.floor((low + high) / 2);
        if (a.minor[middle] <= minor[k]) low = middle;
        else high = middle;
      }
    }
    for (let p = low; p < high; p++) if (a.minor[p] === minor[k]) found.push(p);
  }
  return runSums(pick(a.data, Float64Array.from(found)), Float64Array.from(starts), found.length);
}

function pairs(a: Compressed, row: NDArray, col: NDArray): Sparse | NDArray {
  if (row.ndim === 2 && row.shape[1] === 1 && (col.ndim === 1 || col.shape[0] === 1)) {
    return outer(a, picked(row, 0), picked(col, 0));
  }
  const shape = broadcast_shapes(row.shape, col.shape);
  const [r, c] = [row, col].map((list) => picked(copyArray(broadcast_to(list, shape)), 0) as Ints);
  if (r.length === 0) {
    return emptySparse(a.format, a.kind, shape.length === 1 ? [1, 0] : shape, a.dtype);
  }
  const values = sample(a, r, c);
  if (shape.length === 1) return a.kind === 'matrix' ? reshapeArray(values, [1, values.size]) : values;
  return makeSparse(a.format, a.kind, reshapeArray(values, shape));
}

function block(a: Compressed, row: Part, col: Part): Sparse {
  const [m, n] = a.shape2d;
  const made = outer(a, picked(row, m), picked(col, n));
  // SciPy turns the entries of a single row round.
  if (a.format === 'csr' && a.ndim === 2 && typeof row === 'number' && col instanceof Slice && (col.step ?? 1) < 0) {
    made.minor = newFrom(made.minor).reverse();
    made.data = pick(made.data, range(made.nnz).reverse());
    made.sorted = undefined;
    made.canonical = undefined;
  }
  const wide = [row, col].find((part) => part instanceof NDArray && part.ndim === 2) as NDArray | undefined;
  return wide !== undefined && typeof (wide === row ? col : row) === 'number' && a.kind === 'matrix' && wide === row
    ? reshape(made, wide.shape)
    : made;
}

/** Every row of `rows` crossed with every column of `cols`, in the format of `a`. */
function outer(a: Compressed, rows: Ints | null, cols: Ints | null): Compressed {
  if (rows === null && cols === null) return copy(a);
  const [major, minor] = a.format === 'csr' ? [rows, cols] : [cols, rows];
  const [majors, minors] = a.majorMinor;
  const rowCount = major?.length ?? majors;
  const width = minor?.length ?? minors;
  const wide = a.minor instanceof Float64Array;
  const ascending = minor === null || minor.every((k: number, i: number) => i === 0 || minor[i - 1] < k);
  const targets = minor === null ? null : targetsOf(minor, minors);
  const pointers = newInts(rowCount + 1, wide);
  const from: number[] = [];
  const to: number[] = [];
  for (let i = 0; i < rowCount; i++) {
    const line = major === null ? i : major[i];
    for (let p = a.pointers[line]; p < a.pointers[line + 1]; p++) {
      if (targets === null) {
        from.push(p);
        to.push(a.minor[p]);
        continue;
      }
      for (const place of targets.get(a.minor[p]) ?? []) {
        from.push(p);
        to.push(place);
      }
    }
    pointers[i + 1] = from.length;
  }
  const shape = a.format === 'csr' ? [rowCount, width] : [width, rowCount];
  const facts = ascending && a.canonical === true ? { canonical: true } : {};
  const list = newFrom(Float64Array.from(to), wide);
  return new Compressed(a.format, a.kind, shape, pointers, list, pick(a.data, Float64Array.from(from)), facts);
}

/** For every old place, the new places that show it. */
function targetsOf(minor: Ints, minors: number): { get(place: number): readonly number[] | undefined } {
  const first = minor[0];
  const step = minor.length > 1 ? minor[1] - minor[0] : 1;
  if (step > 0 && minor.every((k: number, i: number) => k === first + i * step)) {
    const last = first + step * (minor.length - 1);
    return {
      get: (place) =>
        place < first || place > last || (place - first) % step !== 0 ? undefined : [(place - first) / step],
    };
  }
  const targets = new Map<number, number[]>();
  minor.forEach((place: number, i: number) => {
    if (place >= minors) return;
    const known = targets.get(place);
    if (known === undefined) targets.set(place, [i]);
    else known.push(i);
  });
  return targets;
}

/**
 * Row i as a 1 × n matrix. a (m, n) → (1, n), in csr, of a's dtype.
 * @throws AppError 'index' "index out of bounds".
 * @example toarray(getrow(csr_matrix([[1, 2], [3, 4]]), 1)).tolist() // [[3n, 4n]]
 */
export function getrow(a: Sparse, i: number): Compressed {
  const [m] = a.shape2d;
  const inside = i >= -m && i < m;
  if (!(a instanceof Compressed)) {
    if (!inside) throw new AppError('index', 'index out of bounds');
    return withoutZeros(outer(canonicalOf(asformat(a, 'csr') as Compressed), Float64Array.of(i < 0 ? i + m : i), null));
  }
  if (!inside) throw outOfRange(i);
  const made = outer(a, Float64Array.of(i < 0 ? i + m : i), null);
  return asformat(made, 'csr') as Compressed;
}

/**
 * Column j as an m × 1 matrix. a (m, n) → (m, 1), of a's dtype.
 * @throws AppError 'index' "index out of bounds".
 * @example toarray(getcol(csr_matrix([[1, 2], [3, 4]]), 1)).tolist() // [[2n], [4n]]
 */
export function getcol(a: Sparse, j: number): Compressed {
  const n = a.shape2d[1];
  const inside = j >= -n && j < n;
  if (!(a instanceof Compressed)) {
    if (!inside) throw new AppError('index', 'index out of bounds');
    return withoutZeros(outer(canonicalOf(asformat(a, 'csr') as Compressed), null, Float64Array.of(j < 0 ? j + n : j)));
  }
  if (!inside) throw outOfRange(j);
  return outer(a, null, Float64Array.of(j < 0 ? j + n : j));
}

/** SciPy multiplies by a unit vector, and a product stores no zeros. */
function withoutZeros(a: Compressed): Compressed {
  eliminate_zeros(a);
  return a;
}

/**
 * Rows and columns of the elements that are not zero.
 *
 * a (m, n) of any dtype → two lists (p,), int32 (int64 where the shape needs it).
 *
 * @example sparse_nonzero(csr_matrix([[0, 8], [9, 0]])).map((x) => x.tolist()) // [[0, 1], [1, 0]]
 */
export function sparse_nonzero(a: Sparse): NDArray[] {
  const coo = tocoo(a.format === 'csc' ? asformat(a, 'csr') : a);
  const kept = nonzeroPlaces(coo.data);
  return coo.coords.map((list) => arrayOf(pickInts(list, kept)));
}
