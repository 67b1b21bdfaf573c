/** Direct solution of sparse systems: LU factors, complete and incomplete. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray, copy as copyArray, copyInto } from '../../cast.ts';
import { type ArrayLike, asarray, empty, full, zeros } from '../../create.ts';
import { entriesOf, type FloatDType, letterOf } from '../../linalg/matrices.ts';
import { shapeText } from '../../memory.ts';
import { native } from '../../native.ts';
import type { NativeColumns, NativeLu } from '../../native-sparse.ts';
import type { NDArray } from '../../ndarray.ts';
import { can_cast, promote_types } from '../../promotion.ts';
import { sum_duplicates } from '../canonical.ts';
import { csc_array, makeSparse, type SparseLike } from '../construct.ts';
import { astype, copy, tocoo, tocsc, withKind } from '../convert.ts';
import { arrayOf, newFrom } from '../index-lists.ts';
import { nonfiniteEntry } from '../nonfinite.ts';
import { Compressed, Coordinates, issparse, Sparse } from '../sparse-array.ts';
import { identity } from '../build.ts';
import { SparseError } from '../sparse-error.ts';
import { entries, nonzeroPlaces, pick } from '../values.ts';

const singular = (a: Sparse): SparseError =>
  new SparseError('RuntimeError', 'Factor is exactly singular', {
    argument: 'A',
    hint: nonfiniteEntry(a) ?? 'The rows of the matrix depend on each other; there is no unique solution.',
  });

/** What the addon calls SuperLU's column orders. */
const orders = { NATURAL: 'natural', COLAMD: 'columns', MMD_ATA: 'columns', MMD_AT_PLUS_A: 'symmetric' } as const;

type Ordering = keyof typeof orders;

export interface FactorOptions {
  /**
   * In which order columns are eliminated: 'NATURAL' as they are, 'COLAMD' and 'MMD_ATA' for whatever pivots may come,
   * 'MMD_AT_PLUS_A' for pivots from the diagonal. Without it the last where pivots are certain to be there (symmetric
   * structure, |a_jj| ≥ Σ |a_ij|), else 'COLAMD'.
   */
  permc_spec?: Ordering | null;
  /** A diagonal element is taken as pivot when it is at least this share of the largest in its column. */
  diag_pivot_thresh?: number | null;
}

/** The matrix as compressed columns of a floating dtype without duplicates; its own memory is left alone. */
function prepared(A: SparseLike): Compressed {
  const columns = tocsc(A instanceof Sparse ? A : makeSparse('csc', 'array', A));
  const [m, n] = columns.shape2d;
  if (m !== n) throw new AppError('value', 'can only factor square matrices', { argument: 'A' });
  const real = asFloat(columns);
  const own = real === columns && real.canonical !== true ? copy(real) : real;
  sum_duplicates(own);
  return own;
}

/**
 * As SciPy's _asfptype: the smallest floating dtype that holds the values.
 *
 * a (m, n): float32 of bool and of integers of 8 and 16 bits, float64 of wider ones; other dtypes stay.
 *
 * @example asFloat(csr_matrix([[1, 2]])).dtype // 'float64'
 */
export function asFloat<S extends Sparse>(a: S): S {
  if (['float32', 'float64', 'complex64', 'complex128'].includes(a.dtype)) return a;
  return astype(a, can_cast(a.dtype, 'float32') ? 'float32' : 'float64');
}

/** Vectors and matrices of right-hand sides column after column, in the dtype of the factors. */
function columnsOf(b: NDArray, dtype: FloatDType): NDArray {
  const made = empty(b.shape, dtype, 'F');
  if (b.size > 0) copyInto(made, b);
  return made;
}

/**
 * LU factors of a sparse matrix, `Pr · A · Pc = L · U`: made by `splu` and `spilu`.
 *
 * `perm_r[i]` is the row of L · U into which row i of A goes, `perm_c` likewise for columns.
 */
export class SuperLU {
  readonly shape: readonly [number, number];
  readonly dtype: FloatDType;
  private readonly factors: NativeLu | null;
  private found: { L: Compressed; U: Compressed; perm_r: NDArray; perm_c: NDArray } | undefined;

  constructor(n: number, dtype: FloatDType, factors: NativeLu | null) {
    this.shape = [n, n];
    this.dtype = dtype;
    this.factors = factors;
  }

  /** The factors as an operator of the addon, null of a 0 × 0 matrix. */
  get handle(): NativeLu | null {
    return this.factors;
  }

