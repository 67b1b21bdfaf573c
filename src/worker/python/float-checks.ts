/** What the processor's floating-point flags say in NumPy, found by looking at results that are not finite. */
import type { Operand } from '#engine/ufuncs/definition.ts';
import type { DType } from '#shared/dtype.ts';
import { asarray } from '#engine/create.ts';
import { real } from '#engine/elementwise.ts';
import { can_cast, integerRange, isInteger } from '#engine/promotion.ts';
import { astype, broadcast_to, copy } from '#engine/cast.ts';
import { NDArray } from '#engine/ndarray.ts';
import { PyFloat, type Scalar } from '#engine/scalar.ts';
import { firstNonfinite } from '#engine/kernels/statistics.ts';
import { faultsNoticed } from '#engine/kernels/ufunc.ts';
import { any, max, min } from '#engine/reductions.ts';
import { greater, isfinite, isinf, isnan, less, logical_and, logical_not } from '#engine/ufuncs/comparison.ts';

export const divideByZero = 1;
export const overflow = 2;
export const underflow = 4;
export const invalid = 8;

/** Cheap operations are looked at only while the look costs little beside the call. */
const cheapSize = 1 << 14;

const cheap = new Set(['add', 'subtract', 'multiply', 'square']);
/** Functions of real numbers that the processor's own instructions compute: it notices their faults, and no others. */
const own = new Set([...cheap, 'divide', 'true_divide', 'sqrt', 'reciprocal']);
const silent = new Set(
  [
    'maximum minimum fmax fmin absolute abs negative positive conjugate conj sign copysign fabs floor ceil trunc rint heaviside',
  ].flatMap((names) => names.split(' ')),
);
const division = new Set(['divide', 'true_divide', 'floor_divide', 'reciprocal', 'power', 'float_power']);
const remainders = new Set(['remainder', 'mod', 'fmod']);
const logarithms = new Set(['log', 'log2', 'log10', 'log1p']);

/** Whether Python wants to know of results that are too small; looking for them is not cheap. */
let underflowWatched = false;

export function watchUnderflow(watched: boolean): void {
  underflowWatched = watched;
}

const underflowing = new Set('multiply divide true_divide square power float_power reciprocal exp exp2'.split(' '));

/** Whether the processor notices all faults of a function where the addon computes it. */
export function noticesAll(name: string): boolean {
  return own.has(name) && !(underflowWatched && underflowing.has(name));
}

/** The faults that the processor noticed in the call before, −1 where it does not tell all of them. */
export function noticedBy(name: string, result: NDArray): number {
  return noticesAll(name) && result.entries === 1 ? faultsNoticed() : -1;
}

/** The flags that an operation would have raised; of the functions of the engine it was the last to be called. */
export function raised(name: string, operands: readonly Operand[], result: NDArray): number {
  const { dtype, size } = result;
  if (size === 0) return 0;
  if (isInexact(dtype)) {
    const noticed = noticedBy(name, result);
    if (noticed >= 0) return noticed;
    const below = underflowWatched && underflowing.has(name) && result.entries === 1;
    if (!below && (silent.has(name) || (size > cheapSize && cheap.has(name)) || allFinite(result))) return 0;
    return examine(
      name,
      operands.map((operand) => asarray(operand)),
      result,
    );
  }
  if ((name === 'floor_divide' || remainders.has(name)) && hasZero(asarray(operands[1]))) return divideByZero;
  return 0;
}

/** What NumPy calls the loops behind the functions that sum or multiply many elements into one. */
const loops: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'sum prod mean average std var nansum nanprod nanmean nanstd nanvar trace'
      .split(' ')
      .map((name) => [name, 'reduce']),
  ),
  ...Object.fromEntries('cumsum cumprod nancumsum nancumprod'.split(' ').map((name) => [name, 'accumulate'])),
  matmul: 'matmul',
  vecdot: 'vecdot',
  dot: 'dot',
  inner: 'dot',
  tensordot: 'dot',
  outer: 'multiply',
  kron: 'multiply',
};

/** Whether this function's results may have to be warned of. */
export function mayRaise(name: string): boolean {
  return Object.hasOwn(loops, name);
}

/** Whether a result of this function has to be looked at for a warning. */
export function suspicious(name: string, result: unknown): result is NDArray {
  return (
    mayRaise(name) &&
    result instanceof NDArray &&
    isInexact(result.dtype) &&
    !(name === 'matmul' && result.ndim === 2 && result.size > wideProduct ? edges(result) : [result]).every(allFinite)
  );
}

/** From here on looking at every element of a product would be felt beside the product itself. */
const wideProduct = 1 << 16;

