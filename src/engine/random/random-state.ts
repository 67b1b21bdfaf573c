import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { type ArrayLike, asarray } from '../create.ts';
import { take } from '../taking.ts';
import { type NDArray } from '../ndarray.ts';
import type { BitGenerator } from './bit-generator.ts';
import { Distributions } from './distributions.ts';
import { requireRange, requireScale } from './generator.ts';
import { drawIntegers } from './integers.ts';
import { MT19937 } from './mt19937.ts';
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
import { SeedSequence } from './seed-sequence.ts';

/** Seeds of the legacy streams: one number below 2³², or several. */
export type LegacySeed = number | bigint | readonly (number | bigint)[] | null;

/**
 * NumPy's legacy streams: `random.seed`, `random.rand`, `random.randn` and their kin, over the Mersenne Twister.
 *
 * @example new RandomState(42).randn(3).tolist() // [0.4967141530112327, -0.13826430117118466, 0.6476885381006925]
 */
export class RandomState extends Distributions {
  private bits = new MT19937(0);
  protected readonly legacy = true;

  constructor(seed: LegacySeed = null) {
    super();
    this.seed(seed);
  }

  protected stream(): BitGenerator {
    return this.bits;
  }

  /**
   * The stream's state, for `set_state`: the key, the place in it, and the normal draw that is kept. The key is (624,),
   * uint32.
   *
   * @example new RandomState(1).get_state().pos // 624
   */
  get_state(): { bit_generator: 'MT19937'; key: NDArray; pos: number; has_gauss: number; gauss: number } {
    return { bit_generator: 'MT19937', ...this.bits.get_state() };
  }

  /**
   * Goes on from a state of `get_state`. The key is (624,), of integers in uint32.
   * @throws AppError 'value' for another generator, 'dtype' for a key of another length.
   * @example const rng = new RandomState(1); const state = rng.get_state(); const first = rng.rand().item(); rng.set_state(state); rng.rand().item() === first // true
   */
  set_state(state: { bit_generator?: string; key: ArrayLike; pos: number; has_gauss?: number; gauss?: number }): void {
    if (state.bit_generator !== undefined && state.bit_generator !== 'MT19937')
      throw new AppError('value', 'set_state can only be used with legacy MT19937 state instances.', {
        argument: 'state',
      });
    this.bits.set_state(state);
  }

  /**
   * Uniform whole numbers from [low, high], both included; [1, low] with one bound.
   *
   * Of shape `size`, () without one; int64.
   *
   * @example new RandomState(1).random_integers(6, null, 3).tolist() // [6n, 4n, 5n]
   */
  random_integers(low: number | bigint, high: number | bigint | null = null, size: Size = null): NDArray {
    const [least, most] = high === null ? [1, low] : [low, high];
    return this.randint(least, typeof most === 'bigint' ? most + 1n : most + 1, size);
  }

  /**
   * Begins the stream again.
   * @throws AppError 'value' "Seed must be between 0 and 2**32 - 1", "Seed must be non-empty"; 'dtype' for fractions.
   * @example const rng = new RandomState(1); rng.seed(42); rng.rand().item() // 0.3745401188473625
   */
  seed(seed: LegacySeed = null): void {
    if (seed === null) {
      this.bits = new MT19937([...new SeedSequence().generate(624)]);
      return;
    }
    const list = (typeof seed === 'object' ? seed : [seed]).map((part) => {
      if (typeof part === 'number' && !Number.isInteger(part)) {
        throw new AppError(
          'dtype',
          "Cannot cast array data from dtype('float64') to dtype('int64') according to the rule 'safe'",
          { argument: 'seed' },
        );
      }
      if (part < 0 || part > 0xffffffff)
        throw new AppError('value', 'Seed must be between 0 and 2**32 - 1', { argument: 'seed' });
      return Number(part);
    });
    if (list.length === 0) throw new AppError('value', 'Seed must be non-empty', { argument: 'seed' });
    this.bits = new MT19937(typeof seed === 'object' ? list : list[0]);
  }

  /**
   * Uniform draws from [0, 1). Of shape `size`, () without one; float64.
   * @example new RandomState(1).random_sample(2).tolist() // [0.417022004702574, 0.7203244934421581]
   */
  random_sample(size: Size = null): NDArray {
    return uniforms(this.bits, sizeOf(size));
  }

