/**
 * Sums in the order NumPy adds: halves of halves down to blocks of 128, eight partial sums in each. The error grows with
 * the logarithm of the length, and results have NumPy's bits.
 */
import { z } from './complex-arithmetic.ts';

const block = 128;

type Numbers = Float64Array | Float32Array;

/** The sum of n numbers from `at` on, `step` apart, in double precision. */
export function pairwise64(a: Float64Array, at: number, n: number, step: number): number {
  if (n < 8) {
    let sum = -0;
    for (let i = 0, k = at; i < n; i++, k += step) sum += a[k];
    return sum;
  }
  if (n <= block) {
    let k = at;
    let r0 = a[k];
    let r1 = a[(k += step)];
    let r2 = a[(k += step)];
    let r3 = a[(k += step)];
    let r4 = a[(k += step)];
    let r5 = a[(k += step)];
    let r6 = a[(k += step)];
    let r7 = a[(k += step)];
    k += step;
    let i = 8;
    for (; i < n - (n % 8); i += 8) {
      r0 += a[k];
      r1 += a[k + step];
      r2 += a[k + 2 * step];
      r3 += a[k + 3 * step];
      r4 += a[k + 4 * step];
      r5 += a[k + 5 * step];
      r6 += a[k + 6 * step];
      r7 += a[k + 7 * step];
      k += 8 * step;
    }
    let sum = r0 + r1 + (r2 + r3) + (r4 + r5 + (r6 + r7));
    for (; i < n; i++, k += step) sum += a[k];
    return sum;
  }
  let half = Math.floor(n / 2);
  half -= half % 8;
  return pairwise64(a, at, half, step) + pairwise64(a, at + half * step, n - half, step);
}

/** `pairwise64` with every sum rounded to single precision. */
export function pairwise32(a: Float32Array, at: number, n: number, step: number): number {
  const f = Math.fround;
  if (n < 8) {
    let sum = -0;
    for (let i = 0, k = at; i < n; i++, k += step) sum = f(sum + a[k]);
    return sum;
  }
  if (n <= block) {
    let k = at;
    let r0 = a[k];
    let r1 = a[(k += step)];
    let r2 = a[(k += step)];
    let r3 = a[(k += step)];
    let r4 = a[(k += step)];
    let r5 = a[(k += step)];
    let r6 = a[(k += step)];
    let r7 = a[(k += step)];
    k += step;
    let i = 8;
    for (; i < n - (n % 8); i += 8) {
      r0 = f(r0 + a[k]);
      r1 = f(r1 + a[k + step]);
      r2 = f(r2 + a[k + 2 * step]);
      r3 = f(r3 + a[k + 3 * step]);
      r4 = f(r4 + a[k + 4 * step]);
      r5 = f(r5 + a[k + 5 * step]);
      r6 = f(r6 + a[k + 6 * step]);
      r7 = f(r7 + a[k + 7 * step]);
      k += 8 * step;
    }
    let sum = f(f(f(r0 + r1) + f(r2 + r3)) + f(f(r4 + r5) + f(r6 + r7)));
    for (; i < n; i++, k += step) sum = f(sum + a[k]);
    return sum;
  }
  let half = Math.floor(n / 2);
  half -= half % 8;
  return f(pairwise32(a, at, half, step) + pairwise32(a, at + half * step, n - half, step));
}

/** The sum of n complex numbers (pairs), left in `z`; `single` rounds every sum to single precision. */
export function pairwiseComplex(a: Numbers, at: number, n: number, step: number, single: boolean): void {
  const f = single ? Math.fround : (x: number): number => x;
  const walk = (from: number, count: number): [number, number] => {
    if (count < 4) {
      let [re, im] = [-0, -0];
      for (let i = 0, k = from; i < count; i++, k += step) [re, im] = [f(re + a[k]), f(im + a[k + 1])];
      return [re, im];
    }
    if (count <= block / 2) {
      const re = [0, 1, 2, 3].map((j) => a[from + j * step]);
      const im = [0, 1, 2, 3].map((j) => a[from + j * step + 1]);
      let i = 4;
      for (; i < count - (count % 4); i += 4) {
        for (let j = 0; j < 4; j++) {
          re[j] = f(re[j] + a[from + (i + j) * step]);
          im[j] = f(im[j] + a[from + (i + j) * step + 1]);
        }
      }
      let sum: [number, number] = [f(f(re[0] + re[1]) + f(re[2] + re[3])), f(f(im[0] + im[1]) + f(im[2] + im[3]))];
      for (; i < count; i++) sum = [f(sum[0] + a[from + i * step]), f(sum[1] + a[from + i * step + 1])];
      return sum;
    }
    let half = Math.floor(count / 2);
    half -= half % 4;
    const first = walk(from, half);
    const second = walk(from + half * step, count - half);
    return [f(first[0] + second[0]), f(first[1] + second[1])];
  };
  const [re, im] = walk(at, n);
  z[0] = re;
  z[1] = im;
}
