/** Eigenproblems `A · v = w · M · v`, brought to the plain ones that Krylov methods solve. */
import { AppError } from '#shared/errors.ts';
import { astype as castArray } from '../../cast.ts';
import { type ArrayLike, asarray } from '../../create.ts';
import { type FloatDType, isComplexType } from '../../linalg/matrices.ts';
import { matmul } from '../../linalg/products.ts';
import { cholesky } from '../../linalg/systems.ts';
import { shapeText } from '../../memory.ts';
import { NDArray } from '../../ndarray.ts';
import { type Complex, isComplex, PyFloat } from '../../scalar.ts';
import { lu_factor, lu_solve, solve_triangular } from '../../scipy/factors.ts';
import { conj, divide, multiply, sign, subtract as subtractArrays } from '../../ufuncs/arithmetic.ts';
import { sqrt } from '../../ufuncs/mathematics.ts';
import { real as realPart } from '../../elementwise.ts';
import { scale, subtract } from '../arithmetic.ts';
import { csc_array } from '../construct.ts';
import { astype, conj as conjSparse, transpose, withKind } from '../convert.ts';
import { diagonal } from '../diagonal.ts';
import { Sparse } from '../sparse-array.ts';
import { splu } from './factors.ts';
import { gmres } from './iterative.ts';
import { aslinearoperator, LinearOperator, type Matrix, sizesOf, times } from './operators.ts';
import { spsolve_triangular } from './triangular.ts';

/** x ↦ M⁻¹ · x. */
export type Solver = (x: NDArray) => NDArray;

/** How shift-and-invert turns w into what is looked for: 1/(w − σ), w/(w − σ), (w + σ)/(w − σ). */
export type Mode = 'normal' | 'buckling' | 'cayley';

export interface GeneralisedOptions {
  M?: Matrix | ArrayLike | null;
  Minv?: Matrix | null;
  OPinv?: Matrix | null;
}

/** M as an operator of the size of A. @throws AppError 'value' "wrong M dimensions (3, 3), should be (4, 4)". */
export function massOf(M: Matrix | ArrayLike, n: number): Matrix {
  const given = M instanceof LinearOperator || M instanceof Sparse ? M : asarray(M);
  const m = aslinearoperator(given);
  const [rows, cols] = sizesOf(m);
  if (rows !== n || cols !== n) {
    throw new AppError('value', `wrong M dimensions ${shapeText([rows, cols])}, should be ${shapeText([n, n])}`, {
      argument: 'M',
    });
  }
  return m;
}

/**
 * Factors a matrix once and solves with it; an operator is solved with by GMRES.
 * @throws AppError 'value' "Error in inverting M: function gmres_loose did not converge (info = …).".
 */
export function solverOf(a: Matrix, dtype: FloatDType): Solver {
  if (a instanceof LinearOperator) {
    return (x) => {
      const { x: y, info } = gmres(a, x, { rtol: 1e-12, atol: 0 });
      if (info !== 0)
        throw new AppError('value', `Error in inverting M: function gmres_loose did not converge (info = ${info}).`);
      return y;
    };
  }
  if (a instanceof Sparse) {
    const factors = splu(astype(csc_array(a), dtype, { copy: false }));
    return (x) => factors.solve(castArray(x, dtype));
  }
  const factors = lu_factor(castArray(a, dtype));
  return (x) => lu_solve(factors, x);
}

/** A − σ · M, M the identity when it is null. */
export function shifted(a: Matrix, M: Matrix | null, sigma: number | Complex, dtype: FloatDType): Matrix {
  const [n] = sizesOf(a);
  const factor = isComplex(sigma) ? sigma : new PyFloat(sigma);
  const mass = M ?? null;
  if (a instanceof Sparse && mass instanceof Sparse) {
    const [x, y] = [a, mass].map((part) => withKind(astype(csc_array(part), dtype, { copy: false }), 'array'));
    return subtract(x, scale(y, factor));
  }
  if (a instanceof NDArray && mass instanceof NDArray)
    return subtractArrays(castArray(a, dtype), multiply(castArray(mass, dtype), factor));
  return new LinearOperator([n, n], {
    dtype,
    matvec: (x) => subtractArrays(times(a, x), multiply(mass === null ? x : times(mass, x), factor)),
  });
}

/** A root of a positive definite matrix: `M = L · Lᴴ`, as the products that a symmetric problem needs. */
export interface Root {
  /** L · x */
  times: Solver;
  /** Lᴴ · x */
  adjoint: Solver;
  /** L⁻¹ · x */
  solve: Solver;
  /** L⁻ᴴ · x */
  solveAdjoint: Solver;
}

const indefinite = (): AppError =>
  new AppError('linalg', 'M is not positive definite', {
    argument: 'M',
    hint: 'The symmetric problem needs a positive definite M; eigs takes any.',
  });

/**
 * The root of a positive definite matrix: Cholesky's of a dense one, of a sparse one from an LU factorisation without
 * exchange of rows, `M = L · D · Lᴴ`.
 *
 * @throws AppError 'linalg' when the matrix is not positive definite, 'value' for operators, which have no entries.
 */
export function rootOf(M: Matrix, dtype: FloatDType): Root {
  if (M instanceof LinearOperator) {
    throw new AppError('value', 'M must be a matrix here, not an operator', {
      argument: 'M',
      hint: 'eigs takes an operator M together with Minv.',
    });
  }
  const complex = isComplexType(dtype);
  if (M instanceof NDArray) {
    let lower: NDArray;
    try {
      lower = cholesky(castArray(M, dtype));
    } catch (error) {
      if (error instanceof AppError && error.code === 'linalg') throw indefinite();
      throw error;
    }
    const upper = complex ? conj(lower.T) : lower.T;
    return {
      times: (x) => matmul(lower, x),
      adjoint: (x) => matmul(upper, x),
      solve: (x) => solve_triangular(lower, x, { lower: true }),
      solveAdjoint: (x) => solve_triangular(lower, x, { lower: true, trans: complex ? 2 : 1 }),
    };
  }
  const factors = splu(astype(csc_array(M), dtype, { copy: false }), { permc_spec: 'NATURAL', diag_pivot_thresh: 0 });
  const pivots = realPart(diagonal(factors.U));
  const moved = (factors.perm_r.tolist() as number[]).some((row, k) => row !== k);
  if (moved || (sign(pivots).tolist() as number[]).some((s) => s !== 1)) throw indefinite();
  const d = castArray(sqrt(pivots), dtype);
  const unit = factors.L;
  // Of several vectors each row is scaled.
  const rows = (x: NDArray): NDArray => (x.ndim === 2 ? d.view([d.size, 1], [d.itemsize, d.itemsize]) : d);
  const turned = csc_array(complex ? conjSparse(transpose(unit)) : transpose(unit));
  return {
    times: (x) => times(unit, multiply(rows(x), x)),
    adjoint: (x) => multiply(rows(x), times(turned, x)),
    solve: (x) => divide(spsolve_triangular(unit, x), rows(x)),
    solveAdjoint: (x) => spsolve_triangular(turned, divide(x, rows(x)), { lower: false }),
  };
}
