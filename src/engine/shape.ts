import { AppError } from '#shared/errors.ts';
import { copy, copyInto, emptyLike } from './cast.ts';
import { empty, type ShapeLike } from './create.ts';
import { shapeText } from './memory.ts';
import { contiguousStrides, type NDArray } from './ndarray.ts';

/**
 * The axis counted from 0.
 * @throws AppError 'index' "axis 2 is out of bounds for array of dimension 2".
 * @example normalizeAxis(-1, 3) // 2
 */
export function normalizeAxis(axis: number, ndim: number, argument = 'axis'): number {
  if (!Number.isInteger(axis) || axis < -ndim || axis >= ndim) {
    const named = argument === 'axis' || argument === 'axes' ? '' : `${argument}: `;
    throw new AppError('index', `${named}axis ${axis} is out of bounds for array of dimension ${ndim}`, { argument });
  }
  return axis < 0 ? axis + ndim : axis;
}

/**
 * Several axes counted from 0, each once.
 * @throws AppError 'dtype' "… must be an integer or a list of integers"; 'value' "repeated axis…".
 * @example normalizeAxes([0, -1], 3) // [0, 2]
 */
export function normalizeAxes(axes: number | readonly number[], ndim: number, argument = 'axis'): number[] {
  const given: unknown = axes;
  if (typeof given !== 'number' && !Array.isArray(given)) {
    throw new AppError('dtype', `${argument} must be an integer or a list of integers`, { argument });
  }
  const each = typeof axes === 'number' ? [axes] : axes;
  const list = each.map((axis) => normalizeAxis(axis, ndim, argument));
  if (new Set(list).size !== list.length)
    throw new AppError('value', `repeated axis${argument === 'axis' ? '' : ` in \`${argument}\` argument`}`, {
      argument,
    });
  return list;
}

const normalized = (axes: readonly number[], ndim: number): number[] => axes.map((axis) => normalizeAxis(axis, ndim));

/**
 * The same elements in another shape: a view where the memory allows it, else a copy. One length may be -1.
 *
 * a (…) → the lengths of `shape`, of a's dtype.
 *
 * @throws AppError 'shape' "cannot reshape array of size 6 into shape (4,)"; 'value'.
 * @example reshape(arange(6), [2, -1]).shape // [2, 3]
 */
export function reshape(a: NDArray, shape: ShapeLike, order: 'C' | 'F' | 'A' = 'C'): NDArray {
  if (!['C', 'F', 'A'].includes(order)) {
    const message =
      (order as string) === 'K'
        ? "order 'K' is not permitted for reshaping"
        : `order must be one of 'C', 'F', 'A', or 'K' (got '${String(order)}')`;
    throw new AppError('value', message, { argument: 'order' });
  }
  const wanted = typeof shape === 'number' ? [shape] : [...shape];
  const unknown = wanted.indexOf(-1);
  if (wanted.some((n) => n < -1)) throw new AppError('shape', 'can only specify one unknown dimension');
  if (unknown >= 0) {
    if (wanted.indexOf(-1, unknown + 1) >= 0) throw new AppError('shape', 'can only specify one unknown dimension');
    const known = wanted.reduce((product, n) => (n === -1 ? product : product * n), 1);
    const length = a.size / known;
    if (!Number.isInteger(length)) throw cannotReshape(a, shape);
    wanted[unknown] = length;
  }
  if (wanted.reduce((product, n) => product * n, 1) !== a.size) throw cannotReshape(a, shape);
  if (order === 'F' || (order === 'A' && a.fContiguous && !a.cContiguous)) {
    return transpose(reshape(transpose(a), wanted.reverse()));
  }
  const strides = reshapedStrides(a, wanted);
  if (strides !== null) return a.view(wanted, strides);
  const made = copy(a, 'C');
  return made.view(wanted, contiguousStrides(wanted, a.itemsize));
}

function cannotReshape(a: NDArray, shape: ShapeLike): AppError {
  const list = typeof shape === 'number' ? [shape] : shape;
  // NumPy leaves an unknown length out at the beginning and calls it a new axis elsewhere.
  const from = list.findIndex((n) => n >= 0);
  const known = list.slice(Math.max(from, 0)).map((n) => (n < 0 ? 'newaxis' : String(n)));
  const text = list.some((n) => n < 0) ? `(${known.join(',')})` : shapeText(list).replaceAll(' ', '');
  return new AppError('shape', `cannot reshape array of size ${a.size} into shape ${text}`);
}

/** Strides that show `a` in a new shape without copying, or null when its memory does not allow it. */
function reshapedStrides(a: NDArray, shape: readonly number[]): number[] | null {
  if (a.cContiguous || a.size === 0) return contiguousStrides(shape, a.itemsize);
  const old = a.shape.flatMap((n, axis) => (n === 1 ? [] : [{ n, stride: a.strides[axis] }]));
  const strides = new Array<number>(shape.length).fill(0);
  let from = 0;
  let to = 0;
  while (to < shape.length && from < old.length) {
    let newCount = shape[to];
    let oldCount = old[from].n;
    let newEnd = to + 1;
    let oldEnd = from + 1;
    while (newCount !== oldCount) {
      if (newCount < oldCount) newCount *= shape[newEnd++];
      else oldCount *= old[oldEnd++].n;
    }
    for (let k = from; k < oldEnd - 1; k++) if (old[k].stride !== old[k + 1].n * old[k + 1].stride) return null;
    strides[newEnd - 1] = old[oldEnd - 1].stride;
    for (let k = newEnd - 1; k > to; k--) strides[k - 1] = strides[k] * shape[k];
    to = newEnd;
    from = oldEnd;
  }
  for (let k = to; k < shape.length; k++) strides[k] = a.itemsize;
  return strides;
}

/**
 * The elements in one dimension: a view if the memory allows it, else a copy.
 *
 * a (m, …, n) → (m·…·n,), of a's dtype; row by row in order 'C', column by column in 'F'.
 *
 * @example ravel(array([[1, 2], [3, 4]]), 'F').tolist() // [1n, 3n, 2n, 4n]
 */
export function ravel(a: NDArray, order: 'C' | 'F' | 'A' | 'K' = 'C'): NDArray {
  if (order === 'K') {
    // As the elements lie in memory: the longest steps first.
    const axes = a.strides.map((_, k) => k).sort((i, j) => Math.abs(a.strides[j]) - Math.abs(a.strides[i]) || i - j);
    return ravel(transpose(a, axes));
  }
  return reshape(
    a,
    [-1 * Number(a.size !== 0)].map((n) => (n === 0 ? 0 : -1)),
    order,
  );
}

/**
 * The elements in one dimension, always a copy. a (m, …, n) → (m·…·n,), of a's dtype.
 * @example flatten(array([[1, 2], [3, 4]])).tolist() // [1n, 2n, 3n, 4n]
 */
export function flatten(a: NDArray, order: 'C' | 'F' = 'C'): NDArray {
  const made = empty(a.size, a.dtype);
  const source = order === 'F' ? transpose(a) : a;
  copyInto(made.view(source.shape, contiguousStrides(source.shape, a.itemsize)), source);
  return made;
}

/**
 * A view with the axes in another order (reversed by default).
 *
 * a (l, m, n) → (n, m, l), of a's dtype.
 *
 * @throws AppError 'value' "axes don't match array".
 * @example transpose(zeros([2, 3])).shape // [3, 2]
 */
export function transpose(a: NDArray, axes?: readonly number[] | null): NDArray {
  if (axes === undefined || axes === null) return a.T;
  if (axes.length !== a.ndim) throw new AppError('value', "axes don't match array", { argument: 'axes' });
  const order = axes.map((axis) => normalizeAxis(axis, a.ndim, 'axes'));
  if (new Set(order).size !== order.length)
    throw new AppError('value', 'repeated axis in transpose', { argument: 'axes' });
  return a.view(
    order.map((axis) => a.shape[axis]),
    order.map((axis) => a.strides[axis]),
  );
}

/**
 * A view with two axes exchanged. a (l, m, n) with axes 0 and 2 → (n, m, l), of a's dtype.
 * @example swapaxes(zeros([2, 3, 4]), 0, 2).shape // [4, 3, 2]
 */
export function swapaxes(a: NDArray, axis1: number, axis2: number): NDArray {
  const order = a.shape.map((_, axis) => axis);
  const first = normalizeAxis(axis1, a.ndim, 'axis1');
  const second = normalizeAxis(axis2, a.ndim, 'axis2');
  [order[first], order[second]] = [second, first];
  return transpose(a, order);
}

/**
 * A view with some axes moved to new places, the others keeping their order.
 *
 * a (l, m, n) from 0 to −1 → (m, n, l), of a's dtype.
 *
 * @throws AppError 'value' "`source` and `destination` arguments must have the same number of elements".
 * @example moveaxis(zeros([2, 3, 4]), 0, -1).shape // [3, 4, 2]
 */
export function moveaxis(
  a: NDArray,
  source: number | readonly number[],
  destination: number | readonly number[],
): NDArray {
  const from = normalizeAxes(source, a.ndim, 'source');
  const to = normalizeAxes(destination, a.ndim, 'destination');
  if (from.length !== to.length) {
    throw new AppError('value', '`source` and `destination` arguments must have the same number of elements');
  }
  const order = a.shape.map((_, axis) => axis).filter((axis) => !from.includes(axis));
  const pairs = from.map((axis, k) => [to[k], axis] as const).sort((p, q) => p[0] - q[0]);
  for (const [place, axis] of pairs) order.splice(place, 0, axis);
  return transpose(a, order);
}

/**
 * A view without axes of length 1. a (1, n, 1) → (n,), of a's dtype.
 * @throws AppError 'shape' "cannot select an axis to squeeze out which has size not equal to one"; 'value' "duplicate
 * value in 'axis'".
 * @example squeeze(zeros([1, 3, 1])).shape // [3]
 */
export function squeeze(a: NDArray, axis?: number | readonly number[] | null): NDArray {
  const none = a.ndim === 0 && (axis === 0 || axis === -1);
  if (Array.isArray(axis) && new Set(normalized(axis, a.ndim)).size < axis.length)
    throw new AppError('value', "duplicate value in 'axis'", { argument: 'axis' });
  const drop = axis === undefined || axis === null || none ? null : normalizeAxes(axis, a.ndim);
  if (drop?.some((k) => a.shape[k] !== 1)) {
    throw new AppError('shape', 'cannot select an axis to squeeze out which has size not equal to one', {
      argument: 'axis',
    });
  }
  const keep = a.shape.flatMap((n, k) => ((drop === null ? n === 1 : drop.includes(k)) ? [] : [k]));
  return a.view(
    keep.map((k) => a.shape[k]),
    keep.map((k) => a.strides[k]),
  );
}

/**
 * A view with new axes of length 1 at the given places of the result.
 *
 * a (m, n) with axis 0 → (1, m, n), of a's dtype.
 *
 * @example expand_dims(zeros([2, 3]), 0).shape // [1, 2, 3]
 */
export function expand_dims(a: NDArray, axis: number | readonly number[]): NDArray {
  const count = a.ndim + (typeof axis === 'number' ? 1 : axis.length);
  const places = normalizeAxes(axis, count);
  const shape: number[] = [];
  const strides: number[] = [];
  for (let k = 0, from = 0; k < count; k++) {
    const added = places.includes(k);
    shape.push(added ? 1 : a.shape[from]);
    strides.push(added ? 0 : a.strides[from]);
    if (!added) from++;
  }
  return a.view(shape, strides);
}

/**
 * The array with at least one dimension. a () → (1,), others as they are; of a's dtype.
 * @example atleast_1d(array(3)).tolist() // [3n]
 */
export function atleast_1d(a: NDArray): NDArray {
  return a.ndim >= 1 ? a : reshape(a, [1]);
}

/**
 * The array with at least two dimensions; a 1-d array becomes one row.
 *
 * a () → (1, 1), (n,) → (1, n), others as they are; of a's dtype.
 *
 * @example atleast_2d(array([1, 2])).tolist() // [[1n, 2n]]
 */
export function atleast_2d(a: NDArray): NDArray {
  return a.ndim >= 2 ? a : reshape(a, [1, a.size]);
}

/**
 * The array with at least three dimensions: () → (1, 1, 1), (n,) → (1, n, 1), (m, n) → (m, n, 1), others as they are;
 * of a's dtype.
 *
 * @example atleast_3d(zeros([2, 3])).shape // [2, 3, 1]
 */
export function atleast_3d(a: NDArray): NDArray {
  if (a.ndim >= 3) return a;
  return a.ndim === 2 ? expand_dims(a, 2) : reshape(a, [1, a.size, 1]);
}

/**
 * A view with the elements in reverse order along the given axes (all by default).
 *
 * a (…) → (…), of a's dtype.
 *
 * @example flip(array([[1, 2], [3, 4]]), 1).tolist() // [[2n, 1n], [4n, 3n]]
 */
export function flip(a: NDArray, axis?: number | readonly number[] | null): NDArray {
  const axes = axis === undefined || axis === null ? a.shape.map((_, k) => k) : normalizeAxes(axis, a.ndim);
  let { offset } = a;
  const strides = [...a.strides];
  for (const k of axes) {
    offset += Math.max(0, a.shape[k] - 1) * strides[k];
    strides[k] = -strides[k];
  }
  return a.view(a.shape, strides, a.size === 0 ? a.offset : offset);
}

/**
 * The array rotated by 90° `k` times in the plane of two axes, from the first towards the second.
 *
 * a (m, n) → (n, m) for odd `k`, of a's dtype.
 *
 * @throws AppError 'value' "Axes must be different.", "Axes=(…, …) out of range for array of ndim=….".
 * @example rot90(array([[1, 2], [3, 4]])).tolist() // [[2n, 4n], [1n, 3n]]
 */
export function rot90(a: NDArray, k = 1, axes: readonly [number, number] = [0, 1]): NDArray {
  if (axes.length !== (2 as number)) throw new AppError('value', 'len(axes) must be 2.', { argument: 'axes' });
  const [p, q] = axes;
  if (p === q || Math.abs(p - q) === a.ndim)
    throw new AppError('value', 'Axes must be different.', { argument: 'axes' });
  if (axes.some((axis) => axis < -a.ndim || axis >= a.ndim)) {
    throw new AppError('value', `Axes=(${p}, ${q}) out of range for array of ndim=${a.ndim}.`, { argument: 'axes' });
  }
  const [first, second] = normalizeAxes(axes, a.ndim, 'axes');
  const turns = ((k % 4) + 4) % 4;
  if (turns === 0) return a.view(a.shape, a.strides);
  if (turns === 2) return flip(a, [first, second]);
  return turns === 1 ? swapaxes(flip(a, second), first, second) : flip(swapaxes(a, first, second), second);
}

/**
 * A copy of `a` in its own layout; for methods that promise one.
 *
 * a (…) → (…), of a's dtype.
 *
 * @example const a = array([1, 2]); freshLike(a).base === null // true
 */
export function freshLike(a: NDArray): NDArray {
  const made = emptyLike(a);
  copyInto(made, a);
  return made;
}
