import { AppError } from '#shared/errors.ts';
import { sameShape } from './broadcast.ts';
import { astype, copy, copyInto } from './cast.ts';
import { type ArrayLike, asarray, empty } from './create.ts';
import { nonzero } from './index-plan.ts';
import { getitem, setitem } from './indexing.ts';
import { takeNatively } from './kernels/picking.ts';
import { contiguousStrides, NDArray } from './ndarray.ts';
import { isInteger } from './promotion.ts';
import { normalizeAxis } from './shape.ts';
import { Slice } from './slicing.ts';

/**
 * Elements along an axis (or of the flattened array) at integer indices.
 *
 * a (…, n, …) with indices (p, q) → (…, p, q, …), (p, q) without an axis; of a's dtype.
 *
 * @throws AppError 'index' when one is out of bounds (`mode` 'raise'); 'dtype' "Cannot cast array data from dtype('…')
 * to dtype('int64') according to the rule 'safe'".
 * @example take(array([4, 5, 6]), array([2, 0])).tolist() // [6n, 4n]
 */
export function take(
  a: NDArray,
  indices: ArrayLike,
  axis: number | null = null,
  mode: 'raise' | 'wrap' | 'clip' = 'raise',
): NDArray {
  requireMode(mode);
  const source = axis === null || a.ndim === 0 ? flat(a) : a;
  const along = axis === null ? 0 : normalizeAxis(axis, source.ndim);
  let list = asarray(indices);
  // Numbers that are no array become integers one by one, as C makes them.
  if (list.entries === 1 && (list.size === 0 || !(indices instanceof NDArray))) list = astype(list, 'int64');
  if (list.dtype === 'bool') list = astype(list, 'int64');
  if (!isInteger(list.dtype) && (mode === 'raise' || list.entries === 2)) {
    throw new AppError(
      'dtype',
      `Cannot cast array data from dtype('${list.dtype}') to dtype('int64') according to the rule 'safe'`,
    );
  }
  if (source.shape[along] === 0 && list.size > 0 && source.size === 0 && nonEmptyElsewhere(source, along))
    throw new AppError('index', 'cannot do a non-empty take from an empty axes.', { argument: 'indices' });
  if (mode !== 'raise') list = bringInside(list, source.shape[along], mode);
  const made = list.ndim === 0 ? null : takeNatively(source, along, list);
  if (made !== null) return made;
  return getitem(source, [...new Array<Slice>(along).fill(new Slice()), list.ndim === 0 ? Number(list.item()) : list]);
}

/** @throws AppError 'value' for a `mode` that NumPy does not know. */
export function requireMode(mode: string): void {
  if (['raise', 'wrap', 'clip'].includes(mode)) return;
  const message = /^[rwc]/i.test(mode)
    ? "Use one of 'clip', 'raise', or 'wrap' for clip mode"
    : `clipmode must be one of 'clip', 'raise', or 'wrap' (got '${mode}')`;
  throw new AppError('value', message, { argument: 'mode' });
}

/** Whether a result would have elements, were there any along the axis. */
function nonEmptyElsewhere(a: NDArray, along: number): boolean {
  return a.shape.every((n, k) => k === along || n > 0);
}

function bringInside(list: NDArray, length: number, mode: 'wrap' | 'clip'): NDArray {
  const made = astype(list, 'float64', { order: 'C' });
  const data = made.data as Float64Array;
  for (let i = made.start; i < made.start + made.size; i++) {
    data[i] = mode === 'clip' ? Math.min(length - 1, Math.max(0, data[i])) : ((data[i] % length) + length) % length;
  }
  return astype(made, 'int64');
}

function flat(a: NDArray): NDArray {
  return (a.cContiguous ? a : copy(a)).view([a.size], [a.itemsize]);
}

/**
 * Elements at `indices` matched along an axis: `result[i, j] = a[indices[i, j], j]` for axis 0.
 *
 * a (…, m, …) with integers (…, k, …) → (…, k, …), of a's dtype; the other axes broadcast.
 *
 * @throws AppError 'value' for indices of several axes where `axis` is null, and of another number of axes than `a`
 * has.
 * @example take_along_axis(array([[1, 2], [3, 4]]), array([[1], [0]]), 1).tolist() // [[2n], [3n]]
 */
