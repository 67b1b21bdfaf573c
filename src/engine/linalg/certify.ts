import { AppError } from '#shared/errors.ts';
import { diag, tril, triu } from '../building.ts';
import { astype } from '../cast.ts';
import { asarray, eye, zeros } from '../create.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { PyFloat } from '../scalar.ts';
import { max } from '../reductions.ts';
import { flip } from '../shape.ts';
import { all, slice, sliced } from '../slicing.ts';
import { take } from '../taking.ts';
import { absolute, add, multiply, subtract } from '../ufuncs/arithmetic.ts';
import { svdCertificate, trust } from './certificate.ts';
import * as shape from './factor-shapes.ts';
import { adjoint, size, unitarity } from './factor-shapes.ts';
import { commonType, copyMatrix, type FloatDType, epsOf, letterOf, scratch } from './matrices.ts';
import { qr } from './orthogonal.ts';
import { matmul } from './products.ts';

/** How far a factorisation or solution can be trusted, found from the result itself. */
export interface FactorCertificate {
  /** ‖a − what the factors multiply to‖ / ‖a‖, or what the routine makes small otherwise. */
  residual: number;
  /** ‖QᴴQ − I‖ (Frobenius) of the factor that should be unitary; null where none should. */
  orthogonality: number | null;
  /** The residual in units of n · eps: below some tens the routine did all that its arithmetic allows. */
  backward_error: number;
  /** Estimated condition number (1-norm) of what was solved with. */
  condition: number;
  /** Decimal digits that a solution keeps, of those the dtype has. */
  digits: number;
  digits_total: number;
}

/** What is certified: its name, and its result with the names of NumPy or SciPy. */
export type Certified =
  | { of: 'qr'; Q: NDArray; R: NDArray; /** Of `pivoting`: column k of Q·R is column P[k] of a. */ P?: NDArray }
  | { of: 'lu'; P: NDArray; L: NDArray; U: NDArray }
  | {
      of: 'ldl';
      lu: NDArray;
      d: NDArray;
      /** Rows of lu in the order that makes it triangular. */
      perm?: NDArray;
      lower?: boolean;
      /** False for a = lu·d·luᵀ of complex numbers. */
      hermitian?: boolean;
    }
  | { of: 'cholesky'; L: NDArray; upper?: boolean }
  | { of: 'svd'; U: NDArray; S: NDArray; Vh: NDArray }
  | { of: 'eigh' | 'eig'; eigenvalues: NDArray; eigenvectors: NDArray; /** a·v = λ·b·v */ b?: NDArray }
  | { of: 'schur'; T: NDArray; Z: NDArray }
  | { of: 'qz'; AA: NDArray; BB: NDArray; Q: NDArray; Z: NDArray; b: NDArray }
  | { of: 'hessenberg'; H: NDArray; Q: NDArray }
  | { of: 'polar'; u: NDArray; p: NDArray; side?: 'right' | 'left' }
  | { of: 'inv' | 'pinv'; inverse: NDArray }
  | { of: 'solve' | 'lstsq'; x: NDArray; b: NDArray }
  /** Of one triangle of a, whatever stands in the other; ones on its diagonal with `unit_diagonal`. */
  | { of: 'solve_triangular'; x: NDArray; b: NDArray; lower?: boolean; unit_diagonal?: boolean; trans?: 0 | 1 | 2 }
  /** Of the matrix whose diagonals are the rows of a, as SciPy's solve_banded takes it. */
  | { of: 'solve_banded'; x: NDArray; b: NDArray; l_and_u: readonly [number, number] }
  /** Leading singular triplets: a·v = σ·u and aᴴ·u = σ·v. */
  | { of: 'svds'; U: NDArray; S: NDArray; Vh: NDArray };

const times = (a: NDArray, factor: number): NDArray => multiply(a, new PyFloat(factor));
const ratio = (x: number, y: number): number => (y > 0 ? x / y : x);

