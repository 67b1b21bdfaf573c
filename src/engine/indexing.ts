import { AppError } from '#shared/errors.ts';
import { broadcast_shapes, sameShape } from './broadcast.ts';
import { astype, broadcast_to, copy, copyInto, mayOverlap } from './cast.ts';
import { type ArrayLike, array, asarray, broadcastFor, empty } from './create.ts';
import { kernel, load, store } from './compile.ts';
import { shapeCode } from './memory.ts';
import { contiguousStrides, type Data, NDArray, normalizeIndex } from './ndarray.ts';
import { isInteger } from './promotion.ts';
import { normalizeAxis, transpose } from './shape.ts';
import { type BasicIndex, ellipsis, Slice, sliced } from './slicing.ts';
import { entryStrides, runStrided } from './strided.ts';

/** One part of an index: what `sliced` takes, or an array (or nested list) of integers or booleans. */
export type Index = BasicIndex | boolean | NDArray | readonly ArrayLike[];

/**
 * `a[index]`: a view for integers, slices, newaxis and ellipsis; a copy as soon as an array takes part.
 *
 * @throws AppError 'index' as NumPy words it.
 * @example getitem(arange(5), [array([true, false, true, false, true])]).tolist() // [0n, 2n, 4n]
 */
export function getitem(a: NDArray, index: readonly Index[]): NDArray {
  const plan = planIndex(a, index);
  if (plan.picked === null) return plan.view;
  const { shape, order } = plan;
  const made = empty(plan.lists.concat(plan.rest), a.dtype);
  move(plan, made, false);
  return order === null ? made.view(shape, contiguousStrides(shape, made.itemsize)) : transpose(made, order);
}

/**
 * `a[index] = value`, with the value broadcast and cast as NumPy does.
 *
 * @throws AppError 'index' and 'shape' as NumPy words it.
 * @example const a = arange(3); setitem(a, [slice(1)], 9); a.tolist() // [0n, 9n, 9n]
 */
export function setitem(a: NDArray, index: readonly Index[], value: ArrayLike): void {
  if (!a.writeable) throw new AppError('value', 'assignment destination is read-only');
  const plan = planIndex(a, index);
  const given = asarray(value);
  if (given.entries === 2 && a.entries === 1 && a.dtype !== 'bool' && !(value instanceof NDArray)) {
    throw new AppError(
      'dtype',
      `${a.dtype.startsWith('float') ? 'float' : 'int'}() argument must be a string or a real number, not 'complex'`,
    );
  }
  if (plan.picked === null) {
    copyInto(plan.view, broadcastFor(given, plan.view.shape));
    return;
  }
  const cast = astype(given, a.dtype, { copy: mayOverlap(a, given) });
  let spread: NDArray;
  try {
    spread = broadcastFor(cast, plan.shape);
  } catch {
    const mask = index.length === 1 && isMask(index[0]);
    throw new AppError(
      'shape',
      mask && given.ndim === 1
        ? `NumPy boolean array indexing assignment cannot assign ${given.size} input values to the ${plan.lists[0]} output values where the mask is true`
        : `shape mismatch: value array of shape ${shapeCode(given.shape)} could not be broadcast to indexing result of shape ${shapeCode(plan.shape)}`,
    );
  }
  const { order } = plan;
  if (order !== null) {
    const inverse = order.map((_, axis) => order.indexOf(axis));
    spread = transpose(spread, inverse);
  }
  move(plan, spread.ndim === 0 || spread.cContiguous ? spread : copy(spread), true);
}

function isMask(part: Index): boolean {
  return (
    typeof part === 'boolean' ||
    (part instanceof NDArray
      ? part.dtype === 'bool'
      : Array.isArray(part) && asarray(part as ArrayLike).dtype === 'bool')
  );
}

interface Plan {
  /** The array with its basic parts applied. */
  view: NDArray;
  /** Entry of `data` where each picked element (or sub-array) begins; null for a basic index. */
  picked: Float64Array | null;
  /** The shape that the index arrays broadcast to. */
  lists: number[];
  /** Shape and entry strides of what is picked at each place. */
  rest: number[];
  restStrides: number[];
  /** Shape of the result, and the axes of (lists…, rest…) in its order when that differs. */
  shape: number[];
  order: number[] | null;
}

