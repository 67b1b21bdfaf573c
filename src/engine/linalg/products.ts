import { leadingShape } from '../broadcast.ts';
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype, broadcast_to } from '../cast.ts';
import { empty, eye, unset, zeros } from '../create.ts';
import { shapeText } from '../memory.ts';
import { type Floats, native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import type { Data } from '../typed-views.ts';
import { promote_types } from '../promotion.ts';
import { twoAxes } from './axes.ts';
import { copyMatrix, entriesOf, type FloatDType, letterOf, matricesOf, requireSquare, scratch } from './matrices.ts';
import { inv } from './systems.ts';

/**
 * The matrix product `a @ b`.
 *
 * (…, n, k) and (…, k, m) → (…, n, m); stacks broadcast; a vector counts as a row on the left, as a column on the
 * right, and its axis disappears. dtype by promotion; integers wrap around as in NumPy. BLAS gemm for floats.
 *
 * a (…, m, k) or (k,), b (…, k, n) or (k,) → (…, m, n), less the axis that a vector lacks.
 * @throws AppError 'value' when the shapes do not fit or an operand has no axes.
 * @example matmul(array([[1, 2], [3, 4]]), array([1, 1])).tolist() // [3n, 7n]
 */
export function matmul(a: NDArray, b: NDArray): NDArray {
  [a, b].forEach((x, i) => {
    if (x.ndim === 0) {
      throw new AppError(
        'value',
        `matmul: Input operand ${i} does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)`,
        { argument: i === 0 ? 'a' : 'b' },
      );
    }
  });
  const left = a.ndim === 1 ? a.view([1, a.shape[0]], [a.itemsize, a.strides[0]]) : a;
  const right = b.ndim === 1 ? b.view([b.shape[0], 1], [b.strides[0], b.itemsize]) : b;
  const k = left.shape[left.ndim - 1];
  if (right.shape[right.ndim - 2] !== k) {
    throw new AppError(
      'value',
      `matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size ${right.shape[right.ndim - 2]} is different from ${k})`,
      { argument: 'b', hint: `The shapes are ${shapeText(a.shape)} and ${shapeText(b.shape)}.` },
    );
  }
  const n = left.shape[left.ndim - 2];
  const m = right.shape[right.ndim - 1];
  const lead = left.ndim === 2 && right.ndim === 2 ? [] : leadOf(a, b, n, m);
  const dtype = promote_types(a.dtype, b.dtype);
  const out = k > 0 ? unset([...lead, n, m], dtype) : zeros([...lead, n, m], dtype);
  if (out.size > 0 && lead.length === 0 && k > 0) {
    multiply(left, right, out, 0, n, k, m);
  } else if (out.size > 0 && lead.length > 0 && k > 0 && isFloat(dtype) && n * k * m <= stackedProduct) {
    multiplyStacks(left, right, out, lead, n, k, m);
  } else if (out.size > 0 && k > 0) {
    const as = matricesOf(broadcast_to(left, [...lead, n, k]));
    const bs = matricesOf(broadcast_to(right, [...lead, k, m]));
    let i = 0;
    for (const x of as) {
      multiply(x, bs.next().value as NDArray, out, i * n * m, n, k, m);
      i++;
    }
  }
  const shape = [...lead];
  if (a.ndim > 1) shape.push(n);
  if (b.ndim > 1) shape.push(m);
  return shape.length === out.ndim ? out : out.view(shape, packedStrides(shape, out.itemsize));
}

/**
 * The dot product: of two vectors their inner product, of matrices `a @ b`, of more axes the sum over the last axis of
 * `a` and the last but one of `b`; with a scalar, the product.
 *
 * a (…, k), b (…, k, n) or (k,) → the axes of a but its last, then those of b but its last but one. Of the dtype both
 * promote to.
 *
 * @throws AppError 'value' "shapes (2,3) and (2,3) not aligned: 3 (dim 1) != 2 (dim 0)".
 * @example dot(array([1, 2]), array([3, 4])).item() // 11n
 */
export function dot(a: NDArray, b: NDArray): NDArray {
  if (a.ndim === 0 || b.ndim === 0) {
    const [scalar, other] = a.ndim === 0 ? [a, b] : [b, a];
    const column = other.ndim === 0 ? other.view([1], [other.itemsize]) : other;
    const flat = astype(column, column.dtype, { order: 'C' }).view(
      [column.size, 1],
      [column.itemsize, column.itemsize],
    );
    const product = matmul(flat, scalar.view([1, 1], [scalar.itemsize, scalar.itemsize]));
    return product.view(other.shape, packedStrides(other.shape, product.itemsize));
  }
  const aDim = a.ndim - 1;
  const bDim = Math.max(0, b.ndim - 2);
  if (a.shape[aDim] !== b.shape[bDim]) {
    const text = (shape: readonly number[]): string => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(',')})`);
    throw new AppError(
      'value',
      `shapes ${text(a.shape)} and ${text(b.shape)} not aligned: ${a.shape[aDim]} (dim ${aDim}) != ${b.shape[bDim]} (dim ${bDim})`,
    );
  }
  if (a.ndim <= 2 && b.ndim <= 2) return matmul(a, b);
  const k = a.shape[aDim];
  const left = flatten(a, a.shape.slice(0, -1), k);
  const order = [bDim, ...b.shape.map((_, axis) => axis).filter((axis) => axis !== bDim)];
  const turned = b.view(
    order.map((axis) => b.shape[axis]),
    order.map((axis) => b.strides[axis]),
  );
  const rest = turned.shape.slice(1);
  const columns = rest.reduce((product, n) => product * n, 1);
  const right = astype(turned, b.dtype, { order: 'C' });
  const product = matmul(left, right.view([k, columns], packedStrides([k, columns], right.itemsize)));
  const shape = [...a.shape.slice(0, -1), ...rest];
  return product.view(shape, packedStrides(shape, product.itemsize));
}

/**
 * The product of two flattened arrays, the first conjugated.
 *
 * a, b of the same size → (). Of the dtype both promote to.
 *
 * @throws AppError 'value' when they differ in size.
 * @example vdot(array([1, 2]), array([3, 4])).item() // 11n
 */
export function vdot(a: NDArray, b: NDArray): NDArray {
  if (a.size !== b.size) {
    throw new AppError('value', `cannot reshape array of size ${b.size} into shape (${a.size},)`, { argument: 'b' });
  }
  const x = a.entries === 1 && a.cContiguous ? a : astype(a, a.dtype, { order: 'C' });
  if (x.entries === 2) {
    const data = entriesOf(x, 0, x.size);
    for (let i = 1; i < data.length; i += 2) data[i] = -data[i];
  }
  const y = b.cContiguous ? b : astype(b, b.dtype, { order: 'C' });
  return dot(x.view([a.size], [a.itemsize]), y.view([b.size], [b.itemsize]));
}

/**
 * The sum of products over the last axes of both.
 *
 * a (…, k), b (…, k) → the axes of a but its last, then those of b but its last. Of the dtype both promote to.
 *
 * @throws AppError 'value' when those differ in length.
 * @example inner(array([[1, 2]]), array([[3, 4]])).tolist() // [[11n]]
 */
export function inner(a: NDArray, b: NDArray): NDArray {
  if (a.ndim === 0 || b.ndim === 0) return dot(a, b);
  if (b.ndim === 1) return dot(a, b);
  const axes = [...b.shape.keys()];
  const order = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
  if (a.shape[a.ndim - 1] !== b.shape[b.ndim - 1]) {
    const text = (shape: readonly number[]): string => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(',')})`);
    throw new AppError(
      'value',
      `shapes ${text(a.shape)} and ${text(order.map((axis) => b.shape[axis]))} not aligned: ${a.shape[a.ndim - 1]} (dim ${a.ndim - 1}) != ${b.shape[b.ndim - 1]} (dim ${Math.max(0, b.ndim - 2)})`,
    );
  }
  return dot(
    a,
    b.view(
      order.map((axis) => b.shape[axis]),
      order.map((axis) => b.strides[axis]),
    ),
  );
}

