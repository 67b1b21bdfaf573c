import { empty } from './create.ts';
import type { NDArray } from './ndarray.ts';

/** The n × n float64 matrix whose entry (i, j) is `entry(i, j)`. */
function square(n: number, entry: (i: number, j: number) => number): NDArray {
  const made = empty([n, n]);
  const data = made.data as Float64Array;
  for (let i = 0, at = made.start; i < n; i++) for (let j = 0; j < n; j++) data[at++] = entry(i, j);
  return made;
}

/**
 * The Hilbert matrix, 1 / (i + j + 1): symmetric, positive definite and famously ill-conditioned.
 *
 * @example hilbert(2).tolist() // [[1, 0.5], [0.5, 0.3333333333333333]]
 */
export function hilbert(n: number): NDArray {
  return square(n, (i, j) => 1 / (i + j + 1));
}
