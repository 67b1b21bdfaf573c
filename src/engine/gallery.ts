/** Matrices with names: scipy.linalg's special matrices and the classics of numerical analysis. */
import { AppError } from '#shared/errors.ts';
import { commonShape } from './broadcast.ts';
import { astype, broadcast_to, copyInto } from './cast.ts';
import { asarray, empty, fillWith, zeros } from './create.ts';
import { NDArray } from './ndarray.ts';
import { array_repr } from './printing.ts';
import { result_type } from './promotion.ts';
import { PyFloat } from './scalar.ts';
import { any } from './reductions.ts';
import { overBatch } from './scipy/batches.ts';
import { atleast_1d, atleast_2d, expand_dims, ravel, reshape } from './shape.ts';
import { ellipsis, slice, sliced } from './slicing.ts';
import { absolute, divide, multiply, negative, subtract } from './ufuncs/arithmetic.ts';
import { equal } from './ufuncs/comparison.ts';
import type { Operand } from './ufuncs/definition.ts';

/** The m × n float64 matrix whose entry (i, j) is `entry(i, j)`. */
function filled(rows: number, columns: number, entry: (i: number, j: number) => number): NDArray {
  const [m, n] = [Math.max(0, rows), Math.max(0, columns)];
  const made = empty([m, n]);
  const data = made.data as Float64Array;
  for (let i = 0, at = made.start; i < m; i++) for (let j = 0; j < n; j++) data[at++] = entry(i, j);
  return made;
}

const square = (n: number, entry: (i: number, j: number) => number): NDArray => filled(n, n, entry);

/** n over k as an exact integer. */
function binomial(n: number, k: number): bigint {
  let result = 1n;
  for (let i = 1; i <= k; i++) result = (result * BigInt(n - k + i)) / BigInt(i);
  return result;
}

/**
 * The Hilbert matrix, 1 / (i + j + 1): symmetric, positive definite and famously ill-conditioned.
 *
 * (n, n), float64.
 *
 * @example hilbert(2).tolist() // [[1, 0.5], [0.5, 0.3333333333333333]]
 */
export function hilbert(n: number): NDArray {
  return square(n, (i, j) => 1 / (i + j + 1));
}

/**
 * The inverse of the Hilbert matrix: whole numbers of alternating sign.
 *
 * (n, n), float64.
 *
 * @throws AppError 'value' "negative dimensions are not allowed".
 * @example invhilbert(2).tolist() // [[4, -6], [-6, 12]]
 */
export function invhilbert(n: number): NDArray {
  if (n < 0) throw new AppError('value', 'negative dimensions are not allowed', { argument: 'n' });
  return square(n, (i, j) => {
    const magnitude =
      BigInt(i + j + 1) * binomial(n + i, n - j - 1) * binomial(n + j, n - i - 1) * binomial(i + j, i) ** 2n;
    return Number((i + j) % 2 === 0 ? magnitude : -magnitude);
  });
}

/**
 * Pascal's triangle: symmetric, or its lower or upper Cholesky factor; uint64, or float64 unless `exact`.
 *
 * (n, n).
 *
 * @throws AppError 'value' "kind must be 'symmetric', 'lower', or 'upper'", "the entries of this size do not fit into
 * uint64 …".
 * @example pascal(3).tolist() // [[1n, 1n, 1n], [1n, 2n, 3n], [1n, 3n, 6n]]
 */
export function pascal(n: number, kind: 'symmetric' | 'lower' | 'upper' = 'symmetric', exact = true): NDArray {
  const kinds: readonly unknown[] = ['symmetric', 'lower', 'upper'];
  if (!kinds.includes(kind))
    throw new AppError('value', "kind must be 'symmetric', 'lower', or 'upper'", { argument: 'kind' });
  if (exact) requireRoom(kind === 'symmetric' ? binomial(2 * n - 2, n - 1) : binomial(n - 1, (n - 1) >> 1), 'uint64');
  const made = zeros([n, n], exact ? 'uint64' : 'float64');
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const value =
        kind === 'symmetric'
          ? binomial(i + j, i)
          : kind === 'lower'
            ? j <= i
              ? binomial(i, j)
              : 0n
            : i <= j
              ? binomial(j, i)
              : 0n;
      made.set([i, j], exact ? value : Number(value));
    }
  }
  return made;
}

