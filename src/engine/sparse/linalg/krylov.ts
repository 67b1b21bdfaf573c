/** Further Krylov methods, by products with A and its adjoint: CGS, BiCG, LSQR. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray, copy } from '../../cast.ts';
import { type ArrayLike, asarray, zeros } from '../../create.ts';
import { vdot } from '../../linalg/products.ts';
import type { NDArray } from '../../ndarray.ts';
import { isComplex, PyFloat, type Scalar } from '../../scalar.ts';
import { reshape } from '../../shape.ts';
import { add, multiply, subtract } from '../../ufuncs/arithmetic.ts';
import type { CallbackOptions, Solution } from './iterative.ts';
import { ended, isZero, quotient, size, system } from './krylov-system.ts';
import { adjointTimes, aslinearoperator, type Matrix, sizesOf, times, workingType } from './operators.ts';

/**
 * Solves `A · x = b` by the conjugate gradient squared method (Sonneveld, 1989).
 *
 * A (n, n) sparse, dense or an operator; no adjoint is needed. Options as `cg`.
 *
 * b (n,) → x (n,), in dtypes as of `cg`.
 *
 * @example cgs(csr_matrix([[4, 1], [2, 3]]), [1, 2]).x.tolist().map((v) => v.toFixed(6)) // ['0.100000', '0.600000']
 */
export function cgs(A: Matrix, b: ArrayLike, options: CallbackOptions = {}): Solution {
  const { a, b: right, x: start, solve, limit, most } = system(A, b, options);
  let x = start;
  let r = subtract(right, times(a, x));
  const shadow = r;
  const residuals = [size(r)];
  let [p, q, u]: (NDArray | null)[] = [null, null, null];
  let before: Scalar = 1;
  for (let k = 0; k < most; k++) {
    if (residuals[k] <= limit) return ended(x, 0, k, residuals);
    const rho = vdot(shadow, r).item();
    if (isZero(rho)) return ended(x, -10, k, residuals);
    if (p === null || q === null || u === null) {
      u = r;
      p = r;
    } else {
      const beta = quotient(rho, before);
      u = add(r, multiply(q, beta));
      p = add(u, multiply(add(q, multiply(p, beta)), beta));
    }
    const v = times(a, solve(p));
    const scale = vdot(shadow, v).item();
    if (isZero(scale)) return ended(x, -11, k, residuals);
    const alpha = quotient(rho, scale);
    q = subtract(u, multiply(v, alpha));
    const both = solve(add(u, q));
    x = add(x, multiply(both, alpha));
    r = subtract(r, multiply(times(a, both), alpha));
    before = rho;
    residuals.push(size(r));
    options.callback?.(x);
  }
  return ended(x, residuals[most] <= limit ? 0 : most, most, residuals);
}

/**
 * Solves `A · x = b` by the biconjugate gradient method (Fletcher, 1976), with products by A and Aᴴ.
 *
 * A (n, n) sparse, dense or an operator with rmatvec. Options as `cg`.
 *
 * b (n,) → x (n,), in dtypes as of `cg`.
 *
 * @example bicg(csr_matrix([[4, 1], [2, 3]]), [1, 2]).x.tolist().map((v) => v.toFixed(6)) // ['0.100000', '0.600000']
 */
export function bicg(A: Matrix, b: ArrayLike, options: CallbackOptions = {}): Solution {
  const { a, b: right, x: start, solve, solveAdjoint, limit, most } = system(A, b, options);
  let x = start;
  let r = subtract(right, times(a, x));
  let shadow = r;
  const residuals = [size(r)];
  let [p, q]: (NDArray | null)[] = [null, null];
  let before: Scalar = 1;
  const conjugate = (s: Scalar | PyFloat): Scalar | PyFloat => (isComplex(s) ? { re: s.re, im: -s.im } : s);
  for (let k = 0; k < most; k++) {
    if (residuals[k] <= limit) return ended(x, 0, k, residuals);
    const [z, w] = [solve(r), solveAdjoint(shadow)];
    const rho = vdot(shadow, z).item();
    if (isZero(rho)) return ended(x, -10, k, residuals);
    if (p === null || q === null) [p, q] = [z, w];
    else {
      const beta = quotient(rho, before);
      p = add(z, multiply(p, beta));
      q = add(w, multiply(q, conjugate(beta)));
    }
    const image = times(a, p);
    const scale = vdot(q, image).item();
    if (isZero(scale)) return ended(x, -11, k, residuals);
    const alpha = quotient(rho, scale);
    x = add(x, multiply(p, alpha));
    r = subtract(r, multiply(image, alpha));
    shadow = subtract(shadow, multiply(adjointTimes(a, q), conjugate(alpha)));
    before = rho;
    residuals.push(size(r));
    options.callback?.(x);
  }
  return ended(x, residuals[most] <= limit ? 0 : most, most, residuals);
}

export interface LsqrOptions {
  /** Damping: the least squares of [A; damp · I]. */
  damp?: number;
  atol?: number;
  btol?: number;
  conlim?: number;
  iter_lim?: number | null;
  /** Estimates the diagonal of (AᴴA + damp² · I)⁻¹. */
  calc_var?: boolean;
  x0?: ArrayLike | null;
}

