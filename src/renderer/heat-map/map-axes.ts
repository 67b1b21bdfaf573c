/** Row and column numbers along the sides of a heat map, as many as fit. */

export interface Tick {
  /** Pixels from the start of the side. */
  at: number;
  text: string;
}

const steps = [1, 2, 5];

/**
 * Ticks of one side.
 * @param first index (in fractions) at the start, @param scale pixels per cell, @param length pixels of the side
 * @param gap the least distance between two ticks
 */
export function ticksOf(
  first: number,
  scale: number,
  length: number,
  count: number,
  gap: number,
  label: (index: number) => string,
): Tick[] {
  let step = 1;
  for (let power = 1; step * scale < gap; power *= 10) {
    for (const each of steps) {
      step = each * power;
      if (step * scale >= gap) break;
    }
    if (power > 1e12) break;
  }
  const ticks: Tick[] = [];
  const start = Math.max(0, Math.ceil((first - 0.5) / step) * step);
  for (let index = start; index < count; index += step) {
    const at = (index + 0.5 - first) * scale;
    if (at > length) break;
    if (at >= 0) ticks.push({ at, text: label(index) });
  }
  return ticks;
}
