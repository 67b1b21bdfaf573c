import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype, copy, copyInto } from './cast.ts';
import { asarray, broadcastFor, empty, unset } from './create.ts';
import { wrongDepth } from './depth.ts';
import { shapeCode } from './memory.ts';
import { take } from './taking.ts';
import { contiguousStrides, NDArray } from './ndarray.ts';
import { can_cast, type Casting, result_type } from './promotion.ts';
import {
  atleast_1d,
  atleast_2d,
  atleast_3d,
  expand_dims,
  moveaxis,
  normalizeAxis,
  ravel,
  reshape,
  transpose,
} from './shape.ts';
import { Slice, slice, sliced } from './slicing.ts';
import type { Operand } from './ufuncs/definition.ts';
import { sameShape } from './broadcast.ts';

/**
 * Arrays one after the other along an existing axis (null flattens them first).
 *
 * (…, m, …) and (…, n, …) → (…, m + n, …); the dtype all promote to, unless one is given.
 *
 * @throws AppError 'shape' when the other lengths differ, naming the arrays; 'value' "need at least one array to
 * concatenate"; 'dtype' "Cannot cast array data from dtype('…') to dtype('…') according to the rule '…'".
 * @example concatenate([array([1]), array([2, 3])]).tolist() // [1n, 2n, 3n]
 */
export function concatenate(
  arrays: readonly Operand[],
  axis: number | null = 0,
  dtype?: DType,
  casting: Casting = 'same_kind',
): NDArray {
  if (arrays.length === 0) throw new AppError('value', 'need at least one array to concatenate');
  const given = arrays.map((a) => asarray(a));
  const list = axis === null ? given.map((a) => ravel(a)) : given;
  const [first] = list;
  if (first.ndim === 0) throw new AppError('shape', 'zero-dimensional arrays cannot be concatenated');
  const along = normalizeAxis(axis ?? 0, first.ndim);
  list.forEach((a, k) => {
    if (a.ndim !== first.ndim) {
      throw new AppError(
        'shape',
        `all the input arrays must have same number of dimensions, but the array at index 0 has ${first.ndim} dimension(s) and the array at index ${k} has ${a.ndim} dimension(s)`,
      );
    }
    a.shape.forEach((n, d) => {
      if (d !== along && n !== first.shape[d]) {
        throw new AppError(
          'shape',
          `all the input array dimensions except for the concatenation axis must match exactly, but along dimension ${d}, the array at index 0 has size ${first.shape[d]} and the array at index ${k} has size ${n}`,
        );
      }
    });
  });
  const total = list.reduce((sum, a) => sum + a.shape[along], 0);
  const shape = first.shape.map((n, d) => (d === along ? total : n));
  const made = unset(shape, dtype ?? result_type(list.map((a) => a.dtype)));
  const refused = list.find((a) => !can_cast(a.dtype, made.dtype, casting));
  if (refused !== undefined) {
    throw new AppError(
      'dtype',
      `Cannot cast array data from dtype('${refused.dtype}') to dtype('${made.dtype}') according to the rule '${casting}'`,
    );
  }
  let at = 0;
  for (const a of list) {
    copyInto(made.view(a.shape, made.strides, made.offset + at * made.strides[along]), a);
    at += a.shape[along];
  }
  return made;
}

/**
 * Arrays of one shape side by side along a new axis. k arrays (m, n) → (k, m, n) for axis 0; the dtype all promote to,
 * unless one is given.
 *
 * @throws AppError 'value' "need at least one array to stack"; 'shape' "all input arrays must have the same shape".
 * @example stack([array([1, 2]), array([3, 4])]).shape // [2, 2]
 */
export function stack(arrays: readonly Operand[], axis = 0, dtype?: DType, casting?: Casting): NDArray {
  if (arrays.length === 0) throw new AppError('value', 'need at least one array to stack');
  const list = arrays.map((a) => asarray(a));
  if (list.some((a) => !sameShape(a.shape, list[0].shape))) {
    throw new AppError('shape', 'all input arrays must have the same shape');
  }
  const along = normalizeAxis(axis, list[0].ndim + 1);
  return concatenate(
    list.map((a) => expand_dims(a, along)),
    along,
    dtype,
    casting,
  );
}

