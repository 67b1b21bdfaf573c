import { type DType, itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype, copy, copyInto, emptyLike, type Order, tellCast } from './cast.ts';
import { crossover } from './kernels/crossover.ts';
import { native } from './native.ts';
import { allocate, shapeCode, shapeText } from './memory.ts';
import { columnStrides, contiguousStrides, NDArray } from './ndarray.ts';
import { requireHeld, requireInRange, result_type, scalarType, type Weak } from './promotion.ts';
import { PyFloat, type Scalar } from './scalar.ts';
import { viewOf } from './typed-views.ts';

/** What `array` takes: a scalar, an array, or lists of them nested to any depth. */
export type ArrayLike = Weak | NDArray | readonly ArrayLike[];

/** A shape, or the length of a 1-d array. */
export type ShapeLike = number | readonly number[];

/**
 * Checks a shape given by a caller.
 * @throws AppError 'dtype' "'…' object cannot be interpreted as an integer"; 'value' "negative dimensions are not
 * allowed", "maximum supported dimension for an ndarray is currently 64, found …".
 * @example asShape(3) // [3]
 */
export function asShape(shape: ShapeLike): readonly number[] {
  const list = typeof shape === 'number' ? [shape] : shape;
  for (const n of list) {
    if (!Number.isInteger(n))
      throw new AppError('dtype', `'${typeof n}' object cannot be interpreted as an integer`, { argument: 'shape' });
    if (n < 0) throw new AppError('value', 'negative dimensions are not allowed', { argument: 'shape' });
  }
  if (list.length > 64)
    throw new AppError('value', `maximum supported dimension for an ndarray is currently 64, found ${list.length}`);
  return list;
}

/**
 * A new array whose values nobody has set (here: zeros, since shared memory begins that way).
 *
 * Of `shape` (…), float64 unless another dtype is given, in C order or Fortran's.
 *
 * @throws AppError 'memory' with numbers when the machine cannot hold it; 'value' for negative lengths.
 * @example empty([2, 3]).shape // [2, 3]
 */
export function empty(shape: ShapeLike, dtype: DType = 'float64', order: 'C' | 'F' = 'C'): NDArray {
  return laidOut(asShape(shape), dtype, order, 'zero');
}

function laidOut(list: readonly number[], dtype: DType, order: 'C' | 'F', contents: 'zero' | 'any'): NDArray {
  const { buffer, offset, data } = allocate(list, dtype, contents);
  const bytes = itemsize[dtype];
  const strides = order === 'C' || list.length < 2 ? contiguousStrides(list, bytes) : columnStrides(list, bytes);
  return new NDArray(dtype, list, strides, offset, buffer, data ?? viewOf(buffer, dtype));
}

/**
 * A new array in C order, every element of which the caller will write.
 *
 * Of `shape` (…) and the given dtype.
 *
 * @example unset([2, 3], 'float32').dtype // 'float32'
 */
export function unset(shape: readonly number[], dtype: DType): NDArray {
  const { buffer, offset, data } = allocate(shape, dtype, 'any');
  const strides = contiguousStrides(shape, itemsize[dtype]);
  return new NDArray(dtype, shape, strides, offset, buffer, data ?? viewOf(buffer, dtype));
}

/** As `unset`, in the shape of a gapless array of the same or another dtype. */
export function unsetLike(a: NDArray, dtype: DType): NDArray {
  const { buffer, offset, data } = allocate(a.shape, dtype, 'any');
  const bytes = itemsize[dtype];
  const strides = a.base === null && a.itemsize === bytes ? a.strides : contiguousStrides(a.shape, bytes);
  return new NDArray(dtype, a.shape, strides, offset, buffer, data ?? viewOf(buffer, dtype));
}

/**
 * A new array of zeros.
 *
 * Of `shape` (…), float64 unless another dtype is given, in C order or Fortran's.
 *
 * @example zeros([2, 2]).tolist() // [[0, 0], [0, 0]]
 */
export function zeros(shape: ShapeLike, dtype: DType = 'float64', order: 'C' | 'F' = 'C'): NDArray {
  return empty(shape, dtype, order);
}

/**
 * A new array of ones.
 *
 * Of `shape` (…), float64 unless another dtype is given, in C order or Fortran's.
 *
 * @example ones(3).tolist() // [1, 1, 1]
 */
export function ones(shape: ShapeLike, dtype: DType = 'float64', order: 'C' | 'F' = 'C'): NDArray {
  return full(shape, 1, dtype, order);
}

/**
 * A new array filled with one value; the dtype is the value's unless given.
 *
 * Of `shape` (…); an array as value is repeated to it.
 *
 * @example full([2], 7).tolist() // [7n, 7n]
 */
export function full(
  shape: ShapeLike,
  fill: Weak | NDArray | readonly ArrayLike[],
  dtype?: DType,
  order: 'C' | 'F' = 'C',
): NDArray {
  const value =
    typeof fill === 'object' && (fill instanceof NDArray || Array.isArray(fill))
      ? asarray(fill as ArrayLike)
      : scalarArray(fill as Weak, dtype);
  const made = laidOut(asShape(shape), dtype ?? value.dtype, order, 'any');
  if (value.ndim === 0) {
    fillWith(made, asarray(value, made.dtype).item());
    return made;
  }
  copyInto(made, broadcastFor(value, made.shape));
  return made;
}

