/** scipy.linalg's Schur and Hessenberg forms, LDLᴴ and pivoted QR. One matrix at a time. */
import { AppError } from '#shared/errors.ts';
import { copy } from '../cast.ts';
import { triu } from '../building.ts';
import { asarray, empty, eye, unset, zeros } from '../create.ts';
import {
  asType,
  columnAfterColumn,
  commonType,
  complexType,
  type FloatDType,
  isComplexType,
  isSmallReal,
  letterOf,
  realLetter,
  requireFinite,
} from '../linalg/matrices.ts';
import { qr as plainQr } from '../linalg/orthogonal.ts';
import { native } from '../native.ts';
import { NDArray } from '../ndarray.ts';
import type { Complex } from '../scalar.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { slice, sliced } from '../slicing.ts';
import { columnMajor, inSingle, memoryOf, squareMatrix } from './inputs.ts';

/**
 * Which eigenvalues come first: the left or right half plane, inside or outside of the unit circle, a choice, or truth
 * values, one for each eigenvalue in the order they have without a sort.
 */
export type SchurSort = 'lhp' | 'rhp' | 'iuc' | 'ouc' | ((w: Complex) => boolean) | NDArray;

const sorts: Record<'lhp' | 'rhp' | 'iuc' | 'ouc', (w: Complex) => boolean> = {
  lhp: ({ re }) => re < 0,
  rhp: ({ re }) => re >= 0,
  iuc: ({ re, im }) => Math.hypot(re, im) <= 1,
  ouc: ({ re, im }) => Math.hypot(re, im) > 1,
};

/**
 * The Schur form `a = Z · T · Zᴴ`: Z unitary, T upper triangular, or with 2 × 2 blocks on the diagonal for the complex
 * pairs of a real matrix (`output` 'real').
 *
 * a (n, n) → T, Z (n, n). With `sort`, the chosen eigenvalues stand first and `sdim` counts them. LAPACK gees, trsen.
 * float32 and complex64 stay single, integers and bool become float64; `output` 'complex' makes them complex.
 *
 * @throws AppError 'value' for other shapes, outputs and sorts; 'linalg' "Schur form not found. Possibly
 * ill-conditioned."
 * @example schur(array([[1, 2], [0, 3]])).T.tolist() // [[1, 2], [0, 3]]
 */
export function schur(
  a: Operand,
  output: 'real' | 'complex' | 'r' | 'c' = 'real',
  sort: SchurSort | null = null,
): { T: NDArray; Z: NDArray; sdim?: number } {
  if (!['real', 'complex', 'r', 'c'].includes(output)) {
    throw new AppError('value', "argument must be 'real', or 'complex'", { argument: 'output' });
  }
  const whole = asarray(a);
  if (sort === null && output.startsWith('r') && isSmallReal(whole) && whole.shape[0] === whole.shape[1]) {
    const small = smallSchur(whole);
    if (small !== null) return small;
  }
  const matrix = squareMatrix(whole);
  const given = commonType(matrix);
  const dtype = output.startsWith('c') ? complexType(given) : given;
  const flags =
    sort instanceof NDArray && sort.dtype === 'bool' && sort.ndim === 1 ? (sort.tolist() as boolean[]) : null;
  if (
    sort !== null &&
    typeof sort !== 'function' &&
    flags?.length !== matrix.shape[0] &&
    (typeof sort !== 'string' || !Object.hasOwn(sorts, sort))
  ) {
    throw new AppError(
      'value',
      "'sort' parameter must either be 'None', or a callable, or one of ('lhp','rhp','iuc','ouc')",
      {
        argument: 'sort',
      },
    );
  }
  const n = matrix.shape[0];
  const T = columnMajor(matrix, dtype);
  const Z = empty([n, n], dtype, 'F');
  const letter = letterOf(dtype);
  const w = dtype === 'float32' || dtype === 'complex64' ? new Float32Array(2 * n) : new Float64Array(2 * n);
  if (n > 0 && native().gees(letter, n, memoryOf(T), w, memoryOf(Z)) !== 0) {
    throw new AppError('linalg', 'Schur form not found. Possibly ill-conditioned.', { argument: 'a' });
  }
  if (sort === null) return { T, Z };
  const chosen = typeof sort === 'function' ? sort : typeof sort === 'string' ? sorts[sort] : null;
  const select = Int32Array.from({ length: n }, (_, i) =>
    Number(chosen?.({ re: w[2 * i], im: w[2 * i + 1] }) ?? flags?.[i]),
  );
  // A pair of a real matrix moves as one.
  if (!isComplexType(dtype)) {
    for (let i = 0; i + 1 < n; i++) if (w[2 * i + 1] > 0) select[i] = select[i + 1] = select[i] | select[i + 1];
  }
  const count = new Int32Array(1);
  if (native().trsen(letter, n, select, memoryOf(T), memoryOf(Z), count) !== 0) {
    throw new AppError('linalg', 'Eigenvalues could not be separated for reordering.', { argument: 'sort' });
  }
  return { T, Z, sdim: count[0] };
}