/**
 * Rows below rows.
 *
 * (m, k) and (n, k) → (m + n, k), where (k,) counts as one row; the dtype all promote to, unless one is given.
 *
 * @example vstack([array([1, 2]), array([[3, 4]])]).tolist() // [[1n, 2n], [3n, 4n]]
 */
export function vstack(arrays: readonly Operand[], dtype?: DType, casting?: Casting): NDArray {
  return concatenate(
    arrays.map((a) => atleast_2d(asarray(a))),
    0,
    dtype,
    casting,
  );
}

/**
 * Columns beside columns; 1-d arrays one after the other.
 *
 * (k, m) and (k, n) → (k, m + n), or (m,) and (n,) → (m + n,); the dtype all promote to, unless one is given.
 *
 * @example hstack([array([1, 2]), array([3])]).tolist() // [1n, 2n, 3n]
 */
export function hstack(arrays: readonly Operand[], dtype?: DType, casting?: Casting): NDArray {
  const list = arrays.map((a) => atleast_1d(asarray(a)));
  return concatenate(list, list[0]?.ndim === 1 ? 0 : 1, dtype, casting);
}

/**
 * Side by side along the third axis.
 *
 * (m, n, p) and (m, n, q) → (m, n, p + q), where (n,) counts as (1, n, 1) and (m, n) as (m, n, 1); the dtype all
 * promote to.
 *
 * @example dstack([array([1, 2]), array([3, 4])]).tolist() // [[[1n, 3n], [2n, 4n]]]
 */
export function dstack(arrays: readonly Operand[]): NDArray {
  return concatenate(
    arrays.map((a) => atleast_3d(asarray(a))),
    2,
  );
}

/**
 * 1-d arrays as the columns of a matrix; 2-d arrays as they are.
 *
 * (m,) and (m, n) → (m, 1 + n); the dtype all promote to.
 *
 * @example column_stack([array([1, 2]), array([3, 4])]).tolist() // [[1n, 3n], [2n, 4n]]
 */
export function column_stack(arrays: readonly Operand[]): NDArray {
  return concatenate(
    arrays.map((a) => {
      const list = asarray(a);
      return list.ndim < 2 ? transpose(atleast_2d(list)) : list;
    }),
    1,
  );
}

/**
 * Arrays put together from nested lists of blocks, the innermost side by side. A row of (m, p) and (m, q) is (m, p +
 * q); rows below rows add up m. The dtype all promote to.
 *
 * @throws AppError 'value' "List at arrays cannot be empty".
 * @example block([[array([[1]]), array([[2]])], [array([[3, 4]])]]).tolist() // [[1n, 2n], [3n, 4n]]
 */
export function block(blocks: Operand | readonly Operand[]): NDArray {
  if (!Array.isArray(blocks)) return copy(asarray(blocks));
  if (blocks.length === 0) throw new AppError('value', 'List at arrays cannot be empty', { argument: 'arrays' });
  const depth = (part: unknown): number => (Array.isArray(part) ? 1 + depth(part[0]) : 0);
  const levels = depth(blocks);
  const leaves = (part: unknown): NDArray[] =>
    Array.isArray(part) ? part.flatMap(leaves) : [asarray(part as Operand)];
  // All get as many axes as the deepest, in front.
  const ndim = leaves(blocks).reduce((most, a) => Math.max(most, a.ndim), levels);
  const join = (part: unknown, level: number): NDArray => {
    if (!Array.isArray(part)) {
      const a = asarray(part as Operand);
      return a.ndim < ndim ? reshape(a, [...new Array<number>(ndim - a.ndim).fill(1), ...a.shape]) : a;
    }
    return concatenate(
      part.map((item) => join(item, level + 1)),
      -(levels - level),
    );
  };
  return join(blocks, 0);
}

/**
 * Parts along an axis: so many equal ones, or cut before the given indices.
 *
 * a (…, k·n, …) → k views (…, n, …), of a's dtype.
 *
 * @throws AppError 'value' "array split does not result in an equal division".
 * @example split(arange(4), 2).map((part) => part.tolist()) // [[0n, 1n], [2n, 3n]]
 */
export function split(a: Operand, parts: number | readonly number[], axis = 0): NDArray[] {
  const source = asarray(a);
  const along = axisOfSplit(axis, source);
  if (parts === 0) throw new AppError('value', 'integer modulo by zero');
  if (typeof parts === 'number' && source.shape[along] % parts !== 0) {
    throw new AppError('value', 'array split does not result in an equal division');
  }
  return array_split(source, parts, along);
}

