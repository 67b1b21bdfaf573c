/** Means, spreads, quantiles and correlations. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { sameShape } from './broadcast.ts';
import { astype, broadcast_to } from './cast.ts';
import { asarray, empty, full } from './create.ts';
import { conj, add, divide, multiply, subtract } from './ufuncs/arithmetic.ts';
import { clip, imag, real, where } from './elementwise.ts';
import { diagonal } from './building.ts';
import { concatenate } from './joining.ts';
import { matmul } from './linalg/products.ts';
import type { NDArray } from './ndarray.ts';
import { pairwise64 } from './pairwise.ts';
import { kindCode } from './promotion.ts';
import {
  type Axis,
  eachRow,
  finish,
  reducedAxes,
  reducedShape,
  type ReduceOptions,
  squaredDistances,
} from './reduce.ts';
import { count_nonzero, nansum, sum } from './reductions.ts';
import { PyFloat } from './scalar.ts';
import { atleast_2d, expand_dims, normalizeAxes, ravel, reshape, transpose } from './shape.ts';
import { sortInPlace } from './sorting.ts';
import { isnan, logical_not } from './ufuncs/comparison.ts';
import { sqrt } from './ufuncs/mathematics.ts';
import type { Operand } from './ufuncs/ufunc.ts';

interface SpreadOptions extends Omit<ReduceOptions, 'initial'> {
  /** Divides by n − ddof. */
  ddof?: number;
}

/** How many elements each result is made of. */
function counted(a: NDArray, { axis, where: mask }: ReduceOptions, keepdims: boolean): number | NDArray {
  const axes = reducedAxes(a, axis);
  if (mask === undefined || mask === true) return axes.reduce((product, k) => product * a.shape[k], 1);
  return count_nonzero(broadcast_to(asarray(mask, 'bool'), a.shape), { axis: axes, keepdims });
}

/** Means of integers and booleans are taken in float64. */
function meanType(dtype: DType): DType {
  return 'biu'.includes(kindCode(dtype)) ? 'float64' : dtype;
}

/**
 * Arithmetic mean.
 *
 * @example mean(array([[1, 2], [3, 4]]), { axis: 0 }).tolist() // [2, 3]
 */
export function mean(a: Operand, options: Omit<ReduceOptions, 'initial'> = {}): NDArray {
  const source = asarray(a);
  const dtype = options.dtype ?? meanType(source.dtype);
  const { out, ...rest } = options;
  const total = sum(source, { ...rest, dtype });
  const n = counted(source, options, options.keepdims ?? false);
  return averaged(total, n, out);
}

/** A sum divided by how many were summed, in the sum's own dtype. */
function averaged(total: NDArray, n: number | NDArray, out: NDArray | undefined): NDArray {
  if (out === undefined && total.dtype === 'float64' && typeof n === 'number') return divide(total, n);
  return divide(total, n, { out: out ?? total, casting: 'unsafe' });
}

/**
 * Variance: the mean squared distance from the mean (÷ n − ddof).
 *
 * @example variance(array([1, 2, 3, 4])).item() // 1.25
 */
export function variance(a: Operand, options: SpreadOptions = {}): NDArray {
  const source = asarray(a);
  const dtype = options.dtype ?? meanType(source.dtype);
  const { ddof = 0, out, keepdims = false, ...rest } = options;
  if (source.size <= few && source.size > ddof && source.dtype === 'float64' && dtype === 'float64')
    if (rest.axis === null && !keepdims && out === undefined && rest.where === undefined && source.cContiguous)
      return varianceOfFew(source, ddof);
  const centre = mean(source, { ...rest, dtype, keepdims: true });
  const total = distances(astype(source, dtype, { copy: false }), centre, { ...rest, keepdims });
  const n = counted(source, options, keepdims);
  const freedom = typeof n === 'number' ? Math.max(n - ddof, 0) : clip(subtract(n, ddof), 0, null);
  return averaged(total, freedom, out);
}

/** Elements up to which the variance of all of them is taken in one go. */
const few = 64;

