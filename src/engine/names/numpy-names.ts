/** The functions of `numpy` by their names there, callable with Python's arguments (see `callNamed`). */
import * as building from '../building.ts';
import { astype, ascontiguousarray, asfortranarray, broadcast_to, copy } from '../cast.ts';
import { broadcast_arrays, broadcast_shapes } from '../broadcast.ts';
import * as create from '../create.ts';
import * as einsum from '../einsum.ts';
import * as elementwise from '../elementwise.ts';
import { histogram } from '../histogram.ts';
import { nonzero } from '../index-plan.ts';
import * as joining from '../joining.ts';
import * as linalg from '../linalg/products.ts';
import type { NDArray } from '../ndarray.ts';
import { array2string, array_repr, array_str } from '../printing.ts';
import * as products from '../products.ts';
import { can_cast, promote_types } from '../promotion.ts';
import * as ranges from '../ranges.ts';
import * as reductions from '../reductions.ts';
import * as searching from '../searching.ts';
import * as sets from '../sets.ts';
import * as shape from '../shape.ts';
import * as sorting from '../sorting.ts';
import * as statistics from '../statistics.ts';
import * as taking from '../taking.ts';
import * as arithmetic from '../ufuncs/arithmetic.ts';
import * as comparison from '../ufuncs/comparison.ts';
import * as mathematics from '../ufuncs/mathematics.ts';
import type { Operand } from '../ufuncs/ufunc.ts';
import { direct, type Named, optional } from './signature.ts';

/** Functions of linear algebra take arrays only; NumPy also takes lists there. */
const asArrays =
  <T extends NDArray[]>(fn: (...arrays: T) => unknown) =>
  (...operands: Operand[]): unknown =>
    fn(...(operands.map((a) => create.asarray(a)) as T));

const ufunc = (fn: (...operands: never[]) => unknown, operands: string): Named =>
  optional(fn, `${operands} | out? where? casting? dtype?`);

const ufuncs = (module: object): Record<string, Named> =>
  Object.fromEntries(
    Object.entries(module).map(([name, fn]) => {
      const call = fn as (...operands: never[]) => unknown;
      return [name, ufunc(call, 'definition' in call ? 'x1 x2' : 'x')];
    }),
  );

const reduction = 'a | axis? dtype? out? keepdims? initial? where?';
const extreme = 'a | axis? out? keepdims? initial? where?';
const spread = 'a | axis? dtype? out? ddof? keepdims? where?';

/** NumPy's unique gives a tuple as soon as one of the extras is asked for. */
function unique(
  a: Operand,
  return_index = false,
  return_inverse = false,
  return_counts = false,
  axis: number | null = null,
): unknown {
  if (axis !== null) return sets.unique(a, axis);
  const all = sets.uniqueAll(a);
  const extras = [return_index && all.index, return_inverse && all.inverse, return_counts && all.counts].filter(
    (part) => part !== false,
  );
  return extras.length === 0 ? all.values : [all.values, ...extras];
}

