import type { FileHandle } from 'node:fs/promises';
import { type DType, itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { ascontiguousarray } from '../cast.ts';
import { empty } from '../create.ts';
import type { NDArray } from '../ndarray.ts';
import { sizeInWords } from '../memory.ts';
import { slice, sliced } from '../slicing.ts';

/** What the header of an .npy file says. */
export interface NpyHeader {
  version: [number, number];
  /** The dtype of the array that is read; `float16` files become float32. */
  dtype: DType;
  /** How elements lie in the file. */
  stored: { bytes: number; littleEndian: boolean; half: boolean };
  fortran: boolean;
  shape: number[];
  /** Where the numbers begin, in bytes from the start of the file. */
  dataOffset: number;
}

/** Progress of a read or write, and a way to stop it. */
export interface FileOptions {
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy refuses longer ones as well: a header is text that somebody parses. */
const longestHeader = 10_000;
const chunkBytes = 1 << 23;

const typeOf: Readonly<Record<string, DType>> = {
  b1: 'bool',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  f2: 'float32',
  f4: 'float32',
  f8: 'float64',
  c8: 'complex64',
  c16: 'complex128',
};

const codeOf: Readonly<Record<DType, string>> = {
  bool: '|b1',
  int8: '|i1',
  int16: '<i2',
  int32: '<i4',
  int64: '<i8',
  uint8: '|u1',
  uint16: '<u2',
  uint32: '<u4',
  uint64: '<u8',
  float32: '<f4',
  float64: '<f8',
  complex64: '<c8',
  complex128: '<c16',
};

/** True when the bytes begin like an .npy file. */
export function isNpy(bytes: Uint8Array): boolean {
  return magic.every((byte, k) => bytes[k] === byte);
}

/**
 * The length of an .npy header with everything before the numbers, from the first 12 bytes of the file.
 *
 * @throws AppError 'parse' when the file is not .npy, of an unknown version, or has a header past 10,000 bytes.
 */
export function npyHeaderLength(bytes: Uint8Array): number {
  if (bytes.length < 10) throw bad(`the file ends after ${bytes.length} bytes, inside its header`);
  if (!isNpy(bytes)) throw bad('the file does not begin with the .npy signature');
  const [major, minor] = [bytes[6], bytes[7]];
  if (![1, 2, 3].includes(major) || minor !== 0) {
    throw bad(`we only support format version (1,0), (2,0), and (3,0), not (${major}, ${minor})`);
  }
  const look = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (major > 1 && bytes.length < 12) throw bad('the file ends inside its header');
  const length = major === 1 ? look.getUint16(8, true) : look.getUint32(8, true);
  if (length > longestHeader) throw bad(`its header is ${length} bytes long; at most ${longestHeader} are read`);
  return length + (major === 1 ? 10 : 12);
}

/**
 * Reads the header of an .npy file, versions 1 to 3.
 *
 * @param bytes the beginning of the file, at least as much as `npyHeaderLength` says.
 * @throws AppError 'parse' for what is no valid header; 'dtype' for arrays of objects, text, dates or records, which
 * are refused because reading them can run code or has no meaning as a matrix.
 */
export function parseNpyHeader(bytes: Uint8Array): NpyHeader {
  const dataOffset = npyHeaderLength(bytes);
  if (bytes.length < dataOffset) throw bad(`the file ends after ${bytes.length} bytes, inside its header`);
  const start = bytes[6] === 1 ? 10 : 12;
  const decoder = new TextDecoder(bytes[6] === 3 ? 'utf-8' : 'latin1');
  // A copy: TextDecoder does not take shared memory.
  const text = decoder.decode(bytes.slice(start, dataOffset)).trim();
  const fields = parseDictionary(text);
  const descr = fields.get('descr');
  const fortran = fields.get('fortran_order');
  const shape = fields.get('shape');
  if (fields.size !== 3 || descr === undefined || fortran === undefined || shape === undefined) {
    throw bad(`its header does not contain the keys descr, fortran_order and shape`);
  }
  if (typeof fortran !== 'boolean') throw bad('fortran_order is not a valid bool');
  if (!Array.isArray(shape) || !shape.every((n) => typeof n === 'number')) throw bad('shape is not valid');
  if (shape.length > 32) throw bad(`it has ${shape.length} dimensions; at most 32 are read`);
  for (const n of shape) if (!Number.isSafeInteger(n) || n < 0) throw bad(`shape is not valid: it contains ${n}`);
  if (typeof descr !== 'string') {
    throw new AppError('dtype', 'The .npy file holds records with named fields, not plain numbers', {
      hint: 'Save one field of it: numpy.save(name, a["field"]).',
    });
  }
  return { version: [bytes[6], bytes[7]], ...parseDescr(descr), fortran, shape, dataOffset };
}

/** Bytes that the numbers of a file take, as its header says. */
export function npyDataBytes(header: NpyHeader): number {
  return header.shape.reduce((product, n) => product * n, header.stored.bytes);
}

function parseDescr(descr: string): Pick<NpyHeader, 'dtype' | 'stored'> {
  const match = /^([<>|=]?)([a-zA-Z?])(\d*)(.*)$/.exec(descr);
  const order = match?.[1] ?? '';
  const letter = match?.[2] === '?' ? 'b' : (match?.[2] ?? '');
  if (letter === 'O') {
    throw new AppError('dtype', 'Object arrays cannot be loaded: they are pickles, which can run code', {
      hint: 'Save the numbers with a numeric dtype: numpy.save(name, a.astype(float)).',
    });
  }
  const code = match?.[2] === '?' ? 'b1' : `${letter}${match?.[3] ?? ''}`;
  const dtype = match?.[4] === '' && Object.hasOwn(typeOf, code) ? typeOf[code] : undefined;
  if (dtype === undefined) {
    const kinds: Readonly<Record<string, string>> = {
      U: 'text',
      S: 'bytes',
      M: 'dates',
      m: 'time spans',
      V: 'raw records',
    };
    const what = Object.hasOwn(kinds, letter) ? `${kinds[letter]} (dtype ${descr})` : `numbers of dtype ${descr}`;
    throw new AppError('dtype', `The .npy file holds ${what}, which cannot become a matrix`, {
      hint: 'Convert it in NumPy first: numpy.save(name, a.astype(float)).',
    });
  }
  const half = code === 'f2';
  return { dtype, stored: { bytes: half ? 2 : itemsize[dtype], littleEndian: order !== '>', half } };
}

function bad(message: string): AppError {
  return new AppError('parse', `The .npy file cannot be read: ${message}`, { argument: 'file' });
}

type Literal = string | boolean | number | Literal[];

/** The one Python dictionary of a header, its values being strings, booleans, integers, tuples and lists. */
function parseDictionary(text: string): Map<string, Literal> {
  let at = 0;
  const skip = (): void => {
    while (/\s/.test(text[at] ?? '')) at++;
  };
  const take = (char: string): void => {
    skip();
    if (text[at] !== char) throw bad(`its header is not a dictionary (at character ${at + 1})`);
    at++;
  };
  const value = (depth: number): Literal => {
    skip();
    if (depth > 8) throw bad('its header is nested too deeply');
    const char = text[at] ?? '';
    if (char === "'" || char === '"') {
      const end = text.indexOf(char, at + 1);
      if (end < 0) throw bad('a string of its header is not closed');
      const inside = text.slice(at + 1, end);
      at = end + 1;
      return inside;
    }
    if (char === '(' || char === '[') {
      const close = char === '(' ? ')' : ']';
      const items: Literal[] = [];
      at++;
      for (skip(); text[at] !== close; skip()) {
        items.push(value(depth + 1));
        skip();
        if (text[at] === ',') at++;
        else if (text[at] !== close) throw bad(`its header is not a dictionary (at character ${at + 1})`);
      }
      at++;
      return items;
    }
    const word = /[A-Za-z]+|-?\d+L?/y;
    word.lastIndex = at;
    const found = word.exec(text)?.[0] ?? '';
    at += found.length;
    if (found === 'True' || found === 'False') return found === 'True';
    if (/^-?\d+L?$/.test(found)) return Number(found.replace('L', ''));
    throw bad(`its header is not a dictionary (at character ${at + 1})`);
  };
  const fields = new Map<string, Literal>();
  take('{');
  for (skip(); text[at] !== '}'; skip()) {
    const key = value(0);
    if (typeof key !== 'string' || fields.has(key)) throw bad('its header is not a dictionary of names');
    take(':');
    fields.set(key, value(0));
    skip();
    if (text[at] === ',') at++;
    else if (text[at] !== '}') throw bad(`its header is not a dictionary (at character ${at + 1})`);
  }
  if (at !== text.length - 1) throw bad('something follows the dictionary of its header');
  return fields;
}

/**
 * The header that `numpy.save` writes for an array, byte for byte.
 *
 * @example npyHeader('float64', [2, 3], false).length // 128
 */
export function npyHeader(dtype: DType, shape: readonly number[], fortran: boolean): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${codeOf[dtype]}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${tuple}, }`;
  // NumPy leaves room for the first length to grow to 21 digits in place.
  const growing = String(shape[fortran ? shape.length - 1 : 0] ?? '');
  const room = shape.length > 0 ? 21 - growing.length : 0;
  const body = dictionary.length + room;
  const pad = 64 - ((10 + body + 1) % 64);
  const header = new TextEncoder().encode(`      ..${'  '}${dictionary}${' '.repeat(room + pad)}\n`);
  header.set([...magic, 1, 0], 0);
  new DataView(header.buffer).setUint16(8, header.length - 10, true);
  return header;
}

/** True when the array is written column after column, as `numpy.save` does for Fortran-ordered arrays. */
export function isWrittenByColumns(a: NDArray): boolean {
  return a.fContiguous && !a.cContiguous;
}

/**
 * A whole .npy file as an array.
 *
 * @throws AppError 'parse' and 'dtype' as `parseNpyHeader`; 'memory' when the machine cannot hold it.
 */
export function decodeNpy(bytes: Uint8Array): NDArray {
  const header = parseNpyHeader(bytes);
  requireBytes(header, bytes.length);
  const { made, raw } = target(header);
  const length = npyDataBytes(header);
  if (header.stored.half) expandHalf(bytes.subarray(header.dataOffset, header.dataOffset + length), header, made, 0);
  else {
    raw.set(bytes.subarray(header.dataOffset, header.dataOffset + length));
    if (!header.stored.littleEndian) swapBytes(raw, header.dtype);
  }
  return made;
}

/** An array as the bytes `numpy.save` writes. */
export function encodeNpy(a: NDArray): Uint8Array {
  const columns = isWrittenByColumns(a);
  const header = npyHeader(a.dtype, a.shape, columns);
  const bytes = new Uint8Array(header.length + a.nbytes);
  bytes.set(header);
  if (a.size > 0) bytes.set(rawBytes(ascontiguousarray(columns ? a.T : a)), header.length);
  return bytes;
}

/**
 * Reads an .npy file into shared memory, slice by slice.
 *
 * @throws AppError 'parse', 'dtype', 'memory' as `decodeNpy`; 'cancelled' when the signal says so.
 */
export async function readNpy(file: FileHandle, { onProgress, signal }: FileOptions = {}): Promise<NDArray> {
  const { size } = await file.stat();
  const head = new Uint8Array(Math.min(size, longestHeader + 12));
  await readFully(file, head, 0);
  const header = parseNpyHeader(head);
  requireBytes(header, size);
  const { made, raw } = target(header);
  const total = npyDataBytes(header);
  // Whole elements in every slice, so that bytes can be swapped slice by slice.
  const slice = header.stored.half ? new Uint8Array(Math.min(total, chunkBytes)) : raw;
  for (let at = 0; at < total; at += chunkBytes) {
    stopIfAsked(signal);
    const count = Math.min(chunkBytes, total - at);
    const part = header.stored.half ? slice.subarray(0, count) : slice.subarray(at, at + count);
    await readFully(file, part, header.dataOffset + at);
    if (header.stored.half) expandHalf(part, header, made, at / 2);
    else if (!header.stored.littleEndian) swapBytes(part, header.dtype);
    onProgress?.((at + count) / total);
  }
  return made;
}

/**
 * Writes an array as `numpy.save` does, slice by slice, and flushes it to the disk unless `sync` is false. To replace a
 * file safely, give a handle to a temporary file beside it and rename that when this is done.
 *
 * @throws AppError 'cancelled' when the signal says so; the system's errors (disk full) as they are.
 */
export async function writeNpy(
  file: FileHandle,
  a: NDArray,
  { onProgress, signal, sync = true }: FileOptions & { sync?: boolean } = {},
): Promise<void> {
  const columns = isWrittenByColumns(a);
  const rows = columns ? a.T : a;
  await writeFully(file, npyHeader(a.dtype, a.shape, columns));
  let written = 0;
  for (const part of a.size === 0 ? [] : slices(rows)) {
    stopIfAsked(signal);
    await writeFully(file, part);
    written += part.length;
    onProgress?.(written / a.nbytes);
  }
  if (sync) await file.sync();
}

/** The bytes of an array in C order, about `chunkBytes` at a time. */
function* slices(a: NDArray): Generator<Uint8Array> {
  if (a.cContiguous || a.ndim === 0) {
    const raw = rawBytes(a);
    for (let at = 0; at < raw.length; at += chunkBytes) yield raw.subarray(at, at + chunkBytes);
    return;
  }
  const rowBytes = a.nbytes / a.shape[0];
  if (rowBytes > chunkBytes && a.ndim > 1) {
    for (let row = 0; row < a.shape[0]; row++) yield* slices(sliced(a, row));
    return;
  }
  const step = Math.max(1, Math.floor(chunkBytes / rowBytes));
  for (let row = 0; row < a.shape[0]; row += step) yield rawBytes(ascontiguousarray(sliced(a, slice(row, row + step))));
}

function rawBytes(a: NDArray): Uint8Array {
  return new Uint8Array(a.buffer, a.offset, a.nbytes);
}

/** The array to fill, and its bytes in the order of the file. */
function target(header: NpyHeader): { made: NDArray; raw: Uint8Array } {
  const made = empty(header.shape, header.dtype, header.fortran ? 'F' : 'C');
  return { made, raw: rawBytes(made) };
}

function requireBytes(header: NpyHeader, size: number): void {
  const needed = npyDataBytes(header);
  if (size - header.dataOffset < needed) {
    throw bad(
      `it is truncated: the header promises ${sizeInWords(needed)} of numbers, the file has ${sizeInWords(size - header.dataOffset)}`,
    );
  }
}

async function readFully(file: FileHandle, into: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) throw bad('the file became shorter while it was read');
    done += bytesRead;
  }
}

async function writeFully(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done);
    done += bytesWritten;
  }
}

function stopIfAsked(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('cancelled', 'Cancelled');
}

/** Reverses the bytes of every number in place. */
function swapBytes(bytes: Uint8Array, dtype: DType): void {
  const width = dtype.startsWith('complex') ? itemsize[dtype] / 2 : itemsize[dtype];
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (width === 2) buffer.swap16();
  else if (width === 4) buffer.swap32();
  else if (width === 8) buffer.swap64();
}

/** Half-precision numbers into the float32 array, from element `at` on. */
function expandHalf(bytes: Uint8Array, header: NpyHeader, made: NDArray, at: number): void {
  const look = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let k = 0; k < bytes.length / 2; k++) {
    const bits = look.getUint16(2 * k, header.stored.littleEndian);
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    made.data[made.start + at + k] =
      exponent === 31
        ? fraction === 0
          ? sign * Infinity
          : NaN
        : sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
  }
}
