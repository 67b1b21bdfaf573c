/** Products that are made of matrix products: tensordot, kron, cross, vecdot. */
import { AppError } from '#shared/errors.ts';
import { leadingShape, broadcast_shapes, commonShape, sameShape } from './broadcast.ts';
import { broadcast_to } from './cast.ts';
import { asarray, unset, zeros } from './create.ts';
import { subtract, multiply, conj } from './ufuncs/arithmetic.ts';
import { matmul } from './linalg/products.ts';
import { NDArray } from './ndarray.ts';
import { sum } from './reductions.ts';
import { expand_dims, moveaxis, normalizeAxis, reshape, transpose } from './shape.ts';
import { stack } from './joining.ts';
import { ellipsis, slice, sliced } from './slicing.ts';
import { result_type } from './promotion.ts';
import type { Operand } from './ufuncs/definition.ts';

/** @throws AppError 'value' for a list of another length than 2, as Python unpacks it. */
function requireTwo(list: readonly unknown[], argument: string): void {
  if (list.length === 2) return;
  const words =
    list.length > 2
      ? 'too many values to unpack (expected 2)'
      : `not enough values to unpack (expected 2, got ${list.length})`;
  throw new AppError('value', words, { argument });
}

/**
 * Sums of products over the given axes: the last `axes` of `a` with the first of `b`, or two lists of axes.
 *
 * a (l, m, n), b (m, n, k) with 2 axes → (l, k), of the dtype both promote to.
 *
 * @throws AppError 'shape' "shape-mismatch for sum"; 'dtype' "axes must be an integer or two lists of axes"; 'value'
 * "duplicate axes are not allowed in tensordot"; 'index' "tuple index out of range".
 * @example tensordot(array([[1, 2]]), array([[3], [4]]), 1).tolist() // [[11n]]
 */
export function tensordot(
  a: Operand,
  b: Operand,
  axes: number | readonly [number | readonly number[], number | readonly number[]] = 2,
): NDArray {
  const [x, y] = [asarray(a), asarray(b)];
  const counted = typeof axes === 'number' && Number.isInteger(axes);
  if (!counted && !Array.isArray(axes)) {
    throw new AppError('dtype', 'axes must be an integer or two lists of axes', { argument: 'axes' });
  }
  if (typeof axes !== 'number') requireTwo(axes, 'axes');
  // One more than there are is as strange as a million.
  const counts = typeof axes === 'number' ? Math.min(Math.max(0, axes), x.ndim + y.ndim + 1) : 0;
  const pairs =
    typeof axes === 'number'
      ? [Array.from({ length: counts }, (_, k) => k - counts), Array.from({ length: counts }, (_, k) => k)]
      : axes.map((list) => (typeof list === 'number' ? [list] : [...list]));
  if (pairs.some((list) => new Set(list).size !== list.length))
    throw new AppError('value', 'duplicate axes are not allowed in tensordot', { argument: 'axes' });
  const mismatch = (): AppError => new AppError('shape', 'shape-mismatch for sum', { argument: 'axes' });
  if (pairs[0].length !== pairs[1].length) throw mismatch();
  const along = pairs.map((): number[] => []);
  pairs[0].forEach((first, k) => {
    const lengths = [x, y].map((part, side) => {
      const axis = side === 0 ? first : pairs[1][k];
      if (axis < -part.ndim || axis >= part.ndim)
        throw new AppError('index', 'tuple index out of range', {
          argument: 'axes',
          hint: `An operand has ${part.ndim} axes, there is no axis ${axis}.`,
        });
      along[side].push(axis < 0 ? axis + part.ndim : axis);
      return part.shape[along[side][k]];
    });
    if (lengths[0] !== lengths[1]) throw mismatch();
  });
  const free = [x, y].map((part, k) => part.shape.map((_, axis) => axis).filter((axis) => !along[k].includes(axis)));
  const summed = along[0].reduce((product, axis) => product * x.shape[axis], 1);
  const rows = free[0].map((axis) => x.shape[axis]);
  const cols = free[1].map((axis) => y.shape[axis]);
  const count = (list: readonly number[]): number => list.reduce((product, n) => product * n, 1);
  const left = reshape(transpose(x, [...free[0], ...along[0]]), [count(rows), summed]);
  const right = reshape(transpose(y, [...along[1], ...free[1]]), [summed, count(cols)]);
  return reshape(matmul(left, right), [...rows, ...cols]);
}

/**
 * The Kronecker product: every element of `a` times the whole of `b`.
 *
 * a (k, l), b (m, n) → (k·m, l·n), of the dtype both promote to.
 *
 * @example kron(array([1, 2]), array([1, 1])).tolist() // [1n, 1n, 2n, 2n]
 */
