import { rename, rm } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { randomizedSvd } from '#engine/linalg/randomized-svd.ts';
import { svd } from '#engine/linalg/svd.ts';
import { type ArrayDescriptor, NDArray } from '#engine/ndarray.ts';
import type { ColourMode } from '#shared/contract.ts';
import { cOrdered, emptyArray } from './copies.ts';
import { addLowRank, frobeniusSquared, workCopy, workMatrix } from './factoring.ts';
import { fileError } from './files.ts';
import type { TaskContext } from './task.ts';

export interface ImageFactorInput {
  a: ArrayDescriptor;
  mode: ColourMode;
  /** Rank of the randomised answer; null for the exact one. */
  rank: number | null;
}

export interface ImageChannel {
  name: string;
  u: ArrayDescriptor;
  s: ArrayDescriptor;
  vh: ArrayDescriptor;
  /** The plane that was factored, when it is not one of the picture's own. */
  own: ArrayDescriptor | null;
  plane: number;
  energy_total: number;
}

export interface ImageFactorAnswer {
  channels: ImageChannel[];
  exact: boolean;
  excess_error: number | null;
  elapsed_ms: number;
}

/** Names of the channels of a mode. */
const channelNames: Readonly<Record<ColourMode, readonly string[]>> = {
  rgb: ['red', 'green', 'blue'],
  ycbcr: ['luma', 'blue difference', 'red difference'],
  grey: ['grey'],
};

/** SVD of every channel in float32: exact, or the first singular triplets by a randomised method. */
export function imageFactorTask(input: ImageFactorInput, context: TaskContext<never>): ImageFactorAnswer {
  const started = performance.now();
  const names = channelNames[input.mode];
  context.progress('separating the channels', null);
  const planes = separate(NDArray.from(input.a), input.mode);
  let excess_error: number | null = null;
  const channels = planes.map((plane, index) => {
    context.progress(input.rank === null ? `factoring ${names[index]}` : 'first answer', index / planes.length);
    context.checkpoint();
    if (input.rank === null) {
      const a = workCopy(plane.matrix, 'float32');
      return channel(names[index], svd(a.array, { full_matrices: false }), plane, frobeniusSquared(a.data));
    }
    const found = randomizedSvd(plane.matrix, input.rank, { dtype: 'float32' });
    excess_error = Math.max(excess_error ?? 0, found.excess_error);
    return channel(names[index], found, plane, found.energy_total);
  });
  return { channels, exact: input.rank === null, excess_error, elapsed_ms: performance.now() - started };
}

export interface ImageChannelInput {
  /** The picture, or the plane computed from it. */
  a: ArrayDescriptor;
  plane: number;
  name: string;
}

/** The exact SVD of one channel. */
export function imageChannelTask(
  { a, plane, name }: ImageChannelInput,
  context: TaskContext<never>,
): Pick<ImageChannel, 'u' | 's' | 'vh'> {
  context.progress(`factoring ${name}`, null);
  const { U, S, Vh } = svd(workCopy(planeView(NDArray.from(a), plane), 'float32').array, { full_matrices: false });
  return { u: U.descriptor(), s: S.descriptor(), vh: Vh.descriptor() };
}

interface Plane {
  matrix: NDArray;
  own: NDArray | null;
  index: number;
}

function channel(
  name: string,
  { U, S, Vh }: { U: NDArray; S: NDArray; Vh: NDArray },
  plane: Plane,
  energy_total: number,
): ImageChannel {
  return {
    name,
    u: cOrdered(U).descriptor(),
    s: cOrdered(S).descriptor(),
    vh: cOrdered(Vh).descriptor(),
    own: plane.own?.descriptor() ?? null,
    plane: plane.index,
    energy_total,
  };
}

/** The matrices to factor: the picture's own planes, or ones computed from them. */
function separate(picture: NDArray, mode: ColourMode): Plane[] {
  const planes = picture.ndim > 2 ? picture.shape[2] : 1;
  if (mode === 'grey' && planes === 1) return [{ matrix: planeView(picture, 0), own: null, index: 0 }];
  if (mode === 'rgb' && planes >= 3)
    return [0, 1, 2].map((index) => ({ matrix: planeView(picture, index), own: null, index }));
  const computed = mode === 'grey' ? [greyPlane(picture)] : ycbcrPlanes(picture);
  return computed.map((array) => ({ matrix: array, own: array, index: 0 }));
}

