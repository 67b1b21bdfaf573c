/** A few eigenvalues and eigenvectors of a large matrix. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray, copyInto } from '../../cast.ts';
import { type ArrayLike, asarray, empty, eye as eyeArray } from '../../create.ts';
import {
  complexType,
  entriesOf,
  epsOf,
  type FloatDType,
  isComplexType,
  letterOf,
  realType,
} from '../../linalg/matrices.ts';
import { eig, eigh, eigvals, eigvalsh } from '../../linalg/eigenvalues.ts';
import { shapeText } from '../../memory.ts';
import { native } from '../../native.ts';
import type { NativeOperator } from '../../native-sparse.ts';
import { NDArray } from '../../ndarray.ts';
import { promote_types } from '../../promotion.ts';
import { default_rng, type Generator } from '../../random/generator.ts';
import type { Seed } from '../../random/seed-sequence.ts';
import { PyFloat, type Complex, isComplex } from '../../scalar.ts';
import { any as anyTrue } from '../../reductions.ts';
import { reshape as reshapeArray } from '../../shape.ts';
import { multiply as multiplyArrays, subtract as subtractArrays } from '../../ufuncs/arithmetic.ts';
import { scale, subtract } from '../arithmetic.ts';
import { identity } from '../build.ts';
import { astype, withKind } from '../convert.ts';
import { Sparse } from '../sparse-array.ts';
import { nonfiniteEntry } from '../nonfinite.ts';
import { SparseError } from '../sparse-error.ts';
import { csc_array } from '../construct.ts';
import { splu } from './factors.ts';
import { massOf, type Mode, rootOf, shifted, solverOf } from './generalised.ts';
import { gmres } from './iterative.ts';
import {
  LinearOperator,
  aslinearoperator,
  type Matrix,
  nativeOperator,
  sizesOf,
  times,
  workingType,
} from './operators.ts';

export interface EigenOptions<Which extends string> {
  /** Looks for the eigenvalues around this number, through factors of A − sigma·I. `which` then means 1/(w − sigma). */
  sigma?: number | Complex | null;
  which?: Which;
  /** The vector to begin with. */
  v0?: ArrayLike | null;
  /** How many basis vectors are kept. */
  ncv?: number | null;
  maxiter?: number | null;
  /** Relative accuracy of the eigenvalues; 0: all there is. */
  tol?: number;
  return_eigenvectors?: boolean;
  /** The problem is A · v = w · M · v; for `eigsh` M must be symmetric and positive definite. */
  M?: Matrix | ArrayLike | null;
  /** M⁻¹ as an operator, where M has no entries to factor. */
  Minv?: Matrix | null;
  /** (A − sigma · M)⁻¹ as an operator, instead of factors. */
  OPinv?: Matrix | null;
  /** Seeds the vector to begin with. */
  rng?: Seed | Generator | null;
}

export interface SymmetricEigenOptions extends EigenOptions<SymmetricWhich> {
  /** With sigma: which numbers `which` speaks of: 1/(w − σ), 'buckling' w/(w − σ), 'cayley' (w + σ)/(w − σ). */
  mode?: Mode;
}

export interface PartialEigen {
  /** Eigenvalues. */
  w: NDArray;
  /** Eigenvectors as columns, null when they were not wanted. */
  v: NDArray | null;
  /** Restarts. */
  iterations: number;
}

type SymmetricWhich = 'LM' | 'SM' | 'LA' | 'SA' | 'BE';
type GeneralWhich = 'LM' | 'SM' | 'LR' | 'SR' | 'LI' | 'SI';

interface Problem {
  n: number;
  dtype: FloatDType;
  k: number;
  ncv: number;
  maxiter: number;
  tol: number;
  v0: NDArray;
  which: string;
}

