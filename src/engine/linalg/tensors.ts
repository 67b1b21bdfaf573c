import { AppError } from '#shared/errors.ts';
import type { NDArray } from '../ndarray.ts';
import { reshape, transpose } from '../shape.ts';
import { inv, solve } from './systems.ts';

const product = (shape: readonly number[]): number => shape.reduce((all, n) => all * n, 1);

/**
 * Solves `tensordot(a, x, x.ndim) = b` for x.
 *
 * a of shape b.shape + Q with prod(Q) = prod(b.shape); `axes` of a are moved to its end first; x of shape Q. Dtypes as
 * of `solve`.
 *
 * @throws AppError 'linalg' when a is not "square" and for singular ones; 'value' "list.remove(x): x not in list", and
 * for a right-hand side of another size.
 * @example tensorsolve(reshape(eye(4), [2, 2, 2, 2]), array([[1, 2], [3, 4]])).tolist() // [[1, 2], [3, 4]]
 */
export function tensorsolve(a: NDArray, b: NDArray, axes: readonly number[] | null = null): NDArray {
  let moved = a;
  if (axes !== null) {
    const order = [...a.shape.keys()];
    for (const axis of axes) {
      const at = order.indexOf(axis < 0 ? axis + a.ndim : axis);
      if (at < 0) throw new AppError('value', 'list.remove(x): x not in list', { argument: 'axes' });
      order.push(...order.splice(at, 1));
    }
    moved = transpose(a, order);
  }
  // As NumPy counts from the end: more axes of b than of a leave the first of a out.
  const rest = moved.shape.slice(b.ndim - a.ndim);
  const size = product(rest);
  if (a.size !== size ** 2) {
    throw new AppError(
      'linalg',
      'Input arrays must satisfy the requirement             prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])',
      { argument: 'a' },
    );
  }
  const x = solve(reshape(moved, [size, size]), reshape(b, [b.size]));
  return reshape(x, [...rest]);
}

/**
 * The inverse of a tensor under `tensordot(a, …, ind)`: shape a.shape[ind:] + a.shape[:ind]. Dtypes as of `inv`.
 * @throws AppError 'value' "Invalid ind argument."; 'linalg' for singular and not "square" ones.
 * @example tensorinv(reshape(eye(4), [2, 2, 2, 2])).shape // [2, 2, 2, 2]
 */
export function tensorinv(a: NDArray, ind = 2): NDArray {
  if (!(ind > 0)) throw new AppError('value', 'Invalid ind argument.', { argument: 'ind' });
  const shape = [...a.shape.slice(ind), ...a.shape.slice(0, ind)];
  const columns = product(a.shape.slice(ind));
  const rows = columns === 0 ? 0 : a.size / columns;
  return reshape(inv(reshape(a, [rows, columns])), shape);
}

/**
 * The transpose of each matrix of a stack: the last two axes exchanged, a view.
 *
 * x (…, m, n) → (…, n, m), a view. Of x's dtype.
 *
 * @throws AppError 'value' for fewer than two axes.
 * @example matrix_transpose(array([[1, 2], [3, 4]])).tolist() // [[1n, 3n], [2n, 4n]]
 */
export function matrix_transpose(x: NDArray): NDArray {
  if (x.ndim < 2) {
    throw new AppError('value', `Input array must be at least 2-dimensional, but it is ${x.ndim}`, { argument: 'x' });
  }
  const order = [...x.shape.keys()];
  return transpose(x, [...order.slice(0, -2), x.ndim - 1, x.ndim - 2]);
}
