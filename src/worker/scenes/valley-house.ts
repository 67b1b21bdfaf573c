import { clamp, hash, layeredNoise, mix, noise, scale, smoothstep, srgb, type Colour } from './paint.ts';

interface Painted {
  colour: Colour;
  /** How much of the pixel it covers. */
  share: number;
}

const wall = { left: 0.285, right: 0.615, top: 0.615, bottom: 0.795 };
const roof = { left: 0.255, right: 0.645, ridgeLeft: 0.315, ridgeRight: 0.585, ridge: 0.475, eaves: 0.628 };
const chimney = { left: 0.525, right: 0.56, top: 0.425, bottom: 0.56 };

/** 1 inside the rectangle, 0 outside, with an edge one pixel wide. */
function rectangle(
  x: number,
  y: number,
  left: number,
  right: number,
  top: number,
  bottom: number,
  pixel: number,
): number {
  const across = Math.min(x - left, right - x);
  const down = Math.min(y - top, bottom - y);
  return smoothstep(-pixel, pixel, Math.min(across, down));
}

/** Running bond: each course is shifted by half a brick. */
function bricks(x: number, y: number, pixel: number): Colour {
  const height = 0.0082;
  const length = 0.0235;
  const course = Math.floor(y / height);
  const shifted = x / length + 0.5 * (course & 1);
  const brick = Math.floor(shifted);
  const fromJoint = Math.min(
    Math.min(shifted - brick, 1 - shifted + brick) * length,
    Math.min(y / height - course, 1 - y / height + course) * height,
  );
  const tone = hash(brick, course, 7);
  const body = mix(srgb('#9a4a34'), tone > 0.5 ? srgb('#c1744f') : srgb('#7e3a2e'), 0.9 * Math.abs(2 * tone - 1));
  const rough = 0.8 + 0.4 * layeredNoise(x * 260, y * 260, 2, 9);
  return mix(srgb('#c9bba6'), scale(body, rough), smoothstep(0.0006, 0.0006 + 2 * pixel, fromJoint));
}

/** Rows of rounded tiles. */
function tiles(x: number, y: number): Colour {
  const height = 0.0128;
  const width = 0.0152;
  const row = Math.floor(y / height);
  const t = x / width + 0.5 * (row & 1);
  const tile = Math.floor(t);
  const across = t - tile - 0.5;
  const down = y / height - row;
  const body = mix(srgb('#5d3c3f'), srgb('#8d5a50'), hash(tile, row, 13));
  const round = 1 - 1.5 * across * across;
  const lip = smoothstep(1, 0.72, down + 0.5 * across * across);
  return scale(body, (0.55 + 0.5 * lip) * round * (0.9 + 0.2 * noise(x * 200, y * 200, 15)));
}

const panes = { glow: srgb('#f8d98c'), sky: srgb('#5f7fa6'), frame: srgb('#efe8d8') };

function window(x: number, y: number, cx: number, pixel: number): Painted | null {
  const cy = 0.69;
  const halfWidth = 0.026;
  const halfHeight = 0.036;
  const frame = rectangle(x, y, cx - halfWidth, cx + halfWidth, cy - halfHeight, cy + halfHeight, pixel);
  const sill = rectangle(x, y, cx - 0.034, cx + 0.034, cy + halfHeight, cy + halfHeight + 0.007, pixel);
  if (frame + sill === 0) return null;
  const dx = x - cx;
  const dy = y - cy;
  const bars = Math.min(
    Math.abs(dx),
    Math.abs(dy + 0.008),
    halfWidth - 0.004 - Math.abs(dx),
    halfHeight - 0.004 - Math.abs(dy),
  );
  const glass = mix(panes.sky, panes.glow, clamp(0.5 - 9 * dx + 4 * dy));
  const colour = mix(panes.frame, glass, smoothstep(0.0018, 0.0018 + 2 * pixel, bars));
  return sill > frame ? { colour: scale(panes.frame, 0.85), share: sill } : { colour, share: frame };
}

function door(x: number, y: number, pixel: number): Painted | null {
  const cx = 0.45;
  const arch = Math.sqrt((x - cx) ** 2 + Math.max(0, 0.705 - y) ** 2);
  const share = smoothstep(pixel, -pixel, Math.max(arch - 0.029, y - wall.bottom));
  if (share === 0) return null;
  const inner = smoothstep(pixel, -pixel, arch - 0.0245);
  const plank = Math.abs((((x - cx) / 0.0082 + 100.5) % 1) - 0.5);
  const wood = scale(srgb('#2f5d62'), (0.75 + 0.35 * noise(x * 240, y * 20, 21)) * (plank > 0.44 ? 0.6 : 1));
  const knob = Math.sqrt((x - cx - 0.016) ** 2 + (y - 0.748) ** 2);
  return { colour: mix(panes.frame, mix(wood, srgb('#e5c46a'), smoothstep(0.0032, 0.0018, knob)), inner), share };
}

