/** scipy.linalg.solve, which looks at the structure of the matrix, and SciPy's pseudo-inverses. One matrix at a time. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { commonShape } from '../broadcast.ts';
import { astype, broadcast_to, copy } from '../cast.ts';
import { asarray, empty } from '../create.ts';
import { eigh } from '../linalg/eigenvalues.ts';
import { lstsq as plainLstsq } from '../linalg/least-squares.ts';
import { commonType, epsOf, isComplexType, letterOf, requireFinite } from '../linalg/matrices.ts';
import { matmul } from '../linalg/products.ts';
import { solveFlops, type SolveMethod, structure } from '../linalg/structure.ts';
import { svd } from '../linalg/svd.ts';
import { inv as plainInverse, solve as plainSolve } from '../linalg/systems.ts';
import { shapeText } from '../memory.ts';
import { native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { kindCode, result_type } from '../promotion.ts';
import { PyFloat } from '../scalar.ts';
import { argmax } from '../searching.ts';
import { atleast_1d, atleast_2d, reshape } from '../shape.ts';
import { slice, sliced } from '../slicing.ts';
import { take } from '../taking.ts';
import { diag, diagonal, tril, triu } from '../building.ts';
import { add, conj, divide, multiply } from '../ufuncs/arithmetic.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { overBatch } from './batches.ts';
import { cho_factor, solve_triangular } from './factors.ts';
import { columnMajor, memoryOf, squareMatrix } from './inputs.ts';

/** As `assume_a` of SciPy names them. */
export type AssumeA =
  | 'general'
  | 'diagonal'
  | 'tridiagonal'
  | 'banded'
  | 'upper triangular'
  | 'lower triangular'
  | 'symmetric'
  | 'hermitian'
  | 'positive definite';

const short: Record<string, AssumeA> = { gen: 'general', sym: 'symmetric', her: 'hermitian', pos: 'positive definite' };
const known: readonly string[] = [
  'general',
  'diagonal',
  'tridiagonal',
  'banded',
  'upper triangular',
  'lower triangular',
  'symmetric',
  'hermitian',
  'positive definite',
];

/** Permutations are found, not assumed: SciPy has no name for them. */
type Kind = AssumeA | 'permutation';

const methods: Record<Kind, SolveMethod> = {
  general: 'lu',
  diagonal: 'diagonal',
  permutation: 'permutation',
  tridiagonal: 'tridiagonal',
  banded: 'banded',
  'upper triangular': 'triangular',
  'lower triangular': 'triangular',
  symmetric: 'ldl',
  hermitian: 'ldl',
  'positive definite': 'cholesky',
};

export interface StructuredSolution {
  x: NDArray;
  /** The way that was taken, and what it saved: "banded: 1.2e5 instead of 6.7e8 operations". */
  structure: Kind;
  said: string;
}

const adjoint = (a: NDArray): NDArray => (isComplexType(a.dtype) ? conj(a.T) : a.T);

/**
 * Solves `a · x = b` by what `a` is: `assume_a` names it, null looks for it (diagonal, permutation, triangular,
 * tridiagonal, banded, positive definite, symmetric), `transposed` solves with aᵀ.
 *
 * a (n, n); b (n,) or (n, k); x of b's shape. LAPACK trtrs, gtsv, gbsv, potrf, sytrf (hetrf), getrf.
 * @throws AppError 'value' for other shapes and names, NaN and infinity (naming the first such cell); 'linalg' "Matrix is singular".
 * @example solve_structured(array([[2, 0], [0, 4]]), array([1, 1])).x.tolist() // [0.5, 0.25]
 */
