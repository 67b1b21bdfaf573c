/**
 * Stands in for the `electron` module where its program is not installed: what Eigenscope uses of it, with the rules
 * that Electron enforces (clonable messages, one handler per channel, schemes before ready, windows after it). The
 * utility process is a thread that runs the built compute process with a `process.parentPort` like Electron's.
 */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';

/** Everything that happened, for the tests to look at. */
export const seen = {
  schemes: [] as { scheme: string; privileges: Record<string, boolean> }[],
  external: [] as string[],
  recentDocuments: [] as string[],
  errorBoxes: [] as { title: string; content: string }[],
  messageBoxes: [] as { message: string; detail?: string }[],
  forked: [] as { path: string; serviceName: string }[],
  quits: 0,
  applicationMenu: null as StandInMenu | null,
};

class PortMain extends EventEmitter {
  readonly inner: MessagePort;
  constructor(inner: MessagePort) {
    super();
    this.inner = inner;
    inner.on('close', () => this.emit('close'));
  }
  start(): void {
    this.inner.on('message', (data: unknown) => this.emit('message', { data, ports: [] }));
  }
  postMessage(message: unknown): void {
    this.inner.postMessage(message);
  }
  close(): void {
    this.inner.close();
  }
}

export class MessageChannelMain {
  readonly port1: PortMain;
  readonly port2: PortMain;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new PortMain(port1);
    this.port2 = new PortMain(port2);
  }
}

function innerPorts(ports: unknown): MessagePort[] {
  if (ports === undefined) return [];
  if (!Array.isArray(ports) || !ports.every((port) => port instanceof PortMain)) {
    throw new TypeError('Error processing argument: ports must be an array of MessagePortMain');
  }
  return ports.map((port) => port.inner);
}

const utilityShim = `
const { parentPort, workerData } = require('node:worker_threads');
const { EventEmitter } = require('node:events');
const outer = new EventEmitter();
outer.postMessage = (message) => parentPort.postMessage(message);
const asPort = (inner) => {
  const port = new EventEmitter();
  port.postMessage = (data) => inner.postMessage(data);
  port.start = () => inner.on('message', (data) => port.emit('message', { data, ports: [] }));
  port.close = () => inner.close();
  inner.on('close', () => port.emit('close'));
  return port;
};
// Like Electron's, it keeps what arrives until someone listens.
outer.once('newListener', () => {
  parentPort.on('message', ({ message, ports }) => outer.emit('message', { data: message, ports: ports.map(asPort) }));
});
process.parentPort = outer;
process.exit = () => parentPort.close();
import(workerData);
`;

/** Threads by the numbers that stand for processes: above those that any system gives. */
const threads = new Map<number, UtilityProcess>();
let nextPid = 2 ** 30;
const killProcess = process.kill.bind(process);
/** What ends a process of such a number ends its thread, not the process that the tests run in. */
process.kill = (pid, signal) => {
  const thread = threads.get(pid);
  return thread === undefined ? killProcess(pid, signal) : (thread.kill(), true);
};

class UtilityProcess extends EventEmitter {
  pid: number | undefined = nextPid++;
  readonly stdout = null;
  readonly stderr = null;
  readonly #worker: Worker;
  constructor(path: string) {
    super();
    const pid = this.pid as number;
    threads.set(pid, this);
    this.#worker = new Worker(utilityShim, { eval: true, workerData: path });
    this.#worker.on('message', (message) => {
      this.emit('message', message);
      // The thread shares this process: its exit is the end of the thread.
      if ((message as { kind?: string }).kind === 'closed') void this.#worker.terminate();
    });
    this.#worker.on('error', (error) => process.stderr.write(`${error.stack}\n`));
    this.#worker.on('exit', (code) => {
      threads.delete(pid);
      this.pid = undefined;
      this.emit('exit', code);
    });
  }
  postMessage(message: unknown, transfer?: unknown): void {
    const ports = innerPorts(transfer);
    this.#worker.postMessage({ message, ports }, ports);
  }
  kill(): boolean {
    void this.#worker.terminate();
    return true;
  }
}

