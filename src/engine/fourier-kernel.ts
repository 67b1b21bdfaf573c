/**
 * Discrete Fourier transforms of any length over interleaved (re, im) pairs: by the factors 8, 4, 2 and odd ones (Cooley and
 * Tukey, 1965, in Stockham's order); a length with a large prime factor by a convolution of a power of 2 (Bluestein, 1970).
 */
import { stage2, stage3, stage4, stage5, stage8, stageOdd, type Stage } from './fourier-passes.ts';
import { unitRoots } from './unit-roots.ts';

/** Primes up to here are transformed as they stand. */
const largestFactor = 31;
/** Odd factors whose roots of one are written down. */
const written = 11;

interface Plan {
  readonly n: number;
  readonly stages: readonly {
    readonly factor: number;
    readonly ido: number;
    readonly l1: number;
    readonly turns: Float64Array;
    readonly roots?: readonly (readonly [number, number])[];
  }[];
  readonly bluestein: Bluestein | null;
}

interface Bluestein {
  readonly inner: Plan;
  /** e^(−πik²/n), pairs. */
  readonly chirp: Float64Array;
  /** The transform of the conjugate chirp, wrapped around. */
  readonly filter: Float64Array;
}

const plans = new Map<number, Plan>();
const plansKept = 32;

function planOf(n: number): Plan {
  const known = plans.get(n);
  if (known !== undefined) return known;
  if (plans.size >= plansKept) plans.clear();
  const factors = factorsOf(n);
  const direct = factors.every((p) => p <= largestFactor);
  const plan: Plan = { n, stages: direct ? stagesOf(n, factors) : [], bluestein: direct ? null : chirpsOf(n) };
  plans.set(n, plan);
  return plan;
}

/** The factors in pocketfft's order: a single 2 comes first. */
function factorsOf(n: number): number[] {
  const list: number[] = [];
  let rest = n;
  for (const p of [8, 4]) {
    while (rest % p === 0) {
      list.push(p);
      rest /= p;
    }
  }
  if (rest % 2 === 0) {
    rest /= 2;
    list.push(2);
    [list[0], list[list.length - 1]] = [list[list.length - 1], list[0]];
  }
  for (let p = 3; p * p <= rest; p += 2) {
    while (rest % p === 0) {
      list.push(p);
      rest /= p;
    }
  }
  if (rest > 1) list.push(rest);
  return list;
}

function stagesOf(n: number, factors: readonly number[]): Plan['stages'] {
  const root = unitRoots(n);
  let l1 = 1;
  return factors.map((factor) => {
    const ido = n / (l1 * factor);
    const turns = new Float64Array(2 * (factor - 1) * (ido - 1));
    let at = 0;
    for (let j = 1; j < factor; j++) {
      for (let i = 1; i < ido; i++) {
        root(j * l1 * i, turns, at);
        at += 2;
      }
    }
    const stage = { factor, ido, l1, turns };
    l1 *= factor;
    if (factor <= written) return stage;
    const own = unitRoots(factor);
    const roots = Array.from({ length: (factor - 1) / 2 }, (_, j) => {
      const pair = new Float64Array(2);
      own(j + 1, pair, 0);
      return [pair[0], pair[1]] as const;
    });
    return { ...stage, roots };
  });
}

function chirpsOf(n: number): Bluestein {
  const length = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const root = unitRoots(2 * n);
  const chirp = new Float64Array(2 * n);
  const wrapped = new Float64Array(2 * length);
  for (let k = 0; k < n; k++) {
    // k² mod 2n, exact for every length that fits in memory.
    root(Number((BigInt(k) * BigInt(k)) % BigInt(2 * n)), chirp, 2 * k);
    const [re, im] = [chirp[2 * k], chirp[2 * k + 1]];
    chirp[2 * k + 1] = -im;
    for (const place of k === 0 ? [0] : [k, length - k]) {
      wrapped[2 * place] = re;
      wrapped[2 * place + 1] = im;
    }
  }
  const inner = planOf(length);
  const filter = new Float64Array(2 * length);
  byStages(inner, wrapped, filter, -1);
  return { inner, chirp, filter };
}

/**
 * out[k] = Σⱼ x[j] · e^(−2πijk/n) for n pairs; with `inverse` the sign is the other one. Nothing is scaled; x is used up.
 */
export function transform(x: Float64Array, out: Float64Array, n: number, inverse: boolean): void {
  const plan = planOf(n);
  if (plan.bluestein === null) {
    byStages(plan, x, out, inverse ? 1 : -1);
    return;
  }
  // The inverse of x is the transform of its conjugate, conjugated.
  if (inverse) for (let k = 1; k < 2 * n; k += 2) x[k] = -x[k];
  convolve(plan.bluestein, x, out, n);
  if (inverse) for (let k = 1; k < 2 * n; k += 2) out[k] = -out[k];
}

const turns = new Map<number, Float64Array>();

/** The first n/4 + 1 roots of n, of which the real transforms need one for each pair of places. */
function turnsOf(n: number): Float64Array {
  const known = turns.get(n);
  if (known !== undefined) return known;
  if (turns.size >= plansKept) turns.clear();
  const root = unitRoots(n);
  const made = new Float64Array(2 * (Math.floor(n / 4) + 1));
  for (let k = 0; 4 * k <= n; k++) {
    root(k, made, 2 * k);
    made[2 * k + 1] = -made[2 * k + 1];
  }
  turns.set(n, made);
  return made;
}

