import { type DType, itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype, broadcast_to } from '../cast.ts';
import { type ArrayLike, asarray } from '../create.ts';
import { firstNonfinite } from '../kernels/statistics.ts';
import { type Floats, type LapackType, native } from '../native.ts';
import { NDArray } from '../ndarray.ts';
import { lend, lentBytes } from '../recycling.ts';
import { isComplex, type Scalar } from '../scalar.ts';

/** The dtypes LAPACK works in. */
export type FloatDType = 'float32' | 'float64' | 'complex64' | 'complex128';

const letters = { float32: 's', float64: 'd', complex64: 'c', complex128: 'z' } as const;

/**
 * The first letter of LAPACK's routines for a dtype.
 * @example letterOf('complex128') // 'z'
 */
export function letterOf(dtype: FloatDType): LapackType {
  return letters[dtype];
}

/** Whether a dtype has imaginary parts. */
export function isComplexType(dtype: DType): boolean {
  return dtype === 'complex64' || dtype === 'complex128';
}

/**
 * The dtype of norms, singular values and eigenvalues of Hermitian matrices.
 * @example realType('complex64') // 'float32'
 */
export function realType(dtype: FloatDType): 'float32' | 'float64' {
  return dtype === 'float32' || dtype === 'complex64' ? 'float32' : 'float64';
}

/** The complex dtype of the same precision. */
export function complexType(dtype: FloatDType): 'complex64' | 'complex128' {
  return dtype === 'float32' || dtype === 'complex64' ? 'complex64' : 'complex128';
}

/**
 * Machine epsilon of a dtype's parts.
 * @example epsOf('float64') // 2.220446049250313e-16
 */
export function epsOf(dtype: FloatDType): number {
  return realType(dtype) === 'float32' ? 2 ** -23 : 2 ** -52;
}

const floatTypes: Partial<Record<DType, FloatDType>> = {
  float32: 'float32',
  complex64: 'complex64',
  complex128: 'complex128',
};

/** Rows and columns of a matrix at most that the addon solves in a single call, without copies made here. */
export const mostSmall = 32;

/** One matrix that is solved so. */
export function isSmall(a: NDArray): boolean {
  const { ndim, shape } = a;
  return ndim === 2 && a.size > 0 && shape[0] <= mostSmall && shape[1] <= mostSmall;
}

/** One small matrix of real numbers. */
export function isSmallReal(a: NDArray): boolean {
  return a.entries === 1 && isSmall(a);
}

/** The letter of a dtype without imaginary parts. */
export function realLetter(dtype: FloatDType): 's' | 'd' {
  return dtype === 'float32' ? 's' : 'd';
}

/** The same memory column after column, of a matrix that was made to be written so. */
export function columnAfterColumn(a: NDArray): NDArray {
  const [m] = a.shape;
  return a.view(a.shape, [a.itemsize, m * a.itemsize]);
}

/** The array itself where it has the dtype. */
export function asType(a: NDArray, dtype: FloatDType): NDArray {
  return a.dtype === dtype ? a : astype(a, dtype);
}

/**
 * The dtype in which NumPy's linalg computes on these arrays: single precision only when all of them are, complex when
 * any is; integers and bool count as float64.
 *
 * Shapes (…) do not matter.
 *
 * @example commonType(ones(2, 'float32'), ones(2, 'int8')) // 'float64'
 */
export function commonType(...arrays: readonly NDArray[]): FloatDType {
  if (arrays.length === 1) return floatTypes[arrays[0].dtype] ?? 'float64';
  const single = arrays.every((a) => a.dtype === 'float32' || a.dtype === 'complex64');
  if (arrays.some((a) => isComplexType(a.dtype))) return single ? 'complex64' : 'complex128';
  return single ? 'float32' : 'float64';
}

/** @throws AppError 'linalg' unless the array has at least two axes. */
export function requireStack(a: NDArray): void {
  if (a.ndim < 2) {
    throw new AppError('linalg', `${a.ndim}-dimensional array given. Array must be at least two-dimensional`, {
      argument: 'a',
    });
  }
}

/** @throws AppError 'linalg' unless the last two axes are equally long. */
export function requireSquare(a: NDArray): void {
  requireStack(a);
  if (a.shape[a.ndim - 1] !== a.shape[a.ndim - 2]) {
    throw new AppError('linalg', 'Last 2 dimensions of the array must be square', {
      argument: 'a',
      hint: `Its shape is (${a.shape.join(', ')}).`,
    });
  }
}

/** Which cell of an array is the first that is NaN or infinite, and what it holds; null when there is none. */
export function nonfiniteCell(a: NDArray): string | null {
  const index = firstNonfinite(a);
  return index === null ? null : cellText(index, a.get(index));
}

