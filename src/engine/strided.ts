import type { NDArray } from './ndarray.ts';
import type { Data } from './typed-views.ts';

/**
 * An inner loop over two axes: m rows of n elements. Operand k lies in `data[k]`, begins at `start[k]`, and steps by
 * `outer[k]` and `inner[k]` entries.
 */
export type Kernel = (
  m: number,
  n: number,
  data: readonly Data[],
  start: readonly number[],
  outer: readonly number[],
  inner: readonly number[],
) => void;

/** Strides of an array in entries of its `data`. */
export function entryStrides(a: NDArray): number[] {
  const step = a.data.BYTES_PER_ELEMENT;
  return a.strides.map((s) => s / step);
}

/**
 * Runs a kernel over operands of one shape, whatever their strides: axes are ordered so that memory is walked
 * forwards and merged where they lie without gaps, as NumPy's iterator does.
 */
export function run(kernel: Kernel, shape: readonly number[], operands: readonly NDArray[]): void {
  runStrided(
    kernel,
    shape,
    operands.map((a) => a.data),
    operands.map((a) => a.start),
    operands.map(entryStrides),
  );
}

/** `run` for operands given by their parts; `strides[k][axis]` in entries. */
export function runStrided(
  kernel: Kernel,
  shape: readonly number[],
  data: readonly Data[],
  start: readonly number[],
  strides: readonly (readonly number[])[],
): void {
  for (const n of shape) if (n === 0) return;
  const count = data.length;
  if (shape.length <= 1) {
    const inner = shape.length === 0 ? start.map(() => 0) : strides.map((s) => s[0]);
    kernel(1, shape.length === 0 ? 1 : shape[0], data, start, inner, inner);
    return;
  }
  const axes = orderedAxes(shape, strides);
  const lengths: number[] = [];
  const steps: number[][] = [];
  for (const axis of axes) {
    const n = shape[axis];
    const step = strides.map((s) => s[axis]);
    const last = steps.at(-1);
    if (last !== undefined && step.every((s, k) => last[k] === s * n)) {
      lengths[lengths.length - 1] *= n;
      steps[steps.length - 1] = step;
    } else {
      lengths.push(n);
      steps.push(step);
    }
  }
  const n = lengths.pop() ?? 1;
  const inner = steps.pop() ?? start.map(() => 0);
  const m = lengths.pop() ?? 1;
  const outer = steps.pop() ?? inner;
  if (lengths.length === 0) {
    kernel(m, n, data, start, outer, inner);
    return;
  }
  const at = [...start];
  const index = lengths.map(() => 0);
  for (;;) {
    kernel(m, n, data, at, outer, inner);
    let axis = lengths.length - 1;
    for (; axis >= 0; axis--) {
      const step = steps[axis];
      if (++index[axis] < lengths[axis]) {
        for (let k = 0; k < count; k++) at[k] += step[k];
        break;
      }
      index[axis] = 0;
      for (let k = 0; k < count; k++) at[k] -= step[k] * (lengths[axis] - 1);
    }
    if (axis < 0) return;
  }
}

/** The axes longer than 1, slowest first: the last operand (the output) decides, then the others. */
function orderedAxes(shape: readonly number[], strides: readonly (readonly number[])[]): number[] {
  const axes: number[] = [];
  shape.forEach((n, axis) => {
    if (n !== 1) axes.push(axis);
  });
  const before = (a: number, b: number): number => {
    for (let k = strides.length - 1; k >= 0; k--) {
      const sa = Math.abs(strides[k][a]);
      const sb = Math.abs(strides[k][b]);
      if (sa !== 0 && sb !== 0 && sa !== sb) return sb - sa;
    }
    return a - b;
  };
  // Insertion sort: the comparison is not transitive when strides are 0, and C order must then survive.
  for (let i = 1; i < axes.length; i++) {
    for (let j = i; j > 0 && before(axes[j - 1], axes[j]) > 0; j--) [axes[j - 1], axes[j]] = [axes[j], axes[j - 1]];
  }
  return axes;
}

/** Entries from one element of an array to the next along an axis of the common shape. */
function stepAlong(a: NDArray, axis: number, ndim: number): number {
  const own = axis - ndim + a.ndim;
  return own < 0 || a.shape[own] === 1 ? 0 : a.strides[own] / a.data.BYTES_PER_ELEMENT;
}

/** Goes through a few elements, operands with axes of length 1 being repeated; the target is the last of them. */
export function runFew(loop: Kernel, target: NDArray, operands: readonly NDArray[]): void {
  const { shape } = target;
  const ndim = shape.length;
  const data = operands.map((a) => a.data);
  const start = operands.map((a) => a.start);
  if (ndim < 2) {
    const inner = ndim === 0 ? start : stepsAlong(operands, 0, 1);
    loop(1, ndim === 0 ? 1 : shape[0], data, start, inner, inner);
    return;
  }
  const inner = stepsAlong(operands, ndim - 1, ndim);
  const outer = stepsAlong(operands, ndim - 2, ndim);
  const n = shape[ndim - 1];
  if (ndim === 2) {
    loop(shape[0], n, data, start, outer, inner);
    return;
  }
  const walk = (axis: number): void => {
    if (axis === ndim - 2) {
      loop(shape[axis], n, data, start, outer, inner);
      return;
    }
    const step = stepsAlong(operands, axis, ndim);
    for (let i = 0; i < shape[axis]; i++) {
      walk(axis + 1);
      for (let k = 0; k < step.length; k++) start[k] += step[k];
    }
    for (let k = 0; k < step.length; k++) start[k] -= step[k] * shape[axis];
  };
  walk(0);
}

function stepsAlong(operands: readonly NDArray[], axis: number, ndim: number): number[] {
  return operands.map((a) => stepAlong(a, axis, ndim));
}
