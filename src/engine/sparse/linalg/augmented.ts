/** GMRES that keeps directions from one cycle to the next, and from one system to the next: LGMRES and GCROT(m, k). */
import { AppError } from '#shared/errors.ts';
import { copyInto } from '../../cast.ts';
import { type ArrayLike, zeros } from '../../create.ts';
import { type FloatDType, epsOf, requireFinite } from '../../linalg/matrices.ts';
import { qr } from '../../linalg/orthogonal.ts';
import { matmul, vdot } from '../../linalg/products.ts';
import { svd } from '../../linalg/svd.ts';
import { solve as solveDense } from '../../linalg/systems.ts';
import type { NDArray } from '../../ndarray.ts';
import { type Complex, isComplex, type Scalar } from '../../scalar.ts';
import { qr_pivoted } from '../../scipy/forms.ts';
import { scipyLstsq } from '../../scipy/solving.ts';
import { slice, sliced } from '../../slicing.ts';
import { absolute, add, conj, multiply, subtract } from '../../ufuncs/arithmetic.ts';
import { stack } from '../../joining.ts';
import type { CallbackOptions, Solution } from './iterative.ts';
import { ended, size, system, weak } from './krylov-system.ts';
import { type Matrix, times } from './operators.ts';

const scaled = (x: NDArray, factor: Scalar): NDArray => multiply(x, weak(factor));
const dot = (x: NDArray, y: NDArray): Scalar => vdot(x, y).item();
const without = (x: NDArray, y: NDArray, part: Scalar): NDArray => subtract(x, scaled(y, part));
const dtypeOf = (x: NDArray): FloatDType => x.dtype as FloatDType;
const numbers = (x: NDArray): Scalar[] => Array.from({ length: x.size }, (_, k) => x.get([k]));

/** Σ factorₖ · vectorₖ */
function combined(vectors: readonly NDArray[], factors: readonly Scalar[]): NDArray {
  let sum = scaled(vectors[0], factors[0]);
  for (let k = 1; k < factors.length; k++) sum = add(sum, scaled(vectors[k], factors[k]));
  return sum;
}

interface Cycle {
  /** Orthonormal, one more than there are directions. */
  vs: NDArray[];
  zs: NDArray[];
  /** A · Z = C · B + V · H */
  H: NDArray;
  B: NDArray;
  /** The best combination of the directions, and what it leaves. */
  y: NDArray;
  residual: number;
}

interface CycleOptions {
  image: (z: NDArray) => NDArray;
  direction: (v: NDArray) => NDArray;
  /** Orthonormal vectors that the images are kept orthogonal to. */
  cs?: readonly NDArray[];
  /** Directions of before with their images, at the end of the cycle or at its beginning. */
  outer?: readonly (readonly [NDArray, NDArray | null])[];
  prepend?: boolean;
}

/** What orthonormal rows leave of w; twice, as roundings want it. Its parts along them are written into `parts`. */
function orthogonal(rows: NDArray, w: NDArray, parts: NDArray): NDArray {
  const across = rows.entries === 2 ? conj(rows) : rows;
  const first = matmul(across, w);
  const rest = subtract(w, matmul(first, rows));
  const second = matmul(across, rest);
  copyInto(parts, add(first, second));
  return subtract(rest, matmul(second, rows));
}

/**
 * One cycle of flexible GMRES (Saad, SIAM J. Sci. Comput. 14, 1993): minimises ‖v0 − A·Z·y‖. Null when what is no number
 * came in.
 */
