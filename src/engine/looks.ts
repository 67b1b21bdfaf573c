/** Other looks at an array's memory: under strides of one's own, and as another dtype. */
import { type DType, itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype, extent } from './cast.ts';
import { empty } from './create.ts';
import { NDArray } from './ndarray.ts';

/**
 * The same memory under another shape and other strides, in bytes, as `numpy.lib.stride_tricks.as_strided`; of any
 * dtype, which stays. Strides that are no multiples of an element's size give a copy that cannot be written, since
 * numbers lie at multiples of their size here.
 *
 * a (…) → the lengths of `shape`, (m, n) say, of a's dtype.
 *
 * @throws AppError 'value' where an element would lie outside of the memory of the array that owns it, which NumPy
 * reads all the same.
 * @example as_strided(array([1, 2, 3]), [2, 2], [8, 8]).tolist() // [[1n, 2n], [2n, 3n]]
 */
export function as_strided(a: NDArray, shape: readonly number[], strides: readonly number[]): NDArray {
  if (shape.length !== strides.length)
    throw new AppError('value', 'strides, if given, must be the same length as shape', { argument: 'strides' });
  const owner = a.base ?? a;
  const [start, stop] = extent({ offset: a.offset, itemsize: a.itemsize, shape, strides });
  if (!shape.includes(0) && (start < owner.offset || stop > owner.offset + owner.nbytes))
    throw new AppError('value', 'strides and shape reach outside of the memory of the array', {
      argument: 'strides',
      hint: `They span bytes ${start - owner.offset} to ${stop - owner.offset} of ${owner.nbytes}.`,
    });
  if (strides.every((step) => step % a.data.BYTES_PER_ELEMENT === 0)) return a.view(shape, strides);
  return gathered(a, a.dtype, shape, strides);
}

/**
 * The same bytes as another dtype, as `ndarray.view`: a (…, n) → (…, n · size / new size). Where the numbers would not lie
 * at multiples of their size, a copy that cannot be written.
 *
 * @throws AppError 'value' for sizes that do not divide, and a last axis with gaps.
 * @example viewAs(array([1, 2], 'float32'), 'int32').tolist() // [1065353216, 1073741824]
 */
export function viewAs(a: NDArray, dtype: DType): NDArray {
  const step = itemsize[dtype];
  const shape = a.shape.slice();
  const strides = a.strides.slice();
  const last = shape.length - 1;
  if (step !== a.itemsize) {
    if (last < 0)
      throw new AppError('value', 'Changing the dtype of a 0d array is only supported if the itemsize is unchanged');
    if (strides[last] !== a.itemsize && a.size > 0)
      throw new AppError('value', 'To change to a dtype of a different size, the last axis must be contiguous');
    const bytes = shape[last] * a.itemsize;
    if (bytes % step !== 0)
      throw new AppError(
        'value',
        step > a.itemsize
          ? 'When changing to a larger dtype, its size must be a divisor of the total size in bytes of the last axis of the array.'
          : 'When changing to a smaller dtype, its size must be a divisor of the size of original dtype',
      );
    shape[last] = bytes / step;
    strides[last] = step;
  }
  const { buffer, offset, writeable } = a;
  const word = dtype === 'complex128' ? 8 : dtype === 'complex64' ? 4 : step;
  if (offset % word !== 0 || strides.some((stride) => stride % word !== 0)) return gathered(a, dtype, shape, strides);
  return new NDArray({ dtype, shape, strides, offset, buffer, base: a.base ?? a, writeable });
}

/** The elements that lie anywhere, each taken byte by byte, as a new array that cannot be written. */
function gathered(a: NDArray, dtype: DType, shape: readonly number[], strides: readonly number[]): NDArray {
  const made = empty(shape, dtype);
  const size = made.itemsize;
  const lone = new NDArray({
    dtype: 'uint8',
    shape: [...shape, size],
    strides: [...strides, 1],
    offset: a.offset,
    buffer: a.buffer,
  });
  const bytes = astype(lone, 'uint8', { order: 'C' });
  const { buffer, offset } = bytes;
  return new NDArray({ dtype, shape, offset, buffer, base: bytes, writeable: false });
}
