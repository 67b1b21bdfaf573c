/**
 * Colour maps for values and the painting of value tiles.
 *
 * The maps are curves in OKLab (Björn Ottosson, 2020), resampled to equal perceived steps: equal differences
 * of value look equally different. Diverging: blue below zero, paper at zero, red above. Sequential: from the
 * paper to the deep end, so that nothing looks like nothing in either theme.
 */
export type MapName = 'diverging' | 'sequential' | 'grey';
export type MapTheme = 'light' | 'dark';
export type Rgb = readonly [number, number, number];

/** A colour map ready to paint with: `lut` holds `lutSize` colours as little-endian RGBA words. */
export interface ColourMap {
  name: MapName;
  theme: MapTheme;
  lut: Uint32Array;
  /** Two greys of the hatch that marks NaN. */
  nan: readonly [number, number];
  /** The colour that alternates with either end of the map where a value is infinite. */
  infinite: number;
}

/** How values reach the map: `low` is its first colour, `high` its last. */
export interface ColourScale {
  map: ColourMap;
  low: number;
  high: number;
  /** `symlog`: linear up to `threshold`, logarithmic beyond, for both signs. */
  transform: 'linear' | 'symlog';
  threshold: number;
}

/** Odd, so that the middle colour is exactly the colour of zero. */
export const lutSize = 2049;

type Lab = readonly [number, number, number];

const toLinear = (channel: number): number => {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
const toGamma = (linear: number): number =>
  255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055);

/** sRGB (0 to 255) to OKLab. */
export function oklabOf(rgb: Rgb): Lab {
  const r = toLinear(rgb[0]);
  const g = toLinear(rgb[1]);
  const b = toLinear(rgb[2]);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function linearRgbOf(lab: Lab): Rgb {
  const l = (lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2]) ** 3;
  const m = (lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2]) ** 3;
  const s = (lab[0] - 0.0894841775 * lab[1] - 1.291485548 * lab[2]) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** OKLab to sRGB; colours that no screen shows lose chroma, not lightness. */
function rgbOf(lab: Lab): Rgb {
  const fits = (chroma: number): boolean =>
    linearRgbOf([lab[0], lab[1] * chroma, lab[2] * chroma]).every((c) => c >= -1e-4 && c <= 1.0001);
  let chroma = 1;
  if (!fits(1)) {
    let low = 0;
    let high = 1;
    for (let step = 0; step < 20; step++) {
      chroma = (low + high) / 2;
      if (fits(chroma)) low = chroma;
      else high = chroma;
    }
    chroma = low;
  }
  const linear = linearRgbOf([lab[0], lab[1] * chroma, lab[2] * chroma]);
  const channel = (c: number): number => Math.round(toGamma(Math.min(1, Math.max(0, c))));
  return [channel(linear[0]), channel(linear[1]), channel(linear[2])];
}

const distance = (a: Lab, b: Lab): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** `count` colours along a curve in OKLab, spaced so that neighbours are equally far apart to the eye. */
function evenly(curve: (t: number) => Lab, count: number): Rgb[] {
  const fine = 1024;
  const points = Array.from({ length: fine + 1 }, (_, i) => oklabOf(rgbOf(curve(i / fine))));
  const lengths = [0];
  // A stride of several samples keeps 8-bit rounding out of the measured length.
  const stride = 16;
  for (let i = 1; i <= fine; i++) {
    const here = points[i];
    const behind = points[Math.max(0, i - stride)];
    lengths.push(lengths[i - 1] + distance(here, behind) / Math.min(i, stride));
  }
  const total = lengths[fine];
  const colours: Rgb[] = [];
  let i = 0;
  for (let n = 0; n < count; n++) {
    const wanted = (total * n) / (count - 1);
    while (i < fine - 1 && lengths[i + 1] < wanted) i++;
    const from = lengths[i];
    const to = lengths[i + 1];
    const t = (i + (to > from ? (wanted - from) / (to - from) : 0)) / fine;
    colours.push(rgbOf(curve(Math.min(1, Math.max(0, t)))));
  }
  return colours;
}

/** A quadratic Bézier in OKLab: leaves `start` towards `via`, arrives at `end`. */
const bezier =
  (start: Lab, via: Lab, end: Lab) =>
  (t: number): Lab => {
    const a = (1 - t) * (1 - t);
    const b = 2 * t * (1 - t);
    const c = t * t;
    return [
      a * start[0] + b * via[0] + c * end[0],
      a * start[1] + b * via[1] + c * end[1],
      a * start[2] + b * via[2] + c * end[2],
    ];
  };

const lch = (lightness: number, chroma: number, hue: number): Lab => [
  lightness,
  chroma * Math.cos((hue * Math.PI) / 180),
  chroma * Math.sin((hue * Math.PI) / 180),
];