function problem(
  a: Matrix,
  n: number,
  dtype: FloatDType,
  k: number,
  symmetric: boolean,
  options: EigenOptions<string>,
): Problem {
  const { which = 'LM', v0, ncv, maxiter, tol = 0 } = options;
  const known = symmetric ? ['LM', 'SM', 'LA', 'SA', 'BE'] : ['LM', 'SM', 'LR', 'SR', 'LI', 'SI'];
  if (!known.includes(which)) {
    throw new AppError('value', `${symmetric ? 'which' : 'Parameter which'} must be one of ${known.join(' ')}`, {
      argument: 'which',
    });
  }
  const basis = Math.min(ncv ?? Math.max(2 * k + 1, 20), n);
  if (!Number.isInteger(basis) || basis <= (symmetric ? k : k + 1)) {
    throw new AppError('value', `ncv must be ${symmetric ? 'k' : 'k+1'}<ncv<=n, ncv=${ncv ?? basis}`, {
      argument: 'ncv',
    });
  }
  if (ncv !== undefined && ncv !== null && ncv > n) {
    throw new AppError('value', `ncv must be ${symmetric ? 'k' : 'k+1'}<ncv<=n, ncv=${ncv}`, { argument: 'ncv' });
  }
  const most = Math.min(maxiter ?? n * 10, 2 ** 31 - 1);
  if (!(most > 0)) throw new AppError('value', `maxiter must be positive, maxiter=${most}`, { argument: 'maxiter' });
  if (!(tol >= 0)) throw new AppError('value', `tol must not be negative, tol=${tol}`, { argument: 'tol' });
  if (!(a instanceof LinearOperator)) requireArnoldi(a, 'A');
  return {
    n,
    dtype,
    k,
    ncv: basis,
    maxiter: most,
    tol: tol || epsOf(dtype),
    v0: startVector(v0, n, dtype, options.rng),
    which,
  };
}

/** @throws SparseError ArpackError for NaN and infinity, naming the first such entry. */
function requireArnoldi(a: Sparse | NDArray, argument: string): void {
  const hint = nonfiniteEntry(a);
  if (hint === null) return;
  throw new SparseError(
    'ArpackError',
    'ARPACK error -9999: Could not build an Arnoldi factorization. IPARAM(5) returns the size of the current Arnoldi factorization. The user is advised to check that enough workspace and array storage has been allocated.',
    { argument, hint },
  );
}

function startVector(
  given: ArrayLike | null | undefined,
  n: number,
  dtype: FloatDType,
  rng?: Seed | Generator | null,
): NDArray {
  const made = empty(n, dtype);
  if (given === undefined || given === null) copyInto(made, default_rng(rng ?? 0).uniform(-1, 1, n));
  else {
    const v = castArray(asarray(given), dtype);
    if (v.size !== n) throw new AppError('value', `v0 must have ${n} elements, not ${v.size}`, { argument: 'v0' });
    requireArnoldi(v, 'v0');
    copyInto(made, reshapeArray(v, [n]));
  }
  if (!anyTrue(made).item())
    throw new SparseError('ArpackError', 'ARPACK error -9: Starting vector is zero.', { argument: 'v0' });
  return made;
}

interface Found {
  w: Complex[];
  /** Columns. */
  v: NDArray;
  converged: number;
  iterations: number;
}

/** Calls the addon; the vectors come back as columns, complex where the values may be. */
function solve(op: NativeOperator, p: Problem, dtype: FloatDType, symmetric: boolean, which: string): Found {
  const v0 = castArray(p.v0, dtype, { order: 'C' });
  let found;
  try {
    found = native().partialEigen(
      letterOf(dtype),
      symmetric,
      op,
      entriesOf(v0, 0, p.n),
      p.k,
      p.ncv,
      p.maxiter,
      p.tol,
      which,
    );
  } catch (error) {
    if (
      error instanceof AppError ||
      !(error instanceof Error) ||
      error instanceof TypeError ||
      error instanceof RangeError
    )
      throw error;
    throw new SparseError(
      'ArpackError',
      `ARPACK error -9999: Could not build an Arnoldi factorization. ${error.message}`,
      { argument: 'A' },
    );
  }
  const count = found.values.length / 2;
  const w = Array.from({ length: count }, (_, i) => ({ re: found.values[2 * i], im: found.values[2 * i + 1] }));
  const held = symmetric ? dtype : complexType(dtype);
  const columns = empty([p.n, count], held, 'F');
  if (columns.size > 0) entriesOf(columns, 0, columns.size).set(found.vectors);
  return { w, v: columns, converged: found.converged, iterations: found.iterations };
}

