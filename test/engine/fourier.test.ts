import { describe, expect, test } from 'vitest';
import { fft, ifft, irfft, rfft } from '#engine/fourier.ts';
import { astype } from '#engine/cast.ts';
import { default_rng } from '#engine/random/generator.ts';
import type { NDArray } from '#engine/ndarray.ts';

const entries = (a: NDArray): number[] =>
  (a.tolist() as { re: number; im: number }[]).flatMap(({ re, im }) => [re, im]);
const farthest = (a: number[], b: number[]): number =>
  a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), 0);

/** Lengths below and above the one from which real numbers are transformed as half as many pairs. */
describe.each([2, 8, 510, 511, 512, 600, 1022, 1024, 4099, 5000])('%i real numbers', (n) => {
  const x = default_rng(n).standard_normal([n]);
  const whole = entries(fft(astype(x, 'complex128')));
  const most = 1e-13 * n;

  test('have the transform of the same complex numbers', () => {
    expect(whole.length).toBe(2 * n);
    expect(farthest(entries(fft(x)), whole)).toBeLessThan(most);
    expect(farthest(entries(ifft(x)), entries(ifft(astype(x, 'complex128'))))).toBeLessThan(1e-13);
  });

  test('have half of it, from which they come back', () => {
    const half = rfft(x);
    expect(half.shape).toEqual([Math.floor(n / 2) + 1]);
    expect(farthest(entries(half), whole)).toBeLessThan(most);
    const back = irfft(half, n).tolist() as number[];
    expect(farthest(back, x.tolist() as number[])).toBeLessThan(1e-13);
  });
});
