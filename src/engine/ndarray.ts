import { type DType, itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { type Data, viewOf } from './typed-views.ts';
import { surrender } from './recycling.ts';
import { isComplex, type Nested, type Scalar, toNumber } from './scalar.ts';

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

/** What an array is made of; strides of C order, offset 0 and a memory of its own unless given. */
interface Description {
  dtype: DType;
  shape: readonly number[];
  strides?: readonly number[];
  offset?: number;
  buffer: SharedArrayBuffer;
  data?: Data;
  base?: NDArray | null;
  writeable?: boolean;
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
  /** Product of the shape. */
  readonly size: number;
  /** The array that this one is a view of, or null when it owns its memory. */
  readonly base: NDArray | null;
  /** False for views that repeat elements (`broadcast_to`): writing through them would surprise. */
  readonly writeable: boolean;

  constructor(description: Description);
  /** The same without a description, for arrays that are made by the million. */
  constructor(
    dtype: DType,
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
    buffer: SharedArrayBuffer,
    data: Data,
    base?: NDArray | null,
    writeable?: boolean,
  );
  constructor(
    d: Description | DType,
    shape: readonly number[] = [],
    strides: readonly number[] = [],
    offset = 0,
    buffer?: SharedArrayBuffer,
    data?: Data,
    base: NDArray | null = null,
    writeable = true,
  ) {
    let size = 1;
    if (typeof d === 'string') {
      for (let k = 0; k < shape.length; k++) size *= shape[k];
      this.dtype = d;
      this.shape = shape;
      this.strides = strides;
      this.offset = offset;
      this.buffer = buffer as SharedArrayBuffer;
      this.data = data as Data;
      this.size = size;
      this.base = base;
      this.writeable = writeable;
      return;
    }
    for (const n of d.shape) size *= n;
    this.dtype = d.dtype;
    this.shape = d.shape;
    this.strides = d.strides ?? contiguousStrides(d.shape, itemsize[d.dtype]);
    this.offset = d.offset ?? 0;
    this.buffer = d.buffer;
    this.data = d.data ?? viewOf(d.buffer, d.dtype);
    this.size = size;
    this.base = d.base ?? null;
    this.writeable = d.writeable ?? true;
  }

  /** How many axes it has. */
  get ndim(): number {
    return this.shape.length;
  }

  /** Bytes of one element. */
  get itemsize(): number {
    return itemsize[this.dtype];
  }

  /** Bytes of all elements; of a view, those it shows. */
  get nbytes(): number {
    return this.size * this.itemsize;
  }

  /** The transpose: the same memory with the axes reversed. */
  get T(): NDArray {
    return this.view([...this.shape].reverse(), [...this.strides].reverse());
  }

  /** Entries of `data` per element: 2 for complex dtypes. */
  get entries(): 1 | 2 {
    return this.dtype === 'complex128' || this.dtype === 'complex64' ? 2 : 1;
  }

  /** Index in `data` of element (0, …, 0). */
  get start(): number {
    return this.offset / this.data.BYTES_PER_ELEMENT;
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

  /** True when the elements lie column after column without gaps. */
  get fContiguous(): boolean {
    let expected = this.itemsize;
    for (let axis = 0; axis < this.ndim; axis++) {
      if (this.shape[axis] !== 1 && this.strides[axis] !== expected) return this.size === 0;
      expected *= this.shape[axis];
    }
    return true;
  }

  /**
   * Another look at the same memory, of the same dtype and of `shape` (…). The caller answers for the strides staying
   * inside it.
   *
   * @example arange(6).view([3], [16]).tolist() // [0n, 2n, 4n]
   */
  view(
    shape: readonly number[],
    strides: readonly number[],
    offset = this.offset,
    writeable = this.writeable,
  ): NDArray {
    return new NDArray(this.dtype, shape, strides, offset, this.buffer, this.data, this.base ?? this, writeable);
  }

  /**
   * The element at `index`, one integer per axis; negative ones count from the end.
   * @throws AppError 'index' as NumPy words it.
   * @example array([[1, 2], [3, 4]]).get([-1, 0]) // 3n
   */
  get(index: readonly number[]): Scalar {
    return this.read(this.entryOf(index));
  }

  /**
   * Writes the element at `index`, cast as NumPy assignment casts.
   * @throws AppError 'value' "assignment destination is read-only", 'index' as `get`.
   * @example const a = zeros([2], 'int32'); a.set([1], 2.9); a.tolist() // [0, 2]
   */
  set(index: readonly number[], value: Scalar): void {
    if (!this.writeable) throw new AppError('value', 'assignment destination is read-only');
    this.write(this.entryOf(index), value);
  }

  /**
   * One element as a scalar: of a one-element array without arguments, by flat position with one, else by index.
   * @throws AppError 'value' "can only convert an array of size 1 to a Python scalar", "incorrect number of indices for
   * array"; 'index' "index 9 is out of bounds for size 4".
   * @example array([[1, 2], [3, 4]]).item(1, 0) // 3n
   */
  item(...index: number[]): Scalar {
    if (index.length === 0) {
      if (this.size !== 1) throw new AppError('value', 'can only convert an array of size 1 to a Python scalar');
      return this.read(this.start);
    }
    if (index.length > 1 || this.ndim === 1) {
      if (index.length !== this.ndim) throw new AppError('value', 'incorrect number of indices for array');
      return this.get(index);
    }
    let flat = index[0];
    if (flat < -this.size || flat >= this.size)
      throw new AppError('index', `index ${flat} is out of bounds for size ${this.size}`);
    if (flat < 0) flat += this.size;
    let bytes = this.offset;
    for (let axis = this.ndim - 1; axis >= 0; axis--) {
      bytes += (flat % this.shape[axis]) * this.strides[axis];
      flat = Math.floor(flat / this.shape[axis]);
    }
    return this.read(bytes / this.data.BYTES_PER_ELEMENT);
  }

  /**
   * The elements as nested lists of scalars; of a 0-d array the scalar itself.
   * @example array([[1, 2.5], [3, 4]]).tolist() // [[1, 2.5], [3, 4]]
   */
  tolist(): Nested {
    const step = this.data.BYTES_PER_ELEMENT;
    const walk = (axis: number, bytes: number): Nested => {
      if (axis === this.ndim) return this.read(bytes / step);
      return Array.from({ length: this.shape[axis] }, (_, i) => walk(axis + 1, bytes + i * this.strides[axis]));
    };
    return walk(0, this.offset);
  }

  /** The sub-arrays along the first axis (views), or the scalars of a 1-d array. */
  *[Symbol.iterator](): Generator<NDArray | Scalar> {
    if (this.ndim === 0) throw new AppError('dtype', 'iteration over a 0-d array');
    const shape = this.shape.slice(1);
    const strides = this.strides.slice(1);
    for (let i = 0; i < this.shape[0]; i++) {
      const offset = this.offset + i * this.strides[0];
      yield this.ndim === 1 ? this.read(offset / this.data.BYTES_PER_ELEMENT) : this.view(shape, strides, offset);
    }
  }

  /**
   * The scalar at an index of `data`.
   * @example const a = array([5, 6]); a.read(a.start + 1) // 6n
   */
  read(entry: number): Scalar {
    const value = this.data[entry];
    if (this.dtype === 'bool') return value !== 0;
    if (this.entries === 2) return { re: Number(value), im: Number(this.data[entry + 1]) };
    return value;
  }

  /**
   * Writes a scalar at an index of `data`, cast as C casts.
   * @example const a = array([5, 6]); a.write(a.start + 1, 7); a.tolist() // [5n, 7n]
   */
  write(entry: number, value: Scalar): void {
    const { data } = this;
    if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
      data[entry] = toBigInt(value);
    } else if (this.dtype === 'bool') {
      data[entry] = isComplex(value)
        ? Number(value.re !== 0 || value.im !== 0)
        : Number(Boolean(value) || value !== value);
    } else {
      data[entry] = toNumber(value);
      if (this.entries === 2) data[entry + 1] = isComplex(value) ? value.im : 0;
    }
  }

  /**
   * For other threads; from now on they may see the memory.
   * @example array([[1, 2]]).descriptor().shape // [1, 2]
   */
  descriptor(): ArrayDescriptor {
    surrender(this.buffer);
    return {
      dtype: this.dtype,
      shape: [...this.shape],
      strides: [...this.strides],
      offset: this.offset,
      buffer: this.buffer,
    };
  }

  /**
   * The array that another thread has described: any shape (…) and dtype, over the same memory.
   * @example NDArray.from(array([1, 2]).descriptor()).tolist() // [1n, 2n]
   */
  static from(descriptor: ArrayDescriptor): NDArray {
    return new NDArray(descriptor);
  }

  private entryOf(index: readonly number[]): number {
    if (index.length > this.ndim) {
      throw new AppError(
        'index',
        `too many indices for array: array is ${this.ndim}-dimensional, but ${index.length} were indexed`,
      );
    }
    if (index.length < this.ndim) throw new AppError('index', `${this.ndim} indices are needed, got ${index.length}`);
    let bytes = this.offset;
    for (let axis = 0; axis < index.length; axis++) {
      bytes += normalizeIndex(index[axis], this.shape[axis], axis) * this.strides[axis];
    }
    return bytes / this.data.BYTES_PER_ELEMENT;
  }
}

/**
 * The index counted from 0, or the error NumPy raises for it.
 * @throws AppError 'index' "index … is out of bounds for axis … with size …".
 * @example normalizeIndex(-1, 3, 0) // 2
 */
export function normalizeIndex(index: number, length: number, axis: number): number {
  if (!(index >= -length && index < length) || !Number.isInteger(index)) {
    if (!Number.isInteger(index)) {
      throw new AppError(
        'index',
        'only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices',
      );
    }
    throw new AppError('index', `index ${index} is out of bounds for axis ${axis} with size ${length}`);
  }
  return index < 0 ? index + length : index;
}

/**
 * A scalar as C casts it to a 64-bit integer; NaN and what does not fit become the smallest int64.
 * @example toBigInt(-2.9) // -2n
 */
export function toBigInt(value: Scalar): bigint {
  if (typeof value === 'bigint') return value;
  const number = toNumber(value);
  return Math.abs(number) < 2 ** 64 ? BigInt(Math.trunc(number)) : -(2n ** 63n);
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

/** F-order strides in bytes. */
export function columnStrides(shape: readonly number[], bytes: number): number[] {
  const strides = new Array<number>(shape.length);
  for (let axis = 0, step = bytes; axis < shape.length; axis++) {
    strides[axis] = step;
    step *= Math.max(1, shape[axis]);
  }
  return strides;
}
