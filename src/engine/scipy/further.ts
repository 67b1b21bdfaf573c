/** Further functions of scipy.linalg: functions of a matrix, Sylvester's equation, bands, circulants, Procrustes. */
import { AppError } from '#shared/errors.ts';
import { sameShape } from '../broadcast.ts';
import { astype, broadcast_to, copy } from '../cast.ts';
import { asarray, empty, eye, zeros } from '../create.ts';
import { clip, imag, real, where } from '../elementwise.ts';
import { fft, ifft } from '../fourier.ts';
import { toeplitz } from '../gallery.ts';
import { eigvals } from '../linalg/eigenvalues.ts';
import { commonType, isComplexType, letterOf, realType, requireFinite } from '../linalg/matrices.ts';
import { matmul } from '../linalg/products.ts';
import { svd, svdvals } from '../linalg/svd.ts';
import { solve } from '../linalg/systems.ts';
import { shapeText } from '../memory.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { sum } from '../reductions.ts';
import { PyFloat } from '../scalar.ts';
import { expand_dims, flip } from '../shape.ts';
import { slice, sliced } from '../slicing.ts';
import { absolute, add, conj, divide, multiply, square, subtract } from '../ufuncs/arithmetic.ts';
import { greater_equal, less_equal } from '../ufuncs/comparison.ts';
import { arccos, arcsin } from '../ufuncs/mathematics.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { qr_pivoted, schur } from './forms.ts';
import { columnMajor, memoryOf, squareMatrix } from './inputs.ts';
import { expm, orth } from './matrix-functions.ts';
import { logm } from './roots.ts';

const adjoint = (a: NDArray): NDArray => (isComplexType(a.dtype) ? conj(a.T) : a.T);
const i = { re: 0, im: 1 };

/** The real part of a matrix, of one that was real at the beginning. */
const backTo = (a: NDArray, made: NDArray): NDArray => (a.entries === 2 ? made : copy(real(made)));

/** A square matrix as the numbers that are computed with; integers without a sign have no negative. */
function floating(A: Operand): NDArray {
  const a = squareMatrix(A);
  return astype(a, commonType(a), { copy: false });
}

/** The matrix cosine: (e^(iA) + e^(−iA)) / 2. @example cosm(array([[0, 0], [0, 0]])).tolist() // [[1, 0], [0, 1]] */
export function cosm(A: Operand): NDArray {
  const a = squareMatrix(A);
  const made = multiply(add(expm(multiply(a, i)), expm(multiply(a, { re: 0, im: -1 }))), 0.5);
  return backTo(a, made);
}

/** The matrix sine: (e^(iA) − e^(−iA)) / 2i. @example sinm(array([[0, 0], [0, 0]])).tolist() // [[0, 0], [0, 0]] */
export function sinm(A: Operand): NDArray {
  const a = squareMatrix(A);
  const made = multiply(subtract(expm(multiply(a, i)), expm(multiply(a, { re: 0, im: -1 }))), { re: 0, im: -0.5 });
  return backTo(a, made);
}

/**
 * The matrix tangent: cos(A)⁻¹ · sin(A).
 *
 * A (n, n) → (n, n).
 */
export function tanm(A: Operand): NDArray {
  return solve(cosm(A), sinm(A));
}

/**
 * The hyperbolic matrix cosine.
 *
 * A (n, n) → (n, n).
 */
export function coshm(A: Operand): NDArray {
  const a = floating(A);
  return multiply(add(expm(a), expm(multiply(a, -1))), 0.5);
}

/**
 * The hyperbolic matrix sine.
 *
 * A (n, n) → (n, n).
 */
export function sinhm(A: Operand): NDArray {
  const a = floating(A);
  return multiply(subtract(expm(a), expm(multiply(a, -1))), 0.5);
}

/**
 * The hyperbolic matrix tangent: cosh(A)⁻¹ · sinh(A).
 *
 * A (n, n) → (n, n).
 */
export function tanhm(A: Operand): NDArray {
  return solve(coshm(A), sinhm(A));
}

/** A^t for any real t: e^(t · log A). @example fractional_matrix_power(array([[4, 0], [0, 9]]), 0.5).tolist().map((r) => r.map(Math.round)) // [[2, 0], [0, 3]] */
export function fractional_matrix_power(A: Operand, t: number): NDArray {
  const a = squareMatrix(A);
  const made = expm(multiply(logm(a), new PyFloat(t)));
  if (made.entries === 1 || a.entries === 2) return made;
  const size = Number(sum(absolute(made)).item());
  return Number(sum(absolute(imag(made))).item()) <= 1e3 * 2 ** -52 * size ? copy(real(made)) : made;
}

