/** What the steps of set-up share: their errors, their folder, and running a program without its noise. */
import { spawn } from 'node:child_process';
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
    const child = spawn(command, args, {
      cwd: root,
      env,
      shell,
      stdio: [input ? 'inherit' : 'ignore', 'pipe', 'pipe'],
    });
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
