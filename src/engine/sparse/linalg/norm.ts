/** Norms of sparse matrices. */
import { AppError } from '#shared/errors.ts';
import type { NDArray } from '../../ndarray.ts';
import { NDArray as Dense } from '../../ndarray.ts';
import { norm as normOfArray } from '../../linalg/norms.ts';
import * as reductions from '../../reductions.ts';
import { PyFloat } from '../../scalar.ts';
import { ravel } from '../../shape.ts';
import { power as powerOfArray } from '../../ufuncs/arithmetic.ts';
import { sqrt } from '../../ufuncs/mathematics.ts';
import { shapeText } from '../../memory.ts';
import { absolute, power, storedValues } from '../arithmetic.ts';
import { not_equal } from '../comparison.ts';
import { sum_duplicates } from '../canonical.ts';
import { copy, toarray, tocsr } from '../convert.ts';
import { max, min, sum } from '../reduce.ts';
import { issparse, type Sparse } from '../sparse-array.ts';
import { notImplemented } from '../sparse-error.ts';
import { svds } from './svds.ts';

export type SparseNormOrder = number | 'fro' | 'f' | null;

/**
 * The norm of a sparse matrix: Frobenius by default, 1, −1, inf, −inf, 2; with an integer `axis` norms of its rows (1)
 * or columns (0), of any order.
 *
 * x (m, n) → (); with `axis` (m,) or (n,). Real: float32 of float32 and complex64, else float64.
 *
 * @throws AppError 'dtype' "input is not sparse. use numpy.linalg.norm"; 'value' "Invalid norm order for matrices.".
 * @example norm(csr_matrix([[3, 0], [0, 4]])).item() // 5
 */
export function norm(x: Sparse, ord: SparseNormOrder = null, axis: number | readonly number[] | null = null): NDArray {
  if (!issparse(x)) throw new AppError('dtype', 'input is not sparse. use numpy.linalg.norm');
  if (axis === null && (ord === null || ord === 'fro' || ord === 'f')) return frobenius(x);
  const rows = tocsr(x);
  const axes = axis === null ? rows.shape.map((_, i) => i) : typeof axis === 'number' ? [axis] : [...axis];
  const nd = rows.ndim;
  if (axes.some((k) => !Number.isInteger(k)))
    throw new AppError('dtype', "'axis' must be None, an integer or a tuple of integers");
  if (axes.length > 2 || axes.length === 0) throw new AppError('value', 'Improper number of dimensions to norm.');
  if (axes.some((k) => k < -nd || k >= nd)) {
    throw new AppError('value', `Invalid axis ${shapeText(axes)} for an array with shape ${shapeText(rows.shape)}`);
  }
  return axes.length === 2
    ? matrixNorm(
        rows,
        ord,
        axes.map((k) => (k + nd) % nd),
      )
    : vectorNorms(rows, ord, axes[0]);
}

function frobenius(x: Sparse): NDArray {
  const own = copy(x);
  sum_duplicates(own);
  return normOfArray(ravel(storedValues(own)));
}

function matrixNorm(x: Sparse, ord: SparseNormOrder, [row, col]: number[]): NDArray {
  if (row === col) throw new AppError('value', 'Duplicate axes given.');
  const sums = (axis: number): NDArray => sum(absolute(copy(x)), axis);
  if (ord === 1) return reductions.max(sums(row));
  if (ord === -1) return reductions.min(sums(row));
  if (ord === Number.POSITIVE_INFINITY) return reductions.max(sums(col));
  if (ord === Number.NEGATIVE_INFINITY) return reductions.min(sums(col));
  if (ord === null || ord === 'fro' || ord === 'f') return frobenius(x);
  if (ord === 2) return reductions.max(svds(x, 1, { return_singular_vectors: false }).s);
  if (ord === -2) throw notImplemented('');
  throw new AppError('value', 'Invalid norm order for matrices.', { argument: 'ord' });
}

function vectorNorms(x: Sparse, ord: SparseNormOrder, axis: number): NDArray {
  if (typeof ord === 'string') throw new AppError('value', 'Invalid norm order for vectors.', { argument: 'ord' });
  const sizes = absolute(copy(x));
  const dense = (a: Sparse | NDArray): NDArray => ravel(a instanceof Dense ? a : toarray(a));
  if (ord === Number.POSITIVE_INFINITY) return dense(max(sizes, axis));
  if (ord === Number.NEGATIVE_INFINITY) return dense(min(sizes, axis));
  if (ord === 0) return dense(sum(not_equal(x, 0) as Sparse, axis));
  if (ord === 1) return dense(sum(sizes, axis));
  if (ord === 2 || ord === null) return dense(sqrt(sum(power(sizes, 2), axis)));
  return dense(powerOfArray(sum(power(sizes, ord), axis), new PyFloat(1 / ord)));
}
