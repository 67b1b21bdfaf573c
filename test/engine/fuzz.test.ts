import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from 'vite';

/** A crash or an endless loop ends the process it happens in, so that is another one than this. */
const home = resolve(import.meta.dirname, '../..');
let folder = '';
beforeAll(async () => {
  // Inside the tree, from where the addon is found.
  folder = mkdtempSync(join(home, 'build', 'fuzz-'));
  await build({
    root: home,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20',
      rollupOptions: {
        input: join(home, 'test/engine/fuzz-child.ts'),
        output: { entryFileNames: 'child.mjs' },
      },
    },
  });
});
afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

const run = (part: string, seed: number): Promise<{ code: number | string | null; lines: string[] }> =>
  new Promise((done) => {
    execFile(
      process.execPath,
      [join(folder, 'child.mjs'), part, '25', String(seed)],
      { timeout: 100_000, maxBuffer: 2 ** 24, cwd: tmpdir() },
      (error, stdout, stderr) => {
        const lines = `${stdout}${stderr}`.trim().split('\n');
        done({ code: error === null ? 0 : (error.code ?? error.signal ?? 'killed'), lines });
      },
    );
  });

test.each([
  ['linalg', 1],
  ['linalg', 2],
  ['rest', 1],
  ['rest', 2],
])('nothing that functions are given hangs or crashes them: %s, seed %i', { timeout: 120_000 }, async (part, seed) => {
  const { code, lines } = await run(part, seed);
  expect(lines.filter((line) => line.startsWith('FAULT'))).toEqual([]);
  expect(`${code} ${lines.at(-1)}`).toBe('0 done');
});
