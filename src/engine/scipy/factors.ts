/** scipy.linalg's LU and Cholesky factors, kept for solving again and again. One matrix at a time. */
import { AppError } from '#shared/errors.ts';
import { astype, copy } from '../cast.ts';
import { asarray, empty, unset, zeros } from '../create.ts';
import { doubt, listening } from '../doubts.ts';
import {
  commonType,
  asType,
  copyMatrix,
  entriesOf,
  type FloatDType,
  isComplexType,
  isSmall,
  letterOf,
  matricesOf,
  mostSmall,
  packedStack,
  realLetter,
  realType,
  requireFinite,
  requireSquare,
} from '../linalg/matrices.ts';
import { shapeText } from '../memory.ts';
import { type Floats, native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { tril, triu } from '../building.ts';
import { argmax } from '../searching.ts';
import { transpose } from '../shape.ts';
import type { Operand } from '../ufuncs/definition.ts';

/** The array as one matrix. @throws AppError 'value' for other dimensions. */
function oneMatrix(a: Operand, square: boolean): NDArray {
  const matrix = asarray(a);
  if (matrix.ndim !== 2 && square) throw new AppError('value', 'expected square matrix', { argument: 'a' });
  if (matrix.ndim !== 2)
    throw new AppError('value', `expected matrix, got an array of shape ${shapeText(matrix.shape)}`, { argument: 'a' });
  if (square && matrix.shape[0] !== matrix.shape[1])
    throw new AppError('value', 'expected square matrix', { argument: 'a' });
  requireFinite(matrix, 'a', 'value');
  return matrix;
}

/** A copy that LAPACK may overwrite: column after column. */
function columnMajor(a: NDArray, dtype: FloatDType): NDArray {
  const made = empty(a.shape, dtype, 'F');
  if (made.size > 0) copyMatrix(a, entriesOf(made, 0, made.size), dtype, 'F');
  return made;
}

const memory = (a: NDArray): ReturnType<typeof entriesOf> => entriesOf(a, 0, a.size);

/** Right-hand sides as columns, checked against the matrix. */
function columnsOf(b: Operand, n: number, dtype: FloatDType): { x: NDArray; count: number; vector: boolean } {
  const given = asarray(b);
  requireFinite(given, 'b', 'value');
  const vector = given.ndim === 1;
  if (given.ndim === 0) throw new AppError('index', 'tuple index out of range', { argument: 'b' });
  if (given.ndim > 2 || given.shape[0] !== n) {
    throw new AppError('value', `Shapes of a (${n}, ${n}) and b ${shapeText(given.shape)} are incompatible`, {
      argument: 'b',
    });
  }
  const matrix = vector ? given.view([n, 1], [given.strides[0], given.itemsize]) : given;
  return { x: columnMajor(matrix, dtype), count: matrix.shape[1], vector };
}

const result = (x: NDArray, vector: boolean): NDArray => (vector ? x.view([x.shape[0]], [x.strides[0]]) : x);

/**
 * P, L and U with `a = P · L · U`.
 *
 * a (m, n) → P (m, m), L (m, k) with a unit diagonal, U (k, n), k = min(m, n). LAPACK getrf. float32 and complex64 stay
 * single, integers and bool become float64; P is real.
 *
 * @example lu(array([[1, 2], [3, 4]])).P.tolist() // [[0, 1], [1, 0]]
 */
export function lu(a: Operand): { P: NDArray; L: NDArray; U: NDArray } {
  const given = asarray(a);
  const small = isSmall(given) ? smallLu(given) : null;
  if (small !== null) return small;
  const matrix = oneMatrix(given, false);
  const [m, n] = matrix.shape;
  const k = Math.min(m, n);
  const { lu: packed, piv } = factor(matrix);
  const [L, U] =
    packed.size <= fewEntries
      ? triangles(packed, k)
      : [copy(tril(packed.view([m, k], packed.strides), -1)), copy(triu(packed.view([k, n], packed.strides)))];
  const ones = L.data as Floats;
  for (let i = 0; i < k; i++) ones[L.start + i * (k + 1) * L.entries] = 1;
  const P = zeros([m, m], realType(L.dtype as FloatDType));
  const rows = permutation(piv, m);
  for (let i = 0; i < m; i++) P.data[P.start + rows[i] * m + i] = 1;
  return { P, L, U };
}

/** Null for what is not finite. */
function smallLu(a: NDArray): { P: NDArray; L: NDArray; U: NDArray } | null {
  const dtype = commonType(a);
  const { data, start, strides, shape } = asType(a, dtype);
  const [m, n] = shape;
  const k = Math.min(m, n);
  const unit = data.BYTES_PER_ELEMENT;
  const [P, L, U] = [unset([m, m], realType(dtype)), unset([m, k], dtype), unset([k, n], dtype)];
  const code = native().smallLu(
    letterOf(dtype),
    m,
    n,
    data,
    start,
    strides[0] / unit,
    strides[1] / unit,
    P.data,
    P.start,
    L.data,
    L.start,
    U.data,
    U.start,
  );
  return code === 0 ? { P, L, U } : null;
}

/** Entries up to which a triangle is copied here sooner than by way of a mask. */
const fewEntries = 4096;

/** What stands below and what stands above in the k columns and rows of factors that lie column after column. */
function triangles(packed: NDArray, k: number): [NDArray, NDArray] {
  const [m, n] = packed.shape;
  const dtype = packed.dtype as FloatDType;
  const [L, U] = [zeros([m, k], dtype), zeros([k, n], dtype)];
  const parts = packed.entries;
  const from = memory(packed);
  const [below, above] = [L.data as Floats, U.data as Floats];
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < m; i++) {
      const upper = i <= j;
      if (upper ? i >= k : j >= k) continue;
      const to = upper ? U.start + (i * n + j) * parts : L.start + (i * k + j) * parts;
      const at = (j * m + i) * parts;
      const target = upper ? above : below;
      target[to] = from[at];
      if (parts === 2) target[to + 1] = from[at + 1];
    }
  }
  return [L, U];
}