/** Refuses whole numbers that are larger than those of a dtype. */
function requireRoom(largest: bigint, dtype: 'int64' | 'uint64'): void {
  if (largest < (dtype === 'int64' ? 1n << 63n : 1n << 64n)) return;
  throw new AppError(
    'value',
    `the entries of this size do not fit into ${dtype} (${largest} is one): ask for float64 with exact=False`,
    {
      argument: 'n',
    },
  );
}

/**
 * The inverse of Pascal's matrix: whole numbers of alternating sign, int64, or float64 unless `exact`.
 *
 * (n, n).
 *
 * @throws AppError 'value' "'kind' must be 'symmetric', 'lower' or 'upper'.", "the entries of this size do not fit into
 * int64 …".
 * @example invpascal(2).tolist() // [[2n, -1n], [-1n, 1n]]
 */
export function invpascal(n: number, kind: 'symmetric' | 'lower' | 'upper' = 'symmetric', exact = true): NDArray {
  if (!['symmetric', 'lower', 'upper'].includes(kind)) {
    throw new AppError('value', "'kind' must be 'symmetric', 'lower' or 'upper'.", { argument: 'kind' });
  }
  const made = zeros([n, n], exact ? 'int64' : 'float64');
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let value = 0n;
      if (kind === 'symmetric') {
        for (let k = Math.max(i, j); k < n; k++) value += binomial(k, i) * binomial(k, j);
      } else if (kind === 'lower' ? j <= i : i <= j) {
        value = kind === 'lower' ? binomial(i, j) : binomial(j, i);
      }
      const even = (i + j) % 2 === 0;
      if (exact) requireRoom(value, 'int64');
      made.set([i, j], exact ? (even ? value : -value) : even ? Number(value) : -Number(value));
    }
  }
  return made;
}

/**
 * Helmert's orthogonal rows: row i compares entry i with the mean of those before it; the first row, with `full`, is
 * constant.
 *
 * (n − 1, n), (n, n) with `full`; float64.
 *
 * @throws AppError 'value' "negative dimensions are not allowed".
 * @example helmert(2).tolist().map((row) => row.map((x) => x.toFixed(3))) // [['0.707', '-0.707']]
 */
export function helmert(n: number, full = false): NDArray {
  if (n < 0) throw new AppError('value', 'negative dimensions are not allowed', { argument: 'n' });
  const first = full ? 0 : 1;
  return filled(Math.max(0, n - first), n, (at, j) => {
    const i = at + first;
    if (i === 0) return 1 / Math.sqrt(n);
    const root = Math.sqrt(i * (i + 1));
    return j < i ? 1 / root : j === i ? -i / root : 0;
  });
}

/**
 * The matrix of the discrete Fourier transform: ω^(ij), ω = exp(−2πi/n), divided by √n ('sqrtn') or n ('n').
 *
 * (n, n), complex128.
 *
 * @throws AppError 'value' "scale must be None, 'sqrtn', or 'n'; '…' is not valid.".
 * @example real(dft(2)).tolist() // [[1, 1], [1, -1]]
 */
