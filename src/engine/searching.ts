import { AppError } from '#shared/errors.ts';
import { ascontiguousarray, astype, copy } from './cast.ts';
import { asarray, empty } from './create.ts';
import { native } from './native.ts';
import type { NDArray } from './ndarray.ts';
import { eachRow } from './reduce.ts';
import { normalizeAxis, ravel, reshape, transpose } from './shape.ts';
import { bytesOf, compareComplex, compareNumbers, few, indicesOf } from './sorting.ts';
import { nonzero } from './index-plan.ts';
import { wrongDepth } from './depth.ts';
import { argExtremeInto } from './kernels/reduce.ts';
import { crossover } from './kernels/crossover.ts';
import { take } from './taking.ts';
import type { Operand } from './ufuncs/definition.ts';
import { commonType } from './ufuncs/resolution.ts';
import { stack } from './joining.ts';
import { where } from './elementwise.ts';
import { isInteger, kindCode } from './promotion.ts';
import { all, any } from './reductions.ts';
import { isnan } from './ufuncs/comparison.ts';

interface ArgOptions {
  axis?: number | null;
  keepdims?: boolean;
}

/**
 * Index of the largest element (the first of equals; NaN counts as largest).
 *
 * a (…, n, …) of any dtype → (…) without the axis, () for the place among all; int64.
 *
 * @throws AppError 'value' "attempt to get argmax of an empty sequence".
 * @example argmax(array([1, 3, 2])).item() // 1n
 */
export function argmax(a: Operand, options: ArgOptions = {}): NDArray {
  return extreme(asarray(a), options, 1, 'argmax');
}

/**
 * Index of the smallest element (the first of equals; NaN counts as smallest).
 *
 * a (…, n, …) of any dtype → (…) without the axis, () for the place among all; int64.
 *
 * @throws AppError 'value' "attempt to get argmin of an empty sequence".
 * @example argmin(array([3, 1, 2])).item() // 1n
 */
export function argmin(a: Operand, options: ArgOptions = {}): NDArray {
  return extreme(asarray(a), options, -1, 'argmin');
}

function extreme(given: NDArray, { axis = null, keepdims = false }: ArgOptions, sign: 1 | -1, name: string): NDArray {
  const a = axis === null || given.ndim === 0 ? ravel(given) : given;
  const along = normalizeAxis(axis ?? 0, a.ndim);
  const n = a.shape[along];
  if (n === 0) throw new AppError('value', `attempt to get ${name} of an empty sequence`);
  const { data, entries } = a;
  const made = empty(
    a.shape.map((length, k) => (k === along ? 1 : length)),
    'int64',
  );
  const out = made.data as BigInt64Array;
  if (a.size >= crossover.plain && entries === 1) {
    const found = out.subarray(made.start, made.start + made.size);
    if (!argExtremeInto(sign, a, along, found)) {
      const others = a.shape.map((_, k) => k).filter((k) => k !== along);
      argExtremeInto(sign, copy(transpose(a, [...others, along])), a.ndim - 1, found);
    }
    return places(made, given, along, axis, keepdims);
  }
  eachRow([a, made], along, ([start, to], [step]) => {
    let best = 0;
    if (entries === 1) {
      let value = data[start];
      for (let i = 1; i < n && value === value; i++) {
        const next = data[start + i * step];
        if (sign > 0 ? next > value : next < value) {
          value = next;
          best = i;
        } else if (next !== next) {
          best = i;
          break;
        }
      }
    } else {
      const numbers = data as Float64Array;
      for (let i = 1; i < n; i++) {
        const [p, q] = [start + i * step, start + best * step];
        if (numbers[q] !== numbers[q] || numbers[q + 1] !== numbers[q + 1]) break;
        const nan = numbers[p] !== numbers[p] || numbers[p + 1] !== numbers[p + 1];
        if (nan || sign * compareComplex(numbers[p], numbers[p + 1], numbers[q], numbers[q + 1]) > 0) best = i;
      }
    }
    out[to] = BigInt(best);
  });
  return places(made, given, along, axis, keepdims);
}

function places(made: NDArray, given: NDArray, along: number, axis: number | null, keepdims: boolean): NDArray {
  if (axis === null || given.ndim === 0) return reshape(made, keepdims ? given.shape.map(() => 1) : []);
  return keepdims
    ? made
    : reshape(
        made,
        made.shape.filter((_, k) => k !== along),
      );
}

/**
 * Index of the largest element that is not NaN.
 *
 * a (…, n, …) of any dtype → (…) without the axis, () for the place among all; int64.
 *
 * @throws AppError 'value' "All-NaN slice encountered".
 * @example nanargmax(array([1, NaN, 0])).item() // 0n
 */
export function nanargmax(a: Operand, options: ArgOptions = {}): NDArray {
  return argmax(withoutNaN(a, -Infinity, options), options);
}

/**
 * Index of the smallest element that is not NaN.
 *
 * a (…, n, …) of any dtype → (…) without the axis, () for the place among all; int64.
 *
 * @example nanargmin(array([1, NaN, 0])).item() // 2n
 */
export function nanargmin(a: Operand, options: ArgOptions = {}): NDArray {
  return argmin(withoutNaN(a, Infinity, options), options);
}

