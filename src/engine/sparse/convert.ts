/** From one format to another, and to dense arrays. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype as castArray, copy as copyArray } from '../cast.ts';
import { empty, zeros } from '../create.ts';
import { shapeText } from '../memory.ts';
import type { NDArray } from '../ndarray.ts';
import type { Casting } from '../promotion.ts';
import { conj as conjArray } from '../ufuncs/arithmetic.ts';
import { has_canonical_format, sum_duplicates } from './canonical.ts';
import {
  expandPointers,
  extremes,
  gatherByMajor,
  int32Max,
  type Ints,
  newFrom,
  newInts,
  pickInts,
} from './index-lists.ts';
import {
  Compressed,
  Coordinates,
  diagonalColumns,
  Diagonals,
  type Format,
  type Kind,
  type Sparse,
} from './sparse-array.ts';
import { entries, head, nonzeroPlaces, pick } from './values.ts';

/** A matrix without entries. */
export function emptySparse(format: Format, kind: Kind, shape: readonly number[], dtype: DType): Sparse {
  const wide = Math.max(...shape) > int32Max;
  if (format === 'coo')
    return new Coordinates(
      kind,
      shape,
      shape.map(() => newInts(0, wide)),
      empty(0, dtype),
      true,
    );
  if (format === 'dia') return new Diagonals(kind, shape, newInts(0, wide), empty([0, 0], dtype));
  const [m, n] = shape.length === 1 ? [1, shape[0]] : shape;
  const pointers = newInts((format === 'csr' ? m : n) + 1, wide);
  return new Compressed(format, kind, shape, pointers, newInts(0, wide), empty(0, dtype), { canonical: true });
}

/**
 * A shallow copy: the same memory as another kind of object.
 * @throws AppError 'value' "shape must have length in (2,). Got new_shape=…".
 */
export function withKind(a: Sparse, kind: Kind): Sparse {
  if (a.kind === kind) return a;
  if (kind === 'matrix' && a.ndim !== 2)
    throw new AppError('value', `shape must have length in (2,). Got new_shape=${shapeText(a.shape)}`);
  if (a instanceof Coordinates) return new Coordinates(kind, a.shape, [...a.coords], a.data, a.canonical);
  if (a instanceof Diagonals) return new Diagonals(kind, a.shape, a.diagonals, a.data);
  const c = a as Compressed;
  return new Compressed(c.format, kind, c.shape, c.pointers, c.minor, c.data, factsOf(c));
}

/**
 * What is known of the order of its entries, for a matrix with the same pattern.
 *
 * a (m, n) in csr or csc, of any dtype.
 *
 * @example factsOf(csr_matrix([[1, 2]])).canonical // true
 */
export function factsOf(a: Compressed): { sorted?: boolean; canonical?: boolean } {
  return {
    ...(a.sorted === undefined ? {} : { sorted: a.sorted }),
    ...(a.canonical === undefined ? {} : { canonical: a.canonical }),
  };
}

/** The same pattern with other values. */
export function withData<S extends Sparse>(a: S, data: NDArray): S {
  if (a instanceof Coordinates)
    return new Coordinates(
      a.kind,
      a.shape,
      a.coords.map((c) => newFrom(c)),
      data,
      a.canonical,
    ) as Sparse as S;
  if (a instanceof Diagonals) return new Diagonals(a.kind, a.shape, newFrom(a.diagonals), data) as Sparse as S;
  const c = a as Sparse as Compressed;
  return new Compressed(
    c.format,
    c.kind,
    c.shape,
    newFrom(c.pointers),
    newFrom(c.minor.subarray(0, c.nnz)),
    data,
    factsOf(c),
  ) as Sparse as S;
}

/**
 * A copy with memory of its own.
 * @example const a = csr_matrix([[1, 2]]); const b = copy(a); b.data.set([0], 9); toarray(a).tolist() // [[1n, 2n]]
 */
export function copy<S extends Sparse>(a: S): S {
  return withData(a, copyArray(a instanceof Compressed ? head(a.data, a.nnz) : a.data));
}

/**
 * The values as another dtype. Duplicates are added up first of all when the dtype changes, as in SciPy.
 * @example astype(csr_matrix([[1, 2]]), 'float32').dtype // 'float32'
 */
