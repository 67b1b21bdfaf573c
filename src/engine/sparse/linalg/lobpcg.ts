/** Extreme eigenvalues of Hermitian matrices by blocks of vectors, with a preconditioner: LOBPCG. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray, copy } from '../../cast.ts';
import { type ArrayLike, asarray, eye } from '../../create.ts';
import { concatenate } from '../../joining.ts';
import { eigh } from '../../linalg/eigenvalues.ts';
import { cholesky, solve } from '../../linalg/systems.ts';
import { type FloatDType, isComplexType } from '../../linalg/matrices.ts';
import { matmul } from '../../linalg/products.ts';
import type { NDArray } from '../../ndarray.ts';
import { PyFloat } from '../../scalar.ts';
import { eigh_generalised } from '../../scipy/eigenproblems.ts';
import { solve_triangular } from '../../scipy/factors.ts';
import { flip } from '../../shape.ts';
import { slice, sliced } from '../../slicing.ts';
import { take } from '../../taking.ts';
import { add, conj, multiply, subtract } from '../../ufuncs/arithmetic.ts';
import { norm } from '../../linalg/norms.ts';
import { requireFiniteEntries } from '../nonfinite.ts';
import { aslinearoperator, LinearOperator, type Matrix, sizesOf, times, workingType } from './operators.ts';

export interface LobpcgOptions {
  /** The right-hand side of A · x = λ · B · x, Hermitian and positive definite. */
  B?: Matrix | null;
  /** A preconditioner: an approximation of A⁻¹. */
  M?: Matrix | null;
  /** (n, q): the eigenvectors are sought among what is B-orthogonal to these columns. */
  Y?: ArrayLike | null;
  /** Stops when all ‖A·x − λ·B·x‖ are at most this; √10⁻¹⁵ · n by default. */
  tol?: number | null;
  /** 20 by default. */
  maxiter?: number | null;
  largest?: boolean;
}

export interface LobpcgResult {
  /** (k,) descending for the largest, ascending for the smallest. */
  w: NDArray;
  /** (n, k) */
  v: NDArray;
  lambdaHistory: NDArray[];
  residualNormsHistory: NDArray[];
}

const adjoint = (a: NDArray): NDArray => (isComplexType(a.dtype) ? conj(a.T) : a.T);

/** (G + Gᴴ) / 2 */
const hermitian = (g: NDArray): NDArray => multiply(add(g, adjoint(g)), new PyFloat(0.5));

const columns = (a: NDArray, which: readonly number[]): NDArray => take(a, asarray([...which].map(BigInt), 'int64'), 1);

/** The eigenvalues of a Hermitian matrix or pencil from the wanted end on, and their vectors. */
function extreme(g: NDArray, h: NDArray | null, k: number, largest: boolean): { w: NDArray; c: NDArray } {
  let w: NDArray;
  let c: NDArray;
  if (h === null) ({ eigenvalues: w, eigenvectors: c } = eigh(hermitian(g)));
  else ({ w, v: c } = eigh_generalised(hermitian(g), hermitian(h)));
  if (largest) [w, c] = [flip(w), flip(c, 1)];
  return { w: copy(sliced(w, slice(0, k))), c: copy(sliced(c, slice(), slice(0, k))) };
}

/** Vectors with their products by A and B. */
interface Block {
  v: NDArray;
  bv: NDArray;
  av: NDArray;
}

/** Block · c for each of the three. */
const combined = (block: Block, c: NDArray): Block => ({
  v: matmul(block.v, c),
  bv: matmul(block.bv, c),
  av: matmul(block.av, c),
});

const chosen = (block: Block, which: readonly number[]): Block => ({
  v: columns(block.v, which),
  bv: columns(block.bv, which),
  av: columns(block.av, which),
});

/** Made B-orthonormal by Cholesky's factor of their products; null where they depend on each other. */
function orthonormal(v: NDArray, bv: NDArray): NDArray | null {
  try {
    return adjoint(cholesky(hermitian(matmul(adjoint(v), bv))));
  } catch (error) {
    if (error instanceof AppError && error.code === 'linalg') return null;
    throw error;
  }
}

/** V · R⁻¹ with R upper triangular. */
const divided = (v: NDArray, r: NDArray): NDArray => solve_triangular(r.T, v.T, { lower: true }).T;