/** Null for what is not finite, and where the iteration did not converge. */
function smallSchur(a: NDArray): { T: NDArray; Z: NDArray } | null {
  const dtype = commonType(a);
  const { data, start, strides, shape } = asType(a, dtype);
  const unit = data.BYTES_PER_ELEMENT;
  const [T, Z] = [unset(shape, dtype), unset(shape, dtype)];
  const [row, col] = [strides[0] / unit, strides[1] / unit];
  const letter = realLetter(dtype);
  if (native().smallSchur(letter, shape[0], data, start, row, col, T.data, T.start, Z.data, Z.start) !== 0) return null;
  return { T: columnAfterColumn(T), Z: columnAfterColumn(Z) };
}

/**
 * The Hessenberg form `a = Q · H · Qᴴ`: Q unitary, H zero below the first subdiagonal.
 *
 * a (n, n) → H (n, n) and, with `calc_q`, Q (n, n); with fewer than three rows H is a itself. LAPACK gehrd, orghr
 * (unghr). float32 and complex64 stay single, wide integers become float64, small ones and bool float32.
 *
 * @throws AppError 'value' "expected square matrix", and for NaN and infinity, naming the first such cell.
 * @example hessenberg(array([[1.5, 2], [3, 4]])).H.tolist() // [[1.5, 2], [3, 4]]
 */
export function hessenberg(a: Operand, calc_q = false): { H: NDArray; Q?: NDArray } {
  const given = squareMatrix(a);
  const n = given.shape[0];
  // What has nothing to be reduced stays as it is.
  if (n === 1 || n === 2) return calc_q ? { H: copy(given), Q: eye(n) } : { H: copy(given) };
  const matrix = inSingle(given);
  const dtype = commonType(matrix);
  const H = columnMajor(matrix, dtype);
  if (n === 0) return calc_q ? { H, Q: eye(n, n, 0, dtype) } : { H };
  const Q = empty([n, n], dtype, 'F');
  native().hessenberg(letterOf(dtype), n, memoryOf(H), memoryOf(Q));
  return calc_q ? { H, Q } : { H };
}

/**
 * LDLᴴ of a symmetric or Hermitian matrix: `a = lu · d · luᴴ` (luᵀ without `hermitian`), d with 1 × 1 and 2 × 2 blocks
 * on its diagonal; `lu[perm]` is triangular.
 *
 * a (n, n), of which one triangle is read; lu, d (n, n), perm (n,) int64. LAPACK sytrf, hetrf (Bunch, Kaufman, 1977).
 * @throws AppError 'value' for other shapes, NaN and infinity, naming the first such cell.
 * @example ldl(array([[4, 2], [2, 3]])).d.tolist() // [[4, 0], [0, 2]]
 */
export function ldl(a: Operand, lower = true, hermitian = true): { lu: NDArray; d: NDArray; perm: NDArray } {
  const given = asarray(a);
  if (isSmallReal(given) && given.shape[0] === given.shape[1]) {
    const small = smallLdl(given, lower);
    if (small !== null) return small;
  }
  const matrix = squareMatrix(given, 'The input array "a" should be square.');
  if (matrix.size === 0) {
    const none = empty([0, 0], matrix.dtype);
    return { lu: none, d: copy(none), perm: empty([0], 'int64') };
  }
  const dtype = commonType(matrix);
  const n = matrix.shape[0];
  const packed = columnMajor(matrix, dtype);
  const pivots = new Int32Array(n);
  const complex = isComplexType(dtype);
  native().sytrf(letterOf(dtype), lower ? 'L' : 'U', n, memoryOf(packed), pivots, Boolean(hermitian) && complex);
  const lu = eye(n, n, 0, dtype);
  const d = zeros([n, n], dtype);
  const order = Array.from({ length: n }, (_, i) => i);
  // From the block eliminated last to the first, each followed by its exchange of rows.
  for (const { first, size, exchanged } of blocks(pivots, lower).reverse()) {
    const last = first + size - 1;
    for (let k = first; k <= last; k++) {
      d.set([k, k], realIf(hermitian && complex, packed.get([k, k])));
      const [from, to] = lower ? [last + 1, n] : [0, first];
      for (let i = from; i < to; i++) lu.set([i, k], packed.get([i, k]));
    }
    if (size === 2) {
      const [i, j] = lower ? [last, first] : [first, last];
      const off = packed.get([i, j]);
      d.set([i, j], off);
      d.set([j, i], hermitian && typeof off === 'object' ? { re: off.re, im: -off.im } : off);
    }
    const own = lower ? last : first;
    if (exchanged !== own) {
      const [from, to] = lower ? [first, n] : [0, last + 1];
      for (let k = from; k < to; k++) {
        const [x, y] = [lu.get([own, k]), lu.get([exchanged, k])];
        lu.set([own, k], y);
        lu.set([exchanged, k], x);
      }
      [order[own], order[exchanged]] = [order[exchanged], order[own]];
    }
  }
  const perm = new Array<bigint>(n);
  order.forEach((row, i) => {
    perm[row] = BigInt(i);
  });
  return { lu, d, perm: asarray(perm, 'int64') };
}

