/** The addon's functions for sparse matrices: compressed rows over typed arrays, checked again on every call. */
import type { DType } from '#shared/dtype.ts';
import type { Floats, LapackType } from './native.ts';

/** A linear operator as the addon takes it. */
export type NativeOperator =
  | { kind: 'csr'; rows: number; cols: number; indptr: Int32Array; indices: Int32Array; data: Floats }
  /** Row after row. */
  | { kind: 'dense'; rows: number; cols: number; data: Floats }
  | { kind: 'identity'; rows: number }
  /** Solves with the factors. */
  | { kind: 'lu'; lu: NativeLu }
  /** b · a */
  | { kind: 'product'; b: NativeOperator; a: NativeOperator }
  /** `apply` reads x and fills y. */
  | { kind: 'function'; rows: number; cols: number; apply: () => void; x: Floats; y: Floats };

export interface NativeColumns {
  indptr: Int32Array;
  indices: Int32Array;
  data: Floats;
}

export interface NativeLu {
  /** True when a pivot is exactly zero; then there are no factors. */
  readonly singular: boolean;
  /** In place, column after column. */
  solve(type: LapackType, x: Floats, columns: number, trans: 'N' | 'T' | 'H'): void;
  parts(): { l: NativeColumns; u: NativeColumns; permR: Int32Array; permC: Int32Array };
}

export interface SparseAddon {
  /** y := A · x for k right-hand sides, row after row; false when an index is out of range. */
  csrTimes(
    type: LapackType,
    rows: number,
    cols: number,
    indptr: Int32Array,
    indices: Int32Array,
    data: Floats,
    x: Floats,
    y: Floats,
    k: number,
  ): boolean;
  /** y += Aᵀ · x with A in compressed rows: a matrix in compressed columns times x. */
  cscTimes(
    type: LapackType,
    rows: number,
    cols: number,
    indptr: Int32Array,
    indices: Int32Array,
    data: Floats,
    x: Floats,
    y: Floats,
  ): boolean;
  /** Where each row of A · B begins when no zeros are left out. Entries that it can have, −1 past 2³¹ − 1. */
  csrMatmulCount(
    rows: number,
    mid: number,
    cols: number,
    aPtr: Int32Array,
    aIndices: Int32Array,
    bPtr: Int32Array,
    bIndices: Int32Array,
    cPtr: Int32Array,
  ): number;
  /** C := A · B with cPtr from csrMatmulCount; returns how many entries of C are not zero. */
  csrMatmul(
    dtype: DType,
    rows: number,
    mid: number,
    cols: number,
    aPtr: Int32Array,
    aIndices: Int32Array,
    aBytes: Uint8Array,
    bPtr: Int32Array,
    bIndices: Int32Array,
    bBytes: Uint8Array,
    cPtr: Int32Array,
    cIndices: Int32Array,
    cBytes: Uint8Array,
  ): number;
  /** x is improved in place; `extra` is the restart of gmres or the shift of minres, `kind` gmres's callback. */
  krylov(
    method: 'cg' | 'bicgstab' | 'gmres' | 'minres',
    type: LapackType,
    a: NativeOperator,
    m: NativeOperator | null,
    b: Floats,
    x: Floats,
    zeroStart: boolean,
    rtol: number,
    atol: number,
    maxiter: number,
    callback: ((value?: number) => void) | null,
    extra: number,
    kind: number,
  ): { info: number; iterations: number; history: Float64Array };
  /** Values as (re, im) pairs; vectors column after column, complex for matrices that are not symmetric. */
  partialEigen(
    type: LapackType,
    symmetric: boolean,
    a: NativeOperator,
    v0: Floats,
    k: number,
    ncv: number,
    maxiter: number,
    tol: number,
    which: string,
  ): { converged: number; iterations: number; values: Floats; vectors: Floats };
  SparseLu: new (
    type: LapackType,
    rows: number,
    cols: number,
    indptr: Int32Array,
    indices: Int32Array,
    data: Floats,
    order: '' | 'natural' | 'columns' | 'symmetric',
    threshold: number,
    incomplete: boolean,
    dropTolerance: number,
    fillFactor: number,
  ) => NativeLu;
}
