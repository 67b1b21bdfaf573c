/** What Python puts out, as nbformat keeps it: the cell's outputs are then the file's. */
import type { PythonArray, PythonDisplay, PythonOutput } from './contract.ts';
import { isRecord, textOf } from './json.ts';
import { arrayMediaType, type Json, type JsonObject, type NotebookOutput, plotlyMediaType } from './notebook.ts';

/** What a cell's stream keeps; the middle of more is left out. */
const mostText = 2_000_000;
const keptHead = 200_000;
const keptTail = 800_000;
const gap = /\n\[… (\d+) characters left out …\]\n/;

/**
 * The outputs with one more.
 * @example
 * withOutput([], { kind: 'stream', stream: 'stdout', text: 'hi\n' }, 1); // [{ output_type: 'stream', name: 'stdout', text: 'hi\n' }]
 */
export function withOutput(
  outputs: readonly NotebookOutput[],
  given: PythonOutput,
  executionCount: number | null,
): NotebookOutput[] {
  switch (given.kind) {
    case 'stream': {
      const last = outputs.at(-1);
      const joins = last?.output_type === 'stream' && last['name'] === given.stream;
      const text = shortened((joins ? textOf(last['text']) : '') + given.text);
      const stream = { output_type: 'stream', name: given.stream, text };
      return joins ? [...outputs.slice(0, -1), stream] : [...outputs, stream];
    }
    case 'display':
      return [...outputs, { output_type: 'display_data', data: bundle(given.data), metadata: {} }];
    case 'result':
      return [
        ...outputs,
        {
          output_type: 'execute_result',
          data: bundle(given.data),
          metadata: {},
          execution_count: executionCount,
        },
      ];
    case 'error': {
      const { type, message, traceback } = given.error;
      return [
        ...outputs,
        { output_type: 'error', ename: type, evalue: message, traceback: traceback.trimEnd().split('\n') },
      ];
    }
    case 'clear':
      return [];
    case 'input':
      return [...outputs];
  }
}

/** Takes batches as they come; `clear(wait)` holds until there is something to put in its place. */
export class OutputCollector {
  outputs: NotebookOutput[] = [];
  #clearsNext = false;

  add(batch: readonly PythonOutput[]): void {
    for (const each of batch) {
      if (each.kind === 'clear' && each.wait) {
        this.#clearsNext = true;
        continue;
      }
      if (this.#clearsNext && each.kind !== 'input') {
        this.outputs = [];
        this.#clearsNext = false;
      }
      this.outputs = withOutput(this.outputs, each, null);
    }
  }

  /**
   * The results get the number of the run once it is known; an array that the last line only names gets its name,
   * which the workspace did not know yet when it was shown.
   */
  finish(count: number, code: string, made: readonly string[]): void {
    const lastLine = code.trimEnd().split('\n').at(-1)?.trim() ?? '';
    const name = made.includes(lastLine) ? lastLine : null;
    this.outputs = this.outputs.map((output) => {
      if (output.output_type !== 'execute_result') return output;
      const { data } = output;
      const array = isRecord(data) ? data[arrayMediaType] : undefined;
      if (name === null || !isRecord(data) || !isRecord(array) || array['name'] !== null) {
        return { ...output, execution_count: count };
      }
      return { ...output, execution_count: count, data: { ...data, [arrayMediaType]: { ...array, name } } };
    });
  }
}

function shortened(text: string): string {
  if (text.length <= mostText) return text;
  const before = gap.exec(text);
  const headEnd = before?.index ?? Math.max(0, text.lastIndexOf('\n', keptHead));
  const tailStart = text.indexOf('\n', text.length - keptTail) + 1 || text.length - keptTail;
  const gone = tailStart - headEnd - (before === null ? 0 : before[0].length) + Number(before?.[1] ?? 0);
  return `${text.slice(0, headEnd)}\n[… ${gone} characters left out …]\n${text.slice(tailStart)}`;
}

function bundle(display: PythonDisplay): JsonObject {
  const { text, html, markdown, latex, svg, png, jpeg, plotly, array } = display;
  return {
    'text/plain': text,
    ...(html === undefined ? {} : { 'text/html': html }),
    ...(markdown === undefined ? {} : { 'text/markdown': markdown }),
    ...(latex === undefined ? {} : { 'text/latex': latex }),
    ...(svg === undefined ? {} : { 'image/svg+xml': svg }),
    ...(png === undefined ? {} : { 'image/png': base64(png) }),
    ...(jpeg === undefined ? {} : { 'image/jpeg': base64(jpeg) }),
    ...(plotly === undefined ? {} : { [plotlyMediaType]: toJson(plotly) }),
    ...(array === undefined ? {} : { [arrayMediaType]: arrayJson(array) }),
  };
}

function arrayJson({ id, name, shape, dtype, cells, map }: PythonArray): JsonObject {
  const picture =
    map === null
      ? null
      : {
          rows: map.rows,
          columns: map.columns,
          values: base64(new Uint8Array(map.values.buffer, map.values.byteOffset, map.values.byteLength)),
        };
  return { id, name, shape, dtype, cells: { ...cells }, map: picture };
}

/** JSON's own kinds of values: typed arrays become lists, and numbers JSON has no word for become null. */
export function toJson(value: unknown): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as ArrayLike<number>, toJson);
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([key, inner]) => [key, toJson(inner)]),
    );
  }
  return null;
}

const letters = Uint8Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', (letter) =>
  letter.charCodeAt(0),
);

/** RFC 4648; neither the page's `btoa` nor Node's `Buffer` is known on both sides of the wire. */
function base64(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(61);
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const group = (bytes[from] << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    codes[to] = letters[group >> 18];
    codes[to + 1] = letters[(group >> 12) & 63];
    if (from + 1 < bytes.length) codes[to + 2] = letters[(group >> 6) & 63];
    if (from + 2 < bytes.length) codes[to + 3] = letters[group & 63];
  }
  const parts: string[] = [];
  for (let at = 0; at < codes.length; at += 0x8000) parts.push(String.fromCharCode(...codes.subarray(at, at + 0x8000)));
  return parts.join('');
}
