/** Matrices that are known by what they do to vectors, and how they are handed to the addon. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { ascontiguousarray, astype as castArray, copyInto } from '../../cast.ts';
import { empty } from '../../create.ts';
import { type FloatDType, entriesOf, isComplexType } from '../../linalg/matrices.ts';
import { matmul as matmulArrays } from '../../linalg/products.ts';
import { shapeText } from '../../memory.ts';
import type { NativeOperator } from '../../native-sparse.ts';
import { NDArray } from '../../ndarray.ts';
import { promote_types } from '../../promotion.ts';
import { reshape as reshapeArray } from '../../shape.ts';
import { conj as conjArray } from '../../ufuncs/arithmetic.ts';
import { astype, conj, tocsr, transpose } from '../convert.ts';
import { matmulDense } from '../matmul.ts';
import { Sparse } from '../sparse-array.ts';

/**
 * A matrix by its products: `matvec` is x ↦ A · x on vectors of length n, `rmatvec` x ↦ Aᴴ · x.
 *
 * @example const f = new LinearOperator([2, 2], { matvec: (x) => x }); aslinearoperator(f).shape // [2, 2]
 */
export class LinearOperator {
  readonly shape: readonly [number, number];
  readonly dtype: DType;
  readonly matvec: (x: NDArray) => NDArray;
  readonly rmatvec: ((x: NDArray) => NDArray) | null;

  constructor(
    shape: readonly number[],
    {
      matvec,
      rmatvec = null,
      dtype = 'float64',
    }: { matvec: (x: NDArray) => NDArray; rmatvec?: ((x: NDArray) => NDArray) | null; dtype?: DType },
  ) {
    if (shape.length !== 2 || shape.some((n) => !Number.isInteger(n) || n < 0))
      throw new AppError('value', `invalid shape ${shapeText(shape)} (must be 2-d)`, { argument: 'shape' });
    this.shape = [shape[0], shape[1]];
    this.dtype = dtype;
    this.matvec = matvec;
    this.rmatvec = rmatvec;
  }
}

/** What the methods of this folder take as a matrix. */
export type Matrix = Sparse | NDArray | LinearOperator;

/**
 * The matrix itself when it can multiply vectors.
 *
 * (m, n), of any dtype: sparse, dense, or what has `shape`, `dtype` and `matvec`.
 *
 * @throws AppError 'dtype' "type not understood"; 'value' for arrays that are not 2-d.
 * @example aslinearoperator(csr_matrix([[1, 2]])).shape // [1, 2]
 */
export function aslinearoperator(a: unknown): Matrix {
  if (a instanceof LinearOperator) return a;
  if (a instanceof Sparse) {
    if (a.ndim !== 2) throw new AppError('value', 'array must have ndim <= 2');
    return a;
  }
  if (a instanceof NDArray) {
    if (a.ndim > 2) throw new AppError('value', 'array must have ndim <= 2');
    return a.ndim === 2 ? a : reshapeArray(a, [1, a.size]);
  }
  throw new AppError('dtype', 'type not understood');
}

/** Rows and columns. */
export function sizesOf(a: Matrix): readonly [number, number] {
  return a instanceof Sparse ? a.shape2d : [a.shape[0], a.shape[1]];
}

/** The dtype in which a solver computes with these: integers count as float64. */
export function workingType(...dtypes: readonly DType[]): FloatDType {
  const floats = dtypes.map((dtype): DType =>
    dtype.startsWith('float') || dtype.startsWith('complex') ? dtype : 'float64',
  );
  return floats.reduce((x, y) => promote_types(x, y)) as FloatDType;
}

/**
 * The operator as the addon takes it, in a dtype; `adjoint`: its conjugate transpose.
 * @throws AppError 'value' "matrices with more than 2147483647 rows or columns are not supported here".
 */
