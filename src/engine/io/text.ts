/** Tables of numbers as text: NumPy's `loadtxt`, `savetxt` and `genfromtxt`, from and to what a file holds. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { asarray, empty } from '../create.ts';
import type { NDArray } from '../ndarray.ts';
import { kindCode } from '../promotion.ts';
import { isComplex, type Scalar } from '../scalar.ts';
import { expand_dims, reshape } from '../shape.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { percent, placesOf } from './text-format.ts';

/** What a file holds: its bytes, its text, or its lines. */
export type TextSource = Uint8Array | string | readonly string[];

/** Makes a number of the text of a field. */
export type Converter = (field: string) => Scalar;

interface CommonOptions {
  dtype?: DType;
  /** Null is any white space. */
  delimiter?: string | null;
  /** For all columns, or by column. */
  converters?: Converter | Readonly<Record<number, Converter>> | null;
  usecols?: number | readonly number[] | null;
  /** The columns become rows. */
  unpack?: boolean | null;
  ndmin?: 0 | 1 | 2;
  max_rows?: number | null;
}

export interface LoadOptions extends CommonOptions {
  /** What begins a comment; several, or none. */
  comments?: string | readonly string[] | null;
  skiprows?: number;
  quotechar?: string | null;
}

function linesOf(source: TextSource): string[] {
  if (typeof source !== 'string' && !(source instanceof Uint8Array))
    return source.map((line) => line.replace(/\r?\n$/, ''));
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

const integerPattern = /^[+-]?\d+$/;
const floatPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function floatOf(text: string): number | null {
  if (floatPattern.test(text)) return Number(text);
  const special = /^([+-]?)(nan|inf|infinity)$/i.exec(text);
  if (special === null) return null;
  return /nan/i.test(special[2]) ? NaN : special[1] === '-' ? -Infinity : Infinity;
}

function complexOf(text: string): Scalar | null {
  const inner = /^\((.*)\)$/.exec(text)?.[1].trim() ?? text;
  const real = floatOf(inner);
  if (real !== null) return { re: real, im: 0 };
  const imaginary = /^(.*?)([+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|nan|inf(?:inity)?))j$/i.exec(inner);
  if (imaginary === null) return null;
  const [, before, size] = imaginary;
  const im = floatOf(size);
  const re = before === '' ? 0 : floatOf(before);
  return im === null || re === null ? null : { re, im };
}

/** The number that a field names in a dtype, or null. */
function fieldOf(text: string, dtype: DType): Scalar | null {
  const word = text.trim();
  const kind = kindCode(dtype);
  if (kind === 'f') return floatOf(word);
  if (kind === 'c') return complexOf(word);
  if (!integerPattern.test(word)) return null;
  return kind === 'b' ? BigInt(word) !== 0n : BigInt(word);
}

function asList(usecols: number | readonly number[] | null | undefined): readonly number[] | null {
  if (usecols === null || usecols === undefined) return null;
  return typeof usecols === 'number' ? [usecols] : usecols;
}

const converterFor = (converters: LoadOptions['converters'], column: number, width: number): Converter | null => {
  if (converters === null || converters === undefined) return null;
  if (typeof converters === 'function') return converters;
  return converters[column] ?? converters[column - width] ?? null;
};

/** The fields of a line: parted by white space, or by a delimiter that quotation marks hide. */
function fieldsOf(line: string, delimiter: string | null, quote: string | null): string[] {
  if (quote === null) {
    if (delimiter === null) return line.trim().split(/\s+/);
    return line.split(delimiter);
  }
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let k = 0; k < line.length; k++) {
    const char = line[k];
    if (char === quote) {
      if (quoted && line[k + 1] === quote) {
        field += quote;
        k++;
      } else quoted = !quoted;
    } else if (!quoted && (delimiter === null ? /\s/.test(char) : line.startsWith(delimiter, k))) {
      if (delimiter !== null || field !== '') fields.push(field);
      field = '';
      if (delimiter !== null) k += delimiter.length - 1;
    } else field += char;
  }
  if (delimiter !== null || field !== '') fields.push(field);
  return fields;
}

function withoutComment(line: string, marks: readonly string[], quote: string | null): string {
  let end = line.length;
  let quoted = false;
  for (let k = 0; k < end; k++) {
    if (quote !== null && line[k] === quote) quoted = !quoted;
    else if (!quoted && marks.some((mark) => line.startsWith(mark, k))) end = k;
  }
  return line.slice(0, end);
}

