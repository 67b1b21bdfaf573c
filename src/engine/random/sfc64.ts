import { native } from '../native.ts';
import { putWide, Source } from './bit-generator.ts';
import { type Seed, SeedSequence } from './seed-sequence.ts';

/**
 * SFC64 (Doty-Humphrey): three numbers that are mixed, and one that counts.
 *
 * @example new SFC64(42).nextDouble() // 0.5299360452325557
 */
export class SFC64 extends Source {
  /** Whether half of a draw is kept, that half, and four numbers, lower halves first; two words are empty. */
  readonly state = new Uint32Array(12);
  readonly seed_seq: SeedSequence;

  constructor(seed?: Seed | SeedSequence) {
    super();
    this.seed_seq = seed instanceof SeedSequence ? seed : new SeedSequence(seed);
    this.state.set(this.seed_seq.generate(6), 2);
    putWide(this.state, 8, [1n]);
    // Twelve draws are thrown away.
    native().randomDoubles(this.state, new Float64Array(12), 0, 1);
  }
}
