import { countRows, ParseControl } from '#engine/kernels/csv.ts';
import type { TableOptions, TablePreview } from '#shared/contract.ts';
import { AppError, toErrorValue } from '#shared/errors.ts';
import { bytesText, count, memoryLimit } from './memory.ts';
import { detectEncoding } from './sniff.ts';
import { describeColumns, detectTable, hasHeader, splitRows } from './table-detect.ts';
import {
  afterLines,
  byteOffset,
  checkOptions,
  decodeHead,
  describedRows,
  endsWithReturns,
  readHead,
} from './table-file.ts';
import type { TaskContext } from './task.ts';

const previewRows = 100;
const previewColumns = 200;

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
