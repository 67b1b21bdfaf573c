import { copyInto } from '#engine/kernels/copy.ts';
import { firstNonfinite } from '#engine/kernels/statistics.ts';
import { entriesOf, epsOf, type FloatDType, letterOf } from '#engine/linalg/matrices.ts';
import { type Floats, native } from '#engine/native.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { AppError } from '#shared/errors.ts';
import { parts } from './cells.ts';
import { emptyArray } from './copies.ts';

/** The dtype NumPy's linalg computes in. */
export function workDType(dtype: NDArray['dtype']): FloatDType {
  return dtype === 'float32' || dtype === 'complex64' || dtype === 'complex128' ? dtype : 'float64';
}

/** A matrix of work dtype and the elements of just it, row after row. */
export interface WorkMatrix {
  array: NDArray;
  data: Floats;
}

/** New zeroed memory for a matrix. */
export function workMatrix(shape: readonly number[], dtype: FloatDType): WorkMatrix {
  const array = emptyArray(shape, dtype);
  return { array, data: elements(array) };
}

/** A C-ordered copy of an array in a work dtype. */
export function workCopy(from: NDArray, dtype: FloatDType): WorkMatrix {
  const copy = workMatrix(from.shape, dtype);
  if (from.size > 0) copyInto(from, copy.array);
  return copy;
}

/** The elements of a C-ordered float array alone: small arrays share a buffer. */
export function elements(array: NDArray): Floats {
  return entriesOf(array, 0, array.size);
}

/**
 * Refuses what a factorisation cannot take, naming the first such cell: with one NaN several LAPACK routines never return.
 * @throws AppError 'linalg'
 */
export function requireFinite(array: NDArray, name: string): void {
  const at = firstNonfinite(array);
  if (at === null) return;
  throw new AppError(
    'linalg',
    `${name} has ${nonfiniteWord(array, at)} at [${at.join(', ')}], so it cannot be factored`,
    {
      argument: 'a',
      hint: 'Put a number into that cell, or import the table again with missing values as 0 or without those rows.',
    },
  );
}

/** "NaN", "inf" or "-inf". */
export function nonfiniteWord(array: NDArray, at: readonly number[]): string {
  const value = array.get([...at]);
  const parts = typeof value === 'object' ? [value.re, value.im] : [Number(value)];
  const bad = parts.find((part) => !Number.isFinite(part)) ?? NaN;
  return Number.isNaN(bad) ? 'NaN' : bad > 0 ? 'inf' : '-inf';
}

/** ‖A‖²_F, summed in double precision. */
export function frobeniusSquared(data: ArrayLike<number>): number {
  let sum = 0;
  // Parts of parts: the error of a long plain sum would show in the last digits of an energy share.
  for (let start = 0; start < data.length; start += 4096) {
    const end = Math.min(start + 4096, data.length);
    let part = 0;
    for (let i = start; i < end; i++) part += data[i] * data[i];
    sum += part;
  }
  return sum;
}

/** σmax / σmin, infinite for a singular matrix, as NumPy's cond. */
export function conditionOf(s: ArrayLike<number>): number {
  if (s.length === 0) return NaN;
  return s[s.length - 1] === 0 ? Infinity : s[0] / s[s.length - 1];
}

/** The numerical rank as NumPy's matrix_rank: singular values above σmax · max(m, n) · eps. */
export function rankOf(s: ArrayLike<number>, m: number, n: number, dtype: FloatDType): number {
  const tolerance = (s[0] ?? 0) * Math.max(m, n) * epsOf(dtype);
  let rank = 0;
  while (rank < s.length && s[rank] > tolerance) rank++;
  return rank;
}

/** Adds ±U[rows, :k] · diag(s[:k]) · Vh[:k] to the same rows of `out`; all of one work dtype, Vh and `out` C-ordered. */
export function addLowRank(
  out: WorkMatrix,
  row: number,
  count: number,
  u: NDArray,
  s: WorkMatrix,
  vh: WorkMatrix,
  k: number,
  sign: 1 | -1,
): void {
  const dtype = out.array.dtype as FloatDType;
  const per = parts(dtype);
  const n = out.array.shape[1];
  if (k === 0 || count === 0) return;
  const scaled = workCopy(u.view([count, k], u.strides, u.offset + row * u.strides[0]), dtype);
  for (let i = 0, at = 0; i < count; i++) {
    for (let j = 0; j < k; j++) for (let part = 0; part < per; part++) scaled.data[at++] *= s.data[j];
  }
  const rows = out.data.subarray(row * n * per);
  native().gemm(letterOf(dtype), 'N', 'N', n, count, k, sign, vh.data, n, scaled.data, k, 1, rows, n);
}
