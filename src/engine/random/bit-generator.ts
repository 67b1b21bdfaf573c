/** A source of random bits: the part of a stream that distributions are built on. */
export interface BitGenerator {
  /** The next 32 bits. */
  next32(): number;
  /** The next 64 bits; they then lie in `high` and `low`. */
  next64(): void;
  high: number;
  low: number;
  /** A double in [0, 1) with 53 random bits. */
  nextDouble(): number;
}

/** A whole number in [0, max], max < 2³², by Lemire's method (2019), which rarely draws twice. */
export function bounded32(bits: BitGenerator, max: number): number {
  if (max === 0) return 0;
  if (max === 0xffffffff) return bits.next32();
  const count = max + 1;
  let draw = bits.next32();
  let low = Math.imul(draw, count) >>> 0;
  if (low < count) {
    const threshold = (0xffffffff - max) % count;
    while (low < threshold) {
      draw = bits.next32();
      low = Math.imul(draw, count) >>> 0;
    }
  }
  return highProduct(draw, count);
}

/** The upper 32 bits of the product of two 32-bit numbers. */
export function highProduct(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const middle = ah * bl + ((al * bl) >>> 16);
  const low = al * bh + (middle & 0xffff);
  return (ah * bh + (middle - (middle & 0xffff)) / 65536 + Math.floor(low / 65536)) >>> 0;
}

/** A whole number in [0, max] of up to 64 bits, by Lemire's method. */
export function bounded64(bits: BitGenerator, max: bigint): bigint {
  if (max <= 0xffffffffn) return BigInt(bounded32(bits, Number(max)));
  if (max === 0xffffffffffffffffn) return draw64(bits);
  const count = max + 1n;
  let product = draw64(bits) * count;
  let low = BigInt.asUintN(64, product);
  if (low < count) {
    const threshold = (0xffffffffffffffffn - max) % count;
    while (low < threshold) {
      product = draw64(bits) * count;
      low = BigInt.asUintN(64, product);
    }
  }
  return product >> 64n;
}

/** The next 64 bits as one number. */
export function draw64(bits: BitGenerator): bigint {
  bits.next64();
  return (BigInt(bits.high) << 32n) | BigInt(bits.low);
}

/** A whole number in [0, max] by drawing masked bits until they fit, as NumPy's legacy streams do. */
export function masked(bits: BitGenerator, max: number): number {
  if (max === 0) return 0;
  let mask = max;
  for (const shift of [1, 2, 4, 8, 16]) mask |= mask >>> shift;
  mask >>>= 0;
  for (;;) {
    const value = (bits.next32() & mask) >>> 0;
    if (value <= max) return value;
  }
}

/** `masked` for up to 64 bits. */
export function masked64(bits: BitGenerator, max: bigint): bigint {
  if (max <= 0xffffffffn) return BigInt(masked(bits, Number(max)));
  const mask = (1n << BigInt(max.toString(2).length)) - 1n;
  for (;;) {
    const value = draw64(bits) & mask;
    if (value <= max) return value;
  }
}

/**
 * Small integers drawn several from each 32 bits, lowest first, as NumPy does for bool, 8- and 16-bit dtypes.
 * `width` 1, 8 or 16; `max` < 2^width.
 */
export function smallBounded(bits: BitGenerator, max: number, width: 1 | 8 | 16, lemire: boolean): () => number {
  const top = 2 ** width - 1;
  const perDraw = 32 / width;
  let left = 0;
  let buffer = 0;
  const take = (): number => {
    if (left === 0) {
      buffer = bits.next32();
      left = perDraw - 1;
    } else {
      buffer >>>= width;
      left--;
    }
    return buffer & top;
  };
  if (max === 0) return () => 0;
  if (max === top) return take;
  if (!lemire) {
    let mask = max;
    for (const shift of [1, 2, 4, 8]) mask |= mask >>> shift;
    return () => {
      for (;;) {
        const value = take() & mask;
        if (value <= max) return value;
      }
    };
  }
  const count = max + 1;
  return () => {
    let product = take() * count;
    if ((product & top) < count) {
      const threshold = (top - max) % count;
      while ((product & top) < threshold) product = take() * count;
    }
    return product >>> width;
  };
}
