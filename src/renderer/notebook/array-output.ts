/** An array of an output, read from the notebook it was kept in: checked, because the file may be anybody's. */
import type { Json } from '#shared/notebook.ts';
import { isRecord, textOf } from '#shared/json.ts';

export interface ShownArray {
  id: string | null;
  name: string | null;
  shape: number[];
  dtype: string;
  table: string[][];
  map: { rows: number; columns: number; values: Float32Array } | null;
}

const most = 512;
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

export function readArray(value: Json | undefined): ShownArray | null {
  if (!isRecord(value)) return null;
  const { id, name, shape, dtype, cells, map } = value;
  if (!Array.isArray(shape) || !shape.every(isCount)) return null;
  return {
    id: typeof id === 'string' ? id : null,
    name: typeof name === 'string' ? name : null,
    shape,
    dtype: textOf(dtype),
    table: readTable(cells),
    map: readMap(map),
  };
}

function readTable(cells: Json | undefined): string[][] {
  if (!isRecord(cells) || !Array.isArray(cells['text'])) return [];
  const { rows, columns, text } = cells;
  if (!isCount(rows) || !isCount(columns) || rows > most || columns > most || text.length !== rows * columns) return [];
  return Array.from({ length: rows }, (_, row) => text.slice(row * columns, (row + 1) * columns).map(textOf));
}

function readMap(map: Json | undefined): ShownArray['map'] {
  if (!isRecord(map) || typeof map['values'] !== 'string') return null;
  const { rows, columns, values } = map;
  if (!isCount(rows) || !isCount(columns) || rows < 1 || columns < 1 || rows > most || columns > most) return null;
  try {
    const bytes = fromBase64(values);
    if (bytes.length !== rows * columns * 4) return null;
    return { rows, columns, values: new Float32Array(bytes.buffer) };
  } catch {
    return null;
  }
}

export const shapeOf = ({ shape }: ShownArray): string =>
  shape.length === 0 ? 'a number' : shape.length === 1 ? `${shape[0]} values` : shape.join(' × ');
