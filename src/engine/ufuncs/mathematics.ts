/** Elementwise mathematical functions: integers are computed as floats, complex numbers on their principal branch. */
import { floatType, sameType } from './definition.ts';
import { binary, type Unary, unary } from './ufunc.ts';

const real = (name: string, expression: string): Unary => unary({ name, rule: floatType, float: `r = ${expression};` });

const both = (name: string, expression: string, complex: string): Unary =>
  unary({ name, rule: floatType, float: `r = ${expression};`, complex: `${complex}; rr = h.z[0]; ri = h.z[1];` });

/**
 * √a; NaN for negative real numbers.
 *
 * a (…) → (…): float32 and complex64 stay single; of integers, those of 8 and 16 bits and bool become float32, wider
 * ones float64.
 *
 * @example sqrt(array([4, 9])).tolist() // [2, 3]
 */
export const sqrt = both('sqrt', 'Math.sqrt(a)', 'h.csqrt(ar, ai)');
/**
 * ∛a. a (…) → (…), as a real float: float32 stays float32, wide integers become float64.
 * @example cbrt(array([-8, 27])).tolist() // [-2, 3]
 */
export const cbrt = real('cbrt', 'Math.cbrt(a)');
/**
 * eᵃ. a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 * @example exp(array([0])).tolist() // [1]
 */
export const exp = both('exp', 'Math.exp(a)', 'h.cexp(ar, ai)');
/**
 * 2ᵃ. a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 * @example exp2(array([-1, 10])).tolist() // [0.5, 1024]
 */
export const exp2 = both('exp2', '2 ** a', 'h.cexp(ar * Math.LN2, ai * Math.LN2)');
/**
 * eᵃ − 1, precise near 0.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example expm1(array([0, 1e-20])).tolist() // [0, 1e-20]
 */
export const expm1 = both(
  'expm1',
  'Math.expm1(a)',
  'h.z[0] = Math.expm1(ar) * Math.cos(ai) - 2 * Math.sin(ai / 2) ** 2; h.z[1] = Math.exp(ar) * Math.sin(ai)',
);
/**
 * Natural logarithm. −∞ at 0, NaN for negative real numbers.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example log(array([1])).tolist() // [0]
 */
export const log = both('log', 'Math.log(a)', 'h.clog(ar, ai)');
/**
 * Logarithm to base 2.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example log2(array([0.5, 1024])).tolist() // [-1, 10]
 */
export const log2 = both('log2', 'Math.log2(a)', 'h.clog(ar, ai); h.z[0] *= Math.LOG2E; h.z[1] *= Math.LOG2E');
/**
 * Logarithm to base 10.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example log10(array([1, 1000])).tolist() // [0, 3]
 */
export const log10 = both('log10', 'Math.log10(a)', 'h.clog(ar, ai); h.z[0] *= Math.LOG10E; h.z[1] *= Math.LOG10E');
/**
 * log(1 + a), precise near 0.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example log1p(array([0, 1e-20])).tolist() // [0, 1e-20]
 */
export const log1p = both('log1p', 'Math.log1p(a)', 'h.clog(1 + ar, ai)');
/**
 * Sine of an angle in radians.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example sin(array([0, Math.PI / 2])).tolist() // [0, 1]
 */
export const sin = both('sin', 'Math.sin(a)', 'h.csin(ar, ai)');
/**
 * Cosine of an angle in radians.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example cos(array([0, Math.PI])).tolist() // [1, -1]
 */
export const cos = both('cos', 'Math.cos(a)', 'h.ccos(ar, ai)');
/**
 * Tangent of an angle in radians.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example tan(array([0])).tolist() // [0]
 */
export const tan = both('tan', 'Math.tan(a)', 'h.ctan(ar, ai)');
/**
 * Inverse sine, in radians. NaN outside [−1, 1].
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example arcsin(array([0, 1])).tolist() // [0, 1.5707963267948966]
 */
