import type { NDArray } from '#engine/ndarray.ts';
import { extent, parts, readCells } from './cells.ts';

const importLine = 'import numpy as np';

/** Lines of code that use `np`, as a person can paste and run them. */
export function numpy(...lines: string[]): string[] {
  return [importLine, ...lines];
}

/** A Python string literal. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (char) =>
    /\p{L}|\p{N}/u.test(char) ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A number as Python writes it. */
export function pyNumber(value: number): string {
  if (Number.isNaN(value)) return 'np.nan';
  if (value === Infinity) return 'np.inf';
  if (value === -Infinity) return '-np.inf';
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** An index or slice: `3`, `2:5`, `:` when it is everything. */
export function slice(start: number, stop: number, total: number): string {
  if (start === 0 && stop === total) return ':';
  return stop === start + 1 ? String(start) : `${start}:${stop}`;
}

/** `name[3, 2]` or `name[2:5, :]`. */
export function indexed(
  name: string,
  shape: readonly number[],
  region: { row0: number; row1: number; col0: number; col1: number },
  plane: number,
): string {
  const { rows, cols } = extent(shape);
  const first = slice(region.row0, region.row1, rows);
  if (shape.length < 2) return `${name}[${first}]`;
  const second = slice(region.col0, region.col1, cols);
  return shape.length > 2 ? `${name}[${first}, ${second}, ${plane}]` : `${name}[${first}, ${second}]`;
}

const mostCells = 400;

/** `np.array([[1.0, 2.0], …])` for arrays that fit on a page, null for others. */
export function literal(array: NDArray): string | null {
  if (array.size > mostCells || array.ndim > 2) return null;
  const { rows, cols } = extent(array.shape);
  const per = parts(array.dtype);
  const integer = !array.dtype.startsWith('float') && per === 1;
  const data = readCells(array, { row0: 0, row1: rows, col0: 0, col1: cols }, 0);
  const cell = (index: number): string => {
    if (array.dtype === 'bool') return data[index] === 0 ? 'False' : 'True';
    if (integer) return String(data[index]);
    const re = pyNumber(Number(data[index * per]));
    if (per === 1) return re;
    const im = Number(data[index * per + 1]);
    return `complex(${re}, ${pyNumber(im)})`;
  };
  const line = (row: number) => `[${Array.from({ length: cols }, (_, col) => cell(row * cols + col)).join(', ')}]`;
  const dtype =
    array.dtype === 'float64' || array.dtype === 'complex128' || array.dtype === 'bool'
      ? ''
      : `, dtype=np.${array.dtype}`;
  if (array.ndim === 1) return `np.array([${Array.from({ length: rows }, (_, row) => cell(row)).join(', ')}]${dtype})`;
  return `np.array([${Array.from({ length: rows }, (_, row) => line(row)).join(',\n' + ' '.repeat(10))}]${dtype})`;
}

/** The line that puts a cell or rectangle in place. */
export function assignment(
  target: string,
  values: Float64Array,
  imag: Float64Array | undefined,
  width: number,
): string {
  const cell = (index: number) =>
    imag?.[index]
      ? `complex(${pyNumber(values[index])}, ${pyNumber(imag[index])})`
      : pyNumber(values[index]).replace(/\.0$/, '');
  if (values.length === 1) return `${target} = ${cell(0)}`;
  if (values.every((value) => Object.is(value, values[0])) && !imag) return `${target} = ${cell(0)}`;
  if (values.length > mostCells)
    return `${target} = np.loadtxt("pasted.tsv", delimiter="\\t")  # ${values.length} cells from the clipboard`;
  const row = (start: number) => `[${Array.from({ length: width }, (_, col) => cell(start + col)).join(', ')}]`;
  const rows = Array.from({ length: values.length / width }, (_, index) => row(index * width));
  if (rows.length === 1) return `${target} = ${rows[0]}`;
  if (width === 1) return `${target} = [${Array.from(values, (_, index) => cell(index)).join(', ')}]`;
  return `${target} = [${rows.join(', ')}]`;
}
