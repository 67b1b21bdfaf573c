import { AppError } from '#shared/errors.ts';
import { unset } from '../create.ts';
import { requireMemory, sizeInWords } from '../memory.ts';
import { type Floats, native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import {
  commonType,
  copyMatrix,
  entriesOf,
  epsOf,
  type FloatDType,
  isComplexType,
  letterOf,
  realType,
  requireFinite,
  scratch,
} from './matrices.ts';

export interface RandomizedSVDResult {
  /** (m, k), (k), (k, n); U may be a strided view. */
  U: NDArray;
  S: NDArray;
  Vh: NDArray;
  /** ‖A‖²_F, exact. */
  energy_total: number;
  /** How far ‖A − U·S·Vh‖ is estimated to lie above the best a rank-k matrix can do: 0.01 is 1 %. */
  excess_error: number;
}

/**
 * The leading `k` singular triplets of a large matrix, approximately: `a ≈ U · diag(S) · Vh`.
 *
 * a (m, n); U (m, k), S (k), Vh (k, n) of `dtype` (default: that of a; float64 for integers), S real. The same seed gives
 * the same answer on the same machine.
 *
 * Halko, Martinsson, Tropp, "Finding structure with randomness" (SIAM Review 53, 2011), algorithms 4.4 and 5.1: the
 * range of A·Ω for a Gaussian Ω of k + `oversample` columns, sharpened by `iterations` of orthogonalised subspace
 * iteration; then an exact SVD inside that range. The error estimate extrapolates the energy the range has gained
 * from one iteration to the next.
 *
 * @throws AppError 'value' for k outside 1 … min(m, n), 'linalg' for NaN and infinity, 'shape', 'dtype', 'memory'.
 * @example randomizedSvd(array([[3, 0], [0, 1], [0, 0]]), 1, { seed: 1 }).S.tolist().map(Math.round) // [3]
 */
export function randomizedSvd(
  a: NDArray,
  k: number,
  {
    oversample = 10,
    iterations = 2,
    seed = 0,
    dtype = commonType(a),
  }: { oversample?: number; iterations?: number; seed?: number; dtype?: FloatDType } = {},
): RandomizedSVDResult {
  if (a.ndim !== 2) {
    throw new AppError('shape', `${a.ndim}-dimensional array given. Array must be two-dimensional`, { argument: 'a' });
  }
  const complex = isComplexType(dtype);
  if (isComplexType(commonType(a)) && !complex) {
    throw new AppError('dtype', `complex numbers cannot be computed with as ${dtype}`, { argument: 'dtype' });
  }
  const [m = 0, n = 0] = a.shape;
  const most = Math.min(m, n);
  if (!Number.isInteger(k) || k < 1 || k > most) {
    throw new AppError('value', `Expected an integer between 1 and ${most} for k but received ${k}`, { argument: 'k' });
  }
  const l = Math.min(most, k + Math.max(0, oversample));
  const entry = (epsOf(dtype) === 2 ** -23 ? 4 : 8) * (complex ? 2 : 1);
  const bytes = entry * (m * n + 3 * (m + n) * l + 5 * l * l);
  requireMemory(bytes, () => `Unable to allocate ${sizeInWords(bytes)} for the randomised SVD`);
  requireFinite(a);

  const lapack = native();
  const letter = letterOf(dtype);
  // Row after row, which is Aᵀ (n × m) for BLAS.
  const at = asIs(a, dtype) ?? packed(a, dtype);
  const left = scratch(dtype, m * l);
  const right = gaussian(dtype, n * l, seed);
  // The products below are with Aᵀ as it lies; for Aᴴ what goes in and what comes out is conjugated.
  const conjugate = (x: Floats): void => {
    if (complex) for (let i = 1; i < x.length; i += 2) x[i] = -x[i];
  };
  const tau = scratch(dtype, l);
  const energy_total = energy(at);

  const captured: number[] = [];
  for (let iteration = 0; ; iteration++) {
    lapack.gemm(letter, 'T', 'N', m, l, n, 1, at, n, right, n, 0, left, m);
    orthonormalise(letter, left, m, l, tau);
    conjugate(left);
    lapack.gemm(letter, 'N', 'N', n, l, m, 1, at, n, left, m, 0, right, n);
    conjugate(left);
    conjugate(right);
    captured.push(energy(right));
    if (iteration >= iterations) break;
    orthonormalise(letter, right, n, l, tau);
  }

  // right = AᴴQ = V · S · Wᴴ, hence A ≈ Q·(QᴴA) = (Q·W) · S · Vᴴ.
  const Vh = unset([l, n], dtype);
  const S = unset([l], realType(dtype));
  const wt = scratch(dtype, l * l);
  const copy = right.slice();
  if (lapack.gesdd(letter, 'S', n, l, right, n, entriesOf(S, 0, l), entriesOf(Vh, 0, l * n), n, wt, l) !== 0) {
    const info = lapack.gesvd(letter, 'S', 'S', n, l, copy, n, entriesOf(S, 0, l), entriesOf(Vh, 0, l * n), n, wt, l);
    if (info !== 0) throw new AppError('linalg', 'SVD did not converge', { argument: 'a' });
  }
  // What lies there are V by columns and Wᴴ; wanted are Vᴴ by rows and Wᵀ.
  conjugate(entriesOf(Vh, 0, l * n));
  conjugate(wt);
  const U = unset([m, l], dtype);
  lapack.gemm(letter, 'N', 'T', l, m, l, 1, wt, l, left, m, 0, entriesOf(U, 0, m * l), l);

  return {
    U: U.view([m, k], U.strides),
    S: S.view([k], S.strides),
    Vh: Vh.view([k, n], Vh.strides),
    energy_total,
    excess_error: excess(energy_total, captured, epsOf(dtype)),
  };
}

/** The matrix as it lies, when BLAS can read it so. */
function asIs(a: NDArray, dtype: FloatDType): Floats | null {
  return a.dtype === dtype && a.cContiguous ? entriesOf(a, 0, a.size) : null;
}

function packed(a: NDArray, dtype: FloatDType): Floats {
  const out = scratch(dtype, a.size);
  copyMatrix(a, out, dtype, 'C');
  return out;
}

function orthonormalise(letter: 's' | 'd' | 'c' | 'z', q: Floats, rows: number, cols: number, tau: Floats): void {
  native().geqrf(letter, rows, cols, q, rows, tau);
  native().orgqr(letter, rows, cols, cols, q, rows, tau);
}

/** Standard normal numbers (polar method over a 32-bit generator), the same for a seed on every machine. */
function gaussian(dtype: FloatDType, size: number, seed: number): Floats {
  const out = scratch(dtype, size);
  const count = out.length;
  let a = (seed ^ 0x9e3779b9) >>> 0;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let counter = 1;
  // sfc32 (Doty-Humphrey), 2⁹⁶ states.
  const uniform = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 2147483648 - 1;
  };
  for (let i = 0; i < 12; i++) uniform();
  for (let i = 0; i < count; i += 2) {
    let x: number;
    let y: number;
    let square: number;
    do {
      x = uniform();
      y = uniform();
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    out[i] = x * factor;
    if (i + 1 < count) out[i + 1] = y * factor;
  }
  return out;
}

/** Sum of squares, in double precision whatever the numbers are. */
function energy(x: Floats): number {
  let sum = 0;
  for (let i = 0; i < x.length; i += 4096) {
    let part = 0;
    for (let j = i, stop = Math.min(x.length, i + 4096); j < stop; j++) part += x[j] * x[j];
    sum += part;
  }
  return sum;
}

/**
 * From the energies the range held after each iteration: what is still to gain, as a share of the error.
 *
 * @example excess(100, [90, 98, 98], 2 ** -52) // 0
 */
export function excess(total: number, captured: readonly number[], eps: number): number {
  const last = captured[captured.length - 1] ?? 0;
  const error = total - last;
  // Below the rounding of the energies themselves nothing can be said, and nothing is missing.
  if (!(error > total * 8 * eps)) return 0;
  const gain = (later: number, earlier: number): number => Math.max(0, later - earlier - total * eps);
  const gained = gain(last, captured[captured.length - 2] ?? 0);
  const before = gain(captured[captured.length - 2] ?? 0, captured[captured.length - 3] ?? 0);
  const ratio = Math.min(0.9, before > 0 && captured.length > 2 ? gained / before : 0.5);
  const left = Math.min((gained * ratio) / (1 - ratio), error * 0.99);
  return Math.sqrt(error / (error - left)) - 1;
}
