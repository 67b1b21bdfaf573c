import { putWide, Source, wide } from './bit-generator.ts';
import { type Seed, SeedSequence } from './seed-sequence.ts';

/** The multipliers of the congruence: of PCG64, and the one of half the width of PCG64DXSM. */
const multipliers = { PCG64: 0x2360ed051fc65da44385df649fccf645n, PCG64DXSM: 0xda942042e4dd58b5n };
/** How far `jumped` goes: (φ − 1) · 2¹²⁸, rounded to an odd number. */
const leap = 0x9e3779b97f4a7c15f39cc0605cedc835n;
const cut = (value: bigint): bigint => BigInt.asUintN(128, value);

/** A 128-bit linear congruence. */
abstract class Congruence extends Source {
  readonly seed_seq: SeedSequence;
  abstract override readonly state: Uint32Array;
  protected abstract readonly multiplier: bigint;
  /** Where the state and the increment begin, and where it stands whether half of a draw is kept. */
  protected abstract readonly at: { numbers: number; half: number };

  constructor(seed?: Seed | SeedSequence) {
    super();
    this.seed_seq = seed instanceof SeedSequence ? seed : new SeedSequence(seed);
  }

  /** The first pair of 64-bit words is the state (upper word first), the second the increment. */
  protected begin(): void {
    const words = this.seed_seq.generate(8);
    const [s1, s0, i1, i0] = wide(words, 0, 4);
    const inc = cut((((i1 << 64n) | i0) << 1n) | 1n);
    // NumPy seeds both kinds by the step of PCG64.
    this.set_state({ state: cut((inc + ((s1 << 64n) | s0)) * multipliers.PCG64 + inc), inc });
  }

  /** The state and increment, and half of a draw that may be kept, as NumPy names them. */
  get_state(): { state: bigint; inc: bigint; has_uint32: number; uinteger: number } {
    const { numbers, half } = this.at;
    const [s0, s1, i0, i1] = wide(this.state, numbers, 4);
    return {
      state: (s1 << 64n) | s0,
      inc: (i1 << 64n) | i0,
      has_uint32: this.state[half],
      uinteger: this.state[half + 1],
    };
  }

  /** Goes on from such a state. */
  set_state(given: { state: bigint; inc: bigint; has_uint32?: number; uinteger?: number }): void {
    const { numbers, half } = this.at;
    const halves = (value: bigint): bigint[] => [value & 0xffffffffffffffffn, value >> 64n];
    putWide(this.state, numbers, [...halves(given.state), ...halves(given.inc)]);
    this.state[half] = given.has_uint32 ?? 0;
    this.state[half + 1] = given.uinteger ?? 0;
  }

  /** Goes `delta` steps on, or back for a negative number, by squaring the step; half of a draw that was kept is dropped. */
  advance(delta: bigint): void {
    const { state, inc } = this.get_state();
    let [by, plus, x] = [this.multiplier, inc, state];
    for (let steps = cut(delta); steps > 0n; steps >>= 1n) {
      if (steps & 1n) x = cut(x * by + plus);
      plus = cut((by + 1n) * plus);
      by = cut(by * by);
    }
    this.set_state({ state: x, inc });
  }

  /** Goes as far on as `jumps` streams of their own would be long. */
  jump(jumps: bigint): void {
    this.advance(leap * jumps);
  }
}

/**
 * PCG64 (O'Neill 2014, XSL-RR 128/64), the generator behind `default_rng`.
 *
 * @example const bits = new PCG64(42); bits.nextDouble() // 0.7739560485559633
 */
export class PCG64 extends Congruence {
  /** Lowest word first: the state, the increment, whether half of a draw is kept, and that half. */
  readonly state = new Uint32Array(10);
  protected readonly multiplier = multipliers.PCG64;
  protected readonly at = { numbers: 0, half: 8 };

  constructor(seed?: Seed | SeedSequence) {
    super(seed);
    this.begin();
  }
}

/**
 * PCG64DXSM: a cheaper multiplier, and the output mixed more.
 *
 * @example new PCG64DXSM(42).nextDouble() // 0.6684007764691958
 */
export class PCG64DXSM extends Congruence {
  /** Whether half of a draw is kept, that half, the state and the increment; one word is empty. */
  readonly state = new Uint32Array(11);
  protected readonly multiplier = multipliers.PCG64DXSM;
  protected readonly at = { numbers: 2, half: 0 };

  constructor(seed?: Seed | SeedSequence) {
    super(seed);
    this.begin();
  }
}
