/** The action of the matrix exponential on vectors. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray, copy } from '../../cast.ts';
import { type ArrayLike, asarray, ones } from '../../create.ts';
import { stack } from '../../joining.ts';
import type { NDArray } from '../../ndarray.ts';
import { absolute, add, multiply } from '../../ufuncs/arithmetic.ts';
import { max, sum } from '../../reductions.ts';
import { PyFloat } from '../../scalar.ts';
import { epsOf } from '../../linalg/matrices.ts';
import { toarray } from '../convert.ts';
import { absolute as absoluteSparse } from '../arithmetic.ts';
import { sum as sumSparse } from '../reduce.ts';
import { Sparse } from '../sparse-array.ts';
import { aslinearoperator, LinearOperator, type Matrix, sizesOf, times, workingType } from './operators.ts';

/** The largest column sum of |A|; of an operator an estimate from a few products. */
function norm1(a: Matrix): number {
  if (a instanceof Sparse) {
    const columns = sumSparse(absoluteSparse(a), 0);
    const dense = columns instanceof Sparse ? toarray(columns) : asarray(columns);
    return dense.size === 0 ? 0 : Number(max(dense).item());
  }
  if (!(a instanceof LinearOperator)) return a.size === 0 ? 0 : Number(max(sum(absolute(a), { axis: 0 })).item());
  const [, n] = sizesOf(a);
  let x = ones(n, 'float64');
  let size = 1;
  for (let step = 0; step < 6; step++) {
    const y = times(a, x);
    const length = Number(max(absolute(y)).item());
    if (!(length > 0)) return size;
    size = Math.max(size, length / Number(max(absolute(x)).item()));
    x = multiply(y, new PyFloat(1 / length));
  }
  return 2 * size;
}

const largest = (a: NDArray): number => (a.size === 0 ? 0 : Number(max(absolute(a)).item()));

/** e^(t·A) · B by Taylor's series in steps in which ‖t·A‖₁ is at most 1. */
function propagated(a: Matrix, B: NDArray, t: number, norm: number, eps: number): NDArray {
  const steps = Math.max(1, Math.ceil(Math.abs(t) * norm));
  let state = B;
  for (let step = 0; step < steps; step++) {
    let term = state;
    let total = state;
    let before = largest(term);
    for (let k = 1; k <= 60; k++) {
      term = multiply(times(a, term), new PyFloat(t / (steps * k)));
      total = add(total, term);
      const size = largest(term);
      if (before + size <= eps * largest(total)) break;
      before = size;
    }
    state = total;
  }
  return state;
}

export interface ExpmMultiplyOptions {
  /** With them, the action of e^(t·A) at `num` times t from start to stop, as the first axis. */
  start?: number | null;
  stop?: number | null;
  num?: number | null;
  endpoint?: boolean | null;
}

/**
 * e^A · B without forming e^A, for sparse matrices and operators.
 *
 * A (n, n), B (n,) or (n, k) → as B; with `start` and `stop` (num, …). Taylor's series in ⌈‖A‖₁⌉ steps, each as long as it
 * needs; some twenty products with A for each unit of ‖A‖₁. (Al-Mohy and Higham, 2011, choose the degree beforehand.)
 * @throws AppError 'value' "expected A to be like a square matrix" and for shapes that do not fit.
 * @example expm_multiply(array([[0, 1], [0, 0]]), array([1, 2])).tolist() // [3, 2]
 */
export function expm_multiply(A: Matrix, B: ArrayLike, options: ExpmMultiplyOptions = {}): NDArray {
  const a = aslinearoperator(A);
  const [m, n] = sizesOf(a);
  if (m !== n) throw new AppError('value', 'expected A to be like a square matrix', { argument: 'A' });
  const given = asarray(B);
  if (given.ndim < 1 || given.ndim > 2 || given.shape[0] !== n) {
    throw new AppError(
      'value',
      `shapes of matrices A (${m}, ${n}) and B (${given.shape.join(', ')}) are incompatible`,
      { argument: 'B' },
    );
  }
  const dtype = workingType(a.dtype, given.dtype);
  const right = castArray(given, dtype);
  const eps = epsOf(dtype) / 2;
  const norm = norm1(a);
  const { start = null, stop = null, num = null, endpoint = null } = options;
  if (start === null && stop === null && num === null && endpoint === null)
    return copy(propagated(a, right, 1, norm, eps));
  if (start === null || stop === null)
    throw new AppError('value', 'start and stop must both be given', { argument: 'stop' });
  const count = num ?? 50;
  const step = (stop - start) / Math.max(1, (endpoint ?? true) ? count - 1 : count);
  let state = propagated(a, right, start, norm, eps);
  const states = [state];
  for (let k = 1; k < count; k++) states.push((state = propagated(a, state, step, norm, eps)));
  return stack(states);
}