export function dft(n: number, scale: 'sqrtn' | 'n' | null = null): NDArray {
  if (scale !== null && scale !== 'sqrtn' && scale !== 'n') {
    const given: unknown = scale;
    const words = given instanceof NDArray ? array_repr(given) : `'${String(scale)}'`;
    throw new AppError('value', `scale must be None, 'sqrtn', or 'n'; ${words} is not valid.`, { argument: 'scale' });
  }
  const made = empty([Math.max(0, n), Math.max(0, n)], 'complex128');
  const data = made.data as Float64Array;
  const by = scale === 'sqrtn' ? Math.sqrt(n) : scale === 'n' ? n : 1;
  for (let i = 0, at = made.start; i < n; i++) {
    for (let j = 0; j < n; j++, at += 2) {
      const turns = (i * j) % n;
      const angle = turns === 0 ? 0 : (-2 * Math.PI * turns) / n;
      data[at] = Math.cos(angle) / by;
      data[at + 1] = Math.sin(angle) / by;
    }
  }
  return made;
}

/**
 * Leslie's matrix of a population: birth rates f in the first row, survival s below the diagonal.
 *
 * f (…, n), s (…, n − 1) → (…, n, n), of the dtype both promote to.
 *
 * @throws AppError 'value' "The length of s must be at least 1.".
 * @example leslie(array([0, 2]), array([0.5])).tolist() // [[0, 2], [0.5, 0]]
 */
export function leslie(f: Operand, s: Operand): NDArray {
  const [births, survival] = [asarray(f), asarray(s)];
  if (births.ndim !== 1 || survival.ndim !== 1 || births.size !== survival.size + 1) {
    throw new AppError(
      'value',
      'Incorrect lengths for f and s. The length of s along the last axis must be one less than the length of f.',
      {
        argument: 's',
      },
    );
  }
  if (survival.size === 0) throw new AppError('value', 'The length of s must be at least 1.', { argument: 's' });
  const n = births.size;
  const made = zeros([n, n], result_type([births.dtype, survival.dtype]));
  for (let j = 0; j < n; j++) made.set([0, j], births.get([j]));
  for (let i = 1; i < n; i++) made.set([i, i - 1], survival.get([i - 1]));
  return made;
}

/**
 * The matrix that convolves a vector of length n with `a`.
 *
 * a (…, m) → (…, m + n − 1, n), or (…, max(m, n), n) 'same', (…, |m − n| + 1, n) 'valid'. Of a's dtype; dtypes stay
 * whatever `mode` is.
 *
 * @throws AppError 'value' "n must be a positive integer.", "len(a) must be at least 1.", "'mode' argument must be one
 * of ('full', 'valid', 'same')"; 'index' "too many indices for array: …".
 * @example convolution_matrix(array([1, 2]), 2).tolist() // [[1n, 0n], [2n, 1n], [0n, 2n]]
 */
export function convolution_matrix(a: Operand, n: number, mode: 'full' | 'same' | 'valid' = 'full'): NDArray {
  if (!(n > 0)) throw new AppError('value', 'n must be a positive integer.', { argument: 'n' });
  const list = asarray(a);
  if (list.size === 0) throw new AppError('value', 'len(a) must be at least 1.', { argument: 'a' });
  if (!['full', 'same', 'valid'].includes(mode)) {
    throw new AppError('value', "'mode' argument must be one of ('full', 'valid', 'same')", { argument: 'mode' });
  }
  if (list.ndim === 0)
    throw new AppError('index', 'too many indices for array: array is 0-dimensional, but 1 were indexed', {
      argument: 'a',
    });
  if (list.ndim > 1) return overBatch([list], [1], (one) => convolution_matrix(one as NDArray, n, mode)) as NDArray;
  const m = list.size;
  const [least, most] = [Math.min(m, n), Math.max(m, n)];
  const [first, rows] =
    mode === 'full'
      ? [0, m + n - 1]
      : mode === 'same'
        ? [Math.floor((least - 1) / 2), most]
        : [least - 1, most - least + 1];
  const made = zeros([rows, n], list.dtype);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < n; j++) {
      const at = i + first - j;
      if (at >= 0 && at < m) made.set([i, j], list.get([at]));
    }
  }
  return made;
}