/**
 * As `split`, but the parts may differ in length by one.
 *
 * a (…, n, …) → views (…, n / k, …) more or less, of a's dtype.
 *
 * @throws AppError 'value' "number sections must be larger than 0.".
 * @example array_split(arange(5), 2).map((part) => part.tolist()) // [[0n, 1n, 2n], [3n, 4n]]
 */
export function array_split(a: Operand, parts: number | readonly number[], axis = 0): NDArray[] {
  const source = asarray(a);
  const along = axisOfSplit(axis, source);
  const n = source.shape[along];
  let cuts: number[];
  if (typeof parts === 'number') {
    if (parts <= 0) throw new AppError('value', 'number sections must be larger than 0.');
    const each = Math.floor(n / parts);
    const extra = n % parts;
    cuts = [0];
    for (let k = 0; k < parts; k++) cuts.push(cuts[k] + each + (k < extra ? 1 : 0));
  } else {
    cuts = [0, ...parts, n];
  }
  const whole = new Array<ReturnType<typeof slice>>(along).fill(slice());
  return cuts.slice(1).map((end, k) => sliced(source, ...whole, slice(cuts[k], end)));
}

/** @throws AppError 'index' as Python's tuples word it: NumPy looks for the length in the shape. */
function axisOfSplit(axis: number, a: NDArray): number {
  if (axis >= -a.ndim && axis < a.ndim) return axis < 0 ? axis + a.ndim : axis;
  throw new AppError('index', 'tuple index out of range', {
    argument: 'axis',
    hint: `The array has ${a.ndim} axes, there is no axis ${axis}.`,
  });
}

/**
 * Parts along the second axis (the first of 1-d arrays).
 *
 * a (m, k·n) → k views (m, n), of a's dtype.
 *
 * @throws AppError 'value' "hsplit only works on arrays of 1 or more dimensions".
 * @example hsplit(array([[1, 2], [3, 4]]), 2).map((part) => part.tolist()) // [[[1n], [3n]], [[2n], [4n]]]
 */
export function hsplit(a: Operand, parts: number | readonly number[]): NDArray[] {
  const source = asarray(a);
  if (source.ndim === 0) throw new AppError('value', 'hsplit only works on arrays of 1 or more dimensions');
  return split(source, parts, source.ndim > 1 ? 1 : 0);
}

/**
 * Parts along the first axis. a (k·m, n) → k views (m, n), of a's dtype.
 * @throws AppError 'value' "vsplit only works on arrays of 2 or more dimensions".
 * @example vsplit(array([[1, 2], [3, 4]]), 2).map((part) => part.tolist()) // [[[1n, 2n]], [[3n, 4n]]]
 */
export function vsplit(a: Operand, parts: number | readonly number[]): NDArray[] {
  const source = asarray(a);
  if (source.ndim < 2) throw new AppError('value', 'vsplit only works on arrays of 2 or more dimensions');
  return split(source, parts, 0);
}

/**
 * Parts along the third axis. a (l, m, k·n) → k views (l, m, n), of a's dtype.
 * @throws AppError 'value' "dsplit only works on arrays of 3 or more dimensions".
 * @example dsplit(zeros([1, 2, 4]), 2).map((part) => part.shape) // [[1, 2, 2], [1, 2, 2]]
 */
export function dsplit(a: Operand, parts: number | readonly number[]): NDArray[] {
  const source = asarray(a);
  if (source.ndim < 3) throw new AppError('value', 'dsplit only works on arrays of 3 or more dimensions');
  return split(source, parts, 2);
}

/**
 * The array repeated as a whole along each axis.
 *
 * a (m, n) with `reps` [p, q] → (p·m, q·n), of a's dtype.
 *
 * @throws AppError 'value' "negative dimensions are not allowed".
 * @example tile(array([1, 2]), 2).tolist() // [1n, 2n, 1n, 2n]
 */
