/** scipy.linalg's eigenvalues and eigenvectors of symmetric tridiagonal matrices. One matrix at a time. */
import { AppError } from '#shared/errors.ts';
import { copy } from '../cast.ts';
import { asarray, empty, ones } from '../create.ts';
import { commonType, letterOf, realType, requireFinite } from '../linalg/matrices.ts';
import { requireMemory, shapeText, sizeInWords } from '../memory.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { slice, sliced } from '../slicing.ts';
import { argsort } from '../sorting.ts';
import { take } from '../taking.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { columnMajor, memoryOf } from './inputs.ts';
import { mostOf, requireConverged, type Select, type SpectrumPart, spectrumPart } from './spectrum-part.ts';

const drivers = { auto: 'D', stemr: 'R', sterf: 'F', stebz: 'B', stev: 'V', stevd: 'D' } as const;
type Driver = keyof typeof drivers;

export interface TridiagonalOptions {
  select?: Select;
  select_range?: Operand | null;
  /** How near bisection goes to an eigenvalue; 0 as near as it can. */
  tol?: number;
  lapack_driver?: Driver;
}

function diagonalOf(x: Operand, argument: string): NDArray {
  const list = asarray(x);
  if (list.ndim !== 1) throw new AppError('value', 'expected a 1-D array', { argument });
  if (list.entries === 2) throw new AppError('dtype', 'Only real arrays currently supported', { argument });
  requireFinite(list, argument, 'value');
  return list;
}

/** @throws AppError 'value' for a driver that there is none of, or that cannot do what is asked. */
function driverFor(driver: unknown, { range }: SpectrumPart): Driver {
  if (typeof driver !== 'string')
    throw new AppError('dtype', 'lapack_driver must be str', { argument: 'lapack_driver' });
  if (!Object.hasOwn(drivers, driver)) {
    const names = Object.keys(drivers)
      .map((name) => `'${name}'`)
      .join(', ');
    throw new AppError('value', `lapack_driver must be one of (${names}), got ${driver}`, {
      argument: 'lapack_driver',
    });
  }
  return driver === 'auto' ? (range === 'A' ? 'stevd' : 'stebz') : (driver as Driver);
}

/** @throws AppError 'value' for a part of the spectrum, or for eigenvectors, of drivers that cannot give them. */
function requireAble(driver: Driver, { range }: SpectrumPart, vectors: boolean): void {
  const wrong = (words: string): AppError =>
    new AppError('value', `${driver} can only be used when ${words}`, { argument: 'lapack_driver' });
  if (range !== 'A' && ['sterf', 'stev', 'stevd'].includes(driver)) throw wrong('select == "a"');
  if (driver === 'sterf' && vectors) throw wrong('eigvals_only is True');
}

/** Of a matrix of one number. */
function single(d: NDArray, { range, low, high }: SpectrumPart, vectors: boolean): { w: NDArray; v: NDArray | null } {
  const value = Number(d.item());
  if (range === 'V' && !(low < value && value <= high))
    return { w: empty([0]), v: vectors ? empty([1, 0], d.dtype) : null };
  return { w: copy(d), v: vectors ? ones([1, 1], d.dtype) : null };
}

/**
 * Eigenvalues w (ascending) and eigenvectors v of the symmetric tridiagonal matrix with diagonal d and e beside it:
 * `a · v = v · diag(w)`.
 *
 * d (n,), e (n − 1,) real → w (k,), v (n, k), float32 or float64 (null without `vectors`), k = n or what `select` takes: 'v' those in
 * (low, high], 'i' from the first to the last place of `select_range`. LAPACK stevd, of a part stebz and stein, or the
 * `lapack_driver`: stemr, stev, sterf.
 * @throws AppError 'value' "d (…) must have one more element than e (…)", for a wrong selection or driver, NaN and
 * infinity; 'dtype' "Only real arrays currently supported"; 'linalg' when it does not converge.
 * @example eigh_tridiagonal(array([3, 3]), array([2])).w.tolist().map(Math.round) // [1, 5]
 */
export function eigh_tridiagonal(
  d: Operand,
  e: Operand,
  { select = 'a', select_range = null, tol = 0, lapack_driver = 'auto' }: TridiagonalOptions = {},
  vectors = true,
): { w: NDArray; v: NDArray | null } {
  const [middle, beside] = [diagonalOf(d, 'd'), diagonalOf(e, 'e')];
  const n = middle.size;
  if (n !== beside.size + 1)
    throw new AppError('value', `d (${n}) must have one more element than e (${beside.size})`, { argument: 'e' });
  const part = spectrumPart(select, select_range, n);
  const driver = driverFor(lapack_driver, part);
  if (n === 1) return single(middle, part, vectors);
  requireAble(driver, part, vectors);
  const dtype = realType(commonType(middle, beside));
  const most = mostOf(part, n);
  const bytes = vectors ? 16 * n * most : 0;
  requireMemory(bytes, () => `The eigenvectors with shape ${shapeText([n, most])} need ${sizeInWords(bytes)}`);
  const w = empty([n], dtype);
  const v = vectors ? empty([n, most], dtype, 'F') : null;
  const found = new Int32Array(2);
  const { range, low, high, first, last } = part;
  const info = native().tridiagonal(
    letterOf(dtype) as 's' | 'd',
    drivers[driver],
    range,
    low,
    high,
    first,
    last,
    tol,
    n,
    memoryOf(columnMajor(middle, dtype)),
    memoryOf(columnMajor(beside, dtype)),
    memoryOf(w),
    v === null ? null : memoryOf(v),
    found,
  );
  if (found[1] === 1)
    requireConverged(info, 'stein (eigh_tridiagonal)', (count) => `${count} eigenvectors failed to converge`);
  requireConverged(info, `${driver} (eigh_tridiagonal)`);
  const [values, columns] = [sliced(w, slice(0, found[0])), v === null ? null : sliced(v, slice(), slice(0, found[0]))];
  if (columns === null) return { w: copy(values), v: null };
  if (driver !== 'stebz') return found[0] === n ? { w, v } : { w: copy(values), v: copy(columns) };
  const order = argsort(values);
  return { w: take(values, order), v: take(columns, order, 1) };
}

/**
 * The eigenvalues alone; arguments and errors as `eigh_tridiagonal`.
 *
 * d (n,), e (n − 1,) → (k,), float32 or float64, ascending.
 * @example eigvalsh_tridiagonal(array([3, 3]), array([2]), { select: 'i', select_range: [1, 1] }).tolist().map(Math.round) // [5]
 */
export function eigvalsh_tridiagonal(d: Operand, e: Operand, options: TridiagonalOptions = {}): NDArray {
  return eigh_tridiagonal(d, e, options, false).w;
}
