#!/usr/bin/env node
/**
 * `npm test`: set-up, check, unit tests, and journeys of a person in a real browser. The last line is
 * `N passed, N failed`, over all of them.
 *
 *   npm test                everything
 *   npm test -- check       types, import rules, lint, format, and the proof that they can fail
 *   npm test -- unit        shared, native, engine, worker, main, renderer
 *   npm test -- app         end to end
 *   npm test -- iris        test files whose path contains "iris"
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const home = resolve(import.meta.dirname, '..');
const parts = ['check', 'unit', 'app'];
const unitProjects = ['shared', 'native', 'engine', 'worker', 'main', 'renderer'];

const total = { passed: 0, failed: 0, skipped: 0 };
const listHeading = `\n── what failed ${'─'.repeat(65)}\n`;
/** What failed, with the beginning of why: said again at the end, where the eye is. */
const failures = [];

function heading(text) {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 76 - text.length))}`);
}

function add({ passed = 0, failed = 0, skipped = 0, failures: found = [] }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  failures.push(...found);
}

/** A failure as it is listed at the end: its name, and the first lines of its message. */
function failure(name, text = '') {
  const plain = stripVTControlCharacters(String(text)).trim();
  const told = plain.split('\n').filter((line) => !/^\s+at (?:.*node_modules|new Promise)/.test(line));
  return [name, ...told.slice(0, 12).map((line) => `    ${line.slice(0, 300)}`)].join('\n').trimEnd();
}

/** Runs one part; whatever it throws counts as one failure and does not stop the others. */
async function part(name, run) {
  heading(name);
  const started = performance.now();
  try {
    add(await run());
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error(text);
    add({ failed: 1, failures: [failure(name, text)] });
  }
  console.log(`   ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Runs vitest and reads its totals from its own report; a run without a report has failed. */
