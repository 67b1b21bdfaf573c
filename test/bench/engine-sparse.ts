/**
 * Sparse products, conjugate gradients and partial eigenvalues beside SciPy, interleaved in one run.
 * `npm run bench -- engine-sparse`.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { array, ones } from '#engine/create.ts';
import { diags, kronsum } from '#engine/sparse/build.ts';
import { tocsc, tocsr } from '#engine/sparse/convert.ts';
import { eigsh } from '#engine/sparse/linalg/eigen.ts';
import { splu } from '#engine/sparse/linalg/factors.ts';
import { cg } from '#engine/sparse/linalg/iterative.ts';
import { matmulDense, matmulSparse } from '#engine/sparse/matmul.ts';
import type { Compressed } from '#engine/sparse/sparse-array.ts';
import { plainEnvironment } from './numpy.ts';
import { type Figure, machine, median, save, table } from './report.ts';

const program = `
import json, sys, time
import numpy as np, scipy, scipy.sparse as sp
from scipy.sparse.linalg import cg, eigsh, splu
print(json.dumps({"version": scipy.__version__}), flush=True)
kept = {}
for line in sys.stdin:
    what, n = line.split()
    n = int(n)
    if n not in kept:
        t = sp.diags([-np.ones(n - 1), 2 * np.ones(n), -np.ones(n - 1)], [-1, 0, 1])
        kept[n] = sp.kronsum(t, t, format="csr")
    a = kept[n]
    x = np.ones(n * n)
    if what == "splu":
        a = a.tocsc()
    began = time.perf_counter()
    if what == "matvec":
        a @ x
    elif what == "matmul":
        a @ a
    elif what == "cg":
        cg(a, x)
    elif what == "eigsh":
        eigsh(a, k=6)
    elif what == "eigsh-sa":
        eigsh(a, k=6, which="SA")
    elif what == "eigsh-sigma":
        eigsh(a, k=6, sigma=0)
    elif what == "splu":
        splu(a)
    print(json.dumps({"seconds": time.perf_counter() - began}), flush=True)
`;

interface Case {
  what: string;
  name: string;
  /** Unknowns along one side of the grid. */
  n: number;
  rounds: number;
  target?: number;
}

const cases: Case[] = [
  { what: 'matvec', name: 'CSR @ vector, grid Laplacian of 10⁶ unknowns', n: 1000, rounds: 31, target: 1.5 },
  { what: 'cg', name: 'cg, grid Laplacian of 4·10⁴ unknowns', n: 200, rounds: 11, target: 1.3 },
  { what: 'eigsh', name: 'eigsh k=6, grid Laplacian of 10⁴ unknowns', n: 100, rounds: 7, target: 1 },
  { what: 'eigsh-sa', name: 'eigsh k=6 SA, grid Laplacian of 2500 unknowns', n: 50, rounds: 7 },
  { what: 'eigsh-sigma', name: 'eigsh k=6 sigma=0, grid Laplacian of 10⁴ unknowns', n: 100, rounds: 7 },
  { what: 'splu', name: 'splu, grid Laplacian of 10⁴ unknowns', n: 100, rounds: 7 },
  { what: 'matmul', name: 'CSR @ CSR, grid Laplacian of 4·10⁴ unknowns', n: 200, rounds: 11 },
];

function laplacian(n: number): Compressed {
  const line = diags([array([-1]), array([2]), array([-1])], [-1, 0, 1], [n, n], { dtype: 'float64' });
  return tocsr(kronsum(line, line));
}

function ours(what: string, a: Compressed): () => void {
  const x = ones(a.shape[0]);
  if (what === 'matvec') return () => void matmulDense(a, x);
  if (what === 'matmul') return () => void matmulSparse(a, a);
  if (what === 'cg') return () => void cg(a, x);
  if (what === 'eigsh') return () => void eigsh(a, 6);
  if (what === 'eigsh-sa') return () => void eigsh(a, 6, { which: 'SA' });
  if (what === 'eigsh-sigma') return () => void eigsh(a, 6, { sigma: 0 });
  const columns = tocsc(a);
  return () => void splu(columns);
}

async function startScipy(): Promise<{
  version: string;
  ask: (question: string) => Promise<number>;
  close: () => void;
} | null> {
  let child: ChildProcessWithoutNullStreams;
  try {
    child = spawn('python3', ['-c', program], { env: plainEnvironment() });
  } catch {
    return null;
  }
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stderr.resume();
  const gone = new Promise<{ done: true; value: string }>((done) =>
    child.once('error', () => done({ done: true, value: '' })),
  );
  const answer = async (): Promise<Record<string, unknown> | null> => {
    const line = await Promise.race([lines.next(), gone]);
    return line.done === true ? null : (JSON.parse(line.value) as Record<string, unknown>);
  };
  const first = await answer();
  if (first === null) return null;
  return {
    version: String(first['version']),
    async ask(question) {
      child.stdin.write(`${question}\n`);
      const found = await answer();
      if (found === null) throw new Error('SciPy ended');
      return Number(found['seconds']);
    },
    close: () => child.stdin.end(),
  };
}

const scipy = await startScipy();
console.log(
  `${machine()}\n${scipy === null ? 'python3 has no SciPy: its column stays empty' : `SciPy ${scipy.version}`}`,
);
const only = process.env['EIGENSCOPE_BENCH_ONLY'];
const figures: Figure[] = [];
const rows: Record<string, unknown>[] = [];
for (const { what, name, n, rounds, target } of cases.filter(
  (c) => only === undefined || only.split(',').includes(c.what),
)) {
  const run = ours(what, laplacian(n));
  run();
  if (scipy !== null) await scipy.ask(`${what} ${n}`);
  const times = { eigenscope: [] as number[], scipy: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    // BLAS's threads spin for a while after their work; neither side may pay for the other's.
    await new Promise((done) => setTimeout(done, 80));
    const began = performance.now();
    run();
    times.eigenscope.push((performance.now() - began) / 1000);
    await new Promise((done) => setTimeout(done, 80));
    if (scipy !== null) times.scipy.push(await scipy.ask(`${what} ${n}`));
  }
  const own = median(times.eigenscope);
  const theirs = median(times.scipy);
  const figure: Figure = {
    part: 'engine',
    name: `${name}, speed against SciPy`,
    value: scipy === null ? NaN : theirs / own,
    unit: '×',
    note: `${(own * 1e3).toPrecision(3)} ms${scipy === null ? '' : `; SciPy ${(theirs * 1e3).toPrecision(3)} ms`}`,
    ...(target === undefined ? {} : { target: { at: 'least', value: target } }),
  };
  figures.push(figure);
  rows.push({ what, n, rounds, ...times });
  console.log(table([figure]).split('\n').at(-1));
}
scipy?.close();
save(process.env['EIGENSCOPE_ROOT'] ?? process.cwd(), 'engine-sparse', figures, {
  scipy: scipy?.version ?? null,
  rows,
});
console.log(`\n${table(figures)}`);
