/** scipy.linalg.solve, which looks at the structure of the matrix, and says of which systems no digit can be trusted. */
import { AppError } from '#shared/errors.ts';
import { commonShape } from '../broadcast.ts';
import { astype, broadcast_to, copy } from '../cast.ts';
import { asarray, empty, unset } from '../create.ts';
import { doubt, listening } from '../doubts.ts';
import {
  asType,
  commonType,
  epsOf,
  type FloatDType,
  isComplexType,
  isSmall,
  letterOf,
  requireFinite,
} from '../linalg/matrices.ts';
import { solveFlops, type SolveMethod, structure } from '../linalg/structure.ts';
import { solve as plainSolve } from '../linalg/systems.ts';
import { shapeText } from '../memory.ts';
import { type Floats, native } from '../native.ts';
import type { NDArray } from '../ndarray.ts';
import { kindCode, result_type } from '../promotion.ts';
import { argmax } from '../searching.ts';
import { atleast_1d, atleast_2d, reshape } from '../shape.ts';
import { take } from '../taking.ts';
import { divide } from '../ufuncs/arithmetic.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { overBatch } from './batches.ts';
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

export interface SolveOptions {
  lower?: boolean;
  assume_a?: string | null;
  transposed?: boolean;
}

/** A solution, and the reciprocal condition of its matrix where somebody listens for doubts, else NaN. */
interface Solved {
  x: NDArray;
  rcond: number;
}

/**
 * Solves `a · x = b` by what `a` is: `assume_a` names it, null looks for it (diagonal, permutation, triangular,
 * tridiagonal, banded, positive definite, symmetric), `transposed` solves with aᵀ.
 *
 * a (n, n); b (n,) or (n, k); x of b's shape. LAPACK trtrs, gtsv, gbsv, potrf, sytrf (hetrf), getrf. float32 and
 * complex64 stay single where both are, integers and bool become float64.
 *
 * @throws AppError 'value' for other shapes and names, NaN and infinity (naming the first such cell); 'linalg' "Matrix
 * is singular".
 * @example solve_structured(array([[2, 0], [0, 4]]), array([1, 1])).x.tolist() // [0.5, 0.25]
 */
export function solve_structured(a: Operand, b: Operand, options: SolveOptions = {}): StructuredSolution {
  const { lower = false, assume_a = null, transposed = false } = options;
  const { given, right } = checked(a, b, assume_a);
  const { kind, solved, bands } = byStructure(given, right, lower, assume_a, transposed);
  const dtype = commonType(given, right);
  const [own, general] = [methods[kind], 'lu' as const].map((way) =>
    solveFlops(way, dtype, { m: given.shape[0], n: given.shape[0], ...bands }),
  );
  const saved =
    own < general
      ? `${own.toPrecision(2)} instead of ${general.toPrecision(2)} operations`
      : 'no fewer operations than by LU';
  const said = kind === 'general' ? 'general: LU with row exchanges' : `${kind}: ${saved}`;
  return { x: solved.x, structure: kind, said };
}

function checked(a: Operand, b: Operand, assume_a: string | null): { given: NDArray; right: NDArray } {
  const matrix = asarray(a);
  const given = squareMatrix(matrix, `Expected square matrix, got a1.shape=${shapeText(matrix.shape)}`);
  const right = asarray(b);
  requireFinite(right, 'b', 'value');
  const n = given.shape[0];
  if (right.ndim < 1 || right.ndim > 2 || right.shape[0] !== n) {
    const columns = right.ndim === 1 ? [right.shape[0], 1] : right.shape;
    throw mismatch(given.shape, columns);
  }
  requireAssumption(assume_a);
  return { given, right };
}

function mismatch(a: readonly number[], b: readonly number[]): AppError {
  return new AppError('value', `incompatible shapes: a1.shape=${shapeText(a)} and b1.shape=${shapeText(b)}`, {
    argument: 'b',
  });
}

