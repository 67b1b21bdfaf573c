/** The elementwise operators of Python on arrays, and their kin. Each takes `{ out, where, casting, dtype }`. */
import { divisionType, floatType, numberType, sameType } from './definition.ts';
import { binary, unary } from './ufunc.ts';

/**
 * `a + b`; booleans: or.
 *
 * Shapes broadcast; the dtype both promote to, so that a Python number adapts to an array.
 *
 * @example add(array([1, 2]), 10).tolist() // [11n, 12n]
 */
export const add = binary({
  name: 'add',
  rule: sameType,
  bool: 'r = a | b;',
  int: 'r = a + b;',
  bigint: 'r = a + b;',
  float: 'r = a + b;',
  complex: 'rr = ar + br; ri = ai + bi;',
});

/**
 * `a - b`. Shapes broadcast; the dtype both promote to, except bool.
 * @throws AppError 'dtype' for booleans.
 * @example subtract(array([5]), 2).tolist() // [3n]
 */
export const subtract = binary({
  name: 'subtract',
  rule: sameType,
  refuseBool:
    'numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.',
  int: 'r = a - b;',
  bigint: 'r = a - b;',
  float: 'r = a - b;',
  complex: 'rr = ar - br; ri = ai - bi;',
});

/**
 * `a * b`; booleans: and. Shapes broadcast; the dtype both promote to.
 * @example multiply(array([2, 3]), array([4, 5])).tolist() // [8n, 15n]
 */
export const multiply = binary({
  name: 'multiply',
  rule: sameType,
  bool: 'r = a & b;',
  int: 'r = Math.imul(a, b);',
  bigint: 'r = a * b;',
  float: 'r = a * b;',
  complex: 'rr = ar * br - ai * bi; ri = ar * bi + ai * br;',
});

/**
 * `a / b`, always in floating point.
 *
 * Shapes broadcast; integers and bool become float64, float32 and complex64 stay single.
 *
 * @example divide(array([1, 2]), 4).tolist() // [0.25, 0.5]
 */
export const divide = binary({
  name: 'divide',
  rule: divisionType,
  float: 'r = a / b;',
  complex: 'h.cdivide(ar, ai, br, bi); rr = h.z[0]; ri = h.z[1];',
});

/** The same function under NumPy's older name. */
export const true_divide = divide;

/**
 * `a // b`: the quotient rounded down; 0 where an integer is divided by 0.
 *
 * Shapes broadcast; the dtype both promote to, int8 of two bools; not for complex dtypes.
 *
 * @example floor_divide(array([-7]), 2).tolist() // [-4n]
 */
export const floor_divide = binary({
  name: 'floor_divide',
  rule: numberType,
  int: 'r = h.intFloorDivide(a, b);',
  bigint: 'r = h.bigFloorDivide(a, b);',
  float: 'r = h.floorDivide(a, b);',
});

/**
 * `a % b` with the sign of the divisor.
 *
 * Shapes broadcast; the dtype both promote to, int8 of two bools; not for complex dtypes.
 *
 * @example remainder(array([-7]), 3).tolist() // [2n]
 */
export const remainder = binary({
  name: 'remainder',
  rule: numberType,
  int: 'r = h.intRemainder(a, b);',
  bigint: 'r = h.bigRemainder(a, b);',
  float: 'r = h.remainder(a, b);',
});

/** The same function under its other name. */
export const mod = remainder;

/**
 * C's remainder, with the sign of the dividend.
 *
 * Shapes broadcast; the dtype both promote to, int8 of two bools; not for complex dtypes.
 *
 * @example fmod(array([-7]), 3).tolist() // [-1n]
 */
export const fmod = binary({
  name: 'fmod',
  rule: numberType,
  int: 'r = b === 0 ? 0 : a % b;',
  bigint: 'r = b === 0n ? 0n : a % b;',
  float: 'r = a % b;',
});

/**
 * `a ** b`. Shapes broadcast; the dtype both promote to, int8 of two bools.
 * @throws AppError 'value' for integers to negative integer powers.
 * @example power(array([2, 3]), 2).tolist() // [4n, 9n]
 */
export const power = binary({
  name: 'power',
  rule: numberType,
  int: 'r = h.intPower(a, b);',
  bigint: 'r = h.bigPower(a, b);',
  float: 'r = h.power(a, b);',
  complex: 'h.cpower(ar, ai, br, bi); rr = h.z[0]; ri = h.z[1];',
});

