/**
 * What a list of singular values means: shares of energy, errors of truncation, and the structure that the computed
 * sentences speak of. Values are in descending order; `total` is ‖A‖²_F, so that everything also holds while only the
 * first values are known.
 */
export interface Spectrum {
  values: ArrayLike<number>;
  m: number;
  n: number;
  /** ‖A‖²_F */
  total: number;
  /** All min(m, n) values are known, and to working precision. */
  exact: boolean;
  /** Unit roundoff spacing of the dtype computed in: 2.2e-16 for float64. */
  eps: number;
}

/** What squares are taken in: 1, or σ₁ where its square would overflow or vanish. */
export function unitOf({ values }: Spectrum): number {
  const first = values[0] ?? 0;
  return first > 1e150 || (first > 0 && first < 1e-150) ? first : 1;
}

/** ‖A‖²_F of the values that are not known. */
function unknownEnergy({ values, total, exact }: Spectrum, unit: number): number {
  if (exact || !Number.isFinite(total)) return 0;
  let known = 0;
  for (let i = values.length - 1; i >= 0; i--) known += (values[i] / unit) ** 2;
  return Math.max(0, total / unit / unit - known);
}

/** Sum of squares after the first k, in squares of `unitOf`; from its small end, so that tiny tails keep their digits. */
export function tailEnergy(spectrum: Spectrum, k: number): number {
  const { values } = spectrum;
  const unit = unitOf(spectrum);
  let tail = unknownEnergy(spectrum, unit);
  for (let i = values.length - 1; i >= k; i--) tail += (values[i] / unit) ** 2;
  return tail;
}

/** `tails[k]` = sum of squares after the first k, for k = 0 … values.length: one pass for sliders and curves. */
export function tailEnergies(spectrum: Spectrum): Float64Array {
  const { values } = spectrum;
  const unit = unitOf(spectrum);
  const tails = new Float64Array(values.length + 1);
  tails[values.length] = unknownEnergy(spectrum, unit);
  for (let i = values.length - 1; i >= 0; i--) tails[i] = tails[i + 1] + (values[i] / unit) ** 2;
  return tails;
}

/** Share of ‖A‖²_F in the first k values, 0 to 1; 1 for a zero matrix. */
export function energyShare(spectrum: Spectrum, k: number): number {
  const tail = tailEnergy(spectrum, k);
  const whole = tailEnergy(spectrum, 0);
  return whole > 0 ? 1 - tail / whole : 1;
}

/** Share of ‖A‖²_F in one layer σᵢ uᵢ vᵢᵀ, i from 0; 0 for a zero matrix. */
export function layerShare(spectrum: Spectrum, i: number): number {
  const whole = tailEnergy(spectrum, 0);
  return whole > 0 ? ((spectrum.values[i] ?? 0) / unitOf(spectrum)) ** 2 / whole : 0;
}

/** ‖A − A_k‖_F / ‖A‖_F; 0 for a zero matrix. */
export function relativeError(spectrum: Spectrum, k: number): number {
  const whole = tailEnergy(spectrum, 0);
  return whole > 0 ? Math.sqrt(tailEnergy(spectrum, k) / whole) : 0;
}

/** NumPy's rank rule: the number of values above σ₁ · max(m, n) · eps. */
export function numericalRank({ values, m, n, eps }: Spectrum): number {
  const floor = (values[0] ?? 0) * Math.max(m, n) * eps;
  let rank = 0;
  while (rank < values.length && values[rank] > floor) rank++;
  return rank;
}

/** Smallest k that holds at least `share` of the energy, null when the known values do not reach it. */
export function rankForEnergy(spectrum: Spectrum, share: number): number | null {
  const tails = tailEnergies(spectrum);
  const limit = (1 - share) * tails[0];
  for (let k = 0; k < tails.length; k++) if (tails[k] <= limit) return Math.max(1, k);
  return null;
}

const quantiles = new Map<string, Float64Array>();

/**
 * Quantiles, at (i + ½)/100, of the singular values of noise with unit variance per entry divided by √m, for the
 * shape ratio beta = n/m ≤ 1 (Marchenko and Pastur 1967).
 */
export function noiseQuantiles(beta: number): Float64Array {
  const key = beta.toFixed(3);
  const kept = quantiles.get(key);
  if (kept) return kept;
  const low = 1 - Math.sqrt(beta);
  const high = 1 + Math.sqrt(beta);
  const steps = 2000;
  const cumulated = new Float64Array(steps + 1);
  for (let i = 1; i <= steps; i++) {
    const s = low + ((i - 0.5) / steps) * (high - low);
    const density = Math.sqrt(Math.max(0, (s * s - low * low) * (high * high - s * s))) / s;
    cumulated[i] = cumulated[i - 1] + density;
  }
  const result = new Float64Array(100);
  let at = 0;
  for (let q = 0; q < 100; q++) {
    const wanted = ((q + 0.5) / 100) * cumulated[steps];
    while (at < steps && cumulated[at + 1] < wanted) at++;
    result[q] = low + ((at + 0.5) / steps) * (high - low);
  }
  quantiles.set(key, result);
  return result;
}

