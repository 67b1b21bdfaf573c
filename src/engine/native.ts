/**
 * The only file that loads the native addon. Its functions speak LAPACK: column-major matrices with leading
 * dimensions over typed arrays (shared memory welcome), a type letter first, `info` returned. Lengths are validated
 * against the dimensions before anything is called; a violation throws a TypeError or RangeError, which is our bug.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ColourMode, Region } from '#shared/contract.ts';
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { chooseBlasCore } from './blas-core.ts';
import type { BandsAddon } from './native-bands.ts';
import { refuseUnknown } from './native-exports.ts';
import type { RandomAddon } from './native-random.ts';
import type { SortingAddon } from './native-sorting.ts';
import type { StacksAddon } from './native-stacks.ts';
import type { StopAddon } from './native-stop.ts';
import type { KernelAddon } from './native-kernels.ts';
import type { SmallAddon } from './native-small.ts';
import type { SparseAddon } from './native-sparse.ts';
import type { Floats, LapackType, Transpose, Triangle } from './lapack-types.ts';
import type { LinalgAddon } from './native-linalg.ts';

export type { Floats, LapackType, Transpose, Triangle } from './lapack-types.ts';

/** Strides and offset in bytes over the bytes of the whole buffer. */
export interface NativeMatrix {
  bytes: Uint8Array;
  dtype: DType;
  offset: number;
  rows: number;
  cols: number;
  rowStride: number;
  colStride: number;
}

export interface NativePreview {
  /** Resolves with the largest magnitude. */
  values(
    region: Region,
    width: number,
    height: number,
    k: number,
    residual: boolean,
    channel: number,
    out: Float32Array,
  ): Promise<number>;
  rgba(
    region: Region,
    width: number,
    height: number,
    k: number,
    mode: ColourMode,
    difference: boolean,
    out: Uint8Array,
  ): Promise<undefined>;
  close(): void;
}

interface PreviewChannel {
  u: NativeMatrix;
  s: NativeMatrix;
  vh: NativeMatrix;
  a: NativeMatrix | null;
}

/** Elements a routine needs as work space at least: of the matrix type, real, and integer. */
export interface Workspace {
  work: number;
  rwork: number;
  iwork: number;
}

