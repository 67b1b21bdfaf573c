/** Whole numbers drawn between bounds: the same for all draws, or arrays of them. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { broadcast_shapes, sameShape } from '../broadcast.ts';
import { broadcast_to, copy } from '../cast.ts';
import { type ArrayLike, asarray, unset } from '../create.ts';
import { native } from '../native.ts';
import { type NDArray } from '../ndarray.ts';
import { integerRange, isInteger } from '../promotion.ts';
import { ravel } from '../shape.ts';
import { bytesOf } from '../sorting.ts';
import type { BitGenerator } from './bit-generator.ts';
import { integer, type Size, sizeOf } from './sampling.ts';

type Bound = number | bigint | ArrayLike;

/**
 * Whole numbers in [low, high), or [low, high] with `endpoint`; in [0, low) without `high`. Bounds that are arrays are
 * broadcast, and the draws have their shape unless `size` says it. By Lemire's method (2019), or by masking bits as the
 * legacy streams do.
 *
 * @throws AppError 'dtype' "Unsupported dtype dtype('…') for integers"; 'value' "low is out of bounds for …", "high is out
 * of bounds for …", "low >= high", "shape mismatch: …", "Output size … is not compatible with broadcast dimensions of
 * inputs …".
 */
export function drawIntegers(
  bits: BitGenerator,
  low: Bound,
  high: Bound | null,
  size: Size,
  dtype: DType,
  endpoint: boolean,
  lemire: boolean,
): NDArray {
  if (isNumber(low) && (high === null || isNumber(high))) {
    const [from, to] = integerBounds(low, high, dtype, endpoint, lemire);
    return fillIntegers(bits, dtype, size, from, to - from, lemire);
  }
  const range = rangeOf(dtype, lemire);
  const [lows, highs] = high === null ? [asarray(0), asarray(low)] : [asarray(low), asarray(high)];
  const together = broadcast_shapes(lows.shape, highs.shape);
  const shape = size === null ? together : sizeOf(size);
  if (!sameShape(broadcast_shapes(together, shape), shape)) {
    throw new AppError(
      'value',
      `Output size ${words(shape)} is not compatible with broadcast dimensions of inputs ${words(together)}.`,
      { argument: 'size' },
    );
  }
  const [from, to] = [wholeNumbers(lows, shape), wholeNumbers(highs, shape)];
  const open = endpoint ? 0n : 1n;
  if (from.some((x) => x < range[0])) {
    throw new AppError('value', `low is out of bounds for ${dtype}`, { argument: 'low' });
  }
  if (to.some((x) => x - open > range[1])) {
    throw new AppError('value', `high is out of bounds for ${dtype}`, { argument: 'high' });
  }
  if (from.some((x, i) => x > to[i] - open))
    throw crossed(
      from.every((x) => x === 0n),
      endpoint,
    );
  const made = unset(shape, dtype);
  native().randomIntegersBetween(
    bits.state,
    dtype,
    bytesOf(made),
    0,
    BigInt64Array.from(from, (x) => BigInt.asIntN(64, x)),
    BigInt64Array.from(to, (x, i) => BigInt.asIntN(64, x - open - from[i])),
    lemire,
  );
  return made;
}

const isNumber = (x: Bound): x is number | bigint => typeof x === 'number' || typeof x === 'bigint';
const words = (shape: readonly number[]): string => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`);

function rangeOf(dtype: DType, modern: boolean): readonly [bigint, bigint] {
  const range = dtype === 'bool' ? ([0n, 1n] as const) : integerRange(dtype);
  if (range === undefined || (!isInteger(dtype) && dtype !== 'bool')) {
    throw new AppError('dtype', `Unsupported dtype dtype('${dtype}') for ${modern ? 'integers' : 'randint'}`, {
      argument: 'dtype',
    });
  }
  return range;
}

/** One bound for each draw; fractions are cut off, as in NumPy's arrays. */
function wholeNumbers(bounds: NDArray, shape: readonly number[]): bigint[] {
  const list = ravel(copy(broadcast_to(bounds, shape))).tolist() as (number | bigint | boolean)[];
  return list.map((x) => BigInt(typeof x === 'number' ? Math.trunc(x) : x));
}

/** Of two bounds, the lower one is above the other. */
function crossed(fromZero: boolean, endpoint: boolean): AppError {
  const how = fromZero ? (endpoint ? 'high < 0' : 'high <= 0') : endpoint ? 'low > high' : 'low >= high';
  return new AppError('value', how, { argument: 'high' });
}

/** The least and the largest number of a draw between two bounds. */
function integerBounds(
  low: number | bigint,
  high: number | bigint | null,
  dtype: DType,
  endpoint: boolean,
  modern: boolean,
): [bigint, bigint] {
  const range = rangeOf(dtype, modern);
  const from = high === null ? 0n : integer(low, 'low');
  const to = integer(high === null ? low : high, 'high') - (endpoint ? 0n : 1n);
  if (from < range[0]) throw new AppError('value', `low is out of bounds for ${dtype}`, { argument: 'low' });
  if (to > range[1]) throw new AppError('value', `high is out of bounds for ${dtype}`, { argument: 'high' });
  if (from > to) throw crossed(high === null, endpoint);
  return [from, to];
}

/** An array of `from` + draws in [0, max]. */
function fillIntegers(
  bits: BitGenerator,
  dtype: DType,
  size: Size,
  from: bigint,
  max: bigint,
  lemire: boolean,
): NDArray {
  const made = unset(sizeOf(size), dtype);
  const wrapped = BigInt.asIntN(64, from);
  native().randomIntegers(bits.state, dtype, bytesOf(made), 0, made.size, wrapped, max, lemire);
  return made;
}
