/** Further functions of scipy.linalg: functions of a matrix, Sylvester's equation, bands, circulants, Procrustes. */
import { AppError } from '#shared/errors.ts';
import { sameShape } from '../broadcast.ts';
import { astype, broadcast_to, copy } from '../cast.ts';
import { diagonal } from '../building.ts';
import { asarray, empty, eye, full, zeros } from '../create.ts';
import { clip, imag, real, where } from '../elementwise.ts';
import { eigvals } from '../linalg/eigenvalues.ts';
import { commonType, complexType, epsOf, isComplexType, letterOf, realType } from '../linalg/matrices.ts';
import { matmul, matrix_power } from '../linalg/products.ts';
import { svd, svdvals } from '../linalg/svd.ts';
import { solve } from '../linalg/systems.ts';
import { shapeText } from '../memory.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { all, any, sum } from '../reductions.ts';
import { PyFloat } from '../scalar.ts';
import { expand_dims, flip } from '../shape.ts';
import { slice, sliced } from '../slicing.ts';
import { absolute, add, conj, multiply, power, sign, square, subtract } from '../ufuncs/arithmetic.ts';
import { equal, greater, greater_equal } from '../ufuncs/comparison.ts';
import { arccos, arcsin } from '../ufuncs/mathematics.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { qr_pivoted, schur } from './forms.ts';
import { columnMajor, memoryOf, squareMatrix } from './inputs.ts';
import { expm, orth } from './matrix-functions.ts';
import { complexSchur, logm, ofSchurForm } from './roots.ts';
import { invertible } from './solving.ts';

const adjoint = (a: NDArray): NDArray => (isComplexType(a.dtype) ? conj(a.T) : a.T);
const i = { re: 0, im: 1 };

/** The real part of a matrix, of one that was real at the beginning. */
const backTo = (a: NDArray, made: NDArray): NDArray => (a.entries === 2 ? made : copy(real(made)));

/** A square matrix as the numbers that are computed with; integers without a sign have no negative. */
function floating(A: Operand): NDArray {
  const a = squareMatrix(A);
  return astype(a, commonType(a), { copy: false });
}

/**
 * The matrix cosine: (e^(iA) + e^(−iA)) / 2.
 *
 * A (n, n) → (n, n), real where A is. By `expm`. float32 and complex64 stay single, integers and bool become float64.
 *
 * @example cosm(array([[0, 0], [0, 0]])).tolist() // [[1, 0], [0, 1]]
 */
export function cosm(A: Operand): NDArray {
  const a = squareMatrix(A);
  const made = multiply(add(expm(multiply(a, i)), expm(multiply(a, { re: 0, im: -1 }))), 0.5);
  return backTo(a, made);
}

/**
 * The matrix sine: (e^(iA) − e^(−iA)) / 2i.
 *
 * A (n, n) → (n, n), real where A is. By `expm`. float32 and complex64 stay single, integers and bool become float64.
 *
 * @example sinm(array([[0, 0], [0, 0]])).tolist() // [[0, 0], [0, 0]]
 */
export function sinm(A: Operand): NDArray {
  const a = squareMatrix(A);
  const made = multiply(subtract(expm(multiply(a, i)), expm(multiply(a, { re: 0, im: -1 }))), { re: 0, im: -0.5 });
  return backTo(a, made);
}

/**
 * The matrix tangent: cos(A)⁻¹ · sin(A).
 *
 * A (n, n) → (n, n). float32 and complex64 stay single, integers and bool become float64.
 *
 * @example tanm(array([[0, 1], [0, 0]])).tolist() // [[0, 1], [0, 0]]
 */
export function tanm(A: Operand): NDArray {
  return invertible(() => solve(cosm(A), sinm(A)));
}

/**
 * The hyperbolic matrix cosine.
 *
 * A (n, n) → (n, n). float32 and complex64 stay single, integers and bool become float64.
 *
 * @example coshm(array([[0, 1], [0, 0]])).tolist() // [[1, 0], [0, 1]]
 */
export function coshm(A: Operand): NDArray {
  const a = floating(A);
  return multiply(add(expm(a), expm(multiply(a, -1))), 0.5);
}

/**
 * The hyperbolic matrix sine.
 *
 * A (n, n) → (n, n). float32 and complex64 stay single, integers and bool become float64.
 *
 * @example sinhm(array([[0, 1], [0, 0]])).tolist() // [[0, 1], [0, 0]]
 */
export function sinhm(A: Operand): NDArray {
  const a = floating(A);
  return multiply(subtract(expm(a), expm(multiply(a, -1))), 0.5);
}

