#!/usr/bin/env node
/**
 * Proves that `npm run check` can fail: in a small copy of the repository it plants one violation of every rule and
 * looks for the rule's own words in the output. The same copy without them must pass.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { check } from './check.mjs';

const home = resolve(import.meta.dirname, '..');

const copied = [
  ...['package.json', 'package-lock.json', 'tsconfig.base.json', '.gitignore', '.npmrc', '.prettierrc.json'],
  ...['.prettierignore', 'eslint.config.js', '.dependency-cruiser.cjs', 'vitest.config.ts', 'electron.vite.config.ts'],
  ...[
    'scripts/check.mjs',
    'scripts/reference.mjs',
    'scripts/docstrings.mjs',
    'scripts/public-names.mjs',
    'scripts/repository-rules.mjs',
    'test/tsconfig.json',
  ],
  ...['shared', 'engine', 'worker', 'main', 'preload', 'renderer'].map((room) => `src/${room}/tsconfig.json`),
];

/** A repository in which nothing is wrong. */
const clean = {
  'README.md': '# A small copy\n\nSee [the guide](docs/guide.md#first-steps) and run `npm run check`.\n',
  'docs/guide.md': '# Guide\n\n## First steps\n\nNone.\n',
  'src/shared/shape.ts': 'export type Shape = readonly number[];\n',
  'src/engine/size.ts':
    "import { type Shape } from '#shared/shape.ts';\nimport { times } from './times.ts';\n\n/** How many elements a shape has. @example size([2, 3]) // 6 */\nexport const size = (shape: Shape): number => shape.reduce(times, 1);\n",
  // Lent to another module of the engine alone: no example is asked for.
  'src/engine/times.ts':
    '/** The product. */\nexport function times(a: number, b: number): number {\n  return a * b;\n}\n',
  'src/worker/serve.ts':
    "import { size } from '#engine/size.ts';\n\nexport const cells = (rows: number, columns: number): number => size([rows, columns]);\n",
  'src/main/server.ts': "import { createServer } from 'node:http';\n\nexport const server = createServer();\n",
  'src/preload/port.ts': "import { type Shape } from '#shared/shape.ts';\n\nexport const shape: Shape = [1, 2];\n",
  'src/renderer/start.ts': "import { type Shape } from '#shared/shape.ts';\n\nexport const shape: Shape = [1, 2];\n",
  'src/renderer/Cell.svelte':
    '<script lang="ts">\n  let { value }: { value: number } = $props();\n</script>\n\n<span>{value}</span>\n',
  'test/shape.test.ts':
    "import { expect, it } from 'vitest';\nimport { size } from '#engine/size.ts';\n\nit('multiplies', () => expect(size([2, 3])).toBe(6));\n",
};

const typeError = 'export const rows: number = "three";\n';