export function tile(a: Operand, reps: number | readonly number[]): NDArray {
  const source = asarray(a);
  const counts = typeof reps === 'number' ? [reps] : [...reps];
  const ndim = Math.max(counts.length, source.ndim);
  const shape = [...new Array<number>(ndim - source.ndim).fill(1), ...source.shape];
  const times = [...new Array<number>(ndim - counts.length).fill(1), ...counts];
  if (times.some((n) => n < 0))
    throw new AppError('value', 'negative dimensions are not allowed', { argument: 'reps' });
  const from = reshape(source, shape);
  const made = unset(
    shape.map((n, k) => n * times[k]),
    source.dtype,
  );
  // Every axis seen as (repetitions, length): the copies are one broadcast assignment.
  const pairs = shape.flatMap((n, k) => [times[k], n]);
  const target = made.view(pairs, contiguousStrides(pairs, made.itemsize));
  const strides = shape.flatMap((_, k) => [0, from.strides[k]]);
  copyInto(target, from.view(pairs, strides));
  return made;
}

/**
 * Every element (or slice along an axis) repeated.
 *
 * a (…, n, …) → (…, k·n, …) along an axis, (k·n,) without one, n counting all elements; of a's dtype.
 *
 * @throws AppError 'shape' "operands could not be broadcast together with shape (…,) (…,)"; 'value' "negative
 * dimensions are not allowed", "repeats may not contain negative values.".
 * @example repeat(array([1, 2]), 2).tolist() // [1n, 1n, 2n, 2n]
 */
export function repeat(a: Operand, repeats: Operand, axis: number | null = null): NDArray {
  // Whatever the counts are, C makes integers of them.
  const asked = astype(asarray(repeats), 'int64', { copy: false });
  if (asked.ndim > 1) throw wrongDepth(asked, 'repeats');
  const given = asarray(a);
  const source = axis === null || given.ndim === 0 ? ravel(given) : given;
  const along = normalizeAxis(axis ?? 0, source.ndim);
  const n = source.shape[along];
  const listed = asked.ndim === 0 ? null : (asked.tolist() as unknown[]).map(Number);
  const each = listed === null ? Number(asked.item()) : null;
  const counts = listed?.length === 1 ? new Array<number>(n).fill(listed[0]) : (listed ?? []);
  if (each === null && counts.length !== n) {
    throw new AppError('shape', `operands could not be broadcast together with shape (${n},) (${counts.length},)`);
  }
  if ((each ?? 0) < 0 && source.size > 0)
    throw new AppError('value', 'negative dimensions are not allowed', { argument: 'repeats' });
  if (counts.some((c) => c < 0))
    throw new AppError('value', 'repeats may not contain negative values.', { argument: 'repeats' });
  if (each !== null) {
    // Every slice seen as (one, repeated) is one broadcast assignment.
    const shape = [...source.shape.slice(0, along), n, each, ...source.shape.slice(along + 1)];
    const strides = [...source.strides.slice(0, along + 1), 0, ...source.strides.slice(along + 1)];
    const whole = source.shape.map((length, k) => (k === along ? length * Math.max(0, each) : length));
    const made = unset(whole, source.dtype);
    if (made.size === 0) return made;
    copyInto(made.view(shape, contiguousStrides(shape, made.itemsize)), source.view(shape, strides));
    return made;
  }
  const index = unset([counts.reduce((sum, c) => sum + c, 0)], 'int64');
  let at = index.start;
  counts.forEach((c, i) => {
    (index.data as BigInt64Array).fill(BigInt(i), at, at + c);
    at += c;
  });
  return take(source, index, along);
}

/**
 * Values added at the end along an axis (null flattens both).
 *
 * a (…, m, …) and values (…, n, …) → (…, m + n, …), (m + n,) without an axis; the dtype both promote to.
 *
 * @example append(array([1, 2]), array([3.5])).tolist() // [1, 2, 3.5]
 */
export function append(a: Operand, values: Operand, axis: number | null = null): NDArray {
  if (axis !== null) return concatenate([a, values], axis);
  return concatenate([ravel(asarray(a)), ravel(asarray(values))], 0);
}

/** Places along an axis: integers, a slice, or a mask of the axis. */
export type Places = number | readonly number[] | readonly boolean[] | Slice | NDArray;