/**
 * All products of the elements of two arrays: (size of a, size of b). Of the dtype both promote to.
 * @example outer(array([1, 2]), array([3, 4])).tolist() // [[3n, 4n], [6n, 8n]]
 */
export function outer(a: NDArray, b: NDArray): NDArray {
  const x = astype(a, a.dtype, { order: 'C' });
  const y = astype(b, b.dtype, { order: 'C' });
  return matmul(x.view([a.size, 1], [a.itemsize, a.itemsize]), y.view([1, b.size], [b.itemsize, b.itemsize]));
}

/**
 * The sum along a diagonal of the axes `axis1`, `axis2`; small integers and bool are added up as int64 (uint64).
 *
 * a (m, n) → (), with further axes (m, n, …) → (…).
 * @throws AppError 'value' for fewer than two axes.
 * @example trace(array([[1, 2], [3, 4]])).item() // 5n
 */
export function trace(a: NDArray, offset = 0, axis1 = 0, axis2 = 1, given?: DType): NDArray {
  if (a.ndim < 2) throw new AppError('value', 'diag requires an array of at least two dimensions', { argument: 'a' });
  const [i, j] = twoAxes(a, axis1, axis2);
  const rest = [...a.shape.keys()].filter((axis) => axis !== i && axis !== j);
  const [start0, start1] = offset >= 0 ? [0, offset] : [-offset, 0];
  const length = Math.max(0, Math.min(a.shape[i] - start0, a.shape[j] - start1));
  const diagonal = a.view(
    [...rest.map((axis) => a.shape[axis]), length],
    [...rest.map((axis) => a.strides[axis]), a.strides[i] + a.strides[j]],
    a.offset + (length > 0 ? start0 * a.strides[i] + start1 * a.strides[j] : 0),
  );
  const wide: Partial<Record<DType, DType>> = {
    bool: 'int64',
    int8: 'int64',
    int16: 'int64',
    int32: 'int64',
    uint8: 'uint64',
    uint16: 'uint64',
    uint32: 'uint64',
  };
  const dtype = given ?? wide[a.dtype] ?? a.dtype;
  const sums = astype(diagonal, dtype, { order: 'C' });
  const out = empty(diagonal.shape.slice(0, -1), dtype);
  const parts = out.entries;
  for (let cell = 0; cell < out.size; cell++) {
    for (let p = 0; p < parts; p++) {
      if (sums.data instanceof BigInt64Array || sums.data instanceof BigUint64Array) {
        let sum = 0n;
        for (let k = 0; k < length; k++) sum += sums.data[sums.start + cell * length + k];
        (out.data as BigInt64Array)[out.start + cell] = sum;
      } else {
        let sum = 0;
        for (let k = 0; k < length; k++) sum += Number(sums.data[sums.start + (cell * length + k) * parts + p]);
        (out.data as Floats)[out.start + cell * parts + p] = sum;
      }
    }
  }
  return out;
}