export interface LsqrResult {
  x: NDArray;
  /** 1: a solution of A · x = b, 2: a least-squares one, 3: too ill conditioned, 7: the iterations did not suffice. */
  istop: number;
  itn: number;
  r1norm: number;
  r2norm: number;
  anorm: number;
  acond: number;
  arnorm: number;
  xnorm: number;
  var: NDArray;
}

/**
 * The least-squares solution of `A · x ≈ b` by bidiagonalisation (Paige and Saunders, LSQR, 1982).
 *
 * A (m, n) sparse, dense or an operator with rmatvec; b (m,); x (n,). Without rank it gives the shortest x. Dtypes as
 * of `cg`.
 *
 * @throws AppError 'value' when the lengths do not fit.
 * @example lsqr(csr_matrix([[1, 0], [1, 1], [0, 1]]), [1, 0, -1]).x.tolist().map((v) => v.toFixed(6)) // ['1.000000', '-1.000000']
 */
export function lsqr(A: Matrix, b: ArrayLike, options: LsqrOptions = {}): LsqrResult {
  const a = aslinearoperator(A);
  const [m, n] = sizesOf(a);
  const { damp = 0, atol = 1e-6, btol = 1e-6, conlim = 1e8, iter_lim = null, calc_var = false, x0 = null } = options;
  const given = asarray(b);
  if (given.size !== m)
    throw new AppError('value', 'dimension mismatch', {
      argument: 'b',
      hint: `A has ${m} rows, b ${given.size} elements.`,
    });
  const dtype = workingType(a.dtype, given.dtype);
  const most = iter_lim ?? 2 * n;
  const eps = 2 ** -52;
  const limit = conlim > 0 ? 1 / conlim : 0;
  const unit = (v: NDArray, length: number): NDArray => (length > 0 ? multiply(v, new PyFloat(1 / length)) : v);

  let u = reshape(castArray(given, dtype), [m]);
  const bnorm = size(u);
  let x = zeros(n, dtype);
  let beta = bnorm;
  if (x0 !== null) {
    x = reshape(castArray(asarray(x0), dtype), [n]);
    u = subtract(u, times(a, x));
    beta = size(u);
  }
  const spread = zeros(n, 'float64');
  let v = copy(x);
  let alfa = 0;
  if (beta > 0) {
    u = unit(u, beta);
    v = adjointTimes(a, u);
    alfa = size(v);
  }
  v = unit(v, alfa);
  let w = v;
  let [rhobar, phibar] = [alfa, beta];
  let [anorm, acond, xnorm, ddnorm, res2, xxnorm, z] = [0, 0, 0, 0, 0, 0, 0];
  let [cs2, sn2] = [-1, 0];
  let [r1norm, r2norm, arnorm, istop, itn] = [beta, beta, alfa * beta, 0, 0];
  let variances = spread;
  const result = (): LsqrResult => ({ x, istop, itn, r1norm, r2norm, anorm, acond, arnorm, xnorm, var: variances });
  if (arnorm === 0) return result();
  while (itn < most) {
    itn++;
    u = subtract(times(a, v), multiply(u, new PyFloat(alfa)));
    beta = size(u);
    if (beta > 0) {
      u = unit(u, beta);
      anorm = Math.sqrt(anorm ** 2 + alfa ** 2 + beta ** 2 + damp ** 2);
      v = subtract(adjointTimes(a, u), multiply(v, new PyFloat(beta)));
      alfa = size(v);
      v = unit(v, alfa);
    }
    const rhobar1 = damp > 0 ? Math.hypot(rhobar, damp) : rhobar;
    const psi = damp > 0 ? (damp / rhobar1) * phibar : 0;
    phibar = damp > 0 ? (rhobar / rhobar1) * phibar : phibar;
    const rho = Math.hypot(rhobar1, beta);
    const [cs, sn] = [rhobar1 / rho, beta / rho];
    const theta = sn * alfa;
    rhobar = -cs * alfa;
    const phi = cs * phibar;
    phibar = sn * phibar;
    const tau = sn * phi;
    const direction = multiply(w, new PyFloat(1 / rho));
    x = add(x, multiply(w, new PyFloat(phi / rho)));
    w = add(v, multiply(w, new PyFloat(-theta / rho)));
    ddnorm += size(direction) ** 2;
    if (calc_var) variances = add(variances, castArray(multiply(direction, direction), 'float64'));
    const delta = sn2 * rho;
    const gambar = -cs2 * rho;
    const rhs = phi - delta * z;
    xnorm = Math.sqrt(xxnorm + (rhs / gambar) ** 2);
    const gamma = Math.hypot(gambar, theta);
    cs2 = gambar / gamma;
    sn2 = theta / gamma;
    z = rhs / gamma;
    xxnorm += z * z;
    acond = anorm * Math.sqrt(ddnorm);
    res2 += psi ** 2;
    const rnorm = Math.sqrt(phibar ** 2 + res2);
    arnorm = alfa * Math.abs(tau);
    const r1sq = rnorm ** 2 - damp ** 2 * xxnorm;
    r1norm = r1sq < 0 ? -Math.sqrt(-r1sq) : Math.sqrt(r1sq);
    r2norm = rnorm;
    const test1 = rnorm / bnorm;
    const test2 = arnorm / (anorm * rnorm + eps);
    const test3 = 1 / (acond + eps);
    const t1 = test1 / (1 + (anorm * xnorm) / bnorm);
    const rtol = btol + (atol * anorm * xnorm) / bnorm;
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