export function astype<S extends Sparse>(
  a: S,
  dtype: DType,
  { casting = 'unsafe', copy: own = true }: { casting?: Casting; copy?: boolean } = {},
): S {
  if (a.dtype === dtype) return own ? copy(a) : a;
  const made = withData(a, castArray(a instanceof Compressed ? head(a.data, a.nnz) : a.data, dtype, { casting }));
  sum_duplicates(made);
  return made;
}

/**
 * Complex conjugate.
 * @example toarray(conj(csr_matrix([[{ re: 1, im: 2 }]]))).tolist() // [[{ re: 1, im: -2 }]]
 */
export function conj<S extends Sparse>(a: S): S {
  return a.dtype.startsWith('complex')
    ? withData(a, conjArray(a instanceof Compressed ? head(a.data, a.nnz) : a.data))
    : copy(a);
}

/** Coordinates of the entries. */
export function tocoo(a: Sparse): Coordinates {
  if (a instanceof Coordinates) return a;
  if (a instanceof Diagonals) return tocoo(tocsr(a));
  const c = a as Compressed;
  const minor = c.minor.subarray(0, c.nnz);
  const values = head(c.data, c.nnz);
  const canonical = c.format === 'csr' && c.canonical === true;
  if (c.ndim === 1) return new Coordinates(c.kind, c.shape, [minor], values, canonical);
  const major = expandPointers(c.pointers, c.minor instanceof Float64Array);
  return new Coordinates(c.kind, c.shape, c.format === 'csr' ? [major, minor] : [minor, major], values, canonical);
}

function diagonalsToCoordinates(a: Diagonals): Coordinates {
  const rows: number[] = [];
  const cols: number[] = [];
  const at: number[] = [];
  const width = a.data.shape[1];
  a.diagonals.forEach((k: number, d: number) => {
    const [first, last] = diagonalColumns(a, k);
    for (let j = first; j < last; j++) {
      rows.push(j - k);
      cols.push(j);
      at.push(d * width + j);
    }
  });
  const flat = copyArray(a.data).view([a.data.size], [a.data.itemsize]);
  const values = pick(flat.size === a.data.size ? flat : empty(0, a.dtype), Float64Array.from(at));
  const kept = nonzeroPlaces(values);
  const wide = Math.max(...a.shape) > int32Max;
  const list = (numbers: number[]): Ints => pickInts(newFrom(Float64Array.from(numbers), wide), kept);
  return new Coordinates(a.kind, a.shape, [list(rows), list(cols)], pick(values, kept), false);
}

/** Compressed rows. */
export function tocsr(a: Sparse): Compressed {
  return compress(a, 'csr');
}

/**
 * Compressed columns.
 * @throws AppError 'value'.
 */
export function tocsc(a: Sparse): Compressed {
  if (a.ndim !== 2) {
    throw new AppError(
      'value',
      a.format === 'csr'
        ? 'Cannot convert a 1d sparse array to csc format'
        : `Cannot convert. CSC format must be 2D. Got ${a.ndim}D`,
    );
  }
  return compress(a, 'csc');
}

function compress(a: Sparse, format: 'csr' | 'csc'): Compressed {
  if (a.format === format) return a as Compressed;
  if (a instanceof Coordinates) {
    const made = compressCoordinates(a, format);
    if (a.canonical) {
      made.canonical = true;
      made.sorted = true;
    } else sum_duplicates(made);
    return made;
  }
  if (a instanceof Diagonals) {
    const made = compressCoordinates(diagonalsToCoordinates(a), format);
    sum_duplicates(made);
    return made;
  }
  // Turning keeps duplicates apart and leaves the rows sorted.
  const made = compressCoordinates(tocoo(a), format);
  made.sorted = true;
  if ((a as Compressed).canonical === true) made.canonical = true;
  return made;
}

/** Entries gathered row by row (csc: column by column), otherwise in the order they have. */
export function compressCoordinates(a: Coordinates, format: 'csr' | 'csc'): Compressed {
  const [m, n] = a.shape2d;
  const [major, minor, majors] = format === 'csr' ? [a.rows, a.cols, m] : [a.cols, a.rows, n];
  const { pointers, order } = gatherByMajor(major, majors);
  return new Compressed(format, a.kind, a.shape, pointers, pickInts(minor, order), pick(a.data, order));
}

