import type { Region } from '#shared/contract.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { checkedRegion, matrixView, wholeRegion } from './matrix-view.ts';

export interface Range {
  /** Over the finite cells; NaN when there is none. */
  min: number;
  max: number;
  absmax: number;
  nan: number;
  inf: number;
  exact: boolean;
}

/**
 * The limits of a matrix (or of one region of it), on a thread of its own. Complex cells count by their magnitude.
 *
 * Of (m, n), or of the plane of an (m, n, k); any dtype.
 *
 * @param options.sample looks at no more than about a million cells, `exact` is then false.
 * @throws AppError 'index'.
 * @example (await range(array([[1, 2], [3, 4]]))).max // 4
 */
export async function range(
  a: NDArray,
  options: { plane?: number; region?: Region; sample?: boolean } = {},
): Promise<Range> {
  const view = matrixView(a, options.plane);
  const region = checkedRegion(view, options.region ?? wholeRegion(a));
  const cells = (region.row1 - region.row0) * (region.col1 - region.col0);
  const sampled = options.sample === true && cells > 2 ** 20;
  const [min = NaN, max = NaN, absmax = NaN, nan = 0, inf = 0] = await native().range(view, region, sampled);
  return { min, max, absmax, nan, inf, exact: !sampled };
}

export interface Statistics {
  /** All cells of the region, NaN included. */
  count: number;
  nan: number;
  /** Over the cells that are not NaN. */
  sum: number;
  mean: number;
  /** Of the population (ddof = 0), as NumPy's default. */
  std: number;
  min: number;
  max: number;
}

/**
 * Numbers about a region, on a thread of its own: pairwise sums, the deviation in a second pass. NaN cells are counted
 * and left out; everything but the counts and the sum is NaN when no cell remains.
 *
 * Of (m, n), or of the plane of an (m, n, k); any dtype.
 *
 * @throws AppError 'index'.
 * @example (await statistics(array([[1, 2], [3, 4]]), { row0: 0, row1: 2, col0: 0, col1: 1 })).mean // 2
 */
export async function statistics(a: NDArray, region: Region, options: { plane?: number } = {}): Promise<Statistics> {
  const view = matrixView(a, options.plane);
  checkedRegion(view, region);
  const [count = 0, nan = 0, sum = 0, mean = NaN, std = NaN, min = NaN, max = NaN] = await native().statistics(
    view,
    region,
  );
  return { count, nan, sum, mean, std, min, max };
}

/**
 * The cells of a region as float64, row-major, at once (not on another thread: for what a screen shows). `imag` only
 * for complex dtypes. int64 and uint64 beyond 2⁵³ are rounded.
 *
 * Of (m, n), or of the plane of an (m, n, k).
 *
 * @throws AppError 'index'.
 * @example [...cells(array([[1, 2], [3, 4]]), { row0: 0, row1: 2, col0: 1, col1: 2 }).values] // [2, 4]
 */
export function cells(
  a: NDArray,
  region: Region,
  options: { plane?: number } = {},
): { values: Float64Array; imag: Float64Array | null } {
  const view = matrixView(a, options.plane);
  checkedRegion(view, region);
  const count = (region.row1 - region.row0) * (region.col1 - region.col0);
  const values = new Float64Array(count);
  const imag = a.dtype === 'complex64' || a.dtype === 'complex128' ? new Float64Array(count) : null;
  native().cells(view, region, values, imag);
  return { values, imag };
}

/** Elements that are looked at one by one sooner than the addon is called. */
const few = 64;

function fewAreFinite({ data, start, size, entries }: NDArray): boolean {
  let sum = 0;
  for (let i = start; i < start + size * entries; i++) sum += (data[i] as number) * 0;
  return sum === 0;
}

/**
 * The index of the first cell (in row-major order) that is NaN or infinite, null when all are finite; at once. Any
 * number of axes; a complex cell is finite when both parts are. Any shape (…) and dtype.
 *
 * @example firstNonfinite(array([[1, 2], [NaN, 4]])) // [1, 0]
 */
export function firstNonfinite(a: NDArray): number[] | null {
  if (a.dtype !== 'float32' && a.dtype !== 'float64' && a.dtype !== 'complex64' && a.dtype !== 'complex128')
    return null;
  if (a.size <= few && a.cContiguous && fewAreFinite(a)) return null;
  const found = native().firstNonfinite(new Uint8Array(a.buffer), a.dtype, a.offset, a.shape, a.strides);
  if (found < 0) return null;
  const index: number[] = [];
  let left = found;
  for (let axis = a.ndim - 1; axis >= 0; axis--) {
    const n = a.shape[axis];
    index.unshift(left % n);
    left = Math.floor(left / n);
  }
  return index;
}
