/** scipy.linalg's square root and logarithm of a matrix, by its Schur form. */
import { AppError } from '#shared/errors.ts';
import { astype, copy } from '../cast.ts';
import { eye, unset } from '../create.ts';
import { diag, diagonal } from '../building.ts';
import { real } from '../elementwise.ts';
import { asType, commonType, isComplexType, isSmallReal, letterOf, realLetter, realType } from '../linalg/matrices.ts';
import { norm } from '../linalg/norms.ts';
import { matmul } from '../linalg/products.ts';
import { solve } from '../linalg/systems.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { any } from '../reductions.ts';
import { type Complex, PyFloat } from '../scalar.ts';
import { add, conj, multiply, subtract } from '../ufuncs/arithmetic.ts';
import { less } from '../ufuncs/comparison.ts';
import { sqrt } from '../ufuncs/mathematics.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { schur } from './forms.ts';
import { columnMajor, memoryOf, squareMatrix } from './inputs.ts';
import { rsf2csf } from './schur-forms.ts';

/**
 * The complex Schur form `a = Z · T · Zᴴ`, of a real matrix by its real one, whose 2 × 2 blocks are turned into triangles:
 * so an eigenvalue that is real stays it, and its logarithm has the sign of the upper side of the cut.
 *
 * a (n, n) → [T, Z], (n, n) complex. LAPACK gees, Givens rotations (Golub, Van Loan, 1996, 7.4).
 * @throws AppError 'linalg' "Schur form not found. Possibly ill-conditioned.".
 */
export function complexSchur(a: NDArray): [NDArray, NDArray] {
  const { T, Z } = schur(a, isComplexType(a.dtype) ? 'complex' : 'real');
  return isComplexType(T.dtype) ? [T, Z] : rsf2csf(T, Z);
}

/**
 * f(a) by f of the eigenvalues, `Z · F · Zᴴ`: F commutes with the triangle of the Schur form (Parlett, 1976).
 *
 * a (n, n), f from (n,) to (n,) → (n, n), real where the matrix was and nothing imaginary is left but roundings.
 */
export function ofSchurForm(a: NDArray, f: (eigenvalues: NDArray) => NDArray): NDArray {
  const [T, Z] = complexSchur(a.dtype === 'bool' ? astype(a, 'float32') : a);
  const n = T.shape[0];
  const F = astype(diag(f(copy(diagonal(T)))), T.dtype, { order: 'C' });
  const get = (x: NDArray, i: number, j: number): Complex => x.get([i, j]) as Complex;
  for (let p = 1; p < n; p++) {
    for (let i = 0; i < n - p; i++) {
      const j = i + p;
      let sum = times(get(T, i, j), minus(get(F, j, j), get(F, i, i)));
      for (let k = i + 1; k < j; k++)
        sum = minus(sum, minus(times(get(F, i, k), get(T, k, j)), times(get(T, i, k), get(F, k, j))));
      const gap = minus(get(T, j, j), get(T, i, i));
      F.set([i, j], gap.re === 0 && gap.im === 0 ? sum : over(sum, gap));
    }
  }
  return composed(F, Z, a);
}

const minus = (x: Complex, y: Complex): Complex => ({ re: x.re - y.re, im: x.im - y.im });
const times = (x: Complex, y: Complex): Complex => ({ re: x.re * y.re - x.im * y.im, im: x.re * y.im + x.im * y.re });
const over = (x: Complex, y: Complex): Complex => {
  const size = y.re * y.re + y.im * y.im;
  return { re: (x.re * y.re + x.im * y.im) / size, im: (x.im * y.re - x.re * y.im) / size };
};

/** Z · F · Zᴴ; real where the matrix was and nothing imaginary is left but roundings. */
function composed(f: NDArray, Z: NDArray, a: NDArray): NDArray {
  const full = matmul(matmul(Z, f), conj(Z.T));
  if (isComplexType(a.dtype)) return full;
  const flat = memoryOf(astype(full, full.dtype, { order: 'C' }));
  let [size, imaginary] = [0, 0];
  for (let i = 0; i < flat.length; i += 2) {
    size = Math.max(size, Math.abs(flat[i]));
    imaginary = Math.max(imaginary, Math.abs(flat[i + 1]));
  }
  const eps = realType(commonType(a)) === 'float32' ? 2 ** -23 : 2 ** -52;
  return imaginary <= 1000 * eps * size ? astype(real(full), realType(commonType(a))) : full;
}