/** The words for a cell that holds no finite number. */
export function cellText(index: readonly number[], value: Scalar): string {
  const text = isComplex(value) ? `${value.re}${value.im < 0 ? '' : '+'}${value.im}j` : String(value);
  return `The first such cell is [${index.join(', ')}], it holds ${text.replaceAll('NaN', 'nan').replaceAll('Infinity', 'inf')}.`;
}

/**
 * Refuses what makes some LAPACK routines loop for ever. a (…), of any dtype.
 * @throws AppError 'linalg' in NumPy's words, or 'value' in SciPy's, naming the first cell that is NaN or infinite.
 * @example requireFinite(array([1, 2])) // undefined
 */
export function requireFinite(a: NDArray, argument = 'a', code: 'linalg' | 'value' = 'linalg'): void {
  const hint = nonfiniteCell(a);
  if (hint === null) return;
  const message = code === 'linalg' ? 'Array must not contain infs or NaNs' : 'array must not contain infs or NaNs';
  throw new AppError(code, message, { argument, hint });
}

/** Whatever LAPACK was linked, its integers reach this far. */
const smallestIntegerMax = 2 ** 31 - 1;

/**
 * LAPACK's integers end somewhere; past it a routine would fail without a word.
 * @throws AppError 'linalg' "… of a (…) matrix needs a work space of … numbers; the installed LAPACK can address …".
 */
export function requireIntegers(what: string, a: NDArray, needed: number): void {
  if (needed <= smallestIntegerMax) return;
  const limit = native().blas().integerMax;
  if (needed <= limit) return;
  throw new AppError(
    'linalg',
    `${what} of a (${a.shape.join(', ')}) matrix needs a work space of ${grouped(needed)} numbers; the installed LAPACK can address ${grouped(limit)}`,
    { argument: 'a', hint: 'Take a part of the matrix, or its leading singular values only.' },
  );
}

function grouped(n: number): string {
  return n.toLocaleString('en-US');
}

/** Rows and columns of each matrix of a stack. */
export function matrixShape(a: NDArray): { m: number; n: number } {
  return { m: a.shape[a.ndim - 2], n: a.shape[a.ndim - 1] };
}

/** Up to this order the matrices of a stack are worked on side by side, one thread each, in one call. */
const sideBySide = 256;

/** Whether one call does it all: for many matrices that are not large, and for one that is small. */
export function inOneCall(a: NDArray): boolean {
  const { m, n } = matrixShape(a);
  const entries = m * n;
  return a.size > 0 && (a.size > entries ? entries <= sideBySide ** 2 : orientation(m, n) === 'F');
}

/** A stack as the addon takes it, row after row; where it lies so already, in its own memory. */
export function packedStack(a: NDArray, dtype: FloatDType): Floats {
  const packed = a.dtype === dtype && a.cContiguous ? a : astype(a, dtype, { order: 'C' });
  return entriesOf(packed, 0, packed.size);
}

/** The leading axes of a stack, and how many matrices they make. */
export function stackShape(a: NDArray): { shape: readonly number[]; count: number } {
  const shape = a.shape.slice(0, -2);
  return { shape, count: shape.reduce((product, n) => product * n, 1) };
}

/** A tolerance: one number for all matrices of a stack, or one each. */
export type Tolerance = number | NDArray;

/**
 * The tolerance of each matrix of a stack, in C order.
 * @throws AppError 'dtype' for what is no real number, 'shape' when it does not broadcast to the stack's leading axes.
 */
export function eachOf(tolerance: Tolerance, shape: readonly number[], argument: string): (matrix: number) => number {
  const given: unknown = Array.isArray(tolerance) ? asarray(tolerance as ArrayLike) : tolerance;
  if (typeof given === 'number' || typeof given === 'boolean' || typeof given === 'bigint') {
    const plain = Number(given);
    return () => plain;
  }
  if (!(given instanceof NDArray) || given.entries === 2)
    throw new AppError('dtype', `${argument} must be real numbers`, { argument });
  const spread = astype(broadcast_to(given, shape), 'float64', { order: 'C' });
  return (matrix) => Number(spread.data[spread.start + matrix]);
}