/** The rows of `a` in the order in which L · U has them. */
function permutation(piv: NDArray, m: number): number[] {
  const rows = Array.from({ length: m }, (_, i) => i);
  for (let i = 0; i < piv.size; i++) {
    const j = Number(piv.data[piv.start + i]);
    [rows[i], rows[j]] = [rows[j], rows[i]];
  }
  return rows;
}

function factor(matrix: NDArray): { lu: NDArray; piv: NDArray } {
  const dtype = commonType(matrix);
  const packed = columnMajor(matrix, dtype);
  const [m, n] = matrix.shape;
  const pivots = new Int32Array(Math.min(m, n));
  if (packed.size > 0) native().getrf(letterOf(dtype), m, n, memory(packed), m, pivots);
  const piv = unset([pivots.length], 'int32');
  for (let i = 0; i < pivots.length; i++) piv.data[piv.start + i] = pivots[i] - 1;
  return { lu: packed, piv };
}

/**
 * L and U packed in one matrix with the row exchanges (0-based), for `lu_solve`.
 *
 * a (m, n) → lu (m, n), piv (min(m, n),) int32; of a zero on U's diagonal there is a doubt. LAPACK getrf.
 * @example lu_factor(array([[1, 2], [3, 4]])).piv.tolist() // [1, 1]
 */
export function lu_factor(a: Operand): { lu: NDArray; piv: NDArray } {
  const found = factor(oneMatrix(a, false));
  if (listening() && found.lu.size > 0) {
    const [m, n] = found.lu.shape;
    const values = memory(found.lu);
    const parts = found.lu.entries;
    for (let i = 0; i < Math.min(m, n); i++) {
      const at = i * (m + 1) * parts;
      if (values[at] !== 0 || (parts === 2 && values[at + 1] !== 0)) continue;
      doubt(`Diagonal number ${i + 1} is exactly zero. Singular matrix.`);
      break;
    }
  }
  return found;
}

/**
 * The determinants of a stack: the products of U's diagonal, with the sign of the row exchanges, in double precision.
 *
 * a (…, n, n) → (…), float64 or complex128; 1 for empty matrices. LAPACK getrf of the transpose, as SciPy 1.17 does:
 * whole numbers come out whole more often than from NumPy's.
 * @throws AppError 'linalg' "Last 2 dimensions of the array must be square"; 'memory'.
 * @example det(array([[1, 2], [3, 4]])).item() // -2
 */
export function det(a: Operand): NDArray {
  const stack = asarray(a);
  requireSquare(stack);
  const n = stack.shape.at(-1) ?? 0;
  const complex = isComplexType(commonType(stack));
  const leading = stack.shape.slice(0, -2);
  const made = empty(leading, complex ? 'complex128' : 'float64');
  const to = made.data as Float64Array;
  if (!complex && isSmall(stack)) {
    const dtype = commonType(stack);
    const { data, start, strides } = asType(stack, dtype);
    const unit = data.BYTES_PER_ELEMENT;
    to[made.start] = native().smallDet(realLetter(dtype), n, data, start, strides[0] / unit, strides[1] / unit);
    return made;
  }
  let at = made.start;
  for (const matrix of matricesOf(stack)) {
    const { lu: packed, piv } = factor(transpose(matrix));
    const from = memory(packed);
    let [re, im] = [1, 0];
    for (let i = 0; i < n; i++) {
      const k = i * (n + 1);
      const flip = Number(piv.data[piv.start + i]) === i ? 1 : -1;
      if (complex) {
        const [x, y] = [from[2 * k], from[2 * k + 1]];
        [re, im] = [flip * (re * x - im * y), flip * (re * y + im * x)];
      } else re *= flip * from[k];
    }
    to[at++] = re;
    if (complex) to[at++] = im;
  }
  return made;
}

