import { AppError } from '#shared/errors.ts';
import { sameShape } from './broadcast.ts';
import { ascontiguousarray, astype } from './cast.ts';
import { asarray, empty } from './create.ts';
import { diff } from './differences.ts';
import { requireMemory, sizeInWords } from './memory.ts';
import { native } from './native.ts';
import { NDArray } from './ndarray.ts';
import { linspace } from './ranges.ts';
import { sliced } from './slicing.ts';
import { isInteger } from './promotion.ts';
import { max, min, sum } from './reductions.ts';
import { binsByRule } from './bin-rules.ts';
import { scalarText } from './print-number.ts';
import { ravel, reshape } from './shape.ts';
import { imag, real } from './elementwise.ts';
import { add, divide, multiply } from './ufuncs/arithmetic.ts';
import type { Operand } from './ufuncs/definition.ts';

export interface HistogramOptions {
  /** How many equal bins, their edges, or the name of a rule that finds their width ('auto', 'fd', 'sturges' …). */
  bins?: number | string | Operand;
  /** The span of equal bins; from the smallest to the largest element by default. */
  range?: readonly [number, number];
  weights?: Operand;
  /** Shares per unit instead of counts: the integral is 1. */
  density?: boolean;
}

/**
 * Counts per bin and the edges of the bins. All bins but the last are half-open: [1, 2), [2, 3], as in NumPy.
 *
 * a (…), weights of the same shape → hist (k,), int64, of the weights' dtype where there are some, float64 (complex128
 * with complex weights) as a density; edges (k + 1,), float64 (float32 of float32).
 *
 * @throws AppError 'value' "autodetected range of [nan, nan] is not finite", "`bins` must be positive, when an
 * integer".
 * @example histogram(array([1, 2, 1]), { bins: [0, 1, 2, 3] }).hist.tolist() // [0n, 2n, 1n]
 */
export function histogram(
  a: Operand,
  { bins = 10, range, weights, density = false }: HistogramOptions = {},
): { hist: NDArray; bin_edges: NDArray } {
  const source = ascontiguousarray(ravel(asarray(a)), 'float64');
  const values = (source.data as Float64Array).subarray(source.start, source.start + source.size);
  requireWeights(asarray(a), weights);
  const scale = weights === undefined ? null : ravel(asarray(weights));
  const edges = edgesFor(asarray(a), values, bins, range, scale !== null);
  const numbers = numbersOf(edges);
  const n = Math.max(0, numbers.length - 1);
  const even = typeof bins === 'number' || typeof bins === 'string';
  const weighed = (part: NDArray): NDArray => {
    const made = empty([n], 'float64');
    const shares = astype(part, 'float64', { order: 'C' });
    if (n > 0) {
      const from = new Float64Array(shares.buffer, shares.offset, shares.size);
      native().countInBins(values, numbers, even, from, new Float64Array(made.buffer, made.offset, n));
    }
    return made;
  };
  let totals: NDArray;
  if (scale === null) {
    totals = empty([n], 'int64');
    if (n > 0) native().countInBins(values, numbers, even, null, new BigInt64Array(totals.buffer, totals.offset, n));
  } else if (scale.entries === 2) {
    totals = add(weighed(real(scale)), multiply(weighed(imag(scale)), { re: 0, im: 1 }));
  } else {
    totals = weighed(scale);
  }
  if (scale !== null) totals = astype(totals, scale.dtype, { copy: false });
  if (!density) return { hist: totals, bin_edges: edges };
  const hist = divide(divide(totals, astype(diff(edges), 'float64')), sum(totals));
  return { hist, bin_edges: edges };
}

/**
 * The edges of the bins of a histogram. a (…) → (k + 1,), float64 (float32 of float32).
 * @throws AppError as `histogram`.
 * @example histogram_bin_edges(array([0, 4]), { bins: 2 }).tolist() // [0, 2, 4]
 */
export function histogram_bin_edges(a: Operand, { bins = 10, range, weights }: HistogramOptions = {}): NDArray {
  const source = ascontiguousarray(ravel(asarray(a)), 'float64');
  const values = (source.data as Float64Array).subarray(source.start, source.start + source.size);
  requireWeights(asarray(a), weights);
  return edgesFor(asarray(a), values, bins, range, weights !== undefined);
}

function requireWeights(a: NDArray, weights: Operand | undefined): void {
  if (weights !== undefined && !sameShape(asarray(weights).shape, a.shape))
    throw new AppError('value', 'weights should have the same shape as a.', { argument: 'weights' });
}

function edgesFor(
  a: NDArray,
  values: Float64Array,
  bins: number | string | Operand,
  range: readonly [number, number] | undefined,
  weighted: boolean,
): NDArray {
  if (typeof bins === 'number') return equalEdges(a, values, bins, range);
  if (typeof bins !== 'string') return givenEdges(asarray(bins));
  if (weighted) {
    throw new AppError('dtype', 'Automated estimation of the number of bins is not supported for weighted data', {
      argument: 'bins',
    });
  }
  const [low, high] = equalEdges(a, values, 1, range).tolist() as [number, number];
  return equalEdges(
    a,
    values,
    binsByRule(bins, values, range, high - low, isInteger(a.dtype) || a.dtype === 'bool'),
    range,
  );
}

/**
 * Counts in boxes of several dimensions: one list of coordinates for each dimension; `bins` is a count, or for each
 * dimension a count or the edges. d lists (n,) → hist (k, …, l), one axis for each, float64; edges (k + 1,), …, (l +
 * 1,).
 *
 * @throws AppError 'value' when `bins` are not as many as the dimensions, 'dtype' when they are the name of a rule;
 * 'memory', before anything is allocated, when the boxes are more than the machine holds.
 * @example histogramdd([[0, 1], [0, 1]], { bins: 2 }).hist.tolist() // [[1, 0], [0, 1]]
 */
