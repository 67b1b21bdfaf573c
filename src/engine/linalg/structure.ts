import { AppError } from '#shared/errors.ts';
import { copy } from '../cast.ts';
import type { NDArray } from '../ndarray.ts';
import { commonType, copyMatrix, epsOf, type FloatDType, isComplexType, matrixShape, scratch } from './matrices.ts';
import { native } from '../native.ts';
import { letterOf } from './matrices.ts';

export type StructureName =
  | 'zero'
  | 'diagonal'
  | 'permutation'
  | 'upper triangular'
  | 'lower triangular'
  | 'tridiagonal'
  | 'banded'
  | 'symmetric'
  | 'hermitian'
  | 'positive definite'
  | 'orthogonal'
  | 'sparse'
  | 'low rank';

export interface Structure {
  /** All that is true of the matrix, the most useful first for solving. */
  names: StructureName[];
  /** Diagonals that hold anything below and above the main one. */
  lower_bandwidth: number;
  upper_bandwidth: number;
  /** Share of entries that are not zero. */
  density: number;
  /** Numerical rank by pivoted QR, where it was looked for. */
  rank: number | null;
  /** How `solve` goes, the floating-point operations it takes for one right-hand side, and those of LU for comparison. */
  method: SolveMethod;
  flops: number;
  general_flops: number;
}

export type SolveMethod =
  | 'diagonal'
  | 'permutation'
  | 'triangular'
  | 'tridiagonal'
  | 'banded'
  | 'cholesky'
  /** Bunch and Kaufman's, of symmetric and Hermitian matrices. */
  | 'ldl'
  | 'lu'
  | 'least squares';

/**
 * What a matrix is, beyond its shape: zero, diagonal, permutation, triangular, tridiagonal, banded, symmetric, Hermitian,
 * positive definite, orthogonal (unitary), sparse (fewer than a tenth of its entries), low rank; and what that saves.
 *
 * a (m, n). Zeros, bands and symmetry are exact, and NaN equals nothing, itself neither; positive definite means that LAPACK's potrf succeeds, orthogonal that
 * ‖aᴴa − I‖ stays below n · eps · 10, low rank that pivoted QR (geqp3) finds less than half of min(m, n). Orders above
 * `thorough` are not asked for the last two, which cost as much as the solve.
 *
 * @throws AppError 'linalg' for other than two axes.
 * @example structure(array([[2, 0], [0, 3]])).method // 'diagonal'
 */
export function structure(a: NDArray, { thorough = 512 }: { thorough?: number } = {}): Structure {
  if (a.ndim !== 2) {
    throw new AppError('linalg', `${a.ndim}-dimensional array given. Array must be two-dimensional`, { argument: 'a' });
  }
  const { m, n } = matrixShape(a);
  const dtype = commonType(a);
  const parts = isComplexType(dtype) ? 2 : 1;
  const x = scratch(dtype, m * n);
  copyMatrix(a, x, dtype, 'F');
  const scan = scanned(x, m, n, parts);
  const names: StructureName[] = [];
  const square = m === n && n > 0;
  const { below, above, filled } = scan;
  if (m * n > 0 && filled === 0) names.push('zero');
  if (m * n > 0 && below === 0 && above === 0) names.push('diagonal');
  if (square && scan.permutation) names.push('permutation');
  if (m * n > 0 && below === 0 && above > 0) names.push('upper triangular');
  if (m * n > 0 && above === 0 && below > 0) names.push('lower triangular');
  if (square && below === 1 && above === 1 && n > 2) names.push('tridiagonal');
  else if (square && below + above > 1 && (below + above + 1) * 4 <= n) names.push('banded');
  if (square && scan.symmetric) names.push('symmetric');
  if (square && scan.hermitian && parts === 2) names.push('hermitian');
  const letter = letterOf(dtype);
  const hermitian = square && (parts === 2 ? scan.hermitian : scan.symmetric);
  const finite = scan.finite;
  if (hermitian && finite && scan.positiveDiagonal && native().potrf(letter, 'L', n, x.slice(), n) === 0) {
    names.push('positive definite');
  }
  let rank: number | null = null;
  if (finite && m * n > 0 && Math.max(m, n) <= thorough) {
    if (square) {
      const gram = scratch(dtype, n * n);
      native().gemm(letter, parts === 2 ? 'C' : 'T', 'N', n, n, n, 1, x, n, x, n, 0, gram, n);
      for (let i = 0; i < n; i++) gram[i * (n + 1) * parts] -= 1;
      if (native().lange(letter, 'F', n, n, gram, n) <= 10 * n * epsOf(dtype)) names.push('orthogonal');
    }
    rank = numericalRank(copy(a), m, n);
    if (rank * 2 < Math.min(m, n)) names.push('low rank');
  }
  if (m * n >= 100 && filled * 10 < m * n) names.push('sparse');
  const method = m === n ? wayToSolve(names) : 'least squares';
  const cost = (way: SolveMethod): number => solveFlops(way, dtype, { m, n, below, above });
  return {
    names,
    lower_bandwidth: below,
    upper_bandwidth: above,
    density: m * n === 0 ? 0 : filled / (m * n),
    rank,
    method,
    flops: cost(method),
    general_flops: cost(m === n ? 'lu' : 'least squares'),
  };
}

