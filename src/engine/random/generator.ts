import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { sameShape } from '../broadcast.ts';
import { copy, copyInto } from '../cast.ts';
import { type ArrayLike, asarray, unset } from '../create.ts';
import { take } from '../taking.ts';
import { native } from '../native.ts';
import { NDArray } from '../ndarray.ts';
import { indicesOf } from '../sorting.ts';
import { moveaxis, normalizeAxis, ravel, reshape } from '../shape.ts';
import { subtract } from '../ufuncs/arithmetic.ts';
import type { BitGenerator, Source } from './bit-generator.ts';
import { coloured } from './colours.ts';
import { Distributions, requireFloat, targetOf } from './distributions.ts';
import { drawIntegers } from './integers.ts';
import { MT19937 } from './mt19937.ts';
import type { PCG64DXSM } from './pcg64.ts';
import { PCG64 } from './pcg64.ts';
import type { Philox } from './philox.ts';
import type { SFC64 } from './sfc64.ts';
import {
  chosen,
  indices,
  normalDraws,
  normals,
  type Parameter,
  population,
  probabilities,
  requireEnough,
  shuffleElements,
  shuffleInPlace,
  type Size,
  sizeOf,
  uniformDraws,
  uniforms,
  weighted,
} from './sampling.ts';
import type { Seed, SeedSequence } from './seed-sequence.ts';

/** What drives a Generator. */
export type BitSource = Source & (PCG64 | PCG64DXSM | SFC64 | Philox | MT19937);

/**
 * NumPy's `default_rng(seed)`: a Generator over PCG64 whose stream has NumPy's bits.
 *
 * @example default_rng(42).standard_normal(3).tolist() // [0.30471707975443135, -1.0399841062404955, 0.7504511958064572]
 */
export function default_rng(seed?: Seed | SeedSequence | PCG64 | Generator): Generator {
  if (seed instanceof Generator) return seed;
  return new Generator(seed instanceof PCG64 ? seed : new PCG64(seed));
}

/**
 * A Generator over the Mersenne Twister, from the 624 words of its key: what `Generator(MT19937(seed))` is.
 *
 * key (624,), uint32.
 *
 * @example twisterGenerator(new RandomState(1).get_state().key).random().item() < 1 // true
 */
export function twisterGenerator(key: NDArray): Generator {
  const bits = new MT19937(0, true);
  // NumPy begins at the last word of the key.
  bits.set_state({ key, pos: 623 });
  return new Generator(bits);
}

/**
 * Distributions over a stream of random bits; `size` null gives one value as a 0-d array.
 *
 * @example default_rng(1).poisson(3, 4).tolist() // [4n, 4n, 4n, 2n]
 */
export class Generator extends Distributions {
  readonly bit_generator: BitSource;
  protected readonly legacy = false;

  constructor(bits: BitSource) {
    super();
    this.bit_generator = bits;
  }

  private get bits(): BitGenerator {
    return this.bit_generator;
  }

  protected stream(): BitGenerator {
    return this.bit_generator;
  }

  /**
   * New streams that do not overlap with this one or each other.
   * @throws AppError 'dtype' for a stream with a set state.
   * @example default_rng(1).spawn(2).map((child) => child.random().item()) // [0.6990345474368357, 0.4757645185899906]
   */
  spawn(n_children: number): Generator[] {
    const bits = this.bit_generator;
    if (bits instanceof MT19937)
      throw new AppError('dtype', 'The underlying SeedSequence does not implement spawning.');
    const Kind = bits.constructor as new (seed: SeedSequence) => BitSource;
    return bits.seed_seq.spawn(n_children).map((seed) => new Generator(new Kind(seed)));
  }

  /**
   * Where the stream stands: the words of its state, uint32.
   *
   * (k,), as many as the kind of stream has.
   *
   * @example default_rng(1).words().dtype // 'uint32'
   */
  words(): NDArray {
    return this.bit_generator.words();
  }