const ends = {
  light: {
    zero: [250, 249, 246],
    // The negative end is the darker one, so that the signs stay apart in greyscale.
    negative: [lch(0.68, 0.13, 257), lch(0.4, 0.16, 262)],
    positive: [lch(0.76, 0.13, 44), lch(0.5, 0.19, 33)],
    grey: [
      [250, 249, 246],
      [24, 25, 28],
    ],
    nan: [
      [200, 198, 192],
      [226, 224, 219],
    ],
    infinite: [28, 29, 33],
  },
  dark: {
    zero: [34, 36, 42],
    negative: [lch(0.42, 0.15, 264), lch(0.74, 0.14, 256)],
    positive: [lch(0.46, 0.14, 36), lch(0.84, 0.13, 52)],
    grey: [
      [34, 36, 42],
      [240, 240, 243],
    ],
    nan: [
      [88, 90, 99],
      [64, 66, 74],
    ],
    infinite: [236, 236, 240],
  },
} as const;

function sequentialCurve(theme: MapTheme): (t: number) => Lab {
  // Lightness falls evenly while the hue turns from yellow through teal to indigo; chroma swells in the middle.
  const { zero } = ends[theme];
  const from = oklabOf(zero);
  const [first, last] = theme === 'light' ? [from[0], 0.3] : [from[0], 0.95];
  return (t) => {
    const depth = theme === 'light' ? t : 1 - t;
    const hue = 95 + 185 * depth ** 0.9;
    const chroma = 0.03 + 0.07 * depth + 0.07 * Math.sin(Math.PI * depth);
    const target = lch(first + (last - first) * t, chroma, hue);
    const own = Math.min(1, t / 0.12);
    return [target[0], from[1] + (target[1] - from[1]) * own, from[2] + (target[2] - from[2]) * own];
  };
}

const word = (rgb: Rgb): number => ((255 << 24) | (rgb[2] << 16) | (rgb[1] << 8) | rgb[0]) >>> 0;

function buildMap(name: MapName, theme: MapTheme): ColourMap {
  const { zero, negative, positive, grey, nan, infinite } = ends[theme];
  let colours: Rgb[];
  if (name === 'diverging') {
    const half = (lutSize + 1) / 2;
    const below = evenly(bezier(oklabOf(zero), negative[0], negative[1]), half);
    const above = evenly(bezier(oklabOf(zero), positive[0], positive[1]), half);
    colours = [...below.slice(1).reverse(), zero, ...above.slice(1)];
  } else if (name === 'sequential') {
    colours = evenly(sequentialCurve(theme), lutSize);
  } else {
    const from = oklabOf(grey[0]);
    const to = oklabOf(grey[1]);
    colours = evenly(
      (t) => [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t, from[2] + (to[2] - from[2]) * t],
      lutSize,
    );
  }
  return {
    name,
    theme,
    lut: Uint32Array.from(colours, word),
    nan: [word(nan[0]), word(nan[1])],
    infinite: word(infinite),
  };
}

const built = new Map<string, ColourMap>();

/** The colour map of a name and a theme; built once. */
export function colourMap(name: MapName, theme: MapTheme): ColourMap {
  const key = `${name} ${theme}`;
  let map = built.get(key);
  if (map === undefined) {
    map = buildMap(name, theme);
    built.set(key, map);
  }
  return map;
}

/** The panel that tinted cells lie on, as tokens.css has it. */
const panels: Record<MapTheme, Rgb> = { light: [255, 255, 255], dark: [28, 29, 34] };

/**
 * A map softened over the panel, for cells that carry text in the ordinary ink: its first part, stretched, at a
 * fraction of its strength.
 */
export function tintMap(name: MapName, theme: MapTheme): ColourMap {
  // In the dark the far ends are nearly white and would lose their hue when they are dimmed.
  const { strength, part } = theme === 'light' ? { strength: 0.46, part: 1 } : { strength: 0.58, part: 0.68 };
  const key = `tint ${name} ${theme}`;
  let map = built.get(key);
  if (map === undefined) {
    const full = colourMap(name, theme);
    const zero = oklabOf(ends[theme].zero);
    const base = oklabOf(panels[theme]);
    const centre = name === 'diverging' ? (lutSize - 1) / 2 : 0;
    const lut = full.lut.map((_, index) => {
      const lab = oklabOf(rgbOfWord(full.lut[Math.round(centre + (index - centre) * part)]));
      return word(
        rgbOf([
          base[0] + (lab[0] - zero[0]) * strength,
          base[1] + (lab[1] - zero[1]) * strength,
          base[2] + (lab[2] - zero[2]) * strength,
        ]),
      );
    });
    map = { ...full, lut };
    built.set(key, map);
  }
  return map;
}

/** Red, green and blue of a colour word. */
export function rgbOfWord(colour: number): Rgb {
  return [colour & 255, (colour >>> 8) & 255, (colour >>> 16) & 255];
}

/** `rgb(…)` of a colour word. */
export function cssOf(colour: number): string {
  return `rgb(${colour & 255} ${(colour >>> 8) & 255} ${(colour >>> 16) & 255})`;
}

