import { AppError } from '#shared/errors.ts';
import { empty, unset } from '../create.ts';
import { requireMemory, shapeText, sizeInWords } from '../memory.ts';
import { type Floats, native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import {
  asType,
  commonType,
  copyMatrix,
  entriesOf,
  type FloatDType,
  isComplexType,
  isSmall,
  inOneCall,
  letterOf,
  matricesOf,
  matrixShape,
  orientation,
  packedStack,
  realType,
  requireFinite,
  requireIntegers,
  requireStack,
  scratch,
  stackShape,
  toRowMajor,
} from './matrices.ts';

export interface SVDResult {
  U: NDArray;
  S: NDArray;
  Vh: NDArray;
  /** Plain sentences that are true of this result; usually none. */
  notes: string[];
}

/**
 * Singular value decomposition: `a = U · diag(S) · Vh`, U and V with orthonormal columns, S descending.
 *
 * a (…, m, n); with r = min(m, n): U (…, m, r), S (…, r), Vh (…, r, n), or U (…, m, m) and Vh (…, n, n) with
 * `full_matrices`. float32 and complex64 stay single, integers and bool become float64; S is real. All in C order.
 * With `compute_uv` false only S is computed and returned.
 *
 * LAPACK gesdd (divide and conquer); where it does not converge, gesvd (QR iteration) on a fresh copy, and a note.
 *
 * @throws AppError 'linalg' for fewer than two axes, for NaN and infinity (naming the first cell), for sizes past
 * LAPACK's integers, and "SVD did not converge"; 'memory' with numbers, before anything is allocated.
 * @example svd(array([[3, 0], [0, 4]])).S.tolist() // [4, 3]
 */
export function svd(a: NDArray, options?: { full_matrices?: boolean; compute_uv?: true }): SVDResult;
export function svd(a: NDArray, options: { full_matrices?: boolean; compute_uv: false }): NDArray;
export function svd(
  a: NDArray,
  { full_matrices = true, compute_uv = true }: { full_matrices?: boolean; compute_uv?: boolean } = {},
): SVDResult | NDArray {
  requireStack(a);
  const dtype = commonType(a);
  const { m, n } = matrixShape(a);
  const { shape: lead, count } = stackShape(a);
  const r = Math.min(m, n);
  const job = compute_uv ? (full_matrices ? 'A' : 'S') : 'N';
  if (isSmall(a)) {
    const found = decomposeSmall(asType(a, dtype), dtype, job);
    if (found !== null) return found;
  }
  preflight(a, dtype, job);
  requireFinite(a);

  const uCols = full_matrices ? m : r;
  const vhRows = full_matrices ? n : r;
  // Without singular values nothing is computed.
  const make = r === 0 ? empty : unset;
  const S = make([...lead, r], realType(dtype));
  const U = compute_uv ? make([...lead, m, uCols], dtype) : null;
  const Vh = compute_uv ? make([...lead, vhRows, n], dtype) : null;
  const notes: string[] = [];
  if (r === 0) {
    if (U !== null && full_matrices) fillIdentity(U);
    if (Vh !== null && full_matrices) fillIdentity(Vh);
  } else if (!(inOneCall(a) && decomposeStack(a, dtype, job, S, U, Vh))) {
    const work = workSpace(dtype, m * n);
    let i = 0;
    for (const matrix of matricesOf(a)) {
      const s = entriesOf(S, i * r, r);
      const u = placeIn(U ?? S, i, U === null ? 0 : m, uCols);
      const vh = placeIn(Vh ?? S, i, Vh === null ? 0 : vhRows, n);
      const fallback = decompose(matrix, dtype, job, work, s, u, vh);
      if (fallback) {
        notes.push(`gesdd did not converge${count > 1 ? ` for matrix ${i} of the stack` : ''}; gesvd was used.`);
      }
      i++;
    }
  }
  if (U === null || Vh === null) return S;
  return { U, S, Vh, notes };
}

/**
 * The singular values alone, descending: `svd(a, { compute_uv: false })`.
 *
 * a (…, m, n) → (…, min(m, n)), real. Errors as `svd`. float32 of float32 and complex64, else float64.
 *
 * @example svdvals(array([[3, 0], [0, 4]])).tolist() // [4, 3]
 */
export function svdvals(a: NDArray): NDArray {
  return svd(a, { compute_uv: false });
}

/**
 * The memory an SVD takes beside `a`, in bytes: its result, its copy of one matrix, and LAPACK's work space.
 *
 * a (…, m, n), of any dtype: integers count as float64.
 *
 * @example svdMemory(array([[1, 2], [3, 4]]), false) > 0 // true
 */
export function svdMemory(a: NDArray, full_matrices = true): number {
  return need(a, commonType(a), full_matrices ? 'A' : 'S').bytes;
}

type Job = 'N' | 'S' | 'A';

/** Null where gesdd gave up, or refused what is not finite: the long way then says so. */
function decomposeSmall(a: NDArray, dtype: FloatDType, job: Job): SVDResult | NDArray | null {
  const [m, n] = a.shape;
  const r = Math.min(m, n);
  const S = unset([r], realType(dtype));
  const U = job === 'N' ? null : unset([m, job === 'A' ? m : r], dtype);
  const Vh = job === 'N' ? null : unset([job === 'A' ? n : r, n], dtype);
  const unit = a.data.BYTES_PER_ELEMENT;
  const info = native().smallSvd(
    letterOf(dtype),
    job,
    m,
    n,
    a.data,
    a.start,
    a.strides[0] / unit,
    a.strides[1] / unit,
    S.data,
    S.start,
    U === null ? null : U.data,
    U === null ? 0 : U.start,
    Vh === null ? null : Vh.data,
    Vh === null ? 0 : Vh.start,
  );
  if (info !== 0) return null;
  return U === null || Vh === null ? S : { U, S, Vh, notes: [] };
}

/** All matrices in one call; false where gesdd gave up on one of them. */
function decomposeStack(
  a: NDArray,
  dtype: FloatDType,
  job: Job,
  S: NDArray,
  U: NDArray | null,
  Vh: NDArray | null,
): boolean {
  const { m, n } = matrixShape(a);
  const all = (part: NDArray | null): Floats | null => (part === null ? null : entriesOf(part, 0, part.size));
  const s = entriesOf(S, 0, S.size);
  const { count } = stackShape(a);
  return native().svdStack(letterOf(dtype), job, count, m, n, packedStack(a, dtype), s, all(U), all(Vh)) === 0;
}

/** Where one matrix of a stack lies in the memory of a result. */
interface Place {
  array: NDArray;
  first: number;
  memory: Floats;
  rows: number;
  cols: number;
}

function placeIn(array: NDArray, i: number, rows: number, cols: number): Place {
  return { array, first: i * rows * cols, memory: entriesOf(array, i * rows * cols, rows * cols), rows, cols };
}

function need(a: NDArray, dtype: FloatDType, job: Job): { bytes: number; integers: number } {
  const { m, n } = matrixShape(a);
  const { count } = stackShape(a);
  const r = Math.min(m, n);
  const real = realType(dtype) === 'float32' ? 4 : 8;
  const item = isComplexType(dtype) ? 2 * real : real;
  const size = native().gesddWorkspace(letterOf(dtype), job, n, m);
  const vectors = job === 'N' ? 0 : job === 'A' ? m * m + n * n : (m + n) * r;
  return {
    bytes: count * (vectors * item + r * real) + m * n * item + size.work * item + size.rwork * real + size.iwork * 4,
    integers: Math.max(size.work, size.rwork, m, n),
  };
}

function preflight(a: NDArray, dtype: FloatDType, job: Job): void {
  const { bytes, integers } = need(a, dtype, job);
  requireMemory(
    bytes,
    () => `Unable to allocate ${sizeInWords(bytes)} for the SVD of an array with shape ${shapeText(a.shape)}`,
  );
  requireIntegers('The SVD', a, integers);
}

/** One matrix of the stack into its places in U, S and Vh. True when gesvd was needed. */
function decompose(
  matrix: NDArray,
  dtype: FloatDType,
  job: Job,
  work: Floats,
  s: Floats,
  U: Place,
  Vh: Place,
): boolean {
  const letter = letterOf(dtype);
  const { m, n } = matrixShape(matrix);
  // LAPACK is at its best with at least as many rows as columns.
  const order = m > n ? 'F' : orientation(m, n);
  // Row after row A is Aᵀ = Vhᵀ · S · Uᵀ for LAPACK: the factors change places, and fall row after row where they belong.
  const [rows, cols, left, right] = order === 'F' ? [m, n, U, Vh] : [n, m, Vh, U];
  const direct = order === 'C';
  const u = direct ? left.memory : scratch(dtype, left.rows * left.cols);
  const vt = direct ? right.memory : scratch(dtype, right.rows * right.cols);
  const ldvt = job === 'N' ? 1 : Math.max(1, direct ? right.cols : right.rows);
  copyMatrix(matrix, work, dtype, order);
  let fallback = false;
  if (native().gesdd(letter, job, rows, cols, work, rows, s, u, rows, vt, ldvt) !== 0 || !allNumbers(s)) {
    fallback = true;
    copyMatrix(matrix, work, dtype, order);
    const info = native().gesvd(letter, job, job, rows, cols, work, rows, s, u, rows, vt, ldvt);
    if (info !== 0 || !allNumbers(s)) {
      throw new AppError('linalg', 'SVD did not converge', {
        argument: 'a',
        hint: `Neither gesdd nor gesvd reached an answer for this ${m} × ${n} matrix.`,
      });
    }
  }
  if (!direct && job !== 'N') {
    toRowMajor(u, left.array, left.first, left.rows, left.cols);
    toRowMajor(vt, right.array, right.first, right.rows, right.cols);
  }
  return fallback;
}

/** Kept from call to call: the system takes its time to clear new memory. */
const kept = new Map<FloatDType, Floats>();
const mostKept = 2 ** 21;

function workSpace(dtype: FloatDType, count: number): Floats {
  if (count > mostKept) return scratch(dtype, count);
  const parts = isComplexType(dtype) ? 2 : 1;
  let space = kept.get(dtype);
  if (space === undefined || space.length < count * parts) {
    space = scratch(dtype, count);
    kept.set(dtype, space);
  }
  return space;
}

/** Some drivers report success and leave NaN. */
function allNumbers(s: Floats): boolean {
  for (const value of s) if (Number.isNaN(value)) return false;
  return true;
}

function fillIdentity(stack: NDArray): void {
  const n = stack.shape[stack.ndim - 1];
  for (const matrix of matricesOf(stack)) for (let i = 0; i < n; i++) matrix.set([i, i], 1);
}
