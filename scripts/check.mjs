#!/usr/bin/env node
/**
 * `npm run check`: types per room, import rules, lint, format and the repository's own rules.
 *
 *   node scripts/check.mjs            every step; those whose inputs did not change since they passed are not run again
 *   node scripts/check.mjs types lint only the steps whose name begins so
 *   node scripts/check.mjs --fresh    forget what passed before
 *   node scripts/check.mjs --root DIR check another tree (used by check-self-test.mjs)
 *
 * Exit code 0 when every step passed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryFiles, repositoryProblems } from './repository-rules.mjs';

const home = resolve(import.meta.dirname, '..');
const rooms = ['shared', 'engine', 'worker', 'main', 'preload'];
const common = ['package.json', 'package-lock.json', 'tsconfig.base.json', 'scripts/check.mjs'];

/** The steps of the check, longest first so that two cores end together. `inputs` are path prefixes. */
function steps(root) {
  const bin = (path) => join(root, 'node_modules', path);
  const cache = (name) => join(root, 'build/check', name);
  const tsc = (project, name) => [
    bin('typescript/bin/tsc'),
    ...['-p', project, '--incremental', '--tsBuildInfoFile', cache(`${name}.tsbuildinfo`), '--pretty', 'false'],
  ];
  return [
    {
      name: 'lint',
      inputs: ['src/', 'test/', 'scripts/', 'eslint.config.js', 'electron.vite.config.ts', 'vitest.config.ts'],
      // Rules that know types depend on other files than the one they look at: CI lints every file, a person's check
      // those that changed, in seconds instead of a minute.
      node: [
        bin('eslint/bin/eslint.js'),
        ...['.', '--max-warnings', '0'],
        ...(process.env.CI ? [] : ['--cache', '--cache-strategy', 'content', '--cache-location', cache('eslint')]),
      ],
    },
    {
      name: 'types of renderer',
      inputs: ['src/renderer/', 'src/shared/'],
      node: [
        bin('svelte-check/bin/svelte-check'),
        ...['--tsconfig', 'src/renderer/tsconfig.json', '--output', 'machine', '--fail-on-warnings', '--no-color'],
      ],
      // The machine output stamps every line with a time and reports its own start and end.
      read: (text) =>
        text
          .split('\n')
          .filter((line) => / (ERROR|WARNING) /.test(line))
          .map((line) => line.replace(/^\d+ /, ''))
          .join('\n'),
    },
    { name: 'types of test', inputs: ['test/', 'src/'], node: tsc('test', 'test') },
    ...rooms.map((room) => ({
      name: `types of ${room}`,
      inputs: [`src/${room}/`, 'src/shared/', ...(room === 'worker' ? ['src/engine/'] : [])],
      node: tsc(`src/${room}`, room),
    })),
    {
      name: 'imports',
      inputs: ['src/', '.dependency-cruiser.cjs'],
      node: [
        bin('dependency-cruiser/bin/dependency-cruise.mjs'),
        ...['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', '--no-progress'],
      ],
    },
    {
      name: 'python',
      inputs: ['python/', 'scripts/check-python.mjs', 'scripts/repository-rules.mjs'],
      node: [join(home, 'scripts/check-python.mjs'), root],
    },
    {
      name: 'format',
      inputs: [''],
      node: [
        bin('prettier/bin/prettier.cjs'),
        ...['--check', '.', '--cache', '--cache-strategy', 'content', '--cache-location', cache('prettier')],
        ...['--log-level', 'warn'],
      ],
    },
    {
      name: 'reference',
      inputs: ['src/', 'docs/reference.md', 'scripts/reference.mjs', 'scripts/public-names.mjs'],
      node: [join(root, 'scripts/reference.mjs'), '--check', '--root', root],
    },
    {
      name: 'docstrings',
      inputs: ['src/', 'scripts/docstrings.mjs', 'scripts/public-names.mjs'],
      node: [join(root, 'scripts/docstrings.mjs'), '--root', root],
    },
    {
      name: 'repository',
      inputs: [''],
      run: () => repositoryProblems(root).join('\n'),
    },
  ];
}

function run(args, cwd) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    child.stdout.on('data', (bytes) => (text += bytes));
    child.stderr.on('data', (bytes) => (text += bytes));
    child.on('error', (error) => done({ code: 1, text: String(error) }));
    child.on('close', (code) => done({ code: code ?? 1, text }));
  });
}

/** One digest per step of everything it reads, so that an unchanged step need not run again. */
function fingerprints(root, all) {
  const digests = repositoryFiles(root).map((path) => [
    path,
    createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('base64'),
  ]);
  return new Map(
    all.map((step) => {
      const hash = createHash('sha256').update(process.version);
      for (const [path, digest] of digests) {
        if ([...step.inputs, ...common].some((prefix) => path.startsWith(prefix))) hash.update(`${path}\0${digest}\n`);
      }
      return [step.name, hash.digest('base64')];
    }),
  );
}

/**
 * Runs the steps whose names begin with one of `only` (all when empty), two or more at a time, and prints a line for
 * each as it ends, with its findings when it failed.
 */
export async function check({ root = home, only = [], fresh = false, print = console.log } = {}) {
  const memory = join(root, 'build/check/passed.json');
  if (fresh) rmSync(join(root, 'build/check'), { recursive: true, force: true });
  mkdirSync(join(root, 'build/check'), { recursive: true });
  const passedBefore = existsSync(memory) ? JSON.parse(readFileSync(memory, 'utf8')) : {};
  const chosen = steps(root).filter((step) => only.length === 0 || only.some((name) => step.name.startsWith(name)));
  const prints = fingerprints(root, chosen);

  const failures = [];
  const waiting = [...chosen];
  let unchanged = 0;
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      if (passedBefore[step.name] === prints.get(step.name)) {
        unchanged += 1;
        continue;
      }
      const started = performance.now();
      const found = step.run ? step.run() : await run(step.node, root);
      const failed = typeof found === 'string' ? found !== '' : found.code !== 0;
      const text = typeof found === 'string' ? found : failed ? step.read?.(found.text) || found.text : '';
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      print(`  ${failed ? '✗' : '✓'} ${step.name.padEnd(20)} ${seconds.padStart(6)} s`);
      if (failed) {
        failures.push({ name: step.name, text });
        print(text.trimEnd().replace(/^/gm, '      '));
        delete passedBefore[step.name];
      } else {
        passedBefore[step.name] = prints.get(step.name);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(4, availableParallelism())) }, lane));
  writeFileSync(memory, JSON.stringify(passedBefore));
  if (unchanged > 0) print(`  ✓ ${unchanged} of ${chosen.length} steps unchanged since they passed`);
  return { passed: chosen.length - failures.length, failed: failures.length, failures };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const args = process.argv.slice(2);
  const rootAt = args.indexOf('--root');
  const root = rootAt < 0 ? home : resolve(args.splice(rootAt, 2)[1]);
  const started = performance.now();
  const only = args.filter((arg) => !arg.startsWith('--'));
  const { passed, failed } = await check({ root, only, fresh: args.includes('--fresh') });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`check: ${passed} passed, ${failed} failed, ${seconds} s`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}
