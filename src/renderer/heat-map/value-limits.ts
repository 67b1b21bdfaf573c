/** Limits of a colour scale, and what can be said of the values that have them. */
import type { Reply } from '#shared/contract.ts';
import { linearScale, symmetricScale, type ColourMap, type ColourScale } from '../colour-map.ts';
import { formatBrief, formatCount } from '../number-format.ts';

export type Range = Reply<'array.range'>;
/** Share of the values, counted by size, that keeps its own colour. */
export type Clip = 100 | 99 | 95 | 90;

/** The value below which `percent` of the finite values lie. */
export function percentile(values: Float32Array, percent: number): number {
  const finite = values.filter((value) => value - value === 0).sort();
  if (finite.length === 0) return NaN;
  const at = (percent / 100) * (finite.length - 1);
  const low = finite[Math.floor(at)];
  const high = finite[Math.ceil(at)];
  return low + (high - low) * (at - Math.floor(at));
}

/** The scale of a map over a range; clipped, its limits come from the values of an overview. */
export function mapScale(
  map: ColourMap,
  range: Range,
  overview: Float32Array | null,
  clip: Clip,
  transform: 'linear' | 'symlog',
): ColourScale {
  let { min, max, absmax } = range;
  if (clip < 100 && overview !== null) {
    absmax = percentile(overview.map(Math.abs), clip) || absmax;
    min = percentile(overview, (100 - clip) / 2);
    max = percentile(overview, 100 - (100 - clip) / 2);
  }
  const scale = map.name === 'diverging' ? symmetricScale(map, absmax) : linearScale(map, min, max);
  const size = Math.max(Math.abs(scale.low), Math.abs(scale.high));
  return { ...scale, transform, threshold: size / 1000 };
}

/** What is true of the values, in one sentence. `zeros` is their share where it is known. */
export function valuesSentence(range: Range, zeros: number | null, what: 'Values' | 'Magnitudes' = 'Values'): string {
  const parts: string[] = [];
  const { min, max, nan, inf } = range;
  if (!(min <= max)) parts.push('No finite values');
  else if (min === max) parts.push(`Every value is ${formatBrief(min)}`);
  else if (min < 0 && max > 0) parts.push(`Values of both signs, from ${formatBrief(min)} to ${formatBrief(max)}`);
  else parts.push(`${what} from ${formatBrief(min)} to ${formatBrief(max)}`);
  if (!range.exact) parts[0] = `${parts[0]} in the cells looked at so far`;
  if (zeros !== null && zeros > 0 && min !== max) {
    parts.push(`${zeros >= 0.9995 && zeros < 1 ? 'almost all' : `${formatBrief(100 * zeros, 3)} %`} are zero`);
  }
  if (nan > 0) parts.push(`${formatCount(nan)} ${nan === 1 ? 'is' : 'are'} nan`);
  if (inf > 0) parts.push(`${formatCount(inf)} ${inf === 1 ? 'is' : 'are'} infinite`);
  return `${parts.join('; ').replaceAll('from -', 'from −').replaceAll('to -', 'to −')}.`;
}

/** What one pixel stands for, or null when every cell has at least one. */
export function samplingSentence(perColumn: number, perRow: number, reduce: 'mean' | 'absmax'): string | null {
  const columns = Math.round(Math.max(1, perColumn));
  const rows = Math.round(Math.max(1, perRow));
  if (columns === 1 && rows === 1) return null;
  const what = reduce === 'mean' ? 'the mean' : 'the largest';
  return `Each dot is ${what} of ${formatCount(rows)} × ${formatCount(columns)} cells`;
}