function varianceOfFew({ data, start, size }: NDArray, ddof: number): NDArray {
  const centre = pairwise64(data as Float64Array, start, size, 1) / size;
  const squares = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const away = (data[start + i] as number) - centre;
    squares[i] = away * away;
  }
  return full([], new PyFloat(pairwise64(squares, 0, size, 1) / (size - ddof)));
}

/** Σ |a − centre|². */
function distances(a: NDArray, centre: NDArray, options: ReduceOptions): NDArray {
  if (options.where === undefined || options.where === true) {
    const axes = reducedAxes(a, options.axis);
    const whole = squaredDistances(a, centre, axes);
    if (whole !== null) return finish(whole, axes, options.keepdims ?? false);
  }
  const away = subtract(a, centre);
  const squared = away.entries === 2 ? real(multiply(away, conj(away))) : multiply(away, away, { out: away });
  return sum(squared, options);
}

/** NumPy's name of the variance; `var` is a word of this language. */
export { variance as var_ };

/** Standard deviation: the square root of the variance. @example std(array([1, 3])).item() // 1 */
export function std(a: Operand, options: SpreadOptions = {}): NDArray {
  const spread = variance(a, options);
  return options.out === undefined ? sqrt(spread) : sqrt(spread, { out: options.out });
}

/** Mean with NaN left out. */
export function nanmean(a: Operand, options: { axis?: Axis; keepdims?: boolean } = {}): NDArray {
  const source = asarray(a);
  return divide(nansum(source, options), count_nonzero(logical_not(isnan(source)), options));
}

/** Variance with NaN left out. */
export function nanvar(a: Operand, options: { axis?: Axis; keepdims?: boolean; ddof?: number } = {}): NDArray {
  const source = asarray(a);
  const { ddof = 0, ...rest } = options;
  const away = where(isnan(source), 0, subtract(source, nanmean(source, { ...rest, keepdims: true })));
  const n = subtract(count_nonzero(logical_not(isnan(source)), rest), ddof);
  return divide(sum(multiply(away, away), rest), clip(n, 0, null));
}

/** Standard deviation with NaN left out. */
export function nanstd(a: Operand, options: { axis?: Axis; keepdims?: boolean; ddof?: number } = {}): NDArray {
  return sqrt(nanvar(a, options));
}

/**
 * Weighted mean.
 *
 * @throws AppError 'value' "Weights sum to zero, can't be normalized".
 */
export function average(
  a: Operand,
  { axis = null, weights, keepdims = false }: { axis?: number | null; weights?: Operand; keepdims?: boolean } = {},
): NDArray {
  const source = asarray(a);
  if (weights === undefined) return mean(source, { axis, keepdims });
  let w = asarray(weights);
  if (!sameShape(w.shape, source.shape)) {
    if (axis === null) throw new AppError('dtype', 'Axis must be specified when shapes of a and weights differ.');
    const along = reducedAxes(source, axis)[0];
    if (w.ndim !== 1 || w.shape[0] !== source.shape[along]) {
      throw new AppError('value', 'Shape of weights must be consistent with shape of a along specified axis.');
    }
    w = broadcast_to(
      reshape(
        w,
        source.shape.map((n, k) => (k === along ? n : 1)),
      ),
      source.shape,
    );
  }
  const scale = sum(w, { axis, keepdims });
  if (count_nonzero(scale).item() !== BigInt(scale.size)) {
    throw new AppError('value', "Weights sum to zero, can't be normalized");
  }
  return divide(sum(multiply(source, w), { axis, keepdims }), scale);
}

export type QuantileMethod = 'linear' | 'lower' | 'higher' | 'nearest' | 'midpoint';

interface QuantileOptions {
  axis?: Axis;
  keepdims?: boolean;
  method?: QuantileMethod;
}

/** The middle value (of two, their mean). @example median(array([1, 5, 2])).item() // 2 */
export function median(a: Operand, options: { axis?: Axis; keepdims?: boolean } = {}): NDArray {
  return rows(asarray(a), options, (row, n) => {
    if (n === 0 || row[n - 1] !== row[n - 1]) return NaN;
    const half = n >> 1;
    return n % 2 === 1 ? row[half] : (row[half - 1] + row[half]) / 2;
  });
}