function byStructure(
  given: NDArray,
  right: NDArray,
  lower: boolean,
  assume_a: string | null,
  transposed: boolean,
): { kind: Kind; solved: Solved; bands: { below: number; above: number } } {
  const wanted = assume_a === null ? null : fullName(assume_a);
  const matrix = transposed ? given.T : given;
  const named = turned(wanted, transposed);
  // Of a kind that is named only bands have to be counted.
  const looks = given.shape[0] > 0 && (named === null || named === 'banded');
  const found = looks ? structure(matrix, { thorough: 0 }) : null;
  const kind = named ?? kindOf(found?.names ?? []);
  const bands = { below: found?.lower_bandwidth ?? 0, above: found?.upper_bandwidth ?? 0 };
  const solved = byKind(kind, matrix, right, lower !== transposed, bands.below, bands.above);
  return { kind, solved: { ...solved, x: astype(solved.x, commonType(given, right), { copy: false }) }, bands };
}

/**
 * A small system in one call of the addon; null for what has a routine of its own.
 *
 * @throws AppError 'value' for NaN and infinity; 'linalg' "A singular matrix detected: slice(s) [0] are singular.".
 */
function smallSystem(a: NDArray, b: NDArray, dtype: FloatDType, general: boolean): Solved | null {
  const vector = b.ndim === 1;
  const [matrix, right] = [asType(a, dtype), asType(b, dtype)];
  const n = matrix.shape[0];
  const k = vector ? 1 : right.shape[1];
  const x = unset(right.shape, dtype);
  const unit = matrix.data.BYTES_PER_ELEMENT;
  const rcond = native().smallSystem(
    letterOf(dtype),
    !general,
    n,
    k,
    matrix.data,
    matrix.start,
    matrix.strides[0] / unit,
    matrix.strides[1] / unit,
    right.data,
    right.start,
    right.strides[0] / unit,
    vector ? 1 : right.strides[1] / unit,
    x.data,
    x.start,
  );
  if (rcond === singularCode) throw singularSlices([0]);
  // What is not finite is named by the way of all others.
  return rcond < 0 ? null : { x, rcond };
}

const singularCode = -1;

/**
 * Solves `a · x = b` over stacks, as SciPy does: the leading axes of both broadcast, a number for a divides b.
 *
 * a (…, n, n) or (); b (n,) or (…, n, k) → x of b's shape behind the common leading axes. Dtypes as of
 * `solve_structured`.
 *
 * @throws AppError 'value' for unknown names, other shapes, NaN and infinity; 'linalg' for singular matrices.
 * @example solve_stacked(array([[[2]], [[4]]]), array([[8]])).tolist() // [[[4]], [[2]]]
 */
export function solve_stacked(a: Operand, b: Operand, options: SolveOptions = {}): NDArray {
  const { lower = false, assume_a = null, transposed = false } = options;
  requireAssumption(assume_a);
  const [given, target] = [asarray(a), asarray(b)];
  const common = given.dtype === target.dtype ? given.dtype : result_type([given.dtype, target.dtype]);
  const dtype = ('fc'.includes(kindCode(common)) ? common : 'float64') as FloatDType;
  const plain = assume_a === null || assume_a === 'general' || assume_a === 'gen';
  if (plain && !lower && isSmall(given) && given.size > 1 && areColumnsOf(given, target)) {
    const found = smallSystem(transposed ? given.T : given, target, dtype, assume_a !== null);
    if (found !== null) {
      doubtOf([found.rcond], dtype);
      return found.x;
    }
  }
  requireFinite(given, 'a', 'value');
  requireFinite(target, 'b', 'value');
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
  if (matrices.size !== 1 && columns[columns.length - 2] !== n) throw mismatch(matrices.shape, columns);
  const lead = commonShape([matrices.shape.slice(0, -2), columns.slice(0, -2)]);
  const shape = [...lead, ...(right.ndim === 1 ? right.shape : right.shape.slice(-2))];
  if (shape.includes(0) || matrices.size === 0) return empty(shape, dtype);
  if (matrices.size === 1) {
    const number = reshape(matrices, []);
    if (isZero(number)) throw singularSlices([0]);
    return astype(broadcast_to(divide(right, number), shape), dtype);
  }
  const conditions: number[] = [];
  const broken: number[] = [];
  const x = overBatch([matrices, right], [2, '1|2'], (one, own) => {
    try {
      const [member, sides] = [one as NDArray, own as NDArray];
      const small = plain && !lower && isSmall(member) && areColumnsOf(member, sides);
      const quick = small ? smallSystem(transposed ? member.T : member, sides, dtype, assume_a !== null) : null;
      const solved = quick ?? byStructure(member, sides, lower, assume_a, transposed).solved;
      conditions.push(solved.rcond);
      return solved.x;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'linalg' || !/singular/.test(error.message)) throw error;
      broken.push(conditions.push(NaN) - 1);
      return own;
    }
  }) as NDArray;
  if (broken.length > 0) throw singularSlices(broken);
  doubtOf(conditions, dtype);
  return x;
}

