/** Elementwise comparisons, logic and bits; results of comparisons and logic are booleans. */
import { floatType, sameType } from './definition.ts';
import { binary, unary } from './ufunc.ts';

const every = (test: string) => ({
  bool: `r = ${test} ? 1 : 0;`,
  int: `r = ${test} ? 1 : 0;`,
  bigint: `r = ${test} ? 1 : 0;`,
  float: `r = ${test} ? 1 : 0;`,
});

const compared = (name: string, test: string, complex: string) =>
  binary({
    name,
    rule: sameType,
    result: 'bool',
    comparison: true,
    ...every(test),
    complex: `r = ${complex} ? 1 : 0;`,
  });

/**
 * `a == b`. Shapes broadcast; bool, of operands of any dtypes.
 * @example equal(array([1, 2]), 2).tolist() // [false, true]
 */
export const equal = compared('equal', 'a === b', 'ar === br && ai === bi');
/**
 * `a != b`. Shapes broadcast; bool, of operands of any dtypes.
 * @example not_equal(array([1, NaN]), array([1, NaN])).tolist() // [false, true]
 */
export const not_equal = compared('not_equal', 'a !== b', 'ar !== br || ai !== bi');
// A real part decides only where no imaginary part is NaN.
const ordered = 'ai === ai && bi === bi';
/**
 * `a < b`; complex numbers by real, then imaginary part.
 *
 * Shapes broadcast; bool, of operands of any dtypes.
 *
 * @example less(array([1, 2, 3]), 2).tolist() // [true, false, false]
 */
export const less = compared('less', 'a < b', `((ar < br && ${ordered}) || (ar === br && ai < bi))`);
/**
 * `a <= b`. Complex numbers by real, then imaginary part.
 *
 * Shapes broadcast; bool, of operands of any dtypes.
 *
 * @example less_equal(array([1, 2, 3]), 2).tolist() // [true, true, false]
 */
export const less_equal = compared('less_equal', 'a <= b', `((ar < br && ${ordered}) || (ar === br && ai <= bi))`);
/**
 * `a > b`. Complex numbers by real, then imaginary part.
 *
 * Shapes broadcast; bool, of operands of any dtypes.
 *
 * @example greater(array([1, 2, 3]), 2).tolist() // [false, false, true]
 */
export const greater = compared('greater', 'a > b', `((ar > br && ${ordered}) || (ar === br && ai > bi))`);
/**
 * `a >= b`. Complex numbers by real, then imaginary part.
 *
 * Shapes broadcast; bool, of operands of any dtypes.
 *
 * @example greater_equal(array([1, 2, 3]), 2).tolist() // [false, true, true]
 */
export const greater_equal = compared(
  'greater_equal',
  'a >= b',
  `((ar > br && ${ordered}) || (ar === br && ai >= bi))`,
);

const logic = (name: string, join: (a: string, b: string) => string) =>
  binary({
    name,
    rule: sameType,
    result: 'bool',
    comparison: true,
    ...every(join('(a != 0)', '(b != 0)')),
    complex: `r = ${join('(ar !== 0 || ai !== 0)', '(br !== 0 || bi !== 0)')} ? 1 : 0;`,
  });

/**
 * Both are not zero. Shapes broadcast; bool, of operands of any dtypes.
 * @example logical_and(array([0, 2, NaN]), true).tolist() // [false, true, true]
 */
export const logical_and = logic('logical_and', (a, b) => `${a} && ${b}`);
/**
 * One or both are not zero. Shapes broadcast; bool, of operands of any dtypes.
 * @example logical_or(array([0, 2]), array([0, 0])).tolist() // [false, true]
 */
export const logical_or = logic('logical_or', (a, b) => `${a} || ${b}`);
/**
 * Exactly one is not zero. Shapes broadcast; bool, of operands of any dtypes.
 * @example logical_xor(array([0, 2]), 5).tolist() // [true, false]
 */
export const logical_xor = logic('logical_xor', (a, b) => `${a} !== ${b}`);
/**
 * It is zero. a (…) → (…), bool, of any dtype.
 * @example logical_not(array([0, 2])).tolist() // [true, false]
 */
export const logical_not = unary({
  name: 'logical_not',
  rule: sameType,
  result: 'bool',
  ...every('a == 0'),
  complex: 'r = ar === 0 && ai === 0 ? 1 : 0;',
});

const bits = (name: string, operator: string) => {
  const body = `r = a ${operator} b;`;
  return binary({ name, rule: sameType, bool: body, int: body, bigint: body });
};

