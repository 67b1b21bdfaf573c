/** Our call and a statement of Python in turns, so that a slow moment of the machine falls on both. */
import { native } from '#engine/native.ts';
import { startStatements } from './numpy-statements.ts';
import { type Figure, machine, median, save, table } from './report.ts';

export interface Row {
  name: string;
  run: () => unknown;
  /** The same for NumPy. */
  python: string;
  /** How many times faster than NumPy it is to be. */
  target?: number;
  rounds?: number;
  note?: string;
}

const seconds = (run: () => unknown): number => {
  const began = performance.now();
  run();
  return (performance.now() - began) / 1000;
};

/** Runs the rows, prints and saves them; words in BENCH_ROWS choose rows by their beginnings. */
export async function sideBySide(part: string, rows: readonly Row[], setup: string): Promise<void> {
  const chosen = (process.env['BENCH_ROWS'] ?? '').split(',').filter((word) => word !== '');
  const python = await startStatements();
  const { version, core, threads } = native().blas();
  console.log(`${machine()}\nOpenBLAS ${version}, ${core}, ${threads} threads`);
  console.log(python === null ? 'python3 has no NumPy: its column stays empty' : `NumPy ${python.numpy}`);
  await python?.setUp(setup);
  const figures: Figure[] = [];
  const times: Record<string, unknown>[] = [];
  for (const { name, run, python: statement, target, rounds = 7, note } of rows) {
    if (chosen.length > 0 && !chosen.some((word) => name.startsWith(word))) continue;
    // The first calls pay for compiling, for threads and for memory: a fifth of a second of them on both sides.
    const once = Math.max(1e-6, seconds(run));
    const calls = Math.min(1000, Math.ceil(0.2 / once));
    for (let k = 0; k < calls; k++) run();
    await python?.seconds(statement, calls);
    const own: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < rounds; round++) {
      own.push(seconds(run));
      if (python !== null) theirs.push(await python.seconds(statement, 1));
    }
    const inWords = (s: number): string => `${(s * 1e3).toPrecision(3)} ms`;
    const figure: Figure = {
      part: 'engine',
      name: `${name}, speed against NumPy`,
      value: python === null ? NaN : median(theirs) / median(own),
      unit: '×',
      note: [inWords(median(own)), `NumPy ${inWords(median(theirs))}`, ...(note === undefined ? [] : [note])].join(
        '; ',
      ),
      ...(target === undefined ? {} : { target: { at: 'least', value: target } }),
    };
    figures.push(figure);
    times.push({ name, eigenscope: own, numpy: theirs });
    console.log(table([figure]).split('\n').at(-1));
  }
  python?.close();
  save(process.env['EIGENSCOPE_ROOT'] ?? process.cwd(), part, figures, { numpy: python?.numpy ?? null, rows: times });
  console.log(`\n${table(figures)}`);
}
