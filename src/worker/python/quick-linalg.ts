/** The commonest functions of `numpy.linalg`, as `quick-functions.ts` has those of `numpy`. */
import { unset } from '#engine/create.ts';
import { eig, eigh, eigvals, eigvalsh } from '#engine/linalg/eigenvalues.ts';
import { lstsq, pinv } from '#engine/linalg/least-squares.ts';
import { cond, matrix_rank, norm, type NormOrder } from '#engine/linalg/norms.ts';
import { qr } from '#engine/linalg/orthogonal.ts';
import { svd, svdvals } from '#engine/linalg/svd.ts';
import { cholesky, det, inv, slogdet, solve } from '#engine/linalg/systems.ts';
import { matrix_power } from '#engine/linalg/products.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { PyFloat } from '#engine/scalar.ts';
import type { Quick } from './quick-function.ts';

const pair = ({ eigenvalues, eigenvectors }: ReturnType<typeof eig>): NDArray[] => [eigenvalues, eigenvectors];

export const quickLinalg: Readonly<Record<string, Quick>> = {
  'linalg.norm': {
    parameters: 'A:x G:ord? X:axis? F:keepdims?',
    gives: 'scalar',
    run: (x: NDArray, ord: PyFloat | NormOrder = null, axis: number | number[] | null = null, keepdims = false) =>
      x.size === 0 ? null : norm(x, { ord: ord instanceof PyFloat ? ord.value : ord, axis, keepdims }),
  },
  'linalg.solve': { parameters: 'A:a A:b', gives: 'array', run: (a: NDArray, b: NDArray) => solve(a, b) },
  'linalg.inv': { parameters: 'A:a', gives: 'array', run: (a: NDArray) => inv(a) },
  'linalg.pinv': { parameters: 'A:a N:rcond?', gives: 'array', run: (a: NDArray) => pinv(a) },
  'linalg.det': { parameters: 'A:a', gives: 'scalar', run: (a: NDArray) => det(a) },
  'linalg.slogdet': {
    parameters: 'A:a',
    gives: 'tuple',
    run: (a: NDArray) => {
      const { sign, logabsdet } = slogdet(a);
      return [sign, logabsdet];
    },
  },
  'linalg.cond': { parameters: 'A:x N:p?', gives: 'scalar', run: (x: NDArray) => cond(x) },
  'linalg.matrix_rank': {
    parameters: 'A:A N:tol?',
    gives: 'scalar',
    run: (a: NDArray) => (a.ndim < 2 ? null : matrix_rank(a)),
  },
  'linalg.matrix_power': { parameters: 'A:a I:n', gives: 'array', run: (a: NDArray, n: number) => matrix_power(a, n) },
  'linalg.svd': {
    parameters: 'A:a F:full_matrices? F:compute_uv? F:hermitian?',
    gives: 'tuple',
    run: (a: NDArray, full_matrices = true, compute_uv = true, hermitian = false) => {
      if (hermitian) return null;
      if (!compute_uv) return svdvals(a);
      const { U, S, Vh } = svd(a, { full_matrices });
      return [U, S, Vh];
    },
  },
  'linalg.eigh': {
    parameters: 'A:a W:UPLO?',
    gives: 'tuple',
    run: (a: NDArray, UPLO?: 'L' | 'U') => pair(eigh(a, UPLO)),
  },
  'linalg.eig': { parameters: 'A:a', gives: 'tuple', run: (a: NDArray) => pair(eig(a)) },
  'linalg.eigvals': { parameters: 'A:a', gives: 'array', run: (a: NDArray) => eigvals(a) },
  'linalg.eigvalsh': {
    parameters: 'A:a W:UPLO?',
    gives: 'array',
    run: (a: NDArray, UPLO?: 'L' | 'U') => eigvalsh(a, UPLO),
  },
  'linalg.qr': {
    parameters: 'A:a W:mode?',
    gives: 'tuple',
    run: (a: NDArray, mode?: 'reduced' | 'complete' | 'r' | 'raw') => {
      if (mode === 'r') return qr(a, mode);
      if (mode === 'raw') return null;
      const { Q, R } = qr(a, mode);
      return [Q, R];
    },
  },
  'linalg.cholesky': {
    parameters: 'A:/a |F:upper?',
    gives: 'array',
    run: (a: NDArray, upper = false) => cholesky(a, { upper }),
  },
  'linalg.lstsq': {
    parameters: 'A:a A:b N:rcond?',
    gives: 'tuple',
    run: (a: NDArray, b: NDArray) => {
      const { x, residuals, rank, s } = lstsq(a, b);
      const whole = unset([], 'int32');
      whole.data[whole.start] = rank;
      return [x, residuals, whole, s];
    },
  },
};
