import { leadingShape } from '../broadcast.ts';
import { AppError } from '#shared/errors.ts';
import { tril, triu } from '../building.ts';
import { broadcast_to } from '../cast.ts';
import { unset } from '../create.ts';
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
  nonfiniteCell,
  orientation,
  packedStack,
  realType,
  requireIntegers,
  requireSquare,
  requireStack,
  scratch,
  stackShape,
  toRowMajor,
} from './matrices.ts';

/**
 * The exact solution of `a · x = b`.
 *
 * a (…, n, n); b (n,) or (…, n, k), stacks broadcast; x has the shape of the broadcast b. NumPy 2's rule: b counts as
 * one vector only when it has one axis. `conditions` receives LAPACK's estimate of the reciprocal condition of a matrix
 * that stands alone. LAPACK getrf, getrs, gecon. float32 and complex64 stay single where both operands are, integers
 * and bool become float64.
 *
 * @throws AppError 'linalg' "Singular matrix", "Last 2 dimensions of the array must be square"; 'value' for shapes that
 * do not fit; 'memory'.
 * @example solve(array([[2, 0], [0, 4]]), array([1, 1])).tolist() // [0.5, 0.25]
 */
export function solve(a: NDArray, b: NDArray, conditions?: number[]): NDArray {
  requireSquare(a);
  const vector = b.ndim === 1;
  const { n } = matrixShape(a);
  const rows = b.ndim === 0 ? -1 : b.shape[vector ? 0 : b.ndim - 2];
  if (rows !== n) throw solveMismatch(b, vector, rows, n);
  const columns = vector ? b.view([n, 1], [b.strides[0], b.itemsize]) : b;
  const dtype = commonType(a, b);
  const k = columns.shape[columns.ndim - 1];
  if (conditions === undefined && isSmall(a) && isSmall(columns))
    return solveSmall(asType(a, dtype), asType(columns, dtype), dtype, vector);
  const core = vector ? [n] : columns.shape.slice(-2);
  const lead = leadingShape([a.shape, b.shape], [2, vector ? 1 : 2], core);
  const as = broadcast_to(a, [...lead, n, n]);
  const bs = broadcast_to(columns, [...lead, n, k]);
  const x = unset([...lead, n, k], dtype);
  guard('Solving', a, n * n + n * k, dtype, x.nbytes);
  if (conditions === undefined && x.size > 0 && inOneCall(x) && n <= 256) {
    const { count } = stackShape(x);
    // One matrix for all of them, or one each; a mixture of both is written out.
    const stackOf = (part: NDArray, whole: NDArray): [Floats, number] => {
      const size = part.shape[part.ndim - 2] * part.shape[part.ndim - 1];
      if (part.size === size) return [packedStack(part, dtype), 0];
      return [packedStack(part.size === size * count ? part : whole, dtype), size];
    };
    const info = native().solveStack(
      letterOf(dtype),
      count,
      n,
      k,
      ...stackOf(a, as),
      ...stackOf(columns, bs),
      entriesOf(x, 0, x.size),
    );
    if (info > 0) throw singular();
  } else if (x.size > 0) {
    const letter = letterOf(dtype);
    const lu = scratch(dtype, n * n);
    const right = scratch(dtype, n * k);
    const pivots = new Int32Array(n);
    const sides = matricesOf(bs);
    const order = orientation(n, n);
    let i = 0;
    for (const matrix of matricesOf(as)) {
      copyMatrix(matrix, lu, dtype, order);
      copyMatrix(sides.next().value as NDArray, right, dtype, 'F');
      // The columns of Aᵀ are the rows of A.
      const by = order === 'C' ? 'I' : '1';
      const size = conditions === undefined ? 0 : native().lange(letter, by, n, n, lu, n);
      if (native().getrf(letter, n, n, lu, n, pivots) > 0) throw singular();
      conditions?.push(native().gecon(letter, by, n, lu, n, size));
      // Row after row it was Aᵀ for LAPACK, so its transpose is solved with.
      native().getrs(letter, order === 'C' ? 'T' : 'N', n, k, lu, n, pivots, right, n);
      if (k === 1) entriesOf(x, i * n, n).set(right);
      else toRowMajor(right, x, i * n * k, n, k);
      i++;
    }
  }
  return vector ? x.view(x.shape.slice(0, -1), x.strides.slice(0, -1)) : x;
}

function solveSmall(a: NDArray, columns: NDArray, dtype: FloatDType, vector: boolean): NDArray {
  const [n, k] = columns.shape;
  const x = unset(vector ? [n] : [n, k], dtype);
  const unit = a.data.BYTES_PER_ELEMENT;
  const [aRow, aCol] = a.strides;
  const [bRow, bCol] = columns.strides;
  const info = native().smallSolve(
    letterOf(dtype),
    n,
    k,
    a.data,
    a.start,
    aRow / unit,
    aCol / unit,
    columns.data,
    columns.start,
    bRow / unit,
    bCol / unit,
    x.data,
    x.start,
  );
  if (info > 0) throw singular();
  return x;
}

