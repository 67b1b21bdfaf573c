import { AppError } from '#shared/errors.ts';
import { broadcast_to } from './cast.ts';
import { shapeCode, shapeText } from './memory.ts';
import type { NDArray } from './ndarray.ts';

/**
 * The shape that shapes broadcast to: compared from the last axis, lengths must agree or be 1.
 *
 * @throws AppError 'shape' "operands could not be broadcast together with shapes (3,) (2,)".
 * @example broadcast_shapes([3, 1], [4]) // [3, 4]
 */
export function broadcast_shapes(...shapes: readonly (readonly number[])[]): number[] {
  let ndim = 0;
  for (const shape of shapes) ndim = Math.max(ndim, shape.length);
  const result = new Array<number>(ndim).fill(1);
  for (const shape of shapes) {
    const lead = ndim - shape.length;
    for (let axis = 0; axis < shape.length; axis++) {
      const n = shape[axis];
      if (n === 1 || n === result[lead + axis]) continue;
      if (result[lead + axis] !== 1) {
        throw new AppError(
          'shape',
          `operands could not be broadcast together with shapes ${shapes.map(shapeCode).join(' ')}`,
          { hint: 'Shapes are compared from the last axis; lengths must be equal or 1.' },
        );
      }
      result[lead + axis] = n;
    }
  }
  return result;
}

/**
 * The common leading axes of operands that are stacks of vectors or matrices, `axes` of them each, for results of the
 * shape `core`.
 *
 * @throws AppError 'value' "operands could not be broadcast together with remapped shapes …", as generalised ufuncs say it.
 * @example leadingShape([[2, 3, 3], [3, 3]], [2, 2], [3, 3]) // [2]
 */
export function leadingShape(
  shapes: readonly (readonly number[])[],
  axes: readonly number[],
  core: readonly number[],
): number[] {
  const leads = shapes.map((shape, k) => shape.slice(0, shape.length - axes[k]));
  try {
    return broadcast_shapes(...leads);
  } catch {
    const remapped = shapes.map((shape, k) => {
      const into = [...leads[k], ...core.map(() => 'newaxis')].join(',');
      return `${shapeCode(shape)}->(${into})`;
    });
    throw new AppError(
      'value',
      `operands could not be broadcast together with remapped shapes [original->remapped]: ${remapped.join(' ')}  and requested shape (${core.join(',')})`,
      {
        hint: 'The axes in front of the vectors or matrices are compared from the last one; lengths must be equal or 1.',
      },
    );
  }
}

/**
 * Read-only views of all arrays in their common shape.
 *
 * a (m, 1) and b (n,) → twice (m, n), each of its own dtype.
 *
 * @example broadcast_arrays(array([[1], [2]]), array([7, 8])).map((x) => x.tolist()) // [[[1n, 1n], [2n, 2n]], [[7n, 8n], [7n, 8n]]]
 */
export function broadcast_arrays(...arrays: readonly NDArray[]): NDArray[] {
  const shape = commonShape(arrays.map((a) => a.shape));
  return arrays.map((a) => broadcast_to(a, shape));
}

/**
 * The shape that all broadcast to, for functions that are no ufuncs: the error names the two that do not fit.
 *
 * @throws AppError 'shape' "shape mismatch: objects cannot be broadcast to a single shape. …".
 * @example commonShape([[3, 1], [4]]) // [3, 4]
 */
export function commonShape(shapes: readonly (readonly number[])[]): number[] {
  let common: number[] = [];
  shapes.forEach((shape, k) => {
    try {
      common = broadcast_shapes(common, shape);
    } catch {
      const other = shapes.findIndex((one) => !broadcasts(shape, one));
      throw new AppError(
        'shape',
        `shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg ${other} with shape ${shapeText(shapes[other])} and arg ${k} with shape ${shapeText(shape)}.`,
        { hint: 'Shapes are compared from the last axis; lengths must be equal or 1.' },
      );
    }
  });
  return common;
}

function broadcasts(a: readonly number[], b: readonly number[]): boolean {
  return a.every((n, k) => {
    const m = b[b.length - a.length + k] ?? 1;
    return n === m || n === 1 || m === 1;
  });
}

/** True when two shapes are the same. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}