/**
 * The hyperbolic matrix tangent: cosh(A)⁻¹ · sinh(A).
 *
 * A (n, n) → (n, n). float32 and complex64 stay single, integers and bool become float64.
 *
 * @example tanhm(array([[0, 1], [0, 0]])).tolist() // [[0, 1], [0, 0]]
 */
export function tanhm(A: Operand): NDArray {
  return invertible(() => solve(coshm(A), sinhm(A)));
}

/**
 * A^t for any real t: of whole ones a product, else `A^⌊t⌋ · e^((t − ⌊t⌋) · log A)`; of a singular matrix by its Schur
 * form (Parlett, 1976).
 *
 * A (n, n) → (n, n), of A's dtype for whole t, else real where a real matrix has positive eigenvalues alone, and complex.
 * A negative power of a singular matrix is NaN.
 * @throws AppError 'linalg' "Singular matrix" for whole negative powers.
 * @example fractional_matrix_power(array([[4, 0], [0, 9]]), 0.5).tolist().map((r) => r.map(Math.round)) // [[2, 0], [0, 3]]
 */
export function fractional_matrix_power(A: Operand, t: number): NDArray {
  const a = squareMatrix(A);
  if (Number.isInteger(t)) return matrix_power(a, t);
  if (a.size === 0) return astype(a, commonType(a));
  const s = svdvals(a).tolist() as number[];
  const [T] = complexSchur(a);
  const eigenvalues = diagonal(T);
  if (s[s.length - 1] === 0 || any(equal(eigenvalues, 0)).item() === true) {
    if (t < 0) return full(a.shape, NaN, commonType(a));
    const whole = Math.floor(t);
    return matmul(
      matrix_power(a, whole),
      ofSchurForm(a, (w) => power(w, new PyFloat(t - whole))),
    );
  }
  // The nearer whole power is taken out first, as long as what it costs in accuracy is less.
  const [below, above] = [t - Math.floor(t), t - Math.ceil(t)];
  const spread = s[0] / s[s.length - 1];
  const rest = below * spread ** (1 - below) <= -above * spread ? below : above;
  const made = matmul(matrix_power(a, t - rest), expm(multiply(logm(a), new PyFloat(rest))));
  const positive = all(greater_equal(real(eigenvalues), 0)).item() === true && !any(imag(eigenvalues)).item();
  return a.entries === 1 && made.entries === 1 && !positive ? astype(made, complexType(commonType(made))) : made;
}

/**
 * X with `a · X + X · b = q` (Sylvester's equation).
 *
 * a (m, m), b (n, n), q (m, n) → (m, n), in the precision of the three. Complex Schur forms of both, then column after
 * column (Bartels, Stewart, 1972). float32 and complex64 stay single, integers and bool become float64.
 *
 * @throws AppError 'value' for other shapes, 'linalg' when a and −b share an eigenvalue.
 * @example solve_sylvester(array([[1, 0], [0, 2]]), array([[1]]), array([[2], [3]])).tolist() // [[1], [1]]
 */
export function solve_sylvester(a: Operand, b: Operand, q: Operand): NDArray {
  const [before, behind, given] = [asarray(a), asarray(b), asarray(q)];
  const dtype = commonType(before, behind, given);
  if (before.size === 0 || behind.size === 0) return empty(given.shape, dtype);
  const [left, right] = [squareMatrix(before), squareMatrix(behind)];
  const [m, n] = [left.shape[0], right.shape[0]];
  if (given.ndim !== 2 || given.shape[0] !== m || given.shape[1] !== n) {
    throw new AppError('value', `q has the shape ${shapeText(given.shape)}, not ${shapeText([m, n])}`, {
      argument: 'q',
    });
  }
  const [first, second] = [schur(astype(left, 'complex128'), 'complex'), schur(astype(right, 'complex128'), 'complex')];
  const f = matmul(matmul(adjoint(first.Z), astype(given, 'complex128')), second.Z);
  const y = zeros([m, n], 'complex128');
  const identity = eye(m, m, 0, 'complex128');
  for (let j = 0; j < n; j++) {
    let target = sliced(f, slice(), j);
    if (j > 0) target = subtract(target, matmul(sliced(y, slice(), slice(0, j)), sliced(second.T, slice(0, j), j)));
    const shifted = add(first.T, multiply(identity, sliced(second.T, j, j)));
    const column = solve(shifted, target);
    const place = sliced(y, slice(), j);
    add(column, 0, { out: place });
  }
  const x = matmul(matmul(first.Z, y), adjoint(second.Z));
  return astype(isComplexType(dtype) ? x : real(x), dtype);
}