/** Whether these are few right-hand sides, as long as a matrix. */
function areColumnsOf(a: NDArray, b: NDArray): boolean {
  const { ndim, shape } = b;
  if (shape[0] !== a.shape[0] || a.shape[0] !== a.shape[1]) return false;
  return ndim === 1 || (ndim === 2 && isSmall(b));
}

/**
 * Says for which of several systems the reciprocal condition leaves no digit.
 * @example listen(); doubtOf([1e-20], 'float64'); unlisten() // ['An ill-conditioned matrix detected: slice 0 has rcond = 1e-20.']
 */
export function doubtOf(conditions: readonly number[], dtype: FloatDType): void {
  if (!listening()) return;
  const eps = epsOf(dtype);
  const found = conditions.flatMap((rcond, k) => (rcond < eps ? [`slice ${k} has rcond = ${pythonFloat(rcond)}`] : []));
  if (found.length > 0) doubt(`An ill-conditioned matrix detected: ${found.join(',')}.`);
}

/** As Python writes a small number. */
function pythonFloat(x: number): string {
  const text = String(x);
  return x === 0 ? '0.0' : text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** A structure by its whole name. */
export function fullName(assume_a: string): AssumeA {
  return Object.hasOwn(short, assume_a) ? short[assume_a] : (assume_a as AssumeA);
}

/** @throws AppError 'value' for a name that no structure has. */
export function requireAssumption(assume_a: string | null): void {
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

function byKind(kind: Kind, a: NDArray, b: NDArray, lower: boolean, below: number, above: number): Solved {
  const dtype = commonType(a, b);
  const letter = letterOf(dtype);
  const n = a.shape[0];
  const vector = b.ndim === 1;
  const columns = vector ? b.view([n, 1], [b.strides[0], b.itemsize]) : b;
  const k = columns.shape[1];
  const wanted = listening();
  const rcond = wanted ? new Float64Array(1) : null;
  const done = (x: NDArray, found = rcond?.[0] ?? NaN): Solved => ({
    x: vector ? x.view([n], [x.strides[0]]) : x,
    rcond: found,
  });
  if (n === 0 || k === 0) return { x: empty(b.shape, dtype), rcond: NaN };
  const triangle = lower ? 'L' : 'U';
  switch (kind) {
    case 'upper triangular':
    case 'lower triangular': {
      const uplo = kind === 'lower triangular' ? 'L' : 'U';
      const c = columnMajor(a, dtype);
      const x = columnMajor(columns, dtype);
      if (native().trtrs(letter, uplo, 'N', 'N', n, k, memoryOf(c), n, memoryOf(x), n) > 0) throw singular();
      return done(x, wanted ? native().trcon(letter, uplo, n, memoryOf(c)) : NaN);
    }
    case 'diagonal': {
      const d = copy(a.view([n], [a.strides[0] + a.strides[1]]));
      const sizes = sizesOf(memoryOf(asType(d, dtype)), isComplexType(dtype));
      if (sizes.includes(0)) throw singular();
      const found = sizes.reduce((least, x) => Math.min(least, x)) / sizes.reduce((most, x) => Math.max(most, x));
      return { x: divide(b, vector ? d : d.view([n, 1], [d.strides[0], d.itemsize])), rcond: found };
    }
    case 'permutation':
      // Its inverse is its transpose: row j of x is the row of b where column j has its one.
      return { x: astype(take(b, argmax(a, { axis: 0 }), 0), dtype), rcond: 1 };
    case 'tridiagonal': {
      const x = columnMajor(columns, dtype);
      const step = a.strides[0] + a.strides[1];
      const diagonal = (offset: number, count: number): Floats =>
        memoryOf(copy(astype(a.view([count], [step], a.offset + offset), dtype, { order: 'C' })));
      const parts = [
        diagonal(n > 1 ? a.strides[0] : 0, n - 1),
        diagonal(0, n),
        diagonal(n > 1 ? a.strides[1] : 0, n - 1),
      ] as const;
      const size = wanted ? bandSize(parts, isComplexType(dtype)) : 0;
      if (native().gtsv(letter, n, k, ...parts, memoryOf(x), size, rcond) > 0) throw singular();
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
      // The first rows of the band are room for what the exchanges fill in.
      const size = wanted ? native().lange(letter, '1', rows, n, memoryOf(band), rows) : 0;
      if (native().gbsv(letter, n, below, above, k, memoryOf(band), memoryOf(x), size, rcond) > 0) throw singular();
      return done(x);
    }
    case 'positive definite': {
      const c = columnMajor(a, dtype);
      const size = wanted ? halfSize(memoryOf(c), n, isComplexType(dtype), lower) : 0;
      // SciPy calls singular what is not positive definite.
      if (native().potrf(letter, triangle, n, memoryOf(c), n) > 0) throw singular();
      const adjointLetter = isComplexType(dtype) ? 'C' : 'T';
      const x = columnMajor(columns, dtype);
      const [first, last] = lower ? (['N', adjointLetter] as const) : ([adjointLetter, 'N'] as const);
      native().trtrs(letter, triangle, first, 'N', n, k, memoryOf(c), n, memoryOf(x), n);
      native().trtrs(letter, triangle, last, 'N', n, k, memoryOf(c), n, memoryOf(x), n);
      return done(x, wanted ? native().pocon(letter, triangle, n, memoryOf(c), size) : NaN);
    }
    case 'symmetric':
    case 'hermitian': {
      const hermitian = kind === 'hermitian' && isComplexType(dtype);
      const c = columnMajor(a, dtype);
      const size = wanted ? halfSize(memoryOf(c), n, isComplexType(dtype), lower) : 0;
      const pivots = new Int32Array(n);
      if (native().sytrf(letter, triangle, n, memoryOf(c), pivots, hermitian) > 0) throw singular();
      const x = columnMajor(columns, dtype);
      native().sytrs(letter, triangle, n, k, memoryOf(c), pivots, memoryOf(x), hermitian);
      return done(x, wanted ? native().sycon(letter, triangle, n, memoryOf(c), pivots, hermitian, size) : NaN);
    }
    default: {
      const found: number[] = [];
      const x = singularAware(() => plainSolve(a, b, wanted ? found : undefined));
      return { x, rcond: found[0] ?? NaN };
    }
  }
}

/** Magnitudes of numbers that lie one after another. */
function sizesOf(x: Floats, complex: boolean): number[] {
  if (!complex) return Array.from(x, Math.abs);
  return Array.from({ length: x.length / 2 }, (_, k) => Math.hypot(x[2 * k], x[2 * k + 1]));
}

/** The 1-norm of a tridiagonal matrix, by its diagonals from below. */
function bandSize(diagonals: readonly Floats[], complex: boolean): number {
  const [below, middle, above] = diagonals.map((part) => sizesOf(part, complex));
  return middle.reduce((most, x, j) => Math.max(most, x + (below[j] ?? 0) + (above[j - 1] ?? 0)), 0);
}

/** The 1-norm of a symmetric or Hermitian matrix, of which one half is read. */
function halfSize(c: Floats, n: number, complex: boolean, lower: boolean): number {
  const sums = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    for (let i = lower ? j : 0; i < (lower ? n : j + 1); i++) {
      const at = j * n + i;
      const size = complex ? Math.hypot(c[2 * at], c[2 * at + 1]) : Math.abs(c[at]);
      sums[j] += size;
      if (i !== j) sums[i] += size;
    }
  }
  return sums.reduce((most, x) => Math.max(most, x), 0);
}

function isZero(d: NDArray): boolean {
  const x = d.get([]);
  return typeof x === 'object' ? x.re === 0 && x.im === 0 : Number(x) === 0;
}

function singular(): AppError {
  return new AppError('linalg', 'Matrix is singular.', {
    argument: 'a',
    hint: 'It has no inverse. The pseudo-inverse (pinv) or least squares (lstsq) still give an answer.',
  });
}

/** SciPy names the members of a stack that are singular; a matrix alone is number 0. */
function singularSlices(which: readonly number[]): AppError {
  return new AppError('linalg', `A singular matrix detected: slice(s) [${which.join(', ')}] are singular.`, {
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
