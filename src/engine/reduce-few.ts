/**
 * Reductions of so few doubles that plans and kernels would take longer than they do, to the bit as the loops of
 * `reduce.ts` take them.
 */
import { sameShape } from './broadcast.ts';
import { copyInto } from './cast.ts';
import { unset } from './create.ts';
import type { NDArray } from './ndarray.ts';
import { pairwise64 } from './pairwise.ts';
import type { ReduceOptions } from './reduce.ts';

/** What is taken together: outer · inner lanes of n numbers each, which lie `inner` entries apart. */
export interface Lanes {
  outer: number;
  n: number;
  inner: number;
}

/** The lanes of a gapless array along one axis, or of all its elements (null); null where there is no such axis. */
export function lanesOf(shape: readonly number[], size: number, axis: number | null): Lanes | null {
  if (axis === null) return { outer: 1, n: size, inner: 1 };
  const ndim = shape.length;
  const along = axis < 0 ? axis + ndim : axis;
  if (!Number.isInteger(axis) || along < 0 || along >= ndim) return null;
  let outer = 1;
  let inner = 1;
  for (let k = 0; k < along; k++) outer *= shape[k];
  for (let k = along + 1; k < ndim; k++) inner *= shape[k];
  return { outer, n: shape[along], inner };
}

/** The shape of one number for each lane. */
export function shapeOfLanes(shape: readonly number[], axis: number | null, keepdims: boolean): number[] {
  const made: number[] = [];
  const along = axis === null ? -1 : axis < 0 ? axis + shape.length : axis;
  for (let k = 0; k < shape.length; k++) {
    if (axis !== null && k !== along) made.push(shape[k]);
    else if (keepdims) made.push(1);
  }
  return made;
}

/** NumPy adds pairwise along a row, and row upon row. */
export function laneSum(x: Float64Array, from: number, n: number, step: number): number {
  if (step === 1) return pairwise64(x, from, n, 1);
  let total = x[from];
  for (let i = 1; i < n; i++) total += x[from + i * step];
  return total;
}

type LaneWork = (x: Float64Array, from: number, n: number, step: number) => number;

const extreme =
  (sign: 1 | -1): LaneWork =>
  (x, from, n, step) => {
    let best = x[from];
    for (let i = 1; i < n && best === best; i++) {
      const value = x[from + i * step];
      if (value !== value || (sign > 0 ? value > best : value < best)) best = value;
    }
    return best;
  };

const works: Readonly<Record<string, LaneWork>> = {
  // From 0 on, so that no sum is −0.
  add: (x, from, n, step) => 0 + laneSum(x, from, n, step),
  multiply: (x, from, n, step) => {
    let product = x[from];
    for (let i = 1; i < n; i++) product *= x[from + i * step];
    return product;
  },
  maximum: extreme(1),
  minimum: extreme(-1),
};

/** A reduction along one axis or of everything; null where it is another, of too many, or something is asked beside. */
export function reduceFew(name: string, a: NDArray, options: ReduceOptions, most: number): NDArray | null {
  const { axis = null, keepdims = false, dtype, out, where, initial } = options;
  if (a.size >= most || a.size === 0 || a.dtype !== 'float64' || !(axis === null || typeof axis === 'number'))
    return null;
  if ((dtype !== undefined && dtype !== 'float64') || initial !== undefined || (where !== undefined && where !== true))
    return null;
  const work = Object.hasOwn(works, name) ? works[name] : null;
  const lanes = work === null || !a.cContiguous ? null : lanesOf(a.shape, a.size, axis);
  if (work === null || lanes === null) return null;
  const shape = shapeOfLanes(a.shape, axis, keepdims);
  if (out !== undefined && (out.dtype !== 'float64' || !sameShape(out.shape, shape))) return null;
  const { outer, n, inner } = lanes;
  const made = unset(shape, 'float64');
  const [x, y] = [a.data as Float64Array, made.data as Float64Array];
  let to = made.start;
  for (let i = 0, row = a.start; i < outer; i++, row += n * inner)
    for (let j = 0; j < inner; j++) y[to++] = work(x, row + j, n, inner);
  if (out === undefined) return made;
  copyInto(out, made);
  return out;
}
