/** The constructors of scipy.sparse: csr_matrix, csr_array and their like. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { copy as copyArray } from '../cast.ts';
import { type ArrayLike, asarray } from '../create.ts';
import { getitem } from '../indexing.ts';
import { shapeText } from '../memory.ts';
import { nonzero } from '../index-plan.ts';
import { NDArray } from '../ndarray.ts';
import { asformat, astype, compressCoordinates, copy as copySparse, emptySparse, withKind } from './convert.ts';
import { sum_duplicates } from './canonical.ts';
import { extremes, int32Max, type Ints, intsOf, newFrom } from './index-lists.ts';
import { Compressed, Coordinates, Diagonals, type Format, type Kind, Sparse } from './sparse-array.ts';
import { flatValues, head } from './values.ts';

/** Python's tuples (data, (row, col)), (data, indices, indptr), (data, offsets) and (M, N), by name. */
export type SparseParts =
  | { data: ArrayLike; row: ArrayLike; col: ArrayLike; shape?: readonly number[] }
  | { data: ArrayLike; coords: readonly ArrayLike[]; shape?: readonly number[] }
  | { data: ArrayLike; indices: ArrayLike; indptr: ArrayLike; shape?: readonly number[] }
  | { data: ArrayLike; offsets: ArrayLike; shape?: readonly number[] }
  | { shape: readonly number[] };

/** What a constructor takes: a sparse matrix, its parts, or a dense matrix. */
export type SparseLike = Sparse | SparseParts | ArrayLike;

export interface SparseOptions {
  /** Without it the shape follows from the largest indices. */
  shape?: readonly number[] | null;
  dtype?: DType;
  /** Keeps off the memory that was given. */
  copy?: boolean;
}

type Constructor = (arg1: SparseLike, options?: SparseOptions) => Sparse;

const isParts = (x: SparseLike): x is SparseParts =>
  typeof x === 'object' &&
  x !== null &&
  !(x instanceof Sparse) &&
  !(x instanceof NDArray) &&
  !Array.isArray(x) &&
  ('data' in x || 'shape' in x);

/**
 * A sparse matrix of a format, from whatever describes one. Of lists (m, n), arrays, a shape alone, or their parts; of
 * their dtype unless one is given.
 *
 * @throws AppError 'value' in SciPy's words, for lists of different lengths or indices outside the shape too.
 * @example makeSparse('coo', 'array', [[0, 7]]).nnz // 1
 */
export function makeSparse(format: Format, kind: Kind, arg1: SparseLike, options: SparseOptions = {}): Sparse {
  const { dtype, copy = false } = options;
  let made: Sparse;
  if (arg1 instanceof Sparse) {
    const converted = withKind(asformat(arg1, format), kind);
    made = copy ? copySparse(converted) : converted === arg1 ? anew(arg1) : converted;
    if (options.shape !== undefined && options.shape !== null) made.shape = checkShape(options.shape, kind, format);
  } else if (isParts(arg1)) {
    made = fromParts(format, kind, arg1, options);
  } else {
    made = fromDense(format, kind, asarray(arg1), options);
  }
  return dtype === undefined || dtype === made.dtype ? made : astype(made, dtype, { copy: false });
}

/** Another object over the same memory: what changes its structure in place leaves the first alone. */
function anew<S extends Sparse>(a: S): S {
  return Object.assign(Object.create(Object.getPrototypeOf(a) as object) as S, a);
}

function checkShape(shape: readonly number[], kind: Kind, format: Format): readonly number[] {
  const allowed = kind === 'array' && (format === 'csr' || format === 'coo') ? [1, 2] : [2];
  for (const n of shape) {
    if (!Number.isInteger(n))
      throw new AppError('dtype', `'${typeof n}' object cannot be interpreted as an integer`, { argument: 'shape' });
  }
  if (!allowed.includes(shape.length)) {
    const words = allowed.length === 2 ? '(1, 2)' : '(2,)';
    throw new AppError('value', `shape must have length in ${words}. Got new_shape=${shapeText(shape)}`, {
      argument: 'shape',
    });
  }
  if (shape.some((n) => n < 0))
    throw new AppError('value', "'shape' elements cannot be negative", { argument: 'shape' });
  // Places are counted in doubles.
  if (shape.some((n) => n > Number.MAX_SAFE_INTEGER))
    throw new AppError('value', 'shape is too large', { argument: 'shape' });
  return [...shape];
}

