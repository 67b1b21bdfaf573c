import type { Floats, LapackType } from './native.ts';

/** Many small matrices in one call. */
export interface StacksAddon {
  /**
   * C := A · B for `count` pairs, A (n, k), B (k, m), all of them row after row; neighbours lie `batch` elements apart,
   * 0 for one that is used for all.
   */
  matmulStack(
    type: LapackType,
    count: number,
    n: number,
    k: number,
    m: number,
    a: Floats,
    aBatch: number,
    b: Floats,
    bBatch: number,
    c: Floats,
  ): void;
}