export function solve_structured(
  a: Operand,
  b: Operand,
  {
    lower = false,
    assume_a = null,
    transposed = false,
  }: { lower?: boolean; assume_a?: string | null; transposed?: boolean } = {},
): StructuredSolution {
  const shape = asarray(a).shape;
  const given = squareMatrix(a, `Expected square matrix, got a1.shape=${shapeText(shape)}`);
  const right = asarray(b);
  requireFinite(right, 'b', 'value');
  const n = given.shape[0];
  if (right.ndim < 1 || right.ndim > 2 || right.shape[0] !== n) {
    const columns = right.ndim === 1 ? [right.shape[0], 1] : right.shape;
    throw new AppError(
      'value',
      `incompatible shapes: a1.shape=${shapeText(given.shape)} and b1.shape=${shapeText(columns)}`,
      { argument: 'b' },
    );
  }
  requireAssumption(assume_a);
  const wanted = assume_a === null ? null : (short[assume_a] ?? assume_a);
  const matrix = transposed ? given.T : given;
  const dtype = commonType(matrix, right);
  const found = n === 0 ? null : structure(matrix, { thorough: 0 });
  const kind = turned(wanted, transposed) ?? kindOf(found?.names ?? []);
  const x = byKind(kind, matrix, right, lower !== transposed, found?.lower_bandwidth ?? 0, found?.upper_bandwidth ?? 0);
  const bands = { m: n, n, below: found?.lower_bandwidth ?? 0, above: found?.upper_bandwidth ?? 0 };
  const [own, general] = [methods[kind], 'lu' as const].map((way) => solveFlops(way, dtype, bands));
  const saved =
    own < general
      ? `${own.toPrecision(2)} instead of ${general.toPrecision(2)} operations`
      : 'no fewer operations than by LU';
  const said = kind === 'general' ? 'general: LU with row exchanges' : `${kind}: ${saved}`;
  return { x: astype(x, dtype), structure: kind, said };
}

/**
 * Solves `a · x = b` over stacks, as SciPy does: the leading axes of both broadcast, a number for a divides b.
 *
 * a (…, n, n) or (); b (n,) or (…, n, k) → x of b's shape behind the common leading axes.
 * @throws AppError 'value' for unknown names, other shapes, NaN and infinity; 'linalg' for singular matrices.
 * @example solve_stacked(array([[[2]], [[4]]]), array([[8]])).tolist() // [[[4]], [[2]]]
 */
export function solve_stacked(a: Operand, b: Operand, options: Parameters<typeof solve_structured>[2] = {}): NDArray {
  requireAssumption(options.assume_a ?? null);
  const [given, target] = [asarray(a), asarray(b)];
  const common = result_type([given.dtype, target.dtype]);
  const dtype: DType = 'fc'.includes(kindCode(common)) ? common : 'float64';
  const matrices = atleast_2d(astype(given, dtype, { copy: false }));
  const right = atleast_1d(astype(target, dtype, { copy: false }));
  const n = matrices.shape[matrices.ndim - 1];
  if (n !== matrices.shape[matrices.ndim - 2]) {
    throw new AppError('value', `Expected square matrix, got a1.shape=${shapeText(matrices.shape)}`, {
      argument: 'a',
      hint: `Its shape is ${shapeText(matrices.shape)}.`,
    });
  }
  const columns = right.ndim === 1 ? [right.shape[0], 1] : right.shape;
  if (matrices.size !== 1 && columns[columns.length - 2] !== n) {
    throw new AppError(
      'value',
      `incompatible shapes: a1.shape=${shapeText(matrices.shape)} and b1.shape=${shapeText(columns)}`,
      { argument: 'b' },
    );
  }
  const lead = commonShape([matrices.shape.slice(0, -2), columns.slice(0, -2)]);
  const shape = [...lead, ...(right.ndim === 1 ? right.shape : right.shape.slice(-2))];
  if (shape.includes(0) || matrices.size === 0) return empty(shape, dtype);
  if (matrices.size !== 1)
    return overBatch(
      [matrices, right],
      [2, '1|2'],
      (one, own) => solve_structured(one as NDArray, own as NDArray, options).x,
    ) as NDArray;
  const number = reshape(matrices, []);
  if (isZero(number)) throw new AppError('linalg', 'A singular matrix detected.', { argument: 'a' });
  return astype(broadcast_to(divide(right, number), shape), dtype);
}

/** @throws AppError 'value' for a name that no structure has. */
function requireAssumption(assume_a: string | null): void {
  if (assume_a === null || known.includes(short[assume_a] ?? assume_a)) return;
  throw new AppError('value', `${assume_a} is not a recognized matrix structure`, { argument: 'assume_a' });
}