/**
 * X with `a · X + X · aᴴ = q` (Lyapunov's equation in continuous time).
 *
 * a (n, n), q (n, n) → (n, n). As `solve_sylvester`. Dtypes as of `solve_sylvester`.
 *
 * @throws AppError 'value' "Matrix a and q should have the same shape.".
 * @example solve_continuous_lyapunov(array([[1]]), array([[4]])).tolist() // [[2]]
 */
export function solve_continuous_lyapunov(a: Operand, q: Operand): NDArray {
  if (!sameShape(asarray(a).shape, asarray(q).shape))
    throw new AppError('value', 'Matrix a and q should have the same shape.', { argument: 'q' });
  return solve_sylvester(a, adjoint(asarray(a)), q);
}

/**
 * Solves `a · x = b` for a matrix with `l` diagonals below and `u` above the main one, given as rows `ab[u + i − j,
 * j]`.
 *
 * ab (l + u + 1, n), b (n,) or (n, k). LAPACK gbsv. x has b's shape; float32 and complex64 stay single where both are,
 * integers and bool become float64.
 *
 * @throws AppError 'value' for other shapes, 'linalg' "singular matrix".
 * @example solve_banded([0, 1], array([[0, 1], [2, 2]]), array([3, 2])).tolist() // [1, 1]
 */
export function solve_banded(l_and_u: readonly [number, number], ab: Operand, b: Operand): NDArray {
  const [band, right] = [asarray(ab), asarray(b)];
  const [below, above] = l_and_u.map(Number);
  const n = band.shape.at(-1) ?? 0;
  if (right.shape[0] !== n) throw new AppError('value', 'shapes of ab and b are not compatible.', { argument: 'b' });
  if (![below, above].every((count) => Number.isInteger(count) && count >= 0))
    throw new AppError('value', 'l_and_u must be two counts of diagonals', { argument: 'l_and_u' });
  if (below + above + 1 !== band.shape[0]) {
    throw new AppError(
      'value',
      `invalid values for the number of lower and upper diagonals: l+u+1 (${below + above + 1}) does not equal ab.shape[0] (${band.shape[0]})`,
      { argument: 'ab' },
    );
  }
  const dtype = commonType(band, right);
  const vector = right.ndim === 1;
  const x = columnMajor(vector ? expand_dims(right, 1) : right, dtype);
  if (n === 0 || x.size === 0) return empty(right.shape, dtype);
  const rows = empty([2 * below + above + 1, n], dtype, 'F');
  add(band, 0, { out: sliced(rows, slice(below)), casting: 'unsafe' });
  if (native().gbsv(letterOf(dtype), n, below, above, x.shape[1], memoryOf(rows), memoryOf(x), 0, null) > 0)
    throw new AppError('linalg', 'singular matrix', { argument: 'ab' });
  return vector ? x.view([n], [x.strides[0]]) : x;
}

/**
 * The orthogonal matrix R that takes A nearest to B, `min ‖A · R − B‖_F`, and the sum of the singular values of AᴴB.
 *
 * A (m, n), B (m, n) → R (n, n), scale (). float32 and complex64 stay single where both are, integers and bool become
 * float64; scale is real.
 *
 * @throws AppError 'value' for matrices of different shapes.
 * @example orthogonal_procrustes(array([[1, 0], [0, 2]]), array([[0, 1], [-2, 0]])).R.tolist() // [[0, 1], [-1, 0]]
 */
export function orthogonal_procrustes(A: Operand, B: Operand): { R: NDArray; scale: NDArray } {
  const [a, b] = [asarray(A), asarray(B)];
  if (a.ndim !== 2) throw new AppError('value', `expected ndim to be 2, but observed ${a.ndim}`, { argument: 'A' });
  if (shapeText(a.shape) !== shapeText(b.shape)) {
    throw new AppError('value', `the shapes of A and B differ (${shapeText(a.shape)} vs ${shapeText(b.shape)})`);
  }
  const { U, S, Vh } = svd(adjoint(matmul(adjoint(b), a)));
  return { R: matmul(U, Vh), scale: sum(S) };
}

/**
 * The angles between the column spaces of two matrices, the largest first (Knyazev and Argentati, 2002).
 *
 * A (n, k), B (n, l) → (min(k, l),); float32 of float32 and complex64, else float64.
 *
 * @throws AppError 'value' "expected 2D array, got shape …", "A and B must have the same number of rows, got … and …".
 * @example subspace_angles(array([[1], [0]]), array([[0], [1]])).tolist() // [1.5707963267948966]
 */
