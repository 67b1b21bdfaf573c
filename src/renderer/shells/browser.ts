/** The Shell of the browser window: uploads, downloads, and a WebSocket to the compute process. */
import type { Channel, ComputeMessage, FileId, PageMessage } from '#shared/contract.ts';
import { AppError, type ErrorValue, fromErrorValue } from '#shared/errors.ts';
import type { FileFilter, GrantedFile, Shell } from '#shared/shell.ts';
import { decode, encode } from '#shared/wire.ts';

const tokenKey = 'eigenscope-token';

/** Takes the secret out of the address, where it could be seen and copied, and keeps the token for reloads of this tab. */
async function takeToken(): Promise<string> {
  const address = new URL(location.href);
  let given = address.searchParams.get('token');
  const isLaunch = address.searchParams.has('launch');
  address.searchParams.delete('token');
  address.searchParams.delete('launch');
  if (given !== null || isLaunch) {
    history.replaceState(history.state, '', address.pathname + address.search + address.hash);
  }
  // A window opened by Eigenscope itself comes with a key that works once, and gets its token for it.
  if (isLaunch) given = await exchangeForToken();
  if (given !== null) sessionStorage.setItem(tokenKey, given);
  return given ?? sessionStorage.getItem(tokenKey) ?? '';
}

async function exchangeForToken(): Promise<string | null> {
  try {
    const response = await fetch('token', { method: 'POST' });
    return response.ok ? ((await response.json()) as { token: string }).token : null;
  } catch {
    return null;
  }
}

let token: Promise<string> = Promise.resolve('');

function ended(): AppError {
  return new AppError('worker-lost', 'Eigenscope has ended', {
    hint: 'start it again; everything that was open comes back',
  });
}

function strangerPage(): AppError {
  return new AppError('worker-lost', 'This page belongs to an earlier start of Eigenscope', {
    hint: 'open the whole address, with its token, that Eigenscope printed when it started',
  });
}

async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { 'X-Eigenscope-Token': await token };
  const request: RequestInit = { method, headers };
  if (body !== undefined) {
    request.body = JSON.stringify(body);
    headers['Content-Type'] = 'application/json';
  }
  let response: Response;
  try {
    response = await fetch(path, request);
  } catch {
    throw ended();
  }
  if (response.status === 403) throw strangerPage();
  const answer: unknown = await response.json();
  if (!response.ok) throw fromErrorValue((answer as { error: ErrorValue }).error);
  return answer as T;
}

async function upload(file: File, progress?: (fraction: number) => void, signal?: AbortSignal): Promise<GrantedFile> {
  const secret = await token;
  return new Promise((resolve, reject) => {
    const aborted = () => reject(new AppError('cancelled', 'Cancelled'));
    if (signal?.aborted) {
      aborted();
      return;
    }
    // fetch cannot tell how far an upload has come.
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    signal?.addEventListener('abort', abort, { once: true });
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    request.open('PUT', `files?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('X-Eigenscope-Token', secret);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => progress?.(total > 0 ? loaded / total : 0);
    request.onabort = aborted;
    request.onload = () => {
      const answer = request.response as (GrantedFile & { error?: ErrorValue }) | null;
      if (request.status === 201 && answer !== null) resolve(answer);
      else if (request.status === 403) reject(strangerPage());
      else if (answer?.error) reject(fromErrorValue(answer.error));
      else reject(new AppError('io', `${file.name} could not be carried over`, { hint: 'try again' }));
    };
    // The page cannot read a folder, or a file that was removed meanwhile; the browser gives no reason.
    request.onerror = () => {
      reject(
        new AppError('io', `${file.name} could not be read`, {
          hint: 'if it is a folder, open the files in it; if it was moved or changed meanwhile, open it again',
        }),
      );
    };
    request.send(file);
  });
}

function pickFiles(filters: FileFilter[], multiple: boolean): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = multiple;
    const extensions = filters.flatMap((filter) => filter.extensions);
    if (!extensions.includes('*')) input.accept = extensions.map((extension) => `.${extension}`).join(',');
    // Some browsers lose the events of an input that is not in the document.
    input.hidden = true;
    const settle = (files: File[]) => {
      input.remove();
      resolve(files);
    };
    input.addEventListener('change', () => settle([...(input.files ?? [])]));
    input.addEventListener('cancel', () => settle([]));
    document.body.append(input);
    input.click();
  });
}

export function createBrowserShell(): Shell<File, AbortSignal> {
  token = takeToken();
  return {
    kind: 'browser',
    async openFiles(filters, multiple) {
      const granted: GrantedFile[] = [];
      for (const file of await pickFiles(filters, multiple)) granted.push(await upload(file));
      return granted;
    },
    grantFile: upload,
    chooseSave: (suggested) => ask<{ target: FileId; name: string }>('POST', 'targets', { name: suggested }),
    async finishSave(target, name) {
      const link = document.createElement('a');
      link.href = `files/${target}`;
      link.download = name;
      link.hidden = true;
      document.body.append(link);
      link.click();
      link.remove();
    },
    setTitle(title) {
      document.title = title;
    },
    // The page's own styles carry the theme; there is nothing around it to colour.
    setTheme() {},
    // The page draws its own menu here, and nothing reaches it from outside.
    setMenu() {},
    onCommand() {},
    onOpened() {},
    openExternal(url) {
      window.open(url, '_blank', 'noopener,noreferrer');
    },
    savePdf: null,
    recentFiles: () => ask<GrantedFile[]>('GET', 'recent'),
  };
}

/**
 * One attempt to reach the compute process.
 * @throws AppError `worker-lost` when Eigenscope has ended or this page has no valid token; the compute process'
 * own error when it cannot work at all.
 */
export async function connectBrowser(): Promise<Channel<ComputeMessage, PageMessage>> {
  const socket = new WebSocket(`ws://${location.host}/compute`, ['eigenscope', `token.${(await token) || 'none'}`]);
  socket.binaryType = 'arraybuffer';
  const early: ComputeMessage[] = [];
  let listener: ((message: ComputeMessage) => void) | null = null;
  const channel: Channel<ComputeMessage, PageMessage> = {
    get onmessage() {
      return listener;
    },
    set onmessage(callback) {
      listener = callback;
      // The greeting may have come before anyone could listen.
      for (const message of early.splice(0)) callback?.(message);
    },
    onclose: null,
    post(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(encode(message) as Uint8Array<ArrayBuffer>);
    },
    close: () => socket.close(),
  };
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    const message = decode(new Uint8Array(data)) as ComputeMessage;
    if (listener === null) early.push(message);
    else listener(message);
  };
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.onopen = () => resolve(true);
    socket.onclose = () => resolve(false);
  });
  if (!isOpen) throw await whyNot();
  socket.onclose = () => channel.onclose?.();
  return channel;
}

async function whyNot(): Promise<AppError> {
  try {
    const { error } = await ask<{ state: string; error: ErrorValue | null }>('GET', 'status');
    if (error !== null) return fromErrorValue(error);
    return new AppError('worker-lost', 'The compute process is starting');
  } catch (error) {
    return error instanceof AppError ? error : ended();
  }
}

/** Starts the compute process again after it was given up. */
export async function restartBrowserCompute(): Promise<void> {
  await ask('POST', 'restart');
}
