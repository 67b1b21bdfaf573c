/** Sparse matrices put together from blocks. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray } from '../cast.ts';
import { type ArrayLike, array, empty } from '../create.ts';
import { concatenate } from '../joining.ts';
import { NDArray } from '../ndarray.ts';
import { result_type } from '../promotion.ts';
import { atleast_2d, ravel } from '../shape.ts';
import { makeSparse, type SparseLike } from './construct.ts';
import { asformat, astype } from './convert.ts';
import { int32Max, type Ints, newFrom, newInts } from './index-lists.ts';
import { Coordinates, type Kind, Sparse } from './sparse-array.ts';
import { type BuildOptions, kindOf } from './build.ts';

type Block = SparseLike | null;

/**
 * A matrix from blocks of matrices; null is a block of zeros.
 *
 * Blocks (m, n) of a row share m, those of a column n; the dtype all promote to, unless one is given.
 *
 * @throws AppError 'value' "blocks[0,:] has incompatible row dimensions. …".
 * @example toarray(bmat([[eye(1), null], [null, array([[5, 6]])]])).tolist() // [[1, 0, 0], [0, 5, 6]]
 */
export function bmat(blocks: readonly (readonly Block[])[], options: BuildOptions = {}): Sparse {
  return blocksOf(blocks, options, kindOf(blocks.flat()));
}

/**
 * As `bmat`, a sparse array. Shapes as of `bmat`, as (m, n) blocks; the dtype all promote to, unless one is given.
 * @example toarray(block_array([[eye(1), csr_matrix([[7]])]])).tolist() // [[1, 7]]
 */
export function block_array(blocks: readonly (readonly Block[])[], options: BuildOptions = {}): Sparse {
  return blocksOf(blocks, options, 'array');
}

function blocksOf(blocks: readonly (readonly Block[])[], { dtype, format = null }: BuildOptions, kind: Kind): Sparse {
  if (blocks.length === 0 || blocks.some((row) => row.length !== blocks[0].length))
    throw new AppError('value', 'blocks must be 2-D');
  const everything = blocks.flat();
  const common = (['csr', 'csc'] as const).find(
    (f) => (format === null || format === f) && everything.every((b) => b instanceof Sparse && b.format === f),
  );
  const heights = new Array<number>(blocks.length).fill(0);
  const widths = new Array<number>(blocks[0].length).fill(0);
  const coos = blocks.map((row, i) =>
    row.map((block, j) => {
      if (block === null) return null;
      const coo = makeSparse('coo', 'array', block) as Coordinates;
      const [m, n] = coo.shape2d;
      if (heights[i] === 0) heights[i] = m;
      else if (heights[i] !== m) {
        throw common === 'csr'
          ? new AppError(
              'value',
              `Mismatching dimensions along axis 0: {${[heights[i], m].sort((x, y) => x - y).join(', ')}}`,
            )
          : common === 'csc'
            ? new AppError('value', 'incompatible dimensions for axis 0')
            : new AppError(
                'value',
                `blocks[${i},:] has incompatible row dimensions. Got blocks[${i},${j}].shape[0] == ${m}, expected ${heights[i]}.`,
              );
      }
      if (widths[j] === 0) widths[j] = n;
      else if (widths[j] !== n) {
        throw common === 'csr'
          ? new AppError('value', 'incompatible dimensions for axis 1')
          : common === 'csc'
            ? new AppError(
                'value',
                `Mismatching dimensions along axis 1: {${[widths[j], n].sort((x, y) => x - y).join(', ')}}`,
              )
            : new AppError(
                'value',
                `blocks[:,${j}] has incompatible column dimensions. Got blocks[${i},${j}].shape[1] == ${n}, expected ${widths[j]}.`,
              );
      }
      return coo;
    }),
  );
  const sums = (lengths: readonly number[]): number[] =>
    lengths.reduce<number[]>((all, n) => [...all, (all.at(-1) ?? 0) + n], [0]);
  const [top, left] = [sums(heights), sums(widths)];
  const shape = [top.at(-1) ?? 0, left.at(-1) ?? 0];
  const present = coos.flat().filter((coo) => coo !== null);
  const type = dtype ?? (present.length === 0 ? 'float64' : result_type(present.map((coo) => coo.dtype)));
  const wide = Math.max(...shape) > int32Max;
  const count = present.reduce((n, coo) => n + coo.nnz, 0);
  const [rows, cols] = [newInts(count, wide), newInts(count, wide)];
  let at = 0;
  coos.forEach((row, i) => {
    row.forEach((coo, j) => {
      if (coo === null) return;
      const [r, c] = [coo.rows, coo.cols];
      for (let p = 0; p < coo.nnz; p++, at++) {
        rows[at] = r[p] + top[i];
        cols[at] = c[p] + left[j];
      }
    });
  });
  const data = present.length === 0 ? empty(0, type) : castArray(concatenate(present.map((coo) => coo.data)), type);
  const made = new Coordinates(kind, shape, [rows, cols], data, false);
  return asformat(made, common ?? format);
}

