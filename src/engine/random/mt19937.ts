import { AppError } from '#shared/errors.ts';
import { type ArrayLike, asarray, unset } from '../create.ts';
import type { NDArray } from '../ndarray.ts';
import { Source } from './bit-generator.ts';
import { leapTwister } from './mt19937-jump.ts';

const length = 624;

/**
 * The Mersenne Twister (Matsumoto and Nishimura, 1998), the generator behind `random.seed` and `random.rand`.
 *
 * @example new MT19937(42).nextDouble() // 0.3745401188473625
 */
export class MT19937 extends Source {
  /** The key, the place in it, whether a normal draw is kept, and that draw; one word more under a Generator. */
  readonly state: Uint32Array;

  /** Seeded by one 32-bit number, or by several. `modern`: what is drawn from it is drawn as from PCG64. */
  constructor(seed: number | readonly number[], modern = false) {
    super();
    this.state = new Uint32Array(length + (modern ? 5 : 4));
    if (typeof seed === 'number') this.seedByNumber(seed);
    else this.seedByList(seed);
  }

  private seedByNumber(seed: number): void {
    const key = this.state;
    key[0] = seed;
    for (let i = 1; i < length; i++) key[i] = Math.imul(1812433253, key[i - 1] ^ (key[i - 1] >>> 30)) + i;
    key[length] = length;
  }

  private seedByList(list: readonly number[]): void {
    const key = this.state;
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

  /** The key, the place in it, and the normal draw that is kept, as NumPy names them. */
  get_state(): { key: NDArray; pos: number; has_gauss: number; gauss: number } {
    const key = unset([length], 'uint32');
    (key.data as Uint32Array).set(this.state.subarray(0, length), key.start);
    const gauss = new Float64Array(this.state.slice(length + 2, length + 4).buffer)[0];
    const kept = this.state[length + 1] !== 0;
    return { key, pos: this.state[length], has_gauss: kept ? 1 : 0, gauss: kept ? gauss : 0 };
  }

  /** Goes on from such a state. @throws AppError 'dtype' for a key of another length. */
  set_state(state: { key: ArrayLike; pos: number; has_gauss?: number; gauss?: number }): void {
    const key = asarray(state.key, 'uint32');
    if (key.size !== length) throw new AppError('dtype', 'state must be a dict or a tuple of 624 numbers and a place');
    if (!(state.pos >= 0 && state.pos <= length)) throw new AppError('value', `pos must be between 0 and ${length}`);
    this.state.set(key.tolist() as number[]);
    this.state[length] = state.pos;
    this.state[length + 1] = state.has_gauss ? 1 : 0;
    this.state.set(new Uint32Array(Float64Array.of(state.gauss ?? 0).buffer), length + 2);
  }

  /** Goes 2¹²⁸ numbers on, `jumps` times. */
  jump(jumps: bigint): void {
    for (let k = 0n; k < jumps; k++) this.state[length] = leapTwister(this.state, this.state[length]);
  }

  /** Forgets the second half of a pair of normal draws. */
  forgetNormal(): void {
    this.state[length + 1] = 0;
  }
}
