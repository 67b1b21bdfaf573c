/** Elements put into arrays by masks and places, and arrays cut and filled to other sizes. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { commonShape, sameShape } from './broadcast.ts';
import { astype, broadcast_to, copyInto } from './cast.ts';
import { type ArrayLike, asarray, asShape, broadcastFor, empty, type ShapeLike, unset } from './create.ts';
import { nonzero } from './index-plan.ts';
import { getitem, setitem } from './indexing.ts';
import { NDArray } from './ndarray.ts';
import { can_cast, type Casting, isInteger } from './promotion.ts';
import { moveaxis, normalizeAxes, normalizeAxis, ravel, reshape } from './shape.ts';
import { slice, sliced } from './slicing.ts';
import { requireMode, take } from './taking.ts';
import { commonType } from './ufuncs/resolution.ts';
import { truth } from './ufuncs/ufunc.ts';

/**
 * Writes values into an array, repeated to its shape, where the mask allows it.
 *
 * dst (…) of any dtype; src and mask broadcast to it.
 *
 * @throws AppError 'dtype' when `casting` forbids it, 'shape' when the values do not fit.
 * @example const a = zeros([3]); copyto(a, 5, 'same_kind', [true, false, true]); a.tolist() // [5, 0, 5]
 */
export function copyto(dst: NDArray, src: ArrayLike, casting: Casting = 'same_kind', where: ArrayLike = true): void {
  const values = asarray(src);
  const weak = typeof src === 'number' || typeof src === 'bigint' || typeof src === 'boolean';
  if (!weak && !can_cast(values.dtype, dst.dtype, casting)) {
    throw new AppError(
      'dtype',
      `Cannot cast array data from dtype('${values.dtype}') to dtype('${dst.dtype}') according to the rule '${casting}'`,
    );
  }
  const spread = broadcastFor(values, dst.shape);
  if (where === true) {
    copyInto(dst, spread);
    return;
  }
  const places = nonzero(broadcast_to(asarray(where, 'bool'), dst.shape));
  if (dst.ndim === 0) {
    if (places[0]?.size !== 0 && asarray(where, 'bool').item() === true) copyInto(dst, spread);
    return;
  }
  setitem(dst, places, getitem(spread, places));
}

function masked(arr: NDArray, mask: ArrayLike): NDArray {
  const flags = truth(mask);
  if (flags.size !== arr.size) throw new AppError('value', 'place: mask and data must be the same size');
  return nonzero(ravel(flags))[0];
}

/**
 * Writes `vals`, repeated as often as needed, one after the other where the mask is true.
 *
 * arr (…) of any dtype, to which the values are cast; a mask with as many elements; vals (k,).
 *
 * @throws AppError 'value' "Cannot insert from an empty array!".
 * @example const a = arange(4); place(a, [true, false, true, true], [7, 8]); a.tolist() // [7n, 1n, 8n, 7n]
 */
export function place(arr: NDArray, mask: ArrayLike, vals: ArrayLike): void {
  const places = masked(arr, mask);
  const values = ravel(asarray(vals));
  if (places.size === 0) return;
  if (values.size === 0) throw new AppError('value', 'Cannot insert from an empty array!', { argument: 'vals' });
  writeFlat(arr, places, (k) => k % values.size, values);
}

/**
 * Writes values where the mask is true: at place k of the flattened array the value at k, counted round.
 *
 * a (…) of any dtype, to which the values are cast; the mask (…) too.
 *
 * @throws AppError 'value' "putmask: mask and data must be the same size".
 * @example const a = arange(4); putmask(a, [false, true, true, false], [5, 6, 7, 8]); a.tolist() // [0n, 6n, 7n, 3n]
 */
export function putmask(a: NDArray, mask: ArrayLike, values: ArrayLike): void {
  const flags = truth(mask);
  if (flags.size !== a.size) throw new AppError('value', 'putmask: mask and data must be the same size');
  const places = nonzero(ravel(flags))[0];
  const list = ravel(asarray(values));
  if (places.size === 0 || list.size === 0) return;
  writeFlat(a, places, (_, at) => at % list.size, list);
}

