import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Answer, invokeChannels, pageChannels, sendChannels } from '#shared/bridge.ts';
import type { ComputeMessage, SystemInfo, WorkspaceState } from '#shared/contract.ts';
import type { GrantedFile } from '#shared/shell.ts';
import { temporaryFolder } from './window.ts';

vi.mock('electron', () => import('./electron-stand-in.ts'));
const electron = await import('./electron-stand-in.ts');
const { BrowserWindow, answers, app, invokeFrom, nativeTheme, protocol, seen, sendFrom, session } = electron;

const root = resolve(import.meta.dirname, '../..');
const home = temporaryFolder();
const table = join(home.path, 'table.csv');
const before = { argv: process.argv, home: process.env['EIGENSCOPE_HOME'] };

function onlyWindow() {
  const [window] = BrowserWindow.all;
  if (!window) throw new Error('no window');
  return window;
}

async function invoke<T>(channel: string, ...args: unknown[]): Promise<Answer<T>> {
  return (await invokeFrom(onlyWindow().webContents, channel, ...args)) as Answer<T>;
}

/** Connects as preload and page do, and asks the compute process. */
async function openLine() {
  const { webContents } = onlyWindow();
  const arrived = new Promise<void>((done) => {
    const look = (channel: string) => {
      if (channel === pageChannels.port) {
        webContents.off('sent', look);
        done();
      }
    };
    webContents.on('sent', look);
  });
  sendFrom(webContents, sendChannels.connect);
  await arrived;
  const port = webContents.posted.findLast(({ channel }) => channel === pageChannels.port)?.ports[0];
  if (!port) throw new Error('no port came');
  const messages: ComputeMessage[] = [];
  port.on('message', (message: ComputeMessage) => messages.push(message));
  let next = 0;
  return {
    port,
    messages,
    async ask<T>(name: string, args: unknown = {}): Promise<T> {
      const id = ++next;
      port.postMessage({ kind: 'request', id, name, args });
      await expect.poll(() => messages.some((m) => m.kind === 'reply' && m.id === id), { timeout: 10_000 }).toBe(true);
      const reply = messages.find((m) => m.kind === 'reply' && m.id === id);
      if (reply?.kind !== 'reply' || !reply.ok) throw new Error(JSON.stringify(reply));
      return reply.value as T;
    },
  };
}

beforeAll(async () => {
  mkdirSync(join(home.path, 'data'));
  writeFileSync(table, 'a,b\n1,2\n3,4\n');
  process.env['EIGENSCOPE_HOME'] = join(home.path, 'data');
  process.argv = ['electron', '--no-sandbox', root, '--', table, join(home.path, 'missing.csv')];
  await import(join(root, 'out/main/index.js'));
  app.becomeReady();
  await vi.waitFor(() => expect(BrowserWindow.all).toHaveLength(1));
});

afterAll(() => {
  process.argv = before.argv;
  if (before.home === undefined) delete process.env['EIGENSCOPE_HOME'];
  else process.env['EIGENSCOPE_HOME'] = before.home;
  home.remove();
});

describe('the application', () => {
  it('keeps its data in its own folder, sandboxes every page and is one process', () => {
    expect(app.paths['userData']).toBe(join(home.path, 'data', 'electron'));
    expect(app.sandboxed).toBe(true);
    expect(app.lock).toMatchObject({ files: [table, join(home.path, 'missing.csv')], session: null });
  });

  it('answers every channel of the bridge', () => {
    for (const channel of Object.values(invokeChannels)) expect(electron.ipcMain.handlers.has(channel)).toBe(true);
    for (const channel of Object.values(sendChannels)) expect(electron.ipcMain.listenerCount(channel)).toBe(1);
  });

  it('names files that do not exist and opens the others', () => {
    expect(seen.messageBoxes[0]?.detail).toContain('missing.csv');
    expect(seen.recentDocuments).toContain(table);
  });
});