/**
 * The certificate of a factorisation, eigen-decomposition, inverse, solution or least-squares solution of `a`.
 *
 * What a factor should be counts as what it should multiply to: entries of a triangle that should be zero, signs, order
 * and symmetry are part of the residual, each over the size of its factor.
 *
 * a (m, n) as it was given to the routine. Residuals: ‖a − Q·R‖ and its like over ‖a‖ (Frobenius, after scaling `a` to
 * size 1, so that huge and tiny matrices are judged alike); eig ‖a·V − V·Λ‖ / (‖a‖·‖V‖); solve the normwise backward
 * error ‖b − a·x‖ / (‖a‖·‖x‖ + ‖b‖) (Rigal and Gaches, 1967); lstsq ‖aᴴ·r‖ / (‖a‖·(‖a‖·‖x‖ + ‖b‖)), r = b − a·x; svds
 * the larger of ‖a·V − U·Σ‖ and ‖aᴴ·U − V·Σ‖ over ‖a‖. The condition is LAPACK's gecon estimate for `a` (of R for other
 * than square, of V for eig, σ₁/σₖ for svds). Of any dtype; computed in float64 and complex128.
 *
 * @throws AppError 'shape' for other than matrices; 'value' for results that do not fit; 'memory'.
 * @example certificate(array([[2, 0], [0, 4]]), { of: 'inv', inverse: array([[0.5, 0], [0, 0.25]]) }).residual // 0
 */
export function certificate(a: NDArray, result: Certified): FactorCertificate {
  if (a.ndim !== 2) {
    throw new AppError('shape', `${a.ndim}-dimensional array given. Array must be two-dimensional`, { argument: 'a' });
  }
  const dtype = commonType(a);
  const system = systemOf(a, result);
  const scale = largestPower(system);
  const unit = scale === 1 ? astype(system, dtype) : times(astype(system, dtype), 1 / scale);
  if (result.of === 'svd') {
    const { orthogonality_u, orthogonality_v, ...proof } = svdCertificate(a, result);
    return { ...proof, orthogonality: Math.max(orthogonality_u, orthogonality_v) };
  }
  const { residual, orthogonal, conditioned } = judged(unit, scale, result);
  const condition = conditioned === null ? 1 : conditionOf(conditioned);
  const n = Math.max(1, ...system.shape);
  return { residual, ...proven(residual, orthogonal, condition, dtype, n) };
}

/** What a residual is worth; factors that should be unitary and are not are worth nothing either. */
export function proven(
  residual: number,
  orthogonal: NDArray | null,
  condition: number,
  dtype: FloatDType,
  n: number,
): Omit<FactorCertificate, 'residual'> {
  const orthogonality = orthogonal === null ? null : unitarity(orthogonal);
  return {
    orthogonality,
    backward_error: residual / (n * epsOf(dtype)),
    ...trust(condition, 1, dtype, Math.max(residual, orthogonality ?? 0), n),
  };
}

/** The matrix that was solved with: what the routine reads of `a`. */
function systemOf(a: NDArray, result: Certified): NDArray {
  if (result.of === 'solve_triangular') {
    const { lower = false, unit_diagonal = false, trans = 0 } = result;
    const strict = lower ? tril(a, -1) : triu(a, 1);
    const ones = eye(a.shape[0], a.shape[1], 0, commonType(a));
    const triangle = unit_diagonal ? add(strict, ones) : lower ? tril(a) : triu(a);
    return trans === 0 ? triangle : trans === 1 ? triangle.T : adjoint(triangle);
  }
  if (result.of !== 'solve_banded') return a;
  const [below, above] = result.l_and_u;
  const [, n] = a.shape;
  let whole = zeros([n, n], commonType(a));
  for (let k = -below; k <= above; k++) {
    // Column j of a band is column j of the matrix.
    const row = sliced(a, above - k);
    if (Math.abs(k) < n) whole = add(whole, diag(sliced(row, slice(Math.max(0, k), n + Math.min(0, k))), k));
  }
  return whole;
}

interface Judged {
  residual: number;
  orthogonal: NDArray | null;
  conditioned: NDArray | null;
}

