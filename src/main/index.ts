/** Eigenscope's Electron application: one process for all its windows, each with a compute process of its own. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BrowserWindow, Menu, app, dialog, ipcMain, nativeTheme, protocol, session, shell } from 'electron';
import { toErrorValue } from '#shared/errors.ts';
import type { Grant } from '#shared/control.ts';
import { answerFrom, appScheme } from './app-protocol.ts';
import { dataFolder } from './data-folder.ts';
import { type StartArguments, checkStartArguments, readStartArguments } from './electron-arguments.ts';
import { answerPages } from './electron-requests.ts';
import { ElectronWindow, type WindowSurroundings } from './electron-window.ts';
import { grantPath } from './grants.ts';
import { hardenContents, hardenSession } from './hardening.ts';
import { menuTemplate } from './native-menu.ts';
import { listPageFiles } from './page-files.ts';
import { RecentFiles } from './recent-files.ts';
import { launchUtility } from './utility-compute.ts';

const here = import.meta.dirname;
const data = dataFolder();
const windows = new Map<number, ElectronWindow>();
/** Windows that are closed and whose journals are still being flushed. */
const ending = new Set<Promise<void>>();
/** Files macOS wants opened before there is a window. */
const early: string[] = [];

function surroundings(): WindowSurroundings {
  const icon = join(here, '../../packaging/icon.png');
  return {
    data,
    version: app.getVersion(),
    preload: join(here, '../preload/index.cjs'),
    icon: existsSync(icon) ? icon : null,
    devTools: !app.isPackaged,
    recent: new RecentFiles(data),
    launch: launchUtility(join(here, 'worker.js')),
    addRecentDocument: (path) => app.addRecentDocument(path),
    taken: () => [...windows.values()].map(({ window }) => window.getBounds()),
  };
}

function showMenus(owner: ElectronWindow): void {
  const template = menuTemplate(
    owner.menus,
    (command) => owner.command(command),
    () => openWindow(),
  );
  const menu = Menu.buildFromTemplate(template);
  // macOS has one menu bar, that of the window in front; elsewhere each window has its own.
  if (process.platform !== 'darwin') owner.window.setMenu(menu);
  else if (owner.window.isFocused() || windows.size === 1) Menu.setApplicationMenu(menu);
}

/** Opens a window; files that do not exist are named in a dialog and left out. */
function openWindow({ files, session: folder }: StartArguments = { files: [], session: null }): void {
  const grants: Grant[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      grants.push(grantPath(file));
    } catch (error) {
      problems.push(toErrorValue(error).message);
    }
  }
  let opened: ElectronWindow;
  try {
    opened = new ElectronWindow(surroundings(), grants, folder);
  } catch (error) {
    const { message, hint } = toErrorValue(error);
    dialog.showErrorBox('Eigenscope cannot open a window', hint ? `${message}; ${hint}` : message);
    if (windows.size === 0) app.quit();
    return;
  }
  const { window } = opened;
  const { id } = window.webContents;
  windows.set(id, opened);
  window.on('focus', () => {
    if (process.platform === 'darwin') showMenus(opened);
  });
  window.on('closed', () => {
    windows.delete(id);
    const end = opened.end().finally(() => ending.delete(end));
    ending.add(end);
  });
  if (problems.length > 0) {
    void dialog.showMessageBox(window, {
      type: 'warning',
      message: 'Not every file could be opened',
      detail: problems.join('\n'),
    });
  }
}

/** Files from the dock or the system's list of documents go to the window in front. */
function openPaths(paths: string[]): void {
  const front = BrowserWindow.getFocusedWindow();
  const target = (front && windows.get(front.webContents.id)) ?? [...windows.values()].at(-1);
  if (!target) openWindow({ files: paths, session: null });
  else {
    try {
      target.announce(paths);
    } catch (error) {
      dialog.showErrorBox('The file cannot be opened', toErrorValue(error).message);
    }
  }
}

function run(start: StartArguments): void {
  hardenContents(app, shell);
  app.on('second-instance', (_event, _argv, _folder, given) => openWindow(checkStartArguments(given)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (app.isReady()) openPaths([path]);
    else early.push(path);
  });
  app.on('activate', () => {
    if (windows.size === 0) openWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  // Nothing ends before every journal is on the disk.
  app.on('will-quit', (event) => {
    if (ending.size === 0) return;
    event.preventDefault();
    void Promise.allSettled([...ending]).then(() => app.quit());
  });
  answerPages({ ipcMain, shell, nativeTheme }, (contents) => windows.get(contents.id), showMenus);

  void app
    .whenReady()
    .then(() => {
      if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
      hardenSession(session.defaultSession);
      protocol.handle(appScheme, answerFrom(listPageFiles(join(here, '../renderer'))));
      openWindow({ ...start, files: [...start.files, ...early] });
    })
    .catch((error: unknown) => {
      const { message, hint } = toErrorValue(error);
      dialog.showErrorBox('Eigenscope cannot start', hint ? `${message}; ${hint}` : message);
      app.exit(1);
    });
}

protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);
app.setPath('userData', join(data, 'electron'));
app.enableSandbox();
const start = readStartArguments(process.argv.slice(1), app.isPackaged, process.cwd());
// One process per data folder: a second start opens its window in the first.
if (app.requestSingleInstanceLock({ ...start })) run(start);
else app.quit();
