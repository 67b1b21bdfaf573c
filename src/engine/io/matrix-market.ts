/** The Matrix Market exchange format (Boisvert, Pozo and Remington, NIST 1996). */
import { AppError } from '#shared/errors.ts';
import { empty, zeros } from '../create.ts';
import { requireMemory, sizeInWords } from '../memory.ts';
import type { NDArray } from '../ndarray.ts';
import type { Scalar } from '../scalar.ts';

export type MatrixMarketField = 'real' | 'complex' | 'integer' | 'pattern';
export type MatrixMarketSymmetry = 'general' | 'symmetric' | 'skew-symmetric' | 'hermitian';

/** A matrix by its entries: `data[k]` stands at (`row[k]`, `col[k]`), 0-based; equal places add up. */
export interface Triplets {
  shape: [number, number];
  row: Int32Array;
  col: Int32Array;
  /** Complex numbers as (re, im) pairs. */
  data: Float64Array;
  complex: boolean;
  /** Whole numbers, and to be written so. */
  integer?: boolean;
}

export type MatrixMarket =
  | ({ format: 'coordinate'; field: MatrixMarketField; symmetry: MatrixMarketSymmetry; comment: string } & Triplets)
  | { format: 'array'; field: MatrixMarketField; symmetry: MatrixMarketSymmetry; comment: string; array: NDArray };

const banner = '%%MatrixMarket';
const fields: readonly string[] = ['real', 'complex', 'integer', 'pattern'];
const symmetries: readonly string[] = ['general', 'symmetric', 'skew-symmetric', 'hermitian'];
const mostSide = 2 ** 31 - 1;

/**
 * True for the first bytes of a Matrix Market file.
 * @example isMatrixMarket(new TextEncoder().encode('%%MatrixMarket matrix array real general')) // true
 */
export function isMatrixMarket(head: Uint8Array): boolean {
  return [...banner].every((char, i) => head[i] === char.charCodeAt(0));
}

/**
 * Reads a Matrix Market file: entries ('coordinate') as triplets with both halves of symmetric matrices, column after
 * column ('array') as a dense (m, n) array of float64 (int64 for integers, complex128).
 *
 * @throws AppError 'parse' naming the line that is wrong, 'memory' when the matrix cannot be held.
 * @example decodeMatrixMarket(new TextEncoder().encode('%%MatrixMarket matrix array real general\n2 1\n1.5\n2\n')).field // 'real'
 */
export function decodeMatrixMarket(bytes: Uint8Array): MatrixMarket {
  const text = new Reader(bytes);
  const first = text.line();
  const words = (first ?? '').trim().split(/\s+/);
  const [head, object, format, field, symmetry] = words.map((word, i) => (i === 0 ? word : word.toLowerCase()));
  if (head !== banner || words.length !== 5) throw text.wrong('the first line is not a Matrix Market banner', 1);
  if (object !== 'matrix') throw text.wrong(`it holds a ${object}, not a matrix`, 1);
  if (format !== 'coordinate' && format !== 'array') throw text.wrong(`unknown format ${format}`, 1);
  if (!isField(field)) throw text.wrong(`unknown field ${field}`, 1);
  if (!isSymmetry(symmetry)) throw text.wrong(`unknown symmetry ${symmetry}`, 1);
  if (format === 'array' && field === 'pattern') throw text.wrong('an array cannot be a pattern', 1);
  if (symmetry === 'hermitian' && field !== 'complex') throw text.wrong('only complex matrices are Hermitian', 1);
  const comment = text.comments();
  const sizes = text.whole(format === 'coordinate' ? 3 : 2, 'sizes');
  const [rows, cols] = sizes;
  if (rows > mostSide || cols > mostSide) throw text.wrong(`${rows} × ${cols} is too large`);
  if (symmetry !== 'general' && rows !== cols) throw text.wrong(`a ${symmetry} matrix must be square`);
  const kind = { field, symmetry, comment };
  if (format === 'array') return { format, ...kind, array: readArray(text, rows, cols, field, symmetry) };
  return { format, ...kind, ...readEntries(text, [rows, cols], sizes[2], field, symmetry) };
}

