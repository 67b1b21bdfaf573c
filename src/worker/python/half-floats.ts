/**
 * Numbers of 16 bits (IEEE 754 binary16) for Python's `np.float16`. The engine has no such dtype: a float32 array whose
 * elements are all numbers of 16 bits stands for one, computed with as NumPy does, in single precision, and rounded after
 * each operation.
 */
import { astype } from '#engine/cast.ts';
import { unset } from '#engine/create.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { exponential } from '#engine/print-number.ts';
import { array2string } from '#engine/printing.ts';
import { readArguments } from './arguments.ts';
import { getArray, putArray } from './handles.ts';

const word = new DataView(new ArrayBuffer(8));

/** From here on a number rounds to infinity: halfway between 65504 and what would come next. */
const tooLarge = 65520;

/** Adding and taking away 1.5 · 2^(k + 42) rounds a double of exponent k to 11 bits, ties to even; k from -14 to 15. */
const steps = Float64Array.from({ length: 30 }, (_, k) => 1.5 * 2 ** (k - 14 + 42));

/** The nearest number of 16 bits. */
export function roundToHalf(x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude < tooLarge)) return Number.isNaN(x) ? NaN : x < 0 ? -Infinity : Infinity;
  // Below 2^-14 the step is 2^-24 throughout.
  if (magnitude < 2 ** -14) return x === 0 ? x : (x < 0 ? -1 : 1) * (magnitude + steps[0] - steps[0]);
  word.setFloat64(0, magnitude);
  const step = steps[(word.getUint16(0) >>> 4) - 1023 + 14];
  return (x < 0 ? -1 : 1) * (magnitude + step - step);
}

/** The 16 bits of a number that `roundToHalf` leaves as it is. */
function bitsOf(x: number): number {
  const sign = x < 0 || Object.is(x, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(x);
  if (Number.isNaN(x)) return 0x7e00;
  if (magnitude === Infinity) return sign | 0x7c00;
  if (magnitude < 2 ** -14) return sign | (magnitude * 2 ** 24);
  word.setFloat64(0, magnitude);
  const exponent = (word.getUint16(0) >>> 4) - 1023;
  return sign | ((exponent + 15) << 10) | (magnitude * 2 ** (10 - exponent) - 1024);
}

function ofBits(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (fraction + 1024) * 2 ** (exponent - 25));
}

/** The decimal number of fewest digits that rounds to this one. */
function shortest(x: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  const magnitude = Math.abs(x);
  let short = magnitude;
  for (let digits = 0; digits < 5; digits++) {
    short = Number(exponential(magnitude, digits));
    if (roundToHalf(short) === magnitude) break;
  }
  return x < 0 ? -short : short;
}

/** A new array whose elements are a function of another's, read as doubles. */
function mapped(a: NDArray, dtype: 'float32' | 'float64' | 'uint16', fn: (x: number) => number): NDArray {
  const source = astype(a, a.dtype === 'uint16' ? 'uint16' : a.dtype === 'float32' ? 'float32' : 'float64', {
    order: 'C',
    copy: false,
  });
  const plain = source.cContiguous ? source : astype(source, source.dtype, { order: 'C' });
  const made = unset(a.shape, dtype);
  const [from, to] = [plain.data as Float64Array, made.data as Float64Array];
  for (let k = 0; k < a.size; k++) to[made.start + k] = fn(from[plain.start + k]);
  return made;
}

/** What Python's float16 asks for. */
export function halfCalls(): Record<string, unknown> {
  return {
    /** Elements of any real array rounded to 16 bits, as float32; -1 - handle when a finite one became infinite. */
    halfRound: (handle: number): number => {
      let over = false;
      const made = mapped(getArray(handle), 'float32', (x) => {
        const half = roundToHalf(x);
        if (half - half !== 0 && x - x === 0) over = true;
        return half;
      });
      const given = putArray(made);
      return over ? -1 - given : given;
    },
    halfNumber: roundToHalf,
    halfBits: (handle: number): number => putArray(mapped(getArray(handle), 'uint16', bitsOf)),
    halfOfBits: (handle: number): number => putArray(mapped(getArray(handle), 'float32', ofBits)),
    /** A number as short as it can be told apart, for one scalar. */
    halfShortest: shortest,
    /** As `array2string` of the engine. */
    halfText: (handle: number, kinds: string, ...values: unknown[]): string =>
      array2string(mapped(getArray(handle), 'float64', shortest), {
        ...readArguments(kinds, values).kwargs,
        exponentFrom: 1000,
      }),
  };
}
