import { describe, expect, it } from 'vitest';
import { turnGrey } from '#renderer/image/grey.ts';
import type { ImageFactorResult } from '#shared/contract.ts';
import {
  estimatedPsnr,
  lastSavingRank,
  psnr,
  qualityCurve,
  rankForEnergyShare,
  rankForPsnr,
  rankForShare,
  storedShare,
} from '#renderer/image/cost.ts';

const eps = 2 ** -23;

function result(channels: number[][], m = 100, n = 100, more: Partial<ImageFactorResult> = {}): ImageFactorResult {
  return {
    factor: 'f',
    a: 'a',
    version: 1,
    mode: channels.length === 1 ? 'grey' : 'rgb',
    m,
    n,
    rank: channels[0].length,
    exact: true,
    elapsed_ms: 1,
    excess_error: null,
    channels: channels.map((values, i) => ({
      name: 'RGB'[i],
      singular_values: Float64Array.from(values),
      energy_total: values.reduce((sum, value) => sum + value * value, 0),
    })),
    ...more,
  };
}

describe('stored size', () => {
  it('is k(m + n + 1) against m · n', () => {
    expect(storedShare(300, 450, 24)).toBeCloseTo((24 * 751) / 135_000);
    expect(lastSavingRank(300, 450)).toBe(179);
    expect(rankForShare(300, 450, 0.5)).toBe(89);
  });

  it('saves nothing exactly where the counts meet', () => {
    // 6 · 3 = 18 = 1 · (…): m = 2, n = 6 gives 12/9, one rank saves; m = n = 1 gives 1/3, none does.
    expect(lastSavingRank(2, 6)).toBe(1);
    expect(lastSavingRank(1, 1)).toBe(0);
    for (const [m, n] of [
      [7, 9],
      [3, 8],
      [100, 101],
      [4000, 3000],
    ] as const) {
      const k = lastSavingRank(m, n);
      expect(k * (m + n + 1)).toBeLessThan(m * n);
      expect((k + 1) * (m + n + 1)).toBeGreaterThanOrEqual(m * n);
    }
  });
});

describe('estimated quality', () => {
  it('is the mean of the squared values left out', () => {
    const curve = qualityCurve(result([[3000, 400, 300]]), eps);
    expect(curve.mse[1]).toBeCloseTo((400 ** 2 + 300 ** 2) / 10_000);
    expect(curve.energy[1]).toBeCloseTo(3000 ** 2 / (3000 ** 2 + 400 ** 2 + 300 ** 2));
    expect(curve.mse[3]).toBe(0);
    expect(estimatedPsnr(curve, 3)).toBe(Infinity);
    expect(estimatedPsnr(curve, 1)).toBeCloseTo(psnr(25 + 1 / 12));
  });

  it('averages over the channels', () => {
    const curve = qualityCurve(
      result([
        [100, 30],
        [100, 60],
        [100, 90],
      ]),
      eps,
    );
    expect(curve.mse[1]).toBeCloseTo((900 + 3600 + 8100) / 3 / 10_000);
  });

  it('weighs YCbCr by the transform back to RGB', () => {
    const luma = qualityCurve(
      result(
        [
          [100, 50],
          [0, 0],
          [0, 0],
        ],
        100,
        100,
        { mode: 'ycbcr' },
      ),
      eps,
    );
    expect(luma.mse[1]).toBeCloseTo(0.25);
    const chroma = qualityCurve(
      result(
        [
          [100, 0],
          [0, 0],
          [100, 50],
        ],
        100,
        100,
        { mode: 'ycbcr' },
      ),
      eps,
    );
    expect(chroma.mse[1]).toBeCloseTo(((1.402 ** 2 + 0.714136 ** 2) / 3) * 0.25);
  });

  it('counts the energy a first answer does not know', () => {
    const first = result([[3000, 400]], 100, 100, { exact: false });
    first.channels[0].energy_total += 300 ** 2;
    expect(qualityCurve(first, eps).mse[2]).toBeCloseTo(9);
  });

  it('gives 48.1 dB for an error of one level', () => {
    expect(psnr(1)).toBeCloseTo(48.13, 2);
  });
});

describe('goals', () => {
  const curve = qualityCurve(result([[3000, 400, 300, 20, 1]]), eps);
  it('finds the smallest rank that reaches them', () => {
    expect(rankForEnergyShare(curve, 0.97)).toBe(1);
    expect(rankForEnergyShare(curve, 0.99)).toBe(2);
    expect(rankForPsnr(curve, 35)).toBe(2);
  });
  it('says when the known ranks do not reach', () => {
    const first = result([[3000, 400]], 100, 100, { exact: false });
    first.channels[0].energy_total += 3000 ** 2;
    expect(rankForEnergyShare(qualityCurve(first, eps), 0.99)).toBeNull();
  });
});

describe('the original in grey', () => {
  it('has the luma of the grey factorisation', () => {
    const rgba = Uint8Array.from([255, 0, 0, 255, 10, 200, 30, 255, 7, 7, 7, 255]);
    turnGrey(rgba);
    expect([...rgba]).toEqual([76, 76, 76, 255, 124, 124, 124, 255, 7, 7, 7, 255]);
  });
});
