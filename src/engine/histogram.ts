import { AppError } from '#shared/errors.ts';
import { astype } from './cast.ts';
import { asarray, empty } from './create.ts';
import type { NDArray } from './ndarray.ts';
import { linspace } from './ranges.ts';
import { ravel } from './shape.ts';
import type { Operand } from './ufuncs/ufunc.ts';

export interface HistogramOptions {
  /** How many equal bins, or their edges. */
  bins?: number | Operand;
  /** The span of equal bins; from the smallest to the largest element by default. */
  range?: readonly [number, number];
  weights?: Operand;
  /** Shares per unit instead of counts: the integral is 1. */
  density?: boolean;
}

/**
 * Counts per bin and the edges of the bins. All bins but the last are half-open: [1, 2), [2, 3], as in NumPy.
 *
 * @throws AppError 'value' "autodetected range of [nan, nan] is not finite", "`bins` must be positive, when an integer".
 * @example histogram(array([1, 2, 1]), { bins: [0, 1, 2, 3] }).hist.tolist() // [0n, 2n, 1n]
 */
export function histogram(
  a: Operand,
  { bins = 10, range, weights, density = false }: HistogramOptions = {},
): { hist: NDArray; bin_edges: NDArray } {
  const source = astype(ravel(asarray(a)), 'float64');
  const values = (source.data as Float64Array).subarray(source.start, source.start + source.size);
  const scale = weights === undefined ? null : astype(ravel(asarray(weights)), 'float64');
  if (scale !== null && scale.size !== source.size)
    throw new AppError('value', 'weights should have the same shape as a.');
  const uniform = typeof bins === 'number';
  const edges = uniform ? equalEdges(values, bins, range) : givenEdges(asarray(bins));
  const numbers = astype(edges, 'float64').tolist() as number[];
  const n = numbers.length - 1;
  const totals = new Float64Array(n);
  const [low, high] = [numbers[0], numbers[n]];
  const norm = n / (high - low);
  values.forEach((x, i) => {
    if (!(x >= low && x <= high)) return;
    let k: number;
    if (uniform) {
      k = Math.min(n - 1, Math.floor((x - low) * norm));
      // Rounding may put a value beside its bin; the edges decide.
      if (x < numbers[k]) k--;
      else if (x >= numbers[k + 1] && k !== n - 1) k++;
    } else {
      k = lastAtMost(numbers, x);
      if (k === n) k = n - 1;
    }
    totals[k] += scale === null ? 1 : Number(scale.data[scale.start + i]);
  });
  if (density) {
    const sum = totals.reduce((total, x) => total + x, 0);
    const hist = empty(n);
    totals.forEach((x, k) => (hist.data[hist.start + k] = x / (numbers[k + 1] - numbers[k]) / sum));
    return { hist, bin_edges: edges };
  }
  return { hist: asarray([...totals], scale === null ? 'int64' : 'float64'), bin_edges: edges };
}

function equalEdges(values: Float64Array, bins: number, range: readonly [number, number] | undefined): NDArray {
  if (!Number.isInteger(bins))
    throw new AppError('dtype', '`bins` must be an integer, a string, or an array', { argument: 'bins' });
  if (bins < 1) throw new AppError('value', '`bins` must be positive, when an integer', { argument: 'bins' });
  let [low, high] = range ?? [0, 1];
  if (range === undefined && values.length > 0) {
    [low, high] = [Infinity, -Infinity];
    for (const x of values) {
      if (!(x >= low)) low = x;
      if (!(x <= high)) high = x;
      if (x !== x) [low, high] = [NaN, NaN];
      if (low !== low) break;
    }
  }
  if (low > high) throw new AppError('value', 'max must be larger than min in range parameter.', { argument: 'range' });
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    const words = (x: number): string =>
      Number.isNaN(x) ? 'nan' : x === Infinity ? 'inf' : x === -Infinity ? '-inf' : String(x);
    throw new AppError(
      'value',
      `${range === undefined ? 'autodetected' : 'supplied'} range of [${words(low)}, ${words(high)}] is not finite`,
    );
  }
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  return linspace(low, high, bins + 1);
}

function givenEdges(edges: NDArray): NDArray {
  if (edges.ndim !== 1) throw new AppError('value', '`bins` must be 1d, when an array', { argument: 'bins' });
  const list = astype(edges, 'float64').tolist() as number[];
  if (list.some((x, k) => k > 0 && list[k - 1] > x)) {
    throw new AppError('value', '`bins` must increase monotonically, when an array', { argument: 'bins' });
  }
  return edges;
}

function lastAtMost(edges: readonly number[], x: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
