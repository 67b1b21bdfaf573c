/**
 * Files of numbers: a large .npy that is mapped, beside NumPy's memory map, and a table beside pandas.
 * `npm run bench -- engine-files`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unset } from '#engine/create.ts';
import { npyHeader, readNpy } from '#engine/io/npy.ts';
import { countRows, parseNumbers } from '#engine/kernels/csv.ts';
import { sum } from '#engine/reductions.ts';
import { plainEnvironment } from './environment.ts';
import { startStatements } from './numpy-statements.ts';
import { type Figure, machine, median, save, table } from './report.ts';
import { inTurns, type Side } from './turns.ts';

const root = process.env['EIGENSCOPE_ROOT'] ?? process.cwd();
const rounds = 5;
/** 800 MB. */
const [npyRows, npyCols] = [10_000, 10_000];
/** About 90 MB as text. */
const [csvRows, csvCols] = [480_000, 10];

const folder = await mkdtemp(join(tmpdir(), 'eigenscope-bench-'));
const npy = join(folder, 'large.npy');
const csv = join(folder, 'table.csv');

async function writeFiles(): Promise<void> {
  const numbers = await open(npy, 'w');
  await numbers.write(npyHeader('float64', [npyRows, npyCols], false));
  const block = new Float64Array(npyCols * 100);
  for (let row = 0; row < npyRows; row += 100) {
    for (let k = 0; k < block.length; k++) block[k] = ((row * npyCols + k) * 0.6180339887498949) % 1;
    await numbers.write(block);
  }
  await numbers.close();
  const text = await open(csv, 'w');
  await text.write(`${Array.from({ length: csvCols }, (_, k) => `c${k}`).join(',')}\n`);
  for (let row = 0; row < csvRows; row += 10_000) {
    const lines: string[] = [];
    for (let r = row; r < row + 10_000; r++) {
      lines.push(Array.from({ length: csvCols }, (_, k) => ((r * csvCols + k) * 0.6180339887498949) % 1).join(','));
    }
    await text.write(`${lines.join('\n')}\n`);
  }
  await text.close();
}

async function ourNpy(): Promise<number> {
  const began = performance.now();
  const file = await open(npy, 'r');
  try {
    sum(await readNpy(file, { mapped: true }));
  } finally {
    await file.close();
  }
  return (performance.now() - began) / 1000;
}

async function ourCsv(): Promise<number> {
  const began = performance.now();
  const { size } = await stat(csv);
  const start = Array.from({ length: csvCols }, (_, k) => `c${k}`).join(',').length + 1;
  const { rows } = await countRows(csv, start, size, ',');
  const made = unset([rows, csvCols], 'float64');
  const out = new Float64Array(made.buffer, made.offset, made.size);
  const columns = Array.from({ length: csvCols }, (_, k) => k);
  await parseNumbers(csv, start, size, 2, { delimiter: ',', decimal: '.', fields: csvCols, columns }, out);
  return (performance.now() - began) / 1000;
}

/** Seconds of each of the rounds, in a Python that has pandas; otherwise why there is none. */
function pandas(): number[] | string {
  const program = `
import json, time
import pandas
pandas.read_csv(${JSON.stringify(csv)})
times = []
for _ in range(${rounds}):
    began = time.perf_counter()
    pandas.read_csv(${JSON.stringify(csv)})
    times.append(time.perf_counter() - began)
print(json.dumps(times))
`;
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      const found = execFileSync(python, ['-c', program], {
        encoding: 'utf8',
        env: plainEnvironment(),
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return JSON.parse(found) as number[];
    } catch {
      // The next one may have it.
    }
  }
  return 'not measured: no pandas';
}

const inWords = (s: number): string => `${(s * 1e3).toPrecision(3)} ms`;
const figures: Figure[] = [];
const times: Record<string, unknown> = {};
console.log(machine());
try {
  await writeFiles();
  const python = await startStatements();
  await python?.setUp(`path = ${JSON.stringify(npy)}`);
  const statement = "np.load(path, mmap_mode='r').sum()";
  const ourSide: Side = async (calls) => {
    const taken: number[] = [];
    for (let call = 0; call < calls; call++) taken.push(await ourNpy());
    return taken;
  };
  const sides = [ourSide, ...(python === null ? [] : [python.side(statement)])];
  const [own, theirs = []] = await inTurns(sides, rounds);
  python?.close();
  figures.push({
    part: 'engine',
    name: '.npy of 800 MB, mapped and added up, speed against NumPy',
    value: python === null ? NaN : median(theirs) / median(own),
    unit: '×',
    target: { at: 'least', value: 1 },
    note: `${inWords(median(own))}${python === null ? '' : `; NumPy ${inWords(median(theirs))}`}`,
  });
  await ourCsv();
  const ours: number[] = [];
  for (let round = 0; round < rounds; round++) ours.push(await ourCsv());
  const reference = pandas();
  const megabytes = Math.round((await stat(csv)).size / 1e6);
  const known = typeof reference !== 'string';
  figures.push({
    part: 'engine',
    name: `CSV of ${megabytes} MB of numbers, speed against pandas.read_csv`,
    value: known ? median(reference) / median(ours) : NaN,
    unit: '×',
    target: { at: 'least', value: 1 },
    note: `${inWords(median(ours))}; pandas ${known ? inWords(median(reference)) : reference}`,
  });
  Object.assign(times, { npy: { own, theirs }, csv: { own: ours, pandas: reference } });
} finally {
  await rm(folder, { recursive: true, force: true });
}
save(root, 'engine-files', figures, { times });
console.log(`\n${table(figures)}`);
