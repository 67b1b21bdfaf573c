/** What the steps of set-up share: their errors, their folder, and running a program without its noise. */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, appendFileSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Not import.meta.dirname: a Node too old to have it must get as far as being told so.
export const root = fileURLToPath(new URL('..', import.meta.url));
/** Logs and stamps of set-up. */
export const setUpFolder = join(root, 'build', 'setup');

/** A step that could not be done; the message is a plain sentence and the remedy. */
export class SetUpError extends Error {
  name = 'SetUpError';
}

/** The path of a program, as a shell would find it; null when there is none. */
export function which(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, name + ending);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  return null;
}

const running = new Set();

function endRunning() {
  for (const child of running) {
    try {
      if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
      else process.kill(-child.pid, 'SIGTERM');
    } catch {
      // It ended by itself.
    }
  }
}

const interruptions = Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }).map(([signal, code]) => ({
  signal,
  end: () => process.exit(code),
}));

/**
 * Starts a program that ends with this process, whatever it started itself included: Ctrl-C, a signal sent to this
 * process alone and an error all leave nothing behind.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function spawnOwned(command, args, options) {
  // Before it starts, so that no moment is left in which it could stay behind.
  if (running.size === 0) {
    process.on('exit', endRunning);
    for (const { signal, end } of interruptions) process.on(signal, end);
  }
  // A group of its own can be ended as a whole; on Windows the tree of processes can.
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  running.add(child);
  const ended = () => {
    if (!running.delete(child) || running.size > 0) return;
    process.off('exit', endRunning);
    for (const { signal, end } of interruptions) process.off(signal, end);
  };
  child.once('error', ended).once('exit', ended);
  return child;
}

/**
 * Runs a program; its output goes to a log, and a line every ten seconds says that it still works.
 * @param {string} command
 * @param {string[]} args
 * @param {{ name: string, log: (line: string) => void, env?: NodeJS.ProcessEnv, shell?: boolean, input?: boolean }} options
 * @returns {Promise<{ code: number, text: string, logFile: string }>}
 */
export function run(command, args, { name, log, env = process.env, shell = false, input = false }) {
  mkdirSync(setUpFolder, { recursive: true });
  const logFile = join(setUpFolder, `${name}.log`);
  writeFileSync(logFile, `$ ${command} ${args.join(' ')}\n`);
  return new Promise((resolve, reject) => {
    const options = { cwd: root, env, shell, stdio: [input ? 'inherit' : 'ignore', 'pipe', 'pipe'] };
    // What asks on the terminal has to stay in its foreground, where Ctrl-C reaches it.
    const child = input ? spawn(command, args, options) : spawnOwned(command, args, options);
    let text = '';
    const take = (chunk) => {
      text = (text + chunk).slice(-100_000);
      appendFileSync(logFile, chunk);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    const began = Date.now();
    const beat = setInterval(() => log(`  still at it (${Math.round((Date.now() - began) / 1000)} s)`), 10_000);
    child.on('error', (error) => {
      clearInterval(beat);
      reject(error);
    });
    child.on('close', (code) => {
      clearInterval(beat);
      resolve({ code: code ?? 1, text, logFile });
    });
  });
}

/** The end of a program's output, indented, for an error message. */
export function lastLines(text, count = 6) {
  const lines = text
    .trimEnd()
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines
    .slice(-count)
    .map((line) => `    ${line.slice(0, 200)}`)
    .join('\n');
}

/** True when the program failed because nothing outside could be reached. */
export function looksOffline(text) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT|ECONNRESET|Could not resolve|Temporary failure resolving|Unable to fetch|Could not connect|network/i.test(
    text,
  );
}
