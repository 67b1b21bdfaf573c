import { itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { unset } from '../create.ts';
import { requireMemory, shapeText, sizeInWords } from '../memory.ts';
import { type Floats, native } from '../native.ts';
import { contiguousStrides, NDArray } from '../ndarray.ts';
import {
  asType,
  commonType,
  complexType,
  copyMatrix,
  entriesOf,
  type FloatDType,
  isComplexType,
  isSmall,
  inOneCall,
  letterOf,
  matricesOf,
  matrixShape,
  packedStack,
  realType,
  requireFinite,
  requireIntegers,
  requireSquare,
  scratch,
  stackShape,
  toRowMajor,
} from './matrices.ts';

export interface EigResult {
  eigenvalues: NDArray;
  eigenvectors: NDArray;
}

/**
 * Eigenvalues and eigenvectors of a Hermitian matrix: `a · V = V · diag(w)`, w ascending, V unitary.
 *
 * a (…, n, n), of which only the triangle `UPLO` is read; eigenvalues (…, n) real, eigenvectors (…, n, n), one per
 * column. LAPACK syevd, heevd (divide and conquer); real matrices from order 128 in syevd's steps on threads of our own
 * (Cuppen 1981; Gu and Eisenstat, SIAM J. Matrix Anal. Appl. 16, 1995). float32 and complex64 are computed in single
 * precision, integers and bool in float64.
 *
 * @throws AppError 'linalg' "Eigenvalues did not converge", "Last 2 dimensions of the array must be square", for NaN
 * and infinity (naming the first cell) and for sizes past LAPACK's integers; 'value' for another UPLO; 'memory'.
 * @example eigh(array([[2, 0], [0, 1]])).eigenvalues.tolist() // [1, 2]
 */
export function eigh(a: NDArray, UPLO: 'L' | 'U' = 'L'): EigResult {
  const { w, v } = symmetric(a, UPLO, true);
  if (v === null) throw new AppError('bug', 'eigh made no eigenvectors');
  return { eigenvalues: w, eigenvectors: v };
}

/**
 * The eigenvalues of a Hermitian matrix, ascending; arguments and errors as `eigh`.
 *
 * a (…, n, n) → (…, n), real and ascending. float32 of float32 and complex64, else float64.
 *
 * @example eigvalsh(array([[2, 0], [0, 1]])).tolist() // [1, 2]
 */
export function eigvalsh(a: NDArray, UPLO: 'L' | 'U' = 'L'): NDArray {
  return symmetric(a, UPLO, false).w;
}

/**
 * Eigenvalues and right eigenvectors: `a · v[:, i] = w[i] · v[:, i]`, in no particular order, columns of length 1.
 *
 * a (…, n, n); eigenvalues (…, n) and eigenvectors (…, n, n) are real when `a` is real and no eigenvalue has an
 * imaginary part, complex otherwise. LAPACK geev. float32 and complex64 stay single, integers and bool become float64.
 *
 * @throws AppError 'linalg' "Eigenvalues did not converge", "Array must not contain infs or NaNs"
 * (naming the first cell), "Last 2 dimensions of the array must be square"; 'memory'.
 * @example eig(array([[2, 0], [0, 1]])).eigenvalues.tolist() // [2, 1]
 */
export function eig(a: NDArray): EigResult {
  const { w, v } = general(a, true);
  if (v === null) throw new AppError('bug', 'eig made no eigenvectors');
  return { eigenvalues: w, eigenvectors: v };
}

/**
 * The eigenvalues alone; arguments and errors as `eig`.
 *
 * a (…, n, n) → (…, n), real where all of them are, else complex. Dtypes as of `eig`.
 *
 * @example eigvals(array([[0, 1], [-1, 0]])).dtype // 'complex128'
 */
export function eigvals(a: NDArray): NDArray {
  return general(a, false).w;
}

function symmetric(a: NDArray, triangle: 'L' | 'U', vectors: boolean): { w: NDArray; v: NDArray | null } {
  const UPLO: unknown = typeof triangle === 'string' ? triangle.toUpperCase() : triangle;
  if (UPLO !== 'L' && UPLO !== 'U')
    throw new AppError('value', "UPLO argument must be 'L' or 'U'", { argument: 'UPLO' });
  requireSquare(a);
  const dtype = commonType(a);
  const letter = letterOf(dtype);
  const { n } = matrixShape(a);
  if (isSmall(a)) return symmetricSmall(asType(a, dtype), dtype, UPLO, vectors);
  const { shape } = stackShape(a);
  const job = vectors ? 'V' : 'N';
  const size = native().syevdWorkspace(letter, job, n);
  guard('The eigenvalues', a, dtype, n * n + size.work + size.rwork, Math.max(n, size.work, size.rwork, size.iwork));
  requireFinite(a);
  const w = unset([...shape, n], realType(dtype));
  const v = vectors ? unset(a.shape, dtype) : null;
  if (n === 0) return { w, v };
  if (inOneCall(a)) {
    const [ws, vs] = [entriesOf(w, 0, w.size), v === null ? null : entriesOf(v, 0, v.size)];
    if (native().eighStack(letter, UPLO, stackShape(a).count, n, packedStack(a, dtype), ws, vs) > 0) {
      throw notConverged();
    }
    return { w, v };
  }
  let i = 0;
  for (const matrix of matricesOf(a)) {
    const values = entriesOf(w, i * n, n);
    let info: number;
    if (v === null) {
      const work = scratch(dtype, n * n);
      copyMatrix(matrix, work, dtype, 'F');
      info = native().syevd(letter, 'N', UPLO, n, work, n, values);
    } else {
      info = native().eigh(letter, UPLO, n, packedStack(matrix, dtype), values, entriesOf(v, i * n * n, n * n));
    }
    if (info !== 0) throw notConverged();
    i++;
  }
  return { w, v };
}

function symmetricSmall(
  a: NDArray,
  dtype: FloatDType,
  UPLO: 'L' | 'U',
  vectors: boolean,
): { w: NDArray; v: NDArray | null } {
  const n = a.shape[0];
  const w = unset([n], realType(dtype));
  const v = vectors ? unset([n, n], dtype) : null;
  const unit = a.data.BYTES_PER_ELEMENT;
  const info = native().smallEigh(
    letterOf(dtype),
    UPLO,
    n,
    a.data,
    a.start,
    a.strides[0] / unit,
    a.strides[1] / unit,
    w.data,
    w.start,
    vectors,
    v === null ? null : v.data,
    v === null ? 0 : v.start,
  );
  if (info === 0) return { w, v };
  requireFinite(a);
  throw notConverged();
}

/** Real results lie in the memory that was made for complex ones. */
function realOf(a: NDArray, dtype: FloatDType): NDArray {
  const { shape, offset, buffer, data } = a;
  return new NDArray(dtype, shape, contiguousStrides(shape, itemsize[dtype]), offset, buffer, data);
}

function generalSmall(a: NDArray, dtype: FloatDType, vectors: boolean): { w: NDArray; v: NDArray | null } {
  const n = a.shape[0];
  const complex = complexType(dtype);
  const w = unset([n], complex);
  const v = vectors ? unset([n, n], complex) : null;
  const unit = a.data.BYTES_PER_ELEMENT;
  const info = native().smallEig(
    letterOf(dtype),
    n,
    a.data,
    a.start,
    a.strides[0] / unit,
    a.strides[1] / unit,
    w.data,
    w.start,
    vectors,
    v === null ? null : v.data,
    v === null ? 0 : v.start,
  );
  if (info === 0) return { w, v };
  if (info === allReal) return { w: realOf(w, dtype), v: v === null ? null : realOf(v, dtype) };
  requireFinite(a);
  throw notConverged();
}

/** What `smallEig` gives where no eigenvalue has an imaginary part. */
const allReal = -1;

function general(a: NDArray, vectors: boolean): { w: NDArray; v: NDArray | null } {
  requireSquare(a);
  const dtype = commonType(a);
  if (isSmall(a)) return generalSmall(asType(a, dtype), dtype, vectors);
  const letter = letterOf(dtype);
  const { n } = matrixShape(a);
  const { shape, count } = stackShape(a);
  guard('The eigenvalues', a, dtype, (vectors ? 5 : 2) * n * n, n);
  requireFinite(a);
  const complex = complexType(dtype);
  const w = unset([...shape, n], complex);
  const none = scratch(dtype, 0);
  const work = scratch(dtype, n * n);
  // Column after column, as LAPACK packs them, until it is known whether all of the stack is real.
  const packed = vectors ? scratch(dtype, count * n * n) : none;
  const packedOf = (i: number): Floats => (vectors ? packed.subarray(i * work.length, (i + 1) * work.length) : none);
  let i = 0;
  for (const matrix of matricesOf(a)) {
    if (n === 0) break;
    copyMatrix(matrix, work, dtype, 'F');
    const values = entriesOf(w, i * n, n);
    if (native().geev(letter, 'N', vectors ? 'V' : 'N', n, work, n, values, none, 1, packedOf(i), n) !== 0) {
      throw notConverged();
    }
    i++;
  }
  const pairs = entriesOf(w, 0, count * n);
  let real = letter === 's' || letter === 'd';
  for (let k = 1; real && k < pairs.length; k += 2) real = pairs[k] === 0;
  const v = vectors ? unset(a.shape, real ? dtype : complex) : null;
  for (let k = 0; v !== null && k < i; k++) {
    if (letter === 'c' || letter === 'z' || real) toRowMajor(packedOf(k), v, k * n * n, n, n);
    else {
      const own = pairs.subarray(2 * k * n, 2 * (k + 1) * n);
      native().complexVectors(letter, n, packedOf(k), own, entriesOf(v, k * n * n, n * n));
    }
  }
  if (!real) return { w, v };
  const values = unset([...shape, n], dtype);
  const flat = entriesOf(values, 0, count * n);
  for (let k = 0; k < flat.length; k++) flat[k] = pairs[2 * k];
  return { w: values, v };
}

function notConverged(): AppError {
  return new AppError('linalg', 'Eigenvalues did not converge', { argument: 'a' });
}

function guard(what: string, a: NDArray, dtype: FloatDType, elements: number, integers: number): void {
  const item = (realType(dtype) === 'float32' ? 4 : 8) * (isComplexType(dtype) ? 2 : 1);
  const bytes = elements * item;
  requireMemory(bytes, () => `${what} of an array with shape ${shapeText(a.shape)} need ${sizeInWords(bytes)}`);
  requireIntegers(what, a, integers);
}