  /**
   * x with `A · x = b`, or `Aᵀ · x = b` ('T'), `Aᴴ · x = b` ('H').
   *
   * b (n,) or (n, k) → x like b, in the dtype of the factors.
   *
   * @throws AppError 'value' "b is of incompatible size", "trans must be N, T, or H"; 'dtype' for complex b and real
   * factors.
   * @example splu(csc_matrix([[4, 0], [1, 2]])).solve(array([4, 2]), 'T').tolist() // [0.75, 1]
   */
  solve(b: ArrayLike, trans: 'N' | 'T' | 'H' = 'N'): NDArray {
    const given = asarray(b);
    if (!['N', 'T', 'H'].includes(trans))
      throw new AppError('value', 'trans must be N, T, or H', { argument: 'trans' });
    if (given.ndim > 2) throw new AppError('value', 'object too deep for desired array', { argument: 'b' });
    if (given.ndim === 0 || given.shape[0] !== this.shape[0])
      throw new AppError('value', 'b is of incompatible size', { argument: 'b' });
    if (given.dtype.startsWith('complex') && !this.dtype.startsWith('complex')) {
      throw new AppError(
        'dtype',
        `Cannot cast array data from dtype('${given.dtype}') to dtype('${this.dtype}') according to the rule 'safe'`,
        {
          argument: 'b',
          hint: 'Solve for the real and the imaginary part one by one.',
        },
      );
    }
    const x = columnsOf(given, this.dtype);
    if (x.size > 0)
      this.factors?.solve(letterOf(this.dtype), entriesOf(x, 0, x.size), x.ndim === 1 ? 1 : x.shape[1], trans);
    return x;
  }

  private get parts(): { L: Compressed; U: Compressed; perm_r: NDArray; perm_c: NDArray } {
    this.found ??= this.extract();
    return this.found;
  }

  private extract(): { L: Compressed; U: Compressed; perm_r: NDArray; perm_c: NDArray } {
    const n = this.shape[0];
    if (this.factors === null) {
      const none = csc_array({ shape: [n, n] }, { dtype: this.dtype });
      return { L: none, U: none, perm_r: empty(n, 'int32'), perm_c: empty(n, 'int32') };
    }
    const { l, u, permR, permC } = this.factors.parts();
    const matrix = ({ indptr, indices, data }: NativeColumns): Compressed => {
      const values = empty(indices.length, this.dtype);
      entries(values).set(data);
      const made = new Compressed('csc', 'array', [n, n], newFrom(indptr), newFrom(indices), values);
      sum_duplicates(made);
      return made;
    };
    return { L: matrix(l), U: matrix(u), perm_r: arrayOf(newFrom(permR)), perm_c: arrayOf(newFrom(permC)) };
  }

  /** The lower factor, ones on its diagonal. */
  get L(): Compressed {
    return this.parts.L;
  }

  /** The upper factor. */
  get U(): Compressed {
    return this.parts.U;
  }

  /** Where each row of A goes: (n,), int32. */
  get perm_r(): NDArray {
    return this.parts.perm_r;
  }

  /** Where each column of A goes: (n,), int32. */
  get perm_c(): NDArray {
    return this.parts.perm_c;
  }

  /** Entries of both factors. */
  get nnz(): number {
    return this.L.nnz + this.U.nnz;
  }
}

function factorise(
  A: SparseLike,
  options: FactorOptions,
  incomplete: { drop_tol: number; fill_factor: number } | null,
): SuperLU {
  const a = prepared(A);
  const [n] = a.shape2d;
  const dtype = a.dtype as FloatDType;
  const { permc_spec = null, diag_pivot_thresh = null } = options;
  if (permc_spec !== null && !Object.hasOwn(orders, permc_spec)) {
    throw new AppError('value', "invalid value for 'ColPerm' parameter", { argument: 'permc_spec' });
  }
  if (n === 0) return new SuperLU(0, dtype, null);
  if (!(a.minor instanceof Int32Array) || !(a.pointers instanceof Int32Array))
    throw new AppError('value', 'indices values too large for SuperLU');
  // What is no number has no pivots.
  if (nonfiniteEntry(a) !== null) throw singular(a);
  const { SparseLu } = native();
  const lu = new SparseLu(
    letterOf(dtype),
    n,
    n,
    a.pointers,
    a.minor,
    entriesOf(a.data, 0, a.data.size),
    permc_spec === null ? '' : orders[permc_spec],
    diag_pivot_thresh ?? -1,
    incomplete !== null,
    incomplete?.drop_tol ?? 0,
    incomplete?.fill_factor ?? 0,
  );
  if (lu.singular) throw singular(a);
  return new SuperLU(n, dtype, lu);
}