function isField(word: string | undefined): word is MatrixMarketField {
  return word !== undefined && fields.includes(word);
}

function isSymmetry(word: string | undefined): word is MatrixMarketSymmetry {
  return word !== undefined && symmetries.includes(word);
}

function readEntries(
  text: Reader,
  shape: [number, number],
  count: number,
  field: MatrixMarketField,
  symmetry: MatrixMarketSymmetry,
): Triplets {
  const complex = field === 'complex';
  const parts = complex ? 2 : 1;
  // Every entry takes a few bytes: a file cannot promise more than it is long.
  if (count * (field === 'pattern' ? 4 : 6) > text.left + 8)
    throw text.wrong(`${count} entries do not fit in the file`);
  const most = symmetry === 'general' ? count : 2 * count;
  requireMemory(most * (8 + 8 * parts), () => `The entries need ${sizeInWords(most * (8 + 8 * parts))}`);
  const row = new Int32Array(most);
  const col = new Int32Array(most);
  const data = new Float64Array(most * parts);
  let k = 0;
  const put = (i: number, j: number, re: number, im: number): void => {
    row[k] = i;
    col[k] = j;
    data[k * parts] = re;
    if (complex) data[k * parts + 1] = im;
    k++;
  };
  for (let entry = 0; entry < count; entry++) {
    const i = text.index(shape[0], 'row');
    const j = text.index(shape[1], 'column');
    const re = field === 'pattern' ? 1 : text.number(field === 'integer');
    const im = complex ? text.number(false) : 0;
    if (i < j && symmetry !== 'general') throw text.wrong('a symmetric matrix is given by its lower triangle');
    if (i === j && symmetry === 'skew-symmetric') throw text.wrong('the diagonal of a skew-symmetric matrix is zero');
    put(i, j, re, im);
    if (i === j || symmetry === 'general') continue;
    if (symmetry === 'symmetric') put(j, i, re, im);
    else if (symmetry === 'hermitian') put(j, i, re, -im);
    else put(j, i, -re, complex ? -im : 0);
  }
  text.end();
  return {
    shape,
    row: row.subarray(0, k),
    col: col.subarray(0, k),
    data: data.subarray(0, k * parts),
    complex,
    integer: field === 'integer',
  };
}

function readArray(
  text: Reader,
  rows: number,
  cols: number,
  field: MatrixMarketField,
  symmetry: MatrixMarketSymmetry,
): NDArray {
  const stored = symmetry === 'general' ? rows * cols : (rows * (rows + (symmetry === 'skew-symmetric' ? -1 : 1))) / 2;
  if (stored * 2 > text.left + 2) throw text.wrong(`${stored} numbers do not fit in the file`);
  const dtype = field === 'complex' ? 'complex128' : field === 'integer' ? 'int64' : 'float64';
  const made = symmetry === 'skew-symmetric' ? zeros([rows, cols], dtype) : empty([rows, cols], dtype);
  const write = (i: number, j: number, value: Scalar): void => {
    made.write(made.start + (i * cols + j) * made.entries, value);
  };
  for (let j = 0; j < cols; j++) {
    const from = symmetry === 'general' ? 0 : symmetry === 'skew-symmetric' ? j + 1 : j;
    for (let i = from; i < rows; i++) {
      if (field === 'complex') {
        const re = text.number(false);
        const im = text.number(false);
        write(i, j, { re, im });
        if (symmetry === 'general' || i === j) continue;
        const turned = { symmetric: [re, im], hermitian: [re, -im], 'skew-symmetric': [-re, -im] }[symmetry];
        write(j, i, { re: turned[0], im: turned[1] });
      } else {
        const value = field === 'integer' ? text.bigint() : text.number(false);
        write(i, j, value);
        if (symmetry !== 'general' && i !== j) write(j, i, symmetry === 'skew-symmetric' ? -value : value);
      }
    }
  }
  text.end();
  return made;
}

/**
 * Triplets as a dense array; what stands at the same place adds up. (m, n), complex128 of complex numbers, else
 * float64.
 *
 * @example denseOf({ shape: [2, 2], row: Int32Array.of(0, 0), col: Int32Array.of(1, 1), data: Float64Array.of(3, 4), complex: false }).tolist() // [[0, 7], [0, 0]]
 */
