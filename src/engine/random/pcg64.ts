import { native } from '../native.ts';
import type { BitGenerator } from './bit-generator.ts';
import { type Seed, SeedSequence } from './seed-sequence.ts';

const multiplier = 0x2360ed051fc65da44385df649fccf645n;

/**
 * PCG64 (O'Neill 2014, XSL-RR 128/64), the generator behind `default_rng`: a 128-bit linear congruence.
 *
 * @example const bits = new PCG64(42); bits.nextDouble() // 0.7739560485559633
 */
export class PCG64 implements BitGenerator {
  /** Lowest word first: the state, the increment, whether half of a draw is kept, and that half. */
  readonly state = new Uint32Array(10);
  readonly seed_seq: SeedSequence;

  constructor(seed?: Seed | SeedSequence) {
    this.seed_seq = seed instanceof SeedSequence ? seed : new SeedSequence(seed);
    const words = this.seed_seq.generate(8);
    // 64-bit words come lower half first; the first pair is the state (upper word first), the second the increment.
    const [s2, s3, s0, s1, i2, i3, i0, i1] = [...words].map(BigInt);
    const joined = (w0: bigint, w1: bigint, w2: bigint, w3: bigint): bigint =>
      w0 | (w1 << 32n) | (w2 << 64n) | (w3 << 96n);
    const increment = BigInt.asUintN(128, (joined(i0, i1, i2, i3) << 1n) | 1n);
    const state = BigInt.asUintN(128, (increment + joined(s0, s1, s2, s3)) * multiplier + increment);
    for (let k = 0; k < 4; k++) {
      this.state[k] = Number(BigInt.asUintN(32, state >> BigInt(32 * k)));
      this.state[4 + k] = Number(BigInt.asUintN(32, increment >> BigInt(32 * k)));
    }
  }

  /** The state and increment, and half of a draw that may be kept, as NumPy names them. */
  get_state(): { state: bigint; inc: bigint; has_uint32: number; uinteger: number } {
    const joined = (from: number): bigint =>
      [0, 1, 2, 3].reduce((sum, k) => sum | (BigInt(this.state[from + k]) << BigInt(32 * k)), 0n);
    return { state: joined(0), inc: joined(4), has_uint32: this.state[8], uinteger: this.state[9] };
  }

  /** Goes on from such a state. */
  set_state(given: { state: bigint; inc: bigint; has_uint32?: number; uinteger?: number }): void {
    [given.state, given.inc].forEach((value, part) => {
      for (let k = 0; k < 4; k++) this.state[4 * part + k] = Number(BigInt.asUintN(32, value >> BigInt(32 * k)));
    });
    this.state[8] = given.has_uint32 ?? 0;
    this.state[9] = given.uinteger ?? 0;
  }

  nextDouble(): number {
    const one = new Float64Array(1);
    native().randomDoubles(this.state, one, 0, 1);
    return one[0];
  }
}
