/**
 * Every routine of linear algebra with one cell that is NaN or infinite: it names that cell, of the stack too, with
 * NumPy's or SciPy's class of error, or lets it go on into the result where they do.
 */
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/errors.ts';
import { array } from '#engine/create.ts';
import { setitem } from '#engine/indexing.ts';
import { randomizedEigh } from '#engine/linalg/randomized-eigh.ts';
import { randomizedSvd } from '#engine/linalg/randomized-svd.ts';
import { call, knownNames } from '#engine/names/call.ts';
import { NDArray } from '#engine/ndarray.ts';
import { ravel } from '#engine/shape.ts';
import { isComplex } from '#engine/scalar.ts';
import { Sparse } from '#engine/sparse/sparse-array.ts';

const n = 12;
const entries = Array.from({ length: n }, (_, i) =>
  Array.from({ length: n }, (_, j) => (i === j ? 5 + i : Math.abs(i - j) === 1 ? 1 : 0)),
);
const good = (): NDArray => array(entries, 'float64');
/** The same with one cell that is no number, in the lower triangle. */
const spoilt = (v: number): NDArray => {
  const a = good();
  setitem(a, [3, 2], v);
  return a;
};
const stacked = (v: number): NDArray => {
  const a = array([entries, entries], 'float64');
  setitem(a, [1, 3, 2], v);
  return a;
};
const vector = (v = 2): NDArray => {
  const b = array(
    Array.from({ length: n }, (_, k) => k + 1),
    'float64',
  );
  setitem(b, [4], v);
  return b;
};
const csc = (a: NDArray): unknown => call('scipy.sparse.csc_array', [a]);
const start = (v = 1): NDArray => array(Array.from({ length: n }, (_, i) => [i === 0 ? 1 : 0, i === 3 ? v : 0.5]));
const pivots = array(Array.from({ length: n }, (_, k) => BigInt(k)));

type Way = [
  args: (bad: (v: number) => NDArray, v: number) => unknown[],
  kwargs?: (v: number) => Record<string, unknown>,
];
const alone: Way = [(bad, v) => [bad(v)]];
const before: Way = [(bad, v) => [bad(v), good()]];

/** What refuses its matrix: by class of error, and the ways in which it may come as a stack. */
const refusing: Record<string, [code: 'linalg' | 'value', stacks: boolean, ...Way]> = {};
const put = (names: string, code: 'linalg' | 'value', stacks: boolean, way: Way = alone): void => {
  for (const name of names.split(' ')) refusing[name] = [code, stacks, ...way];
};
put('cond eig eigh eigvals eigvalsh matrix_rank pinv svd svdvals'.replaceAll(/(\w+)/g, 'linalg.$1'), 'linalg', true);
put('linalg.lstsq', 'linalg', false, before);
put('scipy.linalg.sqrtm', 'linalg', true);
put(
  'det eig eigh eigvals eigvalsh inv svd svdvals pinv pinvh schur hessenberg ldl qr rq cholesky cho_factor lu lu_factor logm expm polar orth null_space cosm sinm tanm coshm sinhm tanhm signm norm'.replaceAll(
    /(\w+)/g,
    'scipy.linalg.$1',
  ),
  'value',
  true,
);
put('scipy.linalg.fractional_matrix_power', 'value', true, [(bad, v) => [bad(v), 0.5]]);
put(
  'solve lstsq solve_triangular solve_continuous_lyapunov subspace_angles orthogonal_procrustes'.replaceAll(
    /(\w+)/g,
    'scipy.linalg.$1',
  ),
  'value',
  true,
  before,
);
put('scipy.linalg.solve_triangular', 'value', true, [(bad, v) => [bad(v), good()], () => ({ lower: true })]);
put('scipy.linalg.solve_sylvester', 'value', true, [(bad, v) => [bad(v), good(), good()]]);
put('scipy.linalg.cho_solve', 'value', true, [(bad, v) => [[bad(v), true], good()]]);
put(
  'matrix_balance expm_cond cholesky_banded eig_banded eigvals_banded'.replaceAll(/(\w+)/g, 'scipy.linalg.$1'),
  'value',
  false,
);
put(
  'qz ordqz rsf2csf expm_frechet qr_multiply solveh_banded'.replaceAll(/(\w+)/g, 'scipy.linalg.$1'),
  'value',
  false,
  before,
);
put('solve_continuous_are solve_discrete_are'.replaceAll(/(\w+)/g, 'scipy.linalg.$1'), 'value', false, [
  (bad, v) => [bad(v), good(), good(), good()],
]);
put('poly', 'linalg', false);
const sparsely = (more: unknown[] = [], options: Record<string, unknown> = {}): Way => [
  (bad, v) => [csc(bad(v)), ...more],
  () => options,
];
put('splu spilu factorized inv'.replaceAll(/(\w+)/g, 'scipy.sparse.linalg.$1'), 'linalg', false, sparsely());
put('scipy.sparse.linalg.expm', 'value', false, sparsely());
put('eigsh eigs svds'.replaceAll(/(\w+)/g, 'scipy.sparse.linalg.$1'), 'linalg', false, sparsely([2]));
put('scipy.sparse.linalg.expm_multiply', 'value', false, sparsely([vector()]));
put('scipy.sparse.linalg.lobpcg', 'value', false, sparsely([start()]));