/**
 * Whether the values after the first k are what pure noise of that size would give: level σ, the largest no larger
 * than σ(√m' + √n') and the rest along the Marchenko–Pastur curve. Needs at least six values to say anything.
 */
export function tailIsNoise(spectrum: Spectrum, k: number): boolean {
  const { values, exact } = spectrum;
  const count = values.length - k;
  if (!exact || count < 6) return false;
  const long = Math.max(spectrum.m, spectrum.n) - k;
  const short = Math.min(spectrum.m, spectrum.n) - k;
  const sigma = unitOf(spectrum) * Math.sqrt(tailEnergy(spectrum, k) / (long * short));
  const floor = (values[0] ?? 0) * Math.max(spectrum.m, spectrum.n) * spectrum.eps;
  if (!(sigma > 0) || values[k] <= floor) return false;
  const unit = sigma * Math.sqrt(long);
  const beta = short / long;
  // The largest value fluctuates by about m^(-2/3) around the edge (Tracy and Widom); four of those are allowed.
  if (values[k] > unit * (1 + Math.sqrt(beta)) * (1 + 2 * short ** (-2 / 3))) return false;
  const expected = noiseQuantiles(beta);
  let apart = 0;
  for (let i = 0; i < count; i++) {
    const quantile = expected[99 - Math.min(99, Math.floor(((i + 0.5) / count) * 100))];
    apart += Math.abs(values[k + i] / unit - quantile);
  }
  return apart / count <= 0.05 + 0.5 / count;
}

const noiseRanks = new WeakMap<Spectrum, number | null>();

/** The smallest k (at most half of the values) after which only noise is left; null when there is none. */
export function noiseRank(spectrum: Spectrum): number | null {
  let found = noiseRanks.get(spectrum);
  if (found === undefined) {
    // Asked again for every position of a slider.
    found = null;
    const most = Math.min(Math.floor(spectrum.values.length / 2), 60);
    for (let k = 0; k <= most && found === null; k++) if (tailIsNoise(spectrum, k)) found = k;
    noiseRanks.set(spectrum, found);
  }
  return found;
}

/**
 * The k with the largest ratio σ_k / σ_{k+1} among values above rounding, with that ratio, the second largest and the
 * smallest; null for fewer than 3 values.
 */
export function largestGap(spectrum: Spectrum): { k: number; ratio: number; second: number; smallest: number } | null {
  const rank = numericalRank(spectrum);
  if (rank < 3) return null;
  const gap = { k: 1, ratio: 0, second: 0, smallest: Infinity };
  for (let k = 1; k < rank; k++) {
    const ratio = spectrum.values[k - 1] / spectrum.values[k];
    gap.smallest = Math.min(gap.smallest, ratio);
    if (ratio > gap.ratio) {
      gap.second = gap.ratio;
      gap.ratio = ratio;
      gap.k = k;
    } else gap.second = Math.max(gap.second, ratio);
  }
  return gap;
}

/** Least squares of y on x: slope and the share of variance explained. */
function fit(x: readonly number[], y: readonly number[]): { slope: number; explained: number } {
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const mx = mean(x);
  const my = mean(y);
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) ** 2;
    yy += (y[i] - my) ** 2;
  }
  return { slope: xy / xx, explained: yy > 0 ? xy ** 2 / (xx * yy) : 0 };
}

/** How the values fall: `geometric` by a constant factor, `power` as i^-exponent; null when neither describes them. */
export function decay(spectrum: Spectrum): { law: 'geometric' | 'power'; rate: number } | null {
  const rank = numericalRank(spectrum);
  if (rank < 6) return null;
  const logs: number[] = [];
  const steps: number[] = [];
  const logSteps: number[] = [];
  for (let i = 0; i < rank; i++) {
    logs.push(Math.log(spectrum.values[i]));
    steps.push(i);
    logSteps.push(Math.log(i + 1));
  }
  const geometric = fit(steps, logs);
  const power = fit(logSteps, logs);
  if (geometric.explained >= 0.97 && geometric.explained >= power.explained && geometric.slope < -0.05)
    return { law: 'geometric', rate: Math.exp(-geometric.slope) };
  if (power.explained >= 0.97 && power.slope < -0.2) return { law: 'power', rate: -power.slope };
  return null;
}