/** Median with NaN left out. */
export function nanmedian(a: Operand, options: { axis?: Axis; keepdims?: boolean } = {}): NDArray {
  return rows(asarray(a), options, (row, all) => {
    let n = all;
    while (n > 0 && row[n - 1] !== row[n - 1]) n--;
    if (n === 0) return NaN;
    return n % 2 === 1 ? row[n >> 1] : (row[n / 2 - 1] + row[n / 2]) / 2;
  });
}

/** The values below which the given percentages of the elements lie. */
export function percentile(a: Operand, q: Operand, options: QuantileOptions = {}): NDArray {
  const shares = divide(asarray(q), 100);
  if (outside(shares)) throw new AppError('value', 'Percentiles must be in the range [0, 100]', { argument: 'q' });
  return quantiles(asarray(a), shares, options);
}

/** The values below which the given shares (0 to 1) of the elements lie. @example quantile(array([1, 2, 3]), 0.25).item() // 1.5 */
export function quantile(a: Operand, q: Operand, options: QuantileOptions = {}): NDArray {
  const shares = asarray(q, 'float64');
  if (outside(shares)) throw new AppError('value', 'Quantiles must be in the range [0, 1]', { argument: 'q' });
  return quantiles(asarray(a), shares, options);
}

function outside(shares: NDArray): boolean {
  return (ravel(shares).tolist() as number[]).some((q) => !(q >= 0 && q <= 1));
}

function quantiles(a: NDArray, shares: NDArray, options: QuantileOptions): NDArray {
  const { method = 'linear' } = options;
  const one = (q: number): NDArray =>
    rows(a, options, (row, n) => {
      if (n === 0 || row[n - 1] !== row[n - 1]) return NaN;
      const place = q * (n - 1);
      const below = Math.floor(place);
      const above = Math.min(n - 1, below + 1);
      const part = place - below;
      if (method === 'lower') return row[below];
      if (method === 'higher') return row[Math.ceil(place)];
      if (method === 'nearest') return row[part < 0.5 || (part === 0.5 && below % 2 === 0) ? below : above];
      const t = method === 'midpoint' ? (part === 0 ? 0 : 0.5) : part;
      const gap = row[above] - row[below];
      return t >= 0.5 ? row[above] - gap * (1 - t) : row[below] + gap * t;
    });
  const kept = method === 'lower' || method === 'higher' || method === 'nearest' ? a.dtype : null;
  const settle = (result: NDArray): NDArray => (kept === null ? result : astype(result, kept, { copy: false }));
  if (shares.ndim === 0) return settle(one(Number(shares.item())));
  const results = (reshape(shares, [-1]).tolist() as number[]).map((q) => expand_dims(one(q), 0));
  if (results.length === 0)
    return empty([0, ...reducedShape(a.shape, reducedAxes(a, options.axis), options.keepdims ?? false)]);
  const joined = concatenate(results, 0);
  return settle(reshape(joined, [...shares.shape, ...joined.shape.slice(1)]));
}

/** One number from each sorted row; several axes are flattened into one. */
function rows(
  a: NDArray,
  { axis, keepdims = false }: { axis?: Axis; keepdims?: boolean },
  from: (sorted: Float64Array, n: number) => number,
): NDArray {
  if (a.entries === 2) throw new AppError('dtype', 'a must be an array of real numbers');
  const axes =
    axis === null || axis === undefined ? reducedAxes(a, null) : normalizeAxes(axis, a.ndim).sort((i, j) => i - j);
  const kept = a.shape.map((_, k) => k).filter((k) => !axes.includes(k));
  const values = astype(transpose(a, [...kept, ...axes]), 'float64', { order: 'C' });
  const n = axes.reduce((product, k) => product * a.shape[k], 1);
  const whole = empty(reducedShape(a.shape, axes, true), a.dtype === 'float32' ? 'float32' : 'float64');
  const data = values.data as Float64Array;
  if (values.size > 0) sortInPlace(values.view([whole.size, n], [8 * n, 8]));
  for (let i = 0; i < whole.size; i++) {
    whole.data[whole.start + i] = from(data.subarray(values.start + i * n, values.start + (i + 1) * n), n);
  }
  return finish(whole, axes, keepdims);
}

