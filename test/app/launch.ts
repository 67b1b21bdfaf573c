/**
 * Starts the built application as a person does and hands over its page: in Chromium with the browser window's
 * server, or in Electron when EIGENSCOPE_TEST_WINDOW says so. Journeys see no difference.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  _electron,
  type Browser,
  type FileChooser,
  type BrowserContext,
  chromium,
  type ElectronApplication,
  type Page,
} from 'playwright-core';

/** The repository; the bench, which runs bundled, names it. */
export const root = process.env['EIGENSCOPE_ROOT'] ?? resolve(import.meta.dirname, '../..');

export interface LaunchOptions {
  /** The data folder; a new one that is removed at the end when not given. */
  home?: string;
  /** Files named on the command line. */
  files?: string[];
  size?: { width: number; height: number };
  theme?: 'light' | 'dark';
  env?: Record<string, string>;
}

export interface App {
  page: Page;
  home: string;
  /** From starting the process to the page saying it is interactive, in milliseconds. */
  startedIn: number;
  /** Errors of the console and of the page, violations of the policy, requests to elsewhere. */
  complaints: string[];
  /** Does what opens the system's dialog, and chooses `paths` in it. */
  chooseFiles(paths: string[], trigger: () => Promise<void>): Promise<void>;
  /** Does what saves a file, and returns the path of the file that was saved. */
  save(trigger: () => Promise<void>): Promise<string>;
  /** The process identity of the compute process, as the session's lock names it. */
  computePid(): number;
  close(): Promise<void>;
}

/** The folder of the application under test; a package made elsewhere can be named instead of this clone. */
const built = process.env['EIGENSCOPE_TEST_APP'] ?? root;

/** How long a step may take before the journey fails, in milliseconds. */
const patience = Number(process.env['EIGENSCOPE_TEST_PATIENCE'] ?? 15_000);

const browserCandidates = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

export function chromiumPath(): string {
  const found = browserCandidates.find((path) => path !== undefined && existsSync(path));
  if (found === undefined) {
    throw new Error('The journeys need a browser of the Chromium family: install chromium, or set CHROMIUM_PATH.');
  }
  return found;
}

let shared: Promise<Browser> | null = null;

/** One browser for all apps of a test file; each app has its own context in it. */
function browser(): Promise<Browser> {
  shared ??= chromium.launch({
    executablePath: chromiumPath(),
    args: [
      // Chromium refuses to run as root inside its sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--force-color-profile=srgb'],
    ],
  });
  return shared;
}

export async function closeBrowser(): Promise<void> {
  await (await shared)?.close();
  shared = null;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'eigenscope-app-'));
}