/** What is assumed of `a` holds for its transpose, but for triangles. */
function turned(kind: AssumeA | null, transposed: boolean): AssumeA | null {
  if (!transposed) return kind;
  if (kind === 'upper triangular') return 'lower triangular';
  return kind === 'lower triangular' ? 'upper triangular' : kind;
}

function kindOf(names: readonly string[]): Kind {
  for (const name of [
    'diagonal',
    'permutation',
    'upper triangular',
    'lower triangular',
    'tridiagonal',
    'banded',
    'positive definite',
    'hermitian',
    'symmetric',
  ] as const) {
    if (names.includes(name)) return name;
  }
  return 'general';
}

function byKind(kind: Kind, a: NDArray, b: NDArray, lower: boolean, below: number, above: number): NDArray {
  const dtype = commonType(a, b);
  const letter = letterOf(dtype);
  const n = a.shape[0];
  const vector = b.ndim === 1;
  const columns = vector ? b.view([n, 1], [b.strides[0], b.itemsize]) : b;
  const k = columns.shape[1];
  const done = (x: NDArray): NDArray => (vector ? x.view([n], [x.strides[0]]) : x);
  if (n === 0 || k === 0) return empty(b.shape, dtype);
  const triangle = lower ? 'L' : 'U';
  switch (kind) {
    case 'upper triangular':
    case 'lower triangular':
      return singularAware(() => solve_triangular(a, b, { lower: kind === 'lower triangular' }));
    case 'diagonal': {
      const d = copy(a.view([n], [a.strides[0] + a.strides[1]]));
      for (let i = 0; i < n; i++) if (isZero(d, i)) throw singular();
      return vector ? divide(b, d) : divide(b, d.view([n, 1], [d.strides[0], d.itemsize]));
    }
    case 'permutation':
      // Its inverse is its transpose: row j of x is the row of b where column j has its one.
      return astype(take(b, argmax(a, { axis: 0 }), 0), dtype);
    case 'tridiagonal': {
      const x = columnMajor(columns, dtype);
      const step = a.strides[0] + a.strides[1];
      const diagonal = (offset: number, count: number): NDArray =>
        astype(a.view([count], [step], a.offset + offset), dtype, { order: 'C' });
      const info = native().gtsv(
        letter,
        n,
        k,
        memoryOf(copy(diagonal(n > 1 ? a.strides[0] : 0, n - 1))),
        memoryOf(copy(diagonal(0, n))),
        memoryOf(copy(diagonal(n > 1 ? a.strides[1] : 0, n - 1))),
        memoryOf(x),
      );
      if (info > 0) throw singular();
      return done(x);
    }
    case 'banded': {
      const rows = 2 * below + above + 1;
      const band = empty([rows, n], dtype, 'F');
      for (let j = 0; j < n; j++) {
        for (let i = Math.max(0, j - above); i <= Math.min(n - 1, j + below); i++) {
          band.set([below + above + i - j, j], a.get([i, j]));
        }
      }
      const x = columnMajor(columns, dtype);
      if (native().gbsv(letter, n, below, above, k, memoryOf(band), memoryOf(x)) > 0) throw singular();
      return done(x);
    }
    case 'positive definite': {
      const c = columnMajor(a, dtype);
      if (native().potrf(letter, triangle, n, memoryOf(c), n) > 0) {
        throw new AppError('linalg', 'Matrix is not positive definite', { argument: 'a' });
      }
      const adjointLetter = isComplexType(dtype) ? 'C' : 'T';
      const x = columnMajor(columns, dtype);
      const [first, last] = lower ? (['N', adjointLetter] as const) : ([adjointLetter, 'N'] as const);
      native().trtrs(letter, triangle, first, 'N', n, k, memoryOf(c), n, memoryOf(x), n);
      native().trtrs(letter, triangle, last, 'N', n, k, memoryOf(c), n, memoryOf(x), n);
      return done(x);
    }
    case 'symmetric':
    case 'hermitian': {
      const hermitian = kind === 'hermitian' && isComplexType(dtype);
      const c = columnMajor(a, dtype);
      const pivots = new Int32Array(n);
      if (native().sytrf(letter, triangle, n, memoryOf(c), pivots, hermitian) > 0) throw singular();
      const x = columnMajor(columns, dtype);
      native().sytrs(letter, triangle, n, k, memoryOf(c), pivots, memoryOf(x), hermitian);
      return done(x);
    }
    default:
      return singularAware(() => plainSolve(a, b));
  }
}

