/** The functions of `scipy.linalg` by their names there; what `numpy.linalg` has too is the same function. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { asarray, zeros } from '../create.ts';
import * as gallery from '../gallery.ts';
import { commonType, requireFinite } from '../linalg/matrices.ts';
import { matmul } from '../linalg/products.ts';
import { shapeText } from '../memory.ts';
import { type NDArray } from '../ndarray.ts';
import * as problems from '../scipy/eigenproblems.ts';
import type { SymmetricOptions } from '../scipy/eigenproblems.ts';
import * as factors from '../scipy/factors.ts';
import * as forms from '../scipy/forms.ts';
import * as further from '../scipy/further.ts';
import * as functions from '../scipy/matrix-functions.ts';
import { inSingle } from '../scipy/inputs.ts';
import * as predicates from '../scipy/predicates.ts';
import * as roots from '../scipy/roots.ts';
import { inverse, pinv_ranked, pinvh_ranked, scipyLstsq } from '../scipy/solving.ts';
import { doubtOf, solve_stacked } from '../scipy/structured.ts';
import * as toeplitz from '../scipy/toeplitz.ts';
import { ravel } from '../shape.ts';
import { conj } from '../ufuncs/arithmetic.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { linalgNames } from './linalg-names.ts';
import { EmptyStack, overBatch } from '../scipy/batches.ts';
import { type Habits, scipyEntry, unpacked } from './scipy-entry.ts';
import { scipyFormNames } from './scipy-form-names.ts';
import { direct, type Named } from './signature.ts';

interface Tolerances {
  atol?: number | null;
  rtol?: number | null;
  return_rank?: boolean;
}

const ranked = ({ B, rank }: { B: NDArray; rank: number }, { return_rank = false }: Tolerances): unknown =>
  return_rank ? [B, rank] : B;

const list = (parts: object): unknown[] => Object.values(parts);

const wrong =
  (code: 'value' | 'linalg', message: (shape: string) => string) =>
  (a: NDArray): AppError =>
    new AppError(code, message(shapeText(a.shape)), { argument: 'a', hint: `Its shape is ${shapeText(a.shape)}.` });

/** Of most functions over LAPACK. */
const lapack: Habits = { single: true };
const ofA = { a: lapack };
const flat2d = wrong('value', (shape) => `expected 2D array, got shape ${shape}`);
const expected = wrong('value', () => 'expected matrix');
const factored: Habits = {
  single: true,
  least: 2,
  square: wrong('value', (shape) => `Input array is expected to be square but has the shape: ${shape}.`),
};
/** Of functions of matrices. */
const functional: { A: Habits } = {
  A: { finite: true, square: wrong('value', () => 'expected square array_like input') },
};

const examined: { a: Habits } = {
  a: {
    deep: wrong('value', () => 'Input array must be a 2D NumPy array.'),
    square: wrong('value', () => 'Input array must be square.'),
  },
};

const one = { a: 2 } as const;
const system = { a: 2, b: '1|2' } as const;
const pencil = { a: 2, b: 2 } as const;
const bothOf = { a: lapack, b: lapack };

/** The function of the same name in numpy.linalg, by position. */
const plain =
  (name: string) =>
  (...values: unknown[]): unknown =>
    linalgNames[name].call(values);

/** @throws AppError 'dtype' for None where SciPy wants the name of a LAPACK driver, of which empty matrices need none. */
function requireName(driver: unknown, a: NDArray): void {
  if (driver !== undefined && typeof driver !== 'string' && a.size > 0)
    throw new AppError('dtype', 'lapack_driver must be a string', { argument: 'lapack_driver' });
}

/** The LAPACK driver must be one that SciPy knows; which of them works here is not the caller's choice. */
function requireDriver(
  driver: string | null | undefined,
  known: readonly string[],
  message: (name: string) => string,
): void {
  if (driver === null || driver === undefined || known.includes(driver)) return;
  throw new AppError('value', message(driver), { argument: 'lapack_driver' });
}

