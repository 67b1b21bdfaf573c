/** Elementwise functions that are made of ufuncs or take three operands. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { commonShape, sameShape } from './broadcast.ts';
import { astype, copy, copyInto } from './cast.ts';
import { broadcastFor, asarray, empty, scalarArray, unset } from './create.ts';
import { kindOf, realOf } from './compile.ts';
import { nonzero } from './index-plan.ts';
import { firstNonfinite } from './kernels/statistics.ts';
import { NDArray } from './ndarray.ts';
import { can_cast, integerRange, isInteger, kindCode } from './promotion.ts';
import { reduce } from './reduce.ts';
import { PyFloat } from './scalar.ts';
import {
  absolute,
  add,
  divide,
  floor_divide,
  maximum,
  minimum,
  multiply,
  positive,
  remainder,
  subtract,
} from './ufuncs/arithmetic.ts';
import { equal, isfinite, isnan, less, less_equal, logical_and, logical_or } from './ufuncs/comparison.ts';
import { arctan2, exp2, rint, sin, trunc } from './ufuncs/mathematics.ts';
import { floatType, isWeak, type Operand } from './ufuncs/definition.ts';
import { commonType, unsupported } from './ufuncs/resolution.ts';
import { execute, truth, type UfuncOptions } from './ufuncs/ufunc.ts';

function typed(operand: Operand, dtype: DType): NDArray {
  return isWeak(operand) ? scalarArray(operand, dtype) : asarray(operand);
}

/** As `typed`, but an integer beyond the dtype is counted round, as C does it. */
function cast(operand: Operand, dtype: DType): NDArray {
  return isWeak(operand) && isInteger(dtype) ? astype(scalarArray(operand), dtype) : typed(operand, dtype);
}

/**
 * `x` where the condition holds, else `y`; with the condition alone, its indices.
 *
 * Shapes broadcast; the dtype that x and y promote to, int64 for indices.
 *
 * @example where(array([true, false]), array([1, 2]), 0).tolist() // [1n, 0n]
 */
export function where(condition: Operand, x: Operand, y: Operand): NDArray;
export function where(condition: Operand): NDArray[];
export function where(condition: Operand, x?: Operand, y?: Operand): NDArray | NDArray[] {
  if (x === undefined || y === undefined) return nonzero(asarray(condition));
  const dtype = commonType([x, y]);
  const inputs = [truth(condition), cast(x, dtype), cast(y, dtype)];
  const kind = kindOf(dtype);
  const body = kind === 'complex' ? 'if (a) { rr = br; ri = bi; } else { rr = cr; ri = ci; }' : 'r = a ? b : c;';
  return execute('where', inputs, kind, ['bool', dtype, dtype], body, dtype, {});
}

/**
 * Every element brought into [low, high]; a bound that is null is none.
 *
 * a (…) and bounds broadcast; the dtype all promote to: whole numbers as bounds leave integers and floats as they are.
 *
 * @throws AppError 'dtype' for operands that are not of the dtype asked for by the rule of casting.
 * @example clip(array([1, 5, 9]), 2, 8).tolist() // [2n, 5n, 8n]
 */
