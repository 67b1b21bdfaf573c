import { AppError } from '#shared/errors.ts';
import type { NDArray } from '../ndarray.ts';
import { normalizeAxis } from '../shape.ts';

/**
 * Two different axes of an array, counted from 0, in the order given.
 * @throws AppError 'value' when they are the same, 'index' when one does not exist.
 */
export function twoAxes(a: NDArray, axis1: number, axis2: number): [number, number] {
  const i = normalizeAxis(axis1, a.ndim, 'axis1');
  const j = normalizeAxis(axis2, a.ndim, 'axis2');
  if (i === j) throw new AppError('value', 'axis1 and axis2 cannot be the same');
  return [i, j];
}

/** The array with the named axes last (a view), the others before them in their order. */
export function axesLast(a: NDArray, axes: readonly number[]): NDArray {
  const order = [...[...a.shape.keys()].filter((axis) => !axes.includes(axis)), ...axes];
  return a.view(
    order.map((axis) => a.shape[axis]),
    order.map((axis) => a.strides[axis]),
  );
}
