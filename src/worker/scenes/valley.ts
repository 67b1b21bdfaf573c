import { clamp, hash, layeredNoise, mix, noise, put, scale, smoothstep, srgb, type Colour } from './paint.ts';
import { brickHouse, fence, houseShadow } from './valley-house.ts';

// Lengths are in picture heights: x runs from 0 to width / height, y from 0 (top) to 1.

const sky = { top: srgb('#4a86c5'), middle: srgb('#9cc3e6'), low: srgb('#f6dcb8') };
const sun = { x: 1.17, y: 0.2, radius: 0.052, colour: srgb('#fff3c9'), glow: srgb('#ffd9a0') };
const haze = srgb('#bccbdd');

interface Ridge {
  /** Mean height of the crest and how far it swings. */
  y: number;
  swing: number;
  /** Peaks per picture height. */
  pitch: number;
  octaves: number;
  seed: number;
  colour: Colour;
  /** How far the air has washed the colour out, 0 to 1. */
  far: number;
  snow: boolean;
  /** Tree tops along the crest and over the slope: their size, 0 for none. */
  trees: number;
}

const ridges: readonly Ridge[] = [
  { y: 0.36, swing: 0.3, pitch: 2.1, octaves: 7, seed: 11, colour: srgb('#5d7396'), far: 0.45, snow: true, trees: 0 },
  { y: 0.46, swing: 0.17, pitch: 2.6, octaves: 6, seed: 29, colour: srgb('#4a6583'), far: 0.32, snow: false, trees: 0 },
  {
    y: 0.54,
    swing: 0.13,
    pitch: 2.2,
    octaves: 5,
    seed: 47,
    colour: srgb('#3e6350'),
    far: 0.2,
    snow: false,
    trees: 0.006,
  },
  {
    y: 0.61,
    swing: 0.11,
    pitch: 1.7,
    octaves: 4,
    seed: 61,
    colour: srgb('#33592f'),
    far: 0.08,
    snow: false,
    trees: 0.011,
  },
];

function crest(ridge: Ridge, x: number): number {
  const swing = layeredNoise(x * ridge.pitch + ridge.seed, 0.5, ridge.octaves, ridge.seed) - 0.5;
  return ridge.y - ridge.swing * swing * 1.6;
}

/** Where the meadow begins. */
function meadowLine(x: number): number {
  return 0.655 + 0.02 * Math.sin(2.1 * x + 0.6) + 0.008 * Math.sin(6.3 * x);
}

function skyAt(x: number, y: number): Colour {
  const height = y / 0.62;
  let colour =
    height < 0.55 ? mix(sky.top, sky.middle, height / 0.55) : mix(sky.middle, sky.low, clamp((height - 0.55) / 0.45));
  const dx = x - sun.x;
  const dy = y - sun.y;
  const distance = Math.sqrt(dx * dx + dy * dy);
  colour = mix(colour, sun.glow, 0.75 * Math.exp(-distance * 5.5));
  const cloud = layeredNoise(x * 2.2 + 3.1, y * 7 + 0.35 * Math.sin(3 * x), 5, 5);
  const thickness = smoothstep(0.53, 0.78, cloud) * smoothstep(0.02, 0.14, y) * (1 - smoothstep(0.3, 0.48, y));
  colour = mix(colour, mix(srgb('#eef1f5'), srgb('#fff0da'), Math.exp(-distance * 2)), 0.85 * thickness);
  return mix(colour, sun.colour, smoothstep(sun.radius + 0.0015, sun.radius - 0.0015, distance));
}

