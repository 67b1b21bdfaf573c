/** The action of the matrix exponential on vectors. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray, copy } from '../../cast.ts';
import { type ArrayLike, asarray, eye, ones } from '../../create.ts';
import { stack } from '../../joining.ts';
import { epsOf, type FloatDType, isComplexType } from '../../linalg/matrices.ts';
import { requireMemory, sizeInWords } from '../../memory.ts';
import { NDArray } from '../../ndarray.ts';
import { max, sum } from '../../reductions.ts';
import { isComplex, PyFloat, type Scalar } from '../../scalar.ts';
import { absolute, add, multiply, subtract } from '../../ufuncs/arithmetic.ts';
import { trace as traceOfArray } from '../../linalg/products.ts';
import { absolute as absoluteSparse } from '../arithmetic.ts';
import { identity } from '../build.ts';
import { toarray, tocsr } from '../convert.ts';
import { trace as traceOf } from '../diagonal.ts';
import { requireFiniteEntries } from '../nonfinite.ts';
import { sum as sumSparse } from '../reduce.ts';
import { Sparse } from '../sparse-array.ts';
import { shifted } from './generalised.ts';
import { estimated, onenormest } from './one-norm.ts';
import {
  adjointTimes,
  aslinearoperator,
  LinearOperator,
  type Matrix,
  sizesOf,
  times,
  workingType,
} from './operators.ts';

/**
 * Up to which ‖A‖₁ a Taylor polynomial of a degree has a backward error below 2⁻⁵³ (Al-Mohy and Higham, table 3.1).
 */
const reach: readonly (readonly [degree: number, theta: number])[] = [
  ...[
    2.29e-16, 2.58e-8, 1.39e-5, 3.4e-4, 2.4e-3, 9.07e-3, 2.38e-2, 5e-2, 8.96e-2, 0.144, 0.214, 0.3, 0.4, 0.514, 0.641,
    0.781, 0.931, 1.09, 1.26, 1.44, 1.62, 1.82, 2.01, 2.22, 2.43, 2.64, 2.86, 3.08, 3.31, 3.54,
  ].map((theta, k) => [k + 1, theta] as const),
  [35, 4.7],
  [40, 6],
  [45, 7.2],
  [50, 8.5],
  [55, 9.9],
];
const mostDegree = 55;
/** The highest power of A whose norm is looked at. */
const mostPower = 8;

