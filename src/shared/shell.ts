/** What the two windows (Electron, browser) each do in their own way. Nothing else differs between them. */
import type { FileId } from './contract.ts';

/** A file the person gave: the compute process can open it by `file`. */
export interface GrantedFile {
  file: FileId;
  name: string;
  size: number;
}

export interface FileFilter {
  name: string;
  /** Without the dot. */
  extensions: string[];
}

export type Theme = 'system' | 'light' | 'dark';

/** What a menu shows: the page owns the commands, a native menu only mirrors them. */
export interface MenuItem {
  /** Command id, or null for a separator. */
  command: string | null;
  label: string;
  /** As Electron writes accelerators: "CmdOrCtrl+O". */
  accelerator?: string;
  enabled: boolean;
  checked?: boolean;
}

export interface Menu {
  label: string;
  items: MenuItem[];
}

/** `TFile` and `TSignal` are the page's own File and AbortSignal, which this room does not know. */
export interface Shell<TFile = unknown, TSignal = unknown> {
  readonly kind: 'electron' | 'browser';
  /** Opens the system's dialog; empty when the person backed out. */
  openFiles(filters: FileFilter[], multiple: boolean): Promise<GrantedFile[]>;
  /** A dropped or pasted file, made readable for the compute process; `progress` 0 to 1 while it is carried over. */
  grantFile(file: TFile, progress?: (fraction: number) => void, signal?: TSignal): Promise<GrantedFile>;
  /** Where to save: the name suggested, possibly changed by the person; null when they backed out. */
  chooseSave(suggested: string, filters: FileFilter[]): Promise<{ target: FileId; name: string } | null>;
  /** After the compute process wrote the target: hands it over (a download in the browser, nothing in Electron). */
  finishSave(target: FileId, name: string): Promise<void>;
  /**
   * Writes what the page shows on paper as a PDF where the person says; its name, null when they backed out. Null in a
   * browser, whose own dialog for printing does it.
   */
  savePdf: ((suggested: string) => Promise<string | null>) | null;
  setTitle(title: string): void;
  setTheme(theme: Theme): void;
  setMenu(menus: Menu[]): void;
  /** Calls back when a native menu item was chosen. */
  onCommand(callback: (command: string) => void): void;
  /** Calls back when files came from outside the page: a second start, the dock, a recent document of the system. */
  onOpened(callback: (files: GrantedFile[]) => void): void;
  openExternal(url: string): void;
  recentFiles(): Promise<GrantedFile[]>;
}
