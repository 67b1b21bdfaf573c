/**
 * Linear algebra beside NumPy, interleaved in one run so that a slow moment of the machine falls on both; LAPACK's own
 * routine stands beside where the installed OpenBLAS is what decides. `npm run bench -- engine-linalg`; words after
 * that choose rows by their beginnings.
 */
import { native } from '#engine/native.ts';
import { rows } from './linalg-rows.ts';
import { startStatements } from './numpy-statements.ts';
import { type Figure, machine, median, save, table } from './report.ts';

const seconds = (run: () => void, loops = 1): number => {
  const began = performance.now();
  for (let k = 0; k < loops; k++) run();
  return (performance.now() - began) / 1000 / loops;
};

/** BLAS's threads spin for a tenth of a second after their work, on cores that the other side would then share. */
const quiet = (): Promise<void> => new Promise((done) => setTimeout(done, 180));

const inWords = (s: number): string => (s < 1e-3 ? `${(s * 1e6).toPrecision(3)} µs` : `${(s * 1e3).toPrecision(3)} ms`);

const chosen = (process.env['BENCH_ROWS'] ?? '').split(',').filter((word) => word !== '');
const python = await startStatements();
const figures: Figure[] = [];
const times: Record<string, unknown>[] = [];
const blas = native().blas();
// Ours gives way where the machine has been busy, which would compare one thread with all of them.
native().setThreads(blas.threads);
console.log(`${machine()}\n${blas.name} ${blas.version}, ${blas.core}, ${blas.threads} threads`);
console.log(python === null ? 'python3 has no NumPy: its column stays empty' : `NumPy ${python.numpy}`);

for (const row of rows) {
  if (chosen.length > 0 && !chosen.some((word) => row.name.startsWith(word))) continue;
  const { name, setup, statement, rounds, target, loops = 1 } = row;
  const run = row.ours();
  const bare = row.bare?.();
  await python?.setUp(setup);
  // The first calls pay for compiling and for threads.
  seconds(run, Math.min(loops, 500));
  await python?.seconds(statement, Math.min(loops, 500));
  const own: number[] = [];
  const theirs: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await quiet();
    own.push(seconds(run, loops));
    if (python !== null) {
      await quiet();
      theirs.push(await python.seconds(statement, loops));
    }
    if (bare !== undefined) {
      bare.prepare();
      await quiet();
      alone.push(seconds(bare.run));
    }
  }
  const note = [inWords(median(own))];
  if (python !== null) {
    const best = Math.min(...theirs) / Math.min(...own);
    note.push(`NumPy ${inWords(median(theirs))}`, `best of each ${best.toPrecision(3)} ×`);
  }
  if (bare !== undefined) note.push(`bare OpenBLAS ${inWords(median(alone))}`);
  const figure: Figure = {
    part: 'engine',
    name: `${name}, speed against NumPy`,
    value: python === null ? NaN : median(theirs) / median(own),
    unit: '×',
    note: note.join('; '),
    ...(target === undefined ? {} : { target: { at: 'least', value: target } }),
  };
  figures.push(figure);
  times.push({ name, eigenscope: own, numpy: theirs, bare: alone });
  console.log(table([figure]).split('\n').at(-1));
}
python?.close();
save(process.env['EIGENSCOPE_ROOT'] ?? process.cwd(), 'engine-linalg', figures, {
  blas,
  numpy: python?.numpy ?? null,
  rows: times,
});
console.log(`\n${table(figures)}`);
