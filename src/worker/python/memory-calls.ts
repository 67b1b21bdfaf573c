/** Elements in bulk between Python's memory and arrays: from lists and bytes, and back. */
import type { DType } from '#shared/dtype.ts';
import { dtypes } from '#shared/dtype.ts';
import { astype } from '#engine/cast.ts';
import { empty } from '#engine/create.ts';
import { viewAs } from '#engine/looks.ts';
import type { Memory } from './cell.ts';
import { getArray, lookAt, putArray } from './handles.ts';
import type { PythonApi } from './python-api.ts';
import type { UfuncCalls } from './ufunc-calls.ts';

export function memoryCalls(memory: Memory, api: PythonApi, ufuncs: UfuncCalls): Record<string, unknown> {
  // What CPython tells of a buffer: its address first.
  const told = api._malloc(64);
  return {
    /** Copies the bytes of an object that has a buffer to `at` of an array in C order; gives false where it has none. */
    fillFrom: (handle: number, at: number, object: number): boolean => {
      if (api._PyObject_GetBuffer(object, told, 0) !== 0) return false;
      const [address, , length] = api.HEAP32.subarray(told >>> 2, (told >>> 2) + 3);
      const a = lookAt(handle);
      // Addresses past 2 GiB are negative there.
      new Uint8Array(a.buffer, a.offset + at, length).set(memory().subarray(address >>> 0, (address >>> 0) + length));
      api._PyBuffer_Release(told);
      return true;
    },
    /** A new array of `dtype` whose elements, in C order, are read as `kind` from Python's memory. */
    fromMemory: (address: number, kind: number, dtype: number, ...shape: number[]): number => {
      const made = empty(shape, dtypes[kind]);
      const { nbytes } = made;
      new Uint8Array(made.buffer, made.offset, nbytes).set(memory().subarray(address, address + nbytes));
      if (kind === dtype) return putArray(made);
      const { made: cast, up } = ufuncs.casting(() => putArray(astype(made, dtypes[dtype])));
      return up ? -1 - cast : cast;
    },
    /** Writes the elements, in C order and as `dtype`, into Python's memory. */
    toMemory: (handle: number, address: number, dtype: number): void => {
      const a = astype(lookAt(handle), dtypes[dtype], { order: 'C', copy: false });
      const plain = a.cContiguous ? a : astype(a, a.dtype, { order: 'C' });
      const bytes = new Uint8Array(plain.buffer, plain.offset, plain.nbytes);
      memory().set(bytes, address);
    },
    /** The same bytes as another dtype, as `ndarray.view`. */
    viewAs: (handle: number, dtype: DType): number => putArray(viewAs(getArray(handle), dtype)),
  };
}
