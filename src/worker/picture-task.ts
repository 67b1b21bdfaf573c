import { open, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { decodeMatrixMarket, denseOf } from '#engine/io/matrix-market.ts';
import { readNpy } from '#engine/io/npy.ts';
import { decodeNpz } from '#engine/io/npz.ts';
import type { ArrayDescriptor, NDArray } from '#engine/ndarray.ts';
import { reshape } from '#engine/shape.ts';
import { AppError } from '#shared/errors.ts';
import { decodeBmp, parseBmpHeader } from './bmp.ts';
import { quoted } from './code.ts';
import { cOrdered, emptyArray } from './copies.ts';
import { fileError } from './files.ts';
import { bytesText, count, memoryLimit } from './memory.ts';
import { type PictureFormat, sniff } from './sniff.ts';
import { type TablePreviewAnswer, tablePreviewTask } from './table-preview-task.ts';
import type { TaskContext } from './task.ts';

export interface OpenInput {
  path: string;
  name: string;
  size: number;
  /** Shrinks a picture that has more, while it is read. */
  maxPixels: number | null;
}

/** One of several arrays of a file, with the expression of NumPy that reads it. */
export interface NamedArray {
  name: string;
  array: ArrayDescriptor;
  code: string;
}

export type OpenAnswer =
  | { kind: 'table'; preview: TablePreviewAnswer }
  | { kind: 'array'; array: ArrayDescriptor; notes: string[]; first: string; code: string | null; others: NamedArray[] }
  | { kind: 'picture'; array: ArrayDescriptor; grey: boolean; reduced: boolean; notes: string[] };

/** Opens a file by its content: a picture, `.npy`, `.npz` or Matrix Market as arrays, text as a table to confirm. */
export async function openTask(input: OpenInput, context: TaskContext<never>): Promise<OpenAnswer> {
  const head = await readBeginning(input.path, input.name);
  const content = sniff(head, input.name);
  if (content.kind === 'text') {
    return { kind: 'table', preview: await tablePreviewTask({ ...input, options: {} }, context) };
  }
  if (content.kind === 'npy') return openNpy(input, context);
  if (content.kind === 'npz') return openNpz(input, context);
  if (content.kind === 'matrix-market') return openMatrixMarket(input, context);
  return openPicture(input, content.format, context);
}

async function readBeginning(path: string, name: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const head = new Uint8Array(65_536);
      const { bytesRead } = await file.read(head, 0, head.length, 0);
      return head.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(error, name, 'read');
  }
}

async function openNpy({ path, name }: OpenInput, context: TaskContext<never>): Promise<OpenAnswer> {
  const stop = new AbortController();
  context.onStop(() => stop.abort());
  const file = await open(path, 'r').catch((error: unknown) => {
    throw fileError(error, name, 'read');
  });
  try {
    const array = await readNpy(file, {
      signal: stop.signal,
      onProgress: (fraction) => context.progress('reading', fraction),
    });
    return asShown(array, name);
  } finally {
    await file.close();
  }
}

/** What a file is read into whole, before its parts become arrays. */
async function readWhole({ path, name, size }: OpenInput): Promise<Uint8Array> {
  const limit = memoryLimit();
  if (3 * size > limit) {
    throw new AppError('memory', `${name} has ${bytesText(size)}; reading it needs about ${bytesText(3 * size)}`, {
      argument: 'file',
      hint: `${bytesText(limit)} can be used now. An .npy file is read without that detour.`,
    });
  }
  return readFile(path).catch((error: unknown) => {
    throw fileError(error, name, 'read');
  });
}

async function openNpz(input: OpenInput, context: TaskContext<never>): Promise<OpenAnswer> {
  context.progress('unpacking', null);
  const { arrays, refused } = decodeNpz(await readWhole(input));
  context.checkpoint();
  const shown: NamedArray[] = [];
  const notes: string[] = [];
  for (const [key, array] of arrays) {
    try {
      const made = asShown(array, `${input.name}: ${key}`);
      if (made.kind === 'table') continue;
      shown.push({ name: key, array: made.array, code: `np.load(${quoted(input.name)})[${quoted(key)}]` });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      notes.push(`${error.message}.`);
    }
  }
  for (const [key, error] of refused) notes.push(`${key} was left out: ${error.message}.`);
  const [first, ...others] = shown;
  if (first === undefined) {
    const [reason] = refused.values();
    throw reason ?? new AppError('parse', notes[0] ?? `${input.name} holds no arrays`, { argument: 'file' });
  }
  if (others.length > 0) {
    notes.unshift(
      `It holds ${shown.length} arrays: ${shown.map(({ name }) => name).join(', ')}. All of them were opened.`,
    );
  }
  return { kind: 'array', array: first.array, notes, first: first.name, code: first.code, others };
}

