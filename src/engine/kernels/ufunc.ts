import type { DType } from '#shared/dtype.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { crossover } from './crossover.ts';
import { dtypeCode, layoutOf } from './layout.ts';

const loops = new Map<string, number>();

/** What the processor noticed in the last loop of the addon's (see `Native.ufunc`), or −1 where JavaScript computed. */
let noticed = -1;

/** Every elementwise function begins with this. */
export function forgetFaults(): void {
  noticed = -1;
}

/**
 * What was noticed in the last call; of loops that do more than plain arithmetic it may be more or less than is true.
 * @example divide(full([100000], 1.5), 0); faultsNoticed() > 0 // true
 */
export function faultsNoticed(): number {
  return noticed;
}

function loopNumber(name: string, dtype: DType): number {
  const key = `${name} ${dtype}`;
  let number = loops.get(key);
  if (number === undefined) {
    number = native().ufuncLoop(name, dtype);
    loops.set(key, number);
  }
  return number;
}

/** Integer powers are left to JavaScript when exponents might be negative, which it refuses. */
function mayRefuse(name: string, dtype: DType, inputs: readonly NDArray[]): boolean {
  if (name !== 'power' || !dtype.startsWith('int')) return false;
  const exponent = inputs[1];
  return exponent.size !== 1 || Number(exponent.item()) < 0;
}

/**
 * Computes an elementwise function in the addon: every input is loaded as the dtype in `loops` of its place.
 * False when the arrays are too small to gain, or when the addon has no such loop; nothing has happened then.
 */
export function computeNatively(
  name: string,
  inputs: readonly NDArray[],
  dtypes: readonly DType[],
  mask: NDArray | null,
  target: NDArray,
): boolean {
  const { size } = target;
  if (size < crossover.costly) return false;
  const dtype = dtypes[dtypes.length - 1];
  const all = [dtype, target.dtype, ...inputs.map((a) => a.dtype)];
  if (size < crossover.plain && !isCostly(name, dtype, all)) return false;
  if (dtypes.length > 1 && name !== 'where' && dtypes[0] !== dtype) return false;
  const number = loopNumber(name, dtype);
  if (number < 0 || mayRefuse(name, dtype, inputs)) return false;
  const operands = mask === null ? [...inputs, target] : [...inputs, mask, target];
  noticed = native().ufunc(number, mask !== null, layoutOf(target.shape, operands), ...operands.map((a) => a.data));
  return true;
}

/** The loop of a function over operands that are loaded as `loops`, or −1 where `computeNatively` decides more than that. */
export function lineNumber(name: string, loops: readonly DType[]): number {
  const [loop] = loops;
  if (loops.some((dtype) => dtype !== loop) || (name === 'power' && loop.startsWith('int'))) return -1;
  return loopNumber(name, loop);
}

const one = new Float64Array(9);
const two = new Float64Array(12);

/** An operand of `lineNatively`: its typed array, dtype, first byte, and bytes from one element to the next. */
function place(layout: Float64Array, at: number, dtype: DType, offset: number, step: number): void {
  layout[at] = dtypeCode(dtype);
  layout[at + 1] = offset;
  layout[at + 2] = step;
}

/** Runs a loop of one input over gapless arrays, without lists to be made. */
export function lineNatively(number: number, a: NDArray, target: NDArray): void {
  one[0] = 1;
  one[1] = 2;
  one[2] = a.size;
  place(one, 3, a.dtype, a.offset, a.itemsize);
  place(one, 6, target.dtype, target.offset, target.itemsize);
  noticed = native().ufunc(number, false, one, a.data, target.data);
}

/** The same of two inputs, one of which may be 0-d and then stands for every element. */
export function pairNatively(number: number, a: NDArray, b: NDArray, target: NDArray): void {
  two[0] = 1;
  two[1] = 3;
  two[2] = target.size;
  place(two, 3, a.dtype, a.offset, a.ndim === 0 ? 0 : a.itemsize);
  place(two, 6, b.dtype, b.offset, b.ndim === 0 ? 0 : b.itemsize);
  place(two, 9, target.dtype, target.offset, target.itemsize);
  noticed = native().ufunc(number, false, two, a.data, b.data, target.data);
}

/** The same of operands of any strides, repeated to the shape of the last one, which takes the result. */
export function spreadNatively(number: number, inputs: readonly NDArray[], target: NDArray): void {
  const layout = layoutOf(target.shape, [...inputs, target]);
  const [a, b] = inputs;
  noticed =
    inputs.length === 1
      ? native().ufunc(number, false, layout, a.data, target.data)
      : native().ufunc(number, false, layout, a.data, b.data, target.data);
}

const cheap = new Set(
  (
    'add subtract multiply divide negative positive absolute fabs square reciprocal sign conjugate maximum minimum fmax ' +
    'fmin where clip equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor ' +
    'logical_not bitwise_and bitwise_or bitwise_xor invert isnan isinf isfinite floor ceil trunc sqrt deg2rad rad2deg'
  ).split(' '),
);

/** Whether the loop in JavaScript does more per element than plain arithmetic on numbers. */
export function isCostly(name: string, dtype: DType, all: readonly DType[]): boolean {
  const wide = (type: DType): boolean => type === 'int64' || type === 'uint64';
  return !cheap.has(name) || wide(dtype) || all.some(wide);
}
