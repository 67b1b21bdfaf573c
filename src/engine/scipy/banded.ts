/** scipy.linalg's symmetric and Hermitian bands, of which the diagonals on one side are given. One matrix at a time. */
import { AppError } from '#shared/errors.ts';
import { copy } from '../cast.ts';
import { asarray, empty } from '../create.ts';
import { real } from '../elementwise.ts';
import { commonType, isComplexType, letterOf, realType, requireFinite } from '../linalg/matrices.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { expand_dims } from '../shape.ts';
import { slice, sliced } from '../slicing.ts';
import { conj } from '../ufuncs/arithmetic.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { columnMajor, memoryOf } from './inputs.ts';
import { mostOf, requireConverged, type Select, spectrumPart } from './spectrum-part.ts';

const triangle = (lower: boolean): 'L' | 'U' => (lower ? 'L' : 'U');

function bandOf(ab: Operand): NDArray {
  const band = asarray(ab);
  if (band.ndim !== 2) throw new AppError('value', 'expected a 2-D array', { argument: 'ab' });
  requireFinite(band, 'ab', 'value');
  return band;
}

/**
 * Cholesky's factor of a positive definite band, in the form of the band: `a = cᴴ · c`, with `lower` `a = c · cᴴ`.
 *
 * ab (u + 1, n), a's diagonals from the last above the main one down to it, `ab[u + i − j, j]`, or with `lower` from the
 * main one down, `ab[i − j, j]` → (u + 1, n), float64 or of ab's dtype. LAPACK pbtrf.
 * @throws AppError 'linalg' "2-th leading minor not positive definite"; 'value' for other shapes, NaN and infinity.
 * @example cholesky_banded(array([[0, 2], [4, 5]])).tolist() // [[0, 1], [2, 2]]
 */
export function cholesky_banded(ab: Operand, lower = false): NDArray {
  const band = bandOf(ab);
  const c = columnMajor(band);
  if (c.size === 0) return c;
  const [rows, n] = c.shape;
  const info = native().pbtrf(letterOf(commonType(band)), triangle(lower), n, rows - 1, memoryOf(c));
  if (info > 0) throw new AppError('linalg', `${info}-th leading minor not positive definite`, { argument: 'ab' });
  return c;
}

/** The right-hand sides as columns, and what gives their solutions the shape of b. */
function columnsOf(band: NDArray, b: Operand, what: string): { columns: NDArray; shaped: (x: NDArray) => NDArray } {
  const right = asarray(b);
  requireFinite(right, 'b', 'value');
  if (right.ndim === 0) throw new AppError('index', 'tuple index out of range', { argument: 'b' });
  if (band.shape[1] !== right.shape[0])
    throw new AppError('value', `shapes of ${what} and b are not compatible.`, { argument: 'b' });
  if (right.ndim > 2) throw new AppError('value', 'b must have one or two axes', { argument: 'b' });
  const columns = columnMajor(right.ndim === 1 ? expand_dims(right, 1) : right, commonType(band, right));
  return { columns, shaped: (x) => (right.ndim === 1 ? x.view([x.shape[0]], [x.strides[0]]) : x) };
}

/**
 * Solves `a · x = b` by the factor that `cholesky_banded` made.
 *
 * cb (u + 1, n), b (n,) or (n, k) → x of b's shape, of the dtype both promote to. LAPACK pbtrs.
 * @throws AppError 'value' "shapes of cb and b are not compatible.", and for NaN and infinity.
 * @example cho_solve_banded(array([[0, 1], [2, 2]]), false, array([4, 2])).tolist() // [1, 0]
 */
export function cho_solve_banded(cb: Operand, lower: boolean, b: Operand): NDArray {
  const band = bandOf(cb);
  const { columns, shaped } = columnsOf(band, b, 'cb');
  if (columns.size === 0) return shaped(columns);
  const dtype = commonType(columns);
  const [n, k] = columns.shape;
  native().pbtrs(
    letterOf(dtype),
    triangle(lower),
    n,
    band.shape[0] - 1,
    k,
    memoryOf(columnMajor(band, dtype)),
    memoryOf(columns),
  );
  return shaped(columns);
}