const ones = Array.from({ length: n - 1 }, () => 1);

/** What refuses another of its arguments. */
const others: [name: string, code: 'linalg' | 'value', argument: string, cell: string, ...Way][] = [
  ...('eig eigvals eigh eigvalsh'
    .split(' ')
    .map((name) => [`scipy.linalg.${name}`, 'value', 'b', '[3, 2]', (bad, v) => [good(), bad(v)]]) as [
    string,
    'value',
    string,
    string,
    ...Way,
  ][]),
  ...('solve lstsq solve_triangular'
    .split(' ')
    .map((name) => [`scipy.linalg.${name}`, 'value', 'b', '[4]', (_, v) => [good(), vector(v)]]) as [
    string,
    'value',
    string,
    string,
    ...Way,
  ][]),
  ['scipy.linalg.lu_solve', 'value', 'b', '[4]', (_, v) => [[good(), pivots], vector(v)]],
  ['scipy.linalg.cho_solve', 'value', 'b', '[4]', (_, v) => [[good(), true], vector(v)]],
  ['scipy.linalg.solve_banded', 'value', 'ab', '[3, 2]', (bad, v) => [[6, 5], bad(v), vector()]],
  ['scipy.linalg.solve_banded', 'value', 'b', '[4]', (_, v) => [[6, 5], good(), vector(v)]],
  ['scipy.linalg.cho_solve_banded', 'value', 'b', '[4]', (_, v) => [[good(), true], vector(v)]],
  ['scipy.linalg.eigh_tridiagonal', 'value', 'd', '[4]', (_, v) => [vector(v), array(ones)]],
  ['scipy.linalg.eigvalsh_tridiagonal', 'value', 'd', '[4]', (_, v) => [vector(v), array(ones)]],
  ['scipy.linalg.solve_toeplitz', 'value', 'c_or_cr', '[4]', (_, v) => [vector(v), vector()]],
  ['scipy.linalg.solve_toeplitz', 'value', 'b', '[4]', (_, v) => [vector(), vector(v)]],
  ['scipy.linalg.orthogonal_procrustes', 'value', 'B', '[3, 2]', (bad, v) => [good(), bad(v)]],
  ['scipy.linalg.subspace_angles', 'value', 'B', '[3, 2]', (bad, v) => [good(), bad(v)]],
  ['scipy.linalg.solve_continuous_lyapunov', 'value', 'q', '[3, 2]', (bad, v) => [good(), bad(v)]],
  ['scipy.linalg.solve_sylvester', 'value', 'b', '[3, 2]', (bad, v) => [good(), bad(v), good()]],
  ['scipy.sparse.linalg.eigsh', 'linalg', 'A', '[3, 2]', (bad, v) => [csc(bad(v)), 2], () => ({ sigma: 0.5 })],
  ['scipy.sparse.linalg.eigs', 'linalg', 'A', '[3, 2]', (bad, v) => [bad(v), 2]],
  ['scipy.sparse.linalg.eigsh', 'linalg', 'v0', '[4]', () => [csc(good()), 2], (v) => ({ v0: vector(v) })],
  ...(['lgmres', 'gcrotmk'].map((name) => [
    `scipy.sparse.linalg.${name}`,
    'value',
    'b',
    '[4]',
    (_, v) => [csc(good()), vector(v)],
  ]) as [string, 'value', string, string, ...Way][]),
  ['scipy.sparse.linalg.lobpcg', 'value', 'X', '[3, 1]', (_, v) => [csc(good()), start(v)]],
  ['polyfit', 'linalg', 'x', '[4]', (_, v) => [vector(v), vector(), 2]],
  ['roots', 'linalg', 'p', '[4]', (_, v) => [vector(v)]],
];

