import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype, broadcast_to, copy, copyInto } from './cast.ts';
import { asarray, asShape, empty, unset } from './create.ts';
import { crossover } from './kernels/crossover.ts';
import { native } from './native.ts';
import type { NDArray } from './ndarray.ts';
import { kindCode, scalarType, result_type, type Weak } from './promotion.ts';
import { any } from './reductions.ts';
import { PyFloat, toNumber } from './scalar.ts';
import { expand_dims, moveaxis, reshape } from './shape.ts';
import { sliced } from './slicing.ts';
import { bytesOf } from './sorting.ts';
import { add, divide, multiply, power, sign, subtract } from './ufuncs/arithmetic.ts';
import { equal } from './ufuncs/comparison.ts';
import { floor, log10 } from './ufuncs/mathematics.ts';
import { isWeak, type Operand } from './ufuncs/definition.ts';

const real = (value: Weak): number => (value instanceof PyFloat ? value.value : toNumber(value));

/**
 * Evenly spaced values from `start` up to but without `stop`; one argument is `stop`.
 *
 * (n,), n = ⌈(stop − start) / step⌉; int64 of whole numbers, float64 of others, complex128 of complex ones.
 *
 * @throws AppError 'value' "Maximum allowed size exceeded" when the step is 0 or the range is not finite; 'dtype' "no
 * fill-function for data-type.".
 * @example arange(3).tolist() // [0n, 1n, 2n]
 */
export function arange(start: Weak, stop?: Weak | null, step: Weak = 1, dtype?: DType): NDArray {
  const [first, last] = stop === undefined || stop === null ? [0, start] : [start, stop];
  const types = [scalarType(first), scalarType(last), scalarType(step)];
  const chosen = dtype ?? result_type(types[0] === 'bool' ? ['int64'] : types);
  const [from, to, by] = [real(first), real(last), real(step)];
  const count = Math.ceil((to - from) / by);
  if (by === 0)
    throw new AppError('value', chosen.startsWith('float') ? 'float division by zero' : 'division by zero', {
      argument: 'step',
    });
  if (Number.isNaN(count)) throw new AppError('value', 'arange: cannot compute length');
  if (count === Infinity) throw new AppError('value', 'Maximum allowed size exceeded');
  const length = Math.max(0, count);
  if (chosen === 'bool' && length > 2) throw new AppError('dtype', 'no fill-function for data-type.');
  const made = chosen.startsWith('complex') ? empty(length, chosen) : unset(asShape(length), chosen);
  const { data, start: begin, entries } = made;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    const exact = (value: Weak): bigint => (typeof value === 'bigint' ? value : BigInt(Math.trunc(real(value))));
    const origin = exact(first);
    // NumPy takes the difference of the first two elements, after the cast.
    const second =
      Number.isInteger(from) && Number.isInteger(by) ? origin + exact(step) : BigInt(Math.trunc(from + by));
    const delta = second - origin;
    if (length >= crossover.costly) {
      native().ramp(chosen, bytesOf(made), 0, 0, BigInt.asIntN(64, origin), BigInt.asIntN(64, delta));
      return made;
    }
    for (let i = 0, value = origin; i < length; i++, value += delta) data[begin + i] = value;
    return made;
  }
  const cast = chosen === 'float32' || chosen === 'complex64' ? Math.fround : (x: number) => x;
  const whole = entries === 1 && chosen !== 'float32' && chosen !== 'float64' ? Math.trunc : cast;
  const origin = whole(from);
  const second = whole(from + by);
  const delta = whole(second - origin);
  const single = chosen === 'float32' || chosen === 'complex64';
  if (length >= crossover.plain && entries === 1) {
    const wholes = chosen.startsWith('float') ? [0n, 0n] : [BigInt(origin), BigInt(delta)];
    native().ramp(chosen, bytesOf(made), origin, delta, wholes[0], wholes[1]);
    if (chosen.startsWith('float')) data[begin + 1] = second;
    return made;
  }
  for (let i = 0; i < length; i++) {
    const along = single ? Math.fround(Math.fround(i) * delta) : i * delta;
    data[begin + i * entries] = i === 1 ? second : origin + along;
  }
  return made;
}

/**
 * `num` evenly spaced values from `start` to `stop`, the latter included unless `endpoint` is false; from arrays of
 * starts and stops, such a series of each along a new axis.
 *
 * (num,) of numbers, (num, …) of arrays (…), or with the new axis elsewhere; float64 of numbers and integers, float32
 * of float32 arrays, complex of complex ones.
 *
 * @throws AppError 'value' when `num` is negative.
 * @example linspace(0, 1, 3).tolist() // [0, 0.5, 1]
 */
export function linspace(start: Operand, stop: Operand, num = 50, endpoint = true, dtype?: DType, axis = 0): NDArray {
  if (num < 0) throw new AppError('value', `Number of samples, ${num}, must be non-negative.`, { argument: 'num' });
  const parts = endpoint ? num - 1 : num;
  const series =
    isReal(start) && isReal(stop)
      ? plainSeries(real(start), real(stop), num, parts)
      : broadcastSeries(start, stop, num, parts);
  if (isReal(start) && isReal(stop) && axis === 0 && (dtype === undefined || dtype === 'float64')) {
    if (endpoint && num > 1) series.data[series.start + num - 1] = real(stop);
    return series;
  }
  if (endpoint && num > 1) copyInto(sliced(series, num - 1), broadcast_to(asarray(stop), series.shape.slice(1)));
  const whole = dtype !== undefined && 'iu'.includes(kindCode(dtype));
  const made = moveaxis(whole ? floor(series) : series, 0, axis);
  return dtype === undefined || dtype === made.dtype ? copied(made) : astype(made, dtype);
}

