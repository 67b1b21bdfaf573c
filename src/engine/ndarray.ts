import { type DType, itemsize } from '#shared/dtype.ts';

/** The typed array that holds elements of a dtype; complex numbers lie as (re, im) pairs. */
export type Data =
  | Uint8Array
  | Int8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

const dataClass = {
  bool: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
  complex64: Float32Array,
  complex128: Float64Array,
} as const;

/** An array as plain data, to be handed to another thread: both then see the same memory. */
export interface ArrayDescriptor {
  dtype: DType;
  shape: number[];
  /** Bytes between neighbours along each axis. */
  strides: number[];
  /** Bytes from the start of the buffer to element (0, …, 0). */
  offset: number;
  buffer: SharedArrayBuffer;
}

/** An n-dimensional array over shared memory; views share the buffer, as in NumPy. */
export class NDArray {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Bytes between neighbours along each axis. */
  readonly strides: readonly number[];
  /** Bytes from the start of the buffer to element (0, …, 0). */
  readonly offset: number;
  readonly buffer: SharedArrayBuffer;
  /** The whole buffer as elements (complex: pairs); index it with (offset + Σ iₖ·strideₖ) / bytes per entry. */
  readonly data: Data;

  constructor(d: {
    dtype: DType;
    shape: readonly number[];
    strides?: readonly number[];
    offset?: number;
    buffer: SharedArrayBuffer;
  }) {
    this.dtype = d.dtype;
    this.shape = d.shape;
    this.strides = d.strides ?? contiguousStrides(d.shape, itemsize[d.dtype]);
    this.offset = d.offset ?? 0;
    this.buffer = d.buffer;
    this.data = new (dataClass[d.dtype] as new (buffer: SharedArrayBuffer) => Data)(d.buffer);
  }

  get ndim(): number {
    return this.shape.length;
  }

  get size(): number {
    return this.shape.reduce((product, n) => product * n, 1);
  }

  get itemsize(): number {
    return itemsize[this.dtype];
  }

  get nbytes(): number {
    return this.size * this.itemsize;
  }

  get T(): NDArray {
    return new NDArray({ ...this.descriptor(), shape: [...this.shape].reverse(), strides: [...this.strides].reverse() });
  }

  /** True when the elements lie row after row without gaps. */
  get cContiguous(): boolean {
    let expected = this.itemsize;
    for (let axis = this.ndim - 1; axis >= 0; axis--) {
      if (this.shape[axis] !== 1 && this.strides[axis] !== expected) return this.size === 0;
      expected *= this.shape[axis];
    }
    return true;
  }

  descriptor(): ArrayDescriptor {
    return {
      dtype: this.dtype,
      shape: [...this.shape],
      strides: [...this.strides],
      offset: this.offset,
      buffer: this.buffer,
    };
  }

  static from(descriptor: ArrayDescriptor): NDArray {
    return new NDArray(descriptor);
  }
}

/** C-order strides in bytes. */
export function contiguousStrides(shape: readonly number[], bytes: number): number[] {
  const strides = new Array<number>(shape.length);
  for (let axis = shape.length - 1, step = bytes; axis >= 0; axis--) {
    strides[axis] = step;
    step *= Math.max(1, shape[axis]);
  }
  return strides;
}
