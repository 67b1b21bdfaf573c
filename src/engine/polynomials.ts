/** NumPy's polynomials as lists of coefficients, the highest power first. */
import { AppError } from '#shared/errors.ts';
import { astype, copyInto } from './cast.ts';
import { vander } from './building.ts';
import { asarray, empty, ones, unset, zeros, zeros_like } from './create.ts';
import { allclose, array_equal, real } from './elementwise.ts';
import { concatenate } from './joining.ts';
import { eigvals } from './linalg/eigenvalues.ts';
import { nonfiniteCell, requireFinite } from './linalg/matrices.ts';
import { lstsq } from './linalg/least-squares.ts';
import { matmul } from './linalg/products.ts';
import { inv } from './linalg/systems.ts';
import type { NDArray } from './ndarray.ts';
import { trim_zeros } from './placing.ts';
import { kindCode, result_type } from './promotion.ts';
import { sum } from './reductions.ts';
import { isComplex, PyFloat } from './scalar.ts';
import { atleast_1d, expand_dims } from './shape.ts';
import { convolve } from './signals.ts';
import { slice, sliced } from './slicing.ts';
import { sort } from './sorting.ts';
import { add, conj, divide, multiply, negative, subtract } from './ufuncs/arithmetic.ts';
import { sqrt } from './ufuncs/mathematics.ts';
import type { Operand } from './ufuncs/definition.ts';

const coefficients = (p: Operand): NDArray => atleast_1d(asarray(p));

/** Integers and booleans as float64. */
const floating = (a: NDArray): NDArray => ('biu'.includes(kindCode(a.dtype)) ? astype(a, 'float64') : a);

/**
 * The polynomial at x, by Horner's scheme.
 *
 * p (n,), the highest power first, x (…) → (…), of the dtype both promote to; a number counts as int64 or float64.
 *
 * @throws AppError 'dtype' "iteration over a 0-d array".
 * @example polyval(array([1, 0, 2]), 3).item() // 11n
 */
export function polyval(p: Operand, x: Operand): NDArray {
  const list = asarray(p);
  if (list.ndim === 0) throw new AppError('dtype', 'iteration over a 0-d array', { argument: 'p' });
  const at = asarray(x);
  let y = zeros_like(at);
  for (let k = 0; k < list.shape[0]; k++) y = add(multiply(y, at), sliced(list, k));
  return y;
}

/**
 * The roots: eigenvalues of the companion matrix; leading zeros are left out, trailing ones are roots at 0.
 *
 * p (n,), the highest power first → (n − 1,) at most. LAPACK geev. Dtypes as of `eigvals`: float32 and
 * complex64 stay single, and roots without imaginary parts are real.
 *
 * @throws AppError 'value' "Input must be a rank-1 array."; 'linalg' for NaN and infinity, naming the first such cell.
 * @example roots(array([1, -3, 2])).tolist().map(Math.round) // [2, 1]
 */
export function roots(p: Operand): NDArray {
  const list = coefficients(p);
  if (list.ndim !== 1) throw new AppError('value', 'Input must be a rank-1 array.', { argument: 'p' });
  const values = list.tolist() as unknown[];
  const isZero = (value: unknown): boolean =>
    isComplex(value) ? value.re === 0 && value.im === 0 : Number(value) === 0;
  const first = values.findIndex((value) => !isZero(value));
  if (first < 0) return empty(0, 'float64');
  const last = values.findLastIndex((value) => !isZero(value));
  const inner = floating(sliced(list, slice(first, last + 1)));
  const n = inner.size - 1;
  let found = empty(0, 'float64');
  if (n > 0) {
    const companion = zeros([n, n], inner.dtype);
    for (let k = 1; k < n; k++) companion.set([k, k - 1], 1);
    if (inner.dtype === 'float64') {
      const step = inner.strides[0] / 8;
      for (let k = 0; k < n; k++)
        companion.data[companion.start + k] =
          -(inner.data[inner.start + (k + 1) * step] as number) / (inner.data[inner.start] as number);
    } else copyInto(sliced(companion, 0), divide(negative(sliced(inner, slice(1))), sliced(inner, 0)));
    // What makes the companion matrix so is a coefficient.
    if (nonfiniteCell(companion) !== null) requireFinite(list, 'p');
    found = eigvals(companion);
  }
  const trailing = values.length - 1 - last;
  return trailing === 0 ? found : concatenate([found, zeros(trailing, found.dtype)]);
}

