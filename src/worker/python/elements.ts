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
import { exceedsSingle } from './float-checks.ts';
import { getArray, lookAt, putArray } from './handles.ts';
import type { UfuncCalls } from './ufunc-calls.ts';

/** Writes an element; what Python makes an int of must fit the dtype. True when a float was too large for single precision. */
export function assign(a: NDArray, bytes: number, value: Scalar, isFloat = false): boolean {
  if (!a.writeable) throw new AppError('value', 'assignment destination is read-only');
  if (typeof value === 'number' && !Number.isFinite(value)) {
    if (isInteger(a.dtype))
      throw new AppError('value', `cannot convert float ${Number.isNaN(value) ? 'NaN' : 'infinity'} to integer`);
  } else if (isFloat) {
    if (isInteger(a.dtype)) requireInRange(BigInt(Math.trunc(value as number)), a.dtype);
  } else if (typeof value !== 'boolean' && !isComplex(value) && Number.isInteger(Number(value))) {
    requireInRange(value, a.dtype);
  }
  const entry = bytes / a.data.BYTES_PER_ELEMENT;
  a.write(entry, value);
  return a.itemsize === a.entries * 4 && exceedsSingle(value);
}

export function elementCalls(cell: Cell, ufuncs: UfuncCalls): Record<string, unknown> {
  return {
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
    getitem: (handle: number, kinds: string, ...values: unknown[]): number =>
      cell.give(getitem(getArray(handle), readArguments(kinds, values).args as Index[])),
    /** As `getitem`, but what has no axes stays an array. */
    getview: (handle: number, kinds: string, ...values: unknown[]): number =>
      putArray(getitem(getArray(handle), readArguments(kinds, values).args as Index[])),
    /** The value is the first argument, the index the rest. */
    setitem: (handle: number, kinds: string, ...values: unknown[]): number => {
      const [value, ...index] = readArguments(kinds, values).args;
      const { up } = ufuncs.casting(() => {
        setitem(lookAt(handle), index as Index[], value as ArrayLike);
      });
      return up ? -1 : 0;
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