  /**
   * Uniform draws from [0, 1); the lengths of the axes are the arguments. (…), float64.
   * @example new RandomState(1).rand(2, 3).shape // [2, 3]
   */
  rand(...shape: number[]): NDArray {
    return this.random_sample(shape);
  }

  /**
   * Normal draws with mean 0 and deviation 1; the lengths of the axes are the arguments.
   *
   * (…), float64.
   *
   * @example new RandomState(42).randn(2).tolist() // [0.4967141530112327, -0.13826430117118466]
   */
  randn(...shape: number[]): NDArray {
    return this.standard_normal(shape);
  }

  /**
   * Normal draws with mean 0 and deviation 1, by Marsaglia's polar method.
   *
   * Of shape `size`, () without one; float64.
   *
   * @example new RandomState(42).standard_normal(2).tolist() // [0.4967141530112327, -0.13826430117118466]
   */
  standard_normal(size: Size = null): NDArray {
    return normals(this.bits, sizeOf(size));
  }

  /**
   * Normal draws with mean `loc` and deviation `scale`.
   *
   * Of shape `size`, or the one that the parameters broadcast to; float64.
   *
   * @throws AppError 'value' "scale < 0".
   * @example new RandomState(42).normal(10, 2, 2).tolist() // [10.993428306022466, 9.723471397657631]
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
   * @example new RandomState(1).uniform(5, 6, 2).tolist() // [5.417022004702574, 5.720324493442158]
   */
  uniform(low: Parameter = 0, high: Parameter = 1, size: Size = null): NDArray {
    requireRange(low, high, true);
    return uniformDraws(this.bits, low, high, size);
  }

  /**
   * Whole numbers from [low, high), or [0, low) when `high` is null.
   *
   * Of shape `size`, or the one that the bounds broadcast to; int64, or another dtype of integers or bool.
   *
   * @throws AppError 'value' "low >= high".
   * @example new RandomState(1).randint(10, null, 4).tolist() // [5n, 8n, 9n, 5n]
   */
  randint(
    low: number | bigint | ArrayLike,
    high: number | bigint | ArrayLike | null = null,
    size: Size = null,
    dtype: DType = 'int64',
  ): NDArray {
    return drawIntegers(this.bits, low, high, size, dtype, false, false);
  }

  /**
   * Random elements of a 1-d array, or of the whole numbers below `a`.
   *
   * a (n,), of shape `size` → (…size), of a's dtype; int64 of numbers below `a`.
   *
   * @throws AppError 'value' "a must be 1-dimensional", "Cannot take a larger sample than population when
   * 'replace=False'".
   * @example new RandomState(1).choice(array([5, 6, 7]), 4).tolist() // [6n, 5n, 5n, 6n]
   */
  choice(a: number | ArrayLike, size: Size = null, replace = true, p?: ArrayLike): NDArray {
    const { from, count } = population(a, 0, true);
    if (from !== null && from.ndim !== 1) throw new AppError('value', 'a must be 1-dimensional', { argument: 'a' });
    const wanted = sizeOf(size).reduce((product, n) => product * n, 1);
    requireEnough(wanted, count, replace, true);
    if (p !== undefined) {
      const index = weighted(probabilities(p, count), wanted, replace, (n) => this.random_sample(n));
      return chosen(index, from, size, 0);
    }
    if (count === 0) return chosen(indices(0), from, size, 0);
    if (replace) return chosen(this.randint(0, count, wanted), from, size, 0);
    const order = this.permutation(count);
    return chosen(order.view([wanted], order.strides), from, size, 0);
  }

  /**
   * Shuffles an array along its first axis, in place. x (n, …), of any dtype.
   * @example const x = arange(4); new RandomState(1).shuffle(x); x.tolist() // [3n, 2n, 0n, 1n]
   */
  shuffle(x: NDArray): void {
    shuffleInPlace(this.bits, x);
  }

  /**
   * A shuffled copy of an array, or of the whole numbers below `x`.
   *
   * x (n, …) → (n, …), of x's dtype; (n,) int64 of a number.
   *
   * @example new RandomState(1).permutation(4).tolist() // [3n, 2n, 0n, 1n]
   */
  permutation(x: number | ArrayLike): NDArray {
    const source = typeof x === 'number' ? null : asarray(x);
    if (source?.ndim === 0) return this.permutation(Number(source.item()));
    const order = indices(source === null ? Math.max(Number(x), 0) : source.shape[0]);
    shuffleElements(this.bits, order, 1, false);
    return source === null ? order : take(source, order, 0);
  }
}