function isZero(d: NDArray, i?: number): boolean {
  const x = d.get(i === undefined ? [] : [i]);
  return typeof x === 'object' ? x.re === 0 && x.im === 0 : Number(x) === 0;
}

function singular(): AppError {
  return new AppError('linalg', 'Matrix is singular.', {
    argument: 'a',
    hint: 'It has no inverse. The pseudo-inverse (pinv) or least squares (lstsq) still give an answer.',
  });
}

function singularAware(run: () => NDArray): NDArray {
  try {
    return run();
  } catch (error) {
    if (error instanceof AppError && /singular/i.test(error.message)) throw singular();
    throw error;
  }
}

/**
 * The inverse of a matrix, by what `assume_a` says of it; of a symmetric, Hermitian or positive definite one a triangle is
 * read, the upper unless `lower`.
 *
 * a (n, n). LAPACK getrf and getri.
 * @throws AppError 'value' for other shapes and names; 'linalg' "A singular matrix detected".
 * @example inverse(array([[2, 0], [0, 4]])).tolist() // [[0.5, 0], [0, 0.25]]
 */
export function inverse(a: Operand, assume_a: string | null = null, lower = false): NDArray {
  const matrix = squareMatrix(a, `Expected square matrix, got a.shape=${shapeText(asarray(a).shape)}`);
  requireAssumption(assume_a);
  const wanted = assume_a === null ? 'general' : (short[assume_a] ?? assume_a);
  if (wanted === 'upper triangular' || wanted === 'lower triangular')
    return invertible(() => plainInverse(wanted === 'lower triangular' ? tril(matrix) : triu(matrix)));
  if (wanted === 'diagonal') return invertible(() => plainInverse(diag(diagonal(matrix))));
  if (wanted === 'general' || wanted === 'tridiagonal' || wanted === 'banded')
    return invertible(() => plainInverse(matrix));
  const half = lower ? tril(matrix, -1) : triu(matrix, 1);
  const mirrored = wanted === 'symmetric' ? half.T : conj(half.T);
  const whole = add(add(half, diag(diagonal(matrix))), mirrored);
  if (wanted === 'positive definite') cho_factor(whole, lower);
  return invertible(() => plainInverse(whole));
}

/**
 * What `run` gives, a singular matrix being said in SciPy's words for stacks.
 *
 * @throws AppError 'linalg' "A singular matrix detected: slice(s) [0] are singular.".
 */
export function invertible(run: () => NDArray): NDArray {
  try {
    return run();
  } catch (error) {
    if (error instanceof AppError && /singular/i.test(error.message)) {
      throw new AppError('linalg', 'A singular matrix detected: slice(s) [0] are singular.', {
        argument: 'a',
        hint: 'It has no inverse. The pseudo-inverse (pinv) or least squares (lstsq) still give an answer.',
      });
    }
    throw error;
  }
}

/**
 * SciPy's pseudo-inverse, `V · diag(1/s) · Uᴴ`, and the rank: singular values up to `atol + rtol · s[0]` count as zero
 * (rtol: max(m, n) · eps when neither is given).
 *
 * a (m, n) → B (n, m). LAPACK gesdd.
 * @throws AppError 'value' for other dimensions and negative tolerances; 'linalg' for NaN and infinity.
 * @example pinv_ranked(array([[2, 0], [0, 0]])).rank // 1
 */
