/** One Electron window: its page, its session, its compute process. */
import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BrowserWindow, MessageChannelMain, type MessagePortMain, dialog, nativeTheme, screen } from 'electron';
import { type ComputeStatus, pageChannels } from '#shared/bridge.ts';
import type { FileId } from '#shared/contract.ts';
import type { Grant } from '#shared/control.ts';
import { AppError } from '#shared/errors.ts';
import type { FileFilter, GrantedFile, Menu } from '#shared/shell.ts';
import { appAddress } from './app-protocol.ts';
import { ComputeProcess, type Launch } from './compute-process.ts';
import { grantPath, newFileId, plainName } from './grants.ts';
import type { RecentFiles } from './recent-files.ts';
import { type Session, openSession } from './session.ts';
import { placeWindow, readWindowState, smallestWindow, writeWindowState } from './window-state.ts';

export interface WindowSurroundings {
  data: string;
  version: string;
  preload: string;
  icon: string | null;
  devTools: boolean;
  recent: RecentFiles;
  launch: Launch<MessagePortMain>;
  /** Tells the system, for its own list of documents. */
  addRecentDocument: (path: string) => void;
  /** Places of the windows that are open. */
  taken: () => Electron.Rectangle[];
}

/** A page that dies again and again must not be reloaded for ever. */
const mostReloads = 3;
const reloadsForgottenAfterMs = 60_000;

const paper = { light: '#ffffff', dark: '#101216' } as const;

function granted({ file, name, size }: Grant): GrantedFile {
  return { file, name, size };
}

export class ElectronWindow {
  readonly window: BrowserWindow;
  menus: Menu[] = [];
  readonly #around: WindowSurroundings;
  readonly #session: Session;
  readonly #compute: ComputeProcess<MessagePortMain>;
  #reloads: number[] = [];
  #hasLine = false;

