import type { DType } from '#shared/dtype.ts';
import type { Data } from './typed-views.ts';

declare const watched: unique symbol;

/** Made and read by the addon alone. */
export interface Watch {
  readonly [watched]: true;
}

/**
 * Array kernels over strided memory, on several threads when that pays. A layout is a list of integers:
 * [axes, operands, shape…, then per operand dtype, byte offset, byte strides…]; the typed arrays that follow cover the
 * operands' whole buffers.
 */
export interface KernelAddon {
  /** Something that tells whether an object was collected, without keeping it. */
  watch(object: object): Watch;
  /** False once the watched object was collected. */
  isHeld(watch: Watch): boolean;
  /**
   * Advises the system to back a fresh buffer by large pages, where it is large itself; returns how many bytes behind its
   * beginning the first large page (2 MB) lies, in buffers of less than two the first multiple of 64.
   */
  useLargePages(bytes: Uint8Array): number;
  /** Repeats a pattern of 1, 2, 4, 8 or 16 bytes over an aligned stretch of memory. */
  fill(bytes: Uint8Array, pattern: Uint8Array): void;
  /** first + i · step over a whole stretch: of whole numbers from the bigints, of others in their own precision. */
  ramp(dtype: DType, bytes: Uint8Array, first: number, step: number, wholeFirst: bigint, wholeStep: bigint): void;

  /** How many flags are set. */
  countFlags(flags: Uint8Array): number;
  /** The indices of set flags in C order, a list per axis. */
  placesOfFlags(flags: Uint8Array, shape: readonly number[], ...lists: BigInt64Array[]): void;
  /** Items of `width` bytes whose flag is set, one behind the other. */
  keepFlagged(from: Uint8Array, flags: Uint8Array, width: number, to: Uint8Array): void;
  /**
   * to[o, i] = from[o, places[i]] for outer × length items of `width` bytes; negative places count from the end. Returns
   * the position of the first place outside (nothing is done then), or −1.
   */
  takeItems(
    from: Uint8Array,
    outer: number,
    length: number,
    width: number,
    places: BigInt64Array,
    to: Uint8Array,
  ): number;
  /** to[o, places[i]] = from[o, i], in order; returns as `takeItems`. */
  putItems(
    to: Uint8Array,
    outer: number,
    length: number,
    width: number,
    places: BigInt64Array,
    from: Uint8Array,
  ): number;

  /** The number of the loop of an elementwise function over a dtype, or −1. */
  ufuncLoop(name: string, dtype: DType): number;
  /**
   * Operands: the loop's inputs, a boolean mask if `masked`, the output. Gives what the processor noticed: 1 a division by
   * zero, 2 an overflow, 8 an operation without a result, added up.
   */
  ufunc(loop: number, masked: boolean, layout: Float64Array, ...arrays: Data[]): number;

  /** Whether `reduce` knows a ufunc's reduction of a dtype; "away" is the sum of squared distances from a centre. */
  hasReduction(name: string, dtype: DType): boolean;
  /**
   * output ∘= input along the axes in which the output does not move, walked in the order given. Operands: the input,
   * the centre for "away", the output.
   */
  reduce(name: string, layout: Float64Array, ...arrays: Data[]): void;
  /** Running sums or products down the columns of `blocks` C-contiguous matrices of length × width. */
  accumulate(
    product: boolean,
    dtype: DType,
    blocks: number,
    length: number,
    width: number,
    input: Uint8Array,
    output: Uint8Array,
  ): void;
  /**
   * Positions of the largest (1) or smallest (−1) elements, or the first NaN, along the middle axis of outer × n × inner
   * elements; where that is not the last one, only of float64 and int64.
   */
  argExtreme(
    sign: 1 | -1,
    dtype: DType,
    outer: number,
    n: number,
    inner: number,
    input: Uint8Array,
    output: BigInt64Array,
  ): void;

  /** totals[x] += 1, or += its weight, for every integer x that has a total. */
  countNumbers(dtype: DType, bytes: Uint8Array, weights: null, totals: BigInt64Array): void;
  countNumbers(dtype: DType, bytes: Uint8Array, weights: Float64Array, totals: Float64Array): void;
  /**
   * The same for every value by its bin, the last of which is closed at both ends. Bins with even edges are computed,
   * others searched for.
   */
  countInBins(values: Float64Array, edges: Float64Array, even: boolean, weights: null, totals: BigInt64Array): void;
  countInBins(
    values: Float64Array,
    edges: Float64Array,
    even: boolean,
    weights: Float64Array,
    totals: Float64Array,
  ): void;
}
