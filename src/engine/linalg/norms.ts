import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { empty } from '../create.ts';
import { type Floats, native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { normalizeAxes, normalizeAxis } from '../shape.ts';
import { axesLast, twoAxes } from './axes.ts';
import { eigvalsh } from './eigenvalues.ts';
import {
  commonType,
  copyMatrix,
  eachOf,
  entriesOf,
  epsOf,
  type FloatDType,
  isComplexType,
  letterOf,
  matricesOf,
  matrixShape,
  realType,
  requireSquare,
  requireStack,
  scratch,
  stackShape,
  type Tolerance,
} from './matrices.ts';
import { svdvals } from './svd.ts';
import { inv } from './systems.ts';

export type NormOrder = number | 'fro' | 'nuc' | null;

/**
 * The norm of a vector or a matrix.
 *
 * Without `ord` and `axis`: the root of the sum of squares of all elements. One axis: vector norms, `ord` ±inf, 0 (how
 * many are not zero), or p. Two axes (or a 2-d array with an `ord`): matrix norms, `ord` null or 'fro' Frobenius, 'nuc'
 * nuclear, ±1 column sums, ±2 singular values, ±inf row sums. The result is real, float32 for single precision, with the
 * axes gone (length 1 with `keepdims`): x (m,) → (), x (…, m, n) over both → (…). Frobenius and 2-norms neither overflow nor underflow.
 *
 * @throws AppError 'value' "Improper number of dimensions to norm.", "Invalid norm order for matrices."; 'linalg' when
 * singular values are asked of NaN or infinity.
 * @example norm(array([3, 4])).item() // 5
 */
export function norm(
  x: NDArray,
  {
    ord = null,
    axis = null,
    keepdims = false,
  }: { ord?: NormOrder; axis?: number | readonly number[] | null; keepdims?: boolean } = {},
): NDArray {
  const axes = chosenAxes(x, ord, axis);
  if (axes === 'all') {
    const all = astype(x, x.dtype, { order: 'C' });
    const flat = vectorNorms(all.view([x.size], [x.itemsize]), 2);
    return keepdims
      ? flat.view(
          x.shape.map(() => 1),
          x.shape.map(() => flat.itemsize),
        )
      : flat;
  }
  const turned = axesLast(x, axes);
  const out = axes.length === 1 ? vectorNorms(turned, vectorOrder(ord)) : matrixNorms(turned, ord);
  if (!keepdims) return out;
  const shape = x.shape.map((n, i) => (axes.includes(i) ? 1 : n));
  return out.view(shape, packed(shape, out.itemsize));
}

/**
 * The norm of vectors along one axis, of everything along several taken as one, or of all elements (null).
 *
 * x (…, n) → (…), or () without an axis; `ord` ±inf, 0 (how many are not zero), or p, 2 by default. Real, float32 for
 * single precision.
 * @throws AppError 'value' for an order that vectors do not have, and where ±inf is asked of none.
 * @example vector_norm(array([[3, 4], [6, 8]]), { axis: 1 }).tolist() // [5, 10]
 */
export function vector_norm(
  x: NDArray,
  {
    axis = null,
    keepdims = false,
    ord = 2,
  }: { axis?: number | readonly number[] | null; keepdims?: boolean; ord?: number } = {},
): NDArray {
  const order = vectorOrder(ord);
  const axes = axis === null ? [...x.shape.keys()] : normalizeAxes(axis, x.ndim);
  const turned = astype(axesLast(x, axes), x.dtype, { order: 'C' });
  const kept = turned.shape.slice(0, x.ndim - axes.length);
  const length = turned.shape.slice(kept.length).reduce((product, n) => product * n, 1);
  const joined = [...kept, length];
  const out = vectorNorms(turned.view(joined, packed(joined, turned.itemsize)), order);
  if (!keepdims) return out;
  const shape = x.shape.map((n, k) => (axes.includes(k) ? 1 : n));
  return out.view(shape, packed(shape, out.itemsize));
}

/**
 * As `norm` over the last two axes.
 *
 * x (…, m, n) → (…), real; with `keepdims` (…, 1, 1). float32 of float32 and complex64, else float64.
 *
 * @example matrix_norm(array([[3, 0], [0, 4]])).item() // 5
 */
export function matrix_norm(
  x: NDArray,
  { keepdims = false, ord = 'fro' }: { keepdims?: boolean; ord?: NormOrder } = {},
): NDArray {
  return norm(x, { ord, axis: [-2, -1], keepdims });
}

/**
 * The condition number: σ₁/σᵣ for `p` null or 2, its inverse for −2, otherwise ‖a‖ₚ · ‖a⁻¹‖ₚ (inf when singular).
 *
 * a (…, m, n), square unless p is null, 2 or −2 → (…), real. float32 of float32 and complex64, else float64.
 *
 * @throws AppError 'linalg' "cond is not defined on empty arrays", for other shapes, NaN and infinity.
 * @example cond(array([[1, 0], [0, 4]])).item() // 4
 */
export function cond(x: NDArray, p: NormOrder = null): NDArray {
  if (x.size === 0 && x.shape.slice(-2).includes(0))
    throw new AppError('linalg', 'cond is not defined on empty arrays', { argument: 'x' });
  requireStack(x);
  const { shape } = stackShape(x);
  const dtype = commonType(x);
  if (p === null || p === 2 || p === -2) {
    const s = svdvals(x);
    const r = s.shape[s.ndim - 1];
    const out = empty(shape, s.dtype);
    const from = entriesOf(s, 0, s.size);
    const to = entriesOf(out, 0, out.size);
    for (let i = 0; i < to.length; i++) {
      const [largest, smallest] = [from[i * r], from[(i + 1) * r - 1]];
      to[i] = p === -2 ? smallest / largest : largest / smallest;
      // 0/0: the zero matrix is as singular as can be.
      if (Number.isNaN(to[i])) to[i] = Infinity;
    }
    return out;
  }
  requireSquare(x);
  const out = empty(shape, realType(dtype));
  const to = entriesOf(out, 0, out.size);
  let i = 0;
  for (const matrix of matricesOf(x)) to[i++] = conditionOf(matrix, p);
  return out;
}

/**
 * The rank: how many singular values lie above a tolerance, by default σ₁ · max(m, n) · eps (of each matrix).
 *
 * a (…, m, n) → (…) of int64; of a vector 1, or 0 when all of it is zero. `tol` is absolute, `rtol` relative to σ₁.
 * @throws AppError 'linalg' for NaN and infinity; 'value' when both tolerances are given.
 * @example matrix_rank(array([[1, 2], [2, 4]])).item() // 1n
 */
export function matrix_rank(
  a: NDArray,
  {
    tol = null,
    hermitian = false,
    rtol = null,
  }: { tol?: Tolerance | null; hermitian?: boolean; rtol?: Tolerance | null } = {},
): NDArray {
  if (tol !== null && rtol !== null) throw new AppError('value', "`tol` and `rtol` can't be both set.");
  if (a.ndim < 2) {
    const out = empty([], 'int64');
    let any = false;
    const all = astype(a, commonType(a), { order: 'C' });
    for (const value of entriesOf(all, 0, all.size)) if (value !== 0) any = true;
    out.set([], BigInt(any));
    return out;
  }
  const { m, n } = matrixShape(a);
  const { shape } = stackShape(a);
  const [absolute, relative] = [tol, rtol].map((one, k) =>
    one === null ? null : eachOf(one, shape, k === 0 ? 'tol' : 'rtol'),
  );
  const s = hermitian ? eigvalsh(a) : svdvals(a);
  const r = s.shape[s.ndim - 1];
  const values = entriesOf(s, 0, s.size);
  const out = empty(shape, 'int64');
  const usual = Math.max(m, n) * epsOf(commonType(a));
  for (let i = 0; i < out.size; i++) {
    let largest = 0;
    for (let k = i * r; k < (i + 1) * r; k++) largest = Math.max(largest, Math.abs(values[k]));
    const cutoff = absolute?.(i) ?? largest * (relative?.(i) ?? usual);
    let rank = 0n;
    for (let k = i * r; k < (i + 1) * r; k++) if (Math.abs(values[k]) > cutoff) rank++;
    (out.data as BigInt64Array)[out.start + i] = rank;
  }
  return out;
}

function chosenAxes(x: NDArray, ord: NormOrder, axis: number | readonly number[] | null): number[] | 'all' {
  if (axis === null) {
    const plain = ord === null || (ord === 'fro' && x.ndim === 2) || (ord === 2 && x.ndim === 1);
    if (plain) return 'all';
    if (x.ndim !== 1 && x.ndim !== 2) throw new AppError('value', 'Improper number of dimensions to norm.');
    return [...x.shape.keys()];
  }
  const list = typeof axis === 'number' ? [axis] : axis;
  if (list.length === 1) return [normalizeAxis(list[0], x.ndim)];
  if (list.length !== 2) throw new AppError('value', 'Improper number of dimensions to norm.');
  const [i, j] = list.map((one) => normalizeAxis(one, x.ndim));
  if (i === j) throw new AppError('value', 'Duplicate axes given.');
  return twoAxes(x, i, j);
}

function vectorOrder(ord: NormOrder): number {
  if (ord === null) return 2;
  if (typeof ord === 'number') return ord;
  throw new AppError('value', `Invalid norm order '${ord}' for vectors`, { argument: 'ord' });
}

/** Norms along the last axis. */
function vectorNorms(x: NDArray, ord: number): NDArray {
  const dtype = commonType(x);
  const n = x.shape[x.ndim - 1];
  const out = empty(x.shape.slice(0, -1), realType(dtype));
  const to = entriesOf(out, 0, out.size);
  if (n === 0 && out.size > 0 && ord === -Infinity) throw noSmallest();
  const flat = x.dtype === dtype && x.cContiguous ? entriesOf(x, 0, x.size) : scratch(dtype, x.size);
  if (!(x.dtype === dtype && x.cContiguous)) copyMatrix(x, flat, dtype, 'C');
  const parts = isComplexType(dtype) ? 2 : 1;
  for (let i = 0; i < to.length; i++) {
    const line = flat.subarray(i * n * parts, (i + 1) * n * parts);
    to[i] = ord === 2 ? euclidean(line, dtype) : vectorNorm(magnitudes(line, parts), ord);
  }
  return out;
}

function euclidean(line: Floats, dtype: FloatDType): number {
  const parts = isComplexType(dtype) ? 2 : 1;
  // The routine counts in LAPACK's integers.
  const most = 2 ** 30;
  let total = 0;
  for (let i = 0; i < line.length / parts; i += most) {
    const piece = line.subarray(i * parts, (i + most) * parts);
    const here = native().nrm2(letterOf(dtype), piece.length / parts, piece, 1);
    total = total === 0 ? here : Math.hypot(total, here);
  }
  return total;
}

/** The largest of no numbers counts as 0, the smallest is none. */
function noSmallest(): AppError {
  return new AppError('value', 'zero-size array to reduction operation minimum which has no identity', {
    argument: 'x',
  });
}

function magnitudes(line: Floats, parts: number): Floats {
  if (parts === 1) return line;
  const out = new Float64Array(line.length / 2);
  for (let i = 0; i < out.length; i++) out[i] = Math.hypot(line[2 * i], line[2 * i + 1]);
  return out;
}

function vectorNorm(line: Floats, ord: number): number {
  let result = ord === -Infinity ? Infinity : 0;
  let nan = false;
  for (const value of line) {
    const size = Math.abs(value);
    if (Number.isNaN(size)) nan = true;
    if (ord === Infinity) result = Math.max(result, size);
    else if (ord === -Infinity) result = Math.min(result, size);
    else if (ord === 0) result += size !== 0 ? 1 : 0;
    else if (ord === 1) result += size;
    else result += size ** ord;
  }
  if (nan && ord !== 0) return NaN;
  return Math.abs(ord) === Infinity || ord === 0 || ord === 1 ? result : result ** (1 / ord);
}

/** Norms of the matrices of the last two axes. */
function matrixNorms(x: NDArray, ord: NormOrder): NDArray {
  const dtype = commonType(x);
  const { shape } = stackShape(x);
  if (ord !== null && ![1, -1, 2, -2, Infinity, -Infinity, 'fro', 'nuc'].includes(ord))
    throw new AppError('value', 'Invalid norm order for matrices.', { argument: 'ord' });
  const out = empty(shape, realType(dtype));
  const to = entriesOf(out, 0, out.size);
  let i = 0;
  for (const matrix of matricesOf(x)) to[i++] = matrixNorm(matrix, ord, dtype);
  return out;
}

function matrixNorm(a: NDArray, ord: NormOrder, dtype: FloatDType): number {
  const { m, n } = matrixShape(a);
  if (ord === 2 || ord === -2 || ord === 'nuc') {
    const s = svdvals(a);
    const values = entriesOf(s, 0, s.size);
    if (values.length === 0 && ord === -2) throw noSmallest();
    if (ord === 2) return values.length === 0 ? 0 : values[0];
    if (ord === -2) return values[values.length - 1];
    let sum = 0;
    for (let i = values.length - 1; i >= 0; i--) sum += values[i];
    return sum;
  }
  const flat = scratch(dtype, m * n);
  copyMatrix(a, flat, dtype, 'F');
  if (ord === null || ord === 'fro') return m * n === 0 ? 0 : native().lange(letterOf(dtype), 'F', m, n, flat, m);
  const sums = new Float64Array(Math.abs(ord) === 1 ? n : m);
  const sizes = magnitudes(flat, isComplexType(dtype) ? 2 : 1);
  for (let j = 0, at = 0; j < n; j++)
    for (let i = 0; i < m; i++, at++) sums[Math.abs(ord) === 1 ? j : i] += Math.abs(sizes[at]);
  if (sums.length === 0 && ord < 0) throw noSmallest();
  let result = ord > 0 ? 0 : Infinity;
  for (const sum of sums) {
    if (Number.isNaN(sum)) return NaN;
    result = ord > 0 ? Math.max(result, sum) : Math.min(result, sum);
  }
  return result;
}

function conditionOf(matrix: NDArray, p: NormOrder): number {
  const own = Number(norm(matrix, { ord: p, axis: [0, 1] }).item());
  try {
    return own * Number(norm(inv(matrix), { ord: p, axis: [0, 1] }).item());
  } catch (error) {
    if (error instanceof AppError && error.message === 'Singular matrix') return Infinity;
    throw error;
  }
}

function packed(shape: readonly number[], bytes: number): number[] {
  const strides = new Array<number>(shape.length);
  for (let axis = shape.length - 1, step = bytes; axis >= 0; axis--) {
    strides[axis] = step;
    step *= Math.max(1, shape[axis]);
  }
  return strides;
}