export interface Native
  extends
    KernelAddon,
    LinalgAddon,
    BandsAddon,
    SmallAddon,
    SparseAddon,
    StopAddon,
    SortingAddon,
    RandomAddon,
    StacksAddon {
  /** What was linked. `integerMax` is LAPACK's largest integer: 2³¹ − 1, or 2⁵³ − 1 with 64-bit integers. */
  blas(): {
    name: string;
    config: string;
    version: string;
    core: string;
    threads: number;
    ilp64: boolean;
    integerMax: number;
  };
  setThreads(threads: number): void;

  // BLAS
  /** C := alpha·op(A)·op(B) + beta·C */
  gemm(
    type: LapackType,
    transa: Transpose,
    transb: Transpose,
    m: number,
    n: number,
    k: number,
    alpha: number,
    a: Floats,
    lda: number,
    b: Floats,
    ldb: number,
    beta: number,
    c: Floats,
    ldc: number,
  ): void;
  /** C := alpha·A·Aᵀ + beta·C (N) or alpha·Aᵀ·A + beta·C (T or C), one triangle; complex: Hermitian. */
  syrk(
    type: LapackType,
    uplo: Triangle,
    trans: Transpose,
    n: number,
    k: number,
    alpha: number,
    a: Floats,
    lda: number,
    beta: number,
    c: Floats,
    ldc: number,
  ): void;
  /** Euclidean norm without overflow. */
  nrm2(type: LapackType, n: number, x: Floats, incx: number): number;

  // LAPACK: linear systems
  getrf(type: LapackType, m: number, n: number, a: Floats, lda: number, ipiv: Int32Array): number;
  getrs(
    type: LapackType,
    trans: Transpose,
    n: number,
    nrhs: number,
    a: Floats,
    lda: number,
    ipiv: Int32Array,
    b: Floats,
    ldb: number,
  ): number;
  getri(type: LapackType, n: number, a: Floats, lda: number, ipiv: Int32Array): number;
  gesv(
    type: LapackType,
    n: number,
    nrhs: number,
    a: Floats,
    lda: number,
    ipiv: Int32Array,
    b: Floats,
    ldb: number,
  ): number;
  /** Reciprocal condition estimate from getrf's factors; NaN when info ≠ 0. */
  gecon(type: LapackType, norm: '1' | 'I', n: number, a: Floats, lda: number, anorm: number): number;
  /** The same of a triangle (n × n, column after column), and from potrf's factor. */
  trcon(type: LapackType, uplo: Triangle, n: number, a: Floats): number;
  pocon(type: LapackType, uplo: Triangle, n: number, a: Floats, anorm: number): number;
  /** From getrf's factors into out: the sign (two parts), log |det|, |det|. */
  determinant(type: LapackType, n: number, a: Floats, lda: number, ipiv: Int32Array, out: Float64Array): void;
  potrf(type: LapackType, uplo: Triangle, n: number, a: Floats, lda: number): number;
  trtrs(
    type: LapackType,
    uplo: Triangle,
    trans: Transpose,
    diag: 'N' | 'U',
    n: number,
    nrhs: number,
    a: Floats,
    lda: number,
    b: Floats,
    ldb: number,
  ): number;
  /** M largest magnitude, 1 column sums, I row sums, F Frobenius (scaled, without overflow). */
  lange(type: LapackType, norm: 'M' | '1' | 'I' | 'F', m: number, n: number, a: Floats, lda: number): number;

  // LAPACK: orthogonal factorisations and least squares
  geqrf(type: LapackType, m: number, n: number, a: Floats, lda: number, tau: Floats): number;
  /** orgqr or ungqr. */
  orgqr(type: LapackType, m: number, n: number, k: number, a: Floats, lda: number, tau: Floats): number;
  /** Least squares by divide and conquer. `rank[0]` receives the effective rank. */
  gelsd(
    type: LapackType,
    m: number,
    n: number,
    nrhs: number,
    a: Floats,
    lda: number,
    b: Floats,
    ldb: number,
    s: Floats,
    rcond: number,
    rank: Int32Array,
  ): number;
  gelsdWorkspace(type: LapackType, m: number, n: number, nrhs: number): Workspace;

  // LAPACK: eigenvalues
  /** syevd or heevd: w ascending; with V the eigenvectors replace a. */
  syevd(type: LapackType, jobz: 'N' | 'V', uplo: Triangle, n: number, a: Floats, lda: number, w: Floats): number;
  syevdWorkspace(type: LapackType, jobz: 'N' | 'V', n: number): Workspace;
  /** w as (re, im) pairs also for real a; vl and vr as LAPACK packs them. */
  geev(
    type: LapackType,
    jobvl: 'N' | 'V',
    jobvr: 'N' | 'V',
    n: number,
    a: Floats,
    lda: number,
    w: Floats,
    vl: Floats,
    ldvl: number,
    vr: Floats,
    ldvr: number,
  ): number;

  // LAPACK: singular values
  gesdd(
    type: LapackType,
    jobz: 'N' | 'S' | 'A',
    m: number,
    n: number,
    a: Floats,
    lda: number,
    s: Floats,
    u: Floats,
    ldu: number,
    vt: Floats,
    ldvt: number,
  ): number;
  gesddWorkspace(type: LapackType, jobz: 'N' | 'S' | 'A', m: number, n: number): Workspace;
  gesvd(
    type: LapackType,
    jobu: 'N' | 'S' | 'A',
    jobvt: 'N' | 'S' | 'A',
    m: number,
    n: number,
    a: Floats,
    lda: number,
    s: Floats,
    u: Floats,
    ldu: number,
    vt: Floats,
    ldvt: number,
  ): number;

  // Array kernels, on the calling thread
  /** x := log(x) by the C library, which NumPy's random streams use too. */
  log(x: Float64Array): void;
  /** Row-major position of the first NaN or infinity, −1 when there is none. */
  firstNonfinite(
    bytes: Uint8Array,
    dtype: DType,
    offset: number,
    shape: readonly number[],
    strides: readonly number[],
  ): number;
  copy(
    from: Uint8Array,
    fromDtype: DType,
    fromOffset: number,
    fromStrides: readonly number[],
    to: Uint8Array,
    toDtype: DType,
    toOffset: number,
    toStrides: readonly number[],
    shape: readonly number[],
  ): void;
  cells(matrix: NativeMatrix, region: Region, values: Float64Array, imag: Float64Array | null): void;

  /** C := A · B of integers (or bool: or of ands), row after row: A (n, k), B (k, m); sums wrap around. */
  matmulInteger(dtype: DType, n: number, k: number, m: number, a: Uint8Array, b: Uint8Array, c: Uint8Array): void;

  // Array kernels, on the libuv pool
  tile(
    matrix: NativeMatrix,
    region: Region,
    width: number,
    height: number,
    reduce: 'mean' | 'absmax',
    sample: boolean,
    out: Float32Array,
  ): Promise<undefined>;
  /** [min, max, absmax, nan, inf] */
  range(matrix: NativeMatrix, region: Region, sample: boolean): Promise<Float64Array>;
  /** [count, nan, sum, mean, std, min, max] */
  statistics(matrix: NativeMatrix, region: Region): Promise<Float64Array>;
  picture(
    matrix: NativeMatrix,
    channels: number,
    channelStride: number,
    region: Region,
    width: number,
    height: number,
    out: Uint8Array,
  ): Promise<undefined>;
  csvCount(
    path: string,
    start: number,
    end: number,
    delimiter: string,
    state: BigInt64Array,
  ): Promise<{ rows: number; lines: number }>;
  csvParse(
    path: string,
    start: number,
    end: number,
    line0: number,
    delimiter: string,
    decimal: string,
    fields: number,
    columns: Int32Array,
    out: Float64Array,
    state: BigInt64Array,
  ): Promise<{
    rows: number;
    missing: number[];
    invalid: number[];
    ragged: { line: number; fields: number }[];
    ragged_total: number;
    invalid_cells: { line: number; column: number; text: string }[];
  }>;
  Preview: new (channels: PreviewChannel[], area: boolean) => NativePreview;
}

