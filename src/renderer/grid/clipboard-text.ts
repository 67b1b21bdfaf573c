/** Cells as text for other programs, and the text of other programs as cells. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { repr } from '../number-format.ts';

export type CopyFormat = 'tsv' | 'csv' | 'numpy' | 'matlab' | 'latex' | 'markdown';

/** A rectangle of cells with what a text of it needs. */
export interface Cells {
  rows: number;
  columns: number;
  values: Float64Array;
  imag: Float64Array | null;
  /** Exact digits where a float64 cannot hold the value. */
  text: string[] | null;
  dtype: DType;
  /** Names of these columns, where there are any. */
  names: string[] | null;
}

/** One cell as the grid shows it. */
export type Show = (value: number, imag: number | undefined) => string;

function joined(cells: Cells, cell: (index: number) => string, between: string, rowEnd: string): string {
  const lines: string[] = [];
  for (let row = 0; row < cells.rows; row++) {
    const parts: string[] = [];
    for (let column = 0; column < cells.columns; column++) parts.push(cell(row * cells.columns + column));
    lines.push(parts.join(between));
  }
  return lines.join(rowEnd);
}

/** Full precision in the spelling of spreadsheets and text files. */
function plainCell(cells: Cells, index: number): string {
  const exact = cells.text?.[index];
  if (exact !== undefined) return exact;
  const value = cells.values[index];
  const imag = cells.imag?.[index];
  if (imag !== undefined) return complexText(value, imag, cells.dtype, 'j');
  if (!Number.isFinite(value)) return repr(value);
  return repr(value, cells.dtype === 'bool' ? 'uint8' : cells.dtype).replace(/\.0$/, '');
}

function complexText(re: number, im: number, dtype: DType, unit: string): string {
  const part = (x: number): string => repr(x, dtype).replace(/\.0$/, '');
  return `${part(re)}${im < 0 || Object.is(im, -0) ? '' : '+'}${part(im)}${unit}`;
}

