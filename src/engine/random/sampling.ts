/** What NumPy's two kinds of random streams share: parameters, choosing and shuffling on top of uniform draws. */
import { AppError } from '#shared/errors.ts';
import { broadcast_shapes } from '../broadcast.ts';
import { astype, broadcast_to, copy, copyInto } from '../cast.ts';
import { type ArrayLike, asarray, asShape, empty, type ShapeLike } from '../create.ts';
import { take } from '../taking.ts';
import { NDArray } from '../ndarray.ts';
import { type PyFloat } from '../scalar.ts';
import { moveaxis, reshape } from '../shape.ts';

/** A parameter of a distribution: one number, or an array that is broadcast. */
export type Parameter = number | PyFloat | NDArray;

/** The shape that is asked for; null is one value, given as a 0-d array. */
export type Size = ShapeLike | null;

export function sizeOf(size: Size): readonly number[] {
  return size === null ? [] : asShape(size);
}

/** `combine(draw, first, second)` for every draw, with parameters broadcast as NumPy does. */
export function distribute(
  first: Parameter,
  second: Parameter,
  size: Size,
  draw: (shape: readonly number[]) => NDArray,
  combine: (value: number, first: number, second: number) => number,
): NDArray {
  const single = !(first instanceof NDArray) && !(second instanceof NDArray);
  const [a, b] = [first, second].map((p) => asarray(p, 'float64'));
  const shape = size === null ? broadcast_shapes(a.shape, b.shape) : asShape(size);
  const made = draw(shape);
  const data = made.data as Float64Array;
  if (single) {
    const [p, q] = [Number(a.item()), Number(b.item())];
    for (let i = made.start; i < made.start + made.size; i++) data[i] = combine(data[i], p, q);
    return made;
  }
  const [p, q] = [a, b].map((x) => copy(broadcast_to(x, shape)));
  for (let i = 0; i < made.size; i++) {
    data[made.start + i] = combine(data[made.start + i], Number(p.data[p.start + i]), Number(q.data[q.start + i]));
  }
  return made;
}

/** Shuffles along an axis in place; `draw(i)` gives a whole number in [0, i]. */
export function shuffleInPlace(x: NDArray, draw: (max: number) => number, axis = 0): void {
  if (x.ndim === 0) throw new AppError('dtype', 'len() of unsized object');
  const rows = moveaxis(x, axis, 0);
  const order = indices(rows.shape[0]);
  shuffleIndices(order, 1, draw);
  copyInto(rows, take(rows, order, 0));
}

/** NumPy's Fisher and Yates: from the last place down to `first`, each exchanged with one before it. */
export function shuffleIndices(order: NDArray, first: number, draw: (max: number) => number): void {
  const data = order.data as BigInt64Array;
  const { start } = order;
  for (let i = order.size - 1; i >= first; i--) {
    const j = draw(i);
    const kept = data[start + i];
    data[start + i] = data[start + j];
    data[start + j] = kept;
  }
}

/** The whole numbers below n as int64, in order. */
export function indices(n: number): NDArray {
  const made = empty(n, 'int64');
  const data = made.data as BigInt64Array;
  for (let i = 0; i < n; i++) data[made.start + i] = BigInt(i);
  return made;
}

/** What `choice` chooses from: the array and how many there are along the axis. */
export function population(a: number | ArrayLike, axis: number): { from: NDArray | null; count: number } {
  if (typeof a === 'number') {
    if (!Number.isInteger(a) || a < 0)
      throw new AppError('value', 'a must be a positive integer unless no samples are taken', { argument: 'a' });
    return { from: null, count: a };
  }
  const from = asarray(a);
  if (from.ndim === 0) return population(Number(from.item()), axis);
  return { from, count: from.shape[axis < 0 ? axis + from.ndim : axis] };
}

/** Checked probabilities of a choice. */
export function probabilities(p: ArrayLike, count: number): Float64Array {
  const list = asarray(p, 'float64');
  if (list.ndim !== 1) throw new AppError('value', "'p' must be 1-dimensional", { argument: 'p' });
  if (list.size !== count) throw new AppError('value', "'a' and 'p' must have same size", { argument: 'p' });
  const values = Float64Array.from(copy(list).tolist() as number[]);
  if (values.some((x) => Number.isNaN(x))) throw new AppError('value', 'probabilities contain NaN', { argument: 'p' });
  if (values.some((x) => x < 0)) throw new AppError('value', 'probabilities are not non-negative', { argument: 'p' });
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
    throw new AppError('value', 'probabilities do not sum to 1', { argument: 'p', hint: 'Divide them by their sum.' });
  }
  return values;
}

/** Indices drawn with the given probabilities; `uniform(n)` gives n draws in [0, 1). */
export function weighted(
  p: Float64Array,
  count: number,
  replace: boolean,
  uniform: (n: number) => Float64Array,
): NDArray {
  const made = empty(count, 'int64');
  const data = made.data as BigInt64Array;
  if (replace) {
    const cdf = cumulative(p);
    uniform(count).forEach((x, i) => {
      data[made.start + i] = BigInt(above(cdf, x));
    });
    return made;
  }
  if (p.filter((x) => x > 0).length < count) throw new AppError('value', 'Fewer non-zero entries in p than size');
  const left = p.slice();
  const found: number[] = [];
  while (found.length < count) {
    const draws = uniform(count - found.length);
    for (const k of found) left[k] = 0;
    const cdf = cumulative(left);
    const fresh = new Set<number>();
    for (const x of draws) fresh.add(above(cdf, x));
    found.push(...fresh);
  }
  found.forEach((k, i) => {
    data[made.start + i] = BigInt(k);
  });
  return made;
}

function cumulative(p: Float64Array): Float64Array {
  let sum = 0;
  const cdf = p.map((x) => (sum += x));
  const total = cdf[cdf.length - 1];
  return cdf.map((x) => x / total);
}

/** How many entries of a sorted list are ≤ x: searchsorted(…, side='right'). */
function above(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Chosen indices as the result of `choice`: themselves, or what stands there. */
export function chosen(index: NDArray, from: NDArray | null, size: Size, axis: number): NDArray {
  const shaped = reshape(index, sizeOf(size));
  return from === null ? shaped : take(from, shaped, axis);
}

/** A draw count checked against the population. */
export function requireEnough(count: number, available: number, replace: boolean): void {
  if (available === 0 && count > 0) {
    throw new AppError('value', 'a cannot be empty unless no samples are taken', { argument: 'a' });
  }
  if (!replace && count > available) {
    throw new AppError('value', 'Cannot take a larger sample than population when replace is False', {
      argument: 'size',
    });
  }
}

/** Integer bounds as bigints. */
export function integer(value: number | bigint | NDArray, argument: string): bigint {
  const scalar = value instanceof NDArray ? astype(value, 'int64').item() : value;
  if (typeof scalar === 'number' && !Number.isInteger(scalar)) {
    throw new AppError('dtype', `${argument} must be a whole number, not ${scalar}`, { argument });
  }
  return BigInt(scalar as number | bigint);
}
