/** Points by the ten thousand as one picture, for drawings in files: an element of SVG for each would take seconds. */
import { crc32, deflateSync } from 'node:zlib';
import { getArray } from './handles.ts';

/** What all points of a picture have in common. */
interface Look {
  /** Outlines of the symbol about (0, 0) for a radius of 1; none for a disc. */
  outlines: [x: number, y: number][][];
  /** Opacity of all of it, 0 to 1. */
  opacity: number;
  edge: { rgba: [number, number, number, number]; width: number } | null;
}

/** How much of each pixel of a small square a symbol covers, inside and along its edge. */
interface Stamp {
  side: number;
  inside: Float32Array;
  edge: Float32Array | null;
}

/** Of each pixel so many squared are looked at. */
const fineness = 4;
/** Places within a pixel, in each direction, that symbols are drawn at. */
const phases = 2;

/**
 * A picture of width × height pixels as PNG in base64. `x`, `y` and `radii` are arrays of n pixels, float64; `colours`
 * are n × 4 or 1 × 4 bytes: red, green, blue, opacity. Points that are given later lie above.
 */
export function paintPoints(
  width: number,
  height: number,
  x: number,
  y: number,
  radii: number,
  colours: number,
  lookJson: string,
): string {
  const [across, down, sizes] = [x, y, radii].map((handle) => contiguous(handle, 8) as Float64Array);
  const bytes = contiguous(colours, 1) as Uint8Array;
  const look = JSON.parse(lookJson) as Look;
  const picture = new Float32Array(width * height * 4);
  const stamps = new Map<number, Stamp>();
  const isOne = bytes.length === 4;
  const isAlike = isOne && sizes.length === 1;
  // Where opaque points of one look lie on each other, all but the first change nothing.
  const taken =
    isAlike && bytes[3] === 255 && look.opacity === 1 ? new Uint8Array(width * phases * height * phases) : null;
  for (let at = 0; at < across.length; at++) {
    const radius = sizes.length === 1 ? sizes[0] : sizes[at];
    const fineX = Math.round(across[at] * phases);
    const fineY = Math.round(down[at] * phases);
    if (!Number.isFinite(fineX) || !Number.isFinite(fineY)) continue;
    if (taken !== null && fineX >= 0 && fineY >= 0 && fineX < width * phases && fineY < height * phases) {
      const place = fineY * width * phases + fineX;
      if (taken[place] === 1) continue;
      taken[place] = 1;
    }
    const [phaseX, phaseY] = [((fineX % phases) + phases) % phases, ((fineY % phases) + phases) % phases];
    const key = (Math.round(radius * 64) * phases + phaseX) * phases + phaseY;
    let stamp = stamps.get(key);
    if (stamp === undefined) stamps.set(key, (stamp = stampOf(radius, phaseX / phases, phaseY / phases, look)));
    const colour = isOne ? 0 : at * 4;
    const half = (stamp.side - 1) / 2;
    const left = (fineX - phaseX) / phases - half;
    const top = (fineY - phaseY) / phases - half;
    lay(picture, width, height, left, top, stamp.side, stamp.inside, bytes, colour, look.opacity);
    if (stamp.edge !== null && look.edge !== null)
      lay(picture, width, height, left, top, stamp.side, stamp.edge, look.edge.rgba, 0, look.opacity);
  }
  return png(picture, width, height);
}

function contiguous(handle: number, itemBytes: number): Float64Array | Uint8Array {
  const { data, offset, size } = getArray(handle);
  return (data as Float64Array | Uint8Array).subarray(offset / itemBytes, offset / itemBytes + size);
}

function stampOf(radius: number, phaseX: number, phaseY: number, { outlines, edge }: Look): Stamp {
  const half = edge === null ? 0 : edge.width / 2;
  const reach = Math.ceil((radius + half) * 1.5) + 1;
  const side = 2 * reach + 1;
  const covered = (r: number): Float32Array => {
    const made = new Float32Array(side * side);
    const parts = outlines.map((outline) => outline.map(([a, b]): [number, number] => [a * r, b * r]));
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++) {
        let hits = 0;
        for (let k = 0; k < fineness * fineness; k++) {
          const a = column - reach - phaseX + ((k % fineness) + 0.5) / fineness;
          const b = row - reach - phaseY + (Math.floor(k / fineness) + 0.5) / fineness;
          if (parts.length === 0 ? a * a + b * b <= r * r : parts.some((part) => isWithin(a, b, part))) hits++;
        }
        made[row * side + column] = hits / fineness ** 2;
      }
    return made;
  };
  if (edge === null || half === 0) return { side, inside: covered(radius), edge: null };
  const outer = covered(radius + half);
  const inner = covered(Math.max(0, radius - half));
  return { side, inside: covered(radius), edge: outer.map((value, at) => value - inner[at]) };
}

/** Whether a point lies in a polygon: a ray from it crosses the outline an odd number of times. */
function isWithin(x: number, y: number, corners: readonly [number, number][]): boolean {
  let odd = false;
  for (let at = 0, before = corners.length - 1; at < corners.length; before = at++) {
    const [ax, ay] = corners[at];
    const [bx, by] = corners[before];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/** Lays a colour over a picture, which holds colours that are multiplied by their opacity. */
function lay(
  picture: Float32Array,
  width: number,
  height: number,
  left: number,
  top: number,
  side: number,
  mask: Float32Array,
  rgba: ArrayLike<number>,
  colour: number,
  opacity: number,
): void {
  const alpha = (rgba[colour + 3] / 255) * opacity;
  const [red, green, blue] = [rgba[colour], rgba[colour + 1], rgba[colour + 2]];
  const [firstRow, lastRow] = [Math.max(0, -top), Math.min(side, height - top)];
  const [first, last] = [Math.max(0, -left), Math.min(side, width - left)];
  for (let row = firstRow; row < lastRow; row++) {
    for (let column = first; column < last; column++) {
      const share = mask[row * side + column] * alpha;
      if (share === 0) continue;
      const at = ((top + row) * width + left + column) * 4;
      const rest = 1 - share;
      picture[at] = picture[at] * rest + red * share;
      picture[at + 1] = picture[at + 1] * rest + green * share;
      picture[at + 2] = picture[at + 2] * rest + blue * share;
      picture[at + 3] = picture[at + 3] * rest + share;
    }
  }
}

function png(picture: Float32Array, width: number, height: number): string {
  const rows = Buffer.alloc(height * (1 + width * 4));
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = (row * width + column) * 4;
      const to = row * (1 + width * 4) + 1 + column * 4;
      const alpha = picture[from + 3];
      if (alpha === 0) continue;
      for (let k = 0; k < 3; k++) rows[to + k] = Math.round(picture[from + k] / alpha);
      rows[to + 3] = Math.round(alpha * 255);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 5 })), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]).toString('base64');
}

function chunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
