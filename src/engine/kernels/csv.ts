import { AppError } from '#shared/errors.ts';
import { native } from '../native.ts';

export interface NumbersOptions {
  delimiter: ',' | '\t' | ';' | '|' | ' ';
  decimal: '.' | ',';
  /** Fields of every line; lines with another number are reported, missing fields count as missing. */
  fields: number;
  /** Columns to keep, in this order, by index. */
  columns: readonly number[];
}

export interface NumbersResult {
  /** Rows parsed (lines that are not empty). */
  rows: number;
  /** Per kept column: cells that were empty (or NA, N/A, null, nan, -, ?), cells that held something else than a number. */
  missing: number[];
  invalid: number[];
  /** The first lines (1-based, counted from `line0`) whose number of fields differs, with that number; at most 100. */
  ragged: { line: number; fields: number }[];
  /** All ragged lines. */
  ragged_total: number;
  /** The first cells that were not numbers; at most 100. */
  invalid_cells: { line: number; column: number; text: string }[];
}

/** Shared with a running parse: read `done` for progress (bytes), call `cancel` to stop it. */
export class ParseControl {
  readonly state = new BigInt64Array(new SharedArrayBuffer(16));

  /** Bytes parsed so far. */
  get done(): number {
    return Number(Atomics.load(this.state, 0));
  }

  /**
   * Stops the parse before its next piece.
   * @example const control = new ParseControl(); control.cancel(); control.state[1] // 1n
   */
  cancel(): void {
    Atomics.store(this.state, 1, 1n);
  }

  /**
   * The control that another thread shares.
   * @example ParseControl.from(new ParseControl().state.buffer).done // 0
   */
  static from(buffer: SharedArrayBuffer): ParseControl {
    const control = new ParseControl();
    Object.defineProperty(control, 'state', { value: new BigInt64Array(buffer) });
    return control;
  }
}

/**
 * How many table rows (lines that are not empty; quoted line ends do not count) lie in a byte range of a file: the
 * first of the two passes, for sizing the result. On threads of its own.
 *
 * @throws AppError 'io' when the file cannot be read, 'cancelled'.
 * @example (await countRows(written('1,2\n3,4\n'), 0, 8, ',')).rows // 2
 */
export async function countRows(
  path: string,
  start: number,
  end: number,
  delimiter: NumbersOptions['delimiter'],
  control: ParseControl = new ParseControl(),
): Promise<{ rows: number; lines: number }> {
  return await settled(native().csvCount(path, start, end, delimiter, control.state));
}

/**
 * Parses the delimited numbers in the byte range [start, end) of a file (UTF-8, Latin or ASCII bytes; start at the
 * beginning of a line) into `out`, row-major float64 of rows × columns.length, on two threads. Quoted fields, CRLF and
 * LF, a decimal comma and surrounding blanks are understood; missing and invalid cells become NaN and are counted.
 *
 * @param line0 the number of the first line, for messages (1-based).
 * @param out at least rows × columns.length long, over shared memory (`countRows` gives the rows).
 * @throws AppError 'index' for columns that are not there, 'io' when the file cannot be read or shrank, 'memory' when
 * `out` is too small, 'cancelled'.
 * @example const out = new Float64Array(new SharedArrayBuffer(16)); await parseNumbers(written('1,2\n3,4\n'), 0, 8, 1, { delimiter: ',', decimal: '.', fields: 2, columns: [1] }, out); [...out] // [2, 4]
 */
export async function parseNumbers(
  path: string,
  start: number,
  end: number,
  line0: number,
  options: NumbersOptions,
  out: Float64Array,
  control: ParseControl = new ParseControl(),
): Promise<NumbersResult> {
  const { fields, columns } = options;
  for (const column of columns) {
    if (!Number.isInteger(column) || column < 0 || column >= fields) {
      throw new AppError('index', `index ${column} is out of bounds for axis 1 with size ${fields}`, {
        argument: 'columns',
      });
    }
  }
  return await settled(
    native().csvParse(
      path,
      start,
      end,
      line0,
      options.delimiter,
      options.decimal,
      fields,
      Int32Array.from(columns),
      out,
      control.state,
    ),
  );
}

async function settled<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (message === 'cancelled') throw new AppError('cancelled', 'Cancelled');
    if (message === 'out too small') throw new AppError('memory', 'The file grew while it was read', { cause: error });
    throw new AppError('io', message, { cause: error });
  }
}
