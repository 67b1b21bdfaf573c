import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';

/**
 * Copies every element of `from` to the same place of `to` (same shape; any strides), converting between dtypes as
 * NumPy's `astype(casting='unsafe')` does for values in range; at once, on this thread. Transposing copies go by
 * blocks. Any shape (…).
 *
 * @example const out = zeros([2], 'int32'); copyInto(array([1.5, 2.5]), out); out.tolist() // [1, 2]
 */
export function copyInto(from: NDArray, to: NDArray): void {
  native().copy(
    new Uint8Array(from.buffer),
    from.dtype,
    from.offset,
    from.strides,
    new Uint8Array(to.buffer),
    to.dtype,
    to.offset,
    to.strides,
    to.shape,
  );
}