function placesOf(places: Places, n: number, what: 'delete' | 'insert'): number | readonly number[] {
  if (places instanceof Slice) {
    const { start, step, count } = places.over(n);
    return Array.from({ length: count }, (_, k) => start + k * step);
  }
  if (places instanceof NDArray) return placesIn(places, n, what);
  if (typeof places === 'number' || typeof places[0] !== 'boolean') {
    const list = (typeof places === 'number' ? [places] : places) as readonly number[];
    if (list.some((place) => !Number.isInteger(place)))
      throw new AppError('index', 'arrays used as indices must be of integer (or boolean) type', { argument: 'obj' });
    return places as number | readonly number[];
  }
  if (places.length !== n && what === 'delete') {
    throw new AppError(
      'value',
      `boolean array argument obj to delete must be one dimensional and match the axis length of ${n}`,
      { argument: 'obj' },
    );
  }
  return (places as readonly boolean[]).flatMap((set, k) => (set ? [k] : []));
}

/** Places that an array names: of one element as itself, which may be any number. */
function placesIn(a: NDArray, n: number, what: 'delete' | 'insert'): number | readonly number[] {
  const fault = (code: 'value' | 'index', message: string): AppError =>
    new AppError(code, message, { argument: 'obj' });
  if (a.dtype === 'bool') {
    if (what === 'delete' && (a.ndim !== 1 || a.size !== n))
      throw fault(
        'value',
        `boolean array argument obj to delete must be one dimensional and match the axis length of ${n}`,
      );
    if (a.ndim !== 1) throw fault('value', 'boolean array argument obj to insert must be one dimensional');
    return (a.tolist() as boolean[]).flatMap((set, k) => (set ? [k] : []));
  }
  if (what === 'insert' && a.ndim > 1)
    throw fault('value', 'index array argument obj to insert must be one dimensional or scalar');
  if (!/int/.test(a.dtype)) throw fault('index', 'arrays used as indices must be of integer (or boolean) type');
  if (a.ndim === 0 || (what === 'delete' && a.size === 1)) return Number(a.item());
  return (ravel(a).tolist() as unknown[]).map(Number);
}

/**
 * NumPy's `delete`: rows or elements without those at the given indices.
 *
 * a (…, n, …) → (…, n − k, …), (n − k,) without an axis; of a's dtype.
 *
 * @throws AppError 'index' "index … is out of bounds for axis … with size …".
 * @example delete_(array([1, 2, 3]), 1).tolist() // [1n, 3n]
 */
export function delete_(a: Operand, indices: Places, axis: number | null = null): NDArray {
  const given = asarray(a);
  const source = axis === null ? ravel(given) : given;
  const along = normalizeAxis(axis ?? 0, source.ndim);
  const n = source.shape[along];
  const named = placesOf(indices, n, 'delete');
  const gone = new Set(
    (typeof named === 'number' ? [named] : named).map((i) => {
      const told = typeof named === 'number' ? along : 0;
      if (i < -n || i >= n) throw new AppError('index', `index ${i} is out of bounds for axis ${told} with size ${n}`);
      return i < 0 ? i + n : i;
    }),
  );
  const kept = Array.from({ length: n }, (_, i) => i).filter((i) => !gone.has(i));
  return take(source, kept.length === 0 ? empty(0, 'int64') : kept, along);
}

/**
 * Values inserted before an index along an axis (null flattens), or before several, each counted in the old array.
 *
 * a (…, n, …) → (…, n + k, …), (n + k,) without an axis; of a's dtype, to which the values are cast.
 *
 * @throws AppError 'index' "index 9 is out of bounds for axis 0 with size 3".
 * @example insert(array([1, 3]), 1, 2).tolist() // [1n, 2n, 3n]
 */
export function insert(a: Operand, index: Places, values: Operand, axis: number | null = null): NDArray {
  const given = asarray(a);
  const source = axis === null ? ravel(given) : given;
  const along = normalizeAxis(axis ?? 0, source.ndim);
  const n = source.shape[along];
  const named = placesOf(index, n, 'insert');
  const single = typeof named === 'number' ? named : named.length === 1 ? named[0] : null;
  if (single === null) return insertSeveral(source, named as readonly number[], asarray(values), along);
  const at = insertionPlace(single, n, along);
  const wanted = asarray(values);
  // The values have at least as many axes as the array; their first is the one that grows.
  const filled = reshape(wanted, [
    ...new Array<number>(Math.max(0, source.ndim - wanted.ndim)).fill(1),
    ...wanted.shape,
  ]);
  const added = typeof named === 'number' ? moveaxis(filled, 0, along) : filled;
  const count = added.shape[along];
  const shape = source.shape.map((length, k) => (k === along ? length + count : length));
  const made = unset(shape, source.dtype);
  const whole = new Array<ReturnType<typeof slice>>(along).fill(slice());
  copyInto(sliced(made, ...whole, slice(0, at)), sliced(source, ...whole, slice(0, at)));
  copyInto(sliced(made, ...whole, slice(at + count)), sliced(source, ...whole, slice(at)));
  const gap = sliced(made, ...whole, slice(at, at + count));
  copyInto(gap, broadcastFor(added, gap.shape));
  return made;
}

