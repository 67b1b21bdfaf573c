#!/usr/bin/env node
/**
 * `npm run bench`: the engine against NumPy and ml-matrix in one interleaved run, and the app's own figures in
 * Chromium. Tables are printed; build/bench/ keeps them with their JSON.
 *
 *   npm run bench             everything
 *   npm run bench -- engine   the whole engine: the parts that follow
 *   npm run bench -- engine-arrays    elementwise functions, reductions, products and singular values by size
 *   npm run bench -- engine-linalg    factorisations, systems, eigenvalues
 *   npm run bench -- engine-sorting   sorting, random draws, stacks of small matrices
 *   npm run bench -- engine-sparse    sparse products, solvers and eigenvalues beside SciPy
 *   npm run bench -- engine-files     a mapped .npy beside NumPy, a CSV beside pandas
 *   npm run bench -- python   first and later cells, scripts in a terminal, what one call costs, arrays of 1,000 to 100,000
 *   npm run bench -- app      start, tiles, tables, pictures, Cancel
 *   npm run bench -- slider   one section of the app's: start, svd, tiles (with Cancel), table, slider
 *
 * BENCH_ROWS=qr,inv chooses the engine's rows by their beginnings.
 * With --page the tables of the last runs are written to docs/figures.md, with their date and machine.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const home = resolve(import.meta.dirname, '..');
const parts = ['engine-arrays', 'engine-linalg', 'engine-sorting', 'engine-sparse', 'engine-files', 'app', 'python'];
const appSections = ['start', 'svd', 'tiles', 'table', 'slider'];
const named = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const unknown = named.filter((name) => !parts.includes(name) && name !== 'engine' && !appSections.includes(name));
if (unknown.length > 0) {
  console.error(`bench has no part "${unknown[0]}"; it has engine, ${[...parts, ...appSections].join(', ')}`);
  process.exit(1);
}
const sections = named.filter((name) => appSections.includes(name));
const withoutRows = process.env.BENCH_ROWS ? ['engine-files'] : [];
const chosen = parts.filter(
  (part) =>
    named.includes(part) ||
    (named.includes('engine') && part.startsWith('engine-') && !withoutRows.includes(part)) ||
    (part === 'app' && sections.length > 0),
);

const { setUp } = await import('./setup.mjs');
await setUp({ yes: true, need: ['system', 'dependencies', 'native', 'build', 'chromium'] });

const { build } = await import('vite');
const code = join(home, 'build/bench/code');
const quiet = { root: home, configFile: false, logLevel: 'error' };
await build({
  ...quiet,
  build: {
    ssr: true,
    outDir: code,
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: {
      input: Object.fromEntries(parts.map((name) => [name, join(home, `test/bench/${name}.ts`)])),
      output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
    },
  },
});
await build({
  ...quiet,
  build: {
    outDir: code,
    emptyOutDir: false,
    lib: {
      entry: join(home, 'test/bench/page-client.ts'),
      formats: ['iife'],
      name: 'benchClient',
      fileName: () => 'page-client.js',
    },
  },
});

// A person's settings of threads and kernels would make the comparison unequal.
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(OPENBLAS|OMP|MKL|GOTO|BLIS|VECLIB)_/.test(name)),
);
let failed = false;
for (const part of chosen.length > 0 ? chosen : parts) {
  console.log(`\n── ${part} ${'─'.repeat(70)}`);
  const status = await new Promise((done) => {
    const child = spawn(process.execPath, [join(code, `${part}.mjs`), ...(part === 'app' ? sections : [])], {
      cwd: home,
      stdio: 'inherit',
      env: { ...environment, EIGENSCOPE_ROOT: home },
    });
    child.on('error', () => done(1));
    child.on('close', done);
  });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;

const titles = {
  app: 'The app in Chromium',
  'engine-arrays': 'The engine beside NumPy and ml-matrix',
  'engine-sparse': 'Sparse matrices beside SciPy',
  'engine-linalg': 'Linear algebra beside NumPy',
  'engine-files': 'Files of numbers beside NumPy and pandas',
  'engine-sorting': 'Sorting, random draws and stacks of matrices beside NumPy',
  python: 'Python',
};

/** The tables of the last runs as a page for readers. */
function writePage() {
  const sections = parts.flatMap((part) => {
    const at = (ending) => join(home, `build/bench/${part}.${ending}`);
    if (!existsSync(at('json'))) return [];
    const { date } = JSON.parse(readFileSync(at('json'), 'utf8'));
    return [`## ${titles[part]}\n\nMeasured on ${date.slice(0, 10)}: ${readFileSync(at('md'), 'utf8').trim()}`];
  });
  const about =
    'Measured with `npm run bench`, which prints the same tables and keeps every single time in build/bench. ' +
    'OPENBLAS_* and OMP_* are unset for everybody. “×” is our speed divided by the other’s.';
  writeFileSync(join(home, 'docs/figures.md'), `# Figures\n\n${about}\n\n${sections.join('\n\n')}\n`);
}

if (process.argv.includes('--page')) writePage();
