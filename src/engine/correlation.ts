/** Covariances and correlations of variables. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype } from './cast.ts';
import { diagonal } from './building.ts';
import { type ArrayLike, asarray, empty, full, unset } from './create.ts';
import { clip, imag, real } from './elementwise.ts';
import { concatenate } from './joining.ts';
import { matmul } from './linalg/products.ts';
import { NDArray } from './ndarray.ts';
import { pairwise64 } from './pairwise.ts';
import { result_type } from './promotion.ts';
import { sum } from './reductions.ts';
import { atleast_2d, expand_dims, ravel, reshape, squeeze } from './shape.ts';
import { average, mean } from './statistics.ts';
import { add, conj, divide, multiply, subtract } from './ufuncs/arithmetic.ts';
import { sqrt } from './ufuncs/mathematics.ts';
import type { Operand } from './ufuncs/definition.ts';

export interface CovarianceOptions {
  y?: Operand;
  /** Variables are rows; otherwise columns. */
  rowvar?: boolean;
  bias?: boolean;
  ddof?: number;
  /** How often each observation was seen. */
  fweights?: ArrayLike;
  /** How much each observation counts. */
  aweights?: ArrayLike;
  dtype?: DType;
}

/**
 * Covariance matrix of variables in rows (columns if `rowvar` is false), over n − ddof (1 by default).
 *
 * m (k, n), of k variables → (k, k), () of a single one; float64, also of float32, and complex128 of complex dtypes.
 *
 * @throws AppError 'value' for more than two dimensions, weights of another length or below zero; 'dtype' for dtypes of
 * integers, and "fweights must be integer".
 * @example cov(array([[1, 2, 3], [3, 2, 1]])).tolist() // [[1, -1], [-1, 1]]
 */
export function cov(m: Operand, options: CovarianceOptions = {}): NDArray {
  const few = covOfFew(m, options);
  if (few !== null) return squeeze(few);
  const { y, rowvar = true, bias = false, fweights, aweights } = options;
  const given = [m, ...(y === undefined ? [] : [y])].map((part) => asarray(part));
  given.forEach((part, k) => {
    if (part.ndim > 2) throw new AppError('value', `${'my'[k]} has more than 2 dimensions`, { argument: 'my'[k] });
  });
  if (options.ddof !== undefined && !Number.isInteger(options.ddof))
    throw new AppError('value', 'ddof must be integer', { argument: 'ddof' });
  const dtype = options.dtype ?? result_type([...given.map((part) => part.dtype), 'float64']);
  const variables = given.map((part, k) => {
    const two = astype(atleast_2d(part), dtype);
    return !rowvar && (k === 0 ? part.ndim !== 1 : two.shape[0] !== 1) ? two.T : two;
  });
  if (variables[0].shape[0] === 0) return empty([0, 0], dtype);
  const x = concatenate(variables, 0);
  const n = x.shape[1];
  const ddof = options.ddof ?? (bias ? 0 : 1);
  const w = weightsOf(fweights, aweights, n);
  if (!/^(float|complex)/.test(dtype) && x.size > 0) {
    throw new AppError(
      'dtype',
      `Cannot cast ufunc 'subtract' output from dtype('float64') to dtype('${dtype}') with casting rule 'same_kind'`,
      { argument: 'dtype', hint: 'Means are no integers: give a dtype of floats.' },
    );
  }
  const centre =
    w === null ? mean(x, { axis: 1, keepdims: true }) : average(x, { axis: 1, keepdims: true, weights: w });
  const away = subtract(x, centre);
  const weighted = w === null ? away : multiply(away, w);
  const product = matmul(away, weighted.entries === 2 ? conj(weighted.T) : weighted.T);
  const freedom = freedomOf(n, ddof, w, aweights);
  const result = multiply(product, full([], freedom > 0 ? 1 / freedom : Infinity, 'float64'));
  return squeeze(astype(result, dtype, { copy: false }));
}

/** Elements that are gone through one by one sooner than arrays are made of them. */
const mostFew = 64;

