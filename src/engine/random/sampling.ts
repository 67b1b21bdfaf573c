/** What NumPy's two kinds of random streams share: parameters, choosing and shuffling on top of uniform draws. */
import { AppError } from '#shared/errors.ts';
import { broadcast_shapes } from '../broadcast.ts';
import { astype, broadcast_to, copy, copyInto } from '../cast.ts';
import { type ArrayLike, asarray, asShape, empty, type ShapeLike, unset } from '../create.ts';
import { take } from '../taking.ts';
import { native } from '../native.ts';
import { NDArray } from '../ndarray.ts';
import { type PyFloat } from '../scalar.ts';
import { searchsorted } from '../searching.ts';
import { moveaxis, normalizeAxis, reshape } from '../shape.ts';
import { bytesOf } from '../sorting.ts';
import { add, multiply, subtract } from '../ufuncs/arithmetic.ts';
import type { BitGenerator } from './bit-generator.ts';

/** A parameter of a distribution: one number, or an array that is broadcast. */
export type Parameter = number | PyFloat | NDArray;

/** The shape that is asked for; null is one value, given as a 0-d array. */
export type Size = ShapeLike | null;

/** The shape that a size asks for. */
export function sizeOf(size: Size): readonly number[] {
  return size === null ? [] : asShape(size);
}

function doublesOf(a: NDArray): Float64Array {
  return new Float64Array(a.buffer, a.offset, a.size);
}

/** Draws from [0, 1). */
export function uniforms(bits: BitGenerator, shape: readonly number[], made = unset(shape, 'float64')): NDArray {
  native().randomDoubles(bits.state, doublesOf(made), 0, 1);
  return made;
}

/** Standard normal draws. */
export function normals(bits: BitGenerator, shape: readonly number[], made = unset(shape, 'float64')): NDArray {
  native().randomNormals(bits.state, doublesOf(made), true, 0, 1);
  return made;
}

/** Draws from [low, high), the limits broadcast. */
export function uniformDraws(bits: BitGenerator, low: Parameter, high: Parameter, size: Size): NDArray {
  const [a, b, shape] = spread(low, high, size);
  if (a.ndim === 0 && b.ndim === 0) {
    const made = unset(shape, 'float64');
    const from = Number(a.item());
    native().randomDoubles(bits.state, doublesOf(made), from, Number(b.item()) - from);
    return made;
  }
  return add(a, multiply(subtract(b, a), uniforms(bits, shape)));
}

/** Normal draws, mean and deviation broadcast. */
export function normalDraws(bits: BitGenerator, mean: Parameter, deviation: Parameter, size: Size): NDArray {
  const [a, b, shape] = spread(mean, deviation, size);
  if (a.ndim === 0 && b.ndim === 0) {
    const made = unset(shape, 'float64');
    native().randomNormals(bits.state, doublesOf(made), false, Number(a.item()), Number(b.item()));
    return made;
  }
  return add(a, multiply(b, normals(bits, shape)));
}

/** Two parameters as arrays, and the shape of the draws: given, or that of the parameters together. */
function spread(first: Parameter, second: Parameter, size: Size): [NDArray, NDArray, readonly number[]] {
  const [a, b] = [first, second].map((p) => asarray(p, 'float64'));
  const together = broadcast_shapes(a.shape, b.shape);
  if (size === null) return [a, b, together];
  const shape = asShape(size);
  // Refuses parameters that do not fit, as NumPy does.
  broadcast_to(a, shape);
  broadcast_to(b, shape);
  return [a, b, shape];
}

/**
 * Shuffles along an axis in place.
 * @throws AppError 'dtype' "len() of unsized object".
 */
export function shuffleInPlace(bits: BitGenerator, x: NDArray, axis = 0): void {
  if (x.ndim === 0) throw new AppError('dtype', 'len() of unsized object');
  if (x.ndim === 1 && x.cContiguous && x.writeable) {
    shuffleElements(bits, x, 1, false);
    return;
  }
  const rows = moveaxis(x, normalizeAxis(axis, x.ndim), 0);
  const order = indices(rows.shape[0]);
  shuffleElements(bits, order, 1, false);
  copyInto(rows, take(rows, order, 0));
}

/** NumPy's Fisher and Yates on a gapless list: from the last place down to `first`, each exchanged with one before it. */
export function shuffleElements(bits: BitGenerator, x: NDArray, first: number, lemire: boolean): void {
  native().randomShuffle(bits.state, bytesOf(x), 0, x.size, x.itemsize, first, lemire);
}

/** The whole numbers below n as int64, in order. */
export function indices(n: number): NDArray {
  const made = unset(asShape(n), 'int64');
  native().ramp('int64', bytesOf(made), 0, 1, 0n, 1n);
  return made;
}

/**
 * What `choice` chooses from: the array and how many there are along the axis.
 * @throws AppError 'value' "a must be a positive integer unless no samples are taken", of a legacy stream "a must be greater than 0 …".
 */