function svd(
  a: NDArray,
  { lapack_driver, ...options }: { full_matrices?: boolean; compute_uv?: boolean; lapack_driver?: string },
): unknown {
  requireName(lapack_driver, a);
  requireDriver(lapack_driver, ['gesdd', 'gesvd'], (name) => `lapack_driver must be "gesdd" or "gesvd", not "${name}"`);
  return linalgNames['svd'].call([a, options.full_matrices, options.compute_uv]);
}

function lu(a: NDArray, permute_l = false, p_indices = false): unknown {
  const { P, L, U } = factors.lu(a);
  if (permute_l) return [matmul(astype(P, L.dtype), L), U];
  // SciPy answers for one number without LAPACK, in other dtypes.
  if (a.size === 1) return [p_indices ? zeros([1], 'int64') : astype(P, L.dtype), L, U];
  return p_indices ? [factors.rowsOf(P), L, U] : [P, L, U];
}

/** SciPy's eigenvalues, or with `homogeneous_eigvals` the pairs α, β with λ = α / β. */
function eig(a: NDArray, b: NDArray | null = null, left = false, right = true, homogeneous = false): unknown {
  const { w, alpha_beta, vl, vr } = problems.eig_generalised(a, b, left, right);
  const all = [homogeneous ? alpha_beta() : w, ...(vl === undefined ? [] : [vl]), ...(vr === undefined ? [] : [vr])];
  return all.length === 1 ? all[0] : all;
}

/** In single precision as LAPACK would compute, but an empty matrix, which does not reach it. */
function unlessEmpty(a: Operand): NDArray {
  const matrix = asarray(a);
  return matrix.size === 0 ? matrix : inSingle(matrix);
}

const entryOf = (signature: string): string => signature.split(' ')[0];

/** Factors that come as a pair: stacks of both, broadcast with the right-hand sides. */
function pairEntry(
  signature: string,
  call: (first: NDArray, second: NDArray | null, b: NDArray, trans: unknown) => NDArray,
  split: (pair: readonly unknown[]) => [NDArray, NDArray | null],
): Named {
  const named = direct((...values: unknown[]) => {
    const [first, second] = split(unpacked(values[0], entryOf(signature)));
    const b = asarray(values[1] as Operand);
    requireFinite(b, 'b', 'value');
    return overBatch([first, second, b], [2, 1, '1|2'], (f, s, r) => call(f as NDArray, s, r as NDArray, values[2]));
  }, signature);
  return named;
}

const dtypeOf = (made: NDArray, dtype: DType | undefined): NDArray =>
  dtype === undefined ? made : astype(made, dtype);

const exponentialHabits: { A: Habits } = {
  A: {
    finite: true,
    whole: true,
    empties: true,
    least: 2,
    // A number is a matrix of one row.
    deep: (a) =>
      a.size === 1
        ? null
        : new AppError('linalg', 'The input array must be at least two-dimensional', { argument: 'A' }),
    square: wrong('linalg', () => 'Last 2 dimensions of the array must be square'),
  },
};

const bands = scipyEntry(
  'l_and_u ab b overwrite_ab~ overwrite_b~ check_finite~',
  (l_and_u: unknown, ab: Operand, b: Operand) =>
    further.solve_banded((l_and_u as unknown[]).map(Number) as [number, number], ab, b),
  { ab: 2, b: '1|2' },
);
/** The pair is unpacked before the matrices are looked at. */
const banded: Named = {
  ...bands,
  call: ([pair, ...rest]) => bands.call([unpacked(pair, 'l_and_u'), ...rest]),
};

