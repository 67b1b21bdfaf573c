/** Factors of small matrices that the addon makes in one call each (types alone; `native.ts` loads it). */
import type { LapackType, Triangle } from './lapack-types.ts';
import type { Data } from './typed-views.ts';

type RealType = 's' | 'd';

/**
 * Matrices of order up to 32: `data` from entry `start`, strides in entries; results lie row after row from their place
 * unless they are said to lie otherwise. 0 where all is well, −1 where nothing was done because the general way is needed,
 * −1000 for NaN and infinity.
 */
export interface SmallAddon {
  /** The determinant of a real matrix. */
  smallDet(type: RealType, n: number, data: Data, start: number, row: number, col: number): number;
  /** a = p · l · u. */
  smallLu(
    type: LapackType,
    m: number,
    n: number,
    data: Data,
    start: number,
    row: number,
    col: number,
    p: Data,
    pTo: number,
    l: Data,
    lTo: number,
    u: Data,
    uTo: number,
  ): number;
  /** Solves with a Cholesky factor in one triangle of c. */
  smallChoSolve(
    type: LapackType,
    lower: boolean,
    n: number,
    k: number,
    c: Data,
    cStart: number,
    cRow: number,
    cCol: number,
    b: Data,
    bStart: number,
    bRow: number,
    bCol: number,
    out: Data,
    to: number,
  ): number;
  /** q (m, cols), or none; r (cols, n). */
  smallQr(
    type: RealType,
    m: number,
    n: number,
    cols: number,
    data: Data,
    start: number,
    row: number,
    col: number,
    vectors: boolean,
    ...places: (Data | number)[]
  ): number;
  /** a = u · p, or with `left` p · u. */
  smallPolar(
    type: RealType,
    left: boolean,
    m: number,
    n: number,
    data: Data,
    start: number,
    row: number,
    col: number,
    u: Data,
    uTo: number,
    p: Data,
    pTo: number,
  ): number;
  /** The real Schur form, t and z column after column. */
  smallSchur(
    type: RealType,
    n: number,
    data: Data,
    start: number,
    row: number,
    col: number,
    t: Data,
    tTo: number,
    z: Data,
    zTo: number,
  ): number;
  /** The square root of a real matrix with real eigenvalues, none of them negative. */
  smallSqrtm(
    type: RealType,
    n: number,
    data: Data,
    start: number,
    row: number,
    col: number,
    out: Data,
    to: number,
  ): number;
  /** a = l · d · lᵀ by sytrf; `order` of rows makes l a triangle. */
  smallLdl(
    type: RealType,
    lower: boolean,
    n: number,
    data: Data,
    start: number,
    row: number,
    col: number,
    l: Data,
    lTo: number,
    d: Data,
    dTo: number,
    order: Data,
    orderTo: number,
  ): number;
  /** Solves with the Toeplitz matrix of a first column and row (a column stride of 0 each); 1 for singular ones. */
  smallToeplitz(
    type: 'd' | 'z',
    n: number,
    k: number,
    c: Data,
    cStart: number,
    cStep: number,
    cNone: 0,
    r: Data,
    rStart: number,
    rStep: number,
    rNone: 0,
    b: Data,
    bStart: number,
    bRow: number,
    bCol: number,
    out: Data,
    to: number,
  ): number;
  /** a · v = b · v · diag(w), v column after column, or none; n and more where b is not positive definite. */
  smallPencil(
    type: RealType,
    uplo: Triangle,
    n: number,
    a: Data,
    aStart: number,
    aRow: number,
    aCol: number,
    b: Data,
    bStart: number,
    bRow: number,
    bCol: number,
    w: Data,
    wTo: number,
    vectors: boolean,
    v: Data | null,
    vTo: number,
  ): number;
}
