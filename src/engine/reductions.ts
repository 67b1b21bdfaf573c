/** Sums, products, extremes and truth along axes. Options: `axis`, `keepdims`, `dtype`, `out`, `where`, `initial`. */
import type { DType } from '#shared/dtype.ts';
import { kindCode } from './promotion.ts';
import { asarray } from './create.ts';
import type { NDArray } from './ndarray.ts';
import { accumulate, reduce, type ReduceOptions } from './reduce.ts';
import { subtract } from './ufuncs/arithmetic.ts';
import * as arithmetic from './ufuncs/arithmetic.ts';
import { logical_and, logical_or, not_equal } from './ufuncs/comparison.ts';
import { isnan } from './ufuncs/comparison.ts';
import { where } from './elementwise.ts';
import type { Operand } from './ufuncs/definition.ts';

/**
 * Sums of small integers and booleans are taken in 64 bits.
 * @example sumType('int8') // 'int64'
 */
export function sumType(dtype: DType): DType {
  const kind = kindCode(dtype);
  if (kind === 'b' || kind === 'i') return 'int64';
  return kind === 'u' ? 'uint64' : dtype;
}

const same = (dtype: DType): DType => dtype;

/**
 * Sum of the elements, added pairwise as NumPy does.
 *
 * a (…, n, …) → (…) without the axes, () by default; small integers and bool in int64, unsigned ones in uint64, float32
 * stays float32.
 *
 * @example sum(array([[1, 2], [3, 4]]), { axis: 0 }).tolist() // [4n, 6n]
 */
export function sum(a: Operand, options?: ReduceOptions): NDArray {
  return reduce({ step: arithmetic.add.definition, identity: 0, type: sumType }, a, options);
}

/**
 * Product of the elements.
 *
 * a (…, n, …) → (…) without the axes, () by default; small integers and bool in int64, unsigned ones in uint64, float32
 * stays float32.
 *
 * @example prod(array([2, 3])).item() // 6n
 */
export function prod(a: Operand, options?: ReduceOptions): NDArray {
  return reduce({ step: arithmetic.multiply.definition, identity: 1, type: sumType }, a, options);
}

/**
 * The largest element; NaN if there is one.
 *
 * a (…, n, …) → (…) without the axes, () by default; of a's dtype.
 *
 * @throws AppError 'value' "zero-size array to reduction operation maximum which has no identity".
 * @example max(array([1, 3, 2])).item() // 3n
 */
export function max(a: Operand, options?: ReduceOptions): NDArray {
  return reduce({ step: arithmetic.maximum.definition, identity: null, type: same }, a, options);
}

/**
 * The smallest element; NaN if there is one.
 *
 * a (…, n, …) → (…) without the axes, () by default; of a's dtype.
 *
 * @throws AppError 'value' "zero-size array to reduction operation minimum which has no identity".
 * @example min(array([[3, 1], [2, 5]]), { axis: 1 }).tolist() // [1n, 2n]
 */
export function min(a: Operand, options?: ReduceOptions): NDArray {
  return reduce({ step: arithmetic.minimum.definition, identity: null, type: same }, a, options);
}

/** The same functions under their older names. */
export const amax = max;
export const amin = min;

/**
 * True where any element is not zero.
 *
 * a (…, n, …) of any dtype → (…) without the axes, () by default; bool. False of nothing.
 *
 * @example any(array([[0, 1], [0, 0]]), { axis: 1 }).tolist() // [true, false]
 */
export function any(a: Operand, options?: ReduceOptions): NDArray {
  return reduce({ step: logical_or.definition, identity: 0, type: same }, a, options);
}

/**
 * True where all elements are not zero.
 *
 * a (…, n, …) of any dtype → (…) without the axes, () by default; bool. True of nothing.
 *
 * @example all(array([[0, 1], [2, 3]]), { axis: 1 }).tolist() // [false, true]
 */
export function all(a: Operand, options?: ReduceOptions): NDArray {
  return reduce({ step: logical_and.definition, identity: 1, type: same }, a, options);
}

/**
 * How many elements are not zero.
 *
 * a (…, n, …) of any dtype → (…) without the axes, () by default; int64.
 *
 * @example count_nonzero(array([[0, 1], [2, 3]]), { axis: 0 }).tolist() // [1n, 2n]
 */
