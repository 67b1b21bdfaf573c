import { type DType, itemsize } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';

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

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy refuses longer ones as well: a header is text that somebody parses. */
export const longestHeader = 10_000;

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

/**
 * True when the bytes begin like an .npy file.
 * @example isNpy(npyHeader('float64', [2, 3])) // true
 */
export function isNpy(bytes: Uint8Array): boolean {
  return magic.every((byte, k) => bytes[k] === byte);
}

/**
 * The length of an .npy header with everything before the numbers, from the first 12 bytes of the file.
 * @throws AppError 'parse' when the file is not .npy, of an unknown version, or has a header past 10,000 bytes.
 * @example npyHeaderLength(npyHeader('float64', [2, 3]).subarray(0, 12)) // 128
 */
export function npyHeaderLength(bytes: Uint8Array): number {
  if (bytes.length < 10) throw badNpy(`the file ends after ${bytes.length} bytes, inside its header`);
  if (!isNpy(bytes)) throw badNpy('the file does not begin with the .npy signature');
  const [major, minor] = [bytes[6], bytes[7]];
  if (![1, 2, 3].includes(major) || minor !== 0) {
    throw badNpy(`we only support format version (1,0), (2,0), and (3,0), not (${major}, ${minor})`);
  }
  const look = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (major > 1 && bytes.length < 12) throw badNpy('the file ends inside its header');
  const length = major === 1 ? look.getUint16(8, true) : look.getUint32(8, true);
  if (length > longestHeader) throw badNpy(`its header is ${length} bytes long; at most ${longestHeader} are read`);
  return length + (major === 1 ? 10 : 12);
}

/**
 * Reads the header of an .npy file, versions 1 to 3.
 *
 * @param bytes the beginning of the file, at least as much as `npyHeaderLength` says.
 * @throws AppError 'parse' for what is no valid header; 'dtype' for arrays of objects, text, dates or records, which
 * are refused because reading them can run code or has no meaning as a matrix.
 * @example parseNpyHeader(npyHeader('float32', [2, 3])).shape // [2, 3]
 */
export function parseNpyHeader(bytes: Uint8Array): NpyHeader {
  const dataOffset = npyHeaderLength(bytes);
  if (bytes.length < dataOffset) throw badNpy(`the file ends after ${bytes.length} bytes, inside its header`);
  const start = bytes[6] === 1 ? 10 : 12;
  const decoder = new TextDecoder(bytes[6] === 3 ? 'utf-8' : 'latin1');
  // A copy: TextDecoder does not take shared memory.
  const text = decoder.decode(bytes.slice(start, dataOffset)).trim();
  const fields = parseDictionary(text);
  const descr = fields.get('descr');
  const fortran = fields.get('fortran_order');
  const shape = fields.get('shape');
  if (fields.size !== 3 || descr === undefined || fortran === undefined || shape === undefined) {
    throw badNpy(`its header does not contain the keys descr, fortran_order and shape`);
  }
  if (typeof fortran !== 'boolean') throw badNpy('fortran_order is not a valid bool');
  if (!Array.isArray(shape) || !shape.every((n) => typeof n === 'number')) throw badNpy('shape is not valid');
  if (shape.length > 32) throw badNpy(`it has ${shape.length} dimensions; at most 32 are read`);
  for (const n of shape) if (!Number.isSafeInteger(n) || n < 0) throw badNpy(`shape is not valid: it contains ${n}`);
  if (typeof descr !== 'string') {
    throw new AppError('dtype', 'The .npy file holds records with named fields, not plain numbers', {
      hint: 'Save one field of it: numpy.save(name, a["field"]).',
    });
  }
  return { version: [bytes[6], bytes[7]], ...parseDescr(descr), fortran, shape, dataOffset };
}

/**
 * Bytes that the numbers of a file take, as its header says.
 * @example npyDataBytes(parseNpyHeader(npyHeader('float32', [2, 3]))) // 24
 */
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

/** The error for a file that is not what it should be. */
export function badNpy(message: string): AppError {
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
    if (text[at] !== char) throw badNpy(`its header is not a dictionary (at character ${at + 1})`);
    at++;
  };
  const value = (depth: number): Literal => {
    skip();
    if (depth > 8) throw badNpy('its header is nested too deeply');
    const char = text[at] ?? '';
    if (char === "'" || char === '"') {
      const end = text.indexOf(char, at + 1);
      if (end < 0) throw badNpy('a string of its header is not closed');
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
        else if (text[at] !== close) throw badNpy(`its header is not a dictionary (at character ${at + 1})`);
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
    throw badNpy(`its header is not a dictionary (at character ${at + 1})`);
  };
  const fields = new Map<string, Literal>();
  take('{');
  for (skip(); text[at] !== '}'; skip()) {
    const key = value(0);
    if (typeof key !== 'string' || fields.has(key)) throw badNpy('its header is not a dictionary of names');
    take(':');
    fields.set(key, value(0));
    skip();
    if (text[at] === ',') at++;
    else if (text[at] !== '}') throw badNpy(`its header is not a dictionary (at character ${at + 1})`);
  }
  if (at !== text.length - 1) throw badNpy('something follows the dictionary of its header');
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