function quoted(name: string): string {
  return /[",\n\r]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

function numpyCell(cells: Cells, index: number): string {
  const exact = cells.text?.[index];
  if (exact !== undefined) return exact;
  const value = cells.values[index];
  const imag = cells.imag?.[index];
  if (imag !== undefined) {
    if (!Number.isFinite(value) || !Number.isFinite(imag)) return `complex(${floatText(value)}, ${floatText(imag)})`;
    return complexText(value, imag, cells.dtype, 'j');
  }
  return Number.isFinite(value) ? repr(value, cells.dtype) : floatText(value);
}

const floatText = (value: number): string =>
  Number.isNaN(value) ? 'np.nan' : value === Infinity ? 'np.inf' : value === -Infinity ? '-np.inf' : repr(value);

function asNumpy(cells: Cells): string {
  const start = 'np.array([';
  const body = joined(cells, (i) => numpyCell(cells, i), ', ', `],\n${' '.repeat(start.length)}[`);
  const natural =
    cells.dtype === 'float64' || cells.dtype === 'complex128' || cells.dtype === 'int64' || cells.dtype === 'bool';
  const dtype = natural ? '' : `, dtype=np.${cells.dtype}`;
  return `${start}[${body}]]${dtype})`;
}

function asMatlab(cells: Cells): string {
  const cell = (i: number): string => {
    const value = cells.values[i];
    const imag = cells.imag?.[i];
    const part = (x: number): string =>
      Number.isNaN(x) ? 'NaN' : Number.isFinite(x) ? repr(x, cells.dtype).replace(/\.0$/, '') : x > 0 ? 'Inf' : '-Inf';
    if (cells.text?.[i] !== undefined) return cells.text[i];
    if (cells.dtype === 'bool') return value === 0 ? 'false' : 'true';
    if (imag === undefined) return part(value);
    return Number.isFinite(imag)
      ? `${part(value)}${imag < 0 ? '' : '+'}${part(imag)}i`
      : `complex(${part(value)},${part(imag)})`;
  };
  return `[${joined(cells, cell, ' ', ';\n ')}]`;
}

/** A number as shown, in LaTeX's spelling. */
function latexNumber(text: string): string {
  const fraction = /^(-?)(\d+)\/(\d+)$/.exec(text);
  if (fraction !== null) return `${fraction[1]}\\frac{${fraction[2]}}{${fraction[3]}}`;
  return text
    .replace(/nan/g, '\\mathrm{NaN}')
    .replace(/inf/g, '\\infty')
    .replace(
      /e([+-]?)0*(\d+)/,
      (_, sign: string, digits: string) => ` \\times 10^{${sign === '-' ? '-' : ''}${digits}}`,
    )
    .replace(/j$/, '\\,\\mathrm{i}');
}

/** Cells as text: TSV, CSV, NumPy and MATLAB with full precision, LaTeX and Markdown as the grid shows them. */
export function cellsAsText(cells: Cells, format: CopyFormat, show: Show): string {
  const shown = (i: number): string => cells.text?.[i] ?? show(cells.values[i], cells.imag?.[i]);
  switch (format) {
    case 'tsv':
      return joined(cells, (i) => plainCell(cells, i), '\t', '\n');
    case 'csv': {
      const head = cells.names === null ? '' : `${cells.names.map(quoted).join(',')}\n`;
      return head + joined(cells, (i) => plainCell(cells, i), ',', '\n');
    }
    case 'numpy':
      return asNumpy(cells);
    case 'matlab':
      return asMatlab(cells);
    case 'latex':
      return `\\begin{bmatrix}\n  ${joined(cells, (i) => latexNumber(shown(i)), ' & ', ' \\\\\n  ')}\n\\end{bmatrix}`;
    case 'markdown': {
      const names = cells.names ?? Array.from({ length: cells.columns }, (_, j) => String(j));
      const head = `| ${names.map((name) => name.replaceAll('|', '\\|').replace(/\s+/g, ' ')).join(' | ')} |`;
      const rule = `|${' ---: |'.repeat(cells.columns)}`;
      return `${head}\n${rule}\n| ${joined(cells, shown, ' | ', ' |\n| ')} |`;
    }
  }
}

export interface Pasted {
  rows: number;
  columns: number;
  values: Float64Array;
  imag: Float64Array | null;
  /** Cells that were empty and became NaN. */
  empty: number;
  /** A first row of words that was passed over. */
  names: string[] | null;
}

/** Reads text as the compute process does: expressions, brackets, complex numbers. */
export type ReadText = (text: string) => Promise<{ shape: number[]; values: Float64Array; imag: Float64Array | null }>;

/** Fields of delimited text, with quotes as spreadsheets write them. */
function fieldsOf(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (inside) {
      if (c === '"' && text[i + 1] === '"') {
        field += '"';
        i++;
      } else if (c === '"') inside = false;
      else field += c;
    } else if (c === '"' && field.trim() === '') {
      field = '';
      inside = true;
    } else if (c === delimiter) {
      row.push(field);
      field = '';
    } else if (c === '\n') {
      row.push(field);
      rows.push(row);
      row = [];
      field = '';
    } else field += c;
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  return rows;
}

/** Rows of fields, however the text separates them. */
function split(plain: string): string[][] {
  if (plain.includes('\t')) return fieldsOf(plain, '\t');
  if (plain.includes(';')) return fieldsOf(plain, ';');
  if (plain.includes(',')) return fieldsOf(plain, ',');
  return plain.split('\n').map((line) => {
    const parts = line.trim().split(/\s+/);
    return parts.length > 1 && parts.every((part) => /^[-+]?(?:[\d.]|inf|nan)/i.test(part)) ? parts : [line];
  });
}

const simple = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;
const decimalComma = /^[-+]?\d+,\d+(?:[eE][-+]?\d+)?$/;
const grouped = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;
const missing = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '#n/a', '-']);

/**
 * Text from a spreadsheet, a CSV file or code as a rectangle of numbers.
 * @throws AppError 'parse' naming row and column of the first cell that is no number, 'shape' when rows differ
 */