/**
 * A square matrix to an integer power, by repeated squaring; negative powers go through the inverse.
 *
 * a (…, n, n) → (…, n, n). Of a's dtype; of integers to negative powers float64.
 *
 * @throws AppError 'dtype' "exponent must be an integer", 'linalg' for other shapes and singular matrices.
 * @example matrix_power(array([[1, 1], [0, 1]]), 5).tolist() // [[1n, 5n], [0n, 1n]]
 */
export function matrix_power(a: NDArray, n: number): NDArray {
  requireSquare(a);
  if (!Number.isInteger(n)) throw new AppError('dtype', 'exponent must be an integer', { argument: 'n' });
  let base = n < 0 ? inv(a) : a;
  let power = Math.abs(n);
  const size = a.shape[a.ndim - 1];
  if (power === 0) return astype(broadcast_to(eye(size, size, 0, a.dtype), a.shape), a.dtype, { order: 'C' });
  let result: NDArray | null = null;
  while (power > 0) {
    if (power % 2 === 1) result = result === null ? base : matmul(result, base);
    power = Math.floor(power / 2);
    if (power > 0) base = matmul(base, base);
  }
  return result === null || result === a ? astype(a, a.dtype, { order: 'C' }) : result;
}

/**
 * The product of several matrices in the cheapest order (dynamic programming; Cormen et al., 2009, 15.2); the first and
 * last may be vectors.
 *
 * (m, k), (k, l), …, (p, n) → (m, n), less the axis that a vector lacks. Of the dtype all promote to.
 *
 * @throws AppError 'value' for fewer than two or shapes that do not fit; 'linalg' "…-dimensional array given. Array
 * must be two-dimensional".
 * @example multi_dot([array([[1, 2]]), array([[3], [4]]), array([[2]])]).tolist() // [[22n]]
 */