class Problem {
  private readonly a: Matrix;
  private readonly b: Matrix | null;
  private readonly m: Matrix | null;
  private readonly dtype: FloatDType;
  private readonly constraints: { y: NDArray; by: NDArray; gram: NDArray } | null;

  constructor(a: Matrix, b: Matrix | null, m: Matrix | null, y: NDArray | null, dtype: FloatDType) {
    this.a = a;
    this.b = b;
    this.m = m;
    this.dtype = dtype;
    if (y === null) {
      this.constraints = null;
    } else {
      const by = this.timesB(y);
      this.constraints = { y, by, gram: matmul(adjoint(y), by) };
    }
  }
  private applied(by: Matrix, v: NDArray): NDArray {
    return castArray(times(by, v), this.dtype);
  }
  timesA(v: NDArray): NDArray {
    return this.applied(this.a, v);
  }
  timesB(v: NDArray): NDArray {
    return this.b === null ? v : this.applied(this.b, v);
  }
  timesM(v: NDArray): NDArray {
    return this.m === null ? v : this.applied(this.m, v);
  }
  /** The part that is B-orthogonal to the constraints. */
  allowed(v: NDArray): NDArray {
    if (this.constraints === null) return v;
    const { y, by, gram } = this.constraints;
    return subtract(v, matmul(y, solve(gram, matmul(adjoint(by), v))));
  }
  /** Of a residual what the constraints leave to be done. */
  tangent(r: NDArray): NDArray {
    if (this.constraints === null) return r;
    const { y, by, gram } = this.constraints;
    return subtract(r, matmul(by, solve(gram, matmul(adjoint(y), r))));
  }
  /** B-orthonormal vectors of the same span, null where these depend on each other. */
  block(v: NDArray): Block | null {
    const bv = this.timesB(v);
    const r = orthonormal(v, bv);
    if (r === null) return null;
    const unit = divided(v, r);
    return { v: unit, bv: this.b === null ? unit : divided(bv, r), av: this.timesA(unit) };
  }
}

/**
 * The k largest or smallest eigenvalues of `A · v = B · v · diag(w)` for Hermitian A, from k vectors to begin with.
 *
 * A (n, n) sparse, dense or an operator, X (n, k) → w (k,), v (n, k) B-orthonormal. Each step looks in the span of the
 * vectors, their preconditioned residuals and the last step's directions (Knyazev, SIAM J. Sci. Comput. 23, 2001).
 * Small problems, n − q < 5k, are solved densely. Stops after `maxiter` steps without a word, as good as it is then.
 * float32 and complex64 stay single, integers become float64; w is real.
 *
 * @throws AppError 'value' for shapes that do not fit, for NaN and infinity (naming the first such entry) and "Linearly
 * dependent initial approximations".
 * @example lobpcg(diags([[1, 2, 3, 4, 5, 6, 7, 8]]), array([[1], [1], [1], [1], [1], [1], [1], [1]])).w.tolist().map((x) => x.toFixed(6)) // ['8.000000']
 */
export function lobpcg(A: Matrix, X: ArrayLike, options: LobpcgOptions = {}): LobpcgResult {
  const a = aslinearoperator(A);
  const [n, wide] = sizesOf(a);
  const given = asarray(X);
  if (given.ndim !== 2) throw new AppError('value', 'expected rank-2 array for argument X', { argument: 'X' });
  if (n !== wide || given.shape[0] !== n) {
    throw new AppError(
      'value',
      `The shape (${n}, ${wide}) of the primary matrix is wrong for X of ${given.shape[0]} rows.`,
      {
        argument: 'A',
      },
    );
  }
  const k = given.shape[1];
  const { largest = true, maxiter = null } = options;
  const operator = (x: Matrix | null | undefined): Matrix | null =>
    x === null || x === undefined ? null : aslinearoperator(x);
  const [b, m] = [operator(options.B), operator(options.M)];
  const limits = options.Y === null || options.Y === undefined ? null : asarray(options.Y);
  const dtype = workingType(a.dtype, given.dtype, ...(b === null ? [] : [b.dtype]));
  const constrained = limits === null || limits.ndim !== 2 ? 0 : limits.shape[1];
  const tol = options.tol ?? Math.sqrt(1e-15) * n;
  for (const [argument, x] of Object.entries({ A: a, X: given, B: b, M: m, Y: limits })) {
    if (x !== null && !(x instanceof LinearOperator)) requireFiniteEntries(x, argument);
  }
  if (n - constrained < 5 * k) {
    if (constrained > 0) throw new AppError('value', 'The dense eigensolver does not support constraints.');
    return dense(a, b, n, k, dtype, largest);
  }
  const problem = new Problem(a, b, m, constrained === 0 ? null : castArray(limits as NDArray, dtype), dtype);
  const start = problem.block(problem.allowed(castArray(given, dtype)));
  if (start === null) throw new AppError('value', 'Linearly dependent initial approximations', { argument: 'X' });
  return iterated(problem, start, k, tol, maxiter ?? 20, largest);
}

