import { AppError } from '#shared/errors.ts';
import { empty, unset } from '../create.ts';
import { requireMemory, shapeText, sizeInWords } from '../memory.ts';
import { type LapackType, native, type Workspace } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { eigh } from './eigenvalues.ts';
import {
  asType,
  commonType,
  copyMatrix,
  entriesOf,
  eachOf,
  epsOf,
  type FloatDType,
  isComplexType,
  isSmall,
  letterOf,
  matrixShape,
  mostSmall,
  realType,
  requireFinite,
  requireIntegers,
  requireStack,
  scratch,
  stackShape,
  type Tolerance,
} from './matrices.ts';
import { svd } from './svd.ts';

export interface LstsqResult {
  x: NDArray;
  residuals: NDArray;
  rank: number;
  s: NDArray;
}

/**
 * The least-squares solution of `a · x ≈ b` of smallest norm.
 *
 * a (m, n); b (m,) or (m, k); x (n,) or (n, k); residuals (k,), the squared distance of each column, empty when the
 * rank is below n or m ≤ n; rank; s (min(m, n),) the singular values. Singular values below `rcond` · s[0] count as
 * zero; null means eps · max(m, n), −1 means eps. LAPACK gelsd; real matrices with m ≥ n ≥ 128 by QR on threads of our
 * own, x from R where the rank is full (Björck, Numerical Methods for Least Squares Problems, 1996, §2.4), from gelsd
 * of R else.
 *
 * A column of b with NaN or infinity has NaN for solution and residual; the others are none the worse. float32 and
 * complex64 stay single, integers and bool become float64; residuals and s are real.
 *
 * @throws AppError 'linalg' for other shapes ("Incompatible dimensions"), for NaN and infinity in a
 * (naming the first such cell), and "SVD did not converge in Linear Least Squares"; 'memory'; 'dtype' "rcond must be a
 * number or null".
 * @example lstsq(array([[1, 0], [0, 1], [0, 0]]), array([1, 2, 3])).x.tolist() // [1, 2]
 */
export function lstsq(a: NDArray, b: NDArray, rcond: number | null = null): LstsqResult {
  for (const [argument, x] of [
    ['a', a],
    ['b', b],
  ] as const) {
    if (argument === 'b' && x.ndim === 1) continue;
    if (x.ndim !== 2) {
      throw new AppError('linalg', `${x.ndim}-dimensional array given. Array must be two-dimensional`, { argument });
    }
  }
  const vector = b.ndim === 1;
  const { m, n } = matrixShape(a);
  if (b.shape[0] !== m) throw new AppError('linalg', 'Incompatible dimensions', { argument: 'b' });
  if (rcond !== null && typeof rcond !== 'number')
    throw new AppError('dtype', 'rcond must be a number or null', { argument: 'rcond' });
  const k = vector ? 1 : b.shape[1];
  const dtype = commonType(a, b);
  if (isSmall(a) && k > 0 && k <= mostSmall) {
    const found = solveSmall(asType(a, dtype), asType(b, dtype), dtype, k, rcond);
    if (found !== null) return found;
  }
  const letter = letterOf(dtype);
  // LAPACK solves for one right-hand side at least.
  const sides = Math.max(1, k);
  const size = gelsdSpace(letter, m, n, sides);
  const tall = Math.max(m, n);
  guard(
    'Least squares',
    a,
    dtype,
    m * n + tall * k + size.work + size.rwork,
    Math.max(tall, size.work, size.rwork, size.iwork),
  );
  requireFinite(a, 'a');

  const s = empty([Math.min(m, n)], realType(dtype));
  const x = empty([n, k], dtype);
  const parts = isComplexType(dtype) ? 2 : 1;
  const columns = vector ? b.view([m, 1], [b.strides[0], b.itemsize]) : b;
  const right = scratch(dtype, tall * sides);
  if (k === 0) right.fill(0);
  const lost: number[] = [];
  if (m > 0 && k > 0) {
    const asItLies = k === 1 && b.dtype === dtype && b.cContiguous;
    const packed = asItLies ? entriesOf(b, 0, m) : scratch(dtype, m * k);
    if (!asItLies) copyMatrix(columns, packed, dtype, 'F');
    for (let j = 0; j < k; j++) {
      const column = packed.subarray(j * m * parts, (j + 1) * m * parts);
      // LAPACK scales all columns by the largest number of any.
      if (column.every(Number.isFinite)) right.set(column, j * tall * parts);
      else lost.push(j);
    }
  }
  const rank = new Int32Array(1);
  if (m > 0 && n > 0) {
    const work = scratch(dtype, m * n);
    copyMatrix(a, work, dtype, 'F');
    const limit = rcond ?? epsOf(dtype) * tall;
    const info = native().gelsd(letter, m, n, sides, work, m, right, tall, entriesOf(s, 0, s.size), limit, rank);
    if (info !== 0) throw new AppError('linalg', 'SVD did not converge in Linear Least Squares', { argument: 'a' });
    const out = entriesOf(x, 0, n * k);
    for (const j of lost) right.fill(NaN, j * tall * parts, (j + 1) * tall * parts);
    for (let j = 0; j < k; j++) {
      for (let i = 0; i < n; i++) {
        for (let p = 0; p < parts; p++) out[(i * k + j) * parts + p] = right[(j * tall + i) * parts + p];
      }
    }
  }
  const known = rank[0] === n && m > n;
  const residuals = empty([known ? k : 0], realType(dtype));
  if (known) {
    const out = entriesOf(residuals, 0, k);
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let i = (j * tall + n) * parts; i < (j * tall + m) * parts; i++) sum += right[i] * right[i];
      out[j] = sum;
    }
  }
  return { x: vector ? x.view([n], [x.strides[0]]) : x, residuals, rank: rank[0], s };
}

