/** What the addon offers linear algebra beside LAPACK's plain routines (types alone; `native.ts` loads it). */
import type { Floats, LapackType, Triangle } from './lapack-types.ts';
import type { Data } from './typed-views.ts';

export interface LinalgAddon {
  /** Multiplications and additions of float64 per second that so many threads reach at most. */
  peakFlops(threads: number): number;
  /** Bytes per second of a := b + s · c over the thirds of `room`. */
  peakTriad(room: Float64Array, threads: number): number;
  /** The width of the vectors that the kernels use here. */
  vectorBits(): number;
  /**
   * Lays a file's first `length` bytes over a fresh large buffer that begins with `bytes`; changes stay in memory.
   * Where in the buffer the file begins, or −1 where the system cannot do that.
   */
  mapFile(bytes: Uint8Array, fd: number, length: number): number;
  /**
   * QR on threads of our own: a (m × n, column after column) is destroyed; q (m × cols) and r (rows × n) are written row
   * after row, or left out.
   */
  qr(
    type: LapackType,
    m: number,
    n: number,
    a: Floats,
    cols: number,
    q: Floats | null,
    rows: number,
    r: Floats | null,
  ): void;

  /** syevd with vectors: a and v lie row after row; one triangle of a is read. */
  eigh(type: LapackType, uplo: Triangle, n: number, a: Floats, w: Floats, v: Floats): number;
  /** geev's packed vectors of a real matrix as complex ones, row after row; w as (re, im) pairs. */
  complexVectors(type: 's' | 'd', n: number, vr: Floats, w: Floats, out: Floats): void;

  /**
   * A matrix of order up to 32 in one call: `data` from entry `start`, strides in entries; the result lies row after row
   * from `to`. LAPACK's info; −1000 (eigh, svd) for NaN and infinity. Of the inverse −1 for singular matrices, else the
   * reciprocal condition, or 0 where it is not to be estimated.
   */
  smallInv(
    type: LapackType,
    n: number,
    data: Data,
    start: number,
    row: number,
    col: number,
    out: Data,
    to: number,
    estimate: boolean,
  ): number;
  smallSolve(
    type: LapackType,
    n: number,
    k: number,
    a: Data,
    aStart: number,
    aRow: number,
    aCol: number,
    b: Data,
    bStart: number,
    bRow: number,
    bCol: number,
    out: Data,
    to: number,
  ): number;
  /**
   * scipy.linalg.solve: with `looking` by what a is. The reciprocal condition; −1 for singular matrices, −2 for those that
   * have routines of their own, −1000 for NaN and infinity.
   */
  smallSystem(
    type: LapackType,
    looking: boolean,
    n: number,
    k: number,
    a: Data,
    aStart: number,
    aRow: number,
    aCol: number,
    b: Data,
    bStart: number,
    bRow: number,
    bCol: number,
    out: Data,
    to: number,
  ): number;
  /** expm: 0, or 1 where the general way has to try; −1000 for NaN and infinity. */
  smallExpm(
    type: LapackType,
    n: number,
    data: Data,
    start: number,
    row: number,
    col: number,
    out: Data,
    to: number,
  ): number;
  smallEigh(
    type: LapackType,
    uplo: Triangle,
    n: number,
    data: Data,
    start: number,
    row: number,
    col: number,
    w: Data,
    wTo: number,
    vectors: boolean,
    v: Data | null,
    vTo: number,
  ): number;
  smallSvd(
    type: LapackType,
    job: 'N' | 'S' | 'A',
    m: number,
    n: number,
    data: Data,
    start: number,
    row: number,
    col: number,
    s: Data,
    sTo: number,
    u: Data | null,
    uTo: number,
    vt: Data | null,
    vtTo: number,
  ): number;
  /** geev: w and v are complex, or for −1 real numbers at the same places; v null without vectors. */
  smallEig(
    type: LapackType,
    n: number,
    data: Data,
    start: number,
    row: number,
    col: number,
    w: Data,
    wTo: number,
    vectors: boolean,
    v: Data | null,
    vTo: number,
  ): number;
  /** pinv from gesdd: singular values above atol + rcond · s[0] count; out (n, m). The rank; −1, −1000 as smallLstsq. */
  smallPinv(
    type: LapackType,
    m: number,
    n: number,
    data: Data,
    start: number,
    row: number,
    col: number,
    atol: number,
    rcond: number,
    out: Data,
    to: number,
  ): number;
  /**
   * gelsd: x (n, k), s, and where m > n of each column the squared length of what is left. The rank; −1 where it did not
   * converge, −1000 for NaN and infinity in a or b.
   */
  smallLstsq(
    type: LapackType,
    m: number,
    n: number,
    k: number,
    a: Data,
    aStart: number,
    aRow: number,
    aCol: number,
    b: Data,
    bStart: number,
    bRow: number,
    bCol: number,
    rcond: number,
    x: Data,
    xTo: number,
    s: Data,
    sTo: number,
    residuals: Data,
    residualsTo: number,
  ): number;

