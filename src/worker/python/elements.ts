/** Elements and parts of arrays for Python: the quick forms of `a[i]`, `a[i, j]` and their assignment, and the whole one. */
import { AppError } from '#shared/errors.ts';
import { copyInto } from '#engine/cast.ts';
import { type ArrayLike, empty } from '#engine/create.ts';
import type { Index } from '#engine/index-plan.ts';
import { getitem, setitem } from '#engine/indexing.ts';
import { type NDArray, normalizeIndex } from '#engine/ndarray.ts';
import { isInteger, requireInRange } from '#engine/promotion.ts';
import { isComplex, type Scalar } from '#engine/scalar.ts';
import { Slice } from '#engine/slicing.ts';
import { readArguments } from './arguments.ts';
import type { Cell } from './cell.ts';
import { getArray, lookAt, putArray } from './handles.ts';

/** An element for Python: real ones as they are, complex ones through the cell. */
function giveElement(cell: Cell, a: NDArray, bytes: number): number | bigint | undefined {
  const { data } = a;
  const entry = bytes / data.BYTES_PER_ELEMENT;
  if (a.entries === 1) {
    const value = data[entry];
    // Small integers reach Python as plain ints.
    return typeof value === 'bigint' && value >= -smallest && value <= smallest ? Number(value) : value;
  }
  cell.put(a.read(entry));
  return undefined;
}

const smallest = 2n ** 53n - 1n;

function tooMany(a: NDArray, used: number): AppError {
  return new AppError('index', `too many indices for array: array is ${a.ndim}-dimensional, but ${used} were indexed`);
}

/** Writes an element; a Python int must fit the dtype. */
export function assign(a: NDArray, bytes: number, value: Scalar, isFloat = false): void {
  if (!a.writeable) throw new AppError('value', 'assignment destination is read-only');
  if (typeof value === 'number' && !Number.isFinite(value)) {
    if (isInteger(a.dtype))
      throw new AppError('value', `cannot convert float ${Number.isNaN(value) ? 'NaN' : 'infinity'} to integer`);
  } else if (!isFloat && typeof value !== 'boolean' && !isComplex(value) && Number.isInteger(Number(value))) {
    requireInRange(value, a.dtype);
  }
  a.write(bytes / a.data.BYTES_PER_ELEMENT, value);
}

export function elementCalls(cell: Cell): Record<string, unknown> {
  return {
    get1: (handle: number, i: number): number | bigint | undefined => {
      const a = lookAt(handle);
      return giveElement(cell, a, a.offset + normalizeIndex(i, a.shape[0], 0) * a.strides[0]);
    },
    get2: (handle: number, i: number, j: number): number | bigint | undefined => {
      const a = lookAt(handle);
      if (a.ndim < 2) throw tooMany(a, 2);
      const row = normalizeIndex(i, a.shape[0], 0) * a.strides[0];
      return giveElement(cell, a, a.offset + row + normalizeIndex(j, a.shape[1], 1) * a.strides[1]);
    },
    /** `a[i]` of an array of two axes or more: a view. */
    row: (handle: number, i: number): number => {
      const a = getArray(handle);
      const offset = a.offset + normalizeIndex(i, a.shape[0], 0) * a.strides[0];
      return putArray(a.view(a.shape.slice(1), a.strides.slice(1), offset));
    },
    /** `a[start:stop:step]` on the first axis. */
    slice: (handle: number, start?: number, stop?: number, step?: number): number => {
      const a = getArray(handle);
      const over = new Slice(start ?? null, stop ?? null, step ?? null).over(a.shape[0]);
      const shape = a.shape.slice();
      const strides = a.strides.slice();
      shape[0] = over.count;
      strides[0] = over.step * a.strides[0];
      return putArray(a.view(shape, strides, over.count > 0 ? a.offset + over.start * a.strides[0] : a.offset));
    },
    set1: (handle: number, i: number, value: Scalar): void => {
      const a = lookAt(handle);
      assign(a, a.offset + normalizeIndex(i, a.shape[0], 0) * a.strides[0], value);
    },
    set2: (handle: number, i: number, j: number, value: Scalar): void => {
      const a = lookAt(handle);
      if (a.ndim < 2) throw tooMany(a, 2);
      const row = normalizeIndex(i, a.shape[0], 0) * a.strides[0];
      assign(a, a.offset + row + normalizeIndex(j, a.shape[1], 1) * a.strides[1], value);
    },
    getitem: (handle: number, kinds: string, ...values: unknown[]): number =>
      cell.give(getitem(getArray(handle), readArguments(kinds, values).args as Index[])),
    /** As `getitem`, but what has no axes stays an array. */
    getview: (handle: number, kinds: string, ...values: unknown[]): number =>
      putArray(getitem(getArray(handle), readArguments(kinds, values).args as Index[])),
    /** The value is the first argument, the index the rest. */
    setitem: (handle: number, kinds: string, ...values: unknown[]): void => {
      const [value, ...index] = readArguments(kinds, values).args;
      setitem(lookAt(handle), index as Index[], value as ArrayLike);
    },
    item: (handle: number): number => {
      const a = lookAt(handle);
      if (a.size !== 1) throw new AppError('value', 'can only convert an array of size 1 to a Python scalar');
      const one = empty([], a.dtype);
      copyInto(one, a.view([], []));
      return cell.give(one);
    },
  };
}
