import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { eye } from '../create.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { PyFloat } from '../scalar.ts';
import { conj, multiply, subtract } from '../ufuncs/arithmetic.ts';
import { trust } from './certificate.ts';
import { commonType, copyMatrix, type FloatDType, epsOf, isComplexType, letterOf, scratch } from './matrices.ts';
import { norm } from './norms.ts';
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
  | { of: 'qr'; Q: NDArray; R: NDArray }
  | { of: 'lu'; P: NDArray; L: NDArray; U: NDArray }
  | { of: 'cholesky'; L: NDArray; upper?: boolean }
  | { of: 'eigh' | 'eig'; eigenvalues: NDArray; eigenvectors: NDArray }
  | { of: 'schur'; T: NDArray; Z: NDArray }
  | { of: 'hessenberg'; H: NDArray; Q: NDArray }
  | { of: 'polar'; u: NDArray; p: NDArray }
  | { of: 'inv'; inverse: NDArray }
  | { of: 'solve' | 'lstsq'; x: NDArray; b: NDArray };

const adjoint = (a: NDArray): NDArray => (isComplexType(a.dtype) ? conj(a.T) : a.T);
const size = (a: NDArray): number => (a.size === 0 ? 0 : Number(norm(a).item()));
const times = (a: NDArray, factor: number): NDArray => multiply(a, new PyFloat(factor));
const ratio = (x: number, y: number): number => (y > 0 ? x / y : x);

/**
 * The certificate of a factorisation, eigen-decomposition, inverse, solution or least-squares solution of `a`.
 *
 * a (m, n) as it was given to the routine. Residuals: ‖a − Q·R‖ and its like over ‖a‖ (Frobenius, after scaling `a` to
 * size 1, so that huge and tiny matrices are judged alike); eig ‖a·V − V·Λ‖ / (‖a‖·‖V‖); solve the normwise backward
 * error ‖b − a·x‖ / (‖a‖·‖x‖ + ‖b‖) (Rigal and Gaches, 1967); lstsq ‖aᴴ·r‖ / (‖a‖·(‖a‖·‖x‖ + ‖b‖)), r = b − a·x. The condition is LAPACK's gecon
 * estimate for `a` (of R for other than square, of V for eig).
 *
 * @throws AppError 'shape' for other than matrices; 'value' for results that do not fit; 'memory'.
 * @example certificate(array([[2, 0], [0, 4]]), { of: 'inv', inverse: array([[0.5, 0], [0, 0.25]]) }).residual // 0
 */
export function certificate(a: NDArray, result: Certified): FactorCertificate {
  if (a.ndim !== 2) {
    throw new AppError('shape', `${a.ndim}-dimensional array given. Array must be two-dimensional`, { argument: 'a' });
  }
  const dtype = commonType(a);
  const scale = largestPower(a);
  const unit = scale === 1 ? astype(a, dtype) : times(astype(a, dtype), 1 / scale);
  const { residual, orthogonal, conditioned } = judged(unit, scale, result);
  const eps = epsOf(dtype);
  const condition = conditioned === null ? 1 : conditionOf(conditioned);
  const n = Math.max(1, ...a.shape);
  return {
    residual,
    orthogonality: orthogonal === null ? null : distanceFromUnitary(orthogonal),
    backward_error: residual / (n * eps),
    ...trust(condition, 1, dtype),
  };
}

interface Judged {
  residual: number;
  orthogonal: NDArray | null;
  conditioned: NDArray | null;
}

/** `a` is scaled by 1 / scale; so is the factor that carries its size. */
function judged(a: NDArray, scale: number, result: Certified): Judged {
  const whole = size(a);
  const missing = (product: NDArray): number => ratio(size(subtract(a, product)), whole);
  const down = (x: NDArray): NDArray => times(x, 1 / scale);
  switch (result.of) {
    case 'qr':
      return { residual: missing(matmul(result.Q, down(result.R))), orthogonal: result.Q, conditioned: a };
    case 'lu':
      return {
        residual: missing(matmul(matmul(result.P, result.L), down(result.U))),
        orthogonal: null,
        conditioned: a,
      };
    case 'cholesky': {
      const root = times(result.L, 1 / Math.sqrt(scale));
      const product = result.upper === true ? matmul(adjoint(root), root) : matmul(root, adjoint(root));
      return { residual: missing(product), orthogonal: null, conditioned: a };
    }
    case 'eigh':
    case 'eig': {
      const V = result.eigenvectors;
      const off = size(subtract(matmul(a, V), multiply(V, down(result.eigenvalues))));
      const normal = result.of === 'eigh';
      return {
        residual: ratio(off, whole * Math.max(1, size(V) / Math.sqrt(Math.max(1, a.shape[0])))),
        orthogonal: normal ? V : null,
        conditioned: normal ? null : V,
      };
    }
    case 'schur':
      return {
        residual: missing(matmul(matmul(result.Z, down(result.T)), adjoint(result.Z))),
        orthogonal: result.Z,
        conditioned: null,
      };
    case 'hessenberg':
      return {
        residual: missing(matmul(matmul(result.Q, down(result.H)), adjoint(result.Q))),
        orthogonal: result.Q,
        conditioned: null,
      };
    case 'polar':
      return { residual: missing(matmul(result.u, down(result.p))), orthogonal: result.u, conditioned: a };
    case 'inv': {
      const x = times(result.inverse, scale);
      const one = eye(a.shape[0], a.shape[0], 0, commonType(a));
      return { residual: ratio(size(subtract(matmul(a, x), one)), whole * size(x)), orthogonal: null, conditioned: a };
    }
    default: {
      const b = astype(result.b, commonType(a, result.b));
      const left = subtract(times(b, 1 / scale), matmul(a, result.x));
      const both = whole * size(result.x) + size(b) / scale;
      if (result.of === 'solve') return { residual: ratio(size(left), both), orthogonal: null, conditioned: a };
      return { residual: ratio(size(matmul(adjoint(a), left)), whole * both), orthogonal: null, conditioned: a };
    }
  }
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

function distanceFromUnitary(q: NDArray): number {
  if (q.size === 0) return 0;
  const [m, n] = q.shape;
  const gram = m >= n ? matmul(adjoint(q), q) : matmul(q, adjoint(q));
  return size(subtract(gram, eye(gram.shape[0], gram.shape[0], 0, commonType(q))));
}

/** LAPACK's estimate of ‖a‖₁ · ‖a⁻¹‖₁; of R for other than square matrices; infinite for singular ones. */
function conditionOf(a: NDArray): number {
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
