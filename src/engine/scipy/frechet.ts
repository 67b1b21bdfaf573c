/** The derivative of the matrix exponential, and how ill-conditioned it is. One matrix at a time. */
import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { asarray, empty, eye, zeros } from '../create.ts';
import { concatenate } from '../joining.ts';
import { commonType, requireFinite } from '../linalg/matrices.ts';
import { norm } from '../linalg/norms.ts';
import { matmul } from '../linalg/products.ts';
import { solve } from '../linalg/systems.ts';
import { svdvals } from '../linalg/svd.ts';
import { requireMemory, sizeInWords } from '../memory.ts';
import type { NDArray } from '../ndarray.ts';
import { PyFloat } from '../scalar.ts';
import { reshape } from '../shape.ts';
import { slice, sliced } from '../slicing.ts';
import { add, multiply, subtract } from '../ufuncs/arithmetic.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { coefficients, expm } from './matrix-functions.ts';

/** A function of a matrix and its derivative in one direction. */
type Dual = readonly [value: NDArray, slope: NDArray];

const plus = ([x, dx]: Dual, [y, dy]: Dual): Dual => [add(x, y), add(dx, dy)];
const minus = ([x, dx]: Dual, [y, dy]: Dual): Dual => [subtract(x, y), subtract(dx, dy)];
const times = ([x, dx]: Dual, [y, dy]: Dual): Dual => [matmul(x, y), add(matmul(x, dy), matmul(dx, y))];
const scaled = ([x, dx]: Dual, factor: number): Dual => [
  multiply(x, new PyFloat(factor)),
  multiply(dx, new PyFloat(factor)),
];

/** Largest 1-norms for which the Padé approximant of the degree is exact for the derivative too (table 6.1 there). */
const thresholds = [
  [3, 1.08e-2],
  [5, 2e-1],
  [7, 7.83e-1],
  [9, 1.78],
] as const;
const largest = 4.74;

/** Numerator and denominator of the approximant: even + odd, even − odd. */
function approximant(a: Dual, degree: number): { odd: Dual; even: Dual } {
  const b = coefficients(degree);
  const n = a[0].shape[0];
  const one: Dual = [eye(n), zeros([n, n])];
  const square = times(a, a);
  const powers = [one, square];
  const most = degree === 13 ? 3 : (degree - 1) / 2;
  while (powers.length <= most) powers.push(times(powers[powers.length - 1], square));
  const sum = (from: number, first: number, last: number): Dual => {
    let total = scaled(powers[first - from], b[2 * first]);
    for (let k = first + 1; k <= last; k++) total = plus(total, scaled(powers[k - from], b[2 * k]));
    return total;
  };
  const odds = (from: number, first: number, last: number): Dual => {
    let total = scaled(powers[first - from], b[2 * first + 1]);
    for (let k = first + 1; k <= last; k++) total = plus(total, scaled(powers[k - from], b[2 * k + 1]));
    return total;
  };
  if (degree !== 13) return { odd: times(a, odds(0, 0, most)), even: sum(0, 0, most) };
  // The sixth power is taken out of the upper half.
  const sixth = powers[3];
  return {
    odd: times(a, plus(times(sixth, odds(3, 4, 6)), odds(0, 0, 3))),
    even: plus(times(sixth, sum(3, 4, 6)), sum(0, 0, 3)),
  };
}

/** Scaling, Padé and squaring of both at once. */
function scaledAndSquared(a: Dual): Dual {
  const size = Number(norm(a[0], { ord: 1 }).item());
  const small = thresholds.find(([, bound]) => size <= bound);
  const squarings = small === undefined ? Math.min(1100, Math.max(0, Math.ceil(Math.log2(size / largest)))) : 0;
  const { odd, even } = approximant(scaled(a, 2 ** -squarings), small?.[0] ?? 13);
  const [above, below] = [plus(even, odd), minus(even, odd)];
  const value = solve(below[0], above[0]);
  let result: Dual = [value, solve(below[0], subtract(above[1], matmul(below[1], value)))];
  for (let k = 0; k < squarings; k++) result = times(result, result);
  return result;
}