/** The array in C order, as a function that makes one gives it. */
const copied = (a: NDArray): NDArray => (a.cContiguous ? a : copy(a));

const isReal = (value: Operand): value is number | PyFloat | bigint =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof PyFloat;

function plainSeries(start: number, stop: number, num: number, parts: number): NDArray {
  const made = unset(asShape(num), 'float64');
  const data = made.data as Float64Array;
  const delta = stop - start;
  const step = delta / parts;
  if (num >= crossover.plain && step !== 0) {
    native().ramp('float64', bytesOf(made), start, step, 0n, 0n);
  } else {
    for (let i = 0; i < num; i++) {
      data[made.start + i] = (parts > 0 ? (step === 0 ? (i / parts) * delta : i * step) : i * delta) + start;
    }
  }
  return made;
}

function broadcastSeries(from: Operand, to: Operand, num: number, parts: number): NDArray {
  const [start, stop] = [asarray(from), asarray(to)];
  // Python's numbers take on the kind of the arrays.
  const strong = [from, to].flatMap((end, k) => (isWeak(end) ? [] : [[start, stop][k].dtype]));
  const common = result_type(strong, [from, to].filter(isWeak));
  const dtype = 'biu'.includes(kindCode(common)) ? 'float64' : common;
  const first = astype(start, dtype, { copy: false });
  const delta = subtract(astype(stop, dtype, { copy: false }), first);
  const counts = reshape(
    arange(new PyFloat(0), new PyFloat(num), new PyFloat(1), dtype),
    [-1, ...delta.shape.map(() => 1)].slice(0, delta.ndim + 1),
  );
  const step = divide(delta, new PyFloat(parts));
  const flat = any(equal(step, 0)).item() === true;
  const along =
    parts > 0
      ? flat
        ? multiply(divide(counts, new PyFloat(parts)), delta)
        : multiply(counts, step)
      : multiply(counts, delta);
  return add(along, first);
}

/**
 * The distance between the values of `linspace`; NaN when there is only one. Of starts and stops (…) → (…); dtypes as
 * of `linspace`.
 *
 * @example linspaceStep(0, 1, 3).item() // 0.5
 */
export function linspaceStep(start: Operand, stop: Operand, num = 50, endpoint = true): NDArray {
  const parts = endpoint ? num - 1 : num;
  const delta = subtract(asarray(stop), asarray(start));
  return parts > 0 ? divide(delta, new PyFloat(parts)) : asarray(NaN);
}

/**
 * `num` values from `start` to `stop` evenly spaced on a logarithmic scale: a geometric progression.
 *
 * (num,) of numbers, (num, …) of arrays (…); dtypes as of `linspace`. Complex values turn as they grow.
 *
 * @throws AppError 'value' "Geometric sequence cannot include zero".
 * @example geomspace(1, 100, 3).tolist() // [1, 10, 100]
 */
export function geomspace(start: Operand, stop: Operand, num = 50, endpoint = true, dtype?: DType, axis = 0): NDArray {
  const ends = [start, stop].map((end) => asarray(end));
  if (ends.some((end) => any(equal(end, 0)).item() === true))
    throw new AppError('value', 'Geometric sequence cannot include zero');
  const common = result_type([...ends.map((end) => end.dtype), ...(dtype === undefined ? [] : [dtype])]);
  const inner = 'biu'.includes(kindCode(common)) ? 'float64' : common;
  const [first, last] = ends.map((end) => astype(end, inner));
  // Turned to the positive real axis and back, so that no rounding shows in parts that must be zero.
  const turn = sign(first);
  const [from, to] = [divide(first, turn), divide(last, turn)];
  const made = logspace(log10(from), log10(to), num, endpoint, 10, inner);
  if (num > 0) copyInto(sliced(made, 0), broadcast_to(from, made.shape.slice(1)));
  if (endpoint && num > 1) copyInto(sliced(made, num - 1), broadcast_to(to, made.shape.slice(1)));
  const back = moveaxis(multiply(made, turn), 0, axis);
  return dtype === undefined || dtype === inner ? copied(back) : astype(back, dtype);
}

/**
 * `base ** linspace(start, stop, num)`; arrays of bases as of starts and stops.
 *
 * (num,) of numbers, (num, …) of arrays (…); dtypes as of `linspace`.
 *
 * @example logspace(0, 2, 3).tolist() // [1, 10, 100]
 */
export function logspace(
  start: Operand,
  stop: Operand,
  num = 50,
  endpoint = true,
  base: Operand = 10,
  dtype?: DType,
  axis = 0,
): NDArray {
  let [first, last] = [start, stop];
  let under: Operand;
  if (isReal(base)) under = new PyFloat(real(base));
  else {
    // Every base has a series of its own, along the new axis.
    const all = [start, stop, base].map((one) => asarray(one));
    const ndim = Math.max(...all.map((one) => one.ndim));
    const deep = all.map((one) => reshape(one, [...new Array<number>(ndim - one.ndim).fill(1), ...one.shape]));
    [first, last] = deep;
    under = ndim === 0 ? deep[2] : expand_dims(deep[2], axis);
  }
  const exponents = linspace(first, last, num, endpoint, undefined, axis);
  const powers = power(under, exponents);
  return dtype === undefined ? powers : astype(powers, dtype);
}
