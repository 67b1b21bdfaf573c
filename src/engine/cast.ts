import { type DType, itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { kernel, load, store } from './compile.ts';
import { copyInto as copyNatively } from './kernels/copy.ts';
import { crossover } from './kernels/crossover.ts';
import { allocate, shapeCode } from './memory.ts';
import { columnStrides, contiguousStrides, NDArray } from './ndarray.ts';
import { type Casting, can_cast, isInteger } from './promotion.ts';
import { type Kernel, run, runFew } from './strided.ts';
import { type Data, viewOf } from './typed-views.ts';

export type Order = 'C' | 'F' | 'A' | 'K';

/**
 * The array's elements as another dtype, as C casts them; a new array unless `copy` is false and nothing changes.
 *
 * a (…) → (…), of the given dtype, in the order of a's axes or the one that `order` says.
 *
 * @throws AppError 'dtype' when `casting` forbids it ("Cannot cast array data from dtype('float64') to dtype('int64')
 * according to the rule 'safe'").
 * @example astype(array([1.9, -1.9]), 'int32').tolist() // [1, -1]
 */
export function astype(
  a: NDArray,
  dtype: DType,
  { casting = 'unsafe', copy = true, order = 'K' }: { casting?: Casting; copy?: boolean; order?: Order } = {},
): NDArray {
  if (!can_cast(a.dtype, dtype, casting)) {
    throw new AppError(
      'dtype',
      `Cannot cast array data from dtype('${a.dtype}') to dtype('${dtype}') according to the rule '${casting}'`,
    );
  }
  if (!copy && a.dtype === dtype) return a;
  const made = emptyLike(a, dtype, order, a.shape, 'any');
  if (made.size > 0) write(a, made);
  return made;
}

/** Who hears what floats are cast to, while somebody listens. */
let heard: ((source: NDArray, target: NDArray) => void) | null = null;

/**
 * Does some work; `hear` is told of every cast of floats to a dtype that may not hold them.
 *
 * Arrays of any shapes and dtypes: it hears (source, target) before the cast is made.
 *
 * @example const heard = []; hearingCasts((from, to) => heard.push(to.dtype), () => astype(array([1e300]), 'float32')); heard // ['float32']
 */
export function hearingCasts<T>(hear: (source: NDArray, target: NDArray) => void, work: () => T): T {
  const before = heard;
  heard = (source, target) => {
    heard = null;
    hear(source, target);
    heard = told;
  };
  const told = heard;
  try {
    return work();
  } finally {
    heard = before;
  }
}

/**
 * True when a number of one dtype may lie beyond the range of another.
 * @example [mayExceed('float64', 'float32'), mayExceed('int8', 'float32')] // [true, false]
 */
export function mayExceed(from: DType, to: DType): boolean {
  if (!from.startsWith('float') && !from.startsWith('complex')) return false;
  return isInteger(to) || ((from === 'float64' || from === 'complex128') && (to === 'float32' || to === 'complex64'));
}

/** Tells who listens of a cast that was made. */
export function tellCast(source: NDArray, target: NDArray): void {
  if (heard !== null && mayExceed(source.dtype, target.dtype)) heard(source, target);
}

/**
 * A new array with the same elements; `order` as in NumPy ('K' keeps the order of the axes in memory).
 *
 * a (…) → (…), of a's dtype.
 *
 * @example const a = array([1, 2]); const b = copy(a); b.set([0], 9); a.tolist() // [1n, 2n]
 */
export function copy(a: NDArray, order: Order = 'C'): NDArray {
  return astype(a, a.dtype, { order });
}

/**
 * The array itself when its elements lie row after row, else a copy that does. At least 1-d, as in NumPy.
 *
 * a (…) → (…), () → (1,); of a's dtype unless another is given.
 *
 * @example ascontiguousarray(array([[1, 2], [3, 4]]).T).cContiguous // true
 */
export function ascontiguousarray(a: NDArray, dtype: DType = a.dtype): NDArray {
  const made = a.dtype === dtype && a.cContiguous ? a : astype(a, dtype, { order: 'C' });
  return made.ndim === 0 ? made.view([1], [made.itemsize]) : made;
}

/**
 * The array itself when its elements lie column after column, else a copy that does. At least 1-d.
 *
 * a (…) → (…), () → (1,); of a's dtype unless another is given.
 *
 * @example asfortranarray(array([[1, 2], [3, 4]])).fContiguous // true
 */
export function asfortranarray(a: NDArray, dtype: DType = a.dtype): NDArray {
  const made = a.dtype === dtype && a.fContiguous ? a : astype(a, dtype, { order: 'F' });
  return made.ndim === 0 ? made.view([1], [made.itemsize]) : made;
}

/**
 * An uninitialised array of the same shape; `order` 'K' lays its axes in memory in the order of `a`'s.
 *
 * a (…) → (…), of a's dtype unless another is given; zeros, or with `contents` 'any' whatever the memory held.
 *
 * @example emptyLike(zeros([2, 3], 'float64', 'F')).fContiguous // true
 */
export function emptyLike(
  a: NDArray,
  dtype: DType = a.dtype,
  order: Order = 'K',
  shape = a.shape,
  contents: 'zero' | 'any' = 'zero',
): NDArray {
  const { buffer, offset, data } = allocate(shape, dtype, contents);
  const strides = stridesLike(a, itemsize[dtype], order, shape);
  return new NDArray(dtype, shape, strides, offset, buffer, data ?? viewOf(buffer, dtype));
}

function stridesLike(a: NDArray, bytes: number, order: Order, shape: readonly number[]): readonly number[] {
  if (shape.length < 2 || shape.length !== a.ndim || order === 'C' || (order !== 'F' && a.cContiguous))
    return contiguousStrides(shape, bytes);
  if (order === 'F' || a.fContiguous) return columnStrides(shape, bytes);
  if (order !== 'K') return contiguousStrides(shape, bytes);
  const axes = shape
    .map((_, axis) => axis)
    .sort((i, j) => Math.abs(a.strides[j]) - Math.abs(a.strides[i]) || i - j)
    .reverse();
  const strides = new Array<number>(shape.length);
  let step = bytes;
  for (const axis of axes) {
    strides[axis] = step;
    step *= Math.max(1, shape[axis]);
  }
  return strides;
}

/**
 * Writes `source` into `target` of the same shape, casting as C casts; memory they share is handled.
 *
 * Both (…); each of its own dtype.
 *
 * @throws AppError 'value' "assignment destination is read-only".
 * @example const a = zeros([2]); copyInto(a, array([1, 2])); a.tolist() // [1, 2]
 */
export function copyInto(target: NDArray, source: NDArray): void {
  if (!target.writeable) throw new AppError('value', 'assignment destination is read-only');
  if (target.size === 0) return;
  if (!mayOverlap(target, source)) write(source, target);
  // `a[1:] += 1` ends by writing the part into its own place.
  else if (!sameLayout(target, source)) write(duplicate(source), target);
}

/** As `copyInto`, between memories that are not the same. */
function write(from: NDArray, target: NDArray): void {
  const wide = [target.dtype, from.dtype].some((dtype) => dtype === 'int64' || dtype === 'uint64');
  if (target.size >= (wide && target.dtype !== from.dtype ? crossover.costly : crossover.plain)) {
    copyNatively(from, target);
    tellCast(from, target);
    return;
  }
  if (
    target.dtype === from.dtype &&
    ((target.cContiguous && from.cContiguous) || (target.fContiguous && from.fContiguous))
  ) {
    const count = target.size * target.entries;
    const { data } = target;
    // A part of a typed array takes longer to make than a few numbers to copy.
    if (count <= fewCopied && data instanceof Float64Array && from.data instanceof Float64Array) {
      const [to, at] = [target.start, from.start];
      for (let k = 0; k < count; k++) data[to + k] = from.data[at + k];
      return;
    }
    const part = from.data.subarray(from.start, from.start + count);
    (data as { set(source: Data, at: number): void }).set(part, target.start);
    return;
  }
  const loop = castLoop(from.dtype, target.dtype);
  if (target.size < crossover.plain) runFew(loop, target, [from, target]);
  else run(loop, target.shape, [from, target]);
  tellCast(from, target);
}

const casts: Partial<Record<DType, Partial<Record<DType, Kernel>>>> = {};

function castLoop(from: DType, to: DType): Kernel {
  const row = (casts[from] ??= {});
  return (row[to] ??= kernel(`cast ${from} ${to}`, 2, () => `${load('a', 0, from, from)} ${store('a', 1, from, to)}`));
}

const fewCopied = 32;

function duplicate(a: NDArray): NDArray {
  const made = emptyLike(a, a.dtype, 'K', a.shape, 'any');
  write(a, made);
  return made;
}

/**
 * True when writing one array could change the other: their bytes lie in ranges that meet.
 *
 * Arrays of any shape and dtype; a view and its base do, even where they share no element.
 *
 * @example const a = array([1, 2, 3]); mayOverlap(a, a.T) // true
 */
export function mayOverlap(a: NDArray, b: NDArray): boolean {
  if (a.buffer !== b.buffer || a.size === 0 || b.size === 0) return false;
  const [aLow, aHigh] = extent(a);
  const [bLow, bHigh] = extent(b);
  return aLow < bHigh && bLow < aHigh;
}

/** True when both see the same elements at the same places. */
export function sameLayout(a: NDArray, b: NDArray): boolean {
  return (
    a.buffer === b.buffer &&
    a.offset === b.offset &&
    a.dtype === b.dtype &&
    a.ndim === b.ndim &&
    a.shape.every((n, axis) => n === b.shape[axis] && (n === 1 || a.strides[axis] === b.strides[axis]))
  );
}

/** First byte and the byte after the last that an array's elements can occupy. */
export function extent(a: Pick<NDArray, 'offset' | 'itemsize' | 'shape' | 'strides'>): [number, number] {
  let low = a.offset;
  let high = a.offset + a.itemsize;
  a.shape.forEach((n, axis) => {
    const reach = (n - 1) * a.strides[axis];
    if (reach < 0) low += reach;
    else high += reach;
  });
  return [low, high];
}

/**
 * The array read as another shape by repetition along axes of length 1, without copying; read-only.
 *
 * a (1, n), say, → (m, n), of a's dtype.
 *
 * @throws AppError 'value' "all elements of broadcast shape must be non-negative"; 'shape'.
 * @example broadcast_to(array([1, 2]), [2, 2]).tolist() // [[1n, 2n], [1n, 2n]]
 */
export function broadcast_to(a: NDArray, shape: readonly number[]): NDArray {
  if (shape.some((n) => n < 0)) throw new AppError('value', 'all elements of broadcast shape must be non-negative');
  const lead = shape.length - a.ndim;
  const fits = lead >= 0 && a.shape.every((n, axis) => n === shape[lead + axis] || n === 1);
  if (!fits) {
    throw new AppError(
      'shape',
      lead < 0
        ? shape.length === 0
          ? 'cannot broadcast a non-scalar to a scalar array'
          : 'input operand has more dimensions than allowed by the axis remapping'
        : `operands could not be broadcast together with remapped shapes [original->remapped]: ${shapeCode(a.shape)}  and requested shape ${shapeCode(shape)}`,
    );
  }
  const strides = shape.map((n, axis) => (axis < lead || a.shape[axis - lead] !== n ? 0 : a.strides[axis - lead]));
  return a.view(shape, strides, a.offset, false);
}
