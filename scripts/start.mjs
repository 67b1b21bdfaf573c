#!/usr/bin/env node
/** `npm start`: sets up what is missing and opens Eigenscope. Needs nothing but Node. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import * as util from 'node:util';
import { electronProgram } from './setup-electron.mjs';
import { root } from './setup-run.mjs';
import { SetUpError, checkNode, setUp } from './setup.mjs';

const help = `Usage: npm start -- [options] [files…]

Sets up what is missing, opens Eigenscope, and opens the files named.

  --shell=electron   the Electron window, or an error that says why not
  --shell=browser    a window of Chromium, Chrome, Edge or Brave
  --no-open          open no window: print the address and stay
  --port N           listen on this port of 127.0.0.1 (browser window)
  --session FOLDER   keep the session in this folder
  --max-upload MB    largest file the page may hand over (browser window, default 4096)
  --stop-with-stdin  end when the standard input is closed (browser window)
  --yes              install system packages without asking
  --help             this text

EIGENSCOPE_HOME sets the folder of sessions, EIGENSCOPE_BROWSER the program of the browser.
Ctrl-C ends it and everything it started. What was open is there again at the next start.
`;

const began = performance.now();

function log(line) {
  console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);
}

function readArguments() {
  try {
    const { values, positionals } = util.parseArgs({
      allowPositionals: true,
      options: {
        shell: { type: 'string' },
        'no-open': { type: 'boolean' },
        port: { type: 'string' },
        session: { type: 'string' },
        'max-upload': { type: 'string' },
        'stop-with-stdin': { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.shell !== undefined && values.shell !== 'electron' && values.shell !== 'browser') {
      throw new Error(`--shell takes electron or browser, not "${values.shell}"`);
    }
    // npm runs scripts in the package's folder; names are meant from where the person is.
    const here = process.env.INIT_CWD ?? process.cwd();
    const files = positionals.map((file) => resolve(here, file));
    const session = values.session === undefined ? null : resolve(here, values.session);
    return { ...values, files, session };
  } catch (error) {
    throw new SetUpError(`${error.message}\nSee: npm start -- --help`);
  }
}

/** Runs Electron; resolves to its exit code, or to null when it could not show a window. */
function runElectron(program, { files, session }) {
  const env = { ...process.env };
  delete env.ELECTRON_RUN_AS_NODE;
  // Chromium refuses to run as root inside its sandbox.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const chosen = session === null ? [] : [`--session=${session}`];
  return new Promise((done) => {
    const started = Date.now();
    const child = spawn(program, [...asRoot, root, ...chosen, '--', ...files], { env, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
    child.once('error', () => done(null));
    child.once('exit', (code, signal) => {
      // Missing libraries and forbidden sandboxes end it before its window appears.
      const early = Date.now() - started < 5000 && (code !== 0 || signal !== null);
      done(early ? null : (code ?? 1));
    });
  });
}

async function main() {
  checkNode();
  const options = readArguments();
  if (options.help) {
    process.stdout.write(help);
    return 0;
  }
  const mustBeBrowser = options.shell === 'browser' || options['no-open'] || options.port !== undefined;
  if (options.shell === 'electron' && mustBeBrowser) {
    throw new SetUpError('--no-open and --port belong to the browser window; leave out --shell=electron');
  }
  await setUp({ log, yes: options.yes === true });

  if (!mustBeBrowser) {
    const { program, reason } = await electronProgram({ log, insist: options.shell === 'electron' });
    if (program !== null) {
      log('opening the Electron window');
      const code = await runElectron(program, options);
      if (code !== null) return code;
      if (options.shell === 'electron') {
        throw new SetUpError(
          'Electron could not show its window; what it said is above. Without it: npm start -- --shell=browser',
        );
      }
      log('Electron could not show its window; using the browser window instead');
    } else if (options.shell === 'electron') {
      throw new SetUpError(`Electron cannot run: ${reason}. Without it: npm start -- --shell=browser`);
    } else log(`${reason}; using the browser window instead of Electron`);
  }
  const { readOptions, runBrowserWindow } = await import(new URL('../out/main/browser.js', import.meta.url).href);
  const passed = [];
  for (const name of ['port', 'max-upload']) if (options[name] !== undefined) passed.push(`--${name}=${options[name]}`);
  for (const name of ['no-open', 'stop-with-stdin']) if (options[name]) passed.push(`--${name}`);
  if (options.session !== null) passed.push(`--session=${options.session}`);
  return runBrowserWindow(readOptions([...passed, '--', ...options.files]));
}

try {
  process.exitCode = await main();
} catch (error) {
  const isExpected = error instanceof SetUpError || error.name === 'AppError';
  console.error(isExpected ? error.message + (error.hint ? `; ${error.hint}` : '') : (error.stack ?? error));
  process.exitCode = 1;
}
// What is left open by then, such as a page's socket on its way out, must not keep it alive.
process.exit();