/** The largest column sum of |A|, of an operator estimated: from below by A and Aᴴ, twice what A alone shows. */
function norm1(a: Matrix): number {
  if (a instanceof Sparse) {
    const columns = sumSparse(absoluteSparse(a), 0);
    const dense = columns instanceof Sparse ? toarray(columns) : asarray(columns);
    return dense.size === 0 ? 0 : Number(max(dense).item());
  }
  if (!(a instanceof LinearOperator)) return a.size === 0 ? 0 : Number(max(sum(absolute(a), { axis: 0 })).item());
  if (a.rmatvec !== null) return onenormest(a).est;
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

/** A with its trace taken out, which makes its norm smaller: e^A = e^μ · e^(A − μI). */
interface Shifted {
  /** A − μ · I */
  times: (x: NDArray) => NDArray;
  mu: Scalar;
  norm: number;
  /** ‖(A − μI)^p‖₁^(1/p), estimated; the norm itself where there is no adjoint. */
  root: (p: number) => number;
}

const weak = (x: Scalar): Scalar | PyFloat => (isComplex(x) ? x : new PyFloat(Number(x)));

function shiftedOf(a: Matrix, n: number, dtype: FloatDType, traceA: Scalar | null): Shifted {
  let total: Scalar = traceA ?? 0;
  if (traceA === null && a instanceof Sparse) total = traceOf(a).item();
  if (traceA === null && a instanceof NDArray) total = traceOfArray(a).item();
  const mu: Scalar = isComplex(total) ? { re: total.re / n, im: total.im / n } : Number(total) / n;
  const still = isComplex(mu) ? mu.re === 0 && mu.im === 0 : mu === 0;
  let by: Matrix = a;
  if (!still) {
    if (a instanceof LinearOperator) {
      const { rmatvec } = a;
      const back = isComplex(mu) ? { re: mu.re, im: -mu.im } : mu;
      by = new LinearOperator([n, n], {
        dtype,
        matvec: (x) => subtract(a.matvec(x), multiply(x, weak(mu))),
        rmatvec: rmatvec === null ? null : (x) => subtract(rmatvec(x), multiply(x, weak(back))),
      });
    } else {
      const one = a instanceof Sparse ? identity(n, { dtype, format: 'csr' }) : eye(n, n, 0, dtype);
      by = shifted(a, one, isComplex(mu) ? mu : Number(mu), dtype);
    }
  }
  // Products with rows are the fast ones, and there are many of them.
  if (by instanceof Sparse) by = tocsr(by);
  const norm = norm1(by);
  const powers = new Map<number, number>([[1, norm]]);
  const root = (p: number): number => {
    if (by instanceof LinearOperator && by.rmatvec === null) return norm;
    let found = powers.get(p);
    if (found === undefined) {
      const repeat =
        (f: (x: NDArray) => NDArray) =>
        (x: NDArray): NDArray => {
          let y = x;
          for (let k = 0; k < p; k++) y = f(y);
          return y;
        };
      const products = {
        n,
        complex: isComplexType(dtype),
        times: repeat((x) => times(by, x)),
        adjoint: repeat((x) => adjointTimes(by, x)),
      };
      found = estimated(products, Math.min(2, n), 5).est ** (1 / p);
      powers.set(p, found);
    }
    return found;
  };
  return { times: (x) => times(by, x), mu, norm, root };
}

/** The degree and the number of steps that need the fewest products for e^(t·A) · B with B of `width` columns. */
function cheapest({ norm, root }: Shifted, t: number, width: number): { degree: number; steps: number } {
  const size = Math.abs(t);
  if (norm * size === 0) return { degree: 0, steps: 1 };
  let found = { degree: 0, steps: 0, cost: Infinity };
  const consider = (degree: number, steps: number): void => {
    if (degree * steps < found.cost) found = { degree, steps, cost: degree * steps };
  };
  // Norms of powers cost products themselves: only where they can save more.
  const ell = 2;
  const [, farthest] = reach[reach.length - 1];
  const small = (2 * ell * mostPower * (mostPower + 3) * farthest) / (width * mostDegree);
  if (norm * size <= small) {
    for (const [degree, theta] of reach) consider(degree, Math.ceil((norm * size) / theta));
  } else {
    for (let p = 2; p <= mostPower; p++) {
      const alpha = Math.max(root(p), root(p + 1)) * size;
      for (const [degree, theta] of reach) if (degree >= p * (p - 1) - 1) consider(degree, Math.ceil(alpha / theta));
    }
  }
  return { degree: found.degree, steps: Math.max(found.steps, 1) };
}

const largest = (a: NDArray): number => (a.size === 0 ? 0 : Number(max(absolute(a)).item()));

/** The factor e^(t·μ/steps) as a scalar. */
function growth(mu: Scalar, t: number, steps: number): Scalar | PyFloat {
  if (!isComplex(mu)) return new PyFloat(Math.exp((t * Number(mu)) / steps));
  const [size, angle] = [Math.exp((t * mu.re) / steps), (t * mu.im) / steps];
  return { re: size * Math.cos(angle), im: size * Math.sin(angle) };
}

/** Steps after which nobody waits for the answer. */
const mostSteps = 1e6;

/** e^(t·A) · B by Taylor polynomials, in steps. */
function propagated(a: Shifted, B: NDArray, t: number, eps: number): NDArray {
  const { degree, steps } = cheapest(a, t, B.ndim === 1 ? 1 : Math.max(1, B.shape[1]));
  if (!(Number.isFinite(a.norm) && steps <= mostSteps)) {
    throw new AppError(
      'value',
      `the norm of t · A is ${(a.norm * Math.abs(t)).toPrecision(3)}: its exponential would take ${steps.toPrecision(3)} steps, and ${mostSteps} are the most`,
      { argument: 'A' },
    );
  }
  const factor = growth(a.mu, t, steps);
  let state = B;
  for (let step = 0; step < steps; step++) {
    let term = state;
    let total = state;
    let before = largest(term);
    for (let k = 1; k <= degree; k++) {
      term = multiply(a.times(term), new PyFloat(t / (steps * k)));
      total = add(total, term);
      const size = largest(term);
      if (before + size <= eps * largest(total)) break;
      before = size;
    }
    state = multiply(total, factor);
  }
  return state;
}

export interface ExpmMultiplyOptions {
  /** With them, the action of e^(t·A) at `num` times t from start to stop, as the first axis. */
  start?: number | null;
  stop?: number | null;
  num?: number | null;
  endpoint?: boolean | null;
  /** The trace of an operator, which makes fewer products do; of matrices it is known. */
  traceA?: Scalar | null;
}

/**
 * e^A · B without forming e^A, for sparse matrices and operators.
 *
 * A (n, n), B (n,) or (n, k) → as B; with `start` and `stop` (num, …). Taylor polynomials in steps, their degree and
 * number chosen for the fewest products with A from estimates of ‖Aᵖ‖₁, the trace taken out before (Al-Mohy and Higham:
 * Computing the action of the matrix exponential, SIAM J. Sci. Comput. 33, 2011). float32 and complex64 stay single,
 * integers and bool become float64.
 *
 * @throws AppError 'value' "expected A to be like a square matrix" for shapes that do not fit, for NaN and infinity in
 * A (naming the first such entry; those of B go on into the result), and for norms that would take more than a million
 * steps.
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
  if (!(a instanceof LinearOperator)) requireFiniteEntries(a);
  const right = castArray(given, dtype);
  const eps = epsOf(dtype) / 2;
  const { start = null, stop = null, num = null, endpoint = null, traceA = null } = options;
  const taken = shiftedOf(a, n, dtype, traceA);
  if (start === null && stop === null && num === null && endpoint === null)
    return copy(propagated(taken, right, 1, eps));
  if (start === null || stop === null)
    throw new AppError('value', 'start and stop must both be given', { argument: 'stop' });
  const count = num ?? 50;
  const bytes = count * right.size * right.itemsize;
  requireMemory(bytes, () => `Unable to allocate ${sizeInWords(bytes)} for ${count} times of e^(t·A) · B`);
  const step = (stop - start) / Math.max(1, (endpoint ?? true) ? count - 1 : count);
  let state = propagated(taken, right, start, eps);
  const states = [state];
  for (let k = 1; k < count; k++) states.push((state = propagated(taken, state, step, eps)));
  return stack(states);
}