/** What is infinite in a factor fills a row or a column of the product: each of them crosses the first column or row. */
function edges(product: NDArray): NDArray[] {
  const [rows, columns] = product.shape;
  const [down, across] = product.strides;
  return [product.view([columns], [across]), product.view([rows], [down])];
}

/**
 * The flags that a sum or product of many elements would have raised, and the name of its loop. What is not finite came
 * from finite numbers by an overflow, from infinite ones by an operation that has no result; NaN among the operands tells
 * nothing.
 */
export function raisedBy(name: string, operands: readonly unknown[], result: unknown): { up: number; loop: string } {
  if (!suspicious(name, result)) return { up: 0, loop: '' };
  const skipsNaN = name.startsWith('nan');
  const inputs = operands.slice(0, 2).filter((operand) => operand instanceof NDArray);
  const holds = (a: NDArray, test: typeof isnan): boolean => any(test(a)).item() === true;
  if (inputs.every((a) => firstNonfinite(a) === null)) {
    // A mean of nothing is NaN without an overflow.
    const divided = /(mean|average|std|var)$/.test(name) && !holds(result, isinf);
    return divided ? { up: 0, loop: '' } : { up: overflow, loop: loops[name] };
  }
  const infinite = inputs.some((a) => holds(a, isinf));
  if (!infinite || !holds(result, isnan) || (!skipsNaN && inputs.some((a) => holds(a, isnan))))
    return { up: 0, loop: '' };
  // Of infinities of one sign it is the distance from their mean that has no result.
  const signed = (side: (a: NDArray, b: number) => NDArray): boolean => {
    const [a] = inputs;
    return holds(a, isinf) && a.entries === 1 && any(logical_and(side(a, 0), isinf(a))).item() === true;
  };
  const apart = /(std|var)$/.test(name) && signed(less) !== signed(greater);
  return { up: invalid, loop: apart ? 'subtract' : loops[name] };
}

/** Elements that are looked at sooner here than the addon is called. */
const few = 64;

/** Floats, and complex numbers of two. */
export function isInexact(dtype: DType): boolean {
  return dtype === 'float64' || dtype === 'complex128' || dtype === 'float32' || dtype === 'complex64';
}

/** True when no element of a float or complex array is infinite or nan. */
export function allFinite(a: NDArray): boolean {
  if (a.size > few || !a.cContiguous) return firstNonfinite(a) === null;
  const data = a.data as Float64Array;
  const { start } = a;
  const stop = start + a.size * a.entries;
  let sum = 0;
  for (let i = start; i < stop; i++) sum += data[i] * 0;
  return sum === 0;
}

/** What NumPy names when an operation warns: of a number of Python's that is infinite in the array's precision its cast. */
export function loopNamed(name: string, operands: readonly Operand[], { dtype }: NDArray): string {
  const single = dtype === 'float32' || dtype === 'complex64';
  return single && operands.some((operand) => operand instanceof PyFloat && exceedsSingle(operand.value))
    ? 'cast'
    : name;
}

/** True for a finite number that is infinite in single precision. */
export function exceedsSingle(value: Scalar): boolean {
  return typeof value === 'number' && Number.isFinite(value) && !Number.isFinite(Math.fround(value));
}

/** The flags that a cast of floats would have raised; both have as many elements, or the source one. */
export function castFaults(source: NDArray, target: NDArray): number {
  if (isInteger(target.dtype)) return castable(real(source), target.dtype) ? 0 : invalid;
  if (allFinite(target)) return 0;
  const finite = logical_and(isfinite(source), logical_not(isfinite(target)));
  return any(finite).item() === true ? overflow : 0;
}

/** True when the processor's own conversions, which are to integers of 32 and 64 bits, hold every element of a real array. */
function castable(a: NDArray, dtype: DType): boolean {
  if (dtype === 'uint64') return within(a, -(2 ** 63), 2 ** 64);
  if (dtype === 'uint32') return within(a, -(2 ** 31), 2 ** 32);
  return dtype === 'int64' ? within(a, -(2 ** 63), 2 ** 63) : within(a, -(2 ** 31), 2 ** 31);
}

function within(a: NDArray, low: number, high: number): boolean {
  if (a.size === 0) return true;
  const [least, greatest] = [min, max].map((extreme) => Math.trunc(Number(extreme(a).item())));
  return least >= low && greatest < high;
}