export function denseOf(triplets: Triplets): NDArray {
  const [rows, cols] = triplets.shape;
  const made = zeros([rows, cols], triplets.complex ? 'complex128' : 'float64');
  const data = made.data as Float64Array;
  const { row, col } = triplets;
  for (let k = 0; k < row.length; k++) {
    const at = made.start + (row[k] * cols + col[k]) * made.entries;
    data[at] += triplets.data[k * made.entries];
    if (triplets.complex) data[at + 1] += triplets.data[2 * k + 1];
  }
  return made;
}

export interface EncodeOptions {
  /** As which numbers the entries are written; what they are by default. 'pattern' writes their places alone. */
  field?: MatrixMarketField;
  /** Which half is left out; the caller answers for the matrix having that symmetry. */
  symmetry?: MatrixMarketSymmetry;
  /** Significant digits; those that reading back needs by default. */
  precision?: number | null;
}

/**
 * A matrix as Matrix Market text: triplets as 'coordinate', an array column after column as 'array'. Every number has
 * the digits that reading it back needs, unless a precision is given.
 *
 * a (m, n); field 'integer' of integers and bool, 'complex' of complex dtypes, else 'real'.
 *
 * @throws AppError 'shape' unless the array has two axes, 'value' for a pattern of an array and real numbers of complex
 * ones.
 * @example encodeMatrixMarket(array([[1], [2]])) // '%%MatrixMarket matrix array integer general\n2 1\n1\n2\n'
 */
export function encodeMatrixMarket(a: NDArray | Triplets, comment = '', options: EncodeOptions = {}): string {
  const note =
    comment === ''
      ? ''
      : `${comment
          .split('\n')
          .map((line) => `%${line}`)
          .join('\n')}\n`;
  const sparse = 'row' in a;
  const complex = sparse ? a.complex : a.entries === 2;
  const integer = sparse ? a.integer === true : !complex && !a.dtype.startsWith('float');
  const {
    field = complex ? 'complex' : integer ? 'integer' : 'real',
    symmetry = 'general',
    precision = null,
  } = options;
  if (!isField(field)) throw new AppError('value', `unknown field ${String(field)}`, { argument: 'field' });
  if (!isSymmetry(symmetry))
    throw new AppError('value', `unknown symmetry ${String(symmetry)}`, { argument: 'symmetry' });
  if (complex && field !== 'complex' && field !== 'pattern')
    throw new AppError('value', `complex numbers cannot be written as ${field}`, { argument: 'field' });
  const number = (x: number): string => {
    if (!Number.isFinite(x)) return Number.isNaN(x) ? 'nan' : x > 0 ? 'inf' : '-inf';
    if (field === 'integer') return String(BigInt(Math.trunc(x)));
    if (precision !== null) return x.toExponential(Math.max(0, precision - 1));
    return Object.is(x, -0) ? '-0' : String(x);
  };
  const value = (re: number | bigint, im: number): string => {
    const real = typeof re === 'bigint' ? (field === 'integer' ? String(re) : number(Number(re))) : number(re);
    return field === 'complex' ? `${real} ${number(im)}` : real;
  };
  const kept = (i: number, j: number): boolean =>
    symmetry === 'general' || i > j || (i === j && symmetry !== 'skew-symmetric');
  const lines: string[] = [];
  if (sparse) {
    for (let k = 0; k < a.row.length; k++) {
      if (!kept(a.row[k], a.col[k])) continue;
      const place = `${a.row[k] + 1} ${a.col[k] + 1}`;
      const [re, im] = a.complex ? [a.data[2 * k], a.data[2 * k + 1]] : [a.data[k], 0];
      lines.push(field === 'pattern' ? `${place}\n` : `${place} ${value(re, im)}\n`);
    }
    return `${banner} matrix coordinate ${field} ${symmetry}\n${note}${a.shape[0]} ${a.shape[1]} ${lines.length}\n${lines.join('')}`;
  }
  if (a.ndim !== 2) {
    throw new AppError(
      'shape',
      `Matrix Market files hold matrices, not arrays of ${a.ndim === 1 ? 'one dimension' : `${a.ndim} dimensions`}`,
      {
        argument: 'a',
      },
    );
  }
  if (field === 'pattern') throw new AppError('value', 'an array cannot be a pattern', { argument: 'field' });
  const [rows, cols] = a.shape;
  const unit = a.data.BYTES_PER_ELEMENT;
  for (let j = 0; j < cols; j++) {
    for (let i = 0; i < rows; i++) {
      if (!kept(i, j)) continue;
      const at = (a.offset + i * a.strides[0] + j * a.strides[1]) / unit;
      lines.push(`${value(a.data[at], a.entries === 2 ? Number(a.data[at + 1]) : 0)}\n`);
    }
  }
  return `${banner} matrix array ${field} ${symmetry}\n${note}${rows} ${cols}\n${lines.join('')}`;
}

