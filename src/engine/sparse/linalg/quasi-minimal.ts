/** Quasi-minimal residuals: Krylov methods for any square A whose residuals fall smoothly. */
import { type ArrayLike } from '../../create.ts';
import { type FloatDType, epsOf } from '../../linalg/matrices.ts';
import { vdot } from '../../linalg/products.ts';
import type { NDArray } from '../../ndarray.ts';
import { type Complex, isComplex, PyFloat, type Scalar } from '../../scalar.ts';
import { add, multiply, subtract } from '../../ufuncs/arithmetic.ts';
import type { SuperLU } from './factors.ts';
import type { CallbackOptions, Solution } from './iterative.ts';
import { ended, isZero, preconditioner, size, system, weak } from './krylov-system.ts';
import { adjointTimes, type Matrix, times } from './operators.ts';

const complex = (x: Scalar | PyFloat): Complex =>
  isComplex(x) ? x : { re: x instanceof PyFloat ? x.value : Number(x), im: 0 };
const magnitude = (x: Scalar): number => Math.hypot(complex(x).re, complex(x).im);
/** x · y and x / y, which leave the precision to arrays; real as long as both are. */
const product = (x: Scalar | PyFloat, y: Scalar | PyFloat): Scalar | PyFloat => {
  const [a, b] = [complex(x), complex(y)];
  if (!isComplex(x) && !isComplex(y)) return new PyFloat(a.re * b.re);
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
};
const ratio = (x: Scalar | PyFloat, y: Scalar | PyFloat): Scalar | PyFloat => {
  const [a, b] = [complex(x), complex(y)];
  if (!isComplex(x) && !isComplex(y)) return new PyFloat(a.re / b.re);
  const square = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / square, im: (a.im * b.re - a.re * b.im) / square };
};
const conjugate = (x: Scalar | PyFloat): Scalar | PyFloat => (isComplex(x) ? { re: x.re, im: -x.im } : x);
const real = (x: number): PyFloat => new PyFloat(x);
const plus = (x: NDArray | null, y: NDArray): NDArray => (x === null ? y : add(x, y));

export interface QmrOptions extends Omit<CallbackOptions, 'M'> {
  /** Preconditioners from the left and the right: approximations of factors' inverses. */
  M1?: Matrix | SuperLU | null;
  M2?: Matrix | SuperLU | null;
}

/**
 * Quasi-minimal residuals, with products by A and Aᴴ. info −10 to −15: the method broke down.
 *
 * A (n, n) sparse, dense or an operator with rmatvec, b (n,) → x (n,), in dtypes as of `cg`. Freund and Nachtigal: QMR
 * (Numer. Math. 60, 1991).
 *
 * @example qmr(csr_matrix([[4, 1], [2, 3]]), [1, 2]).x.tolist().map((v) => v.toFixed(6)) // ['0.100000', '0.600000']
 */
