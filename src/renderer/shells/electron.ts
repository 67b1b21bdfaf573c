/** The Shell of the Electron window: everything goes through the preload's bridge, numbers through a MessagePort. */
import { type Answer, type Bridge, portMessage } from '#shared/bridge.ts';
import type { Channel, ComputeMessage, PageMessage } from '#shared/contract.ts';
import { AppError, fromErrorValue } from '#shared/errors.ts';
import type { Shell } from '#shared/shell.ts';

/** Pasted data has no path and is carried over by main, in one piece. */
const largestPasted = 512 * 1024 * 1024;
/** Longer than a restart with a large journal takes. */
const connectLimitMs = 60_000;

function unwrap<T>(answer: Answer<T>): T {
  if (!answer.ok) throw fromErrorValue(answer.error);
  return answer.value;
}

let bridge: Bridge<File>;
let onGone: () => void = () => {};

export function createElectronShell(given: Bridge<File>): Shell<File, AbortSignal> {
  bridge = given;
  bridge.onGone(() => onGone());
  return {
    kind: 'electron',
    openFiles: async (filters, multiple) => unwrap(await bridge.openFiles(filters, multiple)),
    async grantFile(file, progress) {
      const granted = await bridge.grantFile(file);
      if (granted !== null) {
        progress?.(1);
        return unwrap(granted);
      }
      if (file.size > largestPasted) {
        throw new AppError('io', `${file.name} is too large to be pasted`, { hint: 'save it and open the file' });
      }
      const bytes = new Uint8Array(await file.arrayBuffer());
      progress?.(0.5);
      return unwrap(await bridge.grantBytes(file.name, bytes));
    },
    chooseSave: async (suggested, filters) => unwrap(await bridge.chooseSave(suggested, filters)),
    finishSave: async (target) => void unwrap(await bridge.finishSave(target)),
    savePdf: async (suggested) => unwrap(await bridge.savePdf(suggested)),
    setTitle(title) {
      document.title = title;
      bridge.setTitle(title);
    },
    setTheme: (theme) => bridge.setTheme(theme),
    setMenu: (menus) => bridge.setMenu(menus),
    onCommand: (callback) => bridge.onCommand(callback),
    onOpened: (callback) => bridge.onOpened(callback),
    openExternal: (url) => bridge.openExternal(url),
    recentFiles: async () => unwrap(await bridge.recentFiles()),
  };
}

function overPort(port: MessagePort): Channel<ComputeMessage, PageMessage> {
  let listener: ((message: ComputeMessage) => void) | null = null;
  let closed = false;
  const channel: Channel<ComputeMessage, PageMessage> = {
    get onmessage() {
      return listener;
    },
    set onmessage(callback) {
      listener = callback;
      // A port keeps what arrives until it is started, so the greeting is not lost.
      if (callback !== null) port.start();
    },
    onclose: null,
    // Copies, never transfers: transferred buffers can arrive empty in Electron.
    post: (message) => port.postMessage(message),
    close: () => end(),
  };
  const end = () => {
    if (closed) return;
    closed = true;
    port.close();
    channel.onclose?.();
  };
  port.addEventListener('message', ({ data }: MessageEvent<ComputeMessage>) => listener?.(data));
  port.addEventListener('close', end);
  onGone = end;
  return channel;
}

/**
 * One attempt to reach the compute process; waits while it is being started again.
 * @throws AppError the compute process' own error when it cannot work at all; `worker-lost` after a minute.
 */
export async function connectElectron(): Promise<Channel<ComputeMessage, PageMessage>> {
  const { error } = await bridge.status();
  if (error !== null) throw fromErrorValue(error);
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(limit);
      window.removeEventListener('message', receive);
      onGone = () => {};
    };
    const fail = (message: string) => {
      settle();
      reject(new AppError('worker-lost', message));
    };
    const receive = (event: MessageEvent<unknown>) => {
      const [port] = event.ports;
      if (event.source !== window || event.data !== portMessage || !port) return;
      settle();
      resolve(overPort(port));
    };
    const limit = setTimeout(() => fail('The compute process does not answer'), connectLimitMs);
    onGone = () => fail('The compute process is starting');
    window.addEventListener('message', receive);
    bridge.connect();
  });
}

/** Starts the compute process again after it was given up. */
export function restartElectronCompute(): Promise<void> {
  return bridge.restart();
}
