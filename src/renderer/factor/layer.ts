/** One layer σ_i u_i v_iᵀ of an SVD, at the size of its picture. */
import type { SvdResult } from '#shared/contract.ts';
import { fetchTile } from '../heat-map/tiles.ts';

export interface Layer {
  /** 0-based. */
  index: number;
  width: number;
  height: number;
  values: Float32Array;
  absmax: number;
}

/**
 * Fetches column i of U and row i of Vᵀ, averaged to the picture's pixels, and multiplies them: the average of an
 * outer product over a block is the product of the averages, so the picture is that of the full-size layer.
 */
export async function fetchLayer(result: SvdResult, index: number, width: number, height: number): Promise<Layer> {
  const { u, vh, m, n, singular_values } = result;
  const columns = Math.max(1, Math.min(n, width));
  const rows = Math.max(1, Math.min(m, height));
  const common = { version: 0, reduce: 'mean' } as const;
  const [left, right] = await Promise.all([
    fetchTile({ ...common, id: u, region: { row0: 0, row1: m, col0: index, col1: index + 1 }, width: 1, height: rows }),
    fetchTile({
      ...common,
      id: vh,
      region: { row0: index, row1: index + 1, col0: 0, col1: n },
      width: columns,
      height: 1,
    }),
  ]);
  const sigma = singular_values[index] ?? 0;
  const values = new Float32Array(left.height * right.width);
  let absmax = 0;
  for (let i = 0; i < left.height; i++) {
    const factor = sigma * left.values[i];
    for (let j = 0; j < right.width; j++) {
      const value = factor * right.values[j];
      values[i * right.width + j] = value;
      absmax = Math.max(absmax, Math.abs(value));
    }
  }
  return { index, width: right.width, height: left.height, values, absmax };
}
