import { AppError } from '#shared/errors.ts';
import { empty, unset } from '../create.ts';
import { requireMemory, shapeText, sizeInWords } from '../memory.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import {
  asType,
  commonType,
  copyMatrix,
  entriesOf,
  isComplexType,
  inOneCall,
  isSmallReal,
  letterOf,
  matricesOf,
  matrixShape,
  packedStack,
  realLetter,
  requireIntegers,
  requireStack,
  scratch,
  stackShape,
  toRowMajor,
} from './matrices.ts';

/** From this order on threads of our own beat LAPACK's; below, the answer has LAPACK's (and NumPy's) very roundings. */
const large = 192;

export interface QRResult {
  Q: NDArray;
  R: NDArray;
}

/**
 * QR factorisation: `a = Q · R`, Q with orthonormal columns, R upper triangular.
 *
 * a (…, m, n); with k = min(m, n): `reduced` Q (…, m, k), R (…, k, n); `complete` Q (…, m, m), R (…, m, n); `r` only R
 * (…, k, n); `raw` LAPACK's Householder vectors h (…, n, m), transposed as in NumPy, and tau (…, k). LAPACK geqrf,
 * orgqr (ungqr); large matrices by LAPACK's block reflectors (geqrt, larfb) on threads. float32 and complex64 stay
 * single, integers and bool become float64.
 *
 * @throws AppError 'linalg' for fewer than two axes; 'value' for an unknown mode; 'memory'.
 * @example qr(array([[3, 1], [4, 2]])).R.shape // [2, 2]
 */
export function qr(a: NDArray, mode?: 'reduced' | 'complete'): QRResult;
export function qr(a: NDArray, mode: 'r'): NDArray;
export function qr(a: NDArray, mode: 'raw'): { h: NDArray; tau: NDArray };
export function qr(
  a: NDArray,
  mode: 'reduced' | 'complete' | 'r' | 'raw' = 'reduced',
): QRResult | NDArray | { h: NDArray; tau: NDArray } {
  if (!['reduced', 'complete', 'r', 'raw'].includes(mode)) {
    throw new AppError('value', `Unrecognized mode '${String(mode)}'`, { argument: 'mode' });
  }
  requireStack(a);
  const small = mode !== 'raw' && isSmallReal(a) ? smallQr(a, mode) : null;
  if (small !== null) return small;
  const dtype = commonType(a);
  const letter = letterOf(dtype);
  const { m, n } = matrixShape(a);
  const { shape } = stackShape(a);
  const k = Math.min(m, n);
  const qCols = mode === 'complete' ? m : k;
  const item = (dtype === 'float32' ? 4 : dtype === 'complex128' ? 16 : 8) as number;
  const bytes = item * (m * Math.max(n, qCols) + 64 * Math.max(m, n));
  requireMemory(
    bytes,
    () => `The QR factorisation of an array with shape ${shapeText(a.shape)} needs ${sizeInWords(bytes)}`,
  );
  requireIntegers('The QR factorisation', a, Math.max(m, n));

  const parts = isComplexType(dtype) ? 2 : 1;
  const raw = mode === 'raw';
  const h = raw ? empty([...shape, n, m], dtype) : null;
  const taus = raw ? empty([...shape, k], dtype) : null;
  const Q = mode === 'reduced' || mode === 'complete' ? unset([...shape, m, qCols], dtype) : null;
  const R = raw ? null : (k >= large ? unset : empty)([...shape, mode === 'complete' ? m : k, n], dtype);
  const rRows = mode === 'complete' ? m : k;
  if (R !== null && R.size > 0 && k < large && inOneCall(a)) {
    const [q, r] = [Q === null ? null : entriesOf(Q, 0, Q.size), entriesOf(R, 0, R.size)];
    native().qrStack(letter, stackShape(a).count, m, n, packedStack(a, dtype), qCols, q, rRows, r);
    return Q === null ? R : { Q, R };
  }
  const work = scratch(dtype, m * Math.max(n, qCols));
  const tau = scratch(dtype, k);
  let i = 0;
  for (const matrix of matricesOf(a)) {
    if (!raw && k >= large) {
      copyMatrix(matrix, work, dtype, 'F');
      const q = Q === null ? null : entriesOf(Q, i * m * qCols, m * qCols);
      native().qr(letter, m, n, work, qCols, q, rRows, R === null ? null : entriesOf(R, i * rRows * n, rRows * n));
      i++;
      continue;
    }
    if (m > 0 && n > 0) {
      copyMatrix(matrix, work, dtype, 'F');
      native().geqrf(letter, m, n, work, m, tau);
    }
    if (h !== null && taus !== null) {
      entriesOf(h, i * m * n, m * n).set(work.subarray(0, m * n * parts));
      entriesOf(taus, i * k, k).set(tau);
    }
    if (R !== null) {
      const r = entriesOf(R, i * rRows * n, rRows * n);
      for (let row = 0; row < k; row++) {
        for (let col = row; col < n; col++) {
          for (let p = 0; p < parts; p++) r[(row * n + col) * parts + p] = work[(col * m + row) * parts + p];
        }
      }
    }
    if (Q !== null && m > 0) {
      native().orgqr(letter, m, qCols, k, work, m, tau);
      toRowMajor(work, Q, i * m * qCols, m, qCols);
    }
    i++;
  }
  if (h !== null && taus !== null) return { h, tau: taus };
  if (R === null) throw new AppError('bug', 'qr made no result');
  return Q === null ? R : { Q, R };
}

/** Null for what is not finite. */
function smallQr(a: NDArray, mode: 'reduced' | 'complete' | 'r'): QRResult | NDArray | null {
  const dtype = commonType(a);
  const { data, start, strides, shape } = asType(a, dtype);
  const [m, n] = shape;
  const cols = mode === 'complete' ? m : Math.min(m, n);
  const R = unset([cols, n], dtype);
  const [row, col] = [strides[0] / data.BYTES_PER_ELEMENT, strides[1] / data.BYTES_PER_ELEMENT];
  if (mode === 'r') {
    const code = native().smallQr(realLetter(dtype), m, n, cols, data, start, row, col, false, R.data, R.start);
    return code === 0 ? R : null;
  }
  const Q = unset([m, cols], dtype);
  const places = [Q.data, Q.start, R.data, R.start];
  return native().smallQr(realLetter(dtype), m, n, cols, data, start, row, col, true, ...places) === 0
    ? { Q, R }
    : null;
}
