/** scipy.linalg's generalised Schur form of a pair of matrices (QZ), and its order. One pair at a time. */
import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { asarray, empty } from '../create.ts';
import { doubt } from '../doubts.ts';
import { commonType, complexType, letterOf, requireFinite } from '../linalg/matrices.ts';
import { native } from '../native.ts';
import { NDArray } from '../ndarray.ts';
import { type Complex, isComplex } from '../scalar.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { columnMajor, memoryOf } from './inputs.ts';

export interface GeneralisedSchur {
  AA: NDArray;
  BB: NDArray;
  alpha: NDArray;
  beta: NDArray;
  Q: NDArray;
  Z: NDArray;
}

type Output = 'real' | 'complex' | 'r' | 'c';

/**
 * Which eigenvalues α / β come first: of the left or right half plane, inside or outside of the unit circle, a choice, or
 * truth values in the order they have without a sort.
 */
export type PencilSort = 'lhp' | 'rhp' | 'iuc' | 'ouc' | ((alpha: NDArray, beta: NDArray) => NDArray) | NDArray;

/** Neither 0/0 nor, but outside of the circle, an infinite eigenvalue is of any of them. */
const sorts: Record<'lhp' | 'rhp' | 'iuc' | 'ouc', (alpha: Complex, beta: Complex) => boolean> = {
  lhp: (alpha, beta) => realPart(alpha, beta) < 0,
  rhp: (alpha, beta) => realPart(alpha, beta) > 0,
  iuc: (alpha, beta) => size(beta) !== 0 && size(alpha) < size(beta),
  ouc: (alpha, beta) => size(alpha) > size(beta),
};

const size = ({ re, im }: Complex): number => Math.hypot(re, im);

/** Of α / β, up to a positive factor; of an infinite eigenvalue nothing. */
const realPart = (alpha: Complex, beta: Complex): number => alpha.re * beta.re + alpha.im * beta.im;

/**
 * The generalised Schur form of a pair: `A = Q · AA · Zᴴ`, `B = Q · BB · Zᴴ`, Q and Z unitary, BB a triangle and AA one,
 * or with 2 × 2 blocks for the complex pairs of real matrices (`output` 'real').
 *
 * A, B (n, n) → AA, BB, Q, Z (n, n); alpha (n,) complex64 or complex128 and beta (n,) with the eigenvalues α / β. LAPACK gges.
 * @throws AppError 'value' "argument must be 'real', or 'complex'", "Array dimensions must be square and agree", and for
 * NaN and infinity; 'linalg' "Something other than QZ iteration failed".
 * @example qz(array([[2, 0], [0, 3]]), array([[1, 0], [0, 1]])).AA.shape // [2, 2]
 */
export function qz(A: Operand, B: Operand, output: Output = 'real'): GeneralisedSchur {
  if (!['real', 'complex', 'r', 'c'].includes(output))
    throw new AppError('value', "argument must be 'real', or 'complex'", { argument: 'output' });
  const [a, b] = [asarray(A), asarray(B)];
  requireFinite(a, 'A', 'value');
  requireFinite(b, 'B', 'value');
  const n = a.shape[0];
  if (![a, b].every(({ ndim, shape }) => ndim === 2 && shape[0] === n && shape[1] === n))
    throw new AppError('value', 'Array dimensions must be square and agree', { argument: 'B' });
  const given = commonType(a, b);
  const dtype = output.startsWith('c') ? complexType(given) : given;
  const [AA, BB] = [columnMajor(a, dtype), columnMajor(b, dtype)];
  const [Q, Z] = [empty([n, n], dtype, 'F'), empty([n, n], dtype, 'F')];
  const [alpha, beta] = [empty([n], complexType(dtype)), empty([n], dtype)];
  const [first, second, q, z] = [AA, BB, Q, Z].map(memoryOf);
  const info = n === 0 ? 0 : native().gges(letterOf(dtype), n, first, second, memoryOf(alpha), memoryOf(beta), q, z);
  if (info > n) throw new AppError('linalg', 'Something other than QZ iteration failed', { argument: 'A' });
  if (info > 0) {
    doubt(
      `The QZ iteration failed. (a,b) are not in Schur form, but ALPHAR(j), ALPHAI(j), and BETA(j) should be correct for J=${info - 1},...,N`,
    );
  }
  return { AA, BB, alpha, beta, Q, Z };
}

function chosen(sort: PencilSort, alpha: NDArray, beta: NDArray): Int32Array {
  const n = alpha.size;
  if (sort instanceof NDArray || typeof sort === 'function') {
    const flags = sort instanceof NDArray ? sort : asarray(sort(alpha, beta));
    return Int32Array.from(astype(flags, 'bool').tolist() as boolean[], Number);
  }
  if (!Object.hasOwn(sorts, sort)) {
    throw new AppError('value', "sort parameter must be None, a callable, or one of ('lhp','rhp','iuc','ouc')", {
      argument: 'sort',
    });
  }
  const number = (list: NDArray, k: number): Complex => {
    const x = list.get([k]);
    return isComplex(x) ? x : { re: Number(x), im: 0 };
  };
  return Int32Array.from({ length: n }, (_, k) => Number(sorts[sort](number(alpha, k), number(beta, k))));
}

/**
 * The generalised Schur form with the eigenvalues of `sort` first; the rest as `qz`.
 *
 * A, B (n, n) → AA, BB, alpha, beta, Q, Z. LAPACK gges, tgsen.
 * @throws AppError 'value' as `qz`, for another sort, and where the eigenvalues cannot be told apart.
 * @example ordqz(array([[2, 0], [0, -3]]), array([[1, 0], [0, 1]])).alpha.tolist().map(({ re }) => re) // [-3, 2]
 */
export function ordqz(A: Operand, B: Operand, sort: PencilSort = 'lhp', output: Output = 'real'): GeneralisedSchur {
  const form = qz(A, B, output);
  const { AA, BB, alpha, beta, Q, Z } = form;
  const select = chosen(sort, alpha, beta);
  const n = alpha.size;
  if (select.length !== n) throw new AppError('value', `sort must tell of ${n} eigenvalues`, { argument: 'sort' });
  if (n === 0) return form;
  const [first, second, q, z] = [AA, BB, Q, Z].map(memoryOf);
  const letter = letterOf(commonType(AA));
  if (native().tgsen(letter, n, select, first, second, memoryOf(alpha), memoryOf(beta), q, z) === 1) {
    throw new AppError(
      'value',
      'Reordering of (A, B) failed because the transformed matrix pair (A, B) would be too far from generalized Schur form; the problem is very ill-conditioned. (A, B) may have been partially reordered.',
      { argument: 'A' },
    );
  }
  return form;
}
