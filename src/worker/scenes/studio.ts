import { clamp, mix, put, scale, smoothstep, srgb, type Colour } from './paint.ts';

type Vector = readonly [number, number, number];

interface Sphere {
  centre: Vector;
  radius: number;
  colour: Colour;
  /** Share of light mirrored when looked at straight on. */
  mirror: number;
  /** Sharpness of the highlight. */
  gloss: number;
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const along = (a: Vector, b: Vector, t: number): Vector => [a[0] + b[0] * t, a[1] + b[1] * t, a[2] + b[2] * t];
const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const unit = (a: Vector): Vector => {
  const length = Math.sqrt(dot(a, a));
  return [a[0] / length, a[1] / length, a[2] / length];
};

/** A sphere that stands on the floor. */
const standing = (x: number, z: number, radius: number, colour: string, mirror: number, gloss: number): Sphere => ({
  centre: [x, radius, z],
  radius,
  colour: srgb(colour),
  mirror,
  gloss,
});

const spheres: readonly Sphere[] = [
  standing(-0.2, 0.35, 1.05, '#c9472f', 0.05, 60),
  standing(-2.15, 1.5, 0.9, '#e3a72f', 0.04, 40),
  standing(1.75, 1.1, 0.8, '#1f8a84', 0.05, 70),
  standing(0.95, -0.95, 0.42, '#f2ece0', 0.03, 24),
  standing(-1.35, -0.75, 0.5, '#8f959c', 0.6, 260),
  standing(2.55, -0.35, 0.34, '#6a4fb0', 0.05, 80),
  standing(0.1, 3.6, 1.25, '#3c63b8', 0.05, 50),
];

const light = unit([-0.62, 0.9, -0.55]);
const camera: Vector = [0.25, 2.05, -6.4];
const forward = unit([-0.02, -0.185, 1]);
const right = unit([forward[2], 0, -forward[0]]);
const up: Vector = [
  forward[1] * right[2] - forward[2] * right[1],
  forward[2] * right[0] - forward[0] * right[2],
  forward[0] * right[1] - forward[1] * right[0],
];

const wall = { low: srgb('#d9d3c7'), high: srgb('#7f8b99') };
const tile = { dark: srgb('#39414d'), pale: srgb('#d8d2c5') };

/** Distance along the ray to a sphere, or Infinity. */
function reach(sphere: Sphere, origin: Vector, direction: Vector): number {
  const to = minus(origin, sphere.centre);
  const b = dot(to, direction);
  const c = dot(to, to) - sphere.radius * sphere.radius;
  const inside = b * b - c;
  if (inside < 0) return Infinity;
  const distance = -b - Math.sqrt(inside);
  return distance > 1e-4 ? distance : Infinity;
}

/** How much of a broad lamp is seen from `point`, 0 to 1: shadows with soft edges. */
function lit(point: Vector, except: Sphere | null): number {
  let open = 1;
  for (const sphere of spheres) {
    if (sphere === except) continue;
    const to = minus(sphere.centre, point);
    const depth = dot(to, light);
    if (depth <= 0) continue;
    const miss = Math.sqrt(Math.max(0, dot(to, to) - depth * depth)) - sphere.radius;
    open *= smoothstep(-0.16 * depth, 0.16 * depth, miss);
  }
  return open;
}

/** How much of the room is seen from `point`: darker where spheres are near. */
function openness(point: Vector, normal: Vector, except: Sphere | null): number {
  let open = 1;
  for (const sphere of spheres) {
    if (sphere === except) continue;
    const to = minus(sphere.centre, point);
    const distance = Math.sqrt(dot(to, to));
    const facing = Math.max(0, dot(normal, to) / distance);
    open *= 1 - facing * Math.min(1, (sphere.radius / distance) ** 2) * 0.85;
  }
  return open;
}

function backdrop(direction: Vector): Colour {
  const height = clamp(direction[1] * 1.6);
  const glow = Math.exp(-8 * ((direction[0] + 0.25) ** 2 + (direction[1] - 0.12) ** 2));
  return mix(mix(wall.low, wall.high, Math.sqrt(height)), srgb('#f4ead8'), 0.55 * glow);
}

/** The share of pale tile in a box of width `w` around `t`: squares of size 1 without jagged edges. */
function paleShare(t: number, w: number): number {
  const integral = (at: number): number => {
    const half = at / 2;
    return 2 * (Math.floor(half) + Math.max(0, (half - Math.floor(half)) * 2 - 1) / 2);
  };
  return clamp((integral(t + w / 2) - integral(t - w / 2)) / w);
}

function floor(point: Vector, direction: Vector, distance: number, pixel: number): Colour {
  const blur = (distance * pixel) / Math.max(0.02, -direction[1]);
  const a = paleShare(point[0] * 0.9 + 100.3, Math.max(distance * pixel, 1e-4));
  const b = paleShare(point[2] * 0.9 + 100.1, Math.max(blur, 1e-4));
  const pale = a * (1 - b) + b * (1 - a);
  const own = mix(tile.dark, tile.pale, pale);
  const brightness = 0.24 * openness(point, [0, 1, 0], null) + 0.95 * lit(point, null) * light[1];
  return mix(scale(own, brightness), backdrop([direction[0], 0, direction[2]]), smoothstep(9, 26, distance));
}

/** The colour seen along a ray; mirrors are followed `depth` times. */
function look(origin: Vector, direction: Vector, pixel: number, depth: number): Colour {
  let nearest = Infinity;
  let hit: Sphere | null = null;
  for (const sphere of spheres) {
    const distance = reach(sphere, origin, direction);
    if (distance < nearest) {
      nearest = distance;
      hit = sphere;
    }
  }
  const toFloor = direction[1] < 0 ? -origin[1] / direction[1] : Infinity;
  if (toFloor < nearest) {
    const point = along(origin, direction, toFloor);
    const seen = floor(point, direction, toFloor, pixel);
    if (depth === 0) return seen;
    // Polished stone: it mirrors more the flatter it is looked at.
    const share = 0.05 + 0.5 * (1 + direction[1]) ** 6;
    const mirrored = look(
      along(point, [0, 1, 0], 1e-3),
      [direction[0], -direction[1], direction[2]],
      pixel * 3,
      depth - 1,
    );
    return mix(seen, mirrored, share * (1 - smoothstep(8, 20, toFloor)));
  }
  if (hit === null) return backdrop(direction);

  const point = along(origin, direction, nearest);
  const normal = unit(minus(point, hit.centre));
  const facing = -dot(normal, direction);
  const bounce = along(direction, normal, 2 * facing);
  const lamp = lit(point, hit);
  const fromFloor = 0.12 * (1 - normal[1]) * clamp(1.4 - point[1]);
  const brightness =
    0.26 * openness(point, normal, hit) * (0.65 + 0.35 * normal[1]) +
    fromFloor +
    0.95 * lamp * Math.max(0, dot(normal, light));
  const body = scale(hit.colour, brightness);
  const share = hit.mirror + (1 - hit.mirror) * 0.55 * (1 - clamp(facing)) ** 5;
  const mirrored = depth > 0 ? look(along(point, normal, 1e-3), bounce, pixel * 2, depth - 1) : backdrop(bounce);
  const highlight = lamp * Math.max(0, dot(bounce, light)) ** hit.gloss * (0.35 + hit.mirror);
  const seen = mix(body, mirrored, share);
  return [seen[0] + highlight, seen[1] + highlight, seen[2] + highlight];
}

/** The pixels where a neighbour differs so much that an edge runs between them. */
function edges(linear: Float32Array, width: number, height: number): Uint8Array {
  const found = new Uint8Array(width * height);
  const differ = (a: number, b: number): boolean =>
    Math.abs(linear[3 * a] - linear[3 * b]) > 0.02 ||
    Math.abs(linear[3 * a + 1] - linear[3 * b + 1]) > 0.02 ||
    Math.abs(linear[3 * a + 2] - linear[3 * b + 2]) > 0.02;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      if (x + 1 < width && differ(at, at + 1)) found[at] = found[at + 1] = 1;
      if (y + 1 < height && differ(at, at + width)) found[at] = found[at + width] = 1;
    }
  }
  return found;
}