export async function parsePasted(text: string, read: ReadText, most = 2_000_000): Promise<Pasted> {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/^\uFEFF/, '')
    .replace(/\n+$/, '');
  if (plain.trim() === '') throw new AppError('parse', 'There is nothing in the clipboard that looks like numbers');
  if (/^\s*(?:(?:np|numpy)\.)?(?:array\s*\(\s*)?\[/.test(plain)) {
    const { shape, values, imag } = await read(plain);
    // A list in code is a row; only the grid's own 1-d arrays are columns.
    const [rows, columns] = shape.length === 2 ? [shape[0], shape[1]] : [1, values.length];
    return { rows, columns, values, imag, empty: 0, names: null };
  }
  let table = split(plain);
  const columns = Math.max(...table.map((row) => row.length));
  if (table.length * columns > most) {
    throw new AppError('memory', `The clipboard holds ${table.length * columns} cells; ${most} can be pasted at once`, {
      hint: 'Save it as a file and open that instead',
    });
  }
  let names: string[] | null = null;
  const first = table[0];
  if (table.length > 1 && first.every(isWord)) {
    names = first.map((field) => field.trim());
    table = table.slice(1);
  }
  const values = new Float64Array(table.length * columns);
  const difficult: { text: string; at: number }[] = [];
  let empty = 0;
  table.forEach((row, r) => {
    if (row.length !== columns) {
      throw new AppError(
        'shape',
        `Row ${r + (names === null ? 1 : 2)} of the clipboard has ${row.length} cells, the widest has ${columns}`,
      );
    }
    row.forEach((field, c) => {
      const at = r * columns + c;
      const cell = field.trim();
      if (simple.test(cell)) values[at] = Number(cell);
      else if (missing.has(cell.toLowerCase())) {
        values[at] = NaN;
        if (cell.toLowerCase() !== 'nan') empty++;
      } else if (grouped.test(cell)) values[at] = Number(cell.replaceAll(',', ''));
      else if (decimalComma.test(cell)) values[at] = Number(cell.replace(',', '.'));
      else difficult.push({ text: cell.replace(/^\((.*)\)$/, '$1'), at });
    });
  });
  const imag = await readDifficult(difficult, values, columns, names === null ? 0 : 1, read);
  return { rows: table.length, columns, values, imag, empty, names };
}

function isWord(field: string): boolean {
  const plain = field.trim().toLowerCase();
  return !missing.has(plain) && !/^[-+]?[\d.]/.test(plain) && !/^[-+]?(?:inf|pi|sqrt|e$|j$)/.test(plain);
}

/** Expressions among the cells: read all at once, and one by one only to find the one at fault. */
async function readDifficult(
  cells: readonly { text: string; at: number }[],
  values: Float64Array,
  columns: number,
  skipped: number,
  read: ReadText,
): Promise<Float64Array | null> {
  if (cells.length === 0) return null;
  let imag: Float64Array | null = null;
  const place = (at: number, re: number, im: number): void => {
    values[at] = re;
    if (im === 0) return;
    imag ??= new Float64Array(values.length);
    imag[at] = im;
  };
  try {
    const all = await read(`[${cells.map((cell) => cell.text).join(', ')}]`);
    if (all.values.length === cells.length) {
      cells.forEach(({ at }, i) => place(at, all.values[i], all.imag?.[i] ?? 0));
      return imag;
    }
  } catch (error) {
    if (cells.length === 1) throw faulty(cells[0], columns, skipped);
    if (!(error instanceof AppError) || error.code !== 'parse') throw error;
  }
  for (const cell of cells) {
    let one: Awaited<ReturnType<ReadText>>;
    try {
      one = await read(cell.text);
    } catch {
      throw faulty(cell, columns, skipped);
    }
    if (one.values.length !== 1) throw faulty(cell, columns, skipped);
    place(cell.at, one.values[0], one.imag?.[0] ?? 0);
  }
  return imag;
}

function faulty({ text, at }: { text: string; at: number }, columns: number, skipped: number): AppError {
  const short = text.length > 24 ? `${text.slice(0, 24)}…` : text;
  const place = `Row ${Math.floor(at / columns) + skipped + 1}, column ${(at % columns) + 1} of the clipboard`;
  return new AppError('parse', `${place} is no number: ${JSON.stringify(short)}`, {
    hint: 'Nothing was pasted. Copy the numbers without their labels',
  });
}