/**
 * The Hadamard matrix of ±1 with orthogonal rows (Sylvester's construction).
 *
 * (n, n), int64.
 *
 * @throws AppError 'value' "n must be an positive integer, and n must be a power of 2".
 * @example hadamard(2).tolist() // [[1n, 1n], [1n, -1n]]
 */
export function hadamard(n: number): NDArray {
  if (!(n >= 1 && Number.isInteger(Math.log2(n)))) {
    throw new AppError('value', 'n must be an positive integer, and n must be a power of 2', { argument: 'n' });
  }
  const made = empty([n, n], 'int64');
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let bits = i & j;
      let odd = false;
      for (; bits > 0; bits &= bits - 1) odd = !odd;
      made.set([i, j], odd ? -1n : 1n);
    }
  }
  return made;
}

/**
 * Constant along diagonals, from its first column and first row.
 *
 * c (…, m), r (…, n), conj(c) when left out → (…, m, n), of the dtype both promote to.
 *
 * @example toeplitz(array([1, 2])).tolist() // [[1n, 2n], [2n, 1n]]
 */
export function toeplitz(c: Operand, r?: Operand): NDArray {
  const column = ravel(asarray(c));
  const row = r === undefined ? column : ravel(asarray(r));
  const [m, n] = [column.size, row.size];
  const all = joined([sliced(column, slice(null, null, -1)), sliced(row, slice(1))]);
  return slid(all, m, n, m - 1, -1);
}

/** One-dimensional arrays one after another. */
function joined(parts: readonly NDArray[]): NDArray {
  const dtype = parts.length === 1 ? parts[0].dtype : result_type(parts.map((part) => part.dtype));
  const made = empty(
    parts.reduce((total, { size }) => total + size, 0),
    dtype,
  );
  const { data, entries } = made;
  let to = made.start;
  for (const part of parts) {
    const from = part.dtype === dtype ? part : astype(part, dtype);
    const step = from.size > 0 ? from.strides[0] / data.BYTES_PER_ELEMENT : 0;
    for (let k = 0, at = from.start; k < from.size; k++, at += step, to += entries) {
      data[to] = from.data[at];
      if (entries === 2) data[to + 1] = from.data[at + 1];
    }
  }
  return made;
}

/** The m × n matrix whose rows are parts of a list: row 0 begins at `first`, each other one `step` further. */
function slid(all: NDArray, m: number, n: number, first: number, step: number): NDArray {
  const made = empty([m, n], all.dtype);
  const { entries } = made;
  const [from, to] = [all.data as Float64Array, made.data as Float64Array];
  for (let i = 0; i < m; i++) {
    const at = all.start + (first + i * step) * entries;
    const end = made.start + i * n * entries;
    if (n > fewInRow) to.set(from.subarray(at, at + n * entries), end);
    else for (let k = 0; k < n * entries; k++) to[end + k] = from[at + k];
  }
  return made;
}

/** Entries that are copied one by one. */
const fewInRow = 64;

/**
 * Constant along anti-diagonals, from its first column and last row.
 *
 * c (m,), r (n,), zeros when left out → (m, n). Of the dtype both promote to.
 *
 * @throws AppError 'index' "too many indices for array: array is 0-dimensional, but 1 were indexed".
 * @example hankel(array([1, 2]), array([2, 9])).tolist() // [[1n, 2n], [2n, 9n]]
 */
export function hankel(c: Operand, r?: Operand): NDArray {
  const matrices = [c, r ?? c].some((given) => asarray(given).ndim > 1);
  for (const [argument, given] of Object.entries({ c, r: r ?? c }))
    if (!matrices && asarray(given).ndim === 0)
      throw new AppError('index', 'too many indices for array: array is 0-dimensional, but 1 were indexed', {
        argument,
      });
  const column = ravel(asarray(c));
  const row = r === undefined ? zeros(column.size, column.dtype) : ravel(asarray(r));
  return slid(joined([column, sliced(row, slice(1))]), column.size, row.size, 0, 1);
}

