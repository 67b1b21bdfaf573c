import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { copy } from '../cast.ts';
import { type ArrayLike, asarray, empty } from '../create.ts';
import { take } from '../taking.ts';
import { NDArray } from '../ndarray.ts';
import { integerRange, isInteger } from '../promotion.ts';
import { accurateLog1p } from './accurate-log.ts';
import { type BitGenerator, bounded32, bounded64, masked, smallBounded } from './bit-generator.ts';
import { PCG64 } from './pcg64.ts';
import {
  chosen,
  distribute,
  indices,
  integer,
  type Parameter,
  population,
  probabilities,
  requireEnough,
  shuffleIndices,
  shuffleInPlace,
  type Size,
  sizeOf,
  weighted,
} from './sampling.ts';
import type { Seed, SeedSequence } from './seed-sequence.ts';
import { certain, height, tailScale, tailStart, width } from './ziggurat-tables.ts';

/**
 * NumPy's `default_rng(seed)`: a Generator over PCG64 whose stream has NumPy's bits.
 *
 * @example default_rng(42).standard_normal(3).tolist() // [0.30471707975443135, -1.0399841062404955, 0.7504511958064572]
 */
export function default_rng(seed?: Seed | SeedSequence | Generator): Generator {
  return seed instanceof Generator ? seed : new Generator(new PCG64(seed));
}

/** Distributions over a stream of random bits; `size` null gives one value as a 0-d array. */
export class Generator {
  private readonly bits: BitGenerator;

  constructor(bits: BitGenerator) {
    this.bits = bits;
  }

  /** Uniform draws from [0, 1). */
  random(size: Size = null, dtype: 'float64' | 'float32' = 'float64'): NDArray {
    requireFloat(dtype, 'random');
    const made = empty(sizeOf(size), dtype);
    const { bits } = this;
    const { data, start } = made;
    for (let i = start; i < start + made.size; i++) {
      data[i] = dtype === 'float64' ? bits.nextDouble() : (bits.next32() >>> 8) / 16777216;
    }
    return made;
  }

  /** Normal draws with mean 0 and deviation 1, by the ziggurat. */
  standard_normal(size: Size = null): NDArray {
    const made = empty(sizeOf(size));
    const { bits } = this;
    const data = made.data as Float64Array;
    for (let i = made.start; i < made.start + made.size; i++) data[i] = normalDraw(bits);
    return made;
  }

  /** Normal draws with mean `loc` and deviation `scale`. */
  normal(loc: Parameter = 0, scale: Parameter = 1, size: Size = null): NDArray {
    requireScale(scale);
    return distribute(
      loc,
      scale,
      size,
      (shape) => this.standard_normal(shape),
      (z, mean, deviation) => mean + deviation * z,
    );
  }

  /** Uniform draws from [low, high). */
  uniform(low: Parameter = 0, high: Parameter = 1, size: Size = null): NDArray {
    requireRange(low, high);
    return distribute(
      low,
      high,
      size,
      (shape) => this.random(shape),
      (u, a, b) => a + (b - a) * u,
    );
  }

  /**
   * Whole numbers from [low, high), or [0, low) when `high` is null; `endpoint` includes `high`.
   *
   * @throws AppError 'value' "low >= high", "high is out of bounds for int64".
   */
  integers(
    low: number | bigint,
    high: number | bigint | null = null,
    size: Size = null,
    dtype: DType = 'int64',
    endpoint = false,
  ): NDArray {
    const [from, to] = integerBounds(low, high, dtype, endpoint);
    const { bits } = this;
    return fillIntegers(dtype, size, from, to - from, (max, bytes) => {
      if (dtype === 'bool') return smallBounded(bits, 1, 1, true);
      if (bytes <= 2) return smallBounded(bits, Number(max), bytes === 1 ? 8 : 16, true);
      if (max <= 0xffffffffn) {
        const top = Number(max);
        return () => bounded32(bits, top);
      }
      return () => bounded64(bits, max);
    });
  }

  /**
   * Random elements of an array, or of the whole numbers below `a`.
   *
   * @throws AppError 'value' "Cannot take a larger sample than population when replace is False".
   */
  choice(
    a: number | ArrayLike,
    size: Size = null,
    {
      replace = true,
      p,
      axis = 0,
      shuffle = true,
    }: { replace?: boolean; p?: ArrayLike; axis?: number; shuffle?: boolean } = {},
  ): NDArray {
    const { from, count } = population(a, axis);
    const wanted = sizeOf(size).reduce((product, n) => product * n, 1);
    requireEnough(wanted, count, replace);
    if (p !== undefined) {
      const index = weighted(probabilities(p, count), wanted, replace, (n) => doubles(this.random(n)));
      return chosen(index, from, size, axis);
    }
    if (replace) return chosen(this.integers(0, count, wanted), from, size, axis);
    return chosen(this.sample(count, wanted, shuffle), from, size, axis);
  }

