/** Indices of grids: open meshes, diagonals, triangles, and flat places of cells. */
import { AppError } from '#shared/errors.ts';
import { astype, broadcast_to } from './cast.ts';
import { broadcast_shapes } from './broadcast.ts';
import { tril_indices, triu_indices } from './building.ts';
import { asarray, empty, full } from './create.ts';
import { nonzero } from './index-plan.ts';
import { shapeText } from './memory.ts';
import { NDArray } from './ndarray.ts';
import { isInteger } from './promotion.ts';
import { reshape } from './shape.ts';
import type { Operand } from './ufuncs/definition.ts';

/**
 * Lists of indices as an open mesh: `a[ix_(rows, cols)]` is the block of those rows and columns. Integers of any dtype
 * stay; a bool mask (m,) becomes the places where it is true, int64.
 *
 * @throws AppError 'value' "Cross index must be 1 dimensional".
 * @example ix_([0, 1], [2]).map((part) => part.shape) // [[2, 1], [1, 1]]
 */
export function ix_(...lists: readonly Operand[]): NDArray[] {
  return lists.map((list, k) => {
    let line = asarray(list);
    if (line.ndim !== 1) throw new AppError('value', 'Cross index must be 1 dimensional');
    if (line.size === 0 && !(list instanceof NDArray)) line = astype(line, 'int64');
    if (line.dtype === 'bool') [line] = nonzero(line);
    return reshape(
      line,
      lists.map((_, axis) => (axis === k ? line.size : 1)),
    );
  });
}

/**
 * The indices of the main diagonal of an array with `ndim` axes of length n. `ndim` arrays (n,), int64.
 * @example diag_indices(2).map((i) => i.tolist()) // [[0n, 1n], [0n, 1n]]
 */
export function diag_indices(n: number, ndim = 2): NDArray[] {
  const made = empty(Math.max(0, n), 'int64');
  for (let k = 0; k < n; k++) made.write(made.start + k, k);
  return Array.from({ length: ndim }, () => made);
}

/**
 * The indices of the main diagonal of an array.
 *
 * arr (n, …, n) of any dtype → as many arrays (n,) as it has axes, int64.
 *
 * @throws AppError 'value' unless all axes are equally long.
 * @example diag_indices_from(zeros([2, 2])).map((i) => i.tolist()) // [[0n, 1n], [0n, 1n]]
 */
export function diag_indices_from(arr: NDArray): NDArray[] {
  if (arr.ndim < 2) throw new AppError('value', 'input array must be at least 2-d');
  if (arr.shape.some((n) => n !== arr.shape[0]))
    throw new AppError('value', 'All dimensions of input must be of equal length');
  return diag_indices(arr.shape[0], arr.ndim);
}

function requireMatrix(arr: NDArray): void {
  if (arr.ndim !== 2) throw new AppError('value', 'input array must be 2-d', { argument: 'arr' });
}

/**
 * The indices of the lower triangle of a matrix.
 *
 * arr (m, n) of any dtype → twice (p,), int64, where p is the number of its elements.
 *
 * @example tril_indices_from(zeros([2, 2])).map((i) => i.tolist()) // [[0n, 1n, 1n], [0n, 0n, 1n]]
 */
export function tril_indices_from(arr: NDArray, k = 0): NDArray[] {
  requireMatrix(arr);
  return tril_indices(arr.shape[0], k, arr.shape[1]);
}

/**
 * The indices of the upper triangle of a matrix.
 *
 * arr (m, n) of any dtype → twice (p,), int64, where p is the number of its elements.
 *
 * @example triu_indices_from(zeros([2, 2])).map((i) => i.tolist()) // [[0n, 0n, 1n], [0n, 1n, 1n]]
 */
export function triu_indices_from(arr: NDArray, k = 0): NDArray[] {
  requireMatrix(arr);
  return triu_indices(arr.shape[0], k, arr.shape[1]);
}

/**
 * The indices that a masking function such as `triu` keeps of an n × n matrix.
 *
 * Twice (p,), int64, for p elements kept.
 *
 * @example mask_indices(2, triu).map((i) => i.tolist()) // [[0n, 0n, 1n], [0n, 1n, 1n]]
 */
export function mask_indices(n: number, maskFunction: (m: NDArray, k: number) => NDArray, k = 0): NDArray[] {
  return nonzero(astype(maskFunction(full([n, n], 1), k), 'bool'));
}

type Mode = 'raise' | 'wrap' | 'clip';

