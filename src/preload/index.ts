/** Gives the page the bridge to main, and its port to the compute process. Nothing else of Electron reaches it. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  type Answer,
  type Bridge,
  type ComputeStatus,
  invokeChannels,
  pageChannels,
  portMessage,
  sendChannels,
} from '#shared/bridge.ts';
import type { FileId } from '#shared/contract.ts';
import type { GrantedFile } from '#shared/shell.ts';

function ask<T>(channel: string, ...args: unknown[]): Promise<Answer<T>> {
  return ipcRenderer.invoke(channel, ...args) as Promise<Answer<T>>;
}

/** For questions that fail only by our own mistake. */
async function askPlainly<T>(channel: string): Promise<T> {
  const answer = await ask<T>(channel);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

const bridge: Bridge<File> = {
  connect: () => ipcRenderer.send(sendChannels.connect),
  status: () => askPlainly<ComputeStatus>(invokeChannels.status),
  restart: () => askPlainly<undefined>(invokeChannels.restart),
  openFiles: (filters, multiple) => ask<GrantedFile[]>(invokeChannels.openFiles, filters, multiple),
  async grantFile(file) {
    // Only here can a path be had, and only from a File that a person dropped or chose.
    const path = webUtils.getPathForFile(file);
    return path === '' ? null : ask<GrantedFile>(invokeChannels.grantPath, path);
  },
  grantBytes: (name, bytes) => ask<GrantedFile>(invokeChannels.grantBytes, name, bytes),
  chooseSave: (suggested, filters) =>
    ask<{ target: FileId; name: string } | null>(invokeChannels.chooseSave, suggested, filters),
  finishSave: (target) => ask<null>(invokeChannels.finishSave, target),
  savePdf: (suggested) => ask<string | null>(invokeChannels.savePdf, suggested),
  recentFiles: () => ask<GrantedFile[]>(invokeChannels.recentFiles),
  setTitle: (title) => ipcRenderer.send(sendChannels.setTitle, title),
  setTheme: (theme) => ipcRenderer.send(sendChannels.setTheme, theme),
  setMenu: (menus) => ipcRenderer.send(sendChannels.setMenu, menus),
  openExternal: (url) => ipcRenderer.send(sendChannels.openExternal, url),
  onCommand: (callback) => void ipcRenderer.on(pageChannels.command, (_event, command: string) => callback(command)),
  onOpened: (callback) => void ipcRenderer.on(pageChannels.opened, (_event, files: GrantedFile[]) => callback(files)),
  onGone: (callback) => void ipcRenderer.on(pageChannels.gone, () => callback()),
};

contextBridge.exposeInMainWorld('eigenscope', bridge);

// A port cannot cross the bridge; a message of the window to itself is the way Electron gives it to the page.
ipcRenderer.on(pageChannels.port, (event) => window.postMessage(portMessage, '*', event.ports));
