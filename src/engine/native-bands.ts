/** What the addon offers banded matrices and pairs of matrices (types alone; `native.ts` loads it). */
import type { Floats, LapackType, Triangle } from './lapack-types.ts';

/** Of eigenvalues: all (A), those in (low, high] (V), or from the first-th to the last-th, counted from 1 (I). */
type Range = 'A' | 'V' | 'I';

/** A band lies in kd + 1 rows, one column after another. */
export interface BandsAddon {
  /** Cholesky's factor in place of the band. */
  pbtrf(type: LapackType, uplo: Triangle, n: number, kd: number, band: Floats): number;
  pbtrs(type: LapackType, uplo: Triangle, n: number, kd: number, nrhs: number, band: Floats, b: Floats): number;
  /** Tridiagonal and positive definite: diagonal d (real), e below it; all are overwritten. */
  ptsv(type: LapackType, n: number, nrhs: number, d: Floats, e: Floats, b: Floats): number;
  /** The spectrum of a band, which is destroyed. */
  sbevd(type: LapackType, uplo: Triangle, n: number, kd: number, band: Floats, w: Floats, z: Floats | null): number;
  /** A part of it; found[0] receives how many eigenvalues there are. */
  sbevx(
    type: LapackType,
    uplo: Triangle,
    range: Range,
    low: number,
    high: number,
    first: number,
    last: number,
    n: number,
    kd: number,
    band: Floats,
    w: Floats,
    z: Floats | null,
    found: Int32Array,
  ): number;
  /**
   * A symmetric tridiagonal matrix by stev (V), stevd (D), sterf (F), stebz with stein (B) or stemr (R); d and e may be
   * overwritten. found receives how many eigenvalues there are, and 1 where info is of stein. With vectors those of B
   * come block by block.
   */
  tridiagonal(
    type: 's' | 'd',
    driver: 'V' | 'D' | 'F' | 'B' | 'R',
    range: Range,
    low: number,
    high: number,
    first: number,
    last: number,
    tolerance: number,
    n: number,
    d: Floats,
    e: Floats,
    w: Floats,
    z: Floats | null,
    found: Int32Array,
  ): number;

  /** The generalised Schur form in place of a and b: alpha as (re, im) pairs, beta in the type of the matrices. */
  gges(type: LapackType, n: number, a: Floats, b: Floats, alpha: Floats, beta: Floats, q: Floats, z: Floats): number;
  /** The chosen eigenvalues of a generalised Schur form first. */
  tgsen(
    type: LapackType,
    n: number,
    select: Int32Array,
    a: Floats,
    b: Floats,
    alpha: Floats,
    beta: Floats,
    q: Floats,
    z: Floats,
  ): number;
  /** Balances in place, with permutations (P), scaling (S) or both (B); ends receives ilo and ihi, counted from 1. */
  gebal(type: LapackType, job: 'N' | 'P' | 'S' | 'B', n: number, a: Floats, ends: Int32Array, scale: Floats): number;
  /** c := Q · c (L) or c · Q (R), Q of geqrf's first k reflectors; c (m × n). */
  ormqr(type: LapackType, side: 'L' | 'R', m: number, n: number, k: number, a: Floats, tau: Floats, c: Floats): number;
}
