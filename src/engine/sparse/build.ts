/** Sparse matrices from diagonals and Kronecker products; parts of one. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { broadcast_to, copyInto } from '../cast.ts';
import { type ArrayLike, asarray, empty, ones, zeros } from '../create.ts';
import { commonType } from '../linalg/matrices.ts';
import { type NDArray } from '../ndarray.ts';
import { result_type } from '../promotion.ts';
import { atleast_1d, expand_dims, ravel } from '../shape.ts';
import { slice, sliced } from '../slicing.ts';
import { multiply as multiplyArrays } from '../ufuncs/arithmetic.ts';
import { sum_duplicates } from './canonical.ts';
import { makeSparse, type SparseLike } from './construct.ts';
import { asformat, tocoo, tocsr, withKind } from './convert.ts';
import { arrayOf, int32Max, newInts, pickInts, range } from './index-lists.ts';
import { Compressed, Coordinates, issparse, type Kind, Sparse } from './sparse-array.ts';
import { add } from './arithmetic.ts';
import { entries, head, nonzeroPlaces, pick } from './values.ts';

export interface BuildOptions {
  dtype?: DType;
  /** csr, csc, coo, dia; null: what comes first. */
  format?: string | null;
}

const isSparray = (x: unknown): boolean => issparse(x) && x.kind === 'array';
export const kindOf = (xs: readonly unknown[]): Kind => (xs.some(isSparray) ? 'array' : 'matrix');

function eyeOf(
  kind: Kind,
  m: number,
  n: number | null,
  k: number,
  { dtype = 'float64', format = null }: BuildOptions,
): Sparse {
  const [rows, cols] = [m, n ?? m];
  for (const count of [rows, cols]) {
    if (!Number.isInteger(count) || count < 0)
      throw new AppError('value', "'shape' elements cannot be negative", { argument: 'shape' });
  }
  if (rows === cols && k === 0 && (format === 'csr' || format === 'csc')) {
    const parts = { data: ones(rows, dtype), indices: arrayOf(range(rows)), indptr: arrayOf(range(rows + 1)) };
    const made = makeSparse(format, kind, parts, { shape: [rows, cols] }) as Compressed;
    made.canonical = true;
    return made;
  }
  if (rows === cols && k === 0 && format === 'coo') {
    return makeSparse(
      'coo',
      kind,
      { data: ones(rows, dtype), row: arrayOf(range(rows)), col: arrayOf(range(rows)) },
      { shape: [rows, cols] },
    );
  }
  const data = ones([1, Math.max(0, Math.min(rows + k, cols))], dtype);
  return fromDiagonals(kind, [sliced(data, 0)], [k], [rows, cols], { dtype, format });
}

/**
 * Ones on the k-th diagonal (m × n, n = m by default).
 *
 * (m, n), in dia unless a format is given; float64 unless another dtype is.
 *
 * @example toarray(eye(2)).tolist() // [[1, 0], [0, 1]]
 */
export function eye(m: number, n: number | null = null, k = 0, options: BuildOptions = {}): Sparse {
  return eyeOf('matrix', m, n, k, options);
}

/**
 * As `eye`, a sparse array. (m, n), float64 unless another dtype is given.
 * @example toarray(eye_array(2, 3)).tolist() // [[1, 0, 0], [0, 1, 0]]
 */
export function eye_array(m: number, n: number | null = null, k = 0, options: BuildOptions = {}): Sparse {
  return eyeOf('array', m, n, k, options);
}

/** The n × n identity. */
export function identity(n: number, options: BuildOptions = {}): Sparse {
  return eye(n, n, 0, options);
}

function fromDiagonals(
  kind: Kind,
  given: readonly NDArray[],
  offsets: readonly number[],
  shape: readonly number[] | null,
  { dtype, format = null }: BuildOptions,
): Sparse {
  if (given.length !== offsets.length) throw new AppError('value', 'Different number of diagonals and offsets.');
  if (given.length === 0 && shape === null)
    throw new AppError('value', 'without diagonals the shape must be given', { argument: 'shape' });
  const size = shape ?? [given[0].shape[0] + Math.abs(offsets[0]), given[0].shape[0] + Math.abs(offsets[0])];
  const [m, n] = size;
  const type = dtype ?? commonType(...given);
  const width = Math.max(0, ...offsets.map((k) => Math.min(m + k, n - k) + Math.max(0, k)));
  const data = zeros([offsets.length, width], type);
  given.forEach((diagonal, j) => {
    const k = offsets[j];
    const length = Math.min(m + k, n - k, Math.min(m, n));
    if (length < 0) throw new AppError('value', `Offset ${k} (index ${j}) out of bounds`);
    if (diagonal.shape[0] < length && diagonal.shape[0] !== 1) {
      throw new AppError(
        'value',
        `Diagonal length (index ${j}: ${diagonal.shape[0]} at offset ${k}) does not agree with array size (${m}, ${n}).`,
      );
    }
    const first = Math.max(0, k);
    copyInto(sliced(data, j, slice(first, first + length)), broadcast_to(sliced(diagonal, slice(0, length)), [length]));
  });
  return asformat(makeSparse('dia', kind, { data, offsets: [...offsets] }, { shape: size }), format);
}

