import type { Region } from '#shared/contract.ts';
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import type { NDArray } from '../ndarray.ts';

/** A matrix as the kernels take it: strides and offset in bytes over the bytes of the whole buffer. */
export interface MatrixView {
  bytes: Uint8Array;
  dtype: DType;
  offset: number;
  rows: number;
  cols: number;
  rowStride: number;
  colStride: number;
}

/**
 * An array as one matrix: 0-d is 1 × 1, 1-d one column, 3-d the plane `plane` of the last axis, as the contract has it.
 * @throws AppError 'index' for a plane that does not exist, 'shape' for more than three axes.
 */
export function matrixView(a: NDArray, plane = 0): MatrixView {
  const bytes = new Uint8Array(a.buffer);
  const [rows = 1, cols = 1, planes = 1] = a.shape;
  const [rowStride = 0, colStride = 0, planeStride = 0] = a.strides;
  if (a.ndim > 3) throw new AppError('shape', `${a.ndim}-dimensional array given. At most 3 axes can be shown`);
  if (a.ndim < 3) return { bytes, dtype: a.dtype, offset: a.offset, rows, cols, rowStride, colStride };
  if (!Number.isInteger(plane) || plane < 0 || plane >= planes) {
    throw new AppError('index', `index ${plane} is out of bounds for axis 2 with size ${planes}`, {
      argument: 'plane',
    });
  }
  return { bytes, dtype: a.dtype, offset: a.offset + plane * planeStride, rows, cols, rowStride, colStride };
}

/**
 * The whole of an array as a region.
 *
 * (m, n) or (m, n, k) of any dtype; () is one cell, (m,) one column.
 *
 * @example wholeRegion(zeros([2, 3])) // { row0: 0, row1: 2, col0: 0, col1: 3 }
 */
export function wholeRegion(a: NDArray): Region {
  return { row0: 0, row1: a.shape[0] ?? 1, col0: 0, col1: a.shape[1] ?? 1 };
}

/**
 * The same region, known to lie inside the matrix.
 * @throws AppError 'index' when it does not, or is not made of integers.
 */
export function checkedRegion(view: { rows: number; cols: number }, region: Region): Region {
  const { row0, row1, col0, col1 } = region;
  const inside =
    [row0, row1, col0, col1].every(Number.isInteger) &&
    row0 >= 0 &&
    col0 >= 0 &&
    row0 <= row1 &&
    col0 <= col1 &&
    row1 <= view.rows &&
    col1 <= view.cols;
  if (!inside) {
    throw new AppError(
      'index',
      `region [${row0}:${row1}, ${col0}:${col1}] is out of bounds for shape (${view.rows}, ${view.cols})`,
      { argument: 'region' },
    );
  }
  return region;
}

/**
 * The same size in pixels, known to be usable.
 * @throws AppError 'value' unless both are integers from 1 to 16384.
 * @example checkedSize(20, 10) // 200
 */
export function checkedSize(width: number, height: number): number {
  for (const [argument, value] of [
    ['width', width],
    ['height', height],
  ] as const) {
    if (!Number.isInteger(value) || value < 1 || value > 16384) {
      throw new AppError('value', `Expected an integer between 1 and 16384 for ${argument} but received ${value}`, {
        argument,
      });
    }
  }
  return width * height;
}
