/** Set-up's second step: node_modules as package-lock.json says. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError, lastLines, looksOffline, root, run } from './setup-run.mjs';

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return null;
  }
}

/** True when node_modules holds the very versions of the lock file; optional packages of other systems may be absent. */
export function dependenciesMatch() {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const present = packagesIn(join(root, 'node_modules/.package-lock.json'));
  if (wanted === null || present === null) return false;
  return Object.entries(wanted).every(([path, { version, optional, peer, devOptional }]) => {
    if (path === '') return true;
    const installed = present[path];
    if (!installed) return optional === true || devOptional === true || peer === true;
    return installed.version === version && existsSync(join(root, path, 'package.json'));
  });
}

/** npm as it was started, or as the shell finds it; on Windows it is a script that needs a shell. */
function npmCommand() {
  const program = process.env.npm_execpath;
  if (program?.endsWith('.js') || program?.endsWith('.cjs'))
    return { command: process.execPath, before: [program], shell: false };
  const isWindows = process.platform === 'win32';
  return { command: isWindows ? 'npm.cmd' : 'npm', before: [], shell: isWindows };
}

/** @throws {SetUpError} when npm could not install them. */
export async function setUpDependencies({ log }) {
  if (dependenciesMatch()) return false;
  log('dependencies: npm ci');
  const { command, before, shell } = npmCommand();
  // A production setting of the shell must not leave out what the build needs.
  const env = { ...process.env, NODE_ENV: 'development', npm_config_fetch_retry_mintimeout: '2000' };
  const args = [...before, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const { code, text, logFile } = await run(command, args, { name: 'dependencies', log, env, shell });
  if (code === 0) return true;
  throw new SetUpError(
    looksOffline(text)
      ? 'The dependencies could not be installed: the npm registry cannot be reached. Connect to the network (or set a proxy with: npm config set proxy …), then start again.'
      : `The dependencies could not be installed. npm said:\n${lastLines(text)}\n  The whole output is in ${logFile}. To try by hand: npm ci`,
  );
}
