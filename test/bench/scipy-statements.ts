/** Statements of scipy.linalg on matrices of 3 × 3, each beside what the engine does for it. */
import { tril } from '#engine/building.ts';
import { scipyNames } from '#engine/names/scipy-names.ts';
import { operands } from './python-statements.ts';

/** What stands under these names in every statement, beside those of `python-statements.ts`. */
export const scipySetUp = `
import scipy.linalg as la
L, lu, ch = np.tril(s), la.lu_factor(s), la.cho_factor(s)
`;

const { a, b, m, n, s } = operands;

/** The engine's function of a name of scipy.linalg. */
const own =
  (name: string, ...values: unknown[]) =>
  (): unknown =>
    scipyNames[name].call(values);

const nothing = undefined;
const lu = own('lu_factor', s)();
const ch = own('cho_factor', s)();

export const scipyStatements: Readonly<Record<string, () => unknown>> = {
  'la.solve(s, a)': own('solve', s, a),
  'la.inv(s)': own('inv', s),
  'la.det(s)': own('det', s),
  'la.lu(s)': own('lu', s),
  'la.lu_factor(s)': own('lu_factor', s),
  'la.lu_solve(lu, a)': own('lu_solve', lu, a),
  'la.cholesky(s)': own('cholesky', s),
  'la.cho_factor(s)': own('cho_factor', s),
  'la.cho_solve(ch, a)': own('cho_solve', ch, a),
  'la.solve_triangular(L, a, lower=True)': own('solve_triangular', tril(s), a, nothing, true),
  'la.qr(s)': own('qr', s),
  'la.svd(s)': own('svd', s),
  'la.svdvals(s)': own('svdvals', s),
  'la.eig(s)': own('eig', s),
  'la.eigh(s)': own('eigh', s),
  'la.eigvals(s)': own('eigvals', s),
  'la.eigvalsh(s)': own('eigvalsh', s),
  'la.eigh(s, n)': own('eigh', s, n),
  'la.norm(a)': own('norm', a),
  'la.norm(m)': own('norm', m),
  'la.pinv(s)': own('pinv', s),
  'la.lstsq(s, a)': own('lstsq', s, a),
  'la.schur(s)': own('schur', s),
  'la.hessenberg(s)': own('hessenberg', s),
  'la.ldl(s)': own('ldl', s),
  'la.polar(s)': own('polar', s),
  'la.expm(s)': own('expm', s),
  'la.sqrtm(s)': own('sqrtm', s),
  'la.null_space(m)': own('null_space', m),
  'la.orth(m)': own('orth', m),
  'la.toeplitz(a)': own('toeplitz', a),
  'la.hankel(a)': own('hankel', a),
  'la.circulant(a)': own('circulant', a),
  'la.block_diag(s, s)': own('block_diag', [s, s]),
  'la.hilbert(3)': own('hilbert', 3),
  'la.issymmetric(s)': own('issymmetric', s),
  'la.solve_toeplitz(b, a)': own('solve_toeplitz', b, a),
};