/** Null where gelsd gave up, or something is not finite: the long way then says so. */
function solveSmall(a: NDArray, b: NDArray, dtype: FloatDType, k: number, rcond: number | null): LstsqResult | null {
  const [m, n] = a.shape;
  const real = realType(dtype);
  const x = unset(b.ndim === 1 ? [n] : [n, k], dtype);
  const s = unset([Math.min(m, n)], real);
  const residuals = unset([m > n ? k : 0], real);
  const unit = a.data.BYTES_PER_ELEMENT;
  const rank = native().smallLstsq(
    letterOf(dtype),
    m,
    n,
    k,
    a.data,
    a.start,
    a.strides[0] / unit,
    a.strides[1] / unit,
    b.data,
    b.start,
    b.strides[0] / unit,
    b.ndim === 1 ? 0 : b.strides[1] / unit,
    rcond ?? epsOf(dtype) * Math.max(m, n),
    x.data,
    x.start,
    s.data,
    s.start,
    residuals.data,
    residuals.start,
  );
  if (rank < 0) return null;
  return { x, residuals: rank === n || residuals.size === 0 ? residuals : unset([0], real), rank, s };
}

/** What the last problem needed: a loop solves many of one size. */
let lastSpace: { key: string; space: Workspace } | null = null;

function gelsdSpace(letter: LapackType, m: number, n: number, k: number): Workspace {
  const key = `${letter} ${m} ${n} ${k}`;
  if (lastSpace?.key !== key) lastSpace = { key, space: native().gelsdWorkspace(letter, m, n, k) };
  return lastSpace.space;
}

/**
 * The Moore–Penrose pseudo-inverse: `V · diag(1/s) · Uᴴ` without the small singular values.
 *
 * a (…, m, n) → (…, n, m). Singular values up to `rcond` · s[0] count as zero (default 1e-15, as NumPy; `rtol` null
 * means max(m, n) · eps). With `hermitian` the eigenvalues are used. By the SVD and BLAS gemm. float32 and complex64
 * stay single, integers and bool become float64.
 *
 * @throws AppError as `svd`; 'value' when both rcond and rtol are given.
 * @example pinv(array([[2, 0], [0, 0]])).tolist() // [[0.5, 0], [0, 0]]
 */