export function multi_dot(arrays: readonly NDArray[]): NDArray {
  if (arrays.length < 2) throw new AppError('value', 'Expecting at least two arrays.', { argument: 'arrays' });
  if (arrays.length === 2) return dot(arrays[0], arrays[1]);
  const first = arrays[0];
  const last = arrays[arrays.length - 1];
  const chain = [...arrays];
  if (first.ndim === 1) chain[0] = first.view([1, first.size], [first.itemsize, first.strides[0]]);
  if (last.ndim === 1) chain[chain.length - 1] = last.view([last.size, 1], [last.strides[0], last.itemsize]);
  chain.forEach((x) => {
    if (x.ndim !== 2) {
      throw new AppError('linalg', `${x.ndim}-dimensional array given. Array must be two-dimensional`);
    }
  });
  const sizes = [chain[0].shape[0], ...chain.map((x) => x.shape[1])];
  const count = chain.length;
  const cost = Array.from({ length: count }, () => new Float64Array(count));
  const split = Array.from({ length: count }, () => new Int32Array(count));
  for (let length = 2; length <= count; length++) {
    for (let i = 0; i + length <= count; i++) {
      const j = i + length - 1;
      cost[i][j] = Infinity;
      for (let k = i; k < j; k++) {
        const here = cost[i][k] + cost[k + 1][j] + sizes[i] * sizes[k + 1] * sizes[j + 1];
        if (here < cost[i][j]) {
          cost[i][j] = here;
          split[i][j] = k;
        }
      }
    }
  }
  const product = (i: number, j: number): NDArray =>
    i === j ? chain[i] : dot(product(i, split[i][j]), product(split[i][j] + 1, j));
  const out = product(0, count - 1);
  const shape = [...(first.ndim === 1 ? [] : [out.shape[0]]), ...(last.ndim === 1 ? [] : [out.shape[1]])];
  return shape.length === 2 ? out : out.view(shape, packedStrides(shape, out.itemsize));
}

function leadOf(a: NDArray, b: NDArray, n: number, m: number): number[] {
  const core = [...(a.ndim > 1 ? [n] : []), ...(b.ndim > 1 ? [m] : [])];
  return leadingShape([a.shape, b.shape], [Math.min(2, a.ndim), Math.min(2, b.ndim)], core);
}

function packedStrides(shape: readonly number[], bytes: number): number[] {
  const strides = new Array<number>(shape.length);
  for (let axis = shape.length - 1, step = bytes; axis >= 0; axis--) {
    strides[axis] = step;
    step *= Math.max(1, shape[axis]);
  }
  return strides;
}

function flatten(a: NDArray, lead: readonly number[], k: number): NDArray {
  const rows = lead.reduce((product, n) => product * n, 1);
  const packed = a.cContiguous ? a : astype(a, a.dtype, { order: 'C' });
  return packed.view([rows, k], [k * a.itemsize, a.itemsize]);
}

function isFloat(dtype: DType): dtype is FloatDType {
  return dtype === 'float32' || dtype === 'float64' || dtype === 'complex64' || dtype === 'complex128';
}

