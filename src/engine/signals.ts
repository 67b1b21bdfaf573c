/** Convolution, correlation, interpolation and windows of sampled signals. */
import { AppError } from '#shared/errors.ts';
import { astype, copy } from './cast.ts';
import { asarray, empty } from './create.ts';
import { wrongDepth } from './depth.ts';
import { concatenate } from './joining.ts';
import type { NDArray } from './ndarray.ts';
import { result_type } from './promotion.ts';
import { isComplex, PyFloat, type Scalar } from './scalar.ts';
import { atleast_1d, ravel } from './shape.ts';
import { slice, sliced } from './slicing.ts';
import { argsort } from './sorting.ts';
import { take } from './taking.ts';
import { conj, remainder } from './ufuncs/arithmetic.ts';
import type { Operand } from './ufuncs/definition.ts';

export type ConvolveMode = 'full' | 'same' | 'valid';

/** @throws AppError 'value' unless both have one axis. */
function twoLists(x: NDArray, y: NDArray): void {
  for (const [argument, list] of Object.entries({ a: x, v: y })) if (list.ndim !== 1) throw wrongDepth(list, argument);
}

/** The places of the result within the full correlation: where it begins, and how many there are. */
function extent(longer: number, shorter: number, mode: string): [number, number] {
  if (mode === 'full') return [0, longer + shorter - 1];
  if (mode === 'same') return [Math.floor(shorter / 2) - (shorter % 2 === 0 ? 1 : 0), longer];
  if (mode === 'valid') return [shorter - 1, longer - shorter + 1];
  if (/^[fsv]/i.test(mode)) {
    throw new AppError('value', "Use one of 'valid', 'same', or 'full' for convolve/correlate mode", {
      argument: 'mode',
    });
  }
  throw new AppError('value', `mode must be one of 'valid', 'same', or 'full' (got '${mode}')`, { argument: 'mode' });
}

/**
 * The discrete convolution `c[k] = Σⱼ a[j] · v[k − j]` of two lists.
 *
 * a (m,), v (n,) → (m + n − 1,), or (max(m, n),) 'same', (|m − n| + 1,) 'valid'; of the dtype both promote to.
 *
 * @throws AppError 'value' for empty lists and another mode.
 * @example convolve(array([1, 2, 3]), array([1, 1])).tolist() // [1n, 3n, 5n, 3n]
 */
export function convolve(a: Operand, v: Operand, mode: ConvolveMode = 'full'): NDArray {
  const [x, y] = [atleast_1d(asarray(a)), atleast_1d(asarray(v))];
  for (const [argument, list] of Object.entries({ a: x, v: y }))
    if (list.shape[0] === 0) throw new AppError('value', `${argument} cannot be empty`, { argument });
  extent(1, 1, mode);
  twoLists(x, y);
  return y.size > x.size ? slide(y, x, mode) : slide(x, y, mode);
}

/**
 * The cross-correlation `c[k] = Σⱼ a[j + k] · conj(v[j])` of two lists.
 *
 * a (m,), v (n,) → (|m − n| + 1,), or (max(m, n),) 'same', (m + n − 1,) 'full'; of the dtype both promote to.
 *
 * @throws AppError 'value' for empty lists and another mode.
 * @example correlate(array([1, 2, 3]), array([0, 1, 0.5])).tolist() // [3.5]
 */
export function correlate(a: Operand, v: Operand, mode: ConvolveMode = 'valid'): NDArray {
  const [x, given] = [asarray(a), asarray(v)];
  extent(1, 1, mode);
  twoLists(x, given);
  if (x.size === 0) throw new AppError('value', 'first array argument cannot be empty', { argument: 'a' });
  if (given.size === 0) throw new AppError('value', 'second array argument cannot be empty', { argument: 'v' });
  const y = conj(given);
  const backwards = (list: NDArray): NDArray => sliced(list, slice(null, null, -1));
  return y.size > x.size ? backwards(slide(y, backwards(x), mode)) : slide(x, backwards(y), mode);
}

/** The convolution of a list with a shorter one. */
function slide(a: NDArray, v: NDArray, mode: string): NDArray {
  const [begin, count] = extent(a.size, v.size, mode);
  const dtype = result_type([a.dtype, v.dtype]);
  const made = empty(count, dtype);
  const wide = made.data instanceof BigInt64Array || made.data instanceof BigUint64Array;
  if (made.entries === 2) complexSlide(a, v, made, begin);
  else if (wide) exactSlide(a, v, made, begin);
  else realSlide(a, v, made, begin);
  return made;
}

/** The range of j for which both a[j] and v[k − j] exist. */
const reach = (k: number, n: number, m: number): [number, number] => [Math.max(0, k - m + 1), Math.min(n - 1, k)];

const doubles = (a: NDArray, dtype: 'float64' | 'complex128'): Float64Array => {
  const packed = astype(a, dtype, { order: 'C' });
  return (packed.data as Float64Array).subarray(packed.start, packed.start + packed.size * packed.entries);
};