export function clip(a: Operand, low: Operand | null, high: Operand | null, options: UfuncOptions = {}): NDArray {
  if (options.dtype !== undefined) {
    const { dtype, ...rest } = options;
    const [inner, ...bounds] = [a, low, high].map((x, k) => {
      if (x === null) return null;
      if (isWeak(x)) return asarray(x, dtype);
      const given = asarray(x);
      if (can_cast(given.dtype, dtype, options.casting ?? 'same_kind')) return astype(given, dtype, { copy: false });
      throw new AppError(
        'dtype',
        `Cannot cast ufunc 'clip' input ${k} from dtype('${given.dtype}') to dtype('${dtype}') with casting rule '${options.casting ?? 'same_kind'}'`,
      );
    });
    return clip(inner as NDArray, bounds[0], bounds[1], rest);
  }
  const source = asarray(a);
  const range = integerRange(source.dtype);
  if (range !== undefined) {
    // A Python int beyond what the array can hold bounds nothing.
    if (isInt(low) && BigInt(low) <= range[0]) return clip(source, null, high, options);
    if (isInt(high) && BigInt(high) >= range[1]) return clip(source, low, null, options);
  }
  if (low !== null && high !== null) {
    const dtype = commonType([source, low, high]);
    if (kindOf(dtype) !== 'complex') {
      const inputs = [source, typed(low, dtype), typed(high, dtype)];
      const kind = kindOf(dtype);
      const nan = kind === 'float' ? 'a !== a ? a : b !== b ? b : c !== c ? c : ' : '';
      const body = `r = ${nan}a < b ? (b > c ? c : b) : a > c ? c : a;`;
      return execute('clip', inputs, kind, [dtype, dtype, dtype], body, dtype, options);
    }
  }
  const raised = low === null ? source : maximum(source, low, high === null ? options : {});
  return high === null
    ? low === null
      ? options.out === undefined
        ? copy(source)
        : positive(source, options)
      : raised
    : minimum(raised, high, options);
}

const isInt = (value: Operand | null): value is number | bigint =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));

/**
 * Rounds to `decimals` digits after the point, halves to even; negative counts digits before it.
 *
 * a (…) → (…), of a's dtype, except bool.
 *
 * @throws AppError 'value' "invalid output shape"; 'dtype'.
 * @example round(array([1.25, 2.5]), 1).tolist() // [1.2, 2.5]
 */
export function round(a: Operand, decimals = 0, options: UfuncOptions = {}): NDArray {
  const source = asarray(a);
  const whole = 'biu'.includes(kindCode(source.dtype));
  if (options.out !== undefined && !sameShape(options.out.shape, source.shape))
    throw new AppError('value', 'invalid output shape', { argument: 'out' });
  if (source.dtype === 'bool' && decimals > 0) {
    throw new AppError(
      'dtype',
      "Cannot cast ufunc 'multiply' output from dtype('float64') to dtype('bool') with casting rule 'same_kind'",
    );
  }
  if (whole && decimals >= 0) {
    // Of booleans NumPy makes halves, which are single here.
    const made = source.dtype === 'bool' ? astype(source, 'float32') : copy(source);
    if (options.out === undefined) return made;
    copyInto(options.out, made);
    return options.out;
  }
  if (decimals === 0) return rint(source, options);
  const scale = powerOfTen(Math.abs(decimals));
  if (whole) {
    const made = astype(multiply(rint(divide(source, scale)), scale), source.dtype);
    return options.out === undefined ? made : add(made, 0, options);
  }
  const given = options.out === undefined && options.where === undefined ? undefined : options;
  if (source.entries === 2 && given === undefined) {
    // Part by part, as NumPy does it: a product of complex numbers would lose the sign of a zero.
    const made = copy(source);
    copyInto(real(made), round(real(source), decimals));
    copyInto(imag(made), round(imag(source), decimals));
    return made;
  }
  const factor = source.entries === 2 ? { re: scale, im: 0 } : scale;
  if (decimals > 0) return divide(rint(multiply(source, factor)), factor, given);
  return multiply(rint(divide(source, factor)), factor, given);
}

/** 10 to a power, past 8 factor by factor as NumPy has it: from the 25th on it is not the nearest double. */
function powerOfTen(exponent: number): number {
  let power = 10 ** Math.min(exponent, 8);
  for (let k = 8; k < exponent; k++) power *= 10;
  return power;
}

/** The same function under its older name. */
export const around = round;

/**
 * Towards zero. a (…) → (…), of a's dtype; not for complex dtypes.
 * @example fix(array([-1.7, 1.7])).tolist() // [-1, 1]
 */
export function fix(a: Operand): NDArray {
  return trunc(a);
}

