/** The window this page runs in: Electron where its preload left the bridge, the browser otherwise. */
import type { Bridge } from '#shared/bridge.ts';
import type { Channel, ComputeMessage, PageMessage } from '#shared/contract.ts';
import type { Shell } from '#shared/shell.ts';
import { connectBrowser, createBrowserShell, restartBrowserCompute } from './shells/browser.ts';
import { connectElectron, createElectronShell, restartElectronCompute } from './shells/electron.ts';

declare global {
  interface Window {
    readonly eigenscope?: Bridge<File>;
  }
}

export const shell: Shell<File, AbortSignal> = window.eigenscope
  ? createElectronShell(window.eigenscope)
  : createBrowserShell();

/**
 * One attempt to reach the compute process; resolves once messages can be sent, and keeps what arrives until
 * `onmessage` is set. Call it again after `onclose`: a process being started again is waited for.
 * @throws AppError saying why there is no compute process and what to do.
 */
export function connect(): Promise<Channel<ComputeMessage, PageMessage>> {
  return shell.kind === 'electron' ? connectElectron() : connectBrowser();
}

/** Starts the compute process again after it was given up; then `connect` anew. */
export function restartCompute(): Promise<void> {
  return shell.kind === 'electron' ? restartElectronCompute() : restartBrowserCompute();
}
