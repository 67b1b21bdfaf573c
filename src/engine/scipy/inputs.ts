/** What scipy.linalg's functions do with their arguments before LAPACK sees them. */
import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { asarray, empty } from '../create.ts';
import { commonType, copyMatrix, entriesOf, epsOf, type FloatDType, requireFinite } from '../linalg/matrices.ts';
import { requireMemory, shapeText, sizeInWords } from '../memory.ts';
import type { Floats } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import type { Operand } from '../ufuncs/definition.ts';

/**
 * The array as one square matrix of finite numbers.
 * @throws AppError 'value' "expected square matrix", and `code` naming the first cell that is NaN or infinite.
 */
export function squareMatrix(
  a: Operand,
  message = 'expected square matrix',
  code: 'linalg' | 'value' = 'value',
): NDArray {
  const matrix = asarray(a);
  if (matrix.ndim !== 2 || matrix.shape[0] !== matrix.shape[1]) {
    throw new AppError('value', message, { argument: 'a', hint: `Its shape is ${shapeText(matrix.shape)}.` });
  }
  requireFinite(matrix, 'a', code);
  return matrix;
}

const small: ReadonlySet<string> = new Set(['bool', 'int8', 'uint8', 'int16', 'uint16']);

/**
 * Booleans and integers of 8 and 16 bits as float32, in which SciPy finds their LAPACK routine; others as they are.
 *
 * a (…) → (…).
 *
 * @example inSingle(array([1, 2], 'int8')).dtype // 'float32'
 */
export function inSingle(a: NDArray): NDArray {
  return small.has(a.dtype) ? astype(a, 'float32') : a;
}

/** A copy that LAPACK may overwrite: column after column, as `dtype`. */
export function columnMajor(a: NDArray, dtype: FloatDType = commonType(a)): NDArray {
  const bytes = 2 * a.size * (epsOf(dtype) === 2 ** -23 ? 8 : 16);
  requireMemory(bytes, () => `A matrix with shape ${shapeText(a.shape)} needs ${sizeInWords(bytes)} to be factored`);
  const made = empty(a.shape, dtype, 'F');
  if (made.size > 0) copyMatrix(a, entriesOf(made, 0, made.size), dtype, 'F');
  return made;
}

/** All entries of an array that lies without gaps. */
export function memoryOf(a: NDArray): Floats {
  return entriesOf(a, 0, a.size);
}