/**
 * Real numbers from which on half the work is worth other last bits, and other signs of zeros, than those of the complex
 * transform that NumPy computes.
 */
export const worthHalving = 512;

/**
 * out[k] = Σⱼ x[j] · e^(−2πijk/n) for k = 0 … n/2, of n real numbers. An even number of them is half as many pairs, whose
 * transform holds those of the even and of the odd places (Cooley, Lewis and Welch, 1970); an odd or a small one is
 * transformed as complex numbers. x is used up.
 */
export function transformReal(x: Float64Array, out: Float64Array, n: number): void {
  const m = n / 2;
  if (n % 2 !== 0 || n < worthHalving) {
    const [wide, whole] = [new Float64Array(2 * n), new Float64Array(2 * n)];
    for (let k = 0; k < n; k++) wide[2 * k] = x[k];
    transform(wide, whole, n, false);
    out.set(whole.subarray(0, 2 * Math.floor(n / 2) + 2));
    out[1] = 0;
    if (n % 2 === 0) out[n + 1] = 0;
    return;
  }
  transform(x, out, m, false);
  const roots = turnsOf(n);
  const [even, odd] = [out[0], out[1]];
  for (let k = 1; 2 * k <= m; k++) {
    const [a, b] = [2 * k, 2 * (m - k)];
    const sumRe = (out[a] + out[b]) / 2;
    const sumIm = (out[a + 1] - out[b + 1]) / 2;
    const oddRe = (out[a + 1] + out[b + 1]) / 2;
    const oddIm = (out[b] - out[a]) / 2;
    const re = oddRe * roots[a] - oddIm * roots[a + 1];
    const im = oddRe * roots[a + 1] + oddIm * roots[a];
    out[a] = sumRe + re;
    out[a + 1] = sumIm + im;
    out[b] = sumRe - re;
    out[b + 1] = im - sumIm;
  }
  out[0] = even + odd;
  out[1] = 0;
  out[n] = even - odd;
  out[n + 1] = 0;
}

/** out[j] = Σₖ x[k] · e^(2πijk/n), n real numbers, of which x has the values for k = 0 … n/2; x is used up. */
export function inverseReal(x: Float64Array, out: Float64Array, n: number): void {
  const m = n / 2;
  if (n % 2 !== 0 || n < worthHalving) {
    const [wide, whole] = [new Float64Array(2 * n), new Float64Array(2 * n)];
    wide.set(x.subarray(0, 2 * Math.floor(n / 2) + 2));
    wide[1] = 0;
    if (n % 2 === 0) wide[n + 1] = 0;
    for (let k = 1; 2 * k < n; k++) {
      wide[2 * (n - k)] = x[2 * k];
      wide[2 * (n - k) + 1] = -x[2 * k + 1];
    }
    transform(wide, whole, n, true);
    for (let k = 0; k < n; k++) out[k] = whole[2 * k];
    return;
  }
  const roots = turnsOf(n);
  const [first, last] = [x[0], x[n]];
  for (let k = 1; 2 * k <= m; k++) {
    const [a, b] = [2 * k, 2 * (m - k)];
    const evenRe = x[a] + x[b];
    const evenIm = x[a + 1] - x[b + 1];
    const gapRe = x[a] - x[b];
    const gapIm = x[a + 1] + x[b + 1];
    const oddRe = gapRe * roots[a] + gapIm * roots[a + 1];
    const oddIm = gapIm * roots[a] - gapRe * roots[a + 1];
    x[a] = evenRe - oddIm;
    x[a + 1] = evenIm + oddRe;
    x[b] = evenRe + oddIm;
    x[b + 1] = oddRe - evenIm;
  }
  x[0] = first + last;
  x[1] = first - last;
  transform(x, out, m, true);
}

function convolve({ inner, chirp, filter }: Bluestein, x: Float64Array, out: Float64Array, n: number): void {
  const shifted = new Float64Array(2 * inner.n);
  const spectrum = new Float64Array(2 * inner.n);
  multiplyInto(shifted, x, chirp, n);
  byStages(inner, shifted, spectrum, -1);
  multiplyInto(spectrum, spectrum, filter, inner.n);
  byStages(inner, spectrum, shifted, 1);
  multiplyInto(out, shifted, chirp, n);
  for (let k = 0; k < 2 * n; k++) out[k] /= inner.n;
}

function multiplyInto(out: Float64Array, a: Float64Array, b: Float64Array, n: number): void {
  for (let k = 0; k < 2 * n; k += 2) {
    const [re, im] = [a[k], a[k + 1]];
    out[k] = re * b[k] - im * b[k + 1];
    out[k + 1] = re * b[k + 1] + im * b[k];
  }
}

/** The stages one after the other, from one array into the other and back; the result is in `out`. */
function byStages({ n, stages }: Plan, x: Float64Array, out: Float64Array, sign: number): void {
  let [from, to] = [x, out];
  for (const { factor, ido, l1, turns, roots } of stages) {
    const stage: Stage = { ido, l1, from, to, turns, sign };
    if (factor === 4) stage4(stage);
    else if (factor === 8) stage8(stage);
    else if (factor === 2) stage2(stage);
    else if (factor === 3) stage3(stage);
    else if (factor === 5) stage5(stage);
    else stageOdd(factor, stage, roots);
    [from, to] = [to, from];
  }
  if (from !== out) out.set(from.subarray(0, 2 * n));
}