export function subspace_angles(A: Operand, B: Operand): NDArray {
  const [first, second] = [asarray(A), asarray(B)];
  for (const [argument, x] of Object.entries({ A: first, B: second })) {
    if (x.ndim !== 2) throw new AppError('value', `expected 2D array, got shape ${shapeText(x.shape)}`, { argument });
  }
  const [rows, others] = [first.shape[0], second.shape[0]];
  if (rows !== others)
    throw new AppError('value', `A and B must have the same number of rows, got ${rows} and ${others}`, {
      argument: 'B',
    });
  const [p, q] = [orth(A), orth(B)];
  const product = matmul(adjoint(p), q);
  const cosines = svdvals(product);
  const away = p.shape[1] >= q.shape[1] ? subtract(q, matmul(p, product)) : subtract(p, matmul(q, adjoint(product)));
  const small = greater_equal(square(cosines), new PyFloat(0.5));
  const sines = clip(svdvals(away), -1, 1);
  return where(
    small,
    arcsin(broadcast_to(sines, cosines.shape)),
    arccos(clip(flip(cosines), new PyFloat(-1), new PyFloat(1))),
  );
}

/**
 * `a = R · Q` with R upper triangular (or trapezoidal) and Q unitary: a QR decomposition from behind.
 *
 * a (m, n); R (m, n), Q (n, n), or 'economic' R (m, k), Q (k, n). float32 and complex64 stay single, integers and bool
 * become float64.
 *
 * @throws AppError 'value' "expected matrix", "Mode argument should be one of ['full', 'r', 'economic']".
 * @example rq(array([[0, 2], [3, 0]])).R.shape // [2, 2]
 */
export function rq(a: Operand, mode: 'full' | 'r' | 'economic' = 'full'): { R: NDArray; Q?: NDArray } {
  if (!['full', 'r', 'economic'].includes(mode))
    throw new AppError('value', "Mode argument should be one of ['full', 'r', 'economic']", { argument: 'mode' });
  const matrix = asarray(a);
  if (matrix.ndim !== 2) throw new AppError('value', 'expected matrix', { argument: 'a' });
  if (matrix.size === 0) {
    const [m, n] = matrix.shape;
    const R = empty(mode === 'economic' ? [m, 0] : [m, n], matrix.dtype);
    return mode === 'r'
      ? { R }
      : { R, Q: mode === 'economic' ? empty([0, n], matrix.dtype) : eye(n, n, 0, matrix.dtype) };
  }
  // Turned round in both directions, its columns are the rows that gerqf reflects, last first, in the same order of steps.
  const turned = adjoint(flip(matrix, [0, 1]));
  const parts = qr_pivoted(turned, mode === 'economic' ? 'economic' : 'full', false) as { Q: NDArray; R: NDArray };
  const R = copy(flip(adjoint(parts.R), [0, 1]));
  return mode === 'r' ? { R } : { R, Q: copy(flip(adjoint(parts.Q), [0, 1])) };
}

/**
 * The matrix sign: 1 and −1 on the spaces of eigenvalues right and left of the imaginary axis, by Newton's iteration; 0
 * on those of eigenvalues on the axis itself, by the Schur form (Parlett, 1976).
 *
 * A (n, n) → (n, n). float32 and complex64 stay single, integers and bool become float64.
 *
 * @example signm(array([[2, 0], [0, -3]])).tolist() // [[1, 0], [0, -1]]
 */
export function signm(A: Operand): NDArray {
  const a = squareMatrix(A);
  if (a.size === 0) return astype(a, commonType(a));
  const parts = (real(eigvals(a)).tolist() as number[]).map(Math.abs);
  const least = 1000 * epsOf(commonType(a)) * Math.max(...parts);
  if (Math.min(...parts) <= least)
    return ofSchurForm(a, (w) => {
      const x = real(w);
      return sign(where(greater(absolute(x), new PyFloat(least)), x, 0));
    });
  let x = astype(a, commonType(a));
  const identity = eye(a.shape[0], a.shape[0], 0, realType(commonType(a)));
  for (let step = 0; step < 100; step++) {
    const next = multiply(add(x, solve(x, identity)), 0.5);
    const change = Number(sum(absolute(subtract(next, x))).item());
    x = next;
    if (change <= 1e-14 * Number(sum(absolute(x)).item())) break;
  }
  return x;
}