/**
 * `a & b` of integers or booleans.
 *
 * Shapes broadcast; the dtype both promote to, bool or an integer one.
 *
 * @example bitwise_and(array([12, 5]), 6).tolist() // [4n, 4n]
 */
export const bitwise_and = bits('bitwise_and', '&');
/**
 * `a | b` of integers or booleans.
 *
 * Shapes broadcast; the dtype both promote to, bool or an integer one.
 *
 * @example bitwise_or(array([12, 5]), 6).tolist() // [14n, 7n]
 */
export const bitwise_or = bits('bitwise_or', '|');
/**
 * `a ^ b` of integers or booleans.
 *
 * Shapes broadcast; the dtype both promote to, bool or an integer one.
 *
 * @example bitwise_xor(array([12, 5]), 6).tolist() // [10n, 3n]
 */
export const bitwise_xor = bits('bitwise_xor', '^');
/**
 * `~a` of integers or booleans. a (…) → (…), of a's dtype; of bool: not.
 * @example invert(array([0, 5])).tolist() // [-1n, -6n]
 */
export const invert = unary({ name: 'invert', rule: sameType, bool: 'r = a ^ 1;', int: 'r = ~a;', bigint: 'r = ~a;' });
/** The same function under its other name. */
export const bitwise_not = invert;
/**
 * `a << b` of integers.
 *
 * Shapes broadcast; the integer dtype both promote to, int8 of two bools; bits that leave are lost.
 *
 * @example left_shift(array([1, 5]), 2).tolist() // [4n, 20n]
 */
export const left_shift = binary({
  name: 'left_shift',
  rule: (common) => (common === 'bool' ? 'int8' : common),
  int: 'r = b < 32 && b >= 0 ? a << b : 0;',
  bigint: 'r = b < 64n && b >= 0n ? a << b : 0n;',
});
/**
 * `a >> b` of integers.
 *
 * Shapes broadcast; the integer dtype both promote to, int8 of two bools; the sign stays.
 *
 * @example right_shift(array([20, -20]), 2).tolist() // [5n, -5n]
 */
export const right_shift = binary({
  name: 'right_shift',
  rule: (common) => (common === 'bool' ? 'int8' : common),
  int: 'r = b < 0 || b > 31 ? (a < 0 ? -1 : 0) : Math.floor(a / 2 ** b);',
  bigint: 'r = a >> (b < 0n ? 64n : b > 64n ? 64n : b);',
});

const whole = { bool: 'r = 0;', int: 'r = 0;', bigint: 'r = 0;' };

/**
 * It is NaN.
 *
 * a (…) → (…), bool, of any dtype; a complex number is NaN where either part is.
 *
 * @example isnan(array([1, NaN, Infinity])).tolist() // [false, true, false]
 */
export const isnan = unary({
  name: 'isnan',
  rule: sameType,
  result: 'bool',
  ...whole,
  float: 'r = a !== a ? 1 : 0;',
  complex: 'r = ar !== ar || ai !== ai ? 1 : 0;',
});
/**
 * It is plus or minus infinity.
 *
 * a (…) → (…), bool, of any dtype; a complex number is infinite where either part is.
 *
 * @example isinf(array([1, NaN, -Infinity])).tolist() // [false, false, true]
 */
export const isinf = unary({
  name: 'isinf',
  rule: sameType,
  result: 'bool',
  ...whole,
  float: 'r = Math.abs(a) === Infinity ? 1 : 0;',
  complex: 'r = Math.abs(ar) === Infinity || Math.abs(ai) === Infinity ? 1 : 0;',
});
/**
 * It is neither NaN nor infinite.
 *
 * a (…) → (…), bool, of any dtype; both parts of a complex number are finite.
 *
 * @example isfinite(array([1, NaN, Infinity])).tolist() // [true, false, false]
 */
export const isfinite = unary({
  name: 'isfinite',
  rule: sameType,
  result: 'bool',
  bool: 'r = 1;',
  int: 'r = 1;',
  bigint: 'r = 1;',
  float: 'r = Math.abs(a) < Infinity ? 1 : 0;',
  complex: 'r = Math.abs(ar) < Infinity && Math.abs(ai) < Infinity ? 1 : 0;',
});
/**
 * Its sign bit is set (also that of −0). a (…) → (…), bool, of any real dtype.
 * @example signbit(array([-0, 0, -3])).tolist() // [true, false, true]
 */
export const signbit = unary({
  name: 'signbit',
  rule: floatType,
  result: 'bool',
  float: 'r = h.signbit(a);',
});
