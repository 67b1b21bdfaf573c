/** What is compared in linear algebra: the same work in Python and here, and LAPACK's routine bare. */
import * as mathjs from 'mathjs';
import {
  determinant,
  EigenvalueDecomposition,
  inverse,
  Matrix,
  QrDecomposition,
  SingularValueDecomposition,
  solve as solveInMl,
} from 'ml-matrix';
import { astype } from '#engine/cast.ts';
import { eye } from '#engine/create.ts';
import { eig, eigh } from '#engine/linalg/eigenvalues.ts';
import { lstsq, pinv } from '#engine/linalg/least-squares.ts';
import { cond, matrix_rank, norm } from '#engine/linalg/norms.ts';
import { randomizedSvd } from '#engine/linalg/randomized-svd.ts';
import { PyFloat } from '#engine/scalar.ts';
import { qr } from '#engine/linalg/orthogonal.ts';
import { matmul } from '#engine/linalg/products.ts';
import { svd } from '#engine/linalg/svd.ts';
import { cholesky, det, inv, solve } from '#engine/linalg/systems.ts';
import type { NDArray } from '#engine/ndarray.ts';
import { default_rng } from '#engine/random/generator.ts';
import { add, multiply } from '#engine/ufuncs/arithmetic.ts';
import type { Routine } from './bare.ts';

export interface Peers {
  mlMatrix?: () => unknown;
  mathjs?: () => unknown;
}

export interface Row {
  name: string;
  /** Makes a (and b) as `ours` makes them. */
  setup: string;
  statement: string;
  ours: () => () => void;
  /** The routine of the installed LAPACK alone, rows and columns: copies of the matrix are outside of its time. */
  bare?: [Routine, number, number];
  /** The same in the libraries that JavaScript has. */
  peers?: Peers;
  rounds: number;
  /** Calls in one measurement, for those of microseconds. */
  loops?: number;
  target?: number;
}

const gauss = (m: number, n: number): NDArray => default_rng(7).standard_normal([m, n]);
const setup = (m: number, n: number, more = ''): string =>
  `rng = np.random.default_rng(7); a = rng.standard_normal((${m}, ${n})); ${more}`;

const symmetric = (n: number): NDArray => {
  const a = gauss(n, n);
  return add(a, a.T);
};
const definite = (n: number): NDArray => {
  const a = gauss(n, n);
  return add(matmul(a, a.T), multiply(eye(n), n));
};

/** Falling singular values and a little noise, as pictures have. */
function picture(m: number, n: number): NDArray {
  const rng = default_rng(7);
  const ranks = 150;
  const left = rng.standard_normal([m, ranks]);
  for (let i = 0; i < m; i++)
    for (let k = 0; k < ranks; k++) (left.data as Float64Array)[left.start + i * ranks + k] *= 0.95 ** k;
  return add(matmul(left, rng.standard_normal([ranks, n])), multiply(rng.standard_normal([m, n]), new PyFloat(1e-3)));
}

function product(dtype: 'float64' | 'float32' | 'complex128'): Row {
  return {
    name: `matmul 2000 ${dtype}`,
    setup: setup(2000, 2000, `a = a.astype('${dtype}'); b = a[::-1].copy()`),
    statement: 'a @ b',
    ours: () => {
      const a = astype(gauss(2000, 2000), dtype);
      const b = astype(gauss(2000, 2000), dtype);
      return () => void matmul(a, b);
    },
    rounds: dtype === 'complex128' ? 5 : 9,
    target: 0.97,
    bare: [({ float64: 'dgemm', float32: 'sgemm', complex128: 'zgemm' } as const)[dtype], 2000, 2000],
  };
}