/** One plane of a 3-d array as a matrix over the same memory. */
export function planeView(picture: NDArray, index: number): NDArray {
  if (picture.ndim < 3) return picture;
  const [rowStride, colStride, planeStride] = picture.strides;
  return picture.view(picture.shape.slice(0, 2), [rowStride, colStride], picture.offset + index * planeStride);
}

function pixelBytes(picture: NDArray): Uint8Array {
  return new Uint8Array(picture.buffer, picture.offset, picture.nbytes);
}

/** Luma of ITU-R BT.601, rounded to whole levels as a grey picture has them. */
function greyPlane(picture: NDArray): NDArray {
  const [h, w, planes] = picture.shape as [number, number, number];
  const grey = emptyArray([h, w], 'uint8');
  const from = pixelBytes(picture);
  const out = pixelBytes(grey);
  for (let pixel = 0, at = 0; pixel < out.length; pixel++, at += planes) {
    out[pixel] = Math.round(0.299 * from[at] + 0.587 * from[at + 1] + 0.114 * from[at + 2]);
  }
  return grey;
}

/** JFIF's full-range YCbCr, unrounded; Cb and Cr around 128. */
function ycbcrPlanes(picture: NDArray): NDArray[] {
  const [h, w, planes] = picture.shape as [number, number, number];
  const made = [0, 1, 2].map(() => workMatrix([h, w], 'float32'));
  const [luma, blue, red] = made.map(({ data }) => data) as [Float32Array, Float32Array, Float32Array];
  const from = pixelBytes(picture);
  for (let pixel = 0, at = 0; pixel < h * w; pixel++, at += planes) {
    const r = from[at];
    const g = from[at + 1];
    const b = from[at + 2];
    luma[pixel] = 0.299 * r + 0.587 * g + 0.114 * b;
    blue[pixel] = 128 - 0.168735892 * r - 0.331264108 * g + 0.5 * b;
    red[pixel] = 128 + 0.5 * r - 0.418687589 * g - 0.081312411 * b;
  }
  return made.map(({ array }) => array);
}

export interface ImageRankInput {
  mode: ColourMode;
  k: number;
  channels: { u: ArrayDescriptor; s: ArrayDescriptor; vh: ArrayDescriptor }[];
}

/** The rank-k picture at full resolution, rounded to bytes: (h, w) for grey, (h, w, 3) otherwise. */
function rebuild(
  { mode, k, channels }: ImageRankInput,
  step: (fraction: number) => void,
  each: (row: number, bytes: Uint8Array) => void,
): void {
  const factors = channels.map(({ u, s, vh }) => ({
    u: NDArray.from(u),
    s: workCopy(NDArray.from(s), 'float32'),
    vh: workCopy(NDArray.from(vh), 'float32'),
  }));
  const h = factors[0].u.shape[0];
  const w = factors[0].vh.array.shape[1];
  const rows = Math.max(1, Math.min(h, Math.floor((1 << 21) / w)));
  const blocks = factors.map(() => workMatrix([rows, w], 'float32'));
  const planes = factors.length === 1 ? 1 : 3;
  for (let row = 0; row < h; row += rows) {
    const count = Math.min(rows, h - row);
    for (const [index, { u, s, vh }] of factors.entries()) {
      const block = blocks[index];
      block.data.fill(0);
      addLowRank(block, 0, count, u.view([count, u.shape[1]], u.strides, u.offset + row * u.strides[0]), s, vh, k, 1);
    }
    const bytes = new Uint8Array(count * w * planes);
    const data = blocks.map((block) => block.data);
    if (mode === 'grey') for (let i = 0; i < count * w; i++) bytes[i] = level(data[0][i]);
    else if (mode === 'rgb') {
      for (let i = 0, at = 0; i < count * w; i++)
        for (let part = 0; part < 3; part++) bytes[at++] = level(data[part][i]);
    } else {
      for (let i = 0, at = 0; i < count * w; i++, at += 3) {
        const y = data[0][i];
        const cb = data[1][i] - 128;
        const cr = data[2][i] - 128;
        bytes[at] = level(y + 1.402 * cr);
        bytes[at + 1] = level(y - 0.344136286 * cb - 0.714136286 * cr);
        bytes[at + 2] = level(y + 1.772 * cb);
      }
    }
    each(row, bytes);
    step((row + count) / h);
  }
}

function level(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
}

export interface ImageQualityInput extends ImageRankInput {
  a: ArrayDescriptor;
}