/** The matrices of a stack in C order, each a view of the last two axes. */
export function* matricesOf(a: NDArray): Generator<NDArray> {
  const { shape, count } = stackShape(a);
  const lead = shape.length;
  const inner = a.shape.slice(lead);
  const strides = a.strides.slice(lead);
  const index = new Array<number>(lead).fill(0);
  let offset = a.offset;
  for (let i = 0; i < count; i++) {
    yield lead === 0 ? a : a.view(inner, strides, offset);
    for (let axis = lead - 1; axis >= 0; axis--) {
      index[axis]++;
      offset += a.strides[axis];
      if (index[axis] < shape[axis]) break;
      offset -= index[axis] * a.strides[axis];
      index[axis] = 0;
    }
  }
}

/** Memory of its own for `count` elements, contents arbitrary. */
export function scratch(dtype: FloatDType, count: number): Floats {
  const entries = isComplexType(dtype) ? 2 * count : count;
  try {
    const bytes = entries * (realType(dtype) === 'float32' ? 4 : 8);
    const { buffer, offset } = bytes >= lentBytes ? lend(bytes, true) : { buffer: new ArrayBuffer(bytes), offset: 0 };
    return realType(dtype) === 'float32'
      ? new Float32Array(buffer, offset, entries)
      : new Float64Array(buffer, offset, entries);
  } catch (cause) {
    throw new AppError('memory', `Unable to allocate work space for ${grouped(count)} numbers`, { cause });
  }
}

/**
 * Element `first` and the `count − 1` that follow in the memory of a contiguous array, for LAPACK to work on in place.
 *
 * a (…) of a floating dtype → count numbers, twice as many of complex ones.
 *
 * @example [...entriesOf(array([1.5, 2.5, 3.5]), 1, 2)] // [2.5, 3.5]
 */
export function entriesOf(a: NDArray, first: number, count: number): Floats {
  const parts = isComplexType(a.dtype) ? 2 : 1;
  const offset = a.offset + first * a.itemsize;
  return realType(a.dtype as FloatDType) === 'float32'
    ? new Float32Array(a.buffer, offset, count * parts)
    : new Float64Array(a.buffer, offset, count * parts);
}

/**
 * Copies a matrix (or any array) into `to` as `dtype`, row after row ('C') or column after column ('F').
 * Row after row of A is column after column of Aᵀ, so that 'C' hands LAPACK the transpose.
 */
export function copyMatrix(a: NDArray, to: Floats, dtype: FloatDType, order: 'C' | 'F', first = 0): void {
  const bytes = itemsize[dtype];
  if (a.size <= 64 && a.ndim === 2 && a.dtype === dtype) {
    copySmall(a, to, order, first);
    return;
  }
  const strides: number[] = new Array<number>(a.ndim);
  let step = bytes;
  for (let k = 0; k < a.ndim; k++) {
    const axis = order === 'C' ? a.ndim - 1 - k : k;
    strides[axis] = step;
    step *= Math.max(1, a.shape[axis]);
  }
  native().copy(
    new Uint8Array(a.buffer),
    a.dtype,
    a.offset,
    a.strides,
    new Uint8Array(to.buffer, to.byteOffset, to.byteLength),
    dtype,
    first * bytes,
    strides,
    a.shape,
  );
}

/**
 * How to hand a matrix to LAPACK when both ways lead to the answer: small ones column after column, as NumPy does, so
 * that roundings and signs come out the same; large ones as they lie ('C'), which is the transpose and saves turning.
 */
export function orientation(rows: number, cols: number): 'C' | 'F' {
  return rows * cols <= 16384 ? 'F' : 'C';
}

/** Crossing into the addon costs more than a few elements. */
function copySmall(a: NDArray, to: Floats, order: 'C' | 'F', first: number): void {
  const data = a.data as Floats;
  const unit = data.BYTES_PER_ELEMENT;
  const parts = a.entries;
  const [m = 0, n = 0] = a.shape;
  const rowStep = a.strides[0] / unit;
  const colStep = a.strides[1] / unit;
  const [toRow, toCol] = order === 'C' ? [n * parts, parts] : [parts, m * parts];
  for (let i = 0; i < m; i++) {
    let from = a.start + i * rowStep;
    let at = first * parts + i * toRow;
    for (let j = 0; j < n; j++, from += colStep, at += toCol) {
      to[at] = data[from];
      if (parts === 2) to[at + 1] = data[from + 1];
    }
  }
}

/** Copies a rows × cols matrix that lies column after column into row-after-row memory. */
export function toRowMajor(from: Floats, to: NDArray, first: number, rows: number, cols: number): void {
  const bytes = to.itemsize;
  native().copy(
    new Uint8Array(from.buffer, from.byteOffset, from.byteLength),
    to.dtype,
    0,
    [bytes, rows * bytes],
    new Uint8Array(to.buffer),
    to.dtype,
    to.offset + first * bytes,
    [cols * bytes, bytes],
    [rows, cols],
  );
}