function fromParts(format: Format, kind: Kind, parts: SparseParts, options: SparseOptions): Sparse {
  const given = options.shape ?? parts.shape ?? null;
  if (!('data' in parts))
    return emptySparse(format, kind, checkShape(parts.shape, kind, format), options.dtype ?? 'float64');
  if ('indices' in parts) {
    if (format !== 'csr' && format !== 'csc') throw new AppError('dtype', 'invalid input format');
    return fromCompressed(format, kind, parts, given, options);
  }
  if ('offsets' in parts) {
    if (format !== 'dia') throw new AppError('dtype', 'invalid input format');
    return fromDiagonals(kind, parts, given, options);
  }
  if (format === 'dia') {
    if (given === null) throw new AppError('value', 'expected a shape argument', { argument: 'shape' });
    return asformat(
      fromCoordinates(kind, 'coords' in parts ? parts.coords : [parts.row, parts.col], parts.data, given, options),
      'dia',
    );
  }
  const lists = 'coords' in parts ? parts.coords : [parts.row, parts.col];
  const coo = fromCoordinates(kind, lists, parts.data, given, options);
  if (format === 'coo') return coo;
  const made = compressCoordinates(coo, format);
  sum_duplicates(made);
  return made;
}

function valuesOf(data: ArrayLike, { dtype, copy = false }: SparseOptions): NDArray {
  const array = asarray(data);
  const flat = flatValues(array, dtype ?? array.dtype);
  return copy && flat === array ? copyArray(flat) : flat;
}

function fromCoordinates(
  kind: Kind,
  lists: readonly ArrayLike[],
  data: ArrayLike,
  given: readonly number[] | null,
  options: SparseOptions,
): Coordinates {
  let coords = lists.map((list) => intsOf(list, { copy: options.copy ?? false }));
  if (given === null && coords.some((list) => list.length === 0))
    throw new AppError('value', 'cannot infer dimensions from zero sized index arrays');
  const shape = checkShape(given ?? coords.map((list) => extremes(list)[1] + 1), kind, 'coo');
  if (Math.max(...shape) > int32Max) coords = coords.map((list) => newFrom(list, true));
  if (coords.length !== shape.length) {
    throw new AppError(
      'value',
      `mismatching number of index arrays for shape; got ${coords.length}, expected ${shape.length}`,
    );
  }
  const array = asarray(data);
  if (coords.some((list) => list.length !== array.size))
    throw new AppError('value', 'all index and data arrays must have the same length');
  if (array.ndim !== 1) throw new AppError('value', 'coordinates and data arrays must be 1-D');
  coords.forEach((list, axis) => {
    requireInside(list, axis, shape[axis]);
  });
  return new Coordinates(kind, shape, coords, valuesOf(array, options), false);
}

function requireInside(list: Ints, axis: number, length: number): void {
  if (list.length === 0) return;
  const [low, high] = extremes(list);
  if (high >= length) throw new AppError('value', `axis ${axis} index ${high} exceeds matrix dimension ${length}`);
  if (low < 0) throw new AppError('value', `negative axis ${axis} index: ${low}`);
}

