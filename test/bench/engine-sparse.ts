/**
 * Sparse products, conjugate gradients and partial eigenvalues beside SciPy, interleaved in one run.
 * `npm run bench -- engine-sparse`.
 */
import { array, ones } from '#engine/create.ts';
import { diags, kronsum } from '#engine/sparse/build.ts';
import { tocsc, tocsr } from '#engine/sparse/convert.ts';
import { eigsh } from '#engine/sparse/linalg/eigen.ts';
import { splu } from '#engine/sparse/linalg/factors.ts';
import { cg } from '#engine/sparse/linalg/iterative.ts';
import { matmulDense, matmulSparse } from '#engine/sparse/matmul.ts';
import type { Compressed } from '#engine/sparse/sparse-array.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { type Row, sideBySide } from './side-by-side.ts';

function laplacian(n: number): Compressed {
  const line = diags([array([-1]), array([2]), array([-1])], [-1, 0, 1], [n, n], { dtype: 'float64' });
  return tocsr(kronsum(line, line));
}

/** The same matrix in SciPy, and a vector of ones. */
const theirs = (n: number): string =>
  [
    `n = ${n}`,
    't = scipy.sparse.diags([-np.ones(n - 1), 2 * np.ones(n), -np.ones(n - 1)], [-1, 0, 1])',
    "a = scipy.sparse.kronsum(t, t, format='csr'); c = a.tocsc(); x = np.ones(n * n)",
    'cg, eigsh, splu = scipy.sparse.linalg.cg, scipy.sparse.linalg.eigsh, scipy.sparse.linalg.splu',
  ].join('; ');

function row(
  name: string,
  n: number,
  python: string,
  ours: (a: Compressed, x: NDArray) => unknown,
  target?: number,
): Row {
  const a = laplacian(n);
  const x = ones(a.shape[0]);
  return {
    name,
    run: () => ours(a, x),
    python,
    peer: 'SciPy',
    setup: theirs(n),
    ...(target === undefined ? {} : { target }),
  };
}

const columns = tocsc(laplacian(100));
await sideBySide('engine-sparse', [
  row('CSR @ vector, grid Laplacian of 10⁶ unknowns', 1000, 'a @ x', matmulDense, 1.5),
  row('cg, grid Laplacian of 4·10⁴ unknowns', 200, 'cg(a, x)', (a, x) => cg(a, x), 1.3),
  row('eigsh k=6, grid Laplacian of 10⁴ unknowns', 100, 'eigsh(a, k=6)', (a) => eigsh(a, 6), 1),
  row('eigsh k=6 SA, grid Laplacian of 2500 unknowns', 50, "eigsh(a, k=6, which='SA')", (a) =>
    eigsh(a, 6, { which: 'SA' }),
  ),
  row('eigsh k=6 sigma=0, grid Laplacian of 10⁴ unknowns', 100, 'eigsh(a, k=6, sigma=0)', (a) =>
    eigsh(a, 6, { sigma: 0 }),
  ),
  row('splu, grid Laplacian of 10⁴ unknowns', 100, 'splu(c)', () => splu(columns)),
  row('CSR @ CSR, grid Laplacian of 4·10⁴ unknowns', 200, 'a @ a', (a) => matmulSparse(a, a)),
]);
