/** What an SVD will take, said before it starts. */
import { store, stored } from '../state/stored.ts';

/** Floating-point operations of a reduced SVD with both factors (Golub and Van Loan, R-SVD: 6mn² + 11n³ for m ≥ n). */
export function svdFlops(rows: number, columns: number): number {
  const m = Math.max(rows, columns);
  const n = Math.min(rows, columns);
  return 6 * m * n * n + 11 * n ** 3;
}

/** Bytes a reduced `gesdd` needs beside the matrix: a copy, U, s, Vᵀ and 4n² + 7n of workspace. */
export function svdBytes(rows: number, columns: number, itemsize: number): number {
  const n = Math.min(rows, columns);
  return itemsize * (rows * columns + rows * n + n + n * columns + 4 * n * n + 7 * n);
}

const positive = (value: unknown): value is number => typeof value === 'number' && value > 0 && Number.isFinite(value);
/** Operations a second, until this machine has shown its own. */
const assumed = 1e10;

/** Milliseconds an SVD will take, from the last one that took long enough to tell. */
export function svdDuration(rows: number, columns: number): number {
  return (svdFlops(rows, columns) / stored('svd-rate', assumed, positive)) * 1000;
}

/** Learns from an SVD that was done. */
export function learnDuration(rows: number, columns: number, elapsedMs: number): void {
  const flops = svdFlops(rows, columns);
  if (flops > 2e9 && elapsedMs > 50) store('svd-rate', flops / (elapsedMs / 1000));
}
