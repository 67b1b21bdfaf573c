import type { DType } from '#shared/dtype.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { crossover } from './crossover.ts';
import { layoutOf } from './layout.ts';

const loops = new Map<string, number>();

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
  if (size < crossover.plain && !isCostly(name, dtype, inputs, target)) return false;
  if (dtypes.length > 1 && name !== 'where' && dtypes[0] !== dtype) return false;
  const number = loopNumber(name, dtype);
  if (number < 0 || mayRefuse(name, dtype, inputs)) return false;
  const operands = mask === null ? [...inputs, target] : [...inputs, mask, target];
  native().ufunc(number, mask !== null, layoutOf(target.shape, operands), ...operands.map((a) => a.data));
  return true;
}

const cheap = new Set(
  (
    'add subtract multiply divide negative positive absolute fabs square reciprocal sign conjugate maximum minimum fmax ' +
    'fmin where clip equal not_equal less less_equal greater greater_equal logical_and logical_or logical_xor ' +
    'logical_not bitwise_and bitwise_or bitwise_xor invert isnan isinf isfinite floor ceil trunc sqrt deg2rad rad2deg'
  ).split(' '),
);

function isCostly(name: string, dtype: DType, inputs: readonly NDArray[], target: NDArray): boolean {
  const wide = (type: DType): boolean => type === 'int64' || type === 'uint64';
  return !cheap.has(name) || wide(dtype) || wide(target.dtype) || inputs.some((a) => wide(a.dtype));
}