/**
 * X with `a · X + X · b = q` (Sylvester's equation).
 *
 * a (m, m), b (n, n), q (m, n) → (m, n). Complex Schur forms of both, then column after column (Bartels, Stewart, 1972).
 * @throws AppError 'value' for other shapes, 'linalg' when a and −b share an eigenvalue.
 * @example solve_sylvester(array([[1, 0], [0, 2]]), array([[1]]), array([[2], [3]])).tolist() // [[1], [1]]
 */
export function solve_sylvester(a: Operand, b: Operand, q: Operand): NDArray {
  const [left, right, given] = [squareMatrix(a), squareMatrix(b), asarray(q)];
  const [m, n] = [left.shape[0], right.shape[0]];
  if (given.ndim !== 2 || given.shape[0] !== m || given.shape[1] !== n) {
    throw new AppError('value', `q has the shape ${shapeText(given.shape)}, not ${shapeText([m, n])}`, {
      argument: 'q',
    });
  }
  const complex = [left, right, given].some((x) => x.entries === 2);
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
  return complex ? x : copy(real(x));
}

/**
 * X with `a · X + X · aᴴ = q` (Lyapunov's equation in continuous time).
 * @throws AppError 'value' "Matrix a and q should have the same shape.".
 * @example solve_continuous_lyapunov(array([[1]]), array([[4]])).tolist() // [[2]]
 */
export function solve_continuous_lyapunov(a: Operand, q: Operand): NDArray {
  if (!sameShape(asarray(a).shape, asarray(q).shape))
    throw new AppError('value', 'Matrix a and q should have the same shape.', { argument: 'q' });
  return solve_sylvester(a, adjoint(asarray(a)), q);
}

/**
 * Solves `a · x = b` for a matrix with `l` diagonals below and `u` above the main one, given as rows `ab[u + i − j, j]`.
 *
 * ab (l + u + 1, n), b (n,) or (n, k). LAPACK gbsv.
 * @throws AppError 'value' for other shapes, 'linalg' "singular matrix".
 * @example solve_banded([0, 1], array([[0, 1], [2, 2]]), array([3, 2])).tolist() // [1, 1]
 */
export function solve_banded(l_and_u: readonly [number, number], ab: Operand, b: Operand): NDArray {
  const [band, right] = [asarray(ab), asarray(b)];
  const [below, above] = l_and_u.map(Number);
  if (![below, above].every((count) => Number.isInteger(count) && count >= 0))
    throw new AppError('value', 'l_and_u must be two counts of diagonals', { argument: 'l_and_u' });
  const n = band.shape.at(-1) ?? 0;
  if (right.shape[0] !== n) throw new AppError('value', 'shapes of ab and b are not compatible.', { argument: 'b' });
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
  if (native().gbsv(letterOf(dtype), n, below, above, x.shape[1], memoryOf(rows), memoryOf(x)) > 0)
    throw new AppError('linalg', 'singular matrix', { argument: 'ab' });
  return vector ? x.view([n], [x.strides[0]]) : x;
}

/**
 * Solves `circulant(c) · x = b` by Fourier transforms; of a singular one, with `singular` 'lstsq', in the
 * least-squares sense. @throws AppError 'linalg' "near singular circulant matrix.".
 * @throws AppError 'value' "Shapes of c … and b … are incompatible".
 * @example solve_circulant(array([2, 0]), array([2, 4])).tolist() // [1, 2]
 */
export function solve_circulant(
  c: Operand,
  b: Operand,
  singular: 'raise' | 'lstsq' = 'raise',
  tol: number | null = null,
): NDArray {
  const [column, right] = [asarray(c), asarray(b)];
  if (column.ndim !== 1 || right.shape[0] !== column.size) {
    throw new AppError(
      'value',
      `Shapes of c ${shapeText(column.shape)} and b ${shapeText(right.shape)} are incompatible`,
      { argument: 'b' },
    );
  }
  const values = fft(column);
  const sizes = absolute(values);
  const list = sizes.tolist() as number[];
  const limit = tol ?? list.reduce((most, s) => Math.max(most, s), 0) * list.length * 2 ** -52;
  const near = list.some((s) => s <= limit);
  if (near && singular === 'raise') throw new AppError('linalg', 'near singular circulant matrix.', { argument: 'c' });
  const turned = fft(right, null, 0);
  const along = (v: NDArray): NDArray => (right.ndim === 1 ? v : expand_dims(v, 1));
  // Where a frequency is lost, the shortest solution has none of it.
  const lost = less_equal(sizes, new PyFloat(limit));
  const quotients = divide(turned, along(near ? where(lost, 1, values) : values));
  const x = ifft(near ? where(along(lost), 0, quotients) : quotients, null, 0);
  return column.entries === 2 || right.entries === 2 ? x : copy(real(x));
}

