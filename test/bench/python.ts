/** How long a person waits for Python: first and later cells, scripts in a terminal, single calls, arrays of middle size. `npm run bench -- python`. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, temporaryFolder } from '../app/launch.ts';
import { Compute } from '../worker/compute.ts';
import { callFigures } from './python-calls.ts';
import { type Figure, median, save, table } from './report.ts';

const figures: Figure[] = [];

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

function command(args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn('npm', ['run', '--silent', 'cli', '--', ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', fail);
    child.on('close', (code) => (code === 0 ? done() : fail(new Error(`cli ended with ${code}`))));
  });
}

const firsts: number[] = [];
const laters: number[] = [];
const changing: number[] = [];
for (let round = 0; round < 3; round++) {
  const compute = await Compute.start();
  const page = await compute.page();
  const cell = (code: string) => page.ask('python.run', { code, mode: 'cell' });
  firsts.push(await seconds(() => cell('import numpy as np\nA = np.eye(3)\nA')));
  for (let at = 0; at < 20; at++) laters.push(await seconds(() => cell('1 + 1')));
  await cell('B = np.zeros((1000, 1000))');
  for (let at = 0; at < 10; at++) changing.push(await seconds(() => cell('B[0, 0] += 1')));
  await compute.close();
}
const trivial = join(temporaryFolder(), 'trivial.py');
writeFileSync(trivial, 'import numpy as np\nprint(np.eye(2))\n');
const scripts: number[] = [];
for (let round = 0; round < 4; round++) scripts.push(await seconds(() => command(['run', trivial])));

const calls = await callFigures(root);

const add = (name: string, value: number, unit: string, most: number | null, note: string) =>
  figures.push({
    part: 'python',
    name,
    value,
    unit,
    note,
    ...(most === null ? {} : { target: { at: 'most', value: most } }),
  });
add(
  'First cell, Python not started before',
  median(firsts),
  's',
  2.5,
  'import numpy, eye(3); median of 3 fresh processes',
);
add('Later cell', median(laters) * 1000, 'ms', 20, '1 + 1, from request to reply; median of 60');
add('Cell that writes into 8 MB', median(changing) * 1000, 'ms', null, 'with what Undo needs kept; median of 30');
add('Script in a terminal', median(scripts.slice(1)), 's', 2.5, 'npm run cli -- run, numpy imported; median of 3');
figures.push(...calls);
console.log(table(figures));
save(root, 'python', figures);