export const utilityProcess = {
  last: null as UtilityProcess | null,
  fork(path: string, _args: string[], options: { serviceName: string }): UtilityProcess {
    if (!existsSync(path)) throw new Error(`Error: Cannot find module '${path}'`);
    seen.forked.push({ path, serviceName: options.serviceName });
    this.last = new UtilityProcess(path);
    return this.last;
  },
};

class App extends EventEmitter {
  isPackaged = false;
  #ready = false;
  readonly #whenReady: Promise<void>;
  paths: Record<string, string> = {};
  sandboxed = false;
  lock: unknown = null;
  hasLock = true;
  constructor() {
    super();
    this.#whenReady = new Promise((resolve) => this.once('ready', resolve));
  }
  becomeReady(): void {
    this.#ready = true;
    this.emit('ready');
  }
  isReady = () => this.#ready;
  whenReady = () => this.#whenReady;
  getVersion = () => '0.1.0';
  setPath(name: string, path: string): void {
    if (this.#ready) throw new Error('paths must be set before ready');
    this.paths[name] = path;
  }
  enableSandbox(): void {
    if (this.#ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.sandboxed = true;
  }
  requestSingleInstanceLock(data: unknown): boolean {
    this.lock = structuredClone(data);
    return this.hasLock;
  }
  addRecentDocument(path: string): void {
    seen.recentDocuments.push(path);
  }
  quit(): void {
    let stopped = false;
    const event = { preventDefault: () => (stopped = true) };
    this.emit('before-quit', event);
    if (!stopped) this.emit('will-quit', event);
    if (!stopped) seen.quits += 1;
  }
  exit(): void {
    seen.quits += 1;
  }
}
export const app = new App();

type Handler = (event: unknown, ...args: unknown[]) => unknown;

class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>();
  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }
}
export const ipcMain = new IpcMain();

let contentsCount = 0;

export class WebContents extends EventEmitter {
  readonly id = ++contentsCount;
  readonly mainFrame = { url: 'app://eigenscope/index.html' };
  windowOpenHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly posted: { channel: string; message: unknown; ports: MessagePort[] }[] = [];
  reloads = 0;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  send(channel: string, ...args: unknown[]): void {
    this.posted.push({ channel, message: structuredClone(args[0]), ports: [] });
    this.emit('sent', channel);
  }
  postMessage(channel: string, message: unknown, transfer?: unknown): void {
    this.posted.push({ channel, message: structuredClone(message), ports: innerPorts(transfer) });
    this.emit('sent', channel);
  }
  readonly printed: Record<string, unknown>[] = [];
  printToPDF(options: Record<string, unknown>): Promise<Buffer> {
    this.printed.push(options);
    return Promise.resolve(Buffer.from('%PDF-1.7\n'));
  }
  reload(): void {
    this.reloads += 1;
  }
  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', {}, { reason: 'crashed' });
  }
}

export class BrowserWindow extends EventEmitter {
  static all: BrowserWindow[] = [];
  static getFocusedWindow = (): BrowserWindow | null => BrowserWindow.all.find((window) => window.focused) ?? null;
  readonly webContents = new WebContents();
  readonly options: Record<string, unknown> & { webPreferences: Record<string, unknown> };
  url = '';
  title = '';
  edited = false;
  focused = true;
  visible = false;
  destroyed = false;
  maximized = false;
  menu: StandInMenu | null = null;
  constructor(options: BrowserWindow['options']) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    this.options = options;
    BrowserWindow.all.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(url: string): Promise<void> {
    this.url = url;
    setImmediate(() => this.emit('ready-to-show'));
    return Promise.resolve();
  }
  show(): void {
    this.visible = true;
  }
  maximize(): void {
    this.maximized = true;
  }
  isMaximized = () => this.maximized;
  isMinimized = () => false;
  isFocused = () => this.focused;
  isDestroyed = () => this.destroyed;
  restore(): void {}
  focus(): void {
    this.focused = true;
  }
  getBounds = () => ({ x: 10, y: 20, width: 900, height: 700 });
  getNormalBounds = () => this.getBounds();
  setTitle(title: string): void {
    this.title = title;
  }
  setDocumentEdited(edited: boolean): void {
    this.edited = edited;
  }
  setMenu(menu: StandInMenu | null): void {
    this.menu = menu;
  }
  close(): void {
    this.emit('close', { preventDefault() {} });
    this.destroy();
  }
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.focused = false;
    BrowserWindow.all = BrowserWindow.all.filter((window) => window !== this);
    this.emit('closed');
    if (BrowserWindow.all.length === 0) app.emit('window-all-closed');
  }
}

