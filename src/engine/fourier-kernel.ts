/**
 * Discrete Fourier transforms of any length over interleaved (re, im) pairs: by the factors 2, 3, 4, 5 and other small
 * ones (Cooley and Tukey, 1965); a length with a large prime factor by a convolution of a power of 2 (Bluestein, 1970).
 */

/** Primes up to here are transformed as they stand. */
const largestFactor = 31;

interface Plan {
  readonly n: number;
  readonly factors: readonly number[];
  /** e^(−2πik/n), pairs. */
  readonly roots: Float64Array;
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
  const plan: Plan = {
    n,
    factors,
    roots: direct ? rootsOf(n, n) : new Float64Array(0),
    bluestein: direct ? null : chirpsOf(n),
  };
  plans.set(n, plan);
  return plan;
}

function factorsOf(n: number): number[] {
  const list: number[] = [];
  let rest = n;
  for (const p of [4, 2, 3, 5]) {
    while (rest % p === 0) {
      list.push(p);
      rest /= p;
    }
  }
  for (let p = 7; p * p <= rest; p += 2) {
    while (rest % p === 0) {
      list.push(p);
      rest /= p;
    }
  }
  if (rest > 1) list.push(rest);
  return list;
}

/** e^(−2πik/n) for the first `count` k, each from an angle of the first eighth of the circle. */
function rootsOf(n: number, count: number): Float64Array {
  const made = new Float64Array(2 * count);
  for (let k = 0; k < count; k++) {
    const eighths = 8 * k;
    const octant = Math.floor(eighths / n) % 8;
    const over = eighths - Math.floor(eighths / n) * n;
    const within = octant % 2 === 0 ? over : n - over;
    const angle = (Math.PI / 4) * (within / n);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const [x, y] = [
      [c, s],
      [s, c],
      [-s, c],
      [-c, s],
      [-c, -s],
      [-s, -c],
      [s, -c],
      [c, -s],
    ][octant];
    made[2 * k] = x;
    made[2 * k + 1] = -y;
  }
  return made;
}

function chirpsOf(n: number): Bluestein {
  const length = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const roots = rootsOf(2 * n, 2 * n);
  const chirp = new Float64Array(2 * n);
  const wrapped = new Float64Array(2 * length);
  for (let k = 0; k < n; k++) {
    // k² mod 2n, exact for every length that fits in memory.
    const at = Number((BigInt(k) * BigInt(k)) % BigInt(2 * n));
    const [re, im] = [roots[2 * at], roots[2 * at + 1]];
    chirp[2 * k] = re;
    chirp[2 * k + 1] = im;
    for (const place of k === 0 ? [0] : [k, length - k]) {
      wrapped[2 * place] = re;
      wrapped[2 * place + 1] = -im;
    }
  }
  const inner = planOf(length);
  const filter = new Float64Array(2 * length);
  recurse(inner, 0, length, wrapped, 0, 1, filter, 0);
  return { inner, chirp, filter };
}

/**
 * out[k] = Σⱼ x[j] · e^(−2πijk/n) for n pairs; with `inverse` the sign is the other one. Nothing is scaled.
 */
export function transform(x: Float64Array, out: Float64Array, n: number, inverse: boolean): void {
  if (inverse) {
    // The inverse of x is the transform of its conjugate, conjugated.
    for (let k = 1; k < 2 * n; k += 2) x[k] = -x[k];
    transform(x, out, n, false);
    for (let k = 1; k < 2 * n; k += 2) {
      x[k] = -x[k];
      out[k] = -out[k];
    }
    return;
  }
  const plan = planOf(n);
  if (plan.bluestein === null) recurse(plan, 0, n, x, 0, 1, out, 0);
  else convolve(plan.bluestein, x, out, n);
}

function convolve({ inner, chirp, filter }: Bluestein, x: Float64Array, out: Float64Array, n: number): void {
  const turned = new Float64Array(2 * inner.n);
  const spectrum = new Float64Array(2 * inner.n);
  multiplyInto(turned, x, chirp, n);
  recurse(inner, 0, inner.n, turned, 0, 1, spectrum, 0);
  multiplyInto(spectrum, spectrum, filter, inner.n);
  transform(spectrum, turned, inner.n, true);
  multiplyInto(out, turned, chirp, n);
  for (let k = 0; k < 2 * n; k++) out[k] /= inner.n;
}

