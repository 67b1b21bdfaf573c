/** .npz: a ZIP archive of .npy files, as `numpy.savez` and `numpy.savez_compressed` write it. */
import { crc32 } from 'node:zlib';
import { type Unzipped, unzipSync, type Zippable, zipSync } from 'fflate';
import { AppError } from '#shared/errors.ts';
import { memoryAvailable, sizeInWords } from '../memory.ts';
import type { NDArray } from '../ndarray.ts';
import { decodeNpy, encodeNpy } from './npy.ts';

export interface Npz {
  /** The arrays by their names, in the order of the archive. */
  arrays: Map<string, NDArray>;
  /** Members that are no arrays of numbers, with the reason; pickles are among them. */
  refused: Map<string, AppError>;
}

/** Deflate cannot shrink further than 1 : 1032; what claims more is lying. */
const mostRatio = 1040;
const mostMembers = 10_000;
/** Past 32 bits a ZIP archive needs another layout, which is not written here. */
const mostWritten = 2 ** 32 - 2 ** 20;

/**
 * True for the first bytes of a ZIP archive, of which .npz is one.
 * @example isZip(encodeNpz({ x: array([1, 2]) })) // true
 */
export function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6));
}

/**
 * The arrays of an .npz archive, compressed or not.
 *
 * Sizes are checked before anything is unpacked: an archive that promises more than memory holds, or more than its
 * compression can give, is refused. Members that hold Python objects (pickles), text or records are left out and listed.
 *
 * @throws AppError 'parse' for what is no archive or is damaged, 'memory' when it would not fit.
 * @example decodeNpz(encodeNpz({ x: array([1, 2]) })).arrays.get('x')?.tolist() // [1n, 2n]
 */
export function decodeNpz(bytes: Uint8Array): Npz {
  if (!isZip(bytes)) throw badNpz('it does not begin as a ZIP archive does');
  let promised = 0;
  let members = 0;
  const sizes = new Map<string, number>();
  let files: Unzipped;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, size, originalSize, compression }) => {
        if (++members > mostMembers) throw badNpz(`it has more than ${mostMembers} members`);
        if (!name.endsWith('.npy')) return false;
        if (compression === 0 ? originalSize !== size : originalSize > size * mostRatio + 1024) {
          throw badNpz(`${name} promises ${sizeInWords(originalSize)} out of ${sizeInWords(size)}`);
        }
        promised += originalSize;
        // Unpacked bytes and the array made of them exist at the same time.
        if (2 * promised > memoryAvailable()) {
          throw new AppError('memory', `The .npz file unpacks to at least ${sizeInWords(promised)}`, {
            argument: 'file',
            hint: `${sizeInWords(memoryAvailable())} can be used now, and unpacking needs it twice.`,
          });
        }
        sizes.set(name, originalSize);
        return true;
      },
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw badNpz(error instanceof Error ? error.message : String(error), error);
  }
  const result: Npz = { arrays: new Map(), refused: new Map() };
  const sums = checksums(bytes);
  for (const [name, content] of Object.entries(files)) {
    if (content.length !== sizes.get(name)) throw badNpz(`${name} is shorter than it promises`);
    const sum = sums.get(name);
    if (sum !== undefined && crc32(content) !== sum)
      throw badNpz(`the bytes of ${name} are not those that were written (their checksum differs)`);
    const key = name.slice(0, -'.npy'.length);
    try {
      result.arrays.set(key, decodeNpy(content));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'dtype') throw error;
      result.refused.set(key, error);
    }
  }
  return result;
}

/** The CRC-32 of each member, by the archive's central directory. */
function checksums(bytes: Uint8Array): Map<string, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Map<string, number>();
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) return found;
  const names = new TextDecoder();
  let at = view.getUint32(end + 16, true);
  while (at + 46 <= bytes.length && view.getUint32(at, true) === 0x02014b50) {
    const length = view.getUint16(at + 28, true);
    found.set(names.decode(bytes.subarray(at + 46, at + 46 + length)), view.getUint32(at + 16, true));
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return found;
}

/**
 * Arrays as the bytes of an .npz archive, with the times of the members fixed, so that equal arrays give equal bytes. Any
 * shapes (…) and dtypes.
 *
 * @param compressed as `numpy.savez_compressed`; otherwise the members are stored as they are.
 * @throws AppError 'value' for names that are no file names, and past 4 GiB.
 * @example isZip(encodeNpz({ x: array([1, 2]) })) // true
 */
export function encodeNpz(arrays: Readonly<Record<string, NDArray>>, compressed = false): Uint8Array {
  const members: Zippable = {};
  let total = 0;
  for (const [name, array] of Object.entries(arrays)) {
    if (name === '' || /[\0\\]|^\/|(^|\/)\.\.(\/|$)/.test(name)) {
      throw new AppError('value', `${JSON.stringify(name)} cannot name an array in an .npz file`, {
        argument: 'arrays',
      });
    }
    total += array.nbytes;
    if (total > mostWritten) {
      throw new AppError('value', 'An .npz file of more than 4 GiB is not written here', {
        argument: 'arrays',
        hint: 'Save each array as .npy.',
      });
    }
    members[`${name}.npy`] = [encodeNpy(array), { level: compressed ? 6 : 0, mtime: new Date(1980, 0, 1) }];
  }
  return zipSync(members);
}

function badNpz(message: string, cause?: unknown): AppError {
  return new AppError('parse', `The .npz file cannot be read: ${message}`, {
    argument: 'file',
    hint: 'It may be damaged or not completely copied.',
    ...(cause === undefined ? {} : { cause }),
  });
}
