/** Medians, percentiles and quantiles by the methods of Hyndman and Fan (1996) and NumPy's own. */
import { AppError } from '#shared/errors.ts';
import { astype, broadcast_to, copy } from './cast.ts';
import { asarray, empty, unset } from './create.ts';
import { native } from './native.ts';
import type { NDArray } from './ndarray.ts';
import { kindCode } from './promotion.ts';
import { type Axis, finish, reducedAxes, reducedShape } from './reduce.ts';
import { normalizeAxes, ravel, reshape, transpose } from './shape.ts';
import { count_nonzero, max } from './reductions.ts';
import { sliced } from './slicing.ts';
import { bytesOf, longRows, sort, sortInPlace } from './sorting.ts';
import { type Complex, PyFloat } from './scalar.ts';
import { nanmean, weightsFor } from './statistics.ts';
import { divide, subtract } from './ufuncs/arithmetic.ts';
import { isnan } from './ufuncs/comparison.ts';
import { isWeak, type Operand } from './ufuncs/definition.ts';

/** Where a share q of n sorted values stands, counted from 0; and the part of the step to the next, if not the rest. */
interface Method {
  place: (n: number, q: number) => number;
  /** The part of the way from the value before the place to the one behind it. */
  part?: (fraction: number, place: number) => number;
  /** The result is one of the values: it keeps their dtype. */
  chooses?: boolean;
}

const between =
  (alpha: number, beta: number): Method['place'] =>
  (n, q) =>
    n * q + (alpha + q * (1 - alpha - beta)) - 1;

const halfToEven = (x: number): number => {
  const below = Math.floor(x);
  return x - below < 0.5 || (x - below === 0.5 && below % 2 === 0) ? below : below + 1;
};

/** The place before `index` when the test holds, else the one behind it. */
const step = (index: number, stays: (fraction: number, below: number) => boolean): number => {
  const below = Math.floor(index);
  return Math.max(0, stays(index - below, below) ? below : below + 1);
};

const methods = {
  inverted_cdf: { chooses: true, place: (n, q) => step(n * q - 1, (fraction) => fraction === 0) },
  averaged_inverted_cdf: { place: (n, q) => n * q - 1, part: (fraction) => (fraction === 0 ? 0.5 : 1) },
  closest_observation: {
    chooses: true,
    place: (n, q) => step(n * q - 1.5, (fraction, below) => fraction === 0 && Math.abs(below % 2) === 1),
  },
  interpolated_inverted_cdf: { place: between(0, 1) },
  hazen: { place: between(0.5, 0.5) },
  weibull: { place: between(0, 0) },
  linear: { place: (n, q) => (n - 1) * q },
  median_unbiased: { place: between(1 / 3, 1 / 3) },
  normal_unbiased: { place: between(3 / 8, 3 / 8) },
  lower: { chooses: true, place: (n, q) => Math.floor((n - 1) * q) },
  higher: { chooses: true, place: (n, q) => Math.ceil((n - 1) * q) },
  midpoint: {
    place: (n, q) => 0.5 * (Math.floor((n - 1) * q) + Math.ceil((n - 1) * q)),
    part: (_, place) => (place % 1 === 0 ? 0 : 0.5),
  },
  nearest: { chooses: true, place: (n, q) => halfToEven((n - 1) * q) },
} as const satisfies Record<string, Method>;

/** NumPy's names of the methods. */
export type QuantileMethod = keyof typeof methods;

export interface QuantileOptions {
  axis?: Axis;
  keepdims?: boolean;
  method?: QuantileMethod;
  /** How much each value counts; only for `method: 'inverted_cdf'`. */
  weights?: Operand;
}

/** A long row that is not sorted: what sorting would put at a place is selected, two neighbours at a time. */
class Selected {
  private readonly row: NDArray;
  private readonly pair: NDArray;
  private place = -2;

  constructor(row: NDArray) {
    this.row = row;
    this.pair = unset([2], row.dtype);
  }

