/** The functions of `scipy.linalg` by their names there; what `numpy.linalg` has too is the same function. */
import type { DType } from '#shared/dtype.ts';
import { AppError } from '#shared/errors.ts';
import { astype } from '../cast.ts';
import { asarray } from '../create.ts';
import * as gallery from '../gallery.ts';
import { matmul } from '../linalg/products.ts';
import type { NDArray } from '../ndarray.ts';
import * as problems from '../scipy/eigenproblems.ts';
import type { SymmetricOptions } from '../scipy/eigenproblems.ts';
import * as factors from '../scipy/factors.ts';
import * as forms from '../scipy/forms.ts';
import * as further from '../scipy/further.ts';
import * as functions from '../scipy/matrix-functions.ts';
import * as predicates from '../scipy/predicates.ts';
import * as roots from '../scipy/roots.ts';
import { inverse, pinv_ranked, pinvh_ranked, scipyLstsq, solve_structured } from '../scipy/solving.ts';
import { ravel } from '../shape.ts';
import { conj } from '../ufuncs/arithmetic.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { linalgNames } from './linalg-names.ts';
import { overBatch } from '../scipy/batches.ts';
import { scipyEntry } from './scipy-entry.ts';
import { direct, type Named } from './signature.ts';

interface Tolerances {
  atol?: number | null;
  rtol?: number | null;
  return_rank?: boolean;
}

const ranked = ({ B, rank }: { B: NDArray; rank: number }, { return_rank = false }: Tolerances): unknown =>
  return_rank ? [B, rank] : B;

const list = (parts: object): unknown[] => Object.values(parts);

const one = { a: 2 } as const;
const system = { a: 2, b: '1|2' } as const;

/** The function of the same name in numpy.linalg, by position. */
const plain =
  (name: string) =>
  (...values: unknown[]): unknown =>
    linalgNames[name].call(values);

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
  requireDriver(lapack_driver, ['gesdd', 'gesvd'], (name) => `lapack_driver must be "gesdd" or "gesvd", not "${name}"`);
  return linalgNames['svd'].call([a, options.full_matrices, options.compute_uv]);
}

function lu(a: NDArray, permute_l = false, p_indices = false): unknown {
  const { P, L, U } = factors.lu(a);
  if (permute_l) return [matmul(astype(P, L.dtype), L), U];
  return p_indices ? [factors.rowsOf(P), L, U] : [P, L, U];
}

/** SciPy's eigenvalues, or with `homogeneous_eigvals` the pairs α, β with λ = α / β. */
function eig(a: NDArray, b: NDArray | null = null, left = false, right = true, homogeneous = false): unknown {
  const { w, alpha_beta, vl, vr } = problems.eig_generalised(a, b, left, right);
  const all = [homogeneous ? alpha_beta() : w, ...(vl === undefined ? [] : [vl]), ...(vr === undefined ? [] : [vr])];
  return all.length === 1 ? all[0] : all;
}

/** Factors that come as a pair: stacks of both, broadcast with the right-hand sides. */
function pairEntry(
  signature: string,
  call: (first: NDArray, second: NDArray | null, b: NDArray, trans: unknown) => NDArray,
  split: (pair: readonly unknown[]) => [NDArray, NDArray | null],
): Named {
  const named = direct((...values: unknown[]) => {
    const [first, second] = split(values[0] as readonly unknown[]);
    const b = asarray(values[1] as Operand);
    return overBatch([first, second, b], [2, 1, '1|2'], (f, s, r) => call(f as NDArray, s, r as NDArray, values[2]));
  }, signature);
  return named;
}

const dtypeOf = (made: NDArray, dtype: DType | undefined): NDArray =>
  dtype === undefined ? made : astype(made, dtype);