/**
 * The array repeated to `shape` for an assignment, with NumPy's message when it does not fit.
 * @throws AppError 'shape' "could not broadcast input array from shape … into shape …".
 */
export function broadcastFor(value: NDArray, shape: readonly number[]): NDArray {
  let from = value;
  // Leading axes of length 1 may be dropped in an assignment.
  while (from.ndim > shape.length && from.shape[0] === 1) from = from.view(from.shape.slice(1), from.strides.slice(1));
  const lead = shape.length - from.ndim;
  if (lead < 0 || !from.shape.every((n, axis) => n === 1 || n === shape[lead + axis])) {
    throw new AppError(
      'shape',
      `could not broadcast input array from shape ${shapeCode(from.shape)} into shape ${shapeCode(shape)}`,
    );
  }
  const strides = shape.map((_, axis) =>
    axis < lead || from.shape[axis - lead] === 1 ? 0 : from.strides[axis - lead],
  );
  return from.view(shape, strides, from.offset, false);
}

/**
 * Sets every element, cast as C casts. a (…), of any dtype.
 * @example const a = zeros([2], 'int32'); fillWith(a, 2.9); a.tolist() // [2, 2]
 */
export function fillWith(a: NDArray, value: Scalar): void {
  if (a.size === 0) return;
  if (a.size >= crossover.plain && (a.cContiguous || a.fContiguous)) {
    a.write(a.start, value);
    const bytes = new Uint8Array(a.buffer, a.offset, a.nbytes);
    native().fill(bytes, bytes.slice(0, a.itemsize));
    return;
  }
  if (a.cContiguous && a.entries === 1) {
    a.write(a.start, value);
    (a.data as { fill(value: unknown, from: number, to: number): void }).fill(
      a.data[a.start],
      a.start,
      a.start + a.size,
    );
    return;
  }
  const one = empty([], a.dtype);
  one.write(one.start, value);
  copyInto(
    a,
    one.view(
      a.shape,
      a.shape.map(() => 0),
    ),
  );
}

/** A 0-d array of one Python scalar. */
export function scalarArray(value: Weak, dtype: DType = scalarType(value)): NDArray {
  requireInRange(value, dtype);
  const made = unset([], dtype);
  made.write(made.start, value instanceof PyFloat ? value.value : value);
  if (value instanceof PyFloat && dtype !== 'float64') tellCast(scalarArray(value, 'float64'), made);
  return made;
}

/**
 * An array of zeros like another: a (…) → (…), of a's dtype and in the order of its axes, unless others are given.
 * @example zeros_like(array([[1, 2]])).tolist() // [[0n, 0n]]
 */
export function zeros_like(a: NDArray, dtype: DType = a.dtype, order: Order = 'K'): NDArray {
  return emptyLike(a, dtype, order);
}

/**
 * An array of ones in the shape of another.
 *
 * a (…) → (…), of a's dtype unless another is given.
 *
 * @example ones_like(array([[1, 2]])).tolist() // [[1n, 1n]]
 */
export function ones_like(a: NDArray, dtype: DType = a.dtype, order: Order = 'K'): NDArray {
  return full_like(a, 1, dtype, order);
}

/**
 * An array in the shape of another, values not set.
 *
 * a (…) → (…), of a's dtype unless another is given.
 *
 * @example empty_like(array([[1, 2]])).shape // [1, 2]
 */
export function empty_like(a: NDArray, dtype: DType = a.dtype, order: Order = 'K'): NDArray {
  return emptyLike(a, dtype, order);
}

/**
 * An array in the shape of another, filled with one value.
 *
 * a (…) → (…), of a's dtype unless another is given, the value cast to it.
 *
 * @example full_like(array([1, 2]), 7.5).tolist() // [7n, 7n]
 */
export function full_like(a: NDArray, fill: Weak | NDArray, dtype: DType = a.dtype, order: Order = 'K'): NDArray {
  return fullOf(emptyLike(a, dtype, order, a.shape, 'any'), fill);
}

/**
 * The array itself, filled with a value or an array that is repeated.
 *
 * `made` (…) of any dtype, to which the value is cast and its shape broadcasts.
 *
 * @example fullOf(zeros([2, 2]), [1, 2]).tolist() // [[1, 2], [1, 2]]
 */
export function fullOf(made: NDArray, fill: ArrayLike): NDArray {
  const value = fill instanceof NDArray || Array.isArray(fill) ? asarray(fill) : scalarArray(fill as Weak, made.dtype);
  if (value.ndim === 0) {
    fillWith(made, asarray(value, made.dtype).item());
    return made;
  }
  copyInto(made, broadcastFor(value, made.shape));
  return made;
}

/**
 * The matrix with ones on diagonal `k` and zeros elsewhere.
 *
 * (n, m), float64 unless another dtype is given.
 *
 * @example eye(2).tolist() // [[1, 0], [0, 1]]
 */
