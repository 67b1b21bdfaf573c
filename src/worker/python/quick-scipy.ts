/** The functions of `scipy.linalg`, read by the names of their parameters and answered by the engine's functions of their names. */
import { scipyNames } from '#engine/names/scipy-names.ts';
import { NDArray } from '#engine/ndarray.ts';
import { PyFloat } from '#engine/scalar.ts';
import type { Gives, Quick } from './quick-function.ts';

/** The letter of each parameter, as `Quick` has them; what only permits something is read and forgotten. */
const letters: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    A: 'a b A B c r f s q x ab e',
    F: 'lower full_matrices compute_uv permute_l p_indices keepdims left right homogeneous_eigvals eigvals_only return_rank unit_diagonal calc_q hermitian pivoting full exact transposed',
    y: 'overwrite_a overwrite_b overwrite_ab check_finite',
    G: 'assume_a ord scale lapack_driver driver sort singular',
    W: 'mode side kind output',
    R: 'cond rcond atol rtol tol t',
    I: 'n N M type caxis baxis outaxis',
    h: 'trans',
    X: 'axis',
    S: 'l_and_u',
    D: 'dtype',
    L: 'lu_and_piv',
    e: 'c_and_lower',
    q: 'c_or_cr',
    M: 'arrs',
  }).flatMap(([letter, names]) => names.split(' ').map((name) => [name, letter])),
);

/** The first parameter that is given by its name alone. */
const byName: Readonly<Record<string, string>> = {
  inv: 'assume_a',
  pinv: 'atol',
  eigh: 'lower',
  eigvalsh: 'lower',
  null_space: 'overwrite_a',
};

/** Whose results stay arrays when they have no axes. */
const arrays = new Set(
  `diagsvd lu_solve cho_solve null_space orth hilbert invhilbert pascal invpascal hadamard toeplitz hankel circulant
  companion block_diag fiedler helmert dft leslie convolution_matrix subspace_angles khatri_rao`.split(/\s+/),
);

/** What the engine gives otherwise than SciPy, or SciPy refuses, is left to Python: integers past those of a double, raw factors. */
const leftToPython: Readonly<Record<string, (...values: never[]) => boolean>> = {
  invhilbert: (n: number, exact = false) => exact && n > 14,
  pascal: (n: number, _kind?: string, exact = true) => exact && n > 34,
  invpascal: (n: number, _kind?: string, exact = true) => exact && n > 34,
  hadamard: (_n: number, dtype?: string) => dtype !== undefined,
  qr: (_a: NDArray, _overwrite?: null, _lwork?: null, mode?: string) => mode === 'raw',
  solve: (...values: never[]) =>
    values[7] === true && (values.slice(0, 2) as NDArray[]).some(({ entries }) => entries === 2),
};

/** Of whose results there may be something to warn. */
const doubtful = new Set(['solve', 'inv', 'lu_factor']);

/** What BLAS and LAPACK compute of norms are Python floats. */
function isPlainNorm(a: NDArray, ord: unknown, axis: unknown, keepdims: unknown): boolean {
  if ((axis ?? null) !== null || keepdims === true || !/^(float|complex)/.test(a.dtype)) return false;
  const order = ord instanceof PyFloat ? ord.value : ord;
  return a.ndim === 1 ? order === undefined || order === 2 : order === 1 || order === Infinity;
}

function quick(name: string): Quick {
  const { parameters, required, call } = scipyNames[name];
  const words = parameters.map((parameter, k) => {
    const own = letters[parameter] ?? 'N';
    // Numbers are looked through only where the caller asks for it.
    const asked = parameter === 'check_finite' && name.endsWith('_toeplitz') ? 'F' : own;
    const letter = asked === 'A' && k >= required ? 'P' : asked;
    return `${byName[name] === parameter ? '|' : ''}${letter}:${parameter}${k < required ? '' : '?'}`;
  });
  const left = leftToPython[name] as ((...values: unknown[]) => boolean) | undefined;
  const run = (...values: unknown[]): unknown => {
    if (left?.(...values) === true) return null;
    const made = call(values);
    if (name !== 'norm' || !(made instanceof NDArray)) return made;
    const [a, ord, axis, keepdims] = values;
    return isPlainNorm(a as NDArray, ord, axis, keepdims) ? new PyFloat(Number(made.item())) : made;
  };
  const gives: Gives = arrays.has(name) ? 'array' : 'scalar';
  return { parameters: words.join(' '), gives, run, again: true, doubts: doubtful.has(name) };
}

export const quickScipy: Readonly<Record<string, Quick>> = Object.fromEntries(
  Object.keys(scipyNames).map((name) => [`scipy.linalg.${name}`, quick(name)]),
);