async function openMatrixMarket(input: OpenInput, context: TaskContext<never>): Promise<OpenAnswer> {
  context.progress('reading', null);
  const read = decodeMatrixMarket(await readWhole(input));
  const dense = `scipy.io.mmread(${quoted(input.name)})`;
  if (read.format === 'array') return { ...plainAnswer(read.array, input.name), code: dense };
  const [rows, cols] = read.shape;
  const bytes = rows * cols * (read.complex ? 16 : 8);
  if (bytes > memoryLimit()) {
    throw new AppError(
      'memory',
      `${input.name} is ${count(rows)} × ${count(cols)}: written out it takes ${bytesText(bytes)}`,
      {
        argument: 'file',
        hint: `${bytesText(memoryLimit())} can be used now. Read it in Python with scipy.io.mmread and keep it sparse.`,
      },
    );
  }
  const answer = plainAnswer(denseOf(read), input.name);
  const entries = `${count(read.row.length)} entries that are not zero, written out as a full matrix.`;
  return { ...answer, notes: [...answer.notes, entries], code: `${dense}.toarray()` };
}

function plainAnswer(array: NDArray, name: string): Extract<OpenAnswer, { kind: 'array' }> {
  const made = asShown(array, name);
  if (made.kind !== 'array') throw new AppError('bug', 'A matrix was shown as a picture');
  return made;
}

/** An array of any number of axes as one the app can show: at most a matrix, or planes along the last axis. */
function asShown(array: NDArray, name: string): OpenAnswer {
  const notes: string[] = [];
  if (array.size === 0) {
    throw new AppError('shape', `${name} holds an empty array, shape (${array.shape.join(', ')})`, {
      argument: 'file',
    });
  }
  if (array.ndim > 3) {
    throw new AppError('shape', `${name} has ${array.ndim} dimensions; at most 3 can be shown`, {
      argument: 'file',
      hint: 'Save one plane of it: np.save(name, a[0]).',
    });
  }
  const shaped = array.ndim === 0 ? reshape(array, [1, 1]) : array;
  const ordered = cOrdered(shaped);
  const [, , planes] = ordered.shape;
  const picture = ordered.dtype === 'uint8' && planes === 3;
  if (picture) return { kind: 'picture', array: ordered.descriptor(), grey: false, reduced: false, notes };
  return { kind: 'array', array: ordered.descriptor(), notes, first: '', code: null, others: [] };
}

/** Bytes per pixel of opening a picture and factoring its channels afterwards: bytes twice, then A, U, Vh as float32. */
const bytesPerPixel = 2 * 3 + 3 * 3 * 4 + 8;
/** What a reduced picture is offered at. */
const comfortablePixels = 24e6;
/** Past this, one channel's SVD takes hours: such a picture opens reduced, whatever memory there is. */
const mostPixels = 150e6;

function requirePixels(width: number, height: number, name: string, maxPixels: number | null): number {
  const pixels = width * height;
  if (!(pixels > 0)) throw new AppError('parse', `${name} has no pixels`, { argument: 'file' });
  if (maxPixels !== null && pixels > maxPixels) return Math.sqrt(maxPixels / pixels);
  const need = pixels * bytesPerPixel;
  const limit = memoryLimit();
  if (need <= limit && pixels <= mostPixels) return 1;
  const factor = Math.sqrt(comfortablePixels / pixels);
  const why =
    need > limit
      ? `opening and factoring it needs ${bytesText(need)} of memory, ${bytesText(limit)} can be used now`
      : `that is ${count(Math.round(pixels / 1e6))} megapixels, ${count(mostPixels / 1e6)} can be factored in a sensible time`;
  throw new AppError('memory', `${name} has ${count(width)} × ${count(height)} pixels: ${why}`, {
    argument: 'max_pixels',
    hint: `Open it reduced, at ${count(Math.round(width * factor))} × ${count(Math.round(height * factor))} pixels.`,
  });
}