function cycle(
  v0: NDArray,
  steps: number,
  limit: number,
  { image, direction, cs = [], outer = [], prepend = false }: CycleOptions,
): Cycle | null {
  const dtype = dtypeOf(v0);
  const most = steps + outer.length;
  const [vs, zs]: NDArray[][] = [[v0], []];
  const whole = zeros([most + 1, most], dtype);
  const B = zeros([cs.length, most], dtype);
  const fixed = cs.length === 0 ? null : stack(cs);
  const basis = zeros([most + 1, v0.size], dtype);
  copyInto(sliced(basis, 0), v0);
  let residual = NaN;
  // The row vector p with p · H = 0 and p₀ = 1: what no combination of H's columns takes from e₀ is 1 / ‖p‖.
  const normal: Complex[] = [{ re: 1, im: 0 }];
  let squared = 1;
  for (let j = 0; j < most; j++) {
    const kept = prepend
      ? outer.at(j < outer.length ? j : outer.length)
      : outer.at(j < steps ? outer.length : j - steps);
    const z = kept?.[0] ?? direction(prepend && j === outer.length ? v0 : vs[j]);
    let w = kept?.[1] ?? image(z);
    const before = size(w);
    if (fixed !== null) w = orthogonal(fixed, w, sliced(B, slice(), j));
    const column = sliced(whole, slice(0, j + 1), j);
    w = orthogonal(sliced(basis, slice(0, j + 1)), w, column);
    let [re, im] = [0, 0];
    numbers(column).forEach((part, i) => {
      const h = isComplex(part) ? part : { re: Number(part), im: 0 };
      re -= normal[i].re * h.re - normal[i].im * h.im;
      im -= normal[i].re * h.im + normal[i].im * h.re;
    });
    const rest = size(w);
    whole.set([j + 1, j], rest);
    if (Number.isFinite(1 / rest)) w = scaled(w, 1 / rest);
    copyInto(sliced(basis, j + 1), w);
    vs.push(w);
    zs.push(z);
    if (!Number.isFinite(rest)) return null;
    normal.push(re === 0 && im === 0 ? { re, im } : { re: re / rest, im: im / rest });
    squared += normal[j + 1].re ** 2 + normal[j + 1].im ** 2;
    residual = 1 / Math.sqrt(squared);
    // What is left lies in the span of the vectors already.
    if (residual < limit || !(rest > epsOf(dtype) * before)) break;
  }
  const count = zs.length;
  if (count === 0) return null;
  const taken = slice(0, count);
  const H = sliced(whole, slice(0, count + 1), taken);
  const target = zeros(count + 1, dtype);
  target.set([0], 1);
  return { vs, zs, H, B: sliced(B, slice(), taken), y: scipyLstsq(H, target).x, residual };
}

/** A direction and, where it is known, its image. */
export type Direction = [NDArray, NDArray | null];

export interface LgmresOptions extends CallbackOptions {
  /** Steps of one cycle. */
  inner_m?: number;
  /** Directions that are kept from cycle to cycle. */
  outer_k?: number;
  /** Those of a former call; the list is changed. */
  outer_v?: Direction[] | null;
  /** Keeps their images, too. */
  store_outer_Av?: boolean;
  prepend_outer_v?: boolean;
}

/**
 * LGMRES: GMRES whose restarts keep the directions of the last cycles.
 *
 * A (n, n) sparse, dense or an operator, b (n,) → x (n,), in dtypes as of `cg`; `maxiter` counts cycles. Baker, Jessup and
 * Manteuffel (SIAM J. Matrix Anal. Appl. 26, 2005).
 *
 * @throws AppError 'value' "RHS must contain only finite numbers", "Preconditioner returned a zero vector …".
 * @example lgmres(csr_matrix([[4, 1], [2, 3]]), [1, 2]).x.tolist().map((v) => v.toFixed(6)) // ['0.100000', '0.600000']
 */
