import { describe, expect, it } from 'vitest';
import {
  colourMap,
  colourOf,
  contrast,
  linearScale,
  lutSize,
  oklabOf,
  paintInto,
  positionOf,
  rgbOfWord,
  symmetricScale,
  textOn,
  tintMap,
  valueAt,
  type MapName,
  type MapTheme,
  type Rgb,
} from '#renderer/colour-map.ts';

const themes: MapTheme[] = ['light', 'dark'];
const names: MapName[] = ['diverging', 'sequential', 'grey'];

describe.each(themes)('colour maps, %s', (theme) => {
  it.each(names)('%s steps evenly to the eye', (name) => {
    const { lut } = colourMap(name, theme);
    expect(lut.length).toBe(lutSize);
    const stops = 17;
    const labs = Array.from({ length: stops }, (_, i) =>
      oklabOf(rgbOfWord(lut[Math.round((i / (stops - 1)) * (lutSize - 1))])),
    );
    const steps = labs.slice(1).map((lab, i) => Math.hypot(...lab.map((c, k) => c - labs[i]?.[k])));
    const halves = name === 'diverging' ? [steps.slice(0, 8), steps.slice(8)] : [steps];
    for (const half of halves) {
      const mean = half.reduce((a, b) => a + b) / half.length;
      for (const step of half) expect(Math.abs(step / mean - 1)).toBeLessThan(0.2);
    }
  });

  it.each(['sequential', 'grey'] as const)('%s changes lightness in one direction', (name) => {
    const { lut } = colourMap(name, theme);
    const lightness = Array.from({ length: 33 }, (_, i) => oklabOf(rgbOfWord(lut[i * 64]))[0]);
    const sign = Math.sign(lightness[32] - lightness[0]);
    for (let i = 1; i < 33; i++) {
      expect(sign * (lightness[i] - lightness[i - 1])).toBeGreaterThan(0);
    }
  });

  it('diverging: blue below, red above, apart in greyscale too', () => {
    const scale = symmetricScale(colourMap('diverging', theme), 2);
    const low = rgbOfWord(colourOf(-2, scale));
    const high = rgbOfWord(colourOf(2, scale));
    expect(low[2]).toBeGreaterThan(low[0]);
    expect(high[0]).toBeGreaterThan(high[2]);
    expect(Math.abs(oklabOf(low)[0] - oklabOf(high)[0])).toBeGreaterThan(0.05);
    expect(colourOf(0, scale)).toBe(scale.map.lut[(lutSize - 1) / 2]);
  });

  it.each(names)('%s as a tint carries text at 4.5 : 1', (name) => {
    const { lut } = tintMap(name, theme);
    const ink: Rgb = theme === 'dark' ? [236, 236, 240] : [28, 29, 33];
    for (let i = 0; i < lut.length; i += 16) {
      expect(contrast(ink, rgbOfWord(lut[i]))).toBeGreaterThan(4.5);
    }
  });

  it.each(names)('%s: ink or white reads on every colour', (name) => {
    const { lut } = colourMap(name, theme);
    for (let i = 0; i < lut.length; i += 8) {
      const back = rgbOfWord(lut[i]);
      expect(contrast(textOn(back), back)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe('painting', () => {
  const map = colourMap('diverging', 'light');

  it('paints every value as colourOf does, clipping what is outside', () => {
    const scale = symmetricScale(map, 1);
    const values = Float32Array.from([-5, -1, -0.3, 0, 1e-30, 0.25, 1, 9, 3e38, -3e38]);
    const pixels = new Uint32Array(values.length);
    paintInto(pixels, values, 5, scale);
    values.forEach((value, i) => expect(pixels[i]).toBe(colourOf(value, scale)));
  });

  it('hatches NaN and marks infinities apart from the largest finite value', () => {
    const scale = linearScale(map, 0, 1);
    const values = Float32Array.from([NaN, NaN, NaN, NaN, Infinity, Infinity, -Infinity, -Infinity]);
    const pixels = new Uint32Array(8);
    paintInto(pixels, values, 8, scale);
    expect(new Set(pixels.slice(0, 4))).toEqual(new Set(map.nan));
    expect(new Set(pixels.slice(4, 6))).toEqual(new Set([map.infinite, map.lut[lutSize - 1]]));
    expect(new Set(pixels.slice(6, 8))).toEqual(new Set([map.infinite, map.lut[0]]));
  });

  it('symlog puts equal ratios at equal distances and inverts', () => {
    const scale = { ...symmetricScale(map, 1000), transform: 'symlog' as const, threshold: 0.001 };
    const gap = (a: number, b: number) => positionOf(b, scale) - positionOf(a, scale);
    expect(gap(1, 10)).toBeCloseTo(gap(10, 100), 3);
    for (const value of [-1000, -3, 0, 0.002, 70])
      expect(valueAt(positionOf(value, scale), scale)).toBeCloseTo(value, 8);
  });

  it('survives constant and empty ranges', () => {
    expect(positionOf(5, linearScale(map, 5, 5))).toBe(0);
    expect(positionOf(0, symmetricScale(map, 0))).toBe(0.5);
    expect(positionOf(0, symmetricScale(map, NaN))).toBe(0.5);
  });
});