/**
 * `a ** b`, computed in float64 at least.
 *
 * Shapes broadcast; float64 even of float32, complex128 of complex dtypes.
 *
 * @example float_power(2, -1).item() // 0.5
 */
export const float_power = binary({
  name: 'float_power',
  rule: (common) => (common.startsWith('complex') ? 'complex128' : 'float64'),
  float: 'r = h.power(a, b);',
  complex: 'h.cpower(ar, ai, br, bi); rr = h.z[0]; ri = h.z[1];',
});

/**
 * `-a`. a (…) → (…), of a's dtype; unsigned integers wrap around.
 * @throws AppError 'dtype' for booleans.
 * @example negative(array([1, -2])).tolist() // [-1n, 2n]
 */
export const negative = unary({
  name: 'negative',
  rule: sameType,
  refuseBool:
    'The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.',
  int: 'r = -a;',
  bigint: 'r = -a;',
  float: 'r = -a;',
  complex: 'rr = -ar; ri = -ai;',
});

/**
 * `+a`: a copy. a (…) → (…), of a's dtype, except bool.
 * @throws AppError 'dtype' for booleans.
 * @example positive(array([1, -2])).tolist() // [1n, -2n]
 */
export const positive = unary({
  name: 'positive',
  rule: sameType,
  refuseBool:
    "ufunc 'positive' did not contain a loop with signature matching types <class 'numpy.dtypes.BoolDType'> -> None",
  int: 'r = a;',
  bigint: 'r = a;',
  float: 'r = a;',
  complex: 'rr = ar; ri = ai;',
});

/**
 * `|a|`; of complex numbers the modulus, as a float.
 *
 * a (…) → (…), of a's dtype; float32 of complex64, float64 of complex128.
 *
 * @example absolute(array({ re: 3, im: 4 })).item() // 5
 */
export const absolute = unary({
  name: 'absolute',
  rule: sameType,
  result: 'real',
  bool: 'r = a;',
  int: 'r = a < 0 ? -a : a;',
  bigint: 'r = a < 0n ? -a : a;',
  float: 'r = Math.abs(a);',
  complex: 'r = h.hypot(ar, ai);',
});

/** The same function under its short name. */
export const abs = absolute;

/**
 * `|a|` of real numbers, as floats.
 *
 * a (…) → (…): float32 stays, int8, uint8, int16, uint16 and bool become float32, wider integers float64.
 *
 * @example fabs(array([-2, 3])).tolist() // [2, 3]
 */
export const fabs = unary({ name: 'fabs', rule: floatType, float: 'r = Math.abs(a);' });

/**
 * `a²`. a (…) → (…), of a's dtype, int8 of bool; integers wrap around.
 * @example square(array([-3, 4])).tolist() // [9n, 16n]
 */
export const square = unary({
  name: 'square',
  rule: numberType,
  int: 'r = Math.imul(a, a);',
  bigint: 'r = a * a;',
  float: 'r = a * a;',
  complex: 'rr = ar * ar - ai * ai; ri = ar * ai + ai * ar;',
});

/**
 * `1 / a`; of integers the whole part. a (…) → (…), of a's dtype, int8 of bool.
 * @example reciprocal(array([0.5, 4])).tolist() // [2, 0.25]
 */
export const reciprocal = unary({
  name: 'reciprocal',
  rule: numberType,
  int: 'r = a === 0 ? 0 : Math.trunc(1 / a);',
  bigint: 'r = a === 0n ? -(2n ** 63n) : 1n / a;',
  // What C makes of 1 / 0 depends on the width.
  own: {
    int32: 'r = a === 0 ? -2147483648 : Math.trunc(1 / a);',
    uint64: 'r = a === 0n ? 0n : 1n / a;',
  },
  float: 'r = 1 / a;',
  complex: 'h.creciprocal(ar, ai); rr = h.z[0]; ri = h.z[1];',
});

/**
 * −1, 0 or 1 by sign (NaN stays NaN); of complex numbers `a / |a|`.
 *
 * a (…) → (…), of a's dtype, except bool.
 *
 * @throws AppError 'dtype' for booleans.
 * @example sign(array([-2.5, 0, 7])).tolist() // [-1, 0, 1]
 */
