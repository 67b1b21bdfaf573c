/** A few singular values of a large matrix. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray } from '../../cast.ts';
import { type ArrayLike, asarray, eye } from '../../create.ts';
import { isComplexType } from '../../linalg/matrices.ts';
import { qr } from '../../linalg/orthogonal.ts';
import { matmul } from '../../linalg/products.ts';
import { svd, svdvals } from '../../linalg/svd.ts';
import { shapeText } from '../../memory.ts';
import type { NDArray } from '../../ndarray.ts';
import { flip } from '../../shape.ts';
import { conj } from '../../ufuncs/arithmetic.ts';
import { default_rng, type Generator } from '../../random/generator.ts';
import type { Seed } from '../../random/seed-sequence.ts';
import { eigenvectorsOf } from './eigen.ts';
import {
  adjointTimes,
  aslinearoperator,
  type Matrix,
  nativeOperator,
  sizesOf,
  times,
  workingType,
} from './operators.ts';

export interface SvdsOptions {
  which?: string;
  ncv?: number | null;
  tol?: number;
  v0?: ArrayLike | null;
  maxiter?: number | null;
  /** true, false, or only 'u' or 'vh'. */
  return_singular_vectors?: boolean | 'u' | 'vh';
  /**
   * What SciPy's solver of this name accepts is accepted: `ncv` is looked at for 'arpack' alone, 'propack' takes k up to
   * min(m, n) and a v0 of m elements. The values come from the same iteration whatever the name.
   */
  solver?: string;
  /** Seeds the vector to begin with. */
  rng?: Seed | Generator | null;
}

export interface PartialSVD {
  /** (m, k), null when it was not wanted. */
  u: NDArray | null;
  /** (k,) ascending. */
  s: NDArray;
  /** (k, n), null when it was not wanted. */
  vh: NDArray | null;
}

/**
 * The k largest ('LM') or smallest ('SM') singular values with their vectors: `A ≈ u · diag(s) · vh`.
 *
 * A (m, n) sparse, dense or an operator with rmatvec, 0 < k < min(m, n); s ascends, as in SciPy. The eigenvectors of
 * AᴴA (or AAᴴ) by `eigsh`, then the SVD of A times them. float32 and complex64 stay single, integers become float64; s
 * is real.
 *
 * @throws AppError 'value' "`k` must be an integer satisfying `0 < k < min(A.shape)`.".
 * @example svds(diags([[1, 7, 3]]), 2).s.tolist().map((x) => Math.round(x)) // [3, 7]
 */
export function svds(A: Matrix, k = 6, options: SvdsOptions = {}): PartialSVD {
  const a = aslinearoperator(A);
  const { tol = 0, v0, maxiter = null, return_singular_vectors = true } = options;
  const solver = String(options.solver ?? 'arpack').toLowerCase();
  if (!['arpack', 'lobpcg', 'propack'].includes(solver))
    throw new AppError('value', "solver must be one of {'arpack', 'lobpcg', 'propack'}.", { argument: 'solver' });
  const which = String(options.which ?? 'LM').toUpperCase();
  const ncv = solver === 'arpack' ? (options.ncv ?? null) : null;
  const [m, n] = sizesOf(a);
  const least = Math.min(m, n);
  if (m * n === 0) throw new AppError('value', '`A` must not be empty.', { argument: 'A' });
  if (!Number.isInteger(k) || !(k > 0 && k <= (solver === 'propack' ? least : least - 1)))
    throw new AppError('value', '`k` must be an integer satisfying `0 < k < min(A.shape)`.', { argument: 'k' });
  if (ncv !== null && !(Number.isInteger(ncv) && k < ncv && ncv < least))
    throw new AppError('value', '`ncv` must be an integer satisfying `k < ncv < min(A.shape)`.', { argument: 'ncv' });
  if (!(tol >= 0 && Number.isFinite(tol)))
    throw new AppError('value', '`tol` must be a non-negative floating point value.', { argument: 'tol' });
  if (which !== 'LM' && which !== 'SM')
    throw new AppError('value', "`which` must be in {'LM', 'SM'}.", { argument: 'which' });
  if (maxiter !== null && !(Number.isInteger(maxiter) && maxiter > 0))
    throw new AppError('value', '`maxiter` must be a positive integer.', { argument: 'maxiter' });
  if (![true, false, 'u', 'vh'].includes(return_singular_vectors)) {
    throw new AppError('value', "`return_singular_vectors` must be in {False, True, 'u', 'vh'}.", {
      argument: 'return_singular_vectors',
    });
  }
  const length = solver === 'propack' ? m : least;
  const given = v0 === undefined || v0 === null ? null : asarray(v0);
  if (given !== null && (given.ndim !== 1 || given.size !== length))
    throw new AppError('value', `\`v0\` must have shape ${shapeText([length])}.`, { argument: 'v0' });

  const dtype = workingType(a.dtype);
  if (k === least) return whole(castArray(times(a, eye(n, n, 0, dtype)), dtype), return_singular_vectors);
  const tall = m >= n;
  // PROPACK begins on the left.
  const turned = given !== null && given.size !== least ? adjointTimes(a, castArray(given, dtype)) : given;
  const start = turned ?? default_rng(options.rng ?? 0).standard_normal(least);
  const [forward, back] = [nativeOperator(a, dtype), nativeOperator(a, dtype, true)];
  const gram = tall
    ? ({ kind: 'product', b: back, a: forward } as const)
    : ({ kind: 'product', b: forward, a: back } as const);
  const v = eigenvectorsOf(gram, a, least, dtype, k, { which, ncv, maxiter, tol: tol ** 2, v0: start });
  // Vectors of neighbouring values are orthogonal only to the accuracy of the eigenvalues.
  const basis = qr(v).Q;
  const product = castArray(tall ? times(a, basis) : adjointTimes(a, basis), dtype);
  if (return_singular_vectors === false) return { u: null, s: flip(svdvals(product)), vh: null };
  const { U, S, Vh } = svd(product, { full_matrices: false });
  const [left, right] = [flip(U, 1), flip(Vh, 0)];
  const [wantU, wantV] = [return_singular_vectors !== 'vh', return_singular_vectors !== 'u'];
  const s = flip(S);
  if (!tall) return { u: wantU ? matmul(basis, adjoint(right)) : null, s, vh: wantV ? adjoint(left) : null };
  return { u: wantU ? left : null, s, vh: wantV ? matmul(right, adjoint(basis)) : null };
}

/** All singular values of a small matrix, ascending. */
function whole(a: NDArray, wanted: boolean | 'u' | 'vh'): PartialSVD {
  const { U, S, Vh } = svd(a, { full_matrices: false });
  return {
    u: wanted === false || wanted === 'vh' ? null : flip(U, 1),
    s: flip(S),
    vh: wanted === false || wanted === 'u' ? null : flip(Vh, 0),
  };
}

const adjoint = (a: NDArray): NDArray => (isComplexType(a.dtype) ? conj(a.T) : a.T);