/** What NumPy and SciPy let it go through. */
const passing: Record<string, Way> = {
  'linalg.det': alone,
  'linalg.slogdet': alone,
  'linalg.inv': alone,
  'linalg.norm': alone,
  'linalg.matrix_norm': alone,
  'linalg.vector_norm': alone,
  'linalg.qr': alone,
  'linalg.solve': before,
  'linalg.matmul': before,
  'linalg.tensordot': before,
  'linalg.vecdot': before,
  'linalg.outer': [(_, v) => [vector(v), vector()]],
  'linalg.cross': [(_, v) => [array([1, v, 3]), array([1, 2, 3])]],
  'linalg.multi_dot': [(bad, v) => [[bad(v), good()]]],
  'linalg.matrix_power': [(bad, v) => [bad(v), 2]],
  'linalg.matrix_transpose': alone,
  'linalg.lstsq': [(_, v) => [good(), vector(v)]],
  'linalg.tensorinv': [(bad, v) => [call('reshape', [bad(v), [3, 4, 12]]), 2]],
  'linalg.tensorsolve': [(bad, v) => [bad(v), vector()]],
  'scipy.linalg.lu_solve': [(bad, v) => [[bad(v), pivots], good()]],
  'scipy.linalg.solve_sylvester': [(bad, v) => [good(), good(), bad(v)]],
  'scipy.linalg.matmul_toeplitz': [(_, v) => [vector(v), vector()]],
  'scipy.linalg.khatri_rao': before,
  'scipy.linalg.block_diag': alone,
  'scipy.linalg.toeplitz': [(_, v) => [vector(v)]],
  'scipy.linalg.hankel': [(_, v) => [vector(v)]],
  'scipy.linalg.circulant': [(_, v) => [vector(v)]],
  'scipy.linalg.companion': [(_, v) => [vector(v)]],
  'scipy.linalg.fiedler': [(_, v) => [vector(v)]],
  'scipy.linalg.fiedler_companion': [(_, v) => [vector(v)]],
  'scipy.linalg.cdf2rdf': [(_, v) => [vector(v), good()]],
  'scipy.linalg.leslie': [(_, v) => [vector(v), array(Array.from({ length: n - 1 }, () => 0.5))]],
  'scipy.linalg.convolution_matrix': [(_, v) => [vector(v), 3]],
  'scipy.linalg.diagsvd': [(_, v) => [vector(v), n, n]],
  'scipy.sparse.linalg.norm': sparsely(),
  'scipy.sparse.linalg.onenormest': sparsely(),
  'scipy.sparse.linalg.matrix_power': sparsely([2]),
  'scipy.sparse.linalg.spsolve_triangular': sparsely([vector()]),
  ...Object.fromEntries(
    ['cg', 'cgs', 'bicg', 'bicgstab', 'gmres', 'minres', 'lsqr', 'lsmr', 'spsolve', 'qmr', 'tfqmr'].map((name) => [
      `scipy.sparse.linalg.${name}`,
      [(_: unknown, v: number) => [csc(good()), vector(v)]] as Way,
    ]),
  ),
  polyfit: [(_, v) => [vector(), vector(v), 2]],
};
/** Of other than numbers, or about zeros and symmetry alone. */
const indifferent =
  /\.(diagonal|trace|bandwidth|issymmetric|ishermitian|hilbert|invhilbert|pascal|invpascal|hadamard|helmert|dft|spbandwidth|is_sptriangular|aslinearoperator|LinearOperator|solve_circulant)$/;

