import type { BitGenerator } from './bit-generator.ts';

const length = 624;
const period = 397;

/**
 * The Mersenne Twister (Matsumoto and Nishimura, 1998), the generator behind `random.seed` and `random.rand`.
 *
 * @example new MT19937(42).nextDouble() // 0.3745401188473625
 */
export class MT19937 implements BitGenerator {
  high = 0;
  low = 0;
  private readonly key = new Uint32Array(length);
  private at = length;

  /** Seeded by one 32-bit number, or by several. */
  constructor(seed: number | readonly number[]) {
    if (typeof seed === 'number') this.seedByNumber(seed);
    else this.seedByList(seed);
  }

  private seedByNumber(seed: number): void {
    const { key } = this;
    key[0] = seed;
    for (let i = 1; i < length; i++) key[i] = Math.imul(1812433253, key[i - 1] ^ (key[i - 1] >>> 30)) + i;
    this.at = length;
  }

  private seedByList(list: readonly number[]): void {
    const { key } = this;
    this.seedByNumber(19650218);
    let i = 1;
    let j = 0;
    for (let k = Math.max(length, list.length); k > 0; k--) {
      key[i] = (key[i] ^ Math.imul(key[i - 1] ^ (key[i - 1] >>> 30), 1664525)) + list[j] + j;
      if (++i >= length) {
        key[0] = key[length - 1];
        i = 1;
      }
      if (++j >= list.length) j = 0;
    }
    for (let k = length - 1; k > 0; k--) {
      key[i] = (key[i] ^ Math.imul(key[i - 1] ^ (key[i - 1] >>> 30), 1566083941)) - i;
      if (++i >= length) {
        key[0] = key[length - 1];
        i = 1;
      }
    }
    key[0] = 0x80000000;
  }

  private refill(): void {
    const { key } = this;
    for (let i = 0; i < length; i++) {
      const y = (key[i] & 0x80000000) | (key[(i + 1) % length] & 0x7fffffff);
      key[i] = key[(i + period) % length] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.at = 0;
  }

  next32(): number {
    if (this.at === length) this.refill();
    let y = this.key[this.at++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  next64(): void {
    this.high = this.next32();
    this.low = this.next32();
  }

  nextDouble(): number {
    const a = this.next32() >>> 5;
    const b = this.next32() >>> 6;
    return (a * 67108864 + b) / 9007199254740992;
  }
}