export function pinv(
  a: NDArray,
  { rcond, rtol, hermitian = false }: { rcond?: Tolerance | null; rtol?: Tolerance | null; hermitian?: boolean } = {},
): NDArray {
  if (rcond !== undefined && rcond !== null && rtol !== undefined) {
    throw new AppError('value', "`rtol` and `rcond` can't be both set.");
  }
  requireStack(a);
  const dtype = commonType(a);
  const { m, n } = matrixShape(a);
  const { shape } = stackShape(a);
  const out = unset([...shape, n, m], dtype);
  if (n === 0 || m === 0) return unset([...shape, n, m], a.dtype);
  if (out.size === 0) return out;
  const tolerance = rcond ?? (rtol === null ? Math.max(m, n) * epsOf(dtype) : (rtol ?? 1e-15));
  if (!hermitian && typeof tolerance === 'number' && isSmall(a) && invertSmall(asType(a, dtype), dtype, tolerance, out))
    return out;
  const limits = eachOf(tolerance, shape, 'rcond');
  const { U, S, Vh } = hermitian ? fromEigenvalues(a) : svd(a, { full_matrices: false });
  const letter = letterOf(dtype);
  const parts = isComplexType(dtype) ? 2 : 1;
  const r = S.shape[S.ndim - 1];
  const count = out.size / (n * m);
  for (let i = 0; i < count; i++) {
    const s = entriesOf(S, i * r, r);
    let largest = 0;
    for (const x of s) largest = Math.max(largest, x);
    const cutoff = limits(i) * largest;
    // The factors are nobody else's: they are scaled where they lie.
    const u = entriesOf(U, i * m * r, m * r);
    const vh = entriesOf(Vh, i * r * n, r * n);
    for (let k = 0, at = 0; k < r; k++) {
      const factor = s[k] > cutoff ? 1 / s[k] : 0;
      for (const end = at + n * parts; at < end; at++) vh[at] *= factor;
    }
    // Row after row, the result is its transpose for BLAS: conj(U) times conj(Vh)/s.
    conjugate(u, parts);
    conjugate(vh, parts);
    native().gemm(letter, 'T', 'T', m, n, r, 1, u, r, vh, n, 0, entriesOf(out, i * n * m, n * m), m);
  }
  return out;
}

/** False where gesdd gave up, or refused what is not finite. */
function invertSmall(a: NDArray, dtype: FloatDType, rcond: number, out: NDArray): boolean {
  const [m, n] = a.shape;
  const unit = a.data.BYTES_PER_ELEMENT;
  const [row, col] = [a.strides[0] / unit, a.strides[1] / unit];
  return native().smallPinv(letterOf(dtype), m, n, a.data, a.start, row, col, 0, rcond, out.data, out.start) >= 0;
}

function conjugate(x: Float32Array | Float64Array, parts: number): void {
  if (parts === 2) for (let i = 1; i < x.length; i += 2) x[i] = -x[i];
}

/** The SVD of a Hermitian matrix from its eigenvalues: the sign of each goes into Vh. */
function fromEigenvalues(a: NDArray): { U: NDArray; S: NDArray; Vh: NDArray } {
  const { eigenvalues, eigenvectors } = eigh(a);
  const dtype = eigenvectors.dtype as FloatDType;
  const { n } = matrixShape(a);
  const parts = isComplexType(dtype) ? 2 : 1;
  const S = unset(eigenvalues.shape, realType(dtype));
  const Vh = unset(eigenvectors.shape, dtype);
  const values = entriesOf(eigenvalues, 0, eigenvalues.size);
  const from = entriesOf(eigenvectors, 0, eigenvectors.size);
  const to = entriesOf(Vh, 0, Vh.size);
  const s = entriesOf(S, 0, S.size);
  for (let i = 0; i < values.length; i++) s[i] = Math.abs(values[i]);
  const count = n === 0 ? 0 : Vh.size / (n * n);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < n; k++) {
      const sign = Math.sign(values[i * n + k]) || 1;
      for (let j = 0; j < n; j++) {
        const source = ((i * n + j) * n + k) * parts;
        const target = ((i * n + k) * n + j) * parts;
        to[target] = sign * from[source];
        if (parts === 2) to[target + 1] = -sign * from[source + 1];
      }
    }
  }
  return { U: eigenvectors, S, Vh };
}

function guard(what: string, a: NDArray, dtype: FloatDType, elements: number, integers: number): void {
  const item = (realType(dtype) === 'float32' ? 4 : 8) * (isComplexType(dtype) ? 2 : 1);
  const bytes = elements * item;
  requireMemory(bytes, () => `${what} with an array of shape ${shapeText(a.shape)} needs ${sizeInWords(bytes)}`);
  requireIntegers(what, a, integers);
}