function insertionPlace(index: number, n: number, axis: number): number {
  if (index < -n || index > n) {
    throw new AppError('index', `index ${index} is out of bounds for axis ${axis} with size ${n}`);
  }
  return index < 0 ? index + n : index;
}

function fittingValues(values: NDArray, shape: readonly number[]): NDArray {
  try {
    return broadcastFor(values, shape);
  } catch {
    throw new AppError(
      'shape',
      `shape mismatch: value array of shape ${shapeCode(values.shape)} could not be broadcast to indexing result of shape ${shapeCode(shape)}`,
      { argument: 'values' },
    );
  }
}

function insertSeveral(source: NDArray, indices: readonly number[], values: NDArray, along: number): NDArray {
  const n = source.shape[along];
  const places = indices.map((index) => (index < 0 ? index + n : index));
  const order = places.map((_, k) => k).sort((i, j) => places[i] - places[j] || i - j);
  // Each place counts those inserted before it, and is told so.
  const shifted = new Array<number>(places.length);
  order.forEach((k, rank) => (shifted[k] = places[k] + rank));
  const longer = n + places.length;
  const outside = shifted.findIndex((place, k) => place >= longer || places[k] < 0);
  if (outside >= 0)
    throw new AppError('index', `index ${shifted[outside]} is out of bounds for axis 0 with size ${longer}`, {
      argument: 'obj',
    });
  const shape = source.shape.map((length, k) => (k === along ? places.length : length));
  const added = empty(shape, source.dtype);
  copyInto(added, fittingValues(values, shape));
  const line: number[] = [];
  let next = 0;
  for (let k = 0; k <= n; k++) {
    while (next < order.length && places[order[next]] === k) line.push(n + order[next++]);
    if (k < n) line.push(k);
  }
  return take(concatenate([source, added], along), line.length === 0 ? empty(0, 'int64') : asarray(line), along);
}

/**
 * The elements rolled along an axis, or along several; those pushed out come back at the other end.
 *
 * a (…) → (…), of a's dtype.
 *
 * @throws AppError 'value' "'shift' and 'axis' should be scalars or 1D sequences".
 * @example roll(array([1, 2, 3]), 1).tolist() // [3n, 1n, 2n]
 */
export function roll(
  a: Operand,
  shift: number | readonly number[],
  axis: number | readonly number[] | null = null,
): NDArray {
  const source = asarray(a);
  if (axis === null) {
    const total = typeof shift === 'number' ? shift : shift.reduce((sum, by) => sum + by, 0);
    return reshape(roll(ravel(source), total, 0), source.shape);
  }
  const shifts = typeof shift === 'number' ? [shift] : shift;
  const axes = typeof axis === 'number' ? [axis] : axis;
  if (shifts.length !== axes.length && shifts.length !== 1 && axes.length !== 1) {
    throw new AppError('value', "'shift' and 'axis' should be scalars or 1D sequences");
  }
  let made = source;
  for (let k = 0; k < Math.max(shifts.length, axes.length); k++)
    made = rollOnce(made, shifts[k % shifts.length], axes[k % axes.length]);
  return made === source ? copy(source) : made;
}

function rollOnce(source: NDArray, shift: number, axis: number): NDArray {
  const along = normalizeAxis(axis, source.ndim);
  const n = source.shape[along];
  if (n === 0) return copy(source);
  const by = ((shift % n) + n) % n;
  const whole = new Array<ReturnType<typeof slice>>(along).fill(slice());
  return concatenate([sliced(source, ...whole, slice(n - by)), sliced(source, ...whole, slice(0, n - by))], along);
}
