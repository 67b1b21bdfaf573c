import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countRows, ParseControl, parseNumbers } from '#engine/kernels/csv.ts';
import type { ArrayDescriptor } from '#engine/ndarray.ts';
import type { TableOptions, TablePreview } from '#shared/contract.ts';
import { AppError, toErrorValue } from '#shared/errors.ts';
import { elements } from './factoring.ts';
import { emptyArray } from './copies.ts';
import { fileError } from './files.ts';
import { bytesText, count, memoryLimit, requireFree } from './memory.ts';
import { detectEncoding } from './sniff.ts';
import { columnNames, describeColumns, detectTable, hasHeader, splitRows } from './table-detect.ts';
import type { TaskContext } from './task.ts';

/** How much of a file is looked at before it is imported. */
const headBytes = 1 << 20;
const previewRows = 100;
const previewColumns = 200;
const describedRows = 5000;

export interface TablePreviewInput {
  path: string;
  name: string;
  size: number;
  /** What the person set; the rest is detected. */
  options: Partial<TableOptions>;
}

export type TablePreviewAnswer = Omit<TablePreview, 'file'>;

/** What a text file would become as a table. */
export async function tablePreviewTask(
  input: TablePreviewInput,
  context: TaskContext<never>,
): Promise<TablePreviewAnswer> {
  context.progress('reading', null);
  const { head, size } = await readHead(input.path, input.name);
  if (size === 0)
    throw new AppError('parse', `${input.name} is empty`, {
      argument: 'file',
      hint: 'It has no bytes at all. Was it saved completely?',
    });
  const { encoding: detectedEncoding, mark } = detectEncoding(head, input.name);
  const encoding = input.options.encoding ?? detectedEncoding;
  const whole = size <= head.length;
  const { text, cut } = decodeHead(head.subarray(mark), encoding, whole);
  const detected = detectTable(text, encoding, whole);
  const options: TableOptions = { ...detected.options, ...input.options, encoding };
  checkOptions(options);
  if (
    input.options.header === undefined &&
    (input.options.skip !== undefined || input.options.delimiter !== undefined)
  ) {
    options.header = redetectHeader(text, options);
  }

  const body = afterLines(text, options.skip);
  const rows = splitRows(body, options.delimiter, describedRows + 1);
  const { columns, width, warnings } = describeColumns(rows, options, options.skip + 1);
  const shown = options.header ? rows.slice(1) : rows;
  const notes = input.options.skip === undefined ? detected.notes : [];
  const allSeen = whole && rows.length <= describedRows;
  let total: number | null = allSeen ? shown.length : null;
  if (total === null && encoding !== 'utf-16le' && encoding !== 'utf-16be' && !endsWithReturns(head)) {
    const start = mark + byteOffset(head.subarray(mark), options.skip);
    const control = new ParseControl();
    context.onStop(() => control.cancel());
    total = (await countRows(input.path, start, size, options.delimiter, control)).rows - (options.header ? 1 : 0);
  }
  if (cut) notes.push('The first line is longer than what is looked at; the preview shows its beginning.');
  const preview: TablePreviewAnswer = {
    name: input.name,
    size,
    options,
    columns,
    rows: shown.slice(0, previewRows).map(({ fields }) => fields.slice(0, previewColumns)),
    total_rows: total,
    warnings: [...notes, ...warnings],
    problem: null,
  };
  const problem = problemOf(preview, width);
  return { ...preview, problem: problem === null ? null : toErrorValue(problem) };
}