/**
 * LU factors of a square sparse matrix for solving again and again: `splu(A).solve(b)`.
 *
 * A (n, n), integers count as floats. Eigen's SparseLU, supernodal with partial pivoting, after Demmel, Eisenstat,
 * Gilbert, Li, Liu: A supernodal approach to sparse partial pivoting (SIAM J. Matrix Anal. Appl. 20, 1999). float32 and
 * complex64 stay single; integers of 32 and 64 bits are taken as float64, smaller ones as float32.
 *
 * @throws SparseError RuntimeError "Factor is exactly singular", also for NaN and infinity
 * (naming the first such entry); AppError 'value' "can only factor square matrices".
 * @example splu(csc_matrix([[4, 0], [1, 2]])).solve(array([4, 5])).tolist() // [1, 2]
 */
export function splu(A: SparseLike, options: FactorOptions = {}): SuperLU {
  return factorise(A, options, null);
}

/**
 * Incomplete LU factors: small entries are dropped, for use as a preconditioner.
 *
 * `drop_tol`: entries below this share of their row are dropped; `fill_factor`: how many times the entries of A the
 * factors may have. Eigen's IncompleteLUT after Saad: ILUT (Numer. Linear Algebra Appl. 1, 1994); SciPy drops by
 * another rule, so that the factors differ in detail. Rows are not exchanged there: where the factors turn out to be of
 * no use for that reason (zeros on the diagonal), they are the complete ones with pivoting.
 *
 * A (n, n), dtypes as of `splu`.
 *
 * @throws SparseError RuntimeError "Factor is exactly singular"; 'value' "invalid value for 'ILU_DropTol' parameter",
 * "invalid value for 'ILU_FillFactor' parameter".
 * @example spilu(csc_matrix([[4, 0], [1, 2]])).solve(array([4, 5])).tolist() // [1, 2]
 */
export function spilu(
  A: SparseLike,
  { drop_tol = 1e-4, fill_factor = 10 }: { drop_tol?: number; fill_factor?: number } = {},
): SuperLU {
  if (!(drop_tol >= 0))
    throw new AppError('value', "invalid value for 'ILU_DropTol' parameter", { argument: 'drop_tol' });
  if (!(fill_factor >= 1))
    throw new AppError('value', "invalid value for 'ILU_FillFactor' parameter", { argument: 'fill_factor' });
  const a = prepared(A);
  let made: SuperLU | null = null;
  try {
    made = factorise(a, {}, { drop_tol, fill_factor: Math.ceil(Math.min(fill_factor, 2 ** 30)) });
  } catch (error) {
    if (!(error instanceof SparseError)) throw error;
  }
  return made !== null && (made.handle === null || isUseful(made, a)) ? made : factorise(a, {}, null);
}

/** Whether the factors send the row sums of a back to something like ones (Chow, Saad, J. Comput. Appl. Math. 86, 1997). */
function isUseful(lu: SuperLU, a: Compressed): boolean {
  const sums = zeros([a.shape2d[0]], a.dtype);
  const parts = sums.entries;
  const [to, from] = [entriesOf(sums, 0, sums.size), entriesOf(a.data, 0, a.data.size)];
  for (let k = 0; k < a.data.size; k++) {
    for (let part = 0; part < parts; part++) to[parts * Number(a.minor[k]) + part] += from[parts * k + part];
  }
  const x = lu.solve(sums);
  const found = entriesOf(x, 0, x.size);
  // Of few unknowns, complete factors cost nothing worth speaking of.
  const most = a.shape2d[0] <= 5000 ? 0.5 : 100;
  return found.every((value, i) => Math.abs(value - (i % parts === 0 ? 1 : 0)) <= most);
}

/**
 * A function b ↦ x with `A · x = b`.
 *
 * A (n, n); b (n,) or (n, k) → x of the shape of b. Dtypes as of `splu`.
 *
 * @example factorized(csc_matrix([[4, 0], [1, 2]]))(array([4, 5])).tolist() // [1, 2]
 */
export function factorized(A: SparseLike): (b: ArrayLike) => NDArray {
  const lu = splu(A);
  return (b) => lu.solve(b);
}

/**
 * x with `A · x = b`, for dense or sparse b. A singular A gives NaN throughout, as SciPy does with a warning.
 *
 * A (n, n), b (n,) or (n, k) → x like b; sparse b (k > 1) → sparse x. float32 and complex64 stay single; integers of 32
 * and 64 bits become float64.
 *
 * @throws AppError 'value' "matrix must be square (has shape (2, 3))".
 * @example spsolve(csr_matrix([[2, 0], [0, 4]]), array([2, 2])).tolist() // [1, 0.5]
 */
