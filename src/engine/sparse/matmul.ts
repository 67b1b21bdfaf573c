/** Matrix products of sparse matrices with sparse and dense ones. */
import { AppError } from '#shared/errors.ts';
import { ascontiguousarray, astype as castArray } from '../cast.ts';
import { ones, unset, zeros } from '../create.ts';
import { entriesOf, type FloatDType, letterOf } from '../linalg/matrices.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { promote_types } from '../promotion.ts';
import { reshape as reshapeArray } from '../shape.ts';
import { asformat, astype, emptySparse, reshape, tocsr, transpose, withKind } from './convert.ts';
import { newFrom, newInts } from './index-lists.ts';
import { Compressed, Diagonals, type Sparse } from './sparse-array.ts';
import { bytesOf, entries, head } from './values.ts';

const floats = new Set(['float32', 'float64', 'complex64', 'complex128']);

/** Threads may have changed what was checked when the matrix was made. */
function outOfRange(): AppError {
  return new AppError('value', 'column index exceeds matrix dimensions', {
    hint: 'The indices were changed after the matrix was made.',
  });
}

/**
 * `a @ b` of sparse matrices, in the format of the first (dia and coo: csr; dia with dia: dia).
 *
 * @throws AppError 'value' "matmul: dimension mismatch with signature (n,k=2),(k=3,m)->(n,m)".
 */
export function matmulSparse(a: Sparse, b: Sparse): Sparse {
  const k = a.shape2d[1];
  if (k !== b.shape[0]) {
    throw new AppError('value', `matmul: dimension mismatch with signature (n,k=${k}),(k=${b.shape[0]},m)->(n,m)`);
  }
  const left = a instanceof Compressed ? a : tocsr(a);
  const column = b.ndim === 1 ? reshape(b, [b.shape[0], 1]) : b;
  const right = withKind(asformat(column, left.format), left.kind) as Compressed;
  const made = product(left, right);
  if (a instanceof Diagonals && b instanceof Diagonals) return asformat(made, 'dia');
  const shape = [...(a.ndim === 2 ? [a.shape[0]] : []), ...(b.ndim === 2 ? [b.shape[1]] : [])];
  return shape.length === 2 || shape.length === 0 ? made : tocsr(reshape(made, shape));
}

function product(a: Compressed, b: Compressed): Compressed {
  const shape = [a.shape2d[0], b.shape2d[1]];
  const dtype = promote_types(a.dtype, b.dtype);
  // Columns of A · B are rows of Bᵀ · Aᵀ.
  const [x, y] = a.format === 'csr' ? [a, b] : [b, a];
  const [rows, mid] = x.majorMinor;
  const cols = y.majorMinor[1];
  if (x.minor instanceof Float64Array || y.minor instanceof Float64Array) {
    throw new AppError('value', 'products of matrices with more than 2147483647 rows or columns are not supported');
  }
  const [xp, xi, yp, yi] = [x.pointers, x.minor, y.pointers, y.minor] as Int32Array[];
  const pointers = newInts(rows + 1) as Int32Array;
  const count = native().csrMatmulCount(rows, mid, cols, xp, xi, yp, yi, pointers);
  if (count < 0) throw new AppError('memory', 'the product has more than 2147483647 entries');
  if (count === 0) return emptySparse(a.format, a.kind, shape, dtype) as Compressed;
  const values = (m: Compressed): Uint8Array => {
    const data = head(m.data, m.nnz);
    return bytesOf(data.dtype === dtype ? data : castArray(data, dtype));
  };
  const [minor, data] = [newInts(count) as Int32Array, unset([count], dtype)];
  const found = native().csrMatmul(
    dtype,
    rows,
    mid,
    cols,
    xp,
    xi,
    values(x),
    yp,
    yi,
    values(y),
    pointers,
    minor,
    bytesOf(data),
  );
  const kept = found === count ? minor : newFrom(minor.subarray(0, found));
  return new Compressed(a.format, a.kind, shape, pointers, kept, head(data, found));
}

/**
 * `a @ x` with a dense vector or matrix.
 *
 * a (m, n), x (n,) or (n, k) → (m,) or (m, k); float32 … complex128 natively on all processors, integers exactly.
 * @throws AppError 'value' "matmul: dimension mismatch with signature (n,k=3),(k=2,1?)->(n,1?)".
 * @example matmulDense(csr_matrix([[1, 2], [0, 3]]), array([1, 1])).tolist() // [3n, 3n]
 */