/**
 * The polynomial with the given roots, or the characteristic polynomial of a square matrix.
 *
 * (n,) roots or (n, n) → (n + 1,); float32 and complex64 stay single, integers become float64, and conjugate pairs of
 * roots make real coefficients.
 *
 * @throws AppError 'value' for other shapes.
 * @example poly(array([1, 2])).tolist() // [1, -3, 2]
 */
export function poly(zerosOrMatrix: Operand): NDArray {
  let list = coefficients(zerosOrMatrix);
  if (list.ndim === 2 && list.shape[0] === list.shape[1] && list.shape[0] !== 0) list = eigvals(list);
  else if (list.ndim !== 1) throw new AppError('value', 'input must be 1d or non-empty square 2d array.');
  const given = floating(list);
  if (given.size === 0) return asarray(new PyFloat(1));
  if (given.dtype === 'float64') return fromRoots(given);
  let made = ones(1, given.dtype);
  for (let k = 0; k < given.size; k++)
    made = convolve(made, concatenate([ones(1, given.dtype), negative(sliced(given, slice(k, k + 1)))]));
  // Roots in conjugate pairs make real coefficients.
  if (made.entries === 2 && array_equal(sort(given), sort(conj(given)))) return astype(real(made), real(made).dtype);
  return made;
}

/** The product of all (x − r), one after the other. */
function fromRoots(roots: NDArray): NDArray {
  const made = zeros(roots.size + 1, 'float64');
  const { data, start } = made;
  const c = data as Float64Array;
  c[start] = 1;
  for (let n = 1; n <= roots.size; n++) {
    const root = Number(roots.item(n - 1));
    for (let k = n; k > 0; k--) c[start + k] += c[start + k - 1] * -root;
  }
  return made;
}

/** The coefficients of two polynomials, the shorter filled with zeros in front. */
function aligned(a1: Operand, a2: Operand): [NDArray, NDArray] {
  const [p, q] = [coefficients(a1), coefficients(a2)];
  const n = Math.max(p.shape[0], q.shape[0]);
  const filled = (a: NDArray): NDArray => (a.shape[0] === n ? a : concatenate([zeros(n - a.shape[0], a.dtype), a]));
  return [filled(p), filled(q)];
}

/**
 * The sum.
 *
 * a1 (m,), a2 (n,), the highest power first → (max(m, n),), of the dtype both promote to.
 *
 * @example polyadd(array([1, 2]), array([1, 0, 0])).tolist() // [1n, 1n, 2n]
 */
export function polyadd(a1: Operand, a2: Operand): NDArray {
  return add(...aligned(a1, a2));
}

/**
 * The difference.
 *
 * a1 (m,), a2 (n,), the highest power first → (max(m, n),), of the dtype both promote to, except bool.
 *
 * @example polysub(array([1, 2]), array([1])).tolist() // [1n, 1n]
 */
export function polysub(a1: Operand, a2: Operand): NDArray {
  return subtract(...aligned(a1, a2));
}

/**
 * The product.
 *
 * a1 (m,), a2 (n,), the highest power first → (m + n − 1,), of the dtype both promote to.
 *
 * @example polymul(array([1, 1]), array([1, -1])).tolist() // [1n, 0n, -1n]
 */
export function polymul(a1: Operand, a2: Operand): NDArray {
  return convolve(...([a1, a2].map(withoutLeadingZeros) as [NDArray, NDArray]));
}

function withoutLeadingZeros(a: Operand): NDArray {
  const list = coefficients(a);
  if (list.ndim > 1) throw new AppError('value', 'Polynomial must be 1d only.');
  const trimmed = trim_zeros(list, 'f');
  return trimmed.size === 0 ? zeros(1, trimmed.dtype) : trimmed;
}

/**
 * Quotient and remainder: `u = q · v + r`.
 *
 * u (m,), v (n,), the highest power first → q (m − n + 1,), r (k,) with k < n; float32 and complex64 stay single,
 * integers become float64.
 *
 * @throws AppError 'value' "setting an array element with a sequence."; 'index' "index 0 is out of bounds for axis 0
 * with size 0".
 * @example polydiv(array([1, 0, -1]), array([1, 1])).map((p) => p.tolist()) // [[1, -1], [0]]
 */