/**
 * The rows of `L · U` that the rows of a are, by the matrix P of `lu`: `a = (L · U)[rows]`.
 *
 * P (m, m) of any dtype → (m,), int32.
 *
 * @example rowsOf(lu(array([[1, 2], [3, 4]])).P).tolist() // [1, 0]
 */
export function rowsOf(P: NDArray): NDArray {
  return P.size === 0 ? empty([0], 'int32') : astype(argmax(P, { axis: 1 }), 'int32');
}

/**
 * Solves `a · x = b` (trans 1: aᵀ, 2: aᴴ) with the factors of `lu_factor`. LAPACK getrs. lu (n, n), piv (n,), b (n,) or
 * (n, k) → x of the shape of b; float32 and complex64 stay single where both are.
 *
 * @throws AppError 'index' "tuple index out of range"; 'value' "Shapes of lu … and b … are incompatible", "expected the
 * square factors of lu_factor and their row exchanges", "trans must be 0, 1 or 2".
 * @example lu_solve(lu_factor(array([[2, 0], [0, 4]])), array([1, 1])).tolist() // [0.5, 0.25]
 */
export function lu_solve(
  { lu: packed, piv }: { lu: NDArray; piv: NDArray },
  b: Operand,
  trans: 0 | 1 | 2 = 0,
): NDArray {
  const right = asarray(b);
  if (right.ndim === 0) throw new AppError('index', 'tuple index out of range', { argument: 'b' });
  if (right.shape[0] !== packed.shape[0])
    throw new AppError(
      'value',
      `Shapes of lu ${shapeText(packed.shape)} and b ${shapeText(right.shape)} are incompatible`,
      {
        argument: 'b',
      },
    );
  const dtype = commonType(packed, right);
  if (right.size === 0) return empty(right.shape, dtype);
  if (packed.ndim !== 2 || packed.shape[0] !== packed.shape[1] || piv.ndim !== 1 || piv.size !== packed.shape[0]) {
    throw new AppError('value', 'expected the square factors of lu_factor and their row exchanges', {
      argument: 'lu_and_piv',
    });
  }
  if (![0, 1, 2].includes(trans)) throw new AppError('value', 'trans must be 0, 1 or 2', { argument: 'trans' });
  const n = packed.shape[0];
  const pivots = new Int32Array(n);
  const listed = piv.cContiguous ? piv : copy(piv);
  for (let i = 0; i < n; i++) {
    const p = Number(listed.data[listed.start + i]);
    if (!(p >= 0 && p < n))
      throw new AppError('value', 'a row exchange lies outside of the matrix', { argument: 'lu_and_piv' });
    pivots[i] = p + 1;
  }
  const { x, count, vector } = columnsOf(b, n, dtype);
  const factors = columnMajor(packed, dtype);
  if (x.size > 0)
    native().getrs(
      letterOf(dtype),
      (['N', 'T', 'C'] as const)[trans],
      n,
      count,
      memory(factors),
      n,
      pivots,
      memory(x),
      n,
    );
  return result(x, vector);
}

/**
 * Solves a triangular system `a · x = b`; the other triangle is not looked at. LAPACK trtrs.
 *
 * a (n, n), b (n,) or (n, k) → x of the shape of b. float32 and complex64 stay single where both are, integers and bool
 * become float64.
 *
 * @throws AppError 'linalg' "singular matrix: resolution failed at diagonal 1".
 * @example solve_triangular(array([[2, 1], [0, 4]]), array([3, 4])).tolist() // [1, 1]
 */
export function solve_triangular(
  a: Operand,
  b: Operand,
  {
    trans = 0,
    lower = false,
    unit_diagonal = false,
  }: { trans?: 0 | 1 | 2; lower?: boolean; unit_diagonal?: boolean } = {},
): NDArray {
  const matrix = oneMatrix(a, true);
  const dtype = commonType(matrix, asarray(b));
  const n = matrix.shape[0];
  const { x, count, vector } = columnsOf(b, n, dtype);
  const factors = columnMajor(matrix, dtype);
  if (x.size === 0) return result(x, vector);
  const info = native().trtrs(
    letterOf(dtype),
    lower ? 'L' : 'U',
    (['N', 'T', 'C'] as const)[trans],
    unit_diagonal ? 'U' : 'N',
    n,
    count,
    memory(factors),
    n,
    memory(x),
    n,
  );
  if (info > 0)
    throw new AppError('linalg', `singular matrix: resolution failed at diagonal ${info - 1}`, { argument: 'a' });
  return result(x, vector);
}