function small(n: number): Row[] {
  const loops = 2000;
  const common = { rounds: 9, loops, target: 1 };
  return [
    {
      ...common,
      name: `inv ${n}`,
      setup: setup(n, n),
      statement: 'np.linalg.inv(a)',
      ours: () => {
        const a = gauss(n, n);
        return () => void inv(a);
      },
    },
    {
      ...common,
      name: `solve ${n}`,
      setup: setup(n, n, `b = rng.standard_normal(${n})`),
      statement: 'np.linalg.solve(a, b)',
      ours: () => {
        const a = gauss(n, n);
        const b = default_rng(8).standard_normal([n]);
        return () => void solve(a, b);
      },
    },
    {
      ...common,
      name: `eigh ${n}`,
      setup: setup(n, n, 'a = a + a.T'),
      statement: 'np.linalg.eigh(a)',
      ours: () => {
        const a = symmetric(n);
        return () => void eigh(a);
      },
    },
    {
      ...common,
      name: `svd ${n}`,
      setup: setup(n, n),
      statement: 'np.linalg.svd(a)',
      ours: () => {
        const a = gauss(n, n);
        return () => void svd(a);
      },
    },
  ];
}

/** What ml-matrix and mathjs have too, at a size that they finish in seconds. */
function besidePeers(): Row[] {
  const n = 100;
  const a = gauss(n, n);
  const b = symmetric(n);
  const list = (x: NDArray): number[][] => x.tolist() as number[][];
  const row = (name: string, statement: string, ours: () => unknown, peers: Peers): Row => ({
    name: `${name} ${n}`,
    statement,
    setup: setup(n, n, 'b = a + a.T'),
    ours: () => () => void ours(),
    peers,
    rounds: 5,
    loops: 20,
  });
  const [ml, mlSymmetric] = [new Matrix(list(a)), new Matrix(list(b))];
  const [plain, plainSymmetric] = [mathjs.matrix(list(a)), mathjs.matrix(list(b))];
  return [
    row('matmul', 'a @ a', () => matmul(a, a), {
      mlMatrix: () => ml.mmul(ml),
      mathjs: () => mathjs.multiply(plain, plain),
    }),
    row('inv', 'np.linalg.inv(a)', () => inv(a), { mlMatrix: () => inverse(ml), mathjs: () => mathjs.inv(plain) }),
    row('det', 'np.linalg.det(a)', () => det(a), { mlMatrix: () => determinant(ml), mathjs: () => mathjs.det(plain) }),
    row('solve', 'np.linalg.solve(a, b)', () => solve(a, b), { mlMatrix: () => solveInMl(ml, mlSymmetric) }),
    row('qr', 'np.linalg.qr(a)', () => qr(a), {
      mlMatrix: () => new QrDecomposition(ml),
      mathjs: () => mathjs.qr(plain),
    }),
    row('svd', 'np.linalg.svd(a)', () => svd(a), { mlMatrix: () => new SingularValueDecomposition(ml) }),
    row('eigh', 'np.linalg.eigh(b)', () => eigh(b), {
      mlMatrix: () => new EigenvalueDecomposition(mlSymmetric, { assumeSymmetric: true }),
      mathjs: () => mathjs.eigs(plainSymmetric),
    }),
  ];
}

function one(
  name: string,
  statement: string,
  shape: [number, number],
  run: (a: NDArray) => unknown,
  { rounds, target, bare }: { rounds: number; target: number; bare?: [Routine, number, number] },
): Row {
  return {
    name,
    statement,
    setup: setup(...shape),
    rounds,
    target,
    ours: () => {
      const a = gauss(...shape);
      return () => void run(a);
    },
    ...(bare === undefined ? {} : { bare }),
  };
}