/** Of the members of a stack, which are told of together. */
const conditions: number[] = [];
const members = scipyEntry(
  'a overwrite_a~ check_finite~ assume_a? lower?',
  (a: Operand, assume_a?: string | null, lower?: boolean) => inverse(a, assume_a, lower, conditions),
  one,
  {
    a: {
      single: true,
      whole: true,
      empties: true,
      deep: (a) => new AppError('value', `Expected at least ndim=2, got a1.ndim=${a.ndim}`, { argument: 'a' }),
      square: wrong('value', (shape) => `Expected square matrix, got a1.shape=${shape}`),
    },
  },
);
const inverses: Named = {
  ...members,
  call: (values) => {
    conditions.length = 0;
    const made = members.call(values) as NDArray;
    doubtOf(conditions, commonType(made));
    return made;
  },
};

const table: Readonly<Record<string, Named>> = {
  ...scipyFormNames,
  inv: inverses,
  det: scipyEntry('a overwrite_a~ check_finite~', factors.det, one, {
    a: {
      whole: true,
      empties: true,
      deep: wrong('value', () => 'The input array must be at least two-dimensional.'),
      square: wrong('value', (shape) => `Last 2 dimensions of the array must be square but received shape ${shape}.`),
    },
  }),
  norm: scipyEntry(
    'a | ord? axis? keepdims? check_finite?',
    (a: Operand, o: { ord?: unknown; axis?: unknown; keepdims?: unknown; check_finite?: boolean }) => {
      if (o.check_finite !== false) requireFinite(asarray(a), 'a', 'value');
      return linalgNames['norm'].call([a, o.ord, o.axis, o.keepdims]);
    },
  ),
  svd: scipyEntry('a | full_matrices? compute_uv? overwrite_a~ check_finite~ lapack_driver?', svd, one, {
    a: { single: true, deep: expected },
  }),
  svdvals: scipyEntry('a overwrite_a~ check_finite~', plain('svdvals'), one, { a: { single: true, deep: expected } }),
  solve: scipyEntry('a b | lower? overwrite_a~ overwrite_b~ check_finite~ assume_a? transposed?', solve_stacked),
  lstsq: scipyEntry(
    'a b cond? overwrite_a~ overwrite_b~ check_finite~ lapack_driver?',
    (a: Operand, b: Operand, cond?: number | null, driver?: string | null) => {
      requireDriver(driver, ['gelsd', 'gelsy', 'gelss'], (name) => `LAPACK driver "${name}" is not found`);
      const { x, residues, rank, s } = scipyLstsq(a, b, cond);
      return [x, residues, rank, driver === 'gelsy' ? null : s];
    },
    system,
    { a: lapack, b: { single: true, least: 0 } },
  ),
  pinv: scipyEntry(
    'a | atol? rtol? return_rank? check_finite~',
    (a: Operand, o: Tolerances) => ranked(pinv_ranked(a, o.atol, o.rtol), o),
    one,
    ofA,
  ),
  pinvh: scipyEntry(
    'a | atol? rtol? lower? return_rank? check_finite~',
    (a: Operand, o: Tolerances & { lower?: boolean }) => ranked(pinvh_ranked(a, o.atol, o.rtol, o.lower), o),
    one,
    { a: { single: true, square: wrong('value', () => 'expected square "a" matrix') } },
  ),
  eig: scipyEntry(
    'a b? left? right? overwrite_a~ overwrite_b~ check_finite~ homogeneous_eigvals?',
    eig,
    pencil,
    bothOf,
  ),
  eigvals: scipyEntry(
    'a b? overwrite_a~ check_finite~ homogeneous_eigvals?',
    (a: NDArray, b: NDArray | null = null, homogeneous?: boolean) => eig(a, b, false, false, homogeneous),
    pencil,
    bothOf,
  ),
  eigh: scipyEntry(
    'a b? | lower? eigvals_only? overwrite_a~ overwrite_b~ type? check_finite~ subset_by_index? subset_by_value? driver?',
    (
      a: Operand,
      b: Operand | null | undefined,
      o: SymmetricOptions & { eigvals_only?: boolean; driver?: string | null },
    ) => {
      problems.requireEighDriver(o.driver, b !== null && b !== undefined, o);
      return o.eigvals_only === true
        ? problems.eigvalsh_generalised(a, b ?? null, o)
        : list(problems.eigh_generalised(a, b ?? null, o));
    },
    pencil,
    bothOf,
  ),
  eigvalsh: scipyEntry(
    'a b? | lower? overwrite_a~ overwrite_b~ type? check_finite~ subset_by_index? subset_by_value? driver?',
    (a: Operand, b: Operand | null | undefined, o: SymmetricOptions & { driver?: string | null }) => {
      problems.requireEighDriver(o.driver, b !== null && b !== undefined, o);
      return problems.eigvalsh_generalised(a, b ?? null, o);
    },
    pencil,
    bothOf,
  ),
  schur: scipyEntry(
    'a output? lwork~ overwrite_a~ sort? check_finite~',
    (a: Operand, output?: 'real', sort?: 'lhp') => list(forms.schur(a, output, sort)),
    one,
    { a: { single: 'bool' } },
  ),
  hessenberg: scipyEntry(
    'a calc_q? overwrite_a~ check_finite~',
    (a: Operand, calc_q?: boolean) => {
      const { H, Q } = forms.hessenberg(a, calc_q);
      return Q === undefined ? H : [H, Q];
    },
    one,
  ),
  ldl: scipyEntry(
    'A lower? hermitian? overwrite_a~ check_finite~',
    (a: Operand, lower?: boolean, hermitian?: boolean) => list(forms.ldl(unlessEmpty(a), lower, hermitian)),
    { A: 2 },
    { A: { least: 2 } },
  ),
  qr: scipyEntry(
    'a | overwrite_a~ lwork~ mode? pivoting? check_finite~',
    (a: Operand, o: { mode?: 'full'; pivoting?: boolean }) =>
      list(forms.qr_pivoted(unlessEmpty(a), o.mode, o.pivoting ?? false)),
    one,
  ),
  cholesky: scipyEntry('a lower? overwrite_a~ check_finite~', factors.cholesky_factor, one, { a: factored }),
  sqrtm: scipyEntry(
    'A',
    roots.sqrtm,
    { A: 2 },
    {
      A: {
        finite: 'linalg',
        whole: true,
        empties: true,
        deep: wrong('linalg', () => 'The input array must be at least two-dimensional'),
        square: wrong('linalg', () => 'Last 2 dimensions of the array must be square'),
      },
    },
  ),
  logm: scipyEntry('A', roots.logm, { A: 2 }, { A: { finite: true } }),
  lu: scipyEntry('a permute_l? overwrite_a~ check_finite~ p_indices?', lu, one, {
    a: {
      single: true,
      whole: true,
      empties: true,
      deep: wrong('value', () => 'The input array must be at least two-dimensional.'),
    },
  }),
  lu_factor: scipyEntry('a overwrite_a~ check_finite~', (a: Operand) => list(factors.lu_factor(a)), one, {
    a: { single: true, least: 2 },
  }),
  lu_solve: pairEntry(
    'lu_and_piv b trans? overwrite_b~ check_finite~',
    (packed, piv, b, trans) => factors.lu_solve({ lu: packed, piv: piv as NDArray }, b, (trans ?? 0) as 0),
    ([packed, piv]) => [asarray(packed as Operand), asarray(piv as Operand)],
  ),
  cho_factor: scipyEntry(
    'a lower? overwrite_a~ check_finite~',
    (a: Operand, lower?: boolean) => list(factors.cho_factor(a, lower)),
    one,
    { a: factored },
  ),
  cho_solve: direct((pair: unknown, b: Operand) => {
    const [c, lower] = unpacked(pair, 'c_and_lower') as [Operand, boolean | NDArray];
    const [c_, b_] = [inSingle(asarray(c)), inSingle(asarray(b))];
    requireFinite(c_, 'c_and_lower', 'value');
    requireFinite(b_, 'b', 'value');
    return overBatch([c_, b_], [2, '1|2'], (factor, right) =>
      factors.cho_solve({ c: factor as NDArray, lower: truthOf(lower) }, right as NDArray),
    );
  }, 'c_and_lower b overwrite_b~ check_finite~'),
  solve_triangular: scipyEntry(
    'a b | trans? lower? unit_diagonal? overwrite_b~ check_finite~',
    (a: Operand, b: Operand, { trans, ...o }: { trans?: 0 | 1 | 2 | 'N' | 'T' | 'C'; lower?: boolean }) =>
      factors.solve_triangular(a, b, trans === undefined ? o : { ...o, trans: transOf(trans) }),
    system,
    { a: lapack, b: { single: true, least: 0 } },
  ),
  expm: scipyEntry('A', functions.expm, { A: 2 }, exponentialHabits),
  polar: scipyEntry('a side?', (a: Operand, side?: 'right') => list(functions.polar(a, side)), one, {
    a: { ...lapack, finite: true },
  }),
  orth: scipyEntry('A rcond?', functions.orth, { A: 2 }, { A: { single: true, deep: expected, finite: true } }),
  null_space: scipyEntry(
    'A rcond? overwrite_a~ check_finite~ lapack_driver?',
    (a: NDArray, rcond?: number | null, driver?: string | null) => {
      requireName(driver, a);
      requireDriver(driver, ['gesdd', 'gesvd'], (name) => `lapack_driver must be "gesdd" or "gesvd", not "${name}"`);
      return functions.null_space(a, rcond);
    },
    { A: 2 },
    { A: { single: true, deep: expected } },
  ),
  diagsvd: scipyEntry('s M N', predicates.diagsvd, { s: 1 }),
  issymmetric: scipyEntry('a atol? rtol?', predicates.issymmetric, one, examined),
  ishermitian: scipyEntry('a atol? rtol?', predicates.ishermitian, one, examined),
  bandwidth: scipyEntry('a', predicates.bandwidth, one),
  khatri_rao: scipyEntry('a b', predicates.khatri_rao, { a: 2, b: 2 }),

  cosm: scipyEntry('A', further.cosm, { A: 2 }, functional),
  sinm: scipyEntry('A', further.sinm, { A: 2 }, functional),
  tanm: scipyEntry('A', further.tanm, { A: 2 }, functional),
  coshm: scipyEntry('A', further.coshm, { A: 2 }, functional),
  sinhm: scipyEntry('A', further.sinhm, { A: 2 }, functional),
  tanhm: scipyEntry('A', further.tanhm, { A: 2 }, functional),
  signm: scipyEntry('A', further.signm, { A: 2 }, functional),
  fractional_matrix_power: scipyEntry('A t', further.fractional_matrix_power, { A: 2 }, functional),
  solve_sylvester: scipyEntry(
    'a b q',
    further.solve_sylvester,
    { a: 2, b: 2, q: 2 },
    {
      a: { finite: true, single: 'bool', least: 0 },
      b: { finite: true, single: 'bool', least: 0 },
      q: { single: 'bool', least: 0 },
    },
  ),
  solve_continuous_lyapunov: scipyEntry(
    'a q',
    further.solve_continuous_lyapunov,
    { a: 2, q: 2 },
    {
      a: { finite: true, single: 'bool', least: 2, square: wrong('value', () => 'Matrix a should be square.') },
      q: { finite: true, single: 'bool', least: 2, square: wrong('value', () => 'Matrix q should be square.') },
    },
  ),
  solve_banded: banded,
  solve_circulant: scipyEntry('c b singular? tol? caxis? baxis? outaxis?', toeplitz.solve_circulant),
  solve_toeplitz: scipyEntry('c_or_cr b check_finite?', toeplitz.solve_toeplitz),
  matmul_toeplitz: scipyEntry('c_or_cr x check_finite? workers~', toeplitz.matmul_toeplitz),
  orthogonal_procrustes: scipyEntry(
    'A B check_finite~',
    (A: Operand, B: Operand) => list(further.orthogonal_procrustes(A, B)),
    { A: 2, B: 2 },
  ),
  subspace_angles: scipyEntry(
    'A B',
    further.subspace_angles,
    { A: 2, B: 2 },
    { A: { single: true, finite: true, deep: flat2d }, B: { single: true, finite: true, deep: flat2d } },
  ),
  rq: scipyEntry(
    'a overwrite_a~ lwork~ mode? check_finite~',
    (a: Operand, mode?: 'full') => {
      const { R, Q } = further.rq(unlessEmpty(a), mode);
      return Q === undefined ? R : [R, Q];
    },
    one,
  ),

  // Named matrices
  hilbert: scipyEntry('n', gallery.hilbert),
  invhilbert: scipyEntry('n exact?', (n: number, exact = false) => {
    const made = gallery.invhilbert(n);
    return exact ? astype(made, 'int64') : made;
  }),
  pascal: scipyEntry('n kind? exact?', (n: number, kind?: 'symmetric', exact = true) =>
    gallery.pascal(exact ? n : Math.max(0, n), kind, exact),
  ),
  invpascal: scipyEntry('n kind? exact?', gallery.invpascal),
  hadamard: scipyEntry('n dtype?', (n: number, dtype?: DType) => dtypeOf(gallery.hadamard(n), dtype)),
  toeplitz: scipyEntry(
    'c r?',
    (c: Operand, r?: Operand | null) =>
      gallery.toeplitz(c, r ?? (asarray(c).entries === 2 ? conj(asarray(c)) : undefined)),
    {
      c: 1,
      r: 1,
    },
  ),
  hankel: scipyEntry('c r?', (c: Operand, r?: Operand | null) => gallery.hankel(c, r ?? undefined)),
  circulant: scipyEntry('c', gallery.circulant, { c: 1 }, { c: { least: 1, whole: true, empties: true } }),
  companion: scipyEntry('a', gallery.companion),
  fiedler: scipyEntry('a', gallery.fiedler),
  helmert: scipyEntry('n full?', gallery.helmert),
  dft: scipyEntry('n scale?', gallery.dft),
  leslie: scipyEntry('f s', gallery.leslie, { f: 1, s: 1 }, { f: { least: 1 }, s: { least: 1 } }),
  convolution_matrix: scipyEntry('a n mode?', gallery.convolution_matrix),
  block_diag: direct(gallery.block_diag, '*arrs'),
};

/** Who does not take an empty stack is said by name. */
export const scipyNames: Readonly<Record<string, Named>> = Object.fromEntries(
  Object.entries(table).map(([name, entry]) => {
    const call: Named['call'] = (values) => {
      try {
        return entry.call(values);
      } catch (error) {
        if (!(error instanceof EmptyStack)) throw error;
        throw new AppError('value', `\`${name}\` does not support zero-size batches.`, {
          argument: 'a',
          hint: error.message,
        });
      }
    };
    return [name, { ...entry, call }];
  }),
);

function truthOf(lower: boolean | NDArray): boolean {
  if (typeof lower === 'boolean') return lower;
  // Of a stack each member has its own flag, all of them equal.
  return Boolean(ravel(asarray(lower)).item(0));
}

function transOf(trans: 0 | 1 | 2 | 'N' | 'T' | 'C'): 0 | 1 | 2 {
  const found: number = typeof trans === 'number' ? [0, 1, 2].indexOf(trans) : ['N', 'T', 'C'].indexOf(trans);
  if (found < 0) throw new AppError('value', "trans must be 0, 1, 2, 'N', 'T' or 'C'", { argument: 'trans' });
  return found as 0 | 1 | 2;
}
