import { AppError } from '#shared/errors.ts';
import { unset } from '../create.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';

/** A source of random bits: the part of a stream that distributions are built on. The addon goes on from its state. */
export interface BitGenerator {
  /** The words of its state, by whose number the addon knows it. */
  readonly state: Uint32Array;
  /** A double in [0, 1) with 53 random bits. */
  nextDouble(): number;
}

/** What every source of random bits can do with its state. */
export abstract class Source implements BitGenerator {
  abstract readonly state: Uint32Array;

  /**
   * The next double in [0, 1), with 53 random bits.
   * @example new PCG64(1).nextDouble() // 0.5118216247002567
   */
  nextDouble(): number {
    const one = new Float64Array(1);
    native().randomDoubles(this.state, one, 0, 1);
    return one[0];
  }

  /**
   * Where the stream stands: the words of its state, uint32. Of as many as the kind of stream has, (k,).
   * @example new PCG64(1).words().dtype // 'uint32'
   */
  words(): NDArray {
    const made = unset([this.state.length], 'uint32');
    (made.data as Uint32Array).set(this.state, made.start);
    return made;
  }

  /**
   * Puts the stream where `words` said.
   * @throws AppError 'shape' for another number of words.
   * @example const bits = new PCG64(1); const words = bits.words(); bits.nextDouble(); bits.setWords(words.tolist()); bits.nextDouble() === new PCG64(1).nextDouble() // true
   */
  setWords(words: readonly number[]): void {
    if (words.length !== this.state.length)
      throw new AppError('shape', `Expected ${this.state.length} words of state but received ${words.length}`);
    this.state.set(words);
  }
}

/** Numbers of 64 bits into a state's words from place `at`, lower halves first. */
export function putWide(state: Uint32Array, at: number, numbers: readonly bigint[]): void {
  numbers.forEach((value, k) => {
    state[at + 2 * k] = Number(value & 0xffffffffn);
    state[at + 2 * k + 1] = Number((value >> 32n) & 0xffffffffn);
  });
}

/** `count` numbers of 64 bits from a state's words. */
export function wide(state: Uint32Array, at: number, count: number): bigint[] {
  return Array.from({ length: count }, (_, k) => BigInt(state[at + 2 * k]) | (BigInt(state[at + 2 * k + 1]) << 32n));
}
