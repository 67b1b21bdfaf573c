/** Our call and a statement of Python in turns, so that a slow moment of the machine falls on both. */
import { native } from '#engine/native.ts';
import { startStatements } from './numpy-statements.ts';
import { type Figure, machine, median, save, table } from './report.ts';
import { inTurns, side } from './turns.ts';

export interface Row {
  name: string;
  run: () => unknown;
  /** The same for NumPy. */
  python: string;
  /** Who that is; NumPy if not said. */
  peer?: string;
  /** Statements before it, where the row has its own. */
  setup?: string;
  /** How many times faster than NumPy it is to be. */
  target?: number;
  rounds?: number;
  note?: string;
}

/** Runs the rows, prints and saves them; words in BENCH_ROWS choose rows by their beginnings. */
export async function sideBySide(part: string, rows: readonly Row[], setup = ''): Promise<void> {
  const chosen = (process.env['BENCH_ROWS'] ?? '').split(',').filter((word) => word !== '');
  const python = await startStatements();
  const { version, core, threads } = native().blas();
  // Ours gives way where the machine has been busy, which would compare one thread with all of them.
  native().setThreads(threads);
  console.log(`${machine()}\nOpenBLAS ${version}, ${core}, ${threads} threads`);
  console.log(python === null ? 'python3 has no NumPy: its column stays empty' : `NumPy ${python.numpy}`);
  await python?.setUp(setup);
  const figures: Figure[] = [];
  const times: Record<string, unknown>[] = [];
  for (const { name, run, python: statement, target, rounds = 5, note, setup: own, peer = 'NumPy' } of rows) {
    if (chosen.length > 0 && !chosen.some((word) => name.startsWith(word))) continue;
    if (own !== undefined) await python?.setUp(own);
    const sides = [side(run), ...(python === null ? [] : [python.side(statement)])];
    const [ours, theirs = []] = await inTurns(sides, rounds);
    const inWords = (s: number): string => `${(s * 1e3).toPrecision(3)} ms`;
    const figure: Figure = {
      part: 'engine',
      name: `${name}, speed against ${peer}`,
      value: python === null ? NaN : median(theirs) / median(ours),
      unit: '×',
      note: [inWords(median(ours)), `${peer} ${inWords(median(theirs))}`, ...(note === undefined ? [] : [note])].join(
        '; ',
      ),
      ...(target === undefined ? {} : { target: { at: 'least', value: target } }),
    };
    figures.push(figure);
    times.push({ name, eigenscope: ours, numpy: theirs });
    console.log(table([figure]).split('\n').at(-1));
  }
  python?.close();
  save(process.env['EIGENSCOPE_ROOT'] ?? process.cwd(), part, figures, { numpy: python?.numpy ?? null, rows: times });
  console.log(`\n${table(figures)}`);
}