/**
 * Quotient and remainder of Python's division. The quotient is rounded down, the remainder has b's sign.
 *
 * Shapes broadcast; both of the dtype a and b promote to, int8 of two bools; not for complex dtypes.
 *
 * @example divmod(array([-7]), 3).map((part) => part.tolist()) // [[-3n], [2n]]
 */
export function divmod(a: Operand, b: Operand): [NDArray, NDArray] {
  if (commonType([a, b]).startsWith('complex')) throw unsupported('divmod');
  return [floor_divide(a, b), remainder(a, b)];
}

/**
 * Fraction and whole part, both with the sign of the number.
 *
 * a (…) → two of (…): float32 stays, integers of 32 and 64 bits become float64.
 *
 * @throws AppError 'dtype' for complex numbers.
 * @example modf(array([-1.5])).map((part) => part.tolist()) // [[-0.5], [-1]]
 */
export function modf(a: Operand): [NDArray, NDArray] {
  const whole = trunc(inFloat(a, 'modf'));
  const infinite = truth(equal(absolute(whole), Infinity));
  return [where(infinite, 0, subtract(asarray(a), whole)), whole];
}

/** Real numbers as the loops of functions of floats take them. */
function inFloat(a: Operand, name: string): NDArray {
  const source = typeof a === 'number' ? asarray(a, 'float64') : asarray(a);
  if (source.entries === 2) throw unsupported(name);
  return astype(source, floatType(source.dtype), { copy: false });
}

/**
 * Mantissa in [0.5, 1) and exponent: `a = mantissa · 2^exponent`.
 *
 * a (…) → two of (…): the mantissa float32 of float32, float64 of integers of 32 and 64 bits; the exponent int32.
 *
 * @example frexp(array([8])).map((part) => part.item()) // [0.5, 4]
 */
export function frexp(a: Operand): [NDArray, NDArray] {
  const source = copy(inFloat(a, 'frexp'));
  const [mantissa, exponent] = [copy(source), empty(source.shape, 'int32')];
  for (let k = 0; k < source.size; k++) {
    const x = Number(source.data[source.start + k]);
    if (x === 0 || !Number.isFinite(x)) continue;
    // Subnormal numbers are brought into the range of the others first.
    const tiny = Math.abs(x) < 2 ** -1022;
    const scaled = tiny ? x * 2 ** 54 : x;
    let power = Math.floor(Math.log2(Math.abs(scaled))) + 1;
    if (Math.abs(scaled) / 2 ** (power - 1) >= 2) power++;
    else if (Math.abs(scaled) / 2 ** (power - 1) < 1) power--;
    mantissa.write(mantissa.start + k, scaled / 2 ** (power - 1) / 2);
    exponent.write(exponent.start + k, tiny ? power - 54 : power);
  }
  return [mantissa, exponent];
}

/**
 * `x1 · 2^x2`.
 *
 * Shapes broadcast; float32 of float32, float64 of integers of 32 and 64 bits; x2 of integers.
 *
 * @example ldexp(array([0.5]), 4).tolist() // [8]
 */
export function ldexp(x1: Operand, x2: Operand): NDArray {
  const exponent = asarray(x2);
  if (!can_cast(exponent.dtype, 'int64', 'safe')) throw unsupported('ldexp');
  const power = astype(exponent, 'float64');
  const source = inFloat(x1, 'ldexp');
  // In two steps, so that neither factor leaves the range of numbers alone.
  const half = trunc(multiply(power, 0.5));
  const made = multiply(multiply(source, exp2(half)), exp2(subtract(power, half)));
  return astype(made, source.dtype, { copy: false });
}

/**
 * The normalised sinc function sin(πx) / (πx).
 *
 * x (…) → (…): float32 and complex64 stay single, integers and bool become float64.
 *
 * @example sinc(array([0])).tolist() // [1]
 */
