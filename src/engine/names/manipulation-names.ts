/** numpy's functions that turn, join, cut and index arrays, by their names there. */
import { AppError } from '#shared/errors.ts';
import { broadcast_arrays, commonShape } from '../broadcast.ts';
import { broadcast_to, copy } from '../cast.ts';
import { asarray } from '../create.ts';
import { apply_along_axis, apply_over_axes } from '../functional.ts';
import { nonzero } from '../index-plan.ts';
import * as joining from '../joining.ts';
import type { NDArray } from '../ndarray.ts';
import { pad, type PadMode, type PadOptions } from '../padding.ts';
import * as placing from '../placing.ts';
import type { Casting } from '../promotion.ts';
import * as searching from '../searching.ts';
import * as shape from '../shape.ts';
import * as taking from '../taking.ts';
import { matrix_transpose } from '../linalg/tensors.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { shapeOf } from './kinds.ts';
import { direct, type Named, optional } from './signature.ts';

/** A function of one array, given whatever makes one. */
const first =
  <Rest extends unknown[], Result>(fn: (a: NDArray, ...rest: Rest) => Result) =>
  (a: Operand, ...rest: Rest): Result =>
    fn(asarray(a), ...rest);

/** One array, or a list of them when several are given. */
const each =
  (fn: (a: NDArray) => NDArray) =>
  (...arrays: Operand[]): unknown => {
    const all = arrays.map((a) => fn(asarray(a)));
    return all.length === 1 ? all[0] : all;
  };

function flipped(axis: number, needs: number) {
  return (m: Operand): NDArray => {
    const a = asarray(m);
    if (a.ndim < needs) throw new AppError('value', `Input must be >= ${needs}-d.`, { argument: 'm' });
    return shape.flip(a, axis);
  };
}

function reshaped(a: Operand, to: number | number[], order: 'C' = 'C', copies: boolean | null = null): NDArray {
  const source = asarray(a);
  const view = shape.reshape(source, to, order);
  if (copies === false && view.buffer !== source.buffer)
    throw new AppError('value', 'Unable to avoid creating a copy while reshaping.', { argument: 'copy' });
  return copies === true && view.buffer === source.buffer ? copy(view, order) : view;
}

const ofArrays = (arrays: readonly NDArray[] | NDArray): readonly NDArray[] =>
  'dtype' in arrays ? ([...arrays] as NDArray[]) : arrays;

