import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countRows, ParseControl, parseNumbers } from '#engine/kernels/csv.ts';
import type { ArrayDescriptor } from '#engine/ndarray.ts';
import type { TableOptions } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import { emptyArray } from './copies.ts';
import { elements } from './factoring.ts';
import { fileError } from './files.ts';
import { count, requireFree } from './memory.ts';
import { columnNames, describeColumns, splitRows } from './table-detect.ts';
import {
  afterLines,
  byteOffset,
  checkOptions,
  countLineEnds,
  decodeHead,
  describedRows,
  endsWithReturns,
  readHead,
} from './table-file.ts';
import type { TaskContext } from './task.ts';

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