export function nativeOperator(a: Matrix, dtype: FloatDType, adjoint = false): NativeOperator {
  if (a instanceof LinearOperator) return functionOperator(a, dtype, adjoint);
  if (a instanceof NDArray) return denseOperator(a, dtype, adjoint);
  const turned = adjoint ? transpose(conj(a)) : a;
  const rows = tocsr(turned.dtype === dtype ? turned : astype(turned, dtype, { copy: false }));
  const [m, n] = rows.shape2d;
  if (!(rows.minor instanceof Int32Array) || !(rows.pointers instanceof Int32Array)) {
    throw new AppError('value', 'matrices with more than 2147483647 rows or columns are not supported here');
  }
  return {
    kind: 'csr',
    rows: m,
    cols: n,
    indptr: rows.pointers,
    indices: rows.minor,
    data: entriesOf(rows.data, 0, rows.data.size),
  };
}

function denseOperator(a: NDArray, dtype: FloatDType, adjoint: boolean): NativeOperator {
  const turned = ascontiguousarray(adjoint ? (isComplexType(a.dtype) ? conjArray(a.T) : a.T) : a, dtype);
  return { kind: 'dense', rows: turned.shape[0], cols: turned.shape[1], data: entriesOf(turned, 0, turned.size) };
}

function functionOperator(a: LinearOperator, dtype: FloatDType, adjoint: boolean): NativeOperator {
  const [m, n] = adjoint ? [a.shape[1], a.shape[0]] : a.shape;
  const f = adjoint ? a.rmatvec : a.matvec;
  if (f === null) throw new AppError('value', 'rmatvec is not defined', { argument: 'rmatvec' });
  const [x, y] = [empty(n, dtype), empty(m, dtype)];
  const apply = (): void => {
    const from = empty(n, dtype);
    copyInto(from, x);
    copyInto(y, vectorOf(f(from), m, dtype));
  };
  return { kind: 'function', rows: m, cols: n, apply, x: entriesOf(x, 0, n), y: entriesOf(y, 0, m) };
}

function vectorOf(given: NDArray, n: number, dtype: FloatDType): NDArray {
  if (!(given instanceof NDArray) || given.size !== n) {
    throw new AppError('value', `dimension mismatch: matvec must return a vector of length ${n}`, {
      argument: 'matvec',
    });
  }
  const flat = reshapeArray(given, [n]);
  return flat.dtype === dtype ? flat : castArray(flat, dtype);
}

/** A · x with a dense vector or matrix, whatever A is. */
export function times(a: Matrix, x: NDArray): NDArray {
  if (a instanceof Sparse) return matmulDense(a, x);
  if (a instanceof NDArray) return matmulArrays(a, x);
  if (x.ndim === 1) return a.matvec(x);
  const dtype = workingType(a.dtype, x.dtype);
  const made = empty([a.shape[0], x.shape[1]], dtype);
  for (let j = 0; j < x.shape[1]; j++) {
    const column = x.view([x.shape[0]], [x.strides[0]], x.offset + j * x.strides[1]);
    copyInto(
      made.view([made.shape[0]], [made.strides[0]], made.offset + j * made.strides[1]),
      reshapeArray(a.matvec(ascontiguousarray(column)), [made.shape[0]]),
    );
  }
  return made;
}

/**
 * Aᴴ · x.
 * @throws AppError 'value' "rmatvec is not defined".
 */
export function adjointTimes(a: Matrix, x: NDArray): NDArray {
  if (a instanceof Sparse) return matmulDense(transpose(conj(a)), x);
  if (a instanceof NDArray) return matmulArrays(isComplexType(a.dtype) ? conjArray(a.T) : a.T, x);
  const { rmatvec } = a;
  if (rmatvec === null) throw new AppError('value', 'rmatvec is not defined', { argument: 'rmatvec' });
  return times(new LinearOperator([a.shape[1], a.shape[0]], { matvec: rmatvec, dtype: a.dtype }), x);
}
