/**
 * The commonest operations on arrays of the sizes that people use most, in Python beside NumPy, in turns. Here memory
 * counts: results of this size stay in the near caches when they lie where the last one lay.
 */
import { startStatements } from './numpy-statements.ts';
import { type Figure, median } from './report.ts';
import { inTurns, type Side } from './turns.ts';

const sizes = [1000, 10_000, 100_000];

const statements = [
  'x + y',
  'x * 2.5',
  'x * y + 2.0',
  'np.add(o, y, out=o)',
  'x > y',
  'x[1:] - x[:-1]',
  'm + m[0]',
  'np.exp(x)',
  'np.sqrt(x)',
  'np.where(mask, x, y)',
  'x[mask]',
  'x.sum()',
  'x.std()',
  'm.sum(axis=0)',
  'np.sort(x)',
];

/** Rows and columns of `m` by the number of elements. */
const setUp = (n: number): string =>
  `r = np.random.default_rng(7); x = r.random(${n}) + 0.1; y = r.random(${n}); o = np.empty(${n}); mask = x > 0.5; m = x.reshape(-1, ${n < 1e4 ? 50 : 100}).copy()`;

const clock = `
import time
def timed(statement, setup):
    space = {'np': np, 'clock': time.perf_counter}
    exec(setup, space)
    exec('def run(calls, loops, x, y, o, mask, m):\\n  took = []\\n  for _ in range(calls):\\n    began = clock()\\n    for _ in range(loops):\\n      ' + statement + '\\n    took.append((clock() - began) / loops)\\n  return took', space)
    x, y, o, mask, m = (space[name] for name in ('x', 'y', 'o', 'mask', 'm'))
    return lambda calls, loops: ' '.join(map(str, space['run'](calls, loops, x, y, o, mask, m)))
`;

interface Python {
  globals: { get: (name: string) => unknown };
  runPython: (code: string) => unknown;
}

/** A call lasts about so long together with those that are counted with it. */
const together = 0.002;

/** Medians of both sides, as what a statement takes beyond NumPy's time: a call may cost 5 µs on its way to the engine. */
export async function arrayFigures(here: Python): Promise<Figure[]> {
  const numpy = await startStatements();
  if (numpy === null) return [];
  here.runPython(clock);
  const timed = here.globals.get('timed') as (
    statement: string,
    setup: string,
  ) => (calls: number, loops: number) => string;
  const figures: Figure[] = [];
  for (const n of sizes) {
    await numpy.setUp(setUp(n));
    for (const statement of statements) {
      const run = timed(statement, setUp(n));
      const ours: Side = (calls, loops) => run(calls, loops).split(' ').map(Number);
      const theirs = numpy.side(statement);
      const [once] = await ours(1, 1000);
      const loops = Math.max(1, Math.ceil(together / Math.max(once, 1e-7)));
      const [own, peer] = (await inTurns([ours, theirs], 5, { loops, pause: 20 })).map(median);
      figures.push({
        part: 'python',
        name: `\`${statement}\`, ${n.toLocaleString('en')} float64, more than NumPy takes`,
        value: Math.max(0, own - peer) * 1e6,
        unit: 'µs',
        target: { at: 'most', value: 5 },
        note: `${(own * 1e6).toPrecision(3)} µs; NumPy ${(peer * 1e6).toPrecision(3)} µs, ${(peer / own).toPrecision(2)} × its speed`,
      });
    }
  }
  numpy.close();
  return figures;
}