function realSlide(a: NDArray, v: NDArray, made: NDArray, begin: number): void {
  const [x, y] = [doubles(a, 'float64'), doubles(v, 'float64')];
  for (let i = 0; i < made.size; i++) {
    const k = begin + i;
    const [first, last] = reach(k, x.length, y.length);
    let total = 0;
    for (let j = first; j <= last; j++) total += x[j] * y[k - j];
    made.write(made.start + i, made.dtype === 'bool' ? total !== 0 : total);
  }
}

function complexSlide(a: NDArray, v: NDArray, made: NDArray, begin: number): void {
  const [x, y] = [doubles(a, 'complex128'), doubles(v, 'complex128')];
  for (let i = 0; i < made.size; i++) {
    const k = begin + i;
    const [first, last] = reach(k, a.size, v.size);
    let re = 0;
    let im = 0;
    for (let j = first; j <= last; j++) {
      const [p, q] = [2 * j, 2 * (k - j)];
      re += x[p] * y[q] - x[p + 1] * y[q + 1];
      im += x[p] * y[q + 1] + x[p + 1] * y[q];
    }
    made.write(made.start + 2 * i, { re, im });
  }
}

/** 64-bit integers: as doubles when no sum can leave their exact range. */
function exactSlide(a: NDArray, v: NDArray, made: NDArray, begin: number): void {
  const lists = [a, v].map((list) => astype(list, made.dtype).tolist() as bigint[]);
  const largest = lists.map((list) =>
    list.reduce((most, x) => ((x < 0n ? -x : x) > most ? (x < 0n ? -x : x) : most), 0n),
  );
  if (largest[0] * largest[1] * BigInt(v.size) < 2n ** 53n) {
    const [x, y] = lists.map((list) => Float64Array.from(list, Number));
    for (let i = 0; i < made.size; i++) {
      const k = begin + i;
      const [first, last] = reach(k, x.length, y.length);
      let total = 0;
      for (let j = first; j <= last; j++) total += x[j] * y[k - j];
      made.write(made.start + i, BigInt(total));
    }
    return;
  }
  const [x, y] = lists;
  for (let i = 0; i < made.size; i++) {
    const k = begin + i;
    const [first, last] = reach(k, x.length, y.length);
    let total = 0n;
    for (let j = first; j <= last; j++) total += x[j] * y[k - j];
    made.write(made.start + i, total);
  }
}

/**
 * Values at x of the function that is linear between the points (xp, fp), xp increasing. Outside it has the value at
 * the end, or `left` and `right`; with a `period` it comes round.
 *
 * x (…), xp (n,), fp (n,) → (…); float64, complex128 where fp is complex.
 *
 * @throws AppError 'value' for lists of unequal lengths, no points, a period of 0; 'dtype' "Cannot cast … from
 * dtype('…') to dtype('float64') according to the rule 'safe'".
 * @example interp(array([1.5]), array([1, 2]), array([10, 20])).tolist() // [15]
 */
export function interp(
  x: Operand,
  xp: Operand,
  fp: Operand,
  left: Scalar | PyFloat | null = null,
  right: Scalar | PyFloat | null = null,
  period: number | null = null,
): NDArray {
  const dtype = asarray(fp).entries === 2 ? 'complex128' : 'float64';
  if (period !== null && Number(period) === 0)
    throw new AppError('value', 'period must be a non-zero value', { argument: 'period' });
  if (period === null) {
    // NumPy's loop takes fp first, then xp, then x.
    if (asarray(fp).ndim !== 1) throw wrongDepth(asarray(fp), 'fp');
    if (asarray(xp).entries === 1 && asarray(xp).ndim !== 1) throw wrongDepth(asarray(xp), 'xp');
  } else if (asarray(xp).ndim !== 1 || asarray(fp).ndim !== 1) {
    throw new AppError('value', 'Data points must be 1-D sequences');
  }
  for (const given of [xp, x].map((one) => asarray(one))) {
    if (given.entries === 1) continue;
    throw new AppError(
      'dtype',
      `Cannot cast ${given.ndim === 0 ? 'scalar' : 'array data'} from dtype('${given.dtype}') to dtype('float64') according to the rule 'safe'`,
    );
  }
  let [at, places, values] = [asarray(x, 'float64'), asarray(xp, 'float64'), asarray(fp, dtype)];
  if (period === null && places.size === 0) throw new AppError('value', 'array of sample points is empty');
  if (places.size !== values.size) throw new AppError('value', 'fp and xp are not of the same length.');
  let ends = [left, right].map((end) => (end instanceof PyFloat ? end.value : end));
  if (period !== null) {
    const round = Math.abs(period);
    at = remainder(at, round);
    places = remainder(places, round);
    const order = argsort(places);
    [places, values] = [take(places, order), take(values, order)];
    const [first, last] = [Number(places.item(0)), Number(places.item(places.size - 1))];
    places = concatenate([asarray([last - round], 'float64'), places, asarray([first + round], 'float64')]);
    values = concatenate([sliced(values, slice(-1)), values, sliced(values, slice(0, 1))]);
    ends = [null, null];
  }
  const made = empty(at.shape, dtype);
  const knots = doubles(places, 'float64');
  const wanted = doubles(ravel(at), 'float64');
  const parts = values.entries;
  const known = doubles(values, dtype);
  const out = made.data as Float64Array;
  const outside = ends.map((end, k) =>
    Array.from({ length: parts }, (_, p) => {
      if (end === null) return known[(k === 0 ? 0 : knots.length - 1) * parts + p];
      return isComplex(end) ? (p === 0 ? end.re : end.im) : p === 0 ? Number(end) : 0;
    }),
  );
  wanted.forEach((value, i) => {
    // What is not below the first place lies behind it, also where that is NaN.
    const j = value < knots[0] ? -1 : Math.max(0, segment(knots, value));
    for (let p = 0; p < parts; p++) {
      const f = (k: number): number => known[k * parts + p];
      out[made.start + i * parts + p] =
        value !== value
          ? value
          : j < 0
            ? outside[0][p]
            : value > knots[knots.length - 1]
              ? outside[1][p]
              : j === knots.length - 1 || knots[j] === value
                ? f(j)
                : between(knots[j], knots[j + 1], f(j), f(j + 1), value);
    }
  });
  return made;
}

