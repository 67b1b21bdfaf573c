/** Least squares by a method whose ‖Aᴴr‖ falls steadily: LSMR. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray } from '../../cast.ts';
import { type ArrayLike, asarray, zeros } from '../../create.ts';
import { norm as normOf } from '../../linalg/norms.ts';
import type { NDArray } from '../../ndarray.ts';
import { PyFloat } from '../../scalar.ts';
import { reshape } from '../../shape.ts';
import { add, multiply, subtract } from '../../ufuncs/arithmetic.ts';
import { adjointTimes, aslinearoperator, type Matrix, sizesOf, times, workingType } from './operators.ts';

export interface LsmrOptions {
  /** Damping: the least squares of [A; damp · I]. */
  damp?: number;
  atol?: number;
  btol?: number;
  conlim?: number;
  maxiter?: number | null;
  x0?: ArrayLike | null;
}

export interface LsmrResult {
  x: NDArray;
  /** 0: x = 0 it is, 1: a solution of A · x = b, 2: a least-squares one, 3: too ill conditioned, 4 … 6: as these to the last digit, 7: maxiter. */
  istop: number;
  itn: number;
  normr: number;
  normar: number;
  norma: number;
  conda: number;
  normx: number;
}

const size = (x: NDArray): number => Number(normOf(x).item());
const scaled = (x: NDArray, factor: number): NDArray => multiply(x, new PyFloat(factor));

/** c, s, r with [c s; s −c] · [a; b] = [r; 0]; r keeps its sign where that divides safely. */
function reflection(a: number, b: number): [c: number, s: number, r: number] {
  if (b === 0) return [Math.sign(a), 0, Math.abs(a)];
  if (a === 0) return [0, Math.sign(b), Math.abs(b)];
  if (Math.abs(b) > Math.abs(a)) {
    const ratio = a / b;
    const s = Math.sign(b) / Math.sqrt(1 + ratio * ratio);
    return [s * ratio, s, b / s];
  }
  const ratio = b / a;
  const c = Math.sign(a) / Math.sqrt(1 + ratio * ratio);
  return [c, c * ratio, a / c];
}

/**
 * The least-squares solution of `A · x ≈ b` (Fong and Saunders, LSMR, SIAM J. Sci. Comput. 33, 2011): MINRES on the
 * normal equations, so that it may be stopped earlier than `lsqr`.
 *
 * A (m, n) sparse, dense or an operator with rmatvec; b (m,); x (n,). Without rank it gives the shortest x. maxiter is
 * min(m, n) if not given. x in dtypes as of `cg`.
 *
 * @throws AppError 'value' when the lengths do not fit.
 * @example lsmr(csr_matrix([[1, 0], [1, 1], [0, 1]]), [1, 0, -1]).x.tolist().map((v) => v.toFixed(6)) // ['1.000000', '-1.000000']
 */
