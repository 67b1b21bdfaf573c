/** `npm start` and the browser window as a person starts them: the built application, the real compute process. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Line, ask, connectPage, reconnect, temporaryFolder } from './window.ts';

const root = resolve(import.meta.dirname, '../..');
let home: ReturnType<typeof temporaryFolder>;
const children: ChildProcess[] = [];

beforeEach(() => {
  home = temporaryFolder();
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await new Promise((done) => child.once('exit', done));
  }
  home.remove();
});

function environment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, EIGENSCOPE_HOME: join(home.path, 'home') };
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'EIGENSCOPE_BROWSER', 'INIT_CWD']) delete env[name];
  return { ...env, ...more };
}

interface Started {
  child: ChildProcess;
  output(): string;
  /** Port and token of the address it printed. */
  address(): Promise<{ port: number; token: string }>;
  ended(): Promise<number | null>;
}

/** `npm start`, or the browser window alone, which does not look at the sources. */
type Program = 'scripts/start.mjs' | 'out/main/browser.js';

function start(args: string[], more: Record<string, string> = {}, program: Program = 'out/main/browser.js'): Started {
  const child = spawn(process.execPath, [join(root, program), ...args], {
    cwd: home.path,
    env: environment(more),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.push(child);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    child,
    output: () => text,
    async address() {
      const pattern = /^Eigenscope is at http:\/\/127\.0\.0\.1:(\d+)\/\?token=(\S+)$/m;
      await expect.poll(() => text, { timeout: 25_000 }).toMatch(pattern);
      const [, port, token] = pattern.exec(text) ?? [];
      return { port: Number(port), token: token ?? '' };
    },
    async ended() {
      if (child.exitCode === null && child.signalCode === null) {
        await new Promise((done) => child.once('exit', done));
      }
      return child.exitCode;
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The compute process of the one session that is open. */
function computePid(): number {
  const sessions = join(home.path, 'home/sessions');
  const [session = ''] = readdirSync(sessions);
  const holders = JSON.parse(readFileSync(join(sessions, session, 'lock'), 'utf8')) as { pid: number }[];
  return holders[1]?.pid ?? 0;
}

async function greeted(window: Started): Promise<Line> {
  const { port, token } = await window.address();
  return connectPage(port, token);
}

describe('a start', () => {
  it('is ready in under 2 s when nothing changed', async () => {
    await greeted(start(['--no-open'], {}, 'scripts/start.mjs'));
    // The best of three: other tests run beside this one.
    let best = Infinity;
    for (let attempt = 0; attempt < 3 && best >= 2000; attempt++) {
      const began = performance.now();
      const line = await greeted(start(['--no-open'], {}, 'scripts/start.mjs'));
      best = Math.min(best, performance.now() - began);
      expect(line.hello.restart).toBeNull();
    }
    expect(best).toBeLessThan(2000);
  });

  it('serves the built page to who has the token', async () => {
    const window = start(['--no-open']);
    const { port, token } = await window.address();
    const page = await ask(port, `/?token=${token}`);
    expect(page.body).toBe(readFileSync(join(root, 'out/renderer/index.html'), 'utf8'));
    const Cookie = page.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const named = [...page.body.matchAll(/(?:src|href)="\.?\/?([^"]+)"/g)].map((match) => match[1] ?? '');
    for (const name of named) {
      expect((await ask(port, `/${name}`, { headers: { Cookie } })).status).toBe(200);
      expect((await ask(port, `/${name}`)).status).toBe(403);
    }
    for (const path of ['/../main/browser.js', '/%2e%2e/main/browser.js', '/..%2fmain%2fbrowser.js']) {
      expect((await ask(port, path, { headers: { Cookie } })).status).toBe(404);
    }
  });

  it('opens the files named, from where the person is', async () => {
    writeFileSync(join(home.path, 'table.csv'), '1,2\n');
    const line = await greeted(start(['--no-open', 'table.csv'], { INIT_CWD: home.path }, 'scripts/start.mjs'));
    expect(line.hello.opened.map(({ name }) => name)).toEqual(['table.csv']);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends everything it started on %s', async (signal) => {
    const window = start(['--no-open']);
    const line = await greeted(window);
    const compute = computePid();
    expect(isAlive(compute)).toBe(true);
    window.child.kill(signal);
    expect(await window.ended()).toBe(0);
    await line.closed;
    await expect.poll(() => isAlive(compute)).toBe(false);
    expect(readdirSync(join(home.path, 'home/sessions'))).toEqual([]);
  });

  it('leaves no compute process behind when it is killed', async () => {
    const window = start(['--no-open']);
    await greeted(window);
    const compute = computePid();
    window.child.kill('SIGKILL');
    await expect.poll(() => isAlive(compute), { timeout: 5000 }).toBe(false);
  });

  it('ends with its standard input where that was asked for, and only there', async () => {
    const asked = start(['--no-open', '--stop-with-stdin']);
    const other = start(['--no-open']);
    await Promise.all([asked.address(), other.address()]);
    asked.child.stdin?.end();
    other.child.stdin?.end();
    expect(await asked.ended()).toBe(0);
    expect(other.child.exitCode).toBeNull();
  });

  it('opens a second window beside the first, each with its own session and secret', async () => {
    const [a, b] = [start(['--no-open']), start(['--no-open'])];
    const [first, second] = [await a.address(), await b.address()];
    expect(first.port).not.toBe(second.port);
    expect(first.token).not.toBe(second.token);
    const [one, two] = [await greeted(a), await greeted(b)];
    expect(one.hello.session).not.toBe(two.hello.session);
    await expect(connectPage(first.port, second.token)).rejects.toThrow('403');
    a.child.kill('SIGINT');
    await a.ended();
    await two.call('system.info');
  });

  it('brings everything back after both were killed', { timeout: 40_000 }, async () => {
    const window = start(['--no-open']);
    const line = await greeted(window);
    await line.call('workspace.create', { text: '1 2; 3 4', name: 'kept' });
    await expect.poll(async () => (await line.call('workspace.state'))['saved']).toBe(true);
    process.kill(computePid(), 'SIGKILL');
    window.child.kill('SIGKILL');
    await window.ended();
    const again = await greeted(start(['--no-open']));
    const { variables } = (await again.call('workspace.state')) as { variables: { name: string }[] };
    expect(variables.map(({ name }) => name)).toEqual(['kept']);
  });

  it('is back within 2 s with every array after SIGKILL in the middle of an SVD', { timeout: 40_000 }, async () => {
    const window = start(['--no-open']);
    const line = await greeted(window);
    const { id } = await line.call('workspace.generate', { what: 'randn', shape: [2000, 2000], seed: 1, name: 'big' });
    await expect.poll(async () => (await line.call('workspace.state'))['saved'], { timeout: 10_000 }).toBe(true);
    line.close();
    const { port, token } = await window.address();
    // The best of three: other tests run beside this one.
    let best = Infinity;
    for (let attempt = 0; attempt < 3 && best >= 2000; attempt++) {
      const busy = await connectPage(port, token);
      busy.post('linalg.svd', { a: id });
      // Messages keep their order: once this is answered, the SVD was taken on.
      await busy.call('workspace.state');
      await new Promise((done) => setTimeout(done, 300));
      process.kill(computePid(), 'SIGKILL');
      const began = performance.now();
      await busy.closed;
      const again = await reconnect(port, token);
      const { variables } = (await again.call('workspace.state')) as { variables: { name: string; shape: number[] }[] };
      best = Math.min(best, performance.now() - began);
      expect(variables.map(({ name, shape }) => [name, ...shape])).toEqual([['big', 2000, 2000]]);
      expect(again.hello.restart).toMatchObject({ reason: 'killed', restored: 1, lost: [] });
      expect(again.hello.restart?.job).toContain('big');
      again.close();
    }
    expect(best).toBeLessThan(2000);
  });
});

describe('a start that cannot be', () => {
  const run = (args: string[], more: Record<string, string> = {}) =>
    spawnSync(process.execPath, [join(root, 'scripts/start.mjs'), ...args], {
      encoding: 'utf8',
      cwd: home.path,
      env: environment(more),
      timeout: 20_000,
    });

  it('ends with one sentence', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const { port } = taken.address() as { port: number };
    for (const [args, sentence] of [
      [['--no-open', `--port=${port}`], `Port ${port} is in use`],
      [['--no-open', '--port=x'], '--port takes a whole number'],
      [['--no-open', 'missing.csv'], 'No such file'],
      [['--no-open', home.path], 'is a folder'],
      [['--shell=window'], '--shell takes electron or browser'],
      [['--shell=electron', '--no-open'], 'belong to the browser window'],
      [['--frobnicate'], "Unknown option '--frobnicate'"],
    ] as const) {
      const { status, stderr } = run([...args]);
      expect(stderr).toContain(sentence);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(status).toBe(1);
    }
    taken.close();
  });

  it.skipIf(process.platform !== 'linux')('of Electron by name says why', () => {
    const { status, stderr } = run(['--shell=electron']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Electron cannot run: .*--shell=browser$/m);
  });

  it('has its help', () => {
    const { status, stdout } = run(['--help']);
    expect(status).toBe(0);
    for (const option of ['--shell', '--no-open', '--port', '--yes', '--session']) expect(stdout).toContain(option);
  });
});

describe('the window in a browser', () => {
  /** Stands in for a browser: notes its arguments, then does as `does` says. */
  function browser(does: string): string {
    const path = join(home.path, 'browser.mjs');
    const ws = join(root, 'node_modules/ws/wrapper.mjs');
    writeFileSync(
      path,
      `#!${process.execPath}
import { writeFileSync } from 'node:fs';
import { WebSocket } from ${JSON.stringify(ws)};
const args = process.argv.slice(2);
writeFileSync(${JSON.stringify(join(home.path, 'browser.json'))}, JSON.stringify({ args, pid: process.pid }));
const address = new URL(args.find((arg) => arg.startsWith('--app=')).slice(6));
async function connect() {
  const page = await fetch(address);
  const cookie = page.headers.getSetCookie().map((set) => set.split(';')[0]).join('; ');
  const answer = await fetch(new URL('token', address), { method: 'POST', headers: { cookie, origin: address.origin } });
  const { token } = await answer.json();
  const socket = new WebSocket('ws://' + address.host + '/compute', ['eigenscope', 'token.' + token], { origin: address.origin });
  await new Promise((done) => socket.once('message', done));
}
${does}
`,
    );
    chmodSync(path, 0o755);
    return path;
  }
  const notes = () =>
    JSON.parse(readFileSync(join(home.path, 'browser.json'), 'utf8')) as { args: string[]; pid: number };

  it('has a profile of its own and gets its token by a key that works once', async () => {
    const window = start([], {
      DISPLAY: ':9',
      EIGENSCOPE_BROWSER: browser('await connect(); setInterval(() => {}, 1000);'),
    });
    await expect.poll(() => window.output(), { timeout: 20_000 }).toContain('opens in a window of');
    await expect.poll(() => readdirSync(home.path)).toContain('browser.json');
    const { args, pid } = notes();
    expect(args.find((arg) => arg.startsWith('--user-data-dir='))).toContain(join(home.path, 'home/browser'));
    expect(args.some((arg) => arg === '--no-sandbox')).toBe(process.getuid?.() === 0);
    const launch = new URL(args.find((arg) => arg.startsWith('--app='))?.slice(6) ?? '');
    expect(launch.searchParams.has('token')).toBe(false);
    await expect.poll(async () => (await ask(Number(launch.port), launch.pathname + launch.search)).status).toBe(403);
    window.child.kill('SIGINT');
    expect(await window.ended()).toBe(0);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it('ends the application when it is closed', async () => {
    const window = start([], { DISPLAY: ':9', EIGENSCOPE_BROWSER: browser('await connect(); process.exit(0);') });
    expect(await window.ended()).toBe(0);
  });

  it('that does not come leaves the address', async () => {
    const window = start([], { DISPLAY: ':9', EIGENSCOPE_BROWSER: browser('process.exit(1);') });
    await window.address();
    expect(window.output()).toContain('without showing the window');
    expect(window.child.exitCode).toBeNull();
  });

  it('is not tried without a display: the address is printed, with one line on Electron', async () => {
    const window = start([], {}, 'scripts/start.mjs');
    await window.address();
    expect(window.output().match(/using the browser window instead of Electron/g)).toHaveLength(1);
  });
});