/** True when every element of a real array lies in the range of an integer dtype. */
export function fits(a: NDArray, dtype: DType): boolean {
  const range = integerRange(dtype);
  if (range === undefined) return true;
  if (a.size === 0) return true;
  if (a.size <= few && a.cContiguous) {
    const [low, high] = [Number(range[0]), Number(range[1])];
    for (let i = a.start; i < a.start + a.size; i++) {
      const value = Math.trunc(Number(a.data[i]));
      if (!(value >= low && value <= high)) return false;
    }
    return true;
  }
  // NaN is beyond every bound.
  const [least, greatest] = [min, max].map((extreme) => Number(extreme(a).item()));
  return Math.trunc(least) >= Number(range[0]) && Math.trunc(greatest) <= Number(range[1]);
}

/** The largest double that rounds to a number of single precision. */
const mostSingle = 3.4028235677973362e38;

/** True when no finite element of a few doubles becomes infinite in single precision, and none vanishes. */
function fitsSingle(a: NDArray): boolean {
  if (a.size > few || !a.cContiguous) return false;
  for (let i = a.start; i < a.start + a.size; i++) {
    const size = Math.abs(a.data[i] as number);
    if (size !== 0 && !(size >= 2 ** -126 && size <= mostSingle)) return false;
  }
  return true;
}

/** True for casts that come with a word: of numbers out of range, of imaginary parts. */
export function loses(a: NDArray, to: DType): boolean {
  if (a.entries === 2) return to !== 'complex128' && to !== a.dtype;
  if (to === 'float64' || to === 'bool' || to === 'complex128' || a.dtype === 'bool') return false;
  if (isInteger(to)) return !(isInteger(a.dtype) && can_cast(a.dtype, to)) && !fits(a, to);
  return a.dtype === 'float64' && !fitsSingle(a);
}

function hasZero(a: NDArray): boolean {
  const plain = astype(a, 'bool', { order: 'C' });
  return (plain.data as Uint8Array).subarray(plain.start, plain.start + plain.size).includes(0);
}

function examine(name: string, inputs: readonly NDArray[], result: NDArray): number {
  const complex = result.entries === 2 || inputs.some((a) => a.entries === 2);
  const target = complex ? 'complex128' : 'float64';
  const flat = [...inputs, result].map((a) => {
    const whole = astype(a.shape.length === result.shape.length ? a : broadcast_to(a, result.shape), target, {
      order: 'C',
    });
    return broadcast_to(whole, result.shape).cContiguous ? whole : copy(broadcast_to(whole, result.shape));
  });
  const step = complex ? 2 : 1;
  const [x, y] = flat;
  const out = flat[flat.length - 1];
  const smallest = result.dtype === 'float32' ? 2 ** -126 : 2 ** -1022;
  const below = underflowWatched && underflowing.has(name);
  let flags = 0;
  for (let i = 0; i < result.size * step; i += step) {
    const r = at(out, i, complex);
    if (Number.isFinite(r)) {
      if (
        below &&
        Math.abs(r) < smallest &&
        vanished(name, at(x, i, complex), flat.length === 3 ? at(y, i, complex) : 1, r)
      )
        flags |= underflow;
      continue;
    }
    const a = at(x, i, complex);
    const b = flat.length === 3 ? at(y, i, complex) : 0;
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    flags |= flagOf(name, a, b, r);
  }
  return flags;
}

/** Whether a result below the smallest normal number is not what it is exactly. */
function vanished(name: string, a: number, b: number, r: number): boolean {
  if (name.startsWith('exp')) return a > -Infinity;
  if (a === 0 || !Number.isFinite(a) || !Number.isFinite(b)) return false;
  if (name === 'multiply') return b !== 0 && (r === 0 || r / b !== a);
  return r === 0 || !name.endsWith('divide') || r * b !== a;
}

/** A real number, or of a complex one what is worst in it. */
function at(a: NDArray, i: number, complex: boolean): number {
  const data = a.data as Float64Array;
  const re = data[a.start + i];
  if (!complex) return re;
  const im = data[a.start + i + 1];
  if (Number.isNaN(re) || Number.isNaN(im)) return NaN;
  return Number.isFinite(re) && im !== 0 ? Math.abs(re) + Math.abs(im) : re;
}

function flagOf(name: string, a: number, b: number, r: number): number {
  if (Number.isNaN(r)) return invalid;
  if (logarithms.has(name)) return Number.isFinite(a) ? divideByZero : 0;
  if (name === 'arctanh') return divideByZero;
  if (division.has(name)) {
    if (name === 'reciprocal') return a === 0 ? divideByZero : overflow;
    if (name === 'power' || name === 'float_power') {
      if (a === 0 && b < 0) return divideByZero;
    } else if (b === 0) return Number.isFinite(a) ? divideByZero : 0;
  }
  return Number.isFinite(a) && Number.isFinite(b) ? overflow : 0;
}