/** Numbers and lines out of bytes, with the line for messages. */
class Reader {
  private readonly bytes: Uint8Array;
  private at = 0;
  private lineNumber = 1;
  private readonly decoder = new TextDecoder('latin1');

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  line(): string | null {
    if (this.at >= this.bytes.length) return null;
    let end = this.bytes.indexOf(10, this.at);
    if (end < 0) end = this.bytes.length;
    const text = this.slice(this.at, end);
    this.at = end + 1;
    this.lineNumber++;
    return text.replace(/\r$/, '');
  }

  /** Lines that begin with % , without it; blank lines among them are skipped. */
  comments(): string {
    const found: string[] = [];
    for (;;) {
      this.blanks();
      if (this.bytes[this.at] !== 0x25) return found.join('\n');
      found.push((this.line() ?? '').slice(1));
    }
  }

  whole(count: number, what: string): number[] {
    const numbers = Array.from({ length: count }, () => Number(this.word()));
    if (!numbers.every((n) => Number.isSafeInteger(n) && n >= 0)) throw this.wrong(`the ${what} are not whole numbers`);
    return numbers;
  }

  /** A 1-based index as a 0-based one. */
  index(length: number, what: string): number {
    const text = this.word();
    const n = Number(text);
    if (!Number.isInteger(n) || n < 1 || n > length)
      throw this.wrong(`${what} ${text || '(missing)'} is not in 1 … ${length}`);
    return n - 1;
  }

  number(integer: boolean): number {
    const text = this.word();
    const n = plainNumber.test(text) ? Number(text.replace(/[dD]/, 'e')) : special(text);
    if (n === null || (integer && !Number.isInteger(n))) throw this.wrong(`"${text.slice(0, 40)}" is not a number`);
    return n;
  }

  bigint(): bigint {
    const text = this.word();
    if (!/^[+-]?\d{1,20}$/.test(text)) throw this.wrong(`"${text.slice(0, 40)}" is not a whole number`);
    return BigInt(text.replace('+', ''));
  }

  end(): void {
    this.blanks();
    if (this.at < this.bytes.length) throw this.wrong('there are more numbers than the sizes say');
  }

  wrong(message: string, line = this.lineNumber): AppError {
    return new AppError('parse', `The Matrix Market file cannot be read: line ${line}: ${message}`, {
      argument: 'file',
    });
  }

  private word(): string {
    this.blanks();
    const from = this.at;
    while (this.at < this.bytes.length && this.bytes[this.at] > 32) this.at++;
    return this.slice(from, this.at);
  }

  private blanks(): void {
    while (this.at < this.bytes.length && this.bytes[this.at] <= 32) {
      if (this.bytes[this.at] === 10) this.lineNumber++;
      this.at++;
    }
  }

  private slice(from: number, to: number): string {
    if (to - from > 24) return this.decoder.decode(this.bytes.slice(from, to));
    let text = '';
    for (let i = from; i < to; i++) text += String.fromCharCode(this.bytes[i]);
    return text;
  }
}

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/;

function special(text: string): number | null {
  const match = /^([+-]?)(nan|inf|infinity)$/i.exec(text);
  if (match === null) return null;
  return /nan/i.test(match[2]) ? NaN : match[1] === '-' ? -Infinity : Infinity;
}
