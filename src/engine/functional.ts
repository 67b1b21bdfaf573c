/** Functions of functions: along axes, over axes, piecewise, from indices. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype, copyInto } from './cast.ts';
import { indices } from './building.ts';
import { type ArrayLike, asarray, empty, zeros_like } from './create.ts';
import { getitem, setitem } from './indexing.ts';
import { stack } from './joining.ts';
import type { NDArray } from './ndarray.ts';
import { any } from './reductions.ts';
import { expand_dims, moveaxis, normalizeAxis } from './shape.ts';
import { sliced } from './slicing.ts';
import { logical_not } from './ufuncs/comparison.ts';
import { result_type } from './promotion.ts';
import { truth } from './ufuncs/ufunc.ts';

/**
 * The results of a function of every 1-d slice along an axis, in the place of that axis.
 *
 * arr (…, n, …) → (…, k, …) for results (k,), (…) for numbers; of their dtype.
 *
 * @throws AppError 'value' when the other axes are empty.
 * @example apply_along_axis((row) => sum(row), 1, array([[1, 2], [3, 4]])).tolist() // [3n, 7n]
 */
export function apply_along_axis(func1d: (row: NDArray) => ArrayLike, axis: number, arr: ArrayLike): NDArray {
  const source = asarray(arr);
  const along = normalizeAxis(axis, source.ndim);
  const rows = moveaxis(source, along, -1);
  const lead = rows.shape.slice(0, -1);
  const count = lead.reduce((product, n) => product * n, 1);
  if (count === 0) throw new AppError('value', 'Cannot apply_along_axis when any iteration dimensions are 0');
  let made: NDArray | null = null;
  let spread: NDArray | null = null;
  for (let i = 0; i < count; i++) {
    const index = new Array<number>(lead.length);
    let rest = i;
    for (let k = lead.length - 1; k >= 0; k--) {
      index[k] = rest % lead[k];
      rest = Math.floor(rest / lead[k]);
    }
    const result = asarray(func1d(sliced(rows, ...index)));
    made ??= empty([...lead, ...result.shape], result.dtype);
    spread = made;
    copyInto(sliced(spread, ...index), astype(result, spread.dtype, { copy: false }));
  }
  let turned = spread as NDArray;
  const inner = turned.ndim - lead.length;
  for (let k = 0; k < inner; k++) turned = moveaxis(turned, lead.length + k, along + k);
  return turned;
}

/**
 * A function applied over axes one after the other; an axis that it takes away stays with length 1.
 *
 * a (…, n, …) → (…, 1, …) where the function takes the axis away; of its dtype.
 *
 * @throws AppError 'value' "function is not returning an array of the correct shape".
 * @example apply_over_axes((a, axis) => sum(a, { axis }), array([[1, 2], [3, 4]]), [0, 1]).tolist() // [[10n]]
 */
export function apply_over_axes(
  func: (a: NDArray, axis: number) => NDArray,
  a: ArrayLike,
  axes: number | readonly number[],
): NDArray {
  let made = asarray(a);
  const { ndim } = made;
  for (const axis of typeof axes === 'number' ? [axes] : axes) {
    const along = axis < 0 ? axis + ndim : axis;
    const result = func(made, along);
    made = result.ndim === made.ndim ? result : expand_dims(result, along);
    if (made.ndim !== ndim)
      throw new AppError('value', 'function is not returning an array of the correct shape', { argument: 'func' });
  }
  return made;
}

/**
 * An array whose values are a function of the indices of its cells. The function is given an array of indices of
 * `shape` (m, n), of `dtype`, for each axis; dtype and shape are what it makes of them.
 *
 * @example fromfunction((i, j) => add(i, j), [2, 2]).tolist() // [[0, 1], [1, 2]]
 */
export function fromfunction(
  func: (...indices: NDArray[]) => ArrayLike,
  shape: readonly number[],
  dtype: DType = 'float64',
): NDArray {
  const grid = astype(indices(shape), dtype);
  return asarray(func(...shape.map((_, k) => sliced(grid, k))));
}

/**
 * Values by cases: where the k-th condition holds, the k-th function of x (or number); one more is for what is left.
 *
 * x (…) and conditions (…) → (…), of x's dtype, to which the values are cast.
 *
 * @throws AppError 'value' for another count of functions.
 * @example piecewise(array([-1, 2]), [array([true, false])], [0, 7]).tolist() // [0n, 7n]
 */
export function piecewise(
  x: ArrayLike,
  condlist: readonly ArrayLike[],
  funclist: readonly (number | ((x: NDArray) => ArrayLike))[],
): NDArray {
  const source = asarray(x);
  const single = typeof condlist[0] === 'boolean' && source.ndim !== 0;
  const conditions = (single ? [condlist as ArrayLike] : condlist).map((c) => truth(c));
  if (conditions.length === funclist.length - 1) {
    conditions.push(logical_not(any(stack(conditions), { axis: 0 })));
  } else if (conditions.length !== funclist.length) {
    const n = conditions.length;
    throw new AppError('value', `with ${n} condition(s), either ${n} or ${n + 1} functions are expected`, {
      argument: 'funclist',
    });
  }
  const made = zeros_like(source, result_type([source.dtype]));
  conditions.forEach((condition, k) => {
    const rule = funclist[k];
    if (typeof rule !== 'function') {
      setitem(made, [condition], rule);
      return;
    }
    const values = getitem(source, [condition]);
    if (values.size > 0) setitem(made, [condition], rule(values));
  });
  return made;
}
