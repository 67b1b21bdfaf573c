/** A source of random bits: the part of a stream that distributions are built on. The addon goes on from its state. */
export interface BitGenerator {
  /** 628 words of the Mersenne Twister or 10 of PCG64, as the addon reads them. */
  readonly state: Uint32Array;
  /** A double in [0, 1) with 53 random bits. */
  nextDouble(): number;
}