export const arcsin = both('arcsin', 'Math.asin(a)', 'h.casin(ar, ai)');
/**
 * Inverse cosine, in radians. NaN outside [−1, 1].
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example arccos(array([1, 2])).tolist() // [0, NaN]
 */
export const arccos = both('arccos', 'Math.acos(a)', 'h.cacos(ar, ai)');
/**
 * Inverse tangent, in radians.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example arctan(array([0, Infinity])).tolist() // [0, 1.5707963267948966]
 */
export const arctan = both('arctan', 'Math.atan(a)', 'h.catan(ar, ai)');
/**
 * Hyperbolic sine.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example sinh(array([0, -Infinity])).tolist() // [0, -Infinity]
 */
export const sinh = both('sinh', 'Math.sinh(a)', 'h.csinh(ar, ai)');
/**
 * Hyperbolic cosine.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example cosh(array([0])).tolist() // [1]
 */
export const cosh = both('cosh', 'Math.cosh(a)', 'h.ccosh(ar, ai)');
/**
 * Hyperbolic tangent.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example tanh(array([0, 100])).tolist() // [0, 1]
 */
export const tanh = both('tanh', 'Math.tanh(a)', 'h.ctanh(ar, ai)');
/**
 * Inverse hyperbolic sine.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example arcsinh(array([0])).tolist() // [0]
 */
export const arcsinh = both('arcsinh', 'Math.asinh(a)', 'h.casinh(ar, ai)');
/**
 * Inverse hyperbolic cosine. NaN below 1.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example arccosh(array([1, 0])).tolist() // [0, NaN]
 */
export const arccosh = both('arccosh', 'Math.acosh(a)', 'h.cacosh(ar, ai)');
/**
 * Inverse hyperbolic tangent. ±∞ at ±1.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example arctanh(array([0, 1])).tolist() // [0, Infinity]
 */
export const arctanh = both('arctanh', 'Math.atanh(a)', 'h.catanh(ar, ai)');
/**
 * Degrees to radians.
 *
 * a (…) → (…): float32 stays float32, integers of 32 and 64 bits become float64.
 *
 * @example deg2rad(array([180])).tolist() // [3.141592653589793]
 */
export const deg2rad = real('deg2rad', 'a * (Math.PI / 180)');
/**
 * Radians to degrees.
 *
 * a (…) → (…): float32 stays float32, integers of 32 and 64 bits become float64.
 *
 * @example rad2deg(array([Math.PI])).tolist() // [180]
 */
export const rad2deg = real('rad2deg', 'a * (180 / Math.PI)');
/**
 * Degrees to radians, as `deg2rad`, under the name that its messages have.
 *
 * a (…) → (…); dtypes as there.
 *
 * @example radians(array([180])).tolist() // [3.141592653589793]
 */
export const radians = unary({ name: 'deg2rad', says: 'radians', rule: floatType, float: 'r = a * (Math.PI / 180);' });
/**
 * Radians to degrees, as `rad2deg`, under the name that its messages have.
 *
 * a (…) → (…); dtypes as there.
 *
 * @example degrees(array([Math.PI])).tolist() // [180]
 */
export const degrees = unary({ name: 'rad2deg', says: 'degrees', rule: floatType, float: 'r = a * (180 / Math.PI);' });

const rounded = (name: string, expression: string): Unary =>
  unary({ name, rule: sameType, bool: 'r = a;', int: 'r = a;', bigint: 'r = a;', float: `r = ${expression};` });

/**
 * The nearest whole number below.
 *
 * a (…) → (…), of a's dtype; integers and bool as they are.
 *
 * @example floor(array([-1.5, 1.5])).tolist() // [-2, 1]
 */
export const floor = rounded('floor', 'Math.floor(a)');
/**
 * The nearest whole number above.
 *
 * a (…) → (…), of a's dtype; integers and bool as they are.
 *
 * @example ceil(array([-1.5, 1.5])).tolist() // [-1, 2]
 */
export const ceil = rounded('ceil', 'Math.ceil(a)');
/**
 * The whole part. a (…) → (…), of a's dtype; integers and bool as they are.
 * @example trunc(array([-1.5, 1.5])).tolist() // [-1, 1]
 */
