/** Certificates of what is computed from sparse matrices, found by products with them alone. */
import { AppError } from '#shared/errors.ts';
import { diag } from '../../building.ts';
import {
  type Certifiable,
  conditionOf,
  eigenResidual,
  type FactorCertificate,
  proven,
  tripletResidual,
} from '../../linalg/certify.ts';
import { size } from '../../linalg/factor-shapes.ts';
import type { NDArray } from '../../ndarray.ts';
import { promote_types } from '../../promotion.ts';
import { isComplex } from '../../scalar.ts';
import { subtract as subtractArrays } from '../../ufuncs/arithmetic.ts';
import { subtract } from '../arithmetic.ts';
import { coo_array } from '../construct.ts';
import { tocoo } from '../convert.ts';
import { matmulDense, matmulSparse } from '../matmul.ts';
import { arrayOf, newFrom } from '../index-lists.ts';
import { type Sparse } from '../sparse-array.ts';
import { SparseError } from '../sparse-error.ts';
import { splu, type SuperLU } from './factors.ts';
import { norm } from './norm.ts';
import { onenormest } from './one-norm.ts';
import { adjointTimes, LinearOperator, workingType } from './operators.ts';

/** What is certified: its name, and its result with the names of SciPy. */
export type SparseCertified =
  | { of: 'solve'; x: NDArray; b: NDArray }
  | { of: 'eigh' | 'eig'; eigenvalues: NDArray; eigenvectors: NDArray; /** a·v = λ·b·v */ b?: Sparse }
  | { of: 'svds'; U: NDArray; S: NDArray; Vh: NDArray }
  | { of: 'splu'; lu: SuperLU };

const frobenius = (a: Sparse): number => Number(norm(a).item());

const certifiable = (a: Sparse): Certifiable => ({
  size: frobenius(a),
  times: (x) => matmulDense(a, x),
  adjointTimes: (x) => adjointTimes(a, x),
});

/**
 * The certificate of a solution, of some eigenpairs or singular triplets, or of LU factors of a sparse matrix.
 *
 * A (m, n). Residuals as `certificate` has them: solve ‖b − A·x‖ / (‖A‖·‖x‖ + ‖b‖) (Rigal and Gaches, 1967), eigenpairs
 * ‖A·V − b·V·Λ‖ / ‖A‖, triplets ‖A·V − U·Σ‖ and ‖Aᴴ·U − V·Σ‖ over ‖A‖, factors ‖Pr·A·Pc − L·U‖ / ‖A‖ and what their
 * triangles have elsewhere. The condition of solve and splu is ‖A‖₁ · ‖A⁻¹‖₁, both estimated
 * (Higham and Tisseur, 2000), A⁻¹ by LU factors; infinite for a singular A. Numbers in float64, whatever the dtype of
 * A.
 *
 * @throws AppError 'shape' for other than matrices.
 * @example sparseCertificate(csr_matrix([[2, 0], [0, 4]]), { of: 'solve', x: array([1, 1]), b: array([2, 4]) }).residual // 0
 */
export function sparseCertificate(A: Sparse, result: SparseCertified): FactorCertificate {
  if (A.ndim !== 2) throw new AppError('shape', 'Array must be two-dimensional', { argument: 'A' });
  const { dtype, residual, orthogonal, condition } = judged(A, result);
  const n = Math.max(1, ...A.shape);
  return { residual, ...proven(residual, orthogonal, condition, dtype, n) };
}

interface Judged {
  dtype: ReturnType<typeof workingType>;
  residual: number;
  orthogonal: NDArray | null;
  condition: number;
}

function judged(A: Sparse, result: SparseCertified): Judged {
  const a = certifiable(A);
  switch (result.of) {
    case 'solve': {
      const { x, b } = result;
      const both = a.size * size(x) + size(b);
      const missed = size(subtractArrays(b, a.times(x)));
      const dtype = workingType(promote_types(A.dtype, x.dtype));
      return { dtype, residual: both > 0 ? missed / both : missed, orthogonal: null, condition: inverseNorm(A, null) };
    }
    case 'splu': {
      const { lu } = result;
      const dtype = workingType(A.dtype);
      return { dtype, residual: luResidual(A, a.size, lu), orthogonal: null, condition: inverseNorm(A, lu) };
    }
    case 'svds': {
      const { U, S } = result;
      return {
        dtype: workingType(U.dtype),
        residual: tripletResidual(a, result),
        orthogonal: U,
        condition: conditionOf(diag(S)),
      };
    }
    default: {
      const { of, eigenvectors: V, b } = result;
      const residual = eigenResidual(a, b === undefined ? null : certifiable(b), result);
      const normal = of === 'eigh';
      return {
        dtype: workingType(V.dtype),
        residual,
        orthogonal: normal && b === undefined ? V : null,
        condition: normal ? 1 : conditionOf(V),
      };
    }
  }
}

/** ‖A‖₁ · ‖A⁻¹‖₁. */
function inverseNorm(A: Sparse, factors: SuperLU | null): number {
  const [m, n] = A.shape2d;
  if (m !== n) return Infinity;
  if (n === 0) return 1;
  try {
    const lu = factors ?? splu(A);
    const inverse = new LinearOperator([n, n], {
      dtype: lu.dtype,
      matvec: (x) => lu.solve(x),
      rmatvec: (x) => lu.solve(x, 'H'),
    });
    return onenormest(A).est * onenormest(inverse).est;
  } catch (error) {
    if (error instanceof SparseError) return Infinity;
    throw error;
  }
}

/** ‖A − Prᵀ·L·U·Pcᵀ‖ over ‖A‖, or more where the triangles are none. */
function luResidual(A: Sparse, whole: number, lu: SuperLU): number {
  const { L, U } = lu;
  const product = tocoo(matmulSparse(L, U));
  const back = (perm: NDArray, at: ArrayLike<number | bigint>): Int32Array => {
    const from = new Int32Array(perm.size);
    (perm.tolist() as (number | bigint)[]).forEach((to, k) => (from[Number(to)] = k));
    return Int32Array.from({ length: at.length }, (_, k) => from[Number(at[k])]);
  };
  const [row, col] = [back(lu.perm_r, product.rows), back(lu.perm_c, product.cols)];
  const placed = coo_array(
    { data: product.data, row: arrayOf(newFrom(row)), col: arrayOf(newFrom(col)) },
    { shape: A.shape },
  );
  const missed = frobenius(subtract(A, placed) as Sparse);
  const outside = Math.max(wrongTriangle(L, 'lower'), wrongTriangle(U, 'upper'));
  return Math.max(whole > 0 ? missed / whole : missed, outside);
}

/** The largest entry on the wrong side, or off one on the diagonal of a lower triangle. */
function wrongTriangle(t: Sparse, side: 'lower' | 'upper'): number {
  const { rows, cols, data } = tocoo(t);
  let worst = 0;
  for (let k = 0; k < data.size; k++) {
    const below = Number(rows[k]) - Number(cols[k]);
    const x = data.get([k]);
    const [re, im] = isComplex(x) ? [x.re, x.im] : [Number(x), 0];
    if (side === 'lower' ? below < 0 : below > 0) worst = Math.max(worst, Math.hypot(re, im));
    if (side === 'lower' && below === 0) worst = Math.max(worst, Math.hypot(re - 1, im));
  }
  return worst;
}
