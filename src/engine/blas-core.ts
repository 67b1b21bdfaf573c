import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * The OpenBLAS core whose kernels fit a processor, from the text of /proc/cpuinfo, or null to leave the choice to
 * OpenBLAS. An OpenBLAS older than its processor does not know the model and falls back to kernels of 2004 (measured
 * with 0.3.21 on a Xeon of 2023: a product of two 2000 × 2000 matrices takes six times as long); the instructions that
 * the processor has say enough.
 *
 * @example coreFor('vendor_id : GenuineIntel\nflags : avx2 fma') // 'Haswell'
 */
export function coreFor(cpuinfo: string): string | null {
  const flags = new Set((/^flags\s*:(.*)$/m.exec(cpuinfo)?.[1] ?? '').trim().split(/\s+/));
  const has = (...names: string[]): boolean => names.every((name) => flags.has(name));
  if (has('avx2', 'fma', 'avx512f', 'avx512dq', 'avx512bw', 'avx512cd', 'avx512vl')) return 'SkylakeX';
  // Without AVX-512 an AMD processor has parameters of its own, which OpenBLAS finds.
  return /^vendor_id\s*:\s*GenuineIntel/m.test(cpuinfo) && has('avx2', 'fma') ? 'Haswell' : null;
}

/**
 * Names the core in OPENBLAS_CORETYPE before OpenBLAS is loaded, unless a person has. Only the main thread can: a
 * worker thread's environment is its own copy.
 *
 * @example chooseBlasCore() // undefined
 */
export function chooseBlasCore(): void {
  if (process.platform !== 'linux' || process.arch !== 'x64' || !isMainThread) return;
  if (process.env['OPENBLAS_CORETYPE']) return;
  try {
    const core = coreFor(readFileSync('/proc/cpuinfo', 'latin1'));
    if (core !== null) process.env['OPENBLAS_CORETYPE'] = core;
  } catch {
    // Without /proc OpenBLAS chooses by itself.
  }
}