  /**
   * Puts the stream where `words` said. (k,), uint32.
   * @throws AppError 'shape' for another number of words.
   * @example const rng = default_rng(1); const words = rng.words(); const first = rng.random().item(); rng.set_words(words); rng.random().item() === first // true
   */
  set_words(words: NDArray): void {
    this.bit_generator.setWords(copy(words).tolist() as number[]);
  }

  /**
   * Puts the stream `delta` steps on.
   * @throws AppError 'value' for a source that cannot.
   * @example const rng = default_rng(1); rng.advance(1); rng.random().item() === default_rng(1).random(2).item(1) // true
   */
  advance(delta: number | bigint): void {
    const bits = this.bit_generator;
    if (!('advance' in bits)) throw new AppError('value', 'this source of random bits does not advance');
    bits.advance(BigInt(delta));
  }

  /**
   * Puts the stream as far on as `jumps` streams of their own would be long.
   * @throws AppError 'value' for a source that cannot.
   * @example const rng = default_rng(1); rng.jump(1); rng.random().item() // 0.3382901384830873
   */
  jump(jumps: number | bigint): void {
    const bits = this.bit_generator;
    if (!('jump' in bits)) throw new AppError('value', 'this source of random bits does not jump');
    bits.jump(BigInt(jumps));
  }

  /**
   * Uniform draws from [0, 1); float32 ones have 24 bits. `out` is filled where it is given.
   *
   * Of shape `size`, () without one.
   *
   * @throws AppError 'dtype' "Unsupported dtype dtype('int32') for random", 'value' for an `out` of another shape.
   * @example default_rng(42).random(2, 'float32').tolist() // [0.08925092220306396, 0.7739560008049011]
   */
  random(size: Size = null, dtype: DType = 'float64', out: NDArray | null = null): NDArray {
    requireFloat(dtype, 'random');
    if (dtype === 'float32') return this.reals('uniform', [], size, { dtype, out });
    if (out === null) return uniforms(this.bits, sizeOf(size));
    return uniforms(this.bits, out.shape, targetOf({ dtype, out }, size === null ? out.shape : sizeOf(size)));
  }

  /**
   * Normal draws with mean 0 and deviation 1, by the ziggurat; float32 ones by a shorter one. `out` as of `random`.
   *
   * Of shape `size`, () without one.
   *
   * @example default_rng(42).standard_normal(2, 'float32').tolist() // [0.14190717041492462, -1.6685079336166382]
   */
  standard_normal(size: Size = null, dtype: DType = 'float64', out: NDArray | null = null): NDArray {
    requireFloat(dtype, 'standard_normal');
    if (dtype === 'float32') return this.reals('normal', [], size, { dtype, out });
    if (out === null) return normals(this.bits, sizeOf(size));
    return normals(this.bits, out.shape, targetOf({ dtype, out }, size === null ? out.shape : sizeOf(size)));
  }

  /**
   * Exponential draws with mean 1; `method` 'inv' takes a logarithm of each uniform draw. `out` as of `random`.
   *
   * Of shape `size`, () without one; float64 unless float32 is asked for.
   *
   * @example default_rng(42).standard_exponential(2, 'float32').tolist() // [0.08859460800886154, 2.997854471206665]
   */
  override standard_exponential(
    size: Size = null,
    dtype: DType = 'float64',
    method: 'zig' | 'inv' = 'zig',
    out: NDArray | null = null,
  ): NDArray {
    requireFloat(dtype, 'standard_exponential');
    return this.reals(method === 'zig' ? 'exponential' : 'exponential_inv', [], size, { dtype, out });
  }

