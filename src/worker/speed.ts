/** Kinds of work whose speed differs enough to be learned apart. */
export type Work = 'svd64' | 'svd32' | 'values64' | 'values32' | 'gemm64' | 'gemm32';

/**
 * How fast this machine does its floating-point work, learned from the jobs it did: estimates before the first one
 * are those of a common laptop.
 */
export class Speed {
  readonly #rate: Record<Work, number> = {
    svd64: 30e9,
    svd32: 60e9,
    values64: 12e9,
    values32: 24e9,
    gemm64: 40e9,
    gemm32: 80e9,
  };

  milliseconds(work: Work, flops: number): number {
    return (flops / this.#rate[work]) * 1000;
  }

  /** What a finished job took; jobs too short to tell anything are passed over. */
  learn(work: Work, flops: number, milliseconds: number): void {
    if (milliseconds < 20 || flops < 1e7) return;
    const seen = flops / (milliseconds / 1000);
    this.#rate[work] = 0.5 * this.#rate[work] + 0.5 * seen;
  }
}

/** Flops of a reduced SVD with vectors by divide and conquer (Golub and Van Loan, table 8.6.1). */
export function svdFlops(m: number, n: number): number {
  const [long, short] = m >= n ? [m, n] : [n, m];
  return 6 * long * short * short + 20 * short ** 3;
}

/** Flops of singular values alone. */
export function valuesFlops(m: number, n: number): number {
  const [long, short] = m >= n ? [m, n] : [n, m];
  return long > 1.6 * short
    ? 2 * long * short * short + 2 * short ** 3
    : 4 * long * short * short - (4 / 3) * short ** 3;
}