export async function launch(options: LaunchOptions = {}): Promise<App> {
  const home = options.home ?? temporaryFolder();
  const app =
    process.env['EIGENSCOPE_TEST_WINDOW'] === 'electron'
      ? await launchElectron(home, options)
      : await launchBrowserWindow(home, options);
  return {
    ...app,
    async close() {
      await app.close();
      if (options.home === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

function listen(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
    if (/Content.Security.Policy/i.test(message.text())) complaints.push(`policy: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`page: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    const local =
      hostname === '127.0.0.1' || ['data:', 'blob:', 'file:', 'eigenscope:', 'devtools:'].includes(protocol);
    if (!local) complaints.push(`request to ${request.url()}`);
  });
}

/** The process identity of the compute process of the one session under a data folder. */
export function computePidOf(home: string): number {
  for (const session of readdirSync(join(home, 'sessions'))) {
    const lock = join(home, 'sessions', session, 'lock');
    if (!existsSync(lock)) continue;
    const holders = JSON.parse(readFileSync(lock, 'utf8')) as { pid: number }[];
    const compute = holders.at(-1);
    if (holders.length > 1 && compute !== undefined) return compute.pid;
  }
  throw new Error(`no session of ${home} has a compute process`);
}

/** The page marks the moment it shows the workspace and takes input; the BLAS in the status bar follows. */
export async function interactive(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('eigenscope-interactive').length > 0);
  await page.getByRole('contentinfo', { name: 'Status' }).getByRole('button', { name: /BLAS/ }).waitFor();
}

/** The application's server for the browser window, and the address with its token. */
export async function startServer(
  home: string,
  options: LaunchOptions = {},
): Promise<{ server: ChildProcess; address: string }> {
  const server = spawn(
    process.execPath,
    [join(built, 'out/main/browser.js'), '--no-open', '--port', '0', ...(options.files ?? [])],
    { env: { ...process.env, ...options.env, EIGENSCOPE_HOME: home }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return { server, address: await printedAddress(server) };
}

async function launchBrowserWindow(home: string, options: LaunchOptions): Promise<App> {
  const started = performance.now();
  const { server, address } = await startServer(home, options);
  const context = await (
    await browser()
  ).newContext({
    viewport: options.size ?? { width: 1440, height: 900 },
    colorScheme: options.theme ?? 'light',
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const complaints: string[] = [];
  listen(page, complaints);
  // Listening from the start: a dialog asked for before anybody listens would open for real and wait for ever.
  let choosing: ((chooser: FileChooser) => void) | null = null;
  page.on('filechooser', (chooser) => choosing?.(chooser));
  try {
    await page.goto(address);
    await interactive(page);
  } catch (error) {
    await photograph(page, 'start');
    await stop(server, context);
    throw new Error(`the app did not become interactive: ${complaints.join('\n')}`, { cause: error });
  }
  return {
    page,
    home,
    startedIn: performance.now() - started,
    complaints,
    async chooseFiles(paths, trigger) {
      const chooser = new Promise<FileChooser>((done) => (choosing = done));
      await trigger();
      const found = await Promise.race([chooser, page.waitForTimeout(patience)]);
      if (found === undefined) throw new Error('no dialog for files was opened');
      await found.setFiles(paths);
    },
    async save(trigger) {
      const downloading = page.waitForEvent('download', { timeout: 60_000 });
      await trigger();
      const download = await downloading;
      const folder = join(home, 'saved');
      mkdirSync(folder, { recursive: true });
      const path = join(folder, download.suggestedFilename());
      copyFileSync(await download.path(), path);
      return path;
    },
    computePid: () => computePidOf(home),
    close: () => stop(server, context),
  };
}

function printedAddress(server: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let text = '';
    const read = (bytes: Buffer): void => {
      text += bytes.toString();
      const found = /Eigenscope is at (http:\/\/127\.0\.0\.1:\d+\/\?token=\S+)/.exec(text);
      if (found?.[1] !== undefined) done(found[1]);
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.once('error', fail);
    server.once('exit', (code) => fail(new Error(`the server ended with ${code}: ${text}`)));
  });
}

async function stop(server: ChildProcess, context: BrowserContext): Promise<void> {
  await context.close();
  await stopServer(server);
}

export async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((done) => server.once('exit', done));
  server.kill('SIGTERM');
  const force = setTimeout(() => server.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(force);
}

async function launchElectron(home: string, options: LaunchOptions): Promise<App> {
  const started = performance.now();
  const executablePath = process.env['EIGENSCOPE_TEST_ELECTRON'];
  const size = options.size ?? { width: 1440, height: 900 };
  const electron: ElectronApplication = await _electron.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      join(built, 'out/main/index.js'),
      ...(options.files ?? []),
    ],
    env: { ...(process.env as Record<string, string>), ...options.env, EIGENSCOPE_HOME: home },
  });
  const page = await electron.firstWindow();
  page.setDefaultTimeout(patience);
  const complaints: string[] = [];
  listen(page, complaints);
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: options.theme ?? 'light' });
  await interactive(page);
  return {
    page,
    home,
    startedIn: performance.now() - started,
    complaints,
    async chooseFiles(paths, trigger) {
      await electron.evaluate(({ dialog }, filePaths) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths });
      }, paths);
      await trigger();
    },
    async save(trigger) {
      const folder = join(home, 'saved');
      mkdirSync(folder, { recursive: true });
      await electron.evaluate(({ dialog }, to) => {
        dialog.showSaveDialog = (...given: unknown[]) => {
          const { defaultPath } = given.at(-1) as { defaultPath?: string };
          const name = (defaultPath ?? 'saved').replace(/^.*[/\\]/, '');
          return Promise.resolve({ canceled: false, filePath: `${to}/${name}` });
        };
      }, folder);
      const before = new Set(readdirSync(folder));
      await trigger();
      for (let waited = 0; waited < 60_000; waited += 100) {
        const saved = readdirSync(folder).find((name) => !before.has(name));
        if (saved !== undefined) return join(folder, saved);
        await new Promise((next) => setTimeout(next, 100));
      }
      throw new Error('nothing was saved within a minute');
    },
    computePid: () => computePidOf(home),
    close: () => electron.close(),
  };
}

/** Keeps a picture of what the page shows, for a person who reads the failure. */
export async function photograph(page: Page, name: string): Promise<void> {
  const folder = join(root, 'test-results');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replace(/[^\w-]+/g, '-').slice(0, 100)}.png`) }).catch(() => {});
}
