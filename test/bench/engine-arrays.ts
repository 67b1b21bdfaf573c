/**
 * Products and singular values beside NumPy and ml-matrix, interleaved in one run so that a slow moment of the machine
 * falls on all of them. `npm run bench -- engine-arrays`.
 */
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { matmul } from '#engine/linalg/products.ts';
import { svd, svdvals } from '#engine/linalg/svd.ts';
import { native } from '#engine/native.ts';
import { type NDArray } from '#engine/ndarray.ts';
import { default_rng } from '#engine/random/generator.ts';
import { measureElementwise } from './engine-elementwise.ts';
import { startStatements } from './numpy-statements.ts';
import { type Figure, machine, median, save, table } from './report.ts';
import { inTurns, side } from './turns.ts';

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

function ours(what: What, a: NDArray, b: NDArray): () => void {
  if (what === 'svd') return () => void svd(a, { full_matrices: false });
  if (what === 'svdvals') return () => void svdvals(a);
  return () => void matmul(a, b);
}

const statements: Record<What, string> = {
  matmul: 'a @ b',
  svd: 'np.linalg.svd(a, full_matrices=False)',
  svdvals: 'np.linalg.svd(a, compute_uv=False)',
};

const numpy = await startStatements();
const chosen = (process.env['BENCH_ROWS'] ?? '').split(',').filter((word) => word !== '');
const figures: Figure[] = [];
const rows: Record<string, unknown>[] = [];
const blas = native().blas();
// Ours gives way where the machine has been busy, which would compare one thread with all of them.
native().setThreads(blas.threads);
console.log(`${machine()}\n${blas.name} ${blas.version}, ${blas.core}, ${blas.threads} threads`);
console.log(numpy === null ? 'python3 has no NumPy: its column stays empty' : `NumPy ${numpy.numpy}`);

for (const { what, m, n, rounds, loops = 1, withMlMatrix, target } of cases) {
  if (chosen.length > 0 && !chosen.some((word) => what.startsWith(word))) continue;
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

  await numpy?.setUp(
    `rng = np.random.default_rng(7); a = rng.standard_normal((${m}, ${n})); b = rng.standard_normal((${n}, ${m}))`,
  );
  const sides = [side(run), ...(numpy === null ? [] : [numpy.side(statements[what])])];
  const [eigenscope, theirs = []] = await inTurns(sides, rounds, { loops });
  const own = median(eigenscope);
  const note: string[] = [`${(own * 1e3).toPrecision(3)} ms`];
  if (numpy !== null) note.push(`NumPy ${(median(theirs) * 1e3).toPrecision(3)} ms`);
  if (withMlMatrix) {
    const taken = median(await side(peer)(3, 1));
    note.push(`ml-matrix ${(taken * 1e3).toPrecision(3)} ms, ${(taken / own).toPrecision(3)} times ours`);
  }
  const figure: Figure = {
    part: 'engine',
    name: `${what} ${m} × ${n}, speed against NumPy`,
    value: numpy === null ? NaN : median(theirs) / own,
    unit: '×',
    note: note.join('; '),
    ...(target === undefined ? {} : { target: { at: 'least', value: target } }),
  };
  figures.push(figure);
  rows.push({ what, m, n, rounds, eigenscope, numpy: theirs });
  console.log(table([figure]).split('\n').at(-1));
}
numpy?.close();
figures.push(...(await measureElementwise(chosen)));
save(process.env['EIGENSCOPE_ROOT'] ?? process.cwd(), 'engine-arrays', figures, {
  blas,
  numpy: numpy?.numpy ?? null,
  rows,
});
console.log(`\n${table(figures)}`);