/**
 * The numbers of a text as an array: a row for each line that holds something.
 *
 * A table of one row or column has one axis, of one number none, unless `ndmin` asks for more.
 *
 * (m, n) of m lines and n columns, of any dtype, float64 by default.
 *
 * @throws AppError 'value' "could not convert string 'x' to float64 at row 0, column 1.", "the number of columns
 * changed from 2 to 1 at row 3", and for columns that are not there.
 * @example loadtxt('1 2\n3 4').tolist() // [[1, 2], [3, 4]]
 */
export function loadtxt(
  source: TextSource,
  {
    dtype = 'float64',
    comments = '#',
    delimiter = null,
    converters = null,
    skiprows = 0,
    usecols = null,
    unpack = false,
    ndmin = 0,
    max_rows = null,
    quotechar = null,
  }: LoadOptions = {},
): NDArray {
  if (![0, 1, 2].includes(ndmin))
    throw new AppError('value', `Illegal value of ndmin keyword: ${String(ndmin)}`, { argument: 'ndmin' });
  const marks = typeof comments === 'string' ? [comments] : (comments ?? []);
  if (marks.includes(''))
    throw new AppError('value', 'comments cannot be an empty string. Use comments=None to disable comments.');
  const columns = asList(usecols);
  const rows: Scalar[][] = [];
  for (const line of linesOf(source).slice(skiprows)) {
    if (max_rows !== null && rows.length >= max_rows) break;
    const plain = withoutComment(line, marks, quotechar);
    if (plain.trim() === '' && (delimiter === null || plain === '')) continue;
    const fields = fieldsOf(plain, delimiter, quotechar);
    const at = rows.length;
    const chosen = columns === null ? fields.map((_, k) => k) : columns.map((k) => (k < 0 ? k + fields.length : k));
    const outside = chosen.findIndex((k) => k < 0 || k >= fields.length);
    if (outside >= 0 && columns !== null) {
      throw new AppError(
        'value',
        `invalid column index ${columns[outside]} at row ${at + 1} with ${fields.length} columns`,
        { argument: 'usecols' },
      );
    }
    if (columns === null && at > 0 && fields.length !== rows[0].length) {
      throw new AppError(
        'value',
        `the number of columns changed from ${rows[0].length} to ${fields.length} at row ${at + 1}; use \`usecols\` to select a subset and avoid this error`,
      );
    }
    rows.push(
      chosen.map((k) => {
        const convert = converterFor(converters, k, fields.length);
        const value = convert === null ? fieldOf(fields[k], dtype) : convert(fields[k]);
        if (value !== null) return value;
        throw new AppError(
          'value',
          `could not convert string '${fields[k].trim()}' to ${dtype} at row ${at}, column ${k + 1}.`,
        );
      }),
    );
  }
  return finished(rows, dtype, ndmin, unpack === true, columns?.length ?? 0);
}

/** Rows as an array with as few axes as they need. */
function finished(rows: readonly Scalar[][], dtype: DType, ndmin: number, unpack: boolean, width: number): NDArray {
  const made = rows.length === 0 ? empty([0, Math.max(width, 0)], dtype) : tableOf(rows, dtype);
  const [m, n] = made.shape;
  const slim = m === 1 || n === 1 || m === 0;
  let result = made;
  if (ndmin < 2 && slim) {
    result = reshape(
      made,
      [-1 * Number(made.size > 0)].map((k) => (k === 0 ? 0 : -1)),
    );
    if (ndmin === 0 && result.size === 1 && m > 0) result = reshape(result, []);
  } else if (ndmin === 2 && m === 0) {
    result = reshape(made, [0, width === 0 ? 1 : width]);
  }
  return unpack && result.ndim > 1 ? result.T : result;
}

function tableOf(rows: readonly Scalar[][], dtype: DType): NDArray {
  const made = empty([rows.length, rows[0].length], dtype);
  let at = made.start;
  for (const row of rows) {
    for (const value of row) {
      made.write(at, value);
      at += made.entries;
    }
  }
  return made;
}