export function qmr(A: Matrix, b: ArrayLike, { M1, M2, ...options }: QmrOptions = {}): Solution {
  const { a, b: right, x: start, limit, most } = system(A, b, options);
  const [left, second] = [preconditioner(M1 ?? null), preconditioner(M2 ?? null)];
  if (size(right) === 0) return ended(right, 0, 0, [0]);
  const tiny = epsOf(right.dtype as FloatDType);
  let x = start;
  let r = subtract(right, times(a, x));
  let [forward, backward] = [r, r];
  let y = left.solve(forward);
  let z = second.solveAdjoint(backward);
  let [rho, xi, gamma, theta] = [size(y), size(z), 1, 0];
  let eta: Scalar | PyFloat = real(-1);
  let epsilon: Scalar = 1;
  let [p, q, d, s]: (NDArray | null)[] = [null, null, null, null];
  const residuals = [size(r)];
  for (let k = 0; k < most; k++) {
    const stopped = (info: number): Solution => ended(x, info, k, residuals);
    if (residuals[k] < limit) return stopped(0);
    if (rho < tiny) return stopped(-10);
    if (xi < tiny) return stopped(-15);
    const v = multiply(forward, real(1 / rho));
    const w = multiply(backward, real(1 / xi));
    y = multiply(y, real(1 / rho));
    z = multiply(z, real(1 / xi));
    const delta = vdot(z, y).item();
    if (magnitude(delta) < tiny) return stopped(-13);
    const [ahead, behind] = [second.solve(y), left.solveAdjoint(z)];
    const share = ratio(delta, epsilon);
    p = p === null ? ahead : subtract(ahead, multiply(p, product(real(xi), share)));
    q = q === null ? behind : subtract(behind, multiply(q, product(real(rho), conjugate(share))));
    const image = times(a, p);
    epsilon = vdot(q, image).item();
    if (magnitude(epsilon) < tiny) return stopped(-14);
    const beta = ratio(epsilon, delta);
    const bent = Math.hypot(complex(beta).re, complex(beta).im);
    if (bent < tiny) return stopped(-11);
    forward = subtract(image, multiply(v, beta));
    y = left.solve(forward);
    backward = subtract(adjointTimes(a, q), multiply(w, conjugate(beta)));
    z = second.solveAdjoint(backward);
    const before = { rho, gamma, theta };
    rho = size(y);
    xi = size(z);
    theta = rho / (gamma * bent);
    gamma = 1 / Math.sqrt(1 + theta ** 2);
    if (gamma < tiny) return stopped(-12);
    eta = product(eta, ratio(real(-before.rho * (gamma / before.gamma) ** 2), beta));
    const kept = real((before.theta * gamma) ** 2);
    d = plus(d === null ? null : multiply(d, kept), multiply(p, eta));
    s = plus(s === null ? null : multiply(s, kept), multiply(image, eta));
    x = add(x, d);
    r = subtract(r, s);
    residuals.push(size(r));
    options.callback?.(x);
  }
  return ended(x, most, most, residuals);
}

/**
 * Quasi-minimal residuals without products by Aᴴ. info −1: the method broke down.
 *
 * A (n, n) sparse, dense or an operator, b (n,) → x (n,), in dtypes as of `cg`; stops by a bound of the residual, relative
 * to the first. Freund: TFQMR (SIAM J. Sci. Comput. 14, 1993).
 *
 * @example tfqmr(csr_matrix([[4, 1], [2, 3]]), [1, 2]).x.tolist().map((v) => v.toFixed(6)) // ['0.100000', '0.600000']
 */
export function tfqmr(A: Matrix, b: ArrayLike, options: CallbackOptions = {}): Solution {
  const { a, b: right, x: start, solve, most: usual } = system(A, b, options);
  const most = options.maxiter ?? Math.min(10000, usual);
  if (size(right) === 0) return ended(right, 0, 0, [0]);
  let x = start;
  const shadow = subtract(right, times(a, x));
  const first = size(shadow);
  if (first === 0) return ended(x, 0, 0, [0]);
  const limit = Math.max(options.atol ?? 0, (options.rtol ?? 1e-5) * first);
  const residuals = [first];
  let [u, w] = [shadow, shadow];
  let v = solve(times(a, shadow));
  let image = v;
  let d: NDArray | null = null;
  let [theta, tau] = [0, first];
  let eta: Scalar | PyFloat = real(0);
  let alpha: Scalar | PyFloat = real(1);
  let rho: Scalar | PyFloat = real(first ** 2);
  let next = u;
  for (let k = 0; k < most; k++) {
    const even = k % 2 === 0;
    if (even) {
      const along = vdot(shadow, v).item();
      if (isZero(along)) return ended(x, -1, k, residuals);
      alpha = ratio(rho, along);
      next = subtract(u, multiply(v, alpha));
    }
    w = subtract(w, multiply(image, alpha));
    d = d === null ? u : add(u, multiply(d, ratio(product(real(theta ** 2), eta), alpha)));
    theta = size(w) / tau;
    const square = 1 / (1 + theta ** 2);
    tau *= theta * Math.sqrt(square);
    eta = product(real(square), alpha);
    x = add(x, multiply(solve(d), eta));
    options.callback?.(x);
    residuals.push(tau * Math.sqrt(k + 1));
    if (residuals[k + 1] < limit) return ended(x, 0, k + 1, residuals);
    if (even) {
      image = solve(times(a, next));
      u = next;
    } else {
      const now = weak(vdot(shadow, w).item());
      const beta = ratio(now, rho);
      rho = now;
      u = add(w, multiply(u, beta));
      v = add(multiply(image, beta), multiply(v, product(beta, beta)));
      image = solve(times(a, u));
      v = add(v, image);
    }
  }
  return ended(x, most, most, residuals);
}