export const numpyNames: Readonly<Record<string, Named>> = {
  ...ufuncs(arithmetic),
  ...ufuncs(comparison),
  ...ufuncs(mathematics),

  // Creation
  array: direct(create.array, 'object dtype?'),
  asarray: direct(create.asarray, 'a dtype?'),
  empty: direct(create.empty, 'shape dtype? order?'),
  zeros: direct(create.zeros, 'shape dtype? order?'),
  ones: direct(create.ones, 'shape dtype? order?'),
  full: direct(create.full, 'shape fill_value dtype? order?'),
  empty_like: direct(create.empty_like, 'prototype dtype? order?'),
  zeros_like: direct(create.zeros_like, 'a dtype? order?'),
  ones_like: direct(create.ones_like, 'a dtype? order?'),
  full_like: direct(create.full_like, 'a fill_value dtype? order?'),
  eye: direct(
    (n: number, m?: number | null, k?: number, dtype?: 'float64') => create.eye(n, m ?? n, k, dtype),
    'N M? k? dtype?',
  ),
  identity: direct(create.identity, 'n dtype?'),
  arange: direct(ranges.arange, 'start stop? step? dtype?'),
  linspace: direct(
    (start: number, stop: number, num?: number, endpoint?: boolean, dtype?: 'float64') =>
      ranges.linspace(start, stop, num, endpoint, dtype),
    'start stop num? endpoint? dtype?',
  ),
  logspace: direct(ranges.logspace, 'start stop num? endpoint? base?'),
  geomspace: direct(ranges.geomspace, 'start stop num? endpoint?'),
  diag: direct(building.diag, 'v k?'),
  diagflat: direct(building.diagflat, 'v k?'),
  diagonal: direct(building.diagonal, 'a offset? axis1? axis2?'),
  tri: direct(building.tri, 'N M? k? dtype?'),
  tril: direct(building.tril, 'm k?'),
  triu: direct(building.triu, 'm k?'),
  tril_indices: direct(building.tril_indices, 'n k? m?'),
  triu_indices: direct(building.triu_indices, 'n k? m?'),
  indices: direct(building.indices, 'dimensions'),
  vander: direct(building.vander, 'x N? increasing?'),
  meshgrid: direct((...lists: Operand[]) => building.meshgrid(lists), '*xi'),
  copy: direct(copy, 'a order?'),
  astype: direct(astype, 'x dtype'),
  ascontiguousarray: direct(ascontiguousarray, 'a dtype?'),
  asfortranarray: direct(asfortranarray, 'a dtype?'),

  // Shape
  reshape: direct(shape.reshape, 'a shape order?'),
  ravel: direct(shape.ravel, 'a order?'),
  transpose: direct(shape.transpose, 'a axes?'),
  swapaxes: direct(shape.swapaxes, 'a axis1 axis2'),
  moveaxis: direct(shape.moveaxis, 'a source destination'),
  squeeze: direct(shape.squeeze, 'a axis?'),
  expand_dims: direct(shape.expand_dims, 'a axis'),
  atleast_1d: direct(shape.atleast_1d, 'a'),
  atleast_2d: direct(shape.atleast_2d, 'a'),
  atleast_3d: direct(shape.atleast_3d, 'a'),
  flip: direct(shape.flip, 'm axis?'),
  rot90: direct(shape.rot90, 'm k? axes?'),
  broadcast_to: direct(broadcast_to, 'array shape'),
  broadcast_arrays: direct(broadcast_arrays, '*args'),
  broadcast_shapes: direct(broadcast_shapes, '*args'),
  concatenate: direct(
    (arrays: Operand[], axis?: number | null, dtype?: 'float64') => joining.concatenate(arrays, axis, dtype),
    'arrays axis? dtype?',
  ),
  stack: direct(joining.stack, 'arrays axis?'),
  vstack: direct(joining.vstack, 'tup'),
  hstack: direct(joining.hstack, 'tup'),
  dstack: direct(joining.dstack, 'tup'),
  column_stack: direct(joining.column_stack, 'tup'),
  block: direct(joining.block, 'arrays'),
  split: direct(joining.split, 'ary indices_or_sections axis?'),
  array_split: direct(joining.array_split, 'ary indices_or_sections axis?'),
  hsplit: direct(joining.hsplit, 'ary indices_or_sections'),
  vsplit: direct(joining.vsplit, 'ary indices_or_sections'),
  dsplit: direct(joining.dsplit, 'ary indices_or_sections'),
  tile: direct(joining.tile, 'A reps'),
  repeat: direct(joining.repeat, 'a repeats axis?'),
  append: direct(joining.append, 'arr values axis?'),
  delete: direct(joining.delete_, 'arr obj axis?'),
  insert: direct(joining.insert, 'arr obj values axis?'),
  roll: direct(joining.roll, 'a shift axis?'),

  // Indexing
  take: direct(
    (a: NDArray, indices: Operand, axis?: number | null, mode?: 'raise') => taking.take(a, indices, axis, mode),
    'a indices axis? mode?',
  ),
  take_along_axis: direct(taking.take_along_axis, 'arr indices axis?'),
  put_along_axis: direct(taking.put_along_axis, 'arr indices values axis'),
  compress: direct(taking.compress, 'condition a axis?'),
  fill_diagonal: direct(taking.fill_diagonal, 'a val wrap?'),
  nonzero: direct(nonzero, 'a'),
  flatnonzero: direct(searching.flatnonzero, 'a'),
  argwhere: direct(searching.argwhere, 'a'),
  where: direct(elementwise.where, 'condition x? y?'),
  select: direct(elementwise.select, 'condlist choicelist default?'),

  // Elementwise, made of ufuncs
  clip: optional(
    (a: Operand, low: Operand | null = null, high: Operand | null = null, options?: object) =>
      elementwise.clip(a, low, high, options),
    'a a_min? a_max? | out? where?',
  ),
  round: direct(
    (a: Operand, decimals?: number, out?: NDArray) => elementwise.round(a, decimals, out === undefined ? {} : { out }),
    'a decimals? out?',
  ),
  around: direct((a: Operand, decimals?: number) => elementwise.round(a, decimals), 'a decimals?'),
  fix: direct(elementwise.fix, 'x'),
  divmod: direct(elementwise.divmod, 'x1 x2'),
  modf: direct(elementwise.modf, 'x'),
  real: direct(elementwise.real, 'val'),
  imag: direct(elementwise.imag, 'val'),
  angle: direct(elementwise.angle, 'z deg?'),
  isreal: direct(elementwise.isreal, 'x'),
  iscomplex: direct(elementwise.iscomplex, 'x'),
  iscomplexobj: direct(elementwise.iscomplexobj, 'x'),
  nan_to_num: direct(
    (x: Operand, nan?: number, posinf?: number, neginf?: number) => elementwise.nan_to_num(x, nan, posinf, neginf),
    'x nan? posinf? neginf?',
  ),
  isclose: direct(elementwise.isclose, 'a b rtol? atol? equal_nan?'),
  allclose: direct(elementwise.allclose, 'a b rtol? atol? equal_nan?'),
  array_equal: direct(elementwise.array_equal, 'a1 a2 equal_nan?'),
  array_equiv: direct(elementwise.array_equiv, 'a1 a2'),

  // Reductions
  sum: optional(reductions.sum, reduction),
  prod: optional(reductions.prod, reduction),
  max: optional(reductions.max, extreme),
  min: optional(reductions.min, extreme),
  amax: optional(reductions.max, extreme),
  amin: optional(reductions.min, extreme),
  any: optional(reductions.any, 'a | axis? out? keepdims? where?'),
  all: optional(reductions.all, 'a | axis? out? keepdims? where?'),
  ptp: optional(reductions.ptp, 'a | axis? out? keepdims?'),
  count_nonzero: optional(reductions.count_nonzero, 'a | axis? keepdims?'),
  cumsum: optional(reductions.cumsum, 'a | axis? dtype? out?'),
  cumprod: optional(reductions.cumprod, 'a | axis? dtype? out?'),
  nansum: optional(reductions.nansum, reduction),
  nanprod: optional(reductions.nanprod, reduction),
  nanmax: optional(reductions.nanmax, extreme),
  nanmin: optional(reductions.nanmin, extreme),
  mean: optional(statistics.mean, 'a | axis? dtype? out? keepdims? where?'),
  var: optional(statistics.variance, spread),
  std: optional(statistics.std, spread),
  nanmean: optional(statistics.nanmean, 'a | axis? keepdims?'),
  nanvar: optional(statistics.nanvar, 'a | axis? ddof? keepdims?'),
  nanstd: optional(statistics.nanstd, 'a | axis? ddof? keepdims?'),
  average: optional(statistics.average, 'a | axis? weights? keepdims?'),
  median: optional(statistics.median, 'a | axis? keepdims?'),
  nanmedian: optional(statistics.nanmedian, 'a | axis? keepdims?'),
  percentile: optional(statistics.percentile, 'a q | axis? method? keepdims?'),
  quantile: optional(statistics.quantile, 'a q | axis? method? keepdims?'),
  diff: direct(statistics.diff, 'a n? axis?'),
  gradient: direct(statistics.gradient, 'f spacing? axis?'),
  cov: optional(statistics.cov, 'm | y? rowvar? bias? ddof?'),
  corrcoef: optional(statistics.corrcoef, 'x | y? rowvar?'),
  histogram: optional((a: Operand, options: object) => {
    const { hist, bin_edges } = histogram(a, options);
    return [hist, bin_edges];
  }, 'a | bins? range? density? weights?'),
  bincount: direct(sets.bincount, 'x weights? minlength?'),

  // Order and sets
  sort: direct(sorting.sort, 'a axis? kind?'),
  argsort: direct(sorting.argsort, 'a axis? kind?'),
  lexsort: direct(sorting.lexsort, 'keys'),
  partition: direct(sorting.partition, 'a kth axis?'),
  argpartition: direct(sorting.argpartition, 'a kth axis?'),
  argmax: optional(searching.argmax, 'a | axis? keepdims?'),
  argmin: optional(searching.argmin, 'a | axis? keepdims?'),
  searchsorted: direct(searching.searchsorted, 'a v side? sorter?'),
  digitize: direct(searching.digitize, 'x bins right?'),
  unique: direct(unique, 'ar return_index? return_inverse? return_counts? axis?'),
  intersect1d: direct(sets.intersect1d, 'ar1 ar2'),
  union1d: direct(sets.union1d, 'ar1 ar2'),
  setdiff1d: direct(sets.setdiff1d, 'ar1 ar2'),
  setxor1d: direct(sets.setxor1d, 'ar1 ar2'),
  isin: direct(
    (element: Operand, test: Operand, invert?: boolean) => sets.isin(element, test, invert),
    'element test_elements invert?',
  ),

  // Products
  dot: direct(asArrays(linalg.dot), 'a b'),
  vdot: direct(asArrays(linalg.vdot), 'a b'),
  inner: direct(asArrays(linalg.inner), 'a b'),
  outer: direct(asArrays(linalg.outer), 'a b'),
  matmul: direct(asArrays(linalg.matmul), 'x1 x2'),
  trace: direct((a: Operand, ...rest: number[]) => linalg.trace(create.asarray(a), ...rest), 'a offset? axis1? axis2?'),
  tensordot: direct(products.tensordot, 'a b axes?'),
  kron: direct(products.kron, 'a b'),
  cross: direct(products.cross, 'a b axis?'),
  vecdot: direct(products.vecdot, 'x1 x2 axis?'),
  einsum: direct(einsum.einsum, 'subscripts *operands'),
  einsum_path: direct(einsum.einsum_path, 'subscripts *operands'),

  // Types and printing
  promote_types: direct(promote_types, 'type1 type2'),
  can_cast: direct(can_cast, 'from_ to casting?'),
  array2string: optional((a: NDArray, given: Record<string, unknown>) => {
    const { max_line_width, suppress_small, ...rest } = given;
    const options: Record<string, unknown> = rest;
    if (max_line_width !== undefined) options['linewidth'] = max_line_width;
    if (suppress_small !== undefined) options['suppress'] = suppress_small;
    return array2string(a, options);
  }, 'a | max_line_width? precision? suppress_small? separator? prefix? threshold? edgeitems? sign? floatmode? suffix?'),
  array_repr: direct(array_repr, 'arr'),
  array_str: direct(array_str, 'a'),
};
