import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Every `@example code // answer` of the engine's docstrings, run as it stands. */
const root = join(import.meta.dirname, '../../src/engine');
// Sparse functions share names with those of arrays: their examples run in sparse-examples.test.ts.
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/^sparse/.test(file),
);

const modules = import.meta.glob<Record<string, unknown>>('../../src/engine/**/*.ts', { eager: true });
const scope: Record<string, unknown> = {};
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

describe('docstring examples', () => {
  test('there are many', () => {
    expect(examples.length).toBeGreaterThan(60);
  });

  test('each tells its answer', () => {
    // Kernels read files and pictures of their caller's, in pieces and later.
    const here = files.filter((file) => !/^kernels/.test(file));
    const told = here.reduce((count, file) => {
      const source = readFileSync(join(root, file), 'utf8').match(/\/\*\*[\s\S]*?\*\//g) ?? [];
      return count + source.join('\n').split('@example').length - 1;
    }, 0);
    expect(told - examples.filter(([file]) => !/^kernels/.test(file)).length).toBe(0);
  });

  test.each(examples)('%s: %s', (file, code, answer) => {
    const own = { ...scope, ...modules[`../../src/engine/${file.replaceAll('\\', '/')}`] };
    const names = Object.keys(own).filter((name) => new RegExp(`\\b${name}\\b`).test(code));
    const statements = code.split(/;(?=(?:[^']*'[^']*')*[^']*$)/).map((part) => part.trim());
    const last = statements.pop();
    // Code of our own docstrings.
    /* eslint-disable @typescript-eslint/no-implied-eval -- only examples of this program */
    const body = `${statements.map((statement) => `${statement};`).join(' ')} return (${last});`;
    const run = new Function(...names, body) as (...values: unknown[]) => unknown;
    const written = new Function(`return (${answer});`) as () => unknown;
    /* eslint-enable @typescript-eslint/no-implied-eval */
    const got = run(...names.map((name) => own[name]));
    const want = written();
    expect(show(got)).toBe(show(want));
  });
});
