/** Sparse matrices in .npz archives, in SciPy's layout (`scipy.sparse.save_npz`, `load_npz`). */
import { unzipSync, zipSync } from 'fflate';
import { AppError } from '#shared/errors.ts';
import { asarray } from '../create.ts';
import { encodeNpy } from '../io/npy.ts';
import { decodeNpz } from '../io/npz.ts';
import type { NDArray } from '../ndarray.ts';
import { makeSparse, type SparseLike } from './construct.ts';
import { Compressed, Coordinates, Diagonals, type Format, type Kind, type Sparse } from './sparse-array.ts';

/** A 0-d array of bytes as NumPy writes it; the arrays of the engine hold no text. */
function encodeWord(word: string): Uint8Array {
  const text = `{'descr': '|S${word.length}', 'fortran_order': False, 'shape': (), }`;
  const header = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11);
  const bytes = new TextEncoder().encode(`_NUMPY____${header}\n${word}`);
  bytes.set([0x93], 0);
  bytes.set([1, 0, (header.length + 1) & 255, (header.length + 1) >> 8], 6);
  return bytes;
}

/**
 * A sparse matrix as the bytes of an .npz archive. (m, n), of any format and dtype.
 * @param compressed as SciPy does by default; otherwise the members are stored as they are.
 * @example decodeSparseNpz(encodeSparseNpz(eye(2))).format // 'dia'
 */
export function encodeSparseNpz(matrix: Sparse, compressed = true): Uint8Array {
  const arrays: Record<string, NDArray> = {
    ...(matrix.kind === 'array' ? { _is_array: asarray(true) } : {}),
    shape: asarray([...matrix.shape], 'int64'),
    data: matrix.data,
  };
  if (matrix instanceof Compressed) Object.assign(arrays, { indices: matrix.indices, indptr: matrix.indptr });
  else if (matrix instanceof Diagonals) Object.assign(arrays, { offsets: matrix.offsets });
  else if (matrix instanceof Coordinates) Object.assign(arrays, { row: matrix.row, col: matrix.col });
  const members = Object.entries(arrays).map(([name, a]) => [`${name}.npy`, encodeNpy(a)] as const);
  return zipSync(
    Object.fromEntries(
      [...members, ['format.npy', encodeWord(matrix.format)] as const].map(([name, bytes]) => [
        name,
        [bytes, { level: compressed ? 6 : 0, mtime: new Date(1980, 0, 1) }],
      ]),
    ),
  );
}

/**
 * The sparse matrix of an .npz archive that SciPy or `encodeSparseNpz` wrote.
 *
 * (m, n), of the format and dtype that it had.
 *
 * @throws AppError 'value' for an archive of other arrays, 'parse' for what is no archive; and as the constructors do
 * for indices that do not fit.
 * @example toarray(decodeSparseNpz(encodeSparseNpz(csr_matrix([[0, 7]])))).tolist() // [[0n, 7n]]
 */
export function decodeSparseNpz(bytes: Uint8Array): Sparse {
  const { arrays } = decodeNpz(bytes);
  const format = wordOf(bytes);
  const part = (name: string): NDArray => {
    const found = arrays.get(name);
    if (found === undefined) throw notSparse(`it holds no array named ${name}`);
    return found;
  };
  const kind: Kind = arrays.get('_is_array')?.item() === true ? 'array' : 'matrix';
  const shape = (part('shape').tolist() as (number | bigint)[]).map(Number);
  const data = part('data');
  if (format === 'csr' || format === 'csc')
    return made(format, kind, { data, indices: part('indices'), indptr: part('indptr') }, shape);
  if (format === 'coo') return made(format, kind, { data, row: part('row'), col: part('col') }, shape);
  if (format === 'dia') return made(format, kind, { data, offsets: part('offsets') }, shape);
  throw notSparse(`the format ${format} is not available here`);
}

function made(format: Format, kind: Kind, parts: object, shape: readonly number[]): Sparse {
  return makeSparse(format, kind, parts as SparseLike, { shape });
}

function wordOf(bytes: Uint8Array): string {
  const member = unzipSync(bytes, { filter: ({ name, originalSize }) => name === 'format.npy' && originalSize < 4096 })[
    'format.npy'
  ] as Uint8Array | undefined;
  if (member === undefined) throw notSparse('it does not say which format');
  const text = new TextDecoder('latin1').decode(member);
  const length = Number(/'descr': '[|<]([SU])(\d+)'/.exec(text)?.[2] ?? 0);
  const wide = /'descr': '<U/.test(text);
  return text
    .slice(text.length - length * (wide ? 4 : 1))
    .replaceAll('\0', '')
    .trim();
}

function notSparse(reason: string): AppError {
  return new AppError('value', `The file does not contain a sparse array or matrix: ${reason}`, { argument: 'file' });
}