function requireConverged(found: Found, p: Problem, values: (w: Complex[]) => NDArray): void {
  if (found.converged >= p.k) return;
  throw new SparseError(
    'ArpackNoConvergence',
    `ARPACK error -1: No convergence (${found.iterations + 1} iterations, ${found.converged}/${p.k} eigenvectors converged)`,
    {
      hint: 'Allow more iterations (maxiter), more basis vectors (ncv) or less accuracy (tol), or look near a number (sigma).',
      eigenvalues: values(found.w),
      eigenvectors: found.v,
    },
  );
}

/** Columns in another order, row after row in memory. */
function columnsInOrder(v: NDArray, order: readonly number[], dtype: FloatDType): NDArray {
  const made = empty([v.shape[0], order.length], dtype);
  const column = (a: NDArray, j: number): NDArray => a.view([a.shape[0]], [a.strides[0]], a.offset + j * a.strides[1]);
  order.forEach((from, j) => {
    if (made.size > 0) copyInto(column(made, j), column(v, from));
  });
  return made;
}

/** (A − sigma·I)⁻¹ as an operator of the addon. */
function inverseOperator(a: Matrix, n: number, sigma: number | Complex, dtype: FloatDType): NativeOperator {
  const shift = isComplex(sigma) ? sigma : new PyFloat(sigma);
  if (a instanceof LinearOperator) {
    const shifted = new LinearOperator([n, n], {
      dtype,
      matvec: (x) => subtractArrays(times(a, x), multiplyArrays(x, shift)),
    });
    const tolerance = Math.max(2 * epsOf(dtype), 1000 * Math.sqrt(n) * epsOf(dtype));
    const inverse = new LinearOperator([n, n], {
      dtype,
      matvec: (x) => {
        const { x: y, info } = gmres(shifted, x, { rtol: tolerance, atol: 0 });
        if (info !== 0) {
          throw new AppError(
            'value',
            `Error in inverting [A-sigma*M]: function gmres_loose did not converge (info = ${info}).`,
          );
        }
        return y;
      },
    });
    return nativeOperator(inverse, dtype);
  }
  const matrix =
    a instanceof NDArray
      ? csc_array(subtractArrays(castArray(a, dtype), multiplyArrays(eyeArray(n, n, 0, dtype), shift)))
      : (subtract(
          withKind(astype(a, dtype, { copy: false }), 'array'),
          scale(withKind(identity(n, { dtype, format: 'csc' }), 'array'), shift),
        ) as Sparse);
  const lu = splu(astype(matrix, dtype, { copy: false }));
  if (lu.handle === null) throw new AppError('value', 'the matrix is empty', { argument: 'A' });
  return { kind: 'lu', lu: lu.handle };
}

function requireSquare(A: Matrix): { a: Matrix; n: number } {
  const a = aslinearoperator(A);
  const [m, n] = sizesOf(a);
  if (m !== n) throw new AppError('value', `expected square matrix (shape=${shapeText([m, n])})`, { argument: 'A' });
  return { a, n };
}

/**
 * The k eigenvalues of largest magnitude ('LM'; SM smallest magnitude, LA largest, SA smallest, BE from both ends) of a
 * symmetric or Hermitian matrix, with eigenvectors: `A · v = v · diag(w)`, or of a pencil, `A · v = M · v · diag(w)`.
 *
 * A (n, n) sparse, dense or an operator; w (k,) ascending, v (n, k). With `sigma` those nearest to it. Without vectors
 * the most wanted value is the last. Lanczos method with thick restarts (Wu, Simon 2000). float32 and complex64 are
 * computed in single precision, integers and bool in float64; w is real.
 *
 * @throws SparseError ArpackNoConvergence "ARPACK error -1: No convergence (…)"; AppError 'value' "k must be greater
 * than 0."; 'dtype'.
 * @example eigsh(diags([[1, -5, 3, 2]]), 2).w.tolist().map((x) => Math.round(x)) // [-5, 3]
 */
