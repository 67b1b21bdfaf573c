/** What a rank-k picture costs and how good it is, from its size and singular values alone. */
import type { ColourMode, ImageFactorResult } from '#shared/contract.ts';
import { tailEnergies } from '../sentences/spectrum.ts';

/** Numbers stored for one channel at rank k: k columns of U, k values, k rows of Vᵀ. */
export function storedNumbers(m: number, n: number, k: number): number {
  return k * (m + n + 1);
}

/** Stored numbers against the channel's m · n. */
export function storedShare(m: number, n: number, k: number): number {
  return storedNumbers(m, n, k) / (m * n);
}

/** Largest rank that still stores fewer numbers than the channel has; 0 when none does. */
export function lastSavingRank(m: number, n: number): number {
  return Math.max(0, Math.ceil((m * n) / (m + n + 1)) - 1);
}

/** Largest rank that stores at most `share` of the channel's numbers, at least 1. */
export function rankForShare(m: number, n: number, share: number): number {
  return Math.max(1, Math.floor((share * m * n) / (m + n + 1)));
}

/**
 * How much each channel's squared error weighs in the mean squared error of the pixels shown. For Y, Cb, Cr these are
 * the sums of squares of the columns of JPEG's inverse transform (JFIF 1.02), taking the channels' errors as unrelated.
 */
const weights: Record<ColourMode, readonly number[]> = {
  rgb: [1 / 3, 1 / 3, 1 / 3],
  ycbcr: [1, (0.344136 ** 2 + 1.772 ** 2) / 3, (1.402 ** 2 + 0.714136 ** 2) / 3],
  grey: [1],
};

/** Energy kept and estimated squared error for every rank, computed once per factorisation so that dragging is free. */
export interface QualityCurve {
  /** Share of the energy of all channels in the first k, index k = 0 … rank. */
  energy: Float64Array;
  /** Estimated mean squared error per pixel and channel, index k = 0 … rank. */
  mse: Float64Array;
}

/** The curve of a factorisation; the error before rounding to 8 bits, to which rounding adds at most 1/12. */
export function qualityCurve(result: ImageFactorResult, eps: number): QualityCurve {
  const { m, n, mode, exact, channels, rank } = result;
  const energy = new Float64Array(rank + 1);
  const mse = new Float64Array(rank + 1);
  let whole = 0;
  channels.forEach((channel, c) => {
    const spectrum = { values: channel.singular_values, m, n, total: channel.energy_total, exact, eps };
    const tails = tailEnergies(spectrum);
    const weight = channels.length === 1 ? 1 : (weights[mode][c] ?? 0);
    whole += tails[0];
    for (let k = 0; k <= rank; k++) {
      const tail = tails[Math.min(k, tails.length - 1)];
      energy[k] += tail;
      mse[k] += (weight * tail) / (m * n);
    }
  });
  for (let k = 0; k <= rank; k++) energy[k] = whole > 0 ? 1 - energy[k] / whole : 1;
  return { energy, mse };
}

/** Peak signal-to-noise ratio in decibels for 8-bit samples; Infinity when nothing differs. */
export function psnr(mse: number): number {
  return mse > 0 ? 10 * Math.log10(255 ** 2 / mse) : Infinity;
}

/** The PSNR that the curve promises at rank k; rounding to whole levels hides errors far below half a level. */
export function estimatedPsnr(curve: QualityCurve, k: number): number {
  const mse = curve.mse[Math.min(k, curve.mse.length - 1)];
  return mse < 0.01 ? Infinity : psnr(mse + roundingMse(mse));
}

/** Rounding to whole levels adds up to 1/12, and nothing where the error already rounds away. */
function roundingMse(mse: number): number {
  return mse >= 0.25 ? 1 / 12 : mse / 3;
}

/** Smallest rank that keeps `share` of the energy; null when the known values do not reach it. */
export function rankForEnergyShare(curve: QualityCurve, share: number): number | null {
  for (let k = 1; k < curve.energy.length; k++) if (curve.energy[k] >= share) return k;
  return null;
}

/** Smallest rank whose estimated PSNR reaches `decibels`; null when the known values do not reach it. */
export function rankForPsnr(curve: QualityCurve, decibels: number): number | null {
  for (let k = 1; k < curve.mse.length; k++) if (estimatedPsnr(curve, k) >= decibels) return k;
  return null;
}