  /** Schur form: a becomes T, z the vectors; w as (re, im) pairs also for real a. */
  gees(type: LapackType, n: number, a: Floats, w: Floats, z: Floats): number;
  /** Moves the selected eigenvalues of a Schur form to the top; `count[0]` receives how many there are. */
  trsen(type: LapackType, n: number, select: Int32Array, t: Floats, z: Floats, count: Int32Array): number;
  /** gehrd and orghr: a becomes H, q the vectors. */
  hessenberg(type: LapackType, n: number, a: Floats, q: Floats): number;
  /** sytrf, or hetrf with `hermitian`. */
  sytrf(type: LapackType, uplo: Triangle, n: number, a: Floats, ipiv: Int32Array, hermitian: boolean): number;
  sytrs(
    type: LapackType,
    uplo: Triangle,
    n: number,
    nrhs: number,
    a: Floats,
    ipiv: Int32Array,
    b: Floats,
    hermitian: boolean,
  ): number;
  /** QR with column pivoting; jpvt receives the columns, counted from 1. */
  geqp3(type: LapackType, m: number, n: number, a: Floats, jpvt: Int32Array, tau: Floats): number;
  /** Hermitian pencil (sygvd, hegvd): with V the eigenvectors replace a. */
  sygvd(
    type: LapackType,
    itype: number,
    jobz: 'N' | 'V',
    uplo: Triangle,
    n: number,
    a: Floats,
    b: Floats,
    w: Floats,
  ): number;
  /** Pencil (a, b): alpha as (re, im) pairs, beta in the type of the matrices. */
  ggev(
    type: LapackType,
    n: number,
    a: Floats,
    b: Floats,
    alpha: Floats,
    beta: Floats,
    vl: Floats | null,
    vr: Floats | null,
  ): number;
  /** The square root of an upper triangular matrix, a real one without negative eigenvalues, in place; 1 where there is none. */
  sqrtTriangular(type: LapackType, n: number, a: Floats): number;
  /** The reciprocal condition from sytrf's factors. */
  sycon(
    type: LapackType,
    uplo: Triangle,
    n: number,
    a: Floats,
    ipiv: Int32Array,
    hermitian: boolean,
    anorm: number,
  ): number;
  /** Tridiagonal system; the diagonals and b are overwritten. rcond[0] receives the reciprocal condition for the 1-norm given. */
  gtsv(
    type: LapackType,
    n: number,
    nrhs: number,
    lower: Floats,
    middle: Floats,
    upper: Floats,
    b: Floats,
    anorm: number,
    rcond: Float64Array | null,
  ): number;
  /** Banded system in LAPACK's storage of 2·kl + ku + 1 rows; rcond as gtsv. */
  gbsv(
    type: LapackType,
    n: number,
    kl: number,
    ku: number,
    nrhs: number,
    band: Floats,
    b: Floats,
    anorm: number,
    rcond: Float64Array | null,
  ): number;
}
