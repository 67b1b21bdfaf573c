import { AppError } from '#shared/errors.ts';
import { type NDArray, normalizeIndex } from './ndarray.ts';

/** A Python slice: `slice(1, null, 2)` is `1::2`. */
export class Slice {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;

  constructor(start: number | null = null, stop: number | null = null, step: number | null = null) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  /** Whether it takes every index in order. */
  get isWhole(): boolean {
    return this.start === null && this.stop === null && this.step === null;
  }

  /**
   * First index, step and number of indices for an axis of this length, as Python's slice.indices.
   * @throws AppError 'value' "slice step cannot be zero", 'dtype' "slice indices must be integers or None or have an
   * __index__ method".
   * @example slice(1, null, 2).over(5) // { start: 1, step: 2, count: 2 }
   */
  over(length: number): { start: number; step: number; count: number } {
    const step = this.step ?? 1;
    if (step === 0) throw new AppError('value', 'slice step cannot be zero');
    requireIndex(this.start);
    requireIndex(this.stop);
    requireIndex(step);
    const low = step < 0 ? -1 : 0;
    const high = step < 0 ? length - 1 : length;
    const start = this.start === null ? (step < 0 ? high : low) : clipped(this.start, length, low, high);
    const stop = this.stop === null ? (step < 0 ? low : high) : clipped(this.stop, length, low, high);
    return { start, step, count: Math.max(0, Math.ceil((stop - start) / step)) };
  }
}

function requireIndex(part: number | null): void {
  if (part !== null && !Number.isInteger(part))
    throw new AppError('dtype', 'slice indices must be integers or None or have an __index__ method');
}

function clipped(part: number, length: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, part < 0 ? part + length : part));
}

/** `slice(start, stop, step)`; null or absent parts as in Python. */
export function slice(start: number | null = null, stop: number | null = null, step: number | null = null): Slice {
  return new Slice(start, stop, step);
}

/** The whole of an axis: `:`. */
export const all = new Slice();

/** As many whole axes as are left: `...`. */
export const ellipsis = Symbol('ellipsis');

/** A new axis of length 1. */
export const newaxis = null;

/** One part of a basic index. */
export type BasicIndex = number | Slice | null | typeof ellipsis;

/** True where nothing but integers, slices, newaxis and ellipsis stand in an index. */
export function isBasic(index: readonly unknown[]): index is BasicIndex[] {
  for (const part of index)
    if (!(typeof part === 'number' || part instanceof Slice || part === null || part === ellipsis)) return false;
  return true;
}

/**
 * The view that a basic index (integers, slices, newaxis, ellipsis) shows; memory is shared.
 *
 * @throws AppError 'index' as NumPy words it.
 * @example sliced(arange(6), slice(1, null, 2)).tolist() // [1n, 3n, 5n]
 */
export function sliced(a: NDArray, ...index: BasicIndex[]): NDArray {
  let used = 0;
  let open = 0;
  for (const part of index) {
    if (part === ellipsis) open++;
    else if (part !== null) used++;
  }
  if (open > 1) throw new AppError('index', "an index can only have a single ellipsis ('...')");
  if (used > a.ndim) {
    throw new AppError('index', `too many indices for array: array is ${a.ndim}-dimensional, but ${used} were indexed`);
  }
  if (open === 0) index.push(ellipsis);
  const shape: number[] = [];
  const strides: number[] = [];
  let { offset } = a;
  let axis = 0;
  for (const part of index) {
    if (part === null) {
      shape.push(1);
      strides.push(0);
    } else if (part === ellipsis) {
      for (let k = a.ndim - used; k > 0; k--, axis++) {
        shape.push(a.shape[axis]);
        strides.push(a.strides[axis]);
      }
    } else if (part instanceof Slice) {
      const { start, step, count } = part.over(a.shape[axis]);
      if (count > 0) offset += start * a.strides[axis];
      shape.push(count);
      strides.push(step * a.strides[axis]);
      axis++;
    } else {
      offset += normalizeIndex(part, a.shape[axis], axis) * a.strides[axis];
      axis++;
    }
  }
  // What is empty has no memory to move in.
  return a.view(shape, strides, a.size === 0 ? a.offset : offset);
}