export function polydiv(u: Operand, v: Operand): [NDArray, NDArray] {
  const [a, b] = [floating(coefficients(u)), floating(coefficients(v))];
  for (const [argument, list] of Object.entries({ u: a, v: b })) {
    if (list.ndim !== 1) throw new AppError('value', 'setting an array element with a sequence.', { argument });
    if (list.size === 0) throw new AppError('index', 'index 0 is out of bounds for axis 0 with size 0', { argument });
  }
  const dtype = result_type([a.dtype, b.dtype]);
  const [m, n] = [a.size - 1, b.size - 1];
  const q = zeros(Math.max(m - n + 1, 1), dtype);
  let r = astype(a, dtype);
  const scale = divide(new PyFloat(1), sliced(b, 0));
  for (let k = 0; k <= m - n; k++) {
    const d = multiply(scale, sliced(r, k));
    copyInto(sliced(q, slice(k, k + 1)), atleast_1d(d));
    const under = sliced(r, slice(k, k + n + 1));
    subtract(under, multiply(d, b), { out: under });
  }
  while (r.size > 1 && allclose(sliced(r, 0), 0, 1e-14)) r = sliced(r, slice(1));
  return [q, r];
}

/**
 * The derivative of order m.
 *
 * p (n,), the highest power first → (n − m,); int64 of integers, float64 also of float32.
 *
 * @throws AppError 'value' for a negative order.
 * @example polyder(array([1, 1, 1])).tolist() // [2n, 1n]
 */
export function polyder(p: Operand, m = 1): NDArray {
  if (m < 0) throw new AppError('value', 'Order of derivative must be positive (see polyint)', { argument: 'm' });
  let made = listed(p);
  for (let step = 0; step < m && made.shape[0] > 0; step++) {
    const n = made.shape[0] - 1;
    made = multiply(
      sliced(made, slice(0, n)),
      asarray(
        Array.from({ length: n }, (_, k) => n - k),
        'int64',
      ),
    );
  }
  return made;
}

/** @throws AppError 'dtype' for what has no length. */
function listed(p: Operand): NDArray {
  const list = asarray(p);
  if (list.ndim === 0) throw new AppError('dtype', 'len() of unsized object', { argument: 'p' });
  return list;
}

/** NumPy's recursion ends about here, too. */
const mostIntegrals = 1000;

/**
 * The integral of order m with the constants k (0 if not given).
 *
 * p (n,), the highest power first → (n + m,); float64 of integers and of float32, complex128 of complex dtypes.
 *
 * @throws AppError 'value' for a negative order or too few constants.
 * @example polyint(array([2, 1])).tolist() // [1, 1, 0]
 */
export function polyint(p: Operand, m = 1, k: Operand | null = null): NDArray {
  if (m < 0) throw new AppError('value', 'Order of integral must be positive (see polyder)', { argument: 'm' });
  if (m > mostIntegrals) throw new AppError('value', `an integral of order ${m} is beyond all use`, { argument: 'm' });
  let constants = k === null ? zeros(m) : coefficients(k);
  if (constants.size === 1 && m > 1) constants = multiply(constants, ones(m));
  if (constants.size < m) {
    throw new AppError('value', 'k must be a scalar or a rank-1 array of length 1 or >m.', { argument: 'k' });
  }
  let made = m === 0 ? asarray(p) : listed(p);
  for (let step = 0; step < m; step++) {
    const n = made.shape[0];
    const powers = asarray(
      Array.from({ length: n }, (_, i) => n - i),
      'int64',
    );
    made = concatenate([divide(made, powers), sliced(constants, slice(step, step + 1))]);
  }
  return made;
}

export interface PolyFit {
  /** The coefficients, the highest power first; a column for each column of y. */
  c: NDArray;
  residuals: NDArray;
  rank: number;
  /** Singular values of the scaled Vandermonde matrix. */
  s: NDArray;
  rcond: number;
  /** The covariance of the coefficients, by the residuals or (weights being 1/σ) unscaled. */
  covariance: (scaled: boolean) => NDArray;
}

/**
 * The polynomial of degree `deg` that fits the points in the least-squares sense: min Σ (w · (p(x) − y))².
 *
 * x (m,), y (m,) or (m, k), w (m,). The columns of the Vandermonde matrix are scaled to length 1; LAPACK gelsd.
 * Coefficients in float64, or complex128 where y is complex.
 *
 * @throws AppError 'value' "expected deg >= 0", 'dtype' for other shapes, 'linalg' for NaN and infinity in x and w
 * (naming the first such cell); those in y make the coefficients of their column NaN.
 * @example polyfit(array([0, 1, 2]), array([1, 3, 5]), 1).c.tolist().map(Math.round) // [2, 1]
 */
