import { firstNonfinite, range, statistics } from '#engine/kernels/statistics.ts';
import { wholeRegion } from '#engine/kernels/matrix-view.ts';
import { epsOf, letterOf } from '#engine/linalg/matrices.ts';
import { trust } from '#engine/linalg/certificate.ts';
import { svdvals } from '#engine/linalg/svd.ts';
import { native } from '#engine/native.ts';
import { type ArrayDescriptor, NDArray } from '#engine/ndarray.ts';
import type { ComplexNumber, Inspection } from '#shared/contract.ts';
import { extent, parts } from './cells.ts';
import { conditionOf, elements, nonfiniteWord, rankOf, workCopy, workDType } from './factoring.ts';
import type { TaskContext } from './task.ts';

/** What one look at every cell tells, beyond what the inspector shows. */
export interface CellFacts {
  /** Columns with one value throughout, with that value; at most 20. */
  constant: { column: number; value: number }[];
  constant_total: number;
  /** Pairs of columns whose correlation is at least 0.99 in size; the strongest first, at most 5. */
  dependent: { first: number; second: number; correlation: number }[];
  /** "NaN", "inf" or "-inf" at the first cell that is not finite. */
  nonfinite: string | null;
}

export interface CellsAnswer {
  inspection: Omit<Inspection, 'id' | 'version'>;
  facts: CellFacts;
}

/** Passes over large arrays stop for a checkpoint this often. */
const rowsAtOnce = 1 << 20;
/** Comparing all pairs of columns: at most this many. */
const mostPaired = 300;

/** Everything that one or two passes over the cells can say. */
export async function inspectCellsTask(
  { a: descriptor }: { a: ArrayDescriptor },
  context: TaskContext<never>,
): Promise<CellsAnswer> {
  const a = NDArray.from(descriptor);
  context.progress('looking at the cells', null);
  const complex = parts(a.dtype) === 2;
  const { planes } = extent(a.shape);
  const found: Omit<Inspection, 'id' | 'version'> = {};
  let nan = 0;
  let inf = 0;
  let min = Infinity;
  let max = -Infinity;
  let sum = 0;
  for (let plane = 0; plane < planes; plane++) {
    const limits = await range(a, { plane });
    const numbers = await statistics(a, wholeRegion(a), { plane });
    nan += limits.nan;
    inf += limits.inf;
    if (limits.min < min) min = limits.min;
    if (limits.max > max) max = limits.max;
    sum += numbers.sum;
    context.checkpoint();
  }
  const first = firstNonfinite(a);
  found.min = complex || min === Infinity ? null : min;
  found.max = complex || max === -Infinity ? null : max;
  found.mean = complex ? complexMean(a, nan, context) : a.size === nan ? null : sum / (a.size - nan);
  found.nan_count = nan;
  found.inf_count = inf;
  found.first_nonfinite = first === null ? null : [first[0] ?? 0, first[1] ?? 0];
  const facts: CellFacts = {
    constant: [],
    constant_total: 0,
    dependent: [],
    nonfinite: first === null ? null : nonfiniteWord(a, first),
  };
  if (a.ndim <= 2) Object.assign(found, passOver(a, first === null, facts, context));
  else Object.assign(found, { nonzero_share: nonzeroShare(a, context), ...notAMatrix });
  return { inspection: found, facts };
}

/** The mean of the elements none of whose parts is NaN. */
function complexMean(
  { data, start, size }: NDArray,
  nan: number,
  context: Pick<TaskContext<never>, 'checkpoint'>,
): ComplexNumber | null {
  if (size === nan) return null;
  let re = 0;
  let im = 0;
  for (let i = 0; i < size; i++) {
    const x = Number(data[start + 2 * i]);
    const y = Number(data[start + 2 * i + 1]);
    if (x === x && y === y) {
      re += x;
      im += y;
    }
    if (i % rowsAtOnce === 0) context.checkpoint();
  }
  return { re: re / (size - nan), im: im / (size - nan) };
}

const notAMatrix = {
  norm_fro: null,
  norm_1: null,
  norm_inf: null,
  trace: null,
  symmetric: null,
  triangular: null,
} as const;

function nonzeroShare(a: NDArray, context: Pick<TaskContext<never>, 'checkpoint'>): number {
  const { data, start } = a;
  let zeros = 0;
  for (let i = 0; i < a.size; i++) {
    if (Number(data[start + i]) === 0) zeros++;
    if (i % rowsAtOnce === 0) context.checkpoint();
  }
  return a.size === 0 ? 0 : 1 - zeros / a.size;
}