  /** `wanted` different numbers below `count`. */
  private sample(count: number, wanted: number, shuffle: boolean): NDArray {
    const draw = (max: number): number => bounded32(this.bits, max);
    if (count > 10000 && wanted > Math.floor(count / (shuffle ? 50 : 20))) {
      const order = indices(count);
      shuffleIndices(order, Math.max(count - wanted, 1), draw);
      return copy(order.view([wanted], order.strides, order.offset + (count - wanted) * 8));
    }
    // Floyd's method: each step adds one number that is not there yet.
    const made = empty(wanted, 'int64');
    const data = made.data as BigInt64Array;
    const seen = new Set<number>();
    for (let j = count - wanted; j < count; j++) {
      const value = draw(j);
      const fresh = seen.has(value) ? j : value;
      seen.add(fresh);
      data[made.start + j - count + wanted] = BigInt(fresh);
    }
    if (shuffle) shuffleIndices(made, 1, draw);
    return made;
  }

  /** Shuffles an array along an axis, in place. */
  shuffle(x: NDArray, axis = 0): void {
    shuffleInPlace(x, (max) => masked(this.bits, max), axis);
  }

  /** A shuffled copy of an array, or of the whole numbers below `x`. */
  permutation(x: number | ArrayLike, axis = 0): NDArray {
    if (typeof x === 'number') {
      const order = indices(x);
      shuffleIndices(order, 1, (max) => masked(this.bits, max));
      return order;
    }
    const source = asarray(x);
    if (source.ndim === 0) return this.permutation(Number(source.item()));
    const along = axis < 0 ? axis + source.ndim : axis;
    const order = indices(source.shape[along]);
    shuffleIndices(order, 1, (max) => masked(this.bits, max));
    return take(source, order, along);
  }
}

/** One standard normal draw (Marsaglia and Tsang's ziggurat, as NumPy arranges its bits). */
function normalDraw(bits: BitGenerator): number {
  for (;;) {
    bits.next64();
    const layer = bits.low & 0xff;
    const negative = (bits.low >>> 8) & 1;
    // Bits 9 to 60: a 52-bit magnitude.
    const magnitude = (bits.high & 0x1fffffff) * 8388608 + (bits.low >>> 9);
    const x = negative === 1 ? -magnitude * width[layer] : magnitude * width[layer];
    if (magnitude < certain[layer]) return x;
    if (layer === 0) {
      for (;;) {
        const xx = -tailScale * accurateLog1p(-bits.nextDouble());
        const yy = -accurateLog1p(-bits.nextDouble());
        if (yy + yy > xx * xx) {
          const left = Math.floor(magnitude / 256) % 2 === 1;
          return left ? -(tailStart + xx) : tailStart + xx;
        }
      }
    } else if ((height[layer - 1] - height[layer]) * bits.nextDouble() + height[layer] < Math.exp(-0.5 * x * x)) {
      return x;
    }
  }
}

export function doubles(a: NDArray): Float64Array {
  return (a.data as Float64Array).subarray(a.start, a.start + a.size);
}

function requireFloat(dtype: DType, name: string): void {
  if (dtype !== 'float64' && dtype !== 'float32') {
    throw new AppError('dtype', `Unsupported dtype dtype('${dtype}') for ${name}`, { argument: 'dtype' });
  }
}

export function requireScale(scale: Parameter): void {
  const values = asarray(scale, 'float64').tolist();
  const negative = (part: unknown): boolean =>
    Array.isArray(part) ? part.some(negative) : (part as number) < 0 || Object.is(part, -0);
  if (negative(values)) throw new AppError('value', 'scale < 0', { argument: 'scale' });
}

export function requireRange(low: Parameter, high: Parameter): void {
  if (low instanceof NDArray || high instanceof NDArray) return;
  const range = Number(asarray(high, 'float64').item()) - Number(asarray(low, 'float64').item());
  if (!Number.isFinite(range))
    throw new AppError('value', 'high - low range exceeds valid bounds', { argument: 'high' });
}

/** Both ends included, checked against the dtype. */
export function integerBounds(
  low: number | bigint,
  high: number | bigint | null,
  dtype: DType,
  endpoint: boolean,
): [bigint, bigint] {
  const range = dtype === 'bool' ? ([0n, 1n] as const) : integerRange(dtype);
  if (range === undefined || (!isInteger(dtype) && dtype !== 'bool')) {
    throw new AppError('dtype', `Unsupported dtype dtype('${dtype}') for integers`, { argument: 'dtype' });
  }
  const from = high === null ? 0n : integer(low, 'low');
  const to = integer(high === null ? low : high, 'high') - (endpoint ? 0n : 1n);
  if (from < range[0]) throw new AppError('value', `low is out of bounds for ${dtype}`, { argument: 'low' });
  if (to > range[1]) throw new AppError('value', `high is out of bounds for ${dtype}`, { argument: 'high' });
  if (from > to) {
    const message = high === null ? (endpoint ? 'high < 0' : 'high <= 0') : endpoint ? 'low > high' : 'low >= high';
    throw new AppError('value', message, { argument: 'high' });
  }
  return [from, to];
}

/** An array of `from` + draws in [0, max], by a source made for the width of the dtype. */
export function fillIntegers(
  dtype: DType,
  size: Size,
  from: bigint,
  max: bigint,
  source: (max: bigint, bytes: number) => () => number | bigint,
): NDArray {
  const made = empty(sizeOf(size), dtype);
  const { data, start } = made;
  const draw = source(max, made.itemsize);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    for (let i = start; i < start + made.size; i++) data[i] = from + BigInt(max === 0n ? 0n : draw());
  } else {
    const offset = Number(from);
    for (let i = start; i < start + made.size; i++) data[i] = offset + (max === 0n ? 0 : Number(draw()));
  }
  return made;
}
