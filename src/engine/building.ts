/** Diagonals, triangles and grids. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { broadcast_shapes } from './broadcast.ts';
import { astype, broadcast_to, copy, copyInto } from './cast.ts';
import { asarray, empty, zeros } from './create.ts';
import type { NDArray } from './ndarray.ts';
import { promote_types } from './promotion.ts';
import { normalizeAxis, ravel, reshape } from './shape.ts';
import { where } from './elementwise.ts';
import type { Operand } from './ufuncs/definition.ts';

/**
 * Diagonal `k` of a matrix (a copy), or the matrix that has a vector there.
 *
 * v (n,) → (n + |k|, n + |k|), or v (m, n) → (min(m, n),) for `k` 0; of v's dtype.
 *
 * @throws AppError 'value' "Input must be 1- or 2-d.".
 * @example diag(array([1, 2])).tolist() // [[1n, 0n], [0n, 2n]]
 */
export function diag(v: Operand, k = 0): NDArray {
  const source = asarray(v);
  if (source.ndim === 2) return copy(diagonal(source, k));
  if (source.ndim !== 1) throw new AppError('value', 'Input must be 1- or 2-d.', { argument: 'v' });
  return diagflat(source, k);
}

/**
 * The matrix with the flattened elements on diagonal `k`.
 *
 * v (…) with n elements → (n + |k|, n + |k|), of v's dtype.
 *
 * @example diagflat(array([[1], [2]])).tolist() // [[1n, 0n], [0n, 2n]]
 */
export function diagflat(v: Operand, k = 0): NDArray {
  const source = ravel(asarray(v));
  const n = source.size + Math.abs(k);
  const made = zeros([n, n], source.dtype);
  copyInto(diagonalView(made, k, 0, 1, true), source);
  return made;
}

/**
 * A view of diagonal `offset` in the plane of two axes; it becomes the last axis. Read-only, as in NumPy.
 *
 * a (…, m, n), say, → (…, min(m, n)) for `offset` 0; of a's dtype.
 *
 * @throws AppError 'value' "diag requires an array of at least two dimensions".
 * @example diagonal(array([[1, 2], [3, 4]])).tolist() // [1n, 4n]
 */
export function diagonal(a: Operand, offset = 0, axis1 = 0, axis2 = 1): NDArray {
  const source = asarray(a);
  if (source.ndim < 2) throw new AppError('value', 'diag requires an array of at least two dimensions');
  return diagonalView(source, offset, axis1, axis2, false);
}

function diagonalView(a: NDArray, offset: number, axis1: number, axis2: number, writeable: boolean): NDArray {
  const first = normalizeAxis(axis1, a.ndim, 'axis1');
  const second = normalizeAxis(axis2, a.ndim, 'axis2');
  if (first === second) throw new AppError('value', 'axis1 and axis2 cannot be the same');
  const [rows, cols] = [a.shape[first], a.shape[second]];
  const length = Math.max(0, offset >= 0 ? Math.min(rows, cols - offset) : Math.min(rows + offset, cols));
  const start = length === 0 ? 0 : offset >= 0 ? offset * a.strides[second] : -offset * a.strides[first];
  const rest = a.shape.map((_, k) => k).filter((k) => k !== first && k !== second);
  return a.view(
    [...rest.map((k) => a.shape[k]), length],
    [...rest.map((k) => a.strides[k]), a.strides[first] + a.strides[second]],
    a.offset + start,
    writeable && a.writeable,
  );
}

/**
 * The n × m matrix with ones on and below diagonal `k`.
 *
 * (n, m), of any dtype, float64 by default.
 *
 * @example tri(2, 3).tolist() // [[1, 0, 0], [1, 1, 0]]
 */
export function tri(n: number, m: number = n, k = 0, dtype: DType = 'float64'): NDArray {
  const made = zeros([Math.max(0, n), Math.max(0, m)], dtype);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= Math.min(m - 1, i + k); j++) made.write(made.start + (i * m + j) * made.entries, 1);
  return made;
}

function requireAxis(a: NDArray): void {
  if (a.ndim === 0) throw new AppError('dtype', "tri() missing 1 required positional argument: 'N'", { argument: 'm' });
}

/**
 * The lower triangle: zeros above diagonal `k`. a (…, m, n) → (…, m, n), of a's dtype.
 * @example tril(array([[1, 2], [3, 4]])).tolist() // [[1n, 0n], [3n, 4n]]
 */
export function tril(a: Operand, k = 0): NDArray {
  return without(a, (row, columns) => [row + k + 1, columns]);
}

/**
 * The upper triangle: zeros below diagonal `k`. a (…, m, n) → (…, m, n), of a's dtype.
 * @example triu(array([[1, 2], [3, 4]])).tolist() // [[1n, 2n], [0n, 4n]]
 */
export function triu(a: Operand, k = 0): NDArray {
  return without(a, (row) => [0, row + k]);
}

/** A copy with zeros in part of each row of each matrix. */
function without(a: Operand, part: (row: number, columns: number) => [number, number]): NDArray {
  const source = asarray(a);
  requireAxis(source);
  const square = source.ndim === 1 ? broadcast_to(source, [source.size, source.size]) : source;
  const made = astype(square, square.dtype, { order: 'C' });
  if (made.size === 0) return made;
  const [rows, columns] = square.shape.slice(-2);
  const zero = made.data instanceof BigInt64Array || made.data instanceof BigUint64Array ? 0n : 0;
  const { entries } = made;
  const data = made.data as { fill(value: number | bigint, from: number, to: number): void };
  for (let row = 0, start = made.start; start < made.start + made.size * entries; row++, start += columns * entries) {
    const [from, to] = part(row % rows, columns).map((at) => Math.max(0, Math.min(columns, at)));
    if (from < to) data.fill(zero, start + from * entries, start + to * entries);
  }
  return made;
}