export const rows: readonly Row[] = [
  product('float64'),
  product('float32'),
  product('complex128'),
  one('svd 1000', 'np.linalg.svd(a, full_matrices=False)', [1000, 1000], (a) => svd(a, { full_matrices: false }), {
    rounds: 5,
    target: 0.97,
    bare: ['dgesdd', 1000, 1000],
  }),
  one(
    'svd 2000 × 1500',
    'np.linalg.svd(a, full_matrices=False)',
    [2000, 1500],
    (a) => svd(a, { full_matrices: false }),
    {
      rounds: 3,
      target: 0.97,
      bare: ['dgesdd', 2000, 1500],
    },
  ),
  {
    name: 'eigh 1000',
    setup: setup(1000, 1000, 'a = a + a.T'),
    statement: 'np.linalg.eigh(a)',
    ours: () => {
      const a = symmetric(1000);
      return () => void eigh(a);
    },
    bare: ['dsyevd', 1000, 1000],
    rounds: 7,
    target: 0.97,
  },
  one('eig 1000', 'np.linalg.eig(a)', [1000, 1000], eig, {
    rounds: 3,
    target: 0.97,
    bare: ['dgeev', 1000, 1000],
  }),
  {
    name: 'cholesky 2000',
    setup: setup(2000, 2000, 'a = a @ a.T + 2000 * np.eye(2000)'),
    statement: 'np.linalg.cholesky(a)',
    ours: () => {
      const a = definite(2000);
      return () => void cholesky(a);
    },
    bare: ['dpotrf', 2000, 2000],
    rounds: 7,
    target: 0.97,
  },
  one('qr 1500', 'np.linalg.qr(a)', [1500, 1500], (a) => qr(a), {
    rounds: 5,
    target: 0.97,
    bare: ['dgeqrf', 1500, 1500],
  }),
  {
    name: 'solve 2000',
    setup: setup(2000, 2000, 'b = a[:, 0].copy()'),
    statement: 'np.linalg.solve(a, b)',
    ours: () => {
      const a = gauss(2000, 2000);
      const b = default_rng(8).standard_normal([2000]);
      return () => void solve(a, b);
    },
    bare: ['dgetrf', 2000, 2000],
    rounds: 9,
    target: 0.97,
  },
  one('det 2000', 'np.linalg.det(a)', [2000, 2000], det, { rounds: 9, target: 0.97, bare: ['dgetrf', 2000, 2000] }),
  one('inv 2000', 'np.linalg.inv(a)', [2000, 2000], inv, { rounds: 7, target: 1.2, bare: ['dgetri', 2000, 2000] }),
  one('pinv 800', 'np.linalg.pinv(a)', [800, 800], (a) => pinv(a), {
    rounds: 5,
    target: 0.97,
    bare: ['dgesdd', 800, 800],
  }),
  one('cond 800', 'np.linalg.cond(a)', [800, 800], (a) => cond(a), {
    rounds: 5,
    target: 0.97,
    bare: ['dgesdd-values', 800, 800],
  }),
  one('matrix_rank 800', 'np.linalg.matrix_rank(a)', [800, 800], (a) => matrix_rank(a), {
    rounds: 5,
    target: 0.97,
    bare: ['dgesdd-values', 800, 800],
  }),
  one('norm 2 of 800', 'np.linalg.norm(a, 2)', [800, 800], (a) => norm(a, { ord: 2 }), {
    rounds: 5,
    target: 0.97,
    bare: ['dgesdd-values', 800, 800],
  }),
  {
    name: 'lstsq 2000 × 500',
    setup: setup(2000, 500, 'b = a[:, 0].copy()'),
    statement: 'np.linalg.lstsq(a, b)',
    ours: () => {
      const a = gauss(2000, 500);
      const b = default_rng(8).standard_normal([2000]);
      return () => void lstsq(a, b);
    },
    rounds: 9,
    target: 1.2,
    bare: ['dgelsd', 2000, 500],
  },
  {
    name: 'rank-50 SVD of 4000 × 3000',
    setup: `rng = np.random.default_rng(7); a = (rng.standard_normal((4000, 150)) * 0.95 ** np.arange(150)) @ rng.standard_normal((150, 3000)) + 1e-3 * rng.standard_normal((4000, 3000))`,
    statement: 'np.linalg.svd(a, full_matrices=False)',
    ours: () => {
      const a = picture(4000, 3000);
      return () => void randomizedSvd(a, 50);
    },
    rounds: 1,
    target: 20,
  },
  ...besidePeers(),
  ...small(3),
  ...small(10),
];
