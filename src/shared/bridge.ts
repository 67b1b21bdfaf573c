/** What Electron's preload gives the page as `window.eigenscope`, and the channels it uses to main. */
import type { FileId } from './contract.ts';
import type { ErrorValue } from './errors.ts';
import type { FileFilter, GrantedFile, Menu, Theme } from './shell.ts';

/** Answers of main to the page: errors cross as values, because Electron would keep only their message. */
export type Answer<T> = { ok: true; value: T } | { ok: false; error: ErrorValue };

export interface ComputeStatus {
  state: 'starting' | 'ready' | 'failed' | 'closed';
  error: ErrorValue | null;
}

/** `TFile` is the page's File. The page never learns a path. */
export interface Bridge<TFile = unknown> {
  /** Asks for a port to the compute process; it arrives as a window message whose data is `portMessage`. */
  connect(): void;
  status(): Promise<ComputeStatus>;
  restart(): Promise<void>;
  openFiles(filters: FileFilter[], multiple: boolean): Promise<Answer<GrantedFile[]>>;
  /** For a File that lies on the disk; null for one that does not (pasted), whose bytes must be given. */
  grantFile(file: TFile): Promise<Answer<GrantedFile> | null>;
  grantBytes(name: string, bytes: Uint8Array): Promise<Answer<GrantedFile>>;
  chooseSave(suggested: string, filters: FileFilter[]): Promise<Answer<{ target: FileId; name: string } | null>>;
  finishSave(target: FileId): Promise<Answer<null>>;
  /** Writes what the page shows on paper as a PDF where the person says; its name, null when they backed out. */
  savePdf(suggested: string): Promise<Answer<string | null>>;
  recentFiles(): Promise<Answer<GrantedFile[]>>;
  setTitle(title: string): void;
  setTheme(theme: Theme): void;
  setMenu(menus: Menu[]): void;
  openExternal(url: string): void;
  onCommand(callback: (command: string) => void): void;
  onOpened(callback: (files: GrantedFile[]) => void): void;
  /** The compute process at the other end of the port is gone. */
  onGone(callback: () => void): void;
}

export const portMessage = 'eigenscope:port';

/** Channels of ipcRenderer.invoke, each answered by main. */
export const invokeChannels = {
  status: 'eigenscope:status',
  restart: 'eigenscope:restart',
  openFiles: 'eigenscope:open-files',
  grantPath: 'eigenscope:grant-path',
  grantBytes: 'eigenscope:grant-bytes',
  chooseSave: 'eigenscope:choose-save',
  finishSave: 'eigenscope:finish-save',
  savePdf: 'eigenscope:save-pdf',
  recentFiles: 'eigenscope:recent-files',
} as const;

/** Channels of ipcRenderer.send. */
export const sendChannels = {
  connect: 'eigenscope:connect',
  setTitle: 'eigenscope:set-title',
  setTheme: 'eigenscope:set-theme',
  setMenu: 'eigenscope:set-menu',
  openExternal: 'eigenscope:open-external',
} as const;

/** Channels from main to the page. */
export const pageChannels = {
  port: 'eigenscope:port',
  command: 'eigenscope:command',
  opened: 'eigenscope:opened',
  gone: 'eigenscope:gone',
} as const;