export const sign = unary({
  name: 'sign',
  rule: sameType,
  refuseBool:
    "ufunc 'sign' did not contain a loop with signature matching types <class 'numpy.dtypes.BoolDType'> -> None",
  int: 'r = a > 0 ? 1 : a < 0 ? -1 : 0;',
  bigint: 'r = a > 0n ? 1n : a < 0n ? -1n : 0n;',
  float: 'r = a > 0 ? 1 : a < 0 ? -1 : a === 0 ? 0 : a;',
  complex: 'h.csign(ar, ai); rr = h.z[0]; ri = h.z[1];',
});

/**
 * The complex conjugate.
 *
 * a (…) → (…), of a's dtype, int8 of bool; real numbers stay as they are.
 *
 * @example conjugate(array([{ re: 1, im: 2 }])).tolist() // [{ re: 1, im: -2 }]
 */
export const conjugate = unary({
  name: 'conjugate',
  rule: numberType,
  int: 'r = a;',
  bigint: 'r = a;',
  float: 'r = a;',
  complex: 'rr = ar; ri = -ai;',
});

/** The same function under its short name. */
export const conj = conjugate;

const pick = (test: string): { complex: string } => ({
  complex: `if (${test}) { rr = ar; ri = ai; } else { rr = br; ri = bi; }`,
});
const notLess = 'ar > br || (ar === br && ai >= bi)';
const notGreater = 'ar < br || (ar === br && ai <= bi)';

/**
 * The larger of two; NaN if either is. Shapes broadcast; the dtype both promote to.
 * @example maximum(array([1, 5]), 3).tolist() // [3n, 5n]
 */
export const maximum = binary({
  name: 'maximum',
  rule: sameType,
  bool: 'r = a | b;',
  int: 'r = a >= b ? a : b;',
  bigint: 'r = a >= b ? a : b;',
  float: 'r = a >= b || a !== a ? a : b;',
  ...pick(`ar !== ar || ai !== ai || ((br === br && bi === bi) && (${notLess}))`),
});

/**
 * The smaller of two; NaN if either is. Shapes broadcast; the dtype both promote to.
 * @example minimum(array([1, NaN, 5]), 3).tolist() // [1, NaN, 3]
 */
export const minimum = binary({
  name: 'minimum',
  rule: sameType,
  bool: 'r = a & b;',
  int: 'r = a <= b ? a : b;',
  bigint: 'r = a <= b ? a : b;',
  float: 'r = a <= b || a !== a ? a : b;',
  ...pick(`ar !== ar || ai !== ai || ((br === br && bi === bi) && (${notGreater}))`),
});

/**
 * The larger of two; the other if one is NaN. Shapes broadcast; the dtype both promote to.
 * @example fmax(array([1, NaN]), 3).tolist() // [3, 3]
 */
export const fmax = binary({
  name: 'fmax',
  rule: sameType,
  bool: 'r = a | b;',
  int: 'r = a >= b ? a : b;',
  bigint: 'r = a >= b ? a : b;',
  float: 'r = a >= b || b !== b ? a : b;',
  ...pick(`br !== br || bi !== bi || (${notLess})`),
});

/**
 * The smaller of two; the other if one is NaN.
 *
 * Shapes broadcast; the dtype both promote to.
 *
 * @example fmin(array([1, NaN]), 3).tolist() // [1, 3]
 */
export const fmin = binary({
  name: 'fmin',
  rule: sameType,
  bool: 'r = a & b;',
  int: 'r = a <= b ? a : b;',
  bigint: 'r = a <= b ? a : b;',
  float: 'r = a <= b || b !== b ? a : b;',
  ...pick(`br !== br || bi !== bi || (${notGreater})`),
});

/**
 * Greatest common divisor of integers.
 *
 * Shapes broadcast; the integer dtype both promote to.
 *
 * @example gcd(array([12, 15]), 18).tolist() // [6n, 3n]
 */
export const gcd = binary({ name: 'gcd', rule: sameType, int: 'r = h.gcd(a, b);', bigint: 'r = h.bigGcd(a, b);' });

/**
 * Least common multiple of integers. Shapes broadcast; the integer dtype both promote to.
 * @example lcm(array([4, 6]), 10).tolist() // [20n, 30n]
 */
export const lcm = binary({
  name: 'lcm',
  rule: sameType,
  int: 'const g = h.gcd(a, b); r = g === 0 ? 0 : Math.imul(Math.abs(a) / g, Math.abs(b));',
  bigint: 'const g = h.bigGcd(a, b); r = g === 0n ? 0n : ((a < 0n ? -a : a) / g) * (b < 0n ? -b : b);',
});
