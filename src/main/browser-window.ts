/** Finds a browser of the Chromium family and opens Eigenscope in it as a window of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { holdLatest } from './held-folder.ts';

const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
  'vivaldi',
];
const macNames = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser', 'Vivaldi'];
const windowsPaths = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  'Chromium\\Application\\chrome.exe',
];

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The program of a Chromium-family browser, `EIGENSCOPE_BROWSER` first; null when there is none. */
export function findBrowser(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  const candidates: string[] = [];
  if (env['EIGENSCOPE_BROWSER']) candidates.push(env['EIGENSCOPE_BROWSER']);
  if (platform === 'darwin') {
    for (const root of ['/Applications', join(env['HOME'] ?? '', 'Applications')]) {
      for (const name of macNames) candidates.push(join(root, `${name}.app`, 'Contents', 'MacOS', name));
    }
  } else if (platform === 'win32') {
    for (const root of [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]) {
      if (root) for (const path of windowsPaths) candidates.push(join(root, path));
    }
  } else {
    const folders = [...(env['PATH'] ?? '').split(delimiter), '/usr/bin', '/snap/bin'].filter(
      (folder) => folder !== '',
    );
    for (const name of linuxNames) for (const folder of folders) candidates.push(join(folder, name));
  }
  return candidates.find(canRun) ?? null;
}

/** True when a window can be shown to somebody. */
export function hasDisplay(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (platform === 'win32' || platform === 'darwin') return env['SSH_CONNECTION'] === undefined;
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

/** The browser's arguments: one window without an address bar, nothing of its own accord on the network. */
export function appModeArguments(address: string, profile: string, asRoot: boolean): string[] {
  return [
    `--app=${address}`,
    `--user-data-dir=${profile}`,
    '--window-size=1360,880',
    '--class=Eigenscope',
    '--no-first-run',
    '--no-default-browser-check',
    '--hide-crash-restore-bubble',
    '--password-store=basic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-features=Translate,MediaRouter,OptimizationHints',
    // Chromium refuses to run as root inside its sandbox.
    ...(asRoot ? ['--no-sandbox', '--test-type'] : []),
  ];
}

export interface AppWindow {
  /** Resolves when the window's browser has ended; `ms` is how long it lived. */
  readonly closed: Promise<{ code: number | null; ms: number }>;
  close(): Promise<void>;
}

/** Opens `address` in a browser with a profile of its own, so that the person's browser is left alone. */
export function openAppWindow(browser: string, address: string, data: string): AppWindow {
  const profiles = join(data, 'browser');
  mkdirSync(profiles, { recursive: true, mode: 0o700 });
  // A profile in use would hand the window to its running browser, so each window at a time has its own.
  const profile = holdLatest(
    profiles,
    (folder) => statSync(folder).mtimeMs,
    () => `profile-${Date.now().toString(36)}`,
  );
  const began = Date.now();
  const child: ChildProcess = spawn(browser, appModeArguments(address, profile.folder, process.getuid?.() === 0), {
    stdio: 'ignore',
    detached: process.platform !== 'win32',
  });
  // Should this process die alone, the profile stays taken while its browser lives.
  profile.sharedWith(child.pid ?? null);
  const closed = new Promise<{ code: number | null; ms: number }>((resolve) => {
    const end = (code: number | null) => {
      profile.release();
      resolve({ code, ms: Date.now() - began });
    };
    child.once('error', () => end(-1));
    child.once('exit', (code) => end(code));
  });
  return {
    closed,
    async close() {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), 3000);
      await closed;
      clearTimeout(force);
    },
  };
}