/** `a` is scaled by 1 / scale; so is the factor that carries its size. */
function judged(a: NDArray, scale: number, result: Certified): Judged {
  const whole = size(a);
  const missing = (product: NDArray, of = a): number => ratio(size(subtract(of, product)), size(of));
  const down = (x: NDArray): NDArray => times(x, 1 / scale);
  const between = (left: NDArray, middle: NDArray, right: NDArray): NDArray => matmul(matmul(left, middle), right);
  const factor = (conditioned: NDArray | null, orthogonal: NDArray | null, ...parts: number[]): Judged => ({
    residual: Math.max(...parts),
    orthogonal,
    conditioned,
  });
  switch (result.of) {
    case 'qr': {
      const { Q, R, P } = result;
      const columns = P === undefined ? a : take(a, P, 1);
      return factor(a, Q, missing(matmul(Q, down(R)), columns), shape.upper(R));
    }
    case 'lu': {
      const { P, L, U } = result;
      const product = missing(between(P, L, down(U)));
      return factor(a, null, product, shape.permutation(P), shape.unitLower(L), shape.upper(U));
    }
    case 'ldl': {
      const { lu, d, perm, lower = true, hermitian = true } = result;
      const right = hermitian ? adjoint(lu) : lu.T;
      const triangle = take(lu, perm ?? asarray(shape.triangularOrder(lu, lower)), 0);
      const apart = shape.unitLower(lower ? triangle : triangle.T);
      return factor(a, null, missing(between(lu, down(d), right)), shape.blockDiagonal(d), apart);
    }
    case 'cholesky': {
      const root = times(result.L, 1 / Math.sqrt(scale));
      const upper = result.upper === true;
      const product = upper ? matmul(adjoint(root), root) : matmul(root, adjoint(root));
      return factor(
        a,
        null,
        missing(product),
        upper ? shape.upper(root) : shape.upper(root.T),
        shape.positiveDiagonal(root),
      );
    }
    case 'eigh':
    case 'eig': {
      const { eigenvectors, b } = result;
      const normal = result.of === 'eigh';
      const residual = eigenResidual(operatorOf(a), b === undefined ? null : operatorOf(b), result, scale);
      return {
        residual,
        orthogonal: normal && b === undefined ? eigenvectors : null,
        conditioned: normal ? null : eigenvectors,
      };
    }
    case 'schur':
      return factor(
        null,
        result.Z,
        missing(between(result.Z, down(result.T), adjoint(result.Z))),
        shape.quasiUpper(result.T),
      );
    case 'qz': {
      const { AA, BB, Q, Z, b } = result;
      const right = adjoint(Z);
      const off = Math.max(shape.quasiUpper(AA), shape.upper(BB), unitarity(Z));
      return factor(null, Q, missing(between(Q, down(AA), right)), missing(between(Q, BB, right), b), off);
    }
    case 'hessenberg': {
      const { H, Q } = result;
      return factor(null, Q, missing(between(Q, down(H), adjoint(Q))), shape.hessenberg(H));
    }
    case 'polar': {
      const { u, side } = result;
      const p = down(result.p);
      return factor(a, u, missing(side === 'left' ? matmul(p, u) : matmul(u, p)), shape.semidefinite(p));
    }
    case 'inv': {
      const x = times(result.inverse, scale);
      const one = eye(a.shape[0], a.shape[0], 0, commonType(a));
      return factor(a, null, ratio(size(subtract(matmul(a, x), one)), whole * size(x)));
    }
    case 'pinv': {
      // Penrose's four conditions, which all lose what the condition costs.
      const x = times(result.inverse, scale);
      const [ax, xa] = [matmul(a, x), matmul(x, a)];
      const cost = Math.max(1, whole * size(x));
      const symmetry = Math.max(size(subtract(ax, adjoint(ax))), size(subtract(xa, adjoint(xa))));
      return factor(null, null, missing(matmul(ax, a)) / cost, missing(matmul(xa, x), x) / cost, symmetry / cost);
    }
    case 'svds': {
      const { U, S } = result;
      // The condition number of the part that they span.
      const spread = diag(astype(S, commonType(S)));
      return { residual: tripletResidual(operatorOf(a), result, scale), orthogonal: U, conditioned: spread };
    }
    case 'svd':
      throw new AppError('bug', 'an SVD has a certificate of its own');
    default: {
      const b = astype(result.b, commonType(a, result.b));
      const left = subtract(times(b, 1 / scale), matmul(a, result.x));
      const both = whole * size(result.x) + size(b) / scale;
      if (result.of !== 'lstsq') return factor(a, null, ratio(size(left), both));
      return factor(a, null, ratio(size(matmul(adjoint(a), left)), whole * both));
    }
  }
}

