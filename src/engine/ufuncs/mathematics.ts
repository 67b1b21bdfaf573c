/** Elementwise mathematical functions: integers are computed as floats, complex numbers on their principal branch. */
import { floatType, sameType } from './definition.ts';
import { binary, type Unary, unary } from './ufunc.ts';

const real = (name: string, expression: string): Unary => unary({ name, rule: floatType, float: `r = ${expression};` });

const both = (name: string, expression: string, complex: string): Unary =>
  unary({ name, rule: floatType, float: `r = ${expression};`, complex: `${complex}; rr = h.z[0]; ri = h.z[1];` });

/** √a; NaN for negative real numbers. @example sqrt(array([4, 9])).tolist() // [2, 3] */
export const sqrt = both('sqrt', 'Math.sqrt(a)', 'h.csqrt(ar, ai)');
/** ∛a. */
export const cbrt = real('cbrt', 'Math.cbrt(a)');
/** eᵃ. @example exp(array([0])).tolist() // [1] */
export const exp = both('exp', 'Math.exp(a)', 'h.cexp(ar, ai)');
/** 2ᵃ. */
export const exp2 = both('exp2', '2 ** a', 'h.cexp(ar * Math.LN2, ai * Math.LN2)');
/** eᵃ − 1, precise near 0. */
export const expm1 = both(
  'expm1',
  'Math.expm1(a)',
  'h.z[0] = Math.expm1(ar) * Math.cos(ai) - 2 * Math.sin(ai / 2) ** 2; h.z[1] = Math.exp(ar) * Math.sin(ai)',
);
/** Natural logarithm. @example log(array([1])).tolist() // [0] */
export const log = both('log', 'Math.log(a)', 'h.clog(ar, ai)');
/** Logarithm to base 2. */
export const log2 = both('log2', 'Math.log2(a)', 'h.clog(ar, ai); h.z[0] *= Math.LOG2E; h.z[1] *= Math.LOG2E');
/** Logarithm to base 10. */
export const log10 = both('log10', 'Math.log10(a)', 'h.clog(ar, ai); h.z[0] *= Math.LOG10E; h.z[1] *= Math.LOG10E');
/** log(1 + a), precise near 0. */
export const log1p = both('log1p', 'Math.log1p(a)', 'h.clog(1 + ar, ai)');
/** Sine of an angle in radians. */
export const sin = both('sin', 'Math.sin(a)', 'h.csin(ar, ai)');
/** Cosine of an angle in radians. */
export const cos = both('cos', 'Math.cos(a)', 'h.ccos(ar, ai)');
/** Tangent of an angle in radians. */
export const tan = both('tan', 'Math.tan(a)', 'h.ctan(ar, ai)');
/** Inverse sine, in radians. */
export const arcsin = both('arcsin', 'Math.asin(a)', 'h.casin(ar, ai)');
/** Inverse cosine, in radians. */
export const arccos = both('arccos', 'Math.acos(a)', 'h.cacos(ar, ai)');
/** Inverse tangent, in radians. */
export const arctan = both('arctan', 'Math.atan(a)', 'h.catan(ar, ai)');
/** Hyperbolic sine. */
export const sinh = both('sinh', 'Math.sinh(a)', 'h.csinh(ar, ai)');
/** Hyperbolic cosine. */
export const cosh = both('cosh', 'Math.cosh(a)', 'h.ccosh(ar, ai)');
/** Hyperbolic tangent. */
export const tanh = both('tanh', 'Math.tanh(a)', 'h.ctanh(ar, ai)');
/** Inverse hyperbolic sine. */
export const arcsinh = both('arcsinh', 'Math.asinh(a)', 'h.casinh(ar, ai)');
/** Inverse hyperbolic cosine. */
export const arccosh = both('arccosh', 'Math.acosh(a)', 'h.cacosh(ar, ai)');
/** Inverse hyperbolic tangent. */
export const arctanh = both('arctanh', 'Math.atanh(a)', 'h.catanh(ar, ai)');
/** Degrees to radians. */
export const deg2rad = real('deg2rad', 'a * (Math.PI / 180)');
/** Radians to degrees. */
export const rad2deg = real('rad2deg', 'a * (180 / Math.PI)');
/** The same functions under their other names, which they have in messages too. */
export const radians = unary({ name: 'deg2rad', says: 'radians', rule: floatType, float: 'r = a * (Math.PI / 180);' });
export const degrees = unary({ name: 'rad2deg', says: 'degrees', rule: floatType, float: 'r = a * (180 / Math.PI);' });

const rounded = (name: string, expression: string): Unary =>
  unary({ name, rule: sameType, bool: 'r = a;', int: 'r = a;', bigint: 'r = a;', float: `r = ${expression};` });

/** The nearest whole number below. */
export const floor = rounded('floor', 'Math.floor(a)');
/** The nearest whole number above. */
export const ceil = rounded('ceil', 'Math.ceil(a)');
/** The whole part. */
export const trunc = rounded('trunc', 'Math.trunc(a)');
/** The nearest whole number, halves to the even one. */
export const rint = unary({
  name: 'rint',
  rule: floatType,
  float: 'r = h.rint(a);',
  complex: 'rr = h.rint(ar); ri = h.rint(ai);',
});

/** The angle of the point (b, a), in radians. */
export const arctan2 = binary({ name: 'arctan2', rule: floatType, float: 'r = Math.atan2(a, b);' });
/** √(a² + b²) without overflow. */
export const hypot = binary({ name: 'hypot', rule: floatType, float: 'r = h.hypot(a, b);' });
/** log(eᵃ + eᵇ) without overflow. */
export const logaddexp = binary({ name: 'logaddexp', rule: floatType, float: 'r = h.logaddexp(a, b);' });
/** log2(2ᵃ + 2ᵇ) without overflow. */
export const logaddexp2 = binary({
  name: 'logaddexp2',
  rule: floatType,
  float: 'r = h.logaddexp(a * Math.LN2, b * Math.LN2) / Math.LN2;',
});
/** |a| with the sign of b. */
export const copysign = binary({ name: 'copysign', rule: floatType, float: 'r = h.copysign(a, b);' });
/** 0 below zero, b at zero, 1 above. */
export const heaviside = binary({
  name: 'heaviside',
  rule: floatType,
  float: 'r = a < 0 ? 0 : a > 0 ? 1 : a === 0 ? b : a;',
});
const gap = (next: string): string => `r = ${next}(a, a < 0 ? -Infinity : Infinity) - a;`;
/** The distance to the next number further from zero. @example spacing(array([1])).tolist() // [2.220446049250313e-16] */
export const spacing = unary({
  name: 'spacing',
  rule: floatType,
  float: gap('h.nextafter'),
  float32: gap('h.nextafter32'),
});
/** The next number that can be represented after a towards b. */
export const nextafter = binary({
  name: 'nextafter',
  rule: floatType,
  float: 'r = h.nextafter(a, b);',
  float32: 'r = h.nextafter32(a, b);',
});
