import { srgb, type Colour } from './paint.ts';

/** The stripes of half a sett, in threads; the cloth repeats them mirrored. */
const stripes: readonly { colour: string; threads: number }[] = [
  { colour: '#14365e', threads: 22 },
  { colour: '#0d1b2e', threads: 4 },
  { colour: '#14365e', threads: 4 },
  { colour: '#0d1b2e', threads: 18 },
  { colour: '#1f5a45', threads: 20 },
  { colour: '#e8c25a', threads: 3 },
  { colour: '#1f5a45', threads: 8 },
  { colour: '#b8342f', threads: 4 },
  { colour: '#f1e9da', threads: 2 },
  { colour: '#b8342f', threads: 4 },
];

const half: readonly Colour[] = stripes.flatMap(({ colour, threads }) =>
  Array.from({ length: threads }, () => srgb(colour)),
);

const pixelsPerThread = 3;
/** A thread is round: its middle catches more light than its sides. */
const roundness = [0.82, 1.1, 0.9] as const;

/** sRGB bytes of one thread system, `pixels` long: three numbers per pixel. */
function threads(pixels: number, light: number): Uint8Array {
  const bytes = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i += 1) {
    const thread = Math.floor(i / pixelsPerThread) % (2 * half.length);
    const colour = half[thread < half.length ? thread : 2 * half.length - 1 - thread];
    const shade = light * roundness[i % pixelsPerThread];
    for (let channel = 0; channel < 3; channel += 1) {
      const linear = Math.min(1, colour[channel] * shade);
      bytes[3 * i + channel] = Math.round(255 * Math.min(1, linear ** (1 / 2.2)));
    }
  }
  return bytes;
}

/**
 * A tartan in a two-over-two twill, `width` × `height` RGB. Where the warp lies on top a pixel's value depends on its
 * column alone, elsewhere on its row alone, and the twill itself has rank 3, so each channel has rank 6 at most,
 * exactly, in whole numbers.
 */
export function plaid(width: number, height: number): Uint8Array {
  const rgb = new Uint8Array(3 * width * height);
  const warp = threads(width, 1.12);
  const weft = threads(height, 0.92);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / pixelsPerThread);
    for (let x = 0; x < width; x += 1) {
      const warpOnTop = (row + Math.floor(x / pixelsPerThread)) % 4 < 2;
      const at = 3 * (y * width + x);
      for (let channel = 0; channel < 3; channel += 1) {
        rgb[at + channel] = warpOnTop ? warp[3 * x + channel] : weft[3 * y + channel];
      }
    }
  }
  return rgb;
}