async function vitest(name, args, environment = {}) {
  const report = join(home, 'build/test', `${name}.json`);
  mkdirSync(join(home, 'build/test'), { recursive: true });
  const outside = join(home, 'build/test', `${name}-unhandled.json`);
  for (const path of [report, outside]) rmSync(path, { force: true });
  const code = await new Promise((done, fail) => {
    const child = spawn(
      process.execPath,
      [
        join(home, 'node_modules/vitest/vitest.mjs'),
        ...['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
        `--reporter=${join(home, 'scripts/unhandled-errors.mjs')}`,
        ...args,
      ],
      { cwd: home, stdio: 'inherit', env: { ...process.env, ...environment, EIGENSCOPE_UNHANDLED_ERRORS: outside } },
    );
    child.on('error', fail);
    child.on('close', (status) => done(status ?? 1));
  });
  if (!existsSync(report)) return { failed: 1, failures: [failure(name, `no report; vitest ended with ${code}`)] };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  const found = [];
  for (const { name: path, assertionResults } of testResults) {
    for (const { status, fullName, failureMessages } of assertionResults) {
      if (status === 'failed') found.push(failure(`${relative(home, path)}: ${fullName}`, failureMessages?.[0]));
    }
  }
  const unhandled = existsSync(outside) ? JSON.parse(readFileSync(outside, 'utf8')) : [];
  for (const { where, text } of unhandled) found.push(failure(`${name}, ${where}`, text));
  // A process that ended leaves its tests running, and none of them has failed.
  const ended = testResults.flatMap(({ name: path, assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'pending').map((test) => ({ path, ...test })),
  );
  for (const { path, fullName } of unhandled.length > 0 ? ended.slice(0, 3) : []) {
    found.push(failure(`${relative(home, path)}: ${fullName}`, 'had not ended'));
  }
  if (found.length === 0 && code !== 0) found.push(failure(name, `vitest ended with ${code}, though no test failed`));
  return {
    passed: numPassedTests,
    failed: Math.max(numFailedTests + unhandled.length, code === 0 ? 0 : 1),
    skipped: numPendingTests + numTodoTests,
    failures: found,
  };
}

/** The self-test depends on few files: while they are the same it need not be run again. */
async function checkSelfTest() {
  const files = ['package-lock.json', 'tsconfig.base.json', 'eslint.config.js', '.dependency-cruiser.cjs'];
  files.push(...['check', 'check-self-test', 'repository-rules'].map((name) => `scripts/${name}.mjs`));
  const hash = createHash('sha256').update(process.version);
  for (const path of files) hash.update(readFileSync(join(home, path)));
  const print = hash.digest('base64');
  const memory = join(home, 'build/check/self-test');
  if (existsSync(memory) && readFileSync(memory, 'utf8').startsWith(print)) {
    const passed = Number(readFileSync(memory, 'utf8').split('\n')[1]);
    console.log(`  ✓ ${passed} rules were seen to fail; nothing they depend on changed`);
    return { passed };
  }
  const { selfTest } = await import('./check-self-test.mjs');
  const { passed, failed, problems } = await selfTest();
  console.log(`  ${failed === 0 ? '✓' : '✗'} ${passed} rules seen to fail, ${failed} not`);
  if (failed === 0) writeFileSync(memory, `${print}\n${passed}`);
  return { passed, failed, failures: problems.map((problem) => failure('check, seen to fail', problem)) };
}

/** The program of Electron when its binary is there; the npm package alone is not enough. */
function electronBinary() {
  const folder = join(home, 'node_modules/electron');
  if (!existsSync(join(folder, 'path.txt'))) return null;
  const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
  return existsSync(program) ? program : null;
}

async function main() {
  const args = process.argv.slice(2);
  const chosen = args.filter((arg) => parts.includes(arg));
  const patterns = args.filter((arg) => !parts.includes(arg));
  const wants = (name) =>
    args.length === 0 ? true : chosen.includes(name) || (patterns.length > 0 && name !== 'check');

  heading('set-up');
  const { setUp } = await import('./setup.mjs');
  const forApp = wants('app') ? ['chromium'] : [];
  const forCode = wants('unit') || wants('app') ? ['system', 'native', 'build'] : [];
  await setUp({ yes: true, need: ['dependencies', ...forCode, ...forApp] });

  const checks = async () => {
    const { check } = await import('./check.mjs');
    await part('check', async () => {
      const { failures: found, ...counts } = await check();
      return { ...counts, failures: found.map(({ name, text }) => failure(`check: ${name}`, text)) };
    });
    await part('check, seen to fail', checkSelfTest);
  };
  // Journeys wait for pages more than they compute: what nobody waits for runs beneath the tests, at low priority.
  const beneath = wants('check') && wants('unit') && wants('app') && process.env.CI !== undefined;
  if (wants('check') && !beneath) await checks();
  const checked = beneath ? checksBeneath() : null;
  const only = [...patterns, ...(patterns.length > 0 ? ['--passWithNoTests'] : [])];
  if (wants('unit')) {
    const projects = unitProjects.flatMap((name) => ['--project', name]);
    await part('unit', () => vitest('unit', [...projects, ...only]));
  }
  if (wants('app')) {
    await part('app in Chromium', () => vitest('app', ['--project', 'app*', ...only]));
    const electron = electronBinary();
    if (electron !== null) {
      const environment = { EIGENSCOPE_TEST_WINDOW: 'electron', EIGENSCOPE_TEST_ELECTRON: electron };
      await part('app in Electron', () => vitest('electron', ['--project', 'app*', ...only], environment));
    } else {
      await part('app in Electron', () => {
        const report = join(home, 'build/test/app.json');
        const skipped = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).numTotalTests : 0;
        console.log(`   ${skipped} journeys skipped: Electron's binary is not installed here`);
        return { skipped };
      });
    }
  }
  if (checked === null) return;
  await part('check, beneath the tests', async () => {
    const { said, ...counts } = await checked;
    console.log(said.trim());
    return counts;
  });
}

/** The check as a process of low priority; what it says is said when it is asked for. */
function checksBeneath() {
  const child = spawn(process.execPath, [join(home, 'scripts/test.mjs'), 'check'], { cwd: home });
  try {
    setPriority(child.pid, 10);
  } catch {
    // It runs beside them instead.
  }
  let said = '';
  child.stdout.on('data', (bytes) => (said += bytes));
  child.stderr.on('data', (bytes) => (said += bytes));
  return new Promise((done) => {
    child.on('error', (error) => done({ said: '', failed: 1, failures: [failure('check', error)] }));
    child.on('close', (code) => {
      const [, passed, failed] = /^(\d+) passed, (\d+) failed/m.exec(said) ?? [null, 0, 1];
      const broken = Math.max(Number(failed), code === 0 ? 0 : 1);
      const [, listed = `check: ended with ${code}`] = said.split(listHeading);
      const found = broken > 0 ? [listed.replace(/\n\d+ s in all[^]*/, '').trim()] : [];
      done({ said, passed: Number(passed), failed: broken, failures: found });
    });
  });
}

const started = performance.now();
try {
  await main();
} catch (error) {
  // Set-up explains itself; what it could not do is a failure of the whole.
  console.error(error instanceof Error ? error.message : error);
  add({ failed: 1, failures: [failure('set-up', error instanceof Error ? error.message : error)] });
}
if (failures.length > 0) console.log(`${listHeading}${failures.join('\n')}`);
const { passed, failed, skipped } = total;
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s in all`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