/**
 * The Cholesky factor for `cho_solve`; the other triangle holds what `a` had there. LAPACK potrf.
 *
 * a (n, n) → c (n, n). float32 and complex64 stay single, integers and bool become float64.
 *
 * @throws AppError 'linalg' "2-th leading minor of the array is not positive definite".
 * @example cho_factor(array([[4, 2], [2, 5]])).c.tolist() // [[2, 1], [2, 2]]
 */
export function cho_factor(a: Operand, lower = false): { c: NDArray; lower: boolean } {
  const matrix = oneMatrix(a, true);
  const dtype = commonType(matrix);
  const c = columnMajor(matrix, dtype);
  const n = matrix.shape[0];
  const info = n === 0 ? 0 : native().potrf(letterOf(dtype), lower ? 'L' : 'U', n, memory(c), n);
  if (info > 0)
    throw new AppError('linalg', `${info}-th leading minor of the array is not positive definite`, { argument: 'a' });
  return { c, lower };
}

/**
 * SciPy's Cholesky factor: `a = Uᴴ · U`, or `a = L · Lᴴ` with `lower`; zeros in the other triangle. LAPACK potrf.
 *
 * a (n, n) → (n, n). float32 and complex64 stay single, integers and bool become float64.
 *
 * @throws AppError 'linalg' "2-th leading minor of the array is not positive definite"; 'value' for other shapes.
 * @example cholesky_factor(array([[4, 2], [2, 5]])).tolist() // [[2, 1], [0, 2]]
 */
export function cholesky_factor(a: Operand, lower = false): NDArray {
  const given = asarray(a);
  if (isSmall(given) && given.shape[0] === given.shape[1]) {
    const found = smallCholesky(given, lower);
    if (found !== null) return found;
  }
  const { c } = cho_factor(given, lower);
  return copy(lower ? tril(c) : triu(c));
}

/** Null for what is not finite or not positive definite. */
function smallCholesky(a: NDArray, lower: boolean): NDArray | null {
  requireFinite(a, 'a', 'value');
  const dtype = commonType(a);
  const out = unset(a.shape, dtype);
  const packed = packedStack(a, dtype);
  const failed = native().choleskyStack(letterOf(dtype), !lower, 1, a.shape[0], packed, entriesOf(out, 0, out.size));
  return failed === null ? out : null;
}

/**
 * Solves `a · x = b` with the factor of `cho_factor`: two triangular systems.
 *
 * c (n, n), b (n,) or (n, k) → x of the shape of b. float32 and complex64 stay single where both are.
 *
 * @throws AppError 'value' "The factored matrix c is not square.", "incompatible dimensions (… and …)"; 'index' "tuple
 * index out of range".
 * @example cho_solve(cho_factor(array([[4, 0], [0, 9]])), array([8, 9])).tolist() // [2, 1]
 */
export function cho_solve({ c, lower }: { c: NDArray; lower: boolean }, b: Operand): NDArray {
  if (c.ndim !== 2 || c.shape[0] !== c.shape[1])
    throw new AppError('value', 'The factored matrix c is not square.', { argument: 'c_and_lower' });
  const right = asarray(b);
  if (right.ndim === 0) throw new AppError('index', 'tuple index out of range', { argument: 'b' });
  if (right.shape[0] !== c.shape[1])
    throw new AppError('value', `incompatible dimensions (${shapeText(c.shape)} and ${shapeText(right.shape)})`, {
      argument: 'b',
    });
  const dtype = commonType(c, right);
  if (isSmall(c) && right.size > 0 && right.ndim <= 2 && (right.ndim === 1 || right.shape[1] <= mostSmall)) {
    const found = smallChoSolve(asType(c, dtype), lower, asType(right, dtype), dtype);
    if (found !== null) return found;
  }
  const adjoint = isComplexType(c.dtype) ? 2 : 1;
  const first = solve_triangular(c, b, { lower, trans: lower ? 0 : adjoint });
  return solve_triangular(c, first, { lower, trans: lower ? adjoint : 0 });
}

/** Null for what is not finite, and for factors that are singular. */
function smallChoSolve(c: NDArray, lower: boolean, b: NDArray, dtype: FloatDType): NDArray | null {
  const vector = b.ndim === 1;
  const x = unset(b.shape, dtype);
  const unit = c.data.BYTES_PER_ELEMENT;
  const code = native().smallChoSolve(
    letterOf(dtype),
    lower,
    c.shape[0],
    vector ? 1 : b.shape[1],
    c.data,
    c.start,
    c.strides[0] / unit,
    c.strides[1] / unit,
    b.data,
    b.start,
    b.strides[0] / unit,
    vector ? 0 : b.strides[1] / unit,
    x.data,
    x.start,
  );
  return code === 0 ? x : null;
}
