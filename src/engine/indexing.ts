import { AppError } from '#shared/errors.ts';
import { sameShape } from './broadcast.ts';
import { astype, copy, copyInto, mayOverlap } from './cast.ts';
import { type ArrayLike, asarray, broadcastFor, empty, unset } from './create.ts';
import { kernel, load, store } from './compile.ts';
import { type Index, type IndexPlan, planIndex } from './index-plan.ts';
import { fillFlagged, keepFlagged, masksNatively, putNatively, takeNatively } from './kernels/picking.ts';
import { shapeCode } from './memory.ts';
import { contiguousStrides, NDArray } from './ndarray.ts';
import { isInteger } from './promotion.ts';
import { PyFloat } from './scalar.ts';
import { transpose } from './shape.ts';
import { all, isBasic, Slice, sliced } from './slicing.ts';
import { runStrided } from './strided.ts';
import type { Data } from './typed-views.ts';

/**
 * `a[index]`: a view for integers, slices, newaxis and ellipsis; a copy as soon as an array takes part. Of a's dtype; a
 * (l, m, n) at an integer is (m, n), at an index array (p, q) it is (p, q, m, n).
 *
 * @throws AppError 'index' as NumPy words it.
 * @example getitem(arange(5), [array([true, false, true, false, true])]).tolist() // [0n, 2n, 4n]
 */
export function getitem(a: NDArray, index: readonly Index[]): NDArray {
  if (isBasic(index)) return sliced(a, ...index);
  if (index.length === 1 && index[0] instanceof NDArray) {
    const made = fewPicked(a, index[0]);
    if (made !== null) return made;
    const many =
      index[0].dtype === 'bool' ? masked(a, index[0]) : index[0].ndim > 0 ? takeNatively(a, 0, index[0]) : null;
    if (many !== null) return many;
  }
  if (index.length === 2 && a.ndim === 2) {
    const made = fewOfMatrix(a, index[0], index[1]);
    if (made !== null) return made;
  }
  const plan = planIndex(a, index);
  if (plan.picked === null) return plan.view;
  const { shape, order } = plan;
  const made = empty(plan.lists.concat(plan.rest), a.dtype);
  move(plan, made, false);
  return order === null ? made.view(shape, contiguousStrides(shape, made.itemsize)) : transpose(made, order);
}

/**
 * `a[index] = value`, with the value broadcast and cast as NumPy does. The value, of any dtype and with a shape that
 * broadcasts to that of `a[index]`.
 *
 * @throws AppError 'index' and 'shape' as NumPy words it; 'value' "assignment destination is read-only"; 'dtype'.
 * @example const a = arange(3); setitem(a, [slice(1)], 9); a.tolist() // [0n, 9n, 9n]
 */