export function population(
  a: number | ArrayLike,
  axis: number,
  legacy = false,
): { from: NDArray | null; count: number } {
  if (typeof a === 'number') {
    if (!Number.isInteger(a) || a < 0)
      throw new AppError(
        'value',
        `a must be ${legacy ? 'greater than 0' : 'a positive integer'} unless no samples are taken`,
        {
          argument: 'a',
        },
      );
    return { from: null, count: a };
  }
  const from = asarray(a);
  if (from.ndim === 0) return population(Number(from.item()), axis, legacy);
  return { from, count: from.shape[axis < 0 ? axis + from.ndim : axis] };
}

/**
 * Checked probabilities of a choice.
 * @throws AppError 'value' "'p' must be 1-dimensional", "'a' and 'p' must have same size".
 */
export function probabilities(p: ArrayLike, count: number, legacy = true): Float64Array {
  const list = asarray(p, 'float64');
  const [a, b] = legacy ? ["'a'", "'p'"] : ['a', 'p'];
  if (list.ndim !== 1) throw new AppError('value', `${b} must be 1-dimensional`, { argument: 'p' });
  if (list.size !== count) throw new AppError('value', `${a} and ${b} must have same size`, { argument: 'p' });
  const values = Float64Array.from(copy(list).tolist() as number[]);
  // Generators have their own words for the same faults.
  const wrong = (words: string, more = ''): AppError =>
    new AppError('value', legacy ? `p${words}` : `P${words}${more}`, { argument: 'p' });
  if (values.some((x) => Number.isNaN(x))) throw wrong('robabilities contain NaN');
  if (values.some((x) => x < 0)) throw wrong('robabilities are not non-negative');
  // Kahan's sum, as NumPy takes it here.
  let sum = 0;
  let lost = 0;
  for (const x of values) {
    const y = x - lost;
    const next = sum + y;
    lost = next - sum - y;
    sum = next;
  }
  if (Math.abs(sum - 1) > Math.sqrt(2 ** -52)) {
    throw wrong('robabilities do not sum to 1', '. See Notes section of docstring for more information.');
  }
  return values;
}

/**
 * Indices drawn with the given probabilities; `uniform(n)` gives n draws in [0, 1).
 * @throws AppError 'value' "Fewer non-zero entries in p than size".
 */
export function weighted(p: Float64Array, count: number, replace: boolean, uniform: (n: number) => NDArray): NDArray {
  if (replace) return searchsorted(cumulative(p), uniform(count), 'right');
  if (p.filter((x) => x > 0).length < count) throw new AppError('value', 'Fewer non-zero entries in p than size');
  const left = p.slice();
  const found: number[] = [];
  while (found.length < count) {
    const draws = uniform(count - found.length);
    for (const k of found) left[k] = 0;
    const cdf = cumulative(left);
    const fresh = new Set<number>();
    for (const k of searchsorted(cdf, draws, 'right').tolist() as bigint[]) fresh.add(Number(k));
    found.push(...fresh);
  }
  return asarray(found, 'int64');
}

/** The cumulated shares, up to 1. */
function cumulative(p: Float64Array): NDArray {
  const cdf = empty(p.length);
  let sum = 0;
  for (let k = 0; k < p.length; k++) cdf.data[cdf.start + k] = sum += p[k];
  for (let k = 0; k < p.length; k++) cdf.data[cdf.start + k] = (cdf.data[cdf.start + k] as number) / sum;
  return cdf;
}

/** Chosen indices as the result of `choice`: themselves, or what stands there. */
export function chosen(index: NDArray, from: NDArray | null, size: Size, axis: number): NDArray {
  const shaped = reshape(index, sizeOf(size));
  return from === null ? shaped : take(from, shaped, axis);
}

/**
 * A draw count checked against the population.
 * @throws AppError 'value' "a cannot be empty unless no samples are taken", "Cannot take a larger sample than
 * population when replace is False".
 */
export function requireEnough(count: number, available: number, replace: boolean, legacy = false): void {
  if (available === 0 && count > 0) {
    throw new AppError('value', `${legacy ? "'a'" : 'a'} cannot be empty unless no samples are taken`, {
      argument: 'a',
    });
  }
  if (!replace && count > available) {
    throw new AppError('value', 'Cannot take a larger sample than population when replace is False', {
      argument: 'size',
    });
  }
}

/**
 * Integer bounds as bigints.
 * @throws AppError 'dtype' "… must be a whole number, not …".
 */
export function integer(value: number | bigint | NDArray, argument: string): bigint {
  const scalar = value instanceof NDArray ? astype(value, 'int64').item() : value;
  if (typeof scalar === 'number' && !Number.isInteger(scalar)) {
    throw new AppError('dtype', `${argument} must be a whole number, not ${scalar}`, { argument });
  }
  return BigInt(scalar as number | bigint);
}