function planIndex(a: NDArray, index: readonly Index[]): Plan {
  const parts = expand(a, index);
  const basic: BasicIndex[] = [];
  const arrays: { axis: number; values: NDArray; length: number; original: number }[] = [];
  const advanced = parts.some((part) => part instanceof NDArray);
  const places: number[] = [];
  let axisOut = 0;
  let axisIn = 0;
  parts.forEach((part, place) => {
    if (part instanceof NDArray || (advanced && typeof part === 'number')) {
      const values = part instanceof NDArray ? part : array(part as number);
      arrays.push({ axis: axisOut, values, length: a.shape[axisIn], original: axisIn });
      places.push(place);
      basic.push(new Slice());
      axisOut++;
      axisIn++;
    } else {
      basic.push(part as BasicIndex);
      if (part !== null) axisIn++;
      if (typeof part !== 'number') axisOut++;
    }
  });
  const view = sliced(a, ...basic);
  if (!advanced) {
    return { view, picked: null, lists: [], rest: [], restStrides: [], shape: [...view.shape], order: null };
  }
  const lists = listShape(arrays.map((list) => list.values));
  const picked = offsets(view, arrays, lists);
  const used = arrays.map((list) => list.axis);
  const axes = view.shape.map((_, axis) => axis).filter((axis) => !used.includes(axis));
  const rest = axes.map((axis) => view.shape[axis]);
  const strides = entryStrides(view);
  const restStrides = axes.map((axis) => strides[axis]);
  const together = places.every((place, k) => k === 0 || place === places[k - 1] + 1);
  const before = together ? axes.filter((axis) => axis < used[0]).length : 0;
  const shape = [...rest.slice(0, before), ...lists, ...rest.slice(before)];
  const order =
    before === 0
      ? null
      : [
          ...rest.slice(0, before).map((_, k) => lists.length + k),
          ...lists.map((_, k) => k),
          ...rest.slice(before).map((_, k) => lists.length + before + k),
        ];
  return { view, picked, lists, rest, restStrides, shape, order };
}

function listShape(lists: readonly NDArray[]): number[] {
  try {
    return broadcast_shapes(...lists.map((list) => list.shape));
  } catch {
    throw new AppError(
      'index',
      `shape mismatch: indexing arrays could not be broadcast together with shapes ${lists.map((list) => shapeCode(list.shape)).join(' ')}`,
    );
  }
}

/** Writes the ellipsis and masks out, so that every part but newaxis stands for one axis. */
function expand(a: NDArray, index: readonly Index[]): (BasicIndex | NDArray)[] {
  const parts = index.map((part): BasicIndex | NDArray => {
    if (typeof part === 'boolean') return array(part);
    if (Array.isArray(part)) {
      const list = part.length === 0 ? empty(0, 'int64') : array(part as readonly ArrayLike[]);
      if (!isInteger(list.dtype) && list.dtype !== 'bool') normalizeIndex(0.5, 1, 0);
      return list;
    }
    return part as BasicIndex | NDArray;
  });
  if (parts.filter((part) => part === ellipsis).length > 1) {
    throw new AppError('index', "an index can only have a single ellipsis ('...')");
  }
  const takes = (part: BasicIndex | NDArray): number => {
    if (part === null || part === ellipsis) return 0;
    return part instanceof NDArray && part.dtype === 'bool' ? part.ndim : 1;
  };
  const used = parts.reduce<number>((sum, part) => sum + takes(part), 0);
  if (used > a.ndim) {
    throw new AppError('index', `too many indices for array: array is ${a.ndim}-dimensional, but ${used} were indexed`);
  }
  const whole = new Array<Slice>(a.ndim - used).fill(new Slice());
  const filled = parts.includes(ellipsis)
    ? parts.flatMap((part) => (part === ellipsis ? whole : [part]))
    : [...parts, ...whole];
  let axis = 0;
  return filled.flatMap((part): (BasicIndex | NDArray)[] => {
    const from = axis;
    axis += takes(part);
    if (!(part instanceof NDArray)) return [part];
    if (part.dtype !== 'bool') {
      if (!isInteger(part.dtype))
        throw new AppError('index', 'arrays used as indices must be of integer (or boolean) type');
      return [part];
    }
    part.shape.forEach((n, k) => {
      if (n !== a.shape[from + k]) {
        throw new AppError(
          'index',
          `boolean index did not match indexed array along axis ${from + k}; size of axis is ${a.shape[from + k]} but size of corresponding boolean axis is ${n}`,
        );
      }
    });
    if (part.ndim === 0) throw new AppError('index', 'a single boolean is no index here: use an array of them');
    return nonzero(part);
  });
}

