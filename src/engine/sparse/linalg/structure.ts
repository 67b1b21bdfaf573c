/** Where a matrix has entries: bandwidth and triangles, by structure alone. */
import { AppError } from '#shared/errors.ts';
import type { ArrayLike } from '../../create.ts';
import { asformat } from '../convert.ts';
import { makeSparse } from '../construct.ts';
import { type Coordinates, Sparse } from '../sparse-array.ts';

/** The entries as rows and columns, those that are stored zeros too. */
function placesOf(A: Sparse | ArrayLike): Coordinates {
  return asformat(A instanceof Sparse ? A : makeSparse('csr', 'array', A), 'coo') as Coordinates;
}

/**
 * How far entries reach below and above the diagonal.
 *
 * A (m, n) → two counts of diagonals. Of any dtype.
 *
 * @throws AppError 'value' for a matrix without entries, as in SciPy.
 * @example spbandwidth(csr_matrix([[1, 0, 2], [3, 4, 0], [0, 5, 6]])) // [1, 2]
 */
export function spbandwidth(A: Sparse | ArrayLike): [number, number] {
  const { rows, cols, nnz } = placesOf(A);
  if (nnz === 0) throw new AppError('value', 'zero-size array to reduction operation minimum which has no identity');
  let [below, above] = [0, 0];
  for (let k = 0; k < nnz; k++) {
    below = Math.max(below, rows[k] - cols[k]);
    above = Math.max(above, cols[k] - rows[k]);
  }
  return [below, above];
}

/**
 * Whether there are no entries above the diagonal (lower), and none below it (upper).
 *
 * A (m, n), of any dtype.
 *
 * @example is_sptriangular(csr_matrix([[1, 2], [0, 3]])) // [false, true]
 */
export function is_sptriangular(A: Sparse | ArrayLike): [boolean, boolean] {
  const { rows, cols, nnz } = placesOf(A);
  let [lower, upper] = [true, true];
  for (let k = 0; k < nnz; k++) {
    if (cols[k] > rows[k]) lower = false;
    if (cols[k] < rows[k]) upper = false;
  }
  return [lower, upper];
}