/** Null for what is not finite. */
function smallLdl(a: NDArray, lower: boolean): { lu: NDArray; d: NDArray; perm: NDArray } | null {
  const dtype = commonType(a);
  const { data, start, strides, shape } = asType(a, dtype);
  const n = shape[0];
  const unit = data.BYTES_PER_ELEMENT;
  const [lu, d, perm] = [unset(shape, dtype), unset(shape, dtype), unset([n], 'int64')];
  const code = native().smallLdl(
    realLetter(dtype),
    Boolean(lower),
    n,
    data,
    start,
    strides[0] / unit,
    strides[1] / unit,
    lu.data,
    lu.start,
    d.data,
    d.start,
    perm.data,
    perm.start,
  );
  return code === 0 ? { lu, d, perm } : null;
}

const realIf = (real: boolean, x: ReturnType<NDArray['get']>): ReturnType<NDArray['get']> =>
  real && typeof x === 'object' ? x.re : x;

/** The diagonal blocks in the order of elimination, with the row that was exchanged. */
function blocks(pivots: Int32Array, lower: boolean): { first: number; size: number; exchanged: number }[] {
  const found: { first: number; size: number; exchanged: number }[] = [];
  const n = pivots.length;
  for (let k = lower ? 0 : n - 1; lower ? k < n : k >= 0;) {
    const size = pivots[k] > 0 ? 1 : 2;
    found.push({ first: lower ? k : k - size + 1, size, exchanged: Math.abs(pivots[k]) - 1 });
    k += lower ? size : -size;
  }
  return found;
}

/**
 * SciPy's QR: `a = Q · R`, or `a[:, P] = Q · R` with `pivoting`, where |R[i, i]| does not increase.
 *
 * a (m, n); `full` Q (m, m), R (m, n); `economic` Q (m, k), R (k, n); `r` only R (m, n); `raw` LAPACK's
 * reflectors (m, n) with tau (k,), and R (k, n). An empty one keeps its dtype. LAPACK geqrf or geqp3, orgqr.
 * @throws AppError 'value' for other modes and dimensions, NaN and infinity, naming the first such cell.
 * @example qr_pivoted(array([[1, 5], [0, 0]])).P?.tolist() // [1, 0]
 */
export function qr_pivoted(
  a: Operand,
  mode: 'full' | 'economic' | 'r' | 'raw' = 'full',
  pivoting = true,
): { raw?: [NDArray, NDArray]; Q?: NDArray; R: NDArray; P?: NDArray } {
  if (!['full', 'qr', 'r', 'economic', 'raw'].includes(mode)) {
    throw new AppError('value', "Mode argument should be one of ['full', 'r', 'economic', 'raw']", {
      argument: 'mode',
    });
  }
  const matrix = asarray(a);
  if (matrix.ndim !== 2) throw new AppError('value', 'expected a 2-D array', { argument: 'a' });
  requireFinite(matrix, 'a', 'value');
  const [m, n] = matrix.shape;
  const k = Math.min(m, n);
  if (matrix.size === 0) {
    const { dtype: own } = matrix;
    const short = mode === 'economic' || mode === 'raw';
    const R = empty(short ? [k, n] : [m, n], own);
    const P = pivoting ? { P: asarray([...Array(n).keys()], 'int32') } : {};
    if (mode === 'r') return { R, ...P };
    if (mode === 'raw') return { raw: [empty([m, n], own), zeros([k], own)], R, ...P };
    return { Q: short ? empty([m, k], own) : eye(m, m, 0, own), R, ...P };
  }
  if (!pivoting) {
    if (mode === 'economic') return plainQr(matrix);
    if (mode === 'raw') {
      const { h, tau } = plainQr(matrix, 'raw');
      return { raw: [h.T, tau], R: copy(triu(sliced(h.T, slice(0, n)))) };
    }
    const { Q, R } = plainQr(matrix, 'complete');
    return mode === 'r' ? { R } : { Q, R };
  }
  const dtype: FloatDType = commonType(matrix);
  const packed = columnMajor(matrix, dtype);
  const order = new Int32Array(n);
  const tau = empty([k], dtype);
  const letter = letterOf(dtype);
  native().geqp3(letter, m, n, memoryOf(packed), order, memoryOf(tau));
  const P = asarray(
    [...order].map((j) => j - 1),
    'int32',
  );
  const rows = mode === 'economic' || mode === 'raw' ? k : m;
  const R = copy(triu(packed.view([rows, n], packed.strides)));
  if (mode === 'r') return { R, P };
  if (mode === 'raw') return { raw: [packed, tau], R, P };
  const cols = mode === 'economic' ? k : m;
  const Q = zeros([m, cols], dtype, 'F');
  const part = memoryOf(packed).length / Math.max(1, n);
  if (m > 0) memoryOf(Q).set(memoryOf(packed).subarray(0, k * part));
  if (m > 0 && cols > 0) native().orgqr(letter, m, cols, k, memoryOf(Q), m, memoryOf(tau));
  return { Q, R, P };
}