export function eigsh(A: Matrix, k = 6, options: SymmetricEigenOptions = {}): PartialEigen {
  const { a, n } = requireSquare(A);
  const { return_eigenvectors = true, sigma = null, which = 'LM', mode = 'normal' } = options;
  const complex = isComplexType(a.dtype);
  if (complex && which === 'BE')
    throw new AppError('value', "which='BE' cannot be used with complex matrix A", { argument: 'which' });
  requireCount(k, 'k must be greater than 0.');
  if (k >= n) {
    if (!(a instanceof NDArray)) {
      throw new AppError(
        'dtype',
        a instanceof Sparse
          ? 'Cannot use scipy.linalg.eigh for sparse A with k >= N. Use scipy.linalg.eigh(A.toarray()) or reduce k.'
          : 'Cannot use scipy.linalg.eigh for LinearOperator A with k >= N.',
        { argument: 'k' },
      );
    }
    if (!return_eigenvectors) return { w: eigvalsh(a), v: null, iterations: 0 };
    const { eigenvalues, eigenvectors } = eigh(a);
    return { w: eigenvalues, v: eigenvectors, iterations: 0 };
  }
  const M = options.M === null || options.M === undefined ? null : massOf(options.M, n);
  const p = problem(a, n, commonWorkingType(a, M), k, true, options);
  const shift = sigma === null ? null : isComplex(sigma) ? sigma.re : sigma;
  const plain = M === null && mode === 'normal' && (options.OPinv ?? null) === null;
  const way = plain
    ? {
        op: shift === null ? nativeOperator(a, p.dtype) : inverseOperator(a, n, shift, p.dtype),
        value: (x: number) => (shift === null ? x : 1 / x + shift),
        vectors: (v: NDArray) => v,
      }
    : symmetricPencil(a, M, shift, mode, options, p.dtype);
  const found = solve(way.op, p, p.dtype, true, which);
  const real = found.w.map(({ re }) => way.value(re));
  const type = realType(p.dtype);
  requireConverged(found, p, () => castArray(asarray(real), type));
  let order = real.map((_, i) => i).sort((i, j) => real[i] - real[j]);
  if (!return_eigenvectors && shift === null) {
    if (which === 'LM' || which === 'SM') order = order.sort((i, j) => Math.abs(real[i]) - Math.abs(real[j]));
    if (which === 'SM' || which === 'SA') order.reverse();
  }
  const w = castArray(asarray(order.map((i) => new PyFloat(real[i]))), type);
  const v = return_eigenvectors ? way.vectors(columnsInOrder(found.v, order, p.dtype)) : null;
  return { w, v, iterations: found.iterations };
}

function commonWorkingType(a: Matrix, M: Matrix | null): FloatDType {
  return workingType(M === null ? a.dtype : promote_types(a.dtype, M.dtype));
}

interface Way {
  op: NativeOperator;
  /** The eigenvalue behind what the operator has. */
  value: (x: number) => number;
  vectors: (v: NDArray) => NDArray;
}

/**
 * A symmetric operator with the pencil's eigenvalues. With `M = L · Lᴴ`: L⁻¹ · A · L⁻ᴴ, with a shift
 * Lᴴ · (A − σ · M)⁻¹ · L and its kin; the vectors come back by L⁻ᴴ. In buckling mode it is A that is positive definite.
 */
