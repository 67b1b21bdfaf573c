import type { NDArray } from '#engine/ndarray.ts';
import { scalarText } from '#engine/print-number.ts';
import { toNumber } from '#engine/scalar.ts';
import type { PythonArray } from '#shared/contract.ts';

const mostCells = 12;
const mostPixels = 96;
/** Cells looked at along each axis for one pixel. */
const samples = 2;

/** An array in small: its first cells as text and a map of all of it. */
export function preview(array: NDArray): Pick<PythonArray, 'shape' | 'dtype' | 'cells' | 'map'> {
  const [rows, columns] = extents(array);
  const shown = { rows: Math.min(rows, mostCells), columns: Math.min(columns, mostCells), text: [] as string[] };
  for (let row = 0; row < shown.rows; row++) {
    for (let column = 0; column < shown.columns; column++)
      shown.text.push(scalarText(at(array, row, column), array.dtype));
  }
  return { shape: [...array.shape], dtype: array.dtype, cells: shown, map: map(array, rows, columns) };
}

function extents(array: NDArray): [rows: number, columns: number] {
  if (array.size === 0) return [0, 0];
  if (array.ndim === 0) return [1, 1];
  if (array.ndim === 1) return [1, array.shape[0]];
  return [array.shape[0], array.shape[1]];
}

function at(array: NDArray, row: number, column: number) {
  if (array.ndim === 0) return array.get([]);
  if (array.ndim === 1) return array.get([column]);
  return array.get([row, column, ...new Array<number>(array.ndim - 2).fill(0)]);
}

function map(array: NDArray, rows: number, columns: number): PythonArray['map'] {
  if (array.ndim === 0 || array.ndim > 2 || array.size === 0) return null;
  const height = Math.min(rows, mostPixels);
  const width = Math.min(columns, mostPixels);
  const values = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    const rowsHere = spread(Math.floor((y * rows) / height), Math.floor(((y + 1) * rows) / height));
    for (let x = 0; x < width; x++) {
      const columnsHere = spread(Math.floor((x * columns) / width), Math.floor(((x + 1) * columns) / width));
      let sum = 0;
      for (const row of rowsHere) for (const column of columnsHere) sum += toNumber(at(array, row, column));
      values[y * width + x] = sum / (rowsHere.length * columnsHere.length);
    }
  }
  return { rows: height, columns: width, values };
}

/** At most `samples` places from `start` to before `stop`, evenly. */
function spread(start: number, stop: number): number[] {
  const count = Math.min(samples, Math.max(1, stop - start));
  return Array.from({ length: count }, (_, k) => start + Math.floor(((stop - start) * k) / count));
}