/** Both from the exponential of a block triangle. */
function enlarged([a, e]: Dual): Dual {
  const n = a.shape[0];
  const made = expm(concatenate([concatenate([a, e], 1), concatenate([zeros([n, n]), a], 1)]));
  return [sliced(made, slice(0, n), slice(0, n)), sliced(made, slice(0, n), slice(n))];
}

/** In double precision, which the derivative is computed in. */
const inDouble = (a: NDArray): NDArray => astype(a, a.entries === 2 ? 'complex128' : 'float64', { copy: false });

/**
 * The exponential of A and its Fréchet derivative L in the direction E: `expm(A + E) − expm(A) = L + o(‖E‖)`.
 *
 * A, E (n, n) → expm_A, L (n, n), float64 or complex128. `method` 'SPS': scaling, Padé and squaring (Al-Mohy and Higham,
 * SIAM J. Matrix Anal. Appl. 30, 2009); 'blockEnlarge': the exponential of [[A, E], [0, A]].
 * @throws AppError 'value' "expected A to be a square matrix", "expected E to be a square matrix", "expected A and E to be
 * the same shape", "Unknown implementation …", and for NaN and infinity.
 * @example expm_frechet(array([[0, 0], [0, 0]]), array([[1, 2], [3, 4]])).L.tolist() // [[1, 2], [3, 4]]
 */
export function expm_frechet(A: Operand, E: Operand, method: string | null = null): { expm_A: NDArray; L: NDArray } {
  const [a, e] = [asarray(A), asarray(E)];
  for (const [name, x] of Object.entries({ A: a, E: e })) {
    requireFinite(x, name, 'value');
    if (x.ndim !== 2 || x.shape[0] !== x.shape[1])
      throw new AppError('value', `expected ${name} to be a square matrix`, { argument: name });
  }
  if (a.shape[0] !== e.shape[0])
    throw new AppError('value', 'expected A and E to be the same shape', { argument: 'E' });
  if (method !== null && method !== 'SPS' && method !== 'blockEnlarge')
    throw new AppError('value', `Unknown implementation ${method}`, { argument: 'method' });
  if (a.size === 0) return { expm_A: empty([0, 0], commonType(a)), L: empty([0, 0], commonType(a, e)) };
  const dual: Dual = [inDouble(a), inDouble(e)];
  const [expm_A, L] = method === 'blockEnlarge' ? enlarged(dual) : scaledAndSquared(dual);
  return { expm_A, L };
}

/**
 * The relative condition number of the matrix exponential in the Frobenius norm: ‖K‖₂ · ‖A‖ / ‖expm(A)‖, K the n² × n²
 * matrix of the Fréchet derivative.
 *
 * A (n, n) → number, computed in float64.
 * @throws AppError 'value' "expected a square matrix", and for NaN and infinity; 'memory'.
 * @example expm_cond(array([[2]])).toFixed(6) // '2.000000'
 */
export function expm_cond(A: Operand): number {
  const a = asarray(A);
  if (a.ndim !== 2 || a.shape[0] !== a.shape[1])
    throw new AppError('value', 'expected a square matrix', { argument: 'A' });
  requireFinite(a, 'A', 'value');
  const n = a.shape[0];
  const bytes = 32 * n ** 4;
  requireMemory(bytes, () => `The derivative in all ${n * n} directions needs ${sizeInWords(bytes)}`);
  const dual = inDouble(a);
  const columns: NDArray[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const E = zeros([n, n]);
      E.set([i, j], 1);
      columns.push(reshape(expm_frechet(dual, E).L, [1, n * n]));
    }
  }
  const K = Number(svdvals(concatenate(columns)).item(0));
  return (K * Number(norm(dual).item())) / Number(norm(expm(dual)).item());
}
