/** What an index means for a sparse matrix. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray } from '../cast.ts';
import { broadcast_shapes } from '../broadcast.ts';
import { type ArrayLike, array, empty } from '../create.ts';
import { nonzero } from '../index-plan.ts';
import { NDArray } from '../ndarray.ts';
import { shapeText } from '../memory.ts';
import { isInteger } from '../promotion.ts';
import { array_repr } from '../printing.ts';
import { all, ellipsis, Slice } from '../slicing.ts';
import { toarray } from './convert.ts';
import { int32Max, type Ints, range } from './index-lists.ts';
import { issparse, type Sparse } from './sparse-array.ts';

/** One part of an index: an integer, a slice, an array (or list) of integers or booleans, newaxis (null), ellipsis. */
export type SparseIndex = number | Slice | NDArray | readonly ArrayLike[] | Sparse | null | typeof ellipsis;

export type Part = number | Slice | NDArray;

/** One part per axis, and the shape that NumPy's rules give the result. */
interface Checked {
  parts: Part[];
  shape: number[];
}

export const outOfRange = (k: number): AppError => new AppError('index', `index (${k}) out of range`);

/** Resolves an index against the shape of a matrix. @throws AppError 'index' in SciPy's words. */
export function check(a: Sparse, index: readonly SparseIndex[]): Checked {
  const listed = index.map((part): Exclude<SparseIndex, Sparse | readonly ArrayLike[]> => {
    if (issparse(part)) {
      if (part.dtype === 'bool') return toarray(part);
      throw new AppError(
        'index',
        'Indexing with sparse matrices is not supported except boolean indexing where matrix and index are equal shapes.',
      );
    }
    if (Array.isArray(part)) return part.length === 0 ? empty(0, 'int64') : array(part as readonly ArrayLike[]);
    return part as Exclude<SparseIndex, Sparse | readonly ArrayLike[]>;
  });
  const takes = (part: (typeof listed)[number]): number =>
    part === null || part === ellipsis ? 0 : part instanceof NDArray && part.dtype === 'bool' ? part.ndim : 1;
  if (listed.filter((part) => part === ellipsis).length > 1)
    throw new AppError('index', 'an index can only have a single ellipsis');
  const used = listed.reduce<number>((count, part) => count + takes(part), 0);
  if (used > a.ndim) {
    throw new AppError(
      'index',
      `Too many indices for array or tuple index out of range. Key (${listed.map(keyText).join(', ')}) needs ${used}D. Array is ${a.ndim}D`,
    );
  }
  const whole = new Array<Slice>(a.ndim - used).fill(all);
  const at = listed.indexOf(ellipsis);
  const filled = (
    at < 0 ? [...listed, ...whole] : [...listed.slice(0, at), ...whole, ...listed.slice(at + 1)]
  ) as (Part | null)[];
  const parts: Part[] = [];
  let shape: number[] = [];
  const arrays: number[] = [];
  const fixed: number[] = [];
  filled.forEach((part, i) => {
    const axis = parts.length;
    const length = a.shape[axis];
    if (part === null) {
      shape.push(1);
    } else if (part instanceof Slice) {
      shape.push(part.over(length).count);
      parts.push(part);
    } else if (part instanceof NDArray && part.dtype === 'bool' && part.ndim > 0) {
      const covered = a.shape.slice(axis, axis + part.ndim);
      if (shapeText(part.shape) !== shapeText(covered)) {
        throw new AppError(
          'index',
          `bool index ${i} has shape ${shapeText(covered)} instead of ${shapeText(part.shape)}`,
        );
      }
      for (const list of nonzero(part)) {
        arrays.push(parts.length);
        fixed.push(parts.length);
        parts.push(castArray(list, 'float64'));
      }
    } else if (part instanceof NDArray && part.ndim > 0) {
      arrays.push(axis);
      fixed.push(axis);
      parts.push(places(part, length));
    } else {
      fixed.push(axis);
      parts.push(place(part, length));
    }
  });
  if (arrays.length > 0) {
    const shapes = arrays.map((axis) => (parts[axis] as NDArray).shape);
    let common: number[];
    try {
      common = broadcast_shapes(...shapes);
    } catch {
      throw new AppError(
        'index',
        `shape mismatch: indexing arrays could not be broadcast together with shapes ${shapes.map(shapeText).join(' ')}`,
      );
    }
    const front = arrays.length > 1 && fixed.length !== (fixed.at(-1) ?? 0) - fixed[0] + 1 ? 0 : fixed[0];
    shape = [...shape.slice(0, front), ...common, ...shape.slice(front)];
  }
  return { parts, shape };
}

function keyText(part: unknown): string {
  if (part instanceof Slice) return `slice(${[part.start, part.stop, part.step].map((x) => x ?? 'None').join(', ')})`;
  if (part instanceof NDArray) return array_repr(part);
  return part === null ? 'None' : part === ellipsis ? 'Ellipsis' : `${Number(part)}`;
}

function place(part: number | NDArray, length: number): number {
  const k = part instanceof NDArray ? Number(part.item()) : Number(part);
  if (!Number.isInteger(k)) {
    if (Number.isNaN(k)) throw new AppError('index', 'invalid index');
    throw new AppError('value', 'Inexact indices into sparse matrices are not allowed');
  }
  if (k < -length || k >= length) throw outOfRange(k);
  return k < 0 ? k + length : k;
}

function places(given: NDArray, length: number): NDArray {
  if (given.ndim > 2) throw new AppError('index', `Index dimension must be 1 or 2. Got ${given.ndim}`);
  if (!isInteger(given.dtype))
    throw new AppError('index', 'arrays used as indices must be of integer (or boolean) type');
  const list = castArray(given, 'float64', { order: 'C' });
  const data = list.data as Float64Array;
  let most = Number.NEGATIVE_INFINITY;
  let least = Number.POSITIVE_INFINITY;
  for (let k = list.start; k < list.start + list.size; k++) {
    most = Math.max(most, data[k]);
    least = Math.min(least, data[k]);
  }
  if (most >= length) throw outOfRange(most);
  if (least < -length) throw outOfRange(least);
  for (let k = list.start; k < list.start + list.size; k++) if (data[k] < 0) data[k] += length;
  return list;
}

/** The places along an axis that a part picks, in order; null: all of them as they are. */
export function picked(part: Part, length: number): Ints | null {
  if (typeof part === 'number') return Float64Array.of(part);
  if (part instanceof Slice) {
    const { start, step, count } = part.over(length);
    if (start === 0 && step === 1 && count === length) return null;
    const list = range(count, length > int32Max);
    for (let k = 0; k < count; k++) list[k] = start + step * k;
    return list;
  }
  return new Float64Array((part.data as Float64Array).slice(part.start, part.start + part.size));
}