const inverse = new Set(['linalg.inv', 'linalg.solve', 'linalg.tensorinv', 'linalg.tensorsolve']);

const numbers = (x: unknown): number[] => {
  if (x instanceof Sparse) return numbers(x.data);
  if (x instanceof NDArray) return numbers(ravel(x).tolist());
  if (Array.isArray(x)) return x.flatMap(numbers);
  return isComplex(x) ? [x.re, x.im] : [Number(x)];
};

const refused = (run: () => unknown): AppError => {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('there was a result');
};

describe.each([NaN, Infinity, -Infinity])('a cell of %d', (v) => {
  const text = Number.isNaN(v) ? 'nan' : v > 0 ? 'inf' : '-inf';

  test.each(Object.entries(refusing))('%s names it', (name, [code, stacks, args, kwargs]) => {
    for (const [bad, cell] of stacks
      ? ([
          [spoilt, '[3, 2]'],
          [stacked, '[1, 3, 2]'],
        ] as const)
      : ([[spoilt, '[3, 2]']] as const)) {
      const error = refused(() => call(name, args(bad, v), kwargs?.(v) ?? {}));
      expect(`${error.code}: ${error.hint ?? ''}`).toBe(`${code}: The first such cell is ${cell}, it holds ${text}.`);
    }
  });

  test.each(others)('%s %s names that of its %s, %s', (name, code, argument, cell, args, kwargs) => {
    const error = refused(() => call(name, args(spoilt, v), kwargs?.(v) ?? {}));
    expect(`${error.code} ${error.argument ?? ''}: ${error.hint ?? ''}`).toBe(
      `${code} ${argument}: The first such cell is ${cell}, it holds ${text}.`,
    );
  });

  test.each(Object.entries(passing))('%s goes on with it', (name, [args, kwargs]) => {
    const found = call(name, args(spoilt, v), kwargs?.(v) ?? {});
    // The inverse of what is infinite may be zero.
    expect(
      inverse.has(name) && !Number.isNaN(v) ? [NaN] : numbers(found).filter((x) => !Number.isFinite(x)),
    ).not.toEqual([]);
  });

  test('randomised factorisations name it', () => {
    for (const f of [() => randomizedSvd(spoilt(v), 2), () => randomizedEigh(spoilt(v), 2)])
      expect(refused(f).hint).toBe(`The first such cell is [3, 2], it holds ${text}.`);
  });
});

test('an infinite diagonal has no Cholesky factor; NaN goes on into it, as in NumPy', () => {
  expect(refused(() => call('linalg.cholesky', [spoilt(Infinity)])).hint).toBe(
    'The first such cell is [3, 2], it holds inf.',
  );
  expect(numbers(call('linalg.cholesky', [spoilt(NaN)])).some(Number.isNaN)).toBe(true);
});

test('no routine of linear algebra is left out', () => {
  const known = new Set([
    'linalg.cholesky',
    ...Object.keys(refusing),
    ...others.map(([name]) => name),
    ...Object.keys(passing),
  ]);
  expect(knownNames().filter((name) => /linalg\./.test(name) && !known.has(name) && !indifferent.test(name))).toEqual(
    [],
  );
});
