#!/usr/bin/env node
/**
 * `npm run conformance`: Python code on our numpy against what real NumPy answered.
 *
 *   npm run conformance                 every module
 *   npm run conformance -- linalg ...   some of them
 *
 * Prints per module how many recorded cases agree and lists those that do not. Exit code 0 when none differs but those
 * that differ on purpose (test/conformance/python/differences.json). The answers are recorded with
 * `python3 test/conformance/python/record_python.py`.
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const home = resolve(import.meta.dirname, '..');
const { setUp } = await import('./setup.mjs');
await setUp({ yes: true, need: ['system', 'dependencies', 'native'] });

const { build } = await import('vite');
const code = join(home, 'build/conformance');
await build({
  root: home,
  configFile: false,
  logLevel: 'error',
  build: {
    ssr: join(home, 'test/conformance/python/report.ts'),
    outDir: code,
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: { output: { entryFileNames: 'report.mjs' } },
  },
});
const { printReport } = await import(pathToFileURL(join(code, 'report.mjs')).href);
const agrees = await printReport(home, process.argv.slice(2), (line) => console.log(line));
process.exit(agrees ? 0 : 1);