export function lsmr(A: Matrix, b: ArrayLike, options: LsmrOptions = {}): LsmrResult {
  const a = aslinearoperator(A);
  const [m, n] = sizesOf(a);
  const { damp = 0, atol = 1e-6, btol = 1e-6, conlim = 1e8, maxiter = null, x0 = null } = options;
  const given = asarray(b);
  if (given.size !== m)
    throw new AppError('value', 'dimension mismatch', {
      argument: 'b',
      hint: `A has ${m} rows, b ${given.size} elements.`,
    });
  const dtype = workingType(a.dtype, given.dtype);
  const most = maxiter ?? Math.min(m, n);
  const limit = conlim > 0 ? 1 / conlim : 0;

  let u = reshape(castArray(given, dtype), [m]);
  const normb = size(u);
  let x = zeros(n, dtype);
  if (x0 !== null) {
    x = reshape(castArray(asarray(x0), dtype), [n]);
    u = subtract(u, times(a, x));
  }
  let beta = x0 === null ? normb : size(u);
  let v = zeros(n, dtype);
  let alpha = 0;
  if (beta > 0) {
    u = scaled(u, 1 / beta);
    v = adjointTimes(a, u);
    alpha = size(v);
  }
  if (alpha > 0) v = scaled(v, 1 / alpha);

  // The bidiagonal matrix, made triangular by one row of rotations (c, s), its transpose by another (cbar, sbar).
  let [alphabar, zetabar] = [alpha, alpha * beta];
  let [rho, rhobar, cbar, sbar, zeta] = [1, 1, 1, 0, 0];
  let h = v;
  let hbar = zeros(n, dtype);
  // ‖r‖ by a third row of rotations.
  let [betadd, betad, rhodold, tautilde, thetatilde, shed] = [beta, 0, 1, 0, 0, 0];
  let norma2 = alpha * alpha;
  let [maxrbar, minrbar] = [0, 1e100];
  let [normr, normar, norma, conda, normx, istop, itn] = [beta, alpha * beta, Math.sqrt(norma2), 1, 0, 0, 0];
  const result = (): LsmrResult => ({ x, istop, itn, normr, normar, norma, conda, normx });
  if (normar === 0) return result();
  if (normb === 0) {
    x = zeros(n, dtype);
    return result();
  }
  while (itn < most) {
    itn++;
    u = add(scaled(u, -alpha), times(a, v));
    beta = size(u);
    if (beta > 0) {
      u = scaled(u, 1 / beta);
      v = add(scaled(v, -beta), adjointTimes(a, u));
      alpha = size(v);
      if (alpha > 0) v = scaled(v, 1 / alpha);
    }
    const [chat, shat, alphahat] = reflection(alphabar, damp);
    const [rhoold, rhobarold, zetaold] = [rho, rhobar, zeta];
    let c: number;
    let s: number;
    [c, s, rho] = reflection(alphahat, beta);
    const thetanew = s * alpha;
    alphabar = c * alpha;
    const thetabar = sbar * rho;
    const rhotemp = cbar * rho;
    [cbar, sbar, rhobar] = reflection(rhotemp, thetanew);
    zeta = cbar * zetabar;
    zetabar = -sbar * zetabar;

    hbar = add(scaled(hbar, -(thetabar * rho) / (rhoold * rhobarold)), h);
    x = add(x, scaled(hbar, zeta / (rho * rhobar)));
    h = add(scaled(h, -(thetanew / rho)), v);

    const betaacute = chat * betadd;
    const betacheck = -shat * betadd;
    const betahat = c * betaacute;
    betadd = -s * betaacute;
    const thetatildeold = thetatilde;
    const [ctilde, stilde, rhotilde] = reflection(rhodold, thetabar);
    thetatilde = stilde * rhobar;
    rhodold = ctilde * rhobar;
    betad = -stilde * betad + ctilde * betahat;
    tautilde = (zetaold - thetatildeold * tautilde) / rhotilde;
    const taud = (zeta - thetatilde * tautilde) / rhodold;
    shed += betacheck * betacheck;
    normr = Math.sqrt(shed + (betad - taud) ** 2 + betadd * betadd);

    norma2 += beta * beta;
    norma = Math.sqrt(norma2);
    norma2 += alpha * alpha;
    maxrbar = Math.max(maxrbar, rhobarold);
    if (itn > 1) minrbar = Math.min(minrbar, rhobarold);
    conda = Math.max(maxrbar, rhotemp) / Math.min(minrbar, rhotemp);

    normar = Math.abs(zetabar);
    normx = size(x);
    const test1 = normr / normb;
    const test2 = norma * normr === 0 ? Infinity : normar / (norma * normr);
    const test3 = 1 / conda;
    const t1 = test1 / (1 + (norma * normx) / normb);
    const rtol = btol + (atol * norma * normx) / normb;
    if (itn >= most) istop = 7;
    if (1 + test3 <= 1) istop = 6;
    if (1 + test2 <= 1) istop = 5;
    if (1 + t1 <= 1) istop = 4;
    if (test3 <= limit) istop = 3;
    if (test2 <= atol) istop = 2;
    if (test1 <= rtol) istop = 1;
    if (istop !== 0) break;
  }
  return result();
}
