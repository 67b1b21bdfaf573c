/** The functions of `scipy.linalg` by their names there; what `numpy.linalg` has too is the same function. */
import * as gallery from '../gallery.ts';
import type { NDArray } from '../ndarray.ts';
import * as factors from '../scipy/factors.ts';
import * as functions from '../scipy/matrix-functions.ts';
import type { Operand } from '../ufuncs/ufunc.ts';
import { linalgNames } from './linalg-names.ts';
import { direct, type Named, optional } from './signature.ts';

const list = (parts: object): unknown[] => Object.values(parts);

export const scipyNames: Readonly<Record<string, Named>> = {
  ...Object.fromEntries(
    ['inv', 'solve', 'det', 'norm', 'svd', 'svdvals', 'eigvals', 'eigvalsh', 'lstsq', 'pinv'].map((name) => [
      name,
      linalgNames[name],
    ]),
  ),
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
