/** Scalar arithmetic that loops call where one JavaScript expression does not do what C and NumPy do. */
import { AppError } from '#shared/errors.ts';

const int32Smallest = -2147483648;
const int64Smallest = -(2n ** 63n);

/** C's cast of a double to int32 on x86-64: NaN and what does not fit become the smallest integer. */
export function floatToInt32(x: number): number {
  return x > -2147483649 && x < 2147483648 ? x | 0 : int32Smallest;
}

/** C's cast of a double to uint32 on x86-64, by way of a 64-bit integer. */
export function floatToUint32(x: number): number {
  return x >= -9223372036854775808 && x < 9223372036854775808 ? x >>> 0 : 0;
}

/** C's cast of a double to int64: NaN and what does not fit become the smallest integer. */
export function floatToInt64(x: number): bigint {
  return x >= -9223372036854775808 && x < 9223372036854775808 ? BigInt(Math.trunc(x)) : int64Smallest;
}

/** C's cast of a double to uint64 on x86-64. */
export function floatToUint64(x: number): bigint {
  if (x >= 9223372036854775808) return x < 18446744073709551616 ? BigInt(Math.trunc(x)) : 0n;
  return BigInt.asUintN(64, floatToInt64(x));
}

/** The square's two parts: as it is rounded, and what that left out (Dekker's product, 1971). */
function squared(x: number): [number, number] {
  const wide = 134217729 * x;
  const high = wide - (wide - x);
  const low = x - high;
  const square = x * x;
  return [square, low * low - (square - high * high - 2 * high * low)];
}

/** √(a² + b²) without overflow, the root corrected by what its square misses, as C libraries have it. */
export function hypot(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  if (x === Infinity || y === Infinity) return Infinity;
  if (x < y) [x, y] = [y, x];
  if (!(y > x * 2 ** -54)) return x + y;
  const scale = x > 2 ** 500 ? 2 ** -600 : y < 2 ** -450 ? 2 ** 600 : 1;
  x *= scale;
  y *= scale;
  const root = Math.sqrt(x * x + y * y);
  const [r, rest] = squared(root);
  const [p, beside] = squared(x);
  const [q, besides] = squared(y);
  const missed = r - p - q + (rest - beside - besides);
  return (root - missed / (2 * root)) / scale;
}

/** Python's floor division of integers; 0 for a divisor of 0, as NumPy. */
export function intFloorDivide(a: number, b: number): number {
  return b === 0 ? 0 : Math.floor(a / b);
}

/** Python's remainder of integers: it has the sign of the divisor; 0 for a divisor of 0. */
export function intRemainder(a: number, b: number): number {
  if (b === 0) return 0;
  const r = a % b;
  return r !== 0 && r < 0 !== b < 0 ? r + b : r;
}

/** `intFloorDivide` for 64-bit integers. */
export function bigFloorDivide(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** `intRemainder` for 64-bit integers. */
export function bigRemainder(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  const r = a % b;
  return r !== 0n && r < 0n !== b < 0n ? r + b : r;
}

/** Python's floor division of floats. */
export function floorDivide(a: number, b: number): number {
  if (b === 0) return a / b;
  const mod = a % b;
  let quotient = (a - mod) / b;
  if (mod !== 0 && b < 0 !== mod < 0) quotient -= 1;
  if (quotient === 0) return Object.is(a / b, -0) || a / b < 0 ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** Python's remainder of floats: it has the sign of the divisor. */
export function remainder(a: number, b: number): number {
  const mod = a % b;
  if (mod === 0) return b < 0 || Object.is(b, -0) ? -0 : 0;
  return b < 0 !== mod < 0 ? mod + b : mod;
}

/** C's pow, which knows 1 ** NaN = 1 and (−1) ** ±∞ = 1. */
export function power(a: number, b: number): number {
  if (b === 2) return a * a;
  if (a === 1 || (a === -1 && (b === Infinity || b === -Infinity))) return 1;
  return a ** b;
}

/** Integer power modulo 2³². The caller has refused negative exponents. */
export function intPower(a: number, b: number): number {
  refuseNegativePower(b < 0);
  let result = 1;
  for (let base = a | 0, rest = b; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = Math.imul(result, base);
    base = Math.imul(base, base);
  }
  return result;
}

/** Integer power modulo 2⁶⁴. */
export function bigPower(a: bigint, b: bigint): bigint {
  refuseNegativePower(b < 0n);
  let result = 1n;
  for (let base = a, rest = b; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = BigInt.asIntN(64, result * base);
    base = BigInt.asIntN(64, base * base);
  }
  return result;
}

function refuseNegativePower(negative: boolean): void {
  if (negative)
    throw new AppError('value', 'Integers to negative integer powers are not allowed.', {
      hint: 'Make one of them a float.',
    });
}

/** Rounds to the nearest whole number, halves to the even one. */
export function rint(x: number): number {
  if (!(Math.abs(x) < 4503599627370496)) return x;
  const floor = Math.floor(x);
  const part = x - floor;
  const result = part < 0.5 ? floor : part > 0.5 ? floor + 1 : floor % 2 === 0 ? floor : floor + 1;
  return result === 0 && (x < 0 || Object.is(x, -0)) ? -0 : result;
}

/** A number of one magnitude with the sign of another. */
export function copysign(magnitude: number, sign: number): number {
  return signbit(sign) ? -Math.abs(magnitude) : Math.abs(magnitude);
}

const bits = new DataView(new ArrayBuffer(8));

/** True when the sign bit is set. */
export function signbit(x: number): number {
  if (x > 0) return 0;
  // Zeros and NaN have one too.
  bits.setFloat64(0, x);
  return bits.getUint8(0) >> 7;
}

/** log(eᵃ + eᵇ) without overflow. */
export function logaddexp(a: number, b: number): number {
  if (a === b) return a + Math.LN2;
  const difference = a - b;
  if (difference > 0) return a + Math.log1p(Math.exp(-difference));
  return difference <= 0 ? b + Math.log1p(Math.exp(difference)) : NaN;
}

/** Greatest common divisor of integers. */
export function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/** Greatest common divisor of 64-bit integers. */
export function bigGcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

const pair = new Float64Array(1);
const pairBits = new BigInt64Array(pair.buffer);
const single = new Float32Array(1);
const singleBits = new Int32Array(single.buffer);

/** The double next to `a` towards `b`. */
export function nextafter(a: number, b: number): number {
  if (a !== a || b !== b) return NaN;
  if (a === b) return b;
  if (a === 0) return b > 0 ? 5e-324 : -5e-324;
  pair[0] = a;
  pairBits[0] += a < b === a > 0 ? 1n : -1n;
  return pair[0];
}

/** The float32 next to `a` towards `b`. */
export function nextafter32(a: number, b: number): number {
  if (a !== a || b !== b) return NaN;
  if (a === b) return b;
  single[0] = 0;
  if (a === 0) singleBits[0] = 1;
  else {
    single[0] = a;
    singleBits[0] += a < b === a > 0 ? 1 : -1;
  }
  return a === 0 && b < 0 ? -single[0] : single[0];
}