export function histogramdd(
  sample: readonly Operand[],
  {
    bins = 10,
    range,
    weights,
    density = false,
  }: Omit<HistogramOptions, 'bins' | 'range'> & {
    bins?: number | readonly (number | Operand)[];
    range?: readonly (readonly [number, number] | null)[];
  } = {},
): { hist: NDArray; edges: NDArray[] } {
  const columns = sample.map((column) => astype(ravel(asarray(column)), 'float64', { order: 'C' }));
  const n = columns[0]?.size ?? 0;
  const d = columns.length;
  const each = typeof bins === 'number' ? new Array<number>(d).fill(bins) : bins;
  if (typeof (each as unknown) === 'string' && each.length === d) {
    throw new AppError('dtype', "'<' not supported between instances of 'str' and 'int'", {
      argument: 'bins',
      hint: 'Rules find the bins of one dimension alone: give counts or edges.',
    });
  }
  if ((each as unknown) === null || each.length !== d) {
    throw new AppError('value', 'The dimension of bins must be equal to the dimension of the sample x.', {
      argument: 'bins',
    });
  }
  const lists = columns.map((column) => (column.data as Float64Array).subarray(column.start, column.start + n));
  // What is counted is as many numbers as the boxes are, however few the values.
  const boxes = each.reduce<number>((product, one) => product * (typeof one === 'number' ? one : asarray(one).size), 1);
  requireMemory(
    8 * boxes,
    () => `Unable to allocate ${sizeInWords(8 * boxes)} for a histogram of ${boxes.toLocaleString('en-US')} boxes`,
  );
  const edges = lists.map((list, k) => {
    const made = edgesFor(columns[k], list, each[k], range?.[k] ?? undefined, false);
    // Between two numbers of single precision the edges have it too.
    const single =
      typeof each[k] === 'number' && (range?.[k] ?? null) === null && asarray(sample[k]).dtype === 'float32';
    if (!single) return made;
    const [low, high] = [0, made.size - 1].map((at) => astype(sliced(made, at), 'float32'));
    return linspace(low, high, made.size);
  });
  const numbers = edges.map(numbersOf);
  const shape = numbers.map((list) => list.length - 1);
  const hist = empty(shape, 'float64');
  const scale = weights === undefined ? null : numbersOf(ravel(asarray(weights)));
  for (let i = 0; i < n; i++) {
    let place = 0;
    for (let k = 0; k < d && place >= 0; k++) {
      const x = lists[k][i];
      const list = numbers[k];
      const bin = x === list[shape[k]] ? shape[k] - 1 : lastAtMost(list, x);
      place = bin < 0 || bin >= shape[k] || x !== x ? -1 : place * shape[k] + bin;
    }
    if (place >= 0) (hist.data as Float64Array)[hist.start + place] += scale === null ? 1 : scale[i];
  }
  if (!density) return { hist, edges };
  const total = sum(hist);
  const widths = edges.map((edge, k) =>
    reshape(
      diff(edge),
      shape.map((_, axis) => (axis === k ? -1 : 1)),
    ),
  );
  return {
    hist: divide(
      widths.reduce((left, width) => divide(left, width), hist),
      total,
    ),
    edges,
  };
}

function equalEdges(
  a: NDArray,
  values: Float64Array,
  bins: number,
  range: readonly [number, number] | undefined,
): NDArray {
  if (!Number.isInteger(bins))
    throw new AppError('dtype', '`bins` must be an integer, a string, or an array', { argument: 'bins' });
  if (bins < 1) throw new AppError('value', '`bins` must be positive, when an integer', { argument: 'bins' });
  let [low, high] = range ?? [0, 1];
  if (range === undefined && values.length > 0) {
    [low, high] = extremesOf(values);
  }
  if (low > high) throw new AppError('value', 'max must be larger than min in range parameter.', { argument: 'range' });
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    const words = (x: number): string =>
      Number.isNaN(x)
        ? 'nan'
        : x === Infinity
          ? 'inf'
          : x === -Infinity
            ? '-inf'
            : range !== undefined && Number.isInteger(x)
              ? String(x)
              : scalarText(x, 'float64');
    throw new AppError(
      'value',
      `${range === undefined ? 'autodetected' : 'supplied'} range of [${words(low)}, ${words(high)}] is not finite`,
    );
  }
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  if (a.dtype !== 'float32') return linspace(low, high, bins + 1, true, 'float64');
  // The ends of single precision are single themselves, and so is what lies between them.
  if (range === undefined)
    return linspace(...([low, high].map((x) => asarray(x, 'float32')) as [NDArray, NDArray]), bins + 1);
  return linspace(low, high, bins + 1, true, 'float32');
}

/** The least and the largest number; NaN for both where there is one. */
function extremesOf(values: Float64Array): [number, number] {
  const list = new NDArray({
    dtype: 'float64',
    shape: [values.length],
    offset: values.byteOffset,
    buffer: values.buffer as SharedArrayBuffer,
  });
  return [Number(min(list).item()), Number(max(list).item())];
}

/** The values as the loops here read them. */
function numbersOf(a: NDArray): Float64Array {
  const { data, start, size } = astype(a, 'float64', { order: 'C' });
  return (data as Float64Array).subarray(start, start + size);
}

function givenEdges(edges: NDArray): NDArray {
  if (edges.ndim !== 1) throw new AppError('value', '`bins` must be 1d, when an array', { argument: 'bins' });
  const list = numbersOf(edges);
  if (list.some((x, k) => k > 0 && list[k - 1] > x)) {
    throw new AppError('value', '`bins` must increase monotonically, when an array', { argument: 'bins' });
  }
  return edges;
}

function lastAtMost(edges: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
