import { AppError } from '#shared/errors.ts';
import { putWide, Source, wide } from './bit-generator.ts';
import { type Seed, SeedSequence } from './seed-sequence.ts';

const counterAt = 2;
const keyAt = 10;
const readyAt = 14;
const takenAt = 22;

/**
 * Philox 4×64 with ten rounds (Salmon, Moraes, Dror and Shaw, 2011): numbers that are a function of a counter and a key.
 *
 * @example new Philox(42).nextDouble() // 0.08607763073528474
 */
export class Philox extends Source {
  /** Whether half of a draw is kept, that half, the counter, the key, what is ready, and how many of it are taken. */
  readonly state = new Uint32Array(24);
  readonly seed_seq: SeedSequence;

  /**
   * Seeded, or of a key below 2¹²⁸; the counter, below 2²⁵⁶, says where it begins.
   *
   * @throws AppError 'value' "seed and key cannot be both used", "counter must be positive and …".
   */
  constructor(seed?: Seed | SeedSequence | null, counter: bigint = 0n, key?: bigint | null) {
    super();
    if (seed !== undefined && seed !== null && key !== undefined && key !== null)
      throw new AppError('value', 'seed and key cannot be both used', { argument: 'key' });
    this.seed_seq = seed instanceof SeedSequence ? seed : new SeedSequence(seed ?? undefined);
    if (key === undefined || key === null) this.state.set(this.seed_seq.generate(4), keyAt);
    else putWide(this.state, keyAt, parts(key, 2, 'key'));
    putWide(this.state, counterAt, parts(counter, 4, 'counter'));
    this.forget();
  }

  /** Nothing is ready, and no half of a draw is kept. */
  private forget(): void {
    this.state.fill(0, readyAt, takenAt);
    putWide(this.state, takenAt, [4n]);
    this.state.fill(0, 0, 2);
  }

  /**
   * Goes `delta` blocks of four draws on; what was ready is dropped.
   * @example const bits = new Philox(1); bits.advance(1n); bits.nextDouble() // 0.24510580242049929
   */
  advance(delta: bigint): void {
    const counter = wide(this.state, counterAt, 4).reduce((sum, part, k) => sum + (part << BigInt(64 * k)), 0n);
    putWide(this.state, counterAt, parts(BigInt.asUintN(256, counter + delta), 4, 'counter'));
    this.forget();
  }

  /**
   * Goes as far on as `jumps` streams of their own would be long.
   * @example const bits = new Philox(1); bits.jump(1n); bits.nextDouble() // 0.9051008324781135
   */
  jump(jumps: bigint): void {
    this.advance(jumps << 128n);
  }
}

/** A number as `count` parts of 64 bits, lowest first. */
function parts(value: bigint, count: number, argument: string): bigint[] {
  if (value < 0n || value >> BigInt(64 * count) > 0n)
    throw new AppError('value', `${argument} must be positive and less than 2**${64 * count}.`, { argument });
  return Array.from({ length: count }, (_, k) => (value >> BigInt(64 * k)) & 0xffffffffffffffffn);
}