export function lgmres(A: Matrix, b: ArrayLike, options: LgmresOptions = {}): Solution {
  const { inner_m = 30, outer_k = 3, store_outer_Av = true, prepend_outer_v = false, maxiter } = options;
  const { a, b: right, x: start, solve, limit } = system(A, b, options);
  requireRight(right);
  if (size(right) === 0) return ended(right, 0, 0, [0]);
  const kept = options.outer_v ?? [];
  const most = maxiter ?? 1000;
  const residuals: number[] = [];
  let x = start;
  let looseness = 1;
  for (let k = 0; k < most; k++) {
    const r = subtract(right, times(a, x));
    options.callback?.(x);
    residuals.push(size(r));
    if (residuals[k] <= limit) return ended(x, 0, k, residuals);
    const v0 = solve(r);
    const before = size(v0);
    if (before === 0) {
      const words = residuals[k].toPrecision(1);
      throw new AppError('value', `Preconditioner returned a zero vector; |v| ~ ${words}, |M v| = 0`, {
        argument: 'M',
      });
    }
    const tolerance = Math.min(looseness, limit / residuals[k]);
    const found = cycle(scaled(v0, 1 / before), inner_m, tolerance, {
      image: (z) => solve(times(a, z)),
      direction: (v) => v,
      outer: kept,
      prepend: prepend_outer_v,
    });
    const y = found === null ? [NaN] : numbers(scaled(found.y, before));
    if (found === null || !y.every(finite)) return ended(x, k + 1, k, residuals);
    looseness = found.residual > tolerance ? Math.min(1, 1.5 * looseness) : Math.max(1e-16, 0.25 * looseness);
    const step = combined(found.zs, y);
    const length = size(step);
    if (length > 0) {
      const image = store_outer_Av ? combined(found.vs, numbers(matmul(found.H, scaled(found.y, before)))) : null;
      kept.push([scaled(step, 1 / length), image === null ? null : scaled(image, 1 / length)]);
    }
    while (kept.length > outer_k) kept.shift();
    x = add(x, step);
  }
  return ended(x, most, most, residuals);
}

const finite = (x: Scalar): boolean => (isComplex(x) ? Number.isFinite(x.re + x.im) : Number.isFinite(Number(x)));

function requireRight(b: NDArray): void {
  try {
    requireFinite(b, 'b', 'value');
  } catch (error) {
    const hint = error instanceof AppError ? error.hint : undefined;
    throw new AppError('value', 'RHS must contain only finite numbers', { argument: 'b', ...(hint && { hint }) });
  }
}

/** A vector c and the u with `A · u = c`; c null where it is not known. */
export type Pair = [NDArray | null, NDArray];

export interface GcrotmkOptions extends CallbackOptions {
  /** Steps of one cycle. */
  m?: number;
  /** Pairs that are kept from cycle to cycle; m by default. */
  k?: number | null;
  /** Those of a former call, of the same or another matrix; the list is changed. */
  CU?: Pair[] | null;
  /** Forgets the images, as another matrix needs it. */
  discard_C?: boolean;
  /** Which pairs go when there are too many: those of before, or those of the smallest singular values. */
  truncate?: 'oldest' | 'smallest';
}

/** The pairs of a former call, their images orthonormal; the nearly dependent ones are left out. */
function orthonormal(CU: readonly Pair[], image: (u: NDArray) => NDArray): [NDArray, NDArray][] {
  if (CU.length === 0) return [];
  const known = [...CU.filter(([c]) => c === null), ...CU.filter(([c]) => c !== null)];
  const us = known.map(([, u]) => u);
  const C = stack(
    known.map(([c, u]) => c ?? image(u)),
    1,
  );
  const { Q, R, P } = qr_pivoted(C, 'economic', true);
  if (Q === undefined || P === undefined) throw new AppError('bug', 'qr made no factors');
  const order = (P.tolist() as number[]).map(Number);
  const entry = (i: number, j: number): Scalar => R.get([i, j]);
  const size = (i: number): number => Number(absolute(sliced(R, i, i)).item());
  const made: [NDArray, NDArray][] = [];
  for (let j = 0; j < order.length && !(size(j) < 1e-12 * size(0)); j++) {
    let u = us[order[j]];
    // Back substitution: what was made before is U · P · R⁻¹.
    for (let i = 0; i < j; i++) u = without(u, made[i][1], entry(i, j));
    const corner = entry(j, j);
    const { re, im } = isComplex(corner) ? corner : { re: Number(corner), im: 0 };
    const square = re * re + im * im;
    made.push([sliced(Q, slice(), j), scaled(u, im === 0 ? 1 / re : { re: re / square, im: -im / square })]);
  }
  return made.reverse();
}