/**
 * Every column the one before, moved down by one. c (…, n) → (…, n, n), of c's dtype.
 * @example circulant(array([1, 2, 3])).tolist() // [[1n, 3n, 2n], [2n, 1n, 3n], [3n, 2n, 1n]]
 */
export function circulant(c: Operand): NDArray {
  const column = ravel(asarray(c));
  const n = column.size;
  const back = sliced(column, slice(null, null, -1));
  return slid(joined([back, back]), n, n, n - 1, -1);
}

/**
 * The matrix whose eigenvalues are the roots of a polynomial, highest power first.
 *
 * a (…, n + 1) → (…, n, n). float32 and complex64 stay single, integers become float64.
 *
 * @throws AppError 'value' "The length of `a` along the last axis must be at least 2.", "The first coefficient(s) of
 * `a` (i.e. elements of `a[..., 0]`) must not be zero.".
 * @example companion(array([1, -3, 2])).tolist() // [[3, -2], [1, 0]]
 */
export function companion(a: Operand): NDArray {
  const list = atleast_1d(asarray(a));
  const n = list.shape[list.ndim - 1] - 1;
  if (n < 1)
    throw new AppError('value', 'The length of `a` along the last axis must be at least 2.', { argument: 'a' });
  if (any(equal(sliced(list, ellipsis, 0), 0)).item() === true) {
    throw new AppError('value', 'The first coefficient(s) of `a` (i.e. elements of `a[..., 0]`) must not be zero.', {
      argument: 'a',
    });
  }
  if (list.ndim === 1 && list.dtype === 'float64' && list.cContiguous) {
    const made = zeros([n, n]);
    const [from, to] = [list.data as Float64Array, made.data as Float64Array];
    for (let k = 0; k < n; k++) to[made.start + k] = -from[list.start + k + 1] / from[list.start];
    for (let k = 1; k < n; k++) to[made.start + k * n + k - 1] = 1;
    return made;
  }
  const leading = sliced(list, ellipsis, slice(0, 1));
  const first = divide(negative(sliced(list, ellipsis, slice(1))), multiply(leading, new PyFloat(1)));
  const made = zeros([...list.shape.slice(0, -1), n, n], first.dtype);
  copyInto(sliced(made, ellipsis, 0, slice()), first);
  for (let k = 1; k < n; k++) fillWith(sliced(made, ellipsis, k, k - 1), 1);
  return made;
}

/**
 * Blocks along the diagonal, zeros elsewhere.
 *
 * (k, l) and (m, n) → (k + m, l + n), where (n,) counts as one row; of the dtype all promote to.
 *
 * @example block_diag(array([[1]]), array([[2, 3]])).tolist() // [[1n, 0n, 0n], [0n, 2n, 3n]]
 */
export function block_diag(...blocks: Operand[]): NDArray {
  const list = (blocks.length === 0 ? [empty(0)] : blocks).map((block) => atleast_2d(asarray(block)));
  const [{ dtype: first }] = list;
  const plain = list.every(({ ndim, dtype }) => ndim === 2 && dtype === first);
  const lead = plain ? [] : commonShape(list.map((a) => a.shape.slice(0, -2)));
  const sizes = list.map((a) => a.shape.slice(-2));
  const rows = sizes.reduce((total, [m]) => total + m, 0);
  const columns = sizes.reduce((total, [, n]) => total + n, 0);
  const made = zeros([...lead, rows, columns], plain ? first : result_type(list.map((a) => a.dtype)));
  let [row, col] = [0, 0];
  if (plain && made.size <= fewInRow ** 2) {
    for (const a of list) {
      const [m, n] = a.shape;
      const [down, across] = a.strides.map((step) => step / a.data.BYTES_PER_ELEMENT);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          const to = made.start + ((row + i) * columns + col + j) * made.entries;
          const at = a.start + i * down + j * across;
          made.data[to] = a.data[at];
          if (made.entries === 2) made.data[to + 1] = a.data[at + 1];
        }
      }
      row += m;
      col += n;
    }
    return made;
  }
  list.forEach((a, k) => {
    const [m, n] = sizes[k];
    copyInto(sliced(made, ellipsis, slice(row, row + m), slice(col, col + n)), broadcast_to(a, [...lead, m, n]));
    row += m;
    col += n;
  });
  return made;
}