/**
 * Solves `a · x = b` for a positive definite band; its diagonals as of `cholesky_banded`.
 *
 * ab (u + 1, n), b (n,) or (n, k) → x of b's shape, of the dtype both promote to. LAPACK pbtrf and pbtrs, of a tridiagonal matrix ptsv.
 * @throws AppError 'linalg' "2th leading minor not positive definite"; 'value' "shapes of ab and b are not compatible.",
 * and for NaN and infinity.
 * @example solveh_banded(array([[0, 2], [4, 5]]), array([4, 2])).tolist() // [1, 0]
 */
export function solveh_banded(ab: Operand, b: Operand, lower = false): NDArray {
  const band = bandOf(ab);
  const { columns, shaped } = columnsOf(band, b, 'ab');
  if (columns.size === 0) return shaped(columns);
  const dtype = commonType(columns);
  const letter = letterOf(dtype);
  const [n, k] = columns.shape;
  const rows = band.shape[0];
  let info: number;
  if (rows === 2) {
    const beside = lower ? sliced(band, 1, slice(0, n - 1)) : conj(sliced(band, 0, slice(1)));
    const [d, e] = [copyAs(real(sliced(band, lower ? 0 : 1)), realType(dtype)), copyAs(beside, dtype)];
    info = native().ptsv(letter, n, k, memoryOf(d), memoryOf(e), memoryOf(columns));
  } else {
    if (rows === 0) throw new AppError('value', 'illegal value in 3th argument of internal pbsv', { argument: 'ab' });
    const factor = memoryOf(columnMajor(band, dtype));
    info = native().pbtrf(letter, triangle(lower), n, rows - 1, factor);
    if (info === 0) native().pbtrs(letter, triangle(lower), n, rows - 1, k, factor, memoryOf(columns));
  }
  if (info > 0) throw new AppError('linalg', `${info}th leading minor not positive definite`, { argument: 'ab' });
  return shaped(columns);
}

const copyAs = (a: NDArray, dtype: ReturnType<typeof commonType>): NDArray => columnMajor(a, dtype);

export interface BandOptions {
  lower?: boolean;
  select?: Select;
  select_range?: Operand | null;
}

/**
 * Eigenvalues w (ascending) and eigenvectors v of a symmetric or Hermitian band: `a · v = v · diag(w)`; its diagonals as
 * of `cholesky_banded`.
 *
 * a_band (u + 1, n) → w (k,) float32 or float64, v (n, k) of the band's dtype (null without `vectors`), k = n or what `select` takes: 'v' those in
 * (low, high], 'i' from the first to the last place of `select_range`. LAPACK sbevd (hbevd), of a part sbevx (hbevx).
 * @throws AppError 'value' "expected a 2-D array", for a wrong selection, NaN and infinity; 'linalg' when it does not
 * converge.
 * @example eig_banded(array([[0, 2], [3, 3]])).w.tolist().map(Math.round) // [1, 5]
 */
export function eig_banded(
  a_band: Operand,
  { lower = false, select = 'a', select_range = null }: BandOptions = {},
  vectors = true,
): { w: NDArray; v: NDArray | null } {
  const given = bandOf(a_band);
  const dtype = commonType(given);
  const [rows, n] = given.shape;
  if (given.size === 0) return { w: empty([0], realType(dtype)), v: vectors ? empty([0, 0], dtype) : null };
  const part = spectrumPart(select, select_range, n);
  const band = memoryOf(columnMajor(given, dtype));
  const w = empty([n], realType(dtype));
  const v = vectors ? columnMajor(empty([n, mostOf(part, n)], dtype), dtype) : null;
  const z = v === null ? null : memoryOf(v);
  const letter = letterOf(dtype);
  const name = isComplexType(dtype) ? 'hbev' : 'sbev';
  if (part.range === 'A') {
    requireConverged(native().sbevd(letter, triangle(lower), n, rows - 1, band, memoryOf(w), z), `${name}d`);
    return { w, v };
  }
  const found = new Int32Array(1);
  const { range, low, high, first, last } = part;
  const info = native().sbevx(
    letter,
    triangle(lower),
    range,
    low,
    high,
    first,
    last,
    n,
    rows - 1,
    band,
    memoryOf(w),
    z,
    found,
  );
  requireConverged(info, `${name}x`);
  return {
    w: copy(sliced(w, slice(0, found[0]))),
    v: v === null ? null : copy(sliced(v, slice(), slice(0, found[0]))),
  };
}
