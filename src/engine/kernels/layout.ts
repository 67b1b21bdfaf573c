import { type DType, dtypes } from '#shared/dtype.ts';
import type { NDArray } from '../ndarray.ts';

const codes = new Map<DType, number>(dtypes.map((dtype, code) => [dtype, code]));

export function dtypeCode(dtype: DType): number {
  return codes.get(dtype) ?? -1;
}

/** Arrays as the native kernels read them; those of fewer elements than `shape` are repeated along missing axes. */
export function layoutOf(shape: readonly number[], arrays: readonly NDArray[]): Float64Array {
  const axes = shape.length;
  const layout = new Float64Array(2 + axes + arrays.length * (2 + axes));
  layout[0] = axes;
  layout[1] = arrays.length;
  let at = 2;
  for (const n of shape) layout[at++] = n;
  for (const a of arrays) {
    layout[at++] = dtypeCode(a.dtype);
    layout[at++] = a.offset;
    const lead = axes - a.ndim;
    for (let axis = 0; axis < axes; axis++) {
      layout[at++] = axis < lead || a.shape[axis - lead] === 1 ? 0 : a.strides[axis - lead];
    }
  }
  return layout;
}