/** One violation each: the step that must fail, the file planted, the words that must appear. */
const violations = [
  ...['shared', 'engine', 'worker', 'main', 'preload'].map((room) => ({
    rule: `a type error in ${room}`,
    step: `types of ${room}`,
    path: `src/${room}/wrong.ts`,
    text: typeError,
    expect: `src/${room}/wrong.ts(1,14): error TS2322`,
  })),
  {
    rule: 'a function of the engine without a docstring',
    step: 'docstrings',
    path: 'src/engine/undocumented.ts',
    text: 'export function half(x: number): number {\n  return x / 2;\n}\n',
    expect: 'src/engine/undocumented.ts:1: half has no docstring',
  },
  {
    rule: 'an error that the docstring does not name',
    step: 'docstrings',
    path: 'src/engine/unsaid.ts',
    text: "import { AppError } from '#shared/errors.ts';\n\n/** @throws AppError 'shape' */\nexport function refuse(): never {\n  throw new AppError('value', 'no');\n}\n",
    expect: 'src/engine/unsaid.ts:4: refuse throws value, which its docstring does not say',
  },
  {
    rule: 'a function of linear algebra without shapes',
    step: 'docstrings',
    path: 'src/engine/linalg/shapeless.ts',
    text: "import type { NDArray } from '../ndarray.ts';\n\n/** The same again. */\nexport function again(a: NDArray): NDArray {\n  return a;\n}\n",
    expect: 'src/engine/linalg/shapeless.ts:4: again tells no shapes',
  },
  {
    rule: 'a call of LAPACK without its name',
    step: 'docstrings',
    path: 'src/engine/scipy/sourceless.ts',
    text: "import { native } from '../native.ts';\n\n/** Something of n. */\nexport function unnamed(n: number): void {\n  native().getrf(n);\n}\n",
    expect: 'src/engine/scipy/sourceless.ts:4: unnamed does not name the source of getrf',
  },
  ...[
    ['a public function without an example', 'has no example', ' * a (…) → (…), of its dtype.\n'],
    ['a public function without dtypes', 'tells no dtypes', ' * a (…) → (…).\n'],
    ['a public function without shapes', 'tells no shapes', ' * The dtype stays.\n'],
  ].map(([rule, lack, words], index) => ({
    rule,
    step: 'docstrings',
    path: `src/engine/public-${index}.ts`,
    text: `import type { NDArray } from './ndarray.ts';\n\n/**\n * The same again.\n *\n${words} */\nexport function again(a: NDArray): NDArray {\n  return a;\n}\n`,
    expect: `src/engine/public-${index}.ts:8: again ${lack}`,
  })),
  {
    rule: 'a public constant that is a function without a docstring',
    step: 'docstrings',
    path: 'src/engine/made.ts',
    text: "import { binary } from './ufuncs/ufunc.ts';\n\nexport const added = binary({ float: 'r = a + b;' });\n",
    expect: 'src/engine/made.ts:3: added has no docstring',
  },
  {
    rule: 'a method of a public class without a docstring',
    step: 'docstrings',
    path: 'src/engine/classes.ts',
    text: '/** Something. */\nexport class Thing {\n  half(x: number): number {\n    return x / 2;\n  }\n}\n',
    expect: 'src/engine/classes.ts:3: Thing.half has no docstring',
  },
  {
    rule: 'a docstring that begins with no sentence',
    step: 'docstrings',
    path: 'src/engine/wordless.ts',
    text: '/** @example third(3) // 1 */\nexport function third(x: number): number {\n  return x / 3;\n}\n',
    expect: 'src/engine/wordless.ts:2: third begins with no sentence',
  },
  {
    rule: 'a foreign module in python',
    step: 'python',
    path: 'python/foreign.py',
    text: 'import json\nimport pandas\n',
    expect: 'python/foreign.py:2: imports pandas',
  },
  {
    rule: 'a module of python that does not compile',
    step: 'python',
    path: 'python/broken.py',
    text: 'def f(:\n',
    expect: 'python/broken.py:1: invalid syntax',
  },
  {
    rule: 'a type error in a test',
    step: 'types of test',
    path: 'test/wrong.test.ts',
    text: typeError,
    expect: 'test/wrong.test.ts(1,14): error TS2322',
  },
  {
    rule: 'a type error in a component',
    step: 'types of renderer',
    path: 'src/renderer/Wrong.svelte',
    text: '<script lang="ts">\n  const rows: number = "three";\n</script>\n\n{rows}\n',
    expect: 'Wrong.svelte',
  },
  {
    rule: 'an accessibility warning in a component',
    step: 'types of renderer',
    path: 'src/renderer/Unnamed.svelte',
    text: '<img src="./a.png" />\n',
    expect: 'a11y',
  },
  {
    rule: 'the DOM in the engine',
    step: 'types of engine',
    path: 'src/engine/page.ts',
    text: 'export const title = document.title;\n',
    expect: "Cannot find name 'document'",
  },
  {
    rule: 'Node in the page',
    step: 'types of renderer',
    path: 'src/renderer/node.ts',
    text: 'export const home = process.env.HOME;\n',
    expect: 'node.ts',
  },
  {
    rule: 'an enum',
    step: 'types of shared',
    path: 'src/shared/colour.ts',
    text: 'export enum Colour {\n  Red,\n}\n',
    expect: 'TS1294',
  },

  ...[
    ['no-relative-import-across-rooms', 'engine', "'../shared/shape.ts'"],
    ['shared-imports-no-room', 'shared', "'#engine/size.ts'"],
    ['shared-imports-nothing', 'shared', "'node:path'"],
    ['preload-imports-shared', 'preload', "'#main/server.ts'"],
    ['preload-requires-only-electron', 'preload', "'node:fs'"],
    ['renderer-imports-shared', 'renderer', "'#worker/serve.ts'"],
    ['renderer-has-no-node', 'renderer', "'node:fs'"],
    ['electron-stays-in-its-shell', 'worker', "'electron'"],
    ['main-imports-shared', 'main', "'#worker/serve.ts'"],
    ['worker-imports-engine', 'worker', "'#main/server.ts'"],
    ['engine-imports-shared', 'engine', "'#worker/serve.ts'"],
    ['addon-through-native', 'worker', "'../../build/native/eigenscope.node'"],
    ['worker-packages-are-declared', 'main', "'vitest'"],
    ['no-unresolved', 'worker', "'#engine/absent.ts'"],
    ['source-imports-no-test', 'engine', "'../../test/shape.test.ts'"],
  ].map(([rule, room, from], index) => ({
    rule,
    step: 'imports',
    path: `src/${room}/import-${index}.ts`,
    text: `export * as planted from ${from};\n`,
    expect: new RegExp(`${rule}: src/${room}/import-${index}\\.ts`),
  })),
  {
    rule: 'wire-imports-only-msgpack',
    step: 'imports',
    path: 'src/shared/wire.ts',
    text: "export * as ws from 'ws';\nexport * as pack from '@msgpack/msgpack';\n",
    expect: /wire-imports-only-msgpack: src\/shared\/wire\.ts → node_modules\/ws/,
  },
  {
    rule: 'no-circles',
    step: 'imports',
    path: 'src/engine/circle.ts',
    text: "import { planted } from './circle.ts';\nexport const again = planted;\nexport { again as planted };\n",
    expect: 'no-circles: src/engine/circle.ts',
  },

  ...[
    ['no-explicit-any', 'src/engine/any.ts', 'export const shape: any = 1;\n'],
    ['no-floating-promises', 'src/worker/floating.ts', 'Promise.resolve(1);\n'],
    ['ban-ts-comment', 'src/main/ignored.ts', "// @ts-ignore\nexport const a: number = 'b';\n"],
    ['no-restricted-properties', 'src/engine/random.ts', 'export const r = Math.random();\n'],
    ['no-console', 'src/engine/console.ts', "console.log('hello');\n"],
    ['eqeqeq', 'src/worker/equal.ts', 'export const same = (a: number, b: number): boolean => a == b;\n'],
    ['no-undef', 'scripts/undefined.mjs', 'console.log(nowhere);\n'],
    ['svelte/no-at-html-tags', 'src/renderer/Html.svelte', '{@html "<b>bold</b>"}\n'],
    ['svelte/require-each-key', 'src/renderer/Each.svelte', '{#each [1, 2] as n}{n}{/each}\n'],
    [
      'Unused eslint-dis' + 'able directive',
      'src/engine/unused.ts',
      '// eslint-disable-next-line eqeqeq -- no reason\nexport const one = 1;\n',
    ],
  ].map(([rule, path, text]) => ({ rule, step: 'lint', path, text, expect: rule })),

  {
    rule: 'a reference page that is out of date',
    step: 'reference',
    path: 'src/engine/more.ts',
    text: '/** One more. */\nexport function more(): number {\n  return 1;\n}\n',
    expect: 'docs/reference.md is not what the docstrings say',
  },

  {
    rule: 'a file that Prettier would change',
    step: 'format',
    path: 'src/engine/ugly.ts',
    text: 'export const   a = "b"\n',
    expect: 'src/engine/ugly.ts',
  },

  ...[
    ['package-lock.json', '{\n  "resolved": "https://example.org/a.tgz"\n}\n', 'the lock file names a registry'],
    ['docs/machine.md', 'See `/wo' + 'rk/main`.\n', 'a path of one machine'],
    ['docs/home.md', 'See /ho' + 'me/someone/notes.\n', 'a path of one machine'],
    ['docs/registry.md', 'From https://regis' + 'try.example.org/a.\n', 'the address of a package registry'],
    ['docs/link.md', '[nothing](nowhere.md)\n', 'link to nowhere.md leads nowhere'],
    ['docs/heading.md', '[nothing](guide.md#second-steps)\n', 'docs/guide.md has no heading #second-steps'],
    ['docs/script.md', 'Run `npm run ' + 'dance`.\n', 'package.json has no script "dance"'],
    ['test/only.test.ts', 'it.on' + "ly('a', () => {});\n", 'a test that is left out or runs alone'],
    ['test/skip.test.ts', 'describe.sk' + "ip('a', () => {});\n", 'a test that is left out or runs alone'],
    ['src/engine/quiet.ts', '// eslint-dis' + 'able-next-line eqeqeq\n', 'a disabled rule without its reason'],
    ['src/worker/addon.ts', "export const addon = 'eigenscope.no" + "de';\n", 'loaded only by src/engine/native.ts'],
    ['src/renderer/Remote.svelte', '<img alt="a" src="ht' + 'tps://example.org/a.png" />\n', 'a remote load'],
    ['left-over.npy', '', 'nothing of that name belongs at the top'],
    ['src/engine/NotKebab.ts', '', 'file names are kebab-case'],
    ['src/renderer/not-pascal.svelte', '', 'component names are PascalCase'],
    ['src/engine/string-utils.ts', '', 'a name that says nothing'],
  ].map(([path, text, words]) => ({
    rule: words,
    step: 'repository',
    path,
    text,
    expect: new RegExp(`${path.replaceAll('.', '\\.')}:\\d+: .*${words}`),
  })),
];