function diagsOf(
  kind: Kind,
  diagonals: ArrayLike,
  offsets: number | readonly number[],
  shape: readonly number[] | null,
  options: BuildOptions,
): Sparse {
  if (typeof offsets === 'number') {
    const one = asarray(diagonals);
    const first = one.ndim === 2 && one.shape[0] === 1 ? sliced(one, 0) : one;
    if (first.ndim > 1) throw new AppError('value', 'Different number of diagonals and offsets.');
    return fromDiagonals(kind, [atleast_1d(first)], [offsets], shape, options);
  }
  const list = Array.isArray(diagonals)
    ? (diagonals as readonly ArrayLike[])
    : ([...asarray(diagonals)] as ArrayLike[]);
  return fromDiagonals(
    kind,
    list.map((d) => atleast_1d(asarray(d))),
    offsets,
    shape,
    options,
  );
}

/**
 * A matrix from its diagonals; a diagonal of length 1 is repeated.
 *
 * Diagonals (p,) → (m, n), square and just large enough by default; in dia unless a format is given; float32 and
 * complex64 stay single, integers become float64, unless a dtype is given.
 *
 * @throws AppError 'value' "Different number of diagonals and offsets.".
 * @example toarray(diags([[1, 2], [9]], [0, 1])).tolist() // [[1, 9], [0, 2]]
 */
export function diags(
  diagonals: ArrayLike,
  offsets: number | readonly number[] = 0,
  shape: readonly number[] | null = null,
  options: BuildOptions = {},
): Sparse {
  return diagsOf('matrix', diagonals, offsets, shape, options);
}

/**
 * As `diags`, a sparse array.
 *
 * Diagonals (p,) → (m, n), as of `diags`, with dtypes as there.
 *
 * @example toarray(diags_array([[1, 2]], [1])).tolist() // [[0, 1, 0], [0, 0, 2], [0, 0, 0]]
 */
export function diags_array(
  diagonals: ArrayLike,
  offsets: number | readonly number[] = 0,
  shape: readonly number[] | null = null,
  options: BuildOptions = {},
): Sparse {
  return diagsOf('array', diagonals, offsets, shape, options);
}

/**
 * A matrix from the rows of `data`, each placed on a diagonal by its columns.
 *
 * data (k, p), k diagonals → (m, n), of the dtype of `data`.
 *
 * @throws AppError 'value' "the shape is m and n, or m alone as a pair".
 * @example toarray(spdiags([[1, 2], [3, 4]], [0, 1], 2, 2)).tolist() // [[1n, 4n], [0n, 2n]]
 */
export function spdiags(
  data: ArrayLike,
  diagonals: number | readonly number[],
  m: number | readonly number[] | null = null,
  n: number | null = null,
  format: string | null = null,
): Sparse {
  const rows = asarray(data);
  const width = rows.shape.at(-1) ?? 0;
  const shape = m === null && n === null ? [width, width] : typeof m === 'number' && n !== null ? [m, n] : m;
  if (!Array.isArray(shape))
    throw new AppError('value', 'the shape is m and n, or m alone as a pair', { argument: 'm' });
  return asformat(
    makeSparse(
      'dia',
      'matrix',
      { data: rows, offsets: typeof diagonals === 'number' ? [diagonals] : [...diagonals] },
      { shape },
    ),
    format,
  );
}

/**
 * The Kronecker product: every entry of A times B, laid out in blocks. SciPy's result of a dense B has format bsr,
 * which the engine has not: there it is csr.
 *
 * A (k, l), B (m, n) → (k·m, l·n), of the dtype both promote to.
 *
 * @example toarray(kron(eye(2), csr_matrix([[1, 2]]))).tolist() // [[1, 2, 0, 0], [0, 0, 1, 2]]
 */
export function kron(A: SparseLike, B: SparseLike, format: string | null = null): Sparse {
  const kind = kindOf([A, B]);
  const [a, b] = [A, B].map((x) =>
    x instanceof Sparse ? tocoo(withKind(x, kind)) : (makeSparse('coo', kind, x) as Coordinates),
  );
  const blocks = format === null && 2 * b.nnz >= b.shape2d[0] * b.shape2d[1];
  if (blocks || format === 'csr') return kronOfRows(kind, tocsr(a), tocsr(b));
  const [m, n] = a.shape2d;
  const [p, q] = b.shape2d;
  const shape = [m * p, n * q];
  const wide = Math.max(...shape) > int32Max;
  const count = a.nnz * b.nnz;
  const [rows, cols] = [newInts(count, wide), newInts(count, wide)];
  const [across, down] = [b.cols, b.rows];
  const each = b.nnz;
  for (let i = 0, at = 0; i < a.nnz; i++) {
    const [row, col] = [a.rows[i] * p, a.cols[i] * q];
    for (let j = 0; j < each; j++, at++) {
      rows[at] = row + down[j];
      cols[at] = col + across[j];
    }
  }
  const made = new Coordinates(kind, shape, [rows, cols], ravel(everyProduct(a.data, b.data)), false);
  return asformat(made, format);
}

