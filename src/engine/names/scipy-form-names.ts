/** `scipy.linalg`'s bands, pairs of matrices, forms and their derivatives, by their names there. */
import { AppError } from '#shared/errors.ts';
import { type ArrayLike, asarray } from '../create.ts';
import * as gallery from '../gallery.ts';
import type { NDArray } from '../ndarray.ts';
import * as banded from '../scipy/banded.ts';
import { overBatch } from '../scipy/batches.ts';
import * as frechet from '../scipy/frechet.ts';
import { inSingle } from '../scipy/inputs.ts';
import * as pencils from '../scipy/pencils.ts';
import { qr_multiply, type QrMultiplyOptions } from '../scipy/qr-products.ts';
import * as riccati from '../scipy/riccati.ts';
import * as forms from '../scipy/schur-forms.ts';
import * as tridiagonal from '../scipy/tridiagonal.ts';
import type { Operand } from '../ufuncs/definition.ts';
import { type Habits, scipyEntry, unpacked } from './scipy-entry.ts';
import { direct, type Named } from './signature.ts';

const single: Habits = { single: true };
const pencil = { A: 2, B: 2 } as const;
const ofPencil = { A: single, B: single };
const band = { a_band: 2 } as const;
const ofBand = { a_band: single };
const diagonals = { d: 1, e: 1 } as const;
const ofDiagonals = { d: { single: true, least: 0 }, e: { single: true, least: 0 } } as const;
const equation = { a: 2, b: 2, q: 2, r: 2, e: 2, s: 2 } as const;
const ofEquation = Object.fromEntries(
  Object.keys(equation).map((name): [string, Habits] => [name, { finite: true, least: 2 }]),
);

/** Bounds keep their dtype: which of them are whole numbers matters. */
function withRange(entry: Named): Named {
  const at = entry.parameters.indexOf('select_range');
  return {
    ...entry,
    call: (values) =>
      entry.call(values.map((value, k) => (k === at && Array.isArray(value) ? asarray(value as ArrayLike) : value))),
  };
}

const parts = ({ w, v }: { w: NDArray; v: NDArray | null }): unknown => (v === null ? w : [w, v]);

interface Bands extends banded.BandOptions {
  eigvals_only?: boolean;
}

interface Tridiagonals extends tridiagonal.TridiagonalOptions {
  eigvals_only?: boolean;
}

export const scipyFormNames: Readonly<Record<string, Named>> = {
  cholesky_banded: scipyEntry(
    'ab overwrite_ab~ lower? check_finite~',
    banded.cholesky_banded,
    { ab: 2 },
    { ab: single },
  ),
  cho_solve_banded: direct((pair: unknown, b: Operand) => {
    const [cb, lower] = unpacked(pair, 'cb_and_lower') as [Operand, unknown];
    const arrays = [cb, b].map((x) => inSingle(asarray(x)));
    return overBatch(arrays, [2, '1|2'], (factor, right) =>
      banded.cho_solve_banded(factor as NDArray, Boolean(lower), right as NDArray),
    );
  }, 'cb_and_lower b overwrite_b~ check_finite~'),
  solveh_banded: scipyEntry(
    'ab b overwrite_ab~ overwrite_b~ lower? check_finite~',
    banded.solveh_banded,
    { ab: 2, b: '1|2' },
    { ab: single, b: { single: true, least: 0 } },
  ),
  eig_banded: withRange(
    scipyEntry(
      'a_band | lower? eigvals_only? overwrite_a_band~ select? select_range? max_ev~ check_finite~',
      (a: Operand, { eigvals_only = false, ...o }: Bands) => parts(banded.eig_banded(a, o, !eigvals_only)),
      band,
      ofBand,
    ),
  ),
  eigvals_banded: withRange(
    scipyEntry(
      'a_band | lower? overwrite_a_band~ select? select_range? check_finite~',
      (a: Operand, o: banded.BandOptions) => banded.eig_banded(a, o, false).w,
      band,
      ofBand,
    ),
  ),
  eigh_tridiagonal: withRange(
    scipyEntry(
      'd e | eigvals_only? select? select_range? check_finite~ tol? lapack_driver?',
      (d: Operand, e: Operand, { eigvals_only = false, ...o }: Tridiagonals) =>
        parts(tridiagonal.eigh_tridiagonal(d, e, o, !eigvals_only)),
      diagonals,
      ofDiagonals,
    ),
  ),
  eigvalsh_tridiagonal: withRange(
    scipyEntry(
      'd e | select? select_range? check_finite~ tol? lapack_driver?',
      tridiagonal.eigvalsh_tridiagonal,
      diagonals,
      ofDiagonals,
    ),
  ),

  matrix_balance: scipyEntry(
    'A permute? scale? separate? overwrite_a~',
    (A: Operand, permute?: boolean, scale?: boolean, separate = false) => {
      const { B, scaling, perm, T } = forms.matrix_balance(A, permute, scale);
      return [B, separate ? [scaling, perm] : T];
    },
    { A: 2 },
    { A: { single: true, finite: true, least: 2 } },
  ),
  rsf2csf: scipyEntry('T Z check_finite?', forms.rsf2csf, { T: 2, Z: 2 }, { T: { least: 0 }, Z: { least: 0 } }),
  cdf2rdf: scipyEntry('w v', forms.cdf2rdf),
  expm_frechet: scipyEntry(
    'A E method? compute_expm? check_finite~',
    (A: Operand, E: Operand, method?: string | null, compute_expm = true) => {
      const { expm_A, L } = frechet.expm_frechet(A, E, method);
      return compute_expm ? [expm_A, L] : L;
    },
    { A: 2, E: 2 },
    { A: { least: 0 }, E: { least: 0 } },
  ),
  expm_cond: scipyEntry(
    'A check_finite~',
    (A: Operand) => asarray(frechet.expm_cond(A), 'float64'),
    { A: 2 },
    { A: { least: 0 } },
  ),
  qr_multiply: scipyEntry(
    'a c | mode? pivoting? conjugate? overwrite_a~ overwrite_c?',
    (a: Operand, c: Operand, o: QrMultiplyOptions) => {
      const { product, R, P } = qr_multiply(a, c, o);
      return P === undefined ? [product, R] : [product, R, P];
    },
    { a: 2, c: '1|2' },
    { c: { least: 0 } },
  ),

  qz: scipyEntry(
    'A B output? lwork~ sort? overwrite_a~ overwrite_b~ check_finite~',
    (A: Operand, B: Operand, output?: 'real', sort: unknown = null) => {
      if (sort !== null) {
        throw new AppError(
          'value',
          "The 'sort' input of qz() has to be None and will be removed in a future release. Use ordqz instead.",
          { argument: 'sort' },
        );
      }
      const { AA, BB, Q, Z } = pencils.qz(A, B, output);
      return [AA, BB, Q, Z];
    },
    pencil,
    ofPencil,
  ),
  ordqz: scipyEntry(
    'A B sort? output? overwrite_a~ overwrite_b~ check_finite~',
    (A: Operand, B: Operand, sort?: 'lhp', output?: 'real') => {
      const { AA, BB, alpha, beta, Q, Z } = pencils.ordqz(A, B, sort, output);
      return [AA, BB, alpha, beta, Q, Z];
    },
    pencil,
    ofPencil,
  ),
  solve_continuous_are: scipyEntry('a b q r e? s? balanced?', riccati.solve_continuous_are, equation, ofEquation),
  solve_discrete_are: scipyEntry('a b q r e? s? balanced?', riccati.solve_discrete_are, equation, ofEquation),

  fiedler_companion: scipyEntry('a', gallery.fiedler_companion),
};