/** Mean squared error and PSNR of the rank-k picture against the original, after rounding to 8 bits. */
export function imageQualityTask(input: ImageQualityInput, context: TaskContext<never>): { psnr: number; mse: number } {
  let original = NDArray.from(input.a);
  if (input.mode === 'grey' && original.ndim > 2) original = greyPlane(original);
  const bytes = pixelBytes(original);
  let sum = 0;
  let at = 0;
  rebuild(
    input,
    (fraction) => {
      context.progress('comparing', fraction);
      context.checkpoint();
    },
    (_, rebuilt) => {
      sum += squaredDifference(bytes, at, rebuilt);
      at += rebuilt.length;
    },
  );
  return quality(sum / bytes.length);
}

function squaredDifference(a: Uint8Array, from: number, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < b.length; i++) {
    const difference = a[from + i] - b[i];
    sum += difference * difference;
  }
  return sum;
}

function quality(mse: number): { psnr: number; mse: number } {
  return { mse, psnr: mse === 0 ? Infinity : 10 * Math.log10((255 * 255) / mse) };
}

export function imageRebuildTask(input: ImageRankInput, context: TaskContext<never>): { array: ArrayDescriptor } {
  const [first] = input.channels;
  const h = first.u.shape[0];
  const w = first.vh.shape[1];
  const array = emptyArray(input.channels.length === 1 ? [h, w] : [h, w, 3], 'uint8');
  const out = pixelBytes(array);
  let at = 0;
  rebuild(
    input,
    (fraction) => {
      context.progress('rebuilding', fraction);
      context.checkpoint();
    },
    (_, bytes) => {
      out.set(bytes, at);
      at += bytes.length;
    },
  );
  return { array: array.descriptor() };
}

export interface PictureSaveInput {
  a: ArrayDescriptor;
  path: string;
  name: string;
  format: 'png' | 'jpeg';
}

/** Writes a picture as PNG or JPEG, whole or not at all. */
export async function pictureSaveTask(
  { a, path, name, format }: PictureSaveInput,
  context: TaskContext<never>,
): Promise<{ size: number }> {
  context.progress('writing', null);
  const encoder = asSharp(NDArray.from(a));
  const temporary = `${path}.part`;
  try {
    const { size } = await (
      format === 'png' ? encoder.png() : encoder.jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
    ).toFile(temporary);
    context.checkpoint();
    await rename(temporary, path);
    return { size };
  } catch (error) {
    await rm(temporary, { force: true });
    throw fileError(error, name, 'write');
  }
}

function asSharp(picture: NDArray): Sharp {
  const [height, width, planes] = picture.shape as [number, number, number | undefined];
  const channels = planes === 3 || planes === 4 ? planes : 1;
  const made = sharp(pixelBytes(picture), { raw: { width, height, channels }, limitInputPixels: false });
  return channels === 1 ? made.toColourspace('b-w') : made;
}

export interface JpegInput {
  a: ArrayDescriptor;
  bytes: number;
}

/**
 * What a JPEG of so many bytes is worth: the two neighbouring qualities on either side of the size are found by
 * bisection, and their PSNR is interpolated over log(bytes).
 */
export async function jpegOfSizeTask(
  { a, bytes }: JpegInput,
  context: TaskContext<never>,
): Promise<{ bytes: number; psnr: number; qualities: [number, number] }> {
  const picture = NDArray.from(a);
  const original = pixelBytes(picture);
  const encode = (setting: number) =>
    asSharp(picture).jpeg({ quality: setting, chromaSubsampling: '4:2:0' }).toBuffer();
  const psnrOf = async (data: Buffer) => {
    const decoded = await sharp(data, { limitInputPixels: false }).raw().toBuffer();
    return quality(squaredDifference(original, 0, decoded.subarray(0, original.length)) / original.length).psnr;
  };
  let low = 1;
  let high = 100;
  let under: { data: Buffer; setting: number } | null = null;
  let over: { data: Buffer; setting: number } | null = null;
  while (low <= high) {
    const setting = (low + high) >> 1;
    const data = await encode(setting);
    context.progress('trying JPEG qualities', 1 - Math.log2(high - low + 1) / Math.log2(100));
    context.checkpoint();
    if (data.length > bytes) {
      over = { data, setting };
      high = setting - 1;
    } else {
      under = { data, setting };
      low = setting + 1;
    }
  }
  if (under === null || over === null) {
    const { data, setting } = (under ?? over)!;
    return { bytes: data.length, psnr: await psnrOf(data), qualities: [setting, setting] };
  }
  const [worse, better] = [await psnrOf(under.data), await psnrOf(over.data)];
  const share = Math.log(bytes / under.data.length) / Math.log(over.data.length / under.data.length);
  return { bytes, psnr: worse + share * (better - worse), qualities: [under.setting, over.setting] };
}