  at(k: number): number {
    // Mostly asked for to see whether there is a NaN; the largest is found sooner than selected.
    if (k === this.row.size - 1) return Number(max(this.row).item());
    if (k !== this.place && k !== this.place + 1) {
      native().selectPair(this.row.dtype, bytesOf(this.row), 0, this.row.size, k, bytesOf(this.pair));
      this.place = k;
    }
    return Number(this.pair.item(k - this.place));
  }

  /** How many are no NaN. */
  numbers(): number {
    return this.row.size - Number(count_nonzero(isnan(this.row)).item());
  }
}

/** Values in order, NaN last. */
type Row = Float64Array | Selected;

const value = (row: Row, k: number): number => (row instanceof Selected ? row.at(k) : row[k]);

/** A number from sorted values; `weights` stand beside them. */
type FromRow = (sorted: Row, n: number, weights: Float64Array | null) => number;

const middle = (row: Row, n: number): number => {
  if (n === 0) return NaN;
  if (n % 2 === 1) return value(row, n >> 1);
  const below = value(row, n / 2 - 1);
  return (below + value(row, n / 2)) / 2;
};

const endsInNaN = (row: Row, n: number): boolean => n > 0 && Number.isNaN(value(row, n - 1));

/** How many values stand before the NaN, which come last. */
function numbers(row: Row, all: number): number {
  if (!endsInNaN(row, all)) return all;
  if (row instanceof Selected) return row.numbers();
  let n = all;
  while (endsInNaN(row, n)) n--;
  return n;
}

/**
 * The middle value (of two, their mean).
 *
 * a (…, n, …) → (…) without the axes, () by default; float32 and complex64 stay single, integers and bool become
 * float64.
 *
 * @example median(array([1, 5, 2])).item() // 2
 */
export function median(a: Operand, options: { axis?: Axis; keepdims?: boolean } = {}): NDArray {
  const source = asarray(a);
  if (source.entries === 2) return complexMedian(source, options, false);
  return sliced(rows(source, options, [(row, n) => (endsInNaN(row, n) ? NaN : middle(row, n))]), 0);
}

/**
 * Median with NaN left out. NaN where nothing is left.
 *
 * a (…, n, …) → (…) without the axes, () by default; dtypes as of `median`.
 *
 * @example nanmedian(array([1, NaN, 3])).item() // 2
 */
export function nanmedian(a: Operand, options: { axis?: Axis; keepdims?: boolean } = {}): NDArray {
  const source = asarray(a);
  if (source.entries === 2) return complexMedian(source, options, true);
  return sliced(rows(source, options, [(row, n) => middle(row, numbers(row, n))]), 0);
}

/** Complex numbers in their order by real, then imaginary part; NaN last. */
function complexMedian(
  a: NDArray,
  { axis = null, keepdims = false }: { axis?: Axis; keepdims?: boolean },
  skipsNaN: boolean,
): NDArray {
  const axes = (axis === null ? reducedAxes(a, axis) : normalizeAxes(axis, a.ndim)).sort((i, j) => i - j);
  const kept = a.shape.map((_, k) => k).filter((k) => !axes.includes(k));
  const n = axes.reduce((product, k) => product * a.shape[k], 1);
  const whole = empty(reducedShape(a.shape, axes, true), a.dtype);
  const missing = { re: NaN, im: 0 };
  const values =
    n === 0 ? null : sort(reshape(copy(transpose(a, [...kept, ...axes])), [Math.max(whole.size, 0), n]), -1);
  for (let i = 0; i < whole.size; i++) {
    const row = values === null ? [] : (sliced(values, i).tolist() as Complex[]);
    const isMissing = (z: Complex): boolean => Number.isNaN(z.re) || Number.isNaN(z.im);
    const there = skipsNaN ? row.filter((z) => !isMissing(z)) : row;
    const last = there.at(-1);
    const half = there.length >> 1;
    // The mean of nothing has no part that is a number.
    let middle = n === 0 ? { re: NaN, im: NaN } : missing;
    if (last !== undefined && isMissing(last)) middle = last;
    else if (there.length > 0) {
      // The mean of one or two, by NumPy's complex division.
      const few = there.length % 2 === 1 ? [there[half]] : [there[half - 1], there[half]];
      const total = few.reduce((p, q) => ({ re: p.re + q.re, im: p.im + q.im }));
      middle = divide(asarray(total), { re: few.length, im: 0 }).item() as Complex;
    }
    whole.write(whole.start + 2 * i, middle);
  }
  return finish(whole, axes, keepdims);
}

