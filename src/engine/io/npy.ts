import type { FileHandle } from 'node:fs/promises';
import { type DType, itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { ascontiguousarray } from '../cast.ts';
import { empty } from '../create.ts';
import { sizeInWords } from '../memory.ts';
import { native } from '../native.ts';
import { NDArray } from '../ndarray.ts';
import { slice, sliced } from '../slicing.ts';
import { badNpy, longestHeader, npyDataBytes, npyHeader, type NpyHeader, parseNpyHeader } from './npy-header.ts';

export { isNpy, npyDataBytes, npyHeader, type NpyHeader, parseNpyHeader } from './npy-header.ts';

/** Progress of a read or write, and a way to stop it. */
export interface FileOptions {
  onProgress?: (fraction: number) => void;
  signal?: AbortSignal;
}

const chunkBytes = 1 << 23;
const readsAtOnce = 3;
/** Less is read sooner than it is mapped, and is then safe from other programs. */
const worthMapping = 2 ** 26;

/**
 * True when the array is written column after column, as `numpy.save` does for Fortran-ordered arrays. Of any dtype,
 * (m, n) or with more axes; vectors are written as rows.
 *
 * @example isWrittenByColumns(array([[1, 2], [3, 4]]).T) // true
 */
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
  const made = target(header);
  const length = npyDataBytes(header);
  if (header.stored.half) expandHalf(bytes.subarray(header.dataOffset, header.dataOffset + length), header, made, 0);
  else {
    const raw = rawBytes(made);
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
 * With `mapped` a large file of numbers as this machine has them is not read: the array's memory is the file's, page by
 * page as it is looked at, and what is written to the array stays in memory (NumPy's mmap_mode 'c'). What another
 * program writes into the file meanwhile may be seen; what it cuts off is zero. Where the system cannot do that (other
 * systems than Linux, Electron), the file is read.
 *
 * (…) as the file says; dtypes of either endianness, float16 as float32.
 *
 * @throws AppError 'parse', 'dtype', 'memory' as `decodeNpy`; 'cancelled' when the signal says so.
 * @example const file = await open(written(''), 'r+'); await writeNpy(file, array([1, 2])); (await readNpy(file)).tolist() // [1n, 2n]
 */
export async function readNpy(
  file: FileHandle,
  { onProgress, signal, mapped = false }: FileOptions & { mapped?: boolean } = {},
): Promise<NDArray> {
  const { size } = await file.stat();
  const head = new Uint8Array(Math.min(size, longestHeader + 12));
  await readFully(file, head, 0);
  const header = parseNpyHeader(head);
  requireBytes(header, size);
  const total = npyDataBytes(header);
  const there = mapped && total >= worthMapping ? mapNpy(file.fd, header, total) : null;
  if (there !== null) return there;
  const made = target(header);
  // Whole elements in every slice, so that bytes can be swapped slice by slice. Several slices are on their way at once:
  // copying out of the system's cache and touching fresh memory then share the processors.
  let next = 0;
  let done = 0;
  const reader = async (): Promise<void> => {
    const half = header.stored.half ? new Uint8Array(Math.min(total, chunkBytes)) : null;
    while (next < total) {
      stopIfAsked(signal);
      const at = next;
      const count = Math.min(chunkBytes, total - at);
      next += count;
      const part = half === null ? rawBytes(made, at, count) : half.subarray(0, count);
      await readFully(file, part, header.dataOffset + at);
      if (header.stored.half) expandHalf(part, header, made, at / 2);
      else if (!header.stored.littleEndian) swapBytes(part, header.dtype);
      done += count;
      onProgress?.(done / total);
    }
  };
  // All settle before the first failure is told: nobody may still write into the array then.
  const ended = await Promise.allSettled(Array.from({ length: readsAtOnce }, reader));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return made;
}

/**
 * Writes an array as `numpy.save` does, slice by slice, and flushes it to the disk unless `sync` is false. To replace a
 * file safely, give a handle to a temporary file beside it and rename that when this is done.
 *
 * a (…) of any dtype, little-endian.
 *
 * @throws AppError 'cancelled' when the signal says so; the system's errors (disk full) as they are.
 * @example const file = await open(written(''), 'r+'); await writeNpy(file, array([1, 2], 'int8')); (await file.stat()).size // 130
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
    for (let at = 0; at < a.nbytes; at += chunkBytes) yield rawBytes(a, at, Math.min(chunkBytes, a.nbytes - at));
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

/** Bytes [from, from + count) of a gapless array; never all of a large one, which no Uint8Array can show. */
function rawBytes(a: NDArray, from = 0, count = a.nbytes): Uint8Array {
  return new Uint8Array(a.buffer, a.offset + from, count);
}

/** The file's own pages as an array; null where it cannot be had so. */
function mapNpy(fd: number, header: NpyHeader, total: number): NDArray | null {
  const { half, littleEndian } = header.stored;
  if (half || !littleEndian || header.dataOffset % itemsize[header.dtype] !== 0) return null;
  const length = header.dataOffset + total;
  let buffer: SharedArrayBuffer;
  try {
    // Room to begin on a large page, and to end on a page.
    buffer = new SharedArrayBuffer(length + 2 ** 21 + 4096);
  } catch {
    return null;
  }
  const begin = native().mapFile(new Uint8Array(buffer, 0, 1), fd, length);
  if (begin < 0) return null;
  const offset = begin + header.dataOffset;
  const strides = stridesOf(header);
  return new NDArray({ dtype: header.dtype, shape: header.shape, strides, offset, buffer });
}

/** Without gaps, in the order of the file. */
function stridesOf({ shape, dtype, fortran }: NpyHeader): number[] {
  const strides = new Array<number>(shape.length);
  let step = itemsize[dtype];
  for (let k = 0; k < shape.length; k++) {
    const axis = fortran ? k : shape.length - 1 - k;
    strides[axis] = step;
    step *= Math.max(1, shape[axis]);
  }
  return strides;
}

/** The array to fill, its bytes in the order of the file. */
function target(header: NpyHeader): NDArray {
  return empty(header.shape, header.dtype, header.fortran ? 'F' : 'C');
}

function requireBytes(header: NpyHeader, size: number): void {
  const needed = npyDataBytes(header);
  if (size - header.dataOffset < needed) {
    throw badNpy(
      `it is truncated: the header promises ${sizeInWords(needed)} of numbers, the file has ${sizeInWords(size - header.dataOffset)}`,
    );
  }
}

async function readFully(file: FileHandle, into: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) throw badNpy('the file became shorter while it was read');
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