export const scipyNames: Readonly<Record<string, Named>> = {
  inv: scipyEntry('a overwrite_a~ check_finite~ assume_a? lower?', inverse, one),
  det: scipyEntry('a overwrite_a~ check_finite~', plain('det'), one),
  norm: scipyEntry(
    'a | ord? axis? keepdims? check_finite~',
    (a: NDArray, o: { ord?: unknown; axis?: unknown; keepdims?: unknown }) =>
      linalgNames['norm'].call([a, o.ord, o.axis, o.keepdims]),
  ),
  svd: scipyEntry('a | full_matrices? compute_uv? overwrite_a~ check_finite~ lapack_driver?', svd, one),
  svdvals: scipyEntry('a overwrite_a~ check_finite~', plain('svdvals'), one),
  solve: scipyEntry(
    'a b | lower? overwrite_a~ overwrite_b~ check_finite~ assume_a? transposed?',
    (a: Operand, b: Operand, o: object) => solve_structured(a, b, o).x,
    system,
  ),
  lstsq: scipyEntry(
    'a b cond? overwrite_a~ overwrite_b~ check_finite~ lapack_driver?',
    (a: Operand, b: Operand, cond?: number | null, driver?: string | null) => {
      requireDriver(driver, ['gelsd', 'gelsy', 'gelss'], (name) => `LAPACK driver "${name}" is not found`);
      const { x, residues, rank, s } = scipyLstsq(a, b, cond);
      return [x, residues, rank, driver === 'gelsy' ? null : s];
    },
    system,
  ),
  pinv: scipyEntry(
    'a | atol? rtol? return_rank? check_finite~',
    (a: Operand, o: Tolerances) => ranked(pinv_ranked(a, o.atol, o.rtol), o),
    one,
  ),
  pinvh: scipyEntry(
    'a | atol? rtol? lower? return_rank? check_finite~',
    (a: Operand, o: Tolerances & { lower?: boolean }) => ranked(pinvh_ranked(a, o.atol, o.rtol, o.lower), o),
    one,
  ),
  eig: scipyEntry('a b? left? right? overwrite_a~ overwrite_b~ check_finite~ homogeneous_eigvals?', eig, {
    a: 2,
    b: 2,
  }),
  eigvals: scipyEntry(
    'a b? overwrite_a~ check_finite~ homogeneous_eigvals?',
    (a: NDArray, b: NDArray | null = null, homogeneous?: boolean) => eig(a, b, false, false, homogeneous),
    { a: 2, b: 2 },
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
    { a: 2, b: 2 },
  ),
  eigvalsh: scipyEntry(
    'a b? | lower? overwrite_a~ overwrite_b~ type? check_finite~ subset_by_index? subset_by_value? driver?',
    (a: Operand, b: Operand | null | undefined, o: SymmetricOptions & { driver?: string | null }) => {
      problems.requireEighDriver(o.driver, b !== null && b !== undefined, o);
      return problems.eigvalsh_generalised(a, b ?? null, o);
    },
    { a: 2, b: 2 },
  ),
  schur: scipyEntry(
    'a output? lwork~ overwrite_a~ sort? check_finite~',
    (a: Operand, output?: 'real', sort?: 'lhp') => list(forms.schur(a, output, sort)),
    one,
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
    (a: Operand, lower?: boolean, hermitian?: boolean) => list(forms.ldl(a, lower, hermitian)),
    { A: 2 },
  ),
  qr: scipyEntry(
    'a | overwrite_a~ lwork~ mode? pivoting? check_finite~',
    (a: Operand, o: { mode?: 'full'; pivoting?: boolean }) => list(forms.qr_pivoted(a, o.mode, o.pivoting ?? false)),
    one,
  ),
  cholesky: scipyEntry('a lower? overwrite_a~ check_finite~', factors.cholesky_factor, one),
  sqrtm: scipyEntry('A', roots.sqrtm, { A: 2 }),
  logm: scipyEntry('A', roots.logm, { A: 2 }),
  lu: scipyEntry('a permute_l? overwrite_a~ check_finite~ p_indices?', lu, one),
  lu_factor: scipyEntry('a overwrite_a~ check_finite~', (a: Operand) => list(factors.lu_factor(a)), one),
  lu_solve: pairEntry(
    'lu_and_piv b trans? overwrite_b~ check_finite~',
    (packed, piv, b, trans) => factors.lu_solve({ lu: packed, piv: piv as NDArray }, b, (trans ?? 0) as 0),
    ([packed, piv]) => [asarray(packed as Operand), asarray(piv as Operand)],
  ),
  cho_factor: scipyEntry(
    'a lower? overwrite_a~ check_finite~',
    (a: Operand, lower?: boolean) => list(factors.cho_factor(a, lower)),
    one,
  ),
  cho_solve: direct(
    ([c, lower]: [Operand, boolean | NDArray], b: Operand) =>
      overBatch([asarray(c), asarray(b)], [2, '1|2'], (factor, right) =>
        factors.cho_solve({ c: factor as NDArray, lower: truthOf(lower) }, right as NDArray),
      ),
    'c_and_lower b overwrite_b~ check_finite~',
  ),
  solve_triangular: scipyEntry(
    'a b | trans? lower? unit_diagonal? overwrite_b~ check_finite~',
    (a: Operand, b: Operand, { trans, ...o }: { trans?: 0 | 1 | 2 | 'N' | 'T' | 'C'; lower?: boolean }) =>
      factors.solve_triangular(a, b, trans === undefined ? o : { ...o, trans: transOf(trans) }),
    system,
  ),
  expm: scipyEntry('A', functions.expm, { A: 2 }),
  polar: scipyEntry('a side?', (a: Operand, side?: 'right') => list(functions.polar(a, side)), one),
  orth: scipyEntry('A rcond?', functions.orth, { A: 2 }),
  null_space: scipyEntry(
    'A rcond? overwrite_a~ check_finite~ lapack_driver?',
    (a: Operand, rcond?: number | null, driver?: string | null) => {
      requireDriver(driver, ['gesdd', 'gesvd'], (name) => `lapack_driver must be "gesdd" or "gesvd", not "${name}"`);
      return functions.null_space(a, rcond);
    },
    { A: 2 },
  ),
  diagsvd: scipyEntry('s M N', predicates.diagsvd, { s: 1 }),
  issymmetric: scipyEntry('a atol? rtol?', predicates.issymmetric, one),
  ishermitian: scipyEntry('a atol? rtol?', predicates.ishermitian, one),
  bandwidth: scipyEntry('a', predicates.bandwidth, one),
  khatri_rao: scipyEntry('a b', predicates.khatri_rao, { a: 2, b: 2 }),

  cosm: scipyEntry('A', further.cosm, { A: 2 }),
  sinm: scipyEntry('A', further.sinm, { A: 2 }),
  tanm: scipyEntry('A', further.tanm, { A: 2 }),
  coshm: scipyEntry('A', further.coshm, { A: 2 }),
  sinhm: scipyEntry('A', further.sinhm, { A: 2 }),
  tanhm: scipyEntry('A', further.tanhm, { A: 2 }),
  signm: scipyEntry('A', further.signm, { A: 2 }),
  fractional_matrix_power: scipyEntry('A t', further.fractional_matrix_power, { A: 2 }),
  solve_sylvester: scipyEntry('a b q', further.solve_sylvester, { a: 2, b: 2, q: 2 }),
  solve_continuous_lyapunov: scipyEntry('a q', further.solve_continuous_lyapunov, { a: 2, q: 2 }),
  solve_banded: scipyEntry('l_and_u ab b overwrite_ab~ overwrite_b~ check_finite~', further.solve_banded, {
    ab: 2,
    b: '1|2',
  }),
  solve_circulant: scipyEntry('c b singular? tol?', further.solve_circulant),
  solve_toeplitz: scipyEntry('c_or_cr b check_finite~', further.solve_toeplitz),
  matmul_toeplitz: scipyEntry('c_or_cr x check_finite~ workers~', further.matmul_toeplitz),
  orthogonal_procrustes: scipyEntry(
    'A B check_finite~',
    (A: Operand, B: Operand) => list(further.orthogonal_procrustes(A, B)),
    { A: 2, B: 2 },
  ),
  subspace_angles: scipyEntry('A B', further.subspace_angles, { A: 2, B: 2 }),
  rq: scipyEntry(
    'a overwrite_a~ lwork~ mode? check_finite~',
    (a: Operand, mode?: 'full') => {
      const { R, Q } = further.rq(a, mode);
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
  pascal: scipyEntry('n kind? exact?', (n: number, kind?: 'symmetric', exact = true) => {
    const made = gallery.pascal(n, kind);
    return exact ? made : astype(made, 'float64');
  }),
  invpascal: scipyEntry('n kind? exact?', (n: number, kind?: 'symmetric', exact = true) => {
    const made = gallery.invpascal(n, kind);
    return exact ? made : astype(made, 'float64');
  }),
  hadamard: scipyEntry('n dtype?', (n: number, dtype?: DType) => dtypeOf(gallery.hadamard(n), dtype)),
  toeplitz: scipyEntry('c r?', (c: Operand, r?: Operand | null) => gallery.toeplitz(c, r ?? conj(asarray(c))), {
    c: 1,
    r: 1,
  }),
  hankel: scipyEntry('c r?', (c: Operand, r?: Operand | null) => gallery.hankel(c, r ?? undefined)),
  circulant: scipyEntry('c', gallery.circulant, { c: 1 }),
  companion: scipyEntry('a', gallery.companion, { a: 1 }),
  fiedler: scipyEntry('a', gallery.fiedler, { a: 1 }),
  helmert: scipyEntry('n full?', gallery.helmert),
  dft: scipyEntry('n scale?', gallery.dft),
  leslie: scipyEntry('f s', gallery.leslie, { f: 1, s: 1 }),
  convolution_matrix: scipyEntry('a n mode?', gallery.convolution_matrix, { a: 1 }),
  block_diag: direct(gallery.block_diag, '*arrs'),
};

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