describe('the window', () => {
  it('is sandboxed, isolated and without Node', () => {
    expect(onlyWindow().options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
    });
    expect(onlyWindow().options.webPreferences).not.toHaveProperty('allowRunningInsecureContent');
  });

  it('has a preload that exists in the build', () => {
    const preload = onlyWindow().options.webPreferences['preload'];
    expect(preload).toBe(join(root, 'out/preload/index.cjs'));
    expect(existsSync(preload as string)).toBe(true);
  });

  it('shows the page once it is painted', async () => {
    expect(onlyWindow().url).toBe('app://eigenscope/index.html');
    expect(onlyWindow().options['show']).toBe(false);
    await expect.poll(() => onlyWindow().visible).toBe(true);
  });

  it.each([
    'https://example.com/',
    'file:///etc/passwd',
    'app://elsewhere/index.html',
    'app://user@eigenscope/index.html',
    'javascript:alert(1)',
    'data:text/html,x',
    'about:blank',
    'http://127.0.0.1/',
  ])('does not navigate to %s', (url) => {
    for (const name of ['will-navigate', 'will-frame-navigate']) {
      const preventDefault = vi.fn();
      onlyWindow().webContents.emit(name, { url, isMainFrame: true, preventDefault });
      expect(preventDefault).toHaveBeenCalled();
    }
  });

  it('may be loaded anew, but holds no frames, redirects or webviews', () => {
    const { webContents } = onlyWindow();
    const reload = vi.fn();
    webContents.emit('will-navigate', { url: 'app://eigenscope/index.html', preventDefault: reload });
    expect(reload).not.toHaveBeenCalled();
    for (const [name, event] of [
      ['will-frame-navigate', { url: 'app://eigenscope/index.html', isMainFrame: false }],
      ['will-redirect', { url: 'app://eigenscope/index.html' }],
      ['will-attach-webview', {}],
    ] as const) {
      const preventDefault = vi.fn();
      webContents.emit(name, { ...event, preventDefault });
      expect(preventDefault).toHaveBeenCalled();
    }
  });

  it('opens no windows of its own; web pages go to the browser of the person', () => {
    const open = onlyWindow().webContents.windowOpenHandler;
    seen.external.length = 0;
    for (const url of [
      'https://numpy.org/doc',
      'file:///etc/passwd',
      'app://eigenscope/',
      'https://a:b@evil.example/',
      'smb://x/y',
    ]) {
      expect(open?.({ url })).toEqual({ action: 'deny' });
    }
    expect(seen.external).toEqual(['https://numpy.org/doc']);
  });

  it('comes back when its page dies, but not for ever', () => {
    const { webContents } = onlyWindow();
    webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(webContents.reloads).toBe(0);
    webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect(webContents.reloads).toBe(1);
  });
});

describe('the network', () => {
  const isCancelled = (url: string) => {
    const callback = vi.fn();
    session.defaultSession.beforeRequest?.({ url }, callback);
    return (callback.mock.calls[0]?.[0] as { cancel: boolean }).cancel;
  };

  it.each([
    'https://example.com/',
    'http://127.0.0.1:80/',
    'ws://localhost/',
    'wss://x/',
    'file:///etc/passwd',
    'ftp://x/',
    'app://x/',
    'blob:https://x/1',
  ])('%s is out of reach', (url) => expect(isCancelled(url)).toBe(true));

  it('is not needed for the page and what it makes', () => {
    expect(isCancelled('app://eigenscope/assets/x.js')).toBe(false);
    expect(isCancelled('data:image/png;base64,AAAA')).toBe(false);
    expect(isCancelled('blob:app://eigenscope/1')).toBe(false);
  });

  it('gives no certificate errors a pass', () => {
    const callback = vi.fn();
    const event = { preventDefault: vi.fn() };
    app.emit('certificate-error', event, {}, 'https://x', 'err', {}, callback);
    expect(event.preventDefault).toHaveBeenCalled();
    expect(callback).toHaveBeenCalledWith(false);
  });

  it('and devices need permissions that are refused', () => {
    const { permissionRequest, permissionCheck, devicePermission } = session.defaultSession;
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'midi',
      'openExternal',
      'fileSystem',
      'clipboard-read',
    ]) {
      const callback = vi.fn();
      permissionRequest?.({}, permission, callback);
      expect(callback).toHaveBeenCalledWith(false);
      expect(permissionCheck?.({}, permission)).toBe(false);
    }
    expect(permissionCheck?.({}, 'clipboard-sanitized-write')).toBe(true);
    expect(devicePermission?.()).toBe(false);
    const event = { preventDefault: vi.fn() };
    session.defaultSession.emit('will-download', event);
    expect(event.preventDefault).toHaveBeenCalled();
  });
});

