/** Sums and elementwise products of matrices in diagonal format, which stay in it. */
import { AppError } from '#shared/errors.ts';
import { empty, zeros } from '../create.ts';
import { getitem } from '../indexing.ts';
import { atleast_2d } from '../shape.ts';
import type { NDArray } from '../ndarray.ts';
import { promote_types } from '../promotion.ts';
import { all, slice, sliced } from '../slicing.ts';
import { copyInto } from '../cast.ts';
import * as ufunc from '../ufuncs/arithmetic.ts';
import { logical_xor } from '../ufuncs/comparison.ts';
import { type Ints, newFrom } from './index-lists.ts';
import { Diagonals } from './sparse-array.ts';

const same = (a: Ints, b: Ints): boolean => a.length === b.length && a.every((k: number, d: number) => k === b[d]);

/** a + b, or a − b. */
export function addDiagonals(a: Diagonals, b: Diagonals, minus: boolean): Diagonals {
  const op = (x: NDArray, y: NDArray): NDArray =>
    !minus ? ufunc.add(x, y) : x.dtype === 'bool' && y.dtype === 'bool' ? logical_xor(x, y) : ufunc.subtract(x, y);
  if (same(a.diagonals, b.diagonals) && a.data.shape[1] === b.data.shape[1]) {
    return new Diagonals(a.kind, a.shape, newFrom(a.diagonals), op(a.data, b.data));
  }
  const all = [...new Set([...a.diagonals, ...b.diagonals])].sort((x, y) => x - y);
  const [m, n] = a.shape2d;
  const [aw, bw] = [a.data.shape[1], b.data.shape[1]];
  const kept = aw === bw && (all.length === a.diagonals.length || all.length === b.diagonals.length);
  const width = kept ? aw : Math.max(0, Math.min(m + (all.at(-1) ?? 0), n));
  const dtype = promote_types(a.dtype, b.dtype);
  const on = (x: Diagonals): NDArray => {
    const made = zeros([all.length, width], dtype);
    const most = Math.min(width, x.data.shape[1]);
    x.diagonals.forEach((k: number, d: number) => {
      copyInto(sliced(made, all.indexOf(k), slice(0, most)), sliced(x.data, d, slice(0, most)));
    });
    return made;
  };
  return new Diagonals(
    a.kind,
    a.shape,
    newFrom(Float64Array.from(all), a.diagonals instanceof Float64Array),
    op(on(a), on(b)),
  );
}

/** Only diagonals that both have contribute. */
export function multiplyDiagonals(a: Diagonals, b: Diagonals): Diagonals {
  const common = [...a.diagonals].filter((k) => b.diagonals.includes(k)).sort((x, y) => x - y);
  const width = Math.min(a.data.shape[1], b.data.shape[1]);
  const data = zeros([common.length, width], promote_types(a.dtype, b.dtype));
  common.forEach((k, d) => {
    const row = (x: Diagonals): NDArray => sliced(x.data, x.diagonals.indexOf(k), slice(0, width));
    copyInto(sliced(data, d, all), ufunc.multiply(row(a), row(b)));
  });
  return new Diagonals(a.kind, a.shape, newFrom(Float64Array.from(common), a.diagonals instanceof Float64Array), data);
}

/**
 * Every stored value times the dense one in its place; a single row or column is repeated.
 * @throws AppError 'value' "inconsistent shapes".
 */
export function multiplyDiagonalsDense(a: Diagonals, given: NDArray): Diagonals {
  const other = atleast_2d(given);
  const [m, n] = a.shape2d;
  const [p, q] = other.shape;
  const width = Math.min(a.data.shape[1], n);
  if ((p !== 1 && p !== m) || (q !== 1 && q !== n)) throw new AppError('value', 'inconsistent shapes');
  const rows = empty([a.diagonals.length, width], 'int64');
  const cols = empty([a.diagonals.length, width], 'int64');
  a.diagonals.forEach((k: number, d: number) => {
    for (let j = 0; j < width; j++) {
      rows.set([d, j], p === 1 ? 0 : (((j - k) % m) + m) % m);
      cols.set([d, j], q === 1 ? 0 : j);
    }
  });
  const values = ufunc.multiply(sliced(a.data, all, slice(0, width)), getitem(other, [rows, cols]));
  return new Diagonals(a.kind, a.shape, newFrom(a.diagonals), values);
}
