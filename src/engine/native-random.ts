import type { DType } from '#shared/dtype.ts';

/**
 * Draws from random streams. `state` is 628 words of the Mersenne Twister (key, place, whether a normal draw is kept, that)
 * or 10 of PCG64 (state, increment, whether half of a draw is kept, that), or 11 of PCG64DXSM, 12 of SFC64, 24 of Philox.
 */
export interface RandomAddon {
  /** out := low + range · u */
  randomDoubles(state: Uint32Array, out: Float64Array, low: number, range: number): void;
  /** The Twister by the polar method, PCG64 by the ziggurat; mean + deviation · z unless `standard`. */
  randomNormals(state: Uint32Array, out: Float64Array, standard: boolean, mean: number, deviation: number): void;
  /** from + draws in [0, max], by Lemire's method or by masking bits. */
  randomIntegers(
    state: Uint32Array,
    dtype: DType,
    bytes: Uint8Array,
    offset: number,
    count: number,
    from: bigint,
    max: bigint,
    lemire: boolean,
  ): void;
  /** from[i] + draws in [0, max[i]], both as the bits of whole numbers of 64. */
  randomIntegersBetween(
    state: Uint32Array,
    dtype: DType,
    bytes: Uint8Array,
    offset: number,
    from: BigInt64Array,
    max: BigInt64Array,
    lemire: boolean,
  ): void;
  /** Fisher and Yates over n elements of `width` bytes, from the last place down to `first`. */
  randomShuffle(
    state: Uint32Array,
    bytes: Uint8Array,
    offset: number,
    n: number,
    width: number,
    first: number,
    lemire: boolean,
  ): void;
  /** Different numbers below `count`, as many as `out` holds. */
  randomSample(state: Uint32Array, out: BigInt64Array, count: number): void;
  /** Draws of the distribution `name`; parameters have one value or as many as `out`. */
  randomReals(
    state: Uint32Array,
    name: string,
    out: Float64Array,
    a: Float64Array | null,
    b: Float64Array | null,
    c: Float64Array | null,
  ): void;
  /** The same in single precision, of a Generator: uniform, normal, exponential, exponential_inv, gamma. */
  randomSingles(state: Uint32Array, name: string, out: Float32Array, shape: Float64Array | null): void;
  randomCounts(
    state: Uint32Array,
    name: string,
    out: BigInt64Array,
    a: Float64Array,
    b: Float64Array | null,
    c: Float64Array | null,
  ): void;
  /** Rows of counts; trials are one number or one for each row. */
  randomMultinomial(state: Uint32Array, out: BigInt64Array, trials: Float64Array, shares: Float64Array): void;
}
