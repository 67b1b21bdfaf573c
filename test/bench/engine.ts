/**
 * Products and singular values beside NumPy and ml-matrix, interleaved in one run so that a slow moment of the machine
 * falls on all of them. `npm run bench -- engine`.
 */
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { matmul } from '#engine/linalg/products.ts';
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
  /** Calls in one measurement, for those of microseconds. */
  loops?: number;
  /** ml-matrix takes minutes past some sizes. */
  withMlMatrix: boolean;
  target?: number;
}

const cases: Case[] = [
  { what: 'matmul', m: 100, n: 100, rounds: 9, loops: 200, withMlMatrix: true },
  { what: 'matmul', m: 500, n: 500, rounds: 11, withMlMatrix: true },
  { what: 'matmul', m: 1000, n: 1000, rounds: 7, withMlMatrix: true },
  { what: 'matmul', m: 2000, n: 2000, rounds: 5, withMlMatrix: false },
  { what: 'svd', m: 10, n: 10, rounds: 9, loops: 1000, withMlMatrix: true },
  { what: 'svd', m: 100, n: 100, rounds: 9, loops: 10, withMlMatrix: true },
  { what: 'svd', m: 300, n: 300, rounds: 7, withMlMatrix: true },
  { what: 'svd', m: 1000, n: 1000, rounds: 5, withMlMatrix: false, target: 0.95 },
  { what: 'svd', m: 5000, n: 200, rounds: 5, withMlMatrix: false },
  { what: 'svdvals', m: 1000, n: 1000, rounds: 5, withMlMatrix: false },
];

const seconds = (run: () => void, loops = 1): number => {
  const began = performance.now();
  for (let k = 0; k < loops; k++) run();
  return (performance.now() - began) / 1000 / loops;
};

/** BLAS's threads spin for a tenth of a second after their work, on cores that the other side would then share. */
const quiet = (): Promise<void> => new Promise((done) => setTimeout(done, 180));

function ours(what: What, a: NDArray, b: NDArray): () => void {
  if (what === 'svd') return () => void svd(a, { full_matrices: false });
  if (what === 'svdvals') return () => void svdvals(a);
  return () => void matmul(a, b);
}

const numpy = await startNumpy();
const figures: Figure[] = [];
const rows: Record<string, unknown>[] = [];
const blas = native().blas();
console.log(`${machine()}\n${blas.name} ${blas.version}, ${blas.core}, ${blas.threads} threads`);
console.log(numpy === null ? 'python3 has no NumPy: its column stays empty' : `NumPy ${numpy.version}`);

for (const { what, m, n, rounds, loops = 1, withMlMatrix, target } of cases) {
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

  // The first calls pay for compiling and for memory.
  seconds(run, loops);
  if (numpy !== null) await numpy.seconds(what, m, n, loops);
  const times = { eigenscope: [] as number[], numpy: [] as number[], mlMatrix: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    await quiet();
    times.eigenscope.push(seconds(run, loops));
    await quiet();
    if (numpy !== null) times.numpy.push(await numpy.seconds(what, m, n, loops));
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
