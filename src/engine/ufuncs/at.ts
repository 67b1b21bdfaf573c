/** Ufuncs applied at places of an array, and over stretches of an axis. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { broadcast_to, copyInto, mayOverlap } from '../cast.ts';
import { type ArrayLike, asarray, empty } from '../create.ts';
import type { Index } from '../index-plan.ts';
import { getitem } from '../indexing.ts';
import { type NDArray } from '../ndarray.ts';
import { arange } from '../ranges.ts';
import { reduce, type Reduction } from '../reduce.ts';
import { normalizeAxis, reshape } from '../shape.ts';
import { Plans } from './few.ts';
import type { Binary } from './ufunc.ts';

const plans = new WeakMap<Binary, Plans>();

/**
 * `a[index] ⊕= b`, one element after the other, so that a place that is named twice is changed twice; null where the
 * function gives another dtype than the array has.
 *
 * a (…), of the dtype that `fn` keeps; b broadcasts to the shape of `a[index]`.
 *
 * @throws AppError 'index' for places outside, 'shape' for values that do not fit, 'value' for a read-only array.
 * @example const a = array([1, 2]); at(add, a, [array([0, 0])], 10); a.tolist() // [21n, 2n]
 */
export function at(fn: Binary, a: NDArray, index: readonly Index[], b: ArrayLike): NDArray | null {
  if (!a.writeable) throw new AppError('value', 'assignment destination is read-only');
  const places = asarray(getitem(reshape(arange(0, a.size, 1, 'int64'), a.shape), [...index]));
  const read = asarray(b);
  const given = mayOverlap(read, a) ? copyOf(read) : read;
  let known = plans.get(fn);
  if (known === undefined) plans.set(fn, (known = new Plans(fn.definition)));
  const plan = known.of(a, given);
  if (plan === null || plan.made !== a.dtype || !a.cContiguous) return null;
  const values = broadcast_to(given, places.shape);
  const flat = values.cContiguous ? values : copyOf(values);
  const step = given.size === 1 ? 0 : plan.entries[1];
  const [from, { data, start }] = [given.size === 1 ? given : flat, a];
  const width = plan.entries[0];
  const list = places.cContiguous ? places : copyOf(places);
  for (let k = 0; k < places.size; k++) {
    const to = start + Number(list.data[list.start + k]) * width;
    plan.line(1, data, to, width, from.data, from.start + k * step, step, data, to, width);
  }
  return a;
}

function copyOf(a: NDArray): NDArray {
  const made = empty(a.shape, a.dtype);
  copyInto(made, a);
  return made;
}

/**
 * Reductions over stretches of an axis: from each index to the next, or the one element where the next is not larger.
 *
 * a (…, n, …) → (…, k, …) for k indices, of the dtype in which `reduction` collects, or `dtype`.
 *
 * @throws AppError 'index' "index 5 out-of-bounds in add.reduceat [0, 3)".
 * @example reduceat({ step: add.definition, identity: 0, type: sumType }, array([1, 2, 3]), [0, 2]).tolist() // [3n, 3n]
 */
export function reduceat(
  reduction: Reduction,
  a: NDArray,
  indices: readonly number[],
  axis = 0,
  dtype?: DType,
): NDArray {
  const along = normalizeAxis(axis, a.ndim);
  const n = a.shape[along];
  const step = a.strides[along];
  const shape = [...a.shape];
  shape[along] = indices.length;
  const options = dtype === undefined ? {} : { dtype };
  let made: NDArray | null = null;
  for (const [k, from] of indices.entries()) {
    if (from < 0 || from >= n)
      throw new AppError('index', `index ${from} out-of-bounds in ${reduction.step.name}.reduceat [0, ${n})`);
    const to = k + 1 < indices.length ? indices[k + 1] : n;
    const part = [...a.shape];
    part[along] = Math.max(1, to - from);
    const stretch = a.view(part, a.strides, a.offset + from * step);
    const whole = reduce(reduction, stretch, a.ndim === 1 ? options : { ...options, axis: along, keepdims: true });
    made ??= empty(shape, whole.dtype);
    const strides = a.ndim === 1 ? [] : made.strides;
    copyInto(made.view(whole.shape, strides, made.offset + k * made.strides[along]), whole);
  }
  if (made === null) throw new AppError('bug', 'no stretches');
  return made;
}