/**
 * Differences of every pair: |aᵢ − aⱼ|.
 *
 * a (…, n) → (…, n, n); of one number a float64 zero (1, 1), of none an empty list.
 *
 * @example fiedler(array([1, 4])).tolist() // [[0n, 3n], [3n, 0n]]
 */
export function fiedler(a: Operand): NDArray {
  const list = atleast_1d(asarray(a));
  if (list.size === 0) return empty(0);
  if (list.size === 1) return zeros([1, 1]);
  return absolute(subtract(expand_dims(list, -1), expand_dims(list, -2)));
}

/**
 * The Fiedler companion matrix of a polynomial: its eigenvalues are the roots, its entries on five diagonals.
 *
 * a (…, n) → (…, n − 1, n − 1), the coefficients from the highest on; of a's dtype when divided. Fiedler (Linear Algebra
 * Appl. 372, 2003).
 *
 * @throws AppError 'value' "Leading coefficient is zero.".
 * @example fiedler_companion(array([1, -6, 11, -6])).tolist() // [[6, -11, 1], [1, 0, 0], [0, 6, 0]]
 */
export function fiedler_companion(a: Operand): NDArray {
  return overBatch([atleast_1d(asarray(a))], [1], (list) => fiedlerCompanion(list as NDArray)) as NDArray;
}

function fiedlerCompanion(list: NDArray): NDArray {
  const n = list.size - 1;
  if (n < 1) return empty([0], list.dtype);
  const monic = divide(list, sliced(list, 0));
  if (n === 1) return reshape(negative(sliced(monic, slice(1))), [1, 1]);
  if (equal(sliced(list, 0), 0).item() === true)
    throw new AppError('value', 'Leading coefficient is zero.', { argument: 'a' });
  const made = zeros([n, n], monic.dtype);
  const minus = negative(monic);
  made.set([0, 0], minus.get([1]));
  made.set([1, 0], 1);
  for (let k = 0; k + 1 < n; k += 2) made.set([k, k + 1], minus.get([k + 2]));
  for (let k = 0; k + 2 < n; k += 2) made.set([k, k + 2], 1);
  for (let k = 2; k < n; k += 2) made.set([k, k - 1], minus.get([k + 1]));
  for (let k = 3; k < n; k += 2) made.set([k, k - 2], 1);
  return made;
}

/**
 * Frank's matrix: upper Hessenberg, determinant 1, with ill-conditioned small eigenvalues.
 *
 * (n, n), float64.
 *
 * @example frank(3).tolist() // [[3, 2, 1], [2, 2, 1], [0, 1, 1]]
 */
export function frank(n: number): NDArray {
  return square(n, (i, j) => (j < i - 1 ? 0 : n - Math.max(i, j)));
}

/**
 * Kahan's upper triangular matrix, whose small singular value column pivoting does not see.
 *
 * (n, n), float64.
 *
 * @example kahan(3).shape // [3, 3]
 */
export function kahan(n: number, theta = 1.2): NDArray {
  const [s, c] = [Math.sin(theta), Math.cos(theta)];
  return square(n, (i, j) => (j < i ? 0 : s ** i * (i === j ? 1 : -c)));
}

/**
 * Wilkinson's tridiagonal matrix with pairs of nearly equal eigenvalues; n odd.
 *
 * (n, n), float64.
 *
 * @example wilkinson(3).tolist() // [[1, 1, 0], [1, 0, 1], [0, 1, 1]]
 */