export interface GenOptions extends Omit<CommonOptions, 'delimiter'> {
  comments?: string | null;
  /** A delimiter, or the width of every field, or of each. */
  delimiter?: string | number | readonly number[] | null;
  skip_header?: number;
  skip_footer?: number;
  /** Texts that stand for a missing value, besides nothing; for all columns, in order, or by column. */
  missing_values?: string | readonly string[] | Readonly<Record<number, string>> | null;
  /** What is put there; for all columns, in order, or by column. NaN, or −1 for integers. */
  filling_values?: Scalar | readonly Scalar[] | Readonly<Record<number, Scalar>> | null;
  autostrip?: boolean;
  /** What cannot be read is missing, too. */
  loose?: boolean;
  /** Lines with another number of fields are errors; otherwise they are left out. */
  invalid_raise?: boolean;
}

/**
 * The numbers of a text of which some are missing.
 *
 * (m, n) of m lines and n columns; of any dtype, float64 by default, in which what is missing is NaN.
 *
 * @throws AppError 'value' "Some errors were detected !" with the lines that have another number of columns.
 * @example genfromtxt('1,,3\n4,5,6', { delimiter: ',', filling_values: 0 }).tolist() // [[1, 0, 3], [4, 5, 6]]
 */
export function genfromtxt(
  source: TextSource,
  {
    dtype = 'float64',
    comments = '#',
    delimiter = null,
    skip_header = 0,
    skip_footer = 0,
    converters = null,
    missing_values = null,
    filling_values = null,
    usecols = null,
    unpack = null,
    ndmin = 0,
    loose = true,
    invalid_raise = true,
    max_rows = null,
  }: GenOptions = {},
): NDArray {
  if (skip_footer > 0 && max_rows !== null)
    throw new AppError('value', "The keywords 'skip_footer' and 'max_rows' can not be specified at the same time.");
  if (max_rows !== null && max_rows < 1) throw new AppError('value', "'max_rows' must be at least 1.");
  const marks = comments === null ? [] : [comments];
  const lines = linesOf(source)
    .map((line, k) => ({ text: withoutComment(line, marks, null), number: k + 1 }))
    .slice(skip_header)
    .map(({ text, number }) => ({ fields: genFields(text, delimiter), number }))
    .filter(({ fields }) => fields.length > 0);
  const kept = lines.slice(0, Math.max(0, lines.length - skip_footer)).slice(0, max_rows ?? undefined);
  if (kept.length === 0) return empty(0, dtype);
  const width = kept[0].fields.length;
  const columns = asList(usecols)?.map((k) => (k < 0 ? k + width : k)) ?? null;
  const needed = columns === null ? width : Math.max(...columns) + 1;
  const wrong = kept.filter(({ fields }) => (columns === null ? fields.length !== width : fields.length < needed));
  if (wrong.length > 0 && invalid_raise) {
    const report = wrong.map(
      ({ number, fields }) => `    Line #${number} (got ${fields.length} columns instead of ${width})`,
    );
    throw new AppError('value', `Some errors were detected !\n${report.join('\n')}`);
  }
  const rows = kept
    .filter((line) => !wrong.includes(line))
    .map(({ fields }) =>
      (columns ?? fields.map((_, k) => k)).map((k, place) => {
        const convert = converterFor(converters, k, width);
        if (convert !== null) return convert(fields[k]);
        const word = fields[k].trim();
        if (word === '' || missing(missing_values, k, place).includes(word))
          return filling(filling_values, place, k, dtype);
        const value = genField(word, dtype);
        if (value !== null) return value;
        if (!loose) throw new AppError('value', `Cannot convert string '${word}'`);
        return filling(filling_values, place, k, dtype);
      }),
    );
  const made = rows.length === 0 ? empty([0, width], dtype) : tableOf(rows, dtype);
  const slim = made.shape[0] === 1 || made.shape[1] === 1;
  let result = made;
  if (slim && ndmin < 2) result = reshape(made, [made.size]);
  if (result.size === 1 && ndmin === 0) result = reshape(result, []);
  return unpack === true && result.ndim > 1 ? result.T : result;
}

/** Integers may be written as whole floats there. */
function genField(word: string, dtype: DType): Scalar | null {
  if (kindCode(dtype) === 'b') return /^true$/i.test(word) ? true : /^false$/i.test(word) ? false : null;
  return fieldOf(word, dtype);
}

