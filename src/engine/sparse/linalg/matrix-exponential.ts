/** The exponential of a sparse matrix, sparse itself. */
import { AppError } from '#shared/errors.ts';
import { type ArrayLike, asarray } from '../../create.ts';
import type { NDArray } from '../../ndarray.ts';
import { max } from '../../reductions.ts';
import { PyFloat } from '../../scalar.ts';
import { expm as expmOfArray } from '../../scipy/matrix-functions.ts';
import { absolute, add, scale, subtract } from '../arithmetic.ts';
import { identity } from '../build.ts';
import { makeSparse } from '../construct.ts';
import { asformat, astype, toarray, withKind } from '../convert.ts';
import { matmulSparse } from '../matmul.ts';
import { requireFiniteEntries } from '../nonfinite.ts';
import { sum } from '../reduce.ts';
import { Sparse } from '../sparse-array.ts';
import { spsolve } from './factors.ts';
import { workingType } from './operators.ts';

/** Up to which ‖A‖₁ the diagonal Padé approximants are good to 2⁻⁵³, and their coefficients. */
const approximants: readonly (readonly [norm: number, coefficients: readonly number[]])[] = [
  [1.495585217958292e-2, [120, 60, 12, 1]],
  [2.53939833006323e-1, [30240, 15120, 3360, 420, 30, 1]],
  [9.504178996162932e-1, [17297280, 8648640, 1995840, 277200, 25200, 1512, 56, 1]],
  [2.097847961257068, [17643225600, 8821612800, 2075673600, 302702400, 30270240, 2162160, 110880, 3960, 90, 1]],
  [
    5.371920351148152,
    [
      64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
      670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
    ],
  ],
];

const times = (a: Sparse, factor: number): Sparse => scale(a, new PyFloat(factor));

/**
 * e^A of a square matrix; sparse for sparse A, in csr if A is, else in csc (coo: csr).
 *
 * A (n, n) → (n, n). Padé approximants with scaling and squaring (Higham, SIAM J. Matrix Anal. Appl. 26, 2005) in
 * sparse arithmetic. The exponential of a connected matrix is full: `expm_multiply` needs no more than A. float32 and
 * complex64 stay single, integers and bool become float64.
 *
 * @throws AppError 'value' "expected a square matrix", and for NaN and infinity, naming the first such entry.
 * @example toarray(expm(csr_matrix([[0, 1], [0, 0]]))).tolist() // [[1, 1], [0, 1]]
 */
export function expm(A: Sparse | ArrayLike): Sparse | NDArray {
  if (!(A instanceof Sparse)) return expmOfArray(asarray(A));
  const [m, n] = A.shape;
  if (A.ndim !== 2 || m !== n) throw new AppError('value', 'expected a square matrix', { argument: 'A' });
  if (n === 1)
    return makeSparse(A.format === 'csr' || A.format === 'coo' ? 'csr' : 'csc', A.kind, expmOfArray(toarray(A)));
  const format = A.format === 'csr' || A.format === 'coo' ? 'csr' : 'csc';
  const dtype = workingType(A.dtype);
  const a = withKind(asformat(astype(A, dtype, { copy: false }), format), 'array');
  const one = identity(n, { dtype, format });
  const columns = sum(absolute(a), 0);
  const dense = columns instanceof Sparse ? toarray(columns) : columns;
  const norm = dense.size === 0 ? 0 : Number(max(dense).item());
  requireFiniteEntries(a);
  if (norm === 0) return withKind(asformat(one, format), A.kind);
  const [most, last] = approximants[approximants.length - 1];
  const coefficients = approximants.find(([limit]) => norm <= limit)?.[1] ?? last;
  // The norm of finite numbers can be past the largest of them.
  const squarings = norm <= most ? 0 : Math.min(1100, Math.ceil(Math.log2(norm / most)));
  const scaled = squarings === 0 ? a : times(a, 2 ** -squarings);
  const square = matmulSparse(scaled, scaled);
  // Odd powers as A · p(A²), even ones as q(A²).
  let [odd, even] = [times(one, coefficients[1]), times(one, coefficients[0])];
  let power: Sparse = square;
  for (let k = 2; k < coefficients.length; k += 2) {
    if (k > 2) power = matmulSparse(power, square);
    even = add(even, times(power, coefficients[k])) as Sparse;
    odd = add(odd, times(power, coefficients[k + 1])) as Sparse;
  }
  const u = matmulSparse(scaled, odd);
  let made = spsolve(subtract(even, u), add(even, u)) as Sparse;
  for (let k = 0; k < squarings; k++) made = matmulSparse(made, made);
  return withKind(asformat(made, format), A.kind);
}
