import { isMatrixMarket } from '#engine/io/matrix-market.ts';
import { isNpy } from '#engine/io/npy-header.ts';
import type { TableOptions } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';

export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp';
export type Content =
  | { kind: 'picture'; format: PictureFormat }
  | { kind: 'npy' }
  | { kind: 'npz' }
  | { kind: 'matrix-market' }
  | { kind: 'text' };

const known: readonly [name: string, hint: string, at: number, bytes: readonly number[]][] = [
  [
    'an Excel workbook, Word document or other ZIP archive',
    'In Excel, save the sheet as CSV and open that.',
    0,
    [0x50, 0x4b, 3, 4],
  ],
  ['an old Excel or Office file', 'Save the sheet as CSV and open that.', 0, [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PDF', 'Copy the table into a spreadsheet and save it as CSV.', 0, [0x25, 0x50, 0x44, 0x46]],
  ['compressed with gzip', 'Unpack it first.', 0, [0x1f, 0x8b]],
  ['an HDF5 file', 'Save the array as .npy from Python: np.save(name, a).', 0, [0x89, 0x48, 0x44, 0x46]],
  ['a Parquet file', 'Save it as CSV or .npy from Python.', 0, [0x50, 0x41, 0x52, 0x31]],
  ['a TIFF picture', 'Save it as PNG or JPEG and open that.', 0, [0x49, 0x49, 0x2a, 0]],
  ['a TIFF picture', 'Save it as PNG or JPEG and open that.', 0, [0x4d, 0x4d, 0, 0x2a]],
  ['a HEIC or AVIF picture', 'Save it as PNG or JPEG and open that.', 4, [0x66, 0x74, 0x79, 0x70]],
];

/**
 * What a file is, by its first bytes; its name plays no part.
 * @throws AppError 'parse' for an empty file and for what is recognised but cannot be opened, 'binary' for the rest.
 */
export function sniff(head: Uint8Array, name: string): Content {
  if (head.length === 0) {
    throw new AppError('parse', `${name} is empty`, {
      argument: 'file',
      hint: 'It has no bytes at all. Was it saved completely?',
    });
  }
  const begins = (bytes: readonly number[], at = 0) => bytes.every((byte, index) => head[at + index] === byte);
  if (begins([0x89, 0x50, 0x4e, 0x47])) return { kind: 'picture', format: 'png' };
  if (begins([0xff, 0xd8, 0xff])) return { kind: 'picture', format: 'jpeg' };
  if (begins([0x47, 0x49, 0x46, 0x38])) return { kind: 'picture', format: 'gif' };
  if (begins([0x52, 0x49, 0x46, 0x46]) && begins([0x57, 0x45, 0x42, 0x50], 8))
    return { kind: 'picture', format: 'webp' };
  if (begins([0x42, 0x4d]) && isBmp(head)) return { kind: 'picture', format: 'bmp' };
  if (isNpy(head)) return { kind: 'npy' };
  if (isMatrixMarket(head)) return { kind: 'matrix-market' };
  if (isNpzHead(head)) return { kind: 'npz' };
  for (const [what, hint, at, bytes] of known) {
    if (begins(bytes, at))
      throw new AppError('parse', `${name} is ${what}, which cannot be opened here`, { argument: 'file', hint });
  }
  detectEncoding(head, name);
  return { kind: 'text' };
}

/** A ZIP archive whose first member is an .npy file. */
function isNpzHead(head: Uint8Array): boolean {
  if (head.length < 30 || head[0] !== 0x50 || head[1] !== 0x4b || head[2] !== 3 || head[3] !== 4) return false;
  const length = new DataView(head.buffer, head.byteOffset).getUint16(26, true);
  return new TextDecoder('latin1').decode(head.slice(30, 30 + length)).endsWith('.npy');
}

/** "BM" also begins texts: the header's size must be one that exists. */
function isBmp(head: Uint8Array): boolean {
  if (head.length < 18) return false;
  const size = new DataView(head.buffer, head.byteOffset).getUint32(14, true);
  return [12, 16, 40, 52, 56, 64, 108, 124].includes(size);
}

/** The encoding of a text by its byte order mark, or by what its bytes can be; and the length of the mark. */
export function detectEncoding(head: Uint8Array, name: string): { encoding: TableOptions['encoding']; mark: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  let zerosEven = 0;
  let zerosOdd = 0;
  let controls = 0;
  for (let i = 0; i < head.length; i++) {
    const byte = head[i];
    if (byte === 0) {
      if (i % 2 === 0) zerosEven++;
      else zerosOdd++;
    } else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 26) controls++;
  }
  const half = head.length / 2;
  // ASCII in UTF-16 has a zero in every other byte.
  if (zerosOdd > half * 0.7 && zerosEven < half * 0.1) return { encoding: 'utf-16le', mark: 0 };
  if (zerosEven > half * 0.7 && zerosOdd < half * 0.1) return { encoding: 'utf-16be', mark: 0 };
  if (zerosEven + zerosOdd > 0 || controls > head.length * 0.02) {
    throw new AppError('parse', `${name} looks binary: it is neither text nor a picture`, {
      argument: 'file',
      hint: 'Tables open from text (CSV, TSV), pictures from PNG, JPEG, WebP, GIF and BMP, arrays from .npy, .npz and .mtx.',
    });
  }
  return { encoding: isUtf8(head) ? 'utf-8' : 'windows-1252', mark: 0 };
}

function isUtf8(head: Uint8Array): boolean {
  try {
    // `stream` lets a character be cut off where the sample ends.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