/** Shaded spheres on a chequered floor in perspective, `width` × `height` RGB. */
export function studio(width: number, height: number): Uint8Array {
  const pixel = 0.72 / height;
  const see = (x: number, y: number): Colour => {
    const across = along(forward, right, (x - width / 2) * pixel);
    return look(camera, unit(along(across, up, (height / 2 - y) * pixel)), pixel, 2);
  };
  const linear = new Float32Array(3 * width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) linear.set(see(x + 0.5, y + 0.5), 3 * (y * width + x));
  }

  // Smooth shading is seen well enough once; edges are looked at nine times.
  const samples = 3;
  const rgb = new Uint8Array(3 * width * height);
  const edge = edges(linear, width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      const sum = [0, 0, 0];
      const count = edge[at] === 1 ? samples : 1;
      for (let sample = 0; sample < count * count; sample += 1) {
        const seen =
          count === 1
            ? linear.subarray(3 * at, 3 * at + 3)
            : see(x + ((sample % count) + 0.5) / count, y + (Math.floor(sample / count) + 0.5) / count);
        for (let channel = 0; channel < 3; channel += 1) sum[channel] += Math.min(1, seen[channel]);
      }
      const vignette = 1 - 0.22 * ((2 * x) / width - 1) ** 2 * ((2 * y) / height - 1) ** 2;
      const share = vignette / (count * count);
      put(rgb, 3 * at, sum[0] * share, sum[1] * share, sum[2] * share);
    }
  }
  return rgb;
}
