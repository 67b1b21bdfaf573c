/** Scalar arithmetic that loops call where one JavaScript expression does not do what C and NumPy do. */

const int32Smallest = -2147483648;
const int64Smallest = -(2n ** 63n);

/** C's cast of a double to int32 on x86-64: NaN and what does not fit become the smallest integer. */
export function floatToInt32(x: number): number {
  return x > -2147483649 && x < 2147483648 ? x | 0 : int32Smallest;
}

/** C's cast of a double to uint32 on x86-64, by way of a 64-bit integer. */
export function floatToUint32(x: number): number {
  return x > -9223372036854775809 && x < 9223372036854775808 ? x >>> 0 : 0;
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