  /**
   * Gamma draws of shape `shape` and scale 1. `out` as of `random`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64 unless float32 is asked for.
   *
   * @throws AppError 'value' "shape < 0".
   * @example default_rng(1).standard_gamma(2, 2, 'float32').tolist() // [5.0438408851623535, 3.376708745956421]
   */
  override standard_gamma(
    shape: Parameter,
    size: Size = null,
    dtype: DType = 'float64',
    out: NDArray | null = null,
  ): NDArray {
    requireFloat(dtype, 'standard_gamma');
    return this.reals('gamma', [['shape', shape, 'not negative']], size, { dtype, out });
  }

  /**
   * How many of each colour are among `nsample` drawn from an urn without putting back; the colours are the last axis.
   *
   * colors (k,) → (…size, k) int64. `method` 'marginals' draws one colour after the other, 'count' the single balls.
   * @throws AppError 'value' "nsample > sum(colors)", and for sums of 10⁹ and more by 'marginals'.
   * @example default_rng(42).multivariate_hypergeometric([16, 8, 4], 6).tolist() // [6n, 0n, 0n]
   */
  multivariate_hypergeometric(
    colors: ArrayLike,
    nsample: number | bigint,
    size: Size = null,
    method: 'marginals' | 'count' = 'marginals',
  ): NDArray {
    return coloured(this.bits, colors, nsample, size, method);
  }

  /**
   * Normal draws with mean `loc` and deviation `scale`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "scale < 0".
   * @example default_rng(1).normal(10, 2, 2).tolist() // [10.691168384129572, 11.643236287002317]
   */
  normal(loc: Parameter = 0, scale: Parameter = 1, size: Size = null): NDArray {
    requireScale(scale);
    return normalDraws(this.bits, loc, scale, size);
  }

  /**
   * Uniform draws from [low, high).
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @example default_rng(1).uniform(5, 6, 2).tolist() // [5.511821624700257, 5.950463696325936]
   */
  uniform(low: Parameter = 0, high: Parameter = 1, size: Size = null): NDArray {
    requireRange(low, high);
    return uniformDraws(this.bits, low, high, size);
  }

  /**
   * Whole numbers from [low, high), or [0, low) when `high` is null; `endpoint` includes `high`.
   *
   * Of shape `size`, or the one that the bounds broadcast to; int64, or another dtype of integers or bool.
   *
   * @throws AppError 'value' "low >= high", "high is out of bounds for int64".
   * @example default_rng(1).integers(10, null, 4).tolist() // [4n, 5n, 7n, 9n]
   */
  integers(
    low: number | bigint | ArrayLike,
    high: number | bigint | ArrayLike | null = null,
    size: Size = null,
    dtype: DType = 'int64',
    endpoint = false,
  ): NDArray {
    return drawIntegers(this.bits, low, high, size, dtype, endpoint, true);
  }

  /**
   * Random elements of an array, or of the whole numbers below `a`.
   *
   * Of shape `size`, from a (n, …) → (…size, …), of a's dtype; int64 of numbers below `a`.
   *
   * @throws AppError 'value' "Cannot take a larger sample than population when replace is False".
   * @example default_rng(1).choice(array([5, 6, 7]), 4).tolist() // [6n, 6n, 7n, 7n]
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
      const index = weighted(probabilities(p, count, false), wanted, replace, (n) => this.random(n));
      return chosen(index, from, size, axis);
    }
    if (count === 0) return chosen(indices(0), from, size, axis);
    if (replace) return chosen(this.integers(0, count, wanted), from, size, axis);
    return chosen(this.sample(count, wanted, shuffle), from, size, axis);
  }

  /** `wanted` different numbers below `count`. */
  private sample(count: number, wanted: number, shuffle: boolean): NDArray {
    if (count > 10000 && wanted > Math.floor(count / (shuffle ? 50 : 20))) {
      const order = indices(count);
      shuffleElements(this.bits, order, Math.max(count - wanted, 1), true);
      return copy(order.view([wanted], order.strides, order.offset + (count - wanted) * 8));
    }
    const made = unset([wanted], 'int64');
    native().randomSample(this.bits.state, indicesOf(made), count);
    if (shuffle) shuffleElements(this.bits, made, 1, true);
    return made;
  }

