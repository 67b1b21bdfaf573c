import { open, rename, rm } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { encodeMatrixMarket } from '#engine/io/matrix-market.ts';
import { writeNpy } from '#engine/io/npy.ts';
import { encodeNpz } from '#engine/io/npz.ts';
import { type ArrayDescriptor, NDArray } from '#engine/ndarray.ts';
import { AppError } from '#shared/errors.ts';
import { extent, parts } from './cells.ts';
import { fileError } from './files.ts';
import type { TaskContext } from './task.ts';

export interface SaveInput {
  a: ArrayDescriptor;
  /** Its name inside an .npz archive. */
  variable: string;
  columns: readonly string[] | null;
  path: string;
  name: string;
  format: 'csv' | 'tsv' | 'npy' | 'npz' | 'mtx' | 'png';
}

/** Writes an array to a file, whole or not at all. Text has every digit that reading it back needs. */
export async function saveTask(input: SaveInput, context: TaskContext<never>): Promise<{ size: number }> {
  const temporary = `${input.path}.part`;
  const array = NDArray.from(input.a);
  try {
    if (input.format === 'png') {
      context.progress('writing', null);
      const { size } = await greyPicture(array).png().toFile(temporary);
      context.checkpoint();
      await rename(temporary, input.path);
      return { size };
    }
    const file = await open(temporary, 'w');
    let size: number;
    try {
      if (input.format === 'npy') {
        const stop = new AbortController();
        context.onStop(() => stop.abort());
        await writeNpy(file, array, {
          signal: stop.signal,
          onProgress: (fraction) => context.progress('writing', fraction),
        });
      } else if (input.format === 'npz' || input.format === 'mtx') {
        context.progress('writing', null);
        const content =
          input.format === 'npz' ? encodeNpz({ [input.variable]: array }, true) : encodeMatrixMarket(array);
        context.checkpoint();
        await file.writeFile(content);
        await file.sync();
      } else {
        for (const text of tableText(array, input.columns, input.format === 'csv' ? ',' : '\t', context))
          await file.writeFile(text);
        await file.sync();
      }
      ({ size } = await file.stat());
    } finally {
      await file.close();
    }
    await rename(temporary, input.path);
    return { size };
  } catch (error) {
    await rm(temporary, { force: true });
    throw fileError(error, input.name, 'write');
  }
}

const chunkLength = 1 << 16;

/** The array as delimited text, in pieces; column names first when it has them. */
export function* tableText(
  array: NDArray,
  columns: readonly string[] | null,
  delimiter: ',' | '\t',
  context: Pick<TaskContext<never>, 'progress' | 'checkpoint'>,
): Generator<string> {
  if (array.ndim > 2) {
    throw new AppError('shape', 'Only matrices can be saved as text; this array has more than two dimensions', {
      argument: 'format',
      hint: 'Save it as .npy or as a picture.',
    });
  }
  const { rows, cols } = extent(array.shape);
  const [rowStride = 0, colStride = array.itemsize] = array.strides;
  const unit = array.data.BYTES_PER_ELEMENT;
  const { data } = array;
  const complex = parts(array.dtype) === 2;
  const single = array.dtype === 'float32' || array.dtype === 'complex64';
  const number = single ? shortestSingle : shortest;
  const cell = (at: number): string => {
    const value = data[at];
    if (typeof value === 'bigint') return String(value);
    if (!complex) return number(value);
    const im = number(Number(data[at + 1]));
    return `${number(value)}${im.startsWith('-') ? '' : '+'}${im}j`;
  };
  let text = columns === null ? '' : `${columns.map((name) => quoteField(name, delimiter)).join(delimiter)}\n`;
  for (let row = 0; row < rows; row++) {
    let at = (array.offset + row * rowStride) / unit;
    for (let col = 0; col < cols; col++, at += colStride / unit) text += (col === 0 ? '' : delimiter) + cell(at);
    text += '\n';
    if (text.length > chunkLength) {
      context.progress('writing', row / rows);
      context.checkpoint();
      yield text;
      text = '';
    }
  }
  yield text;
}

function shortest(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The fewest digits that give the same float32 again. */
function shortestSingle(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return shortest(value);
  for (let digits = 6; digits < 9; digits++) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return shortest(text);
  }
  return shortest(Number(value.toPrecision(9)));
}

function quoteField(text: string, delimiter: string): string {
  return text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Pictures as they are; a matrix of numbers as grey levels from its smallest to its largest. */
function greyPicture(array: NDArray): Sharp {
  const { rows: height, cols: width, planes } = extent(array.shape);
  const channels = planes === 3 || planes === 4 ? planes : 1;
  if (height * width === 0) throw new AppError('shape', 'An empty array has no picture', { argument: 'id' });
  if (array.ndim === 3 && channels === 1 && planes !== 1) {
    throw new AppError('shape', `A picture has 1, 3 or 4 planes, not ${planes}`, {
      argument: 'format',
      hint: 'Save it as .npy.',
    });
  }
  const raw = { raw: { width, height, channels }, limitInputPixels: false } as const;
  if (array.dtype === 'uint8') {
    const made = sharp(new Uint8Array(array.buffer, array.offset, array.nbytes), raw);
    return channels === 1 ? made.toColourspace('b-w') : made;
  }
  const per = parts(array.dtype);
  const start = array.offset / array.data.BYTES_PER_ELEMENT;
  const total = array.size;
  const value = (i: number) => Number(array.data[start + i * per]);
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < total; i++) {
    const v = value(i);
    if (!Number.isFinite(v)) continue;
    if (v < low) low = v;
    if (v > high) high = v;
  }
  const bytes = new Uint8Array(total);
  const factor = high > low ? 255 / (high - low) : 0;
  for (let i = 0; i < total; i++) bytes[i] = Math.round(Math.min(255, Math.max(0, (value(i) - low) * factor)) || 0);
  return channels === 1 ? sharp(bytes, raw).toColourspace('b-w') : sharp(bytes, raw);
}
