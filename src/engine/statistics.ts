/** Means and spreads. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { sameShape } from './broadcast.ts';
import { astype, broadcast_to, copy } from './cast.ts';
import { asarray, full, unset } from './create.ts';
import { clip, real, where } from './elementwise.ts';
import type { NDArray } from './ndarray.ts';
import { pairwise64 } from './pairwise.ts';
import { kindCode, result_type } from './promotion.ts';
import { type Axis, finish, reducedAxes, type ReduceOptions, requireOut, squaredDistances } from './reduce.ts';
import { laneSum, type Lanes, lanesOf, shapeOfLanes } from './reduce-few.ts';
import { count_nonzero, nansum, sum } from './reductions.ts';
import { PyFloat } from './scalar.ts';
import { normalizeAxis, reshape, transpose } from './shape.ts';
import { add, conj, divide, multiply, subtract } from './ufuncs/arithmetic.ts';
import { isnan, less_equal, logical_and, logical_not } from './ufuncs/comparison.ts';
import { sqrt } from './ufuncs/mathematics.ts';
import type { Operand } from './ufuncs/definition.ts';

export interface SpreadOptions extends Omit<ReduceOptions, 'initial'> {
  /** Divides by n − ddof. */
  ddof?: number;
  /** The array API's name of `ddof`. */
  correction?: number;
  /** The means, when they are known: as `mean` gives them with `keepdims`. */
  mean?: NDArray;
}

/** ddof under either of its names. @throws AppError 'value' when both are given. */
function freedomOf({ ddof, correction }: SpreadOptions): number {
  if (correction === undefined) return ddof ?? 0;
  if (ddof !== undefined && ddof !== 0)
    throw new AppError('value', "ddof and correction can't be provided simultaneously.", { argument: 'correction' });
  return correction;
}

/** How many elements each result is made of. */
function counted(a: NDArray, { axis, where: mask }: ReduceOptions, keepdims: boolean): number | NDArray {
  // Sums let an axis of a single number pass; what counts its elements does not.
  if (a.ndim === 0 && (mask === undefined || mask === true)) requireAxes(axis, 0);
  const axes = reducedAxes(a, axis);
  if (mask === undefined || mask === true) return axes.reduce((product, k) => product * a.shape[k], 1);
  return count_nonzero(broadcast_to(asarray(mask, 'bool'), a.shape), { axis: axes, keepdims });
}

function requireAxes(axis: Axis | undefined, ndim: number): void {
  if (axis === null || axis === undefined) return;
  const list = (typeof axis === 'number' ? [axis] : axis).map((one) => normalizeAxis(one, ndim));
  if (new Set(list).size !== list.length)
    throw new AppError('value', "duplicate value in 'axis'", { argument: 'axis' });
}

/** Means of integers and booleans are taken in float64. */
function meanType(dtype: DType): DType {
  return 'biu'.includes(kindCode(dtype)) ? 'float64' : dtype;
}

/**
 * Arithmetic mean.
 *
 * a (…, n, …) → (…) without the axes, () by default; float32 and complex64 stay single, integers and bool become
 * float64.
 *
 * @example mean(array([[1, 2], [3, 4]]), { axis: 0 }).tolist() // [2, 3]
 */
export function mean(a: Operand, options: Omit<ReduceOptions, 'initial'> = {}): NDArray {
  const source = asarray(a);
  const dtype = options.dtype ?? meanType(source.dtype);
  const { out, ...rest } = options;
  requireOut(source, options);
  const doubles = doublesOfFew(source);
  const lanes = dtype === 'float64' ? lanesOfFew(doubles, options) : null;
  if (lanes !== null)
    return ofLanes(
      doubles,
      options,
      lanes,
      (at) => laneSum(doubles.data as Float64Array, at, lanes.n, lanes.inner) / lanes.n,
    );
  const total = sum(source, { ...rest, dtype });
  const n = counted(source, options, options.keepdims ?? false);
  return averaged(total, n, out);
}

/** A sum divided by how many were summed, in the sum's own dtype. */
function averaged(total: NDArray, n: number | NDArray, out: NDArray | undefined): NDArray {
  if (out === undefined && 'fc'.includes(kindCode(total.dtype)) && typeof n === 'number') return divide(total, n);
  return divide(total, n, { out: out ?? total, casting: 'unsafe' });
}

/**
 * Variance: the mean squared distance from the mean (÷ n − ddof).
 *
 * a (…, n, …) → (…) without the axes, () by default; float32 stays, integers and bool become float64, and of complex
 * numbers it is real.
 *
 * @example variance(array([1, 2, 3, 4])).item() // 1.25
 */
