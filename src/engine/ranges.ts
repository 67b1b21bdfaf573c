import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype } from './cast.ts';
import { asShape, empty, unset } from './create.ts';
import { crossover } from './kernels/crossover.ts';
import { native } from './native.ts';
import type { NDArray } from './ndarray.ts';
import { scalarType, result_type, type Weak } from './promotion.ts';
import { PyFloat, toNumber } from './scalar.ts';
import { bytesOf } from './sorting.ts';

const real = (value: Weak): number => (value instanceof PyFloat ? value.value : toNumber(value));

/**
 * Evenly spaced values from `start` up to but without `stop`; one argument is `stop`.
 *
 * @throws AppError 'value' "Maximum allowed size exceeded" when the step is 0 or the range is not finite.
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
 * `num` evenly spaced values from `start` to `stop`, the latter included unless `endpoint` is false.
 *
 * @throws AppError 'value' when `num` is negative.
 * @example linspace(0, 1, 3).tolist() // [0, 0.5, 1]
 */
export function linspace(start: number, stop: number, num = 50, endpoint = true, dtype?: DType): NDArray {
  if (num < 0) throw new AppError('value', `Number of samples, ${num}, must be non-negative.`, { argument: 'num' });
  const made = unset(asShape(num), 'float64');
  const data = made.data as Float64Array;
  const parts = endpoint ? num - 1 : num;
  const delta = stop - start;
  const step = delta / parts;
  if (num >= crossover.plain && step !== 0) {
    native().ramp('float64', bytesOf(made), start, step, 0n, 0n);
  } else {
    for (let i = 0; i < num; i++) {
      data[made.start + i] = (parts > 0 ? (step === 0 ? (i / parts) * delta : i * step) : i * delta) + start;
    }
  }
  if (endpoint && num > 1) data[made.start + num - 1] = stop;
  if (dtype === undefined || dtype === 'float64') return made;
  if (dtype !== 'float32' && !dtype.startsWith('complex'))
    for (let i = 0; i < num; i++) data[made.start + i] = Math.floor(data[made.start + i]);
  return astype(made, dtype);
}

/**
 * `num` values from `start` to `stop` evenly spaced on a logarithmic scale: a geometric progression.
 *
 * @example geomspace(1, 100, 3).tolist() // [1, 10, 100]
 */
export function geomspace(start: number, stop: number, num = 50, endpoint = true): NDArray {
  if (start === 0 || stop === 0) throw new AppError('value', 'Geometric sequence cannot include zero');
  if (start < 0 !== stop < 0) throw new AppError('value', 'The ends of a real geometric sequence must have one sign');
  const sign = start < 0 ? -1 : 1;
  const made = logspace(Math.log10(sign * start), Math.log10(sign * stop), num, endpoint, 10);
  const data = made.data as Float64Array;
  for (let i = 0; i < num; i++) data[made.start + i] *= sign;
  if (num > 0) data[made.start] = start;
  if (endpoint && num > 1) data[made.start + num - 1] = stop;
  return made;
}

/** `base ** linspace(start, stop, num)`. */
export function logspace(start: number, stop: number, num = 50, endpoint = true, base = 10): NDArray {
  const made = linspace(start, stop, num, endpoint);
  const data = made.data as Float64Array;
  for (let i = 0; i < num; i++) data[made.start + i] = base ** data[made.start + i];
  return made;
}