  /** @throws AppError `io` when the session cannot be opened. */
  constructor(around: WindowSurroundings, files: Grant[], session: string | null) {
    this.#around = around;
    this.#session = openSession(around.data, session);
    this.#compute = new ComputeProcess({
      launch: around.launch,
      session: this.#session.folder,
      app: around.version,
      granted: files,
      onPid: (pid) => this.#session.sharedWith(pid),
      onState: ({ name }) => {
        if (name !== 'ready') this.#lineBroke();
      },
    });
    for (const grant of files) this.#remember(grant);
    this.window = this.#open();
    this.#compute.start();
  }

  /** Ends the compute process, its journal flushed, and lets go of the session. */
  async end(): Promise<void> {
    await this.#compute.stop();
    this.#session.close();
  }

  /** Gives the page its end of a new line to the compute process. */
  connect(): void {
    const { port1, port2 } = new MessageChannelMain();
    this.#hasLine = true;
    this.#compute.connect({ kind: 'port' }, port2, () => {
      port2.close();
      this.#lineBroke();
    });
    this.window.webContents.postMessage(pageChannels.port, null, [port1]);
  }

  status(): ComputeStatus {
    const { state } = this.#compute;
    return { state: state.name, error: state.name === 'failed' ? state.error : null };
  }

  restart(): void {
    this.#compute.start();
  }

  async openFiles(filters: FileFilter[], multiple: boolean): Promise<GrantedFile[]> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.window, {
      filters,
      properties: multiple ? ['openFile', 'multiSelections'] : ['openFile'],
    });
    return canceled ? [] : filePaths.map((path) => this.grantPath(path));
  }

  /** @throws AppError `io` when there is no such file. */
  grantPath(path: string): GrantedFile {
    const grant = grantPath(path);
    this.#compute.grant(grant);
    this.#remember(grant);
    return granted(grant);
  }

  /** For data that lies in no file, such as a pasted picture. */
  async grantBytes(name: string, bytes: Uint8Array): Promise<GrantedFile> {
    const file = newFileId();
    const grant = {
      file,
      path: join(this.#session.incoming, file),
      name: plainName(name),
      size: bytes.length,
      write: false,
      own: false,
    };
    try {
      await writeFile(grant.path, bytes, { mode: 0o600 });
    } catch (error) {
      throw new AppError('io', `${grant.name} could not be kept: ${(error as Error).message}`, { cause: error });
    }
    this.#compute.grant(grant);
    return granted(grant);
  }

  async chooseSave(suggested: string, filters: FileFilter[]): Promise<{ target: FileId; name: string } | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(this.window, {
      defaultPath: plainName(suggested),
      filters,
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    if (canceled || !filePath) return null;
    const grant = { ...grantForWriting(filePath), file: newFileId() };
    this.#compute.grant(grant);
    return { target: grant.file, name: grant.name };
  }

  /** The target is written: it is a document like others now, and may not be written again. */
  finishSave(target: FileId): void {
    const grant = this.#compute.grantOf(target);
    if (!grant?.write) throw new AppError('io', 'There is no such file to save');
    this.#compute.revoke(target);
    this.#remember(grantPath(grant.path));
  }

  /** What the page shows on paper, as a PDF where the person says; its name, null when they backed out. */
  async savePdf(suggested: string): Promise<string | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(this.window, {
      defaultPath: plainName(suggested),
      filters: [{ name: 'PDF', extensions: ['pdf'] }],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    if (canceled || !filePath) return null;
    const bytes = await this.window.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
    const temporary = `${filePath}.part`;
    try {
      await writeFile(temporary, bytes);
      await rename(temporary, filePath);
    } catch (cause) {
      await rm(temporary, { force: true });
      throw new AppError('io', `${basename(filePath)} could not be written`, {
        hint: 'The folder may be full, or not yours to write in. Choose another place.',
        cause,
      });
    }
    return basename(filePath);
  }

  recentFiles(): GrantedFile[] {
    return this.#around.recent.grants().map(({ grant, title }) => {
      this.#compute.grant(grant);
      return { file: grant.file, name: title, size: grant.size };
    });
  }

  /** Files that came from outside the page. */
  announce(paths: readonly string[]): void {
    const files = paths.map((path) => this.grantPath(path));
    this.window.webContents.send(pageChannels.opened, files);
    this.focus();
  }

  setTitle(title: string): void {
    this.window.setTitle(title);
    // macOS shows the state as a dot in the close button instead of a sign in the title.
    this.window.setDocumentEdited(/^[●*]/.test(title));
  }

  command(command: string): void {
    this.window.webContents.send(pageChannels.command, command);
  }

  focus(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.focus();
  }

  #remember(grant: Grant): void {
    this.#around.recent.remember(grant, grant.path);
    this.#around.addRecentDocument(grant.path);
  }

  #lineBroke(): void {
    if (!this.#hasLine) return;
    this.#hasLine = false;
    if (!this.window.isDestroyed()) this.window.webContents.send(pageChannels.gone);
  }

  #open(): BrowserWindow {
    const around = this.#around;
    const stateFile = join(around.data, 'window.json');
    const state = readWindowState(stateFile);
    const workAreas = screen.getAllDisplays().map((display) => display.workArea);
    const window = new BrowserWindow({
      ...placeWindow(state, workAreas, around.taken()),
      minWidth: smallestWindow.width,
      minHeight: smallestWindow.height,
      title: 'Eigenscope',
      ...(around.icon === null ? {} : { icon: around.icon }),
      show: false,
      // The page draws the same menus; elsewhere than on macOS the native ones come with the Alt key.
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
      webPreferences: {
        preload: around.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        devTools: around.devTools,
      },
    });
    if (state.maximized) window.maximize();
    window.once('ready-to-show', () => window.show());
    window.on('close', () => {
      writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') this.#recoverPage();
    });
    window.on('unresponsive', () => void this.#askAboutHang());
    void window.loadURL(appAddress).catch(() => {});
    return window;
  }

  /** The page holds nothing of value: everything is in the compute process, so a new page continues. */
  #recoverPage(): void {
    const now = Date.now();
    this.#reloads = this.#reloads.filter((time) => now - time < reloadsForgottenAfterMs);
    this.#reloads.push(now);
    if (this.#reloads.length <= mostReloads) {
      this.window.webContents.reload();
      return;
    }
    dialog.showErrorBox(
      'The window keeps failing',
      'It will be closed. Everything that was open is kept and comes back at the next start.',
    );
    this.window.destroy();
  }

  async #askAboutHang(): Promise<void> {
    const { response } = await dialog.showMessageBox(this.window, {
      type: 'warning',
      message: 'The window does not answer',
      detail: 'Loading it anew loses nothing that is open.',
      buttons: ['Wait', 'Load anew'],
      defaultId: 0,
      cancelId: 0,
    });
    if (response === 1 && !this.window.isDestroyed()) this.window.webContents.forcefullyCrashRenderer();
  }
}

function grantForWriting(path: string): Omit<Grant, 'file'> {
  return { path, name: plainName(path), size: 0, write: true, own: true };
}