async function openPicture(input: OpenInput, format: PictureFormat, context: TaskContext<never>): Promise<OpenAnswer> {
  context.progress('reading the picture', null);
  if (format === 'bmp') return openBmp(input);
  const { path, name } = input;
  try {
    const source = () => sharp(path, { failOn: 'error', limitInputPixels: false, pages: 1 });
    const meta = await source().metadata();
    const turned = (meta.orientation ?? 1) >= 5;
    const [width, height] = turned ? [meta.height, meta.width] : [meta.width, meta.height];
    const factor = requirePixels(width, height, name, input.maxPixels);
    const notes: string[] = [];
    const grey = meta.space === 'b-w' || meta.space === 'grey16' || meta.channels <= 2;
    let picture = source().autoOrient();
    if ((meta.orientation ?? 1) > 1) notes.push('Turned upright as the camera noted.');
    if (meta.hasAlpha) {
      picture = picture.flatten({ background: '#ffffff' });
      notes.push('Transparent parts were laid on white.');
    }
    if (meta.depth !== undefined && meta.depth !== 'uchar')
      notes.push(`${meta.depth === 'ushort' ? '16' : 'More than 8'} bits per channel were rounded to 8.`);
    if ((meta.pages ?? 1) > 1) notes.push(`The first of ${meta.pages} frames is shown.`);
    if (meta.space === 'cmyk') notes.push('The print colours (CMYK) were converted to RGB.');
    if (factor < 1) {
      picture = picture.resize({
        width: Math.max(1, Math.round(width * factor)),
        height: Math.max(1, Math.round(height * factor)),
        fit: 'fill',
      });
      notes.push(`Reduced from ${count(width)} × ${count(height)} pixels.`);
    }
    context.checkpoint();
    const { data, info } = await picture
      .toColourspace(grey ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    context.checkpoint();
    const array = fromBytes(data, info.width, info.height, info.channels, grey);
    return { kind: 'picture', array: array.descriptor(), grey, reduced: factor < 1, notes };
  } catch (error) {
    throw pictureError(error, name);
  }
}

/** Interleaved bytes as (h, w) or (h, w, 3). */
function fromBytes(data: Uint8Array, width: number, height: number, channels: number, grey: boolean): NDArray {
  const array = emptyArray(grey ? [height, width] : [height, width, 3], 'uint8');
  const out = new Uint8Array(array.buffer, array.offset, array.nbytes);
  const wanted = grey ? 1 : 3;
  if (channels === wanted) out.set(data);
  else {
    for (let pixel = 0; pixel < width * height; pixel++) {
      for (let part = 0; part < wanted; part++)
        out[pixel * wanted + part] = data[pixel * channels + Math.min(part, channels - 1)]!;
    }
  }
  return array;
}

async function openBmp({ path, name, size, maxPixels }: OpenInput): Promise<OpenAnswer> {
  const { width, height } = parseBmpHeader(await readBeginning(path, name));
  const factor = requirePixels(width, height, name, maxPixels);
  // A header may claim more than the file has: only the file's own size is read.
  if (size > 0 && size < (width * height) / 8) throw damaged(name);
  const { rgb, grey } = decodeBmp(
    new Uint8Array(
      await readFile(path).catch((error: unknown) => {
        throw fileError(error, name, 'read');
      }),
    ),
  );
  if (factor === 1)
    return {
      kind: 'picture',
      array: fromBytes(rgb, width, height, 3, grey).descriptor(),
      grey,
      reduced: false,
      notes: [],
    };
  const { data, info } = await sharp(rgb, { raw: { width, height, channels: 3 }, limitInputPixels: false })
    .resize({
      width: Math.max(1, Math.round(width * factor)),
      height: Math.max(1, Math.round(height * factor)),
      fit: 'fill',
    })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const notes = [`Reduced from ${count(width)} × ${count(height)} pixels.`];
  return {
    kind: 'picture',
    array: fromBytes(data, info.width, info.height, info.channels, grey).descriptor(),
    grey,
    reduced: true,
    notes,
  };
}

function damaged(name: string): AppError {
  return new AppError('parse', `${name} is damaged: the file ends before the picture does`, {
    argument: 'file',
    hint: 'It was probably not copied or downloaded completely. Get it again.',
  });
}

/** What a picture library says, in a person's words. */
function pictureError(error: unknown, name: string): AppError {
  if (error instanceof AppError) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (/premature|truncat|end of (?:file|image|stream)|not enough|no image data|read error|unable to read/i.test(text))
    return damaged(name);
  if ((error as NodeJS.ErrnoException).code?.startsWith('E')) return fileError(error, name, 'read');
  return new AppError('parse', `${name} cannot be read as a picture: ${text.split('\n')[0] ?? ''}`, {
    argument: 'file',
    hint: 'It may be damaged. Open it in a picture program and save it as PNG.',
    cause: error,
  });
}