function problemOf(preview: TablePreviewAnswer, width: number): AppError | null {
  const { options, columns, total_rows: total, name } = preview;
  if (columns.length === 0 || total === 0) {
    return new AppError('parse', `${name} has no rows below its header`, {
      hint: 'If the first row holds numbers, switch the header off; fewer lines may have to be skipped.',
    });
  }
  const chosen = options.columns ?? columns.flatMap(({ type }, index) => (type === 'number' ? [index] : []));
  const outside = chosen.find((index) => !Number.isInteger(index) || index < 0 || index >= width);
  if (outside !== undefined)
    return new AppError('index', `There is no column ${outside}; the table has ${width}`, { argument: 'columns' });
  if (!chosen.some((index) => columns[index].type === 'number')) {
    return new AppError(
      'parse',
      options.columns === null ? 'No column holds numbers' : 'None of the chosen columns holds numbers',
      {
        argument: 'columns',
        hint: 'Check the delimiter and the decimal sign; a matrix needs at least one numeric column.',
      },
    );
  }
  const bytes = (total ?? 0) * chosen.length * 8;
  const limit = memoryLimit();
  if (bytes > limit) {
    return new AppError(
      'memory',
      `${count(total ?? 0)} × ${chosen.length} numbers need ${bytesText(bytes)} of memory; ${bytesText(limit)} can be used now`,
      {
        argument: 'columns',
        hint: 'Choose fewer columns.',
      },
    );
  }
  return null;
}

function redetectHeader(text: string, options: TableOptions): boolean {
  const rows = splitRows(afterLines(text, options.skip), options.delimiter, 200);
  return hasHeader(
    rows.map(({ fields }) => fields),
    options.decimal,
  );
}

export interface TableImportInput {
  path: string;
  name: string;
  options: TableOptions;
}

export interface TableImportAnswer {
  array: ArrayDescriptor;
  /** Names of the imported columns; null when the file gives none. */
  columns: string[] | null;
  /** The columns that were imported, and of how many. */
  imported: number[];
  fields: number;
  /** Cells that became NaN or 0, and rows left out. */
  missing: number;
  invalid: number;
  dropped: number;
  ragged: number;
  quoted: boolean;
  /** In words, worst first. */
  notes: string[];
}

