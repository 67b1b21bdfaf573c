/**
 * Sparse matrices in SciPy's formats. These classes hold the data; what can be done with them are functions beside.
 *
 * `kind` 'matrix' is SciPy's older interface (csr_matrix: `*` is the matrix product, results stay 2-d), 'array' the
 * newer one (csr_array: `*` is elementwise, rows and sums are 1-d).
 */
import type { DType } from '#shared/dtype.ts';
import type { NDArray } from '../ndarray.ts';
import { arrayOf, type Ints } from './index-lists.ts';

export type Format = 'csr' | 'csc' | 'coo' | 'dia';
export type Kind = 'matrix' | 'array';

/** What all formats share: a shape, values and how many are stored. */
export abstract class Sparse {
  abstract readonly format: Format;
  readonly kind: Kind;
  shape: readonly number[];
  data: NDArray;

  constructor(kind: Kind, shape: readonly number[], data: NDArray) {
    this.kind = kind;
    this.shape = shape;
    this.data = data;
  }

  /** The dtype of the values. */
  get dtype(): DType {
    return this.data.dtype;
  }

  /** How many axes it has: 2, or 1 of a 1-d array. */
  get ndim(): number {
    return this.shape.length;
  }

  /** Number of stored entries, explicit zeros and duplicates included. */
  abstract get nnz(): number;

  /** As `nnz`: SciPy's `size` counts what is stored. */
  get size(): number {
    return this.nnz;
  }

  /** Rows and columns; a 1-d array is one row. */
  get shape2d(): readonly [number, number] {
    return this.shape.length === 1 ? [1, this.shape[0]] : [this.shape[0], this.shape[1]];
  }
}

/** Compressed rows (csr) or columns (csc): `pointers[i] … pointers[i + 1]` are the entries of row i. */
export class Compressed extends Sparse {
  readonly format: 'csr' | 'csc';
  pointers: Ints;
  minor: Ints;
  /** Known facts; undefined when nobody has looked. */
  sorted: boolean | undefined;
  canonical: boolean | undefined;

  constructor(
    format: 'csr' | 'csc',
    kind: Kind,
    shape: readonly number[],
    pointers: Ints,
    minor: Ints,
    data: NDArray,
    facts: { sorted?: boolean; canonical?: boolean } = {},
  ) {
    super(kind, shape, data);
    this.format = format;
    this.pointers = pointers;
    this.minor = minor;
    this.canonical = facts.canonical;
    this.sorted = facts.canonical === true ? true : facts.sorted;
  }

  /** Number of stored entries. */
  get nnz(): number {
    return this.pointers[this.pointers.length - 1];
  }

  /** Number of compressed rows (csc: columns), and of places in each. */
  get majorMinor(): readonly [number, number] {
    const [m, n] = this.shape2d;
    return this.format === 'csr' ? [m, n] : [n, m];
  }

  /** The columns (csc: rows) of the entries: (nnz,), int32 or int64. */
  get indices(): NDArray {
    return arrayOf(this.minor);
  }

  /** Where each row (csc: column) begins among the entries: (m + 1,), csc (n + 1,), int32 or int64. */
  get indptr(): NDArray {
    return arrayOf(this.pointers);
  }
}

/** Coordinates (coo): one (row, column, value) per entry, in any order, duplicates add up. */
export class Coordinates extends Sparse {
  readonly format = 'coo';
  /** One list per axis. */
  coords: Ints[];
  canonical: boolean;

  constructor(kind: Kind, shape: readonly number[], coords: Ints[], data: NDArray, canonical = false) {
    super(kind, shape, data);
    this.coords = coords;
    this.canonical = canonical;
  }

  get nnz(): number {
    return this.data.size;
  }

  get rows(): Ints {
    return this.coords.length > 1 ? this.coords[0] : new Int32Array(this.nnz);
  }

  get cols(): Ints {
    return this.coords[this.coords.length - 1];
  }

  get row(): NDArray {
    return arrayOf(this.rows);
  }

  get col(): NDArray {
    return arrayOf(this.cols);
  }
}

/** Diagonals (dia): `data[d, j]` is the value in column j of the diagonal `offsets[d]` (column − row). */
export class Diagonals extends Sparse {
  readonly format = 'dia';
  diagonals: Ints;

  constructor(kind: Kind, shape: readonly number[], diagonals: Ints, data: NDArray) {
    super(kind, shape, data);
    this.diagonals = diagonals;
  }

  /** Which diagonals are stored: (k,), int32 or int64; 0 is the main one, those above it are positive. */
  get offsets(): NDArray {
    return arrayOf(this.diagonals);
  }

  /** Number of places inside the matrix that the diagonals have. */
  get nnz(): number {
    let sum = 0;
    for (const k of this.diagonals) {
      const [first, last] = diagonalColumns(this, k);
      sum += last - first;
    }
    return sum;
  }
}

/** First column and the one after the last that the diagonal `k` stores inside the matrix. */
export function diagonalColumns(a: Diagonals, k: number): [number, number] {
  const [m, n] = a.shape2d;
  const first = Math.max(k, 0);
  return [first, Math.max(first, Math.min(m + k, n, a.data.shape[1]))];
}

/**
 * True for every sparse matrix or array. Of any shape (m, n), (n,) and dtype.
 * @example [issparse(eye(2)), issparse(array([1]))] // [true, false]
 */
export function issparse(x: unknown): x is Sparse {
  return x instanceof Sparse;
}

/**
 * True for the older interface only. Of any shape (m, n), (n,) and dtype.
 * @example [isspmatrix(eye(2)), isspmatrix(eye_array(2))] // [true, false]
 */
export function isspmatrix(x: unknown): x is Sparse {
  return x instanceof Sparse && x.kind === 'matrix';
}
