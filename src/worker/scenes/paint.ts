/** Colours and repeatable noise that the generated pictures share. Colours are linear RGB, 0 to 1. */
export type Colour = readonly [number, number, number];

export function clamp(value: number, low = 0, high = 1): number {
  return value < low ? low : value > high ? high : value;
}

/** 0 below `from`, 1 above `to`, with a smooth passage between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from));
  return t * t * (3 - 2 * t);
}

export function mix(a: Colour, b: Colour, t: number): Colour {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

export function scale(colour: Colour, factor: number): Colour {
  return [colour[0] * factor, colour[1] * factor, colour[2] * factor];
}

/** A colour written as on the web, "#rrggbb". */
export function srgb(hex: string): Colour {
  const part = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
}

const encoded = Uint8Array.from({ length: 4097 }, (_, i) => {
  const linear = i / 4096;
  return Math.round(255 * (linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055));
});

/** Writes a linear colour as three sRGB bytes. */
export function put(rgb: Uint8Array, at: number, red: number, green: number, blue: number): void {
  rgb[at] = encoded[Math.round(clamp(red) * 4096)]!;
  rgb[at + 1] = encoded[Math.round(clamp(green) * 4096)]!;
  rgb[at + 2] = encoded[Math.round(clamp(blue) * 4096)]!;
}

/** A number in [0, 1) that depends only on two integers and a seed. */
export function hash(x: number, y: number, seed = 0): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Smooth noise in [0, 1) with features of size 1. */
export function noise(x: number, y: number, seed = 0): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const u = x - x0;
  const v = y - y0;
  const s = u * u * (3 - 2 * u);
  const t = v * v * (3 - 2 * v);
  const top = hash(x0, y0, seed) * (1 - s) + hash(x0 + 1, y0, seed) * s;
  const bottom = hash(x0, y0 + 1, seed) * (1 - s) + hash(x0 + 1, y0 + 1, seed) * s;
  return top + (bottom - top) * t;
}

/** `octaves` of noise, each twice as fine and half as strong; about 0.5 on average. */
export function layeredNoise(x: number, y: number, octaves: number, seed = 0): number {
  let sum = 0;
  let strength = 0.5;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += strength * noise(x, y, seed + octave);
    x *= 2.03;
    y *= 2.03;
    strength *= 0.5;
  }
  return sum / (1 - 0.5 ** octaves);
}