function slope(ridge: Ridge, x: number, y: number, below: number): Colour {
  const grain = layeredNoise(x * 14, y * 22 + x * 6, 5, ridge.seed + 3);
  // The sun stands to the right: flanks that fall to the right are bright.
  const flank = noise(x * ridge.pitch * 6 + below * 9, y * 9, ridge.seed + 7);
  let colour = scale(ridge.colour, 0.62 + 0.5 * grain + 0.38 * (flank - 0.4));
  if (ridge.snow) {
    const line = 0.055 + 0.07 * (grain - 0.5) + 0.03 * (noise(x * 40, y * 40, 3) - 0.5);
    const white = smoothstep(line + 0.012, line - 0.012, below) * smoothstep(0.36, 0.27, y - below);
    colour = mix(colour, scale(srgb('#f3f4f7'), 0.72 + 0.4 * flank), white);
  }
  if (ridge.trees > 0) {
    const size = ridge.trees;
    const row = Math.floor(y / size);
    const column = Math.floor(x / size + 0.5 * (row % 2));
    const inTree = (x / size + 0.5 * (row % 2) - column - 0.5) * 0.8 + (y / size - row - 0.5) * 0.6;
    colour = scale(colour, 0.72 + 0.42 * hash(column, row, ridge.seed) + 0.35 * inTree);
  }
  const mist = ridge.far + 0.4 * (1 - ridge.far) * smoothstep(0.02, 0.2, below) * (ridge.far > 0.1 ? 1 : 0.3);
  return mix(colour, mix(haze, sky.low, 0.25), clamp(mist));
}

/** Jagged tree tops: how far they stand above the crest at x. */
function treeTops(ridge: Ridge, x: number): number {
  if (ridge.trees === 0) return 0;
  const t = x / ridge.trees;
  const tree = Math.floor(t);
  const height = 0.5 + 1.3 * hash(tree, 1, ridge.seed);
  return ridge.trees * height * (1 - Math.abs(2 * (t - tree) - 1));
}

function meadow(x: number, y: number): Colour {
  const depth = clamp((y - 0.64) / 0.36);
  // Blades grow taller towards the eye: the pattern is stretched by depth.
  const size = 0.006 + 0.03 * depth;
  const blades = layeredNoise((x / size) * 2.4, (y / size) * 0.55, 3, 83);
  const fine = noise(x * 420, (y * 130) / (0.4 + depth), 91);
  const patch = layeredNoise(x * 3.5, y * 11, 3, 71);
  let colour = mix(srgb('#7fa349'), srgb('#3f6e2c'), clamp(0.15 + 0.85 * depth));
  colour = mix(colour, srgb('#b9b553'), 0.55 * smoothstep(0.5, 0.72, patch) * (1 - 0.6 * depth));
  colour = scale(colour, 0.52 + 0.62 * blades + 0.32 * fine);
  const path = pathShare(x, y);
  if (path > 0) colour = mix(colour, scale(srgb('#cfb78d'), 0.72 + 0.4 * layeredNoise(x * 90, y * 60, 3, 17)), path);
  return mix(colour, flowerAt(x, y, depth), flowerShare(x, y, depth));
}

/** A path that winds from the door to the lower edge. */
function pathShare(x: number, y: number): number {
  const t = clamp((y - 0.792) / 0.208);
  if (y < 0.79) return 0;
  const centre = 0.452 + 0.2 * t * t + 0.03 * Math.sin(5 * t);
  const half = 0.016 + 0.075 * t * t;
  const ragged = 0.012 * (0.3 + t) * (noise(x * 60, y * 60, 19) - 0.5);
  return smoothstep(half + 0.006, half - 0.006, Math.abs(x - centre) + ragged) * smoothstep(0.79, 0.797, y);
}

const petals = [srgb('#f7f3e6'), srgb('#e9c53c'), srgb('#d9584c'), srgb('#9a7bd1')] as const;

function flowerCell(x: number, y: number, depth: number): { column: number; row: number; dx: number; dy: number } {
  const size = 0.014 + 0.02 * Math.floor(depth * 4) * 0.25;
  const column = Math.floor(x / size);
  const row = Math.floor(y / size);
  const dx = x / size - column - 0.25 - 0.5 * hash(column, row, 41);
  const dy = y / size - row - 0.25 - 0.5 * hash(column, row, 43);
  return { column, row, dx, dy };
}

function flowerShare(x: number, y: number, depth: number): number {
  if (depth < 0.15 || pathShare(x, y) > 0.1) return 0;
  const { column, row, dx, dy } = flowerCell(x, y, depth);
  const dense = smoothstep(0.5, 0.66, noise(x * 5, y * 9, 51));
  if (hash(column, row, 37) > 0.5 * dense) return 0;
  return smoothstep(0.2, 0.1, Math.sqrt(dx * dx + 1.6 * dy * dy));
}

