/** scipy.linalg's inverse, pseudo-inverses and least squares. One matrix at a time. */
import { AppError } from '#shared/errors.ts';
import { asarray, empty, unset } from '../create.ts';
import { listening } from '../doubts.ts';
import { eigh } from '../linalg/eigenvalues.ts';
import { lstsq as plainLstsq } from '../linalg/least-squares.ts';
import { asType, commonType, epsOf, isComplexType, isSmall, letterOf } from '../linalg/matrices.ts';
import { norm } from '../linalg/norms.ts';
import { matmul } from '../linalg/products.ts';
import { svd } from '../linalg/svd.ts';
import { inv as plainInverse } from '../linalg/systems.ts';
import { shapeText } from '../memory.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { PyFloat } from '../scalar.ts';
import { slice, sliced } from '../slicing.ts';
import { diag, diagonal, tril, triu } from '../building.ts';
import { add, conj, divide, multiply } from '../ufuncs/arithmetic.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { cho_factor } from './factors.ts';
import { squareMatrix } from './inputs.ts';
import { fullName, requireAssumption } from './structured.ts';

const adjoint = (a: NDArray): NDArray => (isComplexType(a.dtype) ? conj(a.T) : a.T);

/**
 * The inverse of a matrix, by what `assume_a` says of it; of a symmetric, Hermitian or positive definite one a triangle
 * is read, the upper unless `lower`. `conditions` receives the reciprocal condition while somebody listens for doubts.
 *
 * a (n, n). LAPACK getrf and getri. float32 and complex64 stay single, integers and bool become float64.
 *
 * @throws AppError 'value' for other shapes and names; 'linalg' "A singular matrix detected".
 * @example inverse(array([[2, 0], [0, 4]])).tolist() // [[0.5, 0], [0, 0.25]]
 */
export function inverse(
  a: Operand,
  assume_a: string | null = null,
  lower = false,
  conditions: number[] | null = null,
): NDArray {
  const matrix = squareMatrix(a, `Expected square matrix, got a.shape=${shapeText(asarray(a).shape)}`);
  requireAssumption(assume_a);
  const whole = meant(matrix, assume_a, lower);
  const found: number[] | undefined = conditions !== null && listening() ? [] : undefined;
  const made = invertible(() => plainInverse(whole, found));
  if (found !== undefined && made.size > 0) conditions?.push(found[0] ?? 1 / (columnNorm(whole) * columnNorm(made)));
  return made;
}

const columnNorm = (a: NDArray): number => Number(norm(a, { ord: 1 }).item());

/** The matrix that is meant where only a part of it is read. */
function meant(a: NDArray, assume_a: string | null, lower: boolean): NDArray {
  const kind = fullName(assume_a ?? 'general');
  switch (kind) {
    case 'general':
    case 'tridiagonal':
    case 'banded':
      return a;
    case 'upper triangular':
      return triu(a);
    case 'lower triangular':
      return tril(a);
    case 'diagonal':
      return diag(diagonal(a));
    default: {
      const half = lower ? tril(a, -1) : triu(a, 1);
      const whole = add(add(half, diag(diagonal(a))), kind === 'symmetric' ? half.T : conj(half.T));
      if (kind === 'positive definite') invertible(() => cho_factor(whole, lower).c);
      return whole;
    }
  }
}

/**
 * What `run` gives, a singular matrix being said in SciPy's words for stacks.
 *
 * @throws AppError 'linalg' "A singular matrix detected: slice(s) [0] are singular.".
 */
export function invertible(run: () => NDArray): NDArray {
  try {
    return run();
  } catch (error) {
    if (error instanceof AppError && /singular|leading minor/i.test(error.message)) {
      throw new AppError('linalg', 'A singular matrix detected: slice(s) [0] are singular.', {
        argument: 'a',
        hint: 'It has no inverse. The pseudo-inverse (pinv) or least squares (lstsq) still give an answer.',
      });
    }
    throw error;
  }
}

/**
 * SciPy's pseudo-inverse, `V · diag(1/s) · Uᴴ`, and the rank: singular values up to `atol + rtol · s[0]` count as zero
 * (rtol: max(m, n) · eps when neither is given).
 *
 * a (m, n) → B (n, m). LAPACK gesdd. float32 and complex64 stay single, integers and bool become float64.
 *
 * @throws AppError 'value' for other dimensions and negative tolerances; 'linalg' for NaN and infinity.
 * @example pinv_ranked(array([[2, 0], [0, 0]])).rank // 1
 */