/** The root of a triangular factor; NaN everywhere where there is none. */
function triangularRoot(t: NDArray): NDArray {
  const root = columnMajor(t);
  const n = root.shape[0];
  if (n > 0 && native().sqrtTriangular(letterOf(commonType(root)), n, memoryOf(root)) !== 0) {
    throw new AppError('linalg', 'Matrix is singular and may not have a square root.', { argument: 'A' });
  }
  return root;
}

/**
 * The principal square root: `X · X = A`, with eigenvalues in the right half plane.
 *
 * A (n, n) → (n, n), real where a real matrix has a real root, complex otherwise. Schur form and the recurrence of
 * Björck and Hammarling (1983). float32 and complex64 stay single, integers and bool become float64.
 *
 * @throws AppError 'value' for other shapes; 'linalg' where there is no root.
 * @example sqrtm(array([[4, 0], [0, 9]])).tolist() // [[2, 0], [0, 3]]
 */
export function sqrtm(A: Operand): NDArray {
  const a = squareMatrix(A, 'Non-matrix input to matrix function.', 'linalg');
  if (a.size === 0) return astype(a, commonType(a));
  if (a.size === 1) return sqrt(any(less(real(a), 0)).item() === true ? add(a, { re: 0, im: 0 }) : a);
  if (isSmallReal(a)) {
    const small = smallRoot(a);
    if (small !== null) return small;
  }
  if (!isComplexType(a.dtype)) {
    const { T, Z } = schur(a);
    if (hasRealRoot(T)) return matmul(matmul(Z, triangularRoot(T)), Z.T);
  }
  const [T, Z] = complexSchur(a);
  return composed(triangularRoot(T), Z, a);
}

/** Null where there is no real root. */
function smallRoot(a: NDArray): NDArray | null {
  const dtype = commonType(a);
  const { data, start, strides, shape } = asType(a, dtype);
  const made = unset(shape, dtype);
  const [row, col] = [strides[0] / data.BYTES_PER_ELEMENT, strides[1] / data.BYTES_PER_ELEMENT];
  return native().smallSqrtm(realLetter(dtype), shape[0], data, start, row, col, made.data, made.start) === 0
    ? made
    : null;
}

/** Whether a real Schur form has real eigenvalues alone, none of them negative. */
function hasRealRoot(T: NDArray): boolean {
  const { data, start } = T;
  const [down, across] = T.strides.map((step) => step / data.BYTES_PER_ELEMENT);
  for (let k = 0; k < T.shape[0]; k++) {
    const at = start + k * (down + across);
    if (Number(data[at]) < 0 || (k > 0 && Number(data[at - across]) !== 0)) return false;
  }
  return true;
}

/** What a logarithm takes for an eigenvalue that is 0. */
const nearlyZero = 1e-20;

/** Nodes and weights of Gauss–Legendre quadrature on [0, 1], 8 points: the Padé approximant of log(1 + x). */
const nodes = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const weights = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];

/**
 * The principal logarithm: `expm(X) = A`, with imaginary parts of eigenvalues in (−π, π].
 *
 * A (n, n) → (n, n), float64 where possible, else complex128. Eigenvalues that are 0 count as 1e−20. Inverse scaling and squaring on the Schur form (Kenney and Laub, 1989), with
 * the [8/8] Padé approximant as a sum of partial fractions.
 * @throws AppError 'value' for other shapes.
 * @example logm(array([[1, 0], [0, 1]])).tolist() // [[0, 0], [0, 0]]
 */
export function logm(A: Operand): NDArray {
  const given = squareMatrix(A, 'expected a square matrix');
  const a = astype(given, given.entries === 2 ? 'complex128' : 'float64', { copy: false });
  if (a.size === 0) return a;
  const n = a.shape[0];
  const [T, Z] = complexSchur(a);
  // Of a singular matrix it is that of one nearby, as in SciPy.
  for (let i = 0; i < n; i++) {
    const x = T.get([i, i]) as Complex;
    if (Math.hypot(x.re, x.im) < nearlyZero) T.set([i, i], nearlyZero);
  }
  const one = eye(n, n, 0, 'complex128');
  let root = T;
  let doublings = 0;
  while (Number(norm(subtract(root, one), { ord: 1 }).item()) > 0.25 && doublings < 100) {
    root = triangularRoot(root);
    doublings++;
  }
  const x = subtract(root, one);
  let sum = multiply(x, new PyFloat(0));
  for (let k = 0; k < nodes.length; k++) {
    for (const side of [-1, 1]) {
      const node = 0.5 + (side * nodes[k]) / 2;
      const term = solve(add(one, multiply(x, new PyFloat(node))), x);
      sum = add(sum, multiply(term, new PyFloat(weights[k] / 2)));
    }
  }
  return composed(multiply(sum, new PyFloat(2 ** doublings)), Z, a);
}