/** Norms, sums and shape of a C-ordered matrix or vector in one pass, symmetry in another. */
function passOver(
  a: NDArray,
  finite: boolean,
  facts: CellFacts,
  context: Pick<TaskContext<never>, 'progress' | 'checkpoint'>,
) {
  const { rows, cols } = extent(a.shape);
  const { data, start } = a;
  const per = parts(a.dtype);
  const at = (i: number, j: number) => start + (i * cols + j) * per;
  const size = (k: number) =>
    per === 2 ? Math.hypot(Number(data[k]), Number(data[k + 1])) : Math.abs(Number(data[k]));
  const columnSums = new Float64Array(cols);
  const steady = new Uint8Array(cols).fill(1);
  let most = 0;
  let rowMost = 0;
  let nonzero = 0;
  let lower = false;
  let upper = false;
  let squares = 0;
  // Squares of huge or tiny numbers leave the range of float64: scale them when the first rows are such.
  const scale = scaleFor(a);
  for (let i = 0; i < rows; i++) {
    let rowSum = 0;
    let rowSquares = 0;
    for (let j = 0, k = at(i, 0); j < cols; j++, k += per) {
      const value = size(k);
      rowSum += value;
      columnSums[j] += value;
      rowSquares += (value * scale) ** 2;
      if (value !== 0) {
        nonzero++;
        if (j < i) lower = true;
        else if (j > i) upper = true;
      }
      if (steady[j] === 1 && i > 0 && data[k] !== data[start + j * per]) steady[j] = 0;
    }
    squares += rowSquares;
    if (rowSum > rowMost || Number.isNaN(rowSum)) rowMost = rowSum;
    if ((i * cols) % rowsAtOnce < cols) {
      context.progress('norms', i / rows);
      context.checkpoint();
    }
  }
  for (const sum of columnSums) if (sum > most || Number.isNaN(sum)) most = sum;
  const fro = Math.sqrt(squares) / scale;
  const square = a.ndim === 2 && rows === cols;
  if (a.ndim === 2 && rows > 1 && finite && per === 1) {
    steady.forEach((same, column) => {
      if (same === 0) return;
      facts.constant_total++;
      if (facts.constant.length < 20) facts.constant.push({ column, value: Number(data[start + column]) });
    });
    facts.dependent = dependentColumns(a, rows, cols, steady, context);
  }
  const diagonal = (part: number): number => {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += Number(data[at(i, i) + part]);
    return sum;
  };
  return {
    nonzero_share: a.size === 0 ? 0 : nonzero / a.size,
    norm_fro: finite ? fro : null,
    // A vector's 1-norm is the sum, a matrix's the largest column sum.
    norm_1: finite ? most : null,
    norm_inf: !finite ? null : a.ndim === 1 ? largest(a, size, per) : rowMost,
    trace: !square || !finite ? null : per === 1 ? diagonal(0) : { re: diagonal(0), im: diagonal(1) },
    symmetric: square ? isSymmetric(a, rows, per, context) : null,
    triangular:
      !square || rows === 1
        ? null
        : !lower && !upper
          ? ('diagonal' as const)
          : !lower
            ? ('upper' as const)
            : !upper
              ? ('lower' as const)
              : null,
  };
}

function largest(a: NDArray, size: (k: number) => number, per: number): number {
  let most = 0;
  for (let i = 0; i < a.size; i++) most = Math.max(most, size(a.start + i * per));
  return most;
}

function scaleFor(a: NDArray): number {
  const per = parts(a.dtype);
  let most = 0;
  for (let i = 0; i < a.size * per; i++) {
    const value = Math.abs(Number(a.data[a.start + i]));
    if (value > most && value < Infinity) most = value;
  }
  return most > 1e140 || (most < 1e-140 && most > 0) ? 1 / most : 1;
}

/** a[i, j] = a[j, i] exactly, or the conjugate; looked at by tiles so that both sides stay in the cache. */
function isSymmetric(a: NDArray, n: number, per: number, context: Pick<TaskContext<never>, 'checkpoint'>): boolean {
  const { data, start } = a;
  const tile = 64;
  for (let i0 = 0; i0 < n; i0 += tile) {
    context.checkpoint();
    for (let j0 = 0; j0 <= i0; j0 += tile) {
      for (let i = i0; i < Math.min(n, i0 + tile); i++) {
        for (let j = j0; j < Math.min(i + per - 1, n, j0 + tile); j++) {
          const one = start + (i * n + j) * per;
          const other = start + (j * n + i) * per;
          if (data[one] !== data[other]) return false;
          if (per === 2 && data[one + 1] !== -data[other + 1]) return false;
        }
      }
    }
  }
  return true;
}