/** Multiplications of one product up to which a stack is multiplied in one call: each of them costs less than calling. */
const stackedProduct = 64 ** 3;

function multiplyStacks(
  left: NDArray,
  right: NDArray,
  out: NDArray,
  lead: readonly number[],
  n: number,
  k: number,
  m: number,
): void {
  const count = lead.reduce((product, length) => product * length, 1);
  const dtype = out.dtype as FloatDType;
  const stackOf = (x: NDArray, size: number): { data: Floats; batch: number } => {
    // One matrix for all of them, or one each; a mixture of both is written out.
    const single = x.size === size;
    const whole = single || x.size === size * count ? x : broadcast_to(x, [...lead, ...x.shape.slice(-2)]);
    const packed = whole.dtype === dtype && whole.cContiguous ? whole : astype(whole, dtype, { order: 'C' });
    return { data: entriesOf(packed, 0, packed.size), batch: single ? 0 : size };
  };
  const a = stackOf(left, n * k);
  const b = stackOf(right, k * m);
  const c = entriesOf(out, 0, out.size);
  native().matmulStack(letterOf(dtype), count, n, k, m, a.data, a.batch, b.data, b.batch, c);
}

/** out[first …] (n × m, row after row) = x (n × k) · y (k × m). */
function multiply(x: NDArray, y: NDArray, out: NDArray, first: number, n: number, k: number, m: number): void {
  if (isFloat(out.dtype)) {
    const letter = letterOf(out.dtype);
    const left = operand(x, out.dtype);
    const right = operand(y, out.dtype);
    // Row after row, BLAS sees transposes: outᵀ = yᵀ · xᵀ.
    const c = entriesOf(out, first, n * m);
    native().gemm(letter, right.turned, left.turned, m, n, k, 1, right.data, right.ld, left.data, left.ld, 0, c, m);
    return;
  }
  const left = astype(x, out.dtype, { order: 'C' });
  const right = astype(y, out.dtype, { order: 'C' });
  multiplyIntegers(left.data, left.start, right.data, right.start, out.data, out.start + first, n, k, m, out.dtype);
}

/** A matrix as BLAS takes it: as it lies when its rows or its columns lie together, else copied. */
function operand(x: NDArray, dtype: FloatDType): { data: Floats; ld: number; turned: 'N' | 'T' } {
  const [rows = 0, cols = 0] = x.shape;
  const [rowStride = 0, colStride = 0] = x.strides;
  const item = x.itemsize;
  if (x.dtype === dtype) {
    const rowsTogether =
      (cols === 1 || colStride === item) && (rows === 1 || (rowStride >= cols * item && rowStride % item === 0));
    if (rowsTogether) {
      const ld = rows === 1 ? Math.max(1, cols) : rowStride / item;
      return { data: entriesOf(x, 0, (rows - 1) * ld + cols), ld, turned: 'N' };
    }
    const colsTogether =
      (rows === 1 || rowStride === item) && (cols === 1 || (colStride >= rows * item && colStride % item === 0));
    if (colsTogether) {
      const ld = cols === 1 ? Math.max(1, rows) : colStride / item;
      return { data: entriesOf(x, 0, (cols - 1) * ld + rows), ld, turned: 'T' };
    }
  }
  const packed = scratch(dtype, rows * cols);
  copyMatrix(x, packed, dtype, 'C');
  return { data: packed, ld: Math.max(1, cols), turned: 'N' };
}

function multiplyIntegers(
  a: Data,
  a0: number,
  b: Data,
  b0: number,
  c: Data,
  c0: number,
  n: number,
  k: number,
  m: number,
  dtype: DType,
): void {
  native().matmulInteger(dtype, n, k, m, part(a, a0, n * k), part(b, b0, k * m), part(c, c0, n * m));
}

/** Entries of a typed array as bytes, for the addon. */
function part(data: Data, first: number, count: number): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset + first * data.BYTES_PER_ELEMENT, count * data.BYTES_PER_ELEMENT);
}