/** Limits around zero of equal size, as signed data wants them; an empty or zero range gets ±1. */
export function symmetricScale(map: ColourMap, limit: number): ColourScale {
  const size = Number.isFinite(limit) && limit > 0 ? limit : 1;
  return { map, low: -size, high: size, transform: 'linear', threshold: size / 1000 };
}

/** From `low` to `high`; a constant array gets a range of one around it. */
export function linearScale(map: ColourMap, low: number, high: number): ColourScale {
  const a = Number.isFinite(low) ? low : 0;
  const b = Number.isFinite(high) && high > a ? high : a + 1;
  return { map, low: a, high: b, transform: 'linear', threshold: Math.max(Math.abs(a), Math.abs(b)) / 1000 };
}

/** The limits that suit a map: symmetric for diverging, the range itself otherwise. */
export function scaleFor(map: ColourMap, min: number, max: number): ColourScale {
  if (map.name === 'diverging') return symmetricScale(map, Math.max(Math.abs(min), Math.abs(max)));
  return linearScale(map, min, max);
}

const symlog = (value: number, threshold: number): number => Math.sign(value) * Math.log1p(Math.abs(value) / threshold);

/** Where a finite value stands on its scale: 0 at `low`, 1 at `high`, not clipped. */
export function positionOf(value: number, scale: ColourScale): number {
  if (scale.transform === 'linear') return (value - scale.low) / (scale.high - scale.low);
  const low = symlog(scale.low, scale.threshold);
  return (symlog(value, scale.threshold) - low) / (symlog(scale.high, scale.threshold) - low);
}

/** The value at a position of the scale: the inverse of `positionOf`. */
export function valueAt(position: number, scale: ColourScale): number {
  if (scale.transform === 'linear') return scale.low + (scale.high - scale.low) * position;
  const low = symlog(scale.low, scale.threshold);
  const y = low + (symlog(scale.high, scale.threshold) - low) * position;
  return Math.sign(y) * Math.expm1(Math.abs(y)) * scale.threshold;
}

/** The colour word of one value; NaN is the hatch's first grey, an infinity the end of its sign. */
export function colourOf(value: number, scale: ColourScale): number {
  const { lut } = scale.map;
  if (Number.isNaN(value)) return scale.map.nan[1];
  const last = lut.length - 1;
  if (!Number.isFinite(value)) return lut[value > 0 ? last : 0];
  const index = Math.round(positionOf(value, scale) * last);
  return lut[index < 0 ? 0 : index > last ? last : index];
}

/**
 * Paints `width`-wide rows of values into RGBA words. NaN becomes a diagonal hatch of greys, an infinity a
 * chequer of its end of the map and ink.
 */
export function paintInto(pixels: Uint32Array, values: Float32Array, width: number, scale: ColourScale): void {
  const { lut, nan, infinite } = scale.map;
  const last = lut.length - 1;
  const linear = scale.transform === 'linear';
  const low = linear ? scale.low : symlog(scale.low, scale.threshold);
  const high = linear ? scale.high : symlog(scale.high, scale.threshold);
  const factor = last / (high - low);
  const { threshold } = scale;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    // Infinities and NaN alone fail this.
    if (value - value === 0) {
      const y = linear ? value : value < 0 ? -Math.log1p(-value / threshold) : Math.log1p(value / threshold);
      const index = ((y - low) * factor + 0.5) | 0;
      pixels[i] = lut[y <= low ? 0 : index > last || y >= high ? last : index];
    } else {
      const diagonal = (i % width) + Math.floor(i / width);
      if (value !== value) pixels[i] = (diagonal & 3) < 2 ? nan[0] : nan[1];
      else pixels[i] = (diagonal & 1) === 0 ? infinite : lut[value > 0 ? last : 0];
    }
  }
}

/** Values as a picture of the same size. */
export function paint(values: Float32Array, width: number, height: number, scale: ColourScale): ImageData {
  const image = new ImageData(Math.max(1, width), Math.max(1, height));
  paintInto(new Uint32Array(image.data.buffer), values, width, scale);
  return image;
}

/** WCAG relative luminance. */
export function luminanceOf(rgb: Rgb): number {
  return 0.2126 * toLinear(rgb[0]) + 0.7152 * toLinear(rgb[1]) + 0.0722 * toLinear(rgb[2]);
}

/** WCAG contrast ratio, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const one = luminanceOf(a);
  const other = luminanceOf(b);
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

const darkInk: Rgb = [4, 4, 6];
const lightInk: Rgb = [255, 255, 255];

/** Ink or white, whichever reads better on a background: never below 4.5 : 1. */
export function textOn(background: Rgb): Rgb {
  return contrast(darkInk, background) >= contrast(lightInk, background) ? darkInk : lightInk;
}

/** The map as a CSS gradient from low to high, for legends. */
export function gradientOf(map: ColourMap, direction: 'to right' | 'to top' = 'to right'): string {
  const stops = 32;
  const colours = Array.from({ length: stops + 1 }, (_, i) =>
    cssOf(map.lut[Math.round((i / stops) * (map.lut.length - 1))]),
  );
  return `linear-gradient(${direction}, ${colours.join(', ')})`;
}
