/** Ranges and ticks of a chart's axes, worked out here so that what lies over the plot can be placed exactly. */
export interface AxisPlan {
  /** In plotted units: log10 of the value on a logarithmic axis. */
  range: [number, number];
  /** In values. */
  ticks: number[];
  labels: string[];
}

/** A step of 1, 2 or 5 times a power of ten that divides `span` into at most `count` parts. */
export function niceStep(span: number, count: number): number {
  const raw = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const share = raw / power;
  return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
}

function plain(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-3) {
    const [digits, exponent] = value.toExponential(2).split('e');
    return `${Number(digits)}e${Number(exponent)}`;
  }
  return String(Number(value.toPrecision(6)));
}

/** Whole numbers 1 … n along the bottom: 1 first, then round ones. */
export function countAxis(n: number, width: number): AxisPlan {
  const pad = n <= 1 ? 0.5 : Math.max(0.15, (n - 1) * 0.015);
  const step = n <= 1 ? 1 : Math.max(1, niceStep(n - 1, Math.max(2, Math.floor(width / 52))));
  const ticks = [1];
  const first = step === 1 ? 2 : step < 5 ? 1 + step : step;
  for (let tick = first; tick <= n; tick += step) ticks.push(tick);
  return { range: [1 - pad, Math.max(1, n) + pad], ticks, labels: ticks.map(String) };
}

/** A linear axis from 0, or from the smallest value when it is negative. */
export function linearAxis(low: number, high: number, height: number, fixed?: [number, number]): AxisPlan {
  const bottom = fixed?.[0] ?? Math.min(0, low);
  const top = fixed?.[1] ?? (high > bottom ? high : bottom + 1);
  const step = niceStep(top - bottom, Math.max(2, Math.floor(height / 34)));
  const ticks: number[] = [];
  for (let tick = Math.ceil(bottom / step - 1e-9); tick * step <= top + step * 1e-9; tick++)
    ticks.push(tick * step + 0);
  const pad = fixed ? 0.02 : 0.05;
  return { range: [bottom - (top - bottom) * 0.02, top + (top - bottom) * pad], ticks, labels: ticks.map(plain) };
}

/** A logarithmic axis over positive values: decades, or 1-2-5 steps where less than two decades are spanned. */
export function logAxis(low: number, high: number, height: number): AxisPlan {
  let bottom = Math.log10(low);
  let top = Math.log10(high);
  if (top - bottom < 0.3) {
    bottom -= 0.3;
    top += 0.3;
  }
  const pad = (top - bottom) * 0.06;
  const range: [number, number] = [bottom - pad, top + pad];
  const most = Math.max(2, Math.floor(height / 26));
  const ticks: number[] = [];
  // Fewer than three decades are divided further, as finely as the height allows.
  const span = range[1] - range[0];
  if (span < 3) {
    const parts = 3 * span <= most ? [1, 2, 5] : 2 * span <= most ? [1, 3] : [1];
    for (let e = Math.floor(range[0]); e <= range[1]; e++) for (const part of parts) ticks.push(Number(`${part}e${e}`));
  } else {
    const step = Math.max(1, Math.ceil((range[1] - range[0]) / most));
    for (let e = Math.ceil(range[0] / step) * step; e <= range[1]; e += step) ticks.push(Number(`1e${e}`));
  }
  const inside = ticks.filter((tick) => Math.log10(tick) >= range[0] && Math.log10(tick) <= range[1]);
  return { range, ticks: inside, labels: inside.map(plain) };
}

/** Smallest and largest of the positive finite values of several series; null when there is none. */
export function positiveExtent(series: readonly ArrayLike<number>[]): [number, number] | null {
  let low = Infinity;
  let high = 0;
  for (const values of series) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (value > 0 && value < Infinity) {
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  return high > 0 ? [low, high] : null;
}