function genFields(line: string, delimiter: GenOptions['delimiter']): string[] {
  if (line.trim() === '' && (typeof delimiter !== 'string' || line === '')) return [];
  if (delimiter === null || delimiter === undefined) return line.trim().split(/\s+/);
  if (typeof delimiter === 'string') return line.trim() === '' ? [] : line.split(delimiter);
  if (typeof delimiter === 'number') return line.match(new RegExp(`.{1,${delimiter}}`, 'g')) ?? [];
  let from = 0;
  return delimiter.map((width) => line.slice(from, (from += width)));
}

function missing(given: GenOptions['missing_values'], column: number, place: number): string[] {
  if (given === null || given === undefined) return [];
  if (typeof given === 'string') return given.split(',').map((word) => word.trim());
  if (Array.isArray(given)) return place < given.length ? [(given as string[])[place]] : [];
  const word = (given as Readonly<Record<number, string>>)[column];
  return word === undefined ? [] : [word];
}

function filling(given: GenOptions['filling_values'], place: number, column: number, dtype: DType): Scalar {
  const kind = kindCode(dtype);
  const usual: Scalar = kind === 'f' ? NaN : kind === 'c' ? { re: NaN, im: 0 } : kind === 'b' ? false : -1n;
  if (given === null || given === undefined) return usual;
  if (typeof given !== 'object' || isComplex(given)) return given;
  if (Array.isArray(given)) return (given as Scalar[])[place] ?? usual;
  return (given as Readonly<Record<number, Scalar>>)[column] ?? usual;
}

export interface SaveOptions {
  /** A format for every number, for each column, or for a whole line. */
  fmt?: string | readonly string[];
  delimiter?: string;
  newline?: string;
  header?: string;
  footer?: string;
  comments?: string;
}

/**
 * An array of one or two axes as text, a line for each row; a header and a footer behind a mark of comments.
 *
 * (m, n), or (m,) a number on each line, of any dtype.
 *
 * @throws AppError 'value' for other arrays and formats that do not fit them, 'dtype' for formats of other numbers.
 * @example savetxt(array([[1, 2], [3, 4]]), { fmt: '%d', delimiter: ',' }) // '1,2\n3,4\n'
 */
export function savetxt(
  X: Operand,
  { fmt = '%.18e', delimiter = ' ', newline = '\n', header = '', footer = '', comments = '# ' }: SaveOptions = {},
): string {
  const given = asarray(X);
  if (given.ndim === 0 || given.ndim > 2)
    throw new AppError('value', `Expected 1D or 2D array, got ${given.ndim}D array instead`, { argument: 'X' });
  const table = given.ndim === 1 ? expand_dims(given, 1) : given;
  const complex = table.entries === 2;
  const format = lineFormat(fmt, table.shape[1], complex, delimiter);
  const remark = (text: string): string =>
    text === '' ? '' : `${comments}${text.replaceAll('\n', `\n${comments}`)}${newline}`;
  const single = table.dtype === 'float32' || table.dtype === 'complex64';
  const exact = single ? astype(table, complex ? 'complex128' : 'float64') : table;
  const lines = (exact.tolist() as Scalar[][]).map((row) => {
    const values = row.flatMap((x) =>
      isComplex(x) ? [x.re, x.im] : typeof x === 'number' && kindCode(table.dtype) !== 'f' ? [BigInt(x)] : [x],
    );
    const text = percent(format, values) + newline;
    return complex ? text.replaceAll('+-', '-') : text;
  });
  return `${remark(header)}${lines.join('')}${remark(footer)}`;
}

function lineFormat(fmt: string | readonly string[], columns: number, complex: boolean, delimiter: string): string {
  if (typeof fmt !== 'string') {
    if (fmt.length !== columns)
      throw new AppError('value', `fmt has wrong shape.  [${fmt.map((f) => `'${f}'`).join(', ')}]`, {
        argument: 'fmt',
      });
    return fmt.join(delimiter);
  }
  const places = fmt.split('%').length - 1;
  if (places === 1) {
    if (placesOf(fmt) !== 1) throw new AppError('dtype', `unsupported format: ${fmt}`, { argument: 'fmt' });
    return new Array<string>(columns).fill(complex ? ` (${fmt}+${fmt}j)` : fmt).join(delimiter);
  }
  if (places !== (complex ? 2 * columns : columns))
    throw new AppError('value', `fmt has wrong number of % formats:  ${fmt}`, { argument: 'fmt' });
  return fmt;
}
