import { copyInto } from '#engine/kernels/copy.ts';
import { realType } from '#engine/linalg/matrices.ts';
import { randomizedSvd } from '#engine/linalg/randomized-svd.ts';
import { svdCertificate } from '#engine/linalg/certificate.ts';
import { svd } from '#engine/linalg/svd.ts';
import { type ArrayDescriptor, NDArray } from '#engine/ndarray.ts';
import type { Certificate } from '#shared/contract.ts';
import { cOrdered } from './copies.ts';
import { addLowRank, frobeniusSquared, requireFinite, workCopy, workDType, workMatrix } from './factoring.ts';
import type { TaskContext } from './task.ts';

export interface SvdInput {
  a: ArrayDescriptor;
  name: string;
  full: boolean;
  /** Rank of the randomised first answer; null when the exact one comes soon enough. */
  first: number | null;
}

export interface SvdAnswer {
  u: ArrayDescriptor;
  s: ArrayDescriptor;
  vh: ArrayDescriptor;
  exact: boolean;
  energy_total: number;
  elapsed_ms: number;
  notes: string[];
}

/** Reduced or full SVD: a randomised first answer for large matrices, the exact one, then its certificate. */
export function svdTask(input: SvdInput, context: TaskContext<SvdAnswer>): { certificate: Certificate } {
  const started = performance.now();
  const array = NDArray.from(input.a);
  context.progress('checking', null);
  requireFinite(array, input.name);
  const dtype = workDType(array.dtype);
  const real = dtype === 'float32' || dtype === 'float64';
  let energy_total: number | null = null;
  if (input.first !== null && real) {
    context.checkpoint();
    context.progress('first answer', null);
    const found = randomizedSvd(array, input.first, { dtype });
    energy_total = found.energy_total;
    const note = `These are the first ${input.first} singular values by a randomised method; the exact ones follow.`;
    context.partial(answer(found, false, energy_total, started, [note]));
  }
  context.checkpoint();
  context.progress('factoring', null);
  const factoring = performance.now();
  const exact = svd(array, { full_matrices: input.full });
  energy_total ??= frobeniusSquared(workCopy(exact.S, realType(dtype)).data);
  context.partial(answer(exact, true, energy_total, factoring, exact.notes));
  context.checkpoint();
  context.progress('checking the result', null);
  return { certificate: svdCertificate(array, exact) };
}

function answer(
  { U, S, Vh }: { U: NDArray; S: NDArray; Vh: NDArray },
  exact: boolean,
  energy_total: number,
  since: number,
  notes: string[],
): SvdAnswer {
  const elapsed_ms = performance.now() - since;
  const [u, s, vh] = [U, S, Vh].map((array) => cOrdered(array).descriptor()) as [
    ArrayDescriptor,
    ArrayDescriptor,
    ArrayDescriptor,
  ];
  return { u, s, vh, exact, energy_total, elapsed_ms, notes };
}

export interface RebuildInput {
  a: ArrayDescriptor | null;
  u: ArrayDescriptor;
  s: ArrayDescriptor;
  vh: ArrayDescriptor;
  k: number;
  residual: boolean;
}

/** A_k = U[:, :k] · diag(s[:k]) · Vh[:k], or A − A_k, by blocks of rows. */
export function rebuildTask(input: RebuildInput, context: TaskContext<never>): { array: ArrayDescriptor } {
  const u = NDArray.from(input.u);
  const dtype = workDType(u.dtype);
  const vh = workCopy(NDArray.from(input.vh), dtype);
  const s = workCopy(NDArray.from(input.s), realType(dtype));
  const m = u.shape[0];
  const n = vh.array.shape[1];
  const out = workMatrix([m, n], dtype);
  if (input.residual && input.a !== null) copyInto(NDArray.from(input.a), out.array);
  const rows = Math.max(1, Math.min(m, Math.floor((1 << 22) / Math.max(1, n))));
  for (let row = 0; row < m; row += rows) {
    addLowRank(out, row, Math.min(rows, m - row), u, s, vh, input.k, input.residual ? -1 : 1);
    context.progress('multiplying', Math.min(1, (row + rows) / m));
    context.checkpoint();
  }
  return { array: out.array.descriptor() };
}