export const manipulationNames: Readonly<Record<string, Named>> = {
  reshape: direct(reshaped, 'a shape order? copy?'),
  ravel: direct(first(shape.ravel), 'a order?'),
  transpose: direct(first(shape.transpose), 'a axes?'),
  permute_dims: direct(first(shape.transpose), 'a axes?'),
  matrix_transpose: direct(first(matrix_transpose), 'x'),
  swapaxes: direct(first(shape.swapaxes), 'a axis1 axis2'),
  moveaxis: direct(first(shape.moveaxis), 'a source destination'),
  rollaxis: direct(first(placing.rollaxis), 'a axis start?'),
  squeeze: direct(first(shape.squeeze), 'a axis?'),
  expand_dims: direct(first(shape.expand_dims), 'a axis'),
  atleast_1d: direct(each(shape.atleast_1d), '*arys'),
  atleast_2d: direct(each(shape.atleast_2d), '*arys'),
  atleast_3d: direct(each(shape.atleast_3d), '*arys'),
  flip: direct(first(shape.flip), 'm axis?'),
  fliplr: direct(flipped(1, 2), 'm'),
  flipud: direct(flipped(0, 1), 'm'),
  rot90: direct(first(shape.rot90), 'm k? axes?'),
  ndim: direct((a: Operand) => asarray(a).ndim, 'a'),
  shape: direct((a: Operand) => [...asarray(a).shape], 'a'),
  size: direct((a: Operand, axis: number | readonly number[] | null = null) => {
    const source = asarray(a);
    if (axis === null) return source.size;
    return shape.normalizeAxes(axis, source.ndim).reduce((product, k) => product * source.shape[k], 1);
  }, 'a axis?'),
  broadcast_to: direct(
    (a: Operand, to: number | number[]) => broadcast_to(asarray(a), typeof to === 'number' ? [to] : to),
    'array shape subok~',
  ),
  broadcast_arrays: direct((arrays: Operand[]) => broadcast_arrays(...arrays.map((a) => asarray(a))), '*args subok?'),
  broadcast_shapes: direct((...shapes: unknown[]) => commonShape(shapes.map(shapeOf)), '*args'),

  // Joining and cutting
  concatenate: direct(joining.concatenate, 'arrays axis? out> dtype? casting?'),
  concat: direct(joining.concatenate, 'arrays axis? out> dtype? casting?'),
  stack: direct(joining.stack, 'arrays axis? out> dtype? casting?'),
  vstack: direct(joining.vstack, 'tup dtype? casting?'),
  hstack: direct(joining.hstack, 'tup dtype? casting?'),
  dstack: direct((tup: NDArray[] | NDArray) => joining.dstack(ofArrays(tup)), 'tup'),
  column_stack: direct((tup: NDArray[] | NDArray) => joining.column_stack(ofArrays(tup)), 'tup'),
  block: direct(joining.block, 'arrays'),
  split: direct(joining.split, 'ary indices_or_sections axis?'),
  array_split: direct(joining.array_split, 'ary indices_or_sections axis?'),
  hsplit: direct(joining.hsplit, 'ary indices_or_sections'),
  vsplit: direct(joining.vsplit, 'ary indices_or_sections'),
  dsplit: direct(joining.dsplit, 'ary indices_or_sections'),
  unstack: direct(placing.unstack, 'x axis?'),
  tile: direct(joining.tile, 'A reps'),
  repeat: direct(joining.repeat, 'a repeats axis?'),
  append: direct(joining.append, 'arr values axis?'),
  delete: direct(joining.delete_, 'arr obj axis?'),
  insert: direct(joining.insert, 'arr obj values axis?'),
  roll: direct(joining.roll, 'a shift axis?'),
  resize: direct(placing.resize, 'a new_shape'),
  trim_zeros: direct(placing.trim_zeros, 'filt trim? axis?'),
  pad: optional(
    (a: Operand, width: Operand, mode: PadMode = 'constant', options: PadOptions = {}) => pad(a, width, mode, options),
    'array pad_width mode? | constant_values? end_values? stat_length? reflect_type?',
  ),

  // Indexing
  take: direct(
    (a: Operand, indices: Operand, axis?: number | null, mode?: 'raise') =>
      taking.take(asarray(a), indices, axis, mode),
    'a indices axis? out> mode?',
  ),
  take_along_axis: direct(
    (arr: Operand, indices: Operand, axis?: number | null) =>
      taking.take_along_axis(asarray(arr), asarray(indices), axis),
    'arr indices axis?',
  ),
  put_along_axis: direct((arr: NDArray, indices: Operand, values: Operand, axis: number | null) => {
    taking.put_along_axis(arr, asarray(indices), values, axis);
    return null;
  }, 'arr indices values axis'),
  compress: direct(
    (condition: Operand, a: Operand, axis?: number | null) => taking.compress(condition, asarray(a), axis),
    'condition a axis? out>',
  ),
  extract: direct(placing.extract, 'condition arr'),
  choose: direct(placing.choose, 'a choices out> mode?'),
  place: direct(placing.place, 'arr mask vals'),
  put: direct(placing.put, 'a ind v mode?'),
  putmask: direct(placing.putmask, 'a mask values'),
  copyto: direct((dst: NDArray, src: Operand, casting?: Casting, where?: Operand) => {
    placing.copyto(dst, src, casting, where);
    return null;
  }, 'dst src casting? where?'),
  fill_diagonal: direct(taking.fill_diagonal, 'a val wrap?'),
  nonzero: direct(first(nonzero), 'a'),
  flatnonzero: direct(searching.flatnonzero, 'a'),
  argwhere: direct(searching.argwhere, 'a'),
  apply_along_axis: direct(apply_along_axis, 'func1d axis arr'),
  apply_over_axes: direct(apply_over_axes, 'func a axes'),
};