/**
 * Diagonals; duplicates of coordinates are added up in place.
 *
 * a (m, n) → (m, n), of a's dtype.
 *
 * @throws AppError 'value' "Cannot convert. DIA format must be 2D. Got …D".
 * @example todia(csr_matrix([[1, 2], [0, 3]])).offsets.tolist() // [0, 1]
 */
export function todia(a: Sparse): Diagonals {
  if (a instanceof Diagonals) return a;
  if (a.ndim !== 2) throw new AppError('value', `Cannot convert. DIA format must be 2D. Got ${a.ndim}D`);
  const coo = tocoo(a);
  sum_duplicates(coo);
  const { rows, cols } = coo;
  const known = new Map<number, number>();
  for (let p = 0; p < coo.nnz; p++) known.set(cols[p] - rows[p], 0);
  const diagonals = [...known.keys()].sort((x, y) => x - y);
  diagonals.forEach((k, d) => known.set(k, d));
  const width = coo.nnz === 0 ? 0 : extremes(cols)[1] + 1;
  const data = zeros([diagonals.length, width], a.dtype);
  const [source, target, parts] = [entries(coo.data), entries(data), data.entries];
  for (let p = 0; p < coo.nnz; p++) {
    const to = ((known.get(cols[p] - rows[p]) ?? 0) * width + cols[p]) * parts;
    for (let e = 0; e < parts; e++) target[to + e] = source[p * parts + e];
  }
  const wide = Math.max(...a.shape) > int32Max;
  return new Diagonals(a.kind, a.shape, newFrom(Float64Array.from(diagonals), wide), data);
}

/**
 * The same matrix in another format; itself when it has it.
 *
 * a (m, n) → (m, n), of a's dtype; csr, csc, coo or dia.
 *
 * @throws AppError 'value' "Format bsr is unknown.".
 * @example asformat(csr_matrix([[1, 2]]), 'coo').format // 'coo'
 */
export function asformat(a: Sparse, format: string | null = null, own = false): Sparse {
  if (format === null || format === a.format) return own ? copy(a) : a;
  if (format === 'csr') return tocsr(a);
  if (format === 'csc') return tocsc(a);
  if (format === 'coo') return tocoo(a);
  if (format === 'dia') return todia(a);
  throw new AppError('value', `Format ${format} is unknown.`, {
    argument: 'format',
    hint: 'Known are csr, csc, coo and dia.',
  });
}

/**
 * The dense array with the same elements; duplicates are added up.
 *
 * a (m, n) → (m, n), (n,) of 1-d arrays; of a's dtype.
 *
 * @throws AppError 'memory' with numbers when the machine cannot hold it.
 * @example toarray(csr_matrix([[1, 0], [0, 2]])).tolist() // [[1n, 0n], [0n, 2n]]
 */
export function toarray(a: Sparse, order: 'C' | 'F' | null = null): NDArray {
  const made = zeros([...a.shape], a.dtype, order ?? (a.format === 'csc' ? 'F' : 'C'));
  if (made.size === 0) return made;
  const coo = tocoo(a);
  const { rows, cols } = coo;
  const [source, target, parts] = [entries(coo.data), made.data as Float64Array, made.entries];
  const unit = made.data.BYTES_PER_ELEMENT;
  const colStep = made.strides[made.ndim - 1] / unit;
  const rowStep = made.ndim > 1 ? made.strides[0] / unit : 0;
  const bool = a.dtype === 'bool';
  const [m, n] = a.shape2d;
  for (let p = 0; p < coo.nnz; p++) {
    // Lists that somebody changed since may point anywhere.
    if (!(rows[p] >= 0 && rows[p] < m && cols[p] >= 0 && cols[p] < n)) continue;
    const to = made.start + rows[p] * rowStep + cols[p] * colStep;
    if (bool) target[to] |= source[p];
    else for (let e = 0; e < parts; e++) target[to + e] += source[p * parts + e];
  }
  return made;
}

/**
 * The transpose: csr becomes csc over the same memory and the other way round.
 *
 * a (m, n) → (n, m), of a's dtype.
 *
 * @example toarray(transpose(csr_matrix([[1, 2]]))).tolist() // [[1n], [2n]]
 */