export const trunc = rounded('trunc', 'Math.trunc(a)');
/**
 * The nearest whole number, halves to the even one.
 *
 * a (…) → (…): float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @example rint(array([0.5, 1.5, 2.5])).tolist() // [0, 2, 2]
 */
export const rint = unary({
  name: 'rint',
  rule: floatType,
  float: 'r = h.rint(a);',
  complex: 'rr = h.rint(ar); ri = h.rint(ai);',
});

/**
 * The angle of the point (b, a), in radians. In (−π, π].
 *
 * Shapes broadcast; float32 of float32 operands, float64 of integers of 32 and 64 bits.
 *
 * @example arctan2(array([1, -1]), 0).tolist() // [1.5707963267948966, -1.5707963267948966]
 */
export const arctan2 = binary({ name: 'arctan2', rule: floatType, float: 'r = Math.atan2(a, b);' });
/**
 * √(a² + b²) without overflow.
 *
 * Shapes broadcast; float32 of float32 operands, float64 of integers of 32 and 64 bits.
 *
 * @example hypot(array([3, 5]), array([4, 12])).tolist() // [5, 13]
 */
export const hypot = binary({ name: 'hypot', rule: floatType, float: 'r = h.hypot(a, b);' });
/**
 * log(eᵃ + eᵇ) without overflow.
 *
 * Shapes broadcast; float32 of float32 operands, float64 of integers of 32 and 64 bits.
 *
 * @example logaddexp(array([1000]), -Infinity).tolist() // [1000]
 */
export const logaddexp = binary({ name: 'logaddexp', rule: floatType, float: 'r = h.logaddexp(a, b);' });
/**
 * log2(2ᵃ + 2ᵇ) without overflow.
 *
 * Shapes broadcast; float32 of float32 operands, float64 of integers of 32 and 64 bits.
 *
 * @example logaddexp2(array([3]), 3).tolist() // [4]
 */
export const logaddexp2 = binary({
  name: 'logaddexp2',
  rule: floatType,
  float: 'r = h.logaddexp(a * Math.LN2, b * Math.LN2) / Math.LN2;',
});
/**
 * |a| with the sign of b.
 *
 * Shapes broadcast; float32 of float32 operands, float64 of integers of 32 and 64 bits.
 *
 * @example copysign(array([1, -2]), -0).tolist() // [-1, -2]
 */
export const copysign = binary({ name: 'copysign', rule: floatType, float: 'r = h.copysign(a, b);' });
/**
 * 0 below zero, b at zero, 1 above.
 *
 * Shapes broadcast; float32 of float32 operands, float64 of integers of 32 and 64 bits.
 *
 * @example heaviside(array([-2, 0, 3]), 0.5).tolist() // [0, 0.5, 1]
 */
export const heaviside = binary({
  name: 'heaviside',
  rule: floatType,
  float: 'r = a < 0 ? 0 : a > 0 ? 1 : a === 0 ? b : a;',
});
const gap = (next: string): string => `r = ${next}(a, a < 0 ? -Infinity : Infinity) - a;`;
/**
 * The distance to the next number further from zero.
 *
 * a (…) → (…): float32 stays float32, with its own wider steps; integers of 32 and 64 bits become float64.
 *
 * @example spacing(array([1])).tolist() // [2.220446049250313e-16]
 */
export const spacing = unary({
  name: 'spacing',
  rule: floatType,
  float: gap('h.nextafter'),
  float32: gap('h.nextafter32'),
});
/**
 * The next number that can be represented after a towards b.
 *
 * Shapes broadcast; float32 of float32 operands, with its own wider steps, else float64.
 *
 * @example nextafter(array([1]), 2).tolist() // [1.0000000000000002]
 */
export const nextafter = binary({
  name: 'nextafter',
  rule: floatType,
  float: 'r = h.nextafter(a, b);',
  float32: 'r = h.nextafter32(a, b);',
});