/**
 * The values below which the given percentages of the elements lie.
 *
 * a (…, n, …), q (k,) or () → (k, …) or (…); float32 stays, integers become float64; not for bool and complex dtypes.
 *
 * @throws AppError 'value' "Percentiles must be in the range [0, 100]".
 * @example percentile(array([1, 2, 3, 4, 5]), [25, 50]).tolist() // [2, 3]
 */
export function percentile(a: Operand, q: Operand, options: QuantileOptions = {}): NDArray {
  return quantiles(asarray(a), q, 100, options, false);
}

/**
 * The values below which the given shares (0 to 1) of the elements lie.
 *
 * a (…, n, …), q (k,) or () → (k, …) or (…); float32 stays, integers become float64; not for bool and complex dtypes.
 *
 * @throws AppError 'value' "Quantiles must be in the range [0, 1]".
 * @example quantile(array([1, 2, 3]), 0.25).item() // 1.5
 */
export function quantile(a: Operand, q: Operand, options: QuantileOptions = {}): NDArray {
  return quantiles(asarray(a), q, 1, options, false);
}

/**
 * As `percentile`, with NaN left out. NaN where nothing is left.
 *
 * a (…, n, …), q (k,) or () → (k, …) or (…); dtypes as of `percentile`.
 *
 * @example nanpercentile(array([1, NaN, 3]), 50).item() // 2
 */
export function nanpercentile(a: Operand, q: Operand, options: QuantileOptions = {}): NDArray {
  return quantiles(asarray(a), q, 100, options, true);
}

/**
 * As `quantile`, with NaN left out. NaN where nothing is left.
 *
 * a (…, n, …), q (k,) or () → (k, …) or (…); dtypes as of `quantile`.
 *
 * @example nanquantile(array([1, 2, NaN, 3]), 0.25).item() // 1.5
 */
export function nanquantile(a: Operand, q: Operand, options: QuantileOptions = {}): NDArray {
  return quantiles(asarray(a), q, 1, options, true);
}

function shares(q: Operand, whole: 1 | 100): number | NDArray {
  if (typeof q === 'number' || q instanceof PyFloat) {
    const part = (q instanceof PyFloat ? q.value : q) / whole;
    if (!(part >= 0 && part <= 1)) throw outsideShares(whole);
    return part;
  }
  const parts = whole === 100 ? divide(asarray(q), 100) : asarray(q, 'float64');
  if ((ravel(parts).tolist() as number[]).some((part) => !(part >= 0 && part <= 1))) {
    throw outsideShares(whole);
  }
  return parts;
}

function outsideShares(whole: 1 | 100): AppError {
  const message = whole === 100 ? 'Percentiles must be in the range [0, 100]' : 'Quantiles must be in the range [0, 1]';
  return new AppError('value', message, { argument: 'q' });
}

