/** How far factors are from what they should be: each a share of the factor's own size, 0 for a right one. */
import { tril, triu } from '../building.ts';
import { eye } from '../create.ts';
import type { NDArray } from '../ndarray.ts';
import { type Complex, isComplex } from '../scalar.ts';
import { conj, multiply, subtract } from '../ufuncs/arithmetic.ts';
import { eigvalsh } from './eigenvalues.ts';
import { commonType, isComplexType } from './matrices.ts';
import { norm } from './norms.ts';
import { matmul } from './products.ts';

/** Aᴴ. */
export const adjoint = (a: NDArray): NDArray => (isComplexType(a.dtype) ? conj(a.T) : a.T);

/** The Frobenius norm. */
export const size = (a: NDArray): number => (a.size === 0 ? 0 : Number(norm(a).item()));

const share = (part: NDArray, whole: NDArray): number => {
  const [x, y] = [size(part), size(whole)];
  return y > 0 ? x / y : x;
};

/** ‖QᴴQ − I‖ of the columns, or of the rows where they are fewer. */
export function unitarity(q: NDArray): number {
  if (q.size === 0) return 0;
  const [m, n] = q.shape;
  const gram = m >= n ? matmul(adjoint(q), q) : matmul(q, adjoint(q));
  return size(subtract(gram, eye(gram.shape[0], gram.shape[0], 0, commonType(q))));
}

/** What lies below the diagonal of an upper triangle. */
export const upper = (r: NDArray): number => share(tril(r, -1), r);

/** What lies below the first subdiagonal. */
export const hessenberg = (h: NDArray): number => share(tril(h, -2), h);

/** What a lower triangle with ones on its diagonal has elsewhere. */
export function unitLower(l: NDArray): number {
  const [m, n] = l.shape;
  return share(subtract(triu(l), eye(m, n)), l);
}

/** The order of rows in which a matrix is a lower (or with false an upper) triangle, if there is one. */
export function triangularOrder(l: NDArray, lower = true): number[] {
  const rows = l.tolist() as (number | Complex)[][];
  const filled = (row: readonly (number | Complex)[]): number => {
    const at = lower ? row.findLastIndex((x) => magnitude(x) > 0) : row.findIndex((x) => magnitude(x) > 0);
    return at < 0 ? row.length : at;
  };
  const ends = rows.map(filled);
  return rows.map((_, k) => k).sort((i, j) => ends[i] - ends[j] || i - j);
}

/** A matrix of zeros and ones, one in each row and column. */
export const permutation = (p: NDArray): number => Math.max(size(subtract(multiply(p, p), p)), unitarity(p));

/** An upper triangle with 2 × 2 blocks on its diagonal where it is real: never two subdiagonal entries in a row. */
export function quasiUpper(t: NDArray): number {
  if (isComplexType(t.dtype)) return upper(t);
  return Math.max(hessenberg(t), neighbours(t) / (size(t) || 1));
}

/** A diagonal of 1 × 1 and 2 × 2 blocks. */
export function blockDiagonal(d: NDArray): number {
  return Math.max(share(tril(d, -2), d), share(triu(d, 2), d), neighbours(d) / (size(d) || 1));
}

/** The largest of the smaller ones among neighbours below the diagonal. */
function neighbours(t: NDArray): number {
  let worst = 0;
  let before = 0;
  for (let k = 1; k < t.shape[0]; k++) {
    const here = magnitude(t.get([k, k - 1]) as number | Complex);
    worst = Math.max(worst, Math.min(before, here));
    before = here;
  }
  return worst;
}

const magnitude = (x: number | Complex): number => (isComplex(x) ? Math.hypot(x.re, x.im) : Math.abs(x));

/** What on a diagonal is not real and positive. */
export function positiveDiagonal(l: NDArray): number {
  let wrong = 0;
  for (let k = 0; k < Math.min(...l.shape); k++) {
    const x = l.get([k, k]) as number | Complex;
    wrong = Math.max(wrong, isComplex(x) ? Math.max(-x.re, Math.abs(x.im)) : -x);
  }
  return wrong / (size(l) || 1);
}

/** What a Hermitian matrix without negative eigenvalues is not. */
export function semidefinite(p: NDArray): number {
  if (p.size === 0) return 0;
  const whole = size(p) || 1;
  if (!Number.isFinite(whole)) return NaN;
  const values = eigvalsh(p).tolist() as number[];
  return Math.max(size(subtract(p, adjoint(p))), -Math.min(...values)) / whole;
}

/** The largest step down among values that should ascend. */
export function ascending(values: NDArray): number {
  const list = (values.tolist() as (number | Complex)[]).map((x) => (isComplex(x) ? x.re : x));
  const largest = list.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const down = list.reduce((worst, x, k) => (k === 0 ? worst : Math.max(worst, list[k - 1] - x)), 0);
  return largest > 0 ? down / largest : 0;
}
