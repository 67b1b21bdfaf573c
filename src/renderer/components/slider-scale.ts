/** Where a whole number stands on a slider's track, linearly or logarithmically. */
export interface SliderScale {
  min: number;
  max: number;
  logarithmic: boolean;
}

/** Share of the track (0 to 1) at which `value` stands. */
export function positionOf(value: number, { min, max, logarithmic }: SliderScale): number {
  if (max <= min) return 0;
  const clamped = Math.min(max, Math.max(min, value));
  if (!logarithmic) return (clamped - min) / (max - min);
  // Distances from min - 1, so that a scale may begin at 0 or at 1 alike.
  return Math.log(clamped - min + 1) / Math.log(max - min + 1);
}

/** The whole number nearest to a share of the track; the inverse of `positionOf` up to rounding. */
export function valueAt(position: number, { min, max, logarithmic }: SliderScale): number {
  if (max <= min) return min;
  const share = Math.min(1, Math.max(0, position));
  const value = logarithmic ? min - 1 + Math.exp(share * Math.log(max - min + 1)) : min + share * (max - min);
  return Math.min(max, Math.max(min, Math.round(value)));
}

/** A page along the track: a tenth of it, and at least one step. */
export function pageFrom(value: number, direction: 1 | -1, scale: SliderScale): number {
  const next = valueAt(positionOf(value, scale) + direction / 10, scale);
  const stepped = next === value ? value + direction : next;
  return Math.min(scale.max, Math.max(scale.min, stepped));
}