export function pinv_ranked(
  a: Operand,
  atol: number | null = null,
  rtol: number | null = null,
): { B: NDArray; rank: number } {
  const matrix = asarray(a);
  if (matrix.ndim !== 2) throw new AppError('value', 'expected matrix', { argument: 'a' });
  const eps = epsOf(commonType(matrix));
  const plain = [atol, rtol].every(
    (tolerance) => tolerance === null || (typeof tolerance === 'number' && tolerance >= 0),
  );
  if (plain && isSmall(matrix)) {
    const relative = rtol ?? (atol === null ? Math.max(...matrix.shape) * eps : 0);
    const small = smallPseudoInverse(matrix, atol ?? 0, relative);
    if (small !== null) return small;
  }
  const { U, S, Vh } = svd(matrix, { full_matrices: false });
  const values = S.tolist() as number[];
  const rank = rankOf(values, Math.max(...matrix.shape), atol, rtol, eps);
  const u = sliced(U, slice(), slice(0, rank));
  const scaled = divide(u, sliced(S, slice(0, rank)));
  return { B: adjoint(matmul(scaled, sliced(Vh, slice(0, rank)))), rank };
}

/** Null where gesdd gave up, or refused what is not finite. */
function smallPseudoInverse(a: NDArray, atol: number, rtol: number): { B: NDArray; rank: number } | null {
  const dtype = commonType(a);
  const { data, start, strides, shape } = asType(a, dtype);
  const [m, n] = shape;
  const B = unset([n, m], dtype);
  const [row, col] = [strides[0] / data.BYTES_PER_ELEMENT, strides[1] / data.BYTES_PER_ELEMENT];
  const rank = native().smallPinv(letterOf(dtype), m, n, data, start, row, col, atol, rtol, B.data, B.start);
  return rank < 0 ? null : { B, rank };
}

/**
 * The pseudo-inverse of a Hermitian matrix by its eigenvalues; of `a` one triangle is read. Tolerances as
 * `pinv_ranked`.
 *
 * a (n, n) → B (n, n). float32 and complex64 stay single, integers and bool become float64.
 *
 * @example pinvh_ranked(array([[2, 0], [0, 0]])).B.tolist() // [[0.5, 0], [0, 0]]
 */
export function pinvh_ranked(
  a: Operand,
  atol: number | null = null,
  rtol: number | null = null,
  lower = true,
): { B: NDArray; rank: number } {
  const matrix = squareMatrix(a, 'expected square matrix');
  const { eigenvalues, eigenvectors } = eigh(matrix, lower ? 'L' : 'U');
  const values = eigenvalues.tolist() as number[];
  const sizes = values.map(Math.abs);
  const eps = epsOf(commonType(matrix));
  const limit = tolerance(sizes, matrix.shape[0], atol, rtol, eps);
  const rank = sizes.filter((s) => s > limit).length;
  const factors = asarray(
    values.map((w, i) => new PyFloat(sizes[i] > limit ? 1 / w : 0)),
    eigenvalues.dtype,
  );
  return { B: matmul(multiply(eigenvectors, factors), adjoint(eigenvectors)), rank };
}

function tolerance(s: readonly number[], n: number, atol: number | null, rtol: number | null, eps: number): number {
  if ((atol ?? 0) < 0 || (rtol ?? 0) < 0) throw new AppError('value', 'atol and rtol values must be positive.');
  return (atol ?? 0) + (rtol ?? (atol === null ? n * eps : 0)) * Math.max(0, ...s);
}

function rankOf(s: readonly number[], n: number, atol: number | null, rtol: number | null, eps: number): number {
  const limit = tolerance(s, n, atol, rtol, eps);
  return s.filter((x) => x > limit).length;
}

/**
 * SciPy's least squares: as `numpy.linalg.lstsq` with `cond` for its rcond (default eps), and for a vector b the
 * residue as a scalar array.
 *
 * a (m, n), b (m,) or (m, k) → x (n,) or (n, k), residues (k,), rank, s (min(m, n),). LAPACK gelsd. float32 and
 * complex64 stay single where both are, integers and bool become float64.
 *
 * @throws AppError 'value' "Input array a should be 2D", "Shape mismatch: a and b should have the same number of rows
 * (… != …)."; 'index' "tuple index out of range" for a number b.
 * @example scipyLstsq(array([[1], [1]]), array([1, 3])).rank // 1
 */
export function scipyLstsq(
  a: Operand,
  b: Operand,
  cond: number | null = null,
): { x: NDArray; residues: NDArray; rank: number; s: NDArray } {
  const [matrix, right] = [asarray(a), asarray(b)];
  if (matrix.ndim !== 2) throw new AppError('value', 'Input array a should be 2D', { argument: 'a' });
  if (right.ndim === 0) throw new AppError('index', 'tuple index out of range', { argument: 'b' });
  if (right.shape[0] !== matrix.shape[0]) {
    throw new AppError(
      'value',
      `Shape mismatch: a and b should have the same number of rows (${matrix.shape[0]} != ${right.shape[0]}).`,
      { argument: 'b' },
    );
  }
  const found = plainLstsq(matrix, right, cond ?? epsOf(commonType(matrix, right)));
  const scalar = right.ndim === 1 && found.residuals.size === 1;
  return {
    x: found.x,
    residues: scalar
      ? found.residuals.view([], [])
      : found.residuals.size === 0 && matrix.size > 0
        ? empty([0], found.x.dtype)
        : found.residuals,
    rank: found.rank,
    s: found.s,
  };
}
