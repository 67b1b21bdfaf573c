/** What the inspector says of a picture beside its size: its channels as matrices, and how good the answer shown is. */
import type { Row, Section } from '../frame/inspector-rows.ts';
import { duration, percent, significant } from '../sentences/numbers.ts';
import { describeExcess, isNear } from '../sentences/picture.ts';
import { numericalRank } from '../sentences/spectrum.ts';
import { rankForEnergyShare, rankForPsnr } from './cost.ts';
import { pictureEps, type ImageStudy } from './image-study.svelte.ts';

const about = {
  rank: 'Singular values above rounding error: how many layers the channel really has.',
  first: 'The largest singular value of any channel: the weight of its strongest layer.',
  share: 'How much of the sum of all squared pixel values the first layer of each channel holds.',
  energy: 'The smallest rank that keeps 99 % of the energy of all channels together.',
  psnr: 'The smallest rank whose error, estimated from the singular values, stays 35 dB below white.',
};

/** The section of a factored picture; null until there is an answer. */
export function pictureSection(study: ImageStudy): Section | null {
  const { result, curve } = study;
  if (result === null || curve === null) return null;
  const { m, n, exact, channels } = result;
  const ranks = channels.map(({ singular_values: values, energy_total: total }) =>
    numericalRank({ values, m, n, total, exact, eps: pictureEps }),
  );
  const low = Math.min(...ranks);
  const high = Math.max(...ranks);
  const first = Math.max(...channels.map((channel) => channel.singular_values[0] ?? 0));
  const row = (label: string, text: string, meaning: string, quiet = false): Row => ({
    label,
    text,
    copy: quiet ? '' : text,
    about: meaning,
    ...(quiet ? { quiet } : {}),
  });
  const goal = (label: string, k: number | null, meaning: string) =>
    k === null ? row(label, `over ${result.rank}`, meaning, true) : row(label, String(k), meaning);
  return {
    title: channels.length === 1 ? 'As a matrix' : 'Each channel as a matrix',
    rows: [
      exact
        ? row('Rank, numerically', low === high ? String(low) : `${low} … ${high}`, about.rank)
        : row('Rank, numerically', 'exact answer only', about.rank, true),
      row('σ₁', significant(first, 5), about.first),
      row('σ₁ share of energy', percent(curve.energy[1] ?? 1), about.share),
      goal('Rank for 99 %', rankForEnergyShare(curve, 0.99), about.energy),
      goal('Rank for 35 dB', rankForPsnr(curve, 35), about.psnr),
    ],
  };
}

/** The badge of a randomised first answer; null for an exact one. */
export function pictureBadge(study: ImageStudy): { title: string; text: string; tone: 'good' | 'plain' } | null {
  const { result } = study;
  if (result === null || result.exact) return null;
  const found = `Found by a randomised SVD in ${duration(result.elapsed_ms)}`;
  return {
    title: describeExcess(result.excess_error),
    tone: isNear(result.excess_error) ? 'good' : 'plain',
    text: study.running ? `${found}; the exact one is on its way.` : `${found}; the exact one was not computed.`,
  };
}