export function transpose(a: Sparse): Sparse {
  const shape = [...a.shape].reverse();
  if (a instanceof Coordinates) return new Coordinates(a.kind, shape, [...a.coords].reverse(), a.data, false);
  if (a instanceof Diagonals) return transposeDiagonals(a, shape);
  const c = a as Compressed;
  if (c.ndim === 1) return c;
  return new Compressed(c.format === 'csr' ? 'csc' : 'csr', c.kind, shape, c.pointers, c.minor, c.data, factsOf(c));
}

function transposeDiagonals(a: Diagonals, shape: readonly number[]): Diagonals {
  const [m] = a.shape2d;
  const width = a.data.shape[1];
  const most = Math.max(...a.shape2d);
  const padded = Math.max(most, width);
  const places: number[] = [];
  a.diagonals.forEach((k: number, d: number) => {
    const shift = ((-k % most) + most) % most || 0;
    // What lies outside the matrix comes along as in SciPy: a negative place counts from the end.
    for (let j = 0; j < m; j++) {
      const from = j - shift < 0 ? j - shift + padded : j - shift;
      places.push(from < width ? d * width + from : -1);
    }
  });
  const flat = copyArray(a.data).view([a.data.size], [a.data.itemsize]);
  const values = pick(flat, Float64Array.from(places));
  const data = values.view([a.diagonals.length, m], [m * values.itemsize, values.itemsize]);
  const flipped = newFrom(a.diagonals);
  for (let d = 0; d < flipped.length; d++) flipped[d] = -flipped[d] || 0;
  return new Diagonals(a.kind, shape, flipped, data);
}

/**
 * The same entries in row-major ('F': column-major) order as another shape.
 *
 * a (m, n) → the lengths of `shape`, in coo, of a's dtype.
 *
 * @throws AppError 'value' "cannot reshape array of size 4 into shape (3, 1)".
 * @example toarray(reshape(csr_matrix([[1, 2, 3, 4]]), [2, 2])).tolist() // [[1n, 2n], [3n, 4n]]
 */
export function reshape(a: Sparse, shape: readonly number[], order: 'C' | 'F' = 'C'): Sparse {
  const size = a.shape.reduce((x, y) => x * y, 1);
  const given = [...shape];
  const unknown = given.indexOf(-1);
  if (unknown >= 0) given[unknown] = size / given.reduce((x, y) => (y === -1 ? x : x * y), 1);
  if (given.some((n) => !Number.isInteger(n) || n < 0) || given.reduce((x, y) => x * y, 1) !== size) {
    throw new AppError(
      'value',
      `cannot reshape array of size ${size} into shape ${shapeText(shape).replace('-1', "'newshape'")}`,
    );
  }
  if (given.length > 2 || given.length === 0 || (a.kind === 'matrix' && given.length !== 2)) {
    throw new AppError(
      'value',
      `shape must have length in ${a.kind === 'matrix' ? '(2,)' : '(1, 2)'}. Got new_shape=${shapeText(given)}`,
    );
  }
  if (given.length === a.ndim && given.every((n, axis) => n === a.shape[axis])) return a;
  const coo = tocoo(a);
  const [m, n] = a.shape2d;
  const wide = Math.max(...given) > int32Max;
  const lists = given.map(() => newInts(coo.nnz, wide));
  const { rows, cols } = coo;
  const [m2, n2] = given.length === 1 ? [1, given[0]] : given;
  for (let p = 0; p < coo.nnz; p++) {
    const flat = order === 'C' ? rows[p] * n + cols[p] : cols[p] * m + rows[p];
    const [r, c] = order === 'C' ? [Math.floor(flat / n2), flat % n2] : [flat % m2, Math.floor(flat / m2)];
    if (given.length > 1) lists[0][p] = r;
    lists[lists.length - 1][p] = c;
  }
  return new Coordinates(a.kind, given, lists, coo.data, false);
}

/** A copy of a compressed matrix without duplicates, or the matrix itself. */
export function canonicalOf(a: Compressed): Compressed {
  if (has_canonical_format(a)) return a;
  const own = copy(a);
  sum_duplicates(own);
  return own;
}