function flowerAt(x: number, y: number, depth: number): Colour {
  const { column, row } = flowerCell(x, y, depth);
  return petals[Math.floor(hash(column, row, 39) * petals.length)];
}

/** A broad tree: crown of overlapping rounds over a trunk; null outside it. */
function tree(x: number, y: number, pixel: number): { colour: Colour; share: number } | null {
  const cx = 1.16;
  const base = 0.81;
  const dx = x - cx;
  if (Math.abs(dx) > 0.2 || y < 0.38 || y > base + 0.01) return null;
  const trunkHalf = 0.011 + 0.012 * smoothstep(0.7, base, y);
  const bark = scale(srgb('#5b4331'), 0.6 + 0.5 * noise(x * 170, y * 24, 23) + 6 * dx);
  let share = y > 0.6 && y < base ? smoothstep(trunkHalf + pixel, trunkHalf - pixel, Math.abs(dx)) : 0;
  let colour: Colour = bark;
  const rough = 0.05 * (layeredNoise(x * 26, y * 26, 4, 31) - 0.5);
  const crown = Math.sqrt((dx / 0.155) ** 2 + ((y - 0.555) / 0.135) ** 2) - 1 + rough * 5;
  const inCrown = smoothstep(0.03, -0.03, crown);
  if (inCrown > 0) {
    const leaf = layeredNoise(x * 75, y * 75, 3, 33);
    const clump = layeredNoise(x * 17, y * 17, 2, 35);
    const lightSide = clamp(0.5 + 2.4 * dx - 2.6 * (y - 0.55));
    const leaves = scale(
      mix(srgb('#2f5423'), srgb('#9dba4e'), clamp(0.65 * lightSide + 0.9 * (clump - 0.42))),
      0.5 + 0.95 * leaf,
    );
    colour = mix(colour, leaves, inCrown);
    share = Math.max(share, inCrown);
  }
  return share > 0 ? { colour, share } : null;
}

function treeShadow(x: number, y: number): number {
  const dx = (x - 1.05) / 0.2;
  const dy = (y - 0.812) / 0.02;
  return 0.55 * smoothstep(1.15, 0.3, Math.sqrt(dx * dx + dy * dy));
}

/** Hills, a brick house, a fence and grass under a low sun, `width` × `height` RGB. */
export function valley(width: number, height: number): Uint8Array {
  const rgb = new Uint8Array(3 * width * height);
  const pixel = 0.75 / height;
  // The crests depend on the column alone.
  const crests = ridges.map((ridge) =>
    Float64Array.from({ length: width }, (_, column) => {
      const x = ((column + 0.5) / width) * 1.5;
      return crest(ridge, x) - treeTops(ridge, x);
    }),
  );
  for (let row = 0; row < height; row += 1) {
    const y = (row + 0.5) / height;
    for (let column = 0; column < width; column += 1) {
      const x = ((column + 0.5) / width) * 1.5;
      const line = meadowLine(x);
      let colour: Colour = haze;
      if (y < line + pixel) {
        // Only what is not hidden by a nearer ridge is worth its noise.
        const first = crests.findLastIndex((heights) => y - heights[column] > pixel);
        if (first < 0) colour = skyAt(x, y);
        for (let i = Math.max(0, first); i < ridges.length; i += 1) {
          const below = y - crests[i][column];
          if (below < -pixel) continue;
          colour = mix(colour, slope(ridges[i], x, y, Math.max(0, below)), smoothstep(-pixel, pixel, below));
        }
      }
      if (y > line - pixel) {
        const shade = 1 - Math.max(houseShadow(x, y), treeShadow(x, y));
        colour = mix(colour, scale(meadow(x, y), shade), smoothstep(-pixel, pixel, y - line));
      }
      for (const thing of [tree(x, y, pixel), brickHouse(x, y, pixel), fence(x, y, pixel)]) {
        if (thing !== null) colour = mix(colour, thing.colour, thing.share);
      }
      put(rgb, 3 * (row * width + column), colour[0], colour[1], colour[2]);
    }
  }
  return rgb;
}
