/**
 * Brings a clone to where it can start: system packages, dependencies, native addon, build. Needs nothing but Node,
 * does only what is missing, and waits for another set-up of the same clone.
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildIsCurrent, setUpBuild } from './setup-build.mjs';
import { dependenciesMatch, setUpDependencies } from './setup-dependencies.mjs';
import { SetUpError, setUpFolder } from './setup-run.mjs';
import { setUpChromium, setUpSystem, wasBuiltBefore } from './setup-system.mjs';

export { SetUpError } from './setup-run.mjs';

/** @typedef {'system' | 'dependencies' | 'native' | 'build' | 'chromium'} Step */

const lowestNode = [20, 19];

/** @throws {SetUpError} on a Node that is too old to build or run Eigenscope. */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > lowestNode[0] || (major === lowestNode[0] && minor >= lowestNode[1])) return;
  throw new SetUpError(
    `Eigenscope needs Node ${lowestNode.join('.')} or newer; this is ${version}. Get a newer one from https://nodejs.org.`,
  );
}

/** One set-up at a time; the lock of a process that is gone does not count. */
async function lock(log) {
  mkdirSync(setUpFolder, { recursive: true });
  const path = join(setUpFolder, 'lock');
  let told = false;
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      const release = () => {
        process.off('exit', release);
        rmSync(path, { force: true });
      };
      process.once('exit', release);
      return release;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (holderIsGone(path)) rmSync(path, { force: true });
    else {
      if (!told) log('waiting for another start that is setting up');
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function holderIsGone(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    // Between its making and its writing the file is empty.
    if (pid === 0) return Date.now() - statSync(path).mtimeMs > 5000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

async function setUpNative({ log, yes }) {
  const { buildNative, NativeBuildError } = await import('./build-native.mjs');
  const inSteps = (line) => log(`native addon: ${line}`);
  try {
    return (await buildNative({ log: inSteps })).built;
  } catch (error) {
    if (!(error instanceof NativeBuildError)) throw error;
    // What was there at an earlier build may have been removed since.
    if (await setUpSystem({ log, yes })) return (await buildNative({ log: inSteps })).built;
    throw new SetUpError(error.message, { cause: error });
  }
}

async function nativeIsCurrent() {
  const native = await import('./build-native.mjs');
  return native.nativeIsCurrent();
}

const steps = {
  system: { isDone: () => wasBuiltBefore(), run: setUpSystem },
  dependencies: { isDone: () => dependenciesMatch(), run: setUpDependencies },
  native: { isDone: nativeIsCurrent, run: setUpNative },
  build: { isDone: () => buildIsCurrent(), run: setUpBuild },
  chromium: { isDone: () => false, run: setUpChromium },
};

/**
 * Does what is missing of the steps named, in order, and says each as it happens.
 * @param {{ log?: (line: string) => void, yes?: boolean, need?: Step[] }} [options] `yes`: install system packages
 * without asking.
 * @returns {Promise<boolean>} whether anything had to be done.
 * @throws {SetUpError} whose message says what failed and what to do.
 */
export async function setUp({
  log = console.log,
  yes = false,
  need = ['system', 'dependencies', 'native', 'build'],
} = {}) {
  checkNode();
  const open = [];
  for (const name of Object.keys(steps)) {
    // A step that is not done may undo the ones after it.
    if (need.includes(name) && (open.length > 0 || !(await steps[name].isDone()))) open.push(name);
  }
  if (open.length === 0) return false;
  const release = await lock(log);
  let did = false;
  try {
    for (const name of open) {
      const began = performance.now();
      if (await steps[name].run({ log, yes })) {
        did = true;
        log(`  done in ${((performance.now() - began) / 1000).toFixed(1)} s`);
      }
    }
  } catch (error) {
    if (error.code === 'ENOSPC')
      throw new SetUpError('The disk is full. Free some space, then start again.', { cause: error });
    throw error;
  } finally {
    release();
  }
  return did;
}