function fromCompressed(
  format: 'csr' | 'csc',
  kind: Kind,
  parts: { data: ArrayLike; indices: ArrayLike; indptr: ArrayLike },
  given: readonly number[] | null,
  options: SparseOptions,
): Compressed {
  const array = asarray(parts.data);
  const [listed, pointed] = [asarray(parts.indices), asarray(parts.indptr)];
  if (array.ndim !== 1 || listed.ndim !== 1 || pointed.ndim !== 1)
    throw new AppError('value', 'data, indices, and indptr should be 1-D');
  const wide = given !== null && Math.max(...given) > int32Max;
  const flags = { copy: options.copy ?? false, wide };
  let minor = intsOf(listed, flags);
  let pointers = intsOf(pointed, flags);
  if (minor instanceof Float64Array || pointers instanceof Float64Array) {
    minor = newFrom(minor, true);
    pointers = newFrom(pointers, true);
  }
  if (given === null && (minor.length === 0 || pointers.length === 0))
    throw new AppError('value', 'unable to infer matrix dimensions');
  const inferred = [pointers.length - 1, extremes(minor)[1] + 1];
  const shape = checkShape(given ?? (format === 'csr' ? inferred : inferred.reverse()), kind, format);
  const [m, n] = shape.length === 1 ? [1, shape[0]] : shape;
  const [majors, minors] = format === 'csr' ? [m, n] : [n, m];
  if (pointers.length !== majors + 1)
    throw new AppError('value', `index pointer size ${pointers.length} should be ${majors + 1}`);
  if (pointers[0] !== 0) throw new AppError('value', 'index pointer should start with 0');
  if (minor.length !== array.size) throw new AppError('value', 'indices and data should have the same size');
  const nnz = pointers[majors];
  if (nnz > minor.length) {
    throw new AppError('value', 'Last value of index pointer should be less than the size of index and data arrays');
  }
  for (let i = 0; i < majors; i++) {
    if (pointers[i] > pointers[i + 1]) throw new AppError('value', 'indptr must be a non-decreasing sequence');
  }
  minor = minor.subarray(0, nnz);
  const [low, high] = extremes(minor);
  if (high >= minors) throw new AppError('value', `indices must be < ${minors}`);
  if (low < 0) throw new AppError('value', 'indices must be >= 0');
  return new Compressed(format, kind, shape, pointers, minor, head(valuesOf(array, options), nnz));
}

function fromDiagonals(
  kind: Kind,
  parts: { data: ArrayLike; offsets: ArrayLike },
  given: readonly number[] | null,
  options: SparseOptions,
): Diagonals {
  if (given === null) throw new AppError('value', 'expected a shape argument', { argument: 'shape' });
  const shape = checkShape(given, kind, 'dia');
  let data = asarray(parts.data);
  if (data.ndim < 2)
    data = data.ndim === 1 ? data.view([1, data.size], [0, data.strides[0]]) : data.view([1, 1], [0, 0]);
  let offsets = asarray(parts.offsets);
  if (offsets.ndim === 0) offsets = offsets.view([1], [offsets.itemsize]);
  if (offsets.ndim !== 1) throw new AppError('value', 'offsets array must have rank 1');
  if (data.ndim !== 2) throw new AppError('value', 'data array must have rank 2');
  const diagonals = intsOf(offsets, { copy: options.copy ?? false });
  if (data.shape[0] !== diagonals.length) {
    throw new AppError(
      'value',
      `number of diagonals (${data.shape[0]}) does not match the number of offsets (${diagonals.length})`,
    );
  }
  if (new Set(diagonals).size !== diagonals.length)
    throw new AppError('value', 'offset array contains duplicate values');
  return new Diagonals(kind, shape, diagonals, valuesOf(data, options));
}

function fromDense(format: Format, kind: Kind, given: NDArray, options: SparseOptions): Sparse {
  let dense = given;
  if (kind === 'matrix') {
    if (dense.ndim < 2)
      dense = dense.ndim === 1 ? dense.view([1, dense.size], [0, dense.strides[0]]) : dense.view([1, 1], [0, 0]);
    if (dense.ndim !== 2 && (format === 'csr' || format === 'csc')) {
      throw new AppError('value', `CSR arrays don't yet support ${dense.ndim}D.`);
    }
    if (dense.ndim !== 2) throw new AppError('dtype', `expected 2D array or matrix, not ${dense.ndim}D`);
  } else if (dense.ndim === 0) {
    throw new AppError('value', 'scipy sparse array classes do not support instantiation from a scalar');
  } else if (dense.ndim !== 2 && (format === 'csc' || format === 'dia')) {
    throw new AppError('value', `${format.toUpperCase()} arrays don't support ${dense.ndim}D input. Use 2D`);
  } else if (dense.ndim > 2) {
    throw new AppError('value', `CSR arrays don't yet support ${dense.ndim}D.`);
  }
  const shape = checkShape(dense.shape, kind, format);
  if (options.shape !== undefined && options.shape !== null) {
    const wanted = checkShape(options.shape, kind, format);
    if (shapeText(wanted) !== shapeText(shape)) {
      const [major, lines] = format === 'csc' ? [wanted[1], shape[1]] : [wanted[0], shape[0]];
      const compressed = (format === 'csr' || format === 'csc') && wanted.length === 2 && shape.length === 2;
      throw new AppError(
        'value',
        compressed && major !== lines
          ? `index pointer size ${lines + 1} should be ${major + 1}`
          : `inconsistent shapes: ${shapeText(wanted)} != ${shapeText(shape)}`,
      );
    }
  }
  const lists = nonzero(dense);
  const values = getitem(dense, lists);
  const coo = new Coordinates(
    kind,
    shape,
    lists.map((list) => intsOf(list)),
    flatValues(values, options.dtype ?? values.dtype),
    true,
  );
  return asformat(coo, format);
}

