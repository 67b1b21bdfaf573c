/** The first entry of a sparse matrix that is no finite number, for those who cannot go on with it. */
import { AppError } from '#shared/errors.ts';
import { cellText, nonfiniteCell, requireFinite } from '../linalg/matrices.ts';
import type { NDArray } from '../ndarray.ts';
import { isfinite, logical_not } from '../ufuncs/comparison.ts';
import { tocoo } from './convert.ts';
import { Sparse } from './sparse-array.ts';
import { nonzeroPlaces } from './values.ts';

/** Which entry, in row-major order, is the first that is NaN or infinite, and what it holds; null when there is none. */
export function nonfiniteEntry(a: Sparse | NDArray): string | null {
  if (!(a instanceof Sparse)) return nonfiniteCell(a);
  if (nonfiniteCell(a.data) === null) return null;
  const { rows, cols, data } = tocoo(a);
  let found = -1;
  for (const k of nonzeroPlaces(logical_not(isfinite(data)))) {
    if (found < 0 || rows[k] < rows[found] || (rows[k] === rows[found] && cols[k] < cols[found])) found = k;
  }
  // What lies outside of a dia matrix is no entry.
  if (found < 0) return null;
  const index = a.ndim === 1 ? [Number(cols[found])] : [Number(rows[found]), Number(cols[found])];
  return cellText(index, data.get([found]));
}

/** @throws AppError 'value' in SciPy's words, naming the first entry that is NaN or infinite. */
export function requireFiniteEntries(a: Sparse | NDArray, argument = 'A'): void {
  if (!(a instanceof Sparse)) {
    requireFinite(a, argument, 'value');
    return;
  }
  const hint = nonfiniteEntry(a);
  if (hint !== null) throw new AppError('value', 'array must not contain infs or NaNs', { argument, hint });
}