/** The house at (x, y), or null beside it. */
export function brickHouse(x: number, y: number, pixel: number): Painted | null {
  if (x < 0.25 || x > 0.65 || y < 0.41 || y > 0.81) return null;
  let colour: Colour = srgb('#000000');
  let share = 0;
  const paint = (next: Colour, nextShare: number): void => {
    if (nextShare <= 0) return;
    colour = share === 0 ? next : mix(colour, next, nextShare);
    share = Math.max(share, nextShare);
  };

  paint(
    scale(bricks(x, y, pixel), 0.8 + 4 * (x - 0.54)),
    rectangle(x, y, chimney.left, chimney.right, chimney.top, chimney.bottom, pixel),
  );
  paint(
    srgb('#b9ab96'),
    rectangle(x, y, chimney.left - 0.004, chimney.right + 0.004, chimney.top - 0.006, chimney.top + 0.004, pixel),
  );

  const underEaves = 0.45 * smoothstep(0.03, 0, y - roof.eaves) + 0.15;
  const sunward = 0.86 + 0.5 * (x - wall.left);
  paint(
    scale(bricks(x, y, pixel), sunward * (1 - underEaves)),
    rectangle(x, y, wall.left, wall.right, wall.top, wall.bottom, pixel),
  );
  paint(
    scale(srgb('#8d877b'), 0.7 + 0.5 * noise(x * 120, y * 120, 25)),
    rectangle(x, y, wall.left - 0.004, wall.right + 0.004, 0.783, wall.bottom + 0.003, pixel),
  );
  for (const cx of [0.335, 0.395, 0.51, 0.57]) {
    const seen = window(x, y, cx, pixel);
    if (seen !== null) paint(seen.colour, seen.share);
  }
  const seen = door(x, y, pixel);
  if (seen !== null) paint(seen.colour, seen.share);

  const t = clamp((y - roof.ridge) / (roof.eaves - roof.ridge));
  const left = roof.ridgeLeft + (roof.left - roof.ridgeLeft) * t;
  const right = roof.ridgeRight + (roof.right - roof.ridgeRight) * t;
  const skewed = x - (x - 0.45) * 0.18 * t;
  paint(scale(tiles(skewed, y), 0.9 + 0.6 * (x - 0.25)), rectangle(x, y, left, right, roof.ridge, roof.eaves, pixel));
  paint(
    srgb('#4b3033'),
    rectangle(x, y, roof.ridgeLeft - 0.003, roof.ridgeRight + 0.003, roof.ridge - 0.004, roof.ridge + 0.003, pixel),
  );
  paint(
    srgb('#e9e1d0'),
    rectangle(x, y, roof.left - 0.002, roof.right + 0.002, roof.eaves - 0.003, roof.eaves + 0.004, pixel),
  );
  return share > 0 ? { colour, share } : null;
}

/** How dark the house makes the ground, 0 to 1: it falls to the left, away from the sun. */
export function houseShadow(x: number, y: number): number {
  const down = y - wall.bottom;
  if (down < -0.06 || down > 0.05) return 0;
  // The farther from the wall, the nearer the shadow's upper edge comes to its lower one.
  const away = Math.max(0, wall.left - x);
  const upper = -0.045 + 0.38 * away;
  const left = wall.left - 0.12;
  return (
    0.55 *
    smoothstep(left - 0.01, left + 0.03, x) *
    smoothstep(wall.right + 0.004, wall.right - 0.004, x) *
    smoothstep(0.03 - 0.06 * away, 0.016 - 0.06 * away, down) *
    (away > 0 ? smoothstep(upper - 0.008, upper + 0.008, down) : 1)
  );
}

/** A picket fence across the foreground, open where the path passes; null between the boards. */
export function fence(x: number, y: number, pixel: number): Painted | null {
  if (y < 0.83 || y > 0.965) return null;
  if (x > 0.475 && x < 0.68) return null;
  const spacing = 0.034;
  const board = Math.floor(x / spacing);
  const lean = 0.006 * (hash(board, 1, 27) - 0.5);
  const fromCentre = Math.abs(x / spacing - board - 0.5) * spacing + lean * (0.95 - y) * 4;
  const top = 0.842 + 0.006 * hash(board, 2, 27);
  const half = 0.0095;
  const picket = smoothstep(pixel, -pixel, Math.max(fromCentre - half, top + 0.9 * fromCentre - y, y - 0.952));
  const rail = Math.max(rectangle(x, y, -1, 3, 0.872, 0.882, pixel), rectangle(x, y, -1, 3, 0.921, 0.931, pixel));
  if (picket + rail === 0) return null;
  const grain = 0.78 + 0.34 * layeredNoise(x * 330, y * 26, 3, 29 + board);
  const weather = mix(srgb('#e9e4d8'), srgb('#b7b1a2'), 0.7 * smoothstep(0.9, 0.96, y) + 0.3 * hash(board, 3, 27));
  const edge = 0.82 + 0.18 * smoothstep(half, half - 0.004, fromCentre);
  if (picket >= rail) return { colour: scale(weather, grain * edge), share: picket };
  return { colour: scale(srgb('#cfc8b8'), 0.75 * (0.8 + 0.3 * noise(x * 24, y * 330, 31))), share: rail };
}
