/** Files that a person might open, good and bad, made on the spot. */
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { scene, type SceneName } from '#worker/sample-scenes.ts';

export function write(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A repeatable stream of numbers in [0, 1). */
export function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A table of numbers of at least `bytes`; the first column counts the rows, so any cell can be foretold. */
export async function bigTable(
  folder: string,
  name: string,
  bytes: number,
  columns = 20,
): Promise<{ path: string; rows: number; cell: (row: number, column: number) => number }> {
  const path = join(folder, name);
  const file = createWriteStream(path);
  const cell = (row: number, column: number): number =>
    column === 0 ? row : ((row * 7919 + column * 104729) % 1000003) / 1000;
  let written = 0;
  let rows = 0;
  const header = `${['row', ...Array.from({ length: columns - 1 }, (_, i) => `x${i + 1}`)].join(',')}\n`;
  written += header.length;
  file.write(header);
  while (written < bytes) {
    let chunk = '';
    for (let i = 0; i < 2000; i += 1, rows += 1) {
      let line = String(rows);
      for (let column = 1; column < columns; column += 1) line += `,${cell(rows, column)}`;
      chunk += `${line}\n`;
    }
    written += chunk.length;
    if (!file.write(chunk)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  return { path, rows, cell };
}

/** A .npy file of float64 in C order. */
export function npy(folder: string, name: string, shape: number[], values: Float64Array): string {
  let header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  header = `${header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11)}\n`;
  const bytes = Buffer.concat([
    Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]),
    Buffer.from(header, 'latin1'),
    Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  ]);
  return write(folder, name, bytes);
}

export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif';

/** One of our generated scenes as a picture file. */
export async function picture(
  folder: string,
  name: string,
  of: SceneName,
  width: number,
  height: number,
  format: PictureFormat = 'png',
): Promise<string> {
  const path = join(folder, name);
  const raw = { raw: { width, height, channels: 3 as const } };
  await sharp(scene(of, width, height), raw)
    .toFormat(format)
    .toFile(path);
  return path;
}

/** A 24-bit Windows bitmap, which sharp does not write. */
export function bmp(folder: string, name: string, of: SceneName, width: number, height: number): string {
  const rgb = scene(of, width, height);
  const stride = Math.ceil((3 * width) / 4) * 4;
  const bytes = Buffer.alloc(54 + stride * height);
  bytes.write('BM', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  bytes.writeUInt32LE(stride * height, 34);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = 3 * (y * width + x);
      const to = 54 + (height - 1 - y) * stride + 3 * x;
      bytes[to] = rgb[from + 2]!;
      bytes[to + 1] = rgb[from + 1]!;
      bytes[to + 2] = rgb[from]!;
    }
  }
  return write(folder, name, bytes);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(8 + data.length + 4);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), 8 + data.length);
  return whole;
}

/** A valid black-and-white PNG of any size: few bytes on disk, very many pixels. */
export function hugePng(folder: string, name: string, width: number, height: number): string {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = deflateSync(Buffer.alloc((1 + Math.ceil(width / 8)) * height), { level: 1 });
  return write(
    folder,
    name,
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      pngChunk('IHDR', header),
      pngChunk('IDAT', rows),
      pngChunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

/** The picture as RGB bytes, as any other program would read it. */
export async function readPicture(path: string): Promise<{ width: number; height: number; rgb: Uint8Array }> {
  const { data, info } = await sharp(path)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}

export function psnr(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] - b[i]) ** 2;
  return 10 * Math.log10((255 * 255 * a.length) / sum);
}
