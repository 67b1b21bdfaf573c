import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Every `@example code // answer` of the sparse matrices' docstrings, whose functions bear names of dense ones too. */
const root = join(import.meta.dirname, '../../src/engine/sparse');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const dense = import.meta.glob<Record<string, unknown>>(['../../src/engine/create.ts', '../../src/engine/slicing.ts'], {
  eager: true,
});
const sparse = import.meta.glob<Record<string, unknown>>('../../src/engine/sparse/**/*.ts', { eager: true });
const scope: Record<string, unknown> = {};
for (const exported of [...Object.values(dense), ...Object.values(sparse)]) Object.assign(scope, exported);

const examples = files.flatMap((file) => {
  const blocks = readFileSync(join(root, file), 'utf8').match(/\/\*\*[\s\S]*?\*\//g) ?? [];
  return blocks.flatMap((block) => {
    const text = block.replace(/^\s*\/?\*+ ?/gm, '').replace(/\s*\*\/$/, '');
    return [...text.matchAll(/@example (.+?) \/\/ (.+?)(?:\s*\*\/)?$/gm)].map((m) => [file, m[1], m[2]] as const);
  });
});

const show = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v))?.replaceAll(/"(-?\d+n)"/g, '$1') ??
  String(value);

describe('docstring examples', () => {
  test('there are many', () => {
    expect(examples.length).toBeGreaterThan(40);
  });

  test.each(examples)('%s: %s', (file, code, answer) => {
    // The names of the file itself come first.
    const own = { ...scope, ...sparse[`../../src/engine/sparse/${file}`] };
    const names = Object.keys(own).filter((name) => new RegExp(`\\b${name}\\b`).test(code));
    const statements = code.split(/;(?=(?:[^']*'[^']*')*[^']*$)/).map((part) => part.trim());
    const last = statements.pop();
    /* eslint-disable @typescript-eslint/no-implied-eval -- only examples of this program */
    const body = `${statements.map((statement) => `${statement};`).join(' ')} return (${last});`;
    const run = new Function(...names, body) as (...values: unknown[]) => unknown;
    const written = new Function(`return (${answer});`) as () => unknown;
    /* eslint-enable @typescript-eslint/no-implied-eval */
    expect(show(run(...names.map((name) => own[name as keyof typeof own])))).toBe(show(written()));
  });
});
