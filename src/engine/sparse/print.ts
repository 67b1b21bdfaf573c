/** `repr` and `str` as SciPy writes them. */
import { shapeText } from '../memory.ts';
import { scalarText } from '../print-number.ts';
import { tocoo } from './convert.ts';
import { Diagonals, type Sparse } from './sparse-array.ts';

const names = {
  csr: 'Compressed Sparse Row',
  csc: 'Compressed Sparse Column',
  coo: 'COOrdinate',
  dia: 'DIAgonal',
} as const;

/**
 * Format, dtype, number of entries and shape. Of a (m, n).
 * @example sparse_repr(csr_matrix([[1.5]])) // "<Compressed Sparse Row sparse matrix of dtype 'float64'\n\twith 1 stored elements and shape (1, 1)>"
 */
export function sparse_repr(a: Sparse): string {
  const diagonals = a instanceof Diagonals ? ` (${a.diagonals.length} diagonals)` : '';
  return `<${names[a.format]} sparse ${a.kind} of dtype '${a.dtype}'\n\twith ${a.nnz} stored elements${diagonals} and shape ${shapeText(a.shape)}>`;
}

/**
 * `repr` and the entries, at most 50 of them. Of a (m, n), of any dtype.
 * @example sparse_str(csr_matrix([[0, 2]])).split('\n')[3] // '  (0, 1)\t2'
 */
export function sparse_str(a: Sparse, maxprint = 50): string {
  const head = sparse_repr(a);
  if (a.nnz === 0) return head;
  const coo = tocoo(a);
  const line = (p: number): string => {
    const place = shapeText(coo.coords.map((list) => list[p]));
    const value = coo.data.read(coo.data.start + p * coo.data.entries);
    return `  ${place}\t${scalarText(value, coo.dtype)}`;
  };
  const lines = (from: number, to: number): string[] =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => line(from + i));
  const count = coo.nnz;
  const half = Math.floor(maxprint / 2);
  const body =
    a.nnz > maxprint
      ? [...lines(0, half), '  :\t:', ...lines(Math.max(0, count - (maxprint - half)), count)]
      : lines(0, count);
  return `${head}\n  Coords\tValues\n${body.join('\n')}`;
}
