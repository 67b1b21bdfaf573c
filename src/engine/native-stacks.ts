import type { Floats, LapackType, Triangle } from './lapack-types.ts';

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

  /**
   * x := a⁻¹ · b for `count` systems, a (n, n), b (n, k) or the identity for null, `batch` as in matmulStack. The first
   * singular matrix counted from 1, or 0.
   */
  solveStack(
    type: LapackType,
    count: number,
    n: number,
    k: number,
    a: Floats,
    aBatch: number,
    b: Floats | null,
    bBatch: number,
    x: Floats,
  ): number;
  /** The sign of each determinant, log |det| and, unless null, sign · |det|. */
  determinantStack(
    type: LapackType,
    count: number,
    n: number,
    a: Floats,
    sign: Floats,
    log: Floats,
    size: Floats | null,
  ): void;
  /**
   * potrf of one triangle of each, zeros in the other. The first that is not positive definite and LAPACK's info, both
   * counted from 1, or null.
   */
  choleskyStack(
    type: LapackType,
    upper: boolean,
    count: number,
    n: number,
    a: Floats,
    out: Floats,
  ): [number, number] | null;
  /** syevd of each; the first that did not converge counted from 1, or 0. */
  eighStack(type: LapackType, uplo: Triangle, count: number, n: number, a: Floats, w: Floats, v: Floats | null): number;
  /** gesdd of each, vectors row after row; the first that did not converge counted from 1, or 0. */
  svdStack(
    type: LapackType,
    job: 'N' | 'S' | 'A',
    count: number,
    m: number,
    n: number,
    a: Floats,
    s: Floats,
    u: Floats | null,
    vt: Floats | null,
  ): number;
  /** geqrf and orgqr of each: q (m, qCols) unless null, r (rRows, n) with zeros below its diagonal. */
  qrStack(
    type: LapackType,
    count: number,
    m: number,
    n: number,
    a: Floats,
    qCols: number,
    q: Floats | null,
    rRows: number,
    r: Floats,
  ): void;
}