export function variance(a: Operand, options: SpreadOptions = {}): NDArray {
  const source = asarray(a);
  const dtype = options.dtype ?? meanType(source.dtype);
  const { ddof: _ddof, correction: _correction, mean: known, out, keepdims = false, ...rest } = options;
  const ddof = freedomOf(options);
  requireOut(source, options);
  const doubles = doublesOfFew(source);
  const lanes = dtype === 'float64' && known === undefined ? lanesOfFew(doubles, options) : null;
  if (lanes !== null && lanes.n > ddof) return varianceOfFew(doubles, options, lanes, ddof);
  const centre = known ?? mean(source, { ...rest, dtype, keepdims: true });
  // Distances of complex numbers are real, whatever their squares are added up in.
  const typed = source.entries === 2 ? source : astype(source, dtype, { copy: false });
  const total = distances(typed, centre, { ...rest, keepdims, ...(options.dtype === undefined ? {} : { dtype }) });
  const n = counted(source, options, keepdims);
  const freedom = typeof n === 'number' ? Math.max(n - ddof, 0) : clip(subtract(n, ddof), 0, null);
  return averaged(total, freedom, out);
}

/** Elements that are gone through one by one sooner than kernels are called for means, distances and their sums. */
const few = 2048;

/** A few integers or truths as the doubles that their mean is made of; every other array itself. */
function doublesOfFew(a: NDArray): NDArray {
  return a.size <= few && 'biu'.includes(kindCode(a.dtype)) ? astype(a, 'float64', { order: 'C' }) : a;
}

/** The lanes of a small array of doubles, whole or along one axis; null for everything else. */
function lanesOfFew(a: NDArray, { axis = null, out, where: mask }: ReduceOptions): Lanes | null {
  if (a.size > few || a.size === 0 || a.dtype !== 'float64' || !a.cContiguous) return null;
  if (out !== undefined || mask !== undefined) return null;
  return axis === null || typeof axis === 'number' ? lanesOf(a.shape, a.size, axis) : null;
}

function ofLanes(
  a: NDArray,
  { axis, keepdims = false }: ReduceOptions,
  { outer, n, inner }: Lanes,
  of: (at: number) => number,
): NDArray {
  const made = unset(shapeOfLanes(a.shape, typeof axis === 'number' ? axis : null, keepdims), 'float64');
  let to = made.start;
  for (let i = 0, row = a.start; i < outer; i++, row += n * inner)
    for (let j = 0; j < inner; j++) made.data[to++] = of(row + j);
  return made;
}

function varianceOfFew(source: NDArray, options: ReduceOptions, lanes: Lanes, ddof: number): NDArray {
  const { n, inner: step } = lanes;
  const data = source.data as Float64Array;
  const squares = new Float64Array(n);
  return ofLanes(source, options, lanes, (at) => {
    const centre = laneSum(data, at, n, step) / n;
    for (let i = 0; i < n; i++) {
      const away = data[at + i * step] - centre;
      squares[i] = away * away;
    }
    if (step === 1) return pairwise64(squares, 0, n, 1) / (n - ddof);
    let total = squares[0];
    for (let i = 1; i < n; i++) total += squares[i];
    return total / (n - ddof);
  });
}

/** NumPy adds them as it adds a lane, with zeros for NaN. */
function sumOfNumbers(numbers: Float64Array, { n, inner }: Lanes): number {
  if (inner === 1) return pairwise64(numbers, 0, n, 1);
  let total = numbers[0];
  for (let i = 1; i < n; i++) total += numbers[i];
  return total;
}

/** The mean of a lane without its NaN; `numbers` is room for as many. */
function meanOfNumbers({ data }: NDArray, lanes: Lanes, at: number, numbers: Float64Array): number {
  let count = 0;
  for (let i = 0; i < lanes.n; i++) {
    const x = data[at + i * lanes.inner] as number;
    numbers[i] = x === x ? x : 0;
    if (x === x) count++;
  }
  return sumOfNumbers(numbers, lanes) / count;
}

