/** scipy.linalg's eigenproblems, plain and generalised (`a · x = λ · b · x`). One matrix at a time. */
import { AppError } from '#shared/errors.ts';
import { astype, copy } from '../cast.ts';
import { asarray, empty, ones, unset } from '../create.ts';
import { stack } from '../joining.ts';
import { eig, eigh as plainEigh, eigvals, eigvalsh as plainEigvalsh } from '../linalg/eigenvalues.ts';
import {
  asType,
  columnAfterColumn,
  commonType,
  complexType,
  type FloatDType,
  isComplexType,
  isSmall,
  letterOf,
  realLetter,
  realType,
} from '../linalg/matrices.ts';
import { shapeText } from '../memory.ts';
import { type Floats, native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { slice, sliced } from '../slicing.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { columnMajor, memoryOf, squareMatrix } from './inputs.ts';

export interface SymmetricOptions {
  lower?: boolean;
  type?: number;
  subset_by_index?: readonly number[] | null;
  subset_by_value?: readonly number[] | null;
}

const square = (a: Operand): NDArray => squareMatrix(a);

const hermitian = (a: Operand): NDArray => squareMatrix(a, 'expected square "a" matrix');

function second(a: NDArray, b: Operand, message: string, unequal: (b: string, a: string) => string): NDArray {
  const other = squareMatrix(b, message);
  if (other.shape[0] === a.shape[0]) return other;
  throw new AppError('value', unequal(shapeText(other.shape), shapeText(a.shape)), { argument: 'b' });
}

/**
 * Eigenvalues w (ascending) and eigenvectors v of a Hermitian pencil: `a · v = b · v · diag(w)` for `type` 1, `a · b ·
 * v = v · diag(w)` for 2, `b · a · v = v · diag(w)` for 3; b positive definite, the identity when left out.
 *
 * a, b (n, n), of which one triangle is read; w (n,) real, v (n, n), or those of `subset_by_index` [first, last] or
 * `subset_by_value` (low, high]. LAPACK syevd, sygvd (heevd, hegvd). float32 and complex64 are computed in single
 * precision where both are, integers and bool in float64.
 *
 * @throws AppError 'value' for other shapes; 'linalg' when b is not positive definite.
 * @example eigh_generalised(array([[2, 0], [0, 8]]), array([[1, 0], [0, 1]])).w.tolist() // [2, 8]
 */
export function eigh_generalised(
  a: Operand,
  b: Operand | null = null,
  { lower = true, type = 1, subset_by_index = null, subset_by_value = null }: SymmetricOptions = {},
): { w: NDArray; v: NDArray } {
  const matrix = hermitian(a);
  const { w, v } = symmetric(matrix, b, lower, type, true, [subset_by_index, subset_by_value]);
  if (v === null) throw new AppError('bug', 'eigh made no eigenvectors');
  const [from, to] = part(w, subset_by_index, subset_by_value);
  if (from === 0 && to === w.size) return { w, v };
  return { w: copy(sliced(w, slice(from, to))), v: copy(sliced(v, slice(), slice(from, to))) };
}

/**
 * The eigenvalues alone; arguments and errors as `eigh_generalised`.
 *
 * a (n, n), b (n, n) → (n,), real and ascending. float32 of float32 and complex64, else float64.
 *
 * @example eigvalsh_generalised(array([[2, 0], [0, 8]]), array([[1, 0], [0, 1]])).tolist() // [2, 8]
 */
export function eigvalsh_generalised(
  a: Operand,
  b: Operand | null = null,
  { lower = true, type = 1, subset_by_index = null, subset_by_value = null }: SymmetricOptions = {},
): NDArray {
  const matrix = hermitian(a);
  const { w } = symmetric(matrix, b, lower, type, false, [subset_by_index, subset_by_value]);
  const [from, to] = part(w, subset_by_index, subset_by_value);
  return from === 0 && to === w.size ? w : copy(sliced(w, slice(from, to)));
}

/**
 * The driver must be one that SciPy has for the problem; the engine takes the fastest that LAPACK has.
 * @throws AppError 'value' in SciPy's words.
 * @example requireEighDriver('evd', false, {}) // undefined
 */
export function requireEighDriver(driver: string | null | undefined, generalised: boolean, o: SymmetricOptions): void {
  if (driver === null || driver === undefined) return;
  const plainOnes = ['ev', 'evd', 'evr', 'evx'];
  const pencils = ['gv', 'gvd', 'gvx'];
  if (![...plainOnes, ...pencils].includes(driver)) {
    throw new AppError(
      'value',
      `"${driver}" is unknown. Possible values are "None", "${[...plainOnes, ...pencils].join('", "')}".`,
      { argument: 'driver' },
    );
  }
  if (generalised !== pencils.includes(driver)) {
    throw new AppError(
      'value',
      generalised
        ? `"${driver}" requires input b array to be None when it is a generalized problem.`
        : `"${driver}" requires input b array to be supplied. Instead got b=None`,
      { argument: 'driver' },
    );
  }
  const subset = (o.subset_by_index ?? null) !== null || (o.subset_by_value ?? null) !== null;
  if (subset && ['ev', 'evd', 'gv', 'gvd'].includes(driver))
    throw new AppError('value', `"${driver}" cannot compute subsets of eigenvalues`, { argument: 'driver' });
}

function symmetric(
  a: NDArray,
  b: Operand | null,
  lower: boolean,
  type: number,
  vectors: boolean,
  subset: [Bounds, Bounds],
): { w: NDArray; v: NDArray | null } {
  const uplo = lower ? 'L' : 'U';
  if (b === null || a.size === 0) {
    requireBounds(a.shape[0], ...subset);
    if (!vectors) return { w: plainEigvalsh(a, uplo), v: null };
    const { eigenvalues, eigenvectors } = plainEigh(a, uplo);
    return { w: eigenvalues, v: eigenvectors };
  }
  const other = second(
    a,
    b,
    'expected square "b" matrix',
    (theirs, ours) => `wrong b dimensions ${theirs}, should be ${ours}`,
  );
  if (![1, 2, 3].includes(Number(type))) {
    throw new AppError('value', '"type" keyword only accepts 1, 2, and 3.', { argument: 'type' });
  }
  requireBounds(a.shape[0], ...subset);
  const dtype = commonType(a, other);
  const n = a.shape[0];
  if (Number(type) === 1 && isSmall(a) && !isComplexType(dtype)) {
    const small = smallPencil(asType(a, dtype), asType(other, dtype), dtype, uplo, vectors);
    if (small !== null) return small;
  }
  const v = columnMajor(a, dtype);
  const w = empty([n], realType(dtype));
  const info = native().sygvd(
    letterOf(dtype),
    Number(type),
    vectors ? 'V' : 'N',
    uplo,
    n,
    memoryOf(v),
    memoryOf(columnMajor(other, dtype)),
    memoryOf(w),
  );
  if (info > n) {
    throw new AppError(
      'linalg',
      `The leading minor of order ${info - n} of B is not positive definite. The factorization of B could not be completed and no eigenvalues or eigenvectors were computed.`,
      { argument: 'b' },
    );
  }
  if (info !== 0) throw new AppError('linalg', 'Eigenvalues did not converge', { argument: 'a' });
  return { w, v };
}

/** Null where b is not positive definite, and where the iteration did not converge. */
function smallPencil(
  a: NDArray,
  b: NDArray,
  dtype: FloatDType,
  uplo: 'L' | 'U',
  vectors: boolean,
): { w: NDArray; v: NDArray | null } | null {
  const n = a.shape[0];
  const [w, v] = [unset([n], dtype), vectors ? unset([n, n], dtype) : null];
  const unit = a.data.BYTES_PER_ELEMENT;
  const code = native().smallPencil(
    realLetter(dtype),
    uplo,
    n,
    a.data,
    a.start,
    a.strides[0] / unit,
    a.strides[1] / unit,
    b.data,
    b.start,
    b.strides[0] / unit,
    b.strides[1] / unit,
    w.data,
    w.start,
    vectors,
    v === null ? null : v.data,
    v === null ? 0 : v.start,
  );
  return code === 0 ? { w, v: v === null ? null : columnAfterColumn(v) } : null;
}

const words = (x: number): string => String(x).replace('Infinity', 'inf').replace('NaN', 'nan');

type Bounds = readonly number[] | null;

/** @throws AppError 'value' for what no subset of n eigenvalues can be. */
function requireBounds(n: number, byIndex: Bounds, byValue: Bounds): void {
  if (n === 0) return;
  for (const [argument, bounds] of Object.entries({ subset_by_index: byIndex, subset_by_value: byValue })) {
    if (bounds !== null && !(Array.isArray(bounds) && bounds.length === 2)) {
      throw new AppError('value', `${argument} must be a pair of bounds`, { argument });
    }
  }
  if (byIndex !== null && byValue !== null) {
    throw new AppError('value', 'Either index or value subset can be requested.');
  }
  if (byIndex !== null) {
    const [first, last] = byIndex;
    if (!(first >= 0 && first <= last && last < n)) {
      throw new AppError(
        'value',
        `Requested eigenvalue indices are not valid. Valid range is [0, ${n - 1}] and start <= end, but start=${first}, end=${last} is given`,
        { argument: 'subset_by_index' },
      );
    }
  }
  if (byValue === null) return;
  const [low, high] = byValue;
  if (!(low < high)) {
    throw new AppError(
      'value',
      `Requested eigenvalue bounds are not valid. Valid range is (-inf, inf) and low < high, but low=${words(low)}, high=${words(high)} is given`,
      {
        argument: 'subset_by_value',
      },
    );
  }
}

/** The first of the eigenvalues asked for, and the one behind the last. */
function part(w: NDArray, byIndex: Bounds, byValue: Bounds): [number, number] {
  if (w.size === 0) return [0, 0];
  if (byIndex !== null) return [byIndex[0], byIndex[1] + 1];
  if (byValue === null) return [0, w.size];
  const [low, high] = byValue;
  const values = w.tolist() as number[];
  return [values.filter((x) => x <= low).length, values.filter((x) => x <= high).length];
}

/**
 * Eigenvalues w (complex, in no order) of a matrix or pencil with right and left eigenvectors of length 1: `a · vr = b
 * · vr · diag(w)`, `vlᴴ · a = diag(w) · vlᴴ · b`.
 *
 * a, b (n, n); w (n,); vl, vr (n, n), real when every eigenvalue is; `alpha_beta` (2, n) gives α and β with w = α / β.
 * An eigenvalue of a singular b is infinite. LAPACK geev, ggev. complex64 of float32 and complex64, else complex128.
 *
 * @throws AppError 'value' for other shapes, NaN and infinity; 'linalg' "Eigenvalues did not converge".
 * @example eig_generalised(array([[2, 0], [0, 8]]), array([[1, 0], [0, 2]])).w.tolist() // [{ re: 2, im: 0 }, { re: 4, im: 0 }]
 */
export function eig_generalised(
  a: Operand,
  b: Operand | null = null,
  left = false,
  right = true,
): { w: NDArray; vl?: NDArray; vr?: NDArray; alpha_beta: () => NDArray } {
  const matrix = square(a);
  if (b === null && !left && isSmall(matrix)) return smallEig(matrix, right);
  const n = matrix.shape[0];
  const other =
    b === null || n === 0
      ? null
      : second(matrix, b, 'expected square matrix', () => 'a and b must have the same shape');
  const dtype = other === null ? commonType(matrix) : commonType(matrix, other);
  const letter = letterOf(dtype);
  const w = empty([n], complexType(dtype));
  const vl = left ? empty([n, n], dtype, 'F') : null;
  const vr = right ? empty([n, n], dtype, 'F') : null;
  const none = memoryOf(empty([0], dtype));
  const pairs = memoryOf(w);
  let homogeneous: NDArray | null = null;
  if (n > 0) {
    let info: number;
    if (other === null) {
      info = native().geev(
        letter,
        left ? 'V' : 'N',
        right ? 'V' : 'N',
        n,
        memoryOf(columnMajor(matrix, dtype)),
        n,
        pairs,
        vl === null ? none : memoryOf(vl),
        left ? n : 1,
        vr === null ? none : memoryOf(vr),
        right ? n : 1,
      );
    } else {
      const betas = empty([n], dtype);
      const beta = memoryOf(betas);
      info = native().ggev(
        letter,
        n,
        memoryOf(columnMajor(matrix, dtype)),
        memoryOf(columnMajor(other, dtype)),
        pairs,
        beta,
        vl === null ? null : memoryOf(vl),
        vr === null ? null : memoryOf(vr),
      );
      homogeneous = stack([copy(w), astype(betas, w.dtype)]);
      divide(pairs, beta, isComplexType(dtype));
    }
    if (info !== 0) throw new AppError('linalg', 'Eigenvalues did not converge', { argument: 'a' });
  }
  const complex = isComplexType(dtype) || pairs.some((x, i) => i % 2 === 1 && x !== 0);
  const finished = (v: NDArray): NDArray => {
    const unpacked = complex && !isComplexType(dtype) ? unpack(v, pairs) : v;
    // ggev scales its vectors otherwise.
    return other === null ? unpacked : unit(unpacked);
  };
  return {
    w,
    alpha_beta: () => homogeneous ?? stack([w, ones([n], w.dtype)]),
    ...(vl === null ? {} : { vl: finished(vl) }),
    ...(vr === null ? {} : { vr: finished(vr) }),
  };
}

/** As numpy.linalg has it, but that eigenvalues are complex also where all of them are real. */
function smallEig(a: NDArray, right: boolean): { w: NDArray; vr?: NDArray; alpha_beta: () => NDArray } {
  let w: NDArray;
  let vr: NDArray | null = null;
  if (right) ({ eigenvalues: w, eigenvectors: vr } = eig(a));
  else w = eigvals(a);
  if (w.entries === 1) w = astype(w, complexType(commonType(w)));
  return { w, ...(vr === null ? {} : { vr }), alpha_beta: () => stack([w, ones([w.size], w.dtype)]) };
}

/** α / β of each eigenvalue. */
function divide(pairs: Floats, beta: Floats, complex: boolean): void {
  const n = pairs.length / 2;
  for (let i = 0; i < n; i++) {
    const [re, im] = [pairs[2 * i], pairs[2 * i + 1]];
    const [c, d] = complex ? [beta[2 * i], beta[2 * i + 1]] : [beta[i], 0];
    if (d === 0) {
      pairs[2 * i] = re / c;
      pairs[2 * i + 1] = im === 0 ? 0 : im / c;
    } else {
      const size = c * c + d * d;
      pairs[2 * i] = (re * c + im * d) / size;
      pairs[2 * i + 1] = (im * c - re * d) / size;
    }
  }
}

/** LAPACK packs a complex pair of eigenvectors of a real matrix into two real columns. */
function unpack(v: NDArray, pairs: Floats): NDArray {
  const n = v.shape[0];
  const out = empty([n, n], complexType(commonType(v)));
  for (let j = 0; j < n; j++) {
    const im = pairs[2 * j + 1];
    for (let i = 0; i < n; i++) {
      if (im === 0) out.set([i, j], v.get([i, j]));
      else if (im > 0) out.set([i, j], { re: Number(v.get([i, j])), im: Number(v.get([i, j + 1])) });
      else out.set([i, j], { re: Number(v.get([i, j - 1])), im: -Number(v.get([i, j])) });
    }
  }
  return out;
}

function unit(v: NDArray): NDArray {
  const out = astype(v, v.dtype, { order: 'C' });
  const [m, n] = out.shape;
  const data = memoryOf(out);
  const parts = out.entries;
  for (let j = 0; j < n; j++) {
    let size = 0;
    for (let i = 0; i < m; i++) for (let p = 0; p < parts; p++) size = Math.hypot(size, data[(i * n + j) * parts + p]);
    if (size > 0) for (let i = 0; i < m; i++) for (let p = 0; p < parts; p++) data[(i * n + j) * parts + p] /= size;
  }
  return out;
}

/**
 * The eigenvalues alone, complex; arguments and errors as `eig_generalised`.
 *
 * a (n, n), b (n, n) → (n,). Dtypes as of `eig_generalised`.
 *
 * @example eigvals_generalised(array([[2]])).tolist() // [{ re: 2, im: 0 }]
 */
export function eigvals_generalised(a: Operand, b: Operand | null = null): NDArray {
  return eig_generalised(asarray(a), b, false, false).w;
}