function quantiles(a: NDArray, q: Operand, scale: 1 | 100, options: QuantileOptions, skipsNaN: boolean): NDArray {
  if (a.entries === 2) throw new AppError('dtype', 'a must be an array of real numbers', { argument: 'a' });
  const parts = shares(q, scale);
  const { method = 'linear' } = options;
  if (!Object.hasOwn(methods, method)) {
    throw new AppError(
      'value',
      `'${method}' is not a valid method. Use one of: dict_keys([${Object.keys(methods)
        .map((name) => `'${name}'`)
        .join(', ')}])`,
      { argument: 'method' },
    );
  }
  if (options.weights !== undefined && method !== 'inverted_cdf') {
    throw new AppError('value', `Only method 'inverted_cdf' supports weights. Got: ${method}.`, {
      argument: 'weights',
    });
  }
  // Of nothing NumPy gives the mean, for however many shares.
  if (skipsNaN && a.size === 0) return nanmean(a, { axis: options.axis ?? null, keepdims: options.keepdims ?? false });
  // Places that are whole numbers choose one of the values.
  const whole =
    scale === 1 && method === 'linear' && !(q instanceof PyFloat) && !'fc'.includes(kindCode(asarray(q).dtype));
  const rule: Method = whole ? { ...methods[method], chooses: true } : methods[method];
  // NumPy's own words: it takes differences of what are truths here.
  if (a.dtype === 'bool' && a.size > 0 && rule.chooses !== true) subtract(a, a);
  if (!skipsNaN && options.weights === undefined) requireSome(a, options.axis ?? null, rule);
  // A list of places is double, and so is what stands between single values; their distance is single.
  const type = a.dtype === 'float32' && isWeak(q) ? 'float32' : 'float64';
  const gap = a.dtype === 'float32' && type === 'float64' ? Math.fround : (x: number): number => x;
  const of = (list: readonly number[]): NDArray =>
    rows(
      a,
      options,
      list.map((q) => (row, all, weights) => {
        const n = skipsNaN ? numbers(row, all) : all;
        if (n === 0 || endsInNaN(row, n)) return NaN;
        return weights === null || row instanceof Selected ? at(row, n, q, rule, gap) : weighted(row, weights, n, q);
      }),
      type,
    );
  const settle = (result: NDArray): NDArray =>
    rule.chooses === true ? astype(result, a.dtype, { copy: false }) : result;
  if (typeof parts === 'number' || parts.ndim === 0)
    return settle(sliced(of([typeof parts === 'number' ? parts : Number(parts.item())]), 0));
  const joined = of(reshape(parts, [-1]).tolist() as number[]);
  return settle(reshape(joined, [...parts.shape, ...joined.shape.slice(1)]));
}

/** @throws AppError 'index' where there is nothing to choose from, in the words of NumPy's indexing. */
function requireSome(a: NDArray, axis: Axis, rule: Method): void {
  if (a.size > 0) return;
  const axes = axis === null ? reducedAxes(a, axis) : normalizeAxes(axis, a.ndim);
  const kept = a.shape.filter((_, k) => !axes.includes(k));
  if (kept.includes(0)) return;
  const real = 'fc'.includes(kindCode(a.dtype));
  const words =
    rule.chooses === true && !real
      ? 'cannot do a non-empty take from an empty axes.'
      : `index ${real ? -1 : 0} is out of bounds for axis 0 with size 0`;
  throw new AppError('index', words, { argument: 'a' });
}

function at(row: Row, n: number, q: number, rule: Method, single: (x: number) => number): number {
  const place = rule.place(n, q);
  if (rule.chooses === true) return value(row, Math.min(n - 1, place));
  if (place < 0) return alone(value(row, 0));
  if (place >= n - 1) return alone(value(row, n - 1));
  const below = Math.floor(place);
  const t = rule.part === undefined ? place - below : rule.part(place - below, place);
  const low = value(row, below);
  const high = value(row, below + 1);
  const gap = single(high - low);
  return t >= 0.5 ? high - gap * (1 - t) : low + gap * t;
}

/** Between a value and itself lies that value, but between infinity and itself nothing is known. */
const alone = (x: number): number => x + (x - x);

/** The first value up to which the share q of all weight lies. */
function weighted(row: Float64Array, weights: Float64Array, n: number, q: number): number {
  let total = 0;
  const cdf = Float64Array.from({ length: n }, (_, k) => (total += weights[k]));
  if (!(total > 0 && Number.isFinite(total)))
    throw new AppError('value', 'Weights included NaN, inf or were all zero.', { argument: 'weights' });
  // What weighs nothing at the beginning is not there, even for q = 0.
  const found = cdf.findIndex((x) => x > 0 && x / total >= q);
  return row[found < 0 ? n - 1 : found];
}

/**
 * Of each of these functions, along a new first axis, one number from each row, which is sorted once for all; several
 * axes are flattened into one.
 */