function symmetricPencil(
  a: Matrix,
  M: Matrix | null,
  shift: number | null,
  mode: Mode,
  { OPinv = null }: SymmetricEigenOptions,
  dtype: FloatDType,
): Way {
  if (!['normal', 'buckling', 'cayley'].includes(mode))
    throw new AppError('value', `unrecognized mode '${mode}'`, { argument: 'mode' });
  const n = sizesOf(a)[0];
  const same = (x: NDArray): NDArray => x;
  const operator = (matvec: (x: NDArray) => NDArray): NativeOperator =>
    nativeOperator(new LinearOperator([n, n], { dtype, matvec }), dtype);
  if (shift === null) {
    if (mode !== 'normal') throw new AppError('value', `mode '${mode}' needs sigma`, { argument: 'sigma' });
    if (OPinv !== null) throw new AppError('value', 'OPinv needs sigma', { argument: 'OPinv' });
    const root = rootOf(M as Matrix, dtype);
    return {
      op: operator((x) => root.solve(times(a, root.solveAdjoint(x)))),
      value: (x) => x,
      vectors: root.solveAdjoint,
    };
  }
  const solver = OPinv === null ? solverOf(shifted(a, M, shift, dtype), dtype) : (x: NDArray) => times(OPinv, x);
  if (mode === 'buckling') {
    if (shift === 0) throw new AppError('value', 'buckling mode needs a sigma that is not 0', { argument: 'sigma' });
    const root = rootOf(a, dtype);
    return {
      op: operator((x) => root.adjoint(solver(root.times(x)))),
      value: (x) => (shift * x) / (x - 1),
      vectors: root.solveAdjoint,
    };
  }
  const root = M === null ? { times: same, adjoint: same, solve: same, solveAdjoint: same } : rootOf(M, dtype);
  if (mode === 'cayley') {
    const upper = shifted(a, M, -shift, dtype);
    return {
      op: operator((x) => root.adjoint(solver(times(upper, root.solveAdjoint(x))))),
      value: (x) => (shift * (x + 1)) / (x - 1),
      vectors: root.solveAdjoint,
    };
  }
  return {
    op: operator((x) => root.adjoint(solver(root.times(x)))),
    value: (x) => 1 / x + shift,
    vectors: root.solveAdjoint,
  };
}

/** Eigenvectors of a Hermitian operator that the addon knows already, made from `a` (n, n): k columns. */
export function eigenvectorsOf(
  op: NativeOperator,
  a: Matrix,
  n: number,
  dtype: FloatDType,
  k: number,
  options: EigenOptions<'LM' | 'SM'>,
): NDArray {
  const p = problem(a, n, dtype, k, true, options);
  const found = solve(op, p, dtype, true, p.which);
  requireConverged(found, p, (w) => castArray(asarray(w.map(({ re }) => new PyFloat(re))), realType(dtype)));
  return columnsInOrder(
    found.v,
    found.w.map((_, i) => i).sort((i, j) => found.w[i].re - found.w[j].re),
    dtype,
  );
}

function requireCount(k: number, message: string): void {
  if (!Number.isInteger(k))
    throw new AppError('dtype', `'${typeof k}' object cannot be interpreted as an integer`, { argument: 'k' });
  if (k <= 0) throw new AppError('value', message, { argument: 'k' });
}

/**
 * The k eigenvalues of largest magnitude ('LM'; SM, LR, SR, LI, SI: smallest magnitude, largest or smallest real or
 * imaginary part) of any square matrix, with eigenvectors: `A · v = v · diag(w)`, or of a pencil, `A · v = M · v ·
 * diag(w)`.
 *
 * A (n, n) sparse, dense or an operator; w (k,) and v (n, k) complex, the most wanted first. With `sigma` those nearest
 * to it (real matrices: a real one). Krylov-Schur method (Stewart 2001). complex64 of float32 and complex64, else
 * complex128.
 *
 * @throws SparseError ArpackNoConvergence; AppError 'value' "k=0 must be greater than 0."; 'dtype'.
 * @example eigs(diags([[1, -5, 3, 2]]), 1).w.tolist()[0].re.toFixed(6) // '-5.000000'
 */
