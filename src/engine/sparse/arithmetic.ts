/** Sums, elementwise products and quotients, and powers of sparse matrices. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { broadcast_to } from '../cast.ts';
import { type ArrayLike, asarray, full } from '../create.ts';
import { getitem, setitem } from '../indexing.ts';
import { NDArray } from '../ndarray.ts';
import { shapeText } from '../memory.ts';
import { can_cast, promote_types, type Weak } from '../promotion.ts';
import { isComplex, PyFloat } from '../scalar.ts';
import { reshape as reshapeArray } from '../shape.ts';
import * as ufunc from '../ufuncs/arithmetic.ts';
import * as compare from '../ufuncs/comparison.ts';
import { broadcast_shapes } from '../broadcast.ts';
import { atEveryPlace } from './binary.ts';
import { sum_duplicates } from './canonical.ts';
import { csr_array, csr_matrix, makeSparse } from './construct.ts';
import { astype, copy, reshape, toarray, tocoo, tocsr, withData } from './convert.ts';
import { addDiagonals, multiplyDiagonals, multiplyDiagonalsDense } from './diagonal-arithmetic.ts';
import { arrayOf, newFrom, range } from './index-lists.ts';
import { matmulSparse } from './matmul.ts';
import { Compressed, Coordinates, Diagonals, issparse, type Sparse } from './sparse-array.ts';
import { notImplemented } from './sparse-error.ts';
import { flatValues, head } from './values.ts';

/** The other operand: sparse, dense, or a scalar. */
export type Other = Sparse | ArrayLike;

/** A scalar as SciPy counts them: Python's, or a 0-d array; undefined for anything else. */
export function scalarOf(x: Other): Weak | NDArray | undefined {
  if (x instanceof NDArray) return x.ndim === 0 ? x : undefined;
  if (typeof x === 'number' || typeof x === 'bigint' || typeof x === 'boolean' || x instanceof PyFloat) return x;
  return isComplex(x) ? x : undefined;
}

export const plain = (x: Weak | NDArray): Exclude<Weak, PyFloat> => {
  const value = x instanceof NDArray ? x.item() : x;
  return value instanceof PyFloat ? value.value : value;
};

export const isZero = (x: Weak | NDArray): boolean => {
  const value = plain(x);
  return isComplex(value) ? value.re === 0 && value.im === 0 : Number(value) === 0;
};

/** Compressed, in the format it has or as csr. */
export function compressed(a: Sparse): Compressed {
  return a instanceof Compressed ? a : tocsr(a);
}

/** Values without those past the last pointer. */
export function storedValues(a: Sparse): NDArray {
  return a instanceof Compressed ? head(a.data, a.nnz) : a.data;
}

const dense = (x: ArrayLike, shape: readonly number[]): NDArray => broadcast_to(asarray(x), shape);

/**
 * `a + other`: sparse with sparse, dense with dense. Of one shape (m, n); dense operands broadcast. The dtype both
 * promote to.
 *
 * @throws AppError 'value' "inconsistent shapes"; NotImplementedError for a scalar that is not zero.
 * @example toarray(add(eye(2), eye(2))).tolist() // [[2, 0], [0, 2]]
 */
export function add(a: Sparse, other: Other): Sparse | NDArray {
  return addOrSubtract(a, other, false);
}

/**
 * `a - other`.
 *
 * Sparse with sparse, dense with dense, of one shape (m, n); dense operands broadcast. The dtype both promote to.
 *
 * @example toarray(subtract(eye(2), csr_matrix([[0, 1], [0, 0]]))).tolist() // [[1, -1], [0, 1]]
 */
export function subtract(a: Sparse, other: Other): Sparse | NDArray {
  return addOrSubtract(a, other, true);
}

function addOrSubtract(a: Sparse, other: Other, minus: boolean): Sparse | NDArray {
  const scalar = issparse(other) ? undefined : scalarOf(other);
  if (scalar !== undefined) {
    if (isZero(scalar)) return copy(a);
    throw notImplemented(
      minus
        ? 'subtracting a nonzero scalar from a sparse array is not supported'
        : 'adding a nonzero scalar to a sparse array is not supported',
    );
  }
  if (issparse(other)) {
    if (shapeText(a.shape) !== shapeText(other.shape)) throw new AppError('value', 'inconsistent shapes');
    if (a instanceof Diagonals && other instanceof Diagonals) return addDiagonals(a, other, minus);
    if (a instanceof Diagonals && !minus) return atEveryPlace(compressed(other), a, plus);
    return atEveryPlace(compressed(a), other, minus ? difference : plus);
  }
  const full = dense(other, a.shape);
  return minus ? ufunc.subtract(toarray(a), full) : ufunc.add(full, toarray(a));
}

const plus = (x: NDArray, y: NDArray): NDArray => ufunc.add(x, y);
export const difference = (x: NDArray, y: NDArray): NDArray =>
  x.dtype === 'bool' ? compare.logical_xor(x, y) : ufunc.subtract(x, y);

/**
 * `other - a` for a dense array or the scalar 0. A dense operand broadcasts to (m, n); the dtype both promote to.
 * @example rsubtract(csr_matrix([[1, 0]]), array([5, 5])).tolist() // [[4n, 5n]]
 */
