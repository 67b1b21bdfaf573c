/** The places of a traceback that a person can go to. */
import { textOf } from '#shared/json.ts';
import type { NotebookOutput } from '#shared/notebook.ts';

export interface TracebackPart {
  text: string;
  /** A line of a cell, when the text names one: the cell by its execution count. */
  place: { cell: number; line: number } | null;
}

const place =
  /(?:File "<cell (\d+)>", line (\d+)|Cell In\[(\d+)\], line (\d+)|<ipython-input-(\d+)-[^>]*>.*? line (\d+))/g;

/**
 * A line of a traceback in parts.
 * @example
 * tracebackParts('  File "<cell 3>", line 2, in <module>')[1]; // { text: 'File "<cell 3>", line 2', place: { cell: 3, line: 2 } }
 */
export function tracebackParts(line: string): TracebackPart[] {
  const parts: TracebackPart[] = [];
  let at = 0;
  for (const match of line.matchAll(place)) {
    if (match.index > at) parts.push({ text: line.slice(at, match.index), place: null });
    const [cell, number] = match.slice(1).filter((group) => group !== undefined);
    parts.push({ text: match[0], place: { cell: Number(cell), line: Number(number) } });
    at = match.index + match[0].length;
  }
  if (at < line.length) parts.push({ text: line.slice(at), place: null });
  return parts;
}

/** The line of a cell, from 1, in which its last run failed; null when it did not, or elsewhere. */
export function failedLine(outputs: readonly NotebookOutput[], count: number | null): number | null {
  const failure = outputs.findLast((output) => output.output_type === 'error');
  if (failure === undefined || !Array.isArray(failure['traceback'])) return null;
  const places = failure['traceback'].flatMap((text) => tracebackParts(textOf(text))).map((part) => part.place);
  return places.findLast((each) => each?.cell === count)?.line ?? null;
}