/** Each value of the one times each of the other: (n,), (m,) → (n, m). */
const everyProduct = (a: NDArray, b: NDArray): NDArray => multiplyArrays(expand_dims(a, 1), b);

/** The Kronecker product row after row, each row of A with each of B, so that nothing is left to be sorted. */
function kronOfRows(kind: Kind, a: Compressed, b: Compressed): Compressed {
  const [[m, n], [p, q]] = [a.shape2d, b.shape2d];
  const shape = [m * p, n * q];
  const [each, count] = [b.nnz, a.nnz * b.nnz];
  const wide = Math.max(...shape, count) > int32Max;
  const [pointers, minor] = [newInts(m * p + 1, wide), newInts(count, wide)];
  const products = everyProduct(head(a.data, a.nnz), head(b.data, each));
  const data = empty(count, products.dtype);
  const [source, target, parts] = [entries(products), entries(data), products.entries];
  let at = 0;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < p; j++) {
      for (let k = a.pointers[i]; k < a.pointers[i + 1]; k++) {
        const left = a.minor[k] * q;
        for (let l = b.pointers[j]; l < b.pointers[j + 1]; l++, at++) {
          minor[at] = left + b.minor[l];
          const from = (k * each + l) * parts;
          target[at * parts] = source[from];
          if (parts === 2) target[at * parts + 1] = source[from + 1];
        }
      }
      pointers[i * p + j + 1] = at;
    }
  }
  const facts = a.canonical === true && b.canonical === true ? { canonical: true } : {};
  return new Compressed('csr', kind, shape, pointers, minor, data, facts);
}

/**
 * kron(I, A) + kron(B, I). A (m, m), B (n, n) → (m·n, m·n), of the dtype both promote to.
 * @throws AppError 'value' "… is not square".
 * @example toarray(kronsum(csr_matrix([[1]]), csr_matrix([[2]]))).tolist() // [[3n]]
 */
export function kronsum(A: SparseLike, B: SparseLike, format: string | null = null): Sparse {
  const kind = kindOf([A, B]);
  const [a, b] = [A, B].map((x) => makeSparse('coo', kind, x));
  for (const x of [a, b]) {
    if (x.shape2d[0] !== x.shape2d[1]) throw new AppError('value', `${x === a ? 'A' : 'B'} is not square`);
  }
  const dtype = result_type([a.dtype, b.dtype]);
  const left = kron(eyeOf(kind, b.shape2d[0], null, 0, { dtype }), a, 'csr');
  const right = kron(b, eyeOf(kind, a.shape2d[0], null, 0, { dtype }), 'csr');
  return asformat(add(left, right) as Sparse, format);
}

function triangle(
  A: SparseLike,
  k: number,
  format: string | null,
  keep: (row: number, col: number) => boolean,
): Sparse {
  const kind = isSparray(A) ? 'array' : 'matrix';
  const coo = makeSparse('coo', kind, A) as Coordinates;
  const [rows, cols] = [coo.rows, coo.cols];
  const kept: number[] = [];
  for (let p = 0; p < coo.nnz; p++) if (keep(rows[p] + k, cols[p])) kept.push(p);
  const at = Float64Array.from(kept);
  return asformat(
    new Coordinates(kind, coo.shape, [pickInts(rows, at), pickInts(cols, at)], pick(coo.data, at), false),
    format,
  );
}

/**
 * The entries on and below the k-th diagonal.
 *
 * A (m, n) → (m, n), of A's dtype, in coo unless a format is given.
 *
 * @example toarray(tril(csr_matrix([[1, 2], [3, 4]]))).tolist() // [[1n, 0n], [3n, 4n]]
 */
export function tril(A: SparseLike, k = 0, format: string | null = null): Sparse {
  return triangle(A, k, format, (row, col) => row >= col);
}

/**
 * The entries on and above the k-th diagonal.
 *
 * A (m, n) → (m, n), of A's dtype, in coo unless a format is given.
 *
 * @example toarray(triu(csr_matrix([[1, 2], [3, 4]]))).tolist() // [[1n, 2n], [0n, 4n]]
 */
export function triu(A: SparseLike, k = 0, format: string | null = null): Sparse {
  return triangle(A, k, format, (row, col) => row <= col);
}

/**
 * Rows, columns and values of the elements that are not zero; duplicates are added up.
 *
 * A (m, n) → three lists (p,): int32 twice (int64 where the shape needs it), and A's dtype.
 *
 * @example find(csr_matrix([[0, 8], [9, 0]])).map((x) => x.tolist()) // [[0, 1], [1, 0], [8n, 9n]]
 */
export function find(A: SparseLike): [NDArray, NDArray, NDArray] {
  const coo = makeSparse('coo', 'array', A, { copy: true }) as Coordinates;
  sum_duplicates(coo);
  const kept = nonzeroPlaces(coo.data);
  return [arrayOf(pickInts(coo.rows, kept)), arrayOf(pickInts(coo.cols, kept)), pick(coo.data, kept)];
}