/** Of the pairs those combinations that the last cycle gained most from. */
function smallest(CU: readonly [NDArray, NDArray][], k: number, { H, B, zs }: Cycle): [NDArray, NDArray][] {
  const { R } = qr(H, 'complete');
  const D = solveDense(sliced(R, slice(0, zs.length)).T, B.T).T;
  const { U: W } = svd(D);
  const made: [NDArray, NDArray][] = [];
  for (let j = 0; j < Math.min(k - 1, W.shape[1]); j++) {
    const factors = numbers(sliced(W, slice(), j));
    let [c, u] = [0, 1].map((part) =>
      combined(
        CU.map((pair) => pair[part]),
        factors,
      ),
    );
    for (const [other, of] of made) {
      const part = dot(other, c);
      c = without(c, other, part);
      u = without(u, of, part);
    }
    const length = size(c);
    made.push([scaled(c, 1 / length), scaled(u, 1 / length)]);
  }
  return made;
}

/**
 * Flexible GCROT(m, k): GMRES that keeps the best subspace of its cycles, for sequences of systems too.
 *
 * A (n, n) sparse, dense or an operator, b (n,) → x (n,), in dtypes as of `cg`; `maxiter` counts cycles. Hicken and Zingg
 * (SIAM J. Sci. Comput. 32, 2010); de Sturler (SIAM J. Numer. Anal. 36, 1999).
 *
 * @throws AppError 'value' "RHS must contain only finite numbers", "Invalid value for 'truncate': '…'".
 * @example gcrotmk(csr_matrix([[4, 1], [2, 3]]), [1, 2]).x.tolist().map((v) => v.toFixed(6)) // ['0.100000', '0.600000']
 */
export function gcrotmk(A: Matrix, b: ArrayLike, options: GcrotmkOptions = {}): Solution {
  const { m = 20, discard_C = false, truncate = 'oldest', maxiter } = options;
  const { a, b: right, x: start, solve, limit } = system(A, b, options);
  requireRight(right);
  if (truncate !== 'oldest' && truncate !== 'smallest')
    throw new AppError('value', `Invalid value for 'truncate': '${String(truncate)}'`, { argument: 'truncate' });
  const given = options.CU ?? [];
  const k = options.k ?? m;
  if (size(right) === 0) return ended(right, 0, 0, [0]);
  const image = (u: NDArray): NDArray => times(a, u);
  const forget = (pairs: readonly Pair[]): Pair[] => pairs.map(([, u]) => [null, u]);
  let CU = orthonormal(discard_C ? forget(given) : given, image);
  let x = start;
  let r = subtract(right, image(x));
  for (const [c, u] of CU) {
    const part = dot(c, r);
    x = add(x, scaled(u, part));
    r = without(r, c, part);
  }
  const most = maxiter ?? 1000;
  const residuals: number[] = [];
  let info = most;
  for (let step = 0; step < most; step++) {
    options.callback?.(x);
    let left = size(r);
    if (left <= limit && (step > 0 || CU.length > 0)) {
      // Roundings may hide what is really left.
      r = subtract(right, image(x));
      left = size(r);
    }
    residuals.push(left);
    if (left <= limit) {
      info = 0;
      break;
    }
    const found = cycle(scaled(r, 1 / left), m + Math.max(k - CU.length, 0), limit / left, {
      image,
      direction: solve,
      cs: CU.map(([c]) => c),
    });
    if (found === null) {
      info = step + 1;
      break;
    }
    const y = scaled(found.y, left);
    let u = combined(found.zs, numbers(y));
    if (CU.length > 0) {
      const parts = numbers(matmul(found.B, y));
      CU.forEach(([, old], i) => {
        u = without(u, old, parts[i]);
      });
    }
    let c = combined(found.vs, numbers(matmul(found.H, y)));
    const factor = 1 / size(c);
    if (!Number.isFinite(factor)) continue;
    [c, u] = [scaled(c, factor), scaled(u, factor)];
    const gain = dot(c, r);
    r = without(r, c, gain);
    x = add(x, scaled(u, gain));
    if (CU.length >= k && CU.length > 0) {
      CU = truncate === 'smallest' ? smallest(CU, k, found) : CU.slice(Math.max(0, CU.length - k + 1));
    }
    CU.push([c, u]);
  }
  // The solution belongs to the span, for systems like this one.
  const pairs: Pair[] = [...CU, [null, x]];
  given.splice(0, given.length, ...(discard_C ? forget(pairs) : pairs));
  return ended(x, info, residuals.length, residuals);
}
