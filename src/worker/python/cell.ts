/**
 * A few bytes of Python's memory where scalars are handed over: a call gives one number, and the value beside it.
 * Eight doubles: real part, imaginary part, and the exact 64-bit integer in the third.
 */
import type { NDArray } from '#engine/ndarray.ts';
import type { Scalar } from '#engine/scalar.ts';
import { isComplex } from '#engine/scalar.ts';
import { dtypeCode, putArray } from './handles.ts';

/** Gives Python's memory; asked again at every use, since it moves when it grows. */
export type Memory = () => Uint8Array;

export class Cell {
  private readonly memory: Memory;
  private address = 0;
  private floats: Float64Array<ArrayBufferLike> = new Float64Array(0);
  private integers: BigInt64Array<ArrayBufferLike> = new BigInt64Array(0);

  constructor(memory: Memory) {
    this.memory = memory;
  }

  /** Where the cell lies in Python's memory. */
  attach(address: number): void {
    this.address = address;
    this.floats = new Float64Array(0);
  }

  /** Hands an array over: by handle, or by value in the cell when it has no axes. */
  give(array: NDArray): number {
    if (array.shape.length > 0) return putArray(array);
    this.put(array.read(array.start));
    return dtypeCode(array.dtype);
  }

  put(value: Scalar): void {
    // A view of memory that has grown has no length any more.
    if (this.floats.length === 0) {
      const { buffer } = this.memory();
      this.floats = new Float64Array(buffer, this.address, 2);
      this.integers = new BigInt64Array(buffer, this.address + 16, 1);
    }
    if (typeof value === 'number') this.floats[0] = value;
    else if (typeof value === 'bigint') this.integers[0] = value;
    else if (isComplex(value)) {
      this.floats[0] = value.re;
      this.floats[1] = value.im;
    } else this.floats[0] = value ? 1 : 0;
  }
}
