import { AppError } from '#shared/errors.ts';
import { unset } from '../create.ts';
import type { NDArray } from '../ndarray.ts';

const poolSize = 4;
const initA = 0x43b0d7e5;
const multA = 0x931e8875;
const initB = 0x8b51f9dd;
const multB = 0x58f38ded;
const mixLeft = 0xca01f9dd;
const mixRight = 0x4973f715;

/** Seeds as people give them: a whole number of any size, or several. */
export type Seed = number | bigint | readonly (number | bigint)[];

/**
 * Entropy spread over as much state as a generator wants, after O'Neill's `seed_seq` as NumPy has it.
 *
 * @throws AppError 'value' for negative seeds.
 * @example [...new SeedSequence(42).generate(2)] // [3444837047, 2669555309]
 */
export class SeedSequence {
  /** What the pool is filled from: given, or 128 bits of chance. */
  readonly entropy: Seed;
  readonly spawn_key: readonly number[];
  n_children_spawned: number;
  private readonly pool = new Uint32Array(poolSize);

  constructor(entropy?: Seed, spawnKey: readonly number[] = [], n_children_spawned = 0) {
    this.entropy = entropy ?? chance();
    this.spawn_key = spawnKey;
    this.n_children_spawned = n_children_spawned;
    const given = (typeof this.entropy === 'object' ? this.entropy : [this.entropy]).flatMap(words);
    const assembled =
      spawnKey.length > 0 && given.length < poolSize
        ? [...given, ...new Array<number>(poolSize - given.length).fill(0)]
        : given;
    this.mix([...assembled, ...spawnKey.flatMap(words)]);
  }

  private mix(entropy: readonly number[]): void {
    let constant = initA;
    const hashed = (value: number): number => {
      let word = (value ^ constant) >>> 0;
      constant = Math.imul(constant, multA) >>> 0;
      word = Math.imul(word, constant) >>> 0;
      return (word ^ (word >>> 16)) >>> 0;
    };
    const mixed = (x: number, y: number): number => {
      const result = (Math.imul(mixLeft, x) - Math.imul(mixRight, y)) >>> 0;
      return (result ^ (result >>> 16)) >>> 0;
    };
    const { pool } = this;
    for (let i = 0; i < poolSize; i++) pool[i] = hashed(entropy[i] ?? 0);
    for (let from = 0; from < poolSize; from++) {
      for (let to = 0; to < poolSize; to++) if (from !== to) pool[to] = mixed(pool[to], hashed(pool[from]));
    }
    for (let from = poolSize; from < entropy.length; from++) {
      for (let to = 0; to < poolSize; to++) pool[to] = mixed(pool[to], hashed(entropy[from]));
    }
  }

  /** Sequences for streams that do not overlap, each call further ones. @example new SeedSequence(1).spawn(2).map((s) => s.spawn_key) // [[0], [1]] */
  spawn(n_children: number): SeedSequence[] {
    const first = this.n_children_spawned;
    this.n_children_spawned += n_children;
    return Array.from({ length: n_children }, (_, k) => new SeedSequence(this.entropy, [...this.spawn_key, first + k]));
  }

  /**
   * Words of state as an array, of 32 bits or of 64.
   *
   * (n_words,), uint32 unless uint64 is asked for.
   *
   * @throws AppError 'value' "only support uint32 or uint64".
   * @example new SeedSequence(42).generate_state(2).tolist() // [3444837047, 2669555309]
   */
  generate_state(n_words: number, dtype: 'uint32' | 'uint64' = 'uint32'): NDArray {
    if (dtype !== 'uint32' && dtype !== 'uint64')
      throw new AppError('value', 'only support uint32 or uint64', { argument: 'dtype' });
    const made = unset([n_words], dtype);
    const half = this.generate(dtype === 'uint64' ? 2 * n_words : n_words);
    new Uint32Array(made.buffer, made.offset, half.length).set(half);
    return made;
  }

  /**
   * `count` 32-bit words of state.
   * @example [...new SeedSequence(42).generate(2)] // [3444837047, 2669555309]
   */
  generate(count: number): Uint32Array {
    const state = new Uint32Array(count);
    let constant = initB;
    for (let i = 0; i < count; i++) {
      let word = (this.pool[i % poolSize] ^ constant) >>> 0;
      constant = Math.imul(constant, multB) >>> 0;
      word = Math.imul(word, constant) >>> 0;
      state[i] = (word ^ (word >>> 16)) >>> 0;
    }
    return state;
  }
}

/** 128 bits of chance as one number. */
function chance(): bigint {
  return [...crypto.getRandomValues(new Uint32Array(poolSize))].reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
}

/** A whole number as 32-bit words, lowest first. */
function words(value: number | bigint): number[] {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new AppError('dtype', 'SeedSequence expects int or sequence of ints for entropy', { argument: 'seed' });
  }
  let rest = BigInt(value);
  if (rest < 0n) throw new AppError('value', 'expected non-negative integer', { argument: 'seed' });
  const list: number[] = [];
  do {
    list.push(Number(rest & 0xffffffffn));
    rest >>= 32n;
  } while (rest > 0n);
  return list;
}
