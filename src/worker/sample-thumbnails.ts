import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reply } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import type { Desk } from './desk.ts';
import type { Requester } from './jobs.ts';
import { isSceneName } from './sample-scenes.ts';
import { samplesFolder, shippedSamples, type ShippedSample } from './samples.ts';
import type { Group } from './serve.ts';

type Thumbnail = Reply<'samples.thumbnail'>;

const mostPixels = 100_000;

/** Pictures of the samples before they are opened. */
export function sampleThumbnailRequests(desk: Pick<Desk, 'jobs'>): Group<'samples.thumbnail'> {
  const kept = new Map<string, Thumbnail>();
  return {
    async 'samples.thumbnail'({ name, width, height }, call) {
      const sample = (await shippedSamples()).find((one) => one.name === name);
      if (sample === undefined) throw new AppError('value', `There is no sample ${String(name)}`, { argument: 'name' });
      const isSize = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0;
      if (!isSize || width * height > mostPixels) {
        throw new AppError('value', `A thumbnail of ${width} × ${height} is not possible`, { argument: 'width' });
      }
      const key = `${name} ${width} ${height}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      const scene = sample.scene?.name;
      const drawn =
        scene === undefined ? await averaged(sample, width, height) : await painted(scene, width, height, call);
      // Pages ask at a few sizes; whoever asks for more of them waits again.
      if (kept.size < 100) kept.set(key, drawn);
      return drawn;
    },
  };

  async function painted(scene: string, width: number, height: number, call: Requester): Promise<Thumbnail> {
    if (!isSceneName(scene)) throw new AppError('value', `There is no picture ${scene}`);
    const input = { scene, width, height };
    const title = 'Drawing a sample';
    const { array } = await desk.jobs.run({ task: 'scene', input, title, lane: 'side', background: true }, call);
    const rgb = new Uint8Array(array.buffer, array.offset, width * height * 3);
    const rgba = new Uint8Array(width * height * 4).fill(255);
    for (let i = 0, j = 0; i < rgb.length; i += 3, j += 4) rgba.set(rgb.subarray(i, i + 3), j);
    return { width, height, values: null, limit: 255, rgba };
  }
}

/** Means of the cells under each of at most width × height pixels. The files are ours: small, without quotes or gaps. */
async function averaged(sample: ShippedSample, width: number, height: number): Promise<Thumbnail> {
  const text = await readFile(join(samplesFolder(), sample.file ?? ''), 'utf8');
  const lines = text.trim().split(/\r?\n/);
  const rows = lines.slice(sample.header === true ? 1 : 0).map((line) => line.split(',').map(Number));
  const m = rows.length;
  const n = rows[0]?.length ?? 0;
  const w = Math.min(width, n);
  const h = Math.min(height, m);
  const values = new Float32Array(w * h);
  let limit = 0;
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [row0, row1] = [Math.floor((y * m) / h), Math.floor(((y + 1) * m) / h)];
      const [col0, col1] = [Math.floor((x * n) / w), Math.floor(((x + 1) * n) / w)];
      let sum = 0;
      for (let i = row0; i < row1; i++) for (let j = col0; j < col1; j++) sum += rows[i]?.[j] ?? NaN;
      const mean = sum / ((row1 - row0) * (col1 - col0));
      values[y * w + x] = mean;
      if (Math.abs(mean) > limit) limit = Math.abs(mean);
    }
  }
  return { width: w, height: h, values, limit, rgba: null };
}