export function kron(a: Operand, b: Operand): NDArray {
  const [x, y] = [asarray(a), asarray(b)];
  const ndim = Math.max(x.ndim, y.ndim);
  const left = reshape(x, [...new Array<number>(ndim - x.ndim).fill(1), ...x.shape]);
  const right = reshape(y, [...new Array<number>(ndim - y.ndim).fill(1), ...y.shape]);
  const product = multiply(
    expand_dims(
      left,
      left.shape.map((_, k) => 2 * k + 1),
    ),
    expand_dims(
      right,
      right.shape.map((_, k) => 2 * k),
    ),
  );
  return reshape(
    product,
    left.shape.map((n, k) => n * right.shape[k]),
  );
}

/**
 * Cross products of vectors of length 3 (or 2) along an axis; the operands and the result may have axes of their own.
 *
 * a (…, 3), b (…, 3) → (…, 3), of two (…, 2) the third part (…); of the dtype both promote to, except bool.
 *
 * @throws AppError 'value' for other lengths; 'dtype' "the axis must be an integer".
 * @example cross(array([1, 2, 3]), array([4, 5, 6])).tolist() // [-3n, 6n, -3n]
 */
export function cross(
  a: Operand,
  b: Operand,
  axis: number | null = -1,
  { axisa = -1, axisb = -1, axisc = -1 }: { axisa?: number; axisb?: number; axisc?: number } = {},
): NDArray {
  if (axis === -1 && a instanceof NDArray && b instanceof NDArray) {
    const made = crossOfFew(a, b);
    if (made !== null) return made;
  }
  const [along, other, into] = axis === null ? [axisa, axisb, axisc] : [axis, axis, axis];
  const given = [asarray(a), asarray(b)];
  if (given.some((one) => one.ndim === 0)) throw new AppError('value', 'At least one array has zero dimension');
  if (![along, other, into].every(Number.isInteger)) {
    throw new AppError('dtype', 'the axis must be an integer', { argument: 'axis' });
  }
  const x = moveaxis(given[0], normalizeAxis(along, given[0].ndim, 'axisa'), -1);
  const y = moveaxis(given[1], normalizeAxis(other, given[1].ndim, 'axisb'), -1);
  const lengths = [x.shape.at(-1), y.shape.at(-1)];
  if (lengths.some((n) => n !== 2 && n !== 3)) {
    throw new AppError('value', 'incompatible dimensions for cross product\n(dimension must be 2 or 3)');
  }
  const lead = commonShape([x.shape.slice(0, -1), y.shape.slice(0, -1)]);
  const plane = lengths[0] === 2 && lengths[1] === 2;
  const last = plane ? 0 : normalizeAxis(into, lead.length + 1, 'axisc');
  const part = (v: NDArray, k: number): NDArray =>
    k < (v.shape.at(-1) ?? 0) ? sliced(v, ellipsis, k) : zeros(v.shape.slice(0, -1), v.dtype);
  const minor = (i: number, j: number): NDArray =>
    subtract(multiply(part(x, i), part(y, j)), multiply(part(x, j), part(y, i)));
  if (plane) return minor(0, 1);
  const parts = [minor(1, 2), minor(2, 0), minor(0, 1)];
  return moveaxis(stack(parts, parts[0].ndim), -1, last);
}

/** Elements that are gone through one by one sooner than arrays are made of them. */
const mostFew = 64;

/** Of a few vectors of length 3 without gaps; null for everything else. */
function crossOfFew(a: NDArray, b: NDArray): NDArray | null {
  if (a.dtype !== b.dtype || (a.dtype !== 'float64' && a.dtype !== 'int64')) return null;
  if (a.size === 0 || a.size > mostFew || a.shape.at(-1) !== 3 || !sameShape(a.shape, b.shape)) return null;
  if (!a.cContiguous || !b.cContiguous) return null;
  const made = unset(a.shape, a.dtype);
  // Products and differences of bigints are written as those of numbers; memory keeps the last 64 bits of them.
  const [x, y, z] = [a, b, made].map(({ data }) => data as Float64Array);
  for (let k = 0; k < a.size; k += 3) {
    const [i, j, to] = [a.start + k, b.start + k, made.start + k];
    z[to] = x[i + 1] * y[j + 2] - x[i + 2] * y[j + 1];
    z[to + 1] = x[i + 2] * y[j] - x[i] * y[j + 2];
    z[to + 2] = x[i] * y[j + 1] - x[i + 1] * y[j];
  }
  return made;
}

/**
 * The cross products of `numpy.linalg`, of vectors of length 3 alone.
 *
 * x1 (…, 3), x2 (…, 3), which broadcast → (…, 3), of the dtype both promote to.
 *
 * @throws AppError 'index' "tuple index out of range"; 'value'.
 * @example crossOfThree(array([1, 0, 0]), array([0, 1, 0])).tolist() // [0n, 0n, 1n]
 */