/** A matrix as what certificates need of it; `size` is its Frobenius norm. */
export interface Certifiable {
  size: number;
  times: (x: NDArray) => NDArray;
  adjointTimes: (x: NDArray) => NDArray;
}

const operatorOf = (a: NDArray): Certifiable => ({
  size: size(a),
  times: (x) => matmul(a, x),
  adjointTimes: (x) => matmul(adjoint(a), x),
});

/**
 * How far `a·V − b·V·Λ` is from zero, column by column, so that a vector of zeros proves nothing; `a` is scaled by
 * 1 / scale, the values are not. For 'eigh' also how far the values are from ascending, and Vᴴ·b·V from the identity.
 */
export function eigenResidual(
  a: Certifiable,
  b: Certifiable | null,
  { of, eigenvalues, eigenvectors: V }: { of: 'eig' | 'eigh'; eigenvalues: NDArray; eigenvectors: NDArray },
  scale = 1,
): number {
  const values = times(eigenvalues, 1 / scale);
  const BV = b === null ? V : b.times(V);
  const off = subtract(a.times(V), multiply(BV, values));
  const largest = Number(max(absolute(values), { initial: 0 }).item());
  const columns = V.shape[1];
  let square = 0;
  for (let j = 0; j < columns; j++) {
    const [missed, length] = [size(sliced(off, all, j)), size(sliced(V, all, j))];
    square += (length > 0 ? missed / length : Infinity) ** 2;
  }
  const residual = ratio(Math.sqrt(square), a.size + largest * (b?.size ?? 0));
  if (of === 'eig') return residual;
  const apart = b === null ? 0 : size(subtract(matmul(adjoint(V), BV), eye(columns, columns)));
  return Math.max(residual, shape.ascending(values), apart);
}

/** How far leading singular triplets are from being some, in descending order; `a` is scaled by 1 / scale. */
export function tripletResidual(
  a: Certifiable,
  { U, S, Vh }: { U: NDArray; S: NDArray; Vh: NDArray },
  scale = 1,
): number {
  const [s, V] = [times(S, 1 / scale), adjoint(Vh)];
  const right = size(subtract(a.times(V), multiply(U, s)));
  const left = size(subtract(a.adjointTimes(U), multiply(V, s)));
  const negative = (s.tolist() as number[]).reduce((worst, x) => Math.max(worst, -x), 0);
  return Math.max(ratio(Math.max(right, left, negative), a.size), shape.ascending(flip(s)), unitarity(V));
}

/** A power of two near the largest magnitude; 1 for zeros and where it would not help. */
function largestPower(a: NDArray): number {
  if (a.size === 0) return 1;
  const dtype = commonType(a);
  const [m, n] = a.shape;
  const largest = native().lange(letterOf(dtype), 'M', m, n, packed(a, dtype), m);
  return largest > 0 && Number.isFinite(largest) ? 2 ** Math.floor(Math.log2(largest)) : 1;
}

function packed(a: NDArray, dtype: FloatDType): ReturnType<typeof scratch> {
  const out = scratch(dtype, a.size);
  copyMatrix(a, out, dtype, 'F');
  return out;
}

/** LAPACK's estimate of ‖a‖₁ · ‖a⁻¹‖₁; of R for other than square matrices; infinite for singular ones. */
export function conditionOf(a: NDArray): number {
  if (a.size === 0) return 1;
  const [m, n] = a.shape;
  const square = m === n ? a : qr(m > n ? a : adjoint(a), 'r');
  const order = square.shape[0];
  const dtype = commonType(square);
  const letter = letterOf(dtype);
  const lu = packed(square, dtype);
  const own = native().lange(letter, '1', order, order, lu, order);
  if (native().getrf(letter, order, order, lu, order, new Int32Array(order)) > 0) return Infinity;
  const reciprocal = native().gecon(letter, '1', order, lu, order, own);
  return reciprocal > 0 ? 1 / reciprocal : Infinity;
}