export function spsolve(A: SparseLike, b: Sparse | ArrayLike): NDArray | Sparse {
  let a = A instanceof Compressed ? A : tocsc(A instanceof Sparse ? A : makeSparse('csc', 'array', A));
  sum_duplicates(a);
  a = asFloat(a);
  const right = issparse(b) ? b : asarray(b);
  const dtype = promote_types(a.dtype, right.dtype) as FloatDType;
  if (a.dtype !== dtype) a = astype(a, dtype);
  const [m, n] = a.shape2d;
  if (m !== n) throw new AppError('value', `matrix must be square (has shape ${shapeText([m, n])})`, { argument: 'A' });
  const rows = issparse(right) ? right.shape2d[right.ndim === 1 ? 1 : 0] : right.shape[0];
  if (right.ndim === 0 || right.ndim > 2 || m !== rows) {
    throw new AppError('value', `matrix - rhs dimension mismatch (${shapeText(a.shape)} - ${rows ?? ''})`, {
      argument: 'b',
    });
  }
  const vector = right.ndim === 1 || right.shape[1] === 1;
  if (issparse(right) && !vector) return solveSparse(a, right, dtype);
  const dense = castArray(issparse(right) ? denseColumn(right) : right, dtype);
  let x: NDArray;
  try {
    x = splu(a).solve(dense);
  } catch (error) {
    if (!(error instanceof SparseError)) throw error;
    x = full(dense.shape, Number.NaN, dtype);
  }
  return vector ? copyArray(x).view([m], [x.itemsize]) : x;
}

function denseColumn(b: Sparse): NDArray {
  const made = zeros(
    b.shape.reduce((x, y) => x * y, 1),
    b.dtype,
  );
  const coo = tocoo(b);
  const at = b.ndim === 1 ? coo.cols : coo.rows;
  const [source, target, parts] = [entries(coo.data), entries(made), made.entries];
  for (let p = 0; p < coo.nnz; p++) for (let e = 0; e < parts; e++) target[at[p] * parts + e] += source[p * parts + e];
  return made;
}

/** Column by column; zeros of the solution are not stored. */
function solveSparse(a: Compressed, b: Sparse, dtype: FloatDType): Sparse {
  const lu = splu(a);
  const columns = tocsc(b.dtype === dtype ? b : astype(b, dtype));
  const n = a.shape2d[0];
  const [rows, cols]: [number[], number[]] = [[], []];
  const values: NDArray[] = [];
  const x = zeros(n, dtype);
  for (let j = 0; j < columns.shape2d[1]; j++) {
    const [target, source, parts] = [entries(x), entries(columns.data), x.entries];
    target.fill(0);
    for (let p = columns.pointers[j]; p < columns.pointers[j + 1]; p++) {
      for (let e = 0; e < parts; e++) target[columns.minor[p] * parts + e] += source[p * parts + e];
    }
    const solved = lu.solve(x);
    const kept = nonzeroPlaces(solved);
    for (const i of kept) {
      rows.push(i);
      cols.push(j);
    }
    values.push(pick(solved, kept));
  }
  const data = empty(rows.length, dtype);
  let at = 0;
  for (const part of values) {
    entries(data).set(entries(part), at * data.entries);
    at += part.size;
  }
  const lists = [rows, cols].map((list) => newFrom(Float64Array.from(list), false));
  return makeSparse(a.format, a.kind, new Coordinates(a.kind, [n, columns.shape2d[1]], lists, data, false));
}

/**
 * The inverse of a sparse matrix, sparse as well (though mostly full): prefer `splu(A).solve`.
 *
 * Of a 1 × 1 matrix it is a dense vector, as in SciPy.
 *
 * A (n, n) → (n, n); float32 and complex64 stay single, integers of 32 and 64 bits become float64.
 *
 * @throws AppError 'dtype' "Input must be a sparse arrays"; SparseError RuntimeError when A is singular; 'value'
 * "matrix must be square (has shape …)".
 * @example toarray(inv(csc_matrix([[2, 0], [0, 4]]))).tolist() // [[0.5, 0], [0, 0.25]]
 */
export function inv(A: Sparse): Sparse | NDArray {
  if (!issparse(A)) throw new AppError('dtype', 'Input must be a sparse arrays', { argument: 'A' });
  const [m, n] = A.shape2d;
  if (m !== n) throw new AppError('value', `matrix must be square (has shape ${shapeText([m, n])})`, { argument: 'A' });
  const unit = withKind(identity(n, { dtype: A.dtype, format: 'csc' }), A.kind);
  return spsolve(A, unit);
}
