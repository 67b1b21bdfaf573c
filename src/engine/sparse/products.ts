/** The operators `@`, `*` and `**`: what `*` and `**` mean depends on the interface. */
import { AppError } from '#shared/errors.ts';
import { type ArrayLike, asarray } from '../create.ts';
import type { NDArray } from '../ndarray.ts';
import { type Other, multiply, power, scalarOf, scale } from './arithmetic.ts';
import { matmulDense, matmulSparse, matrix_power, rmatmulDense } from './matmul.ts';
import { issparse, type Sparse } from './sparse-array.ts';

const noScalars = (): AppError => new AppError('value', "Scalar operands are not allowed, use '*' instead");

/**
 * `a @ other`.
 *
 * a (m, k) with sparse or dense (k, n) → (m, n), sparse or dense, with (k,) → (m,); the dtype both promote to.
 *
 * @throws AppError 'value' "Scalar operands are not allowed, use '*' instead".
 * @example matmul(csr_matrix([[1, 2]]), array([3, 4])).tolist() // [11n]
 */
export function matmul(a: Sparse, other: Other): Sparse | NDArray {
  if (issparse(other)) return matmulSparse(a, other);
  if (scalarOf(other) !== undefined) throw noScalars();
  return matmulDense(a, asarray(other));
}

/**
 * `other @ a` with a dense `other`.
 *
 * other (m, k) or (k,), a (k, n) → (m, n) or (n,), of the dtype both promote to.
 *
 * @example rmatmul(csr_matrix([[1], [2]]), array([3, 4])).tolist() // [11n]
 */
export function rmatmul(a: Sparse, other: ArrayLike): NDArray {
  if (scalarOf(other) !== undefined) throw noScalars();
  return rmatmulDense(a, asarray(other));
}

/**
 * `a.dot(other)`: the matrix product, or a multiple.
 *
 * a (m, k), other (k, n) or (k,) → (m, n) or (m,), of the dtype both promote to.
 *
 * @example dot(csr_matrix([[1, 2]]), array([3, 4])).tolist() // [11n]
 */
export function dot(a: Sparse, other: Other): Sparse | NDArray {
  const scalar = issparse(other) ? undefined : scalarOf(other);
  return scalar === undefined ? matmul(a, other) : scale(a, scalar);
}

/**
 * `a * other`: the matrix product of matrices, the elementwise one of arrays. Shapes as of `matmul`, a (m, k), or as of
 * `multiply`, (m, n); the dtype both promote to.
 *
 * @example toarray(times(csr_array([[1, 2]]), csr_array([[3, 4]]))).tolist() // [[3n, 8n]]
 */
export function times(a: Sparse, other: Other): Sparse | NDArray {
  return a.kind === 'array' ? multiply(a, other) : dot(a, other);
}

/**
 * `other * a`. Shapes as of `rmatmul`, a (k, n), or as of `multiply`, (m, n); the dtype both promote to.
 * @example toarray(rtimes(csr_array([[1, 2]]), 3)).tolist() // [[3n, 6n]]
 */
export function rtimes(a: Sparse, other: ArrayLike): Sparse | NDArray {
  if (a.kind === 'array') return multiply(a, other);
  const scalar = scalarOf(other);
  return scalar === undefined ? rmatmulDense(a, asarray(other)) : scale(a, scalar);
}

/**
 * `a ** n`: the matrix power of matrices, powers of the elements of arrays.
 *
 * a (n, n), or (m, n) for arrays; dtypes as of `matrix_power` and `power`.
 *
 * @throws AppError 'value' "exponent must be an integer".
 * @example toarray(toPower(csr_array([[2, 3]]), 2)).tolist() // [[4n, 9n]]
 */
export function toPower(a: Sparse, n: Other): Sparse {
  if (a.kind === 'array') return power(a, n);
  const exponent = issparse(n) ? undefined : scalarOf(n);
  if (exponent === undefined) throw new AppError('value', 'exponent must be an integer');
  const value = typeof exponent === 'object' && 'item' in exponent ? exponent.item() : exponent;
  return matrix_power(a, typeof value === 'object' ? Number.NaN : Number(value));
}
