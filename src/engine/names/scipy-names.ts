/** The functions of `scipy.linalg` by their names there; what `numpy.linalg` has too is the same function. */
import * as gallery from '../gallery.ts';
import type { NDArray } from '../ndarray.ts';
import { PyFloat } from '../scalar.ts';
import * as problems from '../scipy/eigenproblems.ts';
import type { SymmetricOptions } from '../scipy/eigenproblems.ts';
import * as factors from '../scipy/factors.ts';
import * as forms from '../scipy/forms.ts';
import * as functions from '../scipy/matrix-functions.ts';
import * as roots from '../scipy/roots.ts';
import { pinv_ranked, pinvh_ranked, scipyLstsq, solve_structured } from '../scipy/solving.ts';
import type { Operand } from '../ufuncs/ufunc.ts';
import { linalgNames } from './linalg-names.ts';
import { direct, type Named, optional } from './signature.ts';

interface Tolerances {
  atol?: number | null;
  rtol?: number | null;
  return_rank?: boolean;
}

const ranked = ({ B, rank }: { B: NDArray; rank: number }, { return_rank = false }: Tolerances): unknown =>
  return_rank ? [B, rank] : B;

/** Orders and tolerances are plain numbers there, never weak operands. */
const plain = (signature: string, fn: (...values: never[]) => unknown): Named => {
  const entry = signature.includes('|') ? optional(fn, signature) : direct(fn, signature);
  return {
    ...entry,
    call: (values) => entry.call(values.map((value) => (value instanceof PyFloat ? value.value : value))),
  };
};

const list = (parts: object): unknown[] => Object.values(parts);

export const scipyNames: Readonly<Record<string, Named>> = {
  ...Object.fromEntries(['inv', 'det', 'norm', 'svd', 'svdvals'].map((name) => [name, linalgNames[name]])),
  solve: plain(
    'a b | lower? overwrite_a? overwrite_b? check_finite? assume_a? transposed?',
    (a: Operand, b: Operand, o: object) => solve_structured(a, b, o).x,
  ),
  lstsq: plain('a b cond?', (a: Operand, b: Operand, cond?: number | null) => list(scipyLstsq(a, b, cond))),
  pinv: plain('a | atol? rtol? return_rank?', (a: Operand, o: Tolerances) => ranked(pinv_ranked(a, o.atol, o.rtol), o)),
  pinvh: plain('a | atol? rtol? lower? return_rank?', (a: Operand, o: Tolerances & { lower?: boolean }) =>
    ranked(pinvh_ranked(a, o.atol, o.rtol, o.lower), o),
  ),
  eig: plain('a b? left? right?', (a: Operand, b?: Operand | null, left = false, right = true) => {
    const { w, vl, vr } = problems.eig_generalised(a, b ?? null, left, right);
    const all = [w, ...(vl === undefined ? [] : [vl]), ...(vr === undefined ? [] : [vr])];
    return all.length === 1 ? w : all;
  }),
  eigvals: plain('a b?', (a: Operand, b?: Operand | null) => problems.eigvals_generalised(a, b ?? null)),
  eigh: plain(
    'a b? | lower? eigvals_only? type? subset_by_index? subset_by_value? driver?',
    (a: Operand, b: Operand | null | undefined, o: SymmetricOptions & { eigvals_only?: boolean }) =>
      o.eigvals_only === true
        ? problems.eigvalsh_generalised(a, b ?? null, o)
        : list(problems.eigh_generalised(a, b ?? null, o)),
  ),
  eigvalsh: plain(
    'a b? | lower? type? subset_by_index? subset_by_value? driver?',
    (a: Operand, b: Operand | null | undefined, o: SymmetricOptions) => problems.eigvalsh_generalised(a, b ?? null, o),
  ),
  schur: plain(
    'a output? lwork? overwrite_a? sort?',
    (a: Operand, output?: 'real', _w?: unknown, _o?: unknown, sort?: 'lhp') => list(forms.schur(a, output, sort)),
  ),
  hessenberg: plain('a calc_q?', (a: Operand, calc_q?: boolean) => {
    const { H, Q } = forms.hessenberg(a, calc_q);
    return Q === undefined ? H : [H, Q];
  }),
  ldl: plain('A lower? hermitian?', (a: Operand, lower?: boolean, hermitian?: boolean) =>
    list(forms.ldl(a, lower, hermitian)),
  ),
  qr: plain('a | mode? pivoting?', (a: Operand, o: { mode?: 'full'; pivoting?: boolean }) =>
    list(forms.qr_pivoted(a, o.mode, o.pivoting ?? false)),
  ),
  cholesky: plain('a lower?', factors.cholesky_factor),
  sqrtm: plain('A', roots.sqrtm),
  logm: plain('A', roots.logm),
  invpascal: plain('n kind?', gallery.invpascal),
  helmert: plain('n full?', gallery.helmert),
  dft: plain('n scale?', gallery.dft),
  leslie: plain('f s', gallery.leslie),
  convolution_matrix: plain('a n mode?', gallery.convolution_matrix),
  lu: direct((a: Operand) => list(factors.lu(a)), 'a'),
  lu_factor: direct((a: Operand) => list(factors.lu_factor(a)), 'a'),
  lu_solve: direct(
    ([lu, piv]: [NDArray, NDArray], b: Operand, trans?: 0) => factors.lu_solve({ lu, piv }, b, trans),
    'lu_and_piv b trans?',
  ),
  cho_factor: direct((a: Operand, lower?: boolean) => list(factors.cho_factor(a, lower)), 'a lower?'),
  cho_solve: direct(
    ([c, lower]: [NDArray, boolean], b: Operand) => factors.cho_solve({ c, lower }, b),
    'c_and_lower b',
  ),
  solve_triangular: optional(factors.solve_triangular, 'a b | trans? lower? unit_diagonal?'),
  expm: direct(functions.expm, 'A'),
  polar: direct((a: Operand, side?: 'right') => list(functions.polar(a, side)), 'a side?'),
  orth: direct(functions.orth, 'A rcond?'),
  null_space: direct(functions.null_space, 'A rcond?'),
  hilbert: direct(gallery.hilbert, 'n'),
  invhilbert: direct(gallery.invhilbert, 'n'),
  pascal: direct(gallery.pascal, 'n kind?'),
  hadamard: direct(gallery.hadamard, 'n'),
  toeplitz: direct(gallery.toeplitz, 'c r?'),
  hankel: direct(gallery.hankel, 'c r?'),
  circulant: direct(gallery.circulant, 'c'),
  companion: direct(gallery.companion, 'a'),
  block_diag: direct(gallery.block_diag, '*arrs'),
  fiedler: direct(gallery.fiedler, 'a'),
};
