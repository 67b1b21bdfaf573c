/** Sentences about a picture rebuilt from its first k singular values. */
import type { ColourMode } from '#shared/contract.ts';
import { percent, ratioPercent, significant } from './numbers.ts';

/** Where the energy of the channels lies: `ranks` values known, `at99` the smallest rank with 99 % (null: not reached). */
export function describeChannels(mode: ColourMode, ranks: number, at99: number | null, first: number): string {
  const each = mode === 'grey' ? 'the' : "each channel's";
  if (ranks === 0) return '';
  if (at99 === null) return `The first ${ranks} values do not reach 99 % of the energy.`;
  if (at99 === 1) return `The first of ${each} values holds ${percent(first)} of the energy.`;
  return `99 % of the energy lies in the first ${at99} of ${ranks} values.`;
}

/** What rank k costs, most telling first; `jpeg` and `psnr` in decibels once they are known. */
export function describeCost(cost: {
  k: number;
  stored: number;
  lastSaving: number;
  psnr: number | null;
  jpeg: number | null;
}): { text: string; warn: boolean } {
  const { k, stored, lastSaving, psnr, jpeg } = cost;
  if (k > lastSaving)
    return {
      text:
        lastSaving === 0
          ? 'A picture this narrow cannot be stored smaller this way.'
          : `Past rank ${lastSaving} nothing is saved: rank ${k} stores ${ratioPercent(stored)} of the original’s numbers.`,
      warn: true,
    };
  if (psnr !== null && jpeg !== null && Number.isFinite(psnr) && Number.isFinite(jpeg)) {
    const better = jpeg - psnr;
    if (better >= 0.5) return { text: `A JPEG of the same size is ${significant(better, 2)} dB better.`, warn: false };
    if (better <= -0.5) return { text: `A JPEG of the same size is ${significant(-better, 2)} dB worse.`, warn: false };
    return { text: 'A JPEG of the same size is about as good.', warn: false };
  }
  return { text: 'Numbers stored against the original’s, and the quality.', warn: false };
}

/** How near the randomised first answer is to the best one of its rank; `excess` 0.01 means 1 % more error. */
export const isNear = (excess: number | null): boolean => excess !== null && excess <= 0.05;

/** The same in words. */
export function describeExcess(excess: number | null): string {
  if (excess === null || !Number.isFinite(excess)) return 'A first answer';
  if (excess <= 0.001) return 'Within 0.1 % of the best possible';
  if (excess <= 0.2) return `Within ${Math.ceil(excess * 100 - 1e-9)} % of the best possible`;
  return excess < 1 ? `A first answer, ${Math.round(excess * 100)} % above the least error` : 'A rough first answer';
}

/** "29.2 dB"; a picture without any difference has no finite value. */
export function decibels(value: number): string {
  return Number.isFinite(value) ? `${value.toFixed(1)} dB` : 'no difference';
}
