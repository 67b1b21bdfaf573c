/** Sparse triangular systems. */
import { AppError } from '#shared/errors.ts';
import { ascontiguousarray, copy as copyArray } from '../../cast.ts';
import { type ArrayLike, asarray } from '../../create.ts';
import { type FloatDType } from '../../linalg/matrices.ts';
import { shapeText } from '../../memory.ts';
import type { NDArray } from '../../ndarray.ts';
import { promote_types } from '../../promotion.ts';
import { sum_duplicates } from '../canonical.ts';
import { makeSparse, type SparseLike } from '../construct.ts';
import { astype, tocsr } from '../convert.ts';
import { Sparse } from '../sparse-array.ts';
import { diagonal } from '../diagonal.ts';
import { entries, nonzeroPlaces } from '../values.ts';

/**
 * x with `A · x = b` for a triangular A; the other triangle must be empty.
 *
 * A (n, n), b (n,) or (n, k) → x of the shape of b. float32 and complex64 stay single; integers of 32 and 64 bits
 * become float64.
 *
 * @throws AppError 'linalg' "A is singular: zero entry on diagonal."; 'value' "A must be a square matrix but its shape
 * is ….", "b must have 1 or 2 dims but its shape is ….".
 * @example spsolve_triangular(csr_matrix([[2, 0], [1, 4]]), array([2, 5])).tolist() // [1, 1]
 */
export function spsolve_triangular(
  A: SparseLike,
  b: ArrayLike,
  { lower = true, unit_diagonal = false }: { lower?: boolean; unit_diagonal?: boolean } = {},
): NDArray {
  const rows = tocsr(A instanceof Sparse ? A : makeSparse('csr', 'array', A));
  const [m, n] = rows.shape2d;
  if (m !== n)
    throw new AppError('value', `A must be a square matrix but its shape is ${shapeText([m, n])}.`, { argument: 'A' });
  const given = asarray(b);
  if (given.ndim !== 1 && given.ndim !== 2) {
    throw new AppError('value', `b must have 1 or 2 dims but its shape is ${shapeText(given.shape)}.`, {
      argument: 'b',
    });
  }
  if (given.shape[0] !== m) {
    throw new AppError(
      'value',
      `The size of the dimensions of A must be equal to the size of the first dimension of b but the shape of A is ${shapeText([m, n])} and the shape of b is ${shapeText(given.shape)}.`,
      { argument: 'b' },
    );
  }
  const dtype = promote_types(promote_types(rows.dtype, 'float32'), given.dtype) as FloatDType;
  const a = astype(rows, dtype);
  sum_duplicates(a);
  const pivots = diagonal(a);
  if (!unit_diagonal && nonzeroPlaces(pivots).length < n)
    throw new AppError('linalg', 'A is singular: zero entry on diagonal.', { argument: 'A' });
  const x = copyArray(ascontiguousarray(given, dtype));
  const [k, parts] = [given.ndim === 1 ? 1 : given.shape[1], x.entries];
  const [to, values, d] = [entries(x), entries(a.data), entries(pivots)];
  for (let step = 0; step < n; step++) {
    const i = lower ? step : n - 1 - step;
    for (let c = 0; c < k; c++) {
      const at = (i * k + c) * parts;
      let [re, im] = [to[at], parts === 2 ? to[at + 1] : 0];
      for (let p = a.pointers[i]; p < a.pointers[i + 1]; p++) {
        const j = a.minor[p];
        if (lower ? j >= i : j <= i) continue;
        const from = (j * k + c) * parts;
        const [vr, vi] = [values[p * parts], parts === 2 ? values[p * parts + 1] : 0];
        const [xr, xi] = [to[from], parts === 2 ? to[from + 1] : 0];
        re -= vr * xr - vi * xi;
        im -= vr * xi + vi * xr;
      }
      if (!unit_diagonal) {
        const [pr, pi] = [d[i * parts], parts === 2 ? d[i * parts + 1] : 0];
        const size = pr * pr + pi * pi;
        [re, im] = parts === 1 ? [re / pr, 0] : [(re * pr + im * pi) / size, (im * pr - re * pi) / size];
      }
      to[at] = re;
      if (parts === 2) to[at + 1] = im;
    }
  }
  return x;
}
