import type { Region } from '#shared/contract.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { checkedRegion, checkedSize, matrixView } from './matrix-view.ts';

export interface Tile {
  width: number;
  height: number;
  /** Row-major, height × width; over memory of its own, or `options.into`. */
  values: Float32Array;
  /** False when only a sample of the cells was looked at. */
  exact: boolean;
}

/**
 * A region of a matrix down-sampled to at most `width` × `height` values, on a thread of its own.
 *
 * Pixel (i, j) covers the rows ⌊i·h/height⌋ … ⌊(i+1)·h/height⌋ of the region's h rows (at least one), columns alike:
 * every cell counts once when shrinking, and the nearest cell is repeated when enlarging. `mean` is the average of the
 * cells that are not NaN (NaN where there is none), `absmax` the cell of largest magnitude with its sign. Complex cells
 * count by their magnitude. An empty region gives NaN everywhere.
 *
 * Of (m, n), or of the plane of an (m, n, k); any dtype.
 *
 * @param options.plane the plane of a 3-d array.
 * @param options.sample looks at no more than about eight cells per pixel, for a first answer within milliseconds; the
 * result's `exact` is then false unless that was all of them.
 * @param options.into width · height values to write to.
 * @throws AppError 'index', 'value'.
 * @example [...(await tile(array([[1, 2], [3, 4]]), { row0: 0, row1: 2, col0: 0, col1: 2 }, 1, 2, 'mean')).values] // [1.5, 3.5]
 */
export async function tile(
  a: NDArray,
  region: Region,
  width: number,
  height: number,
  reduce: 'mean' | 'absmax',
  options: { plane?: number; sample?: boolean; into?: Float32Array } = {},
): Promise<Tile> {
  const view = matrixView(a, options.plane);
  checkedRegion(view, region);
  checkedSize(width, height);
  const values = options.into ?? new Float32Array(width * height);
  const cells = (region.row1 - region.row0) * (region.col1 - region.col0);
  const sampled = options.sample === true && cells > 8 * width * height;
  await native().tile(view, region, width, height, reduce, sampled, values);
  return { width, height, values, exact: !sampled };
}
