/** The 1-norm of a matrix that is known by its products: the largest column sum, estimated from below. */
import { AppError } from '#shared/errors.ts';
import { array, eye, zeros } from '../../create.ts';
import type { NDArray } from '../../ndarray.ts';
import { default_rng } from '../../random/generator.ts';
import { isComplex } from '../../scalar.ts';
import { ravel } from '../../shape.ts';
import { slice, sliced } from '../../slicing.ts';
import { max, sum } from '../../reductions.ts';
import { argmax } from '../../searching.ts';
import { absolute, sign } from '../../ufuncs/arithmetic.ts';
import { adjointTimes, aslinearoperator, type Matrix, sizesOf, times, workingType } from './operators.ts';

export interface OneNorm {
  est: number;
  /** A unit vector with ‖A · v‖₁ = est. */
  v: NDArray;
  /** A · v */
  w: NDArray;
}

/** What multiplies blocks of vectors, and its adjoint. */
export interface Products {
  n: number;
  complex: boolean;
  times: (x: NDArray) => NDArray;
  adjoint: (x: NDArray) => NDArray;
}

const column = (a: NDArray, j: number): NDArray => ravel(sliced(a, slice(), slice(j, j + 1)));

const unit = (n: number, places: readonly number[]): NDArray => {
  const made = zeros([n, places.length], 'float64');
  places.forEach((place, j) => (made.data[made.start + place * places.length + j] = 1));
  return made;
};

/** Columns of signs, row after row. */
const signsOf = (y: NDArray): NDArray => {
  const signs = sign(y);
  if (signs.entries === 1) {
    // A zero counts as positive, so that every entry has a sign.
    const list = (ravel(signs).tolist() as (number | bigint)[]).map((x) => (Number(x) === 0 ? 1 : Number(x)));
    return signs.ndim === 2 ? rows(list, signs.shape) : array(list);
  }
  return signs;
};

function rows(list: readonly number[], [n, t]: readonly number[]): NDArray {
  const made = zeros([n, t], 'float64');
  list.forEach((x, k) => (made.data[made.start + k] = x));
  return made;
}

/** Whether two columns of signs are the same or opposite. */
function parallel(a: readonly number[], b: readonly number[]): boolean {
  let product = 0;
  for (let k = 0; k < a.length; k++) product += a[k] * b[k];
  return Math.abs(product) === a.length;
}

const columnsOf = (s: NDArray): number[][] =>
  Array.from({ length: s.shape[1] }, (_, j) => column(s, j).tolist() as number[]);

const blockOf = (list: readonly (readonly number[])[], n: number): NDArray => {
  const made = zeros([n, list.length], 'float64');
  list.forEach((values, j) => values.forEach((x, i) => (made.data[made.start + i * list.length + j] = x)));
  return made;
};

/** Columns of signs, none parallel to another or to one of `before`; random ones take the place of those that are. */
function resampled(list: number[][], before: readonly number[][], draw: () => number[]): number[][] {
  return list.reduce<number[][]>((kept, given) => {
    let candidate = given;
    for (let tries = 0; tries < 20 && [...kept, ...before].some((other) => parallel(other, candidate)); tries++)
      candidate = draw();
    return [...kept, candidate];
  }, []);
}

/** The estimate of Higham and Tisseur by blocks of t vectors. */
export function estimated({ n, complex, times: by, adjoint }: Products, t: number, itmax: number): OneNorm {
  const rng = default_rng(0);
  const draw = (): number[] => (rng.integers(0, 2, n).tolist() as bigint[]).map((bit) => (bit === 0n ? -1 : 1));
  const start = resampled(
    Array.from({ length: t }, (_, j) => (j === 0 ? new Array<number>(n).fill(1) : draw())),
    [],
    draw,
  );
  let x = blockOf(
    start.map((values) => values.map((value) => value / n)),
    n,
  );
  let [est, best, w]: [number, number, NDArray] = [0, 0, zeros(n, 'float64')];
  let places: number[] = [];
  const seen = new Set<number>();
  let before: number[][] = [];
  for (let k = 1; ; k++) {
    const y = by(x);
    const sums = sum(absolute(y), { axis: 0 });
    const at = Number(argmax(sums).item());
    const now = Number(max(sums).item());
    if (now > est || k === 2) {
      if (k >= 2) best = places[at];
      w = column(y, at);
    }
    if (k >= 2 && now <= est) break;
    est = now;
    if (k > itmax) break;
    let s = signsOf(y);
    if (!complex) {
      const list = columnsOf(s);
      if (list.every((values) => before.some((other) => parallel(other, values)))) break;
      before = t > 1 ? resampled(list, before, draw) : list;
      s = blockOf(before, n);
    }
    const heights = max(absolute(adjoint(s)), { axis: 1 }).tolist() as number[];
    if (k >= 2 && Math.max(...heights) === heights[best]) break;
    const order = heights.map((_, j) => j).sort((p, q) => heights[q] - heights[p] || p - q);
    if (t > 1 && order.slice(0, t).every((j) => seen.has(j))) break;
    places = [...order.filter((j) => !seen.has(j)), ...order.filter((j) => seen.has(j))].slice(0, t);
    for (const place of places) seen.add(place);
    x = unit(n, places);
  }
  return { est, v: ravel(unit(n, [best])), w };
}

/**
 * A lower bound of the largest column sum of |A|, seldom far below it, from a few products with A and Aᴴ.
 *
 * A (n, n) sparse, dense or an operator with rmatvec; `t` vectors at once, at most `itmax` rounds. Higham and Tisseur:
 * A block algorithm for matrix 1-norm estimation (SIAM J. Matrix Anal. Appl. 21, 2000). A number in float64, of
 * whatever dtype A is.
 *
 * @throws AppError 'value' "expected the operator to act like a square matrix".
 * @example onenormest(csr_matrix([[1, 0, 0], [5, 8, 2], [0, -1, 0]])).est // 9
 */
export function onenormest(A: Matrix, { t = 2, itmax = 5 }: { t?: number; itmax?: number } = {}): OneNorm {
  const a = aslinearoperator(A);
  const [m, n] = sizesOf(a);
  if (m !== n) throw new AppError('value', 'expected the operator to act like a square matrix', { argument: 'A' });
  if (!Number.isInteger(t) || t < 1) throw new AppError('value', 'at least one column is required', { argument: 't' });
  if (!Number.isInteger(itmax) || itmax < 2)
    throw new AppError('value', 'at least two iterations are required', { argument: 'itmax' });
  if (t < n) {
    const complex = workingType(a.dtype).startsWith('complex');
    return estimated({ n, complex, times: (x) => times(a, x), adjoint: (x) => adjointTimes(a, x) }, t, itmax);
  }
  const whole = times(a, eye(n));
  const sums = sum(absolute(whole), { axis: 0 });
  const at = Number(argmax(sums).item());
  const largest = max(sums).item();
  return {
    est: isComplex(largest) ? largest.re : Number(largest),
    v: ravel(unit(n, [at])),
    w: column(whole, at),
  };
}