/** The covariances of a few doubles in one or two axes, with two axes; null for everything else. */
function covOfFew(m: Operand, { y, rowvar = true, bias = false, ddof, ...rest }: CovarianceOptions): NDArray | null {
  if (!(m instanceof NDArray) || m.dtype !== 'float64' || m.size === 0 || m.size > mostFew || m.ndim > 2) return null;
  if (!m.cContiguous || m.ndim === 0 || y !== undefined || !Object.values(rest).every((option) => option === undefined))
    return null;
  const freedom = ddof ?? (bias ? 0 : 1);
  const turned = !rowvar && m.ndim === 2;
  const rows = m.ndim === 1 ? 1 : m.shape[0];
  const [count, n] = turned ? [m.size / rows, rows] : [rows, m.size / rows];
  if (!Number.isInteger(freedom) || n <= freedom) return null;
  const data = m.data as Float64Array;
  const away = unset([count, n], 'float64');
  for (let i = 0; i < count; i++) {
    let total = 0;
    if (turned) for (let k = 0; k < n; k++) total += data[m.start + k * count + i];
    else total = pairwise64(data, m.start + i * n, n, 1);
    const centre = total / n;
    for (let k = 0; k < n; k++)
      away.data[away.start + i * n + k] = data[m.start + (turned ? k * count + i : i * n + k)] - centre;
  }
  const c = matmul(away, away.T);
  const factor = 1 / (n - freedom);
  for (let k = c.start; k < c.start + c.size; k++) c.data[k] = (c.data[k] as number) * factor;
  return c;
}

function weightsOf(fweights: ArrayLike | undefined, aweights: ArrayLike | undefined, n: number): NDArray | null {
  let made: NDArray | null = null;
  for (const [argument, values] of Object.entries({ fweights, aweights })) {
    if (values === undefined) continue;
    const w = asarray(values, 'float64');
    const list = ravel(w).tolist() as number[];
    if (argument === 'fweights' && list.some((x) => !Number.isInteger(x)))
      throw new AppError('dtype', 'fweights must be integer', { argument });
    if (w.ndim > 1) throw new AppError('value', `cannot handle multidimensional ${argument}`, { argument });
    if (w.ndim === 0)
      throw new AppError('index', 'tuple index out of range', { argument, hint: 'Weights are a list.' });
    if (list.length !== n) throw new AppError('value', `incompatible numbers of samples and ${argument}`, { argument });
    if (list.some((x) => x < 0)) throw new AppError('value', `${argument} cannot be negative`, { argument });
    made = made === null ? w : multiply(made, w);
  }
  return made;
}

function freedomOf(n: number, ddof: number, w: NDArray | null, aweights: ArrayLike | undefined): number {
  if (w === null) return n - ddof;
  const total = Number(sum(w).item());
  if (ddof === 0) return total;
  if (aweights === undefined) return total - ddof;
  return total - (ddof * Number(sum(multiply(w, asarray(aweights, 'float64'))).item())) / total;
}

/**
 * Correlation coefficients of variables in rows.
 *
 * x (k, n), of k variables → (k, k), () of a single one; float64, also of float32, and complex128 of complex dtypes.
 *
 * @example corrcoef(array([[1, 2, 3], [3, 2, 1]])).tolist() // [[1, -1], [-1, 1]]
 */
export function corrcoef(x: Operand, options: Pick<CovarianceOptions, 'y' | 'rowvar' | 'dtype'> = {}): NDArray {
  const few = covOfFew(x, options);
  if (few !== null && few.size > 1) return correlationOfFew(few);
  const c = cov(x, options);
  if (c.ndim === 0) return divide(c, c);
  const deviation = sqrt(real(diagonal(c)));
  const result = divide(divide(c, expand_dims(deviation, 1)), expand_dims(deviation, 0));
  if (result.entries === 1) return clip(result, -1, 1);
  const re = clip(real(result), -1, 1);
  const im = clip(imag(result), -1, 1);
  return reshape(add(re, multiply(im, { re: 0, im: 1 })), result.shape);
}

/** Covariances divided by both deviations, where they lie. */
function correlationOfFew(c: NDArray): NDArray {
  const { data, start, shape } = c;
  const values = data as Float64Array;
  const [n] = shape;
  const deviation = new Float64Array(n);
  for (let i = 0; i < n; i++) deviation[i] = Math.sqrt(values[start + i * n + i]);
  for (let i = 0, at = start; i < n; i++)
    for (let k = 0; k < n; k++, at++) values[at] = Math.min(1, Math.max(-1, values[at] / deviation[i] / deviation[k]));
  return c;
}
