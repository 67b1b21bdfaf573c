import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Every `@example code // answer` of the engine's docstrings, run as it stands. */
const root = join(import.meta.dirname, '../../src/engine');
// The rooms of the native code have examples of their own style and tests of their own.
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/^(linalg|kernels|native|sparse)/.test(file),
);

const modules = import.meta.glob<Record<string, unknown>>('../../src/engine/**/*.ts', { eager: true });
const scope: Record<string, unknown> = {};
for (const [path, exported] of Object.entries(modules)) {
  if (!/\/(linalg|kernels|native|sparse)/.test(path)) Object.assign(scope, exported);
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

  test.each(examples)('%s: %s', (_, code, answer) => {
    const names = Object.keys(scope).filter((name) => name !== 'delete_' && new RegExp(`\\b${name}\\b`).test(code));
    const statements = code.split(/;(?=(?:[^']*'[^']*')*[^']*$)/).map((part) => part.trim());
    const last = statements.pop();
    // Code of our own docstrings.
    /* eslint-disable @typescript-eslint/no-implied-eval -- only examples of this program */
    const body = `${statements.map((statement) => `${statement};`).join(' ')} return (${last});`;
    const run = new Function(...names, body) as (...values: unknown[]) => unknown;
    const written = new Function(`return (${answer});`) as () => unknown;
    /* eslint-enable @typescript-eslint/no-implied-eval */
    const got = run(...names.map((name) => scope[name]));
    const want = written();
    expect(show(got)).toBe(show(want));
  });
});