function rows(
  a: NDArray,
  { axis = null, keepdims = false, weights }: { axis?: Axis; keepdims?: boolean; weights?: Operand },
  from: readonly FromRow[],
  dtype: 'float32' | 'float64' = a.dtype === 'float32' ? 'float32' : 'float64',
): NDArray {
  if (axis === null && weights === undefined && a.size <= mostFew && a.size > 0 && a.ndim > 0) {
    const row = sortedFew(a);
    const made = unset([from.length, ...(keepdims ? a.shape.map(() => 1) : [])], dtype);
    for (let j = 0; j < from.length; j++) made.data[made.start + j] = from[j](row, a.size, null);
    return made;
  }
  const axes = (axis === null ? reducedAxes(a, axis) : normalizeAxes(axis, a.ndim)).sort((i, j) => i - j);
  const kept = a.shape.map((_, k) => k).filter((k) => !axes.includes(k));
  const shape = reducedShape(a.shape, axes, true);
  const made = empty([from.length, ...shape], dtype);
  const settled = finish(
    made,
    axes.map((k) => k + 1),
    keepdims,
  );
  const long = kept.length === 0 && weights === undefined && from.length <= fewSelected ? longRows(a, null) : null;
  if (long !== null) {
    const row = new Selected(long.source);
    from.forEach((number, j) => (made.data[made.start + j] = number(row, long.n, null)));
    return settled;
  }
  const values = astype(transpose(a, [...kept, ...axes]), 'float64', { order: 'C' });
  const n = axes.reduce((product, k) => product * a.shape[k], 1);
  const count = shape.reduce((product, length) => product * length, 1);
  const data = values.data as Float64Array;
  const beside = weights === undefined ? null : weightsBeside(a, asarray(weights), axis, [...kept, ...axes]);
  if (values.size > 0 && beside === null) sortInPlace(values.view([count, n], [8 * n, 8]));
  for (let i = 0; i < count; i++) {
    const row = data.subarray(values.start + i * n, values.start + (i + 1) * n);
    if (beside !== null) sortTogether(row, beside.subarray(i * n, (i + 1) * n));
    const heavy = beside?.subarray(i * n, (i + 1) * n) ?? null;
    from.forEach((number, j) => (made.data[made.start + j * count + i] = number(row, n, heavy)));
  }
  return settled;
}

/** Elements that are sorted one by one sooner than the addon is called. */
const mostFew = 32;

/** All elements of a small real array in order, NaN last. */
function sortedFew(a: NDArray): Float64Array {
  const { data, start, size } = a.cContiguous ? a : copy(a);
  const row = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const x = Number(data[start + i]);
    let k = i;
    for (; k > 0 && (row[k - 1] > x || (row[k - 1] !== row[k - 1] && x === x)); k--) row[k] = row[k - 1];
    row[k] = x;
  }
  return row;
}

/** More numbers than these are found sooner in a row that is sorted. */
const fewSelected = 8;

function weightsBeside(a: NDArray, w: NDArray, axis: Axis, order: readonly number[]): Float64Array {
  if ('c'.includes(kindCode(w.dtype)))
    throw new AppError('dtype', 'Weights must be real numbers', { argument: 'weights' });
  const turned = copy(astype(transpose(broadcast_to(weightsFor(w, a, axis), a.shape), [...order]), 'float64'));
  const data = new Float64Array(turned.buffer, turned.offset, turned.size);
  if (data.some((x) => x < 0)) throw new AppError('value', 'Weights must be non-negative.', { argument: 'weights' });
  return data;
}

function sortTogether(row: Float64Array, weights: Float64Array): void {
  const order = Array.from(row.keys()).sort((i, j) => {
    if (row[i] !== row[i]) return row[j] !== row[j] ? i - j : 1;
    return row[j] !== row[j] ? -1 : row[i] - row[j] || i - j;
  });
  const [values, beside] = [row.slice(), weights.slice()];
  order.forEach((from, to) => {
    row[to] = values[from];
    weights[to] = beside[from];
  });
}