export function rsubtract(a: Sparse, other: ArrayLike): Sparse | NDArray {
  const scalar = scalarOf(other);
  if (scalar === undefined) return ufunc.subtract(dense(other, a.shape), toarray(a));
  if (isZero(scalar)) return negative(a);
  throw notImplemented('subtracting a sparse array from a nonzero scalar is not supported');
}

/**
 * `-a`. a (m, n) → (m, n), of a's format and dtype, except bool.
 * @example toarray(negative(csr_matrix([[1, 0]]))).tolist() // [[-1n, 0n]]
 */
export function negative(a: Sparse): Sparse {
  if (a.dtype === 'bool') throw notImplemented('negating a boolean sparse array is not supported');
  return withData(a, ufunc.negative(storedValues(a)));
}

/**
 * `abs(a)`; duplicates are added up first. Of a's dtype; float32 of complex64, float64 of complex128.
 * @example toarray(absolute(csr_matrix([[-1, 0]]))).tolist() // [[1n, 0n]]
 */
export function absolute(a: Sparse): Sparse {
  sum_duplicates(a);
  return withData(a, ufunc.absolute(storedValues(a)));
}

/**
 * A function that keeps zeros, on the stored values; duplicates are added up first.
 *
 * a (m, n) → (m, n), of the dtype that the function makes.
 *
 * @example toarray(atStoredValues(csr_matrix([[4, 0]]), () => array([2]))).tolist() // [[2n, 0n]]
 */
export function atStoredValues(a: Sparse, f: (x: NDArray) => NDArray): Sparse {
  sum_duplicates(a);
  return withData(a, f(storedValues(a)));
}

/** Every stored value times a scalar; the format stays. */
export function scale(a: Sparse, factor: Weak | NDArray): Sparse {
  return withData(a, ufunc.multiply(storedValues(a), factor));
}

/**
 * The elementwise product with a sparse matrix, a dense array or a scalar, broadcast as NumPy does; the result is
 * sparse. The dtype both promote to.
 *
 * @throws AppError 'value' "inconsistent shapes (2, 2) and (3, 3)".
 * @example toarray(multiply(csr_matrix([[1, 2], [3, 4]]), array([[10], [1]]))).tolist() // [[10n, 20n], [3n, 4n]]
 */
export function multiply(a: Sparse, other: Other): Sparse | NDArray {
  const scalar = issparse(other) ? undefined : scalarOf(other);
  if (scalar !== undefined) return scale(a, scalar);
  if (a instanceof Diagonals && other instanceof Diagonals && shapeText(a.shape) === shapeText(other.shape))
    return multiplyDiagonals(a, other);
  if (issparse(other)) return multiplySparse(compressed(a), other);
  const given = asarray(other);
  const plainDiagonals =
    a instanceof Diagonals && given.ndim <= 2 && !a.shape.includes(0) && !a.shape.includes(1) && given.size > 0;
  return plainDiagonals ? multiplyDiagonalsDense(a, given) : multiplyDense(compressed(a), given);
}

function inconsistent(a: { shape: readonly number[] }, b: { shape: readonly number[] }): AppError {
  return new AppError('value', `inconsistent shapes ${shapeText(a.shape)} and ${shapeText(b.shape)}`);
}

function multiplySparse(a: Compressed, b: Sparse): Sparse {
  if (shapeText(a.shape) === shapeText(b.shape)) return atEveryPlace(a, b, (x, y) => ufunc.multiply(x, y));
  const [m, n] = a.shape2d;
  const [p, q] = b.shape2d;
  if (p === 1 && q === 1) return scale(a, elementOf(toarray(b)));
  if (m === 1 && n === 1) return scale(b, elementOf(toarray(a)));
  const spread = (x: Sparse): Compressed =>
    diagonalCsr(reshapeArray(toarray(x), [x.shape2d[0] * x.shape2d[1]]), a.kind);
  if (m === 1 && q === 1) return matmulSparse(b, asTwo(a));
  if (n === 1 && p === 1) return matmulSparse(a, asTwo(b));
  if (p === 1 && n === q) return likeOne(matmulSparse(a, spread(b)), a);
  if (m === 1 && n === q) return matmulSparse(b, spread(a));
  if (q === 1 && m === p) return matmulSparse(spread(b), a);
  if (n === 1 && m === p) return matmulSparse(spread(a), b);
  throw inconsistent(a, b);
}

const asTwo = (a: Sparse): Sparse => (a.ndim === 2 ? a : reshape(a, a.shape2d));
const likeOne = (made: Sparse, a: Sparse): Sparse => (a.ndim === 2 ? made : reshape(made, made.shape2d));
const elementOf = (a: NDArray): NDArray => reshapeArray(a, []);

/**
 * The values on the diagonal, zeros stored too. values (n,) → (n, n), of their dtype.
 * @example toarray(diagonalCsr(array([1, 2]), 'matrix')).tolist() // [[1n, 0n], [0n, 2n]]
 */
