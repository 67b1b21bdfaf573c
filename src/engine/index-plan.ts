import { AppError } from '#shared/errors.ts';
import { broadcast_shapes } from './broadcast.ts';
import { astype, broadcast_to } from './cast.ts';
import { type ArrayLike, array, empty, zeros } from './create.ts';
import { crossover } from './kernels/crossover.ts';
import { placesOfFlags } from './kernels/picking.ts';
import { shapeCode } from './memory.ts';
import { contiguousStrides, NDArray, normalizeIndex } from './ndarray.ts';
import { isInteger } from './promotion.ts';
import { type BasicIndex, ellipsis, Slice, sliced } from './slicing.ts';
import { entryStrides } from './strided.ts';

/** One part of an index: what `sliced` takes, or an array (or nested list) of integers or booleans. */
export type Index = BasicIndex | boolean | NDArray | readonly ArrayLike[];

/** Where the elements lie that an index picks. */
export interface IndexPlan {
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

/** Resolves an index against an array, or refuses it in NumPy's words. */
export function planIndex(a: NDArray, index: readonly Index[]): IndexPlan {
  const parts = expand(a, index);
  const basic: BasicIndex[] = [];
  const arrays: { axis: number; values: NDArray; length: number; original: number }[] = [];
  const advanced = parts.some((part) => part instanceof NDArray || part instanceof Flag);
  const places: number[] = [];
  let axisOut = 0;
  let axisIn = 0;
  parts.forEach((part, place) => {
    if (part instanceof Flag) {
      // An axis of its own, of which the first place is taken or none.
      arrays.push({ axis: axisOut, values: zeros(part.set ? 1 : 0, 'int64'), length: 1, original: axisOut });
      places.push(place);
      basic.push(null);
      axisOut++;
    } else if (part instanceof NDArray || (advanced && typeof part === 'number')) {
      // Integers are looked at even where nothing is picked, lists are not.
      const values = part instanceof NDArray ? part : array(normalizeIndex(part, a.shape[axisIn], axisIn));
      arrays.push({ axis: axisOut, values, length: a.shape[axisIn], original: axisIn });
      places.push(place);
      basic.push(new Slice());
      axisOut++;
      axisIn++;
    } else {
      basic.push(part);
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
      `shape mismatch: indexing arrays could not be broadcast together with shapes ${lists
        .filter((list) => list.ndim > 0)
        .map((list) => `${shapeCode(list.shape)} `)
        .join('')}`,
    );
  }
}

/** A single boolean: it takes no axis of the array and adds one, of length 1 or 0. */
class Flag {
  readonly set: boolean;

  constructor(set: boolean) {
    this.set = set;
  }
}

type Part = BasicIndex | NDArray | Flag;

/** The array that a list or an array is as an index; a single integer or boolean as itself. */
function arrayPart(part: NDArray | readonly ArrayLike[]): NDArray | number | Flag {
  if (!(part instanceof NDArray)) {
    const list = array(part);
    if (list.size === 0) return empty(list.shape, 'int64');
    if (!isInteger(list.dtype) && list.dtype !== 'bool') normalizeIndex(0.5, 1, 0);
    return list;
  }
  if (part.dtype !== 'bool' && !isInteger(part.dtype))
    throw new AppError('index', 'arrays used as indices must be of integer (or boolean) type');
  if (part.ndim > 0) return part;
  return part.dtype === 'bool' ? new Flag(part.item() === true) : Number(part.item());
}

/** Writes the ellipsis and masks out, so that every part but newaxis and flags stands for one axis. */
function expand(a: NDArray, index: readonly Index[]): Part[] {
  const parts = index.map((part): Part => {
    if (typeof part === 'boolean') return new Flag(part);
    if (part instanceof NDArray || Array.isArray(part)) return arrayPart(part as NDArray | readonly ArrayLike[]);
    if (typeof part === 'number' && !Number.isInteger(part)) normalizeIndex(part, 1, 0);
    return part as BasicIndex;
  });
  if (parts.filter((part) => part === ellipsis).length > 1) {
    throw new AppError('index', "an index can only have a single ellipsis ('...')");
  }
  const takes = (part: Part): number => {
    if (part === null || part === ellipsis || part instanceof Flag) return 0;
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
  return filled.flatMap((part): Part[] => {
    const from = axis;
    axis += takes(part);
    if (!(part instanceof NDArray) || part.dtype !== 'bool') return [part];
    part.shape.forEach((n, k) => {
      // NumPy does not look at a mask's axis of no length.
      if (n !== 0 && n !== a.shape[from + k]) {
        throw new AppError(
          'index',
          `boolean index did not match indexed array along axis ${from + k}; size of axis is ${a.shape[from + k]} but size of corresponding boolean axis is ${n}`,
        );
      }
    });
    return nonzero(part);
  });
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
      if (k < -length || k >= length)
        throw new AppError('index', `index ${k} is out of bounds for axis ${original} with size ${length}`);
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

/**
 * The indices of the elements that are not zero: one int64 array per axis, in C order.
 *
 * a (…) of any dtype → arrays (p,), where p is the number of those elements.
 *
 * @throws AppError 'value' "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.".
 * @example nonzero(array([0, 5, 6]))[0].tolist() // [1n, 2n]
 */
export function nonzero(a: NDArray): NDArray[] {
  if (a.ndim === 0) {
    throw new AppError(
      'value',
      `Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.${a.dtype === 'bool' ? ' If the context of this error is of the form `arr[nonzero(cond)]`, just use `arr[cond]`.' : ''}`,
    );
  }
  const flags = a.dtype === 'bool' && a.cContiguous ? a : astype(a, 'bool', { order: 'C' });
  if (a.size >= crossover.costly) return placesOfFlags(flags);
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