export function setitem(a: NDArray, index: readonly Index[], value: ArrayLike): void {
  if (!a.writeable) throw new AppError('value', 'assignment destination is read-only');
  if (
    index.length === 1 &&
    index[0] instanceof NDArray &&
    (setFew(a, index[0], value) || setNatively(a, index[0], value))
  )
    return;
  if (index.length === 2 && setPairs(a, index[0], index[1], value)) return;
  if (isBasic(index)) {
    const view = sliced(a, ...index);
    const given = valueFor(a, value);
    if (given.ndim > 0 && index.length === a.ndim && index.every((part) => typeof part === 'number'))
      requireScalar(a, given, value);
    copyInto(view, given.ndim > 0 && sameShape(given.shape, view.shape) ? given : broadcastFor(given, view.shape));
    return;
  }
  const plan = planIndex(a, index);
  const given = valueFor(a, value);
  const mask = index.length === 1 && maskDepth(index[0]) === a.ndim;
  if (mask && given.ndim > 1) {
    throw new AppError(
      'dtype',
      `NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has ${given.ndim} dimensions`,
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

/** One element takes no sequence, of one number neither; a boolean asks the array for its truth. */
function requireScalar(a: NDArray, given: NDArray, value: ArrayLike): void {
  if (a.dtype === 'bool' && given.size === 1) return;
  const list = !(value instanceof NDArray);
  if (a.entries === 2) {
    throw new AppError(
      'dtype',
      list ? 'must be real number, not list' : 'only 0-dimensional arrays can be converted to Python scalars',
    );
  }
  if (list && isInteger(a.dtype)) {
    throw new AppError('dtype', "int() argument must be a string, a bytes-like object or a real number, not 'list'");
  }
  throw new AppError('value', 'setting an array element with a sequence.');
}

/** What is assigned: Python's numbers become the array's dtype at once, where what it cannot hold is refused. */
function valueFor(a: NDArray, value: ArrayLike): NDArray {
  return value instanceof NDArray ? value : asarray(value, a.dtype);
}

function masked(a: NDArray, mask: NDArray): NDArray | null {
  return masksNatively(a, mask) ? keepFlagged(a, mask) : null;
}

/** What most assignments to lists and masks are; false for everything else, also for what must be refused. */
function setNatively(a: NDArray, index: NDArray, value: ArrayLike): boolean {
  if (!(value instanceof NDArray) && typeof value !== 'number' && !(value instanceof PyFloat)) return false;
  const given = valueFor(a, value);
  if (mayOverlap(a, index) || (given.entries === 2 && a.entries === 1)) return false;
  if (index.dtype === 'bool') {
    if (given.ndim !== 0 || index.ndim !== a.ndim || !masksNatively(a, index)) return false;
    fillFlagged(a, index, astype(given, a.dtype));
    return true;
  }
  const shape = [...index.shape, ...a.shape.slice(1)];
  const lead = shape.length - given.ndim;
  if (index.ndim === 0 || lead < 0 || !given.shape.every((n, axis) => n === 1 || n === shape[lead + axis]))
    return false;
  return putNatively(a, index, () => {
    const cast = astype(given, a.dtype, { copy: false });
    const asItIs = cast.cContiguous && sameShape(cast.shape, shape) && !mayOverlap(a, cast);
    return asItIs ? cast : copy(broadcastFor(cast, shape));
  });
}

/** Elements up to which picking one by one is quicker than planning. */
const few = 256;

/**
 * `a[mask] = value` and `a[list] = value` of a small array without gaps, for a number and for an array of the shape of
 * what is picked; false for everything else.
 */
function setFew(a: NDArray, index: NDArray, value: ArrayLike): boolean {
  if (a.size > few || index.size > few || !a.cContiguous || !index.cContiguous || index.ndim === 0) return false;
  if (value instanceof NDArray ? value.dtype !== a.dtype || !value.cContiguous : !isNumber(value)) return false;
  if (mayOverlap(a, index) || (value instanceof NDArray && mayOverlap(a, value))) return false;
  // By rows for a list, by elements for a mask of all axes.
  const rows: number[] = [];
  const flagged = index.dtype === 'bool';
  if (flagged) {
    if (!sameShape(index.shape, a.shape)) return false;
    for (let k = 0; k < index.size; k++) if (index.data[index.start + k] !== 0) rows.push(k);
  } else {
    if (index.dtype !== 'int64' || a.ndim === 0) return false;
    const [n] = a.shape;
    for (let k = 0; k < index.size; k++) {
      const at = Number(index.data[index.start + k]);
      if (at < -n || at >= n) return false;
      rows.push(at < 0 ? at + n : at);
    }
  }
  const { data, start, entries } = a;
  const each = flagged ? entries : (entries * a.size) / Math.max(1, a.shape[0]);
  const given = valueFor(a, value);
  if (given.ndim > 0) {
    if (!sameShape(given.shape, flagged ? [rows.length] : [...index.shape, ...a.shape.slice(1)])) return false;
    let from = given.start;
    for (const row of rows) for (let k = 0; k < each; k++) data[start + row * each + k] = given.data[from++];
    return true;
  }
  for (const row of rows)
    for (let k = 0; k < each; k++) data[start + row * each + k] = given.data[given.start + (entries === 2 ? k & 1 : 0)];
  return true;
}

/** `a[rows, columns] = value` of a matrix, two lists of one length and a number, or as many; false for everything else. */
function setPairs(a: NDArray, rows: Index, columns: Index, value: ArrayLike): boolean {
  if (a.ndim !== 2 || !(rows instanceof NDArray) || !(columns instanceof NDArray)) return false;
  if (value instanceof NDArray ? value.dtype !== a.dtype || !value.cContiguous : !isNumber(value)) return false;
  if (mayOverlap(a, rows) || mayOverlap(a, columns) || (value instanceof NDArray && mayOverlap(a, value))) return false;
  const places = pairPlaces(a, rows, columns);
  if (places === null) return false;
  const given = valueFor(a, value);
  if (given.ndim > 0 && !(given.ndim === 1 && given.size === places.length)) return false;
  const step = given.ndim === 0 ? 0 : a.entries;
  for (let k = 0, from = given.start; k < places.length; k++, from += step)
    for (let part = 0; part < a.entries; part++) a.data[places[k] + part] = given.data[from + part];
  return true;
}

/** Few elements of a matrix by a list or mask of one axis and the whole or one place of the other, or by two lists. */
function fewOfMatrix(a: NDArray, rows: Index, columns: Index): NDArray | null {
  if (columns instanceof NDArray) {
    if (rows instanceof NDArray) return fewPairs(a, rows, columns);
    if (!(rows instanceof Slice) || !rows.isWhole || columns.ndim !== 1) return null;
    const made = fewPicked(transpose(a), columns);
    return made === null ? null : transpose(made);
  }
  if (!(rows instanceof NDArray) || rows.ndim !== 1) return null;
  if (columns instanceof Slice && columns.isWhole) return fewPicked(a, rows);
  if (typeof columns !== 'number' || !(columns >= -a.shape[1] && columns < a.shape[1])) return null;
  return fewPicked(sliced(a, all, columns), rows);
}

function isNumber(value: ArrayLike): boolean {
  return typeof value === 'number' || value instanceof PyFloat;
}

/** `a[list]` and `a[mask]` along the first axis of a small array of one or two axes, or of one without gaps; else null. */
function fewPicked(a: NDArray, index: NDArray): NDArray | null {
  const { dtype } = index;
  if (dtype === 'bool' && index.ndim > 1) return fewFlagged(a, index);
  if (index.ndim !== 1 || (dtype !== 'int64' && dtype !== 'bool') || !index.cContiguous) return null;
  if (a.ndim === 0 || a.size === 0 || a.size > few || index.size > few || !(a.ndim < 3 || a.cContiguous)) return null;
  const rows = a.shape[0];
  const picked: number[] = [];
  if (dtype === 'bool') {
    if (index.size !== rows) return null;
    for (let i = 0; i < rows; i++) if (index.data[index.start + i] !== 0) picked.push(i);
  } else {
    for (let i = 0; i < index.size; i++) {
      const at = Number(index.data[index.start + i]);
      if (at < -rows || at >= rows) return null;
      picked.push(at < 0 ? at + rows : at);
    }
  }
  const made = empty(a.ndim === 1 ? [picked.length] : [picked.length, ...a.shape.slice(1)], a.dtype);
  const unit = a.data.BYTES_PER_ELEMENT;
  const [down, across] = [a.strides[0] / unit, (a.ndim === 2 ? a.strides[1] : a.itemsize) / unit];
  const each = a.size / rows;
  let to = made.start;
  for (const row of picked) {
    for (let k = 0, from = a.start + row * down; k < each; k++, from += across)
      for (let part = 0; part < a.entries; part++) made.data[to++] = a.data[from + part];
  }
  return made;
}

/** `a[mask]` of a small array whose mask has its shape, both without gaps; else null. */
function fewFlagged(a: NDArray, mask: NDArray): NDArray | null {
  if (a.size > few || !a.cContiguous || !mask.cContiguous || !sameShape(a.shape, mask.shape)) return null;
  let count = 0;
  for (let k = 0; k < mask.size; k++) if (mask.data[mask.start + k] !== 0) count++;
  const made = unset([count], a.dtype);
  const { entries } = a;
  for (let k = 0, to = made.start; k < mask.size; k++) {
    if (mask.data[mask.start + k] === 0) continue;
    for (let part = 0; part < entries; part++) made.data[to++] = a.data[a.start + k * entries + part];
  }
  return made;
}

/** `a[rows, columns]` of a small matrix and two lists of one length; null for everything else. */
function fewPairs(a: NDArray, rows: NDArray, columns: NDArray): NDArray | null {
  const places = pairPlaces(a, rows, columns);
  if (places === null) return null;
  const made = unset([rows.size], a.dtype);
  let to = made.start;
  for (const from of places) for (let part = 0; part < a.entries; part++) made.data[to++] = a.data[from + part];
  return made;
}

/** Where the elements of a matrix lie that two short lists of one length name; null for others and for places outside. */
function pairPlaces(a: NDArray, rows: NDArray, columns: NDArray): number[] | null {
  if (rows.dtype !== 'int64' || columns.dtype !== 'int64' || rows.ndim !== 1 || columns.ndim !== 1) return null;
  if (rows.size !== columns.size || rows.size > few || a.size === 0) return null;
  const unit = a.data.BYTES_PER_ELEMENT;
  const [m, n] = a.shape;
  const [down, across] = [a.strides[0] / unit, a.strides[1] / unit];
  const places: number[] = [];
  for (let k = 0; k < rows.size; k++) {
    const i = Number(rows.data[rows.start + (k * rows.strides[0]) / 8]);
    const j = Number(columns.data[columns.start + (k * columns.strides[0]) / 8]);
    if (i < -m || i >= m || j < -n || j >= n) return null;
    places.push(a.start + (i < 0 ? i + m : i) * down + (j < 0 ? j + n : j) * across);
  }
  return places;
}

/** The number of axes that a mask covers, −1 for what is no mask. */
function maskDepth(part: Index): number {
  if (typeof part === 'boolean') return 0;
  if (!(part instanceof NDArray) && !Array.isArray(part)) return -1;
  const mask = asarray(part as ArrayLike);
  return mask.dtype === 'bool' ? mask.ndim : -1;
}

/** Carries every picked sub-array to (or from) a C-contiguous array of shape (lists…, rest…), or one that repeats. */
function move(plan: IndexPlan, other: NDArray, writing: boolean): void {
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