export function sinc(x: Operand): NDArray {
  const scaled = multiply(floating(asarray(x)), Math.PI);
  const tiny = scaled.dtype === 'float32' ? 2 ** -23 : 2 ** -52;
  const safe = where(equal(scaled, 0), astype(asarray(new PyFloat(tiny)), scaled.dtype), scaled);
  return divide(sin(safe), safe);
}

/**
 * The array as real numbers when every imaginary part is within `tol` rounding units of 0.
 *
 * a (…) → (…): a's dtype, or the real one of a complex dtype.
 *
 * @example real_if_close(array([{ re: 1, im: 1e-15 }])).tolist() // [1]
 */
export function real_if_close(a: Operand, tol = 100): NDArray {
  const source = asarray(a);
  if (source.entries === 1) return source;
  const limit = tol > 1 ? tol * (source.dtype === 'complex64' ? 2 ** -23 : 2 ** -52) : tol;
  return isTrueEverywhere(less(absolute(imag(source)), new PyFloat(limit))) ? real(source) : source;
}

/**
 * Where an infinity with this sign stands. x (…) → (…), bool, of any real dtype.
 * @throws AppError 'dtype' for complex numbers.
 * @example infinite(array([1, Infinity, -Infinity]), -1).tolist() // [false, false, true]
 */
export function infinite(x: Operand, sign: 1 | -1): NDArray {
  const source = asarray(x);
  if (source.entries === 2) {
    throw new AppError(
      'dtype',
      `This operation is not supported for ${source.dtype} values because it would be ambiguous.`,
    );
  }
  return equal(source, new PyFloat(sign * Infinity));
}

/**
 * The real part: a view for complex arrays, the array itself for others.
 *
 * a (…) → (…), of a's dtype; float32 of complex64, float64 of complex128.
 *
 * @example real(array([{ re: 1, im: 2 }])).tolist() // [1]
 */
export function real(a: Operand): NDArray {
  const source = asarray(a);
  return source.entries === 1 ? source : part(source, 0);
}

/**
 * The imaginary part: a view for complex arrays, zeros for others.
 *
 * a (…) → (…), of a's dtype; float32 of complex64, float64 of complex128.
 *
 * @example imag(array([{ re: 1, im: 2 }])).tolist() // [2]
 */
export function imag(a: Operand): NDArray {
  const source = asarray(a);
  return source.entries === 1 ? empty(source.shape, source.dtype) : part(source, source.itemsize / 2);
}

function part(a: NDArray, bytes: number): NDArray {
  return new NDArray({
    dtype: realOf(a.dtype),
    shape: a.shape,
    strides: a.strides,
    offset: a.offset + bytes,
    buffer: a.buffer,
    data: a.data,
    base: a.base ?? a,
    writeable: a.writeable,
  });
}

/**
 * The angle of complex numbers in the plane, in radians or degrees.
 *
 * z (…) → (…): float32 of complex64 and float32, float64 of complex128 and wide integers.
 *
 * @example angle(array([{ re: 0, im: 2 }, -1]), true).tolist() // [90, 180]
 */
export function angle(z: Operand, deg = false): NDArray {
  const source = asarray(z);
  const result = source.entries === 2 ? arctan2(imag(source), real(source)) : arctan2(0, source);
  return deg ? multiply(result, 180 / Math.PI) : result;
}

/**
 * True for complex dtypes. Of an array of any shape (…), whatever its imaginary parts are.
 * @example iscomplexobj(array([1, { re: 2, im: 0 }])) // true
 */
export function iscomplexobj(a: Operand): boolean {
  return asarray(a).entries === 2;
}

/**
 * Where the imaginary part is not zero. a (…) → (…), bool, of any dtype.
 * @example iscomplex(array([1, { re: 2, im: 3 }])).tolist() // [false, true]
 */
export function iscomplex(a: Operand): NDArray {
  return truth(imag(a));
}

