/** Iterative solution of A · x = b by products with A alone. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray, copyInto } from '../../cast.ts';
import { type ArrayLike, array, asarray, zeros } from '../../create.ts';
import { entriesOf, type FloatDType, letterOf, nonfiniteCell } from '../../linalg/matrices.ts';
import { norm } from '../../linalg/norms.ts';
import { shapeText } from '../../memory.ts';
import { floatText } from '../../print-number.ts';
import { native } from '../../native.ts';
import type { NativeOperator } from '../../native-sparse.ts';
import type { NDArray } from '../../ndarray.ts';
import { reshape as reshapeArray } from '../../shape.ts';
import { any as anyTrue } from '../../reductions.ts';
import { aslinearoperator, type Matrix, nativeOperator, sizesOf, workingType } from './operators.ts';
import { SuperLU } from './factors.ts';

export interface SolverOptions {
  /** Where to begin; zeros by default. */
  x0?: ArrayLike | null;
  /** Stops when ‖b − A·x‖ ≤ max(rtol·‖b‖, atol). */
  rtol?: number;
  atol?: number;
  maxiter?: number | null;
  /** A preconditioner: an approximation of A⁻¹ as a matrix or operator, or factors of `spilu`. */
  M?: Matrix | SuperLU | null;
}

export interface CallbackOptions extends SolverOptions {
  /** Called after every iteration with x as it is then (the same array every time). */
  callback?: ((x: NDArray) => void) | null;
}

export interface Solution {
  x: NDArray;
  /** 0: converged; > 0: the number of iterations that did not suffice; < 0: breakdown. */
  info: number;
  iterations: number;
  /** ‖b − A·x‖ as the method knows it, at the start and after every iteration. */
  residuals: Float64Array;
}

type Method = 'cg' | 'bicgstab' | 'gmres' | 'minres';

interface System {
  a: NativeOperator;
  m: NativeOperator | null;
  b: NDArray;
  x: NDArray;
  n: number;
  dtype: FloatDType;
}

function makeSystem(A: Matrix, b: ArrayLike, { x0, M }: SolverOptions): System {
  const a = aslinearoperator(A);
  const [rows, n] = sizesOf(a);
  if (rows !== n)
    throw new AppError('value', `expected square matrix, but got shape=(${shapeText([rows, n])},)`, { argument: 'A' });
  const right = asarray(b);
  const fits = (v: NDArray): boolean =>
    (v.ndim === 1 && v.shape[0] === n) || (v.ndim === 2 && v.shape[0] === n && v.shape[1] === 1);
  if (!fits(right)) {
    throw new AppError('value', `shapes of A ${shapeText([n, n])} and b ${shapeText(right.shape)} are incompatible`, {
      argument: 'b',
    });
  }
  const dtype = workingType(a.dtype, right.dtype);
  const vector = (v: NDArray): NDArray => reshapeArray(castArray(v, dtype, { order: 'C' }), [n]);
  let m: NativeOperator | null = null;
  if (M !== undefined && M !== null) {
    const preconditioner = M instanceof SuperLU ? M : aslinearoperator(M);
    const [p, q] = preconditioner instanceof SuperLU ? preconditioner.shape : sizesOf(preconditioner);
    if (p !== n || q !== n)
      throw new AppError('value', 'matrix and preconditioner have different shapes', { argument: 'M' });
    m =
      preconditioner instanceof SuperLU
        ? factorsOperator(preconditioner, dtype)
        : nativeOperator(preconditioner, dtype);
  }
  const x = zeros(n, dtype);
  if (x0 !== undefined && x0 !== null) {
    const given = array(asarray(x0), dtype);
    if (!fits(given)) {
      throw new AppError(
        'value',
        `shapes of A ${shapeText([n, n])} and x0 ${shapeText(given.shape)} are incompatible`,
        { argument: 'x0' },
      );
    }
    copyInto(x, reshapeArray(given, [n]));
  }
  return { a: nativeOperator(a, dtype), m, b: vector(right), x, n, dtype };
}

function factorsOperator(lu: SuperLU, dtype: FloatDType): NativeOperator | null {
  if (lu.dtype !== dtype) {
    throw new AppError('dtype', `the preconditioner has dtype ${lu.dtype}, the system ${dtype}`, {
      argument: 'M',
      hint: `Factor the matrix as ${dtype}.`,
    });
  }
  return lu.handle === null ? null : { kind: 'lu', lu: lu.handle };
}