export function eye(n: number, m: number = n, k = 0, dtype: DType = 'float64'): NDArray {
  const made = zeros([n, m], dtype);
  for (let i = Math.max(0, -k); i < Math.min(n, m - k); i++) made.write(made.start + (i * m + i + k) * made.entries, 1);
  return made;
}

/**
 * The n × n identity matrix. (n, n), float64 unless another dtype is given.
 * @example identity(2, 'int64').tolist() // [[1n, 0n], [0n, 1n]]
 */
export function identity(n: number, dtype: DType = 'float64'): NDArray {
  return eye(n, n, 0, dtype);
}

/**
 * A new array from nested lists; without `dtype`, the one NumPy would choose. A JavaScript number that is a whole
 * number counts as a Python int (`[1, 2]` is int64, `[1, 2.5]` float64). Lists of lists (m, n), and so on; an array is
 * copied, its dtype kept.
 *
 * @throws AppError 'value' for lists of unequal lengths.
 * @example array([[1, 2], [3, 4.5]]).dtype // 'float64'
 */
export function array(values: ArrayLike, dtype?: DType): NDArray {
  if (values instanceof NDArray) return dtype === undefined ? copy(values, 'K') : astype(values, dtype);
  const shape = detectShape(values);
  const chosen = dtype ?? detectType(values, shape);
  const made = empty(shape, chosen);
  fillFrom(made, values);
  if (values instanceof PyFloat && chosen !== 'float64') tellCast(scalarArray(values, 'float64'), made);
  return made;
}

/**
 * The array itself when nothing must change, else a new one. Lists of lists (m, n), and so on; dtypes as of `array`.
 * @example const a = array([1, 2]); asarray(a) === a // true
 */
export function asarray(values: ArrayLike, dtype?: DType): NDArray {
  if (values instanceof NDArray) return dtype === undefined || dtype === values.dtype ? values : astype(values, dtype);
  return array(values, dtype);
}

function isList(values: ArrayLike): values is readonly ArrayLike[] {
  return Array.isArray(values);
}

function detectShape(values: ArrayLike): number[] {
  const shape: number[] = [];
  let level = values;
  while (isList(level)) {
    shape.push(level.length);
    if (level.length === 0) break;
    level = level[0];
  }
  if (level instanceof NDArray) shape.push(...level.shape);
  let even = shape.length;
  const check = (part: ArrayLike, depth: number): void => {
    const length = isList(part) ? part.length : part instanceof NDArray ? part.shape[0] : undefined;
    if (length === undefined || depth >= even) {
      if (length !== undefined || depth < even) even = Math.min(even, depth);
      return;
    }
    if (length !== shape[depth]) {
      even = Math.min(even, depth);
      return;
    }
    if (isList(part)) for (const item of part) check(item, depth + 1);
    else if (part instanceof NDArray && part.shape.some((n, axis) => n !== shape[depth + axis]))
      even = Math.min(even, depth + 1);
  };
  let deeper = false;
  const depthOf = (part: ArrayLike, depth: number): void => {
    if (isList(part)) for (const item of part) depthOf(item, depth + 1);
    else if (depth + (part instanceof NDArray ? part.ndim : 0) !== shape.length) deeper = true;
  };
  if (isList(values)) {
    check(values, 0);
    if (even === shape.length && !shape.includes(0)) depthOf(values, 0);
    if (even < shape.length || deeper) {
      const dimensions = Math.max(1, Math.min(even, shape.length));
      throw new AppError(
        'value',
        `setting an array element with a sequence. The requested array has an inhomogeneous shape after ${dimensions} dimensions. The detected shape was ${shapeText(shape.slice(0, dimensions))} + inhomogeneous part.`,
      );
    }
  }
  return shape;
}

function detectType(values: ArrayLike, shape: readonly number[]): DType {
  if (!isList(values)) return values instanceof NDArray ? values.dtype : scalarType(values);
  if (shape.includes(0)) return 'float64';
  let found: DType | null = null;
  const walk = (part: ArrayLike): void => {
    if (isList(part)) {
      for (const item of part) walk(item);
      return;
    }
    const type = part instanceof NDArray ? part.dtype : scalarType(part);
    found = found === null ? type : result_type([found, type]);
  };
  walk(values);
  return found ?? 'float64';
}

function fillFrom(made: NDArray, values: ArrayLike): void {
  let entry = made.start;
  const walk = (part: ArrayLike): void => {
    if (isList(part)) {
      for (const item of part) walk(item);
    } else if (part instanceof NDArray) {
      const strides: number[] = [];
      let step = made.itemsize;
      for (let axis = part.ndim - 1; axis >= 0; axis--) {
        strides.unshift(step);
        step *= part.shape[axis];
      }
      copyInto(made.view(part.shape, strides, entry * made.data.BYTES_PER_ELEMENT), part);
      entry += part.size * made.entries;
    } else {
      requireHeld(part, made.dtype);
      made.write(entry, part instanceof PyFloat ? part.value : part);
      entry += made.entries;
    }
  };
  walk(values);
}