/**
 * The indices of the elements that are not zero: one int64 array per axis, in C order.
 *
 * @example nonzero(array([0, 5, 6]))[0].tolist() // [1n, 2n]
 */
export function nonzero(a: NDArray): NDArray[] {
  if (a.ndim === 0) {
    throw new AppError(
      'value',
      'Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.',
    );
  }
  const flags = astype(a, 'bool', { order: 'C' });
  const data = flags.data as Uint8Array;
  let found = 0;
  for (let i = flags.start; i < flags.start + flags.size; i++) found += data[i];
  const lists = a.shape.map(() => empty(found, 'int64'));
  const steps = contiguousStrides(a.shape, 1);
  for (let i = 0, at = 0; i < flags.size; i++) {
    if (data[flags.start + i] === 0) continue;
    let rest = i;
    lists.forEach((list, axis) => {
      const k = Math.floor(rest / steps[axis]);
      rest -= k * steps[axis];
      (list.data as BigInt64Array)[list.start + at] = BigInt(k);
    });
    at++;
  }
  return lists;
}

function offsets(
  view: NDArray,
  arrays: readonly { axis: number; values: NDArray; length: number; original: number }[],
  lists: readonly number[],
): Float64Array {
  const count = lists.reduce((product, n) => product * n, 1);
  const result = new Float64Array(count).fill(view.start);
  const strides = entryStrides(view);
  for (const { axis, values, length, original } of arrays) {
    const numbers = indexNumbers(broadcast_to(values, lists));
    const step = strides[axis];
    for (let i = 0; i < count; i++) {
      const k = numbers[i];
      if (k < -length || k >= length) {
        throw new AppError('index', `index ${k} is out of bounds for axis ${original} with size ${length}`);
      }
      result[i] += (k < 0 ? k + length : k) * step;
    }
  }
  return result;
}

/** An integer array as doubles in C order. */
function indexNumbers(values: NDArray): Float64Array {
  const numbers = astype(values, 'float64', { order: 'C' });
  return (numbers.data as Float64Array).subarray(numbers.start, numbers.start + numbers.size);
}

/** Carries every picked sub-array to (or from) a C-contiguous array of shape (lists…, rest…), or one that repeats. */
function move(plan: Plan, other: NDArray, writing: boolean): void {
  const { view, rest, restStrides } = plan;
  const picked = plan.picked ?? new Float64Array();
  const size = rest.reduce((product, n) => product * n, 1);
  const { data, entries } = view;
  const block = other.ndim === 0 ? 0 : size * entries;
  if (size === 0) return;
  if (size === 1) {
    for (let i = 0, at = other.start; i < picked.length; i++, at += block) {
      const from = picked[i];
      for (let k = 0; k < entries; k++) {
        if (writing) data[from + k] = other.data[at + k];
        else other.data[at + k] = data[from + k];
      }
    }
    return;
  }
  const loop = kernel(
    `cast ${view.dtype} ${view.dtype}`,
    2,
    () => `${load('a', 0, view.dtype, view.dtype)} ${store('a', 1, view.dtype, view.dtype)}`,
  );
  const packed = contiguousStrides(rest, entries);
  const gapless = rest.every((n, axis) => n === 1 || restStrides[axis] === packed[axis]);
  for (let i = 0, at = other.start; i < picked.length; i++, at += block) {
    const from = picked[i];
    if (gapless) {
      const [target, to, source, start] = writing ? [data, from, other.data, at] : [other.data, at, data, from];
      (target as { set(part: Data, at: number): void }).set(source.subarray(start, start + size * entries), to);
    } else if (writing) {
      runStrided(loop, rest, [other.data, data], [at, from], [packed, restStrides]);
    } else {
      runStrided(loop, rest, [data, other.data], [from, at], [restStrides, packed]);
    }
  }
}

/**
 * Elements along an axis (or of the flattened array) at integer indices.
 *
 * @throws AppError 'index' when one is out of bounds (`mode` 'raise').
 * @example take(array([4, 5, 6]), array([2, 0])).tolist() // [6n, 4n]
 */