function multiplyInto(out: Float64Array, a: Float64Array, b: Float64Array, n: number): void {
  for (let k = 0; k < 2 * n; k += 2) {
    const [re, im] = [a[k], a[k + 1]];
    out[k] = re * b[k] - im * b[k + 1];
    out[k + 1] = re * b[k + 1] + im * b[k];
  }
}

/** The transform of every `step`-th pair from `from` on, n of them, into n pairs of `out`. */
function recurse(
  plan: Plan,
  level: number,
  n: number,
  x: Float64Array,
  from: number,
  step: number,
  out: Float64Array,
  to: number,
): void {
  if (n === 1) {
    out[2 * to] = x[2 * from];
    out[2 * to + 1] = x[2 * from + 1];
    return;
  }
  const p = plan.factors[level];
  const m = n / p;
  if (m === 1) {
    for (let q = 0; q < p; q++) {
      out[2 * (to + q)] = x[2 * (from + q * step)];
      out[2 * (to + q) + 1] = x[2 * (from + q * step) + 1];
    }
  } else {
    for (let q = 0; q < p; q++) recurse(plan, level + 1, m, x, from + q * step, step * p, out, to + q * m);
  }
  if (p === 2) combine2(plan, m, step, out, to);
  else if (p === 4) combine4(plan, m, step, out, to);
  else combine(plan, p, m, step, out, to);
}

function combine2({ roots }: Plan, m: number, step: number, out: Float64Array, to: number): void {
  for (let k = 0; k < m; k++) {
    const [a, b, w] = [2 * (to + k), 2 * (to + k + m), 2 * k * step];
    const re = out[b] * roots[w] - out[b + 1] * roots[w + 1];
    const im = out[b] * roots[w + 1] + out[b + 1] * roots[w];
    out[b] = out[a] - re;
    out[b + 1] = out[a + 1] - im;
    out[a] += re;
    out[a + 1] += im;
  }
}

function combine4({ roots }: Plan, m: number, step: number, out: Float64Array, to: number): void {
  for (let k = 0; k < m; k++) {
    const a = 2 * (to + k);
    const b = a + 2 * m;
    const c = b + 2 * m;
    const d = c + 2 * m;
    const [u, v, w] = [2 * k * step, 4 * k * step, 6 * k * step];
    const br = out[b] * roots[u] - out[b + 1] * roots[u + 1];
    const bi = out[b] * roots[u + 1] + out[b + 1] * roots[u];
    const cr = out[c] * roots[v] - out[c + 1] * roots[v + 1];
    const ci = out[c] * roots[v + 1] + out[c + 1] * roots[v];
    const dr = out[d] * roots[w] - out[d + 1] * roots[w + 1];
    const di = out[d] * roots[w + 1] + out[d + 1] * roots[w];
    const evenRe = out[a] + cr;
    const evenIm = out[a + 1] + ci;
    const oddRe = out[a] - cr;
    const oddIm = out[a + 1] - ci;
    const sumRe = br + dr;
    const sumIm = bi + di;
    const gapRe = br - dr;
    const gapIm = bi - di;
    out[a] = evenRe + sumRe;
    out[a + 1] = evenIm + sumIm;
    out[b] = oddRe + gapIm;
    out[b + 1] = oddIm - gapRe;
    out[c] = evenRe - sumRe;
    out[c + 1] = evenIm - sumIm;
    out[d] = oddRe - gapIm;
    out[d + 1] = oddIm + gapRe;
  }
}

function combine({ n, roots }: Plan, p: number, m: number, step: number, out: Float64Array, to: number): void {
  const re = new Float64Array(p);
  const im = new Float64Array(p);
  // A turn by 1/p of the circle, in places of the table.
  const turn = n / p;
  for (let k = 0; k < m; k++) {
    for (let q = 0; q < p; q++) {
      const [a, w] = [2 * (to + k + q * m), 2 * q * k * step];
      re[q] = out[a] * roots[w] - out[a + 1] * roots[w + 1];
      im[q] = out[a] * roots[w + 1] + out[a + 1] * roots[w];
    }
    for (let r = 0; r < p; r++) {
      let sumRe = re[0];
      let sumIm = im[0];
      for (let q = 1, at = 0; q < p; q++) {
        at = (at + r) % p;
        const w = 2 * at * turn;
        sumRe += re[q] * roots[w] - im[q] * roots[w + 1];
        sumIm += re[q] * roots[w + 1] + im[q] * roots[w];
      }
      const a = 2 * (to + k + r * m);
      out[a] = sumRe;
      out[a + 1] = sumIm;
    }
  }
}