export function eigs(A: Matrix, k = 6, options: EigenOptions<GeneralWhich> = {}): PartialEigen {
  const { a, n } = requireSquare(A);
  const { return_eigenvectors = true, sigma = null, which = 'LM' } = options;
  requireCount(k, `k=${k} must be greater than 0.`);
  if (k >= n - 1) {
    if (!(a instanceof NDArray)) {
      throw new AppError(
        'dtype',
        a instanceof Sparse
          ? 'Cannot use scipy.linalg.eig for sparse A with k >= N - 1. Use scipy.linalg.eig(A.toarray()) or reduce k.'
          : 'Cannot use scipy.linalg.eig for LinearOperator A with k >= N - 1.',
        { argument: 'k' },
      );
    }
    const type = complexType(workingType(a.dtype));
    if (!return_eigenvectors) return { w: castArray(eigvals(a), type), v: null, iterations: 0 };
    const { eigenvalues, eigenvectors } = eig(a);
    return { w: castArray(eigenvalues, type), v: castArray(eigenvectors, type), iterations: 0 };
  }
  const M = options.M === null || options.M === undefined ? null : massOf(options.M, n);
  const p = problem(a, n, commonWorkingType(a, M), k, false, options);
  const type = complexType(p.dtype);
  // A complex shift makes the shifted matrix complex.
  const work = sigma !== null && isComplex(sigma) && sigma.im !== 0 ? type : p.dtype;
  const plain = M === null && (options.OPinv ?? null) === null;
  const op = plain
    ? sigma === null
      ? nativeOperator(a, work)
      : inverseOperator(a, n, sigma, work)
    : generalPencil(a, M, sigma, options, work);
  const found = solve(op, p, work, false, which);
  const shift = sigma === null ? null : isComplex(sigma) ? sigma : { re: sigma, im: 0 };
  const values = found.w.map((w) => (shift === null ? w : plus(inverse(w), shift)));
  const list = (order: readonly number[]): NDArray => castArray(asarray(order.map((i) => values[i])), type);
  requireConverged(found, p, () => (values.length === 0 ? empty(0, type) : list(values.map((_, i) => i))));
  const order = found.w.map((_, i) => i).sort((i, j) => wanted(found.w[j], which) - wanted(found.w[i], which));
  return {
    w: list(order),
    v: return_eigenvectors ? columnsInOrder(found.v, order, type) : null,
    iterations: found.iterations,
  };
}

/** M⁻¹ · A, or with a shift (A − σ · M)⁻¹ · M: operators with the pencil's vectors. */
function generalPencil(
  a: Matrix,
  M: Matrix | null,
  sigma: number | Complex | null,
  { Minv = null, OPinv = null }: EigenOptions<GeneralWhich>,
  dtype: FloatDType,
): NativeOperator {
  const [n] = sizesOf(a);
  const operator = (matvec: (x: NDArray) => NDArray): NativeOperator =>
    nativeOperator(new LinearOperator([n, n], { dtype, matvec }), dtype);
  if (sigma === null) {
    if (M === null) throw new AppError('value', 'OPinv needs sigma', { argument: 'OPinv' });
    const mass = Minv === null ? solverOf(M, dtype) : (x: NDArray) => times(Minv, x);
    return operator((x) => mass(times(a, x)));
  }
  const solver = OPinv === null ? solverOf(shifted(a, M, sigma, dtype), dtype) : (x: NDArray) => times(OPinv, x);
  return operator((x) => solver(M === null ? x : times(M, x)));
}

const inverse = ({ re, im }: Complex): Complex => {
  const size = re * re + im * im;
  return { re: re / size, im: -im / size };
};
const plus = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });

function wanted({ re, im }: Complex, which: GeneralWhich): number {
  if (which === 'LM') return Math.hypot(re, im);
  if (which === 'SM') return -Math.hypot(re, im);
  if (which === 'LR') return re;
  if (which === 'SR') return -re;
  return which === 'LI' ? Math.abs(im) : -Math.abs(im);
}