export function take(
  a: NDArray,
  indices: ArrayLike,
  axis: number | null = null,
  mode: 'raise' | 'wrap' | 'clip' = 'raise',
): NDArray {
  const source = axis === null ? flat(a) : a;
  const along = axis === null ? 0 : normalizeAxis(axis, a.ndim);
  let list = asarray(indices);
  if (list.dtype === 'float64' && list.size === 0) list = astype(list, 'int64');
  if (!isInteger(list.dtype)) {
    throw new AppError(
      'dtype',
      `Cannot cast array data from dtype('${list.dtype}') to dtype('int64') according to the rule 'safe'`,
    );
  }
  if (mode !== 'raise') list = bringInside(list, source.shape[along], mode);
  return getitem(source, [...new Array<Slice>(along).fill(new Slice()), list.ndim === 0 ? Number(list.item()) : list]);
}

function bringInside(list: NDArray, length: number, mode: 'wrap' | 'clip'): NDArray {
  const made = astype(list, 'float64', { order: 'C' });
  const data = made.data as Float64Array;
  for (let i = made.start; i < made.start + made.size; i++) {
    data[i] = mode === 'clip' ? Math.min(length - 1, Math.max(0, data[i])) : ((data[i] % length) + length) % length;
  }
  return astype(made, 'int64');
}

function flat(a: NDArray): NDArray {
  return (a.cContiguous ? a : copy(a)).view([a.size], [a.itemsize]);
}

/** Elements at `indices` matched along an axis: `result[i, j] = a[indices[i, j], j]` for axis 0. */
export function take_along_axis(a: NDArray, indices: NDArray, axis: number | null = -1): NDArray {
  if (axis === null) return getitem(flat(a), [indices]);
  return getitem(a, alongAxis(a, indices, axis));
}

/** Writes values at `indices` matched along an axis, the inverse of `take_along_axis`. */
export function put_along_axis(a: NDArray, indices: NDArray, values: ArrayLike, axis: number): void {
  setitem(a, alongAxis(a, indices, axis), values);
}

function alongAxis(a: NDArray, indices: NDArray, axis: number): NDArray[] {
  const along = normalizeAxis(axis, a.ndim);
  if (indices.ndim !== a.ndim)
    throw new AppError('value', '`indices` and `arr` must have the same number of dimensions');
  return a.shape.map((n, k) => {
    if (k === along) return indices;
    const shape = a.shape.map((_, j) => (j === k ? n : 1));
    const made = empty(shape, 'int64');
    for (let i = 0; i < n; i++) (made.data as BigInt64Array)[made.start + i] = BigInt(i);
    return made;
  });
}

/** The elements of `a` where a mask of the same shape is true, or along an axis where a 1-d one is. */
export function compress(condition: ArrayLike, a: NDArray, axis: number | null = null): NDArray {
  const mask = astype(asarray(condition), 'bool');
  if (mask.ndim !== 1) throw new AppError('value', 'condition must be a 1-d array');
  return take(a, nonzero(mask)[0], axis);
}

/** Sets the diagonal of an array of two or more axes (equal lengths beyond two) in place. */
export function fill_diagonal(a: NDArray, value: ArrayLike, wrap = false): void {
  if (a.ndim < 2) throw new AppError('value', 'array must be at least 2-d');
  if (
    a.ndim > 2 &&
    !sameShape(
      a.shape,
      a.shape.map(() => a.shape[0]),
    )
  ) {
    throw new AppError('value', 'All dimensions of input must be of equal length');
  }
  const step = a.strides.reduce((sum, s) => sum + s, 0);
  const values = asarray(value);
  const flatValues = values.ndim === 0 ? values : flat(values);
  const write = (row: number, count: number, from: number): void => {
    for (let i = 0; i < count; i++) {
      const entry = (a.offset + row * a.strides[0] + i * step) / a.data.BYTES_PER_ELEMENT;
      a.write(entry, values.ndim === 0 ? values.item() : flatValues.item((from + i) % flatValues.size));
    }
  };
  const length = Math.min(...a.shape);
  write(0, length, 0);
  if (!wrap || a.ndim !== 2) return;
  for (let row = a.shape[1] + 1, done = length; row < a.shape[0]; row += a.shape[1] + 1) {
    const count = Math.min(a.shape[1], a.shape[0] - row);
    write(row, count, done);
    done += count;
  }
}