function plant(root, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Returns how many rules were seen to fail, and for those that were not, why. */
export async function selfTest({ print = console.log } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'eigenscope-check-'));
  try {
    for (const path of copied) cpSync(join(home, path), join(root, path), { recursive: true });
    symlinkSync(join(home, 'node_modules'), join(root, 'node_modules'), 'junction');
    plant(root, clean);
    execFileSync('git', ['init', '--quiet'], { cwd: root });
    execFileSync(process.execPath, [join(root, 'scripts/reference.mjs')], { cwd: root });

    const problems = [];
    const before = await check({ root, print: () => {} });
    for (const { name, text } of before.failures) problems.push(`the clean copy fails "${name}":\n${text}`);

    plant(root, Object.fromEntries(violations.map(({ path, text }) => [path, text])));
    const after = await check({ root, print: () => {} });
    const output = new Map(after.failures.map(({ name, text }) => [name, text]));
    for (const { rule, step, path, expect } of violations) {
      const text = output.get(step) ?? '';
      const seen = typeof expect === 'string' ? text.includes(expect) : expect.test(text);
      if (!seen) problems.push(`"${rule}" planted in ${path} passes "${step}", which said:\n${text || '(passed)'}`);
    }
    for (const problem of problems) print(problem);
    return { passed: violations.length + 1 - problems.length, failed: problems.length, problems };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, failed } = await selfTest();
  console.log(`check self-test: ${passed} rules seen to fail, ${failed} not`);
  process.exitCode = failed === 0 ? 0 : 1;
}