/** Pairs of columns that are nearly the same up to scale and shift. */
function dependentColumns(
  a: NDArray,
  rows: number,
  cols: number,
  constant: Uint8Array,
  context: Pick<TaskContext<never>, 'progress' | 'checkpoint'>,
): CellFacts['dependent'] {
  if (rows < 8 || cols < 2 || cols > mostPaired) return [];
  const step = Math.max(1, Math.floor(rows / 20_000));
  const count = Math.floor((rows - 1) / step) + 1;
  const standard: Float64Array[] = [];
  for (let j = 0; j < cols; j++) {
    const column = new Float64Array(count);
    let mean = 0;
    for (let i = 0; i < count; i++) mean += column[i] = Number(a.data[a.start + i * step * cols + j]);
    mean /= count;
    let squares = 0;
    for (let i = 0; i < count; i++) squares += (column[i] -= mean) ** 2;
    const norm = Math.sqrt(squares);
    if (constant[j] === 0 && norm > 0) for (let i = 0; i < count; i++) column[i] /= norm;
    standard.push(column);
  }
  const found: CellFacts['dependent'] = [];
  for (let first = 0; first < cols; first++) {
    context.progress('comparing columns', first / cols);
    context.checkpoint();
    if (constant[first] === 1) continue;
    for (let second = first + 1; second < cols; second++) {
      if (constant[second] === 1) continue;
      let correlation = 0;
      const x = standard[first];
      const y = standard[second];
      for (let i = 0; i < count; i++) correlation += x[i] * y[i];
      if (Math.abs(correlation) >= 0.99) found.push({ first, second, correlation });
    }
  }
  return found.sort((p, q) => Math.abs(q.correlation) - Math.abs(p.correlation)).slice(0, 5);
}

export interface SpectrumInput {
  a: ArrayDescriptor;
  /** Singular values when an SVD of this version is known already. */
  known: Float64Array | null;
  symmetric: boolean;
  /** Parts that would take too long are left out. */
  values: boolean;
  elimination: boolean;
}

/** Rank, condition and norms from the singular values; determinant and definiteness from elimination. */
export function inspectSpectrumTask(
  input: SpectrumInput,
  context: TaskContext<Omit<Inspection, 'id' | 'version'>>,
): Omit<Inspection, 'id' | 'version'> {
  const a = NDArray.from(input.a);
  const [m, n] = a.shape as [number, number];
  const dtype = workDType(a.dtype);
  const found: Omit<Inspection, 'id' | 'version'> = {};
  if (m === n && input.elimination) {
    context.progress('determinant', null);
    Object.assign(found, eliminate(a, n));
    if (input.symmetric) {
      context.checkpoint();
      found.positive_definite = isPositiveDefinite(a, n);
    } else found.positive_definite = false;
    context.partial({ ...found });
    context.checkpoint();
  }
  if (input.values || input.known !== null) {
    context.progress('singular values', null);
    // A copy, because an edit in this moment could bring in a NaN behind the check for it.
    const s = input.known ?? Float64Array.from(elements(svdvals(workCopy(a, dtype).array)));
    const condition = conditionOf(s);
    found.rank = rankOf(s, m, n, dtype);
    found.condition = condition;
    found.digits = trust(s[0] ?? 0, s[s.length - 1] ?? 0, dtype).digits;
    found.norm_2 = s[0] ?? 0;
    found.norm_nuc = s.reduce((sum, value) => sum + value, 0);
    found.numerical_rank_1pct = rankWithin(s, 0.01);
    const tolerance = 10 * Math.max(m, n) * epsOf(dtype);
    found.orthogonal = m === n ? s.every((value) => Math.abs(value - 1) <= tolerance) : null;
  }
  return found;
}

/** The smallest k for which the singular values after it hold at most `share` of the norm. */
export function rankWithin(s: ArrayLike<number>, share: number): number {
  const scale = s[0] > 0 ? s[0] : 1;
  let total = 0;
  for (let i = 0; i < s.length; i++) total += (s[i] / scale) ** 2;
  let rest = 0;
  for (let k = s.length; k > 0; k--) {
    rest += (s[k - 1] / scale) ** 2;
    if (Math.sqrt(rest) > share * Math.sqrt(total)) return k;
  }
  return 0;
}

/** det and slogdet by LU with partial pivoting (getrf), as NumPy. */
function eliminate(a: NDArray, n: number): Pick<Inspection, 'determinant' | 'slogdet'> {
  const dtype = workDType(a.dtype);
  const { data } = workCopy(a, dtype);
  const pivots = new Int32Array(n);
  const letter = letterOf(dtype);
  native().getrf(letter, n, n, data, n, pivots);
  const found = new Float64Array(4);
  native().determinant(letter, n, data, n, pivots, found);
  const [re, im, log, size] = found as unknown as [number, number, number, number];
  if (parts(dtype) === 1) return { determinant: re * size, slogdet: [re, log] };
  return { determinant: { re: re * size, im: im * size }, slogdet: [{ re, im }, log] };
}

/** Whether Cholesky (potrf) goes through. */
function isPositiveDefinite(a: NDArray, n: number): boolean {
  const dtype = workDType(a.dtype);
  const { data } = workCopy(a, dtype);
  return native().potrf(letterOf(dtype), 'L', n, data, n) === 0;
}