export function take_along_axis(a: NDArray, indices: NDArray, axis: number | null = -1): NDArray {
  if (axis === null) {
    if (indices.ndim !== 1)
      throw new AppError('value', 'when axis=None, `indices` must have a single dimension.', { argument: 'indices' });
    return getitem(flat(a), [indices]);
  }
  return getitem(a, alongAxis(a, indices, axis));
}

/**
 * Writes values at `indices` matched along an axis, the inverse of `take_along_axis`.
 *
 * a (…, m, …) of any dtype, to which the values are cast; integers (…, k, …); the other axes broadcast.
 *
 * @throws AppError 'value' as `take_along_axis` does.
 * @example const a = zeros([2, 2]); put_along_axis(a, array([[1], [0]]), 9, 1); a.tolist() // [[0, 9], [9, 0]]
 */
export function put_along_axis(a: NDArray, indices: NDArray, values: ArrayLike, axis: number | null): void {
  if (axis === null) {
    if (indices.ndim !== 1)
      throw new AppError('value', 'when axis=None, `indices` must have a single dimension.', { argument: 'indices' });
    const line = flat(a);
    setitem(line, [indices], values);
    if (line.buffer !== a.buffer) copyInto(a, line.view(a.shape, contiguousStrides(a.shape, a.itemsize)));
    return;
  }
  setitem(a, alongAxis(a, indices, axis), values);
}

function alongAxis(a: NDArray, indices: NDArray, axis: number): NDArray[] {
  const along = normalizeAxis(axis, a.ndim);
  if (!isInteger(indices.dtype))
    throw new AppError('index', '`indices` must be an integer array', { argument: 'indices' });
  if (indices.ndim !== a.ndim)
    throw new AppError('value', '`indices` and `arr` must have the same number of dimensions');
  return a.shape.map((n, k) => {
    if (k === along) return indices;
    const shape = a.shape.map((_, j) => (j === k ? n : 1));
    const made = empty(shape, 'int64');
    for (let i = 0; i < n; i++) (made.data as BigInt64Array)[made.start + i] = BigInt(i);
    return made;
  });
}

/**
 * The elements of `a` where a mask of the same shape is true, or along an axis where a 1-d one is.
 *
 * a (…, n, …) → (…, k, …), (k,) without an axis, where k of the mask hold; of a's dtype.
 *
 * @throws AppError 'value' "condition must be a 1-d array".
 * @example compress([false, true], array([[1, 2], [3, 4]]), 0).tolist() // [[3n, 4n]]
 */
export function compress(condition: ArrayLike, a: NDArray, axis: number | null = null): NDArray {
  const mask = astype(asarray(condition), 'bool');
  if (mask.ndim !== 1) throw new AppError('value', 'condition must be a 1-d array');
  return take(a, nonzero(mask)[0], axis);
}

/**
 * Sets the diagonal of an array of two or more axes (equal lengths beyond two) in place.
 *
 * a (m, n) or (n, …, n), of any dtype, to which the value is cast; a list is used round and round.
 *
 * @throws AppError 'value' "array must be at least 2-d", "All dimensions of input must be of equal length".
 * @example const a = zeros([2, 2]); fill_diagonal(a, [5, 6]); a.tolist() // [[5, 0], [0, 6]]
 */
export function fill_diagonal(a: NDArray, value: ArrayLike, wrap = false): void {
  if (a.ndim < 2) throw new AppError('value', 'array must be at least 2-d');
  if (
    a.ndim > 2 &&
    !sameShape(
      a.shape,
      a.shape.map(() => a.shape[0]),
    )
  ) {
    throw new AppError('value', 'All dimensions of input must be of equal length');
  }
  const step = a.strides.reduce((sum, s) => sum + s, 0);
  const values = asarray(value);
  const flatValues = values.ndim === 0 ? values : flat(values);
  const write = (row: number, count: number, from: number): void => {
    for (let i = 0; i < count; i++) {
      const entry = (a.offset + row * a.strides[0] + i * step) / a.data.BYTES_PER_ELEMENT;
      a.write(entry, values.ndim === 0 ? values.item() : flatValues.item((from + i) % flatValues.size));
    }
  };
  const length = Math.min(...a.shape);
  write(0, length, 0);
  if (!wrap || a.ndim !== 2) return;
  for (let row = a.shape[1] + 1, done = length; row < a.shape[0]; row += a.shape[1] + 1) {
    const count = Math.min(a.shape[1], a.shape[0] - row);
    write(row, count, done);
    done += count;
  }
}
