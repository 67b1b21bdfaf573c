/** scipy.linalg's square root and logarithm of a matrix, by its Schur form. */
import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { eye } from '../create.ts';
import { real } from '../elementwise.ts';
import { complexType, commonType, isComplexType, letterOf, realType } from '../linalg/matrices.ts';
import { norm } from '../linalg/norms.ts';
import { matmul } from '../linalg/products.ts';
import { solve } from '../linalg/systems.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { PyFloat } from '../scalar.ts';
import { add, conj, multiply, subtract } from '../ufuncs/arithmetic.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { schur } from './forms.ts';
import { columnMajor, memoryOf, squareMatrix } from './inputs.ts';

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
  const letter = letterOf(commonType(root));
  if (letter === 's' || letter === 'd') throw new AppError('bug', 'the Schur form was not complex');
  const n = root.shape[0];
  if (n > 0 && native().sqrtTriangular(letter, n, memoryOf(root)) !== 0) {
    throw new AppError('linalg', 'Matrix is singular and may not have a square root.', { argument: 'A' });
  }
  return root;
}

/**
 * The principal square root: `X · X = A`, with eigenvalues in the right half plane.
 *
 * A (n, n) → (n, n), real where a real matrix has a real root, complex otherwise. Schur form and the recurrence of Björck
 * and Hammarling (1983).
 * @throws AppError 'value' for other shapes; 'linalg' where there is no root.
 * @example sqrtm(array([[4, 0], [0, 9]])).tolist() // [[2, 0], [0, 3]]
 */
export function sqrtm(A: Operand): NDArray {
  const a = squareMatrix(A, 'Non-matrix input to matrix function.', 'linalg');
  if (a.size === 0) return astype(a, commonType(a));
  const { T, Z } = schur(a, 'complex');
  return composed(triangularRoot(T), Z, a);
}

/** Nodes and weights of Gauss–Legendre quadrature on [0, 1], 8 points: the Padé approximant of log(1 + x). */
const nodes = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const weights = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];

/**
 * The principal logarithm: `expm(X) = A`, with imaginary parts of eigenvalues in (−π, π].
 *
 * A (n, n) → (n, n), real where possible. Inverse scaling and squaring on the Schur form (Kenney and Laub, 1989), with
 * the [8/8] Padé approximant as a sum of partial fractions.
 * @throws AppError 'value' for other shapes; 'linalg' for singular matrices.
 * @example logm(array([[1, 0], [0, 1]])).tolist() // [[0, 0], [0, 0]]
 */
export function logm(A: Operand): NDArray {
  const a = squareMatrix(A, 'expected a square matrix');
  if (a.size === 0) return astype(a, commonType(a));
  const n = a.shape[0];
  const { T, Z } = schur(a, 'complex');
  for (let i = 0; i < n; i++) {
    const x = T.get([i, i]);
    if (typeof x === 'object' && x.re === 0 && x.im === 0) {
      throw new AppError('linalg', 'The input matrix is singular: it has no logarithm.', { argument: 'A' });
    }
  }
  const one = eye(n, n, 0, complexType(commonType(a)));
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