export function pinv_ranked(
  a: Operand,
  atol: number | null = null,
  rtol: number | null = null,
): { B: NDArray; rank: number } {
  const matrix = asarray(a);
  if (matrix.ndim !== 2) throw new AppError('value', 'expected matrix', { argument: 'a' });
  const { U, S, Vh } = svd(matrix, { full_matrices: false });
  const values = S.tolist() as number[];
  const rank = rankOf(values, Math.max(...matrix.shape), atol, rtol, epsOf(commonType(matrix)));
  const u = sliced(U, slice(), slice(0, rank));
  const scaled = divide(u, sliced(S, slice(0, rank)));
  return { B: adjoint(matmul(scaled, sliced(Vh, slice(0, rank)))), rank };
}

/**
 * The pseudo-inverse of a Hermitian matrix by its eigenvalues; of `a` one triangle is read. Tolerances as `pinv_ranked`.
 *
 * a (n, n) → B (n, n).
 * @example pinvh_ranked(array([[2, 0], [0, 0]])).B.tolist() // [[0.5, 0], [0, 0]]
 */
export function pinvh_ranked(
  a: Operand,
  atol: number | null = null,
  rtol: number | null = null,
  lower = true,
): { B: NDArray; rank: number } {
  const matrix = squareMatrix(a, 'expected square matrix');
  const { eigenvalues, eigenvectors } = eigh(matrix, lower ? 'L' : 'U');
  const values = eigenvalues.tolist() as number[];
  const sizes = values.map(Math.abs);
  const eps = epsOf(commonType(matrix));
  const limit = tolerance(sizes, matrix.shape[0], atol, rtol, eps);
  const rank = sizes.filter((s) => s > limit).length;
  const factors = asarray(
    values.map((w, i) => new PyFloat(sizes[i] > limit ? 1 / w : 0)),
    eigenvalues.dtype,
  );
  return { B: matmul(multiply(eigenvectors, factors), adjoint(eigenvectors)), rank };
}

function tolerance(s: readonly number[], n: number, atol: number | null, rtol: number | null, eps: number): number {
  if ((atol ?? 0) < 0 || (rtol ?? 0) < 0) throw new AppError('value', 'atol and rtol values must be positive.');
  return (atol ?? 0) + (rtol ?? (atol === null ? n * eps : 0)) * Math.max(0, ...s);
}

function rankOf(s: readonly number[], n: number, atol: number | null, rtol: number | null, eps: number): number {
  const limit = tolerance(s, n, atol, rtol, eps);
  return s.filter((x) => x > limit).length;
}

/**
 * SciPy's least squares: as `numpy.linalg.lstsq` with `cond` for its rcond (default eps), and for a vector b the residue
 * as a scalar array.
 *
 * a (m, n), b (m,) or (m, k) → x (n,) or (n, k), residues (k,), rank, s (min(m, n),). LAPACK gelsd.
 * @throws AppError 'value' "Input array a should be 2D", "Shape mismatch: a and b should have the same number of rows
 * (… != …)."; 'index' "tuple index out of range" for a number b.
 * @example scipyLstsq(array([[1], [1]]), array([1, 3])).rank // 1
 */
export function scipyLstsq(
  a: Operand,
  b: Operand,
  cond: number | null = null,
): { x: NDArray; residues: NDArray; rank: number; s: NDArray } {
  const [matrix, right] = [asarray(a), asarray(b)];
  if (matrix.ndim !== 2) throw new AppError('value', 'Input array a should be 2D', { argument: 'a' });
  if (right.ndim === 0) throw new AppError('index', 'tuple index out of range', { argument: 'b' });
  if (right.shape[0] !== matrix.shape[0]) {
    throw new AppError(
      'value',
      `Shape mismatch: a and b should have the same number of rows (${matrix.shape[0]} != ${right.shape[0]}).`,
      { argument: 'b' },
    );
  }
  const found = plainLstsq(matrix, right, cond ?? epsOf(commonType(matrix, right)));
  const scalar = right.ndim === 1 && found.residuals.size === 1;
  return {
    x: found.x,
    residues: scalar
      ? found.residuals.view([], [])
      : found.residuals.size === 0 && matrix.size > 0
        ? empty([0], found.x.dtype)
        : found.residuals,
    rank: found.rank,
    s: found.s,
  };
}
