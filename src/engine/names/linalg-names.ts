/** The functions of `numpy.linalg` by their names there. Results of several arrays are lists in NumPy's order. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { asarray } from '../create.ts';
import { where } from '../elementwise.ts';
import { eig, eigh, eigvals, eigvalsh } from '../linalg/eigenvalues.ts';
import { lstsq, pinv } from '../linalg/least-squares.ts';
import { cond, matrix_norm, matrix_rank, norm, vector_norm } from '../linalg/norms.ts';
import { qr } from '../linalg/orthogonal.ts';
import { matmul, matrix_power, multi_dot, outer, trace } from '../linalg/products.ts';
import { svd, svdvals } from '../linalg/svd.ts';
import { cholesky, det, inv, slogdet, solve } from '../linalg/systems.ts';
import { matrix_transpose, tensorinv, tensorsolve } from '../linalg/tensors.ts';
import { NDArray } from '../ndarray.ts';
import { crossOfThree, tensordot, vecdot } from '../products.ts';
import { PyFloat } from '../scalar.ts';
import { diagonal } from '../building.ts';
import { expand_dims, flip } from '../shape.ts';
import { argsort, sort } from '../sorting.ts';
import { take_along_axis } from '../taking.ts';
import { absolute, conj, multiply } from '../ufuncs/arithmetic.ts';
import { less } from '../ufuncs/comparison.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { hashed } from './kinds.ts';
import { direct, type Named, optional } from './signature.ts';

/** A function of one array and further values, given whatever makes an array. */
const first =
  <Rest extends unknown[], Result>(fn: (a: NDArray, ...rest: Rest) => Result) =>
  (a: Operand, ...rest: Rest): Result =>
    fn(asarray(a), ...rest);

const pair =
  <Rest extends unknown[], Result>(fn: (a: NDArray, b: NDArray, ...rest: Rest) => Result) =>
  (a: Operand, b: Operand, ...rest: Rest): Result =>
    fn(asarray(a), asarray(b), ...rest);

const list = (parts: object): unknown[] => Object.values(parts);

function requireVectors(x1: NDArray, x2: NDArray): [NDArray, NDArray] {
  if (x1.ndim === 1 && x2.ndim === 1) return [x1, x2];
  throw new AppError(
    'value',
    `Input arrays must be one-dimensional, but they are x1.ndim=${x1.ndim} and x2.ndim=${x2.ndim}.`,
  );
}

interface SvdOptions {
  full_matrices?: boolean;
  compute_uv?: true;
  hermitian?: boolean;
}

/** The SVD of Hermitian matrices by their eigenvalues: `a = V · diag(w) · Vᴴ`, the signs of w going to the left. */
function hermitianSvd(a: NDArray, vectors: boolean): unknown {
  if (!vectors) return flip(sort(absolute(eigvalsh(a))), -1);
  const { eigenvalues, eigenvectors } = eigh(a);
  const order = flip(argsort(absolute(eigenvalues)), -1);
  const w = take_along_axis(eigenvalues, order, -1);
  const v = take_along_axis(eigenvectors, expand_dims(order, -2), -1);
  const signs = astype(where(less(w, 0), -1, 1), w.dtype);
  return [v, absolute(w), conj(matrix_transpose(multiply(v, expand_dims(signs, -2))))];
}

const table: Readonly<Record<string, Named>> = {
  norm: optional(first(norm), 'x | ord? axis? keepdims?'),
  vector_norm: optional(first(vector_norm), 'x | axis? keepdims? ord?'),
  matrix_norm: optional(first(matrix_norm), 'x | keepdims? ord?'),
  cond: direct((x: Operand, p?: unknown) => {
    const a = asarray(x);
    // Norms are looked up by their names.
    if (a.size > 0 || !(p instanceof NDArray)) return cond(a, hashed(p, 'p') as 2);
    return cond(a);
  }, 'x p?'),
  matrix_rank: optional(first(matrix_rank), 'A | tol? hermitian? rtol?'),
  det: direct(first(det), 'a'),
  slogdet: direct((a: Operand) => list(slogdet(asarray(a))), 'a'),
  inv: direct(first(inv), 'a'),
  pinv: optional(first(pinv), 'a | rcond? hermitian? rtol?'),
  solve: direct(pair(solve), 'a b'),
  lstsq: direct(
    (a: Operand, b: Operand, rcond?: number | null) => list(lstsq(asarray(a), asarray(b), rcond)),
    'a b rcond?',
  ),
  cholesky: optional(first(cholesky), 'a | upper?'),
  qr: direct((a: Operand, mode?: 'reduced') => {
    const named: string | undefined = mode;
    // The names of 2013, which NumPy still takes.
    if (named === 'e' || named === 'economic') return matrix_transpose(qr(asarray(a), 'raw').h);
    const result = qr(asarray(a), named === 'f' || named === 'full' ? 'reduced' : mode) as NDArray | object;
    return 'dtype' in result ? result : list(result);
  }, 'a mode?'),
  svd: optional((a: Operand, { hermitian, ...options }: SvdOptions) => {
    if (hermitian === true) return hermitianSvd(asarray(a), options.compute_uv ?? true);
    const result = svd(asarray(a), options) as NDArray | { U: NDArray; S: NDArray; Vh: NDArray };
    return 'dtype' in result ? result : [result.U, result.S, result.Vh];
  }, 'a | full_matrices? compute_uv? hermitian?'),
  svdvals: direct(first(svdvals), 'x'),
  eig: direct((a: Operand) => list(eig(asarray(a))), 'a'),
  eigh: direct((a: Operand, uplo?: 'L') => list(eigh(asarray(a), uplo)), 'a UPLO?'),
  eigvals: direct(first(eigvals), 'a'),
  eigvalsh: direct(first(eigvalsh), 'a UPLO?'),
  matrix_power: direct(first(matrix_power), 'a n'),
  multi_dot: direct((arrays: Operand[]) => multi_dot(arrays.map((a) => asarray(a))), 'arrays out>'),
  matmul: direct(pair(matmul), 'x1 x2'),
  outer: direct((x1: Operand, x2: Operand) => outer(...requireVectors(asarray(x1), asarray(x2))), 'x1 x2'),
  cross: direct(crossOfThree, 'x1 x2 axis?'),
  vecdot: direct(vecdot, 'x1 x2 axis?'),
  tensorsolve: direct(
    (a: Operand, b: Operand, axes?: number[] | null) => tensorsolve(asarray(a), asarray(b), axes),
    'a b axes?',
  ),
  tensorinv: direct(first(tensorinv), 'a ind?'),
  matrix_transpose: direct(first(matrix_transpose), 'x'),
  tensordot: direct(tensordot, 'x1 x2 axes?'),
  trace: direct(
    (x: Operand, offset?: number, dtype?: DType) => trace(asarray(x), offset, -2, -1, dtype),
    'x offset? dtype?',
  ),
  diagonal: direct((x: Operand, offset?: number) => diagonal(x, offset, -2, -1), 'x offset?'),
};

/** Orders, tolerances and the like are plain numbers there, never weak operands. */
const plain = (value: unknown): unknown => (value instanceof PyFloat ? value.value : value);

export const linalgNames: Readonly<Record<string, Named>> = Object.fromEntries(
  Object.entries(table).map(([name, entry]) => [name, { ...entry, call: (values) => entry.call(values.map(plain)) }]),
);