  /**
   * Shuffles an array along an axis, in place. x (n, …), of any dtype.
   * @example const x = arange(4); default_rng(2).shuffle(x); x.tolist() // [3n, 2n, 0n, 1n]
   */
  shuffle(x: NDArray, axis = 0): void {
    shuffleInPlace(this.bits, x, axis);
  }

  /**
   * A copy in which every slice along an axis is shuffled on its own; all elements without one.
   *
   * x (…) → (…), of x's dtype.
   *
   * @throws AppError 'index' for an axis that is not there.
   * @throws AppError 'value' "out must have the same shape as x".
   * @example default_rng(2).permuted(arange(4)).tolist() // [3n, 2n, 0n, 1n]
   */
  permuted(x: ArrayLike, axis: number | null = null, out: NDArray | null = null): NDArray {
    const source = asarray(x);
    if (out !== null && !sameShape(out.shape, source.shape))
      throw new AppError('value', 'out must have the same shape as x', { argument: 'out' });
    const along = axis === null ? 0 : normalizeAxis(axis, source.ndim);
    const rows = copy(axis === null ? reshape(source, [1, -1]) : moveaxis(source, along, -1));
    const n = rows.shape[rows.ndim - 1];
    const flat = reshape(rows, [-1, n]);
    for (let k = 0; k < flat.shape[0]; k++)
      shuffleElements(this.bits, flat.view([n], [flat.itemsize], flat.offset + k * n * flat.itemsize), 1, false);
    const made = axis === null ? reshape(rows, source.shape) : moveaxis(rows, -1, along);
    if (out === null) return axis === null ? made : copy(made);
    copyInto(out, made);
    return out;
  }

  /**
   * A shuffled copy of an array, or of the whole numbers below `x`.
   *
   * x (n, …) → (n, …), of x's dtype; (n,) int64 of a number.
   *
   * @example default_rng(2).permutation(4).tolist() // [3n, 2n, 0n, 1n]
   */
  permutation(x: number | ArrayLike, axis = 0): NDArray {
    if (typeof x === 'number') {
      const order = indices(Math.max(x, 0));
      shuffleElements(this.bits, order, 1, false);
      return order;
    }
    const source = asarray(x);
    if (source.ndim === 0) return this.permutation(Number(source.item()));
    const along = normalizeAxis(axis, source.ndim);
    const order = indices(source.shape[along]);
    shuffleElements(this.bits, order, 1, false);
    return take(source, order, along);
  }
}

/** @throws AppError 'value' "scale < 0", also for −0. */
export function requireScale(scale: Parameter): void {
  const values = asarray(scale, 'float64').tolist();
  const negative = (part: unknown): boolean =>
    Array.isArray(part) ? part.some(negative) : (part as number) < 0 || Object.is(part, -0);
  if (negative(values)) throw new AppError('value', 'scale < 0', { argument: 'scale' });
}

/**
 * The range of uniform draws: finite, and of a Generator not negative.
 *
 * @throws AppError 'value' "high - low range exceeds valid bounds", of arrays and legacy streams "Range exceeds valid
 * bounds"; "high - low < 0".
 */
export function requireRange(low: Parameter, high: Parameter, legacy = false): void {
  const arrays = low instanceof NDArray || high instanceof NDArray;
  const [from, to] = [asarray(low, 'float64'), asarray(high, 'float64')];
  const values = arrays
    ? (ravel(subtract(to, from)).tolist() as number[])
    : [(to.item() as number) - (from.item() as number)];
  const words = legacy || arrays ? 'Range exceeds valid bounds' : 'high - low range exceeds valid bounds';
  if (!values.every(Number.isFinite)) throw new AppError('value', words, { argument: 'high' });
  if (!legacy && values.some((x) => x < 0)) throw new AppError('value', 'high - low < 0', { argument: 'high' });
}
