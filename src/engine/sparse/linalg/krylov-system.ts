/** What the methods that work by products with A and its adjoint have in common. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray, copy } from '../../cast.ts';
import { type ArrayLike, asarray, zeros } from '../../create.ts';
import { norm as normOf } from '../../linalg/norms.ts';
import { shapeText } from '../../memory.ts';
import type { NDArray } from '../../ndarray.ts';
import { isComplex, PyFloat, type Scalar } from '../../scalar.ts';
import { reshape } from '../../shape.ts';
import { divide } from '../../ufuncs/arithmetic.ts';
import { SuperLU } from './factors.ts';
import type { CallbackOptions, Solution } from './iterative.ts';
import { adjointTimes, aslinearoperator, type Matrix, sizesOf, times, workingType } from './operators.ts';

/** The Euclidean length. */
export const size = (x: NDArray): number => Number(normOf(x).item());
/** A number that leaves the precision to its partner. */
export const weak = (x: Scalar): Scalar | PyFloat => (isComplex(x) ? x : new PyFloat(Number(x)));
/** x / y, real or complex. */
export const quotient = (x: Scalar, y: Scalar): Scalar | PyFloat => {
  const made = divide(asarray(weak(x)), weak(y)).item();
  return weak(made);
};
export const isZero = (x: Scalar): boolean => (isComplex(x) ? x.re === 0 && x.im === 0 : Number(x) === 0);

export interface System {
  a: Matrix;
  b: NDArray;
  x: NDArray;
  solve: (r: NDArray) => NDArray;
  solveAdjoint: (r: NDArray) => NDArray;
  limit: number;
  most: number;
}

/**
 * What an approximation of A⁻¹ does to vectors, and its adjoint; null leaves them as they are.
 *
 * M (n, n): a matrix, an operator or factors of `spilu`; vectors (n,).
 *
 * @example preconditioner(null).solve(array([1, 2])).tolist() // [1n, 2n]
 */
export function preconditioner(M: Matrix | SuperLU | null): Pick<System, 'solve' | 'solveAdjoint'> {
  const m = M instanceof SuperLU || M === null ? M : aslinearoperator(M);
  const solved = (r: NDArray, adjoint: boolean): NDArray => {
    if (m === null) return r;
    if (m instanceof SuperLU) return m.solve(r, adjoint ? 'H' : 'N');
    return adjoint ? adjointTimes(m, r) : times(m, r);
  };
  return { solve: (r) => solved(r, false), solveAdjoint: (r) => solved(r, true) };
}

/**
 * A · x = b as the methods of this folder have it: in one dtype, with where to begin and when to end.
 *
 * A (n, n), b (n,) or (n, 1) → b, x (n,), in the dtype of both; integers count as float64.
 *
 * @throws AppError 'value' for a matrix that is not square, and for lengths that do not fit.
 * @example system(csr_matrix([[4, 1], [2, 3]]), [3, 4], {}).limit.toFixed(7) // '0.0000500'
 */
export function system(A: Matrix, b: ArrayLike, { x0, rtol = 1e-5, atol = 0, maxiter, M }: CallbackOptions): System {
  const a = aslinearoperator(A);
  const [m, n] = sizesOf(a);
  if (m !== n)
    throw new AppError('value', `expected square matrix, but got shape=(${shapeText([m, n])},)`, { argument: 'A' });
  const given = asarray(b);
  if (given.size !== n) {
    throw new AppError('value', `shapes of A ${shapeText([n, n])} and b ${shapeText(given.shape)} are incompatible`, {
      argument: 'b',
    });
  }
  const dtype = workingType(a.dtype, given.dtype);
  const right = reshape(castArray(given, dtype), [n]);
  const start = x0 === undefined || x0 === null ? zeros(n, dtype) : reshape(castArray(asarray(x0), dtype), [n]);
  const { solve, solveAdjoint } = preconditioner(M ?? null);
  return {
    a,
    b: right,
    x: copy(start),
    solve,
    solveAdjoint,
    // Nothing is small beside what is not finite.
    limit: Number.isFinite(size(right)) ? Math.max(rtol * size(right), atol) : NaN,
    most: maxiter ?? 10 * n,
  };
}

/**
 * What a method answers with.
 *
 * x (n,); `info` 0 where it converged.
 *
 * @example ended(array([1]), 0, 3, [1, 0]).iterations // 3
 */
export function ended(x: NDArray, info: number, iterations: number, residuals: number[]): Solution {
  return { x, info, iterations, residuals: Float64Array.from(residuals) };
}