describe('app://', () => {
  const get = async (url: string, method = 'GET') => {
    const response = await protocol.handler?.(new Request(url, { method }));
    if (!response) throw new Error('no handler');
    return response;
  };

  it('is a secure, standard scheme that bypasses nothing', () => {
    expect(seen.schemes).toHaveLength(1);
    expect(seen.schemes[0]).toMatchObject({ scheme: 'app', privileges: { standard: true, secure: true } });
    expect(seen.schemes[0]?.privileges['bypassCSP']).toBeUndefined();
    expect(seen.schemes[0]?.privileges['corsEnabled']).toBeUndefined();
  });

  it('serves the built page with its policy', async () => {
    const response = await get('app://eigenscope/index.html');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(readFileSync(join(root, 'out/renderer/index.html'), 'utf8'));
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self';");
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('serves every file the page names', async () => {
    const html = await (await get('app://eigenscope/')).text();
    const named = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+)"/g)].map((match) => match[1]);
    expect(named.length).toBeGreaterThan(1);
    for (const name of named) expect((await get(`app://eigenscope/${name}`)).status).toBe(200);
  });

  it.each([
    'app://eigenscope/../main/index.js',
    'app://eigenscope/%2e%2e/main/index.js',
    'app://eigenscope/..%2fmain%2findex.js',
    'app://eigenscope/assets/..%5c..%5cmain%5cindex.js',
    'app://eigenscope/%252e%252e/main/index.js',
    'app://eigenscope//etc/passwd',
    'app://eigenscope/etc/passwd',
    'app://eigenscope/%00',
    'app://eigenscope/index.html%00.js',
    'app://eigenscope/C:%5CWindows%5Cwin.ini',
  ])('%s is not there', async (url) => {
    expect((await get(url)).status).toBe(404);
  });

  it('is no other host and takes no other method', async () => {
    expect((await get('app://elsewhere/index.html')).status).toBe(403);
    expect((await get('app://eigenscope/index.html', 'POST')).status).toBe(405);
  });
});

describe('a page', () => {
  it('that is not ours is not answered', async () => {
    const { webContents } = onlyWindow();
    const frame = webContents.mainFrame;
    const ours = frame.url;
    frame.url = 'https://evil.example/';
    const answer = await invoke(invokeChannels.recentFiles);
    sendFrom(webContents, sendChannels.setTitle, 'evil');
    frame.url = ours;
    expect(answer.ok).toBe(false);
    expect(onlyWindow().title).not.toBe('evil');
  });

  it('in a frame is not answered', async () => {
    const { webContents } = onlyWindow();
    const handler = electron.ipcMain.handlers.get(invokeChannels.recentFiles);
    const inFrame = { sender: webContents, senderFrame: { url: 'app://eigenscope/index.html' } };
    expect(await handler?.(inFrame)).toMatchObject({ ok: false });
  });

  it('sets title, theme and menus', () => {
    const { webContents } = onlyWindow();
    sendFrom(webContents, sendChannels.setTitle, '● iris – Eigenscope');
    expect(onlyWindow().title).toBe('● iris – Eigenscope');
    expect(onlyWindow().edited).toBe(true);
    sendFrom(webContents, sendChannels.setTheme, 'dark');
    sendFrom(webContents, sendChannels.setTheme, 'purple');
    expect(nativeTheme.themeSource).toBe('dark');
    const items = [
      { command: 'file.open', label: 'Open & see…', accelerator: 'CmdOrCtrl+O', enabled: true },
      { command: null, label: '', enabled: false },
      { command: 'view.theme', label: 'Dark', enabled: true, checked: true },
    ];
    sendFrom(webContents, sendChannels.setMenu, [{ label: 'File', items }]);
    const [file] = onlyWindow().menu?.template ?? [];
    expect(file?.submenu?.map(({ label, type }) => label ?? type)).toEqual(['Open && see…', 'separator', 'Dark']);
    file?.submenu?.[0]?.click?.();
    expect(webContents.posted.at(-1)).toMatchObject({ channel: pageChannels.command, message: 'file.open' });
    sendFrom(webContents, sendChannels.setMenu, [{ label: 'File', items: [{ command: 3 }] }]);
    expect(onlyWindow().menu?.template[0]).toBe(file);
  });

  it('opens only web pages outside', () => {
    seen.external.length = 0;
    for (const url of ['https://numpy.org/', 'file:///etc/passwd', 'calculator:', 3]) {
      sendFrom(onlyWindow().webContents, sendChannels.openExternal, url);
    }
    expect(seen.external).toEqual(['https://numpy.org/']);
  });

  it('gets files by handle, and errors as values', async () => {
    answers.open = { canceled: false, filePaths: [table] };
    const opened = await invoke<GrantedFile[]>(
      invokeChannels.openFiles,
      [{ name: 'Tables', extensions: ['csv'] }],
      true,
    );
    expect(opened).toMatchObject({ ok: true, value: [{ name: 'table.csv', size: 12 }] });
    expect(JSON.stringify(opened)).not.toContain(home.path);
    answers.open = { canceled: true, filePaths: [] };
    expect(await invoke(invokeChannels.openFiles, [], false)).toEqual({ ok: true, value: [] });
    const missing = await invoke(invokeChannels.grantPath, join(home.path, 'missing.csv'));
    expect(missing).toMatchObject({ ok: false, error: { code: 'io' } });
    expect(await invoke(invokeChannels.grantPath, home.path)).toMatchObject({ ok: false, error: { code: 'io' } });
    expect(await invoke(invokeChannels.openFiles, 'x', true)).toMatchObject({ ok: false, error: { code: 'bug' } });
    expect(await invoke(invokeChannels.grantBytes, 'a', 'not bytes')).toMatchObject({ ok: false });
    const pasted = await invoke<GrantedFile>(invokeChannels.grantBytes, '../p.png', new Uint8Array([1, 2]));
    expect(pasted).toMatchObject({ ok: true, value: { name: 'p.png', size: 2 } });
    const recent = await invoke<GrantedFile[]>(invokeChannels.recentFiles);
    expect(recent).toMatchObject({ ok: true, value: [{ name: 'table.csv' }] });
  });
});

describe('the compute process', () => {
  it('is forked from a file of the build', () => {
    expect(seen.forked[0]?.path).toBe(join(root, 'out/main/worker.js'));
  });

  it('answers the page through a port of its own, knows the files, and writes where the person said', async () => {
    const line = await openLine();
    await expect.poll(() => line.messages[0]?.kind, { timeout: 10_000 }).toBe('hello');
    const hello = line.messages[0];
    expect(hello?.kind === 'hello' && hello.opened.map(({ name }) => name)).toEqual(['table.csv']);
    const info = await line.ask<SystemInfo>('system.info');
    expect(info.app).toBe('0.1.0');
    const { id } = await line.ask<{ id: string }>('workspace.create', { text: '1 2; 3 4', name: 'a' });
    const state = await line.ask<WorkspaceState>('workspace.state');
    expect(state.variables.map(({ name }) => name)).toEqual(['a']);
    const path = join(home.path, 'saved.csv');
    answers.save = { canceled: false, filePath: path };
    const chosen = await invoke<{ target: string }>(invokeChannels.chooseSave, 'a.csv', [
      { name: 'CSV', extensions: ['csv'] },
    ]);
    if (!chosen.ok) throw new Error(chosen.error.message);
    await line.ask('io.save', { id, target: chosen.value.target, format: 'csv' });
    expect(await invoke(invokeChannels.finishSave, chosen.value.target)).toEqual({ ok: true, value: null });
    expect(readFileSync(path, 'utf8')).toContain('1,2');
    expect(seen.recentDocuments).toContain(path);
    line.port.close();
  });

  it('writes what the page shows on paper as a PDF, where the person said and not before', async () => {
    const { webContents } = onlyWindow();
    answers.save = { canceled: true, filePath: '' };
    expect(await invoke(invokeChannels.savePdf, 'Untitled.pdf')).toEqual({ ok: true, value: null });
    expect(webContents.printed).toEqual([]);
    const path = join(home.path, 'course.pdf');
    answers.save = { canceled: false, filePath: path };
    expect(await invoke(invokeChannels.savePdf, 'Untitled.pdf')).toEqual({ ok: true, value: 'course.pdf' });
    expect(readFileSync(path, 'utf8')).toBe('%PDF-1.7\n');
    expect(webContents.printed).toEqual([{ preferCSSPageSize: true, printBackground: true }]);
    answers.save = { canceled: false, filePath: join(home.path, 'nowhere', 'x.pdf') };
    expect(await invoke(invokeChannels.savePdf, 'x.pdf')).toMatchObject({ ok: false, error: { code: 'io' } });
  });

  it('that dies is told to the page and comes back with everything', { timeout: 20_000 }, async () => {
    const line = await openLine();
    await line.ask('workspace.state');
    await expect.poll(async () => (await line.ask<WorkspaceState>('workspace.state')).saved).toBe(true);
    const { webContents } = onlyWindow();
    electron.utilityProcess.last?.kill();
    await expect.poll(() => webContents.posted.at(-1)?.channel).toBe(pageChannels.gone);
    const again = await openLine();
    await expect.poll(() => again.messages[0]?.kind, { timeout: 10_000 }).toBe('hello');
    const hello = again.messages[0];
    expect(hello?.kind === 'hello' && hello.restart).toMatchObject({ restored: 1, lost: [] });
    const state = await again.ask<WorkspaceState>('workspace.state');
    expect(state.variables.map(({ name }) => name)).toEqual(['a']);
    again.port.close();
  });
});

describe('a second start', () => {
  it('opens a second window beside the first, with a session of its own', async () => {
    app.emit('second-instance', {}, [], '', { files: [table], session: null });
    expect(BrowserWindow.all).toHaveLength(2);
    expect(seen.forked).toHaveLength(3);
    const second = BrowserWindow.all[1];
    const first = onlyWindow();
    expect(second?.options['x'] === first.options['x'] && second?.options['y'] === first.options['y']).toBe(
      first.options['x'] === undefined,
    );
    second?.close();
    expect(BrowserWindow.all).toHaveLength(1);
  });

  it('and documents of the dock go to the window in front', () => {
    const event = { preventDefault: vi.fn() };
    app.emit('open-file', event, table);
    expect(event.preventDefault).toHaveBeenCalled();
    const posted = onlyWindow().webContents.posted.at(-1);
    expect(posted).toMatchObject({ channel: pageChannels.opened, message: [{ name: 'table.csv' }] });
  });
});

describe('the end', () => {
  it('waits until every journal is on the disk', { timeout: 20_000 }, async () => {
    const quits = seen.quits;
    onlyWindow().close();
    expect(seen.quits).toBe(quits);
    await expect.poll(() => seen.quits, { timeout: 15_000 }).toBe(quits + 1);
    const state = JSON.parse(readFileSync(join(home.path, 'data/window.json'), 'utf8')) as { bounds: unknown };
    expect(state.bounds).toEqual({ x: 10, y: 20, width: 900, height: 700 });
  });
});

describe('the built preload', () => {
  const file = join(root, 'out/preload/index.cjs');
  const source = () => readFileSync(file, 'utf8');

  it('is one CommonJS file that requires only electron', () => {
    const required = [...source().matchAll(/\brequire\(\s*(["'`])(.*?)\1\s*\)/g)].map((match) => match[2]);
    expect(new Set(required)).toEqual(new Set(['electron']));
    expect(source()).not.toMatch(/^\s*(import|export)\b/m);
    expect(source()).not.toMatch(/\bimport\s*\(/);
  });

  it('gives the page functions only, and its port by a message', () => {
    const exposed: Record<string, Record<string, unknown>> = {};
    const listeners = new Map<string, (...args: unknown[]) => void>();
    const sent: unknown[] = [];
    const fake = {
      contextBridge: { exposeInMainWorld: (name: string, api: Record<string, unknown>) => (exposed[name] = api) },
      ipcRenderer: {
        on: (channel: string, listener: (...args: unknown[]) => void) => listeners.set(channel, listener),
        send: (...args: unknown[]) => sent.push(args),
        invoke: () => Promise.resolve({ ok: true, value: null }),
      },
      webUtils: { getPathForFile: () => '' },
    };
    const posted: unknown[][] = [];
    const require = createRequire(file);
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- as Electron does, with what it gives a preload
    const run = new Function('require', 'module', 'exports', 'window', source()) as (...given: unknown[]) => void;
    run(
      (name: string) => (name === 'electron' ? fake : (require(name) as unknown)),
      { exports: {} },
      {},
      { postMessage: (...args: unknown[]) => posted.push(args) },
    );
    expect(Object.keys(exposed)).toEqual(['eigenscope']);
    expect(Object.values(exposed['eigenscope'] ?? {}).every((value) => typeof value === 'function')).toBe(true);
    const ports = [{}];
    listeners.get(pageChannels.port)?.({ ports });
    expect(posted).toEqual([[pageChannels.port, '*', ports]]);
    (exposed['eigenscope']?.['connect'] as () => void)();
    expect(sent).toEqual([[sendChannels.connect]]);
  });
});