function wayToSolve(names: readonly StructureName[]): SolveMethod {
  const ways: readonly (readonly [StructureName, SolveMethod])[] = [
    ['diagonal', 'diagonal'],
    ['permutation', 'permutation'],
    ['upper triangular', 'triangular'],
    ['lower triangular', 'triangular'],
    ['tridiagonal', 'tridiagonal'],
    ['banded', 'banded'],
    ['positive definite', 'cholesky'],
    ['hermitian', 'ldl'],
    ['symmetric', 'ldl'],
  ];
  return ways.find(([name]) => names.includes(name))?.[1] ?? 'lu';
}

/**
 * The floating-point operations of one way to solve with one right-hand side; complex numbers count four times.
 *
 * Golub, Van Loan: Matrix Computations (4th edition), sections 3.1, 3.2, 4.2 to 4.4, 5.3.
 * @example solveFlops('triangular', 'float64', { m: 10, n: 10, below: 0, above: 9 }) // 100
 */
export function solveFlops(
  method: SolveMethod,
  dtype: FloatDType,
  { m, n, below, above }: { m: number; n: number; below: number; above: number },
): number {
  const cost: Record<SolveMethod, number> = {
    diagonal: n,
    permutation: 0,
    triangular: n * n,
    tridiagonal: 8 * n,
    banded: 2 * n * below * (below + above + 1) + 2 * n * (2 * below + above),
    cholesky: n ** 3 / 3 + 2 * n * n,
    ldl: n ** 3 / 3 + 2 * n * n,
    lu: (2 / 3) * n ** 3 + 2 * n * n,
    'least squares': 2 * Math.max(m, n) * Math.min(m, n) ** 2,
  };
  return cost[method] * (isComplexType(dtype) ? 4 : 1);
}

interface Scan {
  below: number;
  above: number;
  filled: number;
  symmetric: boolean;
  hermitian: boolean;
  permutation: boolean;
  positiveDiagonal: boolean;
  finite: boolean;
}

/** One look at a matrix that lies column after column. */
function scanned(x: Float32Array | Float64Array, m: number, n: number, parts: number): Scan {
  const scan: Scan = {
    below: 0,
    above: 0,
    filled: 0,
    symmetric: m === n,
    hermitian: m === n,
    permutation: m === n,
    positiveDiagonal: true,
    finite: true,
  };
  const inRow = new Uint8Array(m);
  for (let j = 0; j < n; j++) {
    let inColumn = 0;
    for (let i = 0; i < m; i++) {
      const at = (j * m + i) * parts;
      const re = x[at];
      const im = parts === 2 ? x[at + 1] : 0;
      if (!(Number.isFinite(re) && Number.isFinite(im))) scan.finite = false;
      if (i === j && !(re > 0 && im === 0)) scan.positiveDiagonal = false;
      if (i === j && (Number.isNaN(re) || Number.isNaN(im))) scan.symmetric = scan.hermitian = false;
      if (i < j && (scan.symmetric || scan.hermitian) && i < n && j < m) {
        const other = (i * m + j) * parts;
        const otherIm = parts === 2 ? x[other + 1] : 0;
        if (re !== x[other] || im !== otherIm) scan.symmetric = false;
        if (re !== x[other] || im !== -otherIm) scan.hermitian = false;
      }
      if (re === 0 && im === 0) continue;
      scan.filled++;
      if (i > j) scan.below = Math.max(scan.below, i - j);
      else scan.above = Math.max(scan.above, j - i);
      if (i === j && im !== 0) scan.hermitian = false;
      if (re !== 1 || im !== 0 || inRow[i] === 1) scan.permutation = false;
      inRow[i] = 1;
      inColumn++;
    }
    if (inColumn !== 1) scan.permutation = false;
  }
  return scan;
}

/** Diagonal entries of a pivoted R above max(m, n) · eps of the first. */
function numericalRank(a: NDArray, m: number, n: number): number {
  const dtype = commonType(a);
  const parts = isComplexType(dtype) ? 2 : 1;
  const x = scratch(dtype, m * n);
  copyMatrix(a, x, dtype, 'F');
  const k = Math.min(m, n);
  native().geqp3(letterOf(dtype), m, n, x, new Int32Array(n), scratch(dtype, k));
  const size = (i: number): number => {
    const at = i * (m + 1) * parts;
    return parts === 2 ? Math.hypot(x[at], x[at + 1]) : Math.abs(x[at]);
  };
  const limit = Math.max(m, n) * epsOf(dtype) * (k > 0 ? size(0) : 0);
  let rank = 0;
  while (rank < k && size(rank) > limit) rank++;
  return rank;
}
