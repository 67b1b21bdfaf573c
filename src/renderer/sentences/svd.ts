/** The sentences beside the singular values and beside the residual. Each is said only when it is computed to be true. */
import { counted, percent, significant } from './numbers.ts';
import {
  decay,
  energyShare,
  largestGap,
  noiseRank,
  numericalRank,
  rankForEnergy,
  relativeError,
  tailEnergy,
  tailIsNoise,
  unitOf,
  type Spectrum,
} from './spectrum.ts';

const plural = (count: number, one: string, many = `${one}s`) => `${counted(count)} ${count === 1 ? one : many}`;

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the singular values of this matrix show, in one or two sentences. */
export function describeSpectrum(spectrum: Spectrum): string {
  const { values, m, n, exact } = spectrum;
  const count = values.length;
  if (count === 0) return 'An empty matrix has no singular values.';
  const first = values[0];
  const last = values[count - 1];
  if (first === 0) return 'Every entry is zero, and so is every singular value: rank 0.';
  if (Math.min(m, n) === 1) {
    const what =
      m === 1 && n === 1
        ? 'The only singular value is the size of the entry'
        : 'The only singular value is the length of the vector';
    return `${what}, ${significant(first, 4)}.`;
  }
  if (!exact) {
    const share = energyShare(spectrum, count);
    return `The first ${count} values so far: they hold ${percent(share)} of the energy.`;
  }

  const rank = numericalRank(spectrum);
  const sentences: string[] = [];
  if (rank < count) {
    const left = count - rank;
    sentences.push(
      rank === 1
        ? 'Rank 1: every row is a multiple of one row, and the other values are rounding error.'
        : `Rank ${rank}, not ${count}: the last ${left === 1 ? 'value is' : `${left} values are`} zero to rounding, so ${plural(left, m >= n ? 'column' : 'row')} ${left === 1 ? 'depends' : 'depend'} on the others.`,
    );
    if (rank === 1) return sentences[0];
  } else if (first - last <= first * Math.max(m, n) * spectrum.eps * 4) {
    return m === n
      ? 'All values are equal: a multiple of an orthogonal matrix, which turns and scales but does not distort.'
      : `All values are equal: the ${m > n ? 'columns' : 'rows'} are orthogonal and equally long.`;
  }

  const noise = noiseRank(spectrum);
  if (noise === 0) {
    sentences.push('No pattern stands out: pure noise of this size has singular values like these.');
    return sentences.join(' ');
  }
  if (noise !== null && values[noise - 1] >= 1.4 * values[noise]) {
    sentences.push(`A drop after ${noise}: the rest is at the level of noise.`);
    return sentences.join(' ');
  }

  const share = energyShare(spectrum, 1);
  const gap = largestGap(spectrum);
  const law = decay(spectrum);
  const steep = count > 3 && gap !== null && gap.smallest >= 2;
  const fast = steep || (law?.law === 'geometric' && law.rate >= 1.5);
  if (share >= 0.9 && !fast)
    sentences.push(
      `One direction holds ${percent(share) === '100 %' ? 'nearly all' : percent(share)} of the energy; the ${count === 2 ? 'other' : 'rest'} is small.`,
    );
  else if (gap && gap.ratio >= 4 && gap.ratio >= 2 * gap.second)
    sentences.push(
      `The clearest drop is after ${gap.k}: the next value is ${significant(gap.ratio, 2)} times smaller.`,
    );
  if (law?.law === 'geometric' && law.rate >= 1.15)
    sentences.push(
      `A smooth and fast fall: each value is about ${significant(law.rate, 2)} times smaller than the one before.`,
    );
  else if (steep)
    sentences.push(
      `A steep fall: every value is at least ${significant(gap.smallest, 2)} times smaller than the one before.`,
    );
  else if (law?.law === 'power')
    sentences.push(
      sentences.length > 0
        ? `The values fall smoothly, about as the index to the power −${significant(law.rate, 2)}.`
        : `A smooth fall, about as the index to the power −${significant(law.rate, 2)}: no rank stands out as the natural one.`,
    );
  if (sentences.length === 0) {
    const most = rankForEnergy(spectrum, 0.9);
    if (most !== null)
      sentences.push(
        most === count
          ? `A slow fall: 90 % of the energy takes ${count === 2 ? 'both' : `all ${count}`} values.`
          : `No clear drop: 90 % of the energy takes ${most} of ${count} values.`,
      );
  }
  if (sentences.length < 2 && rank === count && last < first * 1e-8)
    sentences.push(`The smallest is ${significant(first / last, 2)} times smaller than the largest: nearly dependent.`);
  return sentences.slice(0, 2).join(' ');
}

/** What rank k leaves out of this matrix. */
export function describeResidual(spectrum: Spectrum, k: number): string {
  const { values, exact } = spectrum;
  const count = values.length;
  if (count === 0) return '';
  if (values[0] === 0) return 'There is nothing to rebuild: the matrix is zero.';
  if (!exact && k >= count) return `What the first ${count} values do not reach; the exact answer goes further.`;
  const rank = exact ? numericalRank(spectrum) : count;
  if (exact && k >= rank)
    return k >= count && rank === count
      ? 'All of it: what is left is rounding error.'
      : `Nothing is missing: past rank ${rank} only rounding error is left.`;
  const noise = noiseRank(spectrum);
  if (noise !== null && k >= noise && tailIsNoise(spectrum, k)) {
    if (noise === 0) return `Noise as well: rank ${k} keeps a part of it and leaves the rest.`;
    if (k === noise) return `The residual has no pattern left, so rank ${k} tells the story.`;
    return `Past rank ${noise} there is only noise, and rank ${k} keeps some of it.`;
  }
  if (exact && k === rank - 1) return `Layer ${rank} alone is missing.`;
  if (relativeError(spectrum, k) < 1e-3) return 'It misses less than a thousandth of the matrix.';
  const tail = tailEnergy(spectrum, k);
  const next = (values[k] / unitOf(spectrum)) ** 2 / tail;
  if (next >= 0.5)
    return `Layer ${k + 1} alone holds ${next >= 0.995 ? 'nearly all' : `${Math.round(next * 100)} %`} of what is missed.`;
  const half = halfOf(spectrum, k, tail);
  return half === null
    ? `What is missed is spread over many layers, none of them large.`
    : capital(`${plural(half, 'more layer')} would halve the energy of what is missed.`);
}

/** How many values after the first k hold half of the tail; null when they are not known or more than twenty. */
function halfOf(spectrum: Spectrum, k: number, tail: number): number | null {
  const { values } = spectrum;
  const unit = unitOf(spectrum);
  let sum = 0;
  for (let i = k; i < Math.min(values.length, k + 20); i++) {
    sum += (values[i] / unit) ** 2;
    if (sum >= tail / 2) return i - k + 1;
  }
  return null;
}

/** Beside the rank slider: "99.84 % of the energy, relative error 0.040". */
export function describeRank(spectrum: Spectrum, k: number): string {
  return `${percent(energyShare(spectrum, k))} of the energy, relative error ${significant(relativeError(spectrum, k), 2)}`;
}
