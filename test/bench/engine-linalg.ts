/**
 * Linear algebra beside NumPy, interleaved in one run so that a slow moment of the machine falls on both; LAPACK's own
 * routine stands beside where the installed OpenBLAS is what decides. `npm run bench -- engine-linalg`; words after
 * that choose rows by their beginnings.
 */
import { native } from '#engine/native.ts';
import { startBare } from './bare.ts';
import { rows } from './linalg-rows.ts';
import { machinePeak } from './peak.ts';
import { startStatements } from './numpy-statements.ts';
import { type Figure, machine, median, save, table } from './report.ts';
import { inTurns, side } from './turns.ts';

const inWords = (s: number): string => (s < 1e-3 ? `${(s * 1e6).toPrecision(3)} µs` : `${(s * 1e3).toPrecision(3)} ms`);

const chosen = (process.env['BENCH_ROWS'] ?? '').split(',').filter((word) => word !== '');
const python = await startStatements();
const root = process.env['EIGENSCOPE_ROOT'] ?? process.cwd();
const figures: Figure[] = machinePeak();
const measured: Record<string, unknown>[] = [];
const blas = native().blas();
const bareBlas = await startBare(root);
// Ours gives way where the machine has been busy, which would compare one thread with all of them.
native().setThreads(blas.threads);
console.log(`${machine()}\n${blas.name} ${blas.version}, ${blas.core}, ${blas.threads} threads`);
console.log(python === null ? 'python3 has no NumPy: its column stays empty' : `NumPy ${python.numpy}`);

for (const row of rows) {
  if (chosen.length > 0 && !chosen.some((word) => row.name.startsWith(word))) continue;
  const { name, setup, statement, rounds, target, loops = 1 } = row;
  const run = row.ours();
  const bare = typeof bareBlas === 'string' ? undefined : row.bare;
  await python?.setUp(setup);
  const sides = [side(run)];
  if (python !== null) sides.push(python.side(statement));
  if (bare !== undefined && typeof bareBlas !== 'string') sides.push(bareBlas.side(...bare));
  const times = await inTurns(sides, rounds, { loops });
  const own = times[0];
  const theirs = python === null ? [] : times[1];
  const alone = python === null ? (times[1] ?? []) : (times[2] ?? []);
  const note = [inWords(median(own))];
  if (python !== null) {
    const best = Math.min(...theirs) / Math.min(...own);
    note.push(`NumPy ${inWords(median(theirs))}`, `best of each ${best.toPrecision(3)} ×`);
  }
  if (bare !== undefined) note.push(`bare OpenBLAS ${inWords(median(alone))}`);
  else if (row.bare !== undefined && typeof bareBlas === 'string') note.push(`bare OpenBLAS ${bareBlas}`);
  const peers = row.peers;
  for (const [peer, call] of [
    ['ml-matrix', peers?.mlMatrix],
    ['mathjs', peers?.mathjs],
  ] as const) {
    if (call === undefined) continue;
    call();
    const taken = await side(call)(3, 1);
    note.push(`${peer} ${inWords(median(taken))}, ${(median(taken) / median(own)).toPrecision(3)} times ours`);
  }
  const figure: Figure = {
    part: 'engine',
    name: `${name}, speed against NumPy`,
    value: python === null ? NaN : median(theirs) / median(own),
    unit: '×',
    note: note.join('; '),
    ...(target === undefined ? {} : { target: { at: 'least', value: target } }),
  };
  figures.push(figure);
  measured.push({ name, eigenscope: own, numpy: theirs, bare: alone });
  console.log(table([figure]).split('\n').at(-1));
}
python?.close();
if (typeof bareBlas !== 'string') bareBlas.close();
save(root, 'engine-linalg', figures, {
  blas,
  numpy: python?.numpy ?? null,
  rows: measured,
});
console.log(`\n${table(figures)}`);