/** The index within the length, or NaN when it is outside and must not be. */
function within(index: number, n: number, mode: Mode): number {
  if (mode === 'wrap') return ((index % n) + n) % n;
  if (mode === 'clip') return Math.min(n - 1, Math.max(0, index));
  return index < 0 || index >= n ? NaN : index;
}

function steps(dims: readonly number[], order: 'C' | 'F'): number[] {
  const axes = dims.map((_, k) => k);
  if (order === 'C') axes.reverse();
  const made = new Array<number>(dims.length);
  let step = 1;
  for (const axis of axes) {
    made[axis] = step;
    step *= dims[axis];
  }
  return made;
}

/**
 * The places of cells in the flattened array: an array of indices for each axis. Integers whose shapes broadcast, (…);
 * int64.
 *
 * @throws AppError 'value' "invalid entry in coordinates array", 'dtype' for indices that are no integers.
 * @example ravel_multi_index([[1], [2]], [3, 4]).tolist() // [6n]
 */
export function ravel_multi_index(
  multi_index: readonly Operand[],
  shape_: readonly number[] | number,
  mode: Mode | readonly Mode[] = 'raise',
  order: 'C' | 'F' = 'C',
): NDArray {
  const dims = typeof shape_ === 'number' ? [shape_] : shape_;
  if (!['C', 'F'].includes(order))
    throw new AppError('value', "only 'C' or 'F' order is permitted", { argument: 'order' });
  if (typeof mode === 'string' && !['raise', 'wrap', 'clip'].includes(mode))
    throw new AppError('value', "Use one of 'clip', 'raise', or 'wrap' for clip mode", { argument: 'mode' });
  const parts = multi_index.map((part) => asarray(part));
  if (parts.length !== dims.length) {
    throw new AppError('value', `parameter multi_index must be a sequence of length ${dims.length}`, {
      argument: 'multi_index',
    });
  }
  if (parts.some((part) => !isInteger(part.dtype) && part.size > 0))
    throw new AppError('dtype', 'only int indices permitted', { argument: 'multi_index' });
  const shape = broadcast_shapes(...parts.map((part) => part.shape));
  const lists = parts.map((part) => flatNumbers(broadcast_to(part, shape)));
  const step = steps(dims, order);
  const made = empty(shape, 'int64');
  for (let i = 0; i < made.size; i++) {
    let place = 0;
    lists.forEach((list, axis) => {
      const index = within(list[i], dims[axis], typeof mode === 'string' ? mode : mode[axis]);
      if (index !== index) throw new AppError('value', 'invalid entry in coordinates array');
      place += index * step[axis];
    });
    made.write(made.start + i, place);
  }
  return made;
}

const flatNumbers = (a: NDArray): number[] => {
  const packed = astype(a, 'float64', { order: 'C' });
  return Array.from((packed.data as Float64Array).subarray(packed.start, packed.start + packed.size));
};

/**
 * The indices of cells by their places in the flattened array: an array for each axis.
 *
 * Integers (…) → as many arrays (…) as the shape has axes, int64.
 *
 * @throws AppError 'value' "index 12 is out of bounds for array with size 12"; 'dtype' "only int indices permitted".
 * @example unravel_index(6, [3, 4]).map((i) => i.item()) // [1n, 2n]
 */
export function unravel_index(indices: Operand, shape: readonly number[] | number, order: 'C' | 'F' = 'C'): NDArray[] {
  if (!['C', 'F'].includes(order))
    throw new AppError('value', "only 'C' or 'F' order is permitted", { argument: 'order' });
  const dims = typeof shape === 'number' ? [shape] : shape;
  const places = asarray(indices);
  if (!isInteger(places.dtype) && places.dtype !== 'bool' && places.size > 0)
    throw new AppError('dtype', 'only int indices permitted', { argument: 'indices' });
  const size = dims.reduce((product, n) => product * n, 1);
  if (size < 0)
    throw new AppError(
      'value',
      "dimensions are too large; arrays and shapes with a total size greater than 'intp' are not supported.",
      { argument: 'shape', hint: `The shape is ${shapeText(dims)}.` },
    );
  const step = steps(dims, order);
  const list = flatNumbers(places);
  const bad = list.find((place) => place < 0 || place >= size);
  if (bad !== undefined)
    throw new AppError('value', `index ${bad} is out of bounds for array with size ${size}`, { hint: shapeText(dims) });
  return dims.map((n, axis) => {
    const made = empty(places.shape, 'int64');
    list.forEach((place, i) => {
      made.write(made.start + i, Math.floor(place / step[axis]) % n);
    });
    return made;
  });
}