export function count_nonzero(a: Operand, options?: ReduceOptions): NDArray {
  const source = asarray(a);
  return sum(source.dtype === 'bool' ? source : not_equal(source, 0), options);
}

/**
 * Largest minus smallest.
 *
 * a (…, n, …) → (…) without the axes, () by default; of a's dtype, except bool.
 *
 * @example ptp(array([3, 9, 5])).item() // 6n
 */
export function ptp(a: Operand, options: ReduceOptions = {}): NDArray {
  return subtract(max(a, options), min(a, options));
}

/**
 * Sum with NaN counted as 0.
 *
 * a (…, n, …) → (…) without the axes, () by default; dtypes as of `sum`.
 *
 * @example nansum(array([1, NaN, 2])).item() // 3
 */
export function nansum(a: Operand, options?: ReduceOptions): NDArray {
  return sum(where(isnan(a), 0, a), options);
}

/**
 * Product with NaN counted as 1.
 *
 * a (…, n, …) → (…) without the axes, () by default; dtypes as of `prod`.
 *
 * @example nanprod(array([3, NaN, 2])).item() // 6
 */
export function nanprod(a: Operand, options?: ReduceOptions): NDArray {
  return prod(where(isnan(a), 1, a), options);
}

/**
 * The largest element that is not NaN. NaN where nothing is left.
 *
 * a (…, n, …) → (…) without the axes, () by default; of a's dtype.
 *
 * @example nanmax(array([1, NaN, 2])).item() // 2
 */
export function nanmax(a: Operand, options?: ReduceOptions): NDArray {
  return reduce({ step: arithmetic.fmax.definition, identity: null, type: same }, a, options);
}

/**
 * The smallest element that is not NaN. NaN where nothing is left.
 *
 * a (…, n, …) → (…) without the axes, () by default; of a's dtype.
 *
 * @example nanmin(array([1, NaN, 2])).item() // 1
 */
export function nanmin(a: Operand, options?: ReduceOptions): NDArray {
  return reduce({ step: arithmetic.fmin.definition, identity: null, type: same }, a, options);
}

interface AccumulateOptions {
  axis?: number | null;
  dtype?: DType;
  out?: NDArray;
}

/**
 * Running sums along an axis (of the flattened array by default).
 *
 * a (…, n, …) → the same shape, (n,) without an axis; dtypes as of `sum`.
 *
 * @example cumsum(array([1, 2, 3])).tolist() // [1n, 3n, 6n]
 */
export function cumsum(a: Operand, { axis = null, dtype, out }: AccumulateOptions = {}): NDArray {
  const source = asarray(a);
  return accumulate(arithmetic.add.definition, source, axis, dtype ?? sumType(source.dtype), out);
}

/**
 * Running products along an axis (of the flattened array by default).
 *
 * a (…, n, …) → the same shape, (n,) without an axis; dtypes as of `prod`.
 *
 * @example cumprod(array([1, 2, 3, 4])).tolist() // [1n, 2n, 6n, 24n]
 */
export function cumprod(a: Operand, { axis = null, dtype, out }: AccumulateOptions = {}): NDArray {
  const source = asarray(a);
  return accumulate(arithmetic.multiply.definition, source, axis, dtype ?? sumType(source.dtype), out);
}

/**
 * Running sums with NaN counted as 0.
 *
 * a (…, n, …) → the same shape, (n,) without an axis; dtypes as of `sum`.
 *
 * @example nancumsum(array([1, NaN, 2])).tolist() // [1, 1, 3]
 */
export function nancumsum(a: Operand, options: AccumulateOptions = {}): NDArray {
  return cumsum(where(isnan(a), 0, a), options);
}

/**
 * Running products with NaN counted as 1.
 *
 * a (…, n, …) → the same shape, (n,) without an axis; dtypes as of `prod`.
 *
 * @example nancumprod(array([2, NaN, 2])).tolist() // [2, 2, 4]
 */
export function nancumprod(a: Operand, options: AccumulateOptions = {}): NDArray {
  return cumprod(where(isnan(a), 1, a), options);
}