/**
 * Blocks side by side.
 *
 * (m, k) and (m, n) → (m, k + n); the dtype all promote to, unless one is given.
 *
 * @example toarray(hstack([eye(1), csr_matrix([[7]])])).tolist() // [[1, 7]]
 */
export function hstack(blocks: readonly SparseLike[], options: BuildOptions = {}): Sparse {
  return blocksOf([blocks], options, kindOf(blocks));
}

/**
 * Blocks one below the other.
 *
 * (k, n) and (m, n) → (k + m, n); the dtype all promote to, unless one is given.
 *
 * @example toarray(vstack([eye(1), csr_matrix([[7]])])).tolist() // [[1], [7]]
 */
export function vstack(blocks: readonly SparseLike[], options: BuildOptions = {}): Sparse {
  return blocksOf(
    blocks.map((block) => [block]),
    options,
    kindOf(blocks),
  );
}

/**
 * Blocks along the diagonal, zeros elsewhere.
 *
 * (k, l) and (m, n) → (k + m, l + n); the dtype all promote to, unless one is given.
 *
 * @throws AppError 'value' "need at least one array to concatenate".
 * @example toarray(block_diag([[[1]], [[2, 3]]])).tolist() // [[1n, 0n, 0n], [0n, 2n, 3n]]
 */
export function block_diag(mats: readonly SparseLike[], options: BuildOptions = {}): Sparse {
  if (mats.length === 0) throw new AppError('value', 'need at least one array to concatenate', { argument: 'mats' });
  const kind = kindOf(mats);
  // A dense block stores its zeros.
  const parts = mats.map((x) => {
    if (x instanceof Sparse) return makeSparse('coo', 'array', x) as Coordinates;
    if (x instanceof NDArray) return everyElement(x);
    return makeSparse(
      'coo',
      'array',
      Array.isArray(x) || typeof x === 'number' ? array2d(x as ArrayLike) : x,
    ) as Coordinates;
  });
  const rows: Ints[] = [];
  let [m, n] = [0, 0];
  const cols: Ints[] = [];
  for (const part of parts) {
    const shift = (list: Ints, by: number): Ints =>
      newFrom(
        Float64Array.from(list, (k) => k + by),
        false,
      );
    rows.push(shift(part.rows, m));
    cols.push(shift(part.cols, n));
    m += part.shape2d[0];
    n += part.shape2d[1];
  }
  const join = (lists: readonly Ints[]): Ints =>
    newFrom(Float64Array.from(lists.flatMap((list) => [...list])), Math.max(m, n) > int32Max);
  const data = parts.length === 0 ? empty(0, 'float64') : concatenate(parts.map((part) => part.data));
  const made = new Coordinates(kind, [m, n], [join(rows), join(cols)], data, false);
  const { dtype, format = null } = options;
  return asformat(dtype === undefined ? made : astype(made, dtype, { copy: false }), format);
}

/** The elements of a dense matrix, zeros too. */
function everyElement(x: NDArray): Coordinates {
  const two = atleast_2d(x);
  const [m, n] = two.shape;
  const [rows, cols] = [newInts(m * n), newInts(m * n)];
  for (let p = 0; p < m * n; p++) {
    rows[p] = Math.floor(p / n);
    cols[p] = p % n;
  }
  return new Coordinates('array', [m, n], [rows, cols], ravel(two), false);
}

const array2d = (x: ArrayLike): NDArray => {
  const a = array(x);
  return a.ndim >= 2 ? a : a.view([1, a.size], [0, a.itemsize]);
};