let loaded: Native | undefined;

/**
 * The addon, loaded on the first call.
 * @throws AppError 'io' when it is missing, does not load or lacks the name read from it; the hint names the remedy.
 */
export function native(): Native {
  loaded ??= load();
  return loaded;
}

/** From src/engine, out/main and out/main/chunks alike: the addon lies in build/native of a folder above. */
function locate(): string | null {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const candidate = join(folder, 'build', 'native', 'eigenscope.node');
    // Inside Electron's archive a library cannot be loaded; the package keeps it beside the archive.
    const unpacked = candidate.replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
    if (existsSync(unpacked)) return unpacked;
    const above = dirname(folder);
    if (above === folder) return null;
    folder = above;
  }
}

function load(): Native {
  const path = locate();
  if (path === null) {
    throw new AppError('io', 'The native addon build/native/eigenscope.node is missing', {
      hint: 'Build it: node scripts/build-native.mjs',
    });
  }
  chooseBlasCore();
  try {
    return refuseUnknown(createRequire(import.meta.url)(path) as Native);
  } catch (error) {
    throw new AppError(
      'io',
      `The native addon did not load: ${error instanceof Error ? error.message : String(error)}`,
      {
        hint: remedy(error),
        cause: error,
      },
    );
  }
}

function remedy(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/libopenblas|libgfortran|libquadmath/.test(message)) {
    return 'Install OpenBLAS (Debian, Ubuntu: apt install libopenblas0; Fedora: dnf install openblas; macOS: brew install openblas)';
  }
  if (/GLIBC|GLIBCXX|wrong ELF|invalid ELF|not a valid Win32|NODE_MODULE_VERSION|mach-o/i.test(message)) {
    return 'It was built for another system. Build it again: node scripts/build-native.mjs --force';
  }
  return 'Build it again: node scripts/build-native.mjs --force';
}