export function polyfit(
  x: Operand,
  y: Operand,
  deg: number,
  { rcond = null, w }: { rcond?: number | null; w?: Operand } = {},
): PolyFit {
  const order = Math.trunc(deg) + 1;
  const [at, values] = [floating(asarray(x)), floating(asarray(y))];
  if (deg < 0) throw new AppError('value', 'expected deg >= 0', { argument: 'deg' });
  const refuse = (message: string, argument: string): AppError => new AppError('dtype', message, { argument });
  if (at.ndim !== 1) throw refuse('expected 1D vector for x', 'x');
  if (at.size === 0) throw refuse('expected non-empty vector for x', 'x');
  if (values.ndim < 1 || values.ndim > 2) throw refuse('expected 1D or 2D array for y', 'y');
  if (at.shape[0] !== values.shape[0]) throw refuse('expected x and y to have same length', 'y');
  requireFinite(at, 'x');
  const tolerance = rcond ?? at.size * (at.dtype === 'float32' || at.dtype === 'complex64' ? 2 ** -23 : 2 ** -52);
  if (w === undefined) {
    const few = fitOfFew(at, values, order, tolerance);
    if (few !== null) {
      const { c, residuals, rank, s } = few;
      return { c, residuals, rank, s, rcond: tolerance, covariance: covarianceOf(at, values, order, few) };
    }
  }
  let lhs = vander(at, order);
  let rhs = values;
  if (w !== undefined) {
    const weights = floating(asarray(w));
    if (weights.ndim !== 1) throw refuse('expected a 1-d array for weights', 'w');
    if (weights.size !== values.shape[0]) throw refuse('expected w and y to have the same length', 'w');
    requireFinite(weights, 'w');
    lhs = multiply(lhs, expand_dims(weights, 1));
    rhs = multiply(rhs, rhs.ndim === 2 ? expand_dims(weights, 1) : weights);
  }
  const scale = sqrt(sum(multiply(lhs, lhs), { axis: 0 }));
  lhs = divide(lhs, scale);
  const found = lstsq(lhs, rhs, tolerance);
  const c = divide(found.x.T, scale).T;
  const parts = { lhs, scale, residuals: found.residuals };
  const covariance = covarianceOf(at, values, order, parts);
  return { c, residuals: found.residuals, rank: found.rank, s: found.s, rcond: tolerance, covariance };
}

/** What the covariance of the coefficients is made of: the scaled Vandermonde matrix, the lengths of its columns. */
interface FitParts {
  lhs: NDArray;
  scale: NDArray;
  residuals: NDArray;
}

function covarianceOf(
  at: NDArray,
  values: NDArray,
  order: number,
  { lhs, scale, residuals }: FitParts,
): PolyFit['covariance'] {
  return (scaled) => {
    const base = divide(inv(matmul(lhs.T, lhs)), multiply(expand_dims(scale, 1), expand_dims(scale, 0)));
    const one = values.ndim === 1 ? base : expand_dims(base, 2);
    if (!scaled) return one;
    if (at.size <= order) {
      throw new AppError('value', 'the number of data points must exceed order to scale the covariance matrix', {
        argument: 'cov',
      });
    }
    return multiply(one, divide(residuals, at.size - order));
  };
}

/** Points and coefficients up to which they are gone through one by one. */
const mostFew = 32;

/** A few doubles in one axis, as `polyfit` fits them; null for everything else. */
function fitOfFew(
  x: NDArray,
  y: NDArray,
  order: number,
  rcond: number,
): (Pick<PolyFit, 'c' | 'rank' | 's'> & FitParts) | null {
  const n = x.size;
  if (x.dtype !== 'float64' || y.dtype !== 'float64' || y.ndim !== 1 || n > mostFew || order > mostFew) return null;
  const lhs = unset([n, order], 'float64');
  const scale = unset([order], 'float64');
  const [powers, lengths] = [lhs.data as Float64Array, scale.data as Float64Array];
  const step = x.strides[0] / x.itemsize;
  for (let i = 0; i < n; i++) {
    const value = x.data[x.start + i * step] as number;
    let power = 1;
    for (let j = order - 1; j >= 0; j--) {
      powers[lhs.start + i * order + j] = power;
      power *= value;
    }
  }
  for (let j = 0; j < order; j++) {
    let total = 0;
    for (let at = lhs.start + j; at < lhs.start + n * order; at += order) total += powers[at] * powers[at];
    const length = Math.sqrt(total);
    lengths[scale.start + j] = length;
    for (let at = lhs.start + j; at < lhs.start + n * order; at += order) powers[at] /= length;
  }
  const { x: c, residuals, rank, s } = lstsq(lhs, y, rcond);
  for (let j = 0; j < order; j++) c.data[c.start + j] = (c.data[c.start + j] as number) / lengths[scale.start + j];
  return { c, residuals, rank, s, lhs, scale };
}