/** Differences of neighbours along an axis, `n` times over. @example diff(array([1, 4, 9])).tolist() // [3n, 5n] */
export function diff(a: Operand, n = 1, axis = -1): NDArray {
  let source = asarray(a);
  if (source.ndim === 0) throw new AppError('value', 'diff requires input that is at least one dimensional');
  if (n < 0) throw new AppError('value', `order must be non-negative but got ${n}`);
  const along = axis < 0 ? axis + source.ndim : axis;
  for (let k = 0; k < n; k++) {
    const length = Math.max(0, source.shape[along] - 1);
    const shape = source.shape.map((m, j) => (j === along ? length : m));
    const before = source.view(shape, source.strides);
    const after = source.view(
      shape,
      source.strides,
      length === 0 ? source.offset : source.offset + source.strides[along],
    );
    source =
      source.dtype === 'bool'
        ? asarray(logical_not(logical_not(astype(subtract(astype(after, 'int8'), astype(before, 'int8')), 'bool'))))
        : subtract(after, before);
  }
  return source;
}

/**
 * Covariance matrix of variables in rows (columns if `rowvar` is false), over n − ddof (1 by default).
 *
 * @example cov(array([[1, 2, 3], [3, 2, 1]])).tolist() // [[1, -1], [-1, 1]]
 */
export function cov(
  m: Operand,
  { y, rowvar = true, bias = false, ddof }: { y?: Operand; rowvar?: boolean; bias?: boolean; ddof?: number } = {},
): NDArray {
  const source = asarray(m);
  if (source.ndim > 2) throw new AppError('value', 'm has more than 2 dimensions', { argument: 'm' });
  const variables = (part: NDArray): NDArray => {
    const two = atleast_2d(part);
    return !rowvar && part.ndim !== 1 ? two.T : two;
  };
  const all = y === undefined ? variables(source) : concatenate([variables(source), variables(asarray(y))], 0);
  const x =
    'biu'.includes(kindCode(all.dtype)) || all.dtype === 'float32'
      ? astype(all, 'float64')
      : astype(all, all.dtype === 'complex64' ? 'complex128' : all.dtype);
  const n = x.shape[1];
  const freedom = n - (ddof ?? (bias ? 0 : 1));
  const away = subtract(x, mean(x, { axis: 1, keepdims: true }));
  const product = matmul(away, away.entries === 2 ? conj(away.T) : away.T);
  const result = multiply(product, full([], freedom > 0 ? 1 / freedom : Infinity, 'float64'));
  return result.size === 1 ? reshape(result, []) : result;
}

/** Correlation coefficients of variables in rows. @example corrcoef(array([[1, 2, 3], [3, 2, 1]])).tolist() // [[1, -1], [-1, 1]] */
export function corrcoef(x: Operand, { y, rowvar = true }: { y?: Operand; rowvar?: boolean } = {}): NDArray {
  const c = cov(x, y === undefined ? { rowvar } : { y, rowvar });
  if (c.ndim === 0) return divide(c, c);
  const deviation = sqrt(real(diagonal(c)));
  const result = divide(divide(c, expand_dims(deviation, 1)), expand_dims(deviation, 0));
  if (result.entries === 1) return clip(result, -1, 1);
  const re = clip(real(result), -1, 1);
  const im = clip(imag(result), -1, 1);
  return add(re, multiply(im, { re: 0, im: 1 }));
}

/** Slope by central differences along an axis, with the given spacing. */
export function gradient(f: Operand, spacing = 1, axis = 0): NDArray {
  const source = astype(asarray(f), meanType(asarray(f).dtype));
  const n = source.shape[axis];
  if (n < 2)
    throw new AppError(
      'value',
      'Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.',
    );
  const made = empty(source.shape, source.dtype);
  eachRow([source, made], axis, ([from, to], [step, out]) => {
    const value = (i: number): number => source.data[from + i * step] as number;
    for (let i = 0; i < n; i++) {
      const [low, high] = [Math.max(0, i - 1), Math.min(n - 1, i + 1)];
      made.data[to + i * out] = (value(high) - value(low)) / ((high - low) * spacing);
    }
  });
  return made;
}