/** The numeric columns of a table as a float64 matrix, parsed by native threads. */
export async function tableImportTask(
  input: TableImportInput,
  context: TaskContext<never>,
): Promise<TableImportAnswer> {
  checkOptions(input.options);
  const { options, name } = input;
  const utf16 = options.encoding === 'utf-16le' || options.encoding === 'utf-16be';
  if (!utf16 && !endsWithReturns((await readHead(input.path, name)).head))
    return importBytes(input.path, input, context);
  const folder = await mkdtemp(join(tmpdir(), 'eigenscope-'));
  try {
    const path = join(folder, 'table.txt');
    context.progress('decoding', null);
    await transcode(input.path, path, options.encoding, context).catch((error: unknown) => {
      throw fileError(error, name, 'read');
    });
    return await importBytes(path, { ...input, options: { ...options, encoding: 'utf-8' } }, context);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importBytes(
  path: string,
  { name, options }: TableImportInput,
  context: TaskContext<never>,
): Promise<TableImportAnswer> {
  const control = new ParseControl();
  context.onStop(() => control.cancel());
  const { head, size } = await readHead(path, name);
  const mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  const whole = size <= head.length;
  const { text } = decodeHead(head.subarray(mark), options.encoding, whole);
  const rows = splitRows(afterLines(text, options.skip), options.delimiter, describedRows + 1);
  const { columns: found, width } = describeColumns(rows, options, options.skip + 1);
  const imported = options.columns ?? found.flatMap(({ type }, index) => (type === 'number' ? [index] : []));
  for (const index of imported) {
    if (!Number.isInteger(index) || index < 0 || index >= width) {
      throw new AppError('index', `There is no column ${index}; the table has ${width}`, { argument: 'columns' });
    }
  }
  if (imported.length === 0) {
    throw new AppError('parse', 'No column holds numbers', {
      argument: 'columns',
      hint: 'Check the delimiter and the decimal sign.',
    });
  }
  // The table's own rows begin after the lines to skip and the header, which may run over several lines in quotes.
  const headerLines = options.header ? (rows[1]?.line ?? countLineEnds(afterLines(text, options.skip))) : 0;
  const first = options.skip + headerLines;
  const start = Math.min(size, mark + byteOffset(head.subarray(mark), first));
  context.progress('counting rows', null);
  const { rows: total } = await countRows(path, start, size, options.delimiter, control);
  if (total === 0) throw new AppError('parse', `${name} has no rows below its header`, { argument: 'file' });
  requireFree(
    total * imported.length * 8,
    `${name} (${count(total)} × ${imported.length} numbers)`,
    'Choose fewer columns.',
  );
  let array = emptyArray([total, imported.length], 'float64');
  const out = elements(array) as Float64Array;
  const watch = setInterval(
    () => context.progress('reading', Math.min(0.99, control.done / Math.max(1, size - start))),
    100,
  );
  let result: Awaited<ReturnType<typeof parseNumbers>>;
  try {
    result = await parseNumbers(
      path,
      start,
      size,
      first + 1,
      { delimiter: options.delimiter, decimal: options.decimal, fields: width, columns: imported },
      out,
      control,
    );
  } finally {
    clearInterval(watch);
  }
  context.checkpoint();
  const missing = result.missing.reduce((sum, cells) => sum + cells, 0);
  const invalid = result.invalid.reduce((sum, cells) => sum + cells, 0);
  let rowsKept = Math.min(total, result.rows);
  if (missing + invalid === rowsKept * imported.length) {
    throw new AppError('parse', 'None of the chosen columns holds a number', {
      argument: 'columns',
      hint: 'Check the delimiter and the decimal sign.',
    });
  }
  let dropped = 0;
  if (missing + invalid > 0 && options.missing === 'zero') {
    for (let i = 0; i < out.length; i++) if (Number.isNaN(out[i])) out[i] = 0;
  } else if (missing + invalid > 0 && options.missing === 'drop-row') {
    const kept = dropRows(out, rowsKept, imported.length);
    dropped = rowsKept - kept;
    rowsKept = kept;
    if (rowsKept === 0)
      throw new AppError('parse', 'Every row has a missing cell, so no row is left', {
        hint: 'Let missing cells become NaN or 0.',
      });
  }
  if (rowsKept < total) {
    const fewer = emptyArray([rowsKept, imported.length], 'float64');
    (elements(fewer) as Float64Array).set(out.subarray(0, rowsKept * imported.length));
    array = fewer;
  }
  const names = options.header ? columnNames(rows[0]?.fields ?? [], width) : null;
  return {
    array: array.descriptor(),
    columns: names === null ? null : imported.map((index) => names[index]),
    imported,
    fields: width,
    missing,
    invalid,
    dropped,
    ragged: result.ragged_total,
    quoted: text.includes('"'),
    notes: importNotes(result, missing, invalid, dropped, options.missing, width, names, imported),
  };
}

function importNotes(
  result: Awaited<ReturnType<typeof parseNumbers>>,
  missing: number,
  invalid: number,
  dropped: number,
  became: TableOptions['missing'],
  width: number,
  names: readonly string[] | null,
  imported: readonly number[],
): string[] {
  const notes: string[] = [];
  const turned = became === 'zero' ? '0' : 'NaN';
  if (dropped > 0)
    notes.push(`${count(dropped)} ${dropped === 1 ? 'row was' : 'rows were'} left out because of missing cells.`);
  if (invalid > 0) {
    const [cell] = result.invalid_cells;
    const where =
      cell === undefined
        ? ''
        : `, the first on line ${cell.line} in ${names?.[imported[cell.column] ?? cell.column] ?? `column ${cell.column}`}: “${cell.text.slice(0, 40)}”`;
    notes.push(
      `${count(invalid)} ${invalid === 1 ? 'cell is no number' : 'cells are no numbers'}${where}.${dropped > 0 ? '' : ` ${invalid === 1 ? 'It' : 'They'} became ${turned}.`}`,
    );
  }
  if (missing > 0 && dropped === 0)
    notes.push(`${count(missing)} missing ${missing === 1 ? 'cell' : 'cells'} became ${turned}.`);
  if (result.ragged_total > 0) {
    const [line] = result.ragged;
    const where =
      line === undefined
        ? ''
        : ` Line ${line.line} has ${line.fields} ${line.fields === 1 ? 'field' : 'fields'}, the others ${width}.`;
    notes.push(
      `${count(result.ragged_total)} ${result.ragged_total === 1 ? 'line differs' : 'lines differ'} in the number of fields.${where}`,
    );
  }
  return notes;
}

/** Moves the rows without NaN together; gives how many there are. */
function dropRows(values: Float64Array, rows: number, cols: number): number {
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    let whole = true;
    for (let col = 0; col < cols && whole; col++) whole = !Number.isNaN(values[row * cols + col]);
    if (!whole) continue;
    if (kept !== row) values.copyWithin(kept * cols, row * cols, (row + 1) * cols);
    kept++;
  }
  return kept;
}

async function readHead(path: string, name: string): Promise<{ head: Uint8Array; size: number }> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const head = new Uint8Array(Math.min(size, headBytes));
      let done = 0;
      while (done < head.length) {
        const { bytesRead } = await file.read(head, done, head.length - done, done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
      return { head: head.subarray(0, done), size };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileError(error, name, 'read');
  }
}

/** The text of a file's beginning, up to its last whole line. */
function decodeHead(
  head: Uint8Array,
  encoding: TableOptions['encoding'],
  whole: boolean,
): { text: string; cut: boolean } {
  const text = new TextDecoder(encoding).decode(head, { stream: !whole });
  if (whole) return { text, cut: false };
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  return end < 0 ? { text, cut: true } : { text: text.slice(0, end + 1), cut: false };
}

function afterLines(text: string, lines: number): string {
  let at = 0;
  for (let line = 0; line < lines; line++) {
    const next = /\r\n|\n|\r/g;
    next.lastIndex = at;
    if (next.exec(text) === null) return '';
    at = next.lastIndex;
  }
  return text.slice(at);
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

/** Bytes of the first lines of a file in an encoding that contains ASCII. */
function byteOffset(bytes: Uint8Array, lines: number): number {
  let at = 0;
  for (let line = 0; line < lines; line++) {
    while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
    if (bytes[at] === 13 && bytes[at + 1] === 10) at++;
    at++;
  }
  return Math.min(at, bytes.length);
}

/** Lines that end with a carriage return alone, as old Macintosh programs write them: the parser knows only LF and CRLF. */
function endsWithReturns(head: Uint8Array): boolean {
  return head.includes(13) && !head.includes(10);
}

async function transcode(
  from: string,
  to: string,
  encoding: TableOptions['encoding'],
  context: TaskContext<never>,
): Promise<void> {
  const returns = endsWithReturns((await readHead(from, from)).head);
  const decoder = new TextDecoder(encoding);
  const source = await open(from, 'r');
  const target = await open(to, 'w', 0o600);
  try {
    const chunk = new Uint8Array(4 << 20);
    for (;;) {
      context.checkpoint();
      const { bytesRead } = await source.read(chunk, 0, chunk.length, null);
      const text = decoder.decode(chunk.subarray(0, bytesRead), { stream: bytesRead > 0 });
      await target.writeFile(returns ? text.replaceAll('\r', '\n') : text);
      if (bytesRead === 0) return;
    }
  } finally {
    await source.close();
    await target.close();
  }
}

function checkOptions(options: TableOptions): void {
  const wrong = ![',', '\t', ';', '|', ' '].includes(options.delimiter)
    ? 'delimiter'
    : !['.', ','].includes(options.decimal)
      ? 'decimal'
      : typeof options.header !== 'boolean'
        ? 'header'
        : !Number.isInteger(options.skip) || options.skip < 0 || options.skip > 1_000_000
          ? 'skip'
          : !['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'].includes(options.encoding)
            ? 'encoding'
            : !['nan', 'zero', 'drop-row'].includes(options.missing)
              ? 'missing'
              : options.columns !== null && !Array.isArray(options.columns)
                ? 'columns'
                : null;
  if (wrong !== null)
    throw new AppError('value', `The option ${wrong} of the table is not usable`, { argument: wrong });
}
