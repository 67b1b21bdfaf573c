import type { DType } from '#shared/dtype.ts';

/** The typed array that holds elements of a dtype; complex numbers lie as (re, im) pairs. */
export type Data =
  | Uint8Array
  | Int8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** The class of the typed array that holds elements of a dtype. */
export const dataClass = {
  bool: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
  complex64: Float32Array,
  complex128: Float64Array,
} as const;

/** A whole buffer as elements of a dtype. */
export function viewOf(buffer: SharedArrayBuffer, dtype: DType): Data {
  return new (dataClass[dtype] as new (buffer: SharedArrayBuffer) => Data)(buffer);
}