/** Up to this order solving with the identity takes less than inverting the factors. */
const withIdentity = 48;

/**
 * The inverse: `a · inv(a) = I`. `conditions` receives LAPACK's estimate of the reciprocal condition of a small matrix.
 *
 * a (…, n, n) → the same shape. LAPACK gesv with the identity for small matrices and stacks (as NumPy), getrf and getri
 * for large. float32 and complex64 stay single, integers and bool become float64.
 *
 * @throws AppError 'linalg' "Singular matrix", "Last 2 dimensions of the array must be square"; 'memory'.
 * @example inv(array([[2, 0], [0, 4]])).tolist() // [[0.5, 0], [0, 0.25]]
 */
export function inv(a: NDArray, conditions?: number[]): NDArray {
  requireSquare(a);
  const dtype = commonType(a);
  const { n } = matrixShape(a);
  const out = unset(a.shape, dtype);
  if (isSmall(a)) {
    const { data, start, strides } = asType(a, dtype);
    const [row, col] = strides.map((step) => step / data.BYTES_PER_ELEMENT);
    const wanted = conditions !== undefined;
    const found = native().smallInv(letterOf(dtype), n, data, start, row, col, out.data, out.start, wanted);
    if (found < 0) throw singular();
    conditions?.push(found);
    return out;
  }
  guard('The inverse', a, n, dtype, out.nbytes);
  if (out.size === 0) return out;
  const letter = letterOf(dtype);
  if (inOneCall(a) && (a.ndim > 2 || n <= withIdentity)) {
    const { count } = stackShape(a);
    const all = entriesOf(out, 0, out.size);
    if (native().solveStack(letter, count, n, n, packedStack(a, dtype), n * n, null, 0, all) > 0) throw singular();
    return out;
  }
  const pivots = new Int32Array(n);
  let i = 0;
  for (const matrix of matricesOf(a)) {
    // The inverse of the transpose is the transpose of the inverse: nothing needs turning.
    const work = entriesOf(out, i * n * n, n * n);
    copyMatrix(matrix, work, dtype, 'C');
    if (native().getrf(letter, n, n, work, n, pivots) > 0) throw singular();
    if (native().getri(letter, n, work, n, pivots) > 0) throw singular();
    i++;
  }
  return out;
}

/**
 * The determinant: sign · exp(log|det|) from the LU factors, as NumPy computes it.
 *
 * a (…, n, n) → (…). LAPACK getrf. 1 for an empty matrix. float32 and complex64 stay single, integers and bool become
 * float64.
 *
 * @throws AppError 'linalg' "Last 2 dimensions of the array must be square"; 'memory'.
 * @example Math.round(Number(det(array([[2, 0], [0, 4]])).item())) // 8
 */
export function det(a: NDArray): NDArray {
  requireSquare(a);
  const { shape } = stackShape(a);
  const dtype = commonType(a);
  const out = unset(shape, dtype);
  const parts = out.entries;
  const values = entriesOf(out, 0, out.size);
  if (inOneCall(a)) {
    determinants(a, scratch(dtype, out.size), scratch(realType(dtype), out.size), values);
    return out;
  }
  factored(a, (i, re, im, _, size) => {
    values[i * parts] = re * size;
    if (parts === 2) values[i * parts + 1] = im * size;
  });
  return out;
}

/**
 * Sign and natural logarithm of |det|, for determinants that overflow: `det(a) = sign · exp(logabsdet)`.
 *
 * a (…, n, n) → sign (…) of a's dtype (on the unit circle when complex), logabsdet (…) real. A singular matrix has
 * sign 0 and logabsdet −inf. LAPACK getrf.
 * @throws AppError 'linalg' "Last 2 dimensions of the array must be square"; 'memory'.
 * @example slogdet(array([[2, 0], [0, -4]])).sign.item() // -1
 */
export function slogdet(a: NDArray): { sign: NDArray; logabsdet: NDArray } {
  requireSquare(a);
  const { shape } = stackShape(a);
  const sign = unset(shape, commonType(a));
  const logabsdet = unset(shape, realType(commonType(a)));
  const parts = sign.entries;
  const signs = entriesOf(sign, 0, sign.size);
  const logs = entriesOf(logabsdet, 0, logabsdet.size);
  if (inOneCall(a)) {
    determinants(a, signs, logs, null);
    return { sign, logabsdet };
  }
  factored(a, (i, re, im, log) => {
    signs[i * parts] = re;
    if (parts === 2) signs[i * parts + 1] = im;
    logs[i] = log;
  });
  return { sign, logabsdet };
}

