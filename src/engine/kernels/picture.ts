import type { Region } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { checkedRegion, checkedSize } from './matrix-view.ts';

/**
 * A region of a picture (uint8, (h, w), (h, w, 1), (h, w, 3) or (h, w, 4)) as width × height RGBA bytes, on a thread of
 * its own. Shrinking averages by area with fractional edges; enlarging keeps the pixels square. Alpha is 255 unless the
 * picture brings its own. `into` may give the width · height · 4 bytes to write to.
 *
 * @throws AppError 'dtype', 'shape', 'index', 'value'.
 * @example [...await pictureView(array([[0, 200]], 'uint8'), { row0: 0, row1: 1, col0: 0, col1: 2 }, 1, 1)] // [100, 100, 100, 255]
 */
export async function pictureView(
  a: NDArray,
  region: Region,
  width: number,
  height: number,
  into?: Uint8Array,
): Promise<Uint8Array> {
  if (a.dtype !== 'uint8' && a.dtype !== 'bool') {
    throw new AppError('dtype', `Expected a picture of dtype uint8 but received ${a.dtype}`);
  }
  const channels = a.ndim === 3 ? a.shape[2] : 1;
  if ((a.ndim !== 2 && a.ndim !== 3) || (channels !== 1 && channels !== 3 && channels !== 4)) {
    throw new AppError('shape', `Expected a picture of shape (h, w), (h, w, 1), (h, w, 3) or (h, w, 4)`);
  }
  const view = {
    bytes: new Uint8Array(a.buffer),
    dtype: a.dtype,
    offset: a.offset,
    rows: a.shape[0],
    cols: a.shape[1],
    rowStride: a.strides[0],
    colStride: a.strides[1],
  };
  checkedRegion(view, region);
  checkedSize(width, height);
  const rgba = into ?? new Uint8Array(width * height * 4);
  await native().picture(view, channels, a.ndim === 3 ? a.strides[2] : 0, region, width, height, rgba);
  return rgba;
}
