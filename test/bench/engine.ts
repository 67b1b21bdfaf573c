/**
 * Products and singular values beside NumPy and ml-matrix, interleaved in one run so that a slow moment of the machine
 * falls on all of them. `npm run bench -- engine`.
 */
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { zeros } from '#engine/create.ts';
import { svd, svdvals } from '#engine/linalg/svd.ts';
import { native } from '#engine/native.ts';
import { type NDArray } from '#engine/ndarray.ts';
import { default_rng } from '#engine/random/generator.ts';
import { measureElementwise } from './engine-elementwise.ts';
import { startNumpy } from './numpy.ts';
import { type Figure, machine, median, save, table } from './report.ts';

type What = 'matmul' | 'svd' | 'svdvals';

interface Case {
  what: What;
  m: number;
  n: number;
  rounds: number;
  /** ml-matrix takes minutes past some sizes. */
  withMlMatrix: boolean;
  target?: number;
}

const cases: Case[] = [
  { what: 'matmul', m: 100, n: 100, rounds: 41, withMlMatrix: true },
  { what: 'matmul', m: 500, n: 500, rounds: 11, withMlMatrix: true },
  { what: 'matmul', m: 1000, n: 1000, rounds: 7, withMlMatrix: true },
  { what: 'matmul', m: 2000, n: 2000, rounds: 5, withMlMatrix: false },
  { what: 'svd', m: 10, n: 10, rounds: 201, withMlMatrix: true },
  { what: 'svd', m: 100, n: 100, rounds: 31, withMlMatrix: true },
  { what: 'svd', m: 300, n: 300, rounds: 7, withMlMatrix: true },
  { what: 'svd', m: 1000, n: 1000, rounds: 5, withMlMatrix: false, target: 0.95 },
  { what: 'svd', m: 5000, n: 200, rounds: 5, withMlMatrix: false },
  { what: 'svdvals', m: 1000, n: 1000, rounds: 5, withMlMatrix: false },
];

const seconds = (run: () => void): number => {
  const began = performance.now();
  run();
  return (performance.now() - began) / 1000;
};

function ours(what: What, a: NDArray, b: NDArray): () => void {
  const [m = 0, n = 0] = a.shape;
  if (what === 'svd') return () => void svd(a, { full_matrices: false });
  if (what === 'svdvals') return () => void svdvals(a);
  // Row-major C = A·B is column-major Cᵀ = Bᵀ·Aᵀ: the arrays as they lie, in the other order.
  return () => {
    const c = zeros([m, m]);
    const entries = (x: NDArray) => x.data as Float64Array;
    native().gemm('d', 'N', 'N', m, m, n, 1, entries(b), m, entries(a), n, 0, entries(c), m);
  };
}

const numpy = await startNumpy();
const figures: Figure[] = [];
const rows: Record<string, unknown>[] = [];
const blas = native().blas();
console.log(`${machine()}\n${blas.name} ${blas.version}, ${blas.core}, ${blas.threads} threads`);
console.log(numpy === null ? 'python3 has no NumPy: its column stays empty' : `NumPy ${numpy.version}`);

for (const { what, m, n, rounds, withMlMatrix, target } of cases) {
  const rng = default_rng(7);
  const a = rng.standard_normal([m, n]);
  const b = rng.standard_normal([n, m]);
  const run = ours(what, a, b);
  const peerA = new Matrix(a.tolist() as number[][]);
  const peerB = new Matrix(b.tolist() as number[][]);
  const peer = (): void => {
    if (what === 'matmul') peerA.mmul(peerB);
    else new SingularValueDecomposition(peerA, { autoTranspose: true });
  };

  run();
  if (numpy !== null) await numpy.seconds(what, m, n);
  const times = { eigenscope: [] as number[], numpy: [] as number[], mlMatrix: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    times.eigenscope.push(seconds(run));
    if (numpy !== null) times.numpy.push(await numpy.seconds(what, m, n));
    if (withMlMatrix && round < 3) times.mlMatrix.push(seconds(peer));
  }
  const own = median(times.eigenscope);
  const note: string[] = [`${(own * 1e3).toPrecision(3)} ms`];
  if (numpy !== null) note.push(`NumPy ${(median(times.numpy) * 1e3).toPrecision(3)} ms`);
  if (withMlMatrix) {
    const factor = median(times.mlMatrix) / own;
    note.push(`ml-matrix ${(median(times.mlMatrix) * 1e3).toPrecision(3)} ms, ${factor.toPrecision(3)} times ours`);
  }
  const figure: Figure = {
    part: 'engine',
    name: `${what} ${m} × ${n}, speed against NumPy`,
    value: numpy === null ? NaN : median(times.numpy) / own,
    unit: '×',
    note: note.join('; '),
    ...(target === undefined ? {} : { target: { at: 'least', value: target } }),
  };
  figures.push(figure);
  rows.push({ what, m, n, rounds, ...times });
  console.log(table([figure]).split('\n').at(-1));
}
numpy?.close();
figures.push(...(await measureElementwise()));
save(process.env['EIGENSCOPE_ROOT'] ?? process.cwd(), 'engine', figures, { blas, numpy: numpy?.version ?? null, rows });
console.log(`\n${table(figures)}`);
