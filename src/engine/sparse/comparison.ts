/** Comparisons, and the larger and smaller of two sparse matrices. */
import { AppError } from '#shared/errors.ts';
import { array, asarray, ones } from '../create.ts';
import { type NDArray } from '../ndarray.ts';
import { shapeText } from '../memory.ts';
import { type Weak } from '../promotion.ts';
import { isComplex } from '../scalar.ts';
import * as ufunc from '../ufuncs/arithmetic.ts';
import * as compare from '../ufuncs/comparison.ts';
import { atEveryPlace } from './binary.ts';
import { eliminate_zeros, sum_duplicates } from './canonical.ts';
import { makeSparse } from './construct.ts';
import { emptySparse, toarray, withData } from './convert.ts';
import { type Compressed, issparse, type Sparse } from './sparse-array.ts';
import { compressed, difference, isZero, type Other, plain, scalarOf, storedValues } from './arithmetic.ts';

type Comparison = 'equal' | 'not_equal' | 'less' | 'less_equal' | 'greater' | 'greater_equal';

const negations: Readonly<Record<Comparison, Comparison>> = {
  equal: 'not_equal',
  not_equal: 'equal',
  less: 'greater_equal',
  greater_equal: 'less',
  greater: 'less_equal',
  less_equal: 'greater',
};

function comparison(op: Comparison): (a: Sparse, other: Other) => Sparse | NDArray | boolean {
  return (a, other) => {
    const scalar = issparse(other) ? undefined : scalarOf(other);
    if (scalar !== undefined) return compareScalar(a, scalar, op);
    if (!issparse(other)) return compare[op](toarray(a), asarray(other));
    if (shapeText(a.shape) !== shapeText(other.shape)) {
      if (op === 'equal' || op === 'not_equal') return op === 'not_equal';
      throw new AppError('value', 'inconsistent shape');
    }
    const sparse = op === 'not_equal' || op === 'less' || op === 'greater';
    if (sparse) return atEveryPlace(compressed(a), other, compare[op]);
    return everywhereBut(compressed(a), atEveryPlace(compressed(a), other, compare[negations[op]]));
  };
}

function compareScalar(a: Sparse, scalar: Weak | NDArray, op: Comparison): Sparse {
  const value = plain(scalar);
  const nan = isComplex(value) ? Number.isNaN(value.re) || Number.isNaN(value.im) : Number.isNaN(Number(value));
  const zero = array(0);
  const atZero = Boolean(compare[op](zero, scalar).item());
  if (nan) {
    if (!atZero) return emptySparse(a.format, a.kind, a.shape, 'bool');
    return makeSparse(a.format, a.kind, ones(a.shape, 'bool'));
  }
  const rows = compressed(a);
  if (!atZero) return storedCompared(rows, scalar, op);
  return everywhereBut(rows, storedCompared(rows, scalar, negations[op]));
}

function storedCompared(a: Compressed, scalar: Weak | NDArray, op: Comparison): Compressed {
  sum_duplicates(a);
  const made = withData(a, compare[op](storedValues(a), scalar));
  eliminate_zeros(made);
  return made;
}

function everywhereBut(a: Compressed, not: Compressed): Compressed {
  return atEveryPlace(makeSparse(a.format, a.kind, ones(a.shape, 'bool')) as Compressed, not, difference);
}

/**
 * `a == other`; elements where it is true, mostly all zeros: prefer `!=`.
 *
 * a (m, n), with a sparse or dense matrix of its shape or a number → (m, n), bool.
 *
 * @example toarray(equal(csr_matrix([[1, 0]]), csr_matrix([[1, 2]]))).tolist() // [[true, false]]
 */
export const equal = comparison('equal');
/**
 * `a != other`.
 *
 * a (m, n), with a sparse or dense matrix of its shape or a number → (m, n), bool.
 *
 * @example not_equal(csr_matrix([[1, 0]]), csr_matrix([[1, 2]])).nnz // 1
 */
export const not_equal = comparison('not_equal');
/**
 * `a < other`.
 *
 * a (m, n), with a sparse or dense matrix of its shape or a number → (m, n), bool.
 *
 * @example toarray(less(csr_matrix([[1, 0]]), csr_matrix([[1, 2]]))).tolist() // [[false, true]]
 */
export const less = comparison('less');
/**
 * `a <= other`.
 *
 * a (m, n), with a sparse or dense matrix of its shape or a number → (m, n), bool.
 *
 * @example toarray(less_equal(csr_matrix([[3, 0]]), csr_matrix([[1, 2]]))).tolist() // [[false, true]]
 */
export const less_equal = comparison('less_equal');
/**
 * `a > other`.
 *
 * a (m, n), with a sparse or dense matrix of its shape or a number → (m, n), bool.
 *
 * @example toarray(greater(csr_matrix([[3, 0]]), csr_matrix([[1, 2]]))).tolist() // [[true, false]]
 */
export const greater = comparison('greater');
/**
 * `a >= other`.
 *
 * a (m, n), with a sparse or dense matrix of its shape or a number → (m, n), bool.
 *
 * @example toarray(greater_equal(csr_matrix([[3, 0]]), csr_matrix([[1, 2]]))).tolist() // [[true, false]]
 */
export const greater_equal = comparison('greater_equal');

function extreme(name: 'maximum' | 'minimum'): (a: Sparse, other: Other) => Sparse | NDArray {
  return (a, other) => {
    const op = ufunc[name];
    const scalar = issparse(other) ? undefined : scalarOf(other);
    if (scalar !== undefined) {
      if (!isZero(op(array(0), scalar))) return makeSparse(a.format, a.kind, op(toarray(a), scalar));
      const rows = compressed(a);
      sum_duplicates(rows);
      const made = withData(rows, op(storedValues(rows), scalar));
      eliminate_zeros(made);
      return made;
    }
    if (!issparse(other)) return op(toarray(a), asarray(other));
    if (shapeText(a.shape) !== shapeText(other.shape)) {
      throw new AppError(
        'value',
        `inconsistent shapes self.shape=${shapeText(a.shape)} other.shape=${shapeText(other.shape)}`,
      );
    }
    return atEveryPlace(compressed(a), other, (x, y) => op(x, y));
  };
}

/**
 * Elementwise maximum with a sparse or dense matrix or a scalar.
 *
 * a (m, n) → (m, n), of the dtype both promote to; sparse, but dense with a dense matrix.
 *
 * @example toarray(maximum(csr_matrix([[3, 0]]), csr_matrix([[1, 2]]))).tolist() // [[3n, 2n]]
 */
export const maximum = extreme('maximum');
/**
 * Elementwise minimum with a sparse or dense matrix or a scalar.
 *
 * a (m, n) → (m, n), of the dtype both promote to; sparse, but dense with a dense matrix.
 *
 * @example toarray(minimum(csr_matrix([[3, 0]]), csr_matrix([[1, 2]]))).tolist() // [[1n, 0n]]
 */
export const minimum = extreme('minimum');