/**
 * Solves `toeplitz(c, r) · x = b`.
 *
 * c (n,), r (n,), conj(c) when left out; b (n,) or (n, k) → x of b's shape. By LU of the whole matrix (LAPACK gesv).
 * @throws AppError 'value' for NaN and infinity, naming the first such cell; 'linalg' "Singular matrix".
 * @example solve_toeplitz(array([2, 1]), array([3, 3])).tolist().map(Math.round) // [1, 1]
 */
export function solve_toeplitz(
  c_or_cr: Operand | readonly [Operand, Operand],
  b: Operand,
  check_finite = true,
): NDArray {
  const right = asarray(b);
  if (check_finite) requireFinite(right, 'b', 'value');
  return solve(toeplitzOf(c_or_cr, check_finite), right);
}

function toeplitzOf(given: Operand | readonly [Operand, Operand], check_finite: boolean): NDArray {
  const pair = Array.isArray(given) && given.length === 2 && given.every((x) => typeof x === 'object');
  const [c, r] = (pair ? given : [given, undefined]) as [Operand, Operand | undefined];
  const column = asarray(c);
  if (check_finite) for (const x of [column, asarray(r ?? column)]) requireFinite(x, 'c_or_cr', 'value');
  return toeplitz(column, r ?? conj(column));
}

/**
 * `toeplitz(c, r) @ x`.
 *
 * c (m,), r (n,), conj(c) when left out; x (n,) or (n, k) → (m,) or (m, k).
 * @throws AppError 'value' for shapes that do not fit, and with `check_finite` for NaN and infinity.
 * @example matmul_toeplitz(array([2, 1]), array([1, 1])).tolist() // [3n, 3n]
 */
export function matmul_toeplitz(
  c_or_cr: Operand | readonly [Operand, Operand],
  x: Operand,
  check_finite = false,
): NDArray {
  const right = asarray(x);
  if (check_finite) requireFinite(right, 'x', 'value');
  return matmul(toeplitzOf(c_or_cr, check_finite), right);
}

/**
 * The orthogonal matrix R that takes A nearest to B, `min ‖A · R − B‖_F`, and the sum of the singular values of AᴴB.
 *
 * A (m, n), B (m, n) → R (n, n), scale ().
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
 * @throws AppError 'value' "expected 2D array, got shape …", "A and B must have the same number of rows, got … and
 * …".
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
 * a (m, n); R (m, n), Q (n, n), or 'economic' R (m, k), Q (k, n).
 * @throws AppError 'value' "expected matrix", "Mode argument should be one of ['full', 'r', 'economic']".
 * @example rq(array([[0, 2], [3, 0]])).R.shape // [2, 2]
 */
export function rq(a: Operand, mode: 'full' | 'r' | 'economic' = 'full'): { R: NDArray; Q?: NDArray } {
  const matrix = asarray(a);
  if (matrix.ndim !== 2) throw new AppError('value', 'expected matrix', { argument: 'a' });
  if (!['full', 'r', 'economic'].includes(mode))
    throw new AppError('value', "Mode argument should be one of ['full', 'r', 'economic']", { argument: 'mode' });
  // Turned round in both directions, its columns are the rows that gerqf reflects, last first, in the same order of steps.
  const turned = adjoint(flip(matrix, [0, 1]));
  const parts = qr_pivoted(turned, mode === 'economic' ? 'economic' : 'full', false) as { Q: NDArray; R: NDArray };
  const R = copy(flip(adjoint(parts.R), [0, 1]));
  return mode === 'r' ? { R } : { R, Q: copy(flip(adjoint(parts.Q), [0, 1])) };
}

/**
 * The matrix sign: 1 and −1 on the spaces of eigenvalues right and left of the imaginary axis, by Newton's iteration.
 *
 * A (n, n) → (n, n).
 * @throws AppError 'linalg' "an eigenvalue lies on the imaginary axis, where the sign is not defined".
 */
export function signm(A: Operand): NDArray {
  const a = squareMatrix(A);
  const parts = (real(eigvals(a)).tolist() as number[]).map(Math.abs);
  if (Math.min(...parts) === 0)
    throw new AppError('linalg', 'an eigenvalue lies on the imaginary axis, where the sign is not defined', {
      argument: 'A',
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