/**
 * Writes values at places of the flattened array, the values repeated as often as needed.
 *
 * a (…) of any dtype, to which the values are cast; integers `ind` (k,), values of any shape.
 *
 * @throws AppError 'index' "index 9 is out of bounds for axis 0 with size 3"; 'dtype' "Cannot cast array data from
 * dtype('…') to dtype('int64') according to the rule 'safe'".
 * @example const a = arange(4); put(a, [0, -1], [7, 8]); a.tolist() // [7n, 1n, 2n, 8n]
 */
export function put(a: NDArray, ind: ArrayLike, v: ArrayLike, mode: 'raise' | 'wrap' | 'clip' = 'raise'): void {
  const values = ravel(asarray(v));
  const asked = ravel(asarray(ind));
  const given = ind instanceof NDArray || asked.entries === 2 ? asked : astype(asked, 'int64');
  if (given.size === 0 || values.size === 0) return;
  if (!isInteger(given.dtype)) {
    throw new AppError(
      'dtype',
      `Cannot cast array data from dtype('${given.dtype}') to dtype('int64') according to the rule 'safe'`,
    );
  }
  const places = take(flatIndices(a.size), given, 0, mode);
  writeFlat(a, places, (k) => k % values.size, values);
}

function flatIndices(n: number): NDArray {
  const made = empty(n, 'int64');
  for (let k = 0; k < n; k++) made.write(made.start + k, k);
  return made;
}

/** The places lie side by side. */
function writeFlat(a: NDArray, places: NDArray, source: (k: number, at: number) => number, values: NDArray): void {
  if (!a.writeable) throw new AppError('value', 'assignment destination is read-only');
  const typed = astype(values, a.dtype, { order: 'C' });
  const step = typed.entries;
  const width = a.data.BYTES_PER_ELEMENT;
  for (let k = 0; k < places.size; k++) {
    const at = Number(places.data[places.start + k]);
    const from = typed.start + source(k, at) * step;
    let to = a.start;
    let rest = at;
    for (let axis = a.ndim - 1; axis >= 0; axis--) {
      to += ((rest % a.shape[axis]) * a.strides[axis]) / width;
      rest = Math.floor(rest / a.shape[axis]);
    }
    for (let entry = 0; entry < step; entry++) a.data[to + entry] = typed.data[from + entry];
  }
}

/**
 * The elements where the condition holds, flattened. Both with n elements → (k,), where k of the condition hold; of
 * arr's dtype.
 *
 * @example extract(array([true, false]), array([4, 5])).tolist() // [4n]
 */
export function extract(condition: ArrayLike, arr: ArrayLike): NDArray {
  return take(ravel(asarray(arr)), nonzero(ravel(truth(condition)))[0]);
}

/**
 * Each element from the array of `choices` that the number in its place names. Integers a (…) and choices broadcast;
 * the dtype that the choices promote to.
 *
 * @throws AppError 'value' "invalid entry in choice array", "0-length sequence."; 'dtype' "Cannot cast … from
 * dtype('…') to dtype('int64') according to the rule 'safe'".
 * @example choose(array([1, 0]), [array([10, 20]), array([30, 40])]).tolist() // [30n, 20n]
 */
export function choose(
  a: ArrayLike,
  choices: readonly ArrayLike[],
  mode: 'raise' | 'wrap' | 'clip' = 'raise',
): NDArray {
  const index = asarray(a);
  if (!can_cast(index.dtype, 'int64', 'safe')) {
    throw new AppError(
      'dtype',
      `Cannot cast ${index.ndim === 0 ? 'scalar' : 'array data'} from dtype('${index.dtype}') to dtype('int64') according to the rule 'safe'`,
      { argument: 'a' },
    );
  }
  requireMode(mode);
  if (choices.length === 0) throw new AppError('value', '0-length sequence.', { argument: 'choices' });
  const parts = choices.map((choice) => asarray(choice));
  const shape = commonShape([...parts.map((part) => part.shape), index.shape]);
  const dtype = commonType(choices);
  const n = parts.length;
  const spread = (part: NDArray, as: DType): NDArray =>
    part.dtype === as && part.cContiguous && sameShape(part.shape, shape)
      ? part
      : astype(broadcast_to(part, shape), as, { order: 'C' });
  const flat = parts.map((part) => spread(part, dtype));
  const made = unset(shape, dtype);
  const wanted = spread(index, 'int64');
  const step = made.entries;
  for (let i = 0; i < made.size; i++) {
    let k = Number(wanted.data[wanted.start + i]);
    if (mode === 'wrap') k = ((k % n) + n) % n;
    else if (mode === 'clip') k = Math.min(n - 1, Math.max(0, k));
    else if (k < 0 || k >= n) throw new AppError('value', 'invalid entry in choice array', { argument: 'a' });
    const { data, start } = flat[k];
    for (let entry = 0; entry < step; entry++)
      made.data[made.start + i * step + entry] = data[start + i * step + entry];
  }
  return made;
}