export function wilkinson(n: number): NDArray {
  return square(n, (i, j) => (i === j ? Math.abs(i - (n - 1) / 2) : Math.abs(i - j) === 1 ? 1 : 0));
}

/**
 * Grcar's Toeplitz matrix, whose eigenvalues are sensitive.
 *
 * (n, n), float64, with `k` diagonals of ones above the main one.
 *
 * @example grcar(4, 1).tolist() // [[1, 1, 0, 0], [-1, 1, 1, 0], [0, -1, 1, 1], [0, 0, -1, 1]]
 */
export function grcar(n: number, k = 3): NDArray {
  return square(n, (i, j) => (j === i - 1 ? -1 : j >= i && j <= i + k ? 1 : 0));
}

/**
 * Lehmer's matrix min(i, j) / max(i, j), counted from 1: positive definite with a tridiagonal inverse.
 *
 * (n, n), float64.
 *
 * @example lehmer(2).tolist() // [[1, 0.5], [0.5, 1]]
 */
export function lehmer(n: number): NDArray {
  return square(n, (i, j) => (Math.min(i, j) + 1) / (Math.max(i, j) + 1));
}

/**
 * min(i, j), counted from 1. (n, n), float64.
 * @example minij(2).tolist() // [[1, 1], [1, 2]]
 */
export function minij(n: number): NDArray {
  return square(n, (i, j) => Math.min(i, j) + 1);
}

/**
 * Rosser's 8 × 8 matrix: double, nearly equal, zero and opposite eigenvalues.
 *
 * (8, 8), float64.
 *
 * @example rosser().shape // [8, 8]
 */
export function rosser(): NDArray {
  return asarray(
    [
      [611, 196, -192, 407, -8, -52, -49, 29],
      [196, 899, 113, -192, -71, -43, -8, -44],
      [-192, 113, 899, 196, 61, 49, 8, 52],
      [407, -192, 196, 611, 8, 44, 59, -23],
      [-8, -71, 61, 8, 411, -599, 208, 208],
      [-52, -43, 49, 44, -599, 411, 208, 208],
      [-49, -8, 8, 59, 208, 208, 99, -911],
      [29, -44, 52, -23, 208, 208, -911, 99],
    ],
    'float64',
  );
}

/**
 * The magic square: equal sums of rows, columns and diagonals; n ≥ 3. (n, n), float64.
 * @throws AppError 'value' "there is no magic square of …".
 * @example magic(3).tolist() // [[8, 1, 6], [3, 5, 7], [4, 9, 2]]
 */
export function magic(n: number): NDArray {
  if (n < 1 || n === 2) throw new AppError('value', `there is no magic square of ${n}`, { argument: 'n' });
  if (n % 2 === 1) return odd(n);
  if (n % 4 === 0) {
    return square(n, (i, j) => {
      const value = i * n + j + 1;
      return (((i + 1) & 2) === 0) === (((j + 1) & 2) === 0) ? n * n + 1 - value : value;
    });
  }
  const half = n / 2;
  const k = (n - 2) / 4;
  const small = odd(half).tolist() as number[][];
  const quarter = half * half;
  return square(n, (i, j) => {
    const [row, col] = [i % half, j % half];
    const middle = (half - 1) / 2;
    const swapped = j < half ? (row === middle ? j >= 1 && j <= k : j < k) : j >= n - k + 1;
    const top = i < half !== swapped;
    return small[row][col] + (j < half ? (top ? 0 : 3) : top ? 2 : 1) * quarter;
  });
}

/** De la Loubère's method. */
function odd(n: number): NDArray {
  return square(n, (i, j) => n * ((i + j + 2 - (n + 3) / 2 + n) % n) + ((i + 2 * j + 1) % n) + 1);
}