function withoutNaN(a: Operand, instead: number, { axis = null }: ArgOptions): NDArray {
  const source = asarray(a);
  if (kindCode(source.dtype) !== 'f' && kindCode(source.dtype) !== 'c') return source;
  if (source.size === 0) return source;
  const missing = isnan(source);
  if (any(all(missing, { axis })).item() === true) throw new AppError('value', 'All-NaN slice encountered');
  return where(missing, instead, source);
}

/**
 * Indices of the non-zero elements in the flattened array.
 *
 * a (…) of any dtype → (p,), int64.
 *
 * @example flatnonzero(array([[0, 5], [6, 0]])).tolist() // [1n, 2n]
 */
export function flatnonzero(a: Operand): NDArray {
  return nonzero(ravel(asarray(a)))[0];
}

/**
 * Indices of the non-zero elements, one row each.
 *
 * a (m, n) of any dtype → (p, 2), a column for each axis, int64.
 *
 * @example argwhere(array([[0, 5], [6, 0]])).tolist() // [[0n, 1n], [1n, 0n]]
 */
export function argwhere(a: Operand): NDArray {
  const source = asarray(a);
  if (source.ndim === 0) return empty([source.item() ? 1 : 0, 0], 'int64');
  return copy(transpose(stack(nonzero(source), 0)));
}

/**
 * Where `values` would be inserted into sorted `a` to keep it sorted: before its equals ('left') or behind ('right').
 *
 * a (n,) and values (…) → (…), int64; compared in the dtype both promote to.
 *
 * @throws AppError 'value' unless `a` has one axis, and for another `side`; 'dtype' "could not parse sorter argument",
 * "sorter must only contain integers".
 * @example searchsorted(array([1, 2, 3]), array([2])).tolist() // [1n]
 */
export function searchsorted(a: Operand, values: Operand, side: 'left' | 'right' = 'left', sorter?: NDArray): NDArray {
  const list = asarray(a);
  if (!/^[lr]/i.test(side)) {
    throw new AppError('value', `search side must be 'left' or 'right' (got '${side}')`, { argument: 'side' });
  }
  if (list.ndim !== 1) throw wrongDepth(list, 'a');
  if (sorter !== undefined && asarray(sorter).ndim !== 1)
    throw new AppError('dtype', 'could not parse sorter argument', { argument: 'sorter' });
  if (sorter !== undefined && !isInteger(asarray(sorter).dtype))
    throw new AppError('dtype', 'sorter must only contain integers', { argument: 'sorter' });
  const dtype = commonType([list, values]);
  const ordered = sorter === undefined ? list : take(list, sorter);
  const sorted = ascontiguousarray(ordered, dtype);
  const wanted = ascontiguousarray(asarray(values), dtype);
  const made = empty(asarray(values).shape, 'int64');
  if (wanted.size === 0) return made;
  if (wanted.size <= few && wanted.entries === 1) {
    searchFew(sorted, wanted, made, side === 'right');
    return made;
  }
  native().searchSorted(
    dtype,
    bytesOf(sorted),
    0,
    sorted.size,
    bytesOf(wanted),
    0,
    wanted.size,
    side === 'right',
    indicesOf(made),
  );
  return made;
}

/** Searches for a few real numbers: the way to native code takes longer. */
function searchFew(sorted: NDArray, wanted: NDArray, made: NDArray, behind: boolean): void {
  for (let k = 0; k < wanted.size; k++) {
    const value = wanted.data[wanted.start + k];
    let [low, high] = [0, sorted.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = compareNumbers(sorted.data[sorted.start + middle], value);
      if (order < 0 || (behind && order === 0)) low = middle + 1;
      else high = middle;
    }
    made.data[made.start + k] = BigInt(low);
  }
}

/**
 * The bin each value falls into: `bins[i − 1] <= x < bins[i]` for increasing bins.
 *
 * x (…) and bins (n,), of real dtypes → (…), int64, from 0 to n.
 *
 * @throws AppError 'dtype' "x may not be complex" and for complex bins; 'value' "bins must be monotonically increasing or decreasing".
 * @example digitize(array([0.5, 1.5, 9]), [1, 2, 3]).tolist() // [0n, 1n, 3n]
 */
export function digitize(x: Operand, bins: Operand, right = false): NDArray {
  const edges = asarray(bins);
  if (asarray(x).entries === 2) throw new AppError('dtype', 'x may not be complex', { argument: 'x' });
  if (edges.entries === 2) {
    throw new AppError(
      'dtype',
      `Cannot cast array data from dtype('${edges.dtype}') to dtype('float64') according to the rule 'safe'`,
      { argument: 'bins' },
    );
  }
  if (edges.ndim !== 1) throw wrongDepth(edges, 'bins');
  const list = astype(edges, 'float64', { order: 'C' }).tolist() as number[];
  const rising = list.every((v, i) => i === 0 || list[i - 1] <= v);
  const falling = list.every((v, i) => i === 0 || list[i - 1] >= v);
  if (!rising && !falling) throw new AppError('value', 'bins must be monotonically increasing or decreasing');
  if (rising) return searchsorted(edges, x, right ? 'left' : 'right');
  const backwards = edges.view(edges.shape, [-edges.strides[0]], edges.offset + (edges.size - 1) * edges.strides[0]);
  const found = searchsorted(backwards, x, right ? 'left' : 'right');
  const data = found.data as BigInt64Array;
  for (let i = found.start; i < found.start + found.size; i++) data[i] = BigInt(list.length) - data[i];
  return found;
}