export function crossOfThree(x1: Operand, x2: Operand, axis = -1): NDArray {
  const given = [asarray(x1), asarray(x2)];
  const lengths = given.map((one) => {
    if (axis >= -one.ndim && axis < one.ndim) return one.shape.at(axis);
    throw new AppError('index', 'tuple index out of range', { argument: 'axis' });
  });
  if (lengths.some((n) => n !== 3)) {
    throw new AppError(
      'value',
      `Both input arrays must be (arrays of) 3-dimensional vectors, but they are ${lengths[0]} and ${lengths[1]} dimensional instead.`,
    );
  }
  return cross(given[0], given[1], axis);
}

/**
 * Sums of products along one axis: a·b for every pair of vectors, the first conjugated.
 *
 * a (…, n), b (…, n), which broadcast → (…), of the dtype both promote to.
 *
 * @example vecdot(array([[1, 2], [3, 4]]), array([1, 1])).tolist() // [3n, 7n]
 */
export function vecdot(a: Operand, b: Operand, axis = -1): NDArray {
  const given = [asarray(a), asarray(b)];
  given.forEach((one, k) => {
    requireAxes(one, 1, 'vecdot', k, '(n),(n)->()');
  });
  const [x, y] = given.map((one) => moveaxis(one, normalizeAxis(axis, one.ndim), -1));
  requireLength('vecdot', '(n),(n)->()', 0, y.shape.at(-1), x.shape.at(-1));
  leadingShape([x.shape, y.shape], [1, 1], []);
  const shape = broadcast_shapes(x.shape, y.shape);
  return sum(multiply(conj(broadcast_to(x, shape)), broadcast_to(y, shape)), {
    axis: -1,
    dtype: result_type([x.dtype, y.dtype]),
  });
}

/**
 * Matrices times vectors, stacks of both: `y[…, i] = Σⱼ a[…, i, j] · x[…, j]`.
 *
 * a (…, m, n), x (…, n), which broadcast → (…, m), of the dtype both promote to.
 *
 * @example matvec(array([[1, 2]]), array([3, 4])).tolist() // [11n]
 */
export function matvec(a: Operand, x: Operand): NDArray {
  const [matrix, vector] = [asarray(a), asarray(x)];
  requireAxes(matrix, 2, 'matvec', 0, '(m,n),(n)->(m)');
  requireAxes(vector, 1, 'matvec', 1, '(m,n),(n)->(m)');
  requireLength('matvec', '(m,n),(n)->(m)', 0, vector.shape.at(-1), matrix.shape.at(-1));
  leadingShape([matrix.shape, vector.shape], [2, 1], matrix.shape.slice(-2, -1));
  const made = matmul(matrix, expand_dims(vector, vector.ndim));
  return sliced(made, ellipsis, 0);
}

/**
 * Vectors times matrices, stacks of both, the vectors conjugated: `y[…, j] = Σᵢ conj(x[…, i]) · a[…, i, j]`.
 *
 * x (…, m), a (…, m, n), which broadcast → (…, n), of the dtype both promote to.
 *
 * @example vecmat(array([3, 4]), array([[1], [2]])).tolist() // [11n]
 */
export function vecmat(x: Operand, a: Operand): NDArray {
  const [vector, matrix] = [asarray(x), asarray(a)];
  requireAxes(vector, 1, 'vecmat', 0, '(n),(n,m)->(m)');
  requireAxes(matrix, 2, 'vecmat', 1, '(n),(n,m)->(m)');
  requireLength('vecmat', '(n),(n,m)->(m)', 0, matrix.shape.at(-2), vector.shape.at(-1));
  leadingShape([vector.shape, matrix.shape], [1, 2], matrix.shape.slice(-1));
  // The conjugate of truths would be numbers.
  const row = vector.entries === 2 ? conj(vector) : vector;
  const made = matmul(expand_dims(row, vector.ndim - 1), matrix);
  return sliced(made, ellipsis, 0, slice());
}

/** @throws AppError 'value' when the second operand's axis is not as long as the first says. */
function requireLength(name: string, signature: string, core: number, n?: number, m?: number): void {
  if (n === m) return;
  throw new AppError(
    'value',
    `${name}: Input operand 1 has a mismatch in its core dimension ${core}, with gufunc signature ${signature} (size ${n} is different from ${m})`,
  );
}

function requireAxes(a: NDArray, least: number, name: string, k: number, signature: string): void {
  if (a.ndim >= least) return;
  throw new AppError(
    'value',
    `${name}: Input operand ${k} does not have enough dimensions (has ${a.ndim}, gufunc core with signature ${signature} requires ${least})`,
  );
}
