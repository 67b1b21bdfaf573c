/** Leaps of the Mersenne Twister: steps taken as a polynomial over GF(2) (Haramoto, Matsumoto, Nishimura, Panneton and L'Ecuyer, 2008). */
const length = 624;
const middle = 397;
const degree = 19937;
const matrix = 0x9908b0df;
/** Words of a polynomial, and of a square before it is reduced. */
const size = Math.ceil(degree / 32);

let leap: Uint32Array | undefined;

/** Goes 2¹²⁸ words of 32 bits on, in place, with the place where NumPy has it. */
export function leapTwister(key: Uint32Array, pos: number): number {
  leap ??= powerOfX();
  const begin = pos >= length ? 0 : pos;
  let i = degree - 1;
  while (coefficient(leap, i) === 0) i--;
  const run = key.slice(0, length);
  let at = step(run, begin);
  // Horner's scheme: the key is added where the polynomial has a term, and all goes one step on.
  for (i--; i >= 0; i--) {
    if (coefficient(leap, i) === 1) {
      for (let k = 0; k < length; k++) run[(at + k) % length] ^= key[(begin + k) % length];
    }
    if (i > 0) at = step(run, at);
  }
  key.set(run);
  return at;
}

/** One step of the Twister: the word at a place becomes the next one, and the place moves on. */
function step(key: Uint32Array, at: number): number {
  const next = (at + 1) % length;
  const y = (key[at] & 0x80000000) | (key[next] & 0x7fffffff);
  key[at] = key[(at + middle) % length] ^ (y >>> 1) ^ (y & 1 ? matrix : 0);
  return next;
}

const coefficient = (p: Uint32Array, i: number): number => (p[i >>> 5] >>> (i & 31)) & 1;

/** x to the power 2¹²⁸, modulo the polynomial of the Twister. */
function powerOfX(): Uint32Array {
  const terms = characteristic().filter((e) => e < degree);
  let power = new Uint32Array(size);
  power[0] = 2;
  for (let k = 0; k < 128; k++) power = reduced(squared(power), terms);
  return power;
}

/** Over GF(2) a square has the same terms at twice the exponents. */
function squared(p: Uint32Array): Uint32Array {
  const made = new Uint32Array(2 * size);
  const spread = (half: number): number => {
    let x = half;
    x = (x | (x << 8)) & 0x00ff00ff;
    x = (x | (x << 4)) & 0x0f0f0f0f;
    x = (x | (x << 2)) & 0x33333333;
    return (x | (x << 1)) & 0x55555555;
  };
  p.forEach((word, k) => {
    made[2 * k] = spread(word & 0xffff);
    made[2 * k + 1] = spread(word >>> 16);
  });
  return made;
}

/** The rest of a division; the terms below the highest one lie more than a word below it, so whole words are taken at once. */
function reduced(p: Uint32Array, terms: readonly number[]): Uint32Array<ArrayBuffer> {
  const clear = (from: number, word: number): void => {
    for (const e of terms) {
      const to = from - degree + e;
      p[to >>> 5] ^= word << (to & 31);
      if (to & 31) p[(to >>> 5) + 1] ^= word >>> (32 - (to & 31));
    }
  };
  for (let k = 2 * size - 1; k >= size; k--) {
    const word = p[k];
    p[k] = 0;
    clear(32 * k, word);
  }
  // The terms from the highest exponent upwards in the word that it shares.
  const rest = (p[size - 1] >>> (degree & 31)) >>> 0;
  p[size - 1] &= (1 << (degree & 31)) - 1;
  clear(degree, rest);
  return p.slice(0, size);
}

/** The exponents of the characteristic polynomial (Matsumoto and Nishimura 1998, appendix A). */
function characteristic(): number[] {
  // With u = x⁶²³ + x³⁹⁶: (x⁶²⁴ + x³⁹⁷)(u³¹ + a₀u³⁰ + … + a₃₀) + a₃₁.
  const flip = (set: Set<number>, e: number): void => void (set.delete(e) || set.add(e));
  let u = new Set([0]);
  const inner = new Set<number>();
  for (let power = 0; power <= 31; power++) {
    if (power === 31 || (matrix >>> (30 - power)) & 1) for (const e of u) flip(inner, e);
    const next = new Set<number>();
    for (const e of u) for (const more of [length - 1, middle - 1]) flip(next, e + more);
    u = next;
  }
  const made = new Set<number>();
  for (const e of inner) for (const more of [length, middle]) flip(made, e + more);
  if (matrix >>> 31) flip(made, 0);
  return [...made];
}