interface Template {
  label?: string;
  role?: string;
  type?: string;
  accelerator?: string;
  enabled?: boolean;
  checked?: boolean;
  click?: () => void;
  submenu?: Template[];
}

const roles = new Set(
  'appMenu windowMenu minimize zoom togglefullscreen close cut copy paste selectAll toggleDevTools'.split(' '),
);

class StandInMenu {
  readonly template: Template[];
  constructor(template: Template[]) {
    const check = (item: Template) => {
      if (item.role !== undefined && !roles.has(item.role)) throw new Error(`Unknown role: ${item.role}`);
      if (item.label === undefined && item.role === undefined && item.type !== 'separator') {
        throw new Error('Invalid template for MenuItem: must have at least one of label, role or type');
      }
      item.submenu?.forEach(check);
    };
    template.forEach(check);
    this.template = template;
  }
}

export const Menu = {
  buildFromTemplate: (template: Template[]) => new StandInMenu(template),
  setApplicationMenu(menu: StandInMenu | null): void {
    seen.applicationMenu = menu;
  },
};

/** What the next dialogs answer. */
export const answers = {
  open: { canceled: true, filePaths: [] as string[] },
  save: { canceled: true, filePath: '' },
};
export const dialog = {
  showOpenDialog: () => Promise.resolve(answers.open),
  showSaveDialog: () => Promise.resolve(answers.save),
  showMessageBox(_window: unknown, options: { message: string; detail?: string }) {
    seen.messageBoxes.push(options);
    return Promise.resolve({ response: 0 });
  },
  showErrorBox(title: string, content: string) {
    seen.errorBoxes.push({ title, content });
  },
};

export const protocol = {
  handler: null as ((request: Request) => Promise<Response>) | null,
  registerSchemesAsPrivileged(schemes: typeof seen.schemes): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    seen.schemes.push(...schemes);
  },
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
    if (!app.isReady()) throw new Error('protocol.handle before ready');
    if (!seen.schemes.some((known) => known.scheme === scheme)) throw new Error(`${scheme} is not registered`);
    this.handler = handler;
  },
};

class Session extends EventEmitter {
  permissionRequest: ((contents: unknown, permission: string, callback: (granted: boolean) => void) => void) | null =
    null;
  permissionCheck: ((contents: unknown, permission: string) => boolean) | null = null;
  devicePermission: (() => boolean) | null = null;
  beforeRequest: ((details: { url: string }, callback: (answer: { cancel: boolean }) => void) => void) | null = null;
  setPermissionRequestHandler(handler: Session['permissionRequest']): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: Session['permissionCheck']): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: Session['devicePermission']): void {
    this.devicePermission = handler;
  }
  readonly webRequest = {
    onBeforeRequest: (handler: Session['beforeRequest']) => {
      this.beforeRequest = handler;
    },
  };
}
export const session = { defaultSession: new Session() };

export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false };
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] };
export const shell = {
  openExternal(url: string): Promise<void> {
    seen.external.push(url);
    return Promise.resolve();
  },
};

/** What a page does: calls a handler with clones, as Electron does. */
export async function invokeFrom(contents: WebContents, channel: string, ...args: unknown[]): Promise<unknown> {
  const handler = ipcMain.handlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  const event = { sender: contents, senderFrame: contents.mainFrame };
  return structuredClone(await handler(event, ...structuredClone(args)));
}

export function sendFrom(contents: WebContents, channel: string, ...args: unknown[]): void {
  if (ipcMain.listenerCount(channel) === 0) throw new Error(`Nobody listens on '${channel}'`);
  ipcMain.emit(channel, { sender: contents, senderFrame: contents.mainFrame }, ...structuredClone(args));
}
