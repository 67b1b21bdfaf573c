/**
 * The browser window: Eigenscope without Electron. Serves the page on 127.0.0.1, runs the compute process and,
 * where there is a display, opens the page as a window of its own. `node out/main/browser.js --help`.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError, type ErrorValue, toErrorValue } from '#shared/errors.ts';
import { type AppWindow, findBrowser, hasDisplay, openAppWindow } from './browser-window.ts';
import { ComputeProcess } from './compute-process.ts';
import { dataFolder } from './data-folder.ts';
import { forkCompute } from './fork-compute.ts';
import { grantPath } from './grants.ts';
import { keepPort, keptPort } from './kept-port.ts';
import { serveLoopback } from './loopback-server.ts';
import { RecentFiles } from './recent-files.ts';
import { openSession } from './session.ts';

const help = `Usage: node out/main/browser.js [options] [files…]

  --no-open          print the address and stay; open no window
  --port N           listen on this port of 127.0.0.1 (default: the one of the last time, or a free one)
  --session FOLDER   keep the session in this folder
  --max-upload MB    largest file the page may hand over (default 4096)
  --stop-with-stdin  end when the standard input is closed
  --help             this text
`;

export interface BrowserOptions {
  files: string[];
  open: boolean;
  port: number;
  session: string | null;
  maxUploadMegabytes: number;
  stopWithStdin: boolean;
}

/** @throws AppError `value` for an option that is unknown or has no sense. */
export function readOptions(argv: readonly string[]): BrowserOptions | 'help' {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        'no-open': { type: 'boolean' },
        port: { type: 'string' },
        session: { type: 'string' },
        'max-upload': { type: 'string' },
        'stop-with-stdin': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new AppError('value', (error as Error).message, { hint: 'see --help' });
  }
  const { values, positionals } = parsed;
  if (values.help) return 'help';
  const number = (name: 'port' | 'max-upload', fallback: number, most: number): number => {
    const text = values[name];
    if (text === undefined) return fallback;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value > most) {
      throw new AppError('value', `--${name} takes a whole number up to ${most}, not "${text}"`, { argument: name });
    }
    return value;
  };
  return {
    files: positionals,
    open: values['no-open'] !== true,
    port: number('port', 0, 65535),
    session: values.session ?? null,
    maxUploadMegabytes: number('max-upload', 4096, 1_000_000),
    stopWithStdin: values['stop-with-stdin'] === true,
  };
}

function sentence(error: ErrorValue): string {
  const text = error.code === 'bug' ? (error.stack ?? error.message) : error.message;
  return error.hint ? `${text}; ${error.hint}` : text;
}

const restartSentence = {
  cancelled: 'was stopped to cancel',
  crashed: 'crashed',
  killed: 'was killed',
  'out-of-memory': 'ran out of memory',
} as const;

/** Runs the window until it is closed; resolves to the exit code. */
export async function runBrowserWindow(options: BrowserOptions): Promise<number> {
  const here = import.meta.dirname;
  const { version } = JSON.parse(readFileSync(join(here, '../../package.json'), 'utf8')) as { version: string };
  const data = dataFolder();
  const granted = options.files.map(grantPath);
  const recent = new RecentFiles(data);
  for (const grant of granted) recent.remember(grant, grant.path);
  const session = openSession(data, options.session);

  let ready = false;
  const compute = new ComputeProcess({
    launch: forkCompute(join(here, 'worker.js')),
    session: session.folder,
    app: version,
    granted,
    onPid: (pid) => session.sharedWith(pid),
    onRestart: ({ reason, job }) => {
      process.stderr.write(
        `The compute process ${restartSentence[reason]}${job ? ` (${job})` : ''}; starting it again\n`,
      );
    },
    onState: (state) => {
      if (state.name === 'failed') process.stderr.write(`${sentence(state.error)}\n`);
      if (state.name === 'ready' && !ready) {
        ready = true;
        process.stdout.write(`Ready in ${(performance.now() / 1000).toFixed(1)} s\n`);
      }
    },
  });

  let stop: (code: number) => void = () => {};
  const stopped = new Promise<number>((resolve) => (stop = resolve));
  // Before anything is started, so that a Ctrl-C at any moment ends it in order. A second one does not wait.
  let interrupts = 0;
  const interrupt = () => (++interrupts > 1 ? process.exit(130) : stop(0));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);

  compute.start();
  let pages = 0;
  let server;
  try {
    const serve = (port: number) =>
      serveLoopback({
        root: join(here, '../renderer'),
        port,
        session,
        compute,
        recent,
        uploadLimit: options.maxUploadMegabytes * 1e6,
        onPage: () => pages++,
      });
    if (options.port !== 0) server = await serve(options.port);
    else {
      const kept = keptPort(data);
      // A second window, or another program, may have it now.
      server = await serve(kept).catch(() => serve(0));
      if (kept === 0) keepPort(data, Number(new URL(server.address).port));
    }
  } catch (error) {
    await compute.stop();
    session.close();
    throw error;
  }

  if (options.stopWithStdin) {
    process.stdin.resume();
    process.stdin.once('end', () => stop(0)).once('error', () => stop(0));
  }

  let window: AppWindow | null = null;
  const printAddress = () => process.stdout.write(`Eigenscope is at ${server.address}\n`);
  const browser = options.open && hasDisplay() ? findBrowser() : null;
  if (browser === null) {
    if (options.open && hasDisplay()) {
      process.stdout.write('No browser of the Chromium family was found; open this address in the browser you have.\n');
    }
    printAddress();
  } else {
    window = openAppWindow(browser, server.launchAddress(), data);
    void window.closed.then(({ ms }) => {
      window = null;
      // A browser that could not show a window must not take the application with it.
      if (pages > 0) stop(0);
      else {
        process.stdout.write(`${browser} ended after ${(ms / 1000).toFixed(1)} s without showing the window.\n`);
        printAddress();
      }
    });
    process.stdout.write(`Eigenscope opens in a window of ${browser}\n`);
  }

  const code = await stopped;
  await Promise.all([server.close(), window?.close(), compute.stop()]);
  session.close();
  return code;
}

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === 'help') process.stdout.write(help);
    else process.exitCode = await runBrowserWindow(options);
  } catch (error) {
    process.stderr.write(`${sentence(toErrorValue(error))}\n`);
    process.exitCode = 1;
  }
  // A page's socket on its way to the compute process could keep the loop alive.
  process.exit();
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === import.meta.filename) await main();
