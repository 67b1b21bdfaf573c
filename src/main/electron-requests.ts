/** Answers what the page asks of main. Every sender is checked, every argument looked at. */
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, NativeTheme, Shell } from 'electron';
import { type Answer, invokeChannels, sendChannels } from '#shared/bridge.ts';
import { AppError, toErrorValue } from '#shared/errors.ts';
import type { FileFilter } from '#shared/shell.ts';
import { isOurs } from './app-protocol.ts';
import type { ElectronWindow } from './electron-window.ts';
import { openExternal } from './hardening.ts';
import { areMenus } from './native-menu.ts';

function text(value: unknown, longest = 4096): string {
  if (typeof value !== 'string' || value.length > longest) throw new AppError('bug', 'A text was expected');
  return value;
}

function filters(value: unknown): FileFilter[] {
  const isFilter = (item: Partial<FileFilter> | null) =>
    typeof item?.name === 'string' &&
    Array.isArray(item.extensions) &&
    item.extensions.every((extension) => typeof extension === 'string' && /^(\w[\w.+-]*|\*)$/.test(extension));
  if (!Array.isArray(value) || !value.every(isFilter)) throw new AppError('bug', 'File filters were expected');
  return value as FileFilter[];
}

/** Registers the whole bridge; `windowOf` finds the window of a page. */
export function answerPages(
  electron: { ipcMain: IpcMain; shell: Pick<Shell, 'openExternal'>; nativeTheme: Pick<NativeTheme, 'themeSource'> },
  windowOf: (contents: Electron.WebContents) => ElectronWindow | undefined,
  onMenus: (window: ElectronWindow) => void,
): void {
  const { ipcMain, shell, nativeTheme } = electron;

  const sender = (event: IpcMainEvent | IpcMainInvokeEvent): ElectronWindow | undefined => {
    const frame = event.senderFrame;
    if (!frame || frame !== event.sender.mainFrame || !isOurs(frame.url)) return undefined;
    return windowOf(event.sender);
  };
  const answer = (channel: string, handler: (window: ElectronWindow, ...args: unknown[]) => unknown) => {
    ipcMain.handle(channel, async (event, ...args: unknown[]): Promise<Answer<unknown>> => {
      try {
        const window = sender(event);
        if (!window) throw new AppError('bug', 'This page may not ask');
        return { ok: true, value: (await handler(window, ...args)) ?? null };
      } catch (error) {
        return { ok: false, error: toErrorValue(error) };
      }
    });
  };
  const listen = (channel: string, handler: (window: ElectronWindow, argument: unknown) => void) => {
    ipcMain.on(channel, (event, argument: unknown) => {
      const window = sender(event);
      if (window) handler(window, argument);
    });
  };

  answer(invokeChannels.status, (window) => window.status());
  answer(invokeChannels.restart, (window) => window.restart());
  answer(invokeChannels.openFiles, (window, kinds, multiple) => window.openFiles(filters(kinds), multiple === true));
  answer(invokeChannels.grantPath, (window, path) => window.grantPath(text(path, 32_768)));
  answer(invokeChannels.grantBytes, (window, name, bytes) => {
    if (!(bytes instanceof Uint8Array)) throw new AppError('bug', 'Bytes were expected');
    return window.grantBytes(text(name), bytes);
  });
  answer(invokeChannels.chooseSave, (window, suggested, kinds) => window.chooseSave(text(suggested), filters(kinds)));
  answer(invokeChannels.finishSave, (window, target) => window.finishSave(text(target)));
  answer(invokeChannels.savePdf, (window, suggested) => window.savePdf(text(suggested)));
  answer(invokeChannels.recentFiles, (window) => window.recentFiles());

  listen(sendChannels.connect, (window) => window.connect());
  listen(sendChannels.setTitle, (window, title) => {
    if (typeof title === 'string') window.setTitle(title.slice(0, 300));
  });
  listen(sendChannels.setTheme, (_window, theme) => {
    if (theme === 'system' || theme === 'light' || theme === 'dark') nativeTheme.themeSource = theme;
  });
  listen(sendChannels.setMenu, (window, menus) => {
    if (!areMenus(menus)) return;
    window.menus = menus;
    onMenus(window);
  });
  listen(sendChannels.openExternal, (_window, address) => openExternal(shell, address));
}