/**
 * Where the imaginary part is zero. a (…) → (…), bool, of any dtype.
 * @example isreal(array([1, { re: 2, im: 3 }])).tolist() // [true, false]
 */
export function isreal(a: Operand): NDArray {
  return equal(imag(a), 0);
}

/**
 * NaN replaced by a number, infinities by very large ones (or by those given), which may be arrays of a's shape.
 *
 * a (…) → (…), of a's dtype; integers as they are.
 *
 * @throws AppError 'shape' "could not broadcast input array from shape …" for replacements of another shape, 'dtype'
 * for complex ones.
 * @example nan_to_num(array([1, NaN]), -1).tolist() // [1, -1]
 */
export function nan_to_num(
  a: Operand,
  nan: Operand = 0,
  posinf: Operand | null = null,
  neginf: Operand | null = null,
): NDArray {
  const source = copy(asarray(a));
  if ('biu'.includes(kindCode(source.dtype))) return source;
  if (source.entries === 2) {
    const made = copy(source);
    const fixed = [real(source), imag(source)].map((half) => nan_to_num(half, nan, posinf, neginf));
    [real(made), imag(made)].forEach((half, k) => add(fixed[k], 0, { out: half }));
    return made;
  }
  const plain = [nan, posinf, neginf].every((value) => value === null || isWeak(value));
  if (plain && firstNonfinite(source) === null) return source;
  const largest = source.dtype === 'float32' ? 3.4028234663852886e38 : Number.MAX_VALUE;
  const filled = (value: Operand): Operand => {
    const own = isWeak(value) ? null : asarray(value).dtype;
    if (own !== null && !can_cast(own, source.dtype, 'same_kind')) {
      const what = asarray(value).ndim === 0 ? 'scalar' : 'array data';
      throw new AppError(
        'dtype',
        `Cannot cast ${what} from dtype('${own}') to dtype('${source.dtype}') according to the rule 'same_kind'`,
      );
    }
    return fitted(value);
  };
  const fitted = (value: Operand): Operand =>
    isWeak(value) ? value : broadcastFor(astype(asarray(value), source.dtype, { copy: false }), source.shape);
  const made = where(isnan(source), filled(nan), source);
  const high = where(equal(source, Infinity), filled(posinf ?? new PyFloat(largest)), made);
  return astype(where(equal(source, -Infinity), filled(neginf ?? new PyFloat(-largest)), high), source.dtype, {
    copy: false,
  });
}

/**
 * Where |a − b| ≤ atol + rtol · |b|. Shapes broadcast; bool, of any dtypes.
 * @example isclose(array([1, 1.1]), 1).tolist() // [true, false]
 */
export function isclose(
  a: Operand,
  b: Operand,
  rtol: Operand = 1e-5,
  atol: Operand = 1e-8,
  equal_nan = false,
): NDArray {
  // A Python number takes the precision of what it is compared with.
  const common = a instanceof NDArray || b instanceof NDArray ? commonType([a, b]) : undefined;
  const x = a instanceof NDArray ? a : asarray(a, common);
  const y = floating(b instanceof NDArray ? b : asarray(b, common));
  const plain = typeof rtol === 'number' && typeof atol === 'number';
  if (plain && x.dtype === 'float64' && y.dtype === 'float64' && x.cContiguous && y.cContiguous && x.size < fewClose) {
    if (y.ndim === 0 || sameShape(x.shape, y.shape)) return closeOfFew(x, y, rtol, atol, equal_nan);
  }
  const near = logical_and(
    less_equal(absolute(subtract(floating(x), y)), add(atol, multiply(rtol, absolute(y)))),
    isfinite(y),
  );
  const result = logical_or(near, equal(x, y));
  return equal_nan ? logical_or(result, logical_and(isnan(x), isnan(y))) : result;
}

/** Elements below which one plain loop is quicker than six vectorised ones. */
const fewClose = 512;