function run(
  method: Method,
  A: Matrix,
  b: ArrayLike,
  options: SolverOptions,
  callback: ((x: NDArray, size: number) => void) | null,
  extra: (n: number) => number,
  kind = 0,
  turns = 10,
): Solution {
  const { rtol = 1e-5, atol = 0, maxiter } = options;
  if (!(atol >= 0)) {
    throw new AppError(
      'value',
      `'scipy.sparse.linalg.${method}' called with invalid \`atol\`=${floatText(atol)}; if set, \`atol\` must be a real, non-negative number.`,
      { argument: 'atol' },
    );
  }
  const system = makeSystem(A, b, options);
  const { n, dtype, x } = system;
  const size = n === 0 ? 0 : Number(norm(system.b).item());
  if (size === 0) return { x: system.b, info: 0, iterations: 0, residuals: Float64Array.of(0) };
  const most = maxiter ?? turns * n;
  if (!Number.isInteger(most) || most < 0)
    throw new AppError('value', `maxiter must be a whole number, not ${most}`, { argument: 'maxiter' });
  const { info, iterations, history } = native().krylov(
    method,
    letterOf(dtype),
    system.a,
    system.m,
    entriesOf(system.b, 0, n),
    entriesOf(x, 0, n),
    !anyTrue(x).item(),
    rtol,
    Math.max(atol, rtol * size),
    most,
    callback === null
      ? null
      : (value) => {
          callback(x, value ?? 0);
        },
    extra(n),
    kind,
  );
  // What is no number goes on into all of x, and nothing has converged.
  const lost = !Number.isFinite(size) || Number.isNaN(history.at(-1) ?? 0) || nonfiniteCell(x) !== null;
  if (lost) entriesOf(x, 0, n).fill(NaN);
  return { x, info: lost && info === 0 ? most : info, iterations, residuals: history };
}

/**
 * Conjugate gradients, for a symmetric (Hermitian) positive definite A.
 *
 * A (n, n), b (n,) → x (n,); Hestenes and Stiefel 1952. A sparse A without preconditioner and callback runs on all
 * processors. x in the dtype that A and b promote to: float32 and complex64 stay single, integers become float64.
 *
 * @throws AppError 'value' "shapes of A (2, 2) and b (3,) are incompatible".
 * @example cg(csr_matrix([[4, 1], [1, 3]]), array([1, 2])).info // 0
 */
export function cg(A: Matrix, b: ArrayLike, options: CallbackOptions = {}): Solution {
  return run('cg', A, b, options, options.callback ?? null, () => 0);
}

/**
 * Stabilised biconjugate gradients, for any square A. info −10, −11: the method broke down.
 *
 * Van der Vorst: Bi-CGSTAB (SIAM J. Sci. Stat. Comput. 13, 1992).
 *
 * A (n, n), b (n,) → x (n,), in dtypes as of `cg`.
 *
 * @example bicgstab(csr_matrix([[4, 1], [2, 3]]), array([1, 2])).info // 0
 */
export function bicgstab(A: Matrix, b: ArrayLike, options: CallbackOptions = {}): Solution {
  return run('bicgstab', A, b, options, options.callback ?? null, () => 0);
}

export interface GmresOptions extends SolverOptions {
  /** Steps between restarts; maxiter counts restarts. */
  restart?: number | null;
  /** 'x': called with x after every restart; else with ‖residual‖/‖b‖ after every step. */
  callback?: ((value: NDArray | number) => void) | null;
  /** 'legacy': as 'pr_norm', and maxiter counts steps. */
  callback_type?: 'x' | 'pr_norm' | 'legacy' | null;
}

/**
 * Generalised minimal residuals with restarts, for any square A.
 *
 * Saad and Schultz: GMRES (SIAM J. Sci. Stat. Comput. 7, 1986).
 *
 * A (n, n), b (n,) → x (n,), in dtypes as of `cg`.
 *
 * @throws AppError 'value' "Unknown callback_type: '…'", "restart must be a positive whole number, not …".
 * @example gmres(csr_matrix([[4, 1], [2, 3]]), array([1, 2])).info // 0
 */
export function gmres(A: Matrix, b: ArrayLike, options: GmresOptions = {}): Solution {
  const { restart, callback = null, callback_type } = options;
  const type = callback_type ?? 'legacy';
  const types = ['legacy', 'pr_norm', 'x'];
  if (!types.includes(type))
    throw new AppError('value', `Unknown callback_type: '${type}'`, { argument: 'callback_type' });
  const most = restart ?? 20;
  if (!Number.isInteger(most) || most < 1)
    throw new AppError('value', `restart must be a positive whole number, not ${most}`, { argument: 'restart' });
  const told =
    callback === null
      ? null
      : (x: NDArray, size: number) => {
          callback(type === 'x' ? x : size);
        };
  return run('gmres', A, b, options, told, (n) => Math.min(most, n), callback === null ? 0 : types.indexOf(type) + 1);
}

/**
 * Minimal residuals, for a symmetric A that need not be definite; solves (A − shift·I) · x = b.
 *
 * Paige and Saunders (SIAM J. Numer. Anal. 12, 1975).
 *
 * A (n, n), b (n,) → x (n,), in dtypes as of `cg`.
 *
 * @throws AppError 'value' "indefinite preconditioner", "non-symmetric matrix".
 * @example minres(csr_matrix([[0, 1], [1, 0]]), array([1, 2])).info // 0
 */
export function minres(
  A: Matrix,
  b: ArrayLike,
  options: Omit<CallbackOptions, 'atol'> & { shift?: number } = {},
): Solution {
  const { shift = 0 } = options;
  const solution = run('minres', A, b, options, options.callback ?? null, () => shift, 0, 5);
  if (solution.info === -1) throw new AppError('value', 'indefinite preconditioner', { argument: 'M' });
  if (solution.info === -2) throw new AppError('value', 'non-symmetric matrix', { argument: 'A' });
  return solution;
}
