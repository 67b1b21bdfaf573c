import type { NDArray } from '#engine/ndarray.ts';
import { cOrdered } from '../copies.ts';

/** The bytes of a C-ordered array. */
function bytesOf(array: NDArray): Buffer {
  return Buffer.from(array.buffer as unknown as ArrayBuffer, array.offset, array.nbytes);
}

/** True when both hold the same bytes in the same shape and dtype; NaN equals itself. */
export function sameBytes(a: NDArray, b: NDArray): boolean {
  if (a.dtype !== b.dtype || a.shape.length !== b.shape.length) return false;
  if (a.shape.some((length, axis) => length !== b.shape[axis])) return false;
  return bytesOf(cOrdered(a)).equals(bytesOf(cOrdered(b)));
}

/** A number that most changes of the bytes change; looks at a few thousand places. */
export function fingerprint(array: NDArray): number {
  const bytes = bytesOf(array);
  const step = Math.max(1, Math.floor(bytes.length / 4096)) | 1;
  let hash = bytes.length;
  for (let at = 0; at < bytes.length; at += step) hash = (Math.imul(hash, 31) + bytes[at]) | 0;
  return hash;
}
