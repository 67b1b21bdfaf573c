/** The values a number goes through when it is dragged. */

/** How far one step changes a value: a twentieth of its power of ten, or of that of the matrix for values near 0. */
export function stepOf(value: number, absmax: number, whole: boolean): number {
  const size = Math.max(Math.abs(value), absmax / 10);
  const unit = size > 0 && Number.isFinite(size) ? 10 ** Math.floor(Math.log10(size)) : 1;
  return whole ? Math.max(1, Math.round(unit / 20)) : unit / 20;
}

/** `value` moved by `steps` of `step`, on the round numbers between: 3.95, 4, 4.05, without the dust of binary sums. */
export function moved(value: number, steps: number, step: number): number {
  if (steps === 0) return value;
  return Number((Math.round((value + steps * step) / step) * step).toPrecision(12));
}