const constructor =
  (format: Format, kind: Kind): Constructor =>
  (arg1, options) =>
    makeSparse(format, kind, arg1, options);

/**
 * Compressed sparse rows, `*` being the matrix product. From lists, an array or a sparse matrix (m, n), or the parts:
 * data (p,) with row and col, or indices and indptr (m + 1,). Of the data's dtype unless one is given.
 *
 * @throws AppError 'value' in SciPy's words.
 * @example toarray(csr_matrix({ data: [1, 2, 3], row: [0, 0, 1], col: [0, 2, 1] })).tolist() // [[1n, 0n, 2n], [0n, 3n, 0n]]
 */
export const csr_matrix = constructor('csr', 'matrix') as (arg1: SparseLike, options?: SparseOptions) => Compressed;

/**
 * Compressed sparse rows, `*` being elementwise; may be 1-d. From what `csr_matrix` takes, (m, n) or (n,); of the
 * data's dtype unless one is given.
 *
 * @example csr_array([[0, 7], [0, 0]]).indices.tolist() // [1]
 */
export const csr_array = constructor('csr', 'array') as (arg1: SparseLike, options?: SparseOptions) => Compressed;

/**
 * Compressed sparse columns. From what `csr_matrix` takes, (m, n), with indptr (n + 1,); of the data's dtype unless one
 * is given.
 *
 * @example csc_matrix([[0, 7], [8, 0]]).indices.tolist() // [1, 0]
 */
export const csc_matrix = constructor('csc', 'matrix') as (arg1: SparseLike, options?: SparseOptions) => Compressed;

/**
 * Compressed sparse columns, `*` being elementwise. From what `csc_matrix` takes, (m, n); of the data's dtype unless
 * one is given.
 *
 * @example csc_array([[0, 7], [8, 0]]).indptr.tolist() // [0, 1, 2]
 */
export const csc_array = constructor('csc', 'array') as (arg1: SparseLike, options?: SparseOptions) => Compressed;

/**
 * Coordinates; what a Matrix Market file holds (`{ shape, row, col, data }`) goes in as it is.
 *
 * (m, n), with data, row and col (p,); of the data's dtype unless one is given.
 *
 * @example coo_matrix({ shape: [2, 2], row: [0, 0], col: [1, 1], data: [1.5, 2] }).nnz // 2
 */
export const coo_matrix = constructor('coo', 'matrix') as (arg1: SparseLike, options?: SparseOptions) => Coordinates;

/**
 * Coordinates, `*` being elementwise; may be 1-d.
 *
 * (m, n), or (n,) with a single list of coordinates; of the data's dtype unless one is given.
 *
 * @example coo_array([0, 7, 8]).shape // [3]
 */
export const coo_array = constructor('coo', 'array') as (arg1: SparseLike, options?: SparseOptions) => Coordinates;

/**
 * Diagonals: `data[d, j]` lies in column j.
 *
 * (m, n), with data (k, n) and offsets (k,); of the data's dtype unless one is given.
 *
 * @example toarray(dia_matrix({ data: [[1, 2, 3]], offsets: [1] }, { shape: [3, 3] })).tolist() // [[0n, 2n, 0n], [0n, 0n, 3n], [0n, 0n, 0n]]
 */
export const dia_matrix = constructor('dia', 'matrix') as (arg1: SparseLike, options?: SparseOptions) => Diagonals;

/**
 * Diagonals, `*` being elementwise.
 *
 * (m, n), with data (k, n) and offsets (k,); of the data's dtype unless one is given.
 *
 * @example toarray(dia_array({ data: [[1, 2]], offsets: [0] }, { shape: [2, 2] })).tolist() // [[1n, 0n], [0n, 2n]]
 */
export const dia_array = constructor('dia', 'array') as (arg1: SparseLike, options?: SparseOptions) => Diagonals;