function dense(a: Matrix, b: Matrix | null, n: number, k: number, dtype: FloatDType, largest: boolean): LobpcgResult {
  const unit = eye(n, n, 0, dtype);
  const { w, c } = extreme(times(a, unit), b === null ? null : times(b, unit), k, largest);
  return { w, v: c, lambdaHistory: [], residualNormsHistory: [] };
}

function iterated(
  problem: Problem,
  start: Block,
  k: number,
  tol: number,
  most: number,
  largest: boolean,
): LobpcgResult {
  let { w, c } = extreme(matmul(adjoint(start.v), start.av), null, k, largest);
  let x = combined(start, c);
  let p: Block | null = null;
  const [lambdaHistory, residualNormsHistory]: [NDArray[], NDArray[]] = [[w], []];
  let best = { w, v: x.v, worst: Infinity };
  for (let step = 0; step <= most; step++) {
    const r = problem.tangent(subtract(x.av, multiply(x.bv, w)));
    const sizes = norm(r, { axis: 0 });
    residualNormsHistory.push(sizes);
    const list = sizes.tolist() as number[];
    const worst = Math.max(...list);
    if (worst < best.worst) best = { w, v: x.v, worst };
    const active = list.flatMap((size, j) => (size > tol ? [j] : []));
    if (active.length === 0 || step === most) break;
    // What the vectors themselves span brings nothing new.
    let fresh = problem.allowed(problem.timesM(columns(r, active)));
    fresh = subtract(fresh, matmul(x.v, matmul(adjoint(x.bv), fresh)));
    const residuals = problem.block(fresh);
    if (residuals === null) break;
    if (p !== null) {
      const last: Block = p.v.shape[1] === k ? chosen(p, active) : p;
      const factor = orthonormal(last.v, last.bv);
      p =
        factor === null
          ? null
          : { v: divided(last.v, factor), bv: divided(last.bv, factor), av: divided(last.av, factor) };
    }
    const found: Ritz | null =
      ritz([x, residuals, ...(p === null ? [] : [p])], k, largest) ?? ritz([x, residuals], k, largest);
    if (found === null) break;
    ({ w, x, p } = found);
    lambdaHistory.push(w);
  }
  // The vectors have lost a little of their orthogonality on the way.
  const last = problem.block(problem.allowed(best.v));
  if (last === null) return { w: best.w, v: best.v, lambdaHistory, residualNormsHistory };
  ({ w, c } = extreme(matmul(adjoint(last.v), last.av), null, k, largest));
  x = combined(last, c);
  return { w, v: x.v, lambdaHistory, residualNormsHistory };
}

interface Ritz {
  w: NDArray;
  x: Block;
  p: Block;
}

/** The best vectors in the span of the blocks, and what the later blocks gave to them; null where the span is degenerate. */
function ritz(blocks: Block[], k: number, largest: boolean): Ritz | null {
  const all: Block = {
    v: concatenate(
      blocks.map((block) => block.v),
      1,
    ),
    bv: concatenate(
      blocks.map((block) => block.bv),
      1,
    ),
    av: concatenate(
      blocks.map((block) => block.av),
      1,
    ),
  };
  try {
    const { w, c } = extreme(matmul(adjoint(all.v), all.av), matmul(adjoint(all.v), all.bv), k, largest);
    const rest = Array.from({ length: all.v.shape[1] - k }, (_, j) => j + k);
    const p = combined(chosen(all, rest), copy(sliced(c, slice(k, null))));
    return { w, x: combined(all, c), p };
  } catch (error) {
    if (error instanceof AppError && error.code === 'linalg') return null;
    throw error;
  }
}