export function matmulDense(a: Sparse, x: NDArray): NDArray {
  const [m, n] = a.shape2d;
  if (x.ndim === 0 || x.ndim > 2) throw new AppError('value', 'could not interpret dimensions');
  if (x.shape[0] !== n) {
    const column = x.ndim === 1 || x.shape[1] === 1;
    throw new AppError(
      'value',
      `matmul: dimension mismatch with signature (n,k=${n}),(k=${x.shape[0]},${column ? '1?' : 'm'})->(n,${column ? '1?' : 'm'})`,
    );
  }
  const dtype = promote_types(a.dtype, x.dtype);
  const columns = x.ndim === 1 ? 1 : x.shape[1];
  const left = m * columns > 0 && n > 0 ? (a instanceof Compressed ? a : tocsr(a)) : null;
  const float = floats.has(dtype) && left?.minor instanceof Int32Array && left.pointers instanceof Int32Array;
  // Rows are written, what lies by columns or has no fast way is added up.
  const made = (float && !(left.format === 'csc' && columns === 1) ? unset : zeros)([m, columns], dtype);
  if (left !== null) {
    const right = ascontiguousarray(x, dtype);
    if (float) floatProduct(left, right, made, columns);
    else exactProduct(left, right, made, columns);
  }
  if (a.ndim === 1) return x.ndim === 1 ? reshapeArray(made, []) : reshapeArray(made, [columns]);
  return x.ndim === 1 ? reshapeArray(made, [m]) : made;
}

function floatProduct(given: Compressed, x: NDArray, y: NDArray, columns: number): void {
  const dtype = y.dtype as FloatDType;
  const typed = given.dtype === dtype ? given : astype(given, dtype, { copy: false });
  const byColumn = typed.format === 'csc' && columns === 1;
  const a = typed.format === 'csc' && !byColumn ? tocsr(typed) : typed;
  const [rows, cols] = a.majorMinor;
  const [pointers, minor] = [a.pointers as Int32Array, a.minor as Int32Array];
  const data = entriesOf(a.data, 0, a.data.size);
  const [from, to] = [entriesOf(x, 0, x.size), entriesOf(y, 0, y.size)];
  const letter = letterOf(dtype);
  const good = byColumn
    ? native().cscTimes(letter, rows, cols, pointers, minor, data, from, to)
    : native().csrTimes(letter, rows, cols, pointers, minor, data, from, to, columns);
  if (!good) throw outOfRange();
}

/** Integers and bool (or of ands), and matrices whose indices need 64 bits. */
function exactProduct(given: Compressed, x: NDArray, y: NDArray, columns: number): void {
  const a = given.dtype === y.dtype ? given : astype(given, y.dtype, { copy: false });
  const rows = a.pointers.length - 1;
  const [values, from, to] = [entries(a.data), entries(x), entries(y)];
  const [bool, parts] = [y.dtype === 'bool', y.entries];
  for (let i = 0; i < rows; i++) {
    for (let p = a.pointers[i]; p < a.pointers[i + 1]; p++) {
      const [row, col] = a.format === 'csr' ? [i, a.minor[p]] : [a.minor[p], i];
      for (let c = 0; c < columns; c++) {
        const [s, t] = [(col * columns + c) * parts, (row * columns + c) * parts];
        if (bool) to[t] |= values[p] & from[s];
        else if (parts === 1) to[t] += values[p] * from[s];
        else {
          to[t] += values[2 * p] * from[s] - values[2 * p + 1] * from[s + 1];
          to[t + 1] += values[2 * p] * from[s + 1] + values[2 * p + 1] * from[s];
        }
      }
    }
  }
}

/** `x @ a` with a dense vector or matrix on the left. */
export function rmatmulDense(a: Sparse, x: NDArray): NDArray {
  return matmulDense(transpose(a), x.ndim === 2 ? x.T : x).T;
}

/**
 * `a` to a whole power as a matrix: a @ a @ …; the identity for 0.
 *
 * a (n, n) → (n, n), of a's dtype.
 *
 * @throws AppError 'dtype' "sparse matrix is not square"; 'value' "exponent must be an integer", "exponent must be >=
 * 0".
 * @example toarray(matrix_power(csr_matrix([[1, 1], [0, 1]]), 3)).tolist() // [[1n, 3n], [0n, 1n]]
 */
export function matrix_power(a: Sparse, n: number): Sparse {
  const [rows, cols] = a.shape2d;
  if (rows !== cols) throw new AppError('dtype', 'sparse matrix is not square');
  if (!Number.isInteger(n)) throw new AppError('value', 'exponent must be an integer');
  if (n < 0) throw new AppError('value', 'exponent must be >= 0');
  if (n === 0) return identityLike(a);
  if (n === 1) return a;
  const half = matrix_power(a, Math.floor(n / 2));
  return matmulSparse(n % 2 === 1 ? matmulSparse(a, half) : half, half);
}

function identityLike(a: Sparse): Sparse {
  const n = a.shape2d[0];
  return new Diagonals('array', [n, n], newInts(1), ones([1, n], a.dtype));
}
