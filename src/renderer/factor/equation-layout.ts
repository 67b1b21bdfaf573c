/** Sizes of the pictures in A = U Σ Vᵀ: one length for each of m, n and r, so that what must fit together does. */
export interface Lengths {
  m: number;
  n: number;
  r: number;
}

/** Beyond this ratio of sides, lengths are compressed so that a 150 × 4 matrix is a picture and not a line. */
const mostRatio = 4;
const largestCell = 30;
const shortest = 16;

/**
 * CSS pixels for m, n and r = min(m, n) when `columns` · length(n) + `ranks` · length(r) may be `width` wide and
 * nothing taller than `height`.
 */
export function lengthsFor(
  m: number,
  n: number,
  room: { width: number; height: number; columns: number; ranks: number },
): Lengths {
  const r = Math.min(m, n);
  const ratio = Math.max(m, n) / Math.max(1, r);
  const power = ratio <= mostRatio ? 1 : Math.log(mostRatio) / Math.log(ratio);
  const raw = (count: number) => Math.max(1, count / Math.max(1, r)) ** power;
  const across = room.columns * raw(n) + room.ranks * raw(r);
  const scale = Math.min(room.width / across, room.height / Math.max(raw(m), raw(r)), largestCell * Math.max(1, r));
  const cell = scale / Math.max(1, r);
  // Whole pixels per cell where cells can be told apart.
  const unit = power === 1 && cell >= 4 ? Math.floor(cell) * r : scale;
  const length = (count: number) => Math.max(shortest, Math.round(unit * raw(count)));
  return { m: length(m), n: length(n), r: length(r) };
}

/** A factor of 1, 2, 4, 8 … by which colours may be strengthened before `largest` passes `limit`. */
export function strengthening(limit: number, largest: number): number {
  if (!(limit > 0) || !(largest > 0) || largest >= limit) return 1;
  return 2 ** Math.floor(Math.log2(limit / largest));
}

/** What strengthened colours say of themselves: "colours × 8", "colours × 2.6e5". */
export const strengthened = (factor: number): string =>
  `colours × ${factor >= 1e5 ? factor.toExponential(1).replace('e+', 'e') : factor}`;
