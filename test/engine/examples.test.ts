import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

/**
 * Every `@example code // answer` of the engine's docstrings, run as it stands. It may name whatever the engine exports;
 * `written('text')`, the path of a file with that text; and Node's `open`.
 */
const root = join(import.meta.dirname, '../../src/engine');
// Sparse functions share names with those of arrays: their examples run in sparse-examples.test.ts.
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/^sparse/.test(file),
);

const modules = import.meta.glob<Record<string, unknown>>('../../src/engine/**/*.ts', { eager: true });
const folder = mkdtempSync(join(tmpdir(), 'eigenscope-examples-'));
let filesWritten = 0;
const written = (text: string): string => {
  const path = join(folder, String(filesWritten++));
  writeFileSync(path, text);
  return path;
};
const scope: Record<string, unknown> = { open, written };
// Kernels work below functions of the same name, which an example means unless it stands in their own file.
const kernelsFirst = Object.entries(modules).sort(
  ([p], [q]) => Number(/\/kernels\//.test(q)) - Number(/\/kernels\//.test(p)),
);
for (const [path, exported] of kernelsFirst) {
  if (!/\/sparse\//.test(path)) Object.assign(scope, exported);
}

const examples = files.flatMap((file) => {
  const source = readFileSync(join(root, file), 'utf8');
  const blocks = source.match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  return blocks.flatMap((block) => {
    const text = block.replace(/^\s*\/?\*+ ?/gm, '').replace(/\s*\*\/$/, '');
    return [...text.matchAll(/@example (.+?) \/\/ (.+?)(?:\s*\*\/)?$/gm)].map(
      (m) => [relative(root, join(root, file)), m[1], m[2]] as const,
    );
  });
});

/** JSON with the numbers JavaScript has: NaN, bigints. */
const show = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) =>
    typeof v === 'bigint' ? `${v}n` : typeof v === 'number' && !Number.isFinite(v) ? String(v) : v,
  )?.replaceAll(/"(-?\d+n|NaN|-?Infinity)"/g, '$1') ?? String(value);

/** Functions in which an example may await what it calls. */
const AsyncFunction = (async () => {}).constructor as FunctionConstructor;

describe('docstring examples', () => {
  test('there are many', () => {
    expect(examples.length).toBeGreaterThan(60);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('each tells its answer', () => {
    const told = files.reduce((count, file) => {
      const source = readFileSync(join(root, file), 'utf8').match(/\/\*\*[\s\S]*?\*\//g) ?? [];
      return count + source.join('\n').split('@example').length - 1;
    }, 0);
    expect(told - examples.length).toBe(0);
  });

  test.each(examples)('%s: %s', async (file, code, answer) => {
    const own = { ...scope, ...modules[`../../src/engine/${file.replaceAll('\\', '/')}`] };
    const names = Object.keys(own).filter((name) => new RegExp(`\\b${name}\\b`).test(code));
    const statements = code.split(/;(?=(?:[^']*'[^']*')*[^']*$)/).map((part) => part.trim());
    const last = statements.pop();
    // Code of our own docstrings.
    /* eslint-disable @typescript-eslint/no-implied-eval -- only examples of this program */
    const body = `${statements.map((statement) => `${statement};`).join(' ')} return (${last});`;
    const run = new AsyncFunction(...names, body) as (...values: unknown[]) => Promise<unknown>;
    const meant = new Function(`return (${answer});`) as () => unknown;
    /* eslint-enable @typescript-eslint/no-implied-eval */
    const got = await run(...names.map((name) => own[name]));
    const want = meant();
    expect(show(got)).toBe(show(want));
  });
});