/** The last knot that is not above the value; -1 when all are. */
function segment(knots: Float64Array, value: number): number {
  let low = 0;
  let high = knots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (knots[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function between(x0: number, x1: number, f0: number, f1: number, x: number): number {
  const slope = (f1 - f0) / (x1 - x0);
  const found = slope * (x - x0) + f0;
  if (found === found) return found;
  const other = slope * (x - x1) + f1;
  return other !== other && f0 === f1 ? f0 : other;
}

/** A symmetric window of m values; n runs from 1 − m to m − 1 in steps of 2, of which there are `count`. */
function windowOf(m: number, value: (n: number) => number, count = Math.ceil((2 * m - 1) / 2)): NDArray {
  if (m < 1) return empty(0, 'float64');
  const made = empty(count, 'float64');
  for (let k = 0; k < count; k++) made.data[made.start + k] = m === 1 ? 1 : value(1 - m + 2 * k);
  return made;
}

/**
 * The Bartlett window: a triangle. (M,), float64.
 * @example bartlett(5).tolist() // [0, 0.5, 1, 0.5, 0]
 */
export function bartlett(M: number): NDArray {
  return windowOf(M, (n) => (n <= 0 ? 1 + n / (M - 1) : 1 - n / (M - 1)));
}

/**
 * The Blackman window: a sum of three cosines. (M,), float64.
 * @example blackman(1).tolist() // [1]
 */
export function blackman(M: number): NDArray {
  return windowOf(
    M,
    (n) => 0.42 + 0.5 * Math.cos((Math.PI * n) / (M - 1)) + 0.08 * Math.cos((2 * Math.PI * n) / (M - 1)),
  );
}

/**
 * The Hamming window: a raised cosine that does not fall to zero. (M,), float64.
 * @example hamming(3).tolist() // [0.08000000000000002, 1, 0.08000000000000002]
 */
export function hamming(M: number): NDArray {
  return windowOf(M, (n) => 0.54 + 0.46 * Math.cos((Math.PI * n) / (M - 1)));
}

/**
 * The Hann window: a raised cosine. (M,), float64.
 * @example hanning(3).tolist() // [0, 1, 0]
 */
export function hanning(M: number): NDArray {
  return windowOf(M, (n) => 0.5 + 0.5 * Math.cos((Math.PI * n) / (M - 1)));
}

/**
 * The Kaiser window with shape parameter `beta`, made of Bessel functions. (M,), float64.
 * @example kaiser(3, 0).tolist() // [1, 1, 1]
 */
export function kaiser(M: number, beta: number): NDArray {
  return windowOf(M, (n) => bessel(beta * Math.sqrt(1 - (n / (M - 1)) ** 2)) / bessel(beta), Math.ceil(M));
}

/** I₀ by its power series, of whose terms none is negative. */
function bessel(x: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let total = 1;
  for (let k = 1; term > total * 2 ** -54; k++) {
    term *= quarter / (k * k);
    total += term;
    if (total === Infinity) break;
  }
  return total;
}

/**
 * The modified Bessel function of the first kind and order 0.
 *
 * x (…) → (…); float32 stays, integers and bool become float64.
 *
 * @throws AppError 'dtype' "i0 not supported for complex values".
 * @example i0(array([0])).tolist() // [1]
 */
export function i0(x: Operand): NDArray {
  const source = asarray(x);
  if (source.entries === 2) throw new AppError('dtype', 'i0 not supported for complex values', { argument: 'x' });
  const made = copy(astype(source, source.dtype === 'float32' ? 'float32' : 'float64'), 'C');
  for (let k = made.start; k < made.start + made.size; k++) {
    const value = made.data[k] as number;
    made.data[k] = value === value ? bessel(value) : value;
  }
  return made;
}