export function diagonalCsr(values: NDArray, kind: 'matrix' | 'array'): Compressed {
  const n = values.size;
  const make = kind === 'array' ? csr_array : csr_matrix;
  return make(
    { data: flatValues(values), indices: arrayOf(range(n)), indptr: arrayOf(range(n + 1)) },
    { shape: [n, n] },
  );
}

function multiplyDense(a: Sparse, given: NDArray): Sparse | NDArray {
  if (given.ndim > 2) return ufunc.multiply(toarray(a), given);
  if (given.size === 1)
    return reshapeIfNeeded(scale(a, reshapeArray(given, [])), broadcast_shapes(a.shape, given.shape));
  if (a.shape2d[0] * a.shape2d[1] === 1) return ufunc.multiply(toarray(a), given);
  let shape: number[];
  try {
    shape = broadcast_shapes(a.shape, given.shape);
  } catch {
    throw inconsistent(a, given);
  }
  const coo = tocoo(a);
  if (shapeText(shape) === shapeText(a.shape)) {
    const values = pickDense(coo, given, shape);
    return new Coordinates(
      a.kind,
      a.shape,
      coo.coords.map((list) => newFrom(list)),
      ufunc.multiply(coo.data, values),
      coo.canonical,
    );
  }
  // The sparse operand repeats itself: a row or column times a dense matrix.
  const wide = broadcast_to(toarray(a), shape);
  return makeSparse('coo', a.kind, ufunc.multiply(wide, given));
}

function reshapeIfNeeded(a: Sparse, shape: readonly number[]): Sparse {
  return shapeText(a.shape) === shapeText(shape) ? a : reshape(a, shape);
}

/** The dense values at the places of the entries. */
function pickDense(coo: Coordinates, given: NDArray, shape: readonly number[]): NDArray {
  const whole = broadcast_to(given, shape);
  return getitem(
    whole,
    coo.coords.map((list) => arrayOf(newFrom(list))),
  );
}

/**
 * `a / other`. By a scalar or a dense array: sparse; by a sparse matrix: dense, NaN where both are zero. Of one shape
 * (m, n); dense operands broadcast. float32 stays, integers and bool become float64.
 *
 * @example toarray(divide(csr_matrix([[2, 0]]), 4)).tolist() // [[0.5, 0]]
 */
export function divide(a: Sparse, other: Other): Sparse | NDArray {
  const real = can_cast(a.dtype, 'float64');
  const scalar = issparse(other) ? undefined : scalarOf(other);
  if (scalar !== undefined) {
    const factor = scalar instanceof NDArray ? ufunc.divide(1, scalar) : ufunc.divide(new PyFloat(1), scalar).item();
    const weak = factor instanceof NDArray ? factor : typeof factor === 'number' ? new PyFloat(factor) : factor;
    return scale(real ? astype(a, 'float64', { copy: false }) : a, weak);
  }
  if (!issparse(other)) return multiply(a, ufunc.divide(1, asarray(other)));
  if (shapeText(a.shape) !== shapeText(other.shape)) throw inconsistent(a, other);
  const rows = real ? astype(tocsr(a), 'float64', { copy: false }) : tocsr(a);
  const quotient = atEveryPlace(
    rows,
    tocsr(other),
    (x, y) => ufunc.divide(x, y),
    promote_types(rows.dtype, other.dtype),
  );
  const made = full(a.shape, Number.NaN, rows.dtype);
  for (const [from, values] of [
    [tocoo(other), 0],
    [tocoo(quotient), null],
  ] as const) {
    setitem(
      made,
      from.coords.map((list) => arrayOf(newFrom(list))),
      values ?? from.data,
    );
  }
  return made;
}

/**
 * `other / a` for a dense array or a scalar: dense. A dense operand broadcasts to (m, n); integers and bool become
 * float64, numbers divided by complex64 complex128.
 *
 * @example rdivide(csr_matrix([[2, 4]]), 1).tolist() // [[0.5, 0.25]]
 */
export function rdivide(a: Sparse, other: ArrayLike): NDArray {
  return ufunc.divide(asarray(other), toarray(a));
}

/**
 * Every stored value to the power n; duplicates are added up first.
 *
 * a (m, n) → (m, n), of a's dtype, or the one it and n promote to; int8 of bool.
 *
 * @throws NotImplementedError for n = 0, which would make the matrix dense.
 * @example toarray(power(csr_matrix([[3, 0]]), 2)).tolist() // [[9n, 0n]]
 */
export function power(a: Sparse, n: Other, dtype?: DType): Sparse {
  const exponent = issparse(n) ? undefined : scalarOf(n);
  if (exponent === undefined) throw notImplemented('input is not scalar');
  if (isZero(exponent)) {
    throw notImplemented(
      'zero power is not supported as it would densify the matrix.\nUse `np.ones(A.shape, dtype=A.dtype)` for this case.',
    );
  }
  const from = dtype === undefined ? a : astype(a, dtype, { copy: false });
  sum_duplicates(from);
  // NumPy takes a square by itself, which keeps bool small.
  const squared = exponent === 2 && from.dtype === 'bool';
  return withData(from, squared ? ufunc.square(storedValues(from)) : ufunc.power(storedValues(from), exponent));
}