function closeOfFew(x: NDArray, y: NDArray, rtol: number, atol: number, equal_nan: boolean): NDArray {
  const made = unset(x.shape, 'bool');
  const step = y.ndim === 0 ? 0 : 1;
  for (let i = 0; i < x.size; i++) {
    const p = x.data[x.start + i] as number;
    const q = y.data[y.start + i * step] as number;
    const close = p === q || (Number.isFinite(q) && Math.abs(p - q) <= atol + rtol * Math.abs(q));
    made.data[made.start + i] = close || (equal_nan && p !== p && q !== q) ? 1 : 0;
  }
  return made;
}

/** Differences of integers and booleans must neither wrap nor be refused. */
function floating(a: NDArray): NDArray {
  return 'biu'.includes(kindCode(a.dtype)) ? astype(a, 'float64') : a;
}

/**
 * True when all elements are close. Shapes broadcast; any dtypes.
 * @example allclose(array([1]), array([1 + 1e-9])) // true
 */
export function allclose(
  a: Operand,
  b: Operand,
  rtol: Operand = 1e-5,
  atol: Operand = 1e-8,
  equal_nan = false,
): boolean {
  return isTrueEverywhere(isclose(a, b, rtol, atol, equal_nan));
}

/**
 * True when shapes and all elements are equal. Of any dtypes and shapes (…): another shape is not equal.
 * @example array_equal(array([1, 2]), array([1, 2.5])) // false
 */
export function array_equal(a: Operand, b: Operand, equal_nan = false): boolean {
  const [x, y] = [asarray(a), asarray(b)];
  if (x.ndim !== y.ndim || x.shape.some((n, axis) => n !== y.shape[axis])) return false;
  const same = equal(x, y);
  return isTrueEverywhere(equal_nan ? logical_or(same, logical_and(isnan(x), isnan(y))) : same);
}

/**
 * True when the shapes broadcast and all elements are equal. Of any dtypes.
 * @example array_equiv(array([[1, 2], [1, 2]]), array([1, 2])) // true
 */
export function array_equiv(a: Operand, b: Operand): boolean {
  try {
    return isTrueEverywhere(equal(a, b));
  } catch (error) {
    if (error instanceof AppError && error.code === 'shape') return false;
    throw error;
  }
}

function isTrueEverywhere(flags: NDArray): boolean {
  return reduce({ step: logical_and.definition, identity: 1, type: () => 'bool' }, flags).item() === true;
}

/**
 * For each element the choice of the first condition that holds there, else the default.
 *
 * Shapes broadcast; the conditions bool, the result of the dtype that the choices and the default promote to.
 *
 * @throws AppError 'value' "list of cases must be same length as list of conditions", "select with an empty condition
 * list is not possible"; 'dtype' "invalid entry … in condlist: should be boolean ndarray".
 * @example select([array([true, false]), array([true, true])], [array([1, 2]), array([3, 4])]).tolist() // [1n, 4n]
 */
export function select(conditions: readonly Operand[], choices: readonly Operand[], otherwise: Operand = 0): NDArray {
  if (conditions.length !== choices.length) {
    throw new AppError('value', 'list of cases must be same length as list of conditions');
  }
  if (conditions.length === 0) throw new AppError('value', 'select with an empty condition list is not possible');
  const dtype = commonType([...choices, otherwise]);
  conditions.forEach((condition, k) => {
    if (asarray(condition).dtype === 'bool') return;
    throw new AppError('dtype', `invalid entry ${k} in condlist: should be boolean ndarray`, { argument: 'condlist' });
  });
  // Each list must fit together, and then one the other.
  const [masks, values] = [conditions, [...choices, otherwise]].map((list) =>
    commonShape(list.map((part) => asarray(part).shape)),
  );
  commonShape([masks, values]);
  let result = astype(typed(otherwise, dtype), dtype, { copy: false });
  for (let k = conditions.length - 1; k >= 0; k--) result = where(conditions[k], typed(choices[k], dtype), result);
  return result;
}