/**
 * A new array of another shape, the elements repeated in order as often as needed.
 *
 * a (…) → `new_shape` (…), of a's dtype.
 *
 * @throws AppError 'value' "all elements of `new_shape` must be non-negative".
 * @example resize(array([1, 2]), [3]).tolist() // [1n, 2n, 1n]
 */
export function resize(a: ArrayLike, new_shape: ShapeLike): NDArray {
  const source = ravel(asarray(a));
  if ((typeof new_shape === 'number' ? [new_shape] : new_shape).some((n) => n < 0))
    throw new AppError('value', 'all elements of `new_shape` must be non-negative', { argument: 'new_shape' });
  const shape = asShape(new_shape);
  const made = empty(shape, source.dtype);
  if (source.size === 0 || made.size === 0) return made;
  const flat = reshape(made, [-1]);
  for (let at = 0; at < flat.size; at += source.size) {
    const count = Math.min(source.size, flat.size - at);
    copyInto(sliced(flat, slice(at, at + count)), sliced(source, slice(0, count)));
  }
  return made;
}

/**
 * The array without the zeros at its beginning ('f') and end ('b'), along all axes or those given.
 *
 * filt (n,) → (k,), or (m, n) → (k, l); of its dtype.
 *
 * @throws AppError 'value' for another `trim`.
 * @example trim_zeros(array([0, 1, 0])).tolist() // [1n]
 */
export function trim_zeros(filt: ArrayLike, trim = 'fb', axis: number | readonly number[] | null = null): NDArray {
  const source = asarray(filt);
  const sides = trim.toLowerCase();
  if (!['fb', 'bf', 'f', 'b'].includes(sides))
    throw new AppError('value', `unexpected character(s) in \`trim\`: '${sides}'`, { argument: 'trim' });
  const axes = axis === null ? source.shape.map((_, k) => k) : normalizeAxes(axis, source.ndim);
  if (source.ndim === 0) return source;
  const places = nonzero(source);
  return sliced(
    source,
    ...source.shape.map((_, k) => {
      if (!axes.includes(k)) return slice();
      const list = (places[k].tolist() as bigint[]).map(Number);
      if (list.length === 0) return slice(0, 0);
      const low = list.reduce((least, i) => Math.min(least, i), Infinity);
      const high = list.reduce((most, i) => Math.max(most, i), 0);
      return slice(sides.includes('f') ? low : null, sides.includes('b') ? high + 1 : null);
    }),
  );
}

/**
 * An axis rolled backwards until it stands before the place `start`.
 *
 * a (l, m, n) with axis 2 → (n, l, m), a view, of a's dtype.
 *
 * @throws AppError 'index' "'start' arg requires … <= start < …, but … was passed in".
 * @example rollaxis(zeros([2, 3, 4]), 2).shape // [4, 2, 3]
 */
export function rollaxis(a: NDArray, axis: number, start = 0): NDArray {
  const from = normalizeAxis(axis, a.ndim);
  const given = start < 0 ? start + a.ndim : start;
  if (!(given >= 0 && given <= a.ndim)) {
    throw new AppError(
      'index',
      `'start' arg requires ${-a.ndim} <= start < ${a.ndim + 1}, but ${start} was passed in`,
      {
        argument: 'start',
      },
    );
  }
  return moveaxis(a, from, from < given ? given - 1 : given);
}

/**
 * The sub-arrays along an axis as a list of views.
 *
 * x (k, m, n) → k of (m, n) for axis 0, of x's dtype.
 *
 * @throws AppError 'value' "Input array must be at least 1-d.".
 * @example unstack(array([1, 2])).map((x) => x.item()) // [1n, 2n]
 */
export function unstack(x: ArrayLike, axis = 0): NDArray[] {
  const source = asarray(x);
  if (source.ndim === 0) throw new AppError('value', 'Input array must be at least 1-d.');
  const rows = moveaxis(source, axis, 0);
  return Array.from({ length: rows.shape[0] }, (_, k) => sliced(rows, k));
}
