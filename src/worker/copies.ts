import { copyInto } from '#engine/kernels/copy.ts';
import { allocate } from '#engine/memory.ts';
import { NDArray } from '#engine/ndarray.ts';
import type { DType } from '#shared/dtype.ts';

/** A new array of a shape and dtype; zeros. */
export function emptyArray(shape: readonly number[], dtype: DType): NDArray {
  return new NDArray({ dtype, shape, ...allocate(shape, dtype) });
}

/** A C-ordered copy with memory of its own. */
export function duplicateArray(array: NDArray, dtype: DType = array.dtype): NDArray {
  const copy = emptyArray(array.shape, dtype);
  if (array.size > 0) copyInto(array, copy);
  return copy;
}

/** The array itself when it is C-ordered, otherwise a copy that is: what the workspace and the journal hold. */
export function cOrdered(array: NDArray): NDArray {
  return array.cContiguous ? array : duplicateArray(array);
}
