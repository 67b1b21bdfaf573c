import { open } from 'node:fs/promises';
import type { TableOptions } from '#shared/contract.ts';
import { AppError } from '#shared/errors.ts';
import { fileError } from './files.ts';

/** How much of a file is looked at before it is imported. */
const headBytes = 1 << 20;
/** Rows of it that decide about the types of the columns. */
export const describedRows = 5000;

/** The beginning of a file, and how large it is. */
export async function readHead(path: string, name: string): Promise<{ head: Uint8Array; size: number }> {
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
export function decodeHead(
  head: Uint8Array,
  encoding: TableOptions['encoding'],
  whole: boolean,
): { text: string; cut: boolean } {
  const text = new TextDecoder(encoding).decode(head, { stream: !whole });
  if (whole) return { text, cut: false };
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  return end < 0 ? { text, cut: true } : { text: text.slice(0, end + 1), cut: false };
}

/** What follows the first lines of a text. */
export function afterLines(text: string, lines: number): string {
  let at = 0;
  for (let line = 0; line < lines; line++) {
    const next = /\r\n|\n|\r/g;
    next.lastIndex = at;
    if (next.exec(text) === null) return '';
    at = next.lastIndex;
  }
  return text.slice(at);
}

/** Lines that end within a text. */
export function countLineEnds(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

/** Bytes of the first lines of a file in an encoding that contains ASCII. */
export function byteOffset(bytes: Uint8Array, lines: number): number {
  let at = 0;
  for (let line = 0; line < lines; line++) {
    while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++;
    if (bytes[at] === 13 && bytes[at + 1] === 10) at++;
    at++;
  }
  return Math.min(at, bytes.length);
}

/** Lines that end with a carriage return alone, as old Macintosh programs write them: the parser knows only LF and CRLF. */
export function endsWithReturns(head: Uint8Array): boolean {
  return head.includes(13) && !head.includes(10);
}

/** @throws AppError 'value' naming the option that cannot be used. */
export function checkOptions(options: TableOptions): void {
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