/**
 * Coordinate matrices from coordinate vectors. Of x (m,) and y (n,) two arrays (n, m), or (m, n) with `indexing` 'ij',
 * each of its vector's dtype; sparse ones are (1, m) and (n, 1).
 *
 * @throws AppError 'value' "Valid values for `indexing` are 'xy' and 'ij'.".
 * @example meshgrid([array([1, 2]), array([5, 6])]).map((x) => x.tolist()) // [[[1n, 2n], [1n, 2n]], [[5n, 5n], [6n, 6n]]]
 */
export function meshgrid(
  lists: readonly Operand[],
  {
    indexing = 'xy',
    sparse = false,
    copy: copies = true,
  }: { indexing?: 'xy' | 'ij'; sparse?: boolean; copy?: boolean } = {},
): NDArray[] {
  if (indexing !== 'xy' && indexing !== 'ij')
    throw new AppError('value', "Valid values for `indexing` are 'xy' and 'ij'.");
  const n = lists.length;
  const open = lists.map((list, k) => {
    const place = indexing === 'xy' && n > 1 && k < 2 ? 1 - k : k;
    const source = asarray(list);
    const shape = new Array<number>(n).fill(1);
    shape[place] = source.size;
    return reshape(source, shape);
  });
  const shape = broadcast_shapes(...open.map((part) => part.shape));
  return open.map((part) => {
    const grid = sparse ? part : broadcast_to(part, shape);
    return copies ? copy(grid) : grid;
  });
}

/**
 * The indices of a shape as an open mesh: for each axis one array that is long along it alone. Of a shape (m, n): (m,
 * 1) and (1, n), int64 by default.
 *
 * @example openIndices([2, 3]).map((x) => x.tolist()) // [[[0n], [1n]], [[0n, 1n, 2n]]]
 */
export function openIndices(shape: readonly number[], dtype: DType = 'int64'): NDArray[] {
  return shape.map((n, axis) => {
    const line = empty(
      shape.map((_, k) => (k === axis ? Math.max(0, n) : 1)),
      dtype,
    );
    if (line.data instanceof BigInt64Array) for (let i = 0; i < n; i++) line.data[line.start + i] = BigInt(i);
    else for (let i = 0; i < n; i++) line.write(line.start + i * line.entries, i);
    return line;
  });
}

/**
 * The indices of every cell of a shape: (ndim, …shape) int64.
 * @example indices([2, 2]).tolist() // [[[0n, 0n], [1n, 1n]], [[0n, 1n], [0n, 1n]]]
 */
export function indices(shape: readonly number[]): NDArray {
  const made = empty([shape.length, ...shape], 'int64');
  openIndices(shape).forEach((line, axis) => {
    copyInto(made.view(shape, made.strides.slice(1), made.offset + axis * made.strides[0]), broadcast_to(line, shape));
  });
  return made;
}

/**
 * The row and column indices of a triangle of an n × m matrix. Of n × m, as many as the triangle has elements: twice
 * (p,), int64.
 *
 * @example tril_indices(2).map((i) => i.tolist()) // [[0n, 1n, 1n], [0n, 0n, 1n]]
 */
export function tril_indices(n: number, k = 0, m: number = n): [NDArray, NDArray] {
  return where(tri(n, m, k, 'bool')) as [NDArray, NDArray];
}

/**
 * The row and column indices of the upper triangle of an n × m matrix.
 *
 * Twice (p,), int64, where p is the number of its elements.
 *
 * @example triu_indices(2).map((i) => i.tolist()) // [[0n, 0n, 1n], [0n, 1n, 1n]]
 */
export function triu_indices(n: number, k = 0, m: number = n): [NDArray, NDArray] {
  const mask = tri(n, m, k - 1, 'bool');
  const data = mask.data as Uint8Array;
  for (let i = mask.start; i < mask.start + mask.size; i++) data[i] ^= 1;
  return where(mask) as [NDArray, NDArray];
}

/**
 * The Vandermonde matrix: powers of x in columns, falling unless `increasing`.
 *
 * x (m,) → (m, n), n = m by default; integers and bool become int64, floats float64, complex64 complex128.
 *
 * @throws AppError 'value' "x must be a one-dimensional array or sequence.".
 * @example vander(array([2, 3]), 3).tolist() // [[4n, 2n, 1n], [9n, 3n, 1n]]
 */
export function vander(x: Operand, n?: number, increasing = false): NDArray {
  const list = asarray(x);
  if (list.ndim !== 1) throw new AppError('value', 'x must be a one-dimensional array or sequence.');
  const columns = n ?? list.size;
  const made = empty([list.size, columns], promote_types(list.dtype, 'int64'));
  const whole = made.dtype.includes('int');
  for (let i = 0; i < list.size; i++) {
    const value = list.item(i);
    let [re, im]: [number, number] = typeof value === 'object' ? [value.re, value.im] : [Number(value), 0];
    const base: [number, number] = [re, im];
    let exact = 1n;
    [re, im] = [1, 0];
    for (let j = 0; j < columns; j++) {
      made.set([i, increasing ? j : columns - 1 - j], whole ? exact : { re, im });
      if (whole) exact *= BigInt(value as number | bigint);
      else [re, im] = [re * base[0] - im * base[1], re * base[1] + im * base[0]];
    }
  }
  return made;
}