/** Of many small matrices in one call. */
function determinants(a: NDArray, signs: Floats, logs: Floats, sizes: Floats | null): void {
  const dtype = commonType(a);
  const { n } = matrixShape(a);
  guard('The determinant', a, n * n, dtype, 0);
  native().determinantStack(letterOf(dtype), stackShape(a).count, n, packedStack(a, dtype), signs, logs, sizes);
}

/** Hands over the determinant of each matrix of a stack in parts: its sign, log |det|, |det|. */
function factored(a: NDArray, take: (i: number, re: number, im: number, log: number, size: number) => void): void {
  const dtype = commonType(a);
  const letter = letterOf(dtype);
  const { n } = matrixShape(a);
  guard('The determinant', a, n * n, dtype, 0);
  const lu = scratch(dtype, n * n);
  const pivots = new Int32Array(n);
  const found = new Float64Array(4);
  let i = 0;
  for (const matrix of matricesOf(a)) {
    copyMatrix(matrix, lu, dtype, orientation(n, n));
    if (n > 0 && native().getrf(letter, n, n, lu, n, pivots) > 0) {
      take(i++, 0, 0, -Infinity, 0);
      continue;
    }
    native().determinant(letter, n, lu, Math.max(1, n), pivots, found);
    take(i++, found[0], found[1], found[2], found[3]);
  }
}

/**
 * The Cholesky factor of a Hermitian positive definite matrix: `a = L · Lᴴ`, or `a = Uᴴ · U` with `upper`.
 *
 * a (…, n, n) → the same shape, zero in the other triangle; only the lower triangle of `a` is read
 * (with `upper` the upper). LAPACK potrf. float32 and complex64 stay single, integers and bool become float64.
 *
 * @throws AppError 'linalg' "Matrix is not positive definite" (NaN is not found so, as in NumPy: it goes on into the
 * factor), "Last 2 dimensions of the array must be square"; 'memory'.
 * @example cholesky(array([[4, 2], [2, 5]])).tolist() // [[2, 0], [1, 2]]
 */
export function cholesky(a: NDArray, { upper = false }: { upper?: boolean } = {}): NDArray {
  requireSquare(a);
  const dtype = commonType(a);
  const { n } = matrixShape(a);
  const out = unset(a.shape, dtype);
  guard('The Cholesky factor', a, n, dtype, out.nbytes);
  if (out.size === 0) return out;
  const { count } = stackShape(a);
  const failed = native().choleskyStack(
    letterOf(dtype),
    // Python's truth, whatever it is that came.
    Boolean(upper),
    count,
    n,
    packedStack(a, dtype),
    entriesOf(out, 0, out.size),
  );
  if (failed === null) return out;
  const [which, info] = failed;
  const cell = a.ndim === 2 ? nonfiniteCell(upper ? triu(a) : tril(a)) : null;
  throw new AppError('linalg', 'Matrix is not positive definite', {
    argument: 'a',
    hint:
      cell ?? `Its leading ${info} × ${info} part is not${count > 1 ? ` in matrix ${which - 1} of the stack` : ''}.`,
  });
}

function singular(): AppError {
  return new AppError('linalg', 'Singular matrix', {
    argument: 'a',
    hint: 'It has no inverse. The pseudo-inverse (pinv) or least squares (lstsq) still give an answer.',
  });
}

function solveMismatch(b: NDArray, vector: boolean, rows: number, n: number): AppError {
  if (b.ndim === 0) {
    return new AppError(
      'value',
      'solve: Input operand 1 does not have enough dimensions (has 0, gufunc core with signature (m,m),(m,n)->(m,n) requires 2)',
      { argument: 'b' },
    );
  }
  const signature = vector ? '(m,m),(m)->(m)' : '(m,m),(m,n)->(m,n)';
  return new AppError(
    'value',
    `${vector ? 'solve1' : 'solve'}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ${signature} (size ${rows} is different from ${n})`,
    { argument: 'b' },
  );
}

/** Memory and integer limits of routines whose work space is a few matrices at most. */
function guard(what: string, a: NDArray, elements: number, dtype: FloatDType, result: number): void {
  requireStack(a);
  const item = (realType(dtype) === 'float32' ? 4 : 8) * (isComplexType(dtype) ? 2 : 1);
  const bytes = elements * item + result;
  requireMemory(bytes, () => `${what} of an array with shape ${shapeText(a.shape)} needs ${sizeInWords(bytes)}`);
  requireIntegers(what, a, Math.max(...a.shape.slice(-2)));
}