function varianceOfNumbers(a: NDArray, lanes: Lanes, at: number, numbers: Float64Array, ddof: number): number {
  const centre = meanOfNumbers(a, lanes, at, numbers);
  let count = 0;
  for (let i = 0; i < lanes.n; i++) {
    const x = a.data[at + i * lanes.inner] as number;
    numbers[i] = x === x ? (x - centre) * (x - centre) : 0;
    if (x === x) count++;
  }
  return count > ddof ? sumOfNumbers(numbers, lanes) / (count - ddof) : NaN;
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

/**
 * Standard deviation: the square root of the variance.
 *
 * a (…, n, …) → (…) without the axes, () by default; dtypes as of `variance`.
 *
 * @example std(array([1, 3])).item() // 1
 */
export function std(a: Operand, options: SpreadOptions = {}): NDArray {
  const spread = variance(a, options);
  if (options.out !== undefined) return sqrt(spread, { out: options.out });
  if (options.dtype === undefined || 'fc'.includes(kindCode(spread.dtype))) return sqrt(spread);
  // Into an array of integers no root is written; a single number is cast.
  return spread.ndim > 0 ? sqrt(spread, { out: spread }) : astype(sqrt(spread), spread.dtype);
}

type NanOptions = Omit<ReduceOptions, 'initial'>;

/** The mask of what counts: not NaN, and chosen by `where`. */
function counting(source: NDArray, { where: mask }: NanOptions): NDArray {
  const numbers = logical_not(isnan(source));
  return mask === undefined || mask === true ? numbers : logical_and(numbers, asarray(mask, 'bool'));
}

/** A result in `out` and as the dtype that is asked for. */
function delivered(result: NDArray, dtype: DType | undefined, out: NDArray | undefined): NDArray {
  const typed = dtype === undefined ? result : astype(result, dtype, { copy: false });
  return out === undefined ? typed : add(typed, 0, { out, casting: 'unsafe' });
}

/** NumPy's rule for NaN-skipping functions of floats. */
function requireInexact(source: NDArray, dtype: DType | undefined): void {
  if (dtype !== undefined && 'fc'.includes(kindCode(source.dtype)) && 'biu'.includes(kindCode(dtype)))
    throw new AppError('dtype', 'If a is inexact, then dtype must be inexact', { argument: 'dtype' });
}

/** A sum divided by counts, in the sum's own dtype; of integers in float64. */
function ratio(total: NDArray, n: NDArray): NDArray {
  return 'fc'.includes(kindCode(total.dtype)) ? divide(total, n, { out: total, casting: 'unsafe' }) : divide(total, n);
}

/**
 * Mean with NaN left out.
 *
 * a (…, n, …) → (…) without the axes, () by default; dtypes as of `mean`.
 *
 * @example nanmean(array([1, NaN, 3])).item() // 2
 */
export function nanmean(a: Operand, options: NanOptions = {}): NDArray {
  const { dtype, out, ...rest } = options;
  const source = asarray(a);
  if (options.where === undefined && 'biu'.includes(kindCode(source.dtype))) requireAxes(options.axis, source.ndim);
  requireInexact(source, dtype);
  requireOut(source, options);
  const lanes = dtype === undefined ? lanesOfFew(source, options) : null;
  if (lanes !== null) {
    const numbers = new Float64Array(lanes.n);
    return ofLanes(source, options, lanes, (at) => meanOfNumbers(source, lanes, at, numbers));
  }
  const { where: _mask, ...axes } = rest;
  const total = nansum(source, dtype === undefined ? rest : { ...rest, dtype });
  return delivered(ratio(total, count_nonzero(counting(source, options), axes)), dtype, out);
}

/**
 * Variance with NaN left out; NaN where nothing is left.
 *
 * a (…, n, …) → (…) without the axes, () by default; dtypes as of `variance`.
 *
 * @example nanvar(array([1, NaN, 3])).item() // 1
 */
export function nanvar(a: Operand, options: SpreadOptions = {}): NDArray {
  const { dtype, out, ddof: _ddof, correction: _correction, mean: known, where: mask, ...rest } = options;
  const given = asarray(a);
  if (mask === undefined && 'biu'.includes(kindCode(given.dtype))) requireAxes(options.axis, given.ndim);
  if ('biu'.includes(kindCode(given.dtype))) return variance(given, options);
  requireInexact(given, dtype);
  requireOut(given, options);
  const lanes = dtype === undefined && known === undefined ? lanesOfFew(given, options) : null;
  if (lanes !== null) {
    const numbers = new Float64Array(lanes.n);
    return ofLanes(given, options, lanes, (at) => varianceOfNumbers(given, lanes, at, numbers, freedomOf(options)));
  }
  const source = dtype === undefined || given.entries === 2 ? given : astype(given, dtype, { copy: false });
  const typed = dtype === undefined ? {} : { dtype };
  const centre =
    known ?? nanmean(source, { ...rest, ...typed, keepdims: true, ...(mask === undefined ? {} : { where: mask }) });
  const kept = counting(source, options);
  const away = where(kept, subtract(source, centre, { out: copy(source), casting: 'unsafe' }), 0);
  const squared = away.entries === 2 ? real(multiply(away, conj(away))) : multiply(away, away);
  const n = subtract(count_nonzero(kept, rest), freedomOf(options));
  const spread = ratio(sum(squared, { ...rest, ...typed }), n);
  return delivered(where(less_equal(n, 0), NaN, spread), dtype, out);
}

/**
 * Standard deviation with NaN left out. NaN where nothing is left.
 *
 * a (…, n, …) → (…) without the axes, () by default; dtypes as of `variance`.
 *
 * @example nanstd(array([1, NaN, 3])).item() // 1
 */
export function nanstd(a: Operand, options: SpreadOptions = {}): NDArray {
  const { out, ...rest } = options;
  requireOut(asarray(a), options);
  return sqrt(nanvar(a, rest), out === undefined ? {} : { out });
}

/**
 * Weighted mean, and with it the sum of the weights.
 *
 * a (…, n, …), weights of the same shape or (n,) → two of (…) without the axes, () by default; float64 of integers,
 * else the dtype that a and the weights promote to.
 *
 * @throws AppError 'value' "Weights sum to zero, can't be normalized".
 * @example averageAndScale(array([1, 2, 3]), { weights: array([3, 1, 0]) }).scale.item() // 4
 */
export function averageAndScale(
  a: Operand,
  { axis = null, weights, keepdims = false }: { axis?: Axis; weights?: Operand; keepdims?: boolean } = {},
): { average: NDArray; scale: NDArray } {
  const source = asarray(a);
  if (axis !== null) named(axis, source.ndim);
  if (weights === undefined) {
    const made = mean(source, { axis, keepdims });
    return { average: made, scale: full(made.shape, source.size / Math.max(1, made.size), made.dtype) };
  }
  const few = axis === null && !keepdims ? averageOfFew(source, asarray(weights)) : null;
  if (few !== null) return few;
  const w = weightsFor(asarray(weights), source, axis);
  const common = result_type([source.dtype, w.dtype]);
  const dtype = 'biu'.includes(kindCode(source.dtype)) ? result_type([common, 'float64']) : common;
  const scale = sum(w, { axis, keepdims, dtype });
  if (count_nonzero(scale).item() !== BigInt(scale.size)) {
    throw new AppError('value', "Weights sum to zero, can't be normalized");
  }
  return { average: divide(sum(multiply(source, w, { dtype }), { axis, keepdims }), scale), scale };
}

/** Of a few doubles and as many weights, whose sum is not zero; null for everything else. */
function averageOfFew(a: NDArray, weights: NDArray): { average: NDArray; scale: NDArray } | null {
  const [x, w] = [doublesOfFew(a), doublesOfFew(weights)];
  if (!sameShape(x.shape, w.shape) || lanesOfFew(x, {}) === null || lanesOfFew(w, {}) === null) return null;
  const products = new Float64Array(x.size);
  for (let i = 0; i < x.size; i++) products[i] = (x.data[x.start + i] as number) * (w.data[w.start + i] as number);
  const scale = pairwise64(w.data as Float64Array, w.start, w.size, 1);
  if (scale === 0) return null;
  const made = pairwise64(products, 0, x.size, 1) / scale;
  return { average: full([], new PyFloat(made)), scale: full([], new PyFloat(scale)) };
}

/** `average` says whose axis it is. */
function named(axis: number | readonly number[], ndim: number): void {
  for (const k of typeof axis === 'number' ? [axis] : axis) {
    if (k < -ndim || k >= ndim)
      throw new AppError('index', `axis: axis ${k} is out of bounds for array of dimension ${ndim}`, {
        argument: 'axis',
      });
  }
}

/**
 * Weights in the shape of the array: given so, or along the axes alone.
 * @throws AppError 'dtype' "Axis must be specified when shapes of a and weights differ."; 'value' "Shape of weights
 * must be consistent with shape of a along specified axis.".
 */
export function weightsFor(w: NDArray, source: NDArray, axis: Axis): NDArray {
  if (sameShape(w.shape, source.shape)) return w;
  if (axis === null || axis === undefined)
    throw new AppError('dtype', 'Axis must be specified when shapes of a and weights differ.');
  reducedAxes(source, axis);
  const along = (typeof axis === 'number' ? [axis] : axis).map((k) => normalizeAxis(k, source.ndim));
  if (w.ndim !== along.length || w.shape.some((n, k) => n !== source.shape[along[k]])) {
    throw new AppError('value', 'Shape of weights must be consistent with shape of a along specified axis.');
  }
  const ordered = along.map((k, place) => ({ k, place })).sort((p, q) => p.k - q.k);
  const turned = transpose(
    w,
    ordered.map(({ place }) => place),
  );
  return broadcast_to(
    reshape(
      turned,
      source.shape.map((n, k) => (along.includes(k) ? n : 1)),
    ),
    source.shape,
  );
}

/**
 * Weighted mean.
 *
 * a (…, n, …), weights of the same shape or (n,) → (…) without the axes, () by default; float64 of integers, else the
 * dtype that a and the weights promote to.
 *
 * @throws AppError 'value' "Weights sum to zero, can't be normalized".
 * @example average(array([1, 2, 3]), { weights: array([3, 1, 0]) }).item() // 1.25
 */
export function average(a: Operand, options: { axis?: Axis; weights?: Operand; keepdims?: boolean } = {}): NDArray {
  return averageAndScale(a, options).average;
}
